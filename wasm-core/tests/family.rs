//! Family accounts through the door: who may share, how much, what is drawn where, what happens then.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

use std::path::Path;
use std::sync::LazyLock;

use anxin_core::dispatch::Engine;
use serde_json::{Value, json};

static ENGINE: LazyLock<Engine> = LazyLock::new(|| {
    let rules = Path::new(env!("CARGO_MANIFEST_DIR")).join("rules");
    let files = anxin_packer::read_tree(&rules).unwrap();
    let packs = anxin_packer::compile(&files).unwrap();
    let mut engine = Engine::new();
    let (_, wallet) = packs.iter().find(|(id, _)| id == "wallet/family").unwrap();
    engine.load(wallet).unwrap();
    engine
});

fn ask(case: Value) -> Value {
    let request = json!({ "call": { "family": case }, "lang": "zh" });
    serde_json::from_slice(&ENGINE.dispatch(request.to_string().as_bytes())).unwrap()
}

fn answer(case: Value) -> Value {
    let mut reply = ask(case);
    assert!(reply.get("family").is_some(), "{reply}");
    reply["family"].take()
}

fn party(area: &str, cover: &str) -> Value {
    json!({ "area": area, "cover": cover })
}

/// A daughter in Chengdu and her father in Guigang, unless changed.
fn pair(change: &[(&str, Value)]) -> Value {
    let mut pair = json!({
        "sharer": party("510100", "employee"), "recipient": party("450800", "resident"),
        "kin": "parent", "consents": { "sharer": true, "recipient": true },
    });
    for (pointer, value) in change {
        *pair.pointer_mut(pointer).unwrap() = value.clone();
    }
    pair
}

fn codes(answer: &Value, list: &str) -> Vec<String> {
    answer[list].as_array().unwrap().iter().map(|one| one["code"].as_str().unwrap().to_owned()).collect()
}

/// The conditions of an answer that are not met, with what is said of each: `kin:no`.
fn hindrances(answer: &Value) -> Vec<String> {
    let checks = answer["checks"].as_array().unwrap().iter().filter(|check| check["verdict"] != "yes");
    checks.map(|c| format!("{}:{}", c["code"].as_str().unwrap(), c["verdict"].as_str().unwrap())).collect()
}

#[track_caller]
fn related(on: &str, change: &[(&str, Value)], verdict: &str, expect: &[&str]) {
    let answer = answer(json!({ "on": on, "ask": { "relate": pair(change) } }));
    assert_eq!(
        (answer["verdict"].as_str().unwrap(), hindrances(&answer)),
        (verdict, expect.iter().map(|s| (*s).to_owned()).collect()),
        "{answer:#}"
    );
}

#[test]
fn near_relatives_of_two_open_areas_may_share_once_both_agree() {
    related("2026-11-22", &[], "yes", &[]);
    for kin in
        ["spouse", "child", "sibling", "paternal_grandparent", "maternal_grandparent", "sons_child", "daughters_child"]
    {
        related("2026-11-22", &[("/kin", kin.into())], "yes", &[]);
    }
    related("2026-11-22", &[("/kin", "other".into())], "no", &["kin:no"]);
    related("2026-11-22", &[("/consents/recipient", false.into())], "no", &["both_consent:no"]);
    related("2026-11-22", &[("/consents/sharer", false.into())], "no", &["both_consent:no"]);
}

#[test]
fn the_sharer_needs_an_account_and_the_recipient_some_cover() {
    for cover in ["employee_without_account", "resident", "none"] {
        related("2026-11-22", &[("/sharer/cover", cover.into())], "no", &["sharer_account:no"]);
    }
    related("2026-11-22", &[("/recipient/cover", "none".into())], "no", &["recipient_insured:no"]);
    for cover in ["employee", "employee_without_account"] {
        related("2026-11-22", &[("/recipient/cover", cover.into())], "yes", &[]);
    }
}

