//! From the grouper's numbers to an answer that people can read.

use super::answer::{
    CatalogueSaid, DipAnswer, DipCandidateOut, DipFate, DipFindingCode, DipFindingOut, DipGroupOut, DipOperationOut,
};
use super::case::DipCase;
use super::scored::Terms;
use super::{check, hints, scored};
use crate::benefit::Severity;
use crate::code::{NameBook, System};
use crate::dip::{
    Candidate, Catalogue, Explanation, Fate, Finding, FindingKind, Group, GroupId, Grouper, OperationClass, Row,
    normalised,
};
use crate::drg::{Place, principal_first};
use crate::error::{Refusal, RefusalCode};
use crate::preview::listing::{catalogue_pack, catalogue_ref, settings_in_force};
use crate::preview::shelf::Shelf;
use crate::preview::{CodeOut, RecordSource};
use crate::text::{self, Lang};

/// Groups a case by its catalogue and says why.
pub fn group(shelf: &Shelf, case: &DipCase) -> Result<DipAnswer, Refusal> {
    check::check(case)?;
    let catalogue = shelf.catalogue(&case.scheme, &case.choices)?;
    let terms = match &case.payment {
        Some(asked) => Terms::asked(&catalogue, asked).map_err(|r| r.within("payment"))?,
        None => Terms::default(),
    };
    let mut grouper = grouper(shelf, &catalogue, case.source)?;
    let mut why = Explanation::default();
    grouper.explain_record(&case.record, &mut why);
    let western = |kind: Option<&str>| !matches!(kind, Some("2" | "3"));
    let rows: Vec<Recorded> =
        case.record.diagnoses.iter().map(|d| (d.diag_code.clone(), western(d.diag_type.as_deref()))).collect();
    let marked = |d: &crate::drg::Diagnosis| western(d.diag_type.as_deref()) && d.maindiag_flag.as_deref() == Some("1");
    let mut order = principal_first(&case.record.diagnoses, marked).filter(|(_, d)| western(d.diag_type.as_deref()));
    let first = order.next().map(|(place, _)| place);
    let operations = case.record.operations.iter().map(|row| row.oprn_oprt_code.clone()).collect();
    let teller = Teller { catalogue: &catalogue, names: shelf.names(), why: &why };
    let mut answer = teller.answer((rows, first), operations);
    let taken = why.grouping.group.and_then(|id| catalogue.group(id));
    answer.score = taken.map(|group| scored::scored(&catalogue, group, case, terms));
    answer.hints = hints::hints(&mut grouper, &case.record, why.grouping.path);
    Ok(answer)
}

/// Why a row is in its group, in a few sentences.
pub(crate) fn told(grouper: &mut Grouper<'_>, row: &Row<'_>, names: Option<&NameBook>, lang: Lang) -> String {
    let codes = |cell: &[u8]| -> Vec<String> {
        let all = cell.split(|b| *b == b'|').filter(|code| !code.is_empty());
        all.map(|code| String::from_utf8_lossy(code).into_owned()).collect()
    };
    let mut why = Explanation::default();
    grouper.explain_row(row, &mut why);
    let rows: Vec<Recorded> = codes(row.diagnoses).into_iter().map(|code| (code, true)).collect();
    let first = (!rows.is_empty()).then_some(0);
    let teller = Teller { catalogue: grouper.catalogue(), names, why: &why };
    text::dip_told(&mut teller.answer((rows, first), codes(row.operations)), lang)
}

/// A grouper that reads codes as the source writes them.
pub(crate) fn grouper<'s>(
    shelf: &'s Shelf,
    catalogue: &'s Catalogue,
    source: RecordSource,
) -> Result<Grouper<'s>, Refusal> {
    let grouper = Grouper::new(catalogue);
    match (source, shelf.clinical()) {
        (RecordSource::SettlementList, _) => Ok(grouper),
        (RecordSource::FrontPage, Some(map)) => Ok(grouper.with_clinical(map, true)),
        (RecordSource::FrontPage, None) => Err(Refusal::new(RefusalCode::NoPack, "source", "drg/clinical")),
    }
}

