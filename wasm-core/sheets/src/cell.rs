//! A cell, and what can be said of a code that a spreadsheet took for a number.

/// What stands in a cell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    pub text: String,
    pub mark: Mark,
}

/// What a cell was to the spreadsheet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mark {
    /// Text as it was typed.
    #[default]
    Text,
    /// A number; `decimals` where its format shows a fixed number of them.
    Number {
        decimals: Option<u8>,
    },
    /// A date or time: the text is the day's number.
    Date,
    Boolean,
    /// `#N/A` and the like.
    Error,
    /// Bytes that the encoding does not have were replaced.
    Undecodable,
}

impl Cell {
    pub fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }

    pub(crate) fn clear(&mut self) {
        self.text.clear();
        self.mark = Mark::Text;
    }

    /// A cell of a text table: what looks like a number may have been through a spreadsheet.
    pub(crate) fn of_text(&mut self, text: &str) {
        // `="44.1300"` keeps a spreadsheet from reading a number.
        let quoted = text.strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"'));
        let text = quoted.or_else(|| text.strip_prefix('\'')).unwrap_or(text);
        self.text.push_str(text);
        self.mark = match () {
            () if text.contains('\u{FFFD}') => Mark::Undecodable,
            () if quoted.is_none() && is_number(text.trim()) => Mark::Number { decimals: None },
            () => Mark::Text,
        };
    }
}

fn is_number(text: &str) -> bool {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let dots = text.bytes().filter(|b| *b == b'.').count();
    digits > 0 && dots <= 1 && digits + dots == text.len()
}

/// An operation code out of a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CodeText {
    /// What was typed, or what it must have been.
    Certain(String),
    /// Zeros at the end may be gone: the code as it stands, and the shortest it may have been.
    Unsure { stands: String, perhaps: String },
}

/// The code of an operation, `NN.NNNN` or longer. A number keeps no zeros at its ends: one before the dot
/// is put back, those behind it cannot be known unless the format shows them.
pub fn operation_code(cell: &Cell) -> CodeText {
    let text = cell.text.trim();
    let Mark::Number { decimals } = cell.mark else { return CodeText::Certain(text.into()) };
    let (whole, places) = text.split_once('.').unwrap_or((text, ""));
    if whole.len() > 2 || whole.is_empty() || !is_number(text) {
        return CodeText::Certain(text.into());
    }
    let shown = decimals.map_or(0, usize::from);
    let code = |width: usize| format!("{whole:0>2}.{places:0<width$}");
    let traditional = whole == "17" && places.starts_with('9');
    match places.len() {
        // A format of fixed decimals shows what was typed.
        len if shown >= 4 && shown >= len => CodeText::Certain(code(shown)),
        4 if !traditional => CodeText::Certain(code(4)),
        5.. => CodeText::Certain(code(5)),
        _ => CodeText::Unsure { stands: text.into(), perhaps: code(if traditional { 5 } else { 4 }) },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_restored_only_when_certain() {
        let number =
            |text: &str, decimals| operation_code(&Cell { text: text.into(), mark: Mark::Number { decimals } });
        let certain = |code: &str| CodeText::Certain(code.into());
        let unsure = |stands: &str, perhaps: &str| CodeText::Unsure { stands: stands.into(), perhaps: perhaps.into() };
        assert_eq!(number("44.1301", None), certain("44.1301"));
        assert_eq!(number("3.8301", None), certain("03.8301"));
        assert_eq!(number("44.13", None), unsure("44.13", "44.1300"));
        assert_eq!(number("44.13", Some(4)), certain("44.1300"));
        assert_eq!(number("44", None), unsure("44", "44.0000"));
        assert_eq!(number("17.9714", None), unsure("17.9714", "17.97140"));
        assert_eq!(number("17.98121", None), certain("17.98121"));
        let typed = Cell { text: " 44.13 ".into(), mark: Mark::Text };
        assert_eq!(operation_code(&typed), certain("44.13"));
    }

    #[test]
    fn a_cell_of_text_says_what_it_may_have_been() {
        let mark = |text: &str| {
            let mut cell = Cell::default();
            cell.of_text(text);
            (cell.text.clone(), cell.mark)
        };
        assert_eq!(mark("44.13"), ("44.13".into(), Mark::Number { decimals: None }));
        assert_eq!(mark("=\"44.1300\""), ("44.1300".into(), Mark::Text));
        assert_eq!(mark("'44.1300").0, "44.1300");
        assert_eq!(mark("44.1300x001").1, Mark::Text);
        assert_eq!(mark("手\u{FFFD}").1, Mark::Undecodable);
    }
}
