//! The figures of a case in their order, with what comes of them.

use super::answer::{FigureOrigin, ForecastAnswer, ForecastLine, ForecastNote, ForecastNoteCode, LineId};
use super::case::{ForecastCase, ForecastPoint, MonthCase, PointPool, RateSaid, Sourced, YearCase};
use crate::benefit::Severity;
use crate::dip::settle::{self, Month, Pricing, Sharing, Year, YearEnd};
use crate::dip::{PointKind, PointValue};
use crate::error::{Refusal, RefusalCode};
use crate::money::{Fen, Rate};
use crate::preview::check::{AREA_AMOUNT_MAX, few, out_of_range, short};
use crate::preview::dip::SOURCE_BYTES_MAX;
use crate::rules::Basis;

/// Most steps of a sharing rule.
const STEPS_MAX: usize = 16;

/// Works out what a case asks for.
pub fn forecast(case: &ForecastCase) -> Result<ForecastAnswer, Refusal> {
    if case.month.is_none() && case.year.is_none() {
        return Err(Refusal::new(RefusalCode::Malformed, "", "month / year"));
    }
    let (point, point_lines) = point(&case.point).map_err(|r| r.within("point"))?;
    let month = match &case.month {
        Some(asked) => month(asked, &point).map_err(|r| r.within("month"))?,
        None => Vec::new(),
    };
    let (year, settled) = match &case.year {
        Some(asked) => year(asked, &point).map_err(|r| r.within("year"))?,
        None => (Vec::new(), true),
    };
    let shared = case.year.as_ref().is_none_or(|year| year.sharing.is_some());
    let all = || point_lines.iter().chain(&month).chain(&year);
    let notes = notes(all, point.kind, settled, shared);
    Ok(ForecastAnswer { point_kind: point.kind, point: point_lines, month, year, notes, notice: String::new() })
}

fn point(asked: &ForecastPoint) -> Result<(PointValue, Vec<ForecastLine>), Refusal> {
    let value = |yuan, kind, source: &str, date| PointValue {
        label: String::new(),
        yuan,
        kind,
        basis: Basis::Assumed,
        source: source.to_owned(),
        date,
    };
    match asked {
        ForecastPoint::Said(said) => {
            crate::preview::dip::own_point(said).map_err(|r| r.within("said"))?;
            let told = Sourced { value: said.yuan, source: said.source.clone(), date: said.date, assumed: false };
            Ok((value(said.yuan, said.kind, &said.source, said.date), vec![rate(LineId::PointValue, &told)?]))
        }
        ForecastPoint::Pool(pool) => {
            let (yuan, lines) = pooled(pool).map_err(|r| r.within("pool"))?;
            Ok((value(yuan, PointKind::Forecast, "", None), lines))
        }
    }
}

fn pooled(pool: &PointPool) -> Result<(Rate, Vec<ForecastLine>), Refusal> {
    let mut lines = vec![
        amount(LineId::PoolFund, &pool.fund).map_err(|r| r.within("fund"))?,
        rate(LineId::PoolFundRatio, &pool.fund_ratio).map_err(|r| r.within("fund_ratio"))?,
        rate(LineId::PoolScore, &pool.score).map_err(|r| r.within("score"))?,
    ];
    let yuan = settle::point_value(pool.fund.value, pool.fund_ratio.value, pool.score.value)?;
    lines.push(computed(LineId::PointValue, None, Some(yuan)));
    Ok((yuan, lines))
}

fn month(asked: &MonthCase, point: &PointValue) -> Result<Vec<ForecastLine>, Refusal> {
    let mut lines = vec![
        rate(LineId::MonthScore, &asked.score).map_err(|r| r.within("score"))?,
        amount(LineId::PatientPaid, &asked.patient_paid).map_err(|r| r.within("patient_paid"))?,
        rate(LineId::PrepayRatio, &asked.prepay_ratio).map_err(|r| r.within("prepay_ratio"))?,
        deductions(asked.deductions.as_ref())?,
    ];
    let month = Month {
        score: asked.score.value,
        patient_paid_fen: asked.patient_paid.value,
        prepay_ratio: asked.prepay_ratio.value,
        deductions_fen: asked.deductions.as_ref().map_or(Fen::ZERO, |said| said.value),
    };
    let paid = settle::month(&month, point)?;
    lines.push(computed(LineId::Prepayment, Some(paid.amount_fen), None));
    Ok(lines)
}

