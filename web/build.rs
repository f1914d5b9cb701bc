//! Packs the two sample snapshots, so that the module carries them at a twentieth of their size,
//! and takes from the pages about hazards what the plan tells of them.

mod hazards;
mod weave;

use std::io::Write as _;
use std::path::Path;
use std::{env, fs};

use flate2::Compression;
use flate2::write::GzEncoder;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let sample = |name: &str| {
        let source = format!("samples/{name}.json");
        println!("cargo::rerun-if-changed={source}");
        fs::read_to_string(source)
    };
    println!("cargo::rerun-if-changed=weave.rs");
    let woven = weave::weave(&sample("production")?, &sample("development")?);
    let mut gz = GzEncoder::new(Vec::new(), Compression::best());
    gz.write_all(woven.as_bytes())?;
    fs::write(Path::new(&env::var("OUT_DIR")?).join("samples.gz"), gz.finish()?)?;
    println!("cargo::rerun-if-changed=hazards.rs");
    let pages = hazards::pages(Path::new("../docs/hazards"))?;
    fs::write(Path::new(&env::var("OUT_DIR")?).join("hazards.rs"), pages)?;
    Ok(())
}
