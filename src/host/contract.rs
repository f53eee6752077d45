//! The traits that make up a [`Host`], and the plain data that goes through them.

use super::error::{HostError, Result};
use std::ffi::{OsStr, OsString};
use std::io::SeekFrom;
use std::net::{SocketAddrV4, SocketAddrV6};
use std::os::fd::OwnedFd;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// The number by which a program knows an open file, socket, pipe or poller: a real descriptor number.
///
/// 0, 1 and 2 are the standard streams; any other number is valid only while the host that handed it out holds it open.
pub type Fd = i32;

/// The outside, whole. Object-safe: the rest of pyield holds a `&mut dyn Host`.
///
/// A call that waits (a blocking read, `sleep`, `wait`, ...) ends early when an interrupt arrives: it fails with `EINTR`, and
/// [`Signals::interrupted`] is true. Whoever gets `EINTR` looks there, raises `KeyboardInterrupt` or runs the program's
/// handler, and asks again if the program goes on. `EINTR` for any other reason never leaves the room.
pub trait Host: Clock + Environment + Streams + Files + Sockets + Readiness + Signals + Processes {}

impl<T: Clock + Environment + Streams + Files + Sockets + Readiness + Signals + Processes> Host for T {}

/// What time it is, and letting time pass.
pub trait Clock {
    /// Nanoseconds since the epoch (`time.time_ns`).
    fn time_ns(&mut self) -> i64;
    /// Nanoseconds on a clock that never goes back; only differences mean anything (`time.monotonic_ns`, `perf_counter_ns`).
    fn monotonic_ns(&mut self) -> i64;
    /// Processor time used by this process, in nanoseconds.
    fn process_time_ns(&mut self) -> i64;
    /// Processor time used by this thread, in nanoseconds.
    fn thread_time_ns(&mut self) -> i64;
    /// Let `duration` pass. False when an interrupt ended it early.
    fn sleep(&mut self, duration: Duration) -> Result<bool>;
}

/// What surrounds the process. The command line's arguments are not here: whoever starts a program hands them in.
pub trait Environment {
    /// Fill `buffer` with unpredictable bytes (`os.urandom`).
    fn entropy(&mut self, buffer: &mut [u8]) -> Result<()>;
    /// The value of one environment variable.
    fn env_get(&mut self, name: &OsStr) -> Option<OsString>;
    /// All environment variables, in the order in which the process was given them.
    fn env_all(&mut self) -> Vec<(OsString, OsString)>;
    /// Set a variable, or remove it with `None`. Seen by this host only: the process's own table is not touched.
    fn env_set(&mut self, name: &OsStr, value: Option<&OsStr>);
    /// The current directory.
    fn current_dir(&mut self) -> Result<PathBuf>;
    /// Go to another directory.
    fn set_current_dir(&mut self, path: &Path) -> Result<()>;
    /// The number of this process.
    fn process_id(&mut self) -> u32;
    /// The program that this process runs, so that another one can be started with it.
    fn executable(&mut self) -> Option<PathBuf> {
        None
    }
    /// Who runs this process.
    fn identity(&mut self) -> Identity {
        Identity::default()
    }
    /// What the system says of itself (`os.uname`): its name, the machine's, release, version, kind of machine.
    fn system_names(&mut self) -> [OsString; 5] {
        let names = ["pyield", "host", "", "", ""];
        names.map(OsString::from)
    }
    /// Which permissions new files do not get; what it was before.
    fn set_umask(&mut self, _mask: u32) -> Result<u32> {
        Err(HostError::from_errno(libc::ENOSYS))
    }
    /// The name of this machine.
    fn host_name(&mut self) -> OsString;
    /// How many bytes a program may take before it gets `MemoryError`, if the host has an opinion. The system has to be
    /// able to give more than that: only what a program asks for explicitly is held to the bound before it is given.
    fn memory_limit(&mut self) -> Option<usize>;
}

/// Who runs a process, by the system's numbers.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
#[allow(missing_docs)]
pub struct Identity {
    pub user: u32,
    pub group: u32,
    pub effective_user: u32,
    pub effective_group: u32,
    /// The process that started this one.
    pub parent: u32,
}

/// When what is written to standard output goes out.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Buffering {
    /// At once (`python -u`).
    None,
    /// At each write that holds a line's end: what Python does on a terminal.
    Line,
    /// When 8 KiB have gathered: what Python does everywhere else.
    Block,
}

