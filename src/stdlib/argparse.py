"""What a command is told: its options, its positional arguments and its subcommands, and the help that explains them.

A parser keeps its actions as plain objects; `_Run` hands the arguments of one command line out to them, by the counts
that `_COUNTS` allows; `HelpFormatter` writes about them.
"""

import os as _os
import re as _re
import sys as _sys

__version__ = "1.1"

SUPPRESS, OPTIONAL, ZERO_OR_MORE, ONE_OR_MORE, PARSER, REMAINDER = "==SUPPRESS==", "?", "*", "+", "A...", "..."
_UNRECOGNIZED_ARGS_ATTR = "_unrecognized_args"

# Every argument has a sign: "O" where an option may be meant, "-" for the first "--", "A" for all else.


class _Count:
    """How many arguments an nargs value stands for, and how usage shows that."""

    def __init__(self, low, high, shape, names, wanted=None, signs="A", first=None):
        self.low = low
        self.high = high
        self.shape = shape  # what usage shows, with a place for each name
        self.names = names  # how many of them, None: they are not shown
        self.wanted = wanted  # what an option says that finds too few
        self.signs = signs  # what it takes, the first one apart
        self.first = first or signs

    def stops(self, signs, at, over_dashes):
        """Every place up to which the signs from `at` on may be taken, the farthest first."""
        found, taken = [], 0
        while True:
            if taken >= self.low:
                found.append(at)
            sign = signs[at:at + 1] or "the end"
            if sign in (self.signs if taken else self.first) and taken != self.high:
                taken += 1
            elif sign != "-" or not over_dashes:
                return found[::-1]
            at += 1


_COUNTS = {
    None: _Count(1, 1, "%s", 1, "one argument"),
    OPTIONAL: _Count(0, 1, "[%s]", 1, "at most one argument"),
    ZERO_OR_MORE: _Count(0, None, "[%s ...]", 1),
    ONE_OR_MORE: _Count(1, None, "%s [%s ...]", 2, "at least one argument"),
    REMAINDER: _Count(0, None, "...", None, signs="AO"),
    PARSER: _Count(1, None, "%s ...", 1, signs="AO", first="A"),
    SUPPRESS: _Count(0, 0, "", None),
}


def _count_of(action):
    nargs = action.nargs
    if isinstance(nargs, (str, type(None))) and nargs in _COUNTS:
        return _COUNTS[nargs]
    try:
        shape = " ".join(["%s" for _ in range(nargs)])
    except TypeError:
        raise ValueError("invalid nargs value") from None
    # An option that wants so and so many takes them even where they look like options.
    return _Count(nargs, nargs, shape, nargs, signs="AO" if action.option_strings else "A")


def _allot(counts, signs, at, over_dashes):
    """Where each of the counts stops: it takes all that the later ones do not need. None if they do not fit."""
    hopeless = set()

    def stops(n, at):
        if n == len(counts):
            return []
        if (n, at) not in hopeless:
            for stop in counts[n].stops(signs, at, over_dashes):
                later = stops(n + 1, stop)
                if later is not None:
                    return [stop, *later]
            hopeless.add((n, at))
        return None

    return stops(0, at)


def _choice_names(choices, between=","):
    return between.join([str(choice) for choice in choices])


class _AttributeHolder:
    """Is shown as a call that would make it."""

    def _get_args(self):
        return []

    def _get_kwargs(self):
        return list(vars(self).items())

    def __repr__(self):
        named = self._get_kwargs()
        shown = [f"{each!r}" for each in self._get_args()]
        shown += [f"{name}={value!r}" for name, value in named if name.isidentifier()]
        unnameable = {name: value for name, value in named if not name.isidentifier()}
        if unnameable:
            shown.append(f"**{unnameable!r}")
        return "%s(%s)" % (type(self).__name__, ", ".join(shown))


# Help


def _terminal_width():
    try:
        width = int(_os.environ["COLUMNS"])
    except (KeyError, ValueError):
        width = 0
    if width <= 0:
        try:
            width = _os.get_terminal_size(_sys.__stdout__.fileno()).columns
        except (AttributeError, ValueError, OSError):
            width = 0
    return width or 80


def _one_blank(text):
    return _re.sub(r"[ \t\n\r\f\v]+", " ", text).strip()


def _flow(words, width, indent, start):
    """The words in lines of a width; the first line begins at column `start`, the others are indented."""
    lines, column = [[]], start
    for word in words:
        if lines[-1] and column + len(word) > width:
            lines.append([])
            column = indent
        lines[-1].append(word)
        column += len(word) + 1
    return [" ".join(line) for line in lines if line]


