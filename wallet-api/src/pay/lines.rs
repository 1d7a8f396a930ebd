//! Drug lines and the bill that they are of. A line may say what is charged for it; then the lines and the bill agree as
//! far as both say something. What nobody says is not known, and not looked at.

use anxin_core::Fen;
use anxin_core::benefit::{Bill as Cost, Category, Visit};
use anxin_core::{Refusal, RefusalCode};
use wallet_types::DrugLine;

use super::case::cost;

const DRUGS: [Category; 3] = [Category::WesternMedicine, Category::ChineseHerbs, Category::ChinesePatentMedicine];

/// What a bill says of itself: the whole, and where it is itemised, what of it is drugs.
struct Told {
    total: Option<Fen>,
    drugs: Option<Fen>,
}

impl Told {
    fn of(cost: &Cost) -> Told {
        let items: Vec<(Category, Fen)> = match cost {
            Cost::Total(total) => return Told { total: Some(total.total_fen), drugs: None },
            Cost::Split(split) => return Told { total: Some(split.total_fen), drugs: None },
            Cost::Categories(all) => all.iter().map(|item| (item.category, item.amount_fen)).collect(),
            Cost::Lines(all) => all.iter().map(|item| (item.category, item.amount_fen)).collect(),
        };
        let drugs = items.iter().filter(|(category, _)| DRUGS.contains(category)).map(|(_, amount)| *amount);
        Told { total: Fen::checked_sum(items.iter().map(|(_, amount)| *amount)), drugs: Fen::checked_sum(drugs) }
    }
}

fn refuse(field: impl Into<String>, accepted: impl Into<String>) -> Refusal {
    Refusal::new(RefusalCode::OutOfRange, field, accepted)
}

/// # Errors
/// When lines say more than the bill, or something else than the bill says of its drugs.
pub(super) fn agree(visit: &Visit, lines: &[DrugLine]) -> Result<(), Refusal> {
    let mut sum = Fen::ZERO;
    for (n, line) in lines.iter().enumerate() {
        let Some(amount) = line.amount_fen else { continue };
        if amount < Fen::ZERO {
            return Err(refuse(format!("lines[{n}].amount_fen"), "≥ 0"));
        }
        sum = Fen::checked_sum([sum, amount]).ok_or_else(|| refuse(format!("lines[{n}].amount_fen"), "≤ 2^53 − 1"))?;
    }
    let Some(cost) = cost(visit) else { return Ok(()) };
    let told = Told::of(cost);
    let every = !lines.is_empty() && lines.iter().all(|line| line.amount_fen.is_some());
    match (told.drugs, told.total) {
        (Some(drugs), _) if every && sum != drugs => Err(refuse("lines", format!("Σ amount_fen = {}", drugs.get()))),
        (Some(most), _) | (None, Some(most)) if sum > most => {
            Err(refuse("lines", format!("Σ amount_fen ≤ {}", most.get())))
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(amounts: &[Option<i64>]) -> Vec<DrugLine> {
        let line = |amount: &Option<i64>| DrugLine {
            drug: "X".into(),
            codes: Vec::new(),
            split: false,
            count: 1,
            days: None,
            old_stock: false,
            rx: None,
            amount_fen: amount.map(|fen| Fen::new(fen).unwrap()),
        };
        amounts.iter().map(line).collect()
    }

    fn visit(bill: &serde_json::Value) -> Visit {
        let clinic = serde_json::json!({ "level": "3", "on": "2026-11-02", "bill": bill });
        serde_json::from_value(serde_json::json!({ "outpatient": clinic })).unwrap()
    }

    fn told(bill: &serde_json::Value, amounts: &[Option<i64>]) -> Result<(), String> {
        agree(&visit(bill), &lines(amounts)).map_err(|refusal| format!("{} {}", refusal.field, refusal.accepted))
    }

    #[test]
    fn lines_are_never_more_than_their_bill() {
        let split = serde_json::json!({ "split": { "total_fen": 100, "own_expense_fen": 0 } });
        for fine in [&[][..], &[None], &[Some(60), Some(40)], &[Some(60), None], &[Some(0)]] {
            assert_eq!(told(&split, fine), Ok(()), "{fine:?}");
        }
        assert_eq!(told(&split, &[Some(60), None, Some(41)]), Err("lines Σ amount_fen ≤ 100".into()));
        assert_eq!(told(&split, &[Some(101)]), Err("lines Σ amount_fen ≤ 100".into()));
        assert_eq!(told(&split, &[Some(1), Some(-1)]), Err("lines[1].amount_fen ≥ 0".into()));
    }

    /// A till that itemises its bill and leaves out a drug is found.
    #[test]
    fn lines_are_what_an_itemised_bill_says_of_its_drugs() {
        let bill = serde_json::json!({ "lines": [
            { "category": "western_medicine", "amount_fen": 70, "class": "01" },
            { "category": "chinese_herbs", "amount_fen": 20, "class": "01" },
            { "category": "examination", "amount_fen": 500, "class": "01" },
        ] });
        for fine in [&[][..], &[Some(70), Some(20)], &[Some(70), None], &[None]] {
            assert_eq!(told(&bill, fine), Ok(()), "{fine:?}");
        }
        assert_eq!(told(&bill, &[Some(70)]), Err("lines Σ amount_fen = 90".into()), "the herbs are left out");
        assert_eq!(told(&bill, &[Some(91), None]), Err("lines Σ amount_fen ≤ 90".into()));
    }
}
