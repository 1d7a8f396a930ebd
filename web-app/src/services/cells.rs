//! Cells of tables that are given out.

/// Writes a cell of a comma-separated line so that it stays one.
pub fn write_cell(out: &mut Vec<u8>, cell: &[u8]) {
    if cell.iter().any(|b| matches!(b, b',' | b'"' | b'\n' | b'\r')) {
        out.push(b'"');
        for byte in cell {
            out.extend(if *byte == b'"' { [b'"', b'"'].as_slice() } else { std::slice::from_ref(byte) });
        }
        out.push(b'"');
    } else {
        out.extend_from_slice(cell);
    }
}
