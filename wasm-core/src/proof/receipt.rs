//! A receipt held against its root, for programs that have no reading of their own.

use serde::{Deserialize, Serialize};

use super::{Hash, Inclusion, Seal, SealKey, leaf_hash, micros};
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
    /// Whose signature is under the root, where somebody's is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signed: Option<SealCase>,
}

/// What an area signed of its journal with SM2: number, size, root and instant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct SealCase {
    /// Which journal: the number of the area.
    #[cfg_attr(feature = "typescript", ts(type = "number"))]
    pub shard: u64,
    /// `2026-11-22T08:05:09.000001Z`
    pub signed_at: String,
    /// The number by which the area publishes the key.
    pub key: String,
    /// The key as a point of the curve (SEC 1); without it the signature is not checked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub public_key: Option<String>,
    /// `r` and `s`, 32 bytes each.
    pub signature: String,
}

/// Whether a receipt leads to its root, and who signed that. Whose a key is follows from the number alone that the
/// area publishes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct ReceiptAnswer {
    pub holds: bool,
    /// What does not hold, where something does not.
    pub fault: Option<ReceiptFault>,
    /// Whether the line's bytes were there and gave the leaf.
    pub line_checked: bool,
    pub signer: ReceiptSigner,
    /// The number of the key that signed, or is said to have.
    pub key: Option<String>,
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
    /// The key did not sign this journal, size, root and instant, or has another number.
    Signature,
}

/// How far the root can be trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum ReceiptSigner {
    /// No signature is there, or the receipt does not hold.
    Nobody,
    /// The key signed it.
    Key,
    /// A key is said to have, and is not there to check it.
    Absent,
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
    let signer = case.signed.as_ref().map(|seal| signer(seal, case.size, root).map_err(|r| r.within("signed")));
    let signer = signer.transpose()?.unwrap_or(Ok(ReceiptSigner::Nobody));
    let outcome = match &line {
        Some(line) if leaf_hash(line) != leaf => Err(ReceiptFault::Line),
        _ if !inclusion.holds(leaf, &root) => Err(ReceiptFault::Path),
        _ => signer,
    };
    Ok(ReceiptAnswer {
        holds: outcome.is_ok(),
        fault: outcome.err(),
        line_checked: line.is_some(),
        signer: outcome.unwrap_or(ReceiptSigner::Nobody),
        key: case.signed.as_ref().filter(|_| outcome.is_ok()).map(|seal| seal.key.clone()),
        text: None,
    })
}

/// Whether the key signed that the journal has this size and root.
fn signer(signed: &SealCase, size: u64, root: Hash) -> Result<Result<ReceiptSigner, ReceiptFault>, Refusal> {
    let wrong = |field: &str, accepted: &str| Refusal::new(RefusalCode::Malformed, field, accepted);
    let at = micros(&signed.signed_at).ok_or_else(|| wrong("signed_at", "2026-11-22T08:05:09.000001Z"))?;
    let (number, signature) = (bytes("key", &signed.key)?, bytes("signature", &signed.signature)?);
    let Some(key) = &signed.public_key else { return Ok(Ok(ReceiptSigner::Absent)) };
    let point = SealKey::from_sec1(&bytes("public_key", key)?);
    let key = point.ok_or_else(|| wrong("public_key", "SM2, SEC 1"))?;
    let seal = Seal { shard: signed.shard, size, root, at };
    let good = number == key.id() && key.signed(&seal, &signature);
    Ok(if good { Ok(ReceiptSigner::Key) } else { Err(ReceiptFault::Signature) })
}

impl ReceiptAnswer {
    pub(crate) fn fill(&mut self, lang: Lang) {
        let told = match self.fault {
            Some(fault) => fault.told(lang).to_owned(),
            None => format!("{}{}{}", self.inclusion(lang), lang.of("", " "), self.signature(lang)),
        };
        self.text = Some(told);
    }

    fn inclusion(&self, lang: Lang) -> &'static str {
        if self.line_checked {
            lang.of(
                "分录内容与收据一致，并已载入所附账簿摘要。",
                "The line is the receipt's and is under the root given.",
            )
        } else {
            lang.of(
                "收据所指的分录已载入所附账簿摘要；分录内容没有给出。",
                "The receipt's line is under the root given; its content is not there.",
            )
        }
    }

    fn signature(&self, lang: Lang) -> String {
        let key = self.key.as_deref().unwrap_or_default();
        match self.signer {
            ReceiptSigner::Nobody => lang.of(
                "账簿摘要没有附签名，无法核验由谁签出。".into(),
                "No signature is under the root: whose it is cannot be checked.".into(),
            ),
            ReceiptSigner::Key => lang.of(
                format!("账簿摘要的 SM2 签名有效，公钥编号 {key}，请与经办机构公布的编号核对。"),
                format!("The SM2 signature under the root is good, of key {key}: compare it with the number that the area publishes."),
            ),
            ReceiptSigner::Absent => lang.of(
                format!("账簿摘要据称由编号 {key} 的公钥签名，公钥没有给出，签名未核验。"),
                format!("Key {key} is said to have signed the root; the key is not there, and the signature is not checked."),
            ),
        }
    }
}

impl ReceiptFault {
    fn told(self, lang: Lang) -> &'static str {
        match self {
            ReceiptFault::Line => lang.of(
                "分录内容与收据不符，收据可能被改动过。",
                "The line is not the one of the receipt: it may have been changed.",
            ),
            ReceiptFault::Path => lang.of(
                "收据与所附账簿摘要不符，收据可能被改动过。",
                "The receipt does not lead to the root given: it may have been changed.",
            ),
            ReceiptFault::Signature => lang.of(
                "账簿摘要的签名与所附公钥不符，收据可能被改动过。",
                "The signature under the root is not of the key given: the receipt may have been changed.",
            ),
        }
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
