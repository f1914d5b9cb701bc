//! What journeys through the page have measured. A test that passes prints nothing, so the journeys
//! leave their figures in files, which are printed here.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};

/// The file in the output of a journey that has its figures.
const FILE: &str = "figures.txt";

/// Removes the figures of an earlier run.
pub(super) fn clear(outputs: &Path) -> Result<()> {
    for file in found(outputs)? {
        fs::remove_file(&file).with_context(|| format!("cannot remove {}", file.display()))?;
    }
    Ok(())
}

/// Prints the figures, journey by journey.
pub(super) fn print(outputs: &Path) -> Result<()> {
    print!("{}", all(outputs)?);
    Ok(())
}

fn all(outputs: &Path) -> Result<String> {
    let mut out = String::new();
    for file in found(outputs)? {
        let text =
            fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?;
        out += text.trim_end();
        out += "\n\n";
    }
    if out.is_empty() {
        bail!("no journey has left figures in {}", outputs.display());
    }
    Ok(out)
}

/// The files with figures, in the order of the journeys' names.
fn found(outputs: &Path) -> Result<Vec<PathBuf>> {
    let folders = match fs::read_dir(outputs) {
        Ok(folders) => folders,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => {
            return Err(error).with_context(|| format!("cannot read {}", outputs.display()));
        }
    };
    let mut files = Vec::new();
    for folder in folders {
        let file = folder?.path().join(FILE);
        if file.is_file() {
            files.push(file);
        }
    }
    files.sort();
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_found_in_order_and_those_of_before_are_gone() -> Result<()> {
        let outputs = std::env::temp_dir().join(format!("pgparity-figures-{}", std::process::id()));
        clear(&outputs)?;
        assert!(all(&outputs).is_err(), "none is no success");
        for (journey, figures) in [("speed", "Speed\nusable: 1 s\n\n"), ("scale", "Scale\n")] {
            fs::create_dir_all(outputs.join(journey))?;
            fs::write(outputs.join(journey).join(FILE), figures)?;
        }
        let both = all(&outputs)?;
        clear(&outputs)?;
        let none = all(&outputs);
        fs::remove_dir_all(&outputs)?;
        assert_eq!(both, "Scale\n\nSpeed\nusable: 1 s\n\n");
        assert!(none.is_err());
        Ok(())
    }
}
