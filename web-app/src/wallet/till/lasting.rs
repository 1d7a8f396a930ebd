//! 固定收款码: the code that hangs at a counter, shown and printed. Bills of this till wait there from then on.

use anxin_core::RefusalCode;
use wallet_types::{CounterAsk, CounterOut};
use yew::prelude::*;

use super::Desk;
use crate::components::{FieldNote, FieldNotes, Kind, TextField};
use crate::services::browser;
use crate::wallet::api;
use crate::wallet::counter::C;
use crate::wallet::qr::Qr;

const NAME_MAX: usize = 32;

#[derive(Properties, PartialEq)]
pub struct LastingProps {
    pub desk: Desk,
}

fn is_name(name: &str) -> bool {
    (1..=NAME_MAX).contains(&name.len()) && name.bytes().all(|b| b.is_ascii_alphanumeric())
}

/// Asks which counter it is, and shows its code.
#[component]
pub fn Lasting(props: &LastingProps) -> Html {
    let (desk, lang) = (props.desk.clone(), props.desk.lang);
    let typed = use_state(|| (*desk.counter).clone());
    let wrong = use_state(|| false);
    let code = use_state(|| None::<CounterOut>);
    let onsubmit = {
        let (desk, typed, wrong, code) = (desk.clone(), typed.clone(), wrong.clone(), code.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let name = typed.trim().to_owned();
            wrong.set(!is_name(&name));
            if !is_name(&name) {
                return browser::focus("counter-name");
            }
            let (desk, code) = (desk.clone(), code.clone());
            yew::platform::spawn_local(async move {
                let ask = CounterAsk { counter: name };
                match api::post::<_, CounterOut>("/pay/counters", &ask, "counter", lang).await {
                    Ok(made) => {
                        desk.counter.set(made.counter.clone());
                        code.set(Some(made));
                    }
                    Err(trouble) => desk.trouble.set(Some(trouble)),
                }
            });
        })
    };
    let message = C::LastingNameHint.say(lang).to_owned();
    let note = FieldNote { field: "counter-name".into(), code: RefusalCode::OutOfRange.code(), message };
    let notes = FieldNotes(std::rc::Rc::new(if *wrong { vec![note] } else { Vec::new() }));
    html! {
        <ContextProvider<FieldNotes> context={notes}>
            <section aria-labelledby="lasting-title">
                <h2 id="lasting-title" class="screen">{ C::LastingTitle.say(lang) }</h2>
                <p class="hint screen">{ C::LastingHint.say(lang) }</p>
                <form class="screen" {onsubmit} data-testid="lasting">
                    <TextField id="counter-name" label={C::LastingName.say(lang)} told={Some(AttrValue::from(C::LastingNameHint.say(lang)))} kind={Kind::Text}
                        value={(*typed).clone()} onchange={let typed = typed.clone(); Callback::from(move |text| typed.set(text))} />
                    <button type="submit" class="secondary" data-testid="lasting-show">{ C::LastingShow.say(lang) }</button>
                </form>
                if let Some(made) = &*code {
                    { poster(made, lang) }
                }
            </section>
        </ContextProvider<FieldNotes>>
    }
}

/// What is put up at the counter.
fn poster(made: &CounterOut, lang: crate::i18n::Lang) -> Html {
    let name = &made.counter;
    html! {
        <div class="lasting" data-testid="lasting-code">
            <Qr text={made.code.clone()} label={C::LastingImage.fill(lang, &[name])} />
            <p><strong>{ C::LastingHere.fill(lang, &[name]) }</strong></p>
            <p class="hint screen" role="status">{ C::LastingUsed.fill(lang, &[name]) }</p>
            <button type="button" class="secondary screen" data-testid="print" onclick={Callback::from(|_: MouseEvent| browser::print())}>{ C::LastingPrint.say(lang) }</button>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_counter_has_a_plain_name() {
        for (name, plain) in [("A1", true), ("", false), ("A 1", false), ("窗口1", false), (&"9".repeat(33), false)] {
            assert_eq!(is_name(name), plain, "{name}");
        }
    }
}
