//! Rows grouped by a DIP catalogue.

use std::sync::Arc;

use super::{BatchCase, PointsCase};
use crate::dip::{Catalogue, Columns, Grouper, Grouping, Money, Row, score};
use crate::error::{Refusal, RefusalCode};
use crate::money::Rate;
use crate::preview::dip::{check_points, grouper, hospital, point_value, told};
use crate::preview::fees::{RepeatedFees, fees_told};
use crate::preview::line::{cell, end, number};
use crate::preview::shelf::Shelf;
use crate::text;

/// What a case names, found.
#[derive(Debug)]
pub(super) struct DipPlan<'a> {
    shelf: &'a Shelf,
    case: &'a BatchCase,
    catalogue: Arc<Catalogue>,
    columns: Columns,
    /// For rows that do not say it themselves.
    coefficient: Option<Rate>,
    point_value: Option<Rate>,
    separator: u8,
    pub(super) fees: Option<RepeatedFees>,
}

#[derive(Debug)]
pub(super) struct DipWorker<'p> {
    plan: &'p DipPlan<'p>,
    grouper: Grouper<'p>,
}

/// Where a cost lies when there is no group to compare it with.
const NO_BAND: &str = "NA";

impl<'a> DipPlan<'a> {
    pub fn new(shelf: &'a Shelf, case: &'a BatchCase, header: &[u8], separator: u8) -> Result<DipPlan<'a>, Refusal> {
        let catalogue = shelf.catalogue(&case.scheme, &case.choices)?;
        if case.profile.is_some() {
            return Err(Refusal::new(RefusalCode::UnknownChoice, "profile", ""));
        }
        if case.payment.is_some() {
            let columns = "cost, peer_avg, hosp_coef, point_value, patient_paid, auxiliary";
            return Err(Refusal::new(RefusalCode::Malformed, "payment", columns));
        }
        grouper(shelf, &catalogue, case.source)?;
        let (coefficient, point_value) = terms(&catalogue, &case.points).map_err(|r| r.within("points"))?;
        let columns = Columns::from_header(header)?;
        Ok(DipPlan { shelf, case, catalogue, columns, coefficient, point_value, separator, fees: None })
    }

    pub fn header(&self) -> Vec<&'static str> {
        let mut names = vec!["id", "status", "group", "path", "band", "deviation_k", "case_score", "pay_standard"];
        if self.columns.has_auxiliary() {
            names.push("auxiliary");
        }
        if self.case.trace {
            names.push("trace");
        }
        if self.fees.is_some() {
            names.push("fees");
        }
        names.push("error");
        names
    }

    /// What a row says itself goes first.
    fn over(&self, money: Money) -> Money {
        Money {
            coefficient: money.coefficient.or(self.coefficient),
            point_value: money.point_value.or(self.point_value),
            ..money
        }
    }

    pub fn worker(&self) -> Result<DipWorker<'_>, Refusal> {
        Ok(DipWorker { plan: self, grouper: grouper(self.shelf, &self.catalogue, self.case.source)? })
    }
}

/// The coefficient and the point value that hold for a table.
fn terms(catalogue: &Catalogue, asked: &PointsCase) -> Result<(Option<Rate>, Option<Rate>), Refusal> {
    check_points(asked)?;
    let hospital = asked.hospital.as_deref().map(|label| hospital(catalogue, label)).transpose()?;
    let point = asked.point.as_deref().map(|label| point_value(catalogue, label)).transpose()?;
    Ok((hospital.map(|h| h.coefficient).or(asked.coefficient), point.map(|p| p.yuan).or(asked.point_value)))
}

impl DipWorker<'_> {
    pub fn line(&mut self, line: &[u8], out: &mut Vec<u8>) -> bool {
        let (plan, separator) = (self.plan, self.plan.separator);
        let row = plan.columns.row(line);
        let grouping = self.grouper.group_row(&row);
        cell(out, row.id, separator);
        for text in [grouping.path.status(), grouping.label(&plan.catalogue), grouping.path.code()] {
            out.push(separator);
            cell(out, text.as_bytes(), separator);
        }
        let unread = self.payment(&grouping, &row, out).err();
        if plan.case.trace {
            out.push(separator);
            cell(out, told(&mut self.grouper, &row, plan.shelf.names(), plan.case.lang).as_bytes(), separator);
        }
        if let Some(fees) = &plan.fees {
            out.push(separator);
            cell(out, fees_told(fees.of(row.id), plan.case.lang).as_bytes(), separator);
        }
        out.push(separator);
        let done = grouping.path.status() != "check_failed" && unread.is_none();
        if !done {
            cell(out, self.error(unread.as_ref()).as_bytes(), separator);
        }
        end(out);
        done
    }

    /// Band, deviation, score and standard; what is not known stays blank. Which amount cannot be read.
    fn payment(&self, grouping: &Grouping, row: &Row<'_>, out: &mut Vec<u8>) -> Result<(), Refusal> {
        let (catalogue, separator) = (&self.plan.catalogue, self.plan.separator);
        let money = row.money().and_then(|money| Ok((self.plan.over(money), row.auxiliary()?)));
        let group = grouping.group.and_then(|id| catalogue.group(id));
        let known = money.as_ref().ok().zip(group);
        let (settings, days) = (&catalogue.settings, self.grouper.stay());
        let scored = known.map(|((money, auxiliary), group)| score(settings, group, money, days, *auxiliary));
        out.push(separator);
        let band = scored.as_ref().and_then(|s| s.band).map_or("", |band| band.code());
        out.extend_from_slice(if group.is_none() { NO_BAND } else { band }.as_bytes());
        out.push(separator);
        number(out, scored.as_ref().and_then(|s| s.deviation));
        out.push(separator);
        number(out, scored.as_ref().and_then(|s| s.case_score));
        out.push(separator);
        number(out, scored.as_ref().and_then(|s| s.pay_standard_fen).map(|fen| fen.yuan()));
        if self.plan.columns.has_auxiliary() {
            out.push(separator);
            let applied = scored.as_ref().and_then(|s| s.auxiliary);
            let told = applied.map_or(String::new(), |found| format!("{}={}", found.kind.word(), found.factor));
            cell(out, told.as_bytes(), separator);
        }
        money.map(|_| ())
    }

    fn error(&self, unread: Option<&Refusal>) -> String {
        let lang = self.plan.case.lang;
        let refusing = self.grouper.findings().iter().filter(|f| f.refuses);
        let mut told: Vec<String> = refusing.map(|finding| text::dip_refused(finding, lang)).collect();
        told.extend(unread.map(|refusal| text::dip_unread(&refusal.field, lang)));
        told.join(lang.of("", " "))
    }
}
