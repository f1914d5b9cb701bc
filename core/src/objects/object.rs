//! The interface between object kinds and everything that is generic over them.

use std::any::Any;

use serde_json::{Map, Value};

use super::attached::{Described, fields};
use super::form::Record;
use super::{Kind, Situation};
use crate::action::Action;
use crate::model::Id;

/// What orders the objects of one kind: schema, then the table it belongs to or its own name, then
/// the rest of the identity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key<'a>(pub &'a str, pub &'a str, pub &'a str);

/// The names of the attributes that differ between two states of an object.
#[derive(Clone, Debug, Default)]
pub struct Changed(pub Vec<String>);

impl Changed {
    /// True when the attribute differs.
    pub fn has(&self, name: &str) -> bool {
        self.0.iter().any(|changed| changed == name)
    }

    /// True when any of the attributes differs.
    pub fn any(&self, names: &[&str]) -> bool {
        names.iter().any(|name| self.has(name))
    }

    /// True when nothing else than these attributes differs, apart from what hangs on every object.
    pub fn only(&self, names: &[&str]) -> bool {
        self.0.iter().all(|name| {
            names.contains(&name.as_str()) || super::attached::GENERIC.contains(&name.as_str())
        })
    }
}

/// How an object gets from one state to another.
#[derive(Debug)]
pub enum Alteration {
    /// It stays and is altered.
    InPlace(Vec<Action>),
    /// It must be dropped and created again; why.
    Replace(String),
}

impl Alteration {
    /// For kinds of which no statement alters the definition.
    pub(super) fn replace_if(changed: &Changed, reason: &str) -> Alteration {
        if changed.only(&[]) {
            Alteration::InPlace(Vec::new())
        } else {
            Alteration::Replace(reason.to_owned())
        }
    }
}

