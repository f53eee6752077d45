//! The terminal lent by the line editor: a task that runs while a line is typed may read standard input (`input()`, a debugger).
//!
//! Then the line goes away until that has been read, and the terminal is as programs expect it. The editor cannot be told to
//! wait, but it writes its line anew below whatever is to stand above, and asks us how that is to look: there it waits.

use super::screen::width;
use rustix::termios::{OptionalActions, Termios, tcgetattr, tcgetwinsize, tcsetattr};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// So long whoever wants the terminal waits for the editor, which may be asking something itself. Then both read.
const PATIENCE: Duration = Duration::from_secs(3);

/// Who has the terminal. Shared by the thread that reads, the editor's, and the one that writes above its line.
#[derive(Default)]
pub struct Loan {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    /// How the terminal was before the line; `None` if no line is read.
    before: Option<Termios>,
    /// It is wanted.
    wanted: bool,
    /// How often it was: whoever waits for the end of one loan does not wait for that of the next.
    loans: u64,
    /// How often the editor wrote its line.
    refreshes: u64,
    /// There is room for whoever wants it: the editor is to wait at once.
    room: bool,
    /// The editor waits.
    waits: bool,
    /// How the terminal was for the editor.
    edited: Option<Termios>,
    /// The column behind what was written before, such as a question.
    column: usize,
}

impl Loan {
    fn lock(&self) -> MutexGuard<'_, State> {
        // Whoever panicked has left nothing half done.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A line is going to be read. So was the terminal before.
    pub fn may_begin(&self, before: Option<Termios>) {
        let mut state = self.lock();
        *state = State { before, loans: state.loans, refreshes: state.refreshes, ..State::default() };
    }

    /// The line has been read.
    pub fn may_not_begin(&self) {
        self.may_begin(None);
        self.changed.notify_all();
    }

    /// Takes the terminal, if a line is read there; `make_room` asks for an empty line above.
    pub fn borrow(&self, make_room: impl FnOnce() -> bool) {
        let mut state = self.lock();
        let Some(before) = state.before.clone().filter(|_| !state.wanted) else { return };
        let Ok(edited) = tcgetattr(rustix::stdio::stdin()) else { return };
        (state.wanted, state.loans) = (true, state.loans + 1);
        drop(state);
        // Before anything is to be seen: who answers at once does so in the terminal that is lent.
        set(&before);
        if make_room() {
            let waiting = |state: &mut State| state.wanted && !state.waits;
            let waited = self.changed.wait_timeout_while(self.lock(), PATIENCE, waiting);
            state = waited.unwrap_or_else(PoisonError::into_inner).0;
        } else {
            state = self.lock();
        }
        if !state.wanted || !state.waits {
            // Refused, until it is given back.
            state.room = false;
            // When the line has been read, the editor has set it already.
            state.before.iter().for_each(|_| set(&edited));
            return;
        }
        // What is written together may be held back until it is complete; pasting is as everywhere; the cursor is where the
        // question ends.
        write(&format!("\x1b[?2026l\x1b[?2004l\x1b[A\x1b[{}G", state.column + 1));
        state.edited = Some(edited);
    }

    /// Gives it back.
    pub fn give_back(&self) {
        let mut state = self.lock();
        if !state.wanted {
            return;
        }
        if let Some(edited) = state.edited.take() {
            set(&edited);
            // Where a row was begun and not ended, as by Ctrl-C, so many spaces lead to the next, else to the end of this one.
            write(&format!("{}\r\x1b[K\x1b[?2004h", " ".repeat(columns())));
        }
        (state.wanted, state.room, state.waits) = (false, false, false);
        self.changed.notify_all();
    }

    /// The editor is about to write an empty line, or what ends with this text, for whoever wants the terminal.
    pub fn begins_behind(&self, text: &str) {
        let mut state = self.lock();
        (state.column, state.room) = (width(text) % columns(), true);
    }

    /// Puts a text above the line, and comes back when the line has been written anew, so that what waits there then waits below
    /// this text.
    pub fn after(&self, print: impl FnOnce()) {
        let before = self.lock().refreshes;
        print();
        let pending = |state: &mut State| state.before.is_some() && !state.waits && state.refreshes == before;
        drop(self.changed.wait_timeout_while(self.lock(), PATIENCE, pending));
    }

    /// The editor's thread, about to write its line: waits while somebody else has the terminal.
    pub fn wait(&self) {
        let mut state = self.lock();
        state.refreshes += 1;
        state.waits = state.wanted && state.room;
        self.changed.notify_all();
        if state.waits {
            let loan = state.loans;
            let lent = |state: &mut State| state.wanted && state.loans == loan;
            drop(self.changed.wait_while(state, lent).unwrap_or_else(PoisonError::into_inner));
        }
    }
}

/// How wide the window is.
fn columns() -> usize {
    tcgetwinsize(rustix::stdio::stdout()).map_or(80, |size| usize::from(size.ws_col.max(1)))
}

/// How the terminal is from now on. One that is gone has no state.
fn set(to: &Termios) {
    let _ = tcsetattr(rustix::stdio::stdin(), OptionalActions::Now, to);
}

/// To a terminal that takes nothing nothing can be said.
fn write(text: &str) {
    let _ = rustix::io::write(rustix::stdio::stdout(), text.as_bytes());
}
