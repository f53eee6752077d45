//! The command line from outside: what it prints, and how it ends.
//!
//! Texts of errors are what CPython 3.14 or, where it has no command line at hand, 3.13 prints, with `pyield` for its name.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// What a run left behind: standard output, standard error, exit status.
#[derive(Debug, PartialEq)]
struct Ran {
    out: String,
    err: String,
    status: Option<i32>,
}

/// Runs `pyield` in a directory with something on its standard input.
fn run_in(directory: &Path, arguments: &[&str], input: &str) -> Ran {
    let mut command = Command::new(env!("CARGO_BIN_EXE_pyield"));
    command.current_dir(directory).args(arguments);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    for variable in ["PYTHONPATH", "PYTHONINSPECT", "PYTHONSAFEPATH", "PYTHONUNBUFFERED"] {
        command.env_remove(variable);
    }
    let mut child = command.spawn().expect("the binary was built with this test");
    let mut stdin = child.stdin.take().expect("its standard input is a pipe");
    // A program that does not read its input may be gone by now.
    let _ = stdin.write_all(input.as_bytes());
    drop(stdin);
    let output = child.wait_with_output().expect("the child is ours to wait for");
    let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
    Ran { out: text(output.stdout), err: text(output.stderr), status: output.status.code() }
}

fn run(arguments: &[&str]) -> Ran {
    run_in(&scratch("any"), arguments, "")
}

/// An empty directory of this name.
fn scratch(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("cli").join(name);
    fs::create_dir_all(&path).expect("the scratch folder can be written");
    path.canonicalize().expect("it was made just now")
}

fn write(directory: &Path, name: &str, text: impl AsRef<[u8]>) {
    let path = directory.join(name);
    fs::create_dir_all(path.parent().expect("the file lies in a directory"))
        .expect("the scratch folder can be written");
    fs::write(path, text).expect("the scratch folder can be written");
}

fn ended(out: &str, err: &str, status: i32) -> Ran {
    Ran { out: out.to_owned(), err: err.to_owned(), status: Some(status) }
}

const USAGE: &str =
    "usage: pyield [option] ... [-c cmd | -m mod | file | -] [arg] ...\nTry `pyield -h' for more information.\n";

#[test]
fn exit_statuses() {
    for (code, out, err, status) in [
        ("pass", "", "", 0),
        ("raise SystemExit", "", "", 0),
        ("raise SystemExit(3)", "", "", 3),
        ("raise SystemExit(-1)", "", "", 255),
        ("raise SystemExit(True)", "", "", 1),
        ("raise SystemExit('no more')", "", "no more\n", 1),
        ("raise SystemExit(1, 2)", "", "(1, 2)\n", 1),
        ("import sys; print('x'); sys.exit(4)", "x\n", "", 4),
    ] {
        assert_eq!(run(&["-c", code]), ended(out, err, status), "{code}");
    }
}

#[test]
fn mistakes_on_the_command_line() {
    for (arguments, message) in [
        (&["-z"][..], "Unknown option: -z\n"),
        (&["--nope"], "unknown option --nope\n"),
        (&["-c"], "Argument expected for the -c option\n"),
        (&["-m"], "Argument expected for the -m option\n"),
        (&["-W"], "Argument expected for the -W option\n"),
    ] {
        assert_eq!(run(arguments), ended("", &format!("{message}{USAGE}"), 2));
    }
    // A command is told its own form.
    for (arguments, message, form) in [
        (&["run"][..], "run needs a file", "run [option] ... file"),
        (&["dis", "-x"], "unknown option -x", "dis file | - | -c cmd"),
        (&["explain", "a", "b"], "explain takes one code", "explain code | --list"),
        (&["completions", "tcsh"], "completions: unknown shell 'tcsh'", "completions bash|zsh|fish"),
    ] {
        let ran = run(arguments);
        assert!(ran.err.starts_with(&format!("{message}\nusage: pyield {form}")) && ran.status == Some(2), "{ran:?}");
    }
    assert!(run(&["trase"]).err.ends_with("pyield: 'trase' is no command, either; pyield -h lists them\n"));
    let err = run(&["--seed", "1", "trace", "x.py"]).err;
    assert!(err.ends_with("pyield: a command stands before all options: pyield trace ...\n"), "{err}");
    assert_eq!(run(&["tokens", "-c", "'a"]).status, Some(1));
    assert_eq!(run(&["--timeout", "1us", "-c", "while True: pass"]).status, Some(4));
}

