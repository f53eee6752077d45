//! The prompt.
//!
//! Reads an input (several lines, when the parser says that the first are not a whole one: [`input`]), runs it in
//! `__main__`, shows what expressions come to, and goes on, whatever happened. Tab completes names and attributes without
//! running anything of the program ([`completion`]).

mod completion;
mod input;

use crate::interpreter::{Ending, Interpreter};
use crate::object::intern;
use crate::source::Source;
use crate::syntax::Mode;
use completion::Names;
use input::{Input, input, says_nothing};
use rustyline::config::Configurer;
use rustyline::error::ReadlineError;
use rustyline::history::FileHistory;
use rustyline::{CompletionType, Config, Editor};
use std::ffi::OsStr;
use std::path::PathBuf;

/// How the prompt is to start.
#[derive(Default)]
pub struct Prompt {
    /// Say who we are.
    pub banner: bool,
    /// A file to be run before.
    pub startup: Option<PathBuf>,
    /// The file that keeps the history, if it is not the usual one.
    pub history: Option<PathBuf>,
}

/// The longest history that is kept.
const HISTORY: usize = 10_000;

type Lines = Editor<Names, FileHistory>;

/// Read and run until the end of input or `exit`.
pub fn run(interpreter: &mut Interpreter, prompt: Prompt) -> Ending {
    if prompt.banner {
        let version = env!("CARGO_PKG_VERSION");
        interpreter.say(&format!("pyield {version} (Python 3.14.2)\nCtrl-D or exit ends it.\n"));
    }
    if let Some(startup) = &prompt.startup {
        let outcome = interpreter.load_file(startup).and_then(|source| interpreter.run(&source));
        if let Err(exception) = outcome {
            interpreter.show(&exception);
        }
    }
    let config = Config::builder().completion_type(CompletionType::List).build();
    let mut lines = match Lines::with_config(config) {
        Ok(lines) => lines,
        Err(error) => {
            interpreter.say(&format!("pyield: no prompt: {error}\n"));
            return Ending::Status(1);
        }
    };
    lines.set_helper(Some(Names::of(interpreter)));
    let history = prompt.history.or_else(|| {
        let home = interpreter.vm.host.env_get(OsStr::new("HOME"))?;
        Some(PathBuf::from(home).join(".pyield_history"))
    });
    // Without a history there is one to begin with; without room for it there is none.
    let _ = lines.set_max_history_size(HISTORY);
    if let Some(file) = &history {
        let _ = lines.load_history(file);
    }
    let ending = turns(interpreter, &mut lines);
    if let Some(file) = &history {
        let _ = lines.save_history(file);
    }
    match ending {
        Some(ending) => interpreter.flush(ending),
        None => interpreter.finish(Ok(crate::object::Value::NONE)),
    }
}

/// Input after input. The ending that `SystemExit` asked for; `None` at the end of input.
fn turns(interpreter: &mut Interpreter, lines: &mut Lines) -> Option<Ending> {
    for number in 0.. {
        // What the last input printed stands before the prompt.
        let _ = interpreter.vm.host.flush_stdout();
        let text = match read(lines) {
            Read::Text(text) => text,
            Read::Interrupted => {
                interpreter.say("KeyboardInterrupt\n");
                continue;
            }
            Read::End => return None,
        };
        if says_nothing(&text) {
            continue;
        }
        let _ = lines.add_history_entry(text.trim_end());
        if is_exit(interpreter, &text) {
            return None;
        }
        let source = Source::new(format!("<python-input-{number}>"), text);
        let outcome = match interpreter.compile(&source, Mode::Single) {
            Ok(code) => interpreter.execute(&code),
            Err(exception) => Err(exception),
        };
        if let Err(exception) = outcome {
            let interpreter_exits = interpreter.vm.is_instance(&exception, &interpreter.vm.types.system_exit);
            if interpreter_exits {
                return Some(interpreter.finish(Err(exception)));
            }
            interpreter.set_sys_now("last_exc", exception.clone());
            interpreter.show(&exception);
        }
    }
    None
}

enum Read {
    Text(String),
    Interrupted,
    End,
}

/// One whole input, or what is enough of one to know what is wrong with it.
fn read(lines: &mut Lines) -> Read {
    let mut text = String::new();
    loop {
        match lines.readline(if text.is_empty() { ">>> " } else { "... " }) {
            Ok(line) => text.push_str(&line),
            Err(ReadlineError::Interrupted) => return Read::Interrupted,
            Err(ReadlineError::Eof) if !text.is_empty() => return Read::Text(text),
            Err(_) => return Read::End,
        }
        text.push('\n');
        if input(&text) == Input::Whole {
            return Read::Text(text);
        }
    }
}

/// `exit` and `quit`, with or without parentheses, unless the program uses the name itself.
fn is_exit(interpreter: &Interpreter, text: &str) -> bool {
    let word = text.trim();
    let name = word.strip_suffix("()").unwrap_or(word);
    matches!(name, "exit" | "quit") && interpreter.globals().get_str(&intern(name.as_bytes())).is_none()
}
