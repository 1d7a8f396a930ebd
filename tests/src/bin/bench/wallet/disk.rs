//! What the disk does by itself.

use std::fs::File;
use std::io::{Seek as _, Write as _};
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::Result;

/// As many as a log of SQLite's has before it is begun again.
const PAGES: u32 = 1_000;

/// Pages a second that are written over those of a file and synced one by one. The file is there before: a longer
/// file would be synced with its length each time, which a log that is used again is not.
pub fn syncs(folder: &Path, time: Duration) -> Result<f64> {
    let mut file = File::create(folder.join("syncs"))?;
    let page = [7_u8; 4096];
    for _ in 0..PAGES {
        file.write_all(&page)?;
    }
    file.sync_all()?;
    let start = Instant::now();
    let mut count = 0_u32;
    while start.elapsed() < time {
        if count.is_multiple_of(PAGES) {
            file.rewind()?;
        }
        file.write_all(&page)?;
        file.sync_data()?;
        count += 1;
    }
    Ok(f64::from(count) / start.elapsed().as_secs_f64())
}
