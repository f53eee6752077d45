//! The iterators of `itertools` that need no Python code to step: those that go over native iterators only, and those that
//! choose from items taken beforehand.

use super::arithmetic::{self, Arith};
use super::heap::Ref;
use super::iter::{PairStep, Step, native_iter, pair, step};
use super::kind::Kind;
use super::tuple::Tuple;
use super::value::Value;

/// What one of them goes over, and where it stands.
#[derive(Clone)]
pub enum Adaptor {
    /// The items of one iterable after the other. `current` goes over the one before `next`.
    Chain { iterables: Vec<Value>, next: usize, current: Option<Value> },
    /// The numbers from `next` on.
    Count { next: Value, step: Value },
    /// The same item, for ever or `left` times more.
    Repeat { item: Value, left: Option<i64> },
    /// The items of an iterator, as long as there is one, then those `saved` again and again.
    Cycle { source: Option<Value>, saved: Vec<Value>, at: usize },
    /// Items of an iterator: the next after `skip` others, then always one after `step - 1` others. Of as many as `left`
    /// says one is given or passed.
    Slice { source: Value, skip: i64, step: i64, left: Option<i64> },
    /// Each item with the one after it.
    Pairwise { source: Value, before: Option<Value> },
    /// The items of several iterators side by side, `fill` for those of which `None` is left.
    ZipLongest { sources: Vec<Option<Value>>, fill: Value },
    /// An item of each of several tuples, the last changing fastest. `chosen` is empty at first.
    Product { pools: Vec<Value>, chosen: Vec<usize> },
    /// `r` items of a pool, in each order. `left` says in how many more ways each place can be filled; `order` is empty at
    /// first.
    Permutations { pool: Vec<Value>, r: usize, order: Vec<usize>, left: Vec<usize> },
    /// `r` items of a pool, in the pool's order; `again`: the same may come more than once. `chosen` is empty at first.
    Combinations { pool: Vec<Value>, r: usize, again: bool, chosen: Vec<usize> },
}

impl Adaptor {
    /// The next item.
    pub fn step(&mut self) -> Step {
        match self {
            Adaptor::Chain { iterables, next, current } => loop {
                if let Some(current) = current {
                    match step(current) {
                        Step::End => {}
                        other => return other,
                    }
                }
                // What has ended may go before the next begins.
                drop(current.take());
                let Some(iterable) = iterables.get_mut(*next) else { return Step::End };
                *current = native_iter(&std::mem::take(iterable));
                *next += 1;
            },
            Adaptor::Count { next, step } => {
                let item = next.clone();
                // That there is a sum was seen when the first was asked for.
                if let Ok(Some(sum)) = arithmetic::binary(Arith::Add, next, step) {
                    *next = sum;
                }
                Step::Item(item)
            }
            Adaptor::Repeat { item, left } => match left {
                Some(0) => Step::End,
                Some(more) => {
                    *more -= 1;
                    Step::Item(item.clone())
                }
                None => Step::Item(item.clone()),
            },
            Adaptor::Cycle { source, saved, at } => {
                if let Some(iterator) = source {
                    match step(iterator) {
                        Step::Item(item) => {
                            saved.push(item.clone());
                            return Step::Item(item);
                        }
                        Step::End => *source = None,
                        other => return other,
                    }
                }
                let Some(item) = saved.get(*at) else { return Step::End };
                *at = if *at + 1 == saved.len() { 0 } else { *at + 1 };
                Step::Item(item.clone())
            }
            Adaptor::Slice { source, skip, step: distance, left } => loop {
                if *left == Some(0) {
                    return Step::End;
                }
                let item = match step(source) {
                    Step::Item(item) => item,
                    other => {
                        *left = Some(0);
                        return other;
                    }
                };
                if let Some(left) = left {
                    *left -= 1;
                }
                if *skip == 0 {
                    *skip = *distance - 1;
                    return Step::Item(item);
                }
                *skip -= 1;
            },
            Adaptor::Pairwise { .. } => self.pair_as_one(),
            Adaptor::ZipLongest { sources, fill } => {
                let mut items = Vec::with_capacity(sources.len());
                let mut active = sources.iter().flatten().count();
                for source in sources.iter_mut() {
                    let item = match source.as_ref().map(step) {
                        Some(Step::Item(item)) => item,
                        Some(Step::Changed(what)) => return Step::Changed(what),
                        Some(Step::End) => {
                            *source = None;
                            active -= 1;
                            if active == 0 {
                                return Step::End;
                            }
                            fill.clone()
                        }
                        None => fill.clone(),
                    };
                    items.push(item);
                }
                if active == 0 { Step::End } else { Step::Item(Value::tuple(items)) }
            }
            Adaptor::Product { pools, chosen } => {
                if !advance_product(pools, chosen) {
                    return Step::End;
                }
                let row = Ref::<Tuple>::build(pools.len(), |n| of_pool(&pools[n], chosen[n]));
                Step::Item(row.into_value())
            }
            Adaptor::Permutations { pool, r, order, left } => {
                if !advance_permutation(pool.len(), *r, order, left) {
                    return Step::End;
                }
                Step::Item(Ref::<Tuple>::build(*r, |n| pool[order[n]].clone()).into_value())
            }
            Adaptor::Combinations { pool, r, again, chosen } => {
                if !advance_combination(pool.len(), *r, *again, chosen) {
                    return Step::End;
                }
                Step::Item(Ref::<Tuple>::build(*r, |n| pool[chosen[n]].clone()).into_value())
            }
        }
    }

