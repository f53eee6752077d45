//! The command line, read as `python3` reads its own: short options may stand together (`-Bsu`), `-c` and `-m` end the
//! options, everything behind the program is the program's. Before that, we have a few subcommands.

use super::help::SUBCOMMANDS;
use super::settings;
use super::trace::{self, Trace};
use crate::compiler::Marks;
use std::ffi::{OsStr, OsString};
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::time::Duration;

/// What is to be done.
#[derive(Debug, PartialEq)]
pub enum Action {
    /// `-h`
    Help,
    /// `--help-env`
    Environment,
    /// `--help-xoptions`
    Implementation,
    /// `--help-all`
    All,
    /// `-V`, or `-VV`
    Version { twice: bool },
    /// `tokens`, `ast`, `dis`: of what.
    Show(Window, Program),
    /// `trace`
    Trace(Trace),
    /// `explain`, `explain --list`, `explain CODE`
    Explain(Option<String>),
    /// `man`
    Manual,
    /// `completions SHELL`
    Completions(String),
    /// `completions --offer WORDS`: what a shell may show for the last of the words behind `pyield`.
    Offer(Vec<OsString>),
    /// Run a program.
    Run(Program, Options),
}

/// A window on one stage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Window {
    Tokens,
    Ast,
    Dis,
}

/// Where the program is.
#[derive(Debug, Default, PartialEq)]
pub enum Program {
    /// A file, or a directory with a `__main__.py`.
    File(OsString),
    /// The Python in a Markdown document.
    Document { file: OsString, blocks: Blocks },
    /// `-c`
    Code(OsString),
    /// `-m`
    Module(OsString),
    /// Standard input. `-` when it was named.
    Input { named: bool },
    /// The prompt, whatever standard input is.
    #[default]
    Prompt,
}

/// Which blocks of a document, and how.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Blocks {
    /// Only this one, from 1.
    pub only: Option<usize>,
    /// Show them instead of running them.
    pub list: bool,
    /// All in one namespace.
    pub shared: bool,
    /// Compare what they print with the output shown behind them.
    pub check: bool,
    /// Write what they print behind them, into the document.
    pub update: bool,
}

/// The options of `python3`, as far as they change anything here, and the program's arguments.
#[derive(Debug, Default, PartialEq)]
pub struct Options {
    /// `-i`
    pub inspect: bool,
    /// `-q`
    pub quiet: bool,
    /// `-u`
    pub unbuffered: bool,
    /// `-E`, `-I`
    pub ignore_environment: bool,
    /// `-P`, `-I`
    pub safe_path: bool,
    /// `-x`
    pub skip_first_line: bool,
    /// `-W`
    pub warnings: Vec<OsString>,
    /// `-X`
    pub implementation: Vec<OsString>,
    /// Letters that change nothing, for `sys.flags`.
    pub without_effect: Vec<u8>,
    /// `-O` once or twice
    pub optimize: u8,
    /// `--virtual-time`: ours, not Python's.
    pub virtual_time: bool,
    /// `--seed`
    pub seed: Option<u64>,
    /// `--max-memory`, in bytes
    pub max_memory: Option<usize>,
    /// `--max-instructions`
    pub max_instructions: Option<u64>,
    /// `--timeout`
    pub timeout: Option<Duration>,
    /// What `trace` wants to be told of within lines and functions.
    pub marks: Marks,
    /// What stands behind the program.
    pub arguments: Vec<OsString>,
}

/// What is wrong with the command line.
pub type Mistake = String;

