//! Timers: what is due at which time.

/// What may have been cancelled since it was handed over.
pub trait Cancellable {
    /// Is it not to be run any more?
    fn is_cancelled(&self) -> bool;
    /// It is no timer any more: to be run now, or given up. Cancelling it is no news to the timers.
    fn left(&self) {}
}

/// Timers in the order of their deadlines, in seconds.
///
/// A heap whose steps are those of Python's `heapq`, because they can be seen: among equal deadlines the order is what its
/// swaps make of it. (Deadlines that a clock gave are hardly ever equal.)
///
/// A cancelled timer stays until it is on top, or until more than half of many are cancelled: then all of them go at once. So
/// cancelling costs nothing, and what is kept is bounded by twice what is alive.
pub struct Timers<T> {
    heap: Vec<(f64, T)>,
    cancelled: usize,
}

/// Below so many timers nobody minds the cancelled ones.
const FEW: usize = 100;

impl<T> Default for Timers<T> {
    fn default() -> Timers<T> {
        Timers { heap: Vec::new(), cancelled: 0 }
    }
}

impl<T> Timers<T> {
    /// All of them, in no particular order.
    pub fn iter(&self) -> impl Iterator<Item = &T> {
        self.heap.iter().map(|(_, what)| what)
    }

    /// How many there are, cancelled ones among them.
    pub fn len(&self) -> usize {
        self.heap.len()
    }

    /// Is there none?
    pub fn is_empty(&self) -> bool {
        self.heap.is_empty()
    }

    /// Arm a timer.
    pub fn arm(&mut self, when: f64, what: T) {
        self.heap.push((when, what));
        self.rise(0, self.heap.len() - 1);
    }

    /// One of them was cancelled.
    pub fn note_cancelled(&mut self) {
        self.cancelled += 1;
    }

    /// The earliest deadline.
    pub fn next(&self) -> Option<f64> {
        self.heap.first().map(|(when, _)| *when)
    }

    /// Give up all of them.
    pub fn clear(&mut self) -> Vec<T> {
        self.cancelled = 0;
        std::mem::take(&mut self.heap).into_iter().map(|(_, what)| what).collect()
    }

    fn pop(&mut self) -> Option<T> {
        let last = self.heap.pop()?;
        let Some(first) = self.heap.first_mut() else { return Some(last.1) };
        let earliest = std::mem::replace(first, last);
        self.sink(0);
        Some(earliest.1)
    }

    /// Move the timer at `at` up to where its parent, not above `top`, is no later.
    fn rise(&mut self, top: usize, mut at: usize) {
        let heap = &mut self.heap[..];
        while at > top {
            let parent = (at - 1) / 2;
            let (above, below) = heap.split_at_mut(at);
            let (above, below) = (&mut above[parent], &mut below[0]);
            if !before(below, above) {
                return;
            }
            std::mem::swap(above, below);
            at = parent;
        }
    }

    /// Move the timer at `top` down to the bottom, always past the earlier child, and up again from there.
    fn sink(&mut self, top: usize) {
        let heap = &mut self.heap[..];
        let mut at = top;
        loop {
            let children = 2 * at + 1;
            let child = match heap.get(children..) {
                Some([left, right, ..]) => children + usize::from(!before(left, right)),
                Some([_]) => children,
                _ => break,
            };
            heap.swap(at, child);
            at = child;
        }
        self.rise(top, at);
    }
}

fn before<T>(one: &(f64, T), other: &(f64, T)) -> bool {
    one.0 < other.0
}

impl<T: Cancellable> Timers<T> {
    /// Take the earliest, if its deadline lies before `end`.
    pub fn take_due(&mut self, end: f64) -> Option<T> {
        let due = match self.next() {
            Some(when) if when >= end => None,
            _ => self.pop(),
        };
        due.inspect(T::left)
    }

    /// Take out cancelled ones: those on top, or all if they are the greater part of many.
    pub fn tidy(&mut self) -> Vec<T> {
        let mut gone = Vec::new();
        if self.heap.len() > FEW && self.cancelled * 2 > self.heap.len() {
            let (dead, alive) = std::mem::take(&mut self.heap).into_iter().partition(|(_, what)| what.is_cancelled());
            self.heap = alive;
            for at in (0..self.heap.len() / 2).rev() {
                self.sink(at);
            }
            self.cancelled = 0;
            gone = Vec::into_iter(dead).map(|(_, what)| what).collect();
        }
        while self.heap.first().is_some_and(|(_, what)| what.is_cancelled()) {
            self.cancelled = self.cancelled.saturating_sub(1);
            gone.extend(self.pop());
        }
        gone.iter().for_each(T::left);
        gone
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::Cell;
    use std::rc::Rc;

    struct Timer(usize, Rc<Cell<bool>>);

    impl Cancellable for Timer {
        fn is_cancelled(&self) -> bool {
            self.1.get()
        }
    }

    fn timer(number: usize) -> Timer {
        Timer(number, Rc::default())
    }

    #[test]
    fn they_come_out_by_deadline() {
        let mut timers = Timers::default();
        for number in 0..1000 {
            timers.arm(((number * 7919) % 1000) as f64, timer(number));
        }
        let out: Vec<usize> =
            std::iter::from_fn(|| timers.take_due(f64::INFINITY)).map(|timer| timer.0 * 7919 % 1000).collect();
        assert_eq!(out, (0..1000).collect::<Vec<_>>());
    }

    #[test]
    fn equal_deadlines_come_out_as_heapq_has_them() {
        let mut timers = Timers::default();
        for number in 0..8 {
            timers.arm(1.0, timer(number));
        }
        let out: Vec<usize> = std::iter::from_fn(|| timers.take_due(2.0)).map(|timer| timer.0).collect();
        assert_eq!(out, [0, 2, 6, 5, 7, 4, 1, 3]);
    }

    #[test]
    fn nothing_is_taken_before_it_is_due() {
        let mut timers = Timers::default();
        timers.arm(5.0, timer(0));
        assert!(timers.take_due(5.0).is_none());
        assert!(timers.take_due(5.1).is_some());
    }

    #[test]
    fn cancelled_timers_do_not_pile_up() {
        let mut timers = Timers::default();
        let alive = timer(0);
        timers.arm(0.5, alive);
        for number in 1..=100_000 {
            let timer = timer(number);
            let flag = timer.1.clone();
            timers.arm(number as f64, timer);
            flag.set(true);
            timers.note_cancelled();
            timers.tidy();
            assert!(timers.len() <= 2 * FEW, "{} timers are kept", timers.len());
        }
        assert_eq!(timers.take_due(1.0).map(|timer| timer.0), Some(0));
    }
}
