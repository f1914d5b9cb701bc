//! `pgparity plan`: the SQL that brings `from` to the state of `to`.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Result;
use pgparity_core::action::Hazard;
use pgparity_core::alerts;
use pgparity_core::diff::{DiffOptions, diff};
use pgparity_core::plan::{self, Mode, Plan, PlanOptions, ScriptOptions, StepState};
use pgparity_core::report::{self, Style};
use tracing::warn;

use super::{decisions, file_of_sides, load::load, names, policy::Followed};
use crate::app::Outcome;
use crate::args::{PlanArgs, PlanFormat, PlanMode};
use crate::interrupt::Interrupt;
use crate::output;

/// Runs the command.
pub(crate) async fn run(
    arguments: PlanArgs,
    quiet: bool,
    mut interrupt: Interrupt,
) -> Result<Outcome> {
    let (from, to) = arguments.sides.resolve()?;
    let policy = Followed::read(arguments.policy)?;
    let mut allow = allowed(&arguments.allow)?;
    if let Some(policy) = &policy {
        allow.extend(policy.effective()?.allow());
    }
    let options = PlanOptions {
        mode: arguments.mode.map(|mode| match mode {
            PlanMode::Online => Mode::Online,
            PlanMode::Simple => Mode::Simple,
        }),
        allow,
        idempotent: arguments.idempotent,
        ..PlanOptions::default()
    };
    // Times on the command line fit in 31 bits of milliseconds.
    let wait = arguments.step_lock_timeout;
    let lock_timeout = wait.map(|time| u32::try_from(time.as_millis()).unwrap_or(u32::MAX));
    let writing = ScriptOptions { lock_timeout };
    let place = file_of_sides(&from, &to);
    let (from, to) = load(from, to, &arguments.limits, quiet, &mut interrupt).await?;
    let (reverse, format, output) = (arguments.reverse, arguments.format, arguments.output);
    let (file, summary) = (arguments.decisions, arguments.summary);
    interrupt
        .blocking(move || {
            let decisions = decisions::load(file.as_deref(), &from, &to)?;
            let ignore = policy.as_ref().map_or_else(|| Ok(Vec::new()), Followed::ignore)?;
            let comparing = DiffOptions { decisions, ignore, ..DiffOptions::default() };
            let mut drift = if reverse {
                diff(&to, &from, &comparing.reversed())
            } else {
                diff(&from, &to, &comparing)
            };
            if let Some(policy) = &policy {
                policy.tell(&mut drift)?;
            }
            let plan = if reverse {
                plan::reverse(&from, &to, &comparing, &options)
            } else {
                plan::plan(&from, &to, &drift, &options)
            };
            if let Some(summary) = summary {
                output::append(&summary, &report::markdown(&report::build(&drift, Some(&plan))))?;
            }
            let style = if output.takes_colours() { Style::Ansi } else { Style::Plain };
            let told = || report::build(&drift, Some(&plan));
            let alerts = || alerts::of_plan(&told(), place.as_deref().unwrap_or(&drift.to.label));
            let (text, ending) = match format {
                PlanFormat::Sql => (plan::script_with(&plan, writing), "sql"),
                PlanFormat::PreChecks => (plan::pre_check_script(&plan), "pre-checks.sql"),
                PlanFormat::PostChecks => (plan::post_check_script(&plan), "post-checks.sql"),
                PlanFormat::Json => (super::json(&plan)?, "json"),
                PlanFormat::Text => (report::text(&told(), style), "txt"),
                PlanFormat::Markdown => (report::markdown(&told()), "md"),
                PlanFormat::Csv => (report::csv(&told()), "csv"),
                PlanFormat::Html => (report::html(&told()), "html"),
                PlanFormat::Junit => (alerts::junit(&alerts()), "junit.xml"),
                PlanFormat::Sarif => (alerts::sarif(&alerts()), "sarif"),
                PlanFormat::Github => (alerts::github(&alerts()), "github.txt"),
                PlanFormat::Gitlab => (alerts::gitlab(&alerts()), "gitlab.json"),
            };
            let name = names::file("schema-sync", &plan.from.label, &plan.to.label, ending);
            output.or_file_in_directory(&name).write(&text)?;
            Ok(report_withheld(&plan))
        })
        .await
}

/// The hazards after `--allow`.
fn allowed(words: &[String]) -> Result<BTreeSet<Hazard>> {
    let mut hazards = BTreeSet::new();
    for word in words.iter().map(|word| word.trim()).filter(|word| !word.is_empty()) {
        if word.eq_ignore_ascii_case("all") {
            hazards.extend(Hazard::ALL);
        } else {
            hazards.insert(word.parse()?);
        }
    }
    Ok(hazards)
}

/// Says which hazards keep how many steps out of the script.
fn report_withheld(plan: &Plan) -> Outcome {
    let mut own: BTreeMap<Hazard, usize> = BTreeMap::new();
    let mut blocked = 0;
    for step in plan.withheld() {
        match step.state {
            StepState::Withheld { hazard } => *own.entry(hazard).or_default() += 1,
            _ => blocked += 1,
        }
    }
    if own.is_empty() && blocked == 0 {
        return Outcome::Done;
    }
    for (hazard, count) in own {
        let name = hazard.name();
        warn!(
            "steps with {name} that are not in the script: {count} (--allow {name} puts them in)"
        );
    }
    if blocked > 0 {
        warn!("steps that are not in the script because they need one of those: {blocked}");
    }
    Outcome::Withheld
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap fails the test")]
    use super::*;

    #[test]
    fn hazards_by_name_in_any_case() {
        let words = |list: &[&str]| list.iter().map(|w| (*w).to_owned()).collect::<Vec<_>>();
        assert_eq!(allowed(&words(&["data_loss", ""])).unwrap(), [Hazard::DataLoss].into());
        assert_eq!(allowed(&words(&["all"])).unwrap().len(), Hazard::ALL.len());
        let error = allowed(&words(&["MISCHIEF"])).unwrap_err().to_string();
        assert!(error.contains("MISCHIEF") && error.contains("DATA_LOSS"), "{error}");
    }
}
