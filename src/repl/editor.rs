//! The line editor, on a thread of its own.
//!
//! The machine stays on the main thread, where the loop has its turns while somebody types. Between the two go plain
//! texts: the main thread asks for an input, the editor says what was typed, and asks on its part what a name may become,
//! since only the main thread may look at objects. What it says it announces by a byte through a pipe, which the main
//! thread's loop watches like any other descriptor.

use super::highlight;
use super::history::{Entries, MOST};
use super::input::{Input, indentation, input, says_nothing};
use super::marks::{MARK, mark_of, unmarked};
use crate::host::Diversion;
use rustyline::completion::Completer;
use rustyline::error::ReadlineError;
use rustyline::highlight::{CmdKind, Highlighter};
use rustyline::hint::{Hint, Hinter};
use rustyline::history::{MemHistory, SearchDirection};
use rustyline::validate::Validator;
use rustyline::{
    Cmd, ColorMode, CompletionType, ConditionalEventHandler, Config, Context, Editor, Event, EventContext,
    EventHandler, ExternalPrinter, Helper, KeyCode, KeyEvent, Modifiers, Movement, RepeatCount,
};
use std::borrow::Cow;
use std::collections::HashSet;
use std::io::{PipeWriter, Write};
use std::os::fd::OwnedFd;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// Native stack of the editor's thread, for the parser.
const STACK: usize = 8 << 20;

/// So long the editor waits for the main thread to say what a name may become.
const PATIENCE: Duration = Duration::from_secs(2);

/// So long it waits to be told what a call takes: that is of use at once or not at all.
const PATIENCE_FOR_HINTS: Duration = Duration::from_millis(100);

/// What a name may become: the byte where it begins, and the candidates.
pub type Found = (usize, Vec<String>);

/// What the editor says.
pub enum Said {
    /// This was typed.
    Text(String),
    /// It is to be kept in the history.
    Kept(String),
    /// Ctrl-C
    Interrupted,
    /// Ctrl-D, or no terminal any more.
    End,
    /// What may the text before the cursor become?
    Complete(String, Sender<Found>),
    /// What may be given next in the call at the end of this text?
    Call(String, Sender<Option<String>>),
}

/// How the editor is to be.
pub struct Manner {
    /// With colours?
    pub colour: bool,
    /// What was typed before.
    pub history: Vec<String>,
    /// Names that are shown as builtins.
    pub builtins: HashSet<String>,
}

/// The editor, as the main thread knows it.
pub struct LineEditor {
    wanted: Sender<()>,
    said: Receiver<Said>,
    printer: Sender<String>,
    sent: Arc<AtomicUsize>,
    printed: Arc<AtomicUsize>,
}

impl LineEditor {
    /// Start the thread. Also the end of the pipe that becomes readable when there is something to [`LineEditor::hear`].
    pub fn start(manner: Manner) -> std::io::Result<(LineEditor, OwnedFd)> {
        let (reading, writing) = std::io::pipe()?;
        let (wanted, orders) = channel();
        let (say, said) = channel();
        let (to_printer, printer) = channel();
        let voice = Voice { say, bell: Arc::new(Mutex::new(writing)) };
        std::thread::Builder::new().name("line editor".to_owned()).stack_size(STACK).spawn(move || {
            let _ = edit(manner, &voice, &orders, &to_printer);
            voice.say(Said::End);
        })?;
        let (texts, queue) = channel::<String>();
        let printed = Arc::new(AtomicUsize::new(0));
        let count = printed.clone();
        std::thread::Builder::new().name("printer".to_owned()).spawn(move || {
            let printer: Result<Printer, _> = printer.recv();
            let Ok(mut printer) = printer else { return };
            for text in queue {
                // Where it cannot be put above the line there is no line.
                let _ = printer.print(text);
                count.fetch_add(1, Ordering::SeqCst);
            }
        })?;
        Ok((LineEditor { wanted, said, printer: texts, sent: Arc::default(), printed }, reading.into()))
    }