/// The lines of a year, and whether it could be settled.
fn year(asked: &YearCase, point: &PointValue) -> Result<(Vec<ForecastLine>, bool), Refusal> {
    let mut lines = vec![rate(LineId::YearScore, &asked.score).map_err(|r| r.within("score"))?];
    let pricing = match (&asked.base_share, &asked.fixed_point) {
        (Some(share), Some(fixed)) => {
            if !share.value.is_share() {
                return Err(Refusal::new(RefusalCode::BadShare, "base_share", "0..=1"));
            }
            lines.push(rate(LineId::BaseShare, share).map_err(|r| r.within("base_share"))?);
            lines.push(rate(LineId::FixedPoint, fixed).map_err(|r| r.within("fixed_point"))?);
            Pricing::Elastic { base_share: share.value, fixed: fixed.value }
        }
        (None, None) => Pricing::Whole,
        (Some(_), None) => return Err(Refusal::new(RefusalCode::Malformed, "fixed_point", "base_share, fixed_point")),
        (None, Some(_)) => return Err(Refusal::new(RefusalCode::Malformed, "base_share", "base_share, fixed_point")),
    };
    lines.push(rate(LineId::FundRatio, &asked.fund_ratio).map_err(|r| r.within("fund_ratio"))?);
    lines.push(assessment(asked.assessment.as_ref())?);
    lines.push(deductions(asked.deductions.as_ref())?);
    if let Some(said) = &asked.sharing {
        sharing(said).map_err(|r| r.within("sharing"))?;
    }
    let year = Year {
        score: asked.score.value,
        pricing,
        fund_ratio: asked.fund_ratio.value,
        assessment: asked.assessment.as_ref().map_or(Rate::ONE, |said| said.value),
        deductions_fen: asked.deductions.as_ref().map_or(Fen::ZERO, |said| said.value),
        booked_fen: asked.booked.value,
        prepaid_fen: asked.prepaid.value,
        sharing: asked.sharing.as_ref().map(|said| said.value.clone()),
    };
    let booked = amount(LineId::Booked, &asked.booked).map_err(|r| r.within("booked"))?;
    let prepaid = amount(LineId::Prepaid, &asked.prepaid).map_err(|r| r.within("prepaid"))?;
    let end = settle::year(&year, point)?;
    lines.extend(closed(&end, booked, prepaid, asked.sharing.as_ref()));
    Ok((lines, end.settled_fen.is_some()))
}

fn closed(
    end: &YearEnd,
    booked: ForecastLine,
    prepaid: ForecastLine,
    sharing: Option<&Sourced<Sharing>>,
) -> [ForecastLine; 6] {
    let mut settled = computed(LineId::Settled, end.settled_fen, None);
    if let Some(said) = sharing {
        (settled.source, settled.date, settled.rule_assumed) = (said.source.clone(), said.date, said.assumed);
    }
    [
        computed(LineId::Payable, Some(end.payable_fen), None),
        booked,
        computed(LineId::Difference, Some(end.difference_fen), None),
        settled,
        prepaid,
        computed(LineId::Balance, end.balance_fen, None),
    ]
}

fn line<T>(id: LineId, said: &Sourced<T>) -> Result<ForecastLine, Refusal> {
    short(&said.source, SOURCE_BYTES_MAX, || "source".into())?;
    let origin = if said.assumed { FigureOrigin::Assumed } else { FigureOrigin::Given };
    Ok(ForecastLine {
        id,
        fen: None,
        rate: None,
        origin,
        source: said.source.clone(),
        date: said.date,
        rule_assumed: false,
        title: None,
        text: None,
    })
}

fn rate(id: LineId, said: &RateSaid) -> Result<ForecastLine, Refusal> {
    Ok(ForecastLine { rate: Some(said.value), ..line(id, said)? })
}

/// Amounts of an area are larger than those of one stay; below zero there is none.
fn amount(id: LineId, said: &Sourced<Fen>) -> Result<ForecastLine, Refusal> {
    if said.value.is_negative() || said.value.get() > AREA_AMOUNT_MAX {
        return Err(out_of_range("value", format!("0–{AREA_AMOUNT_MAX}")));
    }
    Ok(ForecastLine { fen: Some(said.value), ..line(id, said)? })
}

fn deductions(said: Option<&Sourced<Fen>>) -> Result<ForecastLine, Refusal> {
    match said {
        Some(said) => amount(LineId::Deductions, said).map_err(|r| r.within("deductions")),
        None => Ok(left_out(LineId::Deductions, Some(Fen::ZERO), None)),
    }
}

