use std::fmt::Display;
use std::path::Path;
use std::process::ExitCode;

use anxin_core::dispatch::RefusalOut;
use anxin_core::text::{self, Lang};
use anxin_core::{Refusal, RefusalCode};

/// Why a command gives no result.
#[derive(Debug)]
pub enum Failure {
    /// The input is at fault.
    Refused(RefusalOut),
    /// Something on this machine is.
    Machine(String),
    /// Rows of a table that were written with their error in place of a group.
    Rows { bad: usize, all: usize },
    /// Rows of a spreadsheet that are not in the pack; the report says why.
    Untaken { bad: usize, all: usize },
    /// The wallet's books are not what was signed.
    Books(String),
}

impl Failure {
    pub fn refused(Refusal { code, field, accepted }: Refusal, lang: Lang) -> Failure {
        let message = text::refusal(code, &field, &accepted, lang);
        if code == RefusalCode::Inconsistent {
            return Failure::Machine(message);
        }
        Failure::Refused(RefusalOut { code, field, accepted, message: Some(message) })
    }

    /// A refusal by the core. A file has no `call` around it, as a request to the core does.
    pub fn by_core(RefusalOut { code, field, accepted, .. }: RefusalOut, lang: Lang) -> Failure {
        let field = if field.starts_with("call.") { String::new() } else { field };
        Failure::refused(Refusal { code, field, accepted }, lang)
    }

    /// A pack that is not what it should be.
    pub fn bad_pack(what: impl Display, why: impl Display) -> Failure {
        Failure::refused(Refusal::new(RefusalCode::BadPack, what.to_string(), why.to_string()), Lang::Zh)
    }

    pub fn machine(what: impl Display, why: &dyn Display) -> Failure {
        Failure::Machine(format!("{what}: {why}"))
    }

    pub fn file(path: &Path, why: &dyn Display) -> Failure {
        Failure::machine(path.display(), why)
    }

    /// What standard error is told: one line of JSON for a refusal.
    pub fn told(&self) -> String {
        match self {
            Failure::Refused(refusal) => serde_json::to_string(refusal).unwrap_or_default(),
            Failure::Machine(text) | Failure::Books(text) => format!("anxin: {text}"),
            Failure::Untaken { bad, all } => {
                format!("anxin: {bad} of {all} rows were not taken; the report says why")
            }
            Failure::Rows { bad, all } => {
                format!("anxin: {bad} of {all} rows were not grouped; the column `error` says why")
            }
        }
    }

    pub fn exit_code(&self) -> ExitCode {
        match self {
            Failure::Refused(_) => ExitCode::from(2),
            Failure::Machine(_) => ExitCode::FAILURE,
            Failure::Rows { .. } | Failure::Untaken { .. } | Failure::Books(_) => ExitCode::from(3),
        }
    }
}
