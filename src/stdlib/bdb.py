"""What debuggers have in common: who is stopped where, and at which breakpoints."""

import fnmatch
import linecache
import os
import reprlib
import sys

__all__ = ["BdbQuit", "Bdb", "Breakpoint"]


class BdbQuit(Exception):
    """The program is to be given up."""


class Breakpoint:
    """A line at which a debugger stops; each has a number."""

    next, bplist, bpbynumber = 1, {}, [None]

    def __init__(self, file, line, temporary=False, cond=None, funcname=None):
        self.file, self.line, self.temporary, self.cond, self.funcname = file, line, temporary, cond, funcname
        self.func_first_executable_line = None
        self.enabled, self.ignore, self.hits = True, 0, 0
        self.number = Breakpoint.next
        Breakpoint.next += 1
        self.bpbynumber.append(self)
        self.bplist.setdefault((file, line), []).append(self)

    @staticmethod
    def clearBreakpoints():
        """Forget all there have been."""
        Breakpoint.next, Breakpoint.bplist, Breakpoint.bpbynumber = 1, {}, [None]

    def deleteMe(self):
        """It is none any more."""
        self.bpbynumber[self.number] = None
        here = self.bplist[self.file, self.line]
        here.remove(self)
        if not here:
            del self.bplist[self.file, self.line]

    def enable(self):
        """Stop there from now on."""
        self.enabled = True

    def disable(self):
        """Stop there no more, until it is enabled."""
        self.enabled = False

    def bpformat(self):
        """What a list of breakpoints says of it."""
        kept = "del  " if self.temporary else "keep "
        text = f"{self.number:<4}breakpoint   {kept}{'yes  ' if self.enabled else 'no   '} at {self.file}:{self.line}"
        if self.cond:
            text += f"\n\tstop only if {self.cond}"
        if self.ignore:
            text += f"\n\tignore next {self.ignore} hits"
        if self.hits:
            text += f"\n\tbreakpoint already hit {self.hits} time{'s' if self.hits > 1 else ''}"
        return text

    def bpprint(self, out=None):
        """Print that."""
        print(self.bpformat(), file=out)

    def __str__(self):
        return f"breakpoint {self.number} at {self.file}:{self.line}"


def checkfuncname(b, frame):
    """Does the breakpoint hold here, if it is one of a function?"""
    if not b.funcname:
        return b.line == frame.f_lineno
    if frame.f_code.co_name != b.funcname:
        return False
    if not b.func_first_executable_line:
        b.func_first_executable_line = frame.f_lineno
    return b.func_first_executable_line == frame.f_lineno


def effective(file, line, frame):
    """The breakpoint that stops the frame here, if one does, and whether it goes if it is a temporary one."""
    for b in Breakpoint.bplist.get((file, line), ()):
        if not b.enabled or not checkfuncname(b, frame):
            continue
        b.hits += 1
        if b.cond:
            try:
                if not eval(b.cond, frame.f_globals, frame.f_locals):
                    continue
            except Exception:
                # Better stop once too often.
                return b, False
        if b.ignore > 0:
            b.ignore -= 1
            continue
        return b, True
    return None, None


