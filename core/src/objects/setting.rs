//! Settings of functions, roles and databases: `name=value`, as the catalog stores them.
//!
//! PostgreSQL manual, "SET", "ALTER ROLE" and "ALTER DATABASE".

use crate::model::Text;
use crate::sql::{quote_ident, quote_literal};

/// `SET name TO value`.
pub(super) fn assignment(setting: &str) -> String {
    let (name, value) = setting.split_once('=').unwrap_or((setting, ""));
    format!("SET {} TO {}", setting_name(name), setting_value(name, value))
}

/// `SET …` and `RESET …` that lead from one list to another.
pub(super) fn changes(from: &[Text], to: &[Text]) -> Vec<String> {
    let name = |setting: &str| setting.split_once('=').map_or(setting, |(name, _)| name).to_owned();
    let kept: Vec<String> = to.iter().map(|setting| name(setting)).collect();
    let gone = from.iter().map(|setting| name(setting)).filter(|old| !kept.contains(old));
    let set = to.iter().filter(|setting| !from.contains(setting));
    gone.map(|old| format!("RESET {}", setting_name(&old)))
        .chain(set.map(|setting| assignment(setting)))
        .collect()
}

/// A setting's name as SQL spells it; those of extensions have a dot in them.
pub(super) fn setting_name(name: &str) -> String {
    name.split('.').map(|part| quote_ident(part).into_owned()).collect::<Vec<_>>().join(".")
}

/// A setting's value. Lists of names are stored as they are spelled; all else is one string.
/// Source: `variable_is_guc_list_quote()` in `pg_dump`'s `dumputils.c` names the lists.
fn setting_value(name: &str, value: &str) -> String {
    const LISTS: &[&str] = &[
        "local_preload_libraries",
        "search_path",
        "session_preload_libraries",
        "shared_preload_libraries",
        "temp_tablespaces",
        "unix_socket_directories",
    ];
    if LISTS.contains(&name.to_ascii_lowercase().as_str()) {
        split_arguments(value)
            .iter()
            .map(|part| {
                let name = part.strip_prefix('"').and_then(|p| p.strip_suffix('"'));
                quote_literal(&name.map_or((*part).to_owned(), |n| n.replace("\"\"", "\"")))
            })
            .collect::<Vec<_>>()
            .join(", ")
    } else {
        quote_literal(value)
    }
}

/// Splits at the commas outside of quotes and brackets.
pub(super) fn split_arguments(list: &str) -> Vec<&str> {
    let (mut parts, mut depth, mut start, mut quote) = (Vec::new(), 0_i32, 0, None);
    for (at, c) in list.char_indices() {
        match (quote, c) {
            (Some(open), _) if c == open => quote = None,
            (None, '\'' | '"') => quote = Some(c),
            (None, '(' | '[') => depth += 1,
            (None, ')' | ']') => depth -= 1,
            (None, ',') if depth == 0 => {
                parts.push(list[start..at].trim());
                start = at + 1;
            }
            _ => {}
        }
    }
    if !list.trim().is_empty() {
        parts.push(list[start..].trim());
    }
    parts
}
