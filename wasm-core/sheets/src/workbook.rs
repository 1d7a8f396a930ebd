//! A workbook: which sheets it has, and the parts they share.

use std::collections::HashMap;
use std::ops::ControlFlow;

use quick_xml::events::Event;

use crate::package::{Package, damaged};
use crate::strings::{Strings, attribute};
use crate::styles::Styles;
use crate::worksheet;
use crate::{Limit, Limits, Row, Sheet, SheetError};

pub struct Workbook<'a> {
    package: Package<'a>,
    pub sheets: Vec<Sheet>,
    /// The part of each sheet.
    paths: Vec<String>,
    strings: Strings,
    styles: Styles,
    limits: Limits,
}

impl<'a> Workbook<'a> {
    pub fn open(bytes: &'a [u8], limits: &Limits) -> Result<Workbook<'a>, SheetError> {
        let package = Package::open(bytes, limits)?;
        if !package.has(BOOK) {
            return Err(SheetError::NotATable);
        }
        let relations = relations(&package)?;
        let (mut sheets, mut paths) = (Vec::new(), Vec::new());
        for (sheet, id) in listed(&package, limits)? {
            // Charts and macros stand in the list too, without cells.
            if let Some((_, path)) = relations.get(&id).filter(|(kind, path)| kind == "worksheet" && package.has(path))
            {
                sheets.push(sheet);
                paths.push(path.clone());
            }
        }
        let part = |wanted: &str| {
            relations.values().find(|(kind, path)| kind == wanted && package.has(path)).map(|(_, path)| path.as_str())
        };
        let strings = part("sharedStrings").map(|p| Strings::read(&package, p, limits)).transpose()?;
        let styles = part("styles").map(|p| Styles::read(&package, p)).transpose()?;
        let (strings, styles) = (strings.unwrap_or_default(), styles.unwrap_or_default());
        Ok(Workbook { package, sheets, paths, strings, styles, limits: limits.clone() })
    }

    pub fn declared_rows(&self, sheet: usize) -> Option<u32> {
        worksheet::declared_rows(&self.package, self.paths.get(sheet)?)
    }

    pub fn rows(&self, sheet: usize, each: &mut dyn FnMut(Row<'_>) -> ControlFlow<()>) -> Result<(), SheetError> {
        let path = self.paths.get(sheet).ok_or(SheetError::NoSuchSheet)?;
        worksheet::rows(&self.package, path, &self.strings, &self.styles, &self.limits, each)
    }
}

const BOOK: &str = "xl/workbook.xml";

/// Sheets with the id of their relation.
fn listed(package: &Package<'_>, limits: &Limits) -> Result<Vec<(Sheet, String)>, SheetError> {
    let mut xml = package.xml(BOOK)?;
    let (mut buffer, mut sheets) = (Vec::new(), Vec::new());
    while let Some(event) = xml.next(&mut buffer)? {
        if let Event::Start(tag) | Event::Empty(tag) = &event
            && tag.local_name().as_ref() == "sheet"
        {
            if sheets.len() >= limits.sheets {
                return Err(SheetError::TooLarge(Limit::Sheets));
            }
            let hidden = attribute(tag, "state").is_some_and(|state| state != "visible");
            let sheet = Sheet { name: attribute(tag, "name").unwrap_or_default(), hidden };
            sheets.push((sheet, attribute(tag, "id").ok_or_else(|| damaged(BOOK))?));
        }
    }
    Ok(sheets)
}

/// Kind and path of each relation, by its id.
fn relations(package: &Package<'_>) -> Result<HashMap<String, (String, String)>, SheetError> {
    let mut xml = package.xml("xl/_rels/workbook.xml.rels")?;
    let (mut buffer, mut found) = (Vec::new(), HashMap::new());
    while let Some(event) = xml.next(&mut buffer)? {
        if let Event::Start(tag) | Event::Empty(tag) = &event
            && tag.local_name().as_ref() == "Relationship"
            && let (Some(id), Some(kind), Some(target)) =
                (attribute(tag, "Id"), attribute(tag, "Type"), attribute(tag, "Target"))
        {
            let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
            let path = match target.strip_prefix('/') {
                Some(absolute) => absolute.to_owned(),
                None => format!("xl/{target}"),
            };
            found.insert(id, (kind, path));
        }
    }
    Ok(found)
}
