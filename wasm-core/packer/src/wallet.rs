//! The rules of family accounts and wallets: one pack for the whole country, from `wallet/`.

use std::collections::{BTreeMap, BTreeSet};

use anxin_core::Fen;
use anxin_core::family::{AreaName, Moment, WalletAmount, WalletBook, WalletRule, WalletSlot};
use anxin_core::rules::Cite;
use serde::Deserialize;
use toml::Spanned;

use crate::File;
use crate::entry;
use crate::lint::{At, Lint, LintKind};
use crate::page::{self, CiteEntry};
use crate::words;

/// The folder of these rules in the tree of all rules.
const FOLDER: &str = "wallet/";

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Page {
    #[serde(default)]
    area: Vec<Spanned<AreaName>>,
    #[serde(default)]
    cite: Vec<Spanned<CiteEntry>>,
    #[serde(default)]
    rule: Vec<Spanned<RuleEntry>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleEntry {
    id: String,
    of: String,
    /// Heads of area codes; the whole country when left out.
    #[serde(default)]
    area: Vec<String>,
    money: Option<String>,
    count: Option<u32>,
    time: Option<String>,
    flag: Option<bool>,
    from: Option<String>,
    to: Option<String>,
    cite: String,
    basis: String,
    #[expect(dead_code, reason = "notes are for the author and are not shipped")]
    note: Option<String>,
}

#[derive(Default)]
struct Gathered {
    areas: Vec<AreaName>,
    cites: BTreeMap<String, (At, Cite)>,
    rules: Vec<(At, String, WalletRule)>,
}

/// The pack, where there are such rules among `files`.
///
/// # Errors
/// All findings, sorted by file.
pub fn compile(files: &[File]) -> Result<Option<(String, Vec<u8>)>, Vec<Lint>> {
    let mut gathered = Gathered::default();
    let mut lints = Vec::new();
    for (path, text) in files.iter().filter(|(path, _)| path.starts_with(FOLDER) && path.ends_with(".toml")) {
        match page::parse::<Page>(path, text) {
            Ok(page) => gathered.take(path, text, page, &mut lints),
            Err(lint) => lints.push(lint),
        }
    }
    if lints.is_empty() {
        lints = gathered.findings();
    }
    if !lints.is_empty() {
        lints.sort();
        return Err(lints);
    }
    if gathered.rules.is_empty() { Ok(None) } else { gathered.seal().map(Some).map_err(|lint| vec![lint]) }
}

impl Gathered {
    fn take(&mut self, path: &str, text: &str, page: Page, lints: &mut Vec<Lint>) {
        self.areas.extend(page.area.into_iter().map(Spanned::into_inner));
        for cite in page.cite {
            let at = At::offset(path, text, cite.span().start);
            match entry::source(&at, cite.get_ref()) {
                Ok(cite) => {
                    let key = cite.key.to_string();
                    if self.cites.insert(key.clone(), (at.clone(), cite)).is_some() {
                        lints.push(Lint::new(LintKind::DuplicateId, &at, key, "each source has a key of its own"));
                    }
                }
                Err(lint) => lints.push(lint),
            }
        }
        for rule in page.rule {
            let at = At::offset(path, text, rule.span().start);
            match rules(&at, rule.get_ref()) {
                Ok(rules) => {
                    self.rules.extend(rules.into_iter().map(|one| (at.clone(), rule.get_ref().cite.clone(), one)));
                }
                Err(lint) => lints.push(lint),
            }
        }
    }

    fn findings(&self) -> Vec<Lint> {
        let used: BTreeSet<&str> = self.rules.iter().map(|(_, cite, _)| cite.as_str()).collect();
        let unlisted =
            self.rules.iter().filter(|(_, cite, _)| !self.cites.contains_key(cite)).map(|(at, cite, _)| {
                Lint::new(LintKind::UnknownCite, at, cite, "no source of these rules has this key")
            });
        let unused = self.cites.iter().filter(|(key, _)| !used.contains(key.as_str())).map(|(key, (at, _))| {
            Lint::new(LintKind::UnusedCite, at, key, "a source is listed because a rule cites it")
        });
        let mut lints: Vec<Lint> = unlisted.chain(unused).collect();
        for (n, (_, _, earlier)) in self.rules.iter().enumerate() {
            let later = self.rules.iter().skip(n + 1);
            lints.extend(later.filter(|(_, _, rule)| collide(earlier, rule)).map(|(at, _, rule)| {
                let message = format!("{} holds for the same area on some of the same days", earlier.id);
                Lint::new(LintKind::Conflict, at, &rule.id, message)
            }));
        }
        lints
    }

    fn seal(self) -> Result<(String, Vec<u8>), Lint> {
        let cites: Vec<Cite> = self.cites.values().map(|(_, cite)| cite.clone()).collect();
        let edition = cites.iter().map(|cite| cite.seen).max().map(|day| day.to_string()).unwrap_or_default();
        let keys: Vec<&String> = self.cites.keys().collect();
        let rules = self.rules.iter().map(|(_, cite, rule)| {
            let at = keys.iter().position(|key| *key == cite).and_then(|at| u16::try_from(at).ok())?;
            Some(WalletRule { cite: at, ..rule.clone() })
        });
        let unsealable = || Lint::new(LintKind::Unsealable, &At::file(FOLDER), WalletBook::PACK, "cannot be sealed");
        let rules = rules.collect::<Option<Vec<_>>>().ok_or_else(unsealable)?;
        let bytes = WalletBook::seal(self.areas, cites, rules, &edition).map_err(|_| unsealable())?;
        Ok((WalletBook::PACK.to_owned(), bytes))
    }
}

/// One rule for each area that it is written for.
fn rules(at: &At, entry: &RuleEntry) -> Result<Vec<WalletRule>, Lint> {
    let slot = WalletSlot::ALL.iter().copied().find(|slot| slot.word() == entry.of).ok_or_else(|| {
        let known: Vec<_> = WalletSlot::ALL.iter().map(|slot| slot.word()).collect();
        Lint::new(LintKind::UnknownSlot, at, &entry.of, format!("`of` is one of {}", known.join(", ")))
    })?;
    let day = |field, text: Option<&String>| text.map(|text| words::day(at, field, text)).transpose();
    let (from, to) = (day("from", entry.from.as_ref())?, day("to", entry.to.as_ref())?);
    if from.zip(to).is_some_and(|(from, to)| from > to) {
        return Err(Lint::new(LintKind::DatesReversed, at, &entry.id, "`from` is not later than `to`"));
    }
    let (amount, basis) = (amount(at, slot, entry)?, words::basis(at, &entry.basis)?);
    let country = [String::new()];
    let areas = if entry.area.is_empty() { &country } else { entry.area.as_slice() };
    let head = |area: &String| (area.len() <= 6 && area.bytes().all(|b| b.is_ascii_digit())).then(|| area.clone());
    areas
        .iter()
        .map(|area| {
            let area = head(area).ok_or_else(|| {
                Lint::new(LintKind::UnknownWord, at, area, "`area` has the first digits of area codes")
            })?;
            let id = if area.is_empty() { entry.id.clone() } else { format!("{}.{area}", entry.id) };
            Ok(WalletRule { id, slot, area, amount, from, to, basis, cite: 0 })
        })
        .collect()
}

fn amount(at: &At, slot: WalletSlot, entry: &RuleEntry) -> Result<WalletAmount, Lint> {
    use WalletSlot::{ClosedFrom, ClosedUntil, MembersMost, ReturnedAt, TransferMost, TransfersADay, WaitingMost};
    let RuleEntry { money, count, time, flag, .. } = entry;
    let (name, amount) = match slot {
        TransferMost => ("money", money.as_ref().and_then(|text| Fen::parse_yuan(text)).map(WalletAmount::Money)),
        TransfersADay | WaitingMost | MembersMost => ("count", count.map(WalletAmount::Count)),
        ClosedFrom | ClosedUntil | ReturnedAt => {
            let moment = time.as_ref().and_then(|text| Moment::parse(text));
            ("time", moment.map(|moment| WalletAmount::Minute(moment.minute())))
        }
        _ => ("flag", flag.map(WalletAmount::Flag)),
    };
    let given = usize::from(money.is_some())
        + usize::from(count.is_some())
        + usize::from(time.is_some())
        + usize::from(flag.is_some());
    amount
        .filter(|_| given == 1)
        .ok_or_else(|| Lint::new(LintKind::WrongAmount, at, &entry.id, format!("`{}` takes one `{name}`", slot.word())))
}

/// Whether two rules hold for the same area on one day. A narrower area goes before a wider one.
fn collide(a: &WalletRule, b: &WalletRule) -> bool {
    let in_time = |a: &WalletRule, b: &WalletRule| a.from.zip(b.to).is_none_or(|(from, to)| from <= to);
    a.slot == b.slot && a.area == b.area && in_time(a, b) && in_time(b, a)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOUND: &str = r#"
[[cite]]
key = "a"
title = "t"
tier = "A"
seen = "2026-01-01"

[[rule]]
id = "X"
of = "transfer.most_a_day"
count = 3
to = "2026-06-30"
cite = "a"
basis = "quoted"
"#;

    #[track_caller]
    fn check(from: &str, to: &str, expect: LintKind) {
        let text = SOUND.replacen(from, to, 1);
        assert_ne!(text, SOUND);
        let found = compile(&[("wallet/x.toml".into(), text)]).unwrap_err();
        assert_eq!(found.iter().map(|lint| lint.kind).collect::<Vec<_>>(), [expect]);
    }

    #[test]
    fn sound_rules_become_a_pack_that_opens() {
        let (id, bytes) = compile(&[("wallet/x.toml".into(), SOUND.into())]).unwrap().unwrap();
        assert_eq!((id.as_str(), WalletBook::open(&bytes).unwrap().rules().len()), ("wallet/family", 1));
        assert_eq!(compile(&[("benefit/x.toml".into(), SOUND.into())]), Ok(None));
    }

    #[test]
    fn each_mistake_is_found() {
        let again =
            "\n[[rule]]\nid = \"Y\"\nof = \"transfer.most_a_day\"\ncount = 4\ncite = \"a\"\nbasis = \"quoted\"\n";
        check("\"transfer.most_a_day\"", "\"transfer.most\"", LintKind::UnknownSlot);
        check("count = 3", "count = 3\nflag = true", LintKind::WrongAmount);
        check("count = 3", "flag = true", LintKind::WrongAmount);
        check(
            "[[rule]]",
            "[[rule]]\nid = \"Z\"\nof = \"kin.near\"\nflag = true\ncite = \"b\"\nbasis = \"quoted\"\n[[rule]]",
            LintKind::UnknownCite,
        );
        check(
            "[[rule]]",
            "[[cite]]\nkey = \"c\"\ntitle = \"t\"\ntier = \"A\"\nseen = \"2026-01-01\"\n[[rule]]",
            LintKind::UnusedCite,
        );
        check(
            "[[rule]]",
            "[[cite]]\nkey = \"a\"\ntitle = \"t\"\ntier = \"A\"\nseen = \"2026-01-01\"\n[[rule]]",
            LintKind::DuplicateId,
        );
        check("to = \"2026-06-30\"", "from = \"2026-07-01\"\nto = \"2026-06-30\"", LintKind::DatesReversed);
        check("to = \"2026-06-30\"", "to = \"2026-06-31\"", LintKind::BadDate);
        check("count = 3", "count = 3\narea = [\"4x\"]", LintKind::UnknownWord);
        check("basis = \"quoted\"", "basis = \"heard\"", LintKind::UnknownBasis);
        check("count = 3", "count = 3\nlimit = 4", LintKind::UnknownKey);
        check("basis = \"quoted\"\n", &format!("basis = \"quoted\"\n{again}"), LintKind::Conflict);
    }
}
