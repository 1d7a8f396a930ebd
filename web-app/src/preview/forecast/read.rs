//! From what was typed to a case of the core. Nothing here knows a browser.

use anxin_core::dip::settle::{Sharing, Step};
use anxin_core::preview::{
    AmountSaid, ForecastCase, ForecastPoint, MonthCase, PointCase, PointPool, RateSaid, Sourced, YearCase,
};
use anxin_core::{Day, Fen, Rate, RefusalCode};

use super::form::{ELASTIC, Entry, ForecastForm, MONTH, POINT, POOL, SHARING, StepText, YEAR};
use super::words::F;
use crate::components::FieldNote;
use crate::i18n::{Lang, T};
use crate::model::{Problem, amount};

/// A case, or what keeps it from being one.
pub struct Reading {
    pub case: Option<ForecastCase>,
    pub notes: Vec<FieldNote>,
}

pub fn read(form: &ForecastForm, lang: Lang) -> Reading {
    let mut reader = Reader { form, lang, notes: Vec::new() };
    let point = reader.point();
    let (month, year) = (reader.month(), reader.year());
    let wanted = month.is_some() || year.is_some();
    let case = point.filter(|_| wanted && reader.notes.is_empty()).map(|point| ForecastCase { point, month, year });
    Reading { case, notes: reader.notes }
}

struct Reader<'f> {
    form: &'f ForecastForm,
    lang: Lang,
    notes: Vec<FieldNote>,
}

impl Reader<'_> {
    fn note(&mut self, field: &str, message: &str) {
        let code = RefusalCode::Malformed.code();
        self.notes.push(FieldNote { field: field.to_owned(), code, message: message.to_owned() });
    }

    fn point(&mut self) -> Option<ForecastPoint> {
        if !self.form.pooled {
            let said = self.rate(POINT.id, false)?;
            let point =
                PointCase { yuan: said.value, kind: self.form.point_kind, source: said.source, date: said.date };
            return Some(ForecastPoint::Said(point));
        }
        let [fund, ratio, score] = POOL;
        let begun = self.filled(&[fund.id, ratio.id, score.id]);
        let (fund, ratio) = (self.amount(fund.id, begun), self.rate(ratio.id, begun));
        let score = self.rate(score.id, begun);
        Some(ForecastPoint::Pool(PointPool { fund: fund?, fund_ratio: ratio?, score: score? }))
    }

    fn month(&mut self) -> Option<MonthCase> {
        let [score, patient, ratio, deductions] = MONTH;
        let score = self.rate(score.id, false)?;
        let (patient, ratio) = (self.amount(patient.id, true), self.rate(ratio.id, true));
        let deductions = self.amount(deductions.id, false);
        Some(MonthCase { score, patient_paid: patient?, prepay_ratio: ratio?, deductions })
    }

    fn year(&mut self) -> Option<YearCase> {
        let [score, ratio, assessment, deductions, booked, prepaid] = YEAR;
        let score = self.rate(score.id, false)?;
        let [base, fixed] = ELASTIC;
        let elastic = self.filled(&[base.id, fixed.id]);
        let (base_share, fixed_point) = (self.rate(base.id, elastic), self.rate(fixed.id, elastic));
        let (fund_ratio, booked) = (self.rate(ratio.id, true), self.amount(booked.id, true));
        let (assessment, deductions) = (self.rate(assessment.id, false), self.amount(deductions.id, false));
        let (prepaid, sharing) = (self.amount(prepaid.id, true), self.sharing());
        Some(YearCase {
            score,
            base_share,
            fixed_point,
            fund_ratio: fund_ratio?,
            assessment,
            deductions,
            booked: booked?,
            prepaid: prepaid?,
            sharing,
        })
    }

    fn sharing(&mut self) -> Option<Sourced<Sharing>> {
        let form = self.form;
        let surplus = self.steps("fc-surplus", &form.surplus);
        let overrun = self.steps("fc-overrun", &form.overrun);
        if surplus.is_empty() && overrun.is_empty() {
            return None;
        }
        Some(self.sourced(SHARING, &form.entry(SHARING), Sharing { surplus, overrun }))
    }

    fn steps(&mut self, id: &str, texts: &[StepText]) -> Vec<Step> {
        let mut steps = Vec::new();
        for (n, text) in texts.iter().enumerate().filter(|(_, text)| **text != StepText::default()) {
            let up_to = self.number(&format!("{id}-{n}-to"), &text.up_to, false);
            let share = self.number(&format!("{id}-{n}-share"), &text.share, true);
            steps.extend(share.map(|share| Step { up_to, share }));
        }
        steps
    }

    fn filled(&self, ids: &[&str]) -> bool {
        ids.iter().any(|id| !self.form.entry(id).value.trim().is_empty())
    }

    fn rate(&mut self, id: &str, needed: bool) -> Option<RateSaid> {
        let entry = self.form.entry(id);
        let value = self.number(id, &entry.value, needed)?;
        Some(self.sourced(id, &entry, value))
    }

    fn amount(&mut self, id: &str, needed: bool) -> Option<AmountSaid> {
        let entry = self.form.entry(id);
        let value: Option<Fen> = amount::yuan(&entry.value).unwrap_or_else(|misread| {
            let problem = Problem::amount(id.to_owned(), misread);
            self.note(id, problem.text.say(self.lang));
            None
        });
        if value.is_none() && needed && entry.value.trim().is_empty() {
            self.note(id, F::Needed.say(self.lang));
        }
        value.map(|value| self.sourced(id, &entry, value))
    }

    fn number(&mut self, id: &str, text: &str, needed: bool) -> Option<Rate> {
        let tidy = amount::tidy(text);
        let rate = Rate::parse(&tidy);
        if rate.is_none() && !tidy.is_empty() {
            self.note(id, T::WrongFactor.say(self.lang));
        } else if rate.is_none() && needed {
            self.note(id, F::Needed.say(self.lang));
        }
        rate
    }

    fn sourced<V>(&mut self, id: &str, entry: &Entry, value: V) -> Sourced<V> {
        let text = amount::tidy(&entry.date);
        let date = Day::parse(&text);
        if date.is_none() && !text.is_empty() {
            self.note(&format!("{id}-date"), T::WrongDate.say(self.lang));
        }
        Sourced { value, source: entry.source.trim().to_owned(), date, assumed: entry.assumed }
    }
}