class HelpFormatter:
    """Writes usage and help; only its name is public, yet programs override its methods."""

    def __init__(self, prog, indent_increment=2, max_help_position=24, width=None, color=True):
        self._prog, self._indent_increment = prog, indent_increment
        self._width = _terminal_width() - 2 if width is None else width
        self._max_help_position = min(max_help_position, max(self._width - 20, indent_increment * 2))
        self._current_indent = self._action_max_length = 0
        # What is to be written, as functions: columns are known only when all of it is there.
        self._open = [[]]

    def _indent(self):
        self._current_indent += self._indent_increment

    def _dedent(self):
        self._current_indent -= self._indent_increment

    def _add_item(self, func, args):
        self._open[-1].append(lambda: func(*args))

    def start_section(self, heading):
        inside = []
        self._add_item(self._section_text, (heading, inside))
        self._open.append(inside)
        self._indent()

    def end_section(self):
        self._dedent()
        self._open.pop()

    def add_text(self, text):
        if text not in (None, SUPPRESS):
            self._add_item(self._format_text, (text,))

    def add_usage(self, usage, actions, groups, prefix=None):
        if usage != SUPPRESS:
            self._add_item(self._format_usage, (usage, actions, groups, prefix))

    def add_arguments(self, actions):
        for each in actions:
            self.add_argument(each)

    def add_argument(self, action):
        if action.help == SUPPRESS:
            return
        self._measure(action)
        for each in self._iter_indented_subactions(action):
            self._measure(each)
        self._add_item(self._format_action, (action,))

    def _measure(self, action):
        length = self._current_indent + len(self._format_action_invocation(action))
        self._action_max_length = max(self._action_max_length, length)

    def format_help(self):
        # Never more than one empty line, and none around all of it.
        text = _re.sub(r"\n{3,}", "\n\n", self._text_of(self._open[0])).strip("\n")
        return text and f"{text}\n"

    def _text_of(self, items):
        texts = [item() for item in items]
        return "".join([text for text in texts if text and text != SUPPRESS])

    def _section_text(self, heading, inside):
        self._indent()
        text = self._text_of(inside)
        self._dedent()
        if not text:
            return ""
        margin = " " * self._current_indent
        title = "" if heading in (None, SUPPRESS) else f"{margin}{heading}:\n"
        return f"\n{title}{text}\n"

    def _format_text(self, text):
        if "%(prog)" in text:
            text = text % {"prog": self._prog}
        margin = self._current_indent
        return self._fill_text(text, max(self._width - margin, 11), " " * margin) + "\n\n"

    # Usage

    def _format_usage(self, usage, actions, groups, prefix):
        prefix = "usage: " if prefix is None else prefix
        if usage is None:
            usage = self._usage_of(actions, groups, len(prefix))
        else:
            usage = usage % {"prog": self._prog}
        return f"{prefix}{usage}\n\n"

    def _usage_of(self, actions, groups, start):
        prog = str(self._prog)
        if not actions:
            return prog
        options, positionals = ([each for each in actions if bool(each.option_strings) == wanted] for wanted in (True, False))
        whole = " ".join([prog][:len(prog)] + self._usage_words(options + positionals, groups))
        room = self._width - self._current_indent
        if start + len(whole) <= room:
            return whole
        # No line holds both kinds, so no group does.
        options, positionals = self._usage_words(options, groups), self._usage_words(positionals, groups)
        if start + len(prog) <= 0.75 * room:
            # All of it stands to the right of the program's name.
            indent = start + len(prog) + 1
            first, then = (options, positionals) if options else (positionals, [])
            lines = _flow([prog, *first], room, indent, start) + _flow(then, room, indent, indent)
        else:
            # Beside a name that long there is no room.
            indent = start
            lines = _flow(options + positionals, room, indent, indent)
            if len(lines) > 1:
                lines = _flow(options, room, indent, indent) + _flow(positionals, room, indent, indent)
            lines.insert(0, prog)
        return ("\n" + " " * indent).join(lines)

    def _usage_words(self, actions, groups):
        """What usage says about each of the actions that may be seen."""
        actions = list(actions)
        around = {}
        for group in groups:
            around.update(self._brackets(group, actions, around))
        words = []
        for action in actions:
            if action.help != SUPPRESS:
                before, after = around.get(action, ("", ""))
                words.append(before + self._usage_word(action, action in around) + after)
        return words

    def _brackets(self, group, actions, taken):
        """What stands around the members of an exclusive group, where they stand side by side."""
        if not group._group_actions:
            raise ValueError(f"empty group {group}")
        spots = [n for n, action in enumerate(actions) if action in group._group_actions and action not in taken]
        visible = [actions[n] for n in spots if actions[n].help != SUPPRESS]
        if not visible or not len(group._group_actions) == len(spots) == spots[-1] - spots[0] + 1:
            return {}
        left, right = "[]" if not group.required else "()" if len(visible) > 1 else ("", "")
        around = {each: ["", " |"] for each in visible}
        around[visible[0]][0], around[visible[-1]][1] = left, right
        return around

    def _usage_word(self, action, in_group):
        if not action.option_strings:
            word = self._format_args(action, self._get_default_metavar_for_positional(action))
            return word[1:-1] if in_group and word.startswith("[") and word.endswith("]") else word
        if action.nargs == 0:
            word = action.format_usage()
        else:
            word = f"{action.option_strings[0]} {self._option_args(action)}"
        return word if in_group or action.required else f"[{word}]"

    # One argument

    def _option_args(self, action):
        return self._format_args(action, self._get_default_metavar_for_optional(action))

    def _format_action(self, action):
        column = min(self._action_max_length + 2, self._max_help_position)
        margin = " " * self._current_indent
        head = margin + self._format_action_invocation(action)
        lines = self._help_lines(action, max(self._width - column, 11))
        if action.help and len(head) <= column - 2:
            # Help that only comes to nothing, as a default may, does not end its line.
            end = "\n" if lines or not action.help.strip() else ""
            text = f"{head:<{column}}{''.join(lines[:1])}{end}"
            lines = lines[1:]
        else:
            text = f"{head}\n"
        text += "".join([f"{'':{column}}{line}\n" for line in lines])
        return text + "".join([self._format_action(each) for each in self._iter_indented_subactions(action)])

    def _help_lines(self, action, width):
        text = self._expand_help(action) if action.help and action.help.strip() else ""
        return list(self._split_lines(text, width)) if text else []

    def _format_action_invocation(self, action):
        if not action.option_strings:
            names = self._metavar_formatter(action, self._get_default_metavar_for_positional(action))
            return " ".join(names(1))
        text = ", ".join(action.option_strings)
        return text if action.nargs == 0 else f"{text} {self._option_args(action)}"

    def _metavar_formatter(self, action, default_metavar):
        name = action.metavar
        if name is None:
            name = default_metavar if action.choices is None else "{" + _choice_names(action.choices) + "}"
        return lambda tuple_size: name if isinstance(name, tuple) else (name,) * tuple_size

    def _format_args(self, action, default_metavar):
        count = _count_of(action)
        shape = count.shape
        if count.names is None:
            return shape
        names = self._metavar_formatter(action, default_metavar)(count.names)
        if action.nargs == ZERO_OR_MORE and len(names) == 2:
            shape = "[%s [%s ...]]"
        return shape % names

    def _expand_help(self, action):
        text = self._get_help_string(action)
        if "%" not in text:
            return text
        facts = {name: getattr(value, "__name__", value) for name, value in vars(action).items() if value is not SUPPRESS}
        facts["prog"] = self._prog
        if facts.get("choices") is not None:
            facts["choices"] = _choice_names(facts["choices"], ", ")
        return text % facts

    def _iter_indented_subactions(self, action):
        if hasattr(action, "_get_subactions"):
            self._indent()
            yield from action._get_subactions()
            self._dedent()

    # What the other formatters do differently

    def _get_default_metavar_for_positional(self, action):
        return action.dest

    def _get_default_metavar_for_optional(self, action):
        return action.dest.upper()

    def _split_lines(self, text, width):
        import textwrap
        return textwrap.wrap(_one_blank(text), width)

    def _fill_text(self, text, width, indent):
        import textwrap
        return textwrap.fill(_one_blank(text), width, initial_indent=indent, subsequent_indent=indent)

    def _get_help_string(self, action):
        return action.help


