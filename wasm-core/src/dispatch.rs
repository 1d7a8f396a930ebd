//! The one door for programs: JSON in, JSON out. Browser, mini-program and server all enter here, so
//! that the same bytes give the same bytes everywhere.

#[cfg(feature = "grouping")]
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::benefit::{self, Answer, Case, Compared, YearAnswer};
use crate::error::{Refusal, RefusalCode};
#[cfg(feature = "family")]
use crate::family::{self, FamilyAnswer, FamilyCase, WalletBook};
use crate::pack::{self, PackError, PackHeader};
#[cfg(feature = "grouping")]
use crate::preview::{
    self, DipAnswer, DipCase, ForecastAnswer, ForecastCase, GroupAnswer, GroupCase, HitOut, Opening, PricedRegionOut,
    SchemeOut, Search, Shelf, TableCase,
};
#[cfg(feature = "seal")]
use crate::proof::{self, ReceiptAnswer, ReceiptCase};
use crate::rules::{Region, RuleBook};
use crate::text::{self, Lang};

/// Stands for the input of a call that this build does not answer: anything is read, nothing is kept.
#[cfg(not(all(feature = "family", feature = "grouping", feature = "seal")))]
#[derive(Clone, Copy, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Unread {}

#[cfg(not(all(feature = "family", feature = "grouping", feature = "seal")))]
impl<'de> Deserialize<'de> for Unread {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        serde::de::IgnoredAny::deserialize(from).map(|_| Unread {})
    }
}

#[cfg(not(feature = "family"))]
use Unread as FamilyCase;
#[cfg(not(feature = "seal"))]
use Unread as ReceiptCase;

#[cfg(not(feature = "grouping"))]
use Unread as DipCase;
#[cfg(not(feature = "grouping"))]
use Unread as ForecastCase;
#[cfg(not(feature = "grouping"))]
use Unread as GroupCase;
#[cfg(not(feature = "grouping"))]
use Unread as Search;
#[cfg(not(feature = "grouping"))]
use Unread as TableCase;

/// Longest request that is read.
pub const REQUEST_BYTES_MAX: usize = 1 << 20;
/// Most cases in one comparison.
pub const COMPARE_MAX: usize = 4;
/// Most visits in one year.
pub const YEAR_MAX: usize = 366;

/// A request to the core.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Request {
    pub call: Call,
    /// Language of titles, formulas and messages; none are written when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lang: Option<Lang>,
}

#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[expect(clippy::large_enum_variant, reason = "one of a kind per request, never kept in bulk")]
pub enum Call {
    Estimate(Case),
    /// Up to four situations beside each other.
    Compare(Vec<Case>),
    /// Visits of one year in order; each starts from what the ones before used up.
    Year(Vec<Case>),
    /// The regions whose packs are loaded.
    Regions {},
    /// The group of a discharge, and why.
    Group(Box<GroupCase>),
    /// The group of a stay by a DIP catalogue, why, and what it scores.
    GroupDip(Box<DipCase>),
    /// Every record of a table, a line out for each line in.
    GroupTable(Box<TableCase>),
    /// What a hospital may expect of its scores: a month's prepayment and the year's settlement.
    ForecastDip(Box<ForecastCase>),
    /// The grouping schemes that are loaded, with every reading that can be chosen.
    Schemes {},
    /// The tables of weights that are loaded.
    Prices {},
    /// Codes by their head, name or pinyin initials.
    Search(Search),
    /// Who may share a personal account, how much, and what happens then.
    Family(Box<FamilyCase>),
    /// The areas that the rules of family accounts know by name.
    FamilyAreas {},
    /// Whether a receipt of the wallet leads to the root that it names.
    Receipt(Box<ReceiptCase>),
}

