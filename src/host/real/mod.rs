//! The host that the command line installs: the operating system itself.
//!
//! Here is the table of what is open, and how waiting works; the files beside it each implement one trait.
//!
//! Every socket is non-blocking in the kernel, and a blocking call on one is a try, a wait for readiness *or an interrupt*,
//! and another try. So no signal is lost between a look at the flag and a system call that waits, and one path serves both
//! kinds of sockets. What may be shared with other processes (standard streams, terminals) keeps the mode it has: there we
//! wait first and call then.

mod aside;
mod clock;
mod environment;
mod files;
mod memory;
mod processes;
mod readiness;
mod signals;
mod sockets;
mod streams;
mod system;
#[cfg(test)]
mod tests;

use super::contract::{Fd, Files};
use super::error::{HostError, Result};
use rustc_hash::FxHashMap;
use rustix::event::PollFlags;
use rustix::io::Errno;
use signals::Interrupts;
use std::ffi::OsString;
use std::os::fd::{AsFd, AsRawFd, BorrowedFd, OwnedFd};
use std::sync::mpsc::Receiver;
use std::time::{Duration, Instant};

/// The operating system, as a [`Host`](super::Host).
pub struct RealHost {
    /// What is open, at the index that is its number.
    open: Vec<Option<Descriptor>>,
    interrupts: Interrupts,
    input: streams::Input,
    output: streams::Output,
    diversion: Option<super::contract::Diversion>,
    /// Who lends the terminal.
    lender: Option<super::contract::Lender>,
    variables: Vec<(OsString, OsString)>,
    virtual_clock: Option<clock::VirtualClock>,
    /// What entropy is made from, where every run is to be the same.
    seed: Option<u64>,
    workers: aside::Workers,
    /// What is being done aside, by the bell that tells when it is done.
    asked: FxHashMap<Fd, Receiver<aside::Outcome>>,
    /// What is received goes through it.
    scratch: Vec<u8>,
}

/// Something open.
struct Descriptor {
    handle: Handle,
    waiting: Waiting,
    /// Is it passed on to other programs, where whoever starts them does not say what is? The kernel is not told: it would pass
    /// it on to all.
    inheritable: bool,
    /// The keys of what is registered, if this is a poller.
    keys: FxHashMap<Fd, u64>,
}

/// Who closes a descriptor.
enum Handle {
    /// One of the standard streams: the process's, never closed by us.
    Standard(Fd),
    /// Closed when we let go of it.
    Owned(OwnedFd),
}

/// How an operation on a descriptor waits when there is nothing to be had yet.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Waiting {
    /// It never needs to: regular files, directories.
    Never,
    /// The kernel would wait, deaf to interrupts; so we wait for readiness before we call.
    Before,
    /// The kernel does not wait; we do, when it says `EAGAIN`.
    Between,
    /// The program asked not to wait.
    Refused,
}

impl RealHost {
    /// The operating system, with the environment as it is now.
    pub fn new() -> RealHost {
        let standard = |fd| Some(Descriptor::new(Handle::Standard(fd), Waiting::Before));
        RealHost {
            open: vec![standard(0), standard(1), standard(2)],
            interrupts: Interrupts::default(),
            input: streams::Input::default(),
            output: streams::Output::new(rustix::termios::isatty(rustix::stdio::stdout())),
            diversion: None,
            lender: None,
            variables: std::env::vars_os().collect(),
            virtual_clock: None,
            seed: None,
            workers: aside::Workers::default(),
            asked: FxHashMap::default(),
            scratch: Vec::new(),
        }
    }

    /// Have the program find what whoever started this process left open for it, under the numbers it has. To be asked before
    /// anything is opened, by one host of a process.
    pub fn take_inherited(&mut self) {
        for fd in system::inherited() {
            let number = self.keep(fd, Waiting::Before);
            // It was found open a moment ago.
            let _ = self.set_inheritable(number, true);
        }
    }

    /// Enter something newly opened into the table; its number.
    fn keep(&mut self, fd: OwnedFd, waiting: Waiting) -> Fd {
        let number = fd.as_raw_fd();
        // The kernel's numbers are not negative, and it hands out the lowest free one: the table stays small.
        let index = number as usize;
        if self.open.len() <= index {
            self.open.resize_with(index + 1, || None);
        }
        self.open[index] = Some(Descriptor::new(Handle::Owned(fd), waiting));
        number
    }

    /// What is open as `fd`, or `EBADF`.
    fn descriptor(&self, fd: Fd) -> Result<&Descriptor> {
        let index = usize::try_from(fd).map_err(|_| HostError::from_errno(libc::EBADF))?;
        self.open.get(index).and_then(Option::as_ref).ok_or_else(|| HostError::from_errno(libc::EBADF))
    }

    /// The same, to be changed.
    fn descriptor_mut(&mut self, fd: Fd) -> Result<&mut Descriptor> {
        let index = usize::try_from(fd).map_err(|_| HostError::from_errno(libc::EBADF))?;
        self.open.get_mut(index).and_then(Option::as_mut).ok_or_else(|| HostError::from_errno(libc::EBADF))
    }

    /// Run `call` on a descriptor, waiting for `ready` where its way of waiting says so.
    fn wait_and<T>(
        &self,
        fd: Fd,
        ready: PollFlags,
        mut call: impl FnMut(BorrowedFd<'_>) -> rustix::io::Result<T>,
    ) -> Result<T> {
        let descriptor = self.descriptor(fd)?;
        if descriptor.waiting == Waiting::Before {
            self.interrupts.wait_for(descriptor.as_fd(), ready, None)?;
        }
        loop {
            match call(descriptor.as_fd()) {
                Err(Errno::INTR) => self.interrupts.check()?,
                Err(Errno::AGAIN) if matches!(descriptor.waiting, Waiting::Before | Waiting::Between) => {
                    self.interrupts.wait_for(descriptor.as_fd(), ready, None)?;
                }
                outcome => return Ok(outcome?),
            }
        }
    }
}

impl Default for RealHost {
    fn default() -> RealHost {
        RealHost::new()
    }
}

impl Descriptor {
    fn new(handle: Handle, waiting: Waiting) -> Descriptor {
        Descriptor { handle, waiting, inheritable: false, keys: FxHashMap::default() }
    }
}

impl AsFd for Descriptor {
    fn as_fd(&self) -> BorrowedFd<'_> {
        match &self.handle {
            Handle::Standard(0) => rustix::stdio::stdin(),
            Handle::Standard(1) => rustix::stdio::stdout(),
            Handle::Standard(_) => rustix::stdio::stderr(),
            Handle::Owned(fd) => fd.as_fd(),
        }
    }
}

/// When a wait that begins now must end. A time beyond the clock's reach is as good as never.
fn deadline(timeout: Option<Duration>) -> Option<Instant> {
    timeout.and_then(|timeout| Instant::now().checked_add(timeout))
}
