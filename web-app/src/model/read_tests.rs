use anxin_core::benefit::{Category, LineClass};
use anxin_core::rules::{Area, Filing, Level};

use super::super::problem::field_of;
use super::*;

fn filled() -> Form {
    let mut form = Form::default();
    form.who.region = "shanwei".into();
    form.visit.level = Some(Level::Two);
    form.visit.on = "2025-03-10".into();
    form.visit.bill.total = "12,000".into();
    form
}

fn problems(form: &Form) -> Vec<(String, &'static str)> {
    read(form).problems.into_iter().map(|p| (p.field, p.code.code())).collect()
}

fn fen(n: i64) -> Fen {
    Fen::new(n).unwrap()
}

#[test]
fn an_empty_form_asks_and_does_not_complain() {
    let reading = read(&Form::default());
    assert_eq!(reading.case, None);
    assert_eq!(reading.problems, []);
    assert_eq!(reading.missing, ["region", "level", "on", "bill-total"]);
}

#[test]
fn a_total_becomes_a_case_with_its_assumed_shares() {
    let case = read(&filled()).case.unwrap();
    let Visit::Inpatient(stay) = &case.visit else { panic!("not a stay") };
    let Bill::Total(total) = &stay.bill else { panic!("not a total") };
    assert_eq!(total.total_fen, fen(1_200_000));
    assert_eq!((total.own_share_low.to_string(), total.own_share_high.to_string()), ("0.05".into(), "0.20".into()));
    assert_eq!((stay.level, stay.admitted, stay.nth), (Level::Two, None, None));
}

#[test]
fn what_is_typed_wrongly_is_named_with_its_code() {
    let mut form = filled();
    form.visit.bill.total = "1e3".into();
    form.visit.on = "2025-02-30".into();
    form.visit.nth = "two".into();
    form.so_far.pool_paid = "-1".into();
    form.accounts.own = "0.001".into();
    assert_eq!(read(&form).case, None);
    let expect = [
        ("sofar-pool-paid", "AX1006"),
        ("account-own", "AX1001"),
        ("on", "AX1001"),
        ("nth", "AX1001"),
        ("bill-total", "AX1001"),
    ];
    assert_eq!(problems(&form), expect.map(|(field, code)| (field.to_owned(), code)));
}

#[test]
fn what_an_employee_alone_is_asked_does_not_reach_a_residents_case() {
    let mut form = filled();
    form.who.status = WorkStatus::Retired;
    form.who.plan = Plan::PooledOnly;
    assert_eq!(read(&form).case.unwrap().person, Person::default());
    form.who.scheme = Scheme::Employee;
    let person = read(&form).case.unwrap().person;
    assert_eq!((person.status, person.plan), (WorkStatus::Retired, Plan::PooledOnly));
}

#[test]
fn a_slip_keeps_its_official_figures_only_where_given() {
    let mut form = filled();
    form.visit.bill.way = BillWay::Slip;
    form.visit.bill.slip = SlipForm {
        total: "12000".into(),
        own: "800".into(),
        over: "100".into(),
        pre: "400".into(),
        ..Default::default()
    };
    let split = |form: &Form| match read(form).case.unwrap().visit {
        Visit::Inpatient(Stay { bill: Bill::Split(split), .. }) => split,
        other => panic!("{other:?}"),
    };
    assert_eq!(split(&form).official, None);
    form.visit.bill.slip.pool = "8080".into();
    let split = split(&form);
    assert_eq!(
        (split.own_expense_fen, split.over_limit_fen, split.pre_self_pay_fen),
        (fen(80_000), fen(10_000), fen(40_000))
    );
    assert_eq!(split.official, Some(Official { hifp_pay_fen: Some(fen(808_000)), ..Official::default() }));
}

#[test]
fn lines_carry_shares_counts_and_limits() {
    let mut form = filled();
    form.visit.bill.way = BillWay::Lines;
    let line = LineRow {
        amount: "300".into(),
        class: LineClass::B,
        share: "12.5".into(),
        count: "3".into(),
        limit: "90".into(),
        ..LineRow::default()
    };
    form.visit.bill.lines = vec![line.clone(), LineRow { share: "101".into(), ..line }];
    assert_eq!(problems(&form), [("line-1-share".into(), "AX1009")]);
    form.visit.bill.lines.truncate(1);
    let Visit::Inpatient(Stay { bill: Bill::Lines(lines), .. }) = read(&form).case.unwrap().visit else { panic!() };
    assert_eq!((lines[0].self_pay_share.as_percent().to_string(), lines[0].count), ("12.5%".into(), 3));
    assert_eq!(lines[0].price_limit_fen, Some(fen(9000)));
}

#[test]
fn a_situation_replaces_level_and_place_alone() {
    let situation = Situation { level: Some(Level::Three), area: Area::InProvince, filing: Filing::Referred };
    let case = read_situation(&filled(), &situation).case.unwrap();
    let Visit::Inpatient(stay) = case.visit else { panic!() };
    assert_eq!((stay.level, stay.place.area, stay.place.filing), (Level::Three, Area::InProvince, Filing::Referred));
    assert_eq!(stay.discharged, Day::parse("2025-03-10").unwrap());
}

#[test]
fn each_visit_of_a_year_names_its_own_fields() {
    let form = filled();
    let wrong = VisitForm { bill: BillForm { total: "x".into(), ..BillForm::default() }, ..form.visit.clone() };
    let readings = read_year(&form, &[form.visit.clone(), wrong]);
    assert!(readings[0].case.is_some());
    assert_eq!(readings[1].problems[0].field, "v1-bill-total");
}

#[test]
fn special_disease_accumulators_go_under_their_disease_and_month() {
    let mut form = filled();
    form.visit.kind = VisitKind::SpecialOutpatient;
    form.visit.disease = "糖尿病".into();
    form.so_far.special_paid = "100".into();
    form.so_far.special_deductible = "20".into();
    let year = read(&form).case.unwrap().year_to_date;
    assert_eq!(year.special_paid_fen, BTreeMap::from([("糖尿病".to_owned(), fen(10_000))]));
    assert_eq!(year.special_deductible_fen, BTreeMap::from([("2025-03".to_owned(), fen(2000))]));
}

#[test]
fn the_cores_refusals_find_their_field() {
    let check = |form: &Form, path: &str, expect: Option<&str>| {
        assert_eq!(field_of(path, &read(form).case.unwrap()).as_deref(), expect, "{path}");
    };
    let mut form = filled();
    check(&form, "visit.inpatient.bill.total.total_fen", Some("bill-total"));
    check(&form, "visit.inpatient.bill.total.own_share_low", Some("share-low"));
    check(&form, "visit.inpatient.discharged", Some("on"));
    check(&form, "visit.inpatient.place", Some("area"));
    check(&form, "year_to_date.pool_paid_fen", Some("sofar-pool-paid"));
    check(&form, "accounts.family_balance_fen", Some("account-family"));
    check(&form, "somewhere.else", None);
    form.visit.bill.way = BillWay::Categories;
    form.visit.bill.put_category(CategoryRow { amount: "10".into(), ..CategoryRow::new(Category::Surgery) });
    check(&form, "visit.inpatient.bill.categories[0].own_expense_fen", Some("cat-surgery-own"));
    check(&form, "visit.inpatient.bill.categories[7].own_expense_fen", None);
    form.visit.bill.way = BillWay::Slip;
    form.visit.bill.slip.total = "1".into();
    check(&form, "visit.inpatient.bill.split.total_fen", Some("slip-total"));
}
