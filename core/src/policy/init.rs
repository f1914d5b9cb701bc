//! A policy to start with, out of a snapshot.

use super::VERSION;
use super::toml_text::{key, string};
use crate::objects::{AnyObject, Table};
use crate::report::visible;
use crate::report::words::counted;
use crate::snapshot::Snapshot;

/// The text of a policy that asks for every table, column and enum value of a snapshot. The snapshot
/// passes it.
pub fn starting_policy(snapshot: &Snapshot) -> String {
    let side = snapshot.side();
    let tables = &snapshot.objects.table;
    let columns = tables.iter().map(|table| table.columns.len()).sum();
    let mut out = format!(
        "# What the database of every environment must have, and what may differ.\n\
         # Written from {} (captured {}): {}, {}.\n\
         # `pgparity check` holds a snapshot or a database against it. docs/policy.md of pgparity\n\
         # describes every key.\n\
         \n\
         version = {VERSION}\n\
         {GUIDANCE}",
        visible(&side.label),
        visible(&side.captured_at),
        counted(tables.len(), "table"),
        counted(columns, "column")
    );
    for table in tables {
        out.push_str(&of_table(table));
    }
    let enums = &snapshot.objects.enum_type;
    if !enums.is_empty() {
        out.push_str("\n# Enum types with values that they must have.\n[enums]\n");
    }
    for one in enums {
        let values: Vec<String> = one.values.iter().map(|value| string(value)).collect();
        out.push_str(&format!("{} = [{}]\n", key(one.id().name()), values.join(", ")));
    }
    out
}

/// What a reader may want next, as comments.
const GUIDANCE: &str = r#"
# Differences that are no drift, for `check --against`, `diff --policy` and `plan --policy`.
# presets = ["comments", "owners"]

# Hazards whose steps `plan --policy` puts into its script.
# allow = ["INDEX_BUILD"]

# Strict where it counts, lenient where people try things: `check --environment NAME`.
[environment.production]
severity = { missing = "error", mismatch = "error", drift = "error", pending_migrations = "error" }

[environment.development]
severity = { missing = "warning", mismatch = "warning", drift = "warning", pending_migrations = "warning" }

# Other objects that must be there; * and ? are wildcards.
# [[require]]
# kind = "index"
# identity = "public.orders_created_idx"

# Objects that may be there: a warning when they are missing.
# [[optional]]
# kind = "view"
# identity = "reporting.*"

# Objects that must not be there.
# [[forbid]]
# kind = "table"
# identity = "*.tmp_*"
# reason = "left over from somebody's experiment"

# Differences that are no drift, one by one.
# [[ignore]]
# kind = "index"
# identity = "public.dba_*"

# What somebody answers for, to the end of a day. After it the check fails.
# [[waivers]]
# kind = "column"
# identity = "public.orders.note"
# reason = "comes with the next release"
# owner = "shop team"
# expires = 2026-12-31

# Tables by their qualified names, columns by their plain ones. What is not given is not looked at:
# leave out `type` and the column must only be there; `required = false` makes it optional;
# `default = "now()"` expects a default, `default = ""` none.
"#;

fn of_table(table: &Table) -> String {
    let id = table.id();
    let mut out = format!("\n[tables.{}]\n", key(id.name()));
    // A partition has the columns of its parent, by PostgreSQL's own rules.
    if table.partition_of.is_some() || table.columns.is_empty() {
        return out;
    }
    out = format!("\n[tables.{}.columns]\n", key(id.name()));
    for column in &table.columns {
        out.push_str(&format!(
            "{} = {{ type = {}, nullable = {} }}\n",
            key(&column.name),
            string(&column.data_type),
            !column.not_null
        ));
    }
    out
}
