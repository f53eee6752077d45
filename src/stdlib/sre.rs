//! `_sre`: compiled patterns, their matches, and what finds one match after another. The functions of `re` are Python, and so is
//! what calls a function for each match (`prelude/patterns.py`).

use super::{class, kept_class, module as new_module};
use crate::builtins::items::exit;
use crate::builtins::order::class_getitem;
use crate::builtins::text::{Buffer, buffer, string};
use crate::builtins::{getsets, install_class_methods, install_functions, install_getsets, install_methods, natives};
use crate::object::dict::MappingProxy;
use crate::object::equality::{Answer, same};
use crate::object::hashing::{self, Hashed};
use crate::object::heap::Borrow;
use crate::object::{Bytes, Dict, Foreign, Module, NativeObject, Ref, Slot, Str, Type, TypeFlags, Value, intern};
use crate::regex::{self, Error, Finish, Matcher, Piece, Program, Stop, flags};
use crate::text::{escape, wtf8};
use crate::vm::arguments::{arg, arg_or_none};
use crate::vm::{Exit, NativeResult, Vm};
use std::cell::Cell;

/// A compiled pattern.
struct Pattern {
    /// What it was made from: `str` or `bytes`.
    source: Slot,
    is_text: bool,
    flags: u32,
    program: Program,
    names: Vec<(Vec<u8>, usize)>,
    /// The names as Python sees them, once it has asked.
    index: Slot,
}

impl NativeObject for Pattern {
    fn visit(&self, see: &mut dyn FnMut(&Value)) {
        self.source.visit(see);
        self.index.visit(see);
    }
    fn clear(&self) {}
    fn outside(&self) -> usize {
        self.program.size()
    }
    fn hash(&self, _: &Value) -> Hashed {
        self.source.with(hashing::hash)
    }
    fn equal(&self, _: &Value, other: &Value) -> Answer {
        match other.foreign::<Pattern>() {
            Some(other) if self.flags == other.flags && self.is_text == other.is_text => {
                same(&self.source.get(), &other.source.get())
            }
            _ => Answer::No,
        }
    }
}

/// A match.
struct Match {
    pattern: Slot,
    subject: Slot,
    /// Where the groups begin and end, in bytes.
    spans: Box<[Option<(usize, usize)>]>,
    last: Option<usize>,
    /// The part of the subject that was searched, in characters.
    window: (usize, usize),
}

impl NativeObject for Match {
    fn visit(&self, see: &mut dyn FnMut(&Value)) {
        self.pattern.visit(see);
        self.subject.visit(see);
    }
    fn clear(&self) {}
    fn outside(&self) -> usize {
        size_of_val(&*self.spans)
    }
}

/// Finds one match after another.
struct Scanner {
    pattern: Slot,
    subject: Slot,
    window: (usize, usize),
    /// Where the next search begins, in bytes; nowhere once one has failed.
    next: Cell<Option<usize>>,
    must_advance: Cell<bool>,
}

impl NativeObject for Scanner {
    fn visit(&self, see: &mut dyn FnMut(&Value)) {
        self.pattern.visit(see);
        self.subject.visit(see);
    }
    fn clear(&self) {}
    fn fork(&self, class: &Ref<Type>, _: &Value) -> Option<Value> {
        let fork = Scanner {
            pattern: Slot::new(self.pattern.get()),
            subject: Slot::new(self.subject.get()),
            window: self.window,
            next: Cell::new(self.next.get()),
            must_advance: Cell::new(self.must_advance.get()),
        };
        Some(Foreign::value(class, fork))
    }
}

/// What a program is run over.
enum Subject<'a> {
    Text(Borrow<'a, Str>),
    Bytes(Buffer<'a>),
}

impl Subject<'_> {
    fn bytes(&self) -> &[u8] {
        match self {
            Subject::Text(text) => text.as_bytes(),
            Subject::Bytes(bytes) => bytes,
        }
    }

    fn is_wide(&self) -> bool {
        matches!(self, Subject::Text(text) if !text.is_ascii())
    }

    fn characters(&self) -> usize {
        match self {
            Subject::Text(text) => text.chars(),
            Subject::Bytes(bytes) => bytes.len(),
        }
    }

    /// The bytes before character `n`.
    fn offset(&self, n: usize) -> usize {
        match self {
            Subject::Text(text) => text.offset(n),
            Subject::Bytes(_) => n,
        }
    }

    /// Which character begins at this byte: a search among the offsets, of which a string knows some by heart.
    fn character(&self, offset: usize) -> usize {
        let Subject::Text(text) = self else { return offset };
        if text.is_ascii() {
            return offset;
        }
        let (mut low, mut high) = (offset / 4, offset.min(text.chars()));
        while low < high {
            let middle = (low + high) / 2;
            if text.offset(middle) < offset { low = middle + 1 } else { high = middle }
        }
        low
    }

    /// A part of it as a new value.
    fn part(&self, from: usize, to: usize) -> Value {
        let bytes = self.bytes();
        let part = &bytes[from.min(bytes.len())..to.clamp(from.min(bytes.len()), bytes.len())];
        match self {
            Subject::Text(text) if text.is_ascii() => Value::object(Ref::<Str>::from_ascii(part)),
            Subject::Text(_) => Value::str(part),
            Subject::Bytes(_) => Value::bytes(part),
        }
    }
}

