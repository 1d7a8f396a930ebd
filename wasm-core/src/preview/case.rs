use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::drg::{Record, Thresholds};
use crate::money::{Fen, Rate};

/// One discharge, and the scheme that it is to be grouped by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct GroupCase {
    /// Id of a scheme that is loaded, `chs-drg-1.1`.
    pub scheme: String,
    /// A set of readings that the scheme has a name for, `opendrg`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub profile: Option<String>,
    /// Single readings, by setting, over those of the profile.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub choices: BTreeMap<String, String>,
    #[serde(default)]
    pub source: RecordSource,
    pub record: Record,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub payment: Option<PaymentCase>,
}

/// What the record was taken from, which says in which edition its codes are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum RecordSource {
    /// 医疗保障基金结算清单: codes of the insurance edition.
    #[default]
    SettlementList,
    /// 病案首页: codes of the clinical edition, each read as its insurance code.
    FrontPage,
}

/// By which table of a region the group is paid, and what is known of the stay's money.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct PaymentCase {
    /// Id of a table of weights that is loaded, `guangxi-2022`.
    pub region: String,
    /// Which of the region's prices, as its table calls it: `例均费用（玉林）`. Not needed beside `yuan`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub price: String,
    /// 费率, 点值: yuan for one weight or point, where the region's table does not have it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub yuan: Option<Rate>,
    /// The level of the hospital, as the region's table calls it: `三级`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<String>,
    /// 机构系数, in place of the level's. Without either, 1 in a region whose table has no levels.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub coefficient: Option<Rate>,
    /// 医疗费总额.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cost_fen: Option<Fen>,
    /// 医保基金应付, where the settlement says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fund_fen: Option<Fen>,
    /// 个人负担, where the settlement says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub patient_fen: Option<Fen>,
    /// Where the lines of 低倍率 and 高倍率 are drawn, in place of the region's own. There is no default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub thresholds: Option<Thresholds>,
}
