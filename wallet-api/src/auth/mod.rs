//! Who is asking: tokens, the keys that vouch for them, sessions, and what nobody may send too often.

mod guard;
mod issuer;
mod key_ring;
mod keys;
mod limit;
mod provider;
mod provider_keys;
mod reset;
mod second_factor;
mod seen;
mod subject;
pub(crate) mod token;

pub use guard::{ACCESS_COOKIE, Caller, REFRESH_COOKIE, Visitor, address, own_page, sent_by_own_page};
pub use issuer::{Issued, Issuer, Session, csrf_of, hash_password};
pub use key_ring::KeyRing;
pub use keys::Keys;
pub use limit::{Limiter, Limits};
pub use provider::install;
pub use provider_keys::Fetcher;
pub use second_factor::SecondFactors;
pub use subject::{Role, Subject, id};
