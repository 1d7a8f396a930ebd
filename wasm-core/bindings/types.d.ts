// Made from the Rust types; `UPDATE_EXPECT=1 cargo test -p anxin-tests` makes it anew.

export type Accounts = { 
/**
 * 本人个人账户余额
 */
own_balance_fen?: Fen, 
/**
 * 家庭共济可用额度
 */
family_balance_fen?: Fen, 
/**
 * Pay all in cash and keep the accounts.
 */
leave_untouched?: boolean, };

export type AdrgKind = "surgical" | "operation" | "medical";

/**
 * 医疗救助对象类别, tested on the day of discharge.
 */
export type AidClass = "none" | "destitute" | "low_income" | "severe_disability" | "low_income_edge" | "returned_to_poverty" | "illness_poverty";

/**
 * The answer to one [`super::Case`].
 */
export type Answer = { pack: PackRef, region: string, 
/**
 * The day whose rules were applied.
 */
rule_date: Day, certainty: Certainty, reading: Reading, settlement: Settlement, 
/**
 * The ends between which the true answer lies, where something was unknown.
 */
range?: Range, diagnostics: Array<Diagnostic>, 
/**
 * Sources of the figures that the steps name.
 */
cites: Array<CiteOut>, 
/**
 * How treatment away from home is settled; absent at home.
 */
away?: Away, 
/**
 * Official figures that ours do not reproduce.
 */
mismatches: Array<Mismatch>, };

/**
 * 就医地 seen from the insured area.
 */
export type Area = "local" | "in_province" | "out_of_province";

/**
 * 医保区划 (`admdvs`): six digits.
 */
export type AreaCode = string;

/**
 * What an area is called.
 */
export type AreaName = { admdvs: string, name_zh: string, name_en: string, };

/**
 * An area by its code, and by name where the pack has it.
 */
export type AreaOut = { admdvs: string, name_zh?: string, name_en?: string, };

export type Ask = "always" | "principal" | "any_diagnosis" | "other_diagnosis" | "main_operation" | "any_operation" | "main_operation_valid" | "any_operation_valid" | "male" | "female" | "age_years" | "age_days" | "birth_weight" | "trauma_regions" | "stay" | "leaving" | "operation_count" | "ventilation" | "mcc" | "cc" | "ward";

export type AuxiliaryAge = "newborn" | "infant" | "young_child" | "minor" | "old";

/**
 * The factor that applies.
 */
export type AuxiliaryApplied = { type: AuxiliaryType, factor: Rate, };

/**
 * Days in intensive care.
 */
export type AuxiliaryCare = "days2_to7" | "days8_to14" | "days15_to30" | "days31_and_more";

/**
 * A type that matches, with the local figures of its group.
 */
export type AuxiliaryMatch = { type: AuxiliaryType, 
/**
 * Mean of the type over mean of the group, last year, where it is not the factor.
 */
trigger?: Rate | null, 
/**
 * What the score is multiplied by: m_j / M_group.
 */
factor: Rate, };

/**
 * A type of an auxiliary catalogue.
 */
export type AuxiliaryType = "death" | "severe" | "moderate" | "costly_treatment" | "costly_drugs" | "metastasis" | { "age": AuxiliaryAge } | { "intensive_care": AuxiliaryCare };

/**
 * How treatment away from home is settled. Each is known with its source or unknown.
 */
export type Away = { 
/**
 * 直接结算 (true) or 先垫付后零星报销 (false)
 */
direct_settlement: AwayFact, 
/**
 * Whether a 备案 is needed
 */
filing_required: AwayFact, 
/**
 * Whether it can still be made before discharge
 */
filing_before_discharge: AwayFact, 
/**
 * Years within which a claim may be handed in
 */
claim_years: AwayFact, 
/**
 * Papers for a claim by hand: `None` where no source was found
 */
papers: string | null, 
/**
 * Telephone of the insurance service
 */
channel: string, };

export type AwayFact = { yes: boolean | null, count: number | null, param: Cited | null, certainty: Certainty, };

/**
 * Why a cost has no band.
 */
export type BandUnknown = "no_standard" | "no_cost" | "no_thresholds" | "no_line";

/**
 * How a figure was had from its source.
 */
export type Basis = "quoted" | "derived" | "assumed";

/**
 * How the records of a table are to be grouped.
 */
export type BatchCase = { 
/**
 * As in [`super::GroupCase`], or in [`super::DipCase`] for a catalogue; and so are the next three.
 */
scheme: string, profile?: string | null, choices?: { [key in string]: string }, source?: RecordSource, 
/**
 * The tariff and the lines of a DRG scheme; the cost of a stay comes from its row. A DIP catalogue takes
 * all amounts from the row.
 */
payment?: PaymentCase | null, 
/**
 * What holds for every row of a DIP catalogue's table that does not say it itself.
 */
points?: PointsCase, 
/**
 * Adds a column that says why.
 */
trace?: boolean, 
/**
 * Of the column that says why and of errors.
 */
lang?: Lang, };

/**
 * What is known of the bill.
 */
export type Bill = { "total": TotalOnly } | { "categories": Array<CategoryItem> } | { "lines": Array<LineItem> } | { "split": Split };

/**
 * 门诊定点: how the outpatient institution stands to the insured person.
 */
export type Binding = "chosen" | "backup" | "referred" | "unbound";

export type Birth = "delivery" | "miscarriage_under_four_months" | "miscarriage_from_four_months" | "miscarriage_from_seven_months";

export type Call = { "estimate": Case } | { "compare": Array<Case> } | { "year": Array<Case> } | { "regions": Record<symbol, never> } | { "group": GroupCase } | { "group_dip": DipCase } | { "group_table": TableCase } | { "forecast_dip": ForecastCase } | { "schemes": Record<symbol, never> } | { "prices": Record<symbol, never> } | { "search": Search } | { "family": FamilyCase } | { "family_areas": Record<symbol, never> } | { "receipt": ReceiptCase };

export type CandidateFate = "counts" | "excluded" | "not_asked";

/**
 * A secondary diagnosis that is a CC or MCC, and what became of it.
 */
export type CandidateOut = { place: RecordPlace, code: string | null, name: string | null, level: CcLevel, fate: CandidateFate, 
/**
 * The exclusion table that stopped it: the principal belongs to it.
 */
table: number | null, 
/**
 * The principal that it was held against.
 */
principal: string | null, text: string | null, };

/**
 * One visit of one insured person, with all that its settlement depends on.
 */
export type Case = { 
/**
 * Insured area: its `admdvs` or its slug (`441500` or `shanwei`).
 */
region: string, scheme: Scheme, person?: Person, visit: Visit, 
/**
 * What the year's earlier visits already used up.
 */
year_to_date?: YearToDate, accounts?: Accounts, options?: Options, };

/**
 * Kinds of charge on a receipt (医疗收费项目类别).
 */
export type Category = "bed" | "consultation" | "examination" | "laboratory" | "treatment" | "surgery" | "nursing" | "materials" | "western_medicine" | "chinese_herbs" | "chinese_patent_medicine" | "other";

/**
 * One category's total, with what the receipt tells of it.
 */
export type CategoryItem = { category: Category, amount_fen: Fen, 
/**
 * 自费 within it; an assumed share is used when both this and `pre_self_pay_fen` are left out.
 */
own_expense_fen?: Fen | null, pre_self_pay_fen?: Fen | null, 
/**
 * Bed-days, for the price limit of 床位费.
 */
days?: number | null, };

/**
 * Weight of a secondary diagnosis.
 */
export type CcLevel = "none" | "cc" | "mcc";

/**
 * How far a result can be relied on, from best to worst.
 */
export type Certainty = "certain" | "derived" | "uncertain" | "unknown";

/**
 * One condition.
 */
export type Check = { code: CheckCode, verdict: Verdict, 
/**
 * The area that the condition is one of, where there are two.
 */
area?: AreaOut, 
/**
 * What it may be at most.
 */
limit_fen?: Fen, limit_count?: number, 
/**
 * The hours in which it may not be: the first included, the second not.
 */
closed?: [Moment, Moment], 
/**
 * The first day of a rule that begins later.
 */
begins?: Day, rule?: RuleOut, text?: string, };

