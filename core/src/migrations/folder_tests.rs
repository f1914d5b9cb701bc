//! Folders as the projects of each tool have them.
#![allow(clippy::unwrap_used, reason = "a failed unwrap fails the test")]

use super::super::tools;
use super::*;

/// A folder out of paths, each with a text behind `=>` where it has one.
fn folder(files: &[&str]) -> Folder {
    let file = |line: &&str| match line.split_once("=>") {
        Some((path, text)) => FolderFile { path: path.to_owned(), text: Some(text.to_owned()) },
        None => FolderFile { path: (*line).to_owned(), text: None },
    };
    Folder {
        base: "shop/migrations".to_owned(),
        files: files.iter().map(file).collect(),
        ..Folder::default()
    }
}

fn order(tool: &str, files: &[&str]) -> Vec<String> {
    let found = scripts(tools::named(tool).unwrap(), &folder(files));
    found.into_iter().map(|script| script.name).collect()
}

#[test]
fn each_tool_has_its_own_names() {
    for (tool, files, names) in [
        (
            "flyway",
            &["V10__c.sql", "V2__b.sql", "V1_1__a.sql", "R__v.sql", "U2__b.sql", "sub/V3__d.java"]
                [..],
            "V1_1__a V2__b V3__d V10__c R__v",
        ),
        ("prisma", &["2_b/migration.sql", "1_a/migration.sql", "migration_lock.toml"], "1_a 2_b"),
        ("rails", &["20260102_b.rb", "9_a.rb", "README.md", "shared.rb"], "9_a 20260102_b"),
        ("golang-migrate", &["2_b.up.sql", "2_b.down.sql", "10_c.up.sql", "x.sql"], "2_b 10_c"),
        ("goose", &["00002_b.sql", "00001_a.go", "00001_a_test.go", "main.go"], "00001_a 00002_b"),
        ("dbmate", &["20260102_b.sql", "20260101_a.sql"], "20260101_a 20260102_b"),
        ("sqlx", &["2_b.up.sql", "2_b.down.sql", "1_a.sql"], "1_a 2_b"),
        (
            "diesel",
            &[
                "2026-01-31-120000_b/up.sql",
                "2026-01-31-120000_b/down.sql",
                "00000000000000_a/up.sql",
            ],
            "00000000000000_a 2026-01-31-120000_b",
        ),
        ("supabase", &["20260102_b.sql", "20260101_a.sql"], "20260101_a 20260102_b"),
        (
            "django",
            &[
                "0002_b.py=>class Migration:",
                "0001_a.py=>class Migration:",
                "__init__.py=>",
                "util.py=>x",
            ],
            "shop.0001_a shop.0002_b",
        ),
        (
            "django",
            &["blog/migrations/0001_a.py=>class Migration:", "blog/models.py=>class X:"],
            "blog.0001_a",
        ),
        ("knex", &["2_b.js", "1_a.ts", "x.d.ts", "seeds/3.js"], "1_a.ts 2_b.js"),
        ("yoyo", &["0002.b.py=>", "0001.a.sql", "__init__.py=>"], "0001.a 0002.b"),
        (
            "drizzle",
            &[
                "meta/_journal.json=>{\"entries\":[{\"idx\":1,\"when\":2,\"tag\":\"b\"},{\"idx\":0,\"when\":9,\"tag\":\"a\"}]}",
                "b.sql",
            ],
            "a b",
        ),
        ("drizzle", &["meta/_journal.json=>nonsense"], ""),
        ("typeorm", &["1704067200000-A.ts"], ""),
    ] {
        assert_eq!(order(tool, files).join(" "), names, "{tool} {files:?}");
    }
}

const REVISIONS: &[&str] = &[
    "versions/c1_join.py=>revision: str = 'c1'\ndown_revision: Union[str, None] = ('b1', 'b2')\n",
    "versions/b2_right.py=>revision = 'b2'\ndown_revision = 'a1'\n",
    "versions/b1_left.py=>revision = 'b1'\ndown_revision = 'a1'\n",
    "versions/zz.py=>revision = 'a1'\ndown_revision = None\n",
    "versions/d1_later.py=>revision = 'd1'\ndown_revision = 'c1'\n",
    "env.py=>from alembic import context\n",
];

