//! The vocabulary: what a recording consists of.

use super::words::{Words, number};
use std::ops::Deref;
use std::rc::Rc;

/// The verbs: each with its word in print and what it says.
macro_rules! verbs {
    ($($name:ident $word:literal $says:literal)*) => {
        /// What happened.
        #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
        pub enum Verb {
            $(#[doc = $says] $name,)*
        }

        impl Verb {
            /// All of them, in the order of the vocabulary.
            pub const ALL: &'static [Verb] = &[$(Verb::$name),*];

            /// The word in print.
            pub fn word(self) -> &'static str {
                match self {
                    $(Verb::$name => $word,)*
                }
            }

            /// What it says.
            pub fn meaning(self) -> &'static str {
                match self {
                    $(Verb::$name => $says,)*
                }
            }
        }
    };
}

verbs! {
    Call "call" "A function is called."
    Return "return" "A function returns."
    Create "create" "A generator or coroutine is made, not started."
    Start "start" "It is resumed for the first time."
    Next "next" "It is resumed with `None`."
    Send "send" "It is resumed with a value."
    Throw "throw" "An exception is thrown into it."
    Yield "yield" "It suspends."
    Delegate "delegate" "It begins to delegate to another."
    Finish "finish" "It returns, and is over."
    Drop "drop" "It ends with nothing to do: nobody refers to it any more, or it is closed before it has started."
    Raise "raise" "An exception is raised."
    Catch "catch" "A handler takes it."
    Unwind "unwind" "It leaves a frame."
    Output "output" "The program prints."
    Line "line" "Control comes to a line, with --lines."
    Opcode "opcode" "An instruction is carried out, with --opcodes."
    Spawn "spawn" "A thread is started."
    Switch "switch" "Another thread runs."
    End "end" "A thread ends."
    Task "task" "A task is made, and its first step queued."
    Step "step" "A task has its turn."
    Wait "wait" "Its turn is over: it waits for a future."
    Pause "pause" "Its turn is over: it is queued again."
    Wake "wake" "What a task waits for is done: its next step is queued."
    Done "done" "A task ends with a result."
    Fail "fail" "A task ends with an exception."
    Cancel "cancel" "Somebody wants a task to be cancelled."
    Cancelled "cancelled" "A task ends because of that."
    Queue "queue" "A callback is queued."
    Run "run" "A callback, or what a timer or a descriptor calls, has its turn."
    Arm "arm" "A timer is set."
    Fire "fire" "Its time has come: what it calls is queued."
    Disarm "disarm" "A timer or callback is cancelled."
    Watch "watch" "Somebody waits until a descriptor can be read or written."
    Unwatch "unwatch" "Nobody does any more."
    Ready "ready" "The descriptor is ready: what waits for it is queued."
}

impl Verb {
    /// The verb of a word.
    pub fn of(word: &str) -> Option<Verb> {
        Verb::ALL.iter().copied().find(|verb| verb.word() == word)
    }

    /// Does control enter a frame?
    pub fn enters(self) -> bool {
        matches!(self, Verb::Call | Verb::Start | Verb::Next | Verb::Send | Verb::Throw)
    }

    /// Does control leave a frame, for now or for good?
    pub fn leaves(self) -> bool {
        matches!(self, Verb::Return | Verb::Yield | Verb::Finish | Verb::Unwind)
    }

    /// The word between the subject and the value that travels.
    pub fn preposition(self) -> &'static str {
        match self {
            Verb::Yield | Verb::Finish | Verb::Return => "gives",
            Verb::Delegate | Verb::Watch | Verb::Unwatch | Verb::Ready => "to",
            Verb::Wait => "for",
            Verb::Wake => "after",
            Verb::Arm => "in",
            Verb::Line => "is",
            Verb::Opcode => "does",
            _ => "with",
        }
    }

    /// Is it about a task, a callback, a timer or a descriptor?
    pub fn is_of_loop(self) -> bool {
        self as usize >= Verb::Task as usize
    }
}

/// A line of a file. A program has few of them, and is at each often: what names one shares it.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Place(Rc<Line>);

/// What a [`Place`] tells.
#[derive(PartialEq, Eq, Hash, Debug)]
pub struct Line {
    /// Name of the file.
    pub file: Rc<str>,
    /// From 1.
    pub line: u32,
}

impl Deref for Place {
    type Target = Line;

    fn deref(&self) -> &Line {
        &self.0
    }
}

/// The variables of a frame, each with a short description of what it holds.
pub type Locals = Vec<(Rc<str>, Words)>;

/// One event.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Record {
    /// Its number, from 1.
    pub number: u64,
    /// What happened.
    pub verb: Verb,
    /// How many frames of the program are active around it.
    pub depth: usize,
    /// Where control was; nothing outside the program.
    pub from: Option<Place>,
    /// Where control goes; nothing where it stays or leaves the program.
    pub to: Option<Place>,
    /// The frame at the other end: it has control beforehand, or gets it back where a frame suspends or ends; nothing outside
    /// the program.
    pub by: Option<Rc<str>>,
    /// The frame it is about: the function's name, or that of a generator (`consumer#1`); a module by its name, but for
    /// the program itself; a task by its name (the second of it `worker (2)`); a thread, callback, timer or descriptor by its number (`callback#1`, `timer#1`, `fd#5`).
    pub frame: Rc<str>,
    /// The arguments of a call, described; what a task, callback or timer runs.
    pub arguments: Option<Words>,
    /// The value or exception that travels, described; to whom is delegated; the text of an output; what a task waits for; in
    /// how many seconds a timer is due; whether a descriptor is read or written; a line, or an instruction as `pyield dis`
    /// lists it.
    pub value: Option<Words>,
    /// It is asyncio's own business, such as the callback by which `gather` learns that a task is done: the program has not
    /// asked for it itself.
    pub library: bool,
    /// The task, callback or timer whose turn it is. In JSON it is what the last `step` or `run` was about.
    pub turn: Option<Rc<str>>,
    /// Variables of the frame that suspends, if they are wished for.
    pub locals: Option<Locals>,
    /// Microseconds since the beginning, if they are wished for.
    pub time: Option<u64>,
}