/// What the command line asks for; `line` does not hold the program's own name.
pub fn arguments(line: Vec<OsString>) -> Result<Action, Mistake> {
    let window = |window| match &line[1..] {
        [option, code] if option == "-c" => Ok(Action::Show(window, Program::Code(code.clone()))),
        [file] if file == "-" => Ok(Action::Show(window, Program::Input { named: true })),
        [option] if option.as_bytes().starts_with(b"-") && option != "-c" => {
            Err(format!("unknown option {}", option.display()))
        }
        [file] if file != "-c" => Ok(Action::Show(window, Program::File(file.clone()))),
        [] => Err(format!("{} needs a file, or -c and code", line[0].display())),
        _ => Err(format!("{} takes one file, or -c and code", line[0].display())),
    };
    let command = line.first().and_then(|word| word.to_str());
    if command.is_some_and(is_command) && line.get(1).is_some_and(|word| is_help(word)) {
        return Ok(Action::Help);
    }
    match command {
        Some("tokens") => window(Window::Tokens),
        Some("ast") => window(Window::Ast),
        Some("dis") => window(Window::Dis),
        Some("trace") => trace::arguments(&line[1..]).map(Action::Trace),
        Some("repl") => python_options(line[1..].to_vec()).map(|action| match action {
            Action::Run(_, options) => Action::Run(Program::Prompt, options),
            other => other,
        }),
        Some("explain") if line.len() > 2 => Err("explain takes one code".to_owned()),
        Some("explain") => Ok(Action::Explain(line.get(1).map(|code| code.to_string_lossy().into_owned()))),
        Some("help") if line.len() == 1 => Ok(Action::Help),
        Some("man") if line.len() == 1 => Ok(Action::Manual),
        Some("man") => Err("man stands alone".to_owned()),
        Some("completions") => match line.get(1) {
            Some(option) if option == "--offer" => Ok(Action::Offer(line[2..].to_vec())),
            Some(shell) if line.len() == 2 => Ok(Action::Completions(shell.to_string_lossy().into_owned())),
            _ => Err("completions needs a shell: bash, zsh or fish".to_owned()),
        },
        Some("run") => run(line[1..].to_vec()),
        _ => python_options(line),
    }
}

/// May it stand in the place of a program?
pub(super) fn is_command(word: &str) -> bool {
    SUBCOMMANDS.iter().any(|(name, _)| *name == word)
}

fn is_help(word: &OsStr) -> bool {
    matches!(word.to_str(), Some("-h" | "-?" | "--help"))
}

/// Takes an option of ours that any program may be run with.
pub(super) fn limit(
    options: &mut Options,
    word: &OsStr,
    rest: &mut dyn Iterator<Item = OsString>,
) -> Result<bool, Mistake> {
    let (name, given) = match word.to_str().and_then(|word| word.split_once('=')) {
        Some((name, value)) => (name.to_owned(), Some(value.to_owned())),
        None => (word.to_string_lossy().into_owned(), None),
    };
    if name == "--virtual-time" && given.is_none() {
        options.virtual_time = true;
        return Ok(true);
    }
    if !matches!(&*name, "--seed" | "--max-memory" | "--max-instructions" | "--timeout") {
        return Ok(false);
    }
    let value = given.or_else(|| rest.next().map(|value| value.to_string_lossy().into_owned()));
    let value = value.ok_or_else(|| format!("{name} needs a value"))?;
    let wrong = |what: &str| format!("{name}: '{value}' is no {what}");
    match &*name {
        "--seed" => options.seed = Some(value.parse().map_err(|_| wrong("number from 0"))?),
        "--max-memory" => options.max_memory = Some(size(&value).ok_or_else(|| wrong("size, such as 64MB"))?),
        "--max-instructions" => {
            options.max_instructions = Some(count(&value).ok_or_else(|| wrong("number, such as 500000 or 10M"))?);
        }
        _ => options.timeout = Some(duration(&value).ok_or_else(|| wrong("time, such as 2s or 500ms"))?),
    }
    Ok(true)
}

/// A number with one of these units behind it, which are so large; without one, of the first.
fn quantity(text: &str, units: &[(&str, f64)]) -> Option<f64> {
    let end = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
    let (number, unit) = text.split_at(end);
    let unit = unit.trim().to_ascii_lowercase();
    let factor = if unit.is_empty() { 1.0 } else { units.iter().find(|(name, _)| *name == unit)?.1 };
    number.parse::<f64>().ok().map(|number| number * factor).filter(|number| *number > 0.0 && *number < 1e15)
}

