//! What an auditor should look at.

use actix_web::HttpRequest;
use actix_web::web::Data;
use anxin_core::{Refusal, RefusalCode};
use wallet_ledger::Patterns;
use wallet_store::{Actor, Clock};
use wallet_types::{FlagOut, Flags, Id, PatternName, TransportCode};

use super::{actor, number};
use crate::auth::Caller;
use crate::problem::ApiError;
use crate::routes::estimates::{Answered, written};
use crate::routes::query;
use crate::server::Service;

const DAYS: i64 = 30;
const DAYS_MAX: i64 = 366;
const DAY: i64 = 86_400_000_000;
/// Lines looked through for one answer: so many take a second or two and some megabytes.
const LINES_MAX: usize = 50_000;

pub async fn list(request: HttpRequest, caller: Caller, service: Data<Service>) -> Answered {
    if actor(&caller)? != Actor::Auditor {
        return Err(ApiError::Transport(TransportCode::NotAllowed));
    }
    let (lang, [days]) = query(&request, ["days"])?;
    let days = number("days", days, DAYS, "1–366")?;
    if !(1..=DAYS_MAX).contains(&days) {
        return Err(Refusal::new(RefusalCode::OutOfRange, "days", "1–366").into());
    }
    let since = Clock::Own.here().plus(-days.saturating_mul(DAY));
    let found = service.wallet()?.desk.striking(since, LINES_MAX, &Patterns::default()).await?;
    let flags = found.flags.into_iter().map(|flag| FlagOut {
        pattern: named(flag.pattern),
        owners: flag.owners.iter().map(|owner| Id(owner.0)).collect(),
        entries: flag.lines,
        amount_fen: flag.amount,
    });
    let (from_entry, until_entry) = found.lines.map_or((None, None), |(from, until)| (Some(from), Some(until)));
    written(&Flags { flags: flags.collect(), from_entry, until_entry, cut: found.cut }, lang)
}

fn named(pattern: wallet_ledger::Pattern) -> PatternName {
    use wallet_ledger::Pattern;
    match pattern {
        Pattern::Ring => PatternName::Ring,
        Pattern::Chain => PatternName::Chain,
        Pattern::RoundSums => PatternName::RoundSums,
        Pattern::TakenBack => PatternName::TakenBack,
        Pattern::ManySharers => PatternName::ManySharers,
    }
}
