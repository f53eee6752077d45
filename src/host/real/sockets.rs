//! Sockets.

use super::aside::{Ends, Outcome};
use super::{RealHost, Waiting, system};
use crate::host::contract::{Address, Ancillary, Fd, Files, Lookup, Message, Resolved, SocketKind, Sockets, room_for};
use crate::host::error::{HostError, Result};
use rustix::event::PollFlags;
use rustix::io::Errno;
use rustix::net::{
    AddressFamily, Protocol, RecvFlags, SendFlags, Shutdown, SocketAddrAny, SocketAddrUnix, SocketFlags, SocketType,
    sockopt,
};
use std::ffi::OsString;
use std::net::SocketAddr;
use std::os::fd::{AsFd, BorrowedFd};
use std::time::Duration;

/// What is received goes through one buffer of this size, and only what has come is copied: whoever asks for much gets little
/// as a rule. More than this has a buffer of its own each time.
const SCRATCH: usize = 256 * 1024;

impl RealHost {
    /// The buffer, to be put back; or one that is large enough.
    fn scratch(&mut self, max: usize) -> Result<Vec<u8>> {
        let scratch = std::mem::take(&mut self.scratch);
        if scratch.len() >= max { Ok(scratch) } else { room_for(max.max(SCRATCH)) }
    }

    fn put_back(&mut self, scratch: Vec<u8>) {
        if scratch.len() <= SCRATCH {
            self.scratch = scratch;
        }
    }
}

impl Sockets for RealHost {
    fn socket(&mut self, kind: SocketKind) -> Result<Fd> {
        let (family, kind, flags, protocol) = raw(kind)?;
        let socket = rustix::net::socket_with(family, kind, flags, protocol)?;
        Ok(self.keep(socket, Waiting::Between))
    }

    fn socketpair(&mut self, kind: SocketKind) -> Result<(Fd, Fd)> {
        let (family, kind, flags, protocol) = raw(kind)?;
        let (one, other) = rustix::net::socketpair(family, kind, flags, protocol)?;
        Ok((self.keep(one, Waiting::Between), self.keep(other, Waiting::Between)))
    }

    fn socket_kind(&mut self, fd: Fd) -> Result<SocketKind> {
        let socket = self.descriptor(fd)?;
        Ok(SocketKind {
            family: i32::from(sockopt::socket_domain(socket)?.as_raw()),
            kind: sockopt::socket_type(socket)?.as_raw() as i32,
            protocol: sockopt::socket_protocol(socket)?.map_or(0, |protocol| protocol.as_raw().get() as i32),
        })
    }

    fn connect(&mut self, fd: Fd, address: &Address) -> Result<()> {
        let address = system_address(address)?;
        let socket = self.descriptor(fd)?;
        let waits = socket.waiting != Waiting::Refused;
        loop {
            match rustix::net::connect(socket, &address) {
                Ok(()) => return Ok(()),
                Err(Errno::INTR | Errno::INPROGRESS) if waits => break,
                // A local socket whose listener has no room left: nothing can be waited for but time.
                Err(Errno::AGAIN) if waits => self.wait_out(Duration::from_millis(1))?,
                Err(error) => return Err(error.into()),
            }
        }
        self.interrupts.wait_for(socket.as_fd(), PollFlags::OUT, None)?;
        Ok(sockopt::socket_error(socket)??)
    }

    fn bind(&mut self, fd: Fd, address: &Address) -> Result<()> {
        Ok(rustix::net::bind(self.descriptor(fd)?, &system_address(address)?)?)
    }

    fn listen(&mut self, fd: Fd, backlog: i32) -> Result<()> {
        Ok(rustix::net::listen(self.descriptor(fd)?, backlog)?)
    }

    fn accept(&mut self, fd: Fd) -> Result<(Fd, Address)> {
        let flags = SocketFlags::CLOEXEC | SocketFlags::NONBLOCK;
        let (socket, peer) = self.wait_and(fd, PollFlags::IN, |fd| rustix::net::acceptfrom_with(fd, flags))?;
        let peer = peer.map_or(Address::Unix(Vec::new()), our_address);
        Ok((self.keep(socket, Waiting::Between), peer))
    }

    fn send(&mut self, fd: Fd, bytes: &[u8], flags: i32) -> Result<usize> {
        let flags = SendFlags::from_bits_retain(flags as u32);
        let waits = self.descriptor(fd)?.waiting != Waiting::Refused && !flags.contains(SendFlags::DONTWAIT);
        if !waits {
            return Ok(rustix::net::send(self.descriptor(fd)?, bytes, flags)?);
        }
        let mut sent = 0;
        loop {
            match self.wait_and(fd, PollFlags::OUT, |fd| rustix::net::send(fd, &bytes[sent..], flags)) {
                Ok(count) => sent += count,
                // What went out before the failure must be known; the failure will be met again.
                Err(_) if sent > 0 => return Ok(sent),
                Err(error) => return Err(error),
            }
            if sent >= bytes.len() {
                return Ok(sent);
            }
        }
    }

