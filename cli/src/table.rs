//! Answers as tables for people, aligned with the width of Chinese characters.

use anxin_core::Fen;
use anxin_core::benefit::{Answer, Compared, Reading, Settlement, Step, YearAnswer};
use anxin_core::dispatch::{Engine, RegionOut, Reply};
use anxin_core::rules::Certainty;
use anxin_core::text::Lang;
use comfy_table::{CellAlignment, ContentArrangement, LineStyle, Table, TableStyle};

use crate::pack::Inspected;

/// One line under the header; rows are told apart by their first column.
const HEADER_LINE: TableStyle = TableStyle::new().header_separator(LineStyle::none().fill('─').junction('─'));
/// Columns of a terminal that formulas and sources are wrapped to.
const WIDTH: u16 = 140;

/// `engine` is the one that answered: it knows the names of its regions.
pub fn of(reply: &Reply, engine: &Engine, lang: Lang) -> String {
    match reply {
        Reply::Estimate(answer) => estimate(answer, engine, lang),
        Reply::Compare(compared) => compare(compared, lang),
        Reply::Year(year) => whole_year(year, lang),
        Reply::Regions(regions) => known_regions(regions),
        Reply::Group(_)
        | Reply::GroupDip(_)
        | Reply::GroupTable(_)
        | Reply::ForecastDip(_)
        | Reply::Schemes(_)
        | Reply::Prices(_)
        | Reply::Search(_) => String::new(),
        Reply::Family(_) | Reply::FamilyAreas(_) | Reply::Receipt(_) => String::new(),
        Reply::Refused(refusal) => refusal.message.clone().unwrap_or_default(),
    }
}

fn estimate(answer: &Answer, engine: &Engine, lang: Lang) -> String {
    let mut parts = vec![heading(answer, engine, lang), sentence(&answer.settlement, lang)];
    if let Some(range) = &answer.range {
        let (least, most) = (yuan(range.least.psn_part_amt), yuan(range.most.psn_part_amt));
        parts.push(match lang {
            Lang::Zh => format!("有数字未知，个人负担在 {least} 与 {most} 之间。"),
            Lang::En => format!("A figure is unknown: the person's part lies between {least} and {most}."),
        });
    }
    parts.push(who_pays(&answer.settlement, lang));
    if !answer.settlement.steps.is_empty() {
        parts.push(steps(answer, lang));
    }
    parts.extend(notes(answer, lang));
    parts.push(notice(answer, lang));
    parts.join("\n\n")
}

fn heading(answer: &Answer, engine: &Engine, lang: Lang) -> String {
    let reading = match answer.reading {
        Reading::Exact => lang.of("数字齐全", "every figure known"),
        Reading::KnownRules => lang.of("仅按已知规则", "by the known rules alone"),
        Reading::WorstCase => lang.of("按个人负担最多的一端", "the end at which the person pays most"),
    };
    let certain = certainty(answer.certainty, lang);
    let region = engine.book(&answer.region).map(|b| lang.of(b.region.name_zh.as_str(), b.region.name_en.as_str()));
    format!("{} · {} · {certain} · {reading}", region.unwrap_or(&answer.region), answer.rule_date)
}

fn certainty(certainty: Certainty, lang: Lang) -> &'static str {
    match certainty {
        Certainty::Certain => lang.of("确定", "certain"),
        Certainty::Derived => lang.of("推算", "derived"),
        Certainty::Uncertain => lang.of("不确定", "uncertain"),
        Certainty::Unknown => lang.of("未知", "unknown"),
    }
}

/// The terms are those of the official receipt: 自付 is the person's part within the catalogue, 自费 what is outside it.
fn sentence(s: &Settlement, lang: Lang) -> String {
    let [part, own, outside, account, cash] =
        [s.psn_part_amt, s.self_pay, s.own_expense, s.acct_pay, s.psn_cash_pay].map(yuan);
    match lang {
        Lang::Zh => {
            format!("您大约需个人负担 {part}，其中自付 {own}、自费 {outside}；个人账户可付 {account}，现金 {cash}。")
        }
        Lang::En => format!(
            "You bear about {part}: {own} within the catalogue (自付) and {outside} outside it (自费); \
             {account} can come from personal accounts, {cash} in cash."
        ),
    }
}

