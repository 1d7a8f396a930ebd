//! The three ways in which relatives share money, each against a reference of a few numbers.

use anxin_core::Fen;
use proptest::prelude::*;
use proptest_state_machine::{ReferenceStateMachine, StateMachineTest, prop_state_machine};
use wallet_ledger::{Command, HoldId, Limits, Micros, Outcome, Purpose, TransferId};

use crate::town::{DAUGHTER, DAUGHTER_WALLET, FATHER, FATHER_WALLET, HOSPITAL, QUOTA, Town, leg, yuan};

fn fen(amount: i64) -> Fen {
    Fen::new(amount).unwrap()
}

/// Amounts that fit, do not, and are none.
fn amount() -> impl Strategy<Value = i64> {
    prop_oneof![8 => 1..60_000_i64, 1 => Just(0), 1 => Just(-1), 1 => 100_000..300_000_i64]
}

fn settle(town: &mut Town, from: wallet_ledger::AccountId, amount: i64) -> Command {
    let legs = vec![leg(from, HOSPITAL, fen(amount))];
    Command::Transfer { id: TransferId(town.fresh()), purpose: Purpose::Settle, legs }
}

fn ask(town: &mut Town, command: &Command, done: bool) {
    let outcome = town.ask(command);
    assert_eq!(outcome == Outcome::Done, done, "{command:?}: {outcome:?}");
}

/// A payment, and what of it came back.
#[derive(Clone, Debug)]
struct Paid {
    id: u128,
    amount: i64,
    back: i64,
    /// Whether it was drawn by the relation.
    shared: bool,
}

fn refund(town: &mut Town, paid: &[Paid], which: usize, amount: i64) -> Command {
    let of = TransferId(paid.get(which).map_or(0, |paid| paid.id));
    Command::Refund { id: TransferId(town.fresh()), of, amount: fen(amount) }
}

/// Gives back of a payment, if so much of it is left.
fn give_back(paid: &mut [Paid], which: usize, amount: i64) -> Option<Paid> {
    let of = paid.get_mut(which).filter(|of| amount > 0 && amount <= of.amount - of.back)?;
    of.back += amount;
    Some(of.clone())
}

/// Ids that the town gives out, one for each command that has one.
const FIRST_ID: u128 = 1_002;

mod binding {
    //! 家庭共济: the relative draws on the sharer's account itself for as long as they are related.

    use super::*;

    #[derive(Clone, Debug)]
    pub struct Reference {
        account: i64,
        related: bool,
        paid: Vec<Paid>,
        next: u128,
        done: bool,
    }

    #[derive(Clone, Debug)]
    pub enum Step {
        Own(i64),
        Relative(i64),
        Refund(usize, i64),
        Part,
    }

    impl ReferenceStateMachine for Reference {
        type State = Reference;
        type Transition = Step;

        fn init_state() -> BoxedStrategy<Reference> {
            let paid = Vec::new();
            Just(Reference { account: 100_000, related: true, paid, next: FIRST_ID, done: true }).boxed()
        }

        fn transitions(_: &Reference) -> BoxedStrategy<Step> {
            prop_oneof![
                3 => amount().prop_map(Step::Own),
                5 => amount().prop_map(Step::Relative),
                3 => (0..6_usize, amount()).prop_map(|(of, amount)| Step::Refund(of, amount)),
                1 => Just(Step::Part),
            ]
            .boxed()
        }

        fn apply(mut is: Reference, step: &Step) -> Reference {
            is.next += 1;
            is.done = match *step {
                Step::Own(amount) => is.pay(amount, false),
                Step::Relative(amount) => is.related && is.pay(amount, true),
                Step::Refund(of, amount) => give_back(&mut is.paid, of, amount).is_some_and(|_| {
                    is.account += amount;
                    true
                }),
                Step::Part => std::mem::replace(&mut is.related, false),
            };
            is
        }
    }

    impl Reference {
        fn pay(&mut self, amount: i64, shared: bool) -> bool {
            let fits = amount > 0 && amount <= self.account;
            if fits {
                self.account -= amount;
                self.paid.push(Paid { id: self.next, amount, back: 0, shared });
            }
            fits
        }
    }

    pub struct BindingBooks;

    impl StateMachineTest for BindingBooks {
        type SystemUnderTest = Town;
        type Reference = Reference;

