//! Exceptions as CPython 3.14 prints those that nobody caught.
//!
//! [`render`] is called from the embedding side (the interpreter, the prompt), never by a native: the message of an
//! exception is `str(exception)`, which may be a program's own code. [`stack`] needs none, and shows the entries of one
//! traceback; [`excerpt`] shows the source of an entry; `suggest` and
//! `keyword` find what a misspelt word may have meant.
//!
//! What one exception is followed by (its cause, its context) is a chain, walked with a loop: programs make long ones.
//! Groups nest, and are shown to a fixed depth.

mod excerpt;
mod keyword;
mod paint;
mod suggest;

pub use excerpt::excerpt;
pub use keyword::misspelt;
pub use paint::{Paint, plain};
pub use suggest::{closest, is_standard_module};

use crate::object::{Dict, Exception, Kind, List, Ref, Str, Traceback, Tuple, Value, intern};
use crate::source::{Source, Span};
use crate::text::wtf8;
use crate::vm::Vm;
use crate::vm::view::View;
use rustc_hash::FxHashSet;

const CAUSE: &str = "\nThe above exception was the direct cause of the following exception:\n\n";
const CONTEXT: &str = "\nDuring handling of the above exception, another exception occurred:\n\n";
const HEADER: &str = "Traceback (most recent call last):\n";
const GROUP_HEADER: &str = "Exception Group Traceback (most recent call last):\n";
/// Entries that repeat one line more often than this are counted instead of shown.
const REPEATS: usize = 3;
/// Groups within groups are shown to this depth.
const DEEPEST_GROUP: usize = 10;
/// So many exceptions of one group are shown.
const WIDEST_GROUP: usize = 15;

/// The attribute in which a `SyntaxError` keeps the line of the error and the statement before it.
pub const SNIPPET: &str = "_metadata";

/// What is printed when `exception` reaches the top: the chain of exceptions that led to it, each with its traceback.
pub fn render(vm: &mut Vm, exception: &Value, paint: Paint) -> String {
    let story = story(vm, exception);
    let mut report = Report { out: String::new(), depth: 0, box_is_open: false, story: &story, paint };
    report.chain(vm, 0);
    report.out
}

/// The entries of a traceback, outermost first, without those of hidden code; of the source `excerpt` is shown.
pub fn stack(vm: &Vm, traceback: &Value, excerpt: fn(&Source, Span) -> Option<String>, paint: Paint) -> String {
    // Of too many entries the outer ones are left out.
    let mut left_out = limit(vm).map_or(0, |limit| entries(traceback).saturating_sub(limit));
    let mut out = String::new();
    let mut last: Option<(String, u32, String)> = None;
    let mut count = 0;
    let finish = |out: &mut String, count: usize| {
        if count > REPEATS {
            let more = count - REPEATS;
            let plural = if more == 1 { "" } else { "s" };
            out.push_str(&format!("  [Previous line repeated {more} more time{plural}]\n"));
        }
    };
    let mut entry = traceback.to_ref::<Traceback>();
    while let Some(current) = entry {
        entry = current.next.get().to_ref::<Traceback>();
        if current.code().hidden {
            continue;
        }
        if left_out > 0 {
            left_out -= 1;
            continue;
        }
        let code = &current.code().code;
        let span = code.span(current.index as usize);
        let here = (code.source.name().to_owned(), code.source.place(span.start).line, code.name.to_string());
        if last.as_ref() != Some(&here) {
            finish(&mut out, count);
            count = 0;
        }
        count += 1;
        if count <= REPEATS {
            out.push_str(&paint.place(&here.0, i64::from(here.1), Some(&here.2)));
            if code.source.is_quotable() {
                out.push_str(&paint.excerpt(excerpt(&code.source, span).unwrap_or_default()));
            }
        }
        last = Some(here);
    }
    finish(&mut out, count);
    out
}

/// How many entries a traceback may show, if the program has said so.
fn limit(vm: &Vm) -> Option<usize> {
    let limit = sys_attribute(vm, "tracebacklimit")?.as_small()?;
    Some(limit.max(0) as usize)
}

/// How many entries of a traceback are not hidden.
fn entries(traceback: &Value) -> usize {
    let mut count = 0;
    let mut entry = traceback.to_ref::<Traceback>();
    while let Some(current) = entry {
        count += usize::from(!current.code().hidden);
        entry = current.next.get().to_ref::<Traceback>();
    }
    count
}

