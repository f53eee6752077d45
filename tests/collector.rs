//! The cycle collector, seen from outside: programs in constant memory, and machines that leave nothing behind.

use pyield::host::FakeHost;
use pyield::interpreter::Interpreter;
use pyield::object::collector::{self, Age};
use pyield::object::{Tuple, heap};
use std::fs;
use std::path::Path;

#[global_allocator]
static ALLOCATOR: pyield::memory::Counting = pyield::memory::Counting;

/// Runs a program in a thread of its own: what it printed.
fn run(program: String) -> String {
    let run = move || {
        let host = FakeHost::new();
        let output = host.output();
        let status = Interpreter::new(Box::new(host)).run_source("<collector>", &program);
        assert_eq!(status, 0, "{}", output.text());
        output.text()
    };
    std::thread::spawn(run).join().expect("the program ran without a panic")
}

/// How often each kind of thing is made and dropped here; at full length the program runs for itself.
const ROUNDS: usize = 40_000;

/// Fewer objects than are made, and as many as may be there before a collection is due.
const MOST: usize = 30_000;

#[test]
fn dropped_frames_exceptions_and_cycles_take_no_memory() {
    let program = fs::read_to_string(root().join("benches/programs/leaks.py")).expect("the program is there");
    let printed = run(program.replace("ROUNDS = 10_000_000", &format!("ROUNDS = {ROUNDS}")));
    assert!(printed.lines().count() > 5, "{printed}");
    for line in printed.lines() {
        let (name, most) = line.split_once(' ').expect("name and number");
        let most: usize = most.parse().expect("a number of objects");
        assert!(most < MOST, "{name}: {most} objects were there at once");
    }
}

/// A machine refers to all that it made; once it is gone, what is left is garbage, and once that is cleared there is
/// nothing. So every reference that an object accounts for is one that it shows to the collector, and none was forgotten.
#[test]
fn a_machine_that_is_gone_leaves_nothing() {
    let mut leaving = Vec::new();
    for folder in ["cycles", "generators", "coroutines", "yield_from", "iteration", "errors", "language", "stdlib"] {
        let mut programs: Vec<_> = fs::read_dir(root().join("samples").join(folder))
            .expect("the folder is there")
            .map(|entry| entry.expect("it can be read").path())
            .filter(|path| path.extension().is_some_and(|extension| extension == "py"))
            .collect();
        programs.sort();
        programs.retain(|path| {
            let text = fs::read_to_string(path).unwrap_or_default();
            !text.contains(CHANGES_CLASSES) && !CHANGES_CODE.iter().any(|change| text.contains(change))
        });
        leaving.extend(programs.iter().filter_map(|path| left_by(path)));
    }
    assert!(leaving.is_empty(), "{}", leaving.join("\n"));
}

/// An object that gets another class keeps its old one alive for good: views of it may be around.
const CHANGES_CLASSES: &str = ".__class__ = ";

/// A function that gets another code while it runs, here one that tells of lines or calls, keeps its old code alive for good.
const CHANGES_CODE: &[&str] = &["sys.monitoring", "sys.setprofile("];

fn left_by(path: &Path) -> Option<String> {
    let (name, text) = (path.display().to_string(), fs::read_to_string(path).expect("a sample is text"));
    let run = move || {
        Interpreter::new(Box::new(FakeHost::new())).run_source(&name, &text);
        // What the dropped machine would have finalised is dropped with what it refers to.
        drop(heap::take_finalizers());
        for _ in 0..3 {
            let found = collector::unreachable(false);
            drop(found.waiting);
            collector::clear(found.garbage);
            drop(heap::take_finalizers());
        }
        let mut left = collector::objects(Age::Any);
        // There is one `()`, for good.
        left.retain(|object| !object.get::<Tuple>().is_some_and(|tuple| tuple.items().is_empty()));
        (!left.is_empty()).then(|| format!("{name}: {} objects, as {:?}", left.len(), &left[..left.len().min(8)]))
    };
    std::thread::spawn(run).join().expect("the program ran without a panic")
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}
