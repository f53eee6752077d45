"""How long pieces of code take."""

import gc
import itertools
import sys
import time

__all__ = ["Timer", "default_timer", "repeat", "timeit"]

dummy_src_name = "<timeit-src>"
default_timer = time.perf_counter
default_repeat, default_number = 5, 1_000_000

_globals = globals


class Timer:
    """Times a statement."""

    def __init__(self, stmt="pass", setup="pass", timer=default_timer, globals=None):
        self.timer = timer
        namespace = _globals() if globals is None else globals
        local = {}
        parts = []
        for name, code in (("setup", setup), ("stmt", stmt)):
            if isinstance(code, str):
                # A mistake is told with its line in both together.
                compile("\n".join([*parts, code]), dummy_src_name, "exec")
                parts.append(code)
            elif callable(code):
                local["_" + name] = code
                parts.append(f"_{name}()")
            else:
                raise ValueError(f"{name} is neither a string nor callable")

        def indented(text, depth):
            return text.replace("\n", "\n" + " " * depth)

        parameters = "".join(f", {name}={name}" for name in local)
        source = (f"def inner(_it, _timer{parameters}):\n"
                  f"    {indented(parts[0], 4)}\n"
                  "    _t0 = _timer()\n"
                  "    for _i in _it:\n"
                  f"        {indented(parts[1], 8)}\n"
                  "        pass\n"
                  "    _t1 = _timer()\n"
                  "    return _t1 - _t0\n")
        self.src = source
        exec(compile(source, dummy_src_name, "exec"), namespace, local)
        self.inner = local["inner"]

    def print_exc(self, file=None):
        """Show the traceback of what the code raised."""
        import traceback

        traceback.print_exc(file=file)

    def timeit(self, number=default_number):
        """The seconds that so many runs take."""
        was_on = gc.isenabled()
        gc.disable()
        try:
            return self.inner(itertools.repeat(None, number), self.timer)
        finally:
            if was_on:
                gc.enable()

    def repeat(self, repeat=default_repeat, number=default_number):
        """The same several times."""
        return [self.timeit(number) for _ in range(repeat)]

    def autorange(self, callback=None):
        """How many runs take a fifth of a second, and what they took."""
        size = 1
        while True:
            for part in (1, 2, 5):
                number = size * part
                taken = self.timeit(number)
                if callback:
                    callback(number, taken)
                if taken >= 0.2:
                    return number, taken
            size *= 10


def timeit(stmt="pass", setup="pass", timer=default_timer, number=default_number, globals=None):
    """The seconds that so many runs of a statement take."""
    return Timer(stmt, setup, timer, globals).timeit(number)


def repeat(stmt="pass", setup="pass", timer=default_timer, repeat=default_repeat, number=default_number, globals=None):
    """The same several times."""
    return Timer(stmt, setup, timer, globals).repeat(repeat, number)


def main(args=None, *, _wrap_timer=None):
    """The command line."""
    import getopt

    options, rest = getopt.getopt(sys.argv[1:] if args is None else args, "n:u:s:r:pt:vh",
                                  ["number=", "setup=", "repeat=", "process", "verbose", "unit=", "help"])
    number, setup, times, timer = 0, [], default_repeat, default_timer
    for name, value in options:
        if name in ("-n", "--number"):
            number = int(value)
        elif name in ("-s", "--setup"):
            setup.append(value)
        elif name in ("-r", "--repeat"):
            times = max(1, int(value))
        elif name in ("-p", "--process"):
            timer = time.process_time
    t = Timer("\n".join(rest) or "pass", "\n".join(setup) or "pass", timer)
    if number == 0:
        number, _ = t.autorange()
    best = min(t.repeat(times, number)) / number
    for unit, size in (("sec", 1.0), ("msec", 1e-3), ("usec", 1e-6), ("nsec", 1e-9)):
        if best >= size:
            break
    print(f"{number} loops, best of {times}: {best / size:.3g} {unit} per loop")


if __name__ == "__main__":
    sys.exit(main())
