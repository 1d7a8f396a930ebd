//! Collects what an answer says.

use super::answer::{
    AreaOut, Check, CheckCode, Draw, FamilyAnswer, OpenCode, OpenQuestion, RuleOut, Then, ThenCode, Verdict,
};
use super::case::{AreaCode, Model};
use super::rules::{WalletAmount, WalletBook, WalletFound, WalletRule, WalletSlot};
use crate::benefit::CiteOut;
use crate::date::Day;
use crate::money::Fen;
use crate::pack::PackRef;
use crate::rules::Certainty;

pub(super) struct Desk<'a> {
    pub book: &'a WalletBook,
    pub on: Day,
    pub model: Option<Model>,
    pub most: Option<Fen>,
    pub draws: Vec<Draw>,
    pub cash: Option<Fen>,
    pub checks: Vec<Check>,
    then: Vec<Then>,
    open: Vec<OpenCode>,
    relied_on: Vec<&'a WalletRule>,
}

/// What a rule that says yes or no gives.
#[derive(Clone, Copy)]
pub(super) struct Ruled<'a> {
    pub verdict: Verdict,
    pub rule: Option<&'a WalletRule>,
    pub begins: Option<Day>,
}

impl Check {
    pub(super) fn new(code: CheckCode, verdict: Verdict) -> Check {
        Check {
            code,
            verdict,
            area: None,
            limit_fen: None,
            limit_count: None,
            closed: None,
            begins: None,
            rule: None,
            text: None,
        }
    }
}

impl Then {
    pub(super) fn new(code: ThenCode) -> Then {
        Then { code, amount_fen: None, at: None, rule: None, text: None }
    }
}

impl<'a> Desk<'a> {
    pub fn new(book: &'a WalletBook, on: Day) -> Desk<'a> {
        Desk {
            book,
            on,
            model: None,
            most: None,
            draws: Vec::new(),
            cash: None,
            checks: Vec::new(),
            then: Vec::new(),
            open: Vec::new(),
            relied_on: Vec::new(),
        }
    }

    /// A desk of its own for a question within the question.
    pub fn aside(&self) -> Desk<'a> {
        Desk::new(self.book, self.on)
    }

    /// Relies on what a desk aside relied on.
    pub fn join(&mut self, other: Desk<'a>) {
        self.relied_on.extend(other.relied_on);
    }

    pub fn known(&self, slot: WalletSlot, area: &AreaCode) -> Option<&'a WalletRule> {
        match self.book.find(slot, area.as_str(), self.on) {
            WalletFound::Known(rule) => Some(rule),
            WalletFound::NotYet(_) | WalletFound::Unknown => None,
        }
    }

    /// What a rule says that says yes or no.
    pub fn ruled(&self, slot: WalletSlot, area: &AreaCode) -> Ruled<'a> {
        match self.book.find(slot, area.as_str(), self.on) {
            WalletFound::Known(rule) => {
                let verdict = match rule.amount {
                    WalletAmount::Flag(false) => Verdict::No,
                    _ => Verdict::Yes,
                };
                Ruled { verdict, rule: Some(rule), begins: None }
            }
            WalletFound::NotYet(rule) => Ruled { verdict: Verdict::No, rule: Some(rule), begins: rule.from },
            WalletFound::Unknown => Ruled { verdict: Verdict::Unknown, rule: None, begins: None },
        }
    }

    /// Writes a condition down with the rule behind it.
    pub fn check(&mut self, check: Check, rule: Option<&'a WalletRule>) {
        self.relied_on.extend(rule);
        let rule = rule.map(|rule| self.rule_out(rule));
        self.checks.push(Check { rule, ..check });
    }

    pub fn check_ruled(&mut self, code: CheckCode, ruled: Ruled<'a>) {
        self.check(Check { begins: ruled.begins, ..Check::new(code, ruled.verdict) }, ruled.rule);
    }

    pub fn then(&mut self, then: Then, rule: Option<&'a WalletRule>) {
        self.relied_on.extend(rule);
        let rule = rule.map(|rule| self.rule_out(rule));
        self.then.push(Then { rule, ..then });
    }

    pub fn follows(&mut self, code: ThenCode) {
        self.then(Then::new(code), None);
    }

    pub fn follows_with(&mut self, code: ThenCode, amount: Fen) {
        self.then(Then { amount_fen: Some(amount), ..Then::new(code) }, None);
    }

    pub fn open(&mut self, code: OpenCode) {
        if !self.open.contains(&code) {
            self.open.push(code);
        }
    }

    pub fn verdict(&self) -> Verdict {
        self.checks.iter().map(|check| check.verdict).max().unwrap_or(Verdict::Yes)
    }

    pub fn area(&self, area: &AreaCode) -> AreaOut {
        let named = self.book.areas.iter().find(|named| named.admdvs == area.as_str());
        AreaOut {
            admdvs: area.as_str().to_owned(),
            name_zh: named.map(|named| named.name_zh.clone()),
            name_en: named.map(|named| named.name_en.clone()),
        }
    }

    fn rule_out(&self, rule: &WalletRule) -> RuleOut {
        let cite = self.book.cite(rule).map(|cite| cite.key.to_string()).unwrap_or_default();
        RuleOut { id: rule.id.clone(), cite, basis: rule.basis }
    }

    pub fn answer(self) -> FamilyAnswer {
        let verdict = self.verdict();
        let by_rules = self.relied_on.iter().map(|rule| self.book.certainty(rule, self.on)).max();
        let certainty = match verdict {
            Verdict::Unknown => Certainty::Unknown,
            _ => by_rules.unwrap_or(Certainty::Certain),
        };
        let mut numbers: Vec<u16> = self.relied_on.iter().map(|rule| rule.cite).collect();
        numbers.sort_unstable();
        numbers.dedup();
        let cites = numbers.iter().filter_map(|at| self.book.cites.get(usize::from(*at)));
        FamilyAnswer {
            pack: PackRef::new(&self.book.header, self.book.digest),
            verdict,
            certainty,
            model: self.model,
            most_fen: self.most,
            draws: self.draws,
            cash_fen: self.cash,
            then: self.then,
            open: self.open.into_iter().map(|code| OpenQuestion { code, text: None }).collect(),
            cites: cites.map(|cite| CiteOut { kind: cite.kind(), cite: cite.clone() }).collect(),
            checks: self.checks,
            text: None,
        }
    }
}
