//! The vocabulary: what a recording consists of.

use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};
use std::rc::Rc;

/// What sort of transfer.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Verb {
    /// A function is called.
    Call,
    /// A function returns.
    Return,
    /// A generator or coroutine is made, not started.
    Create,
    /// It is resumed for the first time.
    Start,
    /// It is resumed with `None`.
    Next,
    /// It is resumed with a value.
    Send,
    /// An exception is thrown into it.
    Throw,
    /// It suspends.
    Yield,
    /// It begins to delegate to another.
    Delegate,
    /// It returns, and is over.
    Finish,
    /// An exception is raised.
    Raise,
    /// A handler takes it.
    Catch,
    /// It leaves a frame.
    Unwind,
    /// The program prints.
    Output,
}

impl Verb {
    /// All of them, in the order of the vocabulary.
    pub const ALL: [Verb; 14] = [
        Verb::Call,
        Verb::Return,
        Verb::Create,
        Verb::Start,
        Verb::Next,
        Verb::Send,
        Verb::Throw,
        Verb::Yield,
        Verb::Delegate,
        Verb::Finish,
        Verb::Raise,
        Verb::Catch,
        Verb::Unwind,
        Verb::Output,
    ];

    /// The word in print.
    pub fn word(self) -> &'static str {
        match self {
            Verb::Call => "call",
            Verb::Return => "return",
            Verb::Create => "create",
            Verb::Start => "start",
            Verb::Next => "next",
            Verb::Send => "send",
            Verb::Throw => "throw",
            Verb::Yield => "yield",
            Verb::Delegate => "delegate",
            Verb::Finish => "finish",
            Verb::Raise => "raise",
            Verb::Catch => "catch",
            Verb::Unwind => "unwind",
            Verb::Output => "output",
        }
    }

    /// The verb of a word.
    pub fn of(word: &str) -> Option<Verb> {
        Verb::ALL.into_iter().find(|verb| verb.word() == word)
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
            Verb::Delegate => "to",
            _ => "with",
        }
    }
}

/// A line of a file.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Place {
    /// Name of the file.
    pub file: Rc<str>,
    /// From 1.
    pub line: u32,
}

/// The variables of a frame, each with a short description of what it holds.
pub type Locals = Vec<(Rc<str>, String)>;

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
    /// The frame that has control beforehand; nothing outside the program.
    pub by: Option<Rc<str>>,
    /// The frame it is about: the function's name, or that of a generator (`consumer#1`).
    pub frame: Rc<str>,
    /// The arguments of a call, described.
    pub arguments: Option<String>,
    /// The value or exception that travels, described; to whom is delegated; the text of an output.
    pub value: Option<String>,
    /// Variables of the frame that suspends, if they are wished for.
    pub locals: Option<Locals>,
    /// Microseconds since the beginning, if they are wished for.
    pub time: Option<u64>,
}

impl Serialize for Place {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut map = to.serialize_map(Some(2))?;
        map.serialize_entry("file", &*self.file)?;
        map.serialize_entry("line", &self.line)?;
        map.end()
    }
}

/// As an object of the schema that `pyield trace --schema` prints. What is absent is left out.
impl Serialize for Record {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut map = to.serialize_map(None)?;
        map.serialize_entry("number", &self.number)?;
        map.serialize_entry("event", self.verb.word())?;
        map.serialize_entry("depth", &self.depth)?;
        if !self.frame.is_empty() {
            map.serialize_entry("frame", &*self.frame)?;
        }
        if let Some(by) = &self.by {
            map.serialize_entry("by", &**by)?;
        }
        if let Some(from) = &self.from {
            map.serialize_entry("from", from)?;
        }
        if let Some(to) = &self.to {
            map.serialize_entry("to", to)?;
        }
        if let Some(arguments) = &self.arguments {
            map.serialize_entry("arguments", arguments)?;
        }
        if let Some(value) = &self.value {
            map.serialize_entry("value", value)?;
        }
        if let Some(locals) = &self.locals {
            let pairs: Vec<(&str, &str)> = locals.iter().map(|(name, value)| (&**name, &**value)).collect();
            map.serialize_entry("locals", &pairs)?;
        }
        if let Some(time) = self.time {
            map.serialize_entry("time", &time)?;
        }
        map.end()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_lead_back_to_their_verbs() {
        for verb in Verb::ALL {
            assert_eq!(Verb::of(verb.word()), Some(verb));
            assert!(!(verb.enters() && verb.leaves()));
        }
        assert_eq!(Verb::of("jump"), None);
    }
}
