//! Whole tables in a real Chromium, held against the command line.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::time::{Duration, Instant};

use anxin_tests::browser::Browser;
use anxin_tests::golden;
use anxin_tests::patience::PATIENCE;
use anxin_tests::product::{Server, group, group_table};
use anxin_tests::table::{by_id, downloaded, start};
use anyhow::{Context as _, Result, ensure};
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};
use serde_json::json;
use tempfile::TempDir;
use thirtyfour::prelude::{By, ElementQueryable as _};

/// The first rows of the case file.
fn rows(most: usize) -> Result<Vec<Vec<String>>> {
    let text = golden::records("drg/chs-drg-1.1")?;
    Ok(text.lines().take(most + 1).map(|line| line.split('\t').map(str::to_owned).collect()).collect())
}

async fn open_in_page(browser: &Browser, server: &Server, file: &Path) -> Result<()> {
    browser.driver.goto(server.url("/preview/batch")).await?;
    browser.select("scheme", "chs-drg-1.1").await?;
    browser.field("batch-file").await?.send_keys(file.to_string_lossy()).await?;
    browser.shown("mapping").await?;
    Ok(())
}

/// Writes a workbook; what looks like a day is one to the spreadsheet, and a whole number a number.
fn workbook(path: &Path, sheets: &[(&str, Vec<Vec<String>>)]) -> Result<()> {
    let day = Format::new().set_num_format("yyyy/m/d");
    let mut book = Workbook::new();
    for (name, rows) in sheets {
        let sheet = book.add_worksheet().set_name(*name)?;
        for (at, row) in (0..).zip(rows) {
            for (column, cell) in (0..).zip(row) {
                let is_day = cell.len() == 10 && cell.split('-').count() == 3;
                if is_day {
                    sheet.write_datetime_with_format(at, column, ExcelDateTime::parse_from_str(cell)?, &day)?;
                } else if let Ok(number) = cell.parse::<u32>() {
                    sheet.write_number(at, column, number)?;
                } else {
                    sheet.write_string(at, column, cell)?;
                }
            }
        }
    }
    Ok(book.save(path)?)
}

/// Downloads what came out, which has this name: the group of each id.
async fn grouped(browser: &Browser, folder: &TempDir, name: &str) -> Result<BTreeMap<String, String>> {
    let bytes = downloaded(browser, folder.path(), "download", name).await?;
    groups(&String::from_utf8(bytes)?, ',')
}

/// `status mdc adrg drg` by id.
fn groups(text: &str, separator: char) -> Result<BTreeMap<String, String>> {
    by_id(text, separator, 5)
}

#[tokio::test]
async fn every_row_of_a_table_comes_out_as_on_the_command_line() -> Result<()> {
    let server = Server::start()?;
    let folder = tempfile::tempdir()?;
    let rows = rows(2_500)?;
    let (csv, tsv, xlsx) = (folder.path().join("a.csv"), folder.path().join("a.tsv"), folder.path().join("b.xlsx"));
    let joined = |separator: &str| rows.iter().map(|row| row.join(separator)).collect::<Vec<_>>().join("\n");
    fs::write(&csv, joined(","))?;
    fs::write(&tsv, joined("\t"))?;
    workbook(&xlsx, &[("病例", rows)])?;
    let expect = groups(&group_table(&tsv, "chs-drg-1.1")?, '\t')?;
    let browser = Browser::start(1280, 900).await?;
    for (table, name) in [(csv, "drg-a.csv"), (xlsx, "drg-b.csv")] {
        open_in_page(&browser, &server, &table).await?;
        start(&browser).await?;
        let got = grouped(&browser, &folder, name).await?;
        ensure!(got.len() == expect.len() && got.len() == 2_500, "{} rows of {}", got.len(), expect.len());
        let differ: Vec<_> = expect.iter().filter(|(id, group)| got.get(*id) != Some(group)).take(3).collect();
        ensure!(differ.is_empty(), "{differ:?}");
        let work = browser.shown("work-count").await?.attr("data-count").await?.unwrap_or_default();
        ensure!(work.parse::<usize>()? > 0, "nothing to check in 2,500 rows");
    }
    browser.picture("preview-batch").await?;
    browser.close().await
}

