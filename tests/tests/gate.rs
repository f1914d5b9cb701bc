//! The drift gate as teams run it: `ci/gate.sh`, and the action, the template and the container around it.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops at the first surprise"
)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use pgparity_tests::{Bench, Cluster, Pgparity, program_under_test, programs, workspace};
use yaml_rust2::{Yaml, YamlLoader};

const SECRET: &str = "s3cr3t-of-the-gate";

/// A run of the gate in a folder of its own, with nothing of this machine's CI around it.
fn gate(folder: &Path, settings: &[(&str, &str)]) -> Output {
    let mut path = vec![program_under_test().parent().unwrap().to_path_buf()];
    path.extend(std::env::split_paths(&std::env::var_os("PATH").unwrap()));
    let mut gate = Command::new("sh");
    gate.arg(workspace::root().join("ci/gate.sh")).current_dir(folder);
    for name in ["GITHUB_STEP_SUMMARY", "GITLAB_CI", "DATABASE_URL"] {
        gate.env_remove(name);
    }
    gate.env("PATH", std::env::join_paths(path).unwrap());
    gate.envs(settings.iter().copied()).output().unwrap()
}

fn expect(output: &Output, status: i32) -> String {
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(status), "{text}{errors}");
    assert!(!text.contains(SECRET) && !errors.contains(SECRET), "{text}{errors}");
    text
}

fn files(folder: &Path) -> BTreeSet<String> {
    let entries = fs::read_dir(folder).unwrap();
    entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
}

#[test]
fn the_gate_reports_in_every_form_and_keeps_credentials_to_itself() {
    let db = Cluster::shared(programs::versions()[0]).database("gate");
    db.sql("CREATE TABLE orders (id bigint PRIMARY KEY, note text)");
    let bench = Bench::new();
    let folder = bench.path("project");
    fs::create_dir_all(&folder).unwrap();
    let policy = "version = 1\n[tables.\"public.orders\".columns.id]\ntype = \"bigint\"\n\
                  [environment.production.tables.\"public.gone\"]\n";
    fs::write(folder.join("pgparity.toml"), policy).unwrap();
    // The server asks for no password: one in the URL is kept as well as any other.
    let url = db.url().replacen("postgres@", &format!("postgres:{SECRET}@"), 1);
    assert!(url.contains(SECRET));

    let text = expect(&gate(&folder, &[("DATABASE_URL", &url)]), 0);
    assert!(text.contains("Passed"), "{text}");
    let reports = folder.join("pgparity-reports");
    let expected = ["check.json", "check.md", "check.sarif", "junit.xml", "snapshot.json.gz"]
        .map(str::to_owned);
    assert_eq!(files(&reports), BTreeSet::from(expected));

    let summary = folder.join("summary.md");
    fs::write(&summary, "what other steps said\n").unwrap();
    let on_github = [
        ("PGPARITY_SNAPSHOT", url.as_str()),
        ("PGPARITY_ENVIRONMENT", "production"),
        ("PGPARITY_REPORTS", "out/reports"),
        ("GITHUB_STEP_SUMMARY", summary.to_str().unwrap()),
    ];
    let text = expect(&gate(&folder, &on_github), 1);
    assert!(text.contains("::error file=pgparity.toml"), "{text}");
    let told = fs::read_to_string(&summary).unwrap();
    assert!(told.starts_with("what other steps said\n") && told.contains("public.gone"), "{told}");
    let report = fs::read_to_string(folder.join("out/reports/check.json")).unwrap();
    assert!(report.contains("\"passed\": false"), "{report}");

    // A snapshot needs no database, and what an earlier run has kept is one.
    let kept = reports.join("snapshot.json.gz");
    let on_gitlab = [("PGPARITY_SNAPSHOT", kept.to_str().unwrap()), ("GITLAB_CI", "true")];
    expect(&gate(&folder, &on_gitlab), 0);
    assert!(files(&reports).contains("gl-code-quality-report.json"));
    for name in files(&reports) {
        let bytes = fs::read(reports.join(&name)).unwrap();
        assert!(!String::from_utf8_lossy(&bytes).contains(SECRET), "{name}");
    }

    expect(&gate(&folder, &[]), 2);
    expect(&gate(&folder, &[("DATABASE_URL", &url), ("PGPARITY_POLICY", "none.toml")]), 2);
    let nowhere = "postgres://nobody@127.0.0.1:1/none?connect_timeout=2";
    expect(&gate(&folder, &[("DATABASE_URL", nowhere)]), 2);
}

fn yaml(path: &str) -> Yaml {
    let text = fs::read_to_string(workspace::root().join(path)).unwrap();
    YamlLoader::load_from_str(&text).unwrap_or_else(|error| panic!("{path}: {error}")).remove(0)
}

fn keys(of: &Yaml) -> BTreeSet<String> {
    of.as_hash().unwrap().keys().map(|key| key.as_str().unwrap().to_owned()).collect()
}

