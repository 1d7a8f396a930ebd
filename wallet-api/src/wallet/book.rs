//! Asking the books to do something, once.

use std::collections::BTreeSet;

use anxin_core::proof::leaf_hash;
use serde::Serialize;
use sm3::{Digest as _, Sm3};
use wallet_ledger::{Account, AccountId, BodyHash, Command, Fact, Outcome, Request, RequestKey};
use wallet_store::{Actor, Answer, Asked, Balance, Denied, Point, Refused, StoredLine};
use wallet_types::{BalanceOut, Booked, Id, TransportCode, WalletCode};

use super::Wallet;
use crate::auth::Subject;
use crate::problem::ApiError;

/// What a request asks for. A key is used once for each; the numbers are stored and never change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operation {
    Transfer,
    Hold,
    Post,
    Void,
    Refund,
    Correct,
    Batch,
    AskCorrection,
    Open,
    Invite,
    SetQuota,
    Dissolve,
    Pay,
    Give,
    AcceptGift,
    RefuseGift,
    SettleOrder,
    OrderHold,
    OrderPost,
    OrderVoid,
    OrderUndo,
    RefundOrder,
    MakeOffer,
    Prescribe,
    DeclareBatch,
    PayBatch,
    AskStanding,
    ClaimBack,
    RefundClaimed,
    Propose,
    PayAdvance,
    Difference,
    Cells,
    CloseWindow,
    AgreeTerms,
    TakePrepayment,
    SettleWindow,
}

impl Operation {
    pub fn number(self) -> u16 {
        match self {
            Operation::Transfer => 100,
            Operation::Hold => 101,
            Operation::Post => 102,
            Operation::Void => 103,
            Operation::Refund => 104,
            Operation::Correct => 105,
            Operation::Batch => 106,
            Operation::AskCorrection => 107,
            Operation::Open => 108,
            Operation::Invite => 120,
            Operation::SetQuota => 121,
            Operation::Dissolve => 122,
            Operation::Pay => 123,
            Operation::Give => 124,
            Operation::AcceptGift => 125,
            Operation::RefuseGift => 126,
            Operation::SettleOrder => 140,
            Operation::OrderHold => 141,
            Operation::OrderPost => 142,
            Operation::OrderVoid => 143,
            Operation::OrderUndo => 144,
            Operation::RefundOrder => 145,
            Operation::MakeOffer => 146,
            Operation::Prescribe => 147,
            Operation::DeclareBatch => 160,
            Operation::PayBatch => 161,
            Operation::AskStanding => 162,
            Operation::ClaimBack => 163,
            Operation::RefundClaimed => 164,
            Operation::Propose => 165,
            Operation::PayAdvance => 166,
            Operation::Difference => 167,
            Operation::Cells => 180,
            Operation::CloseWindow => 181,
            Operation::AgreeTerms => 182,
            Operation::TakePrepayment => 183,
            Operation::SettleWindow => 184,
        }
    }
}

/// A request's identity: who, for what, and the client's own key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    pub tenant: u128,
    pub operation: Operation,
    pub key: String,
}

/// An id that the same request gets again.
pub fn derived(key: &Key, item: usize) -> u128 {
    let digest = Sm3::new()
        .chain_update(b"anxin id\0")
        .chain_update(key.tenant.to_be_bytes())
        .chain_update(key.operation.number().to_be_bytes())
        .chain_update(u64::try_from(item).unwrap_or(u64::MAX).to_be_bytes())
        .chain_update(&key.key)
        .finalize();
    digest.iter().take(16).fold(0, |id, byte| (id << 8) | u128::from(*byte))
}

fn tenant(tenant: u128) -> u64 {
    let digest = Sm3::new().chain_update(b"anxin tenant\0").chain_update(tenant.to_be_bytes()).finalize();
    digest.iter().take(8).fold(0, |id, byte| (id << 8) | u64::from(*byte))
}

/// Commands of one request, with all that decides whether it is the same one again.
pub struct Order<'b, B> {
    pub key: Key,
    pub commands: Vec<Command>,
    pub body: &'b B,
}

/// How one command ended.
#[derive(Clone, Debug)]
pub struct Done {
    pub outcome: Result<Booked, WalletCode>,
    pub replayed: bool,
}

