//! 智能监管: patterns in what a person had settled before and has settled now. A rule says what it saw, never that
//! somebody did wrong.

use std::collections::BTreeSet;

use anxin_core::text::Lang;
use anxin_core::{Day, Fen};
use serde::Deserialize;
use wallet_ledger::OwnerId;
use wallet_types::{DrugLine, Finding};

use super::{Basis, Supervision};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Does {
    Warn,
    Block,
    Off,
}

/// A rule with its own figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(tag = "rule", rename_all = "snake_case")]
enum Pattern {
    SupplyTooLong { most_days: u16 },
    SupplyNotUsed { early_days: u16 },
    DuplicateVisit,
    RoundSums { times: usize, within_days: u16, multiple_fen: i64 },
    CashRefunds { times: usize, within_days: u16 },
    ManyRelatives { relatives: usize, within_days: u16 },
}

#[derive(Debug, Deserialize)]
pub(super) struct MonitorRule {
    #[serde(flatten)]
    pattern: Pattern,
    does: Does,
    #[expect(dead_code, reason = "every entry has to say it")]
    basis: Basis,
    source: String,
}

/// A bill as the monitor looks at it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Look<'a> {
    pub on: Day,
    pub institution: OwnerId,
    pub pharmacy: bool,
    /// Which kind of visit it is.
    pub kind: &'static str,
    pub total: Fen,
    /// Relations whose money is drawn.
    pub relatives: Vec<u128>,
    pub lines: &'a [DrugLine],
}

/// One that was settled before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Past<'a> {
    pub look: Look<'a>,
    /// Whether all of it came back.
    pub gone: bool,
    /// Days on which some of it came back in cash.
    pub cash_back: Vec<Day>,
}

/// What a rule saw, in both languages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Noted {
    pub rule: &'static str,
    pub blocks: bool,
    reason: [String; 2],
    source: String,
}

impl Noted {
    pub(crate) fn told(&self, lang: Lang) -> Finding {
        let [zh, en] = &self.reason;
        let reason = if lang == Lang::Zh { zh } else { en };
        Finding { rule: self.rule.into(), blocks: self.blocks, reason: reason.clone(), source: self.source.clone() }
    }

    /// Rule and reason in one sentence.
    pub(crate) fn sentence(&self, lang: Lang) -> String {
        let Finding { rule, reason, source, .. } = self.told(lang);
        match lang {
            Lang::Zh => format!("{rule}：{reason}（{source}）"),
            Lang::En => format!("{rule}: {reason} ({source})"),
        }
    }
}

impl MonitorRule {
    pub(super) fn check(&self) -> Result<(), String> {
        let fine = match self.pattern {
            Pattern::RoundSums { times, multiple_fen, .. } => times > 0 && multiple_fen > 0,
            Pattern::CashRefunds { times, .. } => times > 0,
            Pattern::ManyRelatives { relatives, .. } => relatives > 0,
            Pattern::SupplyTooLong { .. } | Pattern::SupplyNotUsed { .. } | Pattern::DuplicateVisit => true,
        };
        match fine && !self.source.is_empty() {
            true => Ok(()),
            false => Err(format!("monitor {}: figures above 0, and a source", self.pattern.word())),
        }
    }
}

fn within(days: u16, earlier: Day, now: Day) -> bool {
    (0..=i32::from(days)).contains(&earlier.days_until(now))
}

