use anxin_core::text::Lang;
use wallet_types::{AccountKindName, LineKind, LineOut, OrderStateName, PurposeName};

use crate::i18n::texts;

texts! {
    /// A text of the wallet's pages.
    W

    Title { "我的医保钱包", "My insurance wallet" }
    Demo { "演示：人员、账户和金额均为虚构", "Demonstration: people, accounts and money are made up" }
    RoomsLabel { "医保钱包", "The wallet" }
    RoomHome { "我的钱包", "My wallet" }
    RoomHistory { "收支明细", "History" }
    RoomFamily { "我的家庭", "My family" }
    RoomSend { "转入和转回", "Top up and return" }
    RoomCode { "付款码", "Payment code" }
    RoomTill { "收费窗口", "Till" }
    RoomOwn { "安全和隐私", "Security and privacy" }
    RoomCheck { "核对回单", "Check a receipt" }
    Loading { "正在读取…", "Loading…" }
    Copy { "复制", "Copy" }
    RequestId { "请求编号", "Request id" }

    LoginTitle { "登录演示钱包", "Log in to the demonstration" }
    LoginHint { "演示用户有 resident1、resident2，还有一家人 daughter1、father1、mother1，口令都是 anxin-demo。正式系统通过医保码等统一身份认证登录，这里不要填真实的账号和密码。", "Demonstration users are resident1 and resident2, and a family of daughter1, father1 and mother1; the password of all is anxin-demo. A real system logs in by the national identity service: never type a real password here." }
    NameQ { "用户名", "User name" }
    PasswordQ { "口令", "Password" }
    LogIn { "登录", "Log in" }
    LoggingIn { "正在登录…", "Logging in…" }
    LogOut { "退出登录", "Log out" }
    LoggedOut { "已退出登录。", "You are logged out." }
    LoggedInAs { "已登录：{0}", "Logged in as {0}" }
    NoDemo { "本服务器没有演示钱包", "This server has no demonstration wallet" }
    NoDemoHint { "用 anxin serve --demo 启动的服务器才有演示登录。", "Only a server started by anxin serve --demo has a demonstration login." }
    NotYours { "这里只显示参保人本人的钱包", "Only an insured person's own wallet is shown here" }
    NotYoursHint { "当前登录的身份是“{0}”。请退出后换用“{1}”的账号登录。", "You are logged in as “{0}”. Log out and come back as “{1}”." }
    NotADoctor { "这里只供医师使用", "This is for doctors" }
    NotATill { "这里只供定点医药机构的收费窗口使用", "This is for the tills of hospitals and pharmacies" }
    Expired { "登录已过期", "Your session has ended" }
    ExpiredHint { "请重新登录。已填写的内容都还在，登录后接着填。", "Please log in again. What you typed is kept." }
    NoAnswer { "没有收到服务器的答复", "The server did not answer" }
    NoAnswerHint { "请检查网络后重试。", "Check the connection and try again." }
    Strange { "服务器的答复无法识别", "The answer is not understood" }
    StrangeHint { "服务器返回状态 {0}。", "The server answered with status {0}." }

    Available { "可用余额", "Available" }
    Posted { "账面余额", "Balance" }
    Held { "冻结金额", "Held" }
    AllAvailable { "可用余额合计", "Available in all" }
    BalancesTitle { "账户余额", "Balances" }
    WhereTitle { "钱在哪里", "Where the money is" }
    WhereLabel { "合计 {0}：{1}", "{0} in all: {1}" }
    LatestTitle { "最近收支", "Latest movements" }
    AllMoves { "查看全部明细", "All movements" }
    NoMoves { "还没有收支记录。", "Nothing has moved yet." }
    NoAccounts { "名下还没有账户。", "There are no accounts yet." }
    MyNumber { "我的钱包账号", "My wallet number" }
    MyNumberHint { "咨询或对账时，用它指明您的钱包。只凭账号不能动用您的钱。", "It names your wallet when you ask about it. Nobody can use your money with the number alone." }
    CopyNumber { "复制钱包账号", "Copy the wallet number" }
    Ending { "尾号 {0}", "ending in {0}" }
    Opened { "开户于 {0}", "opened on {0}" }
    Closed { "已注销", "closed" }

    AccountQ { "账户", "Account" }
    FromDayQ { "起始日期（选填）", "From (optional)" }
    ToDayQ { "截止日期（选填）", "To (optional)" }
    PurposeQ { "事项", "Kind" }
    PurposeAll { "全部事项", "All kinds" }
    DirectionQ { "收支", "Direction" }
    DirectionAll { "全部", "All" }
    DirectionIn { "收入", "In" }
    DirectionOut { "支出", "Out" }
    DirectionHeld { "冻结与解冻", "Held and released" }
    DaysCrossed { "截止日期早于起始日期，请改正。", "The last day is before the first." }
    Count { "共 {0} 条，收入 {1}，支出 {2}", "{0} lines, {1} in, {2} out" }
    TooMany { "记录较多，只读取了最近 {0} 条。更早的记录没有列出。", "Only the latest {0} lines were read; earlier ones are not listed." }
    NothingFits { "没有符合条件的记录。", "Nothing fits." }
    PageOf { "第 {0} 页，共 {1} 页", "Page {0} of {1}" }
    Before { "上一页", "Previous" }
    After { "下一页", "Next" }
    SaveCsv { "下载对账单（CSV）", "Statement as CSV" }
    PrintStatement { "打印或存为 PDF", "Print, or save as PDF" }
    StatementTitle { "医保账户对账单", "Account statement" }
    StatementFor { "用户 {0}，{1}（{2}），{3}", "{0}, {1} ({2}), {3}" }
    Period { "{0} 至 {1}", "{0} to {1}" }
    PeriodAll { "全部记录", "all lines" }
    PeriodFrom { "{0} 起", "from {0}" }
    PeriodTo { "截至 {0}", "until {0}" }
    ColTime { "时间", "Time" }
    ColWhat { "事项", "Kind" }
    ColWhere { "定点医药机构", "Institution" }
    ColChange { "收支（元）", "Change (yuan)" }
    ColHeldChange { "冻结变动（元）", "Held change (yuan)" }
    ColBalance { "账面余额（元）", "Balance (yuan)" }
    ColHeld { "冻结余额（元）", "Held (yuan)" }
    ColEntry { "流水号", "Entry" }
    ColId { "业务编号", "Id" }
    BalanceAfter { "余额 {0}", "balance {0}" }
    HeldAfter { "冻结 {0}", "held {0}" }
    SeeReceipt { "查看回单", "Receipt" }
    SeeReceiptOf { "查看 {0} {1} 的回单", "Receipt of {0} {1}" }

    ReceiptTitle { "交易回单", "Receipt" }
    Amount { "金额", "Amount" }
    From { "付款账户", "From" }
    To { "收款账户", "To" }
    BookedAt { "入账时间", "Booked" }
    TransferId { "业务编号", "Transfer id" }
    Refunded { "已退回", "Refunded" }
    Corrected { "已冲正", "Corrected" }
    Mine { "本人{0}（尾号 {1}）", "own: {0} (ending in {1})" }
    Others { "对方账户（尾号 {0}）", "another's account (ending in {0})" }
    ProofTitle { "入账证明", "Proof of booking" }
    ProofIntro { "以下核对在本机完成，不依赖服务器的判断。", "This is checked on your device and does not rely on what the server says." }
    Valid { "核对通过", "Valid" }
    NotValid { "核对不通过，请勿采信", "Not valid; do not rely on it" }
    ValidWhole { "账本中流水号 {0} 的一行，记录的正是这笔业务：{1}，{2}。账本共 {3} 行，这一行确在其中。", "Entry {0} of the journal books exactly this: {1}, {2}. It is one of {3} lines." }
    ValidPart { "账本共 {1} 行，流水号 {0} 的一行确在其中。这一行还涉及他人账户，内容不公开，因此只能证明它已入账。", "Entry {0} is one of {1} lines. It names accounts of others too, so that its content is not disclosed: only that it was booked is proven." }
    FaultUnreadable { "回单残缺或格式不对，无法核对。", "The receipt is incomplete or not in the right form." }
    FaultLine { "账本行的内容被改动过，与它的指纹（SM3 摘要）不符。", "The line was changed: it does not match its digest (SM3)." }
    FaultPath { "从这一行算不出账本的总指纹，不能证明它在账本里。", "The line does not lead to the root of the journal: that it is in there is not proven." }
    FaultOther { "账本行记录的是另一笔业务，或者另一个时间。", "The line books something else, or at another time." }
    FaultShown { "账本行的记录与服务器显示的转账内容不一致。", "The line does not say what the server shows of this transfer." }
    FaultSignature { "总指纹上的签名不对：不是所附公钥签的，或者签的是另一本账、另一个时间。", "The signature under the root is not good: another key made it, or it is under another journal or time." }
    Unsigned { "这一行刚刚入账，账本的总指纹还没有签名（通常一两秒内签好）。请稍后刷新，再保存带签名的回单。", "This was booked just now and the root is not signed yet; that takes a second or two. Reload the page before you keep the receipt." }
    SignedBy { "总指纹由编号为 {0} 的 SM2 公钥签名，签于 {1}。请与医保经办机构公布的公钥编号核对：编号一致，才说明这本账出自经办机构。", "The root is signed (SM2) by key {0} at {1}. Compare that number with the one that the insurance area publishes: only if they are the same is this the area's journal." }
    SignerAbsent { "总指纹附有签名（公钥编号 {0}），但回单里没有公钥，签名在这里无法核对。", "The root has a signature by key {0}, but the key is not in the receipt: the signature cannot be checked here." }
    Digests { "指纹与路径", "Digests and path" }
    Leaf { "行指纹", "Leaf" }
    Root { "总指纹", "Root" }
    PathSteps { "路径（{0} 步）", "Path ({0} steps)" }
    SaveReceipt { "保存回单（JSON）", "Save the receipt (JSON)" }
    PrintReceipt { "打印", "Print" }
    BackToHistory { "返回收支明细", "Back to history" }

    CheckTitle { "核对一份回单", "Check a receipt" }
    CheckIntro { "把别人给您的回单（JSON）粘贴到这里，本机即可核对，不用登录，也不会上传。", "Paste a receipt (JSON) that somebody gave you. It is checked on this device, without logging in, and is sent nowhere." }
    CheckQ { "回单内容", "Receipt" }
    NotReceipt { "这不是一份回单：需要钱包页面保存的 JSON。", "This is no receipt: the JSON that the wallet saves is needed." }

    SendTitle { "转入和转回", "Top up and return" }
    SendIntro { "在自己的个人账户和医保钱包之间转账。核对清楚再确认，确认后立即入账。", "Between your own personal account and your own wallet. Check before you confirm: it is booked at once." }
    KindQ { "要办理什么？", "What would you like to do?" }
    KindTopUp { "从个人账户转入我的钱包", "From my personal account to my wallet" }
    KindReturn { "从我的钱包转回个人账户", "From my wallet back to my personal account" }
    AmountQ { "转多少？", "How much?" }
    AmountHint { "可用余额 {0}", "{0} available" }
    Next { "下一步：核对", "Next: check" }
    WrongAmount { "请填金额，例如 200 或 200.50。", "An amount such as 200 or 200.50." }
    WrongMore { "超过可用余额 {0}。", "More than the {0} available." }
    NoWalletYet { "需要同时有个人账户和医保钱包才能办理。", "This needs a personal account and a wallet." }
    ConfirmTitle { "请核对", "Please check" }
    ConfirmSay { "将从{0}转出 {1}，转入{2}。", "{1} goes from {0} to {2}." }
    Then { "确认以后", "What follows" }
    ThenBalance { "{0}的可用余额由 {1} 变为 {2}。", "{0}: available changes from {1} to {2}." }
    ThenOnce { "重复点按或网络中断，都只会扣款一次。", "However often you press, or if the connection breaks, it is paid once." }
    MyPersonal { "我的个人账户", "my personal account" }
    MyWallet { "我的医保钱包", "my wallet" }
    Confirm { "确认转账", "Confirm" }
    Change { "返回修改", "Change it" }
    Sending { "正在办理…", "Sending…" }
    DoneTitle { "转账成功", "Done" }
    DoneSay { "{0} 已转入{1}。", "{0} is in {1}." }
    LeftSay { "{0}还有可用余额 {1}。", "{0}: {1} available." }
    Another { "再办一笔", "Another transfer" }
    UnclearTitle { "还不知道这笔转账是否成功", "It is not known whether this was done" }
    UnclearHint { "请求发出后没有收到结果。请点“查询结果”：如果已经办理，会显示结果；如果没有，就现在办理。两种情况都只扣款一次。", "No answer came. Ask for the result: if it was done, you will see it; if not, it is done now. Either way it is paid once." }
    DeedUnclearTitle { "还不知道是否办成", "It is not known whether this was done" }
    DeedUnclearHint { "请求发出后没有收到结果。请点“查询结果”：如果已经办成，会显示结果；如果没有，就现在办理。两种情况都只办一次。", "No answer came. Ask for the result: if it was done, you will see it; if not, it is done now. Either way it is done once." }
    AskResult { "查询结果", "Ask for the result" }
    NotSent { "没有办理", "Nothing was sent" }
    NoRandom { "浏览器无法生成随机编号，不能保证只扣款一次，请换用较新的浏览器。", "The browser has no random numbers, so that paying once cannot be assured. Please use a newer one." }

    CodeTitle { "医保付款码", "Payment code" }
    CodeIntro { "向收费窗口出示此码。每个码只能读取一次，过期自动更换，截图无效。", "Show this to the till. Each code is read once and renewed when it runs out; a screenshot is of no use." }
    CodeImage { "医保付款码，供扫码设备读取", "Payment code for a scanner" }
    CodeSeconds { "{0} 秒后自动更换", "Renewed in {0} seconds" }
    CodeFresh { "已更换新的付款码", "There is a new code" }
    CodeHidden { "付款码已隐藏，回到本页后重新生成。", "The code is hidden. A new one comes when you are back." }
    CodeRenew { "立即更换", "Renew now" }
    OrdersTitle { "我的订单", "My orders" }
    NoOrders { "还没有订单。", "There are no orders yet." }
    OrderFund { "基金支付 {0}", "Funds pay {0}" }
    OrderAccount { "账户支付 {0}", "Accounts pay {0}" }
    OrderRelatives { "其中家庭共济 {0}", "of it relatives {0}" }
    OrderCash { "现金支付 {0}", "Cash {0}" }
    OrderBack { "已退 {0}", "{0} came back" }
    OrderReasons { "退费原因：{0}", "Refunded because: {0}" }

    TillTitle { "收费窗口", "Till" }
    TillRead { "第一步：识别患者", "1. Who is it?" }
    TillScan { "医保码", "Payment code" }
    TillScanHint { "将光标放在此处，用扫码枪读取患者出示的医保码。也可输入 18 位身份证号或社会保障号码。", "Put the cursor here and read the code with the scanner, or type the 18 characters of an identity card." }
    TillScanGo { "识别", "Read" }
    TillPatient { "患者：{0}，{1} 岁，参保地 {2}", "Patient: {0}, aged {1}, insured in {2}" }
    TillAgent { "由他人代办，已记录", "Somebody came instead, which is recorded" }
    TillOther { "换一位患者", "Another patient" }
    TillBasket { "第二步：录入费用", "2. The bill" }
    TillScope { "医保目录内费用", "Within the catalogue" }
    TillFirst { "其中先行自付", "Of it paid by the person first" }
    TillOwn { "目录外自费", "Outside the catalogue" }
    TillAccounts { "使用个人账户和家庭共济", "Use the personal account and relatives" }
    TillPre { "预结算", "Presettle" }
    TillCheck { "第三步：核对并结算", "3. Check and settle" }
    TillStep { "项目", "Item" }
    TillAmount { "金额", "Amount" }
    TillFormula { "算法", "How" }
    TillDue { "应收现金 {0}", "To be paid in cash: {0}" }
    TillAssumed { "部分规则未经核实，仅供演示，不得用于真实结算。", "Some rules are not confirmed: for demonstration only." }
    TillSettle { "确认收款并结算", "Cash taken, settle" }
    TillBack { "返回修改", "Back" }
    TillReceipt { "结算凭单", "Receipt" }
    TillNumber { "结算编号", "Settlement number" }
    TillRefund { "全部退费", "Refund all" }
    RefundTitle { "退费", "Refund" }
    RefundAmountQ { "退费金额", "How much" }
    RefundLeft { "最多可退 {0}", "At most {0}" }
    RefundReasonQ { "退费原因", "Why" }
    RefundReasonHint { "患者可以看到，请勿填写病情。", "The patient reads this. Please leave out anything medical." }
    RefundPacksQ { "随本次退费退回的药品", "Packs that come back with this refund" }
    RefundPacksHint { "请逐盒勾选实际退回的药品；没有勾选的视为未退回。退回的药品转为待核，核查之前不能再销售。退完全部余额时，所有药品视为一并退回。", "Tick every pack that really comes back; one that is not ticked did not. A pack that came back waits to be checked and is not sold before. When everything that is left is refunded, all packs come back." }
    RefundPack { "{0}（追溯码 {1}）", "{0} (code {1})" }
    RefundPackHeld { "药品转为待核，暂不销售：{0}（追溯码 {1}）", "Waits to be checked and is not for sale: {0} (code {1})" }
    RefundWrongAmount { "请填写退费金额，须大于零且不超过 {0}。", "Fill in an amount above zero and of at most {0}." }
    RefundWrongReason { "请填写退费原因，最多 100 个字。", "Fill in the reason, in at most 100 characters." }
    RefundWhole { "全部退费", "All of it" }
    RefundSay { "本次退费 {0}，原因：{1}", "Refund {0}. Reason: {1}" }
    RefundConfirm { "确认退费", "Refund now" }
    RefundDone { "已退费 {0}。", "{0} was refunded." }
    RefundRefused { "退费未成功，款项没有变动。", "The refund was refused. Nothing was changed." }
    RefundWaits { "退费处理中，请稍后查询。", "The refund is under way. Please look again later." }
    RefundAnother { "再退一笔", "Refund more" }
    BackCash { "退现金 {0}，请当面交还患者", "{0} in cash, to be handed to the patient" }
    BackRelatives { "{0} 退回亲属的共济账户", "{0} to the relatives' accounts" }
    BackWallet { "{0} 退回患者的医保钱包", "{0} to the patient's wallet" }
    BackOwn { "{0} 退回患者的个人账户", "{0} to the patient's personal account" }
    BackFunds { "{0} 退回医保基金", "{0} to the insurance funds" }
    TillNext { "下一位患者", "Next patient" }
    TillNothing { "请填写费用，总额须大于零。", "Fill in the bill; its total has to be above zero." }
    TillOver { "先行自付不得超过目录内费用。", "What is paid first cannot exceed what is in scope." }
    TillFindings { "智能监管提示", "What the monitor sees" }
    TillBlocked { "不予结算", "not settled" }
    Drugs { "药品", "Drugs" }
    DrugCode { "医保药品编码", "Code of the drug" }
    DrugAmount { "单价（每盒，或拆零的总价）", "Price of a pack, or of all single units" }
    DrugDays { "用药天数（可不填）", "Days of supply, if known" }
    DrugOwnQ { "自费，不纳入医保", "Outside the catalogue" }
    DrugSplitQ { "拆零销售", "Single units out of a pack" }
    DrugCount { "拆零数量", "How many units" }
    DrugPack { "药品追溯码", "Trace code of the pack" }
    DrugPackHint { "逐盒扫码，扫一盒加一行。", "Scan every pack; each scan adds it." }
    DrugAdd { "加入", "Add" }
    DrugRemove { "移除", "Remove" }
    DrugOwn { "自费", "outside the catalogue" }
    DrugInsured { "医保", "within the catalogue" }
    DrugPacks { "{0} 盒", "packs: {0}" }
    DrugUnits { "拆零 {0} 个单位", "single units: {0}" }
    DrugMissing { "请填写医保药品编码。", "Fill in the code of the drug." }
    DrugDaysWrong { "用药天数须为整数。", "Days are a whole number." }
    DrugCountWrong { "拆零数量须为大于零的整数。", "Units are a whole number above zero." }
    DrugPackTwice { "这盒药已经扫过。", "This pack was scanned already." }

    RoomClearing { "清算", "Clearing" }
    ClearingTitle { "机构清算", "Paying institutions" }
    NotAnOffice { "这里只供医保经办机构使用", "This is for the insurance agency" }
    RoomDay { "日结与申报", "End of day" }
    DayTitle { "今日结算（{0}）", "Settled today ({0})" }
    DayCount { "结算笔数", "Settlements" }
    DayMedfee { "医疗费总额", "Bills in all" }
    DayFund { "基金支付", "Paid by the funds" }
    DayOwn { "本人个人账户支付", "Paid out of own accounts" }
    DayRelatives { "家庭共济支付", "Paid by relatives" }
    DayCash { "个人现金支付", "Paid in cash" }
    DayHospital { "机构负担", "Borne by the institution" }
    DayBack { "其中已退回", "Of it given back" }
    DayOpen { "还有 {0} 笔结果未定。请到收费窗口查询，查明后再交账。", "The outcome of {0} is not known yet. Ask for them at the till before closing the day." }
    DayLong { "今天的结算超过 500 笔，这里不显示合计，以免漏算。请用对总账（3201）核对。", "There are more than 500 settlements today. No sum is shown that might leave some out; compare by 3201." }
    DayPrint { "打印", "Print" }
    DeclareTitle { "清算申报", "Declaring for payment" }
    DeclareHint { "申报已结束的一日、一月或一年里尚未申报的全部结算。经办机构审核前可以撤回。", "Declares everything of a day, month or year that is over and was not declared before. It can be withdrawn until it is reviewed." }
    DeclareFrom { "从哪一天起（每月 1 日，或 1 月 1 日）", "From which day (the 1st of the month, or 1 January)" }
    DeclareDay { "按日申报", "Declare the day" }
    DeclareMonth { "按月申报", "Declare the month" }
    DeclareYear { "按年申报", "Declare the year" }
    DeclareNone { "还没有申报过。", "Nothing was declared yet." }
    ClearingBatches { "清算批次", "Batches" }
    ClearingNone { "还没有机构申报。", "Nothing was declared yet." }
    ClearingOver { "已了结 {0} 条", "Over: {0}" }
    BatchDeclared { "已申报，待初审", "declared, to be reviewed" }
    BatchReviewed { "初审通过，待复审", "reviewed once" }
    BatchApproved { "复审通过，待拨付", "reviewed twice, to be paid" }
    BatchPaid { "已拨付", "paid" }
    BatchWithdrawn { "机构已撤回", "withdrawn" }
    BatchPooled { "基金应付", "Owed by the funds" }
    BatchAccount { "个人账户应付", "Owed by accounts" }
    BatchDeducted { "扣款", "Deducted" }
    BatchPayable { "实际拨付", "To be paid" }
    BatchDue { "应于 {0} 前拨付", "to be paid by {0}" }
    BatchHolidays { "节假日不计：{0}", "holidays are not counted: {0}" }
    BatchLate { "已超过拨付期限 {0}", "should have been paid by {0}" }
    BatchDueUnknown { "该年度工作日安排尚未公布，拨付期限待定", "working days of that year are not published yet" }
    DeductAmount { "扣款金额（可不填）", "Deduct, if anything" }
    DeductReason { "扣款原因", "Reason" }
    DeductWrong { "扣款须同时填写金额和原因，金额大于零。", "A deduction has an amount above zero and a reason." }
    StepFirst { "初审通过", "Review" }
    StepSecond { "复审通过", "Review again" }
    StepBack { "退回", "Send back" }
    StepPay { "拨付", "Pay" }
    StepWithdraw { "撤回", "Withdraw" }
    Standings { "协议和支付资格", "Agreements and qualifications" }
    StandingsHint { "由一人提出、另一人复核后生效。只影响新的结算，出院、退费和对账照常办理。", "One operator asks, another approves. Only new settlements are kept out: discharges, refunds and reconciliation go on." }
    StandingSuspended { "暂停协议", "Suspend the agreement" }
    StandingEnded { "解除协议", "End the agreement" }
    StandingUnqualified { "暂停支付资格", "Suspend a qualification" }
    StandingCode { "机构编号或人员编码", "Code of the institution or person" }
    StandingFrom { "起始日期", "From" }
    StandingUntil { "恢复日期（可不填）", "Until, if known" }
    StandingReason { "原因", "Reason" }
    StandingOpen { "未定", "open" }
    StandingHolds { "已生效", "holds" }
    StandingWaits { "待复核", "waits for approval" }
    StandingApprove { "复核通过", "Approve" }
    BatchRecovered { "抵扣预付金", "Makes up for what was paid in advance" }
    BatchStatement { "明细", "Line by line" }
    BatchOrder { "订单", "Order" }
    BatchAt { "时间", "Time" }
    Differences { "对账差异", "Differences" }
    DifferencesHint { "机构上传明细对账（3202）后，双方不一致的结算列在这里。一人提出处理意见，另一人复核后才会入账。", "Settlements on which the two sides did not agree when an institution compared in detail (3202). One operator asks for a correction, and nothing is booked before another approves it." }
    DifferencesNone { "没有差异。", "There are no differences." }
    DifferAmounts { "双方金额不一致", "The amounts differ" }
    DifferOnlyInstitution { "仅机构有", "Only the institution has it" }
    DifferOnlyArea { "仅经办机构有", "Only the area has it" }
    DifferTheirs { "机构上传", "The institution's file" }
    DifferOurs { "经办机构结算清单", "The area's list" }
    DifferBooks { "账上", "The books" }
    DifferNothing { "无", "nothing" }
    DifferSums { "总额 {0}，基金 {1}，个人账户 {2}", "{0} in all, funds {1}, accounts {2}" }
    DifferBooked { "共 {0}，已退回 {1}", "{0} in all, {1} of it given back" }
    DifferClosed { "已处理", "closed" }
    CorrectTakeBack { "全额退回", "Take all of it back" }
    CorrectLeave { "维持账面，不作调整", "Leave the books as they are" }
    ProposalAsked { "待复核", "waits for approval" }
    ProposalApproved { "已复核，正在办理", "approved, under way" }
    ProposalRefused { "复核未通过", "refused" }
    ProposalDone { "已办结", "done" }
    ProposalFailed { "未能入账，账面没有变动", "could not be booked; nothing has changed" }
    ProposalRefuse { "不同意", "Refuse" }
    ProposalGoOn { "继续办理", "Go on" }
    AdvancesTitle { "机构预付金", "Paid in advance" }
    AdvancesHint { "由一人提出、另一人复核后支付，以后各批次拨付时按比例抵扣，先付的先抵。", "One operator asks and another approves before it is paid. Later batches make up for it by a share, the earliest first." }
    AdvancesNone { "没有预付金。", "Nothing was paid in advance." }
    AdvanceCode { "定点医药机构编号", "Code of the institution" }
    AdvanceAmount { "预付金额", "Amount" }
    AdvanceAsk { "提出预付", "Ask for it" }
    AdvanceWrong { "请填写机构编号、大于零的金额和原因。", "Fill in the institution's code, an amount above zero and a reason." }
    AdvanceLeft { "已抵扣 {0}，尚余 {1}", "made up for: {0}, left: {1}" }

}

