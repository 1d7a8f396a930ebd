//! 6203 of a part (SECURITY A3): the cash alone, or what accounts and funds paid alone.

use serde_json::{Value, json};

use super::mobile::{PATIENT, Phone, fen};
use super::reconcile::{detail, put, zipped};
use crate::bank::{Base, settlement};

/// An order of 120 yuan of which accounts, funds and cash each paid something, and a code that its patient showed.
struct Paid {
    phone: Phone,
    token: Value,
    paid: Value,
    before: i64,
}

fn yuan(fen: i64) -> Value {
    json!(format!("{}.{:02}", fen / 100, fen % 100))
}

impl Paid {
    /// So little is in the own account that cash is left.
    async fn new(base: Base) -> Paid {
        let phone = Phone::new(base).await;
        let (bank, mut left) = (&phone.till.bank, 700);
        for kind in ["personal", "wallet"] {
            let account = bank.account(PATIENT, kind).await;
            let spent = bank.posted(PATIENT, &account).await - std::mem::take(&mut left);
            let body = settlement(&account, &bank.account("hospital1", "institution").await, spent);
            let answered = bank.post(PATIENT, "wallet/transfers", kind, body).await;
            assert!(spent == 0 || answered.status == 201, "{}", answered.json());
        }
        let before = phone.money().await;
        let token = phone.shown(PATIENT).await;
        let order = phone.uploaded(&token).await;
        let paid = phone.till.done("6202", phone.pay(&token, &order, "1")).await;
        let parts = ["ownPayAmt", "psnAcctPay", "fundPay"].map(|field| fen(&paid, field));
        assert!(parts.iter().all(|part| *part > 100), "each paid something: {paid}");
        assert_eq!(fen(&paid, "psnAcctPay"), before);
        Paid { phone, token, paid, before }
    }

    /// So much of the account, the funds and the cash.
    fn ask(&self, kind: &str, sn: &str, [acct, fund, cash]: [i64; 3]) -> Value {
        let mut ask = self.phone.refund(&self.token, &self.paid, sn);
        let of = [
            ("psnAcctRefdAmt", acct),
            ("fundRefdAmt", fund),
            ("cashRefdAmt", cash),
            ("totlRefdAmt", acct + fund + cash),
        ];
        of.into_iter().for_each(|(field, amount)| ask["data"][field] = yuan(amount));
        ask["data"]["refdType"] = kind.into();
        ask
    }

    async fn told(&self) -> Value {
        self.phone.till.done("6301", self.phone.query(&self.paid)).await
    }

    fn off(&self) -> Value {
        json!({ "data": {
            "payOrdId": self.paid["payOrdId"], "orgCodg": self.phone.till.code, "revsToken": self.paid["revsToken"],
            "expContent": "",
        } })
    }

    async fn refused(&self, ask: Value, code: &str, field: &str) {
        let told = self.phone.till.refused("6203", ask.clone()).await;
        assert_eq!(told, (code.to_owned(), field.to_owned()), "{ask}");
    }
}

