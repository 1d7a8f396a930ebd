//! A family for demonstrations: a daughter who shares with her father, and waits for her mother.

use anxin_core::Fen;
use anxin_core::family::{AreaCode, Insured, Kin};
use wallet_ledger::{AccountId, Command, OwnerId, TransferId};
use wallet_types::{AcceptanceAsk, Id, InvitationAsk, PersonAsk, RelationKind};

use crate::problem::ApiError;
use crate::wallet::{Key, Operation, Order, Wallet, derived};

/// Of an area that there is not, so that it is nobody's.
pub const DEMO_NUMBERS: &[(&str, &str, &str, Insured, &str)] = &[
    ("resident1", "000000198503010011", "440100", Insured::Employee, "1985-03-01"),
    ("resident2", "000000198607020022", "440100", Insured::Employee, "1986-07-02"),
    ("daughter1", "000000198804050044", "440100", Insured::Employee, "1988-04-05"),
    ("father1", "000000195809120033", "450800", Insured::Resident, "1958-09-12"),
    ("mother1", "000000196011230066", "450800", Insured::Resident, "1960-11-23"),
    ("worker1", "000000199206180055", "441800", Insured::Employee, "1992-06-18"),
    // Who come to the window: neither has a login.
    (WITHOUT_PHONE, "000000193501010077", "450800", Insured::Resident, "1935-01-01"),
    ("child1", "000000201804010088", "450800", Insured::Resident, "2018-04-01"),
];
const WITHOUT_PHONE: &str = "grandmother1";
const WITH_AUTHENTICATOR: [&str; 2] = ["daughter1", "father1"];
const QUOTA: i64 = 200_000;

impl Wallet {
    /// Once more changes nothing.
    pub(crate) async fn seed_family(&self, id: impl Fn(&str) -> u128) -> Result<(), ApiError> {
        for (name, number, area, cover, born) in DEMO_NUMBERS {
            let Some(area) = AreaCode::parse(area) else { continue };
            let (person, id_number) = (Id(id(name)), (*number).to_owned());
            let born = Some((*born).to_owned());
            let without_phone = *name == WITHOUT_PHONE;
            self.register(&PersonAsk { person, id_number, area, cover: *cover, born, without_phone, died: None })
                .await?;
        }
        let owner = |name: &str| OwnerId(id(name));
        for name in WITH_AUTHENTICATOR {
            self.seed_second_factor(owner(name)).await?;
        }
        let invite = async |name: &str| {
            let key = Key { tenant: id("daughter1"), operation: Operation::Invite, key: format!("demo {name}") };
            let number = DEMO_NUMBERS.iter().find(|(other, ..)| *other == name).map_or("", |(_, number, ..)| number);
            let (kind, id_number) = (RelationKind::Share, number.to_owned());
            let ask = InvitationAsk { kind, kin: Kin::Parent, id_number, consent: true };
            self.invite(owner("daughter1"), &key, &ask).await
        };
        let invited = invite("father1").await?;
        let code = invited.code.unwrap_or_default();
        let relation = self.accept(owner("father1"), &AcceptanceAsk { code, consent: true }).await?.id;
        invite("mother1").await?;
        let key = Key { tenant: relation.0, operation: Operation::SetQuota, key: "demo".into() };
        let (quota, transfer) = (AccountId(relation.0), TransferId(derived(&key, 0)));
        let usable = Fen::new(QUOTA).unwrap_or_default();
        let commands = vec![Command::SetQuota { quota, id: transfer, usable }];
        self.answers(&Order { key, commands, body: &relation }).await.map(drop)
    }
}
