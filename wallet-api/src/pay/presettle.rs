//! 预结算: what a bill would come to now, and where each part would be drawn.

use anxin_core::Fen;
use anxin_core::benefit::{Accounts, Answer, YearToDate};
use anxin_core::dispatch::Engine;
use anxin_core::family::{DrawFrom, Use};
use wallet_ledger::{AccountId, Leg, OpenAccount};
use wallet_store::{Person, Records, Take};
use wallet_types::{Figures, FundKind, Id, Part, PartFrom, PaymentAsk, TransportCode};

use super::accounts::{fund, owed_by_funds, owed_by_people};
use super::case::{Bill, Known, Sides};
use super::figures::{figures, sure};
use super::{lines, refused};
use crate::cells::{Afar, FarLeg};
use crate::family::{FarDraw, Means};
use crate::problem::ApiError;
use crate::supervision::Noted;
use crate::wallet::Wallet;

/// What a bill comes to, with all that settling it takes.
pub(crate) struct Presettled {
    pub figures: Figures,
    /// In the order in which they are drawn; the cash is the rest.
    pub parts: Vec<Part>,
    pub answer: Answer,
    pub(super) legs: Vec<Leg>,
    /// What accounts of other areas pay.
    pub(super) afar: Vec<FarLeg>,
    /// Other areas that did not say what may be drawn there.
    pub silent: Vec<String>,
    /// Relations that have to last until it is paid.
    pub(super) lasting: Vec<AccountId>,
    /// Accounts that are opened when they are not there yet.
    pub(super) accounts: Vec<OpenAccount>,
    pub(super) year: i64,
    pub(super) year_version: i64,
    pub(super) packs: Vec<Take>,
    /// What it is dispensed on.
    pub(super) prescriptions: Vec<u128>,
    pub(super) pharmacy: bool,
    /// What the monitor sees in it.
    pub noted: Vec<Noted>,
    pub(super) before: YearToDate,
    pub(super) after: YearToDate,
}

/// What the patient and the relatives give.
#[derive(Default)]
struct Drawn {
    legs: Vec<Leg>,
    afar: Vec<FarLeg>,
    lasting: Vec<AccountId>,
    parts: Vec<Part>,
}

impl Drawn {
    fn sum(&self, from: &[PartFrom]) -> Fen {
        let of = self.parts.iter().filter(|part| from.contains(&part.from)).map(|part| part.amount_fen);
        Fen::checked_sum(of).unwrap_or_default()
    }
}

impl Wallet {
    /// What a bill would come to now. Nothing is changed by it, and nothing kept.
    ///
    /// # Errors
    /// When a figure that decides it is not known, or only assumed outside a demonstration: which ones are named.
    pub(crate) async fn presettle(&self, engine: &Engine, bill: &Bill) -> Result<Presettled, ApiError> {
        self.presettle_at(engine, bill, &self.sides_of(bill).await?).await
    }

    /// The same where both sides were read already.
    pub(crate) async fn presettle_at(
        &self,
        engine: &Engine,
        bill: &Bill,
        sides: &Sides,
    ) -> Result<Presettled, ApiError> {
        let records = self.records(bill, &sides.provider).await?;
        self.presettle_of(engine, bill, sides, records).await
    }

