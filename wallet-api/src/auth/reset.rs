//! 动态验证码遗失: who lost their authenticator comes to a window of the area. An operator sees document and paper, another
//! one grants it; after a waiting time the person sets up another by themselves, with their password. They are told of
//! both steps, and may object until then.

use wallet_ledger::{Micros, OwnerId};
use wallet_store::FactorReset;
use wallet_types::{
    DocumentKind, FactorResetOut, Id, OwnReset, ResetAsk, ResetOut, ResetState, Resets, SecondFactorOut, TransportCode,
};

use super::second_factor::{random, refused};
use crate::family::paper_of;
use crate::problem::ApiError;
use crate::wallet::{Wallet, instant};

/// Operators are shown so many.
const SHOWN: u32 = 200;
/// For how long it may be granted, and then used.
const COUNTS: i64 = 7 * 24 * 3_600_000_000;

impl Wallet {
    pub(crate) async fn ask_reset(&self, operator: u128, ask: &ResetAsk) -> Result<ResetOut, ApiError> {
        let paper = paper_of(&ask.paper)?;
        let person = self.with_number(&ask.id_number).await?.owner;
        if self.desk.second_factor(person).await?.is_none_or(|factor| factor.secret.is_none()) {
            return Err(refused(TransportCode::NoSecondFactor));
        }
        let (mut id, now) = ([0; 16], self.now());
        random(&mut id)?;
        let reset = FactorReset {
            id: u128::from_be_bytes(id),
            person,
            document: ask.document.word().into(),
            paper: paper.into(),
            asked_by: operator,
            asked_at: now,
            granted_by: None,
            ready_at: None,
            until: now.plus(COUNTS),
            ended: None,
        };
        match self.desk.ask_reset(&reset).await? {
            true => self.reset_out(&reset, operator),
            false => Err(refused(TransportCode::Decided)),
        }
    }

    /// By another operator than who asked.
    pub(crate) async fn grant_reset(&self, operator: u128, id: Id) -> Result<ResetOut, ApiError> {
        let reset = self.desk.reset(id.0).await?.ok_or_else(|| refused(TransportCode::NotFound))?;
        if reset.asked_by == operator {
            return Err(refused(TransportCode::SamePerson));
        }
        let now = self.now();
        let ready = now.plus(self.second_factors.wait);
        let granted = self.desk.grant_reset(&reset, operator, now, ready, ready.plus(COUNTS)).await?;
        let reset = self.desk.reset(id.0).await?.ok_or_else(|| refused(TransportCode::NotFound))?;
        // Asked again by the same operator it is what it was.
        if granted || reset.granted_by == Some(operator) {
            return self.reset_out(&reset, operator);
        }
        Err(refused(TransportCode::Decided))
    }

    pub(crate) async fn resets(&self, operator: u128) -> Result<Resets, ApiError> {
        let all = self.desk.resets(SHOWN).await?;
        let resets = all.iter().map(|reset| self.reset_out(reset, operator)).collect::<Result<_, _>>()?;
        Ok(Resets { resets })
    }

    /// By whom it is about: it was not them.
    pub(crate) async fn object_to_reset(&self, person: OwnerId) -> Result<SecondFactorOut, ApiError> {
        if !self.desk.object_to_reset(person, self.now()).await? {
            return Err(refused(TransportCode::Decided));
        }
        self.second_factor(person).await
    }

    /// Whether another authenticator may take the place of one that is there without a code of it.
    pub(super) async fn may_replace(&self, owner: OwnerId) -> Result<bool, ApiError> {
        let now = self.now();
        Ok(self.desk.resets_of(owner).await?.iter().any(|reset| reset.is_ready(now)))
    }

    /// One that still counts, for whom it is about.
    pub(super) async fn reset_standing(&self, owner: OwnerId) -> Result<Option<OwnReset>, ApiError> {
        let now = self.now();
        let open = self.desk.resets_of(owner).await?.into_iter().find(|r| state(r, now).is_open());
        Ok(open.map(|reset| OwnReset {
            state: state(&reset, now),
            asked_at: instant(reset.asked_at),
            ready_at: reset.ready_at.map(instant),
            until: instant(reset.until),
        }))
    }

    /// Every one, for who asks for their own data.
    pub(crate) async fn own_resets(&self, owner: OwnerId) -> Result<Vec<FactorResetOut>, ApiError> {
        let now = self.now();
        let out = |reset: FactorReset| {
            Ok(FactorResetOut {
                state: state(&reset, now),
                document: document(&reset)?,
                paper: reset.paper,
                asked_at: instant(reset.asked_at),
            })
        };
        self.desk.resets_of(owner).await?.into_iter().map(out).collect()
    }

    fn reset_out(&self, reset: &FactorReset, operator: u128) -> Result<ResetOut, ApiError> {
        Ok(ResetOut {
            id: Id(reset.id),
            state: state(reset, self.now()),
            document: document(reset)?,
            paper: reset.paper.clone(),
            own: reset.asked_by == operator,
            asked_at: instant(reset.asked_at),
            ready_at: reset.ready_at.map(instant),
        })
    }
}

fn document(reset: &FactorReset) -> Result<DocumentKind, ApiError> {
    DocumentKind::of_word(&reset.document).ok_or_else(|| refused(TransportCode::Internal))
}

fn state(reset: &FactorReset, now: Micros) -> ResetState {
    match reset.ended.as_deref() {
        Some("used") => ResetState::Used,
        Some("objected") => ResetState::Objected,
        Some(_) => ResetState::Over,
        None if reset.until <= now => ResetState::Over,
        None if reset.granted_by.is_none() => ResetState::Asked,
        None if reset.is_ready(now) => ResetState::Ready,
        None => ResetState::Waiting,
    }
}
