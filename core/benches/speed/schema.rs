//! A made-up schema: what its tables are like, before and after it drifted.

/// A small generator of numbers that gives the same ones everywhere (`SplitMix64`).
pub(crate) struct Numbers(u64);

impl Numbers {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A number below `end`.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        // 31 bits fit a usize of every platform.
        usize::try_from((z ^ (z >> 31)) >> 33).unwrap_or_default() % end.max(1)
    }

    fn percent(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }
}

/// Types of columns with the default that some of them have.
const TYPES: &[(&str, Option<&str>)] = &[
    ("text", None),
    ("text", Some("''::text")),
    ("character varying(80)", None),
    ("character varying(255)", None),
    ("integer", Some("0")),
    ("bigint", None),
    ("numeric(12,2)", Some("0.00")),
    ("boolean", Some("false")),
    ("timestamp with time zone", Some("now()")),
    ("date", None),
    ("uuid", None),
    ("jsonb", Some("'{}'::jsonb")),
    ("text[]", None),
];

const WORDS: &[&str] = &[
    "title",
    "status",
    "amount",
    "quantity",
    "price",
    "email",
    "phone",
    "code",
    "slug",
    "notes",
    "payload",
    "score",
    "weight",
    "height",
    "starts_at",
    "ends_at",
    "due_on",
    "locale",
    "colour",
    "source",
    "target",
    "labels",
    "options",
    "rate",
    "tax",
    "balance",
    "token",
    "version",
];

/// Every table belongs to a schema of this many.
const TABLES_PER_SCHEMA: usize = 250;

/// What a column is like.
#[derive(Clone)]
pub(crate) struct ColumnSpec {
    pub(crate) name: String,
    pub(crate) data_type: &'static str,
    pub(crate) default: Option<&'static str>,
    pub(crate) not_null: bool,
    pub(crate) comment: Option<String>,
}

/// What a table is like, with all that belongs to it.
#[derive(Clone)]
pub(crate) struct TableSpec {
    pub(crate) schema: String,
    pub(crate) name: String,
    pub(crate) columns: Vec<ColumnSpec>,
    /// The place of the table that its foreign key points to, and what happens on deletion.
    pub(crate) parent: Option<(usize, &'static str)>,
    /// Names of the indexed columns.
    pub(crate) indexes: Vec<String>,
    /// The lower bound of its CHECK, if it has one.
    pub(crate) check: Option<usize>,
    pub(crate) comment: Option<String>,
    pub(crate) readers: bool,
    /// How many of its columns its view shows; none has no view.
    pub(crate) view: Option<usize>,
    /// Its trigger function's revision; none has no trigger.
    pub(crate) trigger: Option<usize>,
    /// The values of its status type; none has no such column.
    pub(crate) status: Option<usize>,
    pub(crate) present: bool,
}

/// A schema of this many tables.
pub(crate) fn tables(count: usize) -> Vec<TableSpec> {
    let mut numbers = Numbers::new(1);
    (0..count).map(|at| table(at, &mut numbers)).collect()
}

fn table(at: usize, numbers: &mut Numbers) -> TableSpec {
    let count = 10 + numbers.below(5);
    let columns: Vec<ColumnSpec> = (0..count).map(|place| column(place, numbers)).collect();
    let indexes = 1 + numbers.below(4);
    TableSpec {
        schema: format!("area_{:02}", at / TABLES_PER_SCHEMA),
        name: format!("{}_{at:05}", WORDS[at % WORDS.len()]),
        indexes: columns.iter().take(indexes).map(|column| column.name.clone()).collect(),
        columns,
        parent: (at > 0 && numbers.percent(80)).then(|| {
            (numbers.below(at), if numbers.percent(50) { " ON DELETE CASCADE" } else { "" })
        }),
        check: numbers.percent(60).then(|| numbers.below(10)),
        comment: numbers.percent(30).then(|| format!("What is known of number {at}")),
        readers: numbers.percent(50),
        view: numbers.percent(15).then_some(3),
        trigger: numbers.percent(25).then_some(1),
        status: numbers.percent(10).then_some(4),
        present: true,
    }
}

fn column(place: usize, numbers: &mut Numbers) -> ColumnSpec {
    let (data_type, default) = TYPES[numbers.below(TYPES.len())];
    let name = format!("{}_{place}", WORDS[numbers.below(WORDS.len())]);
    ColumnSpec {
        data_type,
        default,
        not_null: default.is_some() && numbers.percent(60),
        comment: numbers.percent(5).then(|| format!("The {name} as it was entered")),
        name,
    }
}

/// The same schema after about `percent` of its tables changed, each in one of the ways that
/// schemas change; some are gone, and some are new.
pub(crate) fn drifted(before: &[TableSpec], percent: usize) -> Vec<TableSpec> {
    let mut numbers = Numbers::new(2);
    let mut after = before.to_vec();
    for table in &mut after {
        if numbers.percent(percent) {
            change(table, &mut numbers);
        }
    }
    let count = before.len();
    after.extend((count..count + count * percent / 500).map(|at| table(at, &mut numbers)));
    after
}

fn change(table: &mut TableSpec, numbers: &mut Numbers) {
    let place = numbers.below(table.columns.len());
    let way = numbers.below(14);
    if way == 0 {
        let like = table.columns[place].clone();
        table.columns.push(ColumnSpec { name: "added".to_owned(), ..like });
        return;
    }
    let column = &mut table.columns[place];
    match way {
        1 => drop_last_column(table),
        2 => column.data_type = "text",
        3 => column.not_null = !column.not_null,
        4 => column.default = column.default.is_none().then_some("NULL"),
        5 => column.comment = Some("Said anew".to_owned()),
        6 => table.indexes.push(table.columns[place].name.clone()),
        7 => table.indexes.truncate(1),
        8 => table.check = Some(11),
        9 => table.readers = !table.readers,
        10 => table.view = table.view.map_or(Some(3), |shown| Some(shown + 1)),
        11 => table.trigger = table.trigger.map_or(Some(1), |revision| Some(revision + 1)),
        12 => table.status = table.status.map_or(Some(4), |values| Some(values + 1)),
        _ => table.present = false,
    }
    table.indexes.sort();
    table.indexes.dedup();
}

/// Views show the first columns and indexes are on them, so that the last one is free to go.
fn drop_last_column(table: &mut TableSpec) {
    table.columns.pop();
    let columns = &table.columns;
    table.indexes.retain(|name| columns.iter().any(|column| column.name == *name));
}
