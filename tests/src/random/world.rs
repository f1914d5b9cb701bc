//! What a script has made so far, for what refers to it.

/// What can be done with the values of a type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    Integer,
    Number,
    Text,
    Time,
    Flag,
    Document,
    Words,
    Range,
    List,
    /// Can be compared, and no more is known.
    Ordered,
    Other,
}

impl Class {
    /// True when a B-tree takes the values.
    pub(super) fn is_ordered(self) -> bool {
        !matches!(self, Self::Document | Self::Other)
    }
}

/// A data type.
#[derive(Clone, Debug)]
pub(super) struct Type {
    /// The name, as SQL.
    pub(super) name: String,
    /// An expression of the type.
    pub(super) value: String,
    pub(super) class: Class,
}

#[derive(Clone, Debug)]
pub(super) struct Column {
    /// The name, as SQL.
    pub(super) name: String,
    pub(super) of: Type,
    pub(super) generated: bool,
    pub(super) not_null: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RelationKind {
    Table,
    Unlogged,
    Partitioned,
    Partition,
    Child,
    View,
    MaterializedView,
    Foreign,
}

/// A table, or what can be read like one.
#[derive(Clone, Debug)]
pub(super) struct Relation {
    /// Where it is decided: `table:2`.
    pub(super) path: String,
    /// The name with its schema, as SQL.
    pub(super) name: String,
    /// The name alone, not quoted.
    pub(super) own_name: String,
    pub(super) kind: RelationKind,
    pub(super) columns: Vec<Column>,
    /// The columns of its primary key, once it has one.
    pub(super) primary_key: Vec<Column>,
}

impl Relation {
    /// True when it can have keys and indexes of its own.
    pub(super) fn is_table(&self) -> bool {
        !matches!(
            self.kind,
            RelationKind::View | RelationKind::MaterializedView | RelationKind::Foreign
        )
    }

    pub(super) fn of_class(&self, class: Class) -> Vec<Column> {
        self.columns.iter().filter(|column| column.of.class == class).cloned().collect()
    }

    pub(super) fn ordered(&self) -> Vec<Column> {
        self.columns.iter().filter(|column| column.of.class.is_ordered()).cloned().collect()
    }
}

/// A function that reads nothing but its argument.
#[derive(Clone, Debug)]
pub(super) struct Routine {
    /// The name with its schema, as SQL.
    pub(super) name: String,
    /// What it takes.
    pub(super) takes: Class,
    /// What it gives.
    pub(super) gives: Class,
}

/// All of it.
#[derive(Clone, Debug, Default)]
pub(super) struct World {
    /// Schemas, as SQL.
    pub(super) schemas: Vec<String>,
    pub(super) collations: Vec<String>,
    pub(super) types: Vec<Type>,
    /// Composite types, with their attributes.
    pub(super) composites: Vec<(String, Vec<Column>)>,
    pub(super) sequences: Vec<String>,
    pub(super) functions: Vec<Routine>,
    pub(super) relations: Vec<Relation>,
    /// An operator class for texts.
    pub(super) operator_class: Option<String>,
    /// Objects that can have a comment, an owner and grants: the words of the statement
    /// (`TABLE public.t`) and the privileges there are, if any.
    pub(super) named: Vec<Named>,
}

/// An object as statements about its owner, comment and grants name it.
#[derive(Clone, Debug)]
pub(super) struct Named {
    pub(super) path: String,
    /// As after `COMMENT ON`.
    pub(super) words: String,
    /// True when `ALTER … OWNER TO` is for it.
    pub(super) owned: bool,
    /// As after `GRANT … ON`, and what can be granted.
    pub(super) grants: Option<(String, &'static [&'static str])>,
}

impl World {
    /// Notes an object that has a comment only.
    pub(super) fn note(&mut self, path: &str, words: String) {
        self.named.push(Named { path: path.to_owned(), words, owned: false, grants: None });
    }

    /// Notes an object that has an owner, and perhaps grants under these words.
    pub(super) fn note_owned(
        &mut self,
        path: &str,
        words: String,
        grants: Option<(String, &'static [&'static str])>,
    ) {
        self.named.push(Named { path: path.to_owned(), words, owned: true, grants });
    }

    /// Functions for an argument and a result.
    pub(super) fn functions(&self, takes: Class, gives: Class) -> Vec<String> {
        let fit = self.functions.iter().filter(|f| f.takes == takes && f.gives == gives);
        fit.map(|f| f.name.clone()).collect()
    }

    /// Notes a type with its grants, as usable in columns.
    pub(super) fn add_type(&mut self, path: &str, words: &str, of: Type) {
        let name = of.name.clone();
        self.note_owned(
            path,
            format!("{words} {name}"),
            Some((format!("TYPE {name}"), &["USAGE"])),
        );
        self.types.push(of);
    }
}
