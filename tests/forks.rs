//! Copies of suspended frames and iterators (`copy.copy`, `copy.deepcopy`): what CPython cannot do, so expected here by
//! hand. `samples/generators/backtracking.py` shows what it is good for.

use pyield::host::FakeHost;
use pyield::interpreter::Interpreter;

#[track_caller]
fn prints(program: &str, expected: &str) {
    let host = FakeHost::new();
    let output = host.output();
    let status = Interpreter::new(Box::new(host)).run_source("<forks>", &format!("from copy import *\n{program}"));
    assert_eq!((output.text().trim_end(), status), (expected.trim(), 0));
}

#[test]
fn a_copy_goes_on_from_the_same_point() {
    prints(
        "
def numbers():
    total = 0
    while True:
        total += yield total
a = numbers()
next(a), a.send(5)
b = copy(a)
print(a.send(1), b.send(10), a.send(1), b.send(10))
print(type(b), b.gi_frame.f_locals, a.gi_frame.f_locals, b.__name__)
",
        "
6 15 7 25
<class 'generator'> {'total': 25} {'total': 7} numbers
",
    );
}

#[test]
fn loops_and_delegates_are_copied_with_it() {
    prints(
        "
def inner(items):
    for item in items:
        for n in range(2):
            yield item, n
    return 'end'
def outer():
    yield (yield from inner(['a', 'b']))
    for left, (n, right) in zip('xy', enumerate([7, 8])):
        yield left, n, right
a = outer()
next(a)
copies = []
for _ in a:
    copies.append(copy(a))
print([len(list(each)) for each in copies])
a = outer()
next(a)
b = copy(a)
print(next(a), next(b), a.gi_yieldfrom is b.gi_yieldfrom, list(b)[1:], list(a)[2:])
",
        "
[5, 4, 3, 2, 1, 0]
('a', 1) ('a', 1) False [('b', 1), 'end', ('x', 0, 7), ('y', 1, 8)] ['end', ('x', 0, 7), ('y', 1, 8)]
",
    );
}

#[test]
fn variables_shared_with_inner_functions_are_the_copys_own() {
    prints(
        "
def counter():
    n = 0
    def more():
        nonlocal n
        n += 1
        return n
    while True:
        yield more()
a = counter()
next(a)
b = copy(a)
print(next(a), next(a), next(b), a.gi_frame.f_locals['n'], b.gi_frame.f_locals['n'])
squares = (x * y for x in [1, 2, 3] for y in range(2))
fresh = copy(squares)
next(squares), next(squares)
other = copy(squares)
print(list(squares), list(other), list(fresh))
",
        "
2 3 2 3 2
[0, 2, 0, 3] [0, 2, 0, 3] [0, 1, 0, 2, 0, 3]
",
    );
}

#[test]
fn the_heap_is_shared_by_copy_and_cloned_by_deepcopy() {
    prints(
        "
def fill(log):
    for item in [[1], [2], [3]]:
        log.append(item)
        yield log
a = fill([])
next(a)
b, c = copy(a), deepcopy(a)
print(next(a), next(b), next(c))
me = deepcopy([a])[0]
print(me is a, next(me), next(a) is next(b, None))
def knot():
    me = yield
    yield me
a = knot()
next(a)
a.send(a)
b = deepcopy(a)
print(b.gi_frame.f_locals['me'] is b, copy(a).gi_frame.f_locals['me'] is a)
",
        "
[[1], [2], [2]] [[1], [2], [2]] [[1], [2]]
False [[1], [2], [2], [3]] True
True True
",
    );
}

#[test]
fn handlers_and_finally_run_in_each_copy() {
    prints(
        "
def careful():
    try:
        try:
            yield 1
        except ValueError as error:
            yield error.args
    finally:
        print('finally')
a = careful()
next(a)
b = copy(a)
print(a.throw(ValueError(1)))
c = copy(a)
b.close()
a.close()
del c
print('end')
",
        "
(1,)
finally
finally
finally
end
",
    );
}

