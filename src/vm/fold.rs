//! Folds: a native takes the items of a generator one by one, with no frame of Python between the two.
//!
//! `list(g)`, `[*g]`, `set(g)`, `dict(g)`, `sum(g)`, `max(g)`, `any(g)` end by asking the machine to drive the generator ([`Exit::Resume`] with a
//! [`Fold`]). What the generator yields is taken natively, and unless that decides the matter the generator goes on at once:
//! a yield to a fold leaves its frame running. What the fold has so far is data on the held values, so Law 1 holds; where an
//! item needs Python code (a `__bool__`, an `__add__`, a `__hash__`), the prelude takes over from there.

use super::frame::{Delivery, To};
use super::{Exit, NativeResult, Resume, Resuming, Resumption, Vm};
use crate::bytecode::Reg;
use crate::object::float::CompensatedSum;
use crate::object::{Dict, Generator, Kind, List, Ref, Set, Tuple, Value, quick};

/// What is done with each item.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Fold {
    /// It is appended to the list that is the state; the outcome is that list.
    List,
    /// As `List`; the outcome is a tuple of the items.
    Tuple,
    /// As `List`; the outcome is `None`.
    Extend,
    /// It is added to the state, a number.
    Sum,
    /// The outcome is `False` at the first that is false.
    All,
    /// The outcome is `True` at the first that is true.
    Any,
    /// It becomes a member of the set that is the state; the outcome is that set.
    Set,
    /// As `Set`; the outcome is a frozenset of the members.
    Frozenset,
    /// As `Set`; the outcome is `None`.
    Merge,
    /// A pair becomes an entry of the dict that is the state; the outcome is that dict.
    Dict,
    /// As `Dict`; the outcome is `None`.
    Update,
    /// The outcome is the first of the largest; where there is none, what was put aside, or an error.
    Max,
    /// As `Max`, of the smallest.
    Min,
}

const FOLDS: [Fold; 13] = [
    Fold::List,
    Fold::Tuple,
    Fold::Extend,
    Fold::Sum,
    Fold::All,
    Fold::Any,
    Fold::Set,
    Fold::Frozenset,
    Fold::Merge,
    Fold::Dict,
    Fold::Update,
    Fold::Max,
    Fold::Min,
];
/// Deliveries that an outcome may be for.
const OUTCOMES: [Delivery; 4] = [Delivery::Call, Delivery::Discard, Delivery::Init, Delivery::Operator];

/// What an item came to.
pub(super) enum Folded {
    /// The generator is to go on.
    On,
    /// This is the outcome.
    Done(Value),
    /// This function of the prelude is to go on, given the generator, the state and the item.
    InPython(&'static str),
}

/// How many values a fold holds: the generator, the state, and what is put aside: what rounding lost of a sum, how many pairs
/// there were, what an extreme of nothing is.
const HELD: usize = 3;

impl To {
    /// By this fold, whose outcome goes where `self` says; `None` where an outcome cannot go straight.
    pub(super) fn by_fold(self, fold: Fold) -> Option<To> {
        let outcome = OUTCOMES.iter().position(|delivery| *delivery == self.delivery)?;
        let jump = (fold as usize * OUTCOMES.len() + outcome) as i32;
        Some(To { delivery: Delivery::Fold, dst: self.dst, jump })
    }

    fn fold(self) -> Fold {
        FOLDS.get(self.jump as usize / OUTCOMES.len()).copied().unwrap_or(Fold::List)
    }

