//! The wallet's pages in a real Chromium, against a server with the books of a demonstration.

use anxin_tests::browser::Browser;
use anxin_tests::patience::{PATIENCE, found, until};
use anxin_tests::product::Server;
use anxin_tests::wallet::{PASSWORD, asked, gone, log_in, log_in_here};
use anyhow::{Context as _, Result, ensure};
use serde_json::{Value, json};
use std::time::Duration;
use thirtyfour::prelude::{By, ElementQueryable as _, Key};

async fn own_number(browser: &Browser) -> Result<String> {
    browser.shown("my-number").await?.attr("data-number").await?.context("no number")
}

async fn accounts(browser: &Browser) -> Result<Vec<Value>> {
    let found = asked(browser, "GET", "/wallet/accounts", "k", &Value::Null).await?;
    Ok(found["body"]["accounts"].as_array().cloned().unwrap_or_default())
}

async fn available(browser: &Browser, kind: &str) -> Result<i64> {
    let accounts = accounts(browser).await?;
    let account = accounts.iter().find(|a| a["kind"] == kind).with_context(|| format!("no {kind}"))?;
    account["available_fen"].as_i64().context("no amount")
}

#[tokio::test]
async fn whoever_logs_in_sees_their_own_and_leaves_nothing_behind() -> Result<()> {
    let server = Server::demo()?;
    let browser = Browser::start(1280, 900).await?;
    browser.driver.goto(server.url("/")).await?;
    browser.driver.query(By::Css("nav a[href='/wallet']")).first().await?.click().await?;
    ensure!(browser.shown("demo-only").await?.text().await?.contains("演示"), "not labelled");
    let mut found = browser.axe().await?;
    browser.picture("wallet-login").await?;
    browser.type_in("login-name", "resident1").await?;
    browser.type_in("login-password", "wrong").await?;
    browser.shown("log-in").await?.click().await?;
    ensure!(browser.shown("trouble").await?.attr("data-code").await?.as_deref() == Some("AX9017"));
    log_in_here(&browser, "resident1").await?;
    ensure!(browser.fen("available-all").await? == 300_000);
    ensure!(browser.fen("available-personal").await? == 250_000 && browser.fen("available-wallet").await? == 50_000);
    ensure!(browser.fen("held-wallet").await? == 0);
    browser.shown("moves").await?;
    found.extend(browser.axe().await?);
    browser.picture("wallet-home").await?;
    // A new document is the same session.
    browser.driver.refresh().await?;
    ensure!(browser.shown("who").await?.text().await?.contains("resident1"));
    browser.shown("log-out").await?.click().await?;
    browser.shown("logged-out").await?;
    let refused = asked(&browser, "GET", "/wallet/accounts", "k", &Value::Null).await?;
    ensure!(refused["status"] == 401, "{refused}");
    log_in_here(&browser, "area1").await?;
    browser.shown("not-yours").await?;
    ensure!(found.is_empty(), "{}", found.join("\n"));
    browser.close().await
}

/// A top-up of so much, up to what is to be confirmed.
async fn fill(browser: &Browser, amount: &str) -> Result<()> {
    browser.type_in("amount", amount).await?;
    browser.shown("next").await?.click().await?;
    Ok(())
}

#[tokio::test]
async fn a_session_that_ends_does_not_take_what_was_typed() -> Result<()> {
    let server = Server::demo()?;
    let browser = Browser::start(1280, 900).await?;
    log_in(&browser, &server, "/wallet/send", "resident1").await?;
    // Without its access token alone, the page goes on by itself.
    let cookie = json!({ "name": "anxin_access", "url": server.url("/api/v1/wallet/accounts") });
    browser.driver.cdp().send_raw("Network.deleteCookies", cookie).await?;
    fill(&browser, "12.50").await?;
    browser.shown("confirm").await?.click().await?;
    ensure!(browser.fen("left").await? == 248_750, "not renewed");
    browser.shown("another").await?.click().await?;
    fill(&browser, "20").await?;
    browser.shown("confirm-say").await?;
    browser.driver.cdp().send_raw("Network.clearBrowserCookies", json!({})).await?;
    browser.shown("confirm").await?.click().await?;
    browser.shown("expired").await?;
    let hidden = browser.shown("confirm-say").await?.is_displayed().await?;
    ensure!(!hidden, "what is somebody's own is seen after their session ended");
    let found = browser.axe().await?;
    browser.picture("wallet-expired").await?;
    log_in_here(&browser, "resident1").await?;
    ensure!(browser.shown("confirm-say").await?.text().await?.contains("¥20.00"), "typed in vain");
    browser.shown("confirm").await?.click().await?;
    ensure!(browser.fen("left").await? == 246_750);
    ensure!(found.is_empty(), "{}", found.join("\n"));
    browser.close().await
}

