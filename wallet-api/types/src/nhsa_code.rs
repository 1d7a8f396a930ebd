//! Why the national settlement interface says no. It stands at the head of `err_msg`.

use anxin_core::text::Lang;
use serde::{Deserialize, Serialize};

macro_rules! codes {
    ($($name:ident = $code:literal, $title:tt, $detail:tt;)*) => {
        /// Stable codes of what is refused under `/nhsa/`. A code is never given another meaning.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        pub enum NhsaCode { $(#[serde(rename = $code)] $name,)* }

        impl NhsaCode {
            pub const ALL: &'static [NhsaCode] = &[$(NhsaCode::$name),*];

            pub fn code(self) -> &'static str {
                match self { $(NhsaCode::$name => $code,)* }
            }

            pub fn title(self, lang: Lang) -> &'static str {
                let (zh, en) = match self { $(NhsaCode::$name => $title,)* };
                lang.of(zh, en)
            }

            pub fn detail(self, lang: Lang) -> &'static str {
                let (zh, en) = match self { $(NhsaCode::$name => $detail,)* };
                lang.of(zh, en)
            }
        }
    };
}

codes! {
    Unreadable = "AX5001", ("报文无法读取", "Message cannot be read"), ("报文须为 UTF-8 的 JSON 对象，不得有重复的字段，数字须为整数，嵌套不得过深。", "A message is a JSON object in UTF-8 without a name that stands twice, with whole numbers only, and not nested too deeply.");
    BadField = "AX5002", ("字段不符合要求", "Field not taken"), ("字段缺失、多余或格式不对。", "A field is missing, not known here, or not of its form.");
    BadSignature = "AX5003", ("验签未通过", "Signature not taken"), ("机构编号未登记，或签名与报文不符。", "The institution is not registered here, or the signature is not of this message.");
    Stale = "AX5004", ("报文时间超出允许范围", "Message too old or from the future"), ("inf_time 或 msgid 中的时间与服务器时间相差过大，请校准时钟后用新的 msgid 发送。", "inf_time or the time in msgid is too far from the server's. Set the clock and send under a new msgid.");
    MsgidReused = "AX5005", ("报文号已被使用", "msgid used before"), ("此 msgid 已用于内容不同的报文，本次未作任何处理。", "This msgid was used for a message that said something else. Nothing was done.");
    NotSignedIn = "AX5006", ("未签到", "Not signed in"), ("sign_no 不是该操作员今日的有效签到编号，请先调用 9001。", "sign_no is no open one of this operator of today. Ask 9001 first.");
    UnknownInfno = "AX5007", ("不支持此交易", "Transaction not offered"), ("此服务不提供该交易，或地址与 infno 不一致。", "This server does not offer the transaction, or the address names another one.");
    Suspended = "AX5008", ("协议已暂停", "Agreement suspended"), ("协议暂停期间不办理新的业务；出院、退费和对账不受影响。", "Nothing new is taken while the agreement is suspended. Discharges, refunds and reconciliation go on.");
    PersonUnknown = "AX5009", ("未找到参保人", "Insured person not found"), ("查无此人，或该机构尚未在有效时间内通过 1101 核验其身份。", "Nobody is found, or the institution has not identified the person by 1101 lately.");
    VisitUnknown = "AX5010", ("未找到就诊记录", "Visit not found"), ("该机构没有此就诊记录，或与人员编号不符。", "The institution has no such visit, or it is another person's.");
    VisitState = "AX5011", ("就诊状态不允许", "Not in this state of the visit"), ("该就诊的当前状态不能办理此业务。", "This cannot be done with the visit as it is now.");
    FeeIdentity = "AX5012", ("费用不平", "Amounts do not add up"), ("金额须等于全自费、超限价、先行自付与符合政策范围四部分之和，各部分不得为负。", "An amount is the sum of what is own expense, above the limit, paid first and in scope, none below zero.");
    FeeRepeated = "AX5013", ("费用明细流水号重复", "Line number used before"), ("此 feedetl_sn 在该就诊中已有其他明细。", "The visit has another line under this feedetl_sn.");
    NothingToSettle = "AX5014", ("没有待结算的费用", "Nothing to settle"), ("该就诊没有未结算的费用明细。", "The visit has no line that is not settled.");
    AmountsDiffer = "AX5015", ("金额与费用明细不一致", "Amounts differ"), ("medfee_sumamt 须等于未结算费用明细之和。", "medfee_sumamt is the sum of the lines that are not settled.");
    SettlementUnknown = "AX5016", ("未找到结算记录", "Settlement not found"), ("该机构没有此结算记录，或与人员编号、就诊不符。", "The institution has no such settlement, or it is another person's or visit's.");
    Reversed = "AX5017", ("报文已冲正", "Message reversed"), ("此报文已被 2601 冲正，不再办理。", "The message was reversed by 2601 and is not carried out any more.");
    AlreadyBack = "AX5018", ("结算已撤销", "Settlement taken back before"), ("此结算已经撤销或冲正。", "The settlement was cancelled or reversed before.");
    NotPresettled = "AX5022", ("未预结算", "Not presettled"), ("须先用 2206 预结算，结算的金额和个人账户使用标志与之一致。", "Ask 2206 first: what is settled is what it told, with the same acct_used_flag.");
    NotSettled = "AX5023", ("结算未成", "Not settled"), ("账务未通过，没有扣款，原因代码见后。", "The books said no and nothing was drawn; the code behind says why.");
    PrepayShort = "AX5024", ("预缴金不足或流水号重复", "Prepaid less, or number used before"), ("退出的预缴金不得超过尚存的金额，每笔预缴金的流水号在该次住院中只能使用一次。", "No more goes out than is prepaid, and each prepay_sn stands for one line of the stay.");
    FilingUnknown = "AX5025", ("未找到备案", "Filing not found"), ("该机构没有为此人办理过这项备案。", "The institution has made no such filing for this person.");
    ListDiffers = "AX5026", ("结算清单不平", "Settlement list does not agree"), ("清单的金额须与结算一致，分项之和须等于总额，主诊断只有一个。", "The list's amounts are those of the settlement, its items add up to the whole, and there is one principal diagnosis.");
    NotFiled = "AX5027", ("未办理门诊慢特病备案", "Disease not filed"), ("门诊慢特病须有就诊之日有效的备案（2503），病种编码与 2203 的 dise_codg 一致。", "A special outpatient disease is filed (2503) for the day of the visit, under the dise_codg that 2203 told.");
    NotIdentified = "AX5060", ("身份核验已过时", "Identified too long ago"), ("结算前须由本人重新出示凭证：请再次调用 1101。", "Before a bill is settled the person shows who they are: ask 1101 again.");
    FileUnknown = "AX5019", ("未找到文件", "File not found"), ("没有此文件，或已超过下载截止时间。", "There is no such file, or its time is over.");
    FileTooLarge = "AX5020", ("文件过大", "File too large"), ("文件超过允许的大小。", "The file is larger than is taken.");
    FileMalformed = "AX5021", ("对账文件无法读取", "Reconciliation file cannot be read"), ("文件须为只含一个文本文件的 ZIP，UTF-8 编码，以 TAB 分隔，列数一致，空值写作 null。", "The file is a ZIP with one text in UTF-8, columns separated by TAB, as many on every line, and null for what is empty.");
}
