//! The views of `pyield trace`, through the binary: the formats are read by parsers that are not ours, or are snapshots.

use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// Generators that delegate, an exception thrown in, tasks: a little of everything.
const PROGRAM: &str = r#"import asyncio


def inner():
    x = yield 1
    print("got", x)
    try:
        yield 2
    except ValueError as error:
        print("caught", error)
    return "done"


def outer():
    result = yield from inner()
    yield result


g = outer()
print(next(g), g.send("<hi>; #1"))
print(g.throw(ValueError("no: {thing}")))
g.close()


async def worker(n):
    await asyncio.sleep(0)
    return n


async def main():
    print(await asyncio.gather(worker(1), worker(2)))


asyncio.run(main())
"#;

/// Everything that an event loop does.
const LOOPS: &str = r#"import asyncio
import socket


async def reader(sock):
    return await asyncio.get_running_loop().sock_recv(sock, 10)


async def patient():
    await asyncio.sleep(10)


async def broken():
    await asyncio.sleep(0)
    raise ValueError("broken")


async def main():
    loop = asyncio.get_running_loop()
    loop.call_soon(print, "soon")
    never = loop.call_later(5, print, "never")
    left, right = socket.socketpair()
    left.setblocking(False)
    right.setblocking(False)
    reading = asyncio.create_task(reader(left), name="reading")
    waiting = asyncio.create_task(patient())
    failing = asyncio.create_task(broken())
    await asyncio.sleep(0.5)
    right.send(b"hello")
    print(await reading)
    never.cancel()
    waiting.cancel()
    print(await asyncio.gather(waiting, failing, return_exceptions=True))
    left.close()
    right.close()


asyncio.run(main())
"#;

/// Two threads that hand something over.
const THREADS: &str = r#"import queue
import threading


def squares():
    n = 0
    while True:
        yield n * n
        n += 1


def work(box):
    for square in squares():
        box.put(square)
        if square > 3:
            return


box = queue.Queue(1)
worker = threading.Thread(target=work, args=(box,))
worker.start()
print([box.get() for _ in range(3)])
worker.join()
"#;

fn scratch(name: &str) -> PathBuf {
    let directory = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("traces").join(name);
    let _ = fs::remove_dir_all(&directory);
    fs::create_dir_all(&directory).expect("a scratch folder");
    fs::write(directory.join("p.py"), PROGRAM).expect("a program");
    fs::write(directory.join("loops.py"), LOOPS).expect("a program");
    fs::write(directory.join("threads.py"), THREADS).expect("a program");
    directory
}

fn trace(directory: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_pyield"));
    command.current_dir(directory).arg("trace").args(arguments).env("NO_COLOR", "1");
    command.output().expect("it can be run")
}

fn told(directory: &Path, arguments: &[&str]) -> String {
    let output = trace(directory, arguments);
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout).expect("text")
}

#[test]
fn pictures_of_a_program() {
    let directory = scratch("pictures");
    for format in ["text", "mermaid", "dot"] {
        insta::assert_snapshot!(format, told(&directory, &["--format", format, "p.py"]));
        let loops = told(&directory, &["--virtual-time", "--format", format, "loops.py"]);
        insta::assert_snapshot!(format!("loops_{format}"), loops);
    }
    insta::assert_snapshot!("threads_text", told(&directory, &["threads.py"]));
}

