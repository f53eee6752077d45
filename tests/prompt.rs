//! The prompt through a real terminal: a pseudo-terminal whose other side is typed into and read.
//!
//! Nothing here waits for a time: each step waits until a text appears, for as long as a loaded machine may need.

#[path = "support/person.rs"]
mod person;

use person::{ENTER, Person};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

const TAB: &str = "\t";
const CTRL_C: &str = "\x03";
const CTRL_D: &str = "\x04";
const CTRL_R: &str = "\x12";
const CTRL_U: &str = "\x15";
const CTRL_Z: &str = "\x1a";
const UP: &str = "\x1b[A";
const LEFT: &str = "\x1b[D";
const HOME: &str = "\x1b[H";
const DELETE: &str = "\x1b[3~";
const BACKSPACE: &str = "\x7f";

fn home(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("prompt").join(name);
    let _ = fs::remove_dir_all(&path);
    fs::create_dir_all(&path).expect("the scratch folder can be written");
    path.canonicalize().expect("it was made just now")
}

/// Sits down in a home directory of their own.
fn at(home: &Path, arguments: &[&str], variables: &[(&str, &str)]) -> Person {
    let mut command = Command::new(env!("CARGO_BIN_EXE_pyield"));
    command.args(arguments).current_dir(home);
    for variable in ["PYTHONSTARTUP", "PYTHON_HISTORY", "XDG_STATE_HOME", "PYTHON_COLORS", "PYIELD_EXPLAIN"] {
        command.env_remove(variable);
    }
    command.env("HOME", home).env("TERM", "xterm").env("NO_COLOR", "1").envs(variables.iter().copied());
    Person::before(command)
}

/// Sits down at the prompt.
fn new(name: &str) -> Person {
    let mut person = at(&home(name), &["repl", "-q"], &[]);
    person.expect(">>> ");
    person
}

#[test]
fn values_errors_and_the_way_out() {
    let mut person = new("values");
    person.asks("6 * 7", &["\r\n42\r\n"]).asks("_ + 1", &["\r\n43\r\n"]);
    person.asks("'猫' * 2", &["'猫猫'"]);
    person.asks("1 / 0", &["File \"<python-input-3>\", line 1, in <module>", "1 / 0", "~~^~~", "ZeroDivisionError"]);
    person.enters("def f(): return undefined").expect("... ");
    person.types("exit").expect("exit");
    person.types(CTRL_C).expect("KeyboardInterrupt");
    person.expect(">>> ");
    person.enters("exit");
    assert_eq!(person.leaves(), Some(0));
}

#[test]
fn blocks_are_indented_and_end_at_an_empty_line() {
    let mut person = new("blocks");
    person.enters("def f(n):").expect("...     ");
    person.enters("if n:").expect("...         ");
    person.enters("return 1").expect("...     ");
    person.enters("return boom").expect("... ");
    person.types(ENTER).expect(">>> ");
    person.asks("f(1)", &["\r\n1\r\n"]);
    person.asks("f(0)", &["line 4, in f", "return boom", "NameError"]);
    // The block comes back from the history as a whole.
    person.types(UP).expect("f(0)");
    person.types(UP).expect("f(1)");
    person.types(UP).expect("return boom");
    person.types(CTRL_C).expect("KeyboardInterrupt");
    person.expect(">>> ");
    person.enters("exit(3)");
    assert_eq!(person.leaves(), Some(3));
}

#[test]
fn what_is_pasted_is_one_input() {
    let mut person = new("paste");
    person.types("\x1b[200~def g():\n    x = 1\n\n    return x + 1\n\x1b[201~").expect("...     return x + 1");
    person.types(ENTER).expect(">>> ");
    person.asks("g()", &["\r\n2\r\n"]);
    // Of a session what was typed is meant; of what stood within something, not its indentation.
    person.types("\x1b[200~>>> def h():\r...     return 7\r...\r>>> h()\r7\r\x1b[201~").expect("... h()");
    person.types(ENTER).expect("\r\n7\r\n");
    person.expect(">>> ");
    person.types("\x1b[200~    a = 20\r\n    a + 3\r\n\x1b[201~").expect("... a + 3");
    person.types(ENTER).expect("\r\n23\r\n");
    person.expect(">>> ");
    person.types("print(").types("\x1b[200~'in',\t'side'\x1b[201~").types(")").types(ENTER).expect("\r\nin side\r\n");
    person.expect(">>> ");
    person.types(CTRL_D);
    assert_eq!(person.leaves(), Some(0));
}

