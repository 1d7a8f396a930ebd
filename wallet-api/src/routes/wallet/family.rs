//! Family accounts: who shares with whom, how much, and paying by it.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path, Payload};
use actix_web::{HttpRequest, HttpResponse};
use serde::Serialize;
use wallet_store::Actor;
use wallet_types::{AcceptanceAsk, GiftAsk, InvitationAsk, PaymentAsk, PersonAsk, QuotaAsk, TransportCode};

use super::money::{key, told};
use super::own::confirmed;
use super::{actor, named};
use crate::auth::Caller;
use crate::body::parse;
use crate::family::resident;
use crate::problem::{ApiError, marked};
use crate::routes::estimates::{Answered, read, written};
use crate::routes::language;
use crate::server::Service;
use crate::wallet::Operation;

fn created(answer: &impl Serialize, replayed: bool) -> HttpResponse {
    marked(HttpResponse::Created().json(answer), replayed)
}

pub async fn invite(request: HttpRequest, caller: Caller, body: Payload, service: Data<Service>) -> Answered {
    let owner = resident(&caller)?;
    let key = key(&request, &caller, Operation::Invite)?;
    let ask: InvitationAsk = parse(&read(&request, body).await?)?;
    Ok(created(&service.wallet()?.invite(owner, &key, &ask).await?, false))
}

pub async fn invitations(request: HttpRequest, caller: Caller, service: Data<Service>) -> Answered {
    written(&service.wallet()?.invitations(resident(&caller)?).await?, language(&request)?)
}

pub async fn withdraw(request: HttpRequest, id: Path<String>, caller: Caller, service: Data<Service>) -> Answered {
    let owner = resident(&caller)?;
    written(&service.wallet()?.withdraw(owner, named(&id)?).await?, language(&request)?)
}

pub async fn accept(request: HttpRequest, caller: Caller, body: Payload, service: Data<Service>) -> Answered {
    let owner = resident(&caller)?;
    let wallet = service.wallet()?;
    // Whoever guesses is soon told to wait.
    wallet.limits.logins.check(&format!("code {:032x}", owner.0))?;
    let ask: AcceptanceAsk = parse(&read(&request, body).await?)?;
    Ok(created(&wallet.accept(owner, &ask).await?, false))
}

pub async fn relations(request: HttpRequest, caller: Caller, service: Data<Service>) -> Answered {
    written(&service.wallet()?.relations(resident(&caller)?).await?, language(&request)?)
}

pub async fn relation(request: HttpRequest, id: Path<String>, caller: Caller, service: Data<Service>) -> Answered {
    let owner = resident(&caller)?;
    written(&service.wallet()?.relation(owner, named(&id)?).await?, language(&request)?)
}

pub async fn part(request: HttpRequest, id: Path<String>, caller: Caller, service: Data<Service>) -> Answered {
    let owner = resident(&caller)?;
    written(&service.wallet()?.part(owner, named(&id)?).await?, language(&request)?)
}

pub async fn quota(
    request: HttpRequest,
    id: Path<String>,
    caller: Caller,
    body: Payload,
    service: Data<Service>,
) -> Answered {
    let owner = resident(&caller)?;
    let key = key(&request, &caller, Operation::SetQuota)?;
    let ask: QuotaAsk = parse(&read(&request, body).await?)?;
    let (wallet, id) = (service.wallet()?, named(&id)?);
    let more = wallet.more_than_now(owner, id, ask.usable_fen).await?;
    confirmed(&request, &caller, &service, &key, more).await?;
    let done = wallet.set_quota(&caller.subject, owner, key, id, &ask).await?;
    told(done, language(&request)?, StatusCode::OK)
}

pub async fn pay(request: HttpRequest, caller: Caller, body: Payload, service: Data<Service>) -> Answered {
    let owner = resident(&caller)?;
    let key = key(&request, &caller, Operation::Pay)?;
    let ask: PaymentAsk = parse(&read(&request, body).await?)?;
    confirmed(&request, &caller, &service, &key, [ask.amount_fen]).await?;
    let (paid, replayed) = service.wallet()?.pay(&caller.subject, owner, key, &ask).await?;
    Ok(created(&paid, replayed))
}

pub async fn gifts(request: HttpRequest, caller: Caller, service: Data<Service>) -> Answered {
    written(&service.wallet()?.gifts(resident(&caller)?).await?, language(&request)?)
}

pub async fn give(request: HttpRequest, caller: Caller, body: Payload, service: Data<Service>) -> Answered {
    let owner = resident(&caller)?;
    let key = key(&request, &caller, Operation::Give)?;
    let ask: GiftAsk = parse(&read(&request, body).await?)?;
    confirmed(&request, &caller, &service, &key, [ask.amount_fen]).await?;
    let done = service.wallet()?.give(&caller.subject, owner, key, &ask).await?;
    told(done, language(&request)?, StatusCode::CREATED)
}

async fn answer_gift(
    request: HttpRequest,
    id: Path<String>,
    caller: Caller,
    service: Data<Service>,
    operation: Operation,
) -> Answered {
    let owner = resident(&caller)?;
    let key = key(&request, &caller, operation)?;
    let done = service.wallet()?.answer_gift(&caller.subject, owner, key, named(&id)?).await?;
    told(done, language(&request)?, StatusCode::OK)
}

pub async fn take_gift(request: HttpRequest, id: Path<String>, caller: Caller, service: Data<Service>) -> Answered {
    answer_gift(request, id, caller, service, Operation::AcceptGift).await
}

pub async fn refuse_gift(request: HttpRequest, id: Path<String>, caller: Caller, service: Data<Service>) -> Answered {
    answer_gift(request, id, caller, service, Operation::RefuseGift).await
}

/// By the area only: it is the one that insures.
pub async fn register(request: HttpRequest, caller: Caller, body: Payload, service: Data<Service>) -> Answered {
    if actor(&caller)? != Actor::Area {
        return Err(ApiError::Transport(TransportCode::NotAllowed));
    }
    let ask: PersonAsk = parse(&read(&request, body).await?)?;
    written(&service.wallet()?.register(&ask).await?, language(&request)?)
}

pub async fn payees(request: HttpRequest, caller: Caller, service: Data<Service>) -> Answered {
    resident(&caller)?;
    written(&service.wallet()?.payees().await?, language(&request)?)
}
