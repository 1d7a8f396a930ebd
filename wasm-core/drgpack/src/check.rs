//! Checks across tables.

use std::collections::{BTreeMap, BTreeSet};

use anxin_core::drg::layout::{CcLevel, DiagnosisClass};

use crate::lint::{Defect, Lints};
use crate::register::Register;
use crate::table::Table;
use crate::tables::Tables;

/// Every DRG has its ADRG, every ADRG its MDC, and the last DRG of an ADRG takes what is left.
pub fn groups(tables: &Tables, lints: &mut Lints) {
    let mdcs: BTreeSet<&str> = tables.mdc.rows.iter().map(|row| row[0].as_str()).collect();
    let mut last: BTreeMap<&str, &str> = BTreeMap::new();
    for row in &tables.drg.rows {
        last.insert(row[0].get(..3).unwrap_or_default(), &row[1]);
    }
    for row in &tables.adrg.rows {
        if !mdcs.contains(row[1].as_str()) || !row[0].starts_with(&row[1]) {
            lints.add(&tables.adrg.file, &row[0], Defect::UnknownGroup(row[1].clone()));
        }
        if last.remove(row[0].as_str()) != Some("TRUE") {
            lints.add(&tables.drg.file, &row[0], Defect::NoLastGroup);
        }
        number(&row[2], &tables.adrg.file, &row[0], lints);
    }
    for adrg in last.into_keys() {
        lints.add(&tables.drg.file, adrg, Defect::UnknownGroup(adrg.into()));
    }
    for row in &tables.mdc.rows {
        number(&row[1], &tables.mdc.file, &row[0], lints);
        if row[0].chars().count() != 1 || !matches!(row[3].as_str(), "0" | "1") {
            lints.add(&tables.mdc.file, &row[0], Defect::NotANumber(row[3].clone()));
        }
    }
}

fn number(text: &str, file: &str, at: &str, lints: &mut Lints) {
    if text.parse::<u32>().is_err() {
        lints.add(file, at, Defect::NotANumber(text.into()));
    }
}

/// A principal code of an ADRG is in the MDC's list, or is a listed exception.
pub fn principals(tables: &Tables, diagnoses: &BTreeMap<String, DiagnosisClass>, lists: &Register, lints: &mut Lints) {
    fn pairs(table: &Table) -> BTreeSet<(&str, &str)> {
        table.rows.iter().map(|row| (row[0].as_str(), row[1].as_str())).collect()
    }
    let mut excepted = pairs(&tables.outside_mdc);
    let inherited = pairs(&tables.outside_mdc_of_base);
    for row in &tables.adrg.rows {
        let (adrg, mdc) = (row[0].as_str(), row[1].as_str());
        let own: Vec<_> = ["pdx", "pdx_1", "pdx_2", "pdx_3"].iter().filter_map(|role| lists.get(adrg, role)).collect();
        let Some(gate) = lists.get(mdc, "pdx") else { continue };
        for (code, class) in diagnoses {
            let listed = class.lists.iter().any(|list| own.contains(list));
            let pair = (adrg, code.as_str());
            if listed && !class.lists.contains(&gate) && !excepted.remove(&pair) && !inherited.contains(&pair) {
                lints.add(&tables.adrg.file, adrg, Defect::OutsideMdc(code.clone()));
            }
        }
    }
    for (adrg, code) in excepted {
        lints.add(&tables.outside_mdc.file, adrg, Defect::StaleException(code.into()));
    }
}

/// Every CC and MCC has an exclusion table that some principal belongs to; how many have none is
/// written down in the manifest.
pub fn complications(tables: &Tables, diagnoses: &BTreeMap<String, DiagnosisClass>, lints: &mut Lints) {
    let file = &tables.diagnoses.file;
    let used: BTreeSet<u16> = diagnoses.values().map(|class| class.principal_table).collect();
    let mut without = 0;
    for (code, class) in diagnoses {
        match (class.level, class.cc_table) {
            (CcLevel::None, 0) => {}
            (CcLevel::None, table) => {
                let why = format!("has exclusion table {table} but is neither CC nor MCC");
                lints.add(file, code, Defect::CcIncomplete(why));
            }
            (_, 0) => without += 1,
            (_, table) if !used.contains(&table) => lints.add(file, code, Defect::EmptyTable(table)),
            _ => {}
        }
    }
    let expected = tables.manifest.cc_without_table;
    if without != expected {
        let why = format!("{without} CC and MCC codes have no exclusion table; the manifest says {expected}");
        lints.add(file, "", Defect::CcIncomplete(why));
    }
}
