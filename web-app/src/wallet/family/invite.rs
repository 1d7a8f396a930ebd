use anxin_core::RefusalCode;
use anxin_core::family::{
    AreaCode, AreaName, CheckCode, Consents, FamilyAnswer, FamilyAsk, Insured, Kin, Pair, Party, Verdict, WalletBook,
};
use wallet_types::{InvitationAsk, InvitationOut, OwnCover, RelationKind, Side};
use yew::prelude::*;

use super::invitations::Code;
use super::kin::relative;
use super::words::G;
use super::{INVITATIONS, told, use_own_rules};
use crate::app::Route;
use crate::components::{Check, Choice, FieldNote, Kind, Pick, Radios, TextField, Way};
use crate::family::{AnswerView, F, NEAR, waiting as waiting_rules};
use crate::hooks::use_lang;
use crate::i18n::Lang;
use crate::services::browser;
use crate::wallet::deed::{Deeds, use_deeds};
use crate::wallet::form::{Form as Typed, use_form};
use crate::wallet::load::Load;
use crate::wallet::time;
use crate::wallet::trouble::waiting;

#[derive(Clone, PartialEq)]
struct Form {
    kind: RelationKind,
    kin: Kin,
    /// 参保地 and insurance of the relative: for the answer on this page only, and not sent.
    area: String,
    cover: Insured,
    age: String,
    number: String,
    consent: bool,
}

impl Form {
    fn blank() -> Form {
        Form {
            kind: RelationKind::Share,
            kin: Kin::Parent,
            area: String::new(),
            cover: Insured::Resident,
            age: String::new(),
            number: String::new(),
            consent: false,
        }
    }

    /// What the rules are asked, once it is known where the relative is insured.
    fn ask(&self, own: &OwnCover) -> Option<FamilyAsk> {
        let sharer = Party { area: own.area.clone(), cover: own.cover, age: own.age, without_phone: false };
        let age = self.age.trim().parse().ok();
        let recipient = Party { area: AreaCode::parse(&self.area)?, cover: self.cover, age, without_phone: false };
        let consents = Consents { sharer: true, recipient: true, guardian: true };
        Some(FamilyAsk::Relate(Pair { sharer, recipient, kin: self.kin, consents, members: None }))
    }

    /// What is wrong with which field.
    fn notes(&self, lang: Lang) -> Vec<FieldNote> {
        let mut notes = Vec::new();
        let number = self.number.trim();
        let (digits, last) = number.split_at_checked(17).unwrap_or_default();
        let shaped = digits.len() == 17
            && digits.bytes().all(|b| b.is_ascii_digit())
            && matches!(last.as_bytes(), [b] if b.is_ascii_digit() || b.eq_ignore_ascii_case(&b'x'));
        if !shaped {
            notes.push(wrong("number", RefusalCode::Malformed.code(), G::WrongNumber.say(lang)));
        }
        if !self.consent {
            notes.push(wrong("consent", wallet_types::TransportCode::ConsentMissing.code(), G::WrongConsent.say(lang)));
        }
        notes
    }
}

pub fn wrong(field: &str, code: &'static str, message: &str) -> FieldNote {
    FieldNote { field: field.into(), code, message: message.into() }
}

