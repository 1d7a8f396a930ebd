//! Signatures of messages: SM2 with SM3 over the message's one writing without `cainfo`.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;
use sm2::SecretKey;
use sm2::dsa::signature::{Signer as _, Verifier as _};
use sm2::dsa::{Signature, SigningKey, VerifyingKey};
use sm2::pkcs8::{DecodePrivateKey as _, DecodePublicKey as _};

use super::canonical::canonical;
use crate::hex::hex;

/// The signer's identity that GM/T 0009 has where nothing else is agreed.
const IDENTITY: &str = "1234567812345678";
/// The field that has the signature, and is not signed itself.
const SIGNATURE: &str = "cainfo";
/// Known to everybody: the demonstration's hospital signs with it.
pub const DEMO_KEY: &str = include_str!("demo-key.pem");

/// What is signed of a message.
pub fn signed_text(message: &Value) -> String {
    let mut message = message.clone();
    if let Value::Object(members) = &mut message {
        members.remove(SIGNATURE);
    }
    canonical(&message)
}

/// Signs messages for an institution.
#[derive(Clone, Debug)]
pub struct MessageKey(SigningKey);

impl MessageKey {
    /// A private key in PKCS#8 PEM, as OpenSSL writes it.
    pub fn from_pem(pem: &str) -> Option<MessageKey> {
        let secret = SecretKey::from_pkcs8_pem(pem).ok()?;
        SigningKey::new(IDENTITY, &secret).ok().map(MessageKey)
    }

    pub fn demo() -> Option<MessageKey> {
        MessageKey::from_pem(DEMO_KEY)
    }

    /// The public key as a point that is not compressed.
    pub fn point(&self) -> Option<[u8; 65]> {
        self.0.verifying_key().to_sec1_bytes().as_ref().try_into().ok()
    }

    /// The message with its signature. The nonce follows from key and text (RFC 6979).
    pub fn signed(&self, mut message: Value) -> Option<Value> {
        let signature = self.signature(&signed_text(&message))?;
        message.as_object_mut()?.insert(SIGNATURE.into(), signature.into());
        Some(message)
    }

    /// The signature of a text in 128 hexadecimal digits.
    pub fn signature(&self, text: &str) -> Option<String> {
        let signature: Signature = self.0.try_sign(text.as_bytes()).ok()?;
        Some(hex(&signature.to_bytes()))
    }
}

/// A public key in PEM (SubjectPublicKeyInfo) as a point.
pub fn point_of(pem: &str) -> Option<[u8; 65]> {
    let public = sm2::PublicKey::from_public_key_pem(pem).ok()?;
    let key = VerifyingKey::new(IDENTITY, public).ok()?;
    key.to_sec1_bytes().as_ref().try_into().ok()
}

/// Whether one of the keys signed a text.
pub fn holds(keys: &[[u8; 65]], text: &str, signature: &str) -> bool {
    let Some(signature) = read_signature(signature) else { return false };
    keys.iter().any(|point| {
        VerifyingKey::from_sec1_bytes(IDENTITY, point).is_ok_and(|key| key.verify(text.as_bytes(), &signature).is_ok())
    })
}

