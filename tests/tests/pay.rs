//! A resident and a till side by side: the code is read off the screen by a decoder of somebody else's, the bill is
//! paid, and the resident sees it without doing anything.

mod picture;

use std::time::Duration;

use anxin_tests::browser::Browser;
use anxin_tests::patience::until;
use anxin_tests::product::Server;
use anxin_tests::wallet::{click, log_in, text, there};
use anyhow::{Result, ensure};
use picture::read;
use thirtyfour::prelude::{By, Key};

/// The narrowest phone.
const PHONE: u32 = 360;

/// Waits until the latest order is in a state.
async fn latest(browser: &Browser, state: &str) -> Result<()> {
    let wanted = By::Css(format!("[data-testid='orders'] li:first-child[data-state='{state}']"));
    until(&format!("an order is {state}"), async || Ok(!browser.driver.find_all(wanted.clone()).await?.is_empty()))
        .await
}

#[tokio::test]
async fn a_code_is_shown_read_and_paid() -> Result<()> {
    let server = Server::demo()?;
    let (resident, till) = (Browser::start(PHONE, 800).await?, Browser::start(1280, 900).await?);
    log_in(&resident, &server, "/wallet/code", "worker1").await?;
    log_in(&till, &server, "/wallet/till", "hospital1").await?;
    resident.shown("qr").await?;
    resident.shown("no-orders").await?;
    let mut found = resident.axe().await?;
    found.extend(till.axe().await?);
    ensure!(resident.too_wide(PHONE).await?.is_none(), "wider than a phone");
    let code = read(&resident.picture("pay-code").await?)?;
    ensure!(code.len() == 28 && code.starts_with("424"), "{code}");

    // As a hand scanner types it.
    till.type_in("scan", &code).await?;
    till.press(Key::Enter).await?;
    ensure!(till.shown("patient").await?.text().await?.contains("何*"), "not who it is");
    till.type_in("scope", "112").await?;
    till.type_in("first", "6").await?;
    till.type_in("own", "8").await?;
    found.extend(till.axe().await?);
    till.shown("presettle").await?.click().await?;
    ensure!(till.fen("due").await? == 0, "the own account has enough");
    found.extend(till.axe().await?);
    till.picture("pay-till").await?;
    till.shown("settle").await?.click().await?;
    ensure!(till.shown("receipt").await?.attr("data-state").await?.as_deref() == Some("settled"));
    latest(&resident, "settled").await?;
    let orders = resident.shown("orders").await?.text().await?;
    ensure!(orders.contains("¥120.00") && orders.contains("基金支付 ¥90.10"), "{orders}");
    found.extend(resident.axe().await?);
    resident.picture("pay-orders").await?;

    // A code that was read is of no use to anybody.
    till.shown("next-patient").await?.click().await?;
    till.type_in("scan", &code).await?;
    till.press(Key::Enter).await?;
    ensure!(till.shown("trouble").await?.attr("data-code").await?.as_deref() == Some("AX9033"));
    ensure!(found.is_empty(), "{}", found.join("\n"));
    resident.close().await?;
    till.close().await
}