class RawDescriptionHelpFormatter(HelpFormatter):
    """Leaves descriptions in the lines they came in."""

    def _fill_text(self, text, width, indent):
        return indent + indent.join(text.splitlines(True)) if text else ""


class RawTextHelpFormatter(RawDescriptionHelpFormatter):
    """Leaves every text in the lines it came in."""

    def _split_lines(self, text, width):
        return text.splitlines()


class ArgumentDefaultsHelpFormatter(HelpFormatter):
    """Tells the default of what may be left out."""

    def _get_help_string(self, action):
        text = action.help or ""
        may_lack = action.option_strings or action.nargs in (OPTIONAL, ZERO_OR_MORE)
        if not may_lack or action.default is SUPPRESS or "%(default)" in text:
            return text
        return f"{text} (default: %(default)s)"


class MetavarTypeHelpFormatter(HelpFormatter):
    """Names arguments by their types."""

    def _get_default_metavar_for_positional(self, action):
        return action.type.__name__

    _get_default_metavar_for_optional = _get_default_metavar_for_positional


# Errors


def _get_action_name(action):
    """What messages call an action."""
    if action is None:
        return None
    if action.option_strings:
        return "/".join(action.option_strings)
    name = action.metavar
    if isinstance(name, tuple):
        pair = action.nargs == ONE_OR_MORE or action.nargs == ZERO_OR_MORE and len(name) == 2
        return "%s[, %s]" % name if pair else ", ".join(name)
    for name in (name, action.dest):
        if name not in (None, SUPPRESS):
            return name
    return "{" + _choice_names(action.choices) + "}" if action.choices else None


class ArgumentError(Exception):
    """The command line, or the definition of an argument, is wrong; `argument_name` tells where."""

    def __init__(self, argument, message):
        self.message = message
        self.argument_name = _get_action_name(argument)

    def __str__(self):
        return str(self.message) if self.argument_name is None else f"argument {self.argument_name}: {self.message}"


class ArgumentTypeError(Exception):
    """What a type function raises when it has something to say about a text."""


# Actions


class Action(_AttributeHolder):
    """An argument, and as a call what is done when it is found."""

    def __init__(self, option_strings, dest, nargs=None, const=None, default=None, type=None, choices=None, required=False,
                 help=None, metavar=None, deprecated=False):
        self.option_strings, self.dest, self.nargs, self.const = option_strings, dest, nargs, const
        self.default, self.type, self.choices, self.required = default, type, choices, required
        self.help, self.metavar, self.deprecated = help, metavar, deprecated

    def _get_kwargs(self):
        names = "option_strings dest nargs const default type choices required help metavar deprecated"
        return [(name, getattr(self, name)) for name in names.split()]

    def format_usage(self):
        return self.option_strings[0]

    def __call__(self, parser, namespace, values, option_string=None):
        raise NotImplementedError(".__call__() not defined")


class _Updating(Action):
    """Replaces the value at dest by `_next` of it and of what was found."""

    def __call__(self, parser, namespace, values, option_string=None):
        setattr(namespace, self.dest, self._next(getattr(namespace, self.dest, None), values))


def _check_stored(kind, nargs, const, instead):
    if nargs == 0:
        raise ValueError(f"nargs for {kind} actions must be != 0; if {instead} may be more appropriate")
    if const is not None and nargs != OPTIONAL:
        raise ValueError(f"nargs must be {OPTIONAL!r} to supply const")


class _StoreAction(_Updating):
    def __init__(self, option_strings, dest, nargs=None, const=None, default=None, type=None, choices=None, required=False,
                 help=None, metavar=None, deprecated=False):
        _check_stored("store", nargs, const, "you have nothing to store, actions such as store true or store const")
        super().__init__(option_strings, dest, nargs, const, default, type, choices, required, help, metavar, deprecated)

    def _next(self, old, values):
        return values


class _StoreConstAction(_Updating):
    def __init__(self, option_strings, dest, const=None, default=None, required=False, help=None, metavar=None,
                 deprecated=False):
        super().__init__(option_strings, dest, 0, const, default, None, None, required, help, None, deprecated)

    def _next(self, old, values):
        return self.const


class _StoreTrueAction(_StoreConstAction):
    def __init__(self, option_strings, dest, default=False, required=False, help=None, deprecated=False):
        super().__init__(option_strings, dest, True, default, required, help, None, deprecated)


class _StoreFalseAction(_StoreConstAction):
    def __init__(self, option_strings, dest, default=True, required=False, help=None, deprecated=False):
        super().__init__(option_strings, dest, False, default, required, help, None, deprecated)


class BooleanOptionalAction(_Updating):
    """An option that is true, and with "no-" before its name false."""

    def __init__(self, option_strings, dest, default=None, required=False, help=None, deprecated=False):
        names = []
        for name in option_strings:
            if name.startswith("--no-"):
                raise ValueError(f"invalid option name {name!r} for BooleanOptionalAction")
            names += [name, f"--no-{name[2:]}"] if name.startswith("--") else [name]
        super().__init__(names, dest, 0, None, default, None, None, required, help, None, deprecated)

    def __call__(self, parser, namespace, values, option_string=None):
        if option_string in self.option_strings:
            super().__call__(parser, namespace, not option_string.startswith("--no-"))

    def _next(self, old, values):
        return values

    def format_usage(self):
        return " | ".join(self.option_strings)


def _copy_of(items):
    """Never the items themselves: they may be a default."""
    import copy
    return [] if items is None else copy.copy(items)


def _and_one_more(items, item):
    items = _copy_of(items)
    items.append(item)
    return items


