//! The window of an operator: what is done for those who stand there with their papers.

mod accept;
mod death;
mod form;
mod lost;
mod words;

use anxin_core::RefusalCode;
use wallet_types::DocumentKind;
use yew::prelude::*;

pub use words::O;

use crate::components::{Choice, FieldNote, Kind, Radios, TextField};
use crate::hooks::use_lang;
use crate::i18n::Lang;
use accept::AcceptFor;
use death::Death;
use lost::Lost;

const PAPER_MAX: usize = 40;

#[component]
pub fn Window() -> Html {
    let lang = use_lang();
    html! {
        <>
            <p class="lead">{ O::Intro.say(lang) }</p>
            <AcceptFor />
            <Lost />
            <Death />
        </>
    }
}

fn wrong(field: &str, text: O, lang: Lang) -> FieldNote {
    FieldNote { field: field.to_owned(), code: RefusalCode::Malformed.code(), message: text.say(lang).into() }
}

/// Whether it is shaped like an identity number.
fn is_number(number: &str) -> bool {
    let (digits, last) = number.trim().split_at_checked(17).unwrap_or_default();
    let x = |b: u8| b.is_ascii_digit() || b.eq_ignore_ascii_case(&b'x');
    digits.len() == 17 && digits.bytes().all(|b| b.is_ascii_digit()) && matches!(last.as_bytes(), [b] if x(*b))
}

fn is_paper(paper: &str) -> bool {
    (1..=PAPER_MAX).contains(&paper.trim().chars().count())
}

/// Whose number it is can be told from its end by who has the document in front of them.
fn end_of(number: &str, lang: Lang) -> String {
    let number = number.trim();
    O::EndsIn.fill(lang, &[number.get(number.len().saturating_sub(4)..).unwrap_or_default()])
}

fn document_word(document: DocumentKind) -> O {
    match document {
        DocumentKind::IdCard => O::IdCard,
        DocumentKind::HouseholdBook => O::HouseholdBook,
        DocumentKind::SocialSecurityCard => O::SocialSecurityCard,
    }
}

/// Which document was seen; the ids of two forms on one page differ.
fn documents(id: &'static str, value: DocumentKind, onchange: Callback<DocumentKind>, lang: Lang) -> Html {
    let choice = |kind: &DocumentKind| Choice::new(*kind, kind.word(), document_word(*kind).say(lang));
    let choices: Vec<_> = DocumentKind::ALL.iter().map(choice).collect();
    html! { <Radios<DocumentKind> {id} legend={O::DocumentQ.say(lang)} {choices} value={Some(value)} {onchange} /> }
}

fn line(id: &'static str, label: O, value: &str, onchange: Callback<String>, lang: Lang) -> Html {
    html! { <TextField {id} kind={Kind::Text} label={label.say(lang)} value={value.to_owned()} {onchange} /> }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_and_a_paper_are_looked_at_before_they_are_sent() {
        assert!(is_number(" 00000019700101001x ") && is_number("000000197001010012"));
        for bad in ["", "00000019700101001", "0000001970010100123", "00000019700101001Y", "０0000019700101001X"] {
            assert!(!is_number(bad), "{bad}");
        }
        assert!(is_paper("2026-0117") && !is_paper("  ") && is_paper(&"字".repeat(40)) && !is_paper(&"字".repeat(41)));
        assert_eq!(end_of("00000019700101001X", Lang::Zh), "末四位 001X");
    }
}
