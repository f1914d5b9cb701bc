//! Text search dictionaries and configurations.

use super::Scribe;

pub(super) fn write(scribe: &mut Scribe<'_>) {
    let path = "dictionary:0";
    let mut dictionaries = vec!["pg_catalog.simple".to_owned(), "english_stem".to_owned()];
    if let Some(mut draw) = scribe.has(path, 0.4) {
        let name = scribe.place(path, "words");
        let accept = *draw.pick(&["", ", accept = false"]);
        let stop = *draw.pick(&["", ", stopwords = english"]);
        scribe.say(format!(
            "CREATE TEXT SEARCH DICTIONARY {name} (template = pg_catalog.simple{accept}{stop})"
        ));
        scribe.world.note_owned(path, format!("TEXT SEARCH DICTIONARY {name}"), None);
        dictionaries.push(name);
    }
    let path = "configuration:0";
    if scribe.has(path, 0.4).is_none() {
        return;
    }
    let name = scribe.place(path, "search");
    scribe.say(format!("CREATE TEXT SEARCH CONFIGURATION {name} (parser = \"default\")"));
    for token in ["asciiword", "word", "numword"] {
        if let Some(mut draw) = scribe.has(&format!("{path}/{token}"), 0.6) {
            let with = draw.some(&dictionaries, 0.5);
            if !with.is_empty() {
                scribe.say(format!(
                    "ALTER TEXT SEARCH CONFIGURATION {name} ADD MAPPING FOR {token} WITH {}",
                    with.join(", ")
                ));
            }
        }
    }
    scribe.world.note_owned(path, format!("TEXT SEARCH CONFIGURATION {name}"), None);
}