natives! {
    FUNCTIONS {
        /// A compiled pattern with the warnings about it, or what is wrong: a text and a place.
        "compile(pattern, flags, /)" => compile;
        "template(pattern, template, /)" => template;
    }
    PATTERN {
        /// The match that begins where the string does, or None.
        "match(self, string, pos=0, endpos=9223372036854775807)" => pattern_match;
        /// The match that takes all of the string, or None.
        "fullmatch(self, string, pos=0, endpos=9223372036854775807)" => fullmatch;
        /// The first match anywhere in the string, or None.
        "search(self, string, pos=0, endpos=9223372036854775807)" => search;
        /// The string with something else in place of each match.
        "sub(self, repl, string, count=0)" => sub;
        /// What sub() gives, and how many matches there were.
        "subn(self, repl, string, count=0)" => subn;
        /// The texts of all matches, or of their groups, in a list.
        "findall(self, string, pos=0, endpos=9223372036854775807)" => findall;
        /// The parts of the string between the matches.
        "split(self, string, maxsplit=0)" => split;
        /// All matches, one after the other.
        "finditer(self, string, pos=0, endpos=9223372036854775807)" => finditer;
        "scanner(self, string, pos=0, endpos=9223372036854775807)" => scanner;
        "__copy__(self, /)" => itself;
        "__deepcopy__(self, memo, /)" => itself;
        "__repr__(self, /)" => pattern_repr;
        "__eq__(self, other, /)" => pattern_eq;
        "__hash__(self, /)" => pattern_hash;
        "__reduce__(self, /)" => pattern_reduce;
    }
    GENERIC {
        "__class_getitem__(cls, item, /)" => class_getitem;
    }
    MATCH {
        /// What a group matched, by its number or name; of several groups a tuple.
        "group(self, /, *groups)" => group;
        /// What all groups matched, from the first on.
        "groups(self, default=None)" => groups;
        /// What the groups with names matched.
        "groupdict(self, default=None)" => groupdict;
        /// Where what a group matched begins.
        "start(self, group=0, /)" => start;
        /// Where what a group matched ends.
        "end(self, group=0, /)" => end;
        /// Where what a group matched begins and ends.
        "span(self, group=0, /)" => span;
        /// A text, in which backslashes mean groups.
        "expand(self, template)" => expand;
        "__getitem__(self, group, /)" => getitem;
        "__copy__(self, /)" => itself;
        "__deepcopy__(self, memo, /)" => itself;
        "__repr__(self, /)" => match_repr;
    }
    SCANNER {
        "match(self, /)" => scanner_match;
        "search(self, /)" => scanner_search;
    }
    ITERATOR {
        "__iter__(self, /)" => itself;
        "__next__(self, /)" => iterator_next;
    }
    PRELUDE {
        "_re_scanner(pattern, string, /)" => scanner;
        "_re_search(scanner, /)" => scanner_search;
        "_re_span(match, /)" => raw_span;
        "_re_part(pattern, string, start, end, /)" => raw_part;
    }
}

getsets! {
    PATTERN_ATTRIBUTES {
        "pattern" => pattern_source;
        "flags" => pattern_flags;
        "groups" => pattern_groups;
        "groupindex" => groupindex;
    }
    MATCH_ATTRIBUTES {
        "string" => match_string;
        "re" => match_pattern;
        "pos" => match_pos;
        "endpos" => match_endpos;
        "lastindex" => lastindex;
        "lastgroup" => lastgroup;
        "regs" => regs;
    }
    SCANNER_ATTRIBUTES {
        "pattern" => scanner_pattern;
    }
}

fn pattern_class(vm: &mut Vm) -> Ref<Type> {
    kept_class(vm, "re.Pattern", |vm| {
        let flags = TypeFlags::FINAL.with(TypeFlags::NO_DICT).with(TypeFlags::WEAK);
        let made = class("re", "Pattern", &vm.types.object, flags);
        made.dict.set_str(&intern(b"__doc__"), Value::str("A pattern, ready to be searched for."));
        install_methods(&made, PATTERN);
        install_class_methods(&made, GENERIC);
        install_getsets(&made, PATTERN_ATTRIBUTES);
        install_functions(&vm.prelude_globals(), "builtins", PRELUDE);
        made
    })
}

fn match_class(vm: &mut Vm) -> Ref<Type> {
    kept_class(vm, "re.Match", |vm| {
        let made = class("re", "Match", &vm.types.object, TypeFlags::FINAL.with(TypeFlags::NO_DICT));
        let doc = "Where a pattern was found, and what its groups matched there.";
        made.dict.set_str(&intern(b"__doc__"), Value::str(doc));
        install_methods(&made, MATCH);
        install_class_methods(&made, GENERIC);
        install_getsets(&made, MATCH_ATTRIBUTES);
        made
    })
}

