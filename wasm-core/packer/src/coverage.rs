//! The register of what is certain and what is not, for every area, scheme and benefit.

use std::fmt::{self, Write as _};

use anxin_core::Day;
use anxin_core::rules::{
    AidClass, Amount, Area, Basis, Certainty, Dim as _, Filing, Found, Kind, Level, Plan, Query, RuleBook, Scheme,
    Slot, WorkStatus,
};

use crate::lint::{At, Lint, LintKind};

/// How well one cell is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Standing {
    Certain,
    Derived,
    Uncertain,
    /// Only a lowest or highest figure, or a multiple of an unknown one.
    Bounded,
    Unknown,
    /// The scheme does not have it.
    Never,
}

impl fmt::Display for Standing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Standing::Certain => "certain",
            Standing::Derived => "derived",
            Standing::Uncertain => "uncertain",
            Standing::Bounded => "bounds only",
            Standing::Unknown => "unknown",
            Standing::Never => "—",
        })
    }
}

/// A benefit: every figure without which it cannot be worked out.
struct Benefit {
    name: &'static str,
    kind: Kind,
    needs: &'static [Slot],
    only: Option<Scheme>,
}

const fn benefit(name: &'static str, kind: Kind, needs: &'static [Slot], only: Option<Scheme>) -> Benefit {
    Benefit { name, kind, needs, only }
}

const BENEFITS: [Benefit; 9] = [
    benefit("年度限额 annual limit", Kind::Inpatient, &[Slot::PoolCap], None),
    benefit("超限额 above the limit", Kind::Inpatient, &[Slot::OverCapRatio, Slot::OverCapCap], None),
    benefit(
        "大病 catastrophic",
        Kind::Inpatient,
        &[Slot::CatastrophicDeductible, Slot::CatastrophicBands, Slot::CatastrophicCap],
        None,
    ),
    benefit("医疗救助 assistance", Kind::Inpatient, &[Slot::AidRatio, Slot::AidDeductible, Slot::AidCap], None),
    benefit(
        "普通门诊 outpatient",
        Kind::Outpatient,
        &[Slot::OutpatientRatio, Slot::OutpatientDeductible, Slot::OutpatientCap],
        None,
    ),
    benefit(
        "门特门慢 special outpatient",
        Kind::SpecialOutpatient,
        &[Slot::SpecialRatio, Slot::SpecialDeductible, Slot::SpecialCap],
        None,
    ),
    benefit(
        "生育津贴 maternity",
        Kind::Maternity,
        &[Slot::MaternityDivisor, Slot::MaternityDays],
        Some(Scheme::Employee),
    ),
    benefit("个人账户 account credit", Kind::Outpatient, &[Slot::AccountCreditActive], Some(Scheme::Employee)),
    benefit("异地直接结算 settlement away", Kind::Inpatient, &[Slot::DirectSettlement, Slot::FilingRequired], None),
];

const PLACES: [(Filing, &str); 5] = [
    (Filing::NotNeeded, "本地 local"),
    (Filing::LongTerm, "长期备案 long-term"),
    (Filing::Referred, "转诊 referred"),
    (Filing::Emergency, "急诊 emergency"),
    (Filing::Unregistered, "未备案 no filing"),
];

/// The register of `books`, as Markdown. Cells are those of each pack's edition day.
pub fn register(books: &[RuleBook]) -> String {
    let mut text = String::from(INTRODUCTION);
    // Writing to a String cannot fail.
    let _ = overview(&mut text, books);
    for book in books {
        let _ = chapter(&mut text, book);
    }
    text
}

/// Whether a register still says what the packs say.
pub fn register_is_current(books: &[RuleBook], path: &str, text: &str) -> Vec<Lint> {
    let now = register(books);
    if now == text {
        return Vec::new();
    }
    let differs = now.lines().zip(text.lines()).position(|(a, b)| a != b);
    let line = differs.unwrap_or_else(|| now.lines().count().min(text.lines().count())) + 1;
    let at = At { path: path.into(), line: Some(line) };
    vec![Lint::new(LintKind::StaleRegister, &at, "register", "differs from what the packs say; write it anew")]
}

const INTRODUCTION: &str = "# Coverage: what is certain and what is not

Generated from the rule packs; not to be edited by hand.

- **certain**: the figure stands in an official text, a mirror of one, or a digest that states the area's rule.
- **derived**: computed, re-read, or carried over from a neighbouring scope.
- **uncertain**: only an uncorroborated page says so, the source leaves a reading open, or the source is later than \
the day asked about.
- **bounds only**: the source gives a lowest or highest figure, or a multiple of a figure that was not found.
- **unknown**: no source was found. An answer that needs it is a range.
- **—**: the scheme does not have this benefit.

A benefit is as certain as the least certain figure it needs. Several words mean that it differs by grade, status, \
plan or class, from best to worst. ⚠ marks areas with a caution in their own chapter: \
nothing there is better than uncertain.
";

