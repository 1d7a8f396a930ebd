use anxin_core::rules::{Amount, Band, Slot};
use anxin_core::{Fen, Rate};

use crate::lint::{At, Lint, LintKind};
use crate::page::{BandEntry, ValueEntry};

/// How a slot's value may be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Money,
    Share,
    Points,
    Count,
    Flag,
    Bands,
    /// `times` an `indicator`
    Times,
    Unlimited,
}

impl Form {
    fn word(self) -> &'static str {
        match self {
            Form::Money => "money",
            Form::Share => "share",
            Form::Points => "points",
            Form::Count => "count",
            Form::Flag => "flag",
            Form::Bands => "bands",
            Form::Times => "times",
            Form::Unlimited => "unlimited",
        }
    }
}

fn forms(slot: Slot) -> &'static [Form] {
    use Slot as S;
    match slot {
        S::PoolCap
        | S::TotalCap
        | S::OverCapCap
        | S::CatastrophicCap
        | S::AidCap
        | S::OutpatientCap
        | S::OutpatientSubCap
        | S::SpecialCap
        | S::SpecialDrugCap
        | S::SupplementCap => &[Form::Money, Form::Times, Form::Unlimited],
        S::InpatientDeductible
        | S::CatastrophicDeductible
        | S::AidDeductible
        | S::OutpatientDeductible
        | S::SpecialDeductible
        | S::SpecialDrugDeductible => &[Form::Money, Form::Times],
        S::DeductibleStep
        | S::DeductibleFloor
        | S::DaySurgeryReduction
        | S::BedDayLimit
        | S::OutpatientItemLimit
        | S::IndicatorIncome
        | S::IndicatorWage => &[Form::Money],
        S::PrenatalCare | S::Delivery => &[Form::Money, Form::Share],
        S::DeductibleLaterFactor
        | S::InpatientRatio
        | S::PlaceTimes
        | S::OverCapRatio
        | S::AidRatio
        | S::OutpatientRatio
        | S::SpecialRatio
        | S::SpecialDrugRatio
        | S::SupplementRatio
        | S::AccountCreditActive
        | S::AccountCreditRetired => &[Form::Share],
        S::PlaceMinus | S::OutpatientRetiredPlus => &[Form::Points],
        S::InpatientBands | S::CatastrophicBands => &[Form::Bands],
        S::DeductibleTransfer
        | S::OutpatientCountsToCap
        | S::FilingRequired
        | S::DirectSettlement
        | S::FilingBeforeDischarge => &[Form::Flag],
        S::DeductibleEveryDays
        | S::MaternityDivisor
        | S::MaternityDays
        | S::MaternityDaysDystocia
        | S::MaternityDaysExtraChild
        | S::MaternityDaysMiscarriageEarly
        | S::MaternityDaysMiscarriageLate
        | S::MaternityDaysMiscarriageSevenMonths
        | S::MaternityWait
        | S::ClaimYears
        | S::WaitAfterLapse
        | S::NewbornDays => &[Form::Count],
    }
}

/// The amount that an entry gives for its slot.
pub fn amount(at: &At, slot: Slot, entry: &ValueEntry) -> Result<Amount, Lint> {
    let given = [
        (Form::Money, entry.money.is_some()),
        (Form::Share, entry.share.is_some()),
        (Form::Points, entry.points.is_some()),
        (Form::Count, entry.count.is_some()),
        (Form::Flag, entry.flag.is_some()),
        (Form::Bands, entry.bands.is_some()),
        (Form::Times, entry.times.is_some() || entry.indicator.is_some()),
        (Form::Unlimited, entry.unlimited.is_some()),
    ];
    let wrong = |message: String| Lint::new(LintKind::WrongAmount, at, &entry.id, message);
    let mut present = given.iter().filter(|(_, there)| *there).map(|(form, _)| *form);
    let accepted = forms(slot);
    let form = match (present.next(), present.next()) {
        (Some(form), None) if accepted.contains(&form) => form,
        _ => {
            let words: Vec<_> = accepted.iter().map(|f| f.word()).collect();
            return Err(wrong(format!("`{}` takes exactly one of {}", slot.word(), words.join(", "))));
        }
    };
    match form {
        Form::Money => Ok(Amount::Money(money(at, &entry.id, entry.money.as_deref())?)),
        Form::Share => Ok(Amount::Share(share(at, &entry.id, entry.share.as_deref())?)),
        Form::Points => Ok(Amount::Points(share(at, &entry.id, entry.points.as_deref())?)),
        Form::Count => Ok(Amount::Count(entry.count.unwrap_or_default())),
        Form::Flag => Ok(Amount::Flag(entry.flag.unwrap_or_default())),
        Form::Bands => bands(at, &entry.id, entry.bands.as_deref().unwrap_or_default()).map(Amount::Bands),
        Form::Times => {
            let times = entry.times.as_deref().and_then(Rate::parse).filter(|times| !times.is_zero());
            let of = entry.indicator.as_deref().and_then(Slot::from_word);
            match (times, of) {
                (Some(times), Some(of @ (Slot::IndicatorIncome | Slot::IndicatorWage))) => {
                    Ok(Amount::Multiple { times, of })
                }
                _ => Err(wrong("`times` is a decimal above zero and `indicator` names an indicator's slot".into())),
            }
        }
        Form::Unlimited if entry.unlimited == Some(true) => Ok(Amount::Unlimited),
        Form::Unlimited => Err(wrong("`unlimited` is true or left out".into())),
    }
}

fn money(at: &At, id: &str, yuan: Option<&str>) -> Result<Fen, Lint> {
    yuan.filter(|text| text.split_once('.').is_some_and(|(_, cents)| cents.len() == 2))
        .and_then(Fen::parse_yuan)
        .filter(|fen| !fen.is_negative())
        .ok_or_else(|| Lint::new(LintKind::WrongAmount, at, id, "money is yuan with two decimals, such as \"600.00\""))
}

fn share(at: &At, id: &str, text: Option<&str>) -> Result<Rate, Lint> {
    let rate = text
        .and_then(Rate::parse)
        .ok_or_else(|| Lint::new(LintKind::WrongAmount, at, id, "a share is a decimal such as \"0.80\""))?;
    if rate.is_share() {
        return Ok(rate);
    }
    Err(Lint::new(LintKind::ShareOutOfRange, at, id, format!("{rate} is not between 0 and 1")))
}

fn bands(at: &At, id: &str, entries: &[BandEntry]) -> Result<Vec<Band>, Lint> {
    let bands = entries
        .iter()
        .map(|entry| {
            Ok(Band {
                over: money(at, id, Some(&entry.over))?,
                up_to: entry.up_to.as_deref().map(|up_to| money(at, id, Some(up_to))).transpose()?,
                ratio: share(at, id, Some(&entry.ratio))?,
            })
        })
        .collect::<Result<Vec<_>, Lint>>()?;
    let rising = bands.iter().all(|band| band.up_to.is_none_or(|up_to| up_to > band.over));
    let joined = bands.windows(2).all(|pair| match pair {
        [lower, upper] => lower.up_to == Some(upper.over),
        _ => true,
    });
    if bands.is_empty() || !rising || !joined {
        let message = "each band begins where the one before it ends, and ends above where it begins";
        return Err(Lint::new(LintKind::BadBands, at, id, message));
    }
    Ok(bands)
}
