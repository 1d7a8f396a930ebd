//! Money over HTTP: once for each key, with a balance for every instant and a receipt for every transfer.

use actix_web::test::TestRequest;
use anxin_core::proof::{Inclusion, Seal, SealKey, leaf_hash};
use serde_json::{Value, json};
use wallet_api::Keeper;
use wallet_ledger::Limits;
use wallet_store::{Clock, Database, HeadKey};

use crate::bank::{Bank, Base, instant, now, settlement};
use crate::common::Answered;

fn text<'v>(value: &'v Value, key: &str) -> &'v str {
    value[key].as_str().unwrap_or_else(|| panic!("{key}: {value}"))
}

fn is_replay_of(again: &Answered, first: &Answered) {
    assert_eq!(first.header("idempotency-replayed"), "");
    assert_eq!(again.header("idempotency-replayed"), "true", "{}", again.json());
    assert_eq!((again.status, &again.body), (first.status, &first.body));
}

/// The same key and body again get the same bytes, whatever has happened since; another body gets nothing.
async fn a_key_is_used_once(base: Base) {
    let bank = Bank::new(base).await;
    let (purse, hospital) = (bank.account("resident1", "wallet").await, bank.account("hospital1", "institution").await);
    let first = bank.settle("resident1", "pay", 300).await;
    assert_eq!(first.status, 201, "{}", first.json());
    assert_eq!(first.json()["balances"][0]["posted_fen"], 49_700);
    let held = bank.hold("resident1", "hold", 1_000).await;
    assert_eq!(held.json()["balances"][0]["available_fen"], 48_700);
    let hold = text(&held.json(), "hold").to_owned();
    let posting = format!("wallet/holds/{hold}/post");
    let posted = bank.post("hospital1", &posting, "post", json!({ "amounts_fen": [400] })).await;
    assert_eq!(posted.json()["balances"][0]["posted_fen"], 700);
    let voided_hold = text(&bank.hold("resident1", "hold-2", 50).await.json(), "hold").to_owned();
    let voiding = format!("wallet/holds/{voided_hold}/void");
    let voided = bank.send(Some(&bank.token("area1")), TestRequest::post(), &voiding, Some("void"), None).await;
    assert_eq!(voided.status, 200, "{}", voided.json());
    let refunding = format!("wallet/transfers/{}/refunds", text(&first.json(), "transfer"));
    let refund = bank.post("hospital1", &refunding, "refund", json!({ "amount_fen": 100 })).await;
    assert_eq!(refund.status, 201, "{}", refund.json());
    let poor = bank.settle("resident1", "too-much", 10_000_000).await;
    assert_eq!((poor.status, text(&poor.json(), "code")), (422, "AX3070"));
    bank.settle("resident1", "another", 1).await;
    let posted_now = bank.posted("resident1", &purse).await;

    is_replay_of(&bank.settle("resident1", "pay", 300).await, &first);
    is_replay_of(&bank.post("hospital1", &posting, "post", json!({ "amounts_fen": [400] })).await, &posted);
    is_replay_of(&bank.post("hospital1", &refunding, "refund", json!({ "amount_fen": 100 })).await, &refund);
    is_replay_of(&bank.settle("resident1", "too-much", 10_000_000).await, &poor);
    let again = bank.send(Some(&bank.token("area1")), TestRequest::post(), &voiding, Some("void"), None).await;
    is_replay_of(&again, &voided);
    let other = bank.settle("resident1", "pay", 301).await;
    assert_eq!((other.status, text(&other.json(), "code")), (409, "AX9014"));
    assert_eq!(bank.posted("resident1", &purse).await, posted_now, "nothing moved a second time");
    // Another person's key of the same name is another key.
    assert_eq!(bank.settle("resident2", "pay", 300).await.status, 201);
    // What was not decided is not kept: the key is still good.
    let bad = settlement(&purse, &hospital, 7).to_string().replace("amount_fen", "amount");
    let bad: Value = serde_json::from_str(&bad).unwrap();
    assert_eq!(bank.post("resident1", "wallet/transfers", "later", bad).await.status, 400);
    assert_eq!(bank.settle("resident2", "later", 7).await.status, 201);
    assert_eq!(bank.settle("resident1", "later", 7).await.status, 201);
}

