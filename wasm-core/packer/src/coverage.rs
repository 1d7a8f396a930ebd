use anxin_core::rules::RuleBook;

use crate::lint::Lint;

pub fn register(_books: &[RuleBook]) -> String {
    String::new()
}

pub fn register_is_current(_books: &[RuleBook], _text: &str) -> Vec<Lint> {
    Vec::new()
}