    fn send_to(&mut self, fd: Fd, bytes: &[u8], flags: i32, address: &Address) -> Result<usize> {
        let (flags, address) = (SendFlags::from_bits_retain(flags as u32), system_address(address)?);
        if flags.contains(SendFlags::DONTWAIT) {
            return Ok(rustix::net::sendto(self.descriptor(fd)?, bytes, flags, &address)?);
        }
        self.wait_and(fd, PollFlags::OUT, |fd| rustix::net::sendto(fd, bytes, flags, &address))
    }

    fn recv_into(&mut self, fd: Fd, buffer: &mut [u8], flags: i32) -> Result<usize> {
        let flags = RecvFlags::from_bits_retain(flags as u32);
        if flags.contains(RecvFlags::DONTWAIT) {
            return Ok(rustix::net::recv(self.descriptor(fd)?, &mut *buffer, flags)?.0);
        }
        let mut filled = 0;
        loop {
            let outcome = self.wait_and(fd, PollFlags::IN, |fd| rustix::net::recv(fd, &mut buffer[filled..], flags));
            let count = match outcome {
                Ok((count, _)) => count,
                Err(_) if filled > 0 => return Ok(filled),
                Err(error) => return Err(error),
            };
            filled += count;
            let more = flags.contains(RecvFlags::WAITALL) && !flags.contains(RecvFlags::PEEK);
            if !more || count == 0 || filled == buffer.len() || self.descriptor(fd)?.waiting == Waiting::Refused {
                return Ok(filled);
            }
        }
    }

    fn recv_from_into(&mut self, fd: Fd, buffer: &mut [u8], flags: i32) -> Result<(usize, Option<Address>)> {
        let flags = RecvFlags::from_bits_retain(flags as u32);
        let (count, _, from) = if flags.contains(RecvFlags::DONTWAIT) {
            rustix::net::recvfrom(self.descriptor(fd)?, &mut *buffer, flags)?
        } else {
            self.wait_and(fd, PollFlags::IN, |fd| rustix::net::recvfrom(fd, &mut *buffer, flags))?
        };
        Ok((count, from.map(our_address)))
    }

    fn send_message(
        &mut self,
        fd: Fd,
        bytes: &[u8],
        ancillary: &[Ancillary],
        flags: i32,
        to: Option<&Address>,
    ) -> Result<usize> {
        // A program may give away what it has, and nothing else that is open in this process.
        for given in ancillary.iter().filter(|given| is_rights(given)) {
            for number in descriptors(given) {
                self.descriptor(number)?;
            }
        }
        let to = to.map(system_address).transpose()?;
        let waits = flags & libc::MSG_DONTWAIT == 0;
        let send = |fd: BorrowedFd<'_>| system::send_message(fd, bytes, ancillary, flags, to.as_ref());
        if waits { self.wait_and(fd, PollFlags::OUT, send) } else { Ok(send(self.descriptor(fd)?.as_fd())?) }
    }

    fn recv_message(&mut self, fd: Fd, buffer: &mut [u8], room: usize, flags: i32) -> Result<Message> {
        let waits = flags & libc::MSG_DONTWAIT == 0;
        let flags = flags | libc::MSG_CMSG_CLOEXEC;
        let mut receive = |fd: BorrowedFd<'_>| system::recv_message(fd, buffer, room, flags);
        let came =
            if waits { self.wait_and(fd, PollFlags::IN, receive)? } else { receive(self.descriptor(fd)?.as_fd())? };
        for fd in came.descriptors {
            // What it is, and in which mode others have it, is theirs.
            let number = self.keep(fd, Waiting::Before);
            self.set_inheritable(number, true)?;
        }
        let flags = came.flags & !libc::MSG_CMSG_CLOEXEC;
        Ok(Message { count: came.count, ancillary: came.ancillary, flags, from: came.from.map(our_address) })
    }

    fn recv(&mut self, fd: Fd, max: usize, flags: i32) -> Result<Vec<u8>> {
        let mut scratch = self.scratch(max)?;
        let outcome = self.recv_into(fd, &mut scratch[..max], flags).map(|count| scratch[..count.min(max)].to_vec());
        self.put_back(scratch);
        outcome
    }

    fn recv_from(&mut self, fd: Fd, max: usize, flags: i32) -> Result<(Vec<u8>, Option<Address>)> {
        let mut scratch = self.scratch(max)?;
        let outcome = self.recv_from_into(fd, &mut scratch[..max], flags);
        let outcome = outcome.map(|(count, from)| (scratch[..count.min(max)].to_vec(), from));
        self.put_back(scratch);
        outcome
    }

    fn shutdown(&mut self, fd: Fd, how: i32) -> Result<()> {
        let how = match how {
            libc::SHUT_RD => Shutdown::Read,
            libc::SHUT_WR => Shutdown::Write,
            libc::SHUT_RDWR => Shutdown::Both,
            _ => return Err(HostError::from_errno(libc::EINVAL)),
        };
        Ok(rustix::net::shutdown(self.descriptor(fd)?, how)?)
    }

