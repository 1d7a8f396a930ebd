//! The page in a real Chromium: filled in as a person would, and held against the command line.

use anxin_tests::browser::Browser;
use anxin_tests::node::project;
use anxin_tests::product::{Server, estimate};
use anyhow::{Context as _, Result, ensure};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use serde_json::{Value, json};
use thirtyfour::prelude::{By, ElementQueryable as _, Key};

/// A stay in one of the areas, as the form asks for it.
struct Stay {
    region: &'static str,
    level: &'static str,
    away: Option<(&'static str, &'static str)>,
    day: &'static str,
    nth: &'static str,
}

const STAYS: [Stay; 5] = [
    Stay { region: "qingyuan", level: "3", away: Some(("in_province", "referred")), day: "2025-06-01", nth: "1" },
    Stay { region: "zhongshan", level: "2", away: None, day: "2025-03-15", nth: "1" },
    Stay { region: "shanwei", level: "2", away: None, day: "2024-06-01", nth: "1" },
    Stay { region: "guigang", level: "2", away: None, day: "2025-08-01", nth: "2" },
    Stay { region: "shantou", level: "1", away: None, day: "2026-02-01", nth: "1" },
];

const AMOUNTS: [(&str, &str); 5] = [
    ("result-psn-part", "psn_part_amt"),
    ("result-self-pay", "self_pay"),
    ("result-own-expense", "own_expense"),
    ("result-fund", "fund_pay_sumamt"),
    ("result-cash", "psn_cash_pay"),
];

async fn fill(browser: &Browser, stay: &Stay) -> Result<()> {
    browser.select("region", stay.region).await?;
    browser.choose("scheme-resident").await?;
    browser.choose(&format!("level-{}", stay.level)).await?;
    if let Some((area, filing)) = stay.away {
        browser.choose(&format!("area-{area}")).await?;
        browser.choose(&format!("filing-{filing}")).await?;
    }
    browser.day("on", stay.day).await?;
    browser.type_in("nth", stay.nth).await?;
    browser.choose("bill-way-slip").await?;
    // A person types a comma or full-width digits; the page takes them.
    browser.type_in("slip-total", "12,000").await?;
    browser.type_in("slip-own", "８００").await?;
    browser.type_in("slip-over", "100").await?;
    browser.type_in("slip-pre", "400.00").await
}

fn case(stay: &Stay) -> Result<Value> {
    let (area, filing) = stay.away.unwrap_or(("local", "not_needed"));
    Ok(json!({
        "region": stay.region,
        "scheme": "resident",
        "visit": { "inpatient": {
            "level": stay.level,
            "place": { "area": area, "filing": filing },
            "discharged": stay.day,
            "nth": stay.nth.parse::<u8>()?,
            "bill": { "split": {
                "total_fen": 1_200_000, "own_expense_fen": 80_000, "over_limit_fen": 10_000, "pre_self_pay_fen": 40_000
            } }
        } }
    }))
}

fn fen(yuan: &Value) -> Result<i64> {
    let text = yuan.as_str().unwrap_or_default();
    let (whole, cents) = text.split_once('.').unwrap_or((text, "00"));
    Ok(whole.parse::<i64>()? * 100 + cents.parse::<i64>()?)
}

#[tokio::test]
async fn each_area_comes_out_in_the_page_as_on_the_command_line() -> Result<()> {
    let server = Server::start()?;
    let browser = Browser::start(1280, 900).await?;
    for stay in &STAYS {
        browser.driver.goto(server.url("/")).await?;
        fill(&browser, stay).await?;
        let answer = estimate(&case(stay)?)?;
        for (shown, field) in AMOUNTS {
            let expected = fen(&answer["settlement"][field])?;
            let got = browser.fen(shown).await?;
            ensure!(got == expected, "{} {field}: the page says {got} fen, the command line {expected}", stay.region);
        }
        for step in answer["settlement"]["steps"].as_array().into_iter().flatten() {
            let id = format!("step-{}", step["id"].as_str().unwrap_or_default());
            let got = browser.fen(&id).await?;
            ensure!(Some(got) == step["result_fen"].as_i64(), "{} {id}: {got}", stay.region);
        }
        if let Some(range) = answer.get("range") {
            ensure!(
                browser.fen("range-least").await? == fen(&range["least"]["psn_part_amt"])?,
                "{} least",
                stay.region
            );
            ensure!(browser.fen("range-most").await? == fen(&range["most"]["psn_part_amt"])?, "{} most", stay.region);
        }
        browser.picture(&format!("{}-desktop", stay.region)).await?;
    }
    browser.close().await
}

