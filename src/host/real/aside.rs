//! What is done aside: calls that the kernel or the resolver may take long for, on threads that run no Python.
//!
//! Whoever asks gets a descriptor at once, the bell, which becomes readable when the answer is there. A thread is hired when
//! none is idle, up to [`MOST`]; what comes then stands in line. What may wait for another of its kind has a thread of its own.

use super::{RealHost, Waiting};
use crate::host::contract::{Fd, Files, Resolved};
use crate::host::error::{HostError, Result};
use std::os::fd::OwnedFd;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};

/// So many threads work at most.
const MOST: usize = 32;

/// What it takes for the work to end.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Ends {
    /// Time: it may stand in line.
    ByItself,
    /// Perhaps something that is asked for later: in line behind this, it would never be done.
    WithAnother,
}

/// What has come of it.
pub(super) enum Outcome {
    /// The resolver's answers.
    Resolved(Result<Vec<Resolved>>),
    /// A file that could only be opened when another process or thread did so, too.
    Opened(Result<OwnedFd>),
    /// Of something that is only to be done.
    Done(Result<()>),
}

type Work = Box<dyn FnOnce() + Send>;

/// The threads, and the line before them.
pub(super) struct Workers {
    line: Sender<Work>,
    /// The line's other end: whoever is idle takes what comes next.
    end: Arc<Mutex<Receiver<Work>>>,
    /// How many wait for work that nobody counts on them for.
    idle: Arc<AtomicUsize>,
    hired: usize,
}

impl Default for Workers {
    fn default() -> Workers {
        let (line, end) = channel();
        Workers { line, end: Arc::new(Mutex::new(end)), idle: Arc::default(), hired: 0 }
    }
}

impl Workers {
    /// Have this done. False if there is nobody who could.
    fn give(&mut self, work: Work) -> bool {
        let spoken_for = self.idle.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |idle| idle.checked_sub(1));
        if spoken_for.is_err() && self.hired < MOST && self.hire() {
            self.hired += 1;
        }
        self.hired > 0 && self.line.send(work).is_ok()
    }

    fn hire(&self) -> bool {
        let (end, idle) = (self.end.clone(), self.idle.clone());
        let work_on = move || {
            loop {
                // Held while waiting: the others wait for it instead of for the line.
                let next = end.lock().unwrap_or_else(PoisonError::into_inner).recv();
                let Ok(work) = next else { return };
                work();
                idle.fetch_add(1, Ordering::Relaxed);
            }
        };
        start(work_on)
    }
}

/// Whether there was a thread to be had for it.
fn start(work: impl FnOnce() + Send + 'static) -> bool {
    std::thread::Builder::new().name("aside".to_owned()).spawn(work).is_ok()
}

impl RealHost {
    /// Have this done aside; the bell, to be given to [`RealHost::outcome`]. `None` where it has to be done at once: there are
    /// no threads to be had, or time is virtual, and nothing but the clock would move meanwhile.
    pub(super) fn aside(&mut self, ends: Ends, work: impl FnOnce() -> Outcome + Send + 'static) -> Option<Fd> {
        if self.virtual_clock.is_some() {
            return None;
        }
        let (bell, rope) = rustix::pipe::pipe_with(rustix::pipe::PipeFlags::CLOEXEC).ok()?;
        let (sender, answer) = channel();
        let work = move || {
            // Nobody may be left who wants to know.
            let _ = sender.send(work());
            let _ = rustix::io::write(&rope, b".");
        };
        let given = match ends {
            Ends::ByItself => self.workers.give(Box::new(work)),
            Ends::WithAnother => start(work),
        };
        if !given {
            return None;
        }
        let bell = self.keep(bell, Waiting::Before);
        self.asked.insert(bell, answer);
        Some(bell)
    }

    /// What has come of what was asked aside, waiting for it; the bell is closed.
    pub(super) fn outcome(&mut self, bell: Fd) -> Result<Outcome> {
        let answer = self.asked.remove(&bell).ok_or_else(|| HostError::from_errno(libc::EBADF))?;
        self.close(bell)?;
        answer.recv().map_err(|_| HostError::from_errno(libc::EIO))
    }
}
