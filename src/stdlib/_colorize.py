"""Colours for terminals: what tests and programs ask of CPython's module of this name. What is printed here has none."""

import os
import sys

COLORIZE = True


class ANSIColors:
    RESET = "\x1b[0m"
    BOLD = "\x1b[1m"


class NoColors:
    RESET = BOLD = ""


for _number, _name in enumerate("BLACK RED GREEN YELLOW BLUE MAGENTA CYAN WHITE".split()):
    for _prefix, _code in {
        "": f"{30 + _number}", "BOLD_": f"1;{30 + _number}", "INTENSE_": f"{90 + _number}",
        "BACKGROUND_": f"{40 + _number}", "INTENSE_BACKGROUND_": f"{100 + _number}",
    }.items():
        setattr(ANSIColors, _prefix + _name, f"\x1b[{_code}m")
        setattr(NoColors, _prefix + _name, "")
ANSIColors.GREY = ANSIColors.INTENSE_BLACK
NoColors.GREY = ""
ColorCodes = {getattr(ANSIColors, name) for name in dir(ANSIColors) if not name.startswith("_")}


def get_colors(colorize=False, *, file=None):
    """The colours, or empty texts where there are to be none."""
    return ANSIColors() if colorize or can_colorize(file=file) else NoColors()


def decolor(text):
    """A text without its colours."""
    for code in ColorCodes:
        text = text.replace(code, "")
    return text


def can_colorize(*, file=None):
    """Does the user want colours, and can they be shown?"""
    file = sys.stdout if file is None else file
    if not sys.flags.ignore_environment:
        if os.environ.get("PYTHON_COLORS") in ("0", "1"):
            return os.environ["PYTHON_COLORS"] == "1"
        if os.environ.get("NO_COLOR"):
            return False
        if os.environ.get("FORCE_COLOR"):
            return True
        if os.environ.get("TERM") == "dumb":
            return False
    if not COLORIZE or not hasattr(file, "fileno"):
        return False
    try:
        return os.isatty(file.fileno())
    except OSError:
        return hasattr(file, "isatty") and file.isatty()
