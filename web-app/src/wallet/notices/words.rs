use wallet_types::{NoticeKindName, NoticeOut, Side};

use crate::i18n::{Lang, texts};
use crate::services::words::money;
use crate::wallet::family::relative;

texts! {
    /// A text of the page of notices.
    N

    Title { "通知", "Notices" }
    Bell { "通知，{0} 条未读", "Notices, {0} new" }
    BellNone { "通知", "Notices" }
    Intro { "共济和转账有变化时，会在这里告诉您。", "Here you are told when something changes between you and your relatives." }
    None { "还没有通知。", "There are no notices yet." }
    Fresh { "新", "new" }
    See { "查看", "See" }

    Invited { "{0}邀请您共济，请向对方要邀请码。", "{0} invites you; ask for the code." }
    Accepted { "{0}接受了您的邀请。", "{0} accepted your invitation." }
    Ended { "您和{0}的关系已经解除。", "The relation with {0} has ended." }
    QuotaRaised { "{0}给您增加了 {1} 共济额度。", "{0} lets you use {1} more." }
    QuotaLowered { "{0}把您的共济额度减少了 {1}。", "{0} takes {1} of your quota back." }
    Paid { "{0}{2}用您的共济支付了 {1}。", "{0} paid {1} with your money{2}." }
    PaidAt { "在{0}", " at {0}" }
    Refunded { "{0}{2}付的钱退回了 {1}，已退回您的共济额度或账户。", "{1} that {0} had paid{2} came back to your quota or account." }
    RefundedToMe { "您{2}付的钱退回了 {1}，{0}共济给您的额度又可以用了。", "{1} that you had paid{2} came back; you may use it again from {0}'s quota." }
    OrderChanged { "{0}改了先用谁的共济。", "{0} changed whose money is drawn first." }
    TransferWaiting { "{0}转给您 {1}，等您接受。", "{0} sends you {1}; accept it." }
    TransferAccepted { "{0}接受了您转的 {1}。", "{0} accepted your {1}." }
    TransferRefused { "{0}没有收下您转的 {1}，钱已退回。", "{0} refused your {1}; the money is back." }
    TransferReturned { "您转给{0}的 {1} 没有被接受，钱已退回。", "Nobody accepted the {1} for {0}; the money is back." }
    ResetAsked { "有人持您的证件到窗口申请更换动态验证码。如果不是您本人，请马上提出异议。", "At a window somebody with your document asked for another authenticator. If it was not you, object at once." }
    ResetGranted { "更换动态验证码的申请已经批准，等待期满后可以设置新的。如果不是您本人，请马上提出异议。", "Another authenticator was granted; you may set it up after the waiting time. If it was not you, object at once." }
}

/// A notice in a sentence.
pub fn told(notice: &NoticeOut, lang: Lang) -> String {
    let who = called(notice, lang);
    let amount = money(notice.amount_fen.unwrap_or_default());
    let at = notice.institution.as_ref().map(|name| N::PaidAt.fill(lang, &[name])).unwrap_or_default();
    let text = match notice.kind {
        NoticeKindName::Invited => N::Invited,
        NoticeKindName::Accepted => N::Accepted,
        NoticeKindName::Ended => N::Ended,
        NoticeKindName::QuotaRaised => N::QuotaRaised,
        NoticeKindName::QuotaLowered => N::QuotaLowered,
        NoticeKindName::Paid => N::Paid,
        NoticeKindName::Refunded if notice.side == Side::Taker => N::RefundedToMe,
        NoticeKindName::Refunded => N::Refunded,
        NoticeKindName::OrderChanged => N::OrderChanged,
        NoticeKindName::TransferWaiting => N::TransferWaiting,
        NoticeKindName::TransferAccepted => N::TransferAccepted,
        NoticeKindName::TransferRefused => N::TransferRefused,
        NoticeKindName::TransferReturned => N::TransferReturned,
        NoticeKindName::ResetAsked => N::ResetAsked,
        NoticeKindName::ResetGranted => N::ResetGranted,
    };
    let sentence = text.fill(lang, &[&who, &amount, &at]);
    capital(sentence)
}

/// Who it is about: by the name that one gave them, or by what they are to one.
fn called(notice: &NoticeOut, lang: Lang) -> String {
    let kin = || relative(notice.side, notice.kin, lang);
    notice.nickname.clone().unwrap_or_else(|| lang.of(kin(), format!("your {}", kin())))
}

/// An English sentence that begins with a relative begins with a capital.
fn capital(sentence: String) -> String {
    let mut letters = sentence.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
