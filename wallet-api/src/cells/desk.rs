//! The books as a courier sees them.

use wallet_courier::{Desk, DeskError};
use wallet_ledger::{CellCommand, CellId, Command, Letter, Message, Outcome, Reply, draw_transfer, reply};
use wallet_store::{Answer, StoreError};

use super::of_api;
use crate::problem::ApiError;
use crate::wallet::{Key, Operation, Order, Wallet};

pub(crate) struct Books<'w>(pub &'w Wallet);

fn of_store(cause: StoreError) -> DeskError {
    DeskError(cause.to_string())
}

impl Desk for Books<'_> {
    async fn letters_to(&self, peer: CellId, after: u64) -> Result<Vec<Letter>, DeskError> {
        self.0.database.letters_to(peer, after).await.map_err(of_store)
    }

    async fn receive(&self, peer: CellId, letters: Vec<Letter>) -> Result<Reply, DeskError> {
        let last = letters.last().map_or(0, |letter| letter.number);
        let mut commands = Vec::new();
        for letter in letters {
            let denied = self.0.denies(&letter).await.map_err(of_api)?;
            commands.push(CellCommand::Receive { letter, denied });
        }
        self.0.tell_cells(commands).await.map_err(of_api)?;
        let link = self.0.database.link_to(peer).await.map_err(of_store)?;
        let link = link.ok_or_else(|| DeskError(format!("nothing was agreed with {peer}")))?;
        Ok(reply(last, &link))
    }

    async fn acked(&self, peer: CellId, received: u64) -> Result<(), DeskError> {
        self.0.tell_cells(vec![CellCommand::Acked { peer, received }]).await.map_err(of_api)
    }

    async fn answer(&self, peer: CellId, question: &[u8]) -> Result<Vec<u8>, DeskError> {
        self.0.answer_peer(peer, question).await.map_err(of_api)
    }
}

impl Wallet {
    /// Whether a letter asks for money of accounts that its sender may not name. Whoever shares is noted before, so
    /// that they are told once it is paid.
    async fn denies(&self, letter: &Letter) -> Result<bool, ApiError> {
        let Message::Prepare { draw, payers, patient, .. } = &letter.message else { return Ok(false) };
        let may = self.may_be_drawn(*patient).await?;
        let named = |account| may.iter().find(|means| means.account.0 == account);
        if !payers.iter().all(|payer| named(payer.from.0).is_some()) {
            return Ok(true);
        }
        for means in payers.iter().filter_map(|payer| named(payer.from.0)) {
            if let Some(relation) = means.relation() {
                self.desk.put_draw(draw_transfer(*draw).0, means.account.0, relation.0).await?;
            }
        }
        Ok(false)
    }

    /// Commands that may come any number of times; each has to be taken.
    pub(super) async fn tell_cells(&self, commands: Vec<CellCommand>) -> Result<(), ApiError> {
        if commands.is_empty() {
            return Ok(());
        }
        // They are known by what they say: a key of their own is looked for nowhere.
        let key = Key { tenant: 0, operation: Operation::Cells, key: "letters".into() };
        let commands = commands.into_iter().map(|command| Command::Cell(Box::new(command))).collect();
        let answers = self.answers(&Order { key, commands, body: &() }).await?;
        match answers.iter().filter_map(Answer::outcome).find(|outcome| *outcome != Outcome::Done) {
            Some(outcome) => Err(super::refused_by_books(outcome)),
            None => Ok(()),
        }
    }
}
