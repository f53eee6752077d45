//! `pyield explain`: each wrong program goes wrong as CPython says, each right one prints what its text says.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

fn run(name: &str, program: &str, explains: &str) -> Output {
    let directory = Path::new(env!("CARGO_TARGET_TMPDIR")).join("explain");
    fs::create_dir_all(&directory).expect("the scratch folder can be written");
    let file = directory.join(name);
    fs::write(&file, program).expect("the scratch folder can be written");
    let mut command = Command::new(env!("CARGO_BIN_EXE_pyield"));
    command.arg(file).env("PYIELD_EXPLAIN", explains).output().expect("the binary was built with this test")
}

/// The blocks of a text: the wrong program, what CPython says, the right program, its output.
fn blocks(text: &str) -> Vec<String> {
    text.split("```")
        .skip(1)
        .step_by(2)
        .map(|block| block.split_once('\n').map_or("", |(_, code)| code).to_owned())
        .collect()
}

/// Are they the same line, where `...` stands for what differs from run to run?
fn same(recorded: &str, line: &str) -> bool {
    match recorded.split_once("...") {
        Some((start, end)) => line.starts_with(start) && line.ends_with(end),
        None => line == recorded,
    }
}

#[test]
fn programs_do_what_their_texts_say() {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/cli/explain");
    let mut wrong = Vec::new();
    let mut count = 0;
    for entry in fs::read_dir(directory).expect("the texts are there").flatten() {
        let text = fs::read_to_string(entry.path()).expect("a text is text");
        let code = entry.path().file_stem().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let blocks = blocks(&text);
        assert_eq!(blocks.len(), 4, "{code}");
        let (mistake, says, fix, prints) = (&blocks[0], &blocks[1], &blocks[2], &blocks[3]);
        let ran = run(&format!("{code}.py"), mistake, "1");
        let err = String::from_utf8_lossy(&ran.stderr).into_owned();
        let lines: Vec<&str> = err.lines().map(|line| line.trim_start_matches(['|', ' '])).collect();
        // Behind it are the codes, and what may follow a warning, a report or the headline of a group.
        let said = lines.iter().position(|line| same(says.trim_end(), line));
        if said.is_none() && !says.is_empty() {
            wrong.push(format!("{code}: {err:?}, where CPython says {says:?}"));
        }
        let named = lines.iter().position(|line| line.starts_with(&format!("[{code}] ")));
        if named < said && !text.contains("\nerror: -\n") {
            wrong.push(format!("{code}: the code is not named behind {err:?}"));
        }
        let ran = run(&format!("{code}_fix.py"), fix, "0");
        let out = String::from_utf8_lossy(&ran.stdout).into_owned();
        if out != *prints || !ran.status.success() {
            let err = String::from_utf8_lossy(&ran.stderr).into_owned();
            wrong.push(format!("{code}: the right program prints {out:?} and {err:?}, not {prints:?}"));
        }
        count += 1;
    }
    assert!(count >= 40);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn an_error_names_its_code_where_that_is_wanted() {
    let program = "def g():\n    yield\ng().send(1)\n";
    let last = "TypeError: can't send non-None value to a just-started generator\n";
    let err = |explains| String::from_utf8_lossy(&run("hint.py", program, explains).stderr).into_owned();
    assert!(err("0").ends_with(last) && err("").ends_with(last), "{}", err(""));
    assert!(err("1").contains(&format!("{last}[PY001] ")), "{}", err("1"));
}

#[test]
fn an_error_names_its_code_wherever_it_ends() {
    let err = |program| String::from_utf8_lossy(&run("ends.py", program, "1").stderr).into_owned();
    let task = "import asyncio\nasync def f():\n    await None\nasync def main():\n    asyncio.create_task(f())\n    \
        await asyncio.sleep(0)\n    await asyncio.sleep(0)\nasyncio.run(main())\n";
    assert!(
        err(task).ends_with("can't be awaited\n[PY102] Something is awaited that cannot be: pyield explain PY102\n")
    );
    let logged = format!("import logging\nlogging.basicConfig(filename='/dev/null')\n{task}");
    assert_eq!(err(&logged), "");
    let thread = "import threading\nthreading.Thread(target=lambda: next(iter([]))).start()\n";
    assert!(err(thread).contains("\nStopIteration\n[PY003] "), "{}", err(thread));
    let finalised = "def g():\n    try:\n        yield\n    finally:\n        yield\nh = g()\nnext(h)\ndel h\n";
    assert!(err(finalised).contains(" ignored GeneratorExit\n[PY005] "), "{}", err(finalised));
    let by_hand =
        "import sys\ntry:\n    next(iter([]))\nexcept StopIteration as e:\n    sys.excepthook(type(e), e, None)\n";
    assert!(err(by_hand).ends_with(
        "StopIteration\n[PY003] An end is told by StopIteration, and nobody takes it: pyield explain PY003\n"
    ));
    // All that a group holds, but not what was handled on the way; notes and further lines are no errors.
    let group = "e = RuntimeError('generator raised StopIteration\\nTypeError: more')\ne.add_note('StopIteration')\n\
        try:\n    next(iter([]))\nexcept StopIteration:\n    raise ExceptionGroup('two', [e, TypeError(\"'x' object can't be awaited\")])\n";
    let codes: Vec<String> =
        err(group).lines().filter(|line| line.starts_with('[')).map(|line| line[..7].to_owned()).collect();
    assert_eq!(codes, ["[PY004]", "[PY102]"], "{}", err(group));
}

#[test]
fn texts_are_shown_and_listed() {
    let explain = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_pyield"));
        command.arg("explain").args(arguments).output().expect("the binary was built with this test")
    };
    let listed = String::from_utf8_lossy(&explain(&["--list"]).stdout).into_owned();
    assert!(listed.lines().count() >= 40 && listed.starts_with("PY001  "), "{listed}");
    let shown = String::from_utf8_lossy(&explain(&["py001"]).stdout).into_owned();
    assert!(shown.starts_with("# PY001: ") && shown.contains("## The fix"), "{shown}");
    assert_eq!(explain(&["PY999"]).status.code(), Some(2));
}
