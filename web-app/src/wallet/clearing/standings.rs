//! 暂停协议, 解除协议 and 支付资格: one operator asks, another approves.

use wallet_types::{StandingAsk, StandingKind, StandingOut};
use yew::prelude::*;

use crate::components::{Kind, TextField};
use crate::hooks::{editor, setter};
use crate::i18n::Lang;
use crate::wallet::office::Office;
use crate::wallet::words::W;

#[derive(Properties, PartialEq)]
pub struct StandingsProps {
    pub office: Office,
    pub standings: Vec<StandingOut>,
}

fn kind_word(kind: StandingKind) -> W {
    match kind {
        StandingKind::Suspended => W::StandingSuspended,
        StandingKind::Ended => W::StandingEnded,
        StandingKind::Unqualified => W::StandingUnqualified,
    }
}

#[derive(Clone, Default, PartialEq)]
struct Typed {
    code: String,
    from: String,
    until: String,
    reason: String,
}

impl Typed {
    fn ask(&self, kind: StandingKind) -> StandingAsk {
        let until = Some(self.until.trim().to_owned()).filter(|until| !until.is_empty());
        let [code, from, reason] = [&self.code, &self.from, &self.reason].map(|text| text.trim().to_owned());
        StandingAsk { kind, code, from, until, reason }
    }
}

#[component]
pub fn StandingsView(props: &StandingsProps) -> Html {
    let (office, lang) = (props.office.clone(), props.office.lang);
    let typed = use_state(Typed::default);
    let change = |set: fn(&mut Typed, String)| setter(&editor(&typed), set);
    let button = |kind: StandingKind| {
        let (office, typed) = (office.clone(), typed.clone());
        let onclick = Callback::from(move |_: MouseEvent| {
            office.post("/pay/clearing/standings".into(), typed.ask(kind));
        });
        html! { <button type="button" class="secondary" {onclick} data-kind={kind.word()} disabled={props.office.is_busy()}>{ kind_word(kind).say(lang) }</button> }
    };
    html! {
        <>
            <ul class="moves lines" data-testid="standings">{ for props.standings.iter().map(|standing| one(&office, standing, lang)) }</ul>
            <TextField id="standing-code" label={W::StandingCode.say(lang)} kind={Kind::Text} value={typed.code.clone()} onchange={change(|t, text| t.code = text)} />
            <TextField id="standing-from" label={W::StandingFrom.say(lang)} told={Some(AttrValue::from("2026-11-03"))} kind={Kind::Text} value={typed.from.clone()} onchange={change(|t, text| t.from = text)} />
            <TextField id="standing-until" label={W::StandingUntil.say(lang)} kind={Kind::Text} value={typed.until.clone()} onchange={change(|t, text| t.until = text)} />
            <TextField id="standing-reason" label={W::StandingReason.say(lang)} kind={Kind::Text} value={typed.reason.clone()} onchange={change(|t, text| t.reason = text)} />
            <div class="buttons">{ for StandingKind::ALL.iter().map(|kind| button(*kind)) }</div>
        </>
    }
}

fn one(office: &Office, standing: &StandingOut, lang: Lang) -> Html {
    let until = standing.until.clone().unwrap_or_else(|| W::StandingOpen.say(lang).to_owned());
    let approve = {
        let (office, id) = (office.clone(), standing.id);
        Callback::from(move |_: MouseEvent| {
            office.post(format!("/pay/clearing/standings/{id}/approval"), serde_json::Value::Null);
        })
    };
    let state = if standing.approved { W::StandingHolds } else { W::StandingWaits };
    html! {
        <li key={standing.id.to_string()} data-approved={standing.approved.to_string()}>
            <strong>{ kind_word(standing.kind).say(lang) }{ " · " }{ &standing.code }</strong>
            <span class="small">{ &standing.from }{ " – " }{ until }{ " · " }{ &standing.reason }{ " · " }{ state.say(lang) }</span>
            if !standing.approved {
                <button type="button" onclick={approve} data-testid="approve" disabled={office.is_busy()}>{ W::StandingApprove.say(lang) }</button>
            }
        </li>
    }
}
