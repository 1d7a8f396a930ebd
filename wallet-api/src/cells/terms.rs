//! What an operator agrees with another area, and what comes in and goes out at the bank.

use anxin_core::{Fen, Refusal, RefusalCode};
use serde::Serialize;
use wallet_ledger::{
    AccountId, AccountKind, CellCommand, CellId, Command, Leg, Link, OpenAccount, Outcome, Over, PaidFrom, Purpose,
    Terms, TransferId, WindowId,
};
use wallet_store::Answer;
use wallet_types::{CellsOut, OverName, PaidFromName, PrepaymentAsk, TermsAsk, TransportCode, WindowPaymentAsk};

use super::refused_by_books;
use super::set_up::account;
use crate::problem::ApiError;
use crate::wallet::{Key, Operation, Order, Wallet, derived};

/// The bank's side of what areas pay each other.
fn bank() -> OpenAccount {
    account("bank", AccountKind::Cash)
}

fn prepaid(peer: CellId) -> OpenAccount {
    account(&format!("prepaid {peer}"), AccountKind::Prepayment)
}

fn not_negative(field: &str, amount: Option<Fen>) -> Result<(), ApiError> {
    match amount.filter(|amount| amount.is_negative()) {
        Some(_) => Err(Refusal::new(RefusalCode::Malformed, field, "≥ 0").into()),
        None => Ok(()),
    }
}

impl Wallet {
    pub(crate) async fn agree_terms(
        &self,
        tenant: u128,
        key: String,
        area: &str,
        ask: &TermsAsk,
    ) -> Result<CellsOut, ApiError> {
        let link = self.link_named(area).await?;
        not_negative("cap_fen", ask.cap_fen)?;
        not_negative("floor_fen", ask.floor_fen)?;
        // What was paid in beforehand stays usable when nothing has to be left of it any more.
        let floor = ask.floor_fen.or(link.terms.prepaid.map(|_| Fen::ZERO));
        if floor.is_some() {
            self.open_missing(&[prepaid(link.peer)]).await?;
        }
        let over = match ask.over {
            OverName::Refuse => Over::Refuse,
            OverName::Alarm => Over::Alarm,
        };
        let prepaid = floor.map(|floor| (prepaid(link.peer).id, floor));
        let terms = Terms { open: ask.open, cap: ask.cap_fen, prepaid, over, ..link.terms };
        let key = Key { tenant, operation: Operation::AgreeTerms, key };
        let command = Command::Cell(Box::new(CellCommand::Agree { peer: link.peer, terms }));
        self.booked_with_cells(key, command, &(area, ask)).await
    }

    /// 预付金 of another area has come in.
    pub(crate) async fn take_prepayment(
        &self,
        tenant: u128,
        key: String,
        area: &str,
        ask: &PrepaymentAsk,
    ) -> Result<CellsOut, ApiError> {
        let link = self.link_named(area).await?;
        let (to, _) = link.terms.prepaid.ok_or(refused_by_books(Outcome::RouteRefused))?;
        let from = self.bank().await?;
        let key = Key { tenant, operation: Operation::TakePrepayment, key };
        let legs = vec![Leg { from, to, amount: ask.amount_fen }];
        let command = Command::Transfer { id: TransferId(derived(&key, 0)), purpose: Purpose::Deposit, legs };
        self.booked_with_cells(key, command, &(area, ask)).await
    }

    /// What a closed window comes to with one area was paid, by whichever of the two owes.
    pub(crate) async fn settle_window(
        &self,
        tenant: u128,
        key: String,
        window: u64,
        ask: &WindowPaymentAsk,
    ) -> Result<CellsOut, ApiError> {
        let peer = self.link_named(&ask.area).await?.peer;
        let paid_from = match ask.paid_from {
            PaidFromName::Bank => PaidFrom::Bank,
            PaidFromName::Prepayment => PaidFrom::Prepayment,
        };
        let cash = self.bank().await?;
        let key = Key { tenant, operation: Operation::SettleWindow, key };
        let (window, id) = (WindowId(window), TransferId(derived(&key, 0)));
        let command = Command::Cell(Box::new(CellCommand::Settle { window, peer, id, paid_from, cash }));
        self.booked_with_cells(key, command, ask).await
    }

    async fn link_named(&self, area: &str) -> Result<Link, ApiError> {
        let peer = area.parse().ok().filter(|_| area.len() == 6).map(CellId);
        let link = match peer {
            Some(peer) => self.database.link_to(peer).await?,
            None => None,
        };
        link.ok_or(ApiError::Transport(TransportCode::NotFound))
    }

    async fn bank(&self) -> Result<AccountId, ApiError> {
        self.open_missing(&[bank()]).await?;
        Ok(bank().id)
    }

    async fn booked_with_cells<B: Serialize>(
        &self,
        key: Key,
        command: Command,
        body: &B,
    ) -> Result<CellsOut, ApiError> {
        let answers = self.answers(&Order { key, commands: vec![command], body }).await?;
        match answers.first().and_then(Answer::outcome) {
            Some(Outcome::Done) => self.cells_out().await,
            Some(outcome) => Err(refused_by_books(outcome)),
            None => Err(ApiError::Transport(TransportCode::KeyReused)),
        }
    }
}
