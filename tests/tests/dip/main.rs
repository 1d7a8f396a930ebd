//! DIP in a real Chromium, held against the command line: one stay, whole tables, a city's catalogue.

mod import;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::time::Duration;

use anxin_tests::browser::Browser;
use anxin_tests::golden;
use anxin_tests::patience::{PATIENCE, until};
use anxin_tests::product::{Server, group_dip, group_table};
use anxin_tests::table::{by_id, downloaded, start};
use anyhow::{Context as _, Result, ensure};
use serde_json::{Value, json};
use thirtyfour::prelude::{By, ElementQueryable as _, Key};

const SCHEME: &str = "mz-dip2-2024";
const DIAGNOSES: [&str; 2] = ["K35.301", "I10.x00x002"];
const OPERATIONS: [&str; 2] = ["47.0100", "54.5100x005"];

fn case(scheme: &str, diagnoses: &[&str], operations: &[&str]) -> Value {
    let diagnoses: Vec<Value> = diagnoses.iter().map(|code| json!({ "diag_code": code })).collect();
    let operations: Vec<Value> = operations.iter().map(|code| json!({ "oprn_oprt_code": code })).collect();
    json!({ "scheme": scheme, "record": {
        "age": 34, "act_ipt_days": 7, "diagnoses": diagnoses, "operations": operations
    } })
}

async fn choose_scheme(browser: &Browser, scheme: &str) -> Result<()> {
    let option = By::Css(format!("#scheme option[value='{scheme}']"));
    let found = browser.driver.query(option).wait(PATIENCE, Duration::from_millis(50)).first().await;
    found.with_context(|| format!("{scheme} is not offered"))?.click().await?;
    Ok(())
}

async fn fill(browser: &Browser, scheme: &str) -> Result<()> {
    choose_scheme(browser, scheme).await?;
    browser.shown("example").await?.click().await?;
    browser.shown("dx-1").await?;
    Ok(())
}

/// Waits until the page shows this group.
async fn grouped_as(browser: &Browser, expect: &str) -> Result<()> {
    until(&format!("the page says what the command line does, {expect:?}"), async || {
        Ok(browser.shown("group").await?.attr("data-group").await?.unwrap_or_default() == expect)
    })
    .await
}

fn code(answer: &Value) -> &str {
    answer["group"]["code"].as_str().unwrap_or_default()
}

async fn main_text(browser: &Browser) -> Result<String> {
    Ok(browser.driver.query(By::Css("main")).first().await?.text().await?)
}

async fn pay(browser: &Browser) -> Result<()> {
    browser.driver.query(By::Css("#payment-fields summary")).first().await?.click().await?;
    for (id, text) in
        [("pay-cost", "15306.17"), ("pay-peer", "7615.01"), ("pay-coefficient", "0.850"), ("pay-patient", "2100")]
    {
        browser.type_in(id, text).await?;
    }
    browser.select("pay-point", "own").await?;
    browser.type_in("pay-point-yuan", "12.34").await?;
    browser.type_in("pay-point-source", "某市医疗保障局").await?;
    browser.day("pay-point-date", "2025-01-31").await
}

fn paid(scheme: &str) -> Value {
    let mut asked = case(scheme, &DIAGNOSES, &OPERATIONS);
    asked["record"]["medfee_sumamt_fen"] = json!(1_530_617);
    asked["payment"] = json!({
        "peer_average_fen": 761_501, "coefficient": "0.850", "patient_paid_fen": 210_000,
        "own_point": { "yuan": "12.34", "kind": "budget", "source": "某市医疗保障局", "date": "2025-01-31" }
    });
    asked
}

