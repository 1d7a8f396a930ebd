use anxin_core::benefit::{Answer, Case};
use anxin_core::rules::Region;
use yew::prelude::*;

use super::{AwayView, Mismatches, Notes, RulesUsed, Steps, WhoPays, YearAfter};
use crate::hooks::use_lang;
use crate::i18n::T;

#[derive(Properties, PartialEq)]
pub struct AnswerViewProps {
    pub answer: Answer,
    pub case: Case,
    pub region: Option<Region>,
}

/// All that follows the sentence: the picture, the doubts, the steps, the sources.
#[component]
pub fn AnswerView(props: &AnswerViewProps) -> Html {
    let lang = use_lang();
    let AnswerViewProps { answer, case, region } = props;
    html! {
        <>
            <WhoPays answer={answer.clone()} />
            <Mismatches answer={answer.clone()} case={case.clone()} />
            <Notes answer={answer.clone()} />
            if let Some(away) = &answer.away {
                <AwayView away={away.clone()} />
            }
            <Steps answer={answer.clone()} />
            <YearAfter year={answer.settlement.year_to_date.clone()} />
            <details class="terms">
                <summary>{ T::TermsTitle.say(lang) }</summary>
                <p>{ T::TermsBody.say(lang) }</p>
            </details>
            <RulesUsed answer={answer.clone()} region={region.clone()} />
        </>
    }
}
