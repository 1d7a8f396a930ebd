//! A receipt held against itself, here and without the server: the line hashes to the leaf, the leaf leads to the
//! root, the root is under the area's signature, and the line says what the receipt says.

use anxin_core::proof::{Hash, Inclusion, Seal, SealKey, leaf_hash, micros};
use wallet_ledger::{Entry, Fact, Leg, Purpose};
use wallet_types::{LegOut, PurposeName, ReceiptOut, SealOut, TransferOut};

/// Why a receipt is not valid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Not hexadecimal digits, or not so many.
    Unreadable,
    /// The line is not the one that the leaf was made of.
    Line,
    /// The way from the leaf does not end at the root.
    Path,
    /// The line books something else, or at another time.
    Other,
    /// The key did not sign this root and size.
    Signature,
}

/// How far the root can be trusted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Signer {
    /// Nobody signed it yet.
    Nobody,
    /// The key of this number did.
    Key(String),
    /// A key of this number is said to have, and is not there to check it.
    Absent(String),
}

/// What a receipt that is valid shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proven {
    /// What was booked, by the line itself. Without the line only that something was booked is proven.
    pub moved: Option<Moved>,
    pub signer: Signer,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moved {
    pub purpose: PurposeName,
    pub legs: Vec<Leg>,
}

pub fn check(receipt: &ReceiptOut) -> Result<Proven, Fault> {
    let leaf = hash(&receipt.leaf)?;
    let root = hash(&receipt.root)?;
    let path = receipt.path.iter().map(|step| hash(step)).collect::<Result<_, _>>()?;
    let moved = receipt.line.as_deref().map(|line| said(line, leaf, receipt)).transpose()?;
    let inclusion = Inclusion { index: receipt.entry, size: receipt.size, path };
    if !inclusion.holds(leaf, &root) {
        return Err(Fault::Path);
    }
    let signer = receipt.signed.as_ref().map_or(Ok(Signer::Nobody), |signed| signer(signed, receipt.size, root))?;
    Ok(Proven { moved, signer })
}

fn signer(signed: &SealOut, size: u64, root: Hash) -> Result<Signer, Fault> {
    let Some(key) = &signed.public_key else { return Ok(Signer::Absent(signed.key.clone())) };
    let key = bytes(key).and_then(|key| SealKey::from_sec1(&key)).ok_or(Fault::Unreadable)?;
    let signature = bytes(&signed.signature).ok_or(Fault::Unreadable)?;
    let at = micros(&signed.signed_at).ok_or(Fault::Unreadable)?;
    // The number that is shown is the key's own, whatever the receipt calls it.
    let own = bytes(&signed.key).is_some_and(|id| id == key.id());
    let seal = Seal { shard: signed.shard, size, root, at };
    if own && key.signed(&seal, &signature) { Ok(Signer::Key(signed.key.clone())) } else { Err(Fault::Signature) }
}

fn said(line: &str, leaf: Hash, receipt: &ReceiptOut) -> Result<Moved, Fault> {
    let bytes = bytes(line).ok_or(Fault::Unreadable)?;
    if leaf_hash(&bytes) != leaf {
        return Err(Fault::Line);
    }
    let entry = Entry::of_bytes(&bytes).ok_or(Fault::Other)?;
    let Fact::Moved { transfer, purpose, legs, .. } = entry.fact else { return Err(Fault::Other) };
    let same = transfer.0 == receipt.transfer.0 && micros(&receipt.booked_at) == Some(entry.at.0);
    if same { Ok(Moved { purpose: named(purpose), legs }) } else { Err(Fault::Other) }
}

impl Moved {
    /// Whether this is what the server shows of a transfer.
    pub fn is(&self, transfer: &TransferOut) -> bool {
        let same =
            |(leg, out): (&Leg, &LegOut)| (leg.from.0, leg.to.0, leg.amount) == (out.from.0, out.to.0, out.amount_fen);
        self.purpose == transfer.purpose
            && self.legs.len() == transfer.legs.len()
            && self.legs.iter().zip(&transfer.legs).all(same)
    }
}

