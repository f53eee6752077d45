"""Other programs: started, talked to through pipes, waited for."""

import io
import os
import selectors
import signal
import sys
import time
import warnings
from _generic import GenericAlias
from _thread import allocate_lock

import posix

__all__ = [
    "Popen", "PIPE", "STDOUT", "call", "check_call", "getstatusoutput", "getoutput", "check_output", "run",
    "CalledProcessError", "DEVNULL", "SubprocessError", "TimeoutExpired", "CompletedProcess",
]

PIPE, STDOUT, DEVNULL = -1, -2, -3

# At most so much is written to a pipe that says there is room, so that nothing has to wait.
_ROOM = 4096
_GULP = 32768


class SubprocessError(Exception):
    """Something about another program went wrong."""


# What the program has written to its standard output has two names in errors.
_output = property(
    lambda self: self.output,
    lambda self, value: setattr(self, "output", value),
    doc="What the program wrote to its standard output, as far as it was caught.",
)


class CalledProcessError(SubprocessError):
    """It ended with a status that says it failed."""

    stdout = _output

    def __init__(self, returncode, cmd, output=None, stderr=None):
        self.returncode, self.cmd, self.output, self.stderr = returncode, cmd, output, stderr

    def __str__(self):
        code = self.returncode
        if not code or code > 0:
            return f"Command '{self.cmd}' returned non-zero exit status {code}."
        try:
            return f"Command '{self.cmd}' died with {signal.Signals(-code)!r}."
        except ValueError:
            return f"Command '{self.cmd}' died with unknown signal {-code}."


class TimeoutExpired(SubprocessError):
    """It did not end in time."""

    stdout = _output

    def __init__(self, cmd, timeout, output=None, stderr=None):
        self.cmd, self.timeout, self.output, self.stderr = cmd, timeout, output, stderr

    def __str__(self):
        return f"Command '{self.cmd}' timed out after {self.timeout} seconds"


class CompletedProcess:
    """What `run` gives: how the program ended, and what it wrote."""

    def __init__(self, args, returncode, stdout=None, stderr=None):
        self.args, self.returncode, self.stdout, self.stderr = args, returncode, stdout, stderr

    def __repr__(self):
        shown = [f"args={self.args!r}", f"returncode={self.returncode!r}"]
        shown += [f"{name}={getattr(self, name)!r}" for name in ("stdout", "stderr") if getattr(self, name) is not None]
        return f"{type(self).__name__}({', '.join(shown)})"

    def check_returncode(self):
        """Raise CalledProcessError if it failed."""
        if self.returncode:
            raise CalledProcessError(self.returncode, self.args, self.stdout, self.stderr)

    __class_getitem__ = classmethod(GenericAlias)


