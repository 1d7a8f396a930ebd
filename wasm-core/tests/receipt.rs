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

#[test]
fn a_receipt_leads_to_its_root() {
    let answer = &ask(&receipt())["receipt"];
    assert_eq!(
        (&answer["holds"], &answer["fault"], &answer["line_checked"]),
        (&true.into(), &Value::Null, &true.into())
    );
    assert!(answer["text"].as_str().unwrap().contains("不核验"), "{answer}");
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
    ] {
        let mut touched = receipt();
        *touched.pointer_mut(at).unwrap() = value;
        assert_eq!(ask(&touched)["refused"]["field"], field, "{at}");
    }
}