    /// Where the outcome of the fold goes.
    pub(super) fn after_fold(self) -> To {
        let delivery = OUTCOMES.get(self.jump as usize % OUTCOMES.len()).copied().unwrap_or(Delivery::Discard);
        To::by(delivery, self.dst)
    }
}

impl Vm {
    /// Drive `generator`: each of its items goes into `state`.
    pub(super) fn start_fold(
        &mut self,
        generator: Value,
        fold: Fold,
        [state, aside]: [Value; 2],
        to: To,
    ) -> Result<(), Value> {
        let in_python = |generator, state, aside: Value| {
            let mut call = vec![generator, Value::small(fold as i64), state];
            call.extend(Some(aside).filter(|aside| !aside.is_undef()));
            call
        };
        let Some(to) = to.by_fold(fold) else {
            // The prelude waits for the outcome on behalf of what cannot.
            let result = self.tail_prelude("fold", in_python(generator, state, aside));
            return self.complete(result, to);
        };
        if generator.get::<Generator>().is_some_and(|adaptor| adaptor.is_asked_again()) {
            let result = self.tail_prelude("fold_again", in_python(generator, state, aside));
            return self.complete(result, to.after_fold());
        }
        // Nothing is the best of nothing; the prelude cannot say so.
        let state = if matches!(fold, Fold::Max | Fold::Min) { Value::UNDEF } else { state };
        self.held.extend([generator.clone(), state, aside]);
        self.resume_generator(&generator, Resume::Send(Value::NONE), to)
    }

    /// The resumer is a fold: does it take this item and let the generator go on? Nothing is done otherwise.
    #[inline(always)]
    pub(super) fn folds(&mut self, item: &Value, jump: i32) -> bool {
        // What most folds do most of the time, where the run loop is.
        let fold = jump / OUTCOMES.len() as i32;
        if let Some(place) = self.held.len().checked_sub(HELD - 1)
            && let Some(state) = self.held.get_mut(place)
        {
            if fold == Fold::Sum as i32
                && let (Some(sum), Some(more)) = (state.as_small(), item.as_small())
                && let Some(total) = Value::fitting(sum + more)
            {
                // What was there is no object: nothing is dropped.
                std::mem::forget(std::mem::replace(state, total));
                return true;
            }
            if fold <= Fold::Extend as i32
                && let Some(list) = state.get::<List>()
            {
                list.borrow_mut().push(item.clone());
                return true;
            }
            if fold == Fold::Any as i32 && (item.is(&Value::FALSE) || item.is_none()) {
                return true;
            }
            if fold == Fold::All as i32 && item.is(&Value::TRUE) {
                return true;
            }
        }
        self.folds_any(item, jump)
    }

    /// As [`Vm::folds`], for an item that would be the tuple of these two, if it goes into a dict.
    #[inline(never)]
    pub(super) fn folds_pair(&mut self, key: &Value, value: &Value, jump: i32) -> bool {
        let fold = To { delivery: Delivery::Fold, dst: Reg::NONE, jump }.fold();
        let at = self.held.len().wrapping_sub(HELD - 1);
        let Some([state, aside]) = self.held.get_mut(at..) else { return false };
        matches!(fold, Fold::Dict | Fold::Update) && put_entry(state, key, value) && {
            *aside = Value::small(aside.as_small().unwrap_or(0) + 1);
            true
        }
    }

    #[inline(never)]
    fn folds_any(&mut self, item: &Value, jump: i32) -> bool {
        matches!(self.fold_item(item, jump), Folded::On)
    }

