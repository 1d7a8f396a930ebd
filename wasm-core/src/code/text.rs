use std::fmt;

/// A code as it is written, at most 24 bytes: `A00.000x001`, `E11.400x360+G99.0*`, `38.9301`.
///
/// Two codes are the same when their bytes are; nothing is normalised here.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code([u8; Code::LEN_MAX]);

impl Code {
    pub const LEN_MAX: usize = 24;
    pub(crate) const NONE: Code = Code([0; Code::LEN_MAX]);

    /// `None` when empty, too long, or not printable ASCII.
    pub fn new(text: &[u8]) -> Option<Code> {
        text.iter().all(u8::is_ascii_graphic).then(|| Code::padded(text)).flatten()
    }

    /// Without the check of the characters: for look-ups only, where a stray byte finds nothing.
    pub(crate) fn padded(text: &[u8]) -> Option<Code> {
        if text.is_empty() || text.len() > Code::LEN_MAX {
            return None;
        }
        let mut bytes = [0; Code::LEN_MAX];
        let (whole, rest) = text.as_chunks::<WORD>();
        let (slots, _) = bytes.as_chunks_mut::<WORD>();
        let words = whole.iter().copied().chain((!rest.is_empty()).then(|| word(rest)));
        slots.iter_mut().zip(words).for_each(|(slot, word)| *slot = word);
        Some(Code(bytes))
    }

    pub fn as_str(&self) -> &str {
        let end = self.0.iter().position(|b| *b == 0).unwrap_or(Code::LEN_MAX);
        self.0.get(..end).and_then(|b| std::str::from_utf8(b).ok()).unwrap_or_default()
    }

    /// A hash whose low and high halves are both well mixed.
    pub(crate) fn hash(&self) -> u64 {
        const ODD: u64 = 0x9E37_79B9_7F4A_7C15;
        let (words, _) = self.0.as_chunks::<WORD>();
        let mixed = words.iter().fold(0_u64, |h, w| (h.rotate_left(29) ^ u64::from_le_bytes(*w)).wrapping_mul(ODD));
        mixed ^ (mixed >> 32)
    }
}

const WORD: usize = 8;

/// Up to eight bytes, filled up with zeros. Its two halves overlap where they have to: codes are too short
/// for a loop over their bytes, or a call that copies them, to be worth it.
#[inline]
fn word(text: &[u8]) -> [u8; WORD] {
    let number = |bytes: &[u8; WORD / 2]| u64::from(u32::from_le_bytes(*bytes));
    let filled = match (text.first_chunk(), text.last_chunk()) {
        (Some(head), Some(tail)) => number(head) | number(tail) << (8 * (text.len() - WORD / 2)),
        _ => text.iter().rev().fold(0, |word, byte| word << 8 | u64::from(*byte)),
    };
    filled.to_le_bytes()
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl serde::Serialize for Code {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_of_every_length_are_padded_with_zeros() {
        let text = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ";
        for len in 1..=Code::LEN_MAX {
            let mut bytes = [0; Code::LEN_MAX];
            bytes[..len].copy_from_slice(&text[..len]);
            assert_eq!(Code::padded(&text[..len]), Some(Code(bytes)));
        }
        assert_eq!((Code::padded(b""), Code::padded(text)), (None, None));
    }
}
