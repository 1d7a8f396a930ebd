//! Rows of a table by a DIP catalogue. Nothing here knows a browser.

use std::io::Write as _;

use anxin_core::code::Dictionary;
use anxin_core::dip::settle::{SpecialFacts, special};
use anxin_core::dip::{
    Band, Catalogue, FindingKind, Group, Grouper, Grouping, Money, Path, Row, Score, normalised, score,
};
use anxin_core::drg::{Place, Scheme, Status};
use anxin_core::preview::{RecordSource, Shelf};

use super::codes::Codes;
use super::columns::Field;
use super::job::{Line, Taken};
use super::scatter::Scatter;
use super::summary::{Dip, Summary};
use super::task::{Points, Reason, ReasonKind, Task};
use crate::services::cells::write_cell;

/// A catalogue at work on a table.
pub struct ByDip<'s> {
    catalogue: &'s Catalogue,
    grouper: Grouper<'s>,
    /// Codes of the insurance edition, where they are on the shelf.
    edition: Option<(&'s Dictionary, &'s Dictionary)>,
    points: Points,
}

/// Where a cost lies when there is no group to compare it with, as the command line writes it.
const NO_BAND: &str = "NA";

impl<'s> ByDip<'s> {
    /// `None` when the shelf lacks what the task needs.
    pub fn new(shelf: &'s Shelf, task: &Task, summary: &mut Summary) -> Option<ByDip<'s>> {
        let catalogue: &Catalogue = shelf.catalogues().find(|catalogue| catalogue.id == task.scheme)?;
        let grouper = Grouper::new(catalogue);
        let (grouper, edition) = match task.source {
            RecordSource::FrontPage => (grouper.with_clinical(shelf.clinical()?, true), None),
            RecordSource::SettlementList => (grouper, shelf.edition()),
        };
        let deviation = &catalogue.settings.deviation;
        summary.dip = Some(Dip {
            notice: catalogue.notice.clone(),
            scatter: Scatter::new(deviation.low, deviation.high),
            ..Dip::default()
        });
        let edition = edition.map(|edition: &Scheme| (edition.diagnoses(), edition.operations()));
        Some(ByDip { catalogue, grouper, edition, points: task.points })
    }

    pub fn header(&self) -> &'static str {
        ",group,path,band,deviation_k,case_score,pay_standard"
    }

    pub fn take(&mut self, line: &Line<'_>, out: &mut Vec<u8>, summary: &mut Summary) -> Taken {
        let cell = |field| line.cell(field);
        let row = Row {
            id: cell(Field::Id),
            diagnoses: &line.codes.diagnoses,
            operations: &line.codes.operations,
            classes: &line.codes.classes,
            age: cell(Field::Age),
            age_days: cell(Field::AgeDays),
            birth_weight: cell(Field::BirthWeight),
            stay: cell(Field::Stay),
            track: cell(Field::Track),
            cost: cell(Field::Cost),
            peer_average: cell(Field::PeerAverage),
            coefficient: cell(Field::Coefficient),
            point_value: cell(Field::PointValue),
            patient_paid: cell(Field::PersonPaid),
            auxiliary: cell(Field::Auxiliary),
        };
        let grouping = self.grouper.group_row(&row);
        let group = grouping.group.and_then(|id| self.catalogue.group(id));
        let money = row.money().and_then(|money| Ok((self.points.over(money), row.auxiliary()?)));
        let known = money.as_ref().ok().zip(group);
        let (settings, days) = (&self.catalogue.settings, self.grouper.stay());
        let scored = known.map(|((money, auxiliary), group)| score(settings, group, money, days, *auxiliary));
        let label = grouping.label(self.catalogue);
        write(out, label, &grouping, group, scored.as_ref());
        let mut reasons = self.reasons(&grouping, line.codes);
        if let Err(refusal) = &money {
            reasons.push(Reason { kind: ReasonKind::Unreadable, code: refusal.field.clone() });
        }
        let candidate = known.is_some_and(|((money, _), group)| self.is_special(money, group));
        reasons.extend(costs(scored.as_ref(), candidate));
        if let Some(dip) = &mut summary.dip {
            dip.count(grouping.path, scored.as_ref());
        }
        Taken {
            status: status(grouping.path),
            group: label.to_owned(),
            cost: money.ok().and_then(|(money, _)| money.cost),
            standard: scored.and_then(|scored| scored.pay_standard_fen),
            reasons,
        }
    }

    /// Special review compares with the standard before any deviation.
    fn is_special(&self, money: &Money, group: &Group) -> bool {
        let Catalogue { settings, .. } = self.catalogue;
        let plain = score(settings, group, &Money { cost: None, ..*money }, self.grouper.stay(), None);
        let multiple = settings.deviation.high_line(plain.group_score.unwrap_or_default());
        !special(money.cost, plain.pay_standard_fen, multiple, &SpecialFacts::default()).is_empty()
    }

