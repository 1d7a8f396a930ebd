//! Receipts of the wallet through the door.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

use anxin_core::dispatch::Engine;
use anxin_core::proof::{Hash, leaf_hash, node_hash};
use serde_json::{Value, json};

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn ask(case: &Value) -> Value {
    let request = json!({ "call": { "receipt": case }, "lang": "zh" });
    serde_json::from_slice(&Engine::new().dispatch(request.to_string().as_bytes())).unwrap()
}

/// The receipt of the third of five lines.
fn receipt() -> Value {
    let lines: [&[u8]; 5] = [b"one", b"two", b"three", b"four", b"five"];
    let leaves: Vec<Hash> = lines.iter().map(|line| leaf_hash(line)).collect();
    let (left, right) = (node_hash(&leaves[0], &leaves[1]), node_hash(&leaves[2], &leaves[3]));
    let root = node_hash(&node_hash(&left, &right), &leaves[4]);
    json!({
        "entry": 2, "size": 5, "line": hex(lines[2]), "leaf": hex(&leaves[2]), "root": hex(&root),
        "path": [hex(&leaves[3]), hex(&left), hex(&leaves[4])],
    })
}

/// The same under a signature that another implementation of SM2 (sm-crypto) made, with the key of GB/T 32918.5's example.
fn signed() -> Value {
    let mut signed = receipt();
    signed["signed"] = json!({
        "shard": 441_500, "signed_at": "2026-11-22T08:05:09.000001Z", "key": "37b96113356fc65d",
        "public_key": "0409f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020\
            ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13",
        "signature": "9984760f6447d9411c9028eac9cfadc7c6da78a3377a0310d0de9c7e3bbfaded\
            13bfaa9477f5c324423ce8f5db2b71327d9ddaf0e3d062075b76d3216b01279c",
    });
    signed
}

#[test]
fn a_receipt_says_whose_signature_is_under_its_root() {
    let answer = &ask(&signed())["receipt"];
    assert_eq!(
        (&answer["holds"], &answer["signer"], &answer["key"]),
        (&json!(true), &json!("key"), &json!("37b96113356fc65d"))
    );
    assert!(answer["text"].as_str().unwrap().contains("SM2 签名有效，公钥编号 37b96113356fc65d"), "{answer}");
    let mut without = signed();
    without["signed"].as_object_mut().unwrap().remove("public_key");
    let answer = &ask(&without)["receipt"];
    assert_eq!((&answer["holds"], &answer["signer"]), (&json!(true), &json!("absent")));
    assert!(answer["text"].as_str().unwrap().contains("签名未核验"), "{answer}");
}

#[test]
fn a_signature_binds_journal_size_instant_and_key() {
    for (at, value) in [
        ("/signed/shard", json!(440_200)),
        // A path of this length fits a journal of six lines too.
        ("/size", json!(6)),
        ("/signed/signed_at", json!("2026-11-22T08:05:10.000001Z")),
        ("/signed/key", json!("00".repeat(8))),
        ("/signed/signature", json!("11".repeat(64))),
        ("/signed/signature", json!("")),
    ] {
        let mut touched = signed();
        *touched.pointer_mut(at).unwrap() = value;
        let answer = &ask(&touched)["receipt"];
        let found = (&answer["holds"], &answer["fault"], &answer["signer"], &answer["key"]);
        assert_eq!(found, (&json!(false), &json!("signature"), &json!("nobody"), &Value::Null), "{at}: {answer}");
    }
}

#[test]
fn a_receipt_leads_to_its_root() {
    let answer = &ask(&receipt())["receipt"];
    assert_eq!(
        (&answer["holds"], &answer["fault"], &answer["line_checked"]),
        (&true.into(), &Value::Null, &true.into())
    );
    assert!(answer["text"].as_str().unwrap().contains("没有附签名"), "{answer}");
    let mut without = receipt();
    without.as_object_mut().unwrap().remove("line");
    let answer = &ask(&without)["receipt"];
    assert_eq!((&answer["holds"], &answer["line_checked"]), (&true.into(), &false.into()));
}

#[test]
fn whatever_is_changed_is_found() {
    let check = |at: &str, value: Value, fault: &str| {
        let mut touched = receipt();
        *touched.pointer_mut(at).unwrap() = value;
        let answer = &ask(&touched)["receipt"];
        assert_eq!((&answer["holds"], &answer["fault"]), (&false.into(), &fault.into()), "{at}: {answer}");
    };
    let other = || Value::String(hex(&leaf_hash(b"other")));
    check("/line", hex(b"thrice").into(), "line");
    check("/leaf", other(), "line");
    check("/root", other(), "path");
    check("/path/1", other(), "path");
    check("/path", json!([]), "path");
    check("/entry", 3.into(), "path");
    check("/size", 2.into(), "path");
}

#[test]
fn what_is_no_hash_is_refused_with_its_field() {
    for (at, value, field) in [
        ("/leaf", json!("00"), "call.receipt.leaf"),
        ("/root", json!("zz".repeat(32)), "call.receipt.root"),
        ("/line", json!("+1"), "call.receipt.line"),
        ("/line", json!("123"), "call.receipt.line"),
        ("/path/2", json!(""), "call.receipt.path[2]"),
        ("/path", json!(vec!["00"; 65]), "call.receipt.path"),
        ("/signed/signed_at", json!("today"), "call.receipt.signed.signed_at"),
        ("/signed/signed_at", json!("2026-11-22T9223372036854775807:00:00Z"), "call.receipt.signed.signed_at"),
        ("/signed/key", json!("x"), "call.receipt.signed.key"),
        ("/signed/signature", json!("0"), "call.receipt.signed.signature"),
        ("/signed/public_key", json!("04"), "call.receipt.signed.public_key"),
    ] {
        let mut touched = signed();
        *touched.pointer_mut(at).unwrap() = value;
        assert_eq!(ask(&touched)["refused"]["field"], field, "{at}");
    }
}
