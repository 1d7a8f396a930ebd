//! 2206, 2207 and 2208 of an outpatient, 2303, 2304 and 2305 of an inpatient, the steps of 2101 to 2103, and 2601: what a bill comes to, settling
//! it as it was presettled, and taking that back.

use anxin_core::benefit::{Bill as Cost, Clinic, Special, Split, Stay, Visit as CoreVisit};
use anxin_core::rules::{Area, Binding, Filing, Level, Place, Ward};
use anxin_core::{Day, Fen};
use serde_json::Value;
use wallet_ledger::{OrderState, OwnerId};
use wallet_store::{Actor, Fee, Movement, Visit};
use wallet_types::nhsa::{NhsaData, PresettleAsk, Reversal, SettleBack, SettleBackOut, SettlementInfo, SettlementOut};
use wallet_types::{CashAsk, CashMeans, DrugLine, Figures, NhsaCode, OrderStateName, TransportCode, WalletCode};

use super::dialect::Dialect;
use super::fees::yuan;
use super::prepaid::{self, Again};
use super::refuse::{Refused, Stop};
use super::special::SPECIAL;
use super::visits::{Foretold, Kind, VisitFacts};
use super::{Asked, envelope, times};
use crate::pay::{Bill, Order, Settling, Sides, order_id};
use crate::problem::ApiError;

const DATA: &str = "input.data";

/// A visit that is about to be settled, and the message that asks for it.
pub struct Ready {
    pub visit: Visit,
    pub facts: VisitFacts,
    pub data: PresettleAsk,
    pub use_accounts: bool,
}

