use std::fmt;

use serde::{Deserialize, Serialize};

/// What somebody logs in with.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Credentials {
    pub name: String,
    pub password: String,
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Credentials(…)")
    }
}

/// A refresh token in the body, for clients without cookies.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Refresh {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refresh_token: Option<String>,
}

impl fmt::Debug for Refresh {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Refresh(…)")
    }
}

/// A session that has begun or goes on. The same tokens are set as cookies that scripts cannot read.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SessionOut {
    pub access_token: String,
    /// Good for one use.
    pub refresh_token: String,
    /// Seconds for which the access token is good.
    pub expires_in: u32,
    /// What a browser sends as `X-CSRF-Token` along with its cookie.
    pub csrf_token: String,
    /// The same for the one request that exchanges the refresh cookie.
    pub refresh_csrf_token: String,
    pub role: String,
}

impl fmt::Debug for SessionOut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SessionOut(…)")
    }
}
