//! What somebody has typed about a stay. Nothing here knows a browser.

use super::forecast::ForecastForm;
use anxin_core::dip::{PointKind, PointValue, Track};
use anxin_core::preview::{DEFAULT_SCHEME, RecordSource, SchemeKind};

/// One code of a list. The key stays with the row wherever it is moved to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    pub key: u32,
    pub code: String,
    /// What is said of the row, or empty: 入院病情 of a diagnosis, a word of [`ADMISSIONS`]; 手术操作类型 of an
    /// operation, one of [`CLASSES`].
    pub mark: String,
}

/// Codes in their order; the first of each list is the principal or the main one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Coding {
    pub diagnoses: Vec<Row>,
    pub operations: Vec<Row>,
    last_key: u32,
}

/// Which of the two lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum List {
    Diagnoses,
    Operations,
}

impl Coding {
    pub fn rows(&self, list: List) -> &[Row] {
        match list {
            List::Diagnoses => &self.diagnoses,
            List::Operations => &self.operations,
        }
    }

    fn rows_mut(&mut self, list: List) -> &mut Vec<Row> {
        match list {
            List::Diagnoses => &mut self.diagnoses,
            List::Operations => &mut self.operations,
        }
    }

    pub fn add(&mut self, list: List, codes: impl IntoIterator<Item = String>) {
        for code in codes {
            self.last_key += 1;
            let row = Row { key: self.last_key, code, mark: String::new() };
            self.rows_mut(list).push(row);
        }
    }

    /// Takes the row at one place and puts it at another; places that are not there change nothing.
    pub fn shift(&mut self, list: List, from: usize, to: usize) {
        let rows = self.rows_mut(list);
        if from < rows.len() && to < rows.len() {
            let row = rows.remove(from);
            rows.insert(to, row);
        }
    }

    pub fn remove(&mut self, list: List, at: usize) {
        let rows = self.rows_mut(list);
        if at < rows.len() {
            rows.remove(at);
        }
    }

    pub fn set_mark(&mut self, list: List, at: usize, word: String) {
        if let Some(row) = self.rows_mut(list).get_mut(at) {
            row.mark = word;
        }
    }
}

/// 入院病情: 1 有, 2 临床未确定, 3 情况不明, 4 无.
pub const ADMISSIONS: [&str; 4] = ["1", "2", "3", "4"];
/// 手术操作类型, as the core reads it.
pub const CLASSES: [&str; 5] = ["SURG", "INTV", "THER", "DIAG", "NONE"];
/// 离院方式.
pub const LEAVINGS: [&str; 6] = ["1", "2", "3", "4", "5", "9"];

/// The patient and the stay; all as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stay {
    /// `1` male, `2` female, empty not said.
    pub gend: String,
    pub age: String,
    pub nwb_age: String,
    pub nwb_bir_wt: String,
    pub nwb_adm_wt: String,
    pub days: String,
    pub dscg_way: String,
    pub ventilation: String,
    /// 出院科别, where a city's own groups ask for it.
    pub ward: String,
    /// By which list of a catalogue the stay is settled.
    pub track: Track,
}

/// By what the group is paid, and what is known of the stay's money.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PaymentForm {
    pub coefficient: String,
    pub cost: String,
    pub patient: String,
    // By a DRG scheme.
    pub region: String,
    pub price: String,
    /// Yuan for one weight or point, where the region's table has no price.
    pub yuan: String,
    pub level: String,
    pub low: String,
    pub high: String,
    // By a DIP catalogue.
    pub peer: String,
    /// One of the catalogue's coefficients.
    pub hospital: String,
    /// 辅助目录: two types that the stay matches, each with its factor.
    pub auxiliary: [AuxiliaryText; 2],
    pub point: Point,
    pub special: Special,
}

/// A type of the auxiliary catalogue by its word, and its factor as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AuxiliaryText {
    pub kind: String,
    pub factor: String,
}

impl PaymentForm {
    /// Prices and levels are those of a region.
    pub fn choose_region(&mut self, region: String) {
        self.region = region;
        for field in [&mut self.price, &mut self.yuan, &mut self.level] {
            field.clear();
        }
    }
}

/// Yuan for one point: one of the catalogue's, or one's own with who says so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Point {
    /// What the catalogue calls it; [`OWN_POINT`] for one's own, empty for none.
    pub label: String,
    pub yuan: String,
    pub kind: PointKind,
    pub source: String,
    pub date: String,
}

/// The word for a point value of one's own.
pub const OWN_POINT: &str = "own";

impl Point {
    /// Whether yuan are typed: where the catalogue says nothing of points there is nothing to choose from.
    pub fn is_own(&self, said: &[PointValue]) -> bool {
        said.is_empty() || self.label == OWN_POINT
    }
}

impl Default for Point {
    fn default() -> Self {
        let empty = String::new;
        Point { label: empty(), yuan: empty(), kind: PointKind::Budget, source: empty(), date: empty() }
    }
}

/// What else 特例单议 may look at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Special {
    pub long_days: String,
    pub intensive: bool,
    pub novel: bool,
}

/// All that has been typed in the room.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inputs {
    pub scheme: String,
    pub source: RecordSource,
    pub stay: Stay,
    pub coding: Coding,
    /// The second coding of the same stay, once there is one.
    pub other: Option<Coding>,
    pub payment: PaymentForm,
    /// A hospital's figures, which belong to no stay.
    pub forecast: ForecastForm,
}

