//! Folders of authored files, put together into one draft for each insured area.

use std::collections::{BTreeMap, BTreeSet};

use anxin_core::Day;
use anxin_core::pack::PackError;
use anxin_core::rules::{Bound, Cite, Reach, Region, Rule, RuleBook, Slot, Traits};
use toml::Spanned;

use crate::File;
use crate::amount::amount;
use crate::check;
use crate::lint::{At, Lint, LintKind};
use crate::page::{self, CiteEntry, RegionPage, SourcesPage, UnknownCell, ValueEntry, ValuesPage};
use crate::words;

/// The folder of benefit packs in the tree of all rules.
const BENEFIT: &str = "benefit/";

/// A value with the place it was written at. Ids are those of the area, without `*`.
#[derive(Clone, Debug)]
pub struct Authored {
    pub at: At,
    /// Written in the area's own folder rather than in a base.
    pub own: bool,
    pub cite: String,
    pub disease: Option<String>,
    /// `cite` and `disease` of the rule are set when the draft is sealed.
    pub rule: Rule,
}

/// A cell of the allow-list, with its conditions read.
#[derive(Clone, Debug)]
pub struct Allowed {
    pub at: At,
    pub slot: Slot,
    pub reach: Reach,
}

/// One insured area, linted and ready to be sealed.
#[derive(Clone, Debug)]
pub struct Draft {
    pub region: Region,
    pub edition: String,
    edition_day: Day,
    cites: BTreeMap<String, Cite>,
    values: Vec<Authored>,
    unknown: Vec<Allowed>,
    at: At,
}

#[derive(Default)]
struct Folder {
    region: Option<(At, RegionPage)>,
    cites: Vec<(At, CiteEntry)>,
    values: Vec<(At, ValueEntry)>,
}

/// Reads and lints every area among `files`: each folder with a `region.toml` is one, every other
/// folder is a base to be included.
///
/// # Errors
/// All findings, sorted by file.
pub fn drafts(files: &[File]) -> Result<Vec<Draft>, Vec<Lint>> {
    let mut lints = Vec::new();
    let folders = folders(files, &mut lints);
    if !lints.is_empty() {
        lints.sort();
        return Err(lints);
    }
    let mut used = BTreeSet::new();
    let mut done = Vec::new();
    for (name, folder) in &folders {
        let Some((at, page)) = &folder.region else { continue };
        match assemble(name, at, page, &folders, &mut used) {
            Ok(draft) => {
                lints.extend(check::all(&draft));
                done.push(draft);
            }
            Err(found) => lints.extend(found),
        }
    }
    for (name, folder) in &folders {
        let unused = folder.cites.iter().filter(|(_, cite)| !used.contains(&(name.as_str(), cite.key.as_str())));
        lints.extend(unused.map(|(at, cite)| {
            Lint::new(LintKind::UnusedCite, at, &cite.key, "a source is listed because a value cites it")
        }));
    }
    lints.sort();
    lints.dedup();
    if lints.is_empty() { Ok(done) } else { Err(lints) }
}

