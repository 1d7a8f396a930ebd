use wallet_api::{Seeded, WalletError};

use crate::args::SeedArgs;
use crate::failure::Failure;
use crate::{packs, settings};

/// What was put in, as a table of logins.
pub fn run(args: &SeedArgs) -> Result<String, Failure> {
    let settings = settings::read(&args.settings)?.check().map_err(settings::refused)?;
    let rules = packs::family_rules()?;
    let failed = |e: WalletError| match e {
        WalletError::Setting(bad) => settings::refused(bad),
        other => Failure::machine("seed", &other),
    };
    let people = wallet_api::seed(settings, rules, args.demo, args.accounts).map_err(failed)?;
    let mut told = String::new();
    if let Some(accounts) = args.accounts {
        told += &format!("{accounts} accounts with 1,000.00 yuan each\n");
    }
    if args.demo {
        told += "演示账号，仅供演示：\n";
        told += &people.iter().map(line).collect::<String>();
    }
    Ok(told)
}

fn line(Seeded { name, password, role, .. }: &Seeded) -> String {
    format!("{name:<12}{password:<14}{role}\n")
}
