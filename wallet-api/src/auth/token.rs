//! Reading a token. Whatever is wrong with one, the answer is the same.

use std::collections::BTreeSet;
use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::{Algorithm, Validation, decode};
use serde::de::{Error as _, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;

use super::key_ring::KeyRing;
use super::seen::mark;
use super::subject::{Role, Subject};

/// Seconds by which two machines' clocks may differ.
pub const LEEWAY: u64 = 5;
const TOKEN_BYTES_MAX: usize = 4_096;

/// What a token says. Other claims are left to whoever put them there.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Claims {
    pub iss: String,
    pub aud: String,
    pub sub: String,
    pub exp: u64,
    pub nbf: u64,
    pub role: Role,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub acts_for: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub jti: Option<String>,
    /// The session of this server's own issuer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sid: Option<String>,
}

/// All that a header may say: no address of a key, and no key.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Header {
    alg: Algorithm,
    kid: String,
    #[serde(default)]
    typ: Option<String>,
}

/// A JSON object in which no name stands twice. Members that nobody asks for are read too: skipping would not see that
/// they are no text.
struct Unique;

impl<'de> Deserialize<'de> for Unique {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Names;
        impl<'de> Visitor<'de> for Names {
            type Value = Unique;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Unique, A::Error> {
                let mut seen = BTreeSet::new();
                while let Some((name, _)) = map.next_entry::<String, Value>()? {
                    if !seen.insert(name) {
                        return Err(A::Error::custom("a name stands twice"));
                    }
                }
                Ok(Unique)
            }
        }
        deserializer.deserialize_map(Names)
    }
}

/// Who a token is of; `None` for one that is not taken, whatever the reason.
pub fn read(token: &str, ring: &KeyRing, audience: &str) -> Option<Subject> {
    if token.len() > TOKEN_BYTES_MAX {
        return None;
    }
    let (now, mark) = (ring.now(), mark(token, audience));
    if let Some(subject) = now.seen.find(&mark) {
        return Some(subject);
    }
    let mut parts = token.split('.');
    let (header, claims, signature) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() || signature.is_empty() {
        return None;
    }
    let header = URL_SAFE_NO_PAD.decode(header).ok()?;
    serde_json::from_slice::<Unique>(&header).ok()?;
    let header: Header = serde_json::from_slice(&header).ok()?;
    if header.typ.is_some_and(|typ| typ != "JWT" && typ != "at+jwt") {
        return None;
    }
    serde_json::from_slice::<Unique>(&URL_SAFE_NO_PAD.decode(claims).ok()?).ok()?;
    let Some(key) = now.keys.get(&header.kid) else {
        ring.missed();
        return None;
    };
    if header.alg != key.algorithm {
        return None;
    }
    let mut rules = Validation::new(key.algorithm);
    rules.leeway = LEEWAY;
    rules.validate_nbf = true;
    rules.set_required_spec_claims(&["iss", "aud", "sub", "exp", "nbf"]);
    rules.set_issuer(&[&key.issuer]);
    rules.set_audience(&[audience]);
    let claims = decode::<Claims>(token, &key.decoding, &rules).ok()?.claims;
    let subject = Subject::of(&claims)?;
    now.seen.keep(mark, &claims, &subject);
    Some(subject)
}