#[test]
fn options_stand_in_any_order() {
    let directory = scratch("orders");
    write(&directory, "a.md", "```python\nprint(1)\n```\n");
    write(&directory, "a.py", "import sys\nassert 0\nprint(sys.argv)\n");
    assert_eq!(run_in(&directory, &["run", "-O", "--list", "-u", "a.md"], "").status, Some(0));
    assert_eq!(run_in(&directory, &["run", "-Ou", "--seed", "1", "a.py", "-O"], ""), ended("['a.py', '-O']\n", "", 0));
    let before = run_in(&directory, &["trace", "--lines", "-O", "a.py", "-x"], "");
    let behind = run_in(&directory, &["trace", "-O", "--lines", "a.py", "-x"], "");
    assert!(before == behind && before.out.contains("['a.py', '-x']"), "{before:?}");
    for line in [&["run", "-O"][..], &["run", "--seed", "1"], &["trace", "-O"]] {
        assert_eq!(run(line).status, Some(2), "{line:?}");
    }
}

#[test]
fn a_pipe_that_nobody_reads_may_end_a_program() {
    // The shell's status of the first command tells how it ended.
    let code = "import signal; signal.signal(signal.SIGPIPE, signal.SIG_DFL)\nwhile True: print('x' * 1000)";
    let script = "\"$0\" -c \"$1\" | head -n 1 > /dev/null; echo ${PIPESTATUS[0]}";
    let shell = Command::new("bash").args(["-c", script, env!("CARGO_BIN_EXE_pyield"), code]).output();
    let Ok(ran) = shell else {
        eprintln!("skipped: no bash is installed here");
        return;
    };
    assert_eq!((String::from_utf8_lossy(&ran.stdout).trim(), &*ran.stderr), ("141", &b""[..]));
}

#[test]
fn options_of_python_are_accepted() {
    let ran = run(&["-BEsSu", "-W", "ignore", "-Xdev", "-OO", "-c", "import sys; print(sys.argv)", "-x", "y"]);
    assert_eq!(ran, ended("['-c', '-x', 'y']\n", "", 0));
    assert!(run(&["-h"]).out.starts_with("usage: pyield "));
    for command in ["trace", "run", "dis", "explain", "repl"] {
        assert_eq!([run(&[command, "-h"]), run(&[command, "--help"])], [run(&["-h"]), run(&["-h"])], "{command}");
    }
    assert!(run(&["--version"]).out.contains("Python 3.14"));
}

#[test]
fn files_that_cannot_be_run() {
    let directory = scratch("unreadable");
    let here = directory.display();
    let missing = format!("pyield: can't open file '{here}/no.py': [Errno 2] No such file or directory\n");
    assert_eq!(run_in(&directory, &["no.py"], ""), ended("", &missing, 2));
    let empty = format!("pyield: can't find '__main__' module in '{here}'\n");
    assert_eq!(run_in(&directory, &[&here.to_string()], ""), ended("", &empty, 1));
    write(&directory, "latin.py", b"x = 1\ny = \"\xff\"\n");
    let latin = run_in(&directory, &["latin.py"], "");
    let expected = "SyntaxError: Non-UTF-8 code starting with '\\xff' on line 2, but no encoding declared; \
                    see https://peps.python.org/pep-0263/ for details\n";
    assert!(latin.err.ends_with(expected) && latin.status == Some(1), "{latin:?}");
    write(&directory, "nul.py", b"x = 1\0\n");
    let nul = run_in(&directory, &["nul.py"], "");
    assert!(nul.err.ends_with("SyntaxError: source code cannot contain null bytes\n"), "{nul:?}");
}

#[test]
fn files_and_their_surroundings() {
    let directory = scratch("files");
    let here = directory.display();
    write(&directory, "sub/main.py", "import sys, beside\nprint(__name__, __file__, sys.argv, sys.path[0])\n");
    write(&directory, "sub/beside.py", "print('beside', __name__, __file__)\n");
    let out = format!(
        "beside beside {here}/sub/beside.py\n__main__ {here}/sub/main.py ['sub/main.py', 'a', '-b'] {here}/sub\n"
    );
    assert_eq!(run_in(&directory, &["sub/main.py", "a", "-b"], ""), ended(&out, "", 0));
    assert_eq!(run_in(&directory, &["run", "sub/main.py", "a", "-b"], ""), ended(&out, "", 0));
    write(&directory, "sub/__main__.py", "import sys; print(sys.path[0], sys.argv)\n");
    assert_eq!(run_in(&directory, &["sub", "x"], ""), ended(&format!("{here}/sub ['sub', 'x']\n"), "", 0));
    // A directory is where its program looks first, whatever the options say.
    let main =
        "import sys\nprint(repr(__package__), __spec__.name, sys.path[0] == sys.argv[0], __file__)\nfrom . import x\n";
    write(&directory, "app/__main__.py", main);
    let ran = run_in(&directory, &["-I", &format!("{here}/app")], "");
    assert_eq!(ran.out, format!("'' __main__ True {here}/app/__main__.py\n"));
    assert!(ran.err.ends_with("ImportError: attempted relative import with no known parent package\n"), "{ran:?}");
    write(&directory, "skipped.py", "!!! not Python\n1/0\n");
    let ran = run_in(&directory, &["-x", "skipped.py"], "");
    assert!(ran.err.contains("line 2, in <module>"), "{ran:?}");
    write(&directory, "marked.py", b"\xef\xbb\xbf#!/usr/bin/env pyield\nprint('marked')\n");
    assert_eq!(run_in(&directory, &["marked.py"], ""), ended("marked\n", "", 0));
}

