use wallet_ledger::Micros;

use super::text;
use crate::desk::Desk;
use crate::error::StoreError;
use crate::sql::Arg;
use crate::vault::Place;

/// A file that an institution put here, until it is taken away.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filed {
    pub code: String,
    pub file_qury_no: String,
    pub filename: String,
    pub body: Vec<u8>,
    pub until: Micros,
}

impl Desk {
    /// Keeps a file; the same number again changes nothing.
    pub async fn nhsa_file(&self, filed: &Filed) -> Result<(), StoreError> {
        const SQL: &str = "INSERT INTO nhsa_file (shard, code, file_qury_no, filename, body, until)
            VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING";
        let args = vec![
            self.here(),
            text(&filed.code),
            text(&filed.file_qury_no),
            self.seal(&self.place_in_file("nhsa_file.filename", &filed.code, &filed.file_qury_no), &filed.filename)?,
            Arg::Bytes(
                self.vault.seal(&self.place_of_file(&filed.code, &filed.file_qury_no), &filed.body)?.into_bytes(),
            ),
            Arg::Number(filed.until.0),
        ];
        self.once(SQL, args).await.map(drop)
    }

    pub async fn nhsa_filed(&self, code: &str, file_qury_no: &str, now: Micros) -> Result<Option<Filed>, StoreError> {
        const SQL: &str = "SELECT filename, body, until FROM nhsa_file
            WHERE shard = $1 AND code = $2 AND file_qury_no = $3 AND until > $4";
        let args = vec![self.here(), text(code), text(file_qury_no), Arg::Number(now.0)];
        let rows = self.pools.rows(SQL, args).await?;
        let read = |row: &crate::sql::Row| {
            Ok(Filed {
                code: code.to_owned(),
                file_qury_no: file_qury_no.to_owned(),
                filename: self.unseal(&self.place_in_file("nhsa_file.filename", code, file_qury_no), &row.text(0)?)?,
                body: self.vault.open(&self.place_of_file(code, file_qury_no), &row.bytes(1)?)?,
                until: Micros(row.number(2)?),
            })
        };
        rows.first().map(read).transpose()
    }

    fn place_of_file(&self, code: &str, file_qury_no: &str) -> Place {
        self.place_in_file("nhsa_file.body", code, file_qury_no)
    }

    fn place_in_file(&self, column: &'static str, code: &str, file_qury_no: &str) -> Place {
        self.place(column).text(code).text(file_qury_no)
    }

    /// Takes away files whose time is over, and says how many.
    pub async fn nhsa_files_end(&self, now: Micros) -> Result<u64, StoreError> {
        const SQL: &str = "DELETE FROM nhsa_file WHERE shard = $1 AND until <= $2";
        self.once(SQL, vec![self.here(), Arg::Number(now.0)]).await
    }
}
