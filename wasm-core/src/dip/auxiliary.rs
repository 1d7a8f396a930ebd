//! Auxiliary catalogues: severity, age, intensive care. At most one factor applies to a stay, that of the
//! matching type whose costs lie furthest above its group's.

use serde::{Deserialize, Serialize};

use super::settings::SeverityDays;
use crate::money::Rate;

/// A type of an auxiliary catalogue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "AuxiliaryType"))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(rename = "AuxiliaryType"))]
pub enum Type {
    Death,
    Severe,
    Moderate,
    /// Tumour: cost at least three times the standard, at least half of it treatment.
    CostlyTreatment,
    /// Tumour: cost at least three times the standard, at least half of it drugs.
    CostlyDrugs,
    Metastasis,
    Age(AgeBand),
    IntensiveCare(CareBand),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "AuxiliaryAge"))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(rename = "AuxiliaryAge"))]
pub enum AgeBand {
    /// 0–28 days
    Newborn,
    /// 29 days to below 1 year
    Infant,
    /// 1–6 years
    YoungChild,
    /// 7–17 years
    Minor,
    /// Above 65 years
    Old,
}

/// The band of an age; `None` for adults up to 65, and where neither age says enough.
pub fn age_band(years: Option<u32>, days: Option<u32>) -> Option<AgeBand> {
    match (years, days) {
        (Some(0) | None, Some(0..=28)) => Some(AgeBand::Newborn),
        (Some(0), Some(_)) => Some(AgeBand::Infant),
        (Some(1..=6), _) => Some(AgeBand::YoungChild),
        (Some(7..=17), _) => Some(AgeBand::Minor),
        (Some(66..), _) => Some(AgeBand::Old),
        _ => None,
    }
}

/// Days in intensive care.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "AuxiliaryCare"))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(rename = "AuxiliaryCare"))]
pub enum CareBand {
    Days2To7,
    Days8To14,
    Days15To30,
    Days31AndMore,
}

pub fn care_band(days: u32) -> Option<CareBand> {
    match days {
        0 | 1 => None,
        2..=7 => Some(CareBand::Days2To7),
        8..=14 => Some(CareBand::Days8To14),
        15..=30 => Some(CareBand::Days15To30),
        31.. => Some(CareBand::Days31AndMore),
    }
}

/// How ill a patient without a tumour was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    Death,
    Severe,
    Moderate,
    Light,
}

/// Severity from what the stay documents. The two lists are local: `severe` and `moderate` say whether a
/// secondary diagnosis is on them.
pub fn severity(died: bool, severe: bool, moderate: bool, stay_days: u32, rule: SeverityDays) -> Severity {
    let long = match rule {
        SeverityDays::MoreThanThree => stay_days > 3,
        SeverityDays::ThreeOrMore => stay_days >= 3,
    };
    match () {
        () if died => Severity::Death,
        () if severe && long => Severity::Severe,
        () if moderate && long => Severity::Moderate,
        () => Severity::Light,
    }
}

/// A type that matches, with the local figures of its group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "AuxiliaryMatch"))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(rename = "AuxiliaryMatch"))]
pub struct Match {
    #[serde(rename = "type")]
    pub kind: Type,
    /// Mean of the type over mean of the group, last year, where it is not the factor.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trigger: Option<Rate>,
    /// What the score is multiplied by: m_j / M_group.
    pub factor: Rate,
}

impl Match {
    fn triggered(&self) -> Rate {
        self.trigger.unwrap_or(self.factor)
    }
}

/// The factor that applies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "AuxiliaryApplied"))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(rename = "AuxiliaryApplied"))]
pub struct Applied {
    #[serde(rename = "type")]
    pub kind: Type,
    pub factor: Rate,
}

/// The one type that applies: the highest trigger, of equal ones the first.
pub fn highest(matches: &[Match]) -> Option<Applied> {
    let mut best: Option<&Match> = None;
    for found in matches {
        if best.is_none_or(|b| found.triggered() > b.triggered()) {
            best = Some(found);
        }
    }
    best.map(|m| Applied { kind: m.kind, factor: m.factor })
}

/// A type as tables and people write it.
const WORDS: [(Type, &str, &str); 15] = [
    (Type::Death, "death", "死亡"),
    (Type::Severe, "severe", "重度"),
    (Type::Moderate, "moderate", "中度"),
    (Type::CostlyTreatment, "costly_treatment", "高额治疗"),
    (Type::CostlyDrugs, "costly_drugs", "高额药品"),
    (Type::Metastasis, "metastasis", "转移"),
    (Type::Age(AgeBand::Newborn), "age_0_28d", "0–28天"),
    (Type::Age(AgeBand::Infant), "age_29d_1y", "29天–1岁"),
    (Type::Age(AgeBand::YoungChild), "age_1_6", "1–6岁"),
    (Type::Age(AgeBand::Minor), "age_7_17", "7–17岁"),
    (Type::Age(AgeBand::Old), "age_over_65", "65岁以上"),
    (Type::IntensiveCare(CareBand::Days2To7), "icu_2_7d", "重症监护2–7天"),
    (Type::IntensiveCare(CareBand::Days8To14), "icu_8_14d", "重症监护8–14天"),
    (Type::IntensiveCare(CareBand::Days15To30), "icu_15_30d", "重症监护15–30天"),
    (Type::IntensiveCare(CareBand::Days31AndMore), "icu_31d", "重症监护31天以上"),
];

