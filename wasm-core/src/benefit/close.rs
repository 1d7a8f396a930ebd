//! Closing a settlement: totals, the person's own means, and the identities that always hold.

use super::answer::{Op, Quantity, Settlement, StepId, Term};
use super::bill::Parts;
use super::case::{Accounts, SharedAccounts, YearToDate};
use super::desk::{Desk, overflow};
use crate::error::{Refusal, RefusalCode};
use crate::money::Fen;

impl Settlement {
    /// Nothing is settled yet, and the year is as it was.
    pub(super) fn opened(year: &YearToDate) -> Settlement {
        Settlement { year_to_date: year.clone(), ..Settlement::default() }
    }

    pub(super) fn bill(&mut self, parts: &Parts) {
        self.medfee_sumamt = parts.total;
        self.fulamt_ownpay_amt = parts.own_expense;
        self.overlmt_selfpay = parts.over_limit;
        self.preselfpay_amt = parts.pre_self_pay;
        self.inscp_scp_amt = parts.in_scope;
    }

    /// All funds, in the order of the interface.
    pub fn funds(&self) -> [Fen; 7] {
        [self.hifp_pay, self.cvlserv_pay, self.hifes_pay, self.hifmi_pay, self.hifob_pay, self.maf_pay, self.oth_pay]
    }
}

/// Adds up the funds and draws the rest from own account, family accounts and cash, in that order.
/// Cash is what remains, never rounded by itself.
pub(super) fn close(
    desk: &mut Desk<'_>,
    out: &mut Settlement,
    accounts: &Accounts,
    shared: SharedAccounts,
) -> Result<(), Refusal> {
    out.fund_pay_sumamt = Fen::checked_sum(out.funds()).ok_or_else(overflow)?;
    out.psn_part_amt = out.medfee_sumamt.above(out.fund_pay_sumamt).above(out.hosp_part_amt);
    out.own_expense = out.fulamt_ownpay_amt.plus(out.overlmt_selfpay);
    out.self_pay = out.psn_part_amt.above(out.own_expense);
    desk.step(StepId::FundTotal, out.fund_pay_sumamt, &[]);
    desk.step(
        StepId::PersonTotal,
        out.psn_part_amt,
        &[
            Term::fen(Op::Start, Quantity::Total, out.medfee_sumamt),
            Term::fen(Op::Minus, Quantity::Fund, out.fund_pay_sumamt),
        ],
    );
    draw(desk, out, accounts, shared);
    identities(out, shared)
}

fn draw(desk: &mut Desk<'_>, out: &mut Settlement, accounts: &Accounts, shared: SharedAccounts) {
    let (own, family) = if accounts.leave_untouched {
        (Fen::ZERO, Fen::ZERO)
    } else {
        let own = accounts.own_balance_fen.min(out.psn_part_amt);
        (own, accounts.family_balance_fen.min(out.psn_part_amt.above(own)))
    };
    out.acct_mulaid_pay = family;
    out.acct_pay = match shared {
        SharedAccounts::Contained => own.plus(family),
        SharedAccounts::Additive => own,
    };
    out.psn_cash_pay = out.psn_part_amt.above(own).above(family);
    out.balc = accounts.own_balance_fen.above(own);
    if !accounts.own_balance_fen.is_zero() {
        desk.step(StepId::OwnAccount, own, &balance_terms(out.psn_part_amt, accounts.own_balance_fen));
    }
    if !accounts.family_balance_fen.is_zero() {
        desk.step(
            StepId::FamilyAccount,
            family,
            &balance_terms(out.psn_part_amt.above(own), accounts.family_balance_fen),
        );
    }
    desk.step(
        StepId::Cash,
        out.psn_cash_pay,
        &[
            Term::fen(Op::Start, Quantity::Person, out.psn_part_amt),
            Term::fen(Op::Minus, Quantity::Account, own.plus(family)),
        ],
    );
}

fn balance_terms(due: Fen, balance: Fen) -> [Term; 2] {
    [Term::fen(Op::Start, Quantity::Person, due), Term::fen(Op::AtMost, Quantity::Balance, balance)]
}

/// I1–I4 of the settlement interface, in whole fen:
/// the bill is its four parts; the funds add up; funds, person and hospital carry the bill; the
/// person's part is account and cash.
pub fn identities(s: &Settlement, shared: SharedAccounts) -> Result<(), Refusal> {
    let sum = |parts: &[Fen]| Fen::checked_sum(parts.iter().copied());
    let account = match shared {
        SharedAccounts::Contained => sum(&[s.acct_pay, s.psn_cash_pay]),
        SharedAccounts::Additive => sum(&[s.acct_pay, s.acct_mulaid_pay, s.psn_cash_pay]),
    };
    let checks = [
        ("I1", sum(&[s.fulamt_ownpay_amt, s.overlmt_selfpay, s.preselfpay_amt, s.inscp_scp_amt]), s.medfee_sumamt),
        ("I2", Fen::checked_sum(s.funds()), s.fund_pay_sumamt),
        ("I3", sum(&[s.fund_pay_sumamt, s.psn_part_amt, s.hosp_part_amt]), s.medfee_sumamt),
        ("I4", account, s.psn_part_amt),
    ];
    match checks.iter().find(|(_, left, right)| *left != Some(*right)) {
        Some((name, _, _)) => Err(Refusal::new(RefusalCode::Inconsistent, *name, "")),
        None => Ok(()),
    }
}
