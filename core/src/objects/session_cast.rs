//! Conversions whose result a setting of the session decides.
//!
//! PostgreSQL's own rule: the function of the cast, or of the type's input or output, is STABLE
//! (`pg_proc.provolatile`). `tests/tests/session_casts.rs` holds the lists below against a server. Two
//! more are called IMMUTABLE though a setting decides: the output of `bytea` and of floating point numbers.

use std::collections::BTreeSet;

use super::type_change::{Family, family, parts, type_change};
use super::{Column, Composite, Domain, Object, Objects, Range, Situation, Table};
use crate::action::{Action, Hazard};
use crate::model::Id;
use crate::sql::quote_ident;

/// How deep types of the user are looked into; a snapshot that goes deeper is none of PostgreSQL's.
const DEEPEST: usize = 16;

/// A type, with those of the user taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Shape {
    /// Its name without modifiers.
    Plain(String),
    /// An array, a range or a multirange.
    Of(Box<Shape>),
    /// A composite type: its attributes by name.
    Row(Vec<(String, Shape)>),
}

impl Shape {
    fn of(data_type: &str, objects: &Objects, depth: usize) -> Shape {
        let inner = |data_type: &str| Shape::of(data_type, objects, depth + 1);
        let (base, _) = parts(data_type);
        if depth > DEEPEST {
            return Shape::Plain(base);
        }
        if let Some(element) = data_type.strip_suffix("[]") {
            return Shape::Of(Box::new(inner(element)));
        }
        if let Some(subtype) = subtype(&base, objects) {
            return Shape::Of(Box::new(inner(subtype)));
        }
        let found = |kind: &str| objects.find(&Id::from_sql(kind, data_type));
        let domain = found("domain").and_then(|object| object.as_any().downcast_ref::<Domain>());
        if let Some(domain) = domain {
            return inner(&domain.base_type);
        }
        let row = found("composite").and_then(|object| object.as_any().downcast_ref::<Composite>());
        row.map_or(Shape::Plain(base), |row| {
            let attributes = row.attributes.iter();
            Shape::Row(attributes.map(|a| (a.name.to_string(), inner(&a.data_type))).collect())
        })
    }

    /// The settings by which `setting` says that its values become text, or come from it.
    fn by(&self, setting: fn(&str) -> &'static [&'static str]) -> BTreeSet<&'static str> {
        match self {
            Shape::Plain(name) => setting(name).iter().copied().collect(),
            Shape::Of(inner) => inner.by(setting),
            Shape::Row(attributes) => attributes.iter().flat_map(|(_, a)| a.by(setting)).collect(),
        }
    }

    fn is_text(&self) -> bool {
        matches!(self, Shape::Plain(name) if family(name) == Family::Text)
    }
}

/// The type of the bounds of a range or multirange type.
fn subtype<'a>(name: &str, objects: &'a Objects) -> Option<&'a str> {
    match name {
        "daterange" | "datemultirange" => return Some("date"),
        "tsrange" | "tsmultirange" => return Some("timestamp without time zone"),
        "tstzrange" | "tstzmultirange" => return Some("timestamp with time zone"),
        _ => {}
    }
    let range = objects.find(&Id::from_sql("range", name))?;
    Some(&range.as_any().downcast_ref::<Range>()?.subtype)
}

const TIME_ZONE: &str = "TimeZone";
const DATE_STYLE: &str = "DateStyle";

/// The settings by which a text becomes a value of this type.
fn read_by(name: &str) -> &'static [&'static str] {
    match name {
        "date" | "time without time zone" | "timestamp without time zone" => &[DATE_STYLE],
        "time with time zone" | "timestamp with time zone" => &[DATE_STYLE, TIME_ZONE],
        "interval" => &["IntervalStyle"],
        "money" => &["lc_monetary"],
        "xml" => &["XMLOPTION"],
        _ if looked_up(name) => &["search_path"],
        _ => &[],
    }
}

/// The settings by which a value of this type becomes text.
fn written_by(name: &str) -> &'static [&'static str] {
    match name {
        "date" | "timestamp without time zone" => &[DATE_STYLE],
        "timestamp with time zone" => &[DATE_STYLE, TIME_ZONE],
        "interval" => &["IntervalStyle"],
        "money" => &["lc_monetary"],
        "bytea" => &["bytea_output"],
        "real" | "double precision" => &["extra_float_digits"],
        _ if looked_up(name) => &["search_path"],
        _ => &[],
    }
}

/// True for the types whose values are objects by their names.
fn looked_up(name: &str) -> bool {
    const TYPES: [&str; 9] = [
        "regclass",
        "regcollation",
        "regconfig",
        "regdictionary",
        "regoper",
        "regoperator",
        "regproc",
        "regprocedure",
        "regtype",
    ];
    TYPES.contains(&name)
}

