//! Groups the rows of a table one after the other. Nothing here knows a browser.

use std::collections::BTreeSet;

use anxin_core::Fen;
use anxin_core::drg::Status;
use anxin_core::preview::{RepeatedFees, Shelf};

use super::by_dip::ByDip;
use super::by_drg::ByDrg;
use super::checks::Checks;
use super::codes::Codes;
use super::columns::{Column, Field};
use super::record::Record;
use super::summary::Summary;
use super::task::{Reason, ReasonKind, Task, WorkItem};
use crate::services::cells::write_cell;

/// One table under way.
pub struct Job<'s> {
    columns: &'s [Column],
    by: By<'s>,
    codes: Codes,
    checks: Checks<'s>,
    fees: RepeatedFees,
    /// Stays with charges that stand twice whose rows have come.
    met: BTreeSet<String>,
    pub summary: Summary,
    /// Lines that have not been fetched, and rows worth checking that have not.
    pub out: Vec<u8>,
    pub work: Vec<WorkItem>,
}

/// By which kind of scheme.
enum By<'s> {
    Drg(Box<ByDrg<'s>>),
    Dip(Box<ByDip<'s>>),
}

/// A row as a scheme takes it.
pub struct Line<'a> {
    pub columns: &'a [Column],
    pub record: &'a Record<'a>,
    pub codes: &'a Codes,
}

/// What became of a row; its cells are written by then.
pub struct Taken {
    pub status: Status,
    pub group: String,
    pub cost: Option<Fen>,
    pub standard: Option<Fen>,
    pub reasons: Vec<Reason>,
}

impl<'a> Line<'a> {
    /// The cell of a field that has one column; empty where the table has none.
    pub fn cell(&self, field: Field) -> &'a [u8] {
        let at = self.columns.iter().position(|c| c.field == Some(field));
        at.map_or(&[][..], |at| self.record.cell(at).trim_ascii())
    }
}

impl<'s> Job<'s> {
    /// `None` when the shelf lacks what the task needs.
    pub fn new(shelf: &'s Shelf, task: &'s Task, fees: RepeatedFees) -> Option<Job<'s>> {
        let mut summary = Summary::default();
        let by = if shelf.is_dip(&task.scheme) {
            By::Dip(Box::new(ByDip::new(shelf, task, &mut summary)?))
        } else {
            By::Drg(Box::new(ByDrg::new(shelf, task, &mut summary)?))
        };
        let checks = Checks::new(&task.columns, task.readmitted_within);
        let columns = &task.columns;
        let (codes, met) = (Codes::default(), BTreeSet::new());
        let mut job = Job { columns, by, codes, checks, fees, met, summary, out: Vec::new(), work: Vec::new() };
        job.header();
        Some(job)
    }

    /// Begins with a mark by which spreadsheets know the encoding.
    fn header(&mut self) {
        self.out.extend_from_slice("\u{feff}id,status".as_bytes());
        let names = match &self.by {
            By::Drg(drg) => drg.header(),
            By::Dip(dip) => dip.header(),
        };
        self.out.extend_from_slice(names.as_bytes());
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
        let line = Line { columns: self.columns, record, codes: &self.codes };
        let id = line.cell(Field::Id);
        write_cell(&mut self.out, id);
        let taken = match &mut self.by {
            By::Drg(drg) => drg.take(&line, &mut self.out, &mut self.summary),
            By::Dip(dip) => dip.take(&line, &mut self.out, &mut self.summary),
        };
        let mut item = WorkItem {
            line: record.number,
            id: String::from_utf8_lossy(id).into_owned(),
            department: String::from_utf8_lossy(line.cell(Field::Department)).into_owned(),
            group: taken.group,
            reasons: taken.reasons,
        };
        for (at, _) in kept(self.columns) {
            self.out.push(b',');
            write_cell(&mut self.out, record.cell(at));
        }
        self.out.extend_from_slice(b"\r\n");
        item.reasons.extend(self.checks.row(record, &self.codes.operations));
        item.reasons.extend(charged_twice(&self.fees, &mut self.met, id));
        self.checks.remember(record, &self.codes.diagnoses, &item);
        self.note(item, taken.status, taken.cost.zip(taken.standard));
    }

    fn note(&mut self, item: WorkItem, status: Status, paid: Option<(Fen, Fen)>) {
        let summary = &mut self.summary;
        summary.count(status);
        *summary.groups.entry(item.group.clone()).or_default() += 1;
        let department = summary.department(&item.department);
        department.rows += 1;
        department.grouped += u32::from(status == Status::Grouped);
        if let Some((cost, standard)) = paid {
            department.paid += 1;
            department.cost_fen = department.cost_fen.saturating_add(cost.get());
            department.standard_fen = department.standard_fen.saturating_add(standard.get());
        }
        self.keep(item);
    }

    /// What shows only when all rows have come.
    pub fn look_back(&mut self) {
        let elsewhere = self.fees.stays().filter(|stay| !self.met.contains(*stay)).count();
        self.summary.fees_elsewhere = u32::try_from(elsewhere).unwrap_or(u32::MAX);
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

/// Charges of a stay that stand twice; the stay is noted as met.
fn charged_twice(fees: &RepeatedFees, met: &mut BTreeSet<String>, id: &[u8]) -> Vec<Reason> {
    let found = fees.of(id);
    if !found.is_empty() {
        met.insert(String::from_utf8_lossy(id).trim().to_owned());
    }
    found.iter().map(|one| Reason { kind: ReasonKind::ChargedTwice, code: one.told() }).collect()
}

/// Columns that go into the file that comes out, beside the id that is there already.
fn kept(columns: &[Column]) -> impl Iterator<Item = (usize, &Column)> {
    columns.iter().enumerate().filter(|(_, c)| c.keep && c.field != Some(Field::Id))
}
