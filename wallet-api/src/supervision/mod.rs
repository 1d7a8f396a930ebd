//! 监管: what an area asks of drugs' trace codes, and what its monitor says of a bill. Both are data with a source.

mod monitor;
mod trace;

use std::fs;
use std::path::Path;

use anxin_core::Day;
use serde::Deserialize;

use crate::settings::BadSetting;

pub(crate) use monitor::{Look, Noted, Past};
pub(crate) use trace::Lack;

use monitor::MonitorRule;
use trace::Trace;

/// What holds where the area says nothing.
const DEFAULT: &str = include_str!("../../../docs/supervision.default.toml");
/// Two made-up drugs, so that a demonstration has something to scan.
const DEMO: &str = include_str!("demo.toml");

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Supervision {
    trace: Trace,
    #[serde(default)]
    monitor: Vec<MonitorRule>,
}

/// How far something can be relied on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Basis {
    Cited,
    Assumed,
}

impl Supervision {
    /// # Errors
    /// Names the setting, and what of the file is not taken.
    pub(crate) fn read(file: &Path, demo: bool) -> Result<Supervision, BadSetting> {
        let bad = |what: String| BadSetting::new("pay.supervision", what);
        let own = match file.as_os_str().is_empty() {
            true => None,
            false => Some(fs::read_to_string(file).map_err(|e| bad(format!("{}: {e}", file.display())))?),
        };
        let mut rules: Supervision =
            toml::from_str(own.as_deref().unwrap_or(DEFAULT)).map_err(|e| bad(e.to_string()))?;
        if demo && own.is_none() {
            let made_up: Supervision = toml::from_str(DEMO).map_err(|e| bad(e.to_string()))?;
            rules.trace.drug.extend(made_up.trace.drug);
        }
        rules.check().map_err(bad)?;
        Ok(rules)
    }

    fn check(&self) -> Result<(), String> {
        self.trace.check()?;
        self.monitor.iter().try_for_each(MonitorRule::check)
    }
}

/// A day as a file writes it.
fn day(text: &str) -> Result<Day, String> {
    Day::parse(text).ok_or_else(|| format!("{text:?}: yyyy-mm-dd"))
}

#[cfg(test)]
mod tests;
