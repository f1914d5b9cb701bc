//! The command line.

mod archive;
mod check;
mod compare;

use std::path::PathBuf;
use std::time::Duration;

use clap::{ArgAction, Args, Parser, Subcommand, ValueEnum};

use crate::archive::{Keep, Place};
use crate::migrations::{FolderArg, HistoryArgs};
use crate::output::Destination;
use crate::session::Limits;
use crate::source::Source;

pub(crate) use archive::{
    ArchiveArg, ArchiveCommand, BlameArgs, PruneArgs, StretchArgs, TimelineArgs, TimelineFormat,
};
pub(crate) use check::{CheckArgs, CheckFormat, PolicyArgs, PolicyCommand, PolicyInitArgs};
pub(crate) use compare::{CompareArgs, CompareFormat};

/// Compares two PostgreSQL databases and writes the plan that brings one to the state of the other.
#[derive(Debug, Parser)]
#[command(name = "pgparity", version, max_term_width = 100)]
#[command(
    after_help = "Exit status: diff and compare 0 no drift, 1 drift; check 0 no error, 1 errors; plan 0 \
                        complete, 3 steps withheld; every command 2 on error, 130/143 when interrupted."
)]
pub(crate) struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub(crate) command: Command,
    /// Say nothing but errors
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    pub(crate) quiet: bool,
    #[arg(help = "Say more; -vv says much (RUST_LOG chooses in detail)")]
    #[arg(short, long, global = true, action = ArgAction::Count)]
    pub(crate) verbose: u8,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Write the snapshot of a database
    Export(ExportArgs),
    /// Show what differs between two databases or snapshots
    Diff(DiffArgs),
    /// Write the SQL that brings FROM to the state of TO
    Plan(PlanArgs),
    /// Hold a database or snapshot against a policy: what it must have, and what may differ
    Check(CheckArgs),
    /// Write a policy to start with
    #[command(subcommand)]
    Policy(PolicyCommand),
    /// Write the page with both snapshots in it, as one file for a review in any browser
    Report(ReportArgs),
    /// Put many snapshots into groups of equal ones, and show how the groups differ
    Compare(CompareArgs),
    /// Tell what happened to an environment, from snapshot to snapshot of an archive
    History(TimelineArgs),
    /// Tell which snapshot of an archive brought a column, or a table's parts, and which changed it last
    Blame(BlameArgs),
    /// Look after an archive
    #[command(subcommand)]
    Archive(ArchiveCommand),
}

/// `pgparity export`
#[derive(Debug, Args)]
pub(crate) struct ExportArgs {
    #[arg(help = "The database, as a postgres:// URL [default: DATABASE_URL, then libpq's PG* \
                  variables]")]
    #[arg(long, value_name = "URL", value_parser = parse_secret)]
    pub(crate) url: Option<HiddenUrl>,
    /// Where to write: a file (.gz and .zst compress), or - for standard output
    #[arg(short, long, value_name = "FILE", default_value = "-", hide_default_value = true)]
    pub(crate) output: Destination,
    /// What to call the snapshot [default: the name of the database]
    #[arg(long, value_name = "NAME")]
    pub(crate) label: Option<String>,
    /// Only schemas that match; * and ? are wildcards; may be repeated
    #[arg(long, value_name = "GLOB")]
    pub(crate) schema: Vec<String>,
    /// No schemas that match; may be repeated
    #[arg(long, value_name = "GLOB")]
    pub(crate) exclude: Vec<String>,
    /// Roles, memberships and grants on parameters too
    #[arg(long)]
    pub(crate) roles: bool,
    #[arg(help = "Keep the snapshot in an archive instead, unless nothing changed: a folder, or \
                s3://bucket/folder, gs://bucket/folder, az://container/folder; the label names the \
                environment")]
    #[arg(long, value_name = "DIR|URL", conflicts_with_all = ["output", "print_sql"])]
    pub(crate) archive: Option<Place>,
    /// Then prune the environment: which snapshots to keep, as last=30,daily=14,weekly=8,monthly=12
    #[arg(long, value_name = "RULES", requires = "archive")]
    pub(crate) keep: Option<Keep>,
    /// Export many databases at once, as this file says: each into the archive, or into a file in the directory of
    /// -o; goes on past one that fails
    #[arg(long, value_name = "FILE", conflicts_with_all = ["url", "label", "schema", "exclude", "roles", "print_sql"])]
    pub(crate) fleet: Option<PathBuf>,
    /// Write the queries as a script for psql instead of running them; its output stands for a
    /// snapshot
    #[arg(long, conflicts_with = "url")]
    pub(crate) print_sql: bool,
    /// What is read of migrations.
    #[command(flatten)]
    pub(crate) history: HistoryArgs,
    /// Limits of the session.
    #[command(flatten)]
    pub(crate) limits: SessionArgs,
}

