use anxin_core::code::System;
use wasm_bindgen::JsCast;
use web_sys::HtmlSelectElement;
use yew::prelude::*;

use super::answer::{RowRead, Seen};
use super::form::{ADMISSIONS, CLASSES, Coding, List, Row};
use super::library::use_library;
use super::words::{self, P};
use crate::hooks::{Edit, Editor, use_lang};
use crate::i18n::{Lang, T};
use crate::services::browser;

#[derive(Properties, PartialEq)]
pub struct RowsProps {
    /// `dx` or `op`, after whatever comes before it on the view.
    pub id: AttrValue,
    pub list: List,
    pub coding: Coding,
    /// What the core made of the rows, where it could.
    pub seen: Option<Seen>,
    /// What is asked about a row beside its code.
    pub asks: Asks,
    pub editor: Editor<Coding>,
}

/// What is asked about a row beside its code: schemes differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asks {
    /// 入院病情
    Admission,
    /// 手术操作类型
    Class,
    Nothing,
}

/// The codes of one list in their order, to be moved by dragging or by buttons.
#[component]
pub fn Rows(props: &RowsProps) -> Html {
    let lang = use_lang();
    let dragged = use_state(|| None::<usize>);
    let focus = use_mut_ref(|| None::<String>);
    {
        let focus = focus.clone();
        use_effect(move || {
            if let Some(id) = focus.borrow_mut().take() {
                browser::focus_here(&id);
            }
        });
    }
    let library = use_library();
    let system = if props.list == List::Diagnoses { System::Diagnosis } else { System::Operation };
    let rows = props.coding.rows(props.list);
    let items = rows.iter().enumerate().map(|(at, row)| {
        let read = read_of(props, at, &row.code);
        let known = read.as_ref().and_then(|r| r.name.clone());
        let name = known.or_else(|| library.as_ref().and_then(|h| h.library.name(system, &row.code)));
        let item = Item { props, at, row, read, name, many: rows.len(), dragged: &dragged, focus: &focus };
        item.view(lang)
    });
    if rows.is_empty() {
        return html! { <p class="hint">{ P::NoRows.say(lang) }</p> };
    }
    html! { <ol class="rows" data-testid={format!("{}-list", props.id)}>{ for items }</ol> }
}

/// The core's row of the same place, as long as the answer is about this code.
fn read_of(props: &RowsProps, at: usize, code: &str) -> Option<RowRead> {
    let seen = props.seen.as_ref()?;
    let rows = if props.list == List::Diagnoses { &seen.diagnoses } else { &seen.operations };
    rows.get(at).filter(|row| row.recorded == code).cloned()
}

struct Item<'a> {
    props: &'a RowsProps,
    at: usize,
    row: &'a Row,
    read: Option<RowRead>,
    name: Option<String>,
    many: usize,
    dragged: &'a UseStateHandle<Option<usize>>,
    focus: &'a std::rc::Rc<std::cell::RefCell<Option<String>>>,
}