        fn init_test(_: &Reference) -> Town {
            Town::new()
        }

        fn apply(mut town: Town, is: &Reference, step: Step) -> Town {
            let command = match step {
                Step::Own(amount) => settle(&mut town, DAUGHTER, amount),
                Step::Relative(amount) => {
                    let then = Box::new(settle(&mut town, DAUGHTER, amount));
                    Command::While { open: vec![QUOTA], then }
                }
                Step::Refund(of, amount) => refund(&mut town, &is.paid, of, amount),
                Step::Part => Command::Dissolve { quota: QUOTA, id: TransferId(town.fresh()) },
            };
            ask(&mut town, &command, is.done);
            assert_eq!(town.posted(DAUGHTER).get(), is.account);
            assert_eq!(town.posted(QUOTA), Fen::ZERO, "nothing is ever set aside");
            town
        }
    }
}

mod transfer {
    //! 钱包转账: money that waits in the sender's wallet until it is accepted, refused or returned at six.

    use super::*;

    const DAY: i64 = 24 * 60;
    const PER_TRANSFER: i64 = 40_000;

    #[derive(Clone, Debug)]
    pub struct Reference {
        from: i64,
        to: i64,
        /// Amount, and the minute from which on it cannot be accepted.
        waits: Option<(i64, i64)>,
        /// Minutes since a midnight in China.
        now: i64,
        sent: (i64, u32),
        hold: u128,
        done: bool,
    }

    #[derive(Clone, Debug)]
    pub enum Step {
        Send(i64),
        Accept,
        Refuse,
        Sweep,
        Spend(i64),
        Wait(i64),
    }

    impl ReferenceStateMachine for Reference {
        type State = Reference;
        type Transition = Step;

        fn init_state() -> BoxedStrategy<Reference> {
            let begin = Reference { from: 90_000, to: 0, waits: None, now: 8 * 60, sent: (0, 0), hold: 0, done: true };
            Just(begin).boxed()
        }

        fn transitions(_: &Reference) -> BoxedStrategy<Step> {
            prop_oneof![
                5 => amount().prop_map(Step::Send),
                3 => Just(Step::Accept),
                1 => Just(Step::Refuse),
                2 => Just(Step::Sweep),
                2 => amount().prop_map(Step::Spend),
                3 => prop_oneof![1..90_i64, Just(60), Just(8 * 60), Just(14 * 60)].prop_map(Step::Wait),
            ]
            .boxed()
        }

        fn apply(mut is: Reference, step: &Step) -> Reference {
            is.done = match *step {
                Step::Send(amount) => is.send(amount),
                Step::Accept => is.waits.filter(|(_, until)| is.now < *until).is_some_and(|(amount, _)| {
                    (is.from, is.to, is.waits) = (is.from - amount, is.to + amount, None);
                    true
                }),
                Step::Refuse => is.waits.take().is_some(),
                Step::Sweep => {
                    let due = is.waits.is_some_and(|(_, until)| is.now >= until);
                    is.waits = is.waits.filter(|_| !due);
                    due
                }
                Step::Spend(amount) => {
                    let fits = amount > 0 && amount <= is.to;
                    is.to -= if fits { amount } else { 0 };
                    fits
                }
                Step::Wait(minutes) => {
                    is.now += minutes;
                    true
                }
            };
            is
        }
    }

    impl Reference {
        fn send(&mut self, amount: i64) -> bool {
            let (day, minute) = (self.now.div_euclid(DAY), self.now.rem_euclid(DAY));
            let sent = if self.sent.0 == day { self.sent.1 } else { 0 };
            let open = (6 * 60..22 * 60).contains(&minute);
            let fits = amount > 0 && amount <= self.from.min(PER_TRANSFER);
            let may = open && fits && sent < 3 && self.waits.is_none();
            if may {
                self.sent = (day, sent + 1);
                self.hold += 1;
                self.waits = Some((amount, (day + 1) * DAY + 6 * 60));
            }
            may
        }
    }

    pub struct TransferBooks;

    /// Midnight in China on 2027-02-01, in UTC.
    const MIDNIGHT: i64 = 1_801_411_200_000_000;
    const MINUTE: i64 = 60_000_000;

    impl StateMachineTest for TransferBooks {
        type SystemUnderTest = Town;
        type Reference = Reference;

