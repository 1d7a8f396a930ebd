//! Which sheet holds the table, where its header ends, and what each column holds.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use anxin_core::dip::{Grammar, GroupText, OperationClass};
use anxin_sheets::{Book, Cell, SheetError};
use serde::{Deserialize, Serialize};

use crate::field::{Field, of_header};
use crate::number::{narrow, rate};

/// A guess about one table: shown to a person, changed, and given back to the import.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Table {
    /// The number of the sheet in the book.
    pub sheet: usize,
    pub name: String,
    /// The last row of the header; 0 where there is none.
    pub header_row: u32,
    /// Column of each field, from 0.
    pub columns: BTreeMap<Field, usize>,
    /// Columns of coefficients, one for each level of hospitals.
    #[serde(default)]
    pub coefficients: Vec<usize>,
    /// Headers as they were put together, by column.
    pub headers: Vec<String>,
    /// The first rows after the header, to be looked at.
    pub sample: Vec<Vec<String>>,
}

impl Table {
    /// Whether it has point values or coefficients, and no groups.
    pub fn is_terms(&self) -> bool {
        let has = |field| self.columns.contains_key(&field);
        let groups = has(Field::Group) || has(Field::Diagnosis) || has(Field::OperationClass);
        !groups && has(Field::Label) && (has(Field::Price) || !self.coefficients.is_empty())
    }

    /// What a column holds.
    pub fn field(&self, column: usize) -> Option<Field> {
        if self.coefficients.contains(&column) {
            return Some(Field::Coefficient);
        }
        self.columns.iter().find(|(_, held)| **held == column).map(|(field, _)| *field)
    }

    /// Says of a column what it holds. Of coefficients there can be several columns, of any other field one.
    pub fn hold(&mut self, column: usize, field: Option<Field>) {
        self.columns.retain(|_, held| *held != column);
        self.coefficients.retain(|held| *held != column);
        match field {
            Some(Field::Coefficient) => self.coefficients.push(column),
            Some(field) => drop(self.columns.insert(field, column)),
            None => {}
        }
        self.coefficients.sort_unstable();
    }

    /// The level that a column of coefficients is of: what its header says beside that.
    pub fn level(&self, column: usize) -> String {
        let header = self.headers.get(column).map_or("", |text| text.trim());
        let mut level: String = header.chars().filter_map(narrow).filter(|c| !matches!(c, '(' | ')')).collect();
        for word in ["医疗机构系数", "等级系数", "级别系数", "医院系数", "机构系数", "系数"] {
            level = level.replace(word, "");
        }
        if level.is_empty() { header.to_owned() } else { level }
    }
}

/// What a book holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Guess {
    pub grammar: Grammar,
    /// Tables with groups, then tables of operation classes.
    pub tables: Vec<Table>,
}

/// Rows of a sheet that are looked at.
const HEAD_ROWS: usize = 60;
const SAMPLE_ROWS: usize = 8;

