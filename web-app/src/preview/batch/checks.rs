//! What the rows of a table say of themselves that does not hold together: sums, days, and stays that follow
//! one another too closely. Nothing here looks at groups or knows a browser.

use std::hash::{DefaultHasher, Hash, Hasher};

use anxin_core::{Day, Fen};

use super::columns::{Column, Field};
use super::record::Record;
use super::task::{Reason, ReasonKind, WorkItem};

/// The checks of one table, with what must be kept of its rows until the last has come.
pub struct Checks<'t> {
    columns: &'t [Column],
    within: i32,
    stays: Vec<Stay>,
    /// Id, department and group of every stay, one behind the other.
    texts: String,
}

struct Stay {
    /// Who it was, as a number that says nothing else.
    person: u64,
    admitted: Day,
    discharged: Day,
    cost: Option<Fen>,
    /// The first three characters of the principal diagnosis.
    category: [u8; 3],
    line: u32,
    /// Where its texts begin and end.
    texts: [usize; 4],
}

impl<'t> Checks<'t> {
    pub fn new(columns: &'t [Column], readmitted_within: u16) -> Checks<'t> {
        Checks { columns, within: readmitted_within.into(), stays: Vec::new(), texts: String::new() }
    }

    /// What one row shows by itself. Codes are separated by bars.
    pub fn row(&self, record: &Record<'_>, operations: &[u8]) -> Vec<Reason> {
        let mut found = self.sums(record);
        found.extend(self.operation_missing(record, operations));
        found.extend(self.days(record));
        found
    }

    /// Keeps what a later row may be compared with.
    pub fn remember(&mut self, record: &Record<'_>, principal: &[u8], item: &WorkItem) {
        let person = self.cell(record, Field::Person).trim_ascii();
        let (Some(admitted), Some(discharged)) =
            (self.day(record, Field::Admitted), self.day(record, Field::Discharged))
        else {
            return;
        };
        if person.is_empty() {
            return;
        }
        let mut hasher = DefaultHasher::new();
        person.hash(&mut hasher);
        let start = self.texts.len();
        let ends = [&item.id, &item.department, &item.group].map(|text| {
            self.texts.push_str(text);
            self.texts.len()
        });
        let mut category = [b' '; 3];
        category.iter_mut().zip(principal).for_each(|(to, from)| *to = from.to_ascii_uppercase());
        let [id, department, group] = ends;
        self.stays.push(Stay {
            person: hasher.finish(),
            admitted,
            discharged,
            cost: self.money(record, Field::Cost),
            category,
            line: item.line,
            texts: [start, id, department, group],
        });
    }

    /// Once all rows have come: stays that were settled twice, and readmissions for the same disease.
    pub fn look_back(&mut self) -> Vec<WorkItem> {
        self.stays.sort_by_key(|stay| (stay.person, stay.admitted, stay.discharged, stay.line));
        let pairs = self.stays.windows(2).filter_map(|pair| match pair {
            [before, after] if before.person == after.person => Some((before, after)),
            _ => None,
        });
        pairs.filter_map(|(before, after)| Some(self.item(after, self.follows(before, after)?))).collect()
    }

    fn follows(&self, before: &Stay, after: &Stay) -> Option<Reason> {
        let same = (before.admitted, before.discharged, before.cost) == (after.admitted, after.discharged, after.cost);
        if same {
            return Some(Reason { kind: ReasonKind::SettledTwice, code: before.line.to_string() });
        }
        let days = before.discharged.days_until(after.admitted);
        let suspected = (0..=self.within).contains(&days) && before.category == after.category;
        suspected.then(|| Reason { kind: ReasonKind::SplitAdmission, code: format!("{} / {days}", before.line) })
    }

    fn item(&self, stay: &Stay, reason: Reason) -> WorkItem {
        let [start, id, department, group] = stay.texts;
        let text = |from: usize, to: usize| self.texts.get(from..to).unwrap_or_default().to_owned();
        WorkItem {
            line: stay.line,
            id: text(start, id),
            department: text(id, department),
            group: text(department, group),
            reasons: vec![reason],
        }
    }

    /// 分项之和＝总额; 基金＋个人＋医院负担＝总额; 账户＋现金＝个人负担. Each only where all it needs can be read.
    fn sums(&self, record: &Record<'_>) -> Vec<Reason> {
        let money = |field| self.money(record, field);
        let total = money(Field::Cost);
        let person = money(Field::PersonPaid);
        let hospital = Some(money(Field::HospitalPaid).unwrap_or_default());
        let paid = sum([money(Field::FundPaid), person, hospital]);
        let own = sum([money(Field::AccountPaid), money(Field::CashPaid)]);
        let compared = [
            (ReasonKind::PartsDiffer, self.parts(record), total),
            (ReasonKind::PaymentsDiffer, paid, total),
            (ReasonKind::PersonDiffers, own, person),
        ];
        let differ = compared.into_iter().filter_map(|(kind, sum, whole)| {
            let (sum, whole) = sum.zip(whole).filter(|(sum, whole)| sum != whole)?;
            Some(Reason { kind, code: format!("{} ≠ {}", sum.yuan(), whole.yuan()) })
        });
        differ.collect()
    }

    /// All columns of parts of the bill. An empty cell is nothing; one that cannot be read leaves no sum.
    fn parts(&self, record: &Record<'_>) -> Option<Fen> {
        let cells: Vec<&[u8]> =
            self.many(record, Field::FeePart).map(<[u8]>::trim_ascii).filter(|c| !c.is_empty()).collect();
        if cells.len() < 2 {
            return None;
        }
        sum(cells.into_iter().map(fen))
    }

    fn operation_missing(&self, record: &Record<'_>, operations: &[u8]) -> Option<Reason> {
        let charged = self.columns.iter().enumerate().find_map(|(at, column)| {
            let is_operation = column.field == Some(Field::FeePart) && column.header.contains("手术");
            fen(record.cell(at)).filter(|fee| is_operation && *fee > Fen::default())
        })?;
        operations.is_empty().then(|| Reason { kind: ReasonKind::OperationMissing, code: charged.yuan().to_string() })
    }

    fn days(&self, record: &Record<'_>) -> Option<Reason> {
        let (admitted, discharged) = (self.day(record, Field::Admitted)?, self.day(record, Field::Discharged)?);
        if discharged < admitted {
            let code = format!("{admitted} > {discharged}");
            return Some(Reason { kind: ReasonKind::DaysReversed, code });
        }
        let days = self.many(record, Field::OperationDays).flat_map(|cell| cell.split(|b| matches!(b, b'|' | b';')));
        let outside = days.filter_map(read_day).find(|day| *day < admitted || *day > discharged)?;
        Some(Reason { kind: ReasonKind::OperationOutside, code: outside.to_string() })
    }

    fn cell<'r>(&self, record: &Record<'r>, field: Field) -> &'r [u8] {
        self.many(record, field).next().unwrap_or_default()
    }

    fn many<'r>(&self, record: &Record<'r>, field: Field) -> impl Iterator<Item = &'r [u8]> {
        let columns = self.columns.iter().enumerate().filter(move |(_, c)| c.field == Some(field));
        columns.map(|(at, _)| record.cell(at))
    }

    fn day(&self, record: &Record<'_>, field: Field) -> Option<Day> {
        read_day(self.cell(record, field))
    }

    fn money(&self, record: &Record<'_>, field: Field) -> Option<Fen> {
        fen(self.cell(record, field))
    }
}

