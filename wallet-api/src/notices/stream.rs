//! Notices as they come: server-sent events. A stream ends after a while, or with the session, and goes on where it
//! was by `Last-Event-ID`.

use std::time::{Duration, Instant};

use actix_web::web::{Bytes, Data};
use actix_web::{Error, HttpResponse};
use futures_util::stream::unfold;
use tokio::sync::watch;
use wallet_ledger::OwnerId;

use super::{Place, notice_out};
use crate::auth::Subject;
use crate::problem::ApiError;
use crate::server::Service;
use crate::wallet::Wallet;

/// Most notices of one piece of a stream.
const PIECE: u32 = 50;
/// How long a stream is silent at most, so that nobody on the way takes it for dead.
const SILENCE: Duration = Duration::from_secs(10);
/// Says that the stream is open, and after how many milliseconds to come back once it ends.
const OPEN: &str = "retry: 2000\n: open\n\n";
const STILL_HERE: &str = ": \n\n";

struct Stream {
    service: Data<Service>,
    subject: Subject,
    owner: OwnerId,
    /// What was told last.
    number: i64,
    news: watch::Receiver<i64>,
    until: Instant,
    begun: bool,
    _place: Place,
}

/// What somebody is told from now on, or after a number.
///
/// # Errors
/// When as many streams of theirs are open as may be.
pub fn events(
    service: Data<Service>,
    subject: Subject,
    owner: OwnerId,
    after: Option<i64>,
) -> Result<HttpResponse, ApiError> {
    let bell = &service.wallet()?.bell;
    let (place, news) = (bell.place(subject.id)?, bell.last.subscribe());
    let (until, number) = (Instant::now() + bell.lasting, after.unwrap_or(*news.borrow()));
    let begun = false;
    let stream = Stream { service: service.clone(), subject, owner, number, news, until, begun, _place: place };
    let mut response = HttpResponse::Ok();
    // Some proxies would keep a stream back until it ends.
    response.content_type("text/event-stream; charset=utf-8").insert_header(("x-accel-buffering", "no"));
    Ok(response.streaming(unfold(stream, next)))
}

async fn next(mut stream: Stream) -> Option<(Result<Bytes, Error>, Stream)> {
    if !stream.begun {
        stream.begun = true;
        return Some((Ok(Bytes::from_static(OPEN.as_bytes())), stream));
    }
    let service = stream.service.clone();
    let piece = stream.piece(service.wallet().ok()?).await?;
    Some((Ok(piece), stream))
}

impl Stream {
    /// The next words; `None` when it is over.
    async fn piece(&mut self, wallet: &Wallet) -> Option<Bytes> {
        loop {
            if wallet.is_revoked(&self.subject) {
                return None;
            }
            // Marked before it is looked at: what comes meanwhile ends the wait below.
            self.news.mark_unchanged();
            let told = wallet.desk.notices_after(self.owner, self.number, PIECE).await.ok()?;
            if let Some(last) = told.last() {
                self.number = last.number;
                let names = wallet.desk.nicknames(self.owner).await.ok()?;
                let events = told.into_iter().map(|told| Some(event(&notice_out(told, &names).ok()?)));
                return events.collect::<Option<String>>().map(Bytes::from);
            }
            let left = self.until.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return None;
            }
            if tokio::time::timeout(SILENCE.min(left), self.news.changed()).await.is_err() {
                return Some(Bytes::from_static(STILL_HERE.as_bytes()));
            }
        }
    }
}

fn event(notice: &wallet_types::NoticeOut) -> String {
    let data = serde_json::to_string(notice).unwrap_or_default();
    format!("id: {}\nevent: notice\ndata: {data}\n\n", notice.number)
}
