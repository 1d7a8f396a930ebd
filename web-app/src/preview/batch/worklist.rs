use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use anxin_core::dip::Path;
use js_sys::{Array, Uint8Array};
use serde::{Deserialize, Serialize};
use wasm_bindgen::JsCast;
use web_sys::{Blob, HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use super::page::Keep;
use super::task::{Reason, ReasonKind, WorkItem};
use crate::components::{Choice, Pick};
use crate::hooks::use_lang;
use crate::i18n::Lang;
use crate::preview::dip::path_name;
use crate::preview::words::P;
use crate::services::browser;
use crate::services::cells::write_cell;

/// Who looks after which row and how far it is; on this device only.
const MARKS: &str = "anxin.batch.worklist";
const SHOWN: usize = 100;

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Mark {
    owner: String,
    status: String,
}

type Marks = BTreeMap<String, Mark>;

const STATUSES: [(&str, P); 4] =
    [("", P::StatusOpen), ("asked", P::StatusAsked), ("changed", P::StatusChanged), ("kept", P::StatusKept)];

#[derive(Properties, PartialEq)]
pub struct WorklistProps {
    pub work: Keep<RefCell<Vec<WorkItem>>>,
}

/// Rows that are worth checking before the records are closed, by department.
#[component]
pub fn Worklist(props: &WorklistProps) -> Html {
    let lang = use_lang();
    let marks = use_state(stored);
    let department = use_state(|| None::<String>);
    let reason = use_state(|| None::<ReasonKind>);
    let shown = use_state(|| SHOWN);
    let work = props.work.0.borrow();
    let wanted = |item: &&WorkItem| {
        department.as_ref().is_none_or(|d| *d == item.department)
            && reason.is_none_or(|r| item.reasons.iter().any(|x| x.kind == r))
    };
    let mut found: Vec<&WorkItem> = work.iter().filter(wanted).collect();
    found.sort_by(|a, b| (&a.department, a.line).cmp(&(&b.department, b.line)));
    let mark = {
        let marks = marks.clone();
        Callback::from(move |(key, mark): (String, Mark)| {
            let mut next = (*marks).clone();
            if mark == Mark::default() {
                next.remove(&key)
            } else {
                next.insert(key, mark)
            };
            browser::store(MARKS, &serde_json::to_string(&next).unwrap_or_default());
            marks.set(next);
        })
    };
    let export = {
        let lines = lines(&found, &marks, lang);
        Callback::from(move |_: MouseEvent| save(&lines))
    };
    let more = {
        let shown = shown.clone();
        Callback::from(move |_: MouseEvent| shown.set(*shown + SHOWN))
    };
    let rows = found.iter().take(*shown).map(|item| row(item, marks.get(&key(item)), &mark, lang));
    let heads = [P::ColRow, P::FieldDepartment, P::RowGroup, P::ColReason, P::ColOwner, P::ColStatus];
    html! {
        <section class="worklist" data-testid="worklist">
            <h2 id="worklist-title">{ P::WorklistTitle.say(lang) }</h2>
            <p>{ P::WorklistHint.say(lang) }</p>
            <div class="pair">
                <Pick<Option<String>>
                    id="work-department" legend={P::FieldDepartment.say(lang)} choices={departments(&work, lang)} value={Some((*department).clone())}
                    onchange={let department = department.clone(); Callback::from(move |d| department.set(d))}
                />
                <Pick<Option<ReasonKind>>
                    id="work-reason" legend={P::ColReason.say(lang)} choices={kinds(&work, lang)} value={Some(*reason)}
                    onchange={let reason = reason.clone(); Callback::from(move |r| reason.set(r))}
                />
            </div>
            <p role="status" data-testid="work-count" data-count={found.len().to_string()}>{ P::WorkCount.fill(lang, &[&found.len().to_string()]) }</p>
            <button type="button" class="secondary" data-testid="work-export" onclick={export}>{ P::WorkExport.say(lang) }</button>
            <div class="scroll" tabindex="0" role="region" aria-labelledby="worklist-title">
                <table>
                    <thead><tr>{ for heads.map(|head| html! { <th scope="col">{ head.say(lang) }</th> }) }</tr></thead>
                    <tbody>{ for rows }</tbody>
                </table>
            </div>
            if found.len() > *shown {
                <button type="button" class="plain" onclick={more}>{ P::WorkMore.say(lang) }</button>
            }
        </section>
    }
}

fn row(item: &WorkItem, mark: Option<&Mark>, onmark: &Callback<(String, Mark)>, lang: Lang) -> Html {
    let mark = mark.cloned().unwrap_or_default();
    let change = |set: fn(&mut Mark, Event)| {
        let (onmark, key, mark) = (onmark.clone(), key(item), mark.clone());
        Callback::from(move |event: Event| {
            let mut mark = mark.clone();
            set(&mut mark, event);
            onmark.emit((key.clone(), mark));
        })
    };
    let owner = change(|mark, event| {
        mark.owner =
            event.target().and_then(|t| t.dyn_into::<HtmlInputElement>().ok()).map(|i| i.value()).unwrap_or_default();
    });
    let status = change(|mark, event| {
        mark.status =
            event.target().and_then(|t| t.dyn_into::<HtmlSelectElement>().ok()).map(|s| s.value()).unwrap_or_default();
    });
    let who = if item.id.is_empty() { item.line.to_string() } else { item.id.clone() };
    let options = STATUSES
        .map(|(word, name)| html! { <option value={word} selected={mark.status == word}>{ name.say(lang) }</option> });
    html! {
        <tr key={item.line} data-testid={format!("work-{}", item.line)}>
            <th scope="row">{ who.clone() }<span class="small formula">{ P::WorkLine.fill(lang, &[&item.line.to_string()]) }</span></th>
            <td>{ item.department.clone() }</td>
            <td>{ group_name(&item.group, lang) }</td>
            <td><ul class="plain-list">{ for item.reasons.iter().map(|r| html! { <li>{ told(r, lang) }</li> }) }</ul></td>
            <td><input type="text" value={mark.owner.clone()} onchange={owner} aria-label={P::OwnerOf.fill(lang, &[&who])} /></td>
            <td><select onchange={status} aria-label={P::StatusOf.fill(lang, &[&who])}>{ for options }</select></td>
        </tr>
    }
}

fn key(item: &WorkItem) -> String {
    if item.id.is_empty() { format!("#{}", item.line) } else { item.id.clone() }
}

fn told(reason: &Reason, lang: Lang) -> String {
    let name = reason_name(reason.kind).say(lang);
    if reason.code.is_empty() { name.to_owned() } else { format!("{name}{}{}", lang.of("：", ": "), reason.code) }
}

/// Where a catalogue has no group for a row, the file says so by a word of its own.
fn group_name(label: &str, lang: Lang) -> String {
    let none = [Path::Ungrouped, Path::Excluded, Path::Incomplete].into_iter().find(|path| path.code() == label);
    let none = none.or((label == "INVALID").then_some(Path::InvalidDx));
    none.map_or_else(|| label.to_owned(), |path| path_name(path).say(lang).to_owned())
}

pub fn reason_name(kind: ReasonKind) -> P {
    match kind {
        ReasonKind::Ungrouped => P::ReasonUngrouped,
        ReasonKind::Ambiguous => P::ReasonAmbiguous,
        ReasonKind::PrincipalNotAllowed => P::ReasonPrincipalNotAllowed,
        ReasonKind::PrincipalInNoMdc => P::ReasonPrincipalInNoMdc,
        ReasonKind::SexConflict => P::ReasonSexConflict,
        ReasonKind::AgeConflict => P::ReasonAgeConflict,
        ReasonKind::VentilationMismatch => P::ReasonVentilation,
        ReasonKind::OperationUnsupported => P::ReasonOperation,
        ReasonKind::OperationMissing => P::ReasonOperationMissing,
        ReasonKind::OperationOutside => P::ReasonOperationOutside,
        ReasonKind::DaysReversed => P::ReasonDaysReversed,
        ReasonKind::PartsDiffer => P::ReasonPartsDiffer,
        ReasonKind::PaymentsDiffer => P::ReasonPaymentsDiffer,
        ReasonKind::PersonDiffers => P::ReasonPersonDiffers,
        ReasonKind::ChargedTwice => P::ReasonChargedTwice,
        ReasonKind::SettledTwice => P::ReasonSettledTwice,
        ReasonKind::SplitAdmission => P::ReasonSplit,
        ReasonKind::PrincipalRepeated => P::ReasonRepeated,
        ReasonKind::WeightsDiffer => P::ReasonWeights,
        ReasonKind::OtherSex => P::ReasonOtherSex,
        ReasonKind::UnknownCode => P::ReasonUnknownCode,
        ReasonKind::NoDiagnosis => P::ReasonNoDiagnosis,
        ReasonKind::Missing => P::ReasonMissing,
        ReasonKind::Unreadable => P::ReasonUnreadable,
        ReasonKind::OperationNotMain => P::ReasonOperationNotMain,
        ReasonKind::ClassUnknown => P::ReasonClassUnknown,
        ReasonKind::CostHigh => P::ReasonCostHigh,
        ReasonKind::CostLow => P::ReasonCostLow,
        ReasonKind::SpecialReview => P::ReasonSpecialReview,
    }
}

fn departments(work: &[WorkItem], lang: Lang) -> Vec<Choice<Option<String>>> {
    let names: BTreeSet<&String> = work.iter().map(|item| &item.department).filter(|name| !name.is_empty()).collect();
    let all = Choice::new(None, "", P::All.say(lang));
    std::iter::once(all)
        .chain(names.into_iter().map(|name| Choice::new(Some(name.clone()), name.clone(), name.clone())))
        .collect()
}

fn kinds(work: &[WorkItem], lang: Lang) -> Vec<Choice<Option<ReasonKind>>> {
    let found: BTreeSet<ReasonKind> = work.iter().flat_map(|item| &item.reasons).map(|r| r.kind).collect();
    let all = Choice::new(None, "", P::All.say(lang));
    let kind = |k: ReasonKind| Choice::new(Some(k), reason_name(k).en(), reason_name(k).say(lang));
    std::iter::once(all).chain(found.into_iter().map(kind)).collect()
}

fn stored() -> Marks {
    browser::stored(MARKS).and_then(|json| serde_json::from_str(&json).ok()).unwrap_or_default()
}

/// The list as a table, marked so that spreadsheets know its encoding.
fn lines(found: &[&WorkItem], marks: &Marks, lang: Lang) -> Vec<u8> {
    let heads = [P::WorkLineHead, P::FieldId, P::FieldDepartment, P::RowGroup, P::ColReason, P::ColOwner, P::ColStatus];
    let mut out = "\u{feff}".as_bytes().to_vec();
    line(&mut out, heads.map(|head| head.say(lang).to_owned()));
    for item in found {
        let mark = marks.get(&key(item)).cloned().unwrap_or_default();
        let status = STATUSES.iter().find(|(word, _)| *word == mark.status).map_or(P::StatusOpen, |(_, name)| *name);
        let reasons: Vec<String> = item.reasons.iter().map(|r| told(r, lang)).collect();
        let cells = [
            item.line.to_string(),
            item.id.clone(),
            item.department.clone(),
            group_name(&item.group, lang),
            reasons.join(lang.of("；", "; ")),
            mark.owner,
            status.say(lang).to_owned(),
        ];
        line(&mut out, cells);
    }
    out
}

fn line(out: &mut Vec<u8>, cells: [String; 7]) {
    for (at, cell) in cells.iter().enumerate() {
        if at > 0 {
            out.push(b',');
        }
        write_cell(out, cell.as_bytes());
    }
    out.extend_from_slice(b"\r\n");
}

fn save(lines: &[u8]) {
    let parts = Array::of1(&Uint8Array::from(lines).into());
    if let Ok(file) = Blob::new_with_u8_array_sequence(&parts) {
        browser::save(&file, "worklist.csv");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_export_has_reason_owner_and_status() {
        let reason = Reason { kind: ReasonKind::Ungrouped, code: "C56.x00".into() };
        let item = WorkItem {
            line: 7,
            id: "A1".into(),
            department: "妇科,一".into(),
            group: "0000".into(),
            reasons: vec![reason],
        };
        let marks = Marks::from([("A1".to_owned(), Mark { owner: "李".into(), status: "asked".into() })]);
        let text = String::from_utf8(lines(&[&item], &marks, Lang::Zh)).unwrap();
        assert!(text.starts_with('\u{feff}'));
        assert!(text.ends_with("7,A1,\"妇科,一\",0000,未入组：C56.x00,李,已转科室\r\n"), "{text}");
    }
}
