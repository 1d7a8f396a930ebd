//! A hospital's forecast in words: what each figure is, and how it came about or who says so.

use super::Lang;
use crate::dip::PointKind;
use crate::money::{Fen, Rate};
use crate::preview::{FigureOrigin, ForecastAnswer, ForecastLine, ForecastNote, ForecastNoteCode, LineId};

/// Writes every text of a forecast.
pub fn fill_forecast(answer: &mut ForecastAnswer, lang: Lang) {
    let known = Figures::of(answer);
    for line in answer.point.iter_mut().chain(&mut answer.month).chain(&mut answer.year) {
        line.title = Some(forecast_title(line.id, lang).to_owned());
    }
    for (lines, of_month) in [(&mut answer.point, false), (&mut answer.month, true), (&mut answer.year, false)] {
        for line in lines {
            line.text = Some(match line.origin {
                FigureOrigin::Computed => known.formula(line, of_month, lang),
                FigureOrigin::Unknown => lang.of("未知，不作推算", "unknown, nothing is guessed").to_owned(),
                FigureOrigin::LeftOut => left_out(line, lang),
                FigureOrigin::Given | FigureOrigin::Assumed => said(line, answer.point_kind, lang),
            });
        }
    }
    for note in &mut answer.notes {
        note.text = Some(self::note(note, lang));
    }
    answer.notice = lang
        .of(
            "本结果为测算，不是拨付，也不是清算；以医保经办机构核定为准。",
            "This is a forecast, neither a payment nor a settlement: what the insurer determines holds.",
        )
        .to_owned();
}

/// What a figure is called.
pub fn forecast_title(id: LineId, lang: Lang) -> &'static str {
    match id {
        LineId::PoolFund => lang.of("全市 DIP 基金总额", "DIP fund of the area"),
        LineId::PoolFundRatio => lang.of("基金支付比例（全市）", "Fund ratio (area)"),
        LineId::PoolScore => lang.of("全市总分值", "Scores of the area"),
        LineId::PointValue => lang.of("点值", "Point value"),
        LineId::MonthScore => lang.of("本月总分值", "Score of the month"),
        LineId::PatientPaid => lang.of("本月个人负担", "Paid by patients"),
        LineId::PrepayRatio => lang.of("预付比例", "Prepaid share"),
        LineId::Deductions => lang.of("扣款", "Deductions"),
        LineId::Prepayment => lang.of("本月预付", "Prepayment of the month"),
        LineId::YearScore => lang.of("全年总分值", "Score of the year"),
        LineId::BaseShare => lang.of("按固定点值结算的比例", "Share at the fixed point"),
        LineId::FixedPoint => lang.of("固定点值", "Fixed point value"),
        LineId::FundRatio => lang.of("基金支付比例", "Fund ratio"),
        LineId::Assessment => lang.of("考核系数", "Assessment"),
        LineId::Payable => lang.of("应付总额", "Payable by score"),
        LineId::Booked => lang.of("记账金额", "Booked to the fund"),
        LineId::Difference => lang.of("应付与记账之差", "Payable less booked"),
        LineId::Settled => lang.of("年终清算总额", "Settled for the year"),
        LineId::Prepaid => lang.of("已预付", "Prepaid"),
        LineId::Balance => lang.of("清算应补（负数为应退）", "Still due (below zero: to be returned)"),
    }
}

/// `本院结算系统，2026-10-31`, and that it is assumed where it is.
fn said(line: &ForecastLine, point: PointKind, lang: Lang) -> String {
    let kind = (line.id == LineId::PointValue).then(|| match point {
        PointKind::Budget => lang.of("预算点值", "a budget value"),
        PointKind::Forecast => lang.of("预估点值", "a forecast"),
        PointKind::Settled => lang.of("结算点值", "of a closed year"),
    });
    let assumed = (line.origin == FigureOrigin::Assumed).then(|| lang.of("假设", "assumed"));
    let source = if line.source.is_empty() { lang.of("未注明来源", "no source given") } else { &line.source };
    let date = line.date.map_or_else(|| lang.of("未注明日期", "no date given").to_owned(), |date| date.to_string());
    let parts = kind.into_iter().chain(assumed).chain([source, date.as_str()]);
    parts.collect::<Vec<_>>().join(lang.of("，", ", "))
}

