//! Two provinces that know of each other, from the beginning of a load to the moment when everybody agrees.

use serde_json::json;

use super::load::Work;
use super::{AREAS, Bill, Client, Ground, HOME, HOSPITAL, Load, Province, SONS, until};

pub struct Pair {
    pub provinces: [Province; 2],
    pub load: Load,
    pub ground: Ground,
    clients: [Client; 2],
    /// Settled before the load began.
    bills: Vec<Bill>,
}

impl Pair {
    /// Two provinces that have told each other of their people, and clients of the hospital's at work.
    pub fn under(work: Work, ground: Ground, brokers: Option<String>) -> Pair {
        let provinces = [HOME, HOSPITAL].map(|at| Province::new(at, &ground, brokers.clone()));
        let mut clients = [HOME, HOSPITAL].map(|at| ground.client(at));
        let bills = acquainted(&mut clients[HOSPITAL]);
        let load = Load::start(&ground, work);
        Pair { provinces, load, ground, clients, bills }
    }

    /// Ends the load. Whatever happened: each bill was paid or was not, the son paid for exactly those that were and did not
    /// come back, the window comes to the same for both, and the journals are what the books say. Gives how many bills there
    /// were, and what the son paid.
    pub fn agreed(self) -> (usize, i64) {
        let Pair { mut provinces, load, mut clients, mut bills, ground: _ground } = self;
        bills.extend(load.end());
        let paid = paid(&mut clients[HOSPITAL], &bills);
        until("the son has paid that", || sons(&mut clients[HOME]).filter(|left| *left == SONS - paid));
        for client in clients.iter_mut() {
            client.post("area1", "wallet/cells/windows", "close", &json!({}));
        }
        let sums = [HOME, HOSPITAL].map(|at| until("the window is closed", || closed(&mut clients[at])));
        assert_eq!(sums, [[paid, 0], [0, paid]]);
        for (client, peer) in clients.iter_mut().zip([AREAS[HOSPITAL], AREAS[HOME]]) {
            let compared = client.get("area1", "wallet/cells/windows/1/differences");
            let of_peer = &compared["areas"][0];
            assert_eq!(
                (&of_peer["area"], &of_peer["differences"]),
                (&json!(peer.to_string()), &json!([])),
                "{compared}"
            );
            assert!(of_peer["compared"].as_u64().is_some_and(|count| count > 0), "{compared}");
        }
        provinces.iter_mut().for_each(Province::verify);
        (bills.len(), paid)
    }
}

/// Waits until the provinces have told each other of their people; bills that were settled until then.
fn acquainted(hospital: &mut Client) -> Vec<Bill> {
    let mut bills: Vec<Bill> = Vec::new();
    until("the provinces know of each other", || {
        bills.extend(hospital.settle(&format!("hello-{}", bills.len())));
        bills.last().filter(|bill| bill.of_son > 0).map(drop)
    });
    bills
}

/// What the son paid of bills, once each of them has ended.
fn paid(hospital: &mut Client, bills: &[Bill]) -> i64 {
    let ended = |Bill { order, of_son }: &Bill| {
        let state = until("an order ends", || {
            let state = hospital.get("hospital1", &format!("pay/orders/{order}"))["state"].clone();
            matches!(state.as_str(), Some("settled" | "failed" | "refunded")).then_some(state)
        });
        if state == "settled" { *of_son } else { 0 }
    };
    bills.iter().map(ended).sum()
}

/// What the son still has, once nothing of it is set aside.
fn sons(home: &mut Client) -> Option<i64> {
    let all = home.get("son1", "wallet/accounts");
    let account = all["accounts"].as_array()?.iter().find(|account| account["kind"] == "personal")?.clone();
    (account["posted_fen"] == account["available_fen"]).then(|| account["posted_fen"].as_i64())?
}

/// The first window of a province once nothing is added to it any more: what it owes and what it is owed.
fn closed(client: &mut Client) -> Option<[i64; 2]> {
    let told = client.get("area1", "wallet/cells");
    let first = told["windows"].as_array()?.iter().find(|window| window["id"] == 1)?.clone();
    assert_eq!(told["alarms"], json!([]));
    let sum = |side: &str| -> i64 {
        let sums = first["sums"].as_array().unwrap();
        sums.iter().map(|sum| sum[side].as_i64().unwrap()).sum()
    };
    (first["state"] == "closed").then(|| [sum("debts_fen"), sum("claims_fen")])
}