#[test]
fn modules_as_programs() {
    let directory = scratch("modules");
    write(&directory, "pkg/__init__.py", "print('init', __name__)\n");
    write(&directory, "pkg/__main__.py", "from . import other\nprint(__name__, __package__)\n");
    write(&directory, "pkg/other.py", "print(__name__)\n");
    write(&directory, "bare/__init__.py", "");
    write(&directory, "mod.py", "");
    assert_eq!(run_in(&directory, &["-m", "pkg"], ""), ended("init pkg\npkg.other\n__main__ pkg\n", "", 0));
    assert_eq!(run_in(&directory, &["-m", "pkg.other"], ""), ended("init pkg\n__main__\n", "", 0));
    for (name, message) in [
        ("none", "No module named none"),
        ("pkg.none", "No module named pkg.none"),
        ("bare", "No module named bare.__main__; 'bare' is a package and cannot be directly executed"),
        (
            "none.a",
            "Error while finding module specification for 'none.a' (ModuleNotFoundError: No module named 'none')",
        ),
        (
            "pkg/other.py",
            "Error while finding module specification for 'pkg/other.py' (ModuleNotFoundError: No module named \
             'pkg/other'). Try using 'pkg/other' instead of 'pkg/other.py' as the module name.",
        ),
        (
            "mod.py",
            "Error while finding module specification for 'mod.py' (ModuleNotFoundError: __path__ attribute not found \
             on 'mod' while trying to find 'mod.py'). Try using 'mod' instead of 'mod.py' as the module name.",
        ),
        (".pkg", "Relative module names not supported"),
        ("", "No module named "),
        ("keyword", "keyword is a module of the library that does nothing when it is run"),
    ] {
        assert_eq!(run_in(&directory, &["-m", name], "").err, format!("pyield: {message}\n"));
    }
    write(&directory, "some.py", "x\n");
    let tree = "Module(\n   body=[\n      Expr(\n         value=Name(id='x', ctx=Load()))])\n";
    assert_eq!(run_in(&directory, &["-m", "ast", "some.py"], ""), ended(tree, "", 0));
    write(&directory, "some.py", "x = 1\n");
    let tokens = [
        "0,0-0,0:            ENCODING       'utf-8'        \n",
        "1,0-1,1:            NAME           'x'            \n",
        "1,2-1,3:            EQUAL          '='            \n",
        "1,4-1,5:            NUMBER         '1'            \n",
        "1,5-1,6:            NEWLINE        '\\n'           \n",
        "2,0-2,0:            ENDMARKER      ''             \n",
    ];
    assert_eq!(run_in(&directory, &["-m", "tokenize", "-e", "some.py"], ""), ended(&tokens.concat(), "", 0));
    assert!(run_in(&directory, &["-m", "dis", "some.py"], "").out.contains("LoadInt"));
    // What is a prompt elsewhere is one here.
    let ran = run_in(&directory, &["-q", "-m", "asyncio"], "await asyncio.sleep(0, 'slept')\n");
    assert_eq!((ran.out.as_str(), ran.status), ("'slept'\n", Some(0)));
}

/// An archive that `zipfile` of CPython wrote, behind a line for the shell: `__main__.py`, `lib/__init__.py` and `lib/part.py`.
const ARCHIVE: &str = "\
    23212f7573722f62696e2f656e7620707969656c640a504b03041400000008000000215c56c92f8a430000004f0000000b0000005f5f6d\
    61696e5f5f2e7079cbcc2dc82f2a5128ae2ce62a28cacc2bd1888fcf4bcc4d8d8fd70189e92516a597e928c4c7a765e600c534b93221ca\
    733293f40a128b4ab8600cbdb4c4cc1c0d4d2e00504b03041400000008000000215c0000000002000000000000000f0000006c69622f5f\
    5f696e69745f5f2e70790300504b03041400000008000000215c79386dc936000000370000000b0000006c69622f706172742e70792b28\
    cacc2bd1888fcf4bcc4d8d8fd751888f4fcbcc01b234b95252d314d21233733434adb81480a028b5a4b4284fc150415fc1800b00504b01\
    0214031400000008000000215c56c92f8a430000004f0000000b00000000000000000000008001160000005f5f6d61696e5f5f2e707950\
    4b010214031400000008000000215c0000000002000000000000000f00000000000000000000008001820000006c69622f5f5f696e6974\
    5f5f2e7079504b010214031400000008000000215c79386dc936000000370000000b00000000000000000000008001b10000006c69622f\
    706172742e7079504b05060000000003000300af000000100100000000";

