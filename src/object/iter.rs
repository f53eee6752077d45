//! Iterators that need no Python code to step.

use super::adaptor::Adaptor;
use super::dict::{Dict, DictView, MappingProxy, ViewKind};
use super::foreign::Foreign;
use super::heap::{HeapKind, Ref};
use super::kind::Kind;
use super::list::List;
use super::range::Range;
use super::set::Set;
use super::slot::Slot;
use super::string::{ByteArray, Bytes, Str, char_width, one_char};
use super::tuple::Tuple;
use super::value::Value;
use num_bigint::BigInt;
use std::cell::{Cell, RefCell};

/// An iterator over a list, which may change under it.
pub struct ListIter {
    /// The list; [`Value::UNDEF`] when exhausted.
    pub list: Slot,
    /// Number of the next item.
    pub next: Cell<usize>,
}

impl HeapKind for ListIter {
    const KIND: Kind = Kind::ListIter;
    const TRACKED: bool = true;
    fn visit(object: &Ref<Self>, see: &mut dyn FnMut(&Value)) {
        object.list.visit(see);
    }
    fn clear(object: &Ref<Self>) {
        object.list.set(Value::UNDEF);
    }
}

/// An iterator over a range of machine words.
pub struct RangeIter {
    /// The next item.
    pub next: Cell<i64>,
    /// How many are left.
    pub left: Cell<u64>,
    /// Distance between items.
    pub step: i64,
}

impl HeapKind for RangeIter {
    const KIND: Kind = Kind::RangeIter;
    const TRACKED: bool = false;
    fn visit(_: &Ref<Self>, _: &mut dyn FnMut(&Value)) {}
    fn clear(_: &Ref<Self>) {}
}

/// What another native iterator goes over.
#[derive(Clone)]
pub enum IterState {
    /// Nothing any more. The kind it had is kept for `type()`.
    Done,
    /// The items of a tuple.
    Tuple { tuple: Ref<Tuple>, next: usize },
    /// The characters of a string; `at` is a byte offset.
    Str { string: Ref<Str>, at: usize },
    /// The bytes of a bytes object.
    Bytes { bytes: Ref<Bytes>, next: usize },
    /// The bytes of a byte array, which may change.
    ByteArray { array: Ref<ByteArray>, next: usize },
    /// Entries of a dict, forward: `next` is an entry number, `length` the size it must keep, `left` how many entries of
    /// those that were there at the beginning are still to come.
    Dict { dict: Ref<Dict>, view: ViewKind, next: usize, length: usize, left: usize },
    /// Entries of a dict, backward: `end` is one past the next entry number.
    DictReversed { dict: Ref<Dict>, view: ViewKind, end: usize, length: usize },
    /// The members of a set: `next` is a place in its table.
    Set { set: Ref<Set>, next: usize, length: usize },
    /// The items of a list, backward: `end` is one past the next.
    ListReversed { list: Ref<List>, end: usize },
    /// The items of a tuple, backward.
    TupleReversed { tuple: Ref<Tuple>, end: usize },
    /// The characters of a string, backward.
    StrReversed { string: Ref<Str>, end: usize },
    /// The bytes of a bytes object, backward.
    BytesReversed { bytes: Ref<Bytes>, end: usize },
    /// A range with ints of any size.
    BigRange { next: BigInt, stop: BigInt, step: BigInt },
    /// `zip` over native iterators. `depth`: how many adaptors stand behind each other here.
    Zip { sources: Vec<Value>, depth: u8 },
    /// `enumerate` of a native iterator.
    Enumerate { source: Value, count: i64, depth: u8 },
    /// The items of a container of a module written in Rust.
    Foreign { container: Value, next: usize, changes: u64 },
    /// One of `itertools`.
    Adaptor { adaptor: Box<Adaptor>, depth: u8 },
}

/// How many native adaptors may stand behind each other: stepping one steps the next on the native stack.
const DEEPEST: u8 = 16;

