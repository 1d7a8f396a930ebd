use wasm_bindgen::JsCast;
use web_sys::{File, HtmlInputElement};
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct FileChooserProps {
    pub id: AttrValue,
    pub label: AttrValue,
    pub hint: AttrValue,
    pub onfile: Callback<File>,
}

/// A place for a file with a table, dropped or chosen.
#[component]
pub fn FileChooser(props: &FileChooserProps) -> Html {
    let onchange = {
        let onfile = props.onfile.clone();
        Callback::from(move |event: Event| {
            let input = event.target().and_then(|t| t.dyn_into::<HtmlInputElement>().ok());
            if let Some(file) = input.and_then(|i| i.files()).and_then(|files| files.get(0)) {
                onfile.emit(file);
            }
        })
    };
    let ondrop = {
        let onfile = props.onfile.clone();
        Callback::from(move |event: DragEvent| {
            event.prevent_default();
            if let Some(file) = event.data_transfer().and_then(|d| d.files()).and_then(|files| files.get(0)) {
                onfile.emit(file);
            }
        })
    };
    let ondragover = Callback::from(|event: DragEvent| event.prevent_default());
    let hint = format!("{}-hint", props.id);
    html! {
        <div class="drop" data-testid="drop" {ondrop} {ondragover}>
            <label for={props.id.clone()}>{ props.label.clone() }</label>
            <p class="hint" id={hint.clone()}>{ props.hint.clone() }</p>
            <input
                type="file" id={props.id.clone()} data-testid={props.id.clone()} {onchange} aria-describedby={hint}
                accept=".xlsx,.csv,.tsv,.txt,text/csv,text/tab-separated-values"
            />
        </div>
    }
}