#[tokio::test]
async fn a_code_goes_when_nobody_looks_and_a_till_gives_part_of_it_back_and_then_all() -> Result<()> {
    let server = Server::demo()?;
    let browser = Browser::start(1280, 900).await?;
    log_in(&browser, &server, "/wallet/code", "worker1").await?;
    browser.shown("qr").await?;
    let hide = "Object.defineProperty(document, 'hidden', { configurable: true, get: () => arguments[0] });
        document.dispatchEvent(new Event('visibilitychange'));";
    let hide = hide.replace("arguments[0]", "window.__hidden");
    browser.driver.execute(&format!("window.__hidden = true; {hide}"), Vec::new()).await?;
    tokio::time::sleep(Duration::from_millis(300)).await;
    let picture = By::Css("[data-testid='qr']");
    ensure!(browser.driver.find_all(picture).await?.is_empty(), "shown to nobody");
    browser.driver.execute(&format!("window.__hidden = false; {hide}"), Vec::new()).await?;
    browser.shown("qr").await?;
    browser.shown("log-out").await?.click().await?;
    browser.shown("logged-out").await?;

    log_in(&browser, &server, "/wallet/till", "hospital1").await?;
    browser.type_in("scan", "000000199206180055").await?;
    browser.shown("read").await?.click().await?;
    browser.shown("patient").await?;
    browser.type_in("own", "50").await?;
    browser.shown("presettle").await?.click().await?;
    browser.shown("settle").await?.click().await?;
    // Part of it first: who gets what back is said before it is done.
    browser.shown("refund-next").await?.click().await?;
    browser.shown("refund-amount-error").await?;
    browser.type_in("refund-amount", "20").await?;
    browser.type_in("refund-reason", "少做一项检查").await?;
    browser.shown("refund-next").await?.click().await?;
    ensure!(browser.shown("till-refund-say").await?.text().await?.contains("少做一项检查"));
    let then = browser.shown("till-refund-then").await?.text().await?;
    ensure!(then.contains("¥20.00"), "{then}");
    let found = browser.axe().await?;
    ensure!(found.is_empty(), "{}", found.join("\n"));
    browser.shown("till-refund-confirm").await?.click().await?;
    receipt(&browser, "part_refunded").await?;
    ensure!(browser.shown("refund-done").await?.text().await?.contains("¥20.00"));

    // Then what is left, which is no more than that.
    browser.shown("refund-another").await?.click().await?;
    browser.type_in("refund-amount", "30.01").await?;
    browser.type_in("refund-reason", "x").await?;
    browser.shown("refund-next").await?.click().await?;
    browser.shown("refund-amount-error").await?;
    browser.shown("refund-all").await?.click().await?;
    browser.shown("till-refund-confirm").await?.click().await?;
    receipt(&browser, "refunded").await?;
    browser.close().await
}

/// Of a demonstration's two made-up drugs.
const DRUG: &str = "XDEMO00000000000000001";
const PACKS: [&str; 2] = ["81234567890123456011", "81234567890123456012"];

/// Sells packs of a drug to who shows their card, as far as the presettlement.
async fn sells(till: &Browser, packs: &[&str]) -> Result<()> {
    till.type_in("scan", "000000199206180055").await?;
    till.shown("read").await?.click().await?;
    till.shown("patient").await?;
    let whole = (packs.len() * 30).to_string();
    till.type_in("own", &whole).await?;
    till.type_in("drug", DRUG).await?;
    till.type_in("drug-amount", "30").await?;
    till.choose("drug-own").await?;
    for pack in packs {
        till.type_in("drug-pack", pack).await?;
        click(till, "add-drug").await?;
    }
    click(till, "presettle").await
}

#[tokio::test]
async fn a_till_says_which_packs_come_back_and_they_are_not_sold_again() -> Result<()> {
    let server = Server::demo()?;
    let till = Browser::start(PHONE, 900).await?;
    log_in(&till, &server, "/wallet/till", "hospital1").await?;
    sells(&till, &PACKS).await?;
    click(&till, "settle").await?;
    receipt(&till, "settled").await?;
    till.type_in("refund-amount", "30").await?;
    till.type_in("refund-reason", "退回一盒").await?;
    ensure!(text(&till, "refund-packs").await?.contains(PACKS[0]));
    till.choose("refund-pack-1").await?;
    ensure!(till.too_wide(PHONE).await?.is_none(), "wider than a phone");
    let mut found = till.axe().await?;
    click(&till, "refund-next").await?;
    let then = text(&till, "till-refund-then").await?;
    ensure!(then.contains("待核") && then.contains(PACKS[1]) && !then.contains(PACKS[0]), "{then}");
    found.extend(till.axe().await?);
    click(&till, "till-refund-confirm").await?;
    receipt(&till, "part_refunded").await?;

    // What came back is named and cannot come back again; the rest of the order takes the other pack with it.
    click(&till, "refund-another").await?;
    let held = text(&till, "pack-held").await?;
    ensure!(held.contains(PACKS[1]), "{held}");
    ensure!(till.driver.find_all(By::Css("#refund-pack-1")).await?.is_empty(), "offered again");
    click(&till, "refund-all").await?;
    let then = text(&till, "till-refund-then").await?;
    ensure!(then.contains(PACKS[0]) && !then.contains(PACKS[1]), "{then}");

    click(&till, "next-patient").await?;
    sells(&till, &PACKS[1..]).await?;
    there(&till, "[data-testid='trouble'][data-code='AX9061']").await?;
    ensure!(found.is_empty(), "{}", found.join("\n"));
    till.close().await
}

/// Waits until the receipt says so.
async fn receipt(browser: &Browser, state: &str) -> Result<()> {
    there(browser, &format!("[data-testid='receipt'][data-state='{state}']")).await
}
