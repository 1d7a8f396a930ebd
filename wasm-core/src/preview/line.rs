//! Cells of a line that is written.

use std::fmt::Display;
use std::io::Write as _;

/// Writes a cell so that it stays one: quoted where commas separate, without tabs and line ends where
/// tabs do.
pub(super) fn cell(out: &mut Vec<u8>, text: &[u8], separator: u8) {
    let breaks = |b: &u8| matches!(*b, b'\n' | b'\r') || *b == separator;
    if separator == b',' && text.iter().any(|b| breaks(b) || *b == b'"') {
        out.push(b'"');
        for byte in text {
            if *byte == b'"' {
                out.push(b'"');
            }
            out.push(*byte);
        }
        out.push(b'"');
    } else {
        out.extend(text.iter().map(|b| if breaks(b) { b' ' } else { *b }));
    }
}

/// Writes a number, or nothing.
pub(super) fn number(out: &mut Vec<u8>, value: Option<impl Display>) {
    if let Some(value) = value {
        // Writing to a Vec cannot fail.
        let _ = write!(out, "{value}");
    }
}

pub(super) fn end(out: &mut Vec<u8>) {
    out.push(b'\n');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_stays_one_cell() {
        let written = |text: &str, separator| {
            let mut out = Vec::new();
            cell(&mut out, text.as_bytes(), separator);
            String::from_utf8(out).unwrap()
        };
        assert_eq!(written("a, \"b\"", b','), "\"a, \"\"b\"\"\"");
        assert_eq!(written("a, \"b\"", b'\t'), "a, \"b\"");
        assert_eq!(written("a\tb\nc", b'\t'), "a b c");
        assert_eq!(written("a\tb", b','), "a\tb");
    }
}
