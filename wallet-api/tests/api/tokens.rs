//! Tokens that somebody made up, and those that are taken (SECURITY C7).

use serde_json::{Value, json};

use crate::bank::{Bank, Base, ISSUER, KID, b64, claims, header, key, now};

/// The answer to a token without what differs from request to request.
async fn answer(bank: &Bank, token: &str) -> (u16, Value, String) {
    let request = actix_web::test::TestRequest::get();
    let answered = bank.send(Some(token), request, "wallet/accounts", None, None).await;
    let mut body = answered.json();
    body.as_object_mut().unwrap().remove("request_id");
    (answered.status, body, answered.header("www-authenticate").to_owned())
}

fn own() -> Value {
    claims("resident", wallet_api::people()[0].subject, None)
}

/// The claims with one of them changed; `null` takes it away.
fn but(name: &str, value: Value) -> Value {
    let mut claims = own();
    match value {
        Value::Null => drop(claims.as_object_mut().unwrap().remove(name)),
        value => claims[name] = value,
    }
    claims
}

/// The header with one more thing said.
fn with(name: &str, value: Value) -> String {
    let mut header = header();
    header[name] = value;
    header.to_string()
}

#[actix_web::test]
async fn forged_tokens_are_all_refused_with_one_answer() {
    let bank = Bank::new(Base::Sqlite).await;
    let (plain, good) = (header().to_string(), own().to_string());
    let valid = bank.sign(&plain, &good);
    assert_eq!(answer(&bank, &valid).await.0, 200);
    let parts: Vec<&str> = valid.split('.').collect();
    let stranger = key();
    let by_stranger = {
        let message = format!("{}.{}", b64(&plain), b64(&good));
        format!("{message}.{}", b64(stranger.sign(message.as_bytes()).as_ref()))
    };
    // Signed by the public key as if it were a shared secret.
    let with_public_key = {
        let message = format!("{}.{}", b64(with("alg", json!("HS256"))), b64(&good));
        let public = ring::signature::KeyPair::public_key(&bank.key);
        let secret = ring::hmac::Key::new(ring::hmac::HMAC_SHA256, public.as_ref());
        format!("{message}.{}", b64(ring::hmac::sign(&secret, message.as_bytes())))
    };
    let header_signed = |name: &str, value: Value| bank.sign(&with(name, value), &good);
    let claimed = |name: &str, value: Value| bank.sign(&plain, &but(name, value).to_string());
    let twice = |json: &str, name: &str, first: &str| json.replacen('{', &format!("{{\"{name}\":{first},"), 1);
    let unsigned = |alg: &str| format!("{}.{}.", b64(with("alg", json!(alg))), b64(&good));
    let forged = [
        ("alg none", unsigned("none")),
        ("alg None", unsigned("None")),
        ("alg NONE", unsigned("NONE")),
        ("alg none with a signature", header_signed("alg", json!("none"))),
        ("HS256 with the public key", with_public_key),
        ("another algorithm of its kind", header_signed("alg", json!("ES256"))),
        ("RS256", header_signed("alg", json!("RS256"))),
        ("no kid", bank.sign(r#"{"alg":"EdDSA","typ":"JWT"}"#, &good)),
        ("kid of nobody", header_signed("kid", json!("test-2"))),
        ("kid as a path", header_signed("kid", json!("../../../../dev/null"))),
        ("kid as SQL", header_signed("kid", json!("x' UNION SELECT 'key"))),
        ("kid as a command", header_signed("kid", json!("|cat /etc/passwd"))),
        ("kid as a list", header_signed("kid", json!([KID]))),
        ("jku", header_signed("jku", json!("https://evil.example/jwks.json"))),
        ("x5u", header_signed("x5u", json!("https://evil.example/cert.pem"))),
        ("x5c", header_signed("x5c", json!(["MIIB"]))),
        ("jwk", header_signed("jwk", json!({ "kty": "OKP", "crv": "Ed25519", "x": "AA" }))),
        ("crit", header_signed("crit", json!(["exp"]))),
        ("zip", header_signed("zip", json!("DEF"))),
        ("another type", header_signed("typ", json!("refresh"))),
        ("no signature", format!("{}.{}.", parts[0], parts[1])),
        ("two parts", format!("{}.{}", parts[0], parts[1])),
        ("four parts", format!("{valid}.{}", parts[2])),
        ("signature of zeros", format!("{}.{}.{}", parts[0], parts[1], b64([0; 64]))),
        ("signature cut short", valid[..valid.len() - 4].to_owned()),
        ("signed by a stranger", by_stranger),
        ("claims of another", format!("{}.{}.{}", parts[0], b64(but("role", json!("area")).to_string()), parts[2])),
        ("padded", format!("{}==.{}.{}", parts[0], parts[1], parts[2])),
        ("wrong issuer", claimed("iss", json!("https://evil.example"))),
        ("issuer as a list", claimed("iss", json!([ISSUER]))),
        ("no issuer", claimed("iss", Value::Null)),
        ("wrong audience", claimed("aud", json!("another"))),
        ("audience as a list", claimed("aud", json!(["anxin", "another"]))),
        ("no audience", claimed("aud", Value::Null)),
        ("no subject", claimed("sub", Value::Null)),
        ("a subject that is no id", claimed("sub", json!("resident1"))),
        ("a subject in capitals", claimed("sub", json!("ABCDEF00000000000000000000000000"))),
        ("no exp", claimed("exp", Value::Null)),
        ("exp as a text", claimed("exp", json!((now() + 300).to_string()))),
        ("run out", claimed("exp", json!(now() - 8))),
        ("no nbf", claimed("nbf", Value::Null)),
        ("not yet", claimed("nbf", json!(now() + 8))),
        ("no role", claimed("role", Value::Null)),
        ("a role that there is not", claimed("role", json!("root"))),
        ("a helper of nobody", claimed("role", json!("helper"))),
        ("a resident for another", claimed("acts_for", json!("00000000000000000000000000000001"))),
        ("kid twice", bank.sign(&twice(&plain, "kid", "\"test-2\""), &good)),
        ("alg twice", bank.sign(&twice(&plain, "alg", "\"none\""), &good)),
        ("sub twice", bank.sign(&plain, &twice(&good, "sub", "\"00000000000000000000000000000001\""))),
        ("exp twice", bank.sign(&plain, &twice(&good, "exp", "1"))),
        ("an unknown claim twice", bank.sign(&plain, &twice(&twice(&good, "x", "1"), "x", "2"))),
        ("not JSON", bank.sign(&plain, "resident")),
        ("a list", bank.sign(&plain, &format!("[{good}]"))),
        ("empty", String::new()),
        ("very long", "a".repeat(100_000)),
    ];
    assert!(forged.len() >= 25);
    let mut answers = Vec::new();
    for (what, token) in &forged {
        let answered = answer(&bank, token).await;
        assert_eq!((answered.0, answered.2.as_str()), (401, "Bearer"), "{what}: {}", answered.1);
        answers.push(answered.1);
    }
    assert!(answers.windows(2).all(|pair| pair[0] == pair[1]), "an answer says what was wrong");
    assert_eq!(answers[0]["code"], "AX9006");
}

#[actix_web::test]
async fn a_token_that_was_taken_runs_out() {
    let bank = Bank::new(Base::Sqlite).await;
    let token = bank.sign(&header().to_string(), &but("exp", json!(now() - 3)).to_string());
    assert_eq!((answer(&bank, &token).await.0, answer(&bank, &token).await.0), (200, 200));
    actix_web::rt::time::sleep(std::time::Duration::from_secs(4)).await;
    assert_eq!(answer(&bank, &token).await.0, 401);
}

#[actix_web::test]
async fn clocks_may_differ_by_five_seconds_and_no_more() {
    let bank = Bank::new(Base::Sqlite).await;
    // A second either way for the time that the test itself takes.
    for (name, offset, status) in [("exp", -4, 200), ("exp", -7, 401), ("nbf", 4, 200), ("nbf", 8, 401)] {
        let token = bank.sign(&header().to_string(), &but(name, json!(now() + offset)).to_string());
        assert_eq!(answer(&bank, &token).await.0, status, "{name} {offset}");
    }
}

#[actix_web::test]
async fn other_claims_are_left_alone_and_a_header_may_say_less() {
    let bank = Bank::new(Base::Sqlite).await;
    let token = bank.sign(&header().to_string(), &but("amr", json!(["face"])).to_string());
    assert_eq!(answer(&bank, &token).await.0, 200);
    let token = bank.sign(&format!(r#"{{"alg":"EdDSA","kid":"{KID}"}}"#), &own().to_string());
    assert_eq!(answer(&bank, &token).await.0, 200);
}

#[actix_web::test]
async fn keys_that_do_not_belong_in_a_set_stop_the_server() {
    let folder = tempfile::tempdir().unwrap();
    let check = async |jwk: Value, demo: bool, expected: &str| {
        let mut settings = crate::bank::settings(Base::Sqlite, folder.path(), &key()).await;
        settings.demo = demo;
        std::fs::write(&settings.tokens.jwks[0], json!({ "keys": [jwk] }).to_string()).unwrap();
        let opened = wallet_api::Wallet::open(&settings, crate::bank::rules(), Default::default()).await;
        match opened {
            Ok(_) => assert_eq!(expected, "", "{jwk}"),
            Err(e) => assert!(!expected.is_empty() && e.to_string().contains(expected), "{e}"),
        }
    };
    let okp = |x: &str| json!({ "kty": "OKP", "crv": "Ed25519", "alg": "EdDSA", "kid": "a", "x": x });
    // Its private half is printed in RFC 8037.
    let known = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo";
    check(okp(known), false, "public knowledge").await;
    check(okp(known), true, "").await;
    let x = b64(ring::signature::KeyPair::public_key(&key()).as_ref());
    check(okp(&x), false, "").await;
    let mut private = okp(&x);
    private["d"] = json!("AA");
    check(private, true, "private").await;
    check(json!({ "kty": "oct", "alg": "HS256", "kid": "a", "k": "c2VjcmV0" }), true, "shared key").await;
    check(json!({ "kty": "OKP", "crv": "Ed25519", "alg": "HS256", "kid": "a", "x": x }), true, "EdDSA with").await;
    check(json!({ "kty": "OKP", "crv": "Ed25519", "alg": "EdDSA", "kid": "../a", "x": x }), true, "`kid`").await;
}

#[actix_web::test]
async fn without_keys_and_without_demo_there_is_no_wallet() {
    let folder = tempfile::tempdir().unwrap();
    let mut settings = crate::bank::settings(Base::Sqlite, folder.path(), &key()).await;
    (settings.demo, settings.tokens.jwks) = (false, Vec::new());
    let refused = wallet_api::Wallet::open(&settings, crate::bank::rules(), Default::default()).await.unwrap_err();
    assert!(refused.to_string().contains("tokens.jwks"), "{refused}");
}

#[actix_web::test]
async fn a_key_on_the_nist_curve_is_taken_with_its_own_algorithm() {
    use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _};
    let chance = ring::rand::SystemRandom::new();
    let pkcs8 = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &chance).unwrap();
    let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, pkcs8.as_ref(), &chance).unwrap();
    let point = pair.public_key().as_ref().to_vec();
    let (x, y) = (b64(&point[1..33]), b64(&point[33..]));
    let bank = Bank::with(Base::Sqlite, |settings| {
        let jwk = json!({ "kty": "EC", "crv": "P-256", "alg": "ES256", "kid": KID, "x": x, "y": y });
        std::fs::write(&settings.tokens.jwks[0], json!({ "keys": [jwk] }).to_string()).unwrap();
    })
    .await;
    let message = format!("{}.{}", b64(with("alg", json!("ES256"))), b64(own().to_string()));
    let signature = pair.sign(&chance, message.as_bytes()).unwrap();
    let mut other = signature.as_ref().to_vec();
    assert_eq!(answer(&bank, &format!("{message}.{}", b64(signature))).await.0, 200);
    other[40] ^= 1;
    assert_eq!(answer(&bank, &format!("{message}.{}", b64(other))).await.0, 401);
    // The other curve's signature under this key's name.
    assert_eq!(answer(&bank, &bank.sign(&header().to_string(), &own().to_string())).await.0, 401);
}
