//! The command line of `completions` and `man`.

use std::path::PathBuf;

use clap::Args;
use clap_complete::Shell;

/// `pgparity completions`
#[derive(Debug, Args)]
pub(crate) struct CompletionsArgs {
    /// The shell
    #[arg(value_enum)]
    pub(crate) shell: Shell,
}

/// `pgparity man`
#[derive(Debug, Args)]
pub(crate) struct ManArgs {
    /// The folder to write to, as /usr/local/share/man/man1; it must be there
    #[arg(value_name = "DIR")]
    pub(crate) folder: PathBuf,
}
