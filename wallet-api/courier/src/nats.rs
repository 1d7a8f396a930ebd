//! Notes through NATS JetStream: the brokers keep each until a server of its receiver has taken it in. They hold copies
//! only. A letter is under way until its receiver's own word says otherwise, whatever a broker acknowledges.

use std::fmt;
use std::future::Future;
use std::time::Duration;

use async_nats::header::NATS_MESSAGE_ID;
use async_nats::jetstream::consumer::{AckPolicy, pull};
use async_nats::jetstream::stream::{self, RetentionPolicy};
use async_nats::jetstream::{self, AckKind, Context, Message};
use async_nats::{Client, ConnectOptions, HeaderMap, ServerAddr};
use futures_util::{StreamExt as _, TryStreamExt as _};
use tokio::time::{sleep, timeout};
use wallet_ledger::CellId;

use crate::courier::{CourierError, Lost, Way};

const STREAM: &str = "ANXIN_NOTES";
const SUBJECTS: &str = "anxin.notes.*";
const ANSWER_TO: &str = "Anxin-Answer-To";
/// Where answers go. A note that names any other subject gets none: its sender may not have us write there.
const INBOX: &str = "_INBOX.";
/// For handing a note over, having it taken in and getting the answer together.
const PATIENCE: Duration = Duration::from_secs(5);
/// A broker that has not said by then that it keeps a note is given it again, under the same number.
const HANDED_OVER: Duration = Duration::from_millis(1_500);
/// For how long brokers know that number.
const DEDUPLICATED: Duration = Duration::from_secs(120);
/// Whoever was away for longer gets what waited in new notes.
const KEPT: Duration = Duration::from_secs(600);
/// After so long without a word another server of the same cell gets the note.
const TAKEN_IN: Duration = Duration::from_secs(30);
const AT_ONCE: usize = 8;
/// Before brokers that did not answer are asked again.
const PAUSE: Duration = Duration::from_secs(1);

#[derive(Debug, thiserror::Error)]
pub enum BrokerError {
    #[error("accepted: nats://host:4222, tls://host:4222, several after commas")]
    Address,
    #[error("the brokers: {0}")]
    Broken(Box<dyn std::error::Error + Send + Sync>),
}

fn broken(cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> BrokerError {
    BrokerError::Broken(cause.into())
}

#[derive(Clone)]
pub struct Nats {
    client: Client,
    context: Context,
    copies: usize,
}

impl fmt::Debug for Nats {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Nats").field("copies", &self.copies).finish_non_exhaustive()
    }
}

impl Nats {
    /// Brokers that do not answer yet are tried again until they do. Of three or more, three keep each note.
    ///
    /// # Errors
    /// When it is not an address of brokers.
    pub async fn connect(url: &str) -> Result<Nats, BrokerError> {
        let servers: Vec<ServerAddr> = addresses(url)?;
        let copies = if servers.len() < 3 { 1 } else { 3 };
        let client = ConnectOptions::new().name("anxin").retry_on_initial_connect().connect(servers);
        let client = client.await.map_err(broken)?;
        let context = jetstream::new(client.clone());
        Ok(Nats { client, context, copies })
    }

    /// Takes notes to a cell as they come, for ever. Of several servers of the cell each gets some of them.
    pub async fn serve<F, T>(&self, cell: CellId, take: F)
    where
        F: Fn(Vec<u8>) -> T + Sync,
        T: Future<Output = Result<Vec<u8>, CourierError>> + Send,
    {
        loop {
            if let Err(cause) = self.take_all(cell, &take).await {
                tracing::warn!(%cause, "no notes from the brokers");
            }
            sleep(PAUSE).await;
        }
    }

    async fn take_all<F, T>(&self, cell: CellId, take: &F) -> Result<(), BrokerError>
    where
        F: Fn(Vec<u8>) -> T + Sync,
        T: Future<Output = Result<Vec<u8>, CourierError>> + Send,
    {
        let stream = self.context.get_or_create_stream(notes(self.copies)).await.map_err(broken)?;
        let name = format!("cell-{cell}");
        let consumer = stream.get_or_create_consumer(&name, notes_to(cell, &name)).await.map_err(broken)?;
        let notes = consumer.messages().await.map_err(broken)?;
        let each = notes.map_err(broken).try_for_each_concurrent(AT_ONCE, |note| self.take_one(note, take));
        each.await
    }