#[tokio::test]
async fn a_stay_comes_out_as_on_the_command_line() -> Result<()> {
    let server = Server::start()?;
    let browser = Browser::start(1280, 900).await?;
    browser.driver.goto(server.url("/preview")).await?;
    fill(&browser, SCHEME).await?;
    pay(&browser).await?;
    let answer = group_dip(&paid(SCHEME), &[])?;
    grouped_as(&browser, code(&answer)).await?;
    for (id, part) in [("group-sentence", "/text"), ("score-text", "/score/text"), ("group-notice", "/notice")] {
        let got = browser.shown(id).await?.text().await?;
        ensure!(Some(got.as_str()) == answer.pointer(part).and_then(Value::as_str), "{id}: {got}");
    }
    for (id, name, part) in [
        ("pay-band", "data-band", "/score/band"),
        ("score-group", "data-rate", "/score/group_score"),
        ("score-deviation", "data-rate", "/score/deviation"),
        ("score-case", "data-rate", "/score/case_score"),
        ("path", "data-path", "/path"),
    ] {
        let got = browser.shown(id).await?.attr(name).await?;
        ensure!(got.as_deref() == answer.pointer(part).and_then(Value::as_str), "{id}: {got:?}");
    }
    for (id, fen) in [("pay-standard", "/score/pay_standard_fen"), ("pay-fund", "/score/fund_fen")] {
        let expect = answer.pointer(fen).and_then(Value::as_i64).with_context(|| format!("{fen} in {answer}"))?;
        ensure!(browser.fen(id).await? == expect, "{id}");
    }
    ensure!(browser.fen("pay-person").await? == 210_000, "the person's part is what was typed");
    let rows = browser.driver.find_all(By::Css("[data-testid='candidates'] tbody tr")).await?;
    ensure!(Some(rows.len()) == answer["candidates"].as_array().map(Vec::len), "{} candidates", rows.len());
    let candidates = browser.shown("candidates").await?.text().await?;
    ensure!(!candidates.contains("分值") && !candidates.contains('元'), "a candidate has a score: {candidates}");
    ensure!(browser.shown("scheme-notice").await?.text().await?.contains("非本市，仅演示"), "no notice");
    let page = main_text(&browser).await?;
    ensure!(!page.contains('盈') && !page.contains('亏'), "a single stay is called a gain or a loss");
    let scale = browser.shown("pay-scale").await?.attr("aria-label").await?.unwrap_or_default();
    ensure!(scale.contains("2.01") && scale.contains("费用偏高"), "{scale}");
    browser.picture("dip-stay").await?;
    browser.type_in("pay-peer", "x").await?;
    ensure!(browser.shown("pay-peer-error").await?.text().await?.contains("AX"), "no code");
    browser.close().await
}

#[tokio::test]
async fn a_stay_that_no_group_takes_is_told_without_money() -> Result<()> {
    let server = Server::start()?;
    let browser = Browser::start(1280, 900).await?;
    browser.driver.goto(server.url("/preview")).await?;
    choose_scheme(&browser, SCHEME).await?;
    for text in ["I10.x00x002", "K35.301"] {
        browser.type_in("dx-search", text).await?;
        browser.field("dx-search").await?.send_keys(Key::Enter + "").await?;
    }
    browser.type_in("op-search", "47.0100").await?;
    browser.field("op-search").await?.send_keys(Key::Enter + "").await?;
    let answer = group_dip(&case(SCHEME, &["I10.x00x002", "K35.301"], &["47.0100"]), &[])?;
    ensure!(answer["group"].is_null(), "{answer}");
    grouped_as(&browser, "").await?;
    let hints = browser.shown("hints").await?;
    ensure!(hints.attr("open").await?.is_none(), "hints are not folded");
    hints.query(By::Css("summary")).first().await?.click().await?;
    let told = hints.text().await?;
    let expect = answer["hints"][0]["text"].as_str().context("no hint")?;
    ensure!(told.contains("编码应当如实反映病历") && told.contains(expect), "{told}");
    ensure!(!told.contains("分值") && !told.contains('元') && !told.contains("K35.3:"), "{told}");
    ensure!(browser.driver.find_all(By::Css("[data-testid='payment']")).await?.is_empty(), "a payment is shown");
    browser.close().await
}

#[tokio::test]
async fn two_codings_are_compared_without_money() -> Result<()> {
    let server = Server::start()?;
    let browser = Browser::start(1280, 900).await?;
    browser.driver.goto(server.url("/preview")).await?;
    fill(&browser, SCHEME).await?;
    pay(&browser).await?;
    browser.driver.query(By::Css(".rooms li:nth-child(2) a")).first().await?.click().await?;
    browser.shown("compare-copy").await?.click().await?;
    browser.shown("b-op-1-remove").await?.click().await?;
    for (side, operations) in [("a", &OPERATIONS[..]), ("b", &OPERATIONS[..1])] {
        let expect = group_dip(&case(SCHEME, &DIAGNOSES, operations), &[])?;
        let got = browser.shown(&format!("{side}-group")).await?.text().await?;
        ensure!(got.starts_with(code(&expect)) && !code(&expect).is_empty(), "{side}: {got}");
    }
    let page = main_text(&browser).await?;
    ensure!(!page.contains('¥') && !page.contains("分值"), "money beside a comparison");
    browser.picture("dip-compare").await?;
    browser.close().await
}

/// The first rows of the case file.
fn rows(most: usize) -> Result<String> {
    let text = golden::records("dip/meizhou-2024")?;
    Ok(text.lines().take(most + 1).map(|line| format!("{line}\n")).collect())
}

async fn group_in_page(browser: &Browser, server: &Server, file: &Path, scheme: &str) -> Result<()> {
    browser.driver.goto(server.url("/preview/batch")).await?;
    choose_scheme(browser, scheme).await?;
    browser.field("batch-file").await?.send_keys(file.to_string_lossy()).await?;
    start(browser).await
}

