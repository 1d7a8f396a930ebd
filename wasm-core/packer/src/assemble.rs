//! Folders of authored files, put together into one draft for each insured area.

use std::collections::{BTreeMap, BTreeSet};

use anxin_core::Day;
use anxin_core::rules::{Cite, Region};
use toml::Spanned;

use crate::draft::{Allowed, Authored, Draft};
use crate::lint::{At, Lint, LintKind};
use crate::page::{self, CiteEntry, RegionPage, SourcesPage, ValueEntry, ValuesPage};
use crate::{File, check, entry, words};

/// The folder of benefit packs in the tree of all rules.
const BENEFIT: &str = "benefit/";

#[derive(Default)]
struct Folder {
    region: Option<(At, RegionPage)>,
    cites: Vec<(At, CiteEntry)>,
    values: Vec<(At, ValueEntry)>,
}

type Folders = BTreeMap<String, Folder>;

/// A source in a folder: the folder's name and the source's key.
type CiteAt = (String, String);

/// Reads and lints every area among `files`: each folder with a `region.toml` is one, every other
/// folder is a base to be included.
///
/// # Errors
/// All findings, sorted by file.
pub fn drafts(files: &[File]) -> Result<Vec<Draft>, Vec<Lint>> {
    let (folders, mut lints) = folders(files);
    let mut drafts = Vec::<Draft>::new();
    // What cannot be read would be reported once more by everything that needs it.
    if lints.is_empty() {
        let mut used = BTreeSet::new();
        for (name, folder) in &folders {
            let Some((at, page)) = &folder.region else { continue };
            let mut assembly = Assembly::new(name, at, page);
            assembly.gather(&folders);
            used.append(&mut assembly.used());
            match assembly.finish() {
                Ok(draft) => drafts.push(draft),
                Err(found) => lints.extend(found),
            }
        }
        if lints.is_empty() {
            lints.extend(unused(&folders, &used));
        }
        lints.extend(same_code(&drafts));
        lints.extend(drafts.iter().flat_map(check::all));
    }
    lints.sort();
    lints.dedup();
    if lints.is_empty() { Ok(drafts) } else { Err(lints) }
}

fn folders(files: &[File]) -> (Folders, Vec<Lint>) {
    let mut folders = Folders::new();
    let mut lints = Vec::new();
    // Given the whole tree of rules, only its benefit packs are of this form.
    let whole_tree = files.iter().any(|(path, _)| path.starts_with(BENEFIT));
    for (path, text) in files {
        let Some((folder, name)) = path.rsplit_once('/') else { continue };
        if !name.ends_with(".toml") || (whole_tree && !path.starts_with(BENEFIT)) {
            continue;
        }
        let folder = folders.entry(folder.rsplit('/').next().unwrap_or(folder).into()).or_default();
        lints.extend(folder.take(path, name, text).err());
    }
    (folders, lints)
}

impl Folder {
    fn take(&mut self, path: &str, name: &str, text: &str) -> Result<(), Lint> {
        match name {
            "region.toml" => self.region = Some((At::file(path), page::parse(path, text)?)),
            "sources.toml" => {
                let page: SourcesPage = page::parse(path, text)?;
                self.cites.extend(page.cite.into_iter().map(|entry| placed(path, text, entry)));
            }
            _ => {
                let page: ValuesPage = page::parse(path, text)?;
                self.values.extend(page.value.into_iter().map(|entry| placed(path, text, entry)));
            }
        }
        Ok(())
    }
}

fn placed<T>(path: &str, text: &str, entry: Spanned<T>) -> (At, T) {
    (At::offset(path, text, entry.span().start), entry.into_inner())
}

/// An area in the making.
struct Assembly<'a> {
    name: &'a str,
    at: &'a At,
    page: &'a RegionPage,
    /// Sources by key, each with the folder that lists it.
    cites: BTreeMap<String, (String, Cite)>,
    values: Vec<Authored>,
    lints: Vec<Lint>,
}

