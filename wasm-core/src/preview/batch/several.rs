//! Codes of a row that stand in several columns (主要诊断编码, 其他诊断编码1, 其他诊断编码2 …), put together as one
//! column would have them.

use crate::drg::{Cells, Field, is_rest, names, stem, trimmed};
use crate::error::{Refusal, RefusalCode};

/// Fields of codes: of the first of them, of all of them, and the name of the column that they come into.
const CODES: [(Field, Field, &str); 2] =
    [(Field::Principal, Field::Diagnoses, "diagnoses"), (Field::MainOperation, Field::Operations, "operations")];

/// Where a table with several such columns has them.
#[derive(Debug)]
pub(super) struct Several {
    separator: u8,
    /// Of diagnoses and of operations, the principal or main one first.
    codes: [Vec<usize>; 2],
    /// The other columns.
    rest: Vec<usize>,
}

impl Several {
    /// With the header that lines have afterwards; `None` where there is no more than one column of each.
    ///
    /// # Errors
    /// When it is not certain which column has the principal diagnosis or the main operation.
    pub fn of(header: &[u8]) -> Result<Option<(Several, Vec<u8>)>, Refusal> {
        let (separator, names) = names(header);
        let [diagnoses, operations] = CODES.map(|(first, all, _)| columns(&names, first, all));
        let codes = [diagnoses?, operations?];
        if codes.iter().all(|columns| columns.len() <= 1) {
            return Ok(None);
        }
        let is_rest = |at: &usize| !codes.iter().any(|columns| columns.contains(at));
        let rest: Vec<usize> = (0..names.len()).filter(is_rest).collect();
        let mut line = Vec::new();
        let others = rest.iter().filter_map(|at| names.get(*at)).map(String::as_bytes);
        let ours = CODES.iter().zip(&codes).filter(|(_, columns)| !columns.is_empty());
        for cell in others.chain(ours.map(|((.., name), _)| name.as_bytes())) {
            push(&mut line, cell);
        }
        Ok(Some((Several { separator, codes, rest }, line)))
    }

    /// A line as it is read under that header.
    pub fn line(&self, line: &[u8], out: &mut Vec<u8>) {
        let cells: Vec<&[u8]> = Cells::of(self.separator, trimmed(line)).collect();
        let cell = |at: &usize| cells.get(*at).copied().unwrap_or_default();
        out.clear();
        for at in &self.rest {
            push(out, cell(at));
        }
        for columns in self.codes.iter().filter(|columns| !columns.is_empty()) {
            let all: Vec<&[u8]> = columns.iter().map(cell).map(<[u8]>::trim_ascii).collect();
            // Where there is no first code, the second is not it.
            let known = all.first().is_some_and(|first| !first.is_empty());
            let codes: Vec<&[u8]> = all.into_iter().filter(|code| known && !code.is_empty()).collect();
            push(out, &codes.join(&b'|'));
        }
    }
}

/// A cell behind the others, with a tab after it, so that one cell alone is known to be between tabs.
fn push(line: &mut Vec<u8>, cell: &[u8]) {
    line.extend(cell.iter().map(|byte| if *byte == b'\t' { b' ' } else { *byte }));
    line.push(b'\t');
}

/// Columns of one kind of codes: one that has the first, or several that are counted, and those that have the others.
fn columns(names: &[String], first: Field, all: Field) -> Result<Vec<usize>, Refusal> {
    let of_kind = |name: &String| Field::of_header(name).is_some_and(|field| field == first || field == all);
    let found: Vec<(usize, &String)> = names.iter().enumerate().filter(|(_, name)| of_kind(name)).collect();
    let (rest, heads): (Vec<_>, Vec<_>) = found.into_iter().partition(|(_, name)| is_rest(name));
    let one_kind = |columns: &[(usize, &String)]| {
        let counted = |pair: &[(usize, &String)]| matches!(pair, [(_, a), (_, b)] if a != b && stem(a) == stem(b));
        columns.windows(2).all(counted)
    };
    if !one_kind(&heads) || !one_kind(&rest) || (heads.is_empty() && !rest.is_empty()) {
        let accepted = format!("1 × {}", first.names().join(" / "));
        return Err(Refusal::new(RefusalCode::Malformed, "header", accepted));
    }
    Ok(heads.into_iter().chain(rest).map(|(at, _)| at).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(header: &str, line: &str) -> Option<[String; 2]> {
        let (several, header) = Several::of(header.as_bytes()).unwrap()?;
        let mut out = Vec::new();
        several.line(line.as_bytes(), &mut out);
        Some([header, out].map(|bytes| String::from_utf8(bytes).unwrap()))
    }

    #[test]
    fn codes_of_several_columns_come_into_one() {
        let header = "其他诊断编码1,病案号,主要诊断编码,其他诊断编码2,主要手术操作编码,其他手术操作编码1";
        let told = read(header, "B01.0,7,A00.0, C00.0|D00.0 ,51.2300,\r").unwrap();
        assert_eq!(told, ["病案号\tdiagnoses\toperations\t", "7\tA00.0|B01.0|C00.0|D00.0\t51.2300\t"]);
        assert_eq!(read("id\t诊断编码1\t诊断编码2", "7\tA00.0\tB01.0").unwrap()[1], "7\tA00.0|B01.0\t");
        assert_eq!(read("id,性别,主要诊断编码,手术操作编码", ""), None, "one of each is read as it stands");
    }

    #[test]
    fn without_a_principal_diagnosis_no_other_is_taken_for_it() {
        assert_eq!(read("id,主要诊断编码,其他诊断编码1", "7,,B01.0").unwrap()[1], "7\t\t");
    }

    #[test]
    fn which_column_has_the_principal_has_to_be_certain() {
        for header in [
            "id,主要诊断编码,诊断编码",
            "id,其他诊断编码1",
            "dx,诊断",
            "主要诊断编码,主要诊断编码",
            "dx,其他诊断1,其他诊断编码2",
        ] {
            assert_eq!(Several::of(header.as_bytes()).unwrap_err().field, "header", "{header}");
        }
    }
}