class _AppendAction(_Updating):
    def __init__(self, option_strings, dest, nargs=None, const=None, default=None, type=None, choices=None, required=False,
                 help=None, metavar=None, deprecated=False):
        _check_stored("append", nargs, const, "arg strings are not supplying the value to append, the append const action")
        super().__init__(option_strings, dest, nargs, const, default, type, choices, required, help, metavar, deprecated)

    def _next(self, old, values):
        return _and_one_more(old, values)


class _ExtendAction(_AppendAction):
    def _next(self, old, values):
        new = _copy_of(old)
        new.extend(values)
        return new


class _AppendConstAction(_Updating):
    def __init__(self, option_strings, dest, const=None, default=None, required=False, help=None, metavar=None,
                 deprecated=False):
        super().__init__(option_strings, dest, 0, const, default, None, None, required, help, metavar, deprecated)

    def _next(self, old, values):
        return _and_one_more(old, self.const)


class _CountAction(_Updating):
    def __init__(self, option_strings, dest, default=None, required=False, help=None, deprecated=False):
        super().__init__(option_strings, dest, 0, None, default, None, None, required, help, None, deprecated)

    def _next(self, old, values):
        return 1 if old is None else old + 1


class _HelpAction(Action):
    def __init__(self, option_strings, dest=SUPPRESS, default=SUPPRESS, help=None, deprecated=False):
        super().__init__(option_strings, dest, 0, None, default, help=help, deprecated=deprecated)

    def __call__(self, parser, namespace, values, option_string=None):
        parser.print_help()
        parser.exit()


class _VersionAction(Action):
    def __init__(self, option_strings, version=None, dest=SUPPRESS, default=SUPPRESS, help=None, deprecated=False):
        self.version = version
        help = "show program's version number and exit" if help is None else help
        super().__init__(option_strings, dest, 0, None, default, help=help)

    def __call__(self, parser, namespace, values, option_string=None):
        writer = parser._get_formatter()
        writer.add_text(parser.version if self.version is None else self.version)
        parser._print_message(writer.format_help(), _sys.stdout)
        parser.exit()


class _SubParsersAction(Action):
    """The positional argument whose first word chooses a parser for the rest."""

    def __init__(self, option_strings, prog, parser_class, dest=SUPPRESS, required=False, help=None, metavar=None):
        self._prog_prefix, self._parser_class = prog, parser_class
        self._name_parser_map, self._choices_actions, self._deprecated = {}, [], set()
        self._color = True
        super().__init__(option_strings, dest, PARSER, None, None, None, self._name_parser_map, required, help, metavar)

    def add_parser(self, name, *, deprecated=False, **kwargs):
        parsers, names = self._name_parser_map, [name, *kwargs.pop("aliases", ())]
        for each, kind in zip(names, ["subparser"] + ["subparser alias"] * len(names)):
            if each in parsers:
                raise ValueError(f"conflicting {kind}: {each}")
        if kwargs.get("prog") is None:
            kwargs["prog"] = f"{self._prog_prefix} {name}"
        kwargs.setdefault("color", self._color)
        if "help" in kwargs:
            self._choices_actions.append(self._line_of_help(names, kwargs.pop("help")))
        made = self._parser_class(**kwargs)
        parsers.update(dict.fromkeys(names, made))
        if deprecated:
            self._deprecated.update(names)
        return made

    def _line_of_help(self, names, help):
        name, *others = names
        return Action([], name, help=help, metavar="%s (%s)" % (name, ", ".join(others)) if others else name)

    def _get_subactions(self):
        return self._choices_actions

    def __call__(self, parser, namespace, values, option_string=None):
        name, *words = values
        if self.dest != SUPPRESS:
            setattr(namespace, self.dest, name)
        try:
            chosen = self._name_parser_map[name]
        except KeyError:
            raise ArgumentError(self, f"unknown parser {name!r} (choices: {', '.join(self._name_parser_map)})")
        if name in self._deprecated:
            parser._warning(f"command '{name}' is deprecated")
        # Into a namespace of its own, so that the subcommand's defaults win over the command's.
        inner, unknown = chosen.parse_known_args(words, None)
        for key in vars(inner):
            setattr(namespace, key, getattr(inner, key))
        if unknown:
            before = getattr(namespace, _UNRECOGNIZED_ARGS_ATTR, [])
            setattr(namespace, _UNRECOGNIZED_ARGS_ATTR, before + unknown)


_ACTIONS = {
    None: _StoreAction, "store": _StoreAction, "store_const": _StoreConstAction, "store_true": _StoreTrueAction,
    "store_false": _StoreFalseAction, "append": _AppendAction, "append_const": _AppendConstAction, "count": _CountAction,
    "help": _HelpAction, "version": _VersionAction, "parsers": _SubParsersAction, "extend": _ExtendAction,
}


class FileType:
    """A type for arguments that name files: opens them; "-" is a standard stream."""

    def __init__(self, mode="r", bufsize=-1, encoding=None, errors=None):
        import warnings
        warnings.warn("FileType is deprecated. Simply open files after parsing arguments.", PendingDeprecationWarning, 2)
        self._how = mode, bufsize, encoding, errors

    def __call__(self, string):
        mode = self._how[0]
        if string != "-":
            try:
                return open(string, *self._how)
            except OSError as error:
                raise ArgumentTypeError(f"can't open '{string}': {error}")
        if not set(mode) & set("rwax"):
            raise ValueError(f'argument "-" with mode {mode!r}')
        stream = _sys.stdin if "r" in mode else _sys.stdout
        return stream.buffer if "b" in mode else stream

    def __repr__(self):
        mode, size, *others = self._how
        shown = [repr(mode)] + [repr(size)] * (size != -1)
        shown += [f"{name}={value!r}" for name, value in zip(("encoding", "errors"), others) if value is not None]
        return "%s(%s)" % (type(self).__name__, ", ".join(shown))


class Namespace(_AttributeHolder):
    """What was found, as attributes."""

    def __init__(self, **kwargs):
        for name in kwargs:
            setattr(self, name, kwargs[name])

    def __contains__(self, name):
        return name in vars(self)

    def __eq__(self, other):
        return vars(self) == vars(other) if isinstance(other, Namespace) else NotImplemented


