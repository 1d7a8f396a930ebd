//! Family accounts in the wallet: whom one shares with, inviting and accepting, quotas, transfers and premiums. What may
//! be is asked of the core here first; the server decides by the same rules.

mod accept;
mod details;
mod home;
mod invitations;
mod invite;
mod kin;
mod personal;
mod picture;
mod premium;
mod quota;
mod relation;
mod transfers;
mod words;

pub use accept::Accept;
pub use home::Family;
pub use invite::Invite;
pub use kin::relative;
pub use premium::Premium;
pub use relation::Relation;
pub use transfers::Transfers;
pub use words::G;

use anxin_core::Day;
use anxin_core::family::{FamilyAnswer, FamilyAsk, FamilyCase, Moment, WalletBook, preview};
use anxin_core::text;
use wallet_types::OwnCover;
use yew::prelude::*;

use super::load::{Load, use_load};
use crate::family::{Rules, use_rules};
use crate::i18n::Lang;

pub const RELATIONS: &str = "/wallet/family/relations";
pub const INVITATIONS: &str = "/wallet/family/invitations";
pub const TRANSFERS: &str = "/wallet/family/transfers";
const COVER: &str = "/wallet/cover";

/// How somebody is insured, and the rules as this server goes by them: its operator may know more of areas than the
/// rules do.
#[hook]
pub fn use_own_rules() -> (Rules, Callback<MouseEvent>, Load<OwnCover>, Callback<()>) {
    let (rules, retry) = use_rules();
    let (cover, again) = use_load::<OwnCover>(COVER.into());
    let opened = if let Load::Here(cover) = &cover { cover.opened.clone() } else { Vec::new() };
    let ready = rules.book().is_some();
    let rules = use_memo((ready, opened), |(_, opened)| rules.declared(opened));
    ((*rules).clone(), retry, cover, again)
}

/// Hours that China is ahead, in milliseconds.
const AHEAD: f64 = 8.0 * 3_600_000.0;

/// The day in China and the time of day, by this device's clock. The server asks its own.
pub fn here() -> Option<(Day, Moment)> {
    let now = js_sys::Date::new(&(js_sys::Date::now() + AHEAD).into()).to_iso_string();
    let text = now.as_string()?;
    let (day, rest) = text.split_once('T')?;
    Some((Day::parse(day)?, Moment::parse(rest.get(..5)?)?))
}

/// What the rules say today, in words.
pub fn told(book: &WalletBook, ask: FamilyAsk, lang: Lang) -> Option<FamilyAnswer> {
    let (on, at) = here()?;
    let mut answer = preview(book, &FamilyCase { on, at: Some(at), ask }).ok()?;
    text::fill_family(&mut answer, lang);
    Some(answer)
}

/// The sentences of what follows.
pub fn then(answer: &FamilyAnswer) -> Vec<String> {
    answer.then.iter().filter_map(|then| then.text.clone()).collect()
}
