//! What holds for every case of every region, whatever the figures.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::unreachable, reason = "a test fails by panicking")]

mod common;

use std::sync::LazyLock;

use anxin_core::benefit::{
    self, Accounts, Answer, Bill, Case, Category, Cover, LineClass, LineItem, Options, Person, Settlement,
    SharedAccounts, Split, Stay, TotalOnly, Transfer, Visit, YearToDate,
};
use anxin_core::dispatch::Engine;
use anxin_core::rules::{AidClass, Area, Certainty, Dim, Filing, Level, Place, Plan, Scheme, Ward, WorkStatus};
use anxin_core::{Day, Fen, Rate, RefusalCode};
use proptest::prelude::*;

static ENGINE: LazyLock<Engine> = LazyLock::new(common::engine);

fn fen(n: i64) -> Fen {
    Fen::new(n).unwrap()
}

fn any_of<D: Dim + std::fmt::Debug>() -> impl Strategy<Value = D> {
    prop::sample::select(D::WORDS.iter().map(|(v, _)| *v).collect::<Vec<_>>())
}

prop_compose! {
    fn places()(area in any_of::<Area>(), filing in any_of::<Filing>()) -> Place {
        match (area, filing) {
            (Area::Local, _) => Place::LOCAL,
            (area, Filing::NotNeeded) => Place { area, filing: Filing::Referred },
            (area, filing) => Place { area, filing },
        }
    }
}

prop_compose! {
    fn splits()(total in 1_i64..80_000_000, own in 0_u32..40, over in 0_u32..10, pre in 0_u32..40) -> Split {
        let part = |percent: u32| fen(total * i64::from(percent) / 100);
        Split { total_fen: fen(total), own_expense_fen: part(own), over_limit_fen: part(over), pre_self_pay_fen: part(pre), official: None }
    }
}

prop_compose! {
    fn days()(year in 2018_i16..=2027, month in 1_i8..=12, day in 1_i8..=28) -> Day {
        Day::new(year, month, day).unwrap()
    }
}

prop_compose! {
    fn years()(
        pool in 0_i64..40_000_000, base in 0_i64..60_000_000, own in 0_i64..10_000_000, aid in 0_i64..4_000_000, admissions in 0_u8..4,
    ) -> YearToDate {
        YearToDate {
            admissions,
            pool_paid_fen: fen(pool),
            pool_base_fen: fen(base),
            own_in_scope_fen: fen(own),
            aid_paid_fen: fen(aid),
            ..YearToDate::default()
        }
    }
}

prop_compose! {
    fn people()(status in any_of::<WorkStatus>(), plan in any_of::<Plan>(), aid in any_of::<AidClass>(), months in prop::option::of(0_u16..60)) -> Person {
        Person { status, plan, aid, cover: Cover::InForce, insured_months: months }
    }
}

prop_compose! {
    fn stays()(
        region in 0..ENGINE.books().len(), scheme in any_of::<Scheme>(), person in people(), place in places(),
        level in any::<prop::sample::Index>(), discharged in days(), nth in prop::option::of(1_u8..5), ward in any_of::<Ward>(),
        credit in prop::option::of(0_i64..100_000), split in splits(), fresh in any::<bool>(), year in years(),
        own in 0_i64..500_000, family in 0_i64..500_000, day_surgery in prop::bool::weighted(0.2),
    ) -> Case {
        let book = &ENGINE.books()[region];
        let levels: &[Level] = &book.region.levels;
        let stay = Stay {
            level: levels[level.index(levels.len())],
            place,
            admitted: None,
            discharged,
            nth,
            ward,
            transfer: credit.map(|c| Transfer { deductible_paid_fen: fen(c) }),
            bill: Bill::Split(split),
        };
        Case {
            region: book.region.slug.clone(),
            scheme,
            person,
            visit: if day_surgery { Visit::DaySurgery(stay) } else { Visit::Inpatient(stay) },
            year_to_date: if fresh { YearToDate::default() } else { year },
            accounts: Accounts { own_balance_fen: fen(own), family_balance_fen: fen(family), leave_untouched: false },
            options: Options::default(),
        }
    }
}