fn who_pays(s: &Settlement, lang: Lang) -> String {
    let rows = [
        (lang.of("医疗费总额", "Whole bill"), s.medfee_sumamt),
        (lang.of("统筹基金", "Pooled fund"), s.hifp_pay),
        (lang.of("居民大病保险", "Residents' catastrophic insurance"), s.hifmi_pay),
        (lang.of("职工大额补助", "Employees' large-cost subsidy"), s.hifob_pay),
        (lang.of("企业补充医疗保险", "Enterprise supplementary insurance"), s.hifes_pay),
        (lang.of("公务员医疗补助", "Civil servants' subsidy"), s.cvlserv_pay),
        (lang.of("医疗救助", "Medical assistance"), s.maf_pay),
        (lang.of("其他支出", "Other payments"), s.oth_pay),
        (lang.of("医院负担", "Hospital"), s.hosp_part_amt),
        (lang.of("基金支付合计", "Funds together"), s.fund_pay_sumamt),
        (lang.of("个人负担", "The person"), s.psn_part_amt),
        (lang.of("其中个人账户", "of it personal accounts"), s.acct_pay),
        (lang.of("其中家庭共济", "of it family sharing"), s.acct_mulaid_pay),
        (lang.of("其中现金", "of it cash"), s.psn_cash_pay),
        (lang.of("生育津贴", "Maternity allowance"), s.allowance),
    ];
    let sums = [0, 9, 10];
    let shown = rows.iter().enumerate().filter(|(i, (_, fen))| !fen.is_zero() || sums.contains(i));
    let mut table = plain([lang.of("谁付", "Who pays"), lang.of("金额（元）", "Yuan")]);
    for (_, (who, fen)) in shown {
        table.add_row([(*who).to_owned(), fen.yuan_grouped().to_string()]);
    }
    right(&mut table, 1);
    table.to_string()
}

fn steps(answer: &Answer, lang: Lang) -> String {
    let header = [
        lang.of("步骤", "Step"),
        lang.of("算式", "Formula"),
        lang.of("结果（元）", "Yuan"),
        lang.of("可靠性", "Certainty"),
        lang.of("依据", "Source"),
    ];
    let mut table = plain(header);
    for step in &answer.settlement.steps {
        let (title, formula) = match &step.texts {
            Some(texts) => (texts.title.clone(), texts.formula.clone()),
            None => (step.id.word().to_owned(), String::new()),
        };
        let result = step.result_fen.yuan_grouped().to_string();
        table.add_row([title, formula, result, certainty(step.certainty, lang).to_owned(), sources(answer, step)]);
    }
    right(&mut table, 2);
    table.to_string()
}

/// Document number where there is one, otherwise the title, of each source once.
fn sources(answer: &Answer, step: &Step) -> String {
    let mut named: Vec<&str> = Vec::new();
    for param in &step.params {
        let source = answer.cites.iter().find(|c| c.cite.key == param.cite);
        let name = source.map_or(&*param.cite, |c| c.cite.number.as_deref().unwrap_or(&c.cite.title));
        if !named.contains(&name) {
            named.push(name);
        }
    }
    named.join("; ")
}

fn notes(answer: &Answer, lang: Lang) -> Option<String> {
    let told = |d: &anxin_core::benefit::Diagnostic| {
        let fen = d.fen.map(|fen| format!(" ({})", yuan(fen))).unwrap_or_default();
        format!("- {}{}", d.message.as_deref().unwrap_or(d.code.word()), if d.message.is_some() { "" } else { &fen })
    };
    let mut lines: Vec<String> = answer.diagnostics.iter().map(told).collect();
    lines.extend(answer.mismatches.iter().map(|m| {
        let (official, ours) = (yuan(m.official_fen), yuan(m.ours_fen));
        match lang {
            Lang::Zh => format!("- 与结算单不一致：{} 为 {official}，本估算为 {ours}", m.field),
            Lang::En => format!("- The slip says {official} for {}, this estimate {ours}", m.field),
        }
    }));
    (!lines.is_empty()).then(|| format!("{}\n{}", lang.of("请注意", "Please note"), lines.join("\n")))
}

