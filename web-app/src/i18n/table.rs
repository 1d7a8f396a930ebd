super::texts! {
    /// A text of the page.
    T

    // Frame
    AppName { "安心", "Anxin" }
    Tagline { "医保费用测算", "medical insurance estimate" }
    SkipToMain { "跳到主要内容", "Skip to main content" }
    NavLabel { "页面", "Pages" }
    NavEstimate { "算一次", "Estimate" }
    NavCompare { "比一比", "Compare" }
    NavYear { "全年累计", "Whole year" }
    NavFamily { "家庭共济", "Family" }
    NavWallet { "医保钱包", "Wallet" }
    NavPreview { "病组预览", "Groups" }
    NavStories { "三个故事", "Stories" }
    NavAbout { "关于与依据", "About and sources" }
    Display { "显示", "Display" }
    SwitchLanguage { "English", "中文" }
    LargeMode { "长辈版", "Large type" }
    ThemeLabel { "明暗", "Theme" }
    ThemeSystem { "跟随系统", "System" }
    ThemeLight { "浅色", "Light" }
    ThemeDark { "深色", "Dark" }
    FooterTours { "带图的五分钟导览", "Five-minute tours with pictures" }
    FooterEstimate { "本页仅供参考，不作为结算依据。实际金额以医疗机构和医保经办机构的结算为准。", "For guidance only; not a basis for settlement. What counts is the settlement by the institution and the insurance agency." }
    FooterPrivacy { "全部在您的设备上计算，填写的内容不会离开本机。", "Everything is computed on your device; what you enter does not leave it." }
    FooterDemo { "演示系统，人员、账户和金额均为虚构。", "A demonstration: people, accounts and money are made up." }
    FooterWallet { "账户数据保存在本服务器，登录后才能查看；本机只记住登录名和还没有收到结果的业务。", "Accounts are kept on this server and shown only after logging in; this device remembers the login name, and whatever was sent and whose result has not come." }
    ShortPersonal { "个人账户", "Personal" }
    ShortWallet { "钱包", "Wallet" }
    ShortQuota { "共济额度", "Quota" }
    ShortHeld { "冻结", "Held" }
    NotFound { "没有这个页面", "There is no such page" }
    BackHome { "回到测算", "Back to the estimate" }

    // Loading
    LoadingIndex { "正在读取参保地目录…", "Loading the list of areas…" }
    LoadingRules { "正在读取{0}的医保规则…", "Loading the rules of {0}…" }
    FetchFailed { "没能取到医保规则", "The rules could not be fetched" }
    FetchFailedHint { "请检查网络后重试。曾经打开过的参保地，离线也能使用。", "Check the connection and try again. Areas opened before also work offline." }
    Retry { "重试", "Try again" }

    // Estimate page
    EstimateTitle { "这次看病，自己要付多少？", "What will this visit cost you?" }
    EstimateIntro { "按参保地公布的医保规则逐步计算，每一步都附上依据；查不到的数字不猜，会明说。", "Computed step by step from the rules that your area has published, each with its source. What could not be found is said, not guessed." }
    EstimateOnly { "估算结果，仅供参考，不作为结算依据", "An estimate for guidance only, not a basis for settlement" }
    SectionWho { "参保情况", "Your insurance" }
    SectionVisit { "就诊情况", "The visit" }
    SectionSoFar { "今年以来已用掉的额度（选填）", "Used up so far this year (optional)" }
    SectionAccounts { "个人账户（选填）", "Personal account (optional)" }
    Optional { "（选填）", " (optional)" }
    PleaseChoose { "请选择", "Please choose" }

    Region { "在哪里参保？", "Where are you insured?" }
    RegionHint { "看医保缴费地，不是户口所在地，也不是看病的地方。", "Where contributions are paid, not where you are registered or treated." }
    RegionCaution { "请特别注意", "Please note" }
    SchemeQ { "参加哪种医保？", "Which insurance?" }
    SchemeResident { "城乡居民医保", "Resident insurance" }
    SchemeResidentHint { "一年一缴，如老人、学生、儿童、农村居民", "Paid once a year: the elderly, pupils, children, rural residents" }
    SchemeEmployee { "职工医保", "Employee insurance" }
    SchemeEmployeeHint { "单位按月缴费，或灵活就业人员自己缴费，以及退休人员", "Paid monthly by employer or self-employed person; retirees too" }
    CoverQ { "就诊时的参保状态", "Insurance status at the time of the visit" }
    CoverHint { "可在“国家医保服务平台”App 查询，或拨打 12393。", "Ask the national insurance app, or call 12393." }
    CoverInForce { "正常参保", "In force" }
    CoverWaiting { "断保后续保，仍在等待期", "Renewed after a gap, still waiting" }
    CoverLapsed { "已断保，未续缴", "Lapsed, not paid up" }
    CoverNewborn { "新生儿，在规定期限内参保", "Newborn, enrolled in time" }
    StatusQ { "在职还是退休？", "Working or retired?" }
    StatusActive { "在职", "Working" }
    StatusRetired { "退休（已办医保退休）", "Retired (for insurance too)" }
    PlanQ { "职工医保的类型", "Kind of employee insurance" }
    PlanIntegrated { "统账结合（有个人账户）", "With personal account" }
    PlanPooled { "单建统筹（没有个人账户）", "Pooled fund only" }
    AidQ { "出院当日的救助身份", "Medical assistance status on the day of discharge" }
    AidHint { "由民政、乡村振兴等部门认定；没有就选“无”。", "As recognised by the authorities; choose “none” if you have none." }
    AidNone { "无", "None" }
    AidDestitute { "特困人员、孤儿、事实无人抚养儿童", "Destitute persons, orphans" }
    AidLowIncome { "最低生活保障（低保）对象", "Minimum living allowance" }
    AidDisability { "重度残疾人", "Severe disability" }
    AidEdge { "低保边缘家庭成员", "Household just above the minimum" }
    AidReturned { "返贫致贫人口", "Returned to poverty" }
    AidIllness { "因病致贫重病患者", "Poor because of serious illness" }
    MonthsQ { "连续参保多少个月？", "Months of unbroken insurance" }
    MonthsHint { "不清楚可以不填。", "Leave blank if you do not know." }

    KindQ { "看的是哪一种？", "What kind of visit?" }
    KindInpatient { "住院", "Hospital stay" }
    KindDaySurgery { "日间手术", "Day surgery" }
    KindOutpatient { "普通门诊", "Outpatient" }
    KindSpecial { "门诊特定病种（门特、门慢）", "Special outpatient disease" }
    KindDrug { "门诊特殊药品（双通道）", "Special outpatient drug" }
    KindMaternity { "生育津贴", "Maternity allowance" }
    KindSecondPay { "大病二次补偿（基本医保已结算）", "Second payment after settlement" }
    LevelQ { "医疗机构级别", "Level of the institution" }
    LevelHint { "只列出该参保地分开定价的级别。", "Only the levels that your area prices apart." }
    LevelNeedsRegion { "选好参保地后，这里列出可选的级别。", "Choose your insured area first." }
    LevelGrassroots { "基层（乡镇卫生院、社区卫生服务机构）", "Grassroots (township or community)" }
    LevelOne { "一级", "Level 1" }
    LevelTwo { "二级", "Level 2" }
    LevelTwoGeneral { "二级综合医院", "Level 2, general" }
    LevelTwoSpecialist { "二级专科医院", "Level 2, specialist" }
    LevelThree { "三级", "Level 3" }
    LevelThreeCity { "市三级", "Level 3, city" }
    LevelThreeRegion { "自治区三级", "Level 3, autonomous region" }
    AreaQ { "在哪里看病？", "Where are you treated?" }
    AreaLocal { "参保地统筹区内", "Within your insured area" }
    AreaInProvince { "省（区）内异地", "Elsewhere in the province" }
    AreaOutOfProvince { "跨省异地", "In another province" }
    FilingQ { "异地就医备案", "Filing for treatment elsewhere" }
    FilingNotNeeded { "本地就医，无需备案", "Not needed at home" }
    FilingLongTerm { "已办异地长期居住备案", "Filed as long-term resident there" }
    FilingReferred { "已办转诊备案", "Filed on referral" }
    FilingEmergency { "急诊抢救", "Emergency" }
    FilingUnregistered { "没有备案，自行外出", "Not filed" }
    AdmittedQ { "入院日期", "Day of admission" }
    DischargedQ { "出院日期", "Day of discharge" }
    DischargedHint { "按出院当日的规则计算；还没出院就填预计日期。", "The rules of this day apply. Not out yet: give the expected day." }
    VisitDayQ { "就诊日期", "Day of the visit" }
    NthQ { "今年第几次住院？", "Which stay of the year is it?" }
    NthHint { "不填则按“今年以来”的住院次数推算。", "If blank, counted from the stays of the year so far." }
    WardQ { "病区", "Ward" }
    WardGeneral { "普通", "General" }
    WardPsychiatric { "精神病专科", "Psychiatric" }
    WardTuberculosis { "结核病专科", "Tuberculosis" }
    TransferCheck { "从统筹区内另一家医院转来", "Transferred from another hospital of the area" }
    TransferHint { "出院后次日内转入，起付线可能连续计算。", "When admitted within a day of leaving it, the deductible may carry over." }
    TransferPaid { "在上一家医院已付的起付线", "Deductible paid at that hospital" }
    BindingQ { "这家机构与您的门诊定点关系", "Your outpatient registration there" }
    BindingChosen { "已选定", "Chosen" }
    BindingBackup { "备选", "Backup" }
    BindingReferred { "经转诊", "On referral" }
    BindingUnbound { "没有选定", "Not chosen" }
    DiseaseQ { "认定的病种", "Recognised disease" }
    DiseaseHint { "按参保地的病种目录；一次计算一个病种一个自然月。", "From your area's list; one disease and one calendar month at a time." }
    DiseaseNone { "这个参保地的病种目录还没有收录，无法测算门特。", "The list of diseases of this area is not on file, so this cannot be estimated." }
    WageQ { "用人单位上年度职工月平均工资", "Employer's average monthly wage last year" }
    BirthQ { "生育情况", "Birth" }
    BirthDelivery { "分娩", "Delivery" }
    BirthUnderFour { "怀孕未满 4 个月流产", "Miscarriage before 4 months" }
    BirthFromFour { "怀孕满 4 个月流产", "Miscarriage from 4 months" }
    BirthFromSeven { "怀孕满 7 个月流产", "Miscarriage from 7 months" }
    DystociaCheck { "难产（含剖宫产）", "Difficult birth (incl. caesarean)" }
    ChildrenQ { "本次生育几个孩子？", "Children born" }
    SecondOwnQ { "这张结算单上的个人合规负担", "Your in-scope burden on this slip" }
    SecondOwnHint { "政策范围内、基本医保报销后由您负担的部分。", "What was left to you within the insurance scope after basic insurance." }

    BillWayQ { "您手上有什么数据？", "What do you know of the bill?" }
    WayTotal { "只知道总费用", "Only the total" }
    WayTotalHint { "按假设的自费比例估一个范围", "A range from an assumed share" }
    WayCategories { "有费用分类小计", "Totals by category" }
    WayCategoriesHint { "收据上的床位费、检查费、西药费等", "Bed, examination, medicine, as on the receipt" }
    WayLines { "有费用明细清单", "The itemised list" }
    WayLinesHint { "逐项填写甲、乙、丙类", "Item by item, class A, B or C" }
    WaySlip { "有结算单或电子票据", "A settlement slip or e-receipt" }
    WaySlipHint { "照抄金额，还能核对医院算得对不对", "Copy the figures, and check them against ours" }
    TotalQ { "总费用", "Total of the bill" }
    TotalHint { "单位：元，如 12,000 或 12000.50", "In yuan, such as 12,000 or 12000.50" }
    ShareLegend { "假设：自费和先行自付约占总费用的多少？", "Assumption: share of the total that is outside the fund's scope" }
    ShareHint { "自费药品、耗材和乙类先行自付的部分，基金不按比例支付。每次看病不同，这里只是假设，可以拖动调整。", "Self-paid drugs and materials and the first part of class B items. It differs from visit to visit: this is an assumption that you can change." }
    ShareLow { "最低", "Lowest" }
    ShareHigh { "最高", "Highest" }
    Assumed { "假设", "assumed" }
    CategoriesHint { "只填收据上有的项目。“自费”“先行自付”留空时按假设比例估算。", "Fill in what the receipt shows. Where the self-paid parts are blank, an assumed share is used." }
    ColCategory { "费用类别", "Category" }
    ColAmount { "金额", "Amount" }
    ColOwn { "其中自费", "of it self-paid" }
    ColPre { "其中先行自付", "of it paid first" }
    ColDays { "床日", "Bed-days" }
    LineNumber { "第 {0} 项", "Item {0}" }
    LineName { "名称", "Name" }
    LineClassQ { "目录类别", "Class" }
    ClassA { "甲类（全额纳入）", "A (fully in scope)" }
    ClassB { "乙类（先行自付一部分）", "B (part paid first)" }
    ClassC { "丙类、目录外（全自费）", "C (self-paid)" }
    LineShare { "先行自付比例（%）", "Share paid first (%)" }
    LineCount { "数量", "Units" }
    LineLimit { "每单位支付限价", "Price limit per unit" }
    LineOutside { "不符合限定支付范围", "Outside the payment restriction" }
    AddLine { "添加一项", "Add an item" }
    Remove { "删除", "Remove" }
    RemoveItem { "删除第 {0} 项", "Remove item {0}" }
    SlipTotal { "医疗费总额", "Total of the bill" }
    SlipOwn { "全自费金额", "Fully self-paid" }
    SlipOver { "超限价自费", "Above the price limit" }
    SlipPre { "先行自付金额", "Paid first" }
    SlipLegendSplit { "单据上的费用构成", "The split on the slip" }
    SlipLegendOfficial { "单据上的结算结果（选填，用于核对）", "The results on the slip (optional, to compare)" }
    SlipOfficialHint { "填了就会与我们的计算逐项比对。", "Each that you fill in is compared with ours." }
    SlipDeductible { "起付线", "Deductible" }
    SlipPool { "统筹基金支付", "Paid by the pooled fund" }
    SlipHifmi { "居民大病保险支付", "Paid by residents' catastrophic insurance" }
    SlipHifob { "职工大额（大病）补助支付", "Paid by employees' large-cost aid" }
    SlipAid { "医疗救助支付", "Paid by medical assistance" }
    SlipFund { "基金支付总额", "All funds together" }
    SlipPerson { "个人负担总金额", "Borne by the person" }

    SoFarHint { "年度限额、大病起付都按全年累计。前几次结算单上的数字加总后填在这里；不知道就留空，按 0 计算。", "Annual limits and thresholds run over the year. Add up earlier slips here; blank counts as 0." }
    SoFarAdmissions { "已住院次数", "Stays so far" }
    SoFarPoolPaid { "统筹基金已付", "Paid by the pooled fund" }
    SoFarPoolBase { "进入统筹的费用累计", "Costs that entered the pool" }
    SoFarOverCap { "超限额部分已付", "Paid above the cap" }
    SoFarOwn { "个人合规负担累计", "Your in-scope burden" }
    SoFarCatastrophic { "大病保险已付", "Paid by catastrophic insurance" }
    SoFarAid { "医疗救助已付", "Paid by medical assistance" }
    SoFarAidBase { "计入救助起付的自付累计", "Counted toward assistance" }
    SoFarSupplement { "补充医疗保险已付", "Paid by supplementary insurance" }
    SoFarOutpatient { "普通门诊统筹已付", "Paid for outpatient visits" }
    SoFarOutpatientSub { "其中计入分项限额的部分", "Of it, under a limit of its own" }
    SoFarOutpatientDeductible { "普通门诊起付已付", "Outpatient deductible paid" }
    SoFarSpecialDrug { "特殊药品已付", "Paid for special drugs" }
    SoFarSpecial { "该病种今年已付", "Paid for this disease" }
    SoFarSpecialDeductible { "该病种当月起付已付", "Its deductible paid this month" }
    AfterTitle { "这次结算后，今年累计用掉多少？", "What will the year have used up after this?" }
    AfterHint { "下次看病时，把这些数填进“今年以来已用掉的额度”，结果会更准。“全年累计”页会自动结转。", "Enter these under “used up so far” for the next visit. The year page carries them over by itself." }
    AfterSpecial { "门诊特定病种已付", "Paid for special diseases" }
    AfterSpecialDeductible { "门诊特定病种起付已付", "Deductibles paid for special diseases" }
    AccountOwn { "本人个人账户余额", "Own account balance" }
    AccountFamily { "家庭共济可用额度", "Family sharing available" }
    AccountLeave { "全部用现金付，不动账户", "Pay in cash, leave the accounts" }

    // Errors
    ErrorPrefix { "错误：", "Error: " }
    ErrorCode { "错误代码", "Error code" }
    CopyCode { "复制代码 {0}", "Copy code {0}" }
    Copied { "已复制", "Copied" }
    WrongAmount { "请填写金额，只用数字和小数点，如 12000.50", "Enter an amount in digits, such as 12000.50" }
    WrongNegative { "金额不能小于 0", "The amount cannot be below 0" }
    WrongFiner { "金额最多两位小数（到分）", "At most two decimals" }
    WrongTooLarge { "金额太大，请检查", "The amount is too large, please check" }
    WrongFactor { "请填写小数，如 1.05", "Enter a decimal number, such as 1.05" }
    WrongWhole { "请填写整数，如 2", "Enter a whole number, such as 2" }
    WrongPercent { "请填写 0 到 100 之间的比例", "Enter a share from 0 to 100" }
    WrongDate { "请填写有效日期，如 2026-03-15", "Enter a valid date, such as 2026-03-15" }
    Refused { "现在还算不出来", "This cannot be computed yet" }

    // Result
    ResultTitle { "结果", "Result" }
    ResultEmpty { "填好下面几项，结果立即显示在这里：", "The result shows here as soon as you have filled in:" }
    ResultFix { "请先改正标出的 {0} 处错误。", "Please correct the {0} marked fields first." }
    Sentence { "您大约需个人负担 {0}，其中自付 {1}、自费 {2}；付款时个人账户可付 {3}、现金 {4}。", "You will bear about {0}: {1} self-pay within the catalogue and {2} outside it; of this {3} can come from the personal account and {4} in cash." }
    SentenceRange { "您大约需个人负担 {0} 至 {1}。", "You will bear about {0} to {1}." }
    SentenceWithinRange { "按{5}，个人负担 {0}，其中自付 {1}、自费 {2}；付款时个人账户可付 {3}、现金 {4}。", "By {5} you bear {0}: {1} self-pay within the catalogue and {2} outside it; of this {3} can come from the personal account and {4} in cash." }
    ReadingExact { "上述数据", "the figures given" }
    ReadingKnown { "已查到的规定", "the rules that were found" }
    ReadingWorst { "个人负担最多的情形", "the case in which you pay most" }
    SentenceAllowance { "预计生育津贴 {0}。", "Expected maternity allowance: {0}." }
    SentenceAllowanceRange { "预计生育津贴 {0} 至 {1}。", "Expected maternity allowance: {0} to {1}." }
    SentenceSecond { "预计还可获得二次补偿 {0}。", "Expected second payment: {0}." }
    AccountPay { "个人账户可付", "Personal account" }
    CashPay { "现金", "Cash" }
    WithFamily { "（含家庭共济 {0}）", " (family sharing {0} included)" }
    TermsTitle { "“自付”和“自费”有什么不同？", "What is the difference between the two kinds of own payment?" }
    TermsBody { "自付：目录内、政策规定由个人负担的部分，包括起付线、先行自付和按比例自己付的部分。自费：目录外或超过限价、完全由个人负担的部分。两者合计就是个人负担。", "Self-pay (自付) is your part within the catalogue: deductible, first part of class B items and your share. Outside (自费) is what lies beyond the catalogue or the price limit. Together they are what you bear." }
    WhoPays { "这笔费用谁来付", "Who pays the bill" }
    WhoPaysHint { "总费用 {0}", "Total {0}" }
    ColWho { "付款方", "Payer" }
    ColShare { "占比", "Share" }
    FundPool { "基本医保统筹基金", "Basic pooled fund" }
    FundHifmi { "居民大病保险", "Residents' catastrophic insurance" }
    FundHifob { "职工大额医疗费用补助", "Employees' large-cost aid" }
    FundOther { "公务员、企业补充及其他", "Civil service, employer and other funds" }
    FundAid { "医疗救助", "Medical assistance" }
    FundHospital { "医院负担", "Borne by the hospital" }
    PersonSelfPay { "个人自付（目录内）", "You, within the catalogue" }
    PersonOwn { "个人自费（目录外）", "You, outside the catalogue" }
    ShortPool { "统筹", "Pool" }
    ShortHifmi { "大病", "Catastr." }
    ShortHifob { "大额", "Large" }
    ShortOther { "补充", "Other" }
    ShortAid { "救助", "Aid" }
    ShortHospital { "医院", "Hosp." }
    ShortSelfPay { "自付", "Self-pay" }
    ShortOwn { "自费", "Outside" }
    RangeTitle { "可能的范围", "The possible range" }
    RangeLabel { "个人负担在 {0} 至 {1} 之间，总费用 {2}", "You bear between {0} and {1} of {2}" }
    RangeLeast { "最少", "Least" }
    RangeMost { "最多", "Most" }
    RangeLeastShare { "自费和先行自付按假设的最低比例", "lowest assumed own share" }
    RangeLeastUnknown { "没有查到的数字都取对您有利的一端", "every figure not found at its best for you" }
    RangeMostShare { "自费和先行自付按假设的最高比例", "highest assumed own share" }
    RangeMostUnknown { "没有查到的数字都取对您不利的一端", "every figure not found at its worst for you" }
    RangeFunds { "基金支付 {0}", "funds pay {0}" }
    NotesTitle { "请留意", "Please note" }
    UnknownTitle { "还没有查到的数字", "Figures that were not found" }
    SeverityInfo { "说明", "Note" }
    SeverityCaution { "注意", "Caution" }
    SeverityWarning { "警示", "Warning" }
    AwayTitle { "异地就医怎么结算", "How treatment elsewhere is settled" }
    AwayDirect { "直接结算", "Settled at the hospital" }
    AwayDirectYes { "可以在医院直接结算", "Yes, directly at the hospital" }
    AwayDirectNo { "先自己垫付，再回参保地零星报销", "No: pay first, then claim at home" }
    AwayFiling { "是否需要备案", "Filing needed" }
    AwayFilingBefore { "出院前补办备案", "Filing before discharge" }
    AwayClaim { "报销申请期限", "Time limit for a claim" }
    AwayClaimYears { "{0} 年内", "within {0} years" }
    AwayPapers { "零星报销所需材料", "Papers for a claim" }
    AwayChannel { "咨询电话", "Telephone" }
    Yes { "需要", "Yes" }
    No { "不需要", "No" }
    CanStill { "可以", "Possible" }
    Cannot { "不可以", "Not possible" }
    NotFoundAsk { "未查到，请咨询 12393", "not found; please ask 12393" }
    MismatchTitle { "与单据不一致的数字", "Figures that differ from the slip" }
    MismatchIntro { "下列官方数字按已收录的规则算不出来。可能是规则有未收录的细节，也可能是单据有误，可凭此咨询 12393。", "These official figures do not follow from the rules on file: a detail may be missing there, or the slip may be wrong. Ask 12393." }
    MatchAll { "您填写的官方数字与我们的计算一致。", "The official figures that you entered agree with ours." }
    ColFigure { "项目", "Figure" }
    ColOfficial { "单据", "Slip" }
    ColOurs { "我们的计算", "Ours" }
    ColDifference { "相差", "Difference" }
    StepsTitle { "计算过程", "How it was computed" }
    StepsCaption { "每一步的算式、结果与依据", "Each step with formula, result and basis" }
    ColStep { "步骤", "Step" }
    ColResult { "结果", "Result" }
    ColBasis { "依据", "Basis" }
    DaysUnit { "{0} 天", "{0} days" }
    SourcesOf { "依据 {0} 条", "{0} sources" }
    Clause { "条款", "Clause" }
    Secondary { "二手来源", "Secondary source" }
    CiteNumber { "文号", "Number" }
    CiteDate { "日期", "Date" }
    RoleChecked { "已核对，本次未触及", "checked, not reached" }
    BasisQuoted { "原文写明", "stated in the text" }
    BasisDerived { "由原文推算", "derived from the text" }
    BasisAssumed { "尚无其他来源印证", "uncorroborated" }
    BadgeCertain { "明确", "Certain" }
    BadgeDerived { "推定", "Derived" }
    BadgeUncertain { "不确定", "Uncertain" }
    BadgeUnknown { "未知", "Unknown" }
    Overall { "整体可靠程度", "Overall reliability" }
    RulesOf { "依据规则", "Rules used" }
    RulesLine { "规则包 {0}，{1} 版，摘要 {2}", "Pack {0}, edition {1}, digest {2}" }
    RulesDay { "按 {0} 当日的规则计算", "by the rules in force on {0}" }
    GoToResult { "查看明细", "See details" }

    // Share and print
    ShareTitle { "保存与分享", "Keep and share" }
    Print { "打印", "Print" }
    ShareCopy { "复制链接", "Copy link" }
    ShareExplain { "链接里的内容只在打开它的设备上读取，不会发给服务器。默认不含救助身份和病种。", "What the link carries is read only on the device that opens it; no server receives it. Assistance status and disease are left out unless ticked." }
    ShareAid { "链接中包含救助身份", "Include assistance status" }
    ShareDisease { "链接中包含病种、病区和药品名称", "Include disease, ward and names of drugs" }
    ShareLink { "分享链接", "Link" }
    ShareDone { "链接已复制", "Link copied" }
    ShareFailed { "没能复制，请手动选取下面的链接", "Not copied; please select the link below" }
    StartAfresh { "清空重填", "Start afresh" }

    // Compare
    CompareTitle { "换个地方看病，差多少？", "What if you were treated elsewhere?" }
    CompareIntro { "同一张账单，按不同级别、不同就医地和备案方式并排计算，最多四种。", "The same bill at other levels, places and filings, up to four side by side." }
    CompareNeeds { "请先在“算一次”里填好参保情况和费用。", "First fill in insurance and bill under “Estimate”." }
    CompareOnlyBill { "生育津贴和二次补偿不按账单和机构级别计算，这里不能比较。", "Maternity allowance and second payment are not computed from a bill and a level, so there is nothing to compare." }
    SituationNumber { "情形 {0}", "Situation {0}" }
    AddSituation { "增加一种情形", "Add a situation" }
    RemoveSituation { "删除情形 {0}", "Remove situation {0}" }
    Cheapest { "个人负担最少", "You pay least here" }
    NoCheapest { "各情形的范围互相重叠，不能断定哪一种更省。", "The ranges overlap, so none can be called the cheapest." }
    CompareMore { "情形 {0} 比情形 1 多付 {1}。", "Situation {0} costs you {1} more than situation 1." }
    CompareLess { "情形 {0} 比情形 1 少付 {1}。", "Situation {0} costs you {1} less than situation 1." }
    CompareSame { "情形 {0} 和情形 1 付的一样多。", "Situation {0} costs you as much as situation 1." }
    CompareOpen { "情形 {0} 和情形 1 的结果里有范围，相差多少不能断定。", "Between situation {0} and situation 1 there is a range: what the difference is cannot be said." }
    CompareCaption { "各情形的计算结果", "Results of the situations" }
    RowPerson { "个人负担", "You bear" }
    RowRange { "可能的范围", "Range" }
    RowSelfPay { "其中自付", "of it self-pay" }
    RowOwn { "其中自费", "of it outside" }
    RowFund { "基金支付", "Funds pay" }
    RowDeductible { "起付线", "Deductible" }
    RowRatio { "统筹比例", "Pool ratio" }
    RowCertainty { "可靠程度", "Reliability" }
    RowDirect { "结算方式", "Settlement" }

    // Year
    YearTitle { "一年看了几次病，合起来算", "A whole year of visits" }
    YearIntro { "按先后顺序逐次结算，前一次用掉的额度会影响后一次。", "Settled one after another: what one visit uses up counts for the next." }
    StayNumber { "第 {0} 次就诊", "Visit {0}" }
    AddVisit { "添加一次就诊", "Add a visit" }
    AddVisitFirst { "把“算一次”的就诊加进来", "Add the visit from “Estimate”" }
    MoveUp { "上移", "Move up" }
    MoveDown { "下移", "Move down" }
    MoveUpItem { "把第 {0} 次就诊上移", "Move visit {0} up" }
    MoveDownItem { "把第 {0} 次就诊下移", "Move visit {0} down" }
    RemoveVisit { "删除第 {0} 次就诊", "Remove visit {0}" }
    EditVisit { "填写与修改", "Edit" }
    YearEmpty { "还没有就诊记录。", "No visits yet." }
    YearTotal { "全年合计", "The whole year" }
    YearSentence { "全年总费用 {0}，基金支付 {1}，您个人负担 {2}。", "The year's bills come to {0}; the funds pay {1}; you bear {2}." }
    YearChart { "每次就诊谁来付", "Who pays at each visit" }
    YearCaption { "逐次结算结果", "Results visit by visit" }
    ColVisit { "就诊", "Visit" }
    ColDay { "日期", "Day" }
    ColTotal { "总费用", "Total" }
    ColFund { "基金支付", "Funds" }
    ColPerson { "个人负担", "You" }
    ColRunning { "个人负担累计", "You, running total" }
    YearIncomplete { "第 {0} 次就诊还没填完整，补齐后显示全年结果。", "Visit {0} is not complete; the year shows when it is." }

    // About
    AboutTitle { "关于与依据", "About and sources" }
    AboutWhat { "安心按各参保地公布的医保规则估算个人负担。计算程序在您的浏览器里运行，与服务端使用同一套代码，结果一致到分。", "Anxin estimates what you bear by the published rules of each insured area. The program runs in your browser; servers run the same code and agree to the fen." }
    AboutLimits { "它不代表任何医保部门或医院，也不能代替结算。查不到的数字显示为“未知”并给出范围；只有一处来源的数字显示为“不确定”。", "It speaks for no authority or hospital and replaces no settlement. Figures not found are shown as unknown, with a range; figures from one source alone as uncertain." }
    AboutBadges { "标记的含义", "What the badges mean" }
    AboutCertain { "原文写明的数字", "Stated in so many words" }
    AboutDerived { "由原文推算，或从相邻条文沿用", "Computed, or carried over from a neighbouring rule" }
    AboutUncertain { "只有一处未经印证的来源，或早于来源日期使用", "One uncorroborated source, or used before its date" }
    AboutUnknown { "没有查到，结果以范围表示", "Not found; the result is a range" }
    AboutAreas { "已收录的参保地", "Areas on file" }
    AboutAreasCaption { "参保地、规则版本与注意事项", "Areas, editions and cautions" }
    ColArea { "参保地", "Area" }
    ColEdition { "版本", "Edition" }
    ColDigest { "摘要", "Digest" }
    ColCaution { "注意事项", "Caution" }
    AboutAsk { "要问准数，请拨打医保服务热线 12393。", "For an authoritative answer call 12393." }
}
