//! The package for mini-programs in its sandbox, beside the bindings in the same Node.

use anxin_tests::{golden, node};
use anyhow::{Context, Result};

use crate::grouping::{SCHEME, pack};
use crate::{Figure, Target};

const REGION: &str = "benefit/441500";

/// Each with its name in what the script tells.
const FIGURES: [(&str, &str, &str, Target); 8] = [
    ("package_init", "init", "ms", Target::AtMost(80.0)),
    ("package_estimate", "estimate", "ms", Target::AtMost(1.0)),
    ("package_drg_group", "group", "ms", Target::AtMost(0.2)),
    ("package_drg_load", "load", "ms", Target::None),
    ("package_memory", "memory", "MiB", Target::AtMost(16.0)),
    ("bindings_init", "bindings_init", "ms", Target::None),
    ("bindings_estimate", "bindings_estimate", "ms", Target::None),
    ("bindings_drg_group", "bindings_group", "ms", Target::None),
];

pub fn figures() -> Result<Vec<Figure>> {
    let table = golden::records(&format!("drg/{SCHEME}"))?;
    let told = node::package(&table, &pack(REGION)?, &pack(&format!("drg/{SCHEME}"))?)?;
    let figure = |(bench, name, unit, target): (&'static str, &str, &'static str, Target)| {
        let value = told.get(name).and_then(serde_json::Value::as_f64).with_context(|| format!("no {name}"))?;
        Ok(Figure::new(bench, value, unit, target))
    };
    FIGURES.into_iter().map(figure).collect()
}
