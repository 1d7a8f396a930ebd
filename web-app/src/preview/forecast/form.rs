//! What somebody has typed about a hospital's figures. Nothing here knows a browser.

use std::collections::BTreeMap;

use anxin_core::dip::PointKind;
use anxin_core::preview::LineId;

/// A figure of the form: its name in ids, what it is, and whether it is an amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Figure {
    pub id: &'static str,
    pub line: LineId,
    pub amount: bool,
}

const fn amount(id: &'static str, line: LineId) -> Figure {
    Figure { id, line, amount: true }
}

const fn number(id: &'static str, line: LineId) -> Figure {
    Figure { id, line, amount: false }
}

pub const POINT: Figure = number("fc-point", LineId::PointValue);
pub const POOL: [Figure; 3] = [
    amount("fc-pool-fund", LineId::PoolFund),
    number("fc-pool-ratio", LineId::PoolFundRatio),
    number("fc-pool-score", LineId::PoolScore),
];
pub const MONTH: [Figure; 4] = [
    number("fc-month-score", LineId::MonthScore),
    amount("fc-month-patient", LineId::PatientPaid),
    number("fc-month-ratio", LineId::PrepayRatio),
    amount("fc-month-deductions", LineId::Deductions),
];
pub const YEAR: [Figure; 6] = [
    number("fc-year-score", LineId::YearScore),
    number("fc-year-ratio", LineId::FundRatio),
    number("fc-year-assessment", LineId::Assessment),
    amount("fc-year-deductions", LineId::Deductions),
    amount("fc-year-booked", LineId::Booked),
    amount("fc-year-prepaid", LineId::Prepaid),
];
pub const ELASTIC: [Figure; 2] =
    [number("fc-year-base", LineId::BaseShare), number("fc-year-fixed", LineId::FixedPoint)];
/// The rule of sharing has a source and no value of its own.
pub const SHARING: &str = "fc-sharing";

/// A figure as typed, and who says so.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    pub value: String,
    pub source: String,
    pub date: String,
    pub assumed: bool,
}

/// A stretch of a sharing rule, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StepText {
    pub up_to: String,
    pub share: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ForecastForm {
    /// The point value comes of a pool rather than being said.
    pub pooled: bool,
    pub point_kind: PointKind,
    pub entries: BTreeMap<&'static str, Entry>,
    pub surplus: [StepText; 3],
    pub overrun: [StepText; 3],
}

impl Default for ForecastForm {
    fn default() -> Self {
        ForecastForm {
            pooled: false,
            point_kind: PointKind::Budget,
            entries: BTreeMap::new(),
            surplus: Default::default(),
            overrun: Default::default(),
        }
    }
}

impl ForecastForm {
    pub fn entry(&self, id: &str) -> Entry {
        self.entries.get(id).cloned().unwrap_or_default()
    }

    /// A score that was added up, in place of what was typed.
    pub fn take_score(&mut self, id: &'static str, value: String, source: String) {
        self.entries.insert(id, Entry { value, source, ..Entry::default() });
    }

    /// A hospital that shows what the page can say.
    pub fn set_example(&mut self) {
        let system = ("本院结算系统", "2026-10-31", false);
        let told = [
            ("fc-point", "5.5", ("某市医疗保障局预算点值公告", "2026-01-15", false)),
            ("fc-month-score", "20000", system),
            ("fc-month-patient", "42000", system),
            ("fc-month-ratio", "0.9", ("按病种分值付费 3.0 版技术规范（征求意见稿）", "", true)),
            ("fc-month-deductions", "500", ("医保经办机构扣款通知", "2026-10-31", false)),
            ("fc-year-score", "240000", ("本院按前十个月推算", "", true)),
            ("fc-year-ratio", "0.6", ("本院上年决算", "2026-03-31", false)),
            ("fc-year-assessment", "0.98", ("上年考核结果", "2026-04-20", true)),
            ("fc-year-booked", "750000", ("本院财务系统", "2026-10-31", false)),
            ("fc-year-prepaid", "600000", ("银行到账", "2026-10-31", false)),
            (SHARING, "", ("某市结算办法", "", true)),
        ];
        *self = ForecastForm::default();
        for (id, value, (source, date, assumed)) in told {
            let entry = Entry { value: value.into(), source: source.into(), date: date.into(), assumed };
            self.entries.insert(id, entry);
        }
        let step = |up_to: &str, share: &str| StepText { up_to: up_to.into(), share: share.into() };
        self.surplus = [step("0.05", "1"), step("", "0.5"), StepText::default()];
        self.overrun = [step("0.1", "0.6"), StepText::default(), StepText::default()];
    }
}
