//! Made-up people and money, for demonstrations and for measuring.

mod areas;
pub(crate) mod stories;

use std::sync::Arc;

use anxin_core::Fen;
use anxin_core::dispatch::Engine;
use anxin_core::family::WalletBook;
use wallet_ledger::{AccountId, AccountKind, Command, Fund, Leg, OpenAccount, Outcome, OwnerId, Purpose, TransferId};
use wallet_store::{Login, StoreError};
use wallet_types::{StoryName, StoryOut};

use crate::auth::{Role, hash_password};
use crate::nhsa::{DEMO_CODE, DEMO_PHARMACY};
use crate::problem::ApiError;
use crate::settings::{BadSetting, Settings};
use crate::wallet::{Key, Operation, Order, Wallet, WalletError, derived};

pub use areas::DEMO_AREAS;

/// The password of every demonstration login. It is no secret, which is why nothing else takes it.
pub const PASSWORD: &str = "anxin-demo";
const HOSPITAL_NAME: &str = "羊城示范医院（演示）";
const PHARMACY_NAME: &str = "羊城示范药店（演示）";
const PREMIUM_NAME: &str = "医保费代收专户（演示）";
/// Requests of one transaction.
const AT_ONCE: usize = 1_000;

/// A login that can be told to whoever tries the demonstration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seeded {
    pub name: &'static str,
    pub password: &'static str,
    pub role: &'static str,
    /// The person, in 32 hexadecimal digits.
    pub subject: u128,
    pub acts_for: Option<u128>,
}

/// Somebody of the demonstration: name, role, and the name of whom they act for.
const PEOPLE: &[(&str, Role, Option<&str>)] = &[
    ("resident1", Role::Resident, None),
    ("resident2", Role::Resident, None),
    ("daughter1", Role::Resident, None),
    ("father1", Role::Resident, None),
    ("mother1", Role::Resident, None),
    ("worker1", Role::Resident, None),
    ("helper1", Role::Helper, Some("resident1")),
    ("doctor1", Role::Doctor, None),
    ("hospital1", Role::Institution, Some("hospital")),
    ("pharmacy1", Role::Institution, Some("pharmacy")),
    ("pharmacist1", Role::Institution, Some("pharmacy")),
    ("area1", Role::Area, None),
    ("area2", Role::Area, None),
    ("auditor1", Role::Auditor, None),
];

/// The same name is the same id in every demonstration.
pub fn id(name: &str) -> u128 {
    derived(&Key { tenant: 0, operation: Operation::Open, key: format!("demo {name}") }, 0)
}

fn open(name: &str, kind: AccountKind, owner: u128) -> Command {
    let (id, owner) = (AccountId(id(name)), OwnerId(owner));
    Command::Open(OpenAccount { id, kind, fund: Fund::Account, owner, parent: None })
}

fn transfer(name: &str, purpose: Purpose, from: u128, to: u128, fen: i64) -> Command {
    let amount = Fen::new(fen).unwrap_or_default();
    let legs = vec![Leg { from: AccountId(from), to: AccountId(to), amount }];
    Command::Transfer { id: TransferId(id(name)), purpose, legs }
}

/// The people of the demonstration, with what they log in with.
pub fn people() -> Vec<Seeded> {
    let person = |(name, role, acts_for): &(&'static str, Role, Option<&str>)| Seeded {
        name,
        password: PASSWORD,
        role: role.name(),
        subject: id(name),
        acts_for: acts_for.map(id),
    };
    PEOPLE.iter().map(person).collect()
}

async fn carry_out(wallet: &Wallet, name: &str, commands: Vec<Command>) -> Result<(), WalletError> {
    let key = Key { tenant: 0, operation: Operation::Batch, key: format!("seed {name}") };
    let failed = |cause: String| WalletError::Machine(format!("seed {name}: {cause}"));
    let order = Order { key, commands, body: &name };
    let answers = wallet.answers(&order).await.map_err(|e| failed(e.to_string()))?;
    let refused = answers.iter().find(|answer| answer.outcome() != Some(Outcome::Done));
    refused.map_or(Ok(()), |answer| Err(failed(format!("{answer:?}"))))
}

/// The area's own accounts are the same ones for a demonstration and for measuring.
async fn open_area(wallet: &Wallet) -> Result<(), WalletError> {
    let own = vec![open("funding", AccountKind::Funding, id("area")), open("cash", AccountKind::Cash, id("area"))];
    carry_out(wallet, "area", own).await
}

/// Somebody who is insured as an employee, with money in the account and in the wallet.
fn employee(name: &str) -> [Command; 4] {
    let (personal, purse) = (format!("{name} personal"), format!("{name} wallet"));
    [
        open(&personal, AccountKind::Personal, id(name)),
        open(&purse, AccountKind::Wallet, id(name)),
        transfer(&format!("{name} credit"), Purpose::Credit, id("funding"), id(&personal), 300_000),
        transfer(&format!("{name} top-up"), Purpose::TopUp, id(&personal), id(&purse), 50_000),
    ]
}

