//! What may be shared and what happens then, in words.

use super::Lang;
use crate::family::{
    AreaOut, Check, CheckCode, Draw, DrawFrom, FamilyAnswer, Model, OpenCode, OpenQuestion, Then, ThenCode, Verdict,
};
use crate::money::Fen;
use crate::rules::Certainty;

/// Writes every text of an answer.
pub fn fill_family(answer: &mut FamilyAnswer, lang: Lang) {
    answer.text = Some(summary(answer, lang));
    for check in &mut answer.checks {
        check.text = Some(condition(check, lang));
    }
    for check in answer.draws.iter_mut().filter_map(|draw| draw.passed_over.as_mut()) {
        check.text = Some(condition(check, lang));
    }
    for then in &mut answer.then {
        then.text = Some(consequence(then, lang));
    }
    for OpenQuestion { code, text } in &mut answer.open {
        *text = Some(open(*code, lang).to_owned());
    }
}

fn summary(answer: &FamilyAnswer, lang: Lang) -> String {
    let said = match (answer.verdict, answer.certainty) {
        (Verdict::No, _) => lang.of("不可以。", "No."),
        (Verdict::Unknown, _) => lang.of(
            "暂时不能确定，请向参保地医保部门询问（12393）。",
            "Not known: please ask the insured area's bureau (12393).",
        ),
        (Verdict::Yes, Certainty::Certain | Certainty::Derived) => lang.of("可以。", "Yes."),
        (Verdict::Yes, _) => lang.of(
            "按现有资料可以，但依据不够确定，请向参保地医保部门核实（12393）。",
            "As far as is known, yes; the source is not certain: please check with the insured area's bureau (12393).",
        ),
    };
    let why = answer.checks.iter().find(|check| check.verdict == answer.verdict && check.verdict != Verdict::Yes);
    let why = why.map(|check| condition(check, lang)).unwrap_or_default();
    let drawn = drawn(answer, lang);
    let parts = [said.to_owned(), why, drawn];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(lang.of("", " "))
}

/// What is drawn where, in one sentence.
fn drawn(answer: &FamilyAnswer, lang: Lang) -> String {
    let parts = answer.draws.iter().filter(|draw| !draw.amount_fen.is_zero()).map(|draw| part(draw, lang));
    let mut parts: Vec<String> = parts.collect();
    if let Some(cash) = answer.cash_fen.filter(|cash| !cash.is_zero()) {
        parts.push(format!("{} {}", lang.of("现金", "cash"), yuan(cash)));
    }
    if parts.is_empty() {
        return String::new();
    }
    let list = parts.join(lang.of("，", ", "));
    match answer.cash_fen {
        Some(_) => lang.of(format!("依次支付：{list}。"), format!("Paid in this order: {list}.")),
        None => lang.of(format!("依次退回：{list}。"), format!("Given back in this order: {list}.")),
    }
}

fn part(draw: &Draw, lang: Lang) -> String {
    let (zh, en) = source(draw.from);
    let name = draw.name.as_ref().map(|name| lang.of(format!("（{name}）"), format!(" ({name}) ")));
    format!("{}{}{}", lang.of(zh, en), name.unwrap_or_else(|| " ".into()), yuan(draw.amount_fen))
}

/// What a source of money is called.
pub fn draw_source(from: DrawFrom, lang: Lang) -> &'static str {
    let (zh, en) = source(from);
    lang.of(zh, en)
}

fn source(from: DrawFrom) -> (&'static str, &'static str) {
    match from {
        DrawFrom::Own => ("本人个人账户", "own personal account"),
        DrawFrom::Wallet => ("本人医保钱包", "own wallet"),
        DrawFrom::Sharer => ("亲属共济", "a relative's share"),
        DrawFrom::SharersAccount => ("亲属个人账户", "the relative's personal account"),
        DrawFrom::Suspense => ("待查账户（由经办机构核实后处理）", "suspense, to be settled by the bureau"),
        DrawFrom::Cash => ("现金", "cash"),
    }
}

