//! GRANT and REVOKE that lead from one list of grants to another.
//!
//! PostgreSQL manual, "GRANT", "REVOKE" and "Privileges".

use std::collections::{BTreeMap, BTreeSet};

use crate::model::Grant;
use crate::sql::quote_ident;

/// One GRANT or REVOKE.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Statement {
    /// The statement.
    pub(crate) sql: String,
    /// The role that must give it, where that is not the owner.
    pub(crate) grantor: Option<String>,
    /// The column it is about.
    pub(crate) column: Option<String>,
}

impl Statement {
    /// A statement of the owner's, about the whole object.
    pub(crate) fn plain(sql: String) -> Self {
        Self { sql, grantor: None, column: None }
    }
}

/// Privilege name → may be passed on, by grantor and grantee.
type Held<'a> = BTreeMap<(Option<&'a str>, &'a str), BTreeMap<&'a str, bool>>;

fn held(grants: &[Grant]) -> Held<'_> {
    let mut all = Held::new();
    for grant in grants {
        let privileges = all.entry((grant.grantor.as_deref(), grant.grantee.as_str())).or_default();
        privileges.extend(grant.privileges.iter().map(|p| (p.as_str(), false)));
        privileges.extend(grant.with_grant_option.iter().map(|p| (p.as_str(), true)));
    }
    all
}

/// The statements, REVOKE before GRANT. `target` is what stands behind ON: `TABLE public.orders`,
/// or `TABLES` for default privileges. `owner` is the owner afterwards: a list that does not name
/// the owner means that the owner holds everything.
pub(crate) fn changes(
    from: &[Grant],
    to: &[Grant],
    target: &str,
    owner: Option<&str>,
) -> Vec<Statement> {
    let (before, after) = (held(from), held(to));
    let keys: BTreeSet<_> = before.keys().chain(after.keys()).copied().collect();
    let (mut revokes, mut grants) = (Vec::new(), Vec::new());
    let none = BTreeMap::new();
    for key in keys {
        let (grantor, grantee) = key;
        let is_owner = owner == Some(grantee) && grantor.is_none();
        let name = role(grantee);
        let statement =
            |sql: String| Statement { sql, grantor: grantor.map(str::to_owned), column: None };
        if is_owner && !before.contains_key(&key) {
            // It held everything; now only what the list says.
            revokes.push(statement(format!("REVOKE ALL ON {target} FROM {name}")));
        }
        if is_owner && !after.contains_key(&key) {
            let options = before.get(&key).into_iter().flatten().filter(|(_, option)| **option);
            let options: Vec<&str> = options.map(|(privilege, _)| *privilege).collect();
            if !options.is_empty() {
                let list = options.join(", ");
                revokes.push(statement(format!(
                    "REVOKE GRANT OPTION FOR {list} ON {target} FROM {name}"
                )));
            }
            grants.push(statement(format!("GRANT ALL ON {target} TO {name}")));
            continue;
        }
        let old = before.get(&key).unwrap_or(&none);
        let new = after.get(&key).unwrap_or(&none);
        let pick = |wanted: &dyn Fn(&str) -> bool, of: &BTreeMap<&str, bool>| -> Vec<String> {
            of.keys().filter(|p| wanted(p)).map(|p| (*p).to_owned()).collect()
        };
        let gone = pick(&|p| !new.contains_key(p), old);
        let no_option = pick(&|p| old.get(p) == Some(&true) && new.get(p) == Some(&false), old);
        let plain = pick(&|p| new.get(p) == Some(&false) && !old.contains_key(p), new);
        let option = pick(&|p| new.get(p) == Some(&true) && old.get(p) != Some(&true), new);
        if !gone.is_empty() {
            revokes.push(statement(format!("REVOKE {} ON {target} FROM {name}", gone.join(", "))));
        }
        if !no_option.is_empty() {
            let list = no_option.join(", ");
            revokes
                .push(statement(format!("REVOKE GRANT OPTION FOR {list} ON {target} FROM {name}")));
        }
        if !plain.is_empty() {
            grants.push(statement(format!("GRANT {} ON {target} TO {name}", plain.join(", "))));
        }
        if !option.is_empty() {
            let list = option.join(", ");
            grants.push(statement(format!("GRANT {list} ON {target} TO {name} WITH GRANT OPTION")));
        }
    }
    // What a grantee passed on goes before the grantee's own privilege, and comes after it.
    revokes.sort_by_key(|statement| statement.grantor.is_none());
    grants.sort_by_key(|statement| statement.grantor.is_some());
    revokes.extend(grants);
    revokes
}

/// A grantee as SQL spells it.
pub(crate) fn role(grantee: &str) -> String {
    if grantee == "PUBLIC" { grantee.to_owned() } else { quote_ident(grantee).into_owned() }
}
