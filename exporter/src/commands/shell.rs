//! `pgparity completions` and `pgparity man`: what a shell and `man` know of the commands.

use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::{Command, CommandFactory as _};

use crate::app::Outcome;
use crate::args::{Cli, CompletionsArgs, ManArgs};
use crate::interrupt::Interrupt;
use crate::output::Destination;

/// Runs `completions`.
pub(crate) async fn completions(
    arguments: CompletionsArgs,
    mut interrupt: Interrupt,
) -> Result<Outcome> {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut Cli::command(), "pgparity", &mut script);
    let script = String::from_utf8(script).context("the script is no text")?;
    interrupt.blocking(move || Destination::Stdout.write(&script)).await?;
    Ok(Outcome::Done)
}

/// Runs `man`: a page for the program and one for each command.
pub(crate) async fn man(arguments: ManArgs, mut interrupt: Interrupt) -> Result<Outcome> {
    let mut program = Cli::command().disable_help_subcommand(true);
    program.build();
    let pages = pages(&program)?;
    interrupt
        .blocking(move || {
            pages.into_iter().try_for_each(|(name, text)| {
                Destination::File(arguments.folder.join(name)).write(&text)
            })
        })
        .await?;
    Ok(Outcome::Done)
}

/// The pages of a command and of those below it, by the names of their files.
fn pages(command: &Command) -> Result<Vec<(PathBuf, String)>> {
    let name = command.get_display_name().unwrap_or_else(|| command.get_name()).to_owned();
    let page = clap_mangen::Man::new(command.clone());
    let mut text = Vec::new();
    page.render(&mut text).with_context(|| format!("cannot write the page of {name}"))?;
    let text = String::from_utf8(text).with_context(|| format!("the page of {name} is no text"))?;
    let mut all = vec![(PathBuf::from(page.get_filename()), text)];
    for below in command.get_subcommands().filter(|below| !below.is_hide_set()) {
        all.extend(pages(below)?);
    }
    Ok(all)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap fails the test")]
    use super::*;

    #[test]
    fn each_command_has_a_page_with_its_options() {
        let mut program = Cli::command().disable_help_subcommand(true);
        program.build();
        let pages = pages(&program).unwrap();
        let page = |name: &str| {
            let found = pages.iter().find(|(file, _)| file.to_str() == Some(name));
            found.map(|(_, text)| text.as_str()).unwrap_or_default()
        };
        assert!(page("pgparity.1").contains("pgparity\\-export(1)"), "{}", page("pgparity.1"));
        for (name, option) in [
            ("pgparity-export.1", "print\\-sql"),
            ("pgparity-plan.1", "idempotent"),
            ("pgparity-policy-init.1", "force"),
        ] {
            assert!(page(name).contains(option), "{name}: {}", page(name));
        }
        assert_eq!(pages.len(), 1 + below(&program));
    }

    fn below(command: &Command) -> usize {
        command.get_subcommands().map(|command| 1 + below(command)).sum()
    }
}
