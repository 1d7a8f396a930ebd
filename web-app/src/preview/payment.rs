use anxin_core::Fen;
use anxin_core::drg::{Band, Thresholds};
use anxin_core::preview::{LevelOut, Part, PaymentOut, PricedRegionOut};
use yew::prelude::*;

use super::form::PaymentForm;
use super::words::P;
use crate::components::{Choice, Kind, Pick, TextField};
use crate::hooks::{Editor, setter, use_lang};
use crate::i18n::Lang;
use crate::services::words::money;

/// A table of weights and what it is called.
#[derive(Clone, Debug, PartialEq)]
pub struct Region {
    pub name: String,
    pub region: PricedRegionOut,
}

#[derive(Properties, PartialEq)]
pub struct PaymentFieldsProps {
    pub form: PaymentForm,
    pub regions: Vec<Region>,
    /// A table has no single stay's amounts.
    #[prop_or_default]
    pub of_table: bool,
    pub editor: Editor<PaymentForm>,
}

/// By which region's table the group is paid, and the stay's own figures.
#[component]
pub fn PaymentFields(props: &PaymentFieldsProps) -> Html {
    let lang = use_lang();
    let PaymentFieldsProps { form, regions, of_table, editor } = props;
    let none = Choice::new(String::new(), "", P::NoPayment.say(lang));
    let places: Vec<Choice<String>> = std::iter::once(none)
        .chain(regions.iter().map(|r| Choice::new(r.region.region.clone(), r.region.region.clone(), r.name.clone())))
        .collect();
    let chosen = regions.iter().map(|r| &r.region).find(|r| r.region == form.region);
    let prices = chosen.map(|r| r.prices.clone()).unwrap_or_default();
    let prices: Vec<Choice<String>> = prices
        .into_iter()
        .map(|p| {
            Choice::new(p.price.clone(), p.price.clone(), P::PriceChoice.fill(lang, &[&p.price, &p.yuan.to_string()]))
        })
        .collect();
    let levels = chosen.map(|r| r.levels.as_slice()).unwrap_or_default();
    let levels: Vec<Choice<String>> =
        levels.iter().map(|l| Choice::new(l.level.clone(), l.level.clone(), level(l, lang))).collect();
    let own_lines = chosen.and_then(|r| r.thresholds.as_ref()).map(|lines| lines_told(lines, lang));
    let field = |id: &'static str, label: P, kind, value: &String, set: fn(&mut PaymentForm, String)| {
        html! { <TextField {id} {kind} label={label.say(lang)} value={value.clone()} onchange={setter(editor, set)} /> }
    };
    if regions.is_empty() {
        return html! { <p class="hint" data-testid="pay-no-regions">{ P::NoRegions.say(lang) }</p> };
    }
    html! {
        <>
            <Pick<String>
                id="pay-region" legend={P::PayRegion.say(lang)} choices={places} value={Some(form.region.clone())}
                onchange={setter(editor, |f: &mut PaymentForm, region| f.choose_region(region))}
            />
            if !form.region.is_empty() {
                if prices.is_empty() {
                    { field("pay-yuan", P::PayYuan, Kind::Percent, &form.yuan, |f, t| f.yuan = t) }
                } else {
                    <Pick<String>
                        id="pay-price" legend={P::PayPrice.say(lang)} choices={prices} value={Some(form.price.clone())}
                        onchange={setter(editor, |f: &mut PaymentForm, price| f.price = price)}
                    />
                }
                if !levels.is_empty() {
                    <Pick<String>
                        id="pay-level" legend={P::PayLevel.say(lang)} choices={levels} value={Some(form.level.clone())}
                        onchange={setter(editor, |f: &mut PaymentForm, level| f.level = level)}
                    />
                }
                if let Some(lines) = own_lines {
                    <p class="hint" data-testid="pay-lines">{ lines }</p>
                }
                <div class="pair">
                    { field("pay-coefficient", P::PayCoefficient, Kind::Percent, &form.coefficient, |f, t| f.coefficient = t) }
                    if !*of_table {
                        { field("pay-cost", P::PayCost, Kind::Money, &form.cost, |f, t| f.cost = t) }
                        { field("pay-patient", P::PayPatient, Kind::Money, &form.patient, |f, t| f.patient = t) }
                    }
                    { field("pay-low", P::PayLow, Kind::Percent, &form.low, |f, t| f.low = t) }
                    { field("pay-high", P::PayHigh, Kind::Percent, &form.high, |f, t| f.high = t) }
                </div>
            }
        </>
    }
}

fn level(level: &LevelOut, lang: Lang) -> String {
    match level.coefficient {
        Some(rate) => P::LevelChoice.fill(lang, &[&level.level, &rate.to_string()]),
        None => P::LevelByGroup.fill(lang, &[&level.level]),
    }
}

/// Where the region's own table draws the lines.
fn lines_told(lines: &Thresholds, lang: Lang) -> String {
    let high: Vec<String> = lines.high.iter().map(|line| line.multiple.to_string()).collect();
    P::RegionLines.fill(lang, &[&lines.low.to_string(), &high.join(" / ")])
}

/// 支付标准, 医保基金应付 and 个人负担 of the coding as recorded, and what must stand beside them.
pub fn payment(payment: &PaymentOut, lang: Lang) -> Html {
    let band = match payment.band {
        Some(Band::Low) => Some(P::BandLow),
        Some(Band::Normal) => Some(P::BandNormal),
        Some(Band::High) => Some(P::BandHigh),
        None => None,
    };
    let amount = |part: &Part| part.fen;
    html! {
        <section aria-labelledby="payment-title" data-testid="payment">
            <h3 id="payment-title">{ P::PaymentTitle.say(lang) }</h3>
            <p class="notice caution" data-testid="payment-notice">{ payment.notice.clone() }</p>
            <dl class="figures">
                { figure("pay-standard", P::Standard, payment.standard_fen, lang) }
                { figure("pay-fund", P::FundPart, amount(&payment.fund), lang) }
                { figure("pay-person", P::PersonPart, amount(&payment.patient), lang) }
            </dl>
            <p>{ payment.text.clone().unwrap_or_default() }</p>
            if let Some(band) = band {
                <p><span class="tag" data-testid="pay-band">{ band.say(lang) }</span></p>
            }
            if payment.special_review {
                <p class="notice" data-testid="pay-special">{ P::SpecialReview.say(lang) }</p>
            }
        </section>
    }
}

/// One of the three amounts of a stay.
pub fn figure(id: &'static str, name: P, amount: Option<Fen>, lang: Lang) -> Html {
    html! {
        <div>
            <dt>{ name.say(lang) }</dt>
            <dd data-testid={id} data-fen={amount.map(|fen| fen.get().to_string())}>
                { amount.map_or_else(|| P::Unknown.say(lang).to_owned(), money) }
            </dd>
        </div>
    }
}