#[actix_web::test]
async fn the_same_request_again_is_answered_and_not_done() {
    a_key_is_used_once(Base::Sqlite).await;
    a_key_is_used_once(Base::Postgres).await;
}

#[actix_web::test]
async fn a_hundred_at_once_with_one_key_are_one() {
    let bank = Bank::new(Base::Sqlite).await;
    let (purse, hospital) = (bank.account("resident1", "wallet").await, bank.account("hospital1", "institution").await);
    let body = settlement(&purse, &hospital, 100);
    let all = (0..100).map(|_| bank.post("resident1", "wallet/transfers", "once", body.clone()));
    let answers = futures_util::future::join_all(all).await;
    let (booked, waiting): (Vec<_>, Vec<_>) = answers.iter().partition(|a| a.status == 201);
    assert_eq!(booked.iter().filter(|a| a.header("idempotency-replayed").is_empty()).count(), 1);
    assert!(booked.iter().all(|a| a.body == booked[0].body));
    assert!(!waiting.is_empty(), "a hundred that are sent at once are there at once");
    for refused in &waiting {
        assert_eq!((refused.status, text(&refused.json(), "code")), (409, "AX9023"));
        assert_eq!(refused.header("retry-after"), "1");
    }
    let again = bank.post("resident1", "wallet/transfers", "once", body).await;
    assert_eq!((again.status, &again.body, again.header("idempotency-replayed")), (201, &booked[0].body, "true"));
    assert_eq!(bank.posted("resident1", &purse).await, 49_900);
}

#[actix_web::test]
async fn money_does_not_move_without_a_key() {
    let bank = Bank::new(Base::Sqlite).await;
    let (purse, hospital) = (bank.account("resident1", "wallet").await, bank.account("hospital1", "institution").await);
    let token = bank.token("resident1");
    let long = "k".repeat(256);
    for key in [None, Some(""), Some("a b"), Some("密钥"), Some(long.as_str())] {
        let body = Some(settlement(&purse, &hospital, 1));
        let answered = bank.send(Some(&token), TestRequest::post(), "wallet/transfers", key, body).await;
        assert_eq!((answered.status, text(&answered.json(), "code")), (400, "AX9013"), "{key:?}");
    }
}

#[actix_web::test]
async fn amounts_and_bodies_are_read_strictly() {
    let bank = Bank::new(Base::Sqlite).await;
    let (purse, hospital) = (bank.account("resident1", "wallet").await, bank.account("hospital1", "institution").await);
    let good = settlement(&purse, &hospital, 100).to_string();
    let post = async |body: String| {
        let request = TestRequest::post().insert_header(("content-type", "application/json")).set_payload(body);
        bank.send(Some(&bank.token("resident1")), request, "wallet/transfers", Some("strict"), None).await
    };
    for wrong in ["1.5", "1e2", "\"100\"", "９", "9007199254740992", "null", "NaN", "[100]", "true"] {
        let answered = post(good.replace("100", wrong)).await;
        assert_eq!((answered.status, text(&answered.json(), "code")), (400, "AX1001"), "{wrong}");
    }
    for (wrong, code) in [("0", "AX3022"), ("-100", "AX3022")] {
        assert_eq!(text(&bank.settle("resident1", wrong, wrong.parse().unwrap()).await.json(), "code"), code);
    }
    let more = good.replacen('{', "{\"owner\":\"me\",", 1);
    let twice = good.replacen('{', "{\"purpose\":\"credit\",", 1);
    let deep = good.replacen('[', &"[".repeat(100_000), 1);
    for body in
        [more, twice, deep, format!("{good}{good}"), String::new(), "[]".into(), good.replace("settle", "steal")]
    {
        assert_eq!(post(body).await.status, 400);
    }
    assert_eq!(post(format!("{good}{}", " ".repeat(1 << 20))).await.status, 413);
    assert_eq!(post(good).await.status, 201, "none of them used the key up");
}

