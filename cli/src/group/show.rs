//! Groupings for people.

use anxin_core::dispatch::Reply;
use anxin_core::preview::{CodeOut, DipAnswer, GroupAnswer, SchemeOut};
use anxin_core::text::Lang;

use crate::table::plain;

pub fn of(reply: &Reply, lang: Lang) -> String {
    match reply {
        Reply::Group(answer) => group(answer, lang),
        Reply::GroupDip(answer) => dip(answer, lang),
        Reply::Schemes(schemes) => schemes.iter().map(|s| scheme(s, lang)).collect::<Vec<_>>().join("\n\n"),
        _ => String::new(),
    }
}

fn group(answer: &GroupAnswer, lang: Lang) -> String {
    let mut parts = vec![heading(answer, lang), codes(answer, lang)];
    let texts = |title: &str, texts: Vec<&String>| {
        let lines: Vec<String> = texts.into_iter().map(|text| format!("- {text}")).collect();
        (!lines.is_empty()).then(|| format!("{title}\n{}", lines.join("\n")))
    };
    let sections = [
        (lang.of("为什么", "Why"), answer.reasons.iter().filter_map(|r| r.text.as_ref()).collect()),
        (
            lang.of("并发症与合并症", "Complications"),
            answer.candidates.iter().filter_map(|c| c.text.as_ref()).collect(),
        ),
        (lang.of("相近而未进入", "Nearly met"), answer.misses.iter().filter_map(|m| m.text.as_ref()).collect()),
        (lang.of("数据检查", "Checks"), answer.findings.iter().filter_map(|f| f.text.as_ref()).collect()),
        (lang.of("质控提示", "Hints"), answer.hints.iter().filter_map(|h| h.text.as_ref()).collect()),
    ];
    parts.extend(sections.into_iter().filter_map(|(title, lines)| texts(title, lines)));
    if let Some(payment) = &answer.payment {
        parts.push(format!("{}\n{}", payment.text.as_deref().unwrap_or_default(), payment.notice));
    }
    let digest = answer.pack.digest.get(..12).unwrap_or_default();
    parts.push(match lang {
        Lang::Zh => format!("分组预览，不是结算。{}，摘要 {digest}…", answer.scheme.title),
        Lang::En => format!("A preview, not a settlement. {}, digest {digest}…", answer.scheme.id),
    });
    parts.join("\n\n")
}

fn dip(answer: &DipAnswer, lang: Lang) -> String {
    let mut parts: Vec<String> = answer.notice.iter().chain(&answer.text).cloned().collect();
    let sections: [(&str, Vec<&String>); 3] = [
        (lang.of("候选病种", "Candidates"), answer.candidates.iter().filter_map(|c| c.text.as_ref()).collect()),
        (
            lang.of("病案核对", "To be checked in the record"),
            answer.hints.iter().filter_map(|h| h.text.as_ref()).collect(),
        ),
        (lang.of("数据检查", "Checks"), answer.findings.iter().filter_map(|f| f.text.as_ref()).collect()),
    ];
    for (title, texts) in sections.into_iter().filter(|(_, texts)| !texts.is_empty()) {
        let lines: Vec<String> = texts.into_iter().map(|text| format!("- {text}")).collect();
        parts.push(format!("{title}\n{}", lines.join("\n")));
    }
    if let Some(score) = &answer.score {
        parts.push(format!("{}\n{}", score.text.as_deref().unwrap_or_default(), score.payment_notice));
    }
    let digest = answer.pack.digest.get(..12).unwrap_or_default();
    if !answer.left_out.is_empty() {
        let left_out = answer.left_out.join(lang.of("、", ", "));
        parts.push(lang.of(format!("本目录没有：{left_out}。"), format!("The catalogue lacks: {left_out}.")));
    }
    let title = &answer.scheme.title;
    parts.push(match lang {
        Lang::Zh => format!("分组预览，不是结算。{title}，摘要 {digest}…"),
        Lang::En => format!("A preview, not a settlement. {}, digest {digest}…", answer.scheme.id),
    });
    parts.join("\n\n")
}

fn heading(answer: &GroupAnswer, lang: Lang) -> String {
    let mut lines = vec![answer.text.clone().unwrap_or_default()];
    if let Some(note) = &answer.scheme.historical_note {
        lines.push(lang.of(&note.zh, &note.en).clone());
    }
    if let Some(row) = answer.principal.as_ref().filter(|row| row.code.as_ref() != Some(&row.recorded)) {
        let (recorded, read) = (&row.recorded, row.code.as_deref().unwrap_or("?"));
        lines.push(match lang {
            Lang::Zh => format!("主要诊断：原编码 {recorded}，分组编码 {read}。"),
            Lang::En => format!("Principal diagnosis: recorded {recorded}, grouped as {read}."),
        });
    }
    lines.join("\n")
}

fn codes(answer: &GroupAnswer, lang: Lang) -> String {
    let mut table = plain(["", lang.of("原编码", "Recorded"), lang.of("分组编码", "Read as"), lang.of("名称", "Name")]);
    let all = [
        (&answer.diagnoses, lang.of("诊断", "diagnosis"), lang.of("主要诊断", "principal")),
        (&answer.operations, lang.of("手术操作", "operation"), lang.of("主要手术操作", "main operation")),
    ];
    for (rows, word, first) in all {
        for CodeOut { recorded, code, name, first: is_first } in rows {
            let text = |text: &Option<String>| text.clone().unwrap_or_else(|| "-".into());
            table.add_row([if *is_first { first } else { word }.to_owned(), recorded.clone(), text(code), text(name)]);
        }
    }
    table.to_string()
}

fn scheme(scheme: &SchemeOut, lang: Lang) -> String {
    let head = &scheme.scheme;
    let mut lines = vec![format!("{}  {}", head.id, head.title)];
    if let Some(note) = &head.historical_note {
        lines.push(format!("  {}", lang.of(&note.zh, &note.en)));
    }
    lines.extend(scheme.notice.iter().map(|notice| format!("  {}", notice.of(lang))));
    let profiles: Vec<&str> = scheme.profiles.iter().map(|p| p.name.as_str()).collect();
    if !profiles.is_empty() {
        lines.push(format!("  --compat {}", profiles.join(" | ")));
    }
    for setting in &scheme.settings {
        lines.push(format!("  {}", lang.of(&setting.title.zh, &setting.title.en)));
        for choice in &setting.choices {
            let mark = if choice.name == setting.default { "*" } else { " " };
            let reason = lang.of(&choice.reason.zh, &choice.reason.en);
            lines.push(format!("   {mark} --set {}={}  {reason}", setting.name, choice.name));
        }
    }
    lines.join("\n")
}
