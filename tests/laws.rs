//! The three laws, seen from outside (DESIGN: the Rust stack never holds a frame of the program; the outside has one
//! door; two runs give the same bytes).

use pyield::host::FakeHost;
use pyield::interpreter::Interpreter;

#[global_allocator]
static ALLOCATOR: pyield::memory::Counting = pyield::memory::Counting;

/// Runs a program in a thread with a native stack of 256 KiB; its exit status and what it printed.
fn in_a_small_thread(program: &'static str) -> (i32, String) {
    let run = move || {
        let host = FakeHost::new();
        let output = host.output();
        let status = Interpreter::new(Box::new(host)).run_source("<law>", program);
        (status, output.text())
    };
    let thread = std::thread::Builder::new().stack_size(256 * 1024).spawn(run).expect("a thread can be started");
    thread.join().expect("the program ran without a panic")
}

#[test]
fn a_million_nested_calls() {
    let program = "
import sys
sys.setrecursionlimit(1_100_000)
def down(n):
    return 0 if n == 0 else 1 + down(n - 1)
print(down(1_000_000))
";
    assert_eq!(in_a_small_thread(program), (0, "1000000\n".to_owned()));
}

#[test]
fn delegation_a_hundred_thousand_deep() {
    let program = "
import sys
sys.setrecursionlimit(200_000)
def chain(n):
    if n == 0:
        yield 'bottom'
        return 1
    return 1 + (yield from chain(n - 1))
def main():
    return (yield from chain(100_000))
g = main()
print(next(g))
try:
    next(g)
except StopIteration as stop:
    print(stop.value)
";
    assert_eq!(in_a_small_thread(program), (0, "bottom\n100001\n".to_owned()));
}

#[test]
fn callbacks_of_natives_nest_without_the_native_stack() {
    let program = "
import sys
sys.setrecursionlimit(100_000)
class Deep:
    def __init__(self, inner):
        self.inner = inner
    def __repr__(self):
        return 'D' + repr(self.inner)[:5]
    def __lt__(self, other):
        return self.inner < other.inner
    def __eq__(self, other):
        return self.inner == other.inner
    def __hash__(self):
        return hash(self.inner)
a = b = 1
for _ in range(5_000):
    a, b = Deep(a), Deep(b)
print(repr(a)[:5], a == b, a < b, hash(a) == hash(b), {a: 1}[b], sorted([a, b], key=lambda v: v)[0] is a)
";
    assert_eq!(in_a_small_thread(program), (0, "DDDDD True False True 1 True\n".to_owned()));
}

/// Law 1 for every native: see the program.
#[test]
fn patterns_and_texts_nest_without_the_native_stack() {
    let program = "
import json, re, sys
sys.setrecursionlimit(100_000)
def down(n):
    return re.sub('a', lambda match: down(n - 1) if n else 'bottom', 'a')
print(down(5000))
def refused(function, *args):
    try:
        function(*args)
    except (RecursionError, re.PatternError) as error:
        print(type(error).__name__)
deep = []
for _ in range(100_000):
    deep = [deep]
refused(json.loads, '[' * 100_000)
refused(json.loads, '{\"a\":' * 100_000)
refused(json.dumps, deep)
refused(re.compile, '(' * 100_000)
refused(re.compile, '(?:' * 100_000 + ')' * 100_000)
print(len(json.dumps(json.loads('[' * 20_000 + ']' * 20_000))), re.match('(?:a|b)*', 'ab' * 50_000).end())
";
    let lines =
        "bottom\nRecursionError\nRecursionError\nRecursionError\nRecursionError\nRecursionError\n40000 100000\n";
    assert_eq!(in_a_small_thread(program), (0, lines.to_owned()));
}

#[test]
fn natives_that_call_back_hold_no_frame() {
    let expected = "138 uses, missed: [] {}\nTrue True\n";
    assert_eq!(in_a_small_thread(include_str!("support/callbacks.py")), (0, expected.to_owned()));
}

#[test]
fn deep_data_is_freed_and_printed_within_bounds() {
    let program = "
deep = []
for _ in range(1_000_000):
    deep = [deep]
try:
    repr(deep)
except RecursionError:
    print('too deep to print')
del deep
print('freed')
";
    assert_eq!(in_a_small_thread(program), (0, "too deep to print\nfreed\n".to_owned()));
}

/// Each way to nest data, gone about in each way that follows it natively: an exception at most, in 256 KiB.
#[test]
fn nothing_nested_is_too_deep() {
    let program = "
import copy, functools, itertools, sys, types
sys.setrecursionlimit(200)
class Error(Exception): pass
def caused(inner):
    error = Error(inner)
    error.__cause__ = error.__context__ = inner if isinstance(inner, BaseException) else None
    return error
wraps = [
    lambda v: [v], lambda v: (v,), lambda v: {1: v}, lambda v: frozenset([v]), slice, lambda v: iter([v]), zip, enumerate,
    functools.partial, property, staticmethod, classmethod, lambda v: types.MethodType(v, 1), lambda v: list[v], caused,
    lambda v: ExceptionGroup('g', [v]), lambda v: (lambda: v), itertools.chain, types.MappingProxyType, lambda v: {1: v}.items(),
    lambda v: v | list[v], lambda v: types.SimpleNamespace(a=v), lambda v: type('C', (v,), {}),
]
def drive(v):
    raise v
def catch(v):
    try: 1 / 0
    except v: pass
uses = [
    repr, str, hash, copy.copy, copy.deepcopy, bool, list, next, drive, catch, dir, len, lambda v: v(), lambda v: v == twin,
    lambda v: v < twin, lambda v: isinstance(1, v), lambda v: issubclass(int, v), lambda v: sorted([v, twin]), lambda v: v in [twin],
    lambda v: {v: twin}, lambda v: f'{v!r:>5}', lambda v: '%s' % (v,), lambda v: v.a, lambda v: v.__isabstractmethod__,
    lambda v: v.__parameters__, lambda v: v.__wrapped__, lambda v: v.__get__(1, int), lambda v: v.split(Error), sum, max,
]
for wrap in wraps:
    for start in [(), ValueError()]:
        value, twin = start, start
        try:
            for _ in range(4_000 if wrap is not wraps[-1] else 50):
                value, twin = wrap(value), wrap(twin)
        except Exception:
            pass
        for use in uses:
            try:
                use(value)
            except Exception:
                pass
print('survived')
";
    assert_eq!(in_a_small_thread(program), (0, "survived\n".to_owned()));
}

