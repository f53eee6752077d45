//! Running programs: where they come from, and what `sys` and `__main__` say of that.

use super::arguments::{Options, Program, is_command};
use super::settings::{self, Settings};
use super::{complain, document, explain, limits};
use crate::bytecode::Code;
use crate::host::{Buffering, Host, HostError, RealHost, wants_colours};
use crate::interpreter::{Ending, Interpreter, os_value};
use crate::object::{Exception, Module, Str, Value, intern};
use crate::repl;
use crate::source::Source;
use crate::stdlib::archive::Archive;
use crate::vm::Found;
use std::ffi::{OsStr, OsString};
use std::mem::ManuallyDrop;
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::path::{Path, PathBuf};
use std::rc::Rc;

/// Native stack that the compiler may use: we are on the main thread, whose stack is several times larger.
const STACK: usize = 2 << 20;

/// Run a program; the exit status.
pub fn run(program: Program, options: Options) -> i32 {
    let mut host = real_host(&options);
    let unbuffered = options.unbuffered || variable(&mut *host, &options, "PYTHONUNBUFFERED").is_some();
    if unbuffered {
        // Standard output has not been written to: there is nothing that could fail.
        let _ = host.set_stdout_buffering(Buffering::None);
    }
    // Without it an interrupt ends the process, which is what it is meant to do.
    let _ = host.watch_interrupts();
    if let Some(time) = options.timeout {
        limits::begin(time);
    }
    match program {
        Program::Document { file, blocks } => document::run(host, &file, &blocks, &options),
        // With -i standard input is read as at the prompt, wherever it comes from.
        Program::Input { .. } | Program::Prompt if is_prompt(&mut *host, &program, &options) => {
            let mut interpreter = prepared(host, &options, OsStr::new(""), Some(PathBuf::new()));
            prompt(&mut interpreter, &options)
        }
        // What these are for elsewhere is the prompt here.
        Program::Module(name) if name == "asyncio" || name == "code" => {
            let mut interpreter = prepared(host, &options, OsStr::new(""), Some(PathBuf::new()));
            if let Ok(module) = interpreter.import("asyncio")
                && name == "asyncio"
            {
                interpreter.globals().set_str(&intern(b"asyncio"), module);
            }
            prompt(&mut interpreter, &options)
        }
        _ => match load(host, &program, &options) {
            Ok(mut ready) => {
                let outcome = ready.run();
                end(&mut ready.interpreter, outcome, &options)
            }
            Err(_) if inspects(&mut *real_host(&options), &options) => {
                // As with CPython: what could not be run has been said, and there is nothing to look at.
                let host = real_host(&options);
                let mut interpreter = prepared(host, &options, OsStr::new(""), Some(PathBuf::new()));
                leave(&mut interpreter, false, None, &options)
            }
            Err(status) => status,
        },
    }
}

/// Is the prompt to follow the program? A variable asks for that only where somebody could type.
pub(super) fn inspects(host: &mut dyn Host, options: &Options) -> bool {
    options.inspect || variable(host, options, "PYTHONINSPECT").is_some() && host.isatty(0)
}

/// Is it the prompt that the command line asks for?
pub(super) fn is_prompt(host: &mut dyn Host, program: &Program, options: &Options) -> bool {
    match program {
        Program::Prompt => true,
        Program::Input { .. } => host.isatty(0) || options.inspect,
        _ => false,
    }
}

/// A program that is ready to be run.
pub(super) struct Ready {
    pub interpreter: ManuallyDrop<Interpreter>,
    what: What,
}

enum What {
    Text(Rc<Source>),
    Code(Rc<Code>),
    /// It could not be read as a program.
    Failed(Value),
}

impl Ready {
    /// The text of the program, if it was read as one.
    pub fn text(&self) -> Option<&Source> {
        match &self.what {
            What::Text(source) => Some(source),
            What::Code(_) | What::Failed(_) => None,
        }
    }

