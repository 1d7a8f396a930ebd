//! Why a request is refused, and how that is written out. Handlers only say what went wrong; the
//! words, the language and the request's id are added in one place, by [`crate::observe::finish`].

use actix_web::http::header::{HeaderName, HeaderValue};
use actix_web::http::{Method, StatusCode, header};
use actix_web::{HttpResponse, ResponseError};
use anxin_core::dispatch::RefusalOut;
use anxin_core::text::{self, Lang};
use anxin_core::{Refusal, RefusalCode};
use wallet_types::{Problem, ProblemCode, TransportCode, WalletCode};

pub const PROBLEM_JSON: &str = "application/problem+json";

/// Why a handler gives no answer.
#[derive(Clone, Debug, thiserror::Error)]
pub enum ApiError {
    #[error("refused: {}", .0.code.code())]
    Refused(Refusal),
    #[error("{}", .0.code())]
    Transport(TransportCode),
    #[error("method not allowed")]
    Method(&'static [Method]),
    /// Too many requests; seconds until the next one is taken.
    #[error("too many requests")]
    TooMany(u64),
    /// The rules of family accounts say no, or do not say.
    #[error("{}", .code.code())]
    Rules { code: TransportCode, condition: String, rule: String },
    /// The books said no, now or when the same request came before.
    #[error("{}", .code.code())]
    Books { code: WalletCode, replayed: bool },
}

/// On an answer that was given before.
const REPLAYED: HeaderName = HeaderName::from_static("idempotency-replayed");

/// Says whether the answer is to a request that had been answered before.
pub fn marked(mut response: HttpResponse, replayed: bool) -> HttpResponse {
    if replayed {
        response.headers_mut().insert(REPLAYED, HeaderValue::from_static("true"));
    }
    response
}

impl From<Refusal> for ApiError {
    fn from(refusal: Refusal) -> Self {
        ApiError::Refused(refusal)
    }
}

impl From<RefusalOut> for ApiError {
    /// A body has no `call` around it, as a request to the core does.
    fn from(RefusalOut { code, field, accepted, .. }: RefusalOut) -> Self {
        let field = if field.starts_with("call.") { String::new() } else { field };
        ApiError::Refused(Refusal { code, field, accepted })
    }
}

impl ResponseError for ApiError {
    fn status_code(&self) -> StatusCode {
        match self {
            ApiError::Refused(refusal) => refusal_status(refusal.code),
            ApiError::Transport(code) => StatusCode::from_u16(code.status()).unwrap_or_default(),
            ApiError::Rules { code, .. } => StatusCode::from_u16(code.status()).unwrap_or_default(),
            ApiError::Method(_) => StatusCode::METHOD_NOT_ALLOWED,
            ApiError::TooMany(_) => StatusCode::TOO_MANY_REQUESTS,
            ApiError::Books { code, .. } => StatusCode::from_u16(code.status()).unwrap_or_default(),
        }
    }

    fn error_response(&self) -> HttpResponse {
        HttpResponse::new(self.status_code())
    }
}

/// The status that a refusal is sent with.
pub fn refusal_status(code: RefusalCode) -> StatusCode {
    match code {
        RefusalCode::Malformed => StatusCode::BAD_REQUEST,
        RefusalCode::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        RefusalCode::BadPack | RefusalCode::Inconsistent => StatusCode::INTERNAL_SERVER_ERROR,
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    }
}

impl ApiError {
    /// What an error means to the client. Whatever is not ours shows its status and nothing else.
    pub fn of(error: &actix_web::Error, status: StatusCode) -> ApiError {
        match error.as_error::<ApiError>() {
            Some(ApiError::Refused(refusal)) if refusal_status(refusal.code).is_server_error() => {
                ApiError::Transport(TransportCode::Internal)
            }
            Some(own) => own.clone(),
            None if status == StatusCode::NOT_FOUND => ApiError::Transport(TransportCode::NotFound),
            None if status.is_client_error() => {
                Refusal::new(RefusalCode::Malformed, "", status.canonical_reason().unwrap_or_default()).into()
            }
            None => ApiError::Transport(TransportCode::Internal),
        }
    }

    pub fn respond(self, lang: Lang, request_id: Option<String>) -> HttpResponse {
        let mut response = HttpResponse::build(self.status_code());
        response.content_type(PROBLEM_JSON).insert_header((header::CONTENT_LANGUAGE, tag(lang)));
        if let ApiError::Method(allowed) = &self {
            response.insert_header((header::ALLOW, listed(allowed)));
        }
        let header = match &self {
            ApiError::TooMany(seconds) => Some((header::RETRY_AFTER, seconds.to_string())),
            ApiError::Transport(TransportCode::Busy | TransportCode::Unclear | TransportCode::UnderWay) => {
                Some((header::RETRY_AFTER, "1".into()))
            }
            ApiError::Transport(TransportCode::NotSignedIn) => Some((header::WWW_AUTHENTICATE, "Bearer".into())),
            ApiError::Books { replayed: true, .. } => Some((REPLAYED, "true".into())),
            _ => None,
        };
        if let Some(header) = header {
            response.insert_header(header);
        }
        if let ApiError::Transport(TransportCode::TooSlow) = &self {
            response.force_close();
        }
        response.json(self.problem(lang, request_id))
    }

    fn problem(self, lang: Lang, request_id: Option<String>) -> Problem {
        let status = self.status_code().as_u16();
        let transport = |code: TransportCode, accepted: String| Problem {
            kind: kind(code.code()),
            title: code.title(lang).into(),
            status,
            detail: code.detail(lang).into(),
            code: ProblemCode::Transport(code),
            field: String::new(),
            accepted,
            request_id: request_id.clone(),
        };
        match self {
            ApiError::Transport(code) => transport(code, String::new()),
            ApiError::Method(allowed) => transport(TransportCode::MethodNotAllowed, listed(allowed)),
            ApiError::Rules { code, condition, rule } => Problem { field: condition, ..transport(code, rule) },
            ApiError::TooMany(_) => transport(TransportCode::TooMany, String::new()),
            // The same request again gets the same bytes: only the header has an id of its own.
            ApiError::Books { code, .. } => Problem {
                kind: kind(code.code()),
                title: code.title(lang).into(),
                status,
                detail: code.detail(lang).into(),
                code: ProblemCode::Wallet(code),
                field: String::new(),
                accepted: String::new(),
                request_id: None,
            },
            ApiError::Refused(Refusal { code, field, accepted }) => Problem {
                kind: kind(code.code()),
                title: text::refusal_title(code, lang).into(),
                status,
                detail: text::refusal(code, &field, &accepted, lang),
                code: ProblemCode::Refusal(code),
                field,
                accepted,
                request_id,
            },
        }
    }
}

fn kind(code: &str) -> String {
    format!("/api/#{code}")
}

fn listed(methods: &[Method]) -> String {
    methods.iter().map(Method::as_str).collect::<Vec<_>>().join(", ")
}

pub fn tag(lang: Lang) -> &'static str {
    lang.of("zh-CN", "en")
}
