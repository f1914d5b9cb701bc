//! An archive in a folder, with snapshots of any time.

use std::fs;
use std::io::{Read as _, Write as _};
use std::path::PathBuf;

use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use pgparity_core::snapshot;
use pgparity_tests::{Bench, Cluster, Db, Pgparity, Run, programs};

/// An archive and the folder that it stands in.
pub(crate) struct Shelf {
    bench: Bench,
}

impl Shelf {
    pub(crate) fn new() -> Shelf {
        Shelf { bench: Bench::new() }
    }

    pub(crate) fn folder(&self) -> PathBuf {
        self.bench.path("archive")
    }

    /// A call with the archive behind its arguments.
    pub(crate) fn call(&self, arguments: &[&str]) -> Pgparity {
        Pgparity::new(arguments.iter().copied()).args(["--archive"]).args([self.folder()])
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Run {
        self.call(arguments).run()
    }

    pub(crate) fn export(&self, db: &Db<'_>, label: &str) -> Run {
        self.run(&["export", "--url", &db.url(), "--label", label]).expect_status(0)
    }

    /// Puts a snapshot of a database into the archive as if it had been taken at that time; its file's name.
    pub(crate) fn put(&self, db: &Db<'_>, label: &str, time: &str) -> String {
        let exported = self.bench.path("exported.json");
        Pgparity::export(db, &exported);
        let mut found = snapshot::read(&fs::read(exported).unwrap()).unwrap();
        time.clone_into(&mut found.source.captured_at);
        found.source.label = Some(label.to_owned());
        let stamp = time.replace(['-', ':'], "");
        let hash = found.fingerprint.strip_prefix("sha256:").unwrap();
        let name = format!("{stamp}-{hash}.json.gz");
        let folder = self.folder().join(label);
        fs::create_dir_all(&folder).unwrap();
        let mut gz = GzEncoder::new(Vec::new(), Compression::default());
        gz.write_all(snapshot::write(&found).as_bytes()).unwrap();
        fs::write(folder.join(&name), gz.finish().unwrap()).unwrap();
        name
    }

    /// The names in an environment's folder that end so.
    pub(crate) fn names(&self, label: &str, ending: &str) -> Vec<String> {
        let Ok(entries) = fs::read_dir(self.folder().join(label)) else { return Vec::new() };
        let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let mut names: Vec<String> = names.filter(|name| name.ends_with(ending)).collect();
        names.sort();
        names
    }

    pub(crate) fn snapshots(&self, label: &str) -> Vec<String> {
        self.names(label, ".json.gz")
    }

    /// The document of a file.
    pub(crate) fn document(&self, label: &str, name: &str) -> String {
        let bytes = fs::read(self.folder().join(label).join(name)).unwrap();
        let mut text = String::new();
        GzDecoder::new(&*bytes).read_to_string(&mut text).unwrap();
        text
    }
}

/// A new database with a table.
pub(crate) fn database(name: &str) -> Db<'static> {
    let db = Cluster::shared(programs::versions()[0]).database(name);
    db.sql("CREATE TABLE orders (id integer PRIMARY KEY, total numeric(10,2));");
    db
}

/// Snapshots tell their time to the second.
pub(crate) fn next_second() {
    std::thread::sleep(std::time::Duration::from_millis(1100));
}
