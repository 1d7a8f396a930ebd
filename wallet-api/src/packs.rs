use std::collections::BTreeMap;
use std::sync::Arc;

use actix_web::web::Bytes;
use anxin_core::dispatch::Engine;
use anxin_core::family::WalletBook;
use anxin_core::pack::{self, PackError};
use wallet_types::{PackEntry, PackIndex};

use crate::asset::{Asset, Keep};
use crate::wallet::WalletError;

/// Rule packs, opened for estimates and ready to be sent.
#[derive(Debug, Default)]
pub struct Packs {
    pub(crate) engine: Engine,
    pub(crate) index: PackIndex,
    assets: BTreeMap<String, Asset>,
}

/// A pack that cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("rule pack {id}: {cause}")]
pub struct BadPack {
    /// The pack's id, or its place in the list where even that cannot be read.
    pub id: String,
    #[source]
    pub cause: PackError,
}

impl Packs {
    /// Opens packs. A later pack of the same id replaces an earlier one.
    ///
    /// # Errors
    /// Names the first pack that cannot be read.
    pub fn open(packs: impl IntoIterator<Item = Vec<u8>>) -> Result<Packs, BadPack> {
        let mut all = Packs::default();
        let mut entries = BTreeMap::new();
        for (place, bytes) in packs.into_iter().enumerate() {
            let (entry, asset) = all.add(bytes).map_err(|(id, cause)| {
                let id = id.unwrap_or_else(|| format!("number {}", place + 1));
                BadPack { id, cause }
            })?;
            all.assets.insert(entry.id.clone(), asset);
            entries.insert(entry.id.clone(), entry);
        }
        all.index = PackIndex { packs: entries.into_values().collect() };
        Ok(all)
    }

    pub fn regions(&self) -> usize {
        self.engine.books().len()
    }

    /// The rules of family accounts, which a wallet does not do without.
    pub(crate) fn family(&self) -> Result<WalletBook, WalletError> {
        let missing = |_| WalletError::Machine(format!("rule pack {} is missing", WalletBook::PACK));
        self.engine.wallet().cloned().map_err(missing)
    }

    pub(crate) fn asset(&self, id: &str) -> Option<&Asset> {
        self.assets.get(id)
    }

    fn add(&mut self, bytes: Vec<u8>) -> Result<(PackEntry, Asset), (Option<String>, PackError)> {
        // The engine and the asset share the bytes.
        let bytes: Arc<[u8]> = bytes.into();
        let opened = pack::open(&bytes).map_err(|cause| (None, cause))?;
        let (header, digest) = (opened.header.clone(), opened.digest.to_string());
        match self.engine.shelve(&bytes) {
            // Packs that this engine does not calculate with are still handed to clients that do.
            Ok(_) | Err(PackError::WrongKind) => {}
            Err(cause) => return Err((Some(header.id), cause)),
        }
        let region = self.engine.books().iter().find(|b| b.header.id == header.id).map(|b| b.region.clone());
        let asset = Asset::new(Bytes::from_owner(bytes), "application/octet-stream", Keep::Revalidate)
            .named(digest.clone())
            .compressed();
        let size = u64::try_from(asset.len()).unwrap_or(u64::MAX);
        let entry =
            PackEntry { id: header.id, kind: header.kind, digest, edition: header.edition, bytes: size, region };
        Ok((entry, asset))
    }
}
