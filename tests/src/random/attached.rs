//! What hangs on objects: comments, owners and grants.

use super::Scribe;
use super::world::Named;

const ROLES: &[&str] = &["app", "reader", "\"Role \"\"quoted\"\" <b>;--\"", "PUBLIC"];

pub(super) fn write(scribe: &mut Scribe<'_>) {
    for named in scribe.world.named.clone() {
        comment(scribe, &named);
        grants(scribe, &named);
        owner(scribe, &named);
    }
}

fn comment(scribe: &mut Scribe<'_>, named: &Named) {
    let path = format!("{}/comment", named.path);
    if let Some(mut draw) = scribe.has(&path, 0.12) {
        let text = draw.pick(&["what it is", "it''s \"so\"\nand more", "<b>\\x</b>"]);
        scribe.say(format!("COMMENT ON {} IS '{text}'", named.words));
    }
}

fn owner(scribe: &mut Scribe<'_>, named: &Named) {
    let path = format!("{}/owner", named.path);
    // Only superusers may own what these make, or may read what others have made.
    let bound = ["FOREIGN DATA", "EVENT TRIGGER", "PUBLICATION", "VIEW", "MATERIALIZED"];
    let free = named.owned && !bound.iter().any(|word| named.words.starts_with(word));
    if let Some(mut draw) = scribe.has(&path, 0.12).filter(|_| free) {
        let owner = draw.pick(&["owner_a", "owner_b"]);
        scribe.say(format!("ALTER {} OWNER TO {owner}", named.words));
    }
}

fn grants(scribe: &mut Scribe<'_>, named: &Named) {
    let Some((words, privileges)) = &named.grants else { return };
    let path = format!("{}/grants", named.path);
    let Some(mut draw) = scribe.has(&path, 0.2) else { return };
    if draw.chance(0.2) {
        scribe.say(format!("REVOKE ALL ON {words} FROM PUBLIC"));
    }
    for _ in 0..=draw.below(2) {
        let (privilege, role) = (*draw.pick(privileges), *draw.pick(ROLES));
        let option = if role != "PUBLIC" && draw.chance(0.2) { " WITH GRANT OPTION" } else { "" };
        scribe.say(format!("GRANT {privilege} ON {words} TO {role}{option}"));
    }
}
