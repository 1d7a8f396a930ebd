//! 动态验证码: codes of an authenticator (TOTP, RFC 6238) that large amounts need, and small ones that are many on one day.
//! A code is taken once, for one request; the same request may come again with it.

use anxin_core::Fen;
use ring::rand::{SecureRandom as _, SystemRandom};
use sm3::{Digest as _, Sm3};
use totp_rs::{Builder, Secret, Totp};
use wallet_ledger::{Micros, OwnerId};
use wallet_store::{Actor, Attempt};
use wallet_types::{SecondFactorOffer, SecondFactorOut, TransportCode};

use super::subject::Subject;
use crate::problem::ApiError;
use crate::settings;
use crate::wallet::{Key, Wallet};

/// Seconds for which a code is shown.
const STEP: i64 = 30;
const SECRET_BYTES: usize = 20;
const SECOND: i64 = 1_000_000;

/// When a second factor is asked for.
#[derive(Clone, Copy, Debug)]
pub struct SecondFactors {
    above: Option<Fen>,
    /// How much may go without a code on one day.
    day: Option<Fen>,
    tries: i64,
    within: i64,
    /// Between what is granted at a window and what comes of it.
    pub(super) wait: i64,
}

impl SecondFactors {
    /// Where an identity provider logs people in, it is the one that asks.
    pub fn new(settings: &settings::SecondFactor, own_logins: bool) -> SecondFactors {
        let limit = |fen: u32| Fen::new(i64::from(fen)).filter(|limit| own_logins && !limit.is_zero());
        SecondFactors {
            above: limit(settings.above_fen),
            day: limit(settings.day_fen),
            wait: i64::from(settings.reset_hours).saturating_mul(3600 * SECOND),
            tries: i64::from(settings.tries),
            within: i64::from(settings.tries_seconds).saturating_mul(SECOND),
        }
    }
}

fn totp(secret: &[u8]) -> Totp {
    // Six digits, thirty seconds, one step of leeway: what every authenticator does.
    Builder::new().with_secret(secret).build_noncompliant()
}

fn code_of(secret: &[u8], step: i64) -> String {
    totp(secret).generate(u64::try_from(step.saturating_mul(STEP)).unwrap_or_default()).to_string()
}

/// The step of which this is the code, if it is of about now.
fn step_of(secret: &[u8], code: &str, now: Micros) -> Option<i64> {
    let seconds = u64::try_from(now.0.div_euclid(SECOND)).ok()?;
    totp(secret).check(code, seconds).and_then(|step| i64::try_from(step).ok())
}

/// What tells one request from another.
fn digest(key: &Key) -> [u8; 32] {
    let digest = Sm3::new().chain_update(b"anxin second factor\0").chain_update(key.tenant.to_be_bytes());
    digest.chain_update(key.operation.number().to_be_bytes()).chain_update(&key.key).finalize().into()
}

/// The same with what it moves: under a key that was counted with another amount nothing else goes uncounted.
fn counted(key: &Key, amount: Fen) -> [u8; 32] {
    let digest = Sm3::new().chain_update(b"anxin uncoded\0").chain_update(digest(key));
    digest.chain_update(amount.get().to_be_bytes()).finalize().into()
}

/// Of the made-up people. Everybody can work it out.
pub fn demo_secret(owner: OwnerId) -> Vec<u8> {
    let digest = Sm3::new().chain_update(b"anxin demo totp\0").chain_update(owner.0.to_be_bytes()).finalize();
    digest.iter().copied().take(SECRET_BYTES).collect()
}

pub(super) fn refused(code: TransportCode) -> ApiError {
    ApiError::Transport(code)
}

impl Wallet {
    /// Whether a request for so much may go on: it is small and the day's sum with it, or a code comes with it. Only
    /// people's own requests are asked for one.
    pub(crate) async fn second_factor_for(
        &self,
        subject: &Subject,
        key: &Key,
        amount: Fen,
        code: Option<&str>,
    ) -> Result<(), ApiError> {
        let Some(Actor::Resident(owner)) = subject.actor() else { return Ok(()) };
        let SecondFactors { above, day, .. } = self.second_factors;
        let small = above.is_none_or(|above| amount <= above);
        if small && (amount.is_zero() || self.within_day(owner, key, amount, day).await?) {
            return Ok(());
        }
        self.take_code(owner, digest(key), code).await
    }

    /// Before an authenticator goes with all else that somebody has deleted: without one, the password alone sets up
    /// another.
    pub(crate) async fn second_factor_to_erase(&self, owner: OwnerId, code: Option<&str>) -> Result<(), ApiError> {
        let SecondFactors { above, day, .. } = self.second_factors;
        let there = self.desk.second_factor(owner).await?.is_some_and(|factor| factor.secret.is_some());
        if there && (above.is_some() || day.is_some()) { self.take_code(owner, once()?, code).await } else { Ok(()) }
    }

    async fn within_day(&self, owner: OwnerId, key: &Key, amount: Fen, most: Option<Fen>) -> Result<bool, ApiError> {
        let Some(most) = most else { return Ok(true) };
        let today = self.now().business_day();
        Ok(self.desk.count_uncoded(owner, counted(key, amount), today, amount, most).await?)
    }