    fn local_address(&mut self, fd: Fd) -> Result<Address> {
        Ok(our_address(rustix::net::getsockname(self.descriptor(fd)?)?))
    }

    fn peer_address(&mut self, fd: Fd) -> Result<Address> {
        Ok(rustix::net::getpeername(self.descriptor(fd)?)?.map_or(Address::Unix(Vec::new()), our_address))
    }

    fn set_option(&mut self, fd: Fd, level: i32, name: i32, value: &[u8]) -> Result<()> {
        system::set_option(self.descriptor(fd)?.as_fd(), level, name, value)
    }

    fn option(&mut self, fd: Fd, level: i32, name: i32, size: usize) -> Result<Vec<u8>> {
        system::option(self.descriptor(fd)?.as_fd(), level, name, size)
    }

    fn resolve(&mut self, lookup: Lookup<'_>) -> Result<Vec<Resolved>> {
        system::resolve(lookup)
    }

    fn resolve_aside(&mut self, lookup: Lookup<'_>) -> Option<Fd> {
        let (host, service) = (lookup.host.map(str::to_owned), lookup.service.map(str::to_owned));
        let (family, kind, protocol, flags) = (lookup.family, lookup.kind, lookup.protocol, lookup.flags);
        self.aside(Ends::ByItself, move || {
            let (host, service) = (host.as_deref(), service.as_deref());
            Outcome::Resolved(system::resolve(Lookup { host, service, family, kind, protocol, flags }))
        })
    }

    fn resolved(&mut self, asked: Fd) -> Result<Vec<Resolved>> {
        match self.outcome(asked)? {
            Outcome::Resolved(answers) => answers,
            _ => Err(HostError::from_errno(libc::EBADF)),
        }
    }

    fn names_of(&mut self, address: &Address, flags: i32) -> Result<(String, String)> {
        system::names_of(address, flags)
    }

    fn interfaces(&mut self) -> Result<Vec<(u32, OsString)>> {
        system::interfaces()
    }
}

/// Are these descriptors?
pub(super) fn is_rights(ancillary: &Ancillary) -> bool {
    (ancillary.level, ancillary.kind) == (libc::SOL_SOCKET, libc::SCM_RIGHTS)
}

/// The numbers of descriptors that go along, or came.
pub(super) fn descriptors(ancillary: &Ancillary) -> impl Iterator<Item = Fd> {
    let (numbers, _) = ancillary.data.as_chunks::<{ size_of::<Fd>() }>();
    numbers.iter().map(|bytes| Fd::from_ne_bytes(*bytes))
}

/// What `socket` wants to be told. `SOCK_NONBLOCK` and `SOCK_CLOEXEC` in the type are always on here, so taken out.
fn raw(kind: SocketKind) -> Result<(AddressFamily, SocketType, SocketFlags, Option<Protocol>)> {
    let invalid = |errno| HostError::from_errno(errno);
    let family = u16::try_from(kind.family).map_err(|_| invalid(libc::EAFNOSUPPORT))?;
    let number =
        u32::try_from(kind.kind & !(libc::SOCK_NONBLOCK | libc::SOCK_CLOEXEC)).map_err(|_| invalid(libc::EINVAL))?;
    let protocol = u32::try_from(kind.protocol).map_err(|_| invalid(libc::EPROTONOSUPPORT))?;
    let protocol = std::num::NonZeroU32::new(protocol).map(Protocol::from_raw);
    let flags = SocketFlags::CLOEXEC | SocketFlags::NONBLOCK;
    Ok((AddressFamily::from_raw(family), SocketType::from_raw(number), flags, protocol))
}

/// An address as the system takes it.
fn system_address(address: &Address) -> Result<SocketAddrAny> {
    match address {
        Address::Inet(address) => Ok((*address).into()),
        Address::Inet6(address) => Ok((*address).into()),
        Address::Unix(path) => match path.split_first() {
            None => Ok(SocketAddrUnix::new_unnamed().into()),
            Some((0, name)) => Ok(SocketAddrUnix::new_abstract_name(name)?.into()),
            Some(_) => Ok(SocketAddrUnix::new(path.as_slice())?.into()),
        },
        Address::Other(_) => Err(HostError::from_errno(libc::EAFNOSUPPORT)),
    }
}

/// An address as we write it.
fn our_address(address: SocketAddrAny) -> Address {
    let family = i32::from(address.address_family().as_raw());
    if let Ok(address) = SocketAddr::try_from(address.clone()) {
        return match address {
            SocketAddr::V4(address) => Address::Inet(address),
            SocketAddr::V6(address) => Address::Inet6(address),
        };
    }
    match SocketAddrUnix::try_from(address) {
        Ok(unix) => match (unix.path_bytes(), unix.abstract_name()) {
            (Some(path), _) => Address::Unix(path.to_vec()),
            (None, Some(name)) if !name.is_empty() => Address::Unix([&[0], name].concat()),
            (None, _) => Address::Unix(Vec::new()),
        },
        Err(_) => Address::Other(family),
    }
}