#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[expect(clippy::large_enum_variant, reason = "one of a kind per request, never kept in bulk")]
pub enum Reply {
    Estimate(Answer),
    Compare(Compared),
    Year(YearAnswer),
    Regions(Vec<RegionOut>),
    #[cfg(feature = "grouping")]
    Group(Box<GroupAnswer>),
    #[cfg(feature = "grouping")]
    GroupDip(Box<DipAnswer>),
    /// A header and a line for each record, between tabs.
    #[cfg(feature = "grouping")]
    GroupTable(String),
    #[cfg(feature = "grouping")]
    ForecastDip(Box<ForecastAnswer>),
    #[cfg(feature = "grouping")]
    Schemes(Vec<SchemeOut>),
    #[cfg(feature = "grouping")]
    Prices(Vec<PricedRegionOut>),
    #[cfg(feature = "grouping")]
    Search(Vec<HitOut>),
    #[cfg(feature = "family")]
    Family(Box<FamilyAnswer>),
    #[cfg(feature = "family")]
    FamilyAreas(Vec<family::AreaName>),
    #[cfg(feature = "seal")]
    Receipt(ReceiptAnswer),
    Refused(RefusalOut),
}

/// A region whose rules are loaded.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct RegionOut {
    pub region: Region,
    pub diseases: Vec<String>,
    pub digest: String,
    pub edition: String,
}

#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct RefusalOut {
    pub code: RefusalCode,
    pub field: String,
    pub accepted: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "typescript", ts(optional))]
    pub message: Option<String>,
}

/// The packs that are loaded, and what can be asked of them.
#[derive(Debug, Default)]
pub struct Engine {
    books: Vec<RuleBook>,
    #[cfg(feature = "grouping")]
    shelf: Shelf,
    #[cfg(feature = "family")]
    wallet: Option<WalletBook>,
}

impl Engine {
    pub fn new() -> Engine {
        Engine::default()
    }

    /// Adds a pack; one of the same id is replaced.
    pub fn load(&mut self, pack: &[u8]) -> Result<PackHeader, PackError> {
        let header = pack::peek(pack)?;
        #[cfg(feature = "grouping")]
        if let Some(loaded) = self.shelf.load(&header, &pack.into(), Opening::Now) {
            return loaded.map(|()| header);
        }
        self.load_book(pack).map(|()| header)
    }

    /// Adds a pack as [`Engine::load`] does. What is large is checked now and opened when it is first asked for:
    /// for who holds many packs, most of which nobody may ever ask for.
    #[cfg(feature = "grouping")]
    pub fn shelve(&mut self, pack: &Arc<[u8]>) -> Result<PackHeader, PackError> {
        let header = pack::peek(pack)?;
        match self.shelf.load(&header, pack, Opening::WhenAsked) {
            Some(loaded) => loaded,
            None => self.load_book(pack),
        }
        .map(|()| header)
    }

    fn load_book(&mut self, pack: &[u8]) -> Result<(), PackError> {
        #[cfg(feature = "family")]
        if pack::peek(pack)?.kind == pack::PackKind::Wallet {
            self.wallet = Some(WalletBook::open(pack)?);
            return Ok(());
        }
        let book = RuleBook::open(pack)?;
        self.books.retain(|b| b.header.id != book.header.id);
        self.books.push(book);
        self.books.sort_by(|a, b| a.header.id.cmp(&b.header.id));
        Ok(())
    }

    /// What grouping has to go by.
    #[cfg(feature = "grouping")]
    pub fn shelf(&self) -> &Shelf {
        &self.shelf
    }

    /// The call that a grouping case asks for. The pack of its scheme says of which kind it is.
    #[cfg(feature = "grouping")]
    pub fn grouping(&self, case: &[u8]) -> Result<Call, Refusal> {
        #[derive(Deserialize)]
        struct Told {
            scheme: String,
        }
        let dip = serde_json::from_slice::<Told>(case).is_ok_and(|told| self.shelf.is_dip(&told.scheme));
        if dip { parse(case).map(Call::GroupDip) } else { parse(case).map(Call::Group) }
    }

