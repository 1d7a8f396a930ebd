//! Every sentence of the core that people read, in Chinese and English, in one place.

mod diagnostics;
#[cfg(feature = "grouping")]
mod dip;
#[cfg(feature = "grouping")]
mod dip_settings;
#[cfg(feature = "family")]
mod family;
#[cfg(feature = "grouping")]
mod findings;
#[cfg(feature = "grouping")]
mod forecast;
mod formula;
#[cfg(feature = "grouping")]
mod grouping;
mod names;
#[cfg(feature = "grouping")]
mod payment;
mod refusals;

use serde::{Deserialize, Serialize};

pub use diagnostics::diagnostic;
#[cfg(feature = "grouping")]
pub use dip::{dip_band, dip_refused, dip_told, dip_unread, fill_dip};
#[cfg(feature = "grouping")]
pub use dip_settings::dip_settings;
#[cfg(feature = "family")]
pub use family::{draw_source, family_model, fill_family};
#[cfg(feature = "grouping")]
pub use findings::refused;
#[cfg(feature = "grouping")]
pub use forecast::{fill_forecast, forecast_title};
pub use formula::formula;
#[cfg(feature = "grouping")]
pub use grouping::{fill_group, told};
pub use names::{quantity, slot, step};
#[cfg(feature = "grouping")]
pub use payment::{payment_notice, remarks_told};
pub use refusals::{refusal, refusal_title};

use crate::benefit::{Answer, Settlement, Texts};
use crate::dispatch::Reply;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum Lang {
    Zh,
    En,
}

impl Lang {
    /// The wording of this language, of a pair.
    pub fn of<T>(self, zh: T, en: T) -> T {
        match self {
            Lang::Zh => zh,
            Lang::En => en,
        }
    }
}

/// Writes titles, formulas and messages into a reply.
pub fn fill(reply: &mut Reply, lang: Lang) {
    match reply {
        Reply::Estimate(answer) => fill_answer(answer, lang),
        Reply::Compare(compared) => compared.answers.iter_mut().for_each(|a| fill_answer(a, lang)),
        Reply::Year(year) => year.answers.iter_mut().for_each(|a| fill_answer(a, lang)),
        Reply::Refused(out) => out.message = Some(refusal(out.code, &out.field, &out.accepted, lang)),
        #[cfg(feature = "grouping")]
        Reply::Group(answer) => fill_group(answer, lang),
        #[cfg(feature = "grouping")]
        Reply::GroupDip(answer) => fill_dip(answer, lang),
        #[cfg(feature = "grouping")]
        Reply::ForecastDip(answer) => fill_forecast(answer, lang),
        #[cfg(feature = "grouping")]
        Reply::GroupTable(_) | Reply::Schemes(_) | Reply::Prices(_) | Reply::Search(_) => {}
        #[cfg(feature = "family")]
        Reply::Family(answer) => fill_family(answer, lang),
        #[cfg(feature = "family")]
        Reply::FamilyAreas(_) => {}
        #[cfg(feature = "seal")]
        Reply::Receipt(answer) => answer.fill(lang),
        Reply::Regions(_) => {}
    }
}

pub fn fill_answer(answer: &mut Answer, lang: Lang) {
    for note in &mut answer.diagnostics {
        note.message = Some(diagnostic(note, lang));
    }
    fill_settlement(&mut answer.settlement, lang);
    if let Some(range) = &mut answer.range {
        fill_settlement(&mut range.least, lang);
        fill_settlement(&mut range.most, lang);
    }
}

fn fill_settlement(settlement: &mut Settlement, lang: Lang) {
    for line in &mut settlement.steps {
        line.texts = Some(Texts { title: step(line.id, lang).to_owned(), formula: formula(line, lang) });
    }
}
