//! 3201 and 3202: whether both sides have the same settlements, in sum and one by one.

use std::collections::BTreeMap;

use anxin_core::Fen;
use serde_json::Value;
use wallet_ledger::Micros;
use wallet_store::{Filed, Movement, Sums};
use wallet_types::nhsa::{
    DetailAsk, DetailFile, DetailOut, DetailTold, NhsaData, StatementOut, StatementTold, TotalsAsk,
};
use wallet_types::{DifferenceClass, NhsaCode};

use super::detail::{self, Class, LINES_MAX, Row};
use super::refuse::{Refused, Stop};
use super::{Asked, envelope, persons, times, visits};
use crate::clearing::{Found, sums_of};
use crate::pay::order_id;

/// The result of totals that agree; anything else is one that do not.
const EQUAL: &str = "000000";
const UNEQUAL: &str = "000001";

/// Count and sums of settlements.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Totals {
    count: usize,
    medfee: Fen,
    funds: Fen,
    acct: Fen,
}

impl Totals {
    fn of(rows: &[Row]) -> Option<Totals> {
        let sum = |of: fn(&Row) -> Fen| Fen::checked_sum(rows.iter().map(of));
        Some(Totals {
            count: rows.len(),
            medfee: sum(|row| row.medfee)?,
            funds: sum(|row| row.funds)?,
            acct: sum(|row| row.acct)?,
        })
    }
}