export type CheckCode = "kin" | "sharer_account" | "recipient_insured" | "same_province" | "cross_province" | "both_consent" | "guardian" | "members" | "model" | "per_transfer" | "per_day" | "hours" | "waiting" | "balance" | "purpose" | "resident_premium";

export type ChoiceOut = { name: string, reason: Said, };

/**
 * Whether a source may be called a clause: only what has a document number may.
 */
export type CiteKind = "clause" | "secondary_source";

/**
 * A source as it stands in an answer.
 */
export type CiteOut = { kind: CiteKind, key: string, title: string, 
/**
 * 文号, where the source has one.
 */
number: string | null, 
/**
 * The source's own date as it gives it: a day, a month or a year.
 */
date: string | null, url: string | null, tier: Tier, 
/**
 * The last day on which the source can have been written; a figure without a stated start is
 * uncertain before it.
 */
seen: Day, };

/**
 * A parameter that a step looked at.
 */
export type Cited = { 
/**
 * Id of the parameter, `SW.RES.IP.DED.2`.
 */
id: string, role: Role, basis: Basis, 
/**
 * `Cite::key` in [`Answer::cites`].
 */
cite: string, };

/**
 * 普通门诊 or 特殊药品.
 */
export type Clinic = { level: Level, place?: Place, on: Day, binding?: Binding, bill: Bill, };

/**
 * A code as it is recorded and as it was read.
 */
export type CodeOut = { recorded: string, 
/**
 * The scheme's code; `None` where it has none, or where the row is not grouped at all.
 */
code: string | null, name: string | null, 
/**
 * The principal diagnosis or the main operation.
 */
first: boolean, };

/**
 * Which of the two code systems a code belongs to.
 */
export type CodeSystem = "diagnosis" | "operation";

/**
 * Where a coefficient is from.
 */
export type CoefficientFrom = "given" | "level" | "none" | "unknown";

/**
 * 医疗机构系数 of a hospital or of a level of hospitals, and who says so.
 */
export type CoefficientValue = { 
/**
 * `三级`, `某市人民医院`
 */
label: string, coefficient: Rate, source: string, date: Day | null, };

/**
 * Several situations of the same person beside each other.
 */
export type Compared = { answers: Array<Answer>, 
/**
 * Index of the one where the person pays least; `None` when ranges overlap.
 */
cheapest: number | null, };

/**
 * Who has agreed.
 */
export type Consents = { sharer: boolean, recipient: boolean, 
/**
 * For who is too young to decide on their own data: the guardian.
 */
guardian?: boolean, };

/**
 * How a stay's cost lies to its standard.
 */
export type CostBand = "low" | "normal" | "high";

/**
 * 参保状态.
 */
export type Cover = "in_force" | "waiting" | "lapsed" | "newborn";

/**
 * A civil date between 1990 and 2100, written `YYYY-MM-DD`.
 */
export type Day = string;

export type Diagnosis = { diag_code?: string, 
/**
 * `1`: this row is the principal diagnosis. When no row says so, the first is.
 */
maindiag_flag?: string | null, 
/**
 * `1` 西医, `2` 中医主病, `3` 中医主证; left out is `1`.
 */
diag_type?: string | null, 
/**
 * 入院病情: `1` present, `2` unclear, `3` unknown, `4` none. CC and MCC count whatever it says.
 */
adm_cond_type?: string | null, };

/**
 * Something that the reader of an answer should know.
 */
export type Diagnostic = { code: DiagnosticCode, severity: Severity, 
/**
 * The figure concerned
 */
slot?: Slot, 
/**
 * An amount that goes with it, such as the difference between two readings
 */
fen?: Fen, 
/**
 * In words, filled in on the way out.
 */
message?: string, };

/**
 * Stable words for diagnostics.
 */
export type DiagnosticCode = "figure_unknown" | "figure_bounded" | "figure_assumed" | "before_source" | "source_old" | "not_in_force_yet" | "open_reading" | "split_assumed" | "slip_out_of_balance" | "limit_not_found" | "cap_reached" | "region_caution" | "cover_not_in_force" | "other_catalogue" | "may_be_split" | "burden_not_counted" | "notch";

/**
 * The answer to one [`super::DipCase`].
 */
export type DipAnswer = { pack: PackRef, scheme: SchemeRef, 
/**
 * What has to stand beside every result: `非本市，仅演示`.
 */
notice: string | null, 
/**
 * Layers of the edition that the catalogue does not have: nothing is grouped by them.
 */
left_out: Array<string>, 
/**
 * Each setting of the catalogue and the choice in force.
 */
choices: Array<[string, string]>, 
/**
 * The layer that took the stay, or why none did.
 */
path: DipPath, 
/**
 * The answer in one sentence.
 */
text: string | null, group: DipGroupOut | null, 
/**
 * The principal diagnosis: as it is recorded, and as it was grouped.
 */
principal: CodeOut | null, 
/**
 * The rows of the record in their order.
 */
diagnoses: Array<CodeOut>, operations: Array<DipOperationOut>, findings: Array<DipFindingOut>, 
/**
 * Every group that the diagnosis leads to: the one that was taken, then the nearest.
 */
candidates: Array<DipCandidateOut>, 
/**
 * What to look at in the record again where no core group takes the stay.
 */
hints: Array<DipHintOut>, 
/**
 * Where the stay is in a group.
 */
score: DipScoreOut | null, };

/**
 * Where a cost lies.
 */
export type DipBand = "LOW" | "NORMAL" | "HIGH";

/**
 * A group that the diagnosis leads to, and what became of it.
 */
export type DipCandidateOut = { group: DipGroupOut, fate: DipFate, 
/**
 * Where its main operation stands in the record, though not as the main one.
 */
place: RecordPlace | null, 
/**
 * The code there.
 */
code: string | null, 
/**
 * Related parts that the record has.
 */
met: number | null, 
/**
 * Related parts that were asked for, or that the group taken has.
 */
wanted: number | null, 
/**
 * Operations of which any would do for the first part that is not there.
 */
missing: Array<string>, 
/**
 * The class of the stay's main operation, where it is another than the group's.
 */
class: DipClass | null, text: string | null, };

/**
 * One stay, and the DIP catalogue that it is to be grouped by.
 */
export type DipCase = { 
/**
 * Id of a catalogue that is loaded, `mz-dip2-2024`.
 */
scheme: string, 
/**
 * Settings that are read otherwise than the catalogue says, by name: `main_operation` as `any`.
 */
choices?: { [key in string]: string }, source?: RecordSource, record: DipRecord, payment?: DipPaymentCase | null, 
/**
 * What else is known about the stay that special review (特例单议) may look at.
 */
special?: SpecialFacts, };

/**
 * What a case's operation was for: the class of the official table.
 */
export type DipClass = "conservative" | "diagnostic" | "therapeutic" | "surgery";

export type DipFate = "taken" | "fewer_related" | "coarser_diagnosis" | "lost_tie" | "lost_choice" | "main_elsewhere" | "main_missing" | "related_missing" | "conservative" | "other_class" | "not_reached" | "other_track" | "other_days";

export type DipFindingCode = "missing" | "unreadable" | "no_diagnosis" | "not_a_diagnosis" | "unknown_code" | "respelled" | "from_clinical" | "excluded_principal" | "operation_dropped" | "operation_not_main" | "class_unknown" | "operation_repeated" | "too_many_operations";

/**
 * What was noticed about the record.
 */
export type DipFindingOut = { code: DipFindingCode, severity: Severity, 
/**
 * The stay is not grouped because of this.
 */
refuses: boolean, place: RecordPlace, recorded: string | null, 
/**
 * What it was read as.
 */
read_as: string | null, text: string | null, };

/**
 * What else has to be said of a score.
 */
export type DipFlag = "no_score" | "no_coefficient" | "no_point_value" | "peer_from_standard" | "no_days" | "expert_review" | "special_review" | "out_of_range";

/**
 * A group of a catalogue.
 */
export type DipGroupOut = { 
/**
 * `C34.1:32.4100/32.4100x002`
 */
code: string, 
/**
 * What the diagnosis of the group is called, where the catalogue says so.
 */
name: string | null, kind: DipKind, 
/**
 * 基层病种
 */
base_level: boolean, };

