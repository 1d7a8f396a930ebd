//! What a report says, in words.

use anxin_core::dip::{DraftError, GrammarError};
use anxin_core::text::Lang;

use crate::field::Field;
use crate::local::WhyNot;
use crate::quality::Quality;
use crate::report::{Doubt, DoubtKind, Problem, Reason};

impl Field {
    /// `病种编码`
    pub fn title(self, lang: Lang) -> &'static str {
        let (zh, en) = match self {
            Field::Group => ("病种（病组）编码", "code of the group"),
            Field::Diagnosis => ("主要诊断编码", "principal diagnosis"),
            Field::DiagnosisName => ("诊断名称", "name of the diagnosis"),
            Field::Main => ("主要手术操作编码", "main operation"),
            Field::Related => ("相关手术操作编码", "related operations"),
            Field::Kind => ("病种类型", "kind of group"),
            Field::Class => ("治疗方式", "treatment"),
            Field::Score => ("病种分值", "score"),
            Field::MeanCost => ("次均费用", "mean cost"),
            Field::BaseLevel => ("基层病种", "base level"),
            Field::Weight => ("权重（点数）", "weight or points"),
            Field::Price => ("费率（点值）", "price"),
            Field::Coefficient => ("等级系数", "coefficient of a level"),
            Field::GroupName => ("病组名称", "name of the group"),
            Field::Condition => ("入组条件", "condition of the group"),
            Field::Label => ("险种（医疗机构）", "whose it is"),
            Field::Source => ("来源", "source"),
            Field::Date => ("日期", "date"),
            Field::Operation => ("手术操作编码", "operation"),
            Field::OperationClass => ("手术操作类型", "class of the operation"),
        };
        lang.of(zh, en)
    }
}

/// `工作表“目录”第 5 行`, or `第 5 行` in a file that has no sheets.
fn place(sheet: &str, row: u32, lang: Lang) -> String {
    match sheet {
        "" => lang.of(format!("第 {row} 行"), format!("Row {row}")),
        _ => lang.of(format!("工作表“{sheet}”第 {row} 行"), format!("Sheet {sheet:?}, row {row}")),
    }
}

impl Problem {
    /// Why the row is not taken, in one sentence.
    pub fn told(&self, lang: Lang) -> String {
        let place = place(&self.sheet, self.row, lang);
        let field = self.field.map(|field| field.title(lang)).unwrap_or_default();
        let field = if field.is_empty() { String::new() } else { lang.of(format!("，{field}"), format!(", {field}")) };
        let stands = if self.text.is_empty() {
            String::new()
        } else {
            lang.of(format!("“{}”", self.text), format!(" {:?}", self.text))
        };
        let why = reason(&self.reason, lang);
        lang.of(format!("{place}{field}{stands}：{why}。"), format!("{place}{field}{stands}: {why}."))
    }
}

fn reason(reason: &Reason, lang: Lang) -> String {
    let (zh, en) = match reason {
        Reason::NoCode => ("没有编码", "there is no code"),
        Reason::Grammar(e) | Reason::Group(DraftError::Grammar(e)) => return grammar(e, lang),
        Reason::Group(DraftError::Repeated) => ("编码与前面的行重复", "the code stands there twice"),
        Reason::Group(DraftError::TooMany) => ("超出一个目录所能容纳的数量", "more than one catalogue can hold"),
        Reason::Group(DraftError::Class) => {
            ("治疗方式与病种类型不符", "the treatment does not go with the kind of group")
        }
        Reason::Group(DraftError::NoMain) => {
            ("有相关手术操作，却没有主要手术操作", "related operations stand there without a main one")
        }
        Reason::Group(DraftError::NoDiagnosis) => ("没有诊断编码", "there is no diagnosis"),
        Reason::NotANumber => ("不是正数", "it is no number above zero"),
        Reason::NotADate => ("不是日期", "it is no date"),
        Reason::CodeAsNumber { perhaps } => {
            return lang.of(
                format!("编码被表格软件存成了数字，末尾的 0 可能已丢失，原来可能是 {perhaps}，请改为文本格式"),
                format!("a spreadsheet took the code for a number and zeros may be gone; it may have been {perhaps}"),
            );
        }
        Reason::CodeAsDate => ("编码被表格软件存成了日期，请改为文本格式", "a spreadsheet took the code for a date"),
        Reason::UnknownWord => ("不是可识别的类型", "it is a word that is not known"),
        Reason::ErrorCell => ("单元格是错误值", "the cell holds an error"),
        Reason::Undecodable => ("含有无法识别的字符", "it has bytes that the encoding does not have"),
    };
    lang.of(zh, en).to_owned()
}

