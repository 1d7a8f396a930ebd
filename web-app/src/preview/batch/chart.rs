use yew::prelude::*;

use crate::charts::{fill, percent};

/// One line of a chart: a name, and for each of its bars a fill, a value and the value in words.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    pub name: String,
    pub bars: Vec<(&'static str, i64, String)>,
}

#[derive(Properties, PartialEq)]
pub struct BarsProps {
    pub label: String,
    pub lines: Vec<Line>,
}

const HEIGHT: usize = 20;

/// Lengths beside each other. The figures stand at the end of each bar.
#[component]
pub fn Bars(props: &BarsProps) -> Html {
    let most = props.lines.iter().flat_map(|line| &line.bars).map(|(_, value, _)| *value).max().unwrap_or_default();
    let lines = props.lines.iter().map(|line| {
        let height = (line.bars.len() * HEIGHT).to_string();
        let words: Vec<&str> = line.bars.iter().map(|(_, _, text)| text.as_str()).collect();
        let bars = line.bars.iter().enumerate().map(|(i, (key, value, _))| {
            html! {
                <rect
                    class="piece" x="0" y={(i * HEIGHT + 2).to_string()} width={percent(*value, most)}
                    height={(HEIGHT - 4).to_string()} fill={fill(key)}
                />
            }
        });
        html! {
            <div class="bar-line" key={line.name.clone()}>
                <span>{ line.name.clone() }</span>
                <svg role="img" aria-label={format!("{} {}", line.name, words.join(" "))} width="100%" {height}>{ for bars }</svg>
                <span class="small">{ words.join(" ") }</span>
            </div>
        }
    });
    html! { <figure class="bar-lines" aria-label={props.label.clone()}>{ for lines }</figure> }
}