export type DipHintCode = "other_principal" | "other_main";

/**
 * A way of recording the same stay that a core group fits. It is there for checking the record against
 * what was done, so it names neither the group nor anything that it is worth.
 */
export type DipHintOut = { code: DipHintCode, place: RecordPlace, recorded: string | null, text: string | null, };

/**
 * What a group is.
 */
export type DipKind = "core" | "comprehensive" | "chapter" | "blank" | "bed_day" | "tcm" | "pre";

/**
 * An operation as it is recorded and as it was read.
 */
export type DipOperationOut = { recorded: string, 
/**
 * `None` where the row is not looked at.
 */
code: string | null, name: string | null, class: OperationClass, 
/**
 * The one that was taken as main.
 */
main: boolean, 
/**
 * Takes part in grouping.
 */
used: boolean, };

/**
 * By which layer a case was grouped, or why it was not.
 */
export type DipPath = "PRE_GROUP" | "CORE" | "COMPREHENSIVE" | "CHAPTER" | "BLANK" | "BED_DAY" | "TCM" | "UNGROUPED" | "EXCLUDED" | "INVALID_DX" | "INCOMPLETE";

/**
 * What a score is worked out from. What is left out stays unknown, and so does what needs it; the cost of
 * the stay is in its record.
 */
export type DipPaymentCase = { 
/**
 * Last year's mean cost of the group in hospitals of the same level.
 */
peer_average_fen?: Fen | null, 
/**
 * 医疗机构系数
 */
coefficient?: Rate | null, 
/**
 * Which of the catalogue's coefficients, as it calls them, in place of `coefficient`: `三级`.
 */
hospital?: string | null, 
/**
 * Which of the catalogue's point values, as it calls them: `职工`.
 */
point?: string | null, 
/**
 * A point value that the catalogue does not have, in place of `point`.
 */
own_point?: PointCase | null, 
/**
 * 个人负担
 */
patient_paid_fen?: Fen | null, 
/**
 * 辅助目录: every type that the stay matches, with the area's factor. The highest one applies.
 */
auxiliary?: Array<AuxiliaryMatch>, };

/**
 * What a cost is compared with.
 */
export type DipPeer = "last-year" | "standard";

/**
 * A stay. What is left out is unknown, never zero.
 */
export type DipRecord = { 
/**
 * Completed years.
 */
age?: number | null, 
/**
 * Age in days, for infants below one year.
 */
nwb_age?: number | null, 
/**
 * Birth weight in grams.
 */
nwb_bir_wt?: number | null, 
/**
 * Days in hospital.
 */
act_ipt_days?: number | null, diagnoses?: Array<Diagnosis>, operations?: Array<Operation>, 
/**
 * 手术操作类型 of each operation, in the same order; empty where the table is to say.
 */
operation_classes?: Array<string>, 
/**
 * By which list of groups the stay is settled.
 */
track?: DipTrack, 
/**
 * 医疗费总额 in fen. Only a catalogue that groups by cost asks for it.
 */
medfee_sumamt_fen?: Fen | null, };

/**
 * What the group that was taken scores for this stay, and what that is worth.
 */
export type DipScoreOut = { 
/**
 * The group's own score; of all days for a bed-day group.
 */
group_score: Rate | null, 
/**
 * The coefficient in force: 1 for a base-level group.
 */
coefficient: Rate | null, 
/**
 * The catalogue's coefficient that was asked for, with who says so.
 */
hospital: CoefficientValue | null, 
/**
 * 辅助目录: the one factor that applies. Groups by the day or of traditional medicine have none.
 */
auxiliary: AuxiliaryApplied | null, band: DipBand | null, 
/**
 * Cost over what it is compared with, six places.
 */
ratio: Rate | null, compared_with: DipPeer | null, 
/**
 * 偏差系数, six places.
 */
deviation: Rate | null, 
/**
 * Four places.
 */
case_score: Rate | null, point: PointOut | null, 
/**
 * 支付标准: case score × point value.
 */
pay_standard_fen: Fen | null, 
/**
 * What the fund pays of it.
 */
fund_fen: Fen | null, flags: Array<DipFlag>, 
/**
 * Why the stay may apply for special review (特例单议). Nobody but the insurer decides.
 */
special: Array<SpecialReason>, text: string | null, 
/**
 * Stands beside every payment.
 */
payment_notice: string, };

/**
 * By which list of groups a stay is settled. A record says so; it is never guessed.
 */
export type DipTrack = "ordinary" | "bed_day" | "tcm";

/**
 * A discharge. What is left out is unknown, never zero.
 */
export type DischargeRecord = { 
/**
 * `1` male, `2` female; 男 and 女 are read too.
 */
gend: string, 
/**
 * Completed years.
 */
age: number | null, 
/**
 * Age in days, for infants below one year.
 */
nwb_age: number | null, 
/**
 * Birth weight in grams.
 */
nwb_bir_wt: number | null, 
/**
 * Weight on admission in grams. Never used for grouping.
 */
nwb_adm_wt: number | null, 
/**
 * Days in hospital.
 */
act_ipt_days: number | null, 
/**
 * 离院方式, `1` to `5` or `9`.
 */
dscg_way: number | null, 
/**
 * 出院科别, by its code or its name. Only a city's own groups ask for it.
 */
dscg_caty: string | null, 
/**
 * Whole hours of ventilation.
 */
vent_used_dura: number | null, 
/**
 * 住院医疗类型: `1` inpatient, `2` day surgery. No scheme asks for it; kept so that a settlement list
 * can be given whole.
 */
ipt_med_type: string | null, 
/**
 * 治疗类别: western, traditional or both. No scheme asks for it either.
 */
trt_type: string | null, diagnoses: Array<Diagnosis>, operations: Array<Operation>, };

export type Dissolve = { why: DissolveWhy, model: Model, 
/**
 * The sharer's area.
 */
area: AreaCode, 
/**
 * The quota, or what was transferred and accepted.
 */
shared_fen?: Fen, used_fen?: Fen, 
/**
 * Held for settlements that are under way.
 */
held_fen?: Fen, };

/**
 * Why a share ends.
 */
export type DissolveWhy = "asked" | "cover_ended" | "moved" | "sharer_died" | "recipient_died";

export type Draw = { from: DrawFrom, name?: string, amount_fen: Fen, 
/**
 * Why nothing is drawn on this relative.
 */
passed_over?: Check, };

/**
 * Where money is drawn from, or goes back to.
 */
export type DrawFrom = "own" | "wallet" | "sharer" | "sharers_account" | "suspense" | "cash";

/**
 * One part of a payment, in the order in which it was drawn.
 */
export type Drawn = { from: DrawFrom, name?: string, amount_fen: Fen, state?: DrawnState, };

/**
 * What has become of a source since it was drawn on.
 */
export type DrawnState = "open" | "dissolved" | "closed";

/**
 * The answer to a [`super::FamilyCase`].
 */
export type FamilyAnswer = { pack: PackRef, verdict: Verdict, certainty: Certainty, 
/**
 * How the money is shared between these areas on this day.
 */
model?: Model, 
/**
 * Every condition that was looked at, in order.
 */
checks: Array<Check>, 
/**
 * The most that could be shared now.
 */
most_fen?: Fen, 
/**
 * What is drawn, or given back, where: in this order.
 */
draws: Array<Draw>, 
/**
 * What is left to pay in cash.
 */
cash_fen?: Fen, 
/**
 * What follows, in order.
 */
then: Array<Then>, 
/**
 * What the sources leave open and how it is taken here.
 */
open: Array<OpenQuestion>, cites: Array<CiteOut>, text?: string, };

export type FamilyAsk = { "relate": Pair } | { "share": Share } | { "pay": Pay } | { "dissolve": Dissolve } | { "refund": Refund };

/**
 * A question about sharing, on a day.
 */
export type FamilyCase = { on: Day, 
/**
 * Time of day in China, for what depends on it.
 */
at?: Moment, ask: FamilyAsk, };