/// `pgparity diff`
#[derive(Debug, Args)]
pub(crate) struct DiffArgs {
    /// The two sides.
    #[command(flatten)]
    pub(crate) sides: SideArgs,
    /// How to write it
    #[arg(long, value_enum, default_value_t = DiffFormat::Text)]
    pub(crate) format: DiffFormat,
    /// Where to write: a file, or - for standard output
    #[arg(short, long, value_name = "FILE", default_value = "-", hide_default_value = true)]
    pub(crate) output: Destination,
    /// Decisions about renames
    #[arg(long, value_name = "FILE")]
    pub(crate) decisions: Option<PathBuf>,
    /// The folder with the project's migrations: tells which are pending on either side; TOOL= in front
    /// says whose they are
    #[arg(long, value_name = "[TOOL=]DIR", value_parser = FolderArg::parse)]
    pub(crate) migrations: Option<FolderArg>,
    /// A policy to follow.
    #[command(flatten)]
    pub(crate) policy: PolicyArgs,
    /// Limits of reading.
    #[command(flatten)]
    pub(crate) limits: LimitArgs,
}

/// `pgparity plan`
#[derive(Debug, Args)]
pub(crate) struct PlanArgs {
    /// The two sides.
    #[command(flatten)]
    pub(crate) sides: SideArgs,
    /// Where to write: a file, a directory (which gets a file named after the two sides), or -
    #[arg(short, long, value_name = "FILE", default_value = "-", hide_default_value = true)]
    pub(crate) output: Destination,
    #[arg(
        help = "Hazards to allow, or all: steps with DATA_LOSS stay out of the script otherwise"
    )]
    #[arg(long, value_name = "HAZARD[,…]", value_delimiter = ',')]
    pub(crate) allow: Vec<String>,
    /// Short locks, or few statements [default: by the size of the tables]
    #[arg(long, value_enum)]
    pub(crate) mode: Option<PlanMode>,
    /// The way back: from TO to the state of FROM
    #[arg(long)]
    pub(crate) reverse: bool,
    /// A script that can run again: it leaves out what has been run
    #[arg(long)]
    pub(crate) idempotent: bool,
    #[arg(
        help = "How long a step of the script may wait for its lock; 0 for ever [default: 10s where \
                locks are kept short]"
    )]
    #[arg(long, value_name = "TIME", value_parser = parse_time)]
    pub(crate) step_lock_timeout: Option<Duration>,
    /// How to write it
    #[arg(long, value_enum, default_value_t = PlanFormat::Sql)]
    pub(crate) format: PlanFormat,
    /// Decisions about renames
    #[arg(long, value_name = "FILE")]
    pub(crate) decisions: Option<PathBuf>,
    /// A policy to follow.
    #[command(flatten)]
    pub(crate) policy: PolicyArgs,
    /// Limits of reading.
    #[command(flatten)]
    pub(crate) limits: LimitArgs,
}

/// `pgparity report`
#[derive(Debug, Args)]
pub(crate) struct ReportArgs {
    /// The two sides.
    #[command(flatten)]
    pub(crate) sides: SideArgs,
    /// Where to write: a file, a directory (which gets a file named after the two sides), or -
    #[arg(short, long, value_name = "FILE", default_value = "-", hide_default_value = true)]
    pub(crate) output: Destination,
    /// Decisions about renames
    #[arg(long, value_name = "FILE")]
    pub(crate) decisions: Option<PathBuf>,
    /// What stands above the page [default: From and To by their labels]
    #[arg(long, value_name = "TEXT")]
    pub(crate) title: Option<String>,
    /// The page to put them in, pgparity.html [default: the one that this program was built with]
    #[arg(long, value_name = "FILE")]
    pub(crate) page: Option<PathBuf>,
    /// Limits of reading.
    #[command(flatten)]
    pub(crate) limits: LimitArgs,
}

