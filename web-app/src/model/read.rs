use std::collections::BTreeMap;

use anxin_core::benefit::{
    Accounts, Bill, Case, CategoryItem, Clinic, LineItem, Maternity, Official, Options, Person, SecondPay, Special,
    Split, Stay, TotalOnly, Transfer, Visit, YearToDate,
};
use anxin_core::rules::{Place, Plan, Scheme, WorkStatus};
use anxin_core::{Day, Fen, Rate, RefusalCode};

use super::amount;
use super::bill::{BillForm, BillWay, CategoryRow, LineRow, SlipForm};
use super::form::{AccountForm, Form, Situation, SoFarForm, VisitForm, VisitKind, Who};
use super::problem::Problem;
use crate::i18n::{T, category_word};

/// What the typed fields amount to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reading {
    /// Present when nothing is missing or wrong.
    pub case: Option<Case>,
    /// `id`s of fields that a result still needs.
    pub missing: Vec<String>,
    pub problems: Vec<Problem>,
}

/// The first page's form as a case.
pub fn read(form: &Form) -> Reading {
    Reader::new("").finish(form, &form.visit)
}

/// The form with one situation of a comparison put in the place of its own.
pub fn read_situation(form: &Form, situation: &Situation) -> Reading {
    let Situation { level, area, filing } = *situation;
    read(&Form { visit: VisitForm { level, area, filing, ..form.visit.clone() }, ..form.clone() })
}

/// Every visit of the year page, with ids that begin with `v0-`, `v1-`, ….
pub fn read_year(form: &Form, visits: &[VisitForm]) -> Vec<Reading> {
    let prefixed = visits.iter().enumerate();
    prefixed.map(|(i, visit)| Reader::new(&format!("v{i}-")).finish(form, visit)).collect()
}

struct Reader {
    prefix: String,
    reading: Reading,
}

impl Reader {
    fn new(prefix: &str) -> Reader {
        Reader { prefix: prefix.into(), reading: Reading::default() }
    }

    fn finish(mut self, form: &Form, visit: &VisitForm) -> Reading {
        let case = self.case(form, visit);
        let clean = self.reading.missing.is_empty() && self.reading.problems.is_empty();
        self.reading.case = case.filter(|_| clean);
        self.reading
    }

    fn case(&mut self, form: &Form, visit: &VisitForm) -> Option<Case> {
        let Form { who, so_far, accounts, .. } = form;
        let region = self.present("region", &who.region);
        let person = self.person(who);
        let year_to_date = self.so_far(so_far, visit);
        let accounts = self.accounts(accounts);
        let visit = self.visit(visit);
        Some(Case {
            region: region?,
            scheme: who.scheme,
            person,
            visit: visit?,
            year_to_date,
            accounts,
            options: Options::default(),
        })
    }

    fn person(&mut self, who: &Who) -> Person {
        let employee = who.scheme == Scheme::Employee;
        Person {
            status: if employee { who.status } else { WorkStatus::Active },
            plan: if employee { who.plan } else { Plan::Integrated },
            aid: who.aid,
            cover: who.cover,
            insured_months: self.count_at("months", &who.months),
        }
    }

    fn visit(&mut self, form: &VisitForm) -> Option<Visit> {
        let place = Place { area: form.area, filing: form.filing };
        match form.kind {
            VisitKind::Inpatient => self.stay(form, place).map(Visit::Inpatient),
            VisitKind::DaySurgery => self.stay(form, place).map(Visit::DaySurgery),
            VisitKind::Outpatient => self.clinic(form, place).map(Visit::Outpatient),
            VisitKind::SpecialDrug => self.clinic(form, place).map(Visit::SpecialDrug),
            VisitKind::SpecialOutpatient => self.special(form, place).map(Visit::SpecialOutpatient),
            VisitKind::Maternity => self.maternity(form).map(Visit::Maternity),
            VisitKind::SecondPay => {
                let (on, own) = (self.day("on", &form.on), self.needed_fen("second-own", &form.second_own));
                Some(Visit::SecondPay(SecondPay { on: on?, place, own_in_scope_fen: own? }))
            }
        }
    }

    fn stay(&mut self, form: &VisitForm, place: Place) -> Option<Stay> {
        let level = self.chosen("level", form.level);
        let admitted = if form.admitted.trim().is_empty() { None } else { Some(self.day("admitted", &form.admitted)?) };
        let discharged = self.day("on", &form.on);
        let nth = self.count_at("nth", &form.nth);
        let paid = if form.transferred { self.fen("transfer-paid", &form.transfer_paid) } else { None };
        let transfer = form.transferred.then(|| Transfer { deductible_paid_fen: paid.unwrap_or_default() });
        let bill = self.bill(&form.bill);
        Some(Stay {
            level: level?,
            place,
            admitted,
            discharged: discharged?,
            nth,
            ward: form.ward,
            transfer,
            bill: bill?,
        })
    }

