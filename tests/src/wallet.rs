//! What every test of the wallet's pages does: log in, press, wait, and ask the server as the page would.

use std::time::Duration;

use anyhow::{Context as _, Result};
use serde_json::{Value, json};
use thirtyfour::prelude::{By, ElementQueryable as _};

use crate::browser::Browser;
use crate::patience::{PATIENCE, until};
use crate::product::Server;

/// Of everybody in the demonstration.
pub const PASSWORD: &str = "anxin-demo";

pub async fn log_in(browser: &Browser, server: &Server, path: &str, name: &str) -> Result<()> {
    browser.driver.goto(server.url(path)).await?;
    log_in_here(browser, name).await
}

/// Logs in where the page asks for it, and waits until it says who is there.
pub async fn log_in_here(browser: &Browser, name: &str) -> Result<()> {
    browser.type_in("login-name", name).await?;
    browser.type_in("login-password", PASSWORD).await?;
    click(browser, "log-in").await?;
    gone(browser, "login").await?;
    browser.shown("who").await.map(drop)
}

/// Waits until nothing shows this any more.
pub async fn gone(browser: &Browser, id: &str) -> Result<()> {
    let by = By::Css(format!("[data-testid='{id}']"));
    until(&format!("{id} is gone"), async || Ok(browser.driver.find_all(by.clone()).await?.is_empty())).await
}

pub async fn click(browser: &Browser, id: &str) -> Result<()> {
    let element = browser.shown(id).await?;
    element.scroll_into_view().await?;
    element.click().await?;
    Ok(())
}

/// Clicks what stays where it is: parts of a page that are read later push down what stands below them.
pub async fn click_at_rest(browser: &Browser, css: &str) -> Result<()> {
    let element = browser.driver.find(By::Css(css)).await?;
    until(&format!("{css} is at rest"), async || {
        element.scroll_into_view().await?;
        let before = element.rect().await?;
        tokio::time::sleep(Duration::from_millis(200)).await;
        let after = element.rect().await?;
        Ok((before.x, before.y) == (after.x, after.y))
    })
    .await?;
    Ok(element.click().await?)
}

/// Waits for an element with these attributes.
pub async fn there(browser: &Browser, css: &str) -> Result<()> {
    let found = browser.driver.query(By::Css(css)).wait(PATIENCE, Duration::from_millis(50)).first().await;
    found.map(|_| ()).with_context(|| format!("never there: {css}"))
}

pub async fn text(browser: &Browser, id: &str) -> Result<String> {
    Ok(browser.shown(id).await?.text().await?)
}

/// A request as this page would send it, and the body of its answer.
pub async fn asked(browser: &Browser, method: &str, path: &str, key: &str, body: &Value) -> Result<Value> {
    let script = "const [method, path, key, body, done] = arguments;
        const session = JSON.parse(localStorage.getItem('anxin.wallet.session') ?? '{}');
        const headers = { 'X-CSRF-Token': session.csrf ?? '', 'Idempotency-Key': key, 'Content-Type': 'application/json' };
        fetch(`/api/v1${path}`, { method, headers, body: method === 'GET' ? undefined : JSON.stringify(body) })
            .then(async (r) => done({ status: r.status, body: await r.json() }));";
    let words = vec![json!(method), json!(path), json!(key), body.clone()];
    Ok(browser.driver.execute_async(script, words).await?.convert()?)
}