/// r and s as 128 hexadecimal digits or as 64 bytes in Base64, or DER in Base64, as OpenSSL writes it.
fn read_signature(text: &str) -> Option<Signature> {
    const HEX_DIGITS: usize = 128;
    if text.len() == HEX_DIGITS && text.bytes().all(|b| b.is_ascii_hexdigit()) {
        let byte = |at: usize| u8::from_str_radix(text.get(at * 2..at * 2 + 2)?, 16).ok();
        let bytes: Option<Vec<u8>> = (0..HEX_DIGITS / 2).map(byte).collect();
        return Signature::from_slice(&bytes?).ok();
    }
    let bytes = STANDARD.decode(text).ok()?;
    if bytes.len() == HEX_DIGITS / 2 { Signature::from_slice(&bytes).ok() } else { Signature::from_der(&bytes).ok() }
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use sm2::dsa::signature::hazmat::PrehashVerifier as _;
    use sm3::{Digest as _, Sm3};

    use super::*;

    fn bytes(hex: &str) -> Vec<u8> {
        let digits: String = hex.split_whitespace().collect();
        (0..digits.len() / 2).map(|at| u8::from_str_radix(&digits[at * 2..at * 2 + 2], 16).unwrap()).collect()
    }

    // GB/T 32918.5-2017, Annex A.
    const SECRET: &str = "3945208F 7B2144B1 3F36E38A C6D39F95 88939369 2860B51A 42FB81EF 4DF7C5B8";
    const X: &str = "09F9DF31 1E5421A1 50DD7D16 1E4BC5C6 72179FAD 1833FC07 6BB08FF3 56F35020";
    const Y: &str = "CCEA490C E26775A5 2DC6EA71 8CC1AA60 0AED05FB F35E084A 6632F607 2DA9AD13";
    const ZA: &str = "B2E14C5C 79C6DF5B 85F4FE7E D8DB7A26 2B9DA7E0 7CCB0EA9 F4747B8C CDA8A4F3";
    const E: &str = "F0B43E94 BA45ACCA ACE692ED 534382EB 17E6AB5A 19CE7B31 F4486FDF C0D28640";
    const R: &str = "F5A03B06 48D2C463 0EEAC513 E1BB81A1 5944DA38 27D5B741 43AC7EAC EEE720B3";
    const S: &str = "B1B6AA29 DF212FD8 763182BC 0D421CA1 BB9038FD 1F7F42D4 840B69C4 85BBC1AA";
    // The curve's own figures, of the same standard.
    const CURVE_A: &str = "FFFFFFFE FFFFFFFF FFFFFFFF FFFFFFFF FFFFFFFF 00000000 FFFFFFFF FFFFFFFC";
    const CURVE_B: &str = "28E9FA9E 9D9F5E34 4D5A9E4B CF6509A7 F39789F5 15AB8F92 DDBCBD41 4D940E93";
    const CURVE_X: &str = "32C4AE2C 1F198119 5F990446 6A39C994 8FE30BBF F2660BE1 715A4589 334C74C7";
    const CURVE_Y: &str = "BC3736A2 F4F6779C 59BDCEE3 6B692153 D0A9877C C62A4740 02DF32E5 2139F0A0";

    #[test]
    fn the_standards_example_comes_out_as_printed() {
        let identity = [&[0x00, 0x80], IDENTITY.as_bytes()].concat();
        let za =
            [CURVE_A, CURVE_B, CURVE_X, CURVE_Y, X, Y].iter().fold(identity, |all, part| [all, bytes(part)].concat());
        let za = Sm3::digest(za);
        assert_eq!(za.to_vec(), bytes(ZA));
        let e = Sm3::new().chain_update(za).chain_update(b"message digest").finalize();
        assert_eq!(e.to_vec(), bytes(E));
        let key = SigningKey::from_slice(IDENTITY, &bytes(SECRET)).unwrap();
        let point = [vec![4], bytes(X), bytes(Y)].concat();
        assert_eq!(key.verifying_key().to_sec1_bytes().to_vec(), point);
        let signature = [bytes(R), bytes(S)].concat();
        let hex = hex(&signature);
        let point: [u8; 65] = point.try_into().unwrap();
        assert!(holds(&[point], "message digest", &hex));
        assert!(!holds(&[point], "message digesT", &hex));
        // Over the digest itself: whatever the library does about the identity, it is this one.
        let signature = Signature::from_slice(&signature).unwrap();
        assert!(key.verifying_key().verify_prehash(&e, &signature).is_ok());
    }

    #[test]
    fn another_identity_gives_another_signature() {
        let other = SigningKey::from_slice("ALICE123@YAHOO.COM", &bytes(SECRET)).unwrap();
        let signature: Signature = other.try_sign(b"{}").unwrap();
        let point = other.verifying_key().to_sec1_bytes().as_ref().try_into().unwrap();
        let hex = hex(&signature.to_bytes());
        assert!(!holds(&[point], "{}", &hex));
    }

    #[test]
    fn a_signature_is_of_everything_but_itself() {
        let key = MessageKey::demo().unwrap();
        let point = [key.point().unwrap()];
        let signed = key.signed(json!({ "infno": "1101", "input": { "b": [1, null], "a": "医保" } })).unwrap();
        let signature = signed["cainfo"].as_str().unwrap();
        assert_eq!(signed_text(&signed), r#"{"infno":"1101","input":{"a":"医保","b":[1,null]}}"#);
        assert!(holds(&point, &signed_text(&signed), signature));
        let raw = bytes(signature);
        let der = Signature::from_slice(&raw).unwrap().to_der();
        for form in [STANDARD.encode(&raw), STANDARD.encode(der.as_bytes()), signature.to_uppercase()] {
            assert!(holds(&point, &signed_text(&signed), &form), "{form}");
        }
        for bad in ["", "00", &"0".repeat(128), &"f".repeat(128), &STANDARD.encode([0x30, 0x00]), &"é".repeat(64)] {
            assert!(!holds(&point, &signed_text(&signed), bad), "{bad}");
        }
        assert!(!holds(&[], &signed_text(&signed), signature));
        let mut other = [4; 65];
        other[64] = 9;
        assert!(!holds(&[other], &signed_text(&signed), signature), "no point of the curve");
    }
}
