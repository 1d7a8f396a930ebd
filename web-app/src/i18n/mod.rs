//! Every word of the page, in Chinese and English. What belongs to a calculation (titles of steps,
//! formulas, diagnostics) comes from the core instead, so that all programs say it alike.

mod table;
mod terms;

pub use anxin_core::text::Lang;
pub use table::T;
pub use terms::{
    aid, area, bill_way, binding, birth, category, category_word, certainty, cover, filing, fund_name, kind, level,
    line_class, plan, scheme, status, ward,
};

impl T {
    pub fn say(self, lang: Lang) -> &'static str {
        match lang {
            Lang::Zh => self.zh(),
            Lang::En => self.en(),
        }
    }

    /// The sentence with `{0}`, `{1}`, … replaced.
    pub fn fill(self, lang: Lang, parts: &[&str]) -> String {
        let numbered = parts.iter().enumerate();
        numbered.fold(self.say(lang).to_owned(), |text, (i, part)| text.replace(&format!("{{{i}}}"), part))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn has_han(text: &str) -> bool {
        text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
    }

    fn holes(text: &str) -> Vec<String> {
        let mut holes: Vec<String> = (0..9).map(|i| format!("{{{i}}}")).filter(|h| text.contains(h)).collect();
        holes.sort();
        holes
    }

    #[test]
    fn both_languages_say_everything_and_the_same_figures() {
        for text in T::ALL {
            assert!(!text.zh().trim().is_empty() && !text.en().trim().is_empty(), "{text:?}");
            assert_eq!(holes(text.zh()), holes(text.en()), "{text:?}");
        }
    }

    #[test]
    fn chinese_is_punctuated_as_chinese() {
        for text in T::ALL.iter().filter(|t| has_han(t.zh())) {
            let zh: Vec<char> = text.zh().chars().collect();
            for pair in zh.windows(2) {
                let stray = matches!(pair[1], ',' | ';' | '?' | '!' | ':') && has_han(&pair[0].to_string());
                assert!(!stray, "{text:?}: half-width {:?} after {:?}", pair[1], pair[0]);
            }
        }
    }

    #[test]
    fn filling_replaces_every_hole() {
        assert_eq!(T::StayNumber.fill(Lang::Zh, &["3"]), "第 3 次就诊");
    }
}
