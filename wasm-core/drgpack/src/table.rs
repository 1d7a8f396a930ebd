//! Tab-separated tables with a fixed header.

use std::collections::BTreeMap;

use crate::lint::{Defect, Lints};

/// The rows of a table by their first cell, in the order of the file.
#[derive(Clone, Debug, Default)]
pub struct Table {
    pub file: String,
    pub rows: Vec<Vec<String>>,
}

impl Table {
    /// Reads a table, noting rows that do not fit.
    pub fn parse(file: &str, text: &str, header: &[&str], lints: &mut Lints) -> Table {
        let mut lines = text.lines();
        let expected = header.join("\t");
        if lines.next() != Some(&expected) {
            lints.add(file, "line 1", Defect::Header { expected });
            return Table { file: file.into(), rows: Vec::new() };
        }
        let mut rows = Vec::new();
        for line in lines {
            let cells: Vec<String> = line.split('\t').map(str::to_owned).collect();
            if cells.len() == header.len() {
                rows.push(cells);
            } else {
                let at = cells.into_iter().next().unwrap_or_default();
                let found = line.split('\t').count();
                lints.add(file, at, Defect::Width { expected: header.len(), found });
            }
        }
        Table { file: file.into(), rows }
    }

    /// Notes rows whose first cell was there before.
    pub fn unique(&self, lints: &mut Lints) {
        let mut seen = std::collections::BTreeSet::new();
        for row in &self.rows {
            if !seen.insert(&row[0]) {
                lints.add(&self.file, &row[0], Defect::Repeated);
            }
        }
    }

    /// This table with the rows of another in place of those with the same first cell.
    #[must_use]
    pub fn overlaid(mut self, over: Table) -> Table {
        let mut new: BTreeMap<String, Vec<String>> =
            over.rows.iter().map(|row| (row[0].clone(), row.clone())).collect();
        for row in &mut self.rows {
            if let Some(replacement) = new.remove(&row[0]) {
                *row = replacement;
            }
        }
        self.rows.extend(over.rows.into_iter().filter(|row| new.contains_key(&row[0])));
        self.file = over.file;
        self
    }
}