/// `64MB`, `1GiB`, `100000`: bytes.
fn size(text: &str) -> Option<usize> {
    let units =
        [("b", 1.0), ("kb", 1e3), ("mb", 1e6), ("gb", 1e9), ("k", 1024.0), ("m", 1048576.0), ("g", 1073741824.0)];
    let binary = [("kib", 1024.0), ("mib", 1048576.0), ("gib", 1073741824.0)];
    quantity(text, &[&units[..], &binary].concat()).map(|bytes| bytes as usize)
}

/// `500000`, `10k`, `10M`, `2G`: a number of something.
fn count(text: &str) -> Option<u64> {
    quantity(text, &[("k", 1e3), ("m", 1e6), ("g", 1e9)]).map(|count| count as u64)
}

/// `2`, `2s`, `500ms`, `1m`, `1h`; a bare number is seconds.
fn duration(text: &str) -> Option<Duration> {
    let units = [("s", 1.0), ("ms", 1e-3), ("us", 1e-6), ("m", 60.0), ("min", 60.0), ("h", 3600.0)];
    quantity(text, &units).map(Duration::from_secs_f64)
}

/// `run [OPTIONS] FILE [--block N] [--list] [--shared] [--check] [--update] [ARGS]`; these flags, which are for documents, may
/// stand before the file, too.
fn run(line: Vec<OsString>) -> Result<Action, Mistake> {
    let (mut blocks, mut given) = (Blocks::default(), false);
    let mut own = |word: &OsStr, words: &mut dyn Iterator<Item = OsString>| {
        let taken = flag(&mut blocks, word, words)?.is_some();
        given |= taken;
        Ok(taken)
    };
    let (program, mut options) = match program(line, Options::default(), &mut own)? {
        Action::Run(Program::Input { named: false }, _) => return Err("run needs a file".to_owned()),
        Action::Run(program, options) => (program, options),
        other => return Ok(other),
    };
    let Program::Document { file, .. } = program else {
        if given {
            return Err("--block, --list, --shared, --check and --update are for Markdown documents".to_owned());
        }
        return Ok(Action::Run(program, options));
    };
    let mut words = options.arguments.into_iter().peekable();
    while let Some(word) = words.next_if(|word| is_flag(word)) {
        flag(&mut blocks, &word, &mut words)?;
    }
    options.arguments = words.collect();
    Ok(Action::Run(Program::Document { file, blocks }, options))
}

fn is_flag(word: &OsStr) -> bool {
    matches!(word.to_str(), Some("--block" | "--list" | "--shared" | "--check" | "--update"))
        || word.as_bytes().starts_with(b"--block=")
}

fn flag(blocks: &mut Blocks, word: &OsStr, rest: &mut dyn Iterator<Item = OsString>) -> Result<Option<()>, Mistake> {
    let (name, value) = match word.to_str().and_then(|word| word.split_once('=')) {
        Some((name, value)) => (name.to_owned(), Some(OsString::from(value))),
        None => (word.to_string_lossy().into_owned(), None),
    };
    match name.as_str() {
        "--list" => blocks.list = true,
        "--shared" => blocks.shared = true,
        "--check" => blocks.check = true,
        "--update" => blocks.update = true,
        "--block" => {
            let number = value.or_else(|| rest.next()).ok_or("--block needs a number")?;
            let number = number.to_str().and_then(|number| number.parse().ok()).filter(|number| *number > 0);
            blocks.only = Some(number.ok_or("--block needs a number, from 1")?);
        }
        _ => return Ok(None),
    }
    Ok(Some(()))
}

/// Does the name say that it is a Markdown document?
pub(super) fn is_document(file: &OsStr) -> bool {
    let name = file.as_bytes().to_ascii_lowercase();
    name.ends_with(b".md") || name.ends_with(b".markdown")
}

