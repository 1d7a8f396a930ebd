//! Rules of family accounts and wallets by area and day, with their sources.

use serde::{Deserialize, Serialize};

use crate::date::Day;
use crate::money::Fen;
use crate::pack::{self, PackDigest, PackError, PackHeader, PackKind};
use crate::rules::{Basis, Certainty, Cite};

/// Layout of a wallet pack's payload.
pub const SCHEMA: u16 = 1;

macro_rules! slots {
    ($($(#[$doc:meta])* $variant:ident = $word:literal),+ $(,)?) => {
        /// What a rule is about.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        #[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
        pub enum WalletSlot { $($(#[$doc])* #[serde(rename = $word)] $variant),+ }

        impl WalletSlot {
            pub const ALL: &'static [WalletSlot] = &[$(WalletSlot::$variant),+];

            pub fn word(self) -> &'static str {
                match self { $(WalletSlot::$variant => $word),+ }
            }
        }
    };
}

slots! {
    /// 配偶、父母、子女
    KinNuclear = "kin.nuclear",
    /// 近亲属: the eight kinds.
    KinNear = "kin.near",
    /// 共济人: insured as an employee, with a personal account.
    SharerEmployee = "party.sharer_employee",
    /// 被共济人: insured.
    RecipientInsured = "party.recipient_insured",
    /// Built and dissolved by both of their own will.
    BothConsent = "relation.both_consent",
    /// Ends where the cover of either ends or moves.
    EndsByItself = "relation.ends_by_itself",
    /// 未使用额度退回
    UnusedReturns = "quota.unused_returns",
    /// 共济人数上限
    MembersMost = "relation.members_most",
    /// 定点医疗机构: the patient's own part.
    UseInstitution = "use.institution",
    /// 定点零售药店: drugs, devices, consumables.
    UsePharmacy = "use.pharmacy",
    /// 代缴居民医保费
    UseResidentPremium = "use.resident_premium",
    /// 代缴长护险费
    UseCarePremium = "use.care_premium",
    /// 惠民保 from the personal account.
    UseCommercialCover = "use.commercial_cover",
    /// 省内家庭共济: drawn on the sharer's account itself.
    ModelBinding = "model.binding",
    /// 医保钱包转账: money moves.
    ModelTransfer = "model.transfer",
    /// 共济额度: money stays.
    ModelQuota = "model.quota",
    /// 跨省共济已开通
    CrossProvince = "cross_province.open",
    /// Most of one transfer between wallets.
    TransferMost = "transfer.most_each",
    /// Transfers out of one wallet on one day.
    TransfersADay = "transfer.most_a_day",
    /// No transfers from this time of day…
    ClosedFrom = "transfer.closed_from",
    /// …until before this one.
    ClosedUntil = "transfer.closed_until",
    /// When what nobody accepted goes back, on the next day.
    ReturnedAt = "transfer.returned_at",
    /// Transfers that may wait to be accepted.
    WaitingMost = "transfer.waiting_most",
    /// 个账余额可继承
    Inheritable = "death.inheritable",
}

/// A rule's value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum WalletAmount {
    Money(Fen),
    Count(u32),
    /// Minutes since midnight in China.
    Minute(u16),
    Flag(bool),
}

/// One dated value with the area that it is for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WalletRule {
    pub id: String,
    pub slot: WalletSlot,
    /// The first digits of 医保区划 (`admdvs`): none for the whole country, two for a province, six for an area.
    pub area: String,
    pub amount: WalletAmount,
    /// First day in force; `None` where the source does not say.
    pub from: Option<Day>,
    /// Last day for which it is known.
    pub to: Option<Day>,
    pub basis: Basis,
    /// Index into [`WalletBook::cites`].
    pub cite: u16,
}

/// What an area is called.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct AreaName {
    pub admdvs: String,
    pub name_zh: String,
    pub name_en: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Payload {
    areas: Vec<AreaName>,
    cites: Vec<Cite>,
    rules: Vec<WalletRule>,
}

/// All rules, ready for lookups.
#[derive(Clone, Debug)]
pub struct WalletBook {
    pub header: PackHeader,
    pub digest: PackDigest,
    /// Areas by name, for choosing from; rules reach further.
    pub areas: Vec<AreaName>,
    pub cites: Vec<Cite>,
    rules: Vec<WalletRule>,
}

/// What a lookup found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum WalletFound<'a> {
    Known(&'a WalletRule),
    /// There is a rule, and it begins later.
    NotYet(&'a WalletRule),
    Unknown,
}

impl WalletBook {
    pub const PACK: &'static str = "wallet/family";

    /// Bytes of a pack. Rules are put in the order that lookups need: by slot, the narrowest area first.
    pub fn seal(
        areas: Vec<AreaName>,
        cites: Vec<Cite>,
        mut rules: Vec<WalletRule>,
        edition: &str,
    ) -> Result<Vec<u8>, PackError> {
        rules.sort_by(|a, b| order(a).cmp(&order(b)).then_with(|| a.id.cmp(&b.id)));
        let header =
            PackHeader { kind: PackKind::Wallet, id: Self::PACK.into(), schema: SCHEMA, edition: edition.into() };
        let payload = Payload { areas, cites, rules };
        pack::seal(&header, &postcard::to_allocvec(&payload).map_err(|_| PackError::BadPayload)?)
    }

    pub fn open(bytes: &[u8]) -> Result<WalletBook, PackError> {
        let pack = pack::open(bytes)?;
        let Payload { areas, cites, rules } = pack.payload_as(PackKind::Wallet, SCHEMA)?;
        let cited = rules.iter().all(|rule| usize::from(rule.cite) < cites.len());
        if !cited || !rules.is_sorted_by_key(order) {
            return Err(PackError::BadPayload);
        }
        Ok(WalletBook { header: pack.header, digest: pack.digest, areas, cites, rules })
    }

    /// Takes it from an area's operator that areas, by the heads of their codes, have opened cross-province sharing,
    /// for days of which the rules know nothing.
    pub fn declare_open(&mut self, areas: &[String], cite: Cite) {
        let Ok(at) = u16::try_from(self.cites.len()) else { return };
        self.cites.push(cite);
        self.rules.extend(areas.iter().map(|area| WalletRule {
            id: "OPERATOR.CROSS".into(),
            slot: WalletSlot::CrossProvince,
            area: area.clone(),
            amount: WalletAmount::Flag(true),
            from: None,
            to: None,
            basis: Basis::Derived,
            cite: at,
        }));
        // Stable: of one area what the pack has goes before.
        self.rules.sort_by_key(order);
    }

    pub fn rules(&self) -> &[WalletRule] {
        &self.rules
    }

    pub fn cite(&self, rule: &WalletRule) -> Option<&Cite> {
        self.cites.get(usize::from(rule.cite))
    }

    /// The rule for an area on a day; that of the narrowest area goes before.
    pub fn find(&self, slot: WalletSlot, area: &str, day: Day) -> WalletFound<'_> {
        let mut found = WalletFound::Unknown;
        for rule in self.rules.iter().filter(|rule| rule.slot == slot && area.starts_with(&rule.area)) {
            if rule.to.is_some_and(|to| day > to) {
                continue;
            }
            if rule.from.is_none_or(|from| day >= from) {
                return WalletFound::Known(rule);
            }
            found = WalletFound::NotYet(rule);
        }
        found
    }

    /// How far a rule can be relied on for a day.
    pub fn certainty(&self, rule: &WalletRule, day: Day) -> Certainty {
        let by_basis = Certainty::from(rule.basis);
        let early = rule.from.is_none() && self.cite(rule).is_some_and(|cite| day < cite.seen);
        if early { by_basis.max(Certainty::Uncertain) } else { by_basis }
    }
}

fn order(rule: &WalletRule) -> (WalletSlot, std::cmp::Reverse<usize>) {
    (rule.slot, std::cmp::Reverse(rule.area.len()))
}