/// Who gets the bytes of the standard streams in place of the terminal: a line editor that has to put them above its line.
pub type Diversion = Box<dyn FnMut(&[u8])>;

/// Who edits a line on the terminal, and lends that to whoever reads standard input meanwhile: with `true` it is lent, unless it
/// already is, with `false` given back.
pub type Lender = Box<dyn FnMut(bool)>;

/// The standard streams, with the buffering that Python's own have. Unbuffered access is [`Files`] on descriptors 0, 1, 2.
pub trait Streams {
    /// Write to standard output, through its buffer. On failure the buffer keeps what did not go out.
    fn write_stdout(&mut self, bytes: &[u8]) -> Result<()>;
    /// Send out what the buffer of standard output holds. Must be called, and checked, before the process ends.
    fn flush_stdout(&mut self) -> Result<()>;
    /// Write to standard error. Not buffered.
    fn write_stderr(&mut self, bytes: &[u8]) -> Result<()>;
    /// Choose when standard output goes out. Initially `Line` on a terminal, else `Block`.
    fn set_stdout_buffering(&mut self, buffering: Buffering) -> Result<()>;
    /// From now on give what would go out on the standard streams to `to`; with `None` it goes out again.
    fn divert(&mut self, to: Option<Diversion>);
    /// From now on `by` edits a line on the terminal; with `None` nobody does.
    fn lend(&mut self, _by: Option<Lender>) {}
    /// The terminal is wanted to read from, or not any longer.
    fn borrow_terminal(&mut self, _wanted: bool) {}
    /// Does what was written last lack its line's end?
    fn line_is_open(&self) -> bool;
    /// Has some of standard input been fetched and not been read yet?
    fn stdin_is_buffered(&self) -> bool;
    /// One line of standard input with its `\n`; the last may lack it; empty means the end.
    fn read_line(&mut self) -> Result<Vec<u8>>;
    /// Up to `max` bytes of standard input, as soon as there are any; empty means the end.
    fn read_stdin(&mut self, max: usize) -> Result<Vec<u8>>;
}

/// How to open a file.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Open {
    /// Reading is allowed.
    pub read: bool,
    /// Writing is allowed.
    pub write: bool,
    /// Every write goes to the end; implies `write`.
    pub append: bool,
    /// Make the file if it does not exist.
    pub create: bool,
    /// Make the file, and fail if it exists.
    pub create_new: bool,
    /// Empty the file first.
    pub truncate: bool,
    /// Further flags of `open(2)`, as the system numbers them.
    pub also: i32,
    /// Do not refuse a directory (`os.open` may open one, `open` may not).
    pub directory: bool,
    /// The permissions of a file that is made, before the umask; 0o666 if nothing is said.
    pub permissions: Option<u32>,
}

impl Open {
    /// What the letters of `open(path, mode)` ask for; `None` unless exactly one of `r`, `w`, `a`, `x` is there, with at most
    /// one `+`, `b`, `t` each, `b` and `t` not together.
    pub fn from_mode(mode: &str) -> Option<Open> {
        let mut open = Open::default();
        let (mut kinds, mut plus, mut binary, mut text) = (0, 0, 0, 0);
        for letter in mode.chars() {
            match letter {
                'r' => open.read = true,
                'w' => (open.write, open.create, open.truncate) = (true, true, true),
                'a' => (open.write, open.create, open.append) = (true, true, true),
                'x' => (open.write, open.create_new) = (true, true),
                '+' => plus += 1,
                'b' => binary += 1,
                't' => text += 1,
                _ => return None,
            }
            kinds += i32::from(matches!(letter, 'r' | 'w' | 'a' | 'x'));
        }
        if kinds != 1 || plus > 1 || binary + text > 1 {
            return None;
        }
        if plus == 1 {
            (open.read, open.write) = (true, true);
        }
        Some(open)
    }
}

/// What `stat` tells of a file. Times are nanoseconds since the epoch.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
#[allow(missing_docs)]
pub struct FileStatus {
    /// File type and permission bits, as in `st_mode`.
    pub mode: u32,
    pub size: u64,
    pub inode: u64,
    pub device: u64,
    pub links: u64,
    pub uid: u32,
    pub gid: u32,
    pub accessed_ns: i64,
    pub modified_ns: i64,
    pub changed_ns: i64,
}