#[test]
fn what_is_longer_than_the_window_scrolls() {
    let mut person = new("long");
    let lines: String = (0..60).map(|n| format!("    x{n} = {n}\n")).collect();
    person.types(&format!("\x1b[200~def f():\n{lines}\x1b[201~")).expect("x59 = 59");
    // Only what fits is written at each key, and what is above when the cursor gets there.
    person.types("    end = 1").expect("end = 1");
    assert!(!person.all.contains("x9 = 9") && person.all.contains("x30 = 30"), "{}", person.all.escape_debug());
    person.types(&UP.repeat(55)).expect("x6 = 6");
    person.types(&"\x1b[B".repeat(55)).types("\x05").types(ENTER).expect("...     ");
    // In the end it is there as a whole.
    person.types(ENTER).expect(">>> def f():");
    person.expect("x9 = 9");
    person.expect("end = 1");
    person.expect(">>> ");
    person.asks("f.__code__.co_nlocals", &["\r\n61\r\n"]);
    person.types(CTRL_D);
    assert_eq!(person.leaves(), Some(0));
}

#[test]
fn what_is_typed_ahead_of_an_interrupt_is_not_lost() {
    let mut person = new("ahead");
    // Nobody could have it go on, so it does not stop; it is shown anew.
    person.types("ab").expect("ab");
    person.types(CTRL_Z).expect("ab");
    person.types("c").expect("c");
    person.types(&format!("{CTRL_C}6 * 7{ENTER}")).expect("\r\n42\r\n");
    person.expect(">>> ");
    person.asks("import os", &[]);
    person.types("os.").types(TAB).expect("(y or n)");
    person.types(CTRL_C).expect("os.");
    person.types(CTRL_C).expect("KeyboardInterrupt");
    person.expect(">>> ");
    person.types(&format!("x{CTRL_C}{CTRL_D}"));
    assert_eq!(person.leaves(), Some(0));
}

#[test]
fn several_statements_are_one_input() {
    let mut person = new("several");
    person.types("\x1b[200~x = 1\ny = 2\nx\nx + y\n\x1b[201~").expect("x + y");
    // The last one shows its value, as in CPython.
    person.types(ENTER).expect("\r\n3\r\n");
    assert!(!person.all.contains("\r\n1\r\n"), "{}", person.all.escape_debug());
    person.expect(">>> ");
    person.asks("10; 20", &["\r\n20\r\n"]);
    assert!(!person.all.contains("\r\n10\r\n"), "{}", person.all.escape_debug());
    // What the compiler refuses is shown with its line, and what is wrong within a block may be mended until it ends.
    person.asks("return 5", &["\r\n    return 5\r\n    ^^^^^^^^\r\nSyntaxError: 'return' outside function"]);
    person.enters("if True:").expect("...     ");
    person.enters("print('a' 'b')").expect("...     ");
    person.enters("else:").expect("...         ");
    person.types(ENTER).expect("SyntaxError: invalid syntax");
    person.expect(">>> ");
    person.types(CTRL_D);
    assert_eq!(person.leaves(), Some(0));
}

#[test]
fn keys_keep_the_marks_of_lines() {
    let mut person = new("keys");
    person.enters("if 0:").expect("...     ");
    person.enters("x = 1").expect("...     ");
    // A step of indentation goes as a whole.
    person.types(BACKSPACE).types("else:").expect("...     x = 1\r\n... \r\u{1b}[4C\u{1b}[?2026lelse:");
    person.types(ENTER).expect("...     ");
    person.types("x = 22").expect("x = 22");
    // Home is where the code begins; what is before it is the line above, to which the line can be joined.
    person.types(HOME).types(LEFT).types("#").expect("else:#");
    person.types(BACKSPACE).types(DELETE).types("#").expect("else:#    x = 22");
    person.types(CTRL_C).expect(">>> ");
    person.enters("if 1:").expect("...     ");
    person.types("rubbish").types(CTRL_U).types("    z = 5").expect("    z = 5");
    person.types(ENTER).expect("...     ");
    person.types(ENTER).expect(">>> ");
    person.asks("z", &["\r\n5\r\n"]);
    person.types(CTRL_D);
    assert_eq!(person.leaves(), Some(0));
}

