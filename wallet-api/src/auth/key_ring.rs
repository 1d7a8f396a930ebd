//! The keys that tokens are checked with at the moment: those of files and of the own issuer, which stay, and those
//! that a provider publishes, which are fetched again and again.

use std::sync::{Arc, PoisonError, RwLock};

use tokio::sync::Notify;
use tokio::sync::futures::OwnedNotified;

use super::keys::Keys;
use super::seen::Seen;

/// The keys at one moment, and the tokens that were found good with them: what one key vouched for goes with it.
#[derive(Debug, Default)]
pub struct Ring {
    pub keys: Keys,
    pub seen: Seen,
}

#[derive(Debug)]
pub struct KeyRing {
    now: RwLock<Arc<Ring>>,
    fixed: Keys,
    /// What each address gave last, in the order of the settings.
    fetched: RwLock<Vec<Option<Keys>>>,
    unknown: Arc<Notify>,
}

impl KeyRing {
    pub fn new(fixed: Keys, addresses: usize) -> KeyRing {
        KeyRing {
            now: RwLock::new(Arc::new(Ring { keys: fixed.clone(), seen: Seen::default() })),
            fixed,
            fetched: RwLock::new(vec![None; addresses]),
            unknown: Arc::default(),
        }
    }

    pub fn now(&self) -> Arc<Ring> {
        Arc::clone(&self.now.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Takes what an address gave for what it gave before: a key that is not published any more is not taken any
    /// more. What has no key that can be used changes nothing.
    ///
    /// # Errors
    /// Says why the keys before stay.
    pub fn take(&self, address: usize, json: &[u8], issuer: &str, demo: bool) -> Result<(), String> {
        let set = Keys::published(json, issuer, demo)?;
        let mut fetched = self.fetched.write().unwrap_or_else(PoisonError::into_inner);
        let others = fetched.iter().enumerate().filter(|(at, _)| *at != address).filter_map(|(_, set)| set.as_ref());
        let mut all = self.fixed.clone();
        others.chain([&set]).try_for_each(|keys| all.join(keys))?;
        if let Some(slot) = fetched.get_mut(address) {
            *slot = Some(set);
        }
        *self.now.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(Ring { keys: all, seen: Seen::default() });
        Ok(())
    }

    /// A token names a key that nobody has: the provider may have a new one.
    pub fn missed(&self) {
        self.unknown.notify_one();
    }

    /// Ends when [`KeyRing::missed`] is called, or was since the last time.
    pub(super) fn asked_for(&self) -> OwnedNotified {
        Arc::clone(&self.unknown).notified_owned()
    }
}