# What arguments are defined in: parsers and their groups


class _ActionsContainer:
    # What a group has in common with the parser it is in.
    _shared = ("_registries", "_actions", "_option_string_actions", "_defaults", "_has_negative_number_optionals",
               "_mutually_exclusive_groups")

    def __init__(self, description, prefix_chars, argument_default, conflict_handler):
        super().__init__()
        self.description, self.prefix_chars = description, prefix_chars
        self.argument_default, self.conflict_handler = argument_default, conflict_handler
        self._actions, self._action_groups, self._mutually_exclusive_groups = [], [], []
        self._option_string_actions, self._defaults = {}, {}
        self._has_negative_number_optionals = []
        self._registries = {"action": dict(_ACTIONS), "type": {}}
        self._conflict_solver()

    def register(self, registry_name, value, object):
        names = self._registries.setdefault(registry_name, {})
        names[value] = object

    def _registry_get(self, registry_name, value, default=None):
        names = self._registries[registry_name]
        return names[value] if value in names else default

    def set_defaults(self, **kwargs):
        self._defaults |= kwargs
        for each in self._actions:
            each.default = kwargs.get(each.dest, each.default)

    def get_default(self, dest):
        own = [each.default for each in self._actions if each.dest == dest and each.default is not None]
        return own[0] if own else self._defaults.get(dest)

    # Arguments

    def add_argument(self, *args, **kwargs):
        """Define an argument, by the names of an option or the one name of a positional argument."""
        if args and (len(args) > 1 or args[0][0] in self.prefix_chars):
            kwargs = self._get_optional_kwargs(*args, **kwargs)
        elif args and "dest" in kwargs:
            raise TypeError("dest supplied twice for positional argument, did you mean metavar?")
        else:
            kwargs = self._get_positional_kwargs(*args, **kwargs)
        if "default" not in kwargs:
            default = self._defaults.get(kwargs["dest"], self.argument_default)
            if default is not None or kwargs["dest"] in self._defaults:
                kwargs["default"] = default
        name = kwargs.get("action")
        action = self._made(kwargs, None)
        if action.nargs == 0 and not action.option_strings:
            raise ValueError(f"action {name!r} is not valid for positional arguments")
        convert = self._converter(action)
        if convert is FileType:
            raise TypeError(f"{convert!r} is a FileType class object, instance of it must be passed")
        self._try_names(action)
        self._try_help(action)
        return self._add_action(action)

    def _made(self, kwargs, usual):
        """The action that the keywords ask for."""
        kind = kwargs.pop("action", usual)
        kind = self._registry_get("action", kind, kind)
        if not callable(kind):
            raise ValueError(f"unknown action {kind!r}")
        return kind(**kwargs)

    def _converter(self, action):
        convert = self._registry_get("type", action.type, action.type)
        if callable(convert):
            return convert
        raise TypeError(f"{convert!r} is not callable")

    def _try_help(self, action):
        if action.help and hasattr(self, "_get_formatter"):
            try:
                self._get_formatter()._expand_help(action)
            except (ValueError, TypeError, KeyError) as error:
                raise ValueError("badly formed help string") from error

    def _try_names(self, action):
        if hasattr(self, "_get_formatter"):
            try:
                self._get_formatter()._format_args(action, None)
            except TypeError:
                raise ValueError("length of metavar tuple does not match nargs")

    def _get_positional_kwargs(self, dest, **kwargs):
        if "required" in kwargs:
            raise TypeError("'required' is an invalid argument for positionals")
        nargs = kwargs.get("nargs")
        if nargs == 0:
            raise ValueError("nargs for positionals must be != 0")
        needed = {} if nargs in (OPTIONAL, ZERO_OR_MORE, REMAINDER, SUPPRESS) else {"required": True}
        return {**kwargs, **needed, "dest": dest, "option_strings": []}

    def _get_optional_kwargs(self, *args, **kwargs):
        chars = self.prefix_chars
        for name in args:
            if name[0] not in chars:
                raise ValueError(f"invalid option string {name!r}: must start with a character {chars!r}")
        dest = kwargs.get("dest")
        if dest is None:
            # The first long name speaks for all of them.
            names = [name for name in args if name[1:2] in chars and name[1:]] or args
            dest = names[0].lstrip(chars).replace("-", "_")
            if not dest:
                raise TypeError(f"dest= is required for options like {names[0]!r}")
        return {**kwargs, "dest": dest, "option_strings": list(args)}

    def _add_action(self, action):
        taken = [name for name in action.option_strings if name in self._option_string_actions]
        if taken:
            self._conflict_solver()(self, action, taken)
        action.container = self
        self._actions.append(action)
        self._option_string_actions |= dict.fromkeys(action.option_strings, action)
        if any(map(_like_a_negative_number, action.option_strings)):
            self._has_negative_number_optionals[:] = [True]
        return action

    def _remove_action(self, action):
        self._actions.remove(action)

    # Names that are taken

    def _conflict_solver(self):
        try:
            return self._conflict_solvers[self.conflict_handler]
        except KeyError:
            raise ValueError(f"invalid conflict_resolution value: {self.conflict_handler!r}")

    def _refuse(self, action, taken):
        raise ArgumentError(action, f"conflicting option string{'s'[:len(taken) - 1]}: {', '.join(taken)}")

    def _take_over(self, action, taken):
        for name in taken:
            loser = self._option_string_actions.pop(name)
            loser.option_strings.remove(name)
            if not loser.option_strings:
                loser.container._remove_action(loser)

    _conflict_solvers = {"error": _refuse, "resolve": _take_over}

    # Groups

    def add_argument_group(self, *args, **kwargs):
        self._action_groups.append(_ArgumentGroup(self, *args, **kwargs))
        return self._action_groups[-1]

    def add_mutually_exclusive_group(self, **kwargs):
        self._mutually_exclusive_groups.append(_MutuallyExclusiveGroup(self, **kwargs))
        return self._mutually_exclusive_groups[-1]

    def _add_container_actions(self, container):
        """Take over what another container defines, into groups of the same titles."""
        by_title, home = {}, {}
        for group in self._action_groups:
            if by_title.setdefault(group.title, group) is not group:
                raise ValueError(f"cannot merge actions - two groups are named {group.title!r}")
        for theirs in container._action_groups:
            if theirs.title not in by_title:
                by_title[theirs.title] = self.add_argument_group(
                    theirs.title, theirs.description, conflict_handler=theirs.conflict_handler)
            home.update(dict.fromkeys(theirs._group_actions, by_title[theirs.title]))
        for theirs in container._mutually_exclusive_groups:
            around = self if theirs._container is container else by_title[theirs._container.title]
            ours = around.add_mutually_exclusive_group(required=theirs.required)
            home.update(dict.fromkeys(theirs._group_actions, ours))
        for action in container._actions:
            home.get(action, self)._add_action(action)


