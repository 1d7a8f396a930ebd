//! Rows of a table as a batch has them: fields borrowed from the line, found by the header's names.

use super::field::{Field, HEADERS, is_rest};
use crate::error::{Refusal, RefusalCode};

/// One record of a table. Every field is as it stands there; empty is unknown.
#[derive(Clone, Copy, Debug, Default)]
pub struct Row<'a> {
    pub id: &'a [u8],
    pub sex: &'a [u8],
    pub age: &'a [u8],
    pub age_days: &'a [u8],
    pub birth_weight: &'a [u8],
    pub stay: &'a [u8],
    pub leaving: &'a [u8],
    pub ventilation: &'a [u8],
    pub ward: &'a [u8],
    /// 医疗费总额 in yuan. Grouping does not look at it.
    pub cost: &'a [u8],
    /// Separated by `|`, the principal first.
    pub diagnoses: &'a [u8],
    /// Separated by `|`, the main operation first.
    pub operations: &'a [u8],
}

/// Where a field stands in a row; `None` for what no scheme asks for.
#[inline]
fn place<'r, 'a>(row: &'r mut Row<'a>, field: Field) -> Option<&'r mut &'a [u8]> {
    Some(match field {
        Field::Id => &mut row.id,
        Field::Sex => &mut row.sex,
        Field::Age => &mut row.age,
        Field::AgeDays => &mut row.age_days,
        Field::BirthWeight => &mut row.birth_weight,
        Field::Stay => &mut row.stay,
        Field::Leaving => &mut row.leaving,
        Field::Ventilation => &mut row.ventilation,
        Field::Department => &mut row.ward,
        Field::Cost => &mut row.cost,
        Field::Diagnoses => &mut row.diagnoses,
        Field::Operations => &mut row.operations,
        _ => return None,
    })
}

/// Where a table has which field.
#[derive(Clone, Debug)]
pub struct Columns(Header<Field>);

impl Columns {
    /// Reads a header: tab-separated when it has a tab, else comma-separated. Columns that are not
    /// used may be there. Refused when there is no column of diagnoses or sex, or one comes twice.
    pub fn from_header(line: &[u8]) -> Result<Columns, Refusal> {
        let used = |field| place(&mut Row::default(), field).is_some();
        Header::of_records(line, used, &[Field::Sex, Field::Diagnoses]).map(Columns)
    }

    /// The fields of one line, without its line end.
    #[inline]
    pub fn row<'a>(&self, line: &'a [u8]) -> Row<'a> {
        let mut row = Row::default();
        self.0.each(line, |field, cell| {
            if let Some(place) = place(&mut row, field) {
                *place = cell;
            }
        });
        row
    }
}

/// Which column has which of a table's fields.
#[derive(Clone, Debug)]
pub(crate) struct Header<F> {
    separator: u8,
    fields: Vec<Option<F>>,
}

impl Header<Field> {
    /// Finds the fields of a record that are used. One column of codes has all of them, the first of which is the
    /// principal or main one.
    pub fn of_records(line: &[u8], used: impl Fn(Field) -> bool, needed: &[Field]) -> Result<Header<Field>, Refusal> {
        let field = |name: &str| {
            let field = match Field::of_header(name).filter(|_| !is_rest(name))? {
                Field::Principal => Field::Diagnoses,
                Field::MainOperation => Field::Operations,
                other => other,
            };
            Some(field).filter(|field| used(*field))
        };
        Header::read(line, &HEADERS, field, |field| needed.contains(&field))
    }
}

impl<F: Copy + PartialEq> Header<F> {
    /// Finds fields by the names they go by; each at most once, and those that are needed exactly once.
    pub fn read(
        line: &[u8],
        known: &[(F, &[&str])],
        field: impl Fn(&str) -> Option<F>,
        needed: impl Fn(F) -> bool,
    ) -> Result<Header<F>, Refusal> {
        let (separator, names) = names(line);
        let fields: Vec<Option<F>> = names.iter().map(|name| field(name)).collect();
        for (field, names) in known {
            let times = fields.iter().filter(|f| **f == Some(*field)).count();
            if times > 1 || (needed(*field) && times == 0) {
                return Err(Refusal::new(RefusalCode::Malformed, "header", format!("1 × {}", names.join(" / "))));
            }
        }
        // What stands after the last column that is used need not be cut up.
        let used = fields.iter().rposition(Option::is_some).map_or(0, |last| last + 1);
        Ok(Header { separator, fields: fields.into_iter().take(used).collect() })
    }

