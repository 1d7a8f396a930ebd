//! From tables to a draft.

use std::collections::BTreeMap;

use anxin_core::Rate;
use anxin_core::code::Code;
use anxin_core::dip::layout::PreGroup;
use anxin_core::dip::{Draft, Expression, GroupDraft, GroupText, Kind, normalised};

use crate::lint::{Defect, Lint};
use crate::source::Source;

/// A table in the act of being read.
struct Table<'a> {
    file: String,
    text: &'a str,
    header: &'a [&'a str],
}

impl<'a> Table<'a> {
    /// The rows as wide as the header; others, and a header that is not the expected one, are noted.
    fn rows(&self, lints: &mut Vec<Lint>) -> Vec<Vec<&'a str>> {
        let mut lines = self.text.lines();
        let expected = self.header.join("\t");
        match lines.next() {
            None => return Vec::new(),
            Some(found) if found == expected => {}
            Some(_) => {
                lints.push(self.lint("line 1", Defect::Header { expected }));
                return Vec::new();
            }
        }
        let mut rows = Vec::new();
        for line in lines {
            let cells: Vec<&str> = line.split('\t').collect();
            if cells.len() == self.header.len() {
                rows.push(cells);
            } else {
                let width = Defect::Width { expected: self.header.len(), found: cells.len() };
                lints.push(self.lint(cells[0], width));
            }
        }
        rows
    }

    fn lint(&self, at: &str, defect: Defect) -> Lint {
        Lint { file: self.file.clone(), at: at.into(), defect }
    }
}

/// Fills a draft from every table of a source.
pub fn fill(source: &Source, draft: &mut Draft, lints: &mut Vec<Lint>) {
    groups(source, draft, lints);
    pre_groups(source, draft, lints);
    diagnoses(source, draft, lints);
}

fn groups(source: &Source, draft: &mut Draft, lints: &mut Vec<Lint>) {
    let table =
        Table { file: source.file("groups.tsv"), text: &source.groups, header: &["group", "score", "base_level"] };
    for row in table.rows(lints) {
        let (code, score, base_level) = (row[0], row[1], row[2]);
        let group = match GroupText::parse(source.manifest.grammar, code) {
            Ok(text) => GroupDraft::of(text),
            Err(e) => {
                lints.push(table.lint(code, Defect::Group(e.into())));
                continue;
            }
        };
        if group.label != code {
            lints.push(table.lint(code, Defect::PrintsOtherwise(group.label.clone())));
        }
        let points = Rate::parse(score).filter(|points| !points.is_zero());
        if points.is_none() {
            lints.push(table.lint(code, Defect::NotANumber(score.into())));
        }
        if !matches!(base_level, "0" | "1") {
            lints.push(table.lint(code, Defect::NotANumber(base_level.into())));
        }
        if let Err(e) = draft.add(GroupDraft { score: points, base_level: base_level == "1", ..group }) {
            lints.push(table.lint(code, Defect::Group(e)));
        }
    }
}

const PRE_GROUPS: [&str; 8] =
    ["group", "name", "operations", "any_position", "diagnosis", "age_days_below", "weight_from", "weight_to"];

fn pre_groups(source: &Source, draft: &mut Draft, lints: &mut Vec<Lint>) {
    let table = Table { file: source.file("pre_groups.tsv"), text: &source.pre_groups, header: &PRE_GROUPS };
    for row in table.rows(lints) {
        let (code, operations) = (row[0], row[2]);
        let main = match (!operations.is_empty()).then(|| Expression::parse(source.manifest.grammar, operations)) {
            Some(Err(e)) => {
                lints.push(table.lint(code, Defect::Group(e.into())));
                continue;
            }
            parsed => parsed.and_then(Result::ok),
        };
        let mut number = |text: &str| {
            let parsed = text.parse::<u32>();
            if parsed.is_err() && !text.is_empty() {
                lints.push(table.lint(code, Defect::NotANumber(text.into())));
            }
            parsed.ok()
        };
        let pre = PreGroup {
            group: 0,
            name: row[1].into(),
            any_position: number(row[3]) == Some(1),
            diagnosis: (!row[4].is_empty()).then(|| row[4].to_owned()),
            age_days_below: number(row[5]),
            birth_weight: number(row[6]).zip(number(row[7])),
        };
        if main.is_none() && pre.diagnosis.is_none() {
            lints.push(table.lint(code, Defect::NotACode));
        }
        let group = GroupDraft {
            label: code.into(),
            kind: Kind::Pre,
            keys: Vec::new(),
            chapter: None,
            class: None,
            main,
            related: None,
            score: None,
            mean_fen: None,
            base_level: false,
            days: None,
        };
        match draft.add(group) {
            Ok(()) => draft.add_pre(code, pre),
            Err(e) => lints.push(table.lint(code, Defect::Group(e))),
        }
    }
}

fn diagnoses(source: &Source, draft: &mut Draft, lints: &mut Vec<Lint>) {
    let table = Table { file: source.file("diagnoses.tsv"), text: &source.diagnoses, header: &["code", "name"] };
    let mut names: BTreeMap<Code, &str> = BTreeMap::new();
    for row in table.rows(lints) {
        match normalised(row[0]).filter(|code| code.as_str() == row[0]) {
            None => lints.push(table.lint(row[0], Defect::NotACode)),
            Some(code) if names.insert(code, row[1]).is_some() => lints.push(table.lint(row[0], Defect::Repeated)),
            Some(_) => {}
        }
    }
    let keys: Vec<Code> = draft.groups().iter().flat_map(|g| g.keys.iter().copied()).collect();
    for key in &keys {
        match names.get(key) {
            Some(name) if !name.is_empty() => draft.name(*key, name),
            _ => lints.push(table.lint(key.as_str(), Defect::Unnamed)),
        }
    }
    for unused in names.keys().filter(|code| !keys.contains(code)) {
        lints.push(table.lint(unused.as_str(), Defect::Unused));
    }
    lints.dedup();
}
