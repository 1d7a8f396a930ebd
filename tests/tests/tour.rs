//! The pictures of the tours in `docs/tours`, taken anew by `cargo xtask tour`. Nothing is tested by it that is not tested
//! elsewhere; a step of a tour that cannot be walked fails it.

use std::path::PathBuf;
use std::time::Duration;

use anxin_tests::browser::Browser;
use anxin_tests::node::project;
use anxin_tests::product::Server;
use anxin_tests::table::start;
use anxin_tests::wallet::{click, log_in, there};
use anyhow::{Context as _, Result, ensure};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::json;
use thirtyfour::prelude::By;

const DESK: (u32, u32) = (1100, 820);
const PHONE: (u32, u32) = (390, 780);
/// Of one picture.
const BYTES_MAX: usize = 120 * 1024;

/// Takes what stands below the place where an element begins, as much as fits into the window.
async fn plate(browser: &Browser, css: &str, name: &str) -> Result<()> {
    // What changes from run to run is not in a picture that is committed: the place of the cursor and the wait.
    let script = "const at = document.querySelector(arguments[0]); document.activeElement?.blur();
        window.scrollTo(0, at.getBoundingClientRect().top + window.scrollY - 12);";
    browser.driver.execute(script, vec![json!(css)]).await?;
    tokio::time::sleep(Duration::from_millis(300)).await;
    let asked = json!({ "format": "webp", "quality": 72 });
    let shot = browser.driver.cdp().send_raw("Page.captureScreenshot", asked).await?;
    let bytes = STANDARD.decode(shot["data"].as_str().context("no picture")?)?;
    ensure!(bytes.len() <= BYTES_MAX, "{name} has {} bytes", bytes.len());
    let folder: PathBuf = project().join("docs/images/tours");
    std::fs::create_dir_all(&folder)?;
    Ok(std::fs::write(folder.join(format!("{name}.webp")), bytes)?)
}

async fn out(browser: &Browser) -> Result<()> {
    click(browser, "log-out").await?;
    browser.shown("logged-out").await.map(drop)
}

async fn desk() -> Result<Browser> {
    Browser::start(DESK.0, DESK.1).await
}

async fn phone() -> Result<Browser> {
    Browser::start(PHONE.0, PHONE.1).await
}

async fn begin(browser: &Browser, server: &Server, story: &str) -> Result<()> {
    browser.driver.goto(server.url("/stories")).await?;
    click(browser, &format!("begin-{story}")).await?;
    browser.shown(&format!("begun-{story}")).await.map(drop)
}

#[tokio::test]
#[ignore = "writes pictures; cargo xtask tour"]
async fn resident() -> Result<()> {
    let server = Server::demo()?;
    let browser = phone().await?;
    browser.driver.goto(server.url("/")).await?;
    browser.select("region", "guigang").await?;
    browser.choose("scheme-resident").await?;
    plate(&browser, "main", "resident-1-who").await?;
    browser.choose("level-2").await?;
    browser.day("on", "2026-11-20").await?;
    browser.type_in("nth", "1").await?;
    browser.choose("bill-way-slip").await?;
    for (field, amount) in [("slip-total", "12,000"), ("slip-own", "800"), ("slip-pre", "400")] {
        browser.type_in(field, amount).await?;
    }
    browser.shown("result-psn-part").await?;
    plate(&browser, "[data-testid='result-sentence']", "resident-2-answer").await?;
    plate(&browser, "[data-testid^='step-']", "resident-3-steps").await?;
    log_in(&browser, &server, "/wallet", "worker1").await?;
    there(&browser, "[data-testid='available-all']").await?;
    plate(&browser, "main", "resident-4-wallet").await?;
    browser.driver.goto(server.url("/wallet/code")).await?;
    browser.shown("qr").await?;
    plate(&browser, "main", "resident-5-code").await?;
    browser.close().await
}