fn assessment(said: Option<&RateSaid>) -> Result<ForecastLine, Refusal> {
    match said {
        Some(said) => {
            crate::preview::check::factor(said.value, "assessment.value")?;
            rate(LineId::Assessment, said).map_err(|r| r.within("assessment"))
        }
        None => Ok(left_out(LineId::Assessment, None, Some(Rate::ONE))),
    }
}

fn sharing(said: &Sourced<Sharing>) -> Result<(), Refusal> {
    short(&said.source, SOURCE_BYTES_MAX, || "source".into())?;
    for (steps, field) in [(&said.value.surplus, "value.surplus"), (&said.value.overrun, "value.overrun")] {
        few(steps.len(), STEPS_MAX, field)?;
        if steps.iter().any(|step| !step.share.is_share()) {
            return Err(Refusal::new(RefusalCode::BadShare, field, "0..=1"));
        }
        let ends: Vec<Option<Rate>> = steps.iter().map(|step| step.up_to).collect();
        let ascending = ends.iter().zip(ends.iter().skip(1)).all(|(a, b)| match (a, b) {
            (Some(a), Some(b)) => a < b,
            (Some(_), None) => true,
            (None, _) => false,
        });
        if !ascending {
            return Err(out_of_range(field, "ascending".into()));
        }
    }
    Ok(())
}

fn left_out(id: LineId, fen: Option<Fen>, rate: Option<Rate>) -> ForecastLine {
    ForecastLine { origin: FigureOrigin::LeftOut, ..computed(id, fen, rate) }
}

fn computed(id: LineId, fen: Option<Fen>, rate: Option<Rate>) -> ForecastLine {
    let origin = if fen.is_none() && rate.is_none() { FigureOrigin::Unknown } else { FigureOrigin::Computed };
    ForecastLine {
        id,
        fen,
        rate,
        origin,
        source: String::new(),
        date: None,
        rule_assumed: false,
        title: None,
        text: None,
    }
}

