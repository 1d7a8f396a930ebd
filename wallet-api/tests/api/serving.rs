use std::fs;

use actix_web::test::TestRequest;

use crate::common::{PACKS, ask, get, service, service_with_site, service_without_rules};

#[actix_web::test]
async fn the_index_names_every_pack_and_each_is_served_whole() {
    let service = service();
    let index = get(&service, "/packs/").await;
    assert_eq!(index.status, 200);
    let packs = index.json()["packs"].as_array().unwrap().clone();
    assert_eq!(packs.len(), PACKS.len());
    for pack in packs {
        let (id, digest) = (pack["id"].as_str().unwrap(), pack["digest"].as_str().unwrap());
        let served = get(&service, &format!("/packs/{id}")).await;
        let opened = anxin_core::pack::open(&served.body).unwrap();
        assert_eq!((opened.header.id.as_str(), opened.digest.to_string().as_str()), (id, digest));
        assert_eq!(served.header("etag"), format!("\"{digest}\""));
        assert_eq!(pack["bytes"].as_u64(), Some(served.body.len() as u64));
        assert_eq!(pack["region"]["admdvs"].as_str(), id.strip_prefix("benefit/"));
    }
}

#[actix_web::test]
async fn a_pack_that_is_already_held_is_not_sent_again() {
    let service = service();
    let address = "/packs/benefit/441800";
    let first = get(&service, address).await;
    let again = |tag: &str| TestRequest::get().uri(address).insert_header(("if-none-match", tag.to_owned()));
    for tag in [first.header("etag").to_owned(), format!("\"old\", W/{}", first.header("etag")), "*".into()] {
        let answered = ask(&service, again(&tag)).await;
        assert_eq!((answered.status, answered.body.len()), (304, 0), "{tag}");
        assert_eq!(answered.header("etag"), first.header("etag"));
        assert_eq!(answered.header("cache-control"), "no-cache");
    }
    assert_eq!(ask(&service, again("\"other\"")).await.status, 200);
}

#[actix_web::test]
async fn brotli_is_sent_only_to_those_who_take_it() {
    let service = service();
    let address = "/packs/benefit/441800";
    let plain = get(&service, address).await;
    let packed = ask(&service, TestRequest::get().uri(address).insert_header(("accept-encoding", "gzip, br"))).await;
    assert_eq!((plain.header("content-encoding"), packed.header("content-encoding")), ("", "br"));
    assert_eq!(packed.header("vary"), "accept-encoding");
    assert_ne!(packed.header("etag"), plain.header("etag"));
    assert!(packed.body.len() < plain.body.len());
    let mut opened = Vec::new();
    brotli::BrotliDecompress(&mut &packed.body[..], &mut opened).unwrap();
    assert_eq!(opened, plain.body);
    for refusing in ["gzip", "br;q=0", "identity"] {
        let answered =
            ask(&service, TestRequest::get().uri(address).insert_header(("accept-encoding", refusing))).await;
        assert_eq!(answered.header("content-encoding"), "", "{refusing}");
    }
}

#[actix_web::test]
async fn the_page_is_served_with_its_routes_types_and_lifetimes() {
    let dir = tempfile::tempdir().unwrap();
    let put = |name: &str, content: &[u8]| fs::write(dir.path().join(name), content).unwrap();
    put("index.html", b"<!doctype html>the page");
    put("app-0123456789abcdef.js", b"the script");
    put("app-0123456789abcdef.js.br", &brotli_of(b"the script"));
    put("app-0123456789abcdef_bg.wasm", b"the module");
    put(".secret", b"hidden");
    let service = service_with_site(dir.path());

    for address in ["/", "/index.html", "/year", "/compare/two"] {
        let page = get(&service, address).await;
        assert_eq!((page.status, &page.body[..]), (200, &b"<!doctype html>the page"[..]), "{address}");
        assert_eq!(page.header("content-type"), "text/html; charset=utf-8");
        assert_eq!(page.header("cache-control"), "no-cache");
    }
    let script = get(&service, "/app-0123456789abcdef.js").await;
    assert_eq!(&script.body[..], b"the script", "unpacked for those who take nothing else");
    assert_eq!(script.header("cache-control"), "public, max-age=31536000, immutable");
    assert_eq!(script.header("content-type"), "text/javascript; charset=utf-8");
    let twin = TestRequest::get().uri("/app-0123456789abcdef.js").insert_header(("accept-encoding", "br"));
    assert_eq!(&ask(&service, twin).await.body[..], brotli_of(b"the script"));
    assert_eq!(get(&service, "/app-0123456789abcdef_bg.wasm").await.header("content-type"), "application/wasm");
    for missing in ["/app-0123456789abcdef.js.br", "/.secret", "/gone.js", "/../Cargo.toml", "/%2e%2e/Cargo.toml"] {
        assert_eq!(get(&service, missing).await.status, 404, "{missing}");
    }
}

#[actix_web::test]
async fn a_twin_of_another_content_is_never_sent() {
    let dir = tempfile::tempdir().unwrap();
    for (name, content) in
        [("index.html", b"the page".to_vec()), ("index.html.br", brotli_of(b"the page of yesterday"))]
    {
        fs::write(dir.path().join(name), content).unwrap();
    }
    let asked = TestRequest::get().uri("/").insert_header(("accept-encoding", "br"));
    let answered = ask(&service_with_site(dir.path()), asked).await;
    assert_eq!((answered.header("content-encoding"), &answered.body[..]), ("", &b"the page"[..]));
}

fn brotli_of(content: &[u8]) -> Vec<u8> {
    let mut packed = Vec::new();
    brotli::BrotliCompress(&mut &*content, &mut packed, &brotli::enc::BrotliEncoderParams::default()).unwrap();
    packed
}

#[actix_web::test]
async fn a_folder_without_a_page_is_not_served() {
    let dir = tempfile::tempdir().unwrap();
    assert!(wallet_api::Site::read(dir.path()).unwrap_err().to_string().contains("index.html"));
}

#[actix_web::test]
async fn without_a_page_the_server_says_how_to_build_it() {
    let front = get(&service_without_rules(), "/").await;
    let text = String::from_utf8(front.body.to_vec()).unwrap();
    assert_eq!(front.status, 200);
    assert!(text.contains("cargo xtask run") && text.contains("/api/"), "{text}");
}

#[actix_web::test]
async fn every_answer_is_protected() {
    let service = service();
    for address in ["/", "/packs/", "/packs/benefit/441800", "/healthz", "/api/", "/api/none", "/none.png"] {
        let answered = get(&service, address).await;
        let policy = answered.header("content-security-policy");
        assert!(policy.contains("default-src 'none'") && policy.contains("'wasm-unsafe-eval'"), "{address}: {policy}");
        assert!(
            policy.contains("frame-ancestors 'none'") && !policy.contains("http") && !policy.contains("unsafe-inline")
        );
        assert_eq!(answered.header("x-content-type-options"), "nosniff", "{address}");
        assert_eq!(answered.header("referrer-policy"), "no-referrer", "{address}");
        assert_eq!(answered.header("x-request-id").len(), 36, "{address}");
        assert!(!answered.header("cache-control").is_empty(), "{address}");
    }
}
