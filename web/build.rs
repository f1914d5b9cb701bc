//! Packs the two sample snapshots, so that the module carries them at a tenth of their size.

use std::io::Write as _;
use std::path::Path;
use std::{env, fs};

use flate2::Compression;
use flate2::write::GzEncoder;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let out = env::var("OUT_DIR")?;
    for name in ["development", "production"] {
        let source = format!("samples/{name}.json");
        println!("cargo::rerun-if-changed={source}");
        let mut gz = GzEncoder::new(Vec::new(), Compression::best());
        gz.write_all(&fs::read(&source)?)?;
        fs::write(Path::new(&out).join(format!("{name}.json.gz")), gz.finish()?)?;
    }
    Ok(())
}
