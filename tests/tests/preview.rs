//! The preview of groups in a real Chromium, held against the command line.

use std::time::Duration;

use anxin_tests::browser::Browser;
use anxin_tests::patience::until;
use anxin_tests::product::{Server, group};
use anyhow::{Context as _, Result, ensure};
use serde_json::{Value, json};
use thirtyfour::prelude::{By, ElementQueryable as _, Key};

const DIAGNOSES: [&str; 4] = ["I63.900", "I10.x00x002", "J69.000", "G81.900"];
const OPERATIONS: [&str; 2] = ["39.7400x001", "88.4101"];

fn case(scheme: &str, diagnoses: &[&str]) -> Value {
    let diagnoses: Vec<Value> = diagnoses.iter().map(|code| json!({ "diag_code": code })).collect();
    let operations: Vec<Value> = OPERATIONS.iter().map(|code| json!({ "oprn_oprt_code": code })).collect();
    json!({ "scheme": scheme, "record": {
        "gend": "1", "age": 67, "act_ipt_days": 11, "dscg_way": 1, "diagnoses": diagnoses, "operations": operations
    } })
}

/// Types into a search box and takes what is marked.
async fn add(browser: &Browser, id: &str, text: &str) -> Result<()> {
    browser.type_in(id, text).await?;
    browser.field(id).await?.send_keys(Key::Enter + "").await?;
    Ok(())
}

/// Adds the diagnosis that is found first, as soon as the pack of names is there.
async fn find(browser: &Browser, text: &str) -> Result<()> {
    until("there are hits", async || {
        browser.type_in("dx-search", text).await?;
        tokio::time::sleep(Duration::from_millis(200)).await;
        Ok(!browser.driver.find_all(By::Css("#dx-search-hits li")).await?.is_empty())
    })
    .await?;
    browser.field("dx-search").await?.send_keys(Key::Enter + "").await?;
    Ok(())
}

async fn fill(browser: &Browser, scheme: &str) -> Result<()> {
    browser.select("scheme", scheme).await?;
    browser.choose("gend-1").await?;
    browser.type_in("age", "67").await?;
    browser.type_in("act-ipt-days", "11").await?;
    browser.select("dscg-way", "1").await?;
    find(browser, "脑梗死").await?;
    add(browser, "dx-search", "I10.x00x002 J69.000,G81.900").await?;
    for code in OPERATIONS {
        add(browser, "op-search", code).await?;
    }
    Ok(())
}

/// The group that the page shows, as `mdc adrg drg`.
async fn shown(browser: &Browser) -> Result<String> {
    let element = browser.shown("group").await?;
    let mut parts = Vec::new();
    for name in ["data-mdc", "data-adrg", "data-drg"] {
        parts.push(element.attr(name).await?.unwrap_or_default());
    }
    Ok(parts.join(" "))
}

fn labels(answer: &Value) -> String {
    let code = |of: &str| answer[of]["code"].as_str().unwrap_or_default().to_owned();
    [code("mdc"), code("adrg"), code("drg")].join(" ")
}

async fn grouped_as(browser: &Browser, expect: &str) -> Result<()> {
    until(&format!("the page says what the command line does, {expect}"), async || Ok(shown(browser).await? == expect))
        .await
}

#[tokio::test]
async fn a_record_comes_out_as_on_the_command_line_and_asks_nobody() -> Result<()> {
    let server = Server::start()?;
    let browser = Browser::start(1280, 900).await?;
    browser.driver.goto(server.url("/preview")).await?;
    fill(&browser, "chs-drg-1.1").await?;
    for scheme in ["chs-drg-1.1", "chs-drg-2.0", "guangxi-2022"] {
        browser.select("scheme", scheme).await?;
        let answer = group(&case(scheme, &DIAGNOSES))?;
        grouped_as(&browser, &labels(&answer)).await?;
        let sentence = browser.shown("group-sentence").await?.text().await?;
        ensure!(Some(sentence.as_str()) == answer["text"].as_str(), "{scheme}: {sentence}");
        let rows = browser.driver.find_all(By::Css("[data-testid='candidates'] tbody tr")).await?.len();
        ensure!(Some(rows) == answer["candidates"].as_array().map(Vec::len), "{scheme}: {rows} candidates");
        browser.picture(&format!("preview-{scheme}")).await?;
    }
    let asked = "return performance.getEntriesByType('resource').map(e => e.name)";
    let asked: Vec<String> = browser.driver.execute(asked, Vec::new()).await?.convert()?;
    for address in asked {
        let path = address.strip_prefix(&server.url("")).with_context(|| format!("{address} was asked"))?;
        let own = path.starts_with("/packs/")
            || [".js", ".wasm", ".css", ".svg", ".webmanifest"].iter().any(|e| path.ends_with(e));
        ensure!(own, "{path} was asked");
    }
    browser.close().await
}

