//! Whole payments by the national interface: a counter reads a code (1162), asks what the bill comes to (2206) and
//! settles it (2207). Whoever pays was registered and has their lines uploaded, and every message is signed, before the
//! clock runs.

use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use serde_json::{Value, json};
use tokio::time::{Instant, sleep_until};

use super::signed::{Hospital, china, done};
use super::{CONNECTIONS, Town};
use crate::wallet::http::Client;
use crate::wallet::load::Measured;

/// Payments of one connection in a turn: the last of them are settled while their codes are good.
const TURN: usize = 20;
const YUAN: &str = "120.00";

/// Three messages in their order, each with its transaction.
type Payment = [(&'static str, String); 3];

impl Town<'_> {
    /// As fast as it goes, or so many a second in all; then each wait begins when the patient was due. Who prepares the
    /// next turn is not timed.
    pub(super) async fn signed_payments(
        &self,
        hospital: &Hospital,
        time: Duration,
        rate: Option<f64>,
    ) -> Result<Measured> {
        let (mut turn, mut paid, mut waits) = (0, Duration::ZERO, Vec::new());
        let connecting = (0..CONNECTIONS).map(|_| self.program.connect());
        let mut connections = futures_util::future::try_join_all(connecting).await?;
        hospital.sign_in(connections.first_mut().context("no connection")?).await?;
        let every = rate.map(|rate| Duration::from_secs_f64(CONNECTIONS as f64 / rate));
        while paid < time {
            let clients = usize::try_from(CONNECTIONS)?;
            let preparing = (0..).zip(&mut connections).map(|(client, connection)| async move {
                let mut payments = Vec::new();
                for n in 0..TURN {
                    let patient = ((turn * TURN + n) * clients + client) % self.people.len();
                    payments.push(self.prepared(hospital, connection, patient).await?);
                }
                anyhow::Ok((client, connection, payments))
            });
            let ready = futures_util::future::try_join_all(preparing).await?;
            let began = Instant::now();
            let paying = ready.into_iter().map(|(client, connection, payments)| async move {
                let mut waits = Vec::new();
                let step = every.unwrap_or_default();
                let mut due = began + step.mul_f64(client as f64 / CONNECTIONS as f64);
                for payment in payments {
                    if every.is_some() {
                        sleep_until(due).await;
                    }
                    let sent = if every.is_some() { due } else { Instant::now() };
                    carried_out(connection, &payment).await?;
                    waits.push(sent.elapsed().as_secs_f64() * 1e3);
                    due += step;
                }
                anyhow::Ok(waits)
            });
            waits.extend(futures_util::future::try_join_all(paying).await?.into_iter().flatten());
            paid += began.elapsed();
            turn += 1;
        }
        let count = waits.len() as u64;
        Ok(Measured::of(waits, count, paid))
    }

    /// Registers an outpatient, uploads a line, and signs what is left to do.
    async fn prepared(&self, hospital: &Hospital, connection: &mut Client, patient: usize) -> Result<Payment> {
        let shown = self.code(connection, patient).await?;
        let read = told(connection, hospital, "1162", &reading(&shown)).await?;
        let card = json!({ "data": { "mdtrt_cert_type": "01", "mdtrt_cert_no": read["ecToken"] } });
        let psn_no = told(connection, hospital, "1101", &card).await?["baseinfo"]["psn_no"].clone();
        let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH)?.as_secs();
        let at = china(now)?;
        let registration = json!({ "data": {
            "psn_no": psn_no, "insutype": "310", "begntime": at, "mdtrt_cert_type": "02", "mdtrt_cert_no": "",
            "ipt_otp_no": "MZ-1", "dept_name": "内科",
        } });
        let mdtrt_id = told(connection, hospital, "2201", &registration).await?["mdtrt_id"].clone();
        let consultation = json!({
            "mdtrtinfo": { "mdtrt_id": mdtrt_id, "psn_no": psn_no, "med_type": "11", "begntime": at },
            "diseinfo": [{ "diag_type": "1", "diag_srt_no": "1", "diag_code": "J06.900", "diag_name": "感冒" }],
        });
        told(connection, hospital, "2203", &consultation).await?;
        let line = json!({
            "feedetl_sn": "1", "mdtrt_id": mdtrt_id, "psn_no": psn_no, "chrg_bchno": "B1", "fee_ocur_time": at,
            "med_list_codg": "001101000010000-110100001", "medins_list_codg": "GHF", "det_item_fee_sumamt": YUAN,
            "cnt": "1", "pric": YUAN, "fulamt_ownpay_amt": "8.00", "overlmt_amt": "0.00", "preselfpay_amt": "6.00",
            "inscp_scp_amt": "106.00",
        });
        told(connection, hospital, "2204", &json!({ "feedetail": [line] })).await?;
        let bill = json!({ "data": {
            "psn_no": psn_no, "med_type": "11", "medfee_sumamt": YUAN, "mdtrt_id": mdtrt_id, "acct_used_flag": "1",
            "insutype": "310",
        } });
        let code = self.code(connection, patient).await?;
        Ok([
            ("1162", hospital.message("1162", &reading(&code))?),
            ("2206", hospital.message("2206", &bill)?),
            ("2207", hospital.message("2207", &bill)?),
        ])
    }
}

fn reading(code: &str) -> Value {
    json!({ "data": { "businessType": "01301", "ecQrCode": code, "outBizNo": "1" } })
}

async fn told(connection: &mut Client, hospital: &Hospital, infno: &str, input: &Value) -> Result<Value> {
    let message = hospital.message(infno, input)?;
    let answer = connection.post(&format!("/nhsa/{infno}"), "", "", &message).await?;
    let mut answer: Value = serde_json::from_slice(answer)?;
    ensure!(answer["infcode"] == 0, "{infno}: {answer}");
    Ok(answer["output"].take())
}

async fn carried_out(connection: &mut Client, payment: &Payment) -> Result<()> {
    for (infno, message) in payment {
        let answer = connection.post(&format!("/nhsa/{infno}"), "", "", message).await?;
        ensure!(done(answer)?, "{infno}: {}", String::from_utf8_lossy(answer));
    }
    Ok(())
}
