use wallet_types::{NoticeKindName, NoticeOut};
use yew::prelude::*;

use super::feed::{FeedHandle, seen};
use super::words::{N, told};
use crate::app::Route;
use crate::components::Way;
use crate::hooks::use_lang;
use crate::i18n::Lang;
use crate::wallet::time;

/// Every notice, the latest first. Whoever has it open has looked.
#[component]
pub fn NoticesPage() -> Html {
    let lang = use_lang();
    let feed = use_context::<FeedHandle>();
    // Those that were new when the page was opened stay marked.
    let new = use_mut_ref(|| 0_u64);
    {
        let (feed, new) = (feed.clone(), std::rc::Rc::clone(&new));
        let unseen = feed.as_ref().map_or(0, |feed| feed.unseen);
        use_effect_with(unseen, move |unseen| {
            if let Some(feed) = feed.filter(|_| *unseen > 0) {
                *new.borrow_mut() += *unseen;
                // Where it is not answered they stay new, and are marked the next time.
                yew::platform::spawn_local(async move { drop(seen(&feed, lang).await) });
            }
        });
    }
    let Some(feed) = feed else { return Html::default() };
    let new = usize::try_from((*new.borrow()).max(feed.unseen)).unwrap_or(usize::MAX);
    html! {
        <>
            <p class="lead">{ N::Intro.say(lang) }</p>
            if feed.ready && feed.notices.is_empty() {
                <p data-testid="no-notices">{ N::None.say(lang) }</p>
            }
            <ol class="moves" data-testid="notices">
                { for feed.notices.iter().enumerate().map(|(n, notice)| one(notice, n < new, lang)) }
            </ol>
        </>
    }
}

fn one(notice: &NoticeOut, new: bool, lang: Lang) -> Html {
    let sentence = told(notice, lang);
    html! {
        <li key={notice.number} data-testid="notice" data-kind={notice.kind.word()}>
            <span>
                if new {
                    <strong class="tag">{ N::Fresh.say(lang) }</strong>
                }
                { &sentence }
            </span>
            <span class="small">{ time::shown(&notice.at) }</span>
            <span class="way">
                <Way to={place(notice)}>
                    <span aria-hidden="true">{ N::See.say(lang) }</span><span class="sr">{ format!("{} {sentence}", N::See.say(lang)) }</span>
                </Way>
            </span>
        </li>
    }
}

/// Where something can be done about it.
fn place(notice: &NoticeOut) -> Route {
    match notice.kind {
        NoticeKindName::Invited => Route::WalletAccept,
        NoticeKindName::TransferWaiting
        | NoticeKindName::TransferAccepted
        | NoticeKindName::TransferRefused
        | NoticeKindName::TransferReturned => Route::WalletGifts,
        NoticeKindName::ResetAsked | NoticeKindName::ResetGranted => Route::WalletOwn,
        _ => Route::WalletRelation { relation: notice.relation.to_string() },
    }
}
