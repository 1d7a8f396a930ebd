use std::io::{self, Write};
use std::net::SocketAddr;

use wallet_api::{Config, Contents};

use crate::args::{LogFormat, ServeArgs};
use crate::failure::Failure;
use crate::packs;

pub fn run(args: &ServeArgs) -> Result<(), Failure> {
    log(args.log);
    let packs = packs::chosen(&args.packs)?;
    let contents =
        Contents::of_packs(packs.into_iter().map(|p| p.bytes)).map_err(|bad| Failure::bad_pack(&bad.id, bad.cause))?;
    let regions = contents.packs.regions();
    let config = Config { host: args.host.clone(), port: args.port, site: args.site.clone() };
    let told = |address: SocketAddr| {
        let page = if config.site.is_some() { "" } else { ", without the page (--site DIR)" };
        // The server runs whether or not anybody reads this.
        let _ =
            writeln!(io::stdout().lock(), "Anxin is at http://{address}/ with the rules of {regions} regions{page}");
    };
    wallet_api::serve(&config, contents, told).map_err(|e| Failure::machine("serve", &e))
}

pub fn log(format: LogFormat) {
    let log = tracing_subscriber::fmt().with_writer(io::stderr).with_max_level(tracing::Level::INFO).with_target(false);
    match format {
        LogFormat::Text => log.with_ansi(false).init(),
        LogFormat::Json => log.json().flatten_event(true).with_current_span(true).with_span_list(false).init(),
        LogFormat::Off => {}
    }
}
