//! Rows of a table by a DRG scheme. Nothing here knows a browser.

use anxin_core::Fen;
use anxin_core::drg::rule::Test;
use anxin_core::drg::{Band, Explanation, Fate, FindingKind, Grouper, Place, Row, Scheme, Status, Unit};
use anxin_core::preview::{Paid, RecordSource, Shelf, Tariff};
use anxin_core::text::{Lang, remarks_told};

use super::codes::Codes;
use super::columns::Field;
use super::job::{Line, Taken};
use super::summary::Summary;
use super::task::{Reason, ReasonKind, Task};
use crate::services::cells::write_cell;

/// A DRG scheme at work on a table.
pub struct ByDrg<'s> {
    scheme: &'s Scheme,
    grouper: Grouper<'s>,
    tariff: Option<Tariff<'s>>,
    why: Explanation,
}

impl<'s> ByDrg<'s> {
    /// `None` when the shelf lacks what the task needs.
    pub fn new(shelf: &'s Shelf, task: &'s Task, summary: &mut Summary) -> Option<ByDrg<'s>> {
        let scheme: &Scheme = shelf.schemes().find(|scheme| scheme.id == task.scheme)?;
        let grouper = Grouper::new(scheme);
        let grouper = match (task.source, shelf.clinical()) {
            (RecordSource::FrontPage, map) => grouper.with_clinical(map?, true),
            (RecordSource::SettlementList, Some(map)) if !scheme.spelling_exact() => grouper.with_clinical(map, false),
            (RecordSource::SettlementList, _) => grouper,
        };
        let tariff = match &task.payment {
            Some(asked) => Some(Tariff::asked(shelf, &task.scheme, asked).ok()?),
            None => None,
        };
        summary.points = tariff.as_ref().is_some_and(|t| t.unit() == Unit::Points);
        Some(ByDrg { scheme, grouper, tariff, why: Explanation::default() })
    }

    pub fn header(&self) -> &'static str {
        if self.tariff.is_some() { ",mdc,adrg,drg,weight,standard,band,remark" } else { ",mdc,adrg,drg" }
    }

    pub fn take(&mut self, line: &Line<'_>, out: &mut Vec<u8>, summary: &mut Summary) -> Taken {
        let cell = |field| line.cell(field);
        let row = Row {
            id: cell(Field::Id),
            sex: cell(Field::Sex),
            age: cell(Field::Age),
            age_days: cell(Field::AgeDays),
            birth_weight: cell(Field::BirthWeight),
            stay: cell(Field::Stay),
            leaving: cell(Field::Leaving),
            ventilation: cell(Field::Ventilation),
            ward: cell(Field::Department),
            cost: cell(Field::Cost),
            diagnoses: &line.codes.diagnoses,
            operations: &line.codes.operations,
        };
        self.grouper.explain_row(&row, &mut self.why);
        let labels = self.why.grouping.labels(self.scheme);
        let status = self.why.grouping.status;
        let days = self.grouper.stay();
        let paid = self.tariff.as_ref().filter(|_| status == Status::Grouped);
        let paid = paid.and_then(|tariff| tariff.pay(labels.drg, days).ok());
        let cost = std::str::from_utf8(row.cost).ok().and_then(Fen::parse_yuan).filter(|fen| !fen.is_negative());
        for text in [labels.status, labels.mdc, labels.adrg, labels.drg] {
            out.push(b',');
            out.extend_from_slice(text.as_bytes());
        }
        if let Some(tariff) = &self.tariff {
            let remarks = if status == Status::Grouped { tariff.remarks(labels.drg) } else { Vec::new() };
            write(tariff, paid, cost, out);
            write_cell(out, remarks_told(&remarks, Lang::Zh).as_bytes());
            summary.remarked += u32::from(paid.is_some() && remarks.iter().any(|remark| !remark.applied));
        }
        self.count(paid, summary);
        Taken {
            status,
            group: labels.drg.to_owned(),
            cost,
            standard: paid.map(|paid| paid.standard),
            reasons: reasons(&self.why, line.codes),
        }
    }

    /// CC and MCC that count, and the weight.
    fn count(&self, paid: Option<Paid>, summary: &mut Summary) {
        let counts = |word: &str| self.why.candidates.iter().any(|c| c.fate == Fate::Counts && c.level.word() == word);
        match (counts("MCC"), counts("CC")) {
            (true, _) => summary.mcc += 1,
            (false, true) => summary.cc += 1,
            (false, false) => {}
        }
        if let Some(paid) = paid {
            summary.weigh(paid.weight);
        }
    }
}

/// Weight, standard and band, up to the next cell; what is not known stays blank.
fn write(tariff: &Tariff<'_>, paid: Option<Paid>, cost: Option<Fen>, out: &mut Vec<u8>) {
    let Some(Paid { weight, standard }) = paid else { return out.extend_from_slice(b",,,,") };
    let band = tariff.band(cost, paid).map_or("", Band::word);
    out.extend_from_slice(format!(",{weight},{},{band},", standard.yuan()).as_bytes());
}

/// What somebody should look at.
fn reasons(why: &Explanation, codes: &Codes) -> Vec<Reason> {
    let code = |place: Place| codes.at(place);
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
        FindingKind::PrincipalInNoMdc => ReasonKind::PrincipalInNoMdc,
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
