#!/usr/bin/env python3
"""Random conversations with suspended frames, held with CPython and with pyield.

    python3 tests/oracle/conversations.py --pyield PATH --python COMMAND [--judge COMMAND] [--seed N] [--count N] [--edition N]
                                          [--seeds FILE] [--keep DIR] [--plain] [--lines] [--alone] [--jobs N]
    python3 tests/oracle/conversations.py --print [--seed N] [--edition N]

Each seed gives one program: generators, coroutines, async generators and iterators of its own, full of `try`, `with`,
`for` and delegation, and a main part that resumes, throws into, closes and drops them in any order and from anywhere.
Everything that happens is printed: values, exceptions with their causes and contexts, the exception being handled, the
states. CPython (3.13 or later: `close` returns a value) and pyield must print the same, and end the same way. What still
differs is shown to the command given with --judge, which has the last word.

Conversations in which CPython only drops later what pyield drops at once are counted (--drops shows them): where a generator
goes while it handles an exception, the traceback of that keeps what its frame held, there until the next collection.

A process runs many programs on the same stage, swept after each, without the collector, which runs after each; with --alone
every program has a process of its own. Differences are grouped by the first line that differs, numbers left out; of each
group one is shown, and with --keep written down.

--seeds runs the seeds that a file lists: conversations_failed.txt has those that once differed. Those in
conversations_explained.txt differ by what CPython alone does; they are counted, not shown.

--edition chooses the vocabulary, so that old seeds still mean what they meant. 1 has what is said above; 2 adds context
managers that are generators, `match`, comprehensions, exception groups, `yield` within larger expressions and frames; 3
adds what is dropped where, contexts, hooks, warnings, reports of what could not be raised, and everything frames show.

--plain leaves out everything asynchronous; --lines shows the line numbers of tracebacks too.
"""

import argparse
import difflib
import os
import re
import shlex
import subprocess
import sys
import tempfile
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

from talk import author

#: How many programs a process runs, and how long it may take.
BATCH = 500
TIME_LIMIT = 150

EXPLAINED = Path(__file__).with_name("conversations_explained.txt")

RUNNER = """\
import contextvars, gc, sys, warnings

gc.disable()
warnings.simplefilter("ignore")
namespace = {"__name__": "__main__"}
exec(compile(SETTING, "setting", "exec"), namespace)
stage = dict(namespace)
contexts = namespace.get("contexts", [])
own = [value for name, value in stage.items() if type(value) in (list, dict) and not name.startswith("__")]
contents = [(held, held.copy()) for held in own if held is not contexts]
gc.freeze()


def converse(seed, text):
    for held, content in contents:
        held.clear()
        held.update(content) if type(held) is dict else held.extend(content)
    if contexts:
        contexts[:] = [contextvars.Context(), contextvars.copy_context()]
    try:
        exec(compile(text, f"conversation_{seed}", "exec"), namespace)
    except BaseException as error:
        print("--- ended by", type(error).__name__, error)
    sys.set_asyncgen_hooks(None, None)
    sys.set_coroutine_origin_tracking_depth(0)
    for name in list(namespace):
        if name not in stage:
            del namespace[name]
    print("--- collected")
    # Once more for what only a collection drops: its frame, too, may stay for the next.
    for _ in range(2):
        gc.collect()


for seed, text in PROGRAMS:
    print("=====", seed, flush=True)
    namespace.update(stage)
    contextvars.Context().run(converse, seed, text)
    namespace["log"] = lambda *what: None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        # What is finalised may leave more behind; nothing of it may be seen by the next program.
        for _ in range(9):
            for held, _ in contents:
                held.clear()
            if not gc.collect() and not any(held for held, _ in contents):
                break
print("=====", flush=True)
"""

#: What 3.14 says differently from 3.13, and what neither promises.
NEWER = [
    (re.compile(r"object (\w+) can't be used in 'await' expression"), r"'\1' object can't be awaited"),
    (re.compile(r" at 0x[0-9a-f]+"), " at 0x.."),
    (re.compile(r'File ".*/'), 'File "'),
    # A line of the process that holds the conversations, which are not always the same.
    (re.compile(r'(File "conversations.py"), line \d+'), r"\1, line .."),
    # So is one of the library.
    (re.compile(r'File "(?:<frozen )?contextlib(?:\.py|>)", line \d+'), 'File "contextlib", line ..'),
]


