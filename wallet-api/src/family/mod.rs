//! Family accounts behind the interface. Whether something is allowed is the core's to say, by the same code as the
//! preview; what was agreed is in the store, and the money in the books.

mod details;
mod gift;
mod invite;
mod key;
mod lookup;
mod own;
mod pay;
mod people;
mod relation;
mod rules;
mod seed;
mod window;

use std::fmt;

use anxin_core::Day;
use anxin_core::family::{
    AreaName, CheckCode, FamilyAnswer, FamilyAsk, FamilyCase, Moment, Verdict, WalletBook, preview,
};
use anxin_core::rules::{Cite, Tier};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use wallet_ledger::{AccountKind, Micros, OwnerId};
use wallet_store::{Actor, Clock};
use wallet_types::TransportCode;

use crate::auth::Caller;
use crate::problem::ApiError;
use crate::settings::{OrderBy, Settings};
use crate::wallet::{Wallet, WalletError};
pub(crate) use key::LookupKey;
pub use lookup::LookupKeys;

pub(crate) use invite::kin_of;
#[cfg(test)]
pub(crate) use pay::RELATIVES_MAX;
pub(crate) use pay::{FarDraw, Means};
pub use rules::limits;
pub use seed::DEMO_NUMBERS;
pub(crate) use window::paper_of;

/// What family accounts go by.
pub struct Family {
    book: WalletBook,
    /// Areas that the operator declares open.
    opened: Vec<String>,
    keys: Option<LookupKeys>,
    /// For how long an invitation can be accepted.
    invited: i64,
    clock: Clock,
    order_by: OrderBy,
}

impl fmt::Debug for Family {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Family")
    }
}

const HOUR: i64 = 3_600_000_000;
const CHINA_HOURS: i8 = 8;
/// Where the story of the demonstration is set: when its province opened is in no source, so it is supposed.
const DEMO_OPENED: &str = "44";

impl Family {
    /// # Errors
    /// Names the setting that is not taken.
    pub fn new(settings: &Settings, mut book: WalletBook, clock: Clock) -> Result<Family, WalletError> {
        let mut opened = settings.family.opened.clone();
        if settings.demo {
            opened.push(DEMO_OPENED.into());
        }
        let today = day(clock.here()).ok_or_else(|| WalletError::Machine("the clock shows no day".into()))?;
        book.declare_open(&opened, declared(today));
        let keys = LookupKeys::read(settings)?;
        let invited = i64::from(settings.family.invitation_hours) * HOUR;
        Ok(Family { book, opened, keys, invited, clock, order_by: settings.family.order_by })
    }
}

impl Family {
    pub(crate) fn book(&self) -> &WalletBook {
        &self.book
    }

    pub(crate) fn opened(&self) -> &[String] {
        &self.opened
    }

    /// What an area is called.
    pub(crate) fn area_name(&self, admdvs: &str) -> Option<&AreaName> {
        self.book.areas.iter().find(|area| area.admdvs == admdvs)
    }
}

/// What an operator says of their own area.
fn declared(seen: Day) -> Cite {
    Cite {
        key: "operator".into(),
        title: "经办机构自行声明".into(),
        number: None,
        date: None,
        url: None,
        tier: Tier::B,
        seen,
    }
}

pub(crate) fn china() -> TimeZone {
    TimeZone::fixed(jiff::tz::Offset::constant(CHINA_HOURS))
}

/// The civil day in China.
pub(crate) fn civil(at: Micros) -> Option<Date> {
    Some(jiff::Timestamp::from_microsecond(at.0).ok()?.to_zoned(china()).date())
}

/// The same as the rules know it.
pub(crate) fn day(at: Micros) -> Option<Day> {
    let date = civil(at)?;
    Day::new(date.year(), date.month(), date.day())
}

fn refused(code: TransportCode) -> ApiError {
    ApiError::Transport(code)
}

/// Only people have relatives.
pub fn resident(caller: &Caller) -> Result<OwnerId, ApiError> {
    match caller.subject.actor() {
        Some(Actor::Resident(owner)) => Ok(owner),
        _ => Err(refused(TransportCode::NotAllowed)),
    }
}

impl Wallet {
    pub(crate) fn now(&self) -> Micros {
        self.family.clock.here()
    }

    pub(crate) fn lookup_keys(&self) -> Result<&LookupKeys, ApiError> {
        self.family.keys.as_ref().ok_or_else(|| refused(TransportCode::NoWallet))
    }

    /// What the rules say today.
    fn told(&self, ask: FamilyAsk) -> Result<FamilyAnswer, ApiError> {
        let now = self.now();
        let on = day(now).ok_or_else(|| refused(TransportCode::Internal))?;
        let at = u16::try_from(now.minute_of_day()).ok().and_then(Moment::of_minute);
        Ok(preview(&self.family.book, &FamilyCase { on, at, ask })?)
    }

    /// The same where the rules have to say yes; what the books decide themselves is left to them.
    fn allowed(&self, ask: FamilyAsk, left: &[CheckCode]) -> Result<FamilyAnswer, ApiError> {
        let answer = self.told(ask)?;
        let in_the_way = |verdict: Verdict| {
            answer.checks.iter().find(|check| check.verdict == verdict && !left.contains(&check.code))
        };
        let (code, check) = match (in_the_way(Verdict::No), in_the_way(Verdict::Unknown)) {
            (Some(check), _) => (TransportCode::RulesForbid, check),
            (None, Some(check)) => (TransportCode::RulesUnknown, check),
            (None, None) => return Ok(answer),
        };
        let condition = serde_json::to_value(check.code).ok().and_then(|name| name.as_str().map(str::to_owned));
        let rule = check.rule.as_ref().map(|rule| rule.id.clone()).unwrap_or_default();
        Err(ApiError::Rules { code, condition: condition.unwrap_or_default(), rule })
    }

    /// Digest of the rules that hold.
    fn rules_digest(&self) -> String {
        self.family.book.digest.to_string()
    }

    /// Somebody's open accounts.
    pub(crate) async fn open_accounts(&self, owner: OwnerId) -> Result<Vec<wallet_ledger::Account>, ApiError> {
        const MOST: u32 = 500;
        let all = self.desk.accounts(Actor::Resident(owner), wallet_ledger::AccountId(0), MOST).await?;
        Ok(all.into_iter().filter(|account| account.closed.is_none()).collect())
    }

    /// Somebody's open account of a kind.
    pub(crate) async fn account_of(
        &self,
        owner: OwnerId,
        kind: AccountKind,
    ) -> Result<Option<wallet_ledger::Account>, ApiError> {
        Ok(self.open_accounts(owner).await?.into_iter().find(|account| account.kind == kind))
    }
}
