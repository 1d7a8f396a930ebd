use anxin_core::Fen;
use serde::{Deserialize, Serialize};

use crate::names::names;

names!(
    /// A story of the demonstration that leaves something in the books.
    StoryName {
        /// A father is referred to another city, and his daughter shares with him.
        Stay = "stay",
        /// A day of a hospital and a pharmacy on which five things go wrong.
        Day = "day",
    }
);

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct StoryAsk {
    pub story: StoryName,
}

/// A story as it stands at its beginning. All of it is made up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct StoryOut {
    pub story: StoryName,
    /// Of every login in it.
    pub password: String,
    /// 社会保障号码 of who is treated: of an area that there is not, with a wrong check digit.
    pub card: String,
    /// The day that it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub day: Option<String>,
    /// By when what was declared for it has to be paid.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_on: Option<String>,
    /// 药品追溯码 of a pack that was sold on it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pack: Option<String>,
    /// How many accounts the area's books have.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accounts: Option<u64>,
    /// What all of them come to: nothing, because what one has another owes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sum_fen: Option<Fen>,
}
