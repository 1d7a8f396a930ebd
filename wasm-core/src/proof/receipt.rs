//! A receipt held against its root, for programs that have no reading of their own.

use serde::{Deserialize, Serialize};

use super::{Hash, Inclusion, leaf_hash};
use crate::error::{Refusal, RefusalCode};
use crate::text::Lang;

/// What a receipt says of its line. Hashes and bytes are hexadecimal digits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct ReceiptCase {
    /// The number of the line in its journal.
    #[cfg_attr(feature = "typescript", ts(type = "number"))]
    pub entry: u64,
    /// The line's bytes, where the receipt has them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<String>,
    pub leaf: String,
    /// Lines of the journal under the root.
    #[cfg_attr(feature = "typescript", ts(type = "number"))]
    pub size: u64,
    pub root: String,
    /// From the leaf to the root.
    pub path: Vec<String>,
}

/// Whether a receipt leads to its root. Who signed the root is another question, which is not answered here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct ReceiptAnswer {
    pub holds: bool,
    /// What does not hold, where something does not.
    pub fault: Option<ReceiptFault>,
    /// Whether the line's bytes were there and gave the leaf.
    pub line_checked: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum ReceiptFault {
    /// The line is not the one that the leaf was made of.
    Line,
    /// The way from the leaf does not end at the root.
    Path,
}

/// A tree of 2^64 lines has no longer way.
const PATH_MAX: usize = 64;

/// Holds a receipt against its root; what is no hexadecimal is refused with its field.
pub fn receipt(case: &ReceiptCase) -> Result<ReceiptAnswer, Refusal> {
    if case.path.len() > PATH_MAX {
        return Err(Refusal::new(RefusalCode::OutOfRange, "path", format!("0–{PATH_MAX}")));
    }
    let (leaf, root) = (hash("leaf", &case.leaf)?, hash("root", &case.root)?);
    let path = case.path.iter().enumerate().map(|(at, step)| hash(&format!("path[{at}]"), step));
    let inclusion = Inclusion { index: case.entry, size: case.size, path: path.collect::<Result<_, _>>()? };
    let line = case.line.as_deref().map(|line| bytes("line", line)).transpose()?;
    let fault = match &line {
        Some(line) if leaf_hash(line) != leaf => Some(ReceiptFault::Line),
        _ if !inclusion.holds(leaf, &root) => Some(ReceiptFault::Path),
        _ => None,
    };
    Ok(ReceiptAnswer { holds: fault.is_none(), fault, line_checked: line.is_some(), text: None })
}

impl ReceiptAnswer {
    pub(crate) fn fill(&mut self, lang: Lang) {
        let (zh, en) = match (self.fault, self.line_checked) {
            (None, true) => (
                "分录内容与收据一致，并已载入所附账簿摘要；摘要由谁签名，此处不核验。",
                "The line is the receipt's and is under the root given; who signed the root is not checked here.",
            ),
            (None, false) => (
                "收据所指的分录已载入所附账簿摘要；分录内容没有给出，摘要由谁签名此处也不核验。",
                "The receipt's line is under the root given; its content is not there, and who signed the root is not checked here.",
            ),
            (Some(ReceiptFault::Line), _) => (
                "分录内容与收据不符，收据可能被改动过。",
                "The line is not the one of the receipt: it may have been changed.",
            ),
            (Some(ReceiptFault::Path), _) => (
                "收据与所附账簿摘要不符，收据可能被改动过。",
                "The receipt does not lead to the root given: it may have been changed.",
            ),
        };
        self.text = Some(lang.of(zh, en).to_owned());
    }
}

fn hash(field: &str, digits: &str) -> Result<Hash, Refusal> {
    let wrong = || Refusal::new(RefusalCode::Malformed, field, "64 × 0–9, a–f");
    bytes(field, digits)?.try_into().map_err(|_| wrong())
}

fn bytes(field: &str, digits: &str) -> Result<Vec<u8>, Refusal> {
    let pair = |pair: &[u8]| {
        let [high, low] = pair else { return None };
        let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
        Some(digit(*high)? << 4 | digit(*low)?)
    };
    let read = digits.as_bytes().chunks(2).map(pair).collect::<Option<Vec<u8>>>();
    read.ok_or_else(|| Refusal::new(RefusalCode::Malformed, field, "2 × n × 0–9, a–f"))
}
