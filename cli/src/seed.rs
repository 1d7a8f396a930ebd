use wallet_api::{Seeded, Settings, StoryName, StoryOut, WalletError};

use crate::args::{PacksArg, SeedArgs};
use crate::failure::Failure;
use crate::{packs, settings};

/// What was put in, as a table of logins.
pub fn run(args: &SeedArgs) -> Result<String, Failure> {
    let settings = settings::read(&args.settings)?.check().map_err(settings::refused)?;
    let rules = packs::family_rules()?;
    let people = wallet_api::seed(settings.clone(), rules, args.demo, args.accounts).map_err(failed)?;
    let mut told = String::new();
    if let Some(accounts) = args.accounts {
        told += &format!("{accounts} accounts with 1,000.00 yuan each\n");
    }
    if args.demo {
        told += "演示账号，仅供演示：\n";
        told += &people.iter().map(line).collect::<String>();
    }
    if !args.story.is_empty() {
        told += &stories(args, settings)?;
    }
    Ok(told)
}

fn failed(cause: WalletError) -> Failure {
    match cause {
        WalletError::Setting(bad) => settings::refused(bad),
        other => Failure::machine("seed", &other),
    }
}

fn stories(args: &SeedArgs, settings: Settings) -> Result<String, Failure> {
    let engine = packs::engine(&PacksArg { packs: None, pack: Vec::new() })?;
    let stories: Vec<StoryName> = args.story.iter().copied().map(StoryName::from).collect();
    let told = wallet_api::tell(settings, packs::family_rules()?, &engine, &stories).map_err(failed)?;
    Ok(told.iter().map(beginning).collect())
}

fn line(Seeded { name, password, role, .. }: &Seeded) -> String {
    format!("{name:<12}{password:<14}{role}\n")
}

/// What somebody needs to follow a story.
fn beginning(StoryOut { story, card, pack, due_on, .. }: &StoryOut) -> String {
    let more = [pack, due_on].into_iter().flatten().map(|what| format!("  {what}")).collect::<String>();
    format!("故事 {:<8}{card}{more}\n", story.word())
}
