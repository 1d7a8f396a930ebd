//! The register of problem codes, for the page at `/api/` and for `docs/ERRORS.md`.

use anxin_core::RefusalCode;
use anxin_core::text::{self, Lang};
use wallet_types::{NhsaCode, TransportCode, WalletCode};

use crate::problem::refusal_status;

/// One code with everything that is promised about it.
#[derive(Clone, Debug)]
pub struct Entry {
    pub code: &'static str,
    /// HTTP status; 200 for what is told under `/nhsa/`, 400 to 599 otherwise.
    pub status: u16,
    pub zh: Words,
    pub en: Words,
}

#[derive(Clone, Debug)]
pub struct Words {
    pub title: String,
    pub detail: String,
}

/// Every code, refusals of the calculation first.
pub fn register() -> Vec<Entry> {
    let refusals = RefusalCode::ALL.iter().map(|code| Entry {
        code: code.code(),
        status: refusal_status(*code).as_u16(),
        zh: of_refusal(*code, Lang::Zh),
        en: of_refusal(*code, Lang::En),
    });
    let transport = TransportCode::ALL.iter().map(|code| Entry {
        code: code.code(),
        status: code.status(),
        zh: of_transport(*code, Lang::Zh),
        en: of_transport(*code, Lang::En),
    });
    let wallet = WalletCode::ALL.iter().map(|code| Entry {
        code: code.code(),
        status: code.status(),
        zh: of_wallet(*code, Lang::Zh),
        en: of_wallet(*code, Lang::En),
    });
    // `err_msg` of an answer that was sent as it should be.
    let nhsa = NhsaCode::ALL.iter().map(|code| Entry {
        code: code.code(),
        status: 200,
        zh: of_nhsa(*code, Lang::Zh),
        en: of_nhsa(*code, Lang::En),
    });
    refusals.chain(wallet).chain(nhsa).chain(transport).collect()
}

const PREFACE: &str = "# Problem codes

Generated from the code's own register; `UPDATE_DOCS=1 cargo test -p wallet-api` writes it anew.

Every refusal over HTTP is `application/problem+json` (RFC 9457) with `type`, `title`, `status`, `detail`, `code`, \
`field`, `accepted` and `request_id`; the command line prints `code`, `field`, `accepted` and `message` as one line of \
JSON on standard error and exits with 2. A code keeps its meaning for ever and is never used again for another. \
`field` is the path of the refused value, such as `visit.inpatient.bill.split.total_fen` or `[1].region`, and empty \
when it is the input as a whole. `AX5…` stand at the head of `err_msg` in answers under `/nhsa/`.

| Code | HTTP | 含义 | Meaning |
|---|---|---|---|
";

/// `docs/ERRORS.md`.
pub fn markdown() -> String {
    let row = |Entry { code, status, zh, en }: Entry| {
        format!("| {code} | {status} | {}。{} | {}. {} |\n", zh.title, zh.detail, en.title, en.detail)
    };
    register().into_iter().map(row).fold(PREFACE.to_owned(), |text, row| text + &row)
}

fn of_refusal(code: RefusalCode, lang: Lang) -> Words {
    Words { title: text::refusal_title(code, lang).into(), detail: what_is_accepted(code, lang).into() }
}

fn of_transport(code: TransportCode, lang: Lang) -> Words {
    Words { title: code.title(lang).into(), detail: code.detail(lang).into() }
}

fn of_nhsa(code: NhsaCode, lang: Lang) -> Words {
    Words { title: code.title(lang).into(), detail: code.detail(lang).into() }
}

fn of_wallet(code: WalletCode, lang: Lang) -> Words {
    Words { title: code.title(lang).into(), detail: code.detail(lang).into() }
}

/// What `accepted` holds for a code. Two of the codes are defects of ours and offer nothing.
fn what_is_accepted(code: RefusalCode, lang: Lang) -> &'static str {
    let (zh, en) = match code {
        RefusalCode::Malformed => {
            ("accepted 是解析器的说明，含行列号。", "`accepted` is what the parser says, with line and column.")
        }
        RefusalCode::TooLarge => ("accepted 是最多的字节数。", "`accepted` is the most bytes that are read."),
        RefusalCode::UnknownRegion => ("accepted 列出已载入的地区。", "`accepted` lists the regions that are loaded."),
        RefusalCode::UnknownLevel => ("accepted 列出该地区的医院级别。", "`accepted` lists the region's grades."),
        RefusalCode::UnknownScheme => ("accepted 列出该地区的险种。", "`accepted` lists the region's schemes."),
        RefusalCode::UnknownDisease => ("accepted 列出该地区的病种。", "`accepted` lists the region's diseases."),
        RefusalCode::PlaceAndFiling => ("accepted 列出可用的备案情形。", "`accepted` lists the filings that fit."),
        RefusalCode::BeforeRules => ("accepted 是规则起始日。", "`accepted` is the day on which the rules begin."),
        RefusalCode::DatesOutOfOrder => ("accepted 是可用的最早日期。", "`accepted` is the earliest day."),
        RefusalCode::NegativeAmount
        | RefusalCode::PartsExceedTotal
        | RefusalCode::EmptyBill
        | RefusalCode::BadShare
        | RefusalCode::OutOfRange
        | RefusalCode::Overflow => ("accepted 是可用的范围。", "`accepted` is the range."),
        RefusalCode::NotForScheme => {
            ("accepted 是有这项待遇的险种。", "`accepted` is the scheme that has the benefit.")
        }
        RefusalCode::UnknownGrouper => {
            ("accepted 列出已载入的分组方案。", "`accepted` lists the schemes that are loaded.")
        }
        RefusalCode::UnknownChoice => ("accepted 列出可用的设置或选项。", "`accepted` lists what there is."),
        RefusalCode::UnknownPrice => ("accepted 列出该地区的费率。", "`accepted` lists the region's prices."),
        RefusalCode::WeightsOfOther => {
            ("accepted 列出这张权重表适用的分组方案。", "`accepted` lists the schemes that the table is of.")
        }
        RefusalCode::NoPack => ("accepted 是缺少的规则包。", "`accepted` is the pack that is missing."),
        RefusalCode::NoGrouping | RefusalCode::NoFamily => {
            ("accepted 列出可用的调用。", "`accepted` lists the calls that are answered.")
        }
        RefusalCode::BadPack | RefusalCode::Inconsistent => {
            ("经 HTTP 只显示为 AX9005。", "Over HTTP this is only shown as AX9005.")
        }
    };
    lang.of(zh, en)
}
