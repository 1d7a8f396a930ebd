use std::cell::RefCell;
use std::rc::Rc;

use anxin_core::preview::DEFAULT_SCHEME;
use anxin_core::{Day, Rate, RefusalCode};
use anxin_import::Guess;
use web_sys::File;
use yew::prelude::*;

use super::file::{Opened, Refused, open};
use super::guessed::Guessed;
use super::kept::{Kept, save};
use super::read::{About, Read, What};
use super::report::report;
use super::thread::{ImportMessage, ImportTask, Importer};
use super::words::I;
use crate::app::Route;
use crate::components::{Choice, FieldNote, FieldNotes, Kind, Pick, Radios, TextField, Way};
use crate::hooks::{Edit, Editor, use_lang};
use crate::i18n::{Lang, T};
use crate::model::amount;
use crate::preview::file_chooser::FileChooser;
use crate::preview::form::Inputs;
use crate::preview::inputs::use_inputs;
use crate::preview::library::{Arrival, EDITION, LibraryHandle, use_library};
use crate::preview::page::PreviewRooms;
use crate::preview::sample::use_sample;
use crate::preview::waiting::Waiting;
use crate::preview::words::{self, P};
use crate::services::browser;
use crate::services::own_packs::{self, OwnPack};

/// Where an import has come to.
#[derive(Clone, Default, PartialEq)]
struct Desk {
    what: What,
    opened: Option<Rc<Opened>>,
    refused: Option<Refused>,
    guess: Option<Guess>,
    skipped: Vec<usize>,
    title: String,
    edition: String,
    notice: String,
    price: String,
    /// The scheme whose groups the weights are of; none is the usual one.
    scheme: Option<String>,
    reading: bool,
    /// Rows so far, and in all where the file says so.
    progress: (u32, u32),
    begun: f64,
    /// Why the second thread did not get through.
    failed: Option<String>,
    read: Option<Rc<Read>>,
    millis: f64,
    kept: Option<Result<(), ()>>,
}

impl Reducible for Desk {
    type Action = Edit<Desk>;

    fn reduce(self: Rc<Self>, edit: Edit<Desk>) -> Rc<Self> {
        let mut next = (*self).clone();
        edit.apply(&mut next);
        next.into()
    }
}

impl Desk {
    fn take(&mut self, opened: &Result<Opened, Refused>) {
        *self = Desk { what: self.what, edition: browser::today(), ..Desk::default() };
        match opened {
            Ok(opened) => {
                self.title = opened.name.clone();
                self.opened = Some(Rc::new(opened.clone()));
            }
            Err(cause) => self.refused = Some(*cause),
        }
    }

    /// What the second thread says.
    fn hear(&mut self, message: ImportMessage) {
        match message {
            ImportMessage::Guessed(guess) => self.guess = Some(guess),
            ImportMessage::Progress { rows, in_all } => self.progress = (rows, in_all),
            ImportMessage::Read(read) => {
                (self.reading, self.millis) = (false, js_sys::Date::now() - self.begun);
                self.read = Some(Rc::from(read));
            }
            ImportMessage::Refused(cause) => {
                (self.reading, self.opened, self.refused) = (false, None, Some(cause));
            }
            ImportMessage::Failed(cause) => (self.reading, self.failed) = (false, Some(cause)),
        }
    }

    fn scheme(&self) -> &str {
        self.scheme.as_deref().unwrap_or(DEFAULT_SCHEME)
    }

    /// What was read is of no use once something about it is changed.
    fn changed(&mut self) {
        (self.read, self.kept, self.failed) = (None, None, None);
    }

    fn asked(&self) -> Option<(Rc<Opened>, Guess, About)> {
        let (opened, mut guess) = (self.opened.clone()?, self.guess.clone()?);
        let mut at = 0;
        guess.tables.retain(|_| {
            at += 1;
            !self.skipped.contains(&(at - 1))
        });
        let about = About {
            title: self.title.trim().to_owned(),
            edition: self.edition.clone(),
            notice: self.notice.trim().to_owned(),
            price: Rate::parse(&amount::tidy(&self.price)),
            scheme: self.scheme().to_owned(),
        };
        let whole = !guess.tables.is_empty() && self.problems(Lang::Zh).is_empty();
        whole.then_some((opened, guess, about))
    }

