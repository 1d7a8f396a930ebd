//! A table of records, row by row: one line in, one line out, nothing lost.

mod dip;
mod drg;
mod several;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use self::dip::{DipPlan, DipWorker};
use self::drg::{DrgPlan, DrgWorker};
use self::several::Several;
use super::case::{PaymentCase, RecordSource};
use super::fees::RepeatedFees;
use super::shelf::Shelf;
use crate::error::Refusal;
use crate::money::Rate;
use crate::text::Lang;

/// How the records of a table are to be grouped.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct BatchCase {
    /// As in [`super::GroupCase`], or in [`super::DipCase`] for a catalogue; and so are the next three.
    pub scheme: String,
    #[serde(default)]
    pub profile: Option<String>,
    #[serde(default)]
    pub choices: BTreeMap<String, String>,
    #[serde(default)]
    pub source: RecordSource,
    /// The tariff and the lines of a DRG scheme; the cost of a stay comes from its row. A DIP catalogue takes
    /// all amounts from the row.
    #[serde(default)]
    pub payment: Option<PaymentCase>,
    /// What holds for every row of a DIP catalogue's table that does not say it itself.
    #[serde(default)]
    pub points: PointsCase,
    /// Adds a column that says why.
    #[serde(default)]
    pub trace: bool,
    /// Of the column that says why and of errors.
    #[serde(default = "chinese")]
    pub lang: Lang,
}

/// What a score needs beside the stay.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct PointsCase {
    /// 医疗机构系数
    pub coefficient: Option<Rate>,
    /// Which of the catalogue's coefficients, in place of `coefficient`.
    pub hospital: Option<String>,
    /// Yuan for one point.
    pub point_value: Option<Rate>,
    /// Which of the catalogue's point values, in place of `point_value`.
    pub point: Option<String>,
}

/// A table, and how its records are to be grouped.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct TableCase {
    pub batch: BatchCase,
    /// A header and a line for each record, between tabs or commas.
    pub table: String,
}

/// Groups every line of a table: a header and a line for each, between tabs.
pub fn group_table(shelf: &Shelf, case: &BatchCase, table: &[u8]) -> Result<Vec<u8>, Refusal> {
    let mut lines = table.split(|byte| *byte == b'\n').filter(|line| !line.is_empty());
    let header = lines.next().unwrap_or_default();
    let plan = Plan::new(shelf, case, header, b'\t')?;
    let mut worker = plan.worker()?;
    let mut out = plan.header().join("\t").into_bytes();
    out.push(b'\n');
    for line in lines {
        worker.line(line, &mut out);
    }
    Ok(out)
}

fn chinese() -> Lang {
    Lang::Zh
}

/// A case with everything that it names found, ready for any number of workers.
#[derive(Debug)]
pub struct Plan<'a> {
    kind: Kind<DrgPlan<'a>, DipPlan<'a>>,
    several: Option<Several>,
}

/// Groups rows one after the other with one set of buffers.
#[derive(Debug)]
pub struct Worker<'p> {
    kind: Kind<DrgWorker<'p>, DipWorker<'p>>,
    several: Option<&'p Several>,
    /// A line with its codes put together.
    together: Vec<u8>,
}

#[derive(Debug)]
enum Kind<A, B> {
    Drg(A),
    Dip(B),
}

impl<'a> Plan<'a> {
    /// Finds what the case names and the columns of a header; `separator` is that of the output. The pack of
    /// the scheme says how it is grouped.
    pub fn new(shelf: &'a Shelf, case: &'a BatchCase, header: &[u8], separator: u8) -> Result<Plan<'a>, Refusal> {
        let (several, together) = Several::of(header)?.unzip();
        let header = together.as_deref().unwrap_or(header);
        let kind = if shelf.is_dip(&case.scheme) {
            Kind::Dip(DipPlan::new(shelf, case, header, separator)?)
        } else {
            Kind::Drg(DrgPlan::new(shelf, case, header, separator)?)
        };
        Ok(Plan { kind, several })
    }

    /// With charges that stand twice in a table of their own: a column says so.
    #[must_use]
    pub fn with_fees(mut self, fees: RepeatedFees) -> Plan<'a> {
        match &mut self.kind {
            Kind::Drg(plan) => plan.fees = Some(fees),
            Kind::Dip(plan) => plan.fees = Some(fees),
        }
        self
    }

    /// Names of the columns that come out.
    pub fn header(&self) -> Vec<&'static str> {
        match &self.kind {
            Kind::Drg(plan) => plan.header(),
            Kind::Dip(plan) => plan.header(),
        }
    }

    pub fn worker(&self) -> Result<Worker<'_>, Refusal> {
        let kind = match &self.kind {
            Kind::Drg(plan) => Kind::Drg(plan.worker()?),
            Kind::Dip(plan) => Kind::Dip(plan.worker()?),
        };
        Ok(Worker { kind, several: self.several.as_ref(), together: Vec::new() })
    }
}

impl Worker<'_> {
    /// Groups one line without its end and writes the row for it, with one. Whether it could be read and
    /// checked: a row that could not has its error in the last column.
    pub fn line(&mut self, line: &[u8], out: &mut Vec<u8>) -> bool {
        let line = match self.several {
            Some(several) => {
                several.line(line, &mut self.together);
                self.together.as_slice()
            }
            None => line,
        };
        match &mut self.kind {
            Kind::Drg(worker) => worker.line(line, out),
            Kind::Dip(worker) => worker.line(line, out),
        }
    }
}
