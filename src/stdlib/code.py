"""Prompts like that of the interpreter."""

import sys
import traceback
from codeop import CommandCompiler, compile_command

__all__ = ["InteractiveConsole", "InteractiveInterpreter", "compile_command", "interact"]


class InteractiveInterpreter:
    """Runs texts in a namespace."""

    def __init__(self, locals=None):
        self.compile = CommandCompiler()
        self.locals = dict(__name__="__console__", __doc__=None) if locals is None else locals

    def runsource(self, source, filename="<input>", symbol="single"):
        """Run a text; is more of it to come?"""
        whole = self._compiled(source, filename, symbol)
        if whole:
            self.runcode(whole)
        return whole is None

    def _compiled(self, source, filename, symbol):
        """The code; None where more is to come, False where there is a mistake, which is shown."""
        try:
            return self.compile(source, filename, symbol)
        except (ValueError, SyntaxError, OverflowError):
            self.showsyntaxerror(filename, source=source)
        return False

    def runcode(self, code):
        """Run code, and show what it raises; only a wish to leave goes on."""
        try:
            exec(code, self.locals)
        except BaseException as raised:
            if isinstance(raised, SystemExit):
                raise
            self.showtraceback()

    def _show(self, kind, value, trace, lines):
        sys.last_type, sys.last_traceback = kind, trace
        sys.last_exc = sys.last_value = value
        if sys.excepthook is sys.__excepthook__:
            self.write("".join(lines))
        else:
            sys.excepthook(kind, value, trace)

    def showsyntaxerror(self, filename=None, **kwargs):
        """Show the mistake in a text."""
        kind, value, trace = sys.exc_info()
        if filename and kind is SyntaxError:
            value.filename = filename
        if kind is SyntaxError and not value.text and value.lineno is not None:
            lines = kwargs.get("source", "").splitlines()
            value.text = lines[value.lineno - 1] if value.lineno <= len(lines) else None
        value = value.with_traceback(None)
        self._show(kind, value, None, traceback.format_exception(kind, value, None))

    def showtraceback(self):
        """Show what was raised, without our own frames."""
        kind, value, trace = sys.exc_info()
        trace = trace.tb_next
        self._show(kind, value.with_traceback(trace), trace, traceback.format_exception(kind, value, trace))

    def write(self, data):
        """Where what is shown goes."""
        sys.stderr.write(data)


class InteractiveConsole(InteractiveInterpreter):
    """The same, line by line."""

    def __init__(self, locals=None, filename="<console>", *, local_exit=False):
        super().__init__(locals)
        self.local_exit, self.filename = local_exit, filename
        self.resetbuffer()

    def resetbuffer(self):
        """Forget the lines of an unfinished statement."""
        self.buffer = []

    def interact(self, banner=None, exitmsg=None):
        """Read lines and run them, to the end."""
        if banner is None:
            banner = (f"Python {sys.version} on {sys.platform}\n"
                      f'Type "help", "copyright", "credits" or "license" for more information.\n({type(self).__name__})')
        prompts = getattr(sys, "ps1", ">>> "), getattr(sys, "ps2", "... ")
        self._say(banner)
        more = False
        while more is not None:
            more = self._turn(prompts[bool(more)])
        self.write("\n")
        self._say(f"now exiting {type(self).__name__}..." if exitmsg is None else exitmsg)

    def _say(self, text):
        if text:
            self.write(f"{text}\n")

    def _turn(self, prompt):
        """Read one line and run it; is more to come? None at the end of the input."""
        try:
            try:
                line = self.raw_input(prompt)
            except EOFError:
                return None
            return bool(self.push(line))
        except SystemExit:
            if self.local_exit:
                return None
            raise
        except KeyboardInterrupt:
            self.write("\nKeyboardInterrupt\n")
            self.resetbuffer()
            return False

    def push(self, line, filename=None, _symbol="single"):
        """Take one more line; is more to come?"""
        self.buffer.append(line)
        more = self.runsource("\n".join(self.buffer), self.filename if filename is None else filename, symbol=_symbol)
        if not more:
            self.resetbuffer()
        return more

    def raw_input(self, prompt=""):
        """One line."""
        return input(prompt)


def interact(banner=None, readfunc=None, local=None, exitmsg=None, local_exit=False):
    """A prompt in a namespace."""
    prompt = InteractiveConsole(local, local_exit=local_exit)
    if readfunc:
        # Every line comes from there.
        prompt.raw_input = readfunc
    prompt.interact(banner, exitmsg)
