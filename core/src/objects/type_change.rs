//! What it means for the rows when a column gets another type.
//!
//! PostgreSQL manual, "ALTER TABLE … SET DATA TYPE" (when USING is needed, when the table is not
//! rewritten) and "CREATE CAST" (assignment casts). Types are compared as `format_type()` spells them.

/// The consequences of one change of type.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct TypeChange {
    /// PostgreSQL has no assignment cast: the statement must say how.
    pub(super) using: bool,
    /// The way leads through text.
    pub(super) through_text: bool,
    /// Values may be cut or rounded.
    pub(super) narrows: bool,
    /// The table is written anew.
    pub(super) rewrites: bool,
    /// A value may be refused.
    pub(super) may_fail: bool,
    /// The user made a cast for it.
    pub(super) by_cast: bool,
}

impl TypeChange {
    /// From a type that is built anew under the same name.
    pub(super) fn through_text() -> TypeChange {
        TypeChange {
            using: true,
            through_text: true,
            narrows: false,
            rewrites: true,
            may_fail: true,
            by_cast: false,
        }
    }

    /// What is left of it in a foreign table: its rows are elsewhere, only the declaration changes,
    /// and PostgreSQL refuses USING.
    pub(super) fn in_table(self, foreign: bool) -> TypeChange {
        if foreign { TypeChange::default() } else { self }
    }

    /// The expression behind USING. Text stands for values of every type, for those of arrays too.
    pub(super) fn expression(self, column: &str, to: &str) -> String {
        if self.through_text && !self.by_cast {
            format!("{column}::pg_catalog.text::{to}")
        } else {
            format!("{column}::{to}")
        }
    }
}

/// An expression for the values of a column in another type.
pub(crate) fn converted(column: &str, from: &str, to: &str) -> String {
    if from == to { column.to_owned() } else { type_change(from, to).expression(column, to) }
}

/// A type's name without its modifiers, and the modifiers.
pub(super) fn parts(data_type: &str) -> (String, Vec<i32>) {
    let Some(open) = data_type.find('(') else { return (data_type.to_owned(), Vec::new()) };
    let close = data_type[open..].find(')').map_or(data_type.len(), |at| open + at);
    let modifiers =
        data_type[open + 1..close].split(',').filter_map(|part| part.trim().parse().ok()).collect();
    let tail = data_type.get(close + 1..).unwrap_or_default();
    (format!("{}{tail}", &data_type[..open]), modifiers)
}

/// Types between which PostgreSQL has casts of its own.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Family {
    /// Numbers, by how much they hold.
    Number(u8),
    Text,
    Time,
    Bits,
    Json,
    Network,
    Other,
}

/// The family of a type without modifiers.
pub(super) fn family(base: &str) -> Family {
    match base {
        "smallint" => Family::Number(1),
        "integer" => Family::Number(2),
        "bigint" => Family::Number(3),
        "numeric" => Family::Number(4),
        "real" => Family::Number(5),
        "double precision" => Family::Number(6),
        "text" | "character varying" | "character" | "name" => Family::Text,
        "date" | "timestamp without time zone" | "timestamp with time zone" => Family::Time,
        "bit" | "bit varying" => Family::Bits,
        "json" | "jsonb" => Family::Json,
        "inet" | "cidr" => Family::Network,
        _ => Family::Other,
    }
}

