use super::Lang;
use crate::error::RefusalCode;

/// What a refusal code means, without the particulars.
pub fn refusal_title(code: RefusalCode, lang: Lang) -> &'static str {
    let (zh, en) = match code {
        RefusalCode::Malformed => ("输入不是规定格式的 JSON", "The input is not JSON of the published shape"),
        RefusalCode::TooLarge => ("输入太大", "The input is too large"),
        RefusalCode::UnknownRegion => ("没有这个地区的规则", "No rules of this region are loaded"),
        RefusalCode::UnknownLevel => ("这个地区没有这种医院级别", "The region has no such grade of institution"),
        RefusalCode::UnknownScheme => ("这个地区没有这个险种的规则", "The region has no rules for this scheme"),
        RefusalCode::NegativeAmount => ("金额不能小于零", "An amount cannot be below zero"),
        RefusalCode::PartsExceedTotal => ("各部分之和超过总额", "The parts add up to more than the total"),
        RefusalCode::EmptyBill => ("账单金额为零", "The bill is empty"),
        RefusalCode::BadShare => ("比例不对", "The share is not valid"),
        RefusalCode::DatesOutOfOrder => ("出院日期早于入院日期", "The discharge is before the admission"),
        RefusalCode::BeforeRules => ("就诊日期早于规则的施行日期", "The visit is before the rules began"),
        RefusalCode::UnknownDisease => ("病种目录里没有这个病种", "The region's list has no such disease"),
        RefusalCode::PlaceAndFiling => ("就医地与备案情形不匹配", "The place does not go with the filing"),
        RefusalCode::OutOfRange => ("数字超出范围", "The number is out of range"),
        RefusalCode::BadPack => ("规则包无法读取", "The rule pack cannot be read"),
        RefusalCode::Overflow => ("金额太大，无法计算", "The amounts are too large to add up"),
        RefusalCode::NotForScheme => ("这个险种没有这项待遇", "The scheme does not have this benefit"),
        RefusalCode::UnknownGrouper => ("没有这个分组方案", "No grouping scheme of this id is loaded"),
        RefusalCode::UnknownChoice => ("分组方案没有这项设置或选项", "The scheme has no such reading"),
        RefusalCode::UnknownPrice => ("这个地区没有这个费率", "The region has no such price"),
        RefusalCode::NoPack => ("需要的规则包没有载入", "A rule pack that is needed is not loaded"),
        RefusalCode::NoGrouping => ("这个版本的程序不含分组功能", "This build of the program does not group"),
        RefusalCode::NoFamily => (
            "这个版本的程序不含家庭共济规则和收据核验",
            "This build of the program knows no rules of family accounts and checks no receipts",
        ),
        RefusalCode::WeightsOfOther => {
            ("这张权重表不是按这个分组方案定的", "The table of weights is of another grouping scheme")
        }
        RefusalCode::Inconsistent => ("内部计算不平，请报告这个错误", "The result does not add up: please report this"),
    };
    lang.of(zh, en)
}

/// A refusal in words: what is wrong, where, and what would be taken.
pub fn refusal(code: RefusalCode, field: &str, accepted: &str, lang: Lang) -> String {
    let title = refusal_title(code, lang);
    let place = match (field.is_empty(), lang) {
        (true, _) => String::new(),
        (false, Lang::Zh) => format!("（字段 {field}）"),
        (false, Lang::En) => format!(" (field {field})"),
    };
    let hint = match (accepted.is_empty(), code, lang) {
        (true, _, _) => String::new(),
        (false, RefusalCode::Malformed, Lang::Zh) => format!(":{accepted}"),
        (false, RefusalCode::Malformed, Lang::En) => format!(": {accepted}"),
        (false, _, Lang::Zh) => format!("，可接受：{accepted}"),
        (false, _, Lang::En) => format!("; accepted: {accepted}"),
    };
    format!("{title}{place}{hint}{}", lang.of("。", "."))
}
