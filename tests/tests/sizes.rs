//! The codes that the pages show, read off the screen by a decoder of somebody else's at the sizes at which they are held
//! under scanners and before cameras.

mod picture;

use anxin_tests::browser::{Browser, Screen};
use anxin_tests::product::Server;
use anxin_tests::wallet::{click, log_in};
use anyhow::{Context as _, Result, ensure};
use picture::Grey;

/// What patients hold: the narrowest phone, plain and with finer pixels, an old one sideways, a small window.
const HELD: [(&str, Screen); 5] = [
    ("phone", Screen { width: 360, height: 640, ratio: 1.0 }),
    ("phone-2x", Screen { width: 360, height: 640, ratio: 2.0 }),
    ("phone-3x", Screen { width: 390, height: 844, ratio: 3.0 }),
    ("sideways", Screen { width: 568, height: 320, ratio: 2.0 }),
    ("window", Screen { width: 320, height: 480, ratio: 1.0 }),
];
/// What stands at a counter: a plain screen, one whose system makes everything a quarter larger, a tablet, a phone.
const STANDING: [(&str, Screen); 4] = [
    ("counter", Screen { width: 1280, height: 900, ratio: 1.0 }),
    ("counter-1.25x", Screen { width: 1024, height: 768, ratio: 1.25 }),
    ("tablet", Screen { width: 768, height: 1024, ratio: 2.0 }),
    ("phone-2x", Screen { width: 360, height: 640, ratio: 2.0 }),
];

/// Reads the code that is on the screen, as it is and as a camera of half as many pixels sees it.
async fn read(browser: &Browser, name: &str, screen: Screen) -> Result<String> {
    browser.screen(screen).await?;
    let qr = browser.shown("qr").await?;
    qr.scroll_into_view().await?;
    let picture = browser.as_seen(name).await?;
    let seen = Grey::of(&picture)?;
    let (said, _) = seen.read().with_context(|| format!("{name} as it is"))?;
    let frames = [(0, 0), (1, 0), (0, 1), (1, 1)].map(|(right, down)| seen.halved(right, down).read().ok());
    let halved: Vec<String> = frames.into_iter().flatten().map(|(said, _)| said).collect();
    ensure!(!halved.is_empty(), "{name}: a cheap camera never reads it");
    ensure!(halved.iter().all(|frame| *frame == said), "{name}: {said} and {halved:?}");
    Ok(said)
}

/// On every screen, in light and in dark.
async fn everywhere(
    browser: &Browser,
    name: &str,
    screens: &[(&str, Screen)],
    is_whole: impl Fn(&str) -> bool,
) -> Result<()> {
    for theme in ["light", "dark"] {
        browser.select("theme", theme).await?;
        for (size, screen) in screens {
            let said = read(browser, &format!("{name}-{size}-{theme}"), *screen).await?;
            ensure!(is_whole(&said), "{name} on {size} in {theme}: {said}");
        }
    }
    Ok(())
}

#[tokio::test]
async fn a_payment_code_is_read_at_every_size() -> Result<()> {
    let server = Server::demo()?;
    let resident = Browser::start(360, 640).await?;
    log_in(&resident, &server, "/wallet/code", "worker1").await?;
    resident.shown("qr").await?;
    everywhere(&resident, "size-code", &HELD, |said| said.len() == 28 && said.starts_with("424")).await?;
    resident.close().await
}

/// A signed code says much more, so that its squares are smaller.
#[tokio::test]
async fn a_code_of_a_bill_is_read_at_every_size() -> Result<()> {
    let server = Server::demo()?;
    let till = Browser::start(360, 640).await?;
    log_in(&till, &server, "/wallet/till", "hospital1").await?;
    click(&till, "offer-start").await?;
    till.type_in("own", "8").await?;
    click(&till, "presettle").await?;
    till.shown("offer").await?;
    everywhere(&till, "size-offer", &STANDING, |said| said.len() > 100).await?;
    till.close().await
}

#[tokio::test]
async fn the_lasting_code_of_a_counter_is_read_at_every_size() -> Result<()> {
    let server = Server::demo()?;
    let till = Browser::start(360, 640).await?;
    log_in(&till, &server, "/wallet/till", "hospital1").await?;
    till.type_in("counter-name", "A1").await?;
    click(&till, "lasting-show").await?;
    till.shown("lasting-code").await?;
    everywhere(&till, "size-counter", &STANDING, |said| said.len() > 100).await?;
    till.close().await
}