    /// What somebody should look at in the codes.
    fn reasons(&self, grouping: &Grouping, codes: &Codes) -> Vec<Reason> {
        let reason = |kind, place| Reason { kind, code: codes.at(place) };
        let mut found = Vec::new();
        if grouping.path == Path::Ungrouped {
            found.push(reason(ReasonKind::Ungrouped, Place::Diagnosis(0)));
        }
        let findings = self.grouper.findings().iter();
        found.extend(findings.filter_map(|f| Some(reason(kind(f.kind, f.place)?, f.place))));
        found.extend(self.unknown(codes));
        found.dedup();
        found
    }

    /// Codes that the insurance edition does not have; they are grouped all the same.
    fn unknown(&self, codes: &Codes) -> Vec<Reason> {
        let Some((diagnoses, operations)) = self.edition else { return Vec::new() };
        let lists = [(&codes.diagnoses, diagnoses), (&codes.operations, operations)];
        let unknown = lists.into_iter().flat_map(|(codes, edition)| {
            Codes::each(codes).filter(move |code| {
                let code = std::str::from_utf8(code).ok().and_then(normalised);
                code.is_some_and(|code| edition.find_code(&code).is_none())
            })
        });
        let told = |code: &[u8]| String::from_utf8_lossy(code).into_owned();
        unknown.map(|code| Reason { kind: ReasonKind::UnknownCode, code: told(code) }).collect()
    }
}

impl Points {
    /// What a row says itself goes first.
    fn over(self, money: Money) -> Money {
        Money {
            coefficient: money.coefficient.or(self.coefficient),
            point_value: money.point_value.or(self.point_value),
            ..money
        }
    }
}

/// Status, group and figures as the command line writes them; what is not known stays blank.
fn write(out: &mut Vec<u8>, label: &str, grouping: &Grouping, group: Option<&Group>, scored: Option<&Score>) {
    let band = scored.and_then(|s| s.band).map_or("", Band::code);
    for text in [grouping.path.status(), label, grouping.path.code(), if group.is_none() { NO_BAND } else { band }] {
        out.push(b',');
        write_cell(out, text.as_bytes());
    }
    let figures = [scored.and_then(|s| s.deviation), scored.and_then(|s| s.case_score)];
    for rate in figures {
        out.push(b',');
        if let Some(rate) = rate {
            // Writing to a Vec cannot fail.
            let _ = write!(out, "{rate}");
        }
    }
    out.push(b',');
    if let Some(fen) = scored.and_then(|s| s.pay_standard_fen) {
        let _ = write!(out, "{}", fen.yuan());
    }
}

/// What the cost of a stay gives to look at.
fn costs(scored: Option<&Score>, special: bool) -> Vec<Reason> {
    let Some(scored) = scored else { return Vec::new() };
    let times = scored.ratio.map(|ratio| ratio.get().normalize().to_string()).unwrap_or_default();
    let by_band = match scored.band {
        Some(Band::High) => Some(ReasonKind::CostHigh),
        Some(Band::Low) => Some(ReasonKind::CostLow),
        Some(Band::Normal) | None => None,
    };
    let by_band = by_band.map(|kind| Reason { kind, code: times });
    let special = special.then(|| Reason { kind: ReasonKind::SpecialReview, code: String::new() });
    by_band.into_iter().chain(special).collect()
}

fn status(path: Path) -> Status {
    match path {
        Path::InvalidDx | Path::Incomplete => Status::CheckFailed,
        Path::Ungrouped | Path::Excluded => Status::Ungrouped,
        Path::PreGroup | Path::Core | Path::Comprehensive | Path::Chapter | Path::Blank | Path::BedDay | Path::Tcm => {
            Status::Grouped
        }
    }
}

/// What only says how a record was read is not worth anybody's time.
fn kind(kind: FindingKind, place: Place) -> Option<ReasonKind> {
    Some(match kind {
        FindingKind::Missing => ReasonKind::Missing,
        FindingKind::Unreadable => ReasonKind::Unreadable,
        FindingKind::NoDiagnosis => ReasonKind::NoDiagnosis,
        FindingKind::NotADiagnosis | FindingKind::UnknownCode => ReasonKind::UnknownCode,
        FindingKind::ExcludedPrincipal => ReasonKind::PrincipalNotAllowed,
        // Further down in a record it is nothing to look at.
        FindingKind::OperationNotMain if place == Place::Operation(0) => ReasonKind::OperationNotMain,
        FindingKind::ClassUnknown => ReasonKind::ClassUnknown,
        FindingKind::OperationNotMain
        | FindingKind::Respelled(_)
        | FindingKind::FromClinical(_)
        | FindingKind::OperationDropped
        | FindingKind::OperationRepeated
        | FindingKind::TooManyOperations => return None,
    })
}
