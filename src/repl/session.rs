//! Input after input.

use super::commands::{self, Command};
use super::completion::complete;
use super::editor::{LineEditor, Manner, Said};
use super::history;
use super::input::{asks_about, says_nothing};
use super::lines::{self, Read};
use super::signature::rest_of_call;
use super::watch;
use crate::bytecode::Code;
use crate::host::{Fd, wants_colours};
use crate::interpreter::{Ending, Interpreter};
use crate::object::{Module, Ref, Str, Value, intern};
use crate::source::Source;
use crate::syntax::Mode;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::rc::Rc;

/// How the prompt is to start.
pub struct Prompt {
    /// Say who we are.
    pub banner: bool,
    /// A file to be run before.
    pub startup: Option<PathBuf>,
    /// The file that keeps the history, if it is not the usual one.
    pub history: Option<PathBuf>,
    /// What there is to be told of the mistake with a code.
    pub explain: fn(&str) -> Option<String>,
    /// The codes of all of them.
    pub codes: Vec<&'static str>,
}

/// Read and run until the end of input or `exit`.
pub fn run(interpreter: &mut Interpreter, prompt: Prompt) -> Ending {
    if prompt.banner {
        let version = env!("CARGO_PKG_VERSION");
        interpreter.say(&format!("pyield {version} (Python 3.14.2)\n:help for help, Ctrl-D or exit to leave.\n"));
    }
    let python = match interpreter.import("_prompt") {
        Ok(module) => module.to_ref::<Module>(),
        Err(exception) => {
            interpreter.show(&exception);
            None
        }
    };
    let Some(python) = python else { return Ending::Status(1) };
    interpreter.set_sys_now("ps1", Value::str(">>> "));
    interpreter.set_sys_now("ps2", Value::str("... "));
    if let Some(startup) = &prompt.startup {
        start_up(interpreter, startup);
    }
    let before = rustix::termios::tcgetattr(rustix::stdio::stdin()).ok();
    let (reader, history) = reader(interpreter, prompt.history);
    let mut session = Session {
        interpreter,
        python,
        reader,
        history,
        explain: prompt.explain,
        codes: prompt.codes,
        number: 0,
        traces: false,
    };
    let exit = session.turns();
    let closed = session.python("close", Vec::new());
    if let Err(exception) = closed {
        session.interpreter.show(&exception);
    }
    if let Some(before) = before {
        // The editor may have been in the middle of a line.
        let now = rustix::termios::OptionalActions::Now;
        let _ = rustix::termios::tcsetattr(rustix::stdio::stdin(), now, &before);
    }
    match exit {
        Some(exception) => interpreter.finish(Err(exception)),
        None => interpreter.finish(Ok(Value::NONE)),
    }
}

/// Run the file that is to be run before.
fn start_up(interpreter: &mut Interpreter, file: &Path) {
    let source = interpreter.load_file(file);
    if source.as_ref().is_err_and(|error| interpreter.vm.is_instance(error, &interpreter.vm.types.os_error)) {
        interpreter.say("Could not open PYTHONSTARTUP\n");
    }
    interpreter.set_file(file);
    let outcome = source.and_then(|source| interpreter.run(&source));
    interpreter.globals().remove_str(&intern(b"__file__"));
    if let Err(exception) = outcome {
        interpreter.show(&exception);
    }
}

/// Where inputs come from.
enum Reader {
    /// The line editor, and the end of the pipe where it announces what it says.
    Editor(LineEditor, Fd),
    /// Standard input, as it comes.
    Lines,
}

