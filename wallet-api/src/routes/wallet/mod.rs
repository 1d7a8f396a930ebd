//! The wallet's addresses. Who may see or do what is decided where the books are asked, not here.

mod accounts;
mod cells;
mod clearing;
mod corrections;
mod counter;
mod family;
mod flags;
mod money;
mod notices;
mod office;
mod own;
mod pay;
mod rx;
mod window;

use std::str::FromStr;

use actix_web::http::Method;
use actix_web::web::{self, Data, ServiceConfig};
use actix_web::{HttpMessage as _, HttpRequest};
use anxin_core::{Refusal, RefusalCode};
use wallet_store::Actor;
use wallet_types::{Id, TransportCode};

use super::{get, only, post, read};
use crate::auth::Caller;
use crate::problem::ApiError;
use crate::server::Service;

pub fn configure(config: &mut ServiceConfig) {
    config
        .service(get("/api/v1/wallet/accounts").route(read().to(accounts::list)))
        .service(get("/api/v1/wallet/accounts/{account}").route(read().to(accounts::one)))
        .service(get("/api/v1/wallet/accounts/{account}/statement").route(read().to(accounts::statement)))
        .service(get("/api/v1/wallet/accounts/{account}/statement.csv").route(read().to(accounts::csv)))
        .service(post("/api/v1/wallet/transfers").route(web::post().to(money::transfer)))
        .service(get("/api/v1/wallet/transfers/{transfer}").route(read().to(money::one_transfer)))
        .service(get("/api/v1/wallet/transfers/{transfer}/receipt").route(read().to(money::receipt)))
        .service(post("/api/v1/wallet/transfers/{transfer}/refunds").route(web::post().to(money::refund)))
        .service(post("/api/v1/wallet/transfers/{transfer}/corrections").route(web::post().to(corrections::ask)))
        .service(get("/api/v1/wallet/corrections/{correction}").route(read().to(corrections::one)))
        .service(post("/api/v1/wallet/corrections/{correction}/approval").route(web::post().to(corrections::approve)))
        .service(post("/api/v1/wallet/corrections/{correction}/refusal").route(web::post().to(corrections::refuse)))
        .service(post("/api/v1/wallet/holds").route(web::post().to(money::hold)))
        .service(get("/api/v1/wallet/holds/{hold}").route(read().to(money::one_hold)))
        .service(post("/api/v1/wallet/holds/{hold}/post").route(web::post().to(money::post_hold)))
        .service(post("/api/v1/wallet/holds/{hold}/void").route(web::post().to(money::void_hold)))
        .service(post("/api/v1/wallet/batches").route(web::post().to(money::batch)))
        .service(get("/api/v1/wallet/flags").route(read().to(flags::list)))
        .service(get("/api/v1/wallet/notices").route(read().to(notices::list)))
        .service(post("/api/v1/wallet/notices/seen").route(web::post().to(notices::seen)))
        .service(get("/api/v1/wallet/events").route(web::get().to(notices::stream)))
        .service(get("/api/v1/wallet/cover").route(read().to(notices::own_cover)))
        .configure(relatives)
        .configure(for_oneself)
        .configure(cells::configure)
        .configure(pay::configure)
        .configure(counter::configure)
        .configure(rx::configure)
        .configure(clearing::configure)
        .configure(office::configure);
}

fn relatives(config: &mut ServiceConfig) {
    let both = |path: &str| only(path, const { &[Method::GET, Method::HEAD, Method::POST] });
    config
        .service(
            both("/api/v1/wallet/family/invitations")
                .route(read().to(family::invitations))
                .route(web::post().to(family::invite)),
        )
        .service(
            post("/api/v1/wallet/family/invitations/{invitation}/withdrawal").route(web::post().to(family::withdraw)),
        )
        .service(post("/api/v1/wallet/family/acceptances").route(web::post().to(family::accept)))
        .service(get("/api/v1/wallet/family/relations").route(read().to(family::relations)))
        .service(get("/api/v1/wallet/family/relations/{relation}").route(read().to(family::relation)))
        .service(post("/api/v1/wallet/family/relations/{relation}/dissolution").route(web::post().to(family::part)))
        .service(post("/api/v1/wallet/family/relations/{relation}/quota").route(web::post().to(family::quota)))
        .service(post("/api/v1/wallet/family/payments").route(web::post().to(family::pay)))
        .service(
            both("/api/v1/wallet/family/transfers").route(read().to(family::gifts)).route(web::post().to(family::give)),
        )
        .service(post("/api/v1/wallet/family/transfers/{gift}/acceptance").route(web::post().to(family::take_gift)))
        .service(post("/api/v1/wallet/family/transfers/{gift}/refusal").route(web::post().to(family::refuse_gift)))
        .service(get("/api/v1/wallet/payees").route(read().to(family::payees)))
        .service(post("/api/v1/wallet/people").route(web::post().to(family::register)));
}

