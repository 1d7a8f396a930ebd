//! A code that a till shows and a resident scans, a camera that reads one, and a prescription that goes from a doctor to
//! a pharmacy's counter.

mod picture;

use anxin_tests::browser::Browser;
use anxin_tests::patience::found;
use anxin_tests::product::Server;
use anxin_tests::wallet::{click, log_in, text, there};
use anyhow::{Context as _, Result, ensure};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use picture::{Grey, read};
use serde_json::{Value, json};
use thirtyfour::prelude::By;

const PHONE: u32 = 360;
const DRUG: &str = "XDEMO00000000000000003";

/// Enters a bill and shows its code, instead of reading who it is.
async fn offered(till: &Browser) -> Result<()> {
    click(till, "offer-start").await?;
    till.type_in("scope", "112").await?;
    till.type_in("first", "6").await?;
    till.type_in("own", "8").await?;
    click(till, "presettle").await?;
    till.shown("offer").await.map(drop)
}

/// Looks at the bill that is open, and pays it.
async fn paid(resident: &Browser, found: &mut Vec<String>) -> Result<()> {
    let payee = text(resident, "scan-payee").await?;
    ensure!(payee.contains("羊城示范医院（演示）"), "{payee}");
    ensure!(resident.fen("scan-total").await? == 12_000, "not the bill");
    found.extend(resident.axe().await?);
    ensure!(resident.too_wide(PHONE).await?.is_none(), "wider than a phone");
    resident.picture("scan-bill").await?;
    click(resident, "scan-check").await?;
    let say = text(resident, "scan-pay-say").await?;
    ensure!(say.contains("羊城示范医院（演示）") && say.contains("¥120.00"), "{say}");
    found.extend(resident.axe().await?);
    click(resident, "scan-pay-confirm").await?;
    there(resident, "[data-testid='scan-done'][data-state='settled']").await
}

#[tokio::test]
async fn a_code_at_the_counter_is_scanned_looked_at_and_paid() -> Result<()> {
    let server = Server::demo()?;
    let (resident, till) = (Browser::start(PHONE, 800).await?, Browser::start(1280, 900).await?);
    log_in(&resident, &server, "/wallet/scan", "worker1").await?;
    log_in(&till, &server, "/wallet/till", "hospital1").await?;
    offered(&till).await?;
    let mut found = till.axe().await?;
    found.extend(resident.axe().await?);
    let code = read(&till.picture("pay-offer").await?)?;
    ensure!(code.len() > 100, "{code}");
    // A letter that was misread is told, and the bill is still there.
    let swapped = code.replacen(&code[..1], "B", 1);
    resident.type_in("scan-code", &swapped).await?;
    click(&resident, "scan-go").await?;
    there(&resident, "[data-testid='trouble'][data-code='AX9033']").await?;
    resident.type_in("scan-code", &code).await?;
    click(&resident, "scan-go").await?;
    resident.shown("scanned").await?;
    there(&till, "[data-testid='offer'][data-opened='true']").await?;
    ensure!(text(&till, "offer-state").await?.contains("何*"), "not who scanned it");
    paid(&resident, &mut found).await?;
    there(&till, "[data-testid='receipt'][data-state='settled']").await?;

    // The next bill by its digits, as who has no camera does.
    click(&till, "next-patient").await?;
    offered(&till).await?;
    let number = till.shown("offer-number").await?.attr("data-number").await?.context("no number")?;
    click(&resident, "scan-next").await?;
    click(&resident, "scan-go").await?;
    there(&resident, "#scan-code[aria-invalid='true']").await?;
    resident.type_in("scan-code", &number).await?;
    click(&resident, "scan-go").await?;
    paid(&resident, &mut found).await?;
    there(&till, "[data-testid='receipt'][data-state='settled']").await?;
    ensure!(found.is_empty(), "{}", found.join("\n"));
    resident.close().await?;
    till.close().await
}

/// This Chromium reads no codes by itself: what stands in for it hands the camera's picture to the test, whose decoder
/// answers. Everything else is the page's own.
const DETECTOR: &str = "window.__asked = 0;
    window.BarcodeDetector = class {
        async detect(video) {
            const canvas = document.createElement('canvas');
            [canvas.width, canvas.height] = [video.videoWidth, video.videoHeight];
            const context = canvas.getContext('2d');
            context.drawImage(video, 0, 0);
            const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
            let grey = '';
            for (let at = 0; at < data.length; at += 4) grey += String.fromCharCode(data[at]);
            window.__seen = { width: canvas.width, height: canvas.height, grey: btoa(grey) };
            return window.__said ? [{ rawValue: window.__said }] : [];
        }
    };";

/// Reads what the camera sees, and tells the page.
async fn decode(browser: &Browser) -> Result<String> {
    found("the camera sees a code", async || {
        let seen: Value = browser.driver.execute("return window.__seen ?? null;", Vec::new()).await?.convert()?;
        if let Some(grey) = seen["grey"].as_str() {
            let size = |of: &str| seen[of].as_u64().and_then(|n| usize::try_from(n).ok()).context("no size");
            let grey = Grey { width: size("width")?, height: size("height")?, pixels: STANDARD.decode(grey)? };
            if let Ok((said, _)) = grey.read() {
                browser.driver.execute("window.__said = arguments[0];", vec![json!(said)]).await?;
                return Ok(Some(said));
            }
        }
        Ok(None)
    })
    .await
}