#[test]
fn lines_of_json_keep_to_the_schema_and_are_the_same_each_time() {
    let directory = scratch("jsonl");
    let schema: Value = serde_json::from_str(&told(&directory, &["--schema"])).expect("JSON");
    let known: BTreeSet<String> = schema["properties"].as_object().expect("properties").keys().cloned().collect();
    let events: BTreeSet<&str> =
        schema["properties"]["event"]["enum"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    let run = |program| told(&directory, &["--format", "jsonl", "--locals", "--virtual-time", program]);
    let [text, loops, threads] = ["p.py", "loops.py", "threads.py"].map(run);
    assert_eq!([&text, &loops, &threads], ["p.py", "loops.py", "threads.py"].map(run).each_ref());
    let finer = ["--lines", "--opcodes"].map(|grain| told(&directory, &["--format", "jsonl", grain, "p.py"]));
    let mut seen = BTreeSet::new();
    for (n, line) in
        [&text, &loops, &threads, &finer[0], &finer[1]].into_iter().flat_map(|text| text.lines().enumerate())
    {
        let event: Value = serde_json::from_str(line).expect("JSON");
        let event = event.as_object().expect("an object");
        assert!(event.keys().all(|key| known.contains(key)), "{line}");
        assert_eq!(event["number"], n + 1);
        let verb = event["event"].as_str().expect("a verb");
        assert!(events.contains(verb), "{line}");
        seen.insert(verb.to_owned());
    }
    assert_eq!(seen.len(), events.len(), "{seen:?}");
    assert!(text.contains(r#""locals":[["x","'<hi>; #1'"]]"#), "{text}");
}

/// What is recorded is viewed later as it would have been at once.
#[test]
fn recordings_are_kept() {
    let directory = scratch("recordings");
    for program in ["p.py", "loops.py", "threads.py"] {
        for locals in [&[][..], &["--locals"]] {
            let record = [&["--virtual-time", "--format", "recording"], locals, &["-o", "kept", program]].concat();
            told(&directory, &record);
            let kept = fs::read(directory.join("kept")).expect("a recording");
            told(&directory, &record);
            assert_eq!(kept, fs::read(directory.join("kept")).expect("a recording"), "two runs are the same bytes");
            for format in ["text", "jsonl", "mermaid", "perfetto", "dot"] {
                let at_once = [&["--virtual-time", "--format", format], locals, &[program]].concat();
                assert_eq!(told(&directory, &["--format", format, "kept"]), told(&directory, &at_once), "{format}");
            }
            assert!(told(&directory, &["--format", "html", "kept"]).contains("<!doctype html>"));
            // One that is cut off is told as far as it goes.
            for length in [kept.len() - 1, kept.len() * 2 / 3, kept.len() / 2] {
                fs::write(directory.join("cut"), &kept[..length]).expect("a file");
                let cut = trace(&directory, &["cut"]);
                assert!(cut.status.code() == Some(1) && !cut.stdout.is_empty(), "{cut:?}");
                let complaint = String::from_utf8_lossy(&cut.stderr);
                let said = ["pyield: 'cut' breaks off at byte ", "pyield: 'cut' does not come to an end: "];
                assert!(said.iter().any(|said| complaint.starts_with(said)), "{complaint}");
            }
        }
    }
    fs::write(directory.join("old"), "pyield recording 1\nand so on").expect("a file");
    let old = trace(&directory, &["old"]);
    assert_eq!((old.status.code(), &*old.stdout), (Some(2), &b""[..]));
    assert!(String::from_utf8_lossy(&old.stderr).contains("'old' was recorded by another version"), "{old:?}");
}

/// Two loops in two threads, each with a callback, while the first thread has one of its own.
const TWO_LOOPS: &str = r#"import asyncio
import threading


async def inner(name):
    loop = asyncio.get_running_loop()
    there = asyncio.Event()
    loop.call_soon(print, "soon in", name)
    loop.call_later(0.01, there.set)
    await there.wait()


async def main():
    await asyncio.gather(*(asyncio.to_thread(asyncio.run, inner(name)) for name in ("one", "two")))
    there, loop = asyncio.Event(), asyncio.get_running_loop()
    threading.Thread(target=lambda: loop.call_soon_threadsafe(there.set)).start()
    await there.wait()


asyncio.run(main())
"#;

/// Each track's slices are closed in the order they were opened, and each arrow has both ends.
#[test]
fn perfetto_gets_whole_slices_and_arrows() {
    let directory = scratch("perfetto");
    fs::write(directory.join("turns.py"), TURNS).expect("a program");
    fs::write(directory.join("two.py"), TWO_LOOPS).expect("a program");
    for program in ["p.py", "loops.py", "threads.py", "turns.py", "two.py"] {
        whole(&told(&directory, &["--virtual-time", "--format", "perfetto", program]));
    }
}

/// The loop of each thread has a track, a lifeline, of its own.
#[test]
fn loops_of_threads_are_told_apart() {
    let directory = scratch("two");
    fs::write(directory.join("two.py"), TWO_LOOPS).expect("a program");
    let diagram = told(&directory, &["--virtual-time", "--format", "mermaid", "two.py"]);
    let trace: Value =
        serde_json::from_str(&told(&directory, &["--virtual-time", "--format", "perfetto", "two.py"])).expect("JSON");
    let events = trace["traceEvents"].as_array().expect("events");
    let tracks: BTreeMap<&str, &Value> = events
        .iter()
        .filter(|event| event["name"] == "thread_name")
        .filter_map(|event| Some((event["args"]["name"].as_str()?, &event["tid"])))
        .collect();
    for (name, participant, callback) in [
        ("event loop", "event loop", "run callback#3"),
        ("event loop@thread#1", "event loop@thread#35;1", "run callback#1"),
        ("event loop@thread#2", "event loop@thread#35;2", "run callback#2"),
    ] {
        assert!(diagram.lines().any(|line| line.ends_with(&format!(" as {participant}"))), "{name} in {diagram}");
        let runs = events.iter().find(|event| event["name"] == callback).expect("it runs");
        assert_eq!(Some(&&runs["tid"]), tracks.get(name), "{callback} in {name}");
    }
    // That a callback is queued by another thread makes no loop of that.
    assert!(!diagram.contains("event loop@thread#35;3") && !tracks.contains_key("event loop@thread#3"), "{diagram}");
}

fn whole(trace: &str) {
    let trace: Value = serde_json::from_str(trace).expect("JSON");
    let mut open: BTreeMap<u64, Vec<&Value>> = BTreeMap::new();
    let mut arrows: BTreeMap<u64, Vec<String>> = BTreeMap::new();
    let mut tracks = BTreeSet::new();
    for event in trace["traceEvents"].as_array().expect("events") {
        let track = event["tid"].as_u64().expect("a track");
        match event["ph"].as_str().expect("a phase") {
            "M" => drop(tracks.insert(track)),
            "B" => open.entry(track).or_default().push(&event["name"]),
            // It names what it ends: some readers go by that.
            "E" => assert_eq!(open.get_mut(&track).and_then(Vec::pop), Some(&event["name"]), "{event}"),
            phase @ ("s" | "f") => {
                // A thread may begin when who has started it does something else.
                let inside = open.get(&track).is_some_and(|slices| !slices.is_empty());
                assert!(inside || event["name"] == "spawn", "{event}");
                arrows.entry(event["id"].as_u64().expect("an id")).or_default().push(phase.to_owned())
            }
            other => assert_eq!(other, "i", "{event}"),
        }
        assert!(tracks.contains(&track), "{event}");
    }
    assert!(open.values().all(Vec::is_empty), "{open:?}");
    assert!(!arrows.is_empty() && arrows.values().all(|ends| ends == &["s", "f"]), "{arrows:?}");
}

#[test]
fn the_page_loads_nothing_and_holds_the_recording() {
    let directory = scratch("page");
    let page = told(&directory, &["--format", "html", "p.py"]);
    assert!(!page.contains("http:") && !page.contains("https:") && !page.contains("{{"), "nothing from elsewhere");
    let (_, data) = page.split_once(r#"<script type="application/json" id="data">"#).expect("data");
    let (data, _) = data.split_once("</script>").expect("its end");
    let data: Value = serde_json::from_str(data).expect("JSON");
    let recording = &data["recordings"][0];
    assert_eq!(recording["sources"][0]["text"], PROGRAM);
    assert_eq!(data["meanings"]["yield"], "It suspends.");
    assert!(recording["records"].as_array().is_some_and(|records| records.len() > 30));
}

/// What happens with and in callbacks, and what is eager.
const CALLBACKS: &str = r#"import asyncio


async def quick():
    return 1


async def ticks():
    try:
        yield 1
    finally:
        await asyncio.sleep(0)


async def main():
    loop = asyncio.get_running_loop()
    loop.set_task_factory(asyncio.eager_task_factory)

    def begin(left):
        print("begins", left)
        asyncio.create_task(quick(), name="of a callback")
        if left:
            loop.call_soon(begin, left - 1)

    loop.call_later(0.01, begin, 1)
    async for tick in ticks():
        break
    async with asyncio.Lock(), asyncio.timeout(1):
        print("inside")
        asyncio.create_task(quick(), name="of a task")
        print("on")
    await asyncio.sleep(0.1)


with asyncio.Runner() as runner:
    runner.run(main())
    print("between")
    runner.run(quick())
print("behind")
"#;

/// What the page says of frames and of the loop agrees with what happens: each acts while it has control, is in the queue once
/// before its turn, and is over at the end. Where there is node.
#[test]
fn the_page_says_who_has_control() {
    let directory = scratch("control");
    for (name, program) in [("turns", TURNS), ("two", TWO_LOOPS), ("callbacks", CALLBACKS), ("chains", CHAINS)] {
        fs::write(directory.join(name).with_extension("py"), program).expect("a program");
    }
    let checks = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/support/page.js");
    for program in ["p", "loops", "threads", "turns", "two", "callbacks", "chains"] {
        let (program, page) = (format!("{program}.py"), format!("{program}.html"));
        told(&directory, &["--virtual-time", "--format", "html", "-o", &page, &program]);
        let Ok(output) = Command::new("node").arg(&checks).arg(directory.join(&page)).output() else { return };
        let wrong = String::from_utf8_lossy(&output.stdout);
        assert!(output.status.success() && wrong.is_empty(), "{program}: {wrong}{output:?}");
    }
}

/// Where nothing could go on any more it is seen what waited, not that it was cancelled then.
#[test]
fn a_deadlock_is_seen_in_the_graph() {
    let directory = scratch("deadlock");
    let program = "import asyncio\nasync def left():\n    await asyncio.Event().wait()\nasync def one():\n    \
                   asyncio.create_task(left())\n    await asyncio.sleep(0)\nasync def main():\n    \
                   await asyncio.Event().wait()\nasyncio.run(one())\nasyncio.run(main())\n";
    fs::write(directory.join("p.py"), program).expect("a program");
    let output = trace(&directory, &["--format", "dot", "p.py"]);
    assert_eq!(output.status.code(), Some(3), "{output:?}");
    let graph = String::from_utf8_lossy(&output.stdout);
    assert!(graph.contains(r#"label="main#1\nsuspended at line 8""#), "{graph}");
    assert!(graph.contains(r#"label="left#1\nended by CancelledError()""#), "{graph}");
    assert_eq!(graph.matches("waits for").count(), 2, "{graph}");
}

/// A document with two programs, of which the second imports.
const NOTES: &str = "# Notes\n\nA *generator*:\n\n```python\ndef g():\n    yield 1\nprint(next(g()))\n```\n\n```output\n1\n```\n\n- item\n\n  ```python\n  print(\"two\")\n  ```\n";

#[test]
fn a_document_has_a_stepper_for_each_block_or_each_trace_under_a_heading() {
    let directory = scratch("document");
    fs::write(directory.join("notes.md"), NOTES).expect("a document");
    let page = told(&directory, &["--format", "html", "notes.md"]);
    assert_eq!(page.matches("<section class=\"stepper\"").count(), 2);
    assert!(page.contains("<em>generator</em>") && !page.contains("def g():</code>"), "{page}");
    let (_, data) = page.split_once(r#"<script type="application/json" id="data">"#).expect("data");
    let (data, _) = data.split_once("</script>").expect("its end");
    let data: Value = serde_json::from_str(data).expect("JSON");
    assert_eq!(data["recordings"][0]["sources"][0]["first"], 6);
    assert_eq!(data["recordings"][1]["sources"][0]["text"], "print(\"two\")\n");
    let text = told(&directory, &["notes.md"]);
    assert!(text.starts_with("## Block 1, line 6\n\n`def g():`\n\n```text\n"), "{text}");
    assert!(text.contains("\n## Block 2, line 18\n\n") && text.contains("| two\n"), "{text}");
    let only = told(&directory, &["--block", "2", "--format", "mermaid", "notes.md"]);
    assert!(only.contains("```mermaid\nsequenceDiagram") && !only.contains("Block 1"), "{only}");
    let jsonl = told(&directory, &["--format", "jsonl", "notes.md"]);
    assert_eq!(jsonl.matches("```jsonl\n").count(), 2);
    assert_eq!(trace(&directory, &["--block", "3", "notes.md"]).status.code(), Some(2));
    assert_eq!(trace(&directory, &["--block", "1", "p.py"]).status.code(), Some(2));
}

#[test]
fn what_is_printed_goes_into_the_trace_or_beside_it() {
    let directory = scratch("output");
    let text = told(&directory, &["p.py"]);
    assert_eq!(text.matches("| caught no: {thing}").count(), 1);
    let beside = told(&directory, &["-o", "p.trace", "p.py"]);
    assert_eq!(beside, "got <hi>; #1\n1 2\ncaught no: {thing}\ndone\n[1, 2]\n");
    assert_eq!(fs::read_to_string(directory.join("p.trace")).expect("a trace"), text);
}

/// What is asked of objects by whoever watches is not what the program asks: identities, and with them hashes and the order of
/// sets, are those of a plain run, and calls go as deep.
#[test]
fn a_program_does_the_same_when_it_is_watched() {
    let directory = scratch("unchanged");
    let program = r#"import asyncio, sys


def numbers():
    yield 1


async def worker(n):
    await asyncio.sleep(0)
    return n


class Thing:
    def __init__(self, n):
        self.n = n

    def __repr__(self):
        return f"Thing {self.n}"


async def main():
    tasks = {asyncio.create_task(worker(n)) for n in range(6)}
    print([task.get_name() for task in tasks], id(tasks))


made = [numbers() for _ in range(3)]
print([next(one) for one in made], [id(one) for one in made])
asyncio.run(main())
print({Thing(n) for n in range(9)}, id(Thing))


def deeper(n):
    global deepest
    deepest = n
    deeper(n + 1)


try:
    deeper(0)
except RecursionError:
    print(deepest)

frame = None


def itself():
    yield sys._getframe()


for end in "close", "__del__":
    one = itself()
    frame = next(one)
    getattr(one, end)()
    print(end, frame.f_back)
"#;
    fs::write(directory.join("program.py"), program).expect("written");
    let mut plain = Command::new(env!("CARGO_BIN_EXE_pyield"));
    let plain = plain.current_dir(&directory).arg("program.py").output().expect("it can be run");
    let watched = trace(&directory, &["-o", "program.trace", "--locals", "program.py"]);
    assert!(plain.status.success() && watched.status.success(), "{plain:?} {watched:?}");
    assert_eq!(String::from_utf8_lossy(&watched.stdout), String::from_utf8_lossy(&plain.stdout));
}

/// Transfers of many shapes, with values of many kinds, over and over.
const SHAPES: &str = r#"import asyncio, itertools


def numbers(n):
    for i in range(n):
        yield i


def in_turn():
    while True:
        yield 1
        yield 2.5


def talks(n):
    for i in range(n):
        print("at", i)
        yield i


def breaks(n):
    for i in range(n):
        yield i << 20 * i
    raise ValueError(n)


def add(a, b=2, *more):
    return a == b, more


def through(items):
    for item in items:
        yield item


class Same:
    def __iter__(self):
        return numbers(4)


async def ticks(n):
    for i in range(n):
        if i % 3 == 2:
            await asyncio.sleep(0.001)
        yield i


async def main():
    async for tick in ticks(6):
        add(tick, tick)
    await asyncio.gather(*(asyncio.sleep(0, n) for n in range(3)))


for x in numbers(5):
    add(x)
for x, y in zip(numbers(4), in_turn()):
    add(x, y, None, True, "text", x + 2**40)
for x in through(through(numbers(4))):
    pass
for x in talks(3):
    pass
try:
    for x in breaks(5):
        add(x, -x)
except ValueError as error:
    print(repr(error))
both = in_turn()
for x in both:
    if next(both) == 2.5:
        break
for x in both:
    break
for n, x in enumerate(map(add, numbers(3), through(in_turn()))):
    pass
for x in itertools.islice(in_turn(), 4):
    pass
print(sum(numbers(4)), list(through(Same())), [x for x in through(numbers(3)) if x])
for x in numbers(3):
    for y in numbers(x):
        for z in through(numbers(y)):
            add(x, y, z)
asyncio.run(main())
"#;

/// With the time of each event, every event is told when it happens; else the machine notes what the recorder knows, and that a
/// `for` has a generator go on may be told later.
#[test]
fn what_is_noted_is_what_is_told() {
    let directory = scratch("noted");
    fs::write(directory.join("shapes.py"), SHAPES).expect("written");
    for program in ["shapes.py", "p.py", "loops.py", "threads.py"] {
        let options = ["--virtual-time", "--format", "jsonl", "--no-fold", program];
        let events = |more: &[&str]| -> Vec<Value> {
            let mut events: Vec<Value> = told(&directory, &[more, &options].concat())
                .lines()
                .map(|line| serde_json::from_str(line).expect("JSON"))
                .collect();
            events.iter_mut().for_each(|event| drop(event.as_object_mut().expect("an object").remove("time")));
            events
        };
        assert_eq!(events(&[]), events(&["--time"]), "{program}");
    }
}

/// So many places give control to a generator that the numbers of transfers begin anew; what happened before is told as before.
#[test]
fn more_transfers_than_have_numbers() {
    let directory = scratch("many");
    let mut program = "def numbers(n):\n    while True:\n        yield n\n\n\n".to_owned();
    for part in 0..90 {
        program += &format!("def part_{part}(g):\n{}\n\n", "    next(g)\n".repeat(100));
    }
    program += "for n in 1, 2:\n    g = numbers(n)\n";
    (0..90).for_each(|part| program += &format!("    part_{part}(g)\n"));
    fs::write(directory.join("long.py"), program).expect("written");
    let text = told(&directory, &["--no-fold", "long.py"]);
    for n in 1..=2 {
        assert_eq!(text.matches(&format!(" next numbers#{n}\n")).count(), 8_999);
        assert_eq!(text.matches(&format!(" yield numbers#{n} gives {n}\n")).count(), 9_000);
        // The last line of the last part, of as many lines as the others.
        let last = 5 + 90 * 103 - 2;
        assert_eq!(text.matches(&format!("{last} -> 3         next numbers#{n}\n")).count(), 1);
        assert_eq!(text.matches(&format!("3 -> {last}      yield numbers#{n} gives {n}\n")).count(), 1);
    }
}

/// An `except` that an exception is not for does not take it.
#[test]
fn handlers_take_what_is_for_them() {
    let directory = scratch("handlers");
    let program = r#"def g():
    try:
        yield 1
    except KeyError:
        print("no")
    except (OSError, ValueError):
        yield 2


def h():
    try:
        yield 1
    except KeyError:
        pass


it = g()
next(it)
it.throw(ValueError("x"))
it = h()
next(it)
try:
    it.throw(ValueError("y"))
except ValueError:
    pass
try:
    1 / 0
except:
    pass
"#;
    fs::write(directory.join("handlers.py"), program).expect("written");
    let text = told(&directory, &["--events", "catch", "handlers.py"]);
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    assert_eq!(lines.len(), 3, "{text}");
    assert!(lines[0].starts_with("6 ") && lines[0].ends_with("catch g#1 with ValueError('x')"), "{text}");
    assert!(lines[1].starts_with("24 ") && lines[1].ends_with("catch <module> with ValueError('y')"), "{text}");
    assert!(lines[2].starts_with("28 ") && lines[2].ends_with("with ZeroDivisionError('division by zero')"), "{text}");
}

#[test]
fn filters() {
    let directory = scratch("filters");
    let lines = |arguments: &[&str]| told(&directory, arguments).lines().count();
    assert_eq!(lines(&["--events", "send", "p.py"]), 1);
    assert_eq!(lines(&["--events=send,throw", "--function", "outer", "p.py"]), 3);
    assert_eq!(lines(&["--function=worker#2", "--events=create,finish", "p.py"]), 2);
    assert!(lines(&["--depth", "1", "p.py"]) < lines(&["p.py"]));
    assert_eq!(lines(&["--file", "other.py", "p.py"]), 0);
    assert!(told(&directory, &["--time", "p.py"]).lines().all(|line| line.contains(" ms ") || line.contains('|')));
}

/// A loop, a call, a delegation, an expression of several lines, a handler.
const STEPS: &str = "class Count:\n    n = 0\n\n\ndef inner(count):\n    while count.n < 2:\n        count.n += 1\n        yield len(\n            str(count.n))\n\n\ndef outer():\n    yield from inner(Count())\n\n\nfor x in outer(): print(x)\ntry:\n    1 / 0\nexcept ZeroDivisionError:\n    pass\n";

#[test]
fn lines_and_instructions_are_followed() {
    let directory = scratch("steps");
    fs::write(directory.join("p.py"), STEPS).expect("a program");
    insta::assert_snapshot!("lines", told(&directory, &["--lines", "p.py"]));
    insta::assert_snapshot!("opcodes", told(&directory, &["--opcodes", "--function", "inner", "p.py"]));
    for picture in ["html", "mermaid", "perfetto"] {
        let drawn = told(&directory, &["--lines", "--format", picture, "p.py"]);
        assert!(drawn.contains("count.n += 1"), "{drawn}");
    }
    let mistaken = trace(&directory, &["--lines", "--format", "dot", "p.py"]);
    assert_eq!(mistaken.status.code(), Some(2));
    // A limit of instructions and the lines do not get into each other's way.
    let limited = told(&directory, &["--lines", "--max-instructions", "1000", "p.py"]);
    assert_eq!(limited, told(&directory, &["--lines", "p.py"]));
}

/// What does nothing but go elsewhere, or nothing at all, with the lines that `sys.settrace` of CPython 3.13 sees in it.
const GOING: &str = "def f(times):\n    for i in range(times):\n        pass\n    while True:\n        try:\n            break\n        finally:\n            i = 0\n    while i < 2:\n        i += 1\n        if i == 1:\n            continue\n        elif i == 2:\n            pass\n    try:\n        1 / 0\n    except ZeroDivisionError:\n        pass\n\n\nf(2)\n";
const WENT: [u32; 23] = [2, 3, 2, 3, 2, 4, 5, 6, 8, 9, 10, 11, 12, 9, 10, 11, 13, 14, 9, 15, 16, 17, 18];

/// The same for the clauses of `except*`.
const CLAUSES: &str = "def f():\n    try:\n        raise ExceptionGroup('x', [ValueError(1), TypeError(2)])\n    except* ValueError:\n        print('v')\n    except* TypeError:\n        print('t')\n\n\nf()\n";
const TRIED: [u32; 6] = [2, 3, 4, 5, 6, 7];

#[test]
fn lines_that_do_nothing_are_lines() {
    let directory = scratch("going");
    let lines_of = |text: &str| -> Vec<u32> {
        text.lines().filter_map(|line| line.split_whitespace().next()?.parse().ok()).collect()
    };
    for (program, lines) in [(GOING, &WENT[..]), (CLAUSES, &TRIED[..])] {
        fs::write(directory.join("p.py"), program).expect("a program");
        let told = told(&directory, &["--lines", "--no-fold", "--events", "line", "--function", "f", "p.py"]);
        assert_eq!(lines_of(&told), lines);
    }
    assert_eq!(lines_of(&told(&directory, &["--events", "catch", "p.py"])), [4]);
}

#[test]
fn long_loops_are_folded() {
    let directory = scratch("folds");
    fs::write(directory.join("p.py"), "for x in (n for n in range(1000)):\n    pass\n").expect("a program");
    let text = told(&directory, &["p.py"]);
    assert!(text.contains("... x 997") && text.lines().count() < 15, "{text}");
    assert!(told(&directory, &["--no-fold", "p.py"]).lines().count() > 2000);
}

#[test]
fn a_task_is_followed_through_its_turns() {
    let directory = scratch("tasks");
    let program = "import asyncio\n\n\nasync def nap(n):\n    await asyncio.sleep(n)\n\n\nasync def main():\n    \
                   one = asyncio.create_task(nap(0.01), name=\"one\")\n    two = asyncio.create_task(nap(0.02))\n    \
                   await one\n    await two\n\n\nasyncio.run(main())\n";
    fs::write(directory.join("tasks.py"), program).expect("a program");
    let text = told(&directory, &["--task", "one", "tasks.py"]);
    assert!(text.contains("step one") && text.contains("finish nap#1"), "{text}");
    assert!(!text.contains("nap#2") && !text.contains("main#1"), "{text}");
}

/// Places behind the library, what only tidies up, what goes unfinished, how deep it gets.
#[test]
fn what_is_told_is_what_the_program_says() {
    let directory = scratch("said");
    let program = "from contextlib import contextmanager\n@contextmanager\ndef block():\n    yield 1\ndef f():\n    \
                   try:\n        raise KeyError(1)\n    except KeyError as e:\n        raise\nwith block():\n    pass\n\
                   g = (n for n in [1, 2])\nnext(g)\ndel g\ntry:\n    f()\nexcept KeyError:\n    pass\n\
                   def deep(n):\n    return n and deep(n - 1)\ndeep(40)\n";
    fs::write(directory.join("p.py"), program).expect("a program");
    let text = told(&directory, &["p.py"]);
    let lines: Vec<String> = text.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
    for line in [
        "10 -> 2 start block#1",
        "4 -> 10 yield block#1 gives 1",
        "drop <genexpr>#1",
        "9 raise f with KeyError(1)",
        "9 unwind f with KeyError(1)",
        "20 -> 19 [33] call deep(8)",
    ] {
        assert!(lines.iter().any(|told| told == line), "{line} in {text}");
    }
    assert_eq!(lines.iter().filter(|line| line.contains("catch")).count(), 2, "{text}");
    let class = "class A:\n    pass\n";
    fs::write(directory.join("class.py"), class).expect("a program");
    assert!(told(&directory, &["class.py"]).contains("call class A()"));
}

#[test]
fn traces_are_kept_and_compared() {
    let directory = scratch("kept");
    let missing = trace(&directory, &["--check", "p.py"]);
    assert_eq!(missing.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&missing.stderr).contains("pyield trace --update p.py"));
    told(&directory, &["--update", "p.py"]);
    assert_eq!(told(&directory, &["--check", "p.py"]), "");
    fs::write(directory.join("p.py"), PROGRAM.replace("yield 2", "yield 3")).expect("a program");
    let other = trace(&directory, &["--check", "p.py"]);
    let text = String::from_utf8_lossy(&other.stdout).into_owned();
    assert_eq!(other.status.code(), Some(1));
    assert!(text.contains("p.py.trace: they part at line") && text.contains("yield inner#1 gives 3"), "{text}");
    assert!(String::from_utf8_lossy(&other.stderr).contains("if this run is right: pyield trace --update p.py"));
    told(&directory, &["-o", "other", "p.py"]);
    let parted = trace(&directory, &["diff", "p.py.trace", "other"]);
    assert_eq!(parted.status.code(), Some(1));
    assert!(told(&directory, &["diff", "other", "other"]).is_empty());
    // What recordings say is compared, with traces in other forms, too.
    told(&directory, &["--format", "jsonl", "-o", "other.jsonl", "p.py"]);
    told(&directory, &["--format", "recording", "-o", "other.recording", "p.py"]);
    fs::write(directory.join("p.py"), PROGRAM).expect("a program");
    told(&directory, &["--format", "recording", "-o", "p.recording", "p.py"]);
    let said = |first: &str, second: &str| {
        let output = trace(&directory, &["diff", first, second]);
        String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned()
    };
    assert_eq!(said("p.recording", "p.py.trace"), "");
    assert_eq!(said("other.jsonl", "other.recording"), "");
    assert!(said("p.recording", "other.recording").contains("yield inner#1 gives 3"));
    fs::write(directory.join("old"), "pyield recording 0\n").expect("a recording");
    assert!(said("old", "p.recording").contains("'old' was recorded by another version"));
    let old = trace(&directory, &["old"]);
    assert_eq!(old.status.code(), Some(2));
    // Where to write may stand behind the file; a recording is given nothing else.
    told(&directory, &["p.recording", "-o", "behind"]);
    assert_eq!(said("behind", "p.py.trace"), "");
    let given = trace(&directory, &["p.recording", "--lines"]);
    assert_eq!(given.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&given.stderr).contains("'--lines' stands before it"));
}

/// The lines of a trace, with single spaces.
fn lines_of(text: &str) -> Vec<String> {
    text.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect()
}

/// In a chain of delegation the innermost frame has control, whoever was resumed; a delegate goes on where it stands.
const CHAINS: &str = r#"import asyncio
from contextlib import AsyncExitStack


def inner():
    yield 1
    print("within")
    yield 2
    raise StopIteration("through")


def outer(generator):
    yield from generator


begun = inner()
next(begun)
chain = outer(begun)
try:
    list(chain)
except RuntimeError:
    pass


class Resource:
    async def __aenter__(self):
        await asyncio.sleep(0)

    async def __aexit__(self, *exception):
        pass


async def nap():
    await asyncio.sleep(0)


async def main():
    async with AsyncExitStack() as stack:
        await stack.enter_async_context(Resource())
    twins = [asyncio.create_task(nap(), name="nap") for _ in range(2)]
    await asyncio.gather(*twins)
    await asyncio.create_task(asyncio.wait_for(nap(), 5), name="nap#1")


asyncio.run(main())
"#;

#[test]
fn the_innermost_of_a_chain_has_control() {
    let directory = scratch("chains");
    fs::write(directory.join("p.py"), CHAINS).expect("a program");
    let text = told(&directory, &["p.py"]);
    let lines = lines_of(&text);
    for line in [
        "13 -> 6 delegate outer#1 to inner#1",
        "9 unwind inner#1 with RuntimeError('generator raised StopIteration')",
        "39 create Resource.__aenter__#1",
        "39 -> 26 delegate main#1 to Resource.__aenter__#1",
        "27 -> 39 finish Resource.__aenter__#1 gives None",
        "40 task nap (2)(nap#2)",
        "42 task 'nap#1'(wait_for#1)",
        "-> 33 start nap#3",
    ] {
        assert!(lines.iter().any(|told| told == line), "{line} in {text}");
    }
    // What a task resumes stands at the line of the innermost frame of the program that waits.
    assert!(lines.windows(2).any(|two| two[0] == "step Task-1" && two[1] == "-> 41 next main#1"), "{text}");
    // By whom something is printed or made is by whom it is.
    let json = told(&directory, &["--format", "jsonl", "--function", "inner", "p.py"]);
    assert!(json.contains(r#""event":"output","depth":2,"by":"inner#1""#), "{json}");
    let napping = lines_of(&told(&directory, &["--task", "nap", "p.py"]));
    assert!(napping.iter().any(|line| line == "done nap with None"), "{napping:?}");
    assert!(napping.iter().any(|line| line == "done nap (2) with None"), "{napping:?}");
}

/// Turns within turns: of eager tasks, and of a loop where each is a callback; and a task that waits for itself.
const TURNS: &str = r#"import asyncio


class Loop(asyncio.SelectorEventLoop):
    def call_soon(self, callback, *args, context=None):
        return super().call_soon(callback, *args, context=context)

    def time(self):
        return super().time()


async def child(seconds):
    await asyncio.sleep(seconds)


async def parent():
    one = asyncio.create_task(child(0), name="one")
    two = asyncio.create_task(child(0.01), name="two")
    print("both are there")
    await one
    await two


async def eager():
    asyncio.get_running_loop().set_task_factory(asyncio.eager_task_factory)
    await asyncio.create_task(parent(), name="kid")


async def own():
    event = asyncio.Event()
    asyncio.get_running_loop().call_soon(event.set)
    await event.wait()
    await asyncio.create_task(child(0), name="plain")


async def itself():
    await asyncio.current_task()


asyncio.run(eager())
asyncio.run(own(), loop_factory=Loop)
try:
    asyncio.run(itself())
except RuntimeError:
    pass
"#;

#[test]
fn turns_lie_within_turns() {
    let directory = scratch("turns");
    fs::write(directory.join("p.py"), TURNS).expect("a program");
    let kid = lines_of(&told(&directory, &["--virtual-time", "--task", "kid", "p.py"]));
    for line in ["17 task one(child#1)", "18 task two(child#2)", "| both are there", "20 yield parent#1 gives one"] {
        assert!(kid.iter().any(|told| told == line), "{line} in {kid:?}");
    }
    let all = lines_of(&told(&directory, &["--virtual-time", "p.py"]));
    assert!(all.iter().any(|line| line.starts_with("wake Task-") && line.ends_with(" after plain")), "{all:?}");
    let itself = all.iter().position(|line| line.contains("gives Task-")).expect("a task that waits for itself");
    assert!(all[itself + 1].starts_with("pause Task-") && all[itself + 2].starts_with("step Task-"), "{all:?}");
    // A loop that queues by itself is given the steps of tasks: they say of which.
    for step in ["(plain.task_step())", ".task_wakeup(plain))"] {
        assert!(
            all.iter().any(|line| line.starts_with("6 queue callback#") && line.contains(step)),
            "{step} in {all:?}"
        );
    }
}

/// Natives that take what a generator yields, one after the other; also from a chain, and up to one that ends it.
const FOLDS: &str = r#"import asyncio


def numbers(n):
    for i in range(n):
        yield i


def chained():
    yield from numbers(2)
    yield from (-i for i in range(2))


async def child(n):
    await asyncio.sleep(0)
    return 6 // n


async def main():
    print(await asyncio.gather(*[child(n) for n in range(3)], return_exceptions=True))


print(sum(numbers(3)), list(chained()), any(i > 0 for i in chained()), dict((i, i) for i in numbers(2)))
asyncio.run(main())
"#;

#[test]
fn what_natives_take_is_yielded_and_goes_on() {
    let directory = scratch("folds");
    fs::write(directory.join("p.py"), FOLDS).expect("a program");
    let lines = lines_of(&told(&directory, &["p.py"]));
    let wanted = ["6 -> 23 yield numbers#1 gives 0", "23 -> 6 next numbers#1", "6 -> 23 yield numbers#1 gives 1"];
    assert!(lines.windows(3).any(|three| three == wanted), "{lines:?}");
    assert!(lines.iter().any(|line| line == "11 -> 23 yield <genexpr>#1 gives -1"), "{lines:?}");
    assert!(lines.iter().any(|line| line == "wake Task-1 after GatheringFuture#1"), "{lines:?}");
    // With variables or the time it is not one entry that tells of both.
    let events = |wish: &[&str]| {
        let json = told(&directory, &[&["--format", "jsonl", "--virtual-time"], wish, &["p.py"]].concat());
        let event = |line: &str| {
            let mut event: Value = serde_json::from_str(line).expect("JSON");
            ["locals", "time"].iter().for_each(|name| drop(event.as_object_mut().expect("an object").remove(*name)));
            event
        };
        json.lines().map(event).collect::<Vec<_>>()
    };
    let plain = events(&[]);
    assert_eq!(plain, events(&["--locals"]));
    assert_eq!(plain, events(&["--time"]));
}

/// Every kind of argument, and callbacks that are asyncio's own, though who has them queued is the program.
const ARGUMENTS: &str = r#"import asyncio


def f(a, /, b, *rest, c=3, d, **others):
    return a


f(1, b=2, d=4)
f(1, 2, 5, 6, d=4, e=7)
f(*[1, 2], **{"d": 4})


async def main():
    shielded = asyncio.create_task(asyncio.sleep(1))
    waiting = asyncio.shield(shielded)
    await asyncio.sleep(0)
    waiting.add_done_callback(print)
    shielded.cancel()
    waiting.cancel()
    await asyncio.sleep(0)


asyncio.run(main())
"#;

#[test]
fn arguments_stand_as_in_a_call() {
    let directory = scratch("arguments");
    fs::write(directory.join("p.py"), ARGUMENTS).expect("a program");
    let lines = lines_of(&told(&directory, &["--virtual-time", "p.py"]));
    for line in [
        "8 -> 4 call f(1, 2, c=3, d=4)",
        "9 -> 4 call f(1, 2, *(5, 6), c=3, d=4, **{'e': 7})",
        "10 -> 4 call f(1, 2, c=3, d=4)",
    ] {
        assert!(lines.iter().any(|told| told == line), "{line} in {lines:?}");
    }
    let queued: Vec<_> = lines.iter().filter(|line| line.contains("queue ")).collect();
    assert_eq!(queued.len(), 1, "{queued:?}");
    assert!(queued[0].contains("queue callback#1(print(Future#"), "{queued:?}");
}

#[test]
fn files_are_told_apart() {
    let directory = scratch("files");
    fs::create_dir(directory.join("parts")).expect("a package");
    fs::write(directory.join("parts/__init__.py"), "from .numbers import one\n").expect("a module");
    fs::write(directory.join("parts/numbers.py"), "def one():\n    yield 1\n").expect("a module");
    fs::write(directory.join("p.py"), "import parts\nprint(next(parts.one()), end='\\x1b\\r')\n").expect("a program");
    let lines = lines_of(&told(&directory, &["p.py"]));
    for line in [
        "-> 1 call <module>()",
        "1 -> 1 call <module parts>() [-> parts/__init__.py]",
        "1 -> 1 call <module parts.numbers>() [parts/__init__.py -> parts/numbers.py]",
        "2 -> 2 yield one#1 gives 1 [parts/numbers.py ->]",
        "| 1\\x1b\\r",
    ] {
        assert!(lines.iter().any(|told| told == line), "{line} in {lines:?}");
    }
    // The program's file is the program's, whatever is shown of it.
    let filtered = lines_of(&told(&directory, &["--file", "numbers.py", "--events", "yield", "p.py"]));
    assert_eq!(filtered, ["2 -> 2 yield one#1 gives 1 [parts/numbers.py ->]"]);
    let nothing = trace(&directory, &["--function", "two", "p.py"]);
    assert!(nothing.status.success() && nothing.stdout.is_empty(), "{nothing:?}");
    let said = String::from_utf8_lossy(&nothing.stderr).into_owned();
    assert!(said.starts_with("pyield: none of the ") && said.contains("--function"), "{said}");
    // What is kept beside a program is the same from wherever that is run.
    told(&directory, &["--update", "p.py"]);
    let kept = fs::read_to_string(directory.join("p.py.trace")).expect("a trace");
    assert!(kept.contains("[-> parts/__init__.py]"), "{kept}");
    for (place, program) in
        [("parts", "../p.py"), ("..", "files/p.py"), ("/", &*directory.join("p.py").to_string_lossy())]
    {
        told(&directory.join(place), &["--check", program]);
    }
}

/// What ends a program there and then is no exception that leaves its frames.
#[test]
fn ends_are_no_exceptions() {
    let directory = scratch("ends");
    let program = "import os\ndef f():\n    try:\n        while True:\n            os.getpid()\n            end()\n    finally:\n        print(1)\n";
    for (name, end, arguments) in
        [("exit", "def end(): os._exit(3)\n", &[][..]), ("limit", "def end(): pass\n", &["--max-instructions", "500"])]
    {
        let file = format!("{name}.py");
        fs::write(directory.join(&file), format!("{program}{end}f()\n")).expect("a program");
        let output = trace(&directory, &[arguments, &[&file]].concat());
        assert_eq!(output.status.code(), Some(if name == "exit" { 3 } else { 4 }));
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(text.contains("call end()") && !text.contains("unwind") && !text.contains("raise"), "{text}");
    }
}

/// A program without a file has its text in the page all the same.
#[test]
fn pages_have_the_texts_of_commands() {
    let directory = scratch("commands");
    let page = told(&directory, &["--format", "html", "-c", "print('from a command')"]);
    assert!(page.contains(r#""name":"<string>""#.replace('<', "\\u003c").as_str()), "{page}");
    assert!(page.contains("print('from a command')"), "{page}");
}

/// A text is shown as it is read: in the encoding that it declares, without the mark at its beginning.
#[test]
fn pages_have_the_texts_that_were_run() {
    let directory = scratch("encoded");
    fs::write(directory.join("p.py"), b"# coding: latin-1\nprint(*(c for c in 'caf\xe9'))\n").expect("a program");
    fs::write(directory.join("bom.py"), b"\xef\xbb\xbfprint(*(c for c in 'ab'))\n").expect("a program");
    for (program, text) in
        [("p.py", "\"text\":\"# coding: latin-1\\nprint(*(c for c in 'café'))"), ("bom.py", "\"text\":\"print(*")]
    {
        let page = told(&directory, &["--format", "html", program]);
        assert!(page.contains(text), "{text} in {page}");
    }
    // Also that of a program that does not begin, and of one that is gone when it ends.
    fs::write(directory.join("broken.py"), "def g(:\n").expect("a program");
    let page = String::from_utf8_lossy(&trace(&directory, &["--format", "html", "broken.py"]).stdout).into_owned();
    assert!(page.contains(r#""text":"def g(:\n"#), "{page}");
    fs::write(directory.join("gone.py"), "import os\nos.unlink(__file__)\n").expect("a program");
    assert!(told(&directory, &["--format", "html", "gone.py"]).contains("os.unlink(__file__)"));
}

#[test]
fn the_readme_shows_what_there_is() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let readme = fs::read_to_string(root.join("README.md")).expect("the README");
    let shown = ["--virtual-time", "--function", "toast", "--function", "crumbs", "docs/kitchen.py"];
    let text = told(root, &shown);
    assert!(readme.contains(&format!("```\n{text}```\n")), "{text}");
    let (_, line) = readme.split_once("```json\n").expect("a line of JSON");
    let line = line.lines().next().expect("it");
    let json = told(&root.join("docs"), &["--virtual-time", "--format", "jsonl", "kitchen.py"]);
    assert!(json.lines().any(|told| told == line), "{line}");
}

/// Who has control as an event says is who got it by the events before: in all samples of generators and delegation, and in the
/// programs above.
#[test]
fn control_is_handed_on_from_frame_to_frame() {
    let directory = scratch("control");
    fs::write(directory.join("chains.py"), CHAINS.split("class Resource").next().unwrap_or_default())
        .expect("a program");
    let stray = serde_json::json!({"event": "return", "frame": "f", "depth": 0});
    assert_eq!(Control::default().follow(&stray), Some("another has control"));
    let mut programs = vec![directory.join("p.py"), directory.join("chains.py"), directory.join("threads.py")];
    for room in ["generators", "yield_from"] {
        let room = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples").join(room);
        let files = fs::read_dir(room).expect("samples").filter_map(|entry| Some(entry.ok()?.path()));
        programs.extend(files.filter(|path| path.extension().is_some_and(|extension| extension == "py")));
    }
    for program in programs {
        let name = program.to_string_lossy().into_owned();
        let output = trace(&directory, &["--virtual-time", "--format", "jsonl", "-o", "control.jsonl", &name]);
        let text = fs::read_to_string(directory.join("control.jsonl")).expect("a trace");
        if text.contains("\"event\":\"task\"") {
            continue;
        }
        let mut control = Control::default();
        for line in text.lines() {
            let event: Value = serde_json::from_str(line).expect("JSON");
            assert_eq!(control.follow(&event), None, "{name}: {line} {output:?}");
        }
    }
}

/// Which frames are active, in each thread, and which delegates to which.
#[derive(Default)]
struct Control {
    threads: BTreeMap<String, Vec<String>>,
    thread: String,
    delegates: BTreeMap<String, String>,
}

impl Control {
    fn innermost(&self, frame: &str) -> String {
        self.delegates.get(frame).map_or_else(|| frame.to_owned(), |inner| self.innermost(inner))
    }

    /// Takes an event; what is wrong with it, if something is.
    fn follow(&mut self, event: &Value) -> Option<&'static str> {
        let word = |key: &str| event[key].as_str().map(str::to_owned);
        let (verb, frame, by) = (word("event")?, word("frame").unwrap_or_default(), word("by"));
        if verb == "switch" {
            self.thread = if frame == "first thread" { String::new() } else { frame };
            return None;
        }
        let mut active = self.threads.remove(&self.thread).unwrap_or_default();
        let enters = matches!(&*verb, "call" | "start" | "next" | "send" | "throw");
        let ends = matches!(&*verb, "finish" | "unwind");
        let wrong = match &*verb {
            "spawn" | "end" | "drop" => false,
            "delegate" => {
                let wrong = active.last() != Some(&frame);
                if let Some(delegate) = word("value").filter(|_| !event["to"].is_null()) {
                    self.delegates.insert(frame.clone(), delegate);
                    active.pop();
                    active.push(self.innermost(&frame));
                }
                wrong
            }
            "raise" | "catch" => {
                // Raised where it delegates, it leaves its delegate.
                if active.last().is_some_and(|last| *last != frame && *last == self.innermost(&frame)) {
                    self.delegates.remove(&frame);
                    active.pop();
                    active.push(frame.clone());
                }
                active.last() != Some(&frame)
            }
            "create" | "output" => active.last() != by.as_ref(),
            _ if enters => active.last() != by.as_ref(),
            _ => active.pop() != Some(frame.clone()),
        };
        if enters {
            active.push(if verb == "call" { frame.clone() } else { self.innermost(&frame) });
        }
        if ends {
            let delegator = self.delegates.iter().find(|(_, inner)| **inner == frame).map(|(outer, _)| outer.clone());
            if let Some(delegator) = delegator {
                self.delegates.remove(&delegator);
                // What was resumed by itself gives control back to who did.
                if by.as_ref() == Some(&delegator) && active.last() != by.as_ref() {
                    active.push(delegator);
                }
            }
        }
        let leaves = ends || matches!(&*verb, "return" | "yield");
        let receiver = !leaves || active.last() == by.as_ref();
        // An event in a frame is one deeper than that which enters it.
        let depth = if enters { active.len() - 1 } else { active.len() };
        let deep = verb == "drop" || event["depth"].as_u64() == Some(depth as u64) || matches!(&*verb, "spawn" | "end");
        self.threads.insert(self.thread.clone(), active);
        match (wrong, receiver, deep) {
            (true, ..) => Some("another has control"),
            (_, false, _) => Some("another gets it"),
            (_, _, false) => Some("the depth"),
            _ => None,
        }
    }
}
