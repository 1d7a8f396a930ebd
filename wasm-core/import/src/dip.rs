//! A city's DIP catalogue out of its spreadsheet.

use std::collections::BTreeSet;
use std::ops::ControlFlow;

use anxin_core::code::Code;
use anxin_core::dip::layout::{Layout, SourceNote};
use anxin_core::dip::{
    Class, Draft, DraftError, Expression, Grammar, GroupDraft, GroupText, Kind, OperationClass, Settings, normalised,
};
use anxin_core::drg::layout::Said;
use anxin_sheets::{Book, Row, SheetError};

use crate::field::Field;
use crate::guess::{Guess, Table};
use crate::number::{fen, rate};
use crate::quality::{Costed, Editions, Known, Quality, out_of_line};
use crate::report::{Doubt, DoubtKind, Problem, Reason, shortened};
use crate::row::{Line, tidied};
use crate::terms;

/// What the file does not say.
#[derive(Clone, Debug, Default)]
pub struct DipOptions {
    /// `shantou-dip2-2025`
    pub id: String,
    pub title: String,
    pub notice: Option<String>,
    pub source: SourceNote,
    pub settings: Settings,
    /// The day of the import, `YYYY-MM-DD`.
    pub edition: String,
}

/// A catalogue as it was read.
pub struct DipImport {
    pub draft: Draft,
    pub problems: Vec<Problem>,
    pub doubts: Vec<Doubt>,
    pub quality: Quality,
    edition: String,
}

impl DipImport {
    /// The pack `dip/<id>`, to be used at once. Refused when no row was taken.
    pub fn pack(&self) -> Result<Vec<u8>, DraftError> {
        if self.draft.is_empty() {
            return Err(DraftError::Class);
        }
        self.draft.layout()?;
        self.draft.seal(&self.edition).map_err(|_| DraftError::TooMany)
    }
}

/// Reads the tables of a book as the guess says.
pub fn import(
    book: &Book<'_>,
    guess: &Guess,
    options: &DipOptions,
    editions: &Editions<'_>,
) -> Result<DipImport, SheetError> {
    import_with(book, guess, options, editions, |_| {})
}

/// The same, telling now and then how many rows have been read.
pub fn import_with(
    book: &Book<'_>,
    guess: &Guess,
    options: &DipOptions,
    editions: &Editions<'_>,
    mut told: impl FnMut(u32),
) -> Result<DipImport, SheetError> {
    let head = Layout {
        id: options.id.clone(),
        title: options.title.clone(),
        notice: options.notice.clone().map(Said::same),
        grammar: guess.grammar,
        sources: vec![options.source.clone()],
        settings: options.settings.clone(),
        ..Layout::default()
    };
    let checked = editions.diagnoses.is_some() || editions.operations.is_some();
    let mut work = Work {
        grammar: guess.grammar,
        editions,
        draft: Draft::new(head),
        problems: Vec::new(),
        doubts: Vec::new(),
        quality: Quality { checked, ..Quality::default() },
        costed: Vec::new(),
        unknown: BTreeSet::new(),
        above: None,
    };
    let mut rows = 0_u32;
    for table in &guess.tables {
        work.above = None;
        let classes = table.columns.contains_key(&Field::OperationClass);
        book.rows(table.sheet, |row| {
            work.take(table, row, classes);
            rows = rows.saturating_add(1);
            if rows.is_multiple_of(ROWS_TOLD) {
                told(rows);
            }
            ControlFlow::Continue(())
        })?;
    }
    Ok(work.done(options.edition.clone()))
}

/// Rows between two tellings.
const ROWS_TOLD: u32 = 512;

struct Work<'e> {
    grammar: Grammar,
    editions: &'e Editions<'e>,
    draft: Draft,
    problems: Vec<Problem>,
    doubts: Vec<Doubt>,
    quality: Quality,
    costed: Vec<Costed>,
    unknown: BTreeSet<Code>,
    /// The diagnosis of the row before, for merged cells.
    above: Option<String>,
}

