//! The plan as a script for psql and for any driver that sends statements one by one.

use super::{Mode, Plan, Rerun, Step, StepState};
use crate::action::Hazard;
use crate::sql::{quote_body, quote_ident, quote_literal, split_name};

/// How to write a script.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ScriptOptions {
    /// How many milliseconds a step may wait for its lock, 0 for ever. `None`: ten seconds where the plan
    /// keeps locks short, else what the session has.
    pub lock_timeout: Option<u32>,
}

impl ScriptOptions {
    /// The value of the setting, where there is one.
    fn lock_timeout(self, mode: Mode) -> Option<String> {
        let by_itself = (mode == Mode::Online).then_some(10_000);
        self.lock_timeout.or(by_itself).map(|milliseconds| match milliseconds {
            0 => "0".to_owned(),
            whole if whole % 1_000 == 0 => format!("{}s", whole / 1_000),
            some => format!("{some}ms"),
        })
    }
}

/// Writes the script.
///
/// It opens and commits its own transactions. What is withheld stands in a comment at its end.
pub fn script(plan: &Plan) -> String {
    script_with(plan, ScriptOptions::default())
}

/// Writes the script; see [`script`].
pub fn script_with(plan: &Plan, options: ScriptOptions) -> String {
    let mut out = String::new();
    header(plan, &mut out);
    let total = plan.steps.len();
    let included: Vec<&Step> = plan.included().collect();
    if included.is_empty() {
        out.push_str(if plan.is_unanswered() {
            "-- No step: the plan knows no statement for what differs.\n"
        } else if total == 0 {
            "-- Nothing to do: no drift.\n"
        } else {
            "-- No step is in the script.\n"
        });
    } else {
        out.push_str("\nSET client_min_messages = warning;\n");
        // Bodies may name what a later step brings.
        out.push_str("SET check_function_bodies = off;\n");
        if let Some(time) = options.lock_timeout(plan.mode) {
            if time != "0" {
                out.push_str("-- A step that cannot get its lock soon fails instead of making others wait behind it.\n");
            }
            out.push_str(&format!("SET lock_timeout = '{time}';\n"));
        }
        if let Some(rerun) = &plan.rerun {
            functions(rerun, &mut out);
        }
        for steps in
            included.chunk_by(|a, b| a.transaction.is_some() && a.transaction == b.transaction)
        {
            match (steps.first().and_then(|step| step.transaction), &plan.rerun) {
                (None, None) => statements(steps, &mut out),
                (None, Some(_)) => steps.iter().for_each(|step| alone_again(step, &mut out)),
                (Some(number), rerun) => {
                    out.push_str("\nBEGIN;\n");
                    let condition = rerun.as_ref().and_then(|rerun| rerun.conditions.get(&number));
                    match condition {
                        Some(condition) => unless_done(number, condition, steps, &mut out),
                        None => statements(steps, &mut out),
                    }
                    out.push_str("\nCOMMIT;\n");
                }
            }
        }
    }
    withheld(plan, &mut out);
    out
}

fn header(plan: &Plan, out: &mut String) {
    let shown = plan.included().count();
    out.push_str("-- pgparity: brings a database from one state to another.\n");
    sides(plan, out);
    line(out, &format!("{shown} of {} steps are in this script.", plan.steps.len()));
    line(out, "Run it with: psql -X -v ON_ERROR_STOP=1 -f THIS_FILE");
    for note in &plan.notes {
        line(out, &format!("Note: {}", note.message));
    }
}

/// What the plan is between.
pub(super) fn sides(plan: &Plan, out: &mut String) {
    for (word, side) in [("From (is now)       ", &plan.from), ("To (should become)  ", &plan.to)] {
        line(
            out,
            &format!(
                "{word}{} · PostgreSQL {} · {} · {}",
                side.label, side.server_version, side.captured_at, side.fingerprint
            ),
        );
    }
}

/// One line of comment, whatever is in the text.
pub(super) fn line(out: &mut String, text: &str) {
    out.push_str("-- ");
    out.push_str(&one_line(text));
    out.push('\n');
}

/// The text without what would end a line or speak to a terminal.
pub(super) fn one_line(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_control() || c == '\u{2028}' || c == '\u{2029}' { ' ' } else { c })
        .collect()
}

/// The functions that conditions ask.
fn functions(rerun: &Rerun, out: &mut String) {
    if rerun.functions.is_empty() {
        return;
    }
    out.push_str(
        "\n-- This script can run again: it leaves out the transactions that have been run. These\n\
         -- functions tell what is not yet as the plan leaves it. They last as long as the session.\n",
    );
    for function in &rerun.functions {
        out.push_str(function);
        out.push_str(";\n");
    }
}

