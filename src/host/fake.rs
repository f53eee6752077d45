//! A host for tests: nothing happens in it but what the test arranged, and time passes only when somebody waits.

use super::contract::{
    Address, Buffering, Clock, Disposition, Diversion, Environment, Events, Fd, FileStatus, Files, Lookup, Open,
    Processes, Readiness, Ready, Resolved, Signals, SocketKind, Sockets, Streams,
};
use super::error::{HostError, Result};
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::ffi::{OsStr, OsString};
use std::io::SeekFrom;
use std::os::fd::OwnedFd;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::time::Duration;

/// Files in memory, captured output, scripted input, a clock that stands still until somebody sleeps, and no sockets.
///
/// Pollers exist, but there is nothing that could be registered with one: waiting lets the timeout pass, and waiting without
/// a timeout, which would last for ever, is refused with `EDEADLK`.
pub struct FakeHost {
    stdout: Output,
    /// What was written to standard error.
    pub stderr: Vec<u8>,
    /// Nanoseconds since the program began. Both clocks show it, the wall clock from `epoch_ns` on.
    pub elapsed_ns: i64,
    /// The wall clock's time at the beginning.
    pub epoch_ns: i64,
    /// The files there are. Directories are there as parents of files, besides those that were made.
    pub files: BTreeMap<PathBuf, Vec<u8>>,
    /// How much memory a program may take.
    pub memory_limit: Option<usize>,
    /// Set it to let an interrupt arrive.
    pub interrupt: bool,
    input: Vec<u8>,
    variables: Vec<(OsString, OsString)>,
    directory: PathBuf,
    made: BTreeSet<PathBuf>,
    open: BTreeMap<Fd, Opened>,
    entropy: u64,
}

/// What was written to standard output, whatever the buffering.
#[derive(Clone, Default)]
pub struct Output(Rc<RefCell<Vec<u8>>>);

impl Output {
    /// As text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.0.borrow()).into_owned()
    }
}

/// Something open.
enum Opened {
    File { path: PathBuf, place: usize, how: Open },
    Poller,
}

impl FakeHost {
    /// A host with nothing in it.
    pub fn new() -> FakeHost {
        FakeHost {
            stdout: Output::default(),
            stderr: Vec::new(),
            elapsed_ns: 0,
            epoch_ns: 0,
            files: BTreeMap::new(),
            memory_limit: None,
            interrupt: false,
            input: Vec::new(),
            variables: Vec::new(),
            directory: PathBuf::from("/"),
            made: BTreeSet::new(),
            open: BTreeMap::new(),
            entropy: 0,
        }
    }

    /// The same, with this to be read from standard input.
    pub fn with_input(self, input: impl Into<Vec<u8>>) -> FakeHost {
        FakeHost { input: input.into(), ..self }
    }

    /// The same, with a file. A relative path is one in the current directory, `/` at first.
    pub fn with_file(mut self, path: impl AsRef<Path>, bytes: impl Into<Vec<u8>>) -> FakeHost {
        self.files.insert(self.directory.join(path), bytes.into());
        self
    }

    /// What was written to standard output, as text.
    pub fn stdout_text(&self) -> String {
        self.stdout.text()
    }

    /// A view of standard output that outlives the host.
    pub fn output(&self) -> Output {
        self.stdout.clone()
    }

    /// What was written to standard error, as text.
    pub fn stderr_text(&self) -> String {
        String::from_utf8_lossy(&self.stderr).into_owned()
    }

    fn is_directory(&self, path: &Path) -> bool {
        path == Path::new("/")
            || self.made.contains(path)
            || self.files.keys().any(|file| file != path && file.starts_with(path))
    }

    fn keep(&mut self, opened: Opened) -> Fd {
        let fd = (3..).find(|fd| !self.open.contains_key(fd)).unwrap_or(Fd::MAX);
        self.open.insert(fd, opened);
        fd
    }

    /// The file open as `fd`, and where in it we are.
    fn file(&mut self, fd: Fd) -> Result<(&mut Vec<u8>, &mut usize, Open)> {
        match self.open.get_mut(&fd) {
            // An open file outlives its name; here it comes back empty, which tests do not ask about.
            Some(Opened::File { path, place, how }) => Ok((self.files.entry(path.clone()).or_default(), place, *how)),
            _ => Err(HostError::from_errno(libc::EBADF)),
        }
    }

    fn pass(&mut self, duration: Duration) -> Result<()> {
        if self.interrupt {
            return Err(HostError::from_errno(libc::EINTR));
        }
        self.elapsed_ns = self.elapsed_ns.saturating_add(i64::try_from(duration.as_nanos()).unwrap_or(i64::MAX));
        Ok(())
    }
}