    /// Have an input read.
    pub fn read(&self) {
        // If the thread is gone it has said that it is the end.
        let _ = self.wanted.send(());
    }

    /// The next thing that the editor has said, if there is one.
    pub fn hear(&self) -> Option<Said> {
        use std::sync::mpsc::TryRecvError;
        match self.said.try_recv() {
            Ok(said) => Some(said),
            Err(TryRecvError::Empty) => None,
            Err(TryRecvError::Disconnected) => Some(Said::End),
        }
    }

    /// Wait for it.
    pub fn hear_next(&self) -> Said {
        self.said.recv().unwrap_or(Said::End)
    }

    /// Who puts what is written above the line that is being typed.
    pub fn above(&self) -> Diversion {
        let (printer, sent) = (self.printer.clone(), self.sent.clone());
        Box::new(move |bytes| {
            if printer.send(String::from_utf8_lossy(bytes).into_owned()).is_ok() {
                sent.fetch_add(1, Ordering::SeqCst);
            }
        })
    }

    /// Wait, but not for long, until all that has been put there stands there.
    pub fn settle(&self) {
        let deadline = Instant::now() + Duration::from_millis(200);
        while self.printed.load(Ordering::SeqCst) < self.sent.load(Ordering::SeqCst) && Instant::now() < deadline {
            std::thread::sleep(Duration::from_millis(1));
        }
    }
}

/// The editor's way to the main thread.
#[derive(Clone)]
struct Voice {
    say: Sender<Said>,
    bell: Arc<Mutex<PipeWriter>>,
}

impl Voice {
    fn say(&self, said: Said) {
        // Without a main thread there is nobody to tell.
        let _ = self.say.send(said);
        if let Ok(mut bell) = self.bell.lock() {
            let _ = bell.write_all(b"!");
        }
    }
}

type Printer = Box<dyn ExternalPrinter + Send>;

fn edit(manner: Manner, voice: &Voice, orders: &Receiver<()>, printer: &Sender<Printer>) -> rustyline::Result<()> {
    let config = Config::builder()
        .completion_type(CompletionType::List)
        .completion_show_all_if_ambiguous(true)
        .color_mode(if manner.colour { ColorMode::Enabled } else { ColorMode::Disabled })
        .bracketed_paste(true)
        .max_history_size(MOST)?
        .history_ignore_dups(true)?
        .build();
    let entries = Entries(MemHistory::with_config(&config));
    let mut editor: Editor<Typist, Entries> = Editor::with_history(config, entries)?;
    editor.set_helper(Some(Typist { voice: voice.clone(), builtins: manner.builtins, hints: manner.colour }));
    editor.bind_sequence(KeyEvent(KeyCode::Enter, Modifiers::NONE), handler(Enter));
    editor.bind_sequence(KeyEvent(KeyCode::Char('J'), Modifiers::CTRL), handler(Enter));
    editor.bind_sequence(KeyEvent(KeyCode::Enter, Modifiers::ALT), handler(NewLine));
    editor.bind_sequence(KeyEvent(KeyCode::Backspace, Modifiers::NONE), handler(Backspace));
    editor.bind_sequence(KeyEvent(KeyCode::Char('H'), Modifiers::CTRL), handler(Backspace));
    editor.bind_sequence(KeyEvent(KeyCode::Home, Modifiers::NONE), handler(Home));
    editor.bind_sequence(KeyEvent(KeyCode::Char('A'), Modifiers::CTRL), handler(Home));
    editor.bind_sequence(KeyEvent(KeyCode::Left, Modifiers::NONE), handler(Left));
    for entry in &manner.history {
        editor.add_history_entry(entry.as_str())?;
    }
    if let Ok(above) = editor.create_external_printer() {
        let _ = printer.send(Box::new(above));
    }
    let coloured = highlight::prompt(">>> ");
    let prompt = (">>> ", coloured.as_str());
    while orders.recv().is_ok() {
        let said = match editor.readline(&prompt) {
            Ok(shown) => {
                let text = unmarked(&shown);
                remember(&mut editor, voice, &text);
                Said::Text(text + "\n")
            }
            Err(ReadlineError::Interrupted) => Said::Interrupted,
            Err(_) => Said::End,
        };
        voice.say(said);
    }
    Ok(())
}

