//! Changes one thing or a few in a JSON document.

use anxin_core::rules::{AidClass, Area, Binding, Dim, Filing, Level, Plan, Scheme, Ward, WorkStatus};
use serde_json::{Map, Value, json};

use super::dice::Dice;

const WHOLE: &[i64] = &[
    0,
    1,
    -1,
    2,
    99,
    100,
    101,
    256,
    99_999,
    60_000,
    100_000,
    1_500_000,
    16_000_000,
    65_400_000,
    10_000_000_000,
    10_000_000_001,
    (1 << 53) - 1,
    1 << 53,
    -(1 << 53),
    i64::MAX,
    i64::MIN,
];
const TEXTS: &[&str] = &[
    "",
    "0",
    "1",
    "0.5",
    "0.333333333",
    "1.000000001",
    "99999999999999999999",
    "1e3",
    "-0.1",
    "０.5",
    "NaN",
    "2021-12-31",
    "2022-01-01",
    "2024-02-29",
    "2023-02-29",
    "1990-01-01",
    "2100-12-31",
    "9999-12-31",
    "shanwei",
    "guigang",
    "zhongshan",
    "qingyuan",
    "441500",
    "delivery",
    "miscarriage_from_four_months",
    "waiting",
    "lapsed",
    "newborn",
    "in_force",
    "additive",
    "per_item",
    "bed",
    "surgery",
    "01",
    "02",
    "03",
    "冠心病",
    "高血压(高危组)",
    "2024-06",
    "zh",
    "en",
    "\u{0}",
    "\u{202e}",
    "𠮷",
];
/// Optional members that most documents leave out.
const MEMBERS: &[&str] = &[
    "person",
    "year_to_date",
    "accounts",
    "options",
    "place",
    "admitted",
    "nth",
    "ward",
    "transfer",
    "official",
    "insured_months",
    "cover",
    "aid",
    "status",
    "plan",
    "binding",
    "days",
    "pre_self_pay_fen",
    "own_expense_fen",
    "price_limit_fen",
    "self_pay_share",
    "count",
    "outside_limit",
    "special_paid_fen",
    "special_deductible_fen",
    "pool_paid_fen",
    "own_in_scope_fen",
    "catastrophic_paid_fen",
    "aid_paid_fen",
    "aid_base_fen",
    "outpatient_paid_fen",
    "trace",
    "rounding",
    "shared_accounts",
    "own_balance_fen",
    "family_balance_fen",
];

/// Applies one to four changes.
pub fn document(root: &mut Value, dice: &mut Dice) {
    for _ in 0..=dice.below(4) {
        let spare = pick(root, dice).clone();
        let at = pick(root, dice);
        match dice.below(6) {
            0 => *at = spare,
            1 => *at = anything(dice),
            2 => nudge(at, dice),
            3 => shrink(at, dice),
            _ => grow(at, spare, dice),
        }
    }
}

/// Some node of the document, deeper ones as likely as shallow ones.
fn pick<'a>(at: &'a mut Value, dice: &mut Dice) -> &'a mut Value {
    let members = match at {
        Value::Object(map) => map.len(),
        Value::Array(list) => list.len(),
        _ => 0,
    };
    if members == 0 || dice.below(6) == 0 {
        return at;
    }
    let n = dice.below(members);
    let below = match at {
        Value::Object(map) => map.values_mut().nth(n),
        Value::Array(list) => list.get_mut(n),
        _ => None,
    };
    pick(below.expect("counted"), dice)
}

fn word(dice: &mut Dice) -> &'static str {
    fn of<D: Dim>(dice: &mut Dice) -> &'static str {
        dice.of(D::WORDS).1
    }
    match dice.below(9) {
        0 => of::<Scheme>(dice),
        1 => of::<WorkStatus>(dice),
        2 => of::<Plan>(dice),
        3 => of::<Level>(dice),
        4 => of::<Area>(dice),
        5 => of::<Filing>(dice),
        6 => of::<Ward>(dice),
        7 => of::<AidClass>(dice),
        _ => of::<Binding>(dice),
    }
}

