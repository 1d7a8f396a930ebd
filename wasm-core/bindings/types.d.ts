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
 * How a figure was had from its source.
 */
export type Basis = "quoted" | "derived" | "assumed";

/**
 * What is known of the bill.
 */
export type Bill = { "total": TotalOnly } | { "categories": Array<CategoryItem> } | { "lines": Array<LineItem> } | { "split": Split };

/**
 * 门诊定点: how the outpatient institution stands to the insured person.
 */
export type Binding = "chosen" | "backup" | "referred" | "unbound";

export type Birth = "delivery" | "miscarriage_under_four_months" | "miscarriage_from_four_months" | "miscarriage_from_seven_months";

export type Call = { "estimate": Case } | { "compare": Array<Case> } | { "year": Array<Case> } | { "regions": Record<symbol, never> };

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
 * How far a result can be relied on, from best to worst.
 */
export type Certainty = "certain" | "derived" | "uncertain" | "unknown";

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
 * Several situations of the same person beside each other.
 */
export type Compared = { answers: Array<Answer>, 
/**
 * Index of the one where the person pays least; `None` when ranges overlap.
 */
cheapest: number | null, };

/**
 * 参保状态.
 */
export type Cover = "in_force" | "waiting" | "lapsed" | "newborn";

/**
 * A civil date between 1990 and 2100, written `YYYY-MM-DD`.
 */
export type Day = string;

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
 * An amount of money in fen (1/100 yuan), within ±(2^53 − 1) so that every JSON reader keeps it whole.
 *
 * Arithmetic is checked: a result outside the range is `None`, never a wrapped number. There is no
 * multiplication; [`Fen::scaled`] is the only way from a rate to an amount.
 */
export type Fen = number;

/**
 * 异地就医备案: on what footing somebody is treated away from home.
 */
export type Filing = "not_needed" | "long_term" | "referred" | "emergency" | "unregistered";

export type Lang = "zh" | "en";

/**
 * 医疗机构级别, with the finer grades that some regions price apart.
 */
export type Level = "grassroots" | "1" | "2" | "2_general" | "2_specialist" | "3" | "3_city" | "3_region";

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
 * Amounts copied from an official settlement slip; each is compared where given.
 */
export type Official = { act_pay_dedc_fen?: Fen | null, hifp_pay_fen?: Fen | null, hifmi_pay_fen?: Fen | null, hifob_pay_fen?: Fen | null, maf_pay_fen?: Fen | null, fund_pay_sumamt_fen?: Fen | null, psn_part_amt_fen?: Fen | null, };

export type Op = "start" | "plus" | "minus" | "times" | "divide" | "at_most";

export type Options = { trace?: boolean, rounding?: Rounds, shared_accounts?: SharedAccounts, };

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
 * Stable codes of refusals. A code is never given another meaning.
 */
export type RefusalCode = "AX1001" | "AX1002" | "AX1003" | "AX1004" | "AX1005" | "AX1006" | "AX1007" | "AX1008" | "AX1009" | "AX1010" | "AX1011" | "AX1012" | "AX1013" | "AX1014" | "AX1015" | "AX1016" | "AX1017" | "AX1018";

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

export type Reply = { "estimate": Answer } | { "compare": Compared } | { "year": YearAnswer } | { "regions": Array<RegionOut> } | { "refused": RefusalOut };

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
 * 险种: which insurance the person is in.
 */
export type Scheme = "resident" | "employee";

/**
 * 二次补偿: what catastrophic insurance adds to a slip that the basic insurance has settled.
 */
export type SecondPay = { on: Day, place?: Place, 
/**
 * 个人合规负担 of this slip.
 */
own_in_scope_fen: Fen, };

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

/**
 * How `acct_mulaid_pay` stands to `acct_pay`.
 */
export type SharedAccounts = "contained" | "additive";

/**
 * What a rule's value is used for.
 */
export type Slot = "inpatient.deductible" | "inpatient.deductible_later_factor" | "inpatient.deductible_step" | "inpatient.deductible_floor" | "inpatient.deductible_transfer" | "inpatient.deductible_every_days" | "inpatient.day_surgery_reduction" | "inpatient.bed_day_limit" | "inpatient.ratio" | "inpatient.bands" | "inpatient.place_minus" | "inpatient.place_times" | "cap.pool" | "cap.total" | "over_cap.ratio" | "over_cap.cap" | "catastrophic.deductible" | "catastrophic.bands" | "catastrophic.cap" | "aid.ratio" | "aid.deductible" | "aid.cap" | "outpatient.ratio" | "outpatient.deductible" | "outpatient.cap" | "outpatient.sub_cap" | "outpatient.item_limit" | "outpatient.retired_plus" | "outpatient.counts_to_cap" | "special.deductible_monthly" | "special.ratio" | "special.cap_yearly" | "special_drug.ratio" | "special_drug.deductible" | "special_drug.cap" | "supplement.ratio" | "supplement.cap" | "maternity.wage_divisor" | "maternity.days" | "maternity.days_dystocia" | "maternity.days_extra_child" | "maternity.days_miscarriage_under_4_months" | "maternity.days_miscarriage_from_4_months" | "maternity.days_miscarriage_from_7_months" | "maternity.wait_months" | "maternity.prenatal_care" | "maternity.delivery" | "claim.years" | "away.filing_required" | "away.direct_settlement" | "away.filing_before_discharge" | "cover.wait_months" | "cover.newborn_days" | "account.credit_active" | "account.credit_retired" | "indicator.income" | "indicator.wage";

/**
 * 门诊特定病种 or 门诊慢特病, one calendar month.
 */
export type Special = { disease: string, level: Level, place?: Place, on: Day, bill: Bill, };

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
 * One term of a formula, read from left to right.
 */
export type Term = { op: Op, what: Quantity, fen?: Fen, rate?: Rate, count?: number, };

export type Texts = { title: string, formula: string, };

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
 * What kind of visit it is.
 */
export type Visit = { "inpatient": Stay } | { "day_surgery": Stay } | { "outpatient": Clinic } | { "special_outpatient": Special } | { "special_drug": Clinic } | { "maternity": Maternity } | { "second_pay": SecondPay };

/**
 * Wards whose deductible or long-stay rule differs.
 */
export type Ward = "general" | "psychiatric" | "tuberculosis";

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