/// An exception of a story: what led to it, with the sentence between, and its members if it is a group.
struct Told {
    exception: Value,
    before: Option<(usize, &'static str)>,
    members: Option<Vec<usize>>,
}

/// Everything that is shown with an exception, which comes first. Causes and contexts may form cycles, and several exceptions
/// may have the same: each is shown once, with the one that is come to first. The members of a group are followed from
/// the last to the first, and before what led to the group.
fn story(vm: &Vm, exception: &Value) -> Vec<Told> {
    let told = |exception: &Value| Told { exception: exception.clone(), before: None, members: None };
    let mut seen = FxHashSet::from_iter([exception.bits()]);
    let mut story = vec![told(exception)];
    let mut waiting = vec![(0, 0)];
    while let Some((at, depth)) = waiting.pop() {
        let Some(current) = story.get(at).map(|told| told.exception.clone()) else { break };
        let before = current.get::<Exception>().and_then(|exception| {
            let (cause, context) = (exception.cause.get(), exception.context.get());
            let new = |other: &Value| other.is_kind(Kind::Exception) && !seen.contains(&other.bits());
            if new(&cause) {
                Some((cause, CAUSE))
            } else if new(&context) && !exception.suppress_context.get() {
                Some((context, CONTEXT))
            } else {
                None
            }
        });
        let mut add = |exception: &Value, depth| {
            seen.insert(exception.bits());
            story.push(told(exception));
            waiting.push((story.len() - 1, depth));
            story.len() - 1
        };
        let before = before.map(|(exception, connection)| (add(&exception, depth), connection));
        // What stands deeper than is shown is not looked at.
        let members = members(vm, &current).map(|members| {
            let members = if depth > DEEPEST_GROUP { &[][..] } else { &members[..] };
            members.iter().map(|member| add(member, depth + 1)).collect()
        });
        if let Some(told) = story.get_mut(at) {
            (told.before, told.members) = (before, members);
        }
    }
    story
}

struct Report<'a> {
    story: &'a [Told],
    out: String,
    /// How many groups are open.
    depth: usize,
    /// The box of the group shown last still lacks its lower edge.
    box_is_open: bool,
    paint: Paint,
}

impl Report<'_> {
    /// An exception after those that led to it.
    fn chain(&mut self, vm: &mut Vm, at: usize) {
        let mut chain = Vec::new();
        let mut next = Some((at, ""));
        while let Some((at, connection)) = next {
            let Some(told) = self.story.get(at) else { break };
            next = told.before;
            chain.push((told, connection));
        }
        // The sentence belongs between an exception and the one it led to.
        for (told, connection) in chain.into_iter().rev() {
            self.one(vm, told);
            if !connection.is_empty() {
                self.emit(connection, '|');
            }
        }
    }

    fn one(&mut self, vm: &mut Vm, told: &Told) {
        let exception = &told.exception;
        let Some(members) = &told.members else {
            self.entries(vm, exception, HEADER, '|');
            let text = last_lines(vm, exception, self.paint);
            return self.emit(&text, '|');
        };
        if self.depth > DEEPEST_GROUP {
            return self.emit(&format!("... (max_group_depth is {DEEPEST_GROUP})\n"), '|');
        }
        let outermost = self.depth == 0;
        if outermost {
            self.depth = 1;
        }
        self.entries(vm, exception, GROUP_HEADER, if outermost { '+' } else { '|' });
        let text = last_lines(vm, exception, self.paint);
        self.emit(&text, '|');
        self.group(vm, members);
        if outermost {
            self.depth = 0;
        }
    }

    /// The members of a group, each in its box.
    fn group(&mut self, vm: &mut Vm, members: &[usize]) {
        let boxes = members.len().min(WIDEST_GROUP + 1);
        self.box_is_open = false;
        for (number, member) in members.iter().copied().take(boxes).enumerate() {
            let last = number + 1 == boxes;
            if last {
                // A group in the last box may draw its lower edge for us.
                self.box_is_open = true;
            }
            let left_out = number >= WIDEST_GROUP;
            let title = if left_out { "...".to_owned() } else { (number + 1).to_string() };
            let corner = if number == 0 { "+-" } else { "  " };
            self.out.push_str(&format!("{}{corner}+---------------- {title} ----------------\n", self.indent()));
            self.depth += 1;
            if left_out {
                let more = members.len() - WIDEST_GROUP;
                let plural = if more == 1 { "" } else { "s" };
                self.emit(&format!("and {more} more exception{plural}\n"), '|');
            } else {
                self.chain(vm, member);
            }
            if last && self.box_is_open {
                self.out.push_str(&format!("{}+------------------------------------\n", self.indent()));
                self.box_is_open = false;
            }
            self.depth -= 1;
        }
    }

    fn entries(&mut self, vm: &Vm, exception: &Value, header: &str, margin: char) {
        let traceback = exception.get::<Exception>().map_or(Value::NONE, |exception| exception.traceback.get());
        if traceback.is_kind(Kind::Traceback) && limit(vm) != Some(0) {
            self.emit(header, margin);
            self.emit(&stack(vm, &traceback, excerpt, self.paint), '|');
        }
    }

    /// Write some lines, behind the edge of the box they are in.
    fn emit(&mut self, text: &str, margin: char) {
        if self.depth == 0 {
            return self.out.push_str(text);
        }
        let indent = self.indent();
        for line in text.split_inclusive('\n') {
            self.out.push_str(&format!("{indent}{margin} {line}"));
        }
    }

    fn indent(&self) -> String {
        " ".repeat(2 * self.depth)
    }
}