pub fn account(kind: AccountKindName, lang: Lang) -> &'static str {
    use AccountKindName::{
        Advance, Cash, Clearing, Funding, Institution, Personal, PooledFund, Premium, Prepayment, Quota, Suspense,
        Wallet,
    };
    let (zh, en) = match kind {
        Personal => ("个人账户", "Personal account"),
        Wallet => ("医保钱包", "Wallet"),
        Quota => ("共济额度", "Sharing quota"),
        Institution => ("定点医药机构", "Institution"),
        PooledFund => ("统筹基金", "Pooled fund"),
        Clearing => ("清算账户", "Clearing"),
        Prepayment => ("预付金", "Deposit"),
        Premium => ("保费归集账户", "Premiums"),
        Suspense => ("待查账户", "Suspense"),
        Funding => ("个账划入来源", "Funding"),
        Cash => ("银行存款", "Bank"),
        Advance => ("机构预付金", "Paid in advance"),
    };
    lang.of(zh, en)
}

pub fn purpose(purpose: PurposeName, lang: Lang) -> &'static str {
    use PurposeName::{
        Correction, Credit, Deliver, Deposit, DepositReturn, Draw, FundIn, Late, Net, PayOut, PayPremium, QuotaReturn,
        QuotaSet, Refund, Resolve, Settle, TopUp, WalletReturn, WalletTransfer,
    };
    let (zh, en) = match purpose {
        Credit => ("个人账户划入", "Credit to personal account"),
        TopUp => ("转入医保钱包", "Into the wallet"),
        WalletReturn => ("转回个人账户", "Back to personal account"),
        WalletTransfer => ("钱包转账", "Wallet transfer"),
        QuotaSet => ("设定共济额度", "Quota set aside"),
        QuotaReturn => ("共济额度退回", "Quota returned"),
        Settle => ("就医购药结算", "Medical settlement"),
        PayPremium => ("代缴医保费", "Premium"),
        Draw => ("异地结算扣款", "Settlement elsewhere"),
        Deliver => ("异地结算拨付", "Delivery for another area"),
        PayOut => ("拨付银行账户", "Paid out to a bank"),
        Deposit => ("缴存预付金", "Deposit"),
        DepositReturn => ("退还预付金", "Deposit returned"),
        Net => ("轧差清算", "Net clearing"),
        FundIn => ("统筹基金拨入", "From the pooled fund"),
        Late => ("待查来款", "Late money"),
        Resolve => ("待查款入账", "Late money resolved"),
        Refund => ("退费", "Refund"),
        Correction => ("冲正", "Correction"),
    };
    lang.of(zh, en)
}

