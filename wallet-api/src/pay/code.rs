//! 医保码: 28 digits that say nothing. All meaning is here, and of the code only a keyed digest.

use anxin_core::{Refusal, RefusalCode};
use ring::rand::{SecureRandom as _, SystemRandom};
use wallet_ledger::{Micros, OwnerId};
use wallet_store::CodeRow;
use wallet_types::{CodeAsk, CodeOut, RelationKind, TransportCode};

use super::refused;
use crate::auth::{Role, Subject};
use crate::family::LookupKey;
use crate::hex::hex;
use crate::problem::ApiError;
use crate::wallet::{Wallet, instant};

/// 国家医疗保障局, as real codes begin.
const ISSUER: &str = "424";
const RANDOM_DIGITS: usize = 19;
/// No province, and an extension that nothing is known of: no such code is taken for a real one.
const PROVINCE_AND_EXTENSION: &str = "000000";
const CODE_DIGITS: usize = 28;
/// How long the code before can still be read: somebody may be holding it under the scanner.
const GRACE: i64 = 5_000_000;
const SECOND: i64 = 1_000_000;

/// Digits that nobody can foretell, each as likely as the others.
fn random_digits(count: usize) -> Result<String, ApiError> {
    let random = SystemRandom::new();
    let mut digits = String::new();
    while digits.len() < count {
        let mut bytes = [0; 32];
        random.fill(&mut bytes).map_err(|_| refused(TransportCode::Internal))?;
        // From 250 on, a remainder would favour the low digits.
        let fair = bytes.into_iter().filter(|byte| *byte < 250).map(|byte| char::from(b'0' + byte % 10));
        digits.extend(fair.take(count - digits.len()));
    }
    Ok(digits)
}

/// Whoever sends so many codes that are none waits. It is counted in the store: asking another program is no way round.
pub(super) const GUESSES_MOST: u32 = 20;
const GUESSES_WITHIN: i64 = 60 * SECOND;

impl Wallet {
    /// # Errors
    /// With the seconds to wait.
    pub(super) async fn may_read(&self, who: u128, now: Micros) -> Result<(), ApiError> {
        match self.desk.guesses(who, now).await? {
            (count, until) if count >= GUESSES_MOST => {
                let wait = until.0.saturating_sub(now.0).max(0) / SECOND + 1;
                Err(ApiError::TooMany(u64::try_from(wait).unwrap_or(1)))
            }
            _ => Ok(()),
        }
    }

    pub(super) async fn guessed(&self, who: u128, now: Micros) -> Result<(), ApiError> {
        Ok(self.desk.guessed(who, now, now.plus(GUESSES_WITHIN)).await?)
    }

    pub(super) fn pay_key(&self) -> Result<&LookupKey, ApiError> {
        self.pay.key.as_ref().ok_or_else(|| refused(TransportCode::NoWallet))
    }

    /// A word for a few parts that nobody else can make.
    pub(crate) fn pay_word(&self, parts: &[&str]) -> Result<String, ApiError> {
        Ok(hex(&self.pay_key()?.of(b"pay word\0", parts.join("\0").as_bytes())))
    }

    /// A new code to show. That of before is good for a moment longer, or until it is read.
    pub(crate) async fn make_code(&self, subject: &Subject, ask: &CodeAsk) -> Result<CodeOut, ApiError> {
        let (owner, agent) = self.shown_for(subject, ask).await?;
        self.living(owner).await?;
        let key = self.pay_key()?;
        let code = format!("{ISSUER}{}{PROVINCE_AND_EXTENSION}", random_digits(RANDOM_DIGITS)?);
        let (made_at, seconds) = (self.now(), self.pay.code_seconds);
        let until = made_at.plus(i64::from(seconds) * SECOND);
        let row = CodeRow { digest: digest(key, &code), owner, agent, made_at, until };
        self.desk.put_code(&row, made_at.plus(GRACE)).await?;
        Ok(CodeOut { code, seconds, until: instant(until) })
    }

    /// Whose code somebody may show: their own, or that of who is helped.
    async fn shown_for(&self, subject: &Subject, ask: &CodeAsk) -> Result<(OwnerId, Option<u128>), ApiError> {
        match (subject.role, subject.acts_for, ask.relation) {
            (Role::Resident, None, None) => Ok((OwnerId(subject.id), None)),
            (Role::Helper, Some(helped), None) => Ok((OwnerId(helped), Some(subject.id))),
            (Role::Resident, None, Some(relation)) => {
                let helps = self.desk.relation(relation.0).await?.filter(|relation| {
                    relation.taker == OwnerId(subject.id)
                        && relation.kind == RelationKind::Helper.word()
                        && relation.ended_at.is_none()
                });
                let relation = helps.ok_or_else(|| refused(TransportCode::NotFound))?;
                Ok((relation.giver, Some(subject.id)))
            }
            _ => Err(refused(TransportCode::NotAllowed)),
        }
    }
}

/// The digits of what was scanned.
///
/// # Errors
/// When it has no such digits, or anything else.
pub(crate) fn read(scanned: &str) -> Result<&str, Refusal> {
    let code = scanned.trim();
    if code.len() != CODE_DIGITS || !code.bytes().all(|b| b.is_ascii_digit()) {
        return Err(Refusal::new(RefusalCode::OutOfRange, "value", format!("{CODE_DIGITS} × 0–9")));
    }
    Ok(code)
}

/// What is kept of a code.
pub(super) fn digest(key: &LookupKey, code: &str) -> [u8; 32] {
    key.of(b"pay code\0", code.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_has_28_digits_and_the_middle_of_it_is_chance() {
        assert_eq!(ISSUER.len() + RANDOM_DIGITS + PROVINCE_AND_EXTENSION.len(), CODE_DIGITS);
        let many: std::collections::BTreeSet<String> =
            (0..1_000).map(|_| random_digits(RANDOM_DIGITS).unwrap()).collect();
        assert_eq!(many.len(), 1_000);
        let digits: String = many.into_iter().collect();
        for digit in '0'..='9' {
            let count = digits.chars().filter(|d| *d == digit).count();
            assert!((1_600..2_200).contains(&count), "{digit}: {count} of {}", digits.len());
        }
    }
}