/// A title, the header, and stays of which every one but the first has something to look at.
const STAYS: [&str; 9] = [
    "某医院 2024 年 3 月出院病例",
    "病案号,证件号码,性别,年龄,出院科别,入院日期,出院日期,主要诊断编码,手术操作编码1,手术操作日期1,医疗费总额,床位费,手术费,西药费,基金支付总额,个人负担总金额",
    "B1,P1,1,60,普外科,2024-03-01,2024-03-05,K80.001,51.2300,2024-03-02,3000,500,1500,1000,2000,1000",
    "B2,P1,1,60,普外科,2024-03-08,2024-03-12,K80.001,51.2300,2024-03-09,3000,500,1500,1000,2000,1000",
    "B3,P2,1,60,普外科,2024-03-01,2024-03-05,K80.001,51.2300,2024-03-02,3000,500,1500,1000.01,2000,1000",
    "B4,P3,1,60,普外科,2024-03-01,2024-03-05,K80.001,51.2300,2024-03-02,3000,500,1500,1000,2000,999",
    "B5,P4,1,60,普外科,2024-03-01,2024-03-05,K80.001,51.2300,2024-03-06,3000,500,1500,1000,2000,1000",
    "B6,P5,1,60,普外科,2024-03-01,2024-03-05,K80.001,,,3000,500,1500,1000,2000,1000",
    "B7,P1,1,60,普外科,2024-03-08,2024-03-12,K80.001,51.2300,2024-03-09,3000,500,1500,1000,2000,1000",
];

#[tokio::test]
async fn the_worklist_names_what_does_not_hold_together() -> Result<()> {
    let server = Server::start()?;
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("stays.xlsx");
    let stays = STAYS.iter().map(|row| row.split(',').map(str::to_owned).collect()).collect();
    workbook(&file, &[("说明", vec![vec!["仅供测试".to_owned()]]), ("出院病例", stays)])?;
    let browser = Browser::start(1280, 900).await?;
    open_in_page(&browser, &server, &file).await?;
    browser.select("batch-sheet", "1").await?;
    browser.shown("batch-within").await?;
    browser.picture("preview-mapping").await?;
    start(&browser).await?;
    for (line, told) in [
        (4, "疑似分解住院（前次行号／间隔天数）：3 / 3"),
        (5, "分项费用之和与医疗费总额不符：3000.01 ≠ 3000.00"),
        (6, "基金支付、个人负担、医院负担之和与总额不符：2999.00 ≠ 3000.00"),
        (7, "手术日期不在住院期间：2024-03-06"),
        (8, "有手术费但没有手术操作编码：1500.00"),
        (9, "疑似重复结算（同一次住院，见行号）：4"),
    ] {
        let row = browser.shown(&format!("work-{line}")).await?.text().await?;
        ensure!(row.contains(told), "row {line} says {row}");
    }
    ensure!(browser.driver.find_all(By::Css("[data-testid='work-3']")).await?.is_empty(), "a sound row is listed");
    browser.picture("preview-worklist").await?;
    let got = grouped(&browser, &folder, "drg-stays.csv").await?;
    ensure!(got.len() == 7, "{got:?}");
    let out = fs::read_to_string(folder.path().join("drg-stays.csv"))?;
    ensure!(!out.contains("P1") && !out.contains("证件号码"), "who somebody is was written");
    browser.close().await
}

/// Charges of stays of [`STAYS`], and of one that is not there. What was taken back is no charge.
const FEES: &str = "\
费用明细流水号,病案号,医保目录编码,项目名称,费用发生时间,数量,单价,金额
1,B1,250101,血常规,2024-03-02 08:00:00,1,20,20
2,B1,250101,血常规,2024-03-02 08:00:00,1,20.00,20.00
3,B2,250101,血常规,2024-03-09 08:00:00,1,20,20
4,B2,250101,血常规,2024-03-10 08:00:00,1,20,20
5,B5,120400,静脉输液,2024-03-03 09:30:00,1,12,12
6,B5,120400,静脉输液,2024-03-03 09:30:00,1,12,12
7,B5,120400,静脉输液,2024-03-03 09:30:00,-1,12,-12
8,X9,250101,血常规,2024-03-02 08:00:00,1,20,20
9,X9,250101,血常规,2024-03-02 08:00:00,1,20,20
";

