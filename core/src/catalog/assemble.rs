//! From the rows of the catalog queries to a snapshot.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use serde::de::DeserializeOwned;
use thiserror::Error;

use super::resolve::{Address, Addresses, Target};
use super::{ExportOptions, Query, globs, respell};
use crate::migrations::{Ledger, Reading};
use crate::model::{FastMap, Id, SecurityLabel, Text};
use crate::objects::form::Record;
use crate::objects::{AnyObject, CATALOGS, Column, Described, Kind, Objects, Size, ViewColumn};
use crate::snapshot::{FORMAT, Snapshot, Source, Unmodelled, VERSION, fingerprint};

/// Why rows do not make a snapshot.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum CatalogError {
    /// A row is not in the form that its query gives.
    #[error("unexpected row of the catalog query {query:?} (key {key:?}): {source}")]
    Row {
        /// The query.
        query: String,
        /// The row's key.
        key: String,
        /// What is wrong with its value.
        source: serde_json::Error,
    },
    /// A row's key is not in the form that its query gives.
    #[error("unexpected key {key:?} of the catalog query {query:?}")]
    Key {
        /// The query.
        query: String,
        /// The key.
        key: String,
    },
    /// Rows of a query that does not exist.
    #[error("unknown catalog query {0:?}")]
    UnknownQuery(String),
    /// The first query returned nothing.
    #[error("the catalog does not say which database this is")]
    NoSource,
}

/// What the one who runs the queries knows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ExportInfo {
    /// When the transaction began, RFC 3339 in UTC.
    pub captured_at: String,
    /// The release that runs the queries.
    pub exporter_version: String,
}

/// Takes rows, gives a snapshot.
#[derive(Debug)]
pub struct Assembler {
    options: ExportOptions,
    info: ExportInfo,
    source: Option<Source>,
    classes: FastMap<Kind, &'static str>,
    objects: Objects,
    addresses: Addresses,
    /// Where the objects are: by address of the whole.
    places: FastMap<Address, (Kind, usize)>,
    /// Where the columns are: by address; the last number is the place among the columns.
    columns: FastMap<Address, usize>,
    /// The columns as they are read, before it is known which objects they belong to.
    of_tables: OfRelations<Column>,
    of_views: OfRelations<ViewColumn>,
    /// What belongs to an extension.
    members: Vec<(Address, Id)>,
    /// What goes with an extension.
    extensions: Vec<(Address, Id)>,
    edges: Vec<(Address, Address)>,
    comments: Vec<(Address, String)>,
    labels: Vec<(Address, SecurityLabel)>,
    sizes: Vec<(u32, Size)>,
    unmodelled: BTreeSet<Unmodelled>,
    /// What could not be read, each with the place of its query.
    not_read: Vec<(usize, String)>,
    histories: Reading,
}

impl Assembler {
    /// An assembler that has seen no row.
    pub fn new(info: ExportInfo, options: &ExportOptions) -> Assembler {
        Assembler {
            options: options.clone(),
            info,
            source: None,
            classes: CATALOGS.iter().copied().collect(),
            objects: Objects::default(),
            addresses: Addresses::default(),
            places: FastMap::default(),
            columns: FastMap::default(),
            of_tables: Vec::new(),
            of_views: Vec::new(),
            members: Vec::new(),
            extensions: Vec::new(),
            edges: Vec::new(),
            comments: Vec::new(),
            labels: Vec::new(),
            sizes: Vec::new(),
            unmodelled: BTreeSet::new(),
            not_read: Vec::new(),
            histories: Reading::default(),
        }
    }

