//! Personal data at rest: SM4 in GCM (RFC 8998), under keys that have names. A sealed value is bound to its place, so
//! that one put into another row does not open there.

mod lookups;
mod place;
mod reseal;

use std::fmt;

use aes_gcm::aead::{Aead as _, KeyInit as _, Payload};
use aes_gcm::{AesGcm, Nonce};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use sm4::Sm4;
use sm4::cipher::consts::U12;

use crate::error::StoreError;
pub(crate) use place::Place;

/// What a sealed value begins with.
const MARK: &str = "sm4:";
const KEY_BYTES: usize = 16;
const NONCE_BYTES: usize = 12;
const NAME_MAX: usize = 32;

/// Everybody knows it.
const DEMO_NAME: &str = "demo";
const DEMO: [u8; KEY_BYTES] = *b"anxin demo, open";

/// Why a file of keys is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum VaultError {
    #[error("a line is a name (1 to 32 of a–z, 0–9 and -), a space and 32 hexadecimal digits")]
    Shape,
    #[error("a name stands twice")]
    Twice,
    #[error("at least one key")]
    Empty,
    #[error("everybody knows this key; only --demo takes it")]
    Known,
}

struct Key {
    name: String,
    cipher: AesGcm<Sm4, U12>,
}

/// The keys that fields are sealed with. The last one seals, every one opens.
pub struct Vault {
    keys: Vec<Key>,
}

impl fmt::Debug for Vault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.keys.iter().map(|key| &key.name)).finish()
    }
}

impl Key {
    fn new(name: &str, bytes: &[u8; KEY_BYTES]) -> Key {
        Key { name: name.to_owned(), cipher: AesGcm::new(bytes.into()) }
    }
}

impl Vault {
    /// For demonstrations: it keeps nothing secret.
    pub fn demo() -> Vault {
        Vault { keys: vec![Key::new(DEMO_NAME, &DEMO)] }
    }

