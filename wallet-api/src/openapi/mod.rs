//! The description of the interface, OpenAPI 3.1. The shapes come from the types that are read and
//! written, the example answers from the rules that are loaded.

mod cells;
mod clearing;
mod counter;
mod family;
mod nhsa;
mod notices;
mod office;
mod operations;
mod own;
mod pay;
mod rx;
mod wallet;

use anxin_core::benefit::{Answer, Case, Compared, YearAnswer};
use anxin_core::dispatch::{Engine, RegionOut};
use anxin_core::family::{AreaName, FamilyAnswer, FamilyCase};
use anxin_core::preview::{DipAnswer, ForecastAnswer, ForecastCase, GroupAnswer, HitOut, PricedRegionOut, SchemeOut};
use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, SchemaGenerator};
use serde_json::{Map, Value, json};
use wallet_types::nhsa::{NhsaAnswer, NhsaRequest};
use wallet_types::{
    AcceptanceAsk, AccountOut, Accounts, AdvanceAsk, AdvanceOut, Advances, BatchAsk, BatchOfOrders, BatchOut,
    BatchStepAsk, BatchesOfOrders, Booked, CellsOut, CodeAsk, CodeOut, ConfirmAsk, CorrectionAsk, CorrectionOut,
    CounterAsk, CounterOut, Credentials, DeathAsk, DeathOut, DeclareAsk, DecodeAsk, DecodeOut, DeletionAsk,
    DeletionOut, DetailsAsk, DetailsOut, DifferenceAsk, DifferenceOut, Differences, ExportOut, Flags, GiftAsk, Gifts,
    Health, HoldAsk, HoldOut, InvitationAsk, InvitationOut, Invitations, NicknameAsk, Notices, OfferAsk, OfferOut,
    OrderOut, OrderRefundAsk, Orders, OwnCover, PackIndex, PackLook, PackOut, Payees, PaymentAsk, PaymentOut,
    PersonAsk, PersonOut, PostAsk, PractitionerAsk, PrepaymentAsk, PresettleAsk, PresettleOut, PriorityAsk, Problem,
    QuotaAsk, ReceiptOut, Refresh, RefundAsk, RelationOut, Relations, ResetAsk, ResetOut, Resets, ReverseAsk,
    ReviewAsk, RxAsk, RxList, RxLook, RxOut, ScanAsk, ScannedOut, SecondFactorCode, SecondFactorOffer, SecondFactorOut,
    SeenAsk, SessionOut, SettleAsk, StandingAsk, StandingOut, Standings, Statement, StoryAsk, StoryOut, TermsAsk,
    TransferAsk, TransferOut, WindowAsk, WindowDifferences, WindowOut, WindowPaymentAsk, WindowStatement,
};

use crate::routes::{Grouped, Groupings};
use operations::{Body, Operation};

/// A case that is complete and answered by the rules that come with the server.
pub const EXAMPLE_CASE: &str = include_str!("case.json");

/// A discharge with its payment, grouped by the packs that come with the server.
pub const EXAMPLE_GROUPING: &str = include_str!("grouping.json");

/// A question about sharing, answered by the rules that come with the server.
pub const EXAMPLE_FAMILY: &str = include_str!("family.json");
/// A hospital's month and year by DIP.
pub const EXAMPLE_FORECAST: &str = include_str!("forecast.json");

const ABOUT: &str = "Estimates of what Chinese basic medical insurance pays for a visit, with the clause behind every \
figure, and a wallet where the server has a database. Amounts go in as whole fen in fields named `*_fen` and come out as yuan with two decimals under the field names \
of the national settlement interface. Input is strict: unknown and repeated fields are refused, a body holds at most \
1 MiB. Every refusal is `application/problem+json` and names the field and what is accepted. An estimate is not a \
settlement.";

/// The whole description. Example answers are left out where their region is not loaded.
pub fn document(engine: &Engine) -> Value {
    let mut schemas = Schemas::new();
    let paths = paths(engine, &mut schemas);
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Anxin 安心",
            "version": env!("CARGO_PKG_VERSION"),
            "description": ABOUT,
            "license": { "name": "Apache-2.0", "identifier": "Apache-2.0" },
        },
        "servers": [{ "url": "/" }],
        "paths": paths,
        "components": {
            "schemas": schemas.take(),
            "securitySchemes": {
                "bearer": { "type": "http", "scheme": "bearer", "bearerFormat": "JWT" },
                "cookie": {
                    "type": "apiKey", "in": "cookie", "name": "anxin_access",
                    "description": "Set by logging in. Whatever changes something sends `X-CSRF-Token` beside it.",
                },
            },
        },
    })
}

