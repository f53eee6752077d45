//! The recording.

use crate::object::heap;
use crate::object::{
    Dict, Exception, Function, Generator, Instance, Kind, List, Method, NativeFunction, Str, Tuple, Type, Value,
};
use crate::text::{escape, float};
use crate::vm::observer::{At, Event, Observer};
use rustc_hash::FxHashMap;

/// What sort of transfer.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
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
}

/// One event.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Record {
    /// What happened.
    pub verb: Verb,
    /// How many frames are active around it.
    pub depth: usize,
    /// Line where control was; 0 outside the program.
    pub from: u32,
    /// Line where control goes; 0 where it stays or leaves the program.
    pub to: u32,
    /// The frame it is about.
    pub subject: String,
    /// The value or exception that travels; the text of an output.
    pub value: Option<String>,
}

/// An observer that writes down what it sees.
#[derive(Default)]
pub struct Recorder {
    records: Vec<Record>,
    depth: usize,
    /// By identity, which no other object gets. The objects themselves are not kept: when they go is what is to be seen.
    names: FxHashMap<u64, String>,
    counts: FxHashMap<String, usize>,
}

/// Longer values are cut.
const LONGEST: usize = 60;

impl Recorder {
    /// What was recorded.
    pub fn into_records(self) -> Vec<Record> {
        self.records
    }

    /// What was recorded so far, taken out.
    pub fn take_records(&mut self) -> Vec<Record> {
        std::mem::take(&mut self.records)
    }

    /// The stable name of a generator or coroutine: its function's, and a number in order of appearance.
    fn name(&mut self, object: &Value) -> String {
        let Some(generator) = object.get::<Generator>() else { return self.brief(object, 0) };
        let identity = heap::identity(object);
        if let Some(name) = self.names.get(&identity) {
            return name.clone();
        }
        let function =
            generator.code().map_or_else(|| "generator".to_owned(), |code| short(&code.code.qualname).to_owned());
        let count = self.counts.entry(function.clone()).or_insert(0);
        *count += 1;
        let name = format!("{function}#{count}");
        self.names.insert(identity, name.clone());
        name
    }

    /// A short description of a value that is the same in every run.
    fn brief(&mut self, value: &Value, depth: usize) -> String {
        if let Some(i) = value.as_small() {
            return i.to_string();
        }
        if let Some(f) = value.as_float() {
            return float::repr(f);
        }
        if let Some(b) = value.as_bool() {
            return if b { "True" } else { "False" }.to_owned();
        }
        let Some(kind) = value.kind() else {
            return if value.is_none() { "None".to_owned() } else { format!("{value:?}") };
        };
        let text = match kind {
            Kind::Str => value.get::<Str>().map(|s| escape::repr_str(s.as_bytes())),
            Kind::Bytes => Some(crate::object::equality::with_bytes(value, escape::repr_bytes)),
            Kind::Generator => Some(self.name(value)),
            Kind::Tuple | Kind::List if depth < 2 => {
                let (open, close, items) = match value.get::<Tuple>() {
                    Some(tuple) => ("(", if tuple.items().len() == 1 { ",)" } else { ")" }, tuple.items().to_vec()),
                    None => ("[", "]", value.get::<List>().map_or_else(Vec::new, |list| list.to_vec())),
                };
                let shown: Vec<String> = items.iter().take(8).map(|item| self.brief(item, depth + 1)).collect();
                let more = if items.len() > 8 { ", ..." } else { "" };
                Some(format!("{open}{}{more}{close}", shown.join(", ")))
            }
            Kind::Dict if depth < 2 => value.get::<Dict>().map(|dict| {
                let items = dict.items();
                let pair = |(k, v): &(Value, Value)| (k.clone(), v.clone());
                let pairs: Vec<_> = items.iter().take(8).map(pair).collect();
                let shown: Vec<String> = pairs
                    .iter()
                    .map(|(k, v)| format!("{}: {}", self.brief(k, depth + 1), self.brief(v, depth + 1)))
                    .collect();
                format!("{{{}{}}}", shown.join(", "), if items.len() > 8 { ", ..." } else { "" })
            }),
            Kind::Exception => value.get::<Exception>().map(|exception| {
                let args = exception.args.get();
                let args = args.get::<Tuple>().map_or_else(Vec::new, |args| args.items().to_vec());
                let shown: Vec<String> = args.iter().map(|arg| self.brief(arg, depth + 1)).collect();
                format!("{}({})", exception.class().name(), shown.join(", "))
            }),
            Kind::Function => value.get::<Function>().map(|function| short(&function.code().code.qualname).to_owned()),
            Kind::Native => value.get::<NativeFunction>().map(|native| native.name.to_string_lossy().into_owned()),
            Kind::Method => value.get::<Method>().map(|method| self.brief(&method.function, depth + 1)),
            Kind::Type => value.get::<Type>().map(|class| class.name()),
            Kind::Instance => value.get::<Instance>().map(|instance| format!("<{}>", instance.class().name())),
            Kind::BigInt => value.as_integer().map(|i| i.to_big().to_string()),
            _ => None,
        };
        let text = text.unwrap_or_else(|| format!("<{kind:?}>").to_lowercase());
        match text.char_indices().nth(LONGEST) {
            Some((cut, _)) => format!("{}...", &text[..cut]),
            None => text,
        }
    }

