"""Makes and drops ten million suspended frames and exceptions of each kind, and says how much memory that took.

    pyield benches/programs/leaked_memory.py [COUNT]

Each line is a kind: the memory of the process (in MiB) after a tenth of the rounds and after all of them. It ends with the most
there was at any time, and with status 1 if a kind left more behind than a little. Memory is read from /proc, on Linux.
"""

import gc
import sys
from contextlib import contextmanager

COUNT = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000_000
LITTLE = 4.0


def memory(which):
    with open("/proc/self/status") as status:
        for line in status:
            if line.startswith(which):
                return int(line.split()[1]) / 1024


def numbers(n):
    yield n
    yield n + 1


def guarded(n):
    try:
        yield n
    finally:
        n = None


async def answer(n):
    return n


async def asks(n):
    return await answer(n)


async def items(n):
    yield n
    yield n + 1


def run(coroutine):
    try:
        coroutine.send(None)
    except StopIteration as stop:
        return stop.value


def generators_never_begun(rounds):
    for n in range(rounds):
        numbers(n)


def generators_run_to_the_end(rounds):
    for n in range(rounds):
        for _ in numbers(n):
            pass


def generators_dropped_at_a_yield(rounds):
    for n in range(rounds):
        next(numbers(n))


def generators_dropped_within_try(rounds):
    for n in range(rounds):
        next(guarded(n))


def generators_dropped_while_they_delegate(rounds):
    def outer(n):
        yield from guarded(n)

    for n in range(rounds):
        next(outer(n))


def coroutines(rounds):
    async def main():
        for n in range(rounds):
            await asks(n)

    run(main())


def coroutines_never_awaited(rounds):
    for n in range(rounds):
        answer(n).close()


def async_generators(rounds):
    async def main():
        for n in range(rounds):
            async for _ in items(n):
                pass

    run(main())


def async_generators_left(rounds):
    async def main():
        for n in range(rounds):
            async for _ in items(n):
                break

    run(main())


def exceptions(rounds):
    for n in range(rounds):
        try:
            raise ValueError(n)
        except ValueError:
            pass


def exceptions_with_tracebacks(rounds):
    def fails(n):
        raise ValueError(n)

    kept = None
    for n in range(rounds):
        try:
            fails(n)
        except ValueError as error:
            kept = error.__traceback__
    return kept


def exceptions_in_chains(rounds):
    for n in range(rounds):
        try:
            try:
                raise KeyError(n)
            except KeyError as error:
                raise ValueError(n) from error
        except ValueError:
            pass


def exceptions_thrown_into_generators(rounds):
    for n in range(rounds):
        generator = guarded(n)
        next(generator)
        try:
            generator.throw(ValueError(n))
        except ValueError:
            pass


def context_managers(rounds):
    @contextmanager
    def manager(n):
        try:
            yield n
        except ValueError:
            pass

    for n in range(rounds // 2):
        with manager(n):
            pass
        with manager(n):
            raise ValueError(n)


def cycles_through_suspended_frames(rounds):
    def holds():
        me = yield
        yield me

    for _ in range(rounds):
        generator = holds()
        next(generator)
        generator.send(generator)


def cycles_through_exceptions(rounds):
    def keeps():
        try:
            raise ValueError
        except ValueError as error:
            kept = error
        return kept.args

    for _ in range(rounds):
        keeps()


def cycles_through_closures(rounds):
    def makes():
        def numbers():
            yield generator

        generator = numbers()
        next(generator)

    for _ in range(rounds):
        makes()


KINDS = [
    generators_never_begun,
    generators_run_to_the_end,
    generators_dropped_at_a_yield,
    generators_dropped_within_try,
    generators_dropped_while_they_delegate,
    coroutines,
    coroutines_never_awaited,
    async_generators,
    async_generators_left,
    exceptions,
    exceptions_with_tracebacks,
    exceptions_in_chains,
    exceptions_thrown_into_generators,
    context_managers,
    cycles_through_suspended_frames,
    cycles_through_exceptions,
    cycles_through_closures,
]


def main():
    leaks = 0
    for kind in KINDS:
        kind(COUNT // 10)
        gc.collect()
        before = memory("VmRSS")
        kind(COUNT - COUNT // 10)
        gc.collect()
        after = memory("VmRSS")
        leaks += after - before > LITTLE
        print(f"{kind.__name__.replace('_', ' '):42} {before:7.1f} {after:7.1f}", flush=True)
    print(f"at most {memory('VmHWM'):.1f} MiB, {leaks} kinds leave something behind")
    return leaks > 0


sys.exit(main())
