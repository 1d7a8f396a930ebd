//! What institutions sent of somebody, for themselves.

use serde_json::Value;
use wallet_ledger::OwnerId;
use wallet_store::{Fee, Filing, Movement, Prepaid, Visit};
use wallet_types::{FeeRecord, FilingRecord, PrepaidRecord, SettlementRecord, VisitRecord};

use crate::problem::ApiError;
use crate::wallet::{Wallet, instant};

/// What was kept of a message; a text where it is none any more.
fn told(body: &str) -> Value {
    match body {
        "" => Value::Null,
        body => serde_json::from_str(body).unwrap_or_else(|_| body.into()),
    }
}

impl Wallet {
    pub(super) async fn every_visit(&self, owner: OwnerId) -> Result<Vec<VisitRecord>, ApiError> {
        let mut visits = Vec::new();
        for visit in self.desk.nhsa_visits_of(owner).await? {
            visits.push(self.visit_record(visit).await?);
        }
        Ok(visits)
    }

    async fn visit_record(&self, visit: Visit) -> Result<VisitRecord, ApiError> {
        let Visit { code, mdtrt_id, body, .. } = visit;
        let fee = |fee: Fee| FeeRecord {
            feedetl_sn: fee.sn,
            setl_id: fee.setl_id,
            total_fen: fee.total,
            told: told(&fee.body),
        };
        let prepaid =
            |line: Prepaid| PrepaidRecord { prepay_sn: line.sn, at: instant(line.at), amount_fen: line.amount };
        let mut settlements = Vec::new();
        for movement in self.desk.nhsa_settlements_of(&code, &mdtrt_id).await? {
            settlements.push(self.settlement_record(movement).await?);
        }
        Ok(VisitRecord {
            told: told(&body),
            fees: self.desk.nhsa_fees(&code, &mdtrt_id).await?.into_iter().map(fee).collect(),
            prepaid: self.desk.nhsa_prepaid(&code, &mdtrt_id).await?.into_iter().map(prepaid).collect(),
            settlements,
            code,
            mdtrt_id,
        })
    }

    async fn settlement_record(&self, movement: Movement) -> Result<SettlementRecord, ApiError> {
        let lists = self.desk.nhsa_lists(&movement.code, &movement.setl_id).await?;
        Ok(SettlementRecord {
            setl_id: movement.setl_id,
            at: instant(movement.at),
            refund_of: movement.refund_of,
            total_fen: movement.total,
            fund_fen: movement.fund,
            account_fen: movement.acct,
            cash_fen: movement.cash,
            told: told(&movement.body),
            lists: lists.iter().map(|list| told(&list.body)).collect(),
        })
    }

    pub(super) async fn every_filing(&self, owner: OwnerId) -> Result<Vec<FilingRecord>, ApiError> {
        let record = |filing: Filing| FilingRecord {
            told: told(&filing.body),
            code: filing.code,
            filing: filing.filing,
            kind: filing.kind,
            from: filing.from,
            until: filing.until,
        };
        Ok(self.desk.nhsa_filings_of(owner).await?.into_iter().map(record).collect())
    }
}
