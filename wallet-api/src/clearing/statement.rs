//! A batch as a table for spreadsheets: every settlement and what took some of it back, then what is deducted, what makes
//! up for 预付金, and what is paid. The last line is the sum of those before it.

use anxin_core::Fen;
use anxin_core::text::Lang;
use wallet_types::{BatchOfOrders, FundName};

use crate::wallet::harmless;

const HEADER_ZH: [&str; 6] = ["项目", "订单号", "时间", "统筹基金（元）", "个人账户（元）", "说明"];
const HEADER_EN: [&str; 6] = ["item", "order", "at", "pooled_yuan", "account_yuan", "note"];

struct Row {
    what: [&'static str; 2],
    order: String,
    at: String,
    pooled: Fen,
    account: Fen,
    note: String,
}

const SETTLED: [&str; 2] = ["结算", "settlement"];
const BACK: [&str; 2] = ["退费", "refund"];
const DEDUCTED: [&str; 2] = ["扣款", "deduction"];
const RECOVERED: [&str; 2] = ["抵扣预付金", "makes up for what was paid in advance"];

fn rows(batch: &BatchOfOrders) -> Vec<Row> {
    let settled = batch.lines.iter().map(|line| Row {
        what: if line.pooled_fen.is_negative() || line.account_fen.is_negative() { BACK } else { SETTLED },
        order: line.order.to_string(),
        at: line.at.clone(),
        pooled: line.pooled_fen,
        account: line.account_fen,
        note: String::new(),
    });
    let deducted = batch.deductions.iter().map(|deduction| {
        let of = |fund| if deduction.fund == fund { -deduction.amount_fen } else { Fen::ZERO };
        Row {
            what: DEDUCTED,
            order: deduction.order.map(|order| order.to_string()).unwrap_or_default(),
            at: String::new(),
            pooled: of(FundName::Pooled),
            account: of(FundName::Account),
            note: deduction.reason.clone(),
        }
    });
    let recovered = (!batch.recovered_fen.is_zero()).then(|| Row {
        what: RECOVERED,
        order: String::new(),
        at: String::new(),
        pooled: -batch.recovered_fen,
        account: Fen::ZERO,
        note: String::new(),
    });
    settled.chain(deducted).chain(recovered).collect()
}

/// In UTF-8 with the mark by which spreadsheets know it. `None` if the sums are too large to be written.
pub(super) fn csv_of(batch: &BatchOfOrders, lang: Lang) -> Option<Vec<u8>> {
    let mut out = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(vec![0xEF, 0xBB, 0xBF]);
    out.write_record(lang.of(HEADER_ZH, HEADER_EN)).ok()?;
    let rows = rows(batch);
    for Row { what, order, at, pooled, account, note } in &rows {
        let [zh, en] = *what;
        let [pooled, account] = [pooled, account].map(|fen| fen.yuan().to_string());
        out.write_record([lang.of(zh, en), order, at, &pooled, &account, &harmless(note)]).ok()?;
    }
    let sum = |of: fn(&Row) -> Fen| Some(Fen::checked_sum(rows.iter().map(of))?.yuan().to_string());
    let (pooled, account) = (sum(|row| row.pooled)?, sum(|row| row.account)?);
    out.write_record([lang.of("实际拨付", "paid out"), "", "", &pooled, &account, ""]).ok()?;
    out.into_inner().ok()
}

#[cfg(test)]
mod tests {
    use wallet_types::{BatchLine, BatchState, Deduction, Id, PeriodKind};

    use super::*;

    fn fen(fen: i64) -> Fen {
        Fen::new(fen).unwrap()
    }

    #[test]
    fn it_adds_up_with_refunds_below_zero_and_no_formula() {
        let line = |pooled, account| BatchLine {
            order: Id(7),
            at: "2026-11-02T01:00:00.000000Z".into(),
            pooled_fen: fen(pooled),
            account_fen: fen(account),
        };
        let reason = "=HYPERLINK(\"x\"),1".to_owned();
        let batch = BatchOfOrders {
            id: Id(1),
            institution: None,
            period: PeriodKind::Day,
            from: String::new(),
            to: String::new(),
            state: BatchState::Paid,
            items: 2,
            pooled_fen: fen(8_010),
            account_fen: fen(0),
            deductions: vec![Deduction { fund: FundName::Pooled, amount_fen: fen(10), reason, order: None }],
            payable_pooled_fen: fen(8_000),
            payable_account_fen: fen(0),
            recovered_fen: fen(4_000),
            declared_at: String::new(),
            due_on: None,
            holidays: Vec::new(),
            late: false,
            steps: Vec::new(),
            lines: vec![line(9_010, 2_990), line(-1_000, -2_990)],
        };
        let text = String::from_utf8(csv_of(&batch, Lang::Zh).unwrap()).unwrap();
        let expected = "\u{feff}项目,订单号,时间,统筹基金（元）,个人账户（元）,说明\r\n\
            结算,00000000000000000000000000000007,2026-11-02T01:00:00.000000Z,90.10,29.90,\r\n\
            退费,00000000000000000000000000000007,2026-11-02T01:00:00.000000Z,-10.00,-29.90,\r\n\
            扣款,,,-0.10,0.00,\"'=HYPERLINK(\"\"x\"\"),1\"\r\n\
            抵扣预付金,,,-40.00,0.00,\r\n\
            实际拨付,,,40.00,0.00,\r\n";
        assert_eq!(text, expected);
    }
}