    /// The same where what else is on record was read, too.
    pub(super) async fn presettle_of(
        &self,
        engine: &Engine,
        bill: &Bill,
        sides: &Sides,
        records: Records,
    ) -> Result<Presettled, ApiError> {
        lines::agree(&bill.visit, &bill.lines)?;
        let known = self.case(bill, sides, &records.filings).await?;
        let packs = self.packs(bill, &known).await?;
        let prescriptions = self.prescribed(bill, &known).await?;
        let Known { mut case, provider, year, year_row, .. } = known.clone();
        let first = engine.estimate(&case)?;
        sure(&first, self.pay.demo)?;
        let people = owed_by_people(bill.institution, &records.theirs);
        let sharers = if records.related { self.sharers(bill.patient, false).await? } else { Vec::new() };
        let means = self.means_of(&sides.person, sharers, &records.own).await?;
        let afar = if bill.use_accounts { self.means_afar(&sides.person).await? } else { Afar::default() };
        let own_before = means.own.as_ref().map_or(Fen::ZERO, wallet_ledger::Account::available);
        let due = first.settlement.psn_part_amt;
        let drawn = if bill.use_accounts && !due.is_zero() {
            let purpose = if provider.kind == PHARMACY { Use::Pharmacy } else { Use::Institution };
            let ask = PaymentAsk { to: Id(people.id.0), purpose, amount_fen: due, until: None };
            self.drawn(&sides.person, &means, &afar, &ask).await?
        } else {
            Drawn::default()
        };
        // The core draws again, so that its steps, identities and this agree.
        case.accounts = Accounts {
            own_balance_fen: drawn.sum(&[PartFrom::Own, PartFrom::Wallet]),
            family_balance_fen: drawn.sum(&[PartFrom::Relative]),
            leave_untouched: false,
        };
        let mut answer = engine.estimate(&case)?;
        answer.settlement.balc = own_before.above(drawn.sum(&[PartFrom::Own]));
        let figures = figures(&answer.settlement);
        let (mut legs, mut parts, mut accounts) = (Vec::new(), Vec::new(), vec![people]);
        let owed = owed_by_funds(bill.institution);
        for (kind, amount) in figures.funds().into_iter().filter(|(_, amount)| !amount.is_zero()) {
            let fund = fund(&case.region, kind);
            legs.push(Leg { from: fund.id, to: owed.id, amount });
            parts.push(fund_part(kind, amount));
            accounts.push(fund);
        }
        accounts.push(owed);
        legs.extend(drawn.legs);
        parts.extend(drawn.parts);
        let before = std::mem::take(&mut case.year_to_date);
        let after = answer.settlement.year_to_date.clone();
        let (lasting, year_version) = (drawn.lasting, year_row.version);
        let pharmacy = provider.kind == PHARMACY;
        let mut pre = Presettled {
            figures,
            parts,
            answer,
            legs,
            afar: drawn.afar,
            silent: afar.silent.iter().map(ToString::to_string).collect(),
            lasting,
            accounts,
            year,
            year_version,
            before,
            after,
            packs,
            prescriptions,
            pharmacy,
            noted: Vec::new(),
        };
        pre.noted = self.noted(bill, &known, &pre, records.orders)?;
        Ok(pre)
    }

    async fn drawn(&self, patient: &Person, means: &Means, afar: &Afar, ask: &PaymentAsk) -> Result<Drawn, ApiError> {
        let draws = self.draw(patient, means, afar, ask).await?;
        let here = |leg: &Leg| {
            let drawn = means.drawn(leg);
            Ok(Part { relation: drawn.relation, ..part(drawn.from, leg.amount)? })
        };
        let there = |FarDraw { leg, from, relation }: &FarDraw| {
            let area = Some(format!("{:06}", leg.cell));
            Ok(Part { relation: *relation, area, ..part(*from, leg.amount)? })
        };
        let parts = draws.legs.iter().map(here).chain(draws.afar.iter().map(there)).collect::<Result<_, ApiError>>()?;
        let afar = draws.afar.into_iter().map(|draw| draw.leg).collect();
        Ok(Drawn { legs: draws.legs, afar, lasting: draws.open, parts })
    }
}

fn part(from: DrawFrom, amount_fen: Fen) -> Result<Part, ApiError> {
    let from = match from {
        DrawFrom::Own => PartFrom::Own,
        DrawFrom::Wallet => PartFrom::Wallet,
        DrawFrom::Sharer | DrawFrom::SharersAccount => PartFrom::Relative,
        DrawFrom::Suspense | DrawFrom::Cash => return Err(refused(TransportCode::Internal)),
    };
    Ok(Part { from, fund: None, relation: None, area: None, amount_fen })
}

/// How a provider's kind is written where only personal money pays differently.
pub(crate) const PHARMACY: &str = "pharmacy";

fn fund_part(kind: FundKind, amount_fen: Fen) -> Part {
    Part { from: PartFrom::Fund, fund: Some(kind), relation: None, area: None, amount_fen }
}