fn python_options(line: Vec<OsString>) -> Result<Action, Mistake> {
    program(line, Options::default(), &mut |_, _| Ok(false))
}

/// Takes an option of a command's own, with its value; says whether it was one.
pub(super) type Own<'a> = dyn FnMut(&OsStr, &mut dyn Iterator<Item = OsString>) -> Result<bool, Mistake> + 'a;

/// Which program is to be run, with these options and those that stand before it, among which may be a command's own.
pub(super) fn program(line: Vec<OsString>, mut options: Options, own: &mut Own) -> Result<Action, Mistake> {
    let mut words = line.into_iter();
    let mut versions = 0;
    let program = loop {
        let Some(word) = words.next() else { break Program::Input { named: false } };
        if word == "-" {
            break Program::Input { named: true };
        }
        if word == "--" {
            match words.next() {
                Some(file) => break file_program(file),
                None => break Program::Input { named: false },
            }
        }
        if word.as_bytes().starts_with(b"-") && own(&word, &mut words)? {
            continue;
        }
        if let Some(long) = word.as_bytes().strip_prefix(b"--") {
            match long {
                b"help" => return Ok(Action::Help),
                b"help-all" => return Ok(Action::All),
                b"help-env" => return Ok(Action::Environment),
                b"help-xoptions" => return Ok(Action::Implementation),
                b"version" => versions += 1,
                b"check-hash-based-pycs" => {
                    let kinds = ["always", "default", "never"];
                    if !words.next().is_some_and(|kind| kinds.iter().any(|known| kind == *known)) {
                        let problem = "--check-hash-based-pycs must be one of 'default', 'always', or 'never'";
                        return Err(problem.to_owned());
                    }
                }
                _ if limit(&mut options, &word, &mut words)? => {}
                _ => return Err(format!("unknown option {}", word.display())),
            }
            continue;
        }
        let Some(letters) = word.as_bytes().strip_prefix(b"-") else { break file_program(word) };
        let mut chosen = None;
        for (at, letter) in letters.iter().enumerate() {
            // The rest of the word, or else the next one.
            let mut value = || match &letters[at + 1..] {
                [] => words.next().ok_or_else(|| format!("Argument expected for the -{} option", char::from(*letter))),
                rest => Ok(OsString::from_vec(rest.to_vec())),
            };
            match letter {
                b'c' => chosen = Some(Program::Code(value()?)),
                b'm' => chosen = Some(Program::Module(value()?)),
                b'W' => options.warnings.push(value()?),
                b'X' => {
                    let option = value()?;
                    if let Some(mistake) = settings::mistake(&option) {
                        return Err(mistake);
                    }
                    options.implementation.push(option);
                }
                b'h' | b'?' => return Ok(Action::Help),
                b'V' => versions += 1,
                b'i' => options.inspect = true,
                b'q' => options.quiet = true,
                b'u' => options.unbuffered = true,
                b'E' => options.ignore_environment = true,
                b'P' => options.safe_path = true,
                b'I' => (options.ignore_environment, options.safe_path) = (true, true),
                b'O' => options.optimize = options.optimize.saturating_add(1),
                b'x' => options.skip_first_line = true,
                // They change nothing here but what `sys.flags` says: there is no site, no byte code on disk, no debugging of the parser.
                b'b' | b'B' | b'd' | b'R' | b's' | b'S' | b't' | b'v' => options.without_effect.push(*letter),
                b'J' => return Err("-J is reserved for Jython".to_owned()),
                _ => return Err(format!("Unknown option: -{}", char::from(*letter))),
            }
            if matches!(letter, b'c' | b'm' | b'W' | b'X') {
                break;
            }
        }
        if let Some(program) = chosen {
            break program;
        }
    };
    if versions > 0 {
        return Ok(Action::Version { twice: versions > 1 });
    }
    options.arguments = words.collect();
    Ok(Action::Run(program, options))
}