#[test]
fn archives_are_programs() {
    let directory = scratch("archives");
    let digit = |pair: &[u8]| u8::from_str_radix(std::str::from_utf8(pair).expect("it is hexadecimal"), 16);
    let bytes: Result<Vec<u8>, _> = ARCHIVE.as_bytes().chunks(2).map(digit).collect();
    write(&directory, "app.pyz", bytes.expect("it is hexadecimal"));
    let here = directory.display();
    let ran = run_in(&directory, &["app.pyz", "a"], "");
    let out = format!("__main__ ['app.pyz', 'a'] {here}/app.pyz/__main__.py\nlib.part {here}/app.pyz/lib/part.py\n");
    assert_eq!(ran.out, out, "{ran:?}");
    let last = format!(
        "  File \"{here}/app.pyz/lib/part.py\", line 3, in fail\n    return 1 / 0\n           ~~^~~\nZeroDivisionError: division by zero\n"
    );
    assert!(ran.err.ends_with(&last) && ran.status == Some(1), "{ran:?}");
    write(&directory, "none.pyz", b"PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0");
    let none = format!("pyield: can't find '__main__' module in '{here}/none.pyz'\n");
    assert_eq!(run_in(&directory, &["none.pyz"], ""), ended("", &none, 1));
}

#[test]
fn programs_on_standard_input() {
    let directory = scratch("any");
    let program = "import sys\nprint(sys.argv, __name__)\n1/0\n";
    let trace = "Traceback (most recent call last):\n  File \"<stdin>\", line 3, in <module>\nZeroDivisionError: division by zero\n";
    assert_eq!(run_in(&directory, &[], program), ended("[''] __main__\n", trace, 1));
    assert_eq!(run_in(&directory, &["-", "a"], program), ended("['-', 'a'] __main__\n", trace, 1));
    assert_eq!(run_in(&directory, &["-c", "print(input('? '))"], "hello\n"), ended("? hello\n", "", 0));
}

#[test]
fn errors_nobody_caught() {
    let directory = scratch("errors");
    let here = directory.display();
    write(
        &directory,
        "e.py",
        "def f(x):\n    return g(x) + 1\ndef g(x):\n    return x / 0\ntry:\n    f(1)\nexcept Exception as e:\n    raise KeyError('a') from e\n",
    );
    let err = format!(
        "Traceback (most recent call last):\n  File \"{here}/e.py\", line 6, in <module>\n    f(1)\n    ~^^^\n  File \
         \"{here}/e.py\", line 2, in f\n    return g(x) + 1\n           ~^^^\n  File \"{here}/e.py\", line 4, in g\n    \
         return x / 0\n           ~~^~~\nZeroDivisionError: division by zero\n\nThe above exception was the direct cause \
         of the following exception:\n\nTraceback (most recent call last):\n  File \"{here}/e.py\", line 8, in <module>\n    \
         raise KeyError('a') from e\nKeyError: 'a'\n"
    );
    assert_eq!(run_in(&directory, &["e.py"], ""), ended("", &err, 1));
    for (code, last) in [
        ("class A:\n class E(Exception): pass\nraise A.E", "A.E"),
        ("class E(Exception):\n def __str__(self): 1/0\nraise E", "E: <exception str() failed>"),
        ("e = ValueError('a\\nb'); e.add_note('n'); raise e", "ValueError: a\nb\nn"),
        ("foo_bar = 1; foo_baz", "NameError: name 'foo_baz' is not defined. Did you mean: 'foo_bar'?"),
        ("json", "NameError: name 'json' is not defined. Did you forget to import 'json'?"),
        ("[].appendd", "AttributeError: 'list' object has no attribute 'appendd'. Did you mean: 'append'?"),
        ("import nonexist.y", "ModuleNotFoundError: No module named 'nonexist'"),
        ("import sys.x", "ModuleNotFoundError: No module named 'sys.x'; 'sys' is not a package"),
        ("from . import x", "ImportError: attempted relative import with no known parent package"),
        ("from sys import nope", "ImportError: cannot import name 'nope' from 'sys' (unknown location)"),
    ] {
        let ran = run(&["-c", code]);
        assert!(ran.err.ends_with(&format!("\n{last}\n")) && ran.status == Some(1), "{code}: {ran:?}");
    }
    let repeated = run(&["-c", "def f(n):\n    return f(n - 1)\nf(1)"]);
    let line = "  File \"<string>\", line 2, in f\n    return f(n - 1)\n";
    assert!(repeated.err.contains(&format!("{}  [Previous line repeated 99", line.repeat(3))), "{repeated:?}");
}

