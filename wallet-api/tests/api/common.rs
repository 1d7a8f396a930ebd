use std::path::Path;
use std::sync::LazyLock;

use actix_web::http::header::HeaderMap;
use actix_web::test::{TestRequest, call_service, init_service, read_body};
use actix_web::web::{Bytes, Data};
use anxin_core::dispatch::Engine;
use serde_json::Value;
use wallet_api::{Contents, Service, Site, app};

pub const CASE: &str = wallet_api::openapi::EXAMPLE_CASE;

/// The packs of the rules that come with the source.
pub static PACKS: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| {
    let rules = Path::new(env!("CARGO_MANIFEST_DIR")).join("../wasm-core/rules");
    let files = anxin_packer::read_tree(&rules).unwrap();
    let grouping = anxin_drgpack::all(&rules.join("drg")).unwrap().into_iter();
    let grouping = grouping.chain(anxin_dippack::all(&rules.join("dip")).unwrap());
    anxin_packer::compile(&files).unwrap().into_iter().chain(grouping).map(|(_, bytes)| bytes).collect()
});

pub fn engine() -> Engine {
    let mut engine = Engine::new();
    for pack in PACKS.iter() {
        engine.load(pack).unwrap();
    }
    engine
}

pub fn service() -> Data<Service> {
    static SERVICE: LazyLock<Data<Service>> =
        LazyLock::new(|| Data::new(Service::new(Contents::of_packs(PACKS.clone()).unwrap()).unwrap()));
    SERVICE.clone()
}

pub fn service_without_rules() -> Data<Service> {
    Data::new(Service::new(Contents::default()).unwrap())
}

pub fn service_with_site(dir: &Path) -> Data<Service> {
    let site = Some(Site::read(dir).unwrap());
    Data::new(Service::new(Contents { site, ..Contents::default() }).unwrap())
}

pub struct Answered {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: Bytes,
}

impl Answered {
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |v| v.to_str().unwrap())
    }

    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|e| panic!("{e}: {:?}", self.body))
    }
}

pub async fn ask(service: &Data<Service>, request: TestRequest) -> Answered {
    let app = init_service(app(service.clone())).await;
    let response = call_service(&app, request.to_request()).await;
    let (status, headers) = (response.status().as_u16(), response.headers().clone());
    Answered { status, headers, body: read_body(response).await }
}

pub async fn get(service: &Data<Service>, address: &str) -> Answered {
    ask(service, TestRequest::get().uri(address)).await
}

pub fn post(address: &str, body: impl Into<Bytes>) -> TestRequest {
    TestRequest::post().uri(address).insert_header(("content-type", "application/json")).set_payload(body.into())
}
