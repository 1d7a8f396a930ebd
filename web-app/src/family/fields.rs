//! The questions of each kind.

use anxin_core::family::{AreaName, DissolveWhy, Insured, Kin, Model, Use};
use yew::prelude::*;

use super::form::{Form, PartyForm, Question, RelativeForm};
use super::words::F;
use crate::components::{Check, Choice, Kind, Pick, Radios, TextField};
use crate::hooks::{Edit, Editor, setter, use_lang, within};
use crate::i18n::Lang;

/// Relatives that one payment asks about on this page.
const RELATIVES_MAX: usize = 6;

#[derive(Properties, PartialEq)]
pub struct QuestionsProps {
    pub form: Form,
    pub areas: Vec<AreaName>,
    pub editor: Editor<Form>,
}

#[component]
pub fn Questions(props: &QuestionsProps) -> Html {
    let lang = use_lang();
    let QuestionsProps { form, editor, .. } = props;
    let questions = [
        (Question::Share, "share", F::AskShare),
        (Question::Pay, "pay", F::AskPay),
        (Question::Dissolve, "dissolve", F::AskDissolve),
    ];
    html! {
        <>
            <Radios<Question>
                id="ask" legend={F::AskQ.say(lang)} choices={choices(&questions, lang)} value={Some(form.question)}
                onchange={setter(editor, |f: &mut Form, question| f.question = question)}
            />
            <TextField
                id="on" kind={Kind::Date} label={F::OnQ.say(lang)} value={form.on.clone()}
                onchange={setter(editor, |f: &mut Form, text| f.on = text)}
            />
            { match form.question {
                Question::Share => share(props, lang),
                Question::Pay => pay(props, lang),
                Question::Dissolve => dissolve(props, lang),
            } }
        </>
    }
}

