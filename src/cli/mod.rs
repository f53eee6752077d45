//! The command line: which program to run, and where to find it.
//!
//! [`arguments`] reads the command line as `python3` reads its own, with our subcommands before it; [`run`] runs files,
//! modules, documents and code from the command line; [`window`] shows what the stages before running make of a text;
//! [`markdown`] finds the programs in a document; [`explain`] tells of mistakes.

mod arguments;
mod document;
mod explain;
mod help;
mod limits;
mod manual;
pub mod markdown;
mod offers;
mod options;
mod run;
mod settings;
mod sheet;
mod shells;
mod trace;
mod trace_document;
mod window;

use crate::host::{RealHost, Streams};
use arguments::{Action, arguments};
use std::ffi::OsString;

/// Reads the command line, does what it says, and gives the exit status.
pub fn main(line: impl Iterator<Item = OsString>) -> i32 {
    let line: Vec<OsString> = line.skip(1).collect();
    let command = line.first().map(|word| word.to_string_lossy().into_owned());
    match arguments(line) {
        Ok(Action::Help) => print(help::HELP),
        Ok(Action::Environment) => print(help::ENVIRONMENT),
        Ok(Action::Implementation) => print(help::IMPLEMENTATION),
        Ok(Action::All) => print(&[help::HELP, help::EXIT_CODES, help::ENVIRONMENT, help::IMPLEMENTATION].join("\n")),
        Ok(Action::Version { twice }) => print(&help::version(twice)),
        Ok(Action::Show(window, program)) => window::show(window, &program),
        Ok(Action::Trace(what)) => trace::trace(what),
        Ok(Action::Manual) => print(&manual::manual()),
        Ok(Action::Offer(words)) => print(&offers::offers(&words)),
        Ok(Action::Completions(shell)) => match shells::completions(&shell) {
            Some(text) => print(&text),
            None => {
                complain(&format!("completions: unknown shell '{shell}'\n{}", help::usage(command.as_deref())));
                2
            }
        },
        Ok(Action::Explain(what)) => explain::explain(what.as_deref()),
        Ok(Action::Run(program, options)) => run::run(program, options),
        Err(mistake) => {
            complain(&format!("{mistake}\n{}", help::usage(command.as_deref())));
            2
        }
    }
}

/// Write to standard output; the exit status. A reader that went away has seen what it wanted.
fn print(text: &str) -> i32 {
    let mut host = RealHost::new();
    match host.write_stdout(text.as_bytes()).and_then(|()| host.flush_stdout()) {
        Err(error) if error.errno != libc::EPIPE => {
            complain(&format!("pyield: can't write to standard output: {}\n", error.message));
            1
        }
        _ => 0,
    }
}

/// Write to standard error, where nobody can be told that it fails.
fn complain(text: &str) {
    let _ = RealHost::new().write_stderr(text.as_bytes());
}
