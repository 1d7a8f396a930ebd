//! An order: what was asked for, what it came to, and what has become of it. It is changed only from the version that
//! was read, and together with the year that it counts toward.

use std::collections::BTreeSet;

use anxin_core::Fen;
use anxin_core::benefit::{Visit, YearToDate};
use anxin_core::rules::Certainty;
use serde::{Deserialize, Serialize};
use wallet_ledger::{AccountId, Leg, Micros, OrderEvent, OrderState, OwnerId};
use wallet_store::{OrderRow, Uses, Written, YearChange};
use wallet_types::{CashMeans, CashState, DrugLine, Figures, Part, PartFrom, RefundStateName, TransportCode};

use super::case::read_year;
use super::{named, refused, year};
use crate::cells::FarLeg;
use crate::problem::ApiError;
use crate::wallet::Wallet;

/// How often a change is tried again when others change the same year.
const TRIES: usize = 8;

/// An order with all that is kept of it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Order {
    pub id: u128,
    pub institution: OwnerId,
    pub state: OrderState,
    pub made_at: Micros,
    pub changed_at: Micros,
    /// `None` where only its reversal came.
    pub bill: Option<Paid>,
    pub(super) version: i64,
}

/// What an order is for, and what was paid of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Paid {
    pub patient: u128,
    pub figures: Figures,
    pub parts: Vec<Part>,
    pub cash: Cash,
    pub certainty: Certainty,
    pub refunds: Vec<Refund>,
    /// A code of the register of errors.
    pub why: Option<String>,
    pub visit: Visit,
    #[serde(default)]
    pub lines: Vec<DrugLine>,
    /// Whether it was at a pharmacy.
    #[serde(default)]
    pub pharmacy: bool,
    /// Whether it was ever settled: then what was bought has left the counter.
    #[serde(default)]
    pub handed: bool,
    /// Of the funds' part, how much of what came back the year does not count any more.
    #[serde(default)]
    pub(super) year_back: Fen,
    /// Hash of the request: the same key with another one is refused.
    pub(super) asked: String,
    pub(super) legs: Vec<Leg>,
    /// What accounts of other areas pay.
    #[serde(default)]
    pub(super) afar: Vec<FarLeg>,
    pub(super) lasting: Vec<AccountId>,
    pub(super) year: i64,
    pub(super) before: YearToDate,
    pub(super) after: YearToDate,
    /// Of an order that came to nothing: whether all that it held or took is back.
    pub(super) undone: bool,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Cash {
    pub means: CashMeans,
    pub amount: Fen,
    pub state: CashState,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Refund {
    pub id: u128,
    pub amount: Fen,
    /// Of it in cash: what was paid last comes back first.
    pub cash: Fen,
    pub state: RefundStateName,
    pub at: Micros,
    pub why: Option<String>,
    /// Packs that came back with it.
    #[serde(default)]
    pub packs: Vec<String>,
    /// Why, in the institution's words.
    #[serde(default)]
    pub reason: Option<String>,
}

/// What a change of an order does to the year that it counts toward.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum YearEffect {
    Nothing,
    /// So much of the funds' part has come back in all.
    Back(Fen),
    /// Nothing of it counts any more.
    All,
}

impl YearEffect {
    /// The year without and with what is to be taken off, as this order alone makes it.
    fn on(self, bill: &mut Paid) -> Option<(YearToDate, YearToDate)> {
        let funds = bill.figures.fund_pay_sumamt_fen;
        let left = |back: Fen| year::rest(&bill.before, &bill.after, funds, back);
        let counted = left(bill.year_back);
        match self {
            YearEffect::Nothing => None,
            YearEffect::Back(back) if back <= bill.year_back => None,
            YearEffect::Back(back) => {
                let rest = left(back);
                bill.year_back = back;
                Some((rest, counted))
            }
            YearEffect::All => Some((bill.before.clone(), counted)),
        }
    }
}

