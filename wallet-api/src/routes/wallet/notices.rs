//! What somebody is told: the list, what they have looked at, and the stream.

use actix_web::HttpRequest;
use actix_web::http::header::AUTHORIZATION;
use actix_web::web::{Data, Payload};
use anxin_core::{Refusal, RefusalCode};
use wallet_types::SeenAsk;

use super::accounts::page;
use super::number;
use crate::auth::{ACCESS_COOKIE, Caller, sent_by_own_page};
use crate::body::parse;
use crate::family::resident;
use crate::notices::events;
use crate::routes::estimates::{Answered, read, written};
use crate::routes::{language, query};
use crate::server::Service;

pub async fn list(request: HttpRequest, caller: Caller, service: Data<Service>) -> Answered {
    let owner = resident(&caller)?;
    let (lang, [before, most]) = query(&request, ["before", "most"])?;
    let before = number("before", before, i64::MAX, "the `next` of a page")?;
    written(&service.wallet()?.notices(owner, before, page(most)?).await?, lang)
}

pub async fn seen(request: HttpRequest, caller: Caller, body: Payload, service: Data<Service>) -> Answered {
    let owner = resident(&caller)?;
    let ask: SeenAsk = parse(&read(&request, body).await?)?;
    written(&service.wallet()?.seen(owner, &ask).await?, language(&request)?)
}

pub async fn stream(request: HttpRequest, caller: Caller, service: Data<Service>) -> Answered {
    let owner = resident(&caller)?;
    language(&request)?;
    // Whoever has a cookie only has to show that the own page asks, whatever they say that they accept.
    if let Some(cookie) = request.cookie(ACCESS_COOKIE).filter(|_| !request.headers().contains_key(AUTHORIZATION)) {
        sent_by_own_page(&request, cookie.value())?;
    }
    let sent = request.headers().get("last-event-id");
    let bad = || Refusal::new(RefusalCode::Malformed, "Last-Event-ID", "the `id` of an event");
    let after = sent.map(|id| id.to_str().ok().and_then(|id| id.parse().ok()).ok_or_else(bad)).transpose()?;
    events(service.clone(), caller.subject, owner, after)
}

pub async fn own_cover(request: HttpRequest, caller: Caller, service: Data<Service>) -> Answered {
    let owner = resident(&caller)?;
    written(&service.wallet()?.own_cover(owner).await?, language(&request)?)
}