    /// Keys from the text of a file, one a line; empty lines and those that begin with `#` are left out.
    ///
    /// # Errors
    /// When a line is not shaped like a key, a name stands twice, there is none, or everybody knows one.
    pub fn parse(text: &str) -> Result<Vault, VaultError> {
        let mut keys: Vec<Key> = Vec::new();
        for line in text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
            let (name, digits) = line.split_once(' ').ok_or(VaultError::Shape)?;
            let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
            if name.is_empty() || name.len() > NAME_MAX || !name.bytes().all(plain) {
                return Err(VaultError::Shape);
            }
            let mut bytes = [0; KEY_BYTES];
            let decoded = base16ct::mixed::decode(digits.trim(), &mut bytes).map_err(|_| VaultError::Shape)?;
            if decoded.len() != KEY_BYTES {
                return Err(VaultError::Shape);
            }
            if bytes == DEMO {
                return Err(VaultError::Known);
            }
            if keys.iter().any(|key| key.name == name) {
                return Err(VaultError::Twice);
            }
            keys.push(Key::new(name, &bytes));
        }
        if keys.is_empty() { Err(VaultError::Empty) } else { Ok(Vault { keys }) }
    }

    /// What values begin with that need not be sealed anew.
    fn mark(&self) -> String {
        format!("{MARK}{}:", self.keys.last().map_or("", |key| &key.name))
    }

    pub(crate) fn seal(&self, place: &Place, plain: &[u8]) -> Result<String, StoreError> {
        let failed = || StoreError::Halted(format!("{} is not sealed", place.name()));
        let key = self.keys.last().ok_or_else(failed)?;
        let mut nonce = [0; NONCE_BYTES];
        getrandom::fill(&mut nonce).map_err(|_| failed())?;
        let payload = Payload { msg: plain, aad: place.bytes() };
        let sealed = key.cipher.encrypt(&Nonce::from(nonce), payload).map_err(|_| failed())?;
        Ok(self.mark() + &STANDARD_NO_PAD.encode([&nonce[..], &sealed].concat()))
    }

    /// What was sealed for this place. A value from before fields were sealed is as it stands.
    pub(crate) fn open(&self, place: &Place, stored: &[u8]) -> Result<Vec<u8>, StoreError> {
        let Some(marked) = stored.strip_prefix(MARK.as_bytes()) else { return Ok(stored.to_vec()) };
        let damaged = |what: &str| StoreError::Damaged(format!("{}: {what}", place.name()));
        let marked = std::str::from_utf8(marked).map_err(|_| damaged("no text"))?;
        let (name, text) = marked.split_once(':').ok_or_else(|| damaged("no key is named"))?;
        let key = self.keys.iter().find(|key| key.name == name);
        let key = key.ok_or_else(|| damaged(&format!("sealed with the key {name}, which is not there")))?;
        let whole = STANDARD_NO_PAD.decode(text).map_err(|_| damaged("no base64"))?;
        let (nonce, sealed) = whole.split_first_chunk::<NONCE_BYTES>().ok_or_else(|| damaged("too short"))?;
        let payload = Payload { msg: sealed, aad: place.bytes() };
        key.cipher.decrypt(&Nonce::from(*nonce), payload).map_err(|_| damaged("it does not open"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(row: u128) -> Place {
        Place::new("person.born", 7).id(row)
    }

    fn vault(text: &str) -> Vault {
        Vault::parse(text).unwrap()
    }

    const OLD: &str = "2026-01 000102030405060708090a0b0c0d0e0f";
    const NEW: &str = "2026-11 f0e0d0c0b0a090807060504030201000";

    #[test]
    fn the_cipher_is_that_of_the_standard() {
        let hex = |text: &str| base16ct::mixed::decode_vec(text).unwrap();
        let key: [u8; 16] = hex("0123456789ABCDEFFEDCBA9876543210").try_into().unwrap();
        let nonce: [u8; 12] = hex("00001234567800000000ABCD").try_into().unwrap();
        let plain = ["AA", "BB", "CC", "DD", "EE", "FF", "EE", "AA"].map(|byte| byte.repeat(8)).concat();
        let aad = hex("FEEDFACEDEADBEEFFEEDFACEDEADBEEFABADDAD2");
        let payload = Payload { msg: &hex(&plain), aad: &aad };
        let sealed = Key::new("a", &key).cipher.encrypt(&Nonce::from(nonce), payload).unwrap();
        let expected = "17F399F08C67D5EE19D0DC9969C4BB7D5FD46FD3756489069157B282BB200735\
            D82710CA5C22F0CCFA7CBF93D496AC15A56834CBCF98C397B4024A2691233B8D83DE3541E4C2B58177E065A9BF7B62EC";
        assert_eq!(sealed, hex(expected), "RFC 8998, A.1");
    }

    #[test]
    fn what_is_sealed_opens_in_its_place_only_and_untouched_only() {
        let vault = vault(OLD);
        let sealed = vault.seal(&place(1), b"1958-09-12").unwrap();
        assert!(!sealed.contains("1958"), "{sealed}");
        assert_ne!(vault.seal(&place(1), b"1958-09-12").unwrap(), sealed, "equal values do not look equal");
        assert_eq!(vault.open(&place(1), sealed.as_bytes()).unwrap(), b"1958-09-12");
        assert!(vault.open(&place(2), sealed.as_bytes()).is_err(), "another row");
        assert!(vault.open(&Place::new("person.born", 8).id(1), sealed.as_bytes()).is_err(), "another area");
        for at in MARK.len()..sealed.len() {
            let mut touched = sealed.clone().into_bytes();
            touched[at] = if touched[at] == b'A' { b'B' } else { b'A' };
            assert!(vault.open(&place(1), &touched).is_err(), "{at}");
        }
    }

    #[test]
    fn every_key_opens_and_the_last_one_seals() {
        let old = vault(OLD).seal(&place(1), b"x").unwrap();
        let both = vault(&format!("# of this year\n{OLD}\n\n{NEW}\n"));
        assert_eq!(both.open(&place(1), old.as_bytes()).unwrap(), b"x");
        let new = both.seal(&place(1), b"x").unwrap();
        assert!(new.starts_with("sm4:2026-11:"), "{new}");
        let gone = vault(OLD).open(&place(1), new.as_bytes()).unwrap_err();
        assert!(gone.to_string().contains("2026-11"), "{gone}");
        assert_eq!(both.open(&place(1), b"1958-09-12").unwrap(), b"1958-09-12", "from before");
    }

    #[test]
    fn a_file_of_keys_is_read_strictly() {
        let check = |text: &str, expected| assert_eq!(Vault::parse(text).map(drop), Err(expected), "{text}");
        check("", VaultError::Empty);
        check("# nothing\n", VaultError::Empty);
        check("a", VaultError::Shape);
        check("a 00", VaultError::Shape);
        check(&OLD.replace("0f", "0g"), VaultError::Shape);
        check(&format!("{OLD}00"), VaultError::Shape);
        check(&OLD.replace("2026", "_"), VaultError::Shape);
        check(&format!("{OLD}\n{OLD}"), VaultError::Twice);
        let demo: String = DEMO.iter().map(|byte| format!("{byte:02x}")).collect();
        check(&format!("mine {demo}"), VaultError::Known);
    }
}