    /// Does each item have two parts, which [`Adaptor::step_pair`] gives?
    pub fn gives_pairs(&self) -> bool {
        match self {
            Adaptor::Pairwise { .. } => true,
            Adaptor::Product { pools, .. } => pools.len() == 2,
            Adaptor::Permutations { r, .. } | Adaptor::Combinations { r, .. } => *r == 2,
            _ => false,
        }
    }

    /// The next item in two parts.
    pub fn step_pair(&mut self) -> PairStep {
        let end = PairStep::Other(Step::End);
        match self {
            Adaptor::Pairwise { source, before } => {
                let left = match before.take() {
                    Some(left) => left,
                    None => match step(source) {
                        Step::Item(left) => left,
                        other => return PairStep::Other(other),
                    },
                };
                match step(source) {
                    Step::Item(right) => {
                        *before = Some(right.clone());
                        PairStep::Pair(left, right)
                    }
                    other => PairStep::Other(other),
                }
            }
            Adaptor::Product { pools, chosen } if pools.len() == 2 => match advance_product(pools, chosen) {
                true => PairStep::Pair(of_pool(&pools[0], chosen[0]), of_pool(&pools[1], chosen[1])),
                false => end,
            },
            Adaptor::Permutations { pool, r: 2, order, left } => {
                match advance_permutation(pool.len(), 2, order, left) {
                    true => PairStep::Pair(pool[order[0]].clone(), pool[order[1]].clone()),
                    false => end,
                }
            }
            Adaptor::Combinations { pool, r: 2, again, chosen } => {
                match advance_combination(pool.len(), 2, *again, chosen) {
                    true => PairStep::Pair(pool[chosen[0]].clone(), pool[chosen[1]].clone()),
                    false => end,
                }
            }
            _ => PairStep::NoPairs,
        }
    }

    fn pair_as_one(&mut self) -> Step {
        match self.step_pair() {
            PairStep::Pair(left, right) => Step::Item(pair(left, right)),
            PairStep::Other(other) => other,
            PairStep::NoPairs => Step::End,
        }
    }

    /// The iterators it goes over.
    pub fn sources(&self) -> Vec<Value> {
        let mut sources = Vec::new();
        // Only looked at: nothing is put in their places.
        self.clone().each_source(&mut |source| sources.push(source.clone()));
        sources
    }

    /// Have it go over others; as many as [`Adaptor::sources`] shows. What it went over is handed back.
    pub fn set_sources(&mut self, new: Vec<Value>) -> Vec<Value> {
        let (mut new, mut old) = (new.into_iter(), Vec::new());
        self.each_source(&mut |source| old.extend(new.next().map(|new| std::mem::replace(source, new))));
        old
    }

