//! Grants on configuration parameters, from PostgreSQL 15 on. They hold for the whole cluster and
//! are read together with the roles. PostgreSQL manual, "GRANT … ON PARAMETER".

use super::attached::object;
use super::privilege;
use super::query::grants;
use super::setting::setting_name;
use super::{Alteration, Changed, Key, Kind, Object, Situation};
use crate::action::{Action, Hazard};
use crate::model::{Id, Text};

object! {
    /// A configuration parameter on which something is granted.
    pub struct Parameter {
        /// The name.
        pub name: Text,
    }
}

impl Object for Parameter {
    const KIND: Kind = Kind::Parameter;
    const CATALOG: &'static str = "pg_parameter_acl";

    fn query(server: u32) -> String {
        if server < 150_000 {
            return "SELECT NULL::text, NULL::text WHERE false".to_owned();
        }
        // It belongs to the first superuser, whose number is fixed and whose name is not.
        format!(
            "SELECT p.oid::text, json_strip_nulls(json_build_object('name', p.parname, \
             {grants}))::text FROM pg_catalog.pg_parameter_acl p",
            grants = grants("p.paracl", 'p', "10::pg_catalog.oid"),
        )
    }

    fn key(&self) -> Key<'_> {
        Key(&self.name, "", "")
    }

    fn id(&self) -> Id {
        Id::new("parameter", &[&self.name])
    }

    fn schema(&self) -> Option<&str> {
        None
    }

    fn name(&self) -> String {
        self.name.to_string()
    }

    fn sql_name(&self) -> String {
        setting_name(&self.name)
    }

    fn keyword(&self) -> &'static str {
        "PARAMETER"
    }

    fn grant_keyword(&self) -> Option<&'static str> {
        Some("PARAMETER")
    }

    fn create(&self, _: &Situation<'_>) -> Vec<Action> {
        Vec::new()
    }

    fn remove(&self, _: &Situation<'_>) -> Vec<Action> {
        let held = self.grants.as_deref().unwrap_or_default();
        let target = format!("PARAMETER {}", self.sql_name());
        privilege::changes(held, &[], &target, None)
            .into_iter()
            .map(|statement| {
                Action::alter(Object::id(self), "REVOKE", statement.sql)
                    .hazard(Hazard::Security, "who may set it changes")
            })
            .collect()
    }

    fn alter(&self, _: &Parameter, _: &Changed, _: &Situation<'_>) -> Alteration {
        Alteration::InPlace(Vec::new())
    }
}