/// The variables that the gate reads, out of its own description.
fn settings() -> BTreeSet<String> {
    let text = fs::read_to_string(workspace::root().join("ci/gate.sh")).unwrap();
    let described = text.lines().filter_map(|line| line.strip_prefix("# PGPARITY_"));
    let described: BTreeSet<String> = described
        .map(|line| format!("PGPARITY_{}", line.split_whitespace().next().unwrap()))
        .collect();
    for name in &described {
        assert!(text.contains(&format!("${{{name}")), "{name} is described and not read");
    }
    assert!(described.len() > 4, "{described:?}");
    described
}

#[test]
fn the_action_hands_every_input_to_the_gate() {
    let action = yaml("action.yml");
    assert_eq!(action["runs"]["using"].as_str(), Some("composite"));
    let steps = action["runs"]["steps"].as_vec().unwrap();
    for step in steps {
        assert!(step["shell"].as_str().is_some(), "a composite action names each step's shell");
        let script = step["run"].as_str().unwrap();
        // What comes from outside reaches a script by its environment alone.
        assert!(!script.contains("${{"), "{script}");
        let parsed = Command::new("sh").args(["-n", "-c", script]).output().unwrap();
        assert!(parsed.status.success(), "{script}");
    }
    let check = steps.last().unwrap();
    assert!(check["run"].as_str().unwrap().contains("ci/gate.sh"));
    let mut handed = keys(&check["env"]);
    assert!(handed.remove("PGPARITY_SOURCE"));
    assert_eq!(handed, settings());
    for input in keys(&action["inputs"]) {
        let variable = format!("PGPARITY_{}", input.to_uppercase());
        let value = format!("${{{{ inputs.{input} }}}}");
        assert_eq!(check["env"][variable.as_str()].as_str(), Some(value.as_str()));
    }
}

#[test]
fn the_template_of_gitlab_takes_the_reports_that_the_gate_writes() {
    let template = yaml("ci/gitlab.yml");
    let job = &template[".pgparity-gate"];
    let mut variables = keys(&job["variables"]);
    assert!(variables.remove("PGPARITY_IMAGE"));
    for name in &variables {
        assert!(settings().contains(name), "{name}");
    }
    let folder = job["variables"]["PGPARITY_REPORTS"].as_str().unwrap();
    let gate = fs::read_to_string(workspace::root().join("ci/gate.sh")).unwrap();
    for report in job["artifacts"]["reports"].as_hash().unwrap().values() {
        let name = report.as_str().unwrap().strip_prefix(&format!("{folder}/")).unwrap();
        assert!(gate.contains(&format!("$reports/{name}")), "{name}");
    }
}

#[test]
fn the_container_takes_what_there_is() {
    let text = fs::read_to_string(workspace::root().join("Containerfile")).unwrap();
    let copies: Vec<Vec<&str>> = text
        .lines()
        .filter(|line| line.starts_with("COPY ") && !line.contains("--from"))
        .map(|line| line.split_whitespace().skip(1).collect())
        .collect();
    assert!(!copies.is_empty());
    for copy in &copies {
        assert!(workspace::root().join(copy[0]).exists(), "{copy:?}");
    }
    assert!(copies.iter().any(|copy| *copy == ["ci/gate.sh", "/usr/local/bin/pgparity-gate"]));
    assert!(text.contains("/release/pgparity /usr/local/bin/pgparity"));
    assert!(text.contains("\nUSER pgparity\n"), "it does not run as root");
}

/// What bash offers for a line, as its own completion does.
fn offered(script: &Path, words: &[&str]) -> BTreeSet<String> {
    let line = format!(
        "source '{}'; COMP_WORDS=({}); COMP_CWORD={}; _pgparity pgparity '{}' '{}'; printf '%s\\n' \
         \"${{COMPREPLY[@]}}\"",
        script.display(),
        words.iter().map(|word| format!("'{word}'")).collect::<Vec<_>>().join(" "),
        words.len() - 1,
        words.last().unwrap(),
        words.get(words.len().saturating_sub(2)).unwrap(),
    );
    let output = Command::new("bash").args(["-c", &line]).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap().lines().map(str::to_owned).collect()
}

#[test]
fn shells_complete_and_man_has_pages() {
    let bench = Bench::new();
    for shell in ["zsh", "fish", "powershell", "elvish"] {
        let script = Pgparity::new(["completions", shell]).run().expect_status(0);
        assert!(script.text().contains("print-sql"), "{shell}");
    }
    let script = Pgparity::new(["completions", "bash"]).run().expect_status(0);
    let script = bench.write("pgparity.bash", script.stdout);
    assert!(offered(&script, &["pgparity", "ex"]).contains("export"));
    assert!(offered(&script, &["pgparity", "export", "--print"]).contains("--print-sql"));
    let folder: PathBuf = bench.path("man1");
    let missing = Pgparity::new(["man"]).args([&folder]).run().expect_status(2);
    assert!(missing.stderr.contains("man1"), "{}", missing.stderr);
    fs::create_dir_all(&folder).unwrap();
    Pgparity::new(["man"]).args([&folder]).run().expect_status(0);
    let pages = files(&folder);
    for name in ["pgparity.1", "pgparity-check.1", "pgparity-policy-init.1"] {
        assert!(pages.contains(name), "{pages:?}");
    }
    let page = fs::read_to_string(folder.join("pgparity-check.1")).unwrap();
    assert!(page.contains(".TH pgparity-check 1") && page.contains("\\-\\-against"), "{page}");
}