#[test]
fn groups_are_boxed() {
    let code = "raise ExceptionGroup('eg', [ValueError(1), ExceptionGroup('in', [TypeError(2)])])";
    let expected = format!(
        "  + Exception Group Traceback (most recent call last):\n  |   File \"<string>\", line 1, in <module>\n  |     {code}\n  \
         | ExceptionGroup: eg (2 sub-exceptions)\n  +-+---------------- 1 ----------------\n    | ValueError: 1\n    \
         +---------------- 2 ----------------\n    | ExceptionGroup: in (1 sub-exception)\n    +-+---------------- 1 \
         ----------------\n      | TypeError: 2\n      +------------------------------------\n"
    );
    assert_eq!(run(&["-c", code]), ended("", &expected, 1));
}

#[test]
fn malformed_programs() {
    for (code, expected) in [
        ("x = $", "  File \"<string>\", line 1\n    x = $\n        ^\nSyntaxError: invalid syntax\n"),
        ("if x\n  y", "  File \"<string>\", line 1\n    if x\n        ^\nSyntaxError: expected ':'\n"),
        ("x = (1,\n y", "  File \"<string>\", line 1\n    x = (1,\n        ^\nSyntaxError: '(' was never closed\n"),
        ("return 1", "  File \"<string>\", line 1\nSyntaxError: 'return' outside function\n"),
    ] {
        assert_eq!(run(&["-c", code]), ended("", expected, 1));
    }
    let directory = scratch("malformed");
    write(&directory, "r.py", "def f(): pass\nreturn 1\n");
    let place = format!("  File \"{}/r.py\", line 2\n", directory.display());
    let expected = format!("{place}    return 1\n    ^^^^^^^^\nSyntaxError: 'return' outside function\n");
    assert_eq!(run_in(&directory, &["r.py"], ""), ended("", &expected, 1));
}

#[test]
fn imports_that_fail_in_the_middle() {
    let directory = scratch("circle");
    let here = directory.display();
    write(&directory, "a.py", "import b\nx = 1\n");
    write(&directory, "b.py", "from a import x\n");
    write(
        &directory,
        "m.py",
        "import sys\ntry:\n    import a\nexcept ImportError as e:\n    print(e, 'a' in sys.modules)\n",
    );
    let text = "cannot import name 'x' from partially initialized module 'a' (most likely due to a circular import)";
    assert_eq!(run_in(&directory, &["m.py"], ""), ended(&format!("{text} ({here}/a.py) False\n"), "", 0));
}

#[test]
fn documents() {
    let directory = scratch("documents");
    let here = directory.display();
    let document = "# One\n\n```python\nx = 1\nprint(x, __name__)\n```\n\n```python\nprint(x)\n```\n";
    write(&directory, "d.md", document);
    let shown = "```py\nprint(1)\nprint(2)\n```\n\n```\n1\n3\n```\n\n```py\nprint('new')\n```\n";
    write(&directory, "shown.md", shown);
    let parting = "shown.md:2: block 1: they part at line 2\n  1\n- 3\n+ 2\n";
    assert_eq!(run_in(&directory, &["run", "shown.md", "--check"], ""), ended(parting, "", 1));
    assert_eq!(run_in(&directory, &["run", "shown.md", "--update"], ""), ended("", "", 0));
    let updated = shown.replace('3', "2") + "\n```output\nnew\n```\n";
    assert_eq!(fs::read_to_string(directory.join("shown.md")).ok(), Some(updated));
    assert_eq!(run_in(&directory, &["run", "shown.md", "--check"], ""), ended("", "", 0));
    // A block that fails is to fail where the document shows how.
    let failing = "```py\nprint(1)\nraise KeyError('k')\n```\n\n```py\n1 +\n```\n";
    write(&directory, "failing.md", failing);
    assert_eq!(run_in(&directory, &["run", "failing.md", "--update"], "").status, Some(1));
    let shown = |text: &str| format!("\n```output\n{text}```\n");
    let first = shown("1\nTraceback (most recent call last):\n  ...\nKeyError: 'k'\n");
    let second = shown("Traceback (most recent call last):\n  ...\nSyntaxError: invalid syntax\n");
    let updated = failing.replacen("```\n\n", &format!("```\n{first}\n"), 1) + &second;
    assert_eq!(fs::read_to_string(directory.join("failing.md")).ok(), Some(updated.clone()));
    assert_eq!(run_in(&directory, &["run", "failing.md", "--check"], ""), ended("", "", 0));
    write(&directory, "failing.md", updated.replace("KeyError: 'k'", "KeyError: 'j'"));
    let parting = "failing.md:2: block 1: they part at line 4\n  1\n  Traceback (most recent call last):\n    ...\n- KeyError: 'j'\n+ KeyError: 'k'\n";
    assert_eq!(run_in(&directory, &["run", "failing.md", "--check"], ""), ended(parting, "", 1));
    let list = "1\tlines 4-5\tx = 1\n2\tlines 9-9\tprint(x)\n";
    assert_eq!(run_in(&directory, &["run", "--list", "d.md"], ""), ended(list, "", 0));
    let trace = format!(
        "Traceback (most recent call last):\n  File \"{here}/d.md\", line 9, in <module>\n    print(x)\n          ^\n\
         NameError: name 'x' is not defined\n"
    );
    assert_eq!(run_in(&directory, &["run", "d.md"], ""), ended("1 __main__\n", &trace, 1));
    assert_eq!(run_in(&directory, &["d.md"], ""), ended("1 __main__\n", &trace, 1));
    assert_eq!(run_in(&directory, &["run", "d.md", "--shared"], ""), ended("1 __main__\n1\n", "", 0));
    assert_eq!(run_in(&directory, &["run", "d.md", "--block", "1"], ""), ended("1 __main__\n", "", 0));
    let none = "pyield: there is no block 3 in 'd.md': it has 2\n";
    assert_eq!(run_in(&directory, &["run", "d.md", "--block=3"], ""), ended("", none, 2));
}