/// Add an input to the history.
fn remember(editor: &mut Editor<Typist, Entries>, voice: &Voice, text: &str) {
    let text = text.trim_end();
    if !says_nothing(text) && matches!(editor.add_history_entry(text), Ok(true)) {
        voice.say(Said::Kept(text.to_owned()));
    }
}

fn handler(handler: impl ConditionalEventHandler + 'static) -> EventHandler {
    EventHandler::Conditional(Box::new(handler))
}

/// So many letters to the left.
fn back(count: usize) -> Movement {
    Movement::BackwardChar(RepeatCount::try_from(count).unwrap_or(RepeatCount::MAX))
}

/// A new line, as far indented as it should be.
fn new_line(before: &str) -> Cmd {
    Cmd::Insert(1, format!("\n{MARK}{}", indentation(&unmarked(before))))
}

/// Is the input over? A line of white space only counts as empty.
fn is_whole(text: &str) -> bool {
    let (rest, last) = text.rsplit_once('\n').map_or(("", text), |(rest, last)| (rest, last));
    match last.trim().is_empty() && !rest.is_empty() {
        true => input(&format!("{rest}\n\n")) == Input::Whole,
        false => input(&format!("{text}\n")) == Input::Whole,
    }
}

/// Ends the input where the parser says that it is one.
struct Enter;

impl ConditionalEventHandler for Enter {
    fn handle(&self, _: &Event, _: RepeatCount, _: bool, context: &EventContext) -> Option<Cmd> {
        let (line, position) = (context.line(), context.pos());
        let (before, after) = (line.get(..position)?, line.get(position..)?);
        let ends = !after.contains('\n') && is_whole(&unmarked(line));
        Some(if ends { Cmd::AcceptLine } else { new_line(before) })
    }
}

/// Begins a line, whatever the parser says.
struct NewLine;

impl ConditionalEventHandler for NewLine {
    fn handle(&self, _: &Event, _: RepeatCount, _: bool, context: &EventContext) -> Option<Cmd> {
        Some(new_line(context.line().get(..context.pos())?))
    }
}

/// The part of the line before the cursor, and how many bytes of it are the mark; `None` on the first line.
fn marked_line<'l>(context: &'l EventContext) -> Option<(&'l str, usize)> {
    let (_, line) = context.line().get(..context.pos())?.rsplit_once('\n')?;
    Some((line, mark_of(line).min(line.len())))
}

/// Takes away a step of indentation, or the mark with the line's end.
struct Backspace;

impl ConditionalEventHandler for Backspace {
    fn handle(&self, _: &Event, count: RepeatCount, _: bool, context: &EventContext) -> Option<Cmd> {
        let (line, mark) = marked_line(context).unwrap_or_else(|| {
            let line = context.line().get(..context.pos()).unwrap_or("");
            (line, 0)
        });
        let blank = line.len() - mark;
        let first = context.line().get(..context.pos()).is_some_and(|before| !before.contains('\n'));
        if count != 1 || !line[mark..].bytes().all(|byte| byte == b' ') || (first && blank == 0) {
            return None;
        }
        let away = match blank {
            0 => mark + 1,
            blank => (blank - 1) % 4 + 1,
        };
        Some(Cmd::Kill(back(away)))
    }
}

/// Goes to the beginning of the code of a line.
struct Home;

impl ConditionalEventHandler for Home {
    fn handle(&self, _: &Event, _: RepeatCount, _: bool, context: &EventContext) -> Option<Cmd> {
        let (line, mark) = marked_line(context)?;
        match line[mark..].chars().count() {
            0 => Some(Cmd::Noop),
            count => Some(Cmd::Move(back(count))),
        }
    }
}

/// Goes past the mark to the line above.
struct Left;