    /// Fields that are not as they have to be.
    fn problems(&self, lang: Lang) -> Vec<FieldNote> {
        let price = amount::tidy(&self.price);
        let all = [
            ("import-name", self.title.trim().is_empty(), I::WrongName.say(lang)),
            ("import-edition", Day::parse(&self.edition).is_none(), T::WrongDate.say(lang)),
            ("import-price", !price.is_empty() && Rate::parse(&price).is_none(), T::WrongFactor.say(lang)),
        ];
        let wrong = all.into_iter().filter(|(_, wrong, _)| *wrong);
        wrong
            .map(|(field, _, text)| FieldNote {
                field: field.into(),
                code: RefusalCode::Malformed.code(),
                message: text.to_owned(),
            })
            .collect()
    }
}

/// A city's spreadsheet: chosen, put right, read, kept on this device.
#[component]
pub fn Import() -> Html {
    let lang = use_lang();
    words::use_document_title(I::Title.say(lang));
    let desk = use_reducer(Desk::default);
    let (_, inputs) = use_inputs();
    let handle = use_library();
    {
        // Codes are held against the insurance edition, which comes with a DRG scheme.
        let want = handle.as_ref().map(|handle| handle.want.clone());
        use_effect_with((), move |()| want.iter().for_each(|want| want.emit(EDITION)));
    }
    let Some(handle) = handle else { return Html::default() };
    let editor = {
        let desk = desk.dispatcher();
        Callback::from(move |edit: Edit<Desk>| desk.dispatch(edit))
    };
    let thread = use_mut_ref(Importer::default);
    use_warm(&thread, &editor, handle.library.edition_packs());
    let onfile = {
        let (editor, thread) = (editor.clone(), thread.clone());
        Callback::from(move |file: File| {
            let (editor, thread) = (editor.clone(), thread.clone());
            yew::platform::spawn_local(async move {
                let opened = open(file).await;
                let bytes = opened.as_ref().ok().map(|opened| opened.bytes.clone());
                editor.emit(Edit::new(move |desk: &mut Desk| desk.take(&opened)));
                if let Some(bytes) = bytes {
                    thread.borrow_mut().ask(&bytes, &ImportTask::Guess, &hears(&editor));
                }
            });
        })
    };
    use_sample("dip.xlsx", &onfile);
    let onremove = {
        let (library, inputs) = (handle.library.dispatcher(), inputs.clone());
        Callback::from(move |id: String| {
            library.dispatch(Arrival::Removed(id.clone()));
            inputs.emit(Edit::new(move |i: &mut Inputs| forget(i, &id)));
        })
    };
    html! {
        <>
            <h1>{ I::Title.say(lang) }</h1>
            <p class="lead">{ I::Intro.say(lang) }</p>
            <PreviewRooms />
            <Waiting handle={handle.clone()} scheme={EDITION} />
            { what(&desk, &editor, lang) }
            <FileChooser id="import-file" label={I::FileQ.say(lang)} hint={I::FileHint.say(lang)} {onfile} />
            if let Some(cause) = desk.refused {
                <p class="notice failed" role="alert" data-testid="file-refused">{ cause.say(lang) }</p>
            }
            if let Some(cause) = &desk.failed {
                <p class="notice failed" role="alert" data-testid="import-failed">{ P::BatchFailed.say(lang) }{ " " }<code>{ cause.clone() }</code></p>
            }
            if let Some(opened) = desk.opened.as_ref().filter(|_| desk.guess.is_some()) {
                { opened_view(&desk, opened, &editor, (&handle, &thread), lang) }
            }
            if let Some(read) = &desk.read { { read_view(&desk, read, &editor, &handle, &inputs, lang) } }
            <Kept handle={handle.clone()} {onremove} />
        </>
    }
}

/// A scheme or region that is gone is not asked for any more.
fn forget(inputs: &mut Inputs, id: &str) {
    let name = id.split_once('/').map_or("", |(_, name)| name);
    if inputs.scheme == name {
        inputs.scheme = DEFAULT_SCHEME.into();
    }
    if name.strip_prefix("weights-") == Some(inputs.payment.region.as_str()) {
        inputs.payment.region = String::new();
    }
}

fn what(desk: &Desk, editor: &Editor<Desk>, lang: Lang) -> Html {
    let kinds =
        [Choice::new(What::Dip, "dip", I::WhatDip.say(lang)), Choice::new(What::Drg, "drg", I::WhatDrg.say(lang))];
    let onchange = change(editor, |desk: &mut Desk, what| desk.what = what);
    html! {
        <Radios<What>
            id="import-what" legend={I::WhatQ.say(lang)} choices={kinds.to_vec()} value={Some(desk.what)} {onchange}
        />
    }
}

/// A change after which the file has to be read again.
fn change<V: 'static>(editor: &Editor<Desk>, set: fn(&mut Desk, V)) -> Callback<V> {
    editor.reform(move |value: V| {
        Edit::new(move |desk: &mut Desk| {
            set(desk, value);
            desk.changed();
        })
    })
}

