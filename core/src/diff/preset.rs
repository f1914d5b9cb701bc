//! Ignore rules that people ask for by name: each stands for a few rules about attributes and kinds.

use serde::{Deserialize, Serialize};

use super::{Change, ChangeKind, IgnoreRule};
use crate::objects::Kind;

/// A sort of difference that can be left out. What one of them leaves out whole, others may cover in
/// part: the comment of a statistics object. The first of those given hides it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum IgnorePreset {
    /// Comments.
    Comments,
    /// Owners.
    Owners,
    /// Grants, and default privileges.
    Privileges,
    /// Security labels.
    SecurityLabels,
    /// Tablespaces.
    Tablespaces,
    /// Targets of statistics, and statistics objects.
    Statistics,
    /// Storage parameters, compression, TOAST.
    Storage,
    /// Names of NOT NULL constraints that partitions have from their parents: where one database was
    /// upgraded to PostgreSQL 18 and another made by it, all of them differ.
    NotNullNames,
    /// White space in bodies of functions and procedures, in SQL and PL/pgSQL.
    WhiteSpace,
}

impl IgnorePreset {
    /// Every preset.
    pub const ALL: [IgnorePreset; 9] = [
        IgnorePreset::Comments,
        IgnorePreset::Owners,
        IgnorePreset::Privileges,
        IgnorePreset::SecurityLabels,
        IgnorePreset::Tablespaces,
        IgnorePreset::Statistics,
        IgnorePreset::Storage,
        IgnorePreset::NotNullNames,
        IgnorePreset::WhiteSpace,
    ];

    /// The name, as it stands in addresses and policies.
    pub fn name(self) -> &'static str {
        match self {
            IgnorePreset::Comments => "comments",
            IgnorePreset::Owners => "owners",
            IgnorePreset::Privileges => "privileges",
            IgnorePreset::SecurityLabels => "security-labels",
            IgnorePreset::Tablespaces => "tablespaces",
            IgnorePreset::Statistics => "statistics",
            IgnorePreset::Storage => "storage",
            IgnorePreset::NotNullNames => "not-null-names",
            IgnorePreset::WhiteSpace => "white-space",
        }
    }

    /// The preset of a name.
    pub fn from_name(name: &str) -> Option<IgnorePreset> {
        IgnorePreset::ALL.into_iter().find(|preset| preset.name() == name)
    }

    /// What it leaves out, for people.
    pub fn words(self) -> &'static str {
        match self {
            IgnorePreset::Comments => "comments",
            IgnorePreset::Owners => "owners",
            IgnorePreset::Privileges => "privileges and default privileges",
            IgnorePreset::SecurityLabels => "security labels",
            IgnorePreset::Tablespaces => "tablespaces",
            IgnorePreset::Statistics => "statistics targets and statistics objects",
            IgnorePreset::Storage => "storage parameters, compression, TOAST",
            IgnorePreset::NotNullNames => "names of NOT NULL constraints of partitions",
            IgnorePreset::WhiteSpace => "white space in bodies of functions and procedures",
        }
    }

    /// The rules it stands for.
    pub fn rules(self) -> Vec<IgnoreRule> {
        let of = |kind: Option<Kind>, attribute: Option<&str>| IgnoreRule {
            kind,
            attribute: attribute.map(str::to_owned),
            ..IgnoreRule::default()
        };
        match self {
            IgnorePreset::Comments => vec![of(None, Some("comment"))],
            IgnorePreset::Owners => vec![of(None, Some("owner"))],
            IgnorePreset::Privileges => {
                vec![of(None, Some("grants")), of(Some(Kind::DefaultPrivilege), None)]
            }
            IgnorePreset::SecurityLabels => vec![of(None, Some("security_labels"))],
            IgnorePreset::Tablespaces => {
                vec![of(None, Some("tablespace")), of(None, Some("index_tablespace"))]
            }
            IgnorePreset::Statistics => vec![
                of(Some(Kind::Column), Some("statistics")),
                of(Some(Kind::Index), Some("statistics")),
                of(Some(Kind::StatisticsObject), None),
            ],
            IgnorePreset::Storage => vec![
                of(Some(Kind::Table), Some("options")),
                of(Some(Kind::MaterializedView), Some("options")),
                of(Some(Kind::Constraint), Some("index_options")),
                of(Some(Kind::Column), Some("storage")),
                of(Some(Kind::Column), Some("compression")),
            ],
            IgnorePreset::NotNullNames => {
                vec![of(Some(Kind::Column), Some("inherited_not_null"))]
            }
            IgnorePreset::WhiteSpace => {
                vec![IgnoreRule { white_space: true, ..of(None, Some("body")) }]
            }
        }
    }

    /// How many differences of a change it covers, as [`super::Ignored`] counts them: attributes, or
    /// the object as a whole.
    pub fn covers(self, change: &Change) -> usize {
        let rules = self.rules();
        match change.change {
            ChangeKind::Create | ChangeKind::Drop => {
                usize::from(rules.iter().any(|rule| rule.hides(change.kind, &change.id)))
            }
            ChangeKind::Alter | ChangeKind::Rename => change
                .attributes
                .iter()
                .filter(|attribute| {
                    let covers = |rule: &IgnoreRule| {
                        rule.covers_attribute(change.kind, &change.id, attribute)
                    };
                    rules.iter().any(covers)
                })
                .count(),
        }
    }
}