impl FileStatus {
    /// Is it a directory?
    pub fn is_dir(&self) -> bool {
        self.mode & libc::S_IFMT == libc::S_IFDIR
    }

    /// Is it a regular file?
    pub fn is_file(&self) -> bool {
        self.mode & libc::S_IFMT == libc::S_IFREG
    }
}

/// Files, pipes, and what all descriptors have in common.
///
/// Some calls take as long as a disk or another process does. What is done *aside* is done by a host thread; the answer is a
/// descriptor, the bell, that becomes readable when it is done, and is closed by whoever asks for the outcome. `None` means
/// that it cannot be done aside.
pub trait Files {
    /// Open the file at `path`.
    fn open(&mut self, path: &Path, how: Open) -> Result<Fd>;
    /// Have a file opened aside, for which that takes until somebody opens the other end (a FIFO): a bell for
    /// [`Files::opened_aside`].
    fn open_aside(&mut self, _path: &Path, _how: Open) -> Option<Fd> {
        None
    }
    /// What was opened aside, waiting for it.
    fn opened_aside(&mut self, _bell: Fd, path: &Path) -> Result<Fd> {
        Err(HostError::from_errno(libc::EBADF).at(path))
    }
    /// Have the disk hold what was written (`fsync`).
    fn synchronize(&mut self, fd: Fd) -> Result<()> {
        self.fstat(fd).map(|_| ())
    }
    /// The same, aside: a bell for [`Files::done_aside`].
    fn synchronize_aside(&mut self, _fd: Fd) -> Option<Fd> {
        None
    }
    /// How it went with what was to be done aside, waiting for it.
    fn done_aside(&mut self, _bell: Fd) -> Result<()> {
        Err(HostError::from_errno(libc::EBADF))
    }
    /// Make a FIFO.
    fn create_fifo(&mut self, path: &Path, _mode: u32) -> Result<()> {
        Err(HostError::from_errno(libc::ENOSYS).at(path))
    }
    /// Read into `buffer`; 0 means the end.
    fn read(&mut self, fd: Fd, buffer: &mut [u8]) -> Result<usize>;
    /// Read if that needs no waiting for a disk; `None`, with nothing read, if it does.
    fn read_at_hand(&mut self, fd: Fd, buffer: &mut [u8]) -> Result<Option<usize>> {
        self.read(fd, buffer).map(Some)
    }
    /// Have so many bytes from where the file stands brought from the disk aside: a bell for [`Files::done_aside`].
    fn fetch_aside(&mut self, _fd: Fd, _length: usize) -> Option<Fd> {
        None
    }
    /// Write what can be written at once, and say how much that was.
    fn write(&mut self, fd: Fd, bytes: &[u8]) -> Result<usize>;
    /// Move to another place in the file; the new place from its start.
    fn seek(&mut self, fd: Fd, to: SeekFrom) -> Result<u64>;
    /// Cut or extend the file to `length` bytes.
    fn truncate(&mut self, fd: Fd, length: u64) -> Result<()>;
    /// Let go of a descriptor of any kind.
    fn close(&mut self, fd: Fd) -> Result<()>;
    /// Another descriptor for what `fd` is open on.
    fn duplicate(&mut self, fd: Fd) -> Result<Fd>;
    /// Have `target` be a descriptor for what `fd` is open on; what it was open on is closed. `EBUSY` if this process needs that
    /// number for itself.
    fn duplicate_onto(&mut self, _fd: Fd, _target: Fd) -> Result<()> {
        Err(HostError::from_errno(libc::ENOSYS))
    }
    /// Is it passed on to other programs?
    fn is_inheritable(&mut self, _fd: Fd) -> Result<bool> {
        Ok(false)
    }
    /// Say whether it is.
    fn set_inheritable(&mut self, _fd: Fd, _inheritable: bool) -> Result<()> {
        Err(HostError::from_errno(libc::ENOSYS))
    }
    /// What writes to what `fd` is open on, from whichever thread.
    fn writer(&mut self, fd: Fd) -> Result<Box<dyn std::io::Write + Send>>;
    /// Is it a terminal? False for a bad descriptor, as in `os.isatty`.
    fn isatty(&mut self, fd: Fd) -> bool;
    /// `os.fstat`.
    fn fstat(&mut self, fd: Fd) -> Result<FileStatus>;
    /// `os.stat`, or `os.lstat` when links are not to be followed.
    fn stat(&mut self, path: &Path, follow: bool) -> Result<FileStatus>;
    /// The names in a directory, sorted (so that two runs agree), without `.` and `..`.
    fn list_dir(&mut self, path: &Path) -> Result<Vec<OsString>>;
    /// Make a directory.
    fn create_dir(&mut self, path: &Path, mode: u32) -> Result<()>;
    /// Remove a file.
    fn remove_file(&mut self, path: &Path) -> Result<()>;
    /// Remove an empty directory.
    fn remove_dir(&mut self, path: &Path) -> Result<()>;
    /// Give a file or directory another name, replacing what had it.
    fn rename(&mut self, from: &Path, to: &Path) -> Result<()>;
    /// What a symbolic link holds.
    fn read_link(&mut self, path: &Path) -> Result<PathBuf> {
        Err(HostError::from_errno(libc::EINVAL).at(path))
    }
    /// Make a symbolic link at `path` that holds `target`.
    fn make_link(&mut self, _target: &Path, path: &Path) -> Result<()> {
        Err(HostError::from_errno(libc::ENOSYS).at(path))
    }
    /// The path to the same thing from the root, with no symbolic link in it.
    fn real_path(&mut self, path: &Path) -> Result<PathBuf> {
        Ok(path.to_path_buf())
    }
    /// Give a file one more name.
    fn add_name(&mut self, path: &Path, _name: &Path) -> Result<()> {
        Err(HostError::from_errno(libc::ENOSYS).at(path))
    }
    /// Change the permission bits of a file.
    fn set_permissions(&mut self, path: &Path, _mode: u32) -> Result<()> {
        Err(HostError::from_errno(libc::ENOSYS).at(path))
    }
    /// Change when a file was read and written, in nanoseconds since the epoch; `None` is now.
    fn set_times(&mut self, path: &Path, _times: Option<(i64, i64)>, _follow: bool) -> Result<()> {
        Err(HostError::from_errno(libc::ENOSYS).at(path))
    }
    /// May this process use the file so (`R_OK`, `W_OK`, `X_OK`)?
    fn may(&mut self, path: &Path, _how: u32) -> bool {
        self.exists(path)
    }
    /// The space of the file system that `path` is on: all, free, and free for everybody.
    fn disk_space(&mut self, path: &Path) -> Result<[u64; 3]> {
        Err(HostError::from_errno(libc::ENOSYS).at(path))
    }
    /// Columns and lines of a terminal.
    fn terminal_size(&mut self, _fd: Fd) -> Result<(u16, u16)> {
        Err(HostError::from_errno(libc::ENOTTY))
    }
    /// Enter an open descriptor that somebody else in this process made; it is closed with the others.
    fn adopt(&mut self, fd: OwnedFd) -> Result<Fd>;
    /// A new pipe: its reading and its writing end.
    fn pipe(&mut self) -> Result<(Fd, Fd)>;
    /// Whether reads and writes wait (`os.set_blocking`, `socket.setblocking`). Everything waits at first.
    fn set_blocking(&mut self, fd: Fd, blocking: bool) -> Result<()>;
    /// Do reads and writes wait?
    fn is_blocking(&mut self, fd: Fd) -> Result<bool>;

