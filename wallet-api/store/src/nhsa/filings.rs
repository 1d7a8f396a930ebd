use wallet_ledger::{Micros, OwnerId};

use super::text;
use crate::desk::Desk;
use crate::error::StoreError;
use crate::rows::id;
use crate::sql::{Arg, Row};
use crate::vault::Place;

/// 备案 of a person, from one day to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filing {
    pub code: String,
    /// 待遇申报明细流水号
    pub filing: String,
    pub owner: OwnerId,
    pub kind: String,
    pub from: String,
    /// The last day.
    pub until: String,
    pub body: String,
}

impl Desk {
    /// Keeps a filing; the same number again changes nothing.
    pub async fn nhsa_file_for(&self, filing: &Filing) -> Result<(), StoreError> {
        const SQL: &str = "INSERT INTO nhsa_filing (shard, code, filing, owner, kind, from_day, until_day, body)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING";
        let f = filing;
        let mut args = vec![self.here(), text(&f.code), text(&f.filing), Arg::Bytes(id(f.owner.0))];
        args.extend([&f.kind, &f.from, &f.until].map(|of| text(of)));
        args.push(self.seal(&self.place_of_filing(&f.code, &f.filing), &f.body)?);
        self.once(SQL, args).await.map(drop)
    }

    /// Ends a filing of one kind that this institution made for somebody, and says whether there is such a one.
    pub async fn nhsa_unfile(&self, filing: &Filing, at: Micros) -> Result<bool, StoreError> {
        const END: &str = "UPDATE nhsa_filing SET ended_at = $6 WHERE shard = $1 AND code = $2 AND filing = $3
            AND owner = $4 AND kind = $5 AND ended_at IS NULL";
        const FIND: &str = "SELECT 1 FROM nhsa_filing WHERE shard = $1 AND code = $2 AND filing = $3
            AND owner = $4 AND kind = $5";
        let f = filing;
        let named = || {
            let owner = Arg::Bytes(id(f.owner.0));
            vec![self.here(), text(&f.code), text(&f.filing), owner, text(&f.kind)]
        };
        let mut end = named();
        end.push(Arg::Number(at.0));
        self.once(END, end).await?;
        Ok(!self.pools.rows(FIND, named()).await?.is_empty())
    }

    /// What is filed for somebody on a day and has not been ended, the latest first.
    pub async fn nhsa_filings(&self, owner: OwnerId, kind: &str, day: &str) -> Result<Vec<Filing>, StoreError> {
        const SQL: &str = "SELECT code, filing, from_day, until_day, body FROM nhsa_filing
            WHERE shard = $1 AND owner = $2 AND kind = $3 AND from_day <= $4 AND until_day >= $4 AND ended_at IS NULL
            ORDER BY from_day DESC, filing LIMIT 50";
        let args = vec![self.here(), Arg::Bytes(id(owner.0)), text(kind), text(day)];
        let read = |row: &Row| self.read_filing(row, owner, kind, [0, 1, 2, 3, 4]);
        self.pools.rows(SQL, args).await?.iter().map(read).collect()
    }

    /// A filing of somebody and of one kind, whose columns stand there in a row.
    pub(crate) fn read_filing(
        &self,
        row: &Row,
        owner: OwnerId,
        kind: &str,
        columns: [usize; 5],
    ) -> Result<Filing, StoreError> {
        let [code, filing, from, until, body] = columns;
        let (code, filing) = (row.text(code)?, row.text(filing)?);
        let body = self.unseal(&self.place_of_filing(&code, &filing), &row.text(body)?)?;
        let (from, until) = (row.text(from)?, row.text(until)?);
        Ok(Filing { code, filing, owner, kind: kind.to_owned(), from, until, body })
    }

    pub(super) fn place_of_filing(&self, code: &str, filing: &str) -> Place {
        self.place("nhsa_filing.body").text(code).text(filing)
    }
}
