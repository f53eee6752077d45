//! Ctrl-C, and waiting that it can end.
//!
//! The handler sets a flag, for the run loop, whose attention it calls, and writes a byte to a pipe that every wait watches beside its own descriptor.
//! SIGPIPE is ignored already, by Rust's start-up as by Python's: writing to a pipe that nobody reads is `EPIPE`.

use super::{RealHost, system};
use crate::host::contract::Signals;
use crate::host::error::{HostError, Result};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;
use signal_hook::consts::SIGINT;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// Where interrupts arrive.
#[derive(Default)]
pub(super) struct Interrupts {
    arrived: Arc<AtomicBool>,
    /// The end of the pipe at which the handler's bytes come out; `None` until interrupts are watched.
    bell: Option<OwnedFd>,
}

impl Interrupts {
    /// `EINTR` if an interrupt has arrived.
    pub fn check(&self) -> Result<()> {
        match self.arrived.load(Ordering::Relaxed) {
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

impl Signals for RealHost {
    fn watch_interrupts(&mut self) -> Result<()> {
        if self.interrupts.bell.is_some() {
            return Ok(());
        }
        let (bell, rope) =
            rustix::pipe::pipe_with(rustix::pipe::PipeFlags::CLOEXEC | rustix::pipe::PipeFlags::NONBLOCK)?;
        let (bell, rope) = (move_up(bell), move_up(rope));
        // The flag first: whoever is woken by the pipe must find it set.
        signal_hook::flag::register(SIGINT, Arc::clone(&self.interrupts.arrived))?;
        system::ask_for_attention(SIGINT)?;
        signal_hook::low_level::pipe::register(SIGINT, rope)?;
        self.interrupts.bell = Some(bell);
        Ok(())
    }

    fn interrupted(&self) -> bool {
        self.interrupts.arrived.load(Ordering::Relaxed)
    }

    fn take_interrupt(&mut self) -> bool {
        self.interrupts.silence();
        self.interrupts.arrived.swap(false, Ordering::Relaxed)
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