fn grammar(error: &GrammarError, lang: Lang) -> String {
    let zh = match error {
        GrammarError::Empty => "缺少编码".to_owned(),
        GrammarError::NotAnOperation(text) => format!("“{text}”不是手术操作编码"),
        GrammarError::NotAKey(text) => format!("“{text}”不是诊断编码、类目、CPnn 或 KBBZ"),
        GrammarError::ForeignSign(sign) => format!("“{sign}”不是这一版目录使用的符号"),
        GrammarError::TooMany => "可选编码过多".to_owned(),
    };
    lang.of(zh, error.to_string())
}

impl Doubt {
    /// What should be looked at, in one sentence.
    pub fn told(&self, lang: Lang) -> String {
        let (place, group) = (place(&self.sheet, self.row, lang), &self.group);
        let (zh, en) = match &self.kind {
            DoubtKind::UnknownCode { code } => {
                (format!("{code} 不在医保版编码库内"), format!("{code} is not in the insurance edition"))
            }
            DoubtKind::FromClinical { from, to } => (
                format!("{from} 是国家临床版编码，已映射为医保版 {to}"),
                format!("{from} is a code of the clinical edition, taken as {to}"),
            ),
            DoubtKind::ScoreOutOfLine { found, usual } => (
                format!("分值与次均费用不相称，每千元 {found} 分，其他行一般为 {usual} 分"),
                format!("the score does not go with the mean cost: {found} points per ¥1,000, usually {usual}"),
            ),
            DoubtKind::NotLaid { why } => return not_laid(&place, group, why, lang),
            DoubtKind::NoScore => ("没有分值".into(), "there is no score".into()),
            DoubtKind::DiagnosisFromAbove => {
                ("诊断取自上方的行（合并单元格）".into(), "the diagnosis stands in a row above (merged cells)".into())
            }
        };
        lang.of(format!("{place}，{group}：{zh}。"), format!("{place}, {group}: {en}."))
    }
}

fn not_laid(place: &str, group: &str, why: &WhyNot, lang: Lang) -> String {
    let (zh, en) = match why {
        WhyNot::NoAdrg => ("基础方案没有这个 ADRG".to_owned(), "the base scheme has no such ADRG".to_owned()),
        WhyNot::Words(words) => {
            (format!("入组条件“{words}”未能识别"), format!("the condition {words:?} is not understood"))
        }
        WhyNot::SameAs(other) => {
            (format!("入组条件与 {other} 相同"), format!("its condition is the same as that of {other}"))
        }
    };
    let adrg = group.get(..3).unwrap_or_default();
    lang.of(
        format!("{place}，{group}：{zh}，{adrg} 仍按基础方案分组。"),
        format!("{place}, {group}: {en}; {adrg} is grouped as the base scheme does."),
    )
}

impl Quality {
    /// The counts in one sentence each.
    pub fn told(&self, lang: Lang) -> Vec<String> {
        let Quality { rows, taken, duplicates, unknown_codes, mapped, without_score, out_of_line, checked } = *self;
        let left = rows.saturating_sub(taken);
        let mut told = vec![lang.of(
            format!("共 {rows} 行，读取 {taken} 行，未读取 {left} 行，其中编码重复 {duplicates} 行。"),
            format!("{rows} rows, {taken} taken, {left} not, {duplicates} of them repeated."),
        )];
        told.push(if checked {
            lang.of(
                format!("不在医保版编码库内的编码 {unknown_codes} 个，由临床版映射的编码 {mapped} 个。"),
                format!("{unknown_codes} codes not in the insurance edition, {mapped} mapped from the clinical one."),
            )
        } else {
            lang.of("编码未与医保版核对。".into(), "Codes were not checked against the insurance edition.".into())
        });
        told.push(lang.of(
            format!("没有分值的 {without_score} 行，分值与次均费用不相称的 {out_of_line} 行。"),
            format!("{without_score} rows without a score, {out_of_line} whose score does not go with the mean cost."),
        ));
        told
    }
}
