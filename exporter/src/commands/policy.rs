//! `pgparity policy`: a policy to start with; and the ignore rules of one, for other commands.

use anyhow::{Result, bail};
use pgparity_core::diff::{Drift, IgnoreRule};
use pgparity_core::policy::starting_policy;
use tracing::warn;

use super::load::load_one;
use crate::app::Outcome;
use crate::args::{PolicyArgs, PolicyInitArgs};
use crate::interrupt::Interrupt;
use crate::output::Destination;
use crate::policy_file::PolicyFile;

/// Runs `policy init`.
pub(crate) async fn init(
    arguments: PolicyInitArgs,
    quiet: bool,
    mut interrupt: Interrupt,
) -> Result<Outcome> {
    let (output, force) = (arguments.output, arguments.force);
    // Before the long work; a policy is written by hand, and not to be lost to a repeated command.
    if let Destination::File(path) = &output
        && !force
        && path.is_file()
    {
        bail!("{} is there already: --force replaces it", path.display());
    }
    let snapshot = load_one(arguments.snapshot, &arguments.limits, quiet, &mut interrupt).await?;
    interrupt.blocking(move || output.write(&starting_policy(&snapshot))).await?;
    Ok(Outcome::Done)
}

/// A policy that another command follows, with the environment whose rules it takes.
pub(crate) struct Followed {
    file: PolicyFile,
    environment: Option<String>,
}

impl Followed {
    /// Reads the policy, if one is named.
    pub(crate) fn read(arguments: PolicyArgs) -> Result<Option<Followed>> {
        let Some(path) = arguments.policy else { return Ok(None) };
        let followed =
            Followed { file: PolicyFile::read(&path)?, environment: arguments.environment };
        followed.effective()?;
        Ok(Some(followed))
    }

    /// The rules that hold.
    pub(crate) fn effective(&self) -> Result<pgparity_core::policy::Effective<'_>> {
        let effective = self.file.policy.effective(self.environment.as_deref());
        effective.map_err(|error| self.file.explained(&error))
    }

    /// The ignore rules of the comparison.
    pub(crate) fn ignore(&self) -> Result<Vec<IgnoreRule>> {
        Ok(self.effective()?.ignore())
    }

    /// Words what was ignored as the policy does, and says how much it was.
    pub(crate) fn tell(&self, drift: &mut Drift) -> Result<()> {
        drift.ignored = self.effective()?.told(&drift.ignored);
        let count: usize = drift.ignored.iter().map(|ignored| ignored.count).sum();
        if count > 0 {
            warn!("differences that rules of {} ignore: {count}", self.file.name);
        }
        Ok(())
    }
}
