//! Calls of the core, with its texts written in the language of the page.

use anxin_core::benefit::{self, Answer, Case, Compared, YearAnswer};
use anxin_core::dispatch::{Engine, RefusalOut};
use anxin_core::{Refusal, text};

use crate::i18n::Lang;

pub fn estimate(engine: &Engine, case: &Case, lang: Lang) -> Result<Answer, RefusalOut> {
    let mut answer = engine.estimate(case).map_err(|refusal| told(refusal, lang))?;
    text::fill_answer(&mut answer, lang);
    Ok(answer)
}

pub fn compare(engine: &Engine, cases: &[Case], lang: Lang) -> Result<Compared, RefusalOut> {
    let compared = benefit::compare(|case| engine.estimate(case), cases);
    let mut compared = compared.map_err(|refusal| told(refusal, lang))?;
    compared.answers.iter_mut().for_each(|answer| text::fill_answer(answer, lang));
    Ok(compared)
}

pub fn year(engine: &Engine, cases: Vec<Case>, lang: Lang) -> Result<YearAnswer, RefusalOut> {
    let year = benefit::year(|case| engine.estimate(case), cases);
    let mut year = year.map_err(|refusal| told(refusal, lang))?;
    year.answers.iter_mut().for_each(|answer| text::fill_answer(answer, lang));
    Ok(year)
}

/// A refusal in words. The page shows it beside its field, so the field's path is not spelled out.
pub fn told(Refusal { code, field, accepted }: Refusal, lang: Lang) -> RefusalOut {
    let message = Some(text::refusal(code, "", &accepted, lang));
    RefusalOut { code, field, accepted, message }
}
