//! Groups the rows of a table one after the other. Nothing here knows a browser.

use anxin_core::drg::rule::Test;
use anxin_core::drg::{
    Explanation, Fate, FindingKind, Grouper, Place, PriceTable, Region, Row, Scheme, Status, Unit, WeightBook,
    classify, standard,
};
use anxin_core::preview::{PaymentCase, RecordSource, Shelf};
use anxin_core::{Fen, Rate};

use super::checks::Checks;
use super::columns::{Column, Field};
use super::csv::write_cell;
use super::record::Record;
use super::summary::Summary;
use super::task::{Reason, ReasonKind, Task, WorkItem};

/// One table under way.
pub struct Job<'s> {
    columns: &'s [Column],
    scheme: &'s Scheme,
    grouper: Grouper<'s>,
    tariff: Option<Tariff<'s>>,
    why: Explanation,
    codes: Codes,
    checks: Checks<'s>,
    pub summary: Summary,
    /// Lines that have not been fetched, and rows worth checking that have not.
    pub out: Vec<u8>,
    pub work: Vec<WorkItem>,
}

struct Tariff<'s> {
    book: &'s WeightBook,
    region: &'s Region,
    price: &'s PriceTable,
    asked: &'s PaymentCase,
}

/// The codes of a row, separated by bars, the principal or main one first.
#[derive(Default)]
struct Codes {
    diagnoses: Vec<u8>,
    operations: Vec<u8>,
}

/// What a row's group is paid.
struct Paid {
    weight: Rate,
    standard: Fen,
}

