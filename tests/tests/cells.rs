//! Three areas side by side, and the page on which an operator sees what is owed between them.

use anxin_tests::browser::Browser;
use anxin_tests::product::{AREA_OF_HOSPITAL, Server};
use anxin_tests::wallet::{asked, click, gone, log_in, text, there};
use anyhow::{Context as _, Result, ensure};
use serde_json::{Value, json};
use thirtyfour::prelude::Key;

/// Today in China.
fn today() -> Result<String> {
    let told = std::process::Command::new("date").env("TZ", "Asia/Shanghai").arg("+%F").output()?;
    Ok(String::from_utf8(told.stdout)?.trim().to_owned())
}

async fn done(browser: &Browser, path: &str, key: &str, body: &Value) -> Result<Value> {
    let answer = asked(browser, "POST", path, key, body).await?;
    ensure!(answer["status"].as_i64().is_some_and(|status| status < 300), "{path}: {answer}");
    Ok(answer["body"].clone())
}

/// The father's stay at the hospital, which relatives of two other areas pay for.
async fn settled(father: &Browser, till: &Browser) -> Result<Value> {
    for attempt in 0..60 {
        let key = |what: &str| format!("{what}-{attempt}");
        let code = done(father, "/wallet/codes", &key("code"), &json!({})).await?["code"].clone();
        let reading = json!({ "cert": "01", "value": code, "business": "01301", "device": "till-1" });
        let token = done(till, "/pay/decode", &key("read"), &reading).await?["token"].clone();
        let place = json!({ "area": "in_province", "filing": "long_term" });
        let bill = json!({ "split": { "total_fen": 600_000 } });
        let stay = json!({ "level": "3_city", "discharged": today()?, "place": place, "bill": bill });
        let visit = json!({ "inpatient": stay });
        let mut ask = json!({ "token": token, "device": "till-1", "visit": visit, "use_accounts": true });
        let pre = done(till, "/pay/presettle", &key("pre"), &ask).await?;
        let parts = pre["parts"].as_array().context("no parts")?;
        // The areas tell each other of their people as they come up.
        if parts.iter().filter(|part| part["area"].is_string()).count() == 2 {
            (ask["figures"], ask["cash"]) = (pre["figures"].clone(), json!({ "means": "cash" }));
            return done(till, "/pay/settle", "settle", &ask).await;
        }
        tokio::time::sleep(std::time::Duration::from_millis(500)).await;
    }
    anyhow::bail!("the areas never heard of each other")
}

/// A line for each area that ends where the position does; the same in words, for who opens them by keys.
async fn day_is_drawn(office: &Browser) -> Result<()> {
    let drawn = office.shown("course").await?;
    let label = drawn.attr("aria-label").await?.unwrap_or_default();
    ensure!(label.contains("440100 应收 ¥2,000.00") && label.contains("450800 应收 ¥500.00"), "{label}");
    office.tab_to("course-open").await?;
    office.press(Key::Enter).await?;
    let words = text(office, "course-words").await?;
    ensure!(words.contains("440100 应收 ¥2,000.00；450800 应收 ¥500.00"), "{words}");
    click(office, "compare").await?;
    for area in ["440100", "450800"] {
        there(office, &format!("[data-compared-area='{area}'][data-compared='1'][data-differences='0']")).await?;
    }
    gone(office, "compare").await
}

/// What is agreed with an area stands beside it.
async fn terms_are_shown(office: &Browser) -> Result<()> {
    gone(office, "terms").await?;
    let terms = json!({ "open": true, "cap_fen": 500_000_000, "floor_fen": 10_000, "over": "alarm" });
    done(office, "/wallet/cells/areas/440100/terms", "terms", &terms).await?;
    click(office, "refresh").await?;
    let shown = text(office, "terms").await?;
    ensure!(shown.contains("¥5,000,000.00") && shown.contains("¥100.00"), "{shown}");
    Ok(())
}

#[tokio::test]
async fn an_operator_sees_what_other_areas_owe_and_closes_the_window() -> Result<()> {
    let server = Server::areas(AREA_OF_HOSPITAL)?;
    let (father, till) = (Browser::start(360, 780).await?, Browser::start(1280, 900).await?);
    log_in(&father, &server, "/wallet/code", "father1").await?;
    log_in(&till, &server, "/wallet/till", "hospital1").await?;
    let office = Browser::start(360, 780).await?;
    log_in(&office, &server, "/wallet/cells", "area1").await?;
    there(&office, "[data-peer='440100'][data-fen='0']").await?;
    ensure!(text(&office, "here").await?.contains("450100"));
    office.shown("no-alarms").await?;
    let order = settled(&father, &till).await?;
    ensure!(order["state"] == "settled", "{order}");
    father.close().await?;
    till.close().await?;
    click(&office, "refresh").await?;
    // What the daughter's area owes for her, and the brother's for him.
    there(&office, "[data-peer='440100'][data-fen='-200000']").await?;
    there(&office, "[data-peer='450800'][data-fen='-50000']").await?;
    office.shown("positions").await?;
    ensure!(text(&office, "windows").await?.contains("¥2,000.00"));
    let mut found = office.axe().await?;
    office.picture("wallet-cells").await?;
    day_is_drawn(&office).await?;
    terms_are_shown(&office).await?;
    click(&office, "close-window").await?;
    there(&office, "[data-window='1'][data-state='closing']").await?;
    ensure!(text(&office, "here").await?.contains('2'), "claims go to the next one");
    for look in ["plain", "theme", "large", "language"] {
        match look {
            "plain" => {}
            "theme" => office.select("theme", "dark").await?,
            other => office.shown(other).await?.click().await?,
        }
        if let Some(wide) = office.too_wide(360).await? {
            found.push(format!("{look}: {wide} pixels wide"));
        }
        found.extend(office.axe().await?.into_iter().map(|f| format!("{look}: {f}")));
        office.picture(&format!("wallet-cells-{look}")).await?;
    }
    ensure!(found.is_empty(), "{}", found.join("\n"));
    office.close().await
}