#[test]
fn the_program_may_change_the_prompt() {
    let mut person = new("mark");
    person.asks("import sys", &[]);
    person.enters("sys.ps1, sys.ps2").expect("('>>> ', '... ')");
    person.expect(">>> ");
    // It appears in what is typed, and then stands before the next input.
    person.enters("sys.ps1 = 'ready> '").expect("\r\n");
    person.expect("ready> ");
    person.enters("sys.ps1 = '>>> '").expect("\r\n");
    person.expect(">>> ");
    // What is typed for `input` has ended its line.
    person.enters("x = input('name? ')").expect("name? ");
    person.types("Ann\r").expect("Ann\r\n");
    assert_eq!(person.expect(">>> ").replace('\x1b', "").matches('\n').count(), 0);
    person.types(CTRL_D);
    assert_eq!(person.leaves(), Some(0));
}

#[test]
fn tab_completes() {
    let home = home("completion");
    fs::write(home.join("notes.txt"), "").expect("the scratch folder can be written");
    let mut person = at(&home, &["repl", "-q"], &[]);
    person.expect(">>> ");
    person.types("import itert").types(TAB).expect("itertools");
    person.types(ENTER).expect(">>> ");
    person.types("import asynci").types(TAB).expect("asyncio");
    person.types(CTRL_C).expect(">>> ");
    person.types("from urllib.p").types(TAB).expect("urllib.parse");
    person.types(CTRL_C).expect(">>> ");
    person.types("itertools.zip_l").types(TAB).expect("itertools.zip_longest");
    person.types(CTRL_C).expect(">>> ");
    person.asks("d = {'alpha': 1}", &[]);
    person.types("d['al").types(TAB).expect("d['alpha']");
    person.types(ENTER).expect("\r\n1\r\n");
    person.types("open('no").types(TAB).expect("open('notes.txt");
    person.types(CTRL_C).expect(">>> ");
    person.types(":fr").types(TAB).expect(":frames");
    person.types(CTRL_C).expect(">>> ");
    person.types(CTRL_D);
    assert_eq!(person.leaves(), Some(0));
}

#[test]
fn the_top_may_await() {
    let mut person = new("await");
    person.asks("import asyncio", &[]);
    person.asks("await asyncio.sleep(0, 'slept')", &["\r\n'slept'\r\n"]);
    person.asks("x = await asyncio.sleep(0, 5); x", &["\r\n5\r\n"]);
    person.asks("lock = asyncio.Lock()", &[]);
    person.enters("async with lock:").expect("...     ");
    person.enters("print(lock.locked())").expect("... ");
    person.types(ENTER).expect("True");
    person.expect(">>> ");
    person.enters("async def ticks():").expect("...     ");
    person.enters("yield 'tick'").expect("...     ");
    person.types(ENTER).expect(">>> ");
    person.asks("[t async for t in ticks()]", &["['tick']"]);
    person.asks("asyncio.run(asyncio.sleep(0, 'run, too'))", &["'run, too'"]);
    person.asks("await undefined", &["line 1, in <module>", "NameError"]);
    // There is one context for what awaits and what does not.
    person.asks("import contextvars; var = contextvars.ContextVar('var')", &[]);
    person.asks("token = var.set('plain')", &[]);
    person.asks("await asyncio.sleep(0, var.get())", &["\r\n'plain'\r\n"]);
    person.asks("await asyncio.sleep(0); _ = var.set('awaiting')", &[]);
    person.asks("var.get()", &["\r\n'awaiting'\r\n"]);
    person.types(CTRL_D);
    assert_eq!(person.leaves(), Some(0));
}

