//! What takes long to find out about a [`Situation`], and is asked for each of many objects.

use std::cell::{OnceCell, RefCell};

use super::partition::Part;
use super::table::PartitionOf;
use super::{Column, Constraint, Object, Situation, Table};
use crate::model::{FastMap, FastSet, Id, Text};
use crate::sql::qualified;

/// What has been found out; each [`Situation`] has its own.
#[derive(Debug, Default)]
pub struct Known {
    /// Whether the statement that makes an index, key or constraint for a partitioned table may make
    /// those of all the tables below.
    pub(super) reaches_all: RefCell<FastMap<Id, bool>>,
    /// For the table on top of a tree of partitions: those of its tables that foreign keys lead to; `None`
    /// where moving rows within it sets off more than that.
    pub(super) row_trees: RefCell<FastMap<Text, Option<FastSet<Id>>>>,
    /// The places, in `from`, of the columns whose types are not built in, with those of their tables.
    of_own_types: OnceCell<Vec<(usize, usize)>>,
    /// Those among these of a type, by its text.
    of_type: OnceCell<FastMap<Text, Vec<(usize, usize)>>>,
    /// The places, in `from`, of the foreign keys that lead to a table.
    leading: OnceCell<FastMap<Id, Vec<usize>>>,
    /// The places, in `from`, of the partitions that leave a table, or get another bound.
    leaving: OnceCell<FastMap<Text, Vec<usize>>>,
    /// The names of the tables and indexes, those of keys too, that there are to be.
    relations: OnceCell<FastSet<String>>,
    /// The places, in `from`, of the partitions and children of a table.
    below: OnceCell<FastMap<Text, Vec<usize>>>,
}

impl<'a> Situation<'a> {
    /// The columns, as they are, whose types or collations are not built in.
    pub(super) fn columns_of_own_types(&self) -> Vec<(&'a Table, &'a Column)> {
        self.places_of_own_types(|places| {
            places.iter().filter_map(|at| self.column_at(at)).collect()
        })
    }

    fn places_of_own_types<T>(&self, look: impl FnOnce(&[(usize, usize)]) -> T) -> T {
        let find = || {
            let mut found = Vec::new();
            for (place, table) in self.from.table.iter().enumerate() {
                let own = table.columns.iter().enumerate();
                let own = own.filter(|(_, column)| !column.depends_on.is_empty());
                found.extend(own.map(|(at, _)| (place, at)));
            }
            found
        };
        let anew = Known::default();
        look(self.known.unwrap_or(&anew).of_own_types.get_or_init(find))
    }

    /// The columns, as they are, of one of these types, which are not built in.
    pub(super) fn columns_of_types(&self, types: &[Text]) -> Vec<(&'a Table, &'a Column)> {
        let find = || {
            let mut of_type: FastMap<Text, Vec<(usize, usize)>> = FastMap::default();
            let own = self.places_of_own_types(<[(usize, usize)]>::to_vec);
            for (place, column) in own.iter().filter_map(|at| Some((at, self.column_at(at)?.1))) {
                of_type.entry(column.data_type.clone()).or_default().push(*place);
            }
            of_type
        };
        let anew = Known::default();
        let of_type = self.known.unwrap_or(&anew).of_type.get_or_init(find);
        let mut places: Vec<(usize, usize)> =
            types.iter().filter_map(|name| of_type.get(name)).flatten().copied().collect();
        places.sort_unstable();
        places.iter().filter_map(|at| self.column_at(at)).collect()
    }

    fn column_at(&self, (table, at): &(usize, usize)) -> Option<(&'a Table, &'a Column)> {
        let table = self.from.table.as_shared().get(*table)?;
        Some((&**table, table.columns.get(*at)?))
    }

    /// The partitions of a table that leave it, or get another bound.
    pub(super) fn leaving(&self, table: &str) -> Vec<&'a PartitionOf> {
        let tables = self.from.table.as_shared();
        let find = || {
            let mut leaving: FastMap<Text, Vec<usize>> = FastMap::default();
            for (place, part) in tables.iter().enumerate() {
                let Some(of) = &part.partition_of else { continue };
                let after = self.table_to(&part.schema, &part.name);
                if after.is_none_or(|after| after.partition_of.as_ref() != Some(of)) {
                    leaving.entry(of.table.clone()).or_default().push(place);
                }
            }
            leaving
        };
        let anew = Known::default();
        let leaving = self.known.unwrap_or(&anew).leaving.get_or_init(find);
        let places = leaving.get(table).into_iter().flatten();
        places.filter_map(|at| tables.get(*at)?.partition_of.as_ref()).collect()
    }

    /// True when there is to be a table or an index, be it that of a key, of this qualified name.
    pub(super) fn names_relation_to(&self, name: &str) -> bool {
        let find = || {
            let keys = self.to.constraint.iter().filter(|key| key.has_index());
            let keys = keys.map(|key| qualified(&key.schema, &key.name));
            let indexes = self.to.index.iter().map(Object::sql_name);
            keys.chain(indexes).chain(self.to.table.iter().map(Object::sql_name)).collect()
        };
        let anew = Known::default();
        self.known.unwrap_or(&anew).relations.get_or_init(find).contains(name)
    }

    /// The partitions and children of a table, as they are.
    pub(crate) fn below(&self, table: &str) -> Vec<&'a Table> {
        let tables = self.from.table.as_shared();
        let find = || {
            let mut below: FastMap<Text, Vec<usize>> = FastMap::default();
            for (place, table) in tables.iter().enumerate() {
                let above = table.partition_of.iter().map(|of| &of.table);
                for parent in above.chain(&table.inherits) {
                    below.entry(parent.clone()).or_default().push(place);
                }
            }
            below
        };
        let anew = Known::default();
        let below = self.known.unwrap_or(&anew).below.get_or_init(find);
        let places = below.get(table).into_iter().flatten();
        places.filter_map(|at| tables.get(*at)).map(|table| &**table).collect()
    }

    /// The foreign keys, as they are, that lead to one of these tables, in the order of the snapshot.
    pub(super) fn leading_to(&self, tables: &[Id]) -> Vec<&'a Constraint> {
        let keys = self.from.constraint.as_shared();
        let find = || {
            let mut leading: FastMap<Id, Vec<usize>> = FastMap::default();
            for (place, key) in keys.iter().enumerate() {
                if let Some(target) = &key.references {
                    leading.entry(target.clone()).or_default().push(place);
                }
            }
            leading
        };
        let anew = Known::default();
        let leading = self.known.unwrap_or(&anew).leading.get_or_init(find);
        let places = tables.iter().filter_map(|table| leading.get(table)).flatten();
        let mut places: Vec<usize> = places.copied().collect();
        places.sort_unstable();
        places.dedup();
        places.iter().filter_map(|at| keys.get(*at)).map(|key| &**key).collect()
    }
}
