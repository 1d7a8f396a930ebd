//! Drugs of the basket, each with the codes of its packs: 医保 and 自费 lines side by side. A hand scanner types the code
//! and ends with the enter key, which adds the line.

use anxin_core::{Fen, RefusalCode};
use wallet_types::{DrugLine, RxOut};
use yew::prelude::*;

use super::prescriptions::of_drug;
use crate::components::{Check, FieldNote, Kind, TextField};
use crate::hooks::{editor, setter};
use crate::i18n::Lang;
use crate::model::amount::yuan;
use crate::services::words::money;
use crate::wallet::words::W;

/// A drug with what it costs, inside the catalogue or outside.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    pub line: DrugLine,
    pub amount: Fen,
    pub own: bool,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Typed {
    drug: String,
    amount: String,
    days: String,
    own: bool,
    split: bool,
    count: String,
    pack: String,
}

fn note(field: &str, message: &str) -> FieldNote {
    FieldNote { field: field.into(), code: RefusalCode::OutOfRange.code(), message: message.into() }
}

/// The sum of the lines inside the catalogue or outside.
pub fn sum(items: &[Item], own: bool) -> Fen {
    let of = items.iter().filter(|item| item.own == own).map(|item| item.amount);
    Fen::checked_sum(of).unwrap_or_default()
}

/// The basket with one pack more. A pack of the same drug at the same price goes to its line; no pack stands twice.
fn added(items: &[Item], typed: &Typed, prescriptions: &[RxOut], lang: Lang) -> Result<Vec<Item>, FieldNote> {
    let drug = typed.drug.trim().to_owned();
    if drug.is_empty() {
        return Err(note("drug", W::DrugMissing.say(lang)));
    }
    let amount = yuan(&typed.amount).ok().flatten().filter(|fen| *fen > Fen::ZERO);
    let amount = amount.ok_or_else(|| note("drug-amount", W::WrongAmount.say(lang)))?;
    let days = match typed.days.trim() {
        "" => None,
        days => Some(days.parse().map_err(|_| note("drug-days", W::DrugDaysWrong.say(lang)))?),
    };
    let pack = typed.pack.trim().to_owned();
    if items.iter().any(|item| item.line.codes.contains(&pack)) {
        return Err(note("drug-pack", W::DrugPackTwice.say(lang)));
    }
    let count = match (typed.split, typed.count.trim().parse::<u32>()) {
        (false, _) => 1,
        (true, Ok(count)) if count > 0 => count,
        (true, _) => return Err(note("drug-count", W::DrugCountWrong.say(lang))),
    };
    let codes: Vec<String> = Some(pack).filter(|pack| !pack.is_empty()).into_iter().collect();
    let rx = of_drug(prescriptions, &drug);
    let line =
        DrugLine { drug, codes, split: typed.split, count, days, old_stock: false, rx, amount_fen: Some(amount) };
    let mut items = items.to_vec();
    let same = |item: &&mut Item| {
        let of = &item.line;
        !of.split
            && !line.split
            && !of.codes.is_empty()
            && !line.codes.is_empty()
            && (&of.drug, of.days, of.rx, item.own) == (&line.drug, line.days, line.rx, typed.own)
    };
    match items.iter_mut().find(same) {
        Some(item) => {
            item.line.codes.extend(line.codes);
            item.line.count += 1;
            item.amount = item.amount.plus(amount);
            item.line.amount_fen = Some(item.amount);
        }
        None => items.push(Item { line, amount, own: typed.own }),
    }
    Ok(items)
}

#[derive(Properties, PartialEq)]
pub struct DrugsProps {
    pub items: Vec<Item>,
    /// What is prescribed to the patient.
    pub prescriptions: Vec<RxOut>,
    pub lang: Lang,
    pub onchange: Callback<Vec<Item>>,
    pub onwrong: Callback<FieldNote>,
}

