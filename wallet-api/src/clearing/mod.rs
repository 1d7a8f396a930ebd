//! 清算: what was settled is declared, reviewed by two people, and paid to the institution within the time that is set
//! for it. Whatever was declared once is not declared again; what comes back later is taken off a later batch.

mod advances;
mod calendar;
mod differences;
mod flow;
mod items;
mod proposals;
mod standing;
mod statement;
mod steps;

use std::collections::BTreeSet;

use anxin_core::text::Lang;
use anxin_core::{Day, Fen, Refusal, RefusalCode};
use serde::{Deserialize, Serialize};
use wallet_ledger::{Micros, OwnerId};
use wallet_store::{Actor, BatchRow, ClearingItem};
use wallet_types::{
    BatchLine, BatchOfOrders, BatchState, BatchesOfOrders, DeclareAsk, Deduction, FundName, Id, PeriodKind, StepTaken,
    TransportCode,
};

use crate::family::day;
use crate::pay::Order;
use crate::problem::ApiError;
use crate::wallet::{Key, Operation, Wallet, derived, instant};

pub(crate) use advances::Recovery;
pub(crate) use calendar::Calendar;
pub(crate) use differences::{Found, sums_of};
pub(crate) use standing::in_standing;

/// 申报截止次日起不超过20个工作日: 《国家医疗保障局办公室关于全面推进医保基金即时结算改革扩面提质的通知》, as Xinhua reported it
/// on 2025-10-16. Counted here from the day after it was declared, which is never later.
const PAID_WITHIN: u32 = 20;
/// Orders that are looked through at once.
const PAGE: u32 = 200;
const BATCHES: u32 = 200;

/// A batch with all that is kept of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Batch {
    period: PeriodKind,
    from: String,
    to: String,
    state: BatchState,
    items: u64,
    pooled: Fen,
    account: Fen,
    deductions: Vec<Deduction>,
    /// What made up for 预付金 when it was paid.
    #[serde(default)]
    recovered: Fen,
    steps: Vec<StepTaken>,
}

impl Batch {
    /// What is left of one fund's part after deductions.
    fn payable(&self, fund: FundName) -> Fen {
        let whole = if fund == FundName::Pooled { self.pooled } else { self.account };
        let of_fund = self.deductions.iter().filter(|deduction| deduction.fund == fund);
        whole.above(Fen::checked_sum(of_fund.map(|deduction| deduction.amount_fen)).unwrap_or(whole))
    }
}

fn refused(code: TransportCode) -> ApiError {
    ApiError::Transport(code)
}

fn field(field: &str, accepted: impl Into<String>) -> ApiError {
    Refusal::new(RefusalCode::OutOfRange, field, accepted).into()
}

/// The last day of a period that begins on its first.
fn last_day(period: PeriodKind, from: Day) -> Option<Day> {
    let text = from.to_string();
    let (year, rest) = text.split_once('-')?;
    let year: i16 = year.parse().ok()?;
    match period {
        PeriodKind::Day => Some(from),
        PeriodKind::Month => {
            let (month, day) = rest.split_once('-')?;
            let month: i8 = month.parse().ok()?;
            let next = if month == 12 { Day::new(year + 1, 1, 1) } else { Day::new(year, month + 1, 1) };
            next.filter(|_| day == "01")?.yesterday()
        }
        PeriodKind::Year => Day::new(year, 12, 31).filter(|_| rest == "01-01"),
    }
}

impl Wallet {
    /// 申报: once for each key.
    ///
    /// # Errors
    /// When the period is not over, or nothing of it is left to declare.
    pub(crate) async fn declare_batch(
        &self,
        institution: OwnerId,
        key: &str,
        ask: &DeclareAsk,
    ) -> Result<BatchOfOrders, ApiError> {
        let today = day(self.now()).ok_or_else(|| refused(TransportCode::Internal))?;
        let from = Day::parse(&ask.from).ok_or_else(|| field("from", "yyyy-mm-dd"))?;
        let to = last_day(ask.period, from).ok_or_else(|| field("from", "the first day of the period"))?;
        if to >= today {
            return Err(field("from", format!("a period that ends before {today}")));
        }
        let key = Key { tenant: institution.0, operation: Operation::DeclareBatch, key: key.to_owned() };
        let id = derived(&key, 0);
        if let Some(before) = self.desk.clearing_batch(Actor::Institution(institution), id).await? {
            let batch = read(&before)?;
            return match (batch.period, batch.from.as_str()) == (ask.period, ask.from.as_str()) {
                true => self.batch_out(&before, false).await,
                false => Err(refused(TransportCode::KeyReused)),
            };
        }
        let items = self.undeclared(institution, to).await?;
        let sum = |of: fn(&ClearingItem) -> Fen| Fen::checked_sum(items.iter().map(of));
        let nothing = || refused(TransportCode::NothingToClear);
        let (pooled, account) = (sum(|item| item.pooled), sum(|item| item.account));
        let (pooled, account) = pooled.zip(account).ok_or_else(nothing)?;
        if items.is_empty() || pooled.is_negative() || account.is_negative() {
            return Err(nothing());
        }
        let batch = Batch {
            period: ask.period,
            from: from.to_string(),
            to: to.to_string(),
            state: BatchState::Declared,
            items: u64::try_from(items.len()).unwrap_or(u64::MAX),
            pooled,
            account,
            deductions: Vec::new(),
            recovered: Fen::ZERO,
            steps: Vec::new(),
        };
        let row = BatchRow { id, institution, version: 1, made_at: self.now(), body: written(&batch)? };
        if !self.desk.declare_batch(&row, &items).await? {
            return Err(refused(TransportCode::Busy));
        }
        self.batch_out(&self.row(Actor::Area, id).await?, false).await
    }

