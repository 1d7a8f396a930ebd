//! The list of what can be asked.

/// What travels in a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Body {
    Case,
    Cases,
    Estimate,
    Compared,
    Year,
    Regions,
    Groupings,
    Grouped,
    Forecast,
    Forecasted,
    Schemes,
    Prices,
    Codes,
    Family,
    FamilyTold,
    FamilyAreas,
    PackIndex,
    Pack,
    Health,
    OpenApi,
    Problem,
    Metrics,
    Accounts,
    Account,
    Statement,
    Csv,
    TransferAsk,
    Transfer,
    Receipt,
    RefundAsk,
    CorrectionAsk,
    Correction,
    Flags,
    Cells,
    TermsAsk,
    PrepaymentAsk,
    WindowPaymentAsk,
    WindowStatement,
    WindowDifferences,
    HoldAsk,
    Hold,
    PostAsk,
    Booked,
    BatchAsk,
    BatchOut,
    Credentials,
    Refresh,
    Session,
    StoryAsk,
    Story,
    InvitationAsk,
    Invitation,
    Invitations,
    AcceptanceAsk,
    Relation,
    Relations,
    QuotaAsk,
    PaymentAsk,
    Payment,
    GiftAsk,
    Gifts,
    Payees,
    PersonAsk,
    Person,
    Notices,
    SeenAsk,
    Events,
    OwnCover,
    SecondFactor,
    SecondFactorOffer,
    SecondFactorCode,
    NicknameAsk,
    PriorityAsk,
    DetailsAsk,
    Details,
    Export,
    DeletionAsk,
    Deletion,
    WindowAsk,
    WindowAct,
    ResetAsk,
    Reset,
    Resets,
    DeathAsk,
    Death,
    CodeAsk,
    Code,
    DecodeAsk,
    Decoded,
    PresettleAsk,
    Presettled,
    SettleAsk,
    ReverseAsk,
    OrderRefundAsk,
    DrugPack,
    DeclareAsk,
    ClearingBatch,
    ClearingBatches,
    ClearingStepAsk,
    StandingAsk,
    Standing,
    Standings,
    AdvanceAsk,
    Advance,
    Advances,
    DifferenceAsk,
    Difference,
    Differences,
    PackLook,
    OfferAsk,
    Offer,
    CounterAsk,
    Counter,
    ScanAsk,
    Scanned,
    ConfirmAsk,
    Practitioner,
    RxAsk,
    Rx,
    RxLook,
    RxList,
    ReviewAsk,
    Callback,
    Order,
    Orders,
    NhsaRequest,
    NhsaAnswer,
    Nothing,
}

impl Body {
    pub fn mime(self) -> &'static str {
        match self {
            Body::Pack => "application/octet-stream",
            Body::Problem => crate::problem::PROBLEM_JSON,
            Body::Metrics => "application/openmetrics-text",
            Body::Csv => "text/csv",
            Body::Events => "text/event-stream",
            _ => "application/json",
        }
    }
}

#[derive(Clone, Copy, Debug)]
pub struct Operation {
    pub path: &'static str,
    pub method: &'static str,
    pub id: &'static str,
    pub tag: &'static str,
    pub summary: &'static str,
    pub description: &'static str,
    /// The call of the core that makes the example answer.
    pub call: Option<&'static str>,
    pub request: Option<Body>,
    pub answer: Body,
    pub answered: &'static str,
    /// The status of an answer.
    pub status: &'static str,
    /// What the address takes behind its `?`: name, description and an example.
    pub query: &'static [(&'static str, &'static str, &'static str)],
    /// Headers that have to be sent, each with its description.
    pub headers: &'static [(&'static str, &'static str)],
    /// Carries words in the asked language.
    pub worded: bool,
    /// Has an `ETag`.
    pub tagged: bool,
    pub refusals: &'static [(&'static str, &'static str)],
}

const INPUT: &[(&str, &str)] = &[
    ("400", "Not JSON, or not of the shape given here."),
    ("408", "The body did not arrive in time."),
    ("413", "Larger than 1 MiB."),
    ("415", "Not announced as uncompressed `application/json` in UTF-8."),
    ("422", "Well formed, but no rule can be applied to it: `field` names what, `accepted` what would be taken."),
];
const LANG: &[(&str, &str)] = &[("400", "The language is not `zh` or `en`.")];
const NOT_FOUND: &[(&str, &str)] = &[("404", "No such pack.")];
const NOT_READY: &[(&str, &str)] = &[("503", "No region is loaded yet, or the wallet takes nothing in.")];