#[tokio::test]
async fn a_phone_of_360_pixels_shows_it_all_without_scrolling_sideways() -> Result<()> {
    let server = Server::start()?;
    let browser = Browser::start(360, 780).await?;
    browser.driver.goto(server.url("/")).await?;
    fill(&browser, &STAYS[2]).await?;
    browser.shown("result-psn-part").await?;
    let width = browser.driver.execute("return document.documentElement.scrollWidth", Vec::new()).await?;
    let width: u32 = width.convert()?;
    browser.picture("shanwei-phone").await?;
    ensure!(width <= 360, "the page is {width} pixels wide");
    browser.close().await
}

#[tokio::test]
async fn axe_finds_nothing_in_both_languages_and_themes() -> Result<()> {
    let server = Server::start()?;
    let browser = Browser::start(1280, 900).await?;
    let mut found = Vec::new();
    browser.driver.goto(server.url("/")).await?;
    fill(&browser, &STAYS[0]).await?;
    for look in ["estimate", "theme", "language", "large"] {
        if look != "estimate" {
            browser.shown(look).await?.click().await?;
        }
        found.extend(browser.axe().await?.into_iter().map(|f| format!("{look}: {f}")));
        browser.picture(&format!("look-{look}")).await?;
    }
    for page in ["/compare", "/year", "/about"] {
        browser.driver.goto(server.url(page)).await?;
        browser.shown("language").await?;
        found.extend(browser.axe().await?.into_iter().map(|f| format!("{page}: {f}")));
        browser.picture(&format!("page-{}", page.trim_start_matches('/'))).await?;
    }
    ensure!(found.is_empty(), "{}", found.join("\n"));
    browser.close().await
}

#[tokio::test]
async fn the_keyboard_alone_is_enough() -> Result<()> {
    let server = Server::start()?;
    let browser = Browser::start(1280, 900).await?;
    browser.driver.goto(server.url("/")).await?;
    browser.field("region").await?;
    browser.tab_to("region").await?;
    while browser.field("region").await?.value().await?.as_deref() != Some("shanwei") {
        let at = browser.press(Key::Down).await?;
        ensure!(at == "region", "the arrow key left the list for {at}");
    }
    browser.choose_by_keys("scheme-", "scheme-resident").await?;
    browser.choose_by_keys("level-", "level-2").await?;
    browser.choose_by_keys("bill-way-", "bill-way-slip").await?;
    for (id, amount) in [("slip-total", "12000"), ("slip-own", "800"), ("slip-over", "100"), ("slip-pre", "400")] {
        browser.tab_to(id).await?;
        browser.press(amount).await?;
    }
    let day = browser.field("on").await?.value().await?.unwrap_or_default();
    let mut asked = case(&STAYS[2])?;
    asked["visit"]["inpatient"]["discharged"] = json!(day);
    let answer = estimate(&asked)?;
    let person = browser.fen("result-psn-part").await?;
    ensure!(person == fen(&answer["settlement"]["psn_part_amt"])?, "by keyboard {person} fen on {day}");
    browser.close().await
}

#[tokio::test]
async fn paper_shows_the_answer_and_leaves_out_what_only_a_screen_needs() -> Result<()> {
    let server = Server::start()?;
    let browser = Browser::start(1280, 900).await?;
    browser.driver.goto(server.url("/")).await?;
    fill(&browser, &STAYS[2]).await?;
    browser.medium("print").await?;
    ensure!(browser.shown("result-sentence").await?.is_displayed().await?, "no sentence on paper");
    for left_out in ["print", "share-copy", "language"] {
        ensure!(!browser.shown(left_out).await?.is_displayed().await?, "{left_out} is on paper");
    }
    let printed =
        browser.driver.cdp().send_raw("Page.printToPDF", json!({ "paperWidth": 8.27, "paperHeight": 11.69 })).await?;
    let pdf = BASE64.decode(printed["data"].as_str().unwrap_or_default())?;
    std::fs::write(project().join("target/screenshots/estimate.pdf"), &pdf)?;
    let pages = pdf_pages(&pdf)?;
    browser.picture("estimate-print").await?;
    ensure!((1..=3).contains(&pages), "{pages} pages");
    browser.close().await
}

/// How many pages a PDF has, by the count that its page tree carries.
fn pdf_pages(pdf: &[u8]) -> Result<usize> {
    let text = String::from_utf8_lossy(pdf);
    let count = text.split("/Count ").nth(1).and_then(|rest| rest.split(|c: char| !c.is_ascii_digit()).next());
    Ok(count.unwrap_or_default().parse()?)
}

#[tokio::test]
async fn a_mistake_is_named_beside_its_field() -> Result<()> {
    let server = Server::start()?;
    let browser = Browser::start(1280, 900).await?;
    browser.driver.goto(server.url("/")).await?;
    fill(&browser, &STAYS[2]).await?;
    for wrong in ["1e3", "-5", "12.345"] {
        browser.type_in("slip-total", wrong).await?;
        let text = browser.shown("slip-total-error").await?.text().await?;
        ensure!(text.contains("AX"), "{wrong}: no code in {text:?}");
    }
    browser.type_in("slip-total", "900").await?;
    ensure!(
        browser.driver.query(By::Css(".error")).first().await?.text().await?.contains("AX1007"),
        "parts above the total"
    );
    browser.close().await
}