/// Younger than fourteen, nobody shares without a guardian's consent; on the birthday that is over.
#[test]
fn a_child_shares_with_the_guardians_consent_only() {
    let of_age = |age: u8, guardian: bool| {
        let child = json!({ "area": "450800", "cover": "resident", "age": age });
        [("/recipient", child), ("/consents", json!({ "sharer": true, "recipient": true, "guardian": guardian }))]
    };
    related("2026-11-22", &of_age(13, false), "no", &["guardian:no"]);
    related("2026-11-22", &of_age(13, true), "yes", &[]);
    related("2026-11-22", &of_age(14, false), "yes", &[]);
}

/// Both sides of every day on which a rule changes.
#[test]
fn rules_hold_from_their_day() {
    let local = ("/sharer/area", json!("450100"));
    let sibling = ("/kin", json!("sibling"));
    related("2024-07-25", &[local.clone(), sibling.clone()], "no", &["kin:no"]);
    related("2024-07-26", &[local.clone(), sibling], "yes", &[]);
    related("2024-07-25", &[local], "yes", &[]);
    // That both had opened is known of this day; since when is not.
    let open = ["cross_province:unknown", "cross_province:unknown"];
    related("2024-12-01", &[], "no", &[open[0], open[1], "model:no"]);
    related("2024-12-02", &[], "unknown", &open);
    related("2025-09-23", &[], "unknown", &open);
    related("2025-09-24", &[], "yes", &[]);
}

/// Guangdong was the one province that had not opened when it was last said.
#[test]
fn guangdong_was_closed_and_is_not_known_to_have_opened() {
    let guangzhou = ("/sharer/area", json!("440100"));
    related("2025-09-24", std::slice::from_ref(&guangzhou), "no", &["cross_province:no"]);
    related("2025-09-25", std::slice::from_ref(&guangzhou), "unknown", &["cross_province:unknown"]);
    let answer = answer(json!({ "on": "2026-11-22", "ask": { "relate": pair(&[guangzhou]) } }));
    assert_eq!(answer["certainty"], "unknown");
    assert!(answer["text"].as_str().unwrap().contains("没有查到广州现在是否开通跨省共济"), "{}", answer["text"]);
}

#[test]
fn the_model_follows_area_and_day() {
    let model = |on: &str, change: &[(&str, Value)]| {
        answer(json!({ "on": on, "ask": { "relate": pair(change) } }))["model"].clone()
    };
    assert_eq!(model("2026-01-08", &[]), "transfer");
    assert_eq!(model("2026-01-09", &[]), "quota");
    assert_eq!(model("2026-01-09", &[("/sharer/area", "450100".into())]), "binding");
    let certainty = |on: &str| answer(json!({ "on": on, "ask": { "relate": pair(&[]) } }))["certainty"].clone();
    // Which areas had gone over is not published before the roll-out ends; that each area was open never was.
    assert_eq!((certainty("2026-12-31"), certainty("2027-01-01")), (json!("uncertain"), json!("uncertain")));
}

fn share(on: &str, at: &str, change: &[(&str, Value)]) -> Value {
    let mut share = json!({ "pair": pair(&[]), "amount_fen": 200_000, "balance_fen": 500_000 });
    for (key, value) in change {
        share[*key] = value.clone();
    }
    answer(json!({ "on": on, "at": at, "ask": { "share": share } }))
}

