//! What somebody decides for themselves.

use actix_web::web::{Data, Path, Payload};
use actix_web::{HttpRequest, HttpResponse, web};
use anxin_core::Fen;
use wallet_types::{Credentials, DeletionAsk, DetailsAsk, NicknameAsk, PriorityAsk, SecondFactorCode, TransportCode};

use super::named;
use crate::auth::Caller;
use crate::body::parse;
use crate::family::resident;
use crate::problem::ApiError;
use crate::routes::estimates::{Answered, read, written};
use crate::routes::language;
use crate::server::Service;
use crate::wallet::Key;

const CODE: &str = "x-second-factor";

/// The authenticator's code that was sent along.
fn code(request: &HttpRequest) -> Option<&str> {
    let mut sent = request.headers().get_all(CODE);
    let code = sent.next()?.to_str().ok()?;
    if sent.next().is_some() { None } else { Some(code) }
}

/// Whether a request for so much may go on.
pub async fn confirmed(
    request: &HttpRequest,
    caller: &Caller,
    service: &Service,
    key: &Key,
    amounts: impl IntoIterator<Item = Fen>,
) -> Result<(), ApiError> {
    // What is below zero is refused elsewhere, and takes nothing off the rest.
    let amounts = amounts.into_iter().map(|amount| amount.max(Fen::ZERO));
    let all = Fen::checked_sum(amounts).unwrap_or(Fen::MAX);
    service.wallet()?.second_factor_for(&caller.subject, key, all, code(request)).await
}

pub async fn second_factor(request: HttpRequest, caller: Caller, service: Data<Service>) -> Answered {
    written(&service.wallet()?.second_factor(resident(&caller)?).await?, language(&request)?)
}

/// By who knows the password too: an open session alone does not change what protects it.
pub async fn offer(request: HttpRequest, caller: Caller, body: Payload, service: Data<Service>) -> Answered {
    let owner = resident(&caller)?;
    let wallet = service.wallet()?;
    if wallet.issuer.is_none() {
        return Err(ApiError::Transport(TransportCode::NotFound));
    }
    let Credentials { name, password } = parse(&read(&request, body).await?)?;
    wallet.limits.logins.check(&format!("name {name}"))?;
    let login = wallet.desk.login(&name).await?.filter(|login| login.subject == owner.0);
    let fits = {
        let service = service.clone();
        let check = move || service.wallet().ok()?.issuer.as_ref().map(|issuer| issuer.fits(login.as_ref(), &password));
        web::block(check).await.map_err(|_| ApiError::Transport(TransportCode::Internal))?
    };
    if fits != Some(true) {
        return Err(ApiError::Transport(TransportCode::BadLogin));
    }
    let offer = wallet.offer_second_factor(owner, &name, code(&request)).await?;
    Ok(HttpResponse::Created().json(offer))
}

pub async fn confirm(request: HttpRequest, caller: Caller, body: Payload, service: Data<Service>) -> Answered {
    let owner = resident(&caller)?;
    let SecondFactorCode { code } = parse(&read(&request, body).await?)?;
    written(&service.wallet()?.confirm_second_factor(owner, &code).await?, language(&request)?)
}

pub async fn nickname(
    request: HttpRequest,
    id: Path<String>,
    caller: Caller,
    body: Payload,
    service: Data<Service>,
) -> Answered {
    let owner = resident(&caller)?;
    let ask: NicknameAsk = parse(&read(&request, body).await?)?;
    written(&service.wallet()?.nickname(owner, named(&id)?, &ask).await?, language(&request)?)
}

pub async fn prioritise(
    request: HttpRequest,
    id: Path<String>,
    caller: Caller,
    body: Payload,
    service: Data<Service>,
) -> Answered {
    let owner = resident(&caller)?;
    let ask: PriorityAsk = parse(&read(&request, body).await?)?;
    written(&service.wallet()?.prioritise(owner, named(&id)?, &ask).await?, language(&request)?)
}

pub async fn show_details(
    request: HttpRequest,
    id: Path<String>,
    caller: Caller,
    body: Payload,
    service: Data<Service>,
) -> Answered {
    let owner = resident(&caller)?;
    let ask: DetailsAsk = parse(&read(&request, body).await?)?;
    written(&service.wallet()?.show_details(owner, named(&id)?, &ask).await?, language(&request)?)
}

pub async fn details(request: HttpRequest, id: Path<String>, caller: Caller, service: Data<Service>) -> Answered {
    let owner = resident(&caller)?;
    written(&service.wallet()?.details(owner, named(&id)?).await?, language(&request)?)
}

pub async fn export(request: HttpRequest, caller: Caller, service: Data<Service>) -> Answered {
    let owner = resident(&caller)?;
    let export = service.wallet()?.export(owner).await?;
    language(&request)?;
    let named = ("content-disposition", "attachment; filename=\"anxin-export.json\"");
    Ok(HttpResponse::Ok().insert_header(named).json(export))
}

pub async fn erase(request: HttpRequest, caller: Caller, body: Payload, service: Data<Service>) -> Answered {
    let owner = resident(&caller)?;
    let ask: DeletionAsk = parse(&read(&request, body).await?)?;
    written(&service.wallet()?.erase(owner, &ask, code(&request)).await?, language(&request)?)
}
