use std::fmt;

macro_rules! kinds {
    ($($(#[$doc:meta])* $variant:ident = $word:literal),+ $(,)?) => {
        /// What can be wrong with an authored pack.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum LintKind { $($(#[$doc])* $variant),+ }

        impl LintKind {
            pub const ALL: &'static [LintKind] = &[$(LintKind::$variant),+];

            /// The stable word, which is also the name of the fixture that proves the lint.
            pub fn word(self) -> &'static str {
                match self { $(LintKind::$variant => $word),+ }
            }
        }
    };
}

kinds! {
    /// Not TOML, or a field of the wrong type or missing.
    Unreadable = "unreadable",
    UnknownKey = "unknown-key",
    DuplicateKey = "duplicate-key",
    /// One id for two values that can both apply, or one key for two sources.
    DuplicateId = "duplicate-id",
    UnknownSlot = "unknown-slot",
    /// A word that the named dimension or field does not have.
    UnknownWord = "unknown-word",
    UnknownBasis = "unknown-basis",
    UnknownTier = "unknown-tier",
    /// No amount, two of them, or one of a kind that the slot does not take.
    WrongAmount = "wrong-amount",
    /// A share or ratio outside 0 to 1.
    ShareOutOfRange = "share-out-of-range",
    /// Bands that are empty, descend, overlap or leave a gap.
    BadBands = "bad-bands",
    MissingCite = "missing-cite",
    UnknownCite = "unknown-cite",
    UnusedCite = "unused-cite",
    BadDate = "bad-date",
    /// `from` after `to`.
    DatesReversed = "dates-reversed",
    /// Two values for the same case and day, neither of them more specific.
    Conflict = "conflict",
    /// A value ends and its successor begins later than the next day.
    DateGap = "date-gap",
    /// A grade has a deductible and no ratio, or the reverse.
    MissingCell = "missing-cell",
    /// A cell listed as unknown that has a value.
    StaleUnknown = "stale-unknown",
    UnknownInclude = "unknown-include",
    /// The pack does not survive being sealed and opened again.
    Unsealable = "unsealable",
    /// The first day or the last day of a value has no golden case.
    BoundaryWithoutCase = "boundary-without-case",
    /// The coverage register is not what the packs say.
    StaleRegister = "stale-register",
}

/// One finding: where, what, and why.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Lint {
    pub path: String,
    /// Counted from 1; `None` where the finding is about a whole file or folder.
    pub line: Option<usize>,
    pub kind: LintKind,
    /// The id, key or word that the finding is about.
    pub subject: String,
    /// What would be accepted.
    pub message: String,
}

impl Lint {
    pub fn new(kind: LintKind, at: &At, subject: impl AsRef<str>, message: impl Into<String>) -> Lint {
        Lint {
            path: at.path.clone(),
            line: at.line,
            kind,
            subject: subject.as_ref().to_owned(),
            message: message.into(),
        }
    }
}

impl fmt::Display for Lint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.path)?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
        }
        write!(f, ": {}: {}: {}", self.kind.word(), self.subject, self.message)
    }
}

impl std::error::Error for Lint {}

/// A place in an authored file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct At {
    pub path: String,
    pub line: Option<usize>,
}

impl At {
    pub fn file(path: &str) -> At {
        At { path: path.into(), line: None }
    }

    /// The line that holds byte `offset` of `text`.
    pub fn offset(path: &str, text: &str, offset: usize) -> At {
        let before = text.get(..offset).unwrap_or(text);
        At { path: path.into(), line: Some(before.matches('\n').count() + 1) }
    }
}