    /// Is there anything at `path`?
    fn exists(&mut self, path: &Path) -> bool {
        self.stat(path, true).is_ok()
    }

    /// Is there a directory at `path`?
    fn is_dir(&mut self, path: &Path) -> bool {
        self.stat(path, true).is_ok_and(|status| status.is_dir())
    }

    /// Is there a regular file at `path`?
    fn is_file(&mut self, path: &Path) -> bool {
        self.stat(path, true).is_ok_and(|status| status.is_file())
    }

    /// A file at `path` that holds this and nothing else.
    fn write_file(&mut self, path: &Path, bytes: &[u8]) -> Result<()> {
        let fd = self.open(path, Open { write: true, create: true, truncate: true, ..Open::default() })?;
        let mut rest = bytes;
        let mut outcome = Ok(());
        while !rest.is_empty() && outcome.is_ok() {
            outcome = self.write(fd, rest).map(|count| rest = &rest[count.min(rest.len())..]);
        }
        outcome.and(self.close(fd)).map_err(|error| error.at(path))
    }

    /// The directory at `path`, and those it is in, as far as they are not there.
    fn create_dirs(&mut self, path: &Path, mode: u32) -> Result<()> {
        if self.is_dir(path) {
            return Ok(());
        }
        if let Some(parent) = path.parent().filter(|parent| !parent.as_os_str().is_empty()) {
            self.create_dirs(parent, mode)?;
        }
        self.create_dir(path, mode)
    }

