//! Finding a person without keeping who it is: identity numbers as keyed digests, under keys that change. Each key digests
//! what the one before made of a number, for the number itself is nowhere to begin with it anew.

use anxin_core::Refusal;
use wallet_store::Person;

use super::key::{LookupKey, digest};
use crate::settings::{BadSetting, Settings};

const NAME_MAX: usize = 32;
/// What stands behind a key that is known already and that nothing is written by yet.
const NEXT: &str = "next";

struct Named {
    name: String,
    key: LookupKey,
}

/// The keys in their order, the oldest first.
pub struct LookupKeys {
    keys: Vec<Named>,
    /// How many of them are written by.
    written: usize,
}

/// What an identity number is under each key, the oldest first.
#[derive(Clone, PartialEq, Eq)]
pub struct Lookups {
    pub all: Vec<[u8; 32]>,
    /// The one that is written, and the name of its key.
    pub present: [u8; 32],
    pub key: String,
}

impl LookupKeys {
    pub fn demo() -> LookupKeys {
        LookupKeys { keys: vec![Named { name: String::new(), key: LookupKey::demo() }], written: 1 }
    }

    /// One key a line: 64 hexadecimal digits, before them a name that only the first may go without, after them `next`
    /// for one that is not written by yet. Empty lines and those that begin with `#` are left out.
    pub fn parse(text: &str) -> Option<LookupKeys> {
        let (mut keys, mut written) = (Vec::<Named>::new(), 0);
        for line in text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
            let words: Vec<&str> = line.split_whitespace().collect();
            let (name, digits, next) = match words.as_slice() {
                [digits] if keys.is_empty() => ("", digits, false),
                [name, digits] => (*name, digits, false),
                [name, digits, mark] if *mark == NEXT => (*name, digits, true),
                _ => return None,
            };
            let plain = name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
            let twice = keys.iter().any(|named| named.name == name);
            // Whatever stands behind one that is not written by is not written by either.
            if !plain || name.len() > NAME_MAX || twice || (!next && written < keys.len()) {
                return None;
            }
            keys.push(Named { name: name.to_owned(), key: LookupKey::parse(digits)? });
            written += usize::from(!next);
        }
        (written > 0).then_some(LookupKeys { keys, written })
    }

    /// The keys in the file of `family.key`; without a file there are none, or the one that a demonstration has.
    ///
    /// # Errors
    /// Names the setting, when the file is not taken or everybody knows a key in it.
    pub fn read(settings: &Settings) -> Result<Option<LookupKeys>, BadSetting> {
        let (file, demo) = (&settings.family.key, settings.demo);
        if file.as_os_str().is_empty() {
            return Ok(demo.then(LookupKeys::demo));
        }
        let bad = |why: String| BadSetting::new("family.key", format!("{}: {why}", file.display()));
        let text = std::fs::read_to_string(file).map_err(|e| bad(e.to_string()))?;
        let accepted = "one key a line: a name, 64 hexadecimal digits, and `next` where nothing is written by it yet";
        let keys = LookupKeys::parse(&text).ok_or_else(|| bad(accepted.into()))?;
        if keys.keys.iter().any(|named| named.key.is_demo()) && !demo {
            return Err(bad("everybody knows this key; only --demo takes it".into()));
        }
        if keys.keys.len() > 1 && !settings.cells.peers.is_empty() {
            // What another area digests by its only key would be found here no more.
            return Err(bad("a single key, as long as there are [cells.peers]".into()));
        }
        Ok(Some(keys))
    }

    /// The name of the key that is written by.
    pub fn present(&self) -> &str {
        self.keys.get(self.written - 1).map_or("", |named| &named.name)
    }

    /// Under every key.
    ///
    /// # Errors
    /// When it is not shaped like an identity number.
    pub fn person(&self, id_number: &str) -> Result<Lookups, Refusal> {
        let mut all = Vec::new();
        for named in &self.keys {
            all.push(match all.last() {
                None => named.key.person(id_number)?,
                Some(before) => named.key.step(*before),
            });
        }
        let present = all.get(self.written - 1).copied().unwrap_or_default();
        Ok(Lookups { all, present, key: self.present().to_owned() })
    }

    /// What is known of somebody under the key that their row has come to, and under every later one.
    pub fn of(&self, person: &Person) -> Vec<[u8; 32]> {
        let mut all = vec![person.lookup];
        let later = self.keys.iter().skip_while(|named| named.name != person.lookup_key).skip(1);
        for named in later {
            let next = all.last().map(|before| named.key.step(*before));
            all.extend(next);
        }
        all
    }

    /// A digest by the key of this name, under the one that is written by; `None` where there is no such key.
    pub fn forward(&self, name: &str, digest: [u8; 32]) -> Option<[u8; 32]> {
        let at = self.keys.iter().position(|named| named.name == name)?;
        Some(self.keys.get(at + 1..self.written)?.iter().fold(digest, |digest, named| named.key.step(digest)))
    }

    /// The code of an invitation that is made now.
    pub fn code(&self, invitation: u128) -> String {
        self.keys.get(self.written - 1).map(|named| named.key.code(invitation)).unwrap_or_default()
    }

    /// The code that an invitation was given, whichever key was written by then.
    pub fn code_of(&self, invitation: u128, kept: [u8; 32]) -> Option<String> {
        self.keys.iter().map(|named| named.key.code(invitation)).find(|code| digest(code) == kept)
    }
}

