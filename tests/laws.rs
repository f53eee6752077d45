//! The three laws, seen from outside (DESIGN: the Rust stack never holds a frame of the program; the outside has one
//! door; two runs give the same bytes).

use pyield::host::FakeHost;
use pyield::interpreter::Interpreter;

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
