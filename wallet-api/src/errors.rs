//! The register of problem codes, for the page at `/api/` and for `docs/ERRORS.md`.

use anxin_core::text::Lang;
use anxin_core::{Refusal, RefusalCode};
use wallet_types::TransportCode;

use crate::problem::refusal_status;

/// One code with everything that is promised about it.
#[derive(Clone, Debug)]
pub struct Entry {
    pub code: &'static str,
    /// HTTP status; 400 to 599.
    pub status: u16,
    pub zh: Words,
    pub en: Words,
}

#[derive(Clone, Debug)]
pub struct Words {
    pub title: String,
    pub detail: String,
}

/// Every code, refusals of the calculation first.
pub fn register() -> Vec<Entry> {
    let refusals = RefusalCode::ALL.iter().map(|code| Entry {
        code: code.code(),
        status: refusal_status(*code).as_u16(),
        zh: of_refusal(*code, Lang::Zh),
        en: of_refusal(*code, Lang::En),
    });
    let transport = TransportCode::ALL.iter().map(|code| Entry {
        code: code.code(),
        status: code.status(),
        zh: of_transport(*code, Lang::Zh),
        en: of_transport(*code, Lang::En),
    });
    refusals.chain(transport).collect()
}

pub fn title(code: RefusalCode, _lang: Lang) -> String {
    code.code().into()
}

fn of_refusal(code: RefusalCode, lang: Lang) -> Words {
    let refusal = Refusal::new(code, "", "");
    Words { title: title(code, lang), detail: refusal.to_string() }
}

fn of_transport(code: TransportCode, lang: Lang) -> Words {
    Words { title: code.title(lang).into(), detail: code.detail(lang).into() }
}
