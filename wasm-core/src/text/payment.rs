use super::Lang;
use crate::drg::{Band, Unit};
use crate::money::Fen;
use crate::preview::{BandUnknown, CoefficientFrom, LinesFrom, Part, PartOrigin, PaymentOut, RemarkOut, Unpaid};
use crate::rules::Basis;

/// Stands beside every payment.
pub fn payment_notice(lang: Lang) -> &'static str {
    lang.of(
        "支付标准不是单例费用限额，不得据此推诿患者、要求提前出院或转自费。",
        "A payment standard is not a limit on one stay: nobody may be turned away, discharged early or made to pay themselves because of it.",
    )
}

/// The payment of a group in sentences: the standard, the two parts, the cost's band.
pub fn payment(payment: &PaymentOut, lang: Lang) -> String {
    let sentences = [
        Some(standard(payment, lang)),
        remarks(payment, lang),
        own_groups(payment, lang),
        Some(parts(payment, lang)),
        Some(band(payment, lang)),
    ];
    sentences.into_iter().flatten().collect::<Vec<_>>().join(lang.of("", " "))
}

fn standard(payment: &PaymentOut, lang: Lang) -> String {
    let unit = match payment.unit {
        Unit::Weight => lang.of("权重", "weight"),
        Unit::Points => lang.of("点数", "points"),
    };
    let (weight, yuan) = (payment.weight.unwrap_or_default(), payment.yuan);
    let (factor, days) = (coefficient(payment, lang), days(payment, lang));
    let region = lang.of(&payment.region_name.zh, &payment.region_name.en);
    match (payment.standard_fen, payment.unpaid) {
        (Some(fen), _) if payment.printed_fen.is_some() => printed(payment, fen, lang),
        (Some(fen), _) => {
            let fen = fen.yuan_grouped();
            let (basis, levels) = (basis(payment.basis, lang), without_levels(payment, lang));
            lang.of(
                format!(
                    "支付标准 {fen} 元 = {unit} {weight} × {yuan} 元 × {factor}{days}（{region}，{basis}{levels}）。"
                ),
                format!(
                    "Payment standard ¥{fen} = {unit} {weight} × ¥{yuan} × {factor}{days} ({region}, {basis}{levels})."
                ),
            )
        }
        (None, Some(Unpaid::NotGrouped)) => {
            lang.of("未入组，没有支付标准。".into(), "In no group, so there is no payment standard.".into())
        }
        (None, Some(Unpaid::NoLevel)) => lang.of(
            format!("{region}按医院等级确定系数，没有选择医院等级，支付标准未知。"),
            format!("{region} pays by the level of the hospital; without the level the payment standard is unknown."),
        ),
        (None, Some(Unpaid::NoCoefficient)) => lang.of(
            format!("{region}的表中没有这个病组在该等级医院的系数，支付标准未知。"),
            format!(
                "The table of {region} has no coefficient of this level for the group: the payment standard is unknown."
            ),
        ),
        (None, Some(Unpaid::NoDays)) => lang.of(
            "这个病组按床日付费，住院天数未知，支付标准未知。".into(),
            "The group is paid by the day; without the days in hospital the payment standard is unknown.".into(),
        ),
        (None, Some(Unpaid::OutOfRange)) => {
            lang.of("支付标准超出可计算的范围。".into(), "The payment standard is out of range.".into())
        }
        (None, _) => lang.of(
            format!("{region}的表中没有这个病组的{unit}，支付方式另定，不作推算。"),
            format!(
                "The table of {region} has no {unit} for this group: it is paid in another way, and nothing is guessed."
            ),
        ),
    }
}

/// A standard that the region's table prints itself.
fn printed(payment: &PaymentOut, fen: Fen, lang: Lang) -> String {
    let (fen, printed) = (fen.yuan_grouped(), payment.printed_fen.unwrap_or_default().yuan_grouped());
    let (factor, levels) = (coefficient(payment, lang), without_levels(payment, lang));
    let region = lang.of(&payment.region_name.zh, &payment.region_name.en);
    lang.of(
        format!("支付标准 {fen} 元 = 当地表中公布的标准 {printed} 元 × {factor}（{region}{levels}）。"),
        format!(
            "Payment standard ¥{fen} = ¥{printed}, as the region's own table prints it, × {factor} ({region}{levels})."
        ),
    )
}

fn coefficient(payment: &PaymentOut, lang: Lang) -> String {
    let factor = payment.coefficient.unwrap_or_default();
    match (&payment.level, payment.coefficient_from) {
        (Some(level), CoefficientFrom::Level) => {
            lang.of(format!("等级系数 {factor}（{level}）"), format!("coefficient {factor} (level {level})"))
        }
        _ => lang.of(format!("系数 {factor}"), format!("coefficient {factor}")),
    }
}

/// Why the coefficient is 1 where nobody said so.
fn without_levels(payment: &PaymentOut, lang: Lang) -> &'static str {
    match payment.coefficient_from {
        CoefficientFrom::None => {
            lang.of("；该表没有等级系数，按 1 计", "; the table has no coefficients of levels, so it is 1")
        }
        _ => "",
    }
}

/// The days of a group that is paid by the day.
fn days(payment: &PaymentOut, lang: Lang) -> String {
    payment.days.map_or_else(String::new, |days| lang.of(format!(" × {days} 床日"), format!(" × {days} days")))
}