#[tokio::test]
#[ignore = "writes pictures; cargo xtask tour"]
async fn family() -> Result<()> {
    let server = Server::demo()?;
    let browser = phone().await?;
    begin(&browser, &server, "stay").await?;
    plate(&browser, "[data-testid='story-stay']", "family-1-story").await?;
    browser.driver.goto(server.url("/family")).await?;
    there(&browser, "main h1").await?;
    plate(&browser, "main", "family-2-question").await?;
    log_in(&browser, &server, "/wallet/family", "chen1").await?;
    there(&browser, "a[href^='/wallet/family/relations/']").await?;
    plate(&browser, "main", "family-3-home").await?;
    browser.driver.find(By::Css("a[href^='/wallet/family/relations/']")).await?.click().await?;
    tokio::time::sleep(Duration::from_secs(1)).await;
    plate(&browser, "main", "family-4-quota").await?;
    browser.driver.goto(server.url("/wallet/family/invite")).await?;
    there(&browser, "main form").await?;
    plate(&browser, "main form", "family-5-invite").await?;
    browser.close().await
}

#[tokio::test]
#[ignore = "writes pictures; cargo xtask tour"]
async fn doctor() -> Result<()> {
    let server = Server::demo()?;
    let browser = desk().await?;
    browser.driver.goto(server.url("/preview")).await?;
    browser.shown("example").await?;
    plate(&browser, "main", "doctor-1-record").await?;
    click(&browser, "example").await?;
    browser.shown("group").await?;
    plate(&browser, "[data-testid='group']", "doctor-2-group").await?;
    plate(&browser, "[data-testid='path']", "doctor-3-why").await?;
    log_in(&browser, &server, "/wallet/prescriptions", "doctor1").await?;
    there(&browser, "main form").await?;
    plate(&browser, "main", "doctor-4-prescription").await?;
    browser.close().await
}

#[tokio::test]
#[ignore = "writes pictures; cargo xtask tour"]
async fn hospital_it() -> Result<()> {
    let server = Server::demo()?;
    let browser = desk().await?;
    browser.driver.goto(server.url("/preview/batch#story")).await?;
    browser.shown("mapping").await?;
    plate(&browser, "[data-testid='mapping']", "hospital-1-columns").await?;
    start(&browser).await?;
    plate(&browser, "[data-testid='batch-done']", "hospital-2-summary").await?;
    plate(&browser, "[data-testid='worklist']", "hospital-3-worklist").await?;
    browser.driver.goto(server.url("/preview/import#story")).await?;
    browser.shown("guess").await?;
    plate(&browser, "[data-testid='guess']", "hospital-4-import").await?;
    log_in(&browser, &server, "/wallet/till", "hospital1").await?;
    browser.type_in("scan", "000000199206180055").await?;
    click(&browser, "read").await?;
    browser.shown("patient").await?;
    for (field, amount) in [("scope", "112"), ("first", "6"), ("own", "8")] {
        browser.type_in(field, amount).await?;
    }
    click(&browser, "presettle").await?;
    browser.shown("due").await?;
    plate(&browser, "[data-testid='checking']", "hospital-5-till").await?;
    browser.close().await
}

#[tokio::test]
#[ignore = "writes pictures; cargo xtask tour"]
async fn operator() -> Result<()> {
    let server = Server::demo()?;
    let browser = desk().await?;
    begin(&browser, &server, "day").await?;
    plate(&browser, "[data-testid='story-day']", "operator-1-story").await?;
    log_in(&browser, &server, "/wallet/clearing", "area1").await?;
    let declared = "[data-testid='batch'][data-state='declared']";
    there(&browser, declared).await?;
    plate(&browser, declared, "operator-2-batch").await?;
    there(&browser, "[data-testid='difference']").await?;
    plate(&browser, "[data-testid='difference']", "operator-3-difference").await?;
    there(&browser, "[data-testid='standings'] li").await?;
    plate(&browser, "[data-testid='standings']", "operator-4-standing").await?;
    browser.driver.goto(server.url("/wallet/window")).await?;
    there(&browser, "main form").await?;
    plate(&browser, "main", "operator-5-window").await?;
    out(&browser).await?;
    browser.close().await
}