impl Default for FakeHost {
    fn default() -> FakeHost {
        FakeHost::new()
    }
}

impl Clock for FakeHost {
    fn time_ns(&mut self) -> i64 {
        self.epoch_ns.saturating_add(self.elapsed_ns)
    }

    fn monotonic_ns(&mut self) -> i64 {
        self.elapsed_ns
    }

    fn process_time_ns(&mut self) -> i64 {
        0
    }

    fn thread_time_ns(&mut self) -> i64 {
        0
    }

    fn sleep(&mut self, duration: Duration) -> Result<bool> {
        Ok(self.pass(duration).is_ok())
    }
}

impl Environment for FakeHost {
    fn entropy(&mut self, buffer: &mut [u8]) -> Result<()> {
        for byte in buffer {
            // A linear congruence: the same bytes in every run, and not all the same.
            self.entropy = self.entropy.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            *byte = (self.entropy >> 56) as u8;
        }
        Ok(())
    }

    fn env_get(&mut self, name: &OsStr) -> Option<OsString> {
        self.variables.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone())
    }

    fn env_all(&mut self) -> Vec<(OsString, OsString)> {
        self.variables.clone()
    }

    fn env_set(&mut self, name: &OsStr, value: Option<&OsStr>) {
        self.variables.retain(|(known, _)| known != name);
        self.variables.extend(value.map(|value| (name.to_os_string(), value.to_os_string())));
    }

    fn current_dir(&mut self) -> Result<PathBuf> {
        Ok(self.directory.clone())
    }

    fn set_current_dir(&mut self, path: &Path) -> Result<()> {
        let target = self.directory.join(path);
        match self.is_directory(&target) {
            true => self.directory = target,
            false => return Err(HostError::from_errno(libc::ENOENT).at(path)),
        }
        Ok(())
    }

    fn process_id(&mut self) -> u32 {
        1
    }

    fn host_name(&mut self) -> OsString {
        OsString::from("host")
    }

    fn memory_limit(&mut self) -> Option<usize> {
        self.memory_limit
    }
}

impl Streams for FakeHost {
    fn write_stdout(&mut self, bytes: &[u8]) -> Result<()> {
        self.stdout.0.borrow_mut().extend_from_slice(bytes);
        Ok(())
    }

    fn flush_stdout(&mut self) -> Result<()> {
        Ok(())
    }

    fn write_stderr(&mut self, bytes: &[u8]) -> Result<()> {
        self.stderr.extend_from_slice(bytes);
        Ok(())
    }

    fn set_stdout_buffering(&mut self, _: Buffering) -> Result<()> {
        Ok(())
    }

    fn divert(&mut self, _: Option<Diversion>) {
        // What is captured stays captured.
    }

    fn line_is_open(&self) -> bool {
        false
    }

    fn stdin_is_buffered(&self) -> bool {
        !self.input.is_empty()
    }

    fn read_line(&mut self) -> Result<Vec<u8>> {
        let length = self.input.iter().position(|&byte| byte == b'\n').map_or(self.input.len(), |place| place + 1);
        self.read_stdin(length)
    }

    fn read_stdin(&mut self, max: usize) -> Result<Vec<u8>> {
        Ok(self.input.drain(..max.min(self.input.len())).collect())
    }
}

impl Files for FakeHost {
    fn open(&mut self, path: &Path, how: Open) -> Result<Fd> {
        let refuse = |errno| Err(HostError::from_errno(errno).at(path));
        let full = self.directory.join(path);
        if self.is_directory(&full) {
            return refuse(libc::EISDIR);
        }
        let parent_there = full.parent().is_some_and(|parent| self.is_directory(parent));
        match self.files.get_mut(&full) {
            Some(_) if how.create_new => return refuse(libc::EEXIST),
            Some(bytes) if how.truncate => bytes.clear(),
            Some(_) => {}
            None if !how.create && !how.create_new => return refuse(libc::ENOENT),
            None if !parent_there => return refuse(libc::ENOENT),
            None => drop(self.files.insert(full.clone(), Vec::new())),
        }
        Ok(self.keep(Opened::File { path: full, place: 0, how }))
    }

    fn read(&mut self, fd: Fd, buffer: &mut [u8]) -> Result<usize> {
        if fd == 0 {
            let bytes = self.read_stdin(buffer.len())?;
            buffer[..bytes.len()].copy_from_slice(&bytes);
            return Ok(bytes.len());
        }
        let (bytes, place, how) = self.file(fd)?;
        if !how.read {
            return Err(HostError::from_errno(libc::EBADF));
        }
        let rest = bytes.get(*place..).unwrap_or_default();
        let count = rest.len().min(buffer.len());
        buffer[..count].copy_from_slice(&rest[..count]);
        *place += count;
        Ok(count)
    }