#[tokio::test]
async fn charges_that_stand_twice_are_on_the_worklist() -> Result<()> {
    let server = Server::start()?;
    let folder = tempfile::tempdir()?;
    let (table, fees, poor) =
        (folder.path().join("stays.csv"), folder.path().join("fees.csv"), folder.path().join("poor.csv"));
    fs::write(&table, STAYS.iter().skip(1).map(|row| format!("{row}\n")).collect::<String>())?;
    let (gbk, ..) = encoding_rs::GBK.encode(FEES);
    fs::write(&fees, &gbk)?;
    fs::write(&poor, "病案号,项目名称,数量\nB1,血常规,1\n")?;
    let browser = Browser::start(1280, 900).await?;
    open_in_page(&browser, &server, &table).await?;
    browser.field("fees-file").await?.send_keys(poor.to_string_lossy()).await?;
    let refused = browser.shown("fees-refused").await?.text().await?;
    ensure!(refused.contains("费用发生时间"), "{refused}");
    browser.field("fees-file").await?.send_keys(fees.to_string_lossy()).await?;
    browser.shown("fees-taken").await?;
    start(&browser).await?;
    let row = browser.shown("work-2").await?.text().await?;
    ensure!(row.contains("疑似重复收费：血常规 2024-03-02 08:00:00 ×2"), "{row}");
    let list = browser.shown("worklist").await?.text().await?;
    ensure!(list.matches("疑似重复收费：").count() == 1, "{list}");
    let elsewhere = browser.shown("fees-elsewhere").await?.text().await?;
    ensure!(elsewhere.contains("1 个病例"), "{elsewhere}");
    browser.picture("preview-fees").await?;
    browser.close().await
}

#[tokio::test]
async fn a_table_can_be_given_up() -> Result<()> {
    let server = Server::start()?;
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("long.csv");
    let rows = rows(20_000)?;
    let (header, body) = rows.split_first().context("no rows")?;
    let body = body.iter().map(|row| row.join(",")).collect::<Vec<_>>().join("\n") + "\n";
    fs::write(&file, format!("{}\n{}", header.join(","), body.repeat(40)))?;
    let browser = Browser::start(1280, 900).await?;
    open_in_page(&browser, &server, &file).await?;
    browser.shown("batch-start").await?.click().await?;
    browser.shown("batch-speed").await?;
    browser.shown("batch-cancel").await?.click().await?;
    browser.shown("batch-start").await?;
    tokio::time::sleep(Duration::from_millis(500)).await;
    let done = browser.driver.find_all(By::Css("[data-testid='batch-done']")).await?;
    ensure!(done.is_empty(), "a table that was given up is shown");
    browser.close().await
}

/// A year of a large hospital.
const MANY: usize = 100_000;
const MEMORY_MAX: u64 = 500_000_000;
const STANDSTILL_MAX: f64 = 0.25;

