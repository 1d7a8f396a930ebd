//! The pack of names.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anxin_core::code::{Column, NameBook, NameData, NameTable};
use anxin_core::pack::PackKind;
use pinyin::ToPinyin as _;

use crate::lint::{Defect, Lint, Lints};
use crate::source::{Source, text};
use crate::table::Table;
use crate::tables::Tables;
use crate::{SCHEMES, sealed};

/// Compiles the names of codes and groups. The initial of a character is that of its usual reading.
pub fn names(root: &Path) -> Result<Vec<u8>, Vec<Lint>> {
    let mut lints = Lints::default();
    let mut codes = |file: &str| -> Result<NameTable, Vec<Lint>> {
        let text = text(root, file).map_err(|lint| vec![lint])?;
        let table = Table::parse(file, &text, &["code", "name"], &mut lints);
        Ok(packed(file, table.rows.iter().map(|row| (row[0].as_str(), row[1].as_str())).collect(), &mut lints))
    };
    let (diagnoses, operations) = (codes("names/diagnoses.tsv")?, codes("names/operations.tsv")?);
    let mut groups: Vec<(String, NameTable)> = Vec::new();
    for name in SCHEMES {
        let tables = laid_over(root, name, &mut lints).map_err(|lint| vec![lint])?;
        let mut all = BTreeMap::new();
        for (table, column) in [(&tables.mdc, 4), (&tables.adrg, 5), (&tables.drg, 2)] {
            all.extend(table.rows.iter().map(|row| (row[0].as_str(), row[column].as_str())));
        }
        groups.push((name.into(), packed(&tables.drg.file, all, &mut lints)));
    }
    let (characters, initials) = readings([&diagnoses.names, &operations.names]);
    let data = NameData { diagnoses, operations, groups, characters, initials };
    sealed(PackKind::DrgNames, "drg/names".into(), NameBook::SCHEMA, "2024-07-23", &data, lints)
}

fn laid_over(root: &Path, name: &str, lints: &mut Lints) -> Result<Tables, Lint> {
    let source = Source::read(root, name)?;
    let tables = Tables::parse(&source, lints);
    match &source.manifest.base {
        Some(base) => Ok(Tables::parse(&Source::read(root, base)?, lints).overlaid(tables)),
        None => Ok(tables),
    }
}

fn packed(file: &str, names: BTreeMap<&str, &str>, lints: &mut Lints) -> NameTable {
    let codes = Column::pack(names.keys().map(|code| (*code, 0))).unwrap_or_else(|| {
        lints.add(file, "", Defect::NotACode);
        Column::default()
    });
    NameTable { codes, names: names.values().flat_map(|name| [*name, "\n"]).collect() }
}

/// Every character that has a reading, in order, and the initials of the readings.
fn readings(names: [&str; 2]) -> (String, String) {
    let characters: BTreeSet<char> = names.iter().flat_map(|text| text.chars()).collect();
    let initial = |c: char| Some((c, c.to_pinyin()?.plain().chars().next()?));
    characters.into_iter().filter_map(initial).unzip()
}
