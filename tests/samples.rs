//! Every program in `samples/` prints what CPython prints, and the ones marked `# trace` leave the trace beside them.
//!
//! `NAME.out.snap` is written by `tests/oracle/record.py` from a run of CPython and never from what pyield prints;
//! `NAME.trace.snap`, and `NAME.told.snap` of the programs in `stuck`, are pyield's own, reviewed by people. One folder: `INSTA_GLOB_FILTER='**/generators/*' cargo test`.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

/// Long enough for a slow machine and a debug build: a sample that needs it hangs.
const TIME_LIMIT: Duration = Duration::from_secs(60);

#[test]
fn samples_print_what_cpython_prints() {
    insta::glob!("../samples", "**/*.py", |path| {
        beside(path).bind(|| insta::assert_snapshot!(format!("{}.out", name(path)), pyield(&[], path)));
    });
}

#[test]
fn marked_samples_leave_their_trace() {
    insta::glob!("../samples", "**/*.py", |path| {
        let text = fs::read_to_string(path).unwrap_or_default();
        if text.lines().any(|line| line == "# trace") {
            beside(path).bind(|| insta::assert_snapshot!(format!("{}.trace", name(path)), pyield(&["trace"], path)));
        }
    });
}

/// What is said of programs that are stuck, or lose something. CPython has nothing to compare that with.
#[test]
fn stuck_programs_say_why() {
    insta::glob!("stuck/*.py", |path| {
        beside(path).bind(|| insta::assert_snapshot!(format!("{}.told", name(path)), pyield(&["run"], path)));
    });
}

/// The settings that put a snapshot beside its sample, with no more in its head than record.py writes there.
fn beside(path: &Path) -> insta::Settings {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(path.parent().expect("a sample lies in a folder"));
    settings.set_prepend_module_to_snapshot(false);
    settings.remove_snapshot_suffix();
    settings.remove_input_file();
    settings.set_omit_expression(true);
    settings
}

fn name(path: &Path) -> &str {
    path.file_stem().and_then(OsStr::to_str).expect("a sample has a name in ASCII")
}

/// What `pyield ARGS SAMPLE`, started in the root of the repository, prints and how it ends.
///
/// The form is that of `transcript` in record.py: stdout, then stderr and exit status if there is something to say.
fn pyield(args: &[&str], sample: &Path) -> String {
    let root = root();
    let relative = sample.strip_prefix(&root).expect("the samples lie in the repository");
    let mut command = Command::new(env!("CARGO_BIN_EXE_pyield"));
    command.current_dir(&root).args(args).arg(relative).env("NO_COLOR", "1");
    for variable in ["FORCE_COLOR", "PYTHONHASHSEED", "PYTHONPATH", "PYTHON_COLORS"] {
        command.env_remove(variable);
    }
    let (status, stdout, stderr) = run(command, &args.concat());

    let mut text = stdout;
    if !stderr.is_empty() {
        section(&mut text, "stderr");
        text.push_str(&stderr);
    }
    match status.and_then(|status| status.code()) {
        Some(0) => {}
        Some(code) => section(&mut text, &format!("exit {code}")),
        None => section(&mut text, "killed"),
    }
    // The main file is named by its absolute path, and addresses are nobody's promise.
    without_addresses(&text.replace(&format!("{}/", root.display()), ""))
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).canonicalize().expect("the repository is where it was built")
}

fn section(text: &mut String, title: &str) {
    if !text.is_empty() && !text.ends_with('\n') {
        text.push('\n');
    }
    text.push_str(&format!("--- {title}\n"));
}

/// Runs `command` to its end or to the time limit (then the status is `None`), and gives what it wrote.
///
/// It writes to files, so that a sample that prints a lot never waits for a reader. The two tests run side by side:
/// `purpose` keeps their files apart.
fn run(mut command: Command, purpose: &str) -> (Option<ExitStatus>, String, String) {
    let scratch = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let files = ["stdout", "stderr"].map(|stream| scratch.join(format!("samples-{purpose}.{stream}")));
    let [stdout, stderr] = files.each_ref().map(|path| File::create(path).expect("the scratch folder can be written"));
    command.stdin(Stdio::null()).stdout(stdout).stderr(stderr);
    let mut child = command.spawn().expect("the binary was built with this test");
    let start = Instant::now();
    let status = loop {
        match child.try_wait().expect("the child is ours to wait for") {
            Some(status) => break Some(status),
            None if start.elapsed() > TIME_LIMIT => {
                // It may have ended in this very moment; then there is nothing to kill.
                let _ = child.kill();
                let _ = child.wait();
                break None;
            }
            None => std::thread::sleep(Duration::from_millis(2)),
        }
    };
    let [stdout, stderr] = files
        .map(|path| String::from_utf8_lossy(&fs::read(path).expect("the scratch file was just written")).into_owned());
    (status, stdout, stderr)
}

/// `<object at 0x7f12>` becomes `<object at 0x...>`.
fn without_addresses(text: &str) -> String {
    const START: &str = " at 0x";
    let mut pieces = text.split(START);
    let mut result = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        result.push_str(START);
        let rest = piece.trim_start_matches(|c: char| c.is_ascii_hexdigit() && !c.is_ascii_uppercase());
        if rest.len() < piece.len() {
            result.push_str("...");
        }
        result.push_str(rest);
    }
    result
}
