//! From the grouper's numbers to an answer that people can read.

use super::answer::{
    Ask, CandidateFate, CandidateOut, CodeOut, FindingCode, FindingOut, GateOut, GroupAnswer, GroupRef, HintCode,
    HintOut, MissOut, ReasonOut, SchemeRef, TestOut,
};
use super::case::{GroupCase, RecordSource};
use super::listing::pack_ref;
use super::pay::{self, Tariff};
use super::shelf::Shelf;
use super::{check, pay::PaymentOut};
use crate::benefit::Severity;
use crate::code::{NameBook, System};
use crate::drg::layout::{CcLevel, ListName};
use crate::drg::rule::{Span, Test};
use crate::drg::{
    AdrgId, Candidate, Explanation, Fate, Finding, FindingKind, Grouper, MdcId, Miss, Place, Reason, Record, Scheme,
    Status, Subject,
};
use crate::error::{Refusal, RefusalCode};

/// Groups a case and says why.
pub fn group(shelf: &Shelf, case: &GroupCase) -> Result<GroupAnswer, Refusal> {
    check::check(case)?;
    let scheme = shelf.scheme(&case.scheme, case.profile.as_deref(), &case.choices)?;
    let tariff = case.payment.as_ref().map(|asked| Tariff::asked(shelf, &case.scheme, asked)).transpose()?;
    let mut grouper = grouper(shelf, &scheme, case.source)?;
    let mut why = Explanation::default();
    grouper.explain_record(&case.record, &mut why);
    let Record { diagnoses, operations, .. } = &case.record;
    let recorded = (
        diagnoses.iter().map(|row| row.diag_code.clone()).collect(),
        operations.iter().map(|row| row.oprn_oprt_code.clone()).collect(),
    );
    let teller = Teller::new(&scheme, shelf.names(), recorded, &grouper);
    let mut answer = teller.answer(&why);
    answer.payment = tariff.zip(case.payment.as_ref()).map(|(tariff, asked)| -> PaymentOut {
        let group = (why.grouping.status == Status::Grouped).then_some(answer.drg.code.as_str());
        pay::payment(&tariff, asked, group, case.record.act_ipt_days)
    });
    Ok(answer)
}

/// A grouper that reads codes as the source writes them. A scheme that takes codes only as they are
/// spelled takes no clinical ones in a settlement list either.
pub(super) fn grouper<'s>(shelf: &'s Shelf, scheme: &'s Scheme, source: RecordSource) -> Result<Grouper<'s>, Refusal> {
    let grouper = Grouper::new(scheme);
    match (source, shelf.clinical()) {
        (RecordSource::FrontPage, Some(map)) => Ok(grouper.with_clinical(map, true)),
        (RecordSource::FrontPage, None) => Err(Refusal::new(RefusalCode::NoPack, "source", "drg/clinical")),
        (RecordSource::SettlementList, Some(map)) if !scheme.spelling_exact() => Ok(grouper.with_clinical(map, false)),
        (RecordSource::SettlementList, _) => Ok(grouper),
    }
}

/// Knows what the numbers of one grouping stand for.
pub(super) struct Teller<'a> {
    scheme: &'a Scheme,
    names: Option<&'a NameBook>,
    diagnoses: Vec<CodeOut>,
    operations: Vec<CodeOut>,
}