    /// The whole file at `path`, of at most `limit` bytes: more is `EFBIG`, and more than memory holds `ENOMEM`.
    fn read_file(&mut self, path: &Path, limit: usize) -> Result<Vec<u8>> {
        let fd = self.open(path, Open { read: true, ..Open::default() })?;
        let mut bytes = Vec::new();
        let mut chunk = [0; 16 * 1024];
        let outcome = loop {
            match self.read(fd, &mut chunk) {
                Ok(0) => break Ok(bytes),
                Ok(count) if bytes.len() + count > limit => break Err(HostError::from_errno(libc::EFBIG)),
                Ok(count) => {
                    if bytes.try_reserve(count).is_err() {
                        break Err(HostError::from_errno(libc::ENOMEM));
                    }
                    bytes.extend_from_slice(&chunk[..count]);
                }
                Err(error) => break Err(error),
            }
        };
        // What was read counts; a file that was only read has nothing to lose at its closing.
        let _ = self.close(fd);
        outcome.map_err(|error| error.at(path))
    }
}

/// A socket's address.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Address {
    /// `AF_INET`
    Inet(SocketAddrV4),
    /// `AF_INET6`
    Inet6(SocketAddrV6),
    /// `AF_UNIX`: a path; a name that starts with NUL is abstract; empty is an unnamed socket's.
    Unix(Vec<u8>),
    /// A family that we cannot spell out.
    Other(i32),
}

/// What a socket is: the three numbers of `socket.socket(family, type, proto)`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[allow(missing_docs)]
pub struct SocketKind {
    pub family: i32,
    pub kind: i32,
    pub protocol: i32,
}

/// A question to the name resolver: the arguments of `getaddrinfo`, 0 for "any".
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
#[allow(missing_docs)]
pub struct Lookup<'a> {
    pub host: Option<&'a str>,
    /// A port number in digits, or a service's name.
    pub service: Option<&'a str>,
    pub family: i32,
    pub kind: i32,
    pub protocol: i32,
    pub flags: i32,
}

/// One answer of the name resolver.
#[derive(Clone, PartialEq, Eq, Debug)]
#[allow(missing_docs)]
pub struct Resolved {
    pub socket: SocketKind,
    /// Given with the first answer when `AI_CANONNAME` was asked for, else empty.
    pub canonical_name: String,
    pub address: Address,
}

/// What goes along with data, beside it: descriptors (`SCM_RIGHTS`), or what a protocol says of it (`cmsghdr`).
#[derive(Clone, PartialEq, Eq, Debug)]
#[allow(missing_docs)]
pub struct Ancillary {
    pub level: i32,
    pub kind: i32,
    pub data: Vec<u8>,
}

/// What came in one go (`recvmsg`).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Message {
    /// How many bytes of data.
    pub count: usize,
    /// What came along. Descriptors among it are open here from now on.
    pub ancillary: Vec<Ancillary>,
    /// What is to be known of it (`MSG_TRUNC`, ...).
    pub flags: i32,
    /// From whom, where the protocol knows it.
    pub from: Option<Address>,
}