const ESTIMATE: Operation = Operation {
    path: "/api/v1/estimates",
    method: "post",
    id: "estimate",
    tag: "estimates",
    summary: "One visit: what each fund pays and what is left",
    description: "Takes one case. The rules of the day of discharge apply. Where a figure of the region is unknown, the answer is a range and a diagnostic names the figure.",
    call: Some("estimate"),
    request: Some(Body::Case),
    answer: Body::Estimate,
    query: &[],
    headers: &[],
    status: "200",
    answered: "The settlement, its steps with formula and source, and how far it can be relied on.",
    worded: true,
    tagged: false,
    refusals: INPUT,
};

const READ: Operation = Operation { request: None, call: None, tagged: true, worded: false, method: "get", ..ESTIMATE };

const SEARCH: &[(&str, &str, &str)] = &[
    ("system", "`diagnosis` or `operation`.", "diagnosis"),
    ("q", "The head of a code, part of a name, or the initials of its pinyin.", "I63"),
    ("most", "Most hits, 1 to 100.", "5"),
];
const QUERY: &[(&str, &str)] = &[
    ("400", "A name that is not known here, or a value that is not one of its words."),
    ("422", "`most` out of range, or the pack of names is not loaded."),
];

pub fn all() -> impl Iterator<Item = Operation> {
    let of_people = super::family::ALL.iter().chain(super::notices::ALL).chain(super::own::ALL);
    let of_bills = super::pay::ALL
        .iter()
        .chain(super::counter::ALL)
        .chain(super::rx::ALL)
        .chain(super::clearing::ALL)
        .chain(super::office::ALL)
        .chain(super::cells::ALL)
        .chain(super::nhsa::ALL);
    own().into_iter().chain(super::wallet::ALL.iter().chain(of_people).chain(of_bills).copied())
}

