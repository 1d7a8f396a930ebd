//! Going on after the access token ran out. A refresh token is good once, and a second use of it ends the session:
//! so one request renews, here or in another window, and the others wait for it.

use std::time::Duration;

use gloo_timers::future::sleep;

use super::api::{self, Trouble};
use super::session::Session;
use crate::services::browser;

const RENEWING: &str = "anxin.wallet.renewing";
/// For how long somebody who renews is waited for, in milliseconds.
const PATIENCE: f64 = 5_000.0;
const STEP: Duration = Duration::from_millis(50);

/// A session with a token that is good again, or the one that somebody else renewed meanwhile.
pub async fn renew(old: &Session) -> Result<Session, Trouble> {
    while under_way() {
        sleep(STEP).await;
    }
    match Session::kept() {
        Some(kept) if kept.csrf == old.csrf => {}
        Some(renewed) => return Ok(renewed),
        None => return Err(Trouble::SignedOut),
    }
    browser::store(RENEWING, &js_sys::Date::now().to_string());
    let answer = api::refresh(old).await;
    if let Ok(out) = &answer {
        Session::begun(old.name.clone(), out.clone()).keep();
    }
    browser::forget(RENEWING);
    answer.map(|out| Session::begun(old.name.clone(), out))
}

fn under_way() -> bool {
    let since = browser::stored(RENEWING).and_then(|text| text.parse::<f64>().ok());
    since.is_some_and(|since| (js_sys::Date::now() - since).abs() < PATIENCE)
}
