"""Listings of code. What they show are the instructions of this machine, as `pyield dis` does; they are not CPython's."""

import _inspect
import collections
import io
import sys
import types
from opcode import *
from opcode import __all__ as _opcode_all

__all__ = ["Bytecode", "Instruction", "Positions", "code_info", "disassemble", "disco", "dis", "distb", "findlabels",
           "findlinestarts", "get_instructions", "pretty_flags", "show_code", *_opcode_all]

COMPILER_FLAG_NAMES = {
    1: "OPTIMIZED",
    2: "NEWLOCALS",
    4: "VARARGS",
    8: "VARKEYWORDS",
    16: "NESTED",
    32: "GENERATOR",
    64: "NOFREE",
    128: "COROUTINE",
    256: "ITERABLE_COROUTINE",
    512: "ASYNC_GENERATOR",
    0x4000000: "HAS_DOCSTRING",
    0x8000000: "METHOD",
}

Positions = collections.namedtuple("Positions", "lineno end_lineno col_offset end_col_offset", defaults=(None,) * 4)


class Instruction(collections.namedtuple(
    "Instruction",
    "opname opcode arg argval argrepr offset start_offset starts_line line_number label positions cache_info",
    defaults=(None, None),
)):
    """One instruction; what it works on stands in `argrepr`."""

    __slots__ = ()

    @property
    def baseopname(self):
        return self.opname

    @property
    def baseopcode(self):
        return self.opcode

    @property
    def is_jump_target(self):
        return self.label is not None

    def __str__(self):
        line = str(self.line_number) if self.starts_line and self.line_number is not None else ""
        return f"{line:>5} {self.offset:>5}  {self.opname:<18}{self.argrepr}".rstrip()


def pretty_flags(flags):
    """The names of the flags in `co_flags`."""
    names = []
    bit = 1
    while flags:
        if flags & bit:
            names.append(COMPILER_FLAG_NAMES.get(bit, hex(bit)))
            flags ^= bit
        bit <<= 1
    return ", ".join(names) or hex(flags)


def _code_of(x):
    """The code object behind a function, method, generator or text."""
    for name in ("__func__", "__code__", "gi_code", "ag_code", "cr_code"):
        x = getattr(x, name, x)
    if isinstance(x, str):
        try:
            return compile(x, "<disassembly>", "eval")
        except SyntaxError:
            return compile(x, "<disassembly>", "exec")
    if isinstance(x, types.CodeType):
        return x
    raise TypeError(f"don't know how to disassemble {type(x).__name__} objects")


def get_instructions(x, *, first_line=None, show_caches=None, adaptive=False):
    """The instructions of a function, method, text or code object."""
    return _instructions(_code_of(x), first_line)


def _instructions(code, first_line=None):
    shift = 0 if first_line is None else first_line - code.co_firstlineno
    last = None
    for number, ((name, operands), places) in enumerate(zip(_inspect.instructions(code), code.co_positions())):
        positions = Positions(*places)
        line = None if positions.lineno is None else positions.lineno + shift
        offset = 2 * number
        yield Instruction(name, opmap[name], None, None, operands, offset, offset, line != last, line, None, positions)
        last = line


def findlinestarts(code):
    """Where each line begins: offset and line."""
    last = None
    for start, _, line in code.co_lines():
        if line != last:
            last = line
            yield start, line


def findlabels(code):
    """Jumps are listed with the number of the instruction they lead to; bytes do not tell."""
    return []


def dis(x=None, *, file=None, depth=None, show_caches=False, adaptive=False, show_offsets=False, show_positions=False):
    """List the code of a class, function, method, generator, module or text; without one, of the last traceback."""
    if x is None:
        distb(file=file)
        return
    if not isinstance(x, (str, types.CodeType)) and not hasattr(x, "__code__") and hasattr(x, "__dict__"):
        if isinstance(x, (type, types.ModuleType)):
            for name, value in sorted(x.__dict__.items()):
                if isinstance(value, (staticmethod, classmethod)):
                    value = value.__func__
                if isinstance(value, (types.MethodType, types.FunctionType, types.CodeType, type)):
                    print(f"Disassembly of {name}:", file=file)
                    try:
                        dis(value, file=file, depth=depth)
                    except TypeError as error:
                        print("Sorry:", error, file=file)
                    print(file=file)
            return
    _list(_code_of(x), file, depth)


