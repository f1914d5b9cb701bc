//! Operators. PostgreSQL manual, "CREATE OPERATOR" and "Operator Optimization Information".

use compact_str::format_compact;

use super::attached::object;
use super::query::{USER_SCHEMA, function_name, not_extension_member, operator_name, owner};
use super::{Alteration, Changed, Key, Kind, Object, Situation, drop_action};
use crate::action::Action;
use crate::model::{Id, Text};
use crate::sql::{quote_ident, split_name};

object! {
    /// An operator.
    pub struct Operator {
        /// The schema.
        pub schema: Text,
        /// The name.
        pub name: Text,
        /// The types of the operands, which identify it: `(integer, text)`, `(NONE, integer)`.
        pub operands: Text,
        /// The type of the left operand; absent for an operator that stands in front.
        pub left: Option<Text>,
        /// The type of the right operand.
        pub right: Text,
        /// The function behind it.
        pub function: Text,
        /// The operator that does the same with the operands exchanged.
        pub commutator: Option<Text>,
        /// The operator that says the opposite.
        pub negator: Option<Text>,
        /// The function that estimates how many rows satisfy a condition.
        pub restrict: Option<Text>,
        /// The function that estimates how many rows satisfy a join condition.
        pub join: Option<Text>,
        /// It can be used for hash joins.
        pub hashes: bool,
        /// It can be used for merge joins.
        pub merges: bool,
    }
}

impl Object for Operator {
    const KIND: Kind = Kind::Operator;
    const IDENTITY: &'static [&'static str] = &["schema", "name", "operands"];
    const CATALOG: &'static str = "pg_operator";

    fn query(_server: u32) -> String {
        // An operator without a function is a place-holder that another one's commutator made.
        format!(
            "SELECT o.oid::text, json_strip_nulls(json_build_object('schema', n.nspname, 'name', \
             o.oprname, 'operands', '(' || CASE WHEN o.oprleft = 0 THEN 'NONE' ELSE \
             pg_catalog.format_type(o.oprleft, NULL) END || ', ' || \
             pg_catalog.format_type(o.oprright, NULL) || ')', 'left', CASE WHEN o.oprleft <> 0 THEN pg_catalog.format_type(o.oprleft, \
             NULL) END, 'right', pg_catalog.format_type(o.oprright, NULL), 'function', {function}, \
             'commutator', {commutator}, 'negator', {negator}, 'restrict', {restrict}, 'join', \
             {join}, 'hashes', o.oprcanhash, 'merges', o.oprcanmerge, {owner}))::text FROM \
             pg_catalog.pg_operator o JOIN pg_catalog.pg_namespace n ON n.oid = o.oprnamespace \
             WHERE o.oprcode <> 0 AND {USER_SCHEMA} AND {member}",
            function = function_name("o.oprcode"),
            commutator = operator_name("o.oprcom"),
            negator = operator_name("o.oprnegate"),
            restrict = function_name("o.oprrest"),
            join = function_name("o.oprjoin"),
            owner = owner("o.oprowner"),
            member = not_extension_member("pg_operator", "o.oid"),
        )
    }

    fn key(&self) -> Key<'_> {
        Key(&self.schema, &self.name, &self.operands)
    }

    fn id(&self) -> Id {
        Id::from_sql("operator", &self.sql_name())
    }

    fn schema(&self) -> Option<&str> {
        Some(&self.schema)
    }

    fn name(&self) -> String {
        format!("{}{}", self.name, self.operands)
    }

    fn keyword(&self) -> &'static str {
        "OPERATOR"
    }

    fn sql_name(&self) -> String {
        format!("{}.{}{}", quote_ident(&self.schema), self.name, self.operands)
    }

    fn create(&self, _: &Situation<'_>) -> Vec<Action> {
        let mut options = vec![format!("FUNCTION = {}", self.function)];
        options.extend(self.left.iter().map(|left| format!("LEFTARG = {left}")));
        options.push(format!("RIGHTARG = {}", self.right));
        options.extend(self.settings(&Operator::default()));
        let (schema, name) = (quote_ident(&self.schema), &self.name);
        let sql = format!("CREATE OPERATOR {schema}.{name} ({})", options.join(", "));
        let links = self.commutator.iter().chain(&self.negator);
        let schemas = links
            .filter_map(|link| split_name(link).first().map(|schema| Id::new("schema", &[schema])));
        vec![Action::create(Object::id(self), "CREATE OPERATOR", sql).requires(schemas)]
    }

    fn remove(&self, _: &Situation<'_>) -> Vec<Action> {
        vec![drop_action(Object::id(self), "DROP OPERATOR", "OPERATOR", &self.sql_name())]
    }

    fn alter(&self, to: &Self, changed: &Changed, situation: &Situation<'_>) -> Alteration {
        let mut before = self.clone();
        before.commutator = self.settled(to, Link::Commutator, situation);
        before.negator = self.settled(to, Link::Negator, situation);
        let refused = changed.has("function")
            || (self.hashes && !to.hashes)
            || (self.merges && !to.merges)
            || (before.commutator.is_some() && before.commutator != to.commutator)
            || (before.negator.is_some() && before.negator != to.negator);
        if refused {
            return Alteration::Replace(
                "an operator's function cannot be altered, nor what its commutator, its negator, \
                 HASHES and MERGES once were"
                    .to_owned(),
            );
        }
        let new = to.settings(&before);
        let late = [before.commutator != to.commutator, before.negator != to.negator];
        let late = late.contains(&true) || self.hashes != to.hashes || self.merges != to.merges;
        if late && situation.server < 170_000 {
            return Alteration::Replace(
                "before PostgreSQL 17, only RESTRICT and JOIN of an operator can be altered"
                    .to_owned(),
            );
        }
        if new.is_empty() {
            return Alteration::InPlace(Vec::new());
        }
        let sql = format!("ALTER OPERATOR {} SET ({})", to.sql_name(), new.join(", "));
        Alteration::InPlace(vec![
            Action::alter(Object::id(to), "ALTER OPERATOR … SET", sql)
                .requires(to.depends_on.iter().cloned())
                .requires(to.links())
                .releases(self.depends_on.iter().cloned()),
        ])
    }
}

