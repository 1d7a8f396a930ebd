//! A hospital's counter: numbers its messages, signs them, and is signed in.

use std::cell::{Cell, RefCell};
use std::sync::Arc;

use actix_web::test::TestRequest;
use actix_web::web::Data;
use serde_json::{Value, json};
use wallet_api::nhsa::{DEMO_CODE, MessageKey};
use wallet_api::{Contents, Metrics, Service, Settings, Wallet, seed_demo};

use crate::bank::{Bank, Base, Hands, MINUTE, MORNING, number, rules};
use crate::common::{Answered, PACKS, ask};

pub const OPERATOR: &str = "op-1";

pub struct Till {
    pub bank: Bank,
    pub hands: Hands,
    pub key: MessageKey,
    now: Cell<i64>,
    sent: Cell<u32>,
    pub sign_no: RefCell<String>,
    /// The institution at whose counter it stands.
    pub code: &'static str,
}

/// A server with a wallet and with the rules by which bills are split.
pub async fn bank(base: Base, hands: &Hands, change: impl FnOnce(&mut Settings)) -> Bank {
    let (folder, key) = (tempfile::tempdir().unwrap(), crate::bank::key());
    let mut settings = crate::bank::settings(base, folder.path(), &key).await;
    change(&mut settings);
    let metrics = Arc::<Metrics>::default();
    let wallet = Wallet::open_at(&settings, rules(), Arc::clone(&metrics), hands.clock()).await.unwrap().unwrap();
    seed_demo(&wallet).await.unwrap();
    let contents = Contents::of_packs(PACKS.clone()).unwrap();
    let service = Data::new(Service::with_wallet(contents, Some(wallet), metrics).unwrap());
    Bank { service, key, folder }
}

impl Till {
    /// Signed in, at nine in the morning.
    pub async fn open(base: Base) -> Till {
        let till = Till::closed(base).await;
        till.sign_in().await;
        till
    }

    pub async fn closed(base: Base) -> Till {
        let hands = Hands::at(MORNING);
        let bank = bank(base, &hands, |_| {}).await;
        let (now, sent) = (Cell::new(MORNING), Cell::new(0));
        Till { bank, hands, key: MessageKey::demo().unwrap(), now, sent, sign_no: RefCell::default(), code: DEMO_CODE }
    }

    /// The same at the pharmacy's counter.
    pub async fn pharmacy(base: Base) -> Till {
        let till = Till { code: wallet_api::nhsa::DEMO_PHARMACY, ..Till::closed(base).await };
        till.sign_in().await;
        till
    }

    pub async fn sign_in(&self) {
        let input = json!({ "signIn": { "opter_no": OPERATOR, "mac": "", "ip": "" } });
        let output = self.done("9001", input).await;
        *self.sign_no.borrow_mut() = output["signinoutb"]["sign_no"].as_str().unwrap().to_owned();
    }

    pub fn later(&self, minutes: i64) {
        self.now.set(self.now.get() + minutes * MINUTE);
        self.hands.set(self.now.get());
    }

    pub fn time(&self) -> jiff::civil::DateTime {
        let china = jiff::tz::TimeZone::fixed(jiff::tz::offset(8));
        jiff::Timestamp::from_microsecond(self.now.get()).unwrap().to_zoned(china).datetime()
    }

    pub fn written(&self) -> String {
        self.time().strftime("%Y-%m-%d %H:%M:%S").to_string()
    }

    /// A message under the next number, not signed yet.
    pub fn plain(&self, infno: &str, input: Value) -> Value {
        let number = self.sent.get();
        self.sent.set(number + 1);
        json!({
            "infno": infno,
            "msgid": format!("{}{}{number:04}", self.code, self.time().strftime("%Y%m%d%H%M%S")),
            "mdtrtarea_admvs": "440100", "insuplc_admdvs": "440100", "recer_sys_code": "ANXIN",
            "signtype": "SM2", "infver": "V1.0", "opter_type": "1", "opter": OPERATOR, "opter_name": "收费员",
            "inf_time": self.written(), "fixmedins_code": self.code, "fixmedins_name": "示范医院",
            "sign_no": *self.sign_no.borrow(), "input": input,
        })
    }