fn scanner_class(vm: &mut Vm) -> Ref<Type> {
    kept_class(vm, "_sre.SRE_Scanner", |vm| {
        let made = class("_sre", "SRE_Scanner", &vm.types.object, TypeFlags::FINAL.with(TypeFlags::NO_DICT));
        install_methods(&made, SCANNER);
        install_getsets(&made, SCANNER_ATTRIBUTES);
        made
    })
}

fn iterator_class(vm: &mut Vm) -> Ref<Type> {
    kept_class(vm, "_sre.callable_iterator", |vm| {
        let made = class("builtins", "callable_iterator", &vm.types.object, TypeFlags::FINAL.with(TypeFlags::NO_DICT));
        install_methods(&made, ITERATOR);
        made
    })
}

/// The module.
pub fn module(vm: &mut Vm) -> Ref<Module> {
    let module = new_module("_sre", "", FUNCTIONS);
    module.set("Pattern", pattern_class(vm).into_value());
    module.set("Match", match_class(vm).into_value());
    module.set("MAXREPEAT", Value::int(i64::from(regex::UNLIMITED)));
    module.set("MAXGROUPS", Value::size(regex::MOST_GROUPS));
    module.set("MAGIC", Value::int(20_241_126));
    module
}

fn itself(_: &mut Vm, args: &[Value]) -> NativeResult {
    Ok(args[0].clone())
}

/// The characters of a pattern or a template, and whether it is a `str`.
fn characters(value: &Value) -> Option<(Vec<u32>, bool)> {
    if let Some(text) = value.native::<Str>() {
        return Some((wtf8::code_points(text.as_bytes()).collect(), true));
    }
    buffer(value).map(|bytes| (bytes.iter().map(|byte| u32::from(*byte)).collect(), false))
}

/// What is wrong, for the Python part to raise: the name of the exception, the text, the place.
fn failure(vm: &Vm, error: Error) -> NativeResult {
    match error {
        Error::Pattern(message, place) => {
            Ok(Value::tuple(vec![Value::str(message.as_bytes()), place.map_or(Value::NONE, Value::size)]))
        }
        Error::Overflow(message) => Err(vm.overflow_error(message)),
        Error::Flags(message) => Err(vm.value_error(message)),
        Error::TooDeep => Err(vm.recursion_error("maximum recursion depth exceeded")),
        Error::NoGroup(message) => Err(vm.index_error(message)),
    }
}

fn compile(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let Some((characters, is_text)) = characters(&args[0]) else {
        return Err(vm.type_error("first argument must be string or compiled pattern"));
    };
    let flags = vm.index_arg(args, 1)? as u32;
    let mut warnings = Vec::new();
    let parsed = regex::parse(&characters, is_text, flags, &|| vm.native_stack_is_short(), &mut warnings);
    let warnings = warnings
        .iter()
        .map(|warning| Value::tuple(vec![Value::str(warning.message.as_bytes()), Value::size(warning.nested)]))
        .collect();
    let parsed = match parsed {
        Ok(parsed) => parsed,
        Err(error) => {
            let error = failure(vm, error)?;
            return Ok(Value::tuple(vec![Value::NONE, Value::list(warnings), error]));
        }
    };
    let pattern = Pattern {
        source: Slot::new(args[0].clone()),
        is_text,
        flags: parsed.flags,
        program: regex::compile(&parsed, is_text),
        names: parsed.names,
        index: Slot::new(Value::NONE),
    };
    let class = pattern_class(vm);
    Ok(Value::tuple(vec![Foreign::value(&class, pattern), Value::list(warnings), Value::NONE]))
}

fn pattern<'a>(vm: &Vm, value: &'a Value) -> Result<&'a Pattern, Exit> {
    value.foreign::<Pattern>().ok_or_else(|| vm.type_error("a compiled pattern is needed"))
}

fn matched<'a>(vm: &Vm, value: &'a Value) -> Result<&'a Match, Exit> {
    value.foreign::<Match>().ok_or_else(|| vm.type_error("a match is needed"))
}

/// The subject, if the pattern is of its kind.
fn subject<'a>(vm: &Vm, pattern: &Pattern, value: &'a Value) -> Result<Subject<'a>, Exit> {
    if let Some(text) = value.native::<Str>() {
        if !pattern.is_text {
            return Err(vm.type_error("cannot use a bytes pattern on a string-like object"));
        }
        return Ok(Subject::Text(text));
    }
    match buffer(value) {
        Some(_) if pattern.is_text => Err(vm.type_error("cannot use a string pattern on a bytes-like object")),
        Some(bytes) => Ok(Subject::Bytes(bytes)),
        None => Err(vm.type_error(format!("expected string or bytes-like object, got '{}'", vm.type_name(value)))),
    }
}

