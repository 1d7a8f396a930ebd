//! Digests that are of no use without a key, and codes made of it.

use std::path::Path;

use anxin_core::{Refusal, RefusalCode};
use hmac::{Hmac, KeyInit as _, Mac as _};
use sm3::{Digest as _, Sm3};

use crate::settings::BadSetting;

/// HMAC-SM3. Without the key the few identity numbers that there can be are not to be tried one after the other.
#[derive(Clone, PartialEq, Eq)]
pub struct LookupKey([u8; 32]);

/// Everybody knows it.
const DEMO: [u8; 32] = *b"anxin demonstration, not secret!";
/// Crockford's base32: no letter is taken for a digit.
const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Of five bits each.
const CODE_LETTERS: usize = 24;
const GROUP: usize = 6;

impl LookupKey {
    pub fn demo() -> LookupKey {
        LookupKey(DEMO)
    }

    pub fn is_demo(&self) -> bool {
        self.0 == DEMO
    }

    pub fn parse(text: &str) -> Option<LookupKey> {
        let plain = text.len() == 64 && text.bytes().all(|b| b.is_ascii_hexdigit());
        let byte = |at: usize| u8::from_str_radix(text.get(at * 2..at * 2 + 2)?, 16).ok();
        let bytes: Option<Vec<u8>> = (0..32).map(byte).collect();
        bytes.filter(|_| plain)?.try_into().ok().map(LookupKey)
    }

    /// The key in a file that a setting names; without a file there is none, or the one that a demonstration has.
    ///
    /// # Errors
    /// Names the setting, when the file has no key or everybody knows it.
    pub fn read(setting: &str, file: &Path, demo: bool) -> Result<Option<LookupKey>, BadSetting> {
        if file.as_os_str().is_empty() {
            return Ok(demo.then(LookupKey::demo));
        }
        let bad = |why: String| BadSetting::new(setting, format!("{}: {why}", file.display()));
        let text = std::fs::read_to_string(file).map_err(|e| bad(e.to_string()))?;
        let key = LookupKey::parse(text.trim()).ok_or_else(|| bad("64 hexadecimal digits".into()))?;
        if key.is_demo() && !demo {
            return Err(bad("everybody knows this key; only --demo takes it".into()));
        }
        Ok(Some(key))
    }

    /// What a digest by the key before becomes by this one.
    pub(super) fn step(&self, digest: [u8; 32]) -> [u8; 32] {
        self.of(b"lookup\0", &digest)
    }

    pub(crate) fn of(&self, what: &[u8], value: &[u8]) -> [u8; 32] {
        // A key of any length is taken.
        let Ok(mut mac) = Hmac::<Sm3>::new_from_slice(&self.0) else { return [0; 32] };
        mac.update(what);
        mac.update(value);
        mac.finalize().into_bytes().into()
    }

    /// # Errors
    /// When it is not shaped like an identity number.
    pub fn person(&self, id_number: &str) -> Result<[u8; 32], Refusal> {
        let number = id_number.trim().to_ascii_uppercase();
        let (digits, last) = number.split_at_checked(17).unwrap_or_default();
        let shaped = digits.bytes().all(|b| b.is_ascii_digit())
            && matches!(last.as_bytes(), [b] if b.is_ascii_digit() || *b == b'X');
        if !shaped {
            return Err(Refusal::new(RefusalCode::Malformed, "id_number", "17 digits and a digit or X"));
        }
        Ok(self.of(b"id number\0", number.as_bytes()))
    }

    /// The code of an invitation: 120 bits that nobody without the key can tell, and the same when asked again.
    pub fn code(&self, invitation: u128) -> String {
        let bytes = self.of(b"invitation\0", &invitation.to_be_bytes());
        let mut code = String::new();
        for (n, byte) in bytes.iter().take(CODE_LETTERS).enumerate() {
            if n > 0 && n % GROUP == 0 {
                code.push('-');
            }
            let letter = LETTERS.get(usize::from(byte & 31)).copied().unwrap_or_default();
            code.push(char::from(letter));
        }
        code
    }
}

/// What is kept of a code, however somebody wrote it.
pub fn digest(code: &str) -> [u8; 32] {
    let plain: String = code.chars().filter(char::is_ascii_alphanumeric).collect();
    Sm3::new().chain_update(b"anxin code\0").chain_update(plain.to_ascii_uppercase()).finalize().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_identity_number_is_known_again_however_it_is_written_and_only_with_the_key() {
        let (key, other) = (LookupKey::demo(), LookupKey([7; 32]));
        let known = key.person("00000019700101001X").unwrap();
        assert_eq!(key.person(" 00000019700101001x ").unwrap(), known);
        assert_ne!(other.person("00000019700101001X").unwrap(), known);
        for bad in ["", "1", "00000019700101001", "0000001970010100123", "00000019700101001Y", "０0000019700101001X"] {
            assert!(key.person(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_code_is_long_and_read_in_any_case() {
        let code = LookupKey::demo().code(5);
        assert_eq!(code.len(), CODE_LETTERS + CODE_LETTERS / GROUP - 1);
        assert_eq!(digest(&code), digest(&code.to_lowercase().replace('-', " ")));
        assert_ne!(code, LookupKey::demo().code(6));
    }

    #[test]
    fn a_key_is_64_hexadecimal_digits() {
        assert!(LookupKey::parse(&"0f".repeat(32)).is_some());
        for bad in ["", "0f", &"0g".repeat(32), &"0f".repeat(33), &"é".repeat(32)] {
            assert!(LookupKey::parse(bad).is_none(), "{bad}");
        }
    }
}
