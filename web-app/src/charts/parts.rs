use anxin_core::Fen;
use anxin_core::benefit::Settlement;

use crate::i18n::T;

/// One payer's part of a bill.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Names the colour, the pattern and the test id.
    pub key: &'static str,
    pub name: T,
    /// For the inside of a bar.
    pub short: T,
    pub amount: Fen,
}

/// Who pays a bill, funds first; what pays nothing is left out. The parts add up to the bill.
pub fn parts(s: &Settlement) -> Vec<Part> {
    let others = s.cvlserv_pay.plus(s.hifes_pay).plus(s.oth_pay);
    let all = [
        ("pool", T::FundPool, T::ShortPool, s.hifp_pay),
        ("hifmi", T::FundHifmi, T::ShortHifmi, s.hifmi_pay),
        ("hifob", T::FundHifob, T::ShortHifob, s.hifob_pay),
        ("other", T::FundOther, T::ShortOther, others),
        ("aid", T::FundAid, T::ShortAid, s.maf_pay),
        ("hospital", T::FundHospital, T::ShortHospital, s.hosp_part_amt),
        ("self", T::PersonSelfPay, T::ShortSelfPay, s.self_pay),
        ("own", T::PersonOwn, T::ShortOwn, s.own_expense),
    ];
    let paying = all.into_iter().filter(|(.., amount)| amount.get() > 0);
    paying.map(|(key, name, short, amount)| Part { key, name, short, amount }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn funds_and_person_make_up_the_bill() {
        let fen = |n| Fen::new(n).unwrap();
        let settlement = Settlement {
            hifp_pay: fen(800),
            hifes_pay: fen(30),
            oth_pay: fen(20),
            self_pay: fen(100),
            own_expense: fen(50),
            ..Settlement::default()
        };
        let parts = parts(&settlement);
        assert_eq!(parts.iter().map(|p| p.key).collect::<Vec<_>>(), ["pool", "other", "self", "own"]);
        assert_eq!(Fen::checked_sum(parts.iter().map(|p| p.amount)), Some(fen(1000)));
    }
}
