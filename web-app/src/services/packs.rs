use gloo::net::http::{Request, Response};
use wallet_types::PackIndex;

/// The list of packs. The only requests that this page makes are this one and [`pack`].
pub async fn index() -> Result<PackIndex, String> {
    get("/packs/").await?.json().await.map_err(|e| e.to_string())
}

/// The bytes of one pack; the engine checks their digest.
pub async fn pack(id: &str) -> Result<Vec<u8>, String> {
    get(&format!("/packs/{id}")).await?.binary().await.map_err(|e| e.to_string())
}

async fn get(address: &str) -> Result<Response, String> {
    let response = Request::get(address).send().await.map_err(|e| e.to_string())?;
    if response.ok() { Ok(response) } else { Err(format!("HTTP {}", response.status())) }
}
