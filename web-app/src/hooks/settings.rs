use std::rc::Rc;

use yew::prelude::*;

use crate::i18n::Lang;
use crate::services::browser;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Theme {
    System,
    Light,
    Dark,
}

impl Theme {
    pub const ALL: [Theme; 3] = [Theme::System, Theme::Light, Theme::Dark];

    pub fn word(self) -> &'static str {
        match self {
            Theme::System => "system",
            Theme::Light => "light",
            Theme::Dark => "dark",
        }
    }
}

/// How the page shows itself; kept on the device.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settings {
    pub lang: Lang,
    pub theme: Theme,
    /// 长辈版
    pub large: bool,
}

const LANG: &str = "anxin.lang";
const THEME: &str = "anxin.theme";
const LARGE: &str = "anxin.large";

impl Settings {
    fn stored() -> Settings {
        let word = |key: &str| browser::stored(key).unwrap_or_default();
        Settings {
            lang: if word(LANG) == "en" { Lang::En } else { Lang::Zh },
            theme: Theme::ALL.into_iter().find(|t| t.word() == word(THEME)).unwrap_or(Theme::System),
            large: word(LARGE) == "1",
        }
    }

    fn store(self) {
        browser::store(LANG, if self.lang == Lang::En { "en" } else { "zh" });
        browser::store(THEME, self.theme.word());
        browser::store(LARGE, if self.large { "1" } else { "0" });
    }

    fn show(self) {
        browser::root_attribute("lang", if self.lang == Lang::En { "en" } else { "zh-CN" });
        browser::root_attribute("data-theme", self.theme.word());
        browser::root_attribute("data-type", if self.large { "large" } else { "normal" });
    }
}

impl Reducible for Settings {
    type Action = Settings;

    fn reduce(self: Rc<Self>, next: Settings) -> Rc<Self> {
        next.store();
        next.into()
    }
}

pub type SettingsHandle = UseReducerHandle<Settings>;

#[hook]
pub fn use_settings_state() -> SettingsHandle {
    let settings = use_reducer_eq(Settings::stored);
    use_effect_with(*settings, |settings| settings.show());
    settings
}

#[hook]
pub fn use_settings() -> Option<SettingsHandle> {
    use_context::<SettingsHandle>()
}

#[hook]
pub fn use_lang() -> Lang {
    use_context::<SettingsHandle>().map_or(Lang::Zh, |s| s.lang)
}