    /// The same whatever it is about, for who has an authenticator.
    async fn take_code(&self, owner: OwnerId, request: [u8; 32], code: Option<&str>) -> Result<(), ApiError> {
        let Some(code) = code else {
            let there = self.desk.second_factor(owner).await?.is_some_and(|factor| factor.secret.is_some());
            return Err(refused(if there { TransportCode::CodeNeeded } else { TransportCode::NoSecondFactor }));
        };
        let SecondFactors { tries, within, .. } = self.second_factors;
        let factor = match self.desk.attempt_second_factor(owner, self.now(), tries, within).await? {
            Attempt::None => return Err(refused(TransportCode::NoSecondFactor)),
            Attempt::Wait(micros) => return Err(ApiError::TooMany(seconds(micros))),
            Attempt::Look(factor) => factor,
        };
        let secret = factor.secret.ok_or_else(|| refused(TransportCode::NoSecondFactor))?;
        let again = factor.spent == Some(request) && code_of(&secret, factor.step) == code;
        let step = if again { Some(factor.step) } else { step_of(&secret, code, self.now()) };
        let step = step.ok_or_else(|| refused(TransportCode::CodeWrong))?;
        match self.desk.spend_second_factor(owner, step, request).await? {
            true => Ok(()),
            false => Err(refused(TransportCode::CodeWrong)),
        }
    }

    pub(crate) async fn second_factor(&self, owner: OwnerId) -> Result<SecondFactorOut, ApiError> {
        let secret = self.desk.second_factor(owner).await?.and_then(|factor| factor.secret);
        let known = secret.as_ref().filter(|secret| self.issuer.is_some() && **secret == demo_secret(owner));
        let step = self.now().0.div_euclid(SECOND * STEP);
        Ok(SecondFactorOut {
            confirmed: secret.is_some(),
            above_fen: self.second_factors.above,
            day_fen: self.second_factors.day,
            reset: self.reset_standing(owner).await?,
            demo_code: known.map(|secret| code_of(secret, step)),
        })
    }

    /// Makes a secret for somebody's authenticator. Who has one already shows a code of it, or came to a window because it
    /// is lost.
    pub(crate) async fn offer_second_factor(
        &self,
        owner: OwnerId,
        name: &str,
        code: Option<&str>,
    ) -> Result<SecondFactorOffer, ApiError> {
        let there = self.desk.second_factor(owner).await?.is_some_and(|factor| factor.secret.is_some());
        if there && !self.may_replace(owner).await? {
            self.take_code(owner, once()?, code).await?;
        }
        let mut secret = [0; SECRET_BYTES];
        random(&mut secret)?;
        self.desk.offer_second_factor(owner, &secret).await?;
        let secret = Secret::from(secret).to_base32();
        let name: String = name.chars().filter(char::is_ascii_alphanumeric).collect();
        let uri = format!("otpauth://totp/Anxin:{name}?secret={secret}&issuer=Anxin");
        Ok(SecondFactorOffer { secret, uri })
    }

    /// Makes what was offered the one that holds, by a code of it.
    pub(crate) async fn confirm_second_factor(&self, owner: OwnerId, code: &str) -> Result<SecondFactorOut, ApiError> {
        let none = || refused(TransportCode::NoSecondFactor);
        let SecondFactors { tries, within, .. } = self.second_factors;
        let factor = match self.desk.attempt_second_factor(owner, self.now(), tries, within).await? {
            Attempt::None => return Err(none()),
            Attempt::Wait(micros) => return Err(ApiError::TooMany(seconds(micros))),
            Attempt::Look(factor) => factor,
        };
        let offered = factor.offered.ok_or_else(none)?;
        let step = step_of(&offered, code, self.now()).ok_or_else(|| refused(TransportCode::CodeWrong))?;
        if !self.desk.confirm_second_factor(owner, &offered, step, self.now()).await? {
            return Err(none());
        }
        self.second_factor(owner).await
    }

    /// Gives somebody of the demonstration a secret that everybody knows.
    pub(crate) async fn seed_second_factor(&self, owner: OwnerId) -> Result<(), ApiError> {
        if self.desk.second_factor(owner).await?.is_none() {
            let secret = demo_secret(owner);
            self.desk.offer_second_factor(owner, &secret).await?;
            self.desk.confirm_second_factor(owner, &secret, 0, self.now()).await?;
        }
        Ok(())
    }
}

/// A request that does not come again.
fn once() -> Result<[u8; 32], ApiError> {
    let mut request = [0; 32];
    random(&mut request)?;
    Ok(request)
}

pub(super) fn random(bytes: &mut [u8]) -> Result<(), ApiError> {
    SystemRandom::new().fill(bytes).map_err(|_| refused(TransportCode::Internal))
}

fn seconds(micros: i64) -> u64 {
    u64::try_from(micros.div_euclid(SECOND)).unwrap_or_default().saturating_add(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 6238, appendix B, in six digits.
    #[test]
    fn codes_are_those_of_the_standard() {
        let secret = b"12345678901234567890";
        for (seconds, code) in [(59, "287082"), (1_111_111_109, "081804"), (20_000_000_000, "353130")] {
            assert_eq!(code_of(secret, seconds / STEP), code);
            let at = |seconds: i64| step_of(secret, code, Micros(seconds * SECOND));
            assert_eq!(at(seconds), Some(seconds / STEP));
            assert_eq!((at(seconds + STEP), at(seconds + 3 * STEP)), (Some(seconds / STEP), None));
        }
        for bad in ["", "28708", "2870822", "28708a", "２８７０８２"] {
            assert_eq!(step_of(secret, bad, Micros(59 * SECOND)), None, "{bad}");
        }
    }
}
