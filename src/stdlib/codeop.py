"""Is a text a whole statement, or only the beginning of one?"""

import __future__
import warnings

__all__ = ["CommandCompiler", "Compile", "compile_command"]

_FEATURES = [getattr(__future__, name) for name in __future__.all_feature_names]
PyCF_ALLOW_INCOMPLETE_INPUT = 0x4000
PyCF_DONT_IMPLY_DEDENT = 0x200


def _attempt(compiler, source, filename, symbol):
    said = [line for line in map(str.strip, source.split("\n")) if not (line == "" or line.startswith("#"))]
    if not said and symbol != "eval":
        # Nothing to do is a statement, too.
        source = "pass"
    mistake = _mistake(compiler, source, filename, symbol)
    if mistake is not None and _is_beginning(compiler, source, filename, symbol, mistake):
        return None
    code = compiler(source, filename, symbol)
    if symbol == "single" and not source.endswith("\n") and _goes_on(source):
        return None
    return code


def _mistake(compiler, *text):
    """What is wrong with it, if anything; what is only dubious is for the second time."""
    with warnings.catch_warnings(action="ignore"):
        try:
            compiler(*text)
        except SyntaxError as error:
            return error
    return None


def _is_beginning(compiler, source, filename, symbol, first):
    """With more lines behind it, is the mistake somewhere else?"""
    message = str(first.msg)
    if "was never closed" in message or "unterminated triple-quoted" in message or message.startswith("expected an indented"):
        return True
    if message.startswith("unexpected EOF") or "line continuation" in message and source.endswith("\\"):
        return True
    try:
        compiler(source + "\n", filename, symbol)
        return True
    except SyntaxError as second:
        try:
            compiler(source + "\n\n", filename, symbol)
        except SyntaxError as third:
            return repr(second) != repr(third) or second.lineno is not None and second.lineno > source.count("\n") + 1
        return True


def _goes_on(source):
    """Does the text end within an indented block?"""
    lines = [line for line in source.split("\n") if line.strip()]
    last = lines[-1] if lines else ""
    return last[:1] in (" ", "\t") or last.rstrip().endswith(":") or len(lines) == 1 and _is_compound(lines[0])


def _is_compound(line):
    word = line.split(" ")[0].split(":")[0].split("(")[0]
    return word in ("if", "while", "for", "try", "with", "def", "class", "async", "match", "@") and ":" in line \
        or line.startswith("@")


def compile_command(source, filename="<input>", symbol="single"):
    """The code of a text; None if more of it is to come."""
    return _attempt(Compile(), source, filename, symbol)


class Compile:
    """`compile` that remembers the future statements it has seen."""

    def __init__(self):
        self.flags = 0

    def __call__(self, source, filename, symbol, flags=0):
        made = compile(source, filename, symbol, flags | self.flags, True)
        for feature in _FEATURES:
            self.flags |= made.co_flags & feature.compiler_flag
        return made


class CommandCompiler:
    """`compile_command` that remembers the same."""

    def __init__(self):
        self.compiler = Compile()

    def __call__(self, source, filename="<input>", symbol="single"):
        return _attempt(self.compiler, source, filename, symbol)