/// Hours are half open: 22:00 is closed, 06:00 is not. Every other limit is met exactly and then passed.
#[test]
fn a_transfer_keeps_to_its_limits() {
    let day = "2025-12-01";
    let refused = |at: &str, change: &[(&str, Value)]| hindrances(&share(day, at, change));
    for (at, closed) in [("21:59", false), ("22:00", true), ("00:00", true), ("05:59", true), ("06:00", false)] {
        assert_eq!(refused(at, &[]), if closed { vec!["hours:no"] } else { vec![] }, "{at}");
    }
    assert_eq!(refused("10:00", &[("amount_fen", 200_001.into())]), ["per_transfer:no"]);
    assert_eq!(refused("10:00", &[("sent_today", 2.into())]), Vec::<String>::new());
    assert_eq!(refused("10:00", &[("sent_today", 3.into())]), ["per_day:no"]);
    assert_eq!(refused("10:00", &[("waiting", 1.into())]), ["waiting:no"]);
    assert_eq!(refused("10:00", &[("balance_fen", 199_999.into())]), ["balance:no"]);
    assert_eq!(refused("10:00", &[("set_aside_fen", 300_000.into())]), Vec::<String>::new());
    assert_eq!(refused("10:00", &[("set_aside_fen", 300_001.into())]), ["balance:no"]);
    let well = share(day, "10:00", &[]);
    assert_eq!((&well["model"], &well["most_fen"]), (&json!("transfer"), &json!(200_000)));
    assert_eq!(codes(&well, "then"), ["leaves_the_sharer", "returns_if_not_accepted", "final_once_accepted"]);
    assert_eq!(well["then"][1]["at"], "06:00");
}

#[test]
fn a_quota_blocks_its_sharer_and_has_no_transfer_limits() {
    let answer = share("2026-11-22", "23:00", &[("amount_fen", 500_000.into()), ("sent_today", 9.into())]);
    assert_eq!(
        (&answer["verdict"], &answer["model"], &answer["most_fen"]),
        (&json!("yes"), &json!("quota"), &json!(500_000))
    );
    let then = codes(&answer, "then");
    assert_eq!(then, ["stays_in_account", "blocked_for_sharer", "recipient_may_use", "unused_returns"]);
    assert_eq!(answer["then"][1]["amount_fen"], 500_000);
    let over = share("2026-11-22", "10:00", &[("amount_fen", 500_001.into())]);
    assert_eq!((hindrances(&over), &over["most_fen"]), (vec!["balance:no".to_owned()], &Value::Null));
}

#[test]
fn a_binding_is_of_one_province() {
    let mut local = pair(&[("/sharer/area", "450100".into())]);
    let at_home = share("2026-11-22", "10:00", &[("pair", local.take()), ("model", "binding".into())]);
    assert_eq!(
        (&at_home["verdict"], codes(&at_home, "then")),
        (&json!("yes"), vec!["stays_free".into(), "drawn_at_settlement".into()])
    );
    let abroad = share("2026-11-22", "10:00", &[("model", "binding".into())]);
    assert_eq!(hindrances(&abroad), ["model:no"]);
}

fn pay(purpose: &str, amount: i64, patient: Value, sharers: Value) -> Value {
    answer(json!({ "on": "2026-11-22", "ask": { "pay": {
        "patient": patient, "use": purpose, "amount_fen": amount, "sharers": sharers } } }))
}

fn sharer(name: &str, area: &str, available: i64, priority: u8, since: &str) -> Value {
    json!({ "name": name, "party": party(area, "employee"), "kin": "parent", "available_fen": available,
            "priority": priority, "since": since })
}

/// What is drawn, as `source[/name]=fen`, and the cash.
fn drawn(answer: &Value) -> (Vec<String>, Value) {
    let draws = answer["draws"].as_array().unwrap().iter().map(|draw| {
        let name = draw["name"].as_str().map(|name| format!("/{name}")).unwrap_or_default();
        let why = draw["passed_over"]["code"].as_str().map(|code| format!("!{code}")).unwrap_or_default();
        format!("{}{name}={}{why}", draw["from"].as_str().unwrap(), draw["amount_fen"])
    });
    (draws.collect(), answer["cash_fen"].clone())
}

