//! A daughter in 广州 shares ¥2,000 with her father in 贵港, who is referred to a hospital in 南宁.

use anxin_core::family::{Insured, Kin};
use anxin_core::rules::Filing;
use wallet_ledger::{AccountId, AccountKind, Command, Micros, OrderState, OwnerId, TransferId};
use wallet_store::Actor;
use wallet_types::{AcceptanceAsk, InvitationAsk, RelationKind, StoryName, StoryOut};

use super::{Character, failed, fen};
use crate::auth::Role;
use crate::pay::{Order, Terms};
use crate::problem::ApiError;
use crate::seed::{PASSWORD, carry_out, employee, id, open};
use crate::wallet::{Key, Operation, Order as Booking, Wallet, derived};

pub(super) const DAUGHTER: &str = "chen1";
pub(super) const FATHER: &str = "chenfather1";
const TILL: &str = "hospital2";
const HOSPITAL: &str = "nanning hospital";
const HOSPITAL_NAME: &str = "青秀示范医院（演示）";
const SHARED: i64 = 200_000;
/// Settlements of his that are looked through.
const LOOKED_BACK: u32 = 200;

pub(super) const CAST: [Character; 2] = [
    Character {
        name: DAUGHTER,
        number: "000000198511200101",
        area: "440100",
        cover: Insured::Employee,
        born: "1985-11-20",
    },
    Character {
        name: FATHER,
        number: "000000195803150207",
        area: "450800",
        cover: Insured::Resident,
        born: "1958-03-15",
    },
];

impl Wallet {
    pub(super) async fn tell_stay(&self) -> Result<StoryOut, ApiError> {
        let mut accounts = employee(DAUGHTER).to_vec();
        accounts.push(open(&format!("{FATHER} wallet"), AccountKind::Wallet, id(FATHER)));
        carry_out(self, "story stay", accounts).await.map_err(failed)?;
        let hospital = self.stage(HOSPITAL, HOSPITAL_NAME, ["H00000000021", "450100", "3_city", "hospital"]).await?;
        for who in &CAST {
            self.cast(who).await?;
        }
        let (daughter, father) = (OwnerId(id(DAUGHTER)), OwnerId(id(FATHER)));
        self.put_terms(daughter, &Terms::default()).await?;
        self.put_terms(father, &Terms { filing: Some(Filing::Referred), ..Terms::default() }).await?;
        let people = [
            (DAUGHTER, Role::Resident, None),
            (FATHER, Role::Resident, None),
            (TILL, Role::Institution, Some(HOSPITAL)),
        ];
        self.let_in(&people).await?;
        self.discharged_anew(hospital, father).await?;
        self.shared_anew(daughter, father).await?;
        let [_, Character { number, .. }] = CAST;
        let (password, card) = (PASSWORD.to_owned(), number.to_owned());
        let story = StoryName::Stay;
        Ok(StoryOut { story, password, card, day: None, due_on: None, pack: None, accounts: None, sum_fen: None })
    }

    /// What was settled goes back to where it came from, so that the year and the quota are as before.
    async fn discharged_anew(&self, hospital: OwnerId, father: OwnerId) -> Result<(), ApiError> {
        for row in self.desk.orders(Actor::Resident(father), Micros(i64::MAX), LOOKED_BACK).await? {
            let order = Order::of(row)?;
            let open = matches!(order.state, OrderState::Settled | OrderState::PartRefunded);
            if open && order.institution == hospital {
                self.refund_rest(hospital, &format!("故事 {:032x}", order.id), order.id).await?;
            }
        }
        Ok(())
    }

    /// The two agreed, and so much is set aside for him.
    async fn shared_anew(&self, daughter: OwnerId, father: OwnerId) -> Result<(), ApiError> {
        let known = self.desk.relations(daughter).await?;
        let lasting = known.iter().find(|relation| relation.taker == father && relation.ended_at.is_none());
        let relation = match lasting {
            Some(relation) => relation.id,
            None => self.shared_first(daughter, father, known.len()).await?,
        };
        let key = Key { tenant: relation, operation: Operation::SetQuota, key: format!("story {}", self.now().0) };
        let (quota, transfer) = (AccountId(relation), TransferId(derived(&key, 0)));
        let commands = vec![Command::SetQuota { quota, id: transfer, usable: fen(SHARED) }];
        self.answers(&Booking { key, commands, body: &SHARED }).await.map(drop)
    }

    async fn shared_first(&self, daughter: OwnerId, father: OwnerId, before: usize) -> Result<u128, ApiError> {
        let key = Key { tenant: daughter.0, operation: Operation::Invite, key: format!("story {before}") };
        let [_, Character { number, .. }] = CAST;
        let (kind, id_number) = (RelationKind::Share, number.to_owned());
        let ask = InvitationAsk { kind, kin: Kin::Parent, id_number, consent: true };
        let code = self.invite(daughter, &key, &ask).await?.code.unwrap_or_default();
        Ok(self.accept(father, &AcceptanceAsk { code, consent: true }).await?.id.0)
    }
}
