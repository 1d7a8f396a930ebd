//! 6203: gives back all of an order, its cash alone (只退现金) or what accounts and funds paid alone (只退医保), each to
//! where it was drawn. A part leaves the settlement standing and has a row of its own beside it in 3201 and 3202.

use anxin_core::Fen;
use serde_json::Value;
use wallet_ledger::OrderState;
use wallet_store::{Actor, Movement};
use wallet_types::nhsa::{MobileRefund, MobileRefunded, NhsaData};
use wallet_types::{Figures, NhsaCode, OrderRefundAsk, RefundStateName, TransportCode};

use super::dialect::Sums;
use super::fees::yuan;
use super::mobile::ORDER;
use super::refuse::{Refused, Stop};
use super::settle::{back_before, inconsistent};
use super::visits::moment;
use super::{Asked, digits, envelope, times};
use crate::pay::{Order, Share, order_id, refund_id};
use crate::problem::ApiError;

const ALL: &str = "ALL";
const CASH: &str = "CASH";
const INSURANCE: &str = "HI";
const TOTAL: &str = "input.data.totlRefdAmt";

impl Asked<'_> {
    pub(super) async fn mobile_refund(&self) -> Result<Value, Stop> {
        let NhsaData { data } = self.input::<NhsaData<MobileRefund>>()?;
        self.own("input.data.orgCodg", &data.org_codg)?;
        envelope::one_of("input.data.refdType", &data.refd_type, &[ALL, CASH, INSURANCE])?;
        envelope::length("input.data.appRefdSn", &data.app_refd_sn, 1, 40)?;
        moment("input.data.appRefdTime", &data.app_refd_time)?;
        let mobile = self.mobile(&data.pay_ord_id).await?;
        self.identified_again(&mobile, &data.ec_token).await?;
        let paid = mobile.paid.ok_or_else(|| Refused::new(NhsaCode::SettlementUnknown, ORDER, ""))?;
        // By the refund's own number: asked for again under another message's, it is the same refund.
        let own = digits("mobile refund", &[self.code(), &data.app_refd_sn]);
        let key = format!("6203 {}", data.app_refd_sn);
        let back = match data.refd_type.as_str() {
            CASH => Box::pin(self.part_back(&data, &paid, Share::Cash, &own, &key)).await?,
            INSURANCE => Box::pin(self.part_back(&data, &paid, Share::Insurance, &own, &key)).await?,
            _ => {
                agree(&data, [paid.total, paid.acct, paid.fund, paid.cash])?;
                Box::pin(self.given_back(&paid, &own, &key, ORDER)).await?
            }
        };
        let (pay_ord_id, app_refd_sn) = (data.pay_ord_id, data.app_refd_sn);
        self.written(MobileRefunded { pay_ord_id, app_refd_sn, ref_status: "SUCC".into(), setl_id: back.setl_id })
    }

    /// Gives back so much of one share of an order, once for each key, and keeps the row `own` that says so.
    async fn part_back(
        &self,
        data: &MobileRefund,
        paid: &Movement,
        share: Share,
        own: &str,
        key: &str,
    ) -> Result<Movement, Stop> {
        let desk = &self.wallet.desk;
        if desk.nhsa_taken_back(self.code(), &paid.setl_id).await?.is_some() {
            return Err(back_before(ORDER));
        }
        let amount = yuan(TOTAL, &data.totl_refd_amt)?;
        let owner = self.institution.owner;
        let order = self.wallet.order(Actor::Institution(owner), order_id(owner, &paid.msgid)).await?;
        let refund = refund_id(owner, key);
        let sums = self.share_of(&order, refund, share, amount)?;
        agree(data, [amount, sums.acct, sums.funds, sums.cash])?;
        let ask = OrderRefundAsk { amount_fen: amount, packs: Vec::new(), reason: None };
        let order = self.wallet.refund_share(owner, key, order.id, share, &ask).await?;
        is_done(&order, refund)?;
        let row = Movement {
            setl_id: own.to_owned(),
            msgid: self.request.msgid.clone(),
            at: self.now,
            day: times::day(self.now),
            refund_of: Some(paid.setl_id.clone()),
            part: true,
            total: -amount,
            fund: -sums.funds,
            acct: -sums.acct,
            cash: -sums.cash,
            body: String::new(),
            ..paid.clone()
        };
        desk.nhsa_settled(&row).await?;
        if order.state == OrderState::Refunded {
            desk.nhsa_fees_release(self.code(), &paid.setl_id).await?;
        }
        desk.nhsa_settlement(self.code(), own).await?.ok_or_else(inconsistent)
    }

    /// What a refund of one share takes from whom, as the area writes it.
    fn share_of(&self, order: &Order, refund: u128, share: Share, amount: Fen) -> Result<Sums, Stop> {
        let bill = order.bill.as_ref().ok_or_else(inconsistent)?;
        let left = bill.left_before(refund, share);
        if left.is_zero() {
            return Err(back_before(ORDER));
        }
        if amount.is_zero() || amount > left {
            return Err(Refused::field(TOTAL, format!("0.01–{}", left.yuan())).into());
        }
        let back = bill.back(refund, share, amount);
        let figures = Figures {
            medfee_sumamt_fen: amount,
            fund_pay_sumamt_fen: back.funds,
            acct_pay_fen: back.people,
            acct_mulaid_pay_fen: back.relatives,
            psn_cash_pay_fen: back.cash,
            hosp_part_amt_fen: Fen::ZERO,
            ..bill.figures.clone()
        };
        self.wallet.nhsa.dialect().sums(&figures).ok_or_else(inconsistent)
    }
}

/// The whole and its three parts are what they come to: 基金 only after everything that people paid of it.
fn agree(data: &MobileRefund, is: [Fen; 4]) -> Result<(), Refused> {
    let told = [
        ("totlRefdAmt", &data.totl_refd_amt),
        ("psnAcctRefdAmt", &data.psn_acct_refd_amt),
        ("fundRefdAmt", &data.fund_refd_amt),
        ("cashRefdAmt", &data.cash_refd_amt),
    ];
    for ((field, text), is) in told.into_iter().zip(is) {
        let field = format!("input.data.{field}");
        if yuan(&field, text)? != is {
            return Err(Refused::new(NhsaCode::AmountsDiffer, field, is.yuan().to_string()));
        }
    }
    Ok(())
}

fn is_done(order: &Order, refund: u128) -> Result<(), Stop> {
    let ours = order.bill.iter().flat_map(|bill| &bill.refunds).find(|there| there.id == refund);
    match ours.map(|there| (there.state, there.why.clone())) {
        Some((RefundStateName::Done, _)) => Ok(()),
        Some((RefundStateName::Refused, why)) => {
            Err(Refused::new(NhsaCode::NotSettled, "", why.unwrap_or_default()).into())
        }
        _ => Err(Stop::Failed(ApiError::Transport(TransportCode::Unclear))),
    }
}
