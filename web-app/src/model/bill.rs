use anxin_core::benefit::{Category, LineClass};
use serde::{Deserialize, Serialize};

/// What somebody knows of the bill.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BillWay {
    #[default]
    Total,
    Categories,
    Lines,
    Slip,
}

impl BillWay {
    pub const ALL: [BillWay; 4] = [BillWay::Total, BillWay::Categories, BillWay::Lines, BillWay::Slip];

    pub fn word(self) -> &'static str {
        match self {
            BillWay::Total => "total",
            BillWay::Categories => "categories",
            BillWay::Lines => "lines",
            BillWay::Slip => "slip",
        }
    }
}

/// Amounts stay as they were typed, so that a mistake can be shown where it was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct BillForm {
    pub way: BillWay,
    pub total: String,
    /// Assumed lowest share of 自费 and 先行自付, in percent.
    pub share_low: u8,
    pub share_high: u8,
    pub categories: Vec<CategoryRow>,
    pub lines: Vec<LineRow>,
    pub slip: SlipForm,
}

impl Default for BillForm {
    fn default() -> Self {
        BillForm {
            way: BillWay::Total,
            total: String::new(),
            share_low: 5,
            share_high: 20,
            categories: Vec::new(),
            lines: Vec::new(),
            slip: SlipForm::default(),
        }
    }
}

impl BillForm {
    /// The row of a category, as far as something has been typed in it.
    pub fn category(&self, category: Category) -> CategoryRow {
        let row = self.categories.iter().find(|r| r.category == category);
        row.cloned().unwrap_or_else(|| CategoryRow::new(category))
    }

    /// Puts a row back, in the order of the list; an empty one is forgotten.
    pub fn put_category(&mut self, row: CategoryRow) {
        self.categories.retain(|r| r.category != row.category);
        if !row.is_blank() {
            self.categories.push(row);
            let place = |r: &CategoryRow| CATEGORIES.iter().position(|c| *c == r.category);
            self.categories.sort_by_key(place);
        }
    }

    pub fn set_share_low(&mut self, percent: u8) {
        self.share_low = percent.min(100);
        self.share_high = self.share_high.max(self.share_low);
    }

    pub fn set_share_high(&mut self, percent: u8) {
        self.share_high = percent.min(100);
        self.share_low = self.share_low.min(self.share_high);
    }
}

pub const CATEGORIES: [Category; 12] = [
    Category::Bed,
    Category::Consultation,
    Category::Examination,
    Category::Laboratory,
    Category::Treatment,
    Category::Surgery,
    Category::Nursing,
    Category::Materials,
    Category::WesternMedicine,
    Category::ChineseHerbs,
    Category::ChinesePatentMedicine,
    Category::Other,
];

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CategoryRow {
    pub category: Category,
    #[serde(default)]
    pub amount: String,
    #[serde(default)]
    pub own: String,
    #[serde(default)]
    pub pre: String,
    #[serde(default)]
    pub days: String,
}

impl CategoryRow {
    pub fn new(category: Category) -> CategoryRow {
        let blank = String::new;
        CategoryRow { category, amount: blank(), own: blank(), pre: blank(), days: blank() }
    }

    fn is_blank(&self) -> bool {
        *self == CategoryRow::new(self.category)
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct LineRow {
    pub name: String,
    pub category: Category,
    pub amount: String,
    pub class: LineClass,
    /// 先行自付比例, in percent as typed.
    pub share: String,
    pub count: String,
    pub limit: String,
    pub outside: bool,
}

impl Default for LineRow {
    fn default() -> Self {
        LineRow {
            name: String::new(),
            category: Category::WesternMedicine,
            amount: String::new(),
            class: LineClass::A,
            share: String::new(),
            count: String::new(),
            limit: String::new(),
            outside: false,
        }
    }
}

/// Figures copied from an 电子票据 or 结算单.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SlipForm {
    pub total: String,
    pub own: String,
    pub over: String,
    pub pre: String,
    pub deductible: String,
    pub pool: String,
    pub hifmi: String,
    pub hifob: String,
    pub aid: String,
    pub fund: String,
    pub person: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_never_cross() {
        let mut bill = BillForm::default();
        bill.set_share_low(60);
        assert_eq!((bill.share_low, bill.share_high), (60, 60));
        bill.set_share_high(10);
        assert_eq!((bill.share_low, bill.share_high), (10, 10));
        bill.set_share_high(250);
        assert_eq!(bill.share_high, 100);
    }

    #[test]
    fn categories_keep_the_order_of_the_receipt_and_forget_empty_rows() {
        let mut bill = BillForm::default();
        for category in [Category::Other, Category::Bed] {
            bill.put_category(CategoryRow { amount: "5".into(), ..CategoryRow::new(category) });
        }
        let order: Vec<Category> = bill.categories.iter().map(|r| r.category).collect();
        assert_eq!(order, [Category::Bed, Category::Other]);
        bill.put_category(CategoryRow::new(Category::Bed));
        assert_eq!(bill.categories.len(), 1);
    }
}
