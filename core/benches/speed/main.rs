//! How fast snapshots are read and compared and plans are made, as ratios within one run.
//!
//! ```text
//! cargo bench -p pgparity-core                              # 1,000 and 5,000 tables
//! cargo bench -p pgparity-core -- --tables 500,2000 --runs 9
//! cargo bench -p pgparity-core -- FROM.json TO.json         # two snapshots of your own
//! ```
//!
//! Times are processor time. Caches and memory are shared with whatever else the machine does, so
//! the figures to read are those that compare two measurements of the same run: with `serde_json::Value` on the same documents, and of the larger
//! pair with the smaller one. Nothing here fails for being slow.

mod generate;
mod measure;
mod memory;
mod schema;

use std::error::Error;
use std::{env, fs};

use measure::{Pair, Phases};

/// What was asked for.
struct Request {
    tables: Vec<usize>,
    runs: usize,
    files: Vec<String>,
}

fn main() -> Result<(), Box<dyn Error>> {
    if let [_, word, from, to] = env::args().collect::<Vec<_>>().as_slice()
        && word == memory::ARGUMENT
    {
        return memory::run(from, to);
    }
    let request = Request::parse(env::args().skip(1))?;
    let pairs = match request.files.as_slice() {
        [] => request.tables.iter().map(|tables| Pair::generated(*tables)).collect(),
        [from, to] => vec![Pair::new("given", fs::read_to_string(from)?, fs::read_to_string(to)?)],
        _ => return Err("give two snapshots, FROM.json and TO.json, or none".into()),
    };
    let mut measured = Vec::new();
    for pair in pairs {
        measured.push(Phases::measure(pair, request.runs)?);
    }
    print!("{}", measure::table(&measured));
    Ok(())
}

impl Request {
    fn parse(arguments: impl Iterator<Item = String>) -> Result<Request, Box<dyn Error>> {
        let mut request = Request { tables: Vec::new(), runs: 5, files: Vec::new() };
        let mut measuring = false;
        let mut arguments = arguments;
        while let Some(argument) = arguments.next() {
            let mut value = || arguments.next().ok_or(format!("{argument} needs a value"));
            match argument.as_str() {
                // Cargo says so when it runs benchmarks; a test run only looks whether it works.
                "--bench" => measuring = true,
                "--runs" => request.runs = value()?.parse::<usize>()?.max(1),
                "--tables" => {
                    for number in value()?.split(',') {
                        request.tables.push(number.trim().parse()?);
                    }
                }
                option if option.starts_with('-') => {
                    return Err(format!("{option}? Known: --tables N[,N…], --runs N").into());
                }
                _ => request.files.push(argument),
            }
        }
        if request.tables.is_empty() {
            request.tables = if measuring { vec![1000, 5000] } else { vec![20] };
        }
        Ok(request)
    }
}
