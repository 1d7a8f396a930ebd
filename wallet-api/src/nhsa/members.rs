//! Which institutions may send messages, and by which keys.

use std::path::Path;

use serde::Deserialize;
use wallet_ledger::{Micros, OwnerId};
use wallet_store::{Desk, Institution, InstitutionKey};

use super::dialect::Dialect;
use super::sign::{MessageKey, point_of};
use super::{Nhsa, times};
use crate::auth::{Limiter, id};
use crate::problem::ApiError;
use crate::settings::{BadSetting, Settings};
use crate::wallet::{Wallet, WalletError};
use wallet_types::TransportCode;

/// The demonstration's hospital, of an area that there is not.
pub const DEMO_CODE: &str = "H00000000001";
/// And its pharmacy.
pub const DEMO_PHARMACY: &str = "P00000000001";

/// The file that `nhsa.institutions` names.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Members {
    institution: Vec<Member>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Member {
    code: String,
    owner: String,
    name: String,
    suspended_from: Option<String>,
    key: Vec<MemberKey>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MemberKey {
    pem: String,
    valid_from: String,
    valid_until: String,
}

impl Nhsa {
    pub fn new(settings: &Settings) -> Nhsa {
        Nhsa {
            settings: settings.nhsa.clone(),
            demo: settings.demo,
            area: format!("{:06}", settings.database.area),
            limit: Limiter::per_minute(settings.nhsa.per_institution),
            numbers: tokio::sync::Mutex::default(),
        }
    }

    /// How the area writes a settlement.
    pub fn dialect(&self) -> Dialect {
        Dialect { fund_sum: self.settings.fund_sum, family_share: self.settings.family_share }
    }
}

fn bad(accepted: impl Into<String>) -> BadSetting {
    BadSetting::new("nhsa.institutions", accepted)
}

/// Writes the institutions of the settings down. Those that the file does not name stay as they are.
pub async fn load(desk: &Desk, settings: &Settings) -> Result<(), WalletError> {
    let file = &settings.nhsa.institutions;
    if file.as_os_str().is_empty() {
        return Ok(());
    }
    for (institution, keys) in read(file, settings.demo)? {
        desk.put_nhsa_institution(&institution).await?;
        for key in keys {
            desk.put_nhsa_key(&key).await?;
        }
    }
    Ok(())
}

fn read(file: &Path, demo: bool) -> Result<Vec<(Institution, Vec<InstitutionKey>)>, BadSetting> {
    let text = std::fs::read_to_string(file).map_err(|e| bad(format!("{}: {e}", file.display())))?;
    let members: Members = toml::from_str(&text).map_err(|e| bad(e.message()))?;
    members.institution.into_iter().map(|member| member.checked(demo)).collect()
}

impl Member {
    fn checked(self, demo: bool) -> Result<(Institution, Vec<InstitutionKey>), BadSetting> {
        let Member { code, owner, name, suspended_from, key } = self;
        if code.len() != 12 || !code.bytes().all(|b| b.is_ascii_alphanumeric()) {
            return Err(bad(format!("code {code:?}: 12 letters and digits")));
        }
        let owner = id(&owner).ok_or_else(|| bad(format!("owner of {code}: 32 hexadecimal digits")))?;
        let time = |field: &str, text: &str| -> Result<Micros, BadSetting> {
            times::read(text).ok_or_else(|| bad(format!("{field} of {code}: yyyy-MM-dd HH:mm:ss")))
        };
        let known = MessageKey::demo().and_then(|key| key.point());
        let keys = key.iter().map(|key| {
            let point = point_of(&key.pem).ok_or_else(|| bad(format!("key of {code}: an SM2 public key in PEM")))?;
            if Some(point) == known && !demo {
                return Err(bad(format!("key of {code}: everybody knows this one; only --demo takes it")));
            }
            Ok(InstitutionKey {
                code: code.clone(),
                point,
                valid_from: time("valid_from", &key.valid_from)?,
                valid_until: time("valid_until", &key.valid_until)?,
            })
        });
        let keys = keys.collect::<Result<Vec<InstitutionKey>, BadSetting>>()?;
        let suspended_from = suspended_from.as_deref().map(|at| time("suspended_from", at)).transpose()?;
        Ok((Institution { code, owner: OwnerId(owner), name, suspended_from }, keys))
    }
}

impl Wallet {
    /// An institution of the demonstration; once more changes nothing.
    pub(crate) async fn seed_nhsa(&self, code: &str, owner: u128, name: &str) -> Result<(), ApiError> {
        let code = code.to_owned();
        let point = MessageKey::demo().and_then(|key| key.point());
        let point = point.ok_or(ApiError::Transport(TransportCode::Internal))?;
        let (owner, name) = (OwnerId(owner), name.to_owned());
        self.desk.put_nhsa_institution(&Institution { code: code.clone(), owner, name, suspended_from: None }).await?;
        let key = InstitutionKey { code, point, valid_from: Micros(0), valid_until: Micros(i64::MAX) };
        Ok(self.desk.put_nhsa_key(&key).await?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PUBLIC: &str = include_str!("../../store/tests/keys/openssl-public.pem");

    fn file(code: &str, pem: &str, more: &str) -> String {
        format!(
            "[[institution]]\ncode = \"{code}\"\nowner = \"{:032x}\"\nname = \"某医院\"\n{more}\n[[institution.key]]\n\
             pem = '''{pem}'''\nvalid_from = \"2026-01-01 00:00:00\"\nvalid_until = \"2027-01-01 00:00:00\"\n",
            7
        )
    }

    fn told(text: &str, demo: bool) -> Result<Vec<(Institution, Vec<InstitutionKey>)>, String> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("institutions.toml");
        std::fs::write(&path, text).unwrap();
        read(&path, demo).map_err(|e| e.accepted)
    }

    #[test]
    fn institutions_are_read_with_their_keys_and_what_is_wrong_is_named() {
        let read = told(&file("H44010000001", PUBLIC, ""), false).unwrap();
        assert_eq!((read[0].0.owner, read[0].1.len()), (OwnerId(7), 1));
        let check = |text: &str, accepted: &str| {
            let told = told(text, false).unwrap_err();
            assert!(told.contains(accepted), "{told}");
        };
        check(&file("H44", PUBLIC, ""), "12 letters");
        check(&file("H44010000001", "x", ""), "SM2 public key");
        check(&file("H44010000001", PUBLIC, "suspended_from = \"soon\""), "suspended_from");
        check(&file("H44010000001", PUBLIC, "colour = 1"), "colour");
    }

    #[test]
    fn the_key_that_everybody_knows_is_for_demonstrations_only() {
        use sm2::pkcs8::{DecodePrivateKey as _, EncodePublicKey as _, LineEnding};
        let secret = sm2::SecretKey::from_pkcs8_pem(super::super::sign::DEMO_KEY).unwrap();
        let public = secret.public_key().to_public_key_pem(LineEnding::LF).unwrap();
        let text = file("H44010000001", &public, "");
        assert!(told(&text, true).is_ok());
        assert!(told(&text, false).unwrap_err().contains("everybody knows"));
    }
}