    /// Everything until the end of a day that is in no batch.
    async fn undeclared(&self, institution: OwnerId, to: Day) -> Result<Vec<ClearingItem>, ApiError> {
        let (mut since, mut after, mut all) = (self.declared_until(institution).await?, 0, Vec::new());
        loop {
            let rows = self.desk.orders_changed(institution, since, after, PAGE).await?;
            let Some(last) = rows.last() else { break };
            (since, after) = (last.changed_at, last.id);
            for row in rows {
                all.extend(items::items(&Order::of(row)?));
            }
        }
        // An order that changes while they are looked through is met twice.
        let mut met = BTreeSet::new();
        all.retain(|item: &ClearingItem| day(item.at).is_some_and(|day| day <= to) && met.insert(item.id));
        Ok(self.desk.undeclared(all).await?)
    }

    /// From when on there may be something that is in no batch. A batch takes all that is left until its end, so that
    /// is the beginning of the last day of the last one, unless some were withdrawn.
    async fn declared_until(&self, institution: OwnerId) -> Result<Micros, ApiError> {
        const DAY: i64 = 86_400_000_000;
        const CHINA: i64 = 8 * 3_600_000_000;
        let rows = self.desk.clearing_batches(Actor::Institution(institution), BATCHES).await?;
        let batches = rows.iter().map(read).collect::<Result<Vec<Batch>, _>>()?;
        let last = batches.iter().filter_map(|batch| Day::parse(&batch.to)).max();
        let withdrawn = batches.iter().any(|batch| batch.state == BatchState::Withdrawn);
        let since = match (last, Day::new(1970, 1, 1)) {
            (Some(last), Some(first)) if !withdrawn => i64::from(first.days_until(last)) * DAY - CHINA,
            _ => 0,
        };
        Ok(Micros(since))
    }

    async fn row(&self, actor: Actor, id: u128) -> Result<BatchRow, ApiError> {
        self.desk.clearing_batch(actor, id).await?.ok_or_else(|| refused(TransportCode::NotFound))
    }

    /// A batch with its statement.
    pub(crate) async fn clearing_batch(&self, actor: Actor, id: u128) -> Result<BatchOfOrders, ApiError> {
        self.batch_out(&self.row(actor, id).await?, true).await
    }

    /// The same as a table for spreadsheets.
    pub(crate) async fn clearing_csv(&self, actor: Actor, id: u128, lang: Lang) -> Result<Vec<u8>, ApiError> {
        let batch = self.clearing_batch(actor, id).await?;
        statement::csv_of(&batch, lang).ok_or_else(|| refused(TransportCode::Internal))
    }

    pub(crate) async fn clearing_batches(&self, actor: Actor) -> Result<BatchesOfOrders, ApiError> {
        let mut batches = Vec::new();
        for row in self.desk.clearing_batches(actor, BATCHES).await? {
            batches.push(self.batch_out(&row, false).await?);
        }
        Ok(BatchesOfOrders { batches })
    }

    async fn batch_out(&self, row: &BatchRow, statement: bool) -> Result<BatchOfOrders, ApiError> {
        let batch = read(row)?;
        let calendar = &self.pay.calendar;
        let clock = day(row.made_at).and_then(|from| Some((from, calendar.after(from, PAID_WITHIN)?)));
        let holidays = clock.map(|(from, due)| calendar.holidays(from, due)).unwrap_or_default();
        let due = clock.map(|(_, due)| due);
        let open = !matches!(batch.state, BatchState::Paid | BatchState::Withdrawn);
        let over = |due: &Day| day(self.now()).is_some_and(|today| today > *due);
        let items = if statement { self.desk.clearing_items(row.id).await? } else { Vec::new() };
        let line = |item: &ClearingItem| BatchLine {
            order: Id(item.order),
            at: instant(item.at),
            pooled_fen: item.pooled,
            account_fen: item.account,
        };
        Ok(BatchOfOrders {
            id: Id(row.id),
            institution: self.desk.institution(row.institution).await?,
            payable_pooled_fen: batch.payable(FundName::Pooled),
            payable_account_fen: batch.payable(FundName::Account),
            recovered_fen: batch.recovered,
            period: batch.period,
            from: batch.from,
            to: batch.to,
            state: batch.state,
            items: batch.items,
            pooled_fen: batch.pooled,
            account_fen: batch.account,
            deductions: batch.deductions,
            declared_at: instant(row.made_at),
            late: open && due.as_ref().is_some_and(over),
            due_on: due.map(|due| due.to_string()),
            holidays: holidays.iter().map(ToString::to_string).collect(),
            steps: batch.steps,
            lines: items.iter().map(line).collect(),
        })
    }
}

fn read(row: &BatchRow) -> Result<Batch, ApiError> {
    serde_json::from_str(&row.body).map_err(|_| refused(TransportCode::Internal))
}

fn written(batch: &Batch) -> Result<String, ApiError> {
    serde_json::to_string(batch).map_err(|_| refused(TransportCode::Internal))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_period_begins_on_its_first_day_and_ends_on_its_last() {
        let last = |period, from: &str| last_day(period, Day::parse(from).unwrap()).map(|day| day.to_string());
        assert_eq!(last(PeriodKind::Day, "2026-11-02").as_deref(), Some("2026-11-02"));
        assert_eq!(last(PeriodKind::Month, "2026-02-01").as_deref(), Some("2026-02-28"));
        assert_eq!(last(PeriodKind::Month, "2026-12-01").as_deref(), Some("2026-12-31"));
        assert_eq!(last(PeriodKind::Year, "2026-01-01").as_deref(), Some("2026-12-31"));
        assert_eq!(last(PeriodKind::Month, "2026-02-02"), None);
        assert_eq!(last(PeriodKind::Year, "2026-02-01"), None);
    }
}
