//! Signals, and waiting that they can end.
//!
//! The handler sets flags, for the run loop, whose attention it calls, and writes a byte to a pipe that every wait watches beside its own descriptor.
//! SIGPIPE is ignored already, by Rust's start-up as by Python's: writing to a pipe that nobody reads is `EPIPE`.

use super::RealHost;
use super::system::{self, Arrivals, OnSignal};
use crate::host::contract::{Disposition, Fd, SignalInfo, Signals};
use crate::host::error::{HostError, Result};
use rustc_hash::FxHashMap;
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;
use signal_hook::SigId;
use signal_hook::consts::SIGINT;
use std::os::fd::{AsFd, AsRawFd, BorrowedFd, OwnedFd};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

/// The timer of an alarm, which counts the time that passes.
const REAL_TIME: i32 = libc::ITIMER_REAL;

/// Where interrupts arrive.
#[derive(Default)]
pub(super) struct Interrupts {
    arrived: Arc<Arrivals>,
    /// The end of the pipe at which the handler's bytes come out, and the other; `None` until something is watched.
    bell: Option<OwnedFd>,
    rope: Option<OwnedFd>,
    /// What is done when a signal arrives, where that was ever changed.
    handlers: FxHashMap<i32, SigId>,
}

impl Interrupts {
    /// `EINTR` if an interrupt has arrived.
    pub fn check(&self) -> Result<()> {
        match self.arrived.any.load(Ordering::Relaxed) {
            true => Err(HostError::from_errno(libc::EINTR)),
            false => Ok(()),
        }
    }

    /// The descriptor that becomes readable when an interrupt arrives.
    pub fn bell(&self) -> Option<BorrowedFd<'_>> {
        self.bell.as_ref().map(AsFd::as_fd)
    }

    /// Wait until `fd` is `ready`: true; or the deadline has passed: false; or an interrupt arrives: `EINTR`.
    pub fn wait_for(&self, fd: BorrowedFd<'_>, ready: PollFlags, deadline: Option<Instant>) -> Result<bool> {
        self.poll(&mut vec![PollFd::from_borrowed_fd(fd, ready)], deadline).map(|count| count > 0)
    }

    /// `poll`, until the deadline or an interrupt; how many of `watched` have something to report.
    pub fn poll<'a>(&'a self, watched: &mut Vec<PollFd<'a>>, deadline: Option<Instant>) -> Result<usize> {
        let asked = watched.len();
        if let Some(bell) = self.bell() {
            watched.push(PollFd::from_borrowed_fd(bell, PollFlags::IN));
        }
        let outcome = loop {
            if let Err(interrupted) = self.check() {
                break Err(interrupted);
            }
            match poll(watched, remaining(deadline).as_ref()) {
                Ok(_) => {
                    let rung = watched[asked..].iter().any(|bell| !bell.revents().is_empty());
                    let count = watched[..asked].iter().filter(|one| !one.revents().is_empty()).count();
                    match rung && count == 0 {
                        // The byte may be of an interrupt that has been taken already.
                        true => self.silence(),
                        false => break Ok(count),
                    }
                }
                Err(Errno::INTR) => {}
                Err(error) => break Err(error.into()),
            }
        };
        watched.truncate(asked);
        outcome
    }

    /// Empty the pipe. The flag stays.
    pub fn silence(&self) {
        let mut bytes = [0; 64];
        if let Some(bell) = self.bell() {
            while rustix::io::read(bell, &mut bytes).is_ok_and(|count| count > 0) {}
        }
    }
}

/// What is left until a deadline, as the system wants to hear it.
pub(super) fn remaining(deadline: Option<Instant>) -> Option<Timespec> {
    let left = deadline?.saturating_duration_since(Instant::now());
    Timespec::try_from(left).ok()
}

/// A descriptor number well above those that programs see, so that their own come out as they would in CPython.
fn move_up(fd: OwnedFd) -> OwnedFd {
    [1000, 200].iter().find_map(|&least| rustix::io::fcntl_dupfd_cloexec(&fd, least).ok()).unwrap_or(fd)
}

impl Drop for Interrupts {
    fn drop(&mut self) {
        // The handler may run until the end of the process; it must not write to what may be somebody else's by then.
        self.arrived.rope.store(-1, Ordering::SeqCst);
        self.arrived.ring.store(-1, Ordering::SeqCst);
    }
}

