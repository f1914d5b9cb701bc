//! Operators and support functions in operator classes and families. PostgreSQL manual, "Operator
//! Classes and Operator Families".

use serde::{Deserialize, Serialize};

use super::query::{operator_name, qualified_name, signature};
use crate::action::Action;
use crate::model::Id;

/// An operator in an operator class or family.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct FamilyOperator {
    /// The number of its strategy.
    pub strategy: i32,
    /// The operator's name.
    pub operator: String,
    /// The type of its left operand.
    pub left: String,
    /// The type of its right operand.
    pub right: String,
    /// The family that orders what it returns, for an operator that is there for `ORDER BY`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order_by: Option<String>,
}

/// A support function in an operator class or family.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct FamilyFunction {
    /// Its number.
    pub number: i32,
    /// The type of the left operand that it is for.
    pub left: String,
    /// The type of the right operand that it is for.
    pub right: String,
    /// The function, with the types of its arguments.
    pub function: String,
}

/// `'operators', …, 'functions', …` of an operator class or family: `owner` is its catalog, `oid`
/// an expression. What a class brings along hangs on the class or, loosely, on the family.
pub(super) fn members(owner: &str, oid: &str) -> String {
    let of = |catalog: &str| {
        format!(
            "FROM pg_catalog.pg_depend md JOIN pg_catalog.{catalog} m ON m.oid = md.objid WHERE \
             md.classid = 'pg_catalog.{catalog}'::pg_catalog.regclass AND md.refclassid = \
             'pg_catalog.{owner}'::pg_catalog.regclass AND md.refobjid = {oid} AND md.deptype IN \
             ('a', 'i')"
        )
    };
    let operand = |column: &str| format!("pg_catalog.format_type(m.{column}, NULL)");
    let (op_left, op_right) = (operand("amoplefttype"), operand("amoprighttype"));
    let (fn_left, fn_right) = (operand("amproclefttype"), operand("amprocrighttype"));
    format!(
        "'operators', (SELECT json_agg(json_build_object('strategy', m.amopstrategy, 'operator', \
         {operator}, 'left', {op_left}, 'right', {op_right}, 'order_by', {order_by}) ORDER BY \
         m.amopstrategy, {op_left} COLLATE \"C\", {op_right} COLLATE \"C\", m.amoppurpose) \
         {of_operators}), 'functions', (SELECT json_agg(json_build_object('number', m.amprocnum, \
         'left', {fn_left}, 'right', {fn_right}, 'function', {function}) ORDER BY m.amprocnum, \
         {fn_left} COLLATE \"C\", {fn_right} COLLATE \"C\") {of_functions})",
        operator = operator_name("m.amopopr"),
        order_by = qualified_name("pg_opfamily", "opf", "m.amopsortfamily"),
        function = signature("m.amproc"),
        of_operators = of("pg_amop"),
        of_functions = of("pg_amproc"),
    )
}

/// The members as `CREATE OPERATOR CLASS` and `ALTER OPERATOR FAMILY … ADD` spell them.
pub(super) fn added(operators: &[FamilyOperator], functions: &[FamilyFunction]) -> Vec<String> {
    let operators = operators.iter().map(FamilyOperator::sql);
    operators.chain(functions.iter().map(FamilyFunction::sql)).collect()
}

/// The statements that lead from one list of members to another in place; `family` is what stands
/// behind `OPERATOR FAMILY`, `id` what the members belong to.
pub(super) fn changes(
    family: &str,
    id: &Id,
    from: (&[FamilyOperator], &[FamilyFunction]),
    to: (&[FamilyOperator], &[FamilyFunction]),
) -> Vec<Action> {
    fn only<T: Clone + PartialEq>(of: &[T], other: &[T]) -> Vec<T> {
        of.iter().filter(|member| !other.contains(member)).cloned().collect()
    }
    let gone_operators = only(from.0, to.0);
    let gone_functions = only(from.1, to.1);
    let gone: Vec<String> = gone_operators
        .iter()
        .map(|m| format!("OPERATOR {} ({}, {})", m.strategy, m.left, m.right))
        .chain(
            gone_functions
                .iter()
                .map(|m| format!("FUNCTION {} ({}, {})", m.number, m.left, m.right)),
        )
        .collect();
    let new = added(&only(to.0, from.0), &only(to.1, from.1));
    let mut actions = Vec::new();
    for (command, verb, list) in [
        ("ALTER OPERATOR FAMILY … DROP", "DROP", gone),
        ("ALTER OPERATOR FAMILY … ADD", "ADD", new),
    ] {
        if !list.is_empty() {
            let sql =
                format!("ALTER OPERATOR FAMILY {family} {verb}\n    {}", list.join(",\n    "));
            actions.push(Action::alter(id.clone(), command, sql));
        }
    }
    actions
}

impl FamilyOperator {
    fn sql(&self) -> String {
        let order =
            self.order_by.as_ref().map(|f| format!(" FOR ORDER BY {f}")).unwrap_or_default();
        format!(
            "OPERATOR {} {}({}, {}){order}",
            self.strategy, self.operator, self.left, self.right
        )
    }
}

impl FamilyFunction {
    fn sql(&self) -> String {
        format!("FUNCTION {} ({}, {}) {}", self.number, self.left, self.right, self.function)
    }
}
