use wallet_types::{
    AcceptanceAsk, InvitationOut, InvitationStateName, Invitations, RelationKind, RelationOut, Side, TransportCode,
};
use yew::prelude::*;

use super::INVITATIONS;
use super::invite::{Noted, agreed, wrong};
use super::kin::{heading, relative};
use super::words::G;
use crate::app::Route;
use crate::components::{Check, FieldNote, Kind, TextField, Way};
use crate::hooks::use_lang;
use crate::i18n::Lang;
use crate::services::browser;
use crate::wallet::deed::{Deeds, use_deeds};
use crate::wallet::form::use_form;
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
    let form = use_form(|| Typed { code: browser::fragment().unwrap_or_default(), consent: false });
    // A code is as good as the invitation: it is not written down here.
    let deeds = use_deeds::<RelationOut>("accept", None, false);
    let mine = |one: &&InvitationOut| one.side == Side::Taker && one.state == InvitationStateName::Waiting;
    let waits: Vec<InvitationOut> = match &load {
        Load::Here(all) => all.invitations.iter().filter(mine).cloned().collect(),
        _ => Vec::new(),
    };
    let typing = || {
        let fields = html! {
            <>
                <TextField id="code" kind={Kind::Text} label={G::CodeQ.say(lang)} told={AttrValue::from(G::CodeQHint.say(lang))}
                    value={form.typed.code.clone()} onchange={form.set(|t, code| t.code = code)} />
                { for kinds(&waits).into_iter().map(|kind| html! {
                    <div key={kind.word()}>{ agreed(kind, Side::Taker, lang) }{ agreed(kind, Side::Giver, lang) }</div>
                }) }
                <Noted id="consent">
                    <Check id="consent" label={G::Consent.say(lang)} checked={form.typed.consent}
                        onchange={form.set(|t, yes| t.consent = yes)} />
                </Noted>
            </>
        };
        let (typed, here) = ((*form.typed).clone(), deeds.clone());
        let go = move || submit(&typed, &here, lang);
        html! {
            <>
                { for waits.iter().map(|one| invited(one, lang)) }
                if let Load::Here(_) = &load {
                    if waits.is_empty() {
                        <p class="notice" data-testid="not-invited">{ G::NotInvited.say(lang) }</p>
                    }
                }
                { form.view("accept", form.typed.notes(lang), fields, G::Next.say(lang), go) }
            </>
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

#[derive(Clone, PartialEq)]
struct Typed {
    code: String,
    consent: bool,
}

impl Typed {
    fn notes(&self, lang: Lang) -> Vec<FieldNote> {
        let mut notes = Vec::new();
        let letters = self.code.chars().filter(char::is_ascii_alphanumeric).count();
        if letters != LETTERS {
            notes.push(wrong("code", anxin_core::RefusalCode::Malformed.code(), G::WrongCode.say(lang)));
        }
        if !self.consent {
            notes.push(wrong("consent", TransportCode::ConsentMissing.code(), G::WrongConsent.say(lang)));
        }
        notes
    }
}

fn submit(typed: &Typed, deeds: &Deeds<RelationOut>, lang: Lang) {
    let ask = AcceptanceAsk { code: typed.code.trim().to_owned(), consent: typed.consent };
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
        let fields = |code: &str, consent| {
            let typed = Typed { code: code.into(), consent };
            typed.notes(Lang::Zh).into_iter().map(|note| note.field).collect::<Vec<_>>()
        };
        assert!(fields("7K3QWM-0ZD9HP-V2X8RT-NB4C6J", true).is_empty());
        assert!(fields(" 7k3qwm 0zd9hp v2x8rt nb4c6j", true).is_empty());
        assert_eq!(fields("7K3QWM", false), ["code", "consent"]);
    }
}