impl<'s> Job<'s> {
    /// `None` when the shelf lacks what the task needs.
    pub fn new(shelf: &'s Shelf, scheme: &'s Scheme, task: &'s Task) -> Option<Job<'s>> {
        let grouper = Grouper::new(scheme);
        let grouper = match (task.source, shelf.clinical()) {
            (RecordSource::FrontPage, map) => grouper.with_clinical(map?, true),
            (RecordSource::SettlementList, Some(map)) if !scheme.spelling_exact() => grouper.with_clinical(map, false),
            (RecordSource::SettlementList, _) => grouper,
        };
        let tariff = match &task.payment {
            Some(asked) => Some(Tariff::find(shelf, asked)?),
            None => None,
        };
        let points = tariff.as_ref().is_some_and(|t| t.region.unit == Unit::Points);
        let mut job = Job {
            columns: &task.columns,
            scheme,
            grouper,
            tariff,
            why: Explanation::default(),
            codes: Codes::default(),
            checks: Checks::new(&task.columns, task.readmitted_within),
            summary: Summary { points, ..Summary::default() },
            out: Vec::new(),
            work: Vec::new(),
        };
        job.header();
        Some(job)
    }

    /// Begins with a mark by which spreadsheets know the encoding.
    fn header(&mut self) {
        self.out.extend_from_slice("\u{feff}id,status,mdc,adrg,drg".as_bytes());
        if self.tariff.is_some() {
            self.out.extend_from_slice(b",weight,standard,band");
        }
        for column in kept(self.columns).map(|(_, column)| column) {
            self.out.push(b',');
            write_cell(&mut self.out, column.header.as_bytes());
        }
        self.out.extend_from_slice(b"\r\n");
    }

    pub fn take(&mut self, record: &Record<'_>) {
        if record.is_blank() {
            return;
        }
        self.codes.fill(self.columns, record);
        let cell = |field| {
            self.columns.iter().position(|c| c.field == Some(field)).map_or(&[][..], |at| trimmed(record.cell(at)))
        };
        let row = Row {
            id: cell(Field::Id),
            sex: cell(Field::Sex),
            age: cell(Field::Age),
            age_days: cell(Field::AgeDays),
            birth_weight: cell(Field::BirthWeight),
            stay: cell(Field::Stay),
            leaving: cell(Field::Leaving),
            ventilation: cell(Field::Ventilation),
            cost: cell(Field::Cost),
            diagnoses: &self.codes.diagnoses,
            operations: &self.codes.operations,
        };
        self.grouper.explain_row(&row, &mut self.why);
        let labels = self.why.grouping.labels(self.scheme);
        let status = self.why.grouping.status;
        let paid = self.tariff.as_ref().filter(|_| status == Status::Grouped).and_then(|t| t.pay(labels.drg));
        let cost = std::str::from_utf8(row.cost).ok().and_then(Fen::parse_yuan).filter(|fen| !fen.is_negative());
        write_cell(&mut self.out, row.id);
        for text in [labels.status, labels.mdc, labels.adrg, labels.drg] {
            self.out.push(b',');
            self.out.extend_from_slice(text.as_bytes());
        }
        if let Some(tariff) = &self.tariff {
            tariff.write(paid.as_ref(), cost, &mut self.out);
        }
        for (at, _) in kept(self.columns) {
            self.out.push(b',');
            write_cell(&mut self.out, record.cell(at));
        }
        self.out.extend_from_slice(b"\r\n");
        let department = String::from_utf8_lossy(cell(Field::Department)).into_owned();
        let mut item = WorkItem {
            line: record.number,
            id: String::from_utf8_lossy(row.id).into_owned(),
            department,
            drg: labels.drg.to_owned(),
            reasons: reasons(&self.why, &self.codes),
        };
        item.reasons.extend(self.checks.row(record, &self.codes.operations));
        self.checks.remember(record, &self.codes.diagnoses, &item);
        self.note(item, status, paid, cost);
    }

    fn note(&mut self, item: WorkItem, status: Status, paid: Option<Paid>, cost: Option<Fen>) {
        let summary = &mut self.summary;
        summary.count(status);
        *summary.groups.entry(item.drg.clone()).or_default() += 1;
        let counts = |word: &str| self.why.candidates.iter().any(|c| c.fate == Fate::Counts && c.level.word() == word);
        match (counts("MCC"), counts("CC")) {
            (true, _) => summary.mcc += 1,
            (false, true) => summary.cc += 1,
            (false, false) => {}
        }
        if let Some(paid) = &paid {
            summary.weigh(paid.weight);
        }
        let department = summary.department(&item.department);
        department.rows += 1;
        department.grouped += u32::from(status == Status::Grouped);
        if let Some((cost, paid)) = cost.zip(paid) {
            department.paid += 1;
            department.cost_fen = department.cost_fen.saturating_add(cost.get());
            department.standard_fen = department.standard_fen.saturating_add(paid.standard.get());
        }
        self.keep(item);
    }

    /// What shows only when all rows have come.
    pub fn look_back(&mut self) {
        for item in self.checks.look_back() {
            self.keep(item);
        }
    }

    fn keep(&mut self, item: WorkItem) {
        for reason in &item.reasons {
            *self.summary.reasons.entry(reason.kind).or_default() += 1;
        }
        if !item.reasons.is_empty() {
            self.work.push(item);
        }
    }
}

impl<'s> Tariff<'s> {
    fn find(shelf: &'s Shelf, asked: &'s PaymentCase) -> Option<Tariff<'s>> {
        let (book, region) = shelf.weights().find_map(|book| Some((book, book.region(&asked.region)?)))?;
        let price = region.prices.iter().find(|price| price.label == asked.price)?;
        Some(Tariff { book, region, price, asked })
    }

    fn pay(&self, group: &str) -> Option<Paid> {
        let weight = self.book.weight(self.region, group)?;
        Some(Paid { weight, standard: standard(weight, self.price.yuan, self.asked.coefficient)? })
    }

    /// Weight, standard and band; what is not known stays blank.
    fn write(&self, paid: Option<&Paid>, cost: Option<Fen>, out: &mut Vec<u8>) {
        let Some(paid) = paid else { return out.extend_from_slice(b",,,") };
        let lines = self.asked.thresholds.as_ref();
        let band = cost.zip(lines).and_then(|(cost, lines)| classify(cost, paid.standard, paid.weight, lines));
        let band = band.map_or("", |band| band.word());
        out.extend_from_slice(format!(",{},{},{band}", paid.weight, paid.standard.yuan()).as_bytes());
    }
}

impl Codes {
    fn fill(&mut self, columns: &[Column], record: &Record<'_>) {
        let Codes { diagnoses, operations } = self;
        let gather = |into: &mut Vec<u8>, fields: [Field; 2]| {
            into.clear();
            for field in fields {
                for (at, _) in columns.iter().enumerate().filter(|(_, c)| c.field == Some(field)) {
                    split(record.cell(at), into);
                }
            }
        };
        gather(diagnoses, [Field::Principal, Field::Diagnoses]);
        gather(operations, [Field::MainOperation, Field::Operations]);
    }
}

