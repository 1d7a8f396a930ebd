//! What may not stand in a file.

use std::path::Path;

const LINES_MAX: usize = 600;
const SOURCE: &[&str] = &["rs", "mjs", "js", "ts", "css", "html", "sh"];

/// Written in two parts, so that this file does not find itself.
const UNFINISHED: &[&str] = &[concat!("to", "do!"), concat!("FIX", "ME"), concat!("unimple", "mented!(")];
const MACHINE: &[&str] = &[concat!("/wo", "rk/"), concat!("/ro", "ot/"), concat!("/ho", "me/")];

pub fn check(name: &Path, content: &str) -> Vec<String> {
    let mut found = Vec::new();
    let extension = name.extension().and_then(|e| e.to_str()).unwrap_or_default();
    let source = SOURCE.contains(&extension);
    let length = content.lines().count();
    let made = content.starts_with("// Made from ");
    if source && !made && length > LINES_MAX {
        found.push(format!("{}: {length} lines, over {LINES_MAX}", name.display()));
    }
    for (number, line) in content.lines().enumerate() {
        let place = || format!("{}:{}", name.display(), number + 1);
        if let Some(word) = UNFINISHED.iter().find(|word| source && line.contains(**word)) {
            found.push(format!("{}: {word} means that something is unfinished", place()));
        }
        if let Some(path) = MACHINE.iter().find(|path| names_folder(line, path)) {
            found.push(format!("{}: {path} is a folder of one machine", place()));
        }
    }
    found
}

/// Whether `line` has `folder` as the beginning of a path, and not in the middle of an address.
fn names_folder(line: &str, folder: &str) -> bool {
    line.match_indices(folder).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        !before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | '}'))
    })
}
