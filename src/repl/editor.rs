//! The line editor, on a thread of its own.
//!
//! The machine stays on the main thread, where the loop has its turns while somebody types. Between the two go plain
//! texts: the main thread asks for an input, the editor says what was typed, and asks on its part what a name may become,
//! since only the main thread may look at objects. What it says it announces by a byte through a pipe, which the main
//! thread's loop watches like any other descriptor.

use super::highlight;
use super::history::{Entries, MOST};
use super::input::{Input, indentation, input, says_nothing};
use super::marks::{MARK, mark_of, marked, unmarked};
use crate::host::Diversion;
use rustyline::completion::Completer;
use rustyline::error::ReadlineError;
use rustyline::highlight::{CmdKind, Highlighter};
use rustyline::hint::{Hint, Hinter};
use rustyline::history::{MemHistory, SearchDirection};
use rustyline::line_buffer::LineBuffer;
use rustyline::validate::Validator;
use rustyline::{
    Changeset, Cmd, ColorMode, CompletionType, ConditionalEventHandler, Config, Context, Editor, Event, EventContext,
    EventHandler, ExternalPrinter, Helper, KeyCode, KeyEvent, Modifiers, RepeatCount,
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
    wanted: Sender<String>,
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

    /// Have an input read, with this before it.
    pub fn read(&self, mark: Option<String>) {
        // If the thread is gone it has said that it is the end.
        let _ = self.wanted.send(mark.unwrap_or_default());
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

fn edit(manner: Manner, voice: &Voice, orders: &Receiver<String>, printer: &Sender<Printer>) -> rustyline::Result<()> {
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
    let order = Order::default();
    let (voice_of_typist, builtins) = (voice.clone(), manner.builtins);
    editor.set_helper(Some(Typist { voice: voice_of_typist, builtins, hints: manner.colour, order: order.clone() }));
    let (plain, control, alt) = (Modifiers::NONE, Modifiers::CTRL, Modifiers::ALT);
    let mut bind = |code, modifiers, key: fn(&Place<'_>) -> Option<Does>| {
        editor.bind_sequence(KeyEvent(code, modifiers), EventHandler::Conditional(Box::new(Key(key, order.clone()))));
    };
    bind(KeyCode::Enter, plain, enter);
    bind(KeyCode::Char('J'), control, enter);
    bind(KeyCode::Enter, alt, begin_line);
    bind(KeyCode::Backspace, plain, backspace);
    bind(KeyCode::Char('H'), control, backspace);
    bind(KeyCode::Backspace, alt, rub_out_word);
    bind(KeyCode::Char('W'), control, rub_out_word);
    bind(KeyCode::Char('U'), control, rub_out_line);
    bind(KeyCode::Delete, plain, join);
    bind(KeyCode::Char('D'), control, join);
    bind(KeyCode::Char('K'), control, join);
    bind(KeyCode::Home, plain, home);
    bind(KeyCode::Char('A'), control, home);
    bind(KeyCode::Left, plain, left);
    bind(KeyCode::Char('B'), control, left);
    bind(KeyCode::Right, plain, right);
    bind(KeyCode::Char('F'), control, right);
    for entry in &manner.history {
        editor.add_history_entry(entry.as_str())?;
    }
    if let Ok(above) = editor.create_external_printer() {
        let _ = printer.send(Box::new(above));
    }
    while let Ok(mark) = orders.recv() {
        let coloured = highlight::prompt(&mark);
        let said = match editor.readline(&(mark, coloured)) {
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

/// What is to stand on the line, and where the cursor is to be in it.
///
/// A key of ours cannot say that to the editor: it has commands, whose counts it replaces by what was typed as a count. But
/// a completion may change a line in any way, so the key leaves an order, and what it does is to complete.
type Order = Arc<Mutex<Option<(String, usize)>>>;

/// What a key does; `None` for what it does everywhere.
struct Key(fn(&Place<'_>) -> Option<Does>, Order);

enum Does {
    Command(Cmd),
    /// Put these to the left and to the right of the cursor.
    Puts(String, String),
}

/// Where the cursor is.
struct Place<'l> {
    /// All that is before it, and all that is behind it.
    before: &'l str,
    after: &'l str,
    /// What is before its line; nothing if that is the first.
    above: Option<&'l str>,
    /// The mark of its line, and what is between that and the cursor.
    mark: &'l str,
    code: &'l str,
}

impl ConditionalEventHandler for Key {
    fn handle(&self, _: &Event, count: RepeatCount, _: bool, context: &EventContext) -> Option<Cmd> {
        let (before, after) = context.line().split_at_checked(context.pos())?;
        let (above, line) = before.rsplit_once('\n').map_or((None, before), |(above, line)| (Some(above), line));
        let (mark, code) = line.split_at_checked(above.map_or(0, |_| mark_of(line)))?;
        match (self.0)(&Place { before, after, above, mark, code }).filter(|_| count == 1)? {
            Does::Command(command) => Some(command),
            Does::Puts(left, right) => {
                *self.1.lock().ok()? = Some((left.clone() + &right, left.len()));
                Some(Cmd::Complete)
            }
        }
    }
}

impl Place<'_> {
    /// The end of the line above, if the cursor is where the code of a line begins.
    fn end_above(&self) -> Option<&str> {
        self.above.filter(|_| self.code.is_empty())
    }

    /// The line's end with the mark of the next, if the cursor is there, and what follows that.
    fn next_line(&self) -> Option<(&str, &str)> {
        let next = self.after.strip_prefix('\n')?;
        self.after.split_at_checked(1 + mark_of(next))
    }

    /// The cursor's line begins with `code`, and nothing else is changed.
    fn with(&self, code: &str) -> Does {
        let left = &self.before[..self.before.len() - self.code.len()];
        Does::Puts(format!("{left}{code}"), self.after.to_owned())
    }
}

/// Ends the input where the parser says that it is one.
fn enter(place: &Place) -> Option<Does> {
    let ends = !place.after.contains('\n') && is_whole(&unmarked(&format!("{}{}", place.before, place.after)));
    if ends { Some(Does::Command(Cmd::AcceptLine)) } else { begin_line(place) }
}

/// Begins a line, whatever the parser says, as far indented as it should be. What was pasted gets its marks.
fn begin_line(place: &Place) -> Option<Does> {
    let before = unmarked(place.before);
    let after = unmarked(&format!("\n{}", place.after));
    let left = format!("{before}\n{}", indentation(&before));
    Some(Does::Puts(marked(&left), marked(&after)[1 + MARK.len()..].to_owned()))
}

/// Takes away a step of indentation, or the mark with the line's end.
fn backspace(place: &Place) -> Option<Does> {
    if let Some(above) = place.end_above() {
        return Some(Does::Puts(above.to_owned(), place.after.to_owned()));
    }
    let spaces = place.code.len();
    let blank = spaces > 0 && place.code.bytes().all(|byte| byte == b' ');
    blank.then(|| place.with(&" ".repeat((spaces - 1) / 4 * 4)))
}

/// Takes away the word before the cursor, but no mark.
fn rub_out_word(place: &Place) -> Option<Does> {
    if place.code.trim().is_empty() { rub_out_line(place) } else { None }
}

/// Takes away what is before the cursor, but no mark.
fn rub_out_line(place: &Place) -> Option<Does> {
    match place.end_above() {
        None if place.above.is_none() => None,
        None => Some(place.with("")),
        Some(above) => Some(Does::Puts(above.to_owned(), place.after.to_owned())),
    }
}

/// At the end of a line: takes away that end with the mark behind it.
fn join(place: &Place) -> Option<Does> {
    place.next_line().map(|(_, rest)| Does::Puts(place.before.to_owned(), rest.to_owned()))
}

/// Goes to the beginning of the code of a line.
fn home(place: &Place) -> Option<Does> {
    let left = &place.before[..place.before.len() - place.code.len()];
    place.above.map(|_| Does::Puts(left.to_owned(), format!("{}{}", place.code, place.after)))
}

/// Goes past the mark to the line above.
fn left(place: &Place) -> Option<Does> {
    place.end_above().map(|above| Does::Puts(above.to_owned(), format!("\n{}{}", place.mark, place.after)))
}

/// Goes past the mark of the line below.
fn right(place: &Place) -> Option<Does> {
    place.next_line().map(|(end, rest)| Does::Puts(format!("{}{end}", place.before), rest.to_owned()))
}

/// Is the input over? A line of white space only counts as empty. What is wrong and has several lines may still be mended: an
/// empty line ends that, too.
fn is_whole(text: &str) -> bool {
    match text.rsplit_once('\n') {
        Some((rest, last)) if last.trim().is_empty() => input(&format!("{rest}\n\n")) != Input::Unfinished,
        Some(_) => input(&format!("{text}\n")) == Input::Whole,
        None => input(&format!("{text}\n")) != Input::Unfinished,
    }
}

/// What helps while one types.
struct Typist {
    voice: Voice,
    builtins: HashSet<String>,
    /// Without colours nobody could tell a hint from what was typed.
    hints: bool,
    order: Order,
}

impl Helper for Typist {}
impl Validator for Typist {}

impl Completer for Typist {
    type Candidate = String;

    fn complete(&self, line: &str, position: usize, _: &Context<'_>) -> rustyline::Result<(usize, Vec<String>)> {
        if self.order.lock().is_ok_and(|order| order.is_some()) {
            return Ok((position, vec![String::new()]));
        }
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

    fn update(&self, line: &mut LineBuffer, start: usize, elected: &str, changes: &mut Changeset) {
        match self.order.lock().ok().and_then(|mut order| order.take()) {
            Some((text, cursor)) => line.update(&text, cursor, changes),
            None => line.replace(start..line.pos(), elected, changes),
        }
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
        assert!(is_whole("x = = 1"));
        assert!(!is_whole("if x:\n    y\n    else:"));
        assert!(is_whole("if x:\n    y\n    else:\n"));
        assert!(!is_whole("x = 1\ny = 2"));
        assert!(is_whole("x = 1\ny = 2\n"));
    }
}
