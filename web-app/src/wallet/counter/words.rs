use crate::i18n::texts;

texts! {
    /// A text of paying by a code that an institution shows, and of prescriptions.
    C

    ScanTitle { "扫码付款", "Scan to pay" }
    ScanIntro { "扫描医院或药店出示的收款码。付给谁、付多少，以下一步显示的为准。", "Scan the code that the hospital or pharmacy shows. Whom you pay and how much is what the next step says." }
    ScanQ { "收款码", "Code" }
    ScanHint { "扫码后自动填入。不便扫码的，请输入码下方的 12 位数字。", "Filled in by scanning. Without a camera, type the 12 digits below the code." }
    ScanGo { "查看账单", "Show the bill" }
    ScanEmpty { "请先扫码，或输入 12 位数字。", "Scan the code or type its 12 digits first." }
    ScanAccounts { "使用个人账户和家庭共济", "Use the personal account and relatives" }
    ScanPayee { "收款机构：{0}", "Paid to: {0}" }
    ScanTotal { "费用总额 {0}", "The bill: {0}" }
    ScanRest { "其余 {0} 的付款方式", "How to pay the remaining {0}" }
    ScanCheck { "核对付款", "Check the payment" }
    ScanSay { "向{0}支付 {1}", "Pay {1} to {0}" }
    ScanConfirm { "确认付款", "Pay" }
    ScanOther { "不付这笔", "Not this one" }
    ScanDone { "付款结果", "The payment" }
    ScanNext { "再扫一个码", "Scan another" }
    MeansWeChat { "微信支付", "WeChat" }
    MeansAlipay { "支付宝", "Alipay" }
    MeansOneCode { "一码付", "One code" }

    CameraOpen { "用摄像头扫码", "Scan with the camera" }
    CameraClose { "关闭摄像头", "Close the camera" }
    CameraPicture { "摄像头画面，将码对准画面中央", "What the camera sees: hold the code to its middle" }
    CameraHint { "画面只在本机识别，不会上传。", "Pictures are read on this device and go nowhere." }
    CameraNone { "此浏览器不能用摄像头扫码，请用扫码枪或键盘输入。", "This browser cannot scan with a camera. Use a hand scanner, or type." }
    CameraFailed { "无法打开摄像头，请检查权限，或用扫码枪、键盘输入。", "The camera did not open. Allow it, use a hand scanner, or type." }

    OfferStart { "由患者扫码付款", "Let the patient scan" }
    OfferHint { "患者到场但不出示医保码时，先录入费用，再出示收款码，由患者用手机扫码付款。", "Enter the bill first and show a code, which the patient scans and pays by phone." }
    OfferBasket { "录入费用", "The bill" }
    OfferMake { "出示收款码", "Show the code" }
    OfferTitle { "请患者扫码付款", "To be scanned by the patient" }
    OfferImage { "收款码，供患者扫描", "Code for the patient to scan" }
    OfferNumber { "或输入数字 {0}", "Or type {0}" }
    OfferTotal { "费用总额 {0}", "The bill: {0}" }
    OfferWaits { "等待扫码", "Waiting to be scanned" }
    OfferOpened { "{0} 已扫码，等待确认", "{0} scanned it and has to confirm" }
    OfferOpenedBy { "患者已扫码，等待确认", "It was scanned and has to be confirmed" }
    OfferRelease { "换人扫码", "Let somebody else scan it" }
    OfferReleaseHint { "扫码的人不是付款人时使用。放开后，原来扫码的人不能再打开这张账单。", "If the wrong person scanned it. They cannot open this bill again." }
    OfferFor { "仅 {0} 本人可扫码付款", "Only {0} can scan it" }
    LastingTitle { "固定收款码", "The lasting code of a counter" }
    LastingHint { "张贴在窗口，患者扫码后打开该窗口当前的账单。码本身不含金额，不能单独付款。", "To be put up at a counter: it opens the bill that waits there. It has no amount and pays nothing by itself." }
    LastingName { "窗口编号", "Name of the counter" }
    LastingNameHint { "字母或数字，最多 32 位。", "Letters and digits, at most 32." }
    LastingShow { "显示固定收款码", "Show the code" }
    LastingImage { "窗口 {0} 的固定收款码", "Lasting code of counter {0}" }
    LastingHere { "窗口 {0}，请扫码付款", "Counter {0}: scan to pay" }
    LastingUsed { "此后在本机出示的收款码，也可扫窗口 {0} 的固定收款码打开。", "Bills that this till shows from now on are opened by the lasting code of counter {0} as well." }
    LastingPrint { "打印", "Print" }
    OfferOver { "已过期，请重新出示。", "It is over. Show a new one." }
    OfferCancel { "返回", "Back" }

    RxTitle { "电子处方", "Prescriptions" }
    RxLook { "查询处方", "Look up prescriptions" }
    RxNone { "没有可配的处方。", "There is nothing to dispense." }
    RxLine { "{0}，{1} 盒，{2} 天，{3}", "{0}, packs: {1}, days: {2}, {3}" }
    RxFrom { "{0}，医师 {1}，诊断 {2}", "{0}, doctor {1}, diagnosis {2}" }
    RxFor { "患者 {0}", "Patient {0}" }
    RxAsked { "待药师审核", "waits for a pharmacist" }
    RxPassed { "药师 {0} 审核通过", "passed by pharmacist {0}" }
    RxRefused { "药师 {0} 审核不通过：{1}", "refused by pharmacist {0}: {1}" }
    RxLooked { "同一药品在录入时自动使用已通过的处方。", "A drug that is added uses the prescription that was passed for it." }
    DoctorTitle { "开具处方", "Write a prescription" }
    DoctorPatient { "患者身份证号", "The patient's identity number" }
    DoctorDiagnosis { "诊断编码", "Code of the diagnosis" }
    DoctorCount { "数量（盒）", "Packs" }
    DoctorDays { "用药天数", "Days of supply" }
    DoctorUsage { "用法用量", "How to take it" }
    DoctorAdd { "再加一种药", "Another drug" }
    DoctorRemove { "删除 {0}", "Remove {0}" }
    DoctorTwice { "同一种药只写一次。", "Each drug stands once." }
    DoctorMost { "一张处方最多 5 种药。", "At most five drugs stand on a prescription." }
    DoctorSend { "核对处方", "Check" }
    DoctorSay { "为身份证号末四位 {0} 的患者开具处方，共 {1} 种药", "For the patient whose number ends in {0}, drugs: {1}" }
    DoctorConfirm { "开具", "Write it" }
    DoctorDone { "处方已开具，编号 {0}", "Written: {0}" }
    DoctorNext { "再开一张", "Another" }
    DoctorWrong { "请填写完整，数量和天数须为大于零的整数。", "Fill in everything; packs and days are whole numbers above zero." }
    ReviewTitle { "药师审方", "Review of prescriptions" }
    ReviewIntro { "收费窗口查询过的处方在此审核。审方药师不得自己收费。", "What tills looked up is reviewed here, by somebody who does not sell it." }
    ReviewNone { "没有待审的处方。", "Nothing waits." }
    ReviewPass { "通过", "Pass" }
    ReviewRefuse { "不通过", "Refuse" }
    ReviewReason { "不通过的理由", "Why not" }
    ReviewReasonMissing { "请写明不通过的理由。", "A refusal has a reason." }
}
