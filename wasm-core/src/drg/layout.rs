//! What a pack of a grouping scheme holds.

use serde::{Deserialize, Serialize};

use super::rule::{List, Program, Step};
use crate::code::Column;
use crate::text::Lang;

/// Layout of a scheme's payload.
pub const SCHEMA: u16 = 4;

/// A whole scheme, overlays already laid over their base.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Layout {
    /// `chs-drg-1.1`.
    pub id: String,
    pub title: String,
    /// What this scheme is laid over, for a regional variant.
    pub base: Option<String>,
    /// Why this is not the version in force, where it is not.
    pub historical: Option<Said>,
    pub diagnoses: Column,
    pub operations: Column,
    /// Class 0 is that of a code the scheme does not know.
    pub diagnosis_classes: Vec<DiagnosisClass>,
    pub operation_classes: Vec<OperationClass>,
    pub diagnosis_lists: Vec<ListName>,
    pub operation_lists: Vec<ListName>,
    /// 出院科别: a city's own groups may ask for one.
    pub ward_lists: Vec<WardList>,
    pub steps: Vec<Step>,
    /// In the order in which they are tried.
    pub mdcs: Vec<Mdc>,
    /// In the order in which they are tried; those of one MDC follow each other.
    pub adrgs: Vec<Adrg>,
    /// Those of one ADRG follow each other in the order in which they are tried.
    pub drgs: Vec<Drg>,
    /// Groups that the pack of names does not know, with what they are called: a city's own.
    pub own_names: Vec<(String, String)>,
    pub settings: Vec<Setting>,
    pub profiles: Vec<Profile>,
}

/// A text of the tables in both languages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Said {
    pub zh: String,
    pub en: String,
}

impl Said {
    /// The same words in both languages: somebody's own.
    pub fn same(words: String) -> Said {
        Said { zh: words.clone(), en: words }
    }

    pub fn of(&self, lang: Lang) -> &str {
        lang.of(&self.zh, &self.en)
    }
}

/// The owner of a list and its part in the owner's rule: `BB1` and `pdx`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListName {
    pub owner: String,
    pub role: String,
}

/// Names or codes of wards, as records have them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WardList {
    pub name: ListName,
    pub wards: Vec<String>,
}

/// All that grouping needs to know of a diagnosis.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct DiagnosisClass {
    pub lists: Vec<List>,
    pub level: CcLevel,
    /// The exclusion table of a CC or MCC; 0 is none.
    pub cc_table: u16,
    /// The exclusion table that this code belongs to as principal; 0 is none.
    pub principal_table: u16,
    /// The injured body region, 1 to 16; 0 is none.
    pub region: u8,
    pub not_principal: bool,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct OperationClass {
    pub lists: Vec<List>,
    /// Counts as an operation at all.
    pub valid: bool,
}

/// Weight of a secondary diagnosis.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum CcLevel {
    #[default]
    None,
    Cc,
    Mcc,
}

/// A major diagnostic category: 主要诊断大类.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Mdc {
    /// One letter.
    pub letter: char,
    pub gate: Program,
    pub ambiguity: Ambiguity,
}

/// The test for the ambiguity group (歧义组, QY): the principal fits the MDC, an operation was done,
/// and no operation ADRG fits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ambiguity {
    Off,
    /// Before the first medical ADRG, when any operation is valid.
    AnyOperation,
    /// In place of a medical ADRG that fits, when the main operation is valid.
    MainOperation,
}

/// An adjacent DRG: 核心疾病诊断相关组.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Adrg {
    pub code: String,
    pub mdc: char,
    pub kind: AdrgKind,
    pub rule: Program,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum AdrgKind {
    /// 外科
    Surgical,
    /// 操作, outside the operating room
    Operation,
    /// 内科
    Medical,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Drg {
    pub code: String,
    pub adrg: String,
    pub condition: Program,
}

/// A reading on which the sources differ: its choices, and the one taken when nobody says otherwise.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Setting {
    pub name: String,
    pub title: Said,
    pub default: String,
    pub choices: Vec<Choice>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Choice {
    pub name: String,
    pub reason: Said,
    pub effects: Vec<Effect>,
}

/// What a choice changes.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Effect {
    Gate {
        mdc: char,
        rule: Program,
    },
    Rule {
        adrg: String,
        rule: Program,
    },
    /// Moves an ADRG to stand directly before another of its MDC.
    Before {
        adrg: String,
        other: String,
    },
    /// All MDCs, or those named.
    Ambiguity {
        mdcs: String,
        test: Ambiguity,
    },
    /// The class of a code.
    Diagnosis {
        code: String,
        class: DiagnosisClass,
    },
    Operation {
        code: String,
        class: OperationClass,
    },
    Intake(IntakeRule),
}

/// How the scheme takes what a record leaves out or spells its own way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IntakeRule {
    /// Refuse a sex written 男 or 女.
    SexWordsRefused,
    /// Refuse a sex other than male or female.
    OtherSexRefused,
    /// Refuse a record without an age, needed or not.
    AgeRequired,
    /// Take a blank age in days as 0.
    BlankDaysAreZero,
    /// Take a newborn without a birth weight.
    NewbornWeightOptional,
    /// Take codes only as they are spelled.
    SpellingExact,
}

/// A set of choices that belongs together, such as the reading of another grouper.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Profile {
    pub name: String,
    /// Names of settings and of the choice taken.
    pub choices: Vec<(String, String)>,
}
