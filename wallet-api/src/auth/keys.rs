//! The keys that tokens are checked with. A token says which by `kid`; what it says otherwise about keys, or
//! where to find them, is refused.

use std::collections::BTreeMap;
use std::path::Path;

use jsonwebtoken::{Algorithm, DecodingKey};
use serde::Deserialize;

use crate::settings::{BadSetting, Tokens};

#[derive(Clone, Debug)]
pub struct Key {
    pub algorithm: Algorithm,
    pub decoding: DecodingKey,
    /// Whose key it is: the only `iss` that it vouches for.
    pub issuer: String,
}

/// Every key that is taken, by its `kid`.
#[derive(Clone, Debug, Default)]
pub struct Keys(BTreeMap<String, Key>);

#[derive(Deserialize)]
struct Jwks {
    keys: Vec<Jwk>,
}

/// The same where keys of any kind may stand.
#[derive(Deserialize)]
struct Published {
    keys: Vec<serde_json::Value>,
}

const ALGORITHMS: [&str; 3] = ["EdDSA", "ES256", "RS256"];

#[derive(Deserialize)]
struct Jwk {
    kty: String,
    kid: String,
    alg: String,
    #[serde(rename = "use")]
    usage: Option<String>,
    crv: Option<String>,
    x: Option<String>,
    y: Option<String>,
    n: Option<String>,
    e: Option<String>,
    d: Option<String>,
    k: Option<String>,
}

/// Public halves of pairs whose private half is printed in a standard (RFC 8037 A.2, RFC 7515 A.2 and A.3): whoever
/// can read may sign with them.
const KNOWN_TO_ALL: &[&str] = &[
    "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo",
    "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
    "ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ",
];

impl Keys {
    /// # Errors
    /// Names the file and what is wrong with it.
    pub fn read(tokens: &Tokens, demo: bool) -> Result<Keys, BadSetting> {
        let mut keys = Keys::default();
        for file in &tokens.jwks {
            let text = std::fs::read(file).map_err(|e| of_file(file, &e.to_string()))?;
            keys.add_set(&text, &tokens.issuer, demo).map_err(|why| of_file(file, &why))?;
        }
        Ok(keys)
    }

    pub(crate) fn add_set(&mut self, json: &[u8], issuer: &str, demo: bool) -> Result<(), String> {
        let set: Jwks = serde_json::from_slice(json).map_err(|e| e.to_string())?;
        for jwk in set.keys {
            let kid = jwk.kid.clone();
            let in_key = |why: &str| format!("key {kid:?}: {why}");
            if !demo && known_to_all(&jwk) {
                return Err(in_key("its private half is public knowledge; only --demo takes it"));
            }
            let key = key_of(&jwk, issuer).map_err(|why| in_key(&why))?;
            self.add(&kid, key).map_err(|why| in_key(&why))?;
        }
        Ok(())
    }

    /// The keys of a provider's set that tokens can be signed with here; it may publish others beside them.
    ///
    /// # Errors
    /// When there is none, or one that must not be published.
    pub(super) fn published(json: &[u8], issuer: &str, demo: bool) -> Result<Keys, String> {
        let set: Published = serde_json::from_slice(json).map_err(|e| e.to_string())?;
        let signs = |key: &&serde_json::Value| {
            key.get("use").is_none_or(|usage| usage == "sig")
                && key.get("alg").and_then(serde_json::Value::as_str).is_some_and(|alg| ALGORITHMS.contains(&alg))
        };
        let keys: Vec<_> = set.keys.iter().filter(signs).collect();
        let mut published = Keys::default();
        let ours = serde_json::to_vec(&serde_json::json!({ "keys": keys })).map_err(|e| e.to_string())?;
        published.add_set(&ours, issuer, demo)?;
        if published.is_empty() { Err("no key for EdDSA, ES256 or RS256".into()) } else { Ok(published) }
    }

    /// Adds another set's keys.
    pub(super) fn join(&mut self, others: &Keys) -> Result<(), String> {
        others
            .0
            .iter()
            .try_for_each(|(kid, key)| self.add(kid, key.clone()).map_err(|why| format!("key {kid:?}: {why}")))
    }

    pub(crate) fn add(&mut self, kid: &str, key: Key) -> Result<(), String> {
        let plain = |b: u8| b.is_ascii_alphanumeric() || b"-_.".contains(&b);
        if kid.is_empty() || kid.len() > 64 || !kid.bytes().all(plain) {
            return Err("`kid` is 1 to 64 of A–Z, a–z, 0–9, -, _ and .".into());
        }
        match self.0.insert(kid.to_owned(), key) {
            None => Ok(()),
            Some(_) => Err("the same `kid` twice".into()),
        }
    }

    pub fn get(&self, kid: &str) -> Option<&Key> {
        self.0.get(kid)
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

fn of_file(file: &Path, why: &str) -> BadSetting {
    BadSetting::new("tokens.jwks", format!("{}: {why}", file.display()))
}

fn known_to_all(jwk: &Jwk) -> bool {
    [&jwk.x, &jwk.n].into_iter().flatten().any(|part| KNOWN_TO_ALL.contains(&part.as_str()))
}

fn key_of(jwk: &Jwk, issuer: &str) -> Result<Key, String> {
    if jwk.d.is_some() || jwk.k.is_some() {
        return Err("a private or shared key; only public ones belong here".into());
    }
    if jwk.usage.as_deref().is_some_and(|usage| usage != "sig") {
        return Err("`use` is sig".into());
    }
    let part = |part: &Option<String>, name: &str| part.clone().ok_or_else(|| format!("`{name}` is missing"));
    let bad = |e: jsonwebtoken::errors::Error| e.to_string();
    let (algorithm, decoding) = match (jwk.alg.as_str(), jwk.kty.as_str(), jwk.crv.as_deref()) {
        ("EdDSA", "OKP", Some("Ed25519")) => {
            (Algorithm::EdDSA, DecodingKey::from_ed_components(&part(&jwk.x, "x")?).map_err(bad)?)
        }
        ("ES256", "EC", Some("P-256")) => {
            let (x, y) = (part(&jwk.x, "x")?, part(&jwk.y, "y")?);
            (Algorithm::ES256, DecodingKey::from_ec_components(&x, &y).map_err(bad)?)
        }
        ("RS256", "RSA", None) => {
            let (n, e) = (part(&jwk.n, "n")?, part(&jwk.e, "e")?);
            (Algorithm::RS256, DecodingKey::from_rsa_components(&n, &e).map_err(bad)?)
        }
        _ => return Err("EdDSA with OKP and Ed25519, ES256 with EC and P-256, or RS256 with RSA".into()),
    };
    Ok(Key { algorithm, decoding, issuer: issuer.to_owned() })
}
