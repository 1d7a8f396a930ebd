//! A refund of what an institution was paid already. Its account has nothing left, and its patients do not wait for its
//! next settlements: the account is filled by a claim on the institution, which its next batch settles.

use anxin_core::Fen;
use wallet_ledger::{Account, AccountId, Command, Fund, Leg, OpenAccount, OwnerId, Purpose, TransferId};
use wallet_store::Actor;
use wallet_types::WalletCode;

use super::accounts::{claims, late, owed_by_funds};
use super::order::Order;
use crate::problem::ApiError;
use crate::wallet::{Key, Operation, Wallet, derived};

impl Wallet {
    /// Books a refund of an order, all of it or none.
    pub(super) async fn book_refund(
        &self,
        order: &Order,
        (key, operation): (u128, Operation),
        id: TransferId,
        amount: Fen,
    ) -> Result<Result<(), WalletCode>, ApiError> {
        // What people paid comes back before what the funds paid.
        let back = order.bill.as_ref().map_or((Fen::ZERO, Fen::ZERO), |bill| {
            let people = bill.of_people().above(bill.booked_back()).min(amount);
            (people, amount.above(people))
        });
        let command = Command::Refund { id, of: TransferId(order.id), amount };
        self.book_or_claim(order, key, [operation, Operation::RefundClaimed], command, back).await
    }

    /// Books what gives money of the institution's back: what its accounts do not have any more is claimed from it. `back`
    /// is what leaves its account for people's money and that for the funds'.
    pub(super) async fn book_or_claim(
        &self,
        order: &Order,
        key: u128,
        [first, claimed]: [Operation; 2],
        command: Command,
        back: (Fen, Fen),
    ) -> Result<Result<(), WalletCode>, ApiError> {
        match self.book_order(key, first, command.clone()).await? {
            Err(WalletCode::InsufficientFunds) => {}
            booked => return Ok(booked),
        }
        let people = self.owed_by_people(order.institution).await?;
        let funds = owed_by_funds(order.institution);
        for (to, fund, amount) in [(people, Fund::Account, back.0), (funds, Fund::Pooled, back.1)] {
            if !amount.is_zero() {
                self.fill(&to, fund, key, amount).await?;
            }
        }
        self.book_order(key, claimed, command).await
    }

    /// Puts into an institution's account what it has to bring back, once for each key.
    pub(crate) async fn fill(&self, to: &OpenAccount, fund: Fund, key: u128, amount: Fen) -> Result<(), ApiError> {
        let (claims, late) = (claims(to.owner, fund), late(to.owner, fund));
        self.open_missing(&[claims.clone(), late.clone()]).await?;
        let steps = [(Purpose::Late, claims.id, late.id), (Purpose::Resolve, late.id, to.id)];
        for (n, (purpose, from, to)) in (0_u128..).zip(steps) {
            let name = format!("{fund:?} {n}");
            let step = derived(&Key { tenant: key, operation: Operation::ClaimBack, key: name }, 0);
            let legs = vec![Leg { from, to, amount }];
            let command = Command::Transfer { id: TransferId(step), purpose, legs };
            let booked = self.book_order(step, Operation::ClaimBack, command).await?;
            booked.map_err(|code| ApiError::Books { code, replayed: false })?;
        }
        Ok(())
    }

    /// What an institution has yet to bring back of one fund, and the account that says so.
    pub(crate) async fn claimed(&self, institution: OwnerId, fund: Fund) -> Result<(AccountId, Fen), ApiError> {
        let id = claims(institution, fund).id;
        let posted = self.desk.account(Actor::Area, id).await?.map_or(Fen::ZERO, |account: Account| account.posted);
        Ok((id, Fen::ZERO.above(posted)))
    }
}