        fn init_test(_: &Reference) -> Town {
            let limits = Limits {
                per_transfer: Some(fen(PER_TRANSFER)),
                per_day: Some(3),
                closed: Some((22 * 60, 6 * 60)),
                waiting: Some(1),
                returned: Some(6 * 60),
            };
            let mut town = Town::with_limits(limits);
            town.now = Micros(MIDNIGHT - 10 * 60 * MINUTE);
            town.transfer(Purpose::TopUp, &[leg(FATHER, FATHER_WALLET, yuan(900))]);
            town
        }

        fn apply(mut town: Town, is: &Reference, step: Step) -> Town {
            town.now = Micros(MIDNIGHT + is.now * MINUTE);
            let hold = HoldId(is.hold);
            let command = match step {
                Step::Send(amount) => {
                    let legs = vec![leg(FATHER_WALLET, DAUGHTER_WALLET, fen(amount))];
                    // One that is refused takes no number of the reference's.
                    let id = if is.done { hold } else { HoldId(town.fresh()) };
                    Command::Hold { id, purpose: Purpose::WalletTransfer, legs, until: Micros(i64::MAX) }
                }
                Step::Accept => Command::Post { hold, id: TransferId(town.fresh()), amounts: None },
                Step::Refuse => Command::Void { hold },
                Step::Sweep => Command::Expire { hold },
                Step::Spend(amount) => settle(&mut town, DAUGHTER_WALLET, amount),
                Step::Wait(_) => return town,
            };
            ask(&mut town, &command, is.done);
            let (from, to) = (town.account(FATHER_WALLET), town.account(DAUGHTER_WALLET));
            let held = is.waits.map_or(0, |(amount, _)| amount);
            assert_eq!((from.posted.get(), from.held.get(), to.posted.get()), (is.from, held, is.to));
            town
        }
    }
}

mod quota {
    //! 共济额度: set aside in the sharer's account, drawn or held by the relative, back when it ends.

    use super::*;

    #[derive(Clone, Debug)]
    pub struct Reference {
        account: i64,
        /// What is in the quota, with what is held of it.
        quota: i64,
        held: Option<i64>,
        holds: u128,
        open: bool,
        paid: Vec<Paid>,
        next: u128,
        done: bool,
    }

    #[derive(Clone, Debug)]
    pub enum Step {
        Set(i64),
        Own(i64),
        Relative(i64),
        Hold(i64),
        Post(i64),
        Void,
        Refund(usize, i64),
        Part,
    }

    impl ReferenceStateMachine for Reference {
        type State = Reference;
        type Transition = Step;

        fn init_state() -> BoxedStrategy<Reference> {
            let (held, paid) = (None, Vec::new());
            let (account, quota, holds) = (100_000, 0, 0);
            Just(Reference { account, quota, held, holds, open: true, paid, next: FIRST_ID, done: true }).boxed()
        }

        fn transitions(_: &Reference) -> BoxedStrategy<Step> {
            prop_oneof![
                4 => amount().prop_map(Step::Set),
                2 => amount().prop_map(Step::Own),
                4 => amount().prop_map(Step::Relative),
                3 => amount().prop_map(Step::Hold),
                3 => amount().prop_map(Step::Post),
                1 => Just(Step::Void),
                3 => (0..6_usize, amount()).prop_map(|(of, amount)| Step::Refund(of, amount)),
                1 => Just(Step::Part),
            ]
            .boxed()
        }

        fn apply(mut is: Reference, step: &Step) -> Reference {
            is.next += 1;
            is.done = match *step {
                Step::Set(usable) => is.set(usable),
                Step::Own(amount) => {
                    let fits = amount > 0 && amount <= is.account;
                    if fits {
                        is.account -= amount;
                        is.note(amount, false);
                    }
                    fits
                }
                Step::Relative(amount) => {
                    let fits = is.fits(amount);
                    if fits {
                        is.quota -= amount;
                        is.note(amount, true);
                    }
                    fits
                }
                Step::Hold(amount) => {
                    // One at a time is enough to meet everything else.
                    let fits = is.held.is_none() && is.fits(amount);
                    if fits {
                        (is.held, is.holds) = (Some(amount), is.holds + 1);
                    }
                    fits
                }
                Step::Post(amount) => is.post(amount),
                Step::Void => is.held.take().is_some_and(|_| {
                    is.leave();
                    true
                }),
                Step::Refund(of, amount) => is.refund(of, amount),
                Step::Part => {
                    let parts = std::mem::replace(&mut is.open, false);
                    is.leave();
                    parts
                }
            };
            is
        }
    }

