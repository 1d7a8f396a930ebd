//! The pack that leads from the clinical edition to the insurance edition.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anxin_core::code::{ClinicalMap, ClinicalMapData, Column};
use anxin_core::pack::PackKind;

use crate::lint::{Defect, Lint, Lints};
use crate::sealed;
use crate::source::text;
use crate::table::Table;

/// Compiles the two mapping tables.
pub fn clinical(root: &Path) -> Result<Vec<u8>, Vec<Lint>> {
    let mut lints = Lints::default();
    let mut columns = |file: &str| -> Result<(Column, Column), Vec<Lint>> {
        let text = text(root, file).map_err(|lint| vec![lint])?;
        let table = Table::parse(file, &text, &["clinical_code", "insurance_code"], &mut lints);
        table.unique(&mut lints);
        Ok(mapping(&table, &mut lints))
    };
    let (from_diagnoses, to_diagnoses) = columns("clinical/diagnoses.tsv")?;
    let (from_operations, to_operations) = columns("clinical/operations.tsv")?;
    let data = ClinicalMapData { from_diagnoses, to_diagnoses, from_operations, to_operations };
    sealed(PackKind::DrgClinical, "drg/clinical".into(), ClinicalMap::SCHEMA, "2020-10-30", &data, lints)
}

fn mapping(table: &Table, lints: &mut Lints) -> (Column, Column) {
    let from: BTreeMap<&str, &str> = table.rows.iter().map(|row| (row[0].as_str(), row[1].as_str())).collect();
    let to: BTreeSet<&str> = from.values().copied().collect();
    let numbers: BTreeMap<&str, u16> = to.iter().copied().zip(0..).collect();
    let columns = Column::pack(from.iter().map(|(code, to)| (*code, numbers[to])))
        .zip(Column::pack(to.iter().map(|code| (*code, 0))));
    columns.unwrap_or_else(|| {
        lints.add(&table.file, "", Defect::NotACode);
        Default::default()
    })
}