impl Interrupts {
    fn hang_bell(&mut self) -> Result<()> {
        if self.bell.is_none() {
            let flags = rustix::pipe::PipeFlags::CLOEXEC | rustix::pipe::PipeFlags::NONBLOCK;
            let (bell, rope) = rustix::pipe::pipe_with(flags)?;
            let (bell, rope) = (move_up(bell), move_up(rope));
            self.arrived.rope.store(rope.as_raw_fd(), Ordering::SeqCst);
            (self.bell, self.rope) = (Some(bell), Some(rope));
        }
        Ok(())
    }
}

impl Signals for RealHost {
    fn set_disposition(&mut self, signal: i32, what: Disposition) -> Result<()> {
        let interrupts = &mut self.interrupts;
        let act = match what {
            // Of those that nobody has changed only SIGPIPE is not what it usually is.
            Disposition::Default if !interrupts.handlers.contains_key(&signal) && signal != libc::SIGPIPE => {
                return Ok(());
            }
            Disposition::Default => OnSignal::Usual,
            Disposition::Ignore => OnSignal::Nothing,
            Disposition::Watch => {
                interrupts.hang_bell()?;
                OnSignal::Note(Arc::clone(&interrupts.arrived))
            }
        };
        let new = system::on_signal(signal, act)?;
        if let Some(old) = interrupts.handlers.insert(signal, new) {
            signal_hook::low_level::unregister(old);
        }
        Ok(())
    }

    fn interrupted(&self) -> bool {
        self.interrupts.arrived.any.load(Ordering::Relaxed)
    }

    fn take_signal(&mut self, only: Option<i32>) -> Option<i32> {
        self.interrupts.silence();
        let arrived = &self.interrupts.arrived;
        // The one flag first: what arrives from here on sets it again.
        arrived.any.store(false, Ordering::SeqCst);
        let wanted = |number: &usize| only.is_none_or(|only| only as usize == *number);
        let all = 1..arrived.each.len();
        let taken = all.clone().filter(wanted).find(|&number| arrived.each[number].swap(false, Ordering::SeqCst));
        if all.into_iter().any(|number| arrived.each[number].load(Ordering::Relaxed)) {
            arrived.any.store(true, Ordering::SeqCst);
        }
        taken.map(|number| number as i32)
    }

    fn ring_at(&mut self, fd: Fd) -> Fd {
        self.interrupts.arrived.ring.swap(fd, Ordering::SeqCst)
    }

    fn send_signal(&mut self, process: i32, signal: i32) -> Result<()> {
        system::send_signal(process, signal)
    }

    fn set_alarm(&mut self, which: i32, first: Duration, then: Duration) -> Result<(Duration, Duration)> {
        if which == REAL_TIME
            && let Some(clock) = &mut self.virtual_clock
        {
            let before = clock.alarm();
            clock.set_alarm(first, then);
            return Ok(before);
        }
        system::set_alarm(which, first, then)
    }

    fn alarm(&mut self, which: i32) -> Result<(Duration, Duration)> {
        match &self.virtual_clock {
            Some(clock) if which == REAL_TIME => Ok(clock.alarm()),
            _ => system::alarm(which),
        }
    }

    fn hold_back(&mut self, how: i32, signals: &[i32]) -> Result<Vec<i32>> {
        system::hold_back(how, signals)
    }

    fn held_back(&mut self) -> Result<Vec<i32>> {
        system::held_back()
    }

    fn wait_signal(&mut self, signals: &[i32], patience: Option<Duration>) -> Result<Option<SignalInfo>> {
        let mut patience = patience;
        while let Some(skipped) = self.skips(patience) {
            let found = system::wait_signal(signals, Some(Duration::ZERO))?;
            if found.is_some() {
                return Ok(found);
            }
            self.time_passes(skipped)?;
            self.interrupts.check()?;
            patience = patience.map(|patience| patience - skipped);
        }
        let deadline = super::deadline(patience);
        loop {
            self.interrupts.check()?;
            let left = deadline.map(|deadline| deadline.saturating_duration_since(Instant::now()));
            match system::wait_signal(signals, left) {
                Err(error) if error.is(libc::EINTR) => {}
                outcome => return outcome,
            }
        }
    }

    fn die_of_interrupt(&mut self) {
        // A failure leaves us alive, and the caller with the exit code for it.
        let _ = signal_hook::low_level::emulate_default_handler(SIGINT);
    }
}

impl RealHost {
    /// Wait for nothing but the time, or an interrupt.
    pub(super) fn wait_out(&self, duration: Duration) -> Result<()> {
        let deadline = super::deadline(Some(duration));
        self.interrupts.poll(&mut Vec::new(), deadline).map(|_| ())
    }
}