/// The exceptions in a group; `None` if it is not one.
fn members(vm: &Vm, exception: &Value) -> Option<Vec<Value>> {
    if !vm.is_instance(exception, &vm.types.base_exception_group) {
        return None;
    }
    let items = |value: Value| match value.kind() {
        Some(Kind::Tuple) => value.get::<Tuple>().map(|tuple| tuple.items().to_vec()),
        Some(Kind::List) => value.get::<List>().map(|list| list.to_vec()),
        _ => None,
    };
    attribute(exception, "exceptions").and_then(items).or_else(|| exception.get::<Exception>()?.arg(1).and_then(items))
}

/// `ValueError: message`, and the notes.
fn last_lines(vm: &mut Vm, exception: &Value, paint: Paint) -> String {
    let mut text = match syntax_error(vm, exception, paint) {
        Some(text) => text,
        None => {
            let message = message(vm, exception);
            let class = vm.full_type_name(exception);
            paint.last(&class, &message)
        }
    };
    let notes = attribute(exception, "__notes__").filter(|notes| !notes.is_none());
    let several = notes.as_ref().and_then(|notes| match notes.kind() {
        Some(Kind::List) => notes.get::<List>().map(|list| list.to_vec()),
        Some(Kind::Tuple) => notes.get::<Tuple>().map(|tuple| tuple.items().to_vec()),
        _ => None,
    });
    match (several, notes) {
        (Some(notes), _) => {
            for note in &notes {
                text.push_str(&converted(vm, "str", note).unwrap_or_else(|| "<note str() failed>".to_owned()));
                text.push('\n');
            }
        }
        (None, Some(notes)) => {
            text.push_str(&converted(vm, "repr", &notes).unwrap_or_else(|| "<__notes__ repr() failed>".to_owned()));
            text.push('\n');
        }
        (None, None) => {}
    }
    text
}

/// `str(exception)`, with what a misspelt name may have meant.
fn message(vm: &mut Vm, exception: &Value) -> String {
    let mut text = converted(vm, "str", exception).unwrap_or_else(|| "<exception str() failed>".to_owned());
    let is = |class| vm.is_instance(exception, class);
    let types = &vm.types;
    let (import, name) = (is(&types.import_error), is(&types.name_error) && !is(&types.unbound_local_error));
    let which = if import { "name_from" } else { "name" };
    if !(import || name || is(&types.attribute_error)) {
        return text;
    }
    let Some(wrong) = attribute(exception, which).and_then(|wrong| text_of(&wrong)) else { return text };
    let mut suggestion = None;
    if name && receiver_has(vm, exception, &wrong) {
        suggestion = Some(format!("self.{wrong}"));
    } else if wrong.chars().count() <= 40 || name {
        let candidates = if import {
            attribute(exception, "name")
                .and_then(|module| loaded_module(vm, &module))
                .map(|it| names_of(vm, &it, wrong.starts_with('_')))
        } else if name {
            Some(names_in_reach(vm, exception))
        } else {
            attribute(exception, "obj").map(|object| {
                // In a method, what is private is meant as well.
                let own = receiver(vm, exception).is_some_and(|receiver| receiver.is(&object));
                names_of(vm, &object, own || wrong.starts_with('_'))
            })
        };
        suggestion = candidates.and_then(|names| suggest::closest(&wrong, &names).map(str::to_owned));
    }
    if let Some(suggestion) = &suggestion {
        text.push_str(&format!(". Did you mean: '{suggestion}'?"));
    }
    if name && suggest::is_standard_module(&wrong) {
        let or = if suggestion.is_some() { " Or did" } else { ". Did" };
        text.push_str(&format!("{or} you forget to import '{wrong}'?"));
    }
    text
}

