//! The neighbours of the demonstration: the area that insures the father, where a son shares with him, and the one with
//! the hospital that he goes to. The daughter's area is the demonstration that stands alone.

use anxin_core::family::{AreaCode, Insured, Kin};
use anxin_core::rules::Filing;
use wallet_ledger::{AccountKind, OwnerId, Purpose};
use wallet_store::{Login, Provider};
use wallet_types::{AcceptanceAsk, Id, InvitationAsk, PersonAsk, RelationKind};

use super::{PASSWORD, Role, carry_out, id, open, open_area, transfer};
use crate::auth::hash_password;
use crate::family::DEMO_NUMBERS;
use crate::nhsa::DEMO_CODE;
use crate::pay::Terms;
use crate::problem::ApiError;
use crate::wallet::{Key, Operation, Wallet, WalletError};

/// Where the daughter is insured, where the father is, and where he is treated.
pub const DEMO_AREAS: [u32; 3] = [440_100, 450_800, 450_100];
const INSURES_FATHER: u32 = 450_800;
const TREATS: u32 = 450_100;

const HOSPITAL_NAME: &str = "邕江示范医院（演示）";
const SON: &str = "son1";
const SON_NUMBER: &str = "000000199001100099";
const FATHER: &str = "father1";
const SON_HAS: i64 = 50_000;

type Who = (&'static str, Role, Option<&'static str>);
const OFFICE: [Who; 3] = [("area1", Role::Area, None), ("area2", Role::Area, None), ("auditor1", Role::Auditor, None)];
const AT_HOME: [Who; 2] = [(FATHER, Role::Resident, None), (SON, Role::Resident, None)];
const AT_HOSPITAL: [Who; 3] = [
    (FATHER, Role::Resident, None),
    ("hospital1", Role::Institution, Some("hospital")),
    ("doctor1", Role::Doctor, None),
];

/// Puts in what an area of the demonstration has, if it is one of the neighbours. Says whether it is.
pub(super) async fn seed_area(wallet: &Wallet, area: u32) -> Result<bool, WalletError> {
    let failed = |cause: ApiError| WalletError::Machine(format!("seed area {area}: {cause}"));
    let people: &[Who] = match area {
        INSURES_FATHER => {
            open_area(wallet).await?;
            let personal = format!("{SON} personal");
            let home = vec![
                open(&personal, AccountKind::Personal, id(SON)),
                transfer("son1 credit", Purpose::Credit, id("funding"), id(&personal), SON_HAS),
                open(&format!("{FATHER} wallet"), AccountKind::Wallet, id(FATHER)),
            ];
            carry_out(wallet, "demo home", home).await?;
            wallet.seed_home().await.map_err(failed)?;
            &AT_HOME
        }
        TREATS => {
            open_area(wallet).await?;
            let account = open("hospital account", AccountKind::Institution, id("hospital"));
            carry_out(wallet, "demo hospital", vec![account]).await?;
            wallet.seed_hospital(area).await.map_err(failed)?;
            &AT_HOSPITAL
        }
        _ => return Ok(false),
    };
    let password = hash_password(PASSWORD).map_err(WalletError::Machine)?;
    for (name, role, acts_for) in people.iter().chain(&OFFICE) {
        let (subject, acts_for) = (id(name), acts_for.map(id));
        let (name, role) = ((*name).to_owned(), role.name().to_owned());
        wallet.desk.put_login(Login { name, password: password.clone(), subject, role, acts_for }).await?;
    }
    Ok(true)
}

impl Wallet {
    async fn seed_person(
        &self,
        name: &str,
        number: &str,
        area: u32,
        cover: Insured,
        born: &str,
    ) -> Result<(), ApiError> {
        let Some(area) = AreaCode::parse(&area.to_string()) else { return Ok(()) };
        let (person, id_number, born) = (Id(id(name)), number.to_owned(), Some(born.to_owned()));
        self.register(&PersonAsk { person, id_number, area, cover, born, without_phone: false, died: None }).await?;
        Ok(())
    }

    async fn seed_father(&self) -> Result<String, ApiError> {
        let father = DEMO_NUMBERS.iter().find(|(name, ..)| *name == FATHER);
        let (_, number, _, cover, born) = father.copied().unwrap_or((FATHER, "", "", Insured::Resident, ""));
        self.seed_person(FATHER, number, INSURES_FATHER, cover, born).await?;
        Ok(number.to_owned())
    }

    async fn seed_home(&self) -> Result<(), ApiError> {
        let father = self.seed_father().await?;
        self.seed_person(SON, SON_NUMBER, INSURES_FATHER, Insured::Employee, "1990-01-10").await?;
        let key = Key { tenant: id(SON), operation: Operation::Invite, key: "demo father".into() };
        let ask = InvitationAsk { kind: RelationKind::Share, kin: Kin::Parent, id_number: father, consent: true };
        let code = self.invite(OwnerId(id(SON)), &key, &ask).await?.code.unwrap_or_default();
        // Within a province the whole account is shared: no quota is set.
        self.accept(OwnerId(id(FATHER)), &AcceptanceAsk { code, consent: true }).await.map(drop)
    }

    async fn seed_hospital(&self, area: u32) -> Result<(), ApiError> {
        let hospital = OwnerId(id("hospital"));
        self.desk.put_institution(hospital, HOSPITAL_NAME).await?;
        self.seed_nhsa(DEMO_CODE, hospital.0, HOSPITAL_NAME).await?;
        let (level, kind) = ("3_city".into(), "hospital".into());
        let provider = Provider { owner: hospital, code: DEMO_CODE.into(), area: area.to_string(), level, kind };
        self.desk.put_provider(&provider).await?;
        self.seed_father().await?;
        self.put_terms(OwnerId(id(FATHER)), &Terms { filing: Some(Filing::LongTerm), ..Terms::default() }).await
    }
}
