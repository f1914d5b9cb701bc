//! Options of foreign data wrappers, servers, user mappings, foreign tables and their columns.
//!
//! Some hold secrets, and which ones only the wrapper knows. A value that may be one does not leave
//! the server: a mark of 16 bits stands for it, enough to show a change, too little to guess from.

use super::form::record;
use crate::action::{Action, Hazard};
use crate::model::{Id, Text};
use crate::sql::{quote_ident, quote_literal};

record! {
    /// An option.
    #[derive(Eq)]
    pub struct ForeignOption {
        /// The name.
        pub name: Text,
        /// The value; absent where it may be a secret.
        #[serde(skip_serializing_if = "crate::objects::is_default")]
        pub value: Option<Text>,
        /// The mark that stands for a value that may be a secret.
        #[serde(skip_serializing_if = "crate::objects::is_default")]
        pub redacted: Option<Text>,
    }
}

/// Options of wrappers, servers and user mappings that hold no secret, from the manual's pages of
/// `postgres_fdw`, `file_fdw` and `dblink` and from wrappers in wide use.
const HARMLESS: &[&str] = &[
    "address",
    "analyze_sampling",
    "application_name",
    "async_capable",
    "batch_size",
    "connect_timeout",
    "database",
    "dbname",
    "dbserver",
    "debug",
    "driver",
    "encoding",
    "extensions",
    "fdw_startup_cost",
    "fdw_tuple_cost",
    "fetch_size",
    "host",
    "hostaddr",
    "keep_connections",
    "keepalives",
    "keepalives_count",
    "keepalives_idle",
    "keepalives_interval",
    "language",
    "parallel_abort",
    "parallel_commit",
    "password_required",
    "port",
    "region",
    "schema",
    "servername",
    "sslmode",
    "target_session_attrs",
    "tcp_user_timeout",
    "truncatable",
    "updatable",
    "use_remote_estimate",
    "use_scram_passthrough",
    "user",
    "username",
    "version",
];

/// The value that a plan writes where it does not know the secret.
const PLACEHOLDER: &str = "set by hand";

/// The options of an object that may hold secrets, as JSON.
pub(super) fn options_json(array: &str) -> String {
    let names: Vec<String> = HARMLESS.iter().map(|name| quote_literal(name)).collect();
    json(array, &format!("lower(o.option_name) IN ({})", names.join(", ")))
}

/// The same for foreign tables and columns, which name things of the other side.
pub(super) fn table_options_json(array: &str) -> String {
    json(array, "o.option_name !~* 'pass|pwd|secret|token|credential|private|access_key|api_?key'")
}

fn json(array: &str, harmless: &str) -> String {
    format!(
        "CASE WHEN {array} IS NOT NULL THEN (SELECT json_agg(json_build_object('name', o.option_name, 'value', CASE WHEN {harmless} THEN \
         o.option_value END, 'redacted', CASE WHEN NOT ({harmless}) THEN '#' || \
         left(encode(sha256(convert_to('pgparity ' || o.option_name || '=' || \
         coalesce(o.option_value, ''), 'UTF8')), 'hex'), 4) END) ORDER BY o.option_name) FROM \
         pg_catalog.pg_options_to_table({array}) o) END"
    )
}

/// ` OPTIONS (…)` of a new object, without those whose values are not known.
pub(super) fn clause(options: &[ForeignOption]) -> String {
    let list: Vec<String> = options
        .iter()
        .filter_map(|option| {
            let value = quote_literal(option.value.as_ref()?);
            Some(format!("{} {value}", quote_ident(&option.name)))
        })
        .collect();
    if list.is_empty() { String::new() } else { format!(" OPTIONS ({})", list.join(", ")) }
}

/// The statements that lead from one list to another: one for what is known, one for the secrets.
/// `alter` is all that stands before ` OPTIONS (…)`.
pub(super) fn changes(
    id: &Id,
    command: &'static str,
    alter: &str,
    from: &[ForeignOption],
    to: &[ForeignOption],
) -> Vec<Action> {
    let (mut known, mut secret) = (Vec::new(), Vec::new());
    for old in from.iter().filter(|old| !to.iter().any(|new| new.name == old.name)) {
        known.push(format!("DROP {}", quote_ident(&old.name)));
    }
    for new in to {
        let verb = match from.iter().find(|old| old.name == new.name) {
            Some(old) if old == new => continue,
            Some(_) => "SET",
            None => "ADD",
        };
        let name = quote_ident(&new.name);
        match &new.value {
            Some(value) => known.push(format!("{verb} {name} {}", quote_literal(value))),
            None => secret.push(format!("{verb} {name} {}", quote_literal(PLACEHOLDER))),
        }
    }
    let action = |list: &[String]| {
        Action::alter(id.clone(), command, format!("{alter} OPTIONS ({})", list.join(", ")))
    };
    let mut actions = Vec::new();
    if !known.is_empty() {
        actions.push(action(&known));
    }
    if !secret.is_empty() {
        actions.push(action(&secret).hazard(
            Hazard::Secret,
            format!("the value is not in the snapshot: write it in place of '{PLACEHOLDER}'"),
        ));
    }
    actions
}

/// What a new object still needs behind [`clause`].
pub(super) fn missing(
    id: &Id,
    command: &'static str,
    alter: &str,
    options: &[ForeignOption],
) -> Vec<Action> {
    changes(id, command, alter, &known(options), options)
}

/// The options whose values are known.
pub(super) fn known(options: &[ForeignOption]) -> Vec<ForeignOption> {
    options.iter().filter(|option| option.value.is_some()).cloned().collect()
}
