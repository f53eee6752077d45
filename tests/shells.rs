//! The completions in the shells themselves, where those are installed; a line says so where one is not.

#[path = "support/person.rs"]
#[allow(dead_code, reason = "others type more than this")]
mod person;

use person::{ENTER, Person};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

const TAB: &str = "\t";
const CTRL_A: &str = "\x01";
const CTRL_U: &str = "\x15";

const PYIELD: &str = env!("CARGO_BIN_EXE_pyield");

/// Is there such a shell? If not, that is said.
fn is_there(shell: &str) -> bool {
    let there = Command::new(shell).arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok();
    if !there {
        eprintln!("skipped: no {shell} is installed here, so its completions were not tried");
    }
    there
}

/// A directory with a few files, in which the completions for a shell lie as `name`.
fn room(shell: &str, name: &str) -> PathBuf {
    let room = Path::new(env!("CARGO_TARGET_TMPDIR")).join("shells").join(shell);
    let _ = fs::remove_dir_all(&room);
    fs::create_dir_all(room.join("package")).expect("the scratch folder can be written");
    let script = Command::new(PYIELD).args(["completions", shell]).output().expect("the program runs").stdout;
    fs::create_dir_all(room.join(".completions")).expect("the scratch folder can be written");
    fs::write(room.join(".completions").join(name), script).expect("the scratch folder can be written");
    for file in ["alone.txt", "first.py", "second half.py", "story.md", "package/__init__.py", "package/__main__.py"] {
        fs::write(room.join(file), "").expect("the scratch folder can be written");
    }
    room.canonicalize().expect("it was made just now")
}

/// A shell with nothing of its user's, in a room, where `pyield` is the one of this test.
fn shell(program: &str, arguments: &[&str], room: &Path) -> Command {
    let mut command = Command::new(program);
    let here = Path::new(PYIELD).parent().expect("it lies in a directory");
    let path = std::env::var_os("PATH").unwrap_or_default();
    let all = std::iter::once(here.to_owned()).chain(std::env::split_paths(&path));
    command.args(arguments).current_dir(room).env("PATH", std::env::join_paths(all).expect("they were joined before"));
    for variable in ["PYTHONPATH", "PYTHONSAFEPATH", "PYTHONWARNINGS", "INPUTRC", "FPATH"] {
        command.env_remove(variable);
    }
    command.env("HOME", room).env("ZDOTDIR", room).env("XDG_CONFIG_HOME", room).env("TERM", "xterm");
    command.env("PS1", "ready ").env("INPUTRC", "/dev/null");
    command
}

/// What was typed, a Tab behind it, and the words that then stand there.
const COMPLETED: &[(&str, &[&str])] = &[
    ("tra", &["trace"]),
    ("trace --fo", &["trace", "--format"]),
    ("trace --seed 1 -O --no", &["trace", "--seed", "1", "-O", "--no-fold"]),
    ("trace --format h", &["trace", "--format", "html"]),
    ("trace --format=ht", &["trace", "--format=html"]),
    ("trace --events send,yi", &["trace", "--events", "send,yield"]),
    ("trace --events=send,yi", &["trace", "--events=send,yield"]),
    ("explain PY10", &["explain", "PY10"]),
    ("explain PY11", &["explain", "PY11"]),
    ("completions z", &["completions", "zsh"]),
    ("-m timei", &["-m", "timeit"]),
    ("-m pack", &["-m", "package"]),
    ("-m json.t", &["-m", "json.tool"]),
    ("-Xd", &["-Xdev"]),
    ("-X cpu", &["-X", "cpu_count="]),
    ("fir", &["first.py"]),
    ("seco", &["second half.py"]),
    ("run sto", &["run", "story.md"]),
    ("run story.md --sh", &["run", "story.md", "--shared"]),
    ("trace first.py --fo", &["trace", "first.py", "--format"]),
    ("trace first.py --format dot -o alo", &["trace", "first.py", "--format", "dot", "-o", "alone.txt"]),
    ("first.py alo", &["first.py", "alone.txt"]),
    ("first.py --fo", &["first.py", "--fo"]),
    ("trace diff alo", &["trace", "diff", "alone.txt"]),
    ("trace --output=alo", &["trace", "--output=alone.txt"]),
    ("dis --hel", &["dis", "--help"]),
    // What is of another command, or a value of which nothing is known.
    ("--fo", &["--fo"]),
    ("run --fo", &["run", "--fo"]),
    ("trace --li", &["trace", "--lines"]),
    ("run --li", &["run", "--list"]),
    ("--seed alo", &["--seed", "alo"]),
    ("trace --depth alo", &["trace", "--depth", "alo"]),
    ("-c alo", &["-c", "alo"]),
    ("completions alo", &["completions", "alo"]),
];

