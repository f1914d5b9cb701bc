//! Operators and casts of a user's own types.

use super::Scribe;

pub(super) fn write(scribe: &mut Scribe<'_>) {
    operator(scribe);
    cast(scribe);
}

/// An operator between an enumerated type and an integer, with the function behind it.
fn operator(scribe: &mut Scribe<'_>) {
    let path = "operator:0";
    let Some(mut draw) = scribe.has(path, 0.4) else { return };
    let types: Vec<String> = own_types(scribe);
    if types.is_empty() {
        return;
    }
    let of = draw.pick(&types).clone();
    let function = scribe.place(path, "is_like");
    let body = *draw.pick(&["true", "$2 > 0"]);
    scribe.say(format!(
        "CREATE FUNCTION {function}({of}, integer) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$ \
         SELECT {body} $$"
    ));
    let restrict = *draw.pick(&["", ", RESTRICT = eqsel", ", RESTRICT = eqsel, JOIN = eqjoinsel"]);
    scribe.say(format!(
        "CREATE OPERATOR public.=== (LEFTARG = {of}, RIGHTARG = integer, FUNCTION = \
         {function}{restrict})"
    ));
    scribe.world.note_owned(path, format!("OPERATOR public.=== ({of}, integer)"), None);
}

fn cast(scribe: &mut Scribe<'_>) {
    let path = "cast:0";
    let types: Vec<String> = own_types(scribe);
    let Some(mut draw) = scribe.has(path, 0.4).filter(|_| !types.is_empty()) else { return };
    let of = draw.pick(&types).clone();
    let when = *draw.pick(&["", " AS ASSIGNMENT", " AS IMPLICIT"]);
    let way = if draw.chance(0.5) {
        "WITH INOUT".to_owned()
    } else {
        let function = scribe.place(path, "to_point");
        scribe.say(format!(
            "CREATE FUNCTION {function}({of}) RETURNS point LANGUAGE sql IMMUTABLE AS $$ SELECT \
             point(0, 1) $$"
        ));
        format!("WITH FUNCTION {function}({of})")
    };
    scribe.say(format!("CREATE CAST ({of} AS point) {way}{when}"));
    scribe.world.note(path, format!("CAST ({of} AS point)"));
}

fn own_types(scribe: &Scribe<'_>) -> Vec<String> {
    let own = scribe.world.types.iter().filter(|of| of.value.starts_with("'fine'"));
    own.map(|of| of.name.clone()).collect()
}