/// How many native adaptors stand behind each other in a native iterator; `None` for anything else.
fn depth(value: &Value) -> Option<u8> {
    match value.kind()? {
        Kind::ListIter | Kind::RangeIter => Some(0),
        Kind::Iter => Some(match &*value.get::<Iter>()?.state.borrow() {
            IterState::Zip { depth, .. } | IterState::Enumerate { depth, .. } | IterState::Adaptor { depth, .. } => {
                *depth
            }
            _ => 0,
        }),
        _ => None,
    }
}

/// `zip(*sources)` for native iterators; `None` when one is not, or too deep.
pub fn zip(sources: &[Value]) -> Option<Value> {
    let depths: Option<Vec<u8>> = sources.iter().map(depth).collect();
    let depth = depths?.into_iter().max().unwrap_or(0) + 1;
    (depth <= DEEPEST).then(|| Iter::value(IterState::Zip { sources: sources.to_vec(), depth }, "zip"))
}

/// `enumerate(source, count)` for a native iterator; `None` when it is not one, or too deep.
pub fn enumerate(source: &Value, count: i64) -> Option<Value> {
    let depth = depth(source)? + 1;
    let state = || IterState::Enumerate { source: source.clone(), count, depth };
    (depth <= DEEPEST).then(|| Iter::value(state(), "enumerate"))
}

/// An iterator over the characters of a string, whose class says whether they are all ASCII and nobody made the string one
/// of a class of the program.
pub fn over_str(string: Ref<Str>, exact: bool) -> Value {
    let name = if exact && string.is_ascii() { "str_ascii_iterator" } else { "str_iterator" };
    Iter::value(IterState::Str { string, at: 0 }, name)
}

/// As [`native_iter`], for what an instance of a subclass of a builtin class holds.
pub fn payload_iter(payload: &Value) -> Option<Value> {
    match payload.to_ref::<Str>() {
        Some(string) => Some(over_str(string, false)),
        None => native_iter(payload),
    }
}

/// An iterator of `itertools`; `None` when one of those it goes over is not native, or there are too many behind each other.
pub fn adapted(adaptor: Adaptor, type_name: &'static str) -> Option<Value> {
    let depths: Option<Vec<u8>> = adaptor.sources().iter().map(|source| depth(&native_iter(source)?)).collect();
    let depth = depths?.into_iter().max().unwrap_or(0) + 1;
    let adaptor = Box::new(adaptor);
    (depth <= DEEPEST).then(|| Iter::value(IterState::Adaptor { adaptor, depth }, type_name))
}

/// `iter(value)` for what is iterated without Python code; `None` for anything else. Instances of Python subclasses are
/// "anything else": their class's `__iter__` decides.
pub fn native_iter(value: &Value) -> Option<Value> {
    Some(match value.kind()? {
        Kind::ListIter | Kind::RangeIter | Kind::Iter => value.clone(),
        Kind::List => Value::object(Ref::new(ListIter { list: Slot::new(value.clone()), next: Cell::new(0) })),
        Kind::Range => over_range(value.get::<Range>()?.body()),
        Kind::Tuple => Iter::value(IterState::Tuple { tuple: value.to_ref::<Tuple>()?, next: 0 }, "tuple_iterator"),
        Kind::Str => over_str(value.to_ref::<Str>()?, true),
        Kind::Bytes => Iter::value(IterState::Bytes { bytes: value.to_ref::<Bytes>()?, next: 0 }, "bytes_iterator"),
        Kind::ByteArray => {
            let array = value.to_ref::<ByteArray>()?;
            Iter::value(IterState::ByteArray { array, next: 0 }, "bytearray_iterator")
        }
        Kind::Dict => over_dict(value.to_ref::<Dict>()?, ViewKind::Keys),
        Kind::DictView => {
            let view = value.get::<DictView>()?;
            over_dict(view.dict.clone(), view.kind)
        }
        Kind::MappingProxy => over_dict(value.get::<MappingProxy>()?.mapping.to_ref::<Dict>()?, ViewKind::Keys),
        Kind::Set => {
            let set = value.to_ref::<Set>()?;
            let length = set.len();
            Iter::value(IterState::Set { set, next: 0, length }, "set_iterator")
        }
        Kind::Foreign => {
            let (changes, name) = value.get::<Foreign>()?.object().changes()?;
            Iter::value(IterState::Foreign { container: value.clone(), next: 0, changes }, name)
        }
        _ => return None,
    })
}