/// An object kind.
pub trait Object: Clone + Default + PartialEq + Described + Record + 'static {
    /// The kind.
    const KIND: Kind;
    /// The system catalog that holds it: its class in `pg_depend` and `pg_description`.
    const CATALOG: &'static str;
    /// The fields that tell it from others of its kind.
    const IDENTITY: &'static [&'static str] = &["schema", "table", "name"];
    /// True where [`Object::key`] begins with schema and name of the relation that is its parent.
    const ON_RELATION: bool = false;

    /// The catalog query: two text columns, the OID and the object as JSON.
    fn query(server: u32) -> String;
    /// What orders and identifies it within its kind.
    fn key(&self) -> Key<'_>;
    /// The key of the object with an identity, out of the unquoted parts of its name. `None` where
    /// these do not tell it.
    fn key_of(_parts: &[String]) -> Option<Key<'_>> {
        None
    }
    /// The identity.
    fn id(&self) -> Id;
    /// The schema it is in.
    fn schema(&self) -> Option<&str>;
    /// Its own name as people read it.
    fn name(&self) -> String;
    /// The object without which it cannot exist.
    fn parent(&self) -> Option<Id> {
        None
    }
    /// The object of a parent table that it is a part of: it comes and goes with it.
    fn attached_to(&self) -> Option<Id> {
        None
    }
    /// The words that name its kind in `ALTER`, `COMMENT ON` and `DROP`: `MATERIALIZED VIEW`.
    fn keyword(&self) -> &'static str;
    /// Its name behind those words: `public.orders`, `trg ON public.orders`.
    fn sql_name(&self) -> String;
    /// The words behind `GRANT … ON`; `None` for kinds without privileges.
    fn grant_keyword(&self) -> Option<&'static str> {
        None
    }
    /// What PUBLIC may do with it by default, from `acldefault()`.
    fn public_privileges(&self) -> &'static [&'static str] {
        &[]
    }
    /// Its name behind GRANT.
    fn grant_name(&self) -> String {
        self.sql_name()
    }
    /// The statements that bring it, without owner, grants and comment.
    fn create(&self, situation: &Situation<'_>) -> Vec<Action>;
    /// The statements that remove it.
    fn remove(&self, situation: &Situation<'_>) -> Vec<Action>;
    /// How it gets from this state to that one, without owner, grants and comment.
    fn alter(&self, to: &Self, changed: &Changed, situation: &Situation<'_>) -> Alteration;
    /// The place among the statements of [`Object::create`] of the one that needs what the object
    /// depends on.
    fn completed_at(&self) -> usize {
        0
    }
    /// Names it holds that no other object may have at the same time, as `class:name`.
    fn names(&self) -> Vec<String> {
        Vec::new()
    }
    /// Statements about parts of it that hang on no object of their own (comments on columns and
    /// the like), to be run after it was created.
    fn finish(&self, _situation: &Situation<'_>) -> Vec<Action> {
        Vec::new()
    }
    /// Statements about what PostgreSQL forgets of it when it builds it anew by itself, because a
    /// column gets another type.
    fn forgotten(&self, _situation: &Situation<'_>) -> Vec<Action> {
        Vec::new()
    }
}

/// An [`Object`] of some kind.
pub trait AnyObject: Described {
    /// See [`Object::KIND`].
    fn kind(&self) -> Kind;
    /// See [`Object::IDENTITY`].
    fn identity_fields(&self) -> &'static [&'static str];
    /// See [`Object::id`].
    fn id(&self) -> Id;
    /// See [`Object::schema`].
    fn schema(&self) -> Option<&str>;
    /// See [`Object::name`].
    fn display_name(&self) -> String;
    /// See [`Object::parent`].
    fn parent(&self) -> Option<Id>;
    /// See [`Object::ON_RELATION`].
    fn is_on_relation(&self) -> bool;
    /// See [`Object::attached_to`].
    fn attached_to(&self) -> Option<Id>;
    /// See [`Object::keyword`].
    fn keyword(&self) -> &'static str;
    /// See [`Object::sql_name`].
    fn sql_name(&self) -> String;
    /// See [`Object::grant_keyword`].
    fn grant_keyword(&self) -> Option<&'static str>;
    /// See [`Object::grant_name`].
    fn grant_name(&self) -> String;
    /// See [`Object::public_privileges`].
    fn public_privileges(&self) -> &'static [&'static str];
    /// See [`Object::create`]; with [`Object::names`] and what it depends on filled in.
    fn create(&self, situation: &Situation<'_>) -> Vec<Action>;
    /// See [`Object::remove`]; with [`Object::names`] and what it depends on filled in.
    fn remove(&self, situation: &Situation<'_>) -> Vec<Action>;
    /// See [`Object::alter`].
    fn alter(&self, to: &dyn AnyObject, changed: &Changed, situation: &Situation<'_>)
    -> Alteration;
    /// See [`Object::finish`].
    fn finish(&self, situation: &Situation<'_>) -> Vec<Action>;
    /// See [`Object::forgotten`].
    fn forgotten(&self, situation: &Situation<'_>) -> Vec<Action>;
    /// See [`Object::names`].
    fn names(&self) -> Vec<String>;
    /// All attributes that are not at their default, by name.
    fn properties(&self) -> Map<String, Value>;
    /// For the way back to the concrete type.
    fn as_any(&self) -> &dyn Any;
}

impl<T: Object> AnyObject for T {
    fn kind(&self) -> Kind {
        T::KIND
    }
    fn identity_fields(&self) -> &'static [&'static str] {
        T::IDENTITY
    }
    fn id(&self) -> Id {
        Object::id(self)
    }
    fn schema(&self) -> Option<&str> {
        Object::schema(self)
    }
    fn display_name(&self) -> String {
        Object::name(self)
    }
    fn parent(&self) -> Option<Id> {
        Object::parent(self)
    }
    fn is_on_relation(&self) -> bool {
        T::ON_RELATION
    }
    fn attached_to(&self) -> Option<Id> {
        Object::attached_to(self)
    }
    fn keyword(&self) -> &'static str {
        Object::keyword(self)
    }
    fn sql_name(&self) -> String {
        Object::sql_name(self)
    }
    fn grant_keyword(&self) -> Option<&'static str> {
        Object::grant_keyword(self)
    }
    fn grant_name(&self) -> String {
        Object::grant_name(self)
    }
    fn public_privileges(&self) -> &'static [&'static str] {
        Object::public_privileges(self)
    }

    fn create(&self, situation: &Situation<'_>) -> Vec<Action> {
        let mut actions = Object::create(self, situation);
        if let Some(complete) = actions.get_mut(Object::completed_at(self)) {
            complete.requires.extend(self.attached().depends_on.iter().cloned());
        }
        if let Some(first) = actions.first_mut() {
            first.takes.extend(Object::names(self));
            first.requires.extend(Object::schema(self).map(|schema| Id::new("schema", &[schema])));
            first.requires.extend(Object::parent(self));
        }
        actions
    }

    fn remove(&self, situation: &Situation<'_>) -> Vec<Action> {
        let mut actions = Object::remove(self, situation);
        if let Some(last) = actions.last_mut() {
            last.frees.extend(Object::names(self));
            last.releases.extend(self.attached().depends_on.iter().cloned());
            last.releases.extend(self.attached().depends_on_extensions.iter().cloned());
            last.releases.extend(Object::schema(self).map(|schema| Id::new("schema", &[schema])));
            last.releases.extend(Object::parent(self));
        }
        actions
    }

    fn alter(
        &self,
        to: &dyn AnyObject,
        changed: &Changed,
        situation: &Situation<'_>,
    ) -> Alteration {
        match to.as_any().downcast_ref::<T>() {
            Some(to) => Object::alter(self, to, changed, situation),
            None => Alteration::Replace("it becomes an object of another kind".to_owned()),
        }
    }

    fn finish(&self, situation: &Situation<'_>) -> Vec<Action> {
        Object::finish(self, situation)
    }
    fn forgotten(&self, situation: &Situation<'_>) -> Vec<Action> {
        Object::forgotten(self, situation)
    }
    fn names(&self) -> Vec<String> {
        Object::names(self)
    }
    fn properties(&self) -> Map<String, Value> {
        fields(self)
    }
    fn as_any(&self) -> &dyn Any {
        self
    }
}
