//! What is filed for a patient and changes what a bill comes to: where they were referred, and which institutions they
//! chose.

use anxin_core::Day;
use anxin_core::benefit::Visit;
use anxin_core::rules::{Binding, Filing};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use wallet_ledger::OwnerId;
use wallet_store::Provider;
use wallet_types::TransportCode;

use super::case::{Bill, Terms};
use super::presettle::PHARMACY;
use super::refused;
use crate::problem::ApiError;
use crate::wallet::Wallet;

/// 转院备案
pub(crate) const REFERRAL: &str = "referral";
/// 慢特病备案
pub(crate) const CHRONIC: &str = "chronic";
/// 人员定点备案
pub(crate) const CHOICE: &str = "choice";

/// To which institution somebody was referred.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Referred {
    pub to: String,
    pub diag_code: String,
}

/// The institutions that somebody chose.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Chosen {
    pub institutions: Vec<String>,
}

impl Wallet {
    /// What is filed of a visit that began on a day: what the area wrote down itself, or a referral to this very
    /// institution.
    pub(crate) async fn filing(
        &self,
        institution: &str,
        patient: OwnerId,
        terms: &Terms,
        begun: Day,
    ) -> Result<Option<Filing>, ApiError> {
        if terms.filing.is_some() {
            return Ok(terms.filing);
        }
        let filed: Vec<Referred> = self.filed(patient, REFERRAL, begun).await?;
        Ok(filed.iter().any(|referred| referred.to == institution).then_some(Filing::Referred))
    }

    async fn filed<T: DeserializeOwned>(&self, patient: OwnerId, kind: &str, day: Day) -> Result<Vec<T>, ApiError> {
        read(&self.desk.nhsa_filings(patient, kind, &day.to_string()).await?)
    }
}

/// The visit, bound as the patient chose by what is filed. Where nothing is filed it is as the institution says, and
/// nobody chooses a pharmacy.
pub(super) fn bound(provider: &Provider, bill: &Bill, choices: &[wallet_store::Filing]) -> Result<Visit, ApiError> {
    let mut visit = bill.visit.clone();
    if provider.kind == PHARMACY {
        return Ok(visit);
    }
    if let Visit::Outpatient(clinic) = &mut visit {
        let chosen: Vec<Chosen> = read(choices)?;
        if let Some(chosen) = chosen.first() {
            let here = chosen.institutions.contains(&provider.code);
            clinic.binding = if here { Binding::Chosen } else { Binding::Unbound };
        }
    }
    Ok(visit)
}

fn read<T: DeserializeOwned>(filings: &[wallet_store::Filing]) -> Result<Vec<T>, ApiError> {
    let read = filings.iter().map(|filing| serde_json::from_str(&filing.body));
    read.collect::<Result<_, _>>().map_err(|_| refused(TransportCode::Internal))
}
