//! What natives use to look at their arguments and to end.
//!
//! A native works on native data only. When an argument turns out to be something that needs Python code first (an
//! object with `__index__`, an iterable that is a generator), it ends with [`Vm::retry`]: the prelude converts that
//! argument and calls the native again.

use super::{Exit, NativeResult, Resume, Resuming, Resumption, TailCall, Vm};
use crate::memory;
use crate::object::dict::{DictView, ViewKind};
use crate::object::equality::{self, Answer};
use crate::object::hashing::{self, Hashed};
use crate::object::iter::{Iter, Step, native_iter, step};
use crate::object::string::{ByteArray, one_char};
use crate::object::{Borrow, Bytes, Dict, Integer, Kind, List, Range, Set, Str, Tuple, Value};

/// Argument `n`, if it was given.
#[inline(always)]
pub fn arg(args: &[Value], n: usize) -> Option<&Value> {
    args.get(n).filter(|value| !value.is_undef())
}

/// Argument `n`, if it was given and is not `None`.
#[inline(always)]
pub fn arg_or_none(args: &[Value], n: usize) -> Option<&Value> {
    arg(args, n).filter(|value| !value.is_none())
}

/// The items of an iterable: borrowed where they stand in a list or a tuple. Let go of it before anything that may change
/// the list.
pub enum Items<'a> {
    /// Of a list.
    List(std::cell::Ref<'a, Vec<Value>>),
    /// Of a tuple.
    Tuple(&'a [Value]),
    /// Copies.
    Own(Vec<Value>),
}

impl std::ops::Deref for Items<'_> {
    type Target = [Value];
    fn deref(&self) -> &[Value] {
        match self {
            Items::List(items) => items,
            Items::Tuple(items) => items,
            Items::Own(items) => items,
        }
    }
}

/// Is it an iterator whose items are gone when they have been taken natively?
pub fn is_iterator(value: &Value) -> bool {
    matches!(value.kind(), Some(Kind::ListIter | Kind::RangeIter | Kind::Iter))
}

/// Is it a value that no Python code is asked about, whatever is done with it?
fn is_plain(value: &Value) -> bool {
    match value.kind() {
        None | Some(Kind::Str | Kind::Bytes | Kind::BigInt) => true,
        Some(Kind::Tuple) => value.get::<Tuple>().is_some_and(|tuple| {
            tuple.items().iter().all(|item| matches!(item.kind(), None | Some(Kind::Str | Kind::Bytes | Kind::BigInt)))
        }),
        _ => false,
    }
}

impl Vm {
    /// End a native by calling `callee` in its place.
    pub fn tail_call(&self, callee: Value, args: Vec<Value>) -> NativeResult {
        Err(Exit::Call(Box::new(TailCall { callee, args, keywords: Vec::new() })))
    }

    /// End a native by calling `callee` with keyword arguments in its place.
    pub fn tail_call_kw(&self, callee: Value, args: Vec<Value>, keywords: Vec<(Value, Value)>) -> NativeResult {
        Err(Exit::Call(Box::new(TailCall { callee, args, keywords })))
    }

    /// End a native by calling a function of the prelude in its place.
    pub fn tail_prelude(&mut self, name: &str, args: Vec<Value>) -> NativeResult {
        let function = self.prelude_function(name)?;
        self.tail_call(function, args)
    }

    /// End a native by resuming a generator in its place. With `default`, its end gives that instead of `StopIteration`.
    pub fn tail_resume(&self, generator: Value, resume: Resume, default: Option<Value>) -> NativeResult {
        let how = match default {
            Some(default) => Resuming::Or(default),
            None => Resuming::Once(resume),
        };
        Err(Exit::Resume(Box::new(Resumption { generator, how })))
    }

    /// The same by throwing in an exception that was given to the native.
    pub fn tail_throw(&self, generator: Value, exception: Value) -> NativeResult {
        Err(Exit::Resume(Box::new(Resumption { generator, how: Resuming::Thrown(exception) })))
    }

    /// End the running native by having the prelude's `converter` convert argument `n`, then calling the native again.
    /// Converters: `index`, `to_list`, `to_float`, `to_str`, `to_bool`.
    pub fn retry(&mut self, args: &[Value], n: usize, converter: &str) -> Exit {
        self.retry_by(args, n, converter, None)
    }

    /// The same with something that the converter is told besides.
    pub fn retry_with(&mut self, args: &[Value], n: usize, converter: &str, told: Value) -> Exit {
        self.retry_by(args, n, converter, Some(told))
    }

