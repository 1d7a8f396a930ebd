//! Rows of a table as a batch has them: fields borrowed from the line, found by the header's names.

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

/// A field of [`Row`] and the headers it goes by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Field {
    Id,
    Sex,
    Age,
    AgeDays,
    BirthWeight,
    Stay,
    Leaving,
    Ventilation,
    Ward,
    Cost,
    Diagnoses,
    Operations,
}

const HEADERS: [(Field, &[&str]); 12] = [
    (Field::Id, &["id", "mdtrt_id", "setl_id", "medcasno", "病案号", "住院号", "序号"]),
    (Field::Sex, &["gender", "gend", "sex", "性别"]),
    (Field::Age, &["age", "年龄", "年龄（岁）", "年龄(岁)"]),
    (Field::AgeDays, &["age_days", "nwb_age", "日龄", "年龄（天）", "年龄(天)", "不足一周岁年龄（天）"]),
    (Field::BirthWeight, &["weight", "nwb_bir_wt", "新生儿出生体重", "出生体重"]),
    (Field::Stay, &["los", "act_ipt_days", "住院天数", "实际住院天数"]),
    (Field::Leaving, &["leaving", "dscg_way", "离院方式"]),
    (Field::Ventilation, &["vent_used_dura", "vent_hours", "呼吸机使用时间"]),
    (Field::Ward, &["dscg_caty", "出院科别"]),
    (Field::Cost, &["cost", "medfee_sumamt", "医疗费总额", "总费用", "住院总费用", "医疗总费用"]),
    (Field::Diagnoses, &["dx", "diagnoses", "诊断", "诊断编码", "出院诊断"]),
    (Field::Operations, &["proc", "operations", "手术", "手术操作编码", "手术及操作"]),
];

impl Field {
    fn put<'a>(self, row: &mut Row<'a>, value: &'a [u8]) {
        *match self {
            Field::Id => &mut row.id,
            Field::Sex => &mut row.sex,
            Field::Age => &mut row.age,
            Field::AgeDays => &mut row.age_days,
            Field::BirthWeight => &mut row.birth_weight,
            Field::Stay => &mut row.stay,
            Field::Leaving => &mut row.leaving,
            Field::Ventilation => &mut row.ventilation,
            Field::Ward => &mut row.ward,
            Field::Cost => &mut row.cost,
            Field::Diagnoses => &mut row.diagnoses,
            Field::Operations => &mut row.operations,
        } = value;
    }
}

/// Where a table has which field.
#[derive(Clone, Debug)]
pub struct Columns(Header<Field>);

impl Columns {
    /// Reads a header: tab-separated when it has a tab, else comma-separated. Columns that are not
    /// used may be there. Refused when there is no column of diagnoses or sex, or one comes twice.
    pub fn from_header(line: &[u8]) -> Result<Columns, Refusal> {
        Header::read(line, &HEADERS, |field| matches!(field, Field::Sex | Field::Diagnoses)).map(Columns)
    }

    /// The fields of one line, without its line end.
    #[inline]
    pub fn row<'a>(&self, line: &'a [u8]) -> Row<'a> {
        let mut row = Row::default();
        self.0.each(line, |field, cell| field.put(&mut row, cell));
        row
    }
}

/// Which column has which of a table's fields.
#[derive(Clone, Debug)]
pub(crate) struct Header<F> {
    separator: u8,
    fields: Vec<Option<F>>,
}

impl<F: Copy + PartialEq> Header<F> {
    /// Finds fields by the names they go by; each at most once, and those that are needed exactly once.
    pub fn read(line: &[u8], known: &[(F, &[&str])], needed: impl Fn(F) -> bool) -> Result<Header<F>, Refusal> {
        let line = trimmed(line.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(line));
        let separator = if line.contains(&b'\t') { b'\t' } else { b',' };
        let name = |cell: &[u8]| {
            let name = std::str::from_utf8(cell).unwrap_or_default().trim().to_ascii_lowercase();
            known.iter().find(|(_, names)| names.contains(&name.as_str())).map(|(field, _)| *field)
        };
        let fields: Vec<Option<F>> = Cells::of(separator, line).map(name).collect();
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

fn trimmed(line: &[u8]) -> &[u8] {
    line.strip_suffix(b"\r").unwrap_or(line)
}

/// The cells of a line; a quoted one comes without its quotes.
pub(super) struct Cells<'a> {
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
    pub(super) fn of(separator: u8, line: &'a [u8]) -> Cells<'a> {
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
    }

    #[test]
    fn a_header_without_what_is_needed_is_refused() {
        for header in ["id,age,dx", "gender,proc", "gender,sex,dx", ""] {
            assert_eq!(Columns::from_header(header.as_bytes()).unwrap_err().field, "header", "{header:?}");
        }
    }
}
