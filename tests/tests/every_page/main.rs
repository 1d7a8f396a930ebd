//! Every page that there is, by the router's own list: in both languages and themes nothing is found by axe, nothing
//! scrolls sideways on the narrowest phone, nothing is left untranslated, and money and days are written as they are here.

use std::collections::BTreeSet;
use std::time::Duration;

use anxin_tests::browser::Browser;
use anxin_tests::node::project;
use anxin_tests::patience::{PATIENCE, until};
use anxin_tests::product::Server;
use anxin_tests::wallet::{asked, click, log_in};
use anyhow::{Context as _, Result, ensure};
use serde_json::{Value, json};
use thirtyfour::prelude::{By, ElementQueryable as _};

/// Where the page's addresses are: a page that is new is in here, or nobody can open it.
const ROUTER: &str = include_str!("../../../web-app/src/app.rs");
const WORDS: &str = include_str!("look.js");
const PHONE: u32 = 360;
/// Themes and languages, each one button away from the one before. After the last it is as at first.
const LOOKS: [(&str, &str); 4] = [("zh", "light"), ("zh", "dark"), ("en", "dark"), ("en", "light")];

fn addresses() -> Vec<&'static str> {
    let after = ROUTER.split("#[at(\"").skip(1);
    after.filter_map(|rest| rest.split_once("\")]").map(|(address, _)| address)).collect()
}

/// Who opens a page; `None` where nobody has to be logged in.
fn who(address: &str) -> Option<&'static str> {
    match address {
        "/wallet/till" | "/wallet/day" => Some("hospital1"),
        "/wallet/reviews" => Some("pharmacist1"),
        "/wallet/prescriptions" => Some("doctor1"),
        "/wallet/clearing" | "/wallet/cells" | "/wallet/window" => Some("area1"),
        "/wallet/check" => None,
        _ => address.starts_with("/wallet").then_some("daughter1"),
    }
}

/// An address with somebody's own things in it.
async fn filled(browser: &Browser, address: &str) -> Result<String> {
    let one = async |path: &str, list: &str| {
        let answer = asked(browser, "GET", path, "", &Value::Null).await?;
        let id = answer.pointer(&format!("/body/{list}/0/id")).and_then(Value::as_str);
        id.map(str::to_owned).with_context(|| format!("nothing in {path}: {answer}"))
    };
    let mut address = address.to_owned();
    if address.contains(":relation") {
        address = address.replace(":relation", &one("/wallet/family/relations", "relations").await?);
    }
    if address.contains(":transfer") {
        address = address.replace(":transfer", &moved(browser).await?);
    }
    ensure!(!address.contains(':'), "nobody said what to put into {address}");
    Ok(address)
}

/// A transfer between two accounts of whoever is logged in.
async fn moved(browser: &Browser) -> Result<String> {
    let accounts = asked(browser, "GET", "/wallet/accounts", "", &Value::Null).await?;
    let accounts = accounts.pointer("/body/accounts").and_then(Value::as_array).context("no accounts")?;
    let of = |kind: &str| accounts.iter().find(|account| account["kind"] == kind).map(|account| account["id"].clone());
    let (from, to) = of("personal").zip(of("wallet")).context("no two accounts")?;
    let ask = json!({ "purpose": "top_up", "legs": [{ "from": from, "to": to, "amount_fen": 1_250 }] });
    let done = asked(browser, "POST", "/wallet/transfers", "every-page", &ask).await?;
    done.pointer("/body/transfer")
        .and_then(Value::as_str)
        .map(str::to_owned)
        .with_context(|| format!("not moved: {done}"))
}

/// Waits until a page shows what it is about and nothing on it is still coming.
async fn settled(browser: &Browser) -> Result<()> {
    let heading = By::Css("main h1");
    browser.driver.query(heading).wait(PATIENCE, Duration::from_millis(50)).first().await?;
    let quiet = "return document.querySelectorAll('.loading').length";
    until("nothing is coming", async || {
        let coming: u32 = browser.driver.execute(quiet, Vec::new()).await?.convert()?;
        Ok(coming == 0)
    })
    .await?;
    // What is drawn next is drawn by then.
    tokio::time::sleep(Duration::from_millis(150)).await;
    Ok(())
}