#[tokio::test]
async fn the_payment_is_three_figures_with_its_notice() -> Result<()> {
    let server = Server::start()?;
    let browser = Browser::start(1280, 900).await?;
    browser.driver.goto(server.url("/preview")).await?;
    fill(&browser, "guangxi-2022").await?;
    browser.driver.query(By::Css("#payment-fields summary")).first().await?.click().await?;
    browser.select("pay-region", "guangxi-2022").await?;
    browser.select("pay-price", "例均费用（玉林）").await?;
    browser.type_in("pay-cost", "9800.50").await?;
    browser.type_in("pay-patient", "2100").await?;
    let mut asked = case("guangxi-2022", &DIAGNOSES);
    asked["payment"] =
        json!({ "region": "guangxi-2022", "price": "例均费用（玉林）", "cost_fen": 980_050, "patient_fen": 210_000 });
    let answer = group(&asked)?;
    for (id, part) in [
        ("pay-standard", "/payment/standard_fen"),
        ("pay-fund", "/payment/fund/fen"),
        ("pay-person", "/payment/patient/fen"),
    ] {
        let expect = answer.pointer(part).and_then(Value::as_i64).with_context(|| format!("{part} in {answer}"))?;
        ensure!(browser.fen(id).await? == expect, "{id}");
    }
    let notice = browser.shown("payment-notice").await?.text().await?;
    ensure!(Some(notice.as_str()) == answer["payment"]["notice"].as_str(), "{notice}");
    let page = browser.driver.query(By::Css("main")).first().await?.text().await?;
    ensure!(!page.contains('盈') && !page.contains('亏'), "a single stay is called a gain or a loss");
    browser.picture("preview-payment").await?;
    browser.type_in("pay-coefficient", "x").await?;
    ensure!(browser.shown("pay-coefficient-error").await?.text().await?.contains("AX"), "no code");
    browser.close().await
}

/// A 剖宫产: 苏州 pays it by the level of the hospital, and 武汉's table says more of its group than a weight.
#[tokio::test]
async fn a_level_changes_the_standard_and_remarks_are_told() -> Result<()> {
    let server = Server::start()?;
    let browser = Browser::start(1280, 900).await?;
    browser.driver.goto(server.url("/preview")).await?;
    browser.select("scheme", "chs-drg-1.1").await?;
    browser.choose("gend-2").await?;
    browser.type_in("age", "31").await?;
    find(&browser, "O33.800").await?;
    add(&browser, "op-search", "74.1x02").await?;
    browser.driver.query(By::Css("#payment-fields summary")).first().await?.click().await?;
    browser.select("pay-region", "suzhou-2022").await?;
    browser.select("pay-price", "支付标准").await?;
    let unpaid = browser.shown("payment").await?.text().await?;
    let mut asked = json!({ "scheme": "chs-drg-1.1", "record": {
        "gend": "2", "age": 31, "diagnoses": [{ "diag_code": "O33.800" }], "operations": [{ "oprn_oprt_code": "74.1x02" }]
    } });
    let mut standards = Vec::new();
    for level in ["二级", "三级"] {
        browser.select("pay-level", level).await?;
        asked["payment"] = json!({ "region": "suzhou-2022", "price": "支付标准", "level": level });
        let expect = group(&asked)?["payment"]["standard_fen"].as_i64();
        standards.push((browser.fen("pay-standard").await.ok(), expect));
    }
    let price = "二级医院支付标准（居民）";
    browser.select("pay-region", "wuhan-2022").await?;
    browser.select("pay-price", price).await?;
    asked["payment"] = json!({ "region": "wuhan-2022", "price": price });
    let told = group(&asked)?["payment"]["text"].as_str().context("no text")?.to_owned();
    let shown = browser.shown("payment").await?.text().await?;
    browser.close().await?;
    ensure!(unpaid.contains("没有选择医院等级"), "without a level the page says {unpaid}");
    ensure!(standards.iter().all(|(shown, expect)| shown.is_some() && shown == expect), "{standards:?}");
    ensure!(standards.first() != standards.last(), "{standards:?}");
    ensure!(told.contains("本组权重的50%") && told.contains("没有据此调整"), "{told}");
    ensure!(shown.contains(&told), "{told} is not in {shown}");
    Ok(())
}

#[tokio::test]
async fn two_codings_stand_beside_each_other_without_money() -> Result<()> {
    let server = Server::start()?;
    let browser = Browser::start(1280, 900).await?;
    browser.driver.goto(server.url("/preview")).await?;
    fill(&browser, "chs-drg-1.1").await?;
    browser.driver.query(By::Css(".rooms li:nth-child(2) a")).first().await?.click().await?;
    browser.shown("compare-copy").await?.click().await?;
    let button = browser.shown("b-dx-2-up").await?;
    button.scroll_into_view().await?;
    button.click().await?;
    browser.shown("b-dx-1-up").await?.click().await?;
    for (side, diagnoses) in [("a", DIAGNOSES), ("b", ["J69.000", "I63.900", "I10.x00x002", "G81.900"])] {
        let expect = group(&case("chs-drg-1.1", &diagnoses))?;
        let got = browser.shown(&format!("{side}-drg")).await?.text().await?;
        let code = expect["drg"]["code"].as_str().unwrap_or_default();
        ensure!(got.starts_with(code), "{side}: {got}, not {code}");
    }
    let page = browser.driver.query(By::Css("main")).first().await?.text().await?;
    ensure!(!page.contains('¥'), "money beside a comparison");
    browser.picture("preview-compare").await?;
    browser.close().await
}

