//! The calls of the C library that no safe wrapper offers whole: `setsockopt` and `getsockopt` for any option, `sendmsg` and
//! `recvmsg` for whatever goes along, and `getaddrinfo` with its own error codes; and signals.
//!
//! The only file of the room with `unsafe`. What makes each call sound is local to it: pointers come from live Rust values,
//! lengths from the same values, and what the library allocated is read before it is freed and freed once.
#![allow(unsafe_code)]

use super::sockets::{descriptors as descriptors_of, is_rights};
use crate::attention;
use crate::host::contract::{Address, Ancillary, Lookup, Resolved, SignalInfo, SocketKind};
use crate::host::error::{HostError, Result};
use rustix::io::Errno;
use rustix::net::SocketAddrAny;
use rustix::net::addr::SocketAddrStorage;
use std::ffi::{CStr, CString, OsString};
use std::mem::MaybeUninit;
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddrV4, SocketAddrV6};
use std::os::fd::{AsRawFd, BorrowedFd, FromRawFd, OwnedFd};
use std::os::unix::ffi::OsStringExt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI32, Ordering};
use std::time::Duration;

/// The most that an option's value may take. All options of the kernel that are plain values are far smaller.
const OPTION_ROOM: usize = 1024;

/// What a clock of the system says. (The C library asks the kernel where the page that it shares cannot be read, as under
/// Valgrind.)
pub(super) fn time_of(clock: libc::clockid_t) -> libc::timespec {
    let mut time = libc::timespec { tv_sec: 0, tv_nsec: 0 };
    // SAFETY: `time` is ours to be written to. The clocks asked for are there, or the time stays zero.
    unsafe { libc::clock_gettime(clock, &raw mut time) };
    time
}

/// Where signals arrive, and who is told.
pub(super) struct Arrivals {
    /// Has any arrived that was not taken?
    pub any: AtomicBool,
    /// Has this one?
    pub each: [AtomicBool; SIGNALS],
    /// The descriptor at which the host's own waits are woken, or -1.
    pub rope: AtomicI32,
    /// The descriptor to which the program wants the numbers written, or -1.
    pub ring: AtomicI32,
}

/// Numbers of signals are below this.
pub(super) const SIGNALS: usize = 65;

impl Default for Arrivals {
    fn default() -> Arrivals {
        Arrivals {
            any: AtomicBool::new(false),
            each: [const { AtomicBool::new(false) }; SIGNALS],
            rope: AtomicI32::new(-1),
            ring: AtomicI32::new(-1),
        }
    }
}

impl Arrivals {
    /// One has arrived: note it, and wake whoever waits or runs.
    fn note(&self, signal: i32) {
        if let Some(each) = self.each.get(signal as usize) {
            each.store(true, Ordering::Relaxed);
        }
        // The flags first: whoever is woken must find them set.
        self.any.store(true, Ordering::SeqCst);
        attention::ask();
        let byte = [signal as u8];
        for fd in [&self.rope, &self.ring] {
            let fd = fd.load(Ordering::Relaxed);
            if fd >= 0 {
                // SAFETY: one byte of a live array; a descriptor that was closed meanwhile is refused by the kernel.
                unsafe { libc::write(fd, byte.as_ptr().cast(), 1) };
            }
        }
    }
}

/// What is done when a signal arrives.
pub(super) enum OnSignal {
    /// It is noted there.
    Note(Arc<Arrivals>),
    /// Nothing.
    Nothing,
    /// What the system would do.
    Usual,
}

/// Have that done from now on.
pub(super) fn on_signal(signal: i32, act: OnSignal) -> Result<signal_hook::SigId> {
    if signal <= 0 || signal as usize >= SIGNALS || signal_hook::consts::FORBIDDEN.contains(&signal) {
        return Err(HostError::from_errno(libc::EINVAL));
    }
    let action = move || match &act {
        OnSignal::Note(arrivals) => arrivals.note(signal),
        OnSignal::Nothing => {}
        OnSignal::Usual => {
            let _ = signal_hook::low_level::emulate_default_handler(signal);
        }
    };
    // SAFETY: the action changes atomic words and writes to descriptors, or ends the process as the library allows in a
    // handler. The library keeps `errno` as it was.
    Ok(unsafe { signal_hook::low_level::register(signal, action) }?)
}

