use anxin_core::benefit::{Category, LineClass};
use yew::prelude::*;

use super::bill::BillFieldsProps;
use super::{Check, Choice, Kind, Pick, TextField};
use crate::hooks::{Editor, setter, use_lang, within};
use crate::i18n::{self, Lang, T, category_word};
use crate::model::{BillForm, CATEGORIES, CategoryRow, LineRow};

type CategoryCell = (&'static str, T, Kind, fn(&CategoryRow) -> &String, fn(&mut CategoryRow, String));

const CELLS: [CategoryCell; 3] = [
    ("amount", T::ColAmount, Kind::Money, |r| &r.amount, |r, text| r.amount = text),
    ("own", T::ColOwn, Kind::Money, |r| &r.own, |r, text| r.own = text),
    ("pre", T::ColPre, Kind::Money, |r| &r.pre, |r, text| r.pre = text),
];
const DAYS: CategoryCell = ("days", T::ColDays, Kind::Count, |r| &r.days, |r, text| r.days = text);

/// The bill by the categories of a receipt.
#[component]
pub fn CategoryFields(props: &BillFieldsProps) -> Html {
    let lang = use_lang();
    html! {
        <div class="categories">
            <p class="hint">{ T::CategoriesHint.say(lang) }</p>
            { for CATEGORIES.iter().map(|category| category_row(props, *category, lang)) }
        </div>
    }
}

fn category_row(props: &BillFieldsProps, category: Category, lang: Lang) -> Html {
    let row = props.bill.category(category);
    let prefix = &props.prefix;
    let cell = |(part, label, kind, get, set): &CategoryCell| {
        let onchange = {
            let (row, set) = (row.clone(), *set);
            props.editor.reform(move |text: String| {
                let mut row = row.clone();
                set(&mut row, text);
                crate::hooks::Edit::new(move |bill: &mut BillForm| bill.put_category(row))
            })
        };
        html! {
            <TextField
                id={format!("{prefix}cat-{}-{part}", category_word(category))} kind={*kind} label={label.say(lang)}
                value={get(&row).clone()} {onchange}
            />
        }
    };
    html! {
        <fieldset class="row" key={category_word(category)}>
            <legend>{ i18n::category(category, lang) }</legend>
            <div class="cells">
                { for CELLS.iter().map(cell) }
                if category == Category::Bed {
                    { cell(&DAYS) }
                }
            </div>
        </fieldset>
    }
}

/// The bill item by item.
#[component]
pub fn LineFields(props: &BillFieldsProps) -> Html {
    let lang = use_lang();
    let BillFieldsProps { prefix, bill, editor } = props;
    let rows = bill.lines.iter().enumerate().map(|(i, line)| {
        let part = within(editor, move |b: &mut BillForm| b.lines.get_mut(i));
        line_row(prefix, i, line, &part, editor, lang)
    });
    html! {
        <div class="lines">
            { for rows }
            <button
                type="button" class="secondary" id={format!("{prefix}line-add")} data-testid={format!("{prefix}line-add")}
                onclick={setter(editor, |b: &mut BillForm, _: MouseEvent| b.lines.push(LineRow::default()))}
            >
                { T::AddLine.say(lang) }
            </button>
        </div>
    }
}

type LineCell = (&'static str, T, Kind, fn(&LineRow) -> &String, fn(&mut LineRow, String));

const LINE_CELLS: [LineCell; 5] = [
    ("name", T::LineName, Kind::Text, |l| &l.name, |l, text| l.name = text),
    ("amount", T::ColAmount, Kind::Money, |l| &l.amount, |l, text| l.amount = text),
    ("share", T::LineShare, Kind::Percent, |l| &l.share, |l, text| l.share = text),
    ("count", T::LineCount, Kind::Count, |l| &l.count, |l, text| l.count = text),
    ("limit", T::LineLimit, Kind::Money, |l| &l.limit, |l, text| l.limit = text),
];

fn line_row(
    prefix: &AttrValue,
    index: usize,
    line: &LineRow,
    editor: &Editor<LineRow>,
    bill: &Editor<BillForm>,
    lang: Lang,
) -> Html {
    let id = |part: &str| format!("{prefix}line-{index}-{part}");
    let number = (index + 1).to_string();
    let remove = bill.reform(move |_: MouseEvent| {
        crate::hooks::Edit::new(move |b: &mut BillForm| {
            if index < b.lines.len() {
                b.lines.remove(index);
            }
        })
    });
    let classes = [(LineClass::A, "01"), (LineClass::B, "02"), (LineClass::C, "03")];
    let classes: Vec<Choice<LineClass>> =
        classes.into_iter().map(|(c, word)| Choice::new(c, word, i18n::line_class(c).say(lang))).collect();
    let categories: Vec<Choice<Category>> =
        CATEGORIES.iter().map(|c| Choice::new(*c, category_word(*c), i18n::category(*c, lang))).collect();
    let shown = |cell: &&LineCell| cell.0 != "share" || line.class == LineClass::B;
    let cell = |(part, label, kind, get, set): &LineCell| {
        html! {
            <TextField
                id={id(part)} kind={*kind} label={label.say(lang)} value={get(line).clone()}
                onchange={setter(editor, *set)}
            />
        }
    };
    html! {
        <fieldset class="row" key={index}>
            <legend>{ T::LineNumber.fill(lang, &[&number]) }</legend>
            <div class="cells">
                <Pick<Category>
                    id={id("category")} legend={T::ColCategory.say(lang)} choices={categories} value={Some(line.category)}
                    onchange={setter(editor, |l: &mut LineRow, category| l.category = category)}
                />
                <Pick<LineClass>
                    id={id("class")} legend={T::LineClassQ.say(lang)} choices={classes} value={Some(line.class)}
                    onchange={setter(editor, |l: &mut LineRow, class| l.class = class)}
                />
                { for LINE_CELLS.iter().filter(shown).map(cell) }
            </div>
            <Check
                id={id("outside")} label={T::LineOutside.say(lang)} checked={line.outside}
                onchange={setter(editor, |l: &mut LineRow, on| l.outside = on)}
            />
            <button type="button" class="plain" onclick={remove} aria-label={T::RemoveItem.fill(lang, &[&number])}>
                { T::Remove.say(lang) }
            </button>
        </fieldset>
    }
}
