//! A stay as the settlement list (医疗保障基金结算清单) has it, with the names used there.

use serde::{Deserialize, Serialize};

use super::facts::{FindingKind, Track};
use super::group::{Grouper, Grouping};
use super::layout::OperationClass;
use crate::drg::{Diagnosis, Operation, Place, principal_first};
use crate::money::Fen;

/// A stay. What is left out is unknown, never zero.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "DipRecord"))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(rename = "DipRecord"))]
pub struct Record {
    /// Completed years.
    pub age: Option<u32>,
    /// Age in days, for infants below one year.
    pub nwb_age: Option<u32>,
    /// Birth weight in grams.
    pub nwb_bir_wt: Option<u32>,
    /// Days in hospital.
    pub act_ipt_days: Option<u32>,
    pub diagnoses: Vec<Diagnosis>,
    pub operations: Vec<Operation>,
    /// 手术操作类型 of each operation, in the same order; empty where the table is to say.
    pub operation_classes: Vec<OperationClassText>,
    /// By which list of groups the stay is settled.
    pub track: Track,
    /// 医疗费总额 in fen. Only a catalogue that groups by cost asks for it.
    pub medfee_sumamt_fen: Option<Fen>,
}

/// `SURG`, `INTV`, `THER`, `DIAG` or `NONE`; 手术, 介入治疗, 治疗性操作, 诊断性操作.
pub type OperationClassText = String;

impl Grouper<'_> {
    /// Groups a record. The row marked principal or main comes first, wherever it stands; places in
    /// findings are those of the record.
    pub fn group_record(&mut self, record: &Record) -> Grouping {
        self.take_record(record);
        self.group_taken()
    }

    pub(crate) fn take_record(&mut self, record: &Record) {
        self.facts.clear();
        (self.facts.age, self.facts.days) = (record.age, record.nwb_age);
        self.facts.birth_weight = record.nwb_bir_wt.filter(|grams| *grams > 0);
        self.facts.stay = record.act_ipt_days;
        (self.facts.track, self.facts.cost) = (record.track, record.medfee_sumamt_fen);
        let western = |d: &Diagnosis| !matches!(d.diag_type.as_deref(), Some("2" | "3"));
        let principal = |d: &Diagnosis| western(d) && d.maindiag_flag.as_deref() == Some("1");
        for (place, row) in principal_first(&record.diagnoses, principal).filter(|(_, d)| western(d)) {
            self.take_diagnosis(row.diag_code.as_bytes(), place);
        }
        let main = |o: &Operation| o.main_oprn_flag.as_deref() == Some("1");
        for (place, row) in principal_first(&record.operations, main) {
            let told = record.operation_classes.get(usize::from(place)).map_or("", String::as_str);
            let class = OperationClass::read(told.trim());
            if class.is_none() {
                self.facts.find(FindingKind::Unreadable, Place::Operation(place), false);
            }
            self.take_operation(row.oprn_oprt_code.as_bytes(), class.unwrap_or_default(), place);
        }
        self.check();
    }
}