fn bytes(hex: &str) -> Option<Vec<u8>> {
    let pairs = hex.as_bytes().chunks(2);
    let pair = |pair: &[u8]| {
        let text = std::str::from_utf8(pair).ok().filter(|text| text.len() == 2 && !text.contains('+'))?;
        u8::from_str_radix(text, 16).ok()
    };
    pairs.map(pair).collect()
}

fn hash(hex: &str) -> Result<Hash, Fault> {
    bytes(hex).and_then(|bytes| bytes.try_into().ok()).ok_or(Fault::Unreadable)
}

macro_rules! named {
    ($($variant:ident),* $(,)?) => {
        fn named(purpose: Purpose) -> PurposeName {
            match purpose { $(Purpose::$variant => PurposeName::$variant),* }
        }
    };
}

named!(
    Credit,
    TopUp,
    WalletReturn,
    WalletTransfer,
    QuotaSet,
    QuotaReturn,
    Settle,
    PayPremium,
    Draw,
    Deliver,
    PayOut,
    Deposit,
    DepositReturn,
    Net,
    FundIn,
    Late,
    Resolve,
    Refund,
    Correction,
);

#[cfg(test)]
mod tests {
    use anxin_core::Fen;
    use anxin_core::proof::node_hash;
    use sm2::SecretKey;
    use sm2::dsa::signature::Signer as _;
    use sm2::dsa::{Signature, SigningKey};
    use wallet_ledger::{AccountId, Micros, TransferId};
    use wallet_types::Id;

    use super::*;

    fn hex(bytes: &[u8]) -> String {
        bytes.iter().map(|b| format!("{b:02x}")).collect()
    }

    /// The second of three lines.
    fn receipt() -> ReceiptOut {
        let amount = Fen::new(1_250).unwrap();
        let fact = Fact::Moved {
            transfer: TransferId(7),
            purpose: Purpose::WalletTransfer,
            legs: vec![Leg { from: AccountId(1), to: AccountId(2), amount }],
            of: None,
            hold: None,
            reason: 0,
        };
        let line = Entry { at: Micros(1_795_334_709_000_001), fact }.bytes();
        let (before, leaf, after) = (leaf_hash(b"before"), leaf_hash(&line), leaf_hash(b"after"));
        let root = node_hash(&node_hash(&before, &leaf), &after);
        ReceiptOut {
            transfer: Id(7),
            entry: 1,
            booked_at: "2026-11-22T08:05:09.000001Z".into(),
            line: Some(hex(&line)),
            leaf: hex(&leaf),
            size: 3,
            root: hex(&root),
            signed: None,
            path: vec![hex(&before), hex(&after)],
        }
    }

    /// The same with the area's signature.
    fn signed() -> ReceiptOut {
        let receipt = receipt();
        let secret = SecretKey::from_slice(&[7; 32]).unwrap();
        let key = SigningKey::new(SealKey::IDENTITY, &secret).unwrap();
        let signed_at = "2026-11-22T08:05:10.000000Z".to_owned();
        let at = micros(&signed_at).unwrap();
        let seal = Seal { shard: 440_100, size: receipt.size, root: hash(&receipt.root).unwrap(), at };
        let signature: Signature = key.sign(&seal.message());
        let public = SealKey::from(key.verifying_key().clone());
        let signed = SealOut {
            shard: seal.shard,
            signed_at,
            key: hex(&public.id()),
            public_key: Some(hex(&public.to_sec1())),
            signature: hex(&signature.to_bytes()),
        };
        ReceiptOut { signed: Some(signed), ..receipt }
    }

