use actix_web::HttpRequest;
use actix_web::web::{Data, Payload};
use anxin_core::dispatch::Call;
use anxin_core::family::FamilyCase;

use super::estimates::{Answered, answer, read};
use super::language;
use crate::body::parse;
use crate::server::Service;

pub async fn preview(request: HttpRequest, body: Payload, service: Data<Service>) -> Answered {
    let case: FamilyCase = parse(&read(&request, body).await?)?;
    answer(&service, Call::Family(Box::new(case)), language(&request)?)
}

pub async fn areas(request: HttpRequest, service: Data<Service>) -> Answered {
    answer(&service, Call::FamilyAreas {}, language(&request)?)
}
