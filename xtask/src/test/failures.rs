//! What a run of tests says of those that failed, to be told again after everything else: among
//! the lines of thousands of tests nobody finds them.

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Write};
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, bail};

use crate::shell::shown;

/// So much of a failure is told again.
const LINES: usize = 40;

/// The failures of one run: what each test printed, as far as it is known.
#[derive(Default)]
struct Failures {
    by_test: BTreeMap<String, Vec<String>>,
    /// The test whose lines follow.
    open: Option<String>,
}

impl Failures {
    /// Takes a line of what the harness prints: `test NAME ... FAILED`, later `---- NAME stdout
    /// ----` (or `---- NAME ----`) with what the test printed, up to the list of names that ends
    /// with `test result:`.
    fn take(&mut self, line: &str) {
        let failed = line.strip_prefix("test ").and_then(|line| line.strip_suffix("FAILED"));
        if let Some(name) = failed.and_then(|line| line.split(" ... ").next()) {
            self.by_test.entry(name.trim().to_owned()).or_default();
        }
        let heading = line.strip_prefix("---- ").and_then(|line| line.strip_suffix(" ----"));
        if let Some(name) = heading {
            self.open = Some(name.strip_suffix(" stdout").unwrap_or(name).to_owned());
        } else if line == "failures:" || line.starts_with("test result:") {
            self.open = None;
        } else if let Some(lines) = self.open.as_ref().and_then(|name| self.by_test.get_mut(name)) {
            lines.push(line.to_owned());
        }
    }

    fn told(&self) -> String {
        let test = |(name, lines): (&String, &Vec<String>)| {
            let lines: Vec<&str> = lines.iter().map(|line| line.trim_end()).collect();
            let trace = lines.iter().position(|line| *line == "stack backtrace:");
            let lines = lines.get(..trace.unwrap_or(lines.len())).unwrap_or_default();
            let more = lines.len().saturating_sub(LINES);
            let shown = lines.get(..lines.len() - more).unwrap_or_default();
            let rest = (more > 0).then(|| format!("… {more} more lines"));
            let lines = shown.iter().copied().chain(rest.as_deref());
            [name.as_str()].into_iter().chain(lines).collect::<Vec<_>>().join("\n  ")
        };
        self.by_test.iter().map(test).collect::<Vec<_>>().join("\n")
    }
}

/// Runs tests, printing what they print; the error of a run that failed names the tests that did.
pub(super) fn watched(command: &mut Command) -> Result<()> {
    watched_on(command, &mut std::io::stdout().lock())
}

fn watched_on(command: &mut Command, terminal: &mut dyn Write) -> Result<()> {
    let shown = shown(command);
    let mut child =
        command.stdout(Stdio::piped()).spawn().with_context(|| format!("cannot start {shown}"))?;
    let mut failures = Failures::default();
    if let Some(output) = child.stdout.take() {
        for line in BufReader::new(output).split(b'\n') {
            let line = line.context("cannot read what the tests print")?;
            let line = String::from_utf8_lossy(&line);
            writeln!(terminal, "{line}").context("cannot print what the tests print")?;
            failures.take(&line);
        }
    }
    let status = child.wait().with_context(|| format!("cannot wait for {shown}"))?;
    if !status.success() {
        bail!("{shown}: {status}\n{}", failures.told());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const RUN: &str = "\
running 3 tests
test one ... ok
test two ... FAILED
test v15/a--b/forward/plain                                   ... FAILED

failures:

---- two stdout ----

thread 'two' panicked at tests/two.rs:1:1:
assertion failed
stack backtrace:
   0: somewhere

---- v15/a--b/forward/plain ----
drift is left


failures:
    two
    v15/a--b/forward/plain

test result: FAILED. 1 passed; 2 failed
";

    #[test]
    fn failed_tests_are_told_with_what_they_printed() {
        let mut failures = Failures::default();
        RUN.lines().for_each(|line| failures.take(line));
        let told = failures.told();
        assert!(told.starts_with("two\n"), "{told}");
        assert!(told.contains("\n  assertion failed"), "{told}");
        assert!(told.contains("v15/a--b/forward/plain\n  drift is left"), "{told}");
        assert!(!told.contains("somewhere") && !told.contains("one"), "{told}");
    }

    #[test]
    fn a_run_that_fails_names_its_failures() {
        let mut run = crate::shell::command("sh");
        let mut shown = Vec::new();
        let ended = watched_on(run.args(["-c", "echo 'test a ... FAILED'; exit 101"]), &mut shown);
        let told = ended.err().map(|error| error.to_string()).unwrap_or_default();
        assert!(told.contains("exit status: 101\na"), "{told}");
        let mut run = crate::shell::command("sh");
        assert!(watched_on(run.args(["-c", "echo 'test b ... ok'"]), &mut shown).is_ok());
        assert_eq!(String::from_utf8_lossy(&shown), "test a ... FAILED\ntest b ... ok\n");
    }
}
