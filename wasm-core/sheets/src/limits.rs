/// What is read at most. The defaults keep a reader below 256 MB whatever the file says of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    pub file_bytes: usize,
    /// Of a text table, which is decoded whole.
    pub text_bytes: usize,
    /// Bytes of one part of a workbook after inflating.
    pub part_bytes: usize,
    /// Bytes of all shared strings.
    pub string_bytes: usize,
    /// How many times larger a part may become; asked once it is over a megabyte.
    pub ratio: usize,
    /// Bytes of one tag or text.
    pub token_bytes: usize,
    /// Bytes of one cell: a spreadsheet holds at most 32,767 characters.
    pub cell_bytes: usize,
    pub sheets: usize,
    pub rows: u32,
    pub columns: usize,
    pub cells: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            file_bytes: 64 << 20,
            text_bytes: 32 << 20,
            part_bytes: 512 << 20,
            string_bytes: 32 << 20,
            ratio: 150,
            token_bytes: 4 << 20,
            cell_bytes: 128 << 10,
            sheets: 200,
            rows: 200_000,
            columns: 512,
            cells: 20_000_000,
        }
    }
}
