use std::fmt;

use anxin_core::RefusalCode;
use anxin_core::text::Lang;
use serde::{Deserialize, Serialize};

/// Why a request was refused, as `application/problem+json` (RFC 9457).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Problem {
    /// Where the kind of problem is explained, relative to the server.
    #[serde(rename = "type")]
    pub kind: String,
    /// The kind of problem in a few words.
    pub title: String,
    /// The HTTP status, repeated.
    pub status: u16,
    /// This problem in a sentence.
    pub detail: String,
    pub code: ProblemCode,
    /// Path of the field that was refused, `visit.inpatient.bill.split.total_fen`; empty for the whole input.
    #[serde(default)]
    pub field: String,
    /// What would be taken.
    #[serde(default)]
    pub accepted: String,
    /// Names this request in the server's log; also in the header `x-request-id`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request_id: Option<String>,
}

/// The stable code of a problem.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(untagged)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum ProblemCode {
    /// The input breaks a rule of the calculation.
    Refusal(RefusalCode),
    /// The request never reached the calculation.
    Transport(TransportCode),
}

impl ProblemCode {
    pub fn code(self) -> &'static str {
        match self {
            ProblemCode::Refusal(code) => code.code(),
            ProblemCode::Transport(code) => code.code(),
        }
    }
}

impl fmt::Display for ProblemCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// Stable codes of what goes wrong between client and server. A code is never given another meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum TransportCode {
    /// Nothing is at this address.
    #[serde(rename = "AX9001")]
    NotFound,
    /// The address does not take this method.
    #[serde(rename = "AX9002")]
    MethodNotAllowed,
    /// The body is not announced as plain JSON.
    #[serde(rename = "AX9003")]
    UnsupportedMediaType,
    /// No rules are loaded yet.
    #[serde(rename = "AX9004")]
    NotReady,
    /// The server failed; the cause is in its log only.
    #[serde(rename = "AX9005")]
    Internal,
}

impl TransportCode {
    pub const ALL: &'static [TransportCode] = &[
        TransportCode::NotFound,
        TransportCode::MethodNotAllowed,
        TransportCode::UnsupportedMediaType,
        TransportCode::NotReady,
        TransportCode::Internal,
    ];

    pub fn code(self) -> &'static str {
        match self {
            TransportCode::NotFound => "AX9001",
            TransportCode::MethodNotAllowed => "AX9002",
            TransportCode::UnsupportedMediaType => "AX9003",
            TransportCode::NotReady => "AX9004",
            TransportCode::Internal => "AX9005",
        }
    }

    pub fn status(self) -> u16 {
        match self {
            TransportCode::NotFound => 404,
            TransportCode::MethodNotAllowed => 405,
            TransportCode::UnsupportedMediaType => 415,
            TransportCode::NotReady => 503,
            TransportCode::Internal => 500,
        }
    }

    pub fn title(self, lang: Lang) -> &'static str {
        let (zh, en) = match self {
            TransportCode::NotFound => ("没有这个地址", "No such address"),
            TransportCode::MethodNotAllowed => ("不支持的请求方法", "Method not allowed"),
            TransportCode::UnsupportedMediaType => ("不支持的内容类型", "Content type not supported"),
            TransportCode::NotReady => ("尚未就绪", "Not ready"),
            TransportCode::Internal => ("服务器内部错误", "Server error"),
        };
        lang.of(zh, en)
    }

    pub fn detail(self, lang: Lang) -> &'static str {
        let (zh, en) = match self {
            TransportCode::NotFound => (
                "此地址下没有内容。接口说明见 /api/。",
                "There is nothing at this address. The interface is described at /api/.",
            ),
            TransportCode::MethodNotAllowed => (
                "此地址不接受这种请求方法，可用的方法见 accepted。",
                "This address does not take this method; accepted lists those it takes.",
            ),
            TransportCode::UnsupportedMediaType => (
                "请求正文须为未压缩的 application/json(UTF-8)。",
                "The body must be application/json in UTF-8, not compressed.",
            ),
            TransportCode::NotReady => (
                "尚未载入任何地区的规则，暂不能估算。",
                "The rules of no region are loaded, so nothing can be estimated yet.",
            ),
            TransportCode::Internal => (
                "服务器出错，未作任何处理。联系维护者时请提供 request_id。",
                "The server failed and nothing was done. Give the request_id when you ask about it.",
            ),
        };
        lang.of(zh, en)
    }
}

/// What the health checks answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Health {
    /// `ok`
    pub status: String,
    /// Number of regions whose rules are loaded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub regions: Option<usize>,
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_code_is_written_as_it_is_named_and_used_once() {
        let refusals = RefusalCode::ALL.iter().map(|c| ProblemCode::Refusal(*c));
        let transport = TransportCode::ALL.iter().map(|c| ProblemCode::Transport(*c));
        let all: Vec<ProblemCode> = refusals.chain(transport).collect();
        for code in &all {
            let written = serde_json::to_string(code).unwrap();
            assert_eq!(written, format!("\"{code}\""));
            assert_eq!(serde_json::from_str::<ProblemCode>(&written).unwrap(), *code);
        }
        let distinct: BTreeSet<&str> = all.iter().map(|c| c.code()).collect();
        assert_eq!(distinct.len(), all.len());
    }
}
