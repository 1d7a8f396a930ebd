//! One row of a table, however the table was stored.

/// The cells of a row, one behind the other.
pub struct Record<'a> {
    /// Its place in the table as people count, the first being 1.
    pub number: u32,
    bytes: &'a [u8],
    ends: &'a [usize],
}

impl<'a> Record<'a> {
    /// Cells that end at these places of the bytes.
    pub fn new(number: u32, bytes: &'a [u8], ends: &'a [usize]) -> Record<'a> {
        Record { number, bytes, ends }
    }

    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// A cell; empty where the row has none.
    pub fn cell(&self, at: usize) -> &'a [u8] {
        let start = at.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or_default();
        self.ends.get(at).and_then(|end| self.bytes.get(start..*end)).unwrap_or_default()
    }

    pub fn is_blank(&self) -> bool {
        self.bytes.iter().all(u8::is_ascii_whitespace)
    }

    pub fn texts(&self) -> Vec<String> {
        (0..self.len()).map(|at| String::from_utf8_lossy(self.cell(at)).trim().to_owned()).collect()
    }
}
