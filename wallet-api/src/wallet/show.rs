//! What the books hold, as it is sent.

use std::collections::{BTreeMap, BTreeSet};

use anxin_core::Fen;
use wallet_ledger::{Account, AccountId, Fact, Hold, HoldId, Leg, OwnerId, Transfer, TransferId};
use wallet_store::{Actor, Balance, Correction, CorrectionState, Point, SignedHead, StatementLine};
use wallet_types::{
    AccountOut, Accounts, CorrectionOut, CorrectionStateName, HoldOut, Id, LegOut, LineKind, LineOut, ReceiptOut,
    SealOut, Statement, TransferOut, TransportCode,
};

use super::Wallet;
use super::convert::{fund, instant, kind, purpose_name, state};
use crate::hex::hex;
use crate::problem::ApiError;

/// Lines of a page of a statement when nobody says how many.
pub const PAGE: u32 = 50;

fn missing() -> ApiError {
    ApiError::Transport(TransportCode::NotFound)
}

impl Wallet {
    pub(crate) async fn accounts(&self, actor: Actor, after: Option<Id>, most: u32) -> Result<Accounts, ApiError> {
        let after = AccountId(after.map_or(0, |id| id.0));
        let found = self.desk.accounts(actor, after, most).await?;
        let full = u32::try_from(found.len()).is_ok_and(|count| count == most);
        let next = found.last().filter(|_| full).map(|last| Id(last.id.0));
        let accounts = found.iter().map(|a| account_out(a, Balance::of(a), None)).collect();
        Ok(Accounts { accounts, next })
    }

    pub(crate) async fn account(&self, actor: Actor, id: Id, point: Option<Point>) -> Result<AccountOut, ApiError> {
        let id = AccountId(id.0);
        let Some(point) = point else {
            let account = self.desk.account(actor, id).await?.ok_or_else(missing)?;
            return Ok(account_out(&account, Balance::of(&account), None));
        };
        let (account, balance) = self.desk.balance(actor, id, point).await?.ok_or_else(missing)?;
        let at = match point {
            Point::At(at) => Some(instant(at)),
            Point::Line(_) => None,
        };
        Ok(account_out(&account, balance, at))
    }

    pub(crate) async fn statement(&self, actor: Actor, id: Id, before: u64, most: u32) -> Result<Statement, ApiError> {
        let account = AccountId(id.0);
        let lines = self.desk.statement(actor, account, before, most).await?.ok_or_else(missing)?;
        let full = u32::try_from(lines.len()).is_ok_and(|count| count == most);
        let next = lines.last().filter(|_| full).map(|last| last.number);
        let names = self.names(account, &lines).await?;
        Ok(Statement { account: id, lines: lines.iter().map(|line| line_out(account, line, &names)).collect(), next })
    }

    /// Public names of the institutions on the other side of lines.
    async fn names(
        &self,
        account: AccountId,
        lines: &[StatementLine],
    ) -> Result<BTreeMap<AccountId, String>, ApiError> {
        let others: BTreeSet<AccountId> = lines.iter().flat_map(|line| others(account, &line.entry.fact)).collect();
        let mut names = BTreeMap::new();
        let mut known: BTreeMap<OwnerId, Option<String>> = BTreeMap::new();
        for other in others {
            let Some(found) = self.desk.account(Actor::Area, other).await? else { continue };
            if found.kind != wallet_ledger::AccountKind::Institution {
                continue;
            }
            let name = match known.get(&found.owner) {
                Some(name) => name.clone(),
                None => self.desk.institution(found.owner).await?,
            };
            known.insert(found.owner, name.clone());
            names.extend(name.map(|name| (other, name)));
        }
        Ok(names)
    }

    pub(crate) async fn transfer(&self, actor: Actor, id: Id) -> Result<TransferOut, ApiError> {
        let (transfer, accounts) = self.desk.transfer(actor, TransferId(id.0)).await?.ok_or_else(missing)?;
        Ok(transfer_out(actor, &transfer, &accounts))
    }

    pub(crate) async fn hold(&self, actor: Actor, id: Id) -> Result<HoldOut, ApiError> {
        let (hold, accounts) = self.desk.hold(actor, HoldId(id.0)).await?.ok_or_else(missing)?;
        Ok(hold_out(actor, &hold, &accounts))
    }

    pub(crate) async fn receipt(&self, actor: Actor, id: Id) -> Result<ReceiptOut, ApiError> {
        let (transfer, accounts) = self.desk.transfer(actor, TransferId(id.0)).await?.ok_or_else(missing)?;
        let near = quiet(&transfer.legs, &accounts).ok_or_else(missing)?;
        let booked = |fact: &Fact| matches!(fact, Fact::Moved { transfer, .. } if transfer.0 == id.0);
        let line = self.desk.line_where(near, booked).await?.ok_or_else(missing)?;
        let receipt = self.desk.receipt(line).await?.ok_or_else(missing)?;
        let whole = own_legs(actor, &transfer.legs, &accounts).len() == transfer.legs.len();
        Ok(ReceiptOut {
            transfer: id,
            entry: receipt.line.number,
            booked_at: instant(wallet_ledger::Micros(receipt.line.at)),
            line: whole.then(|| hex(&receipt.line.bytes)),
            leaf: hex(&receipt.line.leaf),
            size: receipt.head.size,
            root: hex(&receipt.head.root),
            signed: receipt.signed.map(|signed| self.seal_out(&signed)),
            path: receipt.inclusion.path.iter().map(|hash| hex(hash)).collect(),
        })
    }

