//! 收款码: what an institution shows to be scanned. It names a bill or a counter and is signed with SM2 by a key of that
//! institution, which nobody but this server has. Nothing that is paid is read from it: amount and payee are the bill's.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sm2::SecretKey;
use sm2::dsa::signature::{Signer as _, Verifier as _};
use sm2::dsa::{Signature, SigningKey};
use wallet_ledger::OwnerId;

use crate::family::LookupKey;

/// The signer's identity of GM/T 0009.
const IDENTITY: &str = "1234567812345678";
const VERSION: u8 = 1;
const OF_BILL: u8 = 1;
const OF_COUNTER: u8 = 2;
const SIGNATURE_BYTES: usize = 64;
pub(super) const COUNTER_MAX: usize = 32;
/// Digits for who types instead of scanning.
pub(super) const NUMBER_DIGITS: usize = 12;

/// What a code is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct CounterCode {
    pub institution: OwnerId,
    pub of: CodeOf,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum CodeOf {
    /// One bill; how much and until when is in it for who reads codes away from here, and never what is paid.
    Bill { offer: u128, fen: i64, until_seconds: i64 },
    /// 固定收款码
    Counter(String),
}

/// The key that an institution's codes are signed with. It follows from this server's, so that it is kept nowhere.
fn key_of(key: &LookupKey, institution: OwnerId) -> Option<SigningKey> {
    // Hardly any digest is no scalar of the curve; then the next one is taken.
    let secret = (0_u8..4).find_map(|n| {
        let named = [&institution.0.to_be_bytes()[..], &[n]].concat();
        SecretKey::from_slice(&key.of(b"counter code key\0", &named)).ok()
    });
    SigningKey::new(IDENTITY, &secret?).ok()
}

impl CounterCode {
    fn body(&self) -> Vec<u8> {
        let institution = self.institution.0.to_be_bytes();
        match &self.of {
            CodeOf::Bill { offer, fen, until_seconds } => [
                &[VERSION, OF_BILL][..],
                &institution,
                &offer.to_be_bytes(),
                &fen.to_be_bytes(),
                &until_seconds.to_be_bytes(),
            ]
            .concat(),
            CodeOf::Counter(counter) => [&[VERSION, OF_COUNTER][..], &institution, counter.as_bytes()].concat(),
        }
    }

    /// The text of the picture. The nonce follows from key and text (RFC 6979): the same code is the same text.
    pub(crate) fn written(&self, key: &LookupKey) -> Option<String> {
        let mut bytes = self.body();
        let signature: Signature = key_of(key, self.institution)?.try_sign(&bytes).ok()?;
        bytes.extend(signature.to_bytes());
        Some(URL_SAFE_NO_PAD.encode(bytes))
    }

    /// `None` for whatever this server did not sign.
    pub(crate) fn read(key: &LookupKey, text: &str) -> Option<CounterCode> {
        let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
        let (body, signature) = bytes.split_at_checked(bytes.len().checked_sub(SIGNATURE_BYTES)?)?;
        let code = CounterCode::parse(body)?;
        let signature = Signature::from_slice(signature).ok()?;
        key_of(key, code.institution)?.verifying_key().verify(body, &signature).ok()?;
        Some(code)
    }

    fn parse(body: &[u8]) -> Option<CounterCode> {
        let (head, rest) = body.split_first_chunk::<2>()?;
        let (institution, rest) = rest.split_first_chunk::<16>()?;
        let institution = OwnerId(u128::from_be_bytes(*institution));
        let of = match head {
            [VERSION, OF_BILL] => {
                let (offer, rest) = rest.split_first_chunk::<16>()?;
                let (fen, until) = rest.split_first_chunk::<8>()?;
                let until_seconds = i64::from_be_bytes(until.try_into().ok()?);
                CodeOf::Bill { offer: u128::from_be_bytes(*offer), fen: i64::from_be_bytes(*fen), until_seconds }
            }
            [VERSION, OF_COUNTER] => CodeOf::Counter(std::str::from_utf8(rest).ok()?.to_owned()),
            _ => return None,
        };
        Some(CounterCode { institution, of })
    }
}

