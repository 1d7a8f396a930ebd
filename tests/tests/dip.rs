//! DIP in a real Chromium, held against the command line: one stay, whole tables, a city's catalogue.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::time::{Duration, Instant};

use anxin_tests::browser::Browser;
use anxin_tests::golden;
use anxin_tests::node::project;
use anxin_tests::product::{Server, group_dip, group_table, group_table_with, group_with, inspected};
use anxin_tests::table::{by_id, downloaded, start};
use anyhow::{Context as _, Result, ensure};
use rust_xlsxwriter::{Format, Workbook};
use serde_json::{Value, json};
use thirtyfour::prelude::{By, ElementQueryable as _, Key};

const SCHEME: &str = "mz-dip2-2024";
const DIAGNOSES: [&str; 2] = ["K35.301", "I10.x00x002"];
const OPERATIONS: [&str; 2] = ["47.0100", "54.5100x005"];

fn case(scheme: &str, diagnoses: &[&str], operations: &[&str]) -> Value {
    let diagnoses: Vec<Value> = diagnoses.iter().map(|code| json!({ "diag_code": code })).collect();
    let operations: Vec<Value> = operations.iter().map(|code| json!({ "oprn_oprt_code": code })).collect();
    json!({ "scheme": scheme, "record": {
        "age": 34, "act_ipt_days": 7, "diagnoses": diagnoses, "operations": operations
    } })
}

async fn choose_scheme(browser: &Browser, scheme: &str) -> Result<()> {
    let option = By::Css(format!("#scheme option[value='{scheme}']"));
    let wait = Duration::from_secs(15);
    let found = browser.driver.query(option).wait(wait, Duration::from_millis(50)).first().await;
    found.with_context(|| format!("{scheme} is not offered"))?.click().await?;
    Ok(())
}

async fn fill(browser: &Browser, scheme: &str) -> Result<()> {
    choose_scheme(browser, scheme).await?;
    browser.shown("example").await?.click().await?;
    browser.shown("dx-1").await?;
    Ok(())
}

