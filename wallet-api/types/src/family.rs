//! What travels to and from family accounts.

use anxin_core::Fen;
use anxin_core::family::{AreaCode, DrawFrom, Insured, Kin, Model, Use};
use serde::{Deserialize, Serialize};

use crate::names::names;
use crate::wallet::{AccountKindName, BalanceOut, HoldStateName, Id};

names!(
    /// What two people agree on.
    RelationKind {
        /// 家庭共济: one's personal account also pays for the other.
        Share = "share",
        /// 亲情账户: one shows the other's code, and moves no money.
        Helper = "helper",
    }
);
names!(
    /// On which side of a relation or an invitation one is.
    Side {
        /// Shares, or is helped; made the invitation.
        Giver = "giver",
        /// Is shared with, or helps; is invited.
        Taker = "taker",
    }
);
names!(
    /// 邀请状态
    InvitationStateName { Waiting = "waiting", Accepted = "accepted", Withdrawn = "withdrawn", Expired = "expired" }
);
names!(
    /// Why a relation ended.
    EndedWhy { Asked = "asked", CoverEnded = "cover_ended", Moved = "moved", Died = "died" }
);

/// Asks a relative to agree. Only the person with this identity number can.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct InvitationAsk {
    pub kind: RelationKind,
    /// What the invited person is to the one who invites.
    pub kin: Kin,
    /// 证件号码: 18 characters. It is kept as a keyed digest only.
    pub id_number: String,
    /// 同意: the one who invites agrees to what the kind says.
    pub consent: bool,
}

/// An identity number is not written to logs.
impl std::fmt::Debug for InvitationAsk {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("InvitationAsk").field("kind", &self.kind).field("kin", &self.kin).finish_non_exhaustive()
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct InvitationOut {
    pub id: Id,
    pub side: Side,
    pub kind: RelationKind,
    pub kin: Kin,
    pub state: InvitationStateName,
    /// What the invited person types in; only who made the invitation sees it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    pub made_at: String,
    /// The first instant at which it cannot be accepted any more.
    pub until: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Invitations {
    pub invitations: Vec<InvitationOut>,
}

/// Accepts an invitation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AcceptanceAsk {
    pub code: String,
    /// 同意: the one who accepts agrees to what the kind says.
    pub consent: bool,
}

/// A relation as one of the two sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RelationOut {
    pub id: Id,
    pub side: Side,
    pub kind: RelationKind,
    /// What the taker is to the giver.
    pub kin: Kin,
    pub since: String,
    /// 参保地 of the giver, as the area has it: limits and models go by its rules.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub giver_area: Option<AreaCode>,
    /// How the money is shared today, where it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub model: Option<Model>,
    /// The account in which the giver sets money aside; its statement has every draw. Only the giver sees it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account: Option<Id>,
    /// What the taker may still use of the quota.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub usable_fen: Option<Fen>,
    /// What settlements under way hold of it; only the giver sees this and what was used.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub held_fen: Option<Fen>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub used_fen: Option<Fen>,
    /// What you call the other; nobody else sees it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nickname: Option<String>,
    /// Money of a lower number is drawn first; of equal ones the older relation.
    #[serde(default)]
    pub priority: u8,
    /// Whether it is you who says so.
    #[serde(default)]
    pub orders: bool,
    /// When who agreed to what, and by which edition of the rules: both to sharing, and who is shared with, if they wish, to
    /// showing what they buy (`show_details`).
    pub consents: Vec<ConsentOut>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended_at: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<EndedWhy>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ConsentOut {
    pub side: Side,
    /// What was agreed to.
    pub purpose: String,
    /// Digest of the rules that held.
    pub rules: String,
    pub given_at: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub withdrawn_at: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Relations {
    pub relations: Vec<RelationOut>,
}

/// Sets how much the relative may still use from now on; 0 takes all of it back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct QuotaAsk {
    pub usable_fen: Fen,
}

/// Pays for oneself: from the own account, the own wallet, then relatives.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PaymentAsk {
    /// The payee's account: of an institution, or the one that premiums are collected in.
    pub to: Id,
    #[serde(rename = "use")]
    pub purpose: Use,
    /// What is left to pay after the funds; a premium in full.
    pub amount_fen: Fen,
    /// Holds the money until then instead of paying at once; the institution posts it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PaymentOut {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub transfer: Option<Id>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hold: Option<Id>,
    pub entry: u64,
    /// Where it was drawn, in this order.
    pub draws: Vec<DrawnOut>,
    /// What is left to pay in cash.
    pub cash_fen: Fen,
    /// Your own accounts afterwards.
    pub balances: Vec<BalanceOut>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DrawnOut {
    pub from: DrawFrom,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub relation: Option<Id>,
    pub amount_fen: Fen,
}

/// Sends money from one's wallet to the wallet of who is shared with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct GiftAsk {
    pub relation: Id,
    pub amount_fen: Fen,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct GiftOut {
    /// Its hold.
    pub id: Id,
    pub relation: Id,
    pub side: Side,
    pub amount_fen: Fen,
    /// `posted` once it is accepted, `voided` when it is refused, `expired` when nobody accepted it.
    pub state: HoldStateName,
    pub made_at: String,
    /// The first instant at which it cannot be accepted any more.
    pub until: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Gifts {
    pub transfers: Vec<GiftOut>,
}

/// Whom one can pay: the account, and its public name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PayeeOut {
    pub account: Id,
    /// `institution` or `premium`.
    pub kind: AccountKindName,
    pub name: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Payees {
    pub payees: Vec<PayeeOut>,
}

/// What the area knows of somebody it insures.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PersonAsk {
    pub person: Id,
    /// 证件号码: 18 characters. It is kept as a keyed digest only.
    pub id_number: String,
    /// 参保地
    pub area: AreaCode,
    pub cover: Insured,
    /// Day of birth, `YYYY-MM-DD`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub born: Option<String>,
    #[serde(default)]
    pub without_phone: bool,
    /// Day of death, `YYYY-MM-DD`: relations end by it, and nothing is done in their name any more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub died: Option<String>,
}

impl std::fmt::Debug for PersonAsk {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PersonAsk").field("person", &self.person).finish_non_exhaustive()
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PersonOut {
    pub person: Id,
    /// Relations that ended by it.
    pub ended: Vec<Id>,
}