    /// The fold on top of the held values takes an item. Where it is not to go on, asking again gives the same.
    #[inline(always)]
    pub(super) fn fold_item(&mut self, item: &Value, jump: i32) -> Folded {
        let to = To { delivery: Delivery::Fold, dst: Reg::NONE, jump };
        let at = self.held.len().wrapping_sub(HELD - 1);
        let Some([state, aside]) = self.held.get_mut(at..) else { return Folded::Done(Value::NONE) };
        match to.fold() {
            Fold::List | Fold::Tuple | Fold::Extend => {
                if let Some(list) = state.get::<List>() {
                    list.borrow_mut().push(item.clone());
                }
                Folded::On
            }
            Fold::Sum => match (state.as_small(), item.as_small()) {
                (Some(sum), Some(more)) => {
                    *state = Value::int(sum + more);
                    Folded::On
                }
                _ => add(state, aside, item),
            },
            Fold::Set | Fold::Frozenset | Fold::Merge if quick::add_member(state, item) => Folded::On,
            Fold::Set => Folded::InPython("set_from"),
            Fold::Frozenset => Folded::InPython("frozenset_from"),
            Fold::Merge => Folded::InPython("merge_from"),
            Fold::Dict | Fold::Update if put_pair(state, item) => {
                *aside = Value::small(aside.as_small().unwrap_or(0) + 1);
                Folded::On
            }
            Fold::Dict => Folded::InPython("dict_from"),
            Fold::Update => Folded::InPython("update_from"),
            extreme @ (Fold::Max | Fold::Min) => {
                let largest = extreme == Fold::Max;
                let better = match (item.as_small(), state.as_small()) {
                    (Some(item), Some(best)) => Some(if largest { item > best } else { item < best }),
                    _ if state.is_undef() => Some(true),
                    _ => (self.hooks.is_beyond)(item, state, largest),
                };
                match better {
                    Some(true) => *state = item.clone(),
                    Some(false) => {}
                    None if largest => return Folded::InPython("max_from"),
                    None => return Folded::InPython("min_from"),
                }
                Folded::On
            }
            quantifier @ (Fold::All | Fold::Any) => {
                let wanted = quantifier == Fold::Any;
                match item.as_bool().or_else(|| self.native_truth(item)) {
                    Some(truth) if truth == wanted => Folded::Done(Value::bool(wanted)),
                    Some(_) => Folded::On,
                    None if wanted => Folded::InPython("any_from"),
                    None => Folded::InPython("all_from"),
                }
            }
        }
    }

    /// The generator that was driven is suspended, and its item did not let it go on.
    pub(super) fn fold_stops(&mut self, folded: Folded, item: Value, to: To) -> Result<(), Value> {
        match folded {
            Folded::On => Ok(()),
            Folded::Done(outcome) => {
                self.held.truncate(self.held.len() - HELD);
                self.deliver(outcome, to.after_fold())
            }
            Folded::InPython(function) => {
                let [generator, state, aside] = self.take_fold();
                let mut call = vec![generator, state, item];
                match to.fold() {
                    Fold::Sum => call[1] = total(std::mem::take(&mut call[1]), &aside),
                    Fold::Dict | Fold::Update => call.push(Value::small(aside.as_small().unwrap_or(0))),
                    _ => {}
                }
                let result = self.tail_prelude(function, call);
                self.complete(result, to.after_fold())
            }
        }
    }

    /// The generator that was driven is over.
    pub(super) fn fold_ends(&mut self, to: To) -> Result<(), Value> {
        let [generator, state, aside] = self.take_fold();
        drop(generator);
        let outcome = match to.fold() {
            Fold::List | Fold::Set | Fold::Dict => state,
            Fold::Tuple => {
                Value::tuple(state.get::<List>().map_or_else(Vec::new, |list| std::mem::take(&mut *list.borrow_mut())))
            }
            Fold::Frozenset => match state.get::<Set>() {
                Some(members) => Value::object(Ref::new(Set { table: members.table.take().into(), frozen: true })),
                None => state,
            },
            Fold::Extend | Fold::Merge | Fold::Update => Value::NONE,
            Fold::Sum => total(state, &aside),
            Fold::All => Value::TRUE,
            Fold::Any => Value::FALSE,
            Fold::Max | Fold::Min if !state.is_undef() => state,
            Fold::Max | Fold::Min if !aside.is_undef() => aside,
            extreme => {
                let name = if extreme == Fold::Max { "max" } else { "min" };
                self.abandon(to.after_fold());
                return Err(self.exception_of(self.value_error(format!("{name}() iterable argument is empty"))));
            }
        };
        self.deliver(outcome, to.after_fold())
    }

    /// The fold will have no outcome.
    pub(super) fn abandon_fold(&mut self, to: To) {
        drop(self.take_fold());
        self.abandon(to.after_fold());
    }

