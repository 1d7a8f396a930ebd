//! Other groupers on the same records, where somebody has them. None is part of this project.

use anxin_tests::{golden, node};
use anyhow::Result;

use crate::{Figure, Target};

/// Names the folder of OpenDRG's JavaScript: the one that holds `drg_group`.
const OPENDRG: &str = "ANXIN_PEER_OPENDRG";

pub fn figures() -> Result<Vec<Figure>> {
    let Some(folder) = std::env::var_os(OPENDRG) else {
        eprintln!("no peer found: {OPENDRG} names no folder");
        return Ok(Vec::new());
    };
    let rate = node::peer(folder.as_ref(), &golden::records("drg/chs-drg-1.1")?)?;
    Ok(vec![Figure::new("drg_node_opendrg", rate, "/s", Target::None)])
}