    /// The broker is told last: a server that is killed before is followed by one that gets the note again.
    async fn take_one<F, T>(&self, note: Message, take: &F) -> Result<(), BrokerError>
    where
        F: Fn(Vec<u8>) -> T + Sync,
        T: Future<Output = Result<Vec<u8>, CourierError>> + Send,
    {
        let done = match take(note.payload.to_vec()).await {
            Ok(answer) => {
                let to = note.headers.as_ref().and_then(|headers| headers.get(ANSWER_TO));
                if let Some(to) = to.filter(|to| to.as_str().starts_with(INBOX)) {
                    self.client.publish(to.to_string(), answer.into()).await.map_err(broken)?;
                }
                AckKind::Ack
            }
            Err(CourierError::Desk(_)) => AckKind::Nak(Some(PAUSE)),
            // It gets no better by coming again.
            Err(_) => AckKind::Term,
        };
        note.ack_with(done).await.map_err(broken)
    }

    /// Hands a note over, under one number however often that has to be tried.
    async fn hand_over(&self, to: CellId, note: Vec<u8>, inbox: &str) -> Result<(), Lost> {
        let mut headers = HeaderMap::new();
        headers.insert(NATS_MESSAGE_ID, inbox);
        headers.insert(ANSWER_TO, inbox);
        loop {
            let sent = self.context.publish_with_headers(subject(to), headers.clone(), note.clone().into());
            let kept = async { sent.await.ok()?.await.ok() };
            if timeout(HANDED_OVER, kept).await.is_ok_and(|kept| kept.is_some()) {
                return Ok(());
            }
            sleep(PAUSE / 4).await;
        }
    }
}

impl Way for Nats {
    async fn send(&self, to: CellId, note: Vec<u8>) -> Result<Vec<u8>, Lost> {
        let inbox = self.client.new_inbox();
        let answered = async {
            let mut answers = self.client.subscribe(inbox.clone()).await.map_err(|_| Lost)?;
            self.hand_over(to, note, &inbox).await?;
            answers.next().await.map(|answer| answer.payload.to_vec()).ok_or(Lost)
        };
        timeout(PATIENCE, answered).await.map_err(|_| Lost)?
    }
}

fn addresses(url: &str) -> Result<Vec<ServerAddr>, BrokerError> {
    let (scheme, hosts) = url.split_once("://").ok_or(BrokerError::Address)?;
    if !matches!(scheme, "nats" | "tls") || hosts.is_empty() {
        return Err(BrokerError::Address);
    }
    let (user, hosts) = hosts.split_at(hosts.rfind('@').map_or(0, |at| at + 1));
    let each = hosts.split(',').map(|host| format!("{scheme}://{user}{host}").parse());
    each.collect::<Result<_, _>>().map_err(|_| BrokerError::Address)
}

fn subject(to: CellId) -> String {
    format!("anxin.notes.{to}")
}

fn notes(copies: usize) -> stream::Config {
    stream::Config {
        name: STREAM.into(),
        subjects: vec![SUBJECTS.into()],
        retention: RetentionPolicy::WorkQueue,
        num_replicas: copies,
        max_age: KEPT,
        duplicate_window: DEDUPLICATED,
        ..stream::Config::default()
    }
}

fn notes_to(cell: CellId, name: &str) -> pull::Config {
    pull::Config {
        durable_name: Some(name.into()),
        filter_subject: subject(cell),
        ack_policy: AckPolicy::Explicit,
        ack_wait: TAKEN_IN,
        ..pull::Config::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_names_brokers() {
        let count = |url: &str| addresses(url).map(|all| all.len()).ok();
        assert_eq!(count("nats://127.0.0.1:4222"), Some(1));
        assert_eq!(count("tls://anxin:secret@a:4222,b:4222,c:4222"), Some(3));
        for url in ["", "nats://", "http://a:4222", "a:4222", "nats://a:port"] {
            assert_eq!(count(url), None, "{url}");
        }
    }
}