fn folders(files: &[File], lints: &mut Vec<Lint>) -> BTreeMap<String, Folder> {
    let mut folders = BTreeMap::<String, Folder>::new();
    // Given the whole tree of rules, only its benefit packs are of this form.
    let whole_tree = files.iter().any(|(path, _)| path.starts_with(BENEFIT));
    for (path, text) in files {
        let Some((folder, name)) = path.rsplit_once('/') else { continue };
        if !name.ends_with(".toml") || (whole_tree && !path.starts_with(BENEFIT)) {
            continue;
        }
        let folder = folders.entry(folder.rsplit('/').next().unwrap_or(folder).into()).or_default();
        if let Err(lint) = folder.take(path, name, text) {
            lints.push(lint);
        }
    }
    folders
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

fn assemble<'a>(
    name: &'a str,
    at: &At,
    page: &'a RegionPage,
    folders: &'a BTreeMap<String, Folder>,
    used: &mut BTreeSet<(&'a str, &'a str)>,
) -> Result<Draft, Vec<Lint>> {
    let mut lints = Vec::new();
    let mut cites = BTreeMap::new();
    let mut homes = BTreeMap::new();
    let mut values = Vec::new();
    let shelf = std::iter::once(name).chain(page.include.iter().map(String::as_str));
    for base in shelf {
        let key = if base == name { base.to_owned() } else { format!("_{base}") };
        let Some((folder_name, folder)) = folders.get_key_value(&key) else {
            lints.push(Lint::new(LintKind::UnknownInclude, at, base, format!("there is no folder `{key}`")));
            continue;
        };
        for (at, entry) in &folder.cites {
            homes.insert(entry.key.as_str(), folder_name.as_str());
            match source(at, entry) {
                Ok(cite) if cites.contains_key(&cite.key) => {
                    lints.push(Lint::new(LintKind::DuplicateId, at, &entry.key, "each source has a key of its own"));
                }
                Ok(cite) => {
                    cites.insert(entry.key.clone(), cite);
                }
                Err(lint) => lints.push(lint),
            }
        }
        for (at, entry) in &folder.values {
            match value(at, entry, &page.prefix, base == name) {
                Ok(value) => values.push((entry, value)),
                Err(lint) => lints.push(lint),
            }
        }
    }
    for (entry, value) in &values {
        match homes.get_key_value(value.cite.as_str()) {
            Some((key, home)) => {
                used.insert((home, key));
            }
            None => {
                let message = "no `[[cite]]` of this area or of a base it includes has this key";
                lints.push(Lint::new(
                    LintKind::UnknownCite,
                    &value.at,
                    &value.cite,
                    format!("{}: {message}", entry.id),
                ));
            }
        }
    }
    let values = own_over_base(values.into_iter().map(|(_, value)| value).collect());
    let head = head(at, page);
    match (head, lints.is_empty()) {
        (Ok((region, edition_day, unknown)), true) => {
            Ok(Draft { region, edition: page.edition.clone(), edition_day, cites, values, unknown, at: at.clone() })
        }
        (Ok(_), false) => Err(lints),
        (Err(lint), _) => {
            lints.push(lint);
            Err(lints)
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
    let unknown = page.unknown.iter().map(|cell| allowed(at, cell.get_ref())).collect::<Result<_, _>>()?;
    Ok((region, words::day(at, "edition", &page.edition)?, unknown))
}

fn allowed(at: &At, cell: &UnknownCell) -> Result<Allowed, Lint> {
    let (reach, _) = words::when(at, &cell.when)?;
    Ok(Allowed { at: at.clone(), slot: slot(at, &cell.of)?, reach })
}

fn slot(at: &At, word: &str) -> Result<Slot, Lint> {
    Slot::from_word(word).ok_or_else(|| {
        let known: Vec<_> = Slot::ALL.iter().map(|slot| slot.word()).collect();
        Lint::new(LintKind::UnknownSlot, at, word, format!("`of` is one of {}", known.join(", ")))
    })
}

fn source(at: &At, entry: &CiteEntry) -> Result<Cite, Lint> {
    Ok(Cite {
        key: entry.key.clone(),
        title: entry.title.clone(),
        number: entry.number.clone(),
        date: entry.date.clone(),
        url: entry.url.clone(),
        tier: words::tier(at, &entry.tier)?,
        seen: words::day(at, "seen", &entry.seen)?,
    })
}

fn value(at: &At, entry: &ValueEntry, prefix: &str, own: bool) -> Result<Authored, Lint> {
    let slot = slot(at, &entry.of)?;
    let (reach, disease) = words::when(at, &entry.when)?;
    let cite = entry.cite.clone().ok_or_else(|| {
        Lint::new(LintKind::MissingCite, at, &entry.id, "every value names the source it is taken from")
    })?;
    let day = |field, text: Option<&String>| text.map(|text| words::day(at, field, text)).transpose();
    let (from, to) = (day("from", entry.from.as_ref())?, day("to", entry.to.as_ref())?);
    if from.zip(to).is_some_and(|(from, to)| from > to) {
        return Err(Lint::new(LintKind::DatesReversed, at, &entry.id, "`from` is not later than `to`"));
    }
    let id = match entry.id.strip_prefix("*.") {
        Some(rest) => format!("{prefix}.{rest}"),
        None => entry.id.clone(),
    };
    let rule = Rule {
        id,
        slot,
        reach,
        disease: None,
        amount: amount(at, slot, entry)?,
        bound: words::bound(at, entry.bound.as_ref())?,
        traits: Traits {
            axis: words::axis(at, entry.axis.as_ref())?,
            origin: words::origin(at, entry.origin.as_ref())?,
            cap_basis: words::cap_basis(at, entry.cap_basis.as_ref())?,
            fund: words::fund(at, entry.fund.as_ref())?,
            counts: entry.counts,
            open_reading: entry.open_reading,
        },
        from,
        to,
        dormant: words::dormant(at, entry.dormant.as_ref())?,
        basis: words::basis(at, &entry.basis)?,
        cite: 0,
    };
    Ok(Authored { at: at.clone(), own, cite, disease, rule })
}

impl Draft {
    /// The pack's id and bytes.
    ///
    /// # Errors
    /// When the core does not accept the result.
    pub fn seal(self) -> Result<(String, Vec<u8>), Vec<Lint>> {
        self.bytes().map(|bytes| (format!("benefit/{}", self.region.admdvs), bytes)).map_err(|lint| vec![lint])
    }

    /// The compiled rules, as the core reads them.
    pub fn book(&self) -> Result<RuleBook, Lint> {
        RuleBook::open(&self.bytes()?).map_err(|error| self.unsealable(&error))
    }

    pub fn values(&self) -> &[Authored] {
        &self.values
    }

    pub fn unknown(&self) -> &[Allowed] {
        &self.unknown
    }

    pub fn edition_day(&self) -> Day {
        self.edition_day
    }

    pub fn at(&self) -> &At {
        &self.at
    }

    fn bytes(&self) -> Result<Vec<u8>, Lint> {
        let keys: BTreeSet<&str> = self.values.iter().map(|value| value.cite.as_str()).collect();
        let cites = self.cites.values().filter(|cite| keys.contains(cite.key.as_str())).cloned().collect();
        let names: BTreeSet<&str> = self.values.iter().filter_map(|value| value.disease.as_deref()).collect();
        let index = |at: Option<usize>| at.and_then(|at| u16::try_from(at).ok());
        let rules = self
            .values
            .iter()
            .map(|value| {
                let cite = index(keys.iter().position(|key| *key == value.cite))?;
                let disease = match value.disease.as_deref() {
                    Some(name) => Some(index(names.iter().position(|known| *known == name))?),
                    None => None,
                };
                Some(Rule { cite, disease, ..value.rule.clone() })
            })
            .collect::<Option<Vec<_>>>()
            .ok_or_else(|| self.unsealable(&PackError::BadPayload))?;
        let names = names.into_iter().map(str::to_owned).collect();
        RuleBook::seal(self.region.clone(), cites, names, rules, &self.edition).map_err(|error| self.unsealable(&error))
    }

    fn unsealable(&self, error: &PackError) -> Lint {
        Lint::new(LintKind::Unsealable, &self.at, &self.region.slug, error.to_string())
    }
}

impl Authored {
    /// The folder that the value was written in.
    pub fn folder(&self) -> &str {
        self.at.path.rsplit('/').nth(1).unwrap_or_default()
    }

    /// Number of conditions, the disease counted.
    pub fn narrowed(&self) -> u32 {
        self.rule.reach.narrowed() + u32::from(self.disease.is_some())
    }

    /// Whether one case on one day can be met by both values.
    pub fn meets(&self, other: &Authored) -> bool {
        let same_disease = self.disease.is_none() || other.disease.is_none() || self.disease == other.disease;
        let starts_in_time = |a: &Rule, b: &Rule| a.from.zip(b.to).is_none_or(|(from, to)| from <= to);
        same_disease
            && self.rule.reach.overlaps(other.rule.reach)
            && starts_in_time(&self.rule, &other.rule)
            && starts_in_time(&other.rule, &self.rule)
    }

    pub fn exact(&self) -> bool {
        self.rule.bound == Bound::Exact
    }
}