    fn write(&mut self, fd: Fd, written: &[u8]) -> Result<usize> {
        match fd {
            1 => return self.write_stdout(written).map(|()| written.len()),
            2 => return self.write_stderr(written).map(|()| written.len()),
            _ => {}
        }
        let (bytes, place, how) = self.file(fd)?;
        if !how.write {
            return Err(HostError::from_errno(libc::EBADF));
        }
        if how.append {
            *place = bytes.len();
        }
        let end = *place + written.len();
        if bytes.len() < end {
            bytes.resize(end, 0);
        }
        bytes[*place..end].copy_from_slice(written);
        *place = end;
        Ok(written.len())
    }

    fn seek(&mut self, fd: Fd, to: SeekFrom) -> Result<u64> {
        let (bytes, place, _) = self.file(fd)?;
        let target = match to {
            SeekFrom::Start(target) => i64::try_from(target).ok(),
            SeekFrom::Current(offset) => (*place as i64).checked_add(offset),
            SeekFrom::End(offset) => (bytes.len() as i64).checked_add(offset),
        };
        let target = target.filter(|&target| target >= 0).ok_or_else(|| HostError::from_errno(libc::EINVAL))?;
        *place = target as usize;
        Ok(target as u64)
    }

    fn truncate(&mut self, fd: Fd, length: u64) -> Result<()> {
        let (bytes, _, how) = self.file(fd)?;
        if !how.write {
            return Err(HostError::from_errno(libc::EINVAL));
        }
        bytes.resize(length as usize, 0);
        Ok(())
    }

    fn close(&mut self, fd: Fd) -> Result<()> {
        match (0..3).contains(&fd) || self.open.remove(&fd).is_some() {
            true => Ok(()),
            false => Err(HostError::from_errno(libc::EBADF)),
        }
    }

    fn duplicate(&mut self, _: Fd) -> Result<Fd> {
        Err(unsupported("a fake host duplicates no descriptors"))
    }

    fn writer(&mut self, _: Fd) -> Result<Box<dyn std::io::Write + Send>> {
        Err(unsupported("a fake host has no threads"))
    }

    fn isatty(&mut self, _: Fd) -> bool {
        false
    }

    fn fstat(&mut self, fd: Fd) -> Result<FileStatus> {
        let size = self.file(fd)?.0.len() as u64;
        Ok(FileStatus { mode: libc::S_IFREG | 0o644, size, ..FileStatus::default() })
    }

    fn stat(&mut self, path: &Path, _: bool) -> Result<FileStatus> {
        let full = self.directory.join(path);
        match self.files.get(&full) {
            Some(bytes) => {
                Ok(FileStatus { mode: libc::S_IFREG | 0o644, size: bytes.len() as u64, ..FileStatus::default() })
            }
            None if self.is_directory(&full) => Ok(FileStatus { mode: libc::S_IFDIR | 0o755, ..FileStatus::default() }),
            None => Err(HostError::from_errno(libc::ENOENT).at(path)),
        }
    }

    fn list_dir(&mut self, path: &Path) -> Result<Vec<OsString>> {
        let full = self.directory.join(path);
        if !self.is_directory(&full) {
            let errno = if self.files.contains_key(&full) { libc::ENOTDIR } else { libc::ENOENT };
            return Err(HostError::from_errno(errno).at(path));
        }
        let inside = self.files.keys().chain(&self.made).filter_map(|file| file.strip_prefix(&full).ok());
        let names: BTreeSet<OsString> =
            inside.filter_map(|rest| rest.components().next()).map(|first| first.as_os_str().to_os_string()).collect();
        Ok(names.into_iter().collect())
    }

    fn create_dir(&mut self, path: &Path, _: u32) -> Result<()> {
        match self.exists(path) {
            true => Err(HostError::from_errno(libc::EEXIST).at(path)),
            false => {
                self.made.insert(self.directory.join(path));
                Ok(())
            }
        }
    }

    fn remove_file(&mut self, path: &Path) -> Result<()> {
        match self.files.remove(&self.directory.join(path)) {
            Some(_) => Ok(()),
            None => Err(HostError::from_errno(libc::ENOENT).at(path)),
        }
    }

    fn remove_dir(&mut self, path: &Path) -> Result<()> {
        match self.list_dir(path)?.is_empty() && self.made.remove(&self.directory.join(path)) {
            true => Ok(()),
            false => Err(HostError::from_errno(libc::ENOTEMPTY).at(path)),
        }
    }