impl Pattern {
    fn word(self) -> &'static str {
        match self {
            Pattern::SupplyTooLong { .. } => "supply_too_long",
            Pattern::SupplyNotUsed { .. } => "supply_not_used",
            Pattern::DuplicateVisit => "duplicate_visit",
            Pattern::RoundSums { .. } => "round_sums",
            Pattern::CashRefunds { .. } => "cash_refunds",
            Pattern::ManyRelatives { .. } => "many_relatives",
        }
    }

    /// What it sees, if anything.
    fn sees(self, now: &Look<'_>, past: &[Past<'_>]) -> Option<[String; 2]> {
        let live = || past.iter().filter(|past| !past.gone).map(|past| &past.look);
        match self {
            Pattern::SupplyTooLong { most_days } => {
                let line = now.lines.iter().find(|line| line.days.is_some_and(|days| days > most_days))?;
                let days = line.days.unwrap_or_default();
                Some([
                    format!("药品 {} 开具 {days} 天用量，最多 {most_days} 天", line.drug),
                    format!("drug {} is for {days} days, at most {most_days} are taken", line.drug),
                ])
            }
            Pattern::SupplyNotUsed { early_days } => not_used(now, live(), early_days),
            Pattern::DuplicateVisit => {
                let same = |past: &&Look<'_>| {
                    past.on == now.on && past.institution == now.institution && past.kind == now.kind && !now.pharmacy
                };
                live().find(same)?;
                Some([
                    format!("{} 当日在本机构已有一次同类就诊结算", now.on),
                    format!("a visit of this kind was settled here on {} already", now.on),
                ])
            }
            Pattern::RoundSums { times, within_days, multiple_fen } => {
                let round = |look: &&Look<'_>| {
                    look.pharmacy && look.total.get() % multiple_fen == 0 && within(within_days, look.on, now.on)
                };
                let count = live().chain([now]).filter(round).count();
                (round(&now) && count >= times).then(|| {
                    [
                        format!("{within_days} 天内在药店整额消费 {count} 次"),
                        format!("{count} round sums at pharmacies within {within_days} days"),
                    ]
                })
            }
            Pattern::CashRefunds { times, within_days } => {
                let days = past.iter().flat_map(|past| &past.cash_back);
                let count = days.filter(|day| within(within_days, **day, now.on)).count();
                (count >= times).then(|| {
                    [
                        format!("{within_days} 天内结算后退现金 {count} 次"),
                        format!("{count} refunds in cash within {within_days} days"),
                    ]
                })
            }
            Pattern::ManyRelatives { relatives, within_days } => {
                let here = |look: &&Look<'_>| {
                    look.pharmacy && look.institution == now.institution && within(within_days, look.on, now.on)
                };
                let all: BTreeSet<u128> = live().chain([now]).filter(here).flat_map(|l| l.relatives.clone()).collect();
                (!now.relatives.is_empty() && all.len() >= relatives).then(|| {
                    let count = all.len();
                    [
                        format!("{within_days} 天内在同一药店使用了 {count} 名亲属的共济资金"),
                        format!("the money of {count} relatives at one pharmacy within {within_days} days"),
                    ]
                })
            }
        }
    }
}

/// A drug of which there is some left from before.
fn not_used<'a>(now: &Look<'_>, past: impl Iterator<Item = &'a Look<'a>>, early_days: u16) -> Option<[String; 2]> {
    let before: Vec<(&DrugLine, Day)> = past
        .flat_map(|look| look.lines.iter().map(|line| (line, look.on)))
        .filter_map(|(line, on)| Some((line, on.days_later(i32::from(line.days?))?)))
        .collect();
    now.lines.iter().filter(|line| line.days.is_some()).find_map(|line| {
        let left = before.iter().filter(|(other, _)| other.drug == line.drug).map(|(_, until)| *until).max()?;
        (now.on.days_until(left) > i32::from(early_days)).then(|| {
            [
                format!("药品 {} 此前所开用量可用至 {left}", line.drug),
                format!("drug {} from before lasts until {left}", line.drug),
            ]
        })
    })
}

impl Supervision {
    /// Everything that the monitor sees in a bill.
    pub(crate) fn findings(&self, now: &Look<'_>, past: &[Past<'_>]) -> Vec<Noted> {
        let open = self.monitor.iter().filter(|rule| rule.does != Does::Off);
        let noted = |rule: &MonitorRule| {
            let reason = rule.pattern.sees(now, past)?;
            let (blocks, source) = (rule.does == Does::Block, rule.source.clone());
            Some(Noted { rule: rule.pattern.word(), blocks, reason, source })
        };
        open.filter_map(noted).collect()
    }
}