#[test]
fn tasks_go_on_while_one_types() {
    let mut person = new("tasks");
    person.asks("import asyncio", &[]);
    person.enters("async def work():").expect("...     ");
    person.enters("for n in range(1000):").expect("...         ");
    person.enters("print('turn', n)").expect("...         ");
    person.enters("await asyncio.sleep(0.05)").expect("...         ");
    person.types(ENTER).expect(">>> ");
    person.asks("t = asyncio.create_task(work(), name='worker')", &["turn 0"]);
    // Half a line is typed; the task prints above it, and the line is still there.
    person.types("1 + ").expect("turn 2");
    person.expect("1 + ");
    person.types("2\r").expect("\r\n3\r\n");
    person.types(":tasks\r").expect("worker waits for a timer: asyncio.sleep(0.05)");
    person.types(":tree\r").expect("worker  work:");
    person.expect("  waits for a timer: asyncio.sleep(0.05)");
    person.types("t.cancel()\r").expect("True");
    person.expect(">>> ");
    person.types(CTRL_D);
    assert_eq!(person.leaves(), Some(0));
}

#[test]
fn a_task_may_read_while_one_types() {
    let home = home("reads");
    let mut person = at(&home, &["repl", "-q"], &[]);
    person.expect(">>> ");
    person.asks("import asyncio, os", &[]);
    person.enters("async def ask(name):").expect("... ");
    person.enters("while not os.path.exists(name): await asyncio.sleep(.02)").expect("... ");
    person.enters("print('hello', input('name? '))").expect("... ");
    person.types(ENTER).expect(">>> ");
    let goes_on = |name: &str| {
        fs::write(home.join(name), "").expect("the scratch folder can be written");
    };
    person.asks("task = asyncio.create_task(ask('one'))", &[]);
    person.types("41 + 1").expect("41 + 1");
    goes_on("one");
    person.expect("name? ");
    // The terminal is as programs expect it: a line is edited by the terminal, and comes as a whole.
    person.types(&format!("boo{BACKSPACE}b{ENTER}"));
    person.expect("hello bob\r\n");
    person.expect("41 + 1");
    person.types(ENTER).expect("\r\n42\r\n");
    person.expect(">>> ");
    // In a thread, beside which the loop goes on.
    person.asks("task = asyncio.create_task(asyncio.to_thread(input, 'who? '))", &[]);
    person.expect("who? ");
    person.types(&format!("eve{ENTER}")).expect("eve");
    person.expect(">>> ");
    person.asks("await task", &["'eve'"]);
    // Ctrl-C ends the question, and the line is there again.
    person.asks("task = asyncio.create_task(ask('two'))", &[]);
    person.types("40 + 3").expect("40 + 3");
    goes_on("two");
    person.expect("name? ");
    person.types(CTRL_C).expect("40 + 3");
    person.types(ENTER).expect("\r\n43\r\n");
    person.expect(">>> ");
    person.types(CTRL_D);
    assert_eq!(person.leaves(), Some(0));
}

#[test]
fn an_interrupt_ends_what_runs_and_not_the_prompt() {
    let mut person = new("interrupt");
    person.asks("import asyncio", &[]);
    person.enters("print('on'); await asyncio.sleep(1000)").expect("on\r\n");
    person.types(CTRL_C).expect("KeyboardInterrupt");
    person.expect(">>> ");
    person.asks("import time", &[]);
    person.enters("print('busy'); time.sleep(1000)").expect("busy\r\n");
    person.types(CTRL_C).expect("KeyboardInterrupt");
    person.expect(">>> ");
    person.asks("1 + 1", &["\r\n2\r\n"]);
    person.types(CTRL_D);
    assert_eq!(person.leaves(), Some(0));
}

#[test]
fn the_prompt_goes_on_from_the_last_block_of_a_document() {
    let home = home("document");
    let text = "```python\nlost = 1\n```\n\n```python\ndef g(): yield 5\nit = g()\n1 / 0\n```\n";
    fs::write(home.join("notes.md"), text).expect("the scratch folder can be written");
    let mut person = at(&home, &["-i", "notes.md"], &[]);
    person.expect("ZeroDivisionError");
    person.expect(">>> ");
    person.asks("next(it)", &["\r\n5\r\n"]).asks("lost", &["NameError"]);
    person.types(CTRL_D);
    assert_eq!(person.leaves(), Some(0));
}

/// A program whose tasks wait for each other in every way.
const WAITING: &str = "\
import asyncio

async def ticks():
    while True:
        await asyncio.sleep(1000)
        yield 1

async def watch():
    async for tick in ticks():
        pass

async def gathered():
    await asyncio.gather(asyncio.sleep(2000), watch())

