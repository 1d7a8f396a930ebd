use std::fmt;

use anxin_core::RefusalCode;
use anxin_core::text::Lang;
use serde::{Deserialize, Serialize};

use crate::wallet_code::WalletCode;

/// Why a request was refused, as `application/problem+json` (RFC 9457).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Problem {
    /// Where the kind of problem is explained, relative to the server.
    #[serde(rename = "type")]
    pub kind: String,
    /// The kind of problem in a few words.
    pub title: String,
    /// The HTTP status, repeated.
    pub status: u16,
    /// This problem in a sentence.
    pub detail: String,
    pub code: ProblemCode,
    /// Path of the field that was refused, `visit.inpatient.bill.split.total_fen`; empty for the whole input.
    #[serde(default)]
    pub field: String,
    /// What would be taken.
    #[serde(default)]
    pub accepted: String,
    /// Names this request in the server's log; also in the header `x-request-id`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request_id: Option<String>,
}

/// The stable code of a problem.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(untagged)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum ProblemCode {
    /// The input breaks a rule of the calculation.
    Refusal(RefusalCode),
    /// The request never reached the calculation.
    Transport(TransportCode),
    /// The wallet's books say no.
    Wallet(WalletCode),
}

impl ProblemCode {
    pub fn code(self) -> &'static str {
        match self {
            ProblemCode::Refusal(code) => code.code(),
            ProblemCode::Transport(code) => code.code(),
            ProblemCode::Wallet(code) => code.code(),
        }
    }
}