impl ConditionalEventHandler for Left {
    fn handle(&self, _: &Event, count: RepeatCount, _: bool, context: &EventContext) -> Option<Cmd> {
        let (line, mark) = marked_line(context)?;
        (count == 1 && mark > 0 && line.len() == mark).then(|| Cmd::Move(back(mark + 1)))
    }
}

/// What helps while one types.
struct Typist {
    voice: Voice,
    builtins: HashSet<String>,
    /// Without colours nobody could tell a hint from what was typed.
    hints: bool,
}

impl Helper for Typist {}
impl Validator for Typist {}

impl Completer for Typist {
    type Candidate = String;

    fn complete(&self, line: &str, position: usize, _: &Context<'_>) -> rustyline::Result<(usize, Vec<String>)> {
        let before = line.get(..position).unwrap_or(line);
        let text = unmarked(before);
        if text.rsplit('\n').next().is_none_or(|line| line.trim().is_empty()) {
            // At the beginning of a line Tab indents.
            return Ok((position, vec!["    ".to_owned()]));
        }
        let (reply, answer) = channel();
        let length = text.len();
        self.voice.say(Said::Complete(text, reply));
        // A task that computes for long keeps the main thread from answering.
        let (start, found) = answer.recv_timeout(PATIENCE).unwrap_or((length, Vec::new()));
        Ok((position - (length - start.min(length)).min(position), found))
    }
}

/// What stands dimly behind what is typed.
enum Shown {
    /// The rest of an input: a key takes it over.
    Rest(String),
    /// What a call takes, to be read only.
    Call(String),
}

impl Hint for Shown {
    fn display(&self) -> &str {
        match self {
            Shown::Rest(text) | Shown::Call(text) => text,
        }
    }

    fn completion(&self) -> Option<&str> {
        match self {
            Shown::Rest(text) => Some(text),
            Shown::Call(_) => None,
        }
    }
}

impl Typist {
    /// What the call at the end of a text takes.
    fn call(&self, line: &str) -> Option<String> {
        if !line.trim_end_matches(' ').ends_with(['(', ',']) {
            return None;
        }
        let (reply, answer) = channel();
        self.voice.say(Said::Call(unmarked(line), reply));
        answer.recv_timeout(PATIENCE_FOR_HINTS).ok()?
    }

    /// The rest of the last input that began like this one.
    fn rest(&self, line: &str, context: &Context<'_>) -> Option<String> {
        if line.contains('\n') {
            return None;
        }
        let last = context.history().len().checked_sub(1)?;
        let found = context.history().starts_with(line, last, SearchDirection::Reverse).ok()??;
        let rest = found.entry.get(line.len()..)?;
        (!rest.is_empty() && !rest.contains('\n')).then(|| rest.to_owned())
    }
}

impl Hinter for Typist {
    type Hint = Shown;

    fn hint(&self, line: &str, position: usize, context: &Context<'_>) -> Option<Shown> {
        if !self.hints || line.len() < 2 || position < line.len() {
            return None;
        }
        self.call(line).map(Shown::Call).or_else(|| self.rest(line, context).map(Shown::Rest))
    }
}

impl Highlighter for Typist {
    fn highlight<'l>(&self, line: &'l str, _: usize) -> Cow<'l, str> {
        Cow::Owned(highlight::highlight(line, |name| self.builtins.contains(name)))
    }

    fn highlight_hint<'h>(&self, hint: &'h str) -> Cow<'h, str> {
        Cow::Owned(format!("\x1b[2m{hint}\x1b[0m"))
    }

    fn highlight_char(&self, _: &str, _: usize, kind: CmdKind) -> bool {
        kind != CmdKind::MoveCursor
    }
}

#[cfg(test)]
mod tests {
    use super::is_whole;

    #[test]
    fn blank_lines_end_blocks() {
        assert!(is_whole("x = 1"));
        assert!(!is_whole("def f():"));
        assert!(!is_whole("def f():\n    return 1"));
        assert!(is_whole("def f():\n    return 1\n    "));
        assert!(!is_whole("'''a\n"));
    }
}
