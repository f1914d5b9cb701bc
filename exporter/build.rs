//! Packs the page in one file, when there is one, so that `pgparity report` brings it along.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

use flate2::Compression;
use flate2::write::GzEncoder;

fn main() -> Result<(), String> {
    println!("cargo::rerun-if-env-changed=PGPARITY_PAGE");
    let page = env::var_os("PGPARITY_PAGE").filter(|path| !path.is_empty()).map(PathBuf::from);
    let content = match &page {
        Some(path) => {
            println!("cargo::rerun-if-changed={}", path.display());
            let read = fs::read(path);
            read.map_err(|error| format!("PGPARITY_PAGE: {}: {error}", path.display()))?
        }
        None => Vec::new(),
    };
    let out = env::var_os("OUT_DIR").ok_or("cargo sets OUT_DIR")?;
    let mut gz = GzEncoder::new(Vec::new(), Compression::best());
    let packed = gz.write_all(&content).and_then(|()| gz.finish());
    packed
        .and_then(|packed| fs::write(Path::new(&out).join("page.html.gz"), packed))
        .map_err(|error| format!("the page cannot be packed: {error}"))
}
