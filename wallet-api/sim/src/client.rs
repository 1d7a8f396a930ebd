//! What clients ask for. They know what they asked before, and get some of it wrong.

use rand::RngExt as _;
use rand_chacha::ChaCha8Rng;
use wallet_ledger::{Command, HoldId, Micros, Purpose, TransferId};

use crate::area::{FUNDING, HOSPITAL, PEOPLE, fen, leg, personal, quota, transfer, wallet};

/// Ids that were used so far, so that later requests can speak of them.
#[derive(Default)]
pub struct Memory {
    next: u128,
    holds: Vec<u128>,
    transfers: Vec<u128>,
}

impl Memory {
    fn transfer(&mut self) -> u128 {
        self.next += 1;
        self.transfers.push(10_000 + self.next);
        10_000 + self.next
    }

    fn some(&self, rng: &mut ChaCha8Rng, of: &[u128]) -> u128 {
        if of.is_empty() { 0 } else { of.get(rng.random_range(0..of.len())).copied().unwrap_or_default() }
    }

    /// A request of somebody.
    pub fn ask(&mut self, rng: &mut ChaCha8Rng, now: Micros) -> Command {
        let n = rng.random_range(0..PEOPLE);
        let other = (n + rng.random_range(1..PEOPLE)) % PEOPLE;
        let amount = rng.random_range(-2..45_000_i64);
        let payer = [personal(n), wallet(n), quota(n)][rng.random_range(0..3)];
        match rng.random_range(-15..100) {
            ..0 => transfer(self.transfer(), Purpose::Credit, vec![leg(FUNDING, personal(n), 2 * amount)]),
            0..22 => transfer(self.transfer(), Purpose::Settle, vec![leg(payer, HOSPITAL, amount)]),
            22..32 => {
                let legs = vec![
                    leg(personal(n), HOSPITAL, amount / 2),
                    leg(wallet(n), HOSPITAL, amount / 3),
                    leg(quota(other), HOSPITAL, amount / 4),
                ];
                transfer(self.transfer(), Purpose::Settle, legs)
            }
            32..42 => transfer(self.transfer(), Purpose::WalletTransfer, vec![leg(wallet(n), wallet(other), amount)]),
            42..50 => transfer(self.transfer(), Purpose::QuotaSet, vec![leg(personal(n), quota(n), amount)]),
            50..55 => transfer(self.transfer(), Purpose::QuotaReturn, vec![leg(quota(n), personal(n), amount)]),
            55..67 => {
                self.next += 1;
                self.holds.push(self.next);
                let legs = vec![leg(payer, HOSPITAL, amount), leg(payer, HOSPITAL, 7)];
                let until = now.plus(rng.random_range(-1_000_000..3_600_000_000));
                Command::Hold { id: HoldId(self.next), purpose: Purpose::Settle, legs, until }
            }
            67..78 => {
                let hold = HoldId(self.some(rng, &self.holds));
                let part = rng.random_range(0..30_000);
                let amounts = rng.random_bool(0.5).then(|| vec![fen(part), fen(rng.random_range(0..9))]);
                Command::Post { hold, id: TransferId(self.transfer()), amounts }
            }
            78..83 => Command::Void { hold: HoldId(self.some(rng, &self.holds)) },
            83..88 => Command::Expire { hold: HoldId(self.some(rng, &self.holds)) },
            88..97 => {
                let of = TransferId(self.some(rng, &self.transfers));
                Command::Refund { id: TransferId(self.transfer()), of, amount: fen(amount / 2) }
            }
            _ => {
                let of = TransferId(self.some(rng, &self.transfers));
                Command::Correct { id: TransferId(self.transfer()), of, reason: 1 }
            }
        }
    }
}