/// A matcher that asks the machine now and then.
struct Search<'a> {
    matcher: Matcher<'a>,
}

impl<'a> Search<'a> {
    /// Over the bytes before `end`.
    fn new(pattern: &'a Pattern, subject: &'a Subject, end: usize) -> Search<'a> {
        Search { matcher: Matcher::new(&pattern.program, &subject.bytes()[..end], subject.is_wide()) }
    }

    fn run(
        &mut self,
        vm: &mut Vm,
        go: impl FnOnce(&mut Matcher<'a>, &mut dyn FnMut() -> bool) -> Result<bool, Stop>,
    ) -> Result<bool, Exit> {
        let mut stopped = None;
        let mut ask = || match vm.look_up() {
            Ok(()) => true,
            Err(exit) => {
                stopped = Some(exit);
                false
            }
        };
        let found = go(&mut self.matcher, &mut ask);
        match (found, stopped) {
            (Ok(found), _) => Ok(found),
            (Err(Stop::Asked), Some(exit)) => Err(exit),
            (Err(_), _) => Err(vm.no_memory()),
        }
    }

    fn next(&mut self, vm: &mut Vm, from: usize, must_advance: bool) -> Result<bool, Exit> {
        self.run(vm, |matcher, ask| matcher.search(from, must_advance, ask))
    }

    fn at(&mut self, vm: &mut Vm, from: usize, finish: Finish) -> Result<bool, Exit> {
        self.run(vm, |matcher, ask| matcher.matches(from, finish, ask))
    }

    /// Where the match begins and ends.
    fn whole(&self) -> (usize, usize) {
        self.matcher.span(0).unwrap_or_default()
    }
}

/// The part of a subject of so many characters that is searched.
fn window(vm: &mut Vm, args: &[Value], first: usize, length: usize) -> Result<(usize, usize), Exit> {
    let place = |vm: &mut Vm, n: usize, default: usize| match arg(args, n) {
        None => Ok(default),
        Some(_) => vm.index_arg(args, n).map(|place| usize::try_from(place).unwrap_or(0).min(length)),
    };
    let from = place(vm, first, 0)?;
    let to = place(vm, first + 1, length)?;
    Ok((from, to))
}

/// The match that a search has found.
fn found(vm: &mut Vm, search: &Search, pattern: &Value, subject: &Value, window: (usize, usize)) -> Value {
    let groups = pattern.foreign::<Pattern>().map_or(0, |pattern| pattern.program.groups);
    let made = Match {
        pattern: Slot::new(pattern.clone()),
        subject: Slot::new(subject.clone()),
        spans: (0..=groups).map(|group| search.matcher.span(group)).collect(),
        last: search.matcher.last_group(),
        window,
    };
    Foreign::value(&match_class(vm), made)
}

/// The three ways to ask for one match.
fn one(vm: &mut Vm, args: &[Value], finish: Option<Finish>) -> NativeResult {
    let pattern = pattern(vm, &args[0])?;
    let subject = subject(vm, pattern, &args[1])?;
    let (from, to) = window(vm, args, 2, subject.characters())?;
    if from > to {
        return Ok(Value::NONE);
    }
    let mut search = Search::new(pattern, &subject, subject.offset(to));
    let start = subject.offset(from);
    let is_there = match finish {
        None => search.next(vm, start, false)?,
        Some(finish) => search.at(vm, start, finish)?,
    };
    Ok(if is_there { found(vm, &search, &args[0], &args[1], (from, to)) } else { Value::NONE })
}

fn pattern_match(vm: &mut Vm, args: &[Value]) -> NativeResult {
    one(vm, args, Some(Finish::Anywhere))
}

fn fullmatch(vm: &mut Vm, args: &[Value]) -> NativeResult {
    one(vm, args, Some(Finish::AtEnd))
}

fn search(vm: &mut Vm, args: &[Value]) -> NativeResult {
    one(vm, args, None)
}

/// What a group matched.
fn piece(subject: &Subject, span: Option<(usize, usize)>) -> Option<Value> {
    span.map(|(from, to)| subject.part(from, to))
}

fn findall(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let pattern = pattern(vm, &args[0])?;
    let subject = subject(vm, pattern, &args[1])?;
    let (from, to) = window(vm, args, 2, subject.characters())?;
    let mut items = Vec::new();
    if from > to {
        return Ok(Value::list(items));
    }
    let mut search = Search::new(pattern, &subject, subject.offset(to));
    let (mut at, mut must_advance) = (subject.offset(from), false);
    let groups = pattern.program.groups;
    while search.next(vm, at, must_advance)? {
        let whole = search.whole();
        let text = |group| piece(&subject, search.matcher.span(group)).unwrap_or_else(|| subject.part(0, 0));
        items.push(match groups {
            0 => subject.part(whole.0, whole.1),
            1 => text(1),
            _ => Value::tuple((1..=groups).map(text).collect()),
        });
        must_advance = whole.0 == whole.1;
        at = whole.1;
        vm.tick(items.len())?;
    }
    Ok(Value::list(items))
}