impl fmt::Display for ProblemCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// Stable codes of what goes wrong between client and server. A code is never given another meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum TransportCode {
    /// Nothing is at this address.
    #[serde(rename = "AX9001")]
    NotFound,
    /// The address does not take this method.
    #[serde(rename = "AX9002")]
    MethodNotAllowed,
    /// The body is not announced as plain JSON.
    #[serde(rename = "AX9003")]
    UnsupportedMediaType,
    /// No rules are loaded yet.
    #[serde(rename = "AX9004")]
    NotReady,
    /// The server failed; the cause is in its log only.
    #[serde(rename = "AX9005")]
    Internal,
    /// No token, or one that is not taken; which of the two is not said.
    #[serde(rename = "AX9006")]
    NotSignedIn,
    /// The role does not allow this.
    #[serde(rename = "AX9007")]
    NotAllowed,
    /// Sent by another site, or without the header that only the own page can send.
    #[serde(rename = "AX9008")]
    CrossSite,
    /// More requests than are taken in a minute.
    #[serde(rename = "AX9009")]
    TooMany,
    /// The server runs without a wallet.
    #[serde(rename = "AX9010")]
    NoWallet,
    /// The books take nothing in at the moment.
    #[serde(rename = "AX9011")]
    Busy,
    /// It is not known whether the request was carried out.
    #[serde(rename = "AX9012")]
    Unclear,
    /// No `Idempotency-Key`, or one that is not 1 to 255 visible ASCII characters.
    #[serde(rename = "AX9013")]
    KeyMissing,
    /// The key was used for another request.
    #[serde(rename = "AX9014")]
    KeyReused,
    /// Who asks for a correction does not decide it.
    #[serde(rename = "AX9015")]
    SamePerson,
    /// It was decided before.
    #[serde(rename = "AX9016")]
    Decided,
    /// Name and password do not belong together.
    #[serde(rename = "AX9017")]
    BadLogin,
    /// The area knows nothing of how the person is insured.
    #[serde(rename = "AX9018")]
    NotRegistered,
    /// The rules of family accounts say no; `field` names the condition, `accepted` the rule.
    #[serde(rename = "AX9019")]
    RulesForbid,
    /// A rule that decides it is not known.
    #[serde(rename = "AX9020")]
    RulesUnknown,
    /// Nothing is done without consent.
    #[serde(rename = "AX9021")]
    ConsentMissing,
    /// The relation has ended.
    #[serde(rename = "AX9022")]
    RelationEnded,
    /// Somebody who died does nothing more, and nothing is done for them here.
    #[serde(rename = "AX9028")]
    PersonDied,
    /// So large an amount needs a code of the authenticator.
    #[serde(rename = "AX9025")]
    CodeNeeded,
    /// The authenticator's code is wrong, or was used.
    #[serde(rename = "AX9026")]
    CodeWrong,
    /// So large an amount needs an authenticator, and none is set up.
    #[serde(rename = "AX9027")]
    NoSecondFactor,
    /// The same request is being answered at the moment.
    #[serde(rename = "AX9023")]
    UnderWay,
    /// The body did not arrive in time.
    #[serde(rename = "AX9024")]
    TooSlow,
    /// What decides the bill is not known, or not well enough to pay by.
    #[serde(rename = "AX9030")]
    FiguresMissing,
    /// The figures are not those of the presettlement any more.
    #[serde(rename = "AX9031")]
    FiguresChanged,
    /// The order is in a state in which this cannot be done.
    #[serde(rename = "AX9032")]
    OrderState,
    /// A code that is wrong, used or expired; which of the three is not said.
    #[serde(rename = "AX9033")]
    CodeRefused,
    /// The cash part was not paid, so nothing was.
    #[serde(rename = "AX9034")]
    CashRefused,
    /// A token that is not for this institution, operator, device or purpose, or is over.
    #[serde(rename = "AX9035")]
    TokenRefused,
    /// The area has not registered the institution for settlements.
    #[serde(rename = "AX9036")]
    NotContracted,
    /// Nobody here takes payments by this means.
    #[serde(rename = "AX9037")]
    NoProvider,
    /// A listed drug without its 追溯码, or with one that is not of its form.
    #[serde(rename = "AX9060")]
    TraceMissing,
    /// A pack that was sold before, or waits to be looked at; which of the two, and where, is not said.
    #[serde(rename = "AX9061")]
    PackTaken,
    /// A rule of the area's monitor stands against it.
    #[serde(rename = "AX9062")]
    RuleBlocks,
    /// There is nothing to declare, or more comes back than is owed.
    #[serde(rename = "AX9063")]
    NothingToClear,
    /// The institution's agreement, or a person's qualification, does not hold on this day.
    #[serde(rename = "AX9064")]
    StandingForbids,
    /// A prescription drug without a prescription that is good for it here and now; what is wrong is not said.
    #[serde(rename = "AX9067")]
    RxMissing,
    /// No pharmacist other than the seller passed the prescription at this pharmacy.
    #[serde(rename = "AX9068")]
    RxNotReviewed,
    /// A note that is not of an area that is known here, or not for this one; which of the two is not said.
    #[serde(rename = "AX9070")]
    NoteRefused,
}

