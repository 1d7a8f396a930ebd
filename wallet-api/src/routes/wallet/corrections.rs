//! 冲正: one operator of the area asks, another decides.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path, Payload};
use actix_web::{HttpRequest, HttpResponse};
use wallet_ledger::{Command, TransferId};
use wallet_store::{Actor, Clock, Correction, CorrectionState};
use wallet_types::{CorrectionAsk, Id, TransportCode};

use super::{actor, idempotency_key, named};
use crate::auth::Caller;
use crate::body::parse;
use crate::problem::ApiError;
use crate::routes::estimates::{Answered, read, written};
use crate::routes::language;
use crate::server::Service;
use crate::wallet::{Key, Operation, Order, Wallet, correction_out, derived};

fn refused(code: TransportCode) -> ApiError {
    ApiError::Transport(code)
}

/// Only the area corrects; an auditor reads what was corrected.
fn operator(caller: &Caller) -> Result<(), ApiError> {
    if actor(caller)? == Actor::Area { Ok(()) } else { Err(refused(TransportCode::NotAllowed)) }
}

pub async fn ask(
    request: HttpRequest,
    id: Path<String>,
    caller: Caller,
    body: Payload,
    service: Data<Service>,
) -> Answered {
    operator(&caller)?;
    let wallet = service.wallet()?;
    let operation = Operation::AskCorrection;
    let key = Key { tenant: caller.subject.tenant(), operation, key: idempotency_key(&request, &caller)? };
    let transfer = named(&id)?;
    let CorrectionAsk { reason } = parse(&read(&request, body).await?)?;
    wallet.transfer(Actor::Area, transfer).await?;
    let asked = Correction {
        id: derived(&key, 0),
        transfer: TransferId(transfer.0),
        reason,
        asked_by: caller.subject.id,
        asked_at: Clock::Own.here(),
        state: CorrectionState::Asked,
        decided_by: None,
        decided_at: None,
    };
    wallet.desk.ask_correction(&asked).await?;
    let kept = find(wallet, asked.id).await?;
    if (kept.transfer, kept.reason) != (asked.transfer, asked.reason) {
        return Err(refused(TransportCode::KeyReused));
    }
    Ok(HttpResponse::build(StatusCode::CREATED).json(correction_out(&kept)))
}

async fn find(wallet: &Wallet, id: u128) -> Result<Correction, ApiError> {
    wallet.desk.correction(id).await?.ok_or(refused(TransportCode::NotFound))
}

pub async fn one(request: HttpRequest, id: Path<String>, caller: Caller, service: Data<Service>) -> Answered {
    match actor(&caller)? {
        Actor::Area | Actor::Auditor => {}
        Actor::Resident(_) | Actor::Institution(_) => return Err(refused(TransportCode::NotAllowed)),
    }
    let correction = find(service.wallet()?, named(&id)?.0).await?;
    written(&correction_out(&correction), language(&request)?)
}

/// The correction, decided by this caller: never by who asked for it, and never twice by different people.
async fn decide(caller: &Caller, wallet: &Wallet, id: Id, state: CorrectionState) -> Result<Correction, ApiError> {
    operator(caller)?;
    let asked = find(wallet, id.0).await?;
    if asked.asked_by == caller.subject.id {
        return Err(refused(TransportCode::SamePerson));
    }
    if !wallet.desk.decide_correction(id.0, caller.subject.id, state, Clock::Own.here()).await? {
        return Err(refused(TransportCode::Decided));
    }
    find(wallet, id.0).await
}

/// Its own id is its key: a correction is booked once, however often it is approved.
pub async fn approve(request: HttpRequest, id: Path<String>, caller: Caller, service: Data<Service>) -> Answered {
    let wallet = service.wallet()?;
    let correction = decide(&caller, wallet, named(&id)?, CorrectionState::Approved).await?;
    let Correction { id, transfer: of, reason, .. } = correction;
    let key = Key { tenant: id, operation: Operation::Correct, key: Id(id).to_string() };
    let commands = vec![Command::Correct { id: TransferId(derived(&key, 0)), of, reason }];
    let done = wallet.ask(&caller.subject, Order { key, commands, body: &Id(id) }).await?.pop();
    super::money::told(done, language(&request)?, StatusCode::OK)
}

pub async fn refuse(request: HttpRequest, id: Path<String>, caller: Caller, service: Data<Service>) -> Answered {
    let correction = decide(&caller, service.wallet()?, named(&id)?, CorrectionState::Refused).await?;
    written(&correction_out(&correction), language(&request)?)
}
