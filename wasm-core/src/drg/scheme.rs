//! A grouping scheme, ready for use.

use std::collections::BTreeSet;
use std::fmt;

use super::layout::{
    self, Adrg, AdrgKind, Ambiguity, CcLevel, DiagnosisClass, Drg, Effect, IntakeRule, Layout, ListName, Mdc,
    OperationClass, Profile, Said, Setting, WardList,
};
use super::rule::{LIST_WORDS, List, Program, STEPS_MAX, Step, Test};
use crate::code::Dictionary;
use crate::pack::{self, PackDigest, PackError, PackHeader, PackKind};

/// The number of an MDC in the order in which they are tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
pub struct MdcId(pub(crate) u16);

/// The number of an ADRG in the order in which they are tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
pub struct AdrgId(pub(crate) u16);

/// The number of a DRG.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
pub struct DrgId(pub(crate) u16);

/// A set of lists as bits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct ListSet([u64; LIST_WORDS]);

impl ListSet {
    fn of(lists: &[List]) -> Option<ListSet> {
        let mut set = ListSet::default();
        for List(n) in lists {
            *set.0.get_mut(usize::from(n / 64))? |= 1 << (n % 64);
        }
        Some(set)
    }

    #[inline]
    pub fn holds(&self, List(n): List) -> bool {
        self.0.get(usize::from(n / 64)).is_some_and(|word| word >> (n % 64) & 1 == 1)
    }
}

#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct DiagnosisTraits {
    pub lists: ListSet,
    pub level: CcLevel,
    pub cc_table: u16,
    pub principal_table: u16,
    /// One bit for the injured region.
    pub region: u16,
    pub not_principal: bool,
}

impl DiagnosisTraits {
    fn of(class: &DiagnosisClass) -> Option<DiagnosisTraits> {
        let region = match class.region {
            0 => 0,
            n => 1_u16.checked_shl(u32::from(n) - 1)?,
        };
        Some(DiagnosisTraits {
            lists: ListSet::of(&class.lists)?,
            level: class.level,
            cc_table: class.cc_table,
            principal_table: class.principal_table,
            region,
            not_principal: class.not_principal,
        })
    }
}

#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct OperationTraits {
    pub lists: ListSet,
    pub valid: bool,
}

impl OperationTraits {
    fn of(class: &OperationClass) -> Option<OperationTraits> {
        Some(OperationTraits { lists: ListSet::of(&class.lists)?, valid: class.valid })
    }
}

/// An MDC with its ADRGs.
#[derive(Clone, Debug)]
pub(crate) struct MdcEntry {
    pub letter: char,
    pub label: String,
    pub ambiguous_label: String,
    pub gate: Program,
    pub ambiguity: Ambiguity,
    /// First and one past the last of its ADRGs.
    pub adrgs: (u16, u16),
}

#[derive(Clone, Debug)]
pub(crate) struct AdrgEntry {
    pub code: String,
    pub medical: bool,
    pub kind: AdrgKind,
    pub rule: Program,
    pub drgs: (u16, u16),
}

#[derive(Clone, Debug)]
pub(crate) struct DrgEntry {
    pub code: String,
    pub condition: Program,
}

/// How records are taken in.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Intake {
    pub sex_words_refused: bool,
    pub other_sex_refused: bool,
    pub age_required: bool,
    pub blank_days_are_zero: bool,
    pub newborn_weight_optional: bool,
    pub spelling_exact: bool,
}

/// Why a scheme cannot be had as asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SchemeError {
    Pack(PackError),
    /// No setting, choice or profile of this name; what there is.
    Unknown {
        asked: String,
        known: Vec<String>,
    },
}

impl fmt::Display for SchemeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            SchemeError::Pack(e) => e.fmt(f),
            SchemeError::Unknown { asked, known } => write!(f, "no {asked:?}; there is {}", known.join(", ")),
        }
    }
}

impl std::error::Error for SchemeError {}

