//! The command line of `compare`.

use clap::{Args, ValueEnum};

use super::{LimitArgs, PolicyArgs, parse_source};
use crate::output::Destination;
use crate::source::Source;

/// `pgparity compare`
#[derive(Debug, Args)]
#[command(after_help = "Exit status: 0 all are equal, 1 they differ, 2 error.")]
pub(crate) struct CompareArgs {
    /// The snapshots: files, directories of snapshot files, postgres:// URLs, or archive:ENV@TIME, where ENV may
    /// have wildcards between quotes: 'archive:tenant-*'
    #[arg(value_name = "SNAPSHOT", required = true)]
    pub(crate) snapshots: Vec<String>,
    /// The snapshot that the others are measured by [default: what most of them have]
    #[arg(long, value_name = "SNAPSHOT", value_parser = parse_source)]
    pub(crate) reference: Option<Source>,
    /// How to write it
    #[arg(long, value_enum, default_value_t = CompareFormat::Text)]
    pub(crate) format: CompareFormat,
    /// Where to write: a file, or - for standard output
    #[arg(short, long, value_name = "FILE", default_value = "-", hide_default_value = true)]
    pub(crate) output: Destination,
    /// A policy to follow.
    #[command(flatten)]
    pub(crate) policy: PolicyArgs,
    /// Limits of reading.
    #[command(flatten)]
    pub(crate) limits: LimitArgs,
}

/// How a comparison of many is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum CompareFormat {
    /// For people.
    Text,
    /// For programs.
    Json,
    /// For pull requests.
    Markdown,
}
