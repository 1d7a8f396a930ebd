use std::rc::Rc;

use anxin_core::{Fen, RefusalCode};
use wallet_types::{AccountKindName, AccountOut, Accounts, Booked, QuotaAsk, RelationOut, WalletCode};
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::RELATIONS;
use super::invitations::Once;
use super::invite::wrong;
use super::kin::relative;
use super::words::G;
use crate::components::{FieldNote, FieldNotes, Kind, TextField};
use crate::hooks::use_lang;
use crate::i18n::Lang;
use crate::model::amount::yuan;
use crate::services::browser;
use crate::services::words::money;
use crate::wallet::deed::{Deeds, use_deeds};
use crate::wallet::home::ACCOUNTS;
use crate::wallet::load::{Load, use_load};
use crate::wallet::trouble::waiting;
use crate::wallet::words::W;

/// One step of the slider: ten yuan.
const STEP: i64 = 1_000;

#[derive(Properties, PartialEq)]
pub struct QuotaProps {
    pub relation: RelationOut,
    pub again: Callback<()>,
}

/// How much the relative may use from now on, with what follows shown before it is confirmed.
#[component]
pub fn Quota(props: &QuotaProps) -> Html {
    let lang = use_lang();
    let (load, again) = use_load::<Accounts>(ACCOUNTS.into());
    let personal = |all: &Accounts| {
        all.accounts.iter().find(|a| a.kind == AccountKindName::Personal && a.closed_at.is_none()).cloned()
    };
    let found = if let Load::Here(all) = &load { personal(all) } else { None };
    let both = {
        let (first, second) = (props.again.clone(), again.clone());
        Callback::from(move |()| {
            first.emit(());
            second.emit(());
        })
    };
    html! {
        <>
            { waiting(&load, again, lang) }
            if let Some(personal) = found {
                <Set relation={props.relation.clone()} {personal} again={both} />
            }
        </>
    }
}

/// What there is now, and what there can be.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Now {
    usable: Fen,
    held: Fen,
    free: Fen,
}

impl Now {
    fn most(self) -> Fen {
        self.usable.plus(self.free)
    }

    /// A new quota, or what is wrong with it.
    fn read(self, typed: &str, lang: Lang) -> Result<Fen, FieldNote> {
        let wanted = yuan(typed).ok().flatten();
        let bad = || wrong("quota", RefusalCode::Malformed.code(), G::WrongQuota.say(lang));
        let wanted = wanted.ok_or_else(bad)?;
        if wanted > self.most() {
            let more = G::WrongQuotaMore.fill(lang, &[&money(self.most())]);
            return Err(wrong("quota", WalletCode::InsufficientFunds.code(), &more));
        }
        if wanted == self.usable {
            return Err(wrong("quota", WalletCode::QuotaUnchanged.code(), G::WrongQuotaSame.say(lang)));
        }
        Ok(wanted)
    }

    /// What is different afterwards, for both.
    fn follows(self, wanted: Fen, lang: Lang) -> Vec<String> {
        let left = self.most().above(wanted);
        let mut lines = vec![
            G::QuotaThenTaker.fill(lang, &[&money(self.usable), &money(wanted)]),
            G::QuotaThenGiver.fill(lang, &[&money(self.free), &money(left)]),
        ];
        if !self.held.is_zero() {
            lines.push(G::QuotaThenHeld.fill(lang, &[&money(self.held)]));
        }
        lines.push(if wanted.is_zero() { G::QuotaThenNone } else { G::QuotaThenStays }.say(lang).into());
        lines
    }
}

#[derive(Properties, PartialEq)]
struct SetProps {
    relation: RelationOut,
    personal: AccountOut,
    again: Callback<()>,
}

#[component]
fn Set(props: &SetProps) -> Html {
    let lang = use_lang();
    let relation = &props.relation;
    let now = Now {
        usable: relation.usable_fen.unwrap_or_default(),
        held: relation.held_fen.unwrap_or_default(),
        free: props.personal.available_fen,
    };
    let typed = use_state(|| now.usable.yuan().to_string());
    let tried = use_state(|| false);
    let deeds = use_deeds::<Booked>("quota", Some(relation.id), true);
    let read = now.read(&typed, lang);
    let onsubmit = {
        let (deeds, tried, read, relation) = (deeds.clone(), tried.clone(), read.clone(), relation.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            tried.set(true);
            match &read {
                Ok(wanted) => check(&deeds, &relation, now, *wanted, lang),
                Err(_) => browser::focus("quota"),
            }
        })
    };
    let back = {
        let (deeds, tried) = (deeds.clone(), tried.clone());
        Callback::from(move |_: MouseEvent| {
            tried.set(false);
            deeds.again();
        })
    };
    let again = props.again.clone();
    let typing = || fields(now, &typed, *tried, &read, onsubmit, lang);
    let done = |_: &Booked| {
        html! {
            <Once told={again}>
                <p role="status" data-testid="quota-done">{ G::QuotaDone.say(lang) }</p>
                <button type="button" class="secondary" data-testid="quota-again" onclick={back}>{ G::QuotaAgain.say(lang) }</button>
            </Once>
        }
    };
    html! {
        <section aria-labelledby="quota-title">
            <h3 id="quota-title">{ G::QuotaTitle.say(lang) }</h3>
            { deeds.view(G::QuotaConfirm.say(lang), typing, done) }
        </section>
    }
}