/// Asks a relative to agree: what may be and what follows first, then whom, then both sides' consent in full.
#[component]
pub fn Invite() -> Html {
    let lang = use_lang();
    let form = use_form(Form::blank);
    let (rules, retry, cover, again) = use_own_rules();
    // It carries an identity number, which is not to be written down here.
    let deeds = use_deeds::<InvitationOut>("invite", None, false);
    let own = if let Load::Here(own) = &cover { Some(own) } else { None };
    let told = answered(rules.book(), own, &form.typed, lang);
    let areas = rules.book().map(|book| book.areas.clone()).unwrap_or_default();
    let typing = || {
        let fields = html! {
            <>
                { questions(&form, &areas, lang) }
                if let Some(answer) = told.clone() {
                    <section class="card" aria-labelledby="may-title">
                        <h2 id="may-title">{ G::MayTitle.say(lang) }</h2>
                        <AnswerView {answer} />
                    </section>
                }
                { last(&form, lang) }
            </>
        };
        let (typed, here) = ((*form.typed).clone(), deeds.clone());
        let go = move || submit(&typed, &here, told.as_ref(), lang);
        form.view("invite", form.typed.notes(lang), fields, G::Next.say(lang), go)
    };
    let another = {
        let (form, deeds) = (form.clone(), deeds.clone());
        Callback::from(move |_: MouseEvent| {
            form.again(Form::blank());
            deeds.again();
        })
    };
    html! {
        <>
            <p class="lead">{ G::InviteIntro.say(lang) }</p>
            { waiting(&cover, again, lang) }
            { waiting_rules(&rules, retry, lang) }
            { deeds.view(G::InviteConfirm.say(lang), typing, |invited| done(invited, another, lang)) }
        </>
    }
}

fn answered(book: Option<&WalletBook>, own: Option<&OwnCover>, form: &Form, lang: Lang) -> Option<FamilyAnswer> {
    let shares = form.kind == RelationKind::Share;
    let mut answer = told(book?, form.ask(own?)?, lang).filter(|_| shares)?;
    // It is asked as if both agreed; that either has is not for this page to say.
    answer.checks.retain(|check| check.code != CheckCode::BothConsent);
    Some(answer)
}

fn submit(form: &Form, deeds: &Deeds<InvitationOut>, told: Option<&FamilyAnswer>, lang: Lang) {
    // What the rules forbid the server refuses as well: the reasons stand above the button.
    if told.is_some_and(|answer| answer.verdict == Verdict::No) {
        return browser::focus("may-title");
    }
    let ask = InvitationAsk {
        kind: form.kind,
        kin: form.kin,
        id_number: form.number.trim().to_uppercase(),
        consent: form.consent,
    };
    let who = relative(Side::Giver, form.kin, lang);
    let tail: String = ask.id_number.chars().skip(14).collect();
    let say = match form.kind {
        RelationKind::Share => G::InviteShareSay,
        RelationKind::Helper => G::InviteHelperSay,
    };
    let then = [G::InviteThenCode, G::InviteThenOnly].map(|text| text.say(lang).to_owned()).to_vec();
    deeds.check(INVITATIONS.into(), &ask, say.fill(lang, &[&who, &tail]), then);
}

fn questions(form: &Typed<Form>, areas: &[AreaName], lang: Lang) -> Html {
    let typed = &form.typed;
    let kinds = [
        Choice::new(RelationKind::Share, "share", G::KindShare.say(lang)),
        Choice::new(RelationKind::Helper, "helper", G::KindHelper.say(lang)),
    ];
    let kins: Vec<Choice<Kin>> =
        NEAR.iter().map(|(kin, word, name)| Choice::new(*kin, *word, name.say(lang))).collect();
    let covers = [
        (Insured::Resident, "resident", F::CoverResident),
        (Insured::Employee, "employee", F::CoverEmployee),
        (Insured::EmployeeWithoutAccount, "employee-without", F::CoverWithout),
        (Insured::None, "none", F::CoverNone),
    ];
    let covers: Vec<Choice<Insured>> =
        covers.into_iter().map(|(cover, word, name)| Choice::new(cover, word, name.say(lang))).collect();
    let area = |area: &AreaName| {
        Choice::new(
            area.admdvs.to_string(),
            area.admdvs.to_string(),
            lang.of(area.name_zh.clone(), area.name_en.clone()),
        )
    };
    let unsaid = Choice::new(String::new(), "unsaid", G::AreaUnsaid.say(lang));
    let areas: Vec<Choice<String>> = [unsaid].into_iter().chain(areas.iter().map(area)).collect();
    html! {
        <>
            <Radios<RelationKind> id="kind" legend={G::KindQ.say(lang)} choices={kinds.to_vec()} value={Some(typed.kind)}
                onchange={form.set(|f, kind| f.kind = kind)} />
            <Pick<Kin> id="kin" legend={G::KinQ.say(lang)} choices={kins} value={Some(typed.kin)}
                onchange={form.set(|f, kin| f.kin = kin)} />
            if typed.kind == RelationKind::Share {
                <Pick<String> id="area" legend={G::AreaQ.say(lang)} choices={areas} value={Some(typed.area.clone())}
                    onchange={form.set(|f, area| f.area = area)} />
                if !typed.area.is_empty() {
                    <Pick<Insured> id="cover" legend={G::CoverQ.say(lang)} choices={covers} value={Some(typed.cover)}
                        onchange={form.set(|f, cover| f.cover = cover)} />
                    <TextField id="age" kind={Kind::Count} label={F::YoungQ.say(lang)} value={typed.age.clone()}
                        onchange={form.set(|f, age| f.age = age)} />
                }
            }
        </>
    }
}

