//! Every sentence that people read, in Chinese and English, in one place.

use serde::{Deserialize, Serialize};

use crate::dispatch::Reply;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum Lang {
    Zh,
    En,
}

/// Writes titles, formulas and messages into a reply.
pub fn fill(_reply: &mut Reply, _lang: Lang) {}
