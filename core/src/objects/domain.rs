//! Domains. PostgreSQL manual, "CREATE DOMAIN" and "ALTER DOMAIN".

use super::attached::{in_schema, object};
use super::check_domain::{Demand, of_domain};
use super::container::column_containing;
use super::form::record;
use super::query::{USER_SCHEMA, grants, not_extension_member, owner};
use super::{Alteration, Changed, Kind, Object, Situation, automatic_name, drop_action};
use crate::action::{Action, Hazard};
use crate::model::Text;
use crate::sql::{quote_ident, quote_literal};

record! {
    /// A CHECK constraint of a domain.
    pub struct DomainConstraint {
        /// The name.
        pub name: Text,
        /// `CHECK (…)`, with `NOT VALID` where it is not validated.
        pub definition: Text,
        /// The comment.
        #[serde(skip_serializing_if = "crate::objects::is_default")]
        pub comment: Option<Text>,
    }
}

object! {
    /// A domain.
    pub struct Domain {
        /// The schema.
        pub schema: Text,
        /// The name.
        pub name: Text,
        /// The type under it, with its modifiers.
        pub base_type: Text,
        /// The collation, where it is not the type's own.
        pub collation: Option<Text>,
        /// The default expression.
        pub default: Option<Text>,
        /// NULL is no value of it.
        pub not_null: bool,
        /// The name of the NOT NULL constraint, where it is not `domain_not_null` (PostgreSQL 17).
        pub not_null_name: Option<Text>,
        /// CHECK constraints, sorted by name.
        pub constraints: Vec<DomainConstraint>,
    }
}

impl Object for Domain {
    const KIND: Kind = Kind::Domain;
    const CATALOG: &'static str = "pg_type";

    fn query(server: u32) -> String {
        // From 17 on the NOT NULL of a domain is a constraint with a name.
        let not_null_name = if server >= 170_000 {
            "(SELECT nn.conname FROM pg_catalog.pg_constraint nn WHERE nn.contypid = t.oid AND \
             nn.contype = 'n' AND nn.conname <> t.typname || '_not_null' AND \
             octet_length(t.typname) < 54)"
        } else {
            "NULL"
        };
        format!(
            "SELECT t.oid::text, json_strip_nulls(json_build_object('schema', n.nspname, 'name', \
             t.typname, 'base_type', pg_catalog.format_type(t.typbasetype, t.typtypmod), 'collation', \
             (SELECT pg_catalog.quote_ident(cn.nspname) || '.' || pg_catalog.quote_ident(co.collname) \
             FROM pg_catalog.pg_collation co JOIN pg_catalog.pg_namespace cn ON cn.oid = \
             co.collnamespace JOIN pg_catalog.pg_type bt ON bt.oid = t.typbasetype WHERE co.oid = \
             t.typcollation AND t.typcollation <> bt.typcollation), 'default', \
             coalesce(pg_catalog.pg_get_expr(t.typdefaultbin, 0), t.typdefault), 'not_null', t.typnotnull, 'not_null_name', {not_null_name}, 'constraints', \
             (SELECT coalesce(json_agg(json_build_object('name', k.conname, 'definition', \
             pg_catalog.pg_get_constraintdef(k.oid), 'comment', \
             pg_catalog.obj_description(k.oid, 'pg_constraint')) ORDER BY k.conname COLLATE \"C\"), '[]'::json) \
             FROM pg_catalog.pg_constraint k WHERE k.contypid = t.oid AND k.contype = 'c'), {owner}, \
             {grants}))::text FROM pg_catalog.pg_type t JOIN pg_catalog.pg_namespace n ON \
             n.oid = t.typnamespace WHERE t.typtype = 'd' AND {USER_SCHEMA} AND {member}",
            owner = owner("t.typowner"),
            grants = grants("t.typacl", 'T', "t.typowner"),
            member = not_extension_member("pg_type", "t.oid"),
        )
    }

    in_schema!("domain");