fn left_out(line: &ForecastLine, lang: Lang) -> String {
    match (line.fen, line.rate) {
        (Some(fen), _) => {
            let fen = fen.yuan_grouped();
            lang.of(format!("没有填写，假设为 {fen} 元"), format!("left out, assumed ¥{fen}"))
        }
        (_, rate) => {
            let rate = plain(rate);
            lang.of(format!("没有填写，假设为 {rate}"), format!("left out, assumed {rate}"))
        }
    }
}

fn note(note: &ForecastNote, lang: Lang) -> String {
    let n = note.figures;
    match note.code {
        ForecastNoteCode::PointNotSettled => lang.of(
            "点值不是结算点值，清算前会变动，结果随之变动。".into(),
            "The point value is not that of a closed year: it will change, and the results with it.".into(),
        ),
        ForecastNoteCode::NoSharing => lang.of(
            "没有填写结余留用和超支分担办法，清算总额和应补（退）金额未知。".into(),
            "No rule says how surplus and overrun are shared, so what is settled and still due is unknown.".into(),
        ),
        ForecastNoteCode::SharingTooShort => lang.of(
            "差额超出所填结余留用和超支分担办法的范围，清算总额和应补（退）金额未知。".into(),
            "The difference goes beyond the last step of the sharing rule, so what is settled and still due is unknown."
                .into(),
        ),
        ForecastNoteCode::Assumptions => lang.of(
            format!("有 {n} 项是假设，已逐项标出。"),
            format!("{n} figures are assumed; each is marked."),
        ),
        ForecastNoteCode::Unsourced => lang.of(
            format!("有 {n} 项没有注明来源或日期。"),
            format!("{n} figures have no source or no date."),
        ),
    }
}

/// The figures of an answer, by what they are.
struct Figures(Vec<(LineId, bool, Option<Fen>, Option<Rate>)>);

impl Figures {
    fn of(answer: &ForecastAnswer) -> Figures {
        let month = answer.month.iter().map(|line| (line, true));
        let rest = answer.point.iter().chain(&answer.year).map(|line| (line, false));
        Figures(rest.chain(month).map(|(line, month)| (line.id, month, line.fen, line.rate)).collect())
    }

    fn find(&self, id: LineId, of_month: bool) -> Option<(Option<Fen>, Option<Rate>)> {
        let found = self.0.iter().find(|(known, month, ..)| *known == id && *month == of_month);
        found.map(|(.., fen, rate)| (*fen, *rate))
    }

    fn fen(&self, id: LineId, of_month: bool) -> Fen {
        self.find(id, of_month).and_then(|(fen, _)| fen).unwrap_or(Fen::ZERO)
    }

    fn rate(&self, id: LineId, of_month: bool) -> String {
        plain(self.find(id, of_month).and_then(|(_, rate)| rate))
    }

