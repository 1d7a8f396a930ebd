//! Words about DIP. Sentences about a grouping come from the core.

use anxin_core::dip::{Band, Kind, Path, PointKind};
use anxin_core::preview::DipFate;

crate::i18n::texts! {
    /// A text about DIP.
    D

    // Payment
    PaymentHint { "按本目录的病种分值和填写的数据测算，只针对如实填写的这份编码。不知道的可以不填，相应的结果就不计算。", "By the catalogue's scores and what is entered here, for the coding as recorded only. What is left blank is not computed." }
    TableHint { "表中没有这两列，或某一行没有填写时，按这里填写的计算；都没有的就不计算。", "Taken for rows that do not say it themselves. What neither says is not computed." }
    PeerQ { "上一年同级医疗机构次均费用", "Last year's mean cost, same level" }
    CoefficientQ { "医疗机构系数", "Coefficient of the hospital" }
    HospitalQ { "目录所列的医疗机构系数（已填系数时以所填为准）", "A coefficient of the catalogue (one that is entered goes before)" }
    HospitalNone { "不选", "None" }
    HospitalChoice { "{0}：{1}（{2}，{3}）", "{0}: {1} ({2}, {3})" }
    AuxiliaryLegend { "辅助目录（选填）", "Auxiliary catalogue (optional)" }
    AuxiliaryHint { "按当地辅助目录填写这次住院符合的类型和系数，只取最高的一项。", "The types of the area's auxiliary catalogue that the stay matches, each with its factor. The highest alone applies." }
    AuxiliaryType { "类型 {0}", "Type {0}" }
    AuxiliaryNone { "无", "None" }
    AuxiliaryFactor { "系数 {0}", "Factor {0}" }
    Auxiliary { "辅助目录系数", "Auxiliary factor" }
    PointQ { "点值", "Point value" }
    PointNone { "不填", "Not entered" }
    PointChoice { "{0}：{1} 元", "{0}: ¥{1}" }
    PointOwn { "自行填写", "Enter one" }
    PointYuanQ { "每分多少元", "Yuan for one point" }
    PointKindQ { "点值性质", "What kind of value" }
    PointSourceQ { "点值来源", "Who published it" }
    PointDateQ { "公布日期", "Published on" }
    PointBudget { "预算点值", "budget value" }
    PointForecast { "预估点值", "forecast" }
    PointSettled { "结算点值", "of a closed year" }
    SpecialLegend { "特例单议还会看的情况（选填）", "What special review may look at (optional)" }
    LongDaysQ { "当地认定住院时间长的天数", "Days from which a stay is long locally" }
    IntensiveQ { "有重症监护", "There was intensive care" }
    NovelQ { "使用了新药或新技术", "A new drug or technique was used" }

    // Result
    KindCore { "核心病种", "Core group" }
    KindComprehensive { "综合病种", "Comprehensive group" }
    KindChapter { "按疾病章归入", "By chapter" }
    KindBlank { "空白病组", "Blank group" }
    KindBedDay { "床日病种", "Bed-day group" }
    KindTcm { "中医优势病种", "Traditional medicine" }
    KindPre { "先期分组病种", "Pre-group" }
    BaseLevel { "基层病种", "Base level" }
    LayerTitle { "入组层次", "The layer that took the stay" }
    LayerPre { "先期分组", "Pre-groups" }
    LayerCore { "核心病种", "Core groups" }
    LayerComprehensive { "综合病种", "Comprehensive groups" }
    LayerChapter { "疾病章", "Chapters" }
    LayerBlank { "空白病组", "Blank group" }
    LayerBedDay { "床日病种", "Bed-day groups" }
    LayerTcm { "中医优势病种", "Traditional medicine" }
    LayerIncomplete { "缺少必需项目", "A field is missing" }
    LayerUngrouped { "未入组", "In no group" }
    LayerExcluded { "主要诊断被排除", "Principal excluded" }
    LayerInvalid { "主要诊断无效", "No valid principal" }
    CandidatesTitle { "与主要诊断有关的病种", "Groups that the diagnosis leads to" }
    ColGroup { "病种", "Group" }
    ColFate { "结果", "Outcome" }
    FateTaken { "入组", "Taken" }
    FateFits { "也符合", "Fits too" }
    FateLacks { "不符合", "Does not fit" }
    FateApart { "未用到", "Not asked for" }
    HintsTitle { "请对照病历核对", "To be checked against the record" }
    HintsHint { "编码应当如实反映病历。", "Coding must reflect the record." }
    RowLayer { "入组层次", "Layer" }
    RowKind { "病种类型", "Kind of group" }

    // Score
    ScoreTitle { "分值与支付", "Score and payment" }
    GroupScore { "病种分值", "Score of the group" }
    Coefficient { "系数", "Coefficient" }
    Deviation { "偏差系数", "Deviation" }
    CaseScore { "病例分值", "Score of the stay" }
    PointValue { "点值", "Point value" }
    PointSaid { "{0}，{1}，{2}，{3}", "{0}, {1}, {2}, {3}" }
    NoSource { "未注明来源", "no source given" }
    NoDate { "未注明日期", "no date given" }
    ScaleLabel { "费用是比较基准的 {0} 倍，{1}。下限 {2} 倍，上限 {3} 倍。", "Cost: {0} times what it is compared with, {1}. Lower line {2}, upper line {3}." }
    ScaleTimes { "{0} 倍", "{0}×" }
    BandLow { "费用偏低", "Low cost" }
    BandNormal { "正常", "Normal" }
    BandHigh { "费用偏高", "High cost" }
}

pub fn kind_name(kind: Kind) -> D {
    match kind {
        Kind::Core => D::KindCore,
        Kind::Comprehensive => D::KindComprehensive,
        Kind::Chapter => D::KindChapter,
        Kind::Blank => D::KindBlank,
        Kind::BedDay => D::KindBedDay,
        Kind::Tcm => D::KindTcm,
        Kind::Pre => D::KindPre,
    }
}

pub fn path_name(path: Path) -> D {
    match path {
        Path::PreGroup => D::LayerPre,
        Path::Core => D::LayerCore,
        Path::Comprehensive => D::LayerComprehensive,
        Path::Chapter => D::LayerChapter,
        Path::Blank => D::LayerBlank,
        Path::BedDay => D::LayerBedDay,
        Path::Tcm => D::LayerTcm,
        Path::Ungrouped => D::LayerUngrouped,
        Path::Excluded => D::LayerExcluded,
        Path::InvalidDx => D::LayerInvalid,
        Path::Incomplete => D::LayerIncomplete,
    }
}

pub fn band_name(band: Band) -> D {
    match band {
        Band::Low => D::BandLow,
        Band::Normal => D::BandNormal,
        Band::High => D::BandHigh,
    }
}

/// What became of a group, in a word; the sentence beside it says why.
pub fn fate_name(fate: DipFate) -> D {
    match fate {
        DipFate::Taken => D::FateTaken,
        DipFate::FewerRelated | DipFate::CoarserDiagnosis | DipFate::LostTie | DipFate::LostChoice => D::FateFits,
        DipFate::MainElsewhere
        | DipFate::MainMissing
        | DipFate::RelatedMissing
        | DipFate::Conservative
        | DipFate::OtherClass => D::FateLacks,
        DipFate::NotReached | DipFate::OtherTrack | DipFate::OtherDays => D::FateApart,
    }
}

pub fn point_kind_name(kind: PointKind) -> D {
    match kind {
        PointKind::Budget => D::PointBudget,
        PointKind::Forecast => D::PointForecast,
        PointKind::Settled => D::PointSettled,
    }
}
