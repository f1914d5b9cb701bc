//! Questions about how objects hang together: the diagram, the lists beside it, one object.

use std::collections::BTreeMap;

use pgparity_core::model::Id;
use serde::{Deserialize, Serialize};

use super::{Link, Status};

/// What can be asked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) enum ExploreAsk {
    /// The diagram.
    Diagram {
        /// Of what.
        query: ExploreQuery,
    },
    /// The diagram as a file.
    Svg {
        /// Of what.
        query: ExploreQuery,
    },
    /// Rows of a list.
    Rows {
        /// What is looked at.
        query: ExploreQuery,
        /// Which list.
        list: Listing,
        /// An object whose row is wanted.
        find: Option<Id>,
        /// The first row.
        start: usize,
        /// How many.
        len: usize,
    },
    /// One object.
    Object {
        /// The snapshot, by its name on the shelf; without it as the diagram.
        of: Option<String>,
        /// Which.
        id: Id,
    },
}

impl ExploreAsk {
    /// The line that a question waits in.
    pub(super) fn line(&self) -> Option<&'static str> {
        Some(match self {
            ExploreAsk::Diagram { .. } => "explore diagram",
            // Somebody waits for the file.
            ExploreAsk::Svg { .. } => return None,
            ExploreAsk::Rows { list: Listing::Drawn, .. } => "explore drawn",
            ExploreAsk::Rows { list: Listing::Objects { .. }, .. } => "explore objects",
            ExploreAsk::Rows { list: Listing::Falls { .. }, .. } => "explore falls",
            ExploreAsk::Object { .. } => "explore object",
        })
    }
}

/// What the diagram shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct ExploreQuery {
    /// A snapshot, by its name on the shelf; without it From and To together, or the only one there is.
    pub of: Option<String>,
    /// The object in the middle; without it what differs.
    pub around: Option<Id>,
    /// How many steps from there, 1 to [`MOST_HOPS`].
    pub hops: usize,
    /// What is in a table.
    pub columns: Columns,
    /// The tables that somebody has put in their places, and these: left and upper edge.
    pub pins: Pins,
}

/// Where somebody has put tables. They stay there, and in the diagram.
pub(crate) type Pins = BTreeMap<Id, (i32, i32)>;

/// So many steps at most.
pub(crate) const MOST_HOPS: usize = 3;

impl Default for ExploreQuery {
    fn default() -> ExploreQuery {
        ExploreQuery {
            of: None,
            around: None,
            hops: 1,
            columns: Columns::default(),
            pins: Pins::new(),
        }
    }
}

/// Which columns the tables of the diagram show.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) enum Columns {
    /// None.
    #[default]
    Names,
    /// Those of primary and foreign keys.
    Keys,
    /// All.
    All,
}

impl Columns {
    /// Every choice: its name in addresses, and its words.
    pub(crate) const ALL: [(Columns, &'static str, &'static str); 3] = [
        (Columns::Names, "none", "names of tables"),
        (Columns::Keys, "keys", "keys"),
        (Columns::All, "all", "all columns"),
    ];

    /// The name in addresses.
    pub(crate) fn name(self) -> &'static str {
        Columns::ALL.iter().find(|(columns, ..)| *columns == self).map_or("", |(_, name, _)| name)
    }

    /// The choice of a name.
    pub(crate) fn from_name(name: &str) -> Option<Columns> {
        Columns::ALL.iter().find(|(_, other, _)| *other == name).map(|(columns, ..)| *columns)
    }
}

/// Which list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Listing {
    /// What the diagram shows, as a list.
    Drawn,
    /// The objects of a snapshot.
    Objects {
        /// Words that names or kinds contain.
        text: String,
    },
    /// What breaks when an object is dropped.
    Falls {
        /// The object.
        id: Id,
    },
}

/// The answers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) enum ExploreAnswer {
    /// To [`ExploreAsk::Diagram`].
    Diagram(Diagram),
    /// To [`ExploreAsk::Svg`].
    Svg(String),
    /// To [`ExploreAsk::Rows`].
    Rows(Listed),
    /// To [`ExploreAsk::Object`].
    Object(Box<Portrait>),
}

/// Tables and what leads from one to another, each at its place.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Diagram {
    /// What is drawn and what is not, in sentences.
    pub words: Vec<String>,
    /// How many tables there are.
    pub tables: usize,
    /// The width.
    pub width: i32,
    /// The height.
    pub height: i32,
    /// The tables.
    pub cards: Vec<Card>,
    /// What leads from one to another.
    pub wires: Vec<Wire>,
}

/// A table of the diagram.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Card {
    /// The table.
    pub id: Id,
    /// Its own name, as much of it as is drawn.
    pub name: String,
    /// Its schema, and how many partitions are in it.
    pub under: String,
    /// All of its name and what happens to it, in words.
    pub words: String,
    /// What happens to it.
    pub status: Status,
    /// The mark in its corner: a sign, and how many changes there are in it.
    pub badge: String,
    /// Where it is.
    pub area: Area,
    /// Its columns, as far as they are shown.
    pub lines: Vec<CardLine>,
    /// Somebody has put it in its place.
    pub pinned: bool,
}

/// A place in the diagram.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Area {
    /// The left edge.
    pub x: i32,
    /// The upper edge.
    pub y: i32,
    /// The width.
    pub width: i32,
    /// The height.
    pub height: i32,
}

/// A line of a table: a column, or how many more there are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct CardLine {
    /// The text.
    pub text: String,
    /// What happens to it.
    pub status: Status,
}

/// What leads from one table to another.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Wire {
    /// The foreign key, or the child table.
    pub id: Id,
    /// The table that refers, by its place.
    pub from: usize,
    /// The table that it refers to.
    pub to: usize,
    /// Its name and what happens to it, in words.
    pub words: String,
    /// It inherits, rather than refers.
    pub inherits: bool,
    /// What happens to it.
    pub status: Status,
    /// The line.
    pub path: String,
    /// The arrow at its end.
    pub head: String,
    /// Its sign, where something happens to it, and where that stands.
    pub sign: Option<(i32, i32)>,
}

/// Rows of a list.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Listed {
    /// How many there are.
    pub total: usize,
    /// How many objects are among them.
    pub objects: usize,
    /// The number of the first row of the window.
    pub start: usize,
    /// The window.
    pub window: Vec<ListRow>,
    /// The place of the object that was asked for.
    pub found: Option<usize>,
}

/// A row of a list.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct ListRow {
    /// How deep it stands, from 1.
    pub level: usize,
    /// The object; `None` for a heading.
    pub id: Option<Id>,
    /// The text.
    pub label: String,
    /// What it is, in words.
    pub kind: String,
    /// What else there is to say.
    pub note: String,
    /// What happens to it.
    pub status: Option<Status>,
    /// The row that it belongs to.
    pub up: Option<usize>,
    /// The row that it leads to.
    pub on: Option<usize>,
}

/// One object of one snapshot.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Portrait {
    /// The object.
    pub id: Id,
    /// Its qualified name.
    pub title: String,
    /// What it is, in words.
    pub kind: String,
    /// What is odd about its name.
    pub warnings: Vec<String>,
    /// The name of the snapshot it is shown from.
    pub snapshot: String,
    /// The table of the diagram that it belongs to.
    pub table: Option<Id>,
    /// The statements that make it.
    pub definition: String,
    /// What it needs.
    pub depends_on: Vec<Link>,
    /// What needs it.
    pub used_by: Vec<Link>,
    /// What happens when it is dropped, in a sentence; the list says which.
    pub fall: String,
    /// How many objects that concerns.
    pub falls: usize,
}
