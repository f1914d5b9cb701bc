//! Large objects on which something was granted or said. PostgreSQL manual, "Large Objects".
//!
//! What is in a large object is data, and so is its existence: one that somebody merely stored is
//! not described, and none is ever removed.

use super::attach::attach_actions;
use super::attached::object;
use super::query::{grants, owner};
use super::{Alteration, Changed, Key, Kind, Object, Situation};
use crate::action::Action;
use crate::model::{Id, Text};

object! {
    /// A large object with grants, a comment or a security label.
    pub struct LargeObject {
        /// Its number, which is its name.
        pub number: Text,
    }
}

impl Object for LargeObject {
    const KIND: Kind = Kind::LargeObject;
    const CATALOG: &'static str = "pg_largeobject";
    const IDENTITY: &'static [&'static str] = &["number"];

    fn query(_server: u32) -> String {
        let class = "'pg_catalog.pg_largeobject'::pg_catalog.regclass";
        format!(
            "SELECT q.oid::text, q.object::text FROM (SELECT l.oid, \
             json_strip_nulls(json_build_object('number', l.oid::text, {owner}, {grants})) AS object \
             FROM pg_catalog.pg_largeobject_metadata l) q WHERE q.object->'grants' IS NOT NULL OR \
             EXISTS (SELECT 1 FROM pg_catalog.pg_description d WHERE d.classoid = {class} AND \
             d.objoid = q.oid) OR EXISTS (SELECT 1 FROM pg_catalog.pg_seclabel d WHERE d.classoid = \
             {class} AND d.objoid = q.oid)",
            owner = owner("l.lomowner"),
            grants = grants("l.lomacl", 'L', "l.lomowner"),
        )
    }

    fn key(&self) -> Key<'_> {
        Key(&self.number, "", "")
    }

    fn id(&self) -> Id {
        Id::from_sql("large_object", &self.number)
    }

    fn schema(&self) -> Option<&str> {
        None
    }

    fn name(&self) -> String {
        self.number.to_string()
    }

    fn keyword(&self) -> &'static str {
        "LARGE OBJECT"
    }

    fn sql_name(&self) -> String {
        self.number.to_string()
    }

    fn grant_keyword(&self) -> Option<&'static str> {
        Some("LARGE OBJECT")
    }

    fn create(&self, _: &Situation<'_>) -> Vec<Action> {
        let number = &self.number;
        let sql = format!(
            "SELECT pg_catalog.lo_create({number}) WHERE NOT EXISTS (SELECT 1 FROM \
             pg_catalog.pg_largeobject_metadata WHERE oid = {number})"
        );
        let mut create = Action::create(Object::id(self), "SELECT lo_create", sql);
        create.reason = Some("it is empty: what is in large objects is not compared".to_owned());
        vec![create]
    }

    fn remove(&self, situation: &Situation<'_>) -> Vec<Action> {
        let bare = LargeObject {
            number: self.number.clone(),
            owner: self.owner.clone(),
            ..LargeObject::default()
        };
        let mut actions = attach_actions(Some(self), &bare, situation);
        if let Some(last) = actions.last_mut() {
            last.destroys.push(Object::id(self));
            last.requires.clear();
            last.reason = Some("the large object itself stays: it is data".to_owned());
        }
        actions
    }

    fn alter(&self, _: &LargeObject, _: &Changed, _: &Situation<'_>) -> Alteration {
        Alteration::InPlace(Vec::new())
    }
}
