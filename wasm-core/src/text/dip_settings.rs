//! What the settings of a DIP catalogue and their choices are called.

use crate::drg::layout::Said;
use crate::preview::{ChoiceOut, SettingOut};

/// A wording in Chinese and English.
type Words = (&'static str, &'static str);

/// A setting by its name, what it is called, and its choices.
type Row = (&'static str, Words, &'static [(&'static str, Words)]);

const YES_NO: &[(&str, Words)] = &[("false", ("否", "No")), ("true", ("是", "Yes"))];

const SETTINGS: &[Row] = &[
    (
        "main_operation",
        ("哪一项可作主要手术操作", "Which operation may be the main one"),
        &[("strict", ("仅第一项有效手术操作", "The first that counts")), ("any", ("任意一项", "Any"))],
    ),
    (
        "choose",
        ("多个核心病种都符合时", "Where several core groups fit"),
        &[
            ("most-related", ("取相关手术操作对应项数最多的", "The one with most related operations")),
            ("closest-cost", ("取次均费用最接近的", "The one whose mean cost is nearest")),
            ("ladder", ("依次按手术、治疗性操作、诊断性操作取", "By class: surgery, therapeutic, diagnostic")),
        ],
    ),
    (
        "ties",
        ("项数相同时", "Where they have as many"),
        &[
            ("finer-then-score", ("先取诊断更细的，再取分值更高的", "The finer diagnosis, then the higher score")),
            ("score-then-finer", ("先取分值更高的，再取诊断更细的", "The higher score, then the finer diagnosis")),
            ("finer-then-low-score", ("先取诊断更细的，再取分值更低的", "The finer diagnosis, then the lower score")),
        ],
    ),
    (
        "related",
        ("相关手术操作怎样算符合", "When related operations are there"),
        &[
            ("every-part", ("每一项都要有", "Every part")),
            ("any-part", ("有一项即可", "One part at least")),
            ("every-operation", ("所列手术操作全部要有", "Every operation that is listed")),
        ],
    ),
    ("base_matches_extensions", ("目录中的亚目编码也包括其扩展码", "A base code also means its extensions"), YES_NO),
    (
        "conservative_fallback",
        (
            "手术操作无病种可入时，退回保守治疗病种",
            "Operations that no group takes fall back to the conservative group",
        ),
        YES_NO,
    ),
    (
        "unclassed",
        ("手术操作类型不明时", "Where the class of an operation is unknown"),
        &[
            ("conservative", ("按保守治疗，并提示", "Conservative, with a finding")),
            ("unknown", ("不进入综合病种", "No comprehensive group")),
        ],
    ),
    (
        "base_level",
        ("基层病种的系数", "The coefficient of a base-level group"),
        &[
            ("one", ("各级医疗机构均为 1", "1 for every hospital")),
            ("hospital", ("与其他病种相同", "The hospital's, as for any group")),
        ],
    ),
    (
        "deviation.rule",
        ("费用偏差的算法", "The formula of deviation"),
        &[
            ("n1", ("国家 1.0 版", "National edition 1.0")),
            ("ta", ("泰安", "Tai'an")),
            ("n3", ("国家 3.0 版征求意见稿", "Draft of the national edition 3.0")),
        ],
    ),
    (
        "deviation.peer",
        ("费用与什么比较", "What a cost is compared with"),
        &[
            ("last-year", ("上一年同级医疗机构次均费用", "Last year's mean cost at hospitals of the same level")),
            ("standard", ("支付标准", "The payment standard")),
        ],
    ),
    ("deviation.low_inclusive", ("恰在下限算费用偏低", "Exactly at the lower line is low"), YES_NO),
    ("deviation.high_inclusive", ("恰在上限算费用偏高", "Exactly at the upper line is high"), YES_NO),
];

/// Every setting with a fixed list of choices. What a catalogue takes itself is for it to say.
pub fn dip_settings() -> Vec<SettingOut> {
    let said = |(zh, en): Words| Said { zh: zh.to_owned(), en: en.to_owned() };
    let choice = |(name, words): &(&str, Words)| ChoiceOut { name: (*name).to_owned(), reason: said(*words) };
    let setting = |(name, title, choices): &Row| SettingOut {
        name: (*name).to_owned(),
        title: said(*title),
        default: String::new(),
        choices: choices.iter().map(choice).collect(),
    };
    SETTINGS.iter().map(setting).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dip::Settings;

    #[test]
    fn every_choice_can_be_chosen_and_is_then_in_force() {
        for setting in dip_settings() {
            let own = Settings::default().chosen(&setting.name);
            assert!(setting.choices.iter().any(|c| Some(&c.name) == own.as_ref()), "{}: {own:?}", setting.name);
            for choice in &setting.choices {
                let mut settings = Settings::default();
                settings.choose(&setting.name, &choice.name).unwrap();
                assert_eq!(settings.chosen(&setting.name).as_ref(), Some(&choice.name), "{}", setting.name);
            }
        }
    }
}
