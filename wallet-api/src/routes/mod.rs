mod callback;
mod docs;
mod estimates;
mod family;
mod groupings;
mod health;
mod nhsa;
mod packs;
mod page;
mod peer;
mod sessions;
mod stories;
mod wallet;

use actix_web::http::Method;
use actix_web::http::header::{AcceptLanguage, Header, Preference};
use actix_web::web::{self, ServiceConfig};
use actix_web::{HttpRequest, Resource, guard};
use anxin_core::text::Lang;
use anxin_core::{Refusal, RefusalCode};
use wallet_types::TransportCode;

use crate::problem::ApiError;

pub use groupings::{Grouped, Groupings};

pub fn configure(config: &mut ServiceConfig) {
    config
        .service(post("/api/v1/estimates").route(web::post().to(estimates::one)))
        .service(post("/api/v1/estimates/compare").route(web::post().to(estimates::compare)))
        .service(post("/api/v1/estimates/year").route(web::post().to(estimates::year)))
        .service(get("/api/v1/regions").route(read().to(estimates::regions)))
        .service(post("/api/v1/groupings").route(web::post().to(groupings::groupings)))
        .service(post("/api/v1/forecasts").route(web::post().to(groupings::forecasts)))
        .service(get("/api/v1/schemes").route(read().to(groupings::schemes)))
        .service(get("/api/v1/prices").route(read().to(groupings::prices)))
        .service(get("/api/v1/codes").route(read().to(groupings::codes)))
        .service(post("/api/v1/family/previews").route(web::post().to(family::preview)))
        .service(get("/api/v1/family/areas").route(read().to(family::areas)))
        .configure(sessions::configure)
        .configure(stories::configure)
        .configure(wallet::configure)
        .service(post("/nhsa/{infno}").route(web::post().to(nhsa::message)))
        .service(post("/api/v1/pay/callbacks/cash").route(web::post().to(callback::cash)))
        .service(post("/peer/v1/letters").route(web::post().to(peer::letters)))
        .service(get("/metrics").route(read().to(health::metrics)))
        .service(get("/api/openapi.json").route(read().to(docs::openapi)))
        .service(get("/api/").route(read().to(docs::human)))
        .service(get("/api/style.css").route(read().to(docs::style)))
        .service(get("/packs/").route(read().to(packs::index)))
        .service(get("/packs/{id:.+}").route(read().to(packs::one)))
        .service(get("/healthz").route(read().to(health::alive)))
        .service(get("/readyz").route(read().to(health::ready)))
        .service(web::scope("/api").default_service(web::to(nothing_here)))
        .default_service(web::to(page::page));
}

fn read() -> actix_web::Route {
    web::route().guard(guard::Any(guard::Get()).or(guard::Head()))
}

fn get(path: &str) -> Resource {
    only(path, const { &[Method::GET, Method::HEAD] })
}

fn post(path: &str) -> Resource {
    only(path, const { &[Method::POST] })
}

fn only(path: &str, methods: &'static [Method]) -> Resource {
    web::resource(path).default_service(web::to(move || async move { Err::<&str, _>(ApiError::Method(methods)) }))
}

async fn nothing_here() -> Result<&'static str, ApiError> {
    Err(ApiError::Transport(TransportCode::NotFound))
}

/// The language of an answer: `?lang=`, then `Accept-Language`, then Chinese.
pub fn language(request: &HttpRequest) -> Result<Lang, Refusal> {
    query(request, []).map(|(lang, [])| lang)
}

/// The language of an answer and the values of an address's other names, in the order of `names`.
pub fn query<const N: usize>(request: &HttpRequest, names: [&str; N]) -> Result<(Lang, [Option<String>; N]), Refusal> {
    let asked = asked_language(request)?;
    let mut values = [const { None }; N];
    for (key, value) in pairs(request)? {
        if key == "lang" {
            continue;
        }
        let slot = names.iter().zip(&mut values).find(|(name, _)| **name == key);
        let Some((_, slot)) = slot else {
            let known: Vec<&str> = names.into_iter().chain(["lang"]).collect();
            return Err(Refusal::new(RefusalCode::Malformed, key, known.join(", ")));
        };
        slot.replace(value).map_or(Ok(()), |_| Err(Refusal::new(RefusalCode::Malformed, key, "once")))?;
    }
    Ok((asked.or_else(|| preferred(request)).unwrap_or(Lang::Zh), values))
}

/// What `?lang=` says, which is asked once and in a language that there is.
pub fn asked_language(request: &HttpRequest) -> Result<Option<Lang>, Refusal> {
    let mut asked = None;
    for (_, value) in pairs(request)?.into_iter().filter(|(key, _)| key == "lang") {
        let lang = by_name(&value).ok_or_else(|| Refusal::new(RefusalCode::Malformed, "lang", "zh, en"))?;
        asked.replace(lang).map_or(Ok(()), |_| Err(Refusal::new(RefusalCode::Malformed, "lang", "once")))?;
    }
    Ok(asked)
}

fn pairs(request: &HttpRequest) -> Result<Vec<(String, String)>, Refusal> {
    let pairs = web::Query::from_query(request.query_string());
    pairs.map(web::Query::into_inner).map_err(|_| Refusal::new(RefusalCode::Malformed, "", "lang=zh, lang=en"))
}

fn preferred(request: &HttpRequest) -> Option<Lang> {
    let ranked = AcceptLanguage::parse(request).ok()?.ranked();
    ranked.into_iter().find_map(|choice| match choice {
        Preference::Specific(tag) => by_name(tag.primary_language()),
        Preference::Any => None,
    })
}

fn by_name(name: &str) -> Option<Lang> {
    match name {
        "zh" => Some(Lang::Zh),
        "en" => Some(Lang::En),
        _ => None,
    }
}
