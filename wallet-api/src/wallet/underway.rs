//! Requests that are being answered at the moment, so that the same one twice is not asked twice at once.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};

/// Who asks, for what, and the key they gave it.
type Identity = (u128, String, String);

/// What this process is busy with. Two processes on one database may still have the same request at the same time;
/// the books then do it once.
#[derive(Debug, Default)]
pub struct Underway(Mutex<HashSet<Identity>>);

/// A request's place, given up when it is dropped.
#[derive(Debug)]
pub struct Place {
    of: Arc<Underway>,
    identity: Identity,
}

impl Underway {
    /// `None` while the same request is being answered.
    pub fn begin(self: &Arc<Underway>, tenant: u128, operation: &str, key: &str) -> Option<Place> {
        let identity = (tenant, operation.to_owned(), key.to_owned());
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.insert(identity.clone()).then(|| Place { of: Arc::clone(self), identity })
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.of.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.identity);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_free_again_once_it_is_given_up() {
        let all = Arc::<Underway>::default();
        let place = all.begin(1, "/transfers", "k");
        assert!(place.is_some() && all.begin(1, "/transfers", "k").is_none());
        let others = [all.begin(2, "/transfers", "k"), all.begin(1, "/holds", "k"), all.begin(1, "/transfers", "l")];
        assert!(others.iter().all(Option::is_some), "another tenant, operation or key");
        drop(place);
        assert!(all.begin(1, "/transfers", "k").is_some());
    }
}