impl From<PackError> for SchemeError {
    fn from(e: PackError) -> Self {
        SchemeError::Pack(e)
    }
}

/// A grouping scheme with the settings it was opened with.
#[derive(Clone, Debug)]
pub struct Scheme {
    pub header: PackHeader,
    pub digest: PackDigest,
    pub id: String,
    pub title: String,
    pub base: Option<String>,
    /// Why this is not the version in force, where it is not.
    pub historical: Option<Said>,
    /// Every reading that can be chosen.
    pub settings: Vec<Setting>,
    pub profiles: Vec<Profile>,
    /// What groups are called that the pack of names does not know.
    pub own_names: Vec<(String, String)>,
    /// Each setting and the choice in force.
    pub choices: Vec<(String, String)>,
    pub(crate) diagnoses: Dictionary,
    pub(crate) operations: Dictionary,
    pub(crate) diagnosis_classes: Vec<DiagnosisTraits>,
    pub(crate) operation_classes: Vec<OperationTraits>,
    pub(crate) diagnosis_lists: Vec<ListName>,
    pub(crate) operation_lists: Vec<ListName>,
    pub(crate) ward_lists: Vec<WardList>,
    pub(crate) mdcs: Vec<MdcEntry>,
    pub(crate) adrgs: Vec<AdrgEntry>,
    pub(crate) drgs: Vec<DrgEntry>,
    /// Steps of all programs, in the order in which groups are tried.
    steps: Vec<Step>,
    pub(crate) intake: Intake,
    /// The operation that says ventilation of 96 hours or more.
    pub(crate) long_ventilation: Option<u16>,
}

/// Ventilation of 96 hours or more: the one operation whose length the settlement list gives again, in
/// `vent_used_dura`.
pub const LONG_VENTILATION: &str = "96.7201";

impl Scheme {
    /// Opens a scheme with its own default readings.
    pub fn open(bytes: &[u8]) -> Result<Scheme, SchemeError> {
        Scheme::open_with(bytes, None, &[])
    }

    /// Opens a scheme with the readings of a profile (`opendrg`), then single choices on top.
    pub fn open_with(bytes: &[u8], profile: Option<&str>, choices: &[(&str, &str)]) -> Result<Scheme, SchemeError> {
        let pack = pack::open(bytes)?;
        let layout: Layout = pack.payload_as(PackKind::Drg, layout::SCHEMA)?;
        let (header, digest) = (pack.header, pack.digest);
        let taken = taken(&layout, profile, choices)?;
        Ok(assemble(layout, header, digest, taken).ok_or(PackError::BadPayload)?)
    }

    pub fn mdc_label(&self, MdcId(n): MdcId) -> &str {
        self.mdcs.get(usize::from(n)).map_or("", |m| &m.label)
    }

    /// The letter of an MDC.
    pub fn mdc_letter(&self, MdcId(n): MdcId) -> Option<char> {
        self.mdcs.get(usize::from(n)).map(|m| m.letter)
    }

    pub fn adrg_code(&self, AdrgId(n): AdrgId) -> &str {
        self.adrgs.get(usize::from(n)).map_or("", |a| &a.code)
    }

    pub fn drg_code(&self, DrgId(n): DrgId) -> &str {
        self.drgs.get(usize::from(n)).map_or("", |d| &d.code)
    }

    pub fn adrg_kind(&self, AdrgId(n): AdrgId) -> Option<AdrgKind> {
        self.adrgs.get(usize::from(n)).map(|a| a.kind)
    }

    /// The owner and role of a list of diagnoses.
    pub fn diagnosis_list(&self, List(n): List) -> Option<&ListName> {
        self.diagnosis_lists.get(usize::from(n))
    }

    /// The owner and role of a list of operations.
    pub fn operation_list(&self, List(n): List) -> Option<&ListName> {
        self.operation_lists.get(usize::from(n))
    }

