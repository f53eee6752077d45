"""The instructions of the machine that runs Python code here, by name and number. They are not those of CPython."""

import _inspect

__all__ = ["EXTENDED_ARG", "HAVE_ARGUMENT", "cmp_op", "hasarg", "hascompare", "hasconst", "hasexc", "hasfree", "hasjabs",
           "hasjrel", "hasjump", "haslocal", "hasname", "opmap", "opname", "stack_effect"]

opname = _inspect.operations()
opmap = {name: number for number, name in enumerate(opname)}

cmp_op = ("<", "<=", "==", "!=", ">", ">=")

# Instructions name registers, constants and places; there is no one argument of which it could be said what it is.
HAVE_ARGUMENT = 0
EXTENDED_ARG = len(opname)
hasarg = hascompare = hasconst = hasexc = hasfree = hasjabs = hasjrel = hasjump = haslocal = hasname = []


def stack_effect(opcode, oparg=None, /, *, jump=None):
    """There is no stack: instructions read and write registers."""
    return 0