class Bdb:
    """A debugger; the `user_` methods of a derived class are told when the program stops."""

    def __init__(self, skip=None, backend="settrace"):
        self.skip = set(skip) if skip else None
        self.breaks, self.fncache, self.frame_returning = {}, {}, None
        self.botframe = self.stopframe = self.returnframe = None
        self.stoplineno, self.quitting, self.backend = 0, False, backend
        for file, line in Breakpoint.bplist:
            self.breaks.setdefault(file, []).append(line)

    def canonic(self, filename):
        """The name by which breakpoints know a file."""
        if filename.startswith("<") and filename.endswith(">"):
            return filename
        if filename not in self.fncache:
            self.fncache[filename] = os.path.normcase(os.path.abspath(filename))
        return self.fncache[filename]

    def reset(self):
        """Forget where to stop; breakpoints stay."""
        linecache.checkcache()
        self.botframe = None
        self._stop_at(None, None)

    def _stop_at(self, stopframe, returnframe, stoplineno=0):
        self.stopframe, self.returnframe, self.stoplineno, self.quitting = stopframe, returnframe, stoplineno, False

    # What happens.

    def trace_dispatch(self, frame, event, arg):
        """The trace function."""
        if self.quitting:
            return None
        if event == "line":
            return self.dispatch_line(frame)
        if event in ("call", "return", "exception"):
            return getattr(self, f"dispatch_{event}")(frame, arg)
        return self.trace_dispatch

    def _goes_on(self):
        if self.quitting:
            raise BdbQuit
        return self.trace_dispatch

    def dispatch_line(self, frame):
        """Control has come to a line."""
        if self.stop_here(frame) or self.break_here(frame):
            self.user_line(frame)
        return self._goes_on()

    def dispatch_call(self, frame, arg):
        """A function is called, or a generator resumed."""
        if self.botframe is None:
            self.botframe = frame.f_back
            return self.trace_dispatch
        if not (self.stop_here(frame) or self.break_anywhere(frame)):
            return None
        if self.stopframe and _is_generator(frame):
            return self.trace_dispatch
        self.user_call(frame, arg)
        return self._goes_on()

    def dispatch_return(self, frame, arg):
        """A function returns, or a generator yields."""
        if self.stop_here(frame) or frame is self.returnframe:
            if self.stopframe and _is_generator(frame):
                return self.trace_dispatch
            self.frame_returning = frame
            try:
                self.user_return(frame, arg)
            finally:
                self.frame_returning = None
            if self.stopframe is frame and self.stoplineno != -1:
                self._stop_at(None, None)
        return self._goes_on()

    def dispatch_exception(self, frame, arg):
        """An exception has come to a frame."""
        # What ends a generator is nobody's concern where its user is stepped over.
        ends = arg[0] in (StopIteration, GeneratorExit) and (arg[2] is None or arg[0] is GeneratorExit)
        if self.stop_here(frame):
            if not (_is_generator(frame) and ends):
                self.user_exception(frame, arg)
        elif self.stopframe and frame is not self.stopframe and _is_generator(self.stopframe) and ends:
            self.user_exception(frame, arg)
        return self._goes_on()

    # Whether to stop.

    def is_skipped_module(self, module_name):
        """Is the module among those that are passed over?"""
        return module_name is not None and any(fnmatch.fnmatch(module_name, pattern) for pattern in self.skip)

    def stop_here(self, frame):
        """Does what was wished last stop in this frame?"""
        if self.skip and self.is_skipped_module(frame.f_globals.get("__name__")):
            return False
        if frame is self.stopframe:
            return self.stoplineno != -1 and frame.f_lineno >= self.stoplineno
        return not self.stopframe

    def break_here(self, frame):
        """Does a breakpoint stop in this line?"""
        filename, line = self.canonic(frame.f_code.co_filename), frame.f_lineno
        lines = self.breaks.get(filename, ())
        if line not in lines:
            line = frame.f_code.co_firstlineno
            if line not in lines:
                return False
        b, goes = effective(filename, line, frame)
        if not b:
            return False
        self.currentbp = b.number
        if goes and b.temporary:
            self.do_clear(str(b.number))
        return True

    def do_clear(self, arg):
        """A temporary breakpoint has done its work."""
        raise NotImplementedError("subclass of bdb must implement do_clear()")

    def break_anywhere(self, frame):
        """Is there a breakpoint in the file of this frame?"""
        return self.canonic(frame.f_code.co_filename) in self.breaks

    # For derived classes.

    def user_call(self, frame, argument_list):
        """It stops where a function is called."""

    def user_line(self, frame):
        """It stops at a line."""

    def user_return(self, frame, return_value):
        """It stops where a function returns."""

    def user_exception(self, frame, exc_info):
        """It stops at an exception."""

    # What is wished.

    def set_until(self, frame, lineno=None):
        """Stop at a line beyond this one, or where the frame is left."""
        self._stop_at(frame, frame, frame.f_lineno + 1 if lineno is None else lineno)

    def set_step(self):
        """Stop at the next line, wherever it is."""
        # A frame that is left hands control to one that has to be traced, too.
        if self.frame_returning and (caller := self.frame_returning.f_back) and not caller.f_trace:
            caller.f_trace = self.trace_dispatch
        self._stop_at(None, None)

    def set_next(self, frame):
        """Stop at the next line of this frame, or where it is left."""
        self._stop_at(frame, None)

    def set_return(self, frame):
        """Stop where the frame returns."""
        if _is_generator(frame):
            self._stop_at(frame, None, -1)
        else:
            self._stop_at(frame.f_back, frame)

    def _trace_frames(self, frame):
        while frame:
            frame.f_trace = self.trace_dispatch
            self.botframe, frame = frame, frame.f_back

    def set_trace(self, frame=None):
        """Debug from this frame on, the caller's if none is given."""
        self.reset()
        self._trace_frames(frame or sys._getframe().f_back)
        self.set_step()
        sys.settrace(self.trace_dispatch)

    def set_continue(self):
        """Stop at breakpoints only."""
        self._stop_at(self.botframe, None, -1)
        if not self.breaks:
            sys.settrace(None)
            frame = sys._getframe().f_back
            while frame and frame is not self.botframe:
                frame.f_trace, frame = None, frame.f_back

    def set_quit(self):
        """Give the program up."""
        self.stopframe, self.returnframe, self.quitting = self.botframe, None, True
        sys.settrace(None)

    # Breakpoints.

    def set_break(self, filename, lineno, temporary=False, cond=None, funcname=None):
        """A new breakpoint; what is wrong with it, if something is."""
        filename = self.canonic(filename)
        if not linecache.getline(filename, lineno):
            return f"Line {filename}:{lineno} does not exist"
        lines = self.breaks.setdefault(filename, [])
        if lineno not in lines:
            lines.append(lineno)
        Breakpoint(filename, lineno, temporary, cond, funcname)
        frame = sys._getframe().f_back
        while frame:
            if self.break_anywhere(frame):
                frame.f_trace = self.trace_dispatch
            frame = frame.f_back

    def _prune_breaks(self, filename, lineno):
        if (filename, lineno) not in Breakpoint.bplist:
            self.breaks[filename].remove(lineno)
        if not self.breaks[filename]:
            del self.breaks[filename]

    def clear_break(self, filename, lineno):
        """Delete the breakpoints of a line."""
        filename = self.canonic(filename)
        if lineno not in self.breaks.get(filename, ()):
            return f"There is no breakpoint at {filename}:{lineno}"
        for b in self.get_breaks(filename, lineno)[:]:
            b.deleteMe()
        self._prune_breaks(filename, lineno)

    def clear_bpbynumber(self, arg):
        """Delete the breakpoint of a number."""
        try:
            b = self.get_bpbynumber(arg)
        except ValueError as error:
            return str(error)
        b.deleteMe()
        self._prune_breaks(b.file, b.line)

    def clear_all_file_breaks(self, filename):
        """Delete the breakpoints of a file."""
        filename = self.canonic(filename)
        if filename not in self.breaks:
            return f"There are no breakpoints in {filename}"
        for line in self.breaks.pop(filename):
            for b in Breakpoint.bplist.get((filename, line), [])[:]:
                b.deleteMe()

    def clear_all_breaks(self):
        """Delete all breakpoints."""
        if not self.breaks:
            return "There are no breakpoints"
        for b in Breakpoint.bpbynumber:
            if b:
                b.deleteMe()
        self.breaks = {}

    def get_bpbynumber(self, arg):
        """The breakpoint of a number; ValueError if there is none."""
        if not arg:
            raise ValueError("Breakpoint number expected")
        try:
            number = int(arg)
        except ValueError:
            raise ValueError(f"Non-numeric breakpoint number {arg}") from None
        try:
            b = Breakpoint.bpbynumber[number]
        except IndexError:
            raise ValueError(f"Breakpoint number {number} out of range") from None
        if b is None:
            raise ValueError(f"Breakpoint {number} already deleted")
        return b

    def get_break(self, filename, lineno):
        """Is there a breakpoint in this line?"""
        return lineno in self.breaks.get(self.canonic(filename), ())

    def get_breaks(self, filename, lineno):
        """The breakpoints of a line."""
        return Breakpoint.bplist.get((self.canonic(filename), lineno), [])

    def get_file_breaks(self, filename):
        """The lines of a file that have breakpoints."""
        return self.breaks.get(self.canonic(filename), [])

    def get_all_breaks(self):
        """Those of all files."""
        return self.breaks

    # Looking around.

    def get_stack(self, f, t):
        """Frames and lines from the outermost in, and which of them is the one looked at."""
        if t and t.tb_frame is f:
            t = t.tb_next
        stack = []
        while f is not None:
            stack.append((f, f.f_lineno))
            if f is self.botframe:
                break
            f = f.f_back
        stack.reverse()
        i = max(0, len(stack) - 1)
        while t is not None:
            stack.append((t.tb_frame, t.tb_lineno))
            t = t.tb_next
        if f is None:
            i = max(0, len(stack) - 1)
        return stack, i

    def format_stack_entry(self, frame_lineno, lprefix=": "):
        """A frame and its line as text."""
        frame, lineno = frame_lineno
        filename = self.canonic(frame.f_code.co_filename)
        text = f"{filename}({lineno}){frame.f_code.co_name or '<lambda>'}()"
        if "__return__" in frame.f_locals:
            text += "->" + reprlib.repr(frame.f_locals["__return__"])
        line = linecache.getline(filename, lineno, frame.f_globals)
        return text + (lprefix + line.strip() if line else "")

    # Running something.

    def run(self, cmd, globals=None, locals=None):
        """Debug a statement."""
        if globals is None:
            import __main__
            globals = __main__.__dict__
        self.reset()
        if isinstance(cmd, str):
            cmd = compile(cmd, "<string>", "exec")
        sys.settrace(self.trace_dispatch)
        try:
            exec(cmd, globals, globals if locals is None else locals)
        except BdbQuit:
            pass
        finally:
            self.quitting = True
            sys.settrace(None)

    def runeval(self, expr, globals=None, locals=None):
        """Debug an expression; its value."""
        if globals is None:
            import __main__
            globals = __main__.__dict__
        return self.runcall(eval, expr, globals, globals if locals is None else locals)

    def runctx(self, cmd, globals, locals):
        """As run()."""
        self.run(cmd, globals, locals)

    def runcall(self, func, /, *args, **kwds):
        """Debug a call; what it returns."""
        self.reset()
        sys.settrace(self.trace_dispatch)
        result = None
        try:
            result = func(*args, **kwds)
        except BdbQuit:
            pass
        finally:
            self.quitting = True
            sys.settrace(None)
        return result


def _is_generator(frame):
    # CO_GENERATOR, CO_COROUTINE, CO_ASYNC_GENERATOR
    return bool(frame.f_code.co_flags & (0x20 | 0x80 | 0x200))


def set_trace():
    """Trace the caller with a debugger that never asks anybody: pdb has one that does."""
    Bdb().set_trace(sys._getframe().f_back)