#[test]
fn finalisers_run_at_the_end() {
    let code = "class A:\n    def __del__(self): print('gone')\ndef g():\n    try:\n        yield 1\n    finally:\n        print('closed')\n\
                a = A(); c = g(); next(c); print('end')";
    assert_eq!(run(&["-c", code]), ended("end\ngone\nclosed\n", "", 0));
}

#[test]
fn virtual_time_passes_at_once() {
    let directory = scratch("virtual");
    let sleeps = "import asyncio, time\n\
                  async def nap(name, hours):\n    await asyncio.sleep(3600 * hours)\n    print(name)\n\
                  async def main(): await asyncio.gather(nap('late', 2), nap('early', 1), nap('early too', 1))\n\
                  began = time.time()\nasyncio.run(main())\ntime.sleep(86400)\nprint(round(time.time() - began))\n";
    write(&directory, "sleeps.py", sleeps);
    let began = std::time::Instant::now();
    let told = ended("early\nearly too\nlate\n93600\n", "", 0);
    assert_eq!(run_in(&directory, &["--virtual-time", "sleeps.py"], ""), told);
    assert_eq!(run_in(&directory, &["run", "--virtual-time", "sleeps.py"], ""), told);
    assert!(began.elapsed().as_secs() < 60);
}

#[test]
fn virtual_time_has_alarms_and_passes_where_something_is_ready_always() {
    let directory = scratch("virtual_alarms");
    let code = "import asyncio, signal, socket, threading, time\n\
                began = time.monotonic()\n\
                def told(*_): print('alarm', round(time.monotonic() - began))\n\
                signal.signal(signal.SIGALRM, told)\n\
                signal.setitimer(signal.ITIMER_REAL, 1000, 3000)\ntime.sleep(5000)\n\
                print(round(time.monotonic() - began), [round(left) for left in signal.setitimer(signal.ITIMER_REAL, 0)])\n\
                event = threading.Event()\n\
                signal.signal(signal.SIGALRM, lambda *_: (told(), event.set()))\n\
                signal.alarm(3600)\nevent.wait()\nsignal.alarm(60)\nsignal.pause()\n\
                async def main():\n    \
                    near, far = socket.socketpair()\n    \
                    with near, far:\n        \
                        asyncio.get_running_loop().add_writer(near, turns.append, 1)\n        \
                        await asyncio.sleep(0.001)\n    \
                    print(len(turns) > 1)\n\
                turns = []\nasyncio.run(main())\n";
    write(&directory, "alarms.py", code);
    let told = "alarm 1000\nalarm 4000\n5000 [2000, 3000]\nalarm 8600\nalarm 8660\nTrue\n";
    assert_eq!(run_in(&directory, &["--virtual-time", "alarms.py"], ""), ended(told, "", 0));
}

#[test]
fn a_deadlock_is_told() {
    let directory = scratch("deadlock");
    let code = "import asyncio\n\
                async def inner(future): await future\n\
                async def outer(future): await inner(future)\n\
                async def main():\n    \
                    task = asyncio.create_task(outer(asyncio.get_running_loop().create_future()), name='waits')\n    \
                    try: await task\n    \
                    finally: print('cleaned up')\n\
                asyncio.run(main())\n";
    write(&directory, "d.py", code);
    let file = directory.join("d.py");
    let file = file.display();
    let report = format!(
        "Deadlock: nothing is ready to run, no timer is armed, and no descriptor is watched.\n  \
         Task-1 waits for waits\n    created at {file}:8\n    in main() running at {file}:6\n      try: await task\n  \
         waits waits for a future that nobody resolves\n    created at {file}:5\n    \
         in outer() running at {file}:3\n      async def outer(future): await inner(future)\n    \
         in inner() running at {file}:2\n      async def inner(future): await future\n"
    );
    assert_eq!(run_in(&directory, &["d.py"], ""), ended("cleaned up\n", &report, 3));
}

