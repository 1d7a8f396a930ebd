//! Paying an institution, by two operators who look at the same batch: what one reviewed, another has to review and pay.

use std::time::Duration;

use anxin_tests::browser::Browser;
use anxin_tests::product::Server;
use anxin_tests::wallet::{asked, click, click_at_rest, log_in, text, there};
use anyhow::{Context as _, Result, ensure};
use serde_json::{Value, json};
use sqlx::Connection as _;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use thirtyfour::prelude::By;

/// Of a demonstration's two made-up drugs.
const DRUG: &str = "XDEMO00000000000000001";
const PACKS: [&str; 2] = ["81234567890123456001", "81234567890123456002"];
/// Two days: whatever day it is in China, the one that an order is moved to is over.
const EARLIER: i64 = 2 * 86_400_000_000;

/// Enters a bill with two packs of a drug as a pharmacist does, and settles it.
async fn sell(till: &Browser) -> Result<Vec<String>> {
    till.type_in("scan", "000000199206180055").await?;
    click(till, "read").await?;
    let patient = text(till, "patient").await?;
    ensure!(patient.contains("清远") && !patient.contains("441800"), "an area without its name: {patient}");
    till.type_in("scope", "82").await?;
    till.type_in("own", "8").await?;
    till.type_in("drug", DRUG).await?;
    till.type_in("drug-amount", "15").await?;
    for pack in PACKS {
        till.type_in("drug-pack", pack).await?;
        click(till, "add-drug").await?;
        there(till, "[data-testid='drug-lines'] li").await?;
    }
    let lines = text(till, "drug-lines").await?;
    ensure!(PACKS.iter().all(|pack| lines.contains(pack)) && lines.contains("¥30.00"), "{lines}");
    till.type_in("drug-pack", PACKS[0]).await?;
    click(till, "add-drug").await?;
    there(till, "#drug-pack[aria-invalid='true']").await?;
    till.type_in("drug-pack", "").await?;
    let mut found = till.axe().await?;
    till.picture("pay-till-drugs").await?;
    click(till, "presettle").await?;
    till.shown("due").await?;
    found.extend(till.axe().await?);
    click(till, "settle").await?;
    there(till, "[data-testid='receipt'][data-state='settled']").await?;
    Ok(found)
}

/// Moves what was settled to a day that is over, and says which.
async fn made_earlier(server: &Server) -> Result<String> {
    let file = server.books().context("a server without books")?;
    let options = SqliteConnectOptions::new().filename(file).busy_timeout(Duration::from_secs(10));
    let mut books = SqliteConnection::connect_with(&options).await?;
    let moved = sqlx::query("UPDATE pay_order SET made_at = made_at - $1, changed_at = changed_at - $1");
    ensure!(moved.bind(EARLIER).execute(&mut books).await?.rows_affected() == 1, "not one order");
    let day = "SELECT date(made_at / 1000000 + 28800, 'unixepoch') FROM pay_order";
    Ok(sqlx::query_scalar(day).fetch_one(&mut books).await?)
}

/// Takes a step, and waits until the batch is in a state.
async fn step(office: &Browser, step: &str, state: &str) -> Result<()> {
    click_at_rest(office, &format!("[data-testid='batch'] [data-step='{step}']")).await?;
    there(office, &format!("[data-testid='batch'][data-state='{state}']")).await
}

/// Takes a step that is somebody else's to take.
async fn refused(office: &Browser, step: &str, code: &str) -> Result<()> {
    office.driver.find(By::Css(format!("[data-testid='batch'] [data-step='{step}']"))).await?.click().await?;
    there(office, &format!("[data-testid='trouble'][data-code='{code}']")).await
}

async fn look_again(office: &Browser, state: &str) -> Result<()> {
    office.driver.refresh().await?;
    there(office, &format!("[data-testid='batch'][data-state='{state}']")).await
}