/// `kill`; to ourselves `raise`, after which the signal has arrived.
pub(super) fn send_signal(process: i32, signal: i32) -> Result<()> {
    let ours = i32::try_from(std::process::id()).is_ok_and(|id| id == process);
    // SAFETY: both take numbers only.
    match unsafe { if ours { libc::raise(signal) } else { libc::kill(process, signal) } } {
        0 => Ok(()),
        _ => Err(std::io::Error::last_os_error().into()),
    }
}

/// `setitimer`; what was left, and was to follow.
pub(super) fn set_alarm(which: i32, first: Duration, then: Duration) -> Result<(Duration, Duration)> {
    // Rounded up: the shortest time is not none.
    let parts = |time: Duration| {
        let micros = time.as_nanos().div_ceil(1000);
        libc::timeval {
            tv_sec: libc::time_t::try_from(micros / 1_000_000).unwrap_or(libc::time_t::MAX),
            tv_usec: (micros % 1_000_000) as libc::suseconds_t,
        }
    };
    let new = libc::itimerval { it_value: parts(first), it_interval: parts(then) };
    let mut old = libc::itimerval { it_value: parts(Duration::ZERO), it_interval: parts(Duration::ZERO) };
    // SAFETY: both are whole values that live until the call returns.
    match unsafe { libc::setitimer(which as _, &new, &mut old) } {
        0 => Ok(times_of(&old)),
        _ => Err(std::io::Error::last_os_error().into()),
    }
}

/// `getitimer`; what is left, and is to follow.
pub(super) fn alarm(which: i32) -> Result<(Duration, Duration)> {
    let none = libc::timeval { tv_sec: 0, tv_usec: 0 };
    let mut now = libc::itimerval { it_value: none, it_interval: none };
    // SAFETY: it is a whole value that lives until the call returns.
    match unsafe { libc::getitimer(which as _, &mut now) } {
        0 => Ok(times_of(&now)),
        _ => Err(std::io::Error::last_os_error().into()),
    }
}

fn times_of(timer: &libc::itimerval) -> (Duration, Duration) {
    let time = |parts: libc::timeval| {
        Duration::from_secs(parts.tv_sec.max(0) as u64) + Duration::from_micros(parts.tv_usec.max(0) as u64)
    };
    (time(timer.it_value), time(timer.it_interval))
}

/// A set of signals.
fn signal_set(signals: &[i32]) -> libc::sigset_t {
    let mut set = std::mem::MaybeUninit::uninit();
    // SAFETY: the call makes the set it is given whole.
    let mut set = unsafe {
        libc::sigemptyset(set.as_mut_ptr());
        set.assume_init()
    };
    for &signal in signals {
        // SAFETY: the set is whole; a number that is none is refused.
        unsafe { libc::sigaddset(&mut set, signal) };
    }
    set
}

fn members(set: &libc::sigset_t) -> Vec<i32> {
    // SAFETY: the set is whole, and only looked at.
    (1..SIGNALS as i32).filter(|&signal| unsafe { libc::sigismember(set, signal) } == 1).collect()
}

/// `pthread_sigmask`; which were held back before.
pub(super) fn hold_back(how: i32, signals: &[i32]) -> Result<Vec<i32>> {
    let (new, mut old) = (signal_set(signals), signal_set(&[]));
    // SAFETY: both are whole sets that live until the call returns.
    match unsafe { libc::pthread_sigmask(how, &new, &mut old) } {
        0 => Ok(members(&old)),
        code => Err(HostError::from_errno(code)),
    }
}

/// `sigpending`.
pub(super) fn held_back() -> Result<Vec<i32>> {
    let mut set = signal_set(&[]);
    // SAFETY: a whole set that lives until the call returns.
    match unsafe { libc::sigpending(&mut set) } {
        0 => Ok(members(&set)),
        _ => Err(std::io::Error::last_os_error().into()),
    }
}

