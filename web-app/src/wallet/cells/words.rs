use wallet_types::{AlarmName, OpeningState, OverName, TermsOut, WindowStateName};

use crate::i18n::{Lang, texts};
use crate::services::words::money;

texts! {
    /// A text of the page of other areas.
    A

    Title { "跨区结算", "Other areas" }
    Alone { "还没有登记其他统筹区，这里不能跨区结算。", "No other area is registered here: nothing is settled across areas." }
    DemoAreas { "演示，不代表这些统筹区已经开通。", "A demonstration: it does not say that these areas are open." }
    Here { "本统筹区 {0}，当前场次第 {1} 场", "This area is {0}; window {1} is open" }
    Positions { "各统筹区", "Areas" }
    WeOwe { "应付 {0}", "{0} owed to it" }
    TheyOwe { "应收 {0}", "{0} owed by it" }
    Even { "两清", "Nothing owed" }
    HeldFor { "已冻结 {0}", "{0} set aside" }
    Asking { "等待对方答复 {0}", "{0} asked for" }
    UnderWay { "在途报文 {0} 份", "{0} letters on their way" }
    Arrived { "报文已全部送达", "All letters have arrived" }
    Cap { "净借记限额 {0}", "net debit cap {0}" }
    Prepaid { "预付金 {0}，下限 {1}", "prepayment {0}, floor {1}" }
    OverRefused { "超限不再受理", "what exceeds them is refused" }
    OverAlarmed { "超限告警", "what exceeds them raises an alarm" }
    Stopped { "已停止新结算", "No new settlements" }
    Opened { "跨省共济已开通", "Open across provinces" }
    NotOpened { "跨省共济未开通", "Not open across provinces" }
    OpenUnknown { "是否开通跨省共济尚不清楚", "Not known whether it is open across provinces" }
    Since { "自 {0} 起", "since {0}" }
    SourceIs { "依据：{0}（{1} 查阅）", "Source: {0} (read on {1})" }
    Windows { "清算场次", "Windows" }
    NoWindows { "还没有需要清算的金额。", "There is nothing to settle yet." }
    Window { "第 {0} 场", "Window {0}" }
    WindowOpen { "进行中", "open" }
    WindowClosing { "等待各方关闭", "closing" }
    WindowClosed { "待结清", "closed" }
    WindowSettled { "已结清", "paid" }
    Sum { "{0}：应收 {1}，应付 {2}", "{0}: {1} claimed, {2} owed" }
    OfWindow { "一场的经过与核对", "One window" }
    WhichWindow { "场次", "Window" }
    NoCourse { "本场还没有金额变动。", "Nothing was owed in this window yet." }
    CourseLabel { "{0} 至 {1} 各统筹区应收应付的变化。期末：{2}", "What was owed from {0} to {1}. At the end: {2}" }
    CourseWords { "逐小时文字说明", "Hour by hour in words" }
    CompareTitle { "三方核对", "Both journals and the letters" }
    CompareHint { "逐笔核对本统筹区的账、对方的账和双方往来的报文。对方的账现在向对方查询。", "Transfer by transfer: the journal here, the journal there, which is asked for now, and the letters between the two." }
    Compare { "开始核对", "Compare" }
    StillRunning { "本场尚未关闭，还在途中的也会列为不一致。", "This window is not closed: what is still under way is listed, too." }
    NoWord { "对方没有答复，暂时无法核对。请稍后再试。", "It did not answer, so nothing was compared. Please try again later." }
    AllTheSame { "共 {0} 笔，全部一致", "{0} transfers, all the same" }
    SomeDiffer { "共 {0} 笔，其中 {1} 笔不一致", "{0} transfers, {1} of them differ" }
    NotThere { "对方账上没有", "Not in their journal" }
    NotHere { "本方账上没有", "Not in the journal here" }
    NotInLetters { "报文中没有", "Not in the letters" }
    AmountDiffers { "金额不一致", "Amounts differ" }
    ThreeSums { "本方 {0}；对方 {1}；报文 {2}", "here {0}; there {1}; letters {2}" }
    Nowhere { "无", "none" }
    Close { "关闭本场", "Close the window" }
    CloseHint { "关闭后，新的结算计入下一场；各统筹区会收到本场的应付金额。", "New settlements go to the next window; every area is told what it owes in this one." }
    Alarms { "告警", "Alarms" }
    NoAlarms { "没有告警。", "There are no alarms." }
    Letter { "第 {0} 份报文", "letter {0}" }
    Refresh { "刷新", "Refresh" }
    Waits { "等待统筹区 {0} 答复，答复之前不扣款。", "Waits for the answer of {0}; nothing is drawn before." }

    AlarmLetterChanged { "同一编号的报文内容不同", "A letter came again with another text" }
    AlarmDrawRepeated { "同一笔结算重复请求", "Asked twice for one settlement" }
    AlarmDecision { "结算决定前后不一致", "A decision contradicts an earlier one" }
    AlarmCannotPost { "已决定的结算无法入账", "A settlement that was decided cannot be booked" }
    AlarmRefund { "退款金额不符", "A refund does not match" }
    AlarmWindow { "场次金额不符", "The sums of a window differ" }
    AlarmCap { "超过净借记限额", "Over the net debit cap" }
    AlarmFloor { "预付金低于下限", "The prepayment is below its floor" }
}

pub fn alarm(kind: AlarmName, lang: Lang) -> &'static str {
    let word = match kind {
        AlarmName::LetterChanged => A::AlarmLetterChanged,
        AlarmName::DrawRepeated => A::AlarmDrawRepeated,
        AlarmName::DecisionContradicts => A::AlarmDecision,
        AlarmName::CannotPost => A::AlarmCannotPost,
        AlarmName::RefundDiffers => A::AlarmRefund,
        AlarmName::WindowDiffers => A::AlarmWindow,
        AlarmName::OverNetDebit => A::AlarmCap,
        AlarmName::BelowFloor => A::AlarmFloor,
    };
    word.say(lang)
}

/// What was agreed with an area; nothing where no limit was.
pub fn terms(terms: &TermsOut, lang: Lang) -> Vec<String> {
    let mut told: Vec<String> = terms.cap_fen.iter().map(|cap| A::Cap.fill(lang, &[&money(*cap)])).collect();
    if let (Some(prepaid), Some(floor)) = (terms.prepaid_fen, terms.floor_fen) {
        told.push(A::Prepaid.fill(lang, &[&money(prepaid), &money(floor)]));
    }
    if !told.is_empty() {
        let over = match terms.over {
            OverName::Refuse => A::OverRefused,
            OverName::Alarm => A::OverAlarmed,
        };
        told.push(over.say(lang).to_owned());
    }
    told
}

pub fn window(state: WindowStateName, lang: Lang) -> &'static str {
    let word = match state {
        WindowStateName::Open => A::WindowOpen,
        WindowStateName::Closing => A::WindowClosing,
        WindowStateName::Closed => A::WindowClosed,
        WindowStateName::Settled => A::WindowSettled,
    };
    word.say(lang)
}

pub fn opening(state: OpeningState, lang: Lang) -> &'static str {
    let word = match state {
        OpeningState::Open => A::Opened,
        OpeningState::NotOpen => A::NotOpened,
        OpeningState::Unknown => A::OpenUnknown,
    };
    word.say(lang)
}
