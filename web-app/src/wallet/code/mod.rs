//! 付款码: a code to show, renewed before it runs out, and hidden when nobody is looking.

use gloo::events::EventListener;
use gloo::utils::document;
use gloo_timers::callback::Interval;
use wallet_types::{CodeAsk, CodeOut};
use yew::prelude::*;

use super::api::{self, Trouble};
use super::orders::Orders;
use super::qr::Qr;
use super::session::{Change, use_session};
use super::trouble::TroubleView;
use super::words::W;
use crate::hooks::use_lang;

const SECOND_MS: u32 = 1_000;

/// What is shown, and for how many seconds more. The server's seconds count, whatever the clock of this device says.
#[derive(Clone, PartialEq)]
struct Shown {
    code: CodeOut,
    left: u32,
}

enum Tick {
    Came(CodeOut),
    Second,
    Gone,
}

#[derive(Clone, Default, PartialEq)]
struct Screen(Option<Shown>);

impl Reducible for Screen {
    type Action = Tick;

    fn reduce(self: std::rc::Rc<Self>, tick: Tick) -> std::rc::Rc<Self> {
        let next = match (tick, &self.0) {
            (Tick::Came(code), _) => Some(Shown { left: code.seconds, code }),
            (Tick::Second, Some(shown)) if shown.left > 1 => Some(Shown { left: shown.left - 1, ..shown.clone() }),
            (Tick::Second | Tick::Gone, _) => None,
        };
        std::rc::Rc::new(Screen(next))
    }
}

/// Shows one's own code.
#[component]
pub fn ShowCode() -> Html {
    let lang = use_lang();
    let screen = use_reducer_eq(Screen::default);
    let hidden = use_state(|| document().hidden());
    let wanted = use_state(|| 0_u32);
    let trouble = use_state(|| None::<Trouble>);
    let session = use_session().map(|session| session.dispatcher());
    let here = screen.0.is_some();
    {
        let (screen, trouble, asked) = (screen.dispatcher(), trouble.clone(), !here && !*hidden && trouble.is_none());
        use_effect_with((asked, *wanted), move |(asked, _)| {
            if *asked {
                yew::platform::spawn_local(async move {
                    match api::post::<_, CodeOut>("/wallet/codes", &CodeAsk::default(), "code", lang).await {
                        Ok(code) => screen.dispatch(Tick::Came(code)),
                        Err(Trouble::SignedOut) => session.iter().for_each(|s| s.dispatch(Change::Expired)),
                        Err(cause) => trouble.set(Some(cause)),
                    }
                });
            }
        });
    }
    {
        let screen = screen.dispatcher();
        use_effect_with((), move |()| {
            let clock = Interval::new(SECOND_MS, move || screen.dispatch(Tick::Second));
            move || drop(clock)
        });
    }
    {
        let (screen, hidden) = (screen.dispatcher(), hidden.clone());
        use_effect_with((), move |()| {
            let listener = EventListener::new(&document(), "visibilitychange", move |_| {
                if document().hidden() {
                    screen.dispatch(Tick::Gone);
                }
                hidden.set(document().hidden());
            });
            move || drop(listener)
        });
    }
    let renew = {
        let (screen, wanted, trouble) = (screen.dispatcher(), wanted.clone(), trouble.clone());
        Callback::from(move |()| {
            trouble.set(None);
            screen.dispatch(Tick::Gone);
            wanted.set(wanted.wrapping_add(1));
        })
    };
    let onclick = renew.reform(|_: MouseEvent| ());
    html! {
        <>
            <p class="lead">{ W::CodeIntro.say(lang) }</p>
            if let Some(trouble) = (*trouble).clone() {
                <TroubleView {trouble} retry={renew} />
            }
            <section class="paycode" data-testid="paycode" aria-labelledby="paycode-state">
                if let Some(shown) = &screen.0 {
                    <Qr text={shown.code.code.clone()} label={W::CodeImage.say(lang)} />
                    <p role="timer" data-testid="seconds">{ W::CodeSeconds.fill(lang, &[&shown.left.to_string()]) }</p>
                } else if *hidden {
                    <p>{ W::CodeHidden.say(lang) }</p>
                } else {
                    <p class="loading">{ W::Loading.say(lang) }</p>
                }
                // Said when a code comes or goes, not every second.
                <p id="paycode-state" class="sr" aria-live="polite">
                    { if here { W::CodeFresh } else { W::Loading }.say(lang) }
                </p>
                <button type="button" class="secondary" data-testid="renew" {onclick}>{ W::CodeRenew.say(lang) }</button>
            </section>
            <Orders />
        </>
    }
}