impl Asked<'_> {
    /// 2206, 2303. Nothing is drawn or held; only what was told is remembered, so that this is settled or nothing.
    pub(super) async fn presettle(&self) -> Result<Value, Stop> {
        Box::pin(self.presettled(self.ready().await?)).await
    }

    pub(super) async fn presettled(&self, ready: Ready) -> Result<Value, Stop> {
        let open = self.wallet.desk.nhsa_fees(self.code(), &ready.visit.mdtrt_id).await?;
        let fees: Vec<Fee> = open.into_iter().filter(|fee| fee.setl_id.is_none()).collect();
        let (bill, sides) = self.bill(&ready, &fees).await?;
        let pre = self.wallet.presettle_at(self.engine, &bill, &sides).await.map_err(|error| of_fees(error, &fees))?;
        self.warn(&pre.noted);
        let figures = pre.figures;
        let mut info = self.info(&ready, &figures, None)?;
        let prepaid = self.prepaid_left(&ready.visit.mdtrt_id).await?;
        info.prepayinfo = (!prepaid.is_zero()).then(|| prepaid::told(prepaid, figures.psn_cash_pay_fen));
        let foretold = Foretold { figures, use_accounts: ready.use_accounts };
        let facts = VisitFacts { foretold: Some(foretold), ..ready.facts };
        let state = ready.visit.state;
        self.go_on(&ready.visit, &[state], state, Some(&facts)).await?;
        self.written(SettlementOut { setlinfo: info })
    }

    /// 2207, 2304.
    pub(super) async fn settle(&self) -> Result<Value, Stop> {
        self.not_reversed().await?;
        Box::pin(self.settle_ready(self.ready().await?)).await
    }

    pub(super) async fn settle_ready(&self, ready: Ready) -> Result<Value, Stop> {
        let setl_id = self.number("setl_id");
        if let Some(movement) = self.wallet.desk.nhsa_settlement(self.code(), &setl_id).await? {
            return self.kept(&movement);
        }
        let fees = self.wallet.desk.nhsa_fees_claim(self.code(), &ready.visit.mdtrt_id, &setl_id).await?;
        match self.settled(&ready, &fees).await {
            Ok(order) => self.keep(&ready, &setl_id, &order).await,
            Err(stop) => {
                // What is known to have come to nothing may be settled again; what is not known stays set aside.
                if matches!(stop, Stop::Refused(_)) {
                    self.wallet.desk.nhsa_fees_release(self.code(), &setl_id).await?;
                }
                Err(stop)
            }
        }
    }

    async fn settled(&self, ready: &Ready, fees: &[Fee]) -> Result<Order, Stop> {
        let owner = self.institution.owner;
        let key = &self.request.msgid;
        // A message that is carried out once more finds its order, whatever was presettled since.
        let before = self.wallet.order(Actor::Institution(owner), order_id(owner, key)).await;
        let order = match before {
            Ok(order) => order,
            Err(ApiError::Transport(TransportCode::NotFound)) => {
                self.here(ready).await?;
                let (bill, sides) = self.bill(ready, fees).await?;
                let none = || Refused::new(NhsaCode::NotPresettled, format!("{DATA}.mdtrt_id"), "2206");
                let foretold = ready.facts.foretold.as_ref().ok_or_else(none)?;
                if foretold.use_accounts != ready.use_accounts {
                    return Err(Refused::new(NhsaCode::NotPresettled, format!("{DATA}.acct_used_flag"), "2206").into());
                }
                // What is left is paid at the counter: the institution takes it before it asks.
                let cash = CashAsk { means: CashMeans::Cash, auth: None };
                let settling = Settling { bill: &bill, figures: &foretold.figures, cash: &cash };
                let settled = self.wallet.settle_at(self.engine, key, &settling, &sides, None).await;
                settled.map_err(|error| of_fees(error, fees))?.0
            }
            Err(other) => return Err(other.into()),
        };
        match order.state {
            OrderState::Settled => Ok(order),
            OrderState::Revoked => Err(Refused::new(NhsaCode::Reversed, "msgid", "").into()),
            OrderState::Failed | OrderState::Expired => {
                let why = order.bill.as_ref().and_then(|bill| bill.why.clone()).unwrap_or_default();
                Err(Refused::new(NhsaCode::NotSettled, "", why).into())
            }
            _ => Err(Stop::Failed(ApiError::Transport(TransportCode::Unclear))),
        }
    }

    /// Whoever is to pay was identified lately.
    async fn here(&self, ready: &Ready) -> Result<(), Stop> {
        match self.wallet.desk.nhsa_settles(self.code(), &ready.facts.psn_no, self.now).await? {
            true => Ok(()),
            false => Err(Refused::new(NhsaCode::NotIdentified, format!("{DATA}.psn_no"), "1101").into()),
        }
    }

    /// Keeps a settlement for reconciliation and answers with it, unless it was reversed meanwhile.
    async fn keep(&self, ready: &Ready, setl_id: &str, order: &Order) -> Result<Value, Stop> {
        let paid = order.bill.as_ref().ok_or(Stop::Failed(ApiError::Transport(TransportCode::Internal)))?;
        let mut info = self.info(ready, &paid.figures, Some((setl_id, order)))?;
        let prepaid = self.use_prepaid(&ready.visit.mdtrt_id, setl_id).await?;
        info.prepayinfo = (!prepaid.is_zero()).then(|| prepaid::told(prepaid, paid.figures.psn_cash_pay_fen));
        let sums = self.dialect().sums(&paid.figures).ok_or_else(inconsistent)?;
        let movement = Movement {
            code: self.code().to_owned(),
            setl_id: setl_id.to_owned(),
            mdtrt_id: ready.visit.mdtrt_id.clone(),
            owner: ready.visit.owner,
            msgid: self.request.msgid.clone(),
            at: order.made_at,
            day: times::day(order.made_at),
            insutype: ready.facts.insutype.clone(),
            clr_type: ready.data.med_type.clone(),
            refund_of: None,
            part: false,
            total: sums.medfee,
            fund: sums.funds,
            acct: sums.acct,
            cash: sums.cash,
            body: serde_json::to_string(&info).map_err(|_| inconsistent())?,
        };
        self.wallet.desk.nhsa_settled(&movement).await?;
        if self.wallet.desk.nhsa_is_reversed(self.code(), &self.request.msgid).await? {
            self.take_off(&movement, &self.number("counter")).await?;
            self.prepaid_again(setl_id, Again::All).await?;
            return Err(Refused::new(NhsaCode::Reversed, "msgid", "").into());
        }
        self.kept(&movement)
    }

    fn kept(&self, movement: &Movement) -> Result<Value, Stop> {
        let info: SettlementInfo = serde_json::from_str(&movement.body).map_err(|_| inconsistent())?;
        self.written(SettlementOut { setlinfo: info })
    }

    pub(super) async fn not_reversed(&self) -> Result<(), Stop> {
        if self.wallet.desk.nhsa_is_reversed(self.code(), &self.request.msgid).await? {
            return Err(Refused::new(NhsaCode::Reversed, "msgid", "").into());
        }
        Ok(())
    }

    /// 2208, 2305: all of a settlement goes back to where it was drawn.
    pub(super) async fn settle_back(&self) -> Result<Value, Stop> {
        let NhsaData { data } = self.input::<NhsaData<SettleBack>>()?;
        Box::pin(self.settled_back(data)).await
    }

    pub(super) async fn settled_back(&self, data: SettleBack) -> Result<Value, Stop> {
        let (visit, _) = self.visit(DATA, &data.mdtrt_id, &data.psn_no).await?;
        let movement = self.wallet.desk.nhsa_settlement(self.code(), &data.setl_id).await?;
        let movement = movement.filter(|m| m.mdtrt_id == visit.mdtrt_id && m.refund_of.is_none());
        let field = format!("{DATA}.setl_id");
        let movement = movement.ok_or_else(|| Refused::new(NhsaCode::SettlementUnknown, &*field, ""))?;
        let (own, key) = (self.number("setl_id"), self.request.msgid.clone());
        let back = self.given_back(&movement, &own, &key, &field).await?;
        self.back(&back).await
    }

    /// Gives all of a settlement back, once for each key, and keeps the row `own` that takes it off.
    pub(super) async fn given_back(
        &self,
        movement: &Movement,
        own: &str,
        key: &str,
        field: &str,
    ) -> Result<Movement, Stop> {
        if let Some(back) = self.wallet.desk.nhsa_taken_back(self.code(), &movement.setl_id).await? {
            return if back.setl_id == own { Ok(back) } else { Err(back_before(field)) };
        }
        let owner = self.institution.owner;
        let order = order_id(owner, &movement.msgid);
        let paid = self.wallet.order(Actor::Institution(owner), order).await?;
        let figures = paid.bill.as_ref().map(|bill| &bill.figures).ok_or_else(inconsistent)?;
        let parts = [figures.fund_pay_sumamt_fen, figures.acct_pay_fen, figures.psn_cash_pay_fen];
        let whole = Fen::checked_sum(parts).ok_or_else(inconsistent)?;
        let order = match self.wallet.refund_order(owner, key, order, whole, &[]).await {
            Err(ApiError::Books { code: WalletCode::RefundExceedsPaid, .. }) => return Err(back_before(field)),
            refunded => refunded?,
        };
        match order.state {
            OrderState::Refunded => {}
            OrderState::Settled | OrderState::PartRefunded => {
                return Err(Stop::Failed(ApiError::Transport(TransportCode::Unclear)));
            }
            _ => return Err(back_before(field)),
        }
        self.take_off(movement, own).await
    }

    async fn back(&self, back: &Movement) -> Result<Value, Stop> {
        let of = back.refund_of.clone().unwrap_or_default();
        let again = self.prepaid_again(&of, Again::Cash(Fen::ZERO.above(back.cash))).await?;
        self.written(SettleBackOut {
            setl_id: back.setl_id.clone(),
            init_setl_id: of,
            setl_time: times::written(back.at),
            medfee_sumamt: back.total.yuan().to_string(),
            fund_pay_sumamt: back.fund.yuan().to_string(),
            acct_pay: back.acct.yuan().to_string(),
            psn_cash_pay: back.cash.yuan().to_string(),
            prepay_back: again.map(|fen| fen.yuan().to_string()),
        })
    }

    /// The row that takes a settlement off again, and its lines to be settled again.
    async fn take_off(&self, movement: &Movement, setl_id: &str) -> Result<Movement, Stop> {
        let back = Movement {
            setl_id: setl_id.to_owned(),
            msgid: self.request.msgid.clone(),
            at: self.now,
            day: times::day(self.now),
            refund_of: Some(movement.setl_id.clone()),
            total: -movement.total,
            fund: -movement.fund,
            acct: -movement.acct,
            cash: -movement.cash,
            body: String::new(),
            ..movement.clone()
        };
        self.wallet.desk.nhsa_settled(&back).await?;
        self.wallet.desk.nhsa_fees_release(self.code(), &movement.setl_id).await?;
        let kept = self.wallet.desk.nhsa_taken_back(self.code(), &movement.setl_id).await?;
        kept.ok_or_else(inconsistent)
    }

    /// 2601: takes back a settlement of which the institution got no answer, whether or not it arrived. One that did
    /// not is refused when it comes later.
    pub(super) async fn reverse(&self) -> Result<Value, Stop> {
        let NhsaData { data } = self.input::<NhsaData<Reversal>>()?;
        envelope::one_of("input.data.oinfno", &data.oinfno, &["2207", "2304", "2102", "6202"])?;
        envelope::check_msgid(&data.omsgid, self.code())
            .map_err(|_| Refused::field("input.data.omsgid", "fixmedins_code + yyyyMMddHHmmss + 0000–9999"))?;
        let patient = self.seen("input.data.psn_no", &data.psn_no).await?;
        let desk = &self.wallet.desk;
        let owner = self.institution.owner;
        self.of_patient(order_id(owner, &data.omsgid), patient).await?;
        let setl_id = super::digits("setl_id", &[self.code(), &data.omsgid]);
        // By this very message, or by the settlement when it found itself reversed.
        let here = [&self.request.msgid, &data.omsgid];
        if desk.nhsa_taken_back(self.code(), &setl_id).await?.is_some_and(|back| !here.contains(&&back.msgid)) {
            return Err(back_before("input.data.omsgid"));
        }
        Box::pin(self.reversed(&data.omsgid, &data.oinfno, &setl_id, "input.data.omsgid")).await?;
        self.written(serde_json::json!({}))
    }

    /// Takes back what a message settled, or keeps it out when it comes later. What came back in part is refused:
    /// the rest of it is a refund too.
    pub(super) async fn reversed(&self, omsgid: &str, oinfno: &str, setl_id: &str, field: &str) -> Result<(), Stop> {
        let desk = &self.wallet.desk;
        if !desk.nhsa_parts_back(self.code(), setl_id).await?.is_empty() {
            return Err(back_before(field));
        }
        desk.nhsa_reverse(self.code(), omsgid, oinfno, self.now).await?;
        let begun = [OrderStateName::Settled, OrderStateName::PartRefunded].map(OrderStateName::word);
        match self.wallet.reverse(self.institution.owner, omsgid).await {
            Err(ApiError::Rules { code: TransportCode::OrderState, rule, .. }) if begun.contains(&&*rule) => {
                return Err(back_before(field));
            }
            // An order that came to nothing by itself has nothing to be taken back.
            Ok(_) | Err(ApiError::Rules { code: TransportCode::OrderState, .. }) => {}
            Err(other) => return Err(other.into()),
        }
        if let Some(movement) = desk.nhsa_settlement(self.code(), setl_id).await? {
            self.take_off(&movement, &self.number("counter")).await?;
        }
        desk.nhsa_fees_release(self.code(), setl_id).await?;
        self.prepaid_again(setl_id, Again::All).await?;
        Ok(())
    }

    /// An order that is there has to be the person's whom the message names.
    async fn of_patient(&self, order: u128, patient: OwnerId) -> Result<(), Stop> {
        match self.wallet.order(Actor::Institution(self.institution.owner), order).await {
            Ok(order) if order.bill.as_ref().is_some_and(|bill| bill.patient != patient.0) => {
                Err(Refused::new(NhsaCode::SettlementUnknown, "input.data.psn_no", "").into())
            }
            Ok(_) | Err(ApiError::Transport(TransportCode::NotFound)) => Ok(()),
            Err(other) => Err(other.into()),
        }
    }

    async fn ready(&self) -> Result<Ready, Stop> {
        let NhsaData { data } = self.input::<NhsaData<PresettleAsk>>()?;
        let (visit, facts) = self.visit(DATA, &data.mdtrt_id, &data.psn_no).await?;
        let kind = if self.request.infno.starts_with("22") { Kind::Outpatient } else { Kind::Inpatient };
        if facts.kind != kind || visit.state != kind.billed_in() {
            return Err(Refused::new(NhsaCode::VisitState, format!("{DATA}.mdtrt_id"), "").into());
        }
        envelope::one_of("input.data.insutype", &data.insutype, &[&facts.insutype])?;
        envelope::one_of("input.data.acct_used_flag", &data.acct_used_flag, &["0", "1"])?;
        let settled: &[&str] = if kind == Kind::Outpatient { &[kind.med_type(), SPECIAL] } else { &[kind.med_type()] };
        envelope::one_of("input.data.med_type", &data.med_type, settled)?;
        match facts.med_type.as_deref() {
            Some(told) if told == data.med_type => {}
            told => return Err(Refused::field("input.data.med_type", told.unwrap_or("2203")).into()),
        }
        let use_accounts = data.acct_used_flag == "1";
        Ok(Ready { visit, facts, data, use_accounts })
    }

    /// The bill of lines that add up to what the message says, with what is on record of both its sides.
    pub(super) async fn bill(&self, ready: &Ready, fees: &[Fee]) -> Result<(Bill, Sides), Stop> {
        if fees.is_empty() {
            return Err(Refused::new(NhsaCode::NothingToSettle, format!("{DATA}.mdtrt_id"), "").into());
        }
        let sum = |of: fn(&Fee) -> Fen| Fen::checked_sum(fees.iter().map(of)).ok_or_else(inconsistent);
        let split = Split {
            total_fen: sum(|fee| fee.total)?,
            own_expense_fen: sum(|fee| fee.own)?,
            over_limit_fen: sum(|fee| fee.over)?,
            pre_self_pay_fen: sum(|fee| fee.pre)?,
            official: None,
        };
        let same = |field: &str, told: &str, is: Fen| {
            let field = format!("{DATA}.{field}");
            if yuan(&field, told)? == is {
                return Ok(());
            }
            Err(Refused::new(NhsaCode::AmountsDiffer, field, is.yuan().to_string()))
        };
        same("medfee_sumamt", &ready.data.medfee_sumamt, split.total_fen)?;
        let parts = [
            ("fulamt_ownpay_amt", &ready.data.fulamt_ownpay_amt, split.own_expense_fen),
            ("overlmt_selfpay", &ready.data.overlmt_selfpay, split.over_limit_fen),
            ("preselfpay_amt", &ready.data.preselfpay_amt, split.pre_self_pay_fen),
            ("inscp_scp_amt", &ready.data.inscp_scp_amt, sum(|fee| fee.scope)?),
        ];
        for (field, told, is) in parts.into_iter().filter(|(_, told, _)| !told.is_empty()) {
            same(field, told, is)?;
        }
        let day = |time: &str| time.get(..10).and_then(Day::parse).ok_or_else(inconsistent);
        let (bill, begun) = (Cost::Split(split), day(&ready.facts.begntime)?);
        let ended = match ready.facts.kind {
            Kind::Outpatient | Kind::Pharmacy => begun,
            Kind::Inpatient => day(ready.facts.endtime.as_deref().unwrap_or_default())?,
        };
        let sides = self.wallet.sides(self.institution.owner, ready.visit.owner, ended).await?;
        let (level, place) = self.place(&sides, begun).await?;
        let visit = match ready.facts.kind {
            Kind::Outpatient if ready.data.med_type == SPECIAL => {
                let disease = self.filed_disease(ready, begun).await?;
                CoreVisit::SpecialOutpatient(Special { disease, level, place, on: begun, bill })
            }
            // What funds pay at pharmacies no rule here says: it is all the person's own (see `pharmacy.rs`).
            Kind::Outpatient | Kind::Pharmacy => {
                CoreVisit::Outpatient(Clinic { level, place, on: begun, binding: Binding::Chosen, bill })
            }
            Kind::Inpatient => CoreVisit::Inpatient(Stay {
                level,
                place,
                admitted: Some(begun),
                discharged: ended,
                nth: None,
                ward: Ward::General,
                transfer: None,
                bill,
            }),
        };
        let bill = Bill {
            institution: self.institution.owner,
            patient: ready.visit.owner,
            visit,
            use_accounts: ready.use_accounts,
            lines: drugs(fees)?,
            seller: self.request.opter.clone(),
        };
        Ok((bill, sides))
    }

    /// Where the institution is, seen from who insures the patient, by the area's own records.
    async fn place(&self, sides: &Sides, begun: Day) -> Result<(Level, Place), Stop> {
        let Sides { provider, person, terms, .. } = sides;
        let terms = terms.as_ref().ok_or(ApiError::Transport(TransportCode::NotRegistered))?;
        let level = serde_json::from_value(provider.level.clone().into()).map_err(|_| inconsistent())?;
        if person.area == provider.area {
            return Ok((level, Place::LOCAL));
        }
        let filing = self.wallet.filing(&provider.code, person.owner, terms, begun).await?;
        let filing = filing.unwrap_or(Filing::Unregistered);
        let near = person.area.get(..2) == provider.area.get(..2);
        let area = if near { Area::InProvince } else { Area::OutOfProvince };
        Ok((level, Place { area, filing }))
    }

    fn dialect(&self) -> Dialect {
        self.wallet.nhsa.dialect()
    }

    fn info(&self, ready: &Ready, figures: &Figures, settled: Option<(&str, &Order)>) -> Result<SettlementInfo, Stop> {
        let sums = self.dialect().sums(figures).ok_or_else(inconsistent)?;
        let written = |fen: Fen| fen.yuan().to_string();
        Ok(SettlementInfo {
            setl_id: settled.map(|(setl_id, _)| setl_id.to_owned()),
            mdtrt_id: ready.visit.mdtrt_id.clone(),
            psn_no: ready.facts.psn_no.clone(),
            insutype: ready.facts.insutype.clone(),
            med_type: ready.data.med_type.clone(),
            setl_time: settled.map(|(_, order)| times::written(order.made_at)),
            medfee_sumamt: written(sums.medfee),
            fulamt_ownpay_amt: written(figures.fulamt_ownpay_amt_fen),
            overlmt_selfpay: written(figures.overlmt_selfpay_fen),
            preselfpay_amt: written(figures.preselfpay_amt_fen),
            inscp_scp_amt: written(figures.inscp_scp_amt_fen),
            act_pay_dedc: written(figures.act_pay_dedc_fen),
            hifp_pay: written(figures.hifp_pay_fen),
            cvlserv_pay: written(figures.cvlserv_pay_fen),
            hifes_pay: written(figures.hifes_pay_fen),
            hifmi_pay: written(figures.hifmi_pay_fen),
            hifob_pay: written(figures.hifob_pay_fen),
            maf_pay: written(figures.maf_pay_fen),
            oth_pay: written(figures.oth_pay_fen),
            fund_pay_sumamt: written(sums.funds),
            psn_part_amt: written(figures.psn_part_amt_fen),
            acct_pay: written(sums.acct),
            acct_mulaid_pay: written(sums.mulaid),
            psn_cash_pay: written(sums.cash),
            hosp_part_amt: written(sums.hospital),
            balc: written(figures.balc_fen),
            clr_optins: self.wallet.nhsa.area.clone(),
            clr_type: ready.data.med_type.clone(),
            medins_setl_id: settled.map(|_| self.request.msgid.clone()),
            prepayinfo: None,
        })
    }
}

