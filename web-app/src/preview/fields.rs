use anxin_core::dip::Track;
use anxin_core::preview::{RecordSource, SchemeKind, SchemeOut};
use yew::prelude::*;

use super::form::{Inputs, LEAVINGS, Stay};
use super::words::{self, P};
use crate::components::{Choice, Kind, Pick, Radios, TextField};
use crate::hooks::{Editor, setter, use_lang, within};
use crate::i18n::Lang;

#[derive(Properties, PartialEq)]
pub struct SchemeFieldsProps {
    pub inputs: Inputs,
    /// Ids of the schemes that can be chosen, and what each is called.
    pub schemes: Vec<(String, String)>,
    pub scheme: Option<SchemeOut>,
    /// Layers that the scheme's edition has and its catalogue does not.
    pub left_out: Vec<String>,
    pub editor: Editor<Inputs>,
}

/// Which scheme, and what the codes were taken from.
#[component]
pub fn SchemeFields(props: &SchemeFieldsProps) -> Html {
    let lang = use_lang();
    let SchemeFieldsProps { inputs, schemes, scheme, left_out, editor } = props;
    let schemes: Vec<Choice<String>> =
        schemes.iter().map(|(id, name)| Choice::new(id.clone(), id.clone(), name.clone())).collect();
    let sources = [
        Choice::new(RecordSource::SettlementList, "settlement_list", P::SourceList.say(lang)),
        Choice::new(RecordSource::FrontPage, "front_page", P::SourceFront.say(lang)),
    ];
    let note = scheme.as_ref().and_then(|s| s.scheme.historical_note.as_ref());
    html! {
        <>
            <Pick<String>
                id="scheme" legend={P::SchemeQ.say(lang)} choices={schemes} value={Some(inputs.scheme.clone())}
                onchange={setter(editor, Inputs::choose_scheme)}
            />
            if let Some(note) = note {
                <div class="notice caution" data-testid="historical">
                    <p>{ note.of(lang).to_owned() }</p>
                </div>
            }
            if let Some(scheme) = scheme { { notice(scheme, left_out, lang) } }
            <Radios<RecordSource>
                id="source" legend={P::SourceQ.say(lang)} choices={sources.to_vec()} value={Some(inputs.source)}
                onchange={setter(editor, |i: &mut Inputs, source| i.source = source)}
            />
        </>
    }
}

/// What has to stand beside a scheme: `非本市，仅演示`, and what it does not have.
fn notice(scheme: &SchemeOut, left_out: &[String], lang: Lang) -> Html {
    if scheme.notice.is_none() && left_out.is_empty() {
        return Html::default();
    }
    html! {
        <div class="notice caution" data-testid="scheme-notice">
            if let Some(notice) = &scheme.notice { <p><strong>{ notice.of(lang).to_owned() }</strong></p> }
            if !left_out.is_empty() {
                <p>{ P::LeftOut.fill(lang, &[&left_out.join(lang.of("、", ", "))]) }</p>
            }
        </div>
    }
}

#[derive(Properties, PartialEq)]
pub struct StayFieldsProps {
    pub stay: Stay,
    pub kind: SchemeKind,
    /// 出院科别 that the scheme's groups ask for.
    pub wards: Vec<String>,
    pub editor: Editor<Inputs>,
}

/// The patient and the stay.
#[component]
pub fn StayFields(props: &StayFieldsProps) -> Html {
    let lang = use_lang();
    let stay = &props.stay;
    let editor = within(&props.editor, |i: &mut Inputs| Some(&mut i.stay));
    let sexes = [("1", P::Male), ("2", P::Female)];
    let sexes: Vec<Choice<String>> = sexes.map(|(w, name)| Choice::new(w.to_owned(), w, name.say(lang))).to_vec();
    let count = |id: &'static str, label: P, value: &String, set: fn(&mut Stay, String)| {
        html! { <TextField {id} kind={Kind::Count} label={label.say(lang)} value={value.clone()} onchange={setter(&editor, set)} /> }
    };
    let dip = props.kind == SchemeKind::Dip;
    html! {
        <>
            if !dip {
                <Radios<String>
                    id="gend" legend={P::SexQ.say(lang)} choices={sexes} value={Some(stay.gend.clone())}
                    onchange={setter(&editor, |s: &mut Stay, gend| s.gend = gend)}
                />
            }
            <div class="pair">
                { count("age", P::AgeQ, &stay.age, |s, t| s.age = t) }
                if stay.is_infant() {
                    { count("nwb-age", P::AgeDaysQ, &stay.nwb_age, |s, t| s.nwb_age = t) }
                    { count("nwb-bir-wt", P::BirthWeightQ, &stay.nwb_bir_wt, |s, t| s.nwb_bir_wt = t) }
                    if !dip { { count("nwb-adm-wt", P::AdmissionWeightQ, &stay.nwb_adm_wt, |s, t| s.nwb_adm_wt = t) } }
                }
                { count("act-ipt-days", P::DaysQ, &stay.days, |s, t| s.days = t) }
                if !dip { { count("vent", P::VentilationQ, &stay.ventilation, |s, t| s.ventilation = t) } }
            </div>
            if dip {
                <Pick<Track>
                    id="track" legend={P::TrackQ.say(lang)} choices={tracks(lang)} value={Some(stay.track)}
                    onchange={setter(&editor, |s: &mut Stay, track| s.track = track)}
                />
            } else {
                <Pick<String>
                    id="dscg-way" legend={P::LeavingQ.say(lang)} choices={leavings(lang)} value={Some(stay.dscg_way.clone())}
                    onchange={setter(&editor, |s: &mut Stay, way| s.dscg_way = way)}
                />
                if !props.wards.is_empty() {
                    <TextField
                        id="dscg-caty" kind={Kind::Text} label={P::WardQ.fill(lang, &[&props.wards.join(lang.of("、", ", "))])}
                        value={stay.ward.clone()} onchange={setter(&editor, |s: &mut Stay, t| s.ward = t)}
                    />
                }
            }
        </>
    }
}

fn leavings(lang: Lang) -> Vec<Choice<String>> {
    let not_said = Choice::new(String::new(), "", P::NotSaid.say(lang));
    let ways = LEAVINGS.map(|way| Choice::new(way.to_owned(), way, format!("{way} {}", words::leaving(way).say(lang))));
    std::iter::once(not_said).chain(ways).collect()
}

fn tracks(lang: Lang) -> Vec<Choice<Track>> {
    let all = [
        (Track::Ordinary, "ordinary", P::TrackOrdinary),
        (Track::BedDay, "bed_day", P::TrackBedDay),
        (Track::Tcm, "tcm", P::TrackTcm),
    ];
    all.map(|(track, word, name)| Choice::new(track, word, name.say(lang))).to_vec()
}
