//! The tables of a scheme, an overlay laid over its base.

use crate::lint::Lints;
use crate::source::{Manifest, Source};
use crate::table::Table;

pub const MDC: [&str; 5] = ["mdc", "order", "rule", "qy", "name"];
pub const ADRG: [&str; 6] = ["adrg", "mdc", "order", "type", "rule", "name"];
pub const DRG: [&str; 3] = ["drg", "condition", "name"];
pub const DIAGNOSES: [&str; 6] = ["code", "lists", "cc", "cc_table", "principal_table", "flags"];
pub const OPERATIONS: [&str; 3] = ["code", "valid", "lists"];
pub const OUTSIDE_MDC: [&str; 2] = ["adrg", "code"];

#[derive(Clone, Debug, Default)]
pub struct Tables {
    pub name: String,
    pub manifest: Manifest,
    pub mdc: Table,
    pub adrg: Table,
    pub drg: Table,
    pub diagnoses: Table,
    pub operations: Table,
    pub outside_mdc: Table,
    /// Exceptions of the base; an overlay may have made some of them needless.
    pub outside_mdc_of_base: Table,
}

impl Tables {
    /// Parses a source. A missing table of an overlay changes nothing.
    pub fn parse(source: &Source, lints: &mut Lints) -> Tables {
        let overlay = source.manifest.base.is_some();
        let mut table = |file: &str, text: &str, header: &[&str]| {
            let file = format!("{}/{file}.tsv", source.name);
            if overlay && text.is_empty() {
                return Table { file, rows: Vec::new() };
            }
            let table = Table::parse(&file, text, header, lints);
            if header != OUTSIDE_MDC {
                table.unique(lints);
            }
            table
        };
        Tables {
            name: source.name.clone(),
            manifest: source.manifest.clone(),
            mdc: table("mdc", &source.mdc, &MDC),
            adrg: table("adrg", &source.adrg, &ADRG),
            drg: table("drg", &source.drg, &DRG),
            diagnoses: table("diagnoses", &source.diagnoses, &DIAGNOSES),
            operations: table("operations", &source.operations, &OPERATIONS),
            outside_mdc: table("outside_mdc", &source.outside_mdc, &OUTSIDE_MDC),
            outside_mdc_of_base: Table::default(),
        }
    }

    /// These tables with an overlay's rows in place of theirs. Groups are replaced by ADRG: all those
    /// of an ADRG that the overlay names.
    #[must_use]
    pub fn overlaid(mut self, over: Tables) -> Tables {
        let named: std::collections::BTreeSet<&str> = over.drg.rows.iter().filter_map(|row| row[0].get(..3)).collect();
        self.drg.rows.retain(|row| row[0].get(..3).is_none_or(|adrg| !named.contains(adrg)));
        let mut manifest = over.manifest;
        manifest.cc_without_table += self.manifest.cc_without_table;
        let mut settings = self.manifest.settings;
        settings.retain(|s| !manifest.without.contains(&s.name) && !manifest.settings.iter().any(|o| o.name == s.name));
        settings.append(&mut manifest.settings);
        manifest.settings = settings;
        Tables {
            name: over.name,
            manifest,
            mdc: self.mdc.overlaid(over.mdc),
            adrg: self.adrg.overlaid(over.adrg),
            drg: self.drg.overlaid(over.drg),
            diagnoses: self.diagnoses.overlaid(over.diagnoses),
            operations: self.operations.overlaid(over.operations),
            outside_mdc: over.outside_mdc,
            outside_mdc_of_base: self.outside_mdc,
        }
    }
}