    /// The owner and role of a list of wards.
    pub fn ward_list(&self, List(n): List) -> Option<&ListName> {
        self.ward_lists.get(usize::from(n)).map(|list| &list.name)
    }

    /// Wards that some group asks for, each once; none where no group does.
    pub fn wards(&self) -> BTreeSet<&str> {
        self.ward_lists.iter().flat_map(|list| &list.wards).map(String::as_str).collect()
    }

    /// The lists that a ward is in.
    pub(crate) fn lists_of_ward(&self, ward: &str) -> ListSet {
        let listed = (0..).map(List).zip(&self.ward_lists);
        let lists: Vec<List> =
            listed.filter(|(_, list)| list.wards.iter().any(|known| known == ward)).map(|(list, _)| list).collect();
        ListSet::of(&lists).unwrap_or_default()
    }

    /// Every group code of the scheme, in order.
    pub fn groups(&self) -> impl Iterator<Item = &str> {
        self.drgs.iter().map(|d| d.code.as_str())
    }

    /// Who has an operation in one of its lists.
    pub(crate) fn owners<'a>(&'a self, traits: &'a OperationTraits) -> impl Iterator<Item = &'a str> {
        let lists = (0..).map(List).zip(&self.operation_lists);
        lists.filter(|(list, _)| traits.lists.holds(*list)).map(|(_, name)| name.owner.as_str())
    }

    /// Whether an MDC has a diagnosis in one of its lists.
    pub(crate) fn in_some_mdc(&self, traits: &DiagnosisTraits) -> bool {
        let lists = (0..).map(List).zip(&self.diagnosis_lists);
        let mut owners = lists.filter(|(list, _)| traits.lists.holds(*list)).map(|(_, name)| name.owner.as_str());
        owners.any(|owner| owner.len() == 1)
    }

    /// Whether some ADRG of an MDC takes whatever counts as an operation.
    pub(crate) fn takes_any_operation(&self, MdcId(n): MdcId) -> bool {
        let Some(mdc) = self.mdcs.get(usize::from(n)) else { return false };
        let adrgs = self.adrgs.get(usize::from(mdc.adrgs.0)..usize::from(mdc.adrgs.1)).unwrap_or_default();
        adrgs.iter().any(|a| self.steps(a.rule).iter().any(|s| s.test == Test::MainOperationValid))
    }

    /// Whether the groups of an ADRG are told apart by complications of this level.
    pub fn splits_by(&self, AdrgId(n): AdrgId, level: CcLevel) -> bool {
        let Some(adrg) = self.adrgs.get(usize::from(n)) else { return false };
        let drgs = self.drgs.get(usize::from(adrg.drgs.0)..usize::from(adrg.drgs.1)).unwrap_or_default();
        let asked = match level {
            CcLevel::Mcc => Test::Mcc,
            CcLevel::Cc => Test::Cc,
            CcLevel::None => return false,
        };
        drgs.iter().any(|d| self.steps(d.condition).iter().any(|s| s.test == asked))
    }

    /// Whether codes are taken only as they are spelled.
    pub fn spelling_exact(&self) -> bool {
        self.intake.spelling_exact
    }

    /// The steps of a program.
    #[inline]
    pub(crate) fn steps(&self, Program { start, len }: Program) -> &[Step] {
        let from = usize::from(start);
        self.steps.get(from..from + usize::from(len)).unwrap_or_default()
    }

    /// Takes over a program of the layout, so that programs lie in memory as they are run.
    fn adopt(&mut self, steps: &[Step], Program { start, len }: Program) -> Option<Program> {
        let from = usize::from(start);
        let own = steps.get(from..from + usize::from(len))?;
        let start = u16::try_from(self.steps.len()).ok()?;
        self.steps.extend_from_slice(own);
        (!own.is_empty() && own.len() <= STEPS_MAX).then_some(Program { start, len })
    }

    pub fn diagnoses(&self) -> &Dictionary {
        &self.diagnoses
    }