fn paths(engine: &Engine, schemas: &mut Schemas) -> Map<String, Value> {
    let mut paths = Map::new();
    for operation in operations::all() {
        let entry = paths.entry(operation.path).or_insert_with(|| json!({}));
        entry[operation.method] = describe(&operation, engine, schemas);
    }
    paths
}

fn describe(operation: &Operation, engine: &Engine, schemas: &mut Schemas) -> Value {
    let mut described = json!({
        "operationId": operation.id,
        "summary": operation.summary,
        "description": operation.description,
        "tags": [operation.tag],
        "responses": responses(operation, engine, schemas),
    });
    if operation.tag == "wallet" || operation.id == "log_out" {
        described["security"] = json!([{ "bearer": [] }, { "cookie": [] }]);
    }
    let parameters = parameters(operation);
    if !parameters.is_empty() {
        described["parameters"] = Value::Array(parameters);
    }
    if let Some(body) = operation.request {
        let content = json!({ "schema": schemas.of(body), "example": example_request(body) });
        described["requestBody"] = json!({ "required": true, "content": { "application/json": content } });
    }
    described
}

fn parameters(operation: &Operation) -> Vec<Value> {
    let mut parameters = Vec::new();
    if operation.path.contains("{id}") {
        parameters.push(json!({
            "name": "id", "in": "path", "required": true, "schema": { "type": "string" },
            "description": "Id of a pack as the index gives it; its slash stays a slash.",
            "example": "benefit/441800",
        }));
    }
    if operation.path.contains("{infno}") {
        parameters.push(json!({
            "name": "infno", "in": "path", "required": true, "schema": { "type": "string" },
            "description": "The transaction, as `infno` in the message names it too.", "example": "1101",
        }));
    }
    for name in names_in(operation.path).filter(|name| !matches!(*name, "id" | "infno")) {
        parameters.push(json!({
            "name": name, "in": "path", "required": true, "schema": { "type": "string", "pattern": "^[0-9a-f]{32}$" },
            "description": "An id in 32 hexadecimal digits.", "example": "0f6c1e0b5a3d4c7e9a1b2c3d4e5f6071",
        }));
    }
    for (name, description, example) in operation.query {
        let required = matches!(*name, "system" | "q");
        let mut parameter = json!({
            "name": name, "in": "query", "required": required, "schema": { "type": "string" },
            "description": description,
        });
        if !example.is_empty() {
            parameter["example"] = json!(example);
        }
        parameters.push(parameter);
    }
    for (name, description) in operation.headers {
        parameters.push(json!({
            "name": name, "in": "header", "required": true, "description": description,
            "schema": { "type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[!-~]+$" },
            "example": "01JGXQ5T9M-settle-1",
        }));
    }
    if operation.worded {
        parameters.push(json!({
            "name": "lang", "in": "query", "schema": { "type": "string", "enum": ["zh", "en"] },
            "description": "Language of titles, formulas and messages. Without it `Accept-Language` decides, then Chinese.",
        }));
    }
    if operation.tagged {
        parameters.push(json!({
            "name": "If-None-Match", "in": "header", "schema": { "type": "string" },
            "description": "The `ETag` that is already held; answered by 304 when nothing has changed.",
        }));
    }
    parameters
}

/// Names that stand in braces.
fn names_in(path: &str) -> impl Iterator<Item = &str> {
    path.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name)
}

