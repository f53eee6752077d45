//! What the command line says about itself.

/// After a mistake.
pub const USAGE: &str = "\
usage: pyield [option] ... [-c cmd | -m mod | file | -] [arg] ...
Try `pyield -h' for more information.
";

/// `-h`
pub const HELP: &str = "\
usage: pyield [option] ... [-c cmd | -m mod | file | -] [arg] ...
       pyield run [--virtual-time] file [--block N] [--list] [--shared] [arg] ...
       pyield explain code | --list
       pyield repl | tokens file | ast file | dis file | trace file

A file that ends in .md is a document: its python blocks are run, each as a program of its own.
--block N : run block N only
--list    : show number, lines and first line of each block
--shared  : run all blocks in one namespace

--virtual-time : sleeping takes no time; the clock jumps to where a wait would have ended

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