    fn keyword(&self) -> &'static str {
        "DOMAIN"
    }

    fn grant_keyword(&self) -> Option<&'static str> {
        Some("DOMAIN")
    }

    fn public_privileges(&self) -> &'static [&'static str] {
        &["USAGE"]
    }

    fn names(&self) -> Vec<String> {
        vec![format!("relation:{}", self.sql_name())]
    }

    fn create(&self, situation: &Situation<'_>) -> Vec<Action> {
        let mut sql = format!("CREATE DOMAIN {} AS {}", self.sql_name(), self.base_type);
        if let Some(collation) = &self.collation {
            sql += &format!(" COLLATE {collation}");
        }
        if let Some(default) = &self.default {
            sql += &format!(" DEFAULT {default}");
        }
        if self.not_null {
            let name = self
                .not_null_name
                .clone()
                .or_else(|| self.name_beside_old(situation).map(Text::from));
            let name = name.map(|n| format!(" CONSTRAINT {}", quote_ident(&n))).unwrap_or_default();
            sql += &format!("{name} NOT NULL");
        }
        let mut later = Vec::new();
        for constraint in &self.constraints {
            // CREATE DOMAIN knows no NOT VALID.
            if constraint.definition.ends_with(" NOT VALID") {
                later.push(self.add_constraint(constraint, situation));
            } else {
                let name = quote_ident(&constraint.name);
                sql += &format!("\n    CONSTRAINT {name} {}", constraint.definition);
            }
        }
        let mut actions = vec![Action::create(Object::id(self), "CREATE DOMAIN", sql)];
        actions.extend(later);
        actions
    }

    fn remove(&self, _: &Situation<'_>) -> Vec<Action> {
        vec![drop_action(Object::id(self), "DROP DOMAIN", "DOMAIN", &self.sql_name())]
    }

    fn alter(&self, to: &Domain, changed: &Changed, situation: &Situation<'_>) -> Alteration {
        if changed.any(&["base_type", "collation"]) {
            return Alteration::Replace("the type under a domain cannot be altered".to_owned());
        }
        let (id, name) = (Object::id(to), to.sql_name());
        let (before, mut actions) = self.with_names_of(to);
        for old in &before.constraints {
            if !to.constraints.iter().any(|new| Self::same_or_validated(old, new)) {
                let sql = format!("ALTER DOMAIN {name} DROP CONSTRAINT {}", quote_ident(&old.name));
                actions.push(
                    Action::alter(id.clone(), "ALTER DOMAIN … DROP CONSTRAINT", sql)
                        .releases(self.depends_on.iter().cloned()),
                );
            }
        }
        if changed.has("default") {
            let what = to
                .default
                .as_ref()
                .map_or("DROP DEFAULT".to_owned(), |d| format!("SET DEFAULT {d}"));
            let sql = format!("ALTER DOMAIN {name} {what}");
            actions.push(
                Action::alter(id.clone(), "ALTER DOMAIN … DEFAULT", sql)
                    .requires(to.depends_on.iter().cloned())
                    .releases(self.depends_on.iter().cloned()),
            );
        }
        actions.extend(self.not_null_to(to, situation));
        for new in &to.constraints {
            match before.constraints.iter().find(|old| Self::same_or_validated(old, new)) {
                None => actions.push(to.add_constraint(new, situation)),
                Some(old) if old.definition != new.definition => {
                    let sql = format!(
                        "ALTER DOMAIN {name} VALIDATE CONSTRAINT {}",
                        quote_ident(&new.name)
                    );
                    let command = "ALTER DOMAIN … VALIDATE CONSTRAINT";
                    actions.push(to.checked(
                        Action::alter(id.clone(), command, sql),
                        new,
                        situation,
                    ));
                }
                Some(_) => {}
            }
        }
        if actions.iter().any(Action::may_fail)
            && let Some(column) = column_containing(situation, &Object::id(self))
        {
            let why = format!("the values of it that column {column} contains cannot be checked");
            return Alteration::Replace(why);
        }
        actions.extend(to.comments(Some(&before)));
        Alteration::InPlace(actions)
    }

    fn finish(&self, _: &Situation<'_>) -> Vec<Action> {
        self.comments(None)
    }
}

impl Domain {
    /// The statements that let go of what its constraints and its default call, and bring these back as they
    /// should become; `None` where the domain is to be built anew.
    pub(crate) fn calling_again(
        &self,
        to: &Domain,
        situation: &Situation<'_>,
    ) -> Option<Vec<Action>> {
        let bare = Domain {
            default: None,
            constraints: Vec::new(),
            depends_on: Vec::new(),
            ..self.clone()
        };
        let to_bare = Changed(self.default.iter().map(|_| "default".to_owned()).collect());
        let mut back: Vec<String> = to.default.iter().map(|_| "default".to_owned()).collect();
        let differs = |name, differs: bool| differs.then_some(String::from(name));
        back.extend(differs("base_type", self.base_type != to.base_type));
        back.extend(differs("collation", self.collation != to.collation));
        let away = Object::alter(self, &bare, &to_bare, situation);
        let again = Object::alter(&bare, to, &Changed(back), situation);
        match (away, again) {
            (Alteration::InPlace(away), Alteration::InPlace(again)) => Some([away, again].concat()),
            _ => None,
        }
    }