fn responses(operation: &Operation, engine: &Engine, schemas: &mut Schemas) -> Value {
    let mut answered = json!({ "description": operation.answered, "headers": headers(operation) });
    if operation.answer != Body::Nothing {
        let mut content = json!({ "schema": schemas.of(operation.answer) });
        if let Some(example) = wallet::example(operation.answer)
            .or_else(|| family::example(operation.answer))
            .or_else(|| notices::example(operation.answer))
            .or_else(|| own::example(operation.answer))
            .or_else(|| pay::example(operation.answer))
            .or_else(|| counter::example(operation.answer))
            .or_else(|| rx::example(operation.answer))
            .or_else(|| clearing::example(operation.answer))
            .or_else(|| office::example(operation.answer))
            .or_else(|| cells::example(operation.answer))
            .or_else(|| nhsa::example(operation.answer))
            .or_else(|| example_answer(operation, engine))
        {
            content["example"] = example;
        }
        answered["content"] = json!({ operation.answer.mime(): content });
    }
    let mut responses = Map::new();
    responses.insert(operation.status.into(), answered);
    if operation.tagged {
        responses.insert("304".into(), json!({ "description": "Not changed since the `ETag` that was sent." }));
    }
    let problem = schemas.of(Body::Problem);
    for (status, description) in operation.refusals {
        let content = json!({ "application/problem+json": { "schema": problem } });
        responses.insert((*status).into(), json!({ "description": description, "content": content }));
    }
    Value::Object(responses)
}

fn headers(operation: &Operation) -> Value {
    let text = json!({ "type": "string" });
    let mut headers = json!({
        "x-request-id": { "description": "Names this request in the server's log.", "schema": text },
    });
    if !operation.headers.is_empty() {
        headers["Idempotency-Replayed"] = json!({
            "description": "`true` when this was answered before and nothing was done now.", "schema": text,
        });
    }
    if operation.tagged {
        headers["ETag"] = json!({
            "description": "Digest of the content; ends in `-br` for the Brotli form.", "schema": text,
        });
    }
    headers
}

fn example_case() -> Value {
    serde_json::from_str(EXAMPLE_CASE).unwrap_or_default()
}

fn example_grouping() -> Value {
    serde_json::from_str(EXAMPLE_GROUPING).unwrap_or_default()
}

fn example_forecast() -> Value {
    serde_json::from_str(EXAMPLE_FORECAST).unwrap_or_default()
}

fn example_request(body: Body) -> Value {
    let of_relatives = || family::example(body).or_else(|| notices::example(body)).or_else(|| own::example(body));
    let of_bills = || {
        pay::example(body)
            .or_else(|| counter::example(body))
            .or_else(|| rx::example(body))
            .or_else(|| clearing::example(body))
            .or_else(|| office::example(body))
            .or_else(|| cells::example(body))
            .or_else(|| nhsa::example(body))
    };
    if let Some(example) = wallet::example(body).or_else(of_relatives).or_else(of_bills) {
        return example;
    }
    match body {
        Body::Groupings => json!({ "case": example_grouping(), "lang": "zh" }),
        Body::Cases => json!([example_case(), example_case()]),
        Body::Family => serde_json::from_str(EXAMPLE_FAMILY).unwrap_or_default(),
        Body::Forecast => example_forecast(),
        _ => example_case(),
    }
}

fn example_answer(operation: &Operation, engine: &Engine) -> Option<Value> {
    let call = operation.call?;
    let request = match operation.request {
        Some(Body::Groupings) => example_grouping(),
        other => other.map_or_else(|| json!({}), example_request),
    };
    let request = json!({ "call": { call: request }, "lang": "zh" });
    let answer: Value = serde_json::from_slice(&engine.dispatch(request.to_string().as_bytes())).ok()?;
    let loaded = !engine.books().is_empty() && answer.get("refused").is_none();
    loaded.then_some(answer)
}

struct Schemas(SchemaGenerator);

impl Schemas {
    fn new() -> Schemas {
        let settings = SchemaSettings::draft2020_12().with(|s| {
            s.definitions_path = "/components/schemas".into();
            s.meta_schema = None;
        });
        Schemas(settings.into_generator())
    }

