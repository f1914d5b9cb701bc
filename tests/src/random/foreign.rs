//! Foreign data, publications and default privileges.

use super::{Column, Relation, RelationKind, Scribe};

pub(super) fn write(scribe: &mut Scribe<'_>) {
    wrapper(scribe);
    publication(scribe);
    default_privileges(scribe);
}

fn wrapper(scribe: &mut Scribe<'_>) {
    let path = "wrapper";
    let Some(mut draw) = scribe.has(path, 0.4) else { return };
    // Options of unknown names may be secrets, which no snapshot holds.
    let handler = *draw.pick(&["", " NO HANDLER"]);
    scribe.say(format!("CREATE FOREIGN DATA WRAPPER \"Far\"{handler}"));
    let words = "FOREIGN DATA WRAPPER \"Far\"".to_owned();
    scribe.world.note_owned(path, words.clone(), Some((words, &["USAGE"])));
    let Some(mut draw) = scribe.has("server", 0.8) else { return };
    let version = *draw.pick(&["", " VERSION '1'", " TYPE 'a' VERSION '2'"]);
    scribe.say(format!("CREATE SERVER away{version} FOREIGN DATA WRAPPER \"Far\""));
    scribe.world.note_owned(
        "server",
        "SERVER away".to_owned(),
        Some(("FOREIGN SERVER away".to_owned(), &["USAGE"])),
    );
    if scribe.has("user mapping", 0.4).is_some() {
        scribe.say("CREATE USER MAPPING FOR app SERVER away");
    }
    let path = "foreign table";
    if scribe.has(path, 0.6).is_none() {
        return;
    }
    let name = scribe.place(path, "distant");
    let types = super::types::built_in();
    let (mut columns, mut lines) = (Vec::new(), Vec::new());
    for place in 0..3 {
        let path = format!("{path}/column:{place}");
        if let Some(mut draw) = scribe.has(&path, 0.7) {
            let of = draw.pick(&types).clone();
            let option = *draw.pick(&["", " OPTIONS (name 'x')"]);
            let not_null = draw.chance(0.3);
            let end = if not_null { " NOT NULL" } else { "" };
            lines.push(format!("f{place} {}{option}{end}", of.name));
            columns.push(Column { name: format!("f{place}"), of, generated: false, not_null });
        }
    }
    scribe.say(format!("CREATE FOREIGN TABLE {name} ({}) SERVER away", lines.join(", ")));
    let kind = RelationKind::Foreign;
    let own_name = "distant".to_owned();
    let path = path.to_owned();
    let primary_key = Vec::new();
    // Comments and owners of foreign tables have words of their own.
    let words = format!("FOREIGN TABLE {name}");
    scribe.world.note_owned(&path, words, Some((name.clone(), &["SELECT", "INSERT"])));
    scribe.world.relations.push(Relation { path, name, own_name, kind, columns, primary_key });
}

fn publication(scribe: &mut Scribe<'_>) {
    let path = "publication";
    let Some(mut draw) = scribe.has(path, 0.4) else { return };
    let with = *draw.pick(&[
        "",
        " WITH (publish = 'insert, update')",
        " WITH (publish_via_partition_root = true)",
    ]);
    let tables: Vec<Relation> = scribe
        .world
        .relations
        .iter()
        .filter(|r| matches!(r.kind, RelationKind::Table | RelationKind::Partitioned))
        .cloned()
        .collect();
    let mut members = Vec::new();
    for relation in &tables {
        let path = format!("{path}/{}", relation.path);
        let Some(mut draw) = scribe.has(&path, 0.4) else { continue };
        let mut member = relation.name.clone();
        let filters = scribe.version >= 15;
        let filters = filters && (relation.kind == RelationKind::Table || with.contains("root"));
        if filters && draw.chance(0.2) && relation.columns.iter().any(|c| c.name == "id") {
            member += " (id)";
        }
        if filters && draw.chance(0.2) && relation.columns.iter().any(|c| c.name == "id") {
            member += " WHERE (id > 0)";
        }
        members.push(member);
    }
    let what = if members.is_empty() { *draw.pick(&["", " FOR ALL TABLES"]) } else { "" };
    let list = if members.is_empty() {
        String::new()
    } else {
        format!(" FOR TABLE {}", members.join(", "))
    };
    scribe.say(format!("CREATE PUBLICATION news{what}{list}{with}"));
    scribe.world.note_owned(path, "PUBLICATION news".to_owned(), None);
}

fn default_privileges(scribe: &mut Scribe<'_>) {
    let rules = [
        "GRANT SELECT ON TABLES TO reader",
        "REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC",
        "FOR ROLE owner_a IN SCHEMA public GRANT USAGE ON SEQUENCES TO app",
        "REVOKE USAGE ON TYPES FROM PUBLIC",
    ];
    let extensions = scribe.both_have(super::extending::EXTENSIONS, 0.4);
    for (at, rule) in rules.into_iter().enumerate() {
        let for_members = !rule.starts_with("FOR ROLE owner_a");
        if extensions && for_members {
            continue;
        }
        if scribe.has(&format!("default privilege:{at}"), 0.15).is_some() {
            scribe.say(format!("ALTER DEFAULT PRIVILEGES {rule}"));
        }
    }
}
