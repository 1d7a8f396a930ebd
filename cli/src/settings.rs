use std::fs;

use anxin_core::text::Lang;
use anxin_core::{Refusal, RefusalCode};
use wallet_api::Settings;
use wallet_api::settings::BadSetting;

use crate::args::SettingsArgs;
use crate::failure::Failure;

/// The settings of a file under those of the environment, under what the command line says.
pub fn read(args: &SettingsArgs) -> Result<Settings, Failure> {
    let file = args.config.as_deref().map(|path| fs::read_to_string(path).map_err(|e| Failure::file(path, &e)));
    let mut settings = Settings::read(file.transpose()?.as_deref(), std::env::vars()).map_err(refused)?;
    if let Some(url) = &args.database {
        settings.database.url.clone_from(url);
    }
    Ok(settings)
}

pub fn refused(BadSetting { key, accepted }: BadSetting) -> Failure {
    Failure::refused(Refusal::new(RefusalCode::Malformed, key, accepted), Lang::Zh)
}
