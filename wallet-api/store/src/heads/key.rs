//! Keys that sign heads: SM2 with SM3 (GB/T 32918.2), in PEM as OpenSSL writes them.

use std::fmt;

use anxin_core::proof::{Seal, SealKey};
use sm2::dsa::signature::Signer as _;
use sm2::dsa::{Signature, SigningKey, VerifyingKey};
use sm2::elliptic_curve::Generate as _;
use sm2::pkcs8::{
    DecodePrivateKey as _, DecodePublicKey as _, EncodePrivateKey as _, EncodePublicKey as _, LineEnding,
};
use sm2::{PublicKey, SecretKey};
use wallet_ledger::{Head, Micros};

use super::{KeyId, SignedHead};

/// Known to everybody: good for a demonstration and refused for anything else.
pub const DEMO_KEY: &str = include_str!("demo-key.pem");

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyError {
    /// No SM2 key in PKCS#8 PEM.
    NotPrivate,
    /// No SM2 key in PEM as a public key is written.
    NotPublic,
    /// The demonstration's key where money is real.
    Demo,
    Unusable,
}

impl fmt::Display for KeyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            KeyError::NotPrivate => "no SM2 private key (PEM, PKCS#8)",
            KeyError::NotPublic => "no SM2 public key (PEM, SubjectPublicKeyInfo)",
            KeyError::Demo => "this is the demonstration's key, which everybody knows",
            KeyError::Unusable => "the key cannot sign",
        })
    }
}

impl std::error::Error for KeyError {}

/// Signs heads.
#[derive(Clone, Debug)]
pub struct HeadKey {
    key: SigningKey,
    id: KeyId,
}

impl HeadKey {
    /// A key of one's own; the demonstration's is refused.
    pub fn from_pem(pem: &str) -> Result<HeadKey, KeyError> {
        let key = HeadKey::read(pem)?;
        if key.id == HeadKey::demo()?.id { Err(KeyError::Demo) } else { Ok(key) }
    }

    pub fn demo() -> Result<HeadKey, KeyError> {
        HeadKey::read(DEMO_KEY)
    }

    fn read(pem: &str) -> Result<HeadKey, KeyError> {
        HeadKey::of(&SecretKey::from_pkcs8_pem(pem).map_err(|_| KeyError::NotPrivate)?)
    }

    fn of(secret: &SecretKey) -> Result<HeadKey, KeyError> {
        let key = SigningKey::new(SealKey::IDENTITY, secret).map_err(|_| KeyError::Unusable)?;
        let id = KeyId(SealKey::from(key.verifying_key().clone()).id());
        Ok(HeadKey { key, id })
    }

    /// A new key, and how it is written.
    pub fn generate() -> Result<(HeadKey, String), KeyError> {
        let secret = SecretKey::generate();
        let pem = secret.to_pkcs8_pem(LineEnding::LF).map_err(|_| KeyError::Unusable)?;
        Ok((HeadKey::of(&secret)?, pem.to_string()))
    }

    pub fn public(&self) -> HeadPublic {
        HeadPublic(self.key.verifying_key().clone().into())
    }

    /// The nonce follows from key and message (RFC 6979), so that no bad chance can give the key away.
    pub fn sign(&self, shard: u64, head: Head, at: Micros) -> Result<SignedHead, KeyError> {
        let seal = Seal { shard, size: head.size, root: head.root, at: at.0 };
        let signed: Signature = self.key.try_sign(&seal.message()).map_err(|_| KeyError::Unusable)?;
        Ok(SignedHead { shard, head, at, key: self.id, signature: signed.to_bytes().into() })
    }
}

/// Checks heads that were signed.
#[derive(Clone, Debug)]
pub struct HeadPublic(SealKey);

impl HeadPublic {
    pub fn from_pem(pem: &str) -> Result<HeadPublic, KeyError> {
        let public = PublicKey::from_public_key_pem(pem).map_err(|_| KeyError::NotPublic)?;
        let key = VerifyingKey::new(SealKey::IDENTITY, public).map_err(|_| KeyError::NotPublic)?;
        Ok(HeadPublic(key.into()))
    }

