use std::path::PathBuf;

use anxin_core::Day;
use anxin_core::text::Lang;
use clap::{Args, Parser, Subcommand, ValueEnum};

const EXIT_CODES: &str = "Exit codes: 0 done; 2 the input is refused (one line of JSON on standard error with code, \
field, accepted and message) or the command is not understood; 1 this machine failed (a file that cannot be read, a \
port that is taken).";

/// Chinese basic medical insurance: what a visit will cost, with the clause behind every figure.
#[derive(Debug, Parser)]
#[command(name = "anxin", version, about, after_help = EXIT_CODES)]
pub struct Cli {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Estimate what each fund pays and what is left
    #[command(after_help = EXIT_CODES)]
    Estimate(EstimateArgs),
    /// Look into rule packs
    #[command(subcommand)]
    Pack(PackCommand),
    /// Serve the page, the packs and the estimates over HTTP
    Serve(ServeArgs),
}

#[derive(Debug, Args)]
pub struct EstimateArgs {
    /// A case as JSON, or a list of cases with --year or --compare; `-` reads standard input
    #[arg(value_name = "CASE.json", required_unless_present = "schema")]
    pub case: Option<PathBuf>,
    /// Insured area, by name (`shanwei`) or code (`441500`); goes before the one in the case
    #[arg(long, value_name = "REGION")]
    pub region: Option<String>,
    /// Apply the rules of this day, YYYY-MM-DD, as if the visit had ended on it
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub as_of: Option<Day>,
    /// Settle the cases as the visits of one year, each on top of the ones before
    #[arg(long, conflicts_with = "compare")]
    pub year: bool,
    /// Put up to four cases beside each other
    #[arg(long)]
    pub compare: bool,
    #[arg(long, value_enum, default_value_t = Format::Json)]
    pub format: Format,
    /// Language of titles, formulas and messages
    #[arg(long, value_enum, default_value_t = Words::Zh)]
    pub lang: Words,
    /// Print the JSON Schema of a case and do nothing else
    #[arg(long, exclusive = true)]
    pub schema: bool,
    #[command(flatten)]
    pub packs: PacksArg,
}

#[derive(Debug, Args)]
pub struct PacksArg {
    /// Folder of rule packs to use in place of the built-in ones
    #[arg(long, value_name = "DIR")]
    pub packs: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// The same bytes as the server answers
    Json,
    /// For people
    Table,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Words {
    /// 中文
    Zh,
    /// English
    En,
}

impl From<Words> for Lang {
    fn from(words: Words) -> Lang {
        match words {
            Words::Zh => Lang::Zh,
            Words::En => Lang::En,
        }
    }
}

#[derive(Debug, Subcommand)]
pub enum PackCommand {
    /// Print what packs hold: region, rules, sources and dates
    Inspect(InspectArgs),
    /// Check digest, layout and content of packs
    #[command(after_help = EXIT_CODES)]
    Verify(VerifyArgs),
}

#[derive(Debug, Args)]
pub struct InspectArgs {
    /// A pack, or a folder of packs (`*.anxpack`); the built-in ones when left out
    #[arg(value_name = "FILE|DIR")]
    pub path: Option<PathBuf>,
    #[arg(long, value_enum, default_value_t = Format::Table)]
    pub format: Format,
}

#[derive(Debug, Args)]
pub struct VerifyArgs {
    /// A pack, or a folder of packs (`*.anxpack`); the built-in ones when left out
    #[arg(value_name = "FILE|DIR")]
    pub path: Option<PathBuf>,
    /// Compile these rules as well and compare byte for byte
    #[arg(long, value_name = "DIR")]
    pub rules: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub struct ServeArgs {
    #[arg(long, default_value = "127.0.0.1")]
    pub host: String,
    /// 0 takes any free port
    #[arg(long, default_value_t = 8080)]
    pub port: u16,
    /// Folder of the built page
    #[arg(long, value_name = "DIR")]
    pub site: Option<PathBuf>,
    /// Form of the log on standard error
    #[arg(long, value_enum, default_value_t = LogFormat::Text)]
    pub log: LogFormat,
    #[command(flatten)]
    pub packs: PacksArg,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    Text,
    /// One JSON object a line
    Json,
    /// No log
    Off,
}

fn day(text: &str) -> Result<Day, String> {
    Day::parse(text).ok_or_else(|| "a date is written YYYY-MM-DD, between 1990 and 2100".into())
}