async def together():
    async with asyncio.TaskGroup() as group:
        group.create_task(gathered(), name='inner')
        await asyncio.sleep(3000)

asyncio.create_task(together(), name='outer')
";

#[test]
fn what_stands_between_a_frame_and_what_it_waits_for_is_not_shown() {
    let home = home("waiting");
    fs::write(home.join("waiting.py"), WAITING).expect("the scratch folder can be written");
    let mut person = at(&home, &["repl", "-q"], &[]);
    person.expect(">>> ");
    person.asks(":load waiting.py", &[]);
    person.asks("await asyncio.sleep(0.01)", &[]);
    // A step of an async generator is none of the program's objects, nor is the iterator of a future.
    person.types(":frames\r").expect("async generator ticks: suspended");
    person.expect("waits for asyncio.sleep(1000)");
    person.expect("waits for async generator ticks");
    person.expect("waits for <_GatheringFuture pending");
    person.expect(">>> ");
    person.types(":tree\r").expect("outer  together:18\r\n");
    person.expect("└─ inner  gathered:13\r\n");
    // Which numbers they have depends on whether the loop had its turn before the next line was typed.
    person.expect("   ├─ Task-");
    person.expect("  waits for a timer: asyncio.sleep(2000)\r\n");
    person.expect("   └─ Task-");
    person.expect("  watch:9 > ticks:5  waits for a timer: asyncio.sleep(1000)\r\n");
    person.expect(">>> ");
    person.types(":trace o").types(TAB).types(TAB).expect("off  on");
    person.types("n\r").expect(">>> ");
    person.enters("for n in (n * n for n in range(1000)): pass").expect("... ");
    let folded = person.types(ENTER).expect(">>> ");
    assert!(folded.contains("... x 997\r\n") && !folded.contains("gives 100\r\n"), "{folded}");
    person.types(CTRL_D);
    assert_eq!(person.leaves(), Some(0));
}

#[test]
fn frames_steps_and_questions() {
    let mut person = new("frames");
    person.enters("def count(n):").expect("...     ");
    person.enters("while True:").expect("...         ");
    person.enters("n += yield n").expect("...         ");
    person.types(ENTER).expect(">>> ");
    person.asks("g = count(7)", &[]);
    person.asks(":step g", &["resumed    count", "yielded    7 at line 3: n += yield n"]);
    person.asks(":step g.send(3)", &["resumed    count", "yielded    10", "n = 10  (was 7)"]);
    person.asks(":step 5", &["5 is no generator or coroutine."]);
    person.asks(":frames", &["generator count: suspended, <python-input-0>, line 3", "n = 10"]);
    person
        .asks(":step g.throw(KeyError(1))", &["threw      KeyError(1) into count at line 3", "raised     KeyError(1)"]);
    person.asks(":step g", &["generator count is over"]);
    person.asks(":step count(2).close()", &["closed     count at line 1", "returned   None"]);
    person.asks("outer = lambda: (yield from count('x'))", &[]);
    person.asks("g = outer(); next(g)", &["'x'"]);
    person.asks(":step g", &["raised     TypeError", "in <lambda>", "in count", "TypeError: "]);
    person.asks("import asyncio", &[]);
    person.enters("async def items():").expect("...     ");
    person.enters("yield 'first'").expect("...     ");
    person.enters("yield await asyncio.sleep(0.01, 'second')").expect("...     ");
    person.types(ENTER).expect(">>> ");
    person.asks("a = items()", &[]);
    person.asks(":step a", &["yielded    'first' at line 2"]);
    person.asks(":step anext(a)", &["awaits     <Future pending> at line 3", "waits for asyncio.sleep(0.01)"]);
    person.asks("await asyncio.sleep(0.1)", &[]);
    person.asks(":step a", &["yielded    'second' at line 3"]);
    person.asks(":step a", &["returned   None"]);
    person.asks(":step asyncio.sleep(0)", &["resumed    sleep", "yielded    None"]);
    person.asks("?", &[":load FILE"]);
    person.asks("count?", &["Signature:", "count(n)", "Type:", "function"]);
    person.asks("count??", &["Source:", "n += yield n"]);
    person.asks(":trace on", &[]);
    person.asks("next(count(1))", &["count#1"]);
    person.asks(":trace off", &[]);
    person.asks(":time sum(range(10))", &["45", "took "]);
    person.asks(":nope", &["unknown command :nope"]);
    person.asks(":help", &[":load FILE"]);
    person.asks(
        "await 5",
        &["TypeError: 'int' object can't be awaited", "[PY102] Something is awaited that cannot be: :explain PY102"],
    );
    person
        .asks(":explain py102", &["# PY102: Something is awaited that cannot be"])
        .asks(":explain PY0", &["no mistake has the code PY0"]);
    person.asks(":step 5", &["5 is no generator or coroutine."]);
    person.asks(
        ":step asyncio.create_task(asyncio.sleep(5), name='nap')",
        &["nap is a task: it is the loop that resumes it"],
    );
    person.types(CTRL_D);
    assert_eq!(person.leaves(), Some(0));
}

