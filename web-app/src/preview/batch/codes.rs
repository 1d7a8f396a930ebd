//! The codes of a row, from however many columns. Nothing here knows a browser.

use anxin_core::drg::Place;

use super::columns::{Column, Field};
use super::record::Record;

/// Separated by bars, the principal or main one first.
#[derive(Default)]
pub struct Codes {
    pub diagnoses: Vec<u8>,
    pub operations: Vec<u8>,
    /// 手术操作类型 of each operation, in their order; nothing where the table has none.
    pub classes: Vec<u8>,
    /// The class of each place of the columns of classes, before operations are put beside them.
    told: Vec<Vec<u8>>,
}

impl Codes {
    pub fn fill(&mut self, columns: &[Column], record: &Record<'_>) {
        let Codes { diagnoses, operations, classes, told } = self;
        diagnoses.clear();
        let lacks = |cell: &[u8]| split(cell).all(<[u8]>::is_empty);
        // Where there is no principal diagnosis, no other is taken for it.
        if !cells(columns, record, [Field::Principal]).any(lacks) {
            for cell in cells(columns, record, [Field::Principal, Field::Diagnoses]) {
                split(cell).filter(|code| !code.is_empty()).for_each(|code| join(diagnoses, code));
            }
        }
        operations.clear();
        classes.clear();
        told.clear();
        told.extend(cells(columns, record, [Field::OperationClasses]).flat_map(words).map(<[u8]>::to_vec));
        let mut told = told.iter();
        let mut first = true;
        for cell in cells(columns, record, [Field::MainOperation, Field::Operations]) {
            for code in split(cell) {
                // A class that stands beside no code is passed over with it.
                let class = told.next();
                if code.is_empty() {
                    continue;
                }
                join(operations, code);
                if !first {
                    classes.push(b'|');
                }
                classes.extend_from_slice(class.map(Vec::as_slice).unwrap_or_default());
                first = false;
            }
        }
        if classes.iter().all(|b| *b == b'|') {
            classes.clear();
        }
    }

    /// The code at a place of the record; empty where it is no code's.
    pub fn at(&self, place: Place) -> String {
        let (all, at) = match place {
            Place::Diagnosis(n) => (&self.diagnoses, n),
            Place::Operation(n) => (&self.operations, n),
            _ => return String::new(),
        };
        let code = all.split(|b| *b == b'|').nth(usize::from(at)).unwrap_or_default();
        String::from_utf8_lossy(code).into_owned()
    }

    pub fn each(all: &[u8]) -> impl Iterator<Item = &[u8]> {
        all.split(|b| *b == b'|').filter(|code| !code.is_empty())
    }
}

fn cells<'a, const N: usize>(
    columns: &'a [Column],
    record: &'a Record<'_>,
    fields: [Field; N],
) -> impl Iterator<Item = &'a [u8]> {
    fields.into_iter().flat_map(move |field| {
        let of_field = columns.iter().enumerate().filter(move |(_, c)| c.field == Some(field));
        of_field.map(|(at, _)| record.cell(at))
    })
}

/// Codes of a cell, however they are separated. A full-width mark is three bytes that no code has. Between two
/// bars there may be none; what lies between blanks is.
fn split(cell: &[u8]) -> impl Iterator<Item = &[u8]> {
    let bars = cell.split(|b| matches!(b, b'|' | b',' | b';'));
    bars.flat_map(|between| {
        let apart = |b: &u8| b.is_ascii_whitespace() || !b.is_ascii();
        let mut parts: Vec<&[u8]> = between.split(apart).filter(|part| !part.is_empty()).collect();
        if parts.is_empty() {
            parts.push(&[]);
        }
        parts
    })
}

/// Words of a cell of classes, which may be Chinese.
fn words(cell: &[u8]) -> impl Iterator<Item = &[u8]> {
    cell.split(|b| matches!(b, b'|' | b',' | b';')).map(<[u8]>::trim_ascii)
}

fn join(into: &mut Vec<u8>, code: &[u8]) {
    if !into.is_empty() {
        into.push(b'|');
    }
    into.extend_from_slice(code);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::preview::batch::columns::guess;
    use crate::preview::batch::csv::Table;

    fn filled(headers: &[&str], row: &str) -> [String; 3] {
        let columns = guess(&headers.iter().map(|h| (*h).to_owned()).collect::<Vec<_>>());
        let mut codes = Codes::default();
        Table::new(b',').push(row.as_bytes(), |record| codes.fill(&columns, record));
        [codes.diagnoses, codes.operations, codes.classes].map(|bytes| String::from_utf8(bytes).unwrap())
    }

    #[test]
    fn codes_come_from_any_number_of_columns() {
        let headers = ["其他诊断1", "主要诊断", "其他诊断2", "proc"];
        let [diagnoses, operations, _] = filled(&headers, "B01.0，B02.0,A00.0,\"C00.0;C01.0|\",\n");
        assert_eq!(diagnoses, "A00.0|B01.0|B02.0|C00.0|C01.0");
        assert!(operations.is_empty());
        let [diagnoses, ..] = filled(&headers, "B01.0,,A00.0,,\n");
        assert!(diagnoses.is_empty(), "nothing is known of the principal: {diagnoses}");
    }

    #[test]
    fn a_class_stays_with_its_operation() {
        let one = ["dx", "ops", "op_classes"];
        assert_eq!(filled(&one, "I10,51.23|47.01 ,SURG|DIAG\n")[1..], ["51.23|47.01", "SURG|DIAG"]);
        assert_eq!(filled(&one, "I10,51.23||47.01,手术||诊断性操作\n")[1..], ["51.23|47.01", "手术|诊断性操作"]);
        assert_eq!(filled(&one, "I10,51.23|47.01,|THER\n")[1..], ["51.23|47.01", "|THER"]);
        let many = ["诊断", "手术操作编码1", "手术操作类型1", "手术操作编码2", "手术操作类型2"];
        assert_eq!(filled(&many, "I10,51.23,手术,47.01,\n")[1..], ["51.23|47.01", "手术|"]);
        assert_eq!(filled(&many, "I10,,,47.01,手术\n")[1..], ["47.01", "手术"]);
    }
}