/// What tells whether a change is nothing but what presets cover. A rename is more than any of them.
pub fn nothing_but(presets: impl IntoIterator<Item = IgnorePreset>) -> impl Fn(&Change) -> bool {
    let rules: Vec<IgnoreRule> = presets.into_iter().flat_map(IgnorePreset::rules).collect();
    move |change| match change.change {
        ChangeKind::Create | ChangeKind::Drop => {
            rules.iter().any(|rule| rule.hides(change.kind, &change.id))
        }
        ChangeKind::Alter => change.attributes.iter().all(|attribute| {
            rules.iter().any(|rule| rule.covers_attribute(change.kind, &change.id, attribute))
        }),
        ChangeKind::Rename => false,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;
    use crate::diff::AttributeChange;

    fn change(kind: Kind, change: ChangeKind, attributes: &[&str]) -> Change {
        let attribute = |name: &&str| AttributeChange {
            name: (*name).to_owned(),
            from: Value::Null,
            to: Value::Bool(true),
            white_space: *name == "body",
        };
        Change {
            id: "table:public.a".into(),
            kind,
            schema: Some("public".to_owned()),
            parent: None,
            name: "a".to_owned(),
            change,
            from_id: None,
            attributes: attributes.iter().map(attribute).collect(),
        }
    }

    #[test]
    fn names_come_back() {
        for preset in IgnorePreset::ALL {
            assert_eq!(IgnorePreset::from_name(preset.name()), Some(preset));
        }
        assert_eq!(IgnorePreset::from_name("everything"), None);
    }

    #[test]
    fn attributes_are_counted_one_by_one_and_objects_whole() {
        let altered = change(Kind::Table, ChangeKind::Alter, &["comment", "owner", "unlogged"]);
        assert_eq!(IgnorePreset::Comments.covers(&altered), 1);
        assert_eq!(IgnorePreset::Storage.covers(&altered), 0);
        let created = change(Kind::StatisticsObject, ChangeKind::Create, &[]);
        assert_eq!(IgnorePreset::Statistics.covers(&created), 1);
        assert_eq!(
            IgnorePreset::Comments.covers(&created),
            0,
            "a rule about attributes hides no object"
        );
    }

    #[test]
    fn a_change_is_nothing_but_presets_when_they_cover_all_of_it() {
        let of = |presets: &[IgnorePreset], change: &Change| nothing_but(presets.to_vec())(change);
        let both = change(Kind::Table, ChangeKind::Alter, &["comment", "owner"]);
        let (comments, owners) = (IgnorePreset::Comments, IgnorePreset::Owners);
        assert!(of(&[comments, owners], &both));
        assert!(!of(&[owners], &both) && !of(&[], &both));
        let renamed = change(Kind::Table, ChangeKind::Rename, &["owner"]);
        assert!(!of(&[owners], &renamed), "the name differs too");
        let created = change(Kind::DefaultPrivilege, ChangeKind::Create, &[]);
        assert!(of(&[IgnorePreset::Privileges], &created) && !of(&[owners], &created));
    }

    #[test]
    fn a_body_that_differs_in_more_than_white_space_is_told() {
        let mut altered = change(Kind::Function, ChangeKind::Alter, &["body", "cost"]);
        assert_eq!(IgnorePreset::WhiteSpace.covers(&altered), 1);
        altered.attributes[0].white_space = false;
        assert_eq!(IgnorePreset::WhiteSpace.covers(&altered), 0);
        let created = change(Kind::Function, ChangeKind::Create, &[]);
        assert_eq!(IgnorePreset::WhiteSpace.covers(&created), 0);
        assert_eq!(
            IgnorePreset::WhiteSpace.rules()[0].text(),
            "white space in body of any object *"
        );
    }

    #[test]
    fn options_of_views_are_no_storage() {
        let view = change(Kind::View, ChangeKind::Alter, &["options"]);
        assert!(IgnorePreset::ALL.iter().all(|preset| preset.covers(&view) == 0));
    }

    #[test]
    fn no_attribute_belongs_to_two_presets() {
        for kind in [Kind::Table, Kind::Column, Kind::Index, Kind::View] {
            for name in
                ["comment", "owner", "grants", "statistics", "storage", "options", "tablespace"]
            {
                let altered = change(kind, ChangeKind::Alter, &[name]);
                let covering = IgnorePreset::ALL.iter().filter(|p| p.covers(&altered) > 0).count();
                assert!(covering <= 1, "{name} of {kind:?}");
            }
        }
    }
}
