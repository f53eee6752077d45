//! What is said about malformed and dubious programs is what CPython says.
//!
//! `oracle/syntax_errors.txt` is written by `oracle/syntax_errors.py`. To try other programs, have it write another file
//! and name that in the environment: `PYIELD_ERRORS=/path cargo test --test syntax_errors`.

use pyield::compiler::{self, ErrorKind, Target};
use pyield::source::{Source, Warning};
use pyield::syntax::{Mode, SyntaxError, parse_noting};
use std::rc::Rc;

/// Line and column (in characters, from 1) of where the carets begin and end.
type Carets = ((u32, i64), (u32, i64));

/// Where CPython would draw carets for a place `line:offset-line:offset`: an end that says nothing is one on.
fn carets(place: &str) -> Option<Carets> {
    let (start, end) = place.split_once('-')?;
    let point = |text: &str| -> Option<(u32, i64)> {
        let (line, column) = text.split_once(':')?;
        Some((line.parse().ok()?, column.parse().ok()?))
    };
    let (start, end) = (point(start)?, point(end)?);
    let silent = end.1 <= 0 || end == start;
    let end = if silent { (start.0, start.1 + 1) } else { end };
    Some((start, end))
}

/// The error of a program, if it has one, and what is dubious about it.
fn compile(source: &Rc<Source>) -> (Option<SyntaxError>, Vec<Warning>) {
    let mut noted = Vec::new();
    let module = match parse_noting(source, Mode::Exec, &mut noted) {
        Ok(module) => module,
        Err(error) => return (Some(error), Vec::new()),
    };
    match compiler::compile_within(&module, noted, source, Target::Module, 100 * 1024) {
        Ok(code) => (None, code.warnings.clone()),
        Err(error) => {
            assert_eq!(error.kind, ErrorKind::Syntax, "{}", error.message);
            (Some(SyntaxError::new(error.span, error.message)), Vec::new())
        }
    }
}

/// The lines before a program that say what became of it.
fn verdict(program: &str) -> Vec<String> {
    let source = Source::new("<test>", program);
    let (error, warnings) = compile(&source);
    let end = match error {
        None => "fine".to_owned(),
        Some(error) => {
            let place = error.location(&source);
            let place = format!("{}:{}-{}:{}", place.line, place.offset, place.end_line, place.end_offset);
            format!("{} {place} {}", error.kind.name(), error.message)
        }
    };
    let warnings = warnings.iter().map(|warning| {
        let line = source.place(warning.span.start).line;
        format!("SyntaxWarning {line} {}", warning.message)
    });
    std::iter::once(end).chain(warnings).collect()
}

/// Whether two verdicts are the same to whoever reads the messages and the carets. Of a program with an error, CPython
/// may tell the warnings it met before.
fn agree(ours: &[String], theirs: &[String]) -> bool {
    let parts = |verdict: &'_ str| -> Option<(String, Carets, String)> {
        let (kind, rest) = verdict.split_once(' ')?;
        let (place, message) = rest.split_once(' ')?;
        Some((kind.to_string(), carets(place)?, message.to_string()))
    };
    match parts(&ours[0]) {
        None => ours == theirs,
        ours => parts(&theirs[0]) == ours,
    }
}

#[test]
fn says_what_cpython_says() {
    let text = match std::env::var("PYIELD_ERRORS") {
        Ok(path) => std::fs::read_to_string(path).expect("the file of errors can be read"),
        Err(_) => include_str!("oracle/syntax_errors.txt").to_string(),
    };
    let mut differ = Vec::new();
    let entries: Vec<&str> = text.trim_end().strip_prefix("-- ").unwrap_or(&text).split("\n-- ").collect();
    for entry in &entries {
        let (wanted, mut program) = entry.split_once('\n').unwrap_or((entry, ""));
        let mut wanted = vec![wanted.to_owned()];
        while let Some(rest) = program.strip_prefix("-! ") {
            let (warning, rest) = rest.split_once('\n').unwrap_or((rest, ""));
            wanted.push(warning.to_owned());
            program = rest;
        }
        let found = verdict(&format!("{program}\n"));
        if !agree(&found, &wanted) {
            differ.push(format!("{program}\n  ours:   {}\n  theirs: {}\n", found.join("\n"), wanted.join("\n")));
        }
    }
    assert!(differ.is_empty(), "{} of {} differ:\n{}", differ.len(), entries.len(), differ.join("\n"));
}
