//! A day of a hospital and a pharmacy: a settlement that only the hospital has, one that is reversed, a refund of what
//! was paid out already, a pack that is sold twice, and a pharmacy that may not settle any more. The week after it is
//! the holiday of October.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use anxin_core::benefit::Visit;
use anxin_core::dispatch::Engine;
use anxin_core::family::Insured;
use anxin_core::rules::Filing;
use serde_json::json;
use wallet_ledger::{Micros, OrderState, OwnerId};
use wallet_store::{Actor, Clock, Sums};
use wallet_types::{
    BatchOfOrders, BatchState, BatchStep, BatchStepAsk, CashAsk, CashMeans, DeclareAsk, DifferenceClass, DrugLine,
    PeriodKind, ProposalStateName, StandingAsk, StandingKind, StoryName, StoryOut, TransportCode,
};

use super::{Character, failed, fen, refused};
use crate::auth::Role;
use crate::clearing::Found;
use crate::family::day as day_of;
use crate::pay::{Bill, Settling, Terms};
use crate::problem::ApiError;
use crate::seed::{PASSWORD, carry_out, employee, id};
use crate::settings::Settings;
use crate::wallet::Wallet;

pub(super) const PATIENT: &str = "xiaohe1";
const PHARMACY: &str = "september pharmacy";
const PHARMACY_CODE: &str = "P00000000031";
pub(super) const CAST: Character = Character {
    name: PATIENT,
    number: "000000199007040300",
    area: "441800",
    cover: Insured::Employee,
    born: "1990-07-04",
};
/// Of the two made-up drugs of a demonstration.
const DRUG: &str = "XDEMO00000000000000001";

/// 2026-09-22 00:00 in China, a Tuesday.
const EVE: i64 = 1_790_006_400_000_000;
const HOUR: i64 = 3_600_000_000;
const DAY: i64 = 24 * HOUR;
/// Fifty years: until a day that nobody who tells the story has reached.
const HELD: i64 = 50 * 365 * DAY;
/// The day that the story is about, and the one after it.
const ON: &str = "2026-09-23";
const AFTER: &str = "2026-09-24";

/// The books of the demonstration as they were open then.
struct Then<'e> {
    wallet: Arc<Wallet>,
    hands: Arc<AtomicI64>,
    engine: &'e Engine,
    /// How often the day was told, this time included.
    times: u32,
}

impl Wallet {
    pub(super) async fn tell_day(&self, settings: &Settings, engine: &Engine) -> Result<StoryOut, ApiError> {
        carry_out(self, "story day", employee(PATIENT).to_vec()).await.map_err(failed)?;
        self.cast(&CAST).await?;
        self.put_terms(OwnerId(id(PATIENT)), &Terms { filing: Some(Filing::LongTerm), ..Terms::default() }).await?;
        let times = self.times_told().await?;
        self.put_away(times - 1).await?;
        let (name, code) = (hospital_of(times), code_of(times));
        let hospital = self.stage(&name, &shown(times), [&code, "440100", "3", "hospital"]).await?;
        let pharmacy = self.stage(PHARMACY, "九月示范药店（演示）", [PHARMACY_CODE, "440100", "3", "pharmacy"]).await?;
        let people = [
            (PATIENT, Role::Resident, None),
            ("hospital3", Role::Institution, Some(name.as_str())),
            ("pharmacy3", Role::Institution, Some(PHARMACY)),
        ];
        self.let_in(&people).await?;
        let then = Then::begin(self, settings, engine, times).await?;
        let declared = then.play(hospital, pharmacy).await;
        then.wallet.finish().await;
        let declared = declared?;
        let (accounts, sum) = self.desk.sum().await?;
        Ok(StoryOut {
            story: StoryName::Day,
            password: PASSWORD.to_owned(),
            card: CAST.number.to_owned(),
            day: Some(ON.to_owned()),
            due_on: declared.due_on,
            pack: Some(pack(times)),
            accounts: Some(accounts),
            sum_fen: Some(fen(sum)),
        })
    }

