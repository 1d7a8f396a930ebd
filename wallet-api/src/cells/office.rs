//! What an operator sees of other areas, and the closing of a window.

use anxin_core::Fen;
use anxin_core::family::{WalletAmount, WalletFound, WalletSlot};
use wallet_ledger::{AlarmKind, CellCommand, CellId, Command, Fund, Link, Outcome, Over, Terms, Window, WindowState};
use wallet_store::{Actor, Answer};
use wallet_types::{
    AlarmName, AlarmOut, CellsOut, ClearingWindow, OpeningOut, OpeningState, OverName, PeerOut, TermsOut,
    TransportCode, WindowStateName, WindowSum,
};

use super::refused_by_books;
use crate::family::day;
use crate::problem::ApiError;
use crate::wallet::{Key, Operation, Order, Wallet, instant};

const WINDOWS: u32 = 30;
const ALARMS: u32 = 100;

impl Wallet {
    pub(crate) async fn cells_out(&self) -> Result<CellsOut, ApiError> {
        let glance = self.desk.cells_at_a_glance(WINDOWS, ALARMS).await?;
        let Some(cell) = glance.cell else { return Ok(CellsOut::default()) };
        let mut peers = Vec::new();
        for link in &glance.links {
            peers.push(self.peer_out(link).await?);
        }
        let alarm = |alarm: &wallet_ledger::Alarm| AlarmOut {
            area: alarm.peer.to_string(),
            letter: alarm.letter,
            kind: name(alarm.kind),
            at: instant(alarm.at),
        };
        Ok(CellsOut {
            area: Some(cell.id.to_string()),
            window: Some(cell.window.0),
            peers,
            windows: glance.windows.iter().map(window_out).collect(),
            alarms: glance.alarms.iter().map(alarm).collect(),
        })
    }

    async fn peer_out(&self, link: &Link) -> Result<PeerOut, ApiError> {
        let mut position_fen = Fen::ZERO;
        for account in [Some(link.terms.account), link.terms.pooled].into_iter().flatten() {
            let posted = self.desk.account(Actor::Area, account).await?.map_or(Fen::ZERO, |account| account.posted);
            position_fen = position_fen.plus(posted);
        }
        let area = link.peer.to_string();
        let name = self.family.area_name(&area);
        Ok(PeerOut {
            name_zh: name.map(|name| name.name_zh.clone()),
            name_en: name.map(|name| name.name_en.clone()),
            area,
            open: link.terms.open,
            opening: self.opening(link.peer)?,
            position_fen,
            asking_fen: link.asking,
            held_fen: link.held,
            sent: link.sent,
            under_way: link.sent.saturating_sub(link.acked),
            received: link.received,
            terms: self.terms_out(link).await?,
        })
    }

    async fn terms_out(&self, link: &Link) -> Result<TermsOut, ApiError> {
        let Terms { cap, prepaid, over, .. } = link.terms;
        let paid_in = match prepaid {
            Some((account, _)) => self.desk.account(Actor::Area, account).await?,
            None => None,
        };
        let over = match over {
            Over::Refuse => OverName::Refuse,
            Over::Alarm => OverName::Alarm,
        };
        let prepaid_fen = paid_in.map(|account| account.posted);
        Ok(TermsOut { cap_fen: cap, prepaid_fen, floor_fen: prepaid.map(|(_, floor)| floor), over })
    }

    /// 开通状态 of an area today, by the source that says so.
    fn opening(&self, area: CellId) -> Result<OpeningOut, ApiError> {
        let today = day(self.now()).ok_or(ApiError::Transport(TransportCode::Internal))?;
        let book = self.family.book();
        let (state, rule) = match book.find(WalletSlot::CrossProvince, &area.to_string(), today) {
            WalletFound::Known(rule) if rule.amount == WalletAmount::Flag(true) => (OpeningState::Open, Some(rule)),
            WalletFound::Known(rule) | WalletFound::NotYet(rule) => (OpeningState::NotOpen, Some(rule)),
            WalletFound::Unknown => (OpeningState::Unknown, None),
        };
        let cite = rule.and_then(|rule| book.cite(rule));
        Ok(OpeningOut {
            state,
            since: rule.and_then(|rule| rule.from).map(|day| day.to_string()),
            source: cite.map(|cite| cite.title.clone()),
            seen: cite.map(|cite| cite.seen.to_string()),
        })
    }

    /// Claims go to the next window from now on; every other area is told what it owes in this one.
    pub(crate) async fn close_window(&self, tenant: u128, key: String) -> Result<CellsOut, ApiError> {
        self.close(Key { tenant, operation: Operation::CloseWindow, key }).await?;
        self.cells_out().await
    }

    pub(super) async fn close(&self, key: Key) -> Result<(), ApiError> {
        let command = Command::Cell(Box::new(CellCommand::CloseWindow));
        let answers = self.answers(&Order { key, commands: vec![command], body: &() }).await?;
        match answers.first().and_then(Answer::outcome) {
            Some(Outcome::Done) => {}
            Some(outcome) => return Err(refused_by_books(outcome)),
            None => return Err(ApiError::Transport(TransportCode::KeyReused)),
        }
        self.wake_cells();
        Ok(())
    }
}

pub(super) fn state_name(state: WindowState) -> WindowStateName {
    match state {
        WindowState::Open => WindowStateName::Open,
        WindowState::Closing => WindowStateName::Closing,
        WindowState::Closed => WindowStateName::Closed,
        WindowState::Settled => WindowStateName::Settled,
    }
}

fn window_out(window: &Window) -> ClearingWindow {
    let of = |peer: CellId, fund: Fund| {
        let amount = |tally: Option<&wallet_ledger::Tally>| tally.map_or(Fen::ZERO, |tally| tally.amount);
        WindowSum {
            area: peer.to_string(),
            claims_fen: amount(window.claims.get(&(peer, fund))),
            debts_fen: amount(window.debts.get(&(peer, fund))),
            net_fen: window.net(peer, fund).unwrap_or_default(),
            paid: window.paid.contains(&(peer, fund)),
        }
    };
    let sums = window.peers().into_iter().map(|(peer, fund)| of(peer, fund)).collect();
    ClearingWindow { id: window.id.0, state: state_name(window.state), sums }
}

fn name(kind: AlarmKind) -> AlarmName {
    match kind {
        AlarmKind::LetterChanged => AlarmName::LetterChanged,
        AlarmKind::DrawRepeated(_) => AlarmName::DrawRepeated,
        AlarmKind::DecisionContradicts(_) => AlarmName::DecisionContradicts,
        AlarmKind::CannotPost(..) => AlarmName::CannotPost,
        AlarmKind::RefundDiffers(_) => AlarmName::RefundDiffers,
        AlarmKind::WindowDiffers(_) => AlarmName::WindowDiffers,
        AlarmKind::OverNetDebit => AlarmName::OverNetDebit,
        AlarmKind::BelowFloor => AlarmName::BelowFloor,
    }
}
