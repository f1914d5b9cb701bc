//! What the plan tells of hazards, out of the documentation's pages about them.

use std::fs;
use std::path::Path;

/// The pages as a Rust value: for each its name, meaning, lock and time, advice, places in the manual.
pub(crate) fn pages(folder: &Path) -> Result<String, Box<dyn std::error::Error>> {
    println!("cargo::rerun-if-changed={}", folder.display());
    let mut files: Vec<_> = fs::read_dir(folder)?.collect::<Result<_, _>>()?;
    files.sort_by_key(fs::DirEntry::file_name);
    let mut pages = Vec::new();
    for file in files {
        let text = fs::read_to_string(file.path())?;
        let name = text.lines().next().unwrap_or_default().trim_start_matches("# ").to_owned();
        // The first paragraph behind a heading.
        let said = |heading: &str| {
            let behind = text.split_once(heading).map_or("", |(_, behind)| behind);
            let first = behind.trim_start().split("\n\n").next().unwrap_or_default();
            without_links(&first.replace('\n', " "))
        };
        pages.push((
            said(&format!("# {name}\n")),
            said("## Lock, and for how long\n"),
            said("## What to do\n"),
            said("PostgreSQL manual: ").trim_end().trim_end_matches('.').to_owned(),
            name,
        ));
    }
    let rows = pages.iter().map(|(meaning, lock, advice, manual, name)| {
        format!("HazardPage {{ name: {name:?}, meaning: {meaning:?}, lock: {lock:?}, advice: {advice:?}, manual: {manual:?} }},")
    });
    Ok(format!("&[{}]", rows.collect::<String>()))
}

/// `[words](target)` becomes the words: there is nothing to link to in the page.
fn without_links(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, link)) = rest.split_once('[') {
        let Some((words, (_, behind))) = link
            .split_once("](")
            .and_then(|(words, target)| Some((words, target.split_once(')')?)))
        else {
            break;
        };
        out.push_str(before);
        out.push_str(words);
        rest = behind;
    }
    out + rest
}
