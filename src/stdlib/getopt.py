"""The options of a command line, as C programs read them."""

import os

__all__ = ["GetoptError", "error", "getopt", "gnu_getopt"]


class GetoptError(Exception):
    opt = ""
    msg = ""

    def __init__(self, msg, opt=""):
        self.msg = msg
        self.opt = opt
        Exception.__init__(self, msg, opt)

    def __str__(self):
        return self.msg


error = GetoptError


def getopt(args, shortopts, longopts=[]):
    """The options up to the first argument that is none, and the arguments from there on."""
    longopts = [longopts] if isinstance(longopts, str) else list(longopts)
    found = []
    while args and args[0].startswith("-") and args[0] != "-":
        if args[0] == "--":
            args = args[1:]
            break
        args = _one(found, args, shortopts, longopts)
    return found, args


def gnu_getopt(args, shortopts, longopts=[]):
    """All options, wherever they stand, and the other arguments."""
    longopts = [longopts] if isinstance(longopts, str) else list(longopts)
    in_order = shortopts.startswith("-")
    first_ends = not in_order and (shortopts.startswith("+") or "POSIXLY_CORRECT" in os.environ)
    shortopts = shortopts[1:] if shortopts[:1] in ("-", "+") else shortopts
    found, others = [], []
    while args:
        if args[0] == "--":
            others += args[1:]
            break
        if args[0].startswith("-") and args[0] != "-":
            if in_order and others:
                found.append((None, others))
                others = []
            args = _one(found, args, shortopts, longopts)
        elif first_ends:
            others += args
            break
        else:
            others.append(args[0])
            args = args[1:]
    return found, others


def _one(found, args, shortopts, longopts):
    if args[0].startswith("--"):
        return do_longs(found, args[0][2:], longopts, args[1:])[1]
    return do_shorts(found, args[0][1:], shortopts, args[1:])[1]


def do_longs(opts, opt, longopts, args):
    opt, equals, value = opt.partition("=")
    value = value if equals else None
    takes, opt = long_has_args(opt, longopts)
    if takes:
        if value is None and takes != "?":
            if not args:
                raise GetoptError(f"option --{opt} requires argument", opt)
            value, args = args[0], args[1:]
    elif value is not None:
        raise GetoptError(f"option --{opt} must not have an argument", opt)
    opts.append(("--" + opt, value or ""))
    return opts, args


def long_has_args(opt, longopts):
    possible = [each for each in longopts if each.startswith(opt)]
    if not possible:
        raise GetoptError(f"option --{opt} not recognized", opt)
    for ending, takes in (("", False), ("=", True), ("=?", "?")):
        if opt + ending in possible:
            return takes, opt
    if len(possible) > 1:
        raise GetoptError(f"option --{opt} not a unique prefix; possible options: {', '.join(possible)}", opt)
    only = possible[0]
    if only.endswith("=?"):
        return "?", only[:-2]
    return (True, only[:-1]) if only.endswith("=") else (False, only)


def do_shorts(opts, optstring, shortopts, args):
    while optstring:
        opt, optstring = optstring[0], optstring[1:]
        takes = short_has_arg(opt, shortopts)
        value = ""
        if takes:
            if not optstring and takes != "?":
                if not args:
                    raise GetoptError(f"option -{opt} requires argument", opt)
                optstring, args = args[0], args[1:]
            value, optstring = optstring, ""
        opts.append(("-" + opt, value))
    return opts, args


def short_has_arg(opt, shortopts):
    at = shortopts.find(opt) if opt != ":" else -1
    if at < 0:
        raise GetoptError(f"option -{opt} not recognized", opt)
    if shortopts.startswith("::", at + 1):
        return "?"
    return shortopts.startswith(":", at + 1)
