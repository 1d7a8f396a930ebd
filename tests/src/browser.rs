//! A real Chromium, driven through its own driver.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use tempfile::TempDir;
use thirtyfour::prelude::*;

use crate::node::project;
use crate::patience::PATIENCE;
use crate::product::Process;

/// Its driver wants the same port twice, for IPv4 and IPv6, and ends when somebody else has one of them.
fn driver() -> Result<(Process, u16)> {
    const TRIES: u32 = 5;
    let start = || Process::listening(Command::new("chromedriver").arg("--port=0"), "successfully on port ", PATIENCE);
    for _ in 1..TRIES {
        if let Ok(started) = start() {
            return Ok(started);
        }
    }
    start()
}

/// A browser that does not come up on a busy machine is started anew: it is not what is tested.
async fn session(url: &str, wanted: &thirtyfour::ChromeCapabilities) -> Result<WebDriver> {
    const TRIES: u32 = 3;
    for _ in 1..TRIES {
        if let Ok(driver) = WebDriver::new(url, wanted.clone()).await {
            return Ok(driver);
        }
    }
    WebDriver::new(url, wanted.clone()).await.with_context(|| format!("no browser after {TRIES} tries"))
}

/// What a page is looked at on: its size in the page's own pixels, and how many of the device's are in one of them.
#[derive(Clone, Copy, Debug)]
pub struct Screen {
    pub width: u32,
    pub height: u32,
    pub ratio: f64,
}

pub struct Browser {
    pub driver: WebDriver,
    process: Process,
    _profile: TempDir,
}

impl Browser {
    /// Starts a browser with an empty profile and a window of this size.
    pub async fn start(width: u32, height: u32) -> Result<Browser> {
        Browser::with(width, height, &[]).await
    }

    /// The same with a camera before which this film (Y4M) runs; nobody is asked whether it may be opened.
    pub async fn with_camera(width: u32, height: u32, film: &Path) -> Result<Browser> {
        let film = format!("--use-file-for-fake-video-capture={}", film.display());
        let args = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream", &film];
        Browser::with(width, height, &args).await
    }