/// What is in the basket, and a row for what is added.
#[component]
pub fn Drugs(props: &DrugsProps) -> Html {
    let lang = props.lang;
    let typed = use_state(Typed::default);
    let change = |set: fn(&mut Typed, String)| setter(&editor(&typed), set);
    let tick = |set: fn(&mut Typed, bool)| setter(&editor(&typed), set);
    let add = {
        let (typed, items, prescriptions) = (typed.clone(), props.items.clone(), props.prescriptions.clone());
        let (onchange, onwrong) = (props.onchange.clone(), props.onwrong.clone());
        move || match added(&items, &typed, &prescriptions, lang) {
            Ok(items) => {
                // The next pack of the same drug only needs its code.
                typed.set(Typed { pack: String::new(), ..(*typed).clone() });
                onchange.emit(items);
            }
            Err(note) => onwrong.emit(note),
        }
    };
    let onclick = {
        let add = add.clone();
        Callback::from(move |_: MouseEvent| add())
    };
    let onkeydown = Callback::from(move |event: KeyboardEvent| {
        if event.key() == "Enter" {
            event.prevent_default();
            add();
        }
    });
    let row = |(n, item): (usize, &Item)| {
        let (items, onchange) = (props.items.clone(), props.onchange.clone());
        let remove = Callback::from(move |_: MouseEvent| {
            let mut items = items.clone();
            items.remove(n);
            onchange.emit(items);
        });
        let kind = if item.own { W::DrugOwn } else { W::DrugInsured };
        let unit = if item.line.split { W::DrugUnits } else { W::DrugPacks };
        html! {
            <li data-drug={item.line.drug.clone()}>
                <strong>{ &item.line.drug }</strong>
                <span class="amount">{ money(item.amount) }</span>
                <span class="small">{ kind.say(lang) }{ " · " }{ unit.fill(lang, &[&item.line.count.to_string()]) }{ " · " }<span class="wrap">{ item.line.codes.join(" ") }</span></span>
                <button type="button" class="secondary" onclick={remove}>{ W::DrugRemove.say(lang) }</button>
            </li>
        }
    };
    html! {
        <fieldset class="drugs" data-testid="drugs">
            <legend>{ W::Drugs.say(lang) }</legend>
            <ol class="moves" data-testid="drug-lines" aria-live="polite">{ for props.items.iter().enumerate().map(row) }</ol>
            <TextField id="drug" label={W::DrugCode.say(lang)} kind={Kind::Text} value={typed.drug.clone()} onchange={change(|t, text| t.drug = text)} />
            <TextField id="drug-amount" label={W::DrugAmount.say(lang)} kind={Kind::Money} value={typed.amount.clone()} onchange={change(|t, text| t.amount = text)} />
            <TextField id="drug-days" label={W::DrugDays.say(lang)} kind={Kind::Text} value={typed.days.clone()} onchange={change(|t, text| t.days = text)} />
            <Check id="drug-own" label={W::DrugOwnQ.say(lang)} checked={typed.own} onchange={tick(|t, on| t.own = on)} />
            <Check id="drug-split" label={W::DrugSplitQ.say(lang)} checked={typed.split} onchange={tick(|t, on| t.split = on)} />
            if typed.split {
                <TextField id="drug-count" label={W::DrugCount.say(lang)} kind={Kind::Text} value={typed.count.clone()} onchange={change(|t, text| t.count = text)} />
            }
            <div {onkeydown}>
                <TextField id="drug-pack" label={W::DrugPack.say(lang)} told={Some(AttrValue::from(W::DrugPackHint.say(lang)))} kind={Kind::Text} value={typed.pack.clone()} onchange={change(|t, text| t.pack = text)} />
            </div>
            <button type="button" class="secondary" data-testid="add-drug" {onclick}>{ W::DrugAdd.say(lang) }</button>
        </fieldset>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(drug: &str, amount: &str, pack: &str) -> Typed {
        Typed { drug: drug.into(), amount: amount.into(), pack: pack.into(), ..Typed::default() }
    }

    fn wrong(items: &[Item], typed: &Typed) -> String {
        added(items, typed, &[], Lang::Zh).unwrap_err().field.to_string()
    }

    #[test]
    fn packs_of_a_drug_are_one_line_and_none_stands_twice() {
        let one = added(&[], &typed("A", "30", "111"), &[], Lang::Zh).unwrap();
        let two = added(&one, &typed("A", "30", "222"), &[], Lang::Zh).unwrap();
        assert_eq!((two.len(), two[0].line.count, two[0].amount.get()), (1, 2, 6_000));
        assert_eq!(wrong(&two, &typed("A", "30", "111")), "drug-pack");
        let own = Typed { own: true, ..typed("A", "5", "333") };
        let three = added(&two, &own, &[], Lang::Zh).unwrap();
        assert_eq!((three.len(), sum(&three, false).get(), sum(&three, true).get()), (2, 6_000, 500));
        let split = Typed { split: true, count: "3".into(), ..typed("A", "4", "444") };
        let four = added(&three, &split, &[], Lang::Zh).unwrap();
        assert_eq!((four.len(), four[2].line.count, four[2].line.split), (3, 3, true));
    }

    #[test]
    fn what_is_missing_is_named() {
        assert_eq!(wrong(&[], &typed("", "30", "1")), "drug");
        assert_eq!(wrong(&[], &typed("A", "", "1")), "drug-amount");
        assert_eq!(wrong(&[], &typed("A", "0", "1")), "drug-amount");
        assert_eq!(wrong(&[], &Typed { days: "x".into(), ..typed("A", "1", "1") }), "drug-days");
        assert_eq!(wrong(&[], &Typed { split: true, ..typed("A", "1", "1") }), "drug-count");
        assert!(
            added(&[], &typed("A", "1", ""), &[], Lang::Zh).unwrap()[0].line.codes.is_empty(),
            "自费 without a code"
        );
    }
}
