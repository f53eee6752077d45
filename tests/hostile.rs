//! What once brought pyield down, or was thought up to do so, ends in peace: the programs of `fuzz/crashed`.

use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::{Command, Stdio};

/// What a panic exits with.
const PANIC: i32 = 101;

/// Address space of a program, in KiB: what has no end has one.
const MEMORY: u32 = 1 << 20;

#[test]
fn no_crash_comes_back() {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/crashed");
    let entries = directory.read_dir().expect("the directory is part of the repository");
    let mut programs: Vec<_> = entries.map(|entry| entry.expect("the directory can be read").path()).collect();
    programs.sort();
    assert!(!programs.is_empty());
    let mut wrong = Vec::new();
    for program in programs {
        let limited = format!("ulimit -v {MEMORY} && exec \"$@\"");
        let status = Command::new("sh")
            .args(["-c", &limited, "sh", env!("CARGO_BIN_EXE_pyield")])
            .arg(&program)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()
            .expect("a shell can be started");
        if status.code() == Some(PANIC) || status.signal().is_some() {
            wrong.push(format!("{}: {status}", program.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
