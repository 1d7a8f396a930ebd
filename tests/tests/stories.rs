//! The three stories as somebody follows them, from the page that tells them to what is to be seen at the end.

use std::fs;

use anxin_tests::browser::Browser;
use anxin_tests::node::project;
use anxin_tests::product::Server;
use anxin_tests::samples;
use anxin_tests::table::{read_in, start};
use anxin_tests::wallet::{asked, click, click_at_rest, log_in, text, there};
use anyhow::{Result, ensure};
use serde_json::{Value, json};
use thirtyfour::By;

const WIDE: u32 = 1280;
const PHONE: u32 = 360;

/// Begins a story from the start, and gives what the page was told of it.
async fn begin(browser: &Browser, server: &Server, story: &str) -> Result<[String; 3]> {
    browser.driver.goto(server.url("/stories")).await?;
    click(browser, &format!("begin-{story}")).await?;
    let begun = browser.shown(&format!("begun-{story}")).await?;
    let mut told = [const { String::new() }; 3];
    for (told, name) in told.iter_mut().zip(["data-card", "data-pack", "data-due"]) {
        *told = begun.attr(name).await?.unwrap_or_default();
    }
    Ok(told)
}

async fn away(till: &Browser) -> Result<()> {
    click(till, "log-out").await?;
    till.shown("logged-out").await.map(drop)
}

/// Reads the card, and enters the three parts of the bill.
async fn entered(till: &Browser, card: &str, parts: [&str; 3]) -> Result<()> {
    till.type_in("scan", card).await?;
    click(till, "read").await?;
    till.shown("patient").await?;
    for (field, amount) in ["scope", "first", "own"].into_iter().zip(parts) {
        till.type_in(field, amount).await?;
    }
    Ok(())
}

/// He shows his card, and pays what neither the funds nor his daughter do.
async fn discharged(till: &Browser, card: &str, time: &str) -> Result<()> {
    let send = async |path: &str, step: &str, body: &Value| {
        let answer = asked(till, "POST", path, &format!("{time}-{step}"), body).await?;
        ensure!(answer["status"].as_i64().is_some_and(|status| status < 300), "{step}: {answer}");
        Ok(answer["body"].clone())
    };
    let reading = json!({ "cert": "03", "value": card, "business": "01301", "device": "till-1" });
    let read = send("/pay/decode", "read", &reading).await?;
    let bill = json!({ "split": { "total_fen": 3_860_000, "own_expense_fen": 260_000, "pre_self_pay_fen": 200_000 } });
    let place = json!({ "area": "in_province", "filing": "referred" });
    let stay = json!({ "level": "3_city", "discharged": "2026-11-20", "place": place, "bill": bill });
    let mut ask = json!({
        "token": read["token"], "device": "till-1", "visit": { "inpatient": stay }, "use_accounts": true,
    });
    let pre = send("/pay/presettle", "presettle", &ask).await?;
    // What the page worked out is what the area works out, less what the daughter shares.
    ensure!(pre["figures"]["psn_cash_pay_fen"] == 1_738_400 - 200_000, "{time}: not the estimate: {pre}");
    (ask["figures"], ask["cash"]) = (pre["figures"].clone(), json!({ "means": "cash" }));
    let order = send("/pay/settle", "settle", &ask).await?;
    ensure!(order["state"] == "settled", "{order}");
    Ok(())
}

