use crate::i18n::texts;

texts! {
    /// A text of the operator's window.
    O

    Title { "窗口办理", "At the window" }
    Intro { "办理以前，请当面核对本人和证件，并收下本人签名的纸质材料。谁在什么时候办的，都会留下记录。", "See the person and their document first, and take the paper that they signed. Who did what, and when, stays on record." }
    NumberQ { "本人证件号码", "Identity number of the person" }
    DocumentQ { "核对了哪种证件？", "Which document did you see?" }
    IdCard { "居民身份证", "Identity card" }
    HouseholdBook { "户口簿", "Household book" }
    SocialSecurityCard { "社会保障卡", "Social security card" }
    PaperQ { "纸质材料编号", "Number of the signed paper" }
    Next { "下一步", "Next" }
    Another { "再办一件", "Another" }
    WrongNumber { "请按证件填 18 位号码。", "18 characters, as on the document." }
    WrongPaper { "请填写纸质材料编号，最多 40 个字。", "The number of the paper, at most 40 characters." }
    WrongCode { "邀请码是 24 位字母和数字。", "A code has 24 letters and digits." }
    WrongDay { "请按 2026-11-02 的样子填写日期。", "A day like 2026-11-02." }
    EndsIn { "末四位 {0}", "ending in {0}" }

    AcceptTitle { "代开通家庭共济", "Accept an invitation for somebody" }
    AcceptHint { "为没有手机的人或者未成年人接受家人的邀请。有手机的成年人请自己在手机上接受。", "For somebody without a phone or under age. Adults with a phone accept by themselves." }
    CodeQ { "家人给的邀请码", "The code that the relative passed on" }
    GuardianQ { "监护人证件号码（本人不满 14 岁时必填）", "Identity number of the guardian (where the person is under fourteen)" }
    AcceptSay { "为证件号码{0}的人接受邀请，{1}，材料编号 {2}。", "Accepts the invitation for the person with the number {0}; {1}, paper {2}." }
    AcceptThen { "关系当场生效，本人以后随时可以解除。", "It holds at once, and the person can end it at any time." }
    AcceptThenGuardian { "监护人已到场并签名同意。", "The guardian is here and has signed." }
    AcceptConfirm { "确认开通", "Accept" }
    Accepted { "已开通。", "Done." }

    LostTitle { "动态验证码遗失", "A lost authenticator" }
    LostHint { "一名经办人员受理，另一名批准。批准以后还有等待期，期满后由本人凭登录口令设置新的验证器；这期间本人会收到通知，可以提出异议。", "One operator asks, another grants it. After a waiting time the person sets up another by themselves; they are told, and may object." }
    LostSay { "为证件号码{0}的人申请更换动态验证码，{1}，材料编号 {2}。", "Asks for another authenticator for the person with the number {0}; {1}, paper {2}." }
    LostThenOther { "要由另一名经办人员批准，现在什么都不改变。", "Another operator has to grant it; nothing changes now." }
    LostThenTold { "本人马上会收到通知。", "The person is told at once." }
    LostConfirm { "提交申请", "Ask" }
    LostAsked { "已提交，请另一名经办人员批准。", "Asked. Another operator has to grant it." }
    ListTitle { "更换申请", "What was asked for" }
    ListNone { "还没有申请。", "Nothing yet." }
    Grant { "批准", "Grant" }
    OwnAsk { "您受理的，须由他人批准", "asked by you; another has to grant it" }
    StateAsked { "等待批准", "waits to be granted" }
    StateWaiting { "已批准，{0} 起可以设置", "granted, from {0} on" }
    StateReady { "可以设置新的验证器", "another may be set up" }
    StateUsed { "已设置", "set up" }
    StateObjected { "本人提出异议，已作废", "the person objected" }
    StateOver { "已过期", "over" }

    DeathTitle { "身故登记", "A death" }
    DeathHint { "登记以后，本人的账户立即停止支付，共济关系全部解除，没用完的额度退回给出的一方。", "Nothing is paid in their name any more, their relations end, and unused quotas go back." }
    DiedQ { "身故日期", "Day of death" }
    DeathSay { "登记证件号码{0}的人于 {1} 身故，材料编号 {2}。", "Notes that the person with the number {0} died on {1}; paper {2}." }
    DeathThenFreeze { "本人账户立即停止支付。", "Nothing is paid in their name from now on." }
    DeathThenEnd { "本人的共济关系全部解除，没用完的额度退回。", "Their relations end, and unused quotas go back." }
    DeathConfirm { "确认登记", "Note it" }
    Died { "已登记，解除共济关系 {0} 项。", "Noted; {0} relations ended." }
}