    /// Constraints that differ in nothing but the name get the other one. The domain as it is then,
    /// and the statements.
    fn with_names_of(&self, to: &Domain) -> (Domain, Vec<Action>) {
        let mut renamed = self.clone();
        let mut actions = Vec::new();
        let has = |domain: &Domain, name: &str| domain.constraints.iter().any(|c| c.name == name);
        for new in to.constraints.iter().filter(|new| !has(self, &new.name)) {
            let same = |old: &&mut DomainConstraint| {
                !has(to, &old.name) && old.definition == new.definition
            };
            let Some(old) = renamed.constraints.iter_mut().find(same) else { continue };
            let sql = format!(
                "ALTER DOMAIN {} RENAME CONSTRAINT {} TO {}",
                to.sql_name(),
                quote_ident(&old.name),
                quote_ident(&new.name)
            );
            let command = "ALTER DOMAIN … RENAME CONSTRAINT";
            actions.push(Action::alter(Object::id(to), command, sql));
            old.name.clone_from(&new.name);
        }
        (renamed, actions)
    }

    /// The name that its NOT NULL has by itself, where the old form of the domain may stand by under
    /// another name and still has it: PostgreSQL would choose another one (`ChooseConstraintName()`).
    fn name_beside_old(&self, situation: &Situation<'_>) -> Option<String> {
        let old = situation.from.find(&Object::id(self)).filter(|_| situation.server >= 170_000)?;
        let old = old.as_any().downcast_ref::<Domain>().filter(|old| old.not_null)?;
        let same = old.not_null_name.is_none();
        same.then(|| automatic_name::object_name(&self.name, &[], "not_null"))
    }

    /// NOT NULL comes, goes or gets another name.
    fn not_null_to(&self, to: &Domain, situation: &Situation<'_>) -> Option<Action> {
        let default = || automatic_name::object_name(&to.name, &[], "not_null").into();
        let name = |domain: &Domain| domain.not_null_name.clone().unwrap_or_else(default);
        let what = match (self.not_null, to.not_null, &to.not_null_name) {
            (false, true, None) => "SET NOT NULL".to_owned(),
            (false, true, Some(name)) => format!("ADD CONSTRAINT {} NOT NULL", quote_ident(name)),
            (true, false, _) => "DROP NOT NULL".to_owned(),
            (true, true, _) if name(self) != name(to) => format!(
                "RENAME CONSTRAINT {} TO {}",
                quote_ident(&name(self)),
                quote_ident(&name(to))
            ),
            _ => return None,
        };
        let sql = format!("ALTER DOMAIN {} {what}", to.sql_name());
        let action = Action::alter(Object::id(to), "ALTER DOMAIN … NOT NULL", sql);
        Some(if to.not_null && !self.not_null {
            let message = format!("fails when a column of type {} holds NULL", to.sql_name());
            let checks = of_domain(to, Demand::NotNull, situation);
            action.hazard(Hazard::MayFail, message).checks(checks)
        } else {
            action
        })
    }

    /// True when `new` is `old`, or `old` validated.
    fn same_or_validated(old: &DomainConstraint, new: &DomainConstraint) -> bool {
        old.name == new.name
            && (old.definition == new.definition
                || old.definition.strip_suffix(" NOT VALID") == Some(&new.definition))
    }

    fn add_constraint(&self, constraint: &DomainConstraint, situation: &Situation<'_>) -> Action {
        let sql = format!(
            "ALTER DOMAIN {} ADD CONSTRAINT {} {}",
            self.sql_name(),
            quote_ident(&constraint.name),
            constraint.definition
        );
        let action = Action::alter(Object::id(self), "ALTER DOMAIN … ADD CONSTRAINT", sql)
            .requires(self.depends_on.iter().cloned());
        let checks = !constraint.definition.ends_with(" NOT VALID");
        if checks { self.checked(action, constraint, situation) } else { action }
    }

    /// The statement looks at the rows of all columns of the domain.
    fn checked(
        &self,
        action: Action,
        constraint: &DomainConstraint,
        situation: &Situation<'_>,
    ) -> Action {
        let name = self.sql_name();
        let message = format!("fails when a column of type {name} holds a value that it refuses");
        let demand = Demand::Check(&constraint.definition);
        action.hazard(Hazard::MayFail, message).checks(of_domain(self, demand, situation))
    }

    /// `COMMENT ON CONSTRAINT` where the comment differs from what `old` has.
    fn comments(&self, old: Option<&Domain>) -> Vec<Action> {
        let mut actions = Vec::new();
        for constraint in &self.constraints {
            let before = old
                .and_then(|old| {
                    old.constraints.iter().find(|c| Self::same_or_validated(c, constraint))
                })
                .and_then(|c| c.comment.as_ref());
            if before != constraint.comment.as_ref() {
                let text =
                    constraint.comment.as_ref().map_or("NULL".to_owned(), |c| quote_literal(c));
                let sql = format!(
                    "COMMENT ON CONSTRAINT {} ON DOMAIN {} IS {text}",
                    quote_ident(&constraint.name),
                    self.sql_name()
                );
                actions.push(Action::alter(Object::id(self), "COMMENT ON CONSTRAINT", sql));
            }
        }
        actions
    }
}
