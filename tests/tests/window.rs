//! An operator's window in the page: opened for who has no phone, for a child, a lost authenticator, a death.

use anxin_tests::browser::Browser;
use anxin_tests::patience::until;
use anxin_tests::product::Server;
use anxin_tests::wallet::{asked, click, log_in, text, there};
use anyhow::{Context as _, Result, ensure};
use serde_json::{Value, json};

// Made-up numbers of the demonstration, of nobody: the area does not exist.
const DAUGHTER: &str = "000000198804050044";
const FATHER: &str = "000000195809120033";
const GRANDMOTHER: &str = "000000193501010077";
const CHILD: &str = "000000201804010088";

async fn at(server: &Server, path: &str, name: &str, wide: u32) -> Result<Browser> {
    let browser = Browser::start(wide, 900).await?;
    log_in(&browser, server, path, name).await?;
    Ok(browser)
}

/// The code of an invitation that the daughter makes.
async fn invited(her: &Browser, to: &str, kin: &str) -> Result<String> {
    let ask = json!({ "kind": "share", "kin": kin, "id_number": to, "consent": true });
    let invited = asked(her, "POST", "/wallet/family/invitations", to, &ask).await?;
    invited.pointer("/body/code").and_then(Value::as_str).map(str::to_owned).context("no code")
}

#[tokio::test]
async fn an_invitation_is_accepted_for_who_has_no_phone_and_for_a_child() -> Result<()> {
    let server = Server::demo()?;
    let her = at(&server, "/wallet/family", "daughter1", 1280).await?;
    let office = at(&server, "/wallet/window", "area1", 1280).await?;
    click(&office, "window-accept-next").await?;
    ensure!(text(&office, "window-number-error").await?.contains("18"));
    let grandmother = invited(&her, GRANDMOTHER, "paternal_grandparent").await?;
    office.type_in("window-code", &grandmother).await?;
    office.type_in("window-number", GRANDMOTHER).await?;
    office.choose("window-document-household_book").await?;
    office.type_in("window-paper", "2026-0117").await?;
    let mut found = office.axe().await?;
    click(&office, "window-accept-next").await?;
    let say = text(&office, "window-accept-say").await?;
    ensure!(say.contains("户口簿") && say.contains("2026-0117") && !say.contains(GRANDMOTHER), "{say}");
    office.picture("window-accept").await?;
    click(&office, "window-accept-confirm").await?;
    office.shown("window-accepted").await?;
    found.extend(office.axe().await?);
    let kept = office.driver.execute("return JSON.stringify(localStorage)", Vec::new()).await?;
    ensure!(!kept.json().to_string().contains(GRANDMOTHER), "the number was written down");

    // A child needs a guardian, which the server says and the page then sends.
    let child = invited(&her, CHILD, "child").await?;
    office.driver.refresh().await?;
    for (field, text) in [("code", child.as_str()), ("number", CHILD), ("paper", "2026-0118")] {
        office.type_in(&format!("window-{field}"), text).await?;
    }
    click(&office, "window-accept-next").await?;
    click(&office, "window-accept-confirm").await?;
    ensure!(office.shown("trouble").await?.attr("data-code").await?.as_deref() == Some("AX9019"));
    office.type_in("window-guardian", DAUGHTER).await?;
    click(&office, "window-accept-next").await?;
    ensure!(text(&office, "window-accept-then").await?.contains("监护人"));
    click(&office, "window-accept-confirm").await?;
    office.shown("window-accepted").await?;
    ensure!(found.is_empty(), "{}", found.join("\n"));
    office.close().await?;
    her.close().await
}

