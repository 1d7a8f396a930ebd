//! How fast, how large: one line of JSON for each figure on standard output, a table for people on
//! standard error. Fails when a figure misses its target.

#![allow(clippy::print_stdout, clippy::print_stderr)]

mod size;
mod speed;

use std::process::ExitCode;

use anyhow::Result;
use serde_json::json;

/// A figure and what it has to reach.
struct Figure {
    bench: &'static str,
    value: f64,
    unit: &'static str,
    target: Target,
}

enum Target {
    AtLeast(f64),
    AtMost(f64),
    /// Told for comparison only.
    None,
}

impl Figure {
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
        println!("{}", json!({ "bench": bench, "value": value, "unit": unit, "target": target, "met": self.met() }));
        let mark = if self.met() { ' ' } else { '✘' };
        eprintln!("{mark} {bench:<34} {value:>14.2} {unit:<8} {bound}");
    }
}

fn main() -> Result<ExitCode> {
    let mut figures = speed::figures()?;
    figures.extend(size::figures()?);
    figures.iter().for_each(Figure::print);
    let missed = figures.iter().filter(|f| !f.met()).count();
    eprintln!("{} figures, {missed} missed their target", figures.len());
    Ok(if missed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