/// Status, group, path, band, deviation, score and standard by id.
fn told(text: &str, separator: char) -> Result<BTreeMap<String, String>> {
    by_id(text, separator, 8)
}

#[tokio::test]
async fn every_row_of_a_table_comes_out_as_on_the_command_line() -> Result<()> {
    let server = Server::start()?;
    let folder = tempfile::tempdir()?;
    let table = folder.path().join("cases.tsv");
    fs::write(&table, rows(300)?)?;
    let expect = told(&group_table(&table, SCHEME)?, '\t')?;
    let browser = Browser::start(1280, 900).await?;
    group_in_page(&browser, &server, &table, SCHEME).await?;
    let out = downloaded(&browser, folder.path(), "download", "dip-cases.csv").await?;
    let out = String::from_utf8(out)?;
    let header = "\u{feff}id,status,group,path,band,deviation_k,case_score,pay_standard,";
    ensure!(out.starts_with(header), "{}", out.lines().next().unwrap_or_default());
    let got = told(&out, ',')?;
    ensure!(got.len() == expect.len() && got.len() == 300, "{} rows of {}", got.len(), expect.len());
    let differ: Vec<_> = expect
        .iter()
        .filter(|(id, row)| got.get(*id) != Some(row))
        .map(|(id, row)| (row, got.get(id)))
        .take(3)
        .collect();
    ensure!(differ.is_empty(), "{differ:?}");
    let count = |band: &str| expect.values().filter(|row| row.split(' ').nth(3) == Some(band)).count();
    let stays = browser.shown("scatter").await?.attr("data-stays").await?.unwrap_or_default();
    ensure!(stays.parse::<usize>()? == count("HIGH") + count("LOW") + count("NORMAL"), "{stays} in the picture");
    for word in ["费用偏高", "未入组", "编码库中没有的编码"] {
        let list = browser.field("work-reason").await?.text().await?;
        ensure!(list.contains(word), "nothing to check because of {word}: {list}");
    }
    ensure!(browser.shown("summary-notice").await?.text().await? == "非本市，仅演示", "no notice");
    browser.picture("dip-batch").await?;
    browser.close().await
}

/// Goes through the views with something in each.
async fn each_view(browser: &Browser, server: &Server, mut look: impl AsyncFnMut(&str) -> Result<()>) -> Result<()> {
    let folder = tempfile::tempdir()?;
    browser.driver.goto(server.url("/preview")).await?;
    fill(browser, SCHEME).await?;
    pay(browser).await?;
    browser.shown("pay-scale").await?;
    look("stay").await?;
    browser.driver.query(By::Css(".rooms li:nth-child(2) a")).first().await?.click().await?;
    browser.shown("compare-copy").await?.click().await?;
    look("compare").await?;
    let table = folder.path().join("cases.tsv");
    fs::write(&table, rows(300)?)?;
    group_in_page(browser, server, &table, SCHEME).await?;
    look("batch").await?;
    let file = folder.path().join("catalogue.xlsx");
    import::catalogue(&file)?;
    import::import(browser, server, &file, "某市 DIP 目录 2025").await?;
    browser.shown("import-use").await?.click().await?;
    browser.shown("import-used").await?;
    look("import").await
}

#[tokio::test]
async fn a_phone_shows_every_view_without_scrolling_sideways() -> Result<()> {
    let server = Server::start()?;
    let browser = Browser::start(360, 780).await?;
    let mut wide = Vec::new();
    each_view(&browser, &server, async |view| {
        browser.picture(&format!("dip-{view}-phone")).await?;
        wide.extend(browser.too_wide(360).await?.map(|width| format!("{view}: {width}")));
        Ok(())
    })
    .await?;
    ensure!(wide.is_empty(), "{wide:?}");
    browser.close().await
}

#[tokio::test]
async fn axe_finds_nothing_in_dip() -> Result<()> {
    let server = Server::start()?;
    let browser = Browser::start(1280, 900).await?;
    let mut found = Vec::new();
    each_view(&browser, &server, async |view| {
        for (language, theme) in [("zh", "light"), ("zh", "dark"), ("en", "dark"), ("en", "light"), ("zh", "system")] {
            let english = browser.driver.execute("return document.documentElement.lang === 'en'", Vec::new()).await?;
            if english.convert::<bool>()? != (language == "en") {
                browser.shown("language").await?.click().await?;
            }
            browser.select("theme", theme).await?;
            tokio::time::sleep(Duration::from_millis(200)).await;
            found.extend(browser.axe().await?.into_iter().map(|f| format!("{view} {language} {theme}: {f}")));
            if (language, theme) == ("en", "light") {
                browser.picture(&format!("dip-{view}-english")).await?;
            }
        }
        Ok(())
    })
    .await?;
    ensure!(found.is_empty(), "{}", found.join("\n"));
    browser.close().await
}