/// Sockets. Flags, options, families and types are the system's own numbers, as Python's constants have them.
///
/// Timeouts live above: a socket with a timeout is non-blocking here, and whoever wants to wait uses
/// [`Readiness::wait_ready`] and tries again. `connect_ex` is `connect` with the error's number as the answer; `detach` is
/// forgetting the number; adopting a number is asking for its [`Sockets::socket_kind`].
pub trait Sockets {
    /// A new socket, blocking, not inherited by other programs.
    fn socket(&mut self, kind: SocketKind) -> Result<Fd>;
    /// Two sockets connected to each other.
    fn socketpair(&mut self, kind: SocketKind) -> Result<(Fd, Fd)>;
    /// What an open descriptor is as a socket; `ENOTSOCK` if it is none.
    fn socket_kind(&mut self, fd: Fd) -> Result<SocketKind>;
    /// Connect. On a non-blocking socket `EINPROGRESS` means: under way, it will become writable.
    fn connect(&mut self, fd: Fd, address: &Address) -> Result<()>;
    /// Take an address.
    fn bind(&mut self, fd: Fd, address: &Address) -> Result<()>;
    /// Let others connect.
    fn listen(&mut self, fd: Fd, backlog: i32) -> Result<()>;
    /// The next connection, a blocking socket, and who is at its other end.
    fn accept(&mut self, fd: Fd) -> Result<(Fd, Address)>;
    /// Send; a blocking stream socket sends everything, a non-blocking one what there is room for.
    fn send(&mut self, fd: Fd, bytes: &[u8], flags: i32) -> Result<usize>;
    /// Send to an address.
    fn send_to(&mut self, fd: Fd, bytes: &[u8], flags: i32, address: &Address) -> Result<usize>;
    /// Receive into `buffer`; 0 means that the other end is done.
    fn recv_into(&mut self, fd: Fd, buffer: &mut [u8], flags: i32) -> Result<usize>;
    /// Receive, and learn from whom, where the protocol knows it.
    fn recv_from_into(&mut self, fd: Fd, buffer: &mut [u8], flags: i32) -> Result<(usize, Option<Address>)>;
    /// Send, to an address or to the other end, with what goes along; how much went out.
    fn send_message(
        &mut self,
        _fd: Fd,
        _bytes: &[u8],
        _ancillary: &[Ancillary],
        _flags: i32,
        _to: Option<&Address>,
    ) -> Result<usize> {
        Err(HostError::from_errno(libc::ENOSYS))
    }
    /// Receive into `buffer`, and what came along into `room` bytes at most.
    fn recv_message(&mut self, _fd: Fd, _buffer: &mut [u8], _room: usize, _flags: i32) -> Result<Message> {
        Err(HostError::from_errno(libc::ENOSYS))
    }
    /// End one direction, or both.
    fn shutdown(&mut self, fd: Fd, how: i32) -> Result<()>;
    /// `getsockname`.
    fn local_address(&mut self, fd: Fd) -> Result<Address>;
    /// `getpeername`.
    fn peer_address(&mut self, fd: Fd) -> Result<Address>;
    /// `setsockopt` with the option's value as bytes; an int is four of them in native order.
    fn set_option(&mut self, fd: Fd, level: i32, name: i32, value: &[u8]) -> Result<()>;
    /// `getsockopt` with room for `size` bytes, at most 1024.
    fn option(&mut self, fd: Fd, level: i32, name: i32, size: usize) -> Result<Vec<u8>>;
    /// `getaddrinfo`. Waits for the resolver, if it has to be asked.
    fn resolve(&mut self, lookup: Lookup<'_>) -> Result<Vec<Resolved>>;
    /// The same aside (see [`Files`]): a bell for [`Sockets::resolved`].
    fn resolve_aside(&mut self, _lookup: Lookup<'_>) -> Option<Fd> {
        None
    }
    /// The answer to what was asked aside, waiting for it.
    fn resolved(&mut self, _asked: Fd) -> Result<Vec<Resolved>> {
        Err(HostError::from_errno(libc::EBADF))
    }
    /// `getnameinfo`: the names of a host and a service. Waits for the resolver, if it has to be asked.
    fn names_of(&mut self, _address: &Address, _flags: i32) -> Result<(String, String)> {
        Err(HostError::from_errno(libc::ENOSYS))
    }
    /// The network interfaces: their numbers and names.
    fn interfaces(&mut self) -> Result<Vec<(u32, OsString)>> {
        Err(HostError::from_errno(libc::ENOSYS))
    }

    /// Receive at most `max` bytes; empty means that the other end is done.
    fn recv(&mut self, fd: Fd, max: usize, flags: i32) -> Result<Vec<u8>> {
        let mut buffer = room_for(max)?;
        let count = self.recv_into(fd, &mut buffer, flags)?;
        buffer.truncate(count);
        Ok(buffer)
    }

    /// Receive at most `max` bytes, and learn from whom, where the protocol knows it.
    fn recv_from(&mut self, fd: Fd, max: usize, flags: i32) -> Result<(Vec<u8>, Option<Address>)> {
        let mut buffer = room_for(max)?;
        let (count, from) = self.recv_from_into(fd, &mut buffer, flags)?;
        buffer.truncate(count);
        Ok((buffer, from))
    }
}

/// A zeroed buffer, or `ENOMEM`: the size is the program's choice, and must not be able to end the process.
pub(super) fn room_for(size: usize) -> Result<Vec<u8>> {
    let mut buffer = Vec::new();
    buffer.try_reserve_exact(size).map_err(|_| HostError::from_errno(libc::ENOMEM))?;
    buffer.resize(size, 0);
    Ok(buffer)
}

/// A set of things that can happen on a descriptor: the bits of `poll` and `epoll`, which agree.
///
/// Bits without a name here are passed on to the system as they are, so `EPOLLONESHOT` and its like work.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub struct Events(pub u32);

impl Events {
    /// Something can be read, or accepted, or the end is reached.
    pub const READ: Events = Events(0x1);
    /// Urgent data.
    pub const PRIORITY: Events = Events(0x2);
    /// Something can be written, or a connection is made.
    pub const WRITE: Events = Events(0x4);
    /// An error waits to be fetched. Reported unasked.
    pub const ERROR: Events = Events(0x8);
    /// The other end is gone. Reported unasked.
    pub const HANGUP: Events = Events(0x10);
    /// There is no such descriptor. Reported unasked, by [`Readiness::poll`] only.
    pub const INVALID: Events = Events(0x20);