#[test]
fn revisions_follow_each_other_over_branches() {
    assert_eq!(
        order("alembic", REVISIONS),
        ["a1 (zz)", "b1_left", "b2_right", "c1_join", "d1_later"]
    );
    let circle =
        ["a.py=>revision='a'\ndown_revision='b'\n", "b.py=>revision='b'\ndown_revision='a'\n"];
    assert_eq!(order("alembic", &circle), ["a", "b"]);
}

fn ledger(tool: &str, entries: &[&str]) -> Ledger {
    let entries: Vec<String> = entries.iter().map(|entry| (*entry).to_owned()).collect();
    Ledger { tool: tool.to_owned(), heads: entries.clone(), applied: entries, ..Ledger::default() }
}

/// The names of what is still to come, and what is not in the folder.
fn pending(ledger: &Ledger, files: &[&str]) -> (String, Vec<String>) {
    let tool = tools::named(&ledger.tool).unwrap();
    let scripts = scripts(tool, &folder(files));
    let Standing { applied, unknown, .. } = standing(tool, ledger, &scripts);
    let open = scripts.iter().enumerate().filter(|(at, _)| !applied.contains(at));
    (open.map(|(_, script)| script.name.as_str()).collect::<Vec<_>>().join(" "), unknown)
}

#[test]
fn what_comes_before_a_head_is_applied() {
    assert_eq!(pending(&ledger("alembic", &["b1"]), REVISIONS).0, "b2_right c1_join d1_later");
    assert_eq!(pending(&ledger("alembic", &["b1", "b2"]), REVISIONS).0, "c1_join d1_later");
    assert_eq!(pending(&ledger("alembic", &["d1"]), REVISIONS).0, "");
    let (open, unknown) = pending(&ledger("alembic", &["gone"]), REVISIONS);
    assert_eq!((open.split(' ').count(), unknown), (6, vec!["gone".to_owned()]));
    let (tool, all) = (tools::named("alembic").unwrap(), folder(REVISIONS));
    assert!(standing(tool, &ledger("alembic", &["gone"]), &scripts(tool, &all)).lost);
    let files = ["1_a.up.sql", "2_b.up.sql", "10_c.up.sql"];
    let (open, unknown) = pending(&ledger("golang-migrate", &["5"]), &files);
    assert_eq!(
        (open.as_str(), unknown),
        ("10_c", vec!["5".to_owned()]),
        "numbers tell all the same"
    );
    assert_eq!(pending(&ledger("golang-migrate", &["2"]), &files).0, "10_c");
    let dirty =
        Ledger { heads: vec![], failed: vec!["2".to_owned()], ..ledger("golang-migrate", &[]) };
    assert_eq!(pending(&dirty, &files).0, "2_b 10_c", "what failed is still to come");
}

#[test]
fn what_is_not_in_the_history_is_pending_wherever_it_stands() {
    let files = ["V1__a.sql", "V1.5__late.sql", "V2__b.sql", "R__v.sql"];
    let (open, unknown) =
        pending(&ledger("flyway", &["V1__old_name", "V2__b", "V7__gone"]), &files);
    assert_eq!((open.as_str(), unknown), ("V1.5__late R__v", vec!["V7__gone".to_owned()]));
    let based = Ledger { baseline: Some("V1.7__b".to_owned()), ..ledger("flyway", &["V1.7__b"]) };
    assert_eq!(pending(&based, &files), ("V2__b R__v".to_owned(), vec![]), "a baseline covers");
    let hashed: Vec<String> = ["1", "2"].map(|key| key::hashed("rails", key)).to_vec();
    let hashed = Ledger { applied: hashed, hashed: true, ..ledger("rails", &[]) };
    assert_eq!(pending(&hashed, &["1_a.rb", "2_b.rb", "3_c.rb"]), ("3_c".to_owned(), vec![]));
    let apps = ["0001_a.py=>class Migration", "0002_b.py=>class Migration"];
    let django = ledger("django", &["auth.0001_x", "shop.0001_a", "shop.0003_gone"]);
    assert_eq!(
        pending(&django, &apps),
        ("shop.0002_b".to_owned(), vec!["shop.0003_gone".to_owned()])
    );
}