/// A native iterator that stands where this one does; `None` for anything else.
pub fn fork(value: &Value) -> Option<Value> {
    if let Some(iter) = value.get::<ListIter>() {
        let (list, next) = (Slot::new(iter.list.get()), Cell::new(iter.next.get()));
        return Some(Value::object(Ref::new(ListIter { list, next })));
    }
    if let Some(iter) = value.get::<RangeIter>() {
        let (next, left) = (Cell::new(iter.next.get()), Cell::new(iter.left.get()));
        return Some(Value::object(Ref::new(RangeIter { next, left, step: iter.step })));
    }
    value.get::<Iter>().map(|iter| Iter::value(iter.state.borrow().clone(), iter.type_name))
}

/// Does it go over the items of a tuple?
pub fn is_over_tuple(value: &Value) -> bool {
    value.get::<Iter>().is_some_and(|iter| matches!(&*iter.state.borrow(), IterState::Tuple { .. }))
}

/// What an iterator over a list, a `zip` or an `enumerate` goes over.
pub fn sources(value: &Value) -> Vec<Value> {
    if let Some(iter) = value.get::<ListIter>() {
        return Some(iter.list.get()).into_iter().filter(|list| !list.is_undef()).collect();
    }
    let Some(iter) = value.get::<Iter>() else { return Vec::new() };
    match &*iter.state.borrow() {
        IterState::Zip { sources, .. } => sources.clone(),
        IterState::Enumerate { source, .. } => vec![source.clone()],
        IterState::Adaptor { adaptor, .. } => adaptor.sources(),
        _ => Vec::new(),
    }
}

/// What an iterator of `itertools` refers to beside the iterators it goes over; `None` for any other.
pub fn values(value: &Value) -> Option<Vec<Value>> {
    match &*value.get::<Iter>()?.state.borrow() {
        IterState::Adaptor { adaptor, .. } => Some(adaptor.values()),
        _ => None,
    }
}

/// Have an iterator of `itertools` refer to others.
pub fn set_values(value: &Value, new: Vec<Value>) {
    let Some(iter) = value.get::<Iter>() else { return };
    let old = match &mut *iter.state.borrow_mut() {
        IterState::Adaptor { adaptor, .. } => adaptor.set_values(new),
        _ => Vec::new(),
    };
    drop(old);
}

/// Have it go over others, of which none has more adaptors behind it; `false` if one has.
pub fn set_sources(value: &Value, new: Vec<Value>) -> bool {
    if let (Some(iter), [list]) = (value.get::<ListIter>(), &new[..]) {
        iter.list.set(list.clone());
        return true;
    }
    let known = sources(value);
    let depth = |source: &Value| depth(&native_iter(source)?);
    let fits = |(old, new): (&Value, &Value)| depth(new).is_some_and(|new| Some(new) <= depth(old));
    let Some(iter) = value.get::<Iter>().filter(|_| known.len() == new.len()) else { return false };
    if !known.iter().zip(&new).all(fits) {
        return false;
    }
    let old = match &mut *iter.state.borrow_mut() {
        IterState::Zip { sources, .. } => std::mem::replace(sources, new),
        IterState::Enumerate { source, .. } => {
            new.into_iter().next().map(|new| std::mem::replace(source, new)).into_iter().collect()
        }
        IterState::Adaptor { adaptor, .. } => adaptor.set_sources(new),
        _ => Vec::new(),
    };
    drop(old);
    true
}

