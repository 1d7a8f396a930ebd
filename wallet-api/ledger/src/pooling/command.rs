//! What can be asked of a cell's books about other cells.

use std::collections::BTreeMap;

use anxin_core::Fen;
use serde::{Deserialize, Serialize};

use crate::account::Fund;
use crate::command::{Leg, Needs};
use crate::id::{AccountId, DrawId, TransferId};
use crate::pooling::draw::{Part, draw_hold, draw_transfer, own_transfer};
use crate::pooling::give_back::own_refund;
use crate::pooling::link::Terms;
use crate::pooling::message::{Letter, Message};
use crate::pooling::pool::CellId;
use crate::time::Micros;
use crate::window::{PaidFrom, WindowId};

/// A settlement here that other cells pay for, in whole or in part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DrawOrder {
    pub draw: DrawId,
    pub until: Micros,
    pub patient: [u8; 32],
    /// One for each cell; of one fund.
    pub parts: BTreeMap<CellId, Part>,
    /// What accounts of this cell pay beside them.
    pub own: Vec<Leg>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum CellCommand {
    /// Makes these books those of a cell, or gives it other accounts for suspense.
    Found {
        id: CellId,
        suspense: BTreeMap<Fund, AccountId>,
    },
    /// What was agreed with another cell.
    Agree {
        peer: CellId,
        terms: Terms,
    },
    Begin(DrawOrder),
    Receive {
        letter: Letter,
        /// The directory outside the books says that the patient has no right to these accounts.
        denied: bool,
    },
    /// The peer has taken in all letters up to this one.
    Acked {
        peer: CellId,
        received: u64,
    },
    /// The timer of a draw: who coordinates it decides once the deadline has passed, who is prepared asks.
    Tick {
        draw: DrawId,
    },
    /// Undoes a draw, however it stands. What was never begun cannot be begun afterwards.
    Reverse {
        draw: DrawId,
        id: TransferId,
    },
    Refund {
        draw: DrawId,
        id: TransferId,
        amount: Fen,
    },
    /// Claims go to the next window from now on.
    CloseWindow,
    /// The net amount of a closed window with one cell was paid.
    Settle {
        window: WindowId,
        peer: CellId,
        id: TransferId,
        paid_from: PaidFrom,
        cash: AccountId,
    },
}

impl CellCommand {
    /// What comes from another cell is known by its number there, and a timer may go off whenever it likes.
    pub fn repeatable(&self) -> bool {
        matches!(self, CellCommand::Receive { .. } | CellCommand::Acked { .. } | CellCommand::Tick { .. })
    }

    pub(crate) fn needs(&self, needs: &mut Needs) {
        needs.cells.cell = true;
        match self {
            CellCommand::Found { suspense, .. } => needs.accounts.extend(suspense.values()),
            CellCommand::Agree { peer, terms } => {
                needs.cells.links.insert(*peer);
                needs
                    .accounts
                    .extend([Some(terms.account), terms.pooled, terms.prepaid.map(|(a, _)| a)].iter().flatten());
            }
            CellCommand::Begin(order) => {
                needs.cells.draws.insert(order.draw);
                needs.holds.extend((!order.own.is_empty()).then(|| draw_hold(order.draw)));
                needs.cells.links.extend(order.parts.keys());
                needs.accounts.extend(order.parts.values().map(|part| part.to));
                needs.accounts.extend(order.own.iter().flat_map(|leg| [leg.from, leg.to]));
            }
            CellCommand::Receive { letter, .. } => needs.of_letter(letter),
            CellCommand::Acked { peer, .. } => {
                needs.cells.links.insert(*peer);
                needs.cells.every_link = true;
            }
            CellCommand::Tick { draw } => {
                needs.of_draw(*draw);
                needs.cells.every_link = true;
            }
            CellCommand::Reverse { draw, id } | CellCommand::Refund { draw, id, .. } => {
                needs.of_draw(*draw);
                needs.cells.every_link = true;
                needs.transfers.extend([*id, own_refund(*id)]);
            }
            CellCommand::CloseWindow => needs.cells.every_link = true,
            CellCommand::Settle { window, peer, id, cash, .. } => {
                needs.accounts.insert(*cash);
                needs.cells.links.insert(*peer);
                needs.cells.windows.insert(*window);
                needs.transfers.insert(*id);
            }
        }
    }
}

impl Needs {
    /// What ends a draw that is not paid.
    fn of_unpaid_draw(&mut self, draw: DrawId) {
        self.cells.draws.insert(draw);
        self.holds.insert(draw_hold(draw));
    }

    /// What a participant pays it by, or a coordinator without accounts of its own.
    fn of_paid_draw(&mut self, draw: DrawId) {
        self.of_unpaid_draw(draw);
        self.transfers.insert(draw_transfer(draw));
    }

    fn of_draw(&mut self, draw: DrawId) {
        self.of_paid_draw(draw);
        self.transfers.insert(own_transfer(draw));
    }

    /// A vote can decide a draw, and that concerns every cell of it.
    fn of_letter(&mut self, letter: &Letter) {
        self.cells.links.insert(letter.from);
        self.cells.inbox.insert((letter.from, letter.number));
        match &letter.message {
            Message::Prepare { draw, payers, .. } => {
                self.of_paid_draw(*draw);
                self.accounts.extend(payers.iter().map(|payer| payer.from));
            }
            Message::Prepared { draw } => {
                self.of_draw(*draw);
                self.cells.every_link = true;
            }
            Message::Refused { draw, .. } | Message::Query { draw } => {
                self.of_unpaid_draw(*draw);
                self.cells.every_link = true;
            }
            Message::Commit { draw, window } | Message::State { draw, stand: super::Stand::Committed { window } } => {
                self.of_paid_draw(*draw);
                self.cells.windows.insert(*window);
            }
            Message::Abort { draw } | Message::State { draw, .. } => self.of_unpaid_draw(*draw),
            Message::Reverse { draw, id, window, .. } | Message::Refund { draw, id, window, .. } => {
                self.of_draw(*draw);
                self.transfers.insert(*id);
                self.cells.windows.insert(*window);
            }
            Message::Closed { window, .. } => {
                self.cells.windows.insert(*window);
                self.cells.every_link = true;
            }
        }
    }
}