/**
 * An amount of money in fen (1/100 yuan), within ±(2^53 − 1) so that every JSON reader keeps it whole.
 *
 * Arithmetic is checked: a result outside the range is `None`, never a wrapped number. There is no
 * multiplication; [`Fen::scaled`] is the only way from a rate to an amount.
 */
export type Fen = number;

/**
 * How a figure is known.
 */
export type FigureOrigin = "given" | "assumed" | "left_out" | "computed" | "unknown";

/**
 * 异地就医备案: on what footing somebody is treated away from home.
 */
export type Filing = "not_needed" | "long_term" | "referred" | "emergency" | "unregistered";

export type FindingCode = "missing" | "unreadable" | "other_sex" | "sex_as_word" | "no_diagnosis" | "unknown_code" | "respelled" | "from_clinical" | "traditional_medicine" | "several_principals" | "principal_not_first" | "weights_differ" | "ventilation_mismatch";

/**
 * What the check of the record found.
 */
export type FindingOut = { code: FindingCode, severity: Severity, 
/**
 * The record is not grouped because of this.
 */
refuses: boolean, place: RecordPlace, 
/**
 * What stands there, where it is a code.
 */
recorded: string | null, 
/**
 * What it was read as.
 */
read_as: string | null, text: string | null, };

/**
 * The answer to one [`super::ForecastCase`]: a forecast, whatever the point value is.
 */
export type ForecastAnswer = { point_kind: PointKind, 
/**
 * The point value and what it came of.
 */
point: Array<ForecastLine>, 
/**
 * 月预付: empty where the case has no month.
 */
month: Array<ForecastLine>, 
/**
 * 年清算: empty where the case has no year.
 */
year: Array<ForecastLine>, notes: Array<ForecastNote>, 
/**
 * What must stand beside every forecast.
 */
notice: string, };

/**
 * The figures of a hospital. Without a month or a year only the other is worked out.
 */
export type ForecastCase = { point: ForecastPoint, month?: MonthCase | null, year?: YearCase | null, };

/**
 * One figure, in the order in which it is worked with.
 */
export type ForecastLine = { id: ForecastLineId, 
/**
 * Where the figure is an amount; below zero it is an overrun, or to be paid back.
 */
fen: Fen | null, 
/**
 * Where it is a number.
 */
rate: Rate | null, origin: FigureOrigin, source: string, date: Day | null, 
/**
 * It was computed by a rule that the case calls an assumption.
 */
rule_assumed: boolean, title: string | null, 
/**
 * How it was worked out, or who says so.
 */
text: string | null, };

export type ForecastLineId = "pool_fund" | "pool_fund_ratio" | "pool_score" | "point_value" | "month_score" | "patient_paid" | "prepay_ratio" | "deductions" | "prepayment" | "year_score" | "base_share" | "fixed_point" | "fund_ratio" | "assessment" | "payable" | "booked" | "difference" | "settled" | "prepaid" | "balance";

/**
 * What has to be known of a forecast.
 */
export type ForecastNote = { code: ForecastNoteCode, severity: Severity, 
/**
 * How many figures it is about, where it is about some.
 */
figures: number, text: string | null, };

export type ForecastNoteCode = "assumptions" | "unsourced" | "point_not_settled" | "no_sharing" | "sharing_too_short";

/**
 * The value of a point.
 */
export type ForecastPoint = { "said": PointCase } | { "pool": PointPool };

export type GateOut = { mdc: GroupRef, outcome: Outcome, text: string | null, };

/**
 * The answer to one [`super::GroupCase`].
 */
export type GroupAnswer = { pack: PackRef, scheme: SchemeRef, 
/**
 * Each setting of the scheme and the choice in force.
 */
choices: Array<[string, string]>, status: GroupStatus, 
/**
 * The answer in one sentence.
 */
text: string | null, mdc: GroupRef | null, 
/**
 * `00` outside every group, `QY` in an ambiguity group.
 */
adrg: GroupRef, 
/**
 * `0000` outside every group, `BQY` in the ambiguity group of MDC B.
 */
drg: GroupRef, kind: AdrgKind | null, 
/**
 * The principal diagnosis: as it is recorded, and as it was grouped.
 */
principal: CodeOut | null, 
/**
 * The rows of the record in their order.
 */
diagnoses: Array<CodeOut>, operations: Array<CodeOut>, findings: Array<FindingOut>, 
/**
 * MDCs whose gate held, in the order in which they are tried.
 */
gates: Array<GateOut>, 
/**
 * The tests that led to the group.
 */
reasons: Array<ReasonOut>, 
/**
 * Secondary diagnoses that are a CC or MCC.
 */
candidates: Array<CandidateOut>, 
/**
 * ADRGs that were nearly met, the one that the record documents best first.
 */
misses: Array<MissOut>, hints: Array<HintOut>, payment: PaymentOut | null, };

/**
 * One discharge, and the scheme that it is to be grouped by.
 */
export type GroupCase = { 
/**
 * Id of a scheme that is loaded, `chs-drg-1.1`.
 */
scheme: string, 
/**
 * A set of readings that the scheme has a name for, `opendrg`.
 */
profile?: string | null, 
/**
 * Single readings, by setting, over those of the profile.
 */
choices?: { [key in string]: string }, source?: RecordSource, record: DischargeRecord, payment?: PaymentCase | null, };

/**
 * An MDC, ADRG or DRG.
 */
export type GroupRef = { 
/**
 * `MDCB`, `BR2`, `BR21`.
 */
code: string, 
/**
 * Where the pack of names is loaded.
 */
name: string | null, };

/**
 * What became of a record.
 */
export type GroupStatus = "grouped" | "ungrouped" | "ambiguous" | "check_failed";

export type HighCost = { 
/**
 * For weights up to and including this; `None` for all that are left.
 */
weight_up_to?: Rate | null, multiple: Rate, };

export type HintCode = "principal_not_allowed" | "principal_in_no_mdc" | "operation_unsupported" | "principal_repeated" | "ungrouped" | "ambiguous";

/**
 * Something that whoever codes the record may want to look at again.
 */
export type HintOut = { code: HintCode, place: RecordPlace, recorded: string | null, text: string | null, };

/**
 * A code that was found.
 */
export type HitOut = { code: string, name: string, };

/**
 * How somebody is insured.
 */
export type Insured = "employee" | "employee_without_account" | "resident" | "none";

/**
 * What the recipient is to the sharer.
 */
export type Kin = "spouse" | "parent" | "child" | "sibling" | "paternal_grandparent" | "maternal_grandparent" | "sons_child" | "daughters_child" | "other";

export type Lang = "zh" | "en";

/**
 * 医疗机构级别, with the finer grades that some regions price apart.
 */
export type Level = "grassroots" | "1" | "2" | "2_general" | "2_specialist" | "3" | "3_city" | "3_region";

/**
 * 等级系数.
 */
export type LevelOut = { level: string, 
/**
 * What holds for most groups; none where each group has its own.
 */
coefficient: Rate | null, };

/**
 * 收费项目等级.
 */
export type LineClass = "01" | "02" | "03";

/**
 * One item of the bill.
 */
export type LineItem = { name?: string, category: Category, amount_fen: Fen, 
/**
 * `chrgitm_lv`
 */
class: LineClass, 
/**
 * `selfpay_prop`: share paid first by the person, for 乙类.
 */
self_pay_share?: Rate, 
/**
 * Number of units.
 */
count?: number, 
/**
 * `pric_uplmt_amt`: highest price of a unit that counts.
 */
price_limit_fen?: Fen | null, 
/**
 * Used outside the 限定支付 range: all of it is 自费.
 */
outside_limit?: boolean, };

/**
 * Where the lines of 低倍率 and 高倍率 are from.
 */
export type LinesFrom = "given" | "region" | "unknown";

/**
 * 生育津贴.
 */
export type Maternity = { on: Day, 
/**
 * 用人单位上年度职工月平均工资
 */
employer_monthly_wage_fen: Fen, birth: Birth, 
/**
 * 难产
 */
dystocia?: boolean, 
/**
 * Children born at once.
 */
children?: number, };

/**
 * An official figure that ours does not reproduce.
 */
export type Mismatch = { 
/**
 * Settlement field name
 */
field: string, official_fen: Fen, ours_fen: Fen, };