impl<'a> Teller<'a> {
    /// `recorded` has the codes of diagnoses and of operations as the record lists them.
    pub fn new(
        scheme: &'a Scheme,
        names: Option<&'a NameBook>,
        recorded: (Vec<String>, Vec<String>),
        grouper: &Grouper<'_>,
    ) -> Teller<'a> {
        let row = |recorded| CodeOut { recorded, code: None, name: None, first: false };
        let mut teller = Teller {
            scheme,
            names,
            diagnoses: recorded.0.into_iter().map(row).collect(),
            operations: recorded.1.into_iter().map(row).collect(),
        };
        for (system, rows, read) in [
            (System::Diagnosis, &mut teller.diagnoses, grouper.diagnoses_read()),
            (System::Operation, &mut teller.operations, grouper.operations_read()),
        ] {
            for (i, (place, code)) in read.into_iter().enumerate() {
                let Some(row) = rows.get_mut(usize::from(place)) else { continue };
                row.first = i == 0;
                row.code = code.map(|code| code.as_str().to_owned());
                row.name = row.code.as_deref().and_then(|code| names?.name(system, code)).map(str::to_owned);
            }
        }
        teller
    }

    pub fn answer(self, why: &Explanation) -> GroupAnswer {
        let labels = why.grouping.labels(self.scheme);
        let inside = why.grouping.status == Status::Grouped;
        let group = |code: &str| GroupRef { code: code.into(), name: self.name(code).filter(|_| inside) };
        GroupAnswer {
            pack: pack_ref(self.scheme),
            scheme: SchemeRef::from(self.scheme),
            choices: self.scheme.choices.clone(),
            status: why.grouping.status,
            text: None,
            mdc: why.grouping.mdc.map(|mdc| self.mdc(mdc)),
            adrg: group(labels.adrg),
            drg: group(labels.drg),
            kind: why.grouping.adrg.and_then(|adrg| self.scheme.adrg_kind(adrg)),
            principal: self.diagnoses.iter().find(|row| row.first).cloned(),
            findings: why.findings.iter().filter_map(|finding| self.finding(finding)).collect(),
            gates: why.gates.iter().map(|g| GateOut { mdc: self.mdc(g.mdc), outcome: g.outcome, text: None }).collect(),
            reasons: why.reasons.iter().map(|reason| self.reason(reason)).collect(),
            candidates: why.candidates.iter().map(|c| self.candidate(c, why.grouping.adrg)).collect(),
            misses: why.misses.iter().map(|miss| self.miss(miss)).collect(),
            hints: self.hints(why),
            payment: None,
            diagnoses: self.diagnoses,
            operations: self.operations,
        }
    }

    /// A city's own name; else that of the scheme, or of its base for what the two have in common.
    fn name(&self, group: &str) -> Option<String> {
        if let Some((_, own)) = self.scheme.own_names.iter().find(|(code, _)| code == group) {
            return Some(own.clone());
        }
        let names = self.names?;
        let of_base = || self.scheme.base.as_deref().and_then(|base| names.group(base, group));
        names.group(&self.scheme.id, group).or_else(of_base).map(str::to_owned)
    }

    fn mdc(&self, mdc: MdcId) -> GroupRef {
        let mut letter = [0; 4];
        let name = self.scheme.mdc_letter(mdc).and_then(|c| self.name(c.encode_utf8(&mut letter)));
        GroupRef { code: self.scheme.mdc_label(mdc).into(), name }
    }

    fn adrg(&self, adrg: AdrgId) -> GroupRef {
        let code = self.scheme.adrg_code(adrg);
        GroupRef { code: code.into(), name: self.name(code) }
    }

    fn row(&self, place: Place) -> Option<&CodeOut> {
        match place {
            Place::Diagnosis(n) => self.diagnoses.get(usize::from(n)),
            Place::Operation(n) => self.operations.get(usize::from(n)),
            _ => None,
        }
    }

    /// The code at a place as it was read, else as it is recorded.
    fn code(&self, place: Place) -> Option<String> {
        let row = self.row(place)?;
        Some(row.code.as_ref().unwrap_or(&row.recorded).clone())
    }

    fn finding(&self, finding: &Finding) -> Option<FindingOut> {
        let (code, severity) = finding_code(finding.kind)?;
        let row = self.row(finding.place);
        let read = matches!(code, FindingCode::Respelled | FindingCode::FromClinical);
        Some(FindingOut {
            code,
            severity: if finding.refuses { Severity::Warning } else { severity },
            refuses: finding.refuses,
            place: finding.place,
            recorded: row.map(|row| row.recorded.clone()),
            read_as: row.filter(|_| read).and_then(|row| row.code.clone()),
            text: None,
        })
    }

    fn hints(&self, why: &Explanation) -> Vec<HintOut> {
        let hint = |code, place| HintOut {
            code,
            place,
            recorded: self.row(place).map(|row| row.recorded.clone()),
            text: None,
        };
        let found = why.findings.iter().filter_map(|f| Some(hint(hint_code(f.kind)?, f.place)));
        let outside = why.findings.iter().any(|f| f.kind == FindingKind::PrincipalInNoMdc);
        let outcome = match why.grouping.status {
            // What to check is already said: nothing but another principal would change it.
            Status::Ungrouped if outside => None,
            Status::Ungrouped => Some(HintCode::Ungrouped),
            Status::Ambiguous => Some(HintCode::Ambiguous),
            Status::Grouped | Status::CheckFailed => None,
        };
        found.chain(outcome.map(|code| hint(code, Place::Record))).collect()
    }

    fn reason(&self, reason: &Reason) -> ReasonOut {
        let of = match reason.of {
            Subject::Mdc(mdc) => self.scheme.mdc_label(mdc),
            Subject::Adrg(adrg) => self.scheme.adrg_code(adrg),
            Subject::Drg(drg) => self.scheme.drg_code(drg),
        };
        ReasonOut {
            of: of.into(),
            test: self.test(reason.test),
            held: reason.held,
            place: reason.place,
            code: reason.place.and_then(|place| self.code(place)),
            text: None,
        }
    }

    fn candidate(&self, candidate: &Candidate, adrg: Option<AdrgId>) -> CandidateOut {
        let asked = adrg.is_none_or(|adrg| self.scheme.splits_by(adrg, candidate.level));
        let (fate, table) = match candidate.fate {
            Fate::ExcludedBy(table) => (CandidateFate::Excluded, Some(table)),
            Fate::Counts if asked => (CandidateFate::Counts, None),
            Fate::Counts => (CandidateFate::NotAsked, None),
        };
        let principal = self.diagnoses.iter().find(|row| row.first);
        CandidateOut {
            place: candidate.place,
            code: self.code(candidate.place),
            name: self.row(candidate.place).and_then(|row| row.name.clone()),
            level: candidate.level,
            fate,
            table,
            principal: principal.and_then(|row| row.code.clone()),
            text: None,
        }
    }

    fn miss(&self, miss: &Miss) -> MissOut {
        MissOut {
            mdc: self.mdc(miss.mdc),
            adrg: miss.adrg.map(|adrg| self.adrg(adrg)),
            failed: miss.failed.map(|test| self.test(test)),
            elsewhere: miss.elsewhere,
            code: miss.elsewhere.and_then(|place| self.code(place)),
            text: None,
        }
    }

    fn test(&self, test: Test) -> TestOut {
        let diagnoses = |list| self.scheme.diagnosis_list(list);
        let operations = |list| self.scheme.operation_list(list);
        match test {
            Test::Principal(list) => of_list(Ask::Principal, diagnoses(list)),
            Test::AnyDiagnosis(list) => of_list(Ask::AnyDiagnosis, diagnoses(list)),
            Test::OtherDiagnosis(list) => of_list(Ask::OtherDiagnosis, diagnoses(list)),
            Test::MainOperation(list) => of_list(Ask::MainOperation, operations(list)),
            Test::AnyOperation(list) => of_list(Ask::AnyOperation, operations(list)),
            Test::Ward(list) => of_list(Ask::Ward, self.scheme.ward_list(list)),
            Test::AgeYears(span) => of_span(Ask::AgeYears, span),
            Test::AgeDays(span) => of_span(Ask::AgeDays, span),
            Test::BirthWeight(span) => of_span(Ask::BirthWeight, span),
            Test::TraumaRegions(span) => of_span(Ask::TraumaRegions, span),
            Test::Stay(span) => of_span(Ask::Stay, span),
            Test::Leaving(span) => of_span(Ask::Leaving, span),
            Test::OperationCount(span) => of_span(Ask::OperationCount, span),
            Test::Ventilation(span) => of_span(Ask::Ventilation, span),
            Test::Always => of_list(Ask::Always, None),
            Test::MainOperationValid => of_list(Ask::MainOperationValid, None),
            Test::AnyOperationValid => of_list(Ask::AnyOperationValid, None),
            Test::Male => of_list(Ask::Male, None),
            Test::Female => of_list(Ask::Female, None),
            Test::Mcc => of_list(Ask::Mcc, None),
            Test::Cc => of_list(Ask::Cc, None),
        }
    }
}

