use crate::i18n::texts;

texts! {
    /// A text of the page on family accounts.
    F

    Title { "家人能用我的个人账户吗？", "May my family use my personal account?" }
    Intro { "职工医保个人账户里的钱，可以共济给近亲属看病、买药、缴医保费。按公布的规定逐条核对，并说明之后会发生什么；查不到的不猜。", "Money in an employee's personal account can be shared with near relatives for treatment, drugs and premiums. Each condition is checked against what was published, with what follows; what was not found is not guessed." }
    Preview { "预先了解，不会办理任何业务", "A preview; nothing is set up or moved" }

    AskQ { "想了解什么？", "What would you like to know?" }
    AskShare { "把我的钱共济给家人", "Sharing my money with a relative" }
    AskPay { "看病缴费时，钱从哪里出", "Where the money comes from at payment" }
    AskDissolve { "解除共济后，钱去哪里", "Where money goes when sharing ends" }
    OnQ { "哪一天？", "On which day?" }

    SharerTitle { "共济人（出钱的人）", "The sharer" }
    RecipientTitle { "被共济人（用钱的人）", "The recipient" }
    PatientTitle { "看病或缴费的人", "Who is treated or pays" }
    AreaQ { "在哪里参保？", "Where insured?" }
    AreaOther { "其他地区", "Another area" }
    AreaCodeQ { "医保区划代码（六位数字）", "Area code (six digits)" }
    CoverQ { "参加哪种医保？", "Which insurance?" }
    CoverEmployee { "职工医保，有个人账户", "Employee, with a personal account" }
    CoverWithout { "职工医保，没有个人账户（单建统筹）", "Employee, without one" }
    CoverResident { "居民医保", "Resident" }
    CoverNone { "没有参保", "Not insured" }
    KinQ { "用钱的人是出钱的人的什么人？", "What is the recipient to the sharer?" }
    KinOfQ { "看病的人是这位亲属的什么人？", "What is the patient to this relative?" }
    KinSpouse { "配偶", "Spouse" }
    KinParent { "父母", "Parent" }
    KinChild { "子女", "Child" }
    KinSibling { "兄弟姐妹", "Brother or sister" }
    KinPaternal { "祖父母", "Paternal grandparent" }
    KinMaternal { "外祖父母", "Maternal grandparent" }
    KinSons { "孙子女", "Son's child" }
    KinDaughters { "外孙子女", "Daughter's child" }
    KinOther { "其他人", "Somebody else" }
    ConsentSharer { "共济人已同意", "The sharer has agreed" }
    ConsentRecipient { "被共济人已同意", "The recipient has agreed" }
    YoungQ { "年龄（选填，未成年人需要填）", "Age (optional; needed for minors)" }

    AmountQ { "想共济多少？", "How much?" }
    BalanceQ { "个人账户余额", "Balance of the personal account" }
    SetAsideQ { "其中已经划给其他家人的额度（选填）", "Set aside for other relatives already (optional)" }
    ModelQ { "用哪种方式？", "In which way?" }
    ModelAuto { "按两地当天的规定", "As the areas do on the day" }
    ModelBinding { "省内家庭共济", "Family sharing within the province" }
    ModelTransfer { "医保钱包转账", "Wallet transfer" }
    ModelQuota { "共济额度", "Sharing quota" }
    TimeQ { "几点办理？（选填，转账有停止时段）", "At what time? (optional; transfers stop at night)" }
    SentQ { "今天已经转出几次（选填）", "Transfers made today (optional)" }

    UseQ { "钱用在哪里？", "What is paid for?" }
    UseInstitution { "医院看病，个人负担的部分", "Treatment: the own part" }
    UsePharmacy { "药店买药、医疗器械、医用耗材", "Drugs, devices and consumables at a pharmacy" }
    UsePremium { "缴居民医保费", "Resident premium" }
    UseCare { "缴长期护理保险费", "Long-term care premium" }
    UseCommercial { "买惠民保", "Local commercial cover (惠民保)" }
    UseOther { "其他，包括提现", "Anything else, cash among it" }
    PayQ { "要付多少？", "How much is to be paid?" }
    OwnQ { "本人个人账户余额", "Own personal account" }
    WalletQ { "本人医保钱包余额（选填）", "Own wallet (optional)" }
    RelativesTitle { "可以用谁的共济", "Relatives to draw on" }
    RelativesHint { "从上到下依次使用。", "Drawn from top to bottom." }
    Relative { "亲属 {0}", "Relative {0}" }
    NameQ { "称呼", "Name" }
    AvailableQ { "可用余额或额度", "What can be drawn" }
    AddRelative { "添加亲属", "Add a relative" }
    RemoveRelative { "去掉亲属 {0}", "Remove relative {0}" }

    WhyQ { "为什么结束？", "Why does it end?" }
    WhyAsked { "一方或双方想解除", "One or both want it" }
    WhyCover { "一方参保关系终止", "Cover of one ended" }
    WhyMoved { "一方医保关系转到别的统筹地区", "Cover of one moved to another area" }
    WhySharerDied { "共济人去世", "The sharer died" }
    WhyRecipientDied { "被共济人去世", "The recipient died" }
    WayQ { "原来用的是哪种方式？", "In which way was it shared?" }
    SharedQ { "共济的额度，或已接受的转账金额", "The quota, or what was transferred and accepted" }
    UsedQ { "已经用掉的（选填）", "Used already (optional)" }
    HeldQ { "正在结算的（选填）", "Under settlement (optional)" }

    ResultTitle { "结果", "Result" }
    Fill { "填好左边的问题，这里会给出结果。还差：", "Answer the questions and the result appears here. Still missing:" }
    Fix { "请先改正标出的 {0} 处。", "Please mend the {0} marked places first." }
    ConditionsTitle { "逐条核对", "Conditions" }
    DrawnTitle { "钱从哪里出", "Where the money comes from" }
    ColSource { "来源", "Source" }
    ColAmount { "金额", "Amount" }
    ColWhy { "说明", "Note" }
    ThenTitle { "之后会怎样", "What follows" }
    OpenTitle { "规定没有说清楚的", "What the sources leave open" }
    CitesTitle { "依据", "Sources" }
    Most { "最多可共济", "The most that can be shared" }
    VerdictYes { "可以", "Yes" }
    VerdictNo { "不可以", "No" }
    VerdictUnknown { "不能确定", "Not known" }
    Met { "符合", "Met" }
    NotMet { "不符合", "Not met" }
    NotFound { "没查到", "Not found" }
    Loading { "正在读取家庭共济规则…", "Loading the rules of family accounts…" }
    WrongArea { "请填六位数字的医保区划代码，例如 441800。", "Six digits of an area code, such as 441800." }
    WrongDay { "请填一个 1990 年到 2100 年之间的日期。", "A date between 1990 and 2100." }
    WrongTime { "请按 24 小时制填写，例如 21:30。", "A time of 24 hours, such as 21:30." }
    WrongAmount { "请填金额，例如 2000 或 2000.50，不要负数。", "An amount such as 2000 or 2000.50, not negative." }
    WrongCount { "请填整数。", "A whole number." }
}
