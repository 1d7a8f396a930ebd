//! Tables of text, read as their pieces arrive.

use csv_core::{ReadRecordResult, Reader, ReaderBuilder};

use super::record::Record;

/// Reads records from pieces that may end anywhere.
pub struct Table {
    reader: Reader,
    bytes: Vec<u8>,
    filled: usize,
    ends: Vec<usize>,
    ended: usize,
    number: u32,
}

impl Table {
    pub fn new(separator: u8) -> Table {
        let mut builder = ReaderBuilder::new();
        builder.delimiter(separator);
        if separator == b'\t' {
            builder.quoting(false);
        }
        Table { reader: builder.build(), bytes: vec![0; 4096], filled: 0, ends: vec![0; 64], ended: 0, number: 0 }
    }

    pub fn push(&mut self, mut piece: &[u8], mut each: impl FnMut(&Record<'_>)) {
        while !piece.is_empty() {
            let (_, read) = self.step(piece, &mut each);
            piece = piece.get(read..).unwrap_or_default();
        }
    }

    /// The last line may have no end.
    pub fn finish(&mut self, mut each: impl FnMut(&Record<'_>)) {
        while self.step(&[], &mut each).0 != ReadRecordResult::End {}
    }

    fn step(&mut self, piece: &[u8], each: &mut impl FnMut(&Record<'_>)) -> (ReadRecordResult, usize) {
        let bytes = self.bytes.get_mut(self.filled..).unwrap_or_default();
        let ends = self.ends.get_mut(self.ended..).unwrap_or_default();
        let (result, read, wrote, ended) = self.reader.read_record(piece, bytes, ends);
        self.filled += wrote;
        self.ended += ended;
        match result {
            ReadRecordResult::OutputFull => self.bytes.resize(self.bytes.len() * 2, 0),
            ReadRecordResult::OutputEndsFull => self.ends.resize(self.ends.len() * 2, 0),
            ReadRecordResult::Record => {
                self.number += 1;
                let bytes = self.bytes.get(..self.filled).unwrap_or_default();
                each(&Record::new(self.number, bytes, self.ends.get(..self.ended).unwrap_or_default()));
                (self.filled, self.ended) = (0, 0);
            }
            ReadRecordResult::InputEmpty | ReadRecordResult::End => {}
        }
        (result, read)
    }
}

/// What separates the cells of a table, by its first line.
pub fn separator(head: &str) -> u8 {
    let line = head.lines().next().unwrap_or_default();
    let count = |c: char| line.matches(c).count();
    let most = [('\t', b'\t'), (',', b','), (';', b';'), ('|', b'|')].into_iter().rev().max_by_key(|(c, _)| count(*c));
    most.filter(|(c, _)| count(*c) > 0).map_or(b',', |(_, byte)| byte)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::services::cells::write_cell;

    fn read(text: &str, separator: u8, piece: usize) -> Vec<Vec<String>> {
        let mut table = Table::new(separator);
        let mut rows = Vec::new();
        for bytes in text.as_bytes().chunks(piece) {
            table.push(bytes, |r| rows.push(r.texts()));
        }
        table.finish(|r| rows.push(r.texts()));
        rows
    }

    #[test]
    fn pieces_may_end_anywhere() {
        let text = "性别,诊断\r\n男,\"I63.900,\n\"\"I10\"\"\"\r\n女,";
        let whole = read(text, b',', text.len());
        assert_eq!(whole, [["性别", "诊断"], ["男", "I63.900,\n\"I10\""], ["女", ""]]);
        for piece in 1..text.len() {
            assert_eq!(read(text, b',', piece), whole, "{piece}");
        }
    }

    #[test]
    fn long_lines_have_room() {
        let cells: Vec<String> = (0..300).map(|i| format!("cell {i} {}", "x".repeat(100))).collect();
        assert_eq!(read(&cells.join("\t"), b'\t', 1000), [cells]);
    }

    #[test]
    fn a_quote_is_nothing_special_between_tabs() {
        assert_eq!(read("a\t\"b\nc\td", b'\t', 3), [["a", "\"b"], ["c", "d"]]);
    }

    #[test]
    fn the_separator_is_the_commonest() {
        for (head, expect) in [("a\tb,c\td", b'\t'), ("a,b", b','), ("a;b;c,d", b';'), ("a", b','), ("", b',')] {
            assert_eq!(separator(head), expect, "{head:?}");
        }
    }

    #[test]
    fn a_cell_that_was_written_is_read_again() {
        for cell in ["a", "a,b", "a \"b\"", "a\nb", ""] {
            let mut out = b"x,".to_vec();
            write_cell(&mut out, cell.as_bytes());
            out.push(b'\n');
            assert_eq!(read(std::str::from_utf8(&out).unwrap(), b',', 7), [["x", cell]]);
        }
    }
}