/// What a way of sharing is called.
pub fn family_model(model: Model, lang: Lang) -> &'static str {
    let (zh, en) = match model {
        Model::Binding => (
            "省内家庭共济：结算时直接使用亲属的个人账户",
            "Family sharing within a province: drawn on the relative's account at settlement",
        ),
        Model::Transfer => {
            ("医保钱包转账：钱转入对方的医保钱包", "Wallet transfer: money moves into the other's wallet")
        }
        Model::Quota => (
            "共济额度：钱留在自己的个人账户里，划出一部分额度给亲属用",
            "Sharing quota: money stays in the sharer's account, part of it set aside for the relative",
        ),
    };
    lang.of(zh, en)
}

fn yuan(fen: Fen) -> String {
    format!("¥{}", fen.yuan_grouped())
}

fn area(out: Option<&AreaOut>, lang: Lang) -> String {
    let Some(out) = out else { return String::new() };
    let named = lang.of(&out.name_zh, &out.name_en);
    named.clone().unwrap_or_else(|| out.admdvs.clone())
}

fn condition(check: &Check, lang: Lang) -> String {
    if let Some(begins) = check.begins {
        return lang.of(
            format!("{}：自 {begins} 起才有此规定。", subject(check, lang)),
            format!("{}: only from {begins} on.", subject(check, lang)),
        );
    }
    let (zh, en) = match check.verdict {
        Verdict::Yes => held(check),
        Verdict::No => failed(check),
        Verdict::Unknown => missing(check),
    };
    lang.of(zh, en)
}

fn subject(check: &Check, lang: Lang) -> String {
    let place = area(check.area.as_ref(), lang);
    let (zh, en) = match check.code {
        CheckCode::Kin => ("这类亲属关系", "This kinship"),
        CheckCode::Model | CheckCode::SameProvince => ("这种共济方式", "This way of sharing"),
        CheckCode::Purpose => ("这项用途", "This use"),
        CheckCode::CrossProvince => ("跨省共济", "Sharing across provinces"),
        _ => ("这项规定", "This rule"),
    };
    if place.is_empty() {
        lang.of(zh, en).to_owned()
    } else {
        lang.of(format!("{place}{zh}"), format!("{place}: {en}"))
    }
}

fn held(check: &Check) -> (String, String) {
    let count = check.limit_count.unwrap_or_default();
    let most = check.limit_fen.map(yuan).unwrap_or_default();
    let (zh_area, en_area) = (area(check.area.as_ref(), Lang::Zh), area(check.area.as_ref(), Lang::En));
    let hours = hours(check);
    let (zh, en): (String, String) = match check.code {
        CheckCode::Kin => ("是规定的近亲属。".into(), "A near relative as listed.".into()),
        CheckCode::SharerAccount => (
            "共济人参加职工医保并有个人账户。".into(),
            "The sharer is insured as an employee and has a personal account.".into(),
        ),
        CheckCode::RecipientInsured => ("被共济人已参加基本医保。".into(), "The recipient is insured.".into()),
        CheckCode::SameProvince => ("双方在同一省份参保。".into(), "Both are insured in one province.".into()),
        CheckCode::CrossProvince => (
            format!("{zh_area}所在省份已开通跨省共济。"),
            format!("The province of {en_area} has opened sharing across provinces."),
        ),
        CheckCode::BothConsent => ("双方都已同意。".into(), "Both have agreed.".into()),
        CheckCode::Guardian => ("监护人已同意。".into(), "The guardian has agreed.".into()),
        CheckCode::Members => (format!("共济人数不超过 {count} 人。"), format!("No more than {count} relatives.")),
        CheckCode::Model => ("当天已实行这种共济方式。".into(), "This way of sharing exists on the day.".into()),
        CheckCode::PerTransfer => (format!("单笔不超过 {most}。"), format!("No more than {most} in one transfer.")),
        CheckCode::PerDay => {
            (format!("当天转账不超过 {count} 次。"), format!("No more than {count} transfers on the day."))
        }
        CheckCode::Hours => (
            format!("每天 {hours} 停止转账，其余时间可以转。"),
            format!("No transfers during {hours}, at any other time yes."),
        ),
        CheckCode::Waiting => ("没有等待对方接受的转账。".into(), "No transfer waits to be accepted.".into()),
        CheckCode::Balance => (format!("可用余额 {most}，足够。"), format!("{most} is available: enough.")),
        CheckCode::Purpose => ("这项用途在规定范围内。".into(), "This use is on the list.".into()),
        CheckCode::ResidentPremium => {
            ("被共济人参加的是居民医保。".into(), "The recipient is insured as a resident.".into())
        }
    };
    (zh, en)
}

