use anxin_core::pack::PackKind;
use anxin_core::rules::Region;
use serde::{Deserialize, Serialize};

/// The rule packs that a server holds, in the order of their ids.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PackIndex {
    pub packs: Vec<PackEntry>,
}

/// One rule pack.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PackEntry {
    /// `benefit/441500`; the pack is at `/packs/benefit/441500`.
    pub id: String,
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    pub kind: PackKind,
    /// SM3 of the pack's content in 64 hexadecimal digits; also its `ETag`.
    pub digest: String,
    /// When the rules were compiled from their sources, `YYYY-MM-DD`.
    pub edition: String,
    /// Size before compression.
    pub bytes: u64,
    /// The insured area, for packs that belong to one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub region: Option<Region>,
}
