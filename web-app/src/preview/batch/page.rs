use std::cell::RefCell;
use std::rc::Rc;

use anxin_core::preview::SchemeKind;
use web_sys::{Blob, File};
use yew::prelude::*;

use super::fees::FeesTask;
use super::file::{self, Opened};
use super::mapping::Mapping;
use super::run::{Files, Run};
use super::summary::Summary;
use super::summary_view::SummaryView;
use super::task::{Message, Points, Progress, Task, WorkItem};
use super::worklist::Worklist;
use crate::components::{FieldNote, FieldNotes};
use crate::hooks::{Editor, use_lang, within};
use crate::i18n::Lang;
use crate::model::Problem;
use crate::preview::dip::DipTableFields;
use crate::preview::fields::SchemeFields;
use crate::preview::file_chooser::FileChooser;
use crate::preview::form::Inputs;
use crate::preview::inputs::use_inputs;
use crate::preview::library::{Library, use_library};
use crate::preview::page::{PreviewRooms, named_regions};
use crate::preview::payment::PaymentFields;
use crate::preview::read::read_table;
use crate::preview::sample::use_sample;
use crate::preview::waiting::Waiting;
use crate::preview::words::{self, P};

/// Where a table has come to.
#[derive(Clone, Default)]
struct Desk {
    opened: Option<Rc<Opened>>,
    refused: Option<P>,
    running: bool,
    progress: Progress,
    done: Option<Rc<Done>>,
    failed: Option<String>,
    work: Rc<RefCell<Vec<WorkItem>>>,
    /// Days within which a readmission is worth a look; `None` is the usual.
    within: Option<u16>,
    /// 费用明细, or what its columns lack.
    fees: Option<Result<Rc<ChosenFees>, String>>,
}

/// A table of charges that can be looked through.
pub struct ChosenFees {
    file: File,
    task: FeesTask,
}

/// What many areas look at; each has its own rule, so it can be changed.
const WITHIN_USUAL: u16 = 15;

/// A table that has been grouped.
pub struct Done {
    pub summary: Summary,
    pub progress: Progress,
    pub file: Option<Blob>,
    pub name: String,
}

enum Step {
    Opened(Result<Opened, P>),
    Columns(Vec<super::columns::Column>),
    Within(u16),
    Fees(Result<Opened, P>),
    Start,
    Told(Message, Option<Blob>),
    Stop,
}

impl Reducible for Desk {
    type Action = Step;

    fn reduce(self: Rc<Self>, step: Step) -> Rc<Self> {
        let mut next = (*self).clone();
        match step {
            Step::Opened(Ok(opened)) => {
                next = Desk { opened: Some(Rc::new(opened)), fees: next.fees, ..Desk::default() }
            }
            Step::Opened(Err(cause)) => next = Desk { refused: Some(cause), fees: next.fees, ..Desk::default() },
            Step::Columns(columns) => {
                next.opened = next.opened.map(|o| Rc::new(Opened { columns, ..(*o).clone() }));
            }
            Step::Within(days) => next.within = Some(days),
            Step::Fees(Ok(opened)) => {
                let task = FeesTask::of(&opened);
                next.fees = Some(task.map(|task| Rc::new(ChosenFees { file: opened.file, task })));
            }
            Step::Fees(Err(cause)) => (next.fees, next.refused) = (None, Some(cause)),
            Step::Start => {
                next = Desk { running: true, ..next.begun_afresh() };
            }
            Step::Stop => next = next.begun_afresh(),
            Step::Told(Message::Progress { progress, work }, _) => {
                next.progress = progress;
                join(&mut next.work.borrow_mut(), work);
            }
            Step::Told(Message::Done { progress, summary }, file) => {
                let name = next.opened.as_ref().map(|o| o.file.name()).unwrap_or_default();
                next.running = false;
                next.done = Some(Rc::new(Done { summary: *summary, progress, file, name }));
            }
            Step::Told(Message::Failed(cause), _) => {
                next.running = false;
                next.failed = Some(cause);
            }
        }
        next.into()
    }
}

impl Desk {
    /// What was chosen, without what came of it.
    fn begun_afresh(self) -> Desk {
        Desk { opened: self.opened, within: self.within, fees: self.fees, ..Desk::default() }
    }
}

/// Adds rows in the order of their lines; reasons of a line that is there already join it.
fn join(all: &mut Vec<WorkItem>, more: Vec<WorkItem>) {
    for item in more {
        match all.binary_search_by_key(&item.line, |known| known.line) {
            Ok(at) => all.iter_mut().skip(at).take(1).for_each(|known| known.reasons.extend(item.reasons.clone())),
            Err(at) => all.insert(at, item),
        }
    }
}