fn choices<V: Copy>(list: &[(V, &'static str, F)], lang: Lang) -> Vec<Choice<V>> {
    list.iter().map(|(value, word, text)| Choice::new(*value, *word, text.say(lang))).collect()
}

fn money(id: &str, name: F, value: &str, onchange: Callback<String>, lang: Lang) -> Html {
    html! { <TextField id={id.to_owned()} label={name.say(lang)} value={value.to_owned()} {onchange} /> }
}

fn share(props: &QuestionsProps, lang: Lang) -> Html {
    let QuestionsProps { form, areas, editor } = props;
    let models = [
        (None, "auto", F::ModelAuto),
        (Some(Model::Binding), "binding", F::ModelBinding),
        (Some(Model::Transfer), "transfer", F::ModelTransfer),
        (Some(Model::Quota), "quota", F::ModelQuota),
    ];
    let sharer = within(editor, |f: &mut Form| Some(&mut f.sharer));
    let recipient = within(editor, |f: &mut Form| Some(&mut f.recipient));
    html! {
        <>
            <section aria-labelledby="sharer-title">
                <h2 id="sharer-title">{ F::SharerTitle.say(lang) }</h2>
                <PartyFields id="sharer" form={form.sharer.clone()} areas={areas.clone()} editor={sharer} />
            </section>
            <section aria-labelledby="recipient-title">
                <h2 id="recipient-title">{ F::RecipientTitle.say(lang) }</h2>
                { kin("kin", F::KinQ, form.kin, setter(editor, |f: &mut Form, kin| f.kin = kin), lang) }
                <PartyFields id="recipient" form={form.recipient.clone()} areas={areas.clone()} editor={recipient} with_age=true />
            </section>
            <Check
                id="consent-sharer" label={F::ConsentSharer.say(lang)} checked={form.consents.sharer}
                onchange={setter(editor, |f: &mut Form, yes| f.consents.sharer = yes)}
            />
            <Check
                id="consent-recipient" label={F::ConsentRecipient.say(lang)} checked={form.consents.recipient}
                onchange={setter(editor, |f: &mut Form, yes| f.consents.recipient = yes)}
            />
            { money("amount", F::AmountQ, &form.amount, setter(editor, |f: &mut Form, text| f.amount = text), lang) }
            { money("balance", F::BalanceQ, &form.balance, setter(editor, |f: &mut Form, text| f.balance = text), lang) }
            { money("set-aside", F::SetAsideQ, &form.set_aside, setter(editor, |f: &mut Form, text| f.set_aside = text), lang) }
            <Pick<Option<Model>>
                id="model" legend={F::ModelQ.say(lang)} choices={choices(&models, lang)} value={Some(form.model)}
                onchange={setter(editor, |f: &mut Form, model| f.model = model)}
            />
            <TextField
                id="time" kind={Kind::Text} label={F::TimeQ.say(lang)} value={form.time.clone()}
                onchange={setter(editor, |f: &mut Form, text| f.time = text)}
            />
            <TextField
                id="sent" kind={Kind::Count} label={F::SentQ.say(lang)} value={form.sent.clone()}
                onchange={setter(editor, |f: &mut Form, text| f.sent = text)}
            />
        </>
    }
}

fn pay(props: &QuestionsProps, lang: Lang) -> Html {
    let QuestionsProps { form, areas, editor } = props;
    let uses = [
        (Use::Institution, "institution", F::UseInstitution),
        (Use::Pharmacy, "pharmacy", F::UsePharmacy),
        (Use::ResidentPremium, "resident-premium", F::UsePremium),
        (Use::CarePremium, "care-premium", F::UseCare),
        (Use::CommercialCover, "commercial-cover", F::UseCommercial),
        (Use::Other, "other", F::UseOther),
    ];
    let patient = within(editor, |f: &mut Form| Some(&mut f.recipient));
    let add = editor.reform(|_: MouseEvent| {
        Edit::new(|f: &mut Form| {
            let key = f.relatives.iter().map(|r| r.key + 1).max().unwrap_or_default();
            f.relatives.push(RelativeForm::new(key));
        })
    });
    let rows = form.relatives.iter().enumerate().map(|(n, relative)| relative_fields(props, n, relative, lang));
    html! {
        <>
            <Radios<Use>
                id="use" legend={F::UseQ.say(lang)} choices={choices(&uses, lang)} value={Some(form.purpose)}
                onchange={setter(editor, |f: &mut Form, purpose| f.purpose = purpose)}
            />
            { money("pay", F::PayQ, &form.pay, setter(editor, |f: &mut Form, text| f.pay = text), lang) }
            <section aria-labelledby="recipient-title">
                <h2 id="recipient-title">{ F::PatientTitle.say(lang) }</h2>
                <PartyFields id="recipient" form={form.recipient.clone()} areas={areas.clone()} editor={patient} />
                if form.recipient.cover == Insured::Employee {
                    { money("own", F::OwnQ, &form.own, setter(editor, |f: &mut Form, text| f.own = text), lang) }
                }
                { money("wallet", F::WalletQ, &form.wallet, setter(editor, |f: &mut Form, text| f.wallet = text), lang) }
            </section>
            <section aria-labelledby="relatives-title">
                <h2 id="relatives-title">{ F::RelativesTitle.say(lang) }</h2>
                <p class="hint">{ F::RelativesHint.say(lang) }</p>
                { for rows }
                if form.relatives.len() < RELATIVES_MAX {
                    <button type="button" class="plain" data-testid="relative-add" onclick={add}>{ F::AddRelative.say(lang) }</button>
                }
            </section>
        </>
    }
}

fn relative_fields(props: &QuestionsProps, n: usize, relative: &RelativeForm, lang: Lang) -> Html {
    let key = relative.key;
    let one = within(&props.editor, move |f: &mut Form| f.relatives.iter_mut().find(|r| r.key == key));
    let party = within(&one, |r: &mut RelativeForm| Some(&mut r.party));
    let remove =
        props.editor.reform(move |_: MouseEvent| Edit::new(move |f: &mut Form| f.relatives.retain(|r| r.key != key)));
    let number = (n + 1).to_string();
    html! {
        <fieldset key={key} class="field relative">
            <legend>{ F::Relative.fill(lang, &[&number]) }</legend>
            <TextField
                id={relative.id("name")} kind={Kind::Text} label={F::NameQ.say(lang)} value={relative.name.clone()}
                onchange={setter(&one, |r: &mut RelativeForm, text| r.name = text)}
            />
            { kin(&relative.id("kin"), F::KinOfQ, relative.kin, setter(&one, |r: &mut RelativeForm, kin| r.kin = kin), lang) }
            <PartyFields id={relative.id("party")} form={relative.party.clone()} areas={props.areas.clone()} editor={party} />
            { money(&relative.id("available"), F::AvailableQ, &relative.available, setter(&one, |r: &mut RelativeForm, text| r.available = text), lang) }
            <button type="button" class="plain" data-testid={relative.id("remove")} onclick={remove}>
                { F::RemoveRelative.fill(lang, &[&number]) }
            </button>
        </fieldset>
    }
}

fn dissolve(props: &QuestionsProps, lang: Lang) -> Html {
    let QuestionsProps { form, areas, editor } = props;
    let whys = [
        (DissolveWhy::Asked, "asked", F::WhyAsked),
        (DissolveWhy::CoverEnded, "cover-ended", F::WhyCover),
        (DissolveWhy::Moved, "moved", F::WhyMoved),
        (DissolveWhy::SharerDied, "sharer-died", F::WhySharerDied),
        (DissolveWhy::RecipientDied, "recipient-died", F::WhyRecipientDied),
    ];
    let ways = [
        (Model::Quota, "quota", F::ModelQuota),
        (Model::Transfer, "transfer", F::ModelTransfer),
        (Model::Binding, "binding", F::ModelBinding),
    ];
    let sharer = within(editor, |f: &mut Form| Some(&mut f.sharer));
    html! {
        <>
            <Radios<DissolveWhy>
                id="why" legend={F::WhyQ.say(lang)} choices={choices(&whys, lang)} value={Some(form.why)}
                onchange={setter(editor, |f: &mut Form, why| f.why = why)}
            />
            <Radios<Model>
                id="way" legend={F::WayQ.say(lang)} choices={choices(&ways, lang)} value={Some(form.way)}
                onchange={setter(editor, |f: &mut Form, way| f.way = way)}
            />
            <section aria-labelledby="sharer-title">
                <h2 id="sharer-title">{ F::SharerTitle.say(lang) }</h2>
                <PartyFields id="sharer" form={form.sharer.clone()} areas={areas.clone()} editor={sharer} area_only=true />
            </section>
            if form.way != Model::Binding {
                { money("shared", F::SharedQ, &form.shared, setter(editor, |f: &mut Form, text| f.shared = text), lang) }
                { money("used", F::UsedQ, &form.used, setter(editor, |f: &mut Form, text| f.used = text), lang) }
                { money("held", F::HeldQ, &form.held, setter(editor, |f: &mut Form, text| f.held = text), lang) }
            }
        </>
    }
}

/// The eight kinds of near relative.
pub const NEAR: [(Kin, &str, F); 8] = [
    (Kin::Spouse, "spouse", F::KinSpouse),
    (Kin::Parent, "parent", F::KinParent),
    (Kin::Child, "child", F::KinChild),
    (Kin::Sibling, "sibling", F::KinSibling),
    (Kin::PaternalGrandparent, "paternal-grandparent", F::KinPaternal),
    (Kin::MaternalGrandparent, "maternal-grandparent", F::KinMaternal),
    (Kin::SonsChild, "sons-child", F::KinSons),
    (Kin::DaughtersChild, "daughters-child", F::KinDaughters),
];

fn kin(id: &str, question: F, value: Kin, onchange: Callback<Kin>, lang: Lang) -> Html {
    let mut kinds = NEAR.to_vec();
    kinds.push((Kin::Other, "other", F::KinOther));
    html! {
        <Pick<Kin>
            id={id.to_owned()} legend={question.say(lang)} choices={choices(&kinds, lang)} value={Some(value)} {onchange}
        />
    }
}

#[derive(Properties, PartialEq)]
struct PartyFieldsProps {
    id: AttrValue,
    form: PartyForm,
    areas: Vec<AreaName>,
    editor: Editor<PartyForm>,
    #[prop_or_default]
    with_age: bool,
    #[prop_or_default]
    area_only: bool,
}

/// Where and how somebody is insured.
#[component]
fn PartyFields(props: &PartyFieldsProps) -> Html {
    let lang = use_lang();
    let PartyFieldsProps { id, form, editor, .. } = props;
    let name = |area: &AreaName| lang.of(area.name_zh.clone(), area.name_en.clone());
    let listed = props.areas.iter().map(|area| Choice::new(area.admdvs.clone(), area.admdvs.clone(), name(area)));
    let other = Choice::new(String::new(), "other", F::AreaOther.say(lang));
    let areas: Vec<Choice<String>> = listed.chain([other]).collect();
    let covers = [
        (Insured::Employee, "employee", F::CoverEmployee),
        (Insured::EmployeeWithoutAccount, "employee-without", F::CoverWithout),
        (Insured::Resident, "resident", F::CoverResident),
        (Insured::None, "none", F::CoverNone),
    ];
    html! {
        <>
            <Pick<String>
                id={format!("{id}-area")} legend={F::AreaQ.say(lang)} choices={areas} value={Some(form.area.clone())}
                onchange={setter(editor, |p: &mut PartyForm, area| p.area = area)}
            />
            if form.area.is_empty() {
                <TextField
                    id={format!("{id}-code")} kind={Kind::Count} label={F::AreaCodeQ.say(lang)} value={form.other_area.clone()}
                    onchange={setter(editor, |p: &mut PartyForm, text| p.other_area = text)}
                />
            }
            if !props.area_only {
                <Radios<Insured>
                    id={format!("{id}-cover")} legend={F::CoverQ.say(lang)} choices={choices(&covers, lang)} value={Some(form.cover)}
                    onchange={setter(editor, |p: &mut PartyForm, cover| p.cover = cover)}
                />
            }
            if props.with_age {
                <TextField
                    id={format!("{id}-age")} kind={Kind::Count} label={F::YoungQ.say(lang)} value={form.age.clone()}
                    onchange={setter(editor, |p: &mut PartyForm, text| p.age = text)}
                />
            }
        </>
    }
}