#[tokio::test]
async fn a_batch_goes_through_two_operators_and_is_paid_to_the_fen() -> Result<()> {
    let server = Server::demo()?;
    let till = Browser::start(1280, 900).await?;
    log_in(&till, &server, "/wallet/till", "hospital1").await?;
    let mut found = sell(&till).await?;
    till.driver.goto(server.url("/wallet/day")).await?;
    ensure!(till.fen("day-totals").await? == 12_000, "not what was settled today");
    found.extend(till.axe().await?);
    till.picture("pay-day").await?;
    let day = made_earlier(&server).await?;
    till.type_in("declare-from", &day).await?;
    till.driver.find(By::Css("[data-period='day']")).await?.click().await?;
    there(&till, "[data-testid='batch'][data-state='declared'] [data-step='withdraw']").await?;
    till.driver.find(By::Css("[data-step='withdraw']")).await?.click().await?;
    there(&till, "[data-testid='batch'][data-state='withdrawn']").await?;
    let declared =
        asked(&till, "POST", "/pay/clearing/batches", "d1", &json!({ "period": "day", "from": day })).await?;
    ensure!(declared["status"] == 201, "{declared}");
    let whole = |batch: &Value, fields: [&str; 2]| -> i64 {
        fields.iter().filter_map(|field| batch.pointer(&format!("/body/{field}")).and_then(Value::as_i64)).sum()
    };
    let owed = whole(&declared, ["pooled_fen", "account_fen"]);
    ensure!(owed > 2_000, "{declared}");

    let (maker, checker) = (Browser::start(1280, 900).await?, Browser::start(360, 800).await?);
    log_in(&maker, &server, "/wallet/clearing", "area1").await?;
    there(&maker, "[data-testid='batch'][data-state='declared']").await?;
    let id = declared.pointer("/body/id").and_then(Value::as_str).context("no id")?.to_owned();
    maker.type_in(&format!("deduct-{id}"), "10.20").await?;
    step_without_a_reason(&maker).await?;
    maker.type_in(&format!("reason-{id}"), "超限定支付范围").await?;
    step(&maker, "first_review", "reviewed").await?;
    found.extend(maker.axe().await?);
    maker.picture("clearing-reviewed").await?;
    refused(&maker, "second_review", "AX9015").await?;

    log_in(&checker, &server, "/wallet/clearing", "area2").await?;
    there(&checker, "[data-testid='batch'][data-state='reviewed']").await?;
    ensure!(checker.too_wide(360).await?.is_none(), "wider than a phone");
    step(&checker, "send_back", "declared").await?;
    look_again(&maker, "declared").await?;
    maker.type_in(&format!("deduct-{id}"), "10.20").await?;
    maker.type_in(&format!("reason-{id}"), "超限定支付范围").await?;
    step(&maker, "first_review", "reviewed").await?;
    look_again(&checker, "reviewed").await?;
    step(&checker, "second_review", "approved").await?;
    refused(&checker, "pay", "AX9015").await?;
    look_again(&maker, "approved").await?;
    step(&maker, "pay", "paid").await?;
    found.extend(maker.axe().await?);
    maker.picture("clearing-paid").await?;

    let paid = asked(&till, "GET", &format!("/pay/clearing/batches/{id}"), "", &Value::Null).await?;
    ensure!(whole(&paid, ["payable_pooled_fen", "payable_account_fen"]) == owed - 1_020, "{paid}");
    let accounts = asked(&till, "GET", "/wallet/accounts", "", &Value::Null).await?;
    let accounts_left = accounts.pointer("/body/accounts").and_then(Value::as_array).context("no accounts")?;
    let left: i64 = accounts_left.iter().filter_map(|account| account["posted_fen"].as_i64()).sum();
    ensure!(left == 0, "what was deducted went back to the fund: {accounts}");
    suspended(&maker, &checker).await?;
    found.extend(in_advance(&till, &maker, &checker).await?);
    found.extend(difference(&server, &maker, &checker).await?);
    ensure!(found.is_empty(), "{}", found.join("\n"));
    maker.close().await?;
    checker.close().await?;
    till.close().await
}

/// A deduction has a reason, or nothing is sent.
async fn step_without_a_reason(office: &Browser) -> Result<()> {
    office.driver.find(By::Css("[data-testid='batch'] [data-step='first_review']")).await?.click().await?;
    there(office, "[data-testid='batch'][data-state='declared'] [role='alert']").await
}

