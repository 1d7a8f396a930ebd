//! How somebody calls a relative. Nobody's name is known here.

use anxin_core::family::Kin;
use wallet_types::{RelationKind, RelationOut, Side};

use super::words::G;
use crate::family::{F, NEAR};
use crate::i18n::Lang;

/// What the giver is to the taker, where the taker is this to the giver.
fn turned(kin: Kin) -> F {
    match kin {
        Kin::Spouse => F::KinSpouse,
        Kin::Parent => F::KinChild,
        Kin::Child => F::KinParent,
        Kin::Sibling => F::KinSibling,
        Kin::PaternalGrandparent => F::KinSons,
        Kin::MaternalGrandparent => F::KinDaughters,
        Kin::SonsChild => F::KinPaternal,
        Kin::DaughtersChild => F::KinMaternal,
        Kin::Other => F::KinOther,
    }
}

/// The other of two people, as one of them calls them.
pub fn relative(side: Side, kin: Kin, lang: Lang) -> String {
    let word = match side {
        Side::Giver => NEAR.iter().find(|(near, ..)| *near == kin).map_or(F::KinOther, |(.., word)| *word),
        Side::Taker => turned(kin),
    };
    lang.of(word.zh().to_owned(), word.en().to_lowercase())
}

/// What two people agreed on, as one of them sees it.
pub fn heading(kind: RelationKind, side: Side, kin: Kin, lang: Lang) -> String {
    let text = match (kind, side) {
        (RelationKind::Share, Side::Giver) => G::IShare,
        (RelationKind::Share, Side::Taker) => G::SharesWithMe,
        (RelationKind::Helper, Side::Giver) => G::HelpsMe,
        (RelationKind::Helper, Side::Taker) => G::IHelp,
    };
    text.fill(lang, &[&relative(side, kin, lang)])
}

/// The same with the name that one gave the other.
pub fn called(relation: &RelationOut, lang: Lang) -> String {
    let plain = heading(relation.kind, relation.side, relation.kin, lang);
    relation.nickname.as_ref().map_or(plain.clone(), |name| G::Called.fill(lang, &[&plain, name]))
}

/// The name that one gave the other, or what they are.
pub fn named(nickname: Option<&String>, side: Side, kin: Kin, lang: Lang) -> String {
    nickname.cloned().unwrap_or_else(|| relative(side, kin, lang))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_stands_for_what_somebody_is() {
        let dad = "老爸".to_owned();
        assert_eq!(named(Some(&dad), Side::Giver, Kin::Parent, Lang::Zh), "老爸");
        assert_eq!(named(None, Side::Giver, Kin::Parent, Lang::Zh), "父母");
    }

    #[test]
    fn each_side_calls_the_other_what_they_are() {
        for (kin, giver, taker) in [
            (Kin::Parent, "父母", "子女"),
            (Kin::SonsChild, "孙子女", "祖父母"),
            (Kin::MaternalGrandparent, "外祖父母", "外孙子女"),
            (Kin::Spouse, "配偶", "配偶"),
        ] {
            assert_eq!(relative(Side::Giver, kin, Lang::Zh), giver);
            assert_eq!(relative(Side::Taker, kin, Lang::Zh), taker);
        }
    }
}