/// Whom exactly, and the consent in full.
fn last(form: &Typed<Form>, lang: Lang) -> Html {
    let typed = &form.typed;
    html! {
        <>
            <TextField id="number" kind={Kind::Text} label={G::NumberQ.say(lang)} told={AttrValue::from(G::NumberHint.say(lang))}
                value={typed.number.clone()} onchange={form.set(|f, number| f.number = number)} />
            { agreed(typed.kind, Side::Giver, lang) }
            { agreed(typed.kind, Side::Taker, lang) }
            <Noted id="consent">
                <Check id="consent" label={G::Consent.say(lang)} checked={typed.consent}
                    onchange={form.set(|f, consent| f.consent = consent)} />
            </Noted>
        </>
    }
}

#[derive(Properties, PartialEq)]
pub struct NotedProps {
    pub id: &'static str,
    pub children: Html,
}

/// A box to tick with what is wrong with it.
#[component]
pub fn Noted(props: &NotedProps) -> Html {
    let note = crate::components::use_note(props.id);
    html! {
        <>
            if let Some(note) = note {
                <p class="error" role="alert" data-testid={format!("{}-error", props.id)}>{ note.message }</p>
            }
            { props.children.clone() }
        </>
    }
}

/// What one side of a kind of relation agrees to, in full.
pub fn agreed(kind: RelationKind, side: Side, lang: Lang) -> Html {
    let (title, lines): (G, &[G]) = match (kind, side) {
        (RelationKind::Share, Side::Giver) => {
            (G::SharerAgrees, &[G::SharerAgreesMoney, G::SharerAgreesUse, G::SharerAgreesSee, G::AgreesEnd])
        }
        (RelationKind::Share, Side::Taker) => {
            (G::TakerAgrees, &[G::TakerAgreesSelf, G::TakerAgreesSeen, G::TakerAgreesNot, G::AgreesEnd])
        }
        (RelationKind::Helper, Side::Giver) => {
            (G::HelpedAgrees, &[G::HelpedAgreesCode, G::HelperNoMoney, G::AgreesEnd])
        }
        (RelationKind::Helper, Side::Taker) => {
            (G::HelperAgrees, &[G::HelperAgreesCode, G::HelperNoMoney, G::AgreesEnd])
        }
    };
    html! {
        <section class="notice" data-testid={format!("agreed-{}", side.word())}>
            <h2>{ title.say(lang) }</h2>
            <ul>{ for lines.iter().map(|line| html! { <li key={line.zh()}>{ line.say(lang) }</li> }) }</ul>
        </section>
    }
}

fn done(invited: &InvitationOut, another: Callback<MouseEvent>, lang: Lang) -> Html {
    html! {
        <section aria-labelledby="invited-title" data-testid="invited-done">
            <h2 id="invited-title">{ G::InvitedTitle.say(lang) }</h2>
            if let Some(code) = &invited.code {
                <Code code={code.clone()} until={time::shown(&invited.until)} />
            }
            <p>{ G::InvitedThen.say(lang) }</p>
            <p><Way to={Route::WalletFamily}>{ G::BackToFamily.say(lang) }</Way></p>
            <button type="button" class="secondary" data-testid="invite-another" onclick={another}>{ G::InviteAnother.say(lang) }</button>
        </section>
    }
}