fn fields(
    now: Now,
    typed: &UseStateHandle<String>,
    tried: bool,
    read: &Result<Fen, FieldNote>,
    onsubmit: Callback<SubmitEvent>,
    lang: Lang,
) -> Html {
    let unchanged = read.as_ref().is_err_and(|note| note.code == WalletCode::QuotaUnchanged.code());
    // Whoever has not touched it yet is not told that it is the same.
    let note = read.as_ref().err().filter(|_| tried || !unchanged).cloned();
    let slide = {
        let typed = typed.clone();
        Callback::from(move |event: InputEvent| {
            let input = event.target().and_then(|t| t.dyn_into::<HtmlInputElement>().ok());
            let fen = input.and_then(|input| input.value().parse::<i64>().ok()).and_then(Fen::new);
            typed.set(fen.unwrap_or_default().yuan().to_string());
        })
    };
    let at = yuan(typed).ok().flatten().unwrap_or(now.usable).min(now.most());
    let change = {
        let typed = typed.clone();
        Callback::from(move |text| typed.set(text))
    };
    html! {
        <ContextProvider<FieldNotes> context={FieldNotes(Rc::new(note.into_iter().collect()))}>
            <form {onsubmit} data-testid="quota-form">
                <label for="quota-slider">{ G::QuotaSlide.say(lang) }</label>
                <div class="range">
                    <span aria-hidden="true">{ money(Fen::ZERO) }</span>
                    <input type="range" id="quota-slider" data-testid="quota-slider" min="0" max={now.most().get().to_string()}
                        step={STEP.to_string()} value={at.get().to_string()} aria-valuetext={money(at)} oninput={slide} />
                    <span aria-hidden="true">{ money(now.most()) }</span>
                </div>
                <TextField id="quota" kind={Kind::Money} label={G::QuotaQ.say(lang)}
                    told={AttrValue::from(G::QuotaHint.fill(lang, &[&money(now.most())]))} value={(**typed).clone()} onchange={change} />
                if let Ok(wanted) = read {
                    <ul aria-live="polite" data-testid="quota-preview">
                        { for now.follows(*wanted, lang).into_iter().map(|line| html! { <li key={line.clone()}>{ line }</li> }) }
                    </ul>
                }
                <div class="buttons">
                    <button type="submit" data-testid="quota-next">{ W::Next.say(lang) }</button>
                    if !now.usable.is_zero() {
                        <button type="button" class="secondary" data-testid="quota-nothing" onclick={nothing(typed)}>{ G::QuotaNothing.say(lang) }</button>
                    }
                </div>
            </form>
        </ContextProvider<FieldNotes>>
    }
}

/// Takes all of it back: the field then says so.
fn nothing(typed: &UseStateHandle<String>) -> Callback<MouseEvent> {
    let typed = typed.clone();
    Callback::from(move |_| typed.set("0".into()))
}

fn check(deeds: &Deeds<Booked>, relation: &RelationOut, now: Now, wanted: Fen, lang: Lang) {
    let who = relative(relation.side, relation.kin, lang);
    let say = G::QuotaSay.fill(lang, &[&who, &money(wanted)]);
    let mut then = now.follows(wanted, lang);
    then.push(G::ThenOnce.say(lang).into());
    deeds.check(format!("{RELATIONS}/{}/quota", relation.id), &QuotaAsk { usable_fen: wanted }, say, then);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fen(fen: i64) -> Fen {
        Fen::new(fen).unwrap()
    }

    #[test]
    fn what_was_set_aside_and_what_is_free_is_all_there_can_be() {
        let now = Now { usable: fen(200_000), held: fen(30_000), free: fen(50_000) };
        let code = |typed: &str| now.read(typed, Lang::Zh).map_err(|note| note.code);
        assert_eq!(code("2500"), Ok(fen(250_000)));
        assert_eq!(code("2500.01"), Err("AX3070"));
        assert_eq!(code("2000"), Err("AX3065"));
        assert_eq!(code("-1"), Err("AX1001"));
        assert_eq!(code("0"), Ok(Fen::ZERO));
        let lines = now.follows(fen(100_000), Lang::Zh);
        assert!(lines[0].contains("¥2,000.00") && lines[0].contains("¥1,000.00"), "{lines:?}");
        assert!(lines[1].contains("¥500.00") && lines[1].contains("¥1,500.00"), "{lines:?}");
        assert!(lines[2].contains("¥300.00"), "{lines:?}");
    }
}
