//! Areas write the same settlement in different ways: whether the funds' sum has the account's part in it, and whether
//! what relatives pay is contained in the account's part or stands beside it.

use anxin_core::Fen;
use serde::Deserialize;
use wallet_types::Figures;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FundSum {
    WithoutAccount,
    WithAccount,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FamilyShare {
    Contained,
    Additive,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dialect {
    pub fund_sum: FundSum,
    pub family_share: FamilyShare,
}

/// The four sums of a settlement that areas write differently, and what they are the sums of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sums {
    pub medfee: Fen,
    pub funds: Fen,
    pub acct: Fen,
    pub mulaid: Fen,
    pub cash: Fen,
    pub hospital: Fen,
}

impl Dialect {
    /// A settlement as the area writes it.
    pub fn sums(self, figures: &Figures) -> Option<Sums> {
        let (acct, mulaid) = (figures.acct_pay_fen, figures.acct_mulaid_pay_fen);
        let funds = match self.fund_sum {
            FundSum::WithoutAccount => figures.fund_pay_sumamt_fen,
            FundSum::WithAccount => figures.fund_pay_sumamt_fen.checked_add(acct)?,
        };
        let sums = Sums {
            medfee: figures.medfee_sumamt_fen,
            funds,
            acct: match self.family_share {
                FamilyShare::Contained => acct,
                FamilyShare::Additive => acct.checked_sub(mulaid)?,
            },
            mulaid,
            cash: figures.psn_cash_pay_fen,
            hospital: figures.hosp_part_amt_fen,
        };
        self.holds(&sums).then_some(sums)
    }

    /// Whether the sums add up in this way of writing them.
    pub fn holds(self, sums: &Sums) -> bool {
        let Sums { medfee, funds, acct, mulaid, cash, hospital } = *sums;
        let family = match self.family_share {
            FamilyShare::Contained if mulaid > acct => return false,
            FamilyShare::Contained => Fen::ZERO,
            FamilyShare::Additive => mulaid,
        };
        let accounts = match self.fund_sum {
            FundSum::WithoutAccount => Fen::checked_sum([acct, family]),
            FundSum::WithAccount => Some(Fen::ZERO),
        };
        let whole = accounts.and_then(|accounts| Fen::checked_sum([funds, accounts, cash, hospital]));
        let parts = [medfee, funds, acct, mulaid, cash, hospital];
        whole == Some(medfee) && parts.iter().all(|part| !part.is_negative())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [Dialect; 4] = [
        Dialect { fund_sum: FundSum::WithoutAccount, family_share: FamilyShare::Contained },
        Dialect { fund_sum: FundSum::WithoutAccount, family_share: FamilyShare::Additive },
        Dialect { fund_sum: FundSum::WithAccount, family_share: FamilyShare::Contained },
        Dialect { fund_sum: FundSum::WithAccount, family_share: FamilyShare::Additive },
    ];

    fn fen(fen: i64) -> Fen {
        Fen::new(fen).unwrap()
    }

    fn figures() -> Figures {
        Figures {
            medfee_sumamt_fen: fen(10_000),
            fund_pay_sumamt_fen: fen(6_000),
            psn_part_amt_fen: fen(3_900),
            acct_pay_fen: fen(3_000),
            acct_mulaid_pay_fen: fen(1_000),
            psn_cash_pay_fen: fen(900),
            hosp_part_amt_fen: fen(100),
            ..Figures::default()
        }
    }

    #[test]
    fn each_area_writes_the_same_settlement_in_its_own_way() {
        let told = ALL.map(|dialect| dialect.sums(&figures()).unwrap());
        let written = told.map(|sums| (sums.funds.get(), sums.acct.get(), sums.mulaid.get()));
        assert_eq!(
            written,
            [(6_000, 3_000, 1_000), (6_000, 2_000, 1_000), (9_000, 3_000, 1_000), (9_000, 2_000, 1_000)]
        );
    }

    /// What one area writes does not add up as another's. How relatives' part is written cannot be told from sums
    /// that have the accounts in the funds already.
    #[test]
    fn one_areas_writing_is_not_taken_for_anothers() {
        for (n, dialect) in ALL.into_iter().enumerate() {
            let sums = dialect.sums(&figures()).unwrap();
            let taken = ALL.map(|other| other.holds(&sums));
            let expected = match n {
                0 => [true, false, false, false],
                1 => [false, true, false, false],
                _ => [false, false, true, true],
            };
            assert_eq!(taken, expected, "{dialect:?}");
        }
    }

    #[test]
    fn a_settlement_that_does_not_add_up_is_not_written() {
        let off = Figures { psn_cash_pay_fen: fen(901), ..figures() };
        let too_much = Figures { acct_mulaid_pay_fen: fen(3_001), ..figures() };
        for dialect in ALL {
            assert_eq!(dialect.sums(&off), None);
            assert_eq!(dialect.sums(&too_much), None, "{dialect:?}");
        }
    }
}
