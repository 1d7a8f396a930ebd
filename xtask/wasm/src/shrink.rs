//! Brotli at its strongest, for files that are compressed once and sent many times.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

const QUALITY: u32 = 11;
const WINDOW_BITS: u32 = 22;
/// Formats that are compressed already, and the twins themselves.
const PACKED: &[&str] = &["br", "gz", "png", "jpg", "jpeg", "webp", "woff2"];

pub fn brotli(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut packed = Vec::new();
    brotli::CompressorWriter::new(&mut packed, 1 << 16, QUALITY, WINDOW_BITS).write_all(bytes)?;
    Ok(packed)
}

/// Writes `x.br` beside every file `x` at or below `path`. A twin that would be larger is left out.
pub fn twins(path: &Path) -> Result<()> {
    for file in files(path)? {
        let extension = file.extension().and_then(|e| e.to_str()).unwrap_or_default();
        if PACKED.contains(&extension) {
            continue;
        }
        let bytes = fs::read(&file)?;
        let packed = brotli(&bytes)?;
        if packed.len() < bytes.len() {
            fs::write(twin(&file), packed)?;
        }
    }
    Ok(())
}

pub fn twin(file: &Path) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(".br");
    name.into()
}

/// Every file at or below `path`, in the order of their names.
pub fn files(path: &Path) -> Result<Vec<PathBuf>> {
    if path.is_file() {
        return Ok(vec![path.to_owned()]);
    }
    let read = fs::read_dir(path).with_context(|| format!("cannot read {}", path.display()))?;
    let mut entries = read.map(|e| Ok(e?.path())).collect::<Result<Vec<_>>>()?;
    entries.sort();
    let nested = entries.iter().map(|e| files(e)).collect::<Result<Vec<_>>>()?;
    Ok(nested.concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brotli_gives_back_what_it_took() {
        let text = "住院费用".repeat(500);
        let packed = brotli(text.as_bytes()).unwrap();
        assert!(packed.len() < text.len() / 10);
        let mut back = Vec::new();
        brotli::BrotliDecompress(&mut packed.as_slice(), &mut back).unwrap();
        assert_eq!(back, text.as_bytes());
    }
}
