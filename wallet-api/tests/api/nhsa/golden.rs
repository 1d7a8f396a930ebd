//! What two programs in two languages have to agree on: the one writing of a message, and signatures.

use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};
use sm3::{Digest as _, Sm3};
use wallet_api::nhsa::{DEMO_KEY, MessageKey, canonical, holds, point_of, read_json, signed_text};

const GOLDEN: &str = include_str!("canonical.json");

fn run(command: &mut Command) -> Vec<u8> {
    let out = command.output().unwrap_or_else(|e| panic!("{command:?}: {e}; `cargo xtask setup` installs it"));
    assert!(out.status.success(), "{command:?}: {}", String::from_utf8_lossy(&out.stderr));
    out.stdout
}

#[test]
fn every_message_has_one_writing() {
    let golden: Value = serde_json::from_str(GOLDEN).unwrap();
    let cases = golden["cases"].as_array().unwrap();
    assert!(cases.len() >= 9);
    for case in cases {
        let text = canonical(&read_json(case["input"].as_str().unwrap().as_bytes()).unwrap());
        assert_eq!(text, case["canonical"], "{}", case["name"]);
        let digest: String = Sm3::digest(&text).iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(digest, case["sm3"], "{}", case["name"]);
    }
    for refused in golden["refused"].as_array().unwrap() {
        assert!(read_json(refused.as_str().unwrap().as_bytes()).is_err(), "{refused}");
    }
}

#[test]
fn another_language_writes_the_same() {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/node/canonical.mjs");
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/api/nhsa/canonical.json");
    let told = run(Command::new("node").arg(script).arg(golden));
    assert_eq!(String::from_utf8(told).unwrap().trim(), "9 written alike");
}

/// Both ways: OpenSSL checks what was signed here, and what it signs is taken here.
#[test]
fn openssl_takes_our_signatures_and_we_take_its() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str| folder.path().join(name);
    std::fs::write(file("key.pem"), DEMO_KEY).unwrap();
    let openssl = || Command::new("openssl");
    run(openssl().args(["pkey", "-pubout", "-in"]).arg(file("key.pem")).arg("-out").arg(file("public.pem")));
    let point = point_of(&std::fs::read_to_string(file("public.pem")).unwrap()).unwrap();
    let key = MessageKey::demo().unwrap();
    assert_eq!(key.point(), Some(point));

    let message = json!({ "infno": "2207", "input": { "药品": ["阿莫西林", null, 3] } });
    let text = signed_text(&message);
    std::fs::write(file("text"), &text).unwrap();
    let identity = ["-pkeyopt", "distid:1234567812345678"];
    let base64 = |der: &[u8]| base64::Engine::encode(&base64::engine::general_purpose::STANDARD, der);

    let sign = ["pkeyutl", "-sign", "-rawin", "-digest", "sm3"];
    let input = |command: &mut Command| {
        command.arg("-in").arg(file("text"));
    };
    let mut command = openssl();
    command.args(sign).args(identity).arg("-inkey").arg(file("key.pem"));
    input(&mut command);
    let der = run(&mut command);
    assert!(holds(&[point], &text, &base64(&der)));
    assert!(!holds(&[point], &format!("{text} "), &base64(&der)));

    let signed = key.signed(message).unwrap();
    let hex = signed["cainfo"].as_str().unwrap();
    let raw: Vec<u8> = (0..64).map(|n| u8::from_str_radix(&hex[n * 2..n * 2 + 2], 16).unwrap()).collect();
    std::fs::write(file("signature"), der_of(&raw)).unwrap();
    let verify = |expected: bool| {
        let mut command = openssl();
        command.args(["pkeyutl", "-verify", "-rawin", "-digest", "sm3"]).args(identity);
        command.args(["-pubin", "-inkey"]).arg(file("public.pem")).arg("-sigfile").arg(file("signature"));
        input(&mut command);
        assert_eq!(command.output().unwrap().status.success(), expected);
    };
    verify(true);
    std::fs::write(file("text"), format!("{text} ")).unwrap();
    verify(false);
}

/// Two whole numbers in DER, written without a library so that nothing of ours checks itself.
fn der_of(raw: &[u8]) -> Vec<u8> {
    let number = |bytes: &[u8]| {
        let mut bytes: Vec<u8> = bytes.iter().copied().skip_while(|byte| *byte == 0).collect();
        if bytes.first().is_some_and(|byte| *byte >= 0x80) {
            bytes.insert(0, 0);
        }
        [vec![2, u8::try_from(bytes.len()).unwrap()], bytes].concat()
    };
    let both = [number(&raw[..32]), number(&raw[32..])].concat();
    [vec![0x30, u8::try_from(both.len()).unwrap()], both].concat()
}
