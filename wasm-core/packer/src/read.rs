use std::path::Path;
use std::{fs, io};

use crate::File;

/// Every file below `root`, as pairs of its path from there (with `/`) and its text, in order of path.
///
/// # Errors
/// What the file system says, with the path; also for a file that is not UTF-8.
pub fn read_tree(root: &Path) -> io::Result<Vec<File>> {
    let mut files = Vec::new();
    collect(root, "", &mut files)?;
    files.sort();
    Ok(files)
}

fn collect(folder: &Path, prefix: &str, files: &mut Vec<File>) -> io::Result<()> {
    for entry in fs::read_dir(folder).map_err(|error| named(folder, &error))? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = entry.path();
        let below = if prefix.is_empty() { name } else { format!("{prefix}/{name}") };
        if path.is_dir() {
            collect(&path, &below, files)?;
        } else if [".toml", ".json"].iter().any(|end| below.ends_with(end)) {
            let text = fs::read_to_string(&path).map_err(|error| named(&path, &error))?;
            files.push((below, text));
        }
    }
    Ok(())
}

fn named(path: &Path, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("{}: {error}", path.display()))
}
