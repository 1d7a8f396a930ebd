use std::io::{self, Write};
use std::net::SocketAddr;

use wallet_api::{Config, Contents, ServeError, Settings, WalletError};

use crate::args::{LogFormat, ServeArgs};
use crate::failure::Failure;
use crate::{packs, settings};

pub fn run(args: &ServeArgs) -> Result<(), Failure> {
    if args.print_config {
        let printed = io::stdout().lock().write_all(wallet_api::settings::DEFAULT.as_bytes());
        return printed.map_err(|e| Failure::machine("standard output", &e));
    }
    log(args.log);
    let settings = of(args)?;
    let packs = packs::chosen(&args.packs)?;
    let contents =
        Contents::of_packs(packs.into_iter().map(|p| p.bytes)).map_err(|bad| Failure::bad_pack(&bad.id, bad.cause))?;
    let regions = contents.packs.regions();
    let config = Config { settings, site: args.site.clone() };
    let told = |address: SocketAddr| {
        let page = if config.site.is_some() { "" } else { ", without the page (--site DIR)" };
        // The server runs whether or not anybody reads this.
        let mut out = io::stdout().lock();
        let _ = writeln!(out, "Anxin is at http://{address}/ with the rules of {regions} regions{page}");
        if config.settings.demo {
            let _ = writeln!(out, "{}", demonstration());
        }
    };
    wallet_api::serve(&config, contents, told).map_err(|e| match e {
        ServeError::Wallet(WalletError::Setting(bad)) => settings::refused(bad),
        other => Failure::machine("serve", &other),
    })
}

/// The settings with what the command line says over them.
fn of(args: &ServeArgs) -> Result<Settings, Failure> {
    let mut settings = settings::read(&args.settings)?;
    if let Some(host) = &args.host {
        settings.listen.host.clone_from(host);
    }
    settings.listen.port = args.port.unwrap_or(settings.listen.port);
    settings.demo |= args.demo;
    if settings.demo && settings.database.url.is_empty() {
        settings.database.url = demonstration_books();
    }
    settings.check().map_err(settings::refused)
}

/// A file in the folder that a person's programs keep their data in.
fn demonstration_books() -> String {
    let folder = std::env::var("XDG_DATA_HOME").or_else(|_| std::env::var("HOME").map(|home| home + "/.local/share"));
    folder.map_or_else(|_| "sqlite:anxin-demo.db".into(), |folder| format!("sqlite:{folder}/anxin/demo.db"))
}

fn demonstration() -> String {
    let people = wallet_api::people();
    let names: Vec<&str> = people.iter().map(|p| p.name).collect();
    let password = people.first().map_or("", |p| p.password);
    format!("演示模式 · DEMONSTRATION: made-up people and money. Logins: {}; password: {password}", names.join(", "))
}

pub fn log(format: LogFormat) {
    let log = tracing_subscriber::fmt().with_writer(io::stderr).with_max_level(tracing::Level::INFO).with_target(false);
    match format {
        LogFormat::Text => log.with_ansi(false).init(),
        LogFormat::Json => log.json().flatten_event(true).with_current_span(true).with_span_list(false).init(),
        LogFormat::Off => {}
    }
}