#[test]
fn own_money_first_then_relatives_in_their_order_then_cash() {
    let patient = json!({ "party": party("450800", "employee"), "account_fen": 1_000, "wallet_fen": 500 });
    let sharers = json!([
        sharer("儿子", "510100", 900, 2, "2026-02-01"),
        sharer("女儿", "450100", 700, 1, "2026-03-01"),
        sharer("妹妹", "450100", 600, 1, "2026-02-01"),
    ]);
    let answer = pay("institution", 4_000, patient.clone(), sharers.clone());
    let order = ["own=1000", "wallet=500", "sharer/妹妹=600", "sharer/女儿=700", "sharer/儿子=900"];
    assert_eq!(drawn(&answer), (order.map(String::from).to_vec(), json!(300)));
    assert!(codes(&answer, "then").contains(&"all_or_nothing".to_owned()));
    let small = pay("institution", 1_600, patient, sharers);
    let first = ["own=1000", "wallet=500", "sharer/妹妹=100", "sharer/女儿=0", "sharer/儿子=0"];
    assert_eq!(drawn(&small), (first.map(String::from).to_vec(), json!(0)));
}

/// However many share, what is drawn and the cash are the amount to the fen, and nobody gives more than there is (SECURITY A7).
#[test]
fn what_is_drawn_and_the_cash_are_the_amount() {
    let patient = json!({ "party": party("450800", "employee"), "account_fen": 333, "wallet_fen": 67 });
    for count in 1..=8_u8 {
        let have = |n: u8| 101 + 257 * i64::from(n);
        let sharers: Vec<Value> =
            (0..count).map(|n| sharer(&n.to_string(), "450100", have(n), n, "2026-02-01")).collect();
        for amount in (1..=10_000).step_by(7) {
            let answer = pay("institution", amount, patient.clone(), sharers.clone().into());
            let draws = answer["draws"].as_array().unwrap();
            let sum: i64 = draws.iter().map(|draw| draw["amount_fen"].as_i64().unwrap()).sum();
            assert_eq!(sum + answer["cash_fen"].as_i64().unwrap(), amount, "{count}: {answer}");
            let beyond = draws.iter().any(|draw| {
                let most = draw["name"].as_str().map_or(333, |name| have(name.parse().unwrap()));
                !(0..=most).contains(&draw["amount_fen"].as_i64().unwrap())
            });
            assert!(!beyond, "{count}, {amount}: {answer}");
        }
    }
}

#[test]
fn a_relative_who_may_not_share_is_passed_over_with_the_reason() {
    let patient = json!({ "party": party("450800", "resident"), "account_fen": 9_999 });
    let mut friend = sharer("朋友", "450100", 900, 0, "2026-02-01");
    friend["kin"] = "other".into();
    let sharers =
        json!([friend, sharer("女儿", "440100", 900, 1, "2026-02-01"), sharer("儿子", "450100", 900, 2, "2026-02-01")]);
    // A resident has no personal account of their own, whatever is typed.
    let answer = pay("pharmacy", 1_000, patient, sharers);
    let expect = ["sharer/朋友=0!kin", "sharer/女儿=0!cross_province", "sharer/儿子=900"];
    assert_eq!(drawn(&answer), (expect.map(String::from).to_vec(), json!(100)));
}

#[test]
fn what_is_not_on_the_list_is_not_paid_and_what_is_unknown_is_not_guessed() {
    let patient = |area: &str, cover: &str| json!({ "party": party(area, cover), "wallet_fen": 1_000 });
    let other = pay("other", 600, patient("450800", "resident"), json!([]));
    assert_eq!((&other["verdict"], drawn(&other)), (&json!("no"), (vec![], json!(600))));
    let commercial = pay("commercial_cover", 600, patient("450800", "resident"), json!([]));
    assert_eq!((&commercial["verdict"], drawn(&commercial)), (&json!("unknown"), (vec![], Value::Null)));
    let zhongshan = pay("commercial_cover", 600, patient("442000", "resident"), json!([]));
    assert_eq!(drawn(&zhongshan), (vec!["wallet=600".into()], json!(0)));
    let premium = pay("resident_premium", 600, patient("450800", "employee"), json!([]));
    assert_eq!(hindrances(&premium), ["resident_premium:no"]);
}