fn failed(check: &Check) -> (String, String) {
    let count = check.limit_count.unwrap_or_default();
    let most = check.limit_fen.map(yuan).unwrap_or_default();
    let (zh_area, en_area) = (area(check.area.as_ref(), Lang::Zh), area(check.area.as_ref(), Lang::En));
    let hours = hours(check);
    match check.code {
        CheckCode::Kin => (
            "不是规定的近亲属（配偶、父母、子女、兄弟姐妹、祖父母、外祖父母、孙子女、外孙子女）。".into(),
            "Not a near relative as listed (spouse, parents, children, siblings, grandparents, grandchildren).".into(),
        ),
        CheckCode::SharerAccount => (
            "只有参加职工医保并有个人账户的人才能共济给亲属。".into(),
            "Only who is insured as an employee and has a personal account can share it.".into(),
        ),
        CheckCode::RecipientInsured => ("被共济人没有参加基本医保。".into(), "The recipient is not insured.".into()),
        CheckCode::SameProvince => {
            ("当地没有开通省内家庭共济。".into(), "The area has not opened sharing within the province.".into())
        }
        CheckCode::CrossProvince => (
            format!("{zh_area}当时没有开通跨省共济。"),
            format!("{en_area} had not opened sharing across provinces then."),
        ),
        CheckCode::BothConsent => ("需要双方都同意后才生效。".into(), "Takes effect once both have agreed.".into()),
        CheckCode::Guardian => (
            "未满 14 周岁，须由监护人同意，请监护人到经办窗口办理。".into(),
            "Under fourteen: the guardian has to agree, at the insurance office's window.".into(),
        ),
        CheckCode::Members => {
            (format!("共济人数已达上限 {count} 人。"), format!("There are {count} relatives already, the most."))
        }
        CheckCode::Model => {
            ("这种方式在双方之间不能使用。".into(), "This way of sharing cannot be used between the two.".into())
        }
        CheckCode::PerTransfer => {
            (format!("超过单笔上限 {most}。"), format!("More than {most}, the most in one transfer."))
        }
        CheckCode::PerDay => {
            (format!("当天已转满 {count} 次。"), format!("{count} transfers were made today already, the most."))
        }
        CheckCode::Hours => (format!("{hours} 停止转账。"), format!("No transfers during {hours}.")),
        CheckCode::Waiting => (
            format!("还有转账等待对方接受，最多 {count} 笔。"),
            format!("A transfer still waits to be accepted; {count} at most."),
        ),
        CheckCode::Balance => (format!("超过可用余额 {most}。"), format!("More than the {most} that is available.")),
        CheckCode::Purpose => (
            "这项用途不在规定范围内：不能提现，也不能用于其他消费。".into(),
            "Not on the list of uses: no cash, no other goods.".into(),
        ),
        CheckCode::ResidentPremium => (
            "代缴居民医保费，被共济人须参加居民医保。".into(),
            "A resident premium is paid for who is insured as a resident.".into(),
        ),
    }
}

