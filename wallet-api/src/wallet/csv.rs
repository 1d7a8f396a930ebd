//! Statements as tables for spreadsheets.

use anxin_core::Fen;
use anxin_core::text::Lang;
use wallet_types::{LineOut, Statement};

const HEADER_ZH: [&str; 10] = [
    "流水号",
    "时间",
    "类型",
    "用途",
    "定点医药机构",
    "发生额（元）",
    "冻结变动（元）",
    "余额（元）",
    "冻结余额（元）",
    "业务编号",
];
const HEADER_EN: [&str; 10] = [
    "entry",
    "at",
    "kind",
    "purpose",
    "institution",
    "change_yuan",
    "held_change_yuan",
    "balance_yuan",
    "held_yuan",
    "id",
];

/// A statement in UTF-8 with the mark by which spreadsheets know it.
pub fn csv_of(statement: &Statement, lang: Lang) -> Result<Vec<u8>, ::csv::Error> {
    let mut out = ::csv::WriterBuilder::new().terminator(::csv::Terminator::CRLF).from_writer(vec![0xEF, 0xBB, 0xBF]);
    out.write_record(lang.of(HEADER_ZH, HEADER_EN))?;
    for line in &statement.lines {
        out.write_record(row(line))?;
    }
    out.into_inner().map_err(|e| e.into_error().into())
}

fn row(line: &LineOut) -> [String; 10] {
    let name = |value: serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    let yuan = |fen: Fen| fen.yuan().to_string();
    let id = line.transfer.or(line.hold).map(|id| id.to_string()).unwrap_or_default();
    [
        line.entry.to_string(),
        line.at.clone(),
        name(serde_json::json!(line.kind)),
        name(serde_json::json!(line.purpose)),
        harmless(line.institution.as_deref().unwrap_or_default()),
        yuan(line.posted_change_fen),
        yuan(line.held_change_fen),
        yuan(line.posted_fen),
        yuan(line.held_fen),
        id,
    ]
}

/// A text that no spreadsheet takes for a formula.
pub fn harmless(text: &str) -> String {
    let formula = text.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']);
    if formula || text.starts_with(['\t', '\r', '\n']) { format!("'{text}") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::harmless;

    #[test]
    fn what_would_be_a_formula_is_a_text() {
        for text in ["=1+1", "+86", "-2", "@SUM(A1)", "\t=1", " =1", "＝HYPERLINK(1)"] {
            assert_eq!(harmless(text), format!("'{text}"));
        }
        for text in ["贵港市人民医院", "A-1", ""] {
            assert_eq!(harmless(text), text);
        }
    }
}
