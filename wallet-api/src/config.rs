use std::path::PathBuf;

use crate::{BadPack, Packs, Settings, Site};

/// Where the server listens and what it shows.
#[derive(Clone, Debug)]
pub struct Config {
    /// Address, database, keys and limits.
    pub settings: Settings,
    /// The built page, where there is one.
    pub site: Option<PathBuf>,
}

/// What the server holds in memory.
#[derive(Debug, Default)]
pub struct Contents {
    pub packs: Packs,
    pub site: Option<Site>,
}

impl Contents {
    /// Opens the packs.
    ///
    /// # Errors
    /// Names the first pack that cannot be read.
    pub fn of_packs(packs: impl IntoIterator<Item = Vec<u8>>) -> Result<Contents, BadPack> {
        Ok(Contents { packs: Packs::open(packs)?, site: None })
    }
}
