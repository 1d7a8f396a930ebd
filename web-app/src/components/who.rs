use anxin_core::benefit::Cover;
use anxin_core::rules::{AidClass, Dim, Plan, Scheme, WorkStatus};
use wallet_types::PackEntry;
use yew::prelude::*;

use super::{Choice, Kind, Pick, Radios, TextField};
use crate::hooks::{Editor, setter, use_lang, use_library};
use crate::i18n::{self, Lang, T};
use crate::model::Who;

#[derive(Properties, PartialEq)]
pub struct WhoFieldsProps {
    pub who: Who,
    pub editor: Editor<Who>,
}

const COVERS: [(Cover, &str); 4] =
    [(Cover::InForce, "in_force"), (Cover::Waiting, "waiting"), (Cover::Lapsed, "lapsed"), (Cover::Newborn, "newborn")];

/// The insured person: where, how, and whether cover is in force.
#[component]
pub fn WhoFields(props: &WhoFieldsProps) -> Html {
    let lang = use_lang();
    let Some(handle) = use_library() else { return Html::default() };
    let WhoFieldsProps { who, editor } = props;
    let regions: Vec<Choice<String>> = handle.library.entries.iter().filter_map(|e| region(e, lang)).collect();
    let schemes = match handle.library.region(&who.region) {
        Some(region) => region.schemes.clone(),
        None => vec![Scheme::Resident, Scheme::Employee],
    };
    let schemes: Vec<Choice<Scheme>> = schemes.into_iter().map(|s| scheme(s, lang)).collect();
    let covers: Vec<Choice<Cover>> =
        COVERS.iter().map(|(c, word)| Choice::new(*c, *word, i18n::cover(*c).say(lang))).collect();
    let dims = |aid: &(AidClass, &'static str)| Choice::new(aid.0, aid.1, i18n::aid(aid.0).say(lang));
    let aids: Vec<Choice<AidClass>> = AidClass::WORDS.iter().map(dims).collect();
    let statuses: Vec<Choice<WorkStatus>> =
        WorkStatus::WORDS.iter().map(|(s, word)| Choice::new(*s, *word, i18n::status(*s).say(lang))).collect();
    let plans: Vec<Choice<Plan>> =
        Plan::WORDS.iter().map(|(p, word)| Choice::new(*p, *word, i18n::plan(*p).say(lang))).collect();
    html! {
        <>
            <Pick<String>
                id="region" legend={T::Region.say(lang)} hint={T::RegionHint} choices={regions}
                value={Some(who.region.clone())} onchange={setter(editor, |w: &mut Who, slug| w.region = slug)}
            />
            <Radios<Scheme>
                id="scheme" legend={T::SchemeQ.say(lang)} choices={schemes} value={Some(who.scheme)}
                onchange={setter(editor, |w: &mut Who, scheme| w.scheme = scheme)}
            />
            <Radios<Cover>
                id="cover" legend={T::CoverQ.say(lang)} hint={T::CoverHint} choices={covers} value={Some(who.cover)}
                onchange={setter(editor, |w: &mut Who, cover| w.cover = cover)}
            />
            if who.scheme == Scheme::Employee {
                <Radios<WorkStatus>
                    id="status" legend={T::StatusQ.say(lang)} choices={statuses} value={Some(who.status)}
                    onchange={setter(editor, |w: &mut Who, status| w.status = status)}
                />
                <Radios<Plan>
                    id="plan" legend={T::PlanQ.say(lang)} choices={plans} value={Some(who.plan)}
                    onchange={setter(editor, |w: &mut Who, plan| w.plan = plan)}
                />
            }
            <Pick<AidClass>
                id="aid" legend={T::AidQ.say(lang)} hint={T::AidHint} choices={aids} value={Some(who.aid)}
                onchange={setter(editor, |w: &mut Who, aid| w.aid = aid)}
            />
            <TextField
                id="months" kind={Kind::Count} label={optional(T::MonthsQ, lang)} hint={T::MonthsHint}
                value={who.months.clone()} onchange={setter(editor, |w: &mut Who, text| w.months = text)}
            />
        </>
    }
}

/// A question that may be left unanswered.
pub fn optional(question: T, lang: Lang) -> String {
    format!("{}{}", question.say(lang), T::Optional.say(lang))
}

fn region(entry: &PackEntry, lang: Lang) -> Option<Choice<String>> {
    let region = entry.region.as_ref()?;
    let label = match lang {
        Lang::Zh => format!("{} {}", region.province_zh, region.name_zh),
        Lang::En => format!("{}, {}", region.name_en, region.province_en),
    };
    Some(Choice::new(region.slug.clone(), region.slug.clone(), label))
}

fn scheme(scheme: Scheme, lang: Lang) -> Choice<Scheme> {
    let hint = match scheme {
        Scheme::Resident => T::SchemeResidentHint,
        Scheme::Employee => T::SchemeEmployeeHint,
    };
    Choice::new(scheme, scheme.word(), i18n::scheme(scheme).say(lang)).hinted(hint)
}
