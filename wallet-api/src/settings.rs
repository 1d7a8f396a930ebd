//! Settings: the commented default, a file over it, the environment over both.

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde::Deserialize;
use serde::de::IntoDeserializer as _;
use toml::{Table, Value};
use wallet_store::Vault;

use crate::cells::TimeOfDay;
use crate::nhsa::{FamilyShare, FundSum};

/// The default with its comments, as `anxin serve --print-config` prints it.
pub const DEFAULT: &str = include_str!("../../docs/anxin.default.toml");

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    pub demo: bool,
    pub listen: Listen,
    pub database: Database,
    pub tokens: Tokens,
    pub sessions: Sessions,
    pub family: Family,
    pub fields: Fields,
    pub heads: Heads,
    pub notices: Notices,
    pub nhsa: Nhsa,
    pub pay: Pay,
    pub clearing: Clearing,
    pub cells: Cells,
    pub second_factor: SecondFactor,
    pub privacy: Privacy,
    pub limits: Limits,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Listen {
    pub host: String,
    pub port: u16,
}

/// An address may hold a password, which is why none of this is ever written to a log.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Database {
    pub url: String,
    pub area: u32,
}

impl std::fmt::Debug for Database {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Database").field("area", &self.area).finish_non_exhaustive()
    }
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tokens {
    pub issuer: String,
    pub audience: String,
    pub jwks: Vec<PathBuf>,
    pub jwks_urls: Vec<String>,
    pub jwks_seconds: u32,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sessions {
    pub access_seconds: u32,
    pub hours: u32,
    pub secure_cookies: bool,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Family {
    pub key: PathBuf,
    pub invitation_hours: u32,
    pub opened: Vec<String>,
    pub order_by: OrderBy,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fields {
    pub keys: PathBuf,
}

impl Fields {
    /// The keys that personal data is sealed with; those of a demonstration are in no file.
    ///
    /// # Errors
    /// Names the setting, when there is no file or it is not taken.
    pub fn vault(&self, demo: bool) -> Result<Vault, BadSetting> {
        const KEY: &str = "fields.keys";
        match (self.keys.as_os_str().is_empty(), demo) {
            (true, true) => return Ok(Vault::demo()),
            (true, false) => return Err(BadSetting::new(KEY, "a file with at least one key, or --demo")),
            (false, _) => {}
        }
        let bad = |why: String| BadSetting::new(KEY, format!("{}: {why}", self.keys.display()));
        let text = std::fs::read_to_string(&self.keys).map_err(|e| bad(e.to_string()))?;
        Vault::parse(&text).map_err(|e| bad(e.to_string()))
    }
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Heads {
    pub public_keys: Vec<PathBuf>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Notices {
    pub stream_seconds: u32,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Nhsa {
    pub institutions: PathBuf,
    pub tolerance_seconds: u32,
    pub keep_days: u32,
    pub identified_hours: u32,
    pub settle_minutes: u32,
    pub file_hours: u32,
    pub file_bytes: u32,
    pub per_institution: u32,
    pub fund_sum: FundSum,
    pub family_share: FamilyShare,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pay {
    pub key: PathBuf,
    pub code_seconds: u32,
    pub token_seconds: u32,
    pub provider_key: PathBuf,
    pub supervision: PathBuf,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Clearing {
    pub recover_percent: u32,
    pub recover_of: RecoverOf,
}

/// Of what a batch makes up for 预付金.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RecoverOf {
    /// What is left after deductions.
    Payable,
    /// What was declared, before deductions.
    Declared,
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cells {
    pub key: PathBuf,
    pub courier: String,
    pub close_at: String,
    pub draw_seconds: u32,
    /// By the six digits of the area.
    pub peers: BTreeMap<String, Peer>,
}

/// An address of brokers may hold a password.
impl std::fmt::Debug for Cells {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Cells { key, draw_seconds, peers, .. } = self;
        let mut cells = f.debug_struct("Cells");
        cells.field("key", key).field("draw_seconds", draw_seconds).field("peers", peers).finish_non_exhaustive()
    }
}

/// Another area's server.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Peer {
    /// Not needed where letters go through brokers.
    #[serde(default)]
    pub url: String,
    #[serde(default)]
    pub key: PathBuf,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SecondFactor {
    pub above_fen: u32,
    pub day_fen: u32,
    pub tries: u32,
    pub tries_seconds: u32,
    pub reset_hours: u32,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Privacy {
    pub keep_years: u32,
}

/// Who says in which order relatives' money is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OrderBy {
    /// Who is shared with.
    Taker,
    /// Who shares.
    Giver,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limits {
    pub per_subject: u32,
    pub per_address: u32,
    pub logins_per_address: u32,
    pub batch_items: u32,
    pub head_seconds: u32,
    pub body_seconds: u32,
}

/// A setting that is not taken: which, and what would be.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{key}: {accepted}")]
pub struct BadSetting {
    pub key: String,
    pub accepted: String,
}

impl BadSetting {
    pub fn new(key: impl Into<String>, accepted: impl Into<String>) -> BadSetting {
        BadSetting { key: key.into(), accepted: accepted.into() }
    }
}

impl Settings {
    /// # Errors
    /// Names the first key that is not known or whose value is not taken.
    pub fn read(
        file: Option<&str>,
        environment: impl IntoIterator<Item = (String, String)>,
    ) -> Result<Settings, BadSetting> {
        let not_toml = |e: toml::de::Error| BadSetting::new("", e.message());
        let default: Table = DEFAULT.parse().map_err(not_toml)?;
        let mut table = default.clone();
        if let Some(file) = file {
            lay_over(&mut table, file.parse().map_err(not_toml)?, "")?;
        }
        for (name, value) in environment {
            from_environment(&mut table, &default, &name, &value)?;
        }
        let read = serde_path_to_error::deserialize(Value::Table(table).into_deserializer());
        let settings: Settings =
            read.map_err(|e| BadSetting::new(e.path().to_string(), e.into_inner().message().to_owned()))?;
        settings.check()
    }

    /// What a type alone does not say.
    pub fn check(self) -> Result<Settings, BadSetting> {
        let ranges = [
            ("sessions.access_seconds", self.sessions.access_seconds, 30, 3_600),
            ("sessions.hours", self.sessions.hours, 1, 720),
            ("family.invitation_hours", self.family.invitation_hours, 1, 720),
            ("notices.stream_seconds", self.notices.stream_seconds, 1, 3_600),
            ("nhsa.tolerance_seconds", self.nhsa.tolerance_seconds, 1, 3_600),
            ("nhsa.keep_days", self.nhsa.keep_days, 1, 3_660),
            ("nhsa.identified_hours", self.nhsa.identified_hours, 1, 720),
            ("nhsa.settle_minutes", self.nhsa.settle_minutes, 1, 240),
            ("nhsa.file_hours", self.nhsa.file_hours, 1, 720),
            ("nhsa.file_bytes", self.nhsa.file_bytes, 1, 700_000),
            ("nhsa.per_institution", self.nhsa.per_institution, 1, 1_000_000),
            ("pay.code_seconds", self.pay.code_seconds, 15, 60),
            ("pay.token_seconds", self.pay.token_seconds, 30, 300),
            ("clearing.recover_percent", self.clearing.recover_percent, 1, 100),
            ("cells.draw_seconds", self.cells.draw_seconds, 5, 3_600),
            ("second_factor.above_fen", self.second_factor.above_fen, 0, 100_000_000),
            ("second_factor.day_fen", self.second_factor.day_fen, 0, 1_000_000_000),
            ("second_factor.reset_hours", self.second_factor.reset_hours, 1, 720),
            ("second_factor.tries", self.second_factor.tries, 1, 20),
            ("second_factor.tries_seconds", self.second_factor.tries_seconds, 60, 86_400),
            ("privacy.keep_years", self.privacy.keep_years, 1, 100),
            ("limits.per_subject", self.limits.per_subject, 1, 1_000_000),
            ("limits.per_address", self.limits.per_address, 1, 1_000_000),
            ("limits.logins_per_address", self.limits.logins_per_address, 1, 1_000_000),
            ("limits.batch_items", self.limits.batch_items, 1, 1_000),
            ("limits.head_seconds", self.limits.head_seconds, 1, 60),
            ("limits.body_seconds", self.limits.body_seconds, 1, 600),
            ("tokens.jwks_seconds", self.tokens.jwks_seconds, 1, 86_400),
            ("database.area", self.database.area, 1, 999_999),
        ];
        if let Some((key, _, least, most)) = ranges.into_iter().find(|(_, n, least, most)| n < least || n > most) {
            return Err(BadSetting::new(key, format!("{least}–{most}")));
        }
        let url = &self.database.url;
        let known = ["sqlite:", "postgres://", "postgresql://"].iter().any(|scheme| url.starts_with(scheme));
        if !url.is_empty() && !known {
            return Err(BadSetting::new("database.url", "sqlite:PATH, postgres://…"));
        }
        let head = |area: &String| matches!(area.len(), 2 | 4 | 6) && area.bytes().all(|b| b.is_ascii_digit());
        if !self.family.opened.iter().all(head) {
            return Err(BadSetting::new("family.opened", "\"44\", \"4401\", \"440100\""));
        }
        let provided = !self.tokens.jwks.is_empty() || !self.tokens.jwks_urls.is_empty();
        if provided && self.tokens.issuer.is_empty() {
            return Err(BadSetting::new("tokens.issuer", "the `iss` of the keys in tokens.jwks and jwks_urls"));
        }
        if !self.tokens.jwks_urls.iter().all(|url| asked_safely(url)) {
            return Err(BadSetting::new("tokens.jwks_urls", "https://…; http:// to 127.0.0.1 or [::1] only"));
        }
        if !self.cells.close_at.is_empty() && TimeOfDay::parse(&self.cells.close_at).is_none() {
            return Err(BadSetting::new("cells.close_at", "HH:MM, as \"22:00\"; empty: by hand"));
        }
        let courier = &self.cells.courier;
        if !courier.is_empty() && !brokered_safely(courier) {
            return Err(BadSetting::new(
                "cells.courier",
                "tls://host:4222,host:4222; nats:// to 127.0.0.1 or [::1] only",
            ));
        }
        let unsafely = |peer: &Peer| !asked_safely(&peer.url) && (courier.is_empty() || !peer.url.is_empty());
        if let Some((area, _)) = self.cells.peers.iter().find(|(_, peer)| unsafely(peer)) {
            let accepted = "https://…; http:// to 127.0.0.1 or [::1] only";
            return Err(BadSetting::new(format!("cells.peers.{area}.url"), accepted));
        }
        if !self.sessions.secure_cookies && !self.on_loopback() {
            return Err(BadSetting::new("sessions.secure_cookies", "true, unless listen.host is a loopback address"));
        }
        Ok(self)
    }

    pub fn on_loopback(&self) -> bool {
        let host = self.listen.host.as_str();
        host == "localhost" || host.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
    }
}

/// Who can change keys or letters on their way can be anybody: without TLS they come from this very machine or not at all.
fn asked_safely(url: &str) -> bool {
    let plain = ["http://127.0.0.1", "http://[::1]"].into_iter().filter_map(|host| url.strip_prefix(host));
    let here = plain.into_iter().any(|rest| rest.starts_with(['/', ':']));
    let host = url.strip_prefix("https://").and_then(|rest| rest.split('/').next());
    !url.contains('@') && (here || host.is_some_and(|host| !host.is_empty()))
}

/// The same of brokers.
fn brokered_safely(url: &str) -> bool {
    let Some((scheme, rest)) = url.split_once("://") else { return false };
    let hosts = rest.rsplit('@').next().unwrap_or(rest);
    let here =
        |host: &str| ["127.0.0.1", "[::1]"].iter().any(|own| host == *own || host.starts_with(&format!("{own}:")));
    !hosts.is_empty() && (scheme == "tls" || scheme == "nats" && hosts.split(',').all(here))
}

/// Where names are not given beforehand.
const PEERS: &str = "cells.peers.";

fn lay_over(under: &mut Table, over: Table, path: &str) -> Result<(), BadSetting> {
    for (key, value) in over {
        let whole = format!("{path}{key}");
        match (under.get_mut(&key), value) {
            (Some(Value::Table(under)), Value::Table(over)) => lay_over(under, over, &format!("{whole}."))?,
            (Some(Value::Table(_)), _) => return Err(BadSetting::new(whole, "a table")),
            (Some(slot), value) => *slot = value,
            // Areas are whatever the operator knows.
            (None, value) if path == PEERS => drop(under.insert(key, value)),
            (None, _) => {
                let known: Vec<&str> = under.keys().map(String::as_str).collect();
                return Err(BadSetting::new(whole, known.join(", ")));
            }
        }
    }
    Ok(())
}

/// `ANXIN_LIMITS_PER_SUBJECT` is `limits.per_subject`. What begins otherwise is somebody else's.
fn from_environment(table: &mut Table, default: &Table, name: &str, text: &str) -> Result<(), BadSetting> {
    let Some(name_here) = name.strip_prefix("ANXIN_").map(str::to_lowercase) else { return Ok(()) };
    if name_here == "demo" {
        let value = typed(&Value::Boolean(false), text).ok_or_else(|| BadSetting::new(name, "true, false"))?;
        table.insert(name_here, value);
        return Ok(());
    }
    let section = default.iter().filter_map(|(section, value)| Some((section, value.as_table()?)));
    let found =
        section.filter_map(|(section, keys)| Some((section, keys, name_here.strip_prefix(&format!("{section}_"))?)));
    for (section, keys, key) in found {
        let known =
            || keys.keys().map(|k| format!("ANXIN_{section}_{k}").to_uppercase()).collect::<Vec<_>>().join(", ");
        let like = keys.get(key).ok_or_else(|| BadSetting::new(name, known()))?;
        let value = typed(like, text).ok_or_else(|| BadSetting::new(name, format!("a {}", like.type_str())))?;
        if let Some(Value::Table(under)) = table.get_mut(section) {
            under.insert(key.to_owned(), value);
        }
    }
    Ok(())
}

/// A text as the type that the default has. A list is written with commas.
fn typed(like: &Value, text: &str) -> Option<Value> {
    match like {
        Value::Boolean(_) => text.parse().ok().map(Value::Boolean),
        Value::Integer(_) => text.parse().ok().map(Value::Integer),
        Value::String(_) => Some(Value::String(text.into())),
        Value::Array(_) => {
            let items = text.split(',').map(str::trim).filter(|item| !item.is_empty());
            Some(Value::Array(items.map(|item| Value::String(item.into())).collect()))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(file: &str, environment: &[(&str, &str)]) -> Result<Settings, BadSetting> {
        let environment = environment.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        Settings::read(Some(file), environment)
    }

    #[test]
    fn the_default_stands_a_file_goes_before_it_and_the_environment_before_both() {
        let settings = read("", &[]).unwrap();
        assert!(!settings.demo && settings.database.url.is_empty() && settings.listen.port == 8080);
        let file = "[listen]\nport = 9000\n[limits]\nper_subject = 5\n";
        let settings = read(file, &[("ANXIN_LISTEN_PORT", "9001"), ("ANXIN_TOKENS_JWKS", ""), ("HOME", "/")]).unwrap();
        assert_eq!((settings.listen.port, settings.limits.per_subject), (9001, 5));
    }

    #[test]
    fn a_wrong_setting_is_named_with_what_would_be_taken() {
        let check = |file: &str, environment: &[(&str, &str)], key: &str, accepted: &str| {
            let bad = read(file, environment).unwrap_err();
            assert_eq!(bad.key, key, "{bad}");
            assert!(bad.accepted.contains(accepted), "{bad}");
        };
        check("[listen]\nprot = 1", &[], "listen.prot", "host, port");
        check("[listen]\nport = 70000", &[], "listen.port", "u16");
        check("[listen]\nport = \"x\"", &[], "listen.port", "");
        check("listen = 1", &[], "listen", "a table");
        check("[limits]\nbatch_items = 0", &[], "limits.batch_items", "1–1000");
        check("[database]\nurl = \"mysql://x\"", &[], "database.url", "sqlite:PATH");
        check("[tokens]\njwks = [\"a.json\"]", &[], "tokens.issuer", "iss");
        check("[tokens]\njwks_urls = [\"https://idp.example/jwks\"]", &[], "tokens.issuer", "iss");
        for url in [
            "http://idp.example/jwks",
            "http://127.0.0.1.evil.example/jwks",
            "http://127.0.0.1@evil.example/",
            "http://169.254.169.254/latest",
            "http://2130706433/",
            "https://user:secret@idp.example/",
            "https:///jwks",
            "file:///etc/passwd",
        ] {
            let file = format!("[tokens]\nissuer = \"x\"\njwks_urls = [\"{url}\"]");
            check(&file, &[], "tokens.jwks_urls", "https://");
        }
        for url in ["https://idp.example/jwks", "http://127.0.0.1:8089/jwks", "http://[::1]:8089/jwks"] {
            assert!(read(&format!("[tokens]\nissuer = \"x\"\njwks_urls = [\"{url}\"]"), &[]).is_ok(), "{url}");
        }
        check(
            "[sessions]\nsecure_cookies = false\n[listen]\nhost = \"0.0.0.0\"",
            &[],
            "sessions.secure_cookies",
            "true",
        );
        check("", &[("ANXIN_LIMITS_PER_SUBJETC", "1")], "ANXIN_LIMITS_PER_SUBJETC", "ANXIN_LIMITS_PER_SUBJECT");
        check("", &[("ANXIN_LISTEN_PORT", "many")], "ANXIN_LISTEN_PORT", "a integer");
    }

    #[test]
    fn brokers_are_spoken_to_over_tls_or_on_this_machine() {
        let of = |courier: &str, more: &str| read(&format!("[cells]\ncourier = \"{courier}\"\n{more}"), &[]);
        let peer = "[cells.peers.450100]\nkey = \"450100.pem\"";
        for courier in ["tls://anxin:secret@n1:4222,n2:4222", "nats://127.0.0.1:4222,[::1]:4223"] {
            let settings = of(courier, peer).unwrap();
            assert!(!format!("{settings:?}").contains("secret"));
        }
        for courier in
            ["nats://n1:4222", "nats://127.0.0.1:4222,n1:4222", "nats://127.0.0.1@n1:4222", "http://n1", "n1", "tls://"]
        {
            assert_eq!(of(courier, peer).unwrap_err().key, "cells.courier", "{courier}");
        }
        assert_eq!(of("", peer).unwrap_err().key, "cells.peers.450100.url", "without brokers");
    }

    #[test]
    fn windows_close_at_a_time_of_day() {
        assert!(read("[cells]\nclose_at = \"22:00\"", &[]).is_ok());
        assert_eq!(read("[cells]\nclose_at = \"25:00\"", &[]).unwrap_err().key, "cells.close_at");
    }

    #[test]
    fn a_database_password_is_not_shown() {
        let settings = read("[database]\nurl = \"postgres://anxin:hunter2@db/books\"", &[]).unwrap();
        assert!(!format!("{settings:?}").contains("hunter2"));
    }
}
