use super::{Lang, names};
use crate::benefit::{Diagnostic, DiagnosticCode};

/// A diagnostic in words, with the name of the figure and the amount that it is about.
pub fn diagnostic(note: &Diagnostic, lang: Lang) -> String {
    let figure = note.slot.map_or("", |s| names::slot(s, lang));
    let amount = note.fen.map(|f| f.yuan_grouped().to_string()).unwrap_or_default();
    let (zh, en) = match note.code {
        DiagnosticCode::FigureUnknown => (
            format!("没有查到本地的“{figure}”，所以结果是一个范围。请向参保地医保局（电话12393）询问。"),
            format!(
                "The local {figure} was not found, so the result is a range. Ask the local bureau (telephone 12393)."
            ),
        ),
        DiagnosticCode::FigureBounded => (
            format!("“{figure}”只查到上限或下限，结果按两端各算一次。请向参保地医保局（12393）核实。"),
            format!(
                "Only a limit of the {figure} was found; the result is computed at both ends. Ask the bureau (12393)."
            ),
        ),
        DiagnosticCode::FigureAssumed => (
            format!("“{figure}”等数字只见于未经核实的网页，结果不确定。"),
            format!("The {figure} and others come from an uncorroborated page: the result is uncertain."),
        ),
        DiagnosticCode::BeforeSource => (
            format!("“{figure}”的施行日期没有公布，所查资料晚于就诊日期，结果不确定。"),
            format!("When the {figure} began is not published and the source is later than the visit: uncertain."),
        ),
        DiagnosticCode::SourceOld => (
            format!("“{figure}”的资料距就诊日期已超过三年，可能已经调整，请核实。"),
            format!("The source of the {figure} is more than three years older than the visit and may be superseded."),
        ),
        DiagnosticCode::NotInForceYet => (
            format!("就诊日期早于已知“{figure}”的施行日期，当时的数字没有查到。"),
            format!("The visit is before the known {figure} began; the figure of that time was not found."),
        ),
        DiagnosticCode::OpenReading => (
            format!("资料没有写明限额或分段的口径，另一种读法下基金支付相差 {amount} 元。"),
            format!(
                "The source leaves the reading of a cap or band open; read the other way, funds differ by ¥{amount}."
            ),
        ),
        DiagnosticCode::SplitAssumed => (
            "自费和先行自付的比例是假设的，所以结果是一个范围；填入票据上的数字可以更准。".into(),
            "The own-expense share is assumed, so the result is a range; figures from the receipt make it exact."
                .into(),
        ),
        DiagnosticCode::SlipOutOfBalance => (
            format!("结算单上的总额、基金支付和个人负担不平，相差 {amount} 元。"),
            format!("The slip's total, fund payments and personal part do not add up: ¥{amount} apart."),
        ),
        DiagnosticCode::LimitNotFound => (
            format!(
                "没有查到本地的“{figure}”。只要全年累计不超过 {amount} 元，就按未达到限额计算；接近这个数时请先询问医保局（12393）。"
            ),
            format!(
                "The local {figure} was not found. As long as the year stays below ¥{amount} it is taken not to bind; nearer to it, ask the bureau (12393)."
            ),
        ),
        DiagnosticCode::CapReached => (format!("已达到“{figure}”。"), format!("The {figure} is reached.")),
        DiagnosticCode::RegionCaution => (
            "这个地区的资料不可靠或已过时，结果只能作粗略参考。".into(),
            "The figures of this region are unreliable or old: take the result as a rough guide only.".into(),
        ),
        DiagnosticCode::CoverNotInForce => (
            "参保状态不正常（等待期、断保或新生儿待登记），基金是否支付没有查到依据，请先向医保局（12393）确认。"
                .into(),
            "Cover is not plainly in force (waiting, lapsed or a newborn); ask the bureau (12393) whether funds pay."
                .into(),
        ),
        DiagnosticCode::OtherCatalogue => (
            "跨省就医执行就医地目录，自费和先行自付的划分可能与本地不同。".into(),
            "Out of province the catalogue of the place of treatment applies: the split of the bill may differ.".into(),
        ),
        DiagnosticCode::MayBeSplit => (
            "这次住院跨年度，按出院日所在年度的规则计算；有的地方可以申请分段结算。".into(),
            "The stay crosses a year end and is settled by the year of discharge; some areas split it on request."
                .into(),
        ),
        DiagnosticCode::BurdenNotCounted => (
            "门诊的个人负担是否计入大病保险和医疗救助，没有查到规定，这里没有计入。".into(),
            "Whether outpatient costs count toward catastrophic insurance and assistance was not found; they are not counted."
                .into(),
        ),
        DiagnosticCode::Notch => (
            "费用在此处略有变化时，个人负担会跳一级。".into(),
            "At this point the person's part changes by a step.".into(),
        ),
    };
    lang.of(zh, en)
}