    fn seal_out(&self, signed: &SignedHead) -> SealOut {
        let known = self.signers.iter().find(|signer| signer.id() == signed.key);
        SealOut {
            shard: signed.shard,
            signed_at: instant(signed.at),
            key: hex(&signed.key.0),
            public_key: known.map(|key| hex(&key.to_sec1())),
            signature: hex(&signed.signature),
        }
    }
}

/// An account with a short history among those of a transfer: a person's before an institution's or the area's.
fn quiet(legs: &[Leg], accounts: &[Account]) -> Option<AccountId> {
    use wallet_ledger::AccountKind::{Personal, Quota, Wallet};
    let of_person = accounts.iter().find(|a| matches!(a.kind, Personal | Wallet | Quota)).map(|a| a.id);
    of_person.or_else(|| legs.first().map(|leg| leg.from))
}

fn account_out(account: &Account, balance: Balance, at: Option<String>) -> AccountOut {
    AccountOut {
        id: Id(account.id.0),
        kind: kind(account.kind),
        fund: fund(account.fund),
        parent: account.parent.map(|id| Id(id.0)),
        posted_fen: balance.posted,
        held_fen: balance.held,
        available_fen: balance.available(),
        opened_at: instant(account.opened),
        closed_at: account.closed.map(instant),
        at,
    }
}

/// Legs of which the actor sees one end or the other.
fn own_legs<'l>(actor: Actor, legs: &'l [Leg], accounts: &[Account]) -> Vec<(usize, &'l Leg)> {
    let own = |id: AccountId| accounts.iter().any(|a| a.id == id && actor.sees_account(a));
    legs.iter().enumerate().filter(|(_, leg)| own(leg.from) || own(leg.to)).collect()
}

fn leg_out(leg: &Leg) -> LegOut {
    LegOut { from: Id(leg.from.0), to: Id(leg.to.0), amount_fen: leg.amount }
}

fn transfer_out(actor: Actor, transfer: &Transfer, accounts: &[Account]) -> TransferOut {
    let own = own_legs(actor, &transfer.legs, accounts);
    let back = own.iter().filter_map(|(n, _)| transfer.refunded.get(*n).copied());
    TransferOut {
        id: Id(transfer.id.0),
        purpose: purpose_name(transfer.purpose),
        refunded_fen: back.fold(Fen::ZERO, Fen::plus),
        corrected: transfer.corrected,
        legs: own.into_iter().map(|(_, leg)| leg_out(leg)).collect(),
    }
}

fn hold_out(actor: Actor, hold: &Hold, accounts: &[Account]) -> HoldOut {
    HoldOut {
        id: Id(hold.id.0),
        purpose: purpose_name(hold.purpose),
        state: state(hold.state),
        until: instant(hold.until),
        legs: own_legs(actor, &hold.legs, accounts).into_iter().map(|(_, leg)| leg_out(leg)).collect(),
        transfer: hold.transfer.map(|id| Id(id.0)),
    }
}

/// The other ends of a fact's movements.
fn others(account: AccountId, fact: &Fact) -> Vec<AccountId> {
    let (Fact::Moved { legs, .. } | Fact::Held { legs, .. }) = fact else { return Vec::new() };
    let other = |leg: &Leg| match (leg.from == account, leg.to == account) {
        (true, _) => Some(leg.to),
        (_, true) => Some(leg.from),
        _ => None,
    };
    legs.iter().filter_map(other).collect()
}

fn line_out(account: AccountId, line: &StatementLine, names: &BTreeMap<AccountId, String>) -> LineOut {
    let (kind, purpose, transfer, hold) = match &line.entry.fact {
        Fact::Opened(_) => (LineKind::Opened, None, None, None),
        Fact::Closed { .. } => (LineKind::Closed, None, None, None),
        Fact::Moved { transfer, purpose, hold, .. } => (LineKind::Moved, Some(*purpose), Some(*transfer), *hold),
        Fact::Held { hold, purpose, .. } => (LineKind::Held, Some(*purpose), None, Some(*hold)),
        Fact::Released { hold, .. } => (LineKind::Released, None, None, Some(*hold)),
    };
    let change = |after: Fen, before: Fen| after.checked_sub(before).unwrap_or(Fen::ZERO);
    LineOut {
        entry: line.number,
        at: instant(line.entry.at),
        kind,
        purpose: purpose.map(purpose_name),
        transfer: transfer.map(|id| Id(id.0)),
        hold: hold.map(|id| Id(id.0)),
        institution: others(account, &line.entry.fact).iter().find_map(|other| names.get(other).cloned()),
        posted_change_fen: change(line.after.posted, line.before.posted),
        held_change_fen: change(line.after.held, line.before.held),
        posted_fen: line.after.posted,
        held_fen: line.after.held,
    }
}

pub fn correction_out(correction: &Correction) -> CorrectionOut {
    CorrectionOut {
        id: Id(correction.id),
        transfer: Id(correction.transfer.0),
        reason: correction.reason,
        state: match correction.state {
            CorrectionState::Asked => CorrectionStateName::Asked,
            CorrectionState::Approved => CorrectionStateName::Approved,
            CorrectionState::Refused => CorrectionStateName::Refused,
        },
        asked_by: Id(correction.asked_by),
        asked_at: instant(correction.asked_at),
        decided_by: correction.decided_by.map(Id),
        decided_at: correction.decided_at.map(instant),
    }
}