impl Wallet {
    /// Has commands carried out for somebody, and says how each ended.
    ///
    /// # Errors
    /// When any of them is not this subject's to ask; then none was asked.
    pub(crate) async fn ask<B: Serialize>(
        &self,
        subject: &Subject,
        order: Order<'_, B>,
    ) -> Result<Vec<Done>, ApiError> {
        let actor = subject.actor().ok_or(ApiError::Transport(TransportCode::NotAllowed))?;
        match order.commands.as_slice() {
            [command] => self.desk.admits(actor, command).await?.map_err(ApiError::from)?,
            // The books look at each by itself; here one that is not theirs keeps all from being asked.
            commands => {
                for command in commands {
                    self.desk.permits(actor, command).await?.map_err(ApiError::from)?;
                }
            }
        }
        let answers = self.answers_for(&order, Some(actor)).await?;
        self.all_done(actor, &order.commands, answers).await
    }

    /// The same where somebody else has looked at the rights already.
    pub(crate) async fn ask_permitted<B: Serialize>(
        &self,
        actor: Actor,
        order: Order<'_, B>,
    ) -> Result<Vec<Done>, ApiError> {
        let answers = self.answers(&order).await?;
        self.all_done(actor, &order.commands, answers).await
    }

    async fn all_done(&self, actor: Actor, commands: &[Command], answers: Vec<Answer>) -> Result<Vec<Done>, ApiError> {
        let mut done = Vec::new();
        for (command, answer) in commands.iter().zip(answers) {
            done.push(self.done(actor, command, answer).await?);
        }
        Ok(done)
    }

    /// What the books say, without looking at rights.
    pub(crate) async fn answers<B: Serialize>(&self, order: &Order<'_, B>) -> Result<Vec<Answer>, ApiError> {
        self.answers_for(order, None).await
    }

    async fn answers_for<B: Serialize>(
        &self,
        order: &Order<'_, B>,
        by: Option<Actor>,
    ) -> Result<Vec<Answer>, ApiError> {
        self.writer.ask(asked(order, by)?).await.map_err(of_writer)
    }