/**
 * An ADRG, or a whole MDC, that was nearly met.
 */
export type MissOut = { mdc: GroupRef, adrg: GroupRef | null, 
/**
 * The one test that failed; none when all hold and another group comes first.
 */
failed: TestOut | null, 
/**
 * Where the record has what was asked for, in another position than the rule wants.
 */
elsewhere: RecordPlace | null, 
/**
 * The code there.
 */
code: string | null, text: string | null, };

/**
 * Where the money is between sharing and spending.
 */
export type Model = "binding" | "transfer" | "quota";

/**
 * A time of day, `HH:MM`.
 */
export type Moment = string;

/**
 * A month as it is prepaid.
 */
export type MonthCase = { score: Sourced<Rate>, patient_paid: Sourced<Fen>, 
/**
 * 预付比例
 */
prepay_ratio: Sourced<Rate>, 
/**
 * Taken as nothing where it is left out, and told as an assumption.
 */
deductions?: Sourced<Fen> | null, };

/**
 * Amounts copied from an official settlement slip; each is compared where given.
 */
export type Official = { act_pay_dedc_fen?: Fen | null, hifp_pay_fen?: Fen | null, hifmi_pay_fen?: Fen | null, hifob_pay_fen?: Fen | null, maf_pay_fen?: Fen | null, fund_pay_sumamt_fen?: Fen | null, psn_part_amt_fen?: Fen | null, };

export type Op = "start" | "plus" | "minus" | "times" | "divide" | "at_most";

export type OpenCode = "members_most" | "quota_for_each" | "quota_limits" | "whole_balance" | "returned_counts" | "wallet_after_quota" | "order_of_sharers" | "wallet_of_the_dead" | "inheritance";

/**
 * What the sources leave open.
 */
export type OpenQuestion = { code: OpenCode, text?: string, };

export type Operation = { oprn_oprt_code?: string, 
/**
 * `1`: this row is the main operation. When no row says so, the first is.
 */
main_oprn_flag?: string | null, };

/**
 * What an operation is, by the table of classes.
 */
export type OperationClass = "unknown" | "surgery" | "interventional" | "therapeutic" | "diagnostic" | "none";

export type Options = { trace?: boolean, rounding?: Rounds, shared_accounts?: SharedAccounts, };

export type Outcome = "taken" | "no_adrg" | "not_reached";

/**
 * The part of a pack that says what it is.
 */
export type PackHeader = { kind: PackKind, 
/**
 * `benefit/441500`, `drg/chs-drg-1.1`.
 */
id: string, 
/**
 * Version of the payload's layout. A reader refuses one that it does not know.
 */
schema: number, 
/**
 * When the data was compiled from its sources, `YYYY-MM-DD`.
 */
edition: string, };

/**
 * What a pack holds. The numbers are part of the format and are never reused.
 */
export type PackKind = "benefit" | "drg" | "drg-names" | "dip" | "wallet" | "drg-clinical" | "drg-weights";

/**
 * The pack that an answer was computed with.
 */
export type PackRef = { id: string, digest: string, edition: string, };

/**
 * The one who shares and the one who receives.
 */
export type Pair = { sharer: Party, recipient: Party, kin: Kin, consents: Consents, 
/**
 * Relatives that the sharer shares with already.
 */
members?: number, };

/**
 * How a figure is known.
 */
export type PartOrigin = "given" | "computed" | "unknown";

/**
 * One of two people.
 */
export type Party = { 
/**
 * 参保地
 */
area: AreaCode, cover: Insured, age?: number, 
/**
 * Has no phone to confirm with.
 */
without_phone?: boolean, };

/**
 * Who is treated, or whose premium is paid.
 */
export type Patient = { party: Party, 
/**
 * What is in the patient's own personal account.
 */
account_fen?: Fen, 
/**
 * What is in the patient's wallet.
 */
wallet_fen?: Fen, };

export type Pay = { patient: Patient, use: Use, 
/**
 * What is left to pay after the funds.
 */
amount_fen: Fen, sharers?: Array<Sharer>, };

/**
 * By which table of a region the group is paid, and what is known of the stay's money.
 */
export type PaymentCase = { 
/**
 * Id of a table of weights that is loaded, `guangxi-2022`.
 */
region: string, 
/**
 * Which of the region's prices, as its table calls it: `例均费用（玉林）`. Not needed beside `yuan`.
 */
price?: string, 
/**
 * 费率, 点值: yuan for one weight or point, where the region's table does not have it.
 */
yuan?: Rate | null, 
/**
 * The level of the hospital, as the region's table calls it: `三级`.
 */
level?: string | null, 
/**
 * 机构系数, in place of the level's. Without either, 1 in a region whose table has no levels.
 */
coefficient?: Rate | null, 
/**
 * 医疗费总额.
 */
cost_fen?: Fen | null, 
/**
 * 医保基金应付, where the settlement says so.
 */
fund_fen?: Fen | null, 
/**
 * 个人负担, where the settlement says so.
 */
patient_fen?: Fen | null, 
/**
 * Where the lines of 低倍率 and 高倍率 are drawn, in place of the region's own. There is no default.
 */
thresholds?: Thresholds | null, };

/**
 * The payment of one stay's group. It says nothing about what the stay may cost.
 */
export type PaymentOut = { region: string, 
/**
 * What the region's table is called.
 */
region_name: Said, 
/**
 * Whether the table has groups that the scheme does not: a group of the same code may then be narrower.
 */
own_groups: boolean, price: string, unit: WeightUnit, 
/**
 * Weight or points of the group; of one day for a group that is paid by the day (床日).
 */
weight: Rate | null, 
/**
 * Yuan for one weight or point.
 */
yuan: Rate, 
/**
 * 等级系数, 机构系数.
 */
coefficient: Rate | null, coefficient_from: CoefficientFrom, 
/**
 * The level of hospitals that the coefficient is of.
 */
level: string | null, 
/**
 * Whether the group is paid by the day.
 */
by_day: boolean, 
/**
 * Days in hospital, of a group that is paid by the day.
 */
days: number | null, 
/**
 * What the region's own table prints for the group, where that is not weight × price: the standard is this ×
 * coefficient.
 */
printed_fen: Fen | null, 
/**
 * 支付标准.
 */
standard_fen: Fen | null, 
/**
 * Why there is no standard, where there is none.
 */
unpaid: Unpaid | null, 
/**
 * What the region's table says of the group beside its numbers.
 */
remarks: Array<PaymentRemark>, 
/**
 * How the price was had, or what is printed.
 */
basis: Basis, 
/**
 * 医疗费总额, as given.
 */
cost_fen: Fen | null, 
/**
 * 医保基金应付.
 */
fund: PaymentPart, 
/**
 * 个人负担.
 */
patient: PaymentPart, 
/**
 * The lines that the cost is held against.
 */
thresholds: Thresholds | null, thresholds_from: LinesFrom, 
/**
 * How the cost lies to the standard.
 */
band: CostBand | null, 
/**
 * Why there is no band, where there is none.
 */
band_unknown: BandUnknown | null, 
/**
 * Whether the stay may be put forward for special review (特例单议), where the region has it.
 */
special_review: boolean, text: string | null, 
/**
 * What must stand beside every payment.
 */
notice: string, };

/**
 * One of the three figures.
 */
export type PaymentPart = { fen: Fen | null, origin: PartOrigin, };

/**
 * What a region's table says of a group.
 */
export type PaymentRemark = { 
/**
 * Name of the column and what stands there.
 */
said: Said, 
/**
 * Whether the amount has it in it. Where it has not, what is paid may be another amount.
 */
applied: boolean, };

export type Person = { 
/**
 * Only for employees.
 */
status?: WorkStatus, 
/**
 * Only for employees.
 */
plan?: Plan, 
/**
 * 救助身份 on the day of discharge.
 */
aid?: AidClass, cover?: Cover, 
/**
 * Months of unbroken contributions, where known.
 */
insured_months?: number | null, };

/**
 * Where somebody is treated and on what footing.
 */
export type Place = { area: Area, filing: Filing, };

/**
 * How an employee is insured.
 */
export type Plan = "integrated" | "pooled_only";

/**
 * A point value, and who says so.
 */