impl Paid {
    pub(super) fn of_people(&self) -> Fen {
        self.paid_by(|from| from != PartFrom::Fund)
    }

    pub(super) fn of_funds(&self) -> Fen {
        self.paid_by(|from| from == PartFrom::Fund)
    }

    fn paid_by(&self, which: impl Fn(PartFrom) -> bool) -> Fen {
        let parts = self.parts.iter().filter(|part| which(part.from)).map(|part| part.amount_fen);
        Fen::checked_sum(parts).unwrap_or_default()
    }

    /// What came back in the books.
    pub(super) fn booked_back(&self) -> Fen {
        booked(&self.refunds)
    }

    /// What had come back in the books before a refund.
    pub(super) fn booked_before(&self, refund: u128) -> Fen {
        booked(self.refunds.iter().take_while(|before| before.id != refund))
    }

    /// Of what came back, what was the funds': all that is more than the people's part.
    pub(super) fn funds_back(&self) -> Fen {
        self.booked_back().above(self.of_people())
    }

    /// The packs that its drugs are from, each once, with the drug.
    pub(super) fn packs(&self) -> Vec<(&str, &str)> {
        let all = self.lines.iter().flat_map(|line| line.codes.iter().map(|code| (line.drug.as_str(), code.as_str())));
        let mut seen = BTreeSet::new();
        all.filter(|(_, code)| seen.insert(*code)).collect()
    }

    /// Whether a pack came back with a refund, or is on its way.
    pub(super) fn is_back(&self, pack: &str) -> bool {
        let counted = self.refunds.iter().filter(|refund| refund.state != RefundStateName::Refused);
        counted.flat_map(|refund| &refund.packs).any(|code| code == pack)
    }

    /// What was paid in all.
    pub(crate) fn total(&self) -> Fen {
        Fen::checked_sum(self.parts.iter().map(|part| part.amount_fen).chain([self.cash.amount])).unwrap_or_default()
    }

    /// What came back or is on its way: of all, and of the cash.
    pub(crate) fn given_back(&self) -> (Fen, Fen) {
        given(&self.refunds)
    }

    /// The same before a refund.
    pub(super) fn given_before(&self, refund: u128) -> (Fen, Fen) {
        let before = self.refunds.iter().position(|there| there.id == refund);
        given(self.refunds.get(..before.unwrap_or(self.refunds.len())).unwrap_or_default())
    }
}

fn given(refunds: &[Refund]) -> (Fen, Fen) {
    let counted = || refunds.iter().filter(|refund| refund.state != RefundStateName::Refused);
    let sum = |of: fn(&Refund) -> Fen| Fen::checked_sum(counted().map(of)).unwrap_or_default();
    (sum(|refund| refund.amount), sum(|refund| refund.cash))
}

fn booked<'r>(refunds: impl IntoIterator<Item = &'r Refund>) -> Fen {
    let done = refunds.into_iter().filter(|refund| refund.state == RefundStateName::Done);
    Fen::checked_sum(done.map(|refund| refund.amount.above(refund.cash))).unwrap_or_default()
}

impl Order {
    fn row(&self) -> Result<OrderRow, ApiError> {
        let body = serde_json::to_string(&self.bill).map_err(|_| refused(TransportCode::Internal))?;
        Ok(OrderRow {
            id: self.id,
            institution: self.institution,
            patient: self.bill.as_ref().map(|bill| OwnerId(bill.patient)),
            state: self.state,
            version: self.version,
            made_at: self.made_at,
            changed_at: self.changed_at,
            body,
        })
    }

    pub(crate) fn of(row: OrderRow) -> Result<Order, ApiError> {
        let bill = serde_json::from_str(&row.body).map_err(|_| refused(TransportCode::Internal))?;
        let OrderRow { id, institution, state, version, made_at, changed_at, .. } = row;
        Ok(Order { id, institution, state, made_at, changed_at, bill, version })
    }