#[tokio::test]
async fn a_lost_authenticator_takes_two_operators_and_its_owner_can_object() -> Result<()> {
    let server = Server::demo()?;
    let her = at(&server, "/wallet/own", "daughter1", 360).await?;
    let (first, second) =
        (at(&server, "/wallet/window", "area1", 1280).await?, at(&server, "/wallet/window", "area2", 360).await?);
    first.shown("no-resets").await?;
    first.type_in("lost-number", DAUGHTER).await?;
    first.type_in("lost-paper", "2026-0119").await?;
    click(&first, "window-lost-next").await?;
    click(&first, "window-lost-confirm").await?;
    first.shown("window-asked").await?;
    click(&first, "window-lost-again").await?;
    there(&first, "[data-testid='reset'][data-state='asked']").await?;
    ensure!(text(&first, "resets").await?.contains("须由他人批准"));
    let mut found = first.axe().await?;
    first.picture("window-lost").await?;

    second.driver.refresh().await?;
    there(&second, "[data-testid='reset'][data-state='asked']").await?;
    ensure!(second.too_wide(360).await?.is_none(), "wider than a phone");
    click(&second, "grant").await?;
    there(&second, "[data-testid='reset'][data-state='waiting']").await?;
    found.extend(second.axe().await?);

    her.driver.refresh().await?;
    there(&her, "[data-testid='reset-open'][data-state='waiting']").await?;
    found.extend(her.axe().await?);
    her.picture("wallet-own-reset").await?;
    click(&her, "reset-object").await?;
    until("what she objected to is closed", async || {
        let standing = asked(&her, "GET", "/wallet/second-factor", "k", &Value::Null).await?;
        Ok(standing.pointer("/body/reset").is_none_or(Value::is_null))
    })
    .await?;
    second.driver.refresh().await?;
    there(&second, "[data-testid='reset'][data-state='objected']").await?;
    ensure!(found.is_empty(), "{}", found.join("\n"));
    first.close().await?;
    second.close().await?;
    her.close().await
}

#[tokio::test]
async fn a_death_ends_what_was_shared() -> Result<()> {
    let server = Server::demo()?;
    let her = at(&server, "/wallet/family", "daughter1", 1280).await?;
    let office = at(&server, "/wallet/window", "area1", 1280).await?;
    office.type_in("death-number", FATHER).await?;
    office.type_in("death-day", "2026-13-01").await?;
    office.type_in("death-paper", "2026-0120").await?;
    click(&office, "window-death-next").await?;
    ensure!(text(&office, "death-day-error").await?.contains("AX1001"));
    office.type_in("death-day", "2025-11-01").await?;
    click(&office, "window-death-next").await?;
    ensure!(text(&office, "window-death-then").await?.contains("共济关系全部解除"));
    office.picture("window-death").await?;
    click(&office, "window-death-confirm").await?;
    ensure!(text(&office, "window-died").await?.contains("1 项"));
    let relations = asked(&her, "GET", "/wallet/family/relations", "k", &Value::Null).await?;
    ensure!(relations["body"]["relations"][0]["why"] == "died", "{relations}");
    let found = office.axe().await?;
    ensure!(found.is_empty(), "{}", found.join("\n"));
    office.close().await?;
    her.close().await
}

/// A name that somebody gave stands in their notices and in the picture of their family, and in nobody else's.
#[tokio::test]
async fn a_name_stands_in_notices_and_in_the_picture() -> Result<()> {
    let server = Server::demo()?;
    let her = at(&server, "/wallet/family", "daughter1", 1280).await?;
    let relations = asked(&her, "GET", "/wallet/family/relations", "k", &Value::Null).await?;
    let relation = relations["body"]["relations"][0]["id"].as_str().context("no relation")?.to_owned();
    let path = format!("/wallet/family/relations/{relation}/nickname");
    asked(&her, "POST", &path, "n", &json!({ "nickname": "老爸" })).await?;
    let his = at(&server, "/wallet/family", "father1", 1280).await?;
    let order = format!("/wallet/family/relations/{relation}/priority");
    asked(&his, "POST", &order, "o", &json!({ "priority": 3 })).await?;
    her.driver.refresh().await?;
    let label = her.shown("family-picture").await?.attr("aria-label").await?.unwrap_or_default();
    ensure!(label.contains("老爸"), "{label}");
    her.driver.goto(server.url("/wallet/notices")).await?;
    there(&her, "[data-kind='order_changed']").await?;
    ensure!(text(&her, "notices").await?.contains("老爸改了先用谁的共济"));
    let label = his.shown("family-picture").await?.attr("aria-label").await?.unwrap_or_default();
    ensure!(!label.contains("老爸"), "{label}");
    his.close().await?;
    her.close().await
}
