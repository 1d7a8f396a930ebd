//! What there is to choose from: schemes and their readings, prices, codes.

use serde::{Deserialize, Serialize};

use super::answer::SchemeRef;
use super::shelf::Shelf;
use crate::code::System;
use crate::dip::{Catalogue, Settings};
use crate::drg::layout::{Choice, Profile, Said, Setting};
use crate::drg::{Lines, Scheme, Thresholds, Unit};
use crate::error::{Refusal, RefusalCode};
use crate::money::Rate;
use crate::pack::PackRef;
use crate::rules::Basis;
use crate::text::dip_settings;

/// A scheme that is loaded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct SchemeOut {
    #[serde(flatten)]
    pub scheme: SchemeRef,
    pub kind: SchemeKind,
    /// What has to stand beside every result, as the scheme says it: `非本市，仅演示`.
    pub notice: Option<Said>,
    pub pack: PackRef,
    /// Number of groups.
    pub groups: usize,
    /// 出院科别 that some group asks for; where there are none, a record need not say it.
    pub wards: Vec<String>,
    pub settings: Vec<SettingOut>,
    pub profiles: Vec<ProfileOut>,
}

/// How a scheme groups.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum SchemeKind {
    Drg,
    Dip,
}

/// A reading on which the sources differ.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct SettingOut {
    pub name: String,
    pub title: Said,
    /// The choice taken when nobody says otherwise.
    pub default: String,
    pub choices: Vec<ChoiceOut>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct ChoiceOut {
    pub name: String,
    pub reason: Said,
}

/// Choices that belong together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct ProfileOut {
    pub name: String,
    /// Pairs of a setting and its choice.
    pub choices: Vec<(String, String)>,
}

/// A region's table of weights and what it pays for one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct PricedRegionOut {
    pub region: String,
    pub name: Said,
    /// Ids of the schemes whose groups the weights are of.
    pub schemes: Vec<String>,
    pub unit: Unit,
    pub prices: Vec<PriceOut>,
    /// Levels of hospitals that the region's table has a coefficient for.
    pub levels: Vec<LevelOut>,
    /// Where the region draws the lines of 低倍率 and 高倍率, where that is known.
    pub thresholds: Option<Thresholds>,
}

/// 等级系数.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct LevelOut {
    pub level: String,
    /// What holds for most groups; none where each group has its own.
    pub coefficient: Option<Rate>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct PriceOut {
    pub price: String,
    /// Yuan for one weight or point.
    pub yuan: Rate,
    pub basis: Basis,
}

/// A search for codes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Search {
    pub system: System,
    /// The head of a code, part of a name, or the initials of its pinyin.
    pub text: String,
    /// Most hits, 1 to 100.
    #[serde(default = "twenty")]
    pub most: u16,
}

fn twenty() -> u16 {
    20
}

/// A code that was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct HitOut {
    pub code: String,
    pub name: String,
}

const HITS_MAX: u16 = 100;
const TEXT_BYTES_MAX: usize = 256;

/// Every scheme that is loaded, DIP catalogues last.
pub fn schemes(shelf: &Shelf) -> Vec<SchemeOut> {
    let catalogues = shelf.catalogues().map(|catalogue| SchemeOut::from(&**catalogue));
    shelf.schemes().map(|scheme| SchemeOut::from(&**scheme)).chain(catalogues).collect()
}

/// Every table of weights that is loaded.
pub fn prices(shelf: &Shelf) -> Vec<PricedRegionOut> {
    let price = |p: &crate::drg::PriceTable| PriceOut { price: p.label.clone(), yuan: p.yuan, basis: p.basis };
    let level = |l: &crate::drg::Level| LevelOut { level: l.label.clone(), coefficient: l.usual };
    let regions = shelf.weights().flat_map(crate::drg::WeightBook::regions);
    let out = regions.map(|r| PricedRegionOut {
        region: r.id.clone(),
        name: r.name.clone(),
        schemes: r.schemes.clone(),
        unit: r.unit,
        prices: r.prices.iter().map(price).collect(),
        levels: r.levels.iter().map(level).collect(),
        thresholds: r.lines.as_ref().map(Lines::thresholds),
    });
    out.collect()
}