    /// A path of this length fits a log of four lines as well as one of three: only the signature says which it is.
    #[test]
    fn the_signature_binds_journal_size_root_instant_and_key() {
        let good = signed();
        let seal = good.signed.clone().unwrap();
        assert_eq!(check(&good).unwrap().signer, Signer::Key(seal.key.clone()));
        assert!(check(&ReceiptOut { size: 4, signed: None, ..good.clone() }).is_ok());
        assert_eq!(check(&ReceiptOut { size: 4, ..good.clone() }), Err(Fault::Signature));
        let with = |seal: SealOut| check(&ReceiptOut { signed: Some(seal), ..good.clone() });
        let mut other = seal.signature.clone();
        other.replace_range(..1, if other.starts_with('0') { "1" } else { "0" });
        assert_eq!(with(SealOut { shard: 440_200, ..seal.clone() }), Err(Fault::Signature));
        assert_eq!(with(SealOut { signature: other, ..seal.clone() }), Err(Fault::Signature));
        assert_eq!(with(SealOut { signature: String::new(), ..seal.clone() }), Err(Fault::Signature));
        assert_eq!(with(SealOut { key: "00".repeat(8), ..seal.clone() }), Err(Fault::Signature));
        let late = "2026-11-22T08:05:11.000000Z".to_owned();
        assert_eq!(with(SealOut { signed_at: late, ..seal.clone() }), Err(Fault::Signature));
        assert_eq!(with(SealOut { public_key: Some("04".into()), ..seal.clone() }), Err(Fault::Unreadable));
        let absent = with(SealOut { public_key: None, ..seal.clone() }).unwrap();
        assert_eq!(absent.signer, Signer::Absent(seal.key));
    }

    #[test]
    fn a_receipt_says_what_was_booked() {
        let moved = check(&receipt()).unwrap().moved.unwrap();
        assert_eq!(moved.purpose, PurposeName::WalletTransfer);
        let leg = LegOut { from: Id(1), to: Id(2), amount_fen: Fen::new(1_250).unwrap() };
        let out = TransferOut {
            id: Id(7),
            purpose: PurposeName::WalletTransfer,
            legs: vec![leg.clone()],
            refunded_fen: Fen::ZERO,
            corrected: false,
        };
        assert!(moved.is(&out));
        let more = LegOut { amount_fen: Fen::new(1_251).unwrap(), ..leg };
        assert!(!moved.is(&TransferOut { legs: vec![more], ..out }));
    }

    #[test]
    fn a_receipt_without_its_line_proves_that_there_is_one() {
        assert_eq!(check(&ReceiptOut { line: None, ..receipt() }), Ok(Proven { moved: None, signer: Signer::Nobody }));
    }

    #[test]
    fn whatever_is_changed_is_found() {
        let good = receipt();
        let flip = |hex: &str| format!("{}{}", if hex.starts_with('0') { "1" } else { "0" }, &hex[1..]);
        let line = good.line.clone().unwrap();
        let tampered = [
            (ReceiptOut { line: Some(flip(&line)), ..good.clone() }, Fault::Line),
            (ReceiptOut { line: Some(format!("{line}00")), ..good.clone() }, Fault::Line),
            (ReceiptOut { line: Some(format!("+{}", &line[1..])), ..good.clone() }, Fault::Unreadable),
            (ReceiptOut { leaf: flip(&good.leaf), ..good.clone() }, Fault::Line),
            (ReceiptOut { leaf: flip(&good.leaf), line: None, ..good.clone() }, Fault::Path),
            (ReceiptOut { leaf: good.leaf[2..].into(), ..good.clone() }, Fault::Unreadable),
            (ReceiptOut { root: flip(&good.root), ..good.clone() }, Fault::Path),
            (ReceiptOut { entry: 0, ..good.clone() }, Fault::Path),
            // A tree of four has a path of this shape too: its size is the signed head's to hold.
            (ReceiptOut { size: 2, ..good.clone() }, Fault::Path),
            (ReceiptOut { size: 5, ..good.clone() }, Fault::Path),
            (ReceiptOut { path: vec![good.path[0].clone()], ..good.clone() }, Fault::Path),
            (ReceiptOut { path: vec![good.path[1].clone(), good.path[0].clone()], ..good.clone() }, Fault::Path),
            (ReceiptOut { transfer: Id(8), ..good.clone() }, Fault::Other),
            (ReceiptOut { booked_at: "2026-11-22T08:05:09.000002Z".into(), ..good.clone() }, Fault::Other),
        ];
        for (receipt, fault) in tampered {
            assert_eq!(check(&receipt), Err(fault), "{receipt:?}");
        }
    }
}