/// An iterator over a range.
pub fn over_range(range: &Range) -> Value {
    if let Some((start, stop, step)) = range.small() {
        let left = Range::small_len(start, stop, step);
        return Value::object(Ref::new(RangeIter { next: Cell::new(start), left: Cell::new(left), step }));
    }
    let bound = |value: &Value| value.as_integer().map_or_else(BigInt::default, |bound| bound.to_big());
    let (next, stop, step) = (bound(&range.start), bound(&range.stop), bound(&range.step));
    Iter::value(IterState::BigRange { next, stop, step }, "longrange_iterator")
}

fn over_dict(dict: Ref<Dict>, view: ViewKind) -> Value {
    let name = match view {
        ViewKind::Keys => "dict_keyiterator",
        ViewKind::Values => "dict_valueiterator",
        ViewKind::Items => "dict_itemiterator",
    };
    let length = dict.len();
    Iter::value(IterState::Dict { dict, view, next: 0, length, left: length }, name)
}

/// The next item of an iterator over a list or a tuple. `None`, with nothing done, for any other, and at the end.
#[inline(always)]
fn next_in_place(iterator: &Value) -> Option<Value> {
    if let Some(iter) = iterator.get::<ListIter>() {
        let next = iter.next.get();
        let item = iter.list.with(|list| list.get::<List>()?.borrow().get(next).cloned())?;
        iter.next.set(next + 1);
        return Some(item);
    }
    match &mut *iterator.get::<Iter>()?.state.borrow_mut() {
        IterState::Tuple { tuple, next } => {
            let item = tuple.items().get(*next)?.clone();
            *next += 1;
            Some(item)
        }
        _ => None,
    }
}

/// The next item of a native iterator. Anything else has ended.
pub fn step(iterator: &Value) -> Step {
    if let Some(item) = next_in_place(iterator) {
        return Step::Item(item);
    }
    if let Some(iter) = iterator.get::<ListIter>() {
        return iter.step();
    }
    if let Some(iter) = iterator.get::<RangeIter>() {
        return iter.step();
    }
    iterator.get::<Iter>().map_or(Step::End, |iter| iter.step())
}

impl ListIter {
    /// The next item.
    pub fn step(&self) -> Step {
        let next = self.next.get();
        match self.list.with(|list| list.get::<List>()?.borrow().get(next).cloned()) {
            Some(item) => {
                self.next.set(next + 1);
                Step::Item(item)
            }
            None => {
                self.list.set(Value::UNDEF);
                Step::End
            }
        }
    }
}

impl RangeIter {
    /// The next item.
    pub fn step(&self) -> Step {
        let left = self.left.get();
        if left == 0 {
            return Step::End;
        }
        self.left.set(left - 1);
        let item = self.next.get();
        self.next.set(item.wrapping_add(self.step));
        Step::Item(Value::int(item))
    }
}

/// Any other native iterator.
pub struct Iter {
    /// What it goes over.
    pub state: RefCell<IterState>,
    /// What `type()` says of it.
    pub type_name: &'static str,
}