/// What changing `from` into `to` means.
pub(super) fn type_change(from: &str, to: &str) -> TypeChange {
    let ((a, a_mods), (b, b_mods)) = (parts(from), parts(to));
    let plain = TypeChange { rewrites: true, ..TypeChange::default() };
    if from == to {
        // The collation alone changes: values stay, indexes are built anew.
        return TypeChange::default();
    }
    match (family(&a), family(&b)) {
        (Family::Number(x), Family::Number(y)) => numbers((x, &a_mods), (y, &b_mods)),
        (Family::Text, Family::Text) => texts((&a, &a_mods), (&b, &b_mods)),
        (Family::Time, Family::Time) if a == b => {
            let shrinks = precision(&b_mods) < precision(&a_mods);
            TypeChange { narrows: shrinks, rewrites: shrinks, ..plain }
        }
        (Family::Time, Family::Time) => TypeChange { narrows: b == "date", ..plain },
        (Family::Bits, Family::Bits) => TypeChange { narrows: true, may_fail: true, ..plain },
        // Text that jsonb has no place for: `\u0000`, numbers that are too large.
        (Family::Json, Family::Json) => TypeChange { may_fail: b == "jsonb", ..plain },
        (Family::Network, Family::Network) => {
            TypeChange { rewrites: b == "cidr", may_fail: b == "cidr", ..plain }
        }
        // No string for PostgreSQL, so that values of other types have no way to it or from it.
        _ if (a == "\"char\"" || b == "\"char\"") && !explicit_cast(&a, &b) => {
            TypeChange { using: true, through_text: true, narrows: b == "\"char\"", ..plain }
        }
        // Everything can be assigned to a string, by its output function.
        (_, Family::Text) => {
            let short = !b_mods.is_empty() || !matches!(b.as_str(), "text" | "character varying");
            TypeChange { narrows: short, may_fail: short, ..plain }
        }
        (Family::Text, _) => TypeChange { using: true, may_fail: true, ..plain },
        _ if a == b && a_mods != b_mods => TypeChange { narrows: true, may_fail: true, ..plain },
        _ if let (Some(x), Some(y)) = (element(&a), element(&b)) => {
            // Arrays are cast element by element.
            let of_elements = type_change(x, y);
            TypeChange { using: true, narrows: true, may_fail: true, rewrites: true, ..of_elements }
        }
        _ if let Some(narrows) = assigned(&a, &b) => {
            let narrows = narrows || !b_mods.is_empty();
            TypeChange { narrows, may_fail: narrows, ..plain }
        }
        _ if is_multirange_of(&a, &b) => TypeChange { using: true, ..plain },
        _ if explicit_cast(&a, &b) => {
            TypeChange { using: true, narrows: true, may_fail: true, ..plain }
        }
        _ => TypeChange {
            using: true,
            through_text: true,
            may_fail: true,
            narrows: !a.contains('.'),
            ..plain
        },
    }
}

fn precision(modifiers: &[i32]) -> i32 {
    modifiers.first().copied().unwrap_or(6)
}

/// The type of an array's elements; none where the user's own types are in it.
fn element(array: &str) -> Option<&str> {
    array.strip_suffix("[]").filter(|element| !element.contains('.'))
}

/// Casts between built-in types that an assignment takes, and whether they cut values or refuse some.
fn assigned(a: &str, b: &str) -> Option<bool> {
    match (a, b) {
        ("integer" | "bigint" | "numeric", "money")
        | ("time with time zone", "time without time zone")
        | ("timestamp with time zone", "time with time zone") => Some(true),
        ("money", "numeric") | ("time without time zone", "time with time zone") => Some(false),
        _ => None,
    }
}

/// True for a built-in range type and its multirange type.
fn is_multirange_of(range: &str, multirange: &str) -> bool {
    let stem = range.strip_suffix("range").filter(|stem| !stem.contains('.'));
    stem.is_some_and(|stem| multirange.strip_suffix("multirange") == Some(stem))
}

/// Casts between built-in types that only an explicit `::` takes.
fn explicit_cast(a: &str, b: &str) -> bool {
    matches!(
        (a, b),
        ("integer", "boolean" | "bit" | "\"char\"")
            | ("boolean" | "bit" | "\"char\"", "integer")
            | ("bigint", "bit")
            | ("bit", "bigint")
            | (
                "jsonb",
                "boolean"
                    | "smallint"
                    | "integer"
                    | "bigint"
                    | "numeric"
                    | "real"
                    | "double precision"
            )
            | ("point" | "polygon" | "circle", "box")
            | ("lseg" | "box" | "polygon" | "circle", "point")
            | ("path" | "box" | "circle", "polygon")
            | ("box" | "polygon", "circle")
            | ("box", "lseg")
            | ("polygon", "path")
            | ("macaddr", "macaddr8")
            | ("macaddr8", "macaddr")
            | ("time without time zone", "interval")
            | (
                "interval" | "timestamp with time zone" | "timestamp without time zone",
                "time without time zone"
            )
    )
}

