//! Tokens whose signature was checked, so that it is checked once. Their times are looked at each time.

use std::time::{SystemTime, UNIX_EPOCH};

use quick_cache::sync::Cache;
use sm3::{Digest as _, Sm3};

use super::subject::Subject;
use super::token::{Claims, LEEWAY};

/// Tokens that are remembered; those that are asked with seldom are forgotten first.
const MOST: usize = 4_096;

/// A token for somebody who takes it, by a digest: the token itself is not kept.
pub type Mark = [u8; 32];

pub fn mark(token: &str, audience: &str) -> Mark {
    Sm3::new().chain_update(audience).chain_update(b"\0").chain_update(token).finalize().into()
}

#[derive(Debug)]
pub struct Seen(Cache<Mark, Known>);

#[derive(Clone, Debug)]
struct Known {
    subject: Subject,
    from: u64,
    until: u64,
}

impl Default for Seen {
    fn default() -> Seen {
        Seen(Cache::new(MOST))
    }
}

impl Seen {
    /// Who a token is of, if it was found good before and its time has not passed.
    pub fn find(&self, mark: &Mark) -> Option<Subject> {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).ok()?.as_secs();
        let known = self.0.get(mark)?;
        let in_time = known.from <= now.saturating_add(LEEWAY) && now <= known.until.saturating_add(LEEWAY);
        in_time.then_some(known.subject)
    }

    pub fn keep(&self, mark: Mark, claims: &Claims, subject: &Subject) {
        self.0.insert(mark, Known { subject: subject.clone(), from: claims.nbf, until: claims.exp });
    }
}