class Popen:
    """A program that was started."""

    _child_created = False

    def __init__(
        self, args, bufsize=-1, executable=None, stdin=None, stdout=None, stderr=None, preexec_fn=None, close_fds=True,
        shell=False, cwd=None, env=None, universal_newlines=None, startupinfo=None, creationflags=0,
        restore_signals=True, start_new_session=False, pass_fds=(), *, user=None, group=None, extra_groups=None,
        encoding=None, errors=None, text=None, umask=-1, pipesize=-1, process_group=None,
    ):
        self._input = self._loose_ends = None
        self._communication_started = False
        # Only one thread asks how it ended; the number is another program's afterwards.
        self._ending = allocate_lock()
        bufsize = -1 if bufsize is None else bufsize
        if pass_fds and not close_fds:
            warnings.warn("pass_fds overriding close_fds.", RuntimeWarning)
            close_fds = True
        for given, name in (bufsize, "bufsize"), (pipesize, "pipesize"):
            if not isinstance(given, int):
                raise TypeError(f"{name} must be an integer")
        if startupinfo is not None:
            raise ValueError("startupinfo is only supported on Windows platforms")
        if creationflags:
            raise ValueError("creationflags is only supported on Windows platforms")
        if preexec_fn is not None:
            raise NotImplementedError("preexec_fn of subprocess.Popen")
        if not (user is None and group is None and extra_groups is None and umask < 0):
            raise NotImplementedError("user, group, extra_groups and umask of subprocess.Popen")
        if text is not None and universal_newlines is not None and bool(universal_newlines) != bool(text):
            raise SubprocessError(
                "Cannot disambiguate when both text and universal_newlines are supplied but different. Pass one or the other."
            )
        self.args, self.encoding, self.errors = args, encoding, errors
        self.stdin = self.stdout = self.stderr = self.pid = self.returncode = None
        self.text_mode = bool(encoding or errors or text or universal_newlines)
        ours, theirs, passing = self._pipes(stdin, stdout, stderr)
        try:
            lines = self.text_mode and bufsize == 1
            if bufsize == 1 and not self.text_mode:
                text = "line buffering (buffering=1) isn't supported in binary mode, the default buffer size will be used"
                warnings.warn(text, RuntimeWarning, stacklevel=2)
            self._open_ours(ours, -1 if bufsize == 1 else bufsize, lines)
            self.pid = _start(
                args, executable, shell, cwd, env, theirs, pass_fds if close_fds else None, start_new_session, process_group
            )
            self._child_created = True
        except:
            for stream in self.stdin, self.stdout, self.stderr:
                if stream is not None:
                    stream.close()
            raise
        finally:
            for fd in passing:
                os.close(fd)

    def _pipes(self, *asked):
        """Our ends of the pipes, the descriptors that the program gets, and those of these that are closed here then."""
        ours, theirs, passing = [None] * 3, [-1] * 3, []
        if asked[0] == STDOUT or asked[1] == STDOUT:
            raise ValueError("STDOUT can only be used for stderr")
        try:
            for number, given in enumerate(asked):
                if given is None:
                    continue
                if given == PIPE:
                    reading, writing = os.pipe()
                    ours[number], theirs[number] = (reading, writing) if number else (writing, reading)
                elif given == DEVNULL:
                    theirs[number] = os.open(os.devnull, os.O_RDWR)
                elif given == STDOUT:
                    theirs[2] = 1 if theirs[1] == -1 else theirs[1]
                    continue
                else:
                    theirs[number] = given if isinstance(given, int) else given.fileno()
                    continue
                passing.append(theirs[number])
        except:
            for fd in (*passing, *(fd for fd in ours if fd is not None)):
                os.close(fd)
            raise
        return ours, theirs, passing

    def _open_ours(self, ours, bufsize, lines):
        for name, fd, mode in zip(("stdin", "stdout", "stderr"), ours, ("wb", "rb", "rb")):
            if fd is None:
                continue
            stream = io.open(fd, mode, bufsize)
            if self.text_mode:
                how = dict(write_through=True, line_buffering=lines) if mode == "wb" else {}
                stream = io.TextIOWrapper(stream, encoding=self.encoding, errors=self.errors, **how)
            setattr(self, name, stream)

    def __repr__(self):
        shown = f"<{type(self).__name__}: returncode: {self.returncode} args: {self.args!r}>"
        return shown[:76] + "...>" if len(shown) > 80 else shown

    __class_getitem__ = classmethod(GenericAlias)

    @property
    def universal_newlines(self):
        """Are its streams of text?"""
        return self.text_mode

    @universal_newlines.setter
    def universal_newlines(self, value):
        self.text_mode = bool(value)

    def __enter__(self):
        return self

    def __exit__(self, exc_type, value, traceback):
        for stream in self.stdout, self.stderr:
            if stream:
                stream.close()
        try:
            if self.stdin:
                self.stdin.close()
        finally:
            if exc_type is KeyboardInterrupt:
                # It has most likely heard of that too, and is given a moment.
                try:
                    self._wait_until(time.monotonic() + 0.25)
                except TimeoutExpired:
                    pass
            else:
                self.wait()

    def __del__(self, _warn=warnings.warn):
        if self._child_created and self.returncode is None:
            _warn(f"subprocess {self.pid} is still running", ResourceWarning, source=self)
            # Somebody has to take notice of its end some time.
            if self.poll() is None:
                _left.append(self)

    # ---- its end

    def poll(self):
        """Its status if it has ended, else None."""
        if self.returncode is None:
            with self._ending:
                if self.returncode is None:
                    try:
                        ended = posix._take_ended(self.pid)
                    except ChildProcessError:
                        # Somebody else has asked: how it ended is not known.
                        ended = self.pid, 0
                    if ended is not None:
                        self.returncode = os.waitstatus_to_exitcode(ended[1])
        return self.returncode

    def wait(self, timeout=None):
        """Wait until it has ended; its status."""
        deadline = None if timeout is None else time.monotonic() + timeout
        return self._wait_until(deadline, timeout)

    def _wait_until(self, deadline, timeout=None):
        if self.poll() is None:
            os._until_ended(self.pid, self.poll, deadline)
            if self.returncode is None:
                raise TimeoutExpired(self.args, timeout)
        return self.returncode

    def send_signal(self, sig):
        """Send it a signal, if it has not ended."""
        if self.poll() is None:
            try:
                os.kill(self.pid, sig)
            except ProcessLookupError:
                pass

    def terminate(self):
        """Ask it to end."""
        self.send_signal(signal.SIGTERM)

    def kill(self):
        """End it."""
        self.send_signal(signal.SIGKILL)

    # ---- a conversation

    def communicate(self, input=None, timeout=None):
        """Give it some input, read what it writes, and wait for its end; what it wrote to its two outputs."""
        if self._communication_started and input:
            raise ValueError("Cannot send input after starting communication")
        deadline = None if timeout is None else time.monotonic() + timeout
        if not self._communication_started:
            self._communication_started = True
            self._written = {stream: [] for stream in (self.stdout, self.stderr) if stream}
            self._begin_input(input)
        self._exchange(deadline, timeout)
        self._wait_until(deadline, timeout)
        return tuple(self._all_of(stream) for stream in (self.stdout, self.stderr))

    def _begin_input(self, input):
        self._input = memoryview(b"")
        if self.stdin is None:
            return
        try:
            self.stdin.flush()
        except BrokenPipeError:
            pass
        if input:
            if self.text_mode:
                input = input.encode(self.stdin.encoding, self.stdin.errors)
            self._input = memoryview(input).cast("B")
        else:
            self._end_input()

    def _end_input(self):
        try:
            self.stdin.close()
        except BrokenPipeError:
            # It reads no more, and need not.
            pass

    def _exchange(self, deadline, timeout):
        with selectors.DefaultSelector() as selector:
            if self._input and not self.stdin.closed:
                selector.register(self.stdin, selectors.EVENT_WRITE)
            for stream in self._written:
                if not stream.closed:
                    selector.register(stream, selectors.EVENT_READ)
            while selector.get_map():
                left = None if deadline is None else deadline - time.monotonic()
                if left is not None and left < 0:
                    self._time_is_up(timeout)
                ready = selector.select(left)
                if deadline is not None and time.monotonic() > deadline:
                    self._time_is_up(timeout)
                for key, _ in ready:
                    if key.fileobj is self.stdin:
                        self._send(selector)
                    else:
                        data = os.read(key.fd, _GULP)
                        if data:
                            self._written[key.fileobj].append(data)
                        else:
                            selector.unregister(key.fileobj)
                            key.fileobj.close()

    def _send(self, selector):
        try:
            self._input = self._input[os.write(self.stdin.fileno(), self._input[:_ROOM]) :]
        except BrokenPipeError:
            self._input = self._input[:0]
        if not self._input:
            selector.unregister(self.stdin)
            self._end_input()

    def _time_is_up(self, timeout):
        raw = [b"".join(self._written[stream]) or None if stream else None for stream in (self.stdout, self.stderr)]
        raise TimeoutExpired(self.args, timeout, output=raw[0], stderr=raw[1])

    def _all_of(self, stream):
        if not stream:
            return None
        written = b"".join(self._written[stream])
        if self.text_mode:
            return written.decode(stream.encoding, stream.errors).replace("\r\n", "\n").replace("\r", "\n")
        return written