fn notice(answer: &Answer, lang: Lang) -> String {
    let (edition, digest) = (&answer.pack.edition, answer.pack.digest.get(..12).unwrap_or_default());
    match lang {
        Lang::Zh => format!("这是估算，不是结算。规则 {} 整理于 {edition}，摘要 {digest}…", answer.pack.id),
        Lang::En => {
            format!(
                "An estimate, not a settlement. Rules {} as compiled on {edition}, digest {digest}…",
                answer.pack.id
            )
        }
    }
}

fn compare(compared: &Compared, lang: Lang) -> String {
    let mut table = overview(&compared.answers, lang, |i| {
        if compared.cheapest == Some(i) { lang.of("个人负担最少", "least for the person") } else { "" }
    });
    right(&mut table, 2);
    table.to_string()
}

fn whole_year(year: &YearAnswer, lang: Lang) -> String {
    let table = overview(&year.answers, lang, |_| "");
    let (fund, person) = (yuan(year.fund_pay_fen), yuan(year.psn_part_fen));
    let total = match lang {
        Lang::Zh => format!("全年基金支付 {fund}，个人负担 {person}。"),
        Lang::En => format!("In the year the funds pay {fund} and the person {person}."),
    };
    format!("{table}\n\n{total}")
}

fn overview(answers: &[Answer], lang: Lang, remark: impl Fn(usize) -> &'static str) -> Table {
    let header = [
        "#",
        lang.of("规则日期", "Rules of"),
        lang.of("总费用", "Bill"),
        lang.of("基金支付", "Funds"),
        lang.of("个人负担", "Person"),
        lang.of("可靠性", "Certainty"),
        "",
    ];
    let mut table = plain(header);
    for (i, answer) in answers.iter().enumerate() {
        let s = &answer.settlement;
        let [bill, fund, person] =
            [s.medfee_sumamt, s.fund_pay_sumamt, s.psn_part_amt].map(|fen| fen.yuan_grouped().to_string());
        let known = certainty(answer.certainty, lang).to_owned();
        table.add_row([
            (i + 1).to_string(),
            answer.rule_date.to_string(),
            bill,
            fund,
            person,
            known,
            remark(i).to_owned(),
        ]);
    }
    for column in 2..5 {
        right(&mut table, column);
    }
    table
}

fn known_regions(regions: &[RegionOut]) -> String {
    let mut table = plain(["admdvs", "slug", "名称", "Name", "edition"]);
    for RegionOut { region, edition, .. } in regions {
        table.add_row([&region.admdvs, &region.slug, &region.name_zh, &region.name_en, edition]);
    }
    table.to_string()
}

/// What a pack holds.
pub fn pack(pack: &Inspected) -> String {
    let mut lines = vec![
        pack.id.clone(),
        format!("  edition  {}, layout {}", pack.edition, pack.schema),
        format!("  digest   {}", pack.digest),
        format!("  size     {} bytes", pack.bytes),
    ];
    if let Some(rules) = &pack.rules {
        let region = &rules.region;
        lines.push(format!("  region   {} {} {} ({})", region.admdvs, region.name_zh, region.name_en, region.slug));
        lines.push(format!("  rules    {}, {} listed diseases", rules.count, rules.diseases));
        let begins: Vec<String> = rules.begins.iter().map(ToString::to_string).collect();
        lines.push(format!("  begins   {}", begins.join(", ")));
        let mut table = plain(["source", "number", "date", "rules", "title"]);
        for source in &rules.sources {
            let or_dash = |text: &Option<String>| text.clone().unwrap_or_else(|| "-".into());
            table.add_row([
                source.key.clone(),
                or_dash(&source.number),
                or_dash(&source.date),
                source.rules.to_string(),
                source.title.clone(),
            ]);
        }
        lines.push(table.to_string());
    }
    lines.join("\n")
}

pub fn plain<const N: usize>(header: [&str; N]) -> Table {
    let mut table = Table::new();
    table.load_style(HEADER_LINE).set_header(header);
    table.set_content_arrangement(ContentArrangement::Dynamic).set_width(WIDTH);
    table
}

fn right(table: &mut Table, column: usize) {
    if let Some(column) = table.column_mut(column) {
        column.set_cell_alignment(CellAlignment::Right);
    }
}

fn yuan(fen: Fen) -> String {
    format!("¥{}", fen.yuan_grouped())
}