async fn an_order_is_given_back_in_parts(base: Base) {
    let order = Paid::new(base).await;
    let till = &order.phone.till;
    let [acct, fund, cash] = ["psnAcctPay", "fundPay", "ownPayAmt"].map(|field| fen(&order.paid, field));
    let total = "input.data.totlRefdAmt";

    order.refused(order.ask("CASH", "C-1", [0, 0, cash + 1]), "AX5002", total).await;
    order.refused(order.ask("CASH", "C-1", [0, 0, 0]), "AX5002", total).await;
    order.refused(order.ask("CASH", "C-1", [0, 50, cash - 50]), "AX5015", "input.data.fundRefdAmt").await;
    order.refused(order.ask("HI", "H-1", [acct, fund + 1, 0]), "AX5002", total).await;
    order.refused(order.ask("HI", "H-1", [acct, 0, 50]), "AX5015", "input.data.fundRefdAmt").await;
    order.refused(order.ask("HI", "H-1", [0, fund, 0]), "AX5015", "input.data.psnAcctRefdAmt").await;
    assert_eq!((order.phone.money().await, order.told().await.get("refdSumamt")), (0, None), "nothing was done");

    let first = till.done("6203", order.ask("CASH", "C-1", [0, 0, 100])).await;
    assert_eq!(first["refStatus"], "SUCC");
    let again = till.done("6203", order.ask("CASH", "C-1", [0, 0, 100])).await;
    assert_eq!(again["setlId"], first["setlId"], "by its own number it is the same refund");
    let told = order.told().await;
    assert_eq!((&told["ordStas"], &told["refdSumamt"]), (&json!("6"), &json!("1.00")));
    assert!(told.get("revsToken").is_none(), "what came back in part is not called off");
    order.refused(order.ask("CASH", "C-1", [0, 0, 200]), "AX9014", "").await;
    order.refused(order.ask("HI", "C-1", [100, 0, 0]), "AX9014", "").await;
    order.refused(order.ask("CASH", "C-2", [0, 0, cash - 99]), "AX5002", total).await;
    assert_eq!(order.phone.money().await, 0, "cash comes back in cash");

    let some = till.done("6203", order.ask("HI", "H-1", [200, 0, 0])).await;
    assert_eq!(order.phone.money().await, 200);
    order.refused(order.ask("ALL", "A-1", [acct, fund, cash]), "AX5018", "input.data.payOrdId").await;
    // What people paid comes back before what the funds paid.
    order.refused(order.ask("HI", "H-2", [0, 300, 0]), "AX5015", "input.data.psnAcctRefdAmt").await;
    let rest = till.done("6203", order.ask("HI", "H-2", [acct - 200, fund, 0])).await;
    assert_eq!((order.phone.money().await, &order.told().await["ordStas"]), (order.before, &json!("6")));
    let last = till.done("6203", order.ask("CASH", "C-2", [0, 0, cash - 100])).await;
    assert_eq!(order.told().await["ordStas"], "8");
    order.refused(order.ask("CASH", "C-3", [0, 0, 1]), "AX5018", "input.data.payOrdId").await;
    assert_eq!(till.refused("6401", order.off()).await, ("AX5018".into(), "input.data.payOrdId".into()));

    let paid = &order.paid;
    let row = |setl_id: &Value, refund: u8, [medfee, funds, acct]: [i64; 3]| {
        let sign = if refund == 1 { "-" } else { "" };
        let [medfee, funds, acct] = [medfee, funds, acct].map(|fen| match fen {
            0 => "0.00".to_owned(),
            fen => format!("{sign}{}", yuan(fen).as_str().unwrap()),
        });
        let of = |value: &Value| value.as_str().unwrap().to_owned();
        format!("{{psn}}\t{}\t{}\tnull\t{refund}\t{medfee}\t{funds}\t{acct}", of(&paid["payOrdId"]), of(setl_id))
    };
    let psn_no = till.identify(PATIENT).await;
    let rows = [
        row(&paid["setlId"], 0, [12_000, fund, acct]),
        row(&first["setlId"], 1, [100, 0, 0]),
        row(&some["setlId"], 1, [200, 0, 200]),
        row(&rest["setlId"], 1, [acct - 200 + fund, fund, acct - 200]),
        row(&last["setlId"], 1, [cash - 100, 0, 0]),
    ];
    let file = put(till, zipped(&rows.join("\n").replace("{psn}", &psn_no))).await;
    let told = till.done("3202", detail(&file, "0.00", "0.00", 5)).await;
    assert_eq!(told["stmtinfo"], json!({ "equal": 5, "differs": 0, "only_institution": 0, "only_area": 0 }));
}

#[actix_web::test]
async fn an_order_is_given_back_in_parts_on_sqlite() {
    an_order_is_given_back_in_parts(Base::Sqlite).await;
}

#[actix_web::test]
async fn an_order_is_given_back_in_parts_on_postgres() {
    an_order_is_given_back_in_parts(Base::Postgres).await;
}

/// What came back in part is not taken off the list whole, whoever gave the part back.
#[actix_web::test]
async fn what_came_back_in_part_is_not_reversed() {
    for at_the_till in [false, true] {
        let order = Paid::new(Base::Sqlite).await;
        let till = &order.phone.till;
        match at_the_till {
            false => drop(till.done("6203", order.ask("HI", "H-1", [100, 0, 0])).await),
            true => {
                let orders = till.bank.get("hospital1", "pay/orders").await.json();
                let path = format!("pay/orders/{}/refund", orders["orders"][0]["id"].as_str().unwrap());
                let cash = fen(&order.paid, "ownPayAmt");
                let ask = json!({ "amount_fen": cash + 100 });
                assert_eq!(till.bank.post("hospital1", &path, "r", ask).await.status, 200);
            }
        }
        assert_eq!(order.phone.money().await, 100);
        assert_eq!(till.refused("6401", order.off()).await, ("AX5018".into(), "input.data.payOrdId".into()));
        let psn_no = till.identify(PATIENT).await;
        let back = json!({ "data": {
            "psn_no": psn_no, "mdtrt_id": order.paid["payOrdId"], "setl_id": order.paid["setlId"],
        } });
        assert_eq!(till.refused("2208", back).await, ("AX5018".into(), "input.data.setl_id".into()));
        assert_eq!((order.phone.money().await, &order.told().await["ordStas"]), (100, &json!("6")));
    }
}
