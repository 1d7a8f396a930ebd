//! 回调: whoever collects what is left may tell that an outcome is there. What is told is never believed: a call that is
//! signed makes this server ask, and what was asked for counts. A call that is lost is missed by nobody, because an
//! outcome is asked for in any case.

use serde::Deserialize;
use wallet_ledger::Micros;
use wallet_types::{Id, TransportCode};

use super::refused;
use crate::nhsa::{MessageKey, holds, point_of};
use crate::problem::ApiError;
use crate::settings::BadSetting;
use crate::wallet::Wallet;

/// How far the sender's clock may be from this one's.
const TOLERANCE: i64 = 300 * 1_000_000;
const NONCE_MAX: usize = 64;

/// The key that a provider's calls are signed with.
#[derive(Clone, Copy, Debug)]
pub(super) struct ProviderKey([u8; 65]);

impl ProviderKey {
    pub(super) fn read(file: &std::path::Path, demo: bool) -> Result<Option<ProviderKey>, BadSetting> {
        if file.as_os_str().is_empty() {
            return Ok(MessageKey::demo().filter(|_| demo).and_then(|key| key.point()).map(ProviderKey));
        }
        let bad = |why: String| BadSetting::new("pay.provider_key", format!("{}: {why}", file.display()));
        let pem = std::fs::read_to_string(file).map_err(|e| bad(e.to_string()))?;
        point_of(&pem).map(ProviderKey).map(Some).ok_or_else(|| bad("an SM2 public key in PEM".into()))
    }
}

/// What stands around the body of a call.
#[derive(Clone, Copy, Debug)]
pub(crate) struct CallHead<'a> {
    /// Seconds since 1970.
    pub timestamp: &'a str,
    pub nonce: &'a str,
    pub signature: &'a str,
}

/// What is signed: every byte of the body as it came.
pub(crate) fn called_text(timestamp: &str, nonce: &str, body: &str) -> String {
    format!("{timestamp}\n{nonce}\n{body}\n")
}

/// What a call tells, as far as anything of it counts.
#[derive(Debug, Deserialize)]
struct Told {
    order: Id,
}

impl Wallet {
    /// Takes a provider's call. Signature and time are looked at before anything of the body is.
    ///
    /// # Errors
    /// With one answer, whatever is wrong with it.
    pub(crate) async fn called(&self, head: CallHead<'_>, body: &[u8]) -> Result<(), ApiError> {
        let wrong = || refused(TransportCode::NoteRefused);
        let body = std::str::from_utf8(body).map_err(|_| wrong())?;
        let key = self.pay.provider_key.ok_or_else(wrong)?;
        if !(1..=NONCE_MAX).contains(&head.nonce.len()) || !self.is_of_now(head.timestamp) {
            return Err(wrong());
        }
        if !holds(&[key.0], &called_text(head.timestamp, head.nonce, body), head.signature) {
            return Err(wrong());
        }
        let Told { order } = serde_json::from_str(body).map_err(|_| wrong())?;
        if let Some(order) = self.any_order(order.0).await? {
            self.go_on(order).await?;
        }
        Ok(())
    }

    fn is_of_now(&self, timestamp: &str) -> bool {
        let seconds: Option<i64> = timestamp.parse().ok();
        let at = seconds.and_then(|seconds| seconds.checked_mul(1_000_000));
        at.is_some_and(|at| Micros(at).0.abs_diff(self.now().0) <= TOLERANCE.unsigned_abs())
    }
}
