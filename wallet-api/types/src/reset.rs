//! 动态验证码遗失: setting up another authenticator by way of a window.

use serde::{Deserialize, Serialize};

use crate::names::names;
use crate::own::DocumentKind;
use crate::wallet::Id;

names!(
    /// Where a request for another authenticator is.
    ResetState {
        /// An operator saw document and paper; another one has to grant it.
        Asked = "asked",
        /// Granted, and the waiting time runs.
        Waiting = "waiting",
        /// The person may set up another.
        Ready = "ready",
        /// They did.
        Used = "used",
        /// They said that it was not them.
        Objected = "objected",
        /// Nobody granted or used it in time.
        Over = "over",
    }
);

impl ResetState {
    /// Whether something may still come of it.
    pub fn is_open(self) -> bool {
        matches!(self, ResetState::Asked | ResetState::Waiting | ResetState::Ready)
    }
}

/// Somebody stands at the window with their papers, and their authenticator is lost.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ResetAsk {
    /// 证件号码 of the person at the window, as the document has it.
    pub id_number: String,
    pub document: DocumentKind,
    /// Number of the request that was signed on paper.
    pub paper: String,
}

impl std::fmt::Debug for ResetAsk {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ResetAsk").field("document", &self.document).finish_non_exhaustive()
    }
}

/// A request as operators see it: the paper says whose it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ResetOut {
    pub id: Id,
    pub state: ResetState,
    pub document: DocumentKind,
    pub paper: String,
    /// Whether one asked for it oneself, and cannot grant it.
    pub own: bool,
    pub asked_at: String,
    /// From when on another authenticator may be set up, once it is granted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ready_at: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Resets {
    /// The latest first.
    pub resets: Vec<ResetOut>,
}

/// One that still counts, as the person sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct OwnReset {
    pub state: ResetState,
    pub asked_at: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ready_at: Option<String>,
    /// The first instant at which it does not count any more.
    pub until: String,
}

/// One's own record of a request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FactorResetOut {
    pub state: ResetState,
    pub document: DocumentKind,
    pub paper: String,
    pub asked_at: String,
}
