use crate::i18n::texts;

texts! {
    /// A text of the pages on one's own security and data.
    S

    Title { "安全和隐私", "Security and privacy" }
    SecondTitle { "动态验证码", "Authenticator" }
    SecondNever { "本服务器付款不需要动态验证码。", "This server asks for no codes." }
    SecondAbove { "单笔超过 {0} 的转账、缴费和提高共济额度，要再用动态验证码确认一次。", "Transfers, payments and higher quotas above {0} are confirmed with a code as well." }
    SecondDay { "不用验证码的业务，一天合计最多 {0}。", "Without a code at most {0} in one day." }
    ResetAsked { "{0} 有人在窗口为您申请更换身份验证器，等待另一名经办人员批准。", "On {0} another authenticator was asked for in your name at a window; a second operator has to grant it." }
    ResetWaiting { "更换身份验证器的申请已经批准，{0} 起可以设置新的。", "Another authenticator was granted; you may set it up from {0} on." }
    ResetReady { "现在可以设置新的身份验证器，不需要旧的验证码，{0} 以前有效。", "You may set up another authenticator now, without a code of the old one, until {0}." }
    ResetNotMe { "如果不是您本人到窗口申请的，请马上提出异议，申请随即作废。", "If it was not you at the window, object at once: nothing will come of it." }
    ResetObject { "不是我申请的", "It was not me" }
    SecondThere { "已设置身份验证器。", "An authenticator is set up." }
    SecondNotYet { "还没有设置。设置以前，超过上面金额的业务不能办理。", "Not set up yet: until then nothing above that amount can be done." }
    DemoCode { "演示专用：您的身份验证器现在显示 {0}。", "Demonstration only: your authenticator shows {0} now." }
    Begin { "设置身份验证器", "Set an authenticator up" }
    Replace { "换一个身份验证器", "Set up another authenticator" }
    BeginConfirm { "下一步", "Next" }
    PasswordQ { "请再输入一次登录口令", "Your password once more" }
    OfferHint { "用手机上的身份验证器应用扫一扫，或者手工输入密钥，再填上它显示的 6 位数字。密钥只显示这一次，请不要告诉任何人。", "Scan this with an authenticator app or type the secret in, then fill in the six digits that it shows. The secret is shown this once; tell it to nobody." }
    OfferQr { "身份验证器的二维码", "QR code for the authenticator" }
    CopySecret { "复制密钥", "Copy the secret" }
    CodeQ { "6 位动态验证码", "Six digits" }
    OfferConfirm { "完成设置", "Finish" }

    AskTitle { "金额较大，请再确认一次", "A large amount: please confirm" }
    AskHint { "请打开身份验证器，填上它现在显示的 6 位数字。", "Open your authenticator and type the six digits that it shows now." }
    AskAgain { "验证码不对，或者已经用过。请等身份验证器换出新的数字再填。", "The code was wrong or was used. Wait for the next one." }
    AskConfirm { "确认", "Confirm" }
    AskLeave { "先不办了", "Not now" }

    ExportTitle { "导出我的数据", "Export my data" }
    ExportHint { "把这里保存的与您有关的全部数据存成一个文件：账户和每一笔收支、共济关系和同意记录、账单、通知。家人的账户不在其中。", "Everything that is kept of you in one file: accounts with every movement, relations and consents, bills, notices. Your relatives' accounts are not in it." }
    Export { "导出", "Export" }
    Exported { "已存为 {0}。里面有您的个人信息，请妥善保管。", "Saved as {0}. It has personal data in it: keep it safe." }

    DeleteTitle { "删除我的数据", "Delete my data" }
    DeleteHint { "可以删除不必保留的数据。依法要保留的部分会说明原因。账户里的钱不受影响。", "What need not stay can be deleted, and what has to is told with the reason. The money in your accounts is not touched." }
    Delete { "删除", "Delete" }
    DeleteSay { "删除不必保留的数据。", "Deletes what need not stay." }
    DeleteThenRelations { "所有共济关系随之解除，没用完的额度退回共济人的账户。", "All relations end by it, and unused quotas go back." }
    DeleteThenGone { "您起的称呼、通知、未被接受的邀请和身份验证器会被删除。", "Names that you gave, notices, invitations that nobody accepted and the authenticator are deleted." }
    DeleteThenKept { "账目、账单和同意记录要保留。", "Books, bills and consents stay." }
    DeleteThenFinal { "删除以后不能恢复。", "It cannot be undone." }
    Deleted { "已删除：{0}。", "Deleted: {0}." }
    KeptTitle { "仍然保留的数据", "What stays" }
    Kept { "{0}：{1}{2}", "{0}: {1}{2}" }
    KeptYears { "，保留 {0} 年（由经办机构设定）", ", for {0} years (set by the operator)" }
    WhyAccounting { "用来证明每一笔钱的去向，记账后不能更改", "they prove where all money went, and are never changed" }
    WhyInsured { "参保期间结算要用", "needed to settle for you as long as you are insured" }
    WhyProof { "用来证明当时双方同意过", "they prove that both had agreed" }
    Relations { "共济关系", "relations" }
    Invitations { "未被接受的邀请", "invitations that nobody accepted" }
    Nicknames { "您起的称呼", "names that you gave" }
    Notices { "通知", "notices" }
    Books { "账目和账单", "books and bills" }
    Cover { "参保信息", "how you are insured" }
    Consents { "同意记录和窗口办理记录", "consents and acts at a window" }
    Visits { "机构上传的就诊、费用和备案记录", "what institutions sent of visits, bills and filings" }
}