/// Waits until the page shows this group.
async fn until(browser: &Browser, expect: &str) -> Result<()> {
    let start = Instant::now();
    loop {
        let got = browser.shown("group").await?.attr("data-group").await?.unwrap_or_default();
        if got == expect {
            return Ok(());
        }
        ensure!(start.elapsed() < Duration::from_secs(15), "the page says {got:?}, the command line {expect:?}");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

fn code(answer: &Value) -> &str {
    answer["group"]["code"].as_str().unwrap_or_default()
}

async fn main_text(browser: &Browser) -> Result<String> {
    Ok(browser.driver.query(By::Css("main")).first().await?.text().await?)
}

async fn pay(browser: &Browser) -> Result<()> {
    browser.driver.query(By::Css("#payment-fields summary")).first().await?.click().await?;
    for (id, text) in
        [("pay-cost", "15306.17"), ("pay-peer", "7615.01"), ("pay-coefficient", "0.850"), ("pay-patient", "2100")]
    {
        browser.type_in(id, text).await?;
    }
    browser.select("pay-point", "own").await?;
    browser.type_in("pay-point-yuan", "12.34").await?;
    browser.type_in("pay-point-source", "某市医疗保障局").await?;
    browser.day("pay-point-date", "2025-01-31").await
}

fn paid(scheme: &str) -> Value {
    let mut asked = case(scheme, &DIAGNOSES, &OPERATIONS);
    asked["record"]["medfee_sumamt_fen"] = json!(1_530_617);
    asked["payment"] = json!({
        "peer_average_fen": 761_501, "coefficient": "0.850", "patient_paid_fen": 210_000,
        "own_point": { "yuan": "12.34", "kind": "budget", "source": "某市医疗保障局", "date": "2025-01-31" }
    });
    asked
}

#[tokio::test]
async fn a_stay_comes_out_as_on_the_command_line() -> Result<()> {
    let server = Server::start()?;
    let browser = Browser::start(1280, 900).await?;
    browser.driver.goto(server.url("/preview")).await?;
    fill(&browser, SCHEME).await?;
    pay(&browser).await?;
    let answer = group_dip(&paid(SCHEME), &[])?;
    until(&browser, code(&answer)).await?;
    for (id, part) in [("group-sentence", "/text"), ("score-text", "/score/text"), ("group-notice", "/notice")] {
        let got = browser.shown(id).await?.text().await?;
        ensure!(Some(got.as_str()) == answer.pointer(part).and_then(Value::as_str), "{id}: {got}");
    }
    for (id, name, part) in [
        ("pay-band", "data-band", "/score/band"),
        ("score-group", "data-rate", "/score/group_score"),
        ("score-deviation", "data-rate", "/score/deviation"),
        ("score-case", "data-rate", "/score/case_score"),
        ("path", "data-path", "/path"),
    ] {
        let got = browser.shown(id).await?.attr(name).await?;
        ensure!(got.as_deref() == answer.pointer(part).and_then(Value::as_str), "{id}: {got:?}");
    }
    for (id, fen) in [("pay-standard", "/score/pay_standard_fen"), ("pay-fund", "/score/fund_fen")] {
        let expect = answer.pointer(fen).and_then(Value::as_i64).with_context(|| format!("{fen} in {answer}"))?;
        ensure!(browser.fen(id).await? == expect, "{id}");
    }
    ensure!(browser.fen("pay-person").await? == 210_000, "the person's part is what was typed");
    let rows = browser.driver.find_all(By::Css("[data-testid='candidates'] tbody tr")).await?;
    ensure!(Some(rows.len()) == answer["candidates"].as_array().map(Vec::len), "{} candidates", rows.len());
    let candidates = browser.shown("candidates").await?.text().await?;
    ensure!(!candidates.contains("分值") && !candidates.contains('元'), "a candidate has a score: {candidates}");
    ensure!(browser.shown("scheme-notice").await?.text().await?.contains("非本市，仅演示"), "no notice");
    let page = main_text(&browser).await?;
    ensure!(!page.contains('盈') && !page.contains('亏'), "a single stay is called a gain or a loss");
    let scale = browser.shown("pay-scale").await?.attr("aria-label").await?.unwrap_or_default();
    ensure!(scale.contains("2.01") && scale.contains("费用偏高"), "{scale}");
    browser.picture("dip-stay").await?;
    browser.type_in("pay-peer", "x").await?;
    ensure!(browser.shown("pay-peer-error").await?.text().await?.contains("AX"), "no code");
    browser.close().await
}

#[tokio::test]
async fn a_stay_that_no_group_takes_is_told_without_money() -> Result<()> {
    let server = Server::start()?;
    let browser = Browser::start(1280, 900).await?;
    browser.driver.goto(server.url("/preview")).await?;
    choose_scheme(&browser, SCHEME).await?;
    for text in ["I10.x00x002", "K35.301"] {
        browser.type_in("dx-search", text).await?;
        browser.field("dx-search").await?.send_keys(Key::Enter + "").await?;
    }
    browser.type_in("op-search", "47.0100").await?;
    browser.field("op-search").await?.send_keys(Key::Enter + "").await?;
    let answer = group_dip(&case(SCHEME, &["I10.x00x002", "K35.301"], &["47.0100"]), &[])?;
    ensure!(answer["group"].is_null(), "{answer}");
    until(&browser, "").await?;
    let hints = browser.shown("hints").await?;
    ensure!(hints.attr("open").await?.is_none(), "hints are not folded");
    hints.query(By::Css("summary")).first().await?.click().await?;
    let told = hints.text().await?;
    let expect = answer["hints"][0]["text"].as_str().context("no hint")?;
    ensure!(told.contains("编码应当如实反映病历") && told.contains(expect), "{told}");
    ensure!(!told.contains("分值") && !told.contains('元') && !told.contains("K35.3:"), "{told}");
    ensure!(browser.driver.find_all(By::Css("[data-testid='payment']")).await?.is_empty(), "a payment is shown");
    browser.close().await
}

#[tokio::test]
async fn two_codings_are_compared_without_money() -> Result<()> {
    let server = Server::start()?;
    let browser = Browser::start(1280, 900).await?;
    browser.driver.goto(server.url("/preview")).await?;
    fill(&browser, SCHEME).await?;
    pay(&browser).await?;
    browser.driver.query(By::Css(".rooms li:nth-child(2) a")).first().await?.click().await?;
    browser.shown("compare-copy").await?.click().await?;
    browser.shown("b-op-1-remove").await?.click().await?;
    for (side, operations) in [("a", &OPERATIONS[..]), ("b", &OPERATIONS[..1])] {
        let expect = group_dip(&case(SCHEME, &DIAGNOSES, operations), &[])?;
        let got = browser.shown(&format!("{side}-group")).await?.text().await?;
        ensure!(got.starts_with(code(&expect)) && !code(&expect).is_empty(), "{side}: {got}");
    }
    let page = main_text(&browser).await?;
    ensure!(!page.contains('¥') && !page.contains("分值"), "money beside a comparison");
    browser.picture("dip-compare").await?;
    browser.close().await
}

/// The first rows of the case file.
fn rows(most: usize) -> Result<String> {
    let text = golden::records("dip/meizhou-2024")?;
    Ok(text.lines().take(most + 1).map(|line| format!("{line}\n")).collect())
}

async fn group_in_page(browser: &Browser, server: &Server, file: &Path, scheme: &str) -> Result<()> {
    browser.driver.goto(server.url("/preview/batch")).await?;
    choose_scheme(browser, scheme).await?;
    browser.field("batch-file").await?.send_keys(file.to_string_lossy()).await?;
    start(browser).await
}

/// Status, group, path, band, deviation, score and standard by id.
fn told(text: &str, separator: char) -> Result<BTreeMap<String, String>> {
    by_id(text, separator, 8)
}

#[tokio::test]
async fn every_row_of_a_table_comes_out_as_on_the_command_line() -> Result<()> {
    let server = Server::start()?;
    let folder = tempfile::tempdir()?;
    let table = folder.path().join("cases.tsv");
    fs::write(&table, rows(300)?)?;
    let expect = told(&group_table(&table, SCHEME)?, '\t')?;
    let browser = Browser::start(1280, 900).await?;
    group_in_page(&browser, &server, &table, SCHEME).await?;
    let out = downloaded(&browser, folder.path(), "download", "dip-cases.csv").await?;
    let out = String::from_utf8(out)?;
    let header = "\u{feff}id,status,group,path,band,deviation_k,case_score,pay_standard,";
    ensure!(out.starts_with(header), "{}", out.lines().next().unwrap_or_default());
    let got = told(&out, ',')?;
    ensure!(got.len() == expect.len() && got.len() == 300, "{} rows of {}", got.len(), expect.len());
    let differ: Vec<_> = expect
        .iter()
        .filter(|(id, row)| got.get(*id) != Some(row))
        .map(|(id, row)| (row, got.get(id)))
        .take(3)
        .collect();
    ensure!(differ.is_empty(), "{differ:?}");
    let count = |band: &str| expect.values().filter(|row| row.split(' ').nth(3) == Some(band)).count();
    let stays = browser.shown("scatter").await?.attr("data-stays").await?.unwrap_or_default();
    ensure!(stays.parse::<usize>()? == count("HIGH") + count("LOW") + count("NORMAL"), "{stays} in the picture");
    for word in ["费用偏高", "未入组", "编码库中没有的编码"] {
        let list = browser.field("work-reason").await?.text().await?;
        ensure!(list.contains(word), "nothing to check because of {word}: {list}");
    }
    ensure!(browser.shown("summary-notice").await?.text().await? == "非本市，仅演示", "no notice");
    browser.picture("dip-batch").await?;
    browser.close().await
}

/// A title, a header of two rows with merged cells, a diagnosis merged over two rows, a code that became a
/// number, a duplicate, and a note below.
fn catalogue(path: &Path) -> Result<()> {
    let mut book = Workbook::new();
    let plain = Format::new();
    let sheet = book.add_worksheet().set_name("目录")?;
    sheet.merge_range(0, 0, 0, 5, "某市 2025 年 DIP 病种目录", &plain)?;
    for (column, title) in [(0, "主要诊断"), (2, "主要手术操作")] {
        sheet.merge_range(1, column, 1, column + 1, title, &plain)?;
        sheet.write(2, column, "编码")?;
        sheet.write(2, column + 1, "名称")?;
    }
    sheet.merge_range(1, 4, 2, 4, "相关手术操作编码", &plain)?;
    sheet.merge_range(1, 5, 2, 5, "病种分值", &plain)?;
    sheet.write_row(3, 0, ["k35.3", "急性阑尾炎伴局限性腹膜炎", "47.0100", "腹腔镜阑尾切除", "54.5100X005"])?;
    sheet.write(3, 5, 1016)?;
    // The diagnosis is merged with the row above.
    sheet.write(4, 2, "47.0100")?;
    sheet.write(4, 5, 973.5)?;
    sheet.write_row(5, 0, ["I10.x", "高血压"])?;
    sheet.write(5, 2, 33.27)?;
    sheet.write(5, 5, 80)?;
    sheet.write_row(6, 0, ["K35.3", "急性阑尾炎伴局限性腹膜炎", "47.0100"])?;
    sheet.write(6, 5, 900)?;
    sheet.write_row(7, 0, ["I10.x", "高血压"])?;
    sheet.write(7, 5, 61)?;
    book.save(path)?;
    Ok(())
}

async fn import(browser: &Browser, server: &Server, file: &Path, name: &str) -> Result<()> {
    browser.driver.goto(server.url("/preview/import")).await?;
    browser.field("import-file").await?.send_keys(file.to_string_lossy()).await?;
    browser.shown("guess").await?;
    browser.type_in("import-name", name).await?;
    read_when_ready(browser).await
}

/// Has the file read as soon as that can be asked for.
async fn read_when_ready(browser: &Browser) -> Result<()> {
    let read = browser.shown("import-read").await?;
    let patience = Instant::now();
    while !read.is_enabled().await? {
        ensure!(patience.elapsed() < Duration::from_secs(20), "the file cannot be read");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    read.scroll_into_view().await?;
    read.click().await?;
    browser.shown("import-done").await?;
    Ok(())
}

#[tokio::test]
async fn a_citys_workbook_is_grouped_by_at_once_and_after_a_reload() -> Result<()> {
    let server = Server::start()?;
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("目录.xlsx");
    catalogue(&file)?;
    let browser = Browser::start(1280, 900).await?;
    import(&browser, &server, &file, "某市 DIP 目录 2025").await?;
    let quality = browser.shown("import-quality").await?;
    for (name, expect) in [("data-rows", "5"), ("data-taken", "3"), ("data-duplicates", "1")] {
        let got = quality.attr(name).await?;
        ensure!(got.as_deref() == Some(expect), "{name}: {got:?}");
    }
    let problems = browser.shown("import-problems").await?.text().await?;
    for told in ["工作表“目录”第 6 行", "33.2700", "工作表“目录”第 7 行", "编码与前面的行重复"]
    {
        ensure!(problems.contains(told), "{told} is not in {problems}");
    }
    let doubts = browser.shown("import-doubts").await?;
    doubts.query(By::Css("summary")).first().await?.click().await?;
    ensure!(doubts.text().await?.contains("第 5 行"), "a merged diagnosis is not told");
    browser.picture("dip-import").await?;
    browser.shown("import-use").await?.click().await?;
    let id = browser.shown("import-used").await?.attr("data-id").await?.context("no id")?;
    let pack = folder.path().join(format!("dip-{id}.anxpack"));
    downloaded(&browser, folder.path(), "import-export", &format!("dip-{id}.anxpack")).await?;
    ensure!(inspected(&pack)?[0]["id"] == format!("dip/{id}"), "{}", inspected(&pack)?);
    let expect = group_dip(&case(&id, &DIAGNOSES, &OPERATIONS), &[&pack])?;
    ensure!(code(&expect) == "K35.3:47.0100_54.5100x005", "{expect}");
    browser.driver.query(By::Css("[data-testid='import-used'] a")).first().await?.click().await?;
    browser.shown("example").await?.click().await?;
    until(&browser, code(&expect)).await?;
    browser.driver.refresh().await?;
    fill(&browser, &id).await?;
    until(&browser, code(&expect)).await?;
    // The second thread has no shelf of its own.
    let table = folder.path().join("cases.tsv");
    fs::write(&table, "case_id\tdx\tops\tcost\nA1\tK35.301\t47.0100|54.5100x005\t12000\nA2\tI10.x00x002\t\t900\n")?;
    group_in_page(&browser, &server, &table, &id).await?;
    let out = String::from_utf8(downloaded(&browser, folder.path(), "download", "dip-cases.csv").await?)?;
    let got = told(&out, ',')?;
    ensure!(got.get("A1").is_some_and(|row| row.starts_with("grouped K35.3:47.0100_54.5100x005 CORE")), "{got:?}");
    ensure!(got.get("A2").is_some_and(|row| row.starts_with("grouped I10.x CORE")), "{got:?}");
    browser.driver.goto(server.url("/preview/import")).await?;
    browser.shown("own-remove").await?.click().await?;
    let patience = Instant::now();
    while !browser.driver.find_all(By::Css("[data-testid='own-pack']")).await?.is_empty() {
        ensure!(patience.elapsed() < Duration::from_secs(10), "the pack is still there");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    browser.driver.goto(server.url("/preview")).await?;
    choose_scheme(&browser, SCHEME).await?;
    let offered = browser.driver.find_all(By::Css(format!("#scheme option[value='{id}']"))).await?;
    ensure!(offered.is_empty(), "a catalogue that was removed is offered");
    browser.close().await
}

/// Codes of a table of names.
fn codes(file: &str) -> Result<Vec<String>> {
    let text = fs::read_to_string(project().join("wasm-core/rules/drg/names").join(file))?;
    Ok(text.lines().skip(1).filter_map(|line| line.split('\t').next()).map(str::to_owned).collect())
}

const LARGE: usize = 12_000;

/// As many groups as a large city has, each with an operation of its own.
fn large_catalogue(path: &Path) -> Result<()> {
    let mut subcategories: Vec<String> =
        codes("diagnoses.tsv")?.into_iter().filter_map(|code| Some(code.get(..5)?.to_owned())).collect();
    subcategories.sort();
    subcategories.dedup();
    let operations: Vec<String> = codes("operations.tsv")?.into_iter().filter(|code| code.len() == 7).collect();
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("目录")?;
    sheet.write_row(0, 0, ["主要诊断编码", "诊断名称", "主要手术操作编码", "病种分值", "次均费用"])?;
    let pairs = operations.iter().flat_map(|operation| subcategories.iter().map(move |code| (code, operation)));
    for ((code, operation), row) in pairs.take(LARGE).zip(1..) {
        sheet.write_row(row, 0, [code.as_str(), "病种", operation.as_str()])?;
        sheet.write(row, 3, 100 + row % 900)?;
        sheet.write(row, 4, f64::from(1_000 + (row % 900) * 10) + 0.5)?;
    }
    book.save(path)?;
    Ok(())
}

#[tokio::test]
async fn a_large_catalogue_is_read_beside_the_page() -> Result<()> {
    let server = Server::start()?;
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("large.xlsx");
    large_catalogue(&file)?;
    let browser = Browser::start(1280, 900).await?;
    browser.driver.goto(server.url("/preview/import")).await?;
    // How long the page was ever kept from answering.
    let watch = "window.longest = 0; let last = performance.now();
        setInterval(() => { const now = performance.now(); window.longest = Math.max(window.longest, now - last); last = now; }, 10);";
    browser.driver.execute(watch, Vec::new()).await?;
    browser.field("import-file").await?.send_keys(file.to_string_lossy()).await?;
    browser.shown("guess").await?;
    browser.type_in("import-name", "大市 DIP 目录").await?;
    let read = browser.shown("import-read").await?;
    let patience = Instant::now();
    while !read.is_enabled().await? {
        ensure!(patience.elapsed() < Duration::from_secs(20), "the file cannot be read");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    read.click().await?;
    browser.shown("import-done").await?;
    let quality = browser.shown("import-quality").await?;
    let attr = async |name: &str| anyhow::Ok(quality.attr(name).await?.unwrap_or_default());
    ensure!(attr("data-taken").await? == LARGE.to_string(), "{} rows were taken", attr("data-taken").await?);
    let longest: f64 = browser.driver.execute("return window.longest", Vec::new()).await?.convert()?;
    let millis: f64 = attr("data-millis").await?.parse()?;
    writeln!(std::io::stderr(), "{LARGE} rows in {millis} ms, the page never waited longer than {longest:.0} ms")?;
    // On the page's own thread it would stand still for as long as the import takes.
    ensure!(longest < millis.max(500.0), "the page stood still for {longest} ms of {millis}");
    browser.close().await
}

#[tokio::test]
async fn weights_of_a_city_pay_a_drg() -> Result<()> {
    let server = Server::start()?;
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("weights.csv");
    // Spreadsheets of bureaus are often saved in GBK.
    let (gbk, ..) = encoding_rs::GBK.encode("DRG组编码,DRG名称,权重\nBR21,脑缺血性疾患,1.10\nBR25,脑缺血性疾患,0.90\n");
    fs::write(&file, &gbk)?;
    let browser = Browser::start(1280, 900).await?;
    browser.driver.goto(server.url("/preview/import")).await?;
    browser.choose("import-what-drg").await?;
    browser.field("import-file").await?.send_keys(file.to_string_lossy()).await?;
    browser.shown("guess").await?;
    browser.type_in("import-name", "某市 2025 年权重").await?;
    browser.type_in("import-price", "8000").await?;
    let read = browser.shown("import-read").await?;
    let patience = Instant::now();
    while !read.is_enabled().await? {
        ensure!(patience.elapsed() < Duration::from_secs(20), "the file cannot be read");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    read.click().await?;
    browser.shown("import-use").await?.click().await?;
    let id = browser.shown("import-used").await?.attr("data-id").await?.context("no id")?;
    browser.driver.query(By::Css("[data-testid='import-used'] a")).first().await?.click().await?;
    browser.choose("gend-1").await?;
    browser.type_in("age", "67").await?;
    browser.type_in("dx-search", "I63.900").await?;
    browser.field("dx-search").await?.send_keys(Key::Enter + "").await?;
    browser.driver.query(By::Css("#payment-fields summary")).first().await?.click().await?;
    browser.select("pay-region", &id).await?;
    browser.select("pay-price", "费率").await?;
    let drg = browser.shown("group").await?.attr("data-drg").await?.unwrap_or_default();
    let expect = match drg.as_str() {
        "BR21" => 880_000,
        "BR25" => 720_000,
        other => anyhow::bail!("{other} is not in the table"),
    };
    ensure!(browser.fen("pay-standard").await? == expect, "not weight × price");
    browser.close().await
}

/// A bureau's table with a group of its own for one ward.
const OWN_GROUPS: &str = "\
DRG组编码,DRG名称,权重,入组条件
BR2A,脑缺血性疾患（重症）,2.5,出院科别为重症医学科
BR21,脑缺血性疾患，伴严重并发症或合并症,1.5,
BR25,脑缺血性疾患，不伴并发症或合并症,0.8,
";

#[tokio::test]
async fn a_citys_own_groups_are_exported_and_group_on_the_command_line() -> Result<()> {
    let server = Server::start()?;
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("groups.csv");
    fs::write(&file, OWN_GROUPS)?;
    let browser = Browser::start(1280, 900).await?;
    browser.driver.goto(server.url("/preview/import")).await?;
    browser.choose("import-what-drg").await?;
    browser.field("import-file").await?.send_keys(file.to_string_lossy()).await?;
    browser.shown("guess").await?;
    browser.select("import-scheme", "chs-drg-1.1").await?;
    browser.type_in("import-name", "某市 2025 年病组").await?;
    browser.type_in("import-price", "10000").await?;
    read_when_ready(&browser).await?;
    browser.shown("import-use").await?.click().await?;
    let id = browser.shown("import-used").await?.attr("data-id").await?.context("no id")?;
    let (scheme, weights) = (format!("drg-{id}.anxpack"), format!("drg-weights-{id}.anxpack"));
    for (button, name) in [("import-export-scheme", &scheme), ("import-export", &weights)] {
        downloaded(&browser, folder.path(), button, name).await?;
    }
    let packs = [folder.path().join(&scheme), folder.path().join(&weights)];
    ensure!(inspected(&packs[0])?[0]["id"] == format!("drg/{id}"), "{}", inspected(&packs[0])?);
    browser.driver.query(By::Css("[data-testid='import-used'] a")).first().await?.click().await?;
    browser.choose("gend-1").await?;
    browser.type_in("age", "67").await?;
    browser.type_in("dx-search", "I63.900").await?;
    browser.field("dx-search").await?.send_keys(Key::Enter + "").await?;
    browser.driver.query(By::Css("#payment-fields summary")).first().await?.click().await?;
    browser.select("pay-region", &id).await?;
    browser.select("pay-price", "费率").await?;
    for (ward, drg) in [("重症医学科", "BR2A"), ("神经内科", "BR25")] {
        browser.type_in("dscg-caty", ward).await?;
        let asked = json!({
            "scheme": id,
            "record": { "gend": "1", "age": 67, "dscg_caty": ward, "diagnoses": [{ "diag_code": "I63.900" }] },
            "payment": { "region": id, "price": "费率" },
        });
        let answer = group_with(&asked, &[&packs[0], &packs[1]])?;
        ensure!(answer["drg"]["code"] == drg, "{answer}");
        let patience = Instant::now();
        while browser.shown("group").await?.attr("data-drg").await?.as_deref() != Some(drg) {
            ensure!(patience.elapsed() < Duration::from_secs(10), "the page does not say {drg}");
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        let expect = answer["payment"]["standard_fen"].as_i64();
        ensure!(Some(browser.fen("pay-standard").await?) == expect, "{ward}: not {expect:?}");
    }
    browser.picture("drg-own-groups").await?;
    browser.close().await
}

/// A catalogue with what its bureau says of points and hospitals on sheets of their own.
fn catalogue_with_terms(path: &Path) -> Result<()> {
    let mut book = Workbook::new();
    let sheets: [&[&[&str]]; 3] = [
        &[&["病种编码", "分值"], &["K35.3:47.0100", "1016"], &["I10.x", "61"]],
        &[&["险种", "预算点值（元）", "来源", "发布日期"], &["职工", "5.5", "某市医保局公告", "2025年3月1日"]],
        &[&["医疗机构等级", "医疗机构系数"], &["三级", "1.02"], &["二级", "0.85"]],
    ];
    for rows in sheets {
        let sheet = book.add_worksheet();
        for (r, row) in (0..).zip(rows) {
            sheet.write_row(r, 0, row.iter().copied())?;
        }
    }
    Ok(book.save(path)?)
}

#[tokio::test]
async fn hospitals_points_and_auxiliary_factors_score_as_on_the_command_line() -> Result<()> {
    let server = Server::start()?;
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("terms.xlsx");
    catalogue_with_terms(&file)?;
    let browser = Browser::start(1280, 900).await?;
    import(&browser, &server, &file, "某市 2025 年目录").await?;
    browser.shown("import-use").await?.click().await?;
    let id = browser.shown("import-used").await?.attr("data-id").await?.context("no id")?;
    let pack = folder.path().join(format!("dip-{id}.anxpack"));
    downloaded(&browser, folder.path(), "import-export", &format!("dip-{id}.anxpack")).await?;
    browser.driver.query(By::Css("[data-testid='import-used'] a")).first().await?.click().await?;
    fill(&browser, &id).await?;
    browser.driver.query(By::Css("#payment-fields summary")).first().await?.click().await?;
    browser.select("pay-hospital", "三级").await?;
    browser.select("pay-point", "职工").await?;
    for (at, kind, factor) in [("1", "severe", "1.35"), ("2", "age_over_65", "1.1")] {
        browser.select(&format!("pay-aux-{at}"), kind).await?;
        browser.type_in(&format!("pay-aux-factor-{at}"), factor).await?;
    }
    let mut asked = case(&id, &DIAGNOSES, &OPERATIONS);
    let auxiliary = json!([{ "type": "severe", "factor": "1.35" }, { "type": { "age": "old" }, "factor": "1.1" }]);
    asked["payment"] = json!({ "hospital": "三级", "point": "职工", "auxiliary": auxiliary });
    let answer = group_dip(&asked, &[&pack])?;
    until(&browser, code(&answer)).await?;
    // 1016 × 1.02 × 1.35 × 5.5: the highest factor applies, and only that one.
    ensure!(answer["score"]["pay_standard_fen"] == 769_468, "{}", answer["score"]);
    ensure!(browser.fen("pay-standard").await? == 769_468, "the page pays another standard");
    let factor = browser.shown("score-auxiliary").await?.attr("data-rate").await?;
    ensure!(factor.as_deref() == Some("1.35"), "{factor:?}");
    browser.picture("dip-terms").await?;
    // A whole table takes the same for every row.
    let table = folder.path().join("cases.tsv");
    fs::write(&table, "case_id\tdx\tops\tcost\nA1\tK35.301\t47.0100\t12000\nA2\tI10.x00x002\t\t900\n")?;
    browser.driver.goto(server.url("/preview/batch")).await?;
    choose_scheme(&browser, &id).await?;
    browser.driver.query(By::Css("[data-testid='payment-fields'] summary")).first().await?.click().await?;
    browser.select("pay-hospital", "二级").await?;
    browser.select("pay-point", "职工").await?;
    browser.field("batch-file").await?.send_keys(table.to_string_lossy()).await?;
    start(&browser).await?;
    let out = String::from_utf8(downloaded(&browser, folder.path(), "download", "dip-cases.csv").await?)?;
    let words = ["--pack", pack.to_str().context("a path")?, "--hospital", "二级", "--point", "职工"];
    let expect = told(&group_table_with(&table, &id, &words)?, '\t')?;
    ensure!(told(&out, ',')? == expect && expect.len() == 2, "{out}, not {expect:?}");
    ensure!(expect.get("A1").is_some_and(|row| !row.ends_with(' ')), "no standard: {expect:?}");
    browser.close().await
}

/// Goes through the views with something in each.
async fn each_view(browser: &Browser, server: &Server, mut look: impl AsyncFnMut(&str) -> Result<()>) -> Result<()> {
    let folder = tempfile::tempdir()?;
    browser.driver.goto(server.url("/preview")).await?;
    fill(browser, SCHEME).await?;
    pay(browser).await?;
    browser.shown("pay-scale").await?;
    look("stay").await?;
    browser.driver.query(By::Css(".rooms li:nth-child(2) a")).first().await?.click().await?;
    browser.shown("compare-copy").await?.click().await?;
    look("compare").await?;
    let table = folder.path().join("cases.tsv");
    fs::write(&table, rows(300)?)?;
    group_in_page(browser, server, &table, SCHEME).await?;
    look("batch").await?;
    let file = folder.path().join("catalogue.xlsx");
    catalogue(&file)?;
    import(browser, server, &file, "某市 DIP 目录 2025").await?;
    browser.shown("import-use").await?.click().await?;
    browser.shown("import-used").await?;
    look("import").await
}

#[tokio::test]
async fn a_phone_shows_every_view_without_scrolling_sideways() -> Result<()> {
    let server = Server::start()?;
    let browser = Browser::start(360, 780).await?;
    let mut wide = Vec::new();
    each_view(&browser, &server, async |view| {
        browser.picture(&format!("dip-{view}-phone")).await?;
        wide.extend(browser.too_wide(360).await?.map(|width| format!("{view}: {width}")));
        Ok(())
    })
    .await?;
    ensure!(wide.is_empty(), "{wide:?}");
    browser.close().await
}

#[tokio::test]
async fn axe_finds_nothing_in_dip() -> Result<()> {
    let server = Server::start()?;
    let browser = Browser::start(1280, 900).await?;
    let mut found = Vec::new();
    each_view(&browser, &server, async |view| {
        for (language, theme) in [("zh", "light"), ("zh", "dark"), ("en", "dark"), ("en", "light"), ("zh", "system")] {
            let english = browser.driver.execute("return document.documentElement.lang === 'en'", Vec::new()).await?;
            if english.convert::<bool>()? != (language == "en") {
                browser.shown("language").await?.click().await?;
            }
            browser.select("theme", theme).await?;
            tokio::time::sleep(Duration::from_millis(200)).await;
            found.extend(browser.axe().await?.into_iter().map(|f| format!("{view} {language} {theme}: {f}")));
            if (language, theme) == ("en", "light") {
                browser.picture(&format!("dip-{view}-english")).await?;
            }
        }
        Ok(())
    })
    .await?;
    ensure!(found.is_empty(), "{}", found.join("\n"));
    browser.close().await
}