impl Item<'_> {
    fn view(&self, lang: Lang) -> Html {
        let (at, props) = (self.at, self.props);
        let id = format!("{}-{at}", props.id);
        let first = match props.list {
            List::Diagnoses => P::Principal,
            List::Operations => P::MainOperation,
        };
        let mapped = self.read.as_ref().and_then(|r| r.code.clone()).filter(|code| *code != self.row.code);
        let notes = self.read.iter().flat_map(|read| &read.notes);
        html! {
            <li
                key={self.row.key} id={id.clone()} data-testid={id.clone()} data-code={self.row.code.clone()}
                class={classes!((at == 0).then_some("first"), (**self.dragged == Some(at)).then_some("dragged"))}
                draggable="true" ondragstart={self.start()} ondragover={over()} ondrop={self.drop()}
            >
                <div class="what">
                    <code>{ self.row.code.clone() }</code>
                    if let Some(code) = mapped {
                        <span class="small">{ P::ReadAs.fill(lang, &[&code]) }</span>
                    }
                    <span>{ self.name.clone().unwrap_or_else(|| P::NoName.say(lang).into()) }</span>
                    if at == 0 {
                        <span class="tag good">{ first.say(lang) }</span>
                    }
                </div>
                <div class="how">
                    { self.asked(&id, lang) }
                    { self.button("up", "↑", P::RowUp, at.checked_sub(1), lang) }
                    { self.button("down", "↓", P::RowDown, Some(at + 1).filter(|to| *to < self.many), lang) }
                    { self.remove(lang) }
                </div>
                { for notes.map(|text| html! { <p class="beside" key={text.clone()}>{ text.clone() }</p> }) }
            </li>
        }
    }

    /// The row that was dragged before is let go of when another starts.
    fn start(&self) -> Callback<DragEvent> {
        let (dragged, at) = (self.dragged.clone(), self.at);
        Callback::from(move |event: DragEvent| {
            // Some browsers drag nothing that carries no data.
            let _ = event.data_transfer().map(|data| data.set_data("text/plain", ""));
            dragged.set(Some(at));
        })
    }

    fn drop(&self) -> Callback<DragEvent> {
        let (dragged, editor, list, to) = (self.dragged.clone(), self.props.editor.clone(), self.props.list, self.at);
        Callback::from(move |event: DragEvent| {
            event.prevent_default();
            if let Some(from) = *dragged {
                editor.emit(Edit::new(move |c: &mut Coding| c.shift(list, from, to)));
            }
            dragged.set(None);
        })
    }

    fn button(&self, word: &'static str, sign: &'static str, name: P, to: Option<usize>, lang: Lang) -> Html {
        let (editor, list, from) = (self.props.editor.clone(), self.props.list, self.at);
        let (focus, id) = (self.focus.clone(), self.props.id.clone());
        let onclick = Callback::from(move |_: MouseEvent| {
            let Some(to) = to else { return };
            *focus.borrow_mut() = Some(format!("{id}-{to}-{word}"));
            editor.emit(Edit::new(move |c: &mut Coding| c.shift(list, from, to)));
        });
        let id = format!("{}-{from}-{word}", self.props.id);
        html! {
            <button
                type="button" class="plain sign" id={id.clone()} data-testid={id} {onclick}
                aria-disabled={to.is_none().to_string()} aria-label={name.fill(lang, &[&self.row.code])}
            >
                { sign }
            </button>
        }
    }

    fn remove(&self, lang: Lang) -> Html {
        let (list, at) = (self.props.list, self.at);
        let onclick =
            self.props.editor.reform(move |_: MouseEvent| Edit::new(move |c: &mut Coding| c.remove(list, at)));
        html! {
            <button
                type="button" class="plain sign" data-testid={format!("{}-{at}-remove", self.props.id)} {onclick}
                aria-label={P::RowRemove.fill(lang, &[&self.row.code])}
            >
                { "✕" }
            </button>
        }
    }

    /// A list to choose from, with what the row says by itself.
    fn asked(&self, id: &str, lang: Lang) -> Html {
        let (words, suffix, label, nothing): (&[&'static str], _, _, _) = match self.props.asks {
            Asks::Admission => (&ADMISSIONS, "adm", P::AdmissionOf, P::AdmissionQ),
            Asks::Class => (&CLASSES, "class", P::ClassOf, P::ClassQ),
            Asks::Nothing => return Html::default(),
        };
        let (list, at) = (self.props.list, self.at);
        let onchange = self.props.editor.reform(move |event: Event| {
            let select = event.target().and_then(|t| t.dyn_into::<HtmlSelectElement>().ok());
            let word = select.map(|s| s.value()).unwrap_or_default();
            Edit::new(move |c: &mut Coding| c.set_mark(list, at, word))
        });
        let options = words.iter().map(|word| {
            let name = if suffix == "adm" { words::admission(word) } else { words::class(word) };
            html! { <option key={*word} value={*word} selected={self.row.mark == *word}>{ name.say(lang) }</option> }
        });
        let id = format!("{id}-{suffix}");
        html! {
            <select id={id.clone()} data-testid={id} {onchange} aria-label={label.fill(lang, &[&self.row.code])}>
                <option value="" selected={self.row.mark.is_empty()}>{ nothing.say(lang) }{ T::Optional.say(lang) }</option>
                { for options }
            </select>
        }
    }
}

fn over() -> Callback<DragEvent> {
    Callback::from(|event: DragEvent| event.prevent_default())
}
