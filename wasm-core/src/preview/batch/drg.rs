//! Rows grouped by a DRG scheme.

use std::sync::Arc;

use super::BatchCase;
use crate::drg::{Band, Columns, Explanation, Grouper, Row, Scheme, Status};
use crate::error::Refusal;
use crate::money::Fen;
use crate::preview::check;
use crate::preview::compose::{Teller, grouper};
use crate::preview::fees::{RepeatedFees, fees_told};
use crate::preview::line::{cell, end, number};
use crate::preview::pay::Tariff;
use crate::preview::shelf::Shelf;
use crate::text;

/// What a case names, found.
#[derive(Debug)]
pub(super) struct DrgPlan<'a> {
    shelf: &'a Shelf,
    case: &'a BatchCase,
    scheme: Arc<Scheme>,
    columns: Columns,
    tariff: Option<Tariff<'a>>,
    separator: u8,
    pub(super) fees: Option<RepeatedFees>,
}

/// Groups rows one after the other with one set of buffers.
#[derive(Debug)]
pub(super) struct DrgWorker<'p> {
    plan: &'p DrgPlan<'p>,
    grouper: Grouper<'p>,
    why: Explanation,
}

impl<'a> DrgPlan<'a> {
    /// Finds what the case names and the columns of a header; `separator` is that of the output.
    pub fn new(shelf: &'a Shelf, case: &'a BatchCase, header: &[u8], separator: u8) -> Result<DrgPlan<'a>, Refusal> {
        let scheme = shelf.scheme(&case.scheme, case.profile.as_deref(), &case.choices)?;
        grouper(shelf, &scheme, case.source)?;
        let tariff = match &case.payment {
            Some(asked) => {
                check::payment(asked).map_err(|r| r.within("payment"))?;
                Some(Tariff::asked(shelf, &case.scheme, asked)?)
            }
            None => None,
        };
        Ok(DrgPlan { shelf, case, scheme, columns: Columns::from_header(header)?, tariff, separator, fees: None })
    }

    /// Names of the columns that come out.
    pub fn header(&self) -> Vec<&'static str> {
        let mut names = vec!["id", "status", "mdc", "adrg", "drg"];
        if self.tariff.is_some() {
            names.extend(["weight", "standard", "band", "remark"]);
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

    pub fn worker(&self) -> Result<DrgWorker<'_>, Refusal> {
        let grouper = grouper(self.shelf, &self.scheme, self.case.source)?;
        Ok(DrgWorker { plan: self, grouper, why: Explanation::default() })
    }
}

impl DrgWorker<'_> {
    /// Groups one line without its end and writes the row for it, with one. Whether it could be read and
    /// checked: a row that could not has its error in the last column.
    pub fn line(&mut self, line: &[u8], out: &mut Vec<u8>) -> bool {
        let row = self.plan.columns.row(line);
        let separator = self.plan.separator;
        let grouping = if self.plan.case.trace {
            self.grouper.explain_row(&row, &mut self.why);
            self.why.grouping
        } else {
            self.grouper.group_row(&row)
        };
        let labels = grouping.labels(&self.plan.scheme);
        cell(out, row.id, separator);
        for text in [labels.status, labels.mdc, labels.adrg, labels.drg] {
            out.push(separator);
            out.extend_from_slice(text.as_bytes());
        }
        let group = (grouping.status == Status::Grouped).then_some(labels.drg);
        let cost_read = self.payment(group, &row, out);
        if self.plan.case.trace {
            out.push(separator);
            let told = self.told(&row);
            cell(out, told.as_bytes(), separator);
        }
        if let Some(fees) = &self.plan.fees {
            out.push(separator);
            cell(out, fees_told(fees.of(row.id), self.plan.case.lang).as_bytes(), separator);
        }
        out.push(separator);
        let checked = grouping.status != Status::CheckFailed;
        if !(checked && cost_read) {
            let error = self.error(cost_read);
            cell(out, error.as_bytes(), separator);
        }
        end(out);
        checked && cost_read
    }

    /// Weight, standard, band, and what the region's table says of the group; what is not known stays blank. Whether
    /// the cost could be read.
    fn payment(&self, group: Option<&str>, row: &Row<'_>, out: &mut Vec<u8>) -> bool {
        let Some(tariff) = &self.plan.tariff else { return true };
        let separator = self.plan.separator;
        let cost_text = std::str::from_utf8(row.cost).unwrap_or("?").trim().to_owned();
        let days = self.grouper.stay();
        let cost = Fen::parse_yuan(&cost_text).filter(|fen| !fen.is_negative());
        let paid = group.and_then(|group| tariff.pay(group, days).ok());
        out.push(separator);
        number(out, group.and_then(|group| tariff.weight(group)));
        out.push(separator);
        number(out, paid.map(|paid| paid.standard.yuan()));
        out.push(separator);
        out.extend_from_slice(tariff.band(cost, paid).map_or("", Band::word).as_bytes());
        out.push(separator);
        let remarks = group.map(|group| tariff.remarks(group)).unwrap_or_default();
        cell(out, text::remarks_told(&remarks, self.plan.case.lang).as_bytes(), separator);
        cost_text.is_empty() || cost.is_some()
    }

    fn error(&self, cost_read: bool) -> String {
        let lang = self.plan.case.lang;
        let refusing = self.grouper.findings().iter().filter(|f| f.refuses);
        let mut told: Vec<String> = refusing.filter_map(|finding| text::refused(finding, lang)).collect();
        if !cost_read {
            told.push(lang.of("医疗费总额无法读取。", "The cost cannot be read.").to_owned());
        }
        told.join(lang.of("", " "))
    }

    /// Why the last row is in its group.
    fn told(&self, row: &Row<'_>) -> String {
        let codes = |cell: &[u8]| -> Vec<String> {
            let all = cell.split(|b| *b == b'|').filter(|code| !code.is_empty());
            all.map(|code| String::from_utf8_lossy(code).into_owned()).collect()
        };
        let recorded = (codes(row.diagnoses), codes(row.operations));
        let teller = Teller::new(&self.plan.scheme, self.plan.shelf.names(), recorded, &self.grouper);
        text::told(&mut teller.answer(&self.why), self.plan.case.lang)
    }
}