#[test]
fn memory_has_an_end_and_the_program_goes_on() {
    let program = "
def hoard():
    items = []
    while True:
        items.append([])
for _ in range(3):
    try:
        hoard()
    except MemoryError:
        print('no more')
try:
    list(range(10**9))
except MemoryError:
    print('refused')
print(len(list(range(1000))))
";
    let run = move || {
        let mut host = FakeHost::new();
        host.memory_limit = Some(20 << 20);
        let output = host.output();
        let status = Interpreter::new(Box::new(host)).run_source("<law>", program);
        (status, output.text())
    };
    let outcome = std::thread::spawn(run).join().expect("the program ran without a panic");
    assert_eq!(outcome, (0, "no more\nno more\nno more\nrefused\n1000\n".to_owned()));
}

#[test]
fn two_runs_give_the_same_bytes() {
    let program = "
class A: pass
print(A(), {'x', 'y', 'z', 'w'}, hash('text'), id(A()), [hash(A()) for _ in range(3)])
def g():
    try:
        yield
    finally:
        print('end')
x = g(); next(x); del x
";
    assert_eq!(in_a_small_thread(program), in_a_small_thread(program));
}

/// Whatever runs when the instructions are used up: no handler takes it, nothing of the program runs any more, whoever ran it
/// has an error, and can go on with the machine.
#[test]
fn limits_are_errors_of_the_machine() {
    let forever = "while True: pass\n";
    let programs = [
        format!("def f():\n    try:\n        {forever}    finally:\n        print('never')\nf()\n"),
        format!(
            "def f():\n    try:\n        yield 1\n        {forever}    except BaseException:\n        print('never')\nprint(sum(f()))\n"
        ),
        format!("def f():\n    yield from g()\ndef g():\n    yield 1\n    {forever}for x in f():\n    pass\n"),
        format!("class A:\n    def __lt__(self, other):\n        {forever}sorted([A(), A()])\n"),
        "class A:\n    def __del__(self):\n        print('never')\ndef f(a):\n    f(a)\nimport sys\nsys.setrecursionlimit(1000000)\nf(A())\n"
            .to_owned(),
        "import asyncio\nasync def f():\n    try:\n        while True:\n            await asyncio.sleep(0)\n    finally:\n        print('never')\nasync def main():\n    async with asyncio.TaskGroup() as group:\n        group.create_task(f())\n        group.create_task(f())\nasyncio.run(main())\n".to_owned(),
        "import threading\ndef f():\n    while True:\n        pass\nthreading.Thread(target=f).start()\nf()\n".to_owned(),
        format!("import atexit\natexit.register(print, 'never')\nasync def f():\n    {forever}f().send(None)\n"),
    ];
    // Each in a thread of its own: what waits to be finalised waits for the thread's next machine.
    for program in programs {
        std::thread::spawn(|| ended_by_its_limit(program)).join().expect("the program ran without a panic");
    }
}

fn ended_by_its_limit(program: String) {
    use pyield::source::Source;
    use pyield::vm::limits::Limit;
    let host = FakeHost::new();
    let output = host.output();
    let mut interpreter = Interpreter::new(Box::new(host));
    interpreter.limit_instructions(20_000);
    let outcome = interpreter.run(&Source::new("<law>", program.clone()));
    assert!(outcome.is_err(), "{program}");
    assert_eq!(interpreter.vm.limit_reached(), Some(Limit::Instructions), "{program}");
    assert_eq!(output.text(), "", "{program}");
    if program.contains("threading") {
        // The other thread would go on as well.
        return;
    }
    interpreter.vm.allow_instructions(1_000);
    let again = interpreter.run(&Source::new("<law>", "print('again')"));
    assert!(again.is_ok() && interpreter.vm.limit_reached().is_none(), "{program}");
    assert!(output.text().contains("again\n"), "{program}");
    interpreter.limit_instructions(10);
    assert_eq!(interpreter.run_source("<law>", "while True: pass"), 4, "{program}");
}

/// The time that is up is that of one interpreter.
#[test]
fn time_is_up_for_whom_it_was_set() {
    use pyield::vm::limits::Limit;
    use std::sync::Arc;
    use std::sync::atomic::AtomicBool;
    let [mut ended, mut other] = [(), ()].map(|()| Interpreter::new(Box::new(FakeHost::new())));
    ended.vm.end_when(Arc::new(AtomicBool::new(true)));
    pyield::attention::ask();
    assert_eq!(ended.run_source("<law>", "while True:\n    pass"), 4);
    assert_eq!(ended.vm.limit_reached(), Some(Limit::Time));
    pyield::attention::ask();
    assert_eq!(other.run_source("<law>", "for _ in range(100_000):\n    pass"), 0);
    assert_eq!(other.vm.limit_reached(), None);
}
