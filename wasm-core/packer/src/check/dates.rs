use crate::draft::Authored;
use crate::lint::{Lint, LintKind};
use crate::words::within;

/// One id may stand for several cells, but never for two values that one case could meet.
pub fn duplicate_ids(values: &[Authored]) -> Vec<Lint> {
    pairs(values)
        .filter(|(a, b)| a.rule.id == b.rule.id && a.rule.slot == b.rule.slot && a.rule.bound == b.rule.bound)
        .filter(|(a, b)| a.meets(b))
        .map(|(a, b)| {
            let message = format!("{} has it for an overlapping reach and time", place(a));
            Lint::new(LintKind::DuplicateId, &b.at, &b.rule.id, message)
        })
        .collect()
}

/// A lookup takes the most specific value. Where neither of two is, it could take either.
pub fn conflicts(values: &[Authored]) -> Vec<Lint> {
    pairs(values)
        .filter(|(a, b)| a.rule.slot == b.rule.slot && a.rule.bound == b.rule.bound && a.rule.id != b.rule.id)
        .filter(|(a, b)| a.rule.dormant.is_none() && b.rule.dormant.is_none())
        .filter(|(a, b)| a.meets(b) && !more_specific(a, b) && !more_specific(b, a))
        .map(|(a, b)| {
            let message = format!("{} ({}) may apply to the same case on the same day", a.rule.id, place(a));
            Lint::new(LintKind::Conflict, &b.at, &b.rule.id, message)
        })
        .collect()
}

/// Values that follow each other do so without a day between them.
pub fn gaps(values: &[Authored]) -> Vec<Lint> {
    let mut lints = Vec::new();
    for ended in values {
        let Some(to) = ended.rule.to else { continue };
        let successor = values
            .iter()
            .filter(|v| v.rule.slot == ended.rule.slot && v.rule.bound == ended.rule.bound)
            .filter(|v| v.rule.reach == ended.rule.reach && v.disease == ended.disease)
            .filter(|v| v.rule.from.is_some_and(|from| from > to))
            .min_by_key(|v| v.rule.from);
        if let Some(next) = successor.filter(|next| next.rule.from != to.tomorrow()) {
            let message = format!("ends on {to}, and its successor {} ({}) begins later", next.rule.id, place(next));
            lints.push(Lint::new(LintKind::DateGap, &ended.at, &ended.rule.id, message));
        }
    }
    lints
}

fn more_specific(a: &Authored, b: &Authored) -> bool {
    let about_as_much = b.disease.is_none() || a.disease == b.disease;
    a.narrowed() > b.narrowed() && about_as_much && within(a.rule.reach, b.rule.reach)
}

fn pairs(values: &[Authored]) -> impl Iterator<Item = (&Authored, &Authored)> {
    values.iter().enumerate().flat_map(|(i, a)| values.iter().skip(i + 1).map(move |b| (a, b)))
}

fn place(value: &Authored) -> String {
    match value.at.line {
        Some(line) => format!("{}:{line}", value.at.path),
        None => value.at.path.clone(),
    }
}
