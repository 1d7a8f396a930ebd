use actix_web::HttpRequest;
use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path, Payload};
use anxin_core::text::Lang;
use anxin_core::{Refusal, RefusalCode};
use serde::Serialize;
use wallet_ledger::{AccountId, Command, HoldId, Leg, TransferId};
use wallet_types::{
    BatchAsk, BatchItem, BatchOut, BatchResult, HoldAsk, HoldPost, LegAsk, PostAsk, ProblemCode, RefundAsk,
    TransferAsk, TransportCode, WalletCode,
};

use super::own::confirmed;
use super::{actor, idempotency_key, named};
use crate::auth::Caller;
use crate::body::parse;
use crate::problem::{ApiError, marked, tag};
use crate::routes::estimates::{Answered, read, written};
use crate::routes::language;
use crate::server::Service;
use crate::wallet::{Done, Key, Operation, Order, derived, micros, purpose};

pub fn key(request: &HttpRequest, caller: &Caller, operation: Operation) -> Result<Key, ApiError> {
    Ok(Key { tenant: caller.subject.tenant(), operation, key: idempotency_key(request, caller)? })
}

fn legs(legs: &[LegAsk]) -> Vec<Leg> {
    legs.iter().map(|l| Leg { from: AccountId(l.from.0), to: AccountId(l.to.0), amount: l.amount_fen }).collect()
}

fn transfer_command(ask: &TransferAsk, key: &Key, item: usize) -> Command {
    Command::Transfer { id: TransferId(derived(key, item)), purpose: purpose(ask.purpose), legs: legs(&ask.legs) }
}

fn hold_command(ask: &HoldAsk, key: &Key, item: usize) -> Result<Command, Refusal> {
    let until = micros("until", &ask.until)?;
    let (id, purpose) = (HoldId(derived(key, item)), purpose(ask.purpose));
    Ok(Command::Hold { id, purpose, legs: legs(&ask.legs), until })
}

fn post_command(ask: HoldPost, key: &Key, item: usize) -> Command {
    Command::Post { hold: HoldId(ask.hold.0), id: TransferId(derived(key, item)), amounts: ask.amounts_fen }
}

/// Asks for one command and writes out how it ended.
async fn book<B: Serialize>(
    request: &HttpRequest,
    caller: &Caller,
    service: &Service,
    order: Order<'_, B>,
    status: StatusCode,
) -> Answered {
    let lang = language(request)?;
    let done = service.wallet()?.ask(&caller.subject, order).await?.pop();
    told(done, lang, status)
}

pub fn told(done: Option<Done>, lang: Lang, status: StatusCode) -> Answered {
    let Done { outcome, replayed } = done.ok_or(ApiError::Transport(TransportCode::Internal))?;
    let booked = outcome.map_err(|code| ApiError::Books { code, replayed })?;
    let response = HttpResponse::build(status).insert_header(("content-language", tag(lang))).json(booked);
    Ok(marked(response, replayed))
}

pub async fn transfer(request: HttpRequest, caller: Caller, body: Payload, service: Data<Service>) -> Answered {
    let key = key(&request, &caller, Operation::Transfer)?;
    let ask: TransferAsk = parse(&read(&request, body).await?)?;
    confirmed(&request, &caller, &service, &key, ask.legs.iter().map(|leg| leg.amount_fen)).await?;
    let commands = vec![transfer_command(&ask, &key, 0)];
    book(&request, &caller, &service, Order { key, commands, body: &ask }, StatusCode::CREATED).await
}

pub async fn hold(request: HttpRequest, caller: Caller, body: Payload, service: Data<Service>) -> Answered {
    let key = key(&request, &caller, Operation::Hold)?;
    let ask: HoldAsk = parse(&read(&request, body).await?)?;
    confirmed(&request, &caller, &service, &key, ask.legs.iter().map(|leg| leg.amount_fen)).await?;
    let commands = vec![hold_command(&ask, &key, 0)?];
    book(&request, &caller, &service, Order { key, commands, body: &ask }, StatusCode::CREATED).await
}