/// Codes of a cell, however they are separated. A full-width mark is three bytes that no code has.
fn split(cell: &[u8], into: &mut Vec<u8>) {
    let apart = |b: &u8| b.is_ascii_whitespace() || matches!(b, b'|' | b',' | b';') || !b.is_ascii();
    for code in cell.split(apart).filter(|code| !code.is_empty()) {
        if !into.is_empty() {
            into.push(b'|');
        }
        into.extend_from_slice(code);
    }
}

fn trimmed(cell: &[u8]) -> &[u8] {
    cell.trim_ascii()
}

/// Columns that go into the file that comes out, beside the id that is there already.
fn kept(columns: &[Column]) -> impl Iterator<Item = (usize, &Column)> {
    columns.iter().enumerate().filter(|(_, c)| c.keep && c.field != Some(Field::Id))
}

/// What somebody should look at.
fn reasons(why: &Explanation, codes: &Codes) -> Vec<Reason> {
    let code = |place: Place| {
        let (all, at) = match place {
            Place::Diagnosis(n) => (&codes.diagnoses, n),
            Place::Operation(n) => (&codes.operations, n),
            _ => return String::new(),
        };
        let code = all.split(|b| *b == b'|').nth(usize::from(at)).unwrap_or_default();
        String::from_utf8_lossy(code).into_owned()
    };
    let mut found: Vec<Reason> = Vec::new();
    match why.grouping.status {
        Status::Ungrouped => found.push(Reason { kind: ReasonKind::Ungrouped, code: code(Place::Diagnosis(0)) }),
        Status::Ambiguous => found.push(Reason { kind: ReasonKind::Ambiguous, code: code(Place::Operation(0)) }),
        Status::Grouped | Status::CheckFailed => {}
    }
    let outside = why.grouping.status == Status::Ungrouped;
    for miss in why.misses.iter().filter(|m| outside && m.adrg.is_none()) {
        let kind = match miss.failed {
            Some(Test::Male | Test::Female) => ReasonKind::SexConflict,
            Some(Test::AgeYears(_) | Test::AgeDays(_)) => ReasonKind::AgeConflict,
            _ => continue,
        };
        found.push(Reason { kind, code: code(Place::Diagnosis(0)) });
    }
    found.extend(why.findings.iter().filter_map(|f| Some(Reason { kind: kind(f.kind)?, code: code(f.place) })));
    found.dedup();
    found
}

/// What only says how a record was read is not worth anybody's time.
fn kind(kind: FindingKind) -> Option<ReasonKind> {
    Some(match kind {
        FindingKind::Missing => ReasonKind::Missing,
        FindingKind::Unreadable => ReasonKind::Unreadable,
        FindingKind::OtherSex => ReasonKind::OtherSex,
        FindingKind::NoDiagnosis => ReasonKind::NoDiagnosis,
        FindingKind::UnknownCode => ReasonKind::UnknownCode,
        FindingKind::NotPrincipal => ReasonKind::PrincipalNotAllowed,
        FindingKind::RepeatsPrincipal => ReasonKind::PrincipalRepeated,
        FindingKind::WeightsDiffer => ReasonKind::WeightsDiffer,
        FindingKind::VentilationMismatch => ReasonKind::VentilationMismatch,
        FindingKind::OperationUnsupported => ReasonKind::OperationUnsupported,
        FindingKind::SexAsWord
        | FindingKind::Respelled(_)
        | FindingKind::FromClinical(_)
        | FindingKind::TraditionalMedicine
        | FindingKind::SeveralPrincipals
        | FindingKind::PrincipalNotFirst => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_come_from_any_number_of_columns() {
        let columns = super::super::columns::guess(&["其他诊断1", "主要诊断", "其他诊断2", "proc"].map(str::to_owned));
        let mut table = super::super::csv::Table::new(b',');
        let mut codes = Codes::default();
        table.push("B01.0，B02.0,A00.0,\"C00.0;C01.0|\",\n".as_bytes(), |record| codes.fill(&columns, record));
        assert_eq!(String::from_utf8(codes.diagnoses).unwrap(), "A00.0|B01.0|B02.0|C00.0|C01.0");
        assert!(codes.operations.is_empty());
    }
}