def modern(text):
    for old, new in NEWER:
        text = old.sub(new, text)
    return text


def run(command, path):
    """What came to standard output, and how the process ended."""
    environment = {**os.environ, "PYTHONHASHSEED": "0", "PYTHONWARNINGS": "ignore"}
    try:
        done = subprocess.run([*shlex.split(command), path], stdin=subprocess.DEVNULL, capture_output=True,
                              timeout=TIME_LIMIT, env=environment)
    except subprocess.TimeoutExpired as late:
        return modern((late.stdout or b"").decode(errors="replace")), "it did not end"
    complaint = done.stderr.decode(errors="replace").strip().splitlines()
    ending = f"exit {done.returncode}: {complaint[-1] if complaint else ''}" if done.returncode else ""
    return modern(done.stdout.decode(errors="replace")), ending


def alone(command, authors, options, directory):
    """What each of these programs prints, in a process for each."""
    outcomes = {}
    for seed, one in authors.items():
        path = Path(directory, f"conversation_{seed}.py")
        path.write_text(one.whole(options.lines), encoding="utf-8")
        out, ending = run(command, path)
        outcomes[seed] = (out + f"--- {ending}\n" * bool(ending)).splitlines()
    return outcomes


def together(command, authors, options, directory):
    """What each of these programs prints. One that ends the process is skipped by the next process."""
    outcomes, left = {}, list(authors)
    path = Path(directory, "conversations.py")
    while left:
        setting = authors[left[0]].setting(options.lines)
        # All in one line: a warning names a line of the runner, which must not depend on how many programs there are.
        texts = "".join(f"({seed}, {authors[seed].text!r}), " for seed in left)
        path.write_text(f"SETTING = {setting!r}\nPROGRAMS = [{texts}]\n{RUNNER}", encoding="utf-8")
        out, ending = run(command, path)
        pieces = re.split(r"(?m)^=====(.*)\n", out)[1:]
        for seed, text in zip(pieces[::2], pieces[1::2]):
            if seed:
                outcomes[int(seed)] = text.splitlines()
        if pieces and not pieces[-2]:
            break
        stopped = int(pieces[-2]) if pieces else left[0]
        outcomes.setdefault(stopped, []).append(f"--- {ending or 'the process ended'}")
        left = left[left.index(stopped) + 1:]
    return outcomes


def compare(seeds, edition, options):
    """What these conversations are with CPython, with pyield and, where they differ, with the judge; by seed."""
    authors = {seed: author(seed, options.plain, edition) for seed in seeds}
    outcomes = alone if options.alone else together
    with tempfile.TemporaryDirectory() as directory:
        expected = outcomes(options.python, authors, options, directory)
        found = outcomes(options.pyield, authors, options, directory)
        differing = {seed: authors[seed] for seed in seeds if expected[seed] != found[seed]}
        judged = outcomes(options.judge, differing, options, directory) if options.judge and differing else {}
    return {seed: (expected[seed], found[seed], judged.get(seed)) for seed in differing}


#: What is said when something is dropped: the first of the lines that its end prints.
DROPS = re.compile(r"dropped steps|finalised|end of|weak|warning RuntimeWarning|unraisable|partner closed|final "
                   r"|.*(finally|over|exit|caught|swallows|closed).*GeneratorExit\(\)")


def only_later(expected, found):
    """Is the difference that CPython drops some things later, other things having happened meanwhile?"""
    # A warning names the line that runs when it comes.
    expected, found = ([re.sub(r"(warning .*) -?\d+", r"\1", line) for line in lines] for lines in (expected, found))
    taken, given, starts = [], [], set()
    matcher = difflib.SequenceMatcher(None, expected, found, autojunk=False)
    for tag, from_, to, first, last in matcher.get_opcodes():
        if tag != "equal":
            taken += [(expected[place], place) for place in range(from_, to)]
            given += [(found[place], from_) for place in range(first, last)]
            if last > first:
                starts.add((found[first], from_))
    if sorted(text for text, _ in taken) != sorted(text for text, _ in given):
        return False
    for (text, late), (_, early) in zip(sorted(taken), sorted(given)):
        if late < early:
            return False
        meanwhile = expected[early:late]
        if (text, early) in starts and (not DROPS.match(text) or all(DROPS.match(line) for line in meanwhile)):
            return False
    return True


