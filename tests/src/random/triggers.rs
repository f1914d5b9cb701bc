//! Triggers, rules, policies and event triggers.

use super::{Class, Relation, RelationKind, Scribe};

pub(super) fn write(scribe: &mut Scribe<'_>) {
    let function = trigger_function(scribe);
    for relation in scribe.world.relations.clone() {
        if let Some(function) = &function {
            trigger(scribe, &relation, function);
        }
        rule(scribe, &relation);
        policy(scribe, &relation);
    }
    event_trigger(scribe);
}

fn trigger_function(scribe: &mut Scribe<'_>) -> Option<String> {
    let path = "trigger function";
    let mut draw = scribe.has(path, 0.8)?;
    let name = scribe.place(path, "on_change");
    let body = *draw.pick(&["RETURN NEW;", "RAISE NOTICE 'x'; RETURN NEW;"]);
    scribe.say(format!(
        "CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} END $$"
    ));
    let words = format!("FUNCTION {name}()");
    scribe.world.note_owned(path, words.clone(), Some((words, &["EXECUTE"])));
    Some(name)
}

fn trigger(scribe: &mut Scribe<'_>, relation: &Relation, function: &str) {
    let path = format!("{}/trigger", relation.path);
    let Some(mut draw) = scribe.has(&path, 0.25) else { return };
    if relation.path.contains("/partition") || relation.path.contains("/default") {
        return;
    }
    let table = &relation.name;
    let (when, level) = match relation.kind {
        // A partition has those of its parent.
        RelationKind::MaterializedView | RelationKind::Partition => return,
        RelationKind::View => ("INSTEAD OF INSERT", "ROW"),
        RelationKind::Partitioned => *draw.pick(&[
            ("AFTER INSERT", "ROW"),
            ("BEFORE UPDATE", "ROW"),
            ("AFTER DELETE", "STATEMENT"),
        ]),
        _ => *draw.pick(&[
            ("BEFORE INSERT OR UPDATE", "ROW"),
            ("AFTER UPDATE OF #", "ROW"),
            ("AFTER TRUNCATE", "STATEMENT"),
            ("AFTER DELETE OR INSERT", "ROW"),
        ]),
    };
    let Some(column) = relation.columns.first() else { return };
    let when = when.replace('#', &column.name);
    let condition = when.contains("UPDATE") && !when.contains("INSERT") && level == "ROW";
    let condition = if condition && draw.chance(0.4) && column.of.class.is_ordered() {
        format!(" WHEN (OLD.{0} IS DISTINCT FROM NEW.{0})", column.name)
    } else {
        String::new()
    };
    let arguments = *draw.pick(&["", "", "'a', 'it''s'"]);
    let name = *draw.pick(&["watch", "\"Watch it\""]);
    scribe.say(format!(
        "CREATE TRIGGER {name} {when} ON {table} FOR EACH {level}{condition} EXECUTE FUNCTION \
         {function}({arguments})"
    ));
    if matches!(relation.kind, RelationKind::Table | RelationKind::Partitioned) {
        let state = *scribe.draw(&format!("{path}/state")).pick(&[
            "",
            "",
            "",
            "DISABLE",
            "ENABLE ALWAYS",
            "ENABLE REPLICA",
        ]);
        if !state.is_empty() {
            scribe.say(format!("ALTER TABLE {table} {state} TRIGGER {name}"));
        }
    }
    scribe.world.note(&path, format!("TRIGGER {name} ON {table}"));
}

fn rule(scribe: &mut Scribe<'_>, relation: &Relation) {
    let path = format!("{}/rule", relation.path);
    let free = matches!(relation.kind, RelationKind::Table | RelationKind::View);
    let Some(mut draw) = scribe.has(&path, 0.1).filter(|_| free) else { return };
    let table = &relation.name;
    let event = *draw.pick(&["UPDATE", "DELETE"]);
    let action = *draw.pick(&["NOTHING", "NOTIFY seen"]);
    let way = if action == "NOTHING" { "INSTEAD" } else { "ALSO" };
    scribe.say(format!("CREATE RULE \"Seen\" AS ON {event} TO {table} DO {way} {action}"));
    scribe.world.note(&path, format!("RULE \"Seen\" ON {table}"));
}

fn policy(scribe: &mut Scribe<'_>, relation: &Relation) {
    let path = format!("{}/policy", relation.path);
    let free = matches!(relation.kind, RelationKind::Table | RelationKind::Partitioned);
    let Some(mut draw) = scribe.has(&path, 0.2).filter(|_| free) else { return };
    let table = &relation.name;
    let mut conditions = vec!["true".to_owned()];
    for column in relation.of_class(Class::Integer) {
        conditions.push(format!("{} > 0", column.name));
        let functions = scribe.world.functions(Class::Integer, Class::Flag);
        conditions.extend(functions.iter().map(|f| format!("{f}({}::integer)", column.name)));
    }
    let (to, sort) =
        (*draw.pick(&["PUBLIC", "reader", "app, reader"]), *draw.pick(&["", " AS RESTRICTIVE"]));
    let condition = draw.pick(&conditions).clone();
    let text = match draw.below(3) {
        0 => format!("FOR ALL TO {to} USING ({condition})"),
        1 => format!("FOR SELECT TO {to} USING ({condition})"),
        _ => format!("FOR UPDATE TO {to} USING (true) WITH CHECK ({condition})"),
    };
    scribe.say(format!("CREATE POLICY guard ON {table}{sort} {text}"));
    scribe.world.note(&path, format!("POLICY guard ON {table}"));
}

fn event_trigger(scribe: &mut Scribe<'_>) {
    let path = "event trigger";
    let Some(mut draw) = scribe.has(path, 0.15) else { return };
    let function = scribe.place(path, "on_event");
    scribe.say(format!(
        "CREATE FUNCTION {function}() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN NULL; END $$"
    ));
    let event = *draw.pick(&["ddl_command_end", "sql_drop"]);
    let tags = *draw.pick(&["", " WHEN TAG IN ('DROP FUNCTION')"]);
    scribe.say(format!(
        "CREATE EVENT TRIGGER \"Events\" ON {event}{tags} EXECUTE FUNCTION {function}()"
    ));
    if draw.chance(0.3) {
        scribe.say("ALTER EVENT TRIGGER \"Events\" DISABLE");
    }
    scribe.world.note(path, "EVENT TRIGGER \"Events\"".to_owned());
}
