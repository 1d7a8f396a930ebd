//! A small area: people with accounts, a hospital, a fund. Every command is checked against all
//! invariants and against what the journal says.

use anxin_core::Fen;
use wallet_ledger::{
    Account, AccountId, AccountKind, Books, Command, Entry, Fund, Leg, Limits, Micros, OpenAccount, Outcome, OwnerId,
    Purpose, Replayed, TransferId, check, decide,
};

#[derive(Clone)]
pub struct Town {
    pub books: Books,
    pub journal: Vec<Entry>,
    pub now: Micros,
    next: u128,
}

pub const FUNDING: AccountId = AccountId(1);
pub const CASH: AccountId = AccountId(2);
pub const HOSPITAL: AccountId = AccountId(3);
pub const FATHER: AccountId = AccountId(10);
pub const DAUGHTER: AccountId = AccountId(11);
pub const FATHER_WALLET: AccountId = AccountId(12);
pub const DAUGHTER_WALLET: AccountId = AccountId(13);
/// What the daughter set aside for the father.
pub const QUOTA: AccountId = AccountId(14);
pub const POOLED: AccountId = AccountId(20);
pub const HOSPITAL_POOLED: AccountId = AccountId(21);

pub fn yuan(n: i64) -> Fen {
    Fen::new(n * 100).unwrap()
}

pub fn leg(from: AccountId, to: AccountId, amount: Fen) -> Leg {
    Leg { from, to, amount }
}

pub fn opening(id: AccountId, kind: AccountKind, owner: u128) -> OpenAccount {
    let fund = if matches!(id, POOLED | HOSPITAL_POOLED) { Fund::Pooled } else { Fund::Account };
    let parent = (kind == AccountKind::Quota).then_some(DAUGHTER);
    OpenAccount { id, kind, fund, owner: OwnerId(owner), parent }
}

impl Town {
    /// Father and daughter with 1,000 yuan each.
    pub fn new() -> Town {
        let mut town =
            Town { books: Books::default(), journal: Vec::new(), now: Micros(1_800_000_000_000_000), next: 1000 };
        let accounts = [
            (FUNDING, AccountKind::Funding, 0),
            (CASH, AccountKind::Cash, 0),
            (HOSPITAL, AccountKind::Institution, 7),
            (FATHER, AccountKind::Personal, 1),
            (DAUGHTER, AccountKind::Personal, 2),
            (FATHER_WALLET, AccountKind::Wallet, 1),
            (DAUGHTER_WALLET, AccountKind::Wallet, 2),
            (QUOTA, AccountKind::Quota, 2),
            (POOLED, AccountKind::PooledFund, 0),
            (HOSPITAL_POOLED, AccountKind::Institution, 7),
        ];
        for (id, kind, owner) in accounts {
            town.done(&Command::Open(opening(id, kind, owner)));
        }
        for person in [FATHER, DAUGHTER] {
            town.transfer(Purpose::Credit, &[leg(FUNDING, person, yuan(1000))]);
        }
        town
    }

    pub fn with_limits(limits: Limits) -> Town {
        let mut town = Town::new();
        town.books.limits = limits.into();
        town
    }

    /// Decides and applies, and checks all that has to hold afterwards.
    pub fn ask(&mut self, command: &Command) -> Outcome {
        self.now = self.now.after(self.books.last);
        let before = self.books.clone();
        let decision = decide(&self.books, command, self.now);
        assert_eq!(decision, decide(&before, command, self.now), "the same books decide otherwise");
        assert_eq!(decision.outcome == Outcome::Done, !decision.plan.is_empty(), "{:?}", decision.outcome);
        self.books.apply(&decision.plan);
        self.journal.extend(decision.plan.entries);
        assert_eq!(check(&self.books), Ok(()), "after {command:?}");
        assert_eq!(Replayed::of(&self.journal).unwrap().differs(&self.books), None, "after {command:?}");
        decision.outcome
    }

    #[track_caller]
    pub fn done(&mut self, command: &Command) {
        assert_eq!(self.ask(command), Outcome::Done, "{command:?}");
    }

    pub fn fresh(&mut self) -> u128 {
        self.next += 1;
        self.next
    }

    #[track_caller]
    pub fn transfer(&mut self, purpose: Purpose, legs: &[Leg]) -> TransferId {
        let id = TransferId(self.fresh());
        self.done(&Command::Transfer { id, purpose, legs: legs.to_vec() });
        id
    }

    #[track_caller]
    pub fn refused(&mut self, command: &Command, outcome: Outcome) {
        let before = self.books.clone();
        assert_eq!(self.ask(command), outcome, "{command:?}");
        assert_eq!(self.books, before, "a refusal changed the books");
    }

    pub fn account(&self, id: AccountId) -> &Account {
        &self.books.accounts[&id]
    }

    pub fn posted(&self, id: AccountId) -> Fen {
        self.account(id).posted
    }
}
