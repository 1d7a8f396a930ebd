//! Telling a story of the demonstration from its beginning. A server with real people has nothing at this address.

use actix_web::web::{self, Data, Payload, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse};
use wallet_types::{StoryAsk, TransportCode};

use super::estimates::{Answered, read};
use super::{language, post};
use crate::auth::{Visitor, address};
use crate::body::parse;
use crate::problem::ApiError;
use crate::server::Service;

pub fn configure(config: &mut ServiceConfig) {
    config.service(post("/api/v1/demo/stories").route(web::post().to(tell)));
}

async fn tell(request: HttpRequest, _: Visitor, body: Payload, service: Data<Service>) -> Answered {
    language(&request)?;
    let wallet = service.wallet()?;
    if wallet.stories.is_none() {
        return Err(ApiError::Transport(TransportCode::NotFound));
    }
    // A story is a hundred times the work of most requests.
    wallet.limits.logins.check(&format!("story {}", address(&request)))?;
    let StoryAsk { story } = parse(&read(&request, body).await?)?;
    Ok(HttpResponse::Ok().json(wallet.tell(service.engine(), story).await?))
}
