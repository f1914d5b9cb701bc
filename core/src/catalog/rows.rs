//! The same queries as one script for psql, for places where no program may be installed, and its
//! output as a snapshot.
//!
//! Each line of the output is a JSON array: first what it is, then the rows as name, key and value,
//! and at the end a line that says that nothing is missing. PostgreSQL manual, "psql".

use serde::Deserialize;
use serde_json::value::RawValue;

use super::{Assembler, CatalogError, ExportInfo, ExportOptions, queries, session_sql};
use crate::snapshot::{self, Document, Snapshot, SnapshotError};
use crate::sql::quote_literal;

/// What the first line begins with.
const FORMAT: &str = "pgparity-rows";
/// The version of the lines' form.
const VERSION: u32 = 1;
/// The major versions that the script tells apart, the newest first.
const SERVERS: [u32; 5] = [180_000, 170_000, 160_000, 150_000, 140_000];

/// The head of the first line.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Head {
    captured_at: String,
    exporter_version: String,
    label: Option<String>,
    schemas: Vec<String>,
    exclude: Vec<String>,
    roles: bool,
    /// Histories of migrations were asked for: a script cannot tell beforehand which tables those are.
    #[serde(default)]
    migrations: bool,
}

/// The script. It reads in one read-only transaction and writes rows to standard output, to be kept
/// in a file and given to [`read`].
///
/// `version` is the release that writes it.
pub fn psql_script(options: &ExportOptions, version: &str) -> String {
    let head = serde_json::json!({
        "exporter_version": version,
        "label": options.label,
        "schemas": options.schemas,
        "exclude": options.exclude,
        "roles": options.roles,
        "migrations": options.migrations.is_some(),
    });
    let mut out = format!(
        "-- pgparity {version}: reads the catalog of a database, and changes nothing.\n\
         -- Run it with: psql -X -f THIS_FILE > rows.jsonl\n\
         -- and give rows.jsonl to pgparity diff, to pgparity plan or to the page, like a snapshot.\n\
         \\set QUIET on\n\\set ON_ERROR_STOP on\n\\pset format unaligned\n\\pset tuples_only on\n\
         \\pset pager off\n\
         BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY;\n"
    );
    for statement in session_sql() {
        out += &format!("{statement};\n");
    }
    out += "SELECT";
    for (at, server) in SERVERS.iter().enumerate() {
        let comma = if at == 0 { "" } else { "," };
        out += &format!(
            "{comma} pg_catalog.current_setting('server_version_num')::int >= {server} AS from_{}",
            server / 10_000
        );
    }
    out += " \\gset\n\\if :from_14\n\\else\n\\warn 'pgparity needs PostgreSQL 14 or later'\n\\quit\n\\endif\n";
    out += &format!(
        "SELECT json_build_array('{FORMAT}', {VERSION}, ({}::jsonb || json_build_object('captured_at', \
         pg_catalog.to_char(pg_catalog.transaction_timestamp() AT TIME ZONE 'UTC', \
         'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"'))::jsonb)::json);\n",
        quote_literal(&head.to_string())
    );
    // What lacks a privilege is told in a line of its own; the rest goes on.
    out += "\\set ON_ERROR_STOP off\n\\set ON_ERROR_ROLLBACK on\n";
    for (name, forms) in by_server(options) {
        for (at, (server, sql)) in forms.iter().enumerate() {
            let word = if at == 0 { "if" } else { "elif" };
            out += &format!("\\{word} :from_{}\n", server / 10_000);
            out += &format!(
                "SELECT json_build_array('{name}', q.key, q.value::json) FROM ({sql}) AS q(key, value);\n"
            );
        }
        out += "\\endif\n\\if :ERROR\n";
        out += &format!(
            "SELECT json_build_array('failed', '{name}', :'LAST_ERROR_MESSAGE'), \
             :'LAST_ERROR_SQLSTATE' <> '42501' AS is_broken \\gset row_\n\\echo :row_json_build_array\n\
             \\if :row_is_broken\n\\quit\n\\endif\n\\endif\n"
        );
    }
    out += "SELECT json_build_array('end');\nCOMMIT;\n";
    out
}

