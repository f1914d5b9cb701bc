//! Memberships of roles in roles, where they were asked for. PostgreSQL manual, "GRANT".

use super::attached::object;
use super::{Alteration, Changed, Key, Kind, Object, Objects, Situation};
use crate::action::{Action, Hazard};
use crate::model::{Id, Text};
use crate::sql::quote_ident;

object! {
    /// The membership of a role in another, as one role gave it.
    pub struct RoleMembership {
        /// The role that has a member.
        pub role: Text,
        /// The member.
        pub member: Text,
        /// The role that gave it, where that is not the first superuser (PostgreSQL 16).
        pub grantor: Option<Text>,
        /// The member may pass it on.
        pub admin: bool,
        /// The member does not have the role's privileges by itself (PostgreSQL 16).
        pub no_inherit: bool,
        /// The member may not become the role by SET ROLE (PostgreSQL 16).
        pub no_set: bool,
    }
}

impl Object for RoleMembership {
    const KIND: Kind = Kind::RoleMembership;
    const CATALOG: &'static str = "pg_auth_members";
    const IDENTITY: &'static [&'static str] = &["role", "member", "grantor"];

    fn query(server: u32) -> String {
        // Before 16 the member's own attribute decides whether it inherits.
        let (oid, more) = if server >= 160_000 {
            (
                "m.oid",
                "'grantor', CASE WHEN m.grantor <> 10 THEN pg_catalog.pg_get_userbyid(m.grantor) END, \
                 'no_inherit', NOT m.inherit_option, 'no_set', NOT m.set_option",
            )
        } else {
            ("row_number() OVER ()", "'no_inherit', NOT u.rolinherit")
        };
        format!(
            "SELECT ({oid})::text, json_strip_nulls(json_build_object('role', r.rolname, 'member', \
             u.rolname, 'admin', m.admin_option, {more}))::text FROM pg_catalog.pg_auth_members m \
             JOIN pg_catalog.pg_roles r ON r.oid = m.roleid JOIN pg_catalog.pg_roles u ON u.oid = \
             m.member WHERE m.roleid >= 16384 OR m.member >= 16384"
        )
    }

    fn key(&self) -> Key<'_> {
        Key(&self.role, &self.member, self.grantor.as_deref().unwrap_or_default())
    }

    fn id(&self) -> Id {
        let mut parts = vec![self.role.as_str(), &self.member];
        parts.extend(self.grantor.as_deref());
        Id::new("role_membership", &parts)
    }

    fn schema(&self) -> Option<&str> {
        None
    }

    fn name(&self) -> String {
        format!("{} in {}", self.member, self.role)
    }

    fn keyword(&self) -> &'static str {
        "ROLE"
    }

    fn sql_name(&self) -> String {
        quote_ident(&self.role).into_owned()
    }

    fn create(&self, situation: &Situation<'_>) -> Vec<Action> {
        let sql = self.grant(situation);
        vec![
            Action::create(Object::id(self), "GRANT", sql)
                .requires(self.needs(situation.to))
                .hazard(Hazard::Security, "the member may do what the role may"),
        ]
    }

    fn remove(&self, situation: &Situation<'_>) -> Vec<Action> {
        let sql = format!("REVOKE {}{}", self.of_member("FROM"), self.granted_by());
        vec![
            Action::drop(Object::id(self), "REVOKE", sql)
                .releases(self.needs(situation.from))
                .hazard(Hazard::Security, "the member may no longer do what the role may"),
        ]
    }

    fn alter(
        &self,
        to: &RoleMembership,
        changed: &Changed,
        situation: &Situation<'_>,
    ) -> Alteration {
        let sql = if situation.server >= 160_000 || to.admin {
            to.grant(situation)
        } else if changed.has("admin") {
            format!("REVOKE ADMIN OPTION FOR {}", to.of_member("FROM"))
        } else {
            // Before 16 it follows from an attribute of the member.
            return Alteration::InPlace(Vec::new());
        };
        Alteration::InPlace(vec![
            Action::alter(Object::id(to), "GRANT", sql)
                .hazard(Hazard::Security, "what the member may do with the role changes"),
        ])
    }
}

impl RoleMembership {
    /// `role TO member`.
    fn of_member(&self, word: &str) -> String {
        format!("{} {word} {}", quote_ident(&self.role), quote_ident(&self.member))
    }

    fn granted_by(&self) -> String {
        let by = |grantor: &Text| format!(" GRANTED BY {}", quote_ident(grantor));
        self.grantor.as_ref().map(by).unwrap_or_default()
    }

    fn grant(&self, situation: &Situation<'_>) -> String {
        let options = if situation.server >= 160_000 {
            format!(
                " WITH ADMIN {}, INHERIT {}, SET {}",
                self.admin, !self.no_inherit, !self.no_set
            )
        } else if self.admin {
            " WITH ADMIN OPTION".to_owned()
        } else {
            String::new()
        };
        format!("GRANT {}{options}{}", self.of_member("TO"), self.granted_by())
    }

    /// The roles, and what lets the grantor give it.
    fn needs(&self, objects: &Objects) -> Vec<Id> {
        let roles = [Some(&self.role), Some(&self.member), self.grantor.as_ref()];
        let by_grantor = objects.role_membership.iter().filter(|other| {
            other.role == self.role && Some(&other.member) == self.grantor.as_ref()
        });
        roles
            .into_iter()
            .flatten()
            .map(|name| Id::new("role", &[name]))
            .chain(by_grantor.map(Object::id))
            .collect()
    }
}
