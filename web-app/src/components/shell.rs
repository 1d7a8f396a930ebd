use yew::prelude::*;
use yew_router::prelude::*;

use super::{Choice, Pick};
use crate::app::{Room, Route};
use crate::charts::Patterns;
use crate::hooks::{LibraryHandle, Settings, Shelf, Theme, use_lang, use_settings};
use crate::i18n::{Lang, T};
use crate::services::browser;

#[derive(Properties, PartialEq)]
pub struct ShellProps {
    pub children: Html,
}

/// What stands around every page.
#[component]
pub fn Shell(props: &ShellProps) -> Html {
    let lang = use_lang();
    let skip = Callback::from(|event: MouseEvent| {
        event.prevent_default();
        browser::focus("main");
    });
    html! {
        <>
            <a class="skip" href="#main" onclick={skip}>{ T::SkipToMain.say(lang) }</a>
            <header class="top">
                <div class="wrap">
                    <p class="brand">
                        <Way to={Route::Estimate}>
                            <img src="/icon.svg" alt="" width="32" height="32" />
                            <strong>{ T::AppName.say(lang) }</strong>
                            <span>{ T::Tagline.say(lang) }</span>
                        </Way>
                    </p>
                    <DisplayBar />
                </div>
                <nav class="wrap" aria-label={T::NavLabel.say(lang)}>
                    <ul>
                        { for NAV.iter().map(|(route, name)| html! { <NavItem route={route.clone()} name={*name} /> }) }
                    </ul>
                </nav>
            </header>
            <Patterns />
            <main id="main" class="wrap" tabindex="-1">{ props.children.clone() }</main>
            <footer class="bottom">
                <div class="wrap">
                    <Footer />
                </div>
            </footer>
        </>
    }
}

#[component]
fn Footer() -> Html {
    let lang = use_lang();
    let wallet = use_route::<Route>().is_some_and(|route| route.of_wallet());
    let lines = if wallet { [T::FooterDemo, T::FooterWallet] } else { [T::FooterEstimate, T::FooterPrivacy] };
    html! {
        <>
            { for lines.map(|line| html! { <p>{ line.say(lang) }</p> }) }
            <p><a href="/help/" data-testid="tours">{ T::FooterTours.say(lang) }</a></p>
        </>
    }
}

const NAV: [(Route, T); 8] = [
    (Route::Estimate, T::NavEstimate),
    (Route::Compare, T::NavCompare),
    (Route::Year, T::NavYear),
    (Route::Family, T::NavFamily),
    (Route::Wallet, T::NavWallet),
    (Route::Preview, T::NavPreview),
    (Route::Stories, T::NavStories),
    (Route::About, T::NavAbout),
];

#[derive(Properties, PartialEq)]
struct NavItemProps {
    route: Route,
    name: T,
}

#[component]
fn NavItem(props: &NavItemProps) -> Html {
    let lang = use_lang();
    let route = use_route::<Route>();
    let here = route.as_ref() == Some(&props.route);
    let inside = route.is_some_and(|r| match props.route {
        Route::Preview => r.room() == Room::Preview,
        Route::Wallet => r.of_wallet(),
        _ => false,
    });
    html! { <li class={(here || inside).then_some("here")}>{ way(&props.route, props.name.say(lang), here) }</li> }
}

/// A link to an address, or the same that says it is where one is.
fn way(route: &Route, name: &'static str, here: bool) -> Html {
    if here {
        let stay = Callback::from(|e: MouseEvent| e.prevent_default());
        html! { <a aria-current="page" href={route.to_path()} onclick={stay}>{ name }</a> }
    } else {
        html! { <Way to={route.clone()}>{ name }</Way> }
    }
}

