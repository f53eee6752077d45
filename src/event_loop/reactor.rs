//! The reactor: descriptors, and what is to be run when something can be read from them or written to them.
//!
//! Level-triggered: what is not dealt with is reported again at the next wait.

use crate::host::{Events, Fd, Host, Result};
use rustc_hash::FxHashMap;
use std::collections::VecDeque;
use std::time::Duration;

/// What waits for descriptors.
pub struct Reactor<T> {
    /// The host's poller, made when it is first needed.
    poller: Option<Fd>,
    watched: FxHashMap<Fd, Watch<T>>,
}

struct Watch<T> {
    reader: Option<T>,
    writer: Option<T>,
}

/// A direction of a descriptor.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Direction {
    /// Something can be read from it.
    Read,
    /// Something can be written to it.
    Write,
}

impl<T> Watch<T> {
    fn side(&mut self, direction: Direction) -> &mut Option<T> {
        match direction {
            Direction::Read => &mut self.reader,
            Direction::Write => &mut self.writer,
        }
    }

    fn interest(&self) -> Events {
        let read = if self.reader.is_some() { Events::READ } else { Events(0) };
        let write = if self.writer.is_some() { Events::WRITE } else { Events(0) };
        read | write
    }
}

impl<T> Default for Reactor<T> {
    fn default() -> Reactor<T> {
        Reactor { poller: None, watched: FxHashMap::default() }
    }
}

impl<T> Reactor<T> {
    /// Does nothing wait?
    pub fn is_empty(&self) -> bool {
        self.watched.is_empty()
    }

    /// The host's poller, which something can be read from when something is ready; none before it was needed.
    pub fn poller(&self) -> Option<Fd> {
        self.poller
    }

    /// All that waits, in no particular order.
    pub fn iter(&self) -> impl Iterator<Item = &T> {
        self.watched.values().flat_map(|watch| watch.reader.iter().chain(&watch.writer))
    }

    /// From now on run `what` whenever `fd` is ready; what was there before.
    pub fn watch(&mut self, host: &mut dyn Host, fd: Fd, direction: Direction, what: T) -> Result<Option<T>> {
        let poller = match self.poller {
            Some(poller) => poller,
            None => *self.poller.insert(host.poller()?),
        };
        let key = fd as u64;
        let Some(watch) = self.watched.get_mut(&fd) else {
            let mut watch = Watch { reader: None, writer: None };
            *watch.side(direction) = Some(what);
            host.register(poller, fd, watch.interest(), key)?;
            self.watched.insert(fd, watch);
            return Ok(None);
        };
        let old = watch.side(direction).replace(what);
        if old.is_none() {
            host.modify(poller, fd, watch.interest(), key)?;
        }
        Ok(old)
    }

    /// No longer; what was there. A descriptor that was closed meanwhile is forgotten without complaint.
    pub fn forget(&mut self, host: &mut dyn Host, fd: Fd, direction: Direction) -> Option<T> {
        let (poller, watch) = (self.poller?, self.watched.get_mut(&fd)?);
        let old = watch.side(direction).take()?;
        let interest = watch.interest();
        // A descriptor that is closed is not watched any more, and that is all that was wanted.
        if interest.0 == 0 {
            self.watched.remove(&fd);
            let _ = host.unregister(poller, fd);
        } else {
            let _ = host.modify(poller, fd, interest, fd as u64);
        }
        Some(old)
    }

    /// Give up everything, and the poller.
    pub fn close(&mut self, host: &mut dyn Host) -> Vec<T> {
        if let Some(poller) = self.poller.take() {
            let _ = host.close(poller);
        }
        let watched = std::mem::take(&mut self.watched);
        watched.into_values().flat_map(|watch| [watch.reader, watch.writer]).flatten().collect()
    }
}

impl<T: Clone> Reactor<T> {
    /// Wait, no longer than `timeout`; what became ready is queued, a descriptor's reader before its writer.
    pub fn wait(&mut self, host: &mut dyn Host, timeout: Option<Duration>, ready: &mut VecDeque<T>) -> Result<()> {
        let Some(poller) = self.poller else { return Ok(()) };
        let most = self.watched.len().max(1);
        for one in host.wait(poller, most, timeout)? {
            let Some(watch) = self.watched.get(&one.fd) else { continue };
            if one.events.readable() {
                ready.extend(watch.reader.clone());
            }
            if one.events.writable() {
                ready.extend(watch.writer.clone());
            }
        }
        Ok(())
    }
}
