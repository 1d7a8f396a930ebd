//! A report for people.

use anxin_core::dip::Grammar;
use anxin_core::text::Lang;
use anxin_import::{Field, Table};

use super::{Report, Told, Written};

/// Most rows of each kind that are listed.
const LISTED_MAX: usize = 50;

pub(super) fn of(report: &Report, lang: Lang) -> String {
    let mut parts = vec![guess(report, lang)];
    parts.extend(listed(lang.of("未读取的行", "Rows not taken"), &report.problems, lang));
    parts.extend(listed(lang.of("请核对", "To be looked at"), &report.doubts, lang));
    parts.push(format!("{}\n{}", lang.of("质量报告", "Quality"), bullets(&report.quality.told(lang))));
    let pack = &report.pack;
    if !pack.schemes.is_empty() {
        let schemes = pack.schemes.join(lang.of("、", ", "));
        parts.push(lang.of(format!("适用的分组方案：{schemes}。"), format!("Weights of the groups of {schemes}.")));
    }
    parts.push(file(pack, lang));
    if let Some(scheme) = &report.scheme {
        let adrgs = scheme.replaced_adrgs.unwrap_or_default();
        parts.push(lang.of(
            format!("{adrgs} 个 ADRG 采用本地细分组，其余沿用基础方案。"),
            format!("{adrgs} ADRGs have the area's own groups, the others those of the base scheme."),
        ));
        parts.push(file(scheme, lang));
    }
    parts.join("\n\n")
}

fn file(pack: &Written, lang: Lang) -> String {
    let Written { id, edition, digest, bytes, .. } = pack;
    match &pack.file {
        Some(file) => lang.of(
            format!("规则包 {id} 已写入 {file}（{edition}，{bytes} 字节，摘要 {digest}）。"),
            format!("Pack {id} is in {file} ({edition}, {bytes} bytes, digest {digest})."),
        ),
        None => {
            lang.of("没有写入文件；用 -o 指定规则包的位置。".into(), "Nothing was written; -o says where to.".into())
        }
    }
}

fn guess(report: &Report, lang: Lang) -> String {
    let grammar = match report.guess.grammar {
        Grammar::SlashPlus => lang.of("手术操作写法：/ 表示“或”，+ 表示“且”", "operations: / is or, + is and"),
        Grammar::BarPlus => lang.of("手术操作写法：| 表示“或”，+ 表示“且”", "operations: | is or, + is and"),
    };
    let tables = report.guess.tables.iter().map(|t| table(t, lang)).collect::<Vec<_>>().join("\n");
    lang.of(format!("识别结果（{grammar}）\n{tables}"), format!("Guess ({grammar})\n{tables}"))
}

fn table(table: &Table, lang: Lang) -> String {
    let header = table.header_row;
    let name = if table.name.is_empty() { lang.of("文件", "File").to_owned() } else { table.name.clone() };
    let head = lang.of(format!("{name}（表头至第 {header} 行）"), format!("{name} (header to row {header})"));
    let single = table.columns.iter().map(|(field, at)| (*field, *at));
    let several = table.coefficients.iter().map(|at| (Field::Coefficient, *at));
    let columns = single.chain(several).map(|(field, at)| {
        let header = table.headers.get(at).map_or("", |text| text.trim());
        format!("{} {header} → {} {}", letters(at), field.name(), field.title(lang))
    });
    format!("{head}\n{}", bullets(&columns.collect::<Vec<_>>()))
}

/// 0 is `A`, 27 is `AB`.
fn letters(column: usize) -> String {
    let letter = char::from_digit(u32::try_from(column % 26).unwrap_or_default() + 10, 36).unwrap_or('?');
    let before = if column < 26 { String::new() } else { letters(column / 26 - 1) };
    format!("{before}{}", letter.to_ascii_uppercase())
}

fn listed<T>(title: &str, remarks: &[Told<T>], lang: Lang) -> Option<String> {
    let mut texts: Vec<String> = remarks.iter().take(LISTED_MAX).map(|told| told.message.clone()).collect();
    let more = remarks.len().saturating_sub(LISTED_MAX);
    if more > 0 {
        texts.push(lang.of(format!("其余 {more} 行见 --format json。"), format!("{more} more with --format json.")));
    }
    (!texts.is_empty()).then(|| {
        lang.of(
            format!("{title}（{}）\n{}", remarks.len(), bullets(&texts)),
            format!("{title} ({})\n{}", remarks.len(), bullets(&texts)),
        )
    })
}

fn bullets(lines: &[String]) -> String {
    lines.iter().map(|line| format!("- {line}")).collect::<Vec<_>>().join("\n")
}