/// What a line of a statement is about.
pub fn line(line: &LineOut, lang: Lang) -> String {
    let what = line.purpose.map(|p| purpose(p, lang)).unwrap_or_default();
    match line.kind {
        LineKind::Opened => lang.of("开户", "Account opened").into(),
        LineKind::Closed => lang.of("销户", "Account closed").into(),
        LineKind::Moved => what.into(),
        LineKind::Held => lang.of(format!("冻结（{what}）"), format!("Held ({what})")),
        LineKind::Released => lang.of("解除冻结", "Released").into(),
    }
}

pub fn role(role: &str, lang: Lang) -> String {
    let (zh, en) = match role {
        "resident" => ("参保人", "insured person"),
        "helper" => ("亲情账户", "helper"),
        "doctor" => ("医师", "doctor"),
        "institution" => ("定点医药机构", "institution"),
        "area" => ("医保经办机构", "insurance agency"),
        "auditor" => ("审计", "auditor"),
        other => return other.into(),
    };
    lang.of(zh, en).into()
}

pub fn order_state(state: OrderStateName, lang: Lang) -> &'static str {
    let (zh, en) = match state {
        OrderStateName::Created | OrderStateName::Uploaded => ("待支付", "to be paid"),
        OrderStateName::Authorised => ("结算中", "being settled"),
        OrderStateName::Settled => ("已结算", "settled"),
        OrderStateName::PartRefunded => ("部分退费", "refunded in part"),
        OrderStateName::Refunded => ("已退费", "refunded"),
        OrderStateName::Unknown => ("结果待确认", "outcome not known yet"),
        OrderStateName::Revoked => ("已冲正", "reversed"),
        OrderStateName::Failed => ("未成功，未扣款", "failed, nothing was paid"),
        OrderStateName::Expired => ("已过期，未扣款", "expired, nothing was paid"),
    };
    lang.of(zh, en)
}