/// Who reads inputs, and the file of their history if there is one.
fn reader(interpreter: &mut Interpreter, history: Option<PathBuf>) -> (Reader, Option<PathBuf>) {
    let host = &mut interpreter.vm.host;
    let mut variable = |name: &str| host.env_get(OsStr::new(name)).filter(|value| !value.is_empty());
    let basic = variable("PYTHON_BASIC_REPL").is_some();
    let terminal = variable("TERM").unwrap_or_default();
    let usual = variable("XDG_STATE_HOME").map(PathBuf::from);
    let usual = usual.or_else(|| Some(PathBuf::from(variable("HOME")?).join(".local/state")));
    let history = history.or_else(|| usual.map(|directory| directory.join("pyield/history")));
    let colour = wants_colours(&mut **host, 1, false);
    if basic || !host.isatty(0) || !host.isatty(1) || ["dumb", "cons25", "emacs"].iter().any(|dumb| terminal == *dumb) {
        return (Reader::Lines, None);
    }
    let builtins = interpreter.vm.builtins.keys();
    let builtins = builtins.iter().filter_map(|name| Some(name.get::<Str>()?.to_string_lossy().into_owned()));
    let builtins = builtins.filter(|name| !name.starts_with('_')).collect();
    // The program may go elsewhere. Without a place for it there is no history.
    let history = history.map(|file| interpreter.absolute(&file));
    if let Some(directory) = history.as_deref().and_then(Path::parent) {
        let _ = interpreter.vm.host.create_dirs(directory, 0o700);
    }
    let before = history.as_deref().map_or_else(Vec::new, |file| history::read(&mut *interpreter.vm.host, file));
    let Ok((editor, bell)) = LineEditor::start(Manner { colour, history: before, builtins }) else {
        return (Reader::Lines, None);
    };
    let adopted = interpreter.vm.host.adopt(bell);
    match adopted.and_then(|bell| interpreter.vm.host.set_blocking(bell, false).map(|()| bell)) {
        Ok(bell) => (Reader::Editor(editor, bell), history),
        Err(_) => (Reader::Lines, None),
    }
}

/// A conversation with whoever sits there.
struct Session<'i> {
    interpreter: &'i mut Interpreter,
    /// What the prompt does in Python.
    python: Ref<Module>,
    reader: Reader,
    /// The file that keeps what is typed.
    history: Option<PathBuf>,
    /// What is told of a mistake.
    explain: fn(&str) -> Option<String>,
    /// The codes of mistakes.
    codes: Vec<&'static str>,
    /// Of the next input.
    number: usize,
    /// Is it shown what inputs do?
    traces: bool,
}

