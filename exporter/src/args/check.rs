//! The command line of `check` and `policy`, and how other commands follow a policy.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};
use pgparity_core::policy::Date;

use super::{LimitArgs, parse_source};
use crate::migrations::FolderArg;
use crate::output::Destination;
use crate::source::Source;

/// `pgparity check`
#[derive(Debug, Args)]
#[command(after_help = "Exit status: 0 no error, 1 errors, 2 it could not be checked.")]
pub(crate) struct CheckArgs {
    /// What to check: a snapshot file (.json, .json.gz, .json.zst), - for standard input, a
    /// postgres:// URL, or archive:ENV@TIME
    #[arg(value_parser = parse_source)]
    pub(crate) snapshot: Source,
    /// The policy
    #[arg(long, value_name = "FILE", default_value = "pgparity.toml")]
    pub(crate) policy: PathBuf,
    /// The environment whose rules of the policy are added
    #[arg(long, value_name = "NAME")]
    pub(crate) environment: Option<String>,
    /// A snapshot, file or URL, that it should equal but for what the policy ignores and waives
    #[arg(long, value_name = "SNAPSHOT", value_parser = parse_source)]
    pub(crate) against: Option<Source>,
    /// Decisions about renames, as `diff` takes them
    #[arg(long, value_name = "FILE", requires = "against")]
    pub(crate) decisions: Option<PathBuf>,
    /// The folder of the project's migrations, all of which should be applied; TOOL=DIR where the tool is
    /// not told by the files
    #[arg(long, value_name = "[TOOL=]DIR", value_parser = FolderArg::parse)]
    pub(crate) migrations: Option<FolderArg>,
    /// The day by which waivers are judged, as 2026-12-31 [default: today in UTC]
    #[arg(long, value_name = "DATE")]
    pub(crate) as_of: Option<Date>,
    /// How to write it
    #[arg(long, value_enum, default_value_t = CheckFormat::Text)]
    pub(crate) format: CheckFormat,
    /// Where to write: a file, or - for standard output
    #[arg(short, long, value_name = "FILE", default_value = "-", hide_default_value = true)]
    pub(crate) output: Destination,
    #[arg(help = "Also add the report as Markdown to this file, as to $GITHUB_STEP_SUMMARY")]
    #[arg(long, value_name = "FILE")]
    pub(crate) summary: Option<PathBuf>,
    /// Limits of reading.
    #[command(flatten)]
    pub(crate) limits: LimitArgs,
}

/// `pgparity policy`
#[derive(Debug, Subcommand)]
pub(crate) enum PolicyCommand {
    /// Write a policy to start with: it asks for every table, column and enum value of a snapshot
    Init(PolicyInitArgs),
}

/// `pgparity policy init`
#[derive(Debug, Args)]
pub(crate) struct PolicyInitArgs {
    /// What to take them from: a snapshot file, - for standard input, or a postgres:// URL
    #[arg(value_parser = parse_source)]
    pub(crate) snapshot: Source,
    /// Where to write: a file, as pgparity.toml, or - for standard output
    #[arg(short, long, value_name = "FILE", default_value = "-", hide_default_value = true)]
    pub(crate) output: Destination,
    /// Replace a file that is there
    #[arg(long)]
    pub(crate) force: bool,
    /// Limits of reading.
    #[command(flatten)]
    pub(crate) limits: LimitArgs,
}

/// A policy to follow.
#[derive(Debug, Args)]
pub(crate) struct PolicyArgs {
    /// A policy whose ignore rules (and, for a plan, allowed hazards) hold
    #[arg(long, value_name = "FILE")]
    pub(crate) policy: Option<PathBuf>,
    /// The environment whose rules of the policy are added
    #[arg(long, value_name = "NAME", requires = "policy")]
    pub(crate) environment: Option<String>,
}

/// How a check is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum CheckFormat {
    /// For people.
    Text,
    /// For programs.
    Json,
    /// For pull requests and the summary of a step.
    Markdown,
    /// For CI systems that show tests.
    Junit,
    /// For code scanning.
    Sarif,
    /// Annotations of GitHub Actions.
    Github,
    /// Code Quality of GitLab.
    Gitlab,
}