fn split(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let pattern = pattern(vm, &args[0])?;
    let subject = subject(vm, pattern, &args[1])?;
    let most = if arg(args, 2).is_some() { vm.index_arg(args, 2)? } else { 0 };
    let end = subject.bytes().len();
    let mut search = Search::new(pattern, &subject, end);
    let (mut last, mut must_advance) = (0, false);
    let mut items = Vec::new();
    let mut count = 0;
    while (most == 0 || count < most) && search.next(vm, last, must_advance)? {
        let whole = search.whole();
        items.push(subject.part(last, whole.0));
        for group in 1..=pattern.program.groups {
            items.push(piece(&subject, search.matcher.span(group)).unwrap_or(Value::NONE));
        }
        must_advance = whole.0 == whole.1;
        last = whole.1;
        count += 1;
        vm.tick(count as usize)?;
    }
    items.push(if last == 0 && is_exact(&args[1]) { args[1].clone() } else { subject.part(last, end) });
    Ok(Value::list(items))
}

/// Is it a `str` or `bytes` itself, not of a subclass?
fn is_exact(value: &Value) -> bool {
    value.get::<Str>().is_some() || value.get::<Bytes>().is_some()
}

/// What takes the place of a match.
enum Replacement {
    Text(Vec<u8>),
    Pieces(Vec<Piece>),
}

/// A template, unless a function is given in its place; or what is wrong with it.
fn replacement(pattern: &Pattern, value: &Value) -> Option<Result<Replacement, Error>> {
    let plain = match value.native::<Str>() {
        Some(text) => (!text.as_bytes().contains(&b'\\')).then(|| text.as_bytes().to_vec()),
        None => {
            let bytes = buffer(value)?;
            (!bytes.contains(&b'\\')).then(|| bytes.to_vec())
        }
    };
    if let Some(text) = plain {
        return Some(Ok(Replacement::Text(text)));
    }
    let (characters, is_text) = characters(value)?;
    let pieces = regex::template(&characters, is_text, pattern.program.groups, &pattern.names);
    Some(pieces.map(Replacement::Pieces))
}

impl Replacement {
    fn write(&self, out: &mut Vec<u8>, text: &[u8], is_text: bool, span: impl Fn(usize) -> Option<(usize, usize)>) {
        let pieces = match self {
            Replacement::Text(text) => return out.extend_from_slice(text),
            Replacement::Pieces(pieces) => pieces,
        };
        for piece in pieces {
            match piece {
                Piece::Text(characters) if is_text => characters.iter().for_each(|c| wtf8::push(out, *c)),
                Piece::Text(characters) => out.extend(characters.iter().map(|c| *c as u8)),
                Piece::Group(group) => {
                    if let Some((from, to)) = span(*group) {
                        out.extend_from_slice(
                            &text[from.min(text.len())..to.min(text.len()).max(from.min(text.len()))],
                        );
                    }
                }
            }
        }
    }
}

/// A text of the kind that a pattern matches.
fn joined(vm: &Vm, is_text: bool, out: Vec<u8>) -> NativeResult {
    if is_text { string(vm, out) } else { Ok(Value::bytes(out)) }
}

fn sub(vm: &mut Vm, args: &[Value]) -> NativeResult {
    substitute(vm, args, false)
}

fn subn(vm: &mut Vm, args: &[Value]) -> NativeResult {
    substitute(vm, args, true)
}

fn substitute(vm: &mut Vm, args: &[Value], counted: bool) -> NativeResult {
    let pattern = pattern(vm, &args[0])?;
    let most = if arg(args, 3).is_some() { vm.index_arg(args, 3)? } else { 0 };
    let replacement = match replacement(pattern, &args[1]) {
        Some(Ok(replacement)) => replacement,
        Some(Err(error)) => {
            let error = failure(vm, error)?;
            return Err(exit(vm.tail_prelude("re_bad_template", vec![args[1].clone(), error])));
        }
        None => {
            subject(vm, pattern, &args[2])?;
            let call = vec![args[0].clone(), args[1].clone(), args[2].clone(), Value::int(most), Value::bool(counted)];
            return vm.tail_prelude("re_substitute", call);
        }
    };
    let subject = subject(vm, pattern, &args[2])?;
    let text = subject.bytes();
    let mut search = Search::new(pattern, &subject, text.len());
    let (mut last, mut must_advance, mut count) = (0, false, 0);
    let mut out = Vec::new();
    // What is put in has to be of the kind of the subject, but for nothing at all.
    let fits = args[1].native::<Str>().is_some() == pattern.is_text
        || matches!(&replacement, Replacement::Text(text) if text.is_empty());
    while (most == 0 || count < most) && search.next(vm, last, must_advance)? {
        if !fits {
            let (wanted, got) = if pattern.is_text { ("str", "bytes") } else { ("bytes-like object", "str") };
            let place = usize::from(search.whole().0 > 0);
            let article = if pattern.is_text { "expected str instance" } else { "expected a bytes-like object" };
            let _ = wanted;
            return Err(vm.type_error(format!("sequence item {place}: {article}, {got} found")));
        }
        let whole = search.whole();
        out.extend_from_slice(&text[last..whole.0]);
        replacement.write(&mut out, text, pattern.is_text, |group| search.matcher.span(group));
        must_advance = whole.0 == whole.1;
        last = whole.1;
        count += 1;
        vm.tick(count as usize)?;
    }
    let result = if count == 0 && is_exact(&args[2]) {
        args[2].clone()
    } else {
        out.extend_from_slice(&text[last..]);
        joined(vm, pattern.is_text, out)?
    };
    Ok(if counted { Value::tuple(vec![result, Value::int(count)]) } else { result })
}