/// For each query its forms, each with the first server that it is for, the newest first.
fn by_server(options: &ExportOptions) -> Vec<(&'static str, Vec<(u32, String)>)> {
    let mut all: Vec<(&'static str, Vec<(u32, String)>)> = Vec::new();
    for server in SERVERS {
        for query in queries(server, options) {
            match all.iter_mut().find(|(name, _)| *name == query.name) {
                None => all.push((query.name, vec![(server, query.sql)])),
                Some((_, forms)) => match forms.last_mut() {
                    Some((first, sql)) if *sql == query.sql => *first = server,
                    _ => forms.push((server, query.sql)),
                },
            }
        }
    }
    all
}

/// True for the output of [`psql_script`].
fn is_rows(text: &str) -> bool {
    text.trim_start().strip_prefix('[').is_some_and(|rest| {
        rest.trim_start().strip_prefix('"').is_some_and(|rest| rest.starts_with(FORMAT))
    })
}

/// Reads a snapshot, or the output of [`psql_script`] as one.
pub fn read(bytes: &[u8]) -> Result<Snapshot, SnapshotError> {
    rows_in(bytes).map_or_else(|| snapshot::read(bytes), assemble)
}

/// The same with the document, so that another can be read beside it.
pub fn read_document(text: String) -> Result<Document, SnapshotError> {
    read_document_telling(text, &mut |_| ())
}

/// The same; `told` hears now and then how many bytes are read.
pub fn read_document_telling(
    text: String,
    told: &mut dyn FnMut(usize),
) -> Result<Document, SnapshotError> {
    match rows_in(text.as_bytes()) {
        Some(rows) => assemble(rows).map(Document::from),
        None => Document::read_telling(text, told),
    }
}

/// The same beside another document.
pub fn read_beside(document: &Document, bytes: &[u8]) -> Result<Snapshot, SnapshotError> {
    read_beside_telling(document, bytes, &mut |_| ())
}

/// The same; `told` hears now and then how many bytes are read.
pub fn read_beside_telling(
    document: &Document,
    bytes: &[u8],
    told: &mut dyn FnMut(usize),
) -> Result<Snapshot, SnapshotError> {
    rows_in(bytes).map_or_else(|| document.read_beside_telling(bytes, told), assemble)
}

fn rows_in(bytes: &[u8]) -> Option<&str> {
    let text = std::str::from_utf8(bytes).ok()?.trim_start_matches('\u{feff}');
    is_rows(text).then_some(text)
}

fn assemble(text: &str) -> Result<Snapshot, SnapshotError> {
    let mut lines = text
        .lines()
        .enumerate()
        .map(|(at, line)| (at + 1, line.trim()))
        .filter(|(_, line)| !line.is_empty());
    let (number, first) = lines.next().ok_or(SnapshotError::Empty)?;
    let (_, version, head): (String, u32, Head) = parse(number, first)?;
    if version != VERSION {
        return Err(rows_error(
            number,
            format!("the rows are of version {version}, this release reads version {VERSION}"),
        ));
    }
    let options = ExportOptions {
        label: head.label,
        schemas: head.schemas,
        exclude: head.exclude,
        roles: head.roles,
        migrations: None,
    };
    let info =
        ExportInfo { captured_at: head.captured_at, exporter_version: head.exporter_version };
    let mut assembler = Assembler::new(info, &options);
    if head.migrations {
        assembler.failed("migrations", None, "the script for psql does not read them");
    }
    let mut last = number;
    for (number, line) in lines {
        last = number;
        let parts: Vec<&RawValue> = parse(number, line)?;
        let word = |at: usize| -> Result<String, SnapshotError> {
            parse(number, parts.get(at).map_or("null", |part| part.get()))
        };
        match (word(0)?.as_str(), parts.as_slice()) {
            ("end", [_]) => {
                return assembler.finish().map_err(|error| rows_error(number, error.to_string()));
            }
            ("failed", [_, _, _]) => assembler.failed(&word(1)?, None, &word(2)?),
            (name, [_, _, value]) => assembler
                .row(name, &word(1)?, value.get())
                .map_err(|error: CatalogError| rows_error(number, error.to_string()))?,
            _ => return Err(rows_error(number, "a row has three parts".to_owned())),
        }
    }
    Err(rows_error(
        last,
        "the rows end too early: psql stopped, or the file was cut; run the script again"
            .to_owned(),
    ))
}

fn parse<'a, T: Deserialize<'a>>(line: usize, text: &'a str) -> Result<T, SnapshotError> {
    serde_json::from_str(text).map_err(|error| rows_error(line, error.to_string()))
}

fn rows_error(line: usize, message: String) -> SnapshotError {
    SnapshotError::Rows { line, message }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap fails the test")]
    use super::*;

    const HEAD: &str = r#"["pgparity-rows", 1, {"captured_at": "2026-01-01T00:00:00Z", "exporter_version": "0", "label": null, "schemas": [], "exclude": [], "roles": false}]"#;
    const SOURCE: &str = r#"["source", "source", {"database": "d", "server_version": "15.1", "server_version_num": 150001, "encoding": "UTF8", "collation": "C", "ctype": "C", "locale_provider": "libc"}]"#;

    #[test]
    fn rows_become_a_snapshot() {
        let text = format!(
            "{HEAD}\n{SOURCE}\n[\"schema\", \"20000\", {{\"name\": \"s\"}}]\n[\"failed\", \"cast\", \"no\"]\n[\"end\"]\n"
        );
        let snapshot = read(text.as_bytes()).unwrap();
        assert_eq!(snapshot.objects.schema.len(), 1);
        assert_eq!(snapshot.source.not_read, ["cast: no"]);
        assert_eq!(snapshot::read(snapshot::write(&snapshot).as_bytes()).unwrap(), snapshot);
    }

    #[test]
    fn cut_and_damaged_rows_are_refused_with_their_line() {
        for (text, line, part) in [
            (format!("{HEAD}\n{SOURCE}\n"), 2, "end too early"),
            (format!("{HEAD}\n[\"schema\", \"1\""), 2, "EOF"),
            (format!("{HEAD}\n[\"nothing\", \"1\", {{}}]\n"), 2, "unknown catalog query"),
            (format!("{HEAD}\n[\"end\"]\n"), 2, "which database"),
            (HEAD.replace(", 1,", ", 9,"), 1, "version 9"),
        ] {
            let error = read(text.as_bytes()).unwrap_err().to_string();
            assert!(error.starts_with(&format!("line {line} of the catalog rows")), "{error}");
            assert!(error.contains(part), "{error}");
        }
    }
}
