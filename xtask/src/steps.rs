//! Progress: what is being done, and how long each step took.

use std::io::{IsTerminal, stderr};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use indicatif::{ProgressBar, ProgressStyle};

/// Runs one step. Its output goes to the terminal as it comes.
pub fn step<T>(title: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
    eprintln!("▶ {title}");
    let start = Instant::now();
    let done = work().with_context(|| title.to_owned());
    report(title, start, done.is_ok());
    done
}

/// Runs one step that prints nothing by itself, with a clock that ticks.
pub fn quiet<T>(title: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
    if !stderr().is_terminal() {
        return step(title, work);
    }
    let start = Instant::now();
    let bar = ProgressBar::new_spinner().with_message(title.to_owned());
    bar.set_style(
        ProgressStyle::with_template("{spinner} {msg} {elapsed}").unwrap_or_else(|_| ProgressStyle::default_spinner()),
    );
    bar.enable_steady_tick(Duration::from_millis(120));
    let done = work().with_context(|| title.to_owned());
    bar.finish_and_clear();
    report(title, start, done.is_ok());
    done
}

fn report(title: &str, start: Instant, good: bool) {
    let mark = if good { "✔" } else { "✘" };
    eprintln!("{mark} {title} ({:.1} s)", start.elapsed().as_secs_f64());
}