    fn rename(&mut self, from: &Path, to: &Path) -> Result<()> {
        match self.files.remove(&self.directory.join(from)) {
            Some(bytes) => {
                self.files.insert(self.directory.join(to), bytes);
                Ok(())
            }
            None => Err(HostError::from_errno(libc::ENOENT).at(from)),
        }
    }

    fn adopt(&mut self, _: OwnedFd) -> Result<Fd> {
        Err(unsupported("a fake host has no descriptors of the system"))
    }

    fn pipe(&mut self) -> Result<(Fd, Fd)> {
        Err(unsupported("a fake host has no pipes"))
    }

    fn set_blocking(&mut self, _: Fd, _: bool) -> Result<()> {
        Ok(())
    }

    fn is_blocking(&mut self, _: Fd) -> Result<bool> {
        Ok(true)
    }
}

impl Sockets for FakeHost {
    fn socket(&mut self, _: SocketKind) -> Result<Fd> {
        Err(no_sockets())
    }

    fn socketpair(&mut self, _: SocketKind) -> Result<(Fd, Fd)> {
        Err(no_sockets())
    }

    fn socket_kind(&mut self, _: Fd) -> Result<SocketKind> {
        Err(no_sockets())
    }

    fn connect(&mut self, _: Fd, _: &Address) -> Result<()> {
        Err(no_sockets())
    }

    fn bind(&mut self, _: Fd, _: &Address) -> Result<()> {
        Err(no_sockets())
    }

    fn listen(&mut self, _: Fd, _: i32) -> Result<()> {
        Err(no_sockets())
    }

    fn accept(&mut self, _: Fd) -> Result<(Fd, Address)> {
        Err(no_sockets())
    }

    fn send(&mut self, _: Fd, _: &[u8], _: i32) -> Result<usize> {
        Err(no_sockets())
    }

    fn send_to(&mut self, _: Fd, _: &[u8], _: i32, _: &Address) -> Result<usize> {
        Err(no_sockets())
    }

    fn recv_into(&mut self, _: Fd, _: &mut [u8], _: i32) -> Result<usize> {
        Err(no_sockets())
    }

    fn recv_from_into(&mut self, _: Fd, _: &mut [u8], _: i32) -> Result<(usize, Option<Address>)> {
        Err(no_sockets())
    }

    fn shutdown(&mut self, _: Fd, _: i32) -> Result<()> {
        Err(no_sockets())
    }

    fn local_address(&mut self, _: Fd) -> Result<Address> {
        Err(no_sockets())
    }

    fn peer_address(&mut self, _: Fd) -> Result<Address> {
        Err(no_sockets())
    }

    fn set_option(&mut self, _: Fd, _: i32, _: i32, _: &[u8]) -> Result<()> {
        Err(no_sockets())
    }

    fn option(&mut self, _: Fd, _: i32, _: i32, _: usize) -> Result<Vec<u8>> {
        Err(no_sockets())
    }

    fn resolve(&mut self, _: Lookup<'_>) -> Result<Vec<Resolved>> {
        Err(no_sockets())
    }
}

impl Readiness for FakeHost {
    fn poller(&mut self) -> Result<Fd> {
        Ok(self.keep(Opened::Poller))
    }

    fn register(&mut self, _: Fd, _: Fd, _: Events, _: u64) -> Result<()> {
        // What the system says of files, which are all there is here.
        Err(HostError::from_errno(libc::EPERM))
    }

    fn modify(&mut self, _: Fd, _: Fd, _: Events, _: u64) -> Result<()> {
        Err(HostError::from_errno(libc::ENOENT))
    }

    fn unregister(&mut self, _: Fd, _: Fd) -> Result<()> {
        Err(HostError::from_errno(libc::ENOENT))
    }

    fn wait(&mut self, poller: Fd, _: usize, timeout: Option<Duration>) -> Result<Vec<Ready>> {
        match self.open.get(&poller) {
            Some(Opened::Poller) => self.poll(&[], timeout),
            _ => Err(HostError::from_errno(libc::EBADF)),
        }
    }

    fn poll(&mut self, watched: &[(Fd, Events)], timeout: Option<Duration>) -> Result<Vec<Ready>> {
        if !watched.is_empty() {
            return Ok((0..).zip(watched).map(|(key, &(fd, events))| Ready { fd, key, events }).collect());
        }
        match timeout {
            Some(timeout) => self.pass(timeout).map(|()| Vec::new()),
            None => Err(HostError::from_errno(libc::EDEADLK)),
        }
    }
}

impl Processes for FakeHost {}

