"""Write `tests/oracle/syntax_errors.txt`: malformed and dubious programs, and what Python says about them.

    cd tests/oracle; python3.14 syntax_errors.py < errors_seed.txt > syntax_errors.txt

An entry is a line `-- kind place message`, or `-- fine`, a line `-! kind line message` for each warning, and the program.
"""

import sys
import warnings


def verdict(program):
    """What happens when the program is compiled, and the warnings that were given on the way."""
    with warnings.catch_warnings(record=True) as given:
        warnings.simplefilter("always")
        try:
            compile(program, "f", "exec", dont_inherit=True)
            end = "fine"
        except SyntaxError as error:
            place = f"{error.lineno}:{error.offset}-{error.end_lineno}:{error.end_offset}"
            end = f"{type(error).__name__} {place} {error.msg}"
        except (MemoryError, RecursionError, ValueError) as error:
            end = f"{type(error).__name__} {error}"
    return end, [f"{warning.category.__name__} {warning.lineno} {warning.message}" for warning in given]


def programs():
    return [program + "\n" for program in sys.stdin.read().split("\n--\n") if program.strip()]


if __name__ == "__main__":
    for program in programs():
        end, given = verdict(program)
        print(f"-- {end}")
        for warning in given:
            print(f"-! {warning}")
        print(program, end="")