impl Work<'_> {
    fn take(&mut self, table: &Table, row: Row<'_>, classes: bool) {
        let line = Line { table, row };
        if line.is_header() {
            return;
        }
        self.quality.rows += 1;
        let taken = match (classes, table.is_terms()) {
            (true, _) => self.take_class(&line),
            (_, true) => terms::take(&mut self.draft.head, &line),
            _ => self.take_group(&line),
        };
        match taken {
            Ok(()) => self.quality.taken += 1,
            Err(problem) => {
                self.quality.duplicates += usize::from(problem.reason == Reason::Group(DraftError::Repeated));
                self.problems.push(problem);
            }
        }
    }

    /// A row of the table of operation classes.
    fn take_class(&mut self, line: &Line<'_>) -> Result<(), Problem> {
        let field = if line.table.columns.contains_key(&Field::Operation) { Field::Operation } else { Field::Main };
        let code = line.operations(field)?.and_then(|text| normalised(&text));
        let code = code.ok_or_else(|| line.problem(field, Reason::NoCode))?;
        let word = line.text(Field::OperationClass).unwrap_or_default();
        let class = OperationClass::read(word);
        let class = class.ok_or_else(|| line.problem(Field::OperationClass, Reason::UnknownWord))?;
        self.draft.classes.insert(code, class);
        Ok(())
    }

    fn take_group(&mut self, line: &Line<'_>) -> Result<(), Problem> {
        let mut group = self.group(line)?;
        group.score = self.number(line, Field::Score, rate)?;
        group.mean_fen = self.number(line, Field::MeanCost, fen)?;
        group.base_level = base_level(line)?;
        let mapped = self.mapped(&mut group, line);
        let (label, keys) = (group.label.clone(), group.keys.clone());
        let (score, mean) = (group.score, group.mean_fen);
        self.draft.add(group).map_err(|e| line.problem(Field::Group, Reason::Group(e)))?;
        for key in &keys {
            if let Some(name) = line.text(Field::DiagnosisName) {
                self.draft.name(*key, &shortened(name));
            }
            if !self.editions.diagnosis(key) {
                self.doubt_unknown(*key, line, &label);
            }
        }
        for (from, to) in mapped {
            self.quality.mapped += 1;
            self.doubt(line, &label, DoubtKind::FromClinical { from: from.to_string(), to: to.to_string() });
        }
        match score.zip(mean) {
            Some((score, mean)) => self.costed.push(Costed {
                sheet: line.table.name.clone(),
                row: line.row.number,
                group: label,
                score,
                mean,
            }),
            None if score.is_none() => {
                self.quality.without_score += 1;
                self.doubt(line, &label, DoubtKind::NoScore);
            }
            None => {}
        }
        Ok(())
    }

    /// The group of a row: as its code says, else as the columns of diagnosis and operations do.
    fn group(&mut self, line: &Line<'_>) -> Result<GroupDraft, Problem> {
        let code = line.code(Field::Group)?;
        let told = code.as_deref().map(|text| GroupText::parse(self.grammar, text));
        let by_columns = line.table.columns.contains_key(&Field::Diagnosis);
        match told {
            Some(Ok(text)) if is_whole(&text, line) => self.of_kind(GroupDraft::of(text), line),
            // A diagnosis alone, beside a column of operations.
            Some(Ok(text)) if agrees(&text, line) => self.by_columns(line, code, None),
            Some(Err(e)) if !by_columns => Err(line.problem(Field::Group, Reason::Grammar(e))),
            None if !by_columns => Err(line.problem(Field::Group, Reason::NoCode)),
            _ => {
                let diagnosis = line.code(Field::Diagnosis)?;
                self.by_columns(line, diagnosis, code)
            }
        }
    }

    fn by_columns(
        &mut self,
        line: &Line<'_>,
        diagnosis: Option<String>,
        label: Option<String>,
    ) -> Result<GroupDraft, Problem> {
        let main = line.operations(Field::Main)?;
        let related = line.operations(Field::Related)?;
        let diagnosis = match diagnosis {
            Some(code) => {
                self.above = Some(code.clone());
                code
            }
            None => {
                // A merged diagnosis stands only in its first row; a row without anything else is no group.
                let anything = main.is_some() || line.text(Field::Score).is_some();
                let above = self.above.clone().filter(|_| anything);
                let code = above.ok_or_else(|| line.problem(Field::Diagnosis, Reason::NoCode))?;
                self.doubt(line, &code, DoubtKind::DiagnosisFromAbove);
                code
            }
        };
        let mut keys = diagnosis.split(['/', '|', ',', '、', ';']).map(str::to_owned);
        let first = keys.next().unwrap_or_default();
        let text = GroupText::parse(self.grammar, &first);
        let mut text = text.map_err(|e| line.problem(Field::Diagnosis, Reason::Grammar(e)))?;
        let parse = |field: Field, codes: Option<String>| {
            let parsed = codes.map(|codes| Expression::parse(self.grammar, &codes)).transpose();
            parsed.map_err(|e| line.problem(field, Reason::Grammar(e)))
        };
        if text.main.is_none() && text.class.is_none() {
            (text.main, text.related) = (parse(Field::Main, main)?, parse(Field::Related, related)?);
        }
        let mut group = GroupDraft::of(text);
        for key in keys {
            let code = normalised(&tidied(&key)).filter(|_| GroupText::parse(self.grammar, &tidied(&key)).is_ok());
            group.keys.push(code.ok_or_else(|| line.problem(Field::Diagnosis, Reason::NoCode))?);
        }
        let mut group = self.of_kind(group, line)?;
        if let Some(label) = label.filter(|label| !label.bytes().all(|b| b.is_ascii_digit())) {
            group.label = label;
        }
        Ok(group)
    }

    /// What the columns of kind and class add.
    fn of_kind(&self, mut group: GroupDraft, line: &Line<'_>) -> Result<GroupDraft, Problem> {
        let Some(word) = line.text(Field::Kind) else { return Ok(group) };
        let kind = match word {
            w if w.contains("核心") || w.contains("基层") || w.starts_with("core") => Kind::Core,
            w if w.contains("综合") => Kind::Comprehensive,
            w if w.contains("床日") => Kind::BedDay,
            w if w.contains("中医") => Kind::Tcm,
            w if w.contains("空白") => Kind::Blank,
            _ => return Err(line.problem(Field::Kind, Reason::UnknownWord)),
        };
        if kind == Kind::Comprehensive && group.class.is_none() && group.kind == Kind::Core {
            let word = line.text(Field::Class).unwrap_or("保守");
            let class = class(word).ok_or_else(|| line.problem(Field::Class, Reason::UnknownWord))?;
            group.class = Some(class);
            (group.main, group.related) = (None, None);
            group.label = format!("{}:{}", group.label.split(':').next().unwrap_or_default(), class.code());
        }
        // A chapter and the blank group are told by their codes.
        if !matches!(group.kind, Kind::Chapter | Kind::Blank) {
            group.kind = kind;
        }
        Ok(group)
    }

    /// A figure that may be missing.
    fn number<T>(&self, line: &Line<'_>, field: Field, read: impl Fn(&str) -> Option<T>) -> Result<Option<T>, Problem> {
        let Some(text) = line.text(field) else { return Ok(None) };
        read(text).map(Some).ok_or_else(|| line.problem(field, Reason::NotANumber))
    }

    /// Puts insurance codes in the places of clinical ones, and says which.
    fn mapped(&mut self, group: &mut GroupDraft, line: &Line<'_>) -> Vec<(Code, Code)> {
        let (mut mapped, mut unknown) = (Vec::new(), Vec::new());
        let mut other = |code: Code| match self.editions.operation(&code) {
            Known::Yes => code,
            Known::Mapped(to) => {
                mapped.push((code, to));
                to
            }
            Known::No => {
                unknown.push(code);
                code
            }
        };
        let before = group.main.clone().zip(group.keys.first().copied());
        group.main = group.main.take().map(|e| e.map(&mut other));
        group.related = group.related.take().map(|e| e.map(&mut other));
        if !mapped.is_empty() && before.is_some_and(|(_, key)| group.label.starts_with(key.as_str())) {
            group.label = spelled(group);
        }
        for code in unknown {
            self.doubt_unknown(code, line, &group.label);
        }
        mapped
    }

    /// A code is reported where it is met first.
    fn doubt_unknown(&mut self, code: Code, line: &Line<'_>, group: &str) {
        if self.unknown.insert(code) {
            self.doubt(line, group, DoubtKind::UnknownCode { code: code.to_string() });
        }
    }

    fn doubt(&mut self, line: &Line<'_>, group: &str, kind: DoubtKind) {
        let sheet = line.table.name.clone();
        self.doubts.push(Doubt { sheet, row: line.row.number, group: group.into(), kind });
    }

    fn done(mut self, edition: String) -> DipImport {
        self.quality.unknown_codes = self.unknown.len();
        self.quality.out_of_line = out_of_line(&self.costed, &mut self.doubts);
        DipImport { draft: self.draft, problems: self.problems, doubts: self.doubts, quality: self.quality, edition }
    }
}