    pub fn books(&self) -> &[RuleBook] {
        &self.books
    }

    /// The book of a region, by `admdvs` or slug.
    pub fn book(&self, region: &str) -> Result<&RuleBook, Refusal> {
        let found = self.books.iter().find(|b| b.region.admdvs == region || b.region.slug == region);
        found.ok_or_else(|| {
            let known: Vec<&str> = self.books.iter().map(|b| b.region.slug.as_str()).collect();
            Refusal::new(RefusalCode::UnknownRegion, "region", known.join(", "))
        })
    }

    /// The rules of family accounts.
    #[cfg(feature = "family")]
    pub fn wallet(&self) -> Result<&WalletBook, Refusal> {
        self.wallet.as_ref().ok_or_else(|| Refusal::new(RefusalCode::NoPack, "", WalletBook::PACK))
    }

    pub fn estimate(&self, case: &Case) -> Result<Answer, Refusal> {
        benefit::estimate(self.book(&case.region)?, case)
    }

    /// Answers JSON with JSON; whatever comes in, a reply comes out.
    pub fn dispatch(&self, request: &[u8]) -> Vec<u8> {
        let reply = match parse::<Request>(request) {
            Ok(Request { call, lang }) => self.reply(call, lang),
            Err(refusal) => Reply::refuse(below_the_case(refusal), Some(Lang::Zh)),
        };
        serde_json::to_vec(&reply).unwrap_or_default()
    }

    /// Answers a call that has already been read, with its texts when a language is given.
    pub fn reply(&self, call: Call, lang: Option<Lang>) -> Reply {
        match self.answer(call) {
            Ok(reply) => reply.worded(lang),
            Err(refusal) => Reply::refuse(refusal, lang),
        }
    }

    #[cfg(not(all(feature = "family", feature = "seal")))]
    fn without_family() -> Refusal {
        Refusal::new(RefusalCode::NoFamily, "call", "estimate, compare, year, regions")
    }

    fn answer(&self, call: Call) -> Result<Reply, Refusal> {
        match call {
            Call::Estimate(case) => self.estimate(&case).map(Reply::Estimate),
            Call::Compare(cases) => {
                within_limit(&cases, COMPARE_MAX, "call.compare")?;
                benefit::compare(|case| self.estimate(case), &cases).map(Reply::Compare)
            }
            Call::Year(cases) => {
                within_limit(&cases, YEAR_MAX, "call.year")?;
                benefit::year(|case| self.estimate(case), cases).map(Reply::Year)
            }
            #[cfg(feature = "grouping")]
            Call::Group(case) => preview::group(&self.shelf, &case).map(Box::new).map(Reply::Group),
            #[cfg(feature = "grouping")]
            Call::GroupDip(case) => preview::group_dip(&self.shelf, &case).map(Box::new).map(Reply::GroupDip),
            #[cfg(feature = "grouping")]
            Call::GroupTable(case) => {
                let lines = preview::group_table(&self.shelf, &case.batch, case.table.as_bytes())?;
                Ok(Reply::GroupTable(String::from_utf8_lossy(&lines).into_owned()))
            }
            #[cfg(feature = "grouping")]
            Call::ForecastDip(case) => preview::forecast(&case).map(Box::new).map(Reply::ForecastDip),
            #[cfg(feature = "grouping")]
            Call::Schemes {} => Ok(Reply::Schemes(preview::schemes(&self.shelf))),
            #[cfg(feature = "grouping")]
            Call::Prices {} => Ok(Reply::Prices(preview::prices(&self.shelf))),
            #[cfg(feature = "grouping")]
            Call::Search(asked) => preview::search(&self.shelf, &asked).map(Reply::Search),
            #[cfg(not(feature = "grouping"))]
            Call::Group(_)
            | Call::GroupDip(_)
            | Call::GroupTable(_)
            | Call::ForecastDip(_)
            | Call::Schemes {}
            | Call::Prices {}
            | Call::Search(_) => Err(Refusal::new(RefusalCode::NoGrouping, "call", "estimate, compare, year, regions")),
            #[cfg(feature = "family")]
            Call::Family(case) => family::preview(self.wallet()?, &case).map(Box::new).map(Reply::Family),
            #[cfg(feature = "family")]
            Call::FamilyAreas {} => self.wallet().map(|book| Reply::FamilyAreas(book.areas.clone())),
            #[cfg(feature = "seal")]
            Call::Receipt(case) => {
                proof::receipt(&case).map(Reply::Receipt).map_err(|refusal| refusal.within("call.receipt"))
            }
            #[cfg(not(feature = "family"))]
            Call::Family(_) | Call::FamilyAreas {} => Err(Engine::without_family()),
            #[cfg(not(feature = "seal"))]
            Call::Receipt(_) => Err(Engine::without_family()),
            Call::Regions {} => Ok(Reply::Regions(self.books.iter().map(RegionOut::from).collect())),
        }
    }
}