/// `sigwaitinfo`, or `sigtimedwait`: `None` when the time is up.
pub(super) fn wait_signal(signals: &[i32], patience: Option<Duration>) -> Result<Option<SignalInfo>> {
    let set = signal_set(signals);
    let time = patience.map(|patience| libc::timespec {
        tv_sec: libc::time_t::try_from(patience.as_secs()).unwrap_or(libc::time_t::MAX),
        tv_nsec: patience.subsec_nanos().into(),
    });
    // SAFETY: a `siginfo_t` is numbers, all of which may be zero.
    let mut info: libc::siginfo_t = unsafe { std::mem::zeroed() };
    // SAFETY: a whole set, room for what is told, and perhaps a time, which live until the call returns.
    let outcome = unsafe {
        match &time {
            Some(time) => libc::sigtimedwait(&set, &mut info, time),
            None => libc::sigwaitinfo(&set, &mut info),
        }
    };
    if outcome == -1 {
        let error = std::io::Error::last_os_error();
        let is_late = patience.is_some() && error.raw_os_error() == Some(libc::EAGAIN);
        return if is_late { Ok(None) } else { Err(error.into()) };
    }
    // SAFETY: these read numbers of the part that differs from signal to signal, which the system has filled or left zero.
    let (process, user, status) = unsafe { (info.si_pid(), info.si_uid(), info.si_status()) };
    let (code, errno) = (info.si_code, info.si_errno);
    Ok(Some(SignalInfo { signal: outcome, code, errno, process, user, status }))
}

/// Have a program begin a session of its own when it starts.
pub(super) fn begin_session(command: &mut std::process::Command) {
    let begin = || match rustix::process::setsid() {
        Ok(_) => Ok(()),
        Err(error) => Err(error.into()),
    };
    // SAFETY: between `fork` and `exec` only a system call is made, which takes and leaves no memory.
    unsafe { std::os::unix::process::CommandExt::pre_exec(command, begin) };
}

/// What whoever started this process left open for it, the standard streams apart. From now on it is closed where another
/// program starts, unless that is to have it.
pub(super) fn inherited() -> Vec<OwnedFd> {
    let Ok(entries) = std::fs::read_dir("/proc/self/fd") else { return Vec::new() };
    let numbers = entries.flatten().filter_map(|entry| entry.file_name().to_str()?.parse::<i32>().ok());
    let left_open = |fd: &i32| {
        // SAFETY: no memory is involved, and a number that is not open is refused.
        let flags = unsafe { libc::fcntl(*fd, libc::F_GETFD) };
        // What this process has opened itself closes there.
        flags >= 0 && flags & libc::FD_CLOEXEC == 0
    };
    let mut found = Vec::new();
    for fd in numbers.filter(|fd| *fd > 2).filter(left_open).collect::<Vec<_>>() {
        // SAFETY: as above.
        unsafe { libc::fcntl(fd, libc::F_SETFD, libc::FD_CLOEXEC) };
        // SAFETY: it is open, and nobody here has opened it, so nobody else will close it; its flag keeps it from being found twice.
        found.push(unsafe { OwnedFd::from_raw_fd(fd) });
    }
    found
}

/// `setsockopt`.
pub(super) fn set_option(fd: BorrowedFd<'_>, level: i32, name: i32, value: &[u8]) -> Result<()> {
    let length = libc::socklen_t::try_from(value.len()).map_err(|_| HostError::from_errno(libc::EINVAL))?;
    // SAFETY: the kernel reads `length` bytes at the pointer, which is what `value` holds, and writes nothing.
    let outcome = unsafe { libc::setsockopt(fd.as_raw_fd(), level, name, value.as_ptr().cast(), length) };
    match outcome {
        0 => Ok(()),
        _ => Err(std::io::Error::last_os_error().into()),
    }
}

/// `getsockopt` with room for `size` bytes.
pub(super) fn option(fd: BorrowedFd<'_>, level: i32, name: i32, size: usize) -> Result<Vec<u8>> {
    // This one option holds an address to which the kernel then writes; no program may choose one.
    if size > OPTION_ROOM || (level == libc::IPPROTO_TCP && name == TCP_ZEROCOPY_RECEIVE) {
        return Err(HostError::from_errno(libc::EINVAL));
    }
    let mut value = vec![0; size];
    let mut length = size as libc::socklen_t;
    // SAFETY: the kernel writes at most `length` bytes at the pointer, and the vector has as many.
    let outcome = unsafe {
        libc::getsockopt(fd.as_raw_fd(), level, name, value.as_mut_ptr().cast(), std::ptr::from_mut(&mut length))
    };
    match outcome {
        0 => {
            value.truncate(length as usize);
            Ok(value)
        }
        _ => Err(std::io::Error::last_os_error().into()),
    }
}

