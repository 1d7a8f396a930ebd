use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

use actix_web::web::Bytes;

use crate::asset::{Asset, Keep};

/// The built page, held in memory: nothing outside its folder can be asked for.
#[derive(Debug, Default)]
pub struct Site {
    files: BTreeMap<String, Asset>,
}

impl Site {
    /// Reads a folder. A file `x.br` is the Brotli form of the file `x` beside it.
    ///
    /// # Errors
    /// When the folder cannot be read or has no `index.html`.
    pub fn read(dir: &Path) -> io::Result<Site> {
        let mut raw = BTreeMap::new();
        gather(dir, "", &mut raw)?;
        if !raw.contains_key("index.html") {
            return Err(io::Error::new(io::ErrorKind::NotFound, "there is no index.html in it"));
        }
        Ok(Site::from_files(raw))
    }

    fn from_files(mut raw: BTreeMap<String, Vec<u8>>) -> Site {
        let twin_of = |name: &String| name.strip_suffix(".br").map(str::to_owned);
        let twins: Vec<String> =
            raw.keys().filter(|n| twin_of(n).is_some_and(|t| raw.contains_key(&t))).cloned().collect();
        let mut brotli: BTreeMap<String, Vec<u8>> =
            twins.into_iter().filter_map(|n| Some((twin_of(&n)?, raw.remove(&n)?))).collect();
        let asset = |(name, bytes): (String, Vec<u8>)| {
            let keep = if hashed(&name) { Keep::Forever } else { Keep::Revalidate };
            let asset = Asset::new(bytes, mime(&name), keep);
            let asset = match brotli.remove(&name) {
                Some(twin) => asset.with_brotli(Bytes::from(twin)).packed(),
                None => asset,
            };
            (name, asset)
        };
        Site { files: raw.into_iter().map(asset).collect() }
    }

    /// The file at a path, the one that a folder begins with, or the page itself for the addresses that the page routes
    /// on its own.
    pub(crate) fn find(&self, path: &str) -> Option<&Asset> {
        let name = path.trim_start_matches('/');
        let last = name.rsplit('/').next().unwrap_or_default();
        if last.contains('.') {
            return self.files.get(name);
        }
        let first = format!("{}/index.html", name.trim_end_matches('/'));
        self.files.get(name).or_else(|| self.files.get(&first)).or_else(|| self.files.get("index.html"))
    }
}

fn gather(dir: &Path, prefix: &str, into: &mut BTreeMap<String, Vec<u8>>) -> io::Result<()> {
    for entry in fs::read_dir(dir)? {
        let entry = entry?;
        let Ok(name) = entry.file_name().into_string() else { continue };
        if name.starts_with('.') {
            continue;
        }
        let path = format!("{prefix}{name}");
        if entry.file_type()?.is_dir() {
            gather(&entry.path(), &format!("{path}/"), into)?;
        } else {
            into.insert(path, fs::read(entry.path())?);
        }
    }
    Ok(())
}

fn mime(name: &str) -> String {
    let mime = mime_guess::from_path(name).first_or_octet_stream();
    let text = mime.type_() == "text" || mime.subtype() == "json" || mime.suffix().is_some_and(|s| s == "json");
    if text { format!("{mime}; charset=utf-8") } else { mime.to_string() }
}

/// Whether a name carries a hash of its content: `app-0123456789abcdef.js`, `app.0123456789abcdef_bg.wasm`.
fn hashed(name: &str) -> bool {
    let last = name.rsplit('/').next().unwrap_or_default();
    let hash = |part: &str| part.len() >= 8 && part.bytes().all(|b| b.is_ascii_hexdigit());
    // A date or a plain number is no hash: one letter at least.
    last.split(['-', '.', '_']).skip(1).any(|part| hash(part) && part.bytes().any(|b| b.is_ascii_alphabetic()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_that_change_with_the_content_are_kept_forever() {
        for name in ["app-0123456789abcdef.js", "a/app-0a1b2c3d4e5f6789_bg.wasm", "style.deadbeef.css"] {
            assert!(hashed(name), "{name}");
        }
        for name in ["index.html", "sw.js", "icon-20261122.png", "deadbeef.js", "font-extrabold.woff2"] {
            assert!(!hashed(name), "{name}");
        }
    }

    #[test]
    fn a_folder_begins_with_its_index_and_every_other_address_is_the_pages() {
        let files = ["index.html", "help/index.html", "help/a.html"].map(|name| (name.to_owned(), name.into()));
        let site = Site::from_files(files.into());
        let size = |path| site.find(path).map(Asset::len);
        for (path, name) in [
            ("/", "index.html"),
            ("/wallet/own", "index.html"),
            ("/help", "help/index.html"),
            ("/help/", "help/index.html"),
            ("/help/a.html", "help/a.html"),
        ] {
            assert_eq!(size(path), Some(name.len()), "{path}");
        }
        assert_eq!(size("/help/none.html"), None);
    }

    #[test]
    fn browsers_get_the_types_that_they_insist_on() {
        assert_eq!(mime("app_bg.wasm"), "application/wasm");
        assert_eq!(mime("app.js"), "text/javascript; charset=utf-8");
        assert_eq!(mime("app.webmanifest"), "application/manifest+json; charset=utf-8");
        assert_eq!(mime("icon.svg"), "image/svg+xml");
    }
}
