//! Rows of a table as a batch has them: fields borrowed from the line, found by the header's names.

use super::auxiliary::{self, Applied, FACTOR_MAX};
use super::score::Money;
use crate::code::System;
use crate::drg::{Field, Header};
use crate::error::{Refusal, RefusalCode};
use crate::money::{Fen, Rate};

/// One case of a table. Every field is as it stands there; empty is unknown.
#[derive(Clone, Copy, Debug, Default)]
pub struct Row<'a> {
    pub id: &'a [u8],
    /// Separated by `|`, the principal first.
    pub diagnoses: &'a [u8],
    /// Separated by `|`, the main operation first.
    pub operations: &'a [u8],
    /// Classes of the operations, in their order; empty where a table is to say.
    pub classes: &'a [u8],
    pub age: &'a [u8],
    pub age_days: &'a [u8],
    pub birth_weight: &'a [u8],
    pub stay: &'a [u8],
    pub track: &'a [u8],
    pub cost: &'a [u8],
    pub peer_average: &'a [u8],
    pub coefficient: &'a [u8],
    pub point_value: &'a [u8],
    pub patient_paid: &'a [u8],
    /// 辅助目录: the types that match, each with its factor.
    pub auxiliary: &'a [u8],
}

/// Where a field stands in a row; `None` for what no catalogue asks for.
#[inline]
fn place<'r, 'a>(row: &'r mut Row<'a>, field: Field) -> Option<&'r mut &'a [u8]> {
    Some(match field {
        Field::Id => &mut row.id,
        Field::Diagnoses => &mut row.diagnoses,
        Field::Operations => &mut row.operations,
        Field::OperationClasses => &mut row.classes,
        Field::Age => &mut row.age,
        Field::AgeDays => &mut row.age_days,
        Field::BirthWeight => &mut row.birth_weight,
        Field::Stay => &mut row.stay,
        Field::Track => &mut row.track,
        Field::Cost => &mut row.cost,
        Field::PeerAverage => &mut row.peer_average,
        Field::Coefficient => &mut row.coefficient,
        Field::PointValue => &mut row.point_value,
        Field::PersonPaid => &mut row.patient_paid,
        Field::Auxiliary => &mut row.auxiliary,
        _ => return None,
    })
}

/// Where a table has which field.
#[derive(Clone, Debug)]
pub struct Columns(Header<Field>);

impl Columns {
    /// Reads a header: tab-separated when it has a tab, else comma-separated. Columns that are not used may
    /// be there. Refused when there is no column of diagnoses, or one comes twice.
    pub fn from_header(line: &[u8]) -> Result<Columns, Refusal> {
        let used = |field| place(&mut Row::default(), field).is_some();
        Header::of_records(line, used, &[Field::Diagnoses]).map(Columns)
    }

    /// Whether the table has auxiliary factors.
    pub fn has_auxiliary(&self) -> bool {
        self.0.has(Field::Auxiliary)
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

/// What codes a column of this name has, if any. A spreadsheet may have taken them for numbers or dates.
pub fn codes_under(header: &str) -> Option<System> {
    match Field::of_header(header)? {
        Field::Principal | Field::Diagnoses => Some(System::Diagnosis),
        Field::MainOperation | Field::Operations => Some(System::Operation),
        _ => None,
    }
}

impl Row<'_> {
    /// The amounts of the row; empty ones are unknown.
    pub fn money(&self) -> Result<Money, Refusal> {
        Ok(Money {
            cost: yuan(self.cost, "cost")?,
            peer_average: yuan(self.peer_average, "peer_avg")?,
            coefficient: rate(self.coefficient, "hosp_coef")?,
            point_value: rate(self.point_value, "point_value")?,
            patient_paid: yuan(self.patient_paid, "patient_paid")?,
        })
    }
}

impl Row<'_> {
    /// The one auxiliary factor that applies, of those that the row has.
    pub fn auxiliary(&self) -> Result<Option<Applied>, Refusal> {
        let matches = text(self.auxiliary).and_then(auxiliary::parse);
        let matches = matches.filter(|all| all.iter().all(|m| m.factor <= Rate::percent(FACTOR_MAX)));
        let accepted = "severe=1.35|age_over_65=1.1";
        let matches = matches.ok_or_else(|| Refusal::new(RefusalCode::Malformed, "auxiliary", accepted))?;
        Ok(auxiliary::highest(&matches))
    }
}

fn text(cell: &[u8]) -> Option<&str> {
    std::str::from_utf8(cell).ok().map(str::trim)
}

fn yuan(cell: &[u8], field: &str) -> Result<Option<Fen>, Refusal> {
    if cell.is_empty() {
        return Ok(None);
    }
    let fen = text(cell).and_then(Fen::parse_yuan).filter(|fen| !fen.is_negative());
    fen.map(Some).ok_or_else(|| Refusal::new(RefusalCode::Malformed, field, "1234.56"))
}

fn rate(cell: &[u8], field: &str) -> Result<Option<Rate>, Refusal> {
    if cell.is_empty() {
        return Ok(None);
    }
    let rate = text(cell).and_then(Rate::parse);
    rate.map(Some).ok_or_else(|| Refusal::new(RefusalCode::Malformed, field, "0.850"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_found_by_name() {
        let columns = Columns::from_header("病案号,主要诊断编码,手术操作编码,总费用".as_bytes()).unwrap();
        let row = columns.row(b"7,I10.x00,\"88.4100|00.6600\",12.5\r");
        assert_eq!((row.id, row.diagnoses, row.operations), (&b"7"[..], &b"I10.x00"[..], &b"88.4100|00.6600"[..]));
        let money = row.money().unwrap();
        assert_eq!((money.cost, money.point_value), (Fen::new(1250), None));
        let wrong = columns.row(b"7,I10.x00,,12.345");
        assert_eq!(wrong.money().unwrap_err().field, "cost");
    }

    #[test]
    fn columns_of_codes_are_known_by_name() {
        assert_eq!(codes_under(" 手术操作编码 "), Some(System::Operation));
        assert_eq!(codes_under("DX"), Some(System::Diagnosis));
        assert_eq!(codes_under("其他诊断编码3"), Some(System::Diagnosis));
        assert_eq!((codes_under("年龄"), codes_under("")), (None, None));
    }

    #[test]
    fn a_header_without_diagnoses_or_with_two_is_refused() {
        for header in ["id,ops", "dx,诊断", ""] {
            assert_eq!(Columns::from_header(header.as_bytes()).unwrap_err().field, "header", "{header:?}");
        }
    }
}