#[test]
fn the_history_is_kept_and_searched() {
    let home = home("history");
    let mut person = at(&home, &["repl", "-q"], &[("XDG_STATE_HOME", "state")]);
    person.expect(">>> ");
    person.asks("first = 'unusual'", &[]);
    person.types(CTRL_D);
    assert_eq!(person.leaves(), Some(0));
    assert!(home.join("state/pyield/history").is_file());
    let mut person = at(&home, &["repl", "-q"], &[("XDG_STATE_HOME", "state")]);
    person.expect(">>> ");
    person.types(CTRL_R).types("unus").expect("first = 'unusual'");
    person.types(ENTER).expect(">>> ");
    person.asks("first", &["\r\n'unusual'\r\n"]);
    // What has several lines is run, too, wherever in it was found what was searched for.
    person.enters("if first:").expect("...     ");
    person.enters("print('found', 1)").expect("...     ");
    person.types(ENTER).expect("found 1\r\n");
    person.expect(">>> ");
    person.types(CTRL_R).types("if fi").expect("if first:\r\n...     print('found', 1)");
    person.types(ENTER).expect("\r\nfound 1\r\n");
    person.expect(">>> ");
    person.types(CTRL_D);
    assert_eq!(person.leaves(), Some(0));
}

#[test]
fn words_have_colours_unless_they_are_unwanted() {
    let home = home("colours");
    let mut person = at(&home, &["repl", "-q"], &[("NO_COLOR", "")]);
    person.expect("\x1b[1;35m>>> ");
    person.types("def").expect("\x1b[1;34mdef");
    person.types(CTRL_C).expect("KeyboardInterrupt");
    person.expect(">>> ");
    // What a call takes stands dimly behind it, and is not a part of the input.
    person.types("divmod(").expect("\x1b[2mx, y)\x1b[0m");
    person.types("7, ").expect("\x1b[2my)\x1b[0m");
    person.types("2)");
    person.types(ENTER).expect("(3, 1)");
    person.expect(">>> ");
    person.types(CTRL_D);
    assert_eq!(person.leaves(), Some(0));
    let mut person = at(&home, &["repl", "-q"], &[]);
    person.expect(">>> ");
    person.types("def").expect("def");
    assert!(!person.all.contains("\x1b[1;3"), "{:?}", person.all);
}

#[test]
fn a_file_can_end_in_the_prompt() {
    let home = home("inspect");
    fs::write(home.join("made.py"), "made = 41\n1 / 0\n").expect("the scratch folder can be written");
    fs::write(home.join("more.py"), "made += 1\n").expect("the scratch folder can be written");
    let waits = "import asyncio\nmade = await asyncio.sleep(0, made + 1)\n'unseen'\nraise KeyError('no await')\n";
    fs::write(home.join("waits.py"), waits).expect("the scratch folder can be written");
    fs::write(home.join("leaves.py"), "raise SystemExit(3)\n").expect("the scratch folder can be written");
    let mut person = at(&home, &["-i", "made.py"], &[]);
    person.expect("ZeroDivisionError");
    person.expect(">>> ");
    person.asks("made", &["\r\n41\r\n"]).asks(":load more.py", &[]).asks("made", &["\r\n42\r\n"]);
    person.types(":load ~/mo").types(TAB).expect("~/more.py");
    person.types(ENTER).expect(">>> ");
    person.asks("made", &["\r\n43\r\n"]);
    person.asks("import sys; sys.last_exc", &["ZeroDivisionError('division by zero')"]);
    // It may await, as what is typed may; it shows no values, and who runs it is not seen in a traceback.
    person.asks(
        ":load waits.py",
        &["Traceback (most recent call last):\r\n  File \"", "waits.py\", line 4, in <module>", "no await"],
    );
    person.asks("made", &["\r\n44\r\n"]);
    person.types(CTRL_D);
    assert_eq!(person.leaves(), Some(0));
    let mut person = at(&home, &["-i", "leaves.py"], &[]);
    person.expect("line 1, in <module>");
    person.expect("SystemExit: 3");
    person.expect(">>> ");
    person.types(CTRL_D);
    assert_eq!(person.leaves(), Some(0));
}