/// The field of the page that a refusal of the core is about.
pub fn field_of(path: &str) -> Option<&'static str> {
    let all = [POINT].into_iter().chain(POOL).chain(MONTH).chain(YEAR).chain(ELASTIC);
    let names = [
        ("point.said", POINT.id),
        ("point.pool.fund_ratio", "fc-pool-ratio"),
        ("point.pool.fund", "fc-pool-fund"),
        ("point.pool.score", "fc-pool-score"),
        ("month.score", "fc-month-score"),
        ("month.patient_paid", "fc-month-patient"),
        ("month.prepay_ratio", "fc-month-ratio"),
        ("month.deductions", "fc-month-deductions"),
        ("year.score", "fc-year-score"),
        ("year.base_share", "fc-year-base"),
        ("year.fixed_point", "fc-year-fixed"),
        ("year.fund_ratio", "fc-year-ratio"),
        ("year.assessment", "fc-year-assessment"),
        ("year.deductions", "fc-year-deductions"),
        ("year.booked", "fc-year-booked"),
        ("year.prepaid", "fc-year-prepaid"),
    ];
    let found = names.into_iter().find(|(name, _)| path.starts_with(name)).map(|(_, id)| id)?;
    all.map(|figure| figure.id).find(|id| *id == found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_example_is_a_whole_case() {
        let mut form = ForecastForm::default();
        form.set_example();
        let reading = read(&form, Lang::Zh);
        let case = reading.case.unwrap();
        let (month, year) = (case.month.unwrap(), case.year.unwrap());
        assert_eq!((month.patient_paid.value, month.prepay_ratio.assumed), (Fen::new(4_200_000).unwrap(), true));
        let sharing = year.sharing.unwrap();
        assert_eq!((sharing.value.surplus.len(), sharing.value.overrun.len(), sharing.assumed), (2, 1, true));
    }

    #[test]
    fn what_is_begun_is_asked_for_in_full() {
        let mut form = ForecastForm::default();
        assert!(read(&form, Lang::Zh).notes.is_empty());
        let typed = |value: &str| Entry { value: value.into(), ..Entry::default() };
        form.entries.insert("fc-month-score", typed("20000"));
        form.entries.insert("fc-month-ratio", typed("九成"));
        let fields: Vec<String> = read(&form, Lang::Zh).notes.into_iter().map(|note| note.field).collect();
        assert_eq!(fields, ["fc-month-patient", "fc-month-ratio"]);
        assert_eq!(field_of("month.prepay_ratio"), Some("fc-month-ratio"));
    }
}