fn for_oneself(config: &mut ServiceConfig) {
    let both = |path: &str| only(path, const { &[Method::GET, Method::HEAD, Method::POST] });
    config
        .service(
            both("/api/v1/wallet/second-factor").route(read().to(own::second_factor)).route(web::post().to(own::offer)),
        )
        .service(post("/api/v1/wallet/second-factor/confirmation").route(web::post().to(own::confirm)))
        .service(post("/api/v1/wallet/second-factor/objection").route(web::post().to(window::object)))
        .service(post("/api/v1/wallet/family/relations/{relation}/nickname").route(web::post().to(own::nickname)))
        .service(post("/api/v1/wallet/family/relations/{relation}/priority").route(web::post().to(own::prioritise)))
        .service(
            both("/api/v1/wallet/family/relations/{relation}/details")
                .route(read().to(own::details))
                .route(web::post().to(own::show_details)),
        )
        .service(get("/api/v1/wallet/export").route(read().to(own::export)))
        .service(post("/api/v1/wallet/deletion").route(web::post().to(own::erase)))
        .service(post("/api/v1/wallet/window/deaths").route(web::post().to(window::note_death)))
        .service(post("/api/v1/wallet/window/acceptances").route(web::post().to(window::accept)))
        .service(
            both("/api/v1/wallet/window/authenticators")
                .route(read().to(window::resets))
                .route(web::post().to(window::ask_reset)),
        )
        .service(
            post("/api/v1/wallet/window/authenticators/{reset}/approval").route(web::post().to(window::grant_reset)),
        );
}

fn actor(caller: &Caller) -> Result<Actor, ApiError> {
    caller.subject.actor().ok_or(ApiError::Transport(TransportCode::NotAllowed))
}

/// An id in an address. What is no id is not there.
fn named(text: &str) -> Result<Id, ApiError> {
    Id::parse(text).ok_or(ApiError::Transport(TransportCode::NotFound))
}

fn number<N: FromStr>(field: &str, text: Option<String>, otherwise: N, accepted: &str) -> Result<N, ApiError> {
    text.map_or(Ok(otherwise), |text| {
        text.parse().map_err(|_| Refusal::new(RefusalCode::Malformed, field, accepted).into())
    })
}

const KEY_BYTES_MAX: usize = 255;

/// The client's own key of a request that moves money. The same request is refused until this one is answered.
fn idempotency_key(request: &HttpRequest, caller: &Caller) -> Result<String, ApiError> {
    let mut sent = request.headers().get_all("idempotency-key");
    let key = match (sent.next().and_then(|key| key.to_str().ok()), sent.next()) {
        (Some(key), None) => key,
        _ => return Err(ApiError::Transport(TransportCode::KeyMissing)),
    };
    let visible = !key.is_empty() && key.len() <= KEY_BYTES_MAX && key.bytes().all(|b| b.is_ascii_graphic());
    if !visible {
        return Err(ApiError::Transport(TransportCode::KeyMissing));
    }
    let service = request.app_data::<Data<Service>>().ok_or(ApiError::Transport(TransportCode::Internal))?;
    let place = service.wallet()?.underway.begin(caller.subject.tenant(), request.path(), key);
    let place = place.ok_or(ApiError::Transport(TransportCode::UnderWay))?;
    // It goes with the request.
    request.extensions_mut().insert(place);
    Ok(key.to_owned())
}
