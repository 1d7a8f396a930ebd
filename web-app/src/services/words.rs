//! Amounts and digests as people read them.

use anxin_core::Fen;
use anxin_core::benefit::Answer;

/// `¥1,234.50`, `−¥10.20`
pub fn money(fen: Fen) -> String {
    match fen < Fen::ZERO {
        true => format!("−¥{}", (-fen).yuan_grouped()),
        false => format!("¥{}", fen.yuan_grouped()),
    }
}

/// What the person bears: one amount, or the two ends between which it lies.
pub fn burden(answer: &Answer) -> String {
    match answer.range.as_ref().filter(|r| r.least.psn_part_amt != r.most.psn_part_amt) {
        Some(range) => format!("{}–{}", money(range.least.psn_part_amt), money(range.most.psn_part_amt)),
        None => money(answer.settlement.psn_part_amt),
    }
}

/// Enough of a digest to compare by eye.
pub fn short_digest(digest: &str) -> String {
    digest.chars().take(12).collect()
}

/// Only web addresses become links, whatever a pack says.
pub fn web_address(url: &str) -> Option<String> {
    (url.starts_with("https://") || url.starts_with("http://")).then(|| url.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sign_stands_before_the_currency() {
        let money = |fen| money(Fen::new(fen).unwrap());
        assert_eq!([money(-1_020), money(0), money(123_450)], ["−¥10.20", "¥0.00", "¥1,234.50"]);
    }

    #[test]
    fn an_address_that_runs_script_is_not_a_link() {
        assert_eq!(web_address("javascript:alert(1)"), None);
        assert!(web_address("https://www.gov.cn/").is_some());
    }
}