    pub fn operations(&self) -> &Dictionary {
        &self.operations
    }
}

/// The choice in force for every setting: the default, over it the profile, over it single choices.
fn taken(
    layout: &Layout,
    profile: Option<&str>,
    single: &[(&str, &str)],
) -> Result<Vec<(String, String)>, SchemeError> {
    let mut taken: Vec<(String, String)> =
        layout.settings.iter().map(|s| (s.name.clone(), s.default.clone())).collect();
    let from_profile = match profile {
        None => &[][..],
        Some(name) => {
            let known = || layout.profiles.iter().map(|p| p.name.clone()).collect();
            let found = layout.profiles.iter().find(|p| p.name == name);
            &found.ok_or_else(|| SchemeError::Unknown { asked: name.into(), known: known() })?.choices[..]
        }
    };
    let asked = from_profile.iter().map(|(s, c)| (s.as_str(), c.as_str())).chain(single.iter().copied());
    for (setting, choice) in asked {
        let found = layout.settings.iter().zip(taken.iter_mut()).find(|(s, _)| s.name == setting);
        let Some((known, (_, in_force))) = found else {
            let known = layout.settings.iter().map(|s| s.name.clone()).collect();
            return Err(SchemeError::Unknown { asked: setting.into(), known });
        };
        if !known.choices.iter().any(|c| c.name == choice) {
            let known = known.choices.iter().map(|c| c.name.clone()).collect();
            return Err(SchemeError::Unknown { asked: format!("{setting}={choice}"), known });
        }
        *in_force = choice.into();
    }
    Ok(taken)
}

fn assemble(
    mut layout: Layout,
    header: PackHeader,
    digest: PackDigest,
    choices: Vec<(String, String)>,
) -> Option<Scheme> {
    let mut scheme = Scheme {
        header,
        digest,
        id: layout.id.clone(),
        title: layout.title.clone(),
        base: layout.base.clone(),
        diagnoses: Dictionary::new(layout.diagnoses.unpack()?)?,
        operations: Dictionary::new(layout.operations.unpack()?)?,
        diagnosis_classes: layout.diagnosis_classes.iter().map(DiagnosisTraits::of).collect::<Option<_>>()?,
        operation_classes: layout.operation_classes.iter().map(OperationTraits::of).collect::<Option<_>>()?,
        diagnosis_lists: std::mem::take(&mut layout.diagnosis_lists),
        operation_lists: std::mem::take(&mut layout.operation_lists),
        ward_lists: std::mem::take(&mut layout.ward_lists),
        mdcs: Vec::with_capacity(layout.mdcs.len()),
        adrgs: Vec::with_capacity(layout.adrgs.len()),
        drgs: Vec::with_capacity(layout.drgs.len()),
        intake: Intake::default(),
        steps: Vec::with_capacity(layout.steps.len()),
        historical: layout.historical.clone(),
        settings: Vec::new(),
        profiles: std::mem::take(&mut layout.profiles),
        own_names: std::mem::take(&mut layout.own_names),
        long_ventilation: None,
        choices,
    };
    scheme.long_ventilation = scheme.operations.find(LONG_VENTILATION.as_bytes()).map(|(at, _)| at);
    let settings = std::mem::take(&mut layout.settings);
    for (setting, (_, in_force)) in settings.iter().zip(&scheme.choices.clone()) {
        let choice = setting.choices.iter().find(|c| c.name == *in_force)?;
        choice.effects.iter().try_for_each(|e| apply(&mut layout, &mut scheme, e))?;
    }
    scheme.settings = settings;
    let known = |e: &crate::code::Entry, classes: usize| usize::from(e.class) < classes;
    let whole = scheme.diagnoses.entries().iter().all(|e| known(e, scheme.diagnosis_classes.len()))
        && scheme.operations.entries().iter().all(|e| known(e, scheme.operation_classes.len()));
    lay_out_groups(&layout, &mut scheme)?;
    whole.then_some(scheme)
}