fn numbers((x, a): (u8, &[i32]), (y, b): (u8, &[i32])) -> TypeChange {
    let plain = TypeChange { rewrites: true, ..TypeChange::default() };
    // numeric(precision, scale)
    if x == 4 && y == 4 {
        let scale = |m: &[i32]| m.get(1).copied().unwrap_or(0);
        let (old_scale, new_scale) = (scale(a), scale(b));
        let Some(new) = b.first() else { return TypeChange::default() };
        let Some(old) = a.first() else {
            return TypeChange { narrows: true, may_fail: true, ..plain };
        };
        let widens = new_scale >= old_scale && new - new_scale >= old - old_scale;
        // PostgreSQL leaves the rows alone when the scale stays and the precision grows.
        // What is too large on the left of the point is refused, what is too long behind it rounded.
        return TypeChange {
            narrows: new_scale < old_scale,
            may_fail: !widens,
            rewrites: !(widens && old_scale == new_scale),
            ..plain
        };
    }
    let holds = match (x, y) {
        (1..=3, 4) => {
            let whole = b.first().copied().map(|p| p - b.get(1).copied().unwrap_or(0));
            whole.is_none_or(|digits| digits >= [0, 5, 10, 19][usize::from(x)])
        }
        // Floating point numbers hold the smaller integers exactly.
        (1, 5) | (1 | 2 | 5, 6) => true,
        (1..=3, 1..=3) => y > x,
        _ => false,
    };
    TypeChange { narrows: !holds, may_fail: !holds, ..plain }
}

fn texts((a, a_mods): (&str, &[i32]), (b, b_mods): (&str, &[i32])) -> TypeChange {
    let unlimited =
        |base: &str, mods: &[i32]| mods.is_empty() && matches!(base, "text" | "character varying");
    let length = |mods: &[i32]| mods.first().copied();
    let widens = unlimited(b, b_mods)
        || (a == b
            && a != "character"
            && length(b_mods) >= length(a_mods)
            && length(a_mods).is_some())
        || (a == "character" && length(b_mods) >= length(a_mods));
    TypeChange {
        narrows: !widens,
        may_fail: !widens,
        // Binary compatible, and no limit that rows would have to be checked against.
        rewrites: !(widens && a != "character" && b != "character" && a != "name"),
        ..TypeChange::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widening_keeps_values_and_narrowing_says_so() {
        for (from, to, narrows, rewrites, using) in [
            ("integer", "bigint", false, true, false),
            ("bigint", "integer", true, true, false),
            ("numeric(10,2)", "numeric(12,2)", false, false, false),
            ("numeric(10,2)", "numeric(10,4)", false, true, false),
            ("numeric(10,2)", "numeric", false, false, false),
            ("character varying(20)", "character varying(40)", false, false, false),
            ("character varying(20)", "character varying(10)", true, true, false),
            ("character varying(20)", "text", false, false, false),
            ("text", "integer", false, true, true),
            ("integer", "text", false, true, false),
            ("integer", "numeric(12,2)", false, true, false),
            ("integer", "numeric(11,2)", true, true, false),
            ("timestamp(3) without time zone", "timestamp without time zone", false, false, false),
            ("timestamp with time zone", "date", true, true, false),
            ("public.a", "public.b", false, true, true),
            ("json", "jsonb", false, true, false),
        ] {
            let change = type_change(from, to);
            assert_eq!(
                (change.narrows, change.rewrites, change.using),
                (narrows, rewrites, using),
                "{from} -> {to}"
            );
        }
    }

    #[test]
    fn a_type_of_the_user_is_reached_through_text() {
        assert_eq!(
            type_change("public.a", "public.b").expression("c", "public.b"),
            "c::pg_catalog.text::public.b"
        );
        assert_eq!(
            type_change("public.a[]", "public.b[]").expression("c", "public.b[]"),
            "c::pg_catalog.text::public.b[]"
        );
        assert_eq!(type_change("text", "public.b").expression("c", "public.b"), "c::public.b");
        for (from, to, expression) in [
            ("bit varying", "integer[]", "c::pg_catalog.text::integer[]"),
            ("integer[]", "text[]", "c::text[]"),
            ("date[]", "integer[]", "c::pg_catalog.text::integer[]"),
            ("\"char\"", "date", "c::pg_catalog.text::date"),
        ] {
            assert_eq!(type_change(from, to).expression("c", to), expression);
        }
    }
}
