//! How fast, how large: one line of JSON for each figure on standard output, a table for people on
//! standard error. Fails when a figure misses its target.

#![allow(clippy::print_stdout, clippy::print_stderr)]

mod cells;
mod clock;
mod grouping;
mod mini;
mod pay;
mod peers;
mod size;
mod speed;
mod wallet;

use std::process::ExitCode;

use anyhow::Result;
use serde_json::json;

/// A figure and what it has to reach.
#[derive(Clone)]
struct Figure {
    bench: &'static str,
    value: f64,
    unit: &'static str,
    target: Target,
}

#[derive(Clone, Copy)]
enum Target {
    AtLeast(f64),
    AtMost(f64),
    /// Told for comparison only.
    None,
}

impl Figure {
    fn new(bench: &'static str, value: f64, unit: &'static str, target: Target) -> Figure {
        Figure { bench, value, unit, target }
    }

    /// How far the target is reached: 1 is just met, more is better.
    fn ratio(&self) -> Option<f64> {
        match self.target {
            Target::AtLeast(least) => Some(self.value / least),
            Target::AtMost(most) => Some(most / self.value),
            Target::None => None,
        }
    }

    fn met(&self) -> bool {
        match self.target {
            Target::AtLeast(least) => self.value >= least,
            Target::AtMost(most) => self.value <= most,
            Target::None => true,
        }
    }

    fn print(&self) {
        let (target, bound) = match self.target {
            Target::AtLeast(least) => (json!(least), format!("≥ {least}")),
            Target::AtMost(most) => (json!(most), format!("≤ {most}")),
            Target::None => (json!(null), String::new()),
        };
        let Figure { bench, value, unit, .. } = self;
        let (ratio, met) = (self.ratio(), self.met());
        let line = json!({
            "bench": bench, "value": value, "unit": unit, "target": target, "ratio": ratio, "met": met,
            "at_most": matches!(self.target, Target::AtMost(_)),
        });
        println!("{line}");
        let mark = if self.met() { ' ' } else { '✘' };
        eprintln!("{mark} {bench:<34} {value:>14.2} {unit:<8} {bound}");
    }
}

fn main() -> Result<ExitCode> {
    type Room = fn() -> Result<Vec<Figure>>;
    let rooms: [(&str, Room); 8] = [
        ("speed", speed::figures),
        ("grouping", grouping::figures),
        ("mini", mini::figures),
        ("peers", peers::figures),
        ("size", size::figures),
        ("wallet", wallet::figures),
        ("pay", pay::figures),
        ("cells", cells::figures),
    ];
    let only = std::env::args().nth(1);
    let (mut told, mut missed) = (0, 0);
    for (_, room) in rooms.into_iter().filter(|(name, _)| only.as_deref().is_none_or(|only| only == *name)) {
        // What cannot be measured is missed, but does not keep the other figures from being told.
        let figures = room().unwrap_or_else(|error| {
            eprintln!("✘ {error:#}");
            missed += 1;
            Vec::new()
        });
        for figure in figures {
            figure.print();
            told += 1;
            missed += usize::from(!figure.met());
        }
    }
    eprintln!("{told} figures, {missed} missed their target");
    Ok(if missed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
