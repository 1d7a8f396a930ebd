//! A case and its answer by either kind of scheme, and what the shared views need of an answer.

use anxin_core::benefit::Severity;
use anxin_core::drg::Place;
use anxin_core::preview::{CodeOut, DipAnswer, DipCase, GroupAnswer, GroupCase};

/// One stay and its scheme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Case {
    Drg(Box<GroupCase>),
    Dip(Box<DipCase>),
}

#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    Drg(Box<GroupAnswer>),
    Dip(Box<DipAnswer>),
}

/// What was made of one row of a coding.
#[derive(Clone, Debug, PartialEq)]
pub struct RowRead {
    pub recorded: String,
    pub code: Option<String>,
    pub name: Option<String>,
    /// What is worth saying beside the row.
    pub notes: Vec<String>,
}

/// What was made of the rows of a coding, in their order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Seen {
    pub diagnoses: Vec<RowRead>,
    pub operations: Vec<RowRead>,
}

/// Something that was noticed about a record.
#[derive(Clone, Debug, PartialEq)]
pub struct Noted {
    pub code: Option<String>,
    /// None where it is a question about the record rather than a finding.
    pub severity: Option<Severity>,
    pub place: Place,
    pub text: String,
}

impl Answer {
    pub fn principal(&self) -> Option<&CodeOut> {
        match self {
            Answer::Drg(answer) => answer.principal.as_ref(),
            Answer::Dip(answer) => answer.principal.as_ref(),
        }
    }

    /// What has to stand beside the answer.
    pub fn notice(&self) -> Option<&str> {
        match self {
            Answer::Drg(_) => None,
            Answer::Dip(answer) => answer.notice.as_deref(),
        }
    }

    /// Findings, and for DRG the questions that stand among them.
    pub fn noted(&self) -> Vec<Noted> {
        match self {
            Answer::Drg(answer) => {
                let findings = answer.findings.iter().map(|f| noted(&f.code, Some(f.severity), f.place, &f.text));
                findings.chain(answer.hints.iter().map(|h| noted(&h.code, None, h.place, &h.text))).collect()
            }
            Answer::Dip(answer) => {
                answer.findings.iter().map(|f| noted(&f.code, Some(f.severity), f.place, &f.text)).collect()
            }
        }
    }

    pub fn seen(&self) -> Seen {
        let noted = self.noted();
        let beside = |place: Place| -> Vec<String> {
            noted.iter().filter(|n| n.place == place && !n.text.is_empty()).map(|n| n.text.clone()).collect()
        };
        let row = |recorded: &String, code: &Option<String>, name: &Option<String>, place| RowRead {
            recorded: recorded.clone(),
            code: code.clone(),
            name: name.clone(),
            notes: beside(place),
        };
        let diagnoses = |rows: &[CodeOut]| -> Vec<RowRead> {
            rows.iter().zip(0..).map(|(r, n)| row(&r.recorded, &r.code, &r.name, Place::Diagnosis(n))).collect()
        };
        let operation = |(recorded, code, name), n| row(recorded, code, name, Place::Operation(n));
        match self {
            Answer::Drg(answer) => Seen {
                diagnoses: diagnoses(&answer.diagnoses),
                operations: answer
                    .operations
                    .iter()
                    .zip(0..)
                    .map(|(r, n)| operation((&r.recorded, &r.code, &r.name), n))
                    .collect(),
            },
            Answer::Dip(answer) => Seen {
                diagnoses: diagnoses(&answer.diagnoses),
                operations: answer
                    .operations
                    .iter()
                    .zip(0..)
                    .map(|(r, n)| operation((&r.recorded, &r.code, &r.name), n))
                    .collect(),
            },
        }
    }
}

fn noted(code: &impl serde::Serialize, severity: Option<Severity>, place: Place, text: &Option<String>) -> Noted {
    Noted { code: word(code), severity, place, text: text.clone().unwrap_or_default() }
}

/// A word as the core's JSON writes it.
pub fn word(value: &impl serde::Serialize) -> Option<String> {
    serde_json::to_value(value).ok()?.as_str().map(str::to_owned)
}