    /// The same for several orders, which the books carry out one after the other in one transaction.
    pub(crate) async fn answers_together<B: Serialize>(
        &self,
        orders: &[Order<'_, B>],
    ) -> Result<Vec<Answer>, ApiError> {
        let asked = orders.iter().map(|order| asked(order, None)).collect::<Result<Vec<_>, _>>()?;
        self.writer.ask(asked.concat()).await.map_err(of_writer)
    }

    async fn done(&self, actor: Actor, command: &Command, answer: Answer) -> Result<Done, ApiError> {
        let (outcome, replayed, entries, accounts) = match answer {
            Answer::Decided { outcome, replayed, entries, accounts } => (outcome, replayed, entries, accounts),
            Answer::Conflict => return Err(ApiError::Transport(TransportCode::KeyReused)),
            Answer::Denied(denied) => return Err(denied.into()),
        };
        self.metrics.decided(outcome.number(), replayed);
        if outcome != Outcome::Done {
            let code = WalletCode::of_number(outcome.number()).ok_or(ApiError::Transport(TransportCode::Internal))?;
            return Ok(Done { outcome: Err(code), replayed });
        }
        let booked = match entries.first() {
            Some(entry) => booked(command, *entry, after(actor, &accounts)),
            None => self.booked_before(actor, command).await?,
        };
        Ok(Done { outcome: Ok(booked), replayed })
    }

    /// What was answered the first time: the line is found, and the balances right after it are worked out.
    async fn booked_before(&self, actor: Actor, command: &Command) -> Result<Booked, ApiError> {
        let lost = || ApiError::Transport(TransportCode::Internal);
        let near = self.desk.account_of(command).await?.ok_or_else(lost)?;
        let line = self.desk.line_where(near, |fact| books(command, fact)).await?.ok_or_else(lost)?;
        let mut balances = Vec::new();
        for account in self.touched(&line).await? {
            let found = self.desk.balance(actor, account, Point::Line(line.number)).await?;
            balances.extend(found.map(|(account, balance)| balance_out(account.id, balance)));
        }
        Ok(booked(command, line.number, balances))
    }

    /// Accounts whose balance a line changed, in the order of their ids.
    async fn touched(&self, line: &StoredLine) -> Result<BTreeSet<AccountId>, ApiError> {
        let (legs, hold, takers) = match line.entry()?.fact {
            Fact::Opened(open) => return Ok(BTreeSet::from([open.id])),
            Fact::Closed { account } => return Ok(BTreeSet::from([account])),
            Fact::Moved { legs, hold, .. } => (legs, hold, true),
            Fact::Held { legs, .. } => (legs, None, false),
            Fact::Released { hold, .. } => (Vec::new(), Some(hold), false),
        };
        let mut touched: BTreeSet<AccountId> = legs.iter().map(|leg| leg.from).collect();
        if takers {
            touched.extend(legs.iter().map(|leg| leg.to));
        }
        if let Some(hold) = hold {
            let held = self.desk.hold(Actor::Area, hold).await?;
            touched.extend(held.iter().flat_map(|(hold, _)| &hold.legs).map(|leg| leg.from));
        }
        Ok(touched)
    }
}

/// An order as the books are asked for it.
fn asked<B: Serialize>(order: &Order<'_, B>, by: Option<Actor>) -> Result<Vec<Asked>, ApiError> {
    let Order { key, commands, body } = order;
    let written = serde_json::to_vec(body).map_err(|_| ApiError::Transport(TransportCode::Internal))?;
    let body = BodyHash(leaf_hash(&written));
    let single = commands.len() == 1 && key.operation != Operation::Batch;
    let asked = commands.iter().enumerate().map(|(n, command)| {
        let name = if single { key.key.clone() } else { format!("{}#{n}", key.key) };
        let key = RequestKey { tenant: tenant(key.tenant), operation: key.operation.number(), key: name };
        Asked { request: Request { key, body }, command: command.clone(), by }
    });
    Ok(asked.collect())
}

impl From<Denied> for ApiError {
    fn from(denied: Denied) -> Self {
        ApiError::Transport(match denied {
            Denied::NotTheirs => TransportCode::NotFound,
            Denied::NotAllowed => TransportCode::NotAllowed,
            Denied::Died => TransportCode::PersonDied,
        })
    }
}

fn of_writer(refused: Refused) -> ApiError {
    ApiError::Transport(match refused {
        Refused::Busy | Refused::Halted(_) => TransportCode::Busy,
        Refused::Unclear => TransportCode::Unclear,
    })
}

/// Whether a fact is what a command was booked as.
fn books(command: &Command, fact: &Fact) -> bool {
    match (command, fact) {
        (Command::While { then, .. }, fact) => books(then, fact),
        (Command::Dissolve { quota, .. }, Fact::Closed { account }) => quota == account,
        (
            Command::Transfer { id, .. }
            | Command::Post { id, .. }
            | Command::Refund { id, .. }
            | Command::Correct { id, .. }
            | Command::SetQuota { id, .. },
            Fact::Moved { transfer, .. },
        ) => id == transfer,
        (Command::Hold { id, .. }, Fact::Held { hold, .. }) => id == hold,
        (Command::Void { hold: id }, Fact::Released { hold, .. }) => id == hold,
        (Command::Open(open), Fact::Opened(opened)) => open.id == opened.id,
        (Command::Close { account: id }, Fact::Closed { account }) => id == account,
        _ => false,
    }
}

fn after(actor: Actor, accounts: &[Account]) -> Vec<BalanceOut> {
    // A refund looks at closed accounts on its way to the one above them; it changes only open ones.
    let seen = accounts.iter().filter(|a| actor.sees_account(a) && a.closed.is_none());
    let mut balances: Vec<BalanceOut> = seen.map(|a| balance_out(a.id, Balance::of(a))).collect();
    balances.sort_by_key(|balance| balance.account);
    balances
}

pub fn balance_out(account: AccountId, balance: Balance) -> BalanceOut {
    BalanceOut {
        account: Id(account.0),
        posted_fen: balance.posted,
        held_fen: balance.held,
        available_fen: balance.available(),
    }
}

fn booked(command: &Command, entry: u64, balances: Vec<BalanceOut>) -> Booked {
    let (transfer, hold) = match command {
        Command::While { then, .. } => return booked(then, entry, balances),
        Command::Transfer { id, .. }
        | Command::Refund { id, .. }
        | Command::Correct { id, .. }
        | Command::SetQuota { id, .. } => (Some(*id), None),
        Command::Hold { id, .. } | Command::Void { hold: id } => (None, Some(*id)),
        Command::Post { hold, id, .. } => (Some(*id), Some(*hold)),
        Command::Open(_)
        | Command::Close { .. }
        | Command::Expire { .. }
        | Command::Dissolve { .. }
        | Command::Cell(_) => (None, None),
    };
    Booked { transfer: transfer.map(|id| Id(id.0)), hold: hold.map(|id| Id(id.0)), entry, balances }
}