    /// Takes one row of a query of [`super::queries`].
    pub fn row(&mut self, query: &str, key: &str, value: &str) -> Result<(), CatalogError> {
        let bad_row =
            |source| CatalogError::Row { query: query.to_owned(), key: key.to_owned(), source };
        let bad_key = || CatalogError::Key { query: query.to_owned(), key: key.to_owned() };
        match query {
            "source" => self.source = Some(serde_json::from_str(value).map_err(bad_row)?),
            "column" => {
                let column = read_column::<Column>(value).map_err(bad_row)?;
                add_column(&mut self.of_tables, key, column).ok_or_else(bad_key)?;
            }
            "view_column" => {
                let column = read_column::<ViewColumn>(value).map_err(bad_row)?;
                add_column(&mut self.of_views, key, column).ok_or_else(bad_key)?;
            }
            "alias" => {
                let target: String = serde_json::from_str(value).map_err(bad_row)?;
                let from = self.addresses.parse(key).ok_or_else(bad_key)?;
                let to = self.addresses.parse(&target).ok_or_else(bad_key)?;
                self.addresses.alias(from, to);
            }
            "of_extension" => {
                let name: String = serde_json::from_str(value).map_err(bad_row)?;
                let address = self.addresses.parse(key).ok_or_else(bad_key)?;
                self.members.push((address, Id::new("extension", &[&name])));
            }
            "extension_dependency" => {
                let name: String = serde_json::from_str(value).map_err(bad_row)?;
                let address = self.addresses.parse(key).ok_or_else(bad_key)?;
                self.extensions.push((address, Id::new("extension", &[&name])));
            }
            "dependency" => {
                let target: String = serde_json::from_str(value).map_err(bad_row)?;
                let from = self.addresses.parse(key).ok_or_else(bad_key)?;
                let to = self.addresses.parse(&target).ok_or_else(bad_key)?;
                self.edges.push((from, to));
            }
            "comment" => {
                let text = serde_json::from_str(value).map_err(bad_row)?;
                let address = self.addresses.parse(key).ok_or_else(bad_key)?;
                self.comments.push((address, text));
            }
            "security_label" => {
                let label = serde_json::from_str(value).map_err(bad_row)?;
                let address = self.addresses.parse(key).ok_or_else(bad_key)?;
                self.labels.push((address, label));
            }
            "statistics" => {
                let size = serde_json::from_str(value).map_err(bad_row)?;
                self.sizes.push((key.parse().map_err(|_| bad_key())?, size));
            }
            "not_read" => {
                let what = serde_json::from_str(value).map_err(bad_row)?;
                self.not_read.push((place_of_query(query, &self.options), what));
            }
            "ledger" => self.histories.candidate(value).map_err(bad_row)?,
            "migrations" => {
                self.histories.row(key, value).ok_or_else(bad_key)?.map_err(bad_row)?;
            }
            "unmodelled" => {
                #[derive(Deserialize)]
                struct Row {
                    kind: String,
                    name: String,
                }
                let row: Row = serde_json::from_str(value).map_err(bad_row)?;
                self.unmodelled.insert(Unmodelled { kind: row.kind, name: row.name });
            }
            other => {
                let kind = Kind::named(other)
                    .ok_or_else(|| CatalogError::UnknownQuery(other.to_owned()))?;
                self.add_object(kind, key, value).map_err(bad_row)?.ok_or_else(bad_key)?;
            }
        }
        Ok(())
    }

    /// Records that a query could not be run, and why. `table` is that of the query.
    pub fn failed(&mut self, query: &str, table: Option<&str>, message: &str) {
        let message = match table {
            Some(table) => {
                self.histories.failed(table);
                format!("{table}: {message}")
            }
            None => message.to_owned(),
        };
        self.not_read.push((place_of_query(query, &self.options), format!("{query}: {message}")));
    }

    /// The queries for the histories of migrations among the rows of [`super::ledger_search`].
    pub fn ledger_queries(&mut self) -> Vec<Query> {
        let Some(reading) = &self.options.migrations else { return Vec::new() };
        let wanted = |schema: &str| globs::wanted(schema, &self.options);
        let (queries, not_read) = self.histories.recognise(reading, wanted);
        self.tell_unread(not_read);
        let query = |(table, sql)| Query { name: "migrations", sql, table: Some(table) };
        queries.into_iter().map(query).collect()
    }

    fn tell_unread(&mut self, sentences: Vec<String>) {
        let place = place_of_query("migrations", &self.options);
        let told = sentences.into_iter().map(|what| (place, format!("migrations: {what}")));
        self.not_read.extend(told);
    }