    fn clinic(&mut self, form: &VisitForm, place: Place) -> Option<Clinic> {
        let level = self.chosen("level", form.level);
        let on = self.day("on", &form.on);
        let bill = self.bill(&form.bill);
        Some(Clinic { level: level?, place, on: on?, binding: form.binding, bill: bill? })
    }

    fn special(&mut self, form: &VisitForm, place: Place) -> Option<Special> {
        let disease = self.present("disease", &form.disease);
        let level = self.chosen("level", form.level);
        let on = self.day("on", &form.on);
        let bill = self.bill(&form.bill);
        Some(Special { disease: disease?, level: level?, place, on: on?, bill: bill? })
    }

    fn maternity(&mut self, form: &VisitForm) -> Option<Maternity> {
        let on = self.day("on", &form.on);
        let wage = self.needed_fen("wage", &form.maternity.wage);
        let children = self.count_at("children", &form.maternity.children);
        Some(Maternity {
            on: on?,
            employer_monthly_wage_fen: wage?,
            birth: form.maternity.birth,
            dystocia: form.maternity.dystocia,
            children: children.unwrap_or(1),
        })
    }

    fn bill(&mut self, form: &BillForm) -> Option<Bill> {
        match form.way {
            BillWay::Total => Some(Bill::Total(TotalOnly {
                total_fen: self.needed_fen("bill-total", &form.total)?,
                own_share_low: Rate::percent(form.share_low.into()),
                own_share_high: Rate::percent(form.share_high.into()),
            })),
            BillWay::Categories => self.categories(&form.categories),
            BillWay::Lines => self.lines(&form.lines),
            BillWay::Slip => self.slip(&form.slip).map(Bill::Split),
        }
    }

    fn categories(&mut self, rows: &[CategoryRow]) -> Option<Bill> {
        if rows.is_empty() {
            self.miss("cat-bed-amount");
        }
        let items: Vec<_> = rows.iter().map(|row| self.category(row)).collect();
        items.into_iter().collect::<Option<Vec<_>>>().map(Bill::Categories)
    }

    fn category(&mut self, row: &CategoryRow) -> Option<CategoryItem> {
        let id = |part: &str| format!("cat-{}-{part}", category_word(row.category));
        let amount = self.needed_fen(&id("amount"), &row.amount);
        let own_expense_fen = self.fen(&id("own"), &row.own);
        let pre_self_pay_fen = self.fen(&id("pre"), &row.pre);
        let days = self.count_at(&id("days"), &row.days);
        Some(CategoryItem { category: row.category, amount_fen: amount?, own_expense_fen, pre_self_pay_fen, days })
    }

    fn lines(&mut self, rows: &[LineRow]) -> Option<Bill> {
        if rows.is_empty() {
            self.miss("line-add");
        }
        let items: Vec<_> = rows.iter().enumerate().map(|(i, row)| self.line(i, row)).collect();
        items.into_iter().collect::<Option<Vec<_>>>().map(Bill::Lines)
    }

    fn line(&mut self, index: usize, row: &LineRow) -> Option<LineItem> {
        let id = |part: &str| format!("line-{index}-{part}");
        let amount = self.needed_fen(&id("amount"), &row.amount);
        let self_pay_share = self.percent(&id("share"), &row.share);
        let count = self.count_at(&id("count"), &row.count);
        let price_limit_fen = self.fen(&id("limit"), &row.limit);
        Some(LineItem {
            name: row.name.trim().to_owned(),
            category: row.category,
            amount_fen: amount?,
            class: row.class,
            self_pay_share,
            count: count.unwrap_or(1),
            price_limit_fen,
            outside_limit: row.outside,
        })
    }

    fn slip(&mut self, slip: &SlipForm) -> Option<Split> {
        let total = self.needed_fen("slip-total", &slip.total);
        let own = self.zero_or("slip-own", &slip.own);
        let over = self.zero_or("slip-over", &slip.over);
        let pre = self.zero_or("slip-pre", &slip.pre);
        let official = Official {
            act_pay_dedc_fen: self.fen("slip-deductible", &slip.deductible),
            hifp_pay_fen: self.fen("slip-pool", &slip.pool),
            hifmi_pay_fen: self.fen("slip-hifmi", &slip.hifmi),
            hifob_pay_fen: self.fen("slip-hifob", &slip.hifob),
            maf_pay_fen: self.fen("slip-aid", &slip.aid),
            fund_pay_sumamt_fen: self.fen("slip-fund", &slip.fund),
            psn_part_amt_fen: self.fen("slip-person", &slip.person),
        };
        Some(Split {
            total_fen: total?,
            own_expense_fen: own,
            over_limit_fen: over,
            pre_self_pay_fen: pre,
            official: (official != Official::default()).then_some(official),
        })
    }