#[actix_web::test]
async fn a_balance_is_known_for_every_instant_since_the_account_was_opened() {
    for base in [Base::Sqlite, Base::Postgres] {
        let bank = Bank::new(base).await;
        let purse = bank.account("resident1", "wallet").await;
        for n in 0..5 {
            bank.settle("resident1", &format!("pay-{n}"), 100).await;
            let hold = text(&bank.hold("resident1", &format!("hold-{n}"), 70).await.json(), "hold").to_owned();
            let post = format!("wallet/holds/{hold}/post");
            bank.post("hospital1", &post, &format!("post-{n}"), json!({ "amounts_fen": [20] })).await;
        }
        let statement = bank.get("resident1", &format!("wallet/accounts/{purse}/statement?most=500")).await.json();
        let lines = statement["lines"].as_array().unwrap().clone();
        assert_eq!(lines.len(), 2 + 5 * 3, "{statement}");
        assert_eq!((&lines[0]["posted_fen"], &lines[0]["held_fen"]), (&json!(49_400), &json!(0)));
        // Each line's own arithmetic, and the account at its very instant.
        let (mut posted, mut held) = (0, 0);
        for line in lines.iter().rev() {
            posted += line["posted_change_fen"].as_i64().unwrap();
            held += line["held_change_fen"].as_i64().unwrap();
            assert_eq!((line["posted_fen"].as_i64(), line["held_fen"].as_i64()), (Some(posted), Some(held)), "{line}");
            let at = bank.get("resident1", &format!("wallet/accounts/{purse}?at={}", text(line, "at"))).await.json();
            assert_eq!((&at["posted_fen"], &at["held_fen"]), (&line["posted_fen"], &line["held_fen"]), "{line}");
        }
        let before = bank.get("resident1", &format!("wallet/accounts/{purse}?at=2020-01-01T00:00:00Z")).await;
        assert_eq!(before.status, 404, "it was not there yet");
        assert_eq!(bank.get("resident1", &format!("wallet/accounts/{purse}?at=yesterday")).await.status, 400);
        // Pages of four make the same list.
        let (mut paged, mut next) = (Vec::new(), String::new());
        loop {
            let page = bank.get("resident1", &format!("wallet/accounts/{purse}/statement?most=4{next}")).await.json();
            paged.extend(page["lines"].as_array().unwrap().clone());
            match page["next"].as_u64() {
                Some(before) => next = format!("&before={before}"),
                None => break,
            }
        }
        assert_eq!(paged, lines);
        assert!(now() > 0);
    }
}

#[actix_web::test]
async fn a_hold_is_posted_once_in_part_or_freed_and_by_whom_it_is_for() {
    let bank = Bank::new(Base::Sqlite).await;
    let purse = bank.account("resident1", "wallet").await;
    let hold = text(&bank.hold("resident1", "hold", 1_000).await.json(), "hold").to_owned();
    let posting = format!("wallet/holds/{hold}/post");
    let more = bank.post("hospital1", &posting, "more", json!({ "amounts_fen": [1_001] })).await;
    assert_eq!((more.status, text(&more.json(), "code")), (422, "AX3045"));
    assert_eq!(bank.post("hospital1", &posting, "part", json!({ "amounts_fen": [600] })).await.status, 200);
    let again = bank.post("hospital1", &posting, "rest", json!({ "amounts_fen": [400] })).await;
    assert_eq!((again.status, text(&again.json(), "code")), (409, "AX3041"));
    let seen = bank.get("resident1", &format!("wallet/holds/{hold}")).await.json();
    assert_eq!(text(&seen, "state"), "posted");
    let account = bank.get("resident1", &format!("wallet/accounts/{purse}")).await.json();
    assert_eq!((&account["posted_fen"], &account["held_fen"]), (&json!(49_400), &json!(0)));
    let late = json!({ "purpose": "settle", "until": instant(-5), "legs": settlement(&purse, &bank.account("hospital1", "institution").await, 1)["legs"] });
    assert_eq!(text(&bank.post("resident1", "wallet/holds", "late", late).await.json(), "code"), "AX3025");
}