impl Session<'_> {
    /// Input after input. The `SystemExit` that ended it; `None` at the end of input.
    fn turns(&mut self) -> Option<Value> {
        loop {
            // What the last input printed stands before the prompt, and the prompt at the beginning of a line.
            let _ = self.interpreter.vm.host.flush_stdout();
            if matches!(self.reader, Reader::Editor(..)) && self.interpreter.vm.host.line_is_open() {
                self.print("\n");
            }
            let read = match self.read() {
                Ok(read) => read,
                Err(exit) => return Some(exit),
            };
            let text = match read {
                Read::Text(text) => text,
                Read::Interrupted => {
                    // The editor has ended its line.
                    let end = if matches!(self.reader, Reader::Editor(..)) { "" } else { "\n" };
                    self.interpreter.say(&format!("{end}KeyboardInterrupt\n"));
                    continue;
                }
                Read::End => return None,
            };
            if says_nothing(&text) {
                continue;
            }
            if self.is_word(&text, &["exit", "quit"]) {
                return None;
            }
            if let Err(exception) = self.obey(text) {
                if self.interpreter.vm.is_instance(&exception, &self.interpreter.vm.types.system_exit) {
                    return Some(exception);
                }
                self.interpreter.set_sys_now("last_exc", exception.clone());
                self.interpreter.set_sys_now("last_value", exception.clone());
                self.interpreter.show(&exception);
            }
        }
    }

    /// Do what an input says.
    fn obey(&mut self, text: String) -> Result<(), Value> {
        let line = text.trim();
        if line == "?" || self.is_word(&text, &["help"]) {
            return self.command(Command::Help);
        }
        if self.is_word(&text, &["clear"]) {
            self.print("\x1b[H\x1b[2J");
            return Ok(());
        }
        if line.starts_with(':') && !line.contains('\n') {
            return match commands::command(line) {
                Ok(command) => self.command(command),
                Err(problem) => {
                    self.print(&format!("{problem}\n"));
                    Ok(())
                }
            };
        }
        if let Some((name, source)) = asks_about(line).filter(|_| !line.contains('\n')) {
            let value = self.value_of(name)?;
            return self.python("describe", vec![value, Value::bool(source)]).map(drop);
        }
        let code = self.compiled(text, Mode::Single)?;
        self.watched(&code)
    }

    fn command(&mut self, command: Command) -> Result<(), Value> {
        match command {
            Command::Help => self.print(&commands::help()),
            Command::Tasks => drop(self.python("tasks", Vec::new())?),
            Command::Tree => drop(self.python("tree", Vec::new())?),
            Command::Frames => drop(self.python("frames", Vec::new())?),
            Command::Trace(on) => self.traces = on,
            Command::Explain(code) => {
                let text = (self.explain)(&code);
                self.print(&text.unwrap_or_else(|| {
                    format!("no mistake has the code {code}; pyield explain --list shows them all\n")
                }));
            }
            Command::Step(expression) => {
                let step = commands::step(&expression);
                let (resumed, with) = (self.value_of(step.resumed)?, self.value_of(step.with)?);
                self.python("step", vec![resumed, Value::str(step.how), with])?;
            }
            Command::Load(file) => {
                let home = file.strip_prefix("~/").zip(self.interpreter.vm.host.env_get("HOME".as_ref()));
                let file = home.map_or_else(|| PathBuf::from(&file), |(rest, home)| Path::new(&home).join(rest));
                let path = self.interpreter.absolute(&file);
                let source = self.interpreter.load_file(&path)?;
                let code = self.interpreter.compile_loaded(&source)?;
                self.watched(&code)?;
            }
            Command::Time(statement) => {
                let code = self.compiled(statement + "\n", Mode::Single)?;
                let start = self.interpreter.vm.host.monotonic_ns();
                let outcome = self.watched(&code);
                let taken = self.interpreter.vm.host.monotonic_ns() - start;
                let _ = self.interpreter.vm.host.flush_stdout();
                self.print(&format!("took {}\n", duration(taken)));
                outcome?;
            }
        }
        Ok(())
    }

    /// Compile an input under a name of its own, by which its lines are known from now on.
    fn compiled(&mut self, text: String, mode: Mode) -> Result<Rc<Code>, Value> {
        // What is piped in has one name, as in CPython.
        let name = match self.interpreter.vm.host.isatty(0) {
            true => format!("<python-input-{}>", self.number),
            false => "<stdin>".to_owned(),
        };
        self.number += 1;
        let shown = Value::str(&text);
        self.python("remember", vec![Value::str(&name), shown.clone()])?;
        let source = Source::new(name, text);
        // What was edited as a whole may be several statements; of lines that come one by one each is one.
        let compiled = match (mode, &self.reader) {
            (Mode::Single, Reader::Editor(..)) => self.interpreter.compile_typed(&source),
            _ => self.interpreter.compile(&source, mode),
        };
        match compiled {
            Err(error) => Err(self.python("with_text", vec![error, shown])?),
            code => code,
        }
    }

    /// What an expression comes to.
    fn value_of(&mut self, expression: &str) -> Result<Value, Value> {
        let code = self.compiled(expression.to_owned(), Mode::Eval)?;
        self.lent(&code)
    }

    /// Run code, and show what it did if that is wanted.
    fn watched(&mut self, code: &Rc<Code>) -> Result<(), Value> {
        if self.traces {
            watch::begin(self.interpreter);
        }
        let outcome = self.execute(code);
        if self.traces {
            let text = watch::end(self.interpreter);
            self.print(&text);
        }
        outcome
    }

    /// Run code: what awaits as a task, everything else as it is.
    fn execute(&mut self, code: &Rc<Code>) -> Result<(), Value> {
        if !code.flags.coroutine {
            return self.lent(code).map(drop);
        }
        let coroutine = self.interpreter.execute(code)?;
        // What one input has set the next finds, whether they await or not.
        let context = self.interpreter.context();
        let raised = self.python("run", vec![coroutine, context])?;
        if raised.is_none() { Ok(()) } else { Err(raised) }
    }

    /// Run code that awaits nothing, with the loop lent to it.
    fn lent(&mut self, code: &Rc<Code>) -> Result<Value, Value> {
        let wanted = code.source.text().contains("asyncio");
        self.python("begin", vec![Value::bool(wanted)])?;
        let outcome = self.interpreter.execute(code);
        let ended = self.python("end", Vec::new());
        let value = outcome?;
        ended.map(|_| value)
    }

    /// Call one of our functions in Python.
    fn python(&mut self, function: &str, args: Vec<Value>) -> Result<Value, Value> {
        match self.python.get(function) {
            Some(function) => self.interpreter.vm.call(&function, args),
            None => Ok(Value::NONE),
        }
    }

    fn print(&mut self, text: &str) {
        // When nobody reads it there is nobody to tell.
        let _ = self.interpreter.vm.host.write_stdout(text.as_bytes());
        let _ = self.interpreter.vm.host.flush_stdout();
    }

    /// One of these words alone, with or without parentheses, that the program does not use as a name.
    fn is_word(&self, text: &str, words: &[&str]) -> bool {
        let word = text.trim();
        let name = word.strip_suffix("()").unwrap_or(word);
        words.contains(&name) && self.interpreter.globals().get_str(&intern(name.as_bytes())).is_none()
    }

    /// The next input. `Err` when a task asked for the end meanwhile.
    fn read(&mut self) -> Result<Read, Value> {
        if let Reader::Lines = self.reader {
            return Ok(lines::read(self.interpreter, &self.python));
        }
        let mark = self.python("mark", vec![Value::bool(false)]);
        if let Reader::Editor(editor, _) = &self.reader {
            editor.read(mark.ok().and_then(|mark| Some(mark.get::<Str>()?.to_string_lossy().into_owned())));
            self.interpreter.vm.host.divert(Some(editor.above()));
            self.interpreter.vm.host.lend(Some(editor.lender()));
        }
        let read = self.typed();
        // What was written while the line was there belongs above it.
        self.interpreter.vm.host.lend(None);
        let _ = self.interpreter.vm.host.flush_stdout();
        self.interpreter.vm.host.divert(None);
        if let Reader::Editor(editor, _) = &self.reader {
            editor.settle();
        }
        read
    }

    /// Let tasks go on until the editor has an input, and answer its questions.
    fn typed(&mut self) -> Result<Read, Value> {
        /// So often waiting may fail before it is given up: nothing goes on then while somebody types.
        const PATIENCE: usize = 20;
        let mut failures = 0;
        loop {
            let Reader::Editor(editor, bell) = &self.reader else { return Ok(Read::End) };
            let bell = *bell;
            let said = if failures < PATIENCE { editor.hear() } else { Some(editor.hear_next()) };
            match said {
                Some(Said::Text(text)) => return Ok(Read::Text(text)),
                Some(Said::Kept(text)) => {
                    if let Some(file) = &self.history {
                        // Where it cannot be kept it is at hand as long as this prompt is.
                        let _ = history::append(&mut *self.interpreter.vm.host, file, &text);
                    }
                }
                Some(Said::Interrupted) => return Ok(Read::Interrupted),
                Some(Said::End) => return Ok(Read::End),
                Some(Said::Complete(text, reply)) => {
                    // The editor may have lost patience.
                    let _ = reply.send(complete(self.interpreter, &text, &self.codes));
                    failures = 0;
                }
                Some(Said::Call(text, reply)) => {
                    let _ = reply.send(rest_of_call(self.interpreter, &text));
                    failures = 0;
                }
                None => match self.python("wait", vec![Value::small(bell.into())]) {
                    Ok(_) => {
                        let mut bytes = [0; 64];
                        // A byte that is not there yet is read the next time.
                        let _ = self.interpreter.vm.host.read(bell, &mut bytes);
                    }
                    Err(exception) => {
                        let types = &self.interpreter.vm.types;
                        if self.interpreter.vm.is_instance(&exception, &types.system_exit) {
                            return Err(exception);
                        }
                        failures += 1;
                        // What was interrupted may have been reading.
                        self.interpreter.vm.host.borrow_terminal(false);
                        if !self.interpreter.vm.is_instance(&exception, &types.keyboard_interrupt) {
                            self.interpreter.show(&exception);
                        }
                    }
                },
            }
        }
    }
}

/// A time as one says it.
fn duration(nanoseconds: i64) -> String {
    let time = nanoseconds as f64;
    match nanoseconds {
        ..1_000 => format!("{nanoseconds} ns"),
        1_000..1_000_000 => format!("{:.3} us", time / 1e3),
        1_000_000..1_000_000_000 => format!("{:.3} ms", time / 1e6),
        _ => format!("{:.3} s", time / 1e9),
    }
}