#[test]
fn coroutines_and_async_generators() {
    prints(
        "
class Pause:
    def __await__(self):
        return (yield 'pause')
async def inner():
    return await Pause() + await Pause()
async def outer():
    return ['result', await inner()]
def finish(coroutine, *values):
    try:
        for value in values:
            coroutine.send(value)
    except StopIteration as stop:
        return stop.value
a = outer()
a.send(None)
b = copy(a)
print(finish(a, 1, 2), finish(b, 10, 20))
async def items():
    for n in range(3):
        yield n
async def pairs():
    async for n in items():
        yield n
        await Pause()
def step(generator):
    try:
        return generator.asend(None).send(None)
    except StopIteration as stop:
        return stop.value
a = pairs()
step(a)
b = copy(a)
print(step(a), step(b))
",
        "
['result', 3] ['result', 30]
pause pause
",
    );
}

fn prints_of(program: &str, expected: &str) {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/forks").join(program);
    prints(&std::fs::read_to_string(path).expect("the program is there"), expected);
}

#[test]
fn in_loops_over_each_kind_of_iterator() {
    prints_of(
        "iterators.py",
        "
[1, 2, 3] [4, 5]
[1, 2, 3, 4] []
[1, 2, 3, 4] [1, 2, 3, 4]
[(3, 4)] [(3, 4)]
[(3, 4)] [(3, 4)]
cannot pickle 'callable_iterator' object
all
",
    );
}

#[test]
fn in_each_state() {
    prints_of(
        "states.py",
        "
['cannot copy a running generator', 'cannot copy a running generator']
['cannot copy a running generator', 'cannot copy a running generator']
all
",
    );
}

#[test]
fn within_expressions() {
    prints_of("temporaries.py", "all");
}

#[test]
fn at_each_suspension_of_a_coroutine() {
    prints_of(
        "coroutines.py",
        "
18 suspensions
cannot copy a running coroutine
['cannot copy a running async generator']
['in', 'out', 'out', 'out']
('got', 7)
('got', 7)
all
",
    );
}

#[test]
fn what_cannot_be_copied_says_so() {
    prints(
        "
def me():
    try:
        copy(g)
    except ValueError as error:
        yield str(error)
g = me()
print(next(g))
def outer():
    yield from inner()
def inner():
    try:
        yield copy(g)
    except ValueError as error:
        yield str(error)
g = outer()
print(next(g))
g = (x for x in open)if False else iter([])
print(list(copy(g)))
def over():
    return
    yield
g = over()
list(g)
print(list(copy(g)), copy(over()).gi_frame is not None)
",
        "
cannot copy a running generator
cannot copy a running generator
[]
[] True
",
    );
}

#[test]
fn iterators_and_adaptors() {
    prints(
        "
import itertools
makers = [
    lambda: iter([1, 2, 3]),
    lambda: iter((1, 2, 3)),
    lambda: iter('abc'),
    lambda: iter(range(3)),
    lambda: iter({1: 2, 3: 4, 5: 6}.items()),
    lambda: iter({1, 2, 3}),
    lambda: reversed([1, 2, 3]),
    lambda: zip([1, 2, 3], 'abc'),
    lambda: enumerate('abc'),
    lambda: map(abs, [1, -2, 3]),
    lambda: map(max, [1, 2, 3], iter([3, 2, 1])),
    lambda: filter(None, [1, 0, 2, 3]),
    lambda: zip((x for x in [1, 2, 3]), (y for y in 'abc')),
    lambda: itertools.count(3),
    lambda: itertools.cycle([1, 2]),
    lambda: itertools.repeat(1, 3),
    lambda: itertools.accumulate([1, 2, 3]),
    lambda: itertools.chain([1], (x for x in [2, 3])),
    lambda: itertools.compress('abc', [1, 1, 1]),
    lambda: itertools.islice((x for x in range(9)), 2, 8, 2),
    lambda: itertools.pairwise([1, 2, 3, 4]),
    lambda: itertools.batched('abcdef', 2),
    lambda: itertools.product('ab', 'cd'),
    lambda: itertools.permutations([1, 2, 3]),
    lambda: itertools.combinations([1, 2, 3], 2),
    lambda: itertools.zip_longest([1, 2], [1, 2, 3]),
    lambda: itertools.tee([1, 2, 3])[0],
    lambda: itertools.starmap(pow, [(1, 2), (2, 2), (3, 2)]),
]
for make in makers:
    for duplicate in copy, deepcopy:
        original = make()
        next(original)
        other = duplicate(original)
        first = list(itertools.islice(original, 4))
        second = list(itertools.islice(other, 4))
        if first != second or not first:
            print(type(original), duplicate, first, second)
print('all')
",
        "all",
    );
}
