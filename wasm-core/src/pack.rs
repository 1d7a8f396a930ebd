//! The container of every rule pack: a kind, an id, a schema version, a payload and the digest that
//! names all of it.

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use sm3::{Digest as _, Sm3};

use crate::error::{Refusal, RefusalCode};

const MAGIC: &[u8; 8] = b"ANXINPK1";

/// The SM3 digest of a pack's header and payload, 64 lower-case hexadecimal digits when written.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct PackDigest([u8; 32]);

impl fmt::Display for PackDigest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|b| write!(f, "{b:02x}"))
    }
}

impl fmt::Debug for PackDigest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// What a pack holds. The numbers are part of the format and are never reused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum PackKind {
    Benefit,
    Drg,
    DrgNames,
    Dip,
    Wallet,
    /// Codes of the clinical edition and what the insurance edition calls them.
    DrgClinical,
    /// Weights and rates of grouped payment by region and year.
    DrgWeights,
}

/// The part of a pack that says what it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct PackHeader {
    pub kind: PackKind,
    /// `benefit/441500`, `drg/chs-drg-1.1`.
    pub id: String,
    /// Version of the payload's layout. A reader refuses one that it does not know.
    pub schema: u16,
    /// When the data was compiled from its sources, `YYYY-MM-DD`.
    pub edition: String,
}

/// The pack that an answer was computed with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct PackRef {
    pub id: Arc<str>,
    pub digest: Arc<str>,
    pub edition: Arc<str>,
}

impl PackRef {
    pub fn new(header: &PackHeader, digest: PackDigest) -> PackRef {
        PackRef {
            id: header.id.as_str().into(),
            digest: digest.to_string().into(),
            edition: header.edition.as_str().into(),
        }
    }
}

/// A pack whose digest has been checked, borrowed from its bytes.
#[derive(Clone, Debug)]
pub struct Pack<'a> {
    pub header: PackHeader,
    pub payload: &'a [u8],
    pub digest: PackDigest,
}

/// Why bytes are not a pack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PackError {
    NotAPack,
    Truncated,
    DigestMismatch,
    UnknownSchema { found: u16, known: u16 },
    WrongKind,
    BadPayload,
}

impl fmt::Display for PackError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PackError::NotAPack => f.write_str("not a rule pack"),
            PackError::Truncated => f.write_str("the rule pack is cut short"),
            PackError::DigestMismatch => f.write_str("the rule pack does not match its digest"),
            PackError::UnknownSchema { found, known } => {
                write!(f, "the rule pack has layout {found}; this program reads layout {known}")
            }
            PackError::WrongKind => f.write_str("the rule pack is of another kind"),
            PackError::BadPayload => f.write_str("the rule pack's content cannot be read"),
        }
    }
}

impl std::error::Error for PackError {}

impl From<PackError> for Refusal {
    fn from(error: PackError) -> Refusal {
        Refusal::new(RefusalCode::BadPack, "pack", error.to_string())
    }
}

/// Bytes of a pack: magic, digest, then header and payload, each with its length.
pub fn seal(header: &PackHeader, payload: &[u8]) -> Result<Vec<u8>, PackError> {
    let body = postcard::to_allocvec(&(header, payload)).map_err(|_| PackError::BadPayload)?;
    let digest: [u8; 32] = Sm3::digest(&body).into();
    Ok([MAGIC.as_slice(), &digest, &body].concat())
}

/// Opens a pack and checks its digest.
pub fn open(bytes: &[u8]) -> Result<Pack<'_>, PackError> {
    let rest = bytes.strip_prefix(MAGIC).ok_or(PackError::NotAPack)?;
    let (stored, body) = rest.split_first_chunk::<32>().ok_or(PackError::Truncated)?;
    let actual: [u8; 32] = Sm3::digest(body).into();
    if *stored != actual {
        return Err(PackError::DigestMismatch);
    }
    let (header, payload): (PackHeader, &[u8]) = postcard::from_bytes(body).map_err(|_| PackError::BadPayload)?;
    Ok(Pack { header, payload, digest: PackDigest(actual) })
}

/// What a pack says it is. The digest is not checked: only good for choosing who opens it.
pub fn peek(bytes: &[u8]) -> Result<PackHeader, PackError> {
    let rest = bytes.strip_prefix(MAGIC).ok_or(PackError::NotAPack)?;
    let (_, body) = rest.split_first_chunk::<32>().ok_or(PackError::Truncated)?;
    postcard::take_from_bytes(body).map(|(header, _)| header).map_err(|_| PackError::BadPayload)
}

/// Opens a pack that must be of this kind and layout, and reads its payload.
pub fn open_as<'a, T: Deserialize<'a>>(bytes: &'a [u8], kind: PackKind, schema: u16) -> Result<T, PackError> {
    open(bytes)?.payload_as(kind, schema)
}

impl<'a> Pack<'a> {
    /// The payload, which must be of this kind and layout.
    pub fn payload_as<T: Deserialize<'a>>(&self, kind: PackKind, schema: u16) -> Result<T, PackError> {
        if self.header.kind != kind {
            return Err(PackError::WrongKind);
        }
        if self.header.schema != schema {
            return Err(PackError::UnknownSchema { found: self.header.schema, known: schema });
        }
        postcard::from_bytes(self.payload).map_err(|_| PackError::BadPayload)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pack_opens_whole_or_not_at_all() {
        let header = PackHeader {
            kind: PackKind::Benefit,
            id: "benefit/000000".into(),
            schema: 1,
            edition: "2026-11-22".into(),
        };
        let sealed = seal(&header, b"payload").unwrap();
        let pack = open(&sealed).unwrap();
        assert_eq!((pack.header, pack.payload), (header, b"payload".as_slice()));
        for at in 0..sealed.len() {
            let mut touched = sealed.clone();
            touched[at] ^= 1;
            assert!(open(&touched).is_err(), "byte {at} changed and nobody noticed");
            assert!(open(&sealed[..at]).is_err(), "cut at {at} and nobody noticed");
        }
    }
}
