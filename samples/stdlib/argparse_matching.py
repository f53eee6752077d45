"""Which argument goes to which action, how usage shows groups and widths, and what the parts of a parser are called."""

import argparse
import contextlib
import inspect
import io
import os

os.environ["COLUMNS"] = "80"


def tried(function, *args, **kwargs):
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            result = function(*args, **kwargs)
        except SystemExit as stop:
            result = f"exit {stop.code}"
        except Exception as error:
            result = f"{type(error).__name__}: {error}"
            if "empty group" in result:
                result = "an empty group"
    print(result, *filter(None, (out.getvalue(), err.getvalue())), sep="\n", end="\n" if not out.getvalue() else "")


COUNTS = [None, "?", "*", "+", argparse.REMAINDER, argparse.PARSER, 1, 2, argparse.SUPPRESS]


def option_and_rest(nargs):
    parser = argparse.ArgumentParser(prog="p", exit_on_error=False, add_help=False)
    parser.add_argument("-b", nargs=nargs)
    parser.add_argument("-c", action="store_true")
    parser.add_argument("x", nargs="*")
    return parser


def positional_and_rest(nargs):
    parser = argparse.ArgumentParser(prog="p", exit_on_error=False, add_help=False)
    parser.add_argument("x", nargs=nargs)
    parser.add_argument("-c", action="store_true")
    parser.add_argument("y", nargs="*")
    return parser


# An option of two arguments takes them whatever they look like; one of any number does not.
for nargs in COUNTS:
    print("nargs", nargs)
    for line in ["-b -q 1", "-b 1 -c 2", "-b 1 -- 2", "-b -- 2", "-b=1 -z", "-b1 2", "-cb 1 2", "-cz"]:
        tried(option_and_rest(nargs).parse_known_args, line.split())
    for line in ["a -- b c", "-- a -- b", "a -c b", "a -z b -- -q c", "a b c --"]:
        tried(positional_and_rest(nargs).parse_known_args, line.split())
        tried(positional_and_rest(nargs).parse_known_intermixed_args, line.split())

# What is left over keeps its order.
one = argparse.ArgumentParser(prog="p")
one.add_argument("x")
for line in ["a b --foo c -q d", "--foo a b", "a --foo b -- c --d", "-1 -2"]:
    tried(one.parse_known_args, line.split())
    tried(one.parse_known_intermixed_args, line.split())
    tried(one.parse_intermixed_args, line.split())


# In usage a group has brackets where all its members, the hidden ones too, stand side by side in one kind.
# x: a member; X: a hidden one; q, r: positional ones; the others are outside.
def usage(spec, required, width):
    parser = argparse.ArgumentParser(prog="p", add_help=False)
    group = parser.add_mutually_exclusive_group(required=required)
    for n, kind in enumerate(spec):
        hidden = {"help": argparse.SUPPRESS} if kind in ",XR" else {}
        where = parser if kind in ".,;" else group
        if kind in ".,xX":
            where.add_argument("-" + "abcdefgh"[n], action="store_true", **hidden)
        elif kind == ";":
            where.add_argument(f"p{n}")
        else:
            where.add_argument(f"{kind}{n}", nargs=argparse.REMAINDER if kind == "r" else "?", **hidden)
    formatter = argparse.HelpFormatter("p", width=width)
    formatter.add_usage(None, parser._actions, parser._mutually_exclusive_groups)
    return formatter.format_help()


for spec in ["x", "xx", "xX", "Xx", "xXx", "XX", "x.x", "x,x", "X.x", "xq", "qx", "xq;", "x;q", "r", "xr", "Xr", ",xr", "xR", "."]:
    for required in (False, True):
        print(spec, required)
        tried(usage, spec, required, 80)
        tried(usage, spec, required, 11)

# A program's name of any length.
for length in (1, 40, 54, 70):
    parser = argparse.ArgumentParser(prog="n" * length)
    for name in ("--first", "--second", "--third", "--fourth"):
        parser.add_argument(name)
    parser.add_argument("file", nargs="+", metavar=("FIRST", "MORE"))
    print(parser.format_usage())

# What actions are called in messages, and what their names may be.
for nargs in COUNTS:
    for metavar in [None, "M", argparse.SUPPRESS, ("P",), ("P", "Q"), ("P", "Q", "R")]:
        parser = argparse.ArgumentParser(prog="p")
        try:
            action = parser.add_argument("x", nargs=nargs, metavar=metavar)
        except ValueError as error:
            print(nargs, metavar, error)
            continue
        print(nargs, metavar, argparse.ArgumentError(action, "!"), parser.format_usage(), sep=" | ", end="")

