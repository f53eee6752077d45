//! The part of builtins and standard library that must call back into Python, written in Python (law 1).
//!
//! A file here consists of `def`s only. The outline of a function, and of those it calls, is compiled when it is first
//! needed, its body when it is called; their frames are hidden from tracebacks and traces. Besides the builtins it sees the
//! natives of the `PRELUDE` tables, whose names begin with an underscore.

use rustc_hash::FxHashMap;

/// The files: name and text.
pub const FILES: &[(&str, &str)] = &[
    ("adaptors.py", include_str!("adaptors.py")),
    ("callables.py", include_str!("callables.py")),
    ("collector.py", include_str!("collector.py")),
    ("containers.py", include_str!("containers.py")),
    ("contexts.py", include_str!("contexts.py")),
    ("core.py", include_str!("core.py")),
    ("dubious.py", include_str!("dubious.py")),
    ("exceptions.py", include_str!("exceptions.py")),
    ("forks.py", include_str!("forks.py")),
    ("frames.py", include_str!("frames.py")),
    ("functions.py", include_str!("functions.py")),
    ("generics.py", include_str!("generics.py")),
    ("heaps.py", include_str!("heaps.py")),
    ("imports.py", include_str!("imports.py")),
    ("iteration.py", include_str!("iteration.py")),
    ("itertools.py", include_str!("itertools.py")),
    ("operators.py", include_str!("operators.py")),
    ("patterns.py", include_str!("patterns.py")),
    ("stdlib.py", include_str!("stdlib.py")),
    ("suspension.py", include_str!("suspension.py")),
    ("text.py", include_str!("text.py")),
    ("threads.py", include_str!("threads.py")),
];

/// The file that defines the function `name`, and of its text that function and those of the file that it calls, or they do:
/// compiling all of a file takes longer than most programs run.
pub fn part_for(name: &str) -> Option<(&'static str, String)> {
    let head = format!("def {name}(");
    FILES.iter().filter(|(_, text)| text.contains(&head)).find_map(|(file, text)| {
        let functions = functions_of(text);
        let first = functions.iter().position(|(called, _)| *called == name)?;
        let numbers: FxHashMap<&str, usize> = functions.iter().map(|(called, _)| *called).zip(0..).collect();
        let (mut wanted, mut at) = (vec![first], 0);
        while let Some(&next) = wanted.get(at) {
            for number in words(functions[next].1).filter_map(|word| numbers.get(word).copied()) {
                if !wanted.contains(&number) {
                    wanted.push(number);
                }
            }
            at += 1;
        }
        wanted.sort_unstable();
        Some((*file, wanted.into_iter().map(|number| functions[number].1).collect()))
    })
}

/// The functions of a file: their names and texts.
fn functions_of(text: &str) -> Vec<(&str, &str)> {
    let heads = ["def ", "async def "];
    let begins = |line: &str| heads.iter().any(|head| line.starts_with(head));
    let mut starts = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if begins(line) {
            starts.push(at);
        }
        at += line.len();
    }
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    let bodies = starts.iter().zip(ends).filter_map(|(&start, end)| text.get(start..end));
    let named = |body| words(body).find(|word| *word != "async" && *word != "def").map(|name| (name, body));
    bodies.filter_map(named).collect()
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !(c.is_alphanumeric() || c == '_')).filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_consist_of_functions() {
        for (file, text) in FILES {
            for line in text.lines() {
                let inside = [" ", "def ", "async def ", "#", "\"", ")"].iter().any(|start| line.starts_with(start));
                assert!(line.is_empty() || inside, "{file}: {line}");
            }
        }
    }

    #[test]
    fn a_function_comes_with_those_it_calls() {
        let (file, text) = part_for("park_and_again").expect("it is there");
        assert_eq!(file, "threads.py");
        assert!(text.starts_with("def ") && text.contains("def park_and_again("));
        assert!(part_for("no_such_function").is_none());
    }
}
