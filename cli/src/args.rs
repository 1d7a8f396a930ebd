use std::path::PathBuf;

use anxin_core::preview::{DEFAULT_SCHEME, RecordSource};
use anxin_core::text::Lang;
use anxin_core::{Day, Rate};
use anxin_import::Field;
use clap::{Args, Parser, Subcommand, ValueEnum};
use wallet_api::StoryName;

use crate::verify::{self, VerifyBooksArgs};
use crate::worker::WorkerArgs;

const EXIT_CODES: &str = "Exit codes: 0 done; 2 the input is refused (one line of JSON on standard error with code, \
field, accepted and message) or the command is not understood; 1 this machine failed (a file that cannot be read, a \
port that is taken).";

const GROUP_EXIT_CODES: &str = "Exit codes: as for every command; and 3 when some rows of a table were not grouped, each with its \
reason in the last column.";

const IMPORT_EXIT_CODES: &str = "Exit codes: as for every command; and 3 when some rows were not taken, each in the \
report with its number. The pack has all others.";

const WORKER_EXIT_CODES: &str =
    "Exit codes: as for every command; and 3 when the journal is not what was signed before.";

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
    /// Say who may share a personal account with whom, how much, and what happens then
    #[command(after_help = EXIT_CODES)]
    Family(FamilyArgs),
    /// Group discharges by a DRG scheme or a DIP catalogue and say why
    #[command(after_help = GROUP_EXIT_CODES)]
    Group(Box<GroupArgs>),
    /// Forecast what DIP pays a hospital for a month and a year
    #[command(after_help = EXIT_CODES)]
    Forecast(ForecastArgs),
    /// Look into rule packs
    #[command(subcommand)]
    Pack(PackCommand),
    /// Serve the page, the packs, the estimates and, with a database, the wallet over HTTP
    Serve(ServeArgs),
    /// Check the wallet's books against their journal and signed heads
    #[command(after_help = verify::EXIT_CODES)]
    Verify(VerifyBooksArgs),
    /// Look after the wallet's books: end holds that are due, sign and export the journal's head
    #[command(after_help = WORKER_EXIT_CODES)]
    Worker(WorkerArgs),
    /// The keys that personal data is sealed with in the wallet's database
    #[command(subcommand)]
    Keys(KeysCommand),
    /// Put made-up people and money into the wallet's database
    #[command(after_help = EXIT_CODES)]
    Seed(SeedArgs),
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
pub struct FamilyArgs {
    /// A question as JSON; `-` reads standard input
    #[arg(value_name = "CASE.json", required_unless_present = "schema")]
    pub case: Option<PathBuf>,
    #[arg(long, value_enum, default_value_t = Format::Json)]
    pub format: Format,
    /// Language of everything that is said
    #[arg(long, value_enum, default_value_t = Words::Zh)]
    pub lang: Words,
    /// Print the JSON Schema of a question and do nothing else
    #[arg(long, exclusive = true)]
    pub schema: bool,
    #[command(flatten)]
    pub packs: PacksArg,
}

