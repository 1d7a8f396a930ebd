//! A pack that is opened when somebody first asks for what is in it.

use std::sync::{Arc, OnceLock};

use crate::pack::PackError;

/// A pack that was checked, and what it opens to once somebody asked.
#[derive(Debug)]
pub(super) struct Later<T> {
    bytes: Arc<[u8]>,
    open: fn(&[u8]) -> Result<T, PackError>,
    opened: OnceLock<Arc<T>>,
}

impl<T> Later<T> {
    /// Opens a pack, which shows that it can be, and keeps what was opened.
    pub fn open(bytes: Arc<[u8]>, open: fn(&[u8]) -> Result<T, PackError>) -> Result<(Later<T>, Arc<T>), PackError> {
        let value = Arc::new(open(&bytes)?);
        let later = Later { bytes, open, opened: OnceLock::from(Arc::clone(&value)) };
        Ok((later, value))
    }

    /// Lets go of what was opened. It is opened again when it is asked for.
    pub fn close(&mut self) {
        self.opened = OnceLock::new();
    }

    /// What the pack opens to. It did so when it was added; that it does no more is not known to happen,
    /// and then it counts as not there.
    pub fn get(&self) -> Option<&Arc<T>> {
        if let Some(opened) = self.opened.get() {
            return Some(opened);
        }
        let value = Arc::new((self.open)(&self.bytes).ok()?);
        Some(self.opened.get_or_init(|| value))
    }

    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }
}