#[tokio::test]
async fn a_camera_reads_the_code_and_no_picture_leaves_the_page() -> Result<()> {
    let server = Server::demo()?;
    let resident = Browser::start(PHONE, 800).await?;
    log_in(&resident, &server, "/wallet/code", "worker1").await?;
    resident.shown("qr").await?;
    let folder = tempfile::tempdir()?;
    let film = folder.path().join("code.y4m");
    Grey::of(&resident.picture("camera-code").await?)?.film(&film)?;

    let till = Browser::with_camera(1280, 900, &film).await?;
    log_in(&till, &server, "/wallet/till", "hospital1").await?;
    till.shown("camera-none").await?;
    till.driver.execute(DETECTOR, Vec::new()).await?;
    // The page looks for a detector whenever it draws this step.
    click(&till, "offer-start").await?;
    till.driver
        .execute("document.querySelector('[data-testid=basket] .buttons button.secondary').click();", Vec::new())
        .await?;
    click(&till, "camera").await?;
    till.shown("lens").await?;
    let mut found = till.axe().await?;
    let code = decode(&till).await?;
    ensure!(code.len() == 28 && code.starts_with("424"), "{code}");
    ensure!(text(&till, "patient").await?.contains("何*"), "not who it is");
    let closed = "return document.querySelector('video') === null;";
    ensure!(till.driver.execute(closed, Vec::new()).await?.convert::<bool>()?, "the camera is still open");
    let asked = "return performance.getEntriesByType('resource').filter((r) => r.initiatorType === 'fetch' &&
        r.name.includes('/api/')).map((r) => new URL(r.name).pathname);";
    let asked: Vec<String> = till.driver.execute(asked, Vec::new()).await?.convert()?;
    ensure!(asked.last().is_some_and(|last| last == "/api/v1/pay/decode"), "{asked:?}");
    found.extend(till.axe().await?);
    ensure!(found.is_empty(), "{}", found.join("\n"));
    resident.close().await?;
    till.close().await
}

#[tokio::test]
async fn a_prescription_goes_from_the_doctor_over_a_pharmacist_to_the_counter() -> Result<()> {
    let server = Server::demo()?;
    let (doctor, till, pharmacist) =
        (Browser::start(1280, 900).await?, Browser::start(1280, 900).await?, Browser::start(PHONE, 800).await?);
    log_in(&doctor, &server, "/wallet/prescriptions", "doctor1").await?;
    let fields =
        [("patient", "000000199206180055"), ("diagnosis", "I10.x00"), ("drug", DRUG), ("count", "2"), ("days", "14")];
    for (field, value) in fields {
        doctor.type_in(&format!("rx-{field}"), value).await?;
    }
    click(&doctor, "rx-check").await?;
    there(&doctor, "#rx-usage[aria-invalid='true']").await?;
    doctor.type_in("rx-usage", "口服，一次1片，一日2次").await?;
    let mut found = doctor.axe().await?;
    click(&doctor, "rx-check").await?;
    let say = text(&doctor, "rx-say").await?;
    ensure!(say.contains("0055") && !say.contains("000000199206180055"), "{say}");
    click(&doctor, "rx-confirm").await?;
    doctor.shown("rx-done").await?;
    found.extend(doctor.axe().await?);

    log_in(&till, &server, "/wallet/till", "pharmacy1").await?;
    till.type_in("scan", "000000199206180055").await?;
    click(&till, "read").await?;
    till.shown("patient").await?;
    click(&till, "look-up").await?;
    there(&till, "[data-testid='prescriptions'] li[data-review='asked']").await?;
    found.extend(till.axe().await?);

    log_in(&pharmacist, &server, "/wallet/reviews", "pharmacist1").await?;
    there(&pharmacist, "[data-testid='reviews'] li[data-review='asked']").await?;
    click(&pharmacist, "rx-refuse").await?;
    there(&pharmacist, "[data-testid='reviews'] [aria-invalid='true']").await?;
    found.extend(pharmacist.axe().await?);
    ensure!(pharmacist.too_wide(PHONE).await?.is_none(), "wider than a phone");
    pharmacist.picture("rx-review").await?;
    click(&pharmacist, "rx-pass").await?;
    there(&pharmacist, "[data-testid='reviews'] li[data-review='passed']").await?;

    click(&till, "look-up").await?;
    there(&till, "[data-testid='prescriptions'] li[data-review='passed']").await?;
    till.type_in("own", "10").await?;
    till.type_in("drug", DRUG).await?;
    till.type_in("drug-amount", "30").await?;
    till.choose("drug-own").await?;
    for pack in ["81234567890123457001", "81234567890123457002"] {
        till.type_in("drug-pack", pack).await?;
        click(&till, "add-drug").await?;
    }
    till.picture("rx-till").await?;
    click(&till, "presettle").await?;
    till.shown("due").await?;
    click(&till, "settle").await?;
    there(&till, "[data-testid='receipt'][data-state='settled']").await?;

    // It was dispensed.
    click(&till, "next-patient").await?;
    till.type_in("scan", "000000199206180055").await?;
    click(&till, "read").await?;
    till.shown("patient").await?;
    click(&till, "look-up").await?;
    till.shown("no-prescriptions").await?;
    ensure!(till.driver.find_all(By::Css("[data-testid='prescriptions']")).await?.is_empty(), "still there");
    ensure!(found.is_empty(), "{}", found.join("\n"));
    doctor.close().await?;
    pharmacist.close().await?;
    till.close().await
}