#[test]
fn those_who_wait_for_each_other_are_named() {
    let directory = scratch("circles");
    let code = "import asyncio\n\
                a, b = asyncio.Lock(), asyncio.Lock()\n\
                async def takes(one, other):\n    \
                    async with one:\n        \
                        await asyncio.sleep(0)\n        \
                        async with other: pass\n\
                async def main():\n    \
                    tasks = [asyncio.create_task(takes(*locks), name=name) for name, locks in [('left', (a, b)), ('right', (b, a))]]\n    \
                    await asyncio.Event().wait()\n\
                asyncio.run(main())\n";
    write(&directory, "tasks.py", code);
    let ended = run_in(&directory, &["tasks.py"], "");
    assert_eq!(ended.status, Some(3));
    for told in [
        "  Task-1 waits for a set() of <asyncio.locks.Event object at ",
        "  left waits for <asyncio.locks.Lock object at ",
        "[locked, waiters:1]>, which right has\n",
        "  They wait for each other: left -> right -> left\n",
    ] {
        assert!(ended.err.contains(told), "{}", ended.err);
    }

    let code = "import threading, time\n\
                a, b = threading.Lock(), threading.Lock()\n\
                def takes(one, other):\n    \
                    with one:\n        \
                        time.sleep(0.001)\n        \
                        with other: pass\n\
                threading.Thread(target=takes, args=(a, b)).start()\n\
                takes(b, a)\n";
    write(&directory, "threads.py", code);
    let ended = run_in(&directory, &["threads.py"], "");
    assert_eq!(ended.status, Some(3));
    for told in ["MainThread waits for a lock that Thread-1 (takes) has\n", "waits for a lock that MainThread has\n"] {
        assert!(ended.err.contains(told), "{}", ended.err);
    }
}

#[test]
fn windows() {
    let directory = scratch("windows");
    write(&directory, "w.py", "x = 1 + y\n");
    assert!(run_in(&directory, &["tokens", "w.py"], "").out.contains("\"x\""));
    assert!(run_in(&directory, &["ast", "w.py"], "").out.contains('1'));
    assert!(run_in(&directory, &["dis", "w.py"], "").out.contains("<module>"));
    assert_eq!(run_in(&directory, &["ast", "none.py"], "").status, Some(2));
    let dis = run_in(&directory, &["dis", "w.py"], "");
    assert_eq!(run_in(&directory, &["dis", "-c", "x = 1 + y\n"], ""), dis);
    assert_eq!(run_in(&directory, &["dis", "-"], "x = 1 + y\n"), dis);
    assert_eq!(run_in(&directory, &["dis", "w.py", "w.py"], "").status, Some(2));
    write(&directory, "g.py", "def f():\n    yield 1\nfor x in f():\n    print(x)\n");
    let traced = run_in(&directory, &["trace", "g.py"], "");
    assert!(traced.out.contains("create f#1") && traced.out.contains("| 1"), "{traced:?}");
    // Tracing keeps nothing alive: what is left at the end is closed, and that is seen.
    let code = "def f(inner):\n    try: yield from inner\n    finally: print('over')\n\
                kept = f(f([1]))\nnext(kept)\nraise SystemExit(0)\n";
    write(&directory, "k.py", code);
    let traced = run_in(&directory, &["trace", "k.py"], "");
    assert_eq!((traced.status, traced.out.matches("| over").count()), (Some(0), 2), "{traced:?}");
}

/// What CPython 3.13 says of the same options is recorded here.
#[test]
fn optimization_and_warnings_take_effect() {
    let told = "def f():\n    'doc'\n    assert False\n    return f.__doc__\nprint(f(), __debug__)\n";
    assert_eq!(run(&["-O", "-c", told]), ended("doc False\n", "", 0));
    assert_eq!(run(&["-OO", "-c", told]), ended("None False\n", "", 0));
    let warns = "import warnings, sys\nwarnings.warn('careful')\nprint(sys.warnoptions)";
    assert_eq!(run(&["-Wignore", "-c", warns]), ended("['ignore']\n", "", 0));
    let ran = run(&["-W", "error::UserWarning", "-W", "nonsense", "-c", warns]);
    assert!(ran.err.starts_with("Invalid -W option ignored: invalid action: 'nonsense'\n"), "{ran:?}");
    assert!(ran.err.ends_with("UserWarning: careful\n") && ran.status == Some(1), "{ran:?}");
}

#[test]
fn a_program_may_end_itself_there_and_then() {
    let stubborn = "import atexit, os\natexit.register(print, 'never')\nprint('not written any more')\ntry:\n    os._exit(3)\nexcept BaseException:\n    print('caught')\nfinally:\n    print('finally')";
    assert_eq!(run(&["-c", stubborn]), ended("", "", 3));
    let thread = "import os, threading, time\nthreading.Thread(target=os._exit, args=(5,)).start()\nwhile True:\n    time.sleep(0.01)";
    assert_eq!(run(&["-c", thread]), ended("", "", 5));
}