impl Place {
    /// A line, counted from 1, of a file.
    pub fn new(file: Rc<str>, line: u32) -> Place {
        Place(Rc::new(Line { file, line }))
    }

    /// Is it the same, not only an equal one?
    pub(super) fn is(&self, other: &Place) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }

    /// What tells it from others while it is there.
    pub(super) fn address(&self) -> usize {
        Rc::as_ptr(&self.0) as usize
    }

    fn write_json(&self, key: &str, out: &mut String) {
        out.push_str(key);
        out.push_str("{\"file\":");
        quote(&self.file, out);
        out.push_str(",\"line\":");
        number(u64::from(self.line), out);
        out.push('}');
    }
}

impl Record {
    /// Appends it as an object of the schema that `pyield trace --schema` prints. What is absent is left out.
    ///
    /// By hand, because a recording has millions of these.
    pub fn write_json(&self, out: &mut String) {
        self.write_number(out);
        self.write_transfer(out);
        self.write_values(out);
    }

    /// The beginning: which it is.
    pub(super) fn write_number(&self, out: &mut String) {
        out.push_str("{\"number\":");
        number(self.number, out);
    }

    /// The middle: what happened to which frame, and where.
    pub(super) fn write_transfer(&self, out: &mut String) {
        out.push_str(",\"event\":\"");
        out.push_str(self.verb.word());
        out.push_str("\",\"depth\":");
        number(self.depth as u64, out);
        let mut text = |key: &str, value: Option<&str>| {
            if let Some(value) = value {
                out.push_str(key);
                quote(value, out);
            }
        };
        text(",\"frame\":", Some(&*self.frame).filter(|frame| !frame.is_empty()));
        text(",\"by\":", self.by.as_deref());
        if let Some(from) = &self.from {
            from.write_json(",\"from\":", out);
        }
        if let Some(to) = &self.to {
            to.write_json(",\"to\":", out);
        }
    }

    /// The end: what differs from one time to the next.
    pub(super) fn write_values(&self, out: &mut String) {
        let mut text = |key: &str, value: &Option<Words>| {
            if let Some(value) = value {
                out.push_str(key);
                quote(value, out);
            }
        };
        text(",\"arguments\":", &self.arguments);
        text(",\"value\":", &self.value);
        if let Some(locals) = &self.locals {
            out.push_str(",\"locals\":[");
            for (n, (name, value)) in locals.iter().enumerate() {
                out.push_str(if n == 0 { "[" } else { ",[" });
                quote(name, out);
                out.push(',');
                quote(value, out);
                out.push(']');
            }
            out.push(']');
        }
        if self.library {
            out.push_str(",\"library\":true");
        }
        if let Some(time) = self.time {
            out.push_str(",\"time\":");
            number(time, out);
        }
        out.push('}');
    }
}

/// Appends a text as a string of JSON.
fn quote(text: &str, out: &mut String) {
    let special = |byte: u8| (byte < b' ') | (byte == b'"') | (byte == b'\\');
    out.push('"');
    // Looked through as a whole, which takes a few instructions for many bytes: most texts are plain.
    if !text.bytes().fold(false, |any, byte| any | special(byte)) {
        out.push_str(text);
        out.push('"');
        return;
    }
    let mut plain = 0;
    for (at, byte) in text.bytes().enumerate() {
        if !special(byte) {
            continue;
        }
        out.push_str(&text[plain..at]);
        plain = at + 1;
        match byte {
            b'"' => out.push_str("\\\""),
            b'\\' => out.push_str("\\\\"),
            b'\n' => out.push_str("\\n"),
            _ => {
                out.push_str("\\u00");
                for digit in [byte >> 4, byte & 15] {
                    out.extend(char::from_digit(u32::from(digit), 16));
                }
            }
        }
    }
    out.push_str(&text[plain..]);
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_lead_back_to_their_verbs() {
        for &verb in Verb::ALL {
            assert_eq!(Verb::of(verb.word()), Some(verb));
            assert!(
                super::super::jsonl::SCHEMA.contains(&format!("\"{}\"", verb.word())),
                "{verb:?} is not in the schema"
            );
            assert!(!(verb.enters() && verb.leaves()));
        }
        assert_eq!(Verb::of("jump"), None);
    }

    #[test]
    fn strings_of_json_lead_back_to_their_texts() {
        for text in ["", "plain", "\"quoted\" \\ and\nlines", "\u{1}\u{1f}\t", "\u{7f}ünï\u{1f600}"] {
            let mut quoted = String::new();
            quote(text, &mut quoted);
            assert_eq!(serde_json::from_str::<String>(&quoted).ok().as_deref(), Some(text));
        }
    }
}