fn file_program(file: OsString) -> Program {
    if is_document(&file) { Program::Document { file, blocks: Blocks::default() } } else { Program::File(file) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Result<Action, Mistake> {
        arguments(line.split_whitespace().map(OsString::from).collect())
    }

    fn program(line: &str) -> (Program, Options) {
        match read(line) {
            Ok(Action::Run(program, options)) => (program, options),
            other => panic!("{line}: {other:?}"),
        }
    }

    #[test]
    fn options_of_python() {
        let (what, options) = program("-BuI -Wignore -X dev x.py -i --list a");
        assert_eq!(what, Program::File("x.py".into()));
        assert!(options.unbuffered && options.safe_path && options.ignore_environment && !options.inspect);
        assert_eq!((options.warnings, options.implementation), (vec!["ignore".into()], vec!["dev".into()]));
        assert_eq!(options.arguments, ["-i", "--list", "a"]);
        assert_eq!(program("-ic pass -V").0, Program::Code("pass".into()));
        assert_eq!(program("-mjson.tool x").0, Program::Module("json.tool".into()));
        assert_eq!(program("- x").0, Program::Input { named: true });
        assert_eq!(program("").0, Program::Input { named: false });
        assert_eq!(program("-- -c").0, Program::File("-c".into()));
        assert_eq!(read("-VV"), Ok(Action::Version { twice: true }));
        assert_eq!(read("-z"), Err("Unknown option: -z".to_owned()));
        assert_eq!(read("--nope"), Err("unknown option --nope".to_owned()));
        assert_eq!(read("-c"), Err("Argument expected for the -c option".to_owned()));
    }

    #[test]
    fn documents() {
        let (what, options) = program("run --block 2 a.md --shared x --list");
        let blocks = Blocks { only: Some(2), shared: true, ..Blocks::default() };
        assert_eq!(what, Program::Document { file: "a.md".into(), blocks });
        assert_eq!(options.arguments, ["x", "--list"]);
        assert_eq!(program("a.MD x").0, Program::Document { file: "a.MD".into(), blocks: Blocks::default() });
        assert_eq!(program("run a.py --list").1.arguments, ["--list"]);
        let (what, options) = program("run --seed 7 -Ou a.py -x");
        assert_eq!((what, options.seed, options.optimize), (Program::File("a.py".into()), Some(7), 1));
        let (_, options) = program("run --seed 7 --timeout=500ms --max-memory 64MB a.py --seed");
        assert_eq!((options.seed, options.max_memory), (Some(7), Some(64_000_000)));
        assert_eq!((options.timeout, options.arguments), (Some(Duration::from_millis(500)), vec!["--seed".into()]));
        let (_, options) = program("--max-instructions 1.5M a.py");
        assert_eq!(options.max_instructions, Some(1_500_000));
        assert_eq!(program("--max-memory 2GiB -c 1").1.max_memory, Some(2 << 30));
        assert!(read("--timeout soon a.py").is_err_and(|mistake| mistake.contains("'soon' is no time")));
        assert!(read("run --block 0 a.md").is_err() && read("run --list a.py").is_err() && read("run").is_err());
    }

    #[test]
    fn windows_and_prompt() {
        assert_eq!(read("dis a.py"), Ok(Action::Show(Window::Dis, Program::File("a.py".into()))));
        assert!(matches!(read("trace a -x"), Ok(Action::Trace(Trace::Program(_)))));
        assert_eq!(read("explain PY001"), Ok(Action::Explain(Some("PY001".to_owned()))));
        assert!(read("explain a b").is_err());
        assert!(
            read("tokens").is_err() && read("ast a b").is_err() && read("dis -x").is_err() && read("man x").is_err()
        );
        assert_eq!(program("repl -q").0, Program::Prompt);
        assert_eq!(program("./run").0, Program::File("./run".into()));
    }
}