    /// What an earlier telling left for operators to do is taken off their hands, by the steps that are there for it:
    /// the hospital withdraws its batch, and its file is compared again and agrees. What was booked stays.
    async fn put_away(&self, times: u32) -> Result<(), ApiError> {
        let hospital = OwnerId(id(&hospital_of(times)));
        let own = Actor::Institution(hospital);
        for batch in self.clearing_batches(own).await?.batches {
            let step = |step| BatchStepAsk { step, deductions: Vec::new() };
            if matches!(batch.state, BatchState::Reviewed | BatchState::Approved) {
                self.step_batch(Actor::Area, id("area1"), batch.id.0, &step(BatchStep::SendBack)).await?;
            }
            if !matches!(batch.state, BatchState::Paid | BatchState::Withdrawn) {
                self.step_batch(own, hospital.0, batch.id.0, &step(BatchStep::Withdraw)).await?;
            }
        }
        for left in self.differences(own).await?.differences {
            let asked = left.corrections.iter().find(|asked| asked.state == ProposalStateName::Asked);
            if let Some(asked) = asked {
                let other = if asked.asked_by.0 == id("area1") { "area2" } else { "area1" };
                self.refuse_difference(id(other), asked.id.0).await?;
            }
            let agrees = Found { setl_id: left.setl_id, class: None, order: None, theirs: None, ours: None };
            self.note_differences(hospital, &left.code, vec![agrees]).await?;
        }
        Ok(())
    }

    /// How often the day will have been told: each time there is a hospital of its own, whose batches begin anew.
    async fn times_told(&self) -> Result<u32, ApiError> {
        let mut times = 1;
        while self.desk.provider(OwnerId(id(&hospital_of(times)))).await?.is_some() {
            times += 1;
        }
        Ok(times)
    }
}

fn hospital_of(times: u32) -> String {
    format!("september hospital {times}")
}

/// As people read it.
fn shown(times: u32) -> String {
    match times {
        1 => "九月示范医院（演示）".to_owned(),
        _ => format!("九月示范医院（演示，第 {times} 次）"),
    }
}

/// 定点医药机构编号: a letter and eleven digits.
fn code_of(times: u32) -> String {
    format!("H{:011}", 900 + times)
}

fn key(what: &str, times: u32) -> String {
    format!("story {what} {times}")
}

fn pack(times: u32) -> String {
    format!("8100000000000000{times:04}")
}

fn bill(institution: OwnerId, on: &str, trace: Option<String>) -> Result<Bill, ApiError> {
    let visit: Visit = serde_json::from_value(json!({ "outpatient": {
        "level": "3", "on": on, "place": { "area": "in_province", "filing": "long_term" },
        "bill": { "split": { "total_fen": 12_000, "own_expense_fen": 800, "pre_self_pay_fen": 600 } },
    } }))
    .map_err(|_| refused(TransportCode::Internal))?;
    let line = |code| DrugLine {
        drug: DRUG.to_owned(),
        codes: vec![code],
        split: false,
        count: 1,
        days: None,
        old_stock: false,
        rx: None,
        amount_fen: None,
    };
    let (patient, lines) = (OwnerId(id(PATIENT)), trace.map(line).into_iter().collect());
    Ok(Bill { institution, patient, visit, use_accounts: true, lines, seller: String::new() })
}

