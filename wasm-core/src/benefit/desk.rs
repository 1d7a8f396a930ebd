//! One run of a calculation: looks rules up, remembers which it used and what it could not find, and
//! writes the steps down.

use rust_decimal::Decimal;

use super::answer::{Cited, Op, Quantity, Role, Step, StepId, Term};
use super::asked::Asked;
use super::notes::Relied;
use super::run::Ends;
use crate::date::Day;
use crate::error::{Refusal, RefusalCode};
use crate::money::{Exact, Fen, Rate, Rounding};
use crate::rules::{Amount, Certainty, Dim, Found, Kind, Query, Rule, RuleBook, Slot};

/// Which end of what is unknown a run takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// Only what is known: unknown layers pay nothing, unknown limits do not bind.
    Known,
    /// Whatever is unknown turns out best for the person.
    Least,
    /// Whatever is unknown turns out worst for the person.
    Most,
}

/// Why a figure is missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Gap {
    Unknown,
    Bounded,
    NotInForce,
    SplitAssumed,
    CoverOpen,
}

/// Which way a figure is good for the person.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Good {
    High,
    Low,
}

/// What a lookup gives a run to work with.
pub(super) enum Pick<'a, T> {
    Known(T, &'a Rule),
    /// Not known, but this run's end has a limit of it.
    Limit(T, &'a Rule),
    Expressly(Unlimited<'a>),
    Missing(Gap),
}

/// A rule that says that there is no limit.
pub(super) struct Unlimited<'a>(pub &'a Rule);

/// Room for as many limits as a stay usually reaches.
const CAPS_USUAL: usize = 4;
/// Room for as many terms as a formula usually has.
const TERMS_USUAL: usize = 4;

pub(super) struct Desk<'a> {
    pub book: &'a RuleBook,
    pub query: Query,
    pub kind: Kind,
    pub day: Day,
    pub disease: Option<u16>,
    pub end: End,
    /// The same for a bill whose split is assumed.
    pub split_end: End,
    /// Read an annual cap of open reading the other way.
    pub other_reading: bool,
    pub trace: bool,
    pub steps: Vec<Step>,
    pub gaps: Vec<(Option<Slot>, Gap)>,
    /// A figure without which nothing can be computed was missing.
    pub blocked: bool,
    pub open_reading: bool,
    pub certainty: Certainty,
    /// Rules looked at since the last step.
    refs: Vec<(&'a Rule, Role)>,
    /// What there is to say about the sources of the rules that changed a figure.
    pub relied: Relied,
    pub caps_reached: Vec<Slot>,
    /// Limits that were not found, with the floor below which they are taken not to bind.
    pub floors: Vec<(Slot, Fen)>,
    /// What is paid beside the settlement and was not found.
    pub unknown_beside: Vec<Slot>,
}

impl<'a> Desk<'a> {
    pub fn new(book: &'a RuleBook, asked: &Asked, ends: Ends, trace: bool) -> Desk<'a> {
        Desk {
            book,
            query: asked.query,
            kind: asked.kind,
            day: asked.day,
            disease: None,
            end: ends.rules,
            split_end: ends.split,
            other_reading: false,
            trace,
            steps: if trace { Vec::with_capacity(16) } else { Vec::new() },
            gaps: Vec::new(),
            blocked: false,
            open_reading: false,
            certainty: Certainty::Certain,
            refs: Vec::new(),
            relied: Relied::default(),
            caps_reached: Vec::with_capacity(CAPS_USUAL),
            floors: Vec::new(),
            unknown_beside: Vec::new(),
        }
    }

    pub fn find(&self, slot: Slot) -> Found<'a> {
        self.book.find(slot, self.query, self.disease, self.day)
    }

    /// Looks up with another value in one dimension.
    pub fn find_with<D: Dim>(&self, slot: Slot, value: D) -> Found<'a> {
        self.book.find(slot, self.query.with(value), self.disease, self.day)
    }

    /// An amount: plain, or a multiple of an indicator.
    pub fn money(&self, slot: Slot, good: Good) -> Pick<'a, Fen> {
        self.pick(self.find(slot), slot, good, &|rule, limit| self.money_of(rule, limit, good))
    }

    pub fn share(&self, slot: Slot, good: Good) -> Pick<'a, Rate> {
        self.share_of(self.find(slot), slot, good)
    }

    pub fn share_of(&self, found: Found<'a>, slot: Slot, good: Good) -> Pick<'a, Rate> {
        self.pick(found, slot, good, &|rule, _| match rule.amount {
            Amount::Share(rate) | Amount::Points(rate) => Some(rate),
            _ => None,
        })
    }

    pub fn money_found(&self, found: Found<'a>, slot: Slot, good: Good) -> Pick<'a, Fen> {
        self.pick(found, slot, good, &|rule, limit| self.money_of(rule, limit, good))
    }

    /// `read` gives a rule's value; with `limit` it may fall back on limits of what the value rests on.
    fn pick<T>(
        &self,
        found: Found<'a>,
        slot: Slot,
        good: Good,
        read: &dyn Fn(&'a Rule, bool) -> Option<T>,
    ) -> Pick<'a, T> {
        match found {
            Found::Known(rule) if matches!(rule.amount, Amount::Unlimited) => Pick::Expressly(Unlimited(rule)),
            Found::Known(rule) => match read(rule, false) {
                Some(value) => Pick::Known(value, rule),
                None => {
                    if let Some(value) = read(rule, true) {
                        return Pick::Limit(value, rule);
                    }
                    let (least, most) = self.book.bounds(slot, self.query, self.disease, self.day);
                    self.limit(least, most, good, read)
                }
            },
            Found::Between { least, most } => self.limit(least, most, good, read),
            Found::NotInForce { .. } | Found::Announced => Pick::Missing(Gap::NotInForce),
            Found::Abolished | Found::Unknown => Pick::Missing(Gap::Unknown),
        }
    }

    /// The limit on this run's side. The known-rules run takes the side that is worse for the person.
    fn limit<T>(
        &self,
        least: Option<&'a Rule>,
        most: Option<&'a Rule>,
        good: Good,
        read: &dyn Fn(&'a Rule, bool) -> Option<T>,
    ) -> Pick<'a, T> {
        let low_end = (self.end == End::Least) == (good == Good::Low);
        let rule = if low_end { least } else { most };
        match rule.and_then(|r| read(r, true).map(|v| (v, r))) {
            Some((value, rule)) => Pick::Limit(value, rule),
            None => Pick::Missing(if least.or(most).is_some() { Gap::Bounded } else { Gap::Unknown }),
        }
    }

    fn money_of(&self, rule: &Rule, limit: bool, good: Good) -> Option<Fen> {
        match rule.amount {
            Amount::Money(fen) => Some(fen),
            Amount::Multiple { times, of } => {
                let indicator = match (self.find(of), limit) {
                    (Found::Known(r), _) => r,
                    (Found::Between { least, most }, true) => {
                        let low_end = (self.end == End::Least) == (good == Good::Low);
                        if low_end { least? } else { most? }
                    }
                    _ => return None,
                };
                match indicator.amount {
                    Amount::Money(base) => base.scaled(times, Rounding::HalfUp),
                    _ => None,
                }
            }
            _ => None,
        }
    }

    pub fn applies(&mut self, rule: &'a Rule) {
        let certainty = self.relied.rely_on(self.book, rule, self.day);
        self.certainty = self.certainty.max(certainty);
        self.open_reading |= rule.traits.open_reading;
        if self.trace {
            self.refs.push((rule, Role::Applied));
        }
    }

    /// A limit of which only a floor is known, and the floor is not reached.
    pub fn below_floor(&mut self, rule: &'a Rule, floor: Fen) {
        self.certainty = self.certainty.max(self.book.certainty(rule, self.day));
        self.floors.push((rule.slot, floor));
        self.checked(rule);
    }

    /// Looked at without effect.
    pub fn checked(&mut self, rule: &'a Rule) {
        if self.trace {
            self.refs.push((rule, Role::Checked));
        }
    }

    /// What was only looked at since the last step turned out to change the figure.
    pub fn promote(&mut self, rule: &'a Rule) {
        self.refs.retain(|(r, _)| r.slot != rule.slot);
        self.applies(rule);
    }

    /// A figure that matters is missing.
    pub fn gap(&mut self, slot: Slot, gap: Gap) {
        self.note_gap(Some(slot), gap);
    }

    /// The same, where what is missing is not a rule's figure.
    pub fn open_question(&mut self, gap: Gap) {
        self.note_gap(None, gap);
    }

    fn note_gap(&mut self, slot: Option<Slot>, gap: Gap) {
        let worst = if gap == Gap::SplitAssumed { Certainty::Uncertain } else { Certainty::Unknown };
        self.certainty = self.certainty.max(worst);
        if !self.gaps.contains(&(slot, gap)) {
            self.gaps.push((slot, gap));
        }
    }

    /// A formula to be filled in, for a step whose terms come one by one.
    pub fn formula(&self) -> Formula {
        Formula { kept: self.trace, terms: Vec::with_capacity(if self.trace { TERMS_USUAL } else { 0 }) }
    }

    /// Writes a step with the rules looked at since the last one.
    #[inline]
    pub fn step(&mut self, id: StepId, result: Fen, terms: &[Term]) {
        self.step_with(id, result, terms, None);
    }

    #[inline]
    pub fn step_with(&mut self, id: StepId, result: Fen, terms: &[Term], unknown: Option<Slot>) {
        if self.trace {
            self.write_step(id, result, terms, unknown);
        }
    }

    fn write_step(&mut self, id: StepId, result: Fen, terms: &[Term], unknown: Option<Slot>) {
        let certainty = match unknown {
            Some(_) => Certainty::Unknown,
            None => self.refs_certainty(),
        };
        let params = self.refs.drain(..).map(|(rule, role)| cited(self.book, rule, role)).collect();
        self.steps.push(Step {
            id,
            terms: terms.to_vec(),
            result_fen: result,
            params,
            certainty,
            unknown,
            texts: None,
        });
    }

    /// Adds the rules looked at since the last step to that step: a limit that was checked and did
    /// not bind belongs to the figure it might have bound.
    pub fn attach(&mut self) {
        let book = self.book;
        if let Some(step) = self.steps.last_mut() {
            step.params.extend(self.refs.drain(..).map(|(rule, role)| cited(book, rule, role)));
        }
    }

    fn refs_certainty(&self) -> Certainty {
        let applied = self.refs.iter().filter(|(_, role)| *role == Role::Applied);
        applied.map(|(rule, _)| self.book.certainty(rule, self.day)).max().unwrap_or(Certainty::Certain)
    }

    /// A missing figure without which there is no result. In the known-rules run that ends all
    /// further hope; before the first rule of the region it is the input that is wrong.
    pub fn essential(&mut self, slot: Slot, found: Found<'a>, gap: Gap, field: &str) -> Result<(), Refusal> {
        if let Found::NotInForce { from: Some(from) } = found {
            return Err(Refusal::new(RefusalCode::BeforeRules, field, format!("≥ {from}")));
        }
        self.blocked = true;
        self.gap(slot, gap);
        Ok(())
    }

    /// A ratio without which there is no result, and whether it is not exactly known. Unknown, it is
    /// all of the base at the best end and nothing otherwise.
    pub fn essential_share(&mut self, found: Found<'a>, slot: Slot, field: &str) -> Result<(Rate, bool), Refusal> {
        Ok(match self.share_of(found, slot, Good::High) {
            Pick::Known(ratio, rule) => {
                self.applies(rule);
                (ratio, false)
            }
            Pick::Limit(ratio, rule) => {
                self.applies(rule);
                self.gap(slot, Gap::Bounded);
                (ratio, true)
            }
            Pick::Expressly(Unlimited(rule)) => {
                self.applies(rule);
                (Rate::ONE, false)
            }
            Pick::Missing(gap) => {
                self.essential(slot, found, gap, field)?;
                (if self.end == End::Least { Rate::ONE } else { Rate::ZERO }, true)
            }
        })
    }
}

/// The terms of a step in the making; without a trace nothing is kept of them.
pub(super) struct Formula {
    kept: bool,
    terms: Vec<Term>,
}

impl Formula {
    #[inline]
    pub fn push(&mut self, term: Term) {
        if self.kept {
            self.terms.push(term);
        }
    }

    pub fn terms(&self) -> &[Term] {
        &self.terms
    }
}

pub(super) fn cited(book: &RuleBook, rule: &Rule, role: Role) -> Cited {
    let cite = book.cite(rule).map_or_else(|| "".into(), |c| c.key.clone());
    Cited { id: rule.id.clone(), role, basis: rule.basis, cite }
}

impl Term {
    #[inline]
    fn plain(op: Op, what: Quantity) -> Term {
        Term { op, what, fen: None, rate: None, count: None }
    }

    #[inline]
    pub(super) fn fen(op: Op, what: Quantity, fen: Fen) -> Term {
        Term { fen: Some(fen), ..Term::plain(op, what) }
    }

    #[inline]
    pub(super) fn rate(op: Op, what: Quantity, rate: Rate) -> Term {
        Term { rate: Some(rate), ..Term::plain(op, what) }
    }

    #[inline]
    pub(super) fn count(op: Op, what: Quantity, count: u32) -> Term {
        Term { count: Some(count), ..Term::plain(op, what) }
    }
}

/// Rounds a fund's payment as settlement systems do: half a fen up, at the moment it arises.
pub(super) fn pay(exact: Decimal) -> Result<Fen, Refusal> {
    Fen::from_decimal(exact, Rounding::HalfUp).ok_or_else(overflow)
}

/// An amount that need not be whole, as it is shown and counted on.
pub(super) fn whole(exact: Exact) -> Result<Fen, Refusal> {
    exact.rounded(Rounding::HalfUp).ok_or_else(overflow)
}

/// A fund's payment of a share of an amount.
pub(super) fn share(of: Fen, ratio: Rate) -> Result<Fen, Refusal> {
    of.scaled(ratio, Rounding::HalfUp).ok_or_else(overflow)
}

pub(super) fn overflow() -> Refusal {
    Refusal::new(RefusalCode::Overflow, "visit", format!("≤ {}", Fen::MAX.yuan()))
}
