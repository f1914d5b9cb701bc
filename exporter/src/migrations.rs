//! Histories of migrations on the command line, and the files of a project's migrations.

use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use clap::Args;
use pgparity_core::migrations::{self, Folder, FolderFile, NamedTable, ReadMigrations, wants_text};

/// More files than any project has migrations.
const MOST_FILES: usize = 50_000;
/// Deeper than any tool looks.
const DEEPEST: usize = 8;
/// Longer than any migration in Python is.
const LONGEST: u64 = 4 << 20;
/// Folders that hold the files of others.
const OTHERS: &[&str] = &["node_modules", "__pycache__", "venv", "site-packages", "target"];

/// What is read of histories of migrations.
#[derive(Clone, Debug, Args)]
pub(crate) struct HistoryArgs {
    /// Do not look for the tables of migration tools: no row of any table is read
    #[arg(long, conflicts_with_all = ["migrations_table", "hash_migrations"])]
    pub(crate) no_migrations: bool,
    /// The table of a migration tool where it has a name of its own, e.g. flyway=app.history; may be
    /// repeated
    #[arg(long, value_name = "TOOL=TABLE", value_parser = NamedTable::parse)]
    pub(crate) migrations_table: Vec<NamedTable>,
    /// Keep hashes in place of the names of migrations
    #[arg(long)]
    pub(crate) hash_migrations: bool,
}

impl HistoryArgs {
    /// What to read; `None` for nothing.
    pub(crate) fn reading(&self) -> Option<ReadMigrations> {
        let tables = self.migrations_table.clone();
        (!self.no_migrations).then_some(ReadMigrations { hash: self.hash_migrations, tables })
    }
}

/// A folder of migrations, and the tool where it is named: `TOOL=DIR` or `DIR`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct FolderArg {
    tool: Option<String>,
    path: PathBuf,
}

impl FolderArg {
    /// Reads the argument.
    #[allow(clippy::unnecessary_wraps, reason = "clap's value parsers return a result")]
    pub(crate) fn parse(text: &str) -> Result<FolderArg, std::convert::Infallible> {
        let named = text.split_once('=').filter(|(tool, _)| migrations::named(tool).is_some());
        Ok(match named {
            Some((tool, path)) => FolderArg { tool: Some(tool.to_owned()), path: path.into() },
            None => FolderArg { tool: None, path: text.into() },
        })
    }

    /// Reads the folder.
    pub(crate) fn read(&self) -> Result<Folder> {
        let path = &self.path;
        let whole =
            path.canonicalize().with_context(|| format!("cannot read {}", path.display()))?;
        if !whole.is_dir() {
            bail!(
                "{} is no folder: --migrations takes the one with the migrations",
                path.display()
            );
        }
        let mut files = Vec::new();
        list(&whole, "", 0, &mut files)?;
        files.sort_by(|a, b| a.path.cmp(&b.path));
        let parts: Vec<String> = whole
            .components()
            .map(|part| part.as_os_str().to_string_lossy().into_owned())
            .collect();
        let base = parts.get(parts.len().saturating_sub(2)..).unwrap_or_default().join("/");
        Ok(Folder { name: path.display().to_string(), base, tool: self.tool.clone(), files })
    }
}

/// The files below a folder. Links to folders are not followed: they may lead in a circle.
fn list(folder: &Path, above: &str, depth: usize, files: &mut Vec<FolderFile>) -> Result<()> {
    let entries =
        fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?;
    for entry in entries {
        let entry = entry.with_context(|| format!("cannot read {}", folder.display()))?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = format!("{above}{name}");
        if name.starts_with('.') || OTHERS.contains(&name.as_str()) {
            continue;
        }
        let kind = entry.file_type().with_context(|| format!("cannot read {path}"))?;
        if kind.is_dir() {
            if depth < DEEPEST {
                list(&entry.path(), &format!("{path}/"), depth + 1, files)?;
            }
        } else {
            if files.len() == MOST_FILES {
                bail!("there are more than {MOST_FILES} files: name the folder of the migrations");
            }
            let text = if wants_text(&path) { text(&entry.path())? } else { None };
            files.push(FolderFile { path, text });
        }
    }
    Ok(())
}

/// What is in a file; `None` for what is no text or too long for a migration.
fn text(path: &Path) -> Result<Option<String>> {
    let mut bytes = Vec::new();
    let file = fs::File::open(path).with_context(|| format!("cannot read {}", path.display()))?;
    let read = file.take(LONGEST + 1).read_to_end(&mut bytes);
    read.with_context(|| format!("cannot read {}", path.display()))?;
    let whole = u64::try_from(bytes.len()).is_ok_and(|length| length <= LONGEST);
    Ok(String::from_utf8(bytes).ok().filter(|_| whole))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap fails the test")]
    use super::*;

    #[test]
    fn a_folder_is_read_with_its_subfolders() {
        let folder = tempfile::tempdir().unwrap();
        let shop = folder.path().join("shop/migrations");
        fs::create_dir_all(shop.join("__pycache__")).unwrap();
        fs::create_dir_all(shop.join("old")).unwrap();
        for (name, text) in
            [("0001_a.py", "class Migration"), ("old/1.sql", "x"), (".hidden.py", "")]
        {
            fs::write(shop.join(name), text).unwrap();
        }
        fs::write(shop.join("__pycache__/0001_a.py"), "x").unwrap();
        let given = shop.display().to_string();
        let read = FolderArg::parse(&given).unwrap().read().unwrap();
        assert_eq!((read.base.as_str(), read.name.as_str()), ("shop/migrations", given.as_str()));
        let files: Vec<_> =
            read.files.iter().map(|f| (f.path.as_str(), f.text.as_deref())).collect();
        assert_eq!(files, [("0001_a.py", Some("class Migration")), ("old/1.sql", None)]);
        let error = FolderArg::parse(&format!("{given}/0001_a.py")).unwrap().read().unwrap_err();
        assert!(error.to_string().contains("is no folder"), "{error}");
    }

    #[test]
    fn a_tool_can_stand_in_front_of_the_folder() {
        let parsed = |text| FolderArg::parse(text).unwrap();
        assert_eq!(parsed("goose=db").tool.as_deref(), Some("goose"));
        assert_eq!(parsed("a=b"), FolderArg { tool: None, path: "a=b".into() });
    }
}