    pub fn has(&self, field: F) -> bool {
        self.fields.contains(&Some(field))
    }

    /// Hands over each field of a line.
    #[inline]
    pub fn each<'a>(&self, line: &'a [u8], mut put: impl FnMut(F, &'a [u8])) {
        for (field, cell) in self.fields.iter().zip(Cells::of(self.separator, trimmed(line))) {
            if let Some(field) = field {
                put(*field, cell);
            }
        }
    }
}

/// What a header's cells are separated by, and what they say.
pub(crate) fn names(header: &[u8]) -> (u8, Vec<String>) {
    let line = trimmed(header.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(header));
    let separator = if line.contains(&b'\t') { b'\t' } else { b',' };
    (separator, Cells::of(separator, line).map(|cell| String::from_utf8_lossy(cell).trim().to_owned()).collect())
}

pub(crate) fn trimmed(line: &[u8]) -> &[u8] {
    line.strip_suffix(b"\r").unwrap_or(line)
}

/// The cells of a line; a quoted one comes without its quotes.
pub(crate) struct Cells<'a> {
    separator: u8,
    rest: Option<&'a [u8]>,
}

impl<'a> Iterator for Cells<'a> {
    type Item = &'a [u8];

    #[inline]
    fn next(&mut self) -> Option<&'a [u8]> {
        let rest = self.rest?;
        if self.separator == b',' && rest.first() == Some(&b'"') {
            return Some(self.quoted(rest.get(1..).unwrap_or_default()));
        }
        Some(self.plain(rest))
    }
}

impl<'a> Cells<'a> {
    pub(crate) fn of(separator: u8, line: &'a [u8]) -> Cells<'a> {
        Cells { separator, rest: Some(line) }
    }

    fn plain(&mut self, rest: &'a [u8]) -> &'a [u8] {
        match memchr::memchr(self.separator, rest) {
            Some(end) => {
                let (cell, after) = rest.split_at(end);
                self.rest = after.get(1..);
                cell
            }
            None => {
                self.rest = None;
                rest
            }
        }
    }

    /// Doubled quotes inside stay doubled: no field that is used has any.
    fn quoted(&mut self, inner: &'a [u8]) -> &'a [u8] {
        let mut at = 0;
        while let Some(more) = inner.get(at..).and_then(|tail| tail.iter().position(|b| *b == b'"')) {
            at += more;
            if inner.get(at + 1) != Some(&b'"') {
                break;
            }
            at += 2;
        }
        let cell = inner.get(..at).unwrap_or(inner);
        let after = inner.get(at + 1..).unwrap_or_default();
        self.plain(after);
        cell
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(header: &str, line: &str, diagnoses: &str, sex: &str) {
        let columns = Columns::from_header(header.as_bytes()).unwrap();
        let row = columns.row(line.as_bytes());
        let text = |b: &[u8]| String::from_utf8(b.to_vec()).unwrap();
        assert_eq!((text(row.diagnoses).as_str(), text(row.sex).as_str()), (diagnoses, sex), "{line:?}");
    }

    #[test]
    fn fields_are_found_by_name() {
        check("id\tgender\tage\tdx\tproc", "1\t2\t50\tA00.100|B01.0\t", "A00.100|B01.0", "2");
        check("DX,Gend,note", "\"A00.100|B01.0\",1,\"a \"\"b\"\", c\"\r", "A00.100|B01.0", "1");
        check("\u{feff}性别,备注,诊断编码", "男,\"x, \"\"y\"\"\",A00.100", "A00.100", "男");
        check("dx\tgender", "A00.100", "A00.100", "");
        check("病案号,性别,主要诊断编码,其他诊断编码1", "7,1,A00.100,B01.0", "A00.100", "1");
    }

    #[test]
    fn a_header_without_what_is_needed_is_refused() {
        for header in ["id,age,dx", "gender,proc", "gender,sex,dx", "gender,其他诊断编码1", ""] {
            assert_eq!(Columns::from_header(header.as_bytes()).unwrap_err().field, "header", "{header:?}");
        }
    }
}