/// What the file was taken for, what it does not say, and the button that reads it.
fn opened_view(
    desk: &Desk,
    opened: &Opened,
    editor: &Editor<Desk>,
    (handle, thread): (&LibraryHandle, &Thread),
    lang: Lang,
) -> Html {
    let notes = FieldNotes(Rc::new(desk.problems(lang)));
    let onskip = change(editor, |desk: &mut Desk, (at, skip): (usize, bool)| {
        desk.skipped.retain(|known| *known != at);
        desk.skipped.extend(skip.then_some(at));
    });
    let field = |id: &'static str, label: I, kind, value: &String, set: fn(&mut Desk, String)| {
        html! { <TextField {id} {kind} label={label.say(lang)} value={value.clone()} onchange={change(editor, set)} /> }
    };
    let schemes = handle.library.drg_schemes(lang);
    let schemes: Vec<Choice<String>> =
        schemes.into_iter().map(|(id, name)| Choice::new(id.clone(), id, name)).collect();
    let blocked = desk.reading || desk.asked().is_none() || handle.library.is_waiting(EDITION);
    html! {
        <>
            if let Some(guess) = &desk.guess {
                <Guessed
                    what={desk.what} file={opened.name.clone()} guess={guess.clone()} skipped={desk.skipped.clone()} {onskip}
                    onchange={change(editor, |desk: &mut Desk, guess| desk.guess = Some(guess))}
                />
            }
            <ContextProvider<FieldNotes> context={notes}>
                <section aria-labelledby="about-title">
                    <h2 id="about-title">{ I::AboutTitle.say(lang) }</h2>
                    <div class="pair">
                        { field("import-name", I::NameQ, Kind::Text, &desk.title, |d, t| d.title = t) }
                        { field("import-edition", I::EditionQ, Kind::Date, &desk.edition, |d, t| d.edition = t) }
                        if desk.what == What::Dip {
                            { field("import-notice", I::NoticeQ, Kind::Text, &desk.notice, |d, t| d.notice = t) }
                        } else {
                            { field("import-price", I::PriceQ, Kind::Percent, &desk.price, |d, t| d.price = t) }
                            <Pick<String>
                                id="import-scheme" legend={I::SchemeQ.say(lang)} choices={schemes} value={Some(desk.scheme().to_owned())}
                                onchange={change(editor, |desk: &mut Desk, scheme| desk.scheme = Some(scheme))}
                            />
                        }
                    </div>
                </section>
            </ContextProvider<FieldNotes>>
            <button type="button" data-testid="import-read" disabled={blocked} onclick={begin(desk, editor, handle, thread)}>
                { I::Read.say(lang) }
            </button>
            if desk.reading { { progress(desk.progress, lang) } }
        </>
    }
}

/// The second thread, as long as the page is open.
type Thread = Rc<RefCell<Importer>>;

/// Starts the second thread once it is known which packs it needs.
#[hook]
fn use_warm(thread: &Thread, editor: &Editor<Desk>, packs: Vec<String>) {
    let (thread, told) = (thread.clone(), hears(editor));
    use_effect_with(packs, move |packs| {
        if !packs.is_empty() {
            thread.borrow_mut().warm(packs.clone(), told);
        }
    });
}

/// Takes in what the second thread says.
fn hears(editor: &Editor<Desk>) -> Callback<ImportMessage> {
    editor.reform(|message| Edit::new(move |desk: &mut Desk| desk.hear(message)))
}

/// Has the file read in the second thread.
fn begin(desk: &Desk, editor: &Editor<Desk>, handle: &LibraryHandle, thread: &Thread) -> Callback<MouseEvent> {
    let (asked, what, editor, thread) = (desk.asked(), desk.what, editor.clone(), thread.clone());
    // Codes are held against the edition; names are not asked for.
    let packs = match what {
        What::Dip => handle.library.edition_packs(),
        What::Drg => handle.library.base_packs(desk.scheme()),
    };
    Callback::from(move |_: MouseEvent| {
        let Some((opened, guess, about)) = asked.clone() else { return };
        editor.emit(Edit::new(|desk: &mut Desk| {
            desk.changed();
            (desk.reading, desk.progress, desk.begun) = (true, (0, 0), js_sys::Date::now());
        }));
        let task = ImportTask::Read { what, guess, about, packs: packs.clone() };
        thread.borrow_mut().ask(&opened.bytes, &task, &hears(&editor));
    })
}