    fn retry_by(&mut self, args: &[Value], n: usize, converter: &str, told: Option<Value>) -> Exit {
        let native = self.running_native();
        let converter = match self.prelude_function(converter) {
            Ok(converter) => converter,
            Err(exit) => return exit,
        };
        let mut call = vec![native, Value::list(args.to_vec()), Value::size(n), converter];
        call.extend(told);
        match self.tail_prelude("retry", call) {
            Err(exit) => exit,
            Ok(_) => self.system_error("a tail call did not end the native"),
        }
    }

    /// An argument that must be an int, or have `__index__`.
    pub fn integer_arg<'a>(&mut self, args: &'a [Value], n: usize) -> Result<Integer<'a>, Exit> {
        if let Some(integer) = args[n].as_integer() {
            return Ok(integer);
        }
        let class = self.class_of(&args[n]);
        if class.lookup(&self.names.index).is_some() {
            return Err(self.retry(args, n, "index"));
        }
        Err(self.type_error(format!("'{}' object cannot be interpreted as an integer", self.type_name(&args[n]))))
    }

    /// An argument that must be an int that fits a machine word: a count or position.
    pub fn index_arg(&mut self, args: &[Value], n: usize) -> Result<i64, Exit> {
        match self.integer_arg(args, n)?.to_i64() {
            Some(i) => Ok(i),
            None => Err(self.overflow_error("Python int too large to convert to C ssize_t")),
        }
    }

    /// How often something is to be repeated: an int that fits a machine word.
    pub fn count_arg(&mut self, args: &[Value], n: usize) -> Result<i64, Exit> {
        if args[n].as_integer().is_none() && self.class_of(&args[n]).lookup(&self.names.index).is_some() {
            return Err(self.retry(args, n, "to_count"));
        }
        match self.integer_arg(args, n)?.to_i64() {
            Some(count) => Ok(count),
            None => {
                let name = self.type_name(&args[n]);
                Err(self.overflow_error(format!("cannot fit '{name}' into an index-sized integer")))
            }
        }
    }

    /// A position given as `start` or `end`: an int clamped to a machine word, `None` or absent.
    pub fn bound_arg(&mut self, args: &[Value], n: usize) -> Result<Option<i64>, Exit> {
        if arg_or_none(args, n).is_none() {
            return Ok(None);
        }
        if args[n].as_integer().is_none() && self.class_of(&args[n]).lookup(&self.names.index).is_none() {
            let message = "slice indices must be integers or None or have an __index__ method";
            return Err(self.type_error(message));
        }
        self.clamped_arg(args, n).map(Some)
    }

    /// The same clamped to a machine word, where one so large says no more than a large one.
    pub fn clamped_arg(&mut self, args: &[Value], n: usize) -> Result<i64, Exit> {
        let integer = self.integer_arg(args, n)?;
        let clamped = if integer.is_negative() { i64::MIN } else { i64::MAX };
        Ok(integer.to_i64().unwrap_or(clamped))
    }

    /// An argument that must be a float or an int, or have `__float__` or `__index__`.
    pub fn float_arg(&mut self, args: &[Value], n: usize) -> Result<f64, Exit> {
        if let Some(f) = args[n].payload().as_float() {
            return Ok(f);
        }
        if let Some(integer) = args[n].as_integer() {
            let too_large = "int too large to convert to float";
            return integer.to_f64().ok_or_else(|| self.overflow_error(too_large));
        }
        let class = self.class_of(&args[n]);
        if class.lookup(&self.names.float_).is_some() || class.lookup(&self.names.index).is_some() {
            return Err(self.retry(args, n, "to_float"));
        }
        Err(self.type_error(format!("must be real number, not {}", self.shown_class(&class))))
    }

    /// The items of an iterable argument, all at once. Anything but a native iterable is turned into a list by the
    /// prelude first, which asks it how long it will be.
    pub fn items_arg(&mut self, args: &[Value], n: usize) -> Result<Vec<Value>, Exit> {
        match self.sized_items(&args[n])? {
            Some(items) => Ok(items),
            None => {
                self.require_iterable(&args[n])?;
                Err(self.retry(args, n, "to_list"))
            }
        }
    }

    /// As [`Vm::items_arg`], for those that do not ask an iterable how long it will be.
    pub fn unsized_items_arg(&mut self, args: &[Value], n: usize) -> Result<Vec<Value>, Exit> {
        match self.native_items(&args[n])? {
            Some(items) => Ok(items),
            None => {
                self.require_iterable(&args[n])?;
                Err(self.retry(args, n, "to_items"))
            }
        }
    }

    /// As [`Vm::unsized_items_arg`], for a native that may still hand its arguments over to the prelude: what an iterator
    /// gave goes in its place first, unless the items are such that no Python code will be asked about them.
    pub fn kept_items_arg(&mut self, args: &[Value], n: usize) -> Result<Vec<Value>, Exit> {
        let items = self.unsized_items_arg(args, n)?;
        if is_iterator(&args[n]) && !items.iter().all(is_plain) {
            let mut again = args.to_vec();
            again[n] = Value::list(items);
            return Err(self.retry(&again, n, "to_items"));
        }
        Ok(items)
    }

    /// As [`Vm::unsized_items_arg`], for looking at them only.
    pub fn unsized_view_arg<'a>(&mut self, args: &'a [Value], n: usize) -> Result<Items<'a>, Exit> {
        match self.native_view(&args[n])? {
            Some(items) => Ok(items),
            None => {
                self.require_iterable(&args[n])?;
                Err(self.retry(args, n, "to_items"))
            }
        }
    }

    /// The items of an argument that is wanted as a sequence, for looking at them only: its iterator is asked how long it
    /// will be, and what cannot be iterated, or fails with `TypeError` when it is to be, is told in the words of
    /// `complaint`.
    pub fn sequence_view_arg<'a>(&mut self, args: &'a [Value], n: usize, complaint: &str) -> Result<Items<'a>, Exit> {
        match self.native_view(&args[n])? {
            Some(items) => Ok(items),
            None => Err(self.retry_with(args, n, "to_sequence", Value::str(complaint))),
        }
    }

    /// As [`Vm::native_items`], for those that ask an iterable how long it will be: `None` too when it is a container
    /// whose class in Python has its own answer.
    pub fn sized_items(&mut self, value: &Value) -> Result<Option<Vec<Value>>, Exit> {
        if value.is_kind(Kind::Instance) {
            let class = self.class_of(value);
            let own_length = class.flags().has(crate::object::TypeFlags::CUSTOM_BOOL)
                && class.lookup(&self.names.len).is_some_and(|len| !len.is_kind(Kind::Native));
            if own_length {
                return Ok(None);
            }
        }
        self.native_items(value)
    }

    /// As [`Vm::native_items`], for looking at them only.
    pub fn native_view<'a>(&mut self, value: &'a Value) -> Result<Option<Items<'a>>, Exit> {
        if let Some(list) = value.get::<List>() {
            return Ok(Some(Items::List(list.body().borrow())));
        }
        if let Some(tuple) = value.get::<Tuple>() {
            return Ok(Some(Items::Tuple(tuple.body_items())));
        }
        Ok(self.native_items(value)?.map(Items::Own))
    }

    /// `TypeError` unless `iter(value)` has something to call.
    pub fn require_iterable(&self, value: &Value) -> Result<(), Exit> {
        let class = self.class_of(value);
        let has = |name| class.lookup(name).is_some_and(|method| !method.is_none());
        if has(&self.names.iter) || (class.lookup(&self.names.iter).is_none() && has(&self.names.getitem)) {
            return Ok(());
        }
        Err(self.type_error(format!("'{}' object is not iterable", self.type_name(value))))
    }

    /// The items of an iterable whose iteration needs no Python code, consuming it if it is an iterator; `None` for any
    /// other.
    pub fn native_items(&mut self, value: &Value) -> Result<Option<Vec<Value>>, Exit> {
        let value = if value.is_kind(Kind::Instance) {
            if self.class_of(value).flags().has(crate::object::TypeFlags::CUSTOM_ITER) {
                return Ok(None);
            }
            value.payload()
        } else {
            value
        };
        let Some(kind) = value.kind() else { return Ok(None) };
        Ok(match kind {
            Kind::List => value.get::<List>().map(|list| self.copied(&list.borrow())).transpose()?,
            Kind::Tuple => value.get::<Tuple>().map(|tuple| self.copied(tuple.items())).transpose()?,
            Kind::Dict => value.get::<Dict>().map(|dict| dict.keys()),
            Kind::Set => value.get::<Set>().map(|set| set.to_vec()),
            Kind::DictView => value.get::<DictView>().map(|view| match view.kind {
                ViewKind::Keys => view.dict.keys(),
                ViewKind::Values => view.dict.items().into_iter().map(|(_, value)| value).collect(),
                ViewKind::Items => {
                    view.dict.items().into_iter().map(|(key, value)| Value::tuple(vec![key, value])).collect()
                }
            }),
            Kind::Str => value.get::<Str>().map(|string| {
                let bytes = string.as_bytes();
                let mut items = Vec::with_capacity(string.chars());
                let mut at = 0;
                while at < bytes.len() {
                    let end = at + crate::object::string::char_width(bytes[at]);
                    items.push(one_char(&bytes[at..end]).into_value());
                    at = end;
                }
                items
            }),
            Kind::Bytes => {
                value.get::<Bytes>().map(|bytes| bytes.data.iter().map(|b| Value::small(*b as i64)).collect())
            }
            Kind::ByteArray => value
                .get::<ByteArray>()
                .map(|bytes| bytes.data.borrow().iter().map(|b| Value::small(*b as i64)).collect()),
            Kind::Range => match value.get::<Range>().and_then(|range| range.small()) {
                Some((start, stop, step)) => {
                    let length = Range::small_len(start, stop, step);
                    let mut items = memory::vector(length as usize).map_err(|_| self.no_memory())?;
                    for n in 0..length as usize {
                        self.tick(n)?;
                        items.push(Value::int(start + n as i64 * step));
                    }
                    Some(items)
                }
                None => None,
            },
            Kind::Foreign => match native_iter(value) {
                Some(iterator) => return self.native_items(&iterator),
                None => None,
            },
            Kind::ListIter | Kind::RangeIter | Kind::Iter => {
                let mut items = Vec::with_capacity(Vm::likely_length(value));
                while let Some(item) = self.native_next(value)? {
                    self.tick(items.len())?;
                    items.push(item);
                }
                Some(items)
            }
            _ => None,
        })
    }

    /// How many items a native iterator will probably give; little is lost if it is wrong.
    fn likely_length(iterator: &Value) -> usize {
        const MANY: usize = 1 << 10;
        let left = match iterator.get::<Iter>() {
            Some(iter) if !iter.is_long_to_measure() => iter.length_hint(),
            _ => 0,
        };
        left.min(MANY)
    }

    /// Copies of these items, if there is room for them.
    pub fn copied(&self, items: &[Value]) -> Result<Vec<Value>, Exit> {
        let mut copies = memory::vector(items.len()).map_err(|_| self.no_memory())?;
        copies.extend_from_slice(items);
        Ok(copies)
    }

    /// Is it a range, or an iterator over one, that is better gone through than turned into a list?
    pub fn is_long_range(&self, value: &Value) -> bool {
        const LONG: u64 = 1 << 20;
        let range = value.get::<Range>().and_then(|range| range.small());
        range.is_some_and(|(start, stop, step)| Range::small_len(start, stop, step) > LONG)
            || value.get::<crate::object::iter::RangeIter>().is_some_and(|iter| iter.left.get() > LONG)
    }

    /// The next item of a native iterator, `None` at its end. Only for [`Kind::ListIter`], [`Kind::RangeIter`] and
    /// [`Kind::Iter`]; anything else has ended.
    pub fn native_next(&mut self, iterator: &Value) -> Result<Option<Value>, Exit> {
        match step(iterator) {
            Step::Item(item) => Ok(Some(item)),
            Step::Changed(what) => Err(self.changed_size(what)),
            Step::End => Ok(None),
        }
    }

    /// A dict or set changed under an iterator.
    pub(super) fn changed_size(&self, what: &str) -> Exit {
        self.runtime_error(format!("{what} during iteration"))
    }

    /// The hash of a value: `Ok(None)` when Python code must be asked.
    pub fn native_hash(&self, value: &Value) -> Result<Option<i64>, Exit> {
        match hashing::hash(value) {
            Hashed::Known(hash) => Ok(Some(hash)),
            Hashed::NeedsPython => Ok(None),
            Hashed::Unhashable(culprit) => {
                Err(self.type_error(format!("unhashable type: '{}'", self.type_name(&culprit.0))))
            }
            Hashed::TooDeep => Err(self.recursion_error("maximum recursion depth exceeded")),
        }
    }

    /// `a == b` between container items (identity counts): `Ok(None)` when Python code must be asked.
    pub fn native_same(&self, a: &Value, b: &Value) -> Result<Option<bool>, Exit> {
        match equality::same(a, b) {
            Answer::Yes => Ok(Some(true)),
            Answer::No => Ok(Some(false)),
            Answer::NeedsPython => Ok(None),
            Answer::TooDeep => Err(self.recursion_error("maximum recursion depth exceeded in comparison")),
        }
    }

    /// The text of a string argument, or `TypeError` naming the function and the argument as CPython does.
    pub fn str_arg<'a>(&self, args: &'a [Value], n: usize, function: &str) -> Result<Borrow<'a, Str>, Exit> {
        match args[n].native::<Str>() {
            Some(string) => Ok(string),
            None => {
                Err(self.type_error(format!("{function}() argument must be str, not {}", self.type_name(&args[n]))))
            }
        }
    }

    /// The truth of a value whose truth needs no Python code; `None` for any other.
    pub fn native_truth(&self, value: &Value) -> Option<bool> {
        super::operator::native_truth(self, value)
    }
}
