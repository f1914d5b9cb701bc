//! The plan as a script for psql and for any driver that sends statements one by one.

use super::{Mode, Plan, Step, StepState};
use crate::action::Hazard;

/// Writes the script.
///
/// It opens and commits its own transactions. What is withheld stands in a comment at its end.
pub fn script(plan: &Plan) -> String {
    let mut out = String::new();
    header(plan, &mut out);
    let total = plan.steps.len();
    let included: Vec<&Step> = plan.included().collect();
    if included.is_empty() {
        out.push_str(if total == 0 {
            "-- Nothing to do: no drift.\n"
        } else {
            "-- No step is in the script.\n"
        });
    } else {
        out.push_str("\nSET client_min_messages = warning;\n");
        // Bodies may name what a later step brings.
        out.push_str("SET check_function_bodies = off;\n");
        if plan.mode == Mode::Online {
            out.push_str("-- A step that cannot get its lock soon fails instead of making others wait behind it.\n");
            out.push_str("SET lock_timeout = '10s';\n");
        }
        let mut open: Option<usize> = None;
        for step in included {
            if step.transaction != open {
                if open.is_some() {
                    out.push_str("\nCOMMIT;\n");
                }
                if step.transaction.is_some() {
                    out.push_str("\nBEGIN;\n");
                }
                open = step.transaction;
            }
            statement(step, &mut out);
        }
        if open.is_some() {
            out.push_str("\nCOMMIT;\n");
        }
    }
    withheld(plan, &mut out);
    out
}

fn header(plan: &Plan, out: &mut String) {
    let shown = plan.included().count();
    out.push_str("-- pgparity: brings a database from one state to another.\n");
    for (word, side) in [("From (is now)       ", &plan.from), ("To (should become)  ", &plan.to)] {
        line(
            out,
            &format!(
                "{word}{} · PostgreSQL {} · {} · {}",
                side.label, side.server_version, side.captured_at, side.fingerprint
            ),
        );
    }
    line(out, &format!("{shown} of {} steps are in this script.", plan.steps.len()));
    line(out, "Run it with: psql -X -v ON_ERROR_STOP=1 -f THIS_FILE");
    for note in &plan.notes {
        line(out, &format!("Note: {}", note.message));
    }
}

/// One line of comment, whatever is in the text.
fn line(out: &mut String, text: &str) {
    out.push_str("-- ");
    out.extend(
        text.chars()
            .map(|c| if c.is_control() || c == '\u{2028}' || c == '\u{2029}' { ' ' } else { c }),
    );
    out.push('\n');
}

fn statement(step: &Step, out: &mut String) {
    out.push('\n');
    let hazards: Vec<&str> = step.hazards.iter().map(|note| note.hazard.name()).collect();
    let hazards =
        if hazards.is_empty() { String::new() } else { format!(" [{}]", hazards.join(", ")) };
    line(out, &format!("{}. {} {}{hazards}", step.number, step.verb, step.object.name()));
    out.push_str(&step.sql);
    out.push_str(";\n");
}

fn withheld(plan: &Plan, out: &mut String) {
    let steps: Vec<&Step> = plan.withheld().collect();
    if steps.is_empty() {
        return;
    }
    out.push('\n');
    line(out, &format!("Withheld: {} steps are not in this script.", steps.len()));
    for step in steps {
        let why = match &step.state {
            StepState::Included => continue,
            StepState::Withheld { hazard } => {
                format!("{}: {}", hazard.name(), message(step, *hazard))
            }
            StepState::Off => "turned off".to_owned(),
            StepState::Blocked { by } => format!("needs step {by}"),
        };
        out.push_str("--\n");
        line(out, &format!("{}. {} {} ({why})", step.number, step.verb, step.object.name()));
        for sql in step.sql.split(['\n', '\r']) {
            line(out, &format!("    {sql}"));
        }
    }
    let mut names: Vec<&str> = plan
        .withheld()
        .filter_map(|step| match &step.state {
            StepState::Withheld { hazard } => Some(hazard.name()),
            _ => None,
        })
        .collect();
    names.sort_unstable();
    names.dedup();
    if !names.is_empty() {
        out.push_str("--\n");
        line(out, &format!("To have them in the script: --allow {}", names.join(",")));
    }
}

fn message(step: &Step, hazard: Hazard) -> &str {
    step.hazards.iter().find(|note| note.hazard == hazard).map_or("", |note| note.message.as_str())
}
