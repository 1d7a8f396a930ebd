//! What a pack of a DIP catalogue holds.

use serde::{Deserialize, Serialize};

use super::grammar::{Class, Grammar};
use super::settings::Settings;
use crate::code::Column;
use crate::date::Day;
use crate::drg::layout::Said;
use crate::money::{Fen, Rate};
use crate::rules::Basis;

/// Layout of a catalogue's payload.
pub const SCHEMA: u16 = 3;

/// A city's catalogue, or the national layers that a city's is laid on.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Layout {
    /// `mz-dip2-2024`
    pub id: String,
    pub title: String,
    /// What has to stand beside every result: `非本市，仅演示`.
    pub notice: Option<Said>,
    pub grammar: Grammar,
    pub sources: Vec<SourceNote>,
    /// Layers that the edition has and this catalogue does not: nothing is grouped by them.
    pub left_out: Vec<Said>,
    /// Every diagnosis that groups are looked up by.
    pub keys: Column,
    /// What each key is called, one line each, empty where no name is known.
    pub key_names: String,
    /// Every operation that a group names.
    pub operations: Column,
    pub groups: Vec<GroupData>,
    pub pre_groups: Vec<PreGroup>,
    /// Diagnoses that are never principal, by exact code.
    pub excluded_principals: Column,
    /// Operations by class, the number of [`OperationClass`].
    pub classes: Column,
    /// Operations left out of grouping, the number of [`Exclusion`].
    pub excluded_operations: Column,
    pub points: Vec<PointValue>,
    pub coefficients: Vec<CoefficientValue>,
    pub settings: Settings,
}

/// Where a catalogue is from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceNote {
    pub title: String,
    pub document: Option<String>,
    pub date: Option<String>,
}

/// What a group is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "DipKind"))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(rename = "DipKind"))]
pub enum Kind {
    /// 核心病种, by category, subcategory or full code.
    Core,
    /// 综合病种
    Comprehensive,
    /// By chapter of ICD-10.
    Chapter,
    /// 空白病组
    Blank,
    /// 床日病种
    BedDay,
    /// 中医优势病种
    Tcm,
    /// 先期分组 of edition 3.0.
    Pre,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupData {
    /// The code where it is not what key and operations spell: `XQ-13`.
    pub label: Option<String>,
    pub kind: Kind,
    /// Numbers of diagnoses in `keys`; none for a chapter or the blank group.
    pub keys: Vec<u16>,
    pub chapter: Option<u8>,
    pub class: Option<Class>,
    /// The places of the main operation and of the related ones, as the grammar has them, by numbers in
    /// `operations`. No main operation: conservative.
    pub main: Vec<Vec<u16>>,
    pub related: Vec<Vec<u16>>,
    pub score: Option<Rate>,
    /// Mean cost of the group, where it is published.
    pub mean_fen: Option<Fen>,
    /// 基层病种
    pub base_level: bool,
    /// 床日: days from which and up to which the score per day holds.
    pub days: Option<(u32, Option<u32>)>,
}

/// When a group of the first layer takes a case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PreGroup {
    /// Its number in `groups`.
    pub group: u16,
    pub name: String,
    /// The operations may stand anywhere in the case.
    pub any_position: bool,
    /// What some diagnosis of the case begins with.
    pub diagnosis: Option<String>,
    pub age_days_below: Option<u32>,
    /// Birth weight in grams, both ends included.
    pub birth_weight: Option<(u32, u32)>,
}

/// What an operation is, by the table of classes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum OperationClass {
    /// No table says.
    #[default]
    Unknown,
    /// 手术
    Surgery,
    /// 介入治疗
    Interventional,
    /// 治疗性操作
    Therapeutic,
    /// 诊断性操作
    Diagnostic,
    /// Not used for grouping.
    None,
}

impl OperationClass {
    pub const ALL: [OperationClass; 6] = [
        OperationClass::Unknown,
        OperationClass::Surgery,
        OperationClass::Interventional,
        OperationClass::Therapeutic,
        OperationClass::Diagnostic,
        OperationClass::None,
    ];

    /// The number by which a pack keeps it.
    pub fn number(self) -> u16 {
        (0..).zip(Self::ALL).find(|(_, class)| *class == self).map_or(0, |(n, _)| n)
    }

    pub(crate) fn from_number(n: u16) -> OperationClass {
        Self::ALL.get(usize::from(n)).copied().unwrap_or_default()
    }

    /// Reads the words and signs in use.
    pub fn read(text: &str) -> Option<OperationClass> {
        Some(match text {
            "" => OperationClass::Unknown,
            "SURG" | "SS" | "手术" => OperationClass::Surgery,
            "INTV" | "JRZL" | "介入" | "介入治疗" | "介入操作" => OperationClass::Interventional,
            "THER" | "ZLXCZ" | "治疗性操作" | "治疗性" => OperationClass::Therapeutic,
            "DIAG" | "ZDXCZ" | "诊断性操作" | "诊断性" => OperationClass::Diagnostic,
            "NONE" | "不入组" | "不参与分组" => OperationClass::None,
            _ => return None,
        })
    }

    /// The class of the comprehensive groups that take it.
    pub(crate) fn class(self) -> Option<Class> {
        match self {
            OperationClass::Surgery | OperationClass::Interventional => Some(Class::Surgery),
            OperationClass::Therapeutic => Some(Class::Therapeutic),
            OperationClass::Diagnostic => Some(Class::Diagnostic),
            OperationClass::None => Some(Class::Conservative),
            OperationClass::Unknown => None,
        }
    }
}

/// Why an operation is left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Exclusion {
    /// 按保守治疗入组: dropped everywhere.
    Conservative,
    /// Not as main operation; it may still be a related one.
    NotMain,
}

impl Exclusion {
    pub fn number(self) -> u16 {
        match self {
            Exclusion::Conservative => 0,
            Exclusion::NotMain => 1,
        }
    }

    pub(crate) fn from_number(n: u16) -> Option<Exclusion> {
        match n {
            0 => Some(Exclusion::Conservative),
            1 => Some(Exclusion::NotMain),
            _ => None,
        }
    }
}

/// Yuan per point, for whom and when, and who says so.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PointValue {
    /// `职工`, `居民`
    pub label: String,
    pub yuan: Rate,
    pub kind: PointKind,
    pub basis: Basis,
    pub source: String,
    pub date: Option<Day>,
}

/// 医疗机构系数 of a hospital or of a level of hospitals, and who says so.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct CoefficientValue {
    /// `三级`, `某市人民医院`
    pub label: String,
    pub coefficient: Rate,
    pub source: String,
    pub date: Option<Day>,
}

/// How firm a point value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum PointKind {
    /// 预算点值, published ahead.
    Budget,
    /// 预估点值, a forecast.
    Forecast,
    /// 结算点值, of a year that is closed.
    Settled,
}
