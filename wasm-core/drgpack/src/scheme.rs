//! From tables to the layout of a pack.

use std::collections::{BTreeMap, BTreeSet};

use anxin_core::code::{Code, Column};
use anxin_core::drg::layout::{
    Adrg, AdrgKind, Ambiguity, CcLevel, Choice, DiagnosisClass, Drg, Effect, Layout, Mdc, OperationClass, Profile,
    Said, Setting,
};
use anxin_core::drg::rule::{List, Program, Step};

use crate::lint::{Defect, Lints};
use crate::register::{Bound, Classes, Register};
use crate::source::{ChoiceText, CodeText, SettingText};
use crate::tables::Tables;
use crate::words;

/// Builds the layout of a scheme, noting every defect of its tables.
pub fn build(tables: &Tables, lints: &mut Lints) -> Layout {
    let mut builder = Builder::new(tables, lints);
    builder.read_diagnoses();
    builder.read_operations();
    let (mdcs, adrgs, drgs) = (builder.mdcs(), builder.adrgs(), builder.drgs());
    let settings = builder.settings();
    let profiles = builder.profiles(&settings);
    crate::check::groups(tables, builder.lints);
    crate::check::principals(tables, &builder.diagnoses, &builder.diagnosis_lists, builder.lints);
    crate::check::complications(tables, &builder.diagnoses, builder.lints);
    let file = format!("{}/adrg.tsv", tables.name);
    builder.diagnosis_lists.check(&file, builder.lints);
    builder.operation_lists.check(&file, builder.lints);
    let manifest = &tables.manifest;
    let (diagnoses, diagnosis_classes) = pack(&builder.diagnoses);
    let (operations, operation_classes) = pack(&builder.operations);
    Layout {
        id: manifest.id.clone(),
        title: manifest.title.clone(),
        base: manifest.base.clone(),
        historical: manifest.historical_zh.as_ref().zip(manifest.historical.as_ref()).map(|(zh, en)| said(zh, en)),
        diagnoses,
        operations,
        diagnosis_classes,
        operation_classes,
        diagnosis_lists: builder.diagnosis_lists.names,
        operation_lists: builder.operation_lists.names,
        ward_lists: Vec::new(),
        steps: builder.steps,
        mdcs,
        adrgs,
        drgs,
        own_names: Vec::new(),
        settings,
        profiles,
    }
}

/// A column of codes and the classes they have. Codes are known to be codes by now.
fn pack<T: Clone + Default + Eq + std::hash::Hash>(codes: &BTreeMap<String, T>) -> (Column, Vec<T>) {
    let mut classes = Classes::new();
    let numbered: Vec<(&str, u16)> = codes.iter().map(|(code, class)| (code.as_str(), classes.number(class))).collect();
    (Column::pack(numbered).unwrap_or_default(), classes.all)
}

struct Builder<'a> {
    tables: &'a Tables,
    lints: &'a mut Lints,
    diagnoses: BTreeMap<String, DiagnosisClass>,
    operations: BTreeMap<String, OperationClass>,
    diagnosis_lists: Register,
    operation_lists: Register,
    steps: Vec<Step>,
    /// MDCs, ADRGs and DRGs: who may own a list.
    owners: BTreeSet<String>,
}

