//! What stands out to an auditor, and what does not.

use std::collections::BTreeMap;

use anxin_core::Fen;
use wallet_ledger::{
    AccountId, AccountKind, Flag, Holder, Leg, Micros, Movement, OwnerId, Pattern, Patterns, Purpose, TransferId, flags,
};

const DAY: i64 = 86_400_000_000;
const SHOP: u128 = 100;

/// Wallets are numbered as their owners, the shop is 100, and 200 + n are quotas for person 1.
fn holders() -> BTreeMap<AccountId, Holder> {
    let wallets = (1..20).map(|n| (AccountId(n), Holder { kind: AccountKind::Wallet, owner: OwnerId(n) }));
    let shop = (AccountId(SHOP), Holder { kind: AccountKind::Institution, owner: OwnerId(SHOP) });
    let quota = |n: u128| (AccountId(200 + n), Holder { kind: AccountKind::Quota, owner: OwnerId(1) });
    wallets.chain([shop]).chain((0..9).map(quota)).collect()
}

/// Lines in their order, an hour apart: purpose, from, to, fen, and the line whose transfer is given back.
fn journal(lines: &[(Purpose, u128, u128, i64, Option<u64>)]) -> Vec<Movement> {
    let movement = |(line, (purpose, from, to, fen, of)): (u64, &(Purpose, u128, u128, i64, Option<u64>))| Movement {
        line,
        at: Micros(i64::try_from(line).unwrap() * DAY / 24),
        transfer: TransferId(u128::from(line)),
        purpose: *purpose,
        legs: vec![Leg { from: AccountId(*from), to: AccountId(*to), amount: Fen::new(*fen).unwrap() }],
        of: of.map(|of| TransferId(of.into())),
    };
    (0..).zip(lines).map(movement).collect()
}

fn sent(ways: &[(u128, u128)]) -> Vec<Flag> {
    let lines: Vec<_> = ways.iter().map(|(from, to)| (Purpose::WalletTransfer, *from, *to, 5_000, None)).collect();
    flags(&journal(&lines), &holders(), &Patterns::default())
}

fn owners(flag: &Flag) -> Vec<u128> {
    flag.owners.iter().map(|owner| owner.0).collect()
}

#[test]
fn a_ring_of_four_is_seen_and_a_chain_of_two_is_not() {
    let ring = sent(&[(9, 1), (1, 2), (2, 3), (3, 4), (4, 1)]);
    let of_ring: Vec<_> = ring.iter().filter(|flag| flag.pattern == Pattern::Ring).collect();
    assert_eq!(of_ring.len(), 1);
    assert_eq!((owners(of_ring[0]), of_ring[0].lines.clone()), (vec![1, 2, 3, 4, 1], vec![1, 2, 3, 4]));
    assert_eq!(of_ring[0].amount.get(), 5_000);
    assert_eq!(sent(&[(1, 2), (2, 3)]), []);
    assert_eq!(sent(&[(1, 2), (2, 1), (1, 2), (2, 1)]), [], "two who send to each other");
    assert_eq!(sent(&[(3, 1), (2, 3), (1, 2)]), [], "nothing was passed on: each sent before it got something");
}

#[test]
fn a_long_chain_is_seen_once() {
    let chain = sent(&[(1, 2), (2, 3), (3, 4), (4, 5), (5, 6)]);
    assert_eq!(chain.len(), 1);
    assert_eq!((chain[0].pattern, owners(&chain[0])), (Pattern::Chain, vec![1, 2, 3, 4, 5]));
    assert_eq!(sent(&[(1, 2), (2, 3), (3, 4)]), []);
}

#[test]
fn round_sums_at_one_shop_are_seen() {
    let round: Vec<_> = (0..5).map(|_| (Purpose::Settle, 1, SHOP, 20_000, None)).collect();
    let found = flags(&journal(&round), &holders(), &Patterns::default());
    assert_eq!(found.iter().map(|f| (f.pattern, f.lines.len())).collect::<Vec<_>>(), [(Pattern::RoundSums, 5)]);
    assert_eq!((owners(&found[0]), found[0].amount.get()), (vec![1, SHOP], 100_000));
    let odd: Vec<_> = (0..9).map(|n| (Purpose::Settle, 1, SHOP, 20_001 + n, None)).collect();
    assert_eq!(flags(&journal(&odd), &holders(), &Patterns::default()), []);
    let of_many: Vec<_> = (1..9).map(|who| (Purpose::Settle, who, SHOP, 20_000, None)).collect();
    assert_eq!(flags(&journal(&of_many), &holders(), &Patterns::default()), [], "each of them bought once");
}

#[test]
fn settlements_taken_back_again_and_again_are_seen() {
    let pair = |n: u64| [(Purpose::Settle, 1, SHOP, 12_345, None), (Purpose::Refund, SHOP, 1, 12_345, Some(2 * n))];
    let three: Vec<_> = (0..3).flat_map(pair).collect();
    let found = flags(&journal(&three), &holders(), &Patterns::default());
    assert_eq!(
        found.iter().map(|f| (f.pattern, f.lines.clone())).collect::<Vec<_>>(),
        [(Pattern::TakenBack, vec![1, 3, 5])]
    );
    assert_eq!(flags(&journal(&three[..4]), &holders(), &Patterns::default()), []);
}

#[test]
fn many_relatives_in_one_shop_on_one_day_are_seen() {
    let by = |n: u128| (Purpose::Settle, 200 + n, SHOP, 3_333, None);
    let found = flags(&journal(&[by(0), by(1), by(2), by(3)]), &holders(), &Patterns::default());
    assert_eq!(
        found.iter().map(|f| (f.pattern, owners(f))).collect::<Vec<_>>(),
        [(Pattern::ManySharers, vec![1, SHOP])]
    );
    assert_eq!(flags(&journal(&[by(0), by(1), by(2), by(0)]), &holders(), &Patterns::default()), []);
    let spread: Vec<_> = (0..4).flat_map(|n| std::iter::repeat_n(by(n), 24)).collect();
    assert_eq!(flags(&journal(&spread), &holders(), &Patterns::default()), [], "one a day");
}