#[test]
fn what_was_not_used_goes_back_once() {
    let end = |why: &str, model: &str| {
        answer(json!({ "on": "2026-11-22", "ask": { "dissolve": {
            "why": why, "model": model, "area": "350200", "shared_fen": 1_000, "used_fen": 300, "held_fen": 200 } } }))
    };
    let quota = end("asked", "quota");
    assert_eq!(codes(&quota, "then"), ["held_ends_first", "unused_returns"]);
    assert_eq!((&quota["then"][0]["amount_fen"], &quota["then"][1]["amount_fen"]), (&json!(200), &json!(500)));
    assert_eq!(codes(&end("moved", "binding"), "then"), ["ends_by_itself", "held_ends_first", "nothing_to_return"]);
    let died = end("sharer_died", "quota");
    assert_eq!(codes(&died, "then"), ["frozen_at_once", "held_ends_first", "unused_returns", "inheritable"]);
    assert_eq!(codes(&end("recipient_died", "transfer"), "open"), ["wallet_of_the_dead"]);
}

#[test]
fn a_refund_goes_back_the_way_it_came() {
    let refund = |amount: i64| {
        ask(json!({ "on": "2026-11-22", "ask": { "refund": { "amount_fen": amount, "drawn": [
            { "from": "own", "amount_fen": 100 }, { "from": "wallet", "amount_fen": 200, "state": "closed" },
            { "from": "sharer", "name": "女儿", "amount_fen": 300, "state": "dissolved" },
            { "from": "cash", "amount_fen": 400 } ] } } }))
    };
    let all = refund(1_000);
    let expect = ["cash=400", "sharers_account/女儿=300", "suspense=200", "own=100"];
    assert_eq!(drawn(&all["family"]).0, expect);
    assert_eq!(drawn(&refund(450)["family"]).0, ["cash=400", "sharers_account/女儿=50"]);
    assert_eq!(refund(1_001)["refused"]["field"], "ask.refund.amount_fen");
}

#[test]
fn a_wrong_input_names_its_field() {
    let check = |case: Value, code: &str, field: &str| {
        let reply = ask(case);
        assert_eq!((&reply["refused"]["code"], &reply["refused"]["field"]), (&json!(code), &json!(field)), "{reply}");
    };
    let relate = |change: &[(&str, Value)]| json!({ "on": "2026-11-22", "ask": { "relate": pair(change) } });
    check(relate(&[("/sharer/area", "44180".into())]), "AX1001", "call.family.ask.relate.sharer.area");
    check(relate(&[("/kin", "friend".into())]), "AX1001", "call.family.ask.relate.kin");
    let shared = |amount: i64| json!({ "on": "2026-11-22", "at": "24:00", "ask": { "share": { "pair": pair(&[]), "amount_fen": amount, "balance_fen": 1 } } });
    check(shared(1), "AX1001", "call.family.at");
    let mut zero = shared(0);
    zero["at"] = "10:00".into();
    check(zero, "AX1014", "ask.share.amount_fen");
    let aged = json!({ "area": "441800", "cover": "employee", "age": 151 });
    check(relate(&[("/sharer", aged)]), "AX1014", "ask.relate.sharer.age");
}

/// Every sentence is there in both languages, and the Chinese one is Chinese.
#[test]
fn every_answer_is_worded() {
    let request = |lang: &str| {
        let case =
            json!({ "on": "2025-12-01", "ask": { "share": { "pair": pair(&[]), "amount_fen": 1, "balance_fen": 1 } } });
        let reply = ENGINE.dispatch(json!({ "call": { "family": case }, "lang": lang }).to_string().as_bytes());
        serde_json::from_slice::<Value>(&reply).unwrap()["family"].clone()
    };
    for (lang, chinese) in [("zh", true), ("en", false)] {
        let answer = request(lang);
        let texts = ["checks", "then", "open"].into_iter().flat_map(|list| answer[list].as_array().unwrap());
        let texts: Vec<&str> = texts.map(|one| one["text"].as_str().unwrap()).chain(answer["text"].as_str()).collect();
        assert!(texts.len() > 12);
        for text in texts {
            let has = text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
            assert_eq!(has, chinese, "{lang}: {text}");
        }
    }
}