/// What a template comes to for a match; for `re.template` and `Match.expand`.
fn expand(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let me = matched(vm, &args[0])?;
    let source = me.pattern.get();
    let pattern = pattern(vm, &source)?;
    let replacement = match replacement(pattern, &args[1]) {
        Some(Ok(replacement)) => replacement,
        Some(Err(error)) => {
            let error = failure(vm, error)?;
            return Err(exit(vm.tail_prelude("re_bad_template", vec![args[1].clone(), error])));
        }
        None => {
            let got = vm.type_name(&args[1]);
            return Err(vm.type_error(format!("decoding to str: need a bytes-like object, {got} found")));
        }
    };
    let value = me.subject.get();
    let subject = subject(vm, pattern, &value)?;
    let mut out = Vec::new();
    replacement.write(&mut out, subject.bytes(), pattern.is_text, |group| me.spans.get(group).copied().flatten());
    joined(vm, args[1].native::<Str>().is_some(), out)
}

/// Is the template one? `None`, or what is wrong.
fn template(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let pattern = pattern(vm, &args[0])?;
    match replacement(pattern, &args[1]) {
        Some(Err(error)) => failure(vm, error),
        _ => Ok(Value::NONE),
    }
}

fn new_scanner(vm: &mut Vm, args: &[Value]) -> Result<Scanner, Exit> {
    let pattern = pattern(vm, &args[0])?;
    let subject = subject(vm, pattern, &args[1])?;
    let (from, to) = window(vm, args, 2, subject.characters())?;
    Ok(Scanner {
        pattern: Slot::new(args[0].clone()),
        subject: Slot::new(args[1].clone()),
        window: (from, to),
        next: Cell::new((from <= to).then(|| subject.offset(from))),
        must_advance: Cell::new(false),
    })
}

fn scanner(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let scanner = new_scanner(vm, args)?;
    Ok(Foreign::value(&scanner_class(vm), scanner))
}

fn finditer(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let scanner = new_scanner(vm, args)?;
    Ok(Foreign::value(&iterator_class(vm), scanner))
}

fn scan(vm: &mut Vm, value: &Value, anchored: bool) -> NativeResult {
    let Some(scanner) = value.foreign::<Scanner>() else { return Err(vm.type_error("a scanner is needed")) };
    let Some(from) = scanner.next.get() else { return Ok(Value::NONE) };
    let (source, text) = (scanner.pattern.get(), scanner.subject.get());
    let pattern = pattern(vm, &source)?;
    let subject = subject(vm, pattern, &text)?;
    let end = subject.offset(scanner.window.1).min(subject.bytes().len());
    if from > end {
        return Ok(Value::NONE);
    }
    let mut search = Search::new(pattern, &subject, end);
    let must_advance = scanner.must_advance.get();
    let is_there = match anchored {
        false => search.next(vm, from, must_advance)?,
        true => search.run(vm, |matcher, ask| matcher.matches_further(from, must_advance, ask))?,
    };
    if !is_there {
        scanner.next.set(None);
        return Ok(Value::NONE);
    }
    let whole = search.whole();
    scanner.must_advance.set(whole.0 == whole.1);
    scanner.next.set(Some(whole.1));
    Ok(found(vm, &search, &source, &text, scanner.window))
}

fn scanner_match(vm: &mut Vm, args: &[Value]) -> NativeResult {
    scan(vm, &args[0], true)
}

fn scanner_search(vm: &mut Vm, args: &[Value]) -> NativeResult {
    scan(vm, &args[0], false)
}

fn scanner_pattern(_: &mut Vm, me: &Value) -> NativeResult {
    Ok(me.foreign::<Scanner>().map_or(Value::NONE, |scanner| scanner.pattern.get()))
}

fn iterator_next(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let next = scan(vm, &args[0], false)?;
    if next.is_none() { Err(vm.stop_iteration(Value::NONE)) } else { Ok(next) }
}

