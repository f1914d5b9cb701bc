//! Runs other programs and says what is going on.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};
use std::{env, thread};

use anyhow::{Context as _, Result, bail};

/// Says one line: the subject, then what is being done about it.
pub(crate) fn say(subject: &str, text: impl AsRef<str>) {
    println!("{subject:>10}  {}", text.as_ref());
}

/// A command without the variables that `cargo run` sets about this program; other programs that
/// cargo builds would take them for their own.
pub(crate) fn command(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
    for (name, _) in env::vars_os() {
        let text = name.to_string_lossy();
        let about_this = ["CARGO_PKG_", "CARGO_MANIFEST_", "CARGO_BIN_", "CARGO_CRATE_"];
        if about_this.iter().any(|prefix| text.starts_with(prefix)) {
            command.env_remove(&name);
        }
    }
    command
}

/// The cargo that started this program.
pub(crate) fn cargo() -> Command {
    command(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// Runs a command whose output goes straight to the terminal.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    let shown = shown(command);
    let status = command.status().with_context(|| format!("cannot start {shown}"))?;
    if !status.success() {
        bail!("{shown}: {status}");
    }
    Ok(())
}

/// What a command printed on standard output, trimmed; `None` when it cannot run or fails.
pub(crate) fn output(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    let text = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    output.status.success().then_some(text)
}

/// Runs a lengthy command with its output in a log file; a failure shows the end of the log, and
/// each minute tells that it still runs.
pub(crate) fn logged(command: &mut Command, log: &Path, limit: Option<Duration>) -> Result<()> {
    let shown = shown(command);
    if let Some(folder) = log.parent() {
        fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    }
    let file = File::create(log).with_context(|| format!("cannot write {}", log.display()))?;
    let twin = file.try_clone().context("cannot open the log a second time")?;
    let mut child = command
        .stdin(Stdio::null())
        .stdout(file)
        .stderr(twin)
        .spawn()
        .with_context(|| format!("cannot start {shown}"))?;
    let status = wait(&mut child, limit, &shown)?;
    if !status.success() {
        bail!("{shown}: {status}\n{}\n(all of it: {})", end_of(log), log.display());
    }
    Ok(())
}

fn wait(child: &mut Child, limit: Option<Duration>, shown: &str) -> Result<ExitStatus> {
    const TELL_EACH: Duration = Duration::from_mins(1);
    let start = Instant::now();
    let mut told = 0;
    loop {
        if let Some(status) = child.try_wait().context("cannot wait for a program")? {
            return Ok(status);
        }
        if limit.is_some_and(|limit| start.elapsed() > limit) {
            child.kill().context("cannot stop a program")?;
            child.wait().context("cannot wait for a program")?;
            bail!("{shown}: no answer within {} s", start.elapsed().as_secs());
        }
        let minutes = start.elapsed().as_secs() / TELL_EACH.as_secs();
        if minutes > told {
            told = minutes;
            say("", format!("... still running after {minutes} min"));
        }
        thread::sleep(Duration::from_millis(50));
    }
}

/// Where a program is found on PATH.
pub(crate) fn find(program: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    env::split_paths(&path).map(|folder| folder.join(program)).find(|file| file.is_file())
}

/// PATH with some folders ahead of it.
pub(crate) fn path_after(folders: &[PathBuf]) -> Result<std::ffi::OsString> {
    let path = env::var_os("PATH").unwrap_or_default();
    env::join_paths(folders.iter().cloned().chain(env::split_paths(&path)))
        .context("a folder's name holds the separator of PATH: move the project elsewhere")
}

/// How long something took, for people: `0.4 s`, `12 s`, `3 min 05 s`.
pub(crate) fn took(time: Duration) -> String {
    let seconds = time.as_secs();
    match seconds {
        0..10 => format!("{:.1} s", time.as_secs_f64()),
        10..60 => format!("{seconds} s"),
        _ => format!("{} min {:02} s", seconds / 60, seconds % 60),
    }
}

/// A command as people write it, without the folder of the program.
pub(crate) fn shown(command: &Command) -> String {
    let program = Path::new(command.get_program()).file_name().unwrap_or_default();
    let words = std::iter::once(program).chain(command.get_args());
    words.map(|word| word.to_string_lossy().into_owned()).collect::<Vec<_>>().join(" ")
}

fn end_of(log: &Path) -> String {
    const LINES: usize = 25;
    let text = fs::read(log).map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
    let text = text.unwrap_or_else(|error| format!("(the log cannot be read: {error})"));
    let lines: Vec<&str> = text.lines().collect();
    let first = lines.len().saturating_sub(LINES);
    lines.get(first..).unwrap_or_default().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_read_well() {
        let shown: Vec<String> =
            [400, 9_900, 12_000, 185_000].map(|ms| took(Duration::from_millis(ms))).to_vec();
        assert_eq!(shown, ["0.4 s", "9.9 s", "12 s", "3 min 05 s"]);
    }

    #[test]
    fn a_program_that_hangs_is_stopped() {
        let log = env::temp_dir().join(format!("xtask-hang-{}.log", std::process::id()));
        let start = Instant::now();
        let result = logged(command("sleep").arg("60"), &log, Some(Duration::from_millis(100)));
        assert!(result.is_err_and(|error| error.to_string().contains("no answer")));
        assert!(start.elapsed() < Duration::from_secs(30));
    }

    #[test]
    fn a_failure_shows_the_end_of_the_log() {
        let log = env::temp_dir().join(format!("xtask-fail-{}.log", std::process::id()));
        let result = logged(command("sh").args(["-c", "echo why; exit 3"]), &log, None);
        let text = result.err().map(|error| error.to_string()).unwrap_or_default();
        assert!(text.contains("exit status: 3") && text.contains("why"), "{text}");
    }
}
