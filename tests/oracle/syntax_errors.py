"""Write `src/syntax/expected/errors.txt`: malformed programs, and what Python says about them.

    python3.14 tests/oracle/syntax_errors.py > src/syntax/expected/errors.txt

The programs are those of `errors_seed.txt` beside this file. An entry is a line `-- kind place message` and the program.
A program that parses is written with `-- fine`.
"""

import ast
import os
import warnings

HERE = os.path.dirname(os.path.abspath(__file__))


def verdict(program):
    try:
        ast.parse(program)
    except SyntaxError as error:
        place = f"{error.lineno}:{error.offset}-{error.end_lineno}:{error.end_offset}"
        return f"{type(error).__name__} {place} {error.msg}"
    except (MemoryError, RecursionError, ValueError) as error:
        return f"{type(error).__name__} {error}"
    return "fine"


def programs():
    with open(os.path.join(HERE, "errors_seed.txt"), encoding="utf-8") as file:
        text = file.read()
    return [program + "\n" for program in text.split("\n--\n") if program.strip()]


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    for program in programs():
        print(f"-- {verdict(program)}\n{program}", end="")
