//! What is known of a migration tool, as data: which table it keeps its history in, and how the rows
//! of that are read.
//!
//! Expressions are SQL over the table as `t`, and over the table beside it as `l`.

/// What a column holds, by the types that tools have used for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Holds {
    /// `varchar`, `text` and the like.
    Text,
    /// Whole numbers of any size.
    Number,
    /// `boolean`.
    Flag,
    /// `timestamp`, with or without time zone.
    Time,
    /// `json` or `jsonb`.
    Json,
    /// Whatever it is: it is not read.
    Anything,
}

impl Holds {
    /// True for a type by its name in `pg_type`.
    pub(super) fn takes(self, data_type: &str) -> bool {
        let types: &[&str] = match self {
            Holds::Text => &["varchar", "text", "bpchar", "name"],
            Holds::Number => &["int2", "int4", "int8", "numeric"],
            Holds::Flag => &["bool"],
            Holds::Time => &["timestamp", "timestamptz"],
            Holds::Json => &["json", "jsonb"],
            Holds::Anything => return true,
        };
        types.contains(&data_type)
    }
}

/// A column that the table must have.
#[derive(Clone, Copy, Debug)]
pub(super) struct Column {
    pub(super) name: &'static str,
    pub(super) holds: Holds,
    /// It is read; else it only tells the tool.
    pub(super) read: bool,
}

/// A column that is read.
pub(super) const fn read(name: &'static str, holds: Holds) -> Column {
    Column { name, holds, read: true }
}

/// A column by which the tool is told and that is not read.
pub(super) const fn told(name: &'static str, holds: Holds) -> Column {
    Column { name, holds, read: false }
}

/// When a row was written.
#[derive(Clone, Copy, Debug)]
pub(super) enum At {
    /// The tool does not say.
    Unknown,
    /// In a column of a time type, where the table has it.
    Column(&'static str),
    /// In seconds since 1970.
    Seconds(&'static str),
    /// As text in RFC 3339.
    Text(&'static str),
}

/// A second table in the same schema that tells what is stuck.
#[derive(Clone, Copy, Debug)]
pub(super) struct Beside {
    /// Its name; `*` stands for the name of the first.
    pub(super) table: &'static str,
    pub(super) columns: &'static [Column],
    /// What each row tells: `locked` or `failed`.
    pub(super) state: &'static str,
    /// The migration that it is about.
    pub(super) name: &'static str,
    pub(super) at: At,
    /// The rows that count.
    pub(super) only: &'static str,
    /// Of the rows with an equal expression, the last in an order counts.
    pub(super) latest: Option<(&'static str, &'static str)>,
}

/// How the rows of a table are read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rows {
    /// What stands after FROM, with `{table}` for the table.
    pub(super) from: &'static str,
    /// Of the rows with equal expressions, the first in an order counts.
    pub(super) latest: Option<(&'static str, &'static str)>,
    /// The migration, as people name it.
    pub(super) name: &'static str,
    /// A column that not every version of the tool makes, and the name where it is there.
    pub(super) better_name: Option<(&'static str, &'static str)>,
    /// What a row belongs to, where each such has a head of its own.
    pub(super) scope: Option<&'static str>,
    /// What the rows are ordered by.
    pub(super) order: &'static str,
    pub(super) at: At,
    /// Rows that are no migrations, or not any more.
    pub(super) skip: Option<&'static str>,
    /// Rows of migrations that failed.
    pub(super) failed: Option<&'static str>,
    /// Rows of migrations that began and did not end.
    pub(super) running: Option<&'static str>,
    /// Rows that stand for all that comes before them.
    pub(super) baseline: Option<&'static str>,
    /// Rows that are never the head.
    pub(super) aside: Option<&'static str>,
    pub(super) beside: Option<Beside>,
}

/// What most tools do.
pub(super) const ROWS: Rows = Rows {
    from: "{table} t",
    latest: None,
    name: "t.name",
    better_name: None,
    scope: None,
    order: "t.id",
    at: At::Unknown,
    skip: None,
    failed: None,
    running: None,
    baseline: None,
    aside: None,
    beside: None,
};

/// How rows follow each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Order {
    /// By number, of any length.
    Number,
    /// By text, byte by byte.
    Text,
}

/// Which rows are heads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Heads {
    /// The last one.
    Last,
    /// The last one of each scope.
    OfEachScope,
    /// All: the table holds nothing else, and several are branches that nobody merged.
    All,
    /// The only one: the table holds the current version and nothing else.
    Current,
}

/// What makes a migration the same in a table, in another table and in a folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Key {
    /// Its name.
    Name,
    /// The number that its name begins with.
    Number,
    /// The version between `V` and `__`, or the description of what can be repeated.
    Version,
}

/// How a folder holds migrations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Files {
    /// It is not read.
    Unread,
    /// Files with one of these endings, longest first; the name is without it.
    Stems(&'static [&'static str]),
    /// Files with one of these endings; the name is with it.
    Names(&'static [&'static str]),
    /// Folders that hold this file.
    Folders(&'static str),
    /// Python files with `revision` and `down_revision`.
    Alembic,
    /// `APP/migrations/NAME.py`.
    Django,
    /// `meta/_journal.json`, or folders that hold `migration.sql`.
    Drizzle,
}

/// A migration tool, by one form of its table.
#[derive(Clone, Copy, Debug)]
pub struct Tool {
    /// As options and snapshots write it.
    pub name: &'static str,
    /// As people write it.
    pub title: &'static str,
    /// How its table is called when nobody says otherwise.
    pub(super) tables: &'static [&'static str],
    /// The schema that it must be in.
    pub(super) schema: Option<&'static str>,
    /// Columns that must be there.
    pub(super) columns: &'static [Column],
    /// No other columns may be there.
    pub(super) exact: bool,
    /// A column that is peculiar enough to tell the tool, with the others, under any name.
    pub(super) marker: Option<&'static str>,
    /// A table that must be in the same schema.
    pub(super) companion: Option<&'static str>,
    pub(super) rows: Rows,
    pub(super) order: Order,
    pub(super) heads: Heads,
    pub(super) key: Key,
    pub(super) files: Files,
}

/// What most tools are like.
pub(super) const TOOL: Tool = Tool {
    name: "",
    title: "",
    tables: &[],
    schema: None,
    columns: &[],
    exact: false,
    marker: None,
    companion: None,
    rows: ROWS,
    order: Order::Number,
    heads: Heads::Last,
    key: Key::Name,
    files: Files::Unread,
};

impl Tool {
    /// True when the history holds all that was applied, and not just where the database stands.
    pub(super) fn keeps_all(&self) -> bool {
        matches!(self.heads, Heads::Last | Heads::OfEachScope)
    }
}
