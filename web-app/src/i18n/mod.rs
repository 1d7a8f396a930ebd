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

/// A table of texts, each in Chinese and English.
macro_rules! texts {
    ($(#[$meta:meta])* $name:ident $($key:ident { $zh:literal, $en:literal })+) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum $name { $($key),+ }

        impl $name {
            #[cfg(test)]
            pub const ALL: &'static [$name] = &[$($name::$key),+];

            pub fn say(self, lang: $crate::i18n::Lang) -> &'static str {
                lang.of(self.zh(), self.en())
            }

            /// The sentence with `{0}`, `{1}`, … replaced.
            pub fn fill(self, lang: $crate::i18n::Lang, parts: &[&str]) -> String {
                $crate::i18n::filled(self.say(lang), parts)
            }

            pub(crate) fn zh(self) -> &'static str {
                match self { $($name::$key => $zh),+ }
            }

            pub(crate) fn en(self) -> &'static str {
                match self { $($name::$key => $en),+ }
            }
        }
    };
}
pub(crate) use texts;

pub fn filled(text: &str, parts: &[&str]) -> String {
    let numbered = parts.iter().enumerate();
    numbered.fold(text.to_owned(), |text, (i, part)| text.replace(&format!("{{{i}}}"), part))
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

    /// Every text of all rooms.
    fn all() -> impl Iterator<Item = (&'static str, &'static str)> {
        use crate::{family, preview, wallet};
        let estimate = T::ALL.iter().map(|t| (t.zh(), t.en()));
        let family = family::F::ALL.iter().map(|t| (t.zh(), t.en()));
        let forecast = preview::F::ALL.iter().map(|t| (t.zh(), t.en()));
        let drg = preview::P::ALL.iter().map(|t| (t.zh(), t.en()));
        let dip = preview::D::ALL.iter().map(|t| (t.zh(), t.en()));
        let import = preview::I::ALL.iter().map(|t| (t.zh(), t.en()));
        let wallet = wallet::W::ALL.iter().map(|t| (t.zh(), t.en()));
        let relatives = wallet::G::ALL.iter().map(|t| (t.zh(), t.en()));
        let notices = wallet::N::ALL.iter().map(|t| (t.zh(), t.en()));
        let own = wallet::S::ALL.iter().map(|t| (t.zh(), t.en()));
        let window = wallet::O::ALL.iter().map(|t| (t.zh(), t.en()));
        let counters = wallet::C::ALL.iter().map(|t| (t.zh(), t.en()));
        let stories = wallet::Y::ALL.iter().map(|t| (t.zh(), t.en()));
        let areas = wallet::A::ALL.iter().map(|t| (t.zh(), t.en()));
        estimate
            .chain(relatives)
            .chain(notices)
            .chain(own)
            .chain(areas)
            .chain(stories)
            .chain(window)
            .chain(counters)
            .chain(family)
            .chain(wallet)
            .chain(forecast)
            .chain(drg)
            .chain(dip)
            .chain(import)
    }

    #[test]
    fn both_languages_say_everything_and_the_same_figures() {
        for (zh, en) in all() {
            assert!(!zh.trim().is_empty() && !en.trim().is_empty(), "{zh:?} {en:?}");
            assert_eq!(holes(zh), holes(en), "{zh:?}");
        }
    }

    #[test]
    fn chinese_is_punctuated_as_chinese() {
        for (text, _) in all().filter(|(zh, _)| has_han(zh)) {
            let zh: Vec<char> = text.chars().collect();
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
