use wallet_ledger::{Account, Micros, OwnerId};

use crate::desk::Desk;
use crate::error::StoreError;
use crate::rows::{from_body, id};
use crate::sql::{Arg, Open, Row};

/// What decides whether somebody may share or be shared with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    pub owner: OwnerId,
    /// A keyed digest of the identity number.
    pub lookup: [u8; 32],
    /// The name of the key that it was made by last.
    pub lookup_key: String,
    /// 医保区划 of the area that insures them.
    pub area: String,
    /// How they are insured, as the core's rules name it.
    pub cover: String,
    /// The day of birth, as `YYYY-MM-DD`.
    pub born: Option<String>,
    pub without_phone: bool,
    /// The day of death, as `YYYY-MM-DD`.
    pub died: Option<String>,
}

impl Desk {
    /// Writes down what is known of a person now.
    pub async fn put_person(&self, person: &Person) -> Result<(), StoreError> {
        let mut open = self.pools.change().await?;
        self.put_person_in(&mut open, person).await?;
        open.commit().await
    }

    /// Writes down that somebody died, with the paper that an operator saw.
    pub async fn note_death(
        &self,
        person: &Person,
        operator: u128,
        paper: &str,
        now: Micros,
    ) -> Result<(), StoreError> {
        const SQL: &str = "INSERT INTO death_notice (shard, person, operator, paper, at) VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT DO NOTHING";
        let args = vec![
            self.here(),
            Arg::Bytes(id(person.owner.0)),
            Arg::Bytes(id(operator)),
            self.seal(&self.place("death_notice.paper").id(person.owner.0), paper)?,
            Arg::Number(now.0),
        ];
        let mut open = self.pools.change().await?;
        open.run(SQL, args).await?;
        self.put_person_in(&mut open, person).await?;
        open.commit().await
    }

    async fn put_person_in(&self, open: &mut Open<'_>, person: &Person) -> Result<(), StoreError> {
        const SQL: &str =
            "INSERT INTO person (shard, owner, lookup, area, cover, born, without_phone, died, lookup_key)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (shard, owner) DO UPDATE SET
            lookup = excluded.lookup, area = excluded.area, cover = excluded.cover, born = excluded.born,
            without_phone = excluded.without_phone, died = excluded.died, lookup_key = excluded.lookup_key";
        let sealed = |column, day: &Option<String>| {
            let sealed = day.as_deref().map(|day| self.seal(&self.place(column).id(person.owner.0), day));
            sealed.unwrap_or(Ok(Arg::MaybeText(None)))
        };
        let args = vec![
            self.here(),
            Arg::Bytes(id(person.owner.0)),
            Arg::Bytes(person.lookup.to_vec()),
            Arg::Text(person.area.clone()),
            Arg::Text(person.cover.clone()),
            sealed("person.born", &person.born)?,
            Arg::Number(person.without_phone.into()),
            sealed("person.died", &person.died)?,
            Arg::Text(person.lookup_key.clone()),
        ];
        open.run(SQL, args).await.map(drop)
    }

    /// Who has an identity number, by its digests under every key that counts. They stand in the order of the keys: a
    /// row only ever goes on to a later key, so that looked for in this order it is not missed while it does.
    pub async fn person_with(&self, lookups: &[[u8; 32]]) -> Result<Option<OwnerId>, StoreError> {
        const SQL: &str = "SELECT owner FROM person WHERE shard = $1 AND lookup = $2";
        for lookup in lookups {
            let rows = self.pools.rows(SQL, vec![self.here(), Arg::Bytes(lookup.to_vec())]).await?;
            if let Some(row) = rows.first() {
                return row.id(0).map(|owner| Some(OwnerId(owner)));
            }
        }
        Ok(None)
    }

    pub async fn person(&self, owner: OwnerId) -> Result<Option<Person>, StoreError> {
        const SQL: &str = "SELECT owner, lookup, area, cover, born, without_phone, died, lookup_key FROM person
            WHERE shard = $1 AND owner = $2";
        let rows = self.pools.rows(SQL, vec![self.here(), Arg::Bytes(id(owner.0))]).await?;
        rows.first().map(|row| self.read_person(row)).transpose()
    }

    /// A person whose columns are the first of a row.
    pub(crate) fn read_person(&self, row: &Row) -> Result<Person, StoreError> {
        let mut person = read(row)?;
        for (column, day) in [("person.born", &mut person.born), ("person.died", &mut person.died)] {
            let plain = day.take().map(|day| self.unseal(&self.place(column).id(person.owner.0), &day));
            *day = plain.transpose()?;
        }
        Ok(person)
    }
}

/// Accounts with a public name, for who wants to pay one.
impl Desk {
    pub async fn payees(&self) -> Result<Vec<(Account, String)>, StoreError> {
        const SQL: &str = "SELECT a.body, i.name FROM institution AS i
            JOIN account AS a ON a.shard = i.shard AND a.owner = i.owner
            WHERE i.shard = $1 ORDER BY i.name, a.id LIMIT 500";
        let rows = self.pools.rows(SQL, vec![self.here()]).await?;
        rows.iter().map(|row| Ok((from_body("account", &row.bytes(0)?)?, row.text(1)?))).collect()
    }
}

/// Both days are still sealed.
fn read(row: &Row) -> Result<Person, StoreError> {
    let damaged = || StoreError::Damaged("person".into());
    Ok(Person {
        owner: OwnerId(row.id(0)?),
        lookup: row.bytes(1)?.try_into().map_err(|_| damaged())?,
        area: row.text(2)?,
        cover: row.text(3)?,
        born: row.maybe_text(4)?,
        without_phone: row.number(5)? == 1,
        died: row.maybe_text(6)?,
        lookup_key: row.text(7)?,
    })
}