#[tokio::test]
async fn a_hundred_thousand_rows_leave_the_page_alone() -> Result<()> {
    let server = Server::start()?;
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("year.csv");
    let rows = rows(30_000)?;
    let (header, body) = rows.split_first().context("no rows")?;
    let mut text = header.join(",") + "\n";
    for (at, row) in body.iter().cycle().take(MANY).enumerate() {
        text += &format!("{at},{}\n", row.get(1..).unwrap_or_default().join(","));
    }
    fs::write(&file, text)?;
    let browser = Browser::start(1280, 900).await?;
    open_in_page(&browser, &server, &file).await?;
    // How long the page was ever kept from answering, and what its bar showed.
    let watch = "window.longest = 0; window.seen = new Set(); let last = performance.now();
        setInterval(() => {
            const now = performance.now(); window.longest = Math.max(window.longest, now - last); last = now;
            const bar = document.getElementById('batch-progress'); if (bar?.value > 0) window.seen.add(bar.value);
        }, 10);";
    browser.driver.execute(watch, Vec::new()).await?;
    let begun = Instant::now();
    browser.shown("batch-start").await?.click().await?;
    let done = By::Css("[data-testid='batch-done']");
    browser.driver.query(done).wait(PATIENCE * 5, Duration::from_millis(50)).first().await?;
    let taken = begun.elapsed();
    let [longest, seen]: [f64; 2] =
        browser.driver.execute("return [window.longest, window.seen.size]", Vec::new()).await?.convert()?;
    let peak = browser.renderers_peak()?;
    let rate = u32::try_from(MANY)? / u32::try_from(taken.as_secs().max(1))?;
    writeln!(
        std::io::stderr(),
        "{MANY} rows in {taken:.1?} ({rate} rows/s); {seen} places of the bar; the page never waited longer than \
         {longest:.0} ms; renderers held {} MB at most",
        peak / 1_000_000
    )?;
    ensure!(seen >= 5.0, "the bar stood at {seen} places");
    // Of the time that it took, since a machine that does something else slows both.
    let share = longest / 1_000.0 / taken.as_secs_f64();
    ensure!(share < STANDSTILL_MAX, "the page stood still for {longest:.0} ms of {taken:.1?}");
    ensure!(peak < MEMORY_MAX, "{peak} bytes");
    let out = String::from_utf8(downloaded(&browser, folder.path(), "download", "drg-year.csv").await?)?;
    ensure!(out.lines().count() == MANY + 1, "{} lines came out", out.lines().count());
    browser.close().await
}

#[tokio::test]
async fn a_gbk_table_with_chinese_headers_is_read_and_names_are_dropped() -> Result<()> {
    let server = Server::start()?;
    let folder = tempfile::tempdir()?;
    let mut text =
        String::from("病案号,姓名,性别,年龄,出院科别,主要诊断编码,其他诊断编码1,其他诊断编码2,手术操作编码1\r\n");
    text.push_str("A1,张三,男,67,神经内科,I63.900,I10.x00x002,J69.000,39.7400x001\r\n");
    text.push_str("A2,李四,男,50,妇科,C56.x00,,,\r\n");
    let (gbk, _, _) = encoding_rs::GBK.encode(&text);
    let file = folder.path().join("gbk.csv");
    fs::write(&file, &gbk)?;
    let browser = Browser::start(1280, 900).await?;
    open_in_page(&browser, &server, &file).await?;
    start(&browser).await?;
    let got = grouped(&browser, &folder, "drg-gbk.csv").await?;
    let codes = ["I63.900", "I10.x00x002", "J69.000"].map(|code| json!({ "diag_code": code }));
    let record = json!({
        "gend": "1", "age": 67, "diagnoses": codes, "operations": [{ "oprn_oprt_code": "39.7400x001" }]
    });
    let answer = group(&json!({ "scheme": "chs-drg-1.1", "record": record }))?;
    let labels = ["mdc", "adrg", "drg"].map(|of| answer[of]["code"].as_str().unwrap_or_default());
    let expect = format!("grouped {}", labels.join(" "));
    ensure!(got.get("A1") == Some(&expect), "{got:?}, not {expect}");
    ensure!(got.get("A2").is_some_and(|g| g.ends_with("0000")), "{got:?}");
    let out = fs::read_to_string(folder.path().join("drg-gbk.csv"))?;
    ensure!(out.contains("妇科") && !out.contains("张三"), "{out}");
    ensure!(browser.shown("work-3").await?.text().await?.contains("性别"), "a conflict with the sex is not said");
    browser.picture("preview-worklist").await?;
    let stored = "return JSON.stringify(localStorage)";
    let stored: String = browser.driver.execute(stored, Vec::new()).await?.convert()?;
    ensure!(stored.contains("出院科别") && !stored.contains("妇科"), "{stored}");
    browser.close().await
}
