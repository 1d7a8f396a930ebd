//! The forecast for a hospital's finance office in a real Chromium, held against the command line.

use anxin_tests::browser::Browser;
use anxin_tests::product::{Server, forecast};
use anyhow::{Context as _, Result, ensure};
use serde_json::{Value, json};
use thirtyfour::prelude::By;

/// Value, source, date, and whether it is assumed.
const TYPED: [(&str, &str, &str, &str, bool); 10] = [
    ("fc-point", "5.48", "某市医疗保障局", "2026-01-15", false),
    ("fc-month-score", "20000.5", "本院结算系统", "2026-10-31", false),
    ("fc-month-patient", "42000.37", "本院结算系统", "2026-10-31", false),
    ("fc-month-ratio", "0.9", "", "", true),
    ("fc-month-deductions", "500", "", "", false),
    ("fc-year-score", "240000", "", "", true),
    ("fc-year-ratio", "0.6", "本院上年决算", "2026-03-31", false),
    ("fc-year-assessment", "0.98", "", "", false),
    ("fc-year-booked", "790000", "", "", false),
    ("fc-year-prepaid", "600000", "", "", false),
];

fn said(value: Value, source: &str, date: &str, assumed: bool) -> Value {
    let mut said = json!({ "value": value, "assumed": assumed });
    if !source.is_empty() {
        said["source"] = source.into();
    }
    if !date.is_empty() {
        said["date"] = date.into();
    }
    said
}

fn case() -> Result<Value> {
    let find = |id: &str| {
        let (_, value, source, date, assumed) = TYPED.iter().find(|row| row.0 == id).with_context(|| id.to_owned())?;
        Ok::<_, anyhow::Error>((*value, *source, *date, *assumed))
    };
    let number = |id: &str| find(id).map(|(value, source, date, assumed)| said(value.into(), source, date, assumed));
    let fen = |id: &str| -> Result<Value> {
        let (value, source, date, assumed) = find(id)?;
        let (yuan, cents) = value.split_once('.').unwrap_or((value, "00"));
        Ok(said(format!("{yuan}{cents}").parse::<i64>()?.into(), source, date, assumed))
    };
    let (yuan, source, date, _) = find("fc-point")?;
    Ok(json!({
        "point": { "said": { "yuan": yuan, "kind": "budget", "source": source, "date": date } },
        "month": {
            "score": number("fc-month-score")?, "patient_paid": fen("fc-month-patient")?,
            "prepay_ratio": number("fc-month-ratio")?, "deductions": fen("fc-month-deductions")?,
        },
        "year": {
            "score": number("fc-year-score")?, "fund_ratio": number("fc-year-ratio")?,
            "assessment": number("fc-year-assessment")?, "booked": fen("fc-year-booked")?,
            "prepaid": fen("fc-year-prepaid")?,
            "sharing": { "value": {
                "surplus": [{ "share": "0.8" }], "overrun": [{ "up_to": "0.1", "share": "0.6" }],
            } },
        },
    }))
}

async fn type_all(browser: &Browser) -> Result<()> {
    for (id, value, source, date, assumed) in TYPED {
        browser.type_in(id, value).await?;
        if !source.is_empty() {
            browser.type_in(&format!("{id}-source"), source).await?;
        }
        if !date.is_empty() {
            browser.day(&format!("{id}-date"), date).await?;
        }
        if assumed {
            browser.choose(&format!("{id}-assumed")).await?;
        }
    }
    Ok(())
}

#[tokio::test]
async fn a_worked_example_comes_out_as_on_the_command_line() -> Result<()> {
    let server = Server::start()?;
    let browser = Browser::start(1280, 900).await?;
    browser.driver.goto(server.url("/preview/forecast")).await?;
    browser.shown("forecast-empty").await?;
    type_all(&browser).await?;
    ensure!(
        browser.shown("forecast-year-settled").await?.attr("data-fen").await?.is_none(),
        "settled without a rule of sharing"
    );
    for (id, text) in [("fc-surplus-0-share", "0.8"), ("fc-overrun-0-to", "0.1"), ("fc-overrun-0-share", "0.6")] {
        browser.type_in(id, text).await?;
    }
    let answer = forecast(&case()?)?;
    for section in ["point", "month", "year"] {
        let lines = answer[section].as_array().context("no lines")?;
        ensure!(!lines.is_empty(), "{section} is empty");
        for line in lines {
            let id = line["id"].as_str().unwrap_or_default();
            let row = browser.shown(&format!("forecast-{section}-{id}")).await?;
            let fen = row.attr("data-fen").await?.and_then(|fen| fen.parse::<i64>().ok());
            ensure!(fen == line["fen"].as_i64(), "{id}: {fen:?}, not {}", line["fen"]);
            ensure!(row.attr("data-rate").await?.as_deref() == line["rate"].as_str(), "{id}: another number");
            let told = row.text().await?;
            ensure!(told.contains(line["text"].as_str().unwrap_or("?")), "{id}: {told}");
            let assumed = line["origin"] == "assumed" || line["origin"] == "left_out";
            let marked = !row.find_all(By::Css(".tag")).await?.is_empty();
            ensure!(assumed == marked, "{id}: an assumption is not marked");
        }
    }
    // 240,000 × 5.48 × 0.6 × 0.98 = 773,337.60; of 16,662.40 too much the fund bears six tenths.
    for (id, fen) in [("payable", 77_333_760), ("settled", 78_333_504), ("balance", 18_333_504)] {
        let got = browser.fen(&format!("forecast-year-{id}")).await?;
        ensure!(got == fen, "{id}: {got}");
    }
    let notes = browser.shown("forecast-notes").await?.text().await?;
    for note in answer["notes"].as_array().context("no notes")? {
        ensure!(notes.contains(note["text"].as_str().unwrap_or("?")), "{note} is not in {notes}");
    }
    browser.picture("forecast").await?;
    browser.type_in("fc-month-ratio", "9").await?;
    ensure!(browser.shown("fc-month-ratio-error").await?.text().await?.contains("AX1009"), "no code");
    ensure!(browser.axe().await?.is_empty(), "{:?}", browser.axe().await?);
    browser.close().await
}

#[tokio::test]
async fn a_phone_shows_the_forecast_without_scrolling_sideways() -> Result<()> {
    let server = Server::start()?;
    let browser = Browser::start(360, 780).await?;
    browser.driver.goto(server.url("/preview/forecast")).await?;
    browser.shown("forecast-example").await?.click().await?;
    browser.shown("forecast").await?;
    browser.picture("forecast-phone").await?;
    ensure!(browser.too_wide(360).await?.is_none(), "{:?}", browser.too_wide(360).await?);
    ensure!(browser.axe().await?.is_empty(), "{:?}", browser.axe().await?);
    browser.close().await
}