#[derive(Debug, Args)]
pub struct GroupArgs {
    /// Table of records with a header, *.xlsx, or *.tsv or *.csv in UTF-8 or GBK; `-` reads standard input
    #[arg(value_name = "IN", required_unless_present_any = ["record", "schemes"])]
    pub input: Option<PathBuf>,
    /// Where the groups go, *.tsv or *.csv; `-` is standard output
    #[arg(value_name = "OUT", default_value = "-")]
    pub output: PathBuf,
    /// Sheet of a workbook, by name or number; the first when left out
    #[arg(long, value_name = "SHEET", requires = "input")]
    pub sheet: Option<String>,
    /// Table of charges (费用明细) with the same ids: those that stand twice are told in a column of their own
    #[arg(long, value_name = "FILE", requires = "input")]
    pub fees: Option<PathBuf>,
    /// List the schemes, their settings and the choice taken when nobody says otherwise (`*`)
    #[arg(long, conflicts_with_all = ["input", "record"])]
    pub schemes: bool,
    /// One record as JSON, or a whole case with `scheme` and `record`; `-` reads standard input
    #[arg(long, value_name = "FILE.json", conflicts_with = "input")]
    pub record: Option<PathBuf>,
    /// A scheme or catalogue that is loaded, such as `mz-dip2-2024`; --schemes lists them
    #[arg(long, default_value = DEFAULT_SCHEME)]
    pub scheme: String,
    /// Take the readings of another grouper, `opendrg`
    #[arg(long, value_name = "PROFILE")]
    pub compat: Option<String>,
    /// Take one reading otherwise; may be given several times
    #[arg(long, value_name = "SETTING=CHOICE", value_parser = setting)]
    pub set: Vec<(String, String)>,
    /// Which edition the codes are of
    #[arg(long, value_enum, default_value_t = SourceArg::SettlementList)]
    pub source: SourceArg,
    /// Add a column that says why
    #[arg(long)]
    pub trace: bool,
    /// As many as the machine has when left out
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    pub threads: Option<u16>,
    /// Table of weights to pay by, such as `guangxi-2022`
    #[arg(long, value_name = "REGION")]
    pub region: Option<String>,
    /// Which of the region's prices
    #[arg(long, value_name = "PRICE", requires = "region")]
    pub price: Option<String>,
    /// Yuan per weight or point, where the region's table has no price
    #[arg(long, value_name = "YUAN", requires = "region", conflicts_with = "price", value_parser = rate)]
    pub yuan: Option<Rate>,
    /// Level of the hospital, as the region's table calls it
    #[arg(long, value_name = "LEVEL", requires = "region")]
    pub level: Option<String>,
    /// Coefficient of the institution, in place of that of its level; of a DIP table, for rows that have none
    #[arg(long, value_name = "RATE", value_parser = rate)]
    pub coefficient: Option<Rate>,
    /// One of the coefficients of a DIP catalogue, such as `三级`
    #[arg(long, value_name = "LABEL", conflicts_with = "coefficient")]
    pub hospital: Option<String>,
    /// One of the point values of a DIP catalogue, such as `职工`
    #[arg(long, value_name = "LABEL", conflicts_with = "point_value")]
    pub point: Option<String>,
    /// Yuan per point, for rows of a DIP table that have none
    #[arg(long, value_name = "YUAN", value_parser = rate)]
    pub point_value: Option<Rate>,
    /// A cost below this multiple of the standard is low
    #[arg(long, value_name = "MULTIPLE", requires = "region", value_parser = rate)]
    pub low: Option<Rate>,
    /// A cost above this multiple is high; `WEIGHT:MULTIPLE` up to a weight, lightest first
    #[arg(long, value_name = "[WEIGHT:]MULTIPLE", requires = "low", value_parser = line)]
    pub high: Vec<(Option<Rate>, Rate)>,
    #[arg(long, value_enum, default_value_t = Format::Table)]
    pub format: Format,
    /// Language of everything that is said
    #[arg(long, value_enum, default_value_t = Words::Zh)]
    pub lang: Words,
    #[command(flatten)]
    pub packs: PacksArg,
}