export type PointCase = { 
/**
 * Yuan for one point.
 */
yuan: Rate, kind: PointKind, source: string, date?: Day | null, };

/**
 * How firm a point value is.
 */
export type PointKind = "budget" | "forecast" | "settled";

/**
 * The point value in force, and who says so.
 */
export type PointOut = { 
/**
 * As the catalogue calls it; none for one that came with the case.
 */
label: string | null, yuan: Rate, kind: PointKind, basis: Basis | null, source: string, date: Day | null, };

/**
 * (fund ÷ fund ratio) ÷ score.
 */
export type PointPool = { 
/**
 * The fund that is shared out, of the whole area.
 */
fund: Sourced<Fen>, fund_ratio: Sourced<Rate>, 
/**
 * Sum of the scores of every hospital.
 */
score: Sourced<Rate>, };

/**
 * What a score needs beside the stay.
 */
export type PointsCase = { 
/**
 * 医疗机构系数
 */
coefficient?: Rate | null, 
/**
 * Which of the catalogue's coefficients, in place of `coefficient`.
 */
hospital?: string | null, 
/**
 * Yuan for one point.
 */
point_value?: Rate | null, 
/**
 * Which of the catalogue's point values, in place of `point_value`.
 */
point?: string | null, };

export type PriceOut = { price: string, 
/**
 * Yuan for one weight or point.
 */
yuan: Rate, basis: Basis, };

/**
 * A region's table of weights and what it pays for one.
 */
export type PricedRegionOut = { region: string, name: Said, 
/**
 * Ids of the schemes whose groups the weights are of.
 */
schemes: Array<string>, unit: WeightUnit, prices: Array<PriceOut>, 
/**
 * Levels of hospitals that the region's table has a coefficient for.
 */
levels: Array<LevelOut>, 
/**
 * Where the region draws the lines of 低倍率 and 高倍率, where that is known.
 */
thresholds: Thresholds | null, };

/**
 * Choices that belong together.
 */
export type ProfileOut = { name: string, 
/**
 * Pairs of a setting and its choice.
 */
choices: Array<[string, string]>, };

/**
 * What a term of a formula is.
 */
export type Quantity = "total" | "own_expense" | "over_limit" | "pre_self_pay" | "in_scope" | "deductible_standard" | "deductible_paid_before" | "later_factor" | "repeats" | "day_surgery_reduction" | "step_down" | "deductible" | "pool_base" | "ratio" | "band_part" | "place_minus" | "place_times" | "pool_pay" | "cap_left" | "cap_used" | "cost_used_up" | "over_cap_cost" | "over_cap_pay" | "own_in_scope" | "own_in_scope_before" | "threshold" | "paid_before" | "catastrophic" | "supplement" | "aid" | "aid_base" | "aid_deductible" | "fund" | "person" | "account" | "balance" | "wage" | "wage_divisor" | "days" | "extra_days" | "unregistered_share";

export type Range = { 
/**
 * The person pays least.
 */
least: Settlement, 
/**
 * The person pays most.
 */
most: Settlement, };

/**
 * A share, a weight or a multiple: an exact decimal of at most nine places, written as a string.
 */
export type Rate = string;

/**
 * What `Answer::settlement` stands for.
 */
export type Reading = "exact" | "known_rules" | "worst_case";

/**
 * A test that was asked, and its answer.
 */
export type ReasonOut = { 
/**
 * For which group: `MDCB`, `BR2`, `BR21`.
 */
of: string, test: TestOut, held: boolean, 
/**
 * The place in the record that settles it.
 */
place: RecordPlace | null, 
/**
 * The code there.
 */
code: string | null, text: string | null, };

/**
 * Whether a receipt leads to its root, and who signed that. Whose a key is follows from the number alone that the
 * area publishes.
 */
export type ReceiptAnswer = { holds: boolean, 
/**
 * What does not hold, where something does not.
 */
fault: ReceiptFault | null, 
/**
 * Whether the line's bytes were there and gave the leaf.
 */
line_checked: boolean, signer: ReceiptSigner, 
/**
 * The number of the key that signed, or is said to have.
 */
key: string | null, text: string | null, };

/**
 * What a receipt says of its line. Hashes and bytes are hexadecimal digits.
 */
export type ReceiptCase = { 
/**
 * The number of the line in its journal.
 */
entry: number, 
/**
 * The line's bytes, where the receipt has them.
 */
line?: string | null, leaf: string, 
/**
 * Lines of the journal under the root.
 */
size: number, root: string, 
/**
 * From the leaf to the root.
 */
path: Array<string>, 
/**
 * Whose signature is under the root, where somebody's is.
 */
signed?: SealCase | null, };

export type ReceiptFault = "line" | "path" | "signature";

/**
 * How far the root can be trusted.
 */
export type ReceiptSigner = "nobody" | "key" | "absent";

/**
 * A place in a record, counted from 0 as the record lists them.
 */
export type RecordPlace = "record" | "sex" | "age" | "age_days" | "birth_weight" | "ventilation" | "stay" | "ward" | { "diagnosis": number } | { "operation": number };

/**
 * What the record was taken from, which says in which edition its codes are written.
 */
export type RecordSource = "settlement_list" | "front_page";

export type Refund = { amount_fen: Fen, drawn: Array<Drawn>, };

/**
 * Stable codes of refusals. A code is never given another meaning.
 */
export type RefusalCode = "AX1001" | "AX1002" | "AX1003" | "AX1004" | "AX1005" | "AX1006" | "AX1007" | "AX1008" | "AX1009" | "AX1010" | "AX1011" | "AX1012" | "AX1013" | "AX1014" | "AX1015" | "AX1016" | "AX1017" | "AX1018" | "AX1019" | "AX1020" | "AX1021" | "AX1022" | "AX1023" | "AX1024" | "AX1030";

export type RefusalOut = { code: RefusalCode, field: string, accepted: string, message?: string, };

/**
 * The insured area that a book of rules belongs to.
 */
export type Region = { 
/**
 * 医保区划 (`admdvs`), six digits.
 */
admdvs: string, 
/**
 * Name for addresses and the command line: `shanwei`.
 */
slug: string, name_zh: string, name_en: string, province_zh: string, province_en: string, 
/**
 * The grades of institution that this area prices apart.
 */
levels: Array<Level>, schemes: Array<Scheme>, 
/**
 * What to know before relying on this area's figures.
 */
caution_zh: string | null, caution_en: string | null, };

/**
 * A region whose rules are loaded.
 */
export type RegionOut = { region: Region, diseases: Array<string>, digest: string, edition: string, };

export type Reply = { "estimate": Answer } | { "compare": Compared } | { "year": YearAnswer } | { "regions": Array<RegionOut> } | { "group": GroupAnswer } | { "group_dip": DipAnswer } | { "group_table": string } | { "forecast_dip": ForecastAnswer } | { "schemes": Array<SchemeOut> } | { "prices": Array<PricedRegionOut> } | { "search": Array<HitOut> } | { "family": FamilyAnswer } | { "family_areas": Array<AreaName> } | { "receipt": ReceiptAnswer } | { "refused": RefusalOut };

/**
 * A request to the core.
 */
export type Request = { call: Call, 
/**
 * Language of titles, formulas and messages; none are written when left out.
 */
lang?: Lang | null, };

/**
 * Whether a parameter changed the figure.
 */
export type Role = "applied" | "checked";

/**
 * Where a bill's items are rounded to whole fen.
 */
export type Rounds = "per_settlement" | "per_item";

/**
 * The rule behind a condition or a consequence.
 */
export type RuleOut = { id: string, cite: string, basis: Basis, };

/**
 * A text of the tables in both languages.
 */
export type Said = { zh: string, en: string, };

/**
 * 险种: which insurance the person is in.
 */
export type Scheme = "resident" | "employee";

/**
 * How a scheme groups.
 */
export type SchemeKind = "drg" | "dip";

/**
 * A scheme that is loaded.
 */