/// Linux's number; the C library's bindings do not name it.
const TCP_ZEROCOPY_RECEIVE: i32 = 35;

/// `getaddrinfo`.
pub(super) fn resolve(lookup: Lookup<'_>) -> Result<Vec<Resolved>> {
    let as_c = |text: Option<&str>| text.map(CString::new).transpose().map_err(|_| resolver_error(libc::EAI_NONAME));
    let (host, service) = (as_c(lookup.host)?, as_c(lookup.service)?);
    let pointer = |text: &Option<CString>| text.as_ref().map_or(std::ptr::null(), |text| text.as_ptr());
    let hints = libc::addrinfo {
        ai_flags: lookup.flags,
        ai_family: lookup.family,
        ai_socktype: lookup.kind,
        ai_protocol: lookup.protocol,
        ai_addrlen: 0,
        ai_addr: std::ptr::null_mut(),
        ai_canonname: std::ptr::null_mut(),
        ai_next: std::ptr::null_mut(),
    };
    let mut first = std::ptr::null_mut();
    // SAFETY: both strings end in NUL and outlive the call; `hints` is whole; the answer goes to `first`, which is ours.
    let code = unsafe { libc::getaddrinfo(pointer(&host), pointer(&service), &hints, &mut first) };
    match code {
        0 => {}
        libc::EAI_SYSTEM => return Err(std::io::Error::last_os_error().into()),
        code => return Err(resolver_error(code)),
    }
    let mut answers = Vec::new();
    let mut next = first;
    while !next.is_null() {
        // SAFETY: the library made a list of whole records that ends in null and stays until we free it below.
        let record = unsafe { &*next };
        let canonical_name = match record.ai_canonname.is_null() {
            true => String::new(),
            // SAFETY: not null, hence a string of the library's that ends in NUL.
            false => unsafe { CStr::from_ptr(record.ai_canonname) }.to_string_lossy().into_owned(),
        };
        answers.push(Resolved {
            socket: SocketKind { family: record.ai_family, kind: record.ai_socktype, protocol: record.ai_protocol },
            canonical_name,
            // SAFETY: each record of the library's holds an address of its family.
            address: unsafe { address(record) },
        });
        next = record.ai_next;
    }
    // SAFETY: `first` came from `getaddrinfo`, is freed only here, and nothing borrowed from it is left.
    unsafe { libc::freeaddrinfo(first) };
    Ok(answers)
}

/// `getnameinfo`.
pub(super) fn names_of(address: &Address, flags: i32) -> Result<(String, String)> {
    let mut host = [0 as libc::c_char; libc::NI_MAXHOST as usize];
    let mut service = [0 as libc::c_char; 32];
    let mut ask = |address: *const libc::sockaddr, length: usize| {
        // SAFETY: the address is whole and has that length; each answer is written, with its NUL, into as much as there is.
        unsafe {
            libc::getnameinfo(
                address,
                length as libc::socklen_t,
                host.as_mut_ptr(),
                host.len() as libc::socklen_t,
                service.as_mut_ptr(),
                service.len() as libc::socklen_t,
                flags,
            )
        }
    };
    let code = match address {
        Address::Inet(address) => {
            let raw = libc::sockaddr_in {
                sin_family: libc::AF_INET as libc::sa_family_t,
                sin_port: address.port().to_be(),
                sin_addr: libc::in_addr { s_addr: u32::from(*address.ip()).to_be() },
                sin_zero: [0; 8],
            };
            ask(std::ptr::from_ref(&raw).cast(), size_of_val(&raw))
        }
        Address::Inet6(address) => {
            let raw = libc::sockaddr_in6 {
                sin6_family: libc::AF_INET6 as libc::sa_family_t,
                sin6_port: address.port().to_be(),
                sin6_flowinfo: address.flowinfo(),
                sin6_addr: libc::in6_addr { s6_addr: address.ip().octets() },
                sin6_scope_id: address.scope_id(),
            };
            ask(std::ptr::from_ref(&raw).cast(), size_of_val(&raw))
        }
        _ => libc::EAI_FAMILY,
    };
    let text = |raw: &[libc::c_char]| {
        let bytes: Vec<u8> = raw.iter().take_while(|byte| **byte != 0).map(|byte| *byte as u8).collect();
        String::from_utf8_lossy(&bytes).into_owned()
    };
    match code {
        0 => Ok((text(&host), text(&service))),
        libc::EAI_SYSTEM => Err(std::io::Error::last_os_error().into()),
        code => Err(resolver_error(code)),
    }
}