class _ArgumentGroup(_ActionsContainer):
    def __init__(self, container, title=None, description=None, **kwargs):
        if "prefix_chars" in kwargs:
            import warnings
            warnings.warn("The use of the undocumented 'prefix_chars' parameter in ArgumentParser.add_argument_group() is "
                          "deprecated.", DeprecationWarning, 3)
        inherited = {name: getattr(container, name) for name in ("prefix_chars", "argument_default", "conflict_handler")}
        super().__init__(description, **{**inherited, **kwargs})
        self.title, self._group_actions = title, []
        for name in self._shared:
            setattr(self, name, getattr(container, name))

    def _add_action(self, action):
        self._group_actions.append(super()._add_action(action))
        return action

    def _remove_action(self, action):
        self._group_actions.remove(action)
        super()._remove_action(action)

    def add_argument_group(self, *args, **kwargs):
        raise ValueError("argument groups cannot be nested")


class _MutuallyExclusiveGroup(_ArgumentGroup):
    def __init__(self, container, required=False):
        self._container, self.required = container, required
        super().__init__(container)

    def _add_action(self, action):
        if action.required:
            raise ValueError("mutually exclusive arguments must be optional")
        self._group_actions.append(self._container._add_action(action))
        return action

    def _remove_action(self, action):
        self._group_actions.remove(action)
        self._container._remove_action(action)

    def add_mutually_exclusive_group(self, **kwargs):
        raise ValueError("mutually exclusive groups cannot be nested")


_like_a_negative_number = _re.compile(r"-\.?\d").match


def _prog_name():
    script = _sys.argv[0] if _sys.argv else ""
    python = _os.path.basename(_sys.executable or "") or "python"
    spec = getattr(_sys.modules.get("__main__"), "__spec__", None)
    if spec is None:
        return f"{python} {script}" if script and _os.path.isdir(script) else _os.path.basename(script)
    if spec.name == "__main__":
        return f"{python} {script}"
    return f"{python} -m {spec.name.removesuffix('.__main__')}"


