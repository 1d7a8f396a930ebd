use wallet_ledger::Micros;

use super::text;
use crate::desk::Desk;
use crate::error::StoreError;
use crate::sql::{Arg, Open, Row};
use crate::vault::Place;

/// The highest number of a message within a second: four digits.
pub const SEQUENCE_MAX: i64 = 9_999;

/// What an institution sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    pub code: String,
    pub msgid: String,
    pub infno: String,
    /// Of what it says, without the signature: the same thing may be signed twice in two ways.
    pub digest: [u8; 32],
    pub at: Micros,
}

/// A number of our own for a message: a second, and which one within it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Numbered {
    /// Since 1970.
    pub second: i64,
    pub number: i64,
}

/// Whether a message is new.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Taken {
    New,
    /// It came before. There is no answer if whoever was to give it was stopped.
    Same {
        reply: String,
        answer: Option<Vec<u8>>,
    },
    /// Its number was used for something else.
    Other,
}

const FIND: &str = "SELECT digest, reply, answer FROM nhsa_message WHERE shard = $1 AND code = $2 AND msgid = $3";

impl Desk {
    /// Whether a message came before.
    pub async fn nhsa_known(&self, message: &Message) -> Result<Taken, StoreError> {
        let rows = self.pools.rows(FIND, self.named(message)).await?;
        self.compare(message, rows.first())
    }

    /// Takes a message in under a number of our own; of two that come at once with one number, one is new.
    pub async fn nhsa_take(&self, message: &Message, reply: &str) -> Result<Taken, StoreError> {
        const SQL: &str = "INSERT INTO nhsa_message (shard, code, msgid, infno, digest, reply, at)
            VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING";
        let mut args = self.named(message);
        args.extend([
            text(&message.infno),
            Arg::Bytes(message.digest.to_vec()),
            text(reply),
            Arg::Number(message.at.0),
        ]);
        let mut open = self.pools.change().await?;
        if open.run(SQL, args).await? == 1 {
            open.commit().await?;
            return Ok(Taken::New);
        }
        let rows = open.rows(FIND, self.named(message)).await?;
        self.compare(message, rows.first())
    }

    /// Keeps an answer unless there is one, and gives back the one that is kept.
    pub async fn nhsa_answer(&self, message: &Message, answer: &[u8]) -> Result<Vec<u8>, StoreError> {
        const SQL: &str = "UPDATE nhsa_message SET answer = $4
            WHERE shard = $1 AND code = $2 AND msgid = $3 AND answer IS NULL";
        let mut args = self.named(message);
        args.push(Arg::Bytes(self.vault.seal(&self.place_of_answer(message), answer)?.into_bytes()));
        let mut open = self.pools.change().await?;
        open.run(SQL, args).await?;
        let rows = open.rows(FIND, self.named(message)).await?;
        let kept = rows.first().map(|row| row.maybe_bytes(2)).transpose()?.flatten();
        open.commit().await?;
        let kept = kept.ok_or_else(|| StoreError::Damaged("nhsa_message".into()))?;
        self.vault.open(&self.place_of_answer(message), &kept)
    }

    /// Forgets messages that were taken in before an instant, so many at most, and says how many.
    pub async fn nhsa_forget(&self, before: Micros) -> Result<u64, StoreError> {
        const SQL: &str = "DELETE FROM nhsa_message WHERE shard = $1 AND at < $2";
        self.once(SQL, vec![self.here(), Arg::Number(before.0)]).await
    }

    /// The next number for a message of `sender`. After the last one of a second come those of the next: no number is
    /// given twice, whatever the clock does.
    pub async fn nhsa_number(&self, sender: &str, now: Micros) -> Result<Numbered, StoreError> {
        let mut open = self.pools.change().await?;
        let numbered = next(&mut open, self.here(), sender, now.0.div_euclid(1_000_000)).await?;
        open.commit().await?;
        Ok(numbered)
    }

    fn compare(&self, message: &Message, row: Option<&Row>) -> Result<Taken, StoreError> {
        let Some(row) = row else { return Ok(Taken::New) };
        if row.bytes(0)? != message.digest {
            return Ok(Taken::Other);
        }
        let place = self.place_of_answer(message);
        let answer = row.maybe_bytes(2)?.map(|answer| self.vault.open(&place, &answer)).transpose()?;
        Ok(Taken::Same { reply: row.text(1)?, answer })
    }

    fn place_of_answer(&self, message: &Message) -> Place {
        self.place("nhsa_message.answer").text(&message.code).text(&message.msgid)
    }

    fn named(&self, message: &Message) -> Vec<Arg> {
        vec![self.here(), text(&message.code), text(&message.msgid)]
    }
}

async fn next(open: &mut Open<'_>, shard: Arg, sender: &str, second: i64) -> Result<Numbered, StoreError> {
    const FIRST: &str = "INSERT INTO nhsa_sequence (shard, sender, second, last) VALUES ($1, $2, $3, 0)
        ON CONFLICT (shard, sender) DO UPDATE SET
        last = CASE WHEN excluded.second > nhsa_sequence.second OR nhsa_sequence.last >= $4 THEN 0
            ELSE nhsa_sequence.last + 1 END,
        second = CASE WHEN excluded.second > nhsa_sequence.second THEN excluded.second
            WHEN nhsa_sequence.last >= $4 THEN nhsa_sequence.second + 1 ELSE nhsa_sequence.second END
        RETURNING second, last";
    let args = vec![shard, text(sender), Arg::Number(second), Arg::Number(SEQUENCE_MAX)];
    let rows = open.rows(FIRST, args).await?;
    let row = rows.first().ok_or_else(|| StoreError::Damaged("nhsa_sequence".into()))?;
    Ok(Numbered { second: row.number(0)?, number: row.number(1)? })
}

#[cfg(test)]
mod tests {
    use wallet_ledger::Limits;

    use super::*;
    use crate::{Clock, SqliteStore};

    #[tokio::test]
    async fn no_number_is_given_twice_whatever_the_clock_does() {
        let folder = tempfile::tempdir().unwrap();
        let store = SqliteStore::open(&folder.path().join("books.db"), 7, Limits::default(), Clock::Own).await.unwrap();
        let desk = store.desk(std::sync::Arc::new(crate::Vault::demo()));
        let mut open = desk.pools.change().await.unwrap();
        let mut last = Numbered { second: 0, number: -1 };
        for n in 0..=SEQUENCE_MAX {
            let numbered = next(&mut open, desk.here(), "A", 100).await.unwrap();
            assert_eq!(numbered, Numbered { second: 100, number: n });
            last = numbered;
        }
        // The second is full; then the clock is put back, and goes on.
        for (second, expected) in [(100, (101, 0)), (50, (101, 1)), (101, (101, 2)), (200, (200, 0))] {
            let numbered = next(&mut open, desk.here(), "A", second).await.unwrap();
            assert_eq!((numbered.second, numbered.number), expected);
            assert!(numbered > last);
            last = numbered;
        }
        assert_eq!(next(&mut open, desk.here(), "B", 100).await.unwrap(), Numbered { second: 100, number: 0 });
    }
}