/// Carries out one effect of a choice.
fn apply(layout: &mut Layout, scheme: &mut Scheme, effect: &Effect) -> Option<()> {
    match effect {
        Effect::Gate { mdc, rule } => layout.mdcs.iter_mut().find(|m| m.letter == *mdc)?.gate = *rule,
        Effect::Rule { adrg, rule } => layout.adrgs.iter_mut().find(|a| a.code == *adrg)?.rule = *rule,
        Effect::Before { adrg, other } => {
            let from = layout.adrgs.iter().position(|a| a.code == *adrg)?;
            let moved = layout.adrgs.remove(from);
            let to = layout.adrgs.iter().position(|a| a.code == *other)?;
            layout.adrgs.insert(to, moved);
        }
        Effect::Ambiguity { mdcs, test } => {
            layout.mdcs.iter_mut().filter(|m| mdcs.contains(m.letter)).for_each(|m| m.ambiguity = *test);
        }
        Effect::Diagnosis { code, class } => {
            let (at, _) = scheme.diagnoses.find(code.as_bytes())?;
            scheme.diagnoses.reclass(at, u16::try_from(scheme.diagnosis_classes.len()).ok()?);
            scheme.diagnosis_classes.push(DiagnosisTraits::of(class)?);
        }
        Effect::Operation { code, class } => {
            let (at, _) = scheme.operations.find(code.as_bytes())?;
            scheme.operations.reclass(at, u16::try_from(scheme.operation_classes.len()).ok()?);
            scheme.operation_classes.push(OperationTraits::of(class)?);
        }
        Effect::Intake(rule) => {
            let intake = &mut scheme.intake;
            *match rule {
                IntakeRule::SexWordsRefused => &mut intake.sex_words_refused,
                IntakeRule::OtherSexRefused => &mut intake.other_sex_refused,
                IntakeRule::AgeRequired => &mut intake.age_required,
                IntakeRule::BlankDaysAreZero => &mut intake.blank_days_are_zero,
                IntakeRule::NewbornWeightOptional => &mut intake.newborn_weight_optional,
                IntakeRule::SpellingExact => &mut intake.spelling_exact,
            } = true;
        }
    }
    Some(())
}

/// Hangs DRGs under their ADRGs and ADRGs under their MDCs.
fn lay_out_groups(layout: &Layout, scheme: &mut Scheme) -> Option<()> {
    for Mdc { letter, gate, ambiguity } in &layout.mdcs {
        let gate = scheme.adopt(&layout.steps, *gate)?;
        let first_adrg = u16::try_from(scheme.adrgs.len()).ok()?;
        for Adrg { code, kind, rule, .. } in layout.adrgs.iter().filter(|a| a.mdc == *letter) {
            let first_drg = u16::try_from(scheme.drgs.len()).ok()?;
            for Drg { code, condition, .. } in layout.drgs.iter().filter(|d| d.adrg == *code) {
                let condition = scheme.adopt(&layout.steps, *condition)?;
                scheme.drgs.push(DrgEntry { code: code.clone(), condition });
            }
            let drgs = (first_drg, u16::try_from(scheme.drgs.len()).ok()?);
            let medical = *kind == AdrgKind::Medical;
            let rule = scheme.adopt(&layout.steps, *rule)?;
            scheme.adrgs.push(AdrgEntry { code: code.clone(), medical, kind: *kind, rule, drgs });
        }
        scheme.mdcs.push(MdcEntry {
            letter: *letter,
            label: format!("MDC{letter}"),
            ambiguous_label: format!("{letter}QY"),
            gate,
            ambiguity: *ambiguity,
            adrgs: (first_adrg, u16::try_from(scheme.adrgs.len()).ok()?),
        });
    }
    (scheme.adrgs.len() == layout.adrgs.len() && scheme.drgs.len() == layout.drgs.len()).then_some(())
}
