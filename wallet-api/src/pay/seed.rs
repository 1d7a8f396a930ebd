//! A hospital and its patients for demonstrations: some are insured elsewhere, and have said that they live here.

use anxin_core::rules::Filing;
use wallet_ledger::OwnerId;
use wallet_store::{Practitioner, Provider};
use wallet_types::PractitionerKind;

use super::{PHARMACY, Terms};
use crate::family::DEMO_NUMBERS;
use crate::nhsa::{DEMO_CODE, DEMO_PHARMACY};
use crate::problem::ApiError;
use crate::seed::stories;
use crate::wallet::Wallet;

const HOSPITAL_AREA: &str = "440100";

/// How a till shows the people of a demonstration. Nobody else's name is known here.
const NAMES: &[(&str, &str)] = &[
    ("resident1", "李*"),
    ("resident2", "王**"),
    ("daughter1", "陈**"),
    ("father1", "陈*"),
    ("mother1", "周**"),
    ("worker1", "何*"),
];

pub(super) fn masked_name(person: OwnerId) -> Option<String> {
    let mut known = NAMES.iter().chain(stories::NAMES);
    known.find(|(name, _)| crate::seed::id(name) == person.0).map(|(_, masked)| (*masked).to_owned())
}

impl Wallet {
    /// Once more changes nothing.
    pub(crate) async fn seed_pay(&self, id: impl Fn(&str) -> u128) -> Result<(), ApiError> {
        let hospital = Provider {
            owner: OwnerId(id("hospital")),
            code: DEMO_CODE.into(),
            area: HOSPITAL_AREA.into(),
            level: "3".into(),
            kind: "hospital".into(),
        };
        self.desk.put_provider(&hospital).await?;
        let pharmacy =
            Provider { owner: OwnerId(id("pharmacy")), code: DEMO_PHARMACY.into(), kind: PHARMACY.into(), ..hospital };
        self.desk.put_provider(&pharmacy).await?;
        let practitioners = [
            ("doctor1", "hospital", PractitionerKind::Doctor, "DEMODOCTOR01"),
            ("pharmacist1", "pharmacy", PractitionerKind::Pharmacist, "DEMOPHARMA01"),
        ];
        for (person, at, kind, code) in practitioners {
            let (institution, kind) = (OwnerId(id(at)), kind.word().to_owned());
            let known = Practitioner { person: id(person), institution, kind, code: code.into() };
            self.desk.put_practitioner(&known).await?;
        }
        for (name, _, area, ..) in DEMO_NUMBERS {
            let filing = (*area != HOSPITAL_AREA).then_some(Filing::LongTerm);
            self.put_terms(OwnerId(id(name)), &Terms { filing, ..Terms::default() }).await?;
        }
        Ok(())
    }
}