    fn so_far(&mut self, form: &SoFarForm, visit: &VisitForm) -> YearToDate {
        let mut year = YearToDate {
            admissions: self.count_at("sofar-admissions", &form.admissions).unwrap_or_default(),
            pool_paid_fen: self.zero_or("sofar-pool-paid", &form.pool_paid),
            pool_base_fen: self.zero_or("sofar-pool-base", &form.pool_base),
            over_cap_paid_fen: self.zero_or("sofar-over-cap-paid", &form.over_cap_paid),
            own_in_scope_fen: self.zero_or("sofar-own-in-scope", &form.own_in_scope),
            catastrophic_paid_fen: self.zero_or("sofar-catastrophic-paid", &form.catastrophic_paid),
            aid_paid_fen: self.zero_or("sofar-aid-paid", &form.aid_paid),
            aid_base_fen: self.zero_or("sofar-aid-base", &form.aid_base),
            supplement_paid_fen: self.zero_or("sofar-supplement-paid", &form.supplement_paid),
            outpatient_paid_fen: self.zero_or("sofar-outpatient-paid", &form.outpatient_paid),
            outpatient_sub_paid_fen: self.zero_or("sofar-outpatient-sub-paid", &form.outpatient_sub_paid),
            outpatient_deductible_fen: self.zero_or("sofar-outpatient-deductible", &form.outpatient_deductible),
            special_drug_paid_fen: self.zero_or("sofar-special-drug-paid", &form.special_drug_paid),
            ..YearToDate::default()
        };
        if visit.kind == VisitKind::SpecialOutpatient {
            let paid = self.fen("sofar-special-paid", &form.special_paid);
            let deductible = self.fen("sofar-special-deductible", &form.special_deductible);
            year.special_paid_fen = paid.map(|fen| (visit.disease.clone(), fen)).into_iter().collect();
            year.special_deductible_fen = month_of(&visit.on).zip(deductible).into_iter().collect::<BTreeMap<_, _>>();
        }
        year
    }

    fn accounts(&mut self, form: &AccountForm) -> Accounts {
        Accounts {
            own_balance_fen: self.zero_or("account-own", &form.own),
            family_balance_fen: self.zero_or("account-family", &form.family),
            leave_untouched: form.leave,
        }
    }

    fn id(&self, field: &str) -> String {
        let shared = field.starts_with("sofar-") || field.starts_with("account-") || SHARED.contains(&field);
        if shared { field.to_owned() } else { format!("{}{field}", self.prefix) }
    }

    fn miss(&mut self, field: &str) {
        let id = self.id(field);
        self.reading.missing.push(id);
    }

    fn wrong(&mut self, problem: Problem) {
        self.reading.problems.push(problem);
    }

    fn present(&mut self, field: &str, text: &str) -> Option<String> {
        if text.is_empty() {
            self.miss(field);
            return None;
        }
        Some(text.to_owned())
    }

    fn chosen<V>(&mut self, field: &str, value: Option<V>) -> Option<V> {
        if value.is_none() {
            self.miss(field);
        }
        value
    }

    fn day(&mut self, field: &str, text: &str) -> Option<Day> {
        let text = self.present(field, text.trim())?;
        let day = Day::parse(&text);
        if day.is_none() {
            let id = self.id(field);
            self.wrong(Problem::new(id, RefusalCode::Malformed, T::WrongDate));
        }
        day
    }

    fn fen(&mut self, field: &str, text: &str) -> Option<Fen> {
        amount::yuan(text).unwrap_or_else(|misread| {
            let id = self.id(field);
            self.wrong(Problem::amount(id, misread));
            None
        })
    }

    fn zero_or(&mut self, field: &str, text: &str) -> Fen {
        self.fen(field, text).unwrap_or_default()
    }

    fn needed_fen(&mut self, field: &str, text: &str) -> Option<Fen> {
        if amount::tidy(text).is_empty() {
            self.miss(field);
            return None;
        }
        self.fen(field, text)
    }

    fn count_at<N: std::str::FromStr>(&mut self, field: &str, text: &str) -> Option<N> {
        amount::whole(text).unwrap_or_else(|misread| {
            let id = self.id(field);
            self.wrong(Problem::count(id, misread));
            None
        })
    }

    /// A share typed in percent; blank is none of it.
    fn percent(&mut self, field: &str, text: &str) -> Rate {
        let text = amount::tidy(text);
        let text = text.trim_end_matches(['%', '\u{ff05}']);
        if text.is_empty() {
            return Rate::ZERO;
        }
        let share = Rate::parse(text).map(|r| Rate::new(r.get() * Rate::percent(1).get())).filter(|r| r.is_share());
        share.unwrap_or_else(|| {
            let id = self.id(field);
            self.wrong(Problem::new(id, RefusalCode::BadShare, T::WrongPercent));
            Rate::ZERO
        })
    }
}

/// Fields that all visits of a year have in common, so that their ids carry no visit's prefix.
const SHARED: [&str; 2] = ["region", "months"];

fn month_of(day: &str) -> Option<String> {
    Day::parse(day.trim())?;
    day.trim().get(..7).map(str::to_owned)
}

#[cfg(test)]
#[path = "read_tests.rs"]
mod tests;
