//! Settlements that several cells pay for together.
//!
//! A cell is an insurance area, or a shard of one, with books of its own; cells never share a transaction. The cell
//! where somebody is treated coordinates a draw: it asks the cells of the payers to set the money aside, decides, and
//! tells them. What a letter does to the books, the letters that it causes and that it was received are one plan.
//! `docs/CELLS.md` draws the states.

mod alarm;
mod command;
mod coordinate;
mod draw;
mod give_back;
mod home;
mod link;
mod mail;
mod message;
mod participate;
mod pool;

use crate::decide::Work;
use crate::outcome::Outcome;
use crate::window::WindowId;

pub use alarm::{Alarm, AlarmKind};
pub use command::{CellCommand, DrawOrder};
pub use draw::{Draw, DrawState, Part, Role, Vote, draw_hold, draw_transfer, own_transfer};
pub use home::home_of;
pub use link::{Link, Over, Terms};
pub use mail::{Reply, reply};
pub use message::{Letter, Message, Payer, Stand};
pub use pool::{Cell, CellId, CellNeeds, Pool};

impl Work<'_> {
    pub fn of_cells(&mut self, command: &CellCommand) -> Result<(), Outcome> {
        match command {
            CellCommand::Found { id, suspense } => {
                self.found(Cell { id: *id, suspense: suspense.clone(), window: WindowId(1) })
            }
            CellCommand::Agree { peer, terms } => self.agree(*peer, *terms),
            CellCommand::Begin(order) => self.begin(order),
            CellCommand::Receive { letter, denied } => self.receive(letter, *denied),
            CellCommand::Acked { peer, received } => self.acked(*peer, *received),
            CellCommand::Tick { draw } => self.tick(*draw),
            CellCommand::Reverse { draw, id } => self.reverse(*draw, *id),
            CellCommand::Refund { draw, id, amount } => self.refund_draw(*draw, *id, *amount),
            CellCommand::CloseWindow => self.close_window(),
            CellCommand::Settle { window, peer, id, paid_from, cash } => {
                self.settle_window(*window, *peer, *id, *paid_from, *cash)
            }
        }
    }
}
