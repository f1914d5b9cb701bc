//! Names of types: people write `timestamptz`, PostgreSQL writes `timestamp with time zone`.
//!
//! PostgreSQL manual, "Data Types", the column "Aliases".

/// Short names and the names that `format_type()` gives.
const ALIASES: &[(&str, &str)] = &[
    ("int", "integer"),
    ("int4", "integer"),
    ("int8", "bigint"),
    ("int2", "smallint"),
    ("bool", "boolean"),
    ("float8", "double precision"),
    ("float", "double precision"),
    ("float4", "real"),
    ("decimal", "numeric"),
    ("varchar", "character varying"),
    ("char", "character"),
    ("varbit", "bit varying"),
];

/// Short names of types whose precision stands in the middle of the long name.
const TIMES: &[(&str, &str, &str)] = &[
    ("timestamptz", "timestamp", " with time zone"),
    ("timestamp", "timestamp", " without time zone"),
    ("timetz", "time", " with time zone"),
    ("time", "time", " without time zone"),
];

/// True when both name one type.
pub(super) fn same(one: &str, other: &str) -> bool {
    one == other || canonical(one) == canonical(other)
}

fn canonical(name: &str) -> String {
    // Quoted names mean what they say.
    if name.contains('"') {
        return name.trim().to_owned();
    }
    let words: Vec<String> = name.split_whitespace().map(str::to_lowercase).collect();
    let name = words.join(" ").replace(" (", "(").replace(", ", ",").replace(" [", "[");
    let end = name.find(['(', '[']).unwrap_or(name.len());
    let (base, rest) = name.split_at(end);
    let base = base.trim();
    let (modifier, array) = match rest.rfind(')') {
        Some(at) => rest.split_at(at + 1),
        None => ("", rest),
    };
    if let Some((_, start, tail)) = TIMES.iter().find(|(short, ..)| *short == base)
        && !array.starts_with(" with")
    {
        return format!("{start}{modifier}{tail}{array}");
    }
    let long = ALIASES.iter().find(|(short, _)| *short == base).map_or(base, |(_, long)| *long);
    // `character` alone is one character.
    let modifier = if long == "character" && modifier.is_empty() { "(1)" } else { modifier };
    format!("{long}{modifier}{array}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_names_mean_the_long_ones() {
        for (short, long) in [
            ("int", "integer"),
            ("INT8", "bigint"),
            ("varchar(20)", "character varying(20)"),
            ("timestamptz", "timestamp with time zone"),
            ("timestamptz(3)", "timestamp(3) with time zone"),
            ("timestamp(3)", "timestamp(3) without time zone"),
            ("timestamptz[]", "timestamp with time zone[]"),
            ("decimal(10, 2)", "numeric(10,2)"),
            ("numeric (10,2) []", "numeric(10,2)[]"),
            ("char", "character(1)"),
            ("public.status", "public.status"),
            ("timestamp(3) with time zone", "timestamptz(3)"),
            ("timestamp with time zone", "timestamptz"),
        ] {
            assert!(same(short, long), "{short} and {long}");
            assert!(same(long, short), "{long} and {short}");
        }
    }

    #[test]
    fn other_types_are_others() {
        for (one, other) in [
            ("int", "bigint"),
            ("varchar(20)", "character varying(21)"),
            ("varchar", "character varying(20)"),
            ("timestamp", "timestamp with time zone"),
            ("timestamptz", "timestamp(3) with time zone"),
            ("int", "integer[]"),
            ("public.\"Status\"", "public.status"),
        ] {
            assert!(!same(one, other), "{one} and {other}");
        }
    }
}
