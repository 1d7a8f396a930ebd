//! 门诊慢特病: an outpatient's visit for a disease that was filed (2503). By which benefit it is paid the rules of the
//! patient's area say, by the name that the filing has; a name that they do not know is refused with those that they do.

use anxin_core::Day;
use serde::Deserialize;
use wallet_types::NhsaCode;

use super::Asked;
use super::refuse::{Refused, Stop};
use super::settle::Ready;
use crate::pay::CHRONIC;

/// 医疗类别; assumed, as implementations are said to number it.
pub const SPECIAL: &str = "14";

/// What of a filing decides a bill.
#[derive(Deserialize)]
struct Filed {
    opsp_dise_code: String,
    #[serde(default)]
    opsp_dise_name: String,
}

impl Asked<'_> {
    /// The disease of a visit, as it was filed for the day on which it began.
    pub(super) async fn filed_disease(&self, ready: &Ready, begun: Day) -> Result<String, Stop> {
        let told = ready.facts.dise_codg.as_deref().unwrap_or_default();
        let filings = self.wallet.desk.nhsa_filings(ready.visit.owner, CHRONIC, &begun.to_string()).await?;
        let read = filings.iter().filter_map(|filing| serde_json::from_str::<Filed>(&filing.body).ok());
        let filed = read.into_iter().find(|filed| filed.opsp_dise_code == told && !filed.opsp_dise_name.is_empty());
        let missing = || Refused::new(NhsaCode::NotFiled, "input.data.mdtrt_id", "2503, dise_codg");
        Ok(filed.map(|filed| filed.opsp_dise_name).ok_or_else(missing)?)
    }
}
