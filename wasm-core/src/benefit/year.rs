//! Several cases together: situations beside each other, and visits of one year in a row.

use super::answer::{Answer, Compared, YearAnswer};
use super::case::Case;
use super::desk::overflow;
use crate::error::Refusal;
use crate::money::Fen;

/// Up to four situations, each estimated by itself.
pub fn compare(estimate: impl Fn(&Case) -> Result<Answer, Refusal>, cases: &[Case]) -> Result<Compared, Refusal> {
    let one = |(i, case)| estimate(case).map_err(|r| r.within(&format!("[{i}]")));
    let answers = cases.iter().enumerate().map(one).collect::<Result<Vec<_>, _>>()?;
    let cheapest = cheapest(&answers);
    Ok(Compared { answers, cheapest })
}

/// What the person pays at the least and at the most.
fn ends(answer: &Answer) -> (Fen, Fen) {
    match &answer.range {
        Some(range) => (range.least.psn_part_amt, range.most.psn_part_amt),
        None => (answer.settlement.psn_part_amt, answer.settlement.psn_part_amt),
    }
}

/// The one whose most is below every other's least.
fn cheapest(answers: &[Answer]) -> Option<usize> {
    let below_all = |(i, answer): &(usize, &Answer)| {
        let most = ends(answer).1;
        answers.iter().enumerate().all(|(j, other)| j == *i || most < ends(other).0)
    };
    answers.iter().enumerate().find(below_all).map(|(i, _)| i)
}

/// Visits of one year in order. What each used up is where the next begins; where an answer is a
/// range, the known-rules reading is carried on.
pub fn year(estimate: impl Fn(&Case) -> Result<Answer, Refusal>, cases: Vec<Case>) -> Result<YearAnswer, Refusal> {
    let mut answers: Vec<Answer> = Vec::with_capacity(cases.len());
    for (i, mut case) in cases.into_iter().enumerate() {
        if let Some(before) = answers.last() {
            case.year_to_date = before.settlement.year_to_date.clone();
        }
        answers.push(estimate(&case).map_err(|r| r.within(&format!("[{i}]")))?);
    }
    let total = |of: fn(&Answer) -> Fen| Fen::checked_sum(answers.iter().map(of)).ok_or_else(overflow);
    let psn_part_fen = total(|a| a.settlement.psn_part_amt)?;
    let fund_pay_fen = total(|a| a.settlement.fund_pay_sumamt)?;
    Ok(YearAnswer { answers, psn_part_fen, fund_pay_fen })
}