# Programs that nobody knows any more, and whose end was not taken notice of.
_left = []


def _cleanup():
    """Take notice of the end of programs that nobody knows any more."""
    _left[:] = [process for process in _left if process.poll() is None]


def _start(args, executable, shell, cwd, env, streams, pass_fds, session, group):
    """Start a program, looked for where the system would look; its number."""
    sys.audit("subprocess.Popen", executable, args, cwd, env)
    _cleanup()
    arguments = [args] if isinstance(args, (str, bytes)) or hasattr(args, "__fspath__") else list(args)
    if shell:
        arguments = ["/bin/sh", "-c", *arguments]
        if executable:
            arguments[0] = executable
    if executable is None:
        executable = arguments[0]
    arguments = [os.fsencode(argument) for argument in arguments]
    program = os.fsencode(executable)
    variables = None if env is None else _variables(env)
    directory = None if cwd is None else os.fsencode(cwd)
    inherited = None if pass_fds is None else [int(fd) for fd in pass_fds]
    group = -1 if group is None else group
    if b"/" in program:
        places = [program]
    else:
        places = [os.path.join(os.fsencode(home), program) for home in os.get_exec_path(env)]
    failure = None
    for place in places:
        if b"/" not in place:
            place = b"./" + place
        try:
            return posix._start(
                place, arguments, variables, directory, streams, inherited, bool(session), group
            )
        except OSError as error:
            # What is not there does not count while something else is.
            if failure is None or not isinstance(error, (FileNotFoundError, NotADirectoryError)):
                failure = error
            if not isinstance(error, (FileNotFoundError, NotADirectoryError, PermissionError)):
                break
    if failure is None:
        failure = FileNotFoundError(2, os.strerror(2))
    code, named = failure.errno, executable
    if directory is not None:
        try:
            if not os.path.isdir(directory):
                code, named = (2 if not os.path.exists(directory) else 20), cwd
            elif not os.access(directory, os.X_OK):
                named = cwd
        except OSError:
            named = cwd
    raise OSError(code, os.strerror(code), named) from None