    fn of_text(interpreter: ManuallyDrop<Interpreter>, source: Result<Rc<Source>, Value>) -> Ready {
        Ready { interpreter, what: source.map_or_else(What::Failed, What::Text) }
    }

    /// Runs it; how it ended.
    pub fn run(&mut self) -> Result<Value, Value> {
        match &self.what {
            What::Text(source) => self.interpreter.run(source),
            What::Code(code) => self.interpreter.execute(code),
            What::Failed(exception) => Err(exception.clone()),
        }
    }
}

/// Makes a program ready that is neither a document nor the prompt; the error is an exit status.
pub(super) fn load(host: Box<dyn Host>, program: &Program, options: &Options) -> Result<Ready, i32> {
    match program {
        Program::File(file) | Program::Document { file, .. } => file_program(host, file, options),
        Program::Code(code) => Ok(code_program(host, code, options)),
        Program::Module(name) => module_program(host, name, options),
        Program::Input { named } => input_program(host, *named, options),
        Program::Prompt => input_program(host, false, options),
    }
}

/// The operating system, as far as the options let a program see it.
pub(super) fn real_host(options: &Options) -> Box<dyn Host> {
    let mut host = RealHost::new();
    host.take_inherited();
    if options.virtual_time {
        host.use_virtual_time();
    }
    if let Some(seed) = options.seed {
        host.use_seed(seed);
    }
    Box::new(host)
}

/// A variable of the environment, if it is to be looked at and not empty.
pub(super) fn variable(host: &mut dyn Host, options: &Options, name: &str) -> Option<OsString> {
    if options.ignore_environment {
        return None;
    }
    host.env_get(OsStr::new(name)).filter(|value| !value.is_empty())
}

/// An interpreter that knows its arguments (`first` is `sys.argv[0]`) and where modules are; `directory` is the
/// program's own place, which comes first unless that is unwanted.
///
/// It is never dropped: what is left of a program at its end is memory, and giving that back piece by piece would take
/// time for nothing.
pub(super) fn prepared(
    mut host: Box<dyn Host>,
    options: &Options,
    first: &OsStr,
    directory: Option<PathBuf>,
) -> ManuallyDrop<Interpreter> {
    let mut path = Vec::new();
    let safe = options.safe_path || variable(&mut *host, options, "PYTHONSAFEPATH").is_some();
    path.extend(directory.filter(|_| !safe));
    if let Some(more) = variable(&mut *host, options, "PYTHONPATH") {
        path.extend(std::env::split_paths(&more).map(|place| absolute(&mut *host, &place)));
    }
    let explains = explains(&mut *host, options);
    let colours = wants_colours(&mut *host, 2, options.ignore_environment);
    let mut interpreter = Interpreter::new(host);
    interpreter.set_colours(colours);
    if explains {
        interpreter.vm.hooks.explain = explain::hints;
    }
    interpreter.set_stack(STACK);
    interpreter.set_search_path(&path);
    let arguments = [&[first.to_owned()], &*options.arguments].concat();
    interpreter.set_arguments(&arguments);
    let list = |words: &[OsString]| Value::list(words.iter().map(|word| os_value(word.as_bytes())).collect());
    interpreter.set_sys("sys.orig_argv", list(&std::env::args_os().collect::<Vec<_>>()));
    let settings = Settings::of(&mut *interpreter.vm.host, options);
    interpreter.set_sys("sys._xoptions", settings::implementation(options));
    interpreter.set_sys("sys.warnoptions", list(&settings.warnings));
    interpreter.set_optimization(settings.optimize);
    interpreter.set_marks(options.marks);
    interpreter.set_flags(&settings.flags(options));
    if let Some(digits) = settings.digits {
        interpreter.vm.state.insert("int_max_str_digits", Value::small(digits));
    }
    if let Some(bytes) = options.max_memory {
        crate::memory::allow(bytes);
    }
    if let Some(count) = options.max_instructions {
        limits::allow_instructions(&mut interpreter, count);
    }
    limits::share_time(&mut interpreter);
    interpreter.vm.hooks.limit_reached = limits::reached;
    if !settings.warnings.is_empty() {
        // Filters that are none are told of at once.
        let _ = interpreter.import("warnings");
    }
    ManuallyDrop::new(interpreter)
}