#[tokio::test]
async fn rows_are_dragged_and_codes_are_pasted() -> Result<()> {
    let server = Server::start()?;
    let browser = Browser::start(1280, 900).await?;
    browser.driver.goto(server.url("/preview")).await?;
    browser.choose("gend-1").await?;
    browser.type_in("age", "67").await?;
    let paste = "const data = new DataTransfer();
        data.setData('text/plain', arguments[1]);
        arguments[0].dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));";
    let field = browser.field("dx-search").await?;
    browser.driver.execute(paste, vec![field.to_json()?, json!("I10.x00x002\nI63.900，J69.000")]).await?;
    let order = async || -> Result<Vec<String>> {
        let mut codes = Vec::new();
        for row in browser.driver.find_all(By::Css("[data-testid^='dx-'][data-code]")).await? {
            codes.push(row.attr("data-code").await?.unwrap_or_default());
        }
        Ok(codes)
    };
    browser.shown("dx-2").await?;
    ensure!(order().await? == ["I10.x00x002", "I63.900", "J69.000"], "{:?}", order().await?);
    let (from, to) = (browser.shown("dx-1").await?, browser.shown("dx-0").await?);
    browser.driver.action_chain().drag_and_drop_element(&from, &to).perform().await?;
    ensure!(order().await? == ["I63.900", "I10.x00x002", "J69.000"], "{:?}", order().await?);
    let diagnoses = ["I63.900", "I10.x00x002", "J69.000"].map(|code| json!({ "diag_code": code }));
    let record = json!({ "gend": "1", "age": 67, "diagnoses": diagnoses });
    let answer = json!({ "scheme": "chs-drg-1.1", "record": record });
    browser.select("scheme", "chs-drg-1.1").await?;
    grouped_as(&browser, &labels(&group(&answer)?)).await?;
    browser.close().await
}

#[tokio::test]
async fn a_phone_shows_every_view_without_scrolling_sideways() -> Result<()> {
    let server = Server::start()?;
    let browser = Browser::start(360, 780).await?;
    browser.driver.goto(server.url("/preview")).await?;
    browser.shown("example").await?.click().await?;
    browser.shown("group").await?;
    let mut wide = Vec::new();
    for (view, at) in [("record", 1), ("compare", 2), ("batch", 3)] {
        browser.driver.query(By::Css(format!(".rooms li:nth-child({at}) a"))).first().await?.click().await?;
        if view == "compare" {
            browser.shown("compare-copy").await?.click().await?;
        }
        tokio::time::sleep(Duration::from_millis(300)).await;
        browser.picture(&format!("preview-{view}-phone")).await?;
        let width = browser.driver.execute("return document.documentElement.scrollWidth", Vec::new()).await?;
        let width: u32 = width.convert()?;
        if width > 360 {
            wide.push(format!("{view}: {width}"));
        }
    }
    ensure!(wide.is_empty(), "{wide:?}");
    browser.close().await
}

#[tokio::test]
async fn axe_finds_nothing_in_the_preview() -> Result<()> {
    let server = Server::start()?;
    let browser = Browser::start(1280, 900).await?;
    browser.driver.goto(server.url("/preview")).await?;
    browser.shown("example").await?.click().await?;
    browser.shown("group").await?;
    let mut found = Vec::new();
    for (view, at) in [("record", 1), ("compare", 2), ("batch", 3)] {
        browser.driver.query(By::Css(format!(".rooms li:nth-child({at}) a"))).first().await?.click().await?;
        if view == "compare" {
            browser.shown("compare-copy").await?.click().await?;
        }
        for (language, theme) in [("zh", "light"), ("zh", "dark"), ("en", "dark"), ("en", "light")] {
            let english = browser.driver.execute("return document.documentElement.lang === 'en'", Vec::new()).await?;
            if english.convert::<bool>()? != (language == "en") {
                browser.shown("language").await?.click().await?;
            }
            browser.select("theme", theme).await?;
            tokio::time::sleep(Duration::from_millis(200)).await;
            found.extend(browser.axe().await?.into_iter().map(|f| format!("{view} {language} {theme}: {f}")));
        }
        browser.picture(&format!("preview-{view}-english")).await?;
    }
    ensure!(found.is_empty(), "{}", found.join("\n"));
    browser.close().await
}
