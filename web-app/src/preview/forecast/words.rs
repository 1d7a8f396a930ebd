//! Words of the forecast. What figures are called and how they come about is said by the core.

crate::i18n::texts! {
    /// A text of the forecast.
    F

    Title { "按月预付与年终清算测算", "Monthly prepayment and year-end settlement" }
    Intro { "供医院财务和医保办测算 DIP 每月预付和年终清算。每个数都可以注明来源和日期，没有依据的请勾选“假设”。", "For a hospital's finance office: what DIP prepays for a month and settles for a year. Every figure can have its source and date; tick “assumed” where there is none." }
    StaysHere { "本机计算，填写的内容不离开本机", "Worked out on this device; nothing you enter leaves it" }
    ResultTitle { "测算结果", "Forecast" }
    PointTitle { "点值", "Point value" }
    PointHowQ { "点值怎样得来？", "Where is the point value from?" }
    PointSaid { "已公布或预估的点值", "Published or estimated" }
    PointPool { "由全市基金和总分值推算", "Worked out of the area's fund and scores" }
    MonthTitle { "按月预付", "Prepayment of a month" }
    YearTitle { "年终清算", "Settlement of the year" }
    MonthHint { "填了本月总分值才测算本月预付。", "Worked out once the month's score is entered." }
    YearHint { "填了全年总分值才测算年终清算。", "Worked out once the year's score is entered." }
    ElasticTitle { "弹性点值（当地实行时填写）", "Elastic point value, where the area has one" }
    SharingTitle { "结余留用和超支分担（按当地办法填写）", "How surplus and overrun are shared" }
    SharingHint { "按差额占记账金额的比例分段；“至”留空表示其余部分。不填时，清算总额为未知。", "In steps of the difference, as a share of what was booked; an empty end means all that is left. Left out, what is settled stays unknown." }
    SharingSource { "分担办法", "The rule" }
    Surplus { "结余留用 第 {0} 段", "Surplus, step {0}" }
    Overrun { "超支分担 第 {0} 段", "Overrun, step {0}" }
    StepTo { "至记账金额的", "up to this share of what was booked" }
    StepKept { "医院留用比例", "share that the hospital keeps" }
    StepBorne { "基金分担比例", "share that the fund bears" }
    ColFigure { "项目", "Figure" }
    ColValue { "数值", "Value" }
    ColHow { "来源或算式", "Source or formula" }
    SourceOf { "来源", "Source" }
    DateOf { "日期", "Date" }
    AssumedOf { "假设", "Assumed" }
    MarkAssumed { "假设", "assumed" }
    MarkLeftOut { "未填，按假设", "left out, assumed" }
    MarkUnknown { "未知", "unknown" }
    Needed { "请填写", "Enter it" }
    Empty { "请填写点值，再填写本月总分值或全年总分值。", "Enter the point value, then the score of the month or of the year." }
    Example { "填入示例", "Fill in an example" }
    Yuan { "{0} 元", "¥{0}" }
    YuanUnit { "{0}（元）", "{0} (yuan)" }
}