/// What is wrong with a page as it is now, its words by the rules of each of these languages.
async fn faults(browser: &Browser, langs: &[&str]) -> Result<Vec<String>> {
    let mut found = browser.axe().await?;
    found.extend(browser.too_wide(PHONE).await?.map(|wide| format!("{wide} pixels wide")));
    for lang in langs {
        let words: Vec<String> = browser.driver.execute(WORDS, vec![json!(lang)]).await?.convert()?;
        found.extend(words);
    }
    Ok(found)
}

async fn looks(browser: &Browser, address: &str) -> Result<Vec<String>> {
    let mut found = Vec::new();
    for (lang, theme) in LOOKS {
        browser.select("theme", theme).await?;
        let now: String =
            browser.driver.execute("return document.documentElement.lang", Vec::new()).await?.convert()?;
        if !now.starts_with(lang) {
            browser.shown("language").await?.click().await?;
        }
        settled(browser).await?;
        let faults = faults(browser, &[lang]).await?;
        found.extend(faults.into_iter().map(|fault| format!("{address} {lang} {theme}: {fault}")));
    }
    browser.shown("language").await?.click().await?;
    Ok(found)
}

async fn opened(browser: &Browser, server: &Server, address: &str) -> Result<Vec<String>> {
    browser.driver.goto(server.url(&filled(browser, address).await?)).await?;
    settled(browser).await?;
    let not_yours = browser.driver.find_all(By::Css("[data-testid='not-yours']")).await?;
    ensure!(not_yours.is_empty(), "somebody else's: say in `who` whose it is");
    looks(browser, address).await
}

/// Words that are wrong in one way each, as a page would show them.
const WRONG: [(&str, &str); 7] = [
    ("en", "未译"),
    ("zh", "not yet translated"),
    ("zh", "共 {0} 项"),
    ("zh", "合计 ¥1234.5"),
    ("zh", "于 2026-01-31T09:30:00Z"),
    ("en", "on 1/31/2026"),
    ("en", "a word like out_of_province"),
];

#[tokio::test]
async fn what_is_wrong_with_words_is_seen() -> Result<()> {
    let server = Server::start()?;
    let browser = Browser::start(PHONE, 780).await?;
    browser.driver.goto(server.url("/about")).await?;
    settled(&browser).await?;
    let show = "document.documentElement.lang = arguments[0]; document.title = 'Anxin';
        document.querySelector('main').textContent = arguments[1];
        document.querySelectorAll('header, footer, .skip').forEach((e) => e.remove());";
    for (lang, text) in WRONG {
        for (words, count) in
            [(text, 1), (if lang == "en" { "It costs ¥1,234.50, or less." } else { "合计 ¥1,234.50" }, 0)]
        {
            browser.driver.execute(show, vec![json!(lang), json!(words)]).await?;
            let found: Vec<String> = browser.driver.execute(WORDS, vec![json!(lang)]).await?.convert()?;
            ensure!(found.len() == count, "{words}: {found:?}");
        }
    }
    browser.close().await
}

#[tokio::test]
async fn every_page_is_clean_in_both_languages_and_themes() -> Result<()> {
    let server = Server::demo()?;
    let browser = Browser::start(PHONE, 780).await?;
    let all = addresses();
    ensure!(all.len() > 30 && all.contains(&"/stories"), "{all:?}");
    let mut people: Vec<_> = all.iter().map(|address| who(address)).collect();
    people.sort_unstable();
    people.dedup();
    let mut found = Vec::new();
    for person in people {
        if let Some(name) = person {
            let own = all.iter().find(|address| who(address) == person).context("nobody's page")?;
            let begin = if own.contains(':') { "/wallet" } else { own };
            log_in(&browser, &server, begin, name).await.with_context(|| name.to_owned())?;
        }
        for address in all.iter().filter(|address| who(address) == person) {
            // What one page does not show must not keep the others from being looked at.
            match opened(&browser, &server, address).await {
                Ok(more) => found.extend(more),
                Err(cause) => found.push(format!("{address}: {cause:#}")),
            }
        }
        if person.is_some() {
            click(&browser, "log-out").await?;
            browser.shown("logged-out").await?;
        }
    }
    ensure!(found.is_empty(), "{} findings:\n{}", found.len(), found.join("\n"));
    browser.close().await
}

