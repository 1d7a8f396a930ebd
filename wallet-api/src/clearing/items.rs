//! What institutions are owed: every order that was settled, and whatever took some of it back, as items that are
//! declared once.

use anxin_core::Fen;
use wallet_ledger::OrderState;
use wallet_store::ClearingItem;
use wallet_types::{PartFrom, RefundStateName};

use crate::pay::Order;
use crate::wallet::{Key, Operation, derived};

/// The items of an order, in the order in which they came about.
pub(super) fn items(order: &Order) -> Vec<ClearingItem> {
    let Some(bill) = order.bill.as_ref().filter(|bill| bill.handed) else { return Vec::new() };
    let sum = |funds: bool| {
        let of = bill.parts.iter().filter(|part| (part.from == PartFrom::Fund) == funds);
        Fen::checked_sum(of.map(|part| part.amount_fen)).unwrap_or_default()
    };
    let (pooled, account) = (sum(true), sum(false));
    let item = |id, at, pooled: Fen, account: Fen| ClearingItem { id, order: order.id, at, pooled, account };
    let mut items = vec![item(order.id, order.made_at, pooled, account)];
    if order.state == OrderState::Revoked {
        let key = Key { tenant: order.id, operation: Operation::OrderUndo, key: "item".into() };
        items.push(item(derived(&key, 0), order.changed_at, -pooled, -account));
        return items;
    }
    // What people paid comes back before what the funds paid.
    let mut left = account;
    for refund in bill.refunds.iter().filter(|refund| refund.state == RefundStateName::Done) {
        let booked = refund.amount.above(refund.cash);
        let of_people = booked.min(left);
        left = left.above(of_people);
        items.push(item(refund.id, refund.at, -booked.above(of_people), -of_people));
    }
    items
}