# What is deprecated is named once for each name.
old = argparse.ArgumentParser(prog="p")
old.add_argument("x", metavar="M", deprecated=True)
old.add_argument("y", nargs="?", deprecated=True)
old.add_argument("-n", "--no", action="count", deprecated=True)
commands = old.add_subparsers(required=False)
commands.add_parser("gone", aliases=["g"], deprecated=True)
tried(old.parse_args, ["1", "-nn", "--no", "-n", "--n", "2"])
tried(old.parse_args, ["1", "2", "g"])

# Help: blank, empty once expanded, without breaks, and wider than its column.
for formatter_class in (argparse.HelpFormatter, argparse.RawTextHelpFormatter):
    parser = argparse.ArgumentParser(prog="p", formatter_class=formatter_class)
    parser.add_argument("-a", help=" ")
    parser.add_argument("-b", help="%(default)s", default="")
    parser.add_argument("--quite-a-long-option", help="%(default)s", default="")
    parser.add_argument("-c", help="no\xa0break  two blanks\n a line")
    parser.add_argument("-d", choices=[1, 2], type=int, help="%(type)s %(choices)s %(const)s %(nargs)s 100%%")
    parser.add_argument("-e", help=None, required=True)
    commands = parser.add_subparsers(title="those", metavar="WHICH")
    commands.add_parser("hidden", help=argparse.SUPPRESS)
    commands.add_parser("silent")
    commands.add_parser("both", aliases=["b"], help="two names")
    print(repr(parser.format_help()))

# Formatters by hand: sections in sections, and empty ones.
by_hand = argparse.HelpFormatter("prog", max_help_position=30, width=40)
by_hand.add_text("text of %(prog)s")
by_hand.start_section("outer")
by_hand.add_text("inside")
by_hand.start_section("inner")
by_hand.add_text("deep " * 12)
by_hand.end_section()
by_hand.start_section("empty")
by_hand.end_section()
by_hand.end_section()
by_hand.start_section(None)
by_hand.add_text("without a title")
by_hand.end_section()
by_hand.add_usage("%(prog)s as told", [], [])
by_hand.add_usage(None, [], [], "")
print(by_hand.format_help())


class Shouting(argparse.HelpFormatter):
    def _split_lines(self, text, width):
        return [text.upper()[:width]]

    def _format_action_invocation(self, action):
        return "<" + super()._format_action_invocation(action) + ">"

    def _get_default_metavar_for_optional(self, action):
        return action.dest

    def start_section(self, heading):
        super().start_section(heading and heading.title())


loud = argparse.ArgumentParser(prog="p", formatter_class=Shouting)
loud.add_argument("-f", "--foo", help="help " * 30)
loud.add_argument("b")
print(loud.format_help())


# A parser whose errors are not the end.
class Patient(argparse.ArgumentParser):
    def error(self, message):
        print("error:", message)


patient = Patient(prog="q")
patient.add_argument("x", type=int)
for args in [["y", "z"], [], ["1", "--t"]]:
    tried(patient.parse_args, args)

# Definitions that are wrong.
parser = argparse.ArgumentParser(prog="p")
for args, kwargs in [
    ((), {}), (("x",), {"dest": "y"}), (("x",), {"required": True}), (("-a", "b"), {}), (("--",), {}), (("-h",), {}),
    (("-h", "--help"), {}), (("-z",), {"action": 5}), (("-z",), {"type": argparse.FileType}), (("x",), {"action": "count"}),
    (("-z",), {"nargs": "+", "const": 1}), (("-z",), {"nargs": [1]}), (("-z",), {"nargs": 0, "action": "append"}),
    (("-z",), {"bogus": 1}), (("-z",), {"action": "extend", "bogus": 1}), (("-z",), {"action": "store_const", "nargs": 1}),
    (("-z",), {"help": "100%"}), (("--no-x",), {"action": argparse.BooleanOptionalAction}),
]:
    tried(parser.add_argument, *args, **kwargs)
group = parser.add_argument_group("group")
exclusive = group.add_mutually_exclusive_group()
tried(group.add_argument_group, "inner")
tried(exclusive.add_mutually_exclusive_group)
tried(exclusive.add_argument, "x")
tried(parser.format_help)
print(group.add_argument("--of-a-group", help="%(unknown)s").help)
tried(argparse.ArgumentParser, conflict_handler="zip")
tried(argparse.ArgumentParser, parents=[1])

# What a parser of a subcommand is made with.
tried(argparse.ArgumentParser(prog="p").add_subparsers(parser_class=lambda **given: sorted(given)).add_parser, "one")

# Names and signatures.
for name in ["HelpFormatter", "ArgumentParser", "Action", "BooleanOptionalAction", "_StoreAction", "_StoreTrueAction",
             "_AppendConstAction", "_CountAction", "_HelpAction", "_VersionAction", "_SubParsersAction", "_ArgumentGroup"]:
    print(name, inspect.signature(getattr(argparse, name)))
print(sorted(argparse.__all__))