/// Whether a code is all that a group is: it names operations or a class itself, or the row has no operations in
/// columns of their own.
fn is_whole(text: &GroupText, line: &Line<'_>) -> bool {
    let operations = || line.text(Field::Main).or_else(|| line.text(Field::Related)).is_some();
    text.main.is_some() || text.class.is_some() || (!operations() && agrees(text, line))
}

/// Whether a code is of the diagnosis that stands beside it. One of another is a number that looks like one.
fn agrees(text: &GroupText, line: &Line<'_>) -> bool {
    let keys = GroupDraft::of(text.clone()).keys;
    let (key, told) = (keys.first(), line.text(Field::Diagnosis).map(tidied));
    let same = |told: String, key: &Code| told.starts_with(key.as_str()) || key.as_str().starts_with(&told);
    told.zip(key).is_none_or(|(told, key)| same(told, key))
}

fn spelled(group: &GroupDraft) -> String {
    let key = group.keys.first().map_or(String::new(), ToString::to_string);
    let part = |sign: &str, e: &Option<Expression>| e.as_ref().map_or(String::new(), |e| format!("{sign}{e}"));
    format!("{key}{}{}", part(":", &group.main), part("_", &group.related))
}

fn class(word: &str) -> Option<Class> {
    let conservative = word.contains("保守").then_some(Class::Conservative);
    let by_word = match OperationClass::read(word)? {
        OperationClass::Surgery | OperationClass::Interventional => Some(Class::Surgery),
        OperationClass::Therapeutic => Some(Class::Therapeutic),
        OperationClass::Diagnostic => Some(Class::Diagnostic),
        OperationClass::None | OperationClass::Unknown => None,
    };
    conservative.or(Class::from_code(word)).or(by_word)
}

fn base_level(line: &Line<'_>) -> Result<bool, Problem> {
    match line.text(Field::BaseLevel) {
        None | Some("0" | "否" | "N" | "n" | "FALSE") => Ok(false),
        Some("1" | "是" | "Y" | "y" | "√" | "TRUE" | "基层" | "基层病种") => Ok(true),
        Some(_) => Err(line.problem(Field::BaseLevel, Reason::UnknownWord)),
    }
}
