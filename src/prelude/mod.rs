//! The part of builtins and standard library that must call back into Python, written in Python (law 1).
//!
//! A file here consists of `def`s only. It is compiled when one of its functions is first needed; its frames are hidden
//! from tracebacks and traces. Besides the builtins it sees the natives of the `PRELUDE` tables, whose names begin with
//! an underscore.

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

/// The file that defines the function `name`.
pub fn file_of(name: &str) -> Option<(&'static str, &'static str)> {
    let head = format!("def {name}(");
    let defines = |text: &str| text.starts_with(&head) || text.contains(&format!("\n{head}"));
    FILES.iter().copied().find(|(_, text)| defines(text))
}
