//! The issuer of demonstrations: logins with passwords, short access tokens, refresh tokens that are good once.
//! A server with real people takes its tokens from an identity provider and has none of this.

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, encode};
use ring::rand::{SecureRandom as _, SystemRandom};
use ring::signature::{Ed25519KeyPair, KeyPair as _};
use sm3::{Digest as _, Sm3};
use wallet_ledger::Micros;
use wallet_store::{Clock, Desk, Login, Rotation, SessionRow, StoreError};

use super::keys::{Key, Keys};
use super::subject::{Role, written};
use super::token::Claims;
use crate::settings;

const ISSUER: &str = "anxin-demo";

/// Its key is made when the server starts and is in memory only: tokens of an earlier run are worth nothing.
pub struct Issuer {
    encoding: EncodingKey,
    kid: String,
    audience: String,
    sessions: settings::Sessions,
    /// Checked against when nobody has the name, so that both take as long.
    nobody: String,
}

/// The tokens of a session.
pub struct Issued {
    pub access: String,
    pub refresh: String,
    pub role: Role,
}

/// Why there is no session.
#[derive(Debug)]
pub enum Session {
    Refused,
    /// A refresh token came twice: the session with this id is over.
    Reused,
    Store(StoreError),
    Failed,
}

impl From<StoreError> for Session {
    fn from(cause: StoreError) -> Self {
        Session::Store(cause)
    }
}

/// # Errors
/// When the machine has no randomness or no memory to spare.
pub fn hash_password(password: &str) -> Result<String, String> {
    let hash: PasswordHash = Argon2::default().hash_password(password.as_bytes()).map_err(|e| e.to_string())?;
    Ok(hash.to_string())
}

fn fits(password: &str, hash: &str) -> bool {
    let parsed = PasswordHash::new(hash);
    parsed.is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok())
}

/// What a browser has to repeat beside a cookie that its scripts cannot read.
pub fn csrf_of(access: &str) -> String {
    let digest = Sm3::new().chain_update(b"anxin csrf\0").chain_update(access).finalize();
    URL_SAFE_NO_PAD.encode(digest)
}

fn random<const N: usize>() -> Result<[u8; N], Session> {
    let mut bytes = [0; N];
    SystemRandom::new().fill(&mut bytes).map_err(|_| Session::Failed)?;
    Ok(bytes)
}

fn digest(token: &str) -> [u8; 32] {
    Sm3::digest(token.as_bytes()).into()
}

impl Issuer {
    /// Makes a key, and lets it vouch for this issuer's tokens.
    ///
    /// # Errors
    /// When the machine has no randomness.
    pub fn new(keys: &mut Keys, audience: &str, sessions: settings::Sessions) -> Result<Issuer, String> {
        let failed = |_| "no randomness".to_owned();
        let pkcs8 = Ed25519KeyPair::generate_pkcs8(&SystemRandom::new()).map_err(failed)?;
        let pair = Ed25519KeyPair::from_pkcs8(pkcs8.as_ref()).map_err(|e| e.to_string())?;
        let decoding = DecodingKey::from_ed_der(pair.public_key().as_ref());
        let kid = format!("demo-{}", URL_SAFE_NO_PAD.encode(pair.public_key().as_ref()));
        keys.add(&kid, Key { algorithm: Algorithm::EdDSA, decoding, issuer: ISSUER.into() })?;
        let encoding = EncodingKey::from_ed_der(pkcs8.as_ref());
        let nobody = hash_password("nobody has this password")?;
        Ok(Issuer { encoding, kid, audience: audience.to_owned(), sessions, nobody })
    }

    pub fn sessions(&self) -> &settings::Sessions {
        &self.sessions
    }

    /// Whether a password is that of a login; as slow for a name that nobody has.
    pub fn fits(&self, login: Option<&Login>, password: &str) -> bool {
        fits(password, login.map_or(self.nobody.as_str(), |login| &login.password)) && login.is_some()
    }

    /// # Errors
    /// When the store does not answer.
    pub async fn begin(&self, desk: &Desk, login: Login) -> Result<Issued, Session> {
        let until = Clock::Own.here().plus(i64::from(self.sessions.hours) * 3_600_000_000);
        let Login { subject, role, acts_for, .. } = login;
        let session = SessionRow { id: u128::from_be_bytes(random()?), subject, role, acts_for, until };
        let refresh = URL_SAFE_NO_PAD.encode(random::<32>()?);
        desk.begin_session(&session, digest(&refresh)).await?;
        self.issue(&session, refresh)
    }

    /// # Errors
    /// When the token is not known or was used before; then the session is over for everybody who has a token of it.
    pub async fn renew(&self, desk: &Desk, old: &str) -> Result<Issued, Session> {
        let refresh = URL_SAFE_NO_PAD.encode(random::<32>()?);
        match desk.rotate(digest(old), digest(&refresh), Clock::Own.here()).await? {
            Rotation::Renewed(session) => self.issue(&session, refresh),
            Rotation::Reused => Err(Session::Reused),
            Rotation::Unknown => Err(Session::Refused),
        }
    }

    fn issue(&self, session: &SessionRow, refresh: String) -> Result<Issued, Session> {
        let role = Role::named(&session.role).ok_or(Session::Failed)?;
        let now = jsonwebtoken::get_current_timestamp();
        let claims = Claims {
            iss: ISSUER.into(),
            aud: self.audience.clone(),
            sub: written(session.subject),
            exp: now + u64::from(self.sessions.access_seconds),
            nbf: now,
            role,
            acts_for: session.acts_for.map(written),
            jti: Some(written(u128::from_be_bytes(random()?))),
            sid: Some(written(session.id)),
        };
        let header = Header { kid: Some(self.kid.clone()), ..Header::new(Algorithm::EdDSA) };
        let access = encode(&header, &claims, &self.encoding).map_err(|_| Session::Failed)?;
        Ok(Issued { access, refresh, role })
    }

    /// When everything that was issued until now has run out.
    pub fn last_until(&self) -> Micros {
        Clock::Own.here().plus(i64::from(self.sessions.hours) * 3_600_000_000)
    }
}
