//! Figures of several runs, and the part of `docs/PERFORMANCE.md` that is written from them.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};
use serde::Deserialize;

/// What can be measured by itself, in the order in which it is told.
pub const ROOMS: [&str; 8] = ["speed", "grouping", "mini", "peers", "size", "wallet", "pay", "cells"];

const BEGIN: &str = "<!-- Written by `cargo xtask bench`; what stands between these lines is replaced. -->";
const END: &str = "<!-- End of what is written. -->";

/// A line of the bench.
#[derive(Deserialize)]
struct Line {
    bench: String,
    value: f64,
    unit: String,
    target: Option<f64>,
    /// Whether less is better.
    at_most: bool,
}

#[derive(Debug, Default)]
struct Figure {
    unit: String,
    target: Option<f64>,
    at_most: bool,
    values: Vec<f64>,
}

/// Room by room, in the order in which figures were first told.
#[derive(Debug, Default)]
pub struct Figures(BTreeMap<String, Vec<(String, Figure)>>);

impl Figures {
    /// Takes what one run of a room printed.
    pub fn take(&mut self, room: &str, told: &str) -> Result<()> {
        let figures = self.0.entry(room.to_owned()).or_default();
        for text in told.lines().filter(|line| line.starts_with('{')) {
            let line: Line = serde_json::from_str(text).with_context(|| text.to_owned())?;
            if !figures.iter().any(|(name, _)| *name == line.bench) {
                figures.push((line.bench.clone(), Figure::default()));
            }
            let Some((_, figure)) = figures.iter_mut().find(|(name, _)| *name == line.bench) else { continue };
            (figure.unit, figure.target, figure.at_most) = (line.unit, line.target, line.at_most);
            figure.values.push(line.value);
        }
        Ok(())
    }

    /// Figures whose median misses the target.
    pub fn missed(&self) -> Vec<&str> {
        let all = self.0.values().flatten();
        all.filter(|(_, figure)| !figure.met()).map(|(name, _)| name.as_str()).collect()
    }

    /// Replaces the rooms that were measured; the others stay as they are.
    pub fn write(&self, document: &Path, machine: &str) -> Result<()> {
        let text = fs::read_to_string(document)?;
        let place = || format!("{} has no place for figures", document.display());
        let (before, rest) = text.split_once(BEGIN).with_context(place)?;
        let (written, after) = rest.split_once(END).with_context(place)?;
        let mut rooms: BTreeMap<&str, String> = written
            .split("\n### ")
            .skip(1)
            .filter_map(|part| part.split_once('\n').map(|(room, table)| (room, table.trim().to_owned())))
            .collect();
        for (room, figures) in self.0.iter().filter(|(_, figures)| !figures.is_empty()) {
            rooms.insert(room, table(figures, machine));
        }
        let mut tables = String::new();
        for room in ROOMS {
            if let Some(table) = rooms.get(room) {
                write!(tables, "\n### {room}\n\n{table}\n")?;
            }
        }
        Ok(fs::write(document, format!("{before}{BEGIN}\n{tables}\n{END}{after}"))?)
    }
}

impl Figure {
    fn sorted(&self) -> Vec<f64> {
        let mut values = self.values.clone();
        values.sort_by(f64::total_cmp);
        values
    }

    fn median(&self) -> f64 {
        let values = self.sorted();
        let upper = values.get(values.len() / 2).copied().unwrap_or_default();
        let lower = values.get(values.len().saturating_sub(1) / 2).copied().unwrap_or_default();
        f64::midpoint(lower, upper)
    }

    fn met(&self) -> bool {
        self.target.is_none_or(|target| if self.at_most { self.median() <= target } else { self.median() >= target })
    }
}

fn table(figures: &[(String, Figure)], machine: &str) -> String {
    let runs = figures.iter().map(|(_, figure)| figure.values.len()).max().unwrap_or_default();
    let mut text =
        format!("{runs} runs, {machine}.\n\n| Figure | Target | Median | Least – most | |\n|---|---|---|---|---|");
    for (name, figure) in figures {
        let values = figure.sorted();
        let (least, most) = (values.first().copied().unwrap_or_default(), values.last().copied().unwrap_or_default());
        let bound = if figure.at_most { "≤" } else { "≥" };
        let target = figure.target.map_or("–".to_owned(), |target| format!("{bound} {}", number(target)));
        let mark = if figure.target.is_none() {
            ""
        } else if figure.met() {
            "✔"
        } else {
            "✘"
        };
        let (median, unit) = (number(figure.median()), &figure.unit);
        let row = format!("\n| {name} | {target} | {median} {unit} | {} – {} | {mark} |", number(least), number(most));
        text.push_str(&row.replace("  ", " "));
    }
    text
}

/// Three digits that count, and thousands set apart.
fn number(value: f64) -> String {
    if value.abs() < 100.0 {
        let digits = if value == 0.0 || value.abs() >= 10.0 { 1 } else { 2 };
        return format!("{value:.digits$}");
    }
    let whole = format!("{:.0}", value.abs());
    let mut text = String::new();
    for (n, digit) in whole.chars().enumerate() {
        if n > 0 && (whole.len() - n).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    if value < 0.0 { format!("-{text}") } else { text }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn line(bench: &str, value: f64, target: Option<f64>, at_most: bool) -> String {
        let line =
            json!({ "bench": bench, "value": value, "unit": "/s", "target": target, "at_most": at_most, "met": true });
        format!("{line}\n")
    }

    #[test]
    fn a_room_is_written_and_the_others_stay() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("P.md");
        fs::write(&file, format!("# P\n\n{BEGIN}\n\n### speed\n\nold\n\n### size\n\nbytes\n\n{END}\n\nprose\n"))
            .unwrap();
        let mut figures = Figures::default();
        for value in [900.0, 1_500.0, 1_200.0] {
            figures.take("speed", &line("fast", value, Some(1_000.0), false)).unwrap();
        }
        figures.take("speed", &line("told", 0.125, None, false)).unwrap();
        figures.write(&file, "commit `x`").unwrap();
        let text = fs::read_to_string(&file).unwrap();
        assert!(text.contains("| fast | ≥ 1,000 | 1,200 /s | 900 – 1,500 | ✔ |"), "{text}");
        assert!(text.contains("| told | – | 0.12 /s | 0.12 – 0.12 | |"), "{text}");
        assert!(text.contains("3 runs, commit `x`.") && !text.contains("old\n"), "{text}");
        assert!(text.contains("### size\n\nbytes\n") && text.ends_with("prose\n"), "{text}");
        figures.write(&file, "commit `x`").unwrap();
        assert_eq!(fs::read_to_string(&file).unwrap(), text, "the same again changes nothing");
    }

    #[test]
    fn the_median_meets_a_target_or_misses_it() {
        let mut figures = Figures::default();
        for value in [8.0, 12.0, 11.0] {
            figures.take("size", &line("large", value, Some(10.0), true)).unwrap();
        }
        assert_eq!(figures.missed(), ["large"]);
        figures.take("size", &line("large", 9.0, Some(10.0), true)).unwrap();
        figures.take("size", &line("large", 9.0, Some(10.0), true)).unwrap();
        assert_eq!(figures.missed(), Vec::<&str>::new());
    }

    #[test]
    fn numbers_are_short() {
        for (value, text) in
            [(1_234_567.8, "1,234,568"), (0.0, "0.0"), (99.94, "99.9"), (1.005, "1.00"), (-1_500.0, "-1,500")]
        {
            assert_eq!(number(value), text);
        }
    }
}