/// Where a match begins and ends in bytes; for the prelude.
fn raw_span(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let (from, to) = matched(vm, &args[0])?.spans[0].unwrap_or_default();
    Ok(Value::tuple(vec![Value::size(from), Value::size(to)]))
}

/// A part of a subject between such places, to its end if that is `None`.
fn raw_part(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let pattern = pattern(vm, &args[0])?;
    let from = vm.index_arg(args, 2)? as usize;
    let to = if args[3].is_none() { None } else { Some(vm.index_arg(args, 3)? as usize) };
    let subject = subject(vm, pattern, &args[1])?;
    if from == 0 && to.is_none() && is_exact(&args[1]) {
        return Ok(args[1].clone());
    }
    Ok(subject.part(from, to.unwrap_or(subject.bytes().len())))
}

// ---- patterns

fn pattern_source(vm: &mut Vm, me: &Value) -> NativeResult {
    Ok(pattern(vm, me)?.source.get())
}

fn pattern_flags(vm: &mut Vm, me: &Value) -> NativeResult {
    Ok(Value::int(i64::from(pattern(vm, me)?.flags)))
}

fn pattern_groups(vm: &mut Vm, me: &Value) -> NativeResult {
    Ok(Value::size(pattern(vm, me)?.program.groups))
}

fn groupindex(vm: &mut Vm, me: &Value) -> NativeResult {
    let pattern = pattern(vm, me)?;
    if pattern.index.is_none() {
        let names = Dict::empty();
        for (name, group) in &pattern.names {
            names.set_str(&intern(name), Value::size(*group));
        }
        pattern.index.set(Value::object(Ref::new(MappingProxy { mapping: names.into_value() })));
    }
    Ok(pattern.index.get())
}

/// A text as `repr` has it, cut to so many characters.
fn shown(value: &Value, most: usize) -> String {
    let all = match value.native::<Str>() {
        Some(text) => escape::repr_str(text.as_bytes()),
        None => buffer(value).map_or_else(String::new, |bytes| escape::repr_bytes(&bytes)),
    };
    match all.char_indices().nth(most) {
        Some((end, _)) => all[..end].to_owned(),
        None => all,
    }
}

fn pattern_repr(vm: &mut Vm, args: &[Value]) -> NativeResult {
    const NAMES: [(u32, &str); 8] = [
        (flags::IGNORECASE, "IGNORECASE"),
        (flags::LOCALE, "LOCALE"),
        (flags::MULTILINE, "MULTILINE"),
        (flags::DOTALL, "DOTALL"),
        (flags::UNICODE, "UNICODE"),
        (flags::VERBOSE, "VERBOSE"),
        (128, "DEBUG"),
        (flags::ASCII, "ASCII"),
    ];
    let pattern = pattern(vm, &args[0])?;
    let mut left = pattern.flags;
    if pattern.is_text && left & flags::TYPE == flags::UNICODE {
        left &= !flags::UNICODE;
    }
    let mut names = Vec::new();
    for (bit, name) in NAMES {
        if left & bit != 0 {
            names.push(format!("re.{name}"));
            left &= !bit;
        }
    }
    if left != 0 {
        names.push(format!("{left:#x}"));
    }
    let source = shown(&pattern.source.get(), 200);
    let flags = if names.is_empty() { String::new() } else { format!(", {}", names.join("|")) };
    Ok(Value::str(format!("re.compile({source}{flags})")))
}

fn pattern_eq(vm: &mut Vm, args: &[Value]) -> NativeResult {
    if args[1].foreign::<Pattern>().is_none() {
        return Ok(Value::NOT_IMPLEMENTED);
    }
    let equal = pattern(vm, &args[0])?.equal(&args[0], &args[1]);
    Ok(Value::bool(matches!(equal, Answer::Yes)))
}

fn pattern_hash(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let source = pattern(vm, &args[0])?.source.get();
    Ok(vm.native_hash(&source)?.map_or(Value::NONE, Value::int))
}

fn pattern_reduce(vm: &mut Vm, args: &[Value]) -> NativeResult {
    vm.tail_prelude("re_reduce", args.to_vec())
}

// ---- matches

/// The number of a group that is given by its number or name.
fn group_number(vm: &mut Vm, me: &Match, args: &[Value], n: usize) -> Result<usize, Exit> {
    let found = match args[n].as_integer() {
        Some(number) => number.to_i64().and_then(|number| usize::try_from(number).ok()),
        None => match args[n].native::<Str>() {
            Some(name) => {
                let source = me.pattern.get();
                let names = &pattern(vm, &source)?.names;
                names.iter().find(|(known, _)| known == name.as_bytes()).map(|(_, group)| *group)
            }
            None if vm.class_of(&args[n]).lookup(&vm.names.index).is_some() => {
                return Err(vm.retry(args, n, "index"));
            }
            None => None,
        },
    };
    found.filter(|group| *group < me.spans.len()).ok_or_else(|| vm.index_error("no such group"))
}

