//! Paying: the core says what is drawn where, and the books draw all of it or nothing.

use anxin_core::Fen;
use anxin_core::family::{DrawFrom, FamilyAsk, Model, Patient, Pay, Sharer, Use, Verdict};
use wallet_ledger::{Account, AccountId, AccountKind, Command, HoldId, LEGS_MAX, Leg, OwnerId, Purpose, TransferId};
use wallet_store::{Actor, Person, Relation, SharedBy, SharersOf};
use wallet_types::{DrawnOut, Id, PaymentAsk, PaymentOut, RelationKind, TransportCode, WalletCode};

use super::invite::{GUARDIAN, SHARING};
use super::relation::pair_of;
use super::{day, refused};
use crate::auth::Subject;
use crate::cells::{Afar, FarAccount, FarKind, FarLeg};
use crate::problem::ApiError;
use crate::wallet::{Key, Order, Wallet, derived, micros};

/// Most relatives whose money one payment takes: beside them its transfer has a leg for each of seven funds, the own
/// account and the wallet.
pub(crate) const RELATIVES_MAX: usize = LEGS_MAX - 9;

/// A relative's money that may be drawn on.
struct Source {
    relation: Relation,
    /// The quota, or the personal account itself under a binding.
    account: Account,
    sharer: Sharer,
    /// Whether the rules say yes to it today.
    allowed: bool,
    living: bool,
}

/// What a payer has.
pub(crate) struct Means {
    pub(crate) own: Option<Account>,
    wallet: Option<Account>,
    sources: Vec<Source>,
}

/// Movements out of a payer's means.
#[derive(Default)]
pub(crate) struct Draws {
    pub(crate) legs: Vec<Leg>,
    /// Relations that have to last until then.
    pub(crate) open: Vec<AccountId>,
    /// Out of accounts of other areas.
    pub(crate) afar: Vec<FarDraw>,
}

/// So much out of an account of another area, and whose it is.
pub(crate) struct FarDraw {
    pub(crate) leg: FarLeg,
    pub(crate) from: DrawFrom,
    pub(crate) relation: Option<Id>,
}

fn is_premium(purpose: Use) -> bool {
    matches!(purpose, Use::ResidentPremium | Use::CarePremium | Use::CommercialCover)
}

fn available(account: Option<&Account>) -> Fen {
    account.map_or(Fen::ZERO, Account::available)
}

impl Wallet {
    /// Pays for somebody from the own money and then from relatives'. Says too whether it had been paid before.
    pub(crate) async fn pay(
        &self,
        subject: &Subject,
        owner: OwnerId,
        key: Key,
        ask: &PaymentAsk,
    ) -> Result<(PaymentOut, bool), ApiError> {
        let payer = self.living(owner).await?;
        let id = derived(&key, 0);
        let before = self.paid_before(id).await?;
        // What was paid before may have been drawn on who does not share any more.
        let sharers = self.sharers(owner, before.is_some()).await?;
        let means = self.means_of(&payer, sharers, &self.open_accounts(owner).await?).await?;
        let (legs, open) = match before {
            // The same request again is the same legs, whatever could be drawn now.
            Some(legs) => (legs, Vec::new()),
            None => {
                let drawn = self.draw(&payer, &means, &Afar::default(), ask).await?;
                let all = Fen::checked_sum(drawn.legs.iter().map(|leg| leg.amount)) == Some(ask.amount_fen);
                if drawn.legs.is_empty() || (is_premium(ask.purpose) && !all) {
                    return Err(ApiError::Books { code: WalletCode::InsufficientFunds, replayed: false });
                }
                (drawn.legs, drawn.open)
            }
        };
        let purpose = if is_premium(ask.purpose) { Purpose::PayPremium } else { Purpose::Settle };
        let then = Box::new(match &ask.until {
            None => Command::Transfer { id: TransferId(id), purpose, legs: legs.clone() },
            Some(until) => {
                Command::Hold { id: HoldId(id), purpose, legs: legs.clone(), until: micros("until", until)? }
            }
        });
        // Sharers are told of what the books then say: noted before, so that it is not lost.
        for (leg, relation) in legs.iter().filter_map(|leg| Some((leg, means.drawn(leg).relation?))) {
            self.desk.put_draw(id, leg.from.0, relation.0).await?;
        }
        let actor = subject.actor().ok_or_else(|| refused(TransportCode::NotAllowed))?;
        let order = Order { key, commands: vec![Command::While { open, then }], body: ask };
        let done = self.ask_permitted(actor, order).await?.pop().ok_or_else(|| refused(TransportCode::Internal))?;
        let replayed = done.replayed;
        let booked = done.outcome.map_err(|code| ApiError::Books { code, replayed })?;
        let drawn = Fen::checked_sum(legs.iter().map(|leg| leg.amount)).unwrap_or_default();
        let out = PaymentOut {
            transfer: booked.transfer,
            hold: booked.hold,
            entry: booked.entry,
            draws: legs.iter().map(|leg| means.drawn(leg)).collect(),
            cash_fen: ask.amount_fen.above(drawn),
            balances: booked.balances,
        };
        Ok((out, replayed))
    }