impl<'a> Builder<'a> {
    fn new(tables: &'a Tables, lints: &'a mut Lints) -> Builder<'a> {
        let groups = [&tables.mdc, &tables.adrg, &tables.drg];
        Builder {
            tables,
            lints,
            diagnoses: BTreeMap::new(),
            operations: BTreeMap::new(),
            diagnosis_lists: Register::default(),
            operation_lists: Register::default(),
            steps: Vec::new(),
            owners: groups.iter().flat_map(|t| &t.rows).map(|row| row[0].clone()).collect(),
        }
    }

    fn read_diagnoses(&mut self) {
        let tables = self.tables;
        let file = &tables.diagnoses.file;
        for row in &tables.diagnoses.rows {
            let [code, lists, level, cc_table, principal_table, flags] = row.as_slice() else { continue };
            if Code::new(code.as_bytes()).is_none() {
                self.lints.add(file, code, Defect::NotACode);
                continue;
            }
            let level = match level.as_str() {
                "" => CcLevel::None,
                "CC" => CcLevel::Cc,
                "MCC" => CcLevel::Mcc,
                other => {
                    self.lints.add(file, code, Defect::Level(other.into()));
                    CcLevel::None
                }
            };
            let mut class = DiagnosisClass {
                level,
                cc_table: self.table_number(code, cc_table),
                principal_table: self.table_number(code, principal_table),
                not_principal: flags.split(' ').any(|flag| flag == "not_principal"),
                ..DiagnosisClass::default()
            };
            for list in lists.split(' ').filter(|list| !list.is_empty()) {
                self.enter_diagnosis(code, list, &mut class);
            }
            class.lists.sort_unstable();
            self.diagnoses.insert(code.clone(), class);
        }
    }

    fn table_number(&mut self, code: &str, text: &str) -> u16 {
        match text.parse() {
            Ok(n) => n,
            Err(_) if text.is_empty() => 0,
            Err(_) => {
                self.lints.add(&self.tables.diagnoses.file, code, Defect::NotANumber(text.into()));
                0
            }
        }
    }

    /// Puts a diagnosis into a list: `B`, `BR1`, `BR1.pdx_2`, or `Z3` for body region 3 of MDC Z.
    fn enter_diagnosis(&mut self, code: &str, list: &str, class: &mut DiagnosisClass) {
        let (owner, role) = list.split_once('.').unwrap_or((list, "pdx"));
        let region = owner.get(1..).filter(|digits| owner.len() == 2 && digits.chars().all(|c| c.is_ascii_digit()));
        let owner = if let Some(digits) = region {
            class.region = digits.parse().unwrap_or_default();
            if !(1..=16).contains(&class.region) {
                self.lints.add(&self.tables.diagnoses.file, code, Defect::UnknownRegion(digits.into()));
            }
            &owner[..1]
        } else {
            owner
        };
        if !self.owners.contains(owner) {
            self.lints.add(&self.tables.diagnoses.file, code, Defect::UnknownOwner(owner.into()));
        }
        class.lists.push(self.diagnosis_lists.fill(owner, role));
    }

    fn read_operations(&mut self) {
        let tables = self.tables;
        let file = &tables.operations.file;
        for row in &tables.operations.rows {
            let [code, valid, lists] = row.as_slice() else { continue };
            if Code::new(code.as_bytes()).is_none() {
                self.lints.add(file, code, Defect::NotACode);
                continue;
            }
            if !matches!(valid.as_str(), "0" | "1") {
                self.lints.add(file, code, Defect::NotANumber(valid.clone()));
            }
            let mut class = OperationClass { valid: valid == "1", ..OperationClass::default() };
            for list in lists.split(' ').filter(|list| !list.is_empty()) {
                class.lists.push(self.enter_operation(code, list));
            }
            class.lists.sort_unstable();
            self.operations.insert(code.clone(), class);
        }
    }

    fn enter_operation(&mut self, code: &str, list: &str) -> List {
        let (owner, role) = list.split_once('.').unwrap_or((list, "mproc"));
        if !self.owners.contains(owner) {
            self.lints.add(&self.tables.operations.file, code, Defect::UnknownOwner(owner.into()));
        }
        self.operation_lists.fill(owner, role)
    }

    /// Compiles a rule of `owner` and gives its place among the steps. Equal rules share steps.
    fn program(&mut self, file: &str, owner: &str, rule: &str, gate: bool) -> Program {
        let mut bound =
            Bound { owner, gate, diagnoses: &mut self.diagnosis_lists, operations: &mut self.operation_lists };
        let steps = words::compile(rule, &mut bound).unwrap_or_else(|why| {
            self.lints.add(file, owner, Defect::Rule(why));
            Vec::new()
        });
        let there = self.steps.windows(steps.len().max(1)).position(|w| w == steps.as_slice());
        let start = there.unwrap_or_else(|| {
            self.steps.extend_from_slice(&steps);
            self.steps.len() - steps.len()
        });
        if u16::try_from(start + steps.len()).is_err() {
            self.lints.add(file, owner, Defect::TooMany("steps"));
        }
        Program { start: start.try_into().unwrap_or_default(), len: steps.len().try_into().unwrap_or_default() }
    }

    fn mdcs(&mut self) -> Vec<Mdc> {
        let tables = self.tables;
        let file = &tables.mdc.file;
        let mut mdcs = Vec::new();
        for row in ordered(&tables.mdc.rows, 1) {
            let [letter, _, rule, _, _] = row.as_slice() else { continue };
            let gate = self.program(file, letter, rule, true);
            // Which MDCs have an ambiguity group is the table's; which test is the setting's.
            let ambiguity = Ambiguity::Off;
            mdcs.extend(letter.chars().next().map(|letter| Mdc { letter, gate, ambiguity }));
        }
        mdcs
    }

    fn adrgs(&mut self) -> Vec<Adrg> {
        let tables = self.tables;
        let file = &tables.adrg.file;
        let mut adrgs = Vec::new();
        for row in ordered(&tables.adrg.rows, 2) {
            let [code, mdc, _, kind, rule, _] = row.as_slice() else { continue };
            let kind = match kind.as_str() {
                "外科" => AdrgKind::Surgical,
                "操作" => AdrgKind::Operation,
                "内科" => AdrgKind::Medical,
                other => {
                    self.lints.add(file, code, Defect::UnknownKind(other.into()));
                    AdrgKind::Medical
                }
            };
            let rule = self.program(file, code, rule, false);
            adrgs.extend(mdc.chars().next().map(|mdc| Adrg { code: code.clone(), mdc, kind, rule }));
        }
        adrgs
    }

    fn drgs(&mut self) -> Vec<Drg> {
        let tables = self.tables;
        let mut drgs = Vec::new();
        for row in &tables.drg.rows {
            let [code, condition, _] = row.as_slice() else { continue };
            let condition = self.program(&tables.drg.file, code, condition, false);
            drgs.push(Drg { code: code.clone(), adrg: code.get(..3).unwrap_or_default().into(), condition });
        }
        drgs
    }

    fn settings(&mut self) -> Vec<Setting> {
        let tables = self.tables;
        let mut settings = Vec::new();
        for SettingText { name, title, title_zh, default, choices } in &tables.manifest.settings {
            let choices: Vec<Choice> = choices.iter().map(|c| self.choice(name, c)).collect();
            if !choices.iter().any(|c| c.name == *default) {
                self.manifest_lint(name, Defect::UnknownSetting(default.clone()));
            }
            settings.push(Setting {
                name: name.clone(),
                title: said(title_zh, title),
                default: default.clone(),
                choices,
            });
        }
        settings
    }

    fn manifest_lint(&mut self, at: &str, defect: Defect) {
        self.lints.add(&format!("{}/scheme.toml", self.tables.name), at, defect);
    }

    fn choice(&mut self, setting: &str, text: &ChoiceText) -> Choice {
        let at = format!("{setting}={}", text.name);
        let file = format!("{}/scheme.toml", self.tables.name);
        let mut effects = Vec::new();
        for (mdc, rule) in &text.gate {
            self.known_group(&at, &mdc.to_string());
            effects.push(Effect::Gate { mdc: *mdc, rule: self.program(&file, &mdc.to_string(), rule, true) });
        }
        for (adrg, rule) in &text.rule {
            self.known_group(&at, adrg);
            effects.push(Effect::Rule { adrg: adrg.clone(), rule: self.program(&file, adrg, rule, false) });
        }
        for (adrg, other) in &text.before {
            self.known_group(&at, adrg);
            self.known_group(&at, other);
            effects.push(Effect::Before { adrg: adrg.clone(), other: other.clone() });
        }
        if let Some(test) = text.ambiguity {
            let marked = self.tables.mdc.rows.iter().filter(|row| row[3] == "1").map(|row| row[0].as_str());
            effects.push(Effect::Ambiguity { mdcs: marked.collect(), test });
        }
        for change in &text.diagnosis {
            if let Some(class) = self.changed_diagnosis(&at, change) {
                effects.push(Effect::Diagnosis { code: change.code.clone(), class });
            }
        }
        for change in &text.operation {
            if let Some(class) = self.changed_operation(&at, change) {
                effects.push(Effect::Operation { code: change.code.clone(), class });
            }
        }
        effects.extend(text.intake.iter().copied().map(Effect::Intake));
        Choice { name: text.name.clone(), reason: said(&text.reason_zh, &text.reason), effects }
    }

    fn known_group(&mut self, at: &str, group: &str) {
        if !self.owners.contains(group) {
            self.manifest_lint(at, Defect::UnknownGroup(group.into()));
        }
    }

    fn changed_diagnosis(&mut self, at: &str, change: &CodeText) -> Option<DiagnosisClass> {
        let Some(mut class) = self.diagnoses.get(&change.code).cloned() else {
            self.manifest_lint(at, Defect::NotACode);
            return None;
        };
        for list in &change.remove {
            let (owner, role) = list.split_once('.').unwrap_or((list, "pdx"));
            let number = self.diagnosis_lists.number(owner, role);
            class.lists.retain(|l| *l != number);
        }
        for list in &change.add {
            self.enter_diagnosis(&change.code, list, &mut class);
        }
        class.lists.sort_unstable();
        class.cc_table = change.cc_table.unwrap_or(class.cc_table);
        class.principal_table = change.principal_table.unwrap_or(class.principal_table);
        Some(class)
    }

    fn changed_operation(&mut self, at: &str, change: &CodeText) -> Option<OperationClass> {
        let Some(mut class) = self.operations.get(&change.code).cloned() else {
            self.manifest_lint(at, Defect::NotACode);
            return None;
        };
        for list in &change.remove {
            let (owner, role) = list.split_once('.').unwrap_or((list, "mproc"));
            let number = self.operation_lists.number(owner, role);
            class.lists.retain(|l| *l != number);
        }
        for list in &change.add {
            class.lists.push(self.enter_operation(&change.code, list));
        }
        class.lists.sort_unstable();
        class.valid = change.valid.unwrap_or(class.valid);
        Some(class)
    }

    fn profiles(&mut self, settings: &[Setting]) -> Vec<Profile> {
        let tables = self.tables;
        let mut profiles = Vec::new();
        for profile in &tables.manifest.profiles {
            for (setting, choice) in &profile.choices {
                let known = settings.iter().find(|s| s.name == *setting);
                if !known.is_some_and(|s| s.choices.iter().any(|c| c.name == *choice)) {
                    self.manifest_lint(&profile.name, Defect::UnknownSetting(format!("{setting}={choice}")));
                }
            }
            let choices = profile.choices.iter().map(|(s, c)| (s.clone(), c.clone())).collect();
            profiles.push(Profile { name: profile.name.clone(), choices });
        }
        profiles
    }
}

fn said(zh: &str, en: &str) -> Said {
    Said { zh: zh.into(), en: en.into() }
}

/// Rows in the order that a column of whole numbers gives.
fn ordered(rows: &[Vec<String>], column: usize) -> Vec<&Vec<String>> {
    let mut rows: Vec<_> = rows.iter().collect();
    rows.sort_by_key(|row| row[column].parse().unwrap_or(u32::MAX));
    rows
}
