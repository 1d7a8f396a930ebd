//! 费用明细: lines of charges of many stays, looked through for lines that stand there twice.
//!
//! Two lines are the same when stay, item, time, quantity, price and amount all are. Nobody says which items may
//! be charged once a day only, so lines that differ in anything are left alone; a line that takes a charge back
//! (退费) takes one of its kind away.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use serde::{Deserialize, Serialize};

use crate::drg::Header;
use crate::error::Refusal;
use crate::money::Rate;
use crate::text::Lang;

/// What a column of charges holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FeeField {
    Stay,
    Code,
    Name,
    Time,
    Count,
    Price,
    Amount,
}

/// Names as the settlement interface and hospitals write them, in lower case.
const HEADERS: &[(FeeField, &[&str])] = &[
    (
        FeeField::Stay,
        &["case_id", "id", "mdtrt_id", "setl_id", "medcasno", "病案号", "住院号", "病历号", "就诊id", "结算id"],
    ),
    (
        FeeField::Code,
        &["med_list_codg", "medins_list_codg", "item_code", "医保目录编码", "医疗目录编码", "项目编码", "收费项目编码"],
    ),
    (FeeField::Name, &["medins_list_name", "med_list_name", "item_name", "项目名称", "收费项目名称", "医保目录名称"]),
    (FeeField::Time, &["fee_ocur_time", "费用发生时间", "发生时间", "收费时间", "费用日期", "日期", "date"]),
    (FeeField::Count, &["cnt", "数量", "quantity"]),
    (FeeField::Price, &["pric", "单价", "price"]),
    (FeeField::Amount, &["det_item_fee_sumamt", "明细项目费用总额", "金额", "总金额", "amount"]),
];

/// One line of charges, each cell as it stands there.
#[derive(Clone, Copy, Debug, Default)]
pub struct FeeLine<'a> {
    pub stay: &'a [u8],
    pub code: &'a [u8],
    pub name: &'a [u8],
    pub time: &'a [u8],
    pub count: &'a [u8],
    pub price: &'a [u8],
    pub amount: &'a [u8],
}

impl<'a> FeeLine<'a> {
    pub fn put(&mut self, field: FeeField, cell: &'a [u8]) {
        match field {
            FeeField::Stay => self.stay = cell,
            FeeField::Code => self.code = cell,
            FeeField::Name => self.name = cell,
            FeeField::Time => self.time = cell,
            FeeField::Count => self.count = cell,
            FeeField::Price => self.price = cell,
            FeeField::Amount => self.amount = cell,
        }
    }
}

/// What a column of this name holds, if anything.
pub fn fee_field(header: &str) -> Option<FeeField> {
    let name = header.trim().to_ascii_lowercase();
    HEADERS.iter().find(|(_, names)| names.contains(&name.as_str())).map(|(field, _)| *field)
}

/// Fields without which nothing can be said of a table, with the names they go by: of `Code` and `Name` one does.
pub fn fee_fields_missing(found: &[FeeField]) -> Option<String> {
    let names = |field: FeeField| HEADERS.iter().find(|(known, _)| *known == field).map(|(_, names)| names.join(" / "));
    let needed = [FeeField::Stay, FeeField::Time].into_iter().find(|field| !found.contains(field));
    let item = [FeeField::Code, FeeField::Name];
    let needed = needed.or((!item.iter().any(|field| found.contains(field))).then_some(FeeField::Code));
    needed.or((!found.contains(&FeeField::Amount)).then_some(FeeField::Amount)).and_then(names)
}

/// Where a table of text has which field.
#[derive(Clone, Debug)]
pub struct FeeColumns(Header<FeeField>);

impl FeeColumns {
    /// Reads a header, between tabs where it has one, else commas.
    pub fn from_header(line: &[u8]) -> Result<FeeColumns, Refusal> {
        let needed = |field| matches!(field, FeeField::Stay | FeeField::Time | FeeField::Amount);
        Header::read(line, HEADERS, fee_field, needed).map(FeeColumns)
    }

    pub fn line<'a>(&self, line: &'a [u8]) -> FeeLine<'a> {
        let mut found = FeeLine::default();
        self.0.each(line, |field, cell| found.put(field, cell));
        found
    }
}

/// The lines that have come, as numbers that say nothing else.
#[derive(Debug, Default)]
pub struct Fees {
    seen: BTreeMap<(u64, u64), Seen>,
    lines: u32,
}

#[derive(Debug, Default)]
struct Seen {
    /// Charges less those taken back.
    times: i32,
    /// What is told, once there are two.
    told: Option<(String, String, String)>,
}

/// A charge that stands there more than once: 疑似重复收费.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repeated {
    pub item: String,
    pub time: String,
    pub times: i32,
}

impl Repeated {
    /// `血常规 2024-03-02 08:00:00 ×2`.
    pub fn told(&self) -> String {
        format!("{} {} ×{}", self.item, self.time, self.times)
    }
}

/// Charges that stand there more than once, by the stay.
#[derive(Clone, Debug, Default)]
pub struct RepeatedFees(BTreeMap<String, Vec<Repeated>>);