/// What came in one go, with the descriptors among it, which are whoever's takes it.
pub(super) struct Arrived {
    pub count: usize,
    pub ancillary: Vec<Ancillary>,
    pub descriptors: Vec<OwnedFd>,
    pub flags: i32,
    pub from: Option<SocketAddrAny>,
}

/// A piece of what goes along begins with its length (this head's included), its level and its kind, and at a multiple of words.
const HEAD: usize = size_of::<libc::cmsghdr>();
const WORD: usize = size_of::<usize>();

/// `sendmsg`.
pub(super) fn send_message(
    fd: BorrowedFd<'_>,
    bytes: &[u8],
    ancillary: &[Ancillary],
    flags: i32,
    to: Option<&SocketAddrAny>,
) -> rustix::io::Result<usize> {
    let mut control: Vec<u8> = Vec::new();
    for Ancillary { level, kind, data } in ancillary {
        control.extend_from_slice(&(HEAD + data.len()).to_ne_bytes());
        control.extend_from_slice(&level.to_ne_bytes());
        control.extend_from_slice(&kind.to_ne_bytes());
        control.extend_from_slice(data);
        control.resize(control.len().next_multiple_of(WORD), 0);
    }
    let mut part = libc::iovec { iov_base: bytes.as_ptr().cast_mut().cast(), iov_len: bytes.len() };
    // SAFETY: a header of zeros is an empty one.
    let mut header: libc::msghdr = unsafe { std::mem::zeroed() };
    header.msg_iov = &raw mut part;
    header.msg_iovlen = 1;
    if !control.is_empty() {
        header.msg_control = control.as_mut_ptr().cast();
        header.msg_controllen = control.len();
    }
    if let Some(to) = to {
        header.msg_name = to.as_ptr().cast_mut().cast();
        header.msg_namelen = to.addr_len();
    }
    // SAFETY: the header names what lives until the call returns, with its lengths; the kernel only reads it, whatever it holds.
    counted(unsafe { libc::sendmsg(fd.as_raw_fd(), &raw const header, flags) })
}

/// `recvmsg`.
pub(super) fn recv_message(
    fd: BorrowedFd<'_>,
    buffer: &mut [u8],
    room: usize,
    flags: i32,
) -> rustix::io::Result<Arrived> {
    let mut control = Vec::new();
    control.try_reserve_exact(room).map_err(|_| Errno::NOMEM)?;
    control.resize(room, 0_u8);
    let mut part = libc::iovec { iov_base: buffer.as_mut_ptr().cast(), iov_len: buffer.len() };
    let mut from = MaybeUninit::<SocketAddrStorage>::zeroed();
    // SAFETY: a header of zeros is an empty one.
    let mut header: libc::msghdr = unsafe { std::mem::zeroed() };
    header.msg_iov = &raw mut part;
    header.msg_iovlen = 1;
    header.msg_control = control.as_mut_ptr().cast();
    header.msg_controllen = control.len();
    header.msg_name = from.as_mut_ptr().cast();
    header.msg_namelen = size_of::<SocketAddrStorage>() as libc::socklen_t;
    // SAFETY: the kernel writes into the buffer, the room for what comes along and that for the address, no more than their lengths.
    let count = counted(unsafe { libc::recvmsg(fd.as_raw_fd(), &raw mut header, flags) })?;
    control.truncate(header.msg_controllen);
    let ancillary = pieces(&control);
    let mut descriptors = Vec::new();
    for number in ancillary.iter().filter(|piece| is_rights(piece)).flat_map(descriptors_of) {
        // SAFETY: the kernel has just opened it for us, and nobody else knows of it.
        descriptors.push(unsafe { OwnedFd::from_raw_fd(number) });
    }
    let length = header.msg_namelen as usize;
    // SAFETY: the kernel has written an address of that length, and the rest is zeros.
    let from = (size_of::<libc::sa_family_t>()..=size_of::<SocketAddrStorage>())
        .contains(&length)
        .then(|| unsafe { SocketAddrAny::new(from, header.msg_namelen) });
    Ok(Arrived { count, ancillary, descriptors, flags: header.msg_flags, from })
}

