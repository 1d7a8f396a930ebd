use std::rc::Rc;

use wallet_types::{
    AcceptanceAsk, InvitationOut, InvitationStateName, Invitations, RelationKind, RelationOut, Side, TransportCode,
};
use yew::prelude::*;

use super::INVITATIONS;
use super::invite::{Noted, agreed, wrong};
use super::kin::{heading, relative};
use super::words::G;
use crate::app::Route;
use crate::components::{Check, FieldNote, FieldNotes, Kind, TextField, Way};
use crate::hooks::use_lang;
use crate::i18n::Lang;
use crate::services::browser;
use crate::wallet::deed::{Deeds, use_deeds};
use crate::wallet::load::{Load, use_load};
use crate::wallet::notices::use_news;
use crate::wallet::time;
use crate::wallet::trouble::waiting;

/// Letters of a code, without what stands between them.
const LETTERS: usize = 24;

/// Accepts an invitation by the code that the relative passed on.
#[component]
pub fn Accept() -> Html {
    let lang = use_lang();
    let (load, again) = use_load::<Invitations>(INVITATIONS.into());
    use_news(&again);
    let code = use_state(|| browser::fragment().unwrap_or_default());
    let consent = use_state(|| false);
    let tried = use_state(|| false);
    // A code is as good as the invitation: it is not written down here.
    let deeds = use_deeds::<RelationOut>("accept", None, false);
    let mine = |one: &&InvitationOut| one.side == Side::Taker && one.state == InvitationStateName::Waiting;
    let waits: Vec<InvitationOut> = match &load {
        Load::Here(all) => all.invitations.iter().filter(mine).cloned().collect(),
        _ => Vec::new(),
    };
    let notes: Vec<FieldNote> = notes(&code, *consent, lang).into_iter().filter(|_| *tried).collect();
    let onsubmit = {
        let (code, consent, tried, deeds) = (code.clone(), consent.clone(), tried.clone(), deeds.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            tried.set(true);
            submit(&code, *consent, &deeds, lang);
        })
    };
    let typing = || {
        html! {
            <ContextProvider<FieldNotes> context={FieldNotes(Rc::new(notes))}>
                { for waits.iter().map(|one| invited(one, lang)) }
                if let Load::Here(_) = &load {
                    if waits.is_empty() {
                        <p class="notice" data-testid="not-invited">{ G::NotInvited.say(lang) }</p>
                    }
                }
                <form {onsubmit} data-testid="accept-form">
                    <TextField id="code" kind={Kind::Text} label={G::CodeQ.say(lang)} told={AttrValue::from(G::CodeQHint.say(lang))}
                        value={(*code).clone()} onchange={Callback::from(move |text| code.set(text))} />
                    { for kinds(&waits).into_iter().map(|kind| html! {
                        <div key={kind.word()}>{ agreed(kind, Side::Taker, lang) }{ agreed(kind, Side::Giver, lang) }</div>
                    }) }
                    <Noted id="consent">
                        <Check id="consent" label={G::Consent.say(lang)} checked={*consent}
                            onchange={Callback::from(move |yes| consent.set(yes))} />
                    </Noted>
                    <button type="submit" data-testid="accept-next">{ G::Next.say(lang) }</button>
                </form>
            </ContextProvider<FieldNotes>>
        }
    };
    html! {
        <>
            <p class="lead">{ G::AcceptIntro.say(lang) }</p>
            { waiting(&load, again, lang) }
            { deeds.view(G::AcceptConfirm.say(lang), typing, |relation| done(relation, lang)) }
        </>
    }
}

/// What may have to be agreed to: without knowing of an invitation, sharing.
fn kinds(waits: &[InvitationOut]) -> Vec<RelationKind> {
    let helper = waits.iter().any(|one| one.kind == RelationKind::Helper);
    let share = waits.iter().any(|one| one.kind == RelationKind::Share) || !helper;
    let kinds = [(share, RelationKind::Share), (helper, RelationKind::Helper)];
    kinds.into_iter().filter(|(there, _)| *there).map(|(_, kind)| kind).collect()
}

fn invited(one: &InvitationOut, lang: Lang) -> Html {
    let who = relative(one.side, one.kin, lang);
    html! {
        <p key={one.id.to_string()} class="notice" data-testid="invited">
            { G::InvitedBy.fill(lang, &[&who]) }{ lang.of("。", ". ") }
            { G::InvitedHint.fill(lang, &[&time::shown(&one.until)]) }
        </p>
    }
}

fn notes(code: &str, consent: bool, lang: Lang) -> Vec<FieldNote> {
    let mut notes = Vec::new();
    let letters = code.chars().filter(char::is_ascii_alphanumeric).count();
    if letters != LETTERS {
        notes.push(wrong("code", anxin_core::RefusalCode::Malformed.code(), G::WrongCode.say(lang)));
    }
    if !consent {
        notes.push(wrong("consent", TransportCode::ConsentMissing.code(), G::WrongConsent.say(lang)));
    }
    notes
}

fn submit(code: &str, consent: bool, deeds: &Deeds<RelationOut>, lang: Lang) {
    if let Some(first) = notes(code, consent, lang).first() {
        return browser::focus(&first.field);
    }
    let ask = AcceptanceAsk { code: code.trim().to_owned(), consent };
    let then = [G::AcceptThenKnown, G::AcceptThenRules].map(|text| text.say(lang).to_owned()).to_vec();
    deeds.check("/wallet/family/acceptances".into(), &ask, G::AcceptSay.say(lang).into(), then);
}

fn done(relation: &RelationOut, lang: Lang) -> Html {
    html! {
        <section aria-labelledby="accepted-title" data-testid="accepted">
            <h2 id="accepted-title">{ G::AcceptedTitle.say(lang) }</h2>
            <p class="sentence">{ heading(relation.kind, relation.side, relation.kin, lang) }{ lang.of("。", ".") }</p>
            <p><Way to={Route::WalletFamily}>{ G::BackToFamily.say(lang) }</Way></p>
        </section>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_taken_however_it_is_written_and_consent_is_needed() {
        let fields =
            |code: &str, consent| notes(code, consent, Lang::Zh).into_iter().map(|note| note.field).collect::<Vec<_>>();
        assert!(fields("7K3QWM-0ZD9HP-V2X8RT-NB4C6J", true).is_empty());
        assert!(fields(" 7k3qwm 0zd9hp v2x8rt nb4c6j", true).is_empty());
        assert_eq!(fields("7K3QWM", false), ["code", "consent"]);
    }
}
