//! A record as the settlement list (医疗保障基金结算清单) has it, with the names used there.

use serde::{Deserialize, Serialize};

use super::check::{FindingKind, Place};
use super::facts::Sex;
use super::group::{Grouper, Grouping, NEWBORN_DAYS};

/// A discharge. What is left out is unknown, never zero.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
// TypeScript has a `Record` of its own, which our declarations use.
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(rename = "DischargeRecord"))]
pub struct Record {
    /// `1` male, `2` female; 男 and 女 are read too.
    pub gend: String,
    /// Completed years.
    pub age: Option<u32>,
    /// Age in days, for infants below one year.
    pub nwb_age: Option<u32>,
    /// Birth weight in grams.
    pub nwb_bir_wt: Option<u32>,
    /// Weight on admission in grams. Never used for grouping.
    pub nwb_adm_wt: Option<u32>,
    /// Days in hospital.
    pub act_ipt_days: Option<u32>,
    /// 离院方式, `1` to `5` or `9`.
    pub dscg_way: Option<u32>,
    /// 出院科别, by its code or its name. Only a city's own groups ask for it.
    pub dscg_caty: Option<String>,
    /// Whole hours of ventilation.
    pub vent_used_dura: Option<u32>,
    /// 住院医疗类型: `1` inpatient, `2` day surgery. No scheme asks for it; kept so that a settlement list
    /// can be given whole.
    pub ipt_med_type: Option<String>,
    /// 治疗类别: western, traditional or both. No scheme asks for it either.
    pub trt_type: Option<String>,
    pub diagnoses: Vec<Diagnosis>,
    pub operations: Vec<Operation>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Diagnosis {
    pub diag_code: String,
    /// `1`: this row is the principal diagnosis. When no row says so, the first is.
    pub maindiag_flag: Option<String>,
    /// `1` 西医, `2` 中医主病, `3` 中医主证; left out is `1`.
    pub diag_type: Option<String>,
    /// 入院病情: `1` present, `2` unclear, `3` unknown, `4` none. CC and MCC count whatever it says.
    pub adm_cond_type: Option<String>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Operation {
    pub oprn_oprt_code: String,
    /// `1`: this row is the main operation. When no row says so, the first is.
    pub main_oprn_flag: Option<String>,
}

/// Most rows of either kind that are read.
pub const ROWS_MAX: usize = 999;

impl Grouper<'_> {
    /// Groups a record of the settlement list. The row marked principal or main comes first, wherever
    /// it stands; places in findings are those of the record.
    pub fn group_record(&mut self, record: &Record) -> Grouping {
        self.take_record(record);
        self.group_taken()
    }

    pub(crate) fn take_record(&mut self, record: &Record) {
        self.facts.clear();
        self.take_sex(record.gend.trim().as_bytes());
        self.facts.age = record.age;
        self.facts.days = record.nwb_age;
        self.facts.weight = record.nwb_bir_wt.filter(|grams| *grams > 0);
        self.facts.stay = record.act_ipt_days;
        self.facts.leaving = record.dscg_way;
        self.facts.ventilation = record.vent_used_dura;
        self.take_ward(record.dscg_caty.as_deref().unwrap_or_default().as_bytes());
        self.take_diagnoses(&record.diagnoses);
        let main = |o: &Operation| o.main_oprn_flag.as_deref() == Some("1");
        for (place, row) in principal_first(&record.operations, main) {
            self.take_operation(row.oprn_oprt_code.as_bytes(), place);
        }
        self.check();
        self.compare_weights(record);
    }

    fn take_diagnoses(&mut self, rows: &[Diagnosis]) {
        let traditional = |d: &Diagnosis| matches!(d.diag_type.as_deref(), Some("2" | "3"));
        let marked = |d: &Diagnosis| d.maindiag_flag.as_deref() == Some("1") && !traditional(d);
        for (place, row) in principal_first(rows, marked) {
            if traditional(row) {
                self.facts.find(FindingKind::TraditionalMedicine, Place::Diagnosis(place), false);
            } else {
                self.take_diagnosis(row.diag_code.as_bytes(), place);
            }
        }
        let mut principals = (0..).zip(rows).filter(|(_, d)| marked(d)).map(|(place, _)| Place::Diagnosis(place));
        let first = principals.next();
        let first_western = (0..).zip(rows).find(|(_, d)| !traditional(d)).map(|(place, _)| Place::Diagnosis(place));
        if let Some(place) = first.filter(|_| first != first_western) {
            self.facts.find(FindingKind::PrincipalNotFirst, place, false);
        }
        if let Some(place) = principals.next() {
            self.facts.find(FindingKind::SeveralPrincipals, place, false);
        }
    }

    /// A newborn's two weights lie close together; when they do not, one may stand in the other's field.
    fn compare_weights(&mut self, record: &Record) {
        let newborn = record.age == Some(0) && record.nwb_age.is_some_and(|days| days <= NEWBORN_DAYS);
        if let (true, Some(birth), Some(admission)) = (newborn, record.nwb_bir_wt, record.nwb_adm_wt)
            && birth.abs_diff(admission) > birth / 4
        {
            self.facts.find(FindingKind::WeightsDiffer, Place::BirthWeight, false);
        }
    }

    /// The sex as it was read from the last record.
    pub fn sex(&self) -> Sex {
        self.facts.sex
    }
}

/// The rows with their places, the first marked one in front.
pub(crate) fn principal_first<T>(rows: &[T], marked: impl Fn(&T) -> bool) -> impl Iterator<Item = (u16, &T)> {
    let first = rows.iter().position(marked).unwrap_or(0);
    let numbered = || (0_u16..).zip(rows).take(ROWS_MAX);
    let chosen = numbered().skip(first).take(1);
    chosen.chain(numbered().enumerate().filter(move |(i, _)| *i != first).map(|(_, row)| row))
}