    /// A yield whose resumer is a fold, reported or from where the run loop does not see to it.
    pub(super) fn fold_yielded(&mut self, item: Value, to: To) -> Result<(), Value> {
        match self.fold_item(&item, to.jump) {
            Folded::On => {
                let generator = self.held[self.held.len() - HELD].clone();
                self.resume_generator(&generator, Resume::Send(Value::NONE), to)
            }
            stops => self.fold_stops(stops, item, to),
        }
    }

    fn take_fold(&mut self) -> [Value; HELD] {
        let aside = self.held.pop().unwrap_or_default();
        let state = self.held.pop().unwrap_or_default();
        let generator = self.held.pop().unwrap_or_default();
        [generator, state, aside]
    }

    /// Can a native drive it by a fold?
    pub fn drives(value: &Value) -> bool {
        value.get::<Generator>().is_some_and(|generator| generator.is_plain_generator())
    }

    /// As [`Vm::drives`], for those that ask an iterator first how long it will be: one over a sequence of the program asks that.
    pub fn drives_unasked(&self, value: &Value) -> bool {
        Vm::drives(value)
            && !value
                .get::<Generator>()
                .and_then(|generator| generator.disguise())
                .is_some_and(|class| class.is(&self.types.sequence_iterator) || class.is(&self.types.reversed))
    }

    /// End a native by driving a generator in its place: what comes of the fold is what comes of the native.
    pub fn tail_fold(&self, generator: Value, fold: Fold, state: Value) -> NativeResult {
        self.tail_fold_with(generator, fold, state, Value::UNDEF)
    }

    /// As [`Vm::tail_fold`], with something put aside: what an extreme of nothing is.
    pub fn tail_fold_with(&self, generator: Value, fold: Fold, state: Value, aside: Value) -> NativeResult {
        let resumption = Resumption { generator, how: Resuming::Fold(fold, [state, aside]) };
        Err(Exit::Resume(Box::new(resumption)))
    }

    /// The fold with this number, as the prelude names it.
    pub fn fold_number(n: i64) -> Option<Fold> {
        FOLDS.get(usize::try_from(n).ok()?).copied()
    }
}

/// An item that is a plain tuple of two becomes an entry; `false` when Python code must see to it.
#[inline(always)]
fn put_pair(dict: &Value, item: &Value) -> bool {
    let Some(pair) = item.get::<Tuple>() else { return false };
    let [key, value] = pair.items() else { return false };
    put_entry(dict, key, value)
}

#[inline(always)]
fn put_entry(dict: &Value, key: &Value, value: &Value) -> bool {
    let (Some(dict), Some(hash)) = (dict.get::<Dict>(), quick::hash(key)) else { return false };
    dict.set_new(key, hash, value.clone()).or_else(|value| dict.set(key, hash, value)).is_ok()
}

/// `state + item` of plain numbers; `lost` is what rounding lost once the sum is a float.
fn add(state: &mut Value, lost: &mut Value, item: &Value) -> Folded {
    if item.is_kind(Kind::Instance) {
        return Folded::InPython("sum_from");
    }
    if let (Some(sum), Some(more)) = (state.as_integer(), item.as_integer()) {
        *state = Value::big(sum.to_big() + more.to_big());
        return Folded::On;
    }
    let real = |value: &Value| match value.as_float() {
        Some(f) => Some(f),
        None => value.as_integer().and_then(|i| i.to_i64()).map(|i| i as f64),
    };
    let (Some(sum), Some(more)) = (real(state), real(item)) else { return Folded::InPython("sum_from") };
    if state.as_float().is_none() {
        *state = Value::float(sum + more);
        return Folded::On;
    }
    let mut sum = CompensatedSum { high: sum, low: lost.as_float().unwrap_or(0.0) };
    sum.add(more);
    *state = Value::float(sum.high);
    *lost = Value::float(sum.low);
    Folded::On
}

fn total(state: Value, lost: &Value) -> Value {
    match (state.as_float(), lost.as_float()) {
        (Some(high), Some(low)) => Value::float(CompensatedSum { high, low }.total()),
        _ => state,
    }
}
