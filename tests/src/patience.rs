//! Waiting for what comes in its own time.

use std::time::{Duration, Instant};

use anyhow::{Result, ensure};

/// How long anything is waited for. It takes far less, except on a machine that does something else.
pub const PATIENCE: Duration = Duration::from_secs(90);
const BETWEEN: Duration = Duration::from_millis(100);

/// Looks again until something is found.
pub async fn found<T>(what: &str, mut look: impl AsyncFnMut() -> Result<Option<T>>) -> Result<T> {
    let start = Instant::now();
    loop {
        if let Some(found) = look().await? {
            return Ok(found);
        }
        ensure!(start.elapsed() < PATIENCE, "{what}: not after {PATIENCE:?}");
        tokio::time::sleep(BETWEEN).await;
    }
}

/// Looks again until it is so.
pub async fn until(what: &str, mut is_so: impl AsyncFnMut() -> Result<bool>) -> Result<()> {
    found(what, async || Ok(is_so().await?.then_some(()))).await
}