impl Asked<'_> {
    pub(super) async fn totals(&self) -> Result<Value, Stop> {
        let NhsaData { data } = self.input::<NhsaData<TotalsAsk>>()?;
        envelope::one_of("input.data.insutype", &data.insutype, persons::INSUTYPES)?;
        visits::digits("input.data.clr_type", &data.clr_type, 2)?;
        self.own_office(&data.setl_optins)?;
        let theirs = Totals {
            count: count(&data.fixmedins_setl_cnt)?,
            medfee: signed("input.data.medfee_sumamt", &data.medfee_sumamt)?,
            funds: signed("input.data.fund_pay_sumamt", &data.fund_pay_sumamt)?,
            acct: signed("input.data.acct_pay", &data.acct_pay)?,
        };
        let mut movements = self.movements(&data.stmt_begndate, &data.stmt_enddate).await?;
        movements.retain(|m| m.insutype == data.insutype && m.clr_type == data.clr_type);
        let rows = rows(&movements);
        let ours = Totals::of(&rows).ok_or_else(too_much)?;
        let equal = theirs == ours;
        let yuan = |fen: Fen| fen.yuan().to_string();
        let dscr = if equal {
            "对账一致".to_owned()
        } else {
            format!(
                "中心笔数 {}，总额 {}，基金 {}，个账 {}",
                ours.count,
                yuan(ours.medfee),
                yuan(ours.funds),
                yuan(ours.acct)
            )
        };
        let stmt_rslt = if equal { EQUAL } else { UNEQUAL }.to_owned();
        self.written(StatementOut {
            stmtinfo: StatementTold { setl_optins: data.setl_optins, stmt_rslt, stmt_rslt_dscr: dscr },
        })
    }

    pub(super) async fn details(&self) -> Result<Value, Stop> {
        let NhsaData { data } = self.input::<NhsaData<DetailAsk>>()?;
        self.own_office(&data.setl_optins)?;
        let filed = self.filed("input.data.file_qury_no", &data.file_qury_no).await?;
        let malformed = |rule: String| Refused::new(NhsaCode::FileMalformed, "input.data.file_qury_no", rule);
        let theirs = detail::read(&filed.body).map_err(malformed)?;
        let totals = Totals::of(&theirs).ok_or_else(too_much)?;
        let told = [
            ("medfee_sumamt", signed("input.data.medfee_sumamt", &data.medfee_sumamt)?, totals.medfee),
            ("fund_pay_sumamt", signed("input.data.fund_pay_sumamt", &data.fund_pay_sumamt)?, totals.funds),
        ];
        if let Some((field, _, is)) = told.into_iter().find(|(_, told, is)| told != is) {
            return Err(Refused::field(format!("input.data.{field}"), is.yuan().to_string()).into());
        }
        if count(&data.fixmedins_setl_cnt)? != totals.count {
            return Err(Refused::field("input.data.fixmedins_setl_cnt", totals.count.to_string()).into());
        }
        let movements = self.movements(&data.stmt_begndate, &data.stmt_enddate).await?;
        let ours = rows(&movements);
        let compared = detail::compare(&theirs, &ours);
        let of = |class: Class| compared.iter().filter(|(_, other)| *other == class).count();
        let counts = Class::ALL.map(of);
        self.keep_differences(&compared, &theirs, &movements).await?;
        let result = self.result(&compared, &theirs, &ours).await?;
        let [equal, differs, only_institution, only_area] = counts;
        self.written(DetailOut {
            fileinfo: result,
            stmtinfo: DetailTold { equal, differs, only_institution, only_area },
        })
    }

    /// What differs waits for the area's operators until it agrees.
    async fn keep_differences(
        &self,
        compared: &[(String, Class)],
        theirs: &[Row],
        ours: &[Movement],
    ) -> Result<(), Stop> {
        let theirs: BTreeMap<&String, &Row> = theirs.iter().map(|row| (&row.setl_id, row)).collect();
        let ours: BTreeMap<&String, &Movement> = ours.iter().map(|movement| (&movement.setl_id, movement)).collect();
        let owner = self.institution.owner;
        let found = compared.iter().map(|(setl_id, class)| Found {
            setl_id: setl_id.clone(),
            class: match class {
                Class::Equal => None,
                Class::Differs => Some(DifferenceClass::Differs),
                Class::OnlyInstitution => Some(DifferenceClass::OnlyInstitution),
                Class::OnlyArea => Some(DifferenceClass::OnlyArea),
            },
            // What takes a settlement back has no order of its own.
            order: ours.get(setl_id).filter(|m| m.refund_of.is_none()).map(|m| order_id(owner, &m.msgid)),
            theirs: theirs.get(setl_id).map(|row| Sums { total: row.medfee, fund: row.funds, acct: row.acct }),
            ours: ours.get(setl_id).map(|movement| sums_of(movement)),
        });
        Ok(self.wallet.note_differences(owner, self.code(), found.collect()).await?)
    }

    /// The answer's file: number, class, and the amount of either side.
    async fn result(&self, compared: &[(String, Class)], theirs: &[Row], ours: &[Row]) -> Result<DetailFile, Stop> {
        let amounts = |rows: &[Row]| -> BTreeMap<String, String> {
            rows.iter().map(|row| (row.setl_id.clone(), row.medfee.yuan().to_string())).collect()
        };
        let (theirs, ours) = (amounts(theirs), amounts(ours));
        let told = |amount: Option<&String>| amount.map_or("null", String::as_str).to_owned();
        let lines = compared.iter().map(|(setl_id, class)| {
            format!("{setl_id}\t{}\t{}\t{}", class.word(), told(theirs.get(setl_id)), told(ours.get(setl_id)))
        });
        let body = detail::pack("result.txt", lines).ok_or_else(too_much)?;
        let hours = i64::from(self.wallet.nhsa.settings.file_hours);
        let until = Micros(self.now.0.saturating_add(hours * 3_600 * times::SECOND));
        let file_qury_no = self.number("result");
        let filename = "result.zip".to_owned();
        let (code, number, name) = (self.code().to_owned(), file_qury_no.clone(), filename.clone());
        self.wallet.desk.nhsa_file(&Filed { code, file_qury_no: number, filename: name, body, until }).await?;
        Ok(DetailFile { file_qury_no, filename, dld_endtime: times::written(until) })
    }

    async fn movements(&self, from: &str, to: &str) -> Result<Vec<Movement>, Stop> {
        for (field, day) in [("stmt_begndate", from), ("stmt_enddate", to)] {
            if !times::is_day(day) {
                return Err(Refused::field(format!("input.data.{field}"), "yyyy-MM-dd").into());
            }
        }
        if from > to {
            return Err(Refused::field("input.data.stmt_enddate", format!("≥ {from}")).into());
        }
        let most = u32::try_from(LINES_MAX).unwrap_or(u32::MAX);
        let movements = self.wallet.desk.nhsa_settlements(self.code(), from, to, most.saturating_add(1)).await?;
        if movements.len() > LINES_MAX {
            return Err(Refused::field("input.data.stmt_enddate", format!("≤ {LINES_MAX} settlements")).into());
        }
        Ok(movements)
    }

    /// 结算经办机构 is the area whose books these are.
    fn own_office(&self, setl_optins: &str) -> Result<(), Refused> {
        envelope::one_of("input.data.setl_optins", setl_optins, &[&self.wallet.nhsa.area])
    }
}

fn rows(movements: &[Movement]) -> Vec<Row> {
    let row = |m: &Movement| Row {
        psn_no: persons::psn_no(m.owner),
        mdtrt_id: m.mdtrt_id.clone(),
        setl_id: m.setl_id.clone(),
        msgid: Some(m.msgid.clone()),
        refund: m.refund_of.is_some(),
        medfee: m.total,
        funds: m.fund,
        acct: m.acct,
    };
    movements.iter().map(row).collect()
}

fn too_much() -> Stop {
    Refused::field("input.data", "sums within 2^53 fen").into()
}

/// Refunds may be more than what was settled in the same time.
fn signed(field: &str, text: &str) -> Result<Fen, Refused> {
    Fen::parse_yuan(text).ok_or_else(|| Refused::field(field, "1234.50"))
}

fn count(text: &str) -> Result<usize, Refused> {
    let plain = !text.is_empty() && text.len() <= 9 && text.bytes().all(|b| b.is_ascii_digit());
    let count = text.parse().ok().filter(|_| plain);
    count.ok_or_else(|| Refused::field("input.data.fixmedins_setl_cnt", "a whole number"))
}
