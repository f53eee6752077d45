//! Holds the map of the house: which room may know which.
//!
//! Every `use crate::room` and `crate::room::` in `src/` is an arrow. The arrows below are the permitted ones, and so is
//! whatever lies further along them.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Room, and the rooms it may name.
const ARROWS: &[(&str, &[&str])] = &[
    ("cli", &["repl", "interpreter"]),
    ("repl", &["interpreter"]),
    ("interpreter", &["compiler", "stdlib", "trace", "prelude"]),
    ("compiler", &["syntax", "bytecode"]),
    ("syntax", &["source", "text"]),
    ("stdlib", &["builtins", "event_loop", "regex"]),
    ("regex", &["text"]),
    // Tracebacks ask the parser which characters of a line are the operator of an expression.
    ("builtins", &["vm", "prelude", "syntax", "text"]),
    ("trace", &["vm"]),
    ("vm", &["object", "host"]),
    ("event_loop", &["host"]),
    ("object", &["bytecode", "text"]),
    ("bytecode", &["source", "text"]),
    ("source", &[]),
    ("text", &["memory"]),
    ("memory", &["attention"]),
    ("attention", &[]),
    ("host", &["attention"]),
    ("prelude", &[]),
];

/// What a native is handed and how it ends: the one thing below the machine that names it, in the two files that hold
/// natives in objects.
const NATIVES: &[&str] = &["object/native.rs", "object/descriptor.rs"];
const NATIVE_INTERFACE: &[&str] = &["vm::{NativeResult, Vm}", "vm::NativeResult", "vm::Vm"];

#[test]
fn rooms_know_only_whom_they_may() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let allowed = reach();
    let mut wrong = Vec::new();
    for path in files(&source) {
        let relative = path.strip_prefix(&source).expect("the file was found below src").to_string_lossy().into_owned();
        let room = relative.split(['/', '.']).next().unwrap_or_default().to_owned();
        if matches!(room.as_str(), "lib" | "main") {
            continue;
        }
        let Some(may) = allowed.get(room.as_str()) else {
            wrong.push(format!("{relative}: the map has no room {room}"));
            continue;
        };
        let text = fs::read_to_string(&path).expect("a source file is text");
        for (number, line) in (1..).zip(text.lines()) {
            let code = line.split("//").next().unwrap_or_default();
            for (at, found) in code.match_indices("crate::") {
                let rest = &code[at + found.len()..];
                let named = rest.split(|letter: char| !(letter.is_alphanumeric() || letter == '_')).next();
                let Some(other) = named.filter(|name| allowed.contains_key(name)) else { continue };
                let native = NATIVES.contains(&relative.as_str())
                    && NATIVE_INTERFACE.iter().any(|interface| rest.starts_with(interface));
                if other != room && !may.contains(other) && !native {
                    wrong.push(format!("{relative}:{number}: {room} may not know {other}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// For each room all rooms along its arrows.
fn reach() -> BTreeMap<&'static str, BTreeSet<&'static str>> {
    let direct: BTreeMap<_, _> = ARROWS.iter().copied().collect();
    let mut all = BTreeMap::new();
    for (room, first) in ARROWS {
        let mut known = BTreeSet::new();
        let mut open = first.to_vec();
        while let Some(next) = open.pop() {
            if known.insert(next) {
                open.extend(direct.get(next).copied().unwrap_or_default());
            }
        }
        assert!(!known.contains(room), "{room} lies in a circle");
        all.insert(*room, known);
    }
    all
}

fn files(directory: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let entries = fs::read_dir(directory).expect("the directories of src can be read");
    for entry in entries.flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
    found.sort();
    found
}
