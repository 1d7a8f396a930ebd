//! A table on its way through the page.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};

use crate::browser::Browser;
use crate::patience::until;

/// Starts the table that was chosen, and waits until it is grouped.
pub async fn start(browser: &Browser) -> Result<()> {
    let start = browser.shown("batch-start").await?;
    until("the table can be started", async || Ok(start.is_enabled().await?)).await?;
    start.scroll_into_view().await?;
    start.click().await?;
    browser.shown("batch-done").await?;
    Ok(())
}

/// Has the file that was chosen on the page of imports read, as soon as that can be asked for.
pub async fn read_in(browser: &Browser) -> Result<()> {
    let read = browser.shown("import-read").await?;
    until("the file can be read", async || Ok(read.is_enabled().await?)).await?;
    read.scroll_into_view().await?;
    read.click().await?;
    browser.shown("import-done").await?;
    Ok(())
}

/// What a button gives out. Chromium keeps the name with an empty file until the bytes are all there.
pub async fn downloaded(browser: &Browser, folder: &Path, button: &str, name: &str) -> Result<Vec<u8>> {
    browser.download_to(folder).await?;
    let button = browser.shown(button).await?;
    button.scroll_into_view().await?;
    button.click().await?;
    let file = folder.join(name);
    until(&format!("{name} is downloaded"), async || Ok(fs::metadata(&file).is_ok_and(|m| m.len() > 0))).await?;
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
