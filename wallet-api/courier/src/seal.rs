//! What travels between cells: signed by the one it says it is from, for the one it is for.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use sm2::dsa::signature::{Signer as _, Verifier as _};
use sm2::dsa::{Signature, SigningKey, VerifyingKey};
use sm2::elliptic_curve::Generate as _;
use sm2::pkcs8::{
    DecodePrivateKey as _, DecodePublicKey as _, EncodePrivateKey as _, EncodePublicKey as _, LineEnding,
};
use sm2::{PublicKey, SecretKey};
use wallet_ledger::{BodyHash, CellId, Letter, Reply, leaf_hash};

use crate::courier::BATCH_MAX;

/// The signer's identity that GM/T 0009 has where nothing else is agreed.
const IDENTITY: &str = "1234567812345678";
/// So that a signature made for something else never holds here.
const PURPOSE: &[u8] = b"anxin cells 1\n";
const SIGNATURE: usize = 64;
/// Most bytes that are looked at.
pub const NOTE_MAX: usize = 1 << 20;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Content {
    Letters(Vec<Letter>),
    Reply(Reply),
    /// What a desk asks a desk; nothing here reads it.
    Question(Vec<u8>),
    Answer {
        to: BodyHash,
        body: Vec<u8>,
    },
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    pub from: CellId,
    pub to: CellId,
    pub content: Content,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    #[error("no SM2 private key (PEM, PKCS#8)")]
    NotPrivate,
    #[error("no SM2 public key (PEM, SubjectPublicKeyInfo)")]
    NotPublic,
    #[error("the key cannot sign")]
    Unusable,
}

/// Why a note was not taken. Whoever sent it is told no more than that.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    #[error("longer than a note may be")]
    TooLong,
    #[error("not a note")]
    Unreadable,
    #[error("for another cell")]
    Misdirected,
    #[error("from a cell that is not known")]
    PeerUnknown,
    #[error("not signed by the cell that it says it is from")]
    SignatureWrong,
    #[error("more letters than a batch has")]
    TooMany,
    #[error("has letters of another cell in it, or to another")]
    Foreign,
}

/// A cell's own key.
#[derive(Clone, Debug)]
pub struct Seal {
    pub cell: CellId,
    key: SigningKey,
}

impl Seal {
    pub fn from_pem(cell: CellId, pem: &str) -> Result<Seal, KeyError> {
        Seal::of(cell, &SecretKey::from_pkcs8_pem(pem).map_err(|_| KeyError::NotPrivate)?)
    }

    fn of(cell: CellId, secret: &SecretKey) -> Result<Seal, KeyError> {
        let key = SigningKey::new(IDENTITY, secret).map_err(|_| KeyError::Unusable)?;
        Ok(Seal { cell, key })
    }

    /// The key that everybody knows, of a cell in a demonstration.
    pub fn demo(cell: CellId) -> Result<Seal, KeyError> {
        let secret = leaf_hash(format!("anxin demonstration, cell {cell}").as_bytes());
        Seal::of(cell, &SecretKey::from_slice(&secret).map_err(|_| KeyError::Unusable)?)
    }

    /// A new key, and how it is written.
    pub fn generate(cell: CellId) -> Result<(Seal, String), KeyError> {
        let secret = SecretKey::generate();
        let pem = secret.to_pkcs8_pem(LineEnding::LF).map_err(|_| KeyError::Unusable)?;
        Ok((Seal::of(cell, &secret)?, pem.to_string()))
    }

    pub fn public_pem(&self) -> Result<String, KeyError> {
        self.key.verifying_key().to_public_key_pem(LineEnding::LF).map_err(|_| KeyError::Unusable)
    }

    /// A note as it travels: the signature, and what it is over.
    pub fn note(&self, to: CellId, content: Content) -> Result<Vec<u8>, KeyError> {
        let note = Note { from: self.cell, to, content };
        let body = postcard::to_extend(&note, Vec::new()).map_err(|_| KeyError::Unusable)?;
        let signature: Signature = self.key.try_sign(&[PURPOSE, &body].concat()).map_err(|_| KeyError::Unusable)?;
        Ok([signature.to_bytes().as_slice(), &body].concat())
    }
}

/// The keys of other cells, each bound to the number of its area.
#[derive(Clone, Debug, Default)]
pub struct Peers(Arc<BTreeMap<CellId, VerifyingKey>>);

impl Peers {
    pub fn add(&mut self, cell: CellId, pem: &str) -> Result<(), KeyError> {
        let public = PublicKey::from_public_key_pem(pem).map_err(|_| KeyError::NotPublic)?;
        let key = VerifyingKey::new(IDENTITY, public).map_err(|_| KeyError::NotPublic)?;
        Arc::make_mut(&mut self.0).insert(cell, key);
        Ok(())
    }

    /// What a note says, if it is for this cell and from whom it says it is.
    pub fn open(&self, own: CellId, bytes: &[u8]) -> Result<Note, OpenError> {
        if bytes.len() > NOTE_MAX {
            return Err(OpenError::TooLong);
        }
        let (signature, body) = bytes.split_at_checked(SIGNATURE).ok_or(OpenError::Unreadable)?;
        let note: Note = postcard::from_bytes(body).map_err(|_| OpenError::Unreadable)?;
        if note.to != own {
            return Err(OpenError::Misdirected);
        }
        let key = self.0.get(&note.from).ok_or(OpenError::PeerUnknown)?;
        let signature = Signature::from_slice(signature).map_err(|_| OpenError::SignatureWrong)?;
        key.verify(&[PURPOSE, body].concat(), &signature).map_err(|_| OpenError::SignatureWrong)?;
        if let Content::Letters(letters) = &note.content {
            if letters.len() > BATCH_MAX {
                return Err(OpenError::TooMany);
            }
            if letters.iter().any(|letter| (letter.from, letter.to) != (note.from, note.to)) {
                return Err(OpenError::Foreign);
            }
        }
        Ok(note)
    }
}