fn anything(dice: &mut Dice) -> Value {
    match dice.below(12) {
        0..=2 => json!(*dice.of(WHOLE)),
        3 => json!(u64::MAX),
        4 => json!(0.5),
        5 | 6 => json!(*dice.of(TEXTS)),
        7..=9 => json!(word(dice)),
        10 => json!(dice.below(2) == 0),
        _ => Value::Null,
    }
}

/// A small step from what is there: neighbours of a limit are where the mistakes are.
fn nudge(at: &mut Value, dice: &mut Dice) {
    *at = match &*at {
        Value::Number(n) => {
            let n = n.as_i64().unwrap_or_default();
            json!(match dice.below(5) {
                0 => n.saturating_add(1),
                1 => n.saturating_sub(1),
                2 => n.saturating_mul(10),
                3 => n / 3,
                _ => n.saturating_add(*dice.of(WHOLE)),
            })
        }
        Value::String(_) if dice.below(2) == 0 => json!(word(dice)),
        Value::String(_) => json!(*dice.of(TEXTS)),
        Value::Bool(b) => json!(!b),
        _ => anything(dice),
    };
}

fn shrink(at: &mut Value, dice: &mut Dice) {
    match at {
        Value::Object(map) if !map.is_empty() => {
            let key = map.keys().nth(dice.below(map.len())).expect("counted").clone();
            map.remove(&key);
        }
        Value::Array(list) if !list.is_empty() => {
            list.remove(dice.below(list.len()));
        }
        other => *other = anything(dice),
    }
}

fn grow(at: &mut Value, spare: Value, dice: &mut Dice) {
    match at {
        Value::Object(map) => {
            let key = (*dice.of(MEMBERS)).to_owned();
            let value = if dice.below(3) == 0 { spare } else { member(&key, dice) };
            map.insert(key, value);
        }
        Value::Array(list) => {
            let again = if list.is_empty() { spare } else { list[dice.below(list.len())].clone() };
            list.push(again);
        }
        leaf => nudge(leaf, dice),
    }
}

/// A value that mostly fits the member.
fn member(key: &str, dice: &mut Dice) -> Value {
    match key {
        "place" => json!({"area": dice.of(Area::WORDS).1, "filing": dice.of(Filing::WORDS).1}),
        "person" => json!({"aid": dice.of(AidClass::WORDS).1, "status": dice.of(WorkStatus::WORDS).1,
            "insured_months": dice.below(40)}),
        "transfer" => json!({"deductible_paid_fen": *dice.of(WHOLE)}),
        "official" => json!({"hifp_pay_fen": *dice.of(WHOLE), "fund_pay_sumamt_fen": *dice.of(WHOLE),
            "psn_part_amt_fen": *dice.of(WHOLE)}),
        "options" => json!({"trace": dice.below(2) == 0, "rounding": "per_item"}),
        "accounts" => json!({"own_balance_fen": *dice.of(WHOLE), "family_balance_fen": *dice.of(WHOLE)}),
        "special_paid_fen" | "special_deductible_fen" => json!({*dice.of(TEXTS): *dice.of(WHOLE)}),
        "year_to_date" => {
            let one = |dice: &mut Dice| (*dice.of(MEMBERS)).to_owned();
            Value::Object(Map::from_iter([(one(dice), json!(*dice.of(WHOLE))), (one(dice), json!(*dice.of(WHOLE)))]))
        }
        key if key.ends_with("_fen") => json!(*dice.of(WHOLE)),
        "nth" | "count" | "days" | "insured_months" => json!(dice.below(300)),
        "trace" | "outside_limit" => json!(dice.below(2) == 0),
        "self_pay_share" => json!(*dice.of(&["0", "0.1", "0.333333333", "1", "1.1"])),
        _ => json!(*dice.of(TEXTS)),
    }
}