/// Addresses of pages that have no program: the tours, by the documents that they are made of, and the description of
/// the interface, which is in English and full of the program's words. With each the languages that it is in.
fn documents() -> Result<Vec<(String, &'static [&'static str])>> {
    let both: &[&str] = &["zh", "en"];
    let mut all = vec![("/api/".to_owned(), &both[..0]), ("/help/".to_owned(), both)];
    for entry in std::fs::read_dir(project().join("docs/tours"))? {
        let name = entry?.path().file_stem().context("a tour without a name")?.to_string_lossy().into_owned();
        all.push((format!("/help/{name}.html"), both));
    }
    Ok(all)
}

#[tokio::test]
async fn every_page_without_a_program_is_clean_in_both_themes() -> Result<()> {
    let server = Server::start()?;
    let browser = Browser::start(PHONE, 780).await?;
    let all = documents()?;
    ensure!(all.len() > 6, "{all:?}");
    let mut found = Vec::new();
    for (address, langs) in &all {
        let mut inks = BTreeSet::new();
        let themes = ["light", "dark"];
        for theme in themes {
            browser.prefers(theme).await?;
            browser.driver.goto(server.url(address)).await?;
            browser.driver.query(By::Css("main h1")).first().await.with_context(|| address.clone())?;
            let ink = "return getComputedStyle(document.body).color";
            inks.insert(browser.driver.execute(ink, Vec::new()).await?.convert::<String>()?);
            let faults = faults(&browser, langs).await?;
            found.extend(faults.into_iter().map(|fault| format!("{address} {theme}: {fault}")));
        }
        ensure!(inks.len() == themes.len(), "{address} does not go by what the device prefers: {inks:?}");
    }
    ensure!(found.is_empty(), "{} findings:\n{}", found.len(), found.join("\n"));
    browser.close().await
}

/// How long the first load may keep the page from answering, at a stretch. Lighthouse calls 600 ms in all slow on a
/// phone; this is a machine that does other things as well.
const BLOCKED_MAX: f64 = 1_000.0;

#[tokio::test]
async fn the_first_load_leaves_the_page_alone() -> Result<()> {
    let server = Server::start()?;
    for address in ["/", "/preview", "/family"] {
        let browser = Browser::start(PHONE, 780).await?;
        browser.driver.goto(server.url(address)).await?;
        settled(&browser).await?;
        let script = "const done = arguments[arguments.length - 1];
            const longest = (list) => list.getEntries().reduce((most, entry) => Math.max(most, entry.duration), 0);
            let most = 0;
            new PerformanceObserver((list) => { most = Math.max(most, longest(list)); }).observe({ type: 'longtask', buffered: true });
            setTimeout(() => done(most), 500);";
        let longest: f64 = browser.driver.execute_async(script, Vec::new()).await?.convert()?;
        ensure!(longest < BLOCKED_MAX, "{address}: nothing is answered for {longest:.0} ms");
        browser.close().await?;
    }
    Ok(())
}

/// Opens each page, and waits for what it cannot show without its program and its packs.
async fn all_shown(browser: &Browser, pages: &[(String, &str)]) -> Result<()> {
    for (page, sign) in pages {
        browser.driver.goto(page).await?;
        let found = browser.driver.query(By::Css(*sign)).wait(PATIENCE, Duration::from_millis(100));
        found.first().await.with_context(|| page.clone())?;
    }
    Ok(())
}

#[tokio::test]
async fn what_was_opened_once_opens_without_the_server() -> Result<()> {
    let server = Server::start()?;
    let browser = Browser::start(1280, 900).await?;
    browser.driver.goto(server.url("/")).await?;
    settled(&browser).await?;
    let ready = "const done = arguments[arguments.length - 1]; navigator.serviceWorker.ready.then(r => done(r.active !== null));";
    ensure!(browser.driver.execute_async(ready, Vec::new()).await?.convert::<bool>()?, "no service worker");
    let addresses = [
        ("/", "#region option[value='guigang']"),
        ("/preview", "#scheme option[value='chs-drg-2.0']"),
        ("/family", "main h1"),
    ];
    let pages = addresses.map(|(address, sign)| (server.url(address), sign));
    all_shown(&browser, &pages).await.context("with the server")?;
    drop(server);
    all_shown(&browser, &pages).await.context("without it")?;
    browser.close().await
}
