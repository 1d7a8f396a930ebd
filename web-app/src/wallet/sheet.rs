//! A statement for paper and for spreadsheets.

use wallet_types::LineOut;
use yew::prelude::*;

use super::time;
use super::words::{W, line as what};
use crate::i18n::Lang;
use crate::services::cells::write_cell;

const COLUMNS: [W; 9] = [
    W::ColEntry,
    W::ColTime,
    W::ColWhat,
    W::ColWhere,
    W::ColChange,
    W::ColHeldChange,
    W::ColBalance,
    W::ColHeld,
    W::ColId,
];

fn cells(line: &LineOut, lang: Lang) -> [String; 9] {
    [
        line.entry.to_string(),
        time::shown(&line.at),
        what(line, lang),
        line.institution.clone().unwrap_or_default(),
        line.posted_change_fen.yuan().to_string(),
        line.held_change_fen.yuan().to_string(),
        line.posted_fen.yuan().to_string(),
        line.held_fen.yuan().to_string(),
        line.transfer.or(line.hold).map(|id| id.to_string()).unwrap_or_default(),
    ]
}

/// In UTF-8 with the mark by which spreadsheets know it.
pub fn csv(lines: &[LineOut], lang: Lang) -> Vec<u8> {
    let mut out = vec![0xEF, 0xBB, 0xBF];
    row(&mut out, COLUMNS.iter().map(|column| column.say(lang).to_owned()));
    for line in lines {
        let [entry, at, kind, institution, rest @ ..] = cells(line, lang);
        row(&mut out, [entry, at, kind, harmless(institution)].into_iter().chain(rest));
    }
    out
}

fn row(out: &mut Vec<u8>, cells: impl Iterator<Item = String>) {
    for (n, cell) in cells.enumerate() {
        if n > 0 {
            out.push(b',');
        }
        write_cell(out, cell.as_bytes());
    }
    out.extend(b"\r\n");
}

/// A text that no spreadsheet takes for a formula.
fn harmless(text: String) -> String {
    let formula = text.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']);
    if formula || text.starts_with(['\t', '\r', '\n']) { format!("'{text}") } else { text }
}

/// The whole statement as a table. It is seen on paper only.
pub fn paper(title: &str, lines: &[LineOut], lang: Lang) -> Html {
    let row = |line: &LineOut| {
        let [entry, at, kind, institution, amounts @ .., _] = cells(line, lang);
        html! {
            <tr key={line.entry}>
                { for [entry, at, kind, institution].into_iter().map(|cell| html! { <td>{ cell }</td> }) }
                { for amounts.into_iter().map(|cell| html! { <td class="amount">{ cell }</td> }) }
            </tr>
        }
    };
    html! {
        <div class="paper" data-testid="paper">
            <table>
                <caption>{ title.to_owned() }</caption>
                <thead><tr>{ for COLUMNS.iter().take(8).map(|c| html! { <th scope="col">{ c.say(lang) }</th> }) }</tr></thead>
                <tbody>{ for lines.iter().map(row) }</tbody>
            </table>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use wallet_types::{LineKind, PurposeName};

    use super::*;
    use crate::wallet::filter::tests::line;

    #[test]
    fn a_line_is_a_row_and_no_name_is_a_formula() {
        let mut line = line(7, "2026-11-22T16:30:00.000000Z", LineKind::Moved, Some(PurposeName::Settle), -1_050);
        line.institution = Some("=1+1,\"x\"".into());
        let text = String::from_utf8(csv(&[line], Lang::Zh)).unwrap();
        let mut rows = text.trim_start_matches('\u{feff}').split("\r\n");
        assert!(rows.next().unwrap().starts_with("流水号,时间,事项,定点医药机构,收支（元）"));
        let expect = "7,2026-11-23 00:30:00,就医购药结算,\"'=1+1,\"\"x\"\"\",-10.50,0.00,0.00,0.00,";
        assert_eq!((rows.next(), rows.next(), rows.next()), (Some(expect), Some(""), None));
    }
}