#[tokio::test]
async fn a_father_is_referred_and_his_daughter_shares() -> Result<()> {
    let server = Server::demo()?;
    let browser = Browser::start(WIDE, 900).await?;
    let [card, ..] = begin(&browser, &server, "stay").await?;
    let mut found = browser.axe().await?;
    browser.picture("stories").await?;
    click(&browser, "open-comparison").await?;
    browser.shown("compared").await?;
    let difference = text(&browser, "differences").await?;
    ensure!(difference.contains("多付 ¥2,004.00"), "{difference}");
    for (cell, amount) in [("s0-person", "¥17,384.00"), ("s1-person", "¥19,388.00")] {
        ensure!(text(&browser, cell).await? == amount, "{cell}");
        let certainty = text(&browser, &cell.replace("person", "certainty")).await?;
        ensure!(certainty.contains("不确定"), "{cell} is said to be {certainty}");
    }
    found.extend(browser.axe().await?);
    browser.picture("story-compare").await?;

    // The till's page takes visits of a day; a stay is settled by the interface, as a hospital's own program does it.
    log_in(&browser, &server, "/wallet/till", "hospital2").await?;
    for time in ["once", "again"] {
        discharged(&browser, &card, time).await?;
        begin(&browser, &server, "stay").await?;
        browser.driver.goto(server.url("/wallet/till")).await?;
    }
    away(&browser).await?;
    log_in(&browser, &server, "/wallet/family", "chen1").await?;
    there(&browser, "a[href^='/wallet/family/relations/']").await?;
    found.extend(browser.axe().await?);
    browser.picture("story-family").await?;
    ensure!(found.is_empty(), "{}", found.join("\n"));
    browser.close().await
}

#[tokio::test]
async fn nine_of_eight_hundred_are_to_be_mended_and_a_workbook_is_taken_in() -> Result<()> {
    let server = Server::start()?;
    let browser = Browser::start(WIDE, 900).await?;
    browser.driver.goto(server.url("/stories")).await?;
    click(&browser, "open-batch").await?;
    browser.shown("mapping").await?;
    start(&browser).await?;
    let count = browser.shown("work-count").await?.attr("data-count").await?.unwrap_or_default();
    ensure!(count == "9", "{count} rows: {}", text(&browser, "worklist").await?);
    for (line, told) in samples::TO_MEND.into_iter().zip([
        "疑似分解住院",
        "疑似重复结算",
        "分项费用之和与医疗费总额不符",
        "之和与总额不符",
        "手术日期不在住院期间",
        "有手术费但没有手术操作编码",
        "性别",
        "I63",
        "79.3600",
    ]) {
        let row = text(&browser, &format!("work-{line}")).await?;
        ensure!(row.contains(told), "row {line} says {row}, not {told}");
    }
    let mut found = browser.axe().await?;
    browser.picture("story-worklist").await?;

    browser.driver.goto(server.url("/stories")).await?;
    click(&browser, "open-import").await?;
    browser.shown("guess").await?;
    found.extend(browser.axe().await?);
    read_in(&browser).await?;
    let quality = browser.shown("import-quality").await?;
    for (name, expect) in [("data-rows", "12"), ("data-taken", "10"), ("data-duplicates", "1")] {
        let got = quality.attr(name).await?;
        ensure!(got.as_deref() == Some(expect), "{name}: {got:?}");
    }
    let problems = text(&browser, "import-problems").await?;
    ensure!(problems.contains("33.2700") && problems.contains("编码与前面的行重复"), "{problems}");
    browser.picture("story-import").await?;
    ensure!(found.is_empty(), "{}", found.join("\n"));
    browser.close().await
}

/// The files that come with the page are what the program makes. `UPDATE_SAMPLES=1` writes them.
#[test]
fn the_samples_are_as_they_are_made() -> Result<()> {
    let folder = project().join("web-app/static/samples");
    let made = [("discharges.csv", samples::discharges().into_bytes()), ("dip.xlsx", samples::catalogue()?)];
    for (name, bytes) in made {
        if std::env::var_os("UPDATE_SAMPLES").is_some() {
            fs::create_dir_all(&folder)?;
            fs::write(folder.join(name), &bytes)?;
        }
        ensure!(fs::read(folder.join(name))? == bytes, "{name} is not as it is made: UPDATE_SAMPLES=1");
    }
    Ok(())
}

