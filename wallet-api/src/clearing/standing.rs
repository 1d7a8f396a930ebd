//! 暂停协议, 解除协议 and 支付资格: what keeps new settlements out from a day on. Whoever lies in a bed already is treated,
//! discharged and settled, and whatever was settled can be refunded.

use anxin_core::Day;
use anxin_core::benefit::Visit;
use wallet_store::Standing;
use wallet_types::{Id, StandingAsk, StandingKind, StandingOut, Standings, TransportCode};

use super::{field, refused};
use crate::family::day;
use crate::problem::ApiError;
use crate::wallet::{Key, Operation, Wallet, derived};

const REASON_MAX: usize = 200;
const CODE_MAX: usize = 50;

pub(super) fn named(code: TransportCode, field: &str, rule: impl Into<String>) -> ApiError {
    ApiError::Rules { code, condition: field.into(), rule: rule.into() }
}

/// # Errors
/// When something keeps the institution from new settlements, with the days.
pub(crate) fn in_standing(against: Option<&Standing>) -> Result<(), ApiError> {
    against.map_or(Ok(()), |standing| Err(forbids("visit", standing)))
}

fn forbids(place: &str, standing: &Standing) -> ApiError {
    let until = standing.until.as_deref().unwrap_or("—");
    named(TransportCode::StandingForbids, place, format!("{} {} – {until}", standing.kind, standing.from))
}

/// The day on which a stay began: it goes on whatever became of the agreement since.
fn begun(visit: &Visit) -> Option<Day> {
    match visit {
        Visit::Inpatient(stay) | Visit::DaySurgery(stay) => stay.admitted,
        _ => None,
    }
}

impl Wallet {
    /// The day on which the agreement has to hold for a visit to be settled.
    pub(crate) fn agreed_on(&self, visit: &Visit) -> Result<Day, ApiError> {
        let today = self.today()?;
        Ok(begun(visit).unwrap_or(today).min(today))
    }

    /// # Errors
    /// When what somebody prescribes or dispenses is not paid for.
    pub(crate) async fn qualified(&self, place: &str, person: &str) -> Result<(), ApiError> {
        if person.is_empty() {
            return Ok(());
        }
        match self.desk.unqualified_on(person, &self.today()?.to_string()).await? {
            Some(standing) => Err(forbids(place, &standing)),
            None => Ok(()),
        }
    }

    fn today(&self) -> Result<Day, ApiError> {
        day(self.now()).ok_or_else(|| refused(TransportCode::Internal))
    }

    /// Asks for it, once for each key. It holds when somebody else approved it.
    pub(crate) async fn ask_standing(&self, who: u128, key: &str, ask: &StandingAsk) -> Result<StandingOut, ApiError> {
        let from = Day::parse(&ask.from).ok_or_else(|| field("from", "yyyy-mm-dd"))?;
        let until = ask.until.as_deref().map(|until| Day::parse(until).ok_or_else(|| field("until", "yyyy-mm-dd")));
        let until = until.transpose()?;
        if until.is_some_and(|until| until <= from) {
            return Err(field("until", format!("> {from}")));
        }
        let letters = |text: &str| text.trim().chars().count();
        if !(1..=CODE_MAX).contains(&letters(&ask.code)) {
            return Err(field("code", format!("1–{CODE_MAX}")));
        }
        if !(1..=REASON_MAX).contains(&letters(&ask.reason)) {
            return Err(field("reason", format!("1–{REASON_MAX}")));
        }
        let key = Key { tenant: who, operation: Operation::AskStanding, key: key.to_owned() };
        let standing = Standing {
            id: derived(&key, 0),
            kind: ask.kind.word().into(),
            code: ask.code.clone(),
            from: from.to_string(),
            until: until.map(|until| until.to_string()),
            reason: ask.reason.clone(),
            asked_by: who,
            approved_by: None,
        };
        self.desk.ask_standing(&standing).await?;
        let kept = self.desk.standing(standing.id).await?.ok_or_else(|| refused(TransportCode::Internal))?;
        match (Standing { approved_by: None, ..kept.clone() }) == standing {
            true => out(&kept),
            false => Err(refused(TransportCode::KeyReused)),
        }
    }

    pub(crate) async fn approve_standing(&self, who: u128, id: u128) -> Result<StandingOut, ApiError> {
        let asked = self.desk.standing(id).await?.ok_or_else(|| refused(TransportCode::NotFound))?;
        if asked.asked_by == who {
            return Err(refused(TransportCode::SamePerson));
        }
        self.desk.approve_standing(id, who).await?;
        out(&self.desk.standing(id).await?.ok_or_else(|| refused(TransportCode::NotFound))?)
    }

    pub(crate) async fn standings(&self) -> Result<Standings, ApiError> {
        let all = self.desk.standings().await?;
        Ok(Standings { standings: all.iter().map(out).collect::<Result<_, _>>()? })
    }
}

fn out(standing: &Standing) -> Result<StandingOut, ApiError> {
    let kind = StandingKind::ALL.iter().find(|kind| kind.word() == standing.kind);
    Ok(StandingOut {
        id: Id(standing.id),
        kind: *kind.ok_or_else(|| refused(TransportCode::Internal))?,
        code: standing.code.clone(),
        from: standing.from.clone(),
        until: standing.until.clone(),
        reason: standing.reason.clone(),
        approved: standing.approved_by.is_some(),
    })
}