#[derive(Debug, Args)]
pub struct ForecastArgs {
    /// Figures of a hospital as JSON, each with its source and date; `-` reads standard input
    #[arg(value_name = "CASE.json", required_unless_present_any = ["schema", "example"])]
    pub case: Option<PathBuf>,
    /// Take the score of the month from a table that `anxin group` wrote by a DIP catalogue
    #[arg(long, value_name = "OUT", requires = "case")]
    pub month_scores: Option<PathBuf>,
    /// Take the score of the year from such a table
    #[arg(long, value_name = "OUT", requires = "case")]
    pub year_scores: Option<PathBuf>,
    #[arg(long, value_enum, default_value_t = Format::Table)]
    pub format: Format,
    /// Language of everything that is said
    #[arg(long, value_enum, default_value_t = Words::Zh)]
    pub lang: Words,
    /// Print the JSON Schema of a case and do nothing else
    #[arg(long, exclusive = true)]
    pub schema: bool,
    /// Print a case to begin with and do nothing else
    #[arg(long, exclusive = true)]
    pub example: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum SourceArg {
    /// 医疗保障基金结算清单, insurance edition
    SettlementList,
    /// 病案首页, clinical edition
    FrontPage,
}

impl From<SourceArg> for RecordSource {
    fn from(source: SourceArg) -> RecordSource {
        match source {
            SourceArg::SettlementList => RecordSource::SettlementList,
            SourceArg::FrontPage => RecordSource::FrontPage,
        }
    }
}

#[derive(Clone, Debug, Args)]
pub struct PacksArg {
    /// Folder of rule packs to use in place of the built-in ones
    #[arg(long, value_name = "DIR")]
    pub packs: Option<PathBuf>,
    /// One more pack, such as an imported one; it goes before one of the same id. May be given several times
    #[arg(long, value_name = "FILE")]
    pub pack: Vec<PathBuf>,
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
    /// Turn a city's spreadsheet into a pack
    #[command(subcommand, after_help = IMPORT_EXIT_CODES)]
    Import(Box<ImportCommand>),
}

#[derive(Debug, Subcommand)]
pub enum ImportCommand {
    /// A DIP catalogue, with or without its table of operation classes
    #[command(after_help = IMPORT_EXIT_CODES)]
    Dip(ImportDipArgs),
    /// DRG weights or points of one area
    #[command(after_help = IMPORT_EXIT_CODES)]
    Drg(ImportDrgArgs),
}

#[derive(Debug, Args)]
pub struct ImportArgs {
    /// Workbook (*.xlsx) or text table (*.csv, *.tsv) as the area sends it
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// Where the pack goes; without it the guess and the report are printed and nothing is written
    #[arg(long, short, value_name = "OUT.anxpack")]
    pub output: Option<PathBuf>,
    /// Sheets to read, by name or number; all that look like tables when left out
    #[arg(long, value_name = "SHEET")]
    pub sheet: Vec<String>,
    /// What a column holds, where the guess is wrong: header or letter, `D=score`; `D=` for nothing
    #[arg(long, value_name = "COLUMN=FIELD", value_parser = mapping)]
    pub map: Vec<(String, Option<Field>)>,
    /// Day of the data, YYYY-MM-DD; today when left out
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub edition: Option<Day>,
    #[arg(long, value_enum, default_value_t = Format::Table)]
    pub format: Format,
    #[arg(long, value_enum, default_value_t = Words::Zh)]
    pub lang: Words,
}

#[derive(Debug, Args)]
pub struct ImportDipArgs {
    #[command(flatten)]
    pub import: ImportArgs,
    /// What `anxin group --scheme` will call the catalogue; from the name of the file when left out
    #[arg(long, value_name = "ID", value_parser = id)]
    pub id: Option<String>,
    /// The name of the file when left out
    #[arg(long)]
    pub title: Option<String>,
    /// What has to stand beside every result
    #[arg(long)]
    pub notice: Option<String>,
    /// Where the table is from
    #[arg(long)]
    pub source: Option<String>,
    /// One setting of the catalogue, such as `deviation.rule=ta`; may be given several times
    #[arg(long, value_name = "SETTING=CHOICE", value_parser = setting)]
    pub set: Vec<(String, String)>,
    #[command(flatten)]
    pub packs: PacksArg,
}

#[derive(Debug, Args)]
pub struct ImportDrgArgs {
    #[command(flatten)]
    pub import: ImportArgs,
    /// What `anxin group --region` will call the area; from the name of the file when left out
    #[arg(long, value_name = "ID", value_parser = id)]
    pub id: Option<String>,
    /// The area's name; the name of the file when left out
    #[arg(long)]
    pub title: Option<String>,
    /// The scheme whose groups the weights are of; may be given several times. Groups of the area's own are laid over
    /// the first
    #[arg(long, value_name = "ID", value_parser = id, default_value = DEFAULT_SCHEME)]
    pub scheme: Vec<String>,
    /// Where the scheme with the area's own groups goes, which `anxin group --scheme` then calls as --region calls
    /// the area; without it only weights are made
    #[arg(long, value_name = "OUT.anxpack", requires = "output")]
    pub groups: Option<PathBuf>,
    #[command(flatten)]
    pub packs: PacksArg,
    /// Yuan per weight or point, where no column has it
    #[arg(long, value_name = "YUAN", value_parser = rate)]
    pub price: Option<Rate>,
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

#[derive(Clone, Debug, Args)]
pub struct SettingsArgs {
    /// Settings in TOML; what it leaves out is as --print-config of `serve` shows
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// `sqlite:PATH` or `postgres://…`; goes before the settings and ANXIN_DATABASE_URL
    #[arg(long, value_name = "URL")]
    pub database: Option<String>,
}

#[derive(Debug, Args)]
pub struct SeedArgs {
    #[command(flatten)]
    pub settings: SettingsArgs,
    /// The people of the demonstration, with accounts and balances; prints what they log in with
    #[arg(long, required_unless_present = "accounts")]
    pub demo: bool,
    /// So many personal accounts with 1,000 yuan each, for measuring
    #[arg(long, value_name = "N")]
    pub accounts: Option<u64>,
    /// A story of the demonstration, put back to its beginning; may be given several times
    #[arg(long, value_enum, requires = "demo")]
    pub story: Vec<StoryArg>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum StoryArg {
    /// A father is referred to another city, and his daughter shares with him
    Stay,
    /// A day of a hospital and a pharmacy on which five things go wrong
    Day,
}

impl From<StoryArg> for StoryName {
    fn from(story: StoryArg) -> StoryName {
        match story {
            StoryArg::Stay => StoryName::Stay,
            StoryArg::Day => StoryName::Day,
        }
    }
}

#[derive(Debug, Subcommand)]
pub enum KeysCommand {
    /// Seal anew, with the last key of the file, whatever another key sealed or none. May be stopped and started again
    #[command(after_help = EXIT_CODES)]
    Rotate(SettingsArgs),
}

#[derive(Clone, Debug, Args)]
pub struct ServeArgs {
    /// 127.0.0.1 when neither this nor the settings say otherwise
    #[arg(long)]
    pub host: Option<String>,
    /// 0 takes any free port; 8080 when neither this nor the settings say otherwise
    #[arg(long)]
    pub port: Option<u16>,
    #[command(flatten)]
    pub settings: SettingsArgs,
    /// Demonstration: logins with known passwords, made-up people and money. Never with real data
    #[arg(long)]
    pub demo: bool,
    /// Insured area whose books these are, six digits
    #[arg(long, value_name = "AREA", value_parser = clap::value_parser!(u32).range(100_000..=999_999))]
    pub cell: Option<u32>,
    /// Another area's server: settlements go across to it. May be given several times
    #[arg(long, value_name = "AREA=URL", value_parser = peer)]
    pub peer: Vec<(String, String)>,
    /// Brokers that letters to other areas go through, as `tls://a:4222,b:4222,c:4222` (NATS with JetStream)
    #[arg(long, value_name = "URL", conflicts_with = "areas")]
    pub courier: Option<String>,
    /// With --demo: serve the three areas of the demonstration, on this port and the two after it
    #[arg(long, requires = "demo", conflicts_with_all = ["cell", "peer"])]
    pub areas: bool,
    /// Print the settings that stand when nothing else is said, with their comments, and do nothing else
    #[arg(long)]
    pub print_config: bool,
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

fn setting(text: &str) -> Result<(String, String), String> {
    let pair = text.split_once('=').filter(|(setting, choice)| !setting.is_empty() && !choice.is_empty());
    pair.map(|(setting, choice)| (setting.into(), choice.into())).ok_or_else(|| "SETTING=CHOICE".into())
}

fn peer(text: &str) -> Result<(String, String), String> {
    let pair = text.split_once('=').filter(|(area, _)| area.len() == 6 && area.bytes().all(|b| b.is_ascii_digit()));
    pair.map(|(area, url)| (area.into(), url.into())).ok_or_else(|| "AREA=URL, as 450100=https://…".into())
}

fn mapping(text: &str) -> Result<(String, Option<Field>), String> {
    let pair = text.split_once('=').filter(|(column, _)| !column.is_empty());
    let (column, field) = pair.ok_or("COLUMN=FIELD")?;
    let field = (!field.is_empty()).then(|| Field::named(field).ok_or_else(Field::names)).transpose()?;
    Ok((column.into(), field))
}

fn id(text: &str) -> Result<String, String> {
    let sound = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '.';
    let whole = !text.is_empty() && text.len() <= 64 && text.chars().all(sound);
    whole.then(|| text.into()).ok_or_else(|| "at most 64 of a–z, 0–9, - and .".into())
}

fn rate(text: &str) -> Result<Rate, String> {
    Rate::parse(text).ok_or_else(|| "a plain decimal such as 0.4".into())
}

fn line(text: &str) -> Result<(Option<Rate>, Rate), String> {
    match text.split_once(':') {
        Some((weight, multiple)) => Ok((Some(rate(weight)?), rate(multiple)?)),
        None => Ok((None, rate(text)?)),
    }
}