def _variables(env):
    pairs = []
    for name, value in env.items():
        name = os.fsencode(name)
        if b"=" in name:
            raise ValueError("illegal environment variable name")
        pairs.append((name, os.fsencode(value)))
    return pairs


# ---- the short ways


def run(*popenargs, input=None, capture_output=False, timeout=None, check=False, **kwargs):
    """Run a program to its end; a CompletedProcess."""
    if input is not None:
        if kwargs.get("stdin") is not None:
            raise ValueError("stdin and input arguments may not both be used.")
        kwargs["stdin"] = PIPE
    if capture_output:
        if kwargs.get("stdout") is not None or kwargs.get("stderr") is not None:
            raise ValueError("stdout and stderr arguments may not be used with capture_output.")
        kwargs["stdout"] = kwargs["stderr"] = PIPE
    with Popen(*popenargs, **kwargs) as process:
        try:
            stdout, stderr = process.communicate(input, timeout=timeout)
        except TimeoutExpired:
            process.kill()
            process.wait()
            raise
        except:
            process.kill()
            raise
        code = process.poll()
        if check and code:
            raise CalledProcessError(code, process.args, output=stdout, stderr=stderr)
    return CompletedProcess(process.args, code, stdout, stderr)


def call(*popenargs, timeout=None, **kwargs):
    """Run a program to its end; its status."""
    with Popen(*popenargs, **kwargs) as process:
        try:
            return process.wait(timeout=timeout)
        except:
            process.kill()
            raise


def check_call(*popenargs, **kwargs):
    """Run a program to its end; CalledProcessError if it fails."""
    code = call(*popenargs, **kwargs)
    if code:
        cmd = kwargs.get("args")
        raise CalledProcessError(code, popenargs[0] if cmd is None else cmd)
    return 0


def check_output(*popenargs, timeout=None, **kwargs):
    """Run a program to its end; what it wrote. CalledProcessError if it fails."""
    for name in "stdout", "check":
        if name in kwargs:
            raise ValueError(f"{name} argument not allowed, it will be overridden.")
    if "input" in kwargs and kwargs["input"] is None:
        # No input, which is not the same as this program's.
        text = any(kwargs.get(name) for name in ("universal_newlines", "text", "encoding", "errors"))
        kwargs["input"] = "" if text else b""
    return run(*popenargs, stdout=PIPE, timeout=timeout, check=True, **kwargs).stdout


def getstatusoutput(cmd, *, encoding=None, errors=None):
    """Run a line of the shell; its status and what it wrote to either output, without the last line's end."""
    try:
        data = check_output(cmd, shell=True, text=True, stderr=STDOUT, encoding=encoding, errors=errors)
        code = 0
    except CalledProcessError as failure:
        data, code = failure.output, failure.returncode
    return code, data.removesuffix("\n")


def getoutput(cmd, *, encoding=None, errors=None):
    """Run a line of the shell; what it wrote to either output, without the last line's end."""
    return getstatusoutput(cmd, encoding=encoding, errors=errors)[1]


def list2cmdline(seq):
    """The line from which a program of Windows would read these arguments."""
    words = []
    for argument in map(os.fsdecode, seq):
        quoted = not argument or " " in argument or "\t" in argument
        shown, backslashes = [], 0
        for letter in argument:
            if letter == "\\":
                backslashes += 1
                continue
            # They stand for themselves but before a quote.
            shown.append("\\" * (2 * backslashes + 1 if letter == '"' else backslashes) + letter)
            backslashes = 0
        shown.append("\\" * (2 * backslashes if quoted else backslashes))
        words.append(f'"{"".join(shown)}"' if quoted else "".join(shown))
    return " ".join(words)


