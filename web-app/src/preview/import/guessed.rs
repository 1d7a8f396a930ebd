use anxin_core::dip::Grammar;
use anxin_import::{Field, Guess, Table};
use wasm_bindgen::JsCast;
use web_sys::HtmlSelectElement;
use yew::prelude::*;

use super::read::What;
use super::words::I;
use crate::components::{Check, Choice, Pick};
use crate::hooks::use_lang;
use crate::i18n::Lang;
use crate::preview::words::P;

/// What the columns of a catalogue can hold, as people look for them.
const DIP_FIELDS: [Field; 17] = [
    Field::Group,
    Field::Diagnosis,
    Field::DiagnosisName,
    Field::Main,
    Field::Related,
    Field::Kind,
    Field::Class,
    Field::Score,
    Field::MeanCost,
    Field::BaseLevel,
    Field::Operation,
    Field::OperationClass,
    Field::Label,
    Field::Price,
    Field::Coefficient,
    Field::Source,
    Field::Date,
];
const DRG_FIELDS: [Field; 8] = [
    Field::Group,
    Field::GroupName,
    Field::Condition,
    Field::Kind,
    Field::Weight,
    Field::Score,
    Field::Price,
    Field::Coefficient,
];
/// Cells of a column that are shown.
const SAMPLES: usize = 3;
const SAMPLE_CHARS: usize = 40;

#[derive(Properties, PartialEq)]
pub struct GuessedProps {
    pub what: What,
    /// What a table without a sheet's name is called.
    pub file: String,
    pub guess: Guess,
    /// Sheets that are not to be read.
    pub skipped: Vec<usize>,
    pub onchange: Callback<Guess>,
    pub onskip: Callback<(usize, bool)>,
}

/// Every table that was found: what its columns were taken for, to be put right.
#[component]
pub fn Guessed(props: &GuessedProps) -> Html {
    let lang = use_lang();
    let grammars = [
        Choice::new(Grammar::SlashPlus, "slash-plus", I::GrammarSlash.say(lang)),
        Choice::new(Grammar::BarPlus, "bar-plus", I::GrammarBar.say(lang)),
    ];
    let change = {
        let (guess, onchange) = (props.guess.clone(), props.onchange.clone());
        Callback::from(move |grammar| onchange.emit(Guess { grammar, ..guess.clone() }))
    };
    let tables = props.guess.tables.iter().enumerate().map(|(at, table)| self::table(props, at, table, lang));
    html! {
        <section aria-labelledby="guess-title" data-testid="guess">
            <h2 id="guess-title">{ I::GuessTitle.say(lang) }</h2>
            <p>{ I::GuessHint.say(lang) }</p>
            { for tables }
            if props.what == What::Dip {
                <Pick<Grammar>
                    id="import-grammar" legend={I::GrammarQ.say(lang)} choices={grammars.to_vec()}
                    value={Some(props.guess.grammar)} onchange={change}
                />
            }
        </section>
    }
}

fn table(props: &GuessedProps, at: usize, table: &Table, lang: Lang) -> Html {
    let header = table.header_row.to_string();
    let name = match table.name.as_str() {
        "" => I::FileName.fill(lang, &[&props.file, &header]),
        name => I::SheetName.fill(lang, &[name, &header]),
    };
    let used = !props.skipped.contains(&at);
    let onskip = props.onskip.reform(move |used: bool| (at, !used));
    let heads = [P::ColHeader, P::ColSample, P::ColField];
    let rows = (0..table.headers.len()).map(|column| row(props, at, table, column, lang));
    let label = name.clone();
    html! {
        <section key={at}>
            <h3>{ name }</h3>
            if props.guess.tables.len() > 1 {
                <Check id={format!("sheet-{at}")} label={I::UseSheet.say(lang)} checked={used} onchange={onskip} />
            }
            if used {
                <div class="scroll" tabindex="0" role="region" aria-label={label}>
                    <table class="mapping">
                        <thead><tr>{ for heads.map(|head| html! { <th scope="col">{ head.say(lang) }</th> }) }</tr></thead>
                        <tbody>{ for rows }</tbody>
                    </table>
                </div>
            }
        </section>
    }
}

fn row(props: &GuessedProps, at: usize, table: &Table, column: usize, lang: Lang) -> Html {
    let header = table.headers.get(column).map(String::as_str).unwrap_or_default().trim();
    let header = if header.is_empty() { I::ColumnName.fill(lang, &[&(column + 1).to_string()]) } else { header.into() };
    let cells = table.sample.iter().filter_map(|row| row.get(column)).filter(|cell| !cell.trim().is_empty());
    let cells: Vec<String> = cells.take(SAMPLES).map(|cell| cell.chars().take(SAMPLE_CHARS).collect()).collect();
    let fields: &[Field] = if props.what == What::Dip { &DIP_FIELDS } else { &DRG_FIELDS };
    let held = table.field(column);
    let options = fields.iter().map(|field| {
        html! { <option value={field.name()} selected={held == Some(*field)}>{ field.title(lang) }</option> }
    });
    let onchange = {
        let (guess, onchange) = (props.guess.clone(), props.onchange.clone());
        Callback::from(move |event: Event| {
            let select = event.target().and_then(|t| t.dyn_into::<HtmlSelectElement>().ok());
            let field = Field::named(&select.map(|s| s.value()).unwrap_or_default());
            onchange.emit(with_column(&guess, at, column, field));
        })
    };
    let id = format!("col-{at}-{column}");
    html! {
        <tr key={column}>
            <th scope="row">{ header.clone() }</th>
            <td class="small wraps">{ cells.join(" · ") }</td>
            <td>
                <select id={id.clone()} data-testid={id} {onchange} aria-label={P::FieldOf.fill(lang, &[&header])}>
                    <option value="" selected={held.is_none_or(|held| !fields.contains(&held))}>{ I::NotUsed.say(lang) }</option>
                    { for options }
                </select>
            </td>
        </tr>
    }
}

/// A column holds one field, and a field stands in one column, but for coefficients.
fn with_column(guess: &Guess, table: usize, column: usize, field: Option<Field>) -> Guess {
    let mut guess = guess.clone();
    if let Some(table) = guess.tables.get_mut(table) {
        table.hold(column, field);
    }
    guess
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_moves_to_the_column_that_is_chosen_for_it() {
        let columns = [(Field::Group, 0), (Field::Score, 2)].into();
        let table = Table {
            sheet: 0,
            name: String::new(),
            header_row: 1,
            columns,
            coefficients: Vec::new(),
            headers: Vec::new(),
            sample: Vec::new(),
        };
        let guess = Guess { grammar: Grammar::SlashPlus, tables: vec![table] };
        let moved = with_column(&guess, 0, 1, Some(Field::Score));
        assert_eq!(moved.tables[0].columns, [(Field::Group, 0), (Field::Score, 1)].into());
        let other = with_column(&moved, 0, 0, Some(Field::Diagnosis));
        assert_eq!(other.tables[0].columns, [(Field::Diagnosis, 0), (Field::Score, 1)].into());
        let both = with_column(&with_column(&other, 0, 3, Some(Field::Coefficient)), 0, 4, Some(Field::Coefficient));
        assert_eq!(both.tables[0].coefficients, [3, 4]);
        assert_eq!(with_column(&other, 0, 1, None).tables[0].columns, [(Field::Diagnosis, 0)].into());
    }
}
