use wallet_ledger::{Micros, OwnerId};

use super::codes::digest;
use crate::desk::Desk;
use crate::error::StoreError;
use crate::people::maybe;
use crate::rows::id;
use crate::sql::{Arg, Row};
use crate::vault::Place;

/// A bill that waits for whoever scans its code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    pub id: u128,
    /// Of its number.
    pub digest: [u8; 32],
    pub institution: OwnerId,
    /// The counter whose lasting code leads to it.
    pub counter: Option<String>,
    pub made_at: Micros,
    /// For whom it is; `None` where the institution does not know, and whoever is there scans it.
    pub meant: Option<OwnerId>,
    /// The first instant at which nobody can open it any more.
    pub until: Micros,
    /// Who opened it, and until when they can pay.
    pub opened: Option<(OwnerId, Micros)>,
    pub body: String,
}

const COLUMNS: &str = "SELECT id, digest, institution, counter, made_at, until, owner, open_until, body, meant
    FROM pay_offer WHERE shard = $1 AND id = $2";

impl Desk {
    /// Keeps a new offer; the same one again changes nothing. Those that wait at its counter end with it.
    pub async fn put_offer(&self, offer: &Offer) -> Result<(), StoreError> {
        const PUT: &str = "INSERT INTO pay_offer (shard, id, digest, institution, counter, made_at, until, body, meant)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING";
        const END: &str = "UPDATE pay_offer SET until = $4 WHERE shard = $1 AND institution = $2 AND counter = $3
            AND until > $4 AND owner IS NULL AND id <> $5";
        let mut open = self.pools.change().await?;
        let institution = || Arg::Bytes(id(offer.institution.0));
        let args = vec![
            self.here(),
            Arg::Bytes(id(offer.id)),
            Arg::Bytes(offer.digest.to_vec()),
            institution(),
            Arg::MaybeText(offer.counter.clone()),
            Arg::Number(offer.made_at.0),
            Arg::Number(offer.until.0),
            self.seal(&self.place_of_offer(offer.id), &offer.body)?,
            maybe(offer.meant.map(|meant| meant.0)),
        ];
        if open.run(PUT, args).await? == 1
            && let Some(counter) = &offer.counter
        {
            let counter = Arg::Text(counter.clone());
            let made_at = Arg::Number(offer.made_at.0);
            open.run(END, vec![self.here(), institution(), counter, made_at, Arg::Bytes(id(offer.id))]).await?;
        }
        open.commit().await
    }

    pub async fn offer(&self, offer: u128) -> Result<Option<Offer>, StoreError> {
        let rows = self.pools.rows(COLUMNS, vec![self.here(), Arg::Bytes(id(offer))]).await?;
        let Some(found) = rows.first().map(read).transpose()? else { return Ok(None) };
        Ok(Some(Offer { body: self.unseal(&self.place_of_offer(offer), &found.body)?, ..found }))
    }

    /// The offer of a number.
    pub async fn offer_of_number(&self, digest: [u8; 32]) -> Result<Option<u128>, StoreError> {
        const SQL: &str = "SELECT id FROM pay_offer WHERE shard = $1 AND digest = $2";
        let rows = self.pools.rows(SQL, vec![self.here(), Arg::Bytes(digest.to_vec())]).await?;
        rows.first().map(|row| row.id(0)).transpose()
    }

    /// The offer that waits at a counter, or that this person opened there.
    pub async fn offer_at(
        &self,
        institution: OwnerId,
        counter: &str,
        who: OwnerId,
        now: Micros,
    ) -> Result<Option<u128>, StoreError> {
        const SQL: &str = "SELECT id FROM pay_offer WHERE shard = $1 AND institution = $2 AND counter = $3
            AND until > $4 AND (owner IS NULL OR owner = $5) ORDER BY made_at DESC, id LIMIT 1";
        let args = vec![
            self.here(),
            Arg::Bytes(id(institution.0)),
            Arg::Text(counter.to_owned()),
            Arg::Number(now.0),
            Arg::Bytes(id(who.0)),
        ];
        self.pools.rows(SQL, args).await?.first().map(|row| row.id(0)).transpose()
    }

    /// Opens an offer for the first person who scans it and may. Unknown, another's, opened by another and expired take
    /// the same statements and are the same: nothing. Whoever opened it finds it again.
    pub async fn open_offer(
        &self,
        offer: u128,
        who: OwnerId,
        now: Micros,
        open_until: Micros,
    ) -> Result<Option<Offer>, StoreError> {
        const OPEN: &str = "UPDATE pay_offer SET owner = $3, open_until = $5
            WHERE shard = $1 AND id = $2 AND owner IS NULL AND until > $4
            AND (meant IS NULL OR meant = $3) AND (barred IS NULL OR barred <> $3)";
        let args = vec![
            self.here(),
            Arg::Bytes(id(offer)),
            Arg::Bytes(id(who.0)),
            Arg::Number(now.0),
            Arg::Number(open_until.0),
        ];
        self.once(OPEN, args).await?;
        let mine = |opened: Option<(OwnerId, Micros)>| opened.is_some_and(|(by, until)| by == who && until > now);
        Ok(self.offer(offer).await?.filter(|offer| mine(offer.opened)))
    }

    /// Lets go of an offer that a person opened: the next one who scans it opens it. Whom a till let go of cannot come
    /// back to it; who gave it back themselves can.
    pub async fn release_offer(&self, offer: u128, who: OwnerId, barred: bool) -> Result<(), StoreError> {
        const RETURN: &str = "UPDATE pay_offer SET owner = NULL, open_until = NULL
            WHERE shard = $1 AND id = $2 AND owner = $3";
        const BAR: &str = "UPDATE pay_offer SET owner = NULL, open_until = NULL, barred = $3
            WHERE shard = $1 AND id = $2 AND owner = $3";
        let args = vec![self.here(), Arg::Bytes(id(offer)), Arg::Bytes(id(who.0))];
        self.once(if barred { BAR } else { RETURN }, args).await.map(drop)
    }

    fn place_of_offer(&self, offer: u128) -> Place {
        self.place("pay_offer.body").id(offer)
    }
}

/// The body is still sealed.
fn read(row: &Row) -> Result<Offer, StoreError> {
    let opened = row.maybe_id(6)?.zip(row.maybe_number(7)?);
    Ok(Offer {
        id: row.id(0)?,
        digest: digest(row, 1)?,
        institution: OwnerId(row.id(2)?),
        counter: row.maybe_text(3)?,
        made_at: Micros(row.number(4)?),
        until: Micros(row.number(5)?),
        opened: opened.map(|(owner, until)| (OwnerId(owner), Micros(until))),
        body: row.text(8)?,
        meant: row.maybe_id(9)?.map(OwnerId),
    })
}