/// FROM and TO, by place or by name.
#[derive(Debug, Args)]
pub(crate) struct SideArgs {
    /// FROM, the database as it is, and TO, the desired state: snapshot files (.json, .json.gz,
    /// .json.zst), - for standard input, postgres:// URLs, or archive:ENV[@TIME] of --archive
    #[arg(value_names = ["FROM", "TO"], num_args = 0..=2, value_parser = parse_source)]
    pub(crate) sides: Vec<Source>,
    /// FROM by name
    #[arg(long, value_name = "FROM", value_parser = parse_source)]
    pub(crate) from: Option<Source>,
    /// TO by name
    #[arg(long, value_name = "TO", value_parser = parse_source)]
    pub(crate) to: Option<Source>,
}

/// Limits for sessions on a server.
#[derive(Clone, Debug, Args)]
pub(crate) struct SessionArgs {
    /// Give up when one catalog query runs longer; 0 for never
    #[arg(long, value_name = "TIME", default_value = "5min", value_parser = parse_time)]
    pub(crate) statement_timeout: Duration,
    /// Give up when a lock is not granted within this time; 0 for never
    #[arg(long, value_name = "TIME", default_value = "5s", value_parser = parse_time)]
    pub(crate) lock_timeout: Duration,
}

/// Limits for servers and files.
#[derive(Clone, Debug, Args)]
pub(crate) struct LimitArgs {
    /// For servers.
    #[command(flatten)]
    pub(crate) session: SessionArgs,
    /// For servers too: what is read of migrations.
    #[command(flatten)]
    pub(crate) history: HistoryArgs,
    /// For archives.
    #[command(flatten)]
    pub(crate) place: ArchiveArg,
    /// Refuse snapshots larger than this, after decompression
    #[arg(long, value_name = "SIZE", default_value = "1GiB", value_parser = parse_size)]
    pub(crate) max_input: u64,
}

/// How a drift is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum DiffFormat {
    /// For people.
    Text,
    /// For programs.
    Json,
    /// For pull requests.
    Markdown,
    /// For spreadsheets.
    Csv,
    /// A page to mail, keep and print.
    Html,
}

/// How a plan is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum PlanFormat {
    /// The script.
    Sql,
    /// The whole plan as data.
    Json,
    /// For pull requests.
    Markdown,
    /// A page to mail, keep and print.
    Html,
    /// Queries for psql, before the plan: rows because of which a step would fail.
    PreChecks,
    /// Queries for psql, after the plan: what is not as it leaves it.
    PostChecks,
}

/// How a plan is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum PlanMode {
    /// Short locks, at the price of more statements.
    Online,
    /// One transaction, fewest statements.
    Simple,
}

/// A URL from the command line, which never shows itself.
#[derive(Clone)]
pub(crate) struct HiddenUrl(pub(crate) String);

impl std::fmt::Debug for HiddenUrl {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("(hidden)")
    }
}

#[allow(clippy::unnecessary_wraps, reason = "clap's value parsers return a result")]
fn parse_secret(text: &str) -> Result<HiddenUrl, std::convert::Infallible> {
    Ok(HiddenUrl(text.to_owned()))
}

fn parse_source(text: &str) -> Result<Source, String> {
    Source::new(text)
}

/// A time with its unit, as in PostgreSQL's configuration.
pub(crate) fn parse_time(text: &str) -> Result<Duration, String> {
    let (number, unit) = split_unit(text);
    let number: u64 = number.parse().map_err(|_| "write it as 30s, 5min or 1h".to_owned())?;
    let scale = match unit {
        "ms" => 1,
        "s" => 1000,
        "min" => 60 * 1000,
        "h" => 60 * 60 * 1000,
        "" if number == 0 => 1,
        _ => return Err("write it with a unit: ms, s, min or h".to_owned()),
    };
    // PostgreSQL keeps these settings in 31 bits of milliseconds.
    number
        .checked_mul(scale)
        .filter(|milliseconds| i32::try_from(*milliseconds).is_ok())
        .map(Duration::from_millis)
        .ok_or_else(|| "too long: PostgreSQL allows about 24 days".to_owned())
}

fn parse_size(text: &str) -> Result<u64, String> {
    let (number, unit) = split_unit(text);
    let number: u64 = number.parse().map_err(|_| "write it as 512MiB or 2GiB".to_owned())?;
    let scale: u64 = match unit {
        "" | "B" => 1,
        "kB" | "KiB" => 1 << 10,
        "MB" | "MiB" => 1 << 20,
        "GB" | "GiB" => 1 << 30,
        _ => return Err("unknown unit: KiB, MiB or GiB".to_owned()),
    };
    number.checked_mul(scale).ok_or_else(|| "too large".to_owned())
}

