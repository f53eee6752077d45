//! The line editor, on a thread of its own.
//!
//! The machine stays on the main thread, where the loop has its turns while somebody types. Between the two go plain
//! texts: the main thread asks for an input, the editor says what was typed, and asks on its part what a name may become,
//! since only the main thread may look at objects. What it says it announces by a byte through a pipe, which the main
//! thread's loop watches like any other descriptor.

use super::highlight;
use super::history::{Entries, MOST};
use super::input::{Input, indentation, input, says_nothing};
use super::loan::Loan;
use super::marks::{MARK, mark_of, marked, unmarked};
use super::paste;
use super::screen::{self, Screen};
use crate::host::{Diversion, Lender};
use rustyline::completion::Completer;
use rustyline::error::ReadlineError;
use rustyline::highlight::{CmdKind, Highlighter};
use rustyline::hint::{Hint, Hinter};
use rustyline::history::{MemHistory, SearchDirection};
use rustyline::line_buffer::LineBuffer;
use rustyline::validate::Validator;
use rustyline::{
    Changeset, Cmd, ColorMode, CompletionType, ConditionalEventHandler, Config, Context, Editor, Event, EventContext,
    EventHandler, ExternalPrinter, Helper, KeyCode, KeyEvent, Modifiers, Movement, RepeatCount,
};
use std::borrow::Cow;
use std::collections::HashSet;
use std::io::{PipeWriter, Write};
use std::os::fd::OwnedFd;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// Native stack of the editor's thread, for the parser.
const STACK: usize = 8 << 20;

/// So long the editor waits for the main thread to say what a name may become.
const PATIENCE: Duration = Duration::from_secs(2);