/// `None` where a part is not known.
fn sum(parts: impl IntoIterator<Item = Option<Fen>>) -> Option<Fen> {
    Fen::checked_sum(parts.into_iter().collect::<Option<Vec<Fen>>>()?)
}

/// Yuan, with or without commas between thousands.
fn fen(cell: &[u8]) -> Option<Fen> {
    let text = std::str::from_utf8(cell).ok()?.trim();
    if text.contains(',') { Fen::parse_yuan(&text.replace(',', "")) } else { Fen::parse_yuan(text) }
}

/// `2024-01-05`, `2024/1/5 10:20`, `20240105`, `2024年1月5日`: year, month and day, however they are separated.
fn read_day(cell: &[u8]) -> Option<Day> {
    let mut numbers = cell.split(|b| !b.is_ascii_digit()).filter(|n| !n.is_empty());
    let number = |digits: &[u8]| std::str::from_utf8(digits).ok()?.parse::<i16>().ok();
    let first = numbers.next()?;
    let (year, month, day) = match first.len() {
        4 => (first, numbers.next()?, numbers.next()?),
        8 | 14 => (first.get(..4)?, first.get(4..6)?, first.get(6..8)?),
        _ => return None,
    };
    Day::new(number(year)?, number(month)?.try_into().ok()?, number(day)?.try_into().ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::preview::batch::columns::guess;

    const HEADERS: [&str; 15] = [
        "病案号",
        "证件号码",
        "入院日期",
        "出院日期",
        "主要诊断编码",
        "手术操作日期1",
        "医疗费总额",
        "床位费（元）",
        "手术费（元）",
        "西药费（元）",
        "基金支付总额",
        "个人负担总金额",
        "个人账户支出",
        "个人现金支出",
        "医院负担金额",
    ];
    const SOUND: &str = "A1;X1;2024-03-01;2024/3/9;K80.000;2024-03-02;3,000.00;500;1500;1000;2000;900;300;600;100";

    fn columns() -> Vec<Column> {
        guess(&HEADERS.map(str::to_owned))
    }

    fn with<R>(row: &str, read: impl FnOnce(&Record<'_>) -> R) -> R {
        let (mut bytes, mut ends) = (Vec::new(), Vec::new());
        for cell in row.split(';') {
            bytes.extend_from_slice(cell.as_bytes());
            ends.push(bytes.len());
        }
        read(&Record::new(2, &bytes, &ends))
    }

    fn found(change: &[(usize, &str)], operations: &str) -> Vec<(ReasonKind, String)> {
        let columns = columns();
        let mut cells: Vec<&str> = SOUND.split(';').collect();
        change.iter().for_each(|(at, text)| cells[*at] = text);
        let reasons = with(&cells.join(";"), |r| Checks::new(&columns, 15).row(r, operations.as_bytes()));
        reasons.into_iter().map(|r| (r.kind, r.code)).collect()
    }

    #[test]
    fn sums_that_do_not_balance_are_told_with_both_figures() {
        assert_eq!(found(&[], "51.2300"), []);
        let told = |kind, code: &str| vec![(kind, code.to_owned())];
        assert_eq!(found(&[(7, "500.01")], "51.2300"), told(ReasonKind::PartsDiffer, "3000.01 ≠ 3000.00"));
        assert_eq!(found(&[(10, "1999")], "51.2300"), told(ReasonKind::PaymentsDiffer, "2999.00 ≠ 3000.00"));
        assert_eq!(found(&[(13, "601")], "51.2300"), told(ReasonKind::PersonDiffers, "901.00 ≠ 900.00"));
        // What cannot be read is not compared.
        assert_eq!(found(&[(7, "五百"), (11, "")], "51.2300"), []);
    }

    #[test]
    fn operations_are_looked_for_where_they_were_charged_and_within_the_stay() {
        assert_eq!(found(&[], ""), [(ReasonKind::OperationMissing, "1500.00".to_owned())]);
        assert_eq!(found(&[(5, "20240310")], "x"), [(ReasonKind::OperationOutside, "2024-03-10".to_owned())]);
        assert_eq!(found(&[(5, "2024年3月9日")], "x"), []);
        let reversed = (ReasonKind::DaysReversed, "2024-03-01 > 2024-02-29".to_owned());
        assert_eq!(found(&[(3, "2024-02-29 08:00:00")], "x"), [reversed]);
    }

    #[test]
    fn stays_are_compared_once_all_have_come() {
        let columns = columns();
        let mut checks = Checks::new(&columns, 15);
        let stays = [
            (2, "P1;2024-03-01;2024-03-09;K80.000;100"),
            (3, "P2;2024-03-20;2024-03-21;K80.000;100"),
            (4, "P1;2024-03-12;2024-03-15;k80.100;200"),
            (5, "P1;2024-03-31;2024-04-02;K80.000;200"),
            (6, "P1;2024-04-03;2024-04-04;I10.x00;200"),
            (7, "P2;2024-03-20;2024-03-21;K80.000;100"),
        ];
        for (line, text) in stays {
            let cells: Vec<&str> = text.split(';').collect();
            let row = format!("A{line};{};{};{};{};;{}", cells[0], cells[1], cells[2], cells[3], cells[4]);
            let item = WorkItem {
                line,
                id: format!("A{line}"),
                department: "外科".into(),
                group: "HL15".into(),
                reasons: Vec::new(),
            };
            with(&row, |r| checks.remember(r, cells[3].as_bytes(), &item));
        }
        let mut told = checks.look_back();
        told.sort_by_key(|item| item.line);
        let told: Vec<(u32, &str, ReasonKind, &str)> =
            told.iter().map(|i| (i.line, i.id.as_str(), i.reasons[0].kind, i.reasons[0].code.as_str())).collect();
        assert_eq!(
            told,
            [(4, "A4", ReasonKind::SplitAdmission, "2 / 3"), (7, "A7", ReasonKind::SettledTwice, "3")],
            "16 days later, or for another disease, is nothing"
        );
    }
}
