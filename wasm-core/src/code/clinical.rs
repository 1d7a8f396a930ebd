use serde::{Deserialize, Serialize};

use super::{Code, Column, Dictionary, System};
use crate::pack::{self, PackError, PackKind};

/// Codes of the clinical edition (国临版, used on 病案首页) that the insurance edition spells otherwise.
/// A clinical code that is not listed is the same in both.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct ClinicalMapData {
    /// Clinical codes; the class of each is the number of its insurance code in `to_*`.
    pub from_diagnoses: Column,
    pub to_diagnoses: Column,
    pub from_operations: Column,
    pub to_operations: Column,
}

/// From the clinical edition to the insurance edition.
#[derive(Clone, Debug, Default)]
pub struct ClinicalMap {
    diagnoses: (Dictionary, Dictionary),
    operations: (Dictionary, Dictionary),
}

impl ClinicalMap {
    pub const SCHEMA: u16 = 1;

    pub fn open(bytes: &[u8]) -> Result<ClinicalMap, PackError> {
        let data: ClinicalMapData = pack::open_as(bytes, PackKind::DrgClinical, Self::SCHEMA)?;
        let table = |c: &Column| c.unpack().and_then(Dictionary::new).ok_or(PackError::BadPayload);
        Ok(ClinicalMap {
            diagnoses: (table(&data.from_diagnoses)?, table(&data.to_diagnoses)?),
            operations: (table(&data.from_operations)?, table(&data.to_operations)?),
        })
    }

    /// The insurance code of a clinical code that is spelled otherwise there.
    pub fn insurance(&self, system: System, clinical: &[u8]) -> Option<Code> {
        let (from, to) = match system {
            System::Diagnosis => &self.diagnoses,
            System::Operation => &self.operations,
        };
        let (_, class) = from.find(clinical)?;
        to.get(class).map(|e| e.code)
    }
}