fn split_unit(text: &str) -> (&str, &str) {
    let text = text.trim();
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    (&text[..end], text[end..].trim())
}

impl SessionArgs {
    /// The limits, for the session.
    pub(crate) fn limits(&self) -> Limits {
        Limits { statement: self.statement_timeout, lock: self.lock_timeout }
    }
}

impl SideArgs {
    /// Sorts out which is which.
    pub(crate) fn resolve(self) -> anyhow::Result<(Source, Source)> {
        let mut rest = self.sides.into_iter();
        let from = self.from.or_else(|| rest.next());
        let to = self.to.or_else(|| rest.next());
        let (Some(from), Some(to), None) = (from, to, rest.next()) else {
            anyhow::bail!(
                "give two sides: FROM (the database as it is) and TO (the desired state)"
            );
        };
        if matches!((&from, &to), (Source::Stdin, Source::Stdin)) {
            anyhow::bail!("only one of FROM and TO can be standard input (-)");
        }
        Ok((from, to))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic, reason = "a failed unwrap fails the test")]
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_definition_is_consistent() {
        Cli::command().debug_assert();
    }

    /// The words of a line of a shell: between single quotes, double quotes or spaces.
    fn words(line: &str) -> Vec<String> {
        let (mut words, mut quote, mut word) = (Vec::new(), None, String::new());
        for c in line.chars().chain([' ']) {
            match quote {
                Some(end) if c == end => quote = None,
                None if c == '\'' || c == '"' => quote = Some(c),
                None if c == ' ' => {
                    words.extend(Some(std::mem::take(&mut word)).filter(|w| !w.is_empty()));
                }
                _ => word.push(c),
            }
        }
        words
    }

    #[test]
    fn commands_of_the_documentation_are_understood() {
        let documents =
            [include_str!("../../docs/archive.md"), include_str!("../../docs/fleet.md")];
        let mut commands = 0;
        for line in documents.iter().flat_map(|document| document.lines()) {
            let line = line.strip_prefix("$ ").unwrap_or(line);
            if line.starts_with("pgparity ") && !line.starts_with("pgparity: ") {
                let parsed = Cli::try_parse_from(words(line));
                assert!(parsed.is_ok(), "{line}\n{}", parsed.unwrap_err());
                commands += 1;
            }
        }
        assert!(commands > 10, "{commands} commands");
    }

    fn sides(arguments: &[&str]) -> anyhow::Result<(String, String)> {
        let line = ["pgparity", "diff"].into_iter().chain(arguments.iter().copied());
        let Command::Diff(diff) = Cli::try_parse_from(line)?.command else { panic!("not diff") };
        let (from, to) = diff.sides.resolve()?;
        Ok((from.to_string(), to.to_string()))
    }

    #[test]
    fn sides_by_place_and_by_name() {
        let expected = ("a".to_owned(), "b".to_owned());
        for line in [
            &["a", "b"][..],
            &["--from", "a", "--to", "b"],
            &["--to", "b", "a"],
            &["--from", "a", "b"],
            &["--from=a", "--to=b"],
        ] {
            assert_eq!(sides(line).unwrap(), expected, "{line:?}");
        }
        for line in [&["a"][..], &[], &["a", "b", "c"], &["--from", "a", "b", "c"], &["-", "-"]] {
            assert!(sides(line).is_err(), "{line:?}");
        }
    }

    #[test]
    fn times_have_units() {
        assert_eq!(parse_time("5min"), Ok(Duration::from_mins(5)));
        assert_eq!(parse_time("0"), Ok(Duration::ZERO));
        assert_eq!(parse_time("250 ms"), Ok(Duration::from_millis(250)));
        assert!(parse_time("30").is_err());
        assert!(parse_time("1000h").is_err());
        assert!(parse_time("-1s").is_err());
    }

    #[test]
    fn sizes_have_units() {
        assert_eq!(parse_size("1GiB"), Ok(1 << 30));
        assert_eq!(parse_size("12"), Ok(12));
        assert!(parse_size("1TB").is_err());
        assert!(parse_size("99999999999999GiB").is_err());
    }
}