fn drugs(fees: &[Fee]) -> Result<Vec<DrugLine>, Stop> {
    let drug = |fee: &Fee| fee.drug.as_deref().map(serde_json::from_str);
    fees.iter().filter_map(drug).collect::<Result<_, _>>().map_err(|_| inconsistent())
}

/// A refusal of a drug's line names it by the number that the institution gave it.
pub(super) fn of_fees(error: ApiError, fees: &[Fee]) -> ApiError {
    match error {
        ApiError::Rules { code: code @ (TransportCode::TraceMissing | TransportCode::PackTaken), condition, rule } => {
            let number = condition.strip_prefix("lines[").and_then(|rest| rest.split_once(']'));
            let at = number.and_then(|(n, _)| n.parse().ok()).unwrap_or_default();
            let sn = fees.iter().filter(|fee| fee.drug.is_some()).nth(at).map(|fee| fee.sn.clone());
            let condition = sn.map_or(condition, |sn| format!("feedetl_sn {sn}: drugtracinfo"));
            ApiError::Rules { code, condition, rule }
        }
        other => other,
    }
}

pub(super) fn inconsistent() -> Stop {
    Stop::Failed(ApiError::Transport(TransportCode::Internal))
}

pub(super) fn back_before(field: &str) -> Stop {
    Refused::new(NhsaCode::AlreadyBack, field, "").into()
}
