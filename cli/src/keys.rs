use std::sync::Arc;

use wallet_ledger::Limits;
use wallet_store::{Clock, Database};

use crate::args::{KeysCommand, SettingsArgs};
use crate::books::{failed, runtime};
use crate::failure::Failure;
use crate::settings;

pub fn run(command: &KeysCommand) -> Result<String, Failure> {
    match command {
        KeysCommand::Rotate(args) => rotate(args),
    }
}

/// How many values of each column were sealed anew.
fn rotate(args: &SettingsArgs) -> Result<String, Failure> {
    let settings = settings::read(args)?.check().map_err(settings::refused)?;
    let vault = Arc::new(settings.fields.vault(settings.demo).map_err(settings::refused)?);
    let (url, area) = (settings.database.url, u64::from(settings.database.area));
    let mut told = String::new();
    let all = runtime()?.block_on(async {
        let database = Database::open(&url, area, Limits::default(), Clock::Own).await?;
        database.desk(vault).reseal(|column, count| told += &format!("{column:<28}{count}\n")).await
    });
    let all = all.map_err(|cause| failed(&cause))?;
    Ok(format!("{told}{all} values sealed anew"))
}
