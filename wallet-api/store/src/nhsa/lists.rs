use wallet_ledger::Micros;

use super::text;
use crate::desk::Desk;
use crate::error::StoreError;
use crate::sql::{Arg, Row};
use crate::vault::Place;

/// 医疗保障基金结算清单 of a settlement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SettlementList {
    pub code: String,
    pub setl_id: String,
    /// 清单流水号
    pub list: String,
    pub at: Micros,
    pub body: String,
}

impl Desk {
    /// Keeps a list beside those that came before; the same number again changes nothing.
    pub async fn nhsa_list(&self, list: &SettlementList) -> Result<(), StoreError> {
        const SQL: &str = "INSERT INTO nhsa_list (shard, code, setl_id, list, at, body)
            VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING";
        let mut args = vec![self.here(), text(&list.code), text(&list.setl_id), text(&list.list)];
        args.push(Arg::Number(list.at.0));
        args.push(self.seal(&self.place_of_list(&list.code, &list.setl_id, &list.list), &list.body)?);
        self.once(SQL, args).await.map(drop)
    }

    /// The lists of a settlement, the one that counts first.
    pub async fn nhsa_lists(&self, code: &str, setl_id: &str) -> Result<Vec<SettlementList>, StoreError> {
        const SQL: &str = "SELECT list, at, body FROM nhsa_list
            WHERE shard = $1 AND code = $2 AND setl_id = $3 ORDER BY at DESC, list";
        let read = |row: &Row| {
            let list = row.text(0)?;
            let body = self.unseal(&self.place_of_list(code, setl_id, &list), &row.text(2)?)?;
            Ok(SettlementList { code: code.into(), setl_id: setl_id.into(), list, at: Micros(row.number(1)?), body })
        };
        let rows = self.pools.rows(SQL, vec![self.here(), text(code), text(setl_id)]).await?;
        rows.iter().map(read).collect()
    }

    fn place_of_list(&self, code: &str, setl_id: &str, list: &str) -> Place {
        self.place("nhsa_list.body").text(code).text(setl_id).text(list)
    }
}