export type SchemeOut = { kind: SchemeKind, 
/**
 * What has to stand beside every result, as the scheme says it: `非本市，仅演示`.
 */
notice: Said | null, pack: PackRef, 
/**
 * Number of groups.
 */
groups: number, 
/**
 * 出院科别 that some group asks for; where there are none, a record need not say it.
 */
wards: Array<string>, settings: Array<SettingOut>, profiles: Array<ProfileOut>, id: string, title: string, 
/**
 * The scheme that this one is a regional variant of.
 */
base: string | null, 
/**
 * 历史版本: not the version in force.
 */
historical: boolean, 
/**
 * Why not, where it is not.
 */
historical_note: Said | null, };

/**
 * A grouping scheme.
 */
export type SchemeRef = { id: string, title: string, 
/**
 * The scheme that this one is a regional variant of.
 */
base: string | null, 
/**
 * 历史版本: not the version in force.
 */
historical: boolean, 
/**
 * Why not, where it is not.
 */
historical_note: Said | null, };

/**
 * What an area signed of its journal with SM2: number, size, root and instant.
 */
export type SealCase = { 
/**
 * Which journal: the number of the area.
 */
shard: number, 
/**
 * `2026-11-22T08:05:09.000001Z`
 */
signed_at: string, 
/**
 * The number by which the area publishes the key.
 */
key: string, 
/**
 * The key as a point of the curve (SEC 1); without it the signature is not checked.
 */
public_key?: string | null, 
/**
 * `r` and `s`, 32 bytes each.
 */
signature: string, };

/**
 * A search for codes.
 */
export type Search = { system: CodeSystem, 
/**
 * The head of a code, part of a name, or the initials of its pinyin.
 */
text: string, 
/**
 * Most hits, 1 to 100.
 */
most?: number, };

/**
 * 二次补偿: what catastrophic insurance adds to a slip that the basic insurance has settled.
 */
export type SecondPay = { on: Day, place?: Place, 
/**
 * 个人合规负担 of this slip.
 */
own_in_scope_fen: Fen, };

/**
 * A reading on which the sources differ.
 */
export type SettingOut = { name: string, title: Said, 
/**
 * The choice taken when nobody says otherwise.
 */
default: string, choices: Array<ChoiceOut>, };

/**
 * Amounts under the field names of the national settlement interface, as yuan with two decimals.
 */
export type Settlement = { 
/**
 * 医疗费总额
 */
medfee_sumamt: string, 
/**
 * 全自费金额
 */
fulamt_ownpay_amt: string, 
/**
 * 超限价自费费用
 */
overlmt_selfpay: string, 
/**
 * 先行自付金额
 */
preselfpay_amt: string, 
/**
 * 符合政策范围金额
 */
inscp_scp_amt: string, 
/**
 * 实际支付起付线
 */
act_pay_dedc: string, 
/**
 * 基本医疗保险统筹基金支出
 */
hifp_pay: string, 
/**
 * 基本医疗保险统筹基金支付比例: the ratio that was applied, a share of at most four places.
 */
pool_prop_selfpay: Rate, 
/**
 * 公务员医疗补助资金支出
 */
cvlserv_pay: string, 
/**
 * 企业补充医疗保险基金支出
 */
hifes_pay: string, 
/**
 * 居民大病保险资金支出
 */
hifmi_pay: string, 
/**
 * 职工大额医疗费用补助基金支出
 */
hifob_pay: string, 
/**
 * 医疗救助基金支出
 */
maf_pay: string, 
/**
 * 其他支出
 */
oth_pay: string, 
/**
 * 医院负担金额
 */
hosp_part_amt: string, 
/**
 * 基金支付总额
 */
fund_pay_sumamt: string, 
/**
 * 个人负担总金额
 */
psn_part_amt: string, 
/**
 * 个人账户支出
 */
acct_pay: string, 
/**
 * 个人账户共济支付金额
 */
acct_mulaid_pay: string, 
/**
 * 个人现金支出
 */
psn_cash_pay: string, 
/**
 * 余额 of the person's own account after the settlement
 */
balc: string, 
/**
 * 个人自付, as the official receipt says it: the person's part within the catalogue
 */
self_pay: string, 
/**
 * 个人自费, as the official receipt says it: outside the catalogue or above the price limit
 */
own_expense: string, 
/**
 * 生育津贴, paid to the person beside the bill
 */
allowance: string, steps: Array<Step>, 
/**
 * The year so far, this visit included.
 */
year_to_date: YearToDate, };

export type Severity = "info" | "caution" | "warning";

export type Share = { pair: Pair, amount_fen: Fen, 
/**
 * What is in the sharer's personal account (for a transfer, or in the wallet that it is made from).
 */
balance_fen: Fen, 
/**
 * What of it is set aside already for other relatives.
 */
set_aside_fen?: Fen, 
/**
 * That of the areas and the day when left out.
 */
model?: Model, 
/**
 * Transfers that the sharer's wallet has made today.
 */
sent_today?: number, 
/**
 * Transfers of the sharer that wait to be accepted.
 */
waiting?: number, };

/**
 * How `acct_mulaid_pay` stands to `acct_pay`.
 */
export type SharedAccounts = "contained" | "additive";

/**
 * A relative on whose account the patient may draw.
 */
export type Sharer = { 
/**
 * What the one who asks calls this relative.
 */
name: string, party: Party, 
/**
 * What the patient is to this relative.
 */
kin: Kin, 
/**
 * `binding` or `quota`; that of the areas and the day when left out.
 */
model?: Model, 
/**
 * What can be drawn: the account's balance, or what is left of the quota.
 */
available_fen: Fen, 
/**
 * Drawn before those of a higher number.
 */
priority?: number, 
/**
 * Since when they share: of two with one priority the earlier is drawn first.
 */
since?: Day, };

/**
 * 结余留用 and 合理超支分担, by how far the payment lies from what was booked.
 */
export type Sharing = { 
/**
 * Payment above the booked amount: the hospital keeps these shares of the surplus.
 */
surplus?: Array<SharingStep>, 
/**
 * Payment below it: the fund bears these shares of the overrun.
 */
overrun?: Array<SharingStep>, };

/**
 * A stretch of the difference, as a share of the booked amount, and who gets how much of it.
 */
export type SharingStep = { 
/**
 * `None` for all that is left.
 */
up_to?: Rate | null, share: Rate, };

/**
 * What a rule's value is used for.
 */
export type Slot = "inpatient.deductible" | "inpatient.deductible_later_factor" | "inpatient.deductible_step" | "inpatient.deductible_floor" | "inpatient.deductible_transfer" | "inpatient.deductible_every_days" | "inpatient.day_surgery_reduction" | "inpatient.bed_day_limit" | "inpatient.ratio" | "inpatient.bands" | "inpatient.place_minus" | "inpatient.place_times" | "cap.pool" | "cap.total" | "over_cap.ratio" | "over_cap.cap" | "catastrophic.deductible" | "catastrophic.bands" | "catastrophic.cap" | "aid.ratio" | "aid.deductible" | "aid.cap" | "outpatient.ratio" | "outpatient.deductible" | "outpatient.cap" | "outpatient.sub_cap" | "outpatient.item_limit" | "outpatient.retired_plus" | "outpatient.counts_to_cap" | "special.deductible_monthly" | "special.ratio" | "special.cap_yearly" | "special_drug.ratio" | "special_drug.deductible" | "special_drug.cap" | "supplement.ratio" | "supplement.cap" | "maternity.wage_divisor" | "maternity.days" | "maternity.days_dystocia" | "maternity.days_extra_child" | "maternity.days_miscarriage_under_4_months" | "maternity.days_miscarriage_from_4_months" | "maternity.days_miscarriage_from_7_months" | "maternity.wait_months" | "maternity.prenatal_care" | "maternity.delivery" | "claim.years" | "away.filing_required" | "away.direct_settlement" | "away.filing_before_discharge" | "cover.wait_months" | "cover.newborn_days" | "account.credit_active" | "account.credit_retired" | "indicator.income" | "indicator.wage";

/**
 * A figure and who says so.
 */
export type Sourced<T> = { value: T, 
/**
 * Who says so: a notice, or the hospital's own system.
 */
source?: string, date?: Day | null, 
/**
 * Nobody says so: it is assumed.
 */
assumed?: boolean, };

/**
 * 门诊特定病种 or 门诊慢特病, one calendar month.
 */
export type Special = { disease: string, level: Level, place?: Place, on: Day, bill: Bill, };

