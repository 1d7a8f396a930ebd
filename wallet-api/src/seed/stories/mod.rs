//! Stories of the demonstration: people, institutions and bills that are made up, told as often as somebody wants to
//! hear them. Telling one again puts it back to its beginning; nothing that was booked is taken out of the journal.

mod day;
mod stay;

use anxin_core::Fen;
use anxin_core::dispatch::Engine;
use anxin_core::family::{AreaCode, Insured};
use tokio::sync::Mutex;
use wallet_ledger::OwnerId;
use wallet_store::{Login, Provider};
use wallet_types::{Id, PersonAsk, StoryName, StoryOut, TransportCode};

use super::{PASSWORD, id};
use crate::auth::{Role, hash_password};
use crate::problem::ApiError;
use crate::settings::Settings;
use crate::wallet::{Wallet, WalletError};

/// How a till shows the people of the stories.
pub(crate) const NAMES: &[(&str, &str)] = &[(stay::DAUGHTER, "陈**"), (stay::FATHER, "陈**"), (day::PATIENT, "何*")];

/// What telling a story takes. A server with real people has none.
#[derive(Debug)]
pub(crate) struct Stories {
    settings: Settings,
    /// Two that are told at once would be mixed up.
    telling: Mutex<()>,
}

impl Stories {
    pub(crate) fn of(settings: &Settings) -> Option<Stories> {
        // Among several areas each person is insured in one, and a story has people of two.
        let alone = settings.demo && settings.cells.peers.is_empty();
        alone.then(|| Stories { settings: settings.clone(), telling: Mutex::new(()) })
    }
}

/// Somebody of a story.
struct Character {
    name: &'static str,
    number: &'static str,
    area: &'static str,
    cover: Insured,
    born: &'static str,
}

fn refused(code: TransportCode) -> ApiError {
    ApiError::Transport(code)
}

fn failed(cause: WalletError) -> ApiError {
    tracing::error!(%cause, "a story");
    refused(TransportCode::Internal)
}

fn fen(fen: i64) -> Fen {
    Fen::new(fen).unwrap_or_default()
}

impl Wallet {
    /// Puts a story back to its beginning.
    ///
    /// # Errors
    /// Where this is no demonstration: then there is nothing of the kind.
    pub(crate) async fn tell(&self, engine: &Engine, story: StoryName) -> Result<StoryOut, ApiError> {
        let stories = self.stories.as_ref().ok_or_else(|| refused(TransportCode::NotFound))?;
        let _alone = stories.telling.lock().await;
        super::open_area(self).await.map_err(failed)?;
        match story {
            StoryName::Stay => self.tell_stay().await,
            StoryName::Day => self.tell_day(&stories.settings, engine).await,
        }
    }

    async fn cast(&self, who: &Character) -> Result<(), ApiError> {
        let area = AreaCode::parse(who.area).ok_or_else(|| refused(TransportCode::Internal))?;
        let (person, id_number, born) = (Id(id(who.name)), who.number.to_owned(), Some(who.born.to_owned()));
        let ask = PersonAsk { person, id_number, area, cover: who.cover, born, without_phone: false, died: None };
        self.register(&ask).await.map(drop)
    }

    async fn stage(&self, owner: &str, name: &str, provider: [&str; 4]) -> Result<OwnerId, ApiError> {
        let owner = OwnerId(id(owner));
        self.desk.put_institution(owner, name).await?;
        let [code, area, level, kind] = provider.map(str::to_owned);
        self.desk.put_provider(&Provider { owner, code, area, level, kind }).await?;
        Ok(owner)
    }

    async fn let_in(&self, people: &[(&str, Role, Option<&str>)]) -> Result<(), ApiError> {
        let password = hash_password(PASSWORD).map_err(|cause| failed(WalletError::Machine(cause)))?;
        for (name, role, acts_for) in people {
            let (subject, acts_for) = (id(name), acts_for.map(id));
            let (name, role) = ((*name).to_owned(), role.name().to_owned());
            self.desk.put_login(Login { name, password: password.clone(), subject, role, acts_for }).await?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The last of 18 digits follows from the others (GB 11643).
    fn checks(number: &str) -> bool {
        const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
        let digits = number.chars().filter_map(|digit| digit.to_digit(10));
        let sum: u32 = digits.zip(WEIGHTS).map(|(digit, weight)| digit * weight).sum();
        number.chars().last() == "10X98765432".chars().nth((sum % 11) as usize)
    }

    #[test]
    fn no_number_of_a_story_is_anybodys() {
        assert!(checks("11010519491231002X") && !checks("110105194912310021"), "the standard's own example");
        for who in stay::CAST.iter().chain([&day::CAST]) {
            assert!(who.number.starts_with("000000") && !checks(who.number), "{}", who.name);
            assert_eq!(who.number.len(), 18);
        }
    }
}
