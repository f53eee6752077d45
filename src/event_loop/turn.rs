//! Turns of the loop.

use super::reactor::Reactor;
use super::timers::{Cancellable, Timers};
use crate::host::{Host, HostError, Result};
use std::collections::VecDeque;
use std::time::Duration;

/// The three parts of the loop.
pub struct EventLoop<T> {
    /// What is ready to be run, first come, first served.
    pub ready: VecDeque<T>,
    /// What is due later.
    pub timers: Timers<T>,
    /// What waits for descriptors.
    pub reactor: Reactor<T>,
}

/// How a turn began.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Turn {
    /// So many are to be run in it.
    Run(usize),
    /// Nothing is ready, and nothing ever will be.
    Stuck,
}

/// How exactly the clock tells time, in seconds: what is due within it is due now.
pub const RESOLUTION: f64 = 1e-9;

/// No wait is longer than this, in seconds.
const LONGEST: f64 = 24.0 * 3600.0;

/// Room for so many in the queue is given back when it is hardly used.
const LONG: usize = 4096;

/// What time it is on the clock of timers, in seconds.
pub fn seconds(host: &mut dyn Host) -> f64 {
    host.monotonic_ns() as f64 / 1e9
}

impl<T> Default for EventLoop<T> {
    fn default() -> EventLoop<T> {
        EventLoop { ready: VecDeque::new(), timers: Timers::default(), reactor: Reactor::default() }
    }
}

impl<T: Cancellable + Clone> EventLoop<T> {
    /// Begin a turn: wait until something is ready (not at all with `hurry`), and queue what is due. What was cancelled is
    /// put into `gone`, for the caller to drop when nothing of the loop is in use.
    pub fn turn(&mut self, host: &mut dyn Host, hurry: bool, gone: &mut Vec<T>) -> Result<Turn> {
        if self.wait(host, hurry, 0.0, gone)? == Turn::Stuck {
            return Ok(Turn::Stuck);
        }
        if !self.timers.is_empty() {
            self.fire(seconds(host) + RESOLUTION);
        }
        Ok(Turn::Run(self.ready.len()))
    }

    /// The first half of a turn: wait until something is ready or due. The clock of the timers is so many seconds behind the
    /// host's.
    pub fn wait(&mut self, host: &mut dyn Host, hurry: bool, behind: f64, gone: &mut Vec<T>) -> Result<Turn> {
        self.slim();
        if !self.timers.is_empty() {
            gone.extend(self.timers.tidy());
        }
        let timeout = if hurry || !self.ready.is_empty() {
            Some(Duration::ZERO)
        } else if let Some(when) = self.timers.next() {
            let left = (when + behind - seconds(host)).clamp(0.0, LONGEST);
            Some(Duration::from_nanos((left * 1e9).ceil() as u64))
        } else if self.reactor.is_empty() {
            return Ok(Turn::Stuck);
        } else {
            None
        };
        if !self.reactor.is_empty() {
            self.reactor.wait(host, timeout, &mut self.ready)?;
        } else if let Some(timeout) = timeout
            && !timeout.is_zero()
            && !host.sleep(timeout)?
        {
            return Err(HostError::from_errno(libc::EINTR));
        }
        Ok(Turn::Run(self.ready.len()))
    }

    /// A queue that was long once does not keep its memory for good.
    pub fn slim(&mut self) {
        let (length, room) = (self.ready.len(), self.ready.capacity());
        if room > LONG && length < room / 8 {
            self.ready.shrink_to(length * 2);
        }
    }

    /// The second half: queue what is due before `end`.
    pub fn fire(&mut self, end: f64) {
        while let Some(due) = self.timers.take_due(end) {
            self.ready.push_back(due);
        }
    }

    /// How long a turn that begins at `now` may wait, in seconds: for ever if there is nothing but descriptors to wait for.
    pub fn patience(&mut self, now: f64, hurry: bool, gone: &mut Vec<T>) -> Option<f64> {
        gone.extend(self.timers.tidy());
        if hurry || !self.ready.is_empty() {
            return Some(0.0);
        }
        self.timers.next().map(|when| (when - now).clamp(0.0, LONGEST))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::host::FakeHost;

    #[derive(Clone, PartialEq, Debug)]
    struct Name(&'static str);

    impl Cancellable for Name {
        fn is_cancelled(&self) -> bool {
            self.0.starts_with("cancelled")
        }
    }

    fn turn(events: &mut EventLoop<Name>, host: &mut FakeHost, hurry: bool) -> Turn {
        events.turn(host, hurry, &mut Vec::new()).expect("a fake host refuses no waiting")
    }

    fn names(events: &mut EventLoop<Name>, turn: Turn) -> Vec<&'static str> {
        let Turn::Run(count) = turn else { return vec!["stuck"] };
        events.ready.drain(..count).map(|name| name.0).collect()
    }

    #[test]
    fn what_is_ready_runs_in_order_and_nothing_waits_meanwhile() {
        let (mut events, mut host) = (EventLoop::default(), FakeHost::new());
        events.timers.arm(10.0, Name("later"));
        events.ready.extend([Name("first"), Name("second")]);
        let began = turn(&mut events, &mut host, false);
        assert_eq!(names(&mut events, began), ["first", "second"]);
        assert_eq!(host.elapsed_ns, 0);
    }

    #[test]
    fn an_idle_loop_sleeps_until_the_next_timer() {
        let (mut events, mut host) = (EventLoop::default(), FakeHost::new());
        events.timers.arm(2.5, Name("b"));
        events.timers.arm(1.0, Name("cancelled"));
        events.timers.arm(2.0, Name("a"));
        let began = turn(&mut events, &mut host, false);
        assert_eq!(names(&mut events, began), ["a"]);
        assert_eq!(host.elapsed_ns, 2_000_000_000);
        let began = turn(&mut events, &mut host, false);
        assert_eq!(names(&mut events, began), ["b"]);
        assert_eq!(turn(&mut events, &mut host, false), Turn::Stuck);
    }

    #[test]
    fn a_hurried_turn_does_not_wait() {
        let (mut events, mut host) = (EventLoop::default(), FakeHost::new());
        events.timers.arm(1.0, Name("later"));
        assert_eq!(turn(&mut events, &mut host, true), Turn::Run(0));
        assert_eq!(host.elapsed_ns, 0);
    }

    #[test]
    fn due_timers_queue_behind_what_was_ready() {
        let (mut events, mut host) = (EventLoop::default(), FakeHost::new());
        host.elapsed_ns = 5_000_000_000;
        events.timers.arm(4.0, Name("due"));
        events.ready.push_back(Name("ready"));
        let began = turn(&mut events, &mut host, false);
        assert_eq!(names(&mut events, began), ["ready", "due"]);
    }
}