#[test]
fn limits_end_a_program_with_status_4() {
    // Long enough for a busy machine to begin.
    let ran = run(&["--timeout", "1500ms", "-c", "print('begun')\ndef wait():\n    while True:\n        pass\nwait()"]);
    assert_eq!((&*ran.out, ran.status), ("begun\n", Some(4)));
    assert!(ran.err.starts_with("pyield: the program took longer than --timeout 1.5s; it stood at\n"), "{ran:?}");
    assert!(ran.err.contains("line 5, in <module>\n") && ran.err.contains(", in wait\n    pass\n"), "{ran:?}");
    let ran = run(&["--timeout", "1500ms", "-c", "x = 1\nwhile True:\n    pass"]);
    assert!(ran.err.contains("line 3, in <module>\n    pass\n"), "{ran:?}");
    let ran = run(&["--timeout=1500ms", "-c", "import time\ntime.sleep(60)"]);
    assert!(ran.status == Some(4) && ran.err.contains("line 2, in <module>"), "{ran:?}");
    let stubborn = "def loop():\n    while True:\n        try:\n            while True:\n                pass\n        except BaseException:\n            print('caught')\n        finally:\n            print('finally')\nloop()";
    let ran = run(&["--max-instructions", "10k", "-c", stubborn]);
    assert_eq!((&*ran.out, ran.status), ("", Some(4)));
    let said = "pyield: the program carried out all of --max-instructions 10000; it stood at\n";
    assert!(ran.err.starts_with(said) && ran.err.contains(", line 10, in <module>\n"), "{ran:?}");
    assert!(ran.err.contains(", in loop\n"), "{ran:?}");
    assert_eq!(run(&["--max-instructions", "10k", "-c", "print(sum(range(1000)))"]), ended("499500\n", "", 0));
    let ran = run(&["--timeout", "1500ms", "-c", stubborn]);
    assert_eq!((&*ran.out, ran.status), ("", Some(4)));
    let ran = run(&["--max-memory", "30MB", "-c", "x = []\nwhile True:\n    x.append('a' * 1000)"]);
    assert!(ran.status == Some(4) && ran.err.contains("\nMemoryError\n"), "{ran:?}");
    let random = ["--seed", "7", "-c", "import random\nprint(random.random())"];
    assert_eq!(run(&random), run(&random));
}

/// With -i it is read as at a prompt: an error does not end it.
#[test]
fn standard_input_is_a_prompt_with_i() {
    let ran = run_in(&scratch("any"), &["-i", "-q"], "x = 1\n1 / 0\nx + 1\n");
    assert_eq!((&*ran.out, ran.status), ("2\n", Some(0)));
    assert!(ran.err.contains("  File \"<stdin>\", line 1, in <module>\n"), "{ran:?}");
    assert!(ran.err.contains("ZeroDivisionError: division by zero\n>>> "), "{ran:?}");
}

#[test]
fn the_prompt_follows_what_cannot_be_run() {
    let ran = run_in(&scratch("nofile"), &["-i", "nofile.py"], "1 + 1\n");
    assert_eq!((&*ran.out, ran.status), ("2\n", Some(0)));
    assert!(ran.err.contains("can't open file") && ran.err.contains(">>> "), "{ran:?}");
}

#[test]
fn options_of_the_implementation_are_looked_at() {
    let ran = run(&["-X", "a=b", "-X", "c", "-c", "import sys; print(sys._xoptions)"]);
    assert_eq!(ran.out, "{'a': 'b', 'c': True}\n");
    assert_eq!(run(&["-X", "cpu_count=3", "-c", "import os; print(os.cpu_count())"]).out, "3\n");
    assert_eq!(run(&["-BsSv", "-c", "import sys; print(sys.flags[3:9])"]).out, "(0, 1, 1, 1, 0, 1)\n");
    for mistake in ["utf8=2", "int_max_str_digits=10", "cpu_count=0"] {
        assert_eq!(run(&["-X", mistake, "-c", "1"]).status, Some(2), "{mistake}");
    }
}

#[test]
fn shells_and_man_are_told_of_the_options() {
    // What they say in their shells is tried in tests/shells.rs.
    for shell in ["bash", "zsh", "fish"] {
        let ran = run(&["completions", shell]);
        assert!(ran.status == Some(0) && ran.out.contains("completions --offer"), "{ran:?}");
    }
    let offered = run(&["completions", "--offer", "trace", "--virt"]);
    assert_eq!(offered, ended("--virtual-time\tsleeping takes no time\n", "", 0));
    assert!(
        run(&["completions", "--offer", "explain", ""]).out.contains("PY101\tA coroutine is awaited a second time\n")
    );
    assert_eq!(run(&["completions", "--offer"]).status, Some(0));
    assert_eq!(run(&["completions", "dosshell"]).status, Some(2));
    assert!(run(&["man"]).out.starts_with(".TH PYIELD 1"));
}
