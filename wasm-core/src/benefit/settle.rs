use super::{Answer, Case, Compared, YearAnswer};
use crate::error::{Refusal, RefusalCode};
use crate::rules::RuleBook;

pub fn estimate(_book: &RuleBook, _case: &Case) -> Result<Answer, Refusal> {
    Err(Refusal::new(RefusalCode::UnknownRegion, "region", ""))
}

pub fn compare(
    mut estimate: impl FnMut(&Case) -> Result<Answer, Refusal>,
    cases: &[Case],
) -> Result<Compared, Refusal> {
    let answers = cases.iter().map(&mut estimate).collect::<Result<Vec<_>, _>>()?;
    Ok(Compared { answers, cheapest: None })
}

pub fn year(_estimate: impl FnMut(&Case) -> Result<Answer, Refusal>, _cases: Vec<Case>) -> Result<YearAnswer, Refusal> {
    Err(Refusal::new(RefusalCode::OutOfRange, "", ""))
}