impl Type {
    pub fn all() -> impl Iterator<Item = Type> {
        WORDS.into_iter().map(|(kind, ..)| kind)
    }

    /// As tables have it: `age_over_65`.
    pub fn word(self) -> &'static str {
        WORDS.iter().find(|(kind, ..)| *kind == self).map_or("", |(_, word, _)| word)
    }

    /// As people call it: `65岁以上`.
    pub fn title(self) -> &'static str {
        WORDS.iter().find(|(kind, ..)| *kind == self).map_or("", |(.., title)| title)
    }

    /// Reads either.
    pub fn named(text: &str) -> Option<Type> {
        WORDS.iter().find(|(_, word, title)| *word == text || *title == text).map(|(kind, ..)| *kind)
    }
}

/// The largest factor that a table may have, in hundredths.
pub const FACTOR_MAX: i64 = 10_000;

/// `severe=1.35|age_over_65=1.1`: every type that matches a stay, with its factor.
pub fn parse(text: &str) -> Option<Vec<Match>> {
    let one = |part: &str| {
        let (kind, factor) = part.split_once(['=', ':', '：'])?;
        let factor = Rate::parse(factor.trim()).filter(|rate| !rate.is_zero())?;
        Some(Match { kind: Type::named(kind.trim())?, trigger: None, factor })
    };
    text.split(['|', ';', '；']).filter(|part| !part.trim().is_empty()).map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rate(text: &str) -> Rate {
        Rate::parse(text).unwrap()
    }

    #[test]
    fn only_the_highest_factor_applies() {
        let severe = Match { kind: Type::Severe, trigger: None, factor: rate("1.35") };
        let old = Match { kind: Type::Age(AgeBand::Old), trigger: None, factor: rate("1.10") };
        for matches in [[severe, old], [old, severe]] {
            assert_eq!(highest(&matches), Some(Applied { kind: Type::Severe, factor: rate("1.35") }));
        }
        assert_eq!(highest(&[]), None);
    }

    #[test]
    fn types_are_written_and_read() {
        for kind in Type::all() {
            assert_eq!((Type::named(kind.word()), Type::named(kind.title())), (Some(kind), Some(kind)));
        }
        let found = parse("severe=1.35| 65岁以上：1.1 ").unwrap();
        assert_eq!(highest(&found), Some(Applied { kind: Type::Severe, factor: rate("1.35") }));
        assert_eq!(parse(""), Some(Vec::new()));
        for wrong in ["severe", "severe=0", "severe=x", "mood=1.1"] {
            assert_eq!(parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn bands_meet_at_their_edges() {
        let check = |years, days, band| assert_eq!(age_band(years, days), band, "{years:?} {days:?}");
        check(Some(0), Some(28), Some(AgeBand::Newborn));
        check(Some(0), Some(29), Some(AgeBand::Infant));
        check(Some(0), None, None);
        check(Some(1), None, Some(AgeBand::YoungChild));
        check(Some(7), None, Some(AgeBand::Minor));
        check(Some(17), None, Some(AgeBand::Minor));
        check(Some(18), None, None);
        check(Some(65), None, None);
        check(Some(66), None, Some(AgeBand::Old));
        for (days, band) in [
            (1, None),
            (2, Some(CareBand::Days2To7)),
            (8, Some(CareBand::Days8To14)),
            (30, Some(CareBand::Days15To30)),
            (31, Some(CareBand::Days31AndMore)),
        ] {
            assert_eq!(care_band(days), band, "{days}");
        }
    }

    #[test]
    fn three_days_are_not_more_than_three() {
        let at = |days, rule| severity(false, true, true, days, rule);
        assert_eq!(at(3, SeverityDays::MoreThanThree), Severity::Light);
        assert_eq!(at(3, SeverityDays::ThreeOrMore), Severity::Severe);
        assert_eq!(at(4, SeverityDays::MoreThanThree), Severity::Severe);
        assert_eq!(severity(true, false, false, 1, SeverityDays::MoreThanThree), Severity::Death);
        assert_eq!(severity(false, false, true, 4, SeverityDays::MoreThanThree), Severity::Moderate);
    }
}