    pub fn message(&self, infno: &str, input: Value) -> Value {
        self.key.signed(self.plain(infno, input)).unwrap()
    }

    pub async fn send(&self, message: &Value) -> Answered {
        let address = format!("/nhsa/{}", message["infno"].as_str().unwrap_or("0000"));
        self.send_to(&address, message.to_string()).await
    }

    pub async fn send_to(&self, address: &str, body: impl Into<actix_web::web::Bytes>) -> Answered {
        let request = TestRequest::post().uri(address).insert_header(("content-type", "application/json"));
        ask(&self.bank.service, request.set_payload(body.into())).await
    }

    pub async fn answer(&self, infno: &str, input: Value) -> Value {
        let answered = self.send(&self.message(infno, input)).await;
        assert_eq!(answered.status, 200, "{:?}", answered.body);
        answered.json()
    }

    /// The output of what has to be done.
    pub async fn done(&self, infno: &str, input: Value) -> Value {
        let answer = self.answer(infno, input).await;
        assert_eq!(answer["infcode"], 0, "{infno}: {answer}");
        answer["output"].clone()
    }

    /// Code and field of what must not be done.
    pub async fn refused(&self, infno: &str, input: Value) -> (String, String) {
        told(&self.answer(infno, input).await)
    }

    /// Changes the books' file from outside.
    pub async fn execute(&self, sql: &str) {
        let url = format!("sqlite:{}", self.bank.folder.path().join("books.db").display());
        let mut connection = <sqlx::SqliteConnection as sqlx::Connection>::connect(&url).await.unwrap();
        sqlx::Executor::execute(&mut connection, sqlx::AssertSqlSafe(sql.to_owned())).await.unwrap();
    }

    /// The area that insures `father1` cuts the third level finer than the hospital's own.
    pub async fn finer_level(&self) {
        self.execute("UPDATE provider SET level = '3_city'").await;
    }

    /// Identifies one of the made-up people, and gives back their number.
    pub async fn identify(&self, name: &str) -> String {
        let card = json!({ "data": { "mdtrt_cert_type": "02", "mdtrt_cert_no": number(name) } });
        self.done("1101", card).await["baseinfo"]["psn_no"].as_str().unwrap().to_owned()
    }

    /// Registers an outpatient, and gives back the number of the visit.
    pub async fn register(&self, psn_no: &str) -> String {
        let output = self.done("2201", self.registration(psn_no)).await;
        output["mdtrt_id"].as_str().unwrap().to_owned()
    }

    pub fn registration(&self, psn_no: &str) -> Value {
        json!({ "data": {
            "psn_no": psn_no, "insutype": "310", "begntime": self.written(), "mdtrt_cert_type": "02",
            "mdtrt_cert_no": "", "ipt_otp_no": "MZ-1", "dept_name": "内科",
        } })
    }
}

/// Code and field of a refusal.
pub fn told(answer: &Value) -> (String, String) {
    assert_eq!(answer["infcode"], -1, "{answer}");
    assert_eq!(answer["output"], json!({}), "{answer}");
    let text = answer["err_msg"].as_str().unwrap();
    let field = text.split_once('（').and_then(|(_, rest)| rest.split_once('）')).map(|(field, _)| field);
    (text[..6].to_owned(), field.unwrap_or_default().to_owned())
}

/// A line of a bill, all of it in scope.
pub fn line(sn: &str, mdtrt_id: &str, psn_no: &str, yuan: &str) -> Value {
    json!({
        "feedetl_sn": sn, "mdtrt_id": mdtrt_id, "psn_no": psn_no, "chrg_bchno": "B1",
        "fee_ocur_time": "2026-11-02 09:00:00", "med_list_codg": "001101000010000-110100001",
        "medins_list_codg": "GHF", "det_item_fee_sumamt": yuan, "cnt": "1", "pric": yuan,
        "fulamt_ownpay_amt": "0.00", "overlmt_amt": "0.00", "preselfpay_amt": "0.00", "inscp_scp_amt": yuan,
    })
}