#[tokio::test]
async fn five_things_went_wrong_on_one_day() -> Result<()> {
    let server = Server::demo()?;
    let browser = Browser::start(WIDE, 900).await?;
    let [card, pack, due] = begin(&browser, &server, "day").await?;
    ensure!(due == "2026-10-29", "{due}");
    // 借贷合计为零.
    ensure!(browser.fen("day-sum").await? == 0, "the books come to {}", text(&browser, "day-sum").await?);
    let mut found = browser.axe().await?;
    let phone = Browser::start(PHONE, 800).await?;
    log_in(&phone, &server, "/wallet/clearing", "area1").await?;
    there(&phone, "[data-testid='batch'][data-state='declared']").await?;
    let batch = text(&phone, "batch").await?;
    // What was sold less what came back late; what was reversed is in neither.
    ensure!(batch.contains("¥100.00") && batch.contains(&due), "{batch}");
    let holidays = text(&phone, "batch-holidays").await?;
    let past = "2026-09-25、2026-10-01、2026-10-02、2026-10-05、2026-10-06、2026-10-07";
    ensure!(holidays.contains(past), "the clock does not go past the holidays: {holidays}");
    click_at_rest(&phone, "[data-testid='batch'][data-state='declared'] [data-testid='batch-statement']").await?;
    there(&phone, "[data-testid='batch-lines'] tbody tr").await?;
    let lines = text(&phone, "batch-lines").await?;
    ensure!(lines.contains("−¥20.00"), "the late refund is not in {lines}");
    there(&phone, "[data-testid='difference'][data-state='open'][data-class='only_institution']").await?;
    ensure!(text(&phone, "difference").await?.contains("¥86.00"), "not what the hospital has");
    there(&phone, "[data-testid='standings'] li[data-approved='true']").await?;
    ensure!(phone.too_wide(PHONE).await?.is_none(), "wider than a phone");
    found.extend(phone.axe().await?);
    phone.picture("story-clearing").await?;
    away(&phone).await?;
    log_in(&phone, &server, "/wallet/code", "xiaohe1").await?;
    there(&phone, "[data-testid='orders'] li[data-state='revoked']").await?;
    there(&phone, "[data-testid='orders'] li[data-state='part_refunded']").await?;
    let orders = text(&phone, "orders").await?;
    ensure!(orders.contains("已冲正") && orders.contains("已退 ¥20.00"), "{orders}");
    away(&phone).await?;

    log_in(&browser, &server, "/wallet/till", "hospital3").await?;
    entered(&browser, &card, ["112", "6", "8"]).await?;
    browser.type_in("drug", "XDEMO00000000000000001").await?;
    browser.type_in("drug-amount", "15").await?;
    browser.type_in("drug-pack", &pack).await?;
    click(&browser, "add-drug").await?;
    there(&browser, "[data-testid='drug-lines'] li").await?;
    click(&browser, "presettle").await?;
    there(&browser, "[data-testid='trouble'][data-code='AX9061']").await?;
    browser.picture("story-pack").await?;
    found.extend(browser.axe().await?);
    away(&browser).await?;

    log_in(&browser, &server, "/wallet/till", "pharmacy3").await?;
    entered(&browser, &card, ["50", "0", "0"]).await?;
    click(&browser, "presettle").await?;
    click(&browser, "settle").await?;
    there(&browser, "[data-testid='trouble'][data-code='AX9064']").await?;
    found.extend(browser.axe().await?);
    ensure!(found.is_empty(), "{}", found.join("\n"));
    // Told again, it is found again.
    let [_, next, _] = begin(&browser, &server, "day").await?;
    ensure!(next != pack, "the same pack twice");
    log_in(&phone, &server, "/wallet/clearing", "area1").await?;
    there(&phone, "[data-testid='batches-over'] [data-state='withdrawn']").await?;
    there(&phone, "[data-testid='differences-over'] [data-state='closed']").await?;
    for waiting in ["[data-testid='batch'][data-state='declared']", "[data-testid='difference'][data-state='open']"] {
        let waiting = phone.driver.find_all(By::Css(waiting)).await?;
        ensure!(waiting.len() == 1, "what was told before waits for operators still: {} of them", waiting.len());
    }
    found.extend(phone.axe().await?);
    ensure!(found.is_empty(), "{}", found.join("\n"));
    phone.close().await?;
    browser.close().await
}