/// 预付金 is asked for by one, approved by the other, and seen by the institution; its last batch stands line by line.
async fn in_advance(till: &Browser, maker: &Browser, checker: &Browser) -> Result<Vec<String>> {
    maker.type_in("advance-code", "H00000000001").await?;
    maker.type_in("advance-amount", "300").await?;
    maker.type_in("advance-reason", "2026年11月预付").await?;
    click(maker, "ask-advance").await?;
    let waiting = "[data-testid='advances'] li[data-state='asked']";
    there(maker, waiting).await?;
    click_at_rest(maker, &format!("{waiting} [data-testid='approval']")).await?;
    there(maker, "[data-testid='trouble'][data-code='AX9015']").await?;
    checker.driver.refresh().await?;
    there(checker, waiting).await?;
    click_at_rest(checker, &format!("{waiting} [data-testid='approval']")).await?;
    there(checker, "[data-testid='advances'] li[data-state='done']").await?;
    till.driver.refresh().await?;
    there(till, "[data-testid='own-advances'] li[data-state='done']").await?;
    ensure!(text(till, "recovered").await?.contains("¥300.00"), "not what is left");
    let paid = "[data-testid='batch'][data-state='paid'] [data-testid='batch-statement']";
    till.driver.find(By::Css(paid)).await?.click().await?;
    there(till, "[data-testid='batch-lines'] tbody tr").await?;
    let lines = text(till, "batch-lines").await?;
    ensure!(lines.contains("−¥10.20"), "no deduction: {lines}");
    till.picture("pay-statement").await?;
    till.axe().await
}

/// A difference that 3202 would have found: one operator asks to leave it, and it is closed when the other agrees.
async fn difference(server: &Server, maker: &Browser, checker: &Browser) -> Result<Vec<String>> {
    let file = server.books().context("a server without books")?;
    let options = SqliteConnectOptions::new().filename(file).busy_timeout(Duration::from_secs(10));
    let mut books = SqliteConnection::connect_with(&options).await?;
    let found =
        "INSERT INTO difference (shard, id, institution, code, setl_id, class, their_total, their_fund, their_acct,
        told_at) SELECT shard, randomblob(16), owner, 'H00000000001', '00000000000000000042', 'only_institution', 12000,
        9010, 2990, 1793581200000000 FROM provider WHERE code = 'H00000000001'";
    ensure!(sqlx::query(found).execute(&mut books).await?.rows_affected() == 1, "no hospital");
    maker.driver.refresh().await?;
    there(maker, "[data-testid='difference'][data-state='open'][data-class='only_institution']").await?;
    ensure!(text(maker, "difference").await?.contains("¥120.00"), "not what the institution sent");
    let field = maker.driver.find(By::Css("[data-testid='difference'] input")).await?;
    field.send_keys("机构未结算成功").await?;
    maker.driver.find(By::Css("[data-testid='difference'] [data-kind='leave']")).await?.click().await?;
    let waiting = "[data-testid='difference'] li[data-state='asked']";
    there(maker, waiting).await?;
    let offered = maker.driver.find_all(By::Css("[data-testid='difference'] [data-kind]")).await?;
    ensure!(offered.is_empty(), "another correction is offered while one waits");
    click_at_rest(maker, &format!("{waiting} [data-testid='approval']")).await?;
    there(maker, "[data-testid='trouble'][data-code='AX9015']").await?;
    checker.driver.refresh().await?;
    there(checker, waiting).await?;
    ensure!(checker.too_wide(360).await?.is_none(), "wider than a phone");
    click_at_rest(checker, &format!("{waiting} [data-testid='approval']")).await?;
    there(checker, "[data-testid='difference'][data-state='closed']").await?;
    checker.picture("clearing-difference").await?;
    checker.axe().await
}

/// One operator asks for an agreement to be suspended, and the other alone can approve it.
async fn suspended(maker: &Browser, checker: &Browser) -> Result<()> {
    maker.type_in("standing-code", "H00000000001").await?;
    maker.type_in("standing-from", "2099-01-01").await?;
    maker.type_in("standing-reason", "违反服务协议").await?;
    maker.driver.find(By::Css("[data-kind='suspended']")).await?.click().await?;
    there(maker, "[data-testid='standings'] li[data-approved='false']").await?;
    click(maker, "approve").await?;
    there(maker, "[data-testid='trouble'][data-code='AX9015']").await?;
    checker.driver.refresh().await?;
    there(checker, "[data-testid='standings'] li[data-approved='false']").await?;
    click(checker, "approve").await?;
    there(checker, "[data-testid='standings'] li[data-approved='true']").await
}