#[tokio::test]
async fn a_transfer_is_paid_once_whatever_happens_on_the_way() -> Result<()> {
    let server = Server::demo()?;
    let browser = Browser::start(1280, 900).await?;
    log_in(&browser, &server, "/wallet/send", "resident1").await?;
    fill(&browser, "2600").await?;
    ensure!(browser.shown("amount-error").await?.text().await?.contains("AX3070"));
    let mut found = browser.axe().await?;
    fill(&browser, "１００").await?;
    let then = browser.shown("then").await?.text().await?;
    ensure!(then.contains("由 ¥2,500.00 变为 ¥2,400.00") && then.contains("只会扣款一次"), "{then}");
    found.extend(browser.axe().await?);
    browser.picture("wallet-confirm").await?;
    // Two taps before the page has drawn anything.
    let taps = "const b = document.querySelector('[data-testid=confirm]'); b.click(); b.click();";
    browser.driver.execute(taps, Vec::new()).await?;
    ensure!(browser.fen("left").await? == 240_000);
    tokio::time::sleep(Duration::from_millis(500)).await;
    ensure!(available(&browser, "wallet").await? == 60_000, "paid twice");
    found.extend(browser.axe().await?);
    browser.picture("wallet-done").await?;

    browser.shown("another").await?.click().await?;
    fill(&browser, "50").await?;
    // The request arrives and its answer is lost.
    let lose = "const ask = window.fetch; window.fetch = async (...a) => {
        const post = a[0]?.method === 'POST' || a[1]?.method === 'POST';
        const answer = await ask(...a); if (post) { window.fetch = ask; throw new TypeError('lost'); } return answer; };";
    browser.driver.execute(lose, Vec::new()).await?;
    browser.shown("confirm").await?.click().await?;
    browser.shown("unclear").await?;
    found.extend(browser.axe().await?);
    browser.picture("wallet-unclear").await?;
    ensure!(available(&browser, "wallet").await? == 65_000);
    // Whoever closes the window finds it again.
    browser.driver.refresh().await?;
    browser.shown("ask-result").await?.click().await?;
    ensure!(browser.fen("left").await? == 235_000);
    ensure!(available(&browser, "wallet").await? == 65_000, "paid twice");
    ensure!(found.is_empty(), "{}", found.join("\n"));
    browser.close().await
}

#[tokio::test]
async fn what_the_books_refuse_is_shown_with_its_code() -> Result<()> {
    // More than a day without codes allows.
    let server = Server::demo_where("ANXIN_SECOND_FACTOR_DAY_FEN", "1000000")?;
    let browser = Browser::start(1280, 900).await?;
    log_in(&browser, &server, "/wallet/send", "resident1").await?;
    fill(&browser, "900").await?;
    browser.shown("confirm").await?;
    // What was there when it was checked is spent elsewhere meanwhile.
    for key in ["morning", "noon"] {
        top_up(&browser, key, 90_000).await?;
    }
    browser.shown("confirm").await?.click().await?;
    let trouble = browser.shown("trouble").await?;
    ensure!(trouble.attr("data-code").await?.as_deref() == Some("AX3070"), "{}", trouble.text().await?);
    ensure!(browser.field("amount").await?.value().await?.as_deref() == Some("900"), "typed in vain");
    ensure!(available(&browser, "wallet").await? == 230_000);
    let found = browser.axe().await?;
    ensure!(found.is_empty(), "{}", found.join("\n"));
    browser.close().await
}

async fn top_up(browser: &Browser, key: &str, fen: i64) -> Result<()> {
    let accounts = accounts(browser).await?;
    let id = |kind: &str| accounts.iter().find(|a| a["kind"] == kind).map(|a| a["id"].clone());
    let legs = json!([{ "from": id("personal"), "to": id("wallet"), "amount_fen": fen }]);
    let ask = json!({ "purpose": "top_up", "legs": legs });
    let done = asked(browser, "POST", "/wallet/transfers", key, &ask).await?;
    ensure!(done["status"] == 201, "{done}");
    Ok(())
}

/// Moves so many fen, one after the other, into the wallet and once back.
async fn busy_day(browser: &Browser, count: i64) -> Result<()> {
    let accounts = accounts(browser).await?;
    let id = |kind: &str| accounts.iter().find(|a| a["kind"] == kind).map(|a| a["id"].clone());
    let (personal, wallet) = (id("personal").context("none")?, id("wallet").context("none")?);
    for n in 1..=count {
        let (purpose, from, to) =
            if n == 1 { ("wallet_return", &wallet, &personal) } else { ("top_up", &personal, &wallet) };
        let ask = json!({ "purpose": purpose, "legs": [{ "from": from, "to": to, "amount_fen": n * 100 }] });
        let done = asked(browser, "POST", "/wallet/transfers", &format!("day-{n}"), &ask).await?;
        ensure!(done["status"] == 201, "{done}");
    }
    Ok(())
}