#[test]
fn a_file_may_come_first() {
    let home = home("startup");
    let text = "import sys\nsys.ps1 = 'ready> '\nprint('from', __file__)\n";
    fs::write(home.join("first.py"), text).expect("the scratch folder can be written");
    let mut person = at(&home, &["-q"], &[("PYTHONSTARTUP", "first.py")]);
    person.expect("from first.py\r\n");
    person.expect("ready> ");
    person.types("'__file__' in globals()\r").expect("False\r\n");
    person.expect("ready> ");
    person.types(CTRL_D);
    assert_eq!(person.leaves(), Some(0));
    let mut person = at(&home, &["-q"], &[("PYTHONSTARTUP", "none.py"), ("PYTHON_BASIC_REPL", "1")]);
    person.expect("Could not open PYTHONSTARTUP\r\nFileNotFoundError: ");
    person.expect(">>> ");
    person.types(CTRL_D);
    assert!(!person.all.contains('\x1b'), "{:?}", person.all);
    assert_eq!(person.leaves(), Some(0));
}

#[test]
fn what_a_thread_writes_in_pieces_stays_together() {
    let mut person = new("pieces");
    person.asks("import threading, time", &[]);
    person.asks("late = lambda: (time.sleep(0.1), 1 / 0)", &[]);
    person.enters("threading.Thread(target=late).start()").expect("Exception in thread");
    let report = person.expect("ZeroDivisionError: division by zero\r\n");
    // No line of it is empty, nor is one put above the prompt.
    assert!(!report.contains("\r\n\r\n") && !report.contains("\x1b[K\r\n"), "{}", report.escape_debug());
    person.asks("6 * 7", &["\r\n42\r\n"]);
    person.types(CTRL_D);
    assert_eq!(person.leaves(), Some(0));
}

#[test]
fn a_terminal_that_can_do_nothing() {
    let mut person = at(&home("dumb"), &["repl", "-q"], &[("TERM", "dumb")]);
    person.expect(">>> ");
    person.asks("6 * 7", &["42\r\n"]);
    person.enters("for n in range(2):").expect("... ");
    person.enters("    print('n', n)").expect("... ");
    person.types(ENTER).expect("n 1\r\n");
    person.expect(">>> ");
    person.types(CTRL_D);
    assert!(!person.all.contains('\x1b'), "{:?}", person.all);
    assert_eq!(person.leaves(), Some(0));
}

#[test]
fn piped_input_is_run_like_typed() {
    let mut command = Command::new(env!("CARGO_BIN_EXE_pyield"));
    command.args(["repl", "-q"]).env("HOME", home("piped")).stdin(Stdio::piped());
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the binary was built");
    let text = "import asyncio\nawait asyncio.sleep(0, 'slept')\nif True:\n  print(input())\n\nspoken\n1 / 0\nawait undefined\nif 1:\n  2\n3\n";
    child.stdin.take().expect("it is a pipe").write_all(text.as_bytes()).expect("it is read");
    let output = child.wait_with_output().expect("the child is ours to wait for");
    let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert_eq!(out, "'slept'\nspoken\n", "{err}");
    assert!(err.contains(">>> ") && err.contains("... ") && err.contains("ZeroDivisionError"), "{err}");
    assert!(err.contains("NameError") && !err.contains("<frozen"), "{err}");
    assert!(err.contains("File \"<stdin>\", line 3\n    3\n    ^\nSyntaxError: invalid syntax\n"), "{err}");
    assert_eq!(output.status.code(), Some(0));
}