#[actix_web::test]
async fn a_batch_says_of_each_item_what_became_of_it() {
    let bank = Bank::new(Base::Sqlite).await;
    let (purse, hospital) = (bank.account("resident1", "wallet").await, bank.account("hospital1", "institution").await);
    let pay = |fen: i64| json!({ "transfer": settlement(&purse, &hospital, fen) });
    let mut hold = settlement(&purse, &hospital, 10);
    hold["until"] = json!(instant(60));
    let body = json!({ "items": [pay(30_000), pay(30_000), pay(15_000), { "hold": hold }] });
    let first = bank.post("resident1", "wallet/batches", "many", body.clone()).await;
    assert_eq!(first.status, 200, "{}", first.json());
    let results = first.json()["results"].as_array().unwrap().clone();
    let ends: Vec<bool> = results.iter().map(|r| r.get("booked").is_some()).collect();
    assert_eq!(ends, [true, false, true, true]);
    assert_eq!(results[1]["refused"]["code"], "AX3070");
    is_replay_of(&bank.post("resident1", "wallet/batches", "many", body).await, &first);
    let other = bank.post("resident1", "wallet/batches", "many", json!({ "items": [pay(1)] })).await;
    assert_eq!(other.status, 409);
    assert_eq!(bank.posted("resident1", &purse).await, 5_000);
    for items in [0, 1_001] {
        let body = json!({ "items": vec![pay(1); items] });
        assert_eq!(bank.post("resident1", "wallet/batches", "size", body).await.status, 422);
    }
    let theirs = bank.account("resident2", "wallet").await;
    let body = json!({ "items": [pay(1), { "transfer": settlement(&theirs, &hospital, 1) }] });
    assert_eq!(bank.post("resident1", "wallet/batches", "mixed", body).await.status, 404);
    assert_eq!(bank.posted("resident1", &purse).await, 5_000, "none of it");
}

#[actix_web::test]
async fn a_receipt_is_checked_without_the_server() {
    for base in [Base::Sqlite, Base::Postgres] {
        let bank = Bank::new(base).await;
        let mut transfers = Vec::new();
        for n in 0..9 {
            let paid = bank.settle("resident1", &format!("pay-{n}"), 100).await.json();
            transfers.push((text(&paid, "transfer").to_owned(), paid["entry"].clone()));
        }
        for (transfer, entry) in &transfers {
            let receipt = bank.get("resident1", &format!("wallet/transfers/{transfer}/receipt")).await.json();
            assert_eq!(receipt["entry"], *entry);
            let hash = |hex: &str| <[u8; 32]>::try_from(bytes(hex)).unwrap();
            let path = receipt["path"].as_array().unwrap().iter().map(|h| hash(h.as_str().unwrap())).collect();
            let (index, size) = (entry.as_u64().unwrap(), receipt["size"].as_u64().unwrap());
            let inclusion = Inclusion { index, size, path };
            let leaf = leaf_hash(&bytes(text(&receipt, "line")));
            assert_eq!(leaf, hash(text(&receipt, "leaf")));
            assert!(inclusion.holds(leaf, &hash(text(&receipt, "root"))), "{receipt}");
            let mut other = leaf;
            other[0] ^= 1;
            assert!(!inclusion.holds(other, &hash(text(&receipt, "root"))));
        }
    }
}

/// A receipt is of the journal as it was signed last; what was booked since is proven by the journal as it stands.
#[actix_web::test]
async fn a_receipt_carries_the_signature_over_its_root_and_size() {
    for base in [Base::Sqlite, Base::Postgres] {
        let mut url = String::new();
        let bank = Bank::with(base, |settings| url.clone_from(&settings.database.url)).await;
        let database = Database::open(&url, 440_100, Limits::default(), Clock::Own).await.unwrap();
        let writer = database.writer(|| 1);
        let mut keeper = Keeper::new(database, writer, HeadKey::demo().unwrap(), None, 1);
        let receipt = async |paid: &Value| {
            bank.get("resident1", &format!("wallet/transfers/{}/receipt", text(paid, "transfer"))).await.json()
        };
        let early = bank.settle("resident1", "early", 100).await.json();
        assert_eq!(receipt(&early).await["signed"], Value::Null);
        keeper.tick().await.unwrap();
        let late = bank.settle("resident1", "late", 100).await.json();
        let (early, late) = (receipt(&early).await, receipt(&late).await);
        assert_eq!(late["signed"], Value::Null, "nobody signed it yet");
        assert!(early["size"].as_u64() < late["size"].as_u64());
        let signed = &early["signed"];
        let key = SealKey::from_sec1(&bytes(text(signed, "public_key"))).unwrap();
        assert_eq!(key.id().to_vec(), bytes(text(signed, "key")));
        let root = bytes(text(&early, "root")).try_into().unwrap();
        let at = micros(text(signed, "signed_at"));
        let seal = Seal { shard: 440_100, size: early["size"].as_u64().unwrap(), root, at };
        let signature = bytes(text(signed, "signature"));
        assert!(key.signed(&seal, &signature));
        assert!(!key.signed(&Seal { size: seal.size + 1, ..seal }, &signature));
        let path = early["path"].as_array().unwrap().iter().map(|h| bytes(h.as_str().unwrap()).try_into().unwrap());
        let inclusion = Inclusion { index: early["entry"].as_u64().unwrap(), size: seal.size, path: path.collect() };
        assert!(inclusion.holds(bytes(text(&early, "leaf")).try_into().unwrap(), &root));
    }
}