    /// Does the set hold any of `other`?
    pub fn any(self, other: Events) -> bool {
        self.0 & other.0 != 0
    }

    /// Should a reader look? `selectors` counts an error and a hangup as readiness for both directions; so do we.
    pub fn readable(self) -> bool {
        self.0 & !Events::WRITE.0 != 0
    }

    /// Should a writer look?
    pub fn writable(self) -> bool {
        self.0 & !Events::READ.0 != 0
    }
}

impl std::ops::BitOr for Events {
    type Output = Events;
    fn bitor(self, other: Events) -> Events {
        Events(self.0 | other.0)
    }
}

/// One descriptor on which something happened.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Ready {
    /// Which.
    pub fd: Fd,
    /// The number it was registered with; with [`Readiness::poll`], its index in the question.
    pub key: u64,
    /// What happened.
    pub events: Events,
}

/// Waiting for descriptors. Level-triggered: what is ready is reported at every wait until it has been dealt with.
pub trait Readiness {
    /// A new poller, an `epoll` object. It is closed as any descriptor.
    fn poller(&mut self) -> Result<Fd>;
    /// Watch `fd` for `interest` and report it with `key`. Closing `fd` ends the watch. `EEXIST` if it is watched already.
    fn register(&mut self, poller: Fd, fd: Fd, interest: Events, key: u64) -> Result<()>;
    /// Change interest and key of a watched descriptor; `ENOENT` if it is not watched.
    fn modify(&mut self, poller: Fd, fd: Fd, interest: Events, key: u64) -> Result<()>;
    /// End the watch; `ENOENT` if there is none.
    fn unregister(&mut self, poller: Fd, fd: Fd) -> Result<()>;
    /// Wait until something happens, but no longer than `timeout`; report at most `max` (at least 1) descriptors.
    fn wait(&mut self, poller: Fd, max: usize, timeout: Option<Duration>) -> Result<Vec<Ready>>;
    /// Ask about a few descriptors without a poller: `select.select`, `select.poll`.
    fn poll(&mut self, watched: &[(Fd, Events)], timeout: Option<Duration>) -> Result<Vec<Ready>>;

    /// Wait for one descriptor. False when the time is up first.
    fn wait_ready(&mut self, fd: Fd, interest: Events, timeout: Option<Duration>) -> Result<bool> {
        Ok(!self.poll(&[(fd, interest)], timeout)?.is_empty())
    }
}

/// A signal that was waited for: what the system tells of it (`siginfo_t`).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct SignalInfo {
    pub signal: i32,
    /// Why it came.
    pub code: i32,
    pub errno: i32,
    /// The process that sent it, and its user.
    pub process: i32,
    pub user: u32,
    /// An exit status, or the signal that ended a child.
    pub status: i32,
}

/// What is to happen when a signal arrives.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Disposition {
    /// What the system does with it: nothing, or the end of the process.
    Default,
    /// Nothing.
    Ignore,
    /// It is noted, and every wait ends.
    Watch,
}

