//! What a text file's bytes mean.

use std::borrow::Cow;

#[cfg(feature = "encodings")]
use encoding_rs::{GB18030, UTF_8, UTF_16BE, UTF_16LE};

/// How a text file was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    Utf8,
    Utf16,
    /// GBK and what it grew into.
    Gb18030,
    /// Neither fits throughout: read as GB18030 with replacement characters.
    Unclear,
}

/// UTF-8, with or without its mark; what else there is has been decoded before.
#[cfg(not(feature = "encodings"))]
pub fn decode(bytes: &[u8]) -> (Cow<'_, str>, Encoding) {
    let text = String::from_utf8_lossy(bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes));
    let encoding = if matches!(text, Cow::Borrowed(_)) { Encoding::Utf8 } else { Encoding::Unclear };
    (text, encoding)
}

/// A mark at the beginning decides; else UTF-8 where every byte fits, else GB18030.
#[cfg(feature = "encodings")]
pub fn decode(bytes: &[u8]) -> (Cow<'_, str>, Encoding) {
    for (encoding, mark, name) in [
        (UTF_8, &b"\xEF\xBB\xBF"[..], Encoding::Utf8),
        (UTF_16LE, &b"\xFF\xFE"[..], Encoding::Utf16),
        (UTF_16BE, &b"\xFE\xFF"[..], Encoding::Utf16),
    ] {
        if let Some(rest) = bytes.strip_prefix(mark) {
            let (text, damaged) = encoding.decode_without_bom_handling(rest);
            return (text, if damaged { Encoding::Unclear } else { name });
        }
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return (Cow::Borrowed(text), Encoding::Utf8);
    }
    let (text, damaged) = GB18030.decode_without_bom_handling(bytes);
    (text, if damaged { Encoding::Unclear } else { Encoding::Gb18030 })
}

#[cfg(all(test, feature = "encodings"))]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_told_apart() {
        let gbk = GB18030.encode("病种编码").0.into_owned();
        assert_eq!(decode(&gbk), ("病种编码".into(), Encoding::Gb18030));
        assert_eq!(decode("\u{FEFF}病种".as_bytes()), ("病种".into(), Encoding::Utf8));
        assert_eq!(decode("病种".as_bytes()).1, Encoding::Utf8);
        assert_eq!(decode(b"\xFF\xFEA\0"), ("A".into(), Encoding::Utf16));
        let (text, encoding) = decode(b"a\xFF\xFFb");
        assert_eq!(encoding, Encoding::Unclear);
        assert!(text.contains('\u{FFFD}'));
    }
}
