//! The command line of archives: where they are, what was there when, and pruning.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use super::LimitArgs;
use crate::archive::{Environment, Keep, Place, Stamp};
use crate::output::Destination;

/// The archive to read from.
#[derive(Clone, Debug, Args)]
pub(crate) struct ArchiveArg {
    #[arg(
        help = "The archive: a folder, or s3://bucket/folder, gs://bucket/folder, az://container/folder"
    )]
    #[arg(long, value_name = "DIR|URL", env = "PGPARITY_ARCHIVE", hide_env_values = true)]
    pub(crate) archive: Option<Place>,
}

/// `pgparity history`
#[derive(Debug, Args)]
#[command(after_help = "Exit status: 0 told, 2 error.")]
pub(crate) struct TimelineArgs {
    /// The environment; without one, all of them in short
    #[arg(value_name = "ENV")]
    pub(crate) environment: Option<Environment>,
    /// What is read of it.
    #[command(flatten)]
    pub(crate) stretch: StretchArgs,
}

/// `pgparity blame`
#[derive(Debug, Args)]
#[command(after_help = "Exit status: 0 told, 2 error.")]
pub(crate) struct BlameArgs {
    #[arg(
        help = "The column, or a table with all its parts: [SCHEMA.]TABLE[.COLUMN] as SQL spells it, \
                  or an identity of snapshots as index:public.orders.orders_idx"
    )]
    #[arg(value_name = "TABLE.COLUMN")]
    pub(crate) object: String,
    /// The environment, where the archive has several
    #[arg(value_name = "ENV")]
    pub(crate) environment: Option<Environment>,
    /// What is read of it.
    #[command(flatten)]
    pub(crate) stretch: StretchArgs,
}

/// The part of an environment's history that is read, and how it is told.
#[derive(Debug, Args)]
pub(crate) struct StretchArgs {
    /// Begin with what was there at this time: a day, or a time as 2026-11-01T12:00Z
    #[arg(long, value_name = "TIME", value_parser = Stamp::asked)]
    pub(crate) since: Option<Stamp>,
    /// End with what was there at this time
    #[arg(long, value_name = "TIME", value_parser = Stamp::asked)]
    pub(crate) until: Option<Stamp>,
    /// Decisions about renames
    #[arg(long, value_name = "FILE")]
    pub(crate) decisions: Option<PathBuf>,
    /// How to write it
    #[arg(long, value_enum, default_value_t = TimelineFormat::Text)]
    pub(crate) format: TimelineFormat,
    /// Where to write: a file, or - for standard output
    #[arg(short, long, value_name = "FILE", default_value = "-", hide_default_value = true)]
    pub(crate) output: Destination,
    /// Limits of reading.
    #[command(flatten)]
    pub(crate) limits: LimitArgs,
}

/// How a history is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum TimelineFormat {
    /// For people.
    Text,
    /// For programs.
    Json,
}

/// `pgparity archive`
#[derive(Debug, Subcommand)]
pub(crate) enum ArchiveCommand {
    /// Remove snapshots that no rule keeps
    Prune(PruneArgs),
}

/// `pgparity archive prune`
#[derive(Debug, Args)]
pub(crate) struct PruneArgs {
    /// The environments; without any, all of them
    #[arg(value_name = "ENV")]
    pub(crate) environments: Vec<Environment>,
    /// Which to keep: the last ones, and the last of each of so many days, weeks, months and years that have
    /// one; what an environment is like now is always kept
    #[arg(long, value_name = "RULES")]
    pub(crate) keep: Keep,
    /// Only tell which would go
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// Limits of reading.
    #[command(flatten)]
    pub(crate) limits: LimitArgs,
}