fn micros(instant: &str) -> i64 {
    instant.parse::<jiff::Timestamp>().unwrap().as_microsecond()
}

fn bytes(hex: &str) -> Vec<u8> {
    hex.as_bytes().chunks(2).map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap()).collect()
}

#[actix_web::test]
async fn a_correction_takes_two_people_and_is_booked_once() {
    for base in [Base::Sqlite, Base::Postgres] {
        let bank = Bank::new(base).await;
        let purse = bank.account("resident1", "wallet").await;
        let paid = bank.settle("resident1", "pay", 300).await.json();
        let ask = format!("wallet/transfers/{}/corrections", text(&paid, "transfer"));
        let asked = bank.post("area1", &ask, "wrong", json!({ "reason": 3 })).await;
        assert_eq!((asked.status, text(&asked.json(), "state")), (201, "asked"));
        assert_eq!(bank.post("area1", &ask, "wrong", json!({ "reason": 3 })).await.body, asked.body);
        assert_eq!(bank.post("area1", &ask, "wrong", json!({ "reason": 4 })).await.status, 409);
        let approve = format!("wallet/corrections/{}/approval", text(&asked.json(), "id"));
        let approved =
            async |name: &str| bank.send(Some(&bank.token(name)), TestRequest::post(), &approve, None, None).await;
        let same = approved("area1").await;
        assert_eq!((same.status, text(&same.json(), "code")), (403, "AX9015"));
        assert_eq!(bank.posted("resident1", &purse).await, 49_700);
        let first = approved("area2").await;
        assert_eq!(first.status, 200, "{}", first.json());
        assert_eq!(bank.posted("resident1", &purse).await, 50_000);
        is_replay_of(&approved("area2").await, &first);
        assert_eq!(bank.posted("resident1", &purse).await, 50_000);
        let third = bank.token_of("area", 81, None);
        let late = bank.send(Some(&third), TestRequest::post(), &approve, None, None).await;
        assert_eq!((late.status, text(&late.json(), "code")), (409, "AX9016"));
        // One that was refused is not approved any more.
        let paid = bank.settle("resident1", "pay-2", 300).await.json();
        let ask = format!("wallet/transfers/{}/corrections", text(&paid, "transfer"));
        let id = text(&bank.post("area1", &ask, "again", json!({ "reason": 3 })).await.json(), "id").to_owned();
        let decide = async |name: &str, what: &str| {
            let path = format!("wallet/corrections/{id}/{what}");
            bank.send(Some(&bank.token(name)), TestRequest::post(), &path, None, None).await.status
        };
        assert_eq!((decide("area2", "refusal").await, decide("area2", "approval").await), (200, 409));
        assert_eq!(bank.posted("resident1", &purse).await, 49_700);
    }
}

#[actix_web::test]
async fn a_statement_for_spreadsheets_has_no_formula() {
    let bank = Bank::new(Base::Sqlite).await;
    let purse = bank.account("resident1", "wallet").await;
    bank.settle("resident1", "pay", 300).await;
    rename_the_hospital(&bank, "=HYPERLINK(\"http://evil.example\",\"贵港\")").await;
    let table = bank.get("resident1", &format!("wallet/accounts/{purse}/statement.csv")).await;
    assert_eq!(table.header("content-type"), "text/csv; charset=utf-8");
    let text = String::from_utf8(table.body.to_vec()).unwrap();
    assert!(text.starts_with("\u{feff}流水号,时间,"), "{text}");
    assert!(text.contains("\"'=HYPERLINK(\"\"http://evil.example\"\",\"\"贵港\"\")\""), "{text}");
    assert!(text.contains(",-3.00,0.00,497.00,0.00,"), "{text}");
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), 3);
    let formula =
        |cell: &str| cell.starts_with(['=', '+', '@']) || (cell.starts_with('-') && cell.parse::<f64>().is_err());
    assert!(rows.iter().all(|row| row.iter().all(|cell| !formula(cell))), "{rows:?}");
}

