use crate::i18n::texts;

texts! {
    /// A text of the wallet's pages on relatives.
    G

    HomeTitle { "我的家庭", "My family" }
    HomeIntro { "看看您和家人之间谁共济给谁、还能用多少，也可以在这里邀请家人、调整额度。", "Who shares with whom, and how much is left; here you invite relatives and change quotas too." }
    WaysLabel { "家庭业务", "What you can do" }
    PictureTitle { "谁和谁共济", "Who shares with whom" }
    RelationsTitle { "共济关系", "Relations" }
    EndedTitle { "已结束的关系（{0}）", "Ended ({0})" }
    NoRelations { "您还没有和家人共济。可以先邀请一位家人。", "You share with nobody yet. Begin by inviting a relative." }
    Me { "我", "Me" }
    IShare { "我共济给{0}", "I share with my {0}" }
    SharesWithMe { "{0}共济给我", "My {0} shares with me" }
    HelpsMe { "{0}帮我出示医保码", "My {0} shows my code for me" }
    IHelp { "我帮{0}出示医保码", "I show the code for my {0}" }
    UsableIs { "还可以用 {0}", "{0} can still be used" }
    HelperSay { "亲情账户：只帮忙出示医保码，不动用对方的钱。", "A helper shows the code and moves no money." }
    ModelUnknown { "两地现在用哪种方式共济，没有查到规定。", "In which way the two areas share today was not found." }
    MayPay { "可以用于：{0}", "May pay for: {0}" }
    Since { "{0} 起", "since {0}" }
    Lasted { "{0} 至 {1}，{2}", "{0} to {1}, {2}" }
    WhyAsked { "由一方提出解除", "ended by one of the two" }
    WhyCover { "因一方参保关系终止而解除", "because cover of one ended" }
    WhyMoved { "因一方医保关系转到其他地区而解除", "because cover of one moved elsewhere" }
    WhyDied { "因一方身故而解除", "because one of the two died" }
    Called { "{0}（{1}）", "{0} ({1})" }
    NicknameTitle { "称呼和先后", "Name and order" }
    NicknameQ { "您怎么称呼对方？只有您自己看得到", "What do you call your relative? Only you see it" }
    NicknameWrong { "最多 20 个字。", "At most 20 characters." }
    NicknameSave { "保存称呼", "Keep the name" }
    OrderQ { "有几位家人共济时，先用谁的？数字小的先用，相同的先用较早的关系", "Where several relatives share, whose money goes first? Lower numbers first, then the older relation" }
    OrderOwnQ { "有几位家人共济给对方时，您的钱第几个用？数字小的先用，相同的先用较早的关系", "Where several share with your relative, when is your money drawn? Lower numbers first, then the older relation" }
    OrderSave { "保存先后", "Keep the order" }
    OwnKept { "已保存。", "Kept." }
    OwnToOther { "对方会收到通知。", "Your relative is told." }
    Manage { "查看和调整", "See and change" }
    Look { "查看", "See" }
    Usable { "还可以用", "Can still be used" }
    HeldNow { "结算中冻结", "Held for settlements" }
    Used { "已经用掉", "Used" }
    Granted { "共济额度合计", "Granted in all" }
    BackToFamily { "回到我的家庭", "Back to my family" }

    WaitingTitle { "待接受的邀请", "Invitations that wait" }
    InvitedBy { "{0}邀请您共济", "Your {0} invites you" }
    InvitedHint { "请向对方要邀请码，在 {0} 之前接受。", "Ask for the code and accept before {0}." }
    InvitingTo { "已邀请{0}，等对方接受", "Your {0} is invited and has not accepted yet" }
    CopyCode { "复制邀请码", "Copy the code" }
    QrLabel { "邀请二维码：家人用手机扫一扫就能打开接受页面", "The invitation as a QR code that opens the page to accept it" }
    CodeHint { "把邀请码告诉家人，或者让家人扫二维码。只有您所填身份证号码的本人能接受，{0} 之前有效。", "Tell your relative the code, or let them scan it. Nobody but the person you named can accept; valid until {0}." }
    Withdraw { "撤回邀请", "Take it back" }
    WithdrawSay { "撤回以后，这个邀请码就不能用了。", "The code cannot be used afterwards." }
    Withdrawn { "邀请已撤回。", "The invitation is taken back." }

    InviteTitle { "邀请家人", "Invite a relative" }
    InviteIntro { "先看看能不能共济、之后会怎样，再发出邀请。对方接受以后才生效。", "See first whether you may share and what follows; then invite. Nothing holds until your relative accepts." }
    KindQ { "想和家人建立哪种关系？", "What would you like to agree on?" }
    KindShare { "家庭共济：我的个人账户也给家人用", "Sharing: my personal account also pays for my relative" }
    KindHelper { "亲情账户：请家人帮我出示医保码，不动用我的钱", "A helper: my relative shows my code and moves no money" }
    KinQ { "对方是您的什么人？", "What is this person to you?" }
    AreaQ { "对方在哪里参保？（只用来核对规定，不会发送）", "Where is your relative insured? (For the check on this page; not sent.)" }
    AreaUnsaid { "还不知道，先不核对", "Not known yet: do not check" }
    CoverQ { "对方参加哪种医保？", "Which insurance has your relative?" }
    MayTitle { "能不能共济，之后会怎样", "May you share, and what follows" }
    NumberQ { "对方的身份证号码", "Identity number of your relative" }
    NumberHint { "邀请只对这一位本人有效。服务器只保存用密钥算出的摘要，不保存号码；这台设备也不保存。", "The invitation is good for this person only. The server keeps a keyed digest of the number, this device nothing." }
    WrongNumber { "请填 18 位身份证号码，最后一位可以是 X。", "18 characters; the last may be X." }
    Consent { "以上内容我已看过，我同意", "I have read this and agree" }
    WrongConsent { "需要您勾选同意，才能办理。", "This needs your consent." }
    Next { "下一步：核对", "Next: check" }
    InviteConfirm { "确认邀请", "Invite" }
    InviteShareSay { "邀请{0}（身份证号码末四位 {1}）用您的个人账户。", "Invite your {0} (number ending in {1}) to use your personal account." }
    InviteHelperSay { "邀请{0}（身份证号码末四位 {1}）帮您出示医保码。", "Invite your {0} (number ending in {1}) to show your code for you." }
    InviteThenCode { "您会得到一个邀请码，请转告家人。", "You get a code to pass on." }
    InviteThenOnly { "对方接受之前，一分钱都不会动；您随时可以撤回。", "No money moves before it is accepted, and you can take it back until then." }
    InvitedTitle { "邀请已发出", "Invited" }
    InvitedThen { "对方接受以后，您会收到通知，再来设定额度。", "You are told when it is accepted; then set a quota." }
    InviteAnother { "再邀请一位", "Invite another" }

    SharerAgrees { "共济人（出钱的人）同意", "The sharer agrees" }
    SharerAgreesMoney { "家人可以使用我个人账户里的钱：设了额度的，最多用到额度为止；省内直接绑定的，在结算时使用。", "The relative may use money of my personal account: up to the quota where one is set, at settlement where the account is bound directly." }
    SharerAgreesUse { "钱只能用于规定的医保用途，不能提现。", "It pays only for what the rules allow, and never becomes cash." }
    SharerAgreesSee { "我能看到家人用了多少、哪一天、在哪家机构；看不到药品和诊断。", "I see how much was used, on which day and where; no drugs and no diagnosis." }
    AgreesEnd { "任何一方随时可以解除。", "Either side can end it at any time." }
    TakerAgrees { "被共济人（用钱的人）同意", "The recipient agrees" }
    TakerAgreesSelf { "付钱时先用我自己的个人账户和医保钱包，不够的再用家人的。", "My own account and wallet pay first, and only then my relative's." }
    TakerAgreesSeen { "共济人能看到我用了多少、哪一天、在哪家机构；看不到药品和诊断。", "The sharer sees how much I used, on which day and where; no drugs and no diagnosis." }
    TakerAgreesNot { "我能看到还可以用多少，看不到对方的账户余额。", "I see how much I may still use, and not the sharer's balance." }
    HelpedAgrees { "被帮助的人同意", "Who is helped agrees" }
    HelpedAgreesCode { "对方看病买药时可以替我出示医保码。", "The other may show my code for me at treatment." }
    HelperNoMoney { "只出示医保码，不能动用钱，也不是家庭共济。", "It shows a code, moves no money, and is no sharing." }
    HelperAgrees { "帮助的人同意", "The helper agrees" }
    HelperAgreesCode { "只在对方本人看病买药时出示对方的医保码。", "The code is shown only for the other's own treatment." }

    AcceptTitle { "接受邀请", "Accept an invitation" }
    AcceptIntro { "填写家人给您的邀请码。服务器会核对您的身份：只有被邀请的本人能接受。", "Type the code that your relative gave you. The server checks who you are: only the invited person can accept." }
    NotInvited { "现在没有给您的邀请。如果家人已经邀请您，请核对对方填的身份证号码。", "There is no invitation for you now. If a relative invited you, check the identity number that they typed." }
    CodeQ { "邀请码", "Code" }
    CodeQHint { "24 个字母和数字，横线和大小写都不影响。扫二维码打开的，已经填好。", "24 letters and digits in any case, with or without hyphens. A scanned code is filled in already." }
    WrongCode { "邀请码是 24 个字母和数字，请核对。", "A code has 24 letters and digits." }
    AcceptConfirm { "接受邀请", "Accept" }
    AcceptSay { "接受这个邀请，和家人建立关系。", "Accept this invitation." }
    AcceptThenRules { "服务器会按两地的规定逐条核对，不符合的会说明是哪一条。", "The server checks the rules of both areas and names the condition that is not met." }
    AcceptThenKnown { "双方同意的时间和当时的规定版本会留存。", "It is recorded when each side agreed and by which edition of the rules." }
    AcceptedTitle { "已接受", "Accepted" }

    BindingGives { "省内直接绑定，不用设额度：对方结算时，直接使用您个人账户的余额。", "Bound within the province: no quota is set, and settlements draw on your account." }
    BindingTakes { "省内直接绑定：结算时直接使用对方的个人账户。对方的余额不公开。", "Bound within the province: settlements draw on the sharer's account, whose balance is not shown." }
    DrawsTitle { "额度的使用和调整", "How the quota was used and changed" }
    DrawsHint { "这里有金额、时间和机构，没有药品和诊断。", "Amounts, times and institutions; no drugs and no diagnosis." }
    ConsentsTitle { "双方的同意", "Consent" }
    IAgreed { "我于 {0} 同意{1}", "I agreed on {0} {1}" }
    OtherAgreed { "对方于 {0} 同意{1}", "The other agreed on {0} {1}" }
    ForSharing { "共济", "to sharing" }
    ForCode { "帮忙出示医保码", "to showing the code" }
    ForChild { "由监护人代为办理", "as a guardian" }
    ForDetails { "让共济的家人看到买了什么", "to showing what is bought" }
    DetailsTitle { "买了什么", "What was bought" }
    DetailsGive { "让对方看到我买了什么", "Let my relative see what I buy" }
    DetailsGiveHint { "只包括从现在起、用对方的钱付的账单：病种、项目和药品。不勾选也不影响共济，随时可以取消。", "Only bills from now on that their money pays: diseases, items and drugs. Sharing does not depend on it, and you can stop at any time." }
    DetailsNotShown { "对方没有让您看到买了什么；您看到的是金额、时间和机构。", "Your relative does not show you what is bought; you see amounts, times and institutions." }
    DetailsSince { "{0} 起用这份共济的钱买的：", "Bought with this money since {0}:" }
    DetailsNone { "还没有。", "Nothing yet." }
    DetailsDrug { "药品 {0}，{1} 盒（瓶）", "Drug {0}, {1} packs" }
    DetailsSplit { "药品 {0}，拆零 {1} 个最小单位", "Drug {0}, {1} units of a split pack" }
    AgreedUntil { "{0} 起不再有效", "no longer since {0}" }
    EndTitle { "解除关系", "End it" }
    EndHint { "双方都可以提出，立即生效。", "Either side can, at once." }
    End { "解除关系", "End the relation" }
    EndSay { "解除“{0}”这一关系。", "End “{0}”." }
    EndHelper { "以后不能再替对方出示医保码。", "The code is shown for the other no more." }
    EndGiver { "没有用完的额度立即退回您的个人账户。", "What is left of the quota is yours again at once." }
    EndTaker { "您不能再用对方的钱；没有用完的额度退回对方。", "You can use no more of it; what is left goes back to the sharer." }
    EndHeld { "正在结算的先结算完。", "Settlements under way end first." }
    EndedNow { "关系已解除。", "It is ended." }

    QuotaTitle { "共济额度", "Quota" }
    QuotaSlide { "拖动选择家人还可以用多少", "Slide to what your relative may still use" }
    QuotaQ { "家人还可以用多少？", "How much may your relative still use?" }
    QuotaHint { "最多 {0}；填 0 表示全部收回。", "At most {0}; 0 takes all of it back." }
    QuotaNothing { "全部收回", "Take all of it back" }
    WrongQuota { "请填金额，例如 2000 或 2000.50；填 0 表示全部收回。", "An amount such as 2000 or 2000.50; 0 takes all back." }
    WrongQuotaMore { "最多可以设 {0}。", "{0} is the most." }
    WrongQuotaSame { "和现在的额度一样，没有变化。", "That is what it is now." }
    QuotaThenTaker { "家人可以用的额度由 {0} 变为 {1}。", "Your relative may use {1} instead of {0}." }
    QuotaThenGiver { "您自己可以用的余额由 {0} 变为 {1}。", "You yourself have {1} available instead of {0}." }
    QuotaThenHeld { "正在结算的 {0} 不受影响，先结算完。", "{0} held for settlements is not touched; they end first." }
    QuotaThenStays { "钱还在您的个人账户里，只是这部分您自己不能用。", "The money stays in your account; this part of it you cannot use yourself." }
    QuotaThenNone { "额度全部收回，关系还在，以后可以再设。", "All of it is taken back; the relation stays, and a quota can be set again." }
    QuotaSay { "让{0}还可以用 {1}。", "Let your {0} use {1} from now on." }
    QuotaConfirm { "确认额度", "Set it" }
    QuotaDone { "额度已调整，家人会收到通知。", "The quota is set, and your relative is told." }
    QuotaAgain { "再调整", "Change it again" }
    ThenOnce { "重复点按或网络中断，都只会办理一次。", "However often you press, or if the connection breaks, it is done once." }

    GiftsTitle { "转给家人", "Send to a relative" }
    GiftsIntro { "从您的医保钱包转到家人的医保钱包。对方接受才到账，不接受会自动退回。", "From your wallet to a relative's. It arrives when it is accepted, and comes back by itself otherwise." }
    GiftsList { "转账记录", "Transfers" }
    GiveTitle { "转一笔", "Send" }
    GiveToQ { "转给谁？", "To whom?" }
    NobodyToGive { "您还没有共济给家人的关系，不能转账。请先邀请家人。", "You share with nobody yet, so that there is nobody to send to. Invite a relative first." }
    FromWallet { "医保钱包可用余额 {0}", "{0} available in your wallet" }
    LimitMost { "单笔不超过 {0}。", "At most {0} at a time." }
    LimitDay { "每天 {0} 次，今天已转 {1} 次，还可以转 {2} 次。", "{0} a day: {1} today, {2} left." }
    LimitClosed { "{0} 至次日 {1} 不能转账。", "None from {0} to {1}." }
    LimitReturned { "没有接受的，次日 {0} 自动退回。", "What nobody accepts comes back at {0} on the next day." }
    GiveSay { "给{0}转 {1}。", "Send {1} to your {0}." }
    GiveThenHeld { "您医保钱包的可用余额由 {0} 变为 {1}。", "Your wallet: available changes from {0} to {1}." }
    GiveThenReturned { "对方接受才到账；没有接受的，次日 {0} 自动退回。", "It arrives when accepted, and otherwise comes back at {0} on the next day." }
    GiveThenWaits { "对方接受才到账；没有接受的会自动退回。", "It arrives when accepted, and otherwise comes back by itself." }
    GiveThenFinal { "对方接受以后不能撤回。", "It cannot be taken back once it is accepted." }
    Given { "已转出，等对方接受。", "Sent; it waits to be accepted." }
    GaveTo { "转给{0}", "To my {0}" }
    GotFrom { "{0}转来", "From my {0}" }
    GiftPending { "等待接受，{0} 之前有效", "waits, until {0}" }
    GiftPosted { "已接受", "accepted" }
    GiftVoided { "已拒绝，已退回", "refused and returned" }
    GiftExpired { "没有接受，已退回", "not accepted, returned" }
    GiftWaits { "{0}转给您 {1}", "Your {0} sends you {1}" }
    GiftUntil { "请在 {0} 之前接受，过时自动退回。", "Accept before {0}; it goes back by itself afterwards." }
    Take { "接受", "Accept" }
    Refuse { "拒绝", "Refuse" }
    TakeSay { "接受{0}转来的 {1}。", "Accept the {1} that your {0} sends." }
    TakeThen { "钱马上进入您的医保钱包，接受以后不能退回。", "The money is in your wallet at once. This is final." }
    RefuseSay { "拒绝{0}转来的 {1}。", "Refuse the {1} that your {0} sends." }
    RefuseThen { "钱马上退回对方的医保钱包。", "The money goes back to the sender's wallet at once." }
    Answered { "已办理。", "Done." }

    PremiumTitle { "缴保费", "Pay a premium" }
    PremiumIntro { "用您的个人账户、医保钱包或者家人给的额度缴保费。先按规定核对，再确认。", "From your account, your wallet or a relative's quota. The rules are checked before you confirm." }
    PremiumQ { "缴哪种保费？", "Which premium?" }
    PayeeQ { "缴给哪里？", "To whom?" }
    PremiumAmountQ { "缴多少？", "How much?" }
    MayPremiumTitle { "能不能缴，钱从哪里出", "May it be paid, and from where" }
    UnknownBalance { "省内绑定的家人，账户余额不公开，上面按足够计算；实际以缴费时为准。", "The balance of a relative who is bound within the province is not shown; it is taken to be enough above, and decided when you pay." }
    PremiumConfirm { "确认缴费", "Pay" }
    PremiumSay { "向{0}缴费 {1}。", "Pay {1} to {0}." }
    PremiumDraw { "从{0}出 {1}。", "{1} from {0}." }
    PremiumShort { "这些钱不够缴全。保费要一次缴足，服务器会拒绝。", "This is not enough. A premium is paid in full or not at all: the server will refuse." }
    PremiumDone { "缴费成功", "Paid" }
    PremiumAnother { "再缴一笔", "Another premium" }
    FromRelative { "家人的共济", "a relative's share" }
}
