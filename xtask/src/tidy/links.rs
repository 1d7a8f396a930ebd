//! Links of the documents to files of the project.

use std::path::Path;

pub fn check(root: &Path, name: &Path, content: &str) -> Vec<String> {
    if name.extension().is_none_or(|e| e != "md") {
        return Vec::new();
    }
    let folder = root.join(name.parent().unwrap_or(Path::new("")));
    let broken = targets(content).filter(|target| !folder.join(target).exists());
    broken.map(|target| format!("{}: the link to {target} leads nowhere", name.display())).collect()
}

/// Paths that a document links to, without their anchors. Addresses on the net are not looked at.
fn targets(content: &str) -> impl Iterator<Item = &str> {
    let mut fenced = false;
    let prose = content.lines().filter(move |line| {
        if line.trim_start().starts_with("```") {
            fenced = !fenced;
        }
        !fenced
    });
    let links = prose.flat_map(|line| line.split("](").skip(1).filter_map(|rest| rest.split([')', ' ']).next()));
    links.map(|link| link.split('#').next().unwrap_or_default()).filter(|path| !path.is_empty() && !path.contains(':'))
}