    fn of(&mut self, body: Body) -> Value {
        match body {
            Body::Case => self.named::<Case>(),
            Body::Cases => json!({ "type": "array", "items": self.named::<Case>(), "minItems": 1 }),
            Body::Estimate => wrapped("estimate", self.named::<Answer>()),
            Body::Compared => wrapped("compare", self.named::<Compared>()),
            Body::Year => wrapped("year", self.named::<YearAnswer>()),
            Body::Regions => wrapped("regions", json!({ "type": "array", "items": self.named::<RegionOut>() })),
            Body::Groupings => self.named::<Groupings>(),
            Body::Grouped => json!({
                "anyOf": [
                    wrapped("group", self.named::<GroupAnswer>()),
                    wrapped("group_dip", self.named::<DipAnswer>()),
                    self.named::<Grouped>(),
                ],
            }),
            Body::Forecast => self.named::<ForecastCase>(),
            Body::Forecasted => wrapped("forecast_dip", self.named::<ForecastAnswer>()),
            Body::Schemes => wrapped("schemes", json!({ "type": "array", "items": self.named::<SchemeOut>() })),
            Body::Prices => wrapped("prices", json!({ "type": "array", "items": self.named::<PricedRegionOut>() })),
            Body::Codes => wrapped("search", json!({ "type": "array", "items": self.named::<HitOut>() })),
            Body::Family => self.named::<FamilyCase>(),
            Body::FamilyTold => wrapped("family", self.named::<FamilyAnswer>()),
            Body::FamilyAreas => wrapped("family_areas", json!({ "type": "array", "items": self.named::<AreaName>() })),
            Body::PackIndex => self.named::<PackIndex>(),
            Body::Health => self.named::<Health>(),
            Body::Problem => self.named::<Problem>(),
            Body::Accounts => self.named::<Accounts>(),
            Body::Account => self.named::<AccountOut>(),
            Body::Statement => self.named::<Statement>(),
            Body::TransferAsk => self.named::<TransferAsk>(),
            Body::Transfer => self.named::<TransferOut>(),
            Body::Receipt => self.named::<ReceiptOut>(),
            Body::RefundAsk => self.named::<RefundAsk>(),
            Body::CorrectionAsk => self.named::<CorrectionAsk>(),
            Body::Correction => self.named::<CorrectionOut>(),
            Body::Flags => self.named::<Flags>(),
            Body::Cells => self.named::<CellsOut>(),
            Body::TermsAsk => self.named::<TermsAsk>(),
            Body::PrepaymentAsk => self.named::<PrepaymentAsk>(),
            Body::WindowPaymentAsk => self.named::<WindowPaymentAsk>(),
            Body::WindowStatement => self.named::<WindowStatement>(),
            Body::WindowDifferences => self.named::<WindowDifferences>(),
            Body::HoldAsk => self.named::<HoldAsk>(),
            Body::Hold => self.named::<HoldOut>(),
            Body::PostAsk => self.named::<PostAsk>(),
            Body::Booked => self.named::<Booked>(),
            Body::BatchAsk => self.named::<BatchAsk>(),
            Body::BatchOut => self.named::<BatchOut>(),
            Body::Credentials => self.named::<Credentials>(),
            Body::Refresh => self.named::<Refresh>(),
            Body::Session => self.named::<SessionOut>(),
            Body::StoryAsk => self.named::<StoryAsk>(),
            Body::Story => self.named::<StoryOut>(),
            Body::InvitationAsk => self.named::<InvitationAsk>(),
            Body::Invitation => self.named::<InvitationOut>(),
            Body::Invitations => self.named::<Invitations>(),
            Body::AcceptanceAsk => self.named::<AcceptanceAsk>(),
            Body::Relation => self.named::<RelationOut>(),
            Body::Relations => self.named::<Relations>(),
            Body::QuotaAsk => self.named::<QuotaAsk>(),
            Body::PaymentAsk => self.named::<PaymentAsk>(),
            Body::Payment => self.named::<PaymentOut>(),
            Body::GiftAsk => self.named::<GiftAsk>(),
            Body::Gifts => self.named::<Gifts>(),
            Body::Payees => self.named::<Payees>(),
            Body::PersonAsk => self.named::<PersonAsk>(),
            Body::Person => self.named::<PersonOut>(),
            Body::Notices => self.named::<Notices>(),
            Body::SeenAsk => self.named::<SeenAsk>(),
            Body::OwnCover => self.named::<OwnCover>(),
            Body::SecondFactor => self.named::<SecondFactorOut>(),
            Body::SecondFactorOffer => self.named::<SecondFactorOffer>(),
            Body::SecondFactorCode => self.named::<SecondFactorCode>(),
            Body::NicknameAsk => self.named::<NicknameAsk>(),
            Body::PriorityAsk => self.named::<PriorityAsk>(),
            Body::DetailsAsk => self.named::<DetailsAsk>(),
            Body::Details => self.named::<DetailsOut>(),
            Body::Export => self.named::<ExportOut>(),
            Body::DeletionAsk => self.named::<DeletionAsk>(),
            Body::Deletion => self.named::<DeletionOut>(),
            Body::WindowAsk => self.named::<WindowAsk>(),
            Body::WindowAct => self.named::<WindowOut>(),
            Body::ResetAsk => self.named::<ResetAsk>(),
            Body::Reset => self.named::<ResetOut>(),
            Body::Resets => self.named::<Resets>(),
            Body::DeathAsk => self.named::<DeathAsk>(),
            Body::Death => self.named::<DeathOut>(),
            Body::CodeAsk => self.named::<CodeAsk>(),
            Body::Code => self.named::<CodeOut>(),
            Body::DecodeAsk => self.named::<DecodeAsk>(),
            Body::Decoded => self.named::<DecodeOut>(),
            Body::PresettleAsk => self.named::<PresettleAsk>(),
            Body::Presettled => self.named::<PresettleOut>(),
            Body::SettleAsk => self.named::<SettleAsk>(),
            Body::ReverseAsk => self.named::<ReverseAsk>(),
            Body::OrderRefundAsk => self.named::<OrderRefundAsk>(),
            Body::DrugPack => self.named::<PackOut>(),
            Body::PackLook => self.named::<PackLook>(),
            Body::OfferAsk => self.named::<OfferAsk>(),
            Body::Offer => self.named::<OfferOut>(),
            Body::CounterAsk => self.named::<CounterAsk>(),
            Body::Counter => self.named::<CounterOut>(),
            Body::ScanAsk => self.named::<ScanAsk>(),
            Body::Scanned => self.named::<ScannedOut>(),
            Body::ConfirmAsk => self.named::<ConfirmAsk>(),
            Body::Practitioner => self.named::<PractitionerAsk>(),
            Body::RxAsk => self.named::<RxAsk>(),
            Body::Rx => self.named::<RxOut>(),
            Body::RxLook => self.named::<RxLook>(),
            Body::RxList => self.named::<RxList>(),
            Body::ReviewAsk => self.named::<ReviewAsk>(),
            Body::Callback => {
                json!({ "type": "object", "properties": { "order": { "type": "string" } }, "required": ["order"] })
            }
            Body::DeclareAsk => self.named::<DeclareAsk>(),
            Body::ClearingBatch => self.named::<BatchOfOrders>(),
            Body::ClearingBatches => self.named::<BatchesOfOrders>(),
            Body::ClearingStepAsk => self.named::<BatchStepAsk>(),
            Body::StandingAsk => self.named::<StandingAsk>(),
            Body::Standing => self.named::<StandingOut>(),
            Body::Standings => self.named::<Standings>(),
            Body::AdvanceAsk => self.named::<AdvanceAsk>(),
            Body::Advance => self.named::<AdvanceOut>(),
            Body::Advances => self.named::<Advances>(),
            Body::DifferenceAsk => self.named::<DifferenceAsk>(),
            Body::Difference => self.named::<DifferenceOut>(),
            Body::Differences => self.named::<Differences>(),
            Body::Order => self.named::<OrderOut>(),
            Body::Orders => self.named::<Orders>(),
            Body::NhsaRequest => self.named::<NhsaRequest<Value>>(),
            Body::NhsaAnswer => self.named::<NhsaAnswer<Value>>(),
            Body::Metrics | Body::Csv | Body::Events => json!({ "type": "string" }),
            Body::Nothing => json!({}),
            Body::OpenApi => json!({ "type": "object" }),
            Body::Pack => json!({ "type": "string", "contentMediaType": "application/octet-stream" }),
        }
    }

    fn named<T: JsonSchema>(&mut self) -> Value {
        self.0.subschema_for::<T>().into()
    }

    fn take(mut self) -> Map<String, Value> {
        self.0.take_definitions(true)
    }
}

/// Answers of the core name what they are: `{"estimate": …}`.
fn wrapped(name: &str, inner: Value) -> Value {
    json!({ "type": "object", "required": [name], "properties": { name: inner } })
}
