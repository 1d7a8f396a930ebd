//! What a sharer may see of what was bought with their money: nothing, unless who bought it agrees to that alone, and then
//! only what was bought from then on.

use anxin_core::Fen;
use anxin_core::benefit::{Bill, Visit};
use wallet_ledger::{Micros, OwnerId};
use wallet_store::{Consent, Relation};
use wallet_types::{
    BoughtDrug, CareKind, DetailsAsk, DetailsOut, DrugLine, Id, PurchaseOut, RelationKind, RelationOut, TransportCode,
};

use super::invite::kind_of;
use super::refused;
use crate::pay::{Order, Paid};
use crate::problem::ApiError;
use crate::wallet::{Wallet, instant};

const PURPOSE: &str = "show_details";

impl Wallet {
    /// By who is shared with alone, and at any time taken back.
    pub(crate) async fn show_details(&self, owner: OwnerId, id: Id, ask: &DetailsAsk) -> Result<RelationOut, ApiError> {
        let relation = self.own_relation(owner, id).await?;
        if relation.taker != owner || kind_of(&relation.kind)? != RelationKind::Share {
            return Err(refused(TransportCode::NotAllowed));
        }
        if relation.ended_at.is_some() {
            return Err(refused(TransportCode::RelationEnded));
        }
        let (relation, now) = (relation.id, self.now());
        if ask.shown {
            let (purpose, rules) = (PURPOSE.to_owned(), self.rules_digest());
            let consent = Consent { relation, person: owner, purpose, rules, given_at: now, withdrawn_at: None };
            self.desk.consent(&consent).await?;
        } else {
            self.desk.withdraw_consent(relation, owner, PURPOSE, now).await?;
        }
        self.relation(owner, id).await
    }

    /// For both sides: who agreed sees what the other sees.
    pub(crate) async fn details(&self, owner: OwnerId, id: Id) -> Result<DetailsOut, ApiError> {
        let relation = self.own_relation(owner, id).await?;
        let since = self.shown_since(&relation).await?.ok_or_else(|| refused(TransportCode::ConsentMissing))?;
        let mut purchases = Vec::new();
        for row in self.orders_since(relation.taker, since).await? {
            let order = Order::of(row)?;
            let institution = self.desk.institution(order.institution).await?;
            purchases.extend(purchase(&relation, &order, institution));
        }
        Ok(DetailsOut { since: instant(since), purchases })
    }

    async fn shown_since(&self, relation: &Relation) -> Result<Option<Micros>, ApiError> {
        let consents = self.desk.consents(relation.id).await?;
        let holds = |c: &Consent| c.person == relation.taker && c.purpose == PURPOSE && c.withdrawn_at.is_none();
        Ok(consents.into_iter().find(holds).map(|consent| consent.given_at))
    }
}

/// A bill of which the relation paid a part, once it was settled.
fn purchase(relation: &Relation, order: &Order, institution: Option<String>) -> Option<PurchaseOut> {
    let bill = order.bill.as_ref().filter(|bill| bill.handed)?;
    let paid = bill.parts.iter().filter(|part| part.relation == Some(Id(relation.id))).map(|part| part.amount_fen);
    let amount_fen = Fen::checked_sum(paid).unwrap_or_default();
    (!amount_fen.is_zero()).then(|| PurchaseOut {
        at: instant(order.made_at),
        institution,
        amount_fen,
        care: care(&bill.visit),
        disease: match &bill.visit {
            Visit::SpecialOutpatient(special) => Some(special.disease.clone()),
            _ => None,
        },
        items: items(bill),
        drugs: bill.lines.iter().map(drug).collect(),
    })
}

fn care(visit: &Visit) -> CareKind {
    match visit {
        Visit::Inpatient(_) => CareKind::Inpatient,
        Visit::DaySurgery(_) => CareKind::DaySurgery,
        Visit::Outpatient(_) => CareKind::Outpatient,
        Visit::SpecialOutpatient(_) => CareKind::SpecialOutpatient,
        Visit::SpecialDrug(_) => CareKind::SpecialDrug,
        Visit::Maternity(_) => CareKind::Maternity,
        Visit::SecondPay(_) => CareKind::SecondPay,
    }
}

fn items(paid: &Paid) -> Vec<String> {
    let Some(Bill::Lines(lines)) = paid.visit.bill() else { return Vec::new() };
    lines.iter().map(|line| line.name.clone()).filter(|name| !name.is_empty()).collect()
}

fn drug(line: &DrugLine) -> BoughtDrug {
    BoughtDrug { drug: line.drug.clone(), count: line.count, split: line.split }
}