impl Signals for FakeHost {
    fn set_disposition(&mut self, _: i32, _: Disposition) -> Result<()> {
        Ok(())
    }

    fn interrupted(&self) -> bool {
        self.interrupt
    }

    fn take_signal(&mut self, only: Option<i32>) -> Option<i32> {
        let wanted = only.is_none_or(|only| only == libc::SIGINT);
        (wanted && std::mem::take(&mut self.interrupt)).then_some(libc::SIGINT)
    }

    fn ring_at(&mut self, _: Fd) -> Fd {
        -1
    }

    fn send_signal(&mut self, _: i32, signal: i32) -> Result<()> {
        if signal != libc::SIGINT {
            return Err(unsupported("a fake host knows no signal but the interrupt"));
        }
        self.interrupt = true;
        crate::attention::ask();
        Ok(())
    }

    fn set_alarm(&mut self, _: i32, _: Duration, _: Duration) -> Result<(Duration, Duration)> {
        Err(unsupported("a fake host has no alarms"))
    }

    fn alarm(&mut self, _: i32) -> Result<(Duration, Duration)> {
        Err(unsupported("a fake host has no alarms"))
    }

    fn die_of_interrupt(&mut self) {}
}

fn unsupported(message: &str) -> HostError {
    HostError { message: message.to_string(), ..HostError::from_errno(libc::EOPNOTSUPP) }
}

fn no_sockets() -> HostError {
    unsupported("a fake host has no sockets")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::host::Host;

    #[test]
    fn output_is_captured_and_input_scripted() -> Result<()> {
        let mut fake = FakeHost::new().with_input("one\ntwo");
        let host: &mut dyn Host = &mut fake;
        host.write_stdout(b"a")?;
        host.write(1, b"b")?;
        host.write_stderr(b"c")?;
        assert_eq!(host.read_line()?, b"one\n");
        assert_eq!(host.read_line()?, b"two");
        assert_eq!(host.read_line()?, b"");
        assert_eq!((fake.stdout_text(), fake.stderr_text()), ("ab".into(), "c".into()));
        Ok(())
    }

    #[test]
    fn time_passes_only_when_somebody_waits() -> Result<()> {
        let mut fake = FakeHost::new();
        let host: &mut dyn Host = &mut fake;
        assert_eq!(host.monotonic_ns(), 0);
        assert!(host.sleep(Duration::from_secs(3600))?);
        let poller = host.poller()?;
        assert_eq!(host.wait(poller, 1, Some(Duration::from_millis(1)))?, []);
        assert_eq!(host.monotonic_ns(), 3_600_001_000_000);
        assert!(host.wait(poller, 1, None).is_err_and(|error| error.is(libc::EDEADLK)));
        Ok(())
    }

    #[test]
    fn an_interrupt_ends_a_sleep() -> Result<()> {
        let mut host = FakeHost { interrupt: true, ..FakeHost::new() };
        assert!(!host.sleep(Duration::from_secs(1))?);
        assert_eq!(host.elapsed_ns, 0);
        assert!(host.take_interrupt() && !host.interrupted());
        Ok(())
    }

    #[test]
    fn files_live_in_memory() -> Result<()> {
        let mut host = FakeHost::new().with_file("dir/a.txt", "hello");
        assert_eq!(host.read_file(Path::new("/dir/a.txt"), 100)?, b"hello");
        assert!(host.is_dir(Path::new("dir")) && host.is_file(Path::new("dir/a.txt")));
        let fd = host.open(Path::new("dir/b.txt"), Open::from_mode("w+").unwrap_or_default())?;
        host.write(fd, b"0123456789")?;
        host.seek(fd, SeekFrom::End(-3))?;
        let mut buffer = [0; 8];
        assert_eq!((host.read(fd, &mut buffer)?, &buffer[..3]), (3, &b"789"[..]));
        host.close(fd)?;
        assert!(host.read(fd, &mut buffer).is_err_and(|error| error.is(libc::EBADF)));
        assert_eq!(host.list_dir(Path::new("/dir"))?, ["a.txt", "b.txt"]);
        let missing = host.open(Path::new("c.txt"), Open { read: true, ..Open::default() });
        assert_eq!(
            missing.map_err(|error| error.to_string()),
            Err("[Errno 2] No such file or directory: 'c.txt'".into())
        );
        Ok(())
    }

    #[test]
    fn there_are_no_sockets_and_it_says_so() {
        let refused =
            FakeHost::new().socket(SocketKind { family: libc::AF_INET, kind: libc::SOCK_STREAM, protocol: 0 });
        assert_eq!(refused.map_err(|error| error.message), Err("a fake host has no sockets".into()));
    }
}
