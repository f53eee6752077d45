//! What the command line says about itself.

/// After a mistake.
pub const USAGE: &str = "\
usage: pyield [option] ... [-c cmd | -m mod | file | -] [arg] ...
Try `pyield -h' for more information.
";

/// `-h`
pub const HELP: &str = "\
usage: pyield [option] ... [-c cmd | -m mod | file | -] [arg] ...
       pyield run [--virtual-time] file [--block N] [--list] [--shared] [--check | --update] [arg] ...
       pyield trace [option] ... file [arg] ... | trace diff file file | trace --schema
       pyield explain code | --list
       pyield repl | tokens file | ast file | dis file

A file that ends in .md is a document: its python blocks are run, each as a program of its own.
--block N : run block N only
--list    : show number, lines and first line of each block
--shared  : run all blocks in one namespace
--check   : compare what they print with the fenced blocks behind them (text, output, or without a name)
--update  : write what they print behind them

--virtual-time : sleeping takes no time; the clock jumps to where a wait would have ended

trace shows who gives control to whom, and with which value:
--format text|jsonl|mermaid|perfetto|dot|html : as lines, as data, as pictures, as a page to step through
-o file        : write there; what the program prints goes to standard output, as without a trace
--events a,b   : only these (call, return, create, start, next, send, throw, yield, delegate, finish, raise, catch, unwind, output)
--function name, --file name, --depth n : only what concerns that function or frame (f or f#2), that file, so many frames
--locals       : with the variables of frames that suspend
--time         : with the time since the beginning
--no-fold      : long loops in full
--check        : compare with file.trace, which -o file.trace has written

Options, as python3 has them:
-c cmd : program passed in as string (terminates option list)
-E     : ignore PYTHON* environment variables (such as PYTHONPATH)
-h     : print this help message and exit (also -? or --help)
-i     : go to the prompt after running the program
-I     : isolate from the user's environment (implies -E and -P)
-m mod : run module as a program (terminates option list)
-P     : don't put the program's directory in front of sys.path
-q     : don't print the version when the prompt starts
-u     : don't buffer standard output
-V     : print the version and exit (also --version)
-x     : skip the first line of the program
-b -B -d -O -OO -s -S -v -W arg -X opt --check-hash-based-pycs arg : accepted; they change nothing here
--help-env, --help-xoptions, --help-all : more help

file   : program read from this file
-      : program read from stdin (default; the prompt if that is a terminal)
arg ...: arguments passed to the program in sys.argv[1:]
";

/// `--help-env`
pub const ENVIRONMENT: &str = "\
Environment variables that change behavior:
PYIELD_EXPLAIN   : 1 has an uncaught error followed by its code, for pyield explain; 0 not even on a terminal
PYTHONHASHSEED   : seed of the hashes of str and bytes (default 0: every run is the same)
PYTHONINSPECT    : go to the prompt after running the program (-i)
PYTHONPATH       : directories, separated by ':', that are put on sys.path
PYTHONSAFEPATH   : don't put the program's directory in front of sys.path (-P)
PYTHONSTARTUP    : file that is run when the prompt starts
PYTHONUNBUFFERED : don't buffer standard output (-u)
PYTHON_HISTORY   : file that keeps the history of the prompt (default $XDG_STATE_HOME/pyield/history)
";

/// `--help-xoptions`
pub const IMPLEMENTATION: &str = "\
There are no implementation-specific options: -X opt is accepted and has no effect.
";

/// `-V`, or `-VV`
pub fn version(twice: bool) -> String {
    let version = env!("CARGO_PKG_VERSION");
    match twice {
        false => format!("pyield {version} (Python 3.14.2)\n"),
        true => format!("pyield {version} (Python 3.14.2) [every frame can be suspended]\n"),
    }
}