    pub fn to_pem(&self) -> String {
        self.0.verifying().to_public_key_pem(LineEnding::LF).unwrap_or_default()
    }

    pub fn id(&self) -> KeyId {
        KeyId(self.0.id())
    }

    /// The key as a point of the curve (SEC 1).
    pub fn to_sec1(&self) -> Vec<u8> {
        self.0.to_sec1()
    }

    /// Whether this key signed this head.
    pub fn signed(&self, head: &SignedHead) -> bool {
        self.id() == head.key && self.0.signed(&head.seal(), &head.signature)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn head(size: u64) -> Head {
        Head { size, root: [7; 32] }
    }

    #[test]
    fn a_signature_holds_for_its_head_and_for_no_other() {
        let (key, pem) = HeadKey::generate().unwrap();
        let signed = HeadKey::from_pem(&pem).unwrap().sign(7, head(9), Micros(5)).unwrap();
        let public = HeadPublic::from_pem(&key.public().to_pem()).unwrap();
        assert!(public.signed(&signed));
        assert_eq!(key.sign(7, head(9), Micros(5)), Ok(signed), "the nonce is not chance");
        let others = [
            SignedHead { shard: 8, ..signed },
            SignedHead { head: head(10), ..signed },
            SignedHead { head: Head { size: 9, root: [8; 32] }, ..signed },
            SignedHead { at: Micros(6), ..signed },
            SignedHead { key: KeyId([0; 8]), ..signed },
            SignedHead { signature: [0; 64], ..signed },
            SignedHead { signature: [0xff; 64], ..signed },
        ];
        assert!(others.iter().all(|other| !public.signed(other)));
        assert!(!HeadKey::demo().unwrap().public().signed(&signed), "another's key");
    }

    /// `r + s = n` and a point that is not on the curve are what careless implementations take.
    #[test]
    fn degenerate_signatures_and_keys_are_refused() {
        const ORDER: &str = "fffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123";
        let signed = HeadKey::demo().unwrap().sign(7, head(9), Micros(5)).unwrap();
        let public = HeadKey::demo().unwrap().public();
        let order: [u8; 32] = base16ct::lower::decode_vec(ORDER).unwrap().try_into().unwrap();
        let r: [u8; 32] = signed.signature[..32].try_into().unwrap();
        let mut less = [0; 32];
        let mut borrow = 0_i16;
        for at in (0..32).rev() {
            let digit = i16::from(order[at]) - i16::from(r[at]) - borrow;
            borrow = i16::from(digit < 0);
            less[at] = u8::try_from(digit.rem_euclid(256)).unwrap();
        }
        let pair = |r: [u8; 32], s: [u8; 32]| SignedHead { signature: [r, s].concat().try_into().unwrap(), ..signed };
        assert!(public.signed(&pair(r, signed.signature[32..].try_into().unwrap())));
        for (r, s) in [(r, less), (r, [0; 32]), ([0; 32], r), (r, order), (order, r)] {
            assert!(!public.signed(&pair(r, s)));
        }
        let off_curve = include_str!("../../tests/keys/off-curve.pem");
        assert_eq!(HeadPublic::from_pem(off_curve).err(), Some(KeyError::NotPublic));
        assert_eq!(HeadKey::from_pem(DEMO_KEY).err(), Some(KeyError::Demo));
    }

    /// What OpenSSL signed holds here: the same curve, hash and identity.
    #[test]
    fn a_signature_by_openssl_holds() {
        let public = HeadPublic::from_pem(include_str!("../../tests/keys/openssl-public.pem")).unwrap();
        let signature = include_str!("../../tests/keys/openssl-signature.hex").trim();
        let signature = base16ct::lower::decode_vec(signature).unwrap();
        let signature = signature.try_into().unwrap();
        let signed = SignedHead { shard: 7, head: head(9), at: Micros(5), key: public.id(), signature };
        assert!(public.signed(&signed));
        assert!(!public.signed(&SignedHead { at: Micros(4), ..signed }));
    }
}