/// How far the second thread has come.
fn progress((rows, in_all): (u32, u32), lang: Lang) -> Html {
    // Without a value the bar only shows that something is going on.
    let value = (in_all > 0).then(|| rows.min(in_all).to_string());
    html! {
        <p class="notice" data-testid="import-progress">
            <label for="import-rows">{ I::Reading.say(lang) }</label>{ " " }
            <progress id="import-rows" max={in_all.max(1).to_string()} {value} />{ " " }
            { I::RowsSoFar.fill(lang, &[&rows.to_string()]) }
        </p>
    }
}

/// The report, and what can be done with the pack.
fn read_view(
    desk: &Desk,
    read: &Rc<Read>,
    editor: &Editor<Desk>,
    handle: &LibraryHandle,
    inputs: &Editor<Inputs>,
    lang: Lang,
) -> Html {
    html! {
        <section aria-labelledby="read-title" data-testid="import-done">
            <h2 id="read-title">{ I::ReadTitle.say(lang) }</h2>
            { report(read, desk.millis, lang) }
            if let Some(pack) = &read.pack {
                { uses(desk, read, pack, editor, handle, inputs, lang) }
            } else {
                <p class="notice failed" role="alert" data-testid="import-nothing">{ I::NothingRead.say(lang) }</p>
            }
        </section>
    }
}

fn uses(
    desk: &Desk,
    read: &Rc<Read>,
    pack: &[u8],
    editor: &Editor<Desk>,
    handle: &LibraryHandle,
    inputs: &Editor<Inputs>,
    lang: Lang,
) -> Html {
    let kept = OwnPack { id: read.pack_id.clone(), title: desk.title.trim().to_owned(), bytes: pack.to_vec() };
    let export = {
        let kept = kept.clone();
        Callback::from(move |_: MouseEvent| save(&kept.id, &kept.bytes))
    };
    let own_scheme = read.scheme_pack.as_ref().map(|bytes| OwnPack {
        id: format!("drg/{}", read.id),
        title: kept.title.clone(),
        bytes: bytes.clone(),
    });
    let export_scheme = own_scheme.clone().map(|kept| Callback::from(move |_: MouseEvent| save(&kept.id, &kept.bytes)));
    let title = kept.title.clone();
    let keep = {
        let (library, editor, inputs) = (handle.library.dispatcher(), editor.clone(), inputs.clone());
        let scheme = if own_scheme.is_some() { read.id.clone() } else { desk.scheme().to_owned() };
        let (what, id) = (desk.what, read.id.clone());
        Callback::from(move |_: MouseEvent| {
            let (library, editor, inputs) = (library.clone(), editor.clone(), inputs.clone());
            let packs: Vec<OwnPack> = own_scheme.iter().chain([&kept]).cloned().collect();
            let (id, scheme) = (id.clone(), scheme.clone());
            yew::platform::spawn_local(async move {
                let mut done = Ok(());
                for pack in packs {
                    done = done.and(own_packs::keep(&pack).await.map_err(|_| ()));
                    // It can be used until the page is closed even where the browser keeps nothing.
                    library.dispatch(Arrival::Own(pack));
                }
                inputs.emit(Edit::new(move |i: &mut Inputs| choose(i, what, id, scheme)));
                editor.emit(Edit::new(move |desk: &mut Desk| desk.kept = Some(done)));
            });
        })
    };
    html! {
        <>
            <div class="buttons">
                <button type="button" data-testid="import-use" onclick={keep}>{ I::Use.say(lang) }</button>
                <button type="button" class="secondary" data-testid="import-export" onclick={export}>{ I::Export.say(lang) }</button>
                if let Some(onclick) = export_scheme {
                    <button type="button" class="secondary" data-testid="import-export-scheme" {onclick}>
                        { I::ExportScheme.say(lang) }
                    </button>
                }
            </div>
            if let Some(done) = desk.kept {
                <div class="notice" role="status" data-testid="import-used" data-id={read.id.clone()}>
                    <p>{ I::Used.fill(lang, &[&title]) }</p>
                    if done.is_err() {
                        <p data-testid="import-not-kept">{ I::KeepFailed.say(lang) }</p>
                    }
                    <p>
                        <Way to={Route::Preview}>{ I::GoOne.say(lang) }</Way>{ " · " }
                        <Way to={Route::PreviewBatch}>{ I::GoBatch.say(lang) }</Way>
                    </p>
                </div>
            }
        </>
    }
}

/// What was just taken into use is what the next record is grouped or paid by.
fn choose(inputs: &mut Inputs, what: What, id: String, scheme: String) {
    match what {
        What::Dip => inputs.scheme = id,
        What::Drg => {
            inputs.scheme = scheme;
            inputs.payment.choose_region(id);
        }
    }
}
