"""The debugger that is asked by commands."""

import bdb
import cmd
import code
import inspect
import linecache
import os
import pprint
import reprlib
import sys
import traceback

__all__ = ["run", "pm", "Pdb", "runeval", "runctx", "runcall", "set_trace", "post_mortem", "help"]

line_prefix = "\n-> "
_last = None


# Among the commands that wait: show where the program stopped, do not, take this as the last command.
_SHOW, _SILENCE, _RESTORE = "_show_place", "_show_no_place", "_restore"


def _chain_of(exception):
    """The exceptions that led to this one, which is the last."""
    chain = []
    while exception is not None and exception not in chain:
        chain.append(exception)
        cause = exception.__cause__
        exception = cause if cause is not None or exception.__suppress_context__ else exception.__context__
    return chain[::-1]


def _lines_of_profiles():
    """The commands in .pdbrc, of the home directory and of this one."""
    lines = []
    for path in (os.path.expanduser("~/.pdbrc"), ".pdbrc"):
        try:
            with open(path, encoding="utf-8") as file:
                lines += file
        except OSError:
            pass
    return [line.strip() for line in lines if line.strip() and not line.strip().startswith("#")]


class Restart(Exception):
    """The program is to be begun again."""


class Pdb(bdb.Bdb, cmd.Cmd):
    """Stops where it is told to, and does what is typed."""

    # Commands behind which the program goes on: they end the commands of a breakpoint.
    _resuming = ("do_continue", "do_step", "do_next", "do_until", "do_return", "do_jump", "do_quit", "do_run")

    def __init__(self, completekey="tab", stdin=None, stdout=None, skip=None, nosigint=False, readrc=True, mode=None,
                 backend=None, colorize=False):
        bdb.Bdb.__init__(self, skip=skip)
        cmd.Cmd.__init__(self, completekey, stdin, stdout)
        if stdin is not None or stdout is not None:
            self.use_rawinput = 0
        self.prompt, self.mode, self.mainpyfile = "(Pdb) ", mode, ""
        self.aliases, self.displaying, self._waits_for_main = {}, {}, False
        # The commands of breakpoints, by their numbers, and those that are being typed; the exceptions that can be looked at.
        self.commands, self._typed, self._chain, self._chosen = {}, None, (), 0
        self._profile = _lines_of_profiles() if readrc else []
        self.wants_to_quit = False
        self.forget()

    def forget(self):
        """Nobody is looked at."""
        self.stack, self.curindex, self.curframe, self.lineno, self.tb_lineno = [], 0, None, None, {}

    def setup(self, f, tb):
        """Look at this frame."""
        self.forget()
        self.stack, self.curindex = self.get_stack(f, tb)
        while tb:
            self.tb_lineno[tb.tb_frame] = tb.tb_lineno
            tb = tb.tb_next
        self.curframe = self.stack[self.curindex][0]
        profile, self._profile = self._profile, []
        self.cmdqueue += profile

    def message(self, msg, end="\n"):
        """Say it."""
        print(msg, end=end, file=self.stdout)

    def error(self, msg):
        """Say what is wrong."""
        self.message(f"*** {msg}")

    def _needs(self, arg, command):
        """Is there an argument? If not, how the command is used."""
        if not arg.strip():
            self.error("Argument is required for this command")
            self._show_usage(command)
        return bool(arg.strip())

    def _show_usage(self, command):
        self.message("      Usage: " + command.__doc__.partition(":")[0])

    def _error_of_now(self):
        exception = sys.exception()
        self.error(traceback.format_exception_only(type(exception), exception)[-1].strip())

    def set_trace(self, frame=None, *, commands=None):
        """Debug from here on, or from this frame; ask at once."""
        frame = frame or sys._getframe().f_back
        self.cmdqueue += commands or ()
        self.reset()
        self._trace_frames(frame)
        self.set_step()
        self.interaction(frame, None)
        if self.quitting:
            raise bdb.BdbQuit
        if self.stoplineno != -1 or self.breaks:
            sys.settrace(self.trace_dispatch)

    # Where it stops.

    def user_call(self, frame, argument_list):
        """Before a function that stops there."""
        if not self._waits_for_main and self.stop_here(frame):
            self.message("--Call--")
            self.interaction(frame, None)

    def user_line(self, frame):
        """At a line."""
        if self._waits_for_main:
            if self.mainpyfile != self.canonic(frame.f_code.co_filename):
                return
            self._waits_for_main = False
        self.interaction(frame, None)

    def user_return(self, frame, return_value):
        """Where a function returns."""
        if not self._waits_for_main:
            self._returned = return_value
            self.message("--Return--")
            self.interaction(frame, None, return_value)

    def user_exception(self, frame, exc_info):
        """At an exception."""
        if not self._waits_for_main:
            kind, value, tb = exc_info
            said = traceback.format_exception_only(kind, value)[-1].strip()
            self.message(("Internal " if tb is None and kind is StopIteration else "") + said)
            self.interaction(frame, tb)

    def interaction(self, frame, tb_or_exc, *returned):
        """Ask what is to be done."""
        self._chain = _chain_of(tb_or_exc) if isinstance(tb_or_exc, BaseException) else ()
        self._chosen = len(self._chain) - 1
        self.setup(frame, tb_or_exc.__traceback__ if self._chain else tb_or_exc)
        self._returns = returned
        at, self.currentbp = getattr(self, "currentbp", 0), 0
        if commands := self.commands.get(at):
            self.cmdqueue += [*commands, f"{_RESTORE} {self.lastcmd}"]
        # Where it stopped is shown before something is to be typed: commands that let the program go on come sooner.
        self.cmdqueue.append(_SHOW)
        try:
            while True:
                try:
                    self.cmdloop()
                    break
                except KeyboardInterrupt:
                    self.message("--KeyboardInterrupt--")
        finally:
            self._show_no_place()
            self.forget()

    def _show_no_place(self):
        if self.cmdqueue and self.cmdqueue[-1] == _SHOW:
            self.cmdqueue.pop()

    def _show_place(self):
        self.print_stack_entry(self.stack[self.curindex])
        for expression, before in self.displaying.get(self.curframe, {}).items():
            now = self._value(expression)
            if now != before:
                self.displaying[self.curframe][expression] = now
                self.message(f"display {expression}: {now}  [old: {before}]")

    def print_stack_entry(self, frame_lineno, prompt_prefix=line_prefix):
        """One entry, marked if it is the one looked at."""
        mark = "> " if frame_lineno[0] is self.curframe else "  "
        self.message(mark + self.format_stack_entry(frame_lineno, prompt_prefix))

    def format_stack_entry(self, frame_lineno, lprefix=": "):
        """An entry as text; with what is returned, where something is."""
        text = super().format_stack_entry(frame_lineno, lprefix)
        if self._returns and frame_lineno[0] is self.stack[-1][0]:
            return text.replace("()", f"()->{reprlib.repr(self._returns[0])}", 1)
        return text

    # Commands as they are typed.

    def onecmd(self, line):
        """Do what a line says, or keep it for a breakpoint."""
        if self._typed is not None:
            return self._keep(line)
        word, _, rest = line.partition(" ")
        if word == _SHOW:
            return self._show_place()
        if word == _SILENCE:
            return self._show_no_place()
        if word == _RESTORE:
            self.lastcmd = rest
            return None
        return super().onecmd(line)

    def _keep(self, line):
        word, _, line = self.parseline(line)
        if not word:
            return None
        if word == "end":
            return True
        self._typed.append(_SILENCE if word == "silent" else line)
        return getattr(getattr(self, f"do_{word}", None), "__name__", None) in self._resuming

    def emptyline(self):
        """The last command once more."""
        if self.lastcmd:
            return self.onecmd(self.lastcmd)

    def precmd(self, line):
        """Aliases, and several commands in a line."""
        word, _, rest = line.strip().partition(" ")
        if word in self.aliases:
            line = self.aliases[word].replace("%*", rest)
            for n, argument in enumerate(rest.split(), 1):
                line = line.replace(f"%{n}", argument)
        if word != "alias" and ";;" in line:
            line, _, more = line.partition(";;")
            self.cmdqueue.insert(0, more.lstrip())
        return line

    def default(self, line):
        """What is no command is Python."""
        line = line.removeprefix("!").strip()
        try:
            while code.compile_command(line + "\n", "<stdin>", "single") is None:
                line += "\n" + (input("...   ") if self.use_rawinput else self.stdin.readline().rstrip("\n"))
            output, sys.stdout = sys.stdout, self.stdout
            try:
                self._exec(line, self.curframe)
            finally:
                sys.stdout = output
        except Exception:
            self._error_of_now()

    def _exec(self, text, frame):
        try:
            expression = compile(text, "<stdin>", "eval")
        except SyntaxError:
            expression = None
        variables = frame.f_locals
        if expression is not None:
            self.displayhook(eval(expression, frame.f_globals, variables))
        elif variables is frame.f_globals:
            exec(text, variables)
        else:
            # Names that the code defines are the frame's from now on.
            own = dict(variables)
            exec(text, frame.f_globals, own)
            for name, value in own.items():
                variables[name] = value

    def displayhook(self, obj):
        """Show a value as the prompt does, but keep none."""
        if obj is not None:
            self.message(repr(obj))

    def _eval(self, text):
        return eval(text, self.curframe.f_globals, self.curframe.f_locals)

    def _value(self, text):
        try:
            return repr(self._eval(text))
        except Exception as error:
            return f"** raised {error!r} **"

    # Commands: looking.

    def do_where(self, arg):
        """w(here): The frames, the innermost last; an arrow stands at the one looked at."""
        for entry in self.stack:
            self.print_stack_entry(entry)

    do_w = do_bt = do_where

    def _look_at(self, index):
        self.curindex = index
        self.curframe, self.lineno = self.stack[index][0], None
        self.print_stack_entry(self.stack[index])

    def _count(self, arg):
        try:
            return int(arg or 1)
        except ValueError:
            self.error(f"Invalid frame count ({arg})")

    def do_up(self, arg):
        """u(p) [count]: Look at the caller, or one further out."""
        if self.curindex == 0:
            return self.error("Oldest frame")
        if (count := self._count(arg)) is not None:
            self._look_at(max(0, self.curindex - count) if count >= 0 else 0)

    do_u = do_up

    def do_down(self, arg):
        """d(own) [count]: Look at the frame that is called, or one further in."""
        newest = len(self.stack) - 1
        if self.curindex == newest:
            return self.error("Newest frame")
        if (count := self._count(arg)) is not None:
            self._look_at(min(newest, self.curindex + count) if count >= 0 else newest)

    do_d = do_down

    def _show_lines(self, first, last):
        lines = linecache.getlines(self.curframe.f_code.co_filename, self.curframe.f_globals)
        current, raised = self.curframe.f_lineno, self.tb_lineno.get(self.curframe, -1)
        for number in range(max(1, first), min(last, len(lines)) + 1):
            mark = "->" if number == current else ">>" if number == raised else ""
            breaks = "B" if self.get_breaks(self.curframe.f_code.co_filename, number) else " "
            self.message(f"{number:>3}".ljust(4) + breaks + mark + "\t" + lines[number - 1].rstrip())
            self.lineno = number
        if first > len(lines):
            self.message("[EOF]")

    def do_list(self, arg):
        """l(ist) [first[, last] | .]: Lines of the source: around this one, or on from the last shown."""
        self.lastcmd = "list"
        first = last = None
        if arg and arg != ".":
            try:
                numbers = [int(part) for part in arg.split(",")]
            except ValueError:
                return self.error(f"Error in argument: {arg!r}")
            first, last = numbers[0], numbers[1] if len(numbers) > 1 else None
            if last is None:
                first = max(1, first - 5)
            elif last < first:
                last = first + last
        elif self.lineno is None or arg == ".":
            first = max(1, self.curframe.f_lineno - 5)
        else:
            first = self.lineno + 1
        self._show_lines(first, first + 10 if last is None else last)

    do_l = do_list

    def do_longlist(self, arg):
        """ll | longlist: The source of the whole function."""
        try:
            lines, first = inspect.getsourcelines(self.curframe)
        except OSError as error:
            return self.error(error)
        self._show_lines(first or 1, (first or 1) + len(lines) - 1)

    do_ll = do_longlist

    def do_source(self, arg):
        """source expression: The source of an object."""
        if not self._needs(arg, self.do_source):
            return None
        try:
            lines, first = inspect.getsourcelines(self._eval(arg))
        except Exception:
            return self._error_of_now()
        for number, line in enumerate(lines, first):
            self.message(f"{number:>3}".ljust(4) + " \t" + line.rstrip())

    def do_args(self, arg):
        """a(rgs): The arguments of the function."""
        frame = self.curframe
        names = frame.f_code.co_varnames[:frame.f_code.co_argcount + frame.f_code.co_kwonlyargcount]
        for name in names:
            self.message(f"{name} = {frame.f_locals[name]!r}" if name in frame.f_locals else f"{name} = *** undefined ***")

    do_a = do_args

    def do_p(self, arg):
        """p expression: The value of the expression."""
        if not self._needs(arg, self.do_p):
            return None
        try:
            self.message(repr(self._eval(arg)))
        except Exception:
            self._error_of_now()

    def do_pp(self, arg):
        """pp expression: The value, over several lines if it is long."""
        if not self._needs(arg, self.do_pp):
            return None
        try:
            self.message(pprint.pformat(self._eval(arg)))
        except Exception:
            self._error_of_now()

    def do_whatis(self, arg):
        """whatis expression: What sort of thing it is."""
        if not self._needs(arg, self.do_whatis):
            return None
        try:
            value = self._eval(arg)
        except Exception:
            return self._error_of_now()
        if inspect.ismethod(value):
            self.message(f"Method {value.__name__}")
        elif inspect.isfunction(value):
            self.message(f"Function {value.__name__}")
        elif isinstance(value, type):
            self.message(f"Class {value.__module__}.{value.__qualname__}")
        else:
            self.message(type(value))

    def do_retval(self, arg):
        """rv | retval: What the function that has returned last gave."""
        if self._returns:
            self.message(repr(self._returns[0]))
        else:
            self.error("Not yet returned!")

    do_rv = do_retval

    def do_display(self, arg):
        """display [expression]: Show its value whenever the program stops here and it has changed."""
        shown = self.displaying.setdefault(self.curframe, {})
        if not arg:
            if not shown:
                self.message("No expression is being displayed")
            for expression, value in shown.items():
                self.message(f"{expression}: {value}")
            return
        shown[arg] = self._value(arg)
        self.message(f"display {arg}: {shown[arg]}")

    def do_undisplay(self, arg):
        """undisplay [expression]: No longer."""
        shown = self.displaying.get(self.curframe, {})
        shown.pop(arg, None) if arg else shown.clear()

    # Commands: going on.

    def do_step(self, arg):
        """s(tep): On to the next line, of a function that is called, if one is."""
        self.set_step()
        return 1

    do_s = do_step

    def do_next(self, arg):
        """n(ext): On to the next line of this function, or to its return."""
        self.set_next(self.curframe)
        return 1

    do_n = do_next

    def do_until(self, arg):
        """unt(il) [line]: On to a line beyond this one, or to that one."""
        line = None
        if arg:
            try:
                line = int(arg)
            except ValueError:
                return self.error(f"Error in argument: {arg!r}")
            if line <= self.curframe.f_lineno:
                return self.error('"until" line number is smaller than current line number')
        self.set_until(self.curframe, line)
        return 1

    do_unt = do_until

    def do_return(self, arg):
        """r(eturn): On to where this function returns."""
        self.set_return(self.curframe)
        return 1

    do_r = do_return

    def do_continue(self, arg):
        """c(ontinue): On to the next breakpoint."""
        self.set_continue()
        return 1

    do_c = do_cont = do_continue

    def do_jump(self, arg):
        """j(ump) lineno: The line that comes next, as far as that can be chosen here."""
        if not self._needs(arg, self.do_jump):
            return None
        if self.curindex + 1 != len(self.stack):
            return self.error("You can only jump within the bottom frame")
        try:
            line = int(arg)
        except ValueError:
            return self.error("The 'jump' command requires a line number")
        try:
            self.curframe.f_lineno = line
        except (ValueError, NotImplementedError) as failure:
            return self.error(f"Jump failed: {failure}")
        self.stack[self.curindex] = self.stack[self.curindex][0], line
        self.print_stack_entry(self.stack[self.curindex])

    do_j = do_jump

    def do_quit(self, arg):
        """q(uit): Give the program up."""
        if self.mode == "inline" and not hasattr(sys, "ps1"):
            # The program did not begin in the debugger: with it the whole process ends.
            if not self._is_sure():
                return None
            sys.exit(1)
        self.wants_to_quit = True
        self.set_quit()
        return 1

    def _is_sure(self):
        reply = None
        while reply not in ("y", "n", ""):
            try:
                reply = input("Quitting pdb will kill the process. Quit anyway? [y/n] ").lower().strip()
            except EOFError:
                reply = "y"
                self.message("")
        return reply != "n"

    do_q = do_exit = do_quit

    def do_EOF(self, arg):
        """EOF: The same."""
        self.message("")
        return self.do_quit(arg)

    def do_run(self, arg):
        """run [args ...]: Begin the program again, with these arguments if there are any."""
        if arg:
            import shlex

            try:
                sys.argv[1:] = shlex.split(arg)
            except ValueError as failure:
                return self.error(f"Cannot run {arg}: {failure}")
        raise Restart

    do_restart = do_run

    def do_debug(self, arg):
        """debug code: Debug a statement or an expression, with the variables of this frame."""
        if not self._needs(arg, self.do_debug):
            return
        sys.settrace(None)
        within = Pdb(self.completekey, self.stdin, self.stdout, readrc=False)
        within.prompt, within.aliases, within.use_rawinput = f"({self.prompt.strip()}) ", self.aliases, self.use_rawinput
        self.message("ENTERING RECURSIVE DEBUGGER")
        try:
            sys.call_tracing(within.run, (arg, self.curframe.f_globals, self.curframe.f_locals))
        except Exception:
            self._error_of_now()
        self.message("LEAVING RECURSIVE DEBUGGER")
        sys.settrace(self.trace_dispatch)
        self.lastcmd = within.lastcmd

    def do_exceptions(self, arg):
        """exceptions [number]: The exceptions that led to each other; with a number, look at where that one came from."""
        if not self._chain:
            return self.message("Did not find chained exceptions. To move between exceptions, pdb/post_mortem must be given an "
                                "exception object rather than a traceback.")
        if not arg:
            for number, exception in enumerate(self._chain):
                self.message(f"{'>' if number == self._chosen else ' '}{number:>4} {exception!r}")
            return
        try:
            number = int(arg)
        except ValueError:
            return self.error("Argument must be an integer")
        if not 0 <= number < len(self._chain):
            return self.error("No exception with that number")
        if self._chain[number].__traceback__ is None:
            return self.error("This exception does not have a traceback, cannot jump to it")
        self._chosen = number
        self.setup(None, self._chain[number].__traceback__)
        self.print_stack_entry(self.stack[self.curindex])

    # Commands: breakpoints.

    def do_commands(self, arg):
        """commands [bpnumber]: What is done whenever it stops at a breakpoint: a command a line, until end."""
        try:
            number = int(arg) if arg else len(bdb.Breakpoint.bpbynumber) - 1
        except ValueError:
            self.error(f"Invalid argument: {arg}")
            return self._show_usage(self.do_commands)
        try:
            self.get_bpbynumber(number)
        except ValueError as failure:
            return self.error(f"cannot set commands: {failure}")
        self._typed, prompt, self.prompt = [], self.prompt, "(com) "
        before = self.commands.get(number)
        try:
            self.cmdloop()
            self.commands[number] = self._typed
        except KeyboardInterrupt:
            self.commands.update({number: before} if before is not None else {})
            self.error("command definition aborted, old commands restored")
        finally:
            self._typed, self.prompt = None, prompt

    def do_break(self, arg, temporary=False):
        """b(reak) [[file:]line | function][, condition]: Stop there; without anything, the list."""
        if not arg:
            if self.breaks:
                self.message("Num Type         Disp Enb   Where")
                for b in bdb.Breakpoint.bpbynumber:
                    if b:
                        self.message(b.bpformat())
            return
        place, _, condition = (part.strip() for part in arg.partition(","))
        file, _, number = place.rpartition(":")
        function = None
        if number.isdecimal():
            file, line = file or self.curframe.f_code.co_filename, int(number)
            if not os.path.exists(file) and not file.endswith(".py") and os.path.exists(file + ".py"):
                file += ".py"
        else:
            try:
                called = self._eval(place)
            except Exception:
                return self.error(f"The specified object {place!r} is not a function or was not found along sys.path.")
            called = getattr(called, "__func__", called)
            if not hasattr(called, "__code__"):
                return self.error(f"The specified object {place!r} is not a function or was not found along sys.path.")
            body = called.__code__
            file, line, function = body.co_filename, body.co_firstlineno, called.__name__
            # It stops behind the definition, if anything stands there.
            line = min((at for *_, at in body.co_lines() if at is not None and at > line), default=line)
        text = linecache.getline(file, line, self.curframe.f_globals).strip()
        if not function and (not text or text.startswith("#")):
            return self.error("Blank or comment" if line <= len(linecache.getlines(file)) else "End of file")
        if failure := self.set_break(file, line, temporary, condition or None, function):
            return self.error(failure)
        b = self.get_breaks(file, line)[-1]
        self.message(f"Breakpoint {b.number} at {b.file}:{b.line}")

    do_b = do_break

    def do_tbreak(self, arg):
        """tbreak: As break, but it stops there only once."""
        self.do_break(arg, True)

    def do_clear(self, arg):
        """cl(ear) [number ... | file:line]: Delete breakpoints; without anything, all."""
        if not arg:
            try:
                reply = input("Clear all breaks? ")
            except EOFError:
                reply = "no"
            if reply.strip().lower() in ("y", "yes"):
                gone = [b for b in bdb.Breakpoint.bpbynumber if b]
                self.clear_all_breaks()
                for b in gone:
                    self.message(f"Deleted {b}")
            return
        if ":" in arg:
            file, _, line = arg.rpartition(":")
            gone = self.get_breaks(file, int(line))[:] if line.isdecimal() else []
            if failure := self.clear_break(file, int(line) if line.isdecimal() else line):
                return self.error(failure)
            for b in gone:
                self.message(f"Deleted {b}")
            return
        for b in self._breakpoints(arg):
            self.clear_bpbynumber(b.number)
            self.message(f"Deleted {b}")

    do_cl = do_clear

    def _breakpoints(self, arg):
        for number in arg.split():
            try:
                yield self.get_bpbynumber(number)
            except ValueError as failure:
                self.error(failure)

    def do_enable(self, arg):
        """enable bpnumber [bpnumber ...]: Stop at these breakpoints again."""
        if not self._needs(arg, self.do_enable):
            return None
        for b in self._breakpoints(arg):
            b.enable()
            self.message(f"Enabled {b}")

    def do_disable(self, arg):
        """disable bpnumber [bpnumber ...]: Stop at these breakpoints no more."""
        if not self._needs(arg, self.do_disable):
            return None
        for b in self._breakpoints(arg):
            b.disable()
            self.message(f"Disabled {b}")

    def do_condition(self, arg):
        """condition bpnumber [condition]: Stop there only if this is true."""
        if not self._needs(arg, self.do_condition):
            return None
        number, _, condition = arg.partition(" ")
        for b in self._breakpoints(number):
            b.cond = condition.strip() or None
            self.message(f"New condition set for breakpoint {b.number}." if b.cond
                         else f"Breakpoint {b.number} is now unconditional.")

    def do_ignore(self, arg):
        """ignore bpnumber [count]: Pass it so many times."""
        if not self._needs(arg, self.do_ignore):
            return None
        number, _, count = arg.partition(" ")
        for b in self._breakpoints(number):
            b.ignore = max(0, int(count)) if count.strip().isdecimal() else 0
            if not b.ignore:
                self.message(f"Will stop next time breakpoint {b.number} is reached.")
            else:
                times = f"{b.ignore} crossings" if b.ignore > 1 else "1 crossing"
                self.message(f"Will ignore next {times} of breakpoint {b.number}.")

    def do_alias(self, arg):
        """alias [name [command]]: Another word for a command; %1, %2 and %* stand for what follows."""
        name, _, command = arg.partition(" ")
        if command:
            self.aliases[name] = command.strip()
        for known in (self.aliases if not name else [name] if not command and name in self.aliases else []):
            self.message(f"{known} = {self.aliases[known]}")

    def do_unalias(self, arg):
        """unalias name: No longer."""
        self.aliases.pop(arg.strip(), None)

    def do_interact(self, arg):
        """interact: A prompt among the variables of this frame, which it does not change."""
        console = code.InteractiveConsole({**self.curframe.f_globals, **self.curframe.f_locals}, filename="<stdin>")
        console.write = lambda text: self.message(text, end="")
        console.interact("*pdb interact start*", "*exit from pdb interact command*")

    def do_help(self, arg):
        """h(elp) [command]: What a command does; without anything, which there are."""
        command = getattr(self, f"do_{arg}", None) if arg else None
        if command is not None and command.__doc__:
            return self.message(command.__doc__)
        if arg:
            return self.error(f"No help for {arg!r}")
        cmd.Cmd.do_help(self, arg)

    do_h = do_help

    # Running.

    def _run_file(self, filename):
        import __main__
        import io
        self._waits_for_main, self.mainpyfile = True, self.canonic(filename)
        with io.open_code(filename) as file:
            compiled = compile(file.read(), filename, "exec")
        __main__.__dict__.clear()
        __main__.__dict__.update(__name__="__main__", __file__=filename, __builtins__=__builtins__)
        self.run(compiled, __main__.__dict__)