async fn counted(browser: &Browser, count: &str) -> Result<()> {
    let by = By::Css(format!("[data-testid='count'][data-count='{count}']"));
    let found = browser.driver.query(by).wait(PATIENCE, Duration::from_millis(50)).first().await;
    found.map(|_| ()).with_context(|| format!("never {count} lines"))
}

#[tokio::test]
async fn history_is_found_saved_and_printed() -> Result<()> {
    let server = Server::demo()?;
    let browser = Browser::start(1280, 900).await?;
    let folder = tempfile::tempdir()?;
    browser.download_to(folder.path()).await?;
    log_in(&browser, &server, "/wallet", "resident1").await?;
    busy_day(&browser, 25).await?;
    let wallet = own_number(&browser).await?;
    browser.driver.goto(server.url("/wallet/history")).await?;
    browser.select("account", &wallet).await?;
    // The account's opening, the first top-up, and the day's.
    counted(&browser, "27").await?;
    ensure!(browser.shown("page").await?.text().await?.contains("共 2 页"));
    let mut found = browser.axe().await?;
    browser.picture("wallet-history").await?;
    browser.shown("page-after").await?.click().await?;
    ensure!(browser.driver.find_all(By::Css("[data-testid='moves'] li")).await?.len() == 7);
    browser.select("direction", "out").await?;
    counted(&browser, "1").await?;
    browser.select("direction", "in").await?;
    counted(&browser, "25").await?;
    browser.select("direction", "all").await?;
    browser.select("purpose", "wallet_return").await?;
    counted(&browser, "1").await?;
    browser.select("purpose", "all").await?;
    browser.day("to", "2020-01-01").await?;
    counted(&browser, "0").await?;
    browser.day("to", "").await?;
    browser.select("direction", "in").await?;
    counted(&browser, "25").await?;

    browser.shown("csv").await?.click().await?;
    let file = folder.path().join("anxin-statement.csv");
    until("the file is there", async || Ok(file.exists())).await?;
    let table = std::fs::read_to_string(&file)?;
    let rows: Vec<&str> = table.trim_start_matches('\u{feff}').trim_end().split("\r\n").collect();
    ensure!(rows.len() == 26 && rows[0].starts_with("流水号,时间,事项"), "{table}");
    ensure!(rows.iter().any(|row| row.contains("转入医保钱包,,25.00,0.00,")), "{table}");

    browser.medium("print").await?;
    let paper = browser.shown("paper").await?;
    ensure!(paper.is_displayed().await? && paper.find_all(By::Css("tbody tr")).await?.len() == 25, "not on paper");
    ensure!(!browser.shown("csv").await?.is_displayed().await?, "a button is on paper");
    let printed = json!({ "paperWidth": 8.27, "paperHeight": 11.69 });
    let printed = browser.driver.cdp().send_raw("Page.printToPDF", printed).await?;
    ensure!(printed["data"].as_str().is_some_and(|data| data.len() > 1_000), "no PDF");
    browser.picture("wallet-statement-print").await?;
    browser.medium("").await?;
    found.extend(browser.axe().await?);
    ensure!(found.is_empty(), "{}", found.join("\n"));
    browser.close().await
}

async fn valid(browser: &Browser, expect: bool) -> Result<()> {
    let by = By::Css(format!("[data-testid='proof'][data-valid='{expect}']"));
    let found = browser.driver.query(by).wait(PATIENCE, Duration::from_millis(50)).first().await;
    found.map(|_| ()).with_context(|| format!("the proof is never shown as {expect}"))
}

/// As if it had been pasted.
async fn paste(browser: &Browser, text: &str) -> Result<()> {
    let field = browser.field("check").await?;
    let script = "const set = Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value').set;
        set.call(arguments[0], arguments[1]);
        arguments[0].dispatchEvent(new InputEvent('input', { bubbles: true }));";
    browser.driver.execute(script, vec![field.to_json()?, json!(text)]).await?;
    Ok(())
}

/// A receipt once its root is signed, which the demonstration does each second.
async fn signed_receipt(browser: &Browser, id: &str) -> Result<Value> {
    found("the receipt's root is signed", async || {
        let answer = asked(browser, "GET", &format!("/wallet/transfers/{id}/receipt"), "k", &Value::Null).await?;
        Ok((!answer["body"]["signed"].is_null()).then(|| answer["body"].clone()))
    })
    .await
}