    async fn paid_before(&self, id: u128) -> Result<Option<Vec<Leg>>, ApiError> {
        if let Some((transfer, _)) = self.desk.transfer(Actor::Area, TransferId(id)).await? {
            return Ok(Some(transfer.legs));
        }
        Ok(self.desk.hold(Actor::Area, HoldId(id)).await?.map(|(hold, _)| hold.legs))
    }

    pub(crate) async fn means(&self, person: &Person) -> Result<Means, ApiError> {
        let sharers = self.sharers(person.owner, false).await?;
        self.means_of(person, sharers, &self.open_accounts(person.owner).await?).await
    }

    /// Who shares with somebody; if that is asked, who once did too.
    pub(crate) async fn sharers(&self, taker: OwnerId, ended: bool) -> Result<Vec<SharedBy>, ApiError> {
        let of = SharersOf { taker, kind: RelationKind::Share.word(), guardian: GUARDIAN, ended };
        Ok(self.desk.sharers(&of).await?)
    }

    /// The same where sharers and accounts were read already.
    pub(crate) async fn means_of(
        &self,
        person: &Person,
        sharers: Vec<SharedBy>,
        accounts: &[Account],
    ) -> Result<Means, ApiError> {
        let of = |kind| accounts.iter().find(|account| account.kind == kind && account.closed.is_none()).cloned();
        let sources = self.sources(person, sharers).await?;
        Ok(Means { own: of(AccountKind::Personal), wallet: of(AccountKind::Wallet), sources })
    }

    /// What can be drawn on by each relation: under a binding the account in which it would be set aside.
    async fn sources(&self, taker: &Person, sharers: Vec<SharedBy>) -> Result<Vec<Source>, ApiError> {
        let recipient = self.party(taker)?;
        let mut sources = Vec::new();
        for SharedBy { relation, giver, quota, guarded } in sharers {
            let pair = pair_of(&relation, self.party(&giver)?, recipient.clone(), guarded)?;
            let said = self.told(FamilyAsk::Relate(pair.clone()))?;
            let sharer = Sharer {
                name: Id(relation.id).to_string(),
                party: pair.sharer,
                kin: pair.kin,
                model: said.model,
                available_fen: if relation.ended_at.is_none() { quota.available() } else { Fen::ZERO },
                priority: relation.priority,
                since: day(relation.since),
            };
            let allowed = said.checks.iter().all(|check| check.verdict == Verdict::Yes);
            sources.push(Source { relation, account: quota, sharer, allowed, living: giver.died.is_none() });
        }
        self.bound(&mut sources).await?;
        Ok(sources)
    }

    /// Puts the accounts of those who are bound in the place of their quotas.
    async fn bound(&self, sources: &mut Vec<Source>) -> Result<(), ApiError> {
        let parent = |source: &Source| match source.sharer.model {
            Some(Model::Binding) => source.account.parent,
            _ => None,
        };
        let accounts = self.desk.any_accounts(sources.iter().filter_map(parent)).await?;
        sources.retain_mut(|source| {
            let Some(parent) = parent(source) else { return true };
            let Some(account) = accounts.iter().find(|account| account.id == parent) else { return false };
            source.account = account.clone();
            if source.relation.ended_at.is_none() {
                source.sharer.available_fen = account.available();
            }
            true
        });
        Ok(())
    }

