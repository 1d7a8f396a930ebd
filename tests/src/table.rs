//! A table on its way through the page.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, ensure};

use crate::browser::Browser;

/// Starts the table that was chosen, and waits until it is grouped.
pub async fn start(browser: &Browser) -> Result<()> {
    let start = browser.shown("batch-start").await?;
    let patience = Instant::now();
    while !start.is_enabled().await? {
        ensure!(patience.elapsed() < Duration::from_secs(20), "the table cannot be started");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    start.scroll_into_view().await?;
    start.click().await?;
    browser.shown("batch-done").await?;
    Ok(())
}

/// What a button gives out. Chromium keeps the name with an empty file until the bytes are all there.
pub async fn downloaded(browser: &Browser, folder: &Path, button: &str, name: &str) -> Result<Vec<u8>> {
    browser.download_to(folder).await?;
    let button = browser.shown(button).await?;
    button.scroll_into_view().await?;
    button.click().await?;
    let (file, patience) = (folder.join(name), Instant::now());
    while !fs::metadata(&file).is_ok_and(|m| m.len() > 0) {
        ensure!(patience.elapsed() < Duration::from_secs(15), "{name} was not downloaded");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    Ok(fs::read(file)?)
}

/// The columns that follow the id, as far as `columns` with it, by id.
pub fn by_id(text: &str, separator: char, columns: usize) -> Result<BTreeMap<String, String>> {
    let mut found = BTreeMap::new();
    for line in text.lines().skip(1) {
        let cells: Vec<&str> = line.split(separator).take(columns).collect();
        let (id, rest) = cells.split_first().context("an empty line")?;
        found.insert((*id).to_owned(), rest.join(" "));
    }
    Ok(found)
}