#[tokio::test]
async fn a_receipt_is_proven_in_the_page_and_a_touched_one_is_not() -> Result<()> {
    let server = Server::demo()?;
    let browser = Browser::start(1280, 900).await?;
    log_in(&browser, &server, "/wallet", "resident1").await?;
    busy_day(&browser, 3).await?;
    browser.driver.goto(server.url("/wallet/history")).await?;
    browser.driver.query(By::Css("[data-testid='moves'] a")).first().await?.click().await?;
    valid(&browser, true).await?;
    ensure!(browser.fen("receipt-amount").await? == 300);
    let mut found = browser.axe().await?;
    browser.picture("wallet-receipt").await?;
    let address = browser.driver.current_url().await?;
    let id = address.path().rsplit('/').next().context("no id")?.to_owned();
    let receipt = signed_receipt(&browser, &id).await?;

    // Somebody else checks it, and is nobody to this server.
    let other = Browser::start(360, 780).await?;
    other.driver.goto(server.url("/wallet/check")).await?;
    paste(&other, &receipt.to_string()).await?;
    valid(&other, true).await?;
    let key = receipt["signed"]["key"].as_str().context("no key")?;
    ensure!(other.shown("signer").await?.text().await?.contains(key), "who signed it");
    let size = receipt["size"].as_u64().context("no size")?;
    let mut line = receipt["line"].as_str().context("no line")?.to_owned();
    let last = if line.ends_with('0') { "1" } else { "0" };
    line.replace_range(line.len() - 1.., last);
    let changes = [
        ("line", json!(line)),
        ("entry", json!(0)),
        ("root", json!("00".repeat(32))),
        ("size", json!(size + 1)),
        ("transfer", json!("0".repeat(32))),
    ];
    for (field, value) in changes {
        let mut touched = receipt.clone();
        touched[field] = value;
        paste(&other, &touched.to_string()).await?;
        valid(&other, false).await.with_context(|| field.to_owned())?;
    }
    ensure!(other.too_wide(360).await?.is_none(), "the page scrolls sideways");
    found.extend(other.axe().await?);
    other.picture("wallet-check-phone").await?;
    paste(&other, "{}").await?;
    other.shown("not-receipt").await?;
    found.extend(other.axe().await?);
    other.close().await?;
    ensure!(found.is_empty(), "{}", found.join("\n"));
    browser.close().await
}

#[tokio::test]
async fn a_phone_shows_every_page_in_both_languages_and_looks() -> Result<()> {
    let server = Server::demo()?;
    let browser = Browser::start(360, 780).await?;
    let mut found = Vec::new();
    log_in(&browser, &server, "/wallet", "resident1").await?;
    busy_day(&browser, 2).await?;
    for look in ["plain", "theme", "large", "language"] {
        match look {
            "plain" => {}
            "theme" => browser.select("theme", "dark").await?,
            other => browser.shown(other).await?.click().await?,
        }
        for (path, there) in [("", "available-all"), ("/history", "count"), ("/send", "next"), ("/check", "check")] {
            browser.driver.goto(server.url(&format!("/wallet{path}"))).await?;
            browser.shown(there).await?;
            if path.is_empty() || path == "/history" {
                browser.shown("moves").await?;
            }
            if let Some(wide) = browser.too_wide(360).await? {
                found.push(format!("{look} {path}: {wide} pixels wide"));
            }
            found.extend(browser.axe().await?.into_iter().map(|f| format!("{look} {path}: {f}")));
            browser.picture(&format!("wallet-phone{}-{look}", path.replace('/', "-"))).await?;
        }
    }
    ensure!(found.is_empty(), "{}", found.join("\n"));
    browser.close().await
}

#[tokio::test]
async fn the_keyboard_alone_is_enough_for_a_transfer() -> Result<()> {
    let server = Server::demo()?;
    let browser = Browser::start(1280, 900).await?;
    browser.driver.goto(server.url("/wallet/send")).await?;
    browser.field("login-name").await?;
    browser.tab_to("login-name").await?;
    browser.press("resident1").await?;
    browser.tab_to("login-password").await?;
    browser.press(PASSWORD).await?;
    browser.press(Key::Enter).await?;
    gone(&browser, "login").await?;
    browser.field("amount").await?;
    browser.tab_to("amount").await?;
    browser.press("5").await?;
    browser.press(Key::Enter).await?;
    browser.shown("confirm").await?;
    // The next step has the focus; its first button is the next stop.
    browser.press(Key::Tab).await?;
    let at = browser.driver.active_element().await?.attr("data-testid").await?;
    ensure!(at.as_deref() == Some("confirm"), "the focus is on {at:?}");
    browser.press(Key::Enter).await?;
    ensure!(browser.fen("left").await? == 249_500);
    browser.close().await
}
