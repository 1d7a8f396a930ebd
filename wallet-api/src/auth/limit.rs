//! How often somebody may ask. Counted by this process alone: two behind one address give twice as much.

use std::hash::Hash;
use std::num::NonZeroU32;

use governor::clock::{Clock as _, DefaultClock};
use governor::state::keyed::DefaultKeyedStateStore;
use governor::{Quota, RateLimiter};

use crate::problem::ApiError;
use crate::settings;

pub struct Limiter<K: Hash + Eq + Clone>(RateLimiter<K, DefaultKeyedStateStore<K>, DefaultClock>);

impl<K: Hash + Eq + Clone> Limiter<K> {
    pub fn per_minute(requests: u32) -> Limiter<K> {
        Limiter(RateLimiter::keyed(Quota::per_minute(NonZeroU32::new(requests).unwrap_or(NonZeroU32::MIN))))
    }

    /// # Errors
    /// With the seconds to wait, when there were too many.
    pub fn check(&self, key: &K) -> Result<(), ApiError> {
        self.0.check_key(key).map_err(|until| {
            let wait = until.wait_time_from(DefaultClock::default().now());
            ApiError::TooMany(wait.as_secs().saturating_add(1))
        })
    }

    /// Forgets whoever has not asked lately.
    pub fn forget(&self) {
        self.0.retain_recent();
        self.0.shrink_to_fit();
    }
}

/// All that is counted.
pub struct Limits {
    pub subjects: Limiter<u128>,
    pub addresses: Limiter<String>,
    /// By address and, apart from that, by the name that is tried.
    pub logins: Limiter<String>,
}

impl Limits {
    pub fn new(limits: &settings::Limits) -> Limits {
        Limits {
            subjects: Limiter::per_minute(limits.per_subject),
            addresses: Limiter::per_minute(limits.per_address),
            logins: Limiter::per_minute(limits.logins_per_address),
        }
    }

    pub fn forget(&self) {
        self.subjects.forget();
        self.addresses.forget();
        self.logins.forget();
    }
}