    /// The histories of migrations that were read.
    fn ledgers(&mut self) -> Vec<Ledger> {
        let Some(reading) = &self.options.migrations else { return Vec::new() };
        let (ledgers, not_read) = std::mem::take(&mut self.histories).finish(reading);
        self.tell_unread(not_read);
        ledgers
    }

    /// The snapshot of all rows so far.
    pub fn finish(mut self) -> Result<Snapshot, CatalogError> {
        let mut source = self.source.take().ok_or(CatalogError::NoSource)?;
        self.place_columns();
        for (address, extension) in std::mem::take(&mut self.members) {
            self.addresses.insert(address, Target::Extension(extension));
        }
        self.attach();
        let statistics = self.statistics();
        let migrations = self.ledgers();
        let options = self.options;
        if !(options.schemas.is_empty() && options.exclude.is_empty()) {
            self.objects.retain(|object| {
                schema_of(object).is_none_or(|schema| globs::wanted(&schema, &options))
            });
        }
        self.objects.sort();
        source.label.clone_from(&options.label);
        source.captured_at = self.info.captured_at;
        source.exporter_version = self.info.exporter_version;
        source.schemas = options.schemas;
        source.excluded_schemas = options.exclude;
        source.roles = options.roles;
        source.migrations = options.migrations.is_some();
        // Answers come in any order.
        self.not_read.sort();
        source.not_read = self.not_read.into_iter().map(|(_, what)| what).collect();
        let mut snapshot = Snapshot {
            format: FORMAT.to_owned(),
            version: VERSION,
            fingerprint: String::new(),
            source,
            objects: self.objects,
            unmodelled: self.unmodelled.into_iter().collect(),
            statistics,
            migrations,
        };
        let Snapshot { objects, statistics, .. } = &mut snapshot;
        statistics.retain(|id, _| objects.find(id).is_some());
        snapshot.fingerprint = fingerprint(&snapshot);
        Ok(snapshot)
    }

    /// The number of a kind's class.
    fn class_of(&mut self, kind: Kind) -> u16 {
        let name = self.classes.get(&kind).copied().unwrap_or_default();
        self.addresses.class(name)
    }

    fn add_object(
        &mut self,
        kind: Kind,
        key: &str,
        value: &str,
    ) -> Result<Option<()>, serde_json::Error> {
        let Ok(oid) = key.parse() else { return Ok(None) };
        let index = self.objects.push_row(kind, value)?;
        if respell::may_need(value) {
            self.objects.record_mut(kind, index).into_iter().for_each(respell::respell);
        }
        let address = Address { class: self.class_of(kind), oid, sub: 0 };
        self.places.insert(address, (kind, index));
        if let Some(object) = self.objects.at(kind, index) {
            self.addresses.insert(address, Target::Object(object.id()));
        }
        Ok(Some(()))
    }

    /// Gives the columns to their relations. Tables of extensions are not read, their columns are.
    fn place_columns(&mut self) {
        let class = self.addresses.class("pg_class");
        for (oid, columns) in std::mem::take(&mut self.of_tables) {
            let Some((Kind::Table, index)) = self.places.get(&Address { class, oid, sub: 0 })
            else {
                continue;
            };
            let Some(table) = self.objects.table.get_mut(*index) else { continue };
            table.columns.reserve_exact(columns.len());
            for (place, (sub, column)) in columns.into_iter().enumerate() {
                let address = Address { class, oid, sub };
                let id = column.id(&table.schema, &table.name);
                self.columns.insert(address, place);
                self.addresses.insert(address, Target::Object(id));
                table.columns.push(column);
            }
        }
        for (oid, columns) in std::mem::take(&mut self.of_views) {
            let slot = match self.places.get(&Address { class, oid, sub: 0 }) {
                Some((Kind::View, index)) => {
                    self.objects.view.get_mut(*index).map(|view| &mut view.columns)
                }
                Some((Kind::MaterializedView, index)) => {
                    self.objects.materialized_view.get_mut(*index).map(|view| &mut view.columns)
                }
                _ => None,
            };
            let Some(slot) = slot else { continue };
            for (place, (sub, column)) in columns.into_iter().enumerate() {
                self.columns.insert(Address { class, oid, sub }, place);
                slot.push(column);
            }
        }
    }