/// Signals: the interrupt that Ctrl-C sends, and the others. They go by the system's numbers.
pub trait Signals {
    /// Say what is to happen when this signal arrives. `EINVAL` for one that nobody may watch.
    fn set_disposition(&mut self, signal: i32, what: Disposition) -> Result<()>;
    /// Has a watched signal arrived that nobody has taken yet? Cheap: the run loop asks again and again.
    fn interrupted(&self) -> bool;
    /// Take one that has arrived, the lowest number first; with `only`, that one and no other.
    fn take_signal(&mut self, only: Option<i32>) -> Option<i32>;
    /// Write the number of each watched signal to this descriptor as it arrives; nowhere with a negative one. What was before.
    fn ring_at(&mut self, fd: Fd) -> Fd;
    /// Send a signal to a process; to ourselves it has arrived when this returns.
    fn send_signal(&mut self, process: i32, signal: i32) -> Result<()>;
    /// Have the system send a signal after so much time, and then again and again (`setitimer`); what was left, and was to
    /// follow, of an earlier order.
    fn set_alarm(&mut self, which: i32, first: Duration, then: Duration) -> Result<(Duration, Duration)>;
    /// How much time is left of such an order, and is to follow (`getitimer`).
    fn alarm(&mut self, which: i32) -> Result<(Duration, Duration)>;
    /// Which signals are held back until they are not any longer: these too, no longer these, or (`pthread_sigmask`) these and no
    /// others. Which were before.
    fn hold_back(&mut self, _how: i32, _signals: &[i32]) -> Result<Vec<i32>> {
        Err(HostError::from_errno(libc::ENOSYS))
    }
    /// Those that have arrived and are held back.
    fn held_back(&mut self) -> Result<Vec<i32>> {
        Err(HostError::from_errno(libc::ENOSYS))
    }
    /// Wait until one of these, which are held back, arrives, and take it; `None` if none does in time.
    fn wait_signal(&mut self, _signals: &[i32], _patience: Option<Duration>) -> Result<Option<SignalInfo>> {
        Err(HostError::from_errno(libc::ENOSYS))
    }

    /// From now on an interrupt sets a flag instead of ending the process. Until then it ends it.
    fn watch_interrupts(&mut self) -> Result<()> {
        self.set_disposition(libc::SIGINT, Disposition::Watch)
    }

    /// Has an interrupt arrived? Forgets it.
    fn take_interrupt(&mut self) -> bool {
        self.take_signal(Some(libc::SIGINT)).is_some()
    }

    /// End the process as an interrupt does that nobody handles, so that the shell sees it. Returns only if that fails.
    fn die_of_interrupt(&mut self);
}

/// A program that is to be started, and how.
#[derive(Clone, Debug)]
pub struct Program<'a> {
    /// Where it is. Nothing is searched for it.
    pub path: &'a Path,
    /// Its arguments, the first of them the name it is called by.
    pub arguments: &'a [OsString],
    /// Its environment variables; this host's if nothing is said.
    pub variables: Option<&'a [(OsString, OsString)]>,
    /// The directory it starts in; this process's if nothing is said.
    pub directory: Option<&'a Path>,
    /// What it has as standard input, output and error; what this process has where nothing is said.
    pub streams: [Option<Fd>; 3],
    /// What else it has open, under the same numbers, and nothing besides; what is inheritable if nothing is said.
    pub inherited: Option<&'a [Fd]>,
    /// Does it begin a session of its own?
    pub session: bool,
    /// The process group it goes into; 0 for one of its own.
    pub group: Option<i32>,
}

/// Other processes. A host that has none says `ENOSYS`.
pub trait Processes {
    /// Start a program; its number. What keeps it from starting is this call's error.
    fn start(&mut self, _program: &Program<'_>) -> Result<i32> {
        Err(HostError::from_errno(libc::ENOSYS))
    }
    /// Number and status (`waitpid`) of a process started from here that has ended, this one or any: it is then forgotten. `None`
    /// while it runs; `ECHILD` if there is none. Does not wait.
    fn take_ended(&mut self, _process: Option<i32>) -> Result<Option<(i32, i32)>> {
        Err(HostError::from_errno(libc::ECHILD))
    }
    /// A descriptor that becomes readable when that process has ended (`pidfd_open`).
    fn watch_process(&mut self, _process: i32) -> Result<Fd> {
        Err(HostError::from_errno(libc::ENOSYS))
    }
}