/**
 * What a preview knows of a stay beside its cost.
 */
export type SpecialFacts = { stay_days?: number | null, 
/**
 * From how many days the area calls a stay long. Local.
 */
long_stay_days?: number | null, intensive_care?: boolean, new_drug_or_technique?: boolean, };

/**
 * Why a stay may apply for special review (特例单议). Nobody but the insurer decides.
 */
export type SpecialReason = "cost" | "long_stay" | "intensive_care" | "new_drug_or_technique";

/**
 * A bill split by 政策范围.
 */
export type Split = { 
/**
 * 医疗费总额
 */
total_fen: Fen, 
/**
 * 全自费
 */
own_expense_fen?: Fen, 
/**
 * 超限价自费
 */
over_limit_fen?: Fen, 
/**
 * 先行自付
 */
pre_self_pay_fen?: Fen, 
/**
 * Figures of the official slip, to be compared with ours.
 */
official?: Official | null, };

export type Stay = { level: Level, place?: Place, admitted?: Day | null, 
/**
 * The rules of this day apply.
 */
discharged: Day, 
/**
 * Which admission of the year this is; from the year so far when left out.
 */
nth?: number | null, ward?: Ward, transfer?: Transfer | null, bill: Bill, };

/**
 * One line of the calculation.
 */
export type Step = { id: StepId, terms: Array<Term>, 
/**
 * Whole fen, or days where the step counts days.
 */
result_fen: Fen, params: Array<Cited>, certainty: Certainty, 
/**
 * The figure that was not found, where one was needed here.
 */
unknown?: Slot, 
/**
 * Title and formula in words, filled in on the way out.
 */
texts?: Texts, };

/**
 * The lines that a calculation may have, in the order in which they come.
 */
export type StepId = "in_scope" | "unregistered_out_of_scope" | "deductible" | "pool_base" | "pool_pay" | "place_adjust" | "pool_cap" | "cost_used_up" | "over_cap_cost" | "over_cap_pay" | "own_in_scope" | "catastrophic" | "supplement" | "aid_base" | "aid" | "total_cap" | "fund_total" | "person_total" | "own_account" | "family_account" | "cash" | "maternity_days" | "maternity_allowance" | "prenatal_care" | "delivery";

/**
 * A table, and how its records are to be grouped.
 */
export type TableCase = { batch: BatchCase, 
/**
 * A header and a line for each record, between tabs or commas.
 */
table: string, };

/**
 * One term of a formula, read from left to right.
 */
export type Term = { op: Op, what: Quantity, fen?: Fen, rate?: Rate, count?: number, };

/**
 * One question of a rule.
 */
export type TestOut = { ask: Ask, 
/**
 * Whose list: `MDCB`, `BR2`.
 */
owner: string | null, 
/**
 * Which of the owner's lists: `pdx`, `mproc`.
 */
role: string | null, 
/**
 * The range, both ends included; `high` is left out where there is no upper end.
 */
low: number | null, high: number | null, };

export type Texts = { title: string, formula: string, };

/**
 * Something that follows.
 */
export type Then = { code: ThenCode, amount_fen?: Fen, at?: Moment, rule?: RuleOut, text?: string, };

export type ThenCode = "helper_is_not_sharing" | "guardian_acts" | "guardian_consents" | "at_the_window" | "stays_free" | "drawn_at_settlement" | "leaves_the_sharer" | "returns_if_not_accepted" | "final_once_accepted" | "stays_in_account" | "blocked_for_sharer" | "recipient_may_use" | "unused_returns" | "held_ends_first" | "ends_by_itself" | "nothing_to_return" | "stays_in_wallet" | "frozen_at_once" | "inheritable" | "own_code_only" | "all_or_nothing" | "to_its_origin";

/**
 * Where a region draws the lines. Both differ from place to place, so there is no default.
 */
export type Thresholds = { 
/**
 * 低倍率: cost below this multiple of the standard.
 */
low: Rate, 
/**
 * 高倍率: cost above a multiple of the standard, by weight.
 */
high: Array<HighCost>, };

/**
 * How good a source is.
 */
export type Tier = "A" | "B" | "C";

/**
 * A total with an assumed share of 自费 and 先行自付, answered as a range.
 */
export type TotalOnly = { total_fen: Fen, 
/**
 * Lowest share of the total that is 自费 or 先行自付.
 */
own_share_low: Rate, 
/**
 * Highest such share.
 */
own_share_high: Rate, };

/**
 * 转院: admitted within a day of leaving another hospital of the area.
 */
export type Transfer = { 
/**
 * Deductible already paid at the hospital that one came from.
 */
deductible_paid_fen: Fen, };

/**
 * Why a group has no standard.
 */
export type Unpaid = "not_grouped" | "no_weight" | "no_level" | "no_coefficient" | "no_days" | "out_of_range";

/**
 * What is paid for.
 */
export type Use = "institution" | "pharmacy" | "resident_premium" | "care_premium" | "commercial_cover" | "other";

/**
 * Whether something may be done.
 */
export type Verdict = "yes" | "unknown" | "no";

/**
 * What kind of visit it is.
 */
export type Visit = { "inpatient": Stay } | { "day_surgery": Stay } | { "outpatient": Clinic } | { "special_outpatient": Special } | { "special_drug": Clinic } | { "maternity": Maternity } | { "second_pay": SecondPay };

/**
 * Wards whose deductible or long-stay rule differs.
 */
export type Ward = "general" | "psychiatric" | "tuberculosis";

/**
 * What a region's number is worth.
 */
export type WeightUnit = "weight" | "points";

/**
 * 在职 or 退休; residents count as active.
 */
export type WorkStatus = "active" | "retired";

/**
 * A year of visits, each settled on top of the ones before.
 */
export type YearAnswer = { answers: Array<Answer>, 
/**
 * 个人负担 of the whole year
 */
psn_part_fen: Fen, fund_pay_fen: Fen, };

/**
 * A year as it would be settled.
 */
export type YearCase = { score: Sourced<Rate>, 
/**
 * 弹性点值: this share of the score is paid at `fixed_point`, growth at the point value. Both or neither.
 */
base_share?: Sourced<Rate> | null, fixed_point?: Sourced<Rate> | null, 
/**
 * The share of the fund in the standard.
 */
fund_ratio: Sourced<Rate>, 
/**
 * 考核系数. Taken as 1 where it is left out, and told as an assumption.
 */
assessment?: Sourced<Rate> | null, 
/**
 * As of a month.
 */
deductions?: Sourced<Fen> | null, 
/**
 * 记账金额: what the hospital booked to the fund.
 */
booked: Sourced<Fen>, prepaid: Sourced<Fen>, 
/**
 * 结余留用 and 合理超支分担, which every area sets itself.
 */
sharing?: Sourced<Sharing> | null, };

/**
 * What the year has used up before this visit. What comes out of one estimate goes into the next.
 */
export type YearToDate = { admissions?: number, 
/**
 * 统筹基金已付, as far as it counts toward the annual cap
 */
pool_paid_fen?: Fen, 
/**
 * 进入统筹费用累计
 */
pool_base_fen?: Fen, 
/**
 * 超限额层已付
 */
over_cap_paid_fen?: Fen, 
/**
 * 大病累计的个人合规负担
 */
own_in_scope_fen?: Fen, 
/**
 * 大病已付
 */
catastrophic_paid_fen?: Fen, 
/**
 * 医疗救助已付
 */
aid_paid_fen?: Fen, 
/**
 * 个人自付 that counted toward the deductible of medical assistance
 */
aid_base_fen?: Fen, supplement_paid_fen?: Fen, outpatient_paid_fen?: Fen, 
/**
 * Of it, within the limit for the institutions that have one of their own
 */
outpatient_sub_paid_fen?: Fen, 
/**
 * 门诊年度起付已付
 */
outpatient_deductible_fen?: Fen, special_drug_paid_fen?: Fen, 
/**
 * 门特 paid so far, by disease
 */
special_paid_fen?: { [key in string]: Fen }, 
/**
 * 门特 deductible paid, by calendar month `YYYY-MM`
 */
special_deductible_fen?: { [key in string]: Fen }, };
