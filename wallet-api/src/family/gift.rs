//! 医保钱包转账: money from one wallet to a relative's, which waits until it is accepted. The books count and limit
//! it, and return it.

use anxin_core::family::{CheckCode, FamilyAsk, Model, Share};
use wallet_ledger::{AccountId, AccountKind, Command, HoldId, Leg, OwnerId, Purpose, TransferId};
use wallet_store::{Actor, Gift};
use wallet_types::{GiftAsk, GiftOut, Gifts, Id, Side, TransportCode, WalletCode};

use super::refused;
use crate::auth::Subject;
use crate::problem::ApiError;
use crate::wallet::{Done, Key, Operation, Order, Wallet, derived, instant, state};

/// What the books decide themselves, in one order with everything else.
const BOOKS: &[CheckCode] =
    &[CheckCode::PerTransfer, CheckCode::PerDay, CheckCode::Hours, CheckCode::Waiting, CheckCode::Balance];
/// No transfer waits longer, also where the rules say nothing of its return.
const LONGEST: i64 = 48 * super::HOUR;

impl Wallet {
    pub(crate) async fn give(
        &self,
        subject: &Subject,
        owner: OwnerId,
        key: Key,
        ask: &GiftAsk,
    ) -> Result<Option<Done>, ApiError> {
        self.living(owner).await?;
        let relation = self.giving(owner, ask.relation).await?;
        let no_wallet = || ApiError::Books { code: WalletCode::AccountUnknown, replayed: false };
        let from = self.account_of(owner, AccountKind::Wallet).await?.ok_or_else(no_wallet)?;
        let to = self.account_of(relation.taker, AccountKind::Wallet).await?.ok_or_else(no_wallet)?;
        let share = Share {
            pair: self.pair(&relation).await?,
            amount_fen: ask.amount_fen,
            balance_fen: from.available(),
            set_aside_fen: anxin_core::Fen::ZERO,
            model: Some(Model::Transfer),
            sent_today: 0,
            waiting: 0,
        };
        self.allowed(FamilyAsk::Share(share), BOOKS)?;
        let (hold, now) = (HoldId(derived(&key, 0)), self.now());
        let gift = Gift { hold, relation: relation.id, giver: owner, taker: relation.taker, made_at: now };
        self.desk.put_gift(&gift).await?;
        let legs = vec![Leg { from: from.id, to: to.id, amount: ask.amount_fen }];
        let then = Command::Hold { id: hold, purpose: Purpose::WalletTransfer, legs, until: now.plus(LONGEST) };
        let command = Command::While { open: vec![AccountId(relation.id)], then: Box::new(then) };
        self.book_gift(subject, key, command, ask).await
    }

    async fn book_gift<B: serde::Serialize>(
        &self,
        subject: &Subject,
        key: Key,
        command: Command,
        body: &B,
    ) -> Result<Option<Done>, ApiError> {
        let actor = subject.actor().ok_or_else(|| refused(TransportCode::NotAllowed))?;
        Ok(self.ask_permitted(actor, Order { key, commands: vec![command], body }).await?.pop())
    }

    /// Accepts a transfer, or refuses it: only whom it is for can.
    pub(crate) async fn answer_gift(
        &self,
        subject: &Subject,
        owner: OwnerId,
        key: Key,
        id: Id,
    ) -> Result<Option<Done>, ApiError> {
        self.living(owner).await?;
        let gift = self.desk.gift(owner, HoldId(id.0)).await?.ok_or_else(|| refused(TransportCode::NotFound))?;
        if gift.taker != owner {
            return Err(refused(TransportCode::NotAllowed));
        }
        let command = match key.operation {
            Operation::AcceptGift => Command::Post { hold: gift.hold, id: TransferId(derived(&key, 0)), amounts: None },
            _ => Command::Void { hold: gift.hold },
        };
        self.book_gift(subject, key, command, &id).await
    }

    /// What waits to or from somebody who died goes back, once.
    pub(super) async fn return_gifts(&self, owner: OwnerId) -> Result<(), ApiError> {
        for gift in self.desk.gifts(owner).await? {
            let key = Key { tenant: gift.hold.0, operation: Operation::Void, key: "died".into() };
            let commands = vec![Command::Void { hold: gift.hold }];
            // One that has ended before is refused by the books, and stays as it is.
            self.answers(&Order { key, commands, body: &Id(gift.hold.0) }).await?;
        }
        Ok(())
    }

    pub(crate) async fn gifts(&self, owner: OwnerId) -> Result<Gifts, ApiError> {
        let mut transfers = Vec::new();
        for gift in self.desk.gifts(owner).await? {
            // What the books refused is not there.
            let Some((hold, _)) = self.desk.hold(Actor::Area, gift.hold).await? else { continue };
            transfers.push(GiftOut {
                id: Id(gift.hold.0),
                relation: Id(gift.relation),
                side: if gift.giver == owner { Side::Giver } else { Side::Taker },
                amount_fen: hold.legs.first().map(|leg| leg.amount).unwrap_or_default(),
                state: state(hold.state),
                made_at: instant(gift.made_at),
                until: instant(hold.until),
            });
        }
        Ok(Gifts { transfers })
    }
}
