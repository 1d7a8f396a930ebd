//! 9101 and 9102: files that an institution puts here for a while.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;
use wallet_ledger::Micros;
use wallet_store::Filed;
use wallet_types::NhsaCode;
use wallet_types::nhsa::{DownloadInput, Downloaded, UploadInput, Uploaded};

use super::refuse::{Refused, Stop};
use super::{Asked, envelope, times};

impl Asked<'_> {
    pub(super) async fn upload(&self) -> Result<Value, Stop> {
        let UploadInput { upload } = self.input()?;
        self.own("input.fsUploadIn.fixmedins_code", &upload.fixmedins_code)?;
        envelope::length("input.fsUploadIn.filename", &upload.filename, 1, 200)?;
        let body = STANDARD.decode(&upload.content).map_err(|_| Refused::field("input.fsUploadIn.in", "Base64"))?;
        let most = usize::try_from(self.wallet.nhsa.settings.file_bytes).unwrap_or(usize::MAX);
        if body.len() > most {
            return Err(Refused::new(NhsaCode::FileTooLarge, "input.fsUploadIn.in", format!("≤ {most} bytes")).into());
        }
        let hours = i64::from(self.wallet.nhsa.settings.file_hours);
        let until = Micros(self.now.0.saturating_add(hours * 3_600 * times::SECOND));
        let filed = Filed {
            code: self.code().to_owned(),
            file_qury_no: self.number("file_qury_no"),
            filename: upload.filename,
            body,
            until,
        };
        self.wallet.desk.nhsa_file(&filed).await?;
        self.written(Uploaded {
            file_qury_no: filed.file_qury_no,
            filename: filed.filename,
            fixmedins_code: filed.code,
            dld_endtime: times::written(until),
        })
    }

    pub(super) async fn download(&self) -> Result<Value, Stop> {
        let DownloadInput { download } = self.input()?;
        self.own("input.fsDownloadIn.fixmedins_code", &download.fixmedins_code)?;
        let filed = self.filed("input.fsDownloadIn.file_qury_no", &download.file_qury_no).await?;
        if filed.filename != download.filename {
            return Err(Refused::new(NhsaCode::FileUnknown, "input.fsDownloadIn.filename", "").into());
        }
        self.written(Downloaded {
            out: STANDARD.encode(&filed.body),
            filename: filed.filename,
            dld_endtime: times::written(filed.until),
        })
    }

    /// A file of this institution whose time is not over.
    pub(super) async fn filed(&self, field: &str, file_qury_no: &str) -> Result<Filed, Stop> {
        let filed = self.wallet.desk.nhsa_filed(self.code(), file_qury_no, self.now).await?;
        Ok(filed.ok_or_else(|| Refused::new(NhsaCode::FileUnknown, field, ""))?)
    }
}