    /// Hangs comments, labels and dependencies on their objects.
    fn attach(&mut self) {
        for (address, comment) in std::mem::take(&mut self.comments) {
            if address.sub > 0 {
                if let Some((slot, _)) = self.description_at(address) {
                    *slot = Some(comment.into());
                }
            } else if let Some(object) = self.object_at(address) {
                object.set_comment(comment);
            }
        }
        for (address, label) in std::mem::take(&mut self.labels) {
            if address.sub > 0 {
                if let Some((_, labels)) = self.description_at(address) {
                    labels.push(label);
                    labels.sort();
                }
            } else if let Some(object) = self.object_at(address) {
                object.add_label(label);
            }
        }
        for (address, extension) in std::mem::take(&mut self.extensions) {
            if let Some(Place::Object(kind, index)) = self.place_of(address)
                && let Some(object) = self.objects.at_mut(kind, index)
            {
                object.add_extension(extension);
            }
        }
        self.attach_dependencies();
    }

    fn object_at(&mut self, address: Address) -> Option<&mut dyn Described> {
        let (kind, index) = self.places.get(&address).copied()?;
        self.objects.at_mut(kind, index)
    }

    /// Comment and security labels of a column.
    fn description_at(
        &mut self,
        address: Address,
    ) -> Option<(&mut Option<Text>, &mut Vec<SecurityLabel>)> {
        let place = self.columns.get(&address).copied()?;
        let columns = match self.places.get(&Address { sub: 0, ..address }).copied()? {
            (Kind::Table, index) => {
                let column = self.objects.table.get_mut(index)?.columns.get_mut(place)?;
                return Some((&mut column.comment, &mut column.security_labels));
            }
            (Kind::View, index) => &mut self.objects.view.get_mut(index)?.columns,
            (Kind::MaterializedView, index) => {
                &mut self.objects.materialized_view.get_mut(index)?.columns
            }
            _ => return None,
        };
        let column = columns.get_mut(place)?;
        Some((&mut column.comment, &mut column.security_labels))
    }

    /// Turns the edges between addresses into edges between identities, at the object or column
    /// that depends.
    fn attach_dependencies(&mut self) {
        let default_class = self.addresses.class("pg_attrdef");
        let relation = self.addresses.class("pg_class");
        let mut of_objects: Vec<((Kind, usize), Id)> = Vec::new();
        let mut of_columns: BTreeMap<(usize, usize), [BTreeSet<Id>; 2]> = BTreeMap::new();
        for (from, to) in std::mem::take(&mut self.edges) {
            let Some(target) = self.addresses.resolve(to) else { continue };
            let Some(dependent) = self.addresses.resolve(from) else { continue };
            let Target::Object(dependent) = dependent else { continue };
            let target = match target {
                Target::Object(id) | Target::Extension(id) => id,
            };
            if dependent == target {
                continue;
            }
            let Some(place) = self.place_of(from) else { continue };
            match place {
                Place::Column(table, column) => {
                    let expression =
                        from.class == default_class || (to.class == relation && to.sub > 0);
                    let sets = of_columns.entry((table, column)).or_default();
                    sets[usize::from(expression)].insert(target.clone());
                }
                Place::Object(Kind::Sequence, _) if to.sub > 0 => {} // `owned_by` says so
                Place::Object(kind, index) => of_objects.push(((kind, index), target.clone())),
            }
        }
        of_objects.sort_unstable();
        of_objects.dedup();
        for of_one in of_objects.chunk_by(|(a, _), (b, _)| a == b) {
            let Some(((kind, index), _)) = of_one.first() else { continue };
            // That it depends on its parent goes without saying.
            let implied = self.objects.at(*kind, *index).and_then(AnyObject::parent);
            let ids = of_one.iter().map(|(_, id)| id).filter(|id| implied.as_ref() != Some(id));
            if let Some(object) = self.objects.at_mut(*kind, *index) {
                object.set_depends_on(ids.cloned().collect());
            }
        }
        for ((table, column), [of_type, of_expression]) in of_columns {
            let slot = self.objects.table.get_mut(table).and_then(|t| t.columns.get_mut(column));
            if let Some(slot) = slot {
                slot.depends_on = of_type.into_iter().collect();
                slot.expression_depends_on = of_expression.into_iter().collect();
            }
        }
    }