fn overview(text: &mut String, books: &[RuleBook]) -> fmt::Result {
    write!(text, "\n## All areas\n\n| 地区 area | 险种 scheme | 住院 stay, local | 住院 stay, away |")?;
    for benefit in &BENEFITS {
        write!(text, " {} |", benefit.name)?;
    }
    writeln!(text, "\n|{}", "---|".repeat(BENEFITS.len() + 4))?;
    for book in books {
        for &scheme in &book.region.schemes {
            let caution = if book.region.caution_en.is_some() { " ⚠" } else { "" };
            let region = &book.region;
            write!(text, "| {} {}{caution} | {} |", region.name_zh, region.name_en, scheme_name(scheme))?;
            let stays = |places: &[(Filing, &str)]| {
                let cells = book.region.levels.iter().flat_map(|level| {
                    places.iter().flat_map(move |(filing, _)| stay_cells(book, scheme, *level, *filing))
                });
                spread(cells)
            };
            write!(text, " {} | {} |", stays(&PLACES[..1]), stays(&PLACES[1..]))?;
            for benefit in &BENEFITS {
                write!(text, " {} |", spread(benefit_cells(book, scheme, benefit).into_iter()))?;
            }
            writeln!(text)?;
        }
    }
    Ok(())
}

fn chapter(text: &mut String, book: &RuleBook) -> fmt::Result {
    let region = &book.region;
    writeln!(text, "\n## {} {} ({})", region.name_zh, region.name_en, region.admdvs)?;
    if let Some((zh, en)) = region.caution_zh.as_ref().zip(region.caution_en.as_ref()) {
        writeln!(text, "\n> {zh}\n>\n> {en}")?;
    }
    for &scheme in &region.schemes {
        writeln!(text, "\n### {}\n", scheme_name(scheme))?;
        write!(text, "| 住院 stay at grade |")?;
        for (_, name) in PLACES {
            write!(text, " {name} |")?;
        }
        writeln!(text, "\n|---|{}", "---|".repeat(PLACES.len()))?;
        for &level in &region.levels {
            write!(text, "| {} |", level_name(level))?;
            for (filing, _) in PLACES {
                write!(text, " {} |", spread(stay_cells(book, scheme, level, filing).into_iter()))?;
            }
            writeln!(text)?;
        }
        writeln!(text, "\n| 待遇 benefit | | its figures |\n|---|---|---|")?;
        for benefit in &BENEFITS {
            let whole = spread(benefit_cells(book, scheme, benefit).into_iter());
            write!(text, "| {} | {whole} |", benefit.name)?;
            for (i, &slot) in benefit.needs.iter().enumerate() {
                let cells = figure_cells(book, scheme, benefit, slot);
                write!(text, "{} `{}` {}", if i == 0 { "" } else { ";" }, slot.word(), spread(cells.into_iter()))?;
            }
            writeln!(text, " |")?;
        }
    }
    Ok(())
}

fn scheme_name(scheme: Scheme) -> &'static str {
    match scheme {
        Scheme::Resident => "居民 resident",
        Scheme::Employee => "职工 employee",
    }
}

fn level_name(level: Level) -> &'static str {
    match level {
        Level::Grassroots => "基层 grassroots",
        Level::One => "一级 1",
        Level::Two => "二级 2",
        Level::TwoGeneral => "二级综合 2 general",
        Level::TwoSpecialist => "二级专科 2 specialist",
        Level::Three => "三级 3",
        Level::ThreeCity => "市三级 3 city",
        Level::ThreeRegion => "自治区三级 3 region",
    }
}

/// One word, or the best and the worst.
fn spread(cells: impl Iterator<Item = Standing>) -> String {
    let cells: Vec<_> = cells.collect();
    match (cells.iter().min(), cells.iter().max()) {
        (Some(best), Some(worst)) if best == worst => best.to_string(),
        (Some(best), Some(worst)) => format!("{best} to {worst}"),
        _ => Standing::Never.to_string(),
    }
}

/// Who may ask: retirees and the two plans differ for employees only.
fn people(scheme: Scheme, kind: Kind) -> Vec<Query> {
    let query = Query::new(scheme, kind);
    match scheme {
        Scheme::Resident => vec![query],
        Scheme::Employee => [WorkStatus::Active, WorkStatus::Retired]
            .into_iter()
            .flat_map(|status| [Plan::Integrated, Plan::PooledOnly].map(|plan| query.with(status).with(plan)))
            .collect(),
    }
}

fn areas(filing: Filing) -> &'static [Area] {
    match filing {
        Filing::NotNeeded => &[Area::Local],
        _ => &[Area::InProvince, Area::OutOfProvince],
    }
}

fn stay_cells(book: &RuleBook, scheme: Scheme, level: Level, filing: Filing) -> Vec<Standing> {
    let mut cells = Vec::new();
    for person in people(scheme, Kind::Inpatient) {
        for &area in areas(filing) {
            let query = person.with(level).with(area).with(filing);
            let needs = [Slot::InpatientDeductible, Slot::InpatientRatio].map(|slot| standing(book, slot, query, None));
            let adjusted = adjustment(book, query, area);
            cells.extend(needs.into_iter().chain(adjusted).max());
        }
    }
    cells
}

