//! The notices of whoever is logged in: read once, then kept up by the stream for as long as the page is looked at.

use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;

use gloo_timers::future::sleep;
use wallet_types::{NoticeOut, Notices, SeenAsk};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::ReadableStreamDefaultReader;
use yew::prelude::*;

use super::events::Events;
use crate::hooks::use_lang;
use crate::i18n::Lang;
use crate::services::browser;
use crate::wallet::api::{self, Trouble};
use crate::wallet::session::{Change, SessionHandle};

const RESIDENT: &str = "resident";
/// Before a stream that ended is asked for anew.
const PAUSE: Duration = Duration::from_secs(2);
/// Before it is tried again after something went wrong.
const LONG_PAUSE: Duration = Duration::from_secs(10);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Feed {
    /// The latest first.
    pub notices: Rc<Vec<NoticeOut>>,
    pub unseen: u64,
    /// What came while the page was open, for whoever cannot see the bell.
    pub fresh: Option<NoticeOut>,
    pub ready: bool,
}

pub enum News {
    Read(Notices),
    Came(NoticeOut),
    Gone,
}

impl Reducible for Feed {
    type Action = News;

    fn reduce(self: Rc<Self>, news: News) -> Rc<Self> {
        match news {
            News::Read(read) => {
                let fresh = self.fresh.clone();
                Rc::new(Feed { notices: Rc::new(read.notices), unseen: read.unseen, fresh, ready: true })
            }
            News::Came(notice) if self.latest() >= notice.number => self,
            News::Came(notice) => {
                let notices = [notice.clone()].into_iter().chain(self.notices.iter().cloned()).collect();
                Rc::new(Feed {
                    notices: Rc::new(notices),
                    unseen: self.unseen + 1,
                    fresh: Some(notice),
                    ready: self.ready,
                })
            }
            News::Gone => Rc::default(),
        }
    }
}

impl Feed {
    pub fn latest(&self) -> i64 {
        self.notices.first().map_or(0, |notice| notice.number)
    }
}

pub type FeedHandle = UseReducerHandle<Feed>;

/// Calls back when something new was told, so that what is shown is read anew.
#[hook]
pub fn use_news(again: &Callback<()>) {
    let feed = use_context::<FeedHandle>();
    let latest = feed.map_or(0, |feed| feed.fresh.as_ref().map_or(0, |notice| notice.number));
    let again = again.clone();
    use_effect_with(latest, move |latest| {
        if *latest > 0 {
            again.emit(());
        }
    });
}

#[hook]
pub fn use_feed_state(session: &SessionHandle) -> FeedHandle {
    let lang = use_lang();
    let feed = use_reducer_eq(Feed::default);
    let who = session.session.as_ref().filter(|s| s.role == RESIDENT && !session.expired).map(|s| s.name.clone());
    {
        let (feed, session) = (feed.dispatcher(), session.dispatcher());
        use_effect_with((who, lang), move |(who, lang)| {
            let wanted = Rc::new(Cell::new(true));
            match who {
                Some(_) => {
                    let (still, lang) = (Rc::clone(&wanted), *lang);
                    yew::platform::spawn_local(async move { follow(&still, &feed, &session, lang).await });
                }
                None => feed.dispatch(News::Gone),
            }
            move || wanted.set(false)
        });
    }
    feed
}

async fn follow(
    wanted: &Cell<bool>,
    feed: &UseReducerDispatcher<Feed>,
    session: &UseReducerDispatcher<crate::wallet::session::Standing>,
    lang: Lang,
) {
    let mut latest = None;
    while wanted.get() {
        // A window in the background leaves the few connections of a browser to the others.
        if browser::hidden() {
            sleep(PAUSE).await;
            continue;
        }
        let went = match latest {
            None => match api::get::<Notices>("/wallet/notices", lang).await {
                Ok(read) if wanted.get() => {
                    latest = Some(read.notices.first().map_or(0, |notice| notice.number));
                    feed.dispatch(News::Read(read));
                    continue;
                }
                Ok(_) => return,
                Err(trouble) => Err(trouble),
            },
            Some(number) => listen(wanted, feed, number).await.map(|number| latest = Some(number)),
        };
        match went {
            Ok(()) => sleep(PAUSE).await,
            Err(Trouble::SignedOut) if wanted.get() => return session.dispatch(Change::Expired),
            Err(_) => sleep(LONG_PAUSE).await,
        }
    }
}

/// Reads one stream to its end, and says the number of the last notice.
async fn listen(wanted: &Cell<bool>, feed: &UseReducerDispatcher<Feed>, after: i64) -> Result<i64, Trouble> {
    let body = api::events("/wallet/events", after).await?;
    let reader: ReadableStreamDefaultReader = body.get_reader().unchecked_into();
    let (mut events, mut last) = (Events::default(), after);
    while wanted.get() && !browser::hidden() {
        let Ok(piece) = JsFuture::from(reader.read()).await else { break };
        let value = js_sys::Reflect::get(&piece, &"value".into()).ok();
        let Some(bytes) = value.and_then(|value| value.dyn_into::<js_sys::Uint8Array>().ok()) else { break };
        for notice in events.take(&bytes.to_vec()) {
            last = notice.number;
            if wanted.get() {
                feed.dispatch(News::Came(notice));
            }
        }
    }
    let _ = reader.cancel();
    Ok(last)
}

/// Says that everything there is was looked at.
pub async fn seen(feed: &FeedHandle, lang: Lang) -> Result<(), Trouble> {
    let ask = SeenAsk { number: feed.latest() };
    let read = api::post::<_, Notices>("/wallet/notices/seen", &ask, "seen", lang).await?;
    feed.dispatch(News::Read(read));
    Ok(())
}

#[cfg(test)]
mod tests {
    use anxin_core::family::Kin;
    use wallet_types::{Id, NoticeKindName, Side};

    use super::*;

    fn notice(number: i64) -> NoticeOut {
        NoticeOut {
            nickname: None,
            number,
            kind: NoticeKindName::Invited,
            at: "2026-11-02T04:00:00.000000Z".into(),
            relation: Id(1),
            side: Side::Taker,
            kin: Kin::Parent,
            amount_fen: None,
            institution: None,
        }
    }

    #[test]
    fn a_notice_that_comes_twice_is_counted_once() {
        let read = Notices { notices: vec![notice(3)], unseen: 1, next: None };
        let feed = Rc::new(Feed::default()).reduce(News::Read(read));
        let feed = feed.reduce(News::Came(notice(5))).reduce(News::Came(notice(5))).reduce(News::Came(notice(3)));
        assert_eq!((feed.unseen, feed.latest(), feed.notices.len()), (2, 5, 2));
        assert_eq!(*feed.reduce(News::Gone), Feed::default());
    }
}