/// A diagnosis as it is recorded, and whether it is grouped by.
type Recorded = (String, bool);

/// Knows what the numbers of one grouping stand for.
struct Teller<'a> {
    catalogue: &'a Catalogue,
    names: Option<&'a NameBook>,
    why: &'a Explanation,
}

impl Teller<'_> {
    fn answer(&self, (diagnoses, first): (Vec<Recorded>, Option<u16>), operations: Vec<String>) -> DipAnswer {
        let rows = diagnoses.into_iter().zip(0_u16..);
        let diagnoses: Vec<CodeOut> = rows.map(|(row, place)| self.diagnosis(row, place, first)).collect();
        let operations: Vec<DipOperationOut> =
            operations.into_iter().zip(0_u16..).map(|(recorded, place)| self.operation(recorded, place)).collect();
        let recorded = |place: Place| match place {
            Place::Diagnosis(n) => diagnoses.get(usize::from(n)).map(|row| row.recorded.clone()),
            Place::Operation(n) => operations.get(usize::from(n)).map(|row| row.recorded.clone()),
            _ => None,
        };
        DipAnswer {
            pack: catalogue_pack(self.catalogue),
            scheme: catalogue_ref(self.catalogue),
            notice: self.catalogue.notice.as_ref().map(|said| said.zh.clone()),
            left_out: self.catalogue.left_out.iter().map(|said| said.zh.clone()).collect(),
            said: CatalogueSaid { notice: self.catalogue.notice.clone(), left_out: self.catalogue.left_out.clone() },
            choices: settings_in_force(&self.catalogue.settings),
            path: self.why.grouping.path,
            text: None,
            group: self.why.grouping.group.and_then(|id| self.group(id)),
            principal: diagnoses.iter().find(|row| row.first).cloned(),
            findings: self.why.findings.iter().map(|f| finding(f, recorded(f.place))).collect(),
            candidates: self.why.candidates.iter().filter_map(|c| self.candidate(c, &operations)).collect(),
            hints: Vec::new(),
            score: None,
            diagnoses,
            operations,
        }
    }

    fn name(&self, system: System, code: Option<&str>) -> Option<String> {
        self.names?.name(system, code?).map(str::to_owned)
    }

    fn diagnosis(&self, (recorded, used): Recorded, place: u16, first: Option<u16>) -> CodeOut {
        let mut code = normalised(&recorded).filter(|_| used);
        for found in self.why.findings.iter().filter(|f| f.place == Place::Diagnosis(place)) {
            match found.kind {
                FindingKind::Respelled(read) | FindingKind::FromClinical(read) => code = Some(read),
                FindingKind::NotADiagnosis | FindingKind::UnknownCode => code = None,
                _ => {}
            }
        }
        let code = code.map(|code| code.to_string());
        CodeOut { name: self.name(System::Diagnosis, code.as_deref()), recorded, code, first: first == Some(place) }
    }

    fn operation(&self, recorded: String, place: u16) -> DipOperationOut {
        let read = self.why.operations.iter().find(|read| read.place == place);
        let code = read.and_then(|read| read.code).map(|code| code.to_string());
        DipOperationOut {
            name: self.name(System::Operation, code.as_deref()),
            recorded,
            code,
            class: read.map_or(OperationClass::Unknown, |read| read.class),
            main: read.is_some_and(|read| read.main),
            used: read.is_some_and(|read| read.live),
        }
    }

    fn group(&self, id: GroupId) -> Option<DipGroupOut> {
        let Group { label, kind, base_level, .. } = self.catalogue.group(id)?;
        let name = self.catalogue.name(id).map(str::to_owned);
        Some(DipGroupOut { code: label.clone(), name, kind: *kind, base_level: *base_level })
    }

    fn candidate(&self, candidate: &Candidate, operations: &[DipOperationOut]) -> Option<DipCandidateOut> {
        let mut out = DipCandidateOut {
            group: self.group(candidate.group)?,
            fate: fate(&candidate.fate),
            place: None,
            code: None,
            met: None,
            wanted: None,
            missing: Vec::new(),
            class: None,
            text: None,
        };
        match &candidate.fate {
            Fate::FewerRelated { met, taken } => (out.met, out.wanted) = (Some(*met), Some(*taken)),
            Fate::RelatedMissing { met, wanted, missing } => {
                (out.met, out.wanted) = (Some(*met), Some(*wanted));
                out.missing = missing.iter().map(ToString::to_string).collect();
            }
            Fate::MainElsewhere { place } => {
                out.place = Some(Place::Operation(*place));
                out.code = operations.get(usize::from(*place)).and_then(|row| row.code.clone());
            }
            Fate::OtherClass { has } => out.class = *has,
            _ => {}
        }
        Some(out)
    }
}