    /// What is drawn where; less than was asked for where there is no more.
    pub(crate) async fn draw(
        &self,
        payer: &Person,
        means: &Means,
        afar: &Afar,
        ask: &PaymentAsk,
    ) -> Result<Draws, ApiError> {
        let party = self.party(payer)?;
        let both = |here: Option<&Account>, kind| Fen::checked_sum([available(here), afar.available(kind)]);
        let live = means.sources.iter().filter(|source| source.relation.ended_at.is_none());
        let here = live.map(|source| (source.allowed, &source.sharer));
        let there = afar.accounts.iter().filter_map(|account| Some((true, account.sharer.as_ref()?)));
        let pay = Pay {
            patient: Patient {
                party,
                account_fen: both(means.own.as_ref(), FarKind::Own).unwrap_or_default(),
                wallet_fen: both(means.wallet.as_ref(), FarKind::Wallet).unwrap_or_default(),
            },
            purpose: ask.purpose,
            amount_fen: ask.amount_fen,
            sharers: first(here.chain(there).collect()),
        };
        let answer = self.allowed(FamilyAsk::Pay(pay), &[])?;
        let mut draws = Draws::default();
        for draw in answer.draws.iter().filter(|draw| !draw.amount_fen.is_zero()) {
            let to = AccountId(ask.to.0);
            let left = match draw.from {
                DrawFrom::Own => draws.here(means.own.as_ref(), to, draw.amount_fen),
                DrawFrom::Wallet => draws.here(means.wallet.as_ref(), to, draw.amount_fen),
                _ => {
                    let source = means.sources.iter().find(|s| Some(&s.sharer.name) == draw.name.as_ref());
                    draws.open.extend(source.map(|source| AccountId(source.relation.id)));
                    draws.here(source.map(|source| &source.account), to, draw.amount_fen)
                }
            };
            let of = |account: &&FarAccount| match draw.from {
                DrawFrom::Own => account.kind == FarKind::Own,
                DrawFrom::Wallet => account.kind == FarKind::Wallet,
                _ => account.sharer.as_ref().is_some_and(|sharer| Some(&sharer.name) == draw.name.as_ref()),
            };
            if !draws.afar(afar.accounts.iter().filter(of), draw.from, left).is_zero() {
                return Err(refused(TransportCode::Internal));
            }
        }
        Ok(draws)
    }

    /// Of those who share with somebody, whose money may be drawn on from elsewhere: both agree now, and the rules say
    /// yes. With the account that is drawn on.
    pub(crate) async fn sharers_in_force(&self, taker: &Person) -> Result<Vec<(Id, Sharer)>, ApiError> {
        let mut all = Vec::new();
        for Source { relation, account, sharer, allowed, living } in self.means(taker).await?.sources {
            if account.closed.is_some() || !living || !allowed {
                continue;
            }
            let consents = self.desk.consents(relation.id).await?;
            let agrees = |person| {
                consents.iter().any(|c| c.person == person && c.purpose == SHARING && c.withdrawn_at.is_none())
            };
            if agrees(relation.giver) && agrees(relation.taker) {
                all.push((Id(account.id.0), sharer));
            }
        }
        Ok(all)
    }
}

/// Of those who share, as many as one transfer can be drawn on, in the order in which the rules draw: who has nothing
/// is left out, and whom the rules pass over comes last.
fn first(mut sharers: Vec<(bool, &Sharer)>) -> Vec<Sharer> {
    sharers.retain(|(_, sharer)| !sharer.available_fen.is_zero());
    if sharers.len() > RELATIVES_MAX {
        sharers.sort_by_key(|(allowed, of)| (!allowed, of.priority, of.since.is_none(), of.since));
        sharers.truncate(RELATIVES_MAX);
    }
    sharers.into_iter().map(|(_, sharer)| sharer.clone()).collect()
}

impl Draws {
    /// Takes as much as an account here has, and gives what is left.
    fn here(&mut self, account: Option<&Account>, to: AccountId, amount: Fen) -> Fen {
        let Some(account) = account else { return amount };
        let taken = account.available().min(amount);
        if taken > Fen::ZERO {
            self.legs.push(Leg { from: account.id, to, amount: taken });
        }
        amount.above(taken)
    }

    /// Takes as much as accounts of other areas have, and gives what is left.
    fn afar<'a>(&mut self, accounts: impl Iterator<Item = &'a FarAccount>, from: DrawFrom, amount: Fen) -> Fen {
        let mut left = amount;
        for account in accounts {
            let taken = account.available.min(left);
            if taken > Fen::ZERO {
                let leg = FarLeg { cell: account.cell.0, account: Id(account.account.0), amount: taken };
                let relation = account.sharer.as_ref().and_then(|sharer| Id::parse(&sharer.name));
                self.afar.push(FarDraw { leg, from, relation });
                left = left.above(taken);
            }
        }
        left
    }
}

impl Means {
    pub(crate) fn drawn(&self, leg: &Leg) -> DrawnOut {
        let is = |account: &Option<Account>| account.as_ref().is_some_and(|a| a.id == leg.from);
        let relation = self.sources.iter().find(|s| s.account.id == leg.from || s.relation.id == leg.from.0);
        let from = match (is(&self.own), is(&self.wallet)) {
            (true, _) => DrawFrom::Own,
            (false, true) => DrawFrom::Wallet,
            (false, false) => DrawFrom::Sharer,
        };
        let relation = relation.filter(|_| from == DrawFrom::Sharer).map(|s| Id(s.relation.id));
        DrawnOut { from, relation, amount_fen: leg.amount }
    }
}
