//! One entry of the authored form, read into what the core knows.

use anxin_core::rules::{Cite, Rule, Slot, Traits};

use crate::amount::amount;
use crate::draft::{Allowed, Authored};
use crate::lint::{At, Lint, LintKind};
use crate::page::{CiteEntry, UnknownCell, ValueEntry};
use crate::words;

fn slot(at: &At, word: &str) -> Result<Slot, Lint> {
    Slot::from_word(word).ok_or_else(|| {
        let known: Vec<_> = Slot::ALL.iter().map(|slot| slot.word()).collect();
        Lint::new(LintKind::UnknownSlot, at, word, format!("`of` is one of {}", known.join(", ")))
    })
}

pub fn source(at: &At, entry: &CiteEntry) -> Result<Cite, Lint> {
    Ok(Cite {
        key: entry.key.as_str().into(),
        title: entry.title.clone(),
        number: entry.number.clone(),
        date: entry.date.clone(),
        url: entry.url.clone(),
        tier: words::tier(at, &entry.tier)?,
        seen: words::day(at, "seen", &entry.seen)?,
    })
}

pub fn value(at: &At, entry: &ValueEntry, prefix: &str, own: bool) -> Result<Authored, Lint> {
    let slot = slot(at, &entry.of)?;
    let (reach, disease) = words::when(at, &entry.when)?;
    let cite = entry.cite.clone().ok_or_else(|| {
        Lint::new(LintKind::MissingCite, at, &entry.id, "every value names the source it is taken from")
    })?;
    let day = |field, text: Option<&String>| text.map(|text| words::day(at, field, text)).transpose();
    let (from, to) = (day("from", entry.from.as_ref())?, day("to", entry.to.as_ref())?);
    if from.zip(to).is_some_and(|(from, to)| from > to) {
        return Err(Lint::new(LintKind::DatesReversed, at, &entry.id, "`from` is not later than `to`"));
    }
    let id = match entry.id.strip_prefix("*.") {
        Some(rest) => format!("{prefix}.{rest}"),
        None => entry.id.clone(),
    };
    let rule = Rule {
        id: id.into(),
        slot,
        reach,
        disease: None,
        amount: amount(at, slot, entry)?,
        bound: words::bound(at, entry.bound.as_ref())?,
        traits: Traits {
            axis: words::axis(at, entry.axis.as_ref())?,
            origin: words::origin(at, entry.origin.as_ref())?,
            cap_basis: words::cap_basis(at, entry.cap_basis.as_ref())?,
            fund: words::fund(at, entry.fund.as_ref())?,
            counts: entry.counts,
            open_reading: entry.open_reading,
        },
        from,
        to,
        dormant: words::dormant(at, entry.dormant.as_ref())?,
        basis: words::basis(at, &entry.basis)?,
        cite: 0,
    };
    Ok(Authored { at: at.clone(), own, cite, disease, rule })
}

pub fn allowed(at: &At, cell: &UnknownCell) -> Result<Allowed, Lint> {
    let (reach, _) = words::when(at, &cell.when)?;
    Ok(Allowed { at: at.clone(), slot: slot(at, &cell.of)?, reach })
}