def run(statement, globals=None, locals=None):
    """Debug a statement."""
    Pdb().run(statement, globals, locals)


def runeval(expression, globals=None, locals=None):
    """Debug an expression; its value."""
    return Pdb().runeval(expression, globals, locals)


def runctx(statement, globals, locals):
    """As run()."""
    run(statement, globals, locals)


def runcall(*args, **kwds):
    """Debug a call; what it returns."""
    return Pdb().runcall(*args, **kwds)


def set_trace(*, header=None, commands=None):
    """Stop here, and ask what is to be done."""
    global _last
    frame = sys._getframe().f_back
    debugger = _last = _last or Pdb(mode="inline")
    if header is not None:
        debugger.message(header)
    debugger.set_trace(frame, commands=commands)


def post_mortem(t=None):
    """Look at where an exception came from: this one, its traceback, or that which is being handled."""
    if t is None:
        t = sys.exception()
    if t is None or isinstance(t, BaseException) and t.__traceback__ is None:
        raise ValueError("A valid traceback must be passed if no exception is being handled")
    debugger = Pdb()
    debugger.reset()
    debugger.interaction(None, t)


def pm():
    """The same for the exception that ended the last input of the prompt."""
    post_mortem(getattr(sys, "last_exc", None) or sys.last_value)


