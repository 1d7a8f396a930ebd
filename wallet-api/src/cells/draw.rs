//! A settlement here that accounts of other areas pay for: the order of the ledger's that it is, and how it stands.

use std::collections::BTreeMap;

use anxin_core::Fen;
use serde::{Deserialize, Serialize};
use wallet_ledger::{
    AccountId, CellCommand, CellId, Command, Draw, DrawId, DrawOrder, DrawState, Fund, Leg, Part, Payer, Role, Vote,
};
use wallet_types::{Id, WalletCode};

use super::Cells;
use crate::problem::ApiError;
use crate::wallet::{Operation, Wallet};

const SECOND: i64 = 1_000_000;

/// So much out of an account of another area.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct FarLeg {
    pub cell: u32,
    pub account: Id,
    pub amount: Fen,
}

/// What is asked of the books of several areas.
pub(crate) struct FarOrder<'o> {
    pub order: u128,
    pub patient: [u8; 32],
    pub legs: &'o [FarLeg],
    /// What accounts of this area pay beside them.
    pub own: &'o [Leg],
    /// Accounts that have to be open until then.
    pub lasting: &'o [AccountId],
    /// The institution's account.
    pub to: AccountId,
}

pub(crate) fn sum(legs: &[FarLeg]) -> Fen {
    Fen::checked_sum(legs.iter().map(|leg| leg.amount)).unwrap_or_default()
}

impl FarOrder<'_> {
    fn parts(&self) -> BTreeMap<CellId, Part> {
        let mut parts: BTreeMap<CellId, Part> = BTreeMap::new();
        for FarLeg { cell, account, amount } in self.legs {
            let empty = || Part { fund: Fund::Account, payers: Vec::new(), to: self.to, vote: Vote::None };
            let part = parts.entry(CellId(*cell)).or_insert_with(empty);
            part.payers.push(Payer { from: AccountId(account.0), amount: *amount });
        }
        parts
    }
}

impl Wallet {
    /// Asks the other areas, and sets aside what accounts of this one pay. Once more for the same order is nothing.
    pub(crate) async fn begin_draw(&self, far: &FarOrder<'_>) -> Result<Result<(), WalletCode>, ApiError> {
        let seconds = self.cells.as_ref().map_or(0, |cells: &Cells| cells.draw_seconds);
        let until = self.now().plus(i64::from(seconds) * SECOND);
        let (draw, patient, own) = (DrawId(far.order), far.patient, far.own.to_vec());
        let order = DrawOrder { draw, until, patient, parts: far.parts(), own };
        let then = Box::new(Command::Cell(Box::new(CellCommand::Begin(order))));
        let command = Command::While { open: far.lasting.to_vec(), then };
        let begun = self.book_order(far.order, Operation::OrderHold, command).await;
        self.wake_cells();
        begun
    }

    pub(crate) async fn draw_of(&self, order: u128) -> Result<Option<Draw>, ApiError> {
        Ok(self.database.draw(DrawId(order)).await?)
    }

    /// Areas whose answer an order waits for.
    pub(crate) async fn waits_for(&self, order: u128) -> Result<Vec<CellId>, ApiError> {
        let Some(draw) = self.draw_of(order).await? else { return Ok(Vec::new()) };
        let (DrawState::Asking, Role::Coordinator { parts, .. }) = (draw.state, &draw.role) else {
            return Ok(Vec::new());
        };
        Ok(parts.iter().filter(|(_, part)| part.vote == Vote::None).map(|(cell, _)| *cell).collect())
    }

    /// Something may wait to be carried.
    pub(crate) fn wake_cells(&self) {
        if let Some(cells) = &self.cells {
            cells.wake();
        }
    }
}