pub fn search(shelf: &Shelf, asked: &Search) -> Result<Vec<HitOut>, Refusal> {
    if !(1..=HITS_MAX).contains(&asked.most) {
        return Err(Refusal::new(RefusalCode::OutOfRange, "most", format!("1–{HITS_MAX}")));
    }
    if asked.text.len() > TEXT_BYTES_MAX {
        return Err(Refusal::new(RefusalCode::OutOfRange, "text", format!("≤ {TEXT_BYTES_MAX} bytes")));
    }
    let names = shelf.names().ok_or_else(|| Refusal::new(RefusalCode::NoPack, "", "drg/names"))?;
    let hits = names.search(asked.system, &asked.text, usize::from(asked.most));
    Ok(hits.into_iter().map(|hit| HitOut { code: hit.code.into(), name: hit.name.into() }).collect())
}

impl From<&Scheme> for SchemeOut {
    fn from(scheme: &Scheme) -> Self {
        SchemeOut {
            scheme: SchemeRef::from(scheme),
            kind: SchemeKind::Drg,
            notice: None,
            pack: pack_ref(scheme),
            groups: scheme.groups().count(),
            wards: scheme.wards().into_iter().map(str::to_owned).collect(),
            settings: scheme.settings.iter().map(SettingOut::from).collect(),
            profiles: scheme.profiles.iter().map(ProfileOut::from).collect(),
        }
    }
}

impl From<&Catalogue> for SchemeOut {
    fn from(catalogue: &Catalogue) -> Self {
        SchemeOut {
            scheme: catalogue_ref(catalogue),
            kind: SchemeKind::Dip,
            notice: catalogue.notice.clone(),
            pack: catalogue_pack(catalogue),
            groups: catalogue.groups().count(),
            wards: Vec::new(),
            settings: dip_settings().into_iter().map(|setting| in_force(setting, &catalogue.settings)).collect(),
            profiles: Vec::new(),
        }
    }
}

/// A setting with the catalogue's own choice as its default.
fn in_force(mut setting: SettingOut, settings: &Settings) -> SettingOut {
    setting.default = settings.chosen(&setting.name).unwrap_or_default();
    setting
}

/// Each setting of a catalogue and the choice in force.
pub(super) fn settings_in_force(settings: &Settings) -> Vec<(String, String)> {
    let named = dip_settings().into_iter().map(|setting| (settings.chosen(&setting.name), setting.name));
    named.filter_map(|(choice, name)| Some((name, choice?))).collect()
}

pub(super) fn catalogue_ref(catalogue: &Catalogue) -> SchemeRef {
    SchemeRef {
        id: catalogue.id.clone(),
        title: catalogue.title.clone(),
        base: None,
        historical: false,
        historical_note: None,
    }
}

pub(super) fn catalogue_pack(catalogue: &Catalogue) -> PackRef {
    PackRef::new(&catalogue.header, catalogue.digest)
}

impl From<&Setting> for SettingOut {
    fn from(setting: &Setting) -> Self {
        let choice = |c: &Choice| ChoiceOut { name: c.name.clone(), reason: c.reason.clone() };
        SettingOut {
            name: setting.name.clone(),
            title: setting.title.clone(),
            default: setting.default.clone(),
            choices: setting.choices.iter().map(choice).collect(),
        }
    }
}

impl From<&Profile> for ProfileOut {
    fn from(profile: &Profile) -> Self {
        ProfileOut { name: profile.name.clone(), choices: profile.choices.clone() }
    }
}

pub(super) fn pack_ref(scheme: &Scheme) -> PackRef {
    PackRef::new(&scheme.header, scheme.digest)
}