/// A whole table: chosen, its columns named, grouped, told.
#[component]
pub fn Batch() -> Html {
    let lang = use_lang();
    words::use_title(P::BatchTitle);
    let (inputs, editor) = use_inputs();
    let desk = use_reducer(Desk::default);
    let run = use_mut_ref(|| None::<Run>);
    let open = {
        let desk = desk.dispatcher();
        Callback::from(move |(file, sheet): (File, Option<usize>)| {
            let desk = desk.clone();
            yew::platform::spawn_local(async move { desk.dispatch(Step::Opened(file::open(file, sheet).await)) });
        })
    };
    let onfile = open.reform(|file| (file, None));
    use_sample("discharges.csv", &onfile);
    let Some(handle) = use_library() else { return Html::default() };
    let library = &handle.library;
    let kind = library.kind(&inputs.scheme);
    let said = (library.hospitals(&inputs.scheme), library.points(&inputs.scheme));
    let (payment, points, problems) = read_table(&inputs.payment, kind, (&said.0, &said.1));
    // What changes the figures of a table is in view.
    let in_force = payment.is_some() || points != Points::default();
    let notes: Vec<FieldNote> = problems
        .iter()
        .map(|p: &Problem| FieldNote {
            field: p.field.clone(),
            code: p.code.code(),
            message: p.text.say(lang).to_owned(),
        })
        .collect();
    let start = {
        let (desk, run) = (desk.clone(), run.clone());
        let (scheme, source, packs) = (inputs.scheme.clone(), inputs.source, library.needed_by_tables(&inputs.scheme));
        let own = library.own_needed(&inputs.scheme);
        Callback::from(move |_: MouseEvent| {
            let Some(opened) = desk.opened.clone() else { return };
            let fees = desk.fees.as_ref().and_then(|fees| fees.clone().ok());
            file::remember(&opened.columns);
            let task = Task {
                scheme: scheme.clone(),
                source,
                payment: payment.clone(),
                points,
                columns: opened.columns.clone(),
                format: opened.format.clone(),
                header: opened.header,
                readmitted_within: desk.within.unwrap_or(WITHIN_USUAL),
                fees: fees.as_ref().map(|fees| fees.task.clone()),
                packs: packs.clone(),
            };
            let told = desk.dispatcher();
            told.dispatch(Step::Start);
            let hear = {
                let told = told.clone();
                Callback::from(move |(message, file)| told.dispatch(Step::Told(message, file)))
            };
            let files = Files { table: &opened.file, fees: fees.as_ref().map(|fees| &fees.file), own: &own };
            match Run::start(&files, &task, hear) {
                Ok(started) => *run.borrow_mut() = Some(started),
                Err(cause) => told.dispatch(Step::Told(Message::Failed(format!("{cause:?}")), None)),
            }
        })
    };
    let stop = {
        let (desk, run) = (desk.dispatcher(), run);
        Callback::from(move |_: MouseEvent| {
            *run.borrow_mut() = None;
            desk.dispatch(Step::Stop);
        })
    };
    let choose_fees = {
        let desk = desk.dispatcher();
        Callback::from(move |file: File| {
            let desk = desk.clone();
            yew::platform::spawn_local(async move { desk.dispatch(Step::Fees(file::open(file, None).await)) });
        })
    };
    let sheet = {
        let (open, file) = (open.clone(), desk.opened.as_ref().map(|o| o.file.clone()));
        Callback::from(move |sheet: usize| {
            if let Some(file) = file.clone() {
                open.emit((file, Some(sheet)));
            }
        })
    };
    let within_days = {
        let desk = desk.dispatcher();
        Callback::from(move |days| desk.dispatch(Step::Within(days)))
    };
    let columns = {
        let desk = desk.dispatcher();
        Callback::from(move |columns| desk.dispatch(Step::Columns(columns)))
    };
    let ready = problems.is_empty() && !library.is_waiting(&inputs.scheme);
    html! {
        <>
            <h1>{ P::BatchTitle.say(lang) }</h1>
            <p class="lead">{ P::BatchIntro.say(lang) }</p>
            <p class="estimate-only" data-testid="stays-here">{ P::StaysHere.say(lang) }</p>
            <PreviewRooms />
            <Waiting handle={handle.clone()} scheme={inputs.scheme.clone()} />
            <ContextProvider<FieldNotes> context={FieldNotes(Rc::new(notes))}>
                <section class="batch" aria-labelledby="batch-how">
                    <h2 id="batch-how">{ P::SectionScheme.say(lang) }</h2>
                    <SchemeFields
                        inputs={(*inputs).clone()} schemes={library.schemes(lang)} scheme={library.scheme(&inputs.scheme)}
                        left_out={library.left_out(&inputs.scheme, lang)}
                        editor={editor.clone()}
                    />
                    <details class="fold" data-testid="payment-fields" open={in_force}>
                        <summary><h2>{ P::SectionPayment.say(lang) }</h2></summary>
                        { payment_fields(&inputs, library, &editor, lang) }
                    </details>
                </section>
            </ContextProvider<FieldNotes>>
            <section aria-labelledby="batch-file-title">
                <h2 id="batch-file-title">{ P::SectionFile.say(lang) }</h2>
                <FileChooser id="batch-file" label={P::FileQ.say(lang)} hint={P::FileHint.say(lang)} {onfile} />
                <FileChooser id="fees-file" label={P::FeesQ.say(lang)} hint={P::FeesHint.say(lang)} onfile={choose_fees} />
                { fees_chosen(desk.fees.as_ref(), lang) }
                if let Some(cause) = desk.refused {
                    <p class="notice failed" role="alert" data-testid="file-refused">{ cause.say(lang) }</p>
                }
            </section>
            if let Some(opened) = &desk.opened {
                if !desk.running && desk.done.is_none() {
                    <Mapping
                        opened={(**opened).clone()} {kind} within={desk.within.unwrap_or(WITHIN_USUAL)} {ready}
                        onsheet={sheet} onwithin={within_days} onchange={columns} onstart={start}
                    />
                }
            }
            if desk.running { { running(desk.progress, &stop, lang) } }
            if let Some(cause) = &desk.failed {
                <p class="notice failed" role="alert" data-testid="batch-failed">{ P::BatchFailed.say(lang) }{ " " }<code>{ cause.clone() }</code></p>
            }
            if let Some(done) = &desk.done {
                <SummaryView done={Keep(done.clone())} again={stop} />
                <Worklist work={Keep(desk.work.clone())} />
            }
        </>
    }
}

