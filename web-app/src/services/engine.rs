//! Calls of the core, with its texts written in the language of the page.

use anxin_core::benefit::{self, Answer, Case, Compared, YearAnswer};
use anxin_core::dispatch::{Engine, RefusalOut, Reply};
use anxin_core::{Refusal, text};

use crate::i18n::Lang;

pub fn estimate(engine: &Engine, case: &Case, lang: Lang) -> Result<Answer, RefusalOut> {
    let reply = engine.estimate(case).map_or_else(refused, Reply::Estimate);
    match spoken(reply, lang) {
        Reply::Estimate(answer) => Ok(answer),
        other => Err(refusal_of(other)),
    }
}

pub fn compare(engine: &Engine, cases: &[Case], lang: Lang) -> Result<Compared, RefusalOut> {
    let reply = benefit::compare(|case| engine.estimate(case), cases).map_or_else(refused, Reply::Compare);
    match spoken(reply, lang) {
        Reply::Compare(compared) => Ok(compared),
        other => Err(refusal_of(other)),
    }
}

pub fn year(engine: &Engine, cases: Vec<Case>, lang: Lang) -> Result<YearAnswer, RefusalOut> {
    let reply = benefit::year(|case| engine.estimate(case), cases).map_or_else(refused, Reply::Year);
    match spoken(reply, lang) {
        Reply::Year(year) => Ok(year),
        other => Err(refusal_of(other)),
    }
}

fn spoken(mut reply: Reply, lang: Lang) -> Reply {
    text::fill(&mut reply, lang);
    reply
}

fn refused(Refusal { code, field, accepted }: Refusal) -> Reply {
    Reply::Refused(RefusalOut { code, field, accepted, message: None })
}

fn refusal_of(reply: Reply) -> RefusalOut {
    match reply {
        Reply::Refused(out) => out,
        // The replies above are built two lines before they come here.
        _ => RefusalOut {
            code: anxin_core::RefusalCode::Malformed,
            field: String::new(),
            accepted: String::new(),
            message: None,
        },
    }
}
