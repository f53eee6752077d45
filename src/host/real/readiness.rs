//! Waiting for many descriptors at once: `epoll`, and `poll` for a few.

use super::{RealHost, Waiting, deadline};
use crate::host::contract::{Events, Fd, Readiness, Ready};
use crate::host::error::Result;
use rustc_hash::FxHashMap;
use rustix::buffer::spare_capacity;
use rustix::event::{PollFd, PollFlags, Timespec, epoll};
use rustix::io::Errno;
use std::os::fd::AsFd;
use std::time::Duration;

impl Readiness for RealHost {
    fn poller(&mut self) -> Result<Fd> {
        let poller = epoll::create(epoll::CreateFlags::CLOEXEC)?;
        Ok(self.keep(poller, Waiting::Never))
    }

    fn register(&mut self, poller: Fd, fd: Fd, interest: Events, key: u64) -> Result<()> {
        let data = epoll::EventData::new_u64(fd as u64);
        epoll::add(
            self.descriptor(poller)?,
            self.descriptor(fd)?,
            data,
            epoll::EventFlags::from_bits_retain(interest.0),
        )?;
        self.descriptor_mut(poller)?.keys.insert(fd, key);
        Ok(())
    }

    fn modify(&mut self, poller: Fd, fd: Fd, interest: Events, key: u64) -> Result<()> {
        let data = epoll::EventData::new_u64(fd as u64);
        let flags = epoll::EventFlags::from_bits_retain(interest.0);
        epoll::modify(self.descriptor(poller)?, self.descriptor(fd)?, data, flags)?;
        self.descriptor_mut(poller)?.keys.insert(fd, key);
        Ok(())
    }

    fn unregister(&mut self, poller: Fd, fd: Fd) -> Result<()> {
        // A closed descriptor has left the poller already, and its key goes with this call.
        self.descriptor_mut(poller)?.keys.remove(&fd);
        Ok(epoll::delete(self.descriptor(poller)?, self.descriptor(fd)?)?)
    }

    fn wait(&mut self, poller: Fd, max: usize, timeout: Option<Duration>) -> Result<Vec<Ready>> {
        self.in_its_time(timeout, |host, timeout| host.wait_for_ready(poller, max, timeout))
    }

    fn poll(&mut self, watched: &[(Fd, Events)], timeout: Option<Duration>) -> Result<Vec<Ready>> {
        self.in_its_time(timeout, |host, timeout| host.poll_ready(watched, timeout))
    }
}

impl RealHost {
    /// A wait of this length. A virtual clock is set forward instead while nothing is ready, from alarm to alarm.
    fn in_its_time(
        &mut self,
        timeout: Option<Duration>,
        wait: impl Fn(&mut Self, Option<Duration>) -> Result<Vec<Ready>>,
    ) -> Result<Vec<Ready>> {
        let mut timeout = timeout;
        while let Some(skipped) = self.skips(timeout) {
            let ready = wait(self, Some(Duration::ZERO))?;
            if !ready.is_empty() {
                return Ok(ready);
            }
            self.time_passes(skipped)?;
            if timeout == Some(skipped) {
                return Ok(ready);
            }
            self.interrupts.check()?;
            timeout = timeout.map(|timeout| timeout - skipped);
        }
        wait(self, timeout)
    }

    fn wait_for_ready(&mut self, poller: Fd, max: usize, timeout: Option<Duration>) -> Result<Vec<Ready>> {
        let deadline = deadline(timeout);
        let descriptor = self.descriptor(poller)?;
        let mut events: Vec<epoll::Event> = Vec::with_capacity(max.clamp(1, 4096));
        let mut time_is_up = timeout == Some(Duration::ZERO);
        loop {
            self.interrupts.check()?;
            // A look first, and only if there is nothing a wait for the poller itself to become readable, beside which the
            // interrupts' pipe can be watched: a busy event loop pays one system call a turn.
            match epoll::wait(descriptor, spare_capacity(&mut events), Some(&Timespec::default())) {
                Ok(_) => {}
                Err(Errno::INTR) => continue,
                Err(error) => return Err(error.into()),
            }
            if !events.is_empty() || time_is_up {
                let found: Vec<Ready> = events.iter().map(|event| ready(event, &descriptor.keys)).collect();
                if !found.is_empty() {
                    self.moment_passes()?;
                }
                return Ok(found);
            }
            time_is_up = !self.interrupts.wait_for(descriptor.as_fd(), PollFlags::IN, deadline)?;
        }
    }

    fn poll_ready(&mut self, watched: &[(Fd, Events)], timeout: Option<Duration>) -> Result<Vec<Ready>> {
        let mut asked = Vec::with_capacity(watched.len() + 1);
        let mut indices = Vec::with_capacity(watched.len());
        let mut ready = Vec::new();
        for (index, &(fd, interest)) in watched.iter().enumerate() {
            match self.descriptor(fd) {
                Ok(descriptor) => {
                    let flags = PollFlags::from_bits_retain(interest.0 as u16);
                    asked.push(PollFd::from_borrowed_fd(descriptor.as_fd(), flags));
                    indices.push(index);
                }
                Err(_) => ready.push(Ready { fd, key: index as u64, events: Events::INVALID }),
            }
        }
        let timeout = if ready.is_empty() { timeout } else { Some(Duration::ZERO) };
        self.interrupts.poll(&mut asked, deadline(timeout))?;
        for (one, index) in asked.iter().zip(indices) {
            let events = Events(u32::from(one.revents().bits()));
            if events != Events::default() {
                ready.push(Ready { fd: watched[index].0, key: index as u64, events });
            }
        }
        ready.sort_by_key(|one| one.key);
        drop(asked);
        if !ready.is_empty() {
            self.moment_passes()?;
        }
        Ok(ready)
    }
}

/// An event of `epoll`, in our words.
fn ready(event: &epoll::Event, keys: &FxHashMap<Fd, u64>) -> Ready {
    // The number went in as it was, and comes out unchanged.
    let (fd, flags) = (event.data.u64() as Fd, event.flags);
    Ready { fd, key: keys.get(&fd).copied().unwrap_or_default(), events: Events(flags.bits()) }
}
