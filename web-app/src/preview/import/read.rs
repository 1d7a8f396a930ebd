//! From a file and what somebody said about it to a pack. Nothing here knows a browser.

use anxin_core::Rate;
use anxin_core::dip::Settings;
use anxin_core::dip::layout::SourceNote;
use anxin_core::drg::Scheme;
use anxin_core::preview::Shelf;
use anxin_import::{DipOptions, Doubt, DrgOptions, Editions, Guess, Problem, Quality, import_dip_with, import_drg};
use anxin_sheets::{Book, Limits, SheetError};
use serde::{Deserialize, Serialize};

/// What a file holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum What {
    #[default]
    Dip,
    Drg,
}

/// What the file does not say.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct About {
    pub title: String,
    /// `YYYY-MM-DD`
    pub edition: String,
    pub notice: String,
    /// Yuan for one weight or point.
    pub price: Option<Rate>,
    /// The scheme whose groups weights are of.
    pub scheme: String,
}

/// A file that was read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Read {
    pub id: String,
    /// What stands in the pack's header: `dip/…`, `drg/weights-…`.
    pub pack_id: String,
    pub problems: Vec<Problem>,
    pub doubts: Vec<Doubt>,
    pub quality: Quality,
    /// None where nothing was read that could be used. It travels between threads by itself.
    #[serde(skip)]
    pub pack: Option<Vec<u8>>,
    /// The scheme with a city's own groups, where there are any. It is called as the region of the weights.
    #[serde(skip)]
    pub scheme_pack: Option<Vec<u8>>,
}

/// `told` hears now and then how many rows have been read.
pub fn read(
    what: What,
    bytes: &[u8],
    guess: &Guess,
    about: &About,
    shelf: &Shelf,
    told: impl FnMut(u32),
) -> Result<Read, SheetError> {
    let book = Book::open(bytes, &Limits::default())?;
    let id = id_of(&about.title);
    match what {
        What::Dip => dip(&book, guess, about, (id, shelf), told),
        What::Drg => drg(&book, guess, about, (id, shelf)),
    }
}

fn dip(
    book: &Book<'_>,
    guess: &Guess,
    about: &About,
    (id, shelf): (String, &Shelf),
    told: impl FnMut(u32),
) -> Result<Read, SheetError> {
    let editions = Editions {
        diagnoses: shelf.edition().map(Scheme::diagnoses),
        operations: shelf.edition().map(Scheme::operations),
        clinical: shelf.clinical(),
    };
    let options = DipOptions {
        id: id.clone(),
        title: about.title.clone(),
        notice: Some(about.notice.clone()).filter(|notice| !notice.is_empty()),
        source: SourceNote { title: about.title.clone(), date: Some(about.edition.clone()), document: None },
        settings: Settings::default(),
        edition: about.edition.clone(),
    };
    let import = import_dip_with(book, guess, &options, &editions, told)?;
    let pack = import.pack().ok();
    let (problems, doubts, quality) = (import.problems, import.doubts, import.quality);
    Ok(Read { pack_id: format!("dip/{id}"), id, problems, doubts, quality, pack, scheme_pack: None })
}

fn drg(book: &Book<'_>, guess: &Guess, about: &About, (id, shelf): (String, &Shelf)) -> Result<Read, SheetError> {
    let options = DrgOptions {
        region: id.clone(),
        name: about.title.clone(),
        schemes: vec![about.scheme.clone()],
        price: about.price,
        edition: about.edition.clone(),
    };
    let import = import_drg(book, guess, &options, shelf.scheme_pack(&about.scheme))?;
    let scheme_pack = import.scheme_pack().ok().flatten();
    let pack = if import.data.groups.is_empty() { None } else { import.pack().ok() };
    let (problems, doubts, quality) = (import.problems, import.doubts, import.quality);
    Ok(Read { pack_id: format!("drg/weights-{id}"), id, problems, doubts, quality, pack, scheme_pack })
}

/// A name as an id. What comes with the program is never called this, so it is never replaced.
pub fn id_of(title: &str) -> String {
    let kept = |c: char| if c.is_alphanumeric() || c == '.' { c.to_ascii_lowercase() } else { '-' };
    let text: String = title.chars().map(kept).collect();
    let parts: Vec<&str> = text.split('-').filter(|part| !part.is_empty()).collect();
    format!("own-{}", parts.join("-").chars().take(60).collect::<String>())
}

#[cfg(test)]
mod tests {
    use anxin_core::dip::Catalogue;
    use anxin_core::drg::WeightBook;
    use anxin_import::guess;

    use super::*;

    fn about() -> About {
        About {
            title: "某市 DIP 目录".into(),
            edition: "2025-03-01".into(),
            notice: "试用".into(),
            price: None,
            scheme: "chs-drg-2.0".into(),
        }
    }

    fn read_text(what: What, text: &str, about: &About) -> Read {
        let guess = guess(&Book::open(text.as_bytes(), &Limits::default()).unwrap()).unwrap();
        read(what, text.as_bytes(), &guess, about, &Shelf::default(), |_| {}).unwrap()
    }

    #[test]
    fn a_name_becomes_an_id_that_is_ones_own() {
        assert_eq!(id_of("某市 DIP2.0（2025）"), "own-某市-dip2.0-2025");
        assert_eq!(id_of("A/b\"'"), "own-a-b");
    }

    #[test]
    fn a_catalogue_becomes_a_pack() {
        let text = "病种编码,病种分值\nK35.3:47.0100,973\nK35.3,353\nK35.3,300\n";
        let read = read_text(What::Dip, text, &about());
        assert_eq!((read.quality.taken, read.problems.len()), (2, 1));
        let catalogue = Catalogue::open(&read.pack.unwrap()).unwrap();
        assert_eq!(catalogue.header.id, read.pack_id);
        assert_eq!((catalogue.id, catalogue.title.as_str()), (read.id, "某市 DIP 目录"));
        assert_eq!(catalogue.notice.as_ref().map(|said| said.zh.as_str()), Some("试用"));
    }

    #[test]
    fn weights_become_a_region_with_its_price() {
        let price = Rate::parse("5800");
        let read = read_text(What::Drg, "DRG编码,权重\nBR15,1.02\nBR19,0.88\n", &About { price, ..about() });
        let book = WeightBook::open(&read.pack.unwrap()).unwrap();
        let region = book.region(&read.id).unwrap();
        assert_eq!(
            (region.name.zh.as_str(), region.is_of("chs-drg-2.0"), region.is_of("chs-drg-1.1")),
            ("某市 DIP 目录", true, false)
        );
        assert_eq!((book.weight(region, "BR19"), region.prices[0].yuan), (Rate::parse("0.88"), price.unwrap()));
    }

    #[test]
    fn nothing_read_makes_no_pack() {
        assert_eq!(read_text(What::Dip, "病种编码,病种分值\n?,1\n", &about()).pack, None);
        assert_eq!(read_text(What::Drg, "DRG编码,权重\n?,1\n", &about()).pack, None);
    }
}