def _list(code, file, depth):
    for instruction in _instructions(code):
        print(instruction, file=file)
    if depth is None or depth > 0:
        for constant in code.co_consts:
            if isinstance(constant, types.CodeType):
                print(file=file)
                print(f"Disassembly of {constant!r}:", file=file)
                _list(constant, file, None if depth is None else depth - 1)


def disassemble(code, lasti=-1, *, file=None, show_caches=False, adaptive=False, show_offsets=False, show_positions=False):
    """List a code object; an arrow marks the instruction at `lasti`."""
    for instruction in _instructions(code):
        mark = "-->" if instruction.offset == lasti else "   "
        print(mark, instruction, file=file)


disco = disassemble


def distb(tb=None, *, file=None, show_caches=False, adaptive=False, show_offsets=False, show_positions=False):
    """List the code that a traceback ends in."""
    if tb is None:
        last = getattr(sys, "last_exc", None)
        if last is None:
            raise RuntimeError("no last traceback to disassemble")
        tb = last.__traceback__
    while tb.tb_next:
        tb = tb.tb_next
    disassemble(tb.tb_frame.f_code, tb.tb_lasti, file=file)


def code_info(x):
    """What a code object says about itself, as text."""
    code = _code_of(x)
    lines = [
        f"Name:              {code.co_name}",
        f"Filename:          {code.co_filename}",
        f"Argument count:    {code.co_argcount}",
        f"Positional-only arguments: {code.co_posonlyargcount}",
        f"Kw-only arguments: {code.co_kwonlyargcount}",
        f"Number of locals:  {code.co_nlocals}",
        f"Stack size:        {code.co_stacksize}",
        f"Flags:             {pretty_flags(code.co_flags)}",
    ]
    for title, values, show in (
        ("Constants", code.co_consts, repr),
        ("Names", code.co_names, str),
        ("Variable names", code.co_varnames, str),
        ("Free variables", code.co_freevars, str),
        ("Cell variables", code.co_cellvars, str),
    ):
        if values:
            lines.append(f"{title}:")
            lines += [f"{place:>4}: {show(value)}" for place, value in enumerate(values)]
    return "\n".join(lines)


def show_code(co, *, file=None):
    """Print what `code_info` tells."""
    print(code_info(co), file=file)


class Bytecode:
    """The instructions of something, to go through or to list."""

    def __init__(self, x, *, first_line=None, current_offset=None, show_caches=False, adaptive=False, show_offsets=False,
                 show_positions=False):
        self.codeobj = _code_of(x)
        self.first_line = self.codeobj.co_firstlineno if first_line is None else first_line
        self.current_offset = current_offset
        self._original_object = x

    def __iter__(self):
        return _instructions(self.codeobj, self.first_line)

    def __repr__(self):
        return f"{type(self).__name__}({self._original_object!r})"

    @classmethod
    def from_traceback(cls, tb, *, show_caches=False, adaptive=False):
        """The code that a traceback ends in, with its place marked."""
        while tb.tb_next:
            tb = tb.tb_next
        return cls(tb.tb_frame.f_code, current_offset=tb.tb_lasti)

    def info(self):
        """What the code object says about itself."""
        return code_info(self.codeobj)

    def dis(self):
        """The listing as text."""
        with io.StringIO() as out:
            disassemble(self.codeobj, -1 if self.current_offset is None else self.current_offset, file=out)
            return out.getvalue()


def main():
    """`python -m dis [FILE]`: the code of a file, or of standard input."""
    name = sys.argv[1] if len(sys.argv) > 1 and sys.argv[1] != "-" else None
    if name is None:
        text, name = sys.stdin.buffer.read(), "<stdin>"
    else:
        with open(name, "rb") as file:
            text = file.read()
    dis(compile(text, name, "exec"))


if __name__ == "__main__":
    main()
