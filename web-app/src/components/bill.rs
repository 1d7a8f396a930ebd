use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::{CategoryFields, Choice, LineFields, Radios, TextField};
use crate::hooks::{Editor, setter, use_lang};
use crate::i18n::{self, Lang, T};
use crate::model::{BillForm, BillWay};

#[derive(Properties, PartialEq)]
pub struct BillFieldsProps {
    pub prefix: AttrValue,
    pub bill: BillForm,
    pub editor: Editor<BillForm>,
}

/// The bill, as far as it is known.
#[component]
pub fn BillFields(props: &BillFieldsProps) -> Html {
    let lang = use_lang();
    let BillFieldsProps { prefix, bill, editor } = props;
    let ways = BillWay::ALL.into_iter().map(|way| {
        let (name, hint) = i18n::bill_way(way);
        Choice::new(way, way.word(), name.say(lang)).hinted(hint)
    });
    let ways: Vec<Choice<BillWay>> = ways.collect();
    html! {
        <>
            <Radios<BillWay>
                id={format!("{prefix}bill-way")} legend={T::BillWayQ.say(lang)} choices={ways} value={Some(bill.way)}
                onchange={setter(editor, |b: &mut BillForm, way| b.way = way)}
            />
            { match bill.way {
                BillWay::Total => total_fields(props, lang),
                BillWay::Categories => html! {
                    <CategoryFields prefix={prefix.clone()} bill={bill.clone()} editor={editor.clone()} />
                },
                BillWay::Lines => html! {
                    <LineFields prefix={prefix.clone()} bill={bill.clone()} editor={editor.clone()} />
                },
                BillWay::Slip => slip_fields(props, lang),
            } }
        </>
    }
}

fn total_fields(props: &BillFieldsProps, lang: Lang) -> Html {
    let BillFieldsProps { prefix, bill, editor } = props;
    let hint_id = format!("{prefix}share-hint");
    html! {
        <>
            <TextField
                id={format!("{prefix}bill-total")} label={T::TotalQ.say(lang)} hint={T::TotalHint}
                value={bill.total.clone()} onchange={setter(editor, |b: &mut BillForm, text| b.total = text)}
            />
            <fieldset class="field assumed" aria-describedby={hint_id.clone()}>
                <legend>{ T::ShareLegend.say(lang) }<span class="tag">{ T::Assumed.say(lang) }</span></legend>
                <p class="hint" id={hint_id}>{ T::ShareHint.say(lang) }</p>
                <Slider
                    id={format!("{prefix}share-low")} label={T::ShareLow} value={bill.share_low}
                    onchange={setter(editor, BillForm::set_share_low)}
                />
                <Slider
                    id={format!("{prefix}share-high")} label={T::ShareHigh} value={bill.share_high}
                    onchange={setter(editor, BillForm::set_share_high)}
                />
            </fieldset>
        </>
    }
}

#[derive(Properties, PartialEq)]
struct SliderProps {
    id: AttrValue,
    label: T,
    value: u8,
    onchange: Callback<u8>,
}

#[component]
fn Slider(props: &SliderProps) -> Html {
    let lang = use_lang();
    let current = props.value;
    let oninput = props.onchange.reform(move |event: InputEvent| {
        let input = event.target().and_then(|t| t.dyn_into::<HtmlInputElement>().ok());
        input.and_then(|i| i.value().parse().ok()).unwrap_or(current)
    });
    let percent = format!("{current}%");
    html! {
        <div class="slider">
            <label for={props.id.clone()}>{ props.label.say(lang) }</label>
            <input
                type="range" id={props.id.clone()} data-testid={props.id.clone()} min="0" max="100" step="1"
                value={current.to_string()} {oninput} aria-valuetext={percent.clone()}
            />
            <output for={props.id.clone()}>{ percent }</output>
        </div>
    }
}

/// One amount of a slip: its id, its words, where it is and how it is put back.
type SlipField = (&'static str, T, fn(&BillForm) -> &String, fn(&mut BillForm, String));

const SPLIT: [SlipField; 4] = [
    ("slip-total", T::SlipTotal, |b| &b.slip.total, |b, text| b.slip.total = text),
    ("slip-own", T::SlipOwn, |b| &b.slip.own, |b, text| b.slip.own = text),
    ("slip-over", T::SlipOver, |b| &b.slip.over, |b, text| b.slip.over = text),
    ("slip-pre", T::SlipPre, |b| &b.slip.pre, |b, text| b.slip.pre = text),
];

const OFFICIAL: [SlipField; 7] = [
    ("slip-deductible", T::SlipDeductible, |b| &b.slip.deductible, |b, text| b.slip.deductible = text),
    ("slip-pool", T::SlipPool, |b| &b.slip.pool, |b, text| b.slip.pool = text),
    ("slip-hifmi", T::SlipHifmi, |b| &b.slip.hifmi, |b, text| b.slip.hifmi = text),
    ("slip-hifob", T::SlipHifob, |b| &b.slip.hifob, |b, text| b.slip.hifob = text),
    ("slip-aid", T::SlipAid, |b| &b.slip.aid, |b, text| b.slip.aid = text),
    ("slip-fund", T::SlipFund, |b| &b.slip.fund, |b, text| b.slip.fund = text),
    ("slip-person", T::SlipPerson, |b| &b.slip.person, |b, text| b.slip.person = text),
];

fn slip_fields(props: &BillFieldsProps, lang: Lang) -> Html {
    let BillFieldsProps { prefix, bill, editor } = props;
    let field = |(id, label, get, set): &SlipField| {
        html! {
            <TextField
                id={format!("{prefix}{id}")} label={label.say(lang)} value={get(bill).clone()}
                onchange={setter(editor, *set)}
            />
        }
    };
    html! {
        <>
            <fieldset class="group">
                <legend>{ T::SlipLegendSplit.say(lang) }</legend>
                <div class="pair">{ for SPLIT.iter().map(field) }</div>
            </fieldset>
            <fieldset class="group">
                <legend>{ T::SlipLegendOfficial.say(lang) }</legend>
                <p class="hint">{ T::SlipOfficialHint.say(lang) }</p>
                <div class="pair">{ for OFFICIAL.iter().map(field) }</div>
            </fieldset>
        </>
    }
}
