//! Where the parts of the workspace lie.

use std::env;
use std::path::{Path, PathBuf};

/// The top folder of the workspace.
pub fn root() -> PathBuf {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR"));
    tests.parent().expect("the crate lies in the workspace").to_path_buf()
}

/// A path under the folder of this crate, e.g. `tests("fixtures/zoo.sql")`.
pub fn tests(path: impl AsRef<Path>) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// A path under the sample databases, e.g. `samples("shop/expected.json")`.
pub fn samples(path: impl AsRef<Path>) -> PathBuf {
    root().join("samples").join(path)
}

/// The file that loads a state of a sample database, whole: `sample("shop", "from")`.
pub fn sample(name: &str, state: &str) -> PathBuf {
    samples(name).join(format!("{state}.sql"))
}

/// The folder of this build, `<target>/<profile>`: a test lies in `<target>/<profile>/deps`.
pub fn build_folder() -> PathBuf {
    let test = env::current_exe().expect("a test has a path");
    test.ancestors().nth(2).expect("<target>/<profile>/deps/<test>").to_path_buf()
}