/// What is to be done when a program has ended: the prompt follows if it was asked for.
pub(super) fn end(interpreter: &mut Interpreter, outcome: Result<Value, Value>, options: &Options) -> i32 {
    if interpreter.vm.limit_reached().is_some() {
        return interpreter.finish(outcome).status();
    }
    if inspects(&mut *interpreter.vm.host, options) {
        interpreter.report_all(outcome);
        return leave(interpreter, false, None, options);
    }
    let out_of_memory = options.max_memory.is_some()
        && outcome.as_ref().is_err_and(|error| interpreter.vm.is_instance(error, &interpreter.vm.types.memory_error));
    let ending = interpreter.finish(outcome);
    if out_of_memory {
        complain("pyield: the program needs more memory than --max-memory allows\n");
        return limits::STATUS;
    }
    die_if_interrupted(interpreter, ending)
}

/// The prompt, with the version and what PYTHONSTARTUP names before it.
fn prompt(interpreter: &mut Interpreter, options: &Options) -> i32 {
    let startup = variable(&mut *interpreter.vm.host, options, "PYTHONSTARTUP").map(PathBuf::from);
    leave(interpreter, !options.quiet, startup, options)
}

/// Are the codes of mistakes told?
fn explains(host: &mut dyn Host, options: &Options) -> bool {
    match variable(host, options, "PYIELD_EXPLAIN") {
        Some(wanted) => wanted != "0",
        None => host.isatty(2),
    }
}

/// The prompt, and the end.
fn leave(interpreter: &mut Interpreter, banner: bool, startup: Option<PathBuf>, options: &Options) -> i32 {
    let history = variable(&mut *interpreter.vm.host, options, "PYTHON_HISTORY").map(PathBuf::from);
    if explains(&mut *interpreter.vm.host, options) {
        interpreter.vm.hooks.explain = explain::hints_at_prompt;
    }
    let codes = explain::codes().map(|(code, _)| code).collect();
    let ending = repl::run(interpreter, repl::Prompt { banner, startup, history, explain: explain::text, codes });
    die_if_interrupted(interpreter, ending)
}

pub(super) fn die_if_interrupted(interpreter: &mut Interpreter, ending: Ending) -> i32 {
    if ending == Ending::Interrupt {
        // The shell shall see that it was an interrupt that ended us.
        interpreter.vm.host.die_of_interrupt();
    }
    ending.status()
}

fn file_program(mut host: Box<dyn Host>, file: &OsStr, options: &Options) -> Result<Ready, i32> {
    let path = absolute(&mut *host, Path::new(file));
    if host.is_dir(&path) {
        return directory_program(host, file, &path, options);
    }
    let directory = real_directory(&mut *host, &path);
    let bytes = host.read_file(&path, usize::MAX).map_err(|error| {
        let status = cannot_open(&path, &error);
        if error.is(libc::ENOENT) && !file.as_bytes().contains(&b'.') && !file.as_bytes().contains(&b'/') {
            let name = file.to_string_lossy();
            complain(&match is_command(&name) {
                true => format!("pyield: a command stands before all options: pyield {name} ...\n"),
                false => format!("pyield: '{name}' is no command, either; pyield -h lists them\n"),
            });
        }
        status
    })?;
    if Archive::is(&bytes) {
        return directory_program(host, file, &path, options);
    }
    let mut interpreter = prepared(host, options, file, Some(directory));
    interpreter.set_file(&path);
    let source = text_of(&mut interpreter, &path, &bytes, options);
    Ok(Ready::of_text(interpreter, source))
}