    /// What else it refers to: items, and containers it has not come to yet.
    pub fn values(&self) -> Vec<Value> {
        let mut values = Vec::new();
        self.clone().each_value(&mut |value| values.push(value.clone()));
        values
    }

    /// Have it refer to others; as many as [`Adaptor::values`] shows. What it referred to is handed back.
    pub fn set_values(&mut self, new: Vec<Value>) -> Vec<Value> {
        let (mut new, mut old) = (new.into_iter(), Vec::new());
        self.each_value(&mut |value| old.extend(new.next().map(|new| std::mem::replace(value, new))));
        old
    }

    fn each_source(&mut self, see: &mut dyn FnMut(&mut Value)) {
        match self {
            Adaptor::Chain { iterables, next, current } => {
                current
                    .iter_mut()
                    .chain(iterables[*next..].iter_mut().filter(|value| is_iterator(value)))
                    .for_each(see);
            }
            Adaptor::Cycle { source, .. } => source.iter_mut().for_each(see),
            Adaptor::Slice { source, .. } | Adaptor::Pairwise { source, .. } => see(source),
            Adaptor::ZipLongest { sources, .. } => sources.iter_mut().flatten().for_each(see),
            _ => {}
        }
    }

    fn each_value(&mut self, see: &mut dyn FnMut(&mut Value)) {
        match self {
            Adaptor::Chain { iterables, next, .. } => {
                iterables[*next..].iter_mut().filter(|value| !is_iterator(value)).for_each(see);
            }
            Adaptor::Count { .. } | Adaptor::Slice { .. } => {}
            Adaptor::Repeat { item, .. } | Adaptor::ZipLongest { fill: item, .. } => see(item),
            Adaptor::Pairwise { before, .. } => before.iter_mut().for_each(see),
            Adaptor::Cycle { saved: values, .. }
            | Adaptor::Product { pools: values, .. }
            | Adaptor::Permutations { pool: values, .. }
            | Adaptor::Combinations { pool: values, .. } => values.iter_mut().for_each(see),
        }
    }

    /// Show every value it refers to.
    pub fn visit(&self, see: &mut dyn FnMut(&Value)) {
        match self {
            Adaptor::Chain { iterables, current, .. } => iterables.iter().chain(current).for_each(see),
            Adaptor::Count { next, step } => [next, step].into_iter().for_each(see),
            Adaptor::Repeat { item, .. } => see(item),
            Adaptor::Cycle { source, saved, .. } => source.iter().chain(saved).for_each(see),
            Adaptor::Slice { source, .. } => see(source),
            Adaptor::Pairwise { source, before } => std::iter::once(source).chain(before).for_each(see),
            Adaptor::ZipLongest { sources, fill, .. } => {
                sources.iter().flatten().chain(std::iter::once(fill)).for_each(see);
            }
            Adaptor::Product { pools: values, .. }
            | Adaptor::Permutations { pool: values, .. }
            | Adaptor::Combinations { pool: values, .. } => values.iter().for_each(see),
        }
    }
}

fn is_iterator(value: &Value) -> bool {
    matches!(value.kind(), Some(Kind::ListIter | Kind::RangeIter | Kind::Iter))
}

fn pool_items(pool: &Value) -> usize {
    pool.get::<Tuple>().map_or(0, |pool| pool.items().len())
}

fn of_pool(pool: &Value, n: usize) -> Value {
    pool.get::<Tuple>().and_then(|pool| pool.items().get(n).cloned()).unwrap_or_default()
}

/// Counts up in the last place that has room, and begins anew behind it; `false` when there is none. An empty choice is the
/// first one's turn, and also the last of no pools.
fn advance_product(pools: &mut Vec<Value>, chosen: &mut Vec<usize>) -> bool {
    if chosen.is_empty() {
        if pools.iter().any(|pool| pool_items(pool) == 0) {
            return false;
        }
        // One place more than there are pools: so the choice from none is not empty either.
        chosen.resize(pools.len() + 1, 0);
        return true;
    }
    for (place, pool) in chosen.iter_mut().zip(pools.iter()).rev() {
        *place += 1;
        if *place < pool_items(pool) {
            return true;
        }
        *place = 0;
    }
    // It stays at its end: the last place of all is not a pool's.
    pools.clear();
    false
}