/// So long a line that is written in pieces may take.
const PATIENCE_FOR_LINES: Duration = Duration::from_millis(20);

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
    printer: Sender<Above>,
    loan: Arc<Loan>,
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
        let loan = Arc::<Loan>::default();
        let (loan_of_editor, loan_of_printer) = (loan.clone(), loan.clone());
        std::thread::Builder::new().name("line editor".to_owned()).stack_size(STACK).spawn(move || {
            let _ = edit(manner, &voice, &orders, &to_printer, loan_of_editor);
            voice.say(Said::End);
        })?;
        let (texts, queue) = channel::<Above>();
        let printed = Arc::new(AtomicUsize::new(0));
        let count = printed.clone();
        std::thread::Builder::new().name("printer".to_owned()).spawn(move || {
            let printer: Result<Printer, _> = printer.recv();
            if let Ok(printer) = printer {
                print(printer, &queue, &count, &loan_of_printer);
            }
        })?;
        Ok((LineEditor { wanted, said, printer: texts, loan, sent: Arc::default(), printed }, reading.into()))
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
            if printer.send(Above::Text(String::from_utf8_lossy(bytes).into_owned())).is_ok() {
                sent.fetch_add(1, Ordering::SeqCst);
            }
        })
    }

    /// Who lends the terminal while a line is typed.
    pub fn lender(&self) -> Lender {
        let (printer, loan) = (self.printer.clone(), self.loan.clone());
        Box::new(move |wanted| match wanted {
            true => loan.borrow(|| printer.send(Above::Room).is_ok()),
            false => loan.give_back(),
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

/// What is to come above the line.
enum Above {
    Text(String),
    /// Room for whoever borrows the terminal, behind what was written last.
    Room,
}

/// Put texts above the line as they come, and count them. The editor ends the line of whatever it is given, so what is
/// written in pieces is put together first.
fn print(mut printer: Printer, queue: &Receiver<Above>, count: &AtomicUsize, loan: &Loan) {
    let (mut line, mut pieces) = (String::new(), 0);
    loop {
        let next = match line.is_empty() {
            true => queue.recv().map_err(|_| RecvTimeoutError::Disconnected),
            false => queue.recv_timeout(PATIENCE_FOR_LINES),
        };
        match &next {
            Ok(Above::Text(text)) => {
                line.push_str(text);
                pieces += 1;
                if !line.ends_with('\n') {
                    continue;
                }
            }
            Ok(Above::Room) => {
                loan.begins_behind(&line);
                line.push('\n');
            }
            Err(_) => {}
        }
        if !line.is_empty() {
            // Where it cannot be put above the line there is no line.
            loan.after(|| {
                let _ = printer.print(std::mem::take(&mut line));
            });
        }
        count.fetch_add(std::mem::take(&mut pieces), Ordering::SeqCst);
        if matches!(next, Err(RecvTimeoutError::Disconnected)) {
            return;
        }
    }
}

fn edit(
    manner: Manner,
    voice: &Voice,
    orders: &Receiver<String>,
    printer: &Sender<Printer>,
    loan: Arc<Loan>,
) -> rustyline::Result<()> {
    let config = Config::builder()
        .completion_type(CompletionType::List)
        .completion_show_all_if_ambiguous(true)
        // Without colours what is to be shown is asked for all the same.
        .color_mode(ColorMode::Forced)
        .bracketed_paste(true)
        .max_history_size(MOST)?
        .history_ignore_dups(true)?
        .build();
    let entries = Entries(MemHistory::with_config(&config));
    let mut editor: Editor<Typist, Entries> = Editor::with_history(config, entries)?;
    let state = Shared::default();
    let (voice_of_typist, builtins) = (voice.clone(), manner.builtins);
    let typist =
        Typist { voice: voice_of_typist, builtins, colour: manner.colour, state: state.clone(), loan: loan.clone() };
    editor.set_helper(Some(typist));
    let handler = |key| EventHandler::Conditional(Box::new(Key(key, state.clone())));
    let (plain, control, alt) = (Modifiers::NONE, Modifiers::CTRL, Modifiers::ALT);
    let mut bind = |code, modifiers, key: fn(&Place<'_>) -> Option<Does>| {
        editor.bind_sequence(KeyEvent(code, modifiers), handler(Some(key)));
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
    bind(KeyCode::Char('C'), control, |_| Some(Does::Interrupt));
    bind(KeyCode::Char('Z'), control, |_| Some(Does::Stop));
    editor.bind_sequence(Event::Any, handler(None));
    for entry in &manner.history {
        editor.add_history_entry(entry.as_str())?;
    }
    if let Ok(above) = editor.create_external_printer() {
        let _ = printer.send(Box::new(above));
    }
    while let Ok(mark) = orders.recv() {
        let coloured = if manner.colour { highlight::prompt(&mark) } else { mark.clone() };
        let terminal = rustix::termios::tcgetattr(rustix::stdio::stdin()).ok();
        loan.may_begin(terminal.clone());
        *lock(&state) = State { mark: mark.clone(), terminal, ..State::default() };
        let read = editor.readline(&(mark, coloured));
        loan.may_not_begin();
        let said = match read {
            Ok(_) if lock(&state).interrupted => Said::Interrupted,
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

/// What keys leave for each other, and for what is shown, while an input is read.
#[derive(Default)]
struct State {
    /// What is to stand on the line, and where the cursor is to be in it.
    ///
    /// A key of ours cannot say that to the editor: it has commands, whose counts it replaces by what was typed as a count. But
    /// a completion may change a line in any way, so the key leaves an order, and what it does is to complete.
    order: Option<(String, usize)>,
    /// What has been pasted so far, while something is.
    pasted: Option<String>,
    /// Ctrl-C ended the input. To the editor it is one like others: after an error it would forget what was typed ahead.
    interrupted: bool,
    /// The history is being searched: keys mean what they mean there.
    searches: bool,
    /// So often will the line be shown until a list of completions is over.
    listing: usize,
    /// The input is over: it is shown once as a whole, be it longer than the window.
    ends: bool,
    /// It has been.
    was_shown: bool,
    /// What stands before the first line.
    mark: String,
    /// How the terminal was before.
    terminal: Option<rustix::termios::Termios>,
}

type Shared = Arc<Mutex<State>>;

fn lock(state: &Shared) -> MutexGuard<'_, State> {
    // Whoever panicked has left nothing half done.
    state.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What a key does; `None` for what it does everywhere.
struct Key(Option<fn(&Place<'_>) -> Option<Does>>, Shared);

enum Does {
    Command(Cmd),
    /// Put these to the left and to the right of the cursor.
    Puts(String, String),
    /// Give the input up.
    Interrupt,
    /// Stop the process until the shell has it go on.
    Stop,
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
    fn handle(&self, event: &Event, count: RepeatCount, _: bool, context: &EventContext) -> Option<Cmd> {
        let (before, after) = context.line().split_at_checked(context.pos())?;
        let (above, line) = before.rsplit_once('\n').map_or((None, before), |(above, line)| (Some(above), line));
        let (mark, code) = line.split_at_checked(above.map_or(0, |_| mark_of(line)))?;
        let place = Place { before, after, above, mark, code };
        let mut state = lock(&self.1);
        let does = match event.get(0)? {
            KeyEvent(KeyCode::BracketedPasteStart, _) => {
                state.pasted = Some(String::new());
                return Some(Cmd::Noop);
            }
            KeyEvent(KeyCode::BracketedPasteEnd, _) => pasted(&place, &state.pasted.take()?),
            key if state.pasted.is_some() => {
                state.pasted.as_mut().zip(typed(*key)).into_iter().for_each(|(text, letter)| text.push(letter));
                return Some(Cmd::Noop);
            }
            _ => match self.0?(&place).filter(|_| count == 1)? {
                Does::Puts(..) if state.searches => return found(&place, event),
                does => does,
            },
        };
        match does {
            Does::Command(command) => Some(command),
            Does::Puts(left, right) => {
                state.order = Some((left.clone() + &right, left.len()));
                Some(Cmd::Complete)
            }
            // What asks whether to go on with a list takes this for a no.
            Does::Interrupt if std::mem::take(&mut state.listing) > 0 => Some(Cmd::Kill(Movement::BackwardChar(1))),
            Does::Interrupt => {
                state.interrupted = true;
                Some(Cmd::AcceptLine)
            }
            Does::Stop => {
                stop(&state, &place);
                Some(Cmd::Repaint)
            }
        }
    }
}

/// What Enter does with what a search has found: entries of the history were inputs, so they are. Other keys end the search.
fn found(place: &Place, event: &Event) -> Option<Cmd> {
    let enter = matches!(event.get(0), Some(KeyEvent(KeyCode::Enter, Modifiers::NONE)));
    let ends = enter && is_whole(&unmarked(&format!("{}{}\n", place.before, place.after)));
    ends.then_some(Cmd::AcceptLine)
}

/// The letter that a key stands for in what is pasted.
fn typed(key: KeyEvent) -> Option<char> {
    match key {
        KeyEvent(KeyCode::Enter, _) => Some('\r'),
        KeyEvent(KeyCode::Char('J'), Modifiers::CTRL) => Some('\n'),
        KeyEvent(KeyCode::Tab, _) => Some('\t'),
        KeyEvent(KeyCode::Char(letter), Modifiers::NONE | Modifiers::ALT) => Some(letter),
        _ => None,
    }
}

/// Puts what was pasted, with the marks of its lines.
fn pasted(place: &Place, text: &str) -> Does {
    let before = unmarked(place.before);
    let left = before.clone() + &paste::meant(text, before.is_empty());
    let after = unmarked(&format!("\n{}", place.after));
    Does::Puts(marked(&left), marked(&after)[1 + MARK.len()..].to_owned())
}

/// Stops the process, and all that the shell started with it, with the terminal as it was; when it goes on the line is shown anew
/// in a place of its own.
fn stop(state: &State, place: &Place) {
    use rustix::termios::{OptionalActions, tcgetattr, tcsetattr};
    let (stdin, stdout) = (rustix::stdio::stdin(), rustix::stdio::stdout());
    let (Some(before), Ok(now)) = (&state.terminal, tcgetattr(stdin)) else { return };
    let screen = Screen::now(&state.mark);
    let (row, rows) = screen.place(&format!("{}{}", place.before, place.after), place.before.len());
    let below = rows - row;
    let down = if below > 0 { format!("\x1b[{below}B") } else { String::new() };
    // A terminal that takes nothing is gone.
    let _ = rustix::io::write(stdout, format!("{down}\x1b[?2004l").as_bytes());
    let _ = tcsetattr(stdin, OptionalActions::Now, before);
    let _ = rustix::process::kill_current_process_group(rustix::process::Signal::TSTP);
    // Another thread may have taken the signal; it has stopped this one, too, before that is over.
    std::thread::sleep(Duration::from_millis(10));
    let _ = tcsetattr(stdin, OptionalActions::Now, &now);
    let up = if below > 0 { format!("\x1b[{below}A") } else { String::new() };
    let _ = rustix::io::write(stdout, format!("\x1b[?2004h{}{up}", "\r\n".repeat(rows)).as_bytes());
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
    /// Are there colours? Without them nobody could tell a hint from what was typed.
    colour: bool,
    state: Shared,
    loan: Arc<Loan>,
}

impl Helper for Typist {}
impl Validator for Typist {}

impl Completer for Typist {
    type Candidate = String;

    fn complete(&self, line: &str, position: usize, _: &Context<'_>) -> rustyline::Result<(usize, Vec<String>)> {
        if lock(&self.state).order.is_some() {
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
        let start = position - (length - start.min(length)).min(position);
        // The line is shown with what they have in common, and again when the list has been.
        let extends = common(&found) > position - start;
        lock(&self.state).listing = if found.len() > 1 { 1 + usize::from(extends) } else { 0 };
        Ok((start, found))
    }

    fn update(&self, line: &mut LineBuffer, start: usize, elected: &str, changes: &mut Changeset) {
        let order = lock(&self.state).order.take();
        match order {
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
        if !self.colour || line.len() < 2 || position < line.len() {
            return None;
        }
        self.call(line).map(Shown::Call).or_else(|| self.rest(line, context).map(Shown::Rest))
    }
}

/// How many bytes texts begin with alike.
fn common(texts: &[String]) -> usize {
    let Some((first, others)) = texts.split_first() else { return 0 };
    let alike = |other: &String| first.bytes().zip(other.bytes()).take_while(|(one, other)| one == other).count();
    others.iter().map(alike).min().unwrap_or(first.len())
}

impl Highlighter for Typist {
    fn highlight_prompt<'b, 's: 'b, 'p: 'b>(&'s self, prompt: &'p str, default: bool) -> Cow<'b, str> {
        // The line is about to be written anew: that waits while somebody else has the terminal.
        self.loan.wait();
        lock(&self.state).searches = !default && !prompt.starts_with("(arg");
        Cow::Borrowed(prompt)
    }

    fn highlight<'l>(&self, line: &'l str, position: usize) -> Cow<'l, str> {
        let mut state = lock(&self.state);
        state.listing = state.listing.saturating_sub(1);
        let all = std::mem::take(&mut state.ends) && !std::mem::replace(&mut state.was_shown, true);
        let shown = if all { 0..line.len() } else { Screen::now(&state.mark).visible(line, position) };
        // Where the first line is not to be seen, its mark, which stands there already, is not either.
        let start = if shown.start > 0 { screen::NO_MARK } else { "" };
        if self.colour {
            let text = highlight::highlight(line, shown, |name| self.builtins.contains(name));
            Cow::Owned(start.to_owned() + &text)
        } else {
            Cow::Owned(start.to_owned() + &line[shown])
        }
    }

    fn highlight_hint<'h>(&self, hint: &'h str) -> Cow<'h, str> {
        Cow::Owned(format!("\x1b[2m{hint}\x1b[0m"))
    }

    fn highlight_char(&self, line: &str, _: usize, kind: CmdKind) -> bool {
        let mut state = lock(&self.state);
        let fits = || Screen::now(&state.mark).holds(line);
        match kind {
            CmdKind::ForcedRefresh => {
                state.ends = true;
                true
            }
            CmdKind::MoveCursor => !fits(),
            CmdKind::Other => self.colour || !fits(),
        }
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