/// What a step came to.
pub enum Step {
    /// An item.
    Item(Value),
    /// The end.
    End,
    /// The dict or set changed under the iterator: what changed of it.
    Changed(&'static str),
}

/// What a step of an iterator over pairs came to.
pub enum PairStep {
    /// A pair.
    Pair(Value, Value),
    /// No item.
    Other(Step),
    /// It is to be asked for its next item as a whole; nothing was taken.
    NoPairs,
}

impl HeapKind for Iter {
    const KIND: Kind = Kind::Iter;
    const TRACKED: bool = true;
    fn visit(object: &Ref<Self>, see: &mut dyn FnMut(&Value)) {
        match &*object.state.borrow() {
            IterState::Done | IterState::BigRange { .. } => {}
            IterState::Tuple { tuple, .. } | IterState::TupleReversed { tuple, .. } => tuple.show(see),
            IterState::Str { string, .. } | IterState::StrReversed { string, .. } => string.show(see),
            IterState::Bytes { bytes, .. } | IterState::BytesReversed { bytes, .. } => bytes.show(see),
            IterState::ByteArray { array, .. } => array.show(see),
            IterState::Dict { dict, .. } | IterState::DictReversed { dict, .. } => dict.show(see),
            IterState::Set { set, .. } => set.show(see),
            IterState::ListReversed { list, .. } => list.show(see),
            IterState::Zip { sources, .. } => sources.iter().for_each(see),
            IterState::Enumerate { source, .. } => see(source),
            IterState::Foreign { container, .. } => see(container),
            IterState::Adaptor { adaptor, .. } => adaptor.visit(see),
        }
    }
    fn clear(object: &Ref<Self>) {
        let old = object.state.replace(IterState::Done);
        drop(old);
    }
}

impl Iter {
    /// An iterator in this state.
    pub fn value(state: IterState, type_name: &'static str) -> Value {
        Value::object(Ref::new(Iter { state: RefCell::new(state), type_name }))
    }

    /// The next item.
    pub fn step(&self) -> Step {
        let mut state = self.state.borrow_mut();
        let step = state.step();
        if !matches!(step, Step::End) {
            return step;
        }
        // `zip` and `enumerate` ask again each time: what they go over may have grown. A range keeps nothing alive.
        let lasting = match &*state {
            IterState::Zip { .. } | IterState::Enumerate { .. } | IterState::BigRange { .. } => true,
            IterState::Adaptor { adaptor, .. } => matches!(**adaptor, Adaptor::Repeat { .. }),
            _ => false,
        };
        drop(state);
        if !lasting {
            let old = self.state.replace(IterState::Done);
            drop(old);
        }
        step
    }

    /// Is it one of those that [`Iter::step_pair`] steps?
    pub fn gives_pairs(&self) -> bool {
        match &*self.state.borrow() {
            IterState::Zip { sources, .. } => sources.len() == 2,
            IterState::Enumerate { .. } | IterState::Dict { view: ViewKind::Items, .. } => true,
            IterState::Adaptor { adaptor, .. } => adaptor.gives_pairs(),
            _ => false,
        }
    }

    /// The next item in two parts, if this is one of the iterators over pairs: of `zip`, `enumerate`, `dict.items()`.
    #[inline(never)]
    pub fn step_pair(&self) -> PairStep {
        let both = |first: Step, second: &mut dyn FnMut() -> Step| match first {
            Step::Item(a) => match second() {
                Step::Item(b) => PairStep::Pair(a, b),
                other => PairStep::Other(other),
            },
            other => PairStep::Other(other),
        };
        let mut state = self.state.borrow_mut();
        match &mut *state {
            IterState::Adaptor { adaptor, .. } => {
                let pair = adaptor.step_pair();
                if let PairStep::Other(Step::End) = pair {
                    let old = std::mem::replace(&mut *state, IterState::Done);
                    drop(state);
                    drop(old);
                }
                pair
            }
            IterState::Zip { sources, .. } => match &sources[..] {
                [first, second] => {
                    if let Some(a) = next_in_place(first) {
                        match next_in_place(second) {
                            Some(b) => PairStep::Pair(a, b),
                            None => both(Step::Item(a), &mut || step(second)),
                        }
                    } else {
                        both(step(first), &mut || step(second))
                    }
                }
                _ => PairStep::NoPairs,
            },
            IterState::Enumerate { source, count, .. } => match step(source) {
                Step::Item(item) => {
                    let number = Value::int(*count);
                    *count += 1;
                    PairStep::Pair(number, item)
                }
                other => PairStep::Other(other),
            },
            IterState::Dict { dict, view: ViewKind::Items, next, length, left } => {
                let table = dict.table.borrow();
                while *left > 0 && table.len() == *length && *next < table.end() {
                    let number = *next;
                    *next += 1;
                    if let Some(entry) = table.entry(number) {
                        *left -= 1;
                        return PairStep::Pair(entry.key.clone(), entry.value.clone());
                    }
                }
                PairStep::NoPairs
            }
            _ => PairStep::NoPairs,
        }
    }