/// The number of a bill for who types. Only this server can tell it.
pub(super) fn number_of(key: &LookupKey, offer: u128) -> String {
    let digest = key.of(b"counter number\0", &offer.to_be_bytes());
    let low = digest.iter().take(16).fold(0_u128, |sum, byte| (sum << 8) | u128::from(*byte));
    format!("{:0width$}", low % 10_u128.pow(12), width = NUMBER_DIGITS)
}

pub(super) fn number_digest(key: &LookupKey, number: &str) -> [u8; 32] {
    key.of(b"counter number digest\0", number.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes() -> [CounterCode; 2] {
        let bill = CodeOf::Bill { offer: 7 << 90, fen: 12_000, until_seconds: 1_793_581_260 };
        [bill, CodeOf::Counter("A1".into())].map(|of| CounterCode { institution: OwnerId(5 << 100), of })
    }

    /// SECURITY C4: any byte that is changed, in the code or in its signature, makes it none.
    #[test]
    fn a_code_of_which_anything_was_changed_is_none() {
        let key = LookupKey::demo();
        for code in codes() {
            let text = code.written(&key).unwrap();
            assert_eq!(CounterCode::read(&key, &text), Some(code.clone()));
            assert_eq!(code.written(&key), Some(text.clone()), "the same picture again");
            let bytes = URL_SAFE_NO_PAD.decode(&text).unwrap();
            for at in 0..bytes.len() {
                for flip in [1, 0x80] {
                    let mut other = bytes.clone();
                    other[at] ^= flip;
                    assert_eq!(CounterCode::read(&key, &URL_SAFE_NO_PAD.encode(&other)), None, "byte {at}");
                }
            }
            for cut in 0..bytes.len() {
                assert_eq!(CounterCode::read(&key, &URL_SAFE_NO_PAD.encode(&bytes[..cut])), None, "{cut} bytes");
            }
        }
    }

    /// Somebody who knows the form and has another key, and a checksum instead of a signature.
    #[test]
    fn a_code_of_another_key_is_none() {
        let (key, other) = (LookupKey::demo(), LookupKey::parse(&"5a".repeat(32)).unwrap());
        for code in codes() {
            assert_eq!(CounterCode::read(&key, &code.written(&other).unwrap()), None);
            let checksum = [code.body(), vec![0x5a; SIGNATURE_BYTES]].concat();
            assert_eq!(CounterCode::read(&key, &URL_SAFE_NO_PAD.encode(checksum)), None);
            // Of another institution's key, which follows from the same secret.
            let stranger = CounterCode { institution: OwnerId(9), ..code.clone() };
            let mut swapped = URL_SAFE_NO_PAD.decode(stranger.written(&key).unwrap()).unwrap();
            swapped[2..18].copy_from_slice(&code.institution.0.to_be_bytes());
            assert_eq!(CounterCode::read(&key, &URL_SAFE_NO_PAD.encode(swapped)), None);
        }
    }

    #[test]
    fn a_code_fits_a_picture_that_a_counter_shows() {
        let longest = CodeOf::Counter("9".repeat(COUNTER_MAX));
        let longest = CounterCode { institution: OwnerId(u128::MAX), of: longest };
        for code in codes().into_iter().chain([longest]) {
            // Version 8 with a quarter of it to spare for damage (M) holds 152 bytes.
            assert!(code.written(&LookupKey::demo()).unwrap().len() <= 152, "{code:?}");
        }
    }

    #[test]
    fn numbers_are_twelve_digits_and_differ() {
        let key = LookupKey::demo();
        let all: std::collections::BTreeSet<String> = (0..1_000).map(|offer| number_of(&key, offer)).collect();
        assert!(all.len() == 1_000 && all.iter().all(|n| n.len() == 12 && n.bytes().all(|b| b.is_ascii_digit())));
    }
}
