//! Heads of a log under a signature: SM2 with SM3 (GB/T 32918.2). What leads to a root proves something only if the
//! root, and the size of the log that it is of, are what the area signed.

use sm2::dsa::signature::Verifier as _;
use sm2::dsa::{Signature, VerifyingKey};

use super::{Hash, leaf_hash};
use crate::date::Day;

/// Set apart from whatever else a key may be asked to sign.
const DOMAIN: &[u8] = b"anxin wallet head 1\0";

/// What is signed of a log: which one it is, how long, its root, and when in microseconds since 1970.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seal {
    pub shard: u64,
    pub size: u64,
    pub root: Hash,
    pub at: i64,
}

impl Seal {
    /// The bytes that are signed.
    pub fn message(&self) -> Vec<u8> {
        [DOMAIN, &self.shard.to_be_bytes(), &self.size.to_be_bytes(), &self.root, &self.at.to_be_bytes()].concat()
    }
}

/// Checks what was signed.
#[derive(Clone, Debug)]
pub struct SealKey(VerifyingKey);

impl From<VerifyingKey> for SealKey {
    fn from(key: VerifyingKey) -> SealKey {
        SealKey(key)
    }
}

impl SealKey {
    /// The signer's identity that GM/T 0009 has where nothing else is agreed.
    pub const IDENTITY: &'static str = "1234567812345678";

    /// A point of the curve as SEC 1 writes it; anything else is no key.
    pub fn from_sec1(bytes: &[u8]) -> Option<SealKey> {
        VerifyingKey::from_sec1_bytes(SealKey::IDENTITY, bytes).ok().map(SealKey)
    }

    pub fn to_sec1(&self) -> Vec<u8> {
        self.0.to_sec1_bytes().to_vec()
    }

    pub fn verifying(&self) -> &VerifyingKey {
        &self.0
    }

    /// The first bytes of the SM3 of the key, by which an area publishes it.
    pub fn id(&self) -> [u8; 8] {
        leaf_hash(&self.0.to_sec1_bytes()).first_chunk().copied().unwrap_or_default()
    }

    pub fn signed(&self, seal: &Seal, signature: &[u8]) -> bool {
        Signature::from_slice(signature).is_ok_and(|signature| self.0.verify(&seal.message(), &signature).is_ok())
    }
}

/// Microseconds since 1970 of `2026-11-22T08:05:09.000001Z`.
pub fn micros(instant: &str) -> Option<i64> {
    const DAYS_TO_1990: i64 = 7_305;
    let (date, time) = instant.strip_suffix('Z')?.split_once('T')?;
    let (clock, fraction) = time.split_once('.').unwrap_or((time, "0"));
    let days = DAYS_TO_1990 + i64::from(Day::new(1990, 1, 1)?.days_until(Day::parse(date)?));
    let seconds = clock.split(':').try_fold(0_i64, |all, part| {
        let part: i64 = part.parse().ok()?;
        all.checked_mul(60)?.checked_add(part)
    })?;
    let fraction: i64 = format!("{fraction:0<6}").get(..6)?.parse().ok()?;
    days.checked_mul(86_400)?.checked_add(seconds)?.checked_mul(1_000_000)?.checked_add(fraction)
}