    /// How a figure came about.
    fn formula(&self, line: &ForecastLine, of_month: bool, lang: Lang) -> String {
        let yuan = |fen: Fen| lang.of(format!("{} 元", fen.yuan_grouped()), format!("¥{}", fen.yuan_grouped()));
        let amount = |id| yuan(self.fen(id, of_month));
        let rate = |id| self.rate(id, of_month);
        let point = lang.of(
            format!("{} 元", self.rate(LineId::PointValue, false)),
            format!("¥{}", self.rate(LineId::PointValue, false)),
        );
        let result = yuan(line.fen.unwrap_or(Fen::ZERO));
        let (open, close) = lang.of(("（", "）"), ("(", ") "));
        match line.id {
            LineId::PointValue => format!(
                "{} ÷ {} ÷ {} = {point}",
                amount(LineId::PoolFund),
                rate(LineId::PoolFundRatio),
                rate(LineId::PoolScore)
            ),
            LineId::Prepayment => format!(
                "{open}{} × {point} − {}{close}× {} − {} = {result}",
                rate(LineId::MonthScore),
                amount(LineId::PatientPaid),
                rate(LineId::PrepayRatio),
                amount(LineId::Deductions)
            ),
            LineId::Payable => {
                let priced = self.priced(&point, lang);
                let gap = if priced.ends_with('）') { "" } else { " " };
                let (ratio, factor) = (rate(LineId::FundRatio), rate(LineId::Assessment));
                format!("{priced}{gap}× {ratio} × {factor} − {} = {result}", amount(LineId::Deductions))
            }
            LineId::Difference => {
                let word = match line.fen {
                    Some(fen) if fen.is_negative() => lang.of("超支", "an overrun"),
                    Some(fen) if !fen.is_zero() => lang.of("结余", "a surplus"),
                    _ => lang.of("持平", "even"),
                };
                let (payable, booked) = (amount(LineId::Payable), amount(LineId::Booked));
                format!("{payable} − {booked} = {result}{}{word}", lang.of("，", ", "))
            }
            LineId::Settled => self.settled(line, lang),
            LineId::Balance => format!("{} − {} = {result}", amount(LineId::Settled), amount(LineId::Prepaid)),
            _ => result,
        }
    }

    /// Score × point, or the two parts of an elastic point.
    fn priced(&self, point: &str, lang: Lang) -> String {
        let score = self.rate(LineId::YearScore, false);
        if self.find(LineId::BaseShare, false).is_none() {
            return format!("{score} × {point}");
        }
        let (share, fixed) = (self.rate(LineId::BaseShare, false), self.rate(LineId::FixedPoint, false));
        lang.of(
            format!("（{score} × {share} × {fixed} 元 + {score} ×（1 − {share}）× {point}）"),
            format!("({score} × {share} × ¥{fixed} + {score} × (1 − {share}) × {point})"),
        )
    }

    fn settled(&self, line: &ForecastLine, lang: Lang) -> String {
        let (booked, difference) = (self.fen(LineId::Booked, false), self.fen(LineId::Difference, false));
        let settled = line.fen.unwrap_or(Fen::ZERO);
        let rule = if line.source.is_empty() && difference.is_zero() { String::new() } else { rule(line, lang) };
        let (whole, total) = (booked.yuan_grouped(), settled.yuan_grouped());
        if difference.is_negative() {
            let over = Fen::ZERO.checked_sub(difference).unwrap_or(Fen::ZERO);
            let borne = settled.checked_sub(booked).and_then(|fen| fen.checked_add(over)).unwrap_or(Fen::ZERO);
            let (over, borne) = (over.yuan_grouped(), borne.yuan_grouped());
            return lang.of(
                format!("记账 {whole} 元 − 超支 {over} 元 + 基金分担 {borne} 元 = {total} 元{rule}"),
                format!("booked ¥{whole} − overrun ¥{over} + borne by the fund ¥{borne} = ¥{total}{rule}"),
            );
        }
        let kept = settled.checked_sub(booked).unwrap_or(Fen::ZERO).yuan_grouped();
        lang.of(
            format!("记账 {whole} 元 + 结余留用 {kept} 元 = {total} 元{rule}"),
            format!("booked ¥{whole} + surplus kept ¥{kept} = ¥{total}{rule}"),
        )
    }
}

/// Who says how a difference is shared.
fn rule(line: &ForecastLine, lang: Lang) -> String {
    let source = if line.source.is_empty() { lang.of("未注明来源", "no source given") } else { &line.source };
    let date = line.date.map_or_else(|| lang.of("未注明日期", "no date given").to_owned(), |date| date.to_string());
    let assumed = if line.rule_assumed { lang.of("（假设）", " (assumed)") } else { "" };
    lang.of(format!("；分担办法{assumed}：{source}，{date}"), format!("; rule{assumed}: {source}, {date}"))
}

fn plain(rate: Option<Rate>) -> String {
    rate.map_or_else(String::new, |rate| rate.get().normalize().to_string())
}