/// Straight in the database: no interface renames anybody.
async fn rename_the_hospital(bank: &Bank, name: &str) {
    use sqlx::Connection as _;
    let file = bank.folder.path().join("books.db");
    let mut database = sqlx::SqliteConnection::connect(&format!("sqlite:{}", file.display())).await.unwrap();
    sqlx::query("UPDATE institution SET name = ?1").bind(name).execute(&mut database).await.unwrap();
}

#[actix_web::test]
async fn the_figures_count_routes_and_outcomes_and_name_nobody() {
    let bank = Bank::new(Base::Sqlite).await;
    bank.settle("resident1", "pay", 300).await;
    bank.settle("resident1", "pay", 300).await;
    bank.settle("resident1", "poor", 90_000_000).await;
    let figures = crate::common::get(&bank.service, "/metrics").await;
    let text = String::from_utf8(figures.body.to_vec()).unwrap();
    for line in [
        "anxin_wallet_requests_total{outcome=\"0\",replayed=\"1\"} 1",
        "anxin_wallet_requests_total{outcome=\"70\",replayed=\"0\"} 1",
        "anxin_http_requests_total{method=\"POST\",route=\"/api/v1/wallet/transfers\",status=\"201\"} 2",
        "anxin_wallet_halted 0",
        "anxin_wallet_writer_total{what=\"retries\"} 0",
        "anxin_wallet_writer_total{what=\"given_up\"} 0",
    ] {
        assert!(text.contains(line), "{line}\n{text}");
    }
    let stored = |text: &str| {
        let line = text.lines().find_map(|line| line.strip_prefix("anxin_wallet_writer_total{what=\"requests\"} "));
        line.expect(text).parse::<u64>().unwrap()
    };
    let before = stored(&text);
    let purse = bank.account("resident1", "wallet").await;
    bank.get("resident1", &format!("wallet/accounts/{purse}")).await;
    bank.settle("resident1", "more", 300).await;
    let text = String::from_utf8(crate::common::get(&bank.service, "/metrics").await.body.to_vec()).unwrap();
    assert_eq!(stored(&text), before + 1);
    for person in wallet_api::people() {
        assert!(!text.contains(&format!("{:032x}", person.subject)) && !text.contains(person.name));
    }
    assert!(!text.contains(&purse) && text.contains("/accounts/{account}"));
    assert_eq!(crate::common::get(&bank.service, "/readyz").await.json()["wallet"], "ok");
}

#[actix_web::test]
async fn without_a_database_everything_else_is_served() {
    let service = crate::common::service();
    let answered = crate::common::get(&service, "/api/v1/wallet/accounts").await;
    assert_eq!((answered.status, text(&answered.json(), "code")), (503, "AX9010"));
    assert_eq!(crate::common::get(&service, "/readyz").await.status, 200);
    assert_eq!(crate::common::get(&service, "/metrics").await.status, 200);
}

#[actix_web::test]
async fn a_store_that_fails_is_said_and_nothing_is_acknowledged() {
    use sqlx::Connection as _;
    let bank = Bank::new(Base::Sqlite).await;
    let purse = bank.account("resident1", "wallet").await;
    let file = format!("sqlite:{}", bank.folder.path().join("books.db").display());
    let mut database = sqlx::SqliteConnection::connect(&file).await.unwrap();
    sqlx::query("ALTER TABLE batch RENAME TO gone").execute(&mut database).await.unwrap();
    for key in ["first", "second"] {
        let failed = bank.settle("resident1", key, 100).await;
        assert_eq!((failed.status, text(&failed.json(), "code")), (503, "AX9011"), "{}", failed.json());
        assert!(!String::from_utf8_lossy(&failed.body).contains("batch"), "the cause is in the log only");
    }
    assert_eq!(bank.posted("resident1", &purse).await, 50_000);
    assert_eq!(crate::common::get(&bank.service, "/readyz").await.status, 503);
    let figures = crate::common::get(&bank.service, "/metrics").await;
    assert!(String::from_utf8_lossy(&figures.body).contains("anxin_wallet_halted 1"));
}