/// What the region's table says of the group, and what became of it: a figure beside which something is not applied is
/// not the last word.
fn remarks(payment: &PaymentOut, lang: Lang) -> Option<String> {
    let said = |of: &[bool]| {
        let said = payment.remarks.iter().filter(|remark| of.contains(&remark.applied));
        said.map(|remark| remark.said.of(lang)).collect::<Vec<_>>().join(lang.of("；", "; "))
    };
    let sentence = |said: String, (zh, en): (&str, &str)| {
        let whole = lang.of(
            format!("当地的表对这个病组注明“{said}”{zh}。"),
            format!("The region's table says of this group “{said}”{en}."),
        );
        Some(whole).filter(|_| !said.is_empty())
    };
    let told = if payment.standard_fen.is_none() {
        vec![sentence(said(&[true, false]), ("", ""))]
    } else {
        let open = ("，本结果没有据此调整，实际支付可能不同", ", which is not applied here: what is paid may differ");
        vec![sentence(said(&[true]), ("，已计入金额", ", which is in the amount")), sentence(said(&[false]), open)]
    };
    let told: Vec<String> = told.into_iter().flatten().collect();
    Some(told.join(lang.of("", " "))).filter(|text| !text.is_empty())
}

/// Remarks in a cell of a table.
pub fn remarks_told(remarks: &[RemarkOut], lang: Lang) -> String {
    let told = |remark: &RemarkOut| {
        let fate = if remark.applied { "" } else { lang.of("（未据此调整）", " (not applied)") };
        format!("{}{fate}", remark.said.of(lang))
    };
    remarks.iter().map(told).collect::<Vec<_>>().join(lang.of("；", "; "))
}

/// What may be otherwise where the region has subdivided the scheme.
fn own_groups(payment: &PaymentOut, lang: Lang) -> Option<String> {
    (payment.own_groups && payment.standard_fen.is_some()).then(|| {
        lang.of(
            "该地另设有本地细分病组，同一编码的范围可能与本方案不同，金额仅供参考。".into(),
            "The region has groups of its own besides: one of the same code may differ from the scheme's, so the amount is a rough guide.".into(),
        )
    })
}

fn basis(basis: Basis, lang: Lang) -> &'static str {
    match basis {
        Basis::Quoted => lang.of("费率见于公布的表", "the price is quoted"),
        Basis::Derived => lang.of("费率由公布的金额反推", "the price is derived from published amounts"),
        Basis::Assumed => lang.of("费率未经核实", "the price is not corroborated"),
    }
}

fn parts(payment: &PaymentOut, lang: Lang) -> String {
    let (fund, patient) = (part(payment.fund, lang), part(payment.patient, lang));
    lang.of(
        format!("医保基金应付{fund}；个人负担{patient}。"),
        format!("Payable by the fund: {}; borne by the person: {}.", fund.trim(), patient.trim()),
    )
}

fn part(part: Part, lang: Lang) -> String {
    let yuan = |fen: Fen| lang.of(format!(" {} 元", fen.yuan_grouped()), format!(" ¥{}", fen.yuan_grouped()));
    match (part.fen, part.origin) {
        (Some(fen), PartOrigin::Computed) => {
            yuan(fen) + lang.of("（支付标准减个人负担）", " (the standard less the person's part)")
        }
        (Some(fen), _) => yuan(fen),
        (None, _) => lang.of("未知".into(), "unknown".into()),
    }
}

fn band(payment: &PaymentOut, lang: Lang) -> String {
    let (zh, en) = match (payment.band, payment.band_unknown) {
        (Some(Band::Low), _) => ("属于低倍率病例。", "The cost is below the low line (低倍率)."),
        (Some(Band::Normal), _) => ("费用在正常倍率之内。", "The cost is between the lines."),
        (Some(Band::High), _) => (
            "属于高倍率病例；当地有特例单议的，可以申请。",
            "The cost is above the high line (高倍率); where the region has special review (特例单议), it can be asked for.",
        ),
        (None, Some(BandUnknown::NoCost)) => {
            ("没有填写医疗费总额，不判断倍率。", "No cost is given, so there is no band.")
        }
        (None, Some(BandUnknown::NoThresholds)) => (
            "当地的高低倍率界线未知，也没有填写，不判断倍率。",
            "The region's lines are neither known nor given, so there is no band.",
        ),
        (None, Some(BandUnknown::NoLine)) => (
            "所填倍率界线不适用于这个权重，不判断倍率。",
            "None of the lines given is for this weight, so there is no band.",
        ),
        (None, _) => ("没有支付标准，不判断倍率。", "Without a standard there is no band."),
    };
    let told = lang.of(zh, en).to_owned();
    match payment.thresholds_from {
        LinesFrom::Region if payment.band.is_some() => told + &lines(payment, lang),
        _ => told,
    }
}

/// The region's own lines, as they were applied.
fn lines(payment: &PaymentOut, lang: Lang) -> String {
    let Some(lines) = &payment.thresholds else { return String::new() };
    let high: Vec<String> = lines.high.iter().map(|line| line.multiple.to_string()).collect();
    let (low, high) = (lines.low, high.join(lang.of("、", ", ")));
    lang.of(
        format!("界线取自该地的表：低于支付标准的 {low} 倍，高于 {high} 倍。"),
        format!(" The lines are of the region's table: below {low} times the standard, above {high} times."),
    )
}