/// How two operators belong together. PostgreSQL keeps both ends of a link by itself.
#[derive(Clone, Copy)]
enum Link {
    Commutator,
    Negator,
}

impl Operator {
    fn link(&self, link: Link) -> Option<&Text> {
        match link {
            Link::Commutator => self.commutator.as_ref(),
            Link::Negator => self.negator.as_ref(),
        }
    }

    /// The identity of the operator at the other end of a link.
    fn other_end(&self, link: Link) -> Option<Id> {
        let name = self.link(link)?;
        let operands = match (link, &self.left) {
            (Link::Commutator, Some(left)) => format!("({}, {left})", self.right),
            _ => self.operands.to_string(),
        };
        Some(Id::from_sql("operator", &format!("{name}{operands}")))
    }

    fn links(&self) -> Vec<Id> {
        let ends = [Link::Commutator, Link::Negator].map(|link| self.other_end(link));
        ends.into_iter().flatten().filter(|id| *id != Object::id(self)).collect()
    }

    /// What a link is when the operators that only one state has have gone or come: a drop unties
    /// the other end, and so does a creation tie it.
    fn settled(&self, to: &Operator, link: Link, situation: &Situation<'_>) -> Option<Text> {
        let is_in = |objects: &super::Objects, id: &Id| {
            objects.operator.iter().any(|operator| Object::id(operator) == *id)
        };
        match (self.other_end(link), to.other_end(link)) {
            (Some(old), None) if !is_in(situation.to, &old) => None,
            (None, Some(new)) if is_in(situation.to, &new) && !is_in(situation.from, &new) => {
                to.link(link).cloned()
            }
            _ => self.link(link).cloned(),
        }
    }

    /// What `CREATE OPERATOR` and `ALTER OPERATOR` spell alike, as far as it differs.
    fn settings(&self, before: &Operator) -> Vec<String> {
        let operator = |name: &Text| format_compact!("OPERATOR({name})");
        let none = || Text::const_new("NONE");
        let texts = [
            ("COMMUTATOR", &before.commutator, &self.commutator, true),
            ("NEGATOR", &before.negator, &self.negator, true),
            ("RESTRICT", &before.restrict, &self.restrict, false),
            ("JOIN", &before.join, &self.join, false),
        ];
        let mut all: Vec<String> = texts
            .into_iter()
            .filter(|(_, old, new, _)| old != new)
            .map(|(word, _, new, link)| {
                let value = if link { new.as_ref().map(operator) } else { new.clone() };
                format!("{word} = {}", value.unwrap_or_else(none))
            })
            .collect();
        let flags =
            [("HASHES", before.hashes, self.hashes), ("MERGES", before.merges, self.merges)];
        all.extend(
            flags.into_iter().filter(|(_, old, new)| old != new).map(|(word, ..)| word.to_owned()),
        );
        all
    }
}