/// Types each of these lines, and a Tab, and then has the shell print its words.
fn complete_all(person: &mut Person) {
    for (typed, words) in COMPLETED {
        // What is printed differs from what is typed, so that it is not found in that.
        person.types(&format!("pyield {typed}{TAB}{CTRL_A}printf '<%s>' go''t ")).types(ENTER);
        person.expect("<got>");
        let seen = person.expect("ready ");
        // Zsh puts the screen in order before it asks for more.
        let seen = seen.split('\x1b').next().unwrap_or("");
        let expected: String = ["pyield"].iter().chain(*words).map(|word| format!("<{word}>")).collect();
        assert_eq!(seen, expected, "pyield {typed}");
    }
}

#[test]
fn bash_completes() {
    if !is_there("bash") {
        return;
    }
    let room = room("bash", "pyield");
    let mut person = Person::before(shell("bash", &["--norc", "--noprofile", "-i"], &room));
    // Without marks around what is pasted nothing but texts is written.
    person.expect("ready ");
    person
        .types("bind 'set enable-bracketed-paste off'; bind 'set bell-style none'; . .completions/pyield")
        .types(ENTER);
    person.expect("ready ");
    complete_all(&mut person);
    // A second Tab lists.
    person.types(&format!("pyield explain PY10{TAB}{TAB}")).expect("PY101");
    person.expect("PY109");
    person.types(CTRL_U).types(&format!("pyield {TAB}{TAB}"));
    let listed = person.expect("trace");
    assert!(["explain", "first.py", "story.md", "run"].iter().all(|word| listed.contains(word)), "{listed}");
    assert!(!listed.contains("alone.txt"), "{listed}");
}

#[test]
fn zsh_completes() {
    if !is_there("zsh") {
        return;
    }
    let room = room("zsh", "_pyield");
    let mut person = Person::before(shell("zsh", &["-f", "-i"], &room));
    person.expect("ready ");
    person.types("unsetopt prompt_sp prompt_cr beep; fpath=($PWD/.completions $fpath); autoload -Uz compinit; ");
    person.types("compinit -u -D; bindkey -e; print do''ne").types(ENTER).expect("done");
    person.expect("ready ");
    complete_all(&mut person);
    person.types(&format!("pyield explain PY10{TAB}")).expect("A coroutine is awaited a second time");
    person.expect("PY109");
    person.types(CTRL_U).types(&format!("pyield {TAB}"));
    let listed = person.expect("story.md");
    assert!(listed.contains("run a program and show who gives control to whom"), "{listed}");
    assert!(listed.contains("first.py") && !listed.contains("alone.txt"), "{listed}");
}

#[test]
fn fish_completes() {
    if !is_there("fish") {
        return;
    }
    let room = room("fish", "pyield.fish");
    let offered = |line: &str| {
        let order = "source .completions/pyield.fish; complete -C \"pyield $argv[1]\"";
        let ran = shell("fish", &["--no-config", "-c", order, "--", line], &room).output().expect("fish is there");
        String::from_utf8_lossy(&ran.stdout).into_owned()
    };
    for (typed, words) in COMPLETED {
        let offers = offered(typed);
        let first: Vec<&str> = offers.lines().map(|line| line.split('\t').next().unwrap_or("")).collect();
        let (last, before) = words.split_last().expect("there are words");
        if typed.ends_with(last) {
            assert!(first.len() != 1, "{typed}: {offers}");
        } else {
            assert_eq!(first, [*last], "{typed}");
            assert!(typed.starts_with(&before.join(" ")), "{typed}");
        }
    }
    assert!(offered("trace --lo").contains("--locals\twith the variables of frames that suspend"));
    // Programs and documents come first, behind the commands.
    let all = offered("");
    let at = |name: &str| all.find(name).unwrap_or_else(|| panic!("{name} in {all}"));
    assert!(at("trace") < at("first.py") && at("story.md") < at("alone.txt"), "{all}");
}