/// The module `__main__` of a directory or an archive, which comes first of where modules are whatever the options say: it is what is run.
fn directory_program(host: Box<dyn Host>, file: &OsStr, directory: &Path, options: &Options) -> Result<Ready, i32> {
    let mut interpreter = prepared(host, options, file, None);
    interpreter.search_first(directory);
    match interpreter.find("__main__") {
        Ok(Some(Found::Python { code, module })) => {
            be_main(&mut interpreter, &module);
            Ok(Ready { interpreter, what: What::Code(code) })
        }
        Ok(_) => {
            complain(&format!("pyield: can't find '__main__' module in '{}'\n", directory.display()));
            Err(1)
        }
        Err(exception) => Ok(Ready { interpreter, what: What::Failed(exception) }),
    }
}

/// Gives `__main__` what a module says of itself.
fn be_main(interpreter: &mut Interpreter, module: &Value) {
    let globals = interpreter.globals();
    let Some(module) = module.get::<Module>() else { return };
    for attribute in ["__file__", "__package__", "__spec__", "__path__"] {
        if let Some(value) = module.get(attribute) {
            globals.set_str(&intern(attribute.as_bytes()), value);
        }
    }
}

pub(super) fn cannot_open(path: &Path, error: &HostError) -> i32 {
    let (errno, message) = (error.errno, &error.message);
    complain(&format!("pyield: can't open file '{}': [Errno {errno}] {message}\n", path.display()));
    2
}

fn text_of(interpreter: &mut Interpreter, path: &Path, bytes: &[u8], options: &Options) -> Result<Rc<Source>, Value> {
    let name = path.to_string_lossy();
    let text = interpreter.decode(&name, bytes)?;
    let text = match options.skip_first_line {
        // An empty line in its place keeps the numbers of the others.
        true => text.find('\n').map_or(String::new(), |end| text[end..].to_owned()),
        false => text,
    };
    Ok(Source::new(&*name, text))
}

fn code_program(host: Box<dyn Host>, code: &OsStr, options: &Options) -> Ready {
    let mut interpreter = prepared(host, options, OsStr::new("-c"), Some(PathBuf::new()));
    let source = match code.to_str() {
        Some(code) => Ok(Source::new("<string>", format!("{code}\n"))),
        None => interpreter.decode("<string>", code.as_bytes()).map(|code| Source::new("<string>", code)),
    };
    Ready::of_text(interpreter, source)
}

/// All of standard input.
pub(super) fn read_all(host: &mut dyn Host) -> Result<Vec<u8>, HostError> {
    let mut bytes = Vec::new();
    loop {
        match host.read_stdin(1 << 16)? {
            chunk if chunk.is_empty() => return Ok(bytes),
            chunk => bytes.extend(chunk),
        }
    }
}

fn input_program(mut host: Box<dyn Host>, named: bool, options: &Options) -> Result<Ready, i32> {
    let bytes = read_all(&mut *host).map_err(|error| {
        complain(&format!("pyield: can't read standard input: [Errno {}] {}\n", error.errno, error.message));
        1
    })?;
    let mut interpreter = prepared(host, options, OsStr::new(if named { "-" } else { "" }), Some(PathBuf::new()));
    let source = interpreter.decode("<stdin>", &bytes).map(|text| Source::unquoted("<stdin>", text));
    Ok(Ready::of_text(interpreter, source))
}