fn notes<'a, I: Iterator<Item = &'a ForecastLine>>(
    all: impl Fn() -> I,
    point: PointKind,
    settled: bool,
    shared: bool,
) -> Vec<ForecastNote> {
    let count =
        |fits: fn(&ForecastLine) -> bool| u16::try_from(all().filter(|line| fits(line)).count()).unwrap_or(u16::MAX);
    let assumed =
        count(|line| line.rule_assumed || matches!(line.origin, FigureOrigin::Assumed | FigureOrigin::LeftOut));
    let unsourced = count(|line| line.origin == FigureOrigin::Given && (line.source.is_empty() || line.date.is_none()));
    let sharing = if shared { ForecastNoteCode::SharingTooShort } else { ForecastNoteCode::NoSharing };
    let found = [
        (ForecastNoteCode::PointNotSettled, Severity::Caution, 0, point != PointKind::Settled),
        (sharing, Severity::Warning, 0, !settled),
        (ForecastNoteCode::Assumptions, Severity::Caution, assumed, assumed > 0),
        (ForecastNoteCode::Unsourced, Severity::Caution, unsourced, unsourced > 0),
    ];
    let found = found.into_iter().filter(|(.., holds)| *holds);
    found.map(|(code, severity, figures, _)| ForecastNote { code, severity, figures, text: None }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::preview::{AmountSaid, PointCase};
    use crate::text::{Lang, fill_forecast};

    fn rate(text: &str) -> RateSaid {
        Sourced { value: Rate::parse(text).unwrap(), source: "本院系统".into(), date: None, assumed: false }
    }

    fn yuan(text: &str) -> AmountSaid {
        Sourced { value: Fen::parse_yuan(text).unwrap(), source: String::new(), date: None, assumed: true }
    }

    fn said(text: &str) -> ForecastPoint {
        let kind = PointKind::Budget;
        ForecastPoint::Said(PointCase { yuan: Rate::parse(text).unwrap(), kind, source: "某市".into(), date: None })
    }

    fn month() -> MonthCase {
        MonthCase {
            score: rate("20000"),
            patient_paid: yuan("42000"),
            prepay_ratio: rate("0.9"),
            deductions: Some(yuan("500")),
        }
    }

    fn year() -> YearCase {
        YearCase {
            score: rate("100000"),
            base_share: None,
            fixed_point: None,
            fund_ratio: rate("0.6"),
            assessment: None,
            deductions: None,
            booked: yuan("300000"),
            prepaid: yuan("250000"),
            sharing: None,
        }
    }

    fn of(lines: &[ForecastLine], id: LineId) -> &ForecastLine {
        lines.iter().find(|line| line.id == id).unwrap()
    }

    #[test]
    fn a_month_is_told_with_its_figures() {
        let case = ForecastCase { point: said("5.5"), month: Some(month()), year: None };
        let mut answer = forecast(&case).unwrap();
        fill_forecast(&mut answer, Lang::Zh);
        let paid = of(&answer.month, LineId::Prepayment);
        assert_eq!(paid.fen, Fen::parse_yuan("60700"));
        assert_eq!(paid.text.as_deref(), Some("（20000 × 5.5 元 − 42,000.00 元）× 0.9 − 500.00 元 = 60,700.00 元"));
        assert_eq!(of(&answer.month, LineId::PatientPaid).origin, FigureOrigin::Assumed);
        let codes: Vec<(ForecastNoteCode, u16)> = answer.notes.iter().map(|note| (note.code, note.figures)).collect();
        let expected = [
            (ForecastNoteCode::PointNotSettled, 0),
            (ForecastNoteCode::Assumptions, 2),
            (ForecastNoteCode::Unsourced, 3),
        ];
        assert_eq!(codes, expected);
    }

    #[test]
    fn a_pool_gives_the_point_of_the_year() {
        let pool = PointPool { fund: yuan("120000000"), fund_ratio: rate("0.60"), score: rate("36500000") };
        let case = ForecastCase { point: ForecastPoint::Pool(pool), month: None, year: Some(year()) };
        let mut answer = forecast(&case).unwrap();
        fill_forecast(&mut answer, Lang::Zh);
        let point = of(&answer.point, LineId::PointValue);
        assert_eq!((point.rate, point.origin), (Rate::parse("5.479452"), FigureOrigin::Computed));
        assert_eq!(point.text.as_deref(), Some("120,000,000.00 元 ÷ 0.6 ÷ 36500000 = 5.479452 元"));
        // 100,000 × 5.479452 × 0.6 = 328,767.12; nobody says how the surplus is shared.
        assert_eq!(of(&answer.year, LineId::Payable).fen, Fen::parse_yuan("328767.12"));
        assert_eq!(of(&answer.year, LineId::Settled).origin, FigureOrigin::Unknown);
        assert_eq!(of(&answer.year, LineId::Assessment).origin, FigureOrigin::LeftOut);
        assert!(answer.notes.iter().any(|note| note.code == ForecastNoteCode::NoSharing));
    }

    #[test]
    fn a_year_is_shared_and_paid_out() {
        let share = |text: &str| Rate::parse(text).unwrap();
        let step = |up_to: Option<&str>, part: &str| settle::Step { up_to: up_to.map(share), share: share(part) };
        let rule = Sharing { surplus: vec![step(Some("0.05"), "1"), step(None, "0.5")], overrun: Vec::new() };
        let sharing = Some(Sourced { value: rule, source: "结算办法".into(), date: None, assumed: false });
        let asked = YearCase { sharing, assessment: Some(rate("0.98")), deductions: Some(yuan("1000")), ..year() };
        let case = |year| ForecastCase { point: said("5.5"), month: None, year: Some(year) };
        let mut answer = forecast(&case(asked.clone())).unwrap();
        fill_forecast(&mut answer, Lang::Zh);
        let settled = of(&answer.year, LineId::Settled);
        assert_eq!(
            settled.text.as_deref(),
            Some("记账 300,000.00 元 + 结余留用 18,700.00 元 = 318,700.00 元；分担办法：结算办法，未注明日期")
        );
        assert_eq!(of(&answer.year, LineId::Balance).fen, Fen::parse_yuan("68700"));
        let elastic = YearCase { base_share: Some(rate("0.8")), ..asked };
        assert_eq!(forecast(&case(elastic)).unwrap_err().field, "year.fixed_point");
        let neither = ForecastCase { point: said("5.5"), month: None, year: None };
        assert_eq!(forecast(&neither).unwrap_err().accepted, "month / year");
        let wrong = ForecastCase { point: said("0"), month: Some(month()), year: None };
        assert_eq!(forecast(&wrong).unwrap_err().field, "point.said.yuan");
        let ratio = ForecastCase {
            point: said("1"),
            month: Some(MonthCase { prepay_ratio: rate("90"), ..month() }),
            year: None,
        };
        assert_eq!(forecast(&ratio).unwrap_err().field, "month.prepay_ratio");
    }
}