#[cfg(test)]
mod tests {
    use wallet_ledger::OwnerId;

    use super::*;

    const NUMBER: &str = "00000019700101001X";

    fn line(name: &str, byte: &str) -> String {
        format!("{name} {}", byte.repeat(32))
    }

    fn keys(lines: &[&str]) -> LookupKeys {
        LookupKeys::parse(&lines.join("\n")).unwrap()
    }

    fn somebody(lookups: &Lookups) -> Person {
        Person {
            owner: OwnerId(1),
            lookup: lookups.present,
            lookup_key: lookups.key.clone(),
            area: "440100".into(),
            cover: "employee".into(),
            born: None,
            without_phone: false,
            died: None,
        }
    }

    #[test]
    fn a_number_is_found_under_the_key_before_and_goes_on_to_the_next() {
        let (first, second) = ("0a".repeat(32), line("2027", "0b"));
        let old = keys(&[&first]);
        let next = keys(&[&first, &format!("{second} next")]);
        let new = keys(&[&first, &second]);
        let known = |keys: &LookupKeys| keys.person(NUMBER).unwrap();
        assert_eq!(known(&old).present, known(&next).present, "not written by yet");
        assert_eq!((known(&new).key.as_str(), known(&old).key.as_str()), ("2027", ""));
        assert_eq!(known(&new).all, known(&next).all);
        assert_eq!(known(&new).all, [known(&old).present, known(&new).present]);
        assert_eq!(new.forward("", known(&old).present), Some(known(&new).present));
        assert_eq!(new.forward("2027", known(&new).present), Some(known(&new).present));
        assert_eq!(new.forward("2028", known(&new).present), None);
        assert_eq!(new.of(&somebody(&known(&old))), known(&new).all);
        assert_eq!(new.of(&somebody(&known(&new))), [known(&new).present]);
        assert_ne!(keys(&[&"0c".repeat(32), &second]).person(NUMBER).unwrap().present, known(&new).present);
    }

    #[test]
    fn a_code_is_told_again_after_the_key_has_changed() {
        let (first, second) = ("0a".repeat(32), line("2027", "0b"));
        let (old, new) = (keys(&[&first]), keys(&[&first, &second]));
        assert_ne!(old.code(5), new.code(5));
        assert_eq!(new.code_of(5, digest(&old.code(5))), Some(old.code(5)));
        assert_eq!(new.code_of(6, digest(&old.code(5))), None);
    }

    #[test]
    fn a_file_of_keys_is_read_strictly() {
        let (first, second) = ("0a".repeat(32), line("2027", "0b"));
        let next = format!("{second} next");
        for good in [first.clone(), second.clone(), format!("# of 2026\n{first}\n\n{next}\n")] {
            assert!(LookupKeys::parse(&good).is_some(), "{good}");
        }
        let bad = [
            String::new(),
            next.clone(),
            format!("{second}\n{first}"),
            format!("{second}\n{second}"),
            format!("{first}\n{next}\n{}", line("2028", "0c")),
            format!("{second} later"),
            line("É", "0b"),
            "2027 0b".into(),
        ];
        for bad in bad {
            assert!(LookupKeys::parse(&bad).is_none(), "{bad}");
        }
    }
}