    /// What the frame at a place is called: the generator's name, or the function's.
    fn place_name(&mut self, at: At<'_>, object: Option<&Value>) -> String {
        match object {
            Some(object) => self.name(object),
            None => short(&at.code.code.qualname).to_owned(),
        }
    }

    fn push(&mut self, verb: Verb, from: Option<At<'_>>, to: Option<At<'_>>, subject: String, value: Option<String>) {
        let line = |at: Option<At<'_>>| at.map_or(0, |at| at.code.code.place(at.index).line);
        self.records.push(Record { verb, depth: self.depth, from: line(from), to: line(to), subject, value });
    }
}

/// A qualified name without what is obvious.
fn short(qualname: &str) -> &str {
    qualname.rsplit_once("<locals>.").map_or(qualname, |(_, name)| name)
}

/// Does it happen inside a module of the standard library? Its own calls are not the program's story.
fn in_library(event: &Event<'_>) -> bool {
    let at = match event {
        Event::Call { to, .. } => to,
        Event::Return { from, .. } => from,
        Event::Raise { at, .. } | Event::Catch { at, .. } | Event::Unwind { at, .. } => at,
        _ => return false,
    };
    at.code.code.source.name().starts_with("<frozen ")
}

impl Observer for Recorder {
    fn event(&mut self, event: Event<'_>) {
        if in_library(&event) {
            return;
        }
        match event {
            Event::Call { from, to, args } => {
                let shown: Vec<String> = args.iter().map(|arg| self.brief(arg, 0)).collect();
                let name = short(&to.code.code.qualname).to_owned();
                let first = At { code: to.code, index: 0 };
                let subject = format!("{name}({})", shown.join(", "));
                let defined = Some(to.code.code.first_line).filter(|_| from.is_some());
                self.push(Verb::Call, from, Some(first), subject, None);
                if let (Some(line), Some(record)) = (defined, self.records.last_mut()) {
                    record.to = line;
                }
                self.depth += 1;
            }
            Event::Return { from, to, value } => {
                self.depth = self.depth.saturating_sub(1);
                let value = self.brief(value, 0);
                self.push(Verb::Return, Some(from), to, short(&from.code.code.qualname).to_owned(), Some(value));
            }
            Event::Create { from, object } => {
                let name = self.name(object);
                self.push(Verb::Create, Some(from), None, name, None);
            }
            Event::Resume { from, to, object, value, started } => {
                let name = self.name(object);
                let verb = match (started, value.is_none()) {
                    (false, _) => Verb::Start,
                    (true, true) => Verb::Next,
                    (true, false) => Verb::Send,
                };
                let value = (!value.is_none()).then(|| self.brief(value, 0));
                let line = to.code.code.first_line;
                self.push(verb, from, Some(to), name, value);
                if let (false, Some(record)) = (started, self.records.last_mut()) {
                    record.to = line;
                }
                self.depth += 1;
            }
            Event::Throw { from, to, object, exception } => {
                let (name, exception) = (self.name(object), self.brief(exception, 0));
                self.push(Verb::Throw, from, Some(to), name, Some(exception));
                self.depth += 1;
            }
            Event::Yield { from, to, object, value } => {
                self.depth = self.depth.saturating_sub(1);
                let (name, value) = (self.name(object), self.brief(value, 0));
                self.push(Verb::Yield, Some(from), to, name, Some(value));
            }
            Event::Delegate { from, object, to } => {
                let (name, to) = (self.name(object), self.name(to));
                self.push(Verb::Delegate, Some(from), None, name, Some(to));
            }
            Event::Finish { from, to, object, value, delegated } => {
                self.depth = self.depth.saturating_sub(!delegated as usize);
                let (name, value) = (self.name(object), self.brief(value, 0));
                self.push(Verb::Finish, Some(from), to, name, Some(value));
            }
            Event::Raise { at, object, exception } => {
                let (name, exception) = (self.place_name(at, object), self.brief(exception, 0));
                self.push(Verb::Raise, Some(at), None, name, Some(exception));
            }
            Event::Catch { at, object, exception } => {
                let (name, exception) = (self.place_name(at, object), self.brief(exception, 0));
                self.push(Verb::Catch, Some(at), None, name, Some(exception));
            }
            Event::Unwind { at, object, exception, delegated } => {
                self.depth = self.depth.saturating_sub(!delegated as usize);
                let (name, exception) = (self.place_name(at, object), self.brief(exception, 0));
                self.push(Verb::Unwind, Some(at), None, name, Some(exception));
            }
            Event::Output { text } => {
                let text = String::from_utf8_lossy(text).into_owned();
                // `print` writes its line in pieces; a record is a line.
                if let Some(last) = self.records.last_mut().filter(|last| last.verb == Verb::Output)
                    && let Some(line) = last.value.as_mut().filter(|line| !line.ends_with('\n'))
                {
                    line.push_str(&text);
                    return;
                }
                self.push(Verb::Output, None, None, String::new(), Some(text));
            }
        }
    }

    fn as_any(&mut self) -> &mut dyn std::any::Any {
        self
    }
}
