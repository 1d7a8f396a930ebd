//! Where the sources leave a choice open, or programs in use differ: one setting each. The defaults are
//! the reading of the national specification.

use serde::{Deserialize, Serialize};

use super::deviation::Deviation;
use crate::error::{Refusal, RefusalCode};
use crate::money::Rate;

/// How a catalogue is read and paid by.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    pub main_operation: MainOperation,
    pub choose: Choose,
    pub ties: Ties,
    pub related: Related,
    /// A base code of the catalogue (`99.2800`) also means its extensions (`99.2800x005`). Off: it makes
    /// immunotherapy and targeted therapy one.
    pub base_matches_extensions: bool,
    /// A case with operations that no group takes falls back to the conservative core group.
    pub conservative_fallback: bool,
    pub unclassed: Unclassed,
    pub deviation: Deviation,
    pub base_level: BaseLevel,
    pub fund_share: FundShare,
    /// The patient's days in hospital from which a severity counts.
    pub severity_days: SeverityDays,
}

/// Which operations of a case may be the main one of a group.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MainOperation {
    /// The first that remains.
    #[default]
    Strict,
    /// Any.
    Any,
}

/// What decides between core groups that fit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Choose {
    /// Most related parts.
    #[default]
    MostRelated,
    /// The group whose mean cost is nearest; most related parts where a cost is unknown.
    ClosestCost,
    /// By the class of the main operation (surgery, therapeutic, diagnostic), ordinary groups before
    /// base-level ones; comprehensive groups next, conservative ones last.
    Ladder,
}

/// What decides between groups with as many related parts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ties {
    /// The finer diagnosis, then the higher score, then the smaller code.
    #[default]
    FinerThenScore,
    /// The higher score, then the finer diagnosis, then the smaller code.
    ScoreThenFiner,
    /// The finer diagnosis, then the lower score, then the smaller code.
    FinerThenLowScore,
}

/// When the related operations of a group are there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Related {
    /// Every part, each by an operation of its own.
    #[default]
    EveryPart,
    /// One part at least.
    AnyPart,
    /// Every operation that the group lists, alternatives too.
    EveryOperation,
}

/// The class of an operation that no table gives.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Unclassed {
    /// It counts as conservative, with a finding.
    #[default]
    Conservative,
    /// No comprehensive group is taken.
    Unknown,
}

/// The coefficient of a base-level group (基层病种).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BaseLevel {
    /// 1 for every hospital.
    #[default]
    One,
    /// One factor for the groups, instead of the hospital's.
    Factor(Rate),
    /// The hospital's, as for any group.
    Hospital,
}

/// What the fund pays of a standard.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FundShare {
    /// What the patient's part leaves, never below nothing.
    #[default]
    LessPatient,
    /// The standard by the share of the fund, as cities clear with hospitals.
    ByRatio(Rate),
}

/// How "3 天以上" is read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SeverityDays {
    #[default]
    MoreThanThree,
    ThreeOrMore,
}

impl Settings {
    /// The choice in force of a setting, as [`Settings::choose`] takes it.
    pub fn chosen(&self, name: &str) -> Option<String> {
        let all = serde_json::to_value(self).ok()?;
        let value = all.pointer(&format!("/{}", name.replace('.', "/")))?;
        Some(value.as_str().map_or_else(|| value.to_string(), str::to_owned))
    }

    /// Changes one setting by its name: `main_operation` to `any`, `deviation.rule` to `n3`,
    /// `base_level` to `{"factor":"0.9"}`.
    pub fn choose(&mut self, name: &str, choice: &str) -> Result<(), Refusal> {
        let refused = |accepted: String| Refusal::new(RefusalCode::Malformed, format!("settings.{name}"), accepted);
        let mut all = serde_json::to_value(&*self).map_err(|e| refused(e.to_string()))?;
        let value: serde_json::Value = serde_json::from_str(choice).unwrap_or_else(|_| choice.into());
        let pointer = format!("/{}", name.replace('.', "/"));
        let known = all.as_object().map(|o| o.keys().cloned().collect::<Vec<_>>().join(", ")).unwrap_or_default();
        let slot = all.pointer_mut(&pointer).ok_or_else(|| refused(known))?;
        // Decimals are kept as texts, so that a number that is typed is one.
        *slot = if slot.is_string() && !value.is_object() { choice.into() } else { value };
        *self = serde_json::from_value(all).map_err(|e| refused(e.to_string()))?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_are_chosen_by_name() {
        let mut settings = Settings::default();
        settings.choose("main_operation", "any").unwrap();
        settings.choose("conservative_fallback", "true").unwrap();
        settings.choose("deviation.low", "0.4").unwrap();
        settings.choose("deviation.rule", "ta").unwrap();
        assert_eq!(settings.main_operation, MainOperation::Any);
        assert!(settings.conservative_fallback);
        assert_eq!(settings.deviation.low, Rate::parse("0.4").unwrap());
        let refused = settings.choose("main_operation", "second").unwrap_err();
        assert_eq!(refused.field, "settings.main_operation");
        assert!(refused.accepted.contains("strict"), "{}", refused.accepted);
        assert!(settings.choose("mood", "any").unwrap_err().accepted.contains("main_operation"));
    }
}
