//! Examples of the documentation: commands with what they say, run as they stand there.

use crate::Run;

/// Runs every `$ pgparity …` in the `console` blocks of a text, and stops the test where a line that stands below one
/// is not said; `…` stands for anything. How many commands there were.
pub fn follow(document: &str, call: impl Fn(&[&str]) -> Run) -> usize {
    let mut commands = 0;
    for block in document.split("```console\n").skip(1) {
        let (block, _) = block.split_once("```").expect("a block ends");
        for example in block.split("$ pgparity ").skip(1) {
            let (line, shown) = example.split_once('\n').expect("a command ends its line");
            let words: Vec<&str> =
                line.split_whitespace().map(|word| word.trim_matches('\'')).collect();
            let run = call(&words);
            let said = format!("{}{}", run.text(), run.stderr);
            let mut rest = said.as_str();
            for part in shown
                .lines()
                .flat_map(|line| line.split('…'))
                .filter(|part| !part.trim().is_empty())
            {
                let at =
                    rest.find(part).unwrap_or_else(|| panic!("{line}: not said: {part}\n{said}"));
                rest = &rest[at + part.len()..];
            }
            commands += 1;
        }
    }
    commands
}
