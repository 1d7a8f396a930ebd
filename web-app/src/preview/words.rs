//! Every word of the room. Sentences about a grouping come from the core.

use anxin_core::drg::Status;
use yew::prelude::*;

use crate::hooks::use_lang;
use crate::i18n::{Lang, T};
use crate::services::browser;

crate::i18n::texts! {
    /// A text of the preview.
    P

    // Frame
    PreviewTitle { "病组预览（DRG／DIP）", "Group preview (DRG and DIP)" }
    PreviewIntro { "录入出院诊断和手术操作，随即看到这份病例进入哪个病组，每一步为什么。供编码核对和学习，不作为结算依据。", "Enter the discharge diagnoses and operations and see at once which group the record falls into, and why at each step. For checking and learning, not a basis for settlement." }
    StaysHere { "本机计算，病历不离开本机", "Computed on this device; records never leave it" }
    RoomsLabel { "病组预览的页面", "Views of the preview" }
    RoomOne { "单份病例", "One record" }
    RoomCompare { "两种编码对照", "Compare two codings" }
    RoomBatch { "批量分组", "Group a table" }
    RoomForecast { "预付与清算测算", "Forecast" }
    RoomImport { "导入目录", "Import a catalogue" }
    Loading { "正在读取分组规则…", "Loading the grouping rules…" }
    FetchFailed { "没能取到分组规则", "The grouping rules could not be fetched" }
    FetchFailedHint { "请检查网络后重试。曾经打开过的分组方案，离线也能使用。", "Check the connection and try again. Schemes opened before also work offline." }
    Example { "填入示例", "Fill in an example" }
    Afresh { "全部清空", "Clear all" }
    Print { "打印", "Print" }
    Unknown { "未知", "Unknown" }

    // Scheme and stay
    SectionScheme { "分组方案", "Scheme" }
    SchemeQ { "按哪个方案分组？", "Which grouping scheme?" }
    Scheme11 { "国家 CHS-DRG 1.1 版", "National CHS-DRG 1.1" }
    Scheme20 { "国家 CHS-DRG 2.0 版", "National CHS-DRG 2.0" }
    SchemeGuangxi { "广西 2022（历史版本）", "Guangxi 2022 (historical)" }
    SchemeMeizhou { "梅州市 DIP 2.0 目录（2024 年 12 月）", "Meizhou DIP 2.0 catalogue (December 2024)" }
    SchemePre3 { "国家 DIP 3.0 版先期分组", "National DIP 3.0, pre-groups" }
    LeftOut { "本目录不含：{0}。", "The catalogue does not have: {0}." }
    SourceQ { "编码取自哪里？", "Where are the codes from?" }
    SourceList { "医疗保障基金结算清单（医保版编码）", "Settlement list (insurance edition)" }
    SourceFront { "住院病案首页（国家临床版编码）", "Front page of the record (clinical edition)" }
    SectionStay { "患者与住院", "Patient and stay" }
    SexQ { "性别", "Sex" }
    Male { "男", "Male" }
    Female { "女", "Female" }
    AgeQ { "年龄（周岁）", "Age in years" }
    AgeDaysQ { "不足一周岁的年龄（天）", "Age in days" }
    BirthWeightQ { "新生儿出生体重（克）", "Birth weight (g)" }
    AdmissionWeightQ { "新生儿入院体重（克）", "Weight on admission (g)" }
    DaysQ { "实际住院天数", "Days in hospital" }
    VentilationQ { "呼吸机使用时间（小时）", "Hours of ventilation" }
    LeavingQ { "离院方式", "Way of leaving" }
    WardQ { "出院科别（本地细分组要用到：{0}）", "Ward of discharge (the city’s own groups ask for {0})" }
    NotSaid { "未填", "Not given" }
    Leaving1 { "医嘱离院", "Discharged by order" }
    Leaving2 { "医嘱转院", "Transferred by order" }
    Leaving3 { "医嘱转社区卫生服务机构／乡镇卫生院", "Transferred to community care" }
    Leaving4 { "非医嘱离院", "Left against advice" }
    Leaving5 { "死亡", "Died" }
    TrackQ { "结算方式", "Way of settling" }
    TrackOrdinary { "按病种分值（DIP）", "By group (DIP)" }
    TrackBedDay { "按床日", "By days" }
    TrackTcm { "按中医优势病种", "By groups of traditional medicine" }
    Leaving9 { "其他", "Other" }

    // Codes
    SectionDiagnoses { "出院诊断", "Diagnoses" }
    SectionOperations { "手术及操作", "Operations" }
    SearchDiagnosis { "添加诊断", "Add a diagnosis" }
    SearchOperation { "添加手术操作", "Add an operation" }
    SearchHint { "输入编码、名称或拼音首字母，用 ↑ ↓ 选择，回车添加；也可以一次粘贴多个编码。", "Type a code, a name or pinyin initials; choose with ↑ ↓ and Enter. Several codes can be pasted at once." }
    NoHits { "没有找到，可换个说法，或直接输入完整编码后回车。", "Nothing found. Try other words, or type the whole code and press Enter." }
    Hits { "{0} 条结果", "{0} results" }
    NoRows { "还没有录入。", "None yet." }
    NoName { "编码库中没有这个编码", "Not a code of the dictionary" }
    ReadAs { "按 {0} 读取", "read as {0}" }
    Principal { "主要诊断", "Principal" }
    MainOperation { "主要手术操作", "Main operation" }
    RowUp { "把 {0} 上移", "Move {0} up" }
    RowDown { "把 {0} 下移", "Move {0} down" }
    RowRemove { "删除 {0}", "Remove {0}" }
    AdmissionOf { "{0} 的入院病情", "Condition of {0} on admission" }
    AdmissionQ { "入院病情", "On admission" }
    ClassOf { "{0} 的手术操作类型", "Class of {0}" }
    ClassQ { "手术操作类型", "Class" }
    ClassSurgery { "手术", "Surgery" }
    ClassInterventional { "介入治疗", "Interventional" }
    ClassTherapeutic { "治疗性操作", "Therapeutic" }
    ClassDiagnostic { "诊断性操作", "Diagnostic" }
    ClassNone { "不参与分组", "Not used" }
    Admission1 { "1 有", "1 present" }
    Admission2 { "2 临床未确定", "2 clinically unclear" }
    Admission3 { "3 情况不明", "3 unknown" }
    Admission4 { "4 无", "4 not present" }

    // Result
    ResultTitle { "分组结果", "Result" }
    Empty { "填好下面几项，这里显示分组结果：", "Fill in these, and the group appears here:" }
    PrincipalFront { "病案首页的主要诊断（临床版）", "Principal of the front page (clinical)" }
    PrincipalList { "分组所用的主要诊断（医保版）", "Principal used for grouping (insurance)" }
    PathTitle { "分组路径", "The way to the group" }
    StepMdc { "主要诊断大类（MDC）", "MDC" }
    StepAdrg { "核心疾病诊断相关组（ADRG）", "ADRG" }
    StepDrg { "疾病诊断相关组（DRG）", "DRG" }
    NotSplit { "这个 ADRG 不再细分。", "The ADRG is not split further." }
    CandidatesTitle { "并发症与合并症", "Complications and comorbidities" }
    ColDiagnosis { "其他诊断", "Diagnosis" }
    ColLevel { "级别", "Level" }
    ColFate { "是否计入", "Counted?" }
    FateCounts { "计入", "Counts" }
    FateExcluded { "被排除", "Excluded" }
    FateNotAsked { "未用到", "Not asked for" }
    FindingsTitle { "核对提示", "Worth checking" }
    Hint { "核对", "Check" }
    MissesTitle { "相近的病组差在哪里", "What nearby groups lack" }
    MissesHint { "只说明规则差异，编码应当如实反映病历。", "This explains the rules only. Coding must reflect the record." }
    SettingsTitle { "本次采用的规则解读", "Readings of the rules in force" }

    // Payment
    SectionPayment { "支付标准（选填）", "Payment standard (optional)" }
    PaymentHint { "按当地公布的权重和费率计算，只针对如实填写的这份编码。", "By the weights and prices that the region published, for the coding as recorded only." }
    NoPayment { "不计算", "Do not compute" }
    FeesQ { "费用明细（选填，核对重复收费）", "Charges line by line (optional), to look for those that stand twice" }
    FeesHint { "与病例表用同一个病案号（住院号）。同一病例、项目、时间、数量、单价、金额完全相同的，列为疑似重复收费；已退费的不算。", "By the same id as the table. Lines that are the same in stay, item, time, quantity, price and amount are listed; what was taken back is not." }
    FeesTaken { "已选费用明细：{0}。", "Charges: {0}." }
    FeesLack { "费用明细缺少这一列：{0}", "The charges lack this column: {0}" }
    Remarked { "有 {0} 个病例的病组在当地的表中另有备注，支付标准没有据此调整，实际支付可能不同；备注见下载文件的 remark 列。", "Of the groups of {0} stays the region's table says something that is not applied: what is paid may differ. It is in column remark of the download." }
    FeesElsewhere { "费用明细中有 {0} 个病例疑似重复收费，但不在病例表中。", "{0} stays with charges that stand twice are not in the table." }
    NoRegions { "没有按本方案制定的权重表，因此不计算支付标准；可以先导入当地的权重表。", "There is no table of weights of this scheme, so no payment is worked out; the area's own can be imported." }
    PayRegion { "按哪个地区的权重表？", "Whose table of weights?" }
    PayPrice { "费率", "Price" }
    PriceChoice { "{0}：每权重 {1} 元", "{0}: ¥{1} a weight" }
    PayYuan { "费率（点值），元", "Yuan for one weight or point" }
    PayLevel { "医院等级", "Level of the hospital" }
    LevelChoice { "{0}：系数 {1}", "{0}: coefficient {1}" }
    LevelByGroup { "{0}：系数因病组而异", "{0}: a coefficient for each group" }
    RegionLines { "该地的表列有倍率界线：低于 {0} 倍为低倍率，高于 {1} 倍为高倍率；另填的以所填为准。", "The region's table has its lines: below {0} times is low, above {1} times is high. Lines that are entered go before them." }
    PayCoefficient { "机构系数（不填时按医院等级）", "Coefficient (that of the level if blank)" }
    PayCost { "医疗费总额", "Total cost" }
    PayPatient { "个人负担", "Borne by the person" }
    PayLow { "低倍率界线（倍）", "Low line (times)" }
    PayHigh { "高倍率界线（倍）", "High line (times)" }
    PaymentTitle { "支付标准与负担", "Payment" }
    Standard { "支付标准", "Payment standard" }
    FundPart { "医保基金应付", "Payable by the fund" }
    PersonPart { "个人负担", "Borne by the person" }
    BandLow { "低倍率病例", "Below the low line" }
    BandNormal { "正常倍率病例", "Between the lines" }
    BandHigh { "高倍率病例", "Above the high line" }
    SpecialReview { "可作为特例单议的候选病例。", "A candidate for special review (特例单议)." }

    // Compare
    CompareTitle { "同一次住院的两种编码", "Two codings of one stay" }
    CompareIntro { "两份编码并排对照，看分组差在哪里。这里不显示权重和费用。", "Two codings side by side, to see where the grouping differs. Weights and amounts are not shown here." }
    CompareEmpty { "请先录入一份病例：", "Enter a record first:" }
    CompareCopy { "复制这份编码作对照", "Copy this coding to compare" }
    CompareEnd { "结束对照", "End the comparison" }
    CodingA { "编码一", "Coding 1" }
    CodingB { "编码二", "Coding 2" }
    RowGroup { "病组", "Group" }
    RowCounting { "计入的并发症与合并症", "CC and MCC that count" }
    RowFindings { "核对提示（条）", "Notes to check" }
    Moved { "次序不同", "in another place" }
    OnlyHere { "仅此份有", "only here" }

    // Batch
    BatchTitle { "整表分组与核对", "Group and check a table" }
    BatchIntro { "选一份病例表，在本机分组，得到汇总、明细和出院前核对清单。", "Choose a table of records; it is grouped on this device into figures, rows and a list to check before discharge." }
    SectionFile { "病例表", "The table" }
    FileQ { "拖入或选择文件", "Drop or choose a file" }
    FileHint { "Excel 工作簿（.xlsx）、CSV 或 TSV，UTF-8 或 GBK 编码，要有表头。文件只在本机读取，不会上传。", "An Excel workbook (.xlsx), CSV or TSV in UTF-8 or GBK, with a header. It is read on this device and not uploaded." }
    FileUnreadable { "这个文件无法读取。", "The file cannot be read." }
    FileEmpty { "这个文件是空的。", "The file is empty." }
    FileIsOldWorkbook { "这是旧版（.xls）或有密码的工作簿，请另存为没有密码的 .xlsx 再选择。", "An old (.xls) or protected workbook. Save it as .xlsx without a password first." }
    FileIsWebPage { "这个文件其实是网页，请用表格软件打开后另存为 .xlsx。", "This is really a web page. Open it in a spreadsheet program and save it as .xlsx." }
    FileTooLarge { "文件过大：工作簿不超过 128 MB，一张表不超过 1,048,576 行。更大的请另存为 CSV。", "Too large: a workbook may have 128 MB, a sheet 1,048,576 rows. Save larger ones as CSV." }
    SheetQ { "用哪一张工作表？", "Which sheet?" }
    FileOf { "{0}，表头在第 {1} 行", "{0}, header in row {1}" }
    WithinQ { "同一人出院后几天内因同一疾病再次入院，列为疑似分解住院？", "Readmitted for the same disease within how many days is worth a look?" }
    WithinHint { "各地口径不同，请按本地规定填写，0 至 365 天。", "Areas differ; enter what applies locally, 0 to 365 days." }
    MappingTitle { "核对各列的含义", "What the columns are" }
    MappingHint { "已按表头猜好，不对的请改。姓名、证件号码、电话等列默认丢弃，勾选后才会写进结果。下次遇到同样的表头会照用这次的选择。", "Guessed from the headers; put right what is wrong. Names, ID numbers and phones are dropped unless ticked. The choice is used again for the same headers." }
    Encoding { "{0}，编码 {1}", "{0}, {1}" }
    ColHeader { "表头", "Header" }
    ColSample { "内容举例", "Example" }
    ColField { "作为", "Read as" }
    ColKeep { "写进结果", "Keep" }
    FieldOf { "“{0}”列作为", "Column “{0}” is" }
    KeepOf { "“{0}”列写进结果", "Keep column “{0}”" }
    SampleHidden { "个人信息，不显示", "personal, not shown" }
    NotUsed { "不用于分组", "Not used" }
    FieldId { "病案号", "Record number" }
    FieldDepartment { "科室", "Department" }
    FieldPrincipal { "主要诊断编码", "Principal diagnosis" }
    FieldDiagnoses { "诊断编码（可多列）", "Diagnoses (several columns)" }
    FieldMainOperation { "主要手术操作编码", "Main operation" }
    FieldOperations { "手术操作编码（可多列）", "Operations (several columns)" }
    FieldPerson { "个人编号或证件号（只用来比对，不写出）", "Person (compared only, never written)" }
    FieldAdmitted { "入院日期", "Admitted" }
    FieldDischarged { "出院日期", "Discharged" }
    FieldOperationDays { "手术操作日期（可多列）", "Days of operations (several columns)" }
    FieldFeePart { "分项费用（可多列）", "Parts of the bill (several columns)" }
    FieldFundPaid { "基金支付总额", "Paid by the funds" }
    FieldHospitalPaid { "医院负担金额", "Borne by the hospital" }
    FieldAccountPaid { "个人账户支出", "Paid from the account" }
    FieldCashPaid { "个人现金支出", "Paid in cash" }
    FieldOperationClasses { "手术操作类型（可多列）", "Classes of operations (several columns)" }
    FieldPeerAverage { "上一年同级医疗机构次均费用", "Last year's mean cost, same level" }
    FieldCoefficient { "医疗机构系数", "Coefficient of the hospital" }
    FieldPointValue { "点值", "Point value" }
    FieldAuxiliary { "辅助目录系数（类型=系数）", "Auxiliary factors (type=factor)" }
    ScoresSum { "{0} 例有分值，病例分值合计 {1}。", "{0} stays have a score: {1} in all." }
    ScoresFrom { "批量分组 {0}，共 {1} 例，{2} 例有分值", "batch {0}: {1} stays, {2} with a score" }
    ScoresToMonth { "用作测算的月度分值", "Use as the month's score" }
    ScoresToYear { "用作测算的年度分值", "Use as the year's score" }
    GoForecast { "前往清算测算", "Go to the forecast" }
    MappingLacking { "还没有指定：{0}。", "Not named yet: {0}." }
    MappingDoubled { "只能有一列：{0}。", "Only one column may be: {0}." }
    MappingAbsent { "表中没有这些列，与之有关的核对和统计不做：{0}。", "These columns are not there, so nothing about them is checked or counted: {0}." }
    Start { "开始分组", "Group" }
    Running { "正在分组", "Grouping" }
    RunningRows { "已完成 {0} 行，每秒 {1} 行", "{0} rows, {1} rows a second" }
    Cancel { "取消", "Cancel" }
    BatchFailed { "分组没有完成。", "The table was not finished." }
    SummaryTitle { "汇总", "Summary" }
    SummaryRows { "共 {0} 行。", "{0} rows." }
    SummaryTime { "共 {0} 行，用时 {1} 秒，每秒 {2} 行。", "{0} rows in {1} s, {2} rows a second." }
    SumRows { "病例数", "Records" }
    SumGrouped { "入组", "Grouped" }
    SumUngrouped { "未入组", "In no group" }
    SumAmbiguous { "歧义组（QY）", "Ambiguous (QY)" }
    SumFailed { "未通过检查", "Not checked through" }
    ShareOf { "{0}（{1}）", "{0} ({1})" }
    SumGroups { "病组数", "Groups" }
    SumMcc { "MCC 病例占入组", "MCC, of grouped" }
    SumCc { "CC 病例占入组", "CC, of grouped" }
    SumCmi { "病例组合指数（CMI）", "Case mix index" }
    SumWeighted { "有权重的病例", "Records with a weight" }
    Download { "下载分组明细（CSV）", "Download the rows (CSV)" }
    Again { "重新分组", "Group again" }
    ReasonsTitle { "值得核对的病例", "Worth checking" }
    DepartmentsTitle { "各科室病例数", "Records by department" }
    DepartmentsTable { "各科室明细", "Departments in figures" }
    NoDepartment { "未注明科室", "No department" }
    CostsTitle { "各科室医疗费总额与支付标准合计", "Cost and payment standard by department" }
    BarCost { "费用 {0}", "cost {0}" }
    BarStandard { "标准 {0}", "standard {0}" }
    ColPaid { "两者都有的病例", "With both" }
    ColCost { "医疗费总额合计", "Cost" }
    ColStandard { "支付标准合计", "Standard" }
    LayersTitle { "各入组层次病例数", "Records by layer" }
    BandsTitle { "费用偏差", "Cost against its lines" }
    ScatterTitle { "病种分值与费用", "Score against cost" }
    ScatterX { "病种分值（对数刻度）", "Score of the group (logarithmic)" }
    ScatterY { "费用为基准的倍数", "Cost, times its basis" }
    ScatterTimes { "{0} 倍", "{0}×" }
    ScatterLabel { "共 {0} 份病例有费用可比：费用偏低 {1} 份，正常 {2} 份，费用偏高 {3} 份。虚线为 {4} 倍和 {5} 倍；方块越大，病例越多。", "{0} records can be compared: {1} low, {2} normal, {3} high. The broken lines are at {4} and {5} times; a larger square is more records." }
    WorklistTitle { "出院前核对清单", "To check before discharge" }
    WorklistHint { "请对照病历核对，编码应当如实反映诊疗。责任人和处理状态只保存在这台电脑上。", "Check against the record; coding must reflect the treatment. Owner and status are kept on this device only." }
    All { "全部", "All" }
    WorkCount { "{0} 份病例", "{0} records" }
    WorkExport { "导出清单（CSV）", "Export the list (CSV)" }
    WorkMore { "再显示 100 份", "Show 100 more" }
    WorkLine { "第 {0} 行", "line {0}" }
    WorkLineHead { "行号", "Line" }
    ColRow { "病案号", "Record" }
    ColReason { "原因", "Reason" }
    ColOwner { "责任人", "Owner" }
    ColStatus { "状态", "Status" }
    OwnerOf { "{0} 的责任人", "Owner of {0}" }
    StatusOf { "{0} 的处理状态", "Status of {0}" }
    StatusOpen { "待核对", "To check" }
    StatusAsked { "已转科室", "With the department" }
    StatusChanged { "已更正", "Corrected" }
    StatusKept { "核对无误", "Checked, unchanged" }
    ReasonUngrouped { "未入组", "In no group" }
    ReasonAmbiguous { "歧义组（QY）", "Ambiguous (QY)" }
    ReasonPrincipalNotAllowed { "不得作为主要诊断", "May not be a principal" }
    ReasonPrincipalInNoMdc { "主要诊断不属于任何 MDC", "Principal is in no MDC" }
    ReasonSexConflict { "诊断与性别不符", "Diagnosis against sex" }
    ReasonAgeConflict { "诊断与年龄不符", "Diagnosis against age" }
    ReasonVentilation { "96.7201 与呼吸机使用时间不符", "96.7201 against hours of ventilation" }
    ReasonOperation { "手术操作缺少相应诊断", "Operation without its diagnosis" }
    ReasonOperationMissing { "有手术费但没有手术操作编码", "Charged for an operation, none coded" }
    ReasonOperationOutside { "手术日期不在住院期间", "Operation outside the stay" }
    ReasonDaysReversed { "出院日期早于入院日期", "Discharged before admitted" }
    ReasonPartsDiffer { "分项费用之和与医疗费总额不符", "Parts do not make the total" }
    ReasonPaymentsDiffer { "基金支付、个人负担、医院负担之和与总额不符", "Fund, person and hospital do not make the total" }
    ReasonPersonDiffers { "个人账户与现金之和与个人负担不符", "Account and cash do not make the person's part" }
    ReasonChargedTwice { "疑似重复收费", "Perhaps charged twice" }
    ReasonSettledTwice { "疑似重复结算（同一次住院，见行号）", "Perhaps settled twice (see line)" }
    ReasonSplit { "疑似分解住院（前次行号／间隔天数）", "Perhaps a split admission (line before / days between)" }
    ReasonRepeated { "其他诊断与主要诊断重复", "Secondary repeats the principal" }
    ReasonWeights { "出生体重与入院体重相差过大", "Birth and admission weight differ" }
    ReasonOtherSex { "性别既不是男也不是女", "Sex neither male nor female" }
    ReasonUnknownCode { "编码库中没有的编码", "Not a code of the dictionary" }
    ReasonNoDiagnosis { "没有诊断", "No diagnosis" }
    ReasonMissing { "缺少必填项", "A field is missing" }
    ReasonUnreadable { "无法读取的数值", "A number cannot be read" }
    ReasonOperationNotMain { "首位手术操作不得作为主要手术操作", "The first operation may not be the main one" }
    ReasonClassUnknown { "手术操作类型不明", "Class of the operation unknown" }
    ReasonCostHigh { "费用偏高（费用为基准的倍数）", "High cost (times what it is compared with)" }
    ReasonCostLow { "费用偏低（费用为基准的倍数）", "Low cost (times what it is compared with)" }
    ReasonSpecialReview { "可能符合特例单议条件", "May apply for special review" }
}