fn fate(fate: &Fate) -> DipFate {
    match fate {
        Fate::Taken => DipFate::Taken,
        Fate::FewerRelated { .. } => DipFate::FewerRelated,
        Fate::CoarserDiagnosis => DipFate::CoarserDiagnosis,
        Fate::LostTie => DipFate::LostTie,
        Fate::LostChoice => DipFate::LostChoice,
        Fate::MainElsewhere { .. } => DipFate::MainElsewhere,
        Fate::MainMissing => DipFate::MainMissing,
        Fate::RelatedMissing { .. } => DipFate::RelatedMissing,
        Fate::Conservative => DipFate::Conservative,
        Fate::OtherClass { .. } => DipFate::OtherClass,
        Fate::NotReached => DipFate::NotReached,
        Fate::OtherTrack => DipFate::OtherTrack,
        Fate::OtherDays => DipFate::OtherDays,
    }
}

fn finding(found: &Finding, recorded: Option<String>) -> DipFindingOut {
    let (code, severity) = finding_code(found.kind);
    let read_as = match found.kind {
        FindingKind::Respelled(read) | FindingKind::FromClinical(read) => Some(read.to_string()),
        _ => None,
    };
    let Finding { place, refuses, .. } = *found;
    let severity = if refuses { Severity::Warning } else { severity };
    DipFindingOut { code, severity, refuses, place, recorded, read_as, text: None }
}

pub(crate) fn finding_code(kind: FindingKind) -> (DipFindingCode, Severity) {
    match kind {
        FindingKind::Missing => (DipFindingCode::Missing, Severity::Warning),
        FindingKind::Unreadable => (DipFindingCode::Unreadable, Severity::Warning),
        FindingKind::NoDiagnosis => (DipFindingCode::NoDiagnosis, Severity::Warning),
        FindingKind::NotADiagnosis => (DipFindingCode::NotADiagnosis, Severity::Warning),
        FindingKind::UnknownCode => (DipFindingCode::UnknownCode, Severity::Warning),
        FindingKind::Respelled(_) => (DipFindingCode::Respelled, Severity::Info),
        FindingKind::FromClinical(_) => (DipFindingCode::FromClinical, Severity::Info),
        FindingKind::ExcludedPrincipal => (DipFindingCode::ExcludedPrincipal, Severity::Warning),
        FindingKind::OperationDropped => (DipFindingCode::OperationDropped, Severity::Info),
        FindingKind::OperationNotMain => (DipFindingCode::OperationNotMain, Severity::Info),
        FindingKind::ClassUnknown => (DipFindingCode::ClassUnknown, Severity::Caution),
        FindingKind::OperationRepeated => (DipFindingCode::OperationRepeated, Severity::Info),
        FindingKind::TooManyOperations => (DipFindingCode::TooManyOperations, Severity::Caution),
    }
}