#: What says in which line something happened. CPython's -1 stands for an instruction that belongs to no line.
PLACED = re.compile(r'((?:warning|  File) .*) -?\d+')


def placed(expected, found):
    """What was found, without a line where CPython names none."""
    if len(expected) != len(found):
        return found
    nowhere = {n: match[1] for n, line in enumerate(expected) if line.endswith(" -1") and (match := PLACED.fullmatch(line))}
    where = {n: match[1] for n in nowhere if (match := PLACED.fullmatch(found[n]))}
    return [expected[n] if n in nowhere and where.get(n) == nowhere[n] else line for n, line in enumerate(found)]


def cause(expected, found):
    """The first lines that differ, without what is accidental in them."""
    first = next(((a, b) for a, b in zip(expected, found) if a != b), ("more lines", "fewer lines"))
    return re.sub(r"\d+", "n", "\n".join(first))


def listed(path):
    """The seeds that a file lists, by edition."""
    editions = {}
    for line in Path(path).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            seed, _, edition = line.split()[0].partition(".")
            editions.setdefault(int(edition or 1), []).append(int(seed))
    return editions


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seed", type=int, default=1, help="the first seed")
    parser.add_argument("--count", type=int, default=100, help="how many programs")
    parser.add_argument("--seeds", help="a file that lists the seeds to run")
    parser.add_argument("--pyield", default="target/debug/pyield", help="the command that runs pyield")
    parser.add_argument("--python", default="python3", help="the command that runs CPython")
    parser.add_argument("--judge", help="a command that runs the version pyield speaks, asked where the two differ")
    parser.add_argument("--keep", help="a directory for the programs that differ")
    parser.add_argument("--print", action="store_true", help="show the program of --seed and do nothing else")
    parser.add_argument("--plain", action="store_true", help="nothing asynchronous")
    parser.add_argument("--lines", action="store_true", help="show the lines of tracebacks")
    parser.add_argument("--edition", type=int, default=3, help="which vocabulary: 1, 2 or 3")
    parser.add_argument("--drops", action="store_true", help="show those that differ only in when something is dropped")
    parser.add_argument("--alone", action="store_true", help="a process for each program")
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()
    if options.print:
        print(author(options.seed, options.plain, options.edition).whole(options.lines), end="")
        return 0
    editions = {options.edition: list(range(options.seed, options.seed + options.count))}
    if options.seeds:
        editions = listed(options.seeds)
    batches = [(edition, seeds[at:at + BATCH]) for edition, seeds in editions.items() for at in range(0, len(seeds), BATCH)]
    explained = {(edition, seed) for edition, seeds in listed(EXPLAINED).items() for seed in seeds}
    groups, agreed, late, known, count = {}, 0, 0, 0, 0
    with ProcessPoolExecutor(options.jobs) as workers:
        results = [(edition, seeds, workers.submit(compare, seeds, edition, options)) for edition, seeds in batches]
        for edition, seeds, result in results:
            count += len(seeds)
            for seed, (expected, found, judged) in result.result().items():
                if judged == found:
                    agreed += 1
                    continue
                expected = judged or expected
                found = placed(expected, found)
                if (edition, seed) in explained or found == expected:
                    known += 1
                    continue
                if only_later(expected, found):
                    late += 1
                    if not options.drops:
                        continue
                groups.setdefault(cause(expected, found), []).append(f"{seed}.{edition}")
                if len(groups[cause(expected, found)]) > 1:
                    continue
                print(f"seed {seed}.{edition}:")
                diff = difflib.unified_diff(expected, found, "CPython", "pyield", lineterm="", n=2)
                print("\n".join("    " + line for line in list(diff)[2:14]), flush=True)
                if options.keep:
                    Path(options.keep).mkdir(parents=True, exist_ok=True)
                    text = author(seed, options.plain, edition).whole(options.lines)
                    Path(options.keep, f"conversation_{seed}.py").write_text(text, encoding="utf-8")
    for lines, seeds in sorted(groups.items(), key=lambda item: -len(item[1])):
        print(f"{len(seeds)} times, {' '.join(seeds[:8])}\n    " + lines.replace("\n", "\n    "))
    differ = sum(map(len, groups.values()))
    print(f"{differ} of {count} conversations differ, {agreed} more agree with the judge; {late} more differ only in when "
          f"something is dropped, {known} by what is explained")
    return 1 if differ else 0


if __name__ == "__main__":
    sys.exit(main())