#[derive(Properties, PartialEq)]
pub struct RoomsProps {
    pub label: &'static str,
    pub ways: Vec<(Route, &'static str)>,
    /// The view that one is somewhere inside of.
    #[prop_or_default]
    pub within: Option<Route>,
}

/// The views of one part of the site beside each other.
#[component]
pub fn Rooms(props: &RoomsProps) -> Html {
    let current = use_route::<Route>();
    let ways = props.ways.iter().map(|(route, name)| {
        let here = current.as_ref() == Some(route);
        let inside = props.within.as_ref() == Some(route);
        html! { <li key={route.to_path()} class={(here || inside).then_some("here")}>{ way(route, name, here) }</li> }
    });
    html! { <nav class="rooms" aria-label={props.label}><ul>{ for ways }</ul></nav> }
}

#[derive(Properties, PartialEq)]
pub struct WayProps {
    pub to: Route,
    pub children: Html,
}

/// A link to a view. Another room is another program, so its document is loaded anew.
#[component]
pub fn Way(props: &WayProps) -> Html {
    let here = use_route::<Route>().map(|route| route.room());
    if here == Some(props.to.room()) {
        html! { <Link<Route> to={props.to.clone()}>{ props.children.clone() }</Link<Route>> }
    } else {
        html! { <a href={props.to.to_path()}>{ props.children.clone() }</a> }
    }
}

#[component]
fn DisplayBar() -> Html {
    let Some(settings) = use_settings() else { return Html::default() };
    let now = *settings;
    let lang = now.lang;
    let change = |next: Settings| {
        let dispatcher = settings.dispatcher();
        Callback::from(move |_: MouseEvent| dispatcher.dispatch(next))
    };
    let (other, other_code) = if lang == Lang::Zh { (Lang::En, "en") } else { (Lang::Zh, "zh-CN") };
    let themes = [(Theme::System, T::ThemeSystem), (Theme::Light, T::ThemeLight), (Theme::Dark, T::ThemeDark)];
    let themes: Vec<Choice<Theme>> =
        themes.into_iter().map(|(theme, name)| Choice::new(theme, theme.word(), name.say(lang))).collect();
    let set_theme = {
        let dispatcher = settings.dispatcher();
        Callback::from(move |theme| dispatcher.dispatch(Settings { theme, ..now }))
    };
    html! {
        <div class="display" role="group" aria-label={T::Display.say(lang)}>
            <button
                type="button" class="plain" data-testid="large" aria-pressed={now.large.to_string()}
                onclick={change(Settings { large: !now.large, ..now })}
            >
                { T::LargeMode.say(lang) }
            </button>
            <button
                type="button" class="plain" data-testid="language" lang={other_code}
                onclick={change(Settings { lang: other, ..now })}
            >
                { T::SwitchLanguage.say(lang) }
            </button>
            <Pick<Theme> id="theme" legend={T::ThemeLabel.say(lang)} choices={themes} value={Some(now.theme)} onchange={set_theme} />
        </div>
    }
}

#[derive(Properties, PartialEq)]
pub struct WaitingProps {
    pub handle: LibraryHandle,
    pub region: AttrValue,
}

/// Word of rules that are still coming, or did not come.
#[component]
pub fn Waiting(props: &WaitingProps) -> Html {
    let lang = use_lang();
    let library = &props.handle.library;
    let name = library.region(&props.region).map(|r| if lang == Lang::Zh { &r.name_zh } else { &r.name_en });
    let name = name.cloned().unwrap_or_default();
    match (&library.index, &library.pack) {
        (Shelf::Loading, _) => progress(T::LoadingIndex.say(lang).to_owned()),
        (_, Shelf::Loading) => progress(T::LoadingRules.fill(lang, &[&name])),
        (Shelf::Failed(cause), _) | (_, Shelf::Failed(cause)) => {
            let retry = props.handle.retry.reform(|_: MouseEvent| ());
            html! {
                <div class="notice failed" role="alert" data-testid="fetch-failed">
                    <h2>{ T::FetchFailed.say(lang) }</h2>
                    <p>{ T::FetchFailedHint.say(lang) }</p>
                    <p><code>{ cause.clone() }</code></p>
                    <button type="button" onclick={retry}>{ T::Retry.say(lang) }</button>
                </div>
            }
        }
        _ => Html::default(),
    }
}

fn progress(text: String) -> Html {
    html! {
        <p class="loading" role="status"><progress aria-label={text.clone()} />{ text }</p>
    }
}
