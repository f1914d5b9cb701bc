//! Default privileges. PostgreSQL manual, "ALTER DEFAULT PRIVILEGES".

use super::attached::object;
use super::query::{grant_list, owner_privileges};
use super::{Alteration, Changed, Key, Kind, Object, Situation, rank};
use crate::action::{Action, Hazard};
use crate::model::{Grant, Id, Text};
use crate::sql::quote_ident;

object! {
    /// What objects that a role creates from now on are granted at once.
    ///
    /// Its `grants` are the whole list: for one schema they come on top of what holds everywhere,
    /// else they take the place of `acldefault()`.
    pub struct DefaultPrivilege {
        /// The role that creates.
        pub role: Text,
        /// The schema it is limited to; absent for all.
        pub schema: Option<Text>,
        /// `TABLES`, `SEQUENCES`, `FUNCTIONS`, `TYPES`, `SCHEMAS` or `LARGE OBJECTS`.
        pub object_type: Text,
    }
}

impl Object for DefaultPrivilege {
    const KIND: Kind = Kind::DefaultPrivilege;
    const CATALOG: &'static str = "pg_default_acl";
    const IDENTITY: &'static [&'static str] = &["role", "schema", "object_type"];

    fn query(_server: u32) -> String {
        // The type letters are not quite those of acldefault(): S is a sequence here.
        let default = "pg_catalog.acldefault(CASE d.defaclobjtype WHEN 'S' THEN 's' ELSE \
             d.defaclobjtype END, d.defaclrole)";
        let of_owner = format!(
            "CASE WHEN d.defaclnamespace = 0 THEN {} ELSE 0 END",
            owner_privileges(default, "d.defaclrole")
        );
        format!(
            "SELECT d.oid::text, json_strip_nulls(json_build_object('role', \
             pg_catalog.pg_get_userbyid(d.defaclrole), 'schema', n.nspname, 'object_type', CASE \
             d.defaclobjtype WHEN 'r' THEN 'TABLES' WHEN 'S' THEN 'SEQUENCES' WHEN 'f' THEN \
             'FUNCTIONS' WHEN 'T' THEN 'TYPES' WHEN 'n' THEN 'SCHEMAS' WHEN 'L' THEN 'LARGE OBJECTS' END, \
             'grants', {list}))::text FROM pg_catalog.pg_default_acl d LEFT JOIN \
             pg_catalog.pg_namespace n ON n.oid = d.defaclnamespace",
            list = grant_list("d.defaclacl", &of_owner, "d.defaclrole"),
        )
    }

    fn key(&self) -> Key<'_> {
        Key(&self.role, self.schema.as_deref().unwrap_or_default(), &self.object_type)
    }

    fn id(&self) -> Id {
        let role = quote_ident(&self.role);
        let place =
            self.schema.as_ref().map(|s| format!(" in {}", quote_ident(s))).unwrap_or_default();
        Id::from_sql(
            "default_privilege",
            &format!("{role}{place} on {}", self.object_type.to_lowercase()),
        )
    }

    fn schema(&self) -> Option<&str> {
        self.schema.as_deref()
    }

    fn name(&self) -> String {
        format!("{} of {}", self.object_type.to_lowercase(), self.role)
    }

    fn keyword(&self) -> &'static str {
        "DEFAULT PRIVILEGES"
    }

    fn sql_name(&self) -> String {
        self.role.to_string()
    }

    fn create(&self, _: &Situation<'_>) -> Vec<Action> {
        let initial = self.initial();
        self.change(&initial, true)
    }

    fn remove(&self, _: &Situation<'_>) -> Vec<Action> {
        let initial = DefaultPrivilege { grants: Some(self.initial()), ..self.clone() };
        let mut actions = initial.change(self.grants.as_deref().unwrap_or_default(), false);
        for action in &mut actions {
            action.produces.clear();
        }
        if let Some(last) = actions.last_mut() {
            last.destroys.push(Object::id(self));
            last.requires.clear();
        }
        actions
    }

    fn alter(&self, to: &DefaultPrivilege, changed: &Changed, _: &Situation<'_>) -> Alteration {
        if changed.has("grants") {
            Alteration::InPlace(to.change(self.grants.as_deref().unwrap_or_default(), false))
        } else {
            Alteration::InPlace(Vec::new())
        }
    }
}

impl DefaultPrivilege {
    /// What holds as long as there is no entry: the owner's privileges, and PUBLIC's on functions
    /// and types; nothing for one schema.
    fn initial(&self) -> Vec<Grant> {
        let privilege = match (self.schema.is_some(), self.object_type.as_str()) {
            (false, "FUNCTIONS") => "EXECUTE",
            (false, "TYPES") => "USAGE",
            _ => return Vec::new(),
        };
        vec![Grant {
            grantee: "PUBLIC".to_owned(),
            privileges: vec![privilege.to_owned()],
            ..Grant::default()
        }]
    }

    fn change(&self, before: &[Grant], creates: bool) -> Vec<Action> {
        let schema = self
            .schema
            .as_ref()
            .map(|s| format!(" IN SCHEMA {}", quote_ident(s)))
            .unwrap_or_default();
        let prefix =
            format!("ALTER DEFAULT PRIVILEGES FOR ROLE {}{schema}", quote_ident(&self.role));
        let after = self.grants.as_deref().unwrap_or_default();
        let id = Object::id(self);
        // In one schema nobody begins with privileges, the role itself neither.
        let owner = self.schema.is_none().then_some(self.role.as_str());
        let mut actions: Vec<Action> =
            super::privilege::changes(before, after, &self.object_type, owner)
                .into_iter()
                .map(|statement| {
                    Action::alter(
                        id.clone(),
                        "ALTER DEFAULT PRIVILEGES",
                        format!("{prefix} {}", statement.sql),
                    )
                    .hazard(Hazard::Security, "what new objects are granted changes")
                })
                .collect();
        for action in &mut actions {
            // They hold for what is created later: not for what this plan creates.
            action.rank = rank::LAST;
        }
        if let (true, Some(first)) = (creates, actions.first_mut()) {
            first.verb = crate::action::Verb::Create;
            first.requires.clear();
            first.produces.push(id);
        }
        actions
    }
}
