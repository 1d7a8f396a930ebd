//! What is asked.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::date::Day;
use crate::money::Fen;

/// A question about sharing, on a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct FamilyCase {
    pub on: Day,
    /// Time of day in China, for what depends on it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "typescript", ts(optional))]
    pub at: Option<Moment>,
    pub ask: FamilyAsk,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum FamilyAsk {
    /// May these two share?
    Relate(Pair),
    /// May so much be shared, and what happens to it?
    Share(Share),
    /// What is drawn where for a payment?
    Pay(Pay),
    /// What becomes of a share that ends?
    Dissolve(Dissolve),
    /// Where does money go that is given back?
    Refund(Refund),
}

/// A time of day, `HH:MM`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(type = "string"))]
pub struct Moment(u16);

/// 医保区划 (`admdvs`): six digits.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(type = "string"))]
pub struct AreaCode(String);

/// One of two people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Party {
    /// 参保地
    pub area: AreaCode,
    pub cover: Insured,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "typescript", ts(optional))]
    pub age: Option<u8>,
    /// Has no phone to confirm with.
    #[serde(default)]
    pub without_phone: bool,
}

/// How somebody is insured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum Insured {
    /// 职工医保, with a personal account
    Employee,
    /// 职工医保 without one (单建统筹)
    EmployeeWithoutAccount,
    /// 居民医保
    Resident,
    /// Not insured, or no longer.
    None,
}

/// What the recipient is to the sharer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum Kin {
    /// 配偶
    Spouse,
    /// 父母
    Parent,
    /// 子女
    Child,
    /// 兄弟姐妹
    Sibling,
    /// 祖父母
    PaternalGrandparent,
    /// 外祖父母
    MaternalGrandparent,
    /// 孙子女
    SonsChild,
    /// 外孙子女
    DaughtersChild,
    /// Somebody else, also one who only shows the code for another (亲情账户).
    Other,
}

impl Kin {
    /// Spouse, parents and children, who could share before the other near relatives could.
    pub fn is_nuclear(self) -> bool {
        matches!(self, Kin::Spouse | Kin::Parent | Kin::Child)
    }
}

/// Who has agreed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Consents {
    pub sharer: bool,
    pub recipient: bool,
    /// For who is too young to decide on their own data: the guardian.
    #[serde(default)]
    pub guardian: bool,
}

/// The one who shares and the one who receives.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Pair {
    pub sharer: Party,
    pub recipient: Party,
    pub kin: Kin,
    pub consents: Consents,
    /// Relatives that the sharer shares with already.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "typescript", ts(optional))]
    pub members: Option<u32>,
}

/// Where the money is between sharing and spending.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum Model {
    /// 家庭共济: in the sharer's account, free.
    Binding,
    /// 钱包转账: in the recipient's wallet.
    Transfer,
    /// 共济额度: in the sharer's account, set aside.
    Quota,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Share {
    pub pair: Pair,
    pub amount_fen: Fen,
    /// What is in the sharer's personal account (for a transfer, or in the wallet that it is made from).
    pub balance_fen: Fen,
    /// What of it is set aside already for other relatives.
    #[serde(default)]
    pub set_aside_fen: Fen,
    /// That of the areas and the day when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "typescript", ts(optional))]
    pub model: Option<Model>,
    /// Transfers that the sharer's wallet has made today.
    #[serde(default)]
    pub sent_today: u32,
    /// Transfers of the sharer that wait to be accepted.
    #[serde(default)]
    pub waiting: u32,
}

/// What is paid for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum Use {
    /// The own part at a 定点医疗机构
    Institution,
    /// Drugs, devices and consumables at a 定点零售药店
    Pharmacy,
    /// 居民医保费
    ResidentPremium,
    /// 长护险费
    CarePremium,
    /// 惠民保
    CommercialCover,
    /// Anything else, cash among it.
    Other,
}

/// Who is treated, or whose premium is paid.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Patient {
    pub party: Party,
    /// What is in the patient's own personal account.
    #[serde(default)]
    pub account_fen: Fen,
    /// What is in the patient's wallet.
    #[serde(default)]
    pub wallet_fen: Fen,
}

