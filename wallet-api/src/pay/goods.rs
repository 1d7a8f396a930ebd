//! The drugs of a bill: the packs that it takes from, what the monitor sees in it, and where packs go when it is
//! taken back.

use anxin_core::Day;
use anxin_core::text::Lang;
use wallet_ledger::{OrderState, OwnerId};
use wallet_store::{OrderRow, Pack, Take};
use wallet_types::{DrugLine, Id, PackOut, PackUse, PartFrom, RefundStateName, TransportCode};

use super::case::{Bill, Known, told};
use super::order::{Order, Paid};
use super::presettle::{PHARMACY, Presettled};
use super::{named, refused};
use crate::family::day;
use crate::problem::ApiError;
use crate::supervision::{Lack, Look, Noted, Past};
use crate::wallet::{Wallet, instant};

impl Wallet {
    /// # Errors
    /// When a line lacks its code, or a pack is not to be had: which of the reasons is not said.
    pub(super) async fn packs(&self, bill: &Bill, known: &Known) -> Result<Vec<Take>, ApiError> {
        if bill.lines.is_empty() {
            return Ok(Vec::new());
        }
        let today = day(self.now()).ok_or_else(|| refused(TransportCode::Internal))?;
        let takes = self.pay.supervision.takes(&bill.lines, &known.provider.kind, known.kind == "inpatient", today);
        let takes = takes.map_err(|Lack { field, rule }| named(TransportCode::TraceMissing, &field, rule))?;
        match self.desk.pack_short(&takes).await? {
            Some(trace) => Err(self.pack_taken(bill, &trace)),
            None => Ok(takes),
        }
    }

    /// Whether a single line has what is asked of it, before there is a bill.
    pub(crate) fn line_lacks(&self, line: &DrugLine, kind: &str, inpatient: bool) -> Result<(), ApiError> {
        let today = day(self.now()).ok_or_else(|| refused(TransportCode::Internal))?;
        let takes = self.pay.supervision.takes(std::slice::from_ref(line), kind, inpatient, today);
        takes.map(drop).map_err(|Lack { field, rule }| named(TransportCode::TraceMissing, &field, rule))
    }

    /// Whether the area asks for the packs of a drug.
    pub(crate) fn is_listed(&self, drug: &str) -> bool {
        self.pay.supervision.lists(drug)
    }

    pub(super) fn pack_taken(&self, bill: &Bill, trace: &str) -> ApiError {
        tracing::warn!(institution = format!("{:032x}", bill.institution.0), "a pack was sold before");
        self.metrics.alarmed("pack_reused");
        let line = bill.lines.iter().position(|line| line.codes.iter().any(|code| code == trace));
        named(TransportCode::PackTaken, &format!("lines[{}].codes", line.unwrap_or_default()), "")
    }

    /// What the monitor sees in a bill beside what the patient had settled before.
    pub(super) fn noted(
        &self,
        bill: &Bill,
        known: &Known,
        pre: &Presettled,
        before: Vec<OrderRow>,
    ) -> Result<Vec<Noted>, ApiError> {
        let orders = before.into_iter().map(Order::of).collect::<Result<Vec<Order>, _>>()?;
        let past: Vec<Past<'_>> = orders.iter().filter_map(past).collect();
        let relatives = pre.parts.iter().filter(|part| part.from == PartFrom::Relative);
        let now = Look {
            on: known.on,
            institution: bill.institution,
            pharmacy: known.provider.kind == PHARMACY,
            kind: known.kind,
            total: pre.figures.medfee_sumamt_fen,
            relatives: relatives.filter_map(|part| part.relation.map(|id| id.0)).collect(),
            lines: &bill.lines,
        };
        Ok(self.pay.supervision.findings(&now, &past))
    }

    /// What was handed over comes back to be looked at; what never was is free.
    pub(super) async fn packs_back(&self, order: &Order, bill: &Paid) -> Result<(), ApiError> {
        if bill.lines.is_empty() {
            return Ok(());
        }
        let now = self.now();
        match bill.handed {
            true => self.desk.hold_back_packs(order.id, None, now).await?,
            false => {
                self.desk.free_packs(order.id, now).await?;
                self.desk.free_rx(order.id).await?;
            }
        }
        Ok(())
    }

    /// A pack with all its sales, for an auditor and the area. An institution that asks is told nothing of others.
    pub(crate) async fn pack(&self, trace: &str) -> Result<PackOut, ApiError> {
        let pack = self.desk.pack(trace).await?.ok_or_else(|| refused(TransportCode::NotFound))?;
        let Pack { trace, drug, content, sold, held_back, uses: sales } = pack;
        let mut uses = Vec::new();
        for sale in sales {
            uses.push(PackUse {
                order: Id(sale.sale),
                institution: self.desk.institution(sale.institution).await?,
                units: sale.units,
                at: instant(sale.at),
                ended_at: sale.ended_at.map(instant),
            });
        }
        Ok(PackOut { code: trace, drug, content, sold, held_back: held_back.is_some(), uses })
    }

    /// # Errors
    /// When there is no such pack, or it does not wait to be looked at.
    pub(crate) async fn look_at_pack(&self, trace: &str, sound: bool) -> Result<PackOut, ApiError> {
        self.pack(trace).await?;
        match self.desk.look_at_pack(trace, sound).await? {
            true => self.pack(trace).await,
            false => Err(named(TransportCode::OrderState, "held_back", "true")),
        }
    }
}

/// An order as the monitor looks back at it.
fn past(order: &Order) -> Option<Past<'_>> {
    let settled = matches!(order.state, OrderState::Settled | OrderState::PartRefunded | OrderState::Refunded);
    let bill = order.bill.as_ref().filter(|_| settled)?;
    let told = told(&bill.visit).ok()?;
    let cash_back = bill.refunds.iter().filter(|r| r.state == RefundStateName::Done && !r.cash.is_zero());
    let cash_back: Vec<Day> = cash_back.filter_map(|refund| day(refund.at)).collect();
    let relatives = bill.parts.iter().filter(|part| part.from == PartFrom::Relative);
    let look = Look {
        on: told.on,
        institution: OwnerId(order.institution.0),
        pharmacy: bill.pharmacy,
        kind: told.kind,
        total: bill.figures.medfee_sumamt_fen,
        relatives: relatives.filter_map(|part| part.relation.map(|id| id.0)).collect(),
        lines: &bill.lines,
    };
    Some(Past { look, gone: order.state == OrderState::Refunded, cash_back })
}

/// # Errors
/// When something that the monitor saw keeps the bill from being settled.
pub(super) fn not_blocked(noted: &[Noted]) -> Result<(), ApiError> {
    match noted.iter().find(|noted| noted.blocks) {
        Some(noted) => Err(named(TransportCode::RuleBlocks, "lines", noted.sentence(Lang::Zh))),
        None => Ok(()),
    }
}
