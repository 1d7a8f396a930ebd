use anxin_core::RefusalCode;
use anxin_core::benefit::{Bill, Case};

use super::amount::Misread;
use crate::i18n::T;

/// What is wrong with one field, in words and with the code that the core uses for the same mistake.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// `id` of the field on the page.
    pub field: String,
    pub code: RefusalCode,
    pub text: T,
}

impl Problem {
    pub fn new(field: String, code: RefusalCode, text: T) -> Problem {
        Problem { field, code, text }
    }

    pub fn amount(field: String, misread: Misread) -> Problem {
        let (code, text) = match misread {
            Misread::NotANumber => (RefusalCode::Malformed, T::WrongAmount),
            Misread::Negative => (RefusalCode::NegativeAmount, T::WrongNegative),
            Misread::FinerThanFen => (RefusalCode::Malformed, T::WrongFiner),
            Misread::TooLarge => (RefusalCode::Overflow, T::WrongTooLarge),
        };
        Problem::new(field, code, text)
    }

    pub fn count(field: String, misread: Misread) -> Problem {
        let code = if misread == Misread::TooLarge { RefusalCode::OutOfRange } else { RefusalCode::Malformed };
        Problem::new(field, code, T::WrongWhole)
    }
}

/// The field of the page that a refusal of the core is about; `None` when it is about no single one.
pub fn field_of(path: &str, case: &Case) -> Option<String> {
    let leaf = path.rsplit('.').next().unwrap_or_default();
    if let Some(row) = row_of(path) {
        return row_field(row, leaf, case);
    }
    if path.starts_with("year_to_date") {
        return Some(format!("sofar-{}", sofar(leaf)));
    }
    if path.starts_with("accounts") {
        return Some(if leaf == "family_balance_fen" { "account-family".into() } else { "account-own".into() });
    }
    let field = match leaf {
        "region" | "scheme" | "status" | "plan" | "aid" | "cover" | "level" | "filing" | "admitted" | "nth"
        | "ward" | "binding" | "disease" => leaf,
        "insured_months" => "months",
        "place" | "area" => "area",
        "discharged" | "on" => "on",
        "deductible_paid_fen" => "transfer-paid",
        "total_fen" => total_field(case),
        "own_share_low" => "share-low",
        "own_share_high" => "share-high",
        "own_expense_fen" => "slip-own",
        "over_limit_fen" => "slip-over",
        "pre_self_pay_fen" => "slip-pre",
        "act_pay_dedc_fen" => "slip-deductible",
        "hifp_pay_fen" => "slip-pool",
        "hifmi_pay_fen" => "slip-hifmi",
        "hifob_pay_fen" => "slip-hifob",
        "maf_pay_fen" => "slip-aid",
        "fund_pay_sumamt_fen" => "slip-fund",
        "psn_part_amt_fen" => "slip-person",
        "employer_monthly_wage_fen" => "wage",
        "birth" | "dystocia" | "children" => leaf,
        "own_in_scope_fen" => "second-own",
        "bill" | "split" | "total" | "categories" | "lines" => total_field(case),
        _ => return None,
    };
    Some(field.into())
}

fn sofar(leaf: &str) -> String {
    leaf.trim_end_matches("_fen").replace('_', "-")
}

fn total_field(case: &Case) -> &'static str {
    match case.visit.bill() {
        Some(Bill::Split(_)) => "slip-total",
        Some(Bill::Categories(_)) => "cat-bed-amount",
        Some(Bill::Lines(_)) => "line-0-amount",
        _ => "bill-total",
    }
}

/// The index in `…categories[3]…` or `…lines[3]…`.
fn row_of(path: &str) -> Option<usize> {
    path.split_once('[')?.1.split_once(']')?.0.parse().ok()
}

fn row_field(row: usize, leaf: &str, case: &Case) -> Option<String> {
    match case.visit.bill()? {
        Bill::Categories(items) => {
            let word = crate::i18n::category_word(items.get(row)?.category);
            let part = match leaf {
                "own_expense_fen" => "own",
                "pre_self_pay_fen" => "pre",
                "days" => "days",
                _ => "amount",
            };
            Some(format!("cat-{word}-{part}"))
        }
        Bill::Lines(_) => {
            let part = match leaf {
                "self_pay_share" => "share",
                "count" => "count",
                "price_limit_fen" => "limit",
                _ => "amount",
            };
            Some(format!("line-{row}-{part}"))
        }
        _ => None,
    }
}
