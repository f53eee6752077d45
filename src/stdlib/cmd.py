"""Interpreters of commands, line by line."""

import string
import sys

__all__ = ["Cmd"]

PROMPT = "(Cmd) "
IDENTCHARS = string.ascii_letters + string.digits + "_"


class Cmd:
    """Runs `do_NAME` for a line that begins with NAME."""

    # How lines are asked for and read.
    intro, prompt, use_rawinput = None, PROMPT, 1
    identchars, lastcmd = IDENTCHARS, ""
    # What the lists of help say.
    nohelp, ruler, doc_leader = "*** No help on %s", "=", ""
    undoc_header = "Undocumented commands:"
    misc_header = "Miscellaneous help topics:"
    doc_header = "Documented commands (type help <topic>):"

    def __init__(self, completekey="tab", stdin=None, stdout=None):
        self.completekey, self.cmdqueue = completekey, []
        self.stdin = stdin if stdin is not None else sys.stdin
        self.stdout = stdout if stdout is not None else sys.stdout

    def _say(self, text):
        self.stdout.write(f"{text}\n")

    def _lines(self):
        """The lines to run: first those that wait, then those that are read; "EOF" at the end."""
        while True:
            if self.cmdqueue:
                yield self.cmdqueue.pop(0)
            elif not self.use_rawinput:
                self.stdout.write(self.prompt)
                self.stdout.flush()
                read = self.stdin.readline()
                yield read.rstrip("\r\n") if read else "EOF"
            else:
                try:
                    read = input(self.prompt)
                except EOFError:
                    read = "EOF"
                yield read

    def cmdloop(self, intro=None):
        """Read lines and run them until one says that it is enough."""
        self.preloop()
        if intro is not None:
            self.intro = intro
        if self.intro:
            self._say(str(self.intro))
        for read in self._lines():
            run = self.precmd(read)
            if self.postcmd(self.onecmd(run), run):
                break
        self.postloop()

    def precmd(self, line):
        """What is run in place of a line."""
        return line

    def postcmd(self, stop, line):
        """Whether it is enough after a line."""
        return stop

    def preloop(self):
        """Before the first line."""

    def postloop(self):
        """After the last line."""

    def parseline(self, line):
        """Command, argument, and the line."""
        line = line.strip()
        short = {"?": "help", "!": "shell"}.get(line[:1])
        if not line or short == "shell" and not hasattr(self, "do_shell"):
            return None, None, line
        if short:
            line = f"{short} {line[1:]}"
        rest = line.lstrip(self.identchars)
        return line[:len(line) - len(rest)], rest.strip(), line

    def onecmd(self, line):
        """Run a line."""
        name, argument, line = self.parseline(line)
        if not line:
            return self.emptyline()
        if name is not None:
            self.lastcmd = line if line != "EOF" else ""
        command = getattr(self, f"do_{name}", None) if name else None
        return command(argument) if command is not None else self.default(line)

    def emptyline(self):
        """An empty line runs the last one again."""
        if self.lastcmd:
            return self.onecmd(self.lastcmd)

    def default(self, line):
        """A line whose command is not known."""
        self._say(f"*** Unknown syntax: {line}")

    def completedefault(self, *ignored):
        return []

    def completenames(self, text, *ignored):
        return [name[3:] for name in self.get_names() if name.startswith("do_" + text)]

    def get_names(self):
        """All names of the class."""
        return dir(self.__class__)

    def complete_help(self, *args):
        topics = {name[5:] for name in self.get_names() if name.startswith("help_" + args[0])}
        return list(set(self.completenames(*args)) | topics)

    def do_help(self, arg):
        'List available commands with "help" or detailed help with "help cmd".'
        if arg:
            topic = getattr(self, "help_" + arg, None)
            if topic is not None:
                topic()
                return
            from inspect import cleandoc

            command = getattr(self, "do_" + arg, None)
            doc = None if command is None else command.__doc__
            if doc:
                self._say(cleandoc(doc))
            else:
                self._say(self.nohelp % (arg,))
            return
        names = set(self.get_names())
        commands = sorted(name[3:] for name in names if name.startswith("do_"))
        topics = {name[5:] for name in names if name.startswith("help_")}
        documented = [name for name in commands if name in topics or getattr(self, "do_" + name).__doc__]
        undocumented = [name for name in commands if name not in documented]
        topics.difference_update(commands)
        self._say(self.doc_leader)
        self.print_topics(self.doc_header, documented, 15, 80)
        self.print_topics(self.misc_header, sorted(topics), 15, 80)
        self.print_topics(self.undoc_header, undocumented, 15, 80)

    def print_topics(self, header, cmds, cmdlen, maxcol):
        if not cmds:
            return
        self._say(header)
        if self.ruler:
            self._say(self.ruler * len(header))
        self.columnize(cmds, maxcol - 1)
        self._say("")

    def columnize(self, list, displaywidth=80):
        """Write words in columns."""
        if not list:
            self.stdout.write("<empty>\n")
            return
        wrong = [number for number, item in enumerate(list) if not isinstance(item, str)]
        if wrong:
            raise TypeError(f"list[i] not a string for i in {', '.join(map(str, wrong))}")
        for rows in range(1, len(list) + 1):
            columns = [list[at:at + rows] for at in range(0, len(list), rows)]
            widths = [max(map(len, column)) for column in columns]
            if sum(widths) + 2 * (len(widths) - 1) <= displaywidth or rows == len(list):
                break
        for row in range(rows):
            words = [column[row] for column in columns if row < len(column)]
            while words and not words[-1]:
                words.pop()
            self.stdout.write("  ".join(word.ljust(width) for word, width in zip(words, widths)) + "\n")
