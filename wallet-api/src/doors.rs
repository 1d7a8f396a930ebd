//! Where something from outside is read, a function for each: what fuzz targets and tests ask.

use anxin_core::text::Lang;
use serde_json::Value;
use wallet_ledger::OwnerId;

use crate::auth::{KeyRing, Keys, install, token};
use crate::family::LookupKey;
use crate::nhsa::{detail as file, envelope as head};
use crate::pay::code;
use crate::pay::counter::{CodeOf, CounterCode};

pub use crate::nhsa::detail::LINES_MAX;

/// The lines of 3202's file, each written again from what was read of it.
///
/// # Errors
/// With the line and the rule.
pub fn detail(archive: &[u8]) -> Result<Vec<String>, String> {
    Ok(file::read(archive)?.iter().map(file::Row::line).collect())
}

/// A text in a ZIP, as institutions send it.
pub fn zipped(text: &str) -> Option<Vec<u8>> {
    file::pack("detail.txt", text.split('\n').map(str::to_owned))
}

/// The digits of a payment code in what was scanned.
pub fn pay_code(scanned: &str) -> Option<&str> {
    code::read(scanned).ok()
}

/// The code of a counter that the demonstration's key signed, written again from what was read of it.
pub fn counter_code(text: &str) -> Option<String> {
    let key = LookupKey::demo();
    CounterCode::read(&key, text)?.written(&key)
}

/// The code of a bill.
pub fn bill_code(institution: u128, offer: u128, fen: i64, until_seconds: i64) -> Option<String> {
    let of = CodeOf::Bill { offer, fen, until_seconds };
    CounterCode { institution: OwnerId(institution), of }.written(&LookupKey::demo())
}

/// 固定收款码 of a counter.
pub fn lasting_code(institution: u128, counter: &str) -> Option<String> {
    let of = CodeOf::Counter(counter.to_owned());
    CounterCode { institution: OwnerId(institution), of }.written(&LookupKey::demo())
}

/// When a message of the national interface says it was made, in microseconds.
///
/// # Errors
/// With what is refused of its envelope.
pub fn envelope(message: Value, address: &str) -> Result<i64, String> {
    let told = |refused: crate::nhsa::Refused| refused.told(Lang::En);
    let request = head::read(message).map_err(told)?;
    head::check(&request, address).map(|at| at.0).map_err(told)
}

/// Where tokens are read.
#[derive(Debug)]
pub struct Tokens(KeyRing);

impl Tokens {
    /// # Errors
    /// With what is wrong with the set of keys.
    pub fn new(jwks: &[u8], issuer: &str) -> Result<Tokens, String> {
        install();
        let mut keys = Keys::default();
        keys.add_set(jwks, issuer, true)?;
        Ok(Tokens(KeyRing::new(keys, 0)))
    }

    /// Who a token is of.
    pub fn read(&self, text: &str, audience: &str) -> Option<u128> {
        token::read(text, &self.0, audience).map(|subject| subject.id)
    }
}
