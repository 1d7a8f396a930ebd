//! Asking the server for the wallet. Cookies go along by themselves; scripts cannot read them.

use gloo::net::http::{Method, RequestBuilder, Response};
use serde::Serialize;
use serde::de::DeserializeOwned;
use wallet_types::{Credentials, Problem, ProblemCode, SessionOut, StoryAsk, StoryName, StoryOut, TransportCode};
use web_sys::ReadableStream;

use super::own;
use super::renew::renew;
use super::session::Session;
use crate::i18n::Lang;

const CSRF: &str = "X-CSRF-Token";

/// Why something was not answered as asked.
#[derive(Clone, Debug, PartialEq)]
pub enum Trouble {
    /// The server says no, and why.
    Refused(Box<Problem>),
    /// Nobody is logged in, or not any more.
    SignedOut,
    /// No answer came. Whether the request arrived is not known.
    NoAnswer,
    /// An answer that this page does not understand, with its status.
    Strange(u16),
    /// The browser has no chance to draw a key from, so that nothing was sent.
    NoChance,
}

impl Trouble {
    /// The code that can be told to somebody who helps.
    pub fn code(&self) -> Option<&'static str> {
        match self {
            Trouble::Refused(problem) => Some(problem.code.code()),
            Trouble::SignedOut | Trouble::NoAnswer | Trouble::Strange(_) | Trouble::NoChance => None,
        }
    }

    /// Whether the request may have been carried out all the same.
    pub fn is_unclear(&self) -> bool {
        match self {
            Trouble::NoAnswer => true,
            Trouble::Strange(status) => *status >= 500,
            Trouble::Refused(problem) => {
                problem.status >= 500 || problem.code == ProblemCode::Transport(TransportCode::UnderWay)
            }
            Trouble::SignedOut | Trouble::NoChance => false,
        }
    }
}

/// A request that can be sent a second time after the session was renewed.
struct Ask {
    method: Method,
    address: String,
    key: Option<String>,
    body: Option<String>,
    /// What an authenticator showed.
    code: Option<String>,
}

impl Ask {
    async fn send(&self, csrf: Option<&str>) -> Result<Response, Trouble> {
        let mut builder = RequestBuilder::new(&self.address).method(self.method.clone());
        if let Some(csrf) = csrf {
            builder = builder.header(CSRF, csrf);
        }
        if let Some(key) = &self.key {
            builder = builder.header("Idempotency-Key", key);
        }
        if let Some(code) = &self.code {
            builder = builder.header("X-Second-Factor", code);
        }
        let request = match &self.body {
            Some(body) => builder.header("Content-Type", "application/json").body(body.clone()),
            None => builder.build(),
        };
        let request = request.map_err(|_| Trouble::NoAnswer)?;
        request.send().await.map_err(|_| Trouble::NoAnswer)
    }

    /// Sends it for whoever is logged in; once more when the session had to be renewed first.
    async fn send_own(&self) -> Result<Response, Trouble> {
        let session = Session::kept().ok_or(Trouble::SignedOut)?;
        let response = self.send(Some(&session.csrf)).await?;
        if response.status() != 401 {
            return Ok(response);
        }
        let renewed = renew(&session).await?;
        let response = self.send(Some(&renewed.csrf)).await?;
        if response.status() == 401 { Err(Trouble::SignedOut) } else { Ok(response) }
    }
}

fn address(path: &str, lang: Lang) -> String {
    let mark = if path.contains('?') { '&' } else { '?' };
    format!("/api/v1{path}{mark}lang={}", if lang == Lang::En { "en" } else { "zh" })
}

async fn read<A: DeserializeOwned>(response: Response) -> Result<A, Trouble> {
    if response.ok() {
        return response.json().await.map_err(|_| Trouble::NoAnswer);
    }
    Err(refused(response).await)
}

async fn refused(response: Response) -> Trouble {
    let status = response.status();
    response.json::<Problem>().await.map_or(Trouble::Strange(status), |problem| Trouble::Refused(Box::new(problem)))
}

pub async fn get<A: DeserializeOwned>(path: &str, lang: Lang) -> Result<A, Trouble> {
    let ask = Ask { method: Method::GET, address: address(path, lang), key: None, body: None, code: None };
    read(ask.send_own().await?).await
}

