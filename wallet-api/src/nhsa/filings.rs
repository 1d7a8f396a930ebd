//! 备案: 2501, 2503 and 2505 file something of a person, 2502, 2504 and 2506 take it back. A referral decides how a bill
//! at the other institution is paid, and a choice how an outpatient's is, from the day on which they hold.

use serde::Serialize;
use serde_json::Value;
use wallet_ledger::OwnerId;
use wallet_store::Filing;
use wallet_types::NhsaCode;
use wallet_types::nhsa::{ChoiceFiling, ChronicFiling, FilingBack, FilingOut, FilingTold, NhsaData, ReferralInput};

use super::refuse::{Refused, Stop};
use super::visits::{digits, text};
use super::{Asked, envelope, times};
use crate::pay::{CHOICE, CHRONIC, Chosen, REFERRAL, Referred};

/// An institution's code.
const CODE_LETTERS: usize = 12;
const CHOSEN_MAX: usize = 20;

/// From which day to which.
struct Days<'a> {
    within: &'a str,
    from: &'a str,
    until: &'a str,
}

impl Days<'_> {
    fn check(&self) -> Result<(), Refused> {
        let place = |field: &str| format!("{}.{field}", self.within);
        if !times::is_day(self.from) {
            return Err(Refused::field(place("begndate"), "yyyy-MM-dd"));
        }
        if !times::is_day(self.until) || self.until < self.from {
            return Err(Refused::field(place("enddate"), format!("≥ {}", self.from)));
        }
        Ok(())
    }
}

/// What is kept of 2503.
#[derive(Serialize)]
struct Chronic {
    opsp_dise_code: String,
    opsp_dise_name: String,
    institution: String,
}

impl Asked<'_> {
    /// 2501
    pub(super) async fn refer(&self) -> Result<Value, Stop> {
        const WITHIN: &str = "input.refmedin";
        let ReferralInput { refmedin: told } = self.input()?;
        let (owner, _) = self.insured(WITHIN, &told.psn_no, &told.insutype).await?;
        envelope::length("input.refmedin.diag_code", &told.diag_code, 1, 20)?;
        let to = "input.refmedin.reflin_medins_no";
        envelope::length(to, &told.reflin_medins_no, CODE_LETTERS, CODE_LETTERS)?;
        // Nobody sends patients to themselves to be paid more for them.
        if told.reflin_medins_no == self.code() {
            return Err(Refused::field(to, format!("≠ {}", self.code())).into());
        }
        digits("input.refmedin.mdtrtarea_admdvs", &told.mdtrtarea_admdvs, 6)?;
        if !times::is_day(&told.refl_date) {
            return Err(Refused::field("input.refmedin.refl_date", "yyyy-MM-dd").into());
        }
        let days = Days { within: WITHIN, from: &told.begndate, until: &told.enddate };
        let body = Referred { to: told.reflin_medins_no, diag_code: told.diag_code };
        self.file_as(owner, REFERRAL, &days, &body).await
    }

    /// 2503
    pub(super) async fn file_chronic(&self) -> Result<Value, Stop> {
        const WITHIN: &str = "input.data";
        let NhsaData { data } = self.input::<NhsaData<ChronicFiling>>()?;
        let (owner, _) = self.insured(WITHIN, &data.psn_no, &data.insutype).await?;
        envelope::length("input.data.opsp_dise_code", &data.opsp_dise_code, 1, 30)?;
        envelope::length("input.data.ide_fixmedins_no", &data.ide_fixmedins_no, CODE_LETTERS, CODE_LETTERS)?;
        if !times::is_day(&data.hosp_ide_date) {
            return Err(Refused::field("input.data.hosp_ide_date", "yyyy-MM-dd").into());
        }
        let days = Days { within: WITHIN, from: &data.begndate, until: &data.enddate };
        envelope::length("input.data.opsp_dise_name", &data.opsp_dise_name, 1, 100)?;
        let body = Chronic {
            opsp_dise_code: data.opsp_dise_code,
            opsp_dise_name: data.opsp_dise_name,
            institution: data.ide_fixmedins_no,
        };
        self.file_as(owner, CHRONIC, &days, &body).await
    }

    /// 2505
    pub(super) async fn file_choice(&self) -> Result<Value, Stop> {
        const WITHIN: &str = "input.data";
        let NhsaData { data } = self.input::<NhsaData<ChoiceFiling>>()?;
        let owner = self.seen("input.data.psn_no", &data.psn_no).await?;
        envelope::length("input.data.biz_appy_type", &data.biz_appy_type, 1, 3)?;
        if !(1..=CHOSEN_MAX).contains(&data.fixmedins.len()) {
            return Err(Refused::field("input.data.fixmedins", format!("1–{CHOSEN_MAX}")).into());
        }
        for (n, chosen) in data.fixmedins.iter().enumerate() {
            let field = format!("input.data.fixmedins[{n}].fixmedins_code");
            envelope::length(&field, &chosen.fixmedins_code, CODE_LETTERS, CODE_LETTERS)?;
        }
        let days = Days { within: WITHIN, from: &data.begndate, until: &data.enddate };
        let institutions = data.fixmedins.into_iter().map(|chosen| chosen.fixmedins_code).collect();
        self.file_as(owner, CHOICE, &days, &Chosen { institutions }).await
    }

    async fn file_as(&self, owner: OwnerId, kind: &str, days: &Days<'_>, body: &impl Serialize) -> Result<Value, Stop> {
        days.check()?;
        let filing = Filing {
            code: self.code().to_owned(),
            filing: self.number("trt_dcla_detl_sn"),
            owner,
            kind: kind.to_owned(),
            from: days.from.to_owned(),
            until: days.until.to_owned(),
            body: text(body)?,
        };
        self.wallet.desk.nhsa_file_for(&filing).await?;
        self.written(FilingOut { result: FilingTold { trt_dcla_detl_sn: filing.filing } })
    }

    /// 2502, 2504 and 2506: only what this institution filed.
    pub(super) async fn unfile(&self, kind: &str) -> Result<Value, Stop> {
        let NhsaData { data } = self.input::<NhsaData<FilingBack>>()?;
        let owner = self.seen("input.data.psn_no", &data.psn_no).await?;
        let filing = Filing {
            code: self.code().to_owned(),
            filing: data.trt_dcla_detl_sn,
            owner,
            kind: kind.to_owned(),
            from: String::new(),
            until: String::new(),
            body: String::new(),
        };
        if !self.wallet.desk.nhsa_unfile(&filing, self.now).await? {
            return Err(Refused::new(NhsaCode::FilingUnknown, "input.data.trt_dcla_detl_sn", "").into());
        }
        self.written(serde_json::json!({}))
    }
}
