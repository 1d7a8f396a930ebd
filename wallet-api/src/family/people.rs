//! What the area knows of its people.

use anxin_core::family::{AreaCode, Insured, Party};
use anxin_core::{Refusal, RefusalCode};
use jiff::civil::Date;
use wallet_ledger::{Fund, OwnerId};
use wallet_store::Person;
use wallet_types::{DeathAsk, DeathOut, EndedWhy, Id, PayeeOut, Payees, PersonAsk, PersonOut, TransportCode};

use super::window::paper_of;
use super::{civil, refused};
use crate::problem::ApiError;
use crate::wallet::{Wallet, kind};

impl Wallet {
    /// Writes down how somebody is insured now. Relations of who is not insured any more, or elsewhere, end by it.
    pub(crate) async fn register(&self, ask: &PersonAsk) -> Result<PersonOut, ApiError> {
        let lookups = self.lookup_keys()?.person(&ask.id_number)?;
        let bad_day = |_| Refusal::new(RefusalCode::Malformed, "born", "1958-03-01");
        ask.born.as_deref().map(str::parse::<Date>).transpose().map_err(bad_day)?;
        let bad_day = |_| Refusal::new(RefusalCode::Malformed, "died", "2026-03-01");
        ask.died.as_deref().map(str::parse::<Date>).transpose().map_err(bad_day)?;
        let owner = OwnerId(ask.person.0);
        if self.desk.person_with(&lookups.all).await?.is_some_and(|other| other != owner) {
            return Err(Refusal::new(RefusalCode::OutOfRange, "id_number", "nobody else's").into());
        }
        let before = self.desk.person(owner).await?;
        let person = Person {
            owner,
            lookup: lookups.present,
            lookup_key: lookups.key,
            area: ask.area.as_str().into(),
            cover: word(ask.cover),
            born: ask.born.clone(),
            without_phone: ask.without_phone,
            died: ask.died.clone(),
        };
        self.desk.put_person(&person).await?;
        let why = match (ask.cover, before) {
            _ if person.died.is_some() => Some(EndedWhy::Died),
            (Insured::None, _) => Some(EndedWhy::CoverEnded),
            (_, Some(before)) if before.area != person.area => Some(EndedWhy::Moved),
            _ => None,
        };
        let ended = match why {
            Some(why) => self.end_all(owner, why).await?,
            None => Vec::new(),
        };
        Ok(PersonOut { person: ask.person, ended })
    }

    async fn end_all(&self, owner: OwnerId, why: EndedWhy) -> Result<Vec<Id>, ApiError> {
        let mut ended = Vec::new();
        for relation in self.desk.relations(owner).await?.into_iter().filter(|r| r.ended_at.is_none()) {
            self.dissolve(&relation, None, why).await?;
            ended.push(Id(relation.id));
        }
        if why == EndedWhy::Died {
            self.return_gifts(owner).await?;
        }
        Ok(ended)
    }

    /// 身故登记, of somebody whom an operator finds by number and paper. It is written down before anything ends by it.
    pub(crate) async fn note_death(&self, operator: u128, ask: &DeathAsk) -> Result<DeathOut, ApiError> {
        let bad_day = || Refusal::new(RefusalCode::OutOfRange, "died", "a day like 2026-03-01, not after today");
        let died = ask.died.parse::<Date>().map_err(|_| bad_day())?;
        if civil(self.now()).is_none_or(|today| died > today) {
            return Err(bad_day().into());
        }
        let paper = paper_of(&ask.paper)?;
        let person = self.with_number(&ask.id_number).await?;
        let owner = person.owner;
        self.desk.note_death(&Person { died: Some(died.to_string()), ..person }, operator, paper, self.now()).await?;
        let ended = self.end_all(owner, EndedWhy::Died).await?.len();
        Ok(DeathOut { ended: u32::try_from(ended).unwrap_or(u32::MAX) })
    }

    pub(crate) async fn payees(&self) -> Result<Payees, ApiError> {
        let open = self
            .desk
            .payees()
            .await?
            .into_iter()
            .filter(|(account, _)| account.closed.is_none() && account.fund == Fund::Account);
        let payees = open.map(|(account, name)| PayeeOut { account: Id(account.id.0), kind: kind(account.kind), name });
        Ok(Payees { payees: payees.collect() })
    }

    /// Somebody whom the area knows.
    pub(crate) async fn known(&self, owner: OwnerId) -> Result<Person, ApiError> {
        self.desk.person(owner).await?.ok_or_else(|| refused(TransportCode::NotRegistered))
    }

    /// Somebody who can still do something, or have it done for them.
    pub(crate) async fn living(&self, owner: OwnerId) -> Result<Person, ApiError> {
        let known = self.known(owner).await?;
        if known.died.is_some() { Err(refused(TransportCode::PersonDied)) } else { Ok(known) }
    }

    /// One of two people, as the rules look at them today.
    pub(crate) fn party(&self, person: &Person) -> Result<Party, ApiError> {
        let damaged = || refused(TransportCode::Internal);
        let cover = serde_json::from_value(person.cover.clone().into()).map_err(|_| damaged())?;
        let born = person.born.as_deref().map(str::parse::<Date>).transpose().map_err(|_| damaged())?;
        Ok(Party {
            area: AreaCode::parse(&person.area).ok_or_else(damaged)?,
            cover,
            age: born.and_then(|born| self.age(born)),
            without_phone: person.without_phone,
        })
    }

    /// Whole years until today in China.
    fn age(&self, born: Date) -> Option<u8> {
        let today = civil(self.now())?;
        let before_birthday = (today.month(), today.day()) < (born.month(), born.day());
        u8::try_from(today.year() - born.year() - i16::from(before_birthday)).ok()
    }
}

/// How the rules name a kind of cover.
pub(super) fn word(cover: Insured) -> String {
    serde_json::to_value(cover).ok().and_then(|word| word.as_str().map(str::to_owned)).unwrap_or_default()
}
