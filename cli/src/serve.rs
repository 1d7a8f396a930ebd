use std::io::{self, Write};
use std::net::SocketAddr;
use std::sync::mpsc;

use wallet_api::settings::{BadSetting, Peer};
use wallet_api::{Config, Contents, DEMO_AREAS, ServeError, Settings, WalletError};

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
    if !args.areas {
        return serve(args, settings);
    }
    let all = neighbours(&settings)?;
    let (told, ended) = mpsc::channel();
    let count = all.len();
    for settings in all {
        let (args, told) = (args.clone(), told.clone());
        // Whoever listens has gone only when the program ends.
        std::thread::spawn(move || told.send(serve(&args, settings)));
    }
    // The first that fails ends the program; who was told to stop waits for the others.
    ended.iter().take(count).collect()
}

/// The three areas of the demonstration, each with books of its own, on ports after one another.
fn neighbours(settings: &Settings) -> Result<Vec<Settings>, Failure> {
    let bad = |accepted: &str| settings::refused(BadSetting::new("listen.port", accepted));
    let first = settings.listen.port;
    let last = first.checked_add(2).filter(|_| first != 0).ok_or_else(|| bad("1–65533, with --areas"))?;
    let ports: Vec<(u32, u16)> = DEMO_AREAS.into_iter().zip(first..=last).collect();
    let peer = |port: u16| Peer { url: format!("http://127.0.0.1:{port}"), key: Default::default() };
    let area = |&(area, port): &(u32, u16)| {
        let mut own = settings.clone();
        (own.database.area, own.listen.port) = (area, port);
        own.database.url = beside(&settings.database.url, area);
        let others = ports.iter().filter(|(other, _)| *other != area);
        own.cells.peers = others.map(|(other, port)| (other.to_string(), peer(*port))).collect();
        own.check().map_err(settings::refused)
    };
    ports.iter().map(area).collect()
}

/// A file for each area; a server of databases keeps them all apart by itself.
fn beside(url: &str, area: u32) -> String {
    match url.strip_prefix("sqlite:").map(|file| file.strip_suffix(".db").unwrap_or(file)) {
        Some(file) => format!("sqlite:{file}-{area}.db"),
        None => url.to_owned(),
    }
}

fn serve(args: &ServeArgs, settings: Settings) -> Result<(), Failure> {
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
        if !config.settings.cells.peers.is_empty() {
            let _ = writeln!(out, "{}", across(&config.settings));
        }
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
    settings.database.area = args.cell.unwrap_or(settings.database.area);
    for (area, url) in &args.peer {
        let key = settings.cells.peers.get(area).map(|peer| peer.key.clone()).unwrap_or_default();
        settings.cells.peers.insert(area.clone(), Peer { url: url.clone(), key });
    }
    if let Some(courier) = &args.courier {
        settings.cells.courier.clone_from(courier);
    }
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

fn across(settings: &Settings) -> String {
    let peers: Vec<&str> = settings.cells.peers.keys().map(String::as_str).collect();
    let demo = if settings.demo {
        "（演示，不代表已开通 · a demonstration, which does not say that they are open）"
    } else {
        ""
    };
    format!("Area {:06} settles with {}{demo}", settings.database.area, peers.join(", "))
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
