//! The checks before and after a plan, each as a script that psql runs by itself.
//!
//! psql shows what each query finds, under its title; at the end an error names the titles of those
//! that found something, so that psql's exit status tells too. PostgreSQL manual, "psql" (`\gset`,
//! `ROW_COUNT`, `ON_ERROR_STOP`).

use super::script::{line, one_line, sides};
use super::{Check, Plan, goal};
use crate::catalog::session_sql;
use crate::sql::quote_literal;

/// The checks before the plan: rows because of which a step would fail.
pub fn pre_check_script(plan: &Plan) -> String {
    let mut out = String::from("-- pgparity: checks to run before a plan.\n");
    sides(plan, &mut out);
    line(&mut out, "Each query gives the rows because of which a step would fail.");
    let withheld = plan.withheld().count();
    if withheld > 0 {
        let told = format!("Steps that are withheld, and therefore not looked at: {withheld}");
        line(&mut out, &told);
    }
    if plan.pre_checks.is_empty() {
        line(&mut out, "There is no query for any of the steps that are in the plan's script.");
    }
    how_to_run(&mut out);
    begin(&mut out);
    for check in &plan.pre_checks {
        let Check { step, title, sql } = check;
        let verb = plan.steps.get(step.wrapping_sub(1)).map_or("", |step| step.verb.as_str());
        let title = format!("step {step}: {title}");
        match sql {
            Some(sql) => query(&mut out, verb, &title, sql),
            None => untold(&mut out, verb, &title),
        }
    }
    end(&mut out, "rows are in the way of the plan");
    out
}

/// The checks after the plan: what is not as the plan leaves it.
pub fn post_check_script(plan: &Plan) -> String {
    let mut out = String::from("-- pgparity: checks to run after a plan.\n");
    sides(plan, &mut out);
    line(&mut out, "Each query gives what is not as the plan leaves it.");
    how_to_run(&mut out);
    begin(&mut out);
    // What catalog functions write depends on the session.
    for setting in session_sql() {
        out.push_str(setting);
        out.push_str(";\n");
    }
    for check in &plan.post_checks {
        query(&mut out, "", &check.title, goal::inner_query(&check.sql));
    }
    end(&mut out, "not everything is as the plan leaves it");
    out
}

fn how_to_run(out: &mut String) {
    line(out, "Run it with: psql -X -f THIS_FILE");
    line(
        out,
        "It changes nothing. Status 0: no query found anything. Status 3: one did, or failed.",
    );
}

/// One state of the database for all queries, and an error that ends the script.
fn begin(out: &mut String) {
    out.push_str(
        "\n\\set ON_ERROR_STOP on\n\\set pgparity_found ''\nBEGIN TRANSACTION ISOLATION LEVEL \
         REPEATABLE READ, READ ONLY;\nSET LOCAL standard_conforming_strings = on;\nSET LOCAL row_security = off;\n",
    );
}

/// Shows a title. It is text to psql and the server both, whatever names are in it.
fn heading(out: &mut String, comment: &str, title: &str) {
    out.push('\n');
    line(out, if comment.is_empty() { title } else { comment });
    out.push_str("SELECT ");
    out.push_str(&quote_literal(&one_line(title)));
    out.push_str(" AS pgparity_title \\gset\n\\echo :pgparity_title\n");
}

/// A query with its title; what it finds is remembered.
fn query(out: &mut String, verb: &str, title: &str, sql: &str) {
    heading(out, verb, title);
    out.push_str(sql);
    out.push_str(
        ";\nSELECT pg_catalog.concat(:'pgparity_found', CASE WHEN :ROW_COUNT > 0 THEN E'\\n' || \
         :'pgparity_title' END) AS pgparity_found \\gset\n",
    );
}

/// A title without a query.
fn untold(out: &mut String, verb: &str, title: &str) {
    heading(out, verb, title);
}

/// The error at the end. Blocks of code cannot see psql's variables; a setting carries the list.
fn end(out: &mut String, what: &str) {
    out.push_str(
        "\nSELECT pg_catalog.set_config('pgparity.found', :'pgparity_found', true) <> '' AS \
         pgparity_failed \\gset\n\\if :pgparity_failed\nDO $$ BEGIN RAISE EXCEPTION '",
    );
    out.push_str(what);
    out.push_str(":%', pg_catalog.current_setting('pgparity.found'); END $$;\n\\endif\nCOMMIT;\n");
}