pub async fn post_hold(
    request: HttpRequest,
    id: Path<String>,
    caller: Caller,
    body: Payload,
    service: Data<Service>,
) -> Answered {
    let key = key(&request, &caller, Operation::Post)?;
    let hold = named(&id)?;
    let PostAsk { amounts_fen } = parse(&read(&request, body).await?)?;
    let ask = HoldPost { hold, amounts_fen };
    let commands = vec![post_command(ask.clone(), &key, 0)];
    book(&request, &caller, &service, Order { key, commands, body: &ask }, StatusCode::OK).await
}

pub async fn void_hold(request: HttpRequest, id: Path<String>, caller: Caller, service: Data<Service>) -> Answered {
    let key = key(&request, &caller, Operation::Void)?;
    let hold = named(&id)?;
    let commands = vec![Command::Void { hold: HoldId(hold.0) }];
    book(&request, &caller, &service, Order { key, commands, body: &hold }, StatusCode::OK).await
}

pub async fn refund(
    request: HttpRequest,
    id: Path<String>,
    caller: Caller,
    body: Payload,
    service: Data<Service>,
) -> Answered {
    let key = key(&request, &caller, Operation::Refund)?;
    let of = named(&id)?;
    let ask: RefundAsk = parse(&read(&request, body).await?)?;
    let id = TransferId(derived(&key, 0));
    let commands = vec![Command::Refund { id, of: TransferId(of.0), amount: ask.amount_fen }];
    book(&request, &caller, &service, Order { key, commands, body: &(of, ask) }, StatusCode::CREATED).await
}

pub async fn batch(request: HttpRequest, caller: Caller, body: Payload, service: Data<Service>) -> Answered {
    let wallet = service.wallet()?;
    let lang = language(&request)?;
    let key = key(&request, &caller, Operation::Batch)?;
    let ask: BatchAsk = parse(&read(&request, body).await?)?;
    let most = wallet.batch_items;
    if !(1..=most).contains(&ask.items.len()) {
        return Err(Refusal::new(RefusalCode::OutOfRange, "items", format!("1–{most}")).into());
    }
    let legs = ask.items.iter().flat_map(|item| match item {
        BatchItem::Transfer(ask) => ask.legs.as_slice(),
        BatchItem::Hold(ask) => ask.legs.as_slice(),
        BatchItem::Post(_) | BatchItem::Void(_) => &[],
    });
    confirmed(&request, &caller, &service, &key, legs.map(|leg| leg.amount_fen)).await?;
    let commands = ask.items.iter().enumerate().map(|(n, item)| {
        Ok(match item {
            BatchItem::Transfer(ask) => transfer_command(ask, &key, n),
            BatchItem::Hold(ask) => hold_command(ask, &key, n)
                .map_err(|r| Refusal::new(r.code, format!("items[{n}].hold.until"), r.accepted))?,
            BatchItem::Post(ask) => post_command(ask.clone(), &key, n),
            BatchItem::Void(ask) => Command::Void { hold: HoldId(ask.hold.0) },
        })
    });
    let commands = commands.collect::<Result<Vec<_>, Refusal>>()?;
    let done = wallet.ask(&caller.subject, Order { key, commands, body: &ask }).await?;
    let replayed = done.iter().all(|d| d.replayed);
    let results = done.into_iter().map(|d| d.outcome.map_or_else(|code| refused(code, lang), BatchResult::Booked));
    Ok(marked(written(&BatchOut { results: results.collect() }, lang)?, replayed))
}

fn refused(code: WalletCode, lang: Lang) -> BatchResult {
    let (title, detail) = (code.title(lang).into(), code.detail(lang).into());
    BatchResult::Refused { status: code.status(), code: ProblemCode::Wallet(code), title, detail }
}

pub async fn one_transfer(request: HttpRequest, id: Path<String>, caller: Caller, service: Data<Service>) -> Answered {
    let actor = actor(&caller)?;
    written(&service.wallet()?.transfer(actor, named(&id)?).await?, language(&request)?)
}

pub async fn receipt(request: HttpRequest, id: Path<String>, caller: Caller, service: Data<Service>) -> Answered {
    let actor = actor(&caller)?;
    written(&service.wallet()?.receipt(actor, named(&id)?).await?, language(&request)?)
}

pub async fn one_hold(request: HttpRequest, id: Path<String>, caller: Caller, service: Data<Service>) -> Answered {
    let actor = actor(&caller)?;
    written(&service.wallet()?.hold(actor, named(&id)?).await?, language(&request)?)
}