impl From<&RuleBook> for RegionOut {
    fn from(book: &RuleBook) -> Self {
        RegionOut {
            region: book.region.clone(),
            diseases: book.diseases.clone(),
            digest: book.digest.to_string(),
            edition: book.header.edition.clone(),
        }
    }
}

/// A field of the one case that is asked about, named as refusals by rule name it.
fn below_the_case(mut refusal: Refusal) -> Refusal {
    if let Some(field) = refusal.field.strip_prefix("call.estimate.") {
        refusal.field = field.to_owned();
    }
    refusal
}

fn within_limit(cases: &[Case], most: usize, field: &str) -> Result<(), Refusal> {
    if cases.is_empty() || cases.len() > most {
        return Err(Refusal::new(RefusalCode::OutOfRange, field, format!("1–{most}")));
    }
    Ok(())
}

impl From<Refusal> for Reply {
    fn from(refusal: Refusal) -> Reply {
        let Refusal { code, field, accepted } = refusal;
        Reply::Refused(RefusalOut { code, field, accepted, message: None })
    }
}

impl Reply {
    /// A refusal, with its message when a language is given.
    pub fn refuse(refusal: Refusal, lang: Option<Lang>) -> Reply {
        Reply::from(refusal).worded(lang)
    }

    fn worded(mut self, lang: Option<Lang>) -> Reply {
        if let Some(lang) = lang {
            text::fill(&mut self, lang);
        }
        self
    }
}

/// Reads strict JSON: unknown and repeated fields are refused, and a refusal names the field.
pub fn parse<'de, T: Deserialize<'de>>(json: &'de [u8]) -> Result<T, Refusal> {
    if json.len() > REQUEST_BYTES_MAX {
        return Err(Refusal::new(RefusalCode::TooLarge, "", format!("{REQUEST_BYTES_MAX}")));
    }
    let mut reader = serde_json::Deserializer::from_slice(json);
    let value = serde_path_to_error::deserialize(&mut reader).map_err(|e| {
        // A value that is not JSON at all ends its path in `?`, the whole input in `.`.
        let place = e.path().to_string().trim_end_matches(['.', '?']).to_owned();
        let complaint = e.into_inner().to_string();
        let field = match named_field(&complaint) {
            Some(named) if place.is_empty() => named.to_owned(),
            Some(named) => format!("{place}.{named}"),
            None => place,
        };
        Refusal::new(RefusalCode::Malformed, field, complaint)
    })?;
    reader.end().map_err(|e| Refusal::new(RefusalCode::Malformed, "", e.to_string()))?;
    Ok(value)
}

/// The field that a complaint about an object is about: the reader's path ends at the object.
fn named_field(complaint: &str) -> Option<&str> {
    let rest = complaint.strip_prefix("missing field `").or_else(|| complaint.strip_prefix("duplicate field `"))?;
    rest.split_once('`').map(|(field, _)| field)
}