    /// Whether accounts of other areas pay for it.
    pub(super) fn is_afar(&self) -> bool {
        self.bill.as_ref().is_some_and(|bill| !bill.afar.is_empty())
    }

    pub(super) fn not_in_this_state(&self) -> ApiError {
        let state = serde_json::to_value(self.state).ok();
        let state = state.as_ref().and_then(serde_json::Value::as_str).unwrap_or_default().to_owned();
        named(TransportCode::OrderState, "state", state)
    }

    /// The same, when it is known that no cash was taken for it.
    pub(super) fn uncollected(mut self) -> Order {
        if let Some(cash) = self.bill.as_mut().map(|bill| &mut bill.cash).filter(|cash| !cash.amount.is_zero()) {
            cash.state = CashState::Refused;
        }
        self
    }

    /// # Errors
    /// When it leads nowhere from here.
    pub(super) fn by(&self, event: OrderEvent) -> Result<OrderState, ApiError> {
        self.state.after(event).ok_or_else(|| self.not_in_this_state())
    }
}

impl Wallet {
    pub(super) async fn any_order(&self, id: u128) -> Result<Option<Order>, ApiError> {
        self.desk.any_order(id).await?.map(Order::of).transpose()
    }

    /// Keeps a new order, with what it uses up and what it adds to the year. `None` where there is one already.
    pub(super) async fn begin(
        &self,
        order: Order,
        uses: Uses<'_>,
        year_version: i64,
    ) -> Result<Option<Order>, ApiError> {
        let change = order.bill.as_ref().map(|bill| change(bill, year_version, &bill.after)).transpose()?;
        match self.desk.begin_order(&order.row()?, &Uses { year: change.as_ref(), ..uses }).await? {
            Written::Done => Ok(Some(order)),
            Written::OrderMoved => Ok(None),
            Written::TokenSpent => Err(refused(TransportCode::TokenRefused)),
            Written::YearMoved => Err(refused(TransportCode::FiguresChanged)),
            Written::PackShort(_) => {
                self.metrics.alarmed("pack_reused");
                Err(named(TransportCode::PackTaken, "lines", ""))
            }
            Written::RxGone(_) => Err(named(TransportCode::RxMissing, "lines", "")),
        }
    }

    /// Keeps an order as it is now, with what that does to the year. `None` where somebody else changed it meanwhile.
    pub(super) async fn keep(&self, mut order: Order, effect: YearEffect) -> Result<Option<Order>, ApiError> {
        order.changed_at = self.now();
        let less = order.bill.as_mut().and_then(|bill| effect.on(bill));
        for _ in 0..TRIES {
            let change = match (&order.bill, &less) {
                (Some(bill), Some((low, high))) => {
                    let row = self.desk.benefit_year(OwnerId(bill.patient), bill.year).await?;
                    Some(change(bill, row.version, &year::without(&read_year(&row)?, low, high))?)
                }
                _ => None,
            };
            match self.desk.change_order(&order.row()?, change.as_ref()).await? {
                Written::Done => return Ok(Some(Order { version: order.version + 1, ..order })),
                Written::OrderMoved => return Ok(None),
                Written::YearMoved | Written::TokenSpent | Written::PackShort(_) | Written::RxGone(_) => {}
            }
        }
        Err(refused(TransportCode::Busy))
    }

    /// An order that is known to be there, as it is now.
    pub(super) async fn again(&self, id: u128) -> Result<Order, ApiError> {
        self.any_order(id).await?.ok_or_else(|| refused(TransportCode::Internal))
    }
}

fn change(bill: &Paid, from_version: i64, year: &YearToDate) -> Result<YearChange, ApiError> {
    let body = serde_json::to_string(year).map_err(|_| refused(TransportCode::Internal))?;
    Ok(YearChange { owner: OwnerId(bill.patient), year: bill.year, from_version, body })
}