def help():
    """What the commands do."""
    Pdb().do_help("")


def main():
    """python -m pdb FILE ..."""
    if len(sys.argv) < 2 or sys.argv[1].startswith("-"):
        print("usage: pdb FILE [argument ...]")
        sys.exit(2)
    filename = sys.argv[1]
    if not os.path.exists(filename):
        print(f"Error: {filename} does not exist")
        sys.exit(1)
    sys.argv[:] = sys.argv[1:]
    sys.path[0] = os.path.dirname(os.path.abspath(filename))
    debugger = Pdb()
    while not debugger.wants_to_quit:
        try:
            debugger._run_file(filename)
            if not debugger.wants_to_quit:
                print("The program finished and will be restarted")
        except Restart:
            print("Restarting", filename, "with arguments:")
            print("\t" + " ".join(sys.argv[1:]))
        except SystemExit as end:
            print("The program exited via sys.exit(). Exit status:", end)
        except BaseException as failure:
            traceback.print_exc()
            print("Uncaught exception. Entering post mortem debugging")
            print("Running 'cont' or 'step' will restart the program")
            debugger.interaction(None, failure)
            if not debugger.wants_to_quit:
                print(f"Post mortem debugger finished. The {filename} will be restarted")


if __name__ == "__main__":
    main()