fn own() -> [Operation; 17] {
    [
        ESTIMATE,
        Operation {
            path: "/api/v1/estimates/compare",
            id: "compare",
            summary: "Up to four situations beside each other",
            description: "Takes one to four cases and tells in which of them the person pays least, unless their ranges overlap.",
            call: Some("compare"),
            request: Some(Body::Cases),
            answer: Body::Compared,
            answered: "One answer for each case, in their order.",
            ..ESTIMATE
        },
        Operation {
            path: "/api/v1/estimates/year",
            id: "year",
            summary: "The visits of one year in order",
            description: "Each visit starts from what the ones before used up of deductibles and caps.",
            call: Some("year"),
            request: Some(Body::Cases),
            answer: Body::Year,
            answered: "One answer for each visit and the sums of the year.",
            ..ESTIMATE
        },
        Operation {
            path: "/api/v1/regions",
            id: "regions",
            tag: "rules",
            summary: "The regions whose rules are loaded",
            description: "With the grades of institution and the schemes that each of them has.",
            call: Some("regions"),
            answer: Body::Regions,
            answered: "The regions, in the order of their codes.",
            worded: true,
            tagged: false,
            refusals: LANG,
            ..READ
        },
        Operation {
            path: "/api/v1/groupings",
            id: "groupings",
            tag: "groupings",
            summary: "The DRG or DIP group of a discharge, and why",
            description: "Takes `{case, lang}`, or `{cases}` with at most 1,000 of them. The scheme of a case says whether it is a DRG or a DIP case. Meant for a hospital's own server: nothing is kept, and the page of this server never sends a record.",
            call: Some("group"),
            request: Some(Body::Groupings),
            answer: Body::Grouped,
            answered: "`{group}` for one DRG case, `{group_dip}` for one DIP case. `{groups}` for a list: for each case in its order `{group}`, `{group_dip}` or `{refused}`.",
            ..ESTIMATE
        },
        Operation {
            path: "/api/v1/forecasts",
            id: "forecasts",
            tag: "groupings",
            summary: "What DIP may pay a hospital for a month and a year",
            description: "Takes the hospital's figures, each with who says so and when, or marked as assumed. The value of a point is one that somebody published or follows from a fund and the scores that share it. How surplus and overrun are shared is set by every area: without it what is settled stays unknown.",
            call: Some("forecast_dip"),
            request: Some(Body::Forecast),
            answer: Body::Forecasted,
            answered: "Every figure in the order in which it is worked with: given, assumed, left out, computed with its formula, or unknown.",
            ..ESTIMATE
        },
        Operation {
            path: "/api/v1/schemes",
            id: "schemes",
            tag: "groupings",
            summary: "The grouping schemes and DIP catalogues that are loaded",
            description: "With every reading on which the sources differ, its choices and their reasons.",
            answer: Body::Schemes,
            answered: "The schemes in the order of their ids, then the catalogues.",
            worded: true,
            tagged: false,
            refusals: LANG,
            ..READ
        },
        Operation {
            path: "/api/v1/prices",
            id: "prices",
            tag: "groupings",
            summary: "The tables of weights that are loaded",
            description: "What each region pays for one weight or point, by the names that its own table uses.",
            answer: Body::Prices,
            answered: "The regions, in the order of their ids.",
            worded: true,
            tagged: false,
            refusals: LANG,
            ..READ
        },
        Operation {
            path: "/api/v1/codes",
            id: "codes",
            tag: "groupings",
            summary: "Codes of diagnoses and operations",
            description: "Found by the head of the code, part of the name, or the initials of the name's pinyin.",
            query: SEARCH,
            answer: Body::Codes,
            answered: "What begins with the text, then what holds it.",
            worded: true,
            tagged: false,
            refusals: QUERY,
            ..READ
        },
        Operation {
            path: "/api/v1/family/previews",
            id: "family",
            tag: "family",
            summary: "Who may share a personal account, how much, and what happens then",
            description: "Takes one question: may these two share, may so much be shared, what is drawn where for a payment, what becomes of a share that ends, where does a refund go. Nothing is stored and no person is named. A rule that was not found makes the verdict `unknown`.",
            call: Some("family"),
            request: Some(Body::Family),
            answer: Body::FamilyTold,
            answered: "The verdict with every condition, what follows, what the sources leave open, and the sources.",
            ..ESTIMATE
        },
        Operation {
            path: "/api/v1/family/areas",
            id: "family_areas",
            tag: "family",
            summary: "Areas that the rules of family accounts know by name",
            description: "Any other area is asked about by its six digits.",
            call: Some("family_areas"),
            answer: Body::FamilyAreas,
            answered: "Codes and names.",
            worded: true,
            tagged: false,
            refusals: LANG,
            ..READ
        },
        Operation {
            path: "/packs/",
            id: "packs",
            tag: "rules",
            summary: "The rule packs",
            description: "Rules travel as small binary packs. A client that calculates on its own loads the ones it needs.",
            answer: Body::PackIndex,
            answered: "Id, kind, digest, edition and size of every pack.",
            refusals: &[],
            ..READ
        },
        Operation {
            path: "/packs/{id}",
            id: "pack",
            tag: "rules",
            summary: "One rule pack",
            description: "Sent as Brotli to clients that take it.",
            answer: Body::Pack,
            answered: "The pack.",
            refusals: NOT_FOUND,
            ..READ
        },
        Operation {
            path: "/api/openapi.json",
            id: "openapi",
            tag: "server",
            summary: "This description",
            description: "OpenAPI 3.1.",
            answer: Body::OpenApi,
            answered: "The description.",
            refusals: &[],
            ..READ
        },
        Operation {
            path: "/healthz",
            id: "alive",
            tag: "server",
            summary: "Whether the process answers",
            description: "Says nothing about what it can do.",
            answer: Body::Health,
            answered: "It does.",
            tagged: false,
            refusals: &[],
            ..READ
        },
        Operation {
            path: "/readyz",
            id: "ready",
            tag: "server",
            summary: "Whether estimates can be made and the wallet takes requests in",
            description: "True once the rules of one region are loaded, or there is a wallet; and where there is one, its store answers and takes requests in.",
            answer: Body::Health,
            answered: "They can; `regions` says for how many regions.",
            tagged: false,
            refusals: NOT_READY,
            ..READ
        },
        Operation {
            path: "/metrics",
            id: "metrics",
            tag: "server",
            summary: "Figures for Prometheus",
            description: "Requests by route and status, time, outcomes of the books. No id, no address and no name is in them.",
            answer: Body::Metrics,
            answered: "The figures in the OpenMetrics text format.",
            tagged: false,
            refusals: &[],
            ..READ
        },
    ]
}