impl Default for Inputs {
    fn default() -> Self {
        Inputs {
            scheme: DEFAULT_SCHEME.into(),
            source: RecordSource::SettlementList,
            stay: Stay::default(),
            coding: Coding::default(),
            other: None,
            payment: PaymentForm::default(),
            forecast: ForecastForm::default(),
        }
    }
}

impl Inputs {
    /// Everything but the scheme and the forecast, which are the hospital's.
    pub fn clear(&mut self) {
        let (scheme, forecast) = (std::mem::take(&mut self.scheme), std::mem::take(&mut self.forecast));
        *self = Inputs { scheme, forecast, ..Inputs::default() };
    }

    /// A region's weights are of one scheme's groups, and hospitals and points are one catalogue's: another scheme
    /// leaves them.
    pub fn choose_scheme(&mut self, scheme: String) {
        if scheme != self.scheme {
            self.payment.choose_region(String::new());
            self.payment.hospital.clear();
            if self.payment.point.label != OWN_POINT {
                self.payment.point.label.clear();
            }
        }
        self.scheme = scheme;
    }

    /// A record that shows what the page can say: by DRG a stroke with an operation and complications, by DIP
    /// an appendicitis with peritonitis, whose related operation decides between groups.
    pub fn set_example(&mut self, kind: SchemeKind) {
        let (age, days, diagnoses, operations): (_, _, &[&str], &[&str]) = match kind {
            SchemeKind::Drg => {
                ("67", "11", &["I63.900", "I10.x00x002", "J69.000", "G81.900"], &["39.7400x001", "88.4101"])
            }
            SchemeKind::Dip => ("34", "7", &["K35.301", "I10.x00x002"], &["47.0100", "54.5100x005"]),
        };
        self.stay =
            Stay { gend: "1".into(), age: age.into(), days: days.into(), dscg_way: "1".into(), ..Stay::default() };
        self.coding = Coding::default();
        self.coding.add(List::Diagnoses, diagnoses.iter().map(|code| (*code).to_owned()));
        self.coding.add(List::Operations, operations.iter().map(|code| (*code).to_owned()));
        self.other = None;
    }
}

/// Codes that stand in a pasted text, separated by blanks, commas, bars or line ends.
pub fn codes_in(text: &str) -> Vec<String> {
    let parts = text.split(|c: char| c.is_whitespace() || matches!(c, ',' | '，' | '|' | '｜' | ';' | '；' | '、'));
    parts.filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

/// Whether a text may be taken as a code as it stands, rather than as a word to search for.
pub fn is_code(text: &str) -> bool {
    let inside = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '+' | '*' | '/' | '-' | '†');
    text.len() >= 3 && text.chars().all(inside) && text.bytes().any(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(coding: &Coding) -> Vec<&str> {
        coding.diagnoses.iter().map(|r| r.code.as_str()).collect()
    }

    #[test]
    fn codes_are_taken_from_whatever_separates_them() {
        let three = ["I63.900", "I10.x00x002", "E11.900"];
        for text in [
            "I63.900 I10.x00x002,E11.900",
            "I63.900|I10.x00x002|E11.900",
            "I63.900\r\nI10.x00x002\n\nE11.900",
            "I63.900，I10.x00x002、E11.900；",
        ] {
            assert_eq!(codes_in(text), three, "{text:?}");
        }
        assert!(codes_in(" \n").is_empty());
    }

    #[test]
    fn another_scheme_leaves_what_belonged_to_the_one_before() {
        let mut inputs = Inputs::default();
        (inputs.payment.region, inputs.payment.hospital) = ("r".into(), "三级".into());
        inputs.payment.point.label = "职工".into();
        inputs.choose_scheme("other".into());
        let PaymentForm { region, hospital, point, .. } = &inputs.payment;
        assert_eq!((region.as_str(), hospital.as_str(), point.label.as_str()), ("", "", ""));
        inputs.payment.point.label = OWN_POINT.into();
        inputs.choose_scheme("third".into());
        assert_eq!(inputs.payment.point.label, OWN_POINT);
    }

    #[test]
    fn a_word_is_not_a_code() {
        for code in ["I63", "I63.900", "96.7201", "K02.800x006", "A18.001+M49.0*"] {
            assert!(is_code(code), "{code}");
        }
        for word in ["nxgs", "脑梗死", "2型糖尿病", "I6", ""] {
            assert!(!is_code(word), "{word}");
        }
    }

    #[test]
    fn rows_move_with_what_belongs_to_them() {
        let mut coding = Coding::default();
        coding.add(List::Diagnoses, ["A", "B", "C"].map(str::to_owned));
        coding.set_mark(List::Diagnoses, 2, "4".into());
        coding.shift(List::Diagnoses, 2, 0);
        assert_eq!(codes(&coding), ["C", "A", "B"]);
        assert_eq!(coding.diagnoses[0].mark, "4");
        coding.shift(List::Diagnoses, 0, 3);
        coding.remove(List::Diagnoses, 7);
        assert_eq!(codes(&coding), ["C", "A", "B"]);
        coding.remove(List::Diagnoses, 0);
        assert_eq!(codes(&coding), ["A", "B"]);
        let keys: Vec<u32> = coding.diagnoses.iter().map(|r| r.key).collect();
        coding.add(List::Diagnoses, ["D".to_owned()]);
        assert!(!keys.contains(&coding.diagnoses[2].key), "a key is given twice");
    }
}