impl TransportCode {
    pub const ALL: &'static [TransportCode] = &[
        TransportCode::NotFound,
        TransportCode::MethodNotAllowed,
        TransportCode::UnsupportedMediaType,
        TransportCode::NotReady,
        TransportCode::Internal,
        TransportCode::NotSignedIn,
        TransportCode::NotAllowed,
        TransportCode::CrossSite,
        TransportCode::TooMany,
        TransportCode::NoWallet,
        TransportCode::Busy,
        TransportCode::Unclear,
        TransportCode::KeyMissing,
        TransportCode::KeyReused,
        TransportCode::SamePerson,
        TransportCode::Decided,
        TransportCode::BadLogin,
        TransportCode::NotRegistered,
        TransportCode::RulesForbid,
        TransportCode::RulesUnknown,
        TransportCode::ConsentMissing,
        TransportCode::RelationEnded,
        TransportCode::PersonDied,
        TransportCode::CodeNeeded,
        TransportCode::CodeWrong,
        TransportCode::NoSecondFactor,
        TransportCode::UnderWay,
        TransportCode::TooSlow,
        TransportCode::FiguresMissing,
        TransportCode::FiguresChanged,
        TransportCode::OrderState,
        TransportCode::CodeRefused,
        TransportCode::CashRefused,
        TransportCode::TokenRefused,
        TransportCode::NotContracted,
        TransportCode::NoProvider,
        TransportCode::TraceMissing,
        TransportCode::PackTaken,
        TransportCode::RuleBlocks,
        TransportCode::NothingToClear,
        TransportCode::StandingForbids,
        TransportCode::RxMissing,
        TransportCode::RxNotReviewed,
        TransportCode::NoteRefused,
    ];

    pub fn code(self) -> &'static str {
        match self {
            TransportCode::NotFound => "AX9001",
            TransportCode::MethodNotAllowed => "AX9002",
            TransportCode::UnsupportedMediaType => "AX9003",
            TransportCode::NotReady => "AX9004",
            TransportCode::Internal => "AX9005",
            TransportCode::NotSignedIn => "AX9006",
            TransportCode::NotAllowed => "AX9007",
            TransportCode::CrossSite => "AX9008",
            TransportCode::TooMany => "AX9009",
            TransportCode::NoWallet => "AX9010",
            TransportCode::Busy => "AX9011",
            TransportCode::Unclear => "AX9012",
            TransportCode::KeyMissing => "AX9013",
            TransportCode::KeyReused => "AX9014",
            TransportCode::SamePerson => "AX9015",
            TransportCode::Decided => "AX9016",
            TransportCode::BadLogin => "AX9017",
            TransportCode::NotRegistered => "AX9018",
            TransportCode::RulesForbid => "AX9019",
            TransportCode::RulesUnknown => "AX9020",
            TransportCode::ConsentMissing => "AX9021",
            TransportCode::RelationEnded => "AX9022",
            TransportCode::PersonDied => "AX9028",
            TransportCode::CodeNeeded => "AX9025",
            TransportCode::CodeWrong => "AX9026",
            TransportCode::NoSecondFactor => "AX9027",
            TransportCode::UnderWay => "AX9023",
            TransportCode::TooSlow => "AX9024",
            TransportCode::FiguresMissing => "AX9030",
            TransportCode::FiguresChanged => "AX9031",
            TransportCode::OrderState => "AX9032",
            TransportCode::CodeRefused => "AX9033",
            TransportCode::CashRefused => "AX9034",
            TransportCode::TokenRefused => "AX9035",
            TransportCode::NotContracted => "AX9036",
            TransportCode::NoProvider => "AX9037",
            TransportCode::TraceMissing => "AX9060",
            TransportCode::PackTaken => "AX9061",
            TransportCode::RuleBlocks => "AX9062",
            TransportCode::NothingToClear => "AX9063",
            TransportCode::StandingForbids => "AX9064",
            TransportCode::RxMissing => "AX9067",
            TransportCode::RxNotReviewed => "AX9068",
            TransportCode::NoteRefused => "AX9070",
        }
    }

    pub fn status(self) -> u16 {
        match self {
            TransportCode::NotFound => 404,
            TransportCode::MethodNotAllowed => 405,
            TransportCode::UnsupportedMediaType => 415,
            TransportCode::NotReady => 503,
            TransportCode::Internal => 500,
            TransportCode::NotSignedIn => 401,
            TransportCode::NotAllowed => 403,
            TransportCode::CrossSite => 403,
            TransportCode::TooMany => 429,
            TransportCode::NoWallet => 503,
            TransportCode::Busy => 503,
            TransportCode::Unclear => 504,
            TransportCode::KeyMissing => 400,
            TransportCode::KeyReused => 409,
            TransportCode::SamePerson => 403,
            TransportCode::Decided => 409,
            TransportCode::BadLogin => 401,
            TransportCode::NotRegistered => 422,
            TransportCode::RulesForbid => 422,
            TransportCode::RulesUnknown => 422,
            TransportCode::ConsentMissing => 422,
            TransportCode::RelationEnded => 409,
            TransportCode::PersonDied => 409,
            TransportCode::CodeNeeded => 403,
            TransportCode::CodeWrong => 403,
            TransportCode::NoSecondFactor => 403,
            TransportCode::UnderWay => 409,
            TransportCode::TooSlow => 408,
            TransportCode::FiguresMissing => 422,
            TransportCode::FiguresChanged => 409,
            TransportCode::OrderState => 409,
            TransportCode::CodeRefused => 422,
            TransportCode::CashRefused => 422,
            TransportCode::TokenRefused => 422,
            TransportCode::NotContracted => 422,
            TransportCode::NoProvider => 422,
            TransportCode::TraceMissing => 422,
            TransportCode::PackTaken => 409,
            TransportCode::RuleBlocks => 422,
            TransportCode::NothingToClear => 422,
            TransportCode::StandingForbids => 403,
            TransportCode::RxMissing => 422,
            TransportCode::RxNotReviewed => 422,
            TransportCode::NoteRefused => 403,
        }
    }

    pub fn title(self, lang: Lang) -> &'static str {
        let (zh, en) = match self {
            TransportCode::NotFound => ("没有这个地址", "No such address"),
            TransportCode::MethodNotAllowed => ("不支持的请求方法", "Method not allowed"),
            TransportCode::UnsupportedMediaType => ("不支持的内容类型", "Content type not supported"),
            TransportCode::NotReady => ("尚未就绪", "Not ready"),
            TransportCode::Internal => ("服务器内部错误", "Server error"),
            TransportCode::NotSignedIn => ("未登录或登录已失效", "Not signed in"),
            TransportCode::NotAllowed => ("无权进行此操作", "Not allowed"),
            TransportCode::CrossSite => ("不接受其他网站发起的请求", "Request from another site"),
            TransportCode::TooMany => ("请求过于频繁", "Too many requests"),
            TransportCode::NoWallet => ("未启用钱包", "No wallet here"),
            TransportCode::Busy => ("系统繁忙", "Busy"),
            TransportCode::Unclear => ("结果未明", "Outcome not known"),
            TransportCode::KeyMissing => ("缺少幂等键", "No idempotency key"),
            TransportCode::KeyReused => ("幂等键已被使用", "Idempotency key used before"),
            TransportCode::SamePerson => ("须由他人复核", "Another person has to decide"),
            TransportCode::Decided => ("申请已办结", "Already decided"),
            TransportCode::BadLogin => ("用户名或口令错误", "Wrong name or password"),
            TransportCode::NotRegistered => ("尚未登记参保信息", "Not registered"),
            TransportCode::RulesForbid => ("共济规则不允许", "The rules do not allow it"),
            TransportCode::RulesUnknown => ("规则未明", "Rule not known"),
            TransportCode::ConsentMissing => ("未表示同意", "No consent"),
            TransportCode::RelationEnded => ("共济关系已解除", "Relation ended"),
            TransportCode::PersonDied => ("账户已冻结", "Account frozen"),
            TransportCode::CodeNeeded => ("需要动态验证码", "A code is needed"),
            TransportCode::CodeWrong => ("动态验证码不对", "Wrong code"),
            TransportCode::NoSecondFactor => ("尚未设置动态验证码", "No authenticator set up"),
            TransportCode::UnderWay => ("同一请求正在办理", "Under way already"),
            TransportCode::TooSlow => ("请求发送过慢", "Too slow"),
            TransportCode::FiguresMissing => ("暂不能结算", "Cannot be settled"),
            TransportCode::FiguresChanged => ("结算金额已变化", "The figures have changed"),
            TransportCode::OrderState => ("订单当前状态不能办理", "Not in this state"),
            TransportCode::CodeRefused => ("医保码不能使用", "Code not taken"),
            TransportCode::CashRefused => ("现金部分未付成", "The cash part was not paid"),
            TransportCode::TokenRefused => ("结算凭证不能使用", "Token not taken"),
            TransportCode::NotContracted => ("未登记定点信息", "Not registered for settlement"),
            TransportCode::NoProvider => ("未接入这种付款方式", "Means of payment not available"),
            TransportCode::TraceMissing => ("药品追溯码不符合要求", "Trace code missing or not of its form"),
            TransportCode::PackTaken => ("药品追溯码不能使用", "Pack not taken"),
            TransportCode::RuleBlocks => ("医保智能监管规则不允许", "A rule of the monitor stands against it"),
            TransportCode::NothingToClear => ("没有可申报的费用", "Nothing to declare"),
            TransportCode::RxMissing => ("没有可用的电子处方", "No prescription that is good for it"),
            TransportCode::RxNotReviewed => ("处方尚未通过药师审核", "Not passed by a pharmacist"),
            TransportCode::NoteRefused => ("报文未被接收", "Note not taken"),
            TransportCode::StandingForbids => ("协议或支付资格不在有效期", "Agreement or qualification does not hold"),
        };
        lang.of(zh, en)
    }

    pub fn detail(self, lang: Lang) -> &'static str {
        let (zh, en) = match self {
            TransportCode::NotFound => (
                "此地址下没有内容。接口说明见 /api/。",
                "There is nothing at this address. The interface is described at /api/.",
            ),
            TransportCode::MethodNotAllowed => (
                "此地址不接受这种请求方法，可用的方法见 accepted。",
                "This address does not take this method; accepted lists those it takes.",
            ),
            TransportCode::UnsupportedMediaType => (
                "请求正文须为未压缩的 application/json(UTF-8)。",
                "The body must be application/json in UTF-8, not compressed.",
            ),
            TransportCode::NotReady => (
                "尚未载入任何地区的规则，暂不能估算。",
                "The rules of no region are loaded, so nothing can be estimated yet.",
            ),
            TransportCode::Internal => (
                "服务器出错，未作任何处理。联系维护者时请提供 request_id。",
                "The server failed and nothing was done. Give the request_id when you ask about it.",
            ),
            TransportCode::NotSignedIn => (
                "请求没有带登录凭证，或凭证无效。请重新登录。",
                "The request has no token, or one that is not taken. Sign in again.",
            ),
            TransportCode::NotAllowed => ("当前身份不能进行此操作。", "This is not for the role that you have."),
            TransportCode::CrossSite => (
                "此请求由其他网站发起，或缺少 X-CSRF-Token 请求头。",
                "The request comes from another site, or has no X-CSRF-Token.",
            ),
            TransportCode::TooMany => (
                "请求过于频繁，请在 Retry-After 指明的秒数之后重试。",
                "Too many requests. Try again after the seconds in Retry-After.",
            ),
            TransportCode::NoWallet => {
                ("此服务未配置数据库，不提供钱包功能。", "This server has no database and so no wallet.")
            }
            TransportCode::Busy => (
                "账务系统暂不能受理，请使用同一 Idempotency-Key 重试。",
                "The books take nothing in at the moment. Try again with the same Idempotency-Key.",
            ),
            TransportCode::Unclear => (
                "尚不能确认此请求是否已入账。请使用同一 Idempotency-Key 重试，不会重复入账。",
                "It is not known whether this was booked. Try again with the same Idempotency-Key: it is not booked twice.",
            ),
            TransportCode::KeyMissing => (
                "涉及资金的请求须带 Idempotency-Key 请求头：1 至 255 个可见 ASCII 字符。",
                "A request that moves money has the header Idempotency-Key: 1 to 255 visible ASCII characters.",
            ),
            TransportCode::KeyReused => (
                "此 Idempotency-Key 已用于另一请求，请更换。",
                "This Idempotency-Key was used for another request. Take a new one.",
            ),
            TransportCode::SamePerson => {
                ("须由申请人以外的人员复核。", "This is decided by somebody other than who asked for it.")
            }
            TransportCode::Decided => {
                ("这项申请已经办结，或者已有一项在办。", "This was decided before, or another is open already.")
            }
            TransportCode::BadLogin => ("用户名或口令错误。", "Name and password do not belong together."),
            TransportCode::NotRegistered => (
                "经办机构尚未登记此人的参保信息，不能办理家庭共济。",
                "The area has not registered how this person is insured, so nothing can be shared.",
            ),
            TransportCode::RulesForbid => (
                "不符合家庭共济的规则：条件见 field，依据见 accepted。",
                "A condition of sharing is not met: field names it, accepted the rule behind it.",
            ),
            TransportCode::RulesUnknown => (
                "决定能否办理的规则尚不明确，请咨询当地医保经办机构（12393）。",
                "A rule that decides this is not known. The area's office (12393) can tell.",
            ),
            TransportCode::ConsentMissing => {
                ("须由本人明确表示同意后才能办理。", "Nothing is done before the person has agreed.")
            }
            TransportCode::RelationEnded => ("此共济关系已经解除。", "This relation has ended."),
            TransportCode::PersonDied => (
                "参保人已登记身故，账户已冻结。后续事宜请家属到医保经办窗口办理。",
                "The person is registered as having died, and the account is frozen. Relatives are helped at the office's window.",
            ),
            TransportCode::CodeNeeded => (
                "金额较大，请打开身份验证器，用 X-Second-Factor 请求头提交当前的 6 位动态验证码。",
                "The amount is large: send the authenticator's present six digits in X-Second-Factor.",
            ),
            TransportCode::CodeWrong => (
                "动态验证码不对，或者已经用过。请等身份验证器换出新的验证码再试。",
                "The code is wrong, or was used. Wait for the authenticator's next one.",
            ),
            TransportCode::NoSecondFactor => (
                "金额较大，须用动态验证码确认。请先设置身份验证器。",
                "So large an amount is confirmed with an authenticator. Set one up first.",
            ),
            TransportCode::UnderWay => (
                "使用同一 Idempotency-Key 的请求正在办理。请稍后使用同一键重试，即可得到结果，不会重复办理。",
                "A request with this Idempotency-Key is being answered. Try again with the same key for its result: it is not done twice.",
            ),
            TransportCode::TooSlow => (
                "请求内容未在规定时间内送达，未作任何处理。请检查网络后重试。",
                "The body did not arrive in time, and nothing was done. Look at the connection and try again.",
            ),
            TransportCode::FiguresMissing => (
                "决定这笔费用的政策数据缺失或未经核实，缺少哪些见 accepted。系统不按推测结算；可向医保经办机构（12393）核实，或先自费、后零星报销。",
                "What decides this bill is not known or not certain; accepted names it. Nothing is settled by a guess. The area's office (12393) can tell, or the bill is paid in full and claimed later.",
            ),
            TransportCode::FiguresChanged => (
                "预结算之后数据有变动，现结算结果与预结算不一致，未扣款。请重新预结算。",
                "Something changed since the presettlement and the figures differ. Nothing was paid; presettle again.",
            ),
            TransportCode::OrderState => (
                "订单当前状态不能进行此操作，现状态见 accepted。",
                "This cannot be done with the order as it is; accepted has its state.",
            ),
            TransportCode::CodeRefused => {
                ("此医保码不能使用，请出示新的医保码。", "This code is not taken. Ask for a new one.")
            }
            TransportCode::CashRefused => (
                "现金部分付款未成功，医保部分已全部撤销，没有扣款。",
                "The cash part was not paid. The insurance's part was taken back and nothing was drawn.",
            ),
            TransportCode::TokenRefused => (
                "结算凭证已失效或已使用，或不是为本机构、本窗口、本业务签发。请重新扫码。",
                "The token is over or was used, or is not for this institution, counter or purpose. Read a new code.",
            ),
            TransportCode::NotContracted => (
                "经办机构尚未登记本机构的定点信息，不能办理结算。",
                "The area has not registered this institution, so it cannot settle.",
            ),
            TransportCode::NoProvider => (
                "本服务未接入这种付款方式，可改用现金。",
                "Payments by this means are not connected here. Cash can be taken.",
            ),
            TransportCode::TraceMissing => (
                "此药品须扫码结算：哪一行见 field，要求见 accepted。请扫描药盒上的药品追溯码。",
                "This drug is settled by the code on its pack: field names the line, accepted what is asked. Scan the pack.",
            ),
            TransportCode::PackTaken => (
                "此追溯码已有销售记录或正在待核，不能结算，请换一盒。如有疑问请联系医保经办机构。",
                "The pack was sold before or waits to be looked at, so it cannot be settled. Take another one; the area's office can tell more.",
            ),
            TransportCode::RuleBlocks => (
                "本次费用触发监管规则，未扣款。规则和原因见 accepted，更正后可重新结算；确有需要的，请联系医保经办机构。",
                "The bill breaks a rule and nothing was drawn. accepted has the rule and the reason; put it right and settle again, or ask the area's office.",
            ),
            TransportCode::NothingToClear => (
                "此周期没有尚未申报的结算，或退费多于结算。多退的部分并入下一周期。",
                "Nothing of the period is left to declare, or more came back than was settled. That goes into the next period.",
            ),
            TransportCode::RxMissing => (
                "此药凭处方销售，须有本人在有效期内、尚未配过的电子处方，且数量不超过处方。",
                "This drug needs a prescription of this person that is in force, not dispensed before, and for as much.",
            ),
            TransportCode::RxNotReviewed => (
                "处方须由本药店的药师审核通过，且审方药师不得是收费人员本人。",
                "A pharmacist of this pharmacy has to pass the prescription first, and somebody other than who sells.",
            ),
            TransportCode::NoteRefused => (
                "报文须由本统筹区登记的统筹区签名，并且是发给本统筹区的。未作任何处理，请与对方核对统筹区代码和公钥。",
                "A note has to be signed by an area that is registered here, and be for this one. Nothing was done; compare area codes and public keys.",
            ),
            TransportCode::StandingForbids => (
                "协议已暂停或解除，或相关人员的支付资格已暂停，不办理新的结算；出院、退费和对账不受影响。起止日期见 accepted。",
                "The agreement is suspended or ended, or the person is not qualified: nothing new is settled. Discharges, refunds and reconciliation go on. accepted has the days.",
            ),
        };
        lang.of(zh, en)
    }
}

/// What the health checks answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Health {
    /// `ok`
    pub status: String,
    /// Number of regions whose rules are loaded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub regions: Option<usize>,
    /// `ok` where there is a wallet whose store answers and takes requests in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wallet: Option<String>,
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_code_is_written_as_it_is_named_and_used_once() {
        let refusals = RefusalCode::ALL.iter().map(|c| ProblemCode::Refusal(*c));
        let transport = TransportCode::ALL.iter().map(|c| ProblemCode::Transport(*c));
        let wallet = WalletCode::ALL.iter().map(|c| ProblemCode::Wallet(*c));
        let all: Vec<ProblemCode> = refusals.chain(transport).chain(wallet).collect();
        for code in &all {
            let written = serde_json::to_string(code).unwrap();
            assert_eq!(written, format!("\"{code}\""));
            assert_eq!(serde_json::from_str::<ProblemCode>(&written).unwrap(), *code);
        }
        let distinct: BTreeSet<&str> = all.iter().map(|c| c.code()).collect();
        assert_eq!(distinct.len(), all.len());
    }
}
