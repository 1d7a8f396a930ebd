//! What somebody has typed about a stay. Nothing here knows a browser.

use anxin_core::preview::RecordSource;

/// One code of a list. The key stays with the row wherever it is moved to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    pub key: u32,
    pub code: String,
    /// 入院病情, a word of [`ADMISSIONS`] or empty.
    pub admission: String,
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
            let row = Row { key: self.last_key, code, admission: String::new() };
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

    pub fn set_admission(&mut self, at: usize, word: String) {
        if let Some(row) = self.diagnoses.get_mut(at) {
            row.admission = word;
        }
    }
}

/// 入院病情: 1 有, 2 临床未确定, 3 情况不明, 4 无.
pub const ADMISSIONS: [&str; 4] = ["1", "2", "3", "4"];
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
}

/// By which table the group is paid, and what is known of the stay's money.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PaymentForm {
    pub region: String,
    pub price: String,
    pub coefficient: String,
    pub cost: String,
    pub patient: String,
    pub low: String,
    pub high: String,
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
}

pub const SCHEME: &str = "chs-drg-2.0";

impl Default for Inputs {
    fn default() -> Self {
        Inputs {
            scheme: SCHEME.into(),
            source: RecordSource::SettlementList,
            stay: Stay::default(),
            coding: Coding::default(),
            other: None,
            payment: PaymentForm::default(),
        }
    }
}

impl Inputs {
    /// A record that shows what the page can say: a stroke with an operation and complications.
    pub fn set_example(&mut self) {
        self.stay =
            Stay { gend: "1".into(), age: "67".into(), days: "11".into(), dscg_way: "1".into(), ..Stay::default() };
        self.coding = Coding::default();
        self.coding.add(List::Diagnoses, ["I63.900", "I10.x00x002", "J69.000", "G81.900"].map(str::to_owned));
        self.coding.add(List::Operations, ["39.7400x001", "88.4101"].map(str::to_owned));
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
        coding.set_admission(2, "4".into());
        coding.shift(List::Diagnoses, 2, 0);
        assert_eq!(codes(&coding), ["C", "A", "B"]);
        assert_eq!(coding.diagnoses[0].admission, "4");
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