fn advance_permutation(size: usize, r: usize, order: &mut Vec<usize>, left: &mut Vec<usize>) -> bool {
    if r > size {
        return false;
    }
    if order.is_empty() && left.is_empty() {
        order.extend(0..size);
        left.extend((size - r + 1..=size).rev());
        // Says that the first was given where there are no places.
        left.push(0);
        return true;
    }
    for at in (0..r).rev() {
        left[at] -= 1;
        if left[at] > 0 {
            order.swap(at, size - left[at]);
            return true;
        }
        order[at..].rotate_left(1);
        left[at] = size - at;
    }
    // It stays at its end.
    left.iter_mut().take(r).for_each(|left| *left = 1);
    false
}

fn advance_combination(size: usize, r: usize, again: bool, chosen: &mut Vec<usize>) -> bool {
    if chosen.is_empty() {
        if (!again && r > size) || (again && r > 0 && size == 0) {
            return false;
        }
        chosen.extend((0..r).map(|n| if again { 0 } else { n }));
        // Says that the first was given where nothing is chosen.
        chosen.push(0);
        return true;
    }
    let last = |at: usize| if again { size - 1 } else { at + size - r };
    // The last choice that can move on does, and those behind it follow close.
    let Some(at) = (0..r).rev().find(|at| chosen[*at] != last(*at)) else { return false };
    let moved = chosen[at] + 1;
    for (after, place) in chosen[at..r].iter_mut().enumerate() {
        *place = if again { moved } else { moved + after };
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(mut adaptor: Adaptor) -> Vec<Vec<i64>> {
        let mut rows = Vec::new();
        while let Step::Item(row) = adaptor.step() {
            let row = row.get::<Tuple>().map_or_else(Vec::new, |row| row.items().to_vec());
            rows.push(row.iter().filter_map(Value::as_small).collect());
        }
        // What has ended stays at its end.
        assert!(matches!(adaptor.step(), Step::End) && matches!(adaptor.step(), Step::End));
        rows
    }

    fn pool(size: i64) -> Vec<Value> {
        (0..size).map(Value::small).collect()
    }

    fn permutations(size: i64, r: usize) -> Vec<Vec<i64>> {
        all(Adaptor::Permutations { pool: pool(size), r, order: Vec::new(), left: Vec::new() })
    }

    fn combinations(size: i64, r: usize, again: bool) -> Vec<Vec<i64>> {
        all(Adaptor::Combinations { pool: pool(size), r, again, chosen: Vec::new() })
    }

    #[test]
    fn choices() {
        let none: Vec<Vec<i64>> = vec![vec![]];
        assert_eq!(permutations(3, 2), [[0, 1], [0, 2], [1, 0], [1, 2], [2, 0], [2, 1]]);
        assert_eq!(permutations(4, 4).len(), 24);
        assert_eq!((permutations(3, 0), permutations(0, 0)), (none.clone(), none.clone()));
        assert!(permutations(2, 3).is_empty());
        assert_eq!(combinations(4, 2, false), [[0, 1], [0, 2], [0, 3], [1, 2], [1, 3], [2, 3]]);
        assert_eq!(combinations(2, 2, true), [[0, 0], [0, 1], [1, 1]]);
        assert_eq!((combinations(3, 0, false), combinations(0, 0, true)), (none.clone(), none.clone()));
        assert!(combinations(1, 2, false).is_empty() && combinations(0, 1, true).is_empty());
        let product = |sizes: &[i64]| {
            let pools = sizes.iter().map(|size| Value::tuple(pool(*size))).collect();
            all(Adaptor::Product { pools, chosen: Vec::new() })
        };
        assert_eq!(product(&[2, 3]), [[0, 0], [0, 1], [0, 2], [1, 0], [1, 1], [1, 2]]);
        assert_eq!(product(&[]), none);
        assert!(product(&[2, 0]).is_empty());
    }
}
