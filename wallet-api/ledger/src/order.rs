//! 医保订单: the states that an order goes through, and what leads from one to the next. What is not listed is refused.

use serde::{Deserialize, Serialize};

/// Where an order is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OrderState {
    Created,
    /// The bill is there, and what it comes to.
    Uploaded,
    /// The patient has shown who they are; money is being held and collected.
    Authorised,
    Settled,
    PartRefunded,
    Refunded,
    /// Whether the cash was paid could not be learned.
    Unknown,
    /// Taken back by who ordered it, or before it came.
    Revoked,
    /// The books or the cash said no; nothing was moved.
    Failed,
    Expired,
}

/// What happens to an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OrderEvent {
    Upload,
    Authorise,
    /// All of it was paid.
    Settle,
    /// Something said no, and all of it is free again.
    Fail,
    /// The answer to a payment was lost.
    Lose,
    /// A query learned that a payment whose answer was lost was made.
    FoundPaid,
    /// A query learned that it was not.
    FoundUnpaid,
    /// 冲正
    Reverse,
    RefundPart,
    /// What was left came back.
    RefundRest,
    /// The time in which it could be paid is over.
    Expire,
}

use OrderEvent::{
    Authorise, Expire, Fail, FoundPaid, FoundUnpaid, Lose, RefundPart, RefundRest, Reverse, Settle, Upload,
};
use OrderState::{Authorised, Created, Expired, Failed, PartRefunded, Refunded, Revoked, Settled, Unknown, Uploaded};

impl OrderState {
    /// In the order of their numbers; a new state goes to the end.
    pub const ALL: [OrderState; 10] =
        [Created, Uploaded, Authorised, Settled, PartRefunded, Refunded, Unknown, Revoked, Failed, Expired];

    /// The stable number, as stores write it.
    pub fn number(self) -> u8 {
        let at = OrderState::ALL.iter().position(|state| *state == self).unwrap_or_default();
        u8::try_from(at + 1).unwrap_or_default()
    }

    pub fn of_number(number: u8) -> Option<OrderState> {
        OrderState::ALL.into_iter().find(|state| state.number() == number)
    }

    /// Where something leads from here; `None` where it cannot happen.
    pub fn after(self, event: OrderEvent) -> Option<OrderState> {
        ORDER_EDGES.iter().find(|(from, by, _)| (*from, *by) == (self, event)).map(|(_, _, to)| *to)
    }

    /// Whether nothing can happen to it any more.
    pub fn is_final(self) -> bool {
        ORDER_EDGES.iter().all(|(from, ..)| *from != self)
    }
}

/// From, by, to.
pub const ORDER_EDGES: &[(OrderState, OrderEvent, OrderState)] = &[
    (Created, Upload, Uploaded),
    (Created, Fail, Failed),
    (Created, Expire, Expired),
    (Created, Reverse, Revoked),
    (Uploaded, Authorise, Authorised),
    (Uploaded, Fail, Failed),
    (Uploaded, Expire, Expired),
    (Uploaded, Reverse, Revoked),
    (Authorised, Settle, Settled),
    (Authorised, Fail, Failed),
    (Authorised, Lose, Unknown),
    (Authorised, Expire, Expired),
    (Authorised, Reverse, Revoked),
    // No deadline and no retry ends it: only who asks, or takes it back.
    (Unknown, FoundPaid, Settled),
    (Unknown, FoundUnpaid, Failed),
    (Unknown, Reverse, Revoked),
    (Settled, RefundPart, PartRefunded),
    (Settled, RefundRest, Refunded),
    (Settled, Reverse, Revoked),
    (PartRefunded, RefundPart, PartRefunded),
    (PartRefunded, RefundRest, Refunded),
];

#[cfg(test)]
mod tests {
    use super::*;

    const EVENTS: [OrderEvent; 11] =
        [Upload, Authorise, Settle, Fail, Lose, FoundPaid, FoundUnpaid, Reverse, RefundPart, RefundRest, Expire];

    /// Every state by every event, written out: an edge that is added or lost is seen here.
    #[test]
    fn nothing_leads_anywhere_but_what_is_listed() {
        let table: [(OrderState, [Option<OrderState>; 11]); 10] = [
            (
                Created,
                [Some(Uploaded), None, None, Some(Failed), None, None, None, Some(Revoked), None, None, Some(Expired)],
            ),
            (
                Uploaded,
                [
                    None,
                    Some(Authorised),
                    None,
                    Some(Failed),
                    None,
                    None,
                    None,
                    Some(Revoked),
                    None,
                    None,
                    Some(Expired),
                ],
            ),
            (
                Authorised,
                [
                    None,
                    None,
                    Some(Settled),
                    Some(Failed),
                    Some(Unknown),
                    None,
                    None,
                    Some(Revoked),
                    None,
                    None,
                    Some(Expired),
                ],
            ),
            (
                Settled,
                [None, None, None, None, None, None, None, Some(Revoked), Some(PartRefunded), Some(Refunded), None],
            ),
            (PartRefunded, [None, None, None, None, None, None, None, None, Some(PartRefunded), Some(Refunded), None]),
            (Refunded, [None; 11]),
            (Unknown, [None, None, None, None, None, Some(Settled), Some(Failed), Some(Revoked), None, None, None]),
            (Revoked, [None; 11]),
            (Failed, [None; 11]),
            (Expired, [None; 11]),
        ];
        assert_eq!(table.map(|(from, _)| from).len(), OrderState::ALL.len());
        for (from, expected) in table {
            for (event, to) in EVENTS.into_iter().zip(expected) {
                assert_eq!(from.after(event), to, "{from:?} by {event:?}");
            }
        }
    }

    #[test]
    fn money_that_was_paid_is_only_refunded_or_reversed() {
        for event in [Settle, Fail, Lose, Expire] {
            assert_eq!(Settled.after(event), None, "{event:?}");
        }
        let ends: Vec<_> = OrderState::ALL.into_iter().filter(|state| state.is_final()).collect();
        assert_eq!(ends, [Refunded, Revoked, Failed, Expired]);
    }

    #[test]
    fn a_state_keeps_its_number() {
        for (state, number) in OrderState::ALL.into_iter().zip(1..) {
            assert_eq!((state.number(), OrderState::of_number(number)), (number, Some(state)));
        }
        assert_eq!(OrderState::of_number(0), None);
    }
}