/// `dir(object)`, with or without the names that begin with an underscore.
fn names_of(vm: &mut Vm, object: &Value, private: bool) -> Vec<String> {
    let Some(dir) = vm.builtins.get_str(&intern(b"dir")) else { return Vec::new() };
    let Ok(names) = vm.call(&dir, vec![object.clone()]) else { return Vec::new() };
    let names = names.get::<List>().map(|names| names.to_vec()).unwrap_or_default();
    let mut names: Vec<String> = names.iter().filter_map(text_of).collect();
    names.retain(|name| private || !name.starts_with('_'));
    names.sort();
    names
}

/// The innermost entry of an exception's traceback: the body in which it was raised.
fn innermost(exception: &Value) -> Option<Ref<Traceback>> {
    let mut entry = exception.get::<Exception>()?.traceback.get().to_ref::<Traceback>()?;
    while let Some(next) = entry.next.get().to_ref::<Traceback>() {
        entry = next;
    }
    Some(entry)
}

/// What the body in which an exception was raised called `self`.
fn receiver(vm: &mut Vm, exception: &Value) -> Option<Value> {
    let frame = vm.view_of_traceback(&innermost(exception)?);
    frame.foreign::<View>()?.variables(vm).get_str(&intern(b"self"))
}

/// Is the name an attribute of what the body called `self`?
fn receiver_has(vm: &mut Vm, exception: &Value, wrong: &str) -> bool {
    let mut look = || {
        let receiver = receiver(vm, exception)?;
        let hasattr = vm.builtins.get_str(&intern(b"hasattr"))?;
        let found = vm.call(&hasattr, vec![receiver, Value::str(wrong)]).ok()?;
        found.as_bool()
    };
    look() == Some(true)
}

/// The names that the body could have meant in which an exception was raised.
fn names_in_reach(vm: &Vm, exception: &Value) -> Vec<String> {
    let Some(entry) = innermost(exception) else { return Vec::new() };
    let code = &entry.code().code;
    let locals =
        code.locals.iter().chain(&code.free).filter(|name| !name.starts_with('.')).map(|name| name.to_string());
    let keys = |dict: &Ref<Dict>| dict.keys().iter().filter_map(text_of).collect::<Vec<_>>();
    locals.chain(keys(&entry.function.globals)).chain(keys(&vm.builtins)).collect()
}

fn loaded_module(vm: &Vm, name: &Value) -> Option<Value> {
    vm.modules.get_str(&name.to_ref::<Str>()?)
}

/// A `SyntaxError` with the line it is about; `None` for any other exception.
fn syntax_error(vm: &mut Vm, exception: &Value, paint: Paint) -> Option<String> {
    if !vm.is_instance(exception, &vm.types.syntax_error) {
        return None;
    }
    let place = exception.get::<Exception>()?.arg(1);
    let detail = |name: &str, index: usize| {
        let from_args = || place.as_ref()?.get::<Tuple>()?.items().get(index).cloned();
        attribute(exception, name).or_else(from_args).filter(|value| !value.is_none())
    };
    let number = |name: &str, index: usize| detail(name, index)?.as_small();
    let message = attribute(exception, "msg").or_else(|| exception.get::<Exception>()?.arg(0));
    let message = message.filter(|message| !message.is_none());
    let file = detail("filename", 0).and_then(|file| text_of(&file));
    let (line, end_line) = (number("lineno", 1), number("end_lineno", 4));
    let (mut offset, mut end_offset) = (number("offset", 2), number("end_offset", 5));
    let text = detail("text", 3).and_then(|text| text_of(&text));
    let mut message = match message {
        Some(message) => converted(vm, "str", &message).unwrap_or_default(),
        None => "<no detail available>".to_owned(),
    };
    if (message == "invalid syntax" || message.contains("Perhaps you forgot a comma"))
        && let Some(snippet) = attribute(exception, SNIPPET).and_then(|snippet| text_of(&snippet))
        && let Some((bytes, keyword)) = keyword::misspelt(&snippet)
    {
        let last = snippet.lines().last().unwrap_or_default();
        let column = |at: usize| last.get(..at).map(|before| before.chars().count() as i64 + 1);
        (offset, end_offset) = (column(bytes.start), column(bytes.end));
        message = format!("invalid syntax. Did you mean '{keyword}'?");
    }

    let mut out = String::new();
    let mut suffix = String::new();
    match (line, &file) {
        (Some(line), _) => {
            out.push_str(&paint.place(file.as_deref().unwrap_or("<string>"), line, None));
        }
        (None, Some(file)) => suffix = format!(" ({file})"),
        (None, None) => {}
    }
    if let Some(text) = text {
        out.push_str(&paint.excerpt(syntax_excerpt(
            &text,
            line.is_some().then_some(offset).flatten(),
            (line == end_line).then_some(end_offset),
        )));
    }
    let class = vm.full_type_name(exception);
    out.push_str(&match &*message {
        "" => format!("{class}: {suffix}\n"),
        _ => paint.last(&class, &(message + &suffix)),
    });
    Some(out)
}