/// What a scheme is called in a list, before its pack has come.
pub fn scheme(id: &str, lang: Lang) -> String {
    match id {
        "chs-drg-1.1" => P::Scheme11.say(lang).into(),
        "chs-drg-2.0" => P::Scheme20.say(lang).into(),
        "guangxi-2022" => P::SchemeGuangxi.say(lang).into(),
        "mz-dip2-2024" => P::SchemeMeizhou.say(lang).into(),
        "dip3-pre-2026" => P::SchemePre3.say(lang).into(),
        other => other.to_owned(),
    }
}

pub fn admission(word: &str) -> P {
    match word {
        "1" => P::Admission1,
        "2" => P::Admission2,
        "3" => P::Admission3,
        _ => P::Admission4,
    }
}

/// 手术操作类型
pub fn class(word: &str) -> P {
    match word {
        "SURG" => P::ClassSurgery,
        "INTV" => P::ClassInterventional,
        "THER" => P::ClassTherapeutic,
        "DIAG" => P::ClassDiagnostic,
        _ => P::ClassNone,
    }
}

pub fn leaving(word: &str) -> P {
    match word {
        "1" => P::Leaving1,
        "2" => P::Leaving2,
        "3" => P::Leaving3,
        "4" => P::Leaving4,
        "5" => P::Leaving5,
        _ => P::Leaving9,
    }
}

pub fn status(status: Status) -> &'static str {
    match status {
        Status::Grouped => "grouped",
        Status::Ungrouped => "ungrouped",
        Status::Ambiguous => "ambiguous",
        Status::CheckFailed => "check_failed",
    }
}

/// Places whose tables of weights are on file, by the first part of the table's id.
/// Names the document after the view.
#[hook]
pub fn use_title(title: P) {
    let lang = use_lang();
    use_document_title(title.say(lang));
}

#[hook]
pub fn use_document_title(title: &'static str) {
    let lang = use_lang();
    use_effect_with((title, lang), |(title, lang)| {
        browser::set_title(&format!("{title} · {}", T::AppName.say(*lang)));
    });
}
