//! Who asks, and in what role.

use serde::{Deserialize, Serialize};
use wallet_ledger::OwnerId;
use wallet_store::Actor;

use super::token::Claims;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// 参保人
    Resident,
    /// 亲情账户: shows the code of the one person named in `acts_for`, and nothing else.
    Helper,
    /// Sees no balance and no relation.
    Doctor,
    /// 定点医药机构 named in `acts_for`.
    Institution,
    /// 医保经办机构
    Area,
    /// The server of another area.
    Peer,
    Auditor,
}

impl Role {
    pub const ALL: [Role; 7] =
        [Role::Resident, Role::Helper, Role::Doctor, Role::Institution, Role::Area, Role::Peer, Role::Auditor];

    pub fn name(self) -> &'static str {
        match self {
            Role::Resident => "resident",
            Role::Helper => "helper",
            Role::Doctor => "doctor",
            Role::Institution => "institution",
            Role::Area => "area",
            Role::Peer => "peer",
            Role::Auditor => "auditor",
        }
    }

    pub fn named(name: &str) -> Option<Role> {
        Role::ALL.into_iter().find(|role| role.name() == name)
    }

    /// Whether somebody in this role always acts for another.
    fn acts_for_another(self) -> bool {
        matches!(self, Role::Helper | Role::Institution)
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subject {
    pub id: u128,
    pub role: Role,
    pub acts_for: Option<u128>,
    /// Names under which this token may have been revoked.
    pub marks: Vec<String>,
}

impl Subject {
    pub fn of(claims: &Claims) -> Option<Subject> {
        let acts_for = match &claims.acts_for {
            Some(text) => Some(id(text)?),
            None => None,
        };
        if claims.role.acts_for_another() != acts_for.is_some() {
            return None;
        }
        let marks = claims.jti.iter().chain(&claims.sid).cloned().collect();
        Some(Subject { id: id(&claims.sub)?, role: claims.role, acts_for, marks })
    }

    /// As whom the books are asked; `None` for roles that have no business with them.
    pub fn actor(&self) -> Option<Actor> {
        match (self.role, self.acts_for) {
            (Role::Resident, None) => Some(Actor::Resident(OwnerId(self.id))),
            (Role::Institution, Some(institution)) => Some(Actor::Institution(OwnerId(institution))),
            (Role::Area, None) => Some(Actor::Area),
            (Role::Auditor, None) => Some(Actor::Auditor),
            _ => None,
        }
    }

    /// Whose request keys these are: two people of one institution share them.
    pub fn tenant(&self) -> u128 {
        self.acts_for.filter(|_| self.role == Role::Institution).unwrap_or(self.id)
    }
}

/// An id as it is written: 32 hexadecimal digits in lower case.
pub fn id(text: &str) -> Option<u128> {
    let plain = |b: u8| b.is_ascii_digit() || (b'a'..=b'f').contains(&b);
    if text.len() != 32 || !text.bytes().all(plain) {
        return None;
    }
    u128::from_str_radix(text, 16).ok()
}

pub fn written(id: u128) -> String {
    format!("{id:032x}")
}