impl<'a> Assembly<'a> {
    fn new(name: &'a str, at: &'a At, page: &'a RegionPage) -> Assembly<'a> {
        Assembly { name, at, page, cites: BTreeMap::new(), values: Vec::new(), lints: Vec::new() }
    }

    /// Takes in the area's own folder and the bases it includes.
    fn gather(&mut self, folders: &Folders) {
        let bases = self.page.include.iter().map(|base| format!("_{base}"));
        for name in std::iter::once(self.name.to_owned()).chain(bases) {
            match folders.get(&name) {
                Some(folder) => self.include(&name, folder),
                None => {
                    let message = "`include` names a folder without its `_`";
                    self.lints.push(Lint::new(LintKind::UnknownInclude, self.at, name, message));
                }
            }
        }
    }

    fn include(&mut self, name: &str, folder: &Folder) {
        for (at, listed) in &folder.cites {
            match entry::source(at, listed) {
                Ok(cite) => {
                    let key = cite.key.to_string();
                    if self.cites.insert(key.clone(), (name.to_owned(), cite)).is_some() {
                        let message = "each source has a key of its own";
                        self.lints.push(Lint::new(LintKind::DuplicateId, at, key, message));
                    }
                }
                Err(lint) => self.lints.push(lint),
            }
        }
        for (at, written) in &folder.values {
            match entry::value(at, written, &self.page.prefix, name == self.name) {
                Ok(value) => self.values.push(value),
                Err(lint) => self.lints.push(lint),
            }
        }
    }

    /// The sources that values cite; those that are nowhere listed are reported.
    fn used(&mut self) -> BTreeSet<CiteAt> {
        let mut used = BTreeSet::new();
        // A source that could not be read is missing for a reason that is reported already.
        let all_read = self.lints.is_empty();
        for value in &self.values {
            match self.cites.get(&value.cite) {
                Some((folder, cite)) => {
                    used.insert((folder.clone(), cite.key.to_string()));
                }
                None if !all_read => {}
                None => {
                    let message = format!("{}: no source of this area or its bases has this key", value.rule.id);
                    self.lints.push(Lint::new(LintKind::UnknownCite, &value.at, &value.cite, message));
                }
            }
        }
        used
    }

    fn finish(mut self) -> Result<Draft, Vec<Lint>> {
        let head = head(self.at, self.page).map_err(|lint| self.lints.push(lint));
        match head {
            Ok((region, edition_day, unknown)) if self.lints.is_empty() => Ok(Draft {
                region,
                edition: self.page.edition.clone(),
                edition_day,
                cites: self.cites.into_iter().map(|(key, (_, cite))| (key, cite)).collect(),
                values: own_over_base(self.values),
                unknown,
                at: self.at.clone(),
            }),
            _ => Err(self.lints),
        }
    }
}

/// A value of the area itself takes the place of a base's value for the same cells.
fn own_over_base(values: Vec<Authored>) -> Vec<Authored> {
    let same = |a: &Authored, b: &Authored| {
        a.rule.slot == b.rule.slot
            && a.rule.reach == b.rule.reach
            && a.rule.bound == b.rule.bound
            && a.disease == b.disease
    };
    let (own, base): (Vec<_>, Vec<_>) = values.into_iter().partition(|value| value.own);
    let base = base.into_iter().filter(|value| !own.iter().any(|mine| same(mine, value))).collect::<Vec<_>>();
    [own, base].concat()
}

fn head(at: &At, page: &RegionPage) -> Result<(Region, Day, Vec<Allowed>), Lint> {
    let levels = page.levels.iter().map(|word| words::dim(at, "levels", word)).collect::<Result<_, _>>()?;
    let schemes = page.schemes.iter().map(|word| words::dim(at, "schemes", word)).collect::<Result<_, _>>()?;
    let region = Region {
        admdvs: page.admdvs.clone(),
        slug: page.slug.clone(),
        name_zh: page.name_zh.clone(),
        name_en: page.name_en.clone(),
        province_zh: page.province_zh.clone(),
        province_en: page.province_en.clone(),
        levels,
        schemes,
        caution_zh: page.caution_zh.clone(),
        caution_en: page.caution_en.clone(),
    };
    let unknown = page.unknown.iter().map(|cell| entry::allowed(at, cell)).collect::<Result<_, _>>()?;
    Ok((region, words::day(at, "edition", &page.edition)?, unknown))
}

fn unused(folders: &Folders, used: &BTreeSet<CiteAt>) -> Vec<Lint> {
    let listed = folders.iter().flat_map(|(name, folder)| folder.cites.iter().map(move |cite| (name, cite)));
    listed
        .filter(|(name, (_, cite))| !used.contains(&((*name).clone(), cite.key.clone())))
        .map(|(_, (at, cite))| {
            Lint::new(LintKind::UnusedCite, at, &cite.key, "a source is listed because a value cites it")
        })
        .collect()
}

/// Packs are told apart by the code of their area.
fn same_code(drafts: &[Draft]) -> Vec<Lint> {
    let mut codes = BTreeSet::new();
    drafts
        .iter()
        .filter(|draft| !codes.insert(draft.region.admdvs.as_str()))
        .map(|draft| {
            Lint::new(LintKind::DuplicateId, draft.at(), &draft.region.admdvs, "another area has this `admdvs`")
        })
        .collect()
}