/// The line that a `SyntaxError` is about, with carets from column `offset` (from 1) on, if it is known. `end` is the column
/// after the last caret: nothing when that lies on another line, `Some(None)` when nobody said.
pub fn syntax_excerpt(text: &str, offset: Option<i64>, end: Option<Option<i64>>) -> String {
    let whole: Vec<char> = text.trim_end_matches('\n').chars().collect();
    let spaces = whole.iter().take_while(|letter| matches!(letter, ' ' | '\n' | '\x0c')).count();
    let shown = &whole[spaces..];
    let mut out = format!("    {}\n", shown.iter().collect::<String>());
    let Some(mut offset) = offset else { return out };
    let mut end = match end {
        None => whole.len() as i64 + 1,
        Some(Some(end)) if end != 0 => end,
        Some(_) => offset,
    };
    let length = text.chars().count() as i64;
    if length > 0 && offset > length {
        offset = length + 1;
    }
    // What begins on the line ends there, and one caret there is in any case.
    end = end.min(whole.len() as i64 + 1);
    if offset >= end || end < 0 {
        end = offset.saturating_add(1);
    }
    let column = offset.saturating_sub(1 + spaces as i64);
    if (0..=whole.len() as i64 + 1).contains(&column) {
        // White space that is not a space keeps the caret in line.
        let before = (0..column as usize).map(|at| match shown.get(at) {
            Some(letter) if letter.is_whitespace() => *letter,
            _ => ' ',
        });
        let carets = "^".repeat((end - offset) as usize);
        out.push_str(&format!("    {}{carets}\n", before.collect::<String>()));
    }
    out
}

/// An attribute that an exception declares or keeps in its dict.
pub fn attribute(exception: &Value, name: &str) -> Option<Value> {
    let exception = exception.get::<Exception>()?;
    let name = intern(name.as_bytes());
    let find = |dict: Value| dict.get::<Dict>()?.get_str(&name);
    find(exception.members.get()).or_else(|| find(exception.dict.get()))
}

/// An attribute of the module `sys`, if the program has loaded it.
fn sys_attribute(vm: &Vm, name: &str) -> Option<Value> {
    let sys = vm.modules.get_str(&intern(b"sys"))?;
    sys.get::<crate::object::Module>()?.get(name)
}

/// `str(value)` or `repr(value)`; `None` when that fails.
pub fn converted(vm: &mut Vm, function: &str, value: &Value) -> Option<String> {
    if let Some(text) = text_of(value).filter(|_| function == "str" && value.is_kind(Kind::Str)) {
        return Some(text);
    }
    let function = match function {
        "str" => vm.types.str_.value(),
        name => vm.builtins.get_str(&intern(name.as_bytes()))?,
    };
    let text = vm.call(&function, vec![value.clone()]).ok()?;
    text_of(&text)
}

/// The text of a string as standard error shows it: lone surrogates as escapes.
pub fn text_of(value: &Value) -> Option<String> {
    let string = value.native::<Str>()?;
    let escaped = |c: u32| char::from_u32(c).map_or_else(|| format!("\\u{c:04x}"), String::from);
    Some(match string.as_str() {
        Some(text) => text.to_owned(),
        None => wtf8::code_points(string.as_bytes()).map(escaped).collect(),
    })
}
