//! What a check found, in both languages.

use anxin_core::text::Lang;
use wallet_ledger::{Broken, Fund, Tampered};
use wallet_store::{Fault, Row, Sound};

pub fn sound(Sound { lines, accounts, heads, .. }: &Sound, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("账目无误：分录 {lines} 条，账户 {accounts} 个，已核对签名账首 {heads} 个。"),
        Lang::En => {
            format!("Nothing is wrong: {lines} lines of the journal, {accounts} accounts, {heads} heads agree.")
        }
    }
}

pub fn fault(fault: &Fault, lang: Lang) -> String {
    match lang {
        Lang::En => format!("Something is wrong: {fault}"),
        Lang::Zh => format!("账目有误：{}。", chinese(fault)),
    }
}

/// Lines are numbered as in the table `journal`, from 0.
fn chinese(fault: &Fault) -> String {
    match fault {
        Fault::OutOfOrder { line } => format!("第 {line} 号分录缺失或顺序有误"),
        Fault::Beyond { line } => format!("第 {line} 号分录在日记账末尾之后，系后来添入"),
        Fault::Unreadable { line } => format!("第 {line} 号分录无法读取，或记账时间被改动"),
        Fault::Journal(Tampered::Entry(line)) => format!("第 {line} 号分录被改动"),
        Fault::Journal(Tampered::Cut { have, published }) => {
            format!("日记账现有 {have} 条，已公布的账首为 {published} 条：末尾被删除，或恢复了旧备份")
        }
        Fault::Journal(Tampered::Between { from, until }) => {
            format!("第 {from} 号至第 {} 号分录之间有内容被重写", until.saturating_sub(1))
        }
        Fault::Node { from, until } => {
            format!("第 {from} 号至第 {} 号分录的哈希树节点被改动", until.saturating_sub(1))
        }
        Fault::End => "日记账末尾的记录与分录不符".into(),
        Fault::Follows { line, broken } => format!("第 {line} 号分录与此前的分录矛盾（{}）", rule(*broken)),
        Fault::Row { line, row } => format!("{}与第 {line} 号分录不符或缺失", row_name(*row)),
        Fault::Extra(table) => format!("表 {table} 中有日记账未记载的行"),
        Fault::Books(broken) => rule(*broken),
        Fault::Sum(Fund::Account) => "个人账户基金各账户合计不为零".into(),
        Fault::Sum(Fund::Pooled) => "统筹基金各账户合计不为零".into(),
        Fault::Balance(account) => format!("账户 {:032x} 与日记账不符", account.0),
        Fault::Column(account) => format!("账户 {:032x} 的查询列与账户内容不符", account.0),
        Fault::HoldState(hold) => format!("冻结 {:032x} 的状态与日记账不符", hold.0),
        Fault::Refunded(transfer) => format!("交易 {:032x} 的退款或冲正与日记账不符", transfer.0),
        Fault::Signature { size } => format!("{size} 条分录的账首签名无效，或签名密钥未知"),
        Fault::HeadFile(cause) => format!("账首文件有误：{cause}"),
    }
}

fn row_name(row: Row) -> String {
    match row {
        Row::Account(id) => format!("账户 {:032x} ", id.0),
        Row::Hold(id) => format!("冻结 {:032x} ", id.0),
        Row::Transfer(id) => format!("交易 {:032x} ", id.0),
        Row::Mention(id) => format!("账户 {:032x} 的对账单索引", id.0),
    }
}

fn rule(broken: Broken) -> String {
    match broken {
        Broken::Sum(_) => "各账户合计不为零".into(),
        Broken::BelowZero(id) => format!("账户 {:032x} 余额为负", id.0),
        Broken::Overheld(id) => format!("账户 {:032x} 冻结金额大于余额", id.0),
        Broken::HeldWrong(id) => format!("账户 {:032x} 冻结金额与各笔冻结之和不符", id.0),
        Broken::QuotaWrong(id) => format!("共济额度 {:032x} 的已用额与剩余额之和不等于额度", id.0),
        Broken::ClosedNotEmpty(id) => format!("账户 {:032x} 已销户但仍有余额或冻结", id.0),
        Broken::Overposted(id) => format!("冻结 {:032x} 的入账金额大于冻结金额，或已过期", id.0),
        Broken::Overrefunded(id) => format!("交易 {:032x} 的退款大于原金额", id.0),
        Broken::TimeWentBack => "记账时间早于前一条分录".into(),
        Broken::AccountWrong(id) => format!("账户 {:032x} 未开户或重复开户", id.0),
        Broken::HoldWrong(id) => format!("冻结 {:032x} 不存在、已结束或未到期", id.0),
        Broken::LinkWrong(cell) => format!("与地区 {} 的往来报文有缺号，或在途金额与各笔支用不符", cell.0),
        Broken::DrawWrong(id) => format!("异地支用 {:032x} 的状态与冻结金额不符", id.0),
        Broken::PositionWrong(cell) => format!("与地区 {} 的往来余额与各清算窗口不符", cell.0),
    }
}
