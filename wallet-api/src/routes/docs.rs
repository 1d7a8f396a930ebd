use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};

use crate::server::Service;

pub async fn openapi(request: HttpRequest, service: Data<Service>) -> HttpResponse {
    service.openapi().respond(&request)
}

pub async fn human(request: HttpRequest, service: Data<Service>) -> HttpResponse {
    service.human().respond(&request)
}

pub async fn style(request: HttpRequest, service: Data<Service>) -> HttpResponse {
    service.style().respond(&request)
}