class ArgumentParser(_AttributeHolder, _ActionsContainer):
    """Knows the arguments of a command, takes them apart, and explains them."""

    def __init__(self, prog=None, usage=None, description=None, epilog=None, parents=[], formatter_class=HelpFormatter,
                 prefix_chars="-", fromfile_prefix_chars=None, argument_default=None, conflict_handler="error", add_help=True,
                 allow_abbrev=True, exit_on_error=True, *, suggest_on_error=False, color=True):
        super().__init__(description, prefix_chars, argument_default, conflict_handler)
        self.prog, self.usage, self.epilog = _prog_name() if prog is None else prog, usage, epilog
        self.formatter_class, self.fromfile_prefix_chars, self.add_help = formatter_class, fromfile_prefix_chars, add_help
        self.allow_abbrev, self.exit_on_error, self.suggest_on_error = allow_abbrev, exit_on_error, suggest_on_error
        self.color = color
        self._positionals, self._optionals = map(self.add_argument_group, ("positional arguments", "options"))
        self._subparsers = None

        def identity(string):
            return string

        self.register("type", None, identity)
        if add_help:
            char = "-" if "-" in prefix_chars else prefix_chars[0]
            self.add_argument(char + "h", char * 2 + "help", action="help", default=SUPPRESS,
                              help="show this help message and exit")
        for each in parents:
            if not isinstance(each, ArgumentParser):
                raise TypeError("parents must be a list of ArgumentParser")
            self._add_container_actions(each)
            self._defaults |= each._defaults

    def _get_kwargs(self):
        names = "prog usage description formatter_class conflict_handler add_help"
        return [(name, getattr(self, name)) for name in names.split()]

    def add_subparsers(self, **kwargs):
        """Define the argument that chooses a subcommand."""
        if self._subparsers is not None:
            raise ValueError("cannot have multiple subparser arguments")
        self._subparsers = self._positionals
        if not kwargs.keys().isdisjoint(("title", "description")):
            self._subparsers = self.add_argument_group(kwargs.pop("title", "subcommands"), kwargs.pop("description", None))
        if kwargs.get("prog") is None:
            # A subcommand is called by the command and the positional arguments before it.
            writer = self._get_formatter()
            writer.add_usage(None, self._get_positional_actions(), self._mutually_exclusive_groups, "")
            kwargs["prog"] = writer.format_help().strip()
        action = self._made({"parser_class": type(self), **kwargs, "option_strings": []}, "parsers")
        action._color = self.color
        self._try_help(action)
        self._subparsers._add_action(action)
        return action

    def _add_action(self, action):
        group = self._optionals if action.option_strings else self._positionals
        return group._add_action(action)

    def _get_optional_actions(self):
        return [each for each in self._actions if each.option_strings]

    def _get_positional_actions(self):
        return [each for each in self._actions if not each.option_strings]

    # Parsing

    def parse_args(self, args=None, namespace=None):
        return self._nothing_left(*self.parse_known_args(args, namespace))

    def parse_intermixed_args(self, args=None, namespace=None):
        return self._nothing_left(*self.parse_known_intermixed_args(args, namespace))

    def _nothing_left(self, namespace, unknown):
        if unknown:
            message = "unrecognized arguments: " + " ".join(unknown)
            if not self.exit_on_error:
                raise ArgumentError(None, message)
            self.error(message)
        return namespace

    def parse_known_args(self, args=None, namespace=None):
        return self._parse(args, namespace, False)

    def parse_known_intermixed_args(self, args=None, namespace=None):
        for each in self._get_positional_actions():
            if each.nargs in (PARSER, REMAINDER):
                raise TypeError(f"parse_intermixed_args: positional arg with nargs={each.nargs}")
        return self._parse(args, namespace, True)

    def _parse(self, args, namespace, intermixed):
        namespace = Namespace() if namespace is None else namespace
        defaults = [(each.dest, each.default) for each in self._actions]
        for dest, value in defaults + list(self._defaults.items()):
            if dest is not SUPPRESS and value is not SUPPRESS and not hasattr(namespace, dest):
                setattr(namespace, dest, value)
        unknown = args = list(_sys.argv[1:] if args is None else args)
        try:
            namespace, unknown = self._parse_known_args(args, namespace, intermixed)
        except ArgumentError as error:
            if not self.exit_on_error:
                raise
            self.error(str(error))
        if hasattr(namespace, _UNRECOGNIZED_ARGS_ATTR):
            unknown = unknown + getattr(namespace, _UNRECOGNIZED_ARGS_ATTR)
            delattr(namespace, _UNRECOGNIZED_ARGS_ATTR)
        return namespace, unknown

    def _parse_known_args(self, arg_strings, namespace, intermixed):
        if self.fromfile_prefix_chars is not None:
            arg_strings = self._from_files(arg_strings)
        return _Run(self, arg_strings, namespace, intermixed).result()

    def _from_files(self, args):
        """The arguments, and in place of those that name files what stands there."""
        all_args = []
        for arg in args:
            if arg[:1] and arg[0] in self.fromfile_prefix_chars:
                all_args += self._from_files(self._lines_of(arg[1:]))
            else:
                all_args.append(arg)
        return all_args

    def _lines_of(self, path):
        try:
            with open(path, encoding=_sys.getfilesystemencoding(), errors=_sys.getfilesystemencodeerrors()) as file:
                text = file.read()
        except OSError as error:
            raise ArgumentError(None, str(error))
        return [arg for line in text.splitlines() for arg in self.convert_arg_line_to_args(line)]

    def convert_arg_line_to_args(self, arg_line):
        return [arg_line]

    def _meanings(self, arg):
        """The options that an argument may mean, as (action, name, what divides, value); none if it is positional."""
        known, chars = self._option_string_actions, self.prefix_chars
        if not arg or arg[0] not in chars:
            return []
        if arg in known:
            return [(known[arg], arg, None, None)]
        if len(arg) == 1:
            return []
        name, sep, value = arg.partition("=")
        if not sep:
            sep = value = None
        elif name in known:
            return [(known[name], name, sep, value)]
        found = []
        for each, action in known.items():
            if each == arg[:2] and arg[1] not in chars:
                found.append((action, each, "", arg[2:]))
            elif self.allow_abbrev and each.startswith(name):
                found.append((action, each, sep, value))
        if found:
            return found
        if " " in arg or _like_a_negative_number(arg) and not self._has_negative_number_optionals:
            return []
        return [(None, arg, None, None)]

    # Values

    def _get_values(self, action, arg_strings):
        """What the texts for an action come to."""
        nargs, is_option = action.nargs, bool(action.option_strings)
        if not arg_strings and nargs == OPTIONAL:
            value = action.const if is_option else action.default
            return self._get_value(action, value) if isinstance(value, str) and value is not SUPPRESS else value
        if not arg_strings and nargs == ZERO_OR_MORE and not is_option:
            return [] if action.default is None else action.default
        if nargs == SUPPRESS:
            return SUPPRESS
        values = [self._get_value(action, text) for text in arg_strings]
        for value in values[:{REMAINDER: 0, PARSER: 1}.get(nargs)]:
            self._check_value(action, value)
        return values[0] if nargs in (None, OPTIONAL) else values

    def _get_value(self, action, arg_string):
        convert = self._converter(action)
        try:
            return convert(arg_string)
        except (ArgumentTypeError, TypeError, ValueError) as error:
            # Only an ArgumentTypeError speaks to the user of the command.
            name = getattr(action.type, "__name__", repr(action.type))
            meant = isinstance(error, ArgumentTypeError)
            raise ArgumentError(action, str(error) if meant else f"invalid {name} value: {arg_string!r}")

    def _check_value(self, action, value):
        choices = action.choices
        # Of a text only whole letters are choices.
        if choices is None or value in (list(choices) if isinstance(choices, str) else choices):
            return
        close = []
        if self.suggest_on_error and all([isinstance(each, str) for each in (value, *choices)]):
            import difflib
            close = difflib.get_close_matches(value, choices, 1)
        hint = "".join([f", maybe you meant {each!r}?" for each in close])
        raise ArgumentError(action, f"invalid choice: {str(value)!r}{hint} (choose from {_choice_names(choices, ', ')})")

    # Messages

    def _get_formatter(self):
        return self.formatter_class(prog=self.prog)

    def format_usage(self):
        writer = self._get_formatter()
        writer.add_usage(self.usage, self._actions, self._mutually_exclusive_groups)
        return writer.format_help()

    def format_help(self):
        writer = self._get_formatter()
        writer.add_usage(self.usage, self._actions, self._mutually_exclusive_groups)
        writer.add_text(self.description)
        for section in self._action_groups:
            writer.start_section(section.title)
            writer.add_text(section.description)
            writer.add_arguments(section._group_actions)
            writer.end_section()
        writer.add_text(self.epilog)
        return writer.format_help()

    def print_usage(self, file=None):
        self._print_message(self.format_usage(), _sys.stdout if file is None else file)

    def print_help(self, file=None):
        self._print_message(self.format_help(), _sys.stdout if file is None else file)

    def _print_message(self, message, file=None):
        stream = file or _sys.stderr
        try:
            if message:
                stream.write(message)
        except (AttributeError, OSError):
            pass  # there is nowhere to say it

    def error(self, message):
        """Say what is wrong and how the command is used, and end the program with status 2; may be overridden, may not return."""
        self.print_usage(_sys.stderr)
        self.exit(2, f"{self.prog}: error: {message}\n")

    def exit(self, status=0, message=None):
        if message:
            self._print_message(message, _sys.stderr)
        _sys.exit(status)

    def _warning(self, message):
        self._print_message(f"{self.prog}: warning: {message}\n", _sys.stderr)