/// Looks at the beginning of every sheet.
pub fn guess(book: &Book<'_>) -> Result<Guess, SheetError> {
    let mut tables = Vec::new();
    let mut bars = 0_usize;
    for (number, sheet) in book.sheets().iter().enumerate() {
        let mut head: Vec<(u32, Vec<Cell>)> = Vec::new();
        book.rows(number, |row| {
            head.push((row.number, row.cells.iter().map(beginning).collect()));
            if head.len() < HEAD_ROWS { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        })?;
        bars += head.iter().flat_map(|(_, cells)| cells).filter(|c| national(&c.text)).count();
        tables.extend(table(number, &sheet.name, &head));
    }
    tables.sort_by_key(|t: &Table| t.columns.contains_key(&Field::OperationClass));
    Ok(Guess { grammar: if bars > 0 { Grammar::BarPlus } else { Grammar::SlashPlus }, tables })
}

/// As much of a cell as a guess needs.
fn beginning(cell: &Cell) -> Cell {
    Cell { text: cell.text.chars().take(200).collect(), mark: cell.mark }
}

/// An "or" as edition 3.0 writes it, between codes.
fn national(text: &str) -> bool {
    text.split_once('|').is_some_and(|(a, b)| {
        a.ends_with(|c: char| c.is_ascii_alphanumeric()) && b.starts_with(|c: char| c.is_ascii_digit())
    })
}

fn table(sheet: usize, name: &str, head: &[(u32, Vec<Cell>)]) -> Option<Table> {
    let width = head.iter().map(|(_, cells)| cells.len()).max()?;
    let last_header = last_header(head);
    let (above, below) = head.split_at(last_header.map_or(0, |at| at + 1));
    let headers = headers(above, width);
    let mut columns: BTreeMap<Field, (usize, usize)> = BTreeMap::new();
    let mut coefficients = Vec::new();
    for (column, text) in headers.iter().enumerate() {
        let spoken = of_header(text);
        if spoken.is_some_and(|(field, _)| field == Field::Coefficient) {
            coefficients.push(column);
        } else if let Some((field, weight)) = spoken
            && columns.get(&field).is_none_or(|(_, best)| weight > *best)
        {
            columns.insert(field, (column, weight));
        }
    }
    let mut columns: BTreeMap<Field, usize> = columns.into_iter().map(|(f, (column, _))| (f, column)).collect();
    by_content(below, width, &mut columns);
    let useful = [Field::Group, Field::Diagnosis, Field::OperationClass, Field::Weight];
    let terms =
        columns.contains_key(&Field::Label) && (columns.contains_key(&Field::Price) || !coefficients.is_empty());
    if !terms && !useful.iter().any(|field| columns.contains_key(field)) {
        return None;
    }
    let sample = below.iter().take(SAMPLE_ROWS).map(|(_, cells)| cells.iter().map(|c| c.text.clone()).collect());
    Some(Table {
        sheet,
        name: name.into(),
        header_row: above.last().map_or(0, |(n, _)| *n),
        columns,
        coefficients,
        headers,
        sample: sample.collect(),
    })
}

/// The last of the first rows that names a field and holds no code, directly after others like it.
fn last_header(head: &[(u32, Vec<Cell>)]) -> Option<usize> {
    let speaks = |cells: &[Cell]| cells.iter().filter(|c| of_header(&c.text).is_some()).count();
    let codes = |cells: &[Cell]| cells.iter().any(|c| is_key(&c.text));
    let first_data = head.iter().position(|(_, cells)| codes(cells)).unwrap_or(head.len());
    let above = head.get(..first_data)?;
    let header = above.iter().rposition(|(_, cells)| speaks(cells) > 0)?;
    let continued = above.get(header + 1..).unwrap_or_default().iter().take_while(|(_, cells)| only_labels(cells));
    Some((header + continued.count()).min(HEADER_ROWS_MAX))
}

/// The lower row of a merged header: nothing but 编码 and 名称 under what they are of.
fn only_labels(cells: &[Cell]) -> bool {
    let mut texts = cells.iter().filter(|c| !c.is_blank()).map(|c| c.text.trim().to_lowercase()).peekable();
    let label = |text: String| ["编码", "代码", "名称", "code", "name"].iter().any(|word| text.ends_with(word));
    texts.peek().is_some() && texts.all(label)
}

const HEADER_ROWS_MAX: usize = 15;
/// A merged header has at most this many rows.
const HEADER_DEPTH: usize = 3;

/// One text per column. Of a merged cell only the first column has the text, so blanks of the upper rows take
/// what stands to their left, where something stands below them.
fn headers(above: &[(u32, Vec<Cell>)], width: usize) -> Vec<String> {
    let speaking = above.iter().filter(|(_, cells)| cells.iter().filter(|c| !c.is_blank()).count() > 1);
    let rows: Vec<&Vec<Cell>> = speaking.map(|(_, cells)| cells).collect();
    let rows = rows.get(rows.len().saturating_sub(HEADER_DEPTH)..).unwrap_or_default();
    let text = |row: &[Cell], column: usize| row.get(column).map_or("", |c| c.text.trim()).to_owned();
    let mut joined = vec![String::new(); width];
    for (depth, row) in rows.iter().enumerate() {
        let below = rows.get(depth + 1..).unwrap_or_default();
        let mut carried = String::new();
        for (column, into) in joined.iter_mut().enumerate() {
            let own = text(row, column);
            let spoken_below = below.iter().any(|row| !text(row, column).is_empty());
            if !own.is_empty() {
                carried = own;
            } else if !spoken_below {
                carried.clear();
            }
            into.push_str(&carried);
        }
    }
    joined
}

/// What headers leave open is told from what stands below: codes of groups, and numbers beside them.
fn by_content(below: &[(u32, Vec<Cell>)], width: usize, columns: &mut BTreeMap<Field, usize>) {
    let taken: Vec<usize> = columns.values().copied().collect();
    let share = |column: usize, fits: &dyn Fn(&str) -> bool| {
        let cells = below.iter().filter_map(|(_, cells)| cells.get(column)).filter(|c| !c.is_blank());
        let (mut all, mut fitting) = (0_usize, 0_usize);
        for cell in cells {
            all += 1;
            fitting += usize::from(fits(&cell.text));
        }
        all > 0 && fitting * 5 >= all * 4
    };
    let mut find = |field: Field, fits: &dyn Fn(&str) -> bool| {
        if columns.contains_key(&field) {
            return;
        }
        if let Some(column) = (0..width).find(|c| !taken.contains(c) && share(*c, fits)) {
            columns.insert(field, column);
        }
    };
    if !taken.is_empty() && !below.is_empty() {
        find(Field::OperationClass, &|text| !text.trim().is_empty() && OperationClass::read(text.trim()).is_some());
    }
    let has_code = columns.contains_key(&Field::Group) || columns.contains_key(&Field::Diagnosis);
    if has_code {
        return;
    }
    let mut find = |field: Field, fits: &dyn Fn(&str) -> bool| {
        let used: Vec<usize> = columns.values().copied().collect();
        if let Some(column) = (0..width).find(|c| !used.contains(c) && share(*c, fits)) {
            columns.insert(field, column);
        }
    };
    find(Field::Group, &is_key);
    let found = columns.contains_key(&Field::Group);
    if found && !columns.contains_key(&Field::Score) && !columns.contains_key(&Field::Weight) {
        let used: Vec<usize> = columns.values().copied().collect();
        let last = (0..width).rev().find(|c| !used.contains(c) && share(*c, &|text| rate(text).is_some()));
        columns.extend(last.map(|column| (Field::Score, column)));
    }
}

/// A group code of a catalogue, or a diagnosis.
fn is_key(text: &str) -> bool {
    let plain: String = text.chars().filter_map(narrow).collect();
    let normal = anxin_core::dip::normalised(plain.split(':').next().unwrap_or_default());
    let Some(key) = normal else { return false };
    GroupText::parse(Grammar::SlashPlus, key.as_str()).is_ok() || is_drg(&plain)
}

/// `BR15`, `AA19`, `BR15A`: an upper-case letter, a second one, a digit and one or two more signs.
pub(crate) fn is_drg(text: &str) -> bool {
    let [a, b, c, rest @ ..] = text.as_bytes() else { return false };
    let head = a.is_ascii_uppercase() && b.is_ascii_uppercase() && c.is_ascii_digit();
    head && (1..=2).contains(&rest.len()) && rest.iter().all(u8::is_ascii_alphanumeric)
}
