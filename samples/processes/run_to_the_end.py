# oracle: 3.13
"""Programs are started, given input, waited for; what they write and how they end is known then."""

import os
import signal
import subprocess
import sys
from subprocess import DEVNULL, PIPE, STDOUT, CalledProcessError, Popen, TimeoutExpired


def fails(what, *args, **kwargs):
    try:
        print("no error:", what(*args, **kwargs))
    except Exception as error:
        print(f"{type(error).__name__}: {error}")


print(subprocess.run(["echo", "hello"], capture_output=True))
print(subprocess.run(["echo", "hello"], capture_output=True, text=True))
print(subprocess.run(["true"]), subprocess.run(["sh", "-c", "exit 7"]))
print(subprocess.run("echo $0 $1; echo oops >&2", shell=True, stdout=PIPE, stderr=STDOUT))
print(subprocess.run(["tr", "a-z", "A-Z"], input="some input\n", stdout=PIPE, encoding="utf-8").stdout)
print(subprocess.run(["cat"], stdin=DEVNULL, stdout=PIPE).stdout)
print(subprocess.run(["sh", "-c", "echo out; echo err >&2"], stdout=DEVNULL, stderr=PIPE))
print(subprocess.call(["false"]), subprocess.check_call(["true"]))
print(subprocess.check_output(["printf", "a\\r\\nb\\rc\\n"], text=True).splitlines())
print(subprocess.check_output(["cat"], input=b"bytes"))
print(subprocess.check_output("cat", input=None, text=True) == "")
print(subprocess.getstatusoutput("echo one; echo two; exit 3"), subprocess.getoutput("echo $((6 * 7))"))

print("-- how they fail")
fails(subprocess.run, ["sh", "-c", "echo partly; exit 2"], check=True, stdout=PIPE)
fails(subprocess.check_call, ["false"])
fails(subprocess.check_output, ["sh", "-c", "kill -TERM $$"])
fails(subprocess.check_output, ["true"], stdout=PIPE)
fails(subprocess.run, ["true"], stdin=PIPE, input=b"")
fails(subprocess.run, ["true"], stdout=PIPE, capture_output=True)
fails(subprocess.run, ["there-is-no-such-program"])
fails(subprocess.run, ["./there/is/no/such/program"])
fails(subprocess.run, ["/etc/passwd"])
fails(subprocess.run, ["true"], cwd="/there/is/no/such/directory")
fails(subprocess.run, ["true"], bufsize="much")
fails(subprocess.run, ["true"], stdout=STDOUT)
fails(subprocess.run, ["true"], text=True, universal_newlines=False)
fails(subprocess.run, [])
fails(subprocess.run, ["echo", "with\0nul"])
fails(subprocess.run, ["sleep", "20"], timeout=0.05, stdout=PIPE)
try:
    subprocess.run(["sh", "-c", "echo partly; sleep 20"], stdout=PIPE, text=True, timeout=0.3)
except TimeoutExpired as expired:
    print(expired.cmd, expired.timeout, expired.output, expired.stdout, expired.stderr)
try:
    subprocess.run(["sh", "-c", "echo to you; echo to me >&2; exit 4"], check=True, capture_output=True)
except CalledProcessError as failure:
    print(failure.returncode, failure.cmd, failure.output, failure.stdout, failure.stderr)
    failure.stdout = b"other"
    print(failure.output)
print(CalledProcessError(-9, "it"), CalledProcessError(-99, "it"), repr(CalledProcessError(1, ["it"], b"out")))
print(repr(TimeoutExpired(["it"], 2.5)), isinstance(TimeoutExpired("it", 1), subprocess.SubprocessError))

print("-- where and with what they run")
print(subprocess.check_output(["pwd"], cwd="/"), subprocess.check_output(["sh", "-c", "echo $NOISE"], env={"NOISE": "moo", "PATH": os.environ["PATH"]}))
os.environ["HEARD"] = "here"
print(subprocess.check_output("echo $HEARD", shell=True))
print(subprocess.check_output(["sh", "-c", "echo $0"], executable="/bin/sh"))
again = [sys.executable, "-c", "import sys; print(sys.argv, sys.stdin.read()); sys.exit(3)", "a"]
print(subprocess.run(again, input="typed", text=True, stdout=PIPE).stdout)
reading, writing = os.pipe()
with Popen(["sh", "-c", f"echo through another >&{writing}"], pass_fds=[writing]):
    os.close(writing)
print(os.read(reading, 100))
os.close(reading)

print("-- while they run")
with Popen(["cat"], stdin=PIPE, stdout=PIPE, text=True, bufsize=1) as cat:
    for word in "one", "two":
        cat.stdin.write(f"{word}\n")
        print(cat.stdout.readline(), end="")
    print(cat.poll(), cat.returncode, cat.args, cat.universal_newlines)
    print(cat.communicate("three\n"))
    print(cat.poll(), cat.wait(), cat.stdin.closed, cat.stdout.closed)
with Popen(["sleep", "20"]) as sleeper:
    fails(sleeper.wait, timeout=0.05)
    print(repr(sleeper))
    sleeper.terminate()
    print(sleeper.wait(), sleeper.returncode == -signal.SIGTERM)
    sleeper.kill()
    print(repr(sleeper))
with Popen(["sh", "-c", "trap 'echo heard; exit 5' USR1; echo ready; while :; do sleep 0.01; done"], stdout=PIPE) as listener:
    print(listener.stdout.readline())
    listener.send_signal(signal.SIGUSR1)
    print(listener.communicate(), listener.returncode)
reader = Popen(["sh", "-c", "exec <&-; sleep 0.1"], stdin=PIPE, stdout=PIPE)
print(reader.communicate(b"x" * 1_000_000), reader.returncode)
large = Popen(["cat"], stdin=PIPE, stdout=PIPE)
print(len(large.communicate(bytes(1_000_000))[0]), large.returncode)
first = Popen(["printf", "b\\na\\n"], stdout=PIPE)
second = Popen(["sort"], stdin=first.stdout, stdout=PIPE)
first.stdout.close()
print(second.communicate(), first.wait(), repr(Popen(["true", "x" * 90]).args)[:20])

print("-- os")
print(os.system("exit 3"), os.waitstatus_to_exitcode(os.system("exit 3")), os.system("kill -9 $$"))
with os.popen("echo read; exit 2") as lines:
    print(lines.read())
print(os.popen("exit 2").close(), os.popen("true").close())
nine = Popen(["sh", "-c", "exit 9"])
pid = nine.pid
ended, status = os.waitpid(pid, 0)
print(ended == pid, os.WIFEXITED(status), os.WEXITSTATUS(status), os.WIFSIGNALED(status))
fails(os.waitpid, pid, 0)
sleeper = Popen(["sleep", "20"])
print(os.waitpid(sleeper.pid, os.WNOHANG))
os.kill(sleeper.pid, signal.SIGKILL)
print(os.waitstatus_to_exitcode(os.waitpid(sleeper.pid, 0)[1]), sleeper.wait())
print(subprocess.list2cmdline(["a b", 'c"d', "e\\", "f g\\", ""]))