impl Fees {
    /// Takes one line; one without a stay, an item or a time is not compared.
    pub fn take(&mut self, line: &FeeLine<'_>) {
        let cell = |bytes: &[u8]| String::from_utf8_lossy(bytes.trim_ascii()).trim().to_owned();
        let (stay, code, name, time) = (cell(line.stay), cell(line.code), cell(line.name), cell(line.time));
        if stay.is_empty() || time.is_empty() || (code.is_empty() && name.is_empty()) {
            return;
        }
        self.lines = self.lines.saturating_add(1);
        let (count, price, amount) = (figure(line.count), figure(line.price), figure(line.amount));
        let back = count.0 || amount.0;
        let item = if code.is_empty() { &name } else { &code };
        let key = (&stay, item, &time, &count.1, &price.1, &amount.1);
        let seen = self.seen.entry((hashed(0, &key), hashed(1, &key))).or_default();
        seen.times = seen.times.saturating_add(if back { -1 } else { 1 });
        if seen.times > 1 && seen.told.is_none() {
            let item = if name.is_empty() { code } else { name };
            seen.told = Some((stay, item, time));
        }
    }

    /// Lines that were compared.
    pub fn lines(&self) -> u32 {
        self.lines
    }

    /// What is left more than once.
    pub fn repeated(self) -> RepeatedFees {
        let mut found: BTreeMap<String, Vec<Repeated>> = BTreeMap::new();
        for Seen { times, told } in self.seen.into_values().filter(|seen| seen.times > 1) {
            if let Some((stay, item, time)) = told {
                found.entry(stay).or_default().push(Repeated { item, time, times });
            }
        }
        found.values_mut().for_each(|all| all.sort_by(|a, b| (&a.time, &a.item).cmp(&(&b.time, &b.item))));
        RepeatedFees(found)
    }
}

impl RepeatedFees {
    /// Those of a stay.
    pub fn of(&self, stay: &[u8]) -> &[Repeated] {
        let stay = std::str::from_utf8(stay).unwrap_or_default().trim();
        self.0.get(stay).map(Vec::as_slice).unwrap_or_default()
    }

    /// The stays that have some, in order.
    pub fn stays(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }
}

/// What is told of a stay's charges.
pub fn fees_told(all: &[Repeated], lang: Lang) -> String {
    if all.is_empty() {
        return String::new();
    }
    let told: Vec<String> = all.iter().map(Repeated::told).collect();
    let told = told.join(lang.of("；", "; "));
    lang.of(format!("疑似重复收费：{told}"), format!("perhaps charged twice: {told}"))
}

/// Whether a figure is below zero, and the rest of it so that `1`, `1.0` and `1.00` are the same.
fn figure(cell: &[u8]) -> (bool, String) {
    let text: String = String::from_utf8_lossy(cell).chars().filter(|c| !c.is_whitespace() && *c != ',').collect();
    let plain = text.strip_prefix('-').unwrap_or(&text);
    let same = Rate::parse(plain).map_or_else(|| plain.to_owned(), |rate| rate.get().normalize().to_string());
    (plain.len() < text.len(), same)
}

fn hashed(seed: u8, key: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    seed.hash(&mut hasher);
    key.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(lines: &[&str]) -> Vec<(String, String)> {
        let header = "feedetl_sn,mdtrt_id,med_list_codg,medins_list_name,fee_ocur_time,cnt,pric,det_item_fee_sumamt";
        let columns = FeeColumns::from_header(header.as_bytes()).unwrap();
        let mut fees = Fees::default();
        lines.iter().for_each(|line| fees.take(&columns.line(line.as_bytes())));
        let repeated = fees.repeated();
        repeated.stays().map(|stay| (stay.to_owned(), fees_told(repeated.of(stay.as_bytes()), Lang::Zh))).collect()
    }

    #[test]
    fn only_lines_that_are_the_same_in_everything_are_suspected() {
        let blood = "1,A1,250101,血常规,2024-03-02 08:00:00,1,20,20";
        let told = |n: u8| vec![("A1".to_owned(), format!("疑似重复收费：血常规 2024-03-02 08:00:00 ×{n}"))];
        assert_eq!(found(&[blood]), []);
        assert_eq!(found(&[blood, "2,A1,250101,血常规,2024-03-02 08:00:00,1.0,20.00,20.00"]), told(2));
        for other in [
            "2,A2,250101,血常规,2024-03-02 08:00:00,1,20,20",
            "2,A1,250102,尿常规,2024-03-02 08:00:00,1,20,20",
            "2,A1,250101,血常规,2024-03-02 20:00:00,1,20,20",
            "2,A1,250101,血常规,2024-03-02 08:00:00,2,20,40",
            "2,A1,250101,血常规,,1,20,20",
        ] {
            assert_eq!(found(&[blood, other]), [], "{other}");
        }
    }

    #[test]
    fn a_charge_that_was_taken_back_is_none() {
        let (paid, back) = ("1,A1,x,护理,2024-03-02,1,5,5", "2,A1,x,护理,2024-03-02,-1,5,-5");
        assert_eq!(found(&[paid, paid, back]), []);
        assert_eq!(found(&[paid, back, paid, paid]).len(), 1);
    }

    #[test]
    fn columns_that_are_needed_are_named() {
        assert_eq!(FeeColumns::from_header(b"a,b").unwrap_err().field, "header");
        assert!(fee_fields_missing(&[FeeField::Stay, FeeField::Time, FeeField::Amount]).unwrap().contains("项目编码"));
        let whole = [FeeField::Stay, FeeField::Time, FeeField::Name, FeeField::Amount];
        assert_eq!(fee_fields_missing(&whole), None);
        assert_eq!(fee_field(" 金额 "), Some(FeeField::Amount));
    }
}