    impl Reference {
        fn usable(&self) -> i64 {
            self.quota - self.held.unwrap_or_default()
        }

        fn fits(&self, amount: i64) -> bool {
            self.open && amount > 0 && amount <= self.usable()
        }

        fn note(&mut self, amount: i64, shared: bool) {
            self.paid.push(Paid { id: self.next, amount, back: 0, shared });
        }

        fn set(&mut self, usable: i64) -> bool {
            let more = usable - self.usable();
            let may = self.open && usable >= 0 && more != 0 && more <= self.account;
            if may {
                (self.account, self.quota) = (self.account - more, self.quota + more);
            }
            may
        }

        fn post(&mut self, amount: i64) -> bool {
            let may = self.held.is_some_and(|held| amount > 0 && amount <= held);
            if may {
                (self.quota, self.held) = (self.quota - amount, None);
                self.note(amount, true);
                self.leave();
            }
            may
        }

        fn refund(&mut self, of: usize, amount: i64) -> bool {
            match give_back(&mut self.paid, of, amount) {
                Some(paid) if paid.shared && self.open => self.quota += amount,
                Some(_) => self.account += amount,
                None => return false,
            }
            true
        }

        /// What nothing holds goes back once it has ended.
        fn leave(&mut self) {
            if !self.open {
                let unused = self.usable();
                (self.account, self.quota) = (self.account + unused, self.quota - unused);
            }
        }
    }

    pub struct QuotaBooks;

    impl StateMachineTest for QuotaBooks {
        type SystemUnderTest = Town;
        type Reference = Reference;

        fn init_test(_: &Reference) -> Town {
            Town::new()
        }

        fn apply(mut town: Town, is: &Reference, step: Step) -> Town {
            let id = TransferId(town.fresh());
            assert_eq!(id.0, is.next);
            let pay = |from, amount| {
                let legs = vec![leg(from, HOSPITAL, fen(amount))];
                Command::Transfer { id, purpose: Purpose::Settle, legs }
            };
            let hold = HoldId(is.holds);
            let command = match step {
                Step::Set(usable) => Command::SetQuota { quota: QUOTA, id, usable: fen(usable) },
                Step::Own(amount) => pay(DAUGHTER, amount),
                Step::Relative(amount) => pay(QUOTA, amount),
                Step::Hold(_) if !is.done && is.held.is_some() => return town,
                Step::Hold(amount) => {
                    let legs = vec![leg(QUOTA, HOSPITAL, fen(amount))];
                    let id = if is.done { hold } else { HoldId(id.0) };
                    Command::Hold { id, purpose: Purpose::Settle, legs, until: town.now.plus(1 << 50) }
                }
                Step::Post(amount) => Command::Post { hold, id, amounts: Some(vec![fen(amount)]) },
                Step::Void => Command::Void { hold },
                Step::Refund(of, amount) => {
                    let of = TransferId(is.paid.get(of).map_or(0, |paid| paid.id));
                    Command::Refund { id, of, amount: fen(amount) }
                }
                Step::Part => Command::Dissolve { quota: QUOTA, id },
            };
            ask(&mut town, &command, is.done);
            let quota = town.account(QUOTA);
            assert_eq!((quota.posted.get(), quota.held.get()), (is.quota, is.held.unwrap_or_default()));
            assert_eq!(town.posted(DAUGHTER).get(), is.account);
            town
        }
    }
}

use binding::BindingBooks;
use quota::QuotaBooks;
use transfer::TransferBooks;

prop_state_machine! {
    #![proptest_config(ProptestConfig { cases: 256, ..ProptestConfig::default() })]

    #[test]
    fn a_binding_draws_on_the_account_itself(sequential 1..60 => BindingBooks);

    #[test]
    fn a_transfer_is_in_exactly_one_place(sequential 1..60 => TransferBooks);

    #[test]
    fn a_quota_is_what_is_set_aside(sequential 1..60 => QuotaBooks);
}