/// A list of a whole MDC is named by its letter.
fn of_list(ask: Ask, list: Option<&ListName>) -> TestOut {
    let owner = list.map(|l| if l.owner.len() == 1 { format!("MDC{}", l.owner) } else { l.owner.clone() });
    TestOut { ask, owner, role: list.map(|l| l.role.clone()), low: None, high: None }
}

fn of_span(ask: Ask, Span { low, high }: Span) -> TestOut {
    TestOut { ask, owner: None, role: None, low: Some(low), high: Some(high).filter(|high| *high < u32::MAX) }
}

/// What a finding is called, where it is one about the input.
pub(crate) fn finding_code(kind: FindingKind) -> Option<(FindingCode, Severity)> {
    Some(match kind {
        FindingKind::Missing => (FindingCode::Missing, Severity::Warning),
        FindingKind::Unreadable => (FindingCode::Unreadable, Severity::Warning),
        FindingKind::OtherSex => (FindingCode::OtherSex, Severity::Caution),
        FindingKind::SexAsWord => (FindingCode::SexAsWord, Severity::Info),
        FindingKind::NoDiagnosis => (FindingCode::NoDiagnosis, Severity::Warning),
        FindingKind::UnknownCode => (FindingCode::UnknownCode, Severity::Warning),
        FindingKind::Respelled(_) => (FindingCode::Respelled, Severity::Info),
        FindingKind::FromClinical(_) => (FindingCode::FromClinical, Severity::Info),
        FindingKind::TraditionalMedicine => (FindingCode::TraditionalMedicine, Severity::Info),
        FindingKind::SeveralPrincipals => (FindingCode::SeveralPrincipals, Severity::Warning),
        FindingKind::PrincipalNotFirst => (FindingCode::PrincipalNotFirst, Severity::Info),
        FindingKind::WeightsDiffer => (FindingCode::WeightsDiffer, Severity::Caution),
        FindingKind::VentilationMismatch => (FindingCode::VentilationMismatch, Severity::Caution),
        FindingKind::NotPrincipal
        | FindingKind::PrincipalInNoMdc
        | FindingKind::RepeatsPrincipal
        | FindingKind::OperationUnsupported => return None,
    })
}

/// What a finding is called, where it is one about the coding.
fn hint_code(kind: FindingKind) -> Option<HintCode> {
    match kind {
        FindingKind::NotPrincipal => Some(HintCode::PrincipalNotAllowed),
        FindingKind::PrincipalInNoMdc => Some(HintCode::PrincipalInNoMdc),
        FindingKind::RepeatsPrincipal => Some(HintCode::PrincipalRepeated),
        FindingKind::OperationUnsupported => Some(HintCode::OperationUnsupported),
        _ => None,
    }
}

impl CcLevel {
    /// `CC`, `MCC`.
    pub fn word(self) -> &'static str {
        match self {
            CcLevel::None => "",
            CcLevel::Cc => "CC",
            CcLevel::Mcc => "MCC",
        }
    }
}
