//! 门诊慢特病: paid by the benefit of the disease that was filed, and by no other.

use serde_json::{Value, json};

use super::till::{Till, line, told};
use crate::bank::Base;

struct Clinic {
    till: Till,
    psn_no: String,
    mdtrt_id: String,
}

impl Clinic {
    /// Somebody whose area has rules for special diseases, with a bill of 300.00.
    async fn new(dise_codg: &str) -> Clinic {
        let till = Till::open(Base::Sqlite).await;
        till.finer_level().await;
        let psn_no = till.identify("father1").await;
        let registration = json!({ "data": {
            "psn_no": psn_no, "insutype": "390", "begntime": till.written(), "mdtrt_cert_type": "02",
            "mdtrt_cert_no": crate::bank::number("father1"), "ipt_otp_no": "MZ-1",
        } });
        let mdtrt_id = till.done("2201", registration).await["mdtrt_id"].as_str().unwrap().to_owned();
        let consultation = json!({
            "mdtrtinfo": {
                "mdtrt_id": mdtrt_id, "psn_no": psn_no, "med_type": "14", "begntime": till.written(),
                "dise_codg": dise_codg,
            },
            "diseinfo": [{ "diag_type": "1", "diag_srt_no": "1", "diag_code": "I25.103", "diag_name": "冠心病" }],
        });
        till.done("2203", consultation).await;
        till.done("2204", json!({ "feedetail": [line("1", &mdtrt_id, &psn_no, "300.00")] })).await;
        Clinic { till, psn_no, mdtrt_id }
    }

    async fn file(&self, code: &str, name: &str) {
        let filing = json!({ "data": {
            "psn_no": self.psn_no, "insutype": "390", "opsp_dise_code": code, "opsp_dise_name": name,
            "ide_fixmedins_no": "H00000000001", "ide_fixmedins_name": "示范医院", "hosp_ide_date": "2026-10-01",
            "begndate": "2026-10-01", "enddate": "2026-12-31",
        } });
        self.till.done("2503", filing).await;
    }

    fn ask(&self, med_type: &str) -> Value {
        json!({ "data": {
            "psn_no": self.psn_no, "med_type": med_type, "medfee_sumamt": "300.00", "mdtrt_id": self.mdtrt_id,
            "acct_used_flag": "0", "insutype": "390",
        } })
    }
}

#[actix_web::test]
async fn a_disease_that_was_filed_is_paid_by_its_benefit() {
    let clinic = Clinic::new("M04600").await;
    let refused = clinic.till.refused("2206", clinic.ask("14")).await;
    assert_eq!(refused, ("AX5027".into(), "input.data.mdtrt_id".into()), "nothing was filed");
    clinic.file("M03900", "冠心病").await;
    assert_eq!(clinic.till.refused("2206", clinic.ask("14")).await.0, "AX5027", "another code was filed");
    clinic.file("M04600", "冠心病").await;
    let presettled = clinic.till.done("2206", clinic.ask("14")).await["setlinfo"].clone();
    let settled = clinic.till.done("2207", clinic.ask("14")).await["setlinfo"].clone();
    assert_eq!(presettled["fund_pay_sumamt"], settled["fund_pay_sumamt"]);
    assert_eq!((&settled["med_type"], &settled["clr_type"]), (&json!("14"), &json!("14")), "{settled}");
    // 冠心病 of residents: 20 yuan of the month are the person's, of the rest the funds pay their share.
    assert_eq!(settled["act_pay_dedc"], json!("20.00"), "{settled}");
    let funds: f64 = settled["fund_pay_sumamt"].as_str().unwrap().parse().unwrap();
    assert!(funds > 0.0 && funds < 280.0, "{settled}");
}

#[actix_web::test]
async fn a_disease_that_the_rules_do_not_know_is_refused_with_those_that_they_do() {
    let clinic = Clinic::new("M99999").await;
    clinic.file("M99999", "没有这种病").await;
    let answer = clinic.till.answer("2206", clinic.ask("14")).await;
    let (code, _) = told(&answer);
    assert!(code.starts_with("AX1"), "{answer}");
    assert!(answer["err_msg"].as_str().unwrap().contains("冠心病"), "{answer}");
    let other = clinic.till.refused("2206", clinic.ask("11")).await;
    assert_eq!(other.1, "input.data.med_type", "not as an ordinary visit either");
}
