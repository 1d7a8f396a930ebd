use std::sync::Arc;

use wallet_api::LookupKeys;
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

/// How many values of each column were sealed anew, and how many digests of identity numbers went on to the last key.
fn rotate(args: &SettingsArgs) -> Result<String, Failure> {
    let settings = settings::read(args)?.check().map_err(settings::refused)?;
    let vault = Arc::new(settings.fields.vault(settings.demo).map_err(settings::refused)?);
    let lookups = LookupKeys::read(&settings).map_err(settings::refused)?;
    let (url, area) = (settings.database.url, u64::from(settings.database.area));
    let mut told = String::new();
    let all = runtime()?.block_on(async {
        let database = Database::open(&url, area, Limits::default(), Clock::Own).await?;
        let desk = database.desk(vault);
        let sealed = desk.reseal(|column, count| told += &format!("{column:<28}{count}\n")).await?;
        let Some(keys) = lookups else { return Ok((sealed, 0)) };
        let forward = |name: &str, digest| keys.forward(name, digest);
        let renewed = desk.renew_lookups(keys.present(), forward, |column, count| {
            told += &format!("{column:<28}{count}\n");
        });
        Ok((sealed, renewed.await?))
    });
    let (sealed, renewed) = all.map_err(|cause| failed(&cause))?;
    Ok(format!("{told}{sealed} values sealed anew, {renewed} digests renewed"))
}
