//! Why a message is not carried out.

use anxin_core::text::{self, Lang};
use wallet_store::StoreError;
use wallet_types::{NhsaCode, TransportCode};

use crate::problem::ApiError;

/// A code with the field and the rule behind it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused(Box<Said>);

#[derive(Clone, Debug, PartialEq, Eq)]
struct Said {
    code: &'static str,
    title: [&'static str; 2],
    detail: [String; 2],
    field: String,
    accepted: String,
}

impl Refused {
    pub fn new(code: NhsaCode, field: impl Into<String>, accepted: impl Into<String>) -> Refused {
        Refused(Box::new(Said {
            code: code.code(),
            title: [Lang::Zh, Lang::En].map(|lang| code.title(lang)),
            detail: [Lang::Zh, Lang::En].map(|lang| code.detail(lang).to_owned()),
            field: field.into(),
            accepted: accepted.into(),
        }))
    }

    pub fn field(field: impl Into<String>, accepted: impl Into<String>) -> Refused {
        Refused::new(NhsaCode::BadField, field, accepted)
    }

    /// `err_msg`, in at most as many characters as the field has.
    pub fn told(&self, lang: Lang) -> String {
        const MOST: usize = 500;
        let Said { code, title, detail, field, accepted } = &*self.0;
        let ([zh, en], [zh_detail, en_detail]) = (title, detail);
        let zh = || {
            let place = if field.is_empty() { String::new() } else { format!("（{field}）") };
            let rule = if accepted.is_empty() { String::new() } else { format!("可接受：{accepted}。") };
            format!("{code} {zh}{place}：{zh_detail}{rule}")
        };
        let en = || {
            let place = if field.is_empty() { String::new() } else { format!(" ({field})") };
            let rule = if accepted.is_empty() { String::new() } else { format!(" Accepted: {accepted}.") };
            format!("{code} {en}{place}: {en_detail}{rule}")
        };
        let told = if lang == Lang::Zh { zh() } else { en() };
        told.chars().take(MOST).collect()
    }
}

/// Why there is no output.
#[derive(Clone, Debug)]
pub enum Stop {
    /// It was not done and will not be: `infcode` −1.
    Refused(Refused),
    /// Whether it was done is not known, or nobody could look: the same message has to come again.
    Failed(ApiError),
}

impl From<Refused> for Stop {
    fn from(refused: Refused) -> Stop {
        Stop::Refused(refused)
    }
}

impl From<StoreError> for Stop {
    fn from(cause: StoreError) -> Stop {
        Stop::Failed(cause.into())
    }
}

impl From<ApiError> for Stop {
    fn from(error: ApiError) -> Stop {
        let both = [Lang::Zh, Lang::En];
        let refused = match &error {
            ApiError::Refused(refusal) => Said {
                code: refusal.code.code(),
                title: both.map(|lang| text::refusal_title(refusal.code, lang)),
                detail: both.map(|lang| text::refusal(refusal.code, &refusal.field, &refusal.accepted, lang)),
                field: refusal.field.clone(),
                accepted: refusal.accepted.clone(),
            },
            ApiError::Books { code, .. } => Said {
                code: code.code(),
                title: both.map(|lang| code.title(lang)),
                detail: both.map(|lang| code.detail(lang).to_owned()),
                field: String::new(),
                accepted: String::new(),
            },
            ApiError::Rules { code, condition, rule } => of_transport(*code, condition, rule),
            ApiError::Transport(
                TransportCode::Busy | TransportCode::Unclear | TransportCode::Internal | TransportCode::NoWallet,
            )
            | ApiError::TooMany(_)
            | ApiError::Method(_) => return Stop::Failed(error),
            ApiError::Transport(code) => of_transport(*code, "", ""),
        };
        Stop::Refused(Refused(Box::new(refused)))
    }
}

fn of_transport(code: TransportCode, field: &str, accepted: &str) -> Said {
    Said {
        code: code.code(),
        title: [Lang::Zh, Lang::En].map(|lang| code.title(lang)),
        detail: [Lang::Zh, Lang::En].map(|lang| code.detail(lang).to_owned()),
        field: field.into(),
        accepted: accepted.into(),
    }
}
