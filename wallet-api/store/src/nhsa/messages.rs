use wallet_ledger::Micros;

use super::members::Sender;
use super::text;
use crate::desk::Desk;
use crate::error::StoreError;
use crate::sql::{Arg, Row};
use crate::vault::Place;

/// The highest number of a message within a second: four digits.
pub const SEQUENCE_MAX: i64 = 9_999;
/// Numbers that are taken at once.
const BLOCK: i64 = 50;

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

/// Numbers that nobody else gives: those of a second before `end`. Whoever is stopped leaves theirs unused.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Numbers {
    second: i64,
    next: i64,
    end: i64,
}

impl Numbers {
    /// The next one that is not of a second gone by, if any is left.
    pub fn take(&mut self, now: Micros) -> Option<Numbered> {
        let left = self.next < self.end && self.second >= now.0.div_euclid(1_000_000);
        let Numbers { second, next: number, .. } = *self;
        self.next += i64::from(left);
        left.then_some(Numbered { second, number })
    }
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

/// A message as it is kept; the answer is still sealed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Came {
    digest: Vec<u8>,
    reply: String,
    answer: Option<Vec<u8>>,
}

/// One whose columns begin at a place of a row.
pub(super) fn came(row: &Row, at: usize) -> Result<Came, StoreError> {
    Ok(Came { digest: row.bytes(at)?, reply: row.text(at + 1)?, answer: row.maybe_bytes(at + 2)? })
}

const FIND: &str = "SELECT digest, reply, answer FROM nhsa_message WHERE shard = $1 AND code = $2 AND msgid = $3";

impl Desk {
    /// Whether a message came before, by what was read of its sender.
    pub fn nhsa_known(&self, message: &Message, sender: &Sender) -> Result<Taken, StoreError> {
        self.compare(message, sender.before.as_ref())
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
        if self.once(SQL, args).await? == 1 {
            return Ok(Taken::New);
        }
        let rows = self.pools.rows(FIND, self.named(message)).await?;
        self.compare(message, rows.first().map(|row| came(row, 0)).transpose()?.as_ref())
    }

    /// Keeps an answer unless there is one, and gives back the one that is kept.
    pub async fn nhsa_answer(&self, message: &Message, answer: &[u8]) -> Result<Vec<u8>, StoreError> {
        const SQL: &str = "UPDATE nhsa_message SET answer = $4
            WHERE shard = $1 AND code = $2 AND msgid = $3 AND answer IS NULL";
        let mut args = self.named(message);
        args.push(Arg::Bytes(self.vault.seal(&self.place_of_answer(message), answer)?.into_bytes()));
        if self.once(SQL, args).await? == 1 {
            return Ok(answer.to_vec());
        }
        let rows = self.pools.rows(FIND, self.named(message)).await?;
        let kept = rows.first().map(|row| row.maybe_bytes(2)).transpose()?.flatten();
        let kept = kept.ok_or_else(|| StoreError::Damaged("nhsa_message".into()))?;
        self.vault.open(&self.place_of_answer(message), &kept)
    }

    /// Forgets messages that were taken in before an instant, so many at most, and says how many.
    pub async fn nhsa_forget(&self, before: Micros) -> Result<u64, StoreError> {
        const SQL: &str = "DELETE FROM nhsa_message WHERE shard = $1 AND at < $2";
        self.once(SQL, vec![self.here(), Arg::Number(before.0)]).await
    }

    /// The next numbers for messages of `sender`. After the last ones of a second come those of the next: no number is
    /// given twice, whatever the clock does.
    pub async fn nhsa_numbers(&self, sender: &str, now: Micros) -> Result<Numbers, StoreError> {
        self.next_numbers(sender, now.0.div_euclid(1_000_000)).await
    }

    async fn next_numbers(&self, sender: &str, second: i64) -> Result<Numbers, StoreError> {
        const SQL: &str = "INSERT INTO nhsa_sequence (shard, sender, second, last) VALUES ($1, $2, $3, $5 - 1)
            ON CONFLICT (shard, sender) DO UPDATE SET
            last = CASE WHEN excluded.second > nhsa_sequence.second OR nhsa_sequence.last + $5 > $4 THEN $5 - 1
                ELSE nhsa_sequence.last + $5 END,
            second = CASE WHEN excluded.second > nhsa_sequence.second THEN excluded.second
                WHEN nhsa_sequence.last + $5 > $4 THEN nhsa_sequence.second + 1 ELSE nhsa_sequence.second END
            RETURNING second, last";
        let numbers = [second, SEQUENCE_MAX, BLOCK].map(Arg::Number);
        let args = [self.here(), text(sender)].into_iter().chain(numbers).collect();
        let rows = self.pools.run_returning(SQL, args).await?;
        let row = rows.first().ok_or_else(|| StoreError::Damaged("nhsa_sequence".into()))?;
        let end = row.number(1)? + 1;
        Ok(Numbers { second: row.number(0)?, next: end - BLOCK, end })
    }

    fn compare(&self, message: &Message, before: Option<&Came>) -> Result<Taken, StoreError> {
        let Some(before) = before else { return Ok(Taken::New) };
        if before.digest != message.digest {
            return Ok(Taken::Other);
        }
        let place = self.place_of_answer(message);
        let answer = before.answer.as_ref().map(|answer| self.vault.open(&place, answer)).transpose()?;
        Ok(Taken::Same { reply: before.reply.clone(), answer })
    }

    fn place_of_answer(&self, message: &Message) -> Place {
        self.place("nhsa_message.answer").text(&message.code).text(&message.msgid)
    }

    fn named(&self, message: &Message) -> Vec<Arg> {
        vec![self.here(), text(&message.code), text(&message.msgid)]
    }
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
        let next = async |sender: &str, second: i64| desk.next_numbers(sender, second).await.unwrap();
        let mut last = Numbered { second: 0, number: -1 };
        for n in (0..=SEQUENCE_MAX).step_by(50) {
            let mut numbers = next("A", 100).await;
            for n in n..n + BLOCK {
                let numbered = numbers.take(Micros(100_999_999)).unwrap();
                assert_eq!(numbered, Numbered { second: 100, number: n });
                last = numbered;
            }
            assert_eq!(numbers.take(Micros(100_000_000)), None, "others may have the next");
        }
        // The second is full; then the clock is put back, and goes on.
        for (second, expected) in [(100, (101, 0)), (50, (101, 50)), (101, (101, 100)), (200, (200, 0))] {
            let numbers = next("A", second).await;
            let numbered = { numbers }.take(Micros(second * 1_000_000)).unwrap();
            assert_eq!((numbered.second, numbered.number), expected);
            assert!(numbered > last);
            last = numbered;
            let later = Micros((numbered.second + 1) * 1_000_000);
            assert_eq!({ numbers }.take(later), None, "a number says when it was given");
        }
        let first = next("B", 100).await.take(Micros(0)).unwrap();
        assert_eq!(first, Numbered { second: 100, number: 0 });
    }
}
