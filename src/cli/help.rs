//! What the command line says about itself.

/// After a mistake.
pub const USAGE: &str = "\
usage: pyield [option] ... [-c cmd | -m mod | file | -] [arg] ...
Try `pyield -h' for more information.
";

/// What is said of the form of a command after a mistake.
pub fn usage(command: Option<&str>) -> String {
    let form = match command {
        Some("run") => "run [option] ... file [--block N] [--list] [--shared] [--check | --update] [arg] ...",
        Some("trace") => "trace [option] ... file | -c cmd | -m mod | - [arg] ... | diff file file | --schema",
        Some("explain") => "explain code | --list",
        Some("repl") => "repl [option] ...",
        Some(window @ ("tokens" | "ast" | "dis")) => &format!("{window} file | - | -c cmd"),
        Some("completions") => "completions bash|zsh|fish",
        Some("man") => "man",
        _ => return USAGE.to_owned(),
    };
    let (_, more) = USAGE.split_once('\n').unwrap_or_default();
    format!("usage: pyield {form}\n{more}")
}

/// Words that may come first, and what they do.
pub const SUBCOMMANDS: &[(&str, &str)] = &[
    ("run", "run a program, or the programs in a document"),
    ("trace", "run a program and show who gives control to whom"),
    ("explain", "tell of a mistake with generators, coroutines, asyncio or threads"),
    ("repl", "the prompt"),
    ("tokens", "show the tokens of a file"),
    ("ast", "show the syntax tree of a file"),
    ("dis", "show the instructions of a file"),
    ("completions", "print the completions for a shell"),
    ("man", "print the manual page"),
];

/// What it is, for the manual page.
pub const DESCRIPTION: &str = "\
pyield runs programs in Python 3.14. Every frame of a program can be suspended, and what a suspended frame stands at can be seen: \
trace shows who gives control to whom, and the prompt (without a program, on a terminal) awaits, steps through generators, \
and shows tasks and frames. Options, arguments and variables of the environment are those of python3 where they make sense.
";

/// For the manual page: commands, and what they do.
pub const EXAMPLES: &[(&str, &str)] = &[
    ("pyield program.py", "runs a program."),
    ("pyield trace program.py", "shows what its generators, coroutines and tasks do."),
    ("pyield trace --format html -o page.html program.py", "makes a page to step through."),
    (
        "pyield --virtual-time --seed 1 program.py",
        "runs it without waiting for timers, with the same random numbers each time.",
    ),
    ("pyield run --check notes.md", "compares what the programs in a document print with what the document says."),
    ("pyield explain PY101", "tells of a mistake whose code stood behind an error."),
];

/// What the exit status means.
pub const EXIT_CODES: &str = "\
Exit status:
0   : all went well
1   : an exception was not caught; outputs or traces differ from what they should be
2   : the command line is wrong, or a file cannot be read
3   : the event loop waits for something that can never come
4   : a limit was reached (--timeout, --max-instructions, --max-memory)
120 : standard output could not be written at the end
130 : interrupted (Ctrl-C); a shell says so when the process ended by SIGINT
n   : what the program gave to sys.exit(n)
";

/// `-h`
pub const HELP: &str = "\
usage: pyield [option] ... [-c cmd | -m mod | file | -] [arg] ...
       pyield run [--virtual-time] file [--block N] [--list] [--shared] [--check | --update] [arg] ...
       pyield trace [option] ... file | -c cmd | -m mod | - [arg] ... | trace diff file file | trace --schema
       pyield explain code | --list
       pyield repl | tokens|ast|dis file | tokens|ast|dis -c cmd | completions bash|zsh|fish | man

A file that ends in .md is a document: its python blocks are run, each as a program of its own.
--block N : run block N only
--list    : show number, lines and first line of each block
--shared  : run all blocks in one namespace
--check   : compare what they print with the fenced blocks right behind them, nothing but blank lines between (text, output, or without a name)
--update  : write what they print behind them; of a block that fails also the end of its traceback, which makes that expected

--virtual-time : sleeping takes no time; the clock jumps to where a wait would have ended

--seed n          : entropy, and so the module random, gives the same in every run with this number
--max-memory size : MemoryError beyond it (64MB, 1GiB); where nobody catches that, the exit status is 4
--max-instructions n : the program is ended when its own code has carried out so many (500000, 10M); the exit status is 4
--timeout time    : the program is ended after that (2s, 500ms, 1m), and it is said where it stood; the exit status is 4

trace shows who gives control to whom, and with which value:
--format text|jsonl|mermaid|perfetto|dot|html : as lines, as data, as pictures, as a page to step through (also right behind the file, as -o is: trace file --format html -o out)
--format recording : as it is written down, which costs the program least; pyield trace [--format ...] FILE shows it later
-o file, --output file : write there; what the program prints goes to standard output, as without a trace
--events a,b   : only these: call return create start next send throw yield delegate finish drop raise catch unwind output line opcode, of threads spawn switch end, of event loops task step wait pause wake done fail cancel cancelled queue run arm fire disarm watch unwatch ready
--function name : only what concerns that function or frame (f or f#2)
--task name    : only the turns of that task, by its name
--file file    : only what concerns that file
--depth n      : only so many frames
--lines        : also each line that control comes to (in every format but dot)
--opcodes      : also each instruction of the program, as dis lists it (in every format but dot)
--locals       : with the variables of frames that suspend
--time         : with the time since the beginning
--no-fold      : long loops in full
--check        : compare with file.trace
--update       : write file.trace
--block N      : of a document, that block only
--shared       : of a document, all blocks in one namespace
--schema       : the JSON schema of --format jsonl; no program is run
Before the program may stand what may stand there without trace (--seed, --timeout, -O, ...).
Of a document every block is traced: as a page with a stepper in the place of each, or as a document with each trace under a heading.

Options, as python3 has them:
-c cmd : program passed in as string (terminates option list)
-E     : ignore PYTHON* environment variables (such as PYTHONPATH)
-h, --help : print this help message and exit (also -?)
-i     : go to the prompt after running the program
-I     : isolate from the user's environment (implies -E and -P)
-m mod : run module as a program (terminates option list)
-O     : no assertions, and __debug__ is False
-OO    : no doc strings either
-P     : don't put the program's directory in front of sys.path
-q     : don't print the version when the prompt starts
-u     : don't buffer standard output
-V, --version : print the version and exit
-W arg : a filter of warnings, action:message:category:module:line
-x     : skip the first line of the program
-X opt : an option of the implementation (--help-xoptions)
-b -B -d -R -s -S -t -v --check-hash-based-pycs always|default|never : accepted, but they change nothing here
--help-env, --help-xoptions, --help-all : more help

completions (Tab in a shell) and man are made from this text: pyield completions fish > ~/.config/fish/completions/pyield.fish

file   : program read from this file
-      : program read from stdin (default; the prompt if that is a terminal)
arg ...: arguments passed to the program in sys.argv[1:]
";

/// `--help-env`
pub const ENVIRONMENT: &str = "\
Environment variables that change behavior:
PYIELD_EXPLAIN   : 1 has an uncaught error followed by its code, for pyield explain; 0 not even on a terminal
PYTHONDEVMODE    : development mode (-X dev)
PYTHONHASHSEED   : seed of the hashes of str and bytes (default 0: every run is the same)
PYTHONINTMAXSTRDIGITS : how long a text may be that becomes an int
PYTHONIOENCODING : anything but UTF-8 is refused with a word
PYTHON_BASIC_REPL : the prompt reads plain lines, without a line editor
PYTHON_COLORS    : 1 has colours where there is no terminal, too, as FORCE_COLOR has; 0 has none, as NO_COLOR
PYTHON_CPU_COUNT : what os.cpu_count() says
PYTHONINSPECT    : go to the prompt after running the program (-i)
PYTHONOPTIMIZE   : no assertions (-O); no doc strings either, if it is 2 or more (-OO)
PYTHONPATH       : directories, separated by ':', that are put on sys.path
PYTHONSAFEPATH   : don't put the program's directory in front of sys.path (-P)
PYTHONSTARTUP    : file that is run when the prompt starts
PYTHONUTF8       : text is UTF-8, which it always is (-X utf8)
PYTHONWARNINGS   : filters of warnings, separated by commas (-W)
PYTHONUNBUFFERED : don't buffer standard output (-u)
PYTHON_HISTORY   : file that keeps the history of the prompt (default $XDG_STATE_HOME/pyield/history)
";

/// `--help-xoptions`
pub const IMPLEMENTATION: &str = "\
Implementation-specific options:
-X dev : development mode: all warnings are shown, asyncio is in debug mode
-X utf8 : text is UTF-8, which it always is (-X utf8=0 is refused)
-X int_max_str_digits=n : how long a text may be that becomes an int
-X cpu_count=n : what os.cpu_count() says (default 1: threads take turns)
Others of python3's are accepted, and a line on standard error says that they change nothing.
";

/// `-V`, or `-VV`
pub fn version(twice: bool) -> String {
    let version = env!("CARGO_PKG_VERSION");
    match twice {
        false => format!("pyield {version} (Python 3.14.2)\n"),
        true => format!("pyield {version} (Python 3.14.2) [every frame can be suspended]\n"),
    }
}
