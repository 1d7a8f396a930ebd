//! Showing a code, reading it, and settling a bill.

use actix_web::web::{self, Data, Path, Payload, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse};
use wallet_ledger::Micros;
use wallet_store::Actor;
use wallet_types::{CodeAsk, DecodeAsk, OrderRefundAsk, PackLook, PresettleAsk, ReverseAsk, SettleAsk, TransportCode};

use super::{actor, idempotency_key, named, number};
use crate::auth::Caller;
use crate::body::parse;
use crate::pay::Till;
use crate::problem::{ApiError, marked};
use crate::routes::estimates::{Answered, read, written};
use crate::routes::{get, language, post, query, read as reading};
use crate::server::Service;
use crate::wallet::micros;

const PAGE: u32 = 50;

pub fn configure(config: &mut ServiceConfig) {
    config
        .service(post("/api/v1/wallet/codes").route(web::post().to(code)))
        .service(post("/api/v1/pay/decode").route(web::post().to(decode)))
        .service(post("/api/v1/pay/presettle").route(web::post().to(presettle)))
        .service(post("/api/v1/pay/settle").route(web::post().to(settle)))
        .service(post("/api/v1/pay/reverse").route(web::post().to(reverse)))
        .service(get("/api/v1/pay/packs/{pack}").route(reading().to(pack)))
        .service(post("/api/v1/pay/packs/{pack}/look").route(web::post().to(look_at_pack)))
        .service(get("/api/v1/pay/orders").route(reading().to(orders)))
        .service(get("/api/v1/pay/orders/{order}").route(reading().to(order)))
        .service(post("/api/v1/pay/orders/{order}/refund").route(web::post().to(refund)));
}

/// Only who works for an institution settles.
pub fn till(caller: &Caller) -> Result<Till, ApiError> {
    match caller.subject.actor() {
        Some(Actor::Institution(institution)) => Ok(Till { institution, operator: caller.subject.id }),
        _ => Err(ApiError::Transport(TransportCode::NotAllowed)),
    }
}

pub async fn code(request: HttpRequest, caller: Caller, body: Payload, service: Data<Service>) -> Answered {
    let wallet = service.wallet()?;
    let ask: CodeAsk = parse(&read(&request, body).await?)?;
    let made = wallet.make_code(&caller.subject, &ask).await?;
    // It is good for a moment and for one reading: nobody keeps it.
    Ok(HttpResponse::Created().insert_header(("cache-control", "no-store")).json(made))
}

pub async fn decode(request: HttpRequest, caller: Caller, body: Payload, service: Data<Service>) -> Answered {
    let till = till(&caller)?;
    let key = idempotency_key(&request, &caller)?;
    let ask: DecodeAsk = parse(&read(&request, body).await?)?;
    written(&service.wallet()?.decode(till, &key, &ask).await?, language(&request)?)
}

pub async fn presettle(request: HttpRequest, caller: Caller, body: Payload, service: Data<Service>) -> Answered {
    let (till, lang) = (till(&caller)?, language(&request)?);
    let ask: PresettleAsk = parse(&read(&request, body).await?)?;
    written(&service.wallet()?.presettle_for(service.engine(), till, &ask, lang).await?, lang)
}

pub async fn settle(request: HttpRequest, caller: Caller, body: Payload, service: Data<Service>) -> Answered {
    let (till, key) = (till(&caller)?, idempotency_key(&request, &caller)?);
    let ask: SettleAsk = parse(&read(&request, body).await?)?;
    let wallet = service.wallet()?;
    let (order, replayed) = wallet.settle_for(service.engine(), till, &key, &ask).await?;
    let out = wallet.order_out(&order, Actor::Institution(till.institution)).await?;
    Ok(marked(HttpResponse::Created().json(out), replayed))
}

pub async fn reverse(request: HttpRequest, caller: Caller, body: Payload, service: Data<Service>) -> Answered {
    let till = till(&caller)?;
    let ask: ReverseAsk = parse(&read(&request, body).await?)?;
    let wallet = service.wallet()?;
    let order = wallet.reverse(till.institution, &ask.key).await?;
    written(&wallet.order_out(&order, Actor::Institution(till.institution)).await?, language(&request)?)
}

pub async fn orders(request: HttpRequest, caller: Caller, service: Data<Service>) -> Answered {
    let actor = actor(&caller)?;
    let (lang, [before, most]) = query(&request, ["before", "most"])?;
    let before = before.map(|before| micros("before", &before)).transpose()?.unwrap_or(Micros(i64::MAX));
    let most = number("most", most, PAGE, "1–500")?;
    written(&service.wallet()?.orders(actor, before, most).await?, lang)
}

pub async fn order(request: HttpRequest, id: Path<String>, caller: Caller, service: Data<Service>) -> Answered {
    let (actor, wallet) = (actor(&caller)?, service.wallet()?);
    let order = wallet.order(actor, named(&id)?.0).await?;
    written(&wallet.order_out(&order, actor).await?, language(&request)?)
}

pub async fn refund(
    request: HttpRequest,
    id: Path<String>,
    caller: Caller,
    body: Payload,
    service: Data<Service>,
) -> Answered {
    let (till, key) = (till(&caller)?, idempotency_key(&request, &caller)?);
    let order = named(&id)?.0;
    let ask: OrderRefundAsk = parse(&read(&request, body).await?)?;
    let wallet = service.wallet()?;
    let order = wallet.refund_asked(till.institution, &key, order, &ask).await?;
    written(&wallet.order_out(&order, Actor::Institution(till.institution)).await?, language(&request)?)
}

/// Where a pack was sold is nobody's business but the area's and an auditor's.
pub async fn pack(request: HttpRequest, code: Path<String>, caller: Caller, service: Data<Service>) -> Answered {
    match actor(&caller)? {
        Actor::Area | Actor::Auditor => written(&service.wallet()?.pack(&code).await?, language(&request)?),
        Actor::Resident(_) | Actor::Institution(_) => Err(ApiError::Transport(TransportCode::NotAllowed)),
    }
}

pub async fn look_at_pack(
    request: HttpRequest,
    code: Path<String>,
    caller: Caller,
    body: Payload,
    service: Data<Service>,
) -> Answered {
    let Actor::Area = actor(&caller)? else { return Err(ApiError::Transport(TransportCode::NotAllowed)) };
    let PackLook { sound } = parse(&read(&request, body).await?)?;
    written(&service.wallet()?.look_at_pack(&code, sound).await?, language(&request)?)
}