    /// The object or column that an address belongs to.
    fn place_of(&self, address: Address) -> Option<Place> {
        let mut at = address;
        for _ in 0..6 {
            if let Some(column) = self.columns.get(&at)
                && let Some((Kind::Table, table)) = self.places.get(&Address { sub: 0, ..at })
            {
                return Some(Place::Column(*table, *column));
            }
            if let Some((kind, index)) = self.places.get(&Address { sub: 0, ..at }) {
                return Some(Place::Object(*kind, *index));
            }
            at = self.addresses.next(at)?;
        }
        None
    }

    fn statistics(&mut self) -> BTreeMap<Id, Size> {
        let class = self.addresses.class("pg_class");
        let sizes = std::mem::take(&mut self.sizes);
        sizes
            .into_iter()
            .filter_map(|(oid, size)| {
                match self.addresses.resolve(Address { class, oid, sub: 0 })? {
                    Target::Object(id) => Some((id.clone(), size)),
                    Target::Extension(_) => None,
                }
            })
            .collect()
    }
}

/// Columns of relations, each with its number; the rows of a relation come together.
type OfRelations<C> = Vec<(u32, Vec<(i32, C)>)>;

/// Takes a column; its key is `oid.number`.
fn read_column<C: Record + DeserializeOwned>(value: &str) -> Result<C, serde_json::Error> {
    let mut column = serde_json::from_str(value)?;
    if respell::may_need(value) {
        respell::respell(&mut column);
    }
    Ok(column)
}

fn add_column<C>(read: &mut OfRelations<C>, key: &str, column: C) -> Option<()> {
    let (oid, number) = key.split_once('.')?;
    let (oid, column) = (oid.parse().ok()?, (number.parse().ok()?, column));
    match read.last_mut() {
        Some((last, columns)) if *last == oid => columns.push(column),
        _ => read.push((oid, vec![column])),
    }
    Some(())
}

/// The order in which what could not be read is told: that of the queries, kinds first.
fn place_of_query(query: &str, options: &ExportOptions) -> usize {
    let kind = Kind::ALL.iter().position(|kind| kind.as_str() == query);
    kind.unwrap_or_else(|| {
        let shared = super::shared::queries(0, options);
        let place = shared.iter().position(|(name, _)| *name == query);
        Kind::ALL.len() + place.unwrap_or(shared.len())
    })
}

/// Where a dependency hangs.
enum Place {
    /// On a column: place of the table, place of the column.
    Column(usize, usize),
    /// On an object.
    Object(Kind, usize),
}

/// The schema that decides whether an object is read: its own, or itself.
fn schema_of(object: &dyn AnyObject) -> Option<String> {
    match object.kind() {
        Kind::Schema => Some(object.display_name()),
        _ => object.schema().map(str::to_owned),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a failed unwrap fails the test")]
mod tests {
    use super::*;

    #[test]
    fn what_was_not_read_is_told_in_one_order() {
        let told = |failures: &[(&str, &str)]| {
            let options = ExportOptions::default();
            let mut assembler = Assembler::new(ExportInfo::default(), &options);
            assembler.row("source", "", "{}").unwrap();
            for (query, message) in failures {
                assembler.failed(query, None, message);
            }
            assembler.finish().unwrap().source.not_read
        };
        let expected = ["table: a", "alias: b", "dependency: c", "statistics: d", "unmodelled: e"]
            .map(str::to_owned);
        let mut failures = [
            ("table", "a"),
            ("alias", "b"),
            ("dependency", "c"),
            ("statistics", "d"),
            ("unmodelled", "e"),
        ];
        assert_eq!(told(&failures), expected);
        failures.reverse();
        assert_eq!(told(&failures), expected);
    }
}
