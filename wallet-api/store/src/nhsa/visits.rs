use anxin_core::Fen;
use wallet_ledger::{Micros, OwnerId};

use super::text;
use crate::desk::Desk;
use crate::error::StoreError;
use crate::rows::id;
use crate::sql::{Arg, Open, Row};
use crate::vault::Place;

/// What became of a visit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VisitState {
    /// 挂号
    Registered,
    /// 在院
    Admitted,
    /// 已出院
    Discharged,
    /// 已撤销
    Cancelled,
}

impl VisitState {
    const ALL: [VisitState; 4] =
        [VisitState::Registered, VisitState::Admitted, VisitState::Discharged, VisitState::Cancelled];

    fn number(self) -> i64 {
        match self {
            VisitState::Registered => 0,
            VisitState::Admitted => 1,
            VisitState::Discharged => 2,
            VisitState::Cancelled => 3,
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Visit {
    pub code: String,
    pub mdtrt_id: String,
    pub owner: OwnerId,
    pub state: VisitState,
    /// The message that made it what it is.
    pub msgid: String,
    pub body: String,
}

/// A line of a bill. Its four parts are the whole of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fee {
    /// 费用明细流水号
    pub sn: String,
    /// 收费批次号
    pub batch: String,
    pub setl_id: Option<String>,
    pub total: Fen,
    /// 全自费
    pub own: Fen,
    /// 超限价
    pub over: Fen,
    /// 先行自付
    pub pre: Fen,
    /// 符合政策范围
    pub scope: Fen,
    pub body: String,
    /// What of it is asked about packs, where it is a drug with any.
    pub drug: Option<String>,
}

const FEES: &str = "SELECT sn, batch, setl_id, total, own, over, pre, scope, body, drug FROM nhsa_fee
    WHERE shard = $1 AND code = $2 AND mdtrt_id = $3 ORDER BY sn";

impl Desk {
    /// Keeps a visit; the same number again changes nothing.
    pub async fn nhsa_visit_begins(&self, visit: &Visit) -> Result<(), StoreError> {
        const SQL: &str = "INSERT INTO nhsa_visit (shard, code, mdtrt_id, owner, state, msgid, body)
            VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING";
        let args = vec![
            self.here(),
            text(&visit.code),
            text(&visit.mdtrt_id),
            Arg::Bytes(id(visit.owner.0)),
            Arg::Number(visit.state.number()),
            text(&visit.msgid),
            self.seal(&self.place_of_visit(&visit.code, &visit.mdtrt_id), &visit.body)?,
        ];
        self.once(SQL, args).await.map(drop)
    }

    pub async fn nhsa_visit(&self, code: &str, mdtrt_id: &str) -> Result<Option<Visit>, StoreError> {
        const SQL: &str = "SELECT owner, state, msgid, body FROM nhsa_visit
            WHERE shard = $1 AND code = $2 AND mdtrt_id = $3";
        let rows = self.pools.rows(SQL, vec![self.here(), text(code), text(mdtrt_id)]).await?;
        rows.first().map(|row| self.read_visit(code, mdtrt_id, row)).transpose()
    }

    /// A visit of whom a number means at an institution that identified them. Says of the number alone, too, whether it
    /// means anybody.
    pub async fn nhsa_visit_of(
        &self,
        code: &str,
        mdtrt_id: &str,
        psn_no: &str,
        now: Micros,
    ) -> Result<Option<Option<Visit>>, StoreError> {
        const SQL: &str = "SELECT v.owner, v.state, v.msgid, v.body FROM nhsa_seen AS s
            LEFT JOIN nhsa_visit AS v ON v.shard = s.shard AND v.code = s.code AND v.mdtrt_id = $4 AND v.owner = s.owner
            WHERE s.shard = $1 AND s.code = $2 AND s.psn_no = $3 AND s.until > $5";
        let args = vec![self.here(), text(code), text(psn_no), text(mdtrt_id), Arg::Number(now.0)];
        let rows = self.pools.rows(SQL, args).await?;
        let Some(row) = rows.first() else { return Ok(None) };
        let visit = row.maybe_id(0)?.map(|_| self.read_visit(code, mdtrt_id, row)).transpose()?;
        Ok(Some(visit))
    }

    fn read_visit(&self, code: &str, mdtrt_id: &str, row: &Row) -> Result<Visit, StoreError> {
        let number = row.number(1)?;
        let state = VisitState::ALL.into_iter().find(|state| state.number() == number);
        Ok(Visit {
            code: code.to_owned(),
            mdtrt_id: mdtrt_id.to_owned(),
            owner: OwnerId(row.id(0)?),
            state: state.ok_or_else(|| StoreError::Damaged("nhsa_visit".into()))?,
            msgid: row.text(2)?,
            body: self.unseal(&self.place_of_visit(code, mdtrt_id), &row.text(3)?)?,
        })
    }

    /// Changes a visit that is still as it was read, and says whether it was. With `unbilled`, only one without
    /// a line of a bill.
    pub async fn nhsa_visit_goes_on(&self, was: &Visit, now: &Visit, unbilled: bool) -> Result<bool, StoreError> {
        const SQL: &str = "UPDATE nhsa_visit SET state = $4, msgid = $5, body = $6
            WHERE shard = $1 AND code = $2 AND mdtrt_id = $3 AND state = $7 AND msgid = $8
            AND (CAST($9 AS BIGINT) = 0 OR NOT EXISTS (SELECT 1 FROM nhsa_fee AS f
                WHERE f.shard = $1 AND f.code = $2 AND f.mdtrt_id = $3))";
        let args = vec![
            self.here(),
            text(&was.code),
            text(&was.mdtrt_id),
            Arg::Number(now.state.number()),
            text(&now.msgid),
            self.seal(&self.place_of_visit(&was.code, &was.mdtrt_id), &now.body)?,
            Arg::Number(was.state.number()),
            text(&was.msgid),
            Arg::Number(unbilled.into()),
        ];
        Ok(self.once(SQL, args).await? == 1)
    }

    /// Adds lines to a bill, all or none. The first whose number is taken by another message is given back.
    pub async fn nhsa_fees_come(&self, visit: &Visit, msgid: &str, fees: &[Fee]) -> Result<Option<String>, StoreError> {
        const TAKEN: &str = "SELECT msgid FROM nhsa_fee WHERE shard = $1 AND code = $2 AND mdtrt_id = $3 AND sn = $4";
        let mut open = self.pools.change().await?;
        for fee in fees {
            if self.add(&mut open, visit, msgid, fee).await? == 1 {
                continue;
            }
            let named = vec![self.here(), text(&visit.code), text(&visit.mdtrt_id), text(&fee.sn)];
            let by = open.rows(TAKEN, named).await?.first().map(|row| row.text(0)).transpose()?;
            if by.as_deref() != Some(msgid) {
                return Ok(Some(fee.sn.clone()));
            }
        }
        open.commit().await?;
        Ok(None)
    }

    async fn add(&self, open: &mut Open<'_>, visit: &Visit, msgid: &str, fee: &Fee) -> Result<u64, StoreError> {
        const SQL: &str = "INSERT INTO nhsa_fee
            (shard, code, mdtrt_id, sn, batch, msgid, total, own, over, pre, scope, body, drug)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) ON CONFLICT DO NOTHING";
        let mut args = vec![self.here()];
        args.extend([&visit.code, &visit.mdtrt_id, &fee.sn, &fee.batch].map(|of| text(of)));
        args.push(text(msgid));
        args.extend([fee.total, fee.own, fee.over, fee.pre, fee.scope].map(|fen| Arg::Number(fen.get())));
        args.push(self.seal(&self.place_of_fee(&visit.code, &visit.mdtrt_id, &fee.sn), &fee.body)?);
        let drug = fee
            .drug
            .as_ref()
            .map(|drug| self.vault.seal(&self.place_of_drug(&visit.code, &visit.mdtrt_id, &fee.sn), drug.as_bytes()));
        args.push(Arg::MaybeText(drug.transpose()?));
        open.run(SQL, args).await
    }

    pub async fn nhsa_fees(&self, code: &str, mdtrt_id: &str) -> Result<Vec<Fee>, StoreError> {
        let rows = self.pools.rows(FEES, vec![self.here(), text(code), text(mdtrt_id)]).await?;
        rows.iter().map(|row| self.read_fee(code, mdtrt_id, row)).collect()
    }

    fn read_fee(&self, code: &str, mdtrt_id: &str, row: &Row) -> Result<Fee, StoreError> {
        let found = fee(row)?;
        let drug = found.drug.as_ref().map(|drug| self.unseal(&self.place_of_drug(code, mdtrt_id, &found.sn), drug));
        let drug = drug.transpose()?;
        Ok(Fee { body: self.unseal(&self.place_of_fee(code, mdtrt_id, &found.sn), &found.body)?, drug, ..found })
    }

    fn place_of_visit(&self, code: &str, mdtrt_id: &str) -> Place {
        self.place("nhsa_visit.body").text(code).text(mdtrt_id)
    }

    fn place_of_drug(&self, code: &str, mdtrt_id: &str, sn: &str) -> Place {
        self.place("nhsa_fee.drug").text(code).text(mdtrt_id).text(sn)
    }

    fn place_of_fee(&self, code: &str, mdtrt_id: &str, sn: &str) -> Place {
        self.place("nhsa_fee.body").text(code).text(mdtrt_id).text(sn)
    }

    /// Takes lines back that are not settled, one or all of a visit, and says how many.
    pub async fn nhsa_fees_go(&self, code: &str, mdtrt_id: &str, sn: Option<&str>) -> Result<u64, StoreError> {
        const SQL: &str = "DELETE FROM nhsa_fee WHERE shard = $1 AND code = $2 AND mdtrt_id = $3
            AND setl_id IS NULL AND (CAST($4 AS TEXT) IS NULL OR sn = $4)";
        let sn = Arg::MaybeText(sn.map(str::to_owned));
        self.once(SQL, vec![self.here(), text(code), text(mdtrt_id), sn]).await
    }

    /// Sets the lines of a visit that nobody settled yet aside for one settlement, and gives back those that are:
    /// another settlement of the same lines finds none left.
    pub async fn nhsa_fees_claim(&self, code: &str, mdtrt_id: &str, setl_id: &str) -> Result<Vec<Fee>, StoreError> {
        const SQL: &str = "UPDATE nhsa_fee SET setl_id = $4
            WHERE shard = $1 AND code = $2 AND mdtrt_id = $3 AND setl_id IS NULL
            AND NOT EXISTS (SELECT 1 FROM nhsa_fee AS f
                WHERE f.shard = $1 AND f.code = $2 AND f.mdtrt_id = $3 AND f.setl_id = $4)
            RETURNING sn, batch, setl_id, total, own, over, pre, scope, body, drug";
        let args = vec![self.here(), text(code), text(mdtrt_id), text(setl_id)];
        let rows = self.pools.run_returning(SQL, args).await?;
        let mut fees = rows.iter().map(|row| self.read_fee(code, mdtrt_id, row)).collect::<Result<Vec<Fee>, _>>()?;
        if fees.is_empty() {
            // Set aside before, or never there.
            fees = self.nhsa_fees(code, mdtrt_id).await?;
            fees.retain(|fee| fee.setl_id.as_deref() == Some(setl_id));
        }
        fees.sort_by(|a, b| a.sn.cmp(&b.sn));
        Ok(fees)
    }

    /// The lines of a settlement that did not come about, or was taken back, are to be settled again.
    pub async fn nhsa_fees_release(&self, code: &str, setl_id: &str) -> Result<(), StoreError> {
        const SQL: &str = "UPDATE nhsa_fee SET setl_id = NULL WHERE shard = $1 AND code = $2 AND setl_id = $3";
        self.once(SQL, vec![self.here(), text(code), text(setl_id)]).await.map(drop)
    }
}

/// Body and drug are still sealed.
fn fee(row: &Row) -> Result<Fee, StoreError> {
    let fen = |at| Fen::new(row.number(at)?).ok_or_else(|| StoreError::Damaged("nhsa_fee".into()));
    Ok(Fee {
        sn: row.text(0)?,
        batch: row.text(1)?,
        setl_id: row.maybe_text(2)?,
        total: fen(3)?,
        own: fen(4)?,
        over: fen(5)?,
        pre: fen(6)?,
        scope: fen(7)?,
        body: row.text(8)?,
        drug: row.maybe_text(9)?,
    })
}