/// Puts the demonstration's people, accounts and balances in; once more changes nothing.
///
/// # Errors
/// When the store does not answer.
pub async fn seed_demo(wallet: &Wallet) -> Result<Vec<Seeded>, WalletError> {
    open_area(wallet).await?;
    // In steps that never change: what an earlier program put in is not put in again.
    let mut first = vec![open("hospital account", AccountKind::Institution, id("hospital"))];
    first.extend(["resident1", "resident2"].into_iter().flat_map(employee));
    carry_out(wallet, "demo", first).await?;
    let mut family = vec![open("premium account", AccountKind::Premium, id("premium"))];
    family.extend(employee("daughter1"));
    // Who is insured as a resident has no personal account.
    family.extend(["father1", "mother1"].map(|name| open(&format!("{name} wallet"), AccountKind::Wallet, id(name))));
    carry_out(wallet, "demo family", family).await?;
    carry_out(wallet, "demo pay", employee("worker1").to_vec()).await?;
    wallet.desk.put_institution(OwnerId(id("hospital")), HOSPITAL_NAME).await?;
    wallet.desk.put_institution(OwnerId(id("pharmacy")), PHARMACY_NAME).await?;
    wallet.desk.put_institution(OwnerId(id("premium")), PREMIUM_NAME).await?;
    let failed = |cause: ApiError| WalletError::Machine(format!("seed family: {cause}"));
    wallet.seed_family(id).await.map_err(failed)?;
    wallet.seed_nhsa(DEMO_CODE, id("hospital"), HOSPITAL_NAME).await.map_err(failed)?;
    wallet.seed_nhsa(DEMO_PHARMACY, id("pharmacy"), PHARMACY_NAME).await.map_err(failed)?;
    wallet.seed_pay(id).await.map_err(|cause| WalletError::Machine(format!("seed pay: {cause}")))?;
    let password = hash_password(PASSWORD).map_err(WalletError::Machine)?;
    let people = people();
    for Seeded { name, role, subject, acts_for, .. } in &people {
        let (name, role) = ((*name).to_owned(), (*role).to_owned());
        let login = Login { name, password: password.clone(), subject: *subject, role, acts_for: *acts_for };
        wallet.desk.put_login(login).await?;
    }
    Ok(people)
}

/// Opens the wallet that the settings name, and puts in what is asked for.
///
/// # Errors
/// When there is no database, or it does not answer.
pub fn seed(
    settings: Settings,
    rules: WalletBook,
    demo: bool,
    accounts: Option<u64>,
) -> Result<Vec<Seeded>, WalletError> {
    // Whoever puts people in needs no key of those who will ask for them.
    let settings = Settings { demo: true, ..settings };
    actix_web::rt::System::new().block_on(async move {
        let wallet = Wallet::open(&settings, rules, Arc::default()).await?;
        let wallet = wallet.ok_or_else(|| BadSetting::new("database.url", "sqlite:PATH, postgres://…"))?;
        if let Some(accounts) = accounts {
            seed_accounts(&wallet, accounts).await?;
        }
        let people = if demo { seed_demo(&wallet).await? } else { Vec::new() };
        wallet.finish().await;
        Ok(people)
    })
}

/// Tells stories of a demonstration from their beginning, in books that no server has open.
///
/// # Errors
/// As [`seed`], or when a story cannot be told.
pub fn tell(
    settings: Settings,
    rules: WalletBook,
    engine: &Engine,
    stories: &[StoryName],
) -> Result<Vec<StoryOut>, WalletError> {
    let settings = Settings { demo: true, ..settings };
    actix_web::rt::System::new().block_on(async move {
        let wallet = Wallet::open(&settings, rules, Arc::default()).await?;
        let wallet = wallet.ok_or_else(|| BadSetting::new("database.url", "sqlite:PATH, postgres://…"))?;
        let mut told = Vec::new();
        for story in stories {
            let failed = |cause: ApiError| WalletError::Machine(format!("story {}: {cause}", story.word()));
            told.push(wallet.tell(engine, *story).await.map_err(failed)?);
        }
        wallet.finish().await;
        Ok(told)
    })
}

/// The same for a demonstration that starts from nothing.
pub(crate) async fn if_empty(wallet: &Wallet) -> Result<(), WalletError> {
    let there = wallet.desk.login("daughter1").await.map_err(|cause: StoreError| WalletError::Store(cause))?;
    let area = wallet.cells.as_ref().map_or(0, |cells| cells.id.0);
    if there.is_some() || areas::seed_area(wallet, area).await? {
        return Ok(());
    }
    seed_demo(wallet).await.map(drop)
}

/// Opens so many personal accounts and credits each with 1,000 yuan; once more changes nothing.
///
/// # Errors
/// When the store does not answer.
pub async fn seed_accounts(wallet: &Wallet, accounts: u64) -> Result<(), WalletError> {
    open_area(wallet).await?;
    let numbers: Vec<u64> = (0..accounts).collect();
    for chunk in numbers.chunks(AT_ONCE / 2) {
        let mut commands = Vec::new();
        for n in chunk {
            let name = format!("account {n}");
            commands.push(open(&name, AccountKind::Personal, id(&format!("owner {n}"))));
            commands.push(transfer(&format!("credit {n}"), Purpose::Credit, id("funding"), id(&name), 100_000));
        }
        let first = chunk.first().copied().unwrap_or_default();
        carry_out(wallet, &format!("accounts {first}"), commands).await?;
    }
    Ok(())
}