/// The steps of a transaction, left out when it has been run.
fn unless_done(number: usize, condition: &str, steps: &[&Step], out: &mut String) {
    let mut body = format!("\nBEGIN\nIF {condition} THEN\n");
    for (steps, sql) in whole(steps) {
        headings(steps, &mut body);
        body.push_str("EXECUTE ");
        body.push_str(&quote_body(
            &sql.unwrap_or_else(|| steps.iter().map(|s| if_there(s)).collect()),
        ));
        body.push_str(";\n");
    }
    body.push_str("\nEND IF;\nEND\n");
    out.push('\n');
    line(out, &format!("Transaction {number}, unless it has been run before"));
    out.push_str("DO ");
    out.push_str(&quote_body(&body));
    out.push_str(";\n");
}

/// A statement that does not mind when what it drops is gone: a run that was broken off may have
/// come as far as that.
fn if_there(step: &Step) -> String {
    let (sql, verb) = (&step.sql, step.verb.as_str());
    if verb.starts_with("DROP ") && sql.starts_with(verb) {
        return format!("{verb} IF EXISTS{}", &sql[verb.len()..]);
    }
    for word in ["DROP CONSTRAINT", "DROP COLUMN"] {
        if verb == format!("ALTER TABLE … {word}") {
            let parts = sql.split_once(&format!(" {word} "));
            return match parts.filter(|(_, name)| !name.starts_with("IF EXISTS ")) {
                Some((start, name)) => format!("{start} {word} IF EXISTS {name}"),
                None => sql.clone(),
            };
        }
    }
    sql.clone()
}

/// A step that no transaction takes, in a form that can run twice.
fn alone_again(step: &Step, out: &mut String) {
    const BUILD: &str = "INDEX CONCURRENTLY ";
    const DROP: &str = "DROP INDEX CONCURRENTLY ";
    out.push('\n');
    heading(step, out);
    let sql = &step.sql;
    let build = sql.find(BUILD).filter(|at| *at <= "CREATE UNIQUE ".len());
    if let Some(rest) = sql.strip_prefix(DROP) {
        out.push_str(&format!("{DROP}IF EXISTS {rest}"));
    } else if let Some((before, rest)) = build.and_then(|at| sql.split_at_checked(at + BUILD.len()))
    {
        if let Some(schema) = split_name(step.object.name()).first() {
            unless_valid(&format!("{}.{}", quote_ident(schema), first_name(rest)), out);
        }
        out.push_str(&format!("{before}IF NOT EXISTS {rest}"));
    } else {
        out.push_str(sql);
    }
    out.push_str(";\n");
}

/// Drops an index that a build which failed has left: `IF NOT EXISTS` would take it for the index.
///
/// Source: PostgreSQL manual, CREATE INDEX, Building Indexes Concurrently.
fn unless_valid(index: &str, out: &mut String) {
    let body = format!(
        "BEGIN\nIF EXISTS (SELECT FROM pg_catalog.pg_index AS i WHERE i.indexrelid = \
         pg_catalog.to_regclass({}) AND NOT i.indisvalid) THEN\nDROP INDEX {index};\nEND IF;\nEND",
        quote_literal(index)
    );
    out.push_str("DO ");
    out.push_str(&quote_body(&body));
    out.push_str(";\n");
}

/// The name that a text begins with, quoted as it is there.
fn first_name(text: &str) -> &str {
    let mut quoted = false;
    let end = text.find(|c| {
        quoted ^= c == '"';
        c == ' ' && !quoted
    });
    &text[..end.unwrap_or(text.len())]
}

fn statements(steps: &[&Step], out: &mut String) {
    for (steps, sql) in whole(steps) {
        headings(steps, out);
        out.push_str(&sql.unwrap_or_else(|| steps.iter().map(|step| step.sql.as_str()).collect()));
        out.push_str(";\n");
    }
}

/// The statements, each with its steps; the text of those that are made of several.
fn whole<'s>(steps: &'s [&'s Step]) -> impl Iterator<Item = (&'s [&'s Step], Option<String>)> {
    steps
        .chunk_by(|a, b| a.statement.is_some() && a.statement == b.statement)
        .map(|steps| (steps, (steps.len() > 1).then(|| joined(steps))))
}

/// One `ALTER TABLE` with the actions of several.
fn joined(steps: &[&Step]) -> String {
    let words = "ALTER TABLE ";
    let mut sql = String::new();
    for step in steps {
        let behind = step.sql.strip_prefix(words).unwrap_or(&step.sql);
        let table = first_name(behind);
        sql += &if sql.is_empty() { format!("{words}{table}\n   ") } else { ",\n   ".to_owned() };
        sql += &behind[table.len()..];
    }
    sql
}

fn headings(steps: &[&Step], out: &mut String) {
    out.push('\n');
    for step in steps {
        heading(step, out);
    }
    if steps.len() > 1 {
        line(out, "One statement, so that the table is written anew once.");
    }
}

fn heading(step: &Step, out: &mut String) {
    let hazards: Vec<&str> = step.hazards.iter().map(|note| note.hazard.name()).collect();
    let hazards =
        if hazards.is_empty() { String::new() } else { format!(" [{}]", hazards.join(", ")) };
    line(out, &format!("{}. {} {}{hazards}", step.number, step.verb, step.object.name()));
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