fn fees_chosen(fees: Option<&Result<Rc<ChosenFees>, String>>, lang: Lang) -> Html {
    match fees {
        None => Html::default(),
        Some(Ok(fees)) => html! { <p data-testid="fees-taken">{ P::FeesTaken.fill(lang, &[&fees.file.name()]) }</p> },
        Some(Err(names)) => html! {
            <p class="notice failed" role="alert" data-testid="fees-refused">{ P::FeesLack.fill(lang, &[names]) }</p>
        },
    }
}

/// What holds for every row: a region's table, or what rows do not say themselves.
fn payment_fields(inputs: &Inputs, library: &Library, editor: &Editor<Inputs>, lang: Lang) -> Html {
    let (form, editor) = (inputs.payment.clone(), within(editor, |i: &mut Inputs| Some(&mut i.payment)));
    match library.kind(&inputs.scheme) {
        SchemeKind::Drg => html! {
            <PaymentFields {form} regions={named_regions(library, &inputs.scheme, lang)} of_table=true {editor} />
        },
        SchemeKind::Dip => {
            let (points, hospitals) = (library.points(&inputs.scheme), library.hospitals(&inputs.scheme));
            html! { <DipTableFields {form} {points} {hospitals} {editor} /> }
        }
    }
}

/// Something too large to compare: it is the same as long as it is the same one.
pub struct Keep<V>(pub Rc<V>);

impl<V> Clone for Keep<V> {
    fn clone(&self) -> Self {
        Keep(self.0.clone())
    }
}

impl<V> PartialEq for Keep<V> {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

fn running(progress: Progress, stop: &Callback<MouseEvent>, lang: Lang) -> Html {
    let speed = format!("{:.0}", progress.rows_per_second());
    // Without a value the bar only shows that something is going on.
    let value = (progress.in_all > 0.0).then(|| progress.read.to_string());
    html! {
        <section class="notice" aria-live="off" data-testid="batch-running">
            <p>
                <label for="batch-progress">{ P::Running.say(lang) }</label>{ " " }
                <progress id="batch-progress" max={progress.in_all.max(1.0).to_string()} {value} />
            </p>
            <p data-testid="batch-speed">{ P::RunningRows.fill(lang, &[&progress.rows.to_string(), &speed]) }</p>
            <button type="button" class="secondary" data-testid="batch-cancel" onclick={stop.clone()}>{ P::Cancel.say(lang) }</button>
        </section>
    }
}