impl<'e> Then<'e> {
    async fn begin(now: &Wallet, settings: &Settings, engine: &'e Engine, times: u32) -> Result<Then<'e>, ApiError> {
        let hands = Arc::new(AtomicI64::new(EVE));
        let clock = {
            let hands = Arc::clone(&hands);
            Clock::Given(Arc::new(move || Micros(hands.load(Ordering::SeqCst))))
        };
        let book = now.family.book().clone();
        let wallet = Wallet::open_by(settings, book, Arc::default(), clock).await.map_err(failed)?;
        let wallet = wallet.ok_or_else(|| refused(TransportCode::NoWallet))?;
        wallet.pay.hold_for(HELD);
        Ok(Then { wallet, hands, engine, times })
    }

    fn at(&self, day: i64, hour: i64) {
        self.hands.store(EVE + day * DAY + hour * HOUR, Ordering::SeqCst);
    }

    async fn play(&self, hospital: OwnerId, pharmacy: OwnerId) -> Result<BatchOfOrders, ApiError> {
        self.at(0, 10);
        let paid_out = self.settled(hospital, "eve", None).await?;
        self.at(1, 8);
        let eve = self.declared(hospital, "eve").await?;
        self.paid(&eve).await?;
        self.at(1, 9);
        self.settled(hospital, "sold", Some(pack(self.times))).await?;
        self.at(1, 10);
        self.settled(hospital, "reversed", None).await?;
        self.wallet.reverse(hospital, &key("reversed", self.times)).await?;
        self.at(1, 11);
        self.settled(pharmacy, "pharmacy", None).await?;
        self.at(1, 15);
        self.wallet.refund_order(hospital, &key("late", self.times), paid_out, fen(2_000), &[]).await?;
        self.at(2, 8);
        self.one_sided(hospital).await?;
        self.suspended().await?;
        self.at(2, 9);
        self.declared(hospital, "day").await
    }

    async fn settled(&self, institution: OwnerId, what: &str, trace: Option<String>) -> Result<u128, ApiError> {
        let on = day_of(self.wallet.now()).ok_or_else(|| refused(TransportCode::Internal))?;
        let bill = bill(institution, &on.to_string(), trace)?;
        let figures = self.wallet.presettle(self.engine, &bill).await?.figures;
        let cash = CashAsk { means: CashMeans::Cash, auth: None };
        let asked = Settling { bill: &bill, figures: &figures, cash: &cash };
        let (order, _) = self.wallet.settle(self.engine, &key(what, self.times), &asked).await?;
        if order.state == OrderState::Settled {
            return Ok(order.id);
        }
        let why = order.bill.and_then(|bill| bill.why).unwrap_or_default();
        tracing::error!(what, why, "a bill of the story was not settled");
        Err(refused(TransportCode::Internal))
    }

    /// Everything until the day before.
    async fn declared(&self, hospital: OwnerId, what: &str) -> Result<BatchOfOrders, ApiError> {
        let today = day_of(self.wallet.now()).and_then(|day| day.yesterday());
        let from = today.ok_or_else(|| refused(TransportCode::Internal))?.to_string();
        let ask = DeclareAsk { period: PeriodKind::Day, from };
        self.wallet.declare_batch(hospital, &key(what, self.times), &ask).await
    }

    async fn paid(&self, batch: &BatchOfOrders) -> Result<(), ApiError> {
        let steps = [(BatchStep::FirstReview, "area1"), (BatchStep::SecondReview, "area2"), (BatchStep::Pay, "area1")];
        for (step, who) in steps {
            let ask = BatchStepAsk { step, deductions: Vec::new() };
            self.wallet.step_batch(Actor::Area, id(who), batch.id.0, &ask).await?;
        }
        Ok(())
    }

    /// 单边账: what the hospital's file has and the area never settled.
    async fn one_sided(&self, hospital: OwnerId) -> Result<(), ApiError> {
        let theirs = Sums { total: fen(8_600), fund: fen(6_460), acct: fen(2_140) };
        let found = Found {
            setl_id: format!("2026092300000031{:04}", self.times),
            class: Some(DifferenceClass::OnlyInstitution),
            order: None,
            theirs: Some(theirs),
            ours: None,
        };
        self.wallet.note_differences(hospital, &code_of(self.times), vec![found]).await
    }

    async fn suspended(&self) -> Result<(), ApiError> {
        let ask = StandingAsk {
            kind: StandingKind::Suspended,
            code: PHARMACY_CODE.to_owned(),
            from: AFTER.to_owned(),
            until: None,
            reason: "串换药品（演示）".to_owned(),
        };
        let asked = self.wallet.ask_standing(id("area1"), "story suspended", &ask).await?;
        self.wallet.approve_standing(id("area2"), asked.id.0).await.map(drop)
    }
}
