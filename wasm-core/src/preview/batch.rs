//! A table of records, row by row: one line in, one line out, nothing lost.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::case::{PaymentCase, RecordSource};
use super::check;
use super::compose::{Teller, grouper};
use super::line::{cell, end, number};
use super::pay::{Tariff, band};
use super::shelf::Shelf;
use crate::drg::{Columns, Explanation, Grouper, Row, Scheme, Status, standard};
use crate::error::Refusal;
use crate::money::Fen;
use crate::text::{self, Lang};

/// How the records of a table are to be grouped.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BatchCase {
    /// As in [`super::GroupCase`], and so are the next three.
    pub scheme: String,
    #[serde(default)]
    pub profile: Option<String>,
    #[serde(default)]
    pub choices: BTreeMap<String, String>,
    #[serde(default)]
    pub source: RecordSource,
    /// The tariff and the lines; the cost of a stay comes from its row.
    #[serde(default)]
    pub payment: Option<PaymentCase>,
    /// Adds a column that says why.
    #[serde(default)]
    pub trace: bool,
    /// Of the column that says why and of errors.
    #[serde(default = "chinese")]
    pub lang: Lang,
}

fn chinese() -> Lang {
    Lang::Zh
}

/// A case with everything that it names found, ready for any number of workers.
#[derive(Debug)]
pub struct Plan<'a> {
    shelf: &'a Shelf,
    case: &'a BatchCase,
    scheme: Arc<Scheme>,
    columns: Columns,
    tariff: Option<(Tariff<'a>, &'a PaymentCase)>,
    separator: u8,
}

/// Groups rows one after the other with one set of buffers.
#[derive(Debug)]
pub struct Worker<'p> {
    plan: &'p Plan<'p>,
    grouper: Grouper<'p>,
    why: Explanation,
}

impl<'a> Plan<'a> {
    /// Finds what the case names and the columns of a header; `separator` is that of the output.
    pub fn new(shelf: &'a Shelf, case: &'a BatchCase, header: &[u8], separator: u8) -> Result<Plan<'a>, Refusal> {
        let scheme = shelf.scheme(&case.scheme, case.profile.as_deref(), &case.choices)?;
        grouper(shelf, &scheme, case.source)?;
        let tariff = match &case.payment {
            Some(asked) => {
                let found = check::payment(asked).and_then(|()| Tariff::find(shelf, &asked.region, &asked.price));
                Some((found.map_err(|r| r.within("payment"))?, asked))
            }
            None => None,
        };
        Ok(Plan { shelf, case, scheme, columns: Columns::from_header(header)?, tariff, separator })
    }

    /// Names of the columns that come out.
    pub fn header(&self) -> Vec<&'static str> {
        let mut names = vec!["id", "status", "mdc", "adrg", "drg"];
        if self.tariff.is_some() {
            names.extend(["weight", "standard", "band"]);
        }
        if self.case.trace {
            names.push("trace");
        }
        names.push("error");
        names
    }

    pub fn worker(&self) -> Result<Worker<'_>, Refusal> {
        let grouper = grouper(self.shelf, &self.scheme, self.case.source)?;
        Ok(Worker { plan: self, grouper, why: Explanation::default() })
    }
}

impl Worker<'_> {
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
        let cost_read = self.payment(group, row.cost, out);
        if self.plan.case.trace {
            out.push(separator);
            let told = self.told(&row);
            cell(out, told.as_bytes(), separator);
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

    /// Weight, standard and band; what is not known stays blank. Whether the cost could be read.
    fn payment(&self, group: Option<&str>, cost: &[u8], out: &mut Vec<u8>) -> bool {
        let Some((tariff, asked)) = self.plan.tariff else { return true };
        let separator = self.plan.separator;
        let weight = group.and_then(|group| tariff.book.weight(tariff.region, group));
        let paid = weight.and_then(|w| Some((standard(w, tariff.price.yuan, asked.coefficient)?, w)));
        let text = std::str::from_utf8(cost).unwrap_or("?").trim();
        let cost = Fen::parse_yuan(text).filter(|fen| !fen.is_negative());
        out.push(separator);
        number(out, weight);
        out.push(separator);
        number(out, paid.map(|(standard, _)| standard.yuan()));
        out.push(separator);
        out.extend_from_slice(band(cost, asked.thresholds.as_ref(), paid).map_or("", |band| band.word()).as_bytes());
        text.is_empty() || cost.is_some()
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