/// A relative on whose account the patient may draw.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Sharer {
    /// What the one who asks calls this relative.
    pub name: String,
    pub party: Party,
    /// What the patient is to this relative.
    pub kin: Kin,
    /// `binding` or `quota`; that of the areas and the day when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "typescript", ts(optional))]
    pub model: Option<Model>,
    /// What can be drawn: the account's balance, or what is left of the quota.
    pub available_fen: Fen,
    /// Drawn before those of a higher number.
    #[serde(default)]
    pub priority: u8,
    /// Since when they share: of two with one priority the earlier is drawn first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "typescript", ts(optional))]
    pub since: Option<Day>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Pay {
    pub patient: Patient,
    #[serde(rename = "use")]
    pub purpose: Use,
    /// What is left to pay after the funds.
    pub amount_fen: Fen,
    #[serde(default)]
    pub sharers: Vec<Sharer>,
}

/// Why a share ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum DissolveWhy {
    /// One of the two wants it.
    Asked,
    /// 参保关系终止, of either.
    CoverEnded,
    /// 跨统筹地区转移, of either.
    Moved,
    SharerDied,
    RecipientDied,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Dissolve {
    pub why: DissolveWhy,
    pub model: Model,
    /// The sharer's area.
    pub area: AreaCode,
    /// The quota, or what was transferred and accepted.
    #[serde(default)]
    pub shared_fen: Fen,
    #[serde(default)]
    pub used_fen: Fen,
    /// Held for settlements that are under way.
    #[serde(default)]
    pub held_fen: Fen,
}

/// What has become of a source since it was drawn on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum DrawnState {
    #[default]
    Open,
    /// The share was dissolved; the sharer's account is open.
    Dissolved,
    /// The account itself is closed.
    Closed,
}

/// One part of a payment, in the order in which it was drawn.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Drawn {
    pub from: super::DrawFrom,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "typescript", ts(optional))]
    pub name: Option<String>,
    pub amount_fen: Fen,
    #[serde(default)]
    pub state: DrawnState,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Refund {
    pub amount_fen: Fen,
    pub drawn: Vec<Drawn>,
}

impl Moment {
    pub fn parse(text: &str) -> Option<Moment> {
        let (hours, minutes) = text.split_once(':')?;
        let number = |part: &str, below: u16| {
            let plain = part.len() == 2 && part.bytes().all(|b| b.is_ascii_digit());
            part.parse::<u16>().ok().filter(|n| plain && *n < below)
        };
        Some(Moment(number(hours, 24)? * 60 + number(minutes, 60)?))
    }

    /// `None` from midnight of the next day on.
    pub fn of_minute(minute: u16) -> Option<Moment> {
        (minute < 24 * 60).then_some(Moment(minute))
    }

    /// Minutes since midnight.
    pub fn minute(self) -> u16 {
        self.0
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.0 / 60, self.0 % 60)
    }
}

impl AreaCode {
    pub fn parse(text: &str) -> Option<AreaCode> {
        let six = text.len() == 6 && text.bytes().all(|b| b.is_ascii_digit()) && !text.starts_with('0');
        six.then(|| AreaCode(text.to_owned()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The province's two digits.
    pub fn province(&self) -> &str {
        self.0.get(..2).unwrap_or_default()
    }
}

impl Serialize for Moment {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Moment {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(d)?;
        Moment::parse(&text).ok_or_else(|| de::Error::custom("a time of day is HH:MM, from 00:00 to 23:59"))
    }
}

impl Serialize for AreaCode {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for AreaCode {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(d)?;
        AreaCode::parse(&text)
            .ok_or_else(|| de::Error::custom("an area is the six digits of its 医保区划, such as \"441800\""))
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Moment {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Moment".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "string", "pattern": "^([01][0-9]|2[0-3]):[0-5][0-9]$",
            "description": "A time of day in China, such as \"21:59\"."
        })
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for AreaCode {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "AreaCode".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "string", "pattern": "^[1-9][0-9]{5}$",
            "description": "医保区划 (`admdvs`), such as \"441800\"."
        })
    }
}