/// `None` where the region's rules begin later or do not have the scheme: the only refusals allowed.
fn estimate(case: &Case) -> Option<Answer> {
    match ENGINE.estimate(case) {
        Ok(answer) => Some(answer),
        Err(refusal) => {
            let fair = [RefusalCode::BeforeRules, RefusalCode::UnknownScheme];
            assert!(fair.contains(&refusal.code), "{refusal}");
            None
        }
    }
}

fn stay_of(case: &mut Case) -> &mut Stay {
    match &mut case.visit {
        Visit::Inpatient(stay) | Visit::DaySurgery(stay) => stay,
        _ => unreachable!("stays() makes only stays"),
    }
}

fn settlements(answer: &Answer) -> Vec<&Settlement> {
    let ends = answer.range.iter().flat_map(|r| [&r.least, &r.most]);
    std::iter::once(&answer.settlement).chain(ends).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, ..ProptestConfig::default() })]

    #[test]
    fn amounts_add_up_and_no_layer_pays_more_than_its_base(case in stays()) {
        let Some(answer) = estimate(&case) else { return Ok(()) };
        for s in settlements(&answer) {
            prop_assert_eq!(benefit::identities(s, SharedAccounts::Contained), Ok(()));
            let all = [s.act_pay_dedc, s.hosp_part_amt, s.psn_part_amt, s.acct_pay, s.psn_cash_pay, s.balc, s.self_pay, s.own_expense];
            prop_assert!(all.iter().chain(&s.funds()).all(|f| !f.is_negative()));
            prop_assert!(s.act_pay_dedc <= s.inscp_scp_amt);
            prop_assert!(s.hifp_pay <= s.inscp_scp_amt.above(s.act_pay_dedc));
            let left = s.inscp_scp_amt.above(s.hifp_pay);
            prop_assert!(Fen::checked_sum([s.hifmi_pay, s.hifob_pay, s.hifes_pay, s.maf_pay]).unwrap() <= left.plus(s.preselfpay_amt));
            prop_assert_eq!(s.self_pay.plus(s.own_expense), s.psn_part_amt);
        }
    }

    #[test]
    fn what_is_shown_lies_between_the_ends(case in stays()) {
        let Some(answer) = estimate(&case) else { return Ok(()) };
        if let Some(range) = &answer.range {
            let shown = answer.settlement.psn_part_amt;
            prop_assert!(range.least.psn_part_amt <= shown && shown <= range.most.psn_part_amt,
                "{:?} {:?} {:?}", range.least.psn_part_amt, shown, range.most.psn_part_amt);
            prop_assert!(answer.certainty >= Certainty::Uncertain);
            prop_assert!(!answer.diagnostics.is_empty());
        }
    }

    #[test]
    fn one_more_fen_never_makes_a_person_pay_less(case in stays()) {
        let Some(before) = estimate(&case) else { return Ok(()) };
        let mut dearer = case.clone();
        if let Bill::Split(split) = &mut stay_of(&mut dearer).bill {
            split.total_fen = split.total_fen.plus(fen(1));
        }
        let after = estimate(&dearer).unwrap();
        for (b, a) in settlements(&before).iter().zip(settlements(&after)) {
            prop_assert!(a.psn_part_amt >= b.psn_part_amt, "{:?} then {:?}", b.psn_part_amt, a.psn_part_amt);
        }
    }

    #[test]
    fn the_trace_changes_nothing(case in stays()) {
        let Some(traced) = estimate(&case) else { return Ok(()) };
        let bare = estimate(&Case { options: Options { trace: false, ..case.options }, ..case.clone() }).unwrap();
        let without_steps = |s: &Settlement| Settlement { steps: Vec::new(), ..s.clone() };
        prop_assert_eq!(without_steps(&traced.settlement), bare.settlement);
        prop_assert_eq!((traced.certainty, traced.reading), (bare.certainty, bare.reading));
    }

    #[test]
    fn a_year_is_its_visits_one_after_the_other(cases in prop::collection::vec(stays(), 1..5)) {
        let first = cases[0].clone();
        let mut visits: Vec<Case> = cases.into_iter().map(|c| Case { region: first.region.clone(), scheme: first.scheme, ..c }).collect();
        let level = stay_of(&mut visits[0].clone()).level;
        visits.iter_mut().for_each(|c| stay_of(c).level = level);
        let Ok(year) = benefit::year(|c| ENGINE.estimate(c), visits.clone()) else { return Ok(()) };
        let mut so_far = visits[0].year_to_date.clone();
        let mut person = Fen::ZERO;
        for (visit, in_year) in visits.into_iter().zip(&year.answers) {
            let alone = estimate(&Case { year_to_date: so_far, ..visit }).unwrap();
            prop_assert_eq!(&alone, in_year);
            so_far = alone.settlement.year_to_date.clone();
            person = person.plus(alone.settlement.psn_part_amt);
        }
        prop_assert_eq!(person, year.psn_part_fen);
    }

    #[test]
    fn a_bill_by_lines_equals_its_totals(case in stays(), amounts in prop::collection::vec((1_i64..200_000, 0_u8..3, 0_i64..60, prop::option::of(1_i64..100_000)), 1..12)) {
        let class = |n| [LineClass::A, LineClass::B, LineClass::C][usize::from(n)];
        let lines: Vec<LineItem> = amounts.iter().map(|(amount, c, share, limit)| LineItem {
            name: String::new(), category: Category::Treatment, amount_fen: fen(*amount), class: class(*c),
            self_pay_share: Rate::percent(*share), count: 1, price_limit_fen: limit.map(fen), outside_limit: false,
        }).collect();
        let mut by_line = case.clone();
        stay_of(&mut by_line).bill = Bill::Lines(lines);
        let Some(lined) = estimate(&by_line) else { return Ok(()) };
        let s = &lined.settlement;
        let mut whole = case;
        stay_of(&mut whole).bill = Bill::Split(Split {
            total_fen: s.medfee_sumamt, own_expense_fen: s.fulamt_ownpay_amt, over_limit_fen: s.overlmt_selfpay,
            pre_self_pay_fen: s.preselfpay_amt, official: None,
        });
        prop_assert_eq!(&estimate(&whole).unwrap().settlement, s);
    }

    #[test]
    fn an_assumed_share_gives_a_range_that_holds_the_truth(case in stays(), share in 10_i64..30) {
        let Bill::Split(split) = stay_of(&mut case.clone()).bill.clone() else { return Ok(()) };
        let mut guessed = case.clone();
        stay_of(&mut guessed).bill = Bill::Total(TotalOnly {
            total_fen: split.total_fen, own_share_low: Rate::percent(10), own_share_high: Rate::percent(30),
        });
        let own = split.total_fen.scaled(Rate::percent(share), anxin_core::Rounding::HalfUp).unwrap();
        let mut told = case;
        stay_of(&mut told).bill = Bill::Split(Split { total_fen: split.total_fen, own_expense_fen: own, ..Split::default() });
        let (Some(guess), Some(truth)) = (estimate(&guessed), estimate(&told)) else { return Ok(()) };
        let (least, most) = match &guess.range {
            Some(r) => (r.least.psn_part_amt, r.most.psn_part_amt),
            None => (guess.settlement.psn_part_amt, guess.settlement.psn_part_amt),
        };
        let person = truth.settlement.psn_part_amt;
        // Each of the layers rounds by itself, so an end may come out a fen or two inside the truth.
        let slack = fen(3);
        prop_assert!(least <= person.plus(slack) && person <= most.plus(slack), "{least:?} {person:?} {most:?}");
    }
}
