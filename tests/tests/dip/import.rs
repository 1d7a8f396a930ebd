//! A city's own catalogue, groups and weights, from the bureau's spreadsheet to the same result as on the command line.

use std::fs;
use std::io::Write as _;
use std::path::Path;

use anxin_tests::browser::Browser;
use anxin_tests::node::project;
use anxin_tests::patience::until;
use anxin_tests::product::{Server, group_dip, group_table_with, group_with, inspected};
use anxin_tests::samples::messy;
use anxin_tests::table::{downloaded, read_in, start};
use anxin_tests::wallet::gone;
use anyhow::{Context as _, Result, ensure};
use rust_xlsxwriter::Workbook;
use serde_json::json;
use thirtyfour::prelude::{By, ElementQueryable as _, Key};

use super::{DIAGNOSES, OPERATIONS, SCHEME, case, choose_scheme, code, fill, group_in_page, grouped_as, told};

/// A catalogue as bureaus send it.
pub fn catalogue(path: &Path) -> Result<()> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("目录")?;
    messy(sheet, "某市 2025 年 DIP 病种目录")?;
    sheet.write_row(7, 0, ["I10.x", "高血压"])?;
    sheet.write(7, 5, 61)?;
    book.save(path)?;
    Ok(())
}

pub async fn import(browser: &Browser, server: &Server, file: &Path, name: &str) -> Result<()> {
    browser.driver.goto(server.url("/preview/import")).await?;
    browser.field("import-file").await?.send_keys(file.to_string_lossy()).await?;
    browser.shown("guess").await?;
    browser.type_in("import-name", name).await?;
    read_in(browser).await
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
    grouped_as(&browser, code(&expect)).await?;
    browser.driver.refresh().await?;
    fill(&browser, &id).await?;
    grouped_as(&browser, code(&expect)).await?;
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
    gone(&browser, "own-pack").await?;
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
    read_in(&browser).await?;
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
    read_in(&browser).await?;
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
    read_in(&browser).await?;
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
        until(&format!("the page says {drg}"), async || {
            Ok(browser.shown("group").await?.attr("data-drg").await?.as_deref() == Some(drg))
        })
        .await?;
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
    grouped_as(&browser, code(&answer)).await?;
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
