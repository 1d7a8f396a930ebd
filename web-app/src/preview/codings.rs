use anxin_core::code::System;
use anxin_core::preview::SchemeKind;
use yew::prelude::*;

use super::answer::Answer;
use super::form::{Coding, List};
use super::rows::{Asks, Rows};
use super::search_box::SearchBox;
use super::words::P;
use crate::hooks::{Edit, Editor, use_lang};

#[derive(Properties, PartialEq)]
pub struct CodingFieldsProps {
    /// Before the ids of the fields, where a view has two codings.
    #[prop_or_default]
    pub prefix: AttrValue,
    /// What the coding is called, where a view has two.
    #[prop_or_default]
    pub name: AttrValue,
    pub coding: Coding,
    pub kind: SchemeKind,
    pub answer: Option<Answer>,
    pub editor: Editor<Coding>,
}

/// The diagnoses and operations of one coding.
#[component]
pub fn CodingFields(props: &CodingFieldsProps) -> Html {
    let lang = use_lang();
    let seen = props.answer.as_ref().map(Answer::seen);
    let lists = [
        (List::Diagnoses, "dx", System::Diagnosis, P::SectionDiagnoses, P::SearchDiagnosis),
        (List::Operations, "op", System::Operation, P::SectionOperations, P::SearchOperation),
    ];
    let sections = lists.map(|(list, word, system, title, label)| {
        let id = format!("{}{word}", props.prefix);
        let onadd = props
            .editor
            .reform(move |codes: Vec<String>| Edit::new(move |coding: &mut Coding| coding.add(list, codes)));
        let asks = match (list, props.kind) {
            (List::Diagnoses, SchemeKind::Drg) => Asks::Admission,
            (List::Operations, SchemeKind::Dip) => Asks::Class,
            _ => Asks::Nothing,
        };
        html! {
            <section key={word} aria-label={format!("{}{}", props.name, title.say(lang))}>
                <h2>{ title.say(lang) }</h2>
                <SearchBox id={format!("{id}-search")} label={label.say(lang)} {system} {onadd} />
                <Rows {id} {list} coding={props.coding.clone()} seen={seen.clone()} {asks} editor={props.editor.clone()} />
            </section>
        }
    });
    html! { <>{ for sections }</> }
}
