//! What the wallet's books answer when they say no.

use anxin_core::text::Lang;
use serde::{Deserialize, Serialize};

macro_rules! codes {
    ($($name:ident = $code:literal, $status:literal, $title:tt, $detail:tt;)*) => {
        /// Stable codes of what the books refuse: `AX3` and the number of the outcome. A code is never given another
        /// meaning.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        pub enum WalletCode { $(#[serde(rename = $code)] $name,)* }

        impl WalletCode {
            pub const ALL: &'static [WalletCode] = &[$(WalletCode::$name),*];

            pub fn code(self) -> &'static str {
                match self { $(WalletCode::$name => $code,)* }
            }

            pub fn status(self) -> u16 {
                match self { $(WalletCode::$name => $status,)* }
            }

            pub fn title(self, lang: Lang) -> &'static str {
                let (zh, en) = match self { $(WalletCode::$name => $title,)* };
                lang.of(zh, en)
            }

            pub fn detail(self, lang: Lang) -> &'static str {
                let (zh, en) = match self { $(WalletCode::$name => $detail,)* };
                lang.of(zh, en)
            }
        }
    };
}

codes! {
    IdTaken = "AX3010", 409, ("编号已被占用", "Id taken"), ("此编号已用于另一笔业务。", "This id was used for something else.");
    NoLegs = "AX3020", 422, ("没有明细", "No legs"), ("至少须有一条收付明细。", "At least one movement is needed.");
    TooManyLegs = "AX3021", 422, ("明细过多", "Too many legs"), ("一笔业务最多 32 条收付明细。", "One request has at most 32 movements.");
    AmountNotPositive = "AX3022", 422, ("金额须大于零", "Amount not positive"), ("金额须为大于零的整数分。", "An amount is a whole number of fen above zero.");
    SameAccount = "AX3023", 422, ("收付账户相同", "Same account"), ("付款账户与收款账户不能相同。", "Payer and payee are the same account.");
    PurposeReserved = "AX3024", 422, ("用途不可直接使用", "Purpose reserved"), ("退款和冲正须通过各自的接口办理。", "Refunds and corrections have addresses of their own.");
    DeadlinePassed = "AX3025", 422, ("期限已过", "Deadline passed"), ("期限须晚于当前时间。", "The deadline has to be in the future.");
    AmountsDoNotMatch = "AX3026", 422, ("金额条数不符", "Amounts do not match"), ("金额条数须与冻结的明细条数一致。", "There have to be as many amounts as the hold has movements.");
    AccountUnknown = "AX3030", 422, ("账户不存在", "No such account"), ("没有这个编号的账户。", "No account has this id.");
    AccountClosed = "AX3031", 409, ("账户已注销", "Account closed"), ("账户已注销，不能再收付。", "The account is closed and takes nothing in or out.");
    ParentWrong = "AX3032", 422, ("上级账户有误", "Wrong parent account"), ("共济额度须设在本人的个人账户之下。", "A quota is set aside in a personal account of the same person.");
    RouteRefused = "AX3033", 422, ("不允许的资金流向", "Route refused"), ("这两类账户之间不允许以此用途转款。", "Money does not go between these kinds of account for this purpose.");
    FundsMixed = "AX3034", 422, ("基金不得混用", "Funds mixed"), ("个人账户基金与统筹基金之间不得互转。", "Money of one fund does not become money of another.");
    CellUnknown = "AX3035", 422, ("没有这个统筹区", "No such area"), ("没有与这个统筹区的结算约定。", "Nothing was agreed with this insurance area.");
    CellClosed = "AX3036", 409, ("统筹区未开通", "Area not open"), ("与这个统筹区的跨区共济尚未开通，或者这类基金未开通。", "Payments with this insurance area are not open, or not for this fund.");
    LetterMisdirected = "AX3037", 422, ("报文送错统筹区", "Letter for another area"), ("这份报文不是给本统筹区的。", "The letter is for another insurance area.");
    LetterUnknown = "AX3038", 422, ("没有这份报文", "No such letter"), ("对方确认的报文多于已发出的报文。", "More letters were acknowledged than were written.");
    HoldUnknown = "AX3040", 404, ("冻结不存在", "No such hold"), ("没有这笔冻结，或者它与您无关。", "There is no such hold, or it is not yours.");
    HoldPosted = "AX3041", 409, ("冻结已入账", "Hold already posted"), ("这笔冻结已经入账。", "The hold was posted before.");
    HoldVoided = "AX3042", 409, ("冻结已撤销", "Hold voided"), ("这笔冻结已经撤销。", "The hold was voided before.");
    HoldExpired = "AX3043", 409, ("冻结已过期", "Hold expired"), ("这笔冻结已过期限。", "The deadline of the hold has passed.");
    HoldNotDue = "AX3044", 409, ("冻结尚未到期", "Hold not due"), ("这笔冻结尚未到期。", "The hold's deadline has not passed yet.");
    PostExceedsHold = "AX3045", 422, ("入账金额超过冻结金额", "More than was held"), ("入账金额不得超过冻结金额。", "No more can be posted than was held.");
    HoldPrepared = "AX3046", 409, ("跨区冻结须由结算决定", "Held for another area"), ("这笔冻结对应跨区结算，只能随结算结果入账或者释放；其他冻结须有期限。", "The hold is for a settlement in another area and ends with its decision alone; any other hold needs a deadline.");
    TransferUnknown = "AX3050", 404, ("转款不存在", "No such transfer"), ("没有这笔转款，或者它与您无关。", "There is no such transfer, or it is not yours.");
    NotRefundable = "AX3051", 409, ("不能退款", "Not refundable"), ("这笔业务不能退款或冲正。", "This cannot be refunded or corrected.");
    RefundExceedsPaid = "AX3052", 422, ("退款超过原金额", "More than was paid"), ("累计退款不得超过原支付金额。", "Refunds add up to no more than was paid.");
    AlreadyCorrected = "AX3053", 409, ("已冲正", "Already corrected"), ("这笔业务已经冲正。", "This was corrected before.");
    OriginGone = "AX3054", 409, ("原账户已注销", "Origin gone"), ("原付款账户及其上级账户均已注销。", "The account it was paid from is closed, and so is the one above it.");
    DrawUnknown = "AX3055", 404, ("没有这笔跨区结算", "No such draw"), ("没有这笔跨区结算，或者它不由本统筹区办理。", "There is no such settlement across areas, or it is not decided here.");
    DrawUndecided = "AX3056", 409, ("跨区结算尚无结果", "Draw undecided"), ("有统筹区尚未答复，请稍后再查。", "Not every insurance area has answered yet; ask again later.");
    DrawAborted = "AX3057", 409, ("跨区结算已取消", "Draw called off"), ("这笔跨区结算已取消，没有扣款。", "The settlement was called off and nobody paid anything.");
    WindowUnknown = "AX3058", 404, ("没有这个清算场次", "No such window"), ("没有这个清算场次。", "There is no such settlement window.");
    WindowNotClosed = "AX3059", 409, ("清算场次不能结清", "Window cannot be paid"), ("各统筹区尚未全部关闭这个清算场次，或者已与该统筹区结清。", "Not every insurance area has closed the window, or it was paid with this one before.");
    ClosedHours = "AX3060", 409, ("非服务时间", "Closed hours"), ("当前时段不办理钱包转账。", "Wallets take no transfers at this hour.");
    OverLimitPerTransfer = "AX3061", 422, ("超过单笔限额", "Over the limit for one transfer"), ("金额超过单笔限额。", "The amount is over the limit for one transfer.");
    OverLimitPerDay = "AX3062", 422, ("超过单日次数", "Over the limit for a day"), ("今日转账次数已达上限。", "There were as many transfers today as are allowed.");
    NotEmpty = "AX3063", 409, ("账户尚有余额", "Not empty"), ("账户仍有余额或冻结，不能注销。", "An account with money or holds cannot be closed.");
    TransferWaiting = "AX3064", 409, ("已有待接收的转账", "A transfer waits already"), ("上一笔转账尚未被接收，不能再转。", "The transfer before this one has not been accepted yet.");
    QuotaUnchanged = "AX3065", 409, ("额度未变", "Quota unchanged"), ("共济额度与现有可用额度相同。", "The quota is what it is asked to be.");
    OverNetDebit = "AX3066", 409, ("超过净借记限额", "Over the net debit cap"), ("应付对方统筹区的金额将超过约定的净借记限额。", "More would be owed to the other insurance area than was agreed.");
    BelowFloor = "AX3067", 409, ("预付金不足", "Prepayment too low"), ("对方统筹区的预付金将低于约定的下限。", "The other insurance area's prepayment would fall below its floor.");
    InsufficientFunds = "AX3070", 422, ("余额不足", "Not enough money"), ("可用余额不足。", "There is not enough available.");
    Overflow = "AX3071", 422, ("金额过大", "Amount too large"), ("金额超出可记账的范围。", "The amount is beyond what can be booked.");
}

impl WalletCode {
    /// The code of an outcome of the books.
    pub fn of_number(number: u16) -> Option<WalletCode> {
        let code = format!("AX3{number:03}");
        WalletCode::ALL.iter().copied().find(|c| c.code() == code)
    }
}