fn missing(check: &Check) -> (String, String) {
    let (zh_area, en_area) = (area(check.area.as_ref(), Lang::Zh), area(check.area.as_ref(), Lang::En));
    match check.code {
        CheckCode::CrossProvince => (
            format!("没有查到{zh_area}现在是否开通跨省共济。"),
            format!("Whether {en_area} has opened sharing across provinces by now was not found."),
        ),
        CheckCode::Purpose => {
            ("没有查到当地是否允许这项用途。".into(), "Whether the area allows this use was not found.".into())
        }
        CheckCode::Members => {
            let count = check.limit_count.unwrap_or_default();
            (
                format!("当地最多 {count} 人；还不知道现在有几人。"),
                format!("{count} at most; how many there are now was not said."),
            )
        }
        _ => ("没有查到这项规定。".into(), "The rule was not found.".into()),
    }
}

fn hours(check: &Check) -> String {
    check.closed.map(|(from, until)| format!("{from}–{until}")).unwrap_or_default()
}

fn consequence(then: &Then, lang: Lang) -> String {
    let amount = then.amount_fen.map(yuan).unwrap_or_default();
    let at = then.at.map(|at| at.to_string()).unwrap_or_default();
    let (zh, en): (String, String) = match then.code {
        ThenCode::HelperIsNotSharing => (
            "亲情账户只能代为出示医保码，不是个人账户共济，不能动用钱。".into(),
            "A helper may show another's code; that is no sharing and moves no money.".into(),
        ),
        ThenCode::GuardianActs => ("未成年人由监护人代为办理。".into(), "A guardian acts for a minor.".into()),
        ThenCode::GuardianConsents => {
            ("不满十四周岁，须由监护人单独同意处理个人信息。".into(), "Below fourteen, a guardian agrees to the use of personal data.".into())
        }
        ThenCode::AtTheWindow => (
            "没有手机的，可由亲属代开通，或到医保窗口核验身份后办理。".into(),
            "Without a phone: a relative helps, or a window of the bureau after a check of identity.".into(),
        ),
        ThenCode::StaysFree => (
            "不划钱，也不占用额度，共济人自己仍可使用全部余额。".into(),
            "Nothing is moved or set aside: the sharer may still spend all of it.".into(),
        ),
        ThenCode::DrawnAtSettlement => (
            "亲属结算时，先用亲属本人的个人账户，再从共济人的个人账户支付。".into(),
            "At a settlement the relative's own account is drawn first, then the sharer's.".into(),
        ),
        ThenCode::LeavesTheSharer => (format!("{amount} 会从转出方扣除。"), format!("{amount} leaves the sender.")),
        ThenCode::ReturnsIfNotAccepted => {
            (format!("对方没有接受的，次日 {at} 自动退回。"), format!("What is not accepted goes back at {at} on the next day."))
        }
        ThenCode::FinalOnceAccepted => (
            "对方接受后不能自行撤回。".into(),
            "Once accepted it cannot be taken back.".into(),
        ),
        ThenCode::StaysInAccount => ("钱仍在共济人的个人账户里，不转出。".into(), "The money stays in the sharer's account.".into()),
        ThenCode::BlockedForSharer => {
            (format!("共济人自己不能再用这 {amount}，直到调低或取消额度。"), format!("The sharer cannot spend this {amount} until the quota is lowered or ended."))
        }
        ThenCode::RecipientMayUse => (format!("亲属可用额度 {amount}。"), format!("The relative may use {amount}.")),
        ThenCode::UnusedReturns if amount.is_empty() => {
            ("解除后，没有用完的额度立即退回共济人。".into(), "When it ends, what was not used is the sharer's again at once.".into())
        }
        ThenCode::UnusedReturns => {
            (format!("没有用完的额度 {amount} 立即退回共济人。"), format!("The {amount} not used is the sharer's again at once."))
        }
        ThenCode::HeldEndsFirst => {
            (format!("正在结算的 {amount} 先办完或撤销。"), format!("The {amount} under settlement is finished or voided first."))
        }
        ThenCode::EndsByItself => (
            "任何一方参保关系终止或跨统筹地区转移，共济关系自动解除。".into(),
            "Where the cover of either ends or moves to another area, sharing ends by itself.".into(),
        ),
        ThenCode::NothingToReturn => ("没有划过钱，不需要退回。".into(), "Nothing was moved, so nothing goes back.".into()),
        ThenCode::StaysInWallet => {
            (format!("已接受的 {amount} 仍在对方的医保钱包里。"), format!("The {amount} that was accepted stays in the other's wallet."))
        }
        ThenCode::FrozenAtOnce => ("账户立即冻结，没有完成的占用撤销。".into(), "Accounts are frozen at once, and holds are voided.".into()),
        ThenCode::Inheritable => ("个人账户余额可以依法继承。".into(), "What is in the personal account is inherited.".into()),
        ThenCode::OwnCodeOnly => (
            "就医购药必须出示患者本人的医保码或社保卡；报销待遇按患者本人参保类型计算。".into(),
            "The patient's own code or card is shown; benefits follow the patient's own insurance.".into(),
        ),
        ThenCode::AllOrNothing => (
            "多位亲属一起支付时，全部成功才算成功，否则都不扣。".into(),
            "Where several relatives pay, all of it is drawn or none.".into(),
        ),
        ThenCode::ToItsOrigin => {
            ("后支付的先退，每一部分退回原来的地方，不能改退为现金。".into(), "What was drawn last goes back first, each part to where it came from; account money is never given back as cash.".into())
        }
    };
    lang.of(zh, en)
}

