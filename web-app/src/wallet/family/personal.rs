use wallet_types::{NicknameAsk, PriorityAsk, RelationOut, Side};
use yew::prelude::*;

use super::RELATIONS;
use super::words::G;
use crate::components::{Kind, TextField};
use crate::hooks::use_lang;
use crate::services::browser;
use crate::wallet::api::{self, Trouble};
use crate::wallet::trouble::TroubleView;

const NICKNAME_MAX: usize = 20;

#[derive(Properties, PartialEq)]
pub struct PersonalProps {
    pub relation: RelationOut,
    pub again: Callback<()>,
}

/// What one calls the other, and whose money goes first, where the area leaves it to this side.
#[component]
pub fn Personal(props: &PersonalProps) -> Html {
    let lang = use_lang();
    let relation = &props.relation;
    let name = use_state(|| relation.nickname.clone().unwrap_or_default());
    let order = use_state(|| relation.priority.to_string());
    let trouble = use_state(|| None::<Trouble>);
    let kept = use_state(|| false);
    let send = {
        let (trouble, kept, again, id) = (trouble.clone(), kept.clone(), props.again.clone(), relation.id);
        move |what: &'static str, body: serde_json::Value| {
            let (trouble, kept, again) = (trouble.clone(), kept.clone(), again.clone());
            yew::platform::spawn_local(async move {
                let path = format!("{RELATIONS}/{id}/{what}");
                match api::post::<_, RelationOut>(&path, &body, "once", lang).await {
                    Ok(_) => {
                        trouble.set(None);
                        kept.set(true);
                        again.emit(());
                    }
                    Err(cause) => trouble.set(Some(cause)),
                }
            });
        }
    };
    let keep_name = {
        let (send, name) = (send.clone(), name.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if name.trim().chars().count() > NICKNAME_MAX {
                return browser::focus("nickname");
            }
            let ask = NicknameAsk { nickname: name.trim().to_owned() };
            send("nickname", serde_json::to_value(ask).unwrap_or_default());
        })
    };
    let keep_order = {
        let order = order.clone();
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            match order.trim().parse() {
                Ok(priority) => send("priority", serde_json::to_value(PriorityAsk { priority }).unwrap_or_default()),
                Err(_) => browser::focus("priority"),
            }
        })
    };
    let too_long = name.trim().chars().count() > NICKNAME_MAX;
    let hint = too_long.then(|| AttrValue::from(G::NicknameWrong.say(lang)));
    html! {
        <section aria-labelledby="personal-title">
            <h3 id="personal-title">{ G::NicknameTitle.say(lang) }</h3>
            if let Some(trouble) = (*trouble).clone() {
                <TroubleView {trouble} />
            }
            if *kept {
                <p role="status" data-testid="personal-kept">{ G::OwnKept.say(lang) }</p>
            }
            <form onsubmit={keep_name}>
                <TextField id="nickname" kind={Kind::Text} label={G::NicknameQ.say(lang)} told={hint} value={(*name).clone()}
                    onchange={let name = name.clone(); Callback::from(move |text| name.set(text))} />
                <button type="submit" class="secondary" data-testid="nickname-keep">{ G::NicknameSave.say(lang) }</button>
            </form>
            if relation.orders {
                <form onsubmit={keep_order}>
                    <TextField id="priority" kind={Kind::Count} label={order_question(relation.side).say(lang)} told={AttrValue::from(G::OwnToOther.say(lang))}
                        value={(*order).clone()} onchange={let order = order.clone(); Callback::from(move |text| order.set(text))} />
                    <button type="submit" class="secondary" data-testid="priority-keep">{ G::OrderSave.say(lang) }</button>
                </form>
            }
        </section>
    }
}

/// Who shares says it of their own money.
fn order_question(side: Side) -> G {
    if side == Side::Giver { G::OrderOwnQ } else { G::OrderQ }
}