fn module_program(mut host: Box<dyn Host>, name: &OsStr, options: &Options) -> Result<Ready, i32> {
    let directory = host.current_dir().unwrap_or_default();
    let mut interpreter = prepared(host, options, OsStr::new("-m"), Some(directory));
    let name = name.to_string_lossy().into_owned();
    let found = match find_main(&mut interpreter, &name) {
        Ok(found) => found,
        Err(NoMain::Text(text)) => {
            complain(&format!("pyield: {text}\n"));
            return Err(1);
        }
        Err(NoMain::Raised(exception)) => return Ok(Ready { interpreter, what: What::Failed(exception) }),
    };
    let Found::Python { code, module } = found else {
        complain(&format!("pyield: No code object available for {name}\n"));
        return Err(1);
    };
    be_main(&mut interpreter, &module);
    let file = module.get::<Module>().and_then(|module| module.get("__file__")?.to_ref::<Str>());
    if let Some(file) = &file {
        let first = OsString::from_vec(file.as_bytes().to_vec());
        interpreter.set_arguments(&[&[first], &*options.arguments].concat());
    } else if !code.source.text().contains("__main__") {
        complain(&format!("pyield: {name} is a module of the library that does nothing when it is run\n"));
    }
    Ok(Ready { interpreter, what: What::Code(code) })
}

/// Why `-m` has nothing to run.
enum NoMain {
    Text(String),
    Raised(Value),
}

/// The code that `-m name` runs: the module's, or that of a package's `__main__`.
fn find_main(interpreter: &mut Interpreter, name: &str) -> Result<Found, NoMain> {
    if name.starts_with('.') {
        return Err(NoMain::Text("Relative module names not supported".to_owned()));
    }
    if let Some((parent, _)) = name.rsplit_once('.') {
        let not_found = |why: &str| {
            let what = format!("Error while finding module specification for '{name}' (ModuleNotFoundError: {why})");
            NoMain::Text(match name.strip_suffix(".py") {
                Some(module) => format!("{what}. Try using '{module}' instead of '{name}' as the module name."),
                None => what,
            })
        };
        if let Err(exception) = interpreter.import(parent) {
            let is_missing = interpreter.vm.is_instance(&exception, &interpreter.vm.types.module_not_found_error);
            let argument = exception.get::<Exception>().and_then(|exception| exception.arg(0)?.to_ref::<Str>());
            return Err(match argument.filter(|_| is_missing) {
                Some(text) => not_found(&text.to_string_lossy()),
                None => NoMain::Raised(exception),
            });
        }
        let imported = interpreter.vm.modules.get_str(&intern(parent.as_bytes()));
        if imported.is_none_or(|module| module.get::<Module>().is_some_and(|module| module.get("__path__").is_none())) {
            return Err(not_found(&format!(
                "__path__ attribute not found on '{parent}' while trying to find '{name}'"
            )));
        }
    }
    let found = if name.is_empty() { None } else { interpreter.find(name).map_err(NoMain::Raised)? };
    let Some(found) = found else { return Err(NoMain::Text(format!("No module named {name}"))) };
    let (Found::Python { module, .. } | Found::Native(module)) = &found;
    let is_package = module.get::<Module>().is_some_and(|module| module.get("__path__").is_some());
    if !is_package {
        return Ok(found);
    }
    interpreter.import(name).map_err(NoMain::Raised)?;
    match interpreter.find(&format!("{name}.__main__")).map_err(NoMain::Raised)? {
        Some(main) => Ok(main),
        None => {
            let why = format!("'{name}' is a package and cannot be directly executed");
            Err(NoMain::Text(format!("No module named {name}.__main__; {why}")))
        }
    }
}

/// The path from the root.
pub(super) fn absolute(host: &mut dyn Host, path: &Path) -> PathBuf {
    let plain = path.strip_prefix(".").unwrap_or(path);
    if plain.is_absolute() {
        return plain.to_path_buf();
    }
    match host.current_dir() {
        // What joins nothing puts a slash behind the directory.
        Ok(directory) if plain.as_os_str().is_empty() => directory,
        Ok(directory) => directory.join(plain),
        Err(_) => plain.to_path_buf(),
    }
}

/// The directory that holds a program, behind symbolic links.
pub(super) fn real_directory(host: &mut dyn Host, path: &Path) -> PathBuf {
    let real = host.real_path(path).unwrap_or_else(|_| path.to_path_buf());
    real.parent().unwrap_or(Path::new("/")).to_path_buf()
}