#[tokio::test]
async fn after_the_first_visit_it_works_without_the_server() -> Result<()> {
    let server = Server::start()?;
    let browser = Browser::start(1280, 900).await?;
    let url = server.url("/");
    browser.driver.goto(&url).await?;
    browser.field("region").await?;
    let ready = "const done = arguments[arguments.length - 1]; navigator.serviceWorker.ready.then(r => done(r.active !== null));";
    ensure!(browser.driver.execute_async(ready, Vec::new()).await?.convert::<bool>()?, "no service worker");
    // Packs are kept as they are first asked for, so the area has to have been looked at once.
    browser.driver.goto(&url).await?;
    fill(&browser, &STAYS[2]).await?;
    let online = browser.fen("result-psn-part").await?;
    // What is no view of the page does not take its place among what is kept.
    browser.driver.goto(server.url("/help/")).await?;
    browser.driver.query(By::Css("main.tour h1")).first().await?;
    drop(server);
    browser.driver.goto(&url).await?;
    fill(&browser, &STAYS[2]).await?;
    ensure!(browser.fen("result-psn-part").await? == online, "another answer without the server");
    browser.close().await
}

#[tokio::test]
async fn whoever_opens_the_page_finds_the_tours() -> Result<()> {
    let server = Server::start()?;
    let browser = Browser::start(360, 800).await?;
    browser.driver.goto(server.url("/")).await?;
    browser.shown("tours").await?.click().await?;
    let tours = By::Css("main.tour li a");
    browser.driver.query(tours.clone()).first().await?;
    let mut found = browser.axe().await?;
    let count = browser.driver.find_all(tours.clone()).await?.len();
    ensure!(count == 5, "{count} tours");
    for n in 0..count {
        browser.driver.goto(server.url("/help/")).await?;
        let links = browser.driver.query(tours.clone()).all_from_selector().await?;
        links.get(n).context("a tour is gone")?.click().await?;
        browser.driver.query(By::Css("main.tour img[loading='lazy']")).first().await?;
        let script = "const done = arguments[arguments.length - 1];
            const pictures = [...document.querySelectorAll('main img')];
            const late = pictures.every(picture => picture.loading === 'lazy');
            const there = async picture => { picture.loading = 'eager'; await picture.decode(); return picture.width > 99; };
            Promise.all(pictures.map(there)).then(all => done(late && all.length > 3 && all.every(there => there)),
                () => done(false));";
        let there: bool = browser.driver.execute_async(script, Vec::new()).await?.convert()?;
        ensure!(there, "not every picture of tour {n} is there when somebody comes to it, and no earlier");
        ensure!(browser.too_wide(360).await?.is_none(), "tour {n} is wider than a phone");
        found.extend(browser.axe().await?);
    }
    browser.driver.goto(server.url("/stories")).await?;
    let offered = By::Css("main a[href^='/help/']");
    browser.driver.query(offered.clone()).first().await?;
    ensure!(browser.driver.find_all(offered).await?.len() == 5, "the stories do not lead to the tours");
    ensure!(found.is_empty(), "{}", found.join("\n"));
    browser.close().await
}

#[tokio::test]
async fn a_shared_link_keeps_its_inputs_from_the_server_and_its_secrets_from_the_link() -> Result<()> {
    let server = Server::start()?;
    let browser = Browser::start(1280, 900).await?;
    browser.driver.goto(server.url("/")).await?;
    fill(&browser, &STAYS[2]).await?;
    browser.select("aid", "low_income").await?;
    let person = browser.fen("result-psn-part").await?;
    let link = browser.shown("share-link").await?;
    let link = match link.attr("href").await? {
        Some(href) => href,
        None => link.value().await?.unwrap_or_default(),
    };
    let (_, fragment) = link.split_once('#').unwrap_or_default();
    ensure!(!fragment.is_empty(), "the inputs are not in the fragment: {link}");
    let other = Browser::start(1280, 900).await?;
    other.driver.goto(&link).await?;
    other.shown("result-psn-part").await?;
    ensure!(
        other.field("aid").await?.value().await?.as_deref() == Some("none"),
        "the link carries the assistance status"
    );
    let plain = estimate(&case(&STAYS[2])?)?;
    ensure!(
        other.fen("result-psn-part").await? == fen(&plain["settlement"]["psn_part_amt"])?,
        "the link gives another answer"
    );
    ensure!(person > 0, "nothing to pay");
    other.close().await?;
    browser.close().await
}
