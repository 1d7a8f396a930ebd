//! What a cell's books need before they can take letters: who they are, and an account for each other area.

use std::collections::BTreeMap;

use wallet_ledger::{
    AccountId, AccountKind, CellCommand, CellId, Command, Fund, OpenAccount, Outcome, Over, OwnerId, Terms,
};
use wallet_store::Answer;

use super::refused_by_books;
use crate::problem::ApiError;
use crate::wallet::{Key, Operation, Order, Wallet, derived};

fn id(name: &str) -> u128 {
    derived(&Key { tenant: 0, operation: Operation::Open, key: format!("cells {name}") }, 0)
}

pub(super) fn account(name: &str, kind: AccountKind) -> OpenAccount {
    let owner = OwnerId(id("area"));
    OpenAccount { id: AccountId(id(name)), kind, fund: Fund::Account, owner, parent: None }
}

fn clearing(peer: CellId) -> OpenAccount {
    account(&format!("clearing {peer}"), AccountKind::Clearing)
}

impl Wallet {
    /// Once more changes nothing. Net debit caps and prepayments are agreed by hand: none is made up here.
    pub(crate) async fn set_up_cells(&self) -> Result<(), ApiError> {
        let Some(cells) = &self.cells else { return Ok(()) };
        let suspense = account("suspense", AccountKind::Suspense);
        let mut accounts = vec![suspense.clone()];
        accounts.extend(cells.peers().map(clearing));
        self.open_missing(&accounts).await?;
        let suspense = BTreeMap::from([(Fund::Account, suspense.id)]);
        self.agreed("found", CellCommand::Found { id: cells.id, suspense }).await?;
        for peer in cells.peers() {
            if self.database.link_to(peer).await?.is_some() {
                continue;
            }
            let account = clearing(peer).id;
            let terms = Terms { open: true, account, pooled: None, cap: None, prepaid: None, over: Over::default() };
            self.agreed(&format!("agree {peer}"), CellCommand::Agree { peer, terms }).await?;
        }
        Ok(())
    }

    async fn agreed(&self, name: &str, command: CellCommand) -> Result<(), ApiError> {
        let key = Key { tenant: 0, operation: Operation::Cells, key: name.to_owned() };
        let order = Order { key, commands: vec![Command::Cell(Box::new(command))], body: &name };
        match self.answers(&order).await?.first().and_then(Answer::outcome) {
            Some(Outcome::Done) => Ok(()),
            outcome => Err(refused_by_books(outcome.unwrap_or(Outcome::CellUnknown))),
        }
    }
}