/// An area that adjusts its local ratio away from home has to say by how much on every footing.
fn adjustment(book: &RuleBook, query: Query, area: Area) -> Option<Standing> {
    let adjusts = |slot| !book.of(slot).is_empty();
    match (area, adjusts(Slot::PlaceMinus), adjusts(Slot::PlaceTimes)) {
        (Area::Local, ..) | (_, false, false) => None,
        (_, true, _) => Some(standing(book, Slot::PlaceMinus, query, None)),
        (_, false, true) => {
            Some(standing(book, Slot::PlaceTimes, query, None)).filter(|standing| *standing != Standing::Unknown)
        }
    }
}

fn benefit_cells(book: &RuleBook, scheme: Scheme, benefit: &Benefit) -> Vec<Standing> {
    let worst = |(query, disease)| benefit.needs.iter().map(|slot| standing(book, *slot, query, disease)).max();
    cases(book, scheme, benefit).into_iter().filter_map(worst).collect()
}

fn figure_cells(book: &RuleBook, scheme: Scheme, benefit: &Benefit, slot: Slot) -> Vec<Standing> {
    let cases = cases(book, scheme, benefit).into_iter();
    cases.map(|(query, disease)| standing(book, slot, query, disease)).collect()
}

fn cases(book: &RuleBook, scheme: Scheme, benefit: &Benefit) -> Vec<(Query, Option<u16>)> {
    if benefit.only.is_some_and(|only| only != scheme) {
        return Vec::new();
    }
    people(scheme, benefit.kind).into_iter().flat_map(|person| variants(book, benefit, person)).collect()
}

/// The cases that a benefit may differ by: grade, filing, class of assistance or disease.
fn variants(book: &RuleBook, benefit: &Benefit, person: Query) -> Vec<(Query, Option<u16>)> {
    match benefit.needs.first() {
        // Only an active employee with an account is credited by the contribution base.
        Some(Slot::AccountCreditActive) => {
            let credited = Query::new(Scheme::Employee, benefit.kind);
            if person == credited { vec![(credited, None)] } else { Vec::new() }
        }
        Some(Slot::AidRatio) => AidClass::WORDS
            .iter()
            .filter(|(class, _)| *class != AidClass::None)
            .map(|(class, _)| (person.with(*class), None))
            .collect(),
        Some(Slot::OutpatientRatio) => book.region.levels.iter().map(|level| (person.with(*level), None)).collect(),
        Some(Slot::SpecialRatio) => {
            let diseases: Vec<_> = (0..book.diseases.len()).filter_map(|i| u16::try_from(i).ok()).map(Some).collect();
            let diseases = if diseases.is_empty() { vec![None] } else { diseases };
            let levels = &book.region.levels;
            levels.iter().flat_map(|level| diseases.iter().map(|d| (person.with(*level), *d))).collect()
        }
        Some(Slot::DirectSettlement) => PLACES
            .iter()
            .skip(1)
            .flat_map(|(filing, _)| areas(*filing).iter().map(|area| (person.with(*filing).with(*area), None)))
            .collect(),
        _ => vec![(person, None)],
    }
}

fn standing(book: &RuleBook, slot: Slot, query: Query, disease: Option<u16>) -> Standing {
    let Some(day) = Day::parse(&book.header.edition) else { return Standing::Unknown };
    // Answers of an area with a caution are never better than uncertain.
    let best = if book.region.caution_zh.is_some() { Standing::Uncertain } else { Standing::Certain };
    // Retirees without a line of their own have the active line with points on top.
    let on_active = slot == Slot::OutpatientRatio
        && book.find(slot, query, None, day).known().is_none()
        && book.find(Slot::OutpatientRetiredPlus, query, None, day).known().is_some();
    let query = if on_active { query.with(WorkStatus::Active) } else { query };
    best.max(figure(book, slot, query, disease, day))
}

fn figure(book: &RuleBook, slot: Slot, query: Query, disease: Option<u16>, day: Day) -> Standing {
    match book.find(slot, query, disease, day) {
        Found::Known(rule) => match rule.amount {
            Amount::Multiple { of, .. } if book.find(of, query, None, day).known().is_none() => Standing::Bounded,
            _ if rule.traits.open_reading => Standing::Uncertain,
            _ => match book.certainty(rule, day) {
                Certainty::Certain => Standing::Certain,
                Certainty::Derived => Standing::Derived,
                Certainty::Uncertain => Standing::Uncertain,
                Certainty::Unknown => Standing::Unknown,
            },
        },
        // A limit that is only this project's own assumption says nothing about the area.
        Found::Between { least, most } if [least, most].into_iter().flatten().all(|r| r.basis == Basis::Assumed) => {
            Standing::Unknown
        }
        Found::Between { .. } => Standing::Bounded,
        Found::NotInForce { .. } | Found::Announced | Found::Abolished | Found::Unknown => Standing::Unknown,
    }
}