/// A file that is not JSON.
pub async fn bytes(path: &str, lang: Lang) -> Result<Vec<u8>, Trouble> {
    let ask = Ask { method: Method::GET, address: address(path, lang), key: None, body: None, code: None };
    let response = ask.send_own().await?;
    if response.ok() { response.binary().await.map_err(|_| Trouble::NoAnswer) } else { Err(refused(response).await) }
}

/// Moves money. However often the same key is sent, it is moved once. A code that it needs is asked for on the way.
pub async fn post<Q: Serialize, A: DeserializeOwned>(
    path: &str,
    question: &Q,
    key: &str,
    lang: Lang,
) -> Result<A, Trouble> {
    let body = Some(serde_json::to_string(question).unwrap_or_default());
    let (address, key) = (address(path, lang), Some(key.to_owned()));
    let mut ask = Ask { method: Method::POST, address, key, body, code: None };
    loop {
        match read(ask.send_own().await?).await {
            Err(trouble) if own::is_asked(&trouble, ask.code.is_some()) => {
                let code = own::ask(ask.code.is_some()).await;
                ask.code = Some(code.ok_or(trouble)?);
            }
            answer => return answer,
        }
    }
}

/// Says something to which there is no answer but that it was heard.
pub async fn tell(path: &str, lang: Lang) -> Result<(), Trouble> {
    let body = Some("{}".to_owned());
    let ask = Ask { method: Method::POST, address: address(path, lang), key: None, body, code: None };
    let response = ask.send_own().await?;
    if response.ok() { Ok(()) } else { Err(refused(response).await) }
}

/// A stream of events after a number, as it arrives. The page's own header goes along, which is why no `EventSource`
/// reads it.
pub async fn events(path: &str, after: i64) -> Result<ReadableStream, Trouble> {
    let open = async |csrf: &str| {
        let builder = RequestBuilder::new(&address(path, Lang::Zh)).method(Method::GET);
        let builder = builder.header("Accept", "text/event-stream").header("Last-Event-ID", &after.to_string());
        let request = builder.header(CSRF, csrf).build().map_err(|_| Trouble::NoAnswer)?;
        request.send().await.map_err(|_| Trouble::NoAnswer)
    };
    let session = Session::kept().ok_or(Trouble::SignedOut)?;
    let mut response = open(&session.csrf).await?;
    if response.status() == 401 {
        response = open(&renew(&session).await?.csrf).await?;
    }
    match response.status() {
        401 => Err(Trouble::SignedOut),
        _ if response.ok() => response.body().ok_or(Trouble::NoAnswer),
        _ => Err(refused(response).await),
    }
}

pub async fn log_in(credentials: &Credentials, lang: Lang) -> Result<Session, Trouble> {
    let body = Some(serde_json::to_string(credentials).unwrap_or_default());
    let ask = Ask { method: Method::POST, address: address("/sessions", lang), key: None, body, code: None };
    let out: SessionOut = read(ask.send(None).await?).await?;
    Ok(Session::begun(credentials.name.clone(), out))
}

/// Puts a story of the demonstration back to its beginning. Nobody has to be logged in.
pub async fn begin_story(story: StoryName, lang: Lang) -> Result<StoryOut, Trouble> {
    let body = Some(serde_json::to_string(&StoryAsk { story }).unwrap_or_default());
    let ask = Ask { method: Method::POST, address: address("/demo/stories", lang), key: None, body, code: None };
    read(ask.send(None).await?).await
}

/// Exchanges the refresh cookie, which is good for one use.
pub async fn refresh(session: &Session) -> Result<SessionOut, Trouble> {
    let address = address("/sessions/refresh", Lang::Zh);
    let ask = Ask { method: Method::POST, address, key: None, body: Some("{}".into()), code: None };
    let response = ask.send(Some(&session.refresh_csrf)).await?;
    match response.status() {
        401 | 403 => Err(Trouble::SignedOut),
        _ => read(response).await,
    }
}

/// Ends the session. One that had ended by itself is ended as well.
pub async fn log_out(lang: Lang) -> Result<(), Trouble> {
    let ask =
        Ask { method: Method::DELETE, address: address("/sessions/current", lang), key: None, body: None, code: None };
    match ask.send_own().await {
        Ok(response) if response.ok() => Ok(()),
        Ok(response) => Err(refused(response).await),
        Err(Trouble::SignedOut) => Ok(()),
        Err(other) => Err(other),
    }
}