fn text_of(vm: &Vm, me: &Match, group: usize) -> Result<Option<Value>, Exit> {
    let (source, value) = (me.pattern.get(), me.subject.get());
    let subject = subject(vm, pattern(vm, &source)?, &value)?;
    Ok(match me.spans[group] {
        Some((0, to)) if to == subject.bytes().len() && is_exact(&value) => Some(value.clone()),
        span => piece(&subject, span),
    })
}

fn getitem(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let me = matched(vm, &args[0])?;
    let group = group_number(vm, me, args, 1)?;
    Ok(text_of(vm, me, group)?.unwrap_or(Value::NONE))
}

fn group(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let me = matched(vm, &args[0])?;
    match args.len() {
        1 => Ok(text_of(vm, me, 0)?.unwrap_or(Value::NONE)),
        2 => getitem(vm, args),
        count => {
            let mut texts = Vec::new();
            for n in 1..count {
                let group = group_number(vm, me, args, n)?;
                texts.push(text_of(vm, me, group)?.unwrap_or(Value::NONE));
            }
            Ok(Value::tuple(texts))
        }
    }
}

fn groups(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let me = matched(vm, &args[0])?;
    let default = arg_or_none(args, 1).cloned().unwrap_or(Value::NONE);
    let texts = (1..me.spans.len()).map(|group| Ok(text_of(vm, me, group)?.unwrap_or_else(|| default.clone())));
    Ok(Value::tuple(texts.collect::<Result<_, Exit>>()?))
}

fn groupdict(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let me = matched(vm, &args[0])?;
    let default = arg_or_none(args, 1).cloned().unwrap_or(Value::NONE);
    let source = me.pattern.get();
    let texts = Dict::empty();
    for (name, group) in &pattern(vm, &source)?.names {
        texts.set_str(&intern(name), text_of(vm, me, *group)?.unwrap_or_else(|| default.clone()));
    }
    Ok(texts.into_value())
}

/// Where a group begins and ends in characters, -1 both if it took no part.
fn places(vm: &Vm, me: &Match, group: usize) -> Result<(Value, Value), Exit> {
    let (source, value) = (me.pattern.get(), me.subject.get());
    let subject = subject(vm, pattern(vm, &source)?, &value)?;
    Ok(match me.spans[group] {
        Some((from, to)) => (Value::size(subject.character(from)), Value::size(subject.character(to))),
        None => (Value::int(-1), Value::int(-1)),
    })
}

fn asked(vm: &mut Vm, args: &[Value]) -> Result<(Value, Value), Exit> {
    let me = matched(vm, &args[0])?;
    let group = if arg(args, 1).is_some() { group_number(vm, me, args, 1)? } else { 0 };
    places(vm, me, group)
}

fn start(vm: &mut Vm, args: &[Value]) -> NativeResult {
    asked(vm, args).map(|(from, _)| from)
}

fn end(vm: &mut Vm, args: &[Value]) -> NativeResult {
    asked(vm, args).map(|(_, to)| to)
}

fn span(vm: &mut Vm, args: &[Value]) -> NativeResult {
    asked(vm, args).map(|(from, to)| Value::tuple(vec![from, to]))
}

fn match_repr(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let me = matched(vm, &args[0])?;
    let (from, to) = places(vm, me, 0)?;
    let text = text_of(vm, me, 0)?.unwrap_or(Value::NONE);
    let (from, to) = (from.as_small().unwrap_or(0), to.as_small().unwrap_or(0));
    Ok(Value::str(format!("<re.Match object; span=({from}, {to}), match={}>", shown(&text, 50))))
}

fn match_string(vm: &mut Vm, me: &Value) -> NativeResult {
    Ok(matched(vm, me)?.subject.get())
}

fn match_pattern(vm: &mut Vm, me: &Value) -> NativeResult {
    Ok(matched(vm, me)?.pattern.get())
}

fn match_pos(vm: &mut Vm, me: &Value) -> NativeResult {
    Ok(Value::size(matched(vm, me)?.window.0))
}

fn match_endpos(vm: &mut Vm, me: &Value) -> NativeResult {
    Ok(Value::size(matched(vm, me)?.window.1))
}

fn lastindex(vm: &mut Vm, me: &Value) -> NativeResult {
    Ok(matched(vm, me)?.last.map_or(Value::NONE, Value::size))
}

fn lastgroup(vm: &mut Vm, me: &Value) -> NativeResult {
    let me = matched(vm, me)?;
    let source = me.pattern.get();
    let names = &pattern(vm, &source)?.names;
    let name = names.iter().find(|(_, group)| Some(*group) == me.last);
    Ok(name.map_or(Value::NONE, |(name, _)| Value::object(intern(name))))
}

fn regs(vm: &mut Vm, me: &Value) -> NativeResult {
    let me = matched(vm, me)?;
    let pairs = (0..me.spans.len()).map(|group| places(vm, me, group).map(|(from, to)| Value::tuple(vec![from, to])));
    Ok(Value::tuple(pairs.collect::<Result<_, Exit>>()?))
}