    /// Does it take long to say how many items are left?
    pub fn is_long_to_measure(&self) -> bool {
        matches!(
            &*self.state.borrow(),
            IterState::Str { .. } | IterState::Dict { .. } | IterState::DictReversed { .. } | IterState::Set { .. }
        )
    }

    /// How many items are left, as `__length_hint__` says.
    pub fn length_hint(&self) -> usize {
        match &*self.state.borrow() {
            IterState::Done => 0,
            IterState::Tuple { tuple, next } => tuple.items().len() - next,
            IterState::Str { string, at } => string.as_bytes()[*at..].iter().filter(|b| **b & 0xC0 != 0x80).count(),
            IterState::Bytes { bytes, next } => bytes.data.len() - next,
            IterState::ByteArray { array, next } => array.data.borrow().len().saturating_sub(*next),
            IterState::Dict { dict, next, .. } => {
                let table = dict.table.borrow();
                (*next..table.end()).filter(|number| table.entry(*number).is_some()).count()
            }
            IterState::DictReversed { dict, end, .. } => {
                let table = dict.table.borrow();
                (0..*end).filter(|number| table.entry(*number).is_some()).count()
            }
            IterState::Set { set, next, .. } => {
                let table = set.table.borrow();
                let mut from = *next;
                let mut count = 0;
                while let Some((place, _)) = table.next_from(from) {
                    from = place + 1;
                    count += 1;
                }
                count
            }
            IterState::ListReversed { end, .. }
            | IterState::TupleReversed { end, .. }
            | IterState::StrReversed { end, .. }
            | IterState::BytesReversed { end, .. } => *end,
            IterState::BigRange { .. }
            | IterState::Zip { .. }
            | IterState::Enumerate { .. }
            | IterState::Adaptor { .. } => 0,
            IterState::Foreign { container, next, .. } => {
                let length = container.get::<Foreign>().and_then(|foreign| foreign.object().length());
                length.unwrap_or(0).saturating_sub(*next)
            }
        }
    }
}

impl IterState {
    fn step(&mut self) -> Step {
        match self {
            IterState::Done => Step::End,
            IterState::Tuple { tuple, next } => match tuple.items().get(*next) {
                Some(item) => {
                    *next += 1;
                    Step::Item(item.clone())
                }
                None => Step::End,
            },
            IterState::Str { string, at } => {
                let bytes = string.as_bytes();
                let Some(first) = bytes.get(*at) else { return Step::End };
                let width = char_width(*first);
                let item = one_char(&bytes[*at..*at + width]);
                *at += width;
                Step::Item(item.into_value())
            }
            IterState::Bytes { bytes, next } => match bytes.data.get(*next) {
                Some(byte) => {
                    *next += 1;
                    Step::Item(Value::small(*byte as i64))
                }
                None => Step::End,
            },
            IterState::ByteArray { array, next } => match array.data.borrow().get(*next) {
                Some(byte) => {
                    *next += 1;
                    Step::Item(Value::small(*byte as i64))
                }
                None => Step::End,
            },
            IterState::Dict { dict, view, next, length, left } => {
                let table = dict.table.borrow();
                if table.len() != *length {
                    *length = usize::MAX;
                    return Step::Changed("dictionary changed size");
                }
                while *next < table.end() {
                    let number = *next;
                    *next += 1;
                    if let Some(entry) = table.entry(number) {
                        if *left == 0 {
                            // As many were removed as were added: without this it might never end.
                            return Step::Changed("dictionary keys changed");
                        }
                        *left -= 1;
                        return Step::Item(shown(entry, *view));
                    }
                }
                Step::End
            }
            IterState::DictReversed { dict, view, end, length } => {
                let table = dict.table.borrow();
                if table.len() != *length {
                    *length = usize::MAX;
                    return Step::Changed("dictionary changed size");
                }
                while *end > 0 {
                    *end -= 1;
                    if let Some(entry) = table.entry(*end) {
                        return Step::Item(shown(entry, *view));
                    }
                }
                Step::End
            }
            IterState::Set { set, next, length } => {
                let table = set.table.borrow();
                if table.len() != *length {
                    *length = usize::MAX;
                    return Step::Changed("Set changed size");
                }
                match table.next_from(*next) {
                    Some((place, member)) => {
                        *next = place + 1;
                        Step::Item(member.clone())
                    }
                    None => Step::End,
                }
            }
            IterState::ListReversed { list, end } => {
                let items = list.borrow();
                *end = (*end).min(items.len());
                if *end == 0 {
                    return Step::End;
                }
                *end -= 1;
                Step::Item(items[*end].clone())
            }
            IterState::TupleReversed { tuple, end } => {
                if *end == 0 {
                    return Step::End;
                }
                *end -= 1;
                Step::Item(tuple.items()[*end].clone())
            }
            IterState::StrReversed { string, end } => {
                if *end == 0 {
                    return Step::End;
                }
                *end -= 1;
                Step::Item(string.char_at(*end).into_value())
            }
            IterState::BytesReversed { bytes, end } => {
                if *end == 0 {
                    return Step::End;
                }
                *end -= 1;
                Step::Item(Value::small(bytes.data[*end] as i64))
            }
            IterState::BigRange { next, stop, step } => {
                let more = if step.sign() == num_bigint::Sign::Minus { *next > *stop } else { *next < *stop };
                if !more {
                    return Step::End;
                }
                let item = next.clone();
                *next += &*step;
                Step::Item(Value::big(item))
            }
            IterState::Zip { sources, .. } => {
                if let [first, second] = &sources[..] {
                    return match step(first) {
                        Step::Item(a) => match step(second) {
                            Step::Item(b) => Step::Item(pair(a, b)),
                            other => other,
                        },
                        other => other,
                    };
                }
                if let [first, second, third] = &sources[..] {
                    let mut items = [Value::UNDEF, Value::UNDEF, Value::UNDEF];
                    for (item, source) in items.iter_mut().zip([first, second, third]) {
                        match step(source) {
                            Step::Item(next) => *item = next,
                            other => return other,
                        }
                    }
                    let row = Ref::<Tuple>::build(items.len(), |n| std::mem::take(&mut items[n]));
                    return Step::Item(row.into_value());
                }
                let mut items = Vec::with_capacity(sources.len());
                for source in sources.iter() {
                    match step(source) {
                        Step::Item(item) => items.push(item),
                        other => return other,
                    }
                }
                if items.is_empty() { Step::End } else { Step::Item(Value::tuple(items)) }
            }
            IterState::Enumerate { source, count, .. } => match step(source) {
                Step::Item(item) => {
                    let number = Value::int(*count);
                    *count += 1;
                    Step::Item(pair(number, item))
                }
                other => other,
            },
            IterState::Foreign { container, next, changes } => {
                let Some(foreign) = container.get::<Foreign>() else { return Step::End };
                match foreign.object().nth(*next, *changes) {
                    Ok(Some(item)) => {
                        *next += 1;
                        Step::Item(item)
                    }
                    Ok(None) => Step::End,
                    Err(what) => Step::Changed(what),
                }
            }
            IterState::Adaptor { adaptor, .. } => adaptor.step(),
        }
    }
}

fn shown(entry: &super::dict::Entry, view: ViewKind) -> Value {
    match view {
        ViewKind::Keys => entry.key.clone(),
        ViewKind::Values => entry.value.clone(),
        ViewKind::Items => pair(entry.key.clone(), entry.value.clone()),
    }
}

/// A tuple of two.
pub(super) fn pair(first: Value, second: Value) -> Value {
    let mut items = [first, second];
    Value::object(Ref::<Tuple>::build(2, |n| std::mem::take(&mut items[n])))
}