fn open(code: OpenCode, lang: Lang) -> &'static str {
    let (zh, en) = match code {
        OpenCode::MembersMost => {
            ("没有查到共济人数上限，这里按不限计算。", "No limit on the number of relatives was found; none is taken.")
        }
        OpenCode::QuotaForEach => (
            "规定没有说明额度是每位亲属各设，还是共用一个；这里按每位亲属各设计算。",
            "Whether a quota is for each relative or for all is not said; one for each is taken.",
        ),
        OpenCode::QuotaLimits => (
            "没有查到转账的笔数和金额上限是否也适用于额度；这里按不适用计算。",
            "Whether the limits of transfers hold for quotas was not found; they are taken not to.",
        ),
        OpenCode::WholeBalance => (
            "有的地方只允许共济历年结余；这里按全部余额计算。",
            "Some areas let only money of earlier years be shared; the whole balance is taken.",
        ),
        OpenCode::ReturnedCounts => (
            "没有查到退回的转账是否仍计入当天次数；这里按仍计入计算。",
            "Whether a transfer that came back counts toward its day was not found; it is taken to.",
        ),
        OpenCode::WalletAfterQuota => (
            "没有查到改用额度后，钱包里原有的钱怎样处理；这里按仍留在钱包计算。",
            "What becomes of wallet money once an area goes over to quotas was not found; it is taken to stay.",
        ),
        OpenCode::OrderOfSharers => (
            "多位亲属的先后各地做法不同；这里按设定的顺序，同序的先建立的先用。",
            "The order of several relatives differs by area; taken here by priority, then the older share.",
        ),
        OpenCode::WalletOfTheDead => (
            "没有查到去世者钱包里收到的钱是继承还是退回，请向医保部门询问（12393）。",
            "Whether wallet money of somebody who died is inherited or goes back was not found: ask the bureau (12393).",
        ),
        OpenCode::Inheritance => (
            "没有查到当地个人账户余额的继承办法，请向医保部门询问（12393）。",
            "How the account is inherited in this area was not found: ask the bureau (12393).",
        ),
    };
    lang.of(zh, en)
}