class _Run:
    """Gives the arguments of one command line to the actions of a parser."""

    def __init__(self, parser, args, namespace, intermixed):
        self.parser, self.args, self.namespace, self.intermixed = parser, args, namespace, intermixed
        self.waiting = parser._get_positional_actions()
        self.called, self.given, self.warned = set(), set(), set()
        self.left = []  # arguments that nobody took, with their signs
        self.meant = {}  # where an option may stand: which
        dashes = args.index("--") if "--" in args else len(args)
        for n, arg in enumerate(args[:dashes]):
            meanings = parser._meanings(arg)
            if meanings:
                self.meant[n] = meanings
        signs = ["O" if n in self.meant else "A" for n in range(len(args))]
        signs[dashes:dashes + 1] = "-" * (dashes < len(args))
        self.signs = "".join(signs)

    def result(self):
        at = 0
        while (option := self.signs.find("O", at)) >= 0:
            if at < option and not self.intermixed:
                stop = self.positionals(at)
                if stop > at:
                    at = stop
                    continue
            self.leave(at, option)
            at = self.option(option)
        if self.intermixed:
            self.leave(at, len(self.args))
            self.sweep()
        else:
            self.leave(self.positionals(at), len(self.args))
        self.defaults()
        self.required()
        return self.namespace, [arg for arg, _ in self.left]

    def sweep(self):
        """Let the positional arguments take what the options left."""
        free = [each for each in self.left if each[1] != "O"]
        self.args, self.signs = [arg for arg, _ in free], "".join([sign for _, sign in free])
        for each in free[:self.positionals(0)]:
            self.left.remove(each)

    def leave(self, start, stop):
        self.left.extend(zip(self.args[start:stop], self.signs[start:stop]))

    def positionals(self, start):
        """Let as many of the waiting actions as can take what stands here; where it ends."""
        stops = None
        for size in range(len(self.waiting), -1, -1):
            stops = _allot([_count_of(each) for each in self.waiting[:size]], self.signs, start, True)
            if stops is not None:
                break
        end = stops[-1] if stops else start
        if self.signs[end:end + 1] == "O":
            # Those that would go empty may find something behind the option.
            while stops and stops[-1] == (stops[-2] if len(stops) > 1 else start):
                stops.pop()
        ready, self.waiting = self.waiting[:len(stops)], self.waiting[len(stops):]
        for action, stop in zip(ready, stops):
            texts, dashes = self.args[start:stop], self.signs.find("-", start, stop)
            # The "--" only divides: it is nobody's value, except where all is passed on.
            if dashes >= 0 and action.nargs != REMAINDER and (action.nargs != PARSER or dashes == start):
                del texts[dashes - start]
            if texts:
                self.warn(action, action.dest, f"argument '{action.dest}'")
            self.call(action, texts)
            start = stop
        return start

    def option(self, at):
        """Let the option that stands here, or the cluster of them, take its arguments; where those end."""
        arg, stop = self.args[at], at + 1
        (action, name, sep, value), *others = self.meant[at]
        if others:
            names = ", ".join([each[1] for each in self.meant[at]])
            raise ArgumentError(None, f"ambiguous option: {arg} could match {names}")
        calls = []  # nothing is done before all of the argument is understood
        chars, known = self.parser.prefix_chars, self.parser._option_string_actions
        while action is not None:
            if value is None:
                start, stop = stop, self.reach(action, self.signs, stop)
                calls.append((action, name, self.args[start:stop]))
                break
            if self.reach(action, "A", 0):
                calls.append((action, name, [value]))
                break
            if sep or not value or name[1] in chars or value[0] in chars:
                raise ArgumentError(action, f"ignored explicit argument {value!r}")
            # What follows a flag of one letter are more of them.
            calls.append((action, name, []))
            name = name[0] + value[0]
            action = known.get(name)
            if action is None:
                arg = name[0] + value
            elif value[1:2] == "=":
                sep, value = "=", value[2:]
            else:
                sep, value = "", value[1:] or None
        else:
            self.left.append((arg, "O"))
        for action, name, texts in calls:
            self.warn(action, name, f"option '{name}'")
            self.call(action, texts, name)
        return stop

    def reach(self, action, signs, at):
        count = _count_of(action)
        stops = _allot([count], signs, at, False)
        if stops is not None:
            return stops[0]
        wanted = count.wanted or f"{action.nargs} argument{'' if action.nargs == 1 else 's'}"
        raise ArgumentError(action, f"expected {wanted}")

    def warn(self, action, name, what):
        if action.deprecated and name not in self.warned:
            self.warned.add(name)
            self.parser._warning(f"{what} is deprecated")

    def call(self, action, texts, name=None):
        self.called.add(action)
        values = self.parser._get_values(action, texts)
        if texts or action.option_strings:
            self.given.add(action)
            for group in self.parser._mutually_exclusive_groups:
                for other in group._group_actions if action in group._group_actions else ():
                    if other is not action and other in self.given:
                        raise ArgumentError(action, f"not allowed with argument {_get_action_name(other)}")
        if values is not SUPPRESS:
            action(self.parser, self.namespace, values, name)

    def defaults(self):
        """Convert the defaults that are texts, where nothing else came."""
        for action in self.parser._actions:
            default = action.default
            if isinstance(default, str) and not action.required and action not in self.called:
                if getattr(self.namespace, action.dest, None) is default:
                    setattr(self.namespace, action.dest, self.parser._get_value(action, default))

    def required(self):
        parser = self.parser
        lacking = [_get_action_name(each) for each in parser._actions if each.required and each not in self.called]
        if lacking:
            raise ArgumentError(None, "the following arguments are required: " + ", ".join(lacking))
        for group in parser._mutually_exclusive_groups:
            if group.required and self.given.isdisjoint(group._group_actions):
                names = [_get_action_name(each) for each in group._group_actions if each.help is not SUPPRESS]
                raise ArgumentError(None, f"one of the arguments {' '.join(names)} is required")


__all__ = [name for name in dir() if not name.startswith("_")]