    async fn with(width: u32, height: u32, more: &[&str]) -> Result<Browser> {
        let (process, port) = driver()?;
        let profile = tempfile::tempdir()?;
        let mut wanted = DesiredCapabilities::chrome();
        for arg in [
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--disable-dev-shm-usage",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--lang=zh-CN",
            &format!("--user-data-dir={}", profile.path().display()),
            &format!("--window-size={width},{height}"),
        ] {
            wanted.add_arg(arg)?;
        }
        for arg in more {
            wanted.add_arg(arg)?;
        }
        let driver = session(&format!("http://127.0.0.1:{port}"), &wanted).await?;
        // A headless window has a least width of its own; the emulated device has not.
        let device = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 500 });
        driver.cdp().send_raw("Emulation.setDeviceMetricsOverride", device).await?;
        Ok(Browser { driver, process, _profile: profile })
    }

    /// The element with this id, once it is there.
    pub async fn field(&self, id: &str) -> Result<WebElement> {
        let found = self.driver.query(By::Id(id)).wait(PATIENCE, Duration::from_millis(50)).first().await;
        found.with_context(|| format!("no field {id}"))
    }

    /// The element with this `data-testid`, once it is there.
    pub async fn shown(&self, id: &str) -> Result<WebElement> {
        let by = By::Css(format!("[data-testid='{id}']"));
        let found = self.driver.query(by).wait(PATIENCE, Duration::from_millis(50)).first().await;
        found.with_context(|| format!("nothing shows {id}"))
    }

    /// Types over what stands in a text field.
    pub async fn type_in(&self, id: &str, text: &str) -> Result<()> {
        let field = self.field(id).await?;
        field.scroll_into_view().await?;
        field.send_keys(Key::Control + "a").await?;
        field.send_keys(text).await?;
        Ok(())
    }

    /// Ticks a box or chooses a radio button, by its label as a person would.
    pub async fn choose(&self, id: &str) -> Result<()> {
        let field = self.field(id).await?;
        field.scroll_into_view().await?;
        self.driver.execute("arguments[0].click()", vec![field.to_json()?]).await?;
        ensure!(self.field(id).await?.is_selected().await?, "{id} did not take the choice");
        Ok(())
    }

    /// Chooses from a list.
    pub async fn select(&self, id: &str, value: &str) -> Result<()> {
        self.field(id).await?;
        let option = By::Css(format!("#{id} option[value='{value}']"));
        self.driver.query(option).first().await?.click().await?;
        Ok(())
    }

    /// A day. What keys a date field takes depends on the browser's language, so it is set and announced.
    pub async fn day(&self, id: &str, day: &str) -> Result<()> {
        let field = self.field(id).await?;
        let script = "const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set;
            set.call(arguments[0], arguments[1]);
            arguments[0].dispatchEvent(new InputEvent('input', { bubbles: true }));";
        self.driver.execute(script, vec![field.to_json()?, json!(day)]).await?;
        Ok(())
    }

    /// Presses one key where the focus is, and says where the focus is then. Keys that are sent to an element focus it
    /// anew first, which takes a field for a day back to its first part.
    pub async fn press(&self, key: impl Into<TypingData>) -> Result<String> {
        self.driver.action_chain().send_keys(key).perform().await?;
        let id = self.driver.execute("return document.activeElement.id", Vec::new()).await?;
        Ok(id.convert()?)
    }

    /// Goes on with the tab key until the focus is on a field whose id begins like this.
    pub async fn tab_to(&self, id: &str) -> Result<String> {
        let mut passed = Vec::new();
        for _ in 0..120 {
            let at = self.press(Key::Tab).await?;
            if at.starts_with(id) {
                return Ok(at);
            }
            passed.push(at);
        }
        anyhow::bail!("the tab key never reaches {id}, only {}", passed.join(" "))
    }

    /// Tabs into a group of radio buttons and moves with the arrow key to the one that is wanted.
    pub async fn choose_by_keys(&self, group: &str, id: &str) -> Result<()> {
        let mut at = self.tab_to(group).await?;
        for _ in 0..12 {
            if at == id {
                self.driver.active_element().await?.send_keys(" ").await?;
                ensure!(self.field(id).await?.is_selected().await?, "{id} did not take the choice");
                return Ok(());
            }
            at = self.press(Key::Down).await?;
        }
        anyhow::bail!("the arrow keys never reach {id}")
    }

    /// Where files are to be put that the page gives out.
    pub async fn download_to(&self, folder: &Path) -> Result<()> {
        let behaviour = json!({ "behavior": "allow", "downloadPath": folder });
        self.driver.cdp().send_raw("Browser.setDownloadBehavior", behaviour).await?;
        Ok(())
    }

    /// How wide the page is, where that is more than the window.
    pub async fn too_wide(&self, width: u32) -> Result<Option<u32>> {
        let found = self.driver.execute("return document.documentElement.scrollWidth", Vec::new()).await?;
        let found: u32 = found.convert()?;
        Ok((found > width).then_some(found))
    }

    /// Shows the page as it goes to paper, or as it is seen.
    pub async fn medium(&self, medium: &str) -> Result<()> {
        self.driver.cdp().send_raw("Emulation.setEmulatedMedia", json!({ "media": medium })).await?;
        Ok(())
    }

    /// Has the device prefer a theme: "light" or "dark".
    pub async fn prefers(&self, theme: &str) -> Result<()> {
        let features = json!([{ "name": "prefers-color-scheme", "value": theme }]);
        self.driver.cdp().send_raw("Emulation.setEmulatedMedia", json!({ "features": features })).await?;
        Ok(())
    }

    /// The exact amount that an element carries.
    pub async fn fen(&self, id: &str) -> Result<i64> {
        let text = self.shown(id).await?.attr("data-fen").await?.with_context(|| format!("{id} carries no amount"))?;
        Ok(text.parse()?)
    }

    /// What axe-core finds on the page as it is: rule and element of each violation.
    pub async fn axe(&self) -> Result<Vec<String>> {
        let source = std::fs::read_to_string(project().join("xtask/node_modules/axe-core/axe.min.js"))?;
        self.driver.execute(source, Vec::new()).await?;
        let script = "const done = arguments[arguments.length - 1];
            axe.run(document).then(r => done(r.violations.map(v => v.id + ': ' + v.nodes.map(n => n.html.slice(0, 120)).join(' | '))));";
        let found = self.driver.execute_async(script, Vec::new()).await?;
        Ok(found.convert()?)
    }

    /// Messages of level SEVERE that the page wrote to the console.
    pub async fn complaints(&self) -> Result<Vec<Value>> {
        let found = self.driver.execute("return window.__complaints ?? []", Vec::new()).await?;
        Ok(found.convert()?)
    }

    /// The most bytes that the processes which draw pages and run their workers ever held, as `/proc` has it: it counts
    /// what a worker's module and the browser's own copies take as well. The program of the browser, which they share, is
    /// counted once, however many of them it keeps in reserve.
    pub fn renderers_peak(&self) -> Result<u64> {
        let parents = processes()?;
        let under = |mut id: u32| loop {
            match parents.get(&id) {
                Some(parent) if *parent == self.process.id() => return true,
                Some(parent) => id = *parent,
                None => return false,
            }
        };
        let (mut own, mut program) = (0, 0);
        for id in parents.keys().copied().filter(|id| under(*id)) {
            let folder = PathBuf::from(format!("/proc/{id}"));
            // One that has ended by now is no part of it.
            let Ok(command) = std::fs::read_to_string(folder.join("cmdline")) else { continue };
            if command.contains("--type=renderer") {
                let status = std::fs::read_to_string(folder.join("status"))?;
                let shared = held(&status, "RssFile:")?;
                own += held(&status, "VmHWM:")?.saturating_sub(shared);
                program = program.max(shared);
            }
        }
        ensure!(own > 0, "no process draws the page");
        Ok(own + program)
    }

    /// Keeps a picture of the whole page under `target/screenshots`.
    pub async fn picture(&self, name: &str) -> Result<PathBuf> {
        let folder = project().join("target/screenshots");
        std::fs::create_dir_all(&folder)?;
        let path = folder.join(format!("{name}.png"));
        let height = self.driver.execute("return document.documentElement.scrollHeight", Vec::new()).await?;
        let width = self.driver.execute("return window.innerWidth", Vec::new()).await?;
        let (width, height): (u32, u32) = (width.convert()?, height.convert()?);
        let tools = self.driver.cdp();
        let metrics =
            |height| json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 500 });
        tools.send_raw("Emulation.setDeviceMetricsOverride", metrics(height.min(8000))).await?;
        self.driver.screenshot(&path).await?;
        tools.send_raw("Emulation.setDeviceMetricsOverride", metrics(900)).await?;
        Ok(path)
    }

    /// Changes what the page is looked at on.
    pub async fn screen(&self, screen: Screen) -> Result<()> {
        let Screen { width, height, ratio } = screen;
        let device = json!({ "width": width, "height": height, "deviceScaleFactor": ratio, "mobile": width < 500 });
        self.driver.cdp().send_raw("Emulation.setDeviceMetricsOverride", device).await?;
        Ok(())
    }

    /// Keeps a picture of what is in the window, in the device's pixels, under `target/screenshots`.
    pub async fn as_seen(&self, name: &str) -> Result<PathBuf> {
        let folder = project().join("target/screenshots");
        std::fs::create_dir_all(&folder)?;
        let path = folder.join(format!("{name}.png"));
        self.driver.screenshot(&path).await?;
        Ok(path)
    }

    pub async fn close(self) -> Result<()> {
        self.driver.clone().quit().await?;
        Ok(())
    }
}

/// The parent of every process.
fn processes() -> Result<BTreeMap<u32, u32>> {
    let mut parents = BTreeMap::new();
    for entry in std::fs::read_dir("/proc")?.flatten() {
        let Some(id) = entry.file_name().to_str().and_then(|name| name.parse::<u32>().ok()) else { continue };
        let Ok(stat) = std::fs::read_to_string(entry.path().join("stat")) else { continue };
        // The name in parentheses may have anything in it.
        let parent = stat.rsplit_once(')').and_then(|(_, rest)| rest.split_whitespace().nth(1)?.parse().ok());
        parents.extend(parent.map(|parent| (id, parent)));
    }
    Ok(parents)
}

/// What a line of `/proc/…/status` says, in bytes.
fn held(status: &str, what: &str) -> Result<u64> {
    let line = status.lines().find_map(|line| line.strip_prefix(what));
    let kilobytes: u64 =
        line.and_then(|line| line.split_whitespace().next()).with_context(|| format!("no {what}"))?.parse()?;
    Ok(kilobytes * 1024)
}