fn counted(outcome: isize) -> rustix::io::Result<usize> {
    usize::try_from(outcome).map_err(|_| {
        let errno = std::io::Error::last_os_error().raw_os_error().unwrap_or(libc::EIO);
        Errno::from_raw_os_error(errno)
    })
}

/// What came along, piece by piece; the last may have been cut off.
fn pieces(mut control: &[u8]) -> Vec<Ancillary> {
    let mut found = Vec::new();
    while let Some((head, _)) = control.split_first_chunk::<HEAD>() {
        let (length, rest) = head.split_at(WORD);
        let (level, kind) = rest.split_at(size_of::<i32>());
        let number = |bytes: &[u8]| bytes.try_into().map_or(0, i32::from_ne_bytes);
        let length = length.try_into().map_or(0, usize::from_ne_bytes).clamp(HEAD, control.len());
        let data = control[HEAD..length].to_vec();
        found.push(Ancillary { level: number(level), kind: number(kind), data });
        control = &control[length.next_multiple_of(WORD).min(control.len())..];
    }
    found
}

/// The network interfaces.
pub(super) fn interfaces() -> Result<Vec<(u32, OsString)>> {
    // SAFETY: no argument; the answer is ours until it is freed below.
    let first = unsafe { libc::if_nameindex() };
    if first.is_null() {
        return Err(std::io::Error::last_os_error().into());
    }
    let mut found = Vec::new();
    let mut next = first;
    loop {
        // SAFETY: the library made an array that ends in a record with neither number nor name, and that is not behind us yet.
        let record = unsafe { &*next };
        if record.if_index == 0 || record.if_name.is_null() {
            break;
        }
        // SAFETY: not null, hence a string of the library's that ends in NUL.
        let name = unsafe { CStr::from_ptr(record.if_name) };
        found.push((record.if_index, OsString::from_vec(name.to_bytes().to_vec())));
        // SAFETY: this was not the last record.
        next = unsafe { next.add(1) };
    }
    // SAFETY: it came from `if_nameindex`, is freed only here, and nothing borrowed from it is left.
    unsafe { libc::if_freenameindex(first) };
    Ok(found)
}

/// The address in a record of `getaddrinfo`.
///
/// # Safety
/// `ai_addr` must be readable for `ai_addrlen` bytes, and hold an address of the record's family.
unsafe fn address(record: &libc::addrinfo) -> Address {
    let length = record.ai_addrlen as usize;
    match record.ai_family {
        libc::AF_INET if length >= size_of::<libc::sockaddr_in>() => {
            // SAFETY: the caller's promise, and the length was just compared.
            let raw = unsafe { record.ai_addr.cast::<libc::sockaddr_in>().read_unaligned() };
            let ip = Ipv4Addr::from(u32::from_be(raw.sin_addr.s_addr));
            Address::Inet(SocketAddrV4::new(ip, u16::from_be(raw.sin_port)))
        }
        libc::AF_INET6 if length >= size_of::<libc::sockaddr_in6>() => {
            // SAFETY: as above.
            let raw = unsafe { record.ai_addr.cast::<libc::sockaddr_in6>().read_unaligned() };
            let ip = Ipv6Addr::from(raw.sin6_addr.s6_addr);
            let port = u16::from_be(raw.sin6_port);
            Address::Inet6(SocketAddrV6::new(ip, port, raw.sin6_flowinfo, raw.sin6_scope_id))
        }
        family => Address::Other(family),
    }
}

/// An error of `getaddrinfo`, with its text.
fn resolver_error(code: i32) -> HostError {
    // SAFETY: the library answers any number with a constant string that ends in NUL.
    let text = unsafe { CStr::from_ptr(libc::gai_strerror(code)) };
    HostError::resolver(code, text.to_string_lossy())
}