/// The settings by which a cast of `pg_cast` goes from one type to another.
fn cast_by(from: &str, to: &str) -> &'static [&'static str] {
    const ZONED: &str = "timestamp with time zone";
    const LOCAL: &str = "timestamp without time zone";
    match (from, to) {
        ("date" | LOCAL, ZONED)
        | (ZONED, "date" | LOCAL | "time without time zone" | "time with time zone")
        | ("time without time zone", "time with time zone") => &[TIME_ZONE],
        ("integer" | "bigint" | "numeric", "money") | ("money", "numeric") => &["lc_monetary"],
        _ => &[],
    }
}

/// The settings that decide what values become.
fn settings(from: &Shape, to: &Shape, through_text: bool) -> BTreeSet<&'static str> {
    match (from, to) {
        _ if from == to => BTreeSet::new(),
        (Shape::Row(before), Shape::Row(after)) => {
            let old = |name: &String| before.iter().find(|(other, _)| other == name);
            let pairs = after.iter().filter_map(|(name, new)| Some((&old(name)?.1, new)));
            pairs.flat_map(|(old, new)| settings(old, new, true)).collect()
        }
        (Shape::Of(before), Shape::Of(after)) => settings(before, after, through_text),
        (Shape::Plain(a), Shape::Plain(b)) if !through_text && !cast_by(a, b).is_empty() => {
            cast_by(a, b).iter().copied().collect()
        }
        _ => {
            let textual = through_text || from.is_text() || to.is_text();
            let mut all = BTreeSet::new();
            if textual {
                all.extend(from.by(written_by));
                all.extend(to.by(read_by));
            }
            all
        }
    }
}

/// How an expression says by itself what the session's time zone would decide.
fn with_zone(value: &str, from: &str, to: &str) -> Option<String> {
    let zone = "AT TIME ZONE 'zone'";
    let local = "timestamp without time zone";
    match (parts(from).0.as_str(), parts(to).0.as_str()) {
        ("timestamp without time zone", "timestamp with time zone")
        | ("timestamp with time zone", "timestamp without time zone") => {
            Some(format!("{value} {zone}"))
        }
        ("date", "timestamp with time zone") => Some(format!("{value}::{local} {zone}")),
        ("timestamp with time zone", "date" | "time without time zone") => {
            Some(format!("({value} {zone})::{to}"))
        }
        _ => None,
    }
}

impl Action {
    /// Warns where the session that runs it decides what the values of a column become.
    pub(crate) fn by_the_session(
        self,
        table: &Table,
        (old, new): (&Column, &Column),
        by_way_of_text: bool,
        situation: &Situation<'_>,
    ) -> Action {
        let (from, to) = (old.data_type.as_str(), new.data_type.as_str());
        let through_text = by_way_of_text || type_change(from, to).through_text;
        let shapes = (Shape::of(from, situation.from, 0), Shape::of(to, situation.to, 0));
        let names: Vec<&str> = settings(&shapes.0, &shapes.1, through_text).into_iter().collect();
        if names.is_empty() {
            return self;
        }
        let column = quote_ident(&new.name);
        let otherwise = with_zone(&column, from, to)
            .map(|value| format!(", or convert them by {value} in the statement"))
            .unwrap_or_default();
        let message = format!(
            "what the values of {}.{column} become is decided by {} of the session that runs it: \
             set that to what they were written under{otherwise}",
            table.sql_name(),
            names.join(" and ")
        );
        self.hazard(Hazard::SessionSettings, message)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(from: &str, to: &str) -> Vec<&'static str> {
        let nothing = Objects::default();
        let [old, new] = [from, to].map(|data_type| Shape::of(data_type, &nothing, 0));
        settings(&old, &new, type_change(from, to).through_text).into_iter().collect()
    }

    #[test]
    fn a_conversion_names_the_settings_that_decide_it() {
        for (from, to, names) in [
            ("timestamp without time zone", "timestamp with time zone", vec!["TimeZone"]),
            ("timestamp(3) with time zone", "timestamp(3) without time zone", vec!["TimeZone"]),
            ("date[]", "timestamp with time zone[]", vec!["TimeZone"]),
            ("text", "date", vec!["DateStyle"]),
            ("character varying(40)", "tstzrange", vec!["DateStyle", "TimeZone"]),
            ("text[]", "interval[]", vec!["IntervalStyle"]),
            ("bytea", "text", vec!["bytea_output"]),
            ("real", "text", vec!["extra_float_digits"]),
            ("numeric(10,2)", "money", vec!["lc_monetary"]),
            ("date", "timestamp without time zone", vec![]),
            ("text", "integer", vec![]),
            ("integer", "bigint", vec![]),
            ("real", "double precision", vec![]),
            ("time(3) without time zone", "time without time zone", vec![]),
        ] {
            assert_eq!(told(from, to), names, "{from} -> {to}");
        }
    }
}
