use std::fmt::Write as _;

use super::{Lang, names};
use crate::benefit::{Op, Quantity, Step, StepId, Term};
use crate::money::Fen;

/// A step's formula in words and figures: `政策范围内费用 10,700.00 − 起付线 600.00 = 10,100.00`.
///
/// Terms that change nothing (minus zero, times one) are left out.
pub fn formula(step: &Step, lang: Lang) -> String {
    let mut text = String::with_capacity(96);
    let terms: Vec<&Term> = step.terms.iter().filter(|t| says_something(t)).collect();
    for (i, term) in terms.iter().enumerate() {
        let points_follow = terms.get(i + 1).is_some_and(|next| next.what == Quantity::PlaceMinus);
        write_term(&mut text, term, points_follow, lang);
    }
    if text.is_empty() {
        return result(step, lang);
    }
    // Neither kind of write can fail on a String.
    let _ = match step.id {
        StepId::Catastrophic => {
            write!(text, " {} {}", lang.of("→ 按分段比例支付", "→ paid by bands:"), result(step, lang))
        }
        _ => write!(text, " = {}", result(step, lang)),
    };
    text
}

fn result(step: &Step, lang: Lang) -> String {
    match step.id {
        StepId::MaternityDays => format!("{} {}", step.result_fen.get(), lang.of("天", "days")),
        _ => step.result_fen.yuan_grouped().to_string(),
    }
}

fn says_something(term: &Term) -> bool {
    let nothing = term.fen == Some(Fen::ZERO) && matches!(term.op, Op::Plus | Op::Minus) && term.rate.is_none();
    !nothing
}

/// A ratio from which points come off stands in brackets with them.
fn write_term(text: &mut String, term: &Term, points_follow: bool, lang: Lang) {
    let name = names::quantity(term.what, lang);
    let (open, close) = match term.op {
        Op::AtMost => (lang.of("，不超过", ", at most "), ""),
        Op::Start => ("", ""),
        Op::Plus if term.what == Quantity::BandPart => (lang.of(";", "; "), ""),
        Op::Plus => (" + ", ""),
        Op::Minus if term.what == Quantity::PlaceMinus => (" − ", ")"),
        Op::Minus => (" − ", ""),
        Op::Times if points_follow => (" × (", ""),
        Op::Times => (" × ", ""),
        Op::Divide => (" ÷ ", ""),
    };
    let _ = match (term.fen, term.rate, term.count) {
        (Some(over), Some(rate), _) => {
            let above = lang.of("以上部分", "above");
            write!(text, "{open}{} {above} × {}{close}", over.yuan_grouped(), rate.as_percent())
        }
        (Some(fen), None, _) => write!(text, "{open}{name} {}{close}", fen.yuan_grouped()),
        (None, Some(rate), _) => write!(text, "{open}{name} {}{close}", rate.as_percent()),
        (None, None, Some(count)) => write!(text, "{open}{name} {count}{close}"),
        (None, None, None) => write!(text, "{open}{name}{close}"),
    };
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::money::Rate;
    use crate::rules::Certainty;

    fn check(terms: Vec<Term>, result: i64, zh: &str, en: &str) {
        let step = Step {
            id: StepId::PoolPay,
            terms,
            result_fen: Fen::new(result).unwrap(),
            params: Vec::new(),
            certainty: Certainty::Certain,
            unknown: None,
            texts: None,
        };
        assert_eq!(formula(&step, Lang::Zh), zh);
        assert_eq!(formula(&step, Lang::En), en);
    }

    fn term(op: Op, what: Quantity, fen: Option<i64>, rate: Option<i64>) -> Term {
        Term { op, what, fen: fen.and_then(Fen::new), rate: rate.map(Rate::percent), count: None }
    }

    #[test]
    fn formulas_read_from_left_to_right_and_leave_nothing_terms_out() {
        check(
            vec![
                term(Op::Start, Quantity::PoolBase, Some(1_010_000), None),
                term(Op::Times, Quantity::Ratio, None, Some(80)),
                term(Op::Minus, Quantity::PaidBefore, Some(0), None),
            ],
            808_000,
            "进入统筹的费用 10,100.00 × 支付比例 80% = 8,080.00",
            "costs shared 10,100.00 × ratio 80% = 8,080.00",
        );
        check(
            vec![
                term(Op::Start, Quantity::PoolBase, Some(100_000), None),
                term(Op::Times, Quantity::Ratio, None, Some(75)),
                term(Op::Minus, Quantity::PlaceMinus, None, Some(20)),
            ],
            55_000,
            "进入统筹的费用 1,000.00 × (支付比例 75% − 异地降低百分点 20%) = 550.00",
            "costs shared 1,000.00 × (ratio 75% − points off away from home 20%) = 550.00",
        );
    }
}
