//! Codes that an institution shows, and paying by them.

use actix_web::web::{self, Data, Path, Payload, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse};
use wallet_store::Actor;
use wallet_types::{ConfirmAsk, CounterAsk, OfferAsk, ScanAsk};

use super::pay::till;
use super::{idempotency_key, named, own};
use crate::auth::Caller;
use crate::body::parse;
use crate::pay::scanner;
use crate::problem::marked;
use crate::routes::estimates::{Answered, read, written};
use crate::routes::{get, language, post, read as reading};
use crate::server::Service;
use crate::wallet::{Key, Operation};

pub fn configure(config: &mut ServiceConfig) {
    config
        .service(post("/api/v1/pay/offers").route(web::post().to(offer)))
        .service(get("/api/v1/pay/offers/{offer}").route(reading().to(one_offer)))
        .service(post("/api/v1/pay/offers/{offer}/release").route(web::post().to(release)))
        .service(post("/api/v1/pay/counters").route(web::post().to(counter)))
        .service(post("/api/v1/wallet/scans").route(web::post().to(scan)))
        .service(post("/api/v1/wallet/scans/{offer}/payment").route(web::post().to(confirm)))
        .service(post("/api/v1/wallet/scans/{offer}/return").route(web::post().to(give_back)));
}

pub async fn offer(request: HttpRequest, caller: Caller, body: Payload, service: Data<Service>) -> Answered {
    let (till, key) = (till(&caller)?, idempotency_key(&request, &caller)?);
    let ask: OfferAsk = parse(&read(&request, body).await?)?;
    let made = service.wallet()?.make_offer(till, &key, &ask).await?;
    Ok(HttpResponse::Created().insert_header(("cache-control", "no-store")).json(made))
}

pub async fn one_offer(request: HttpRequest, id: Path<String>, caller: Caller, service: Data<Service>) -> Answered {
    let till = till(&caller)?;
    written(&service.wallet()?.offer(till.institution, named(&id)?.0).await?, language(&request)?)
}

pub async fn release(request: HttpRequest, id: Path<String>, caller: Caller, service: Data<Service>) -> Answered {
    let till = till(&caller)?;
    written(&service.wallet()?.release_offer(till.institution, named(&id)?.0).await?, language(&request)?)
}

pub async fn counter(request: HttpRequest, caller: Caller, body: Payload, service: Data<Service>) -> Answered {
    let till = till(&caller)?;
    let ask: CounterAsk = parse(&read(&request, body).await?)?;
    written(&service.wallet()?.counter_code(till.institution, &ask.counter)?, language(&request)?)
}

pub async fn scan(request: HttpRequest, caller: Caller, body: Payload, service: Data<Service>) -> Answered {
    let (who, lang) = (scanner(&caller.subject)?, language(&request)?);
    let ask: ScanAsk = parse(&read(&request, body).await?)?;
    written(&service.wallet()?.scan(service.engine(), who, &ask, lang).await?, lang)
}

/// What the person pays themselves is what a second factor is asked for; the figures are held against the server's own
/// before anything moves.
pub async fn confirm(
    request: HttpRequest,
    id: Path<String>,
    caller: Caller,
    body: Payload,
    service: Data<Service>,
) -> Answered {
    let who = scanner(&caller.subject)?;
    let key = idempotency_key(&request, &caller)?;
    let offer = named(&id)?.0;
    let ask: ConfirmAsk = parse(&read(&request, body).await?)?;
    let wallet = service.wallet()?;
    let key = Key { tenant: caller.subject.tenant(), operation: Operation::SettleOrder, key };
    let due = [ask.figures.acct_pay_fen, ask.figures.psn_cash_pay_fen];
    own::confirmed(&request, &caller, &service, &key, due).await?;
    let (order, replayed) = wallet.confirm(service.engine(), who, offer, &ask).await?;
    let out = wallet.order_out(&order, Actor::Resident(who)).await?;
    Ok(marked(HttpResponse::Created().json(out), replayed))
}

pub async fn give_back(id: Path<String>, caller: Caller, service: Data<Service>) -> Answered {
    let who = scanner(&caller.subject)?;
    service.wallet()?.return_offer(who, named(&id)?.0).await?;
    Ok(HttpResponse::NoContent().finish())
}
