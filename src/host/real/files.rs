//! Files, directories, pipes.

use super::aside::{Ends, Outcome};
use super::{Handle, RealHost, Waiting};
use crate::host::contract::{Fd, FileStatus, Files, Open};
use crate::host::error::{HostError, Result};
use rustix::event::PollFlags;
use rustix::fs::{AtFlags, CWD, FileType, Mode, OFlags, Stat, Timespec, Timestamps};
use rustix::io::{Errno, ReadWriteFlags};
use std::ffi::OsString;
use std::io::{IoSliceMut, SeekFrom};
use std::os::fd::{AsFd, AsRawFd, OwnedFd};
use std::os::unix::ffi::OsStringExt;
use std::path::{Path, PathBuf};

/// A number that descriptors of a program hardly get to.
const OUT_OF_THE_WAY: Fd = 500;

impl Files for RealHost {
    fn open(&mut self, path: &Path, how: Open) -> Result<Fd> {
        let file = loop {
            match open(path, how) {
                Ok(file) => break file,
                Err(Errno::INTR) => self.interrupts.check()?,
                Err(error) => return Err(HostError::from(error).at(path)),
            }
        };
        self.enter(file, path, how)
    }

    fn open_aside(&mut self, path: &Path, how: Open) -> Option<Fd> {
        let path = path.to_path_buf();
        self.aside(Ends::WithAnother, move || Outcome::Opened(patiently(|| open(&path, how))))
    }

    fn opened_aside(&mut self, bell: Fd, path: &Path) -> Result<Fd> {
        match self.outcome(bell)? {
            Outcome::Opened(file) => self.enter(file.map_err(|error| error.at(path))?, path, Open::default()),
            _ => Err(HostError::from_errno(libc::EBADF)),
        }
    }

    fn read_at_hand(&mut self, fd: Fd, buffer: &mut [u8]) -> Result<Option<usize>> {
        let descriptor = self.descriptor(fd)?;
        // Whoever waits has looked whether there is something; in virtual time nothing but the clock would move meanwhile.
        if descriptor.waiting != Waiting::Never || self.virtual_clock.is_some() {
            return self.read(fd, buffer).map(Some);
        }
        let mut count = 0;
        while count < buffer.len() {
            let rest = &mut [IoSliceMut::new(&mut buffer[count..])];
            match rustix::io::preadv2(descriptor, rest, WHERE_IT_STANDS, ReadWriteFlags::NOWAIT) {
                Ok(0) => break,
                Ok(more) => count += more,
                Err(Errno::INTR) => {}
                // Not at hand; or a file system that does not say.
                Err(Errno::AGAIN | Errno::OPNOTSUPP | Errno::NOSYS | Errno::INVAL) => {
                    rustix::fs::seek(descriptor, rustix::fs::SeekFrom::Current(-(count as i64)))?;
                    return Ok(None);
                }
                Err(_) if count > 0 => break,
                Err(error) => return Err(error.into()),
            }
        }
        Ok(Some(count))
    }

    fn fetch_aside(&mut self, fd: Fd, length: usize) -> Option<Fd> {
        let twin = rustix::io::fcntl_dupfd_cloexec(self.descriptor(fd).ok()?, 0).ok()?;
        let from = rustix::fs::tell(&twin).ok()?;
        self.aside(Ends::ByItself, move || Outcome::Done(fetch(&twin, from, length)))
    }

    fn synchronize(&mut self, fd: Fd) -> Result<()> {
        let descriptor = self.descriptor(fd)?;
        patiently(|| rustix::fs::fsync(descriptor))
    }

    fn synchronize_aside(&mut self, fd: Fd) -> Option<Fd> {
        let twin = rustix::io::fcntl_dupfd_cloexec(self.descriptor(fd).ok()?, 0).ok()?;
        self.aside(Ends::ByItself, move || Outcome::Done(patiently(|| rustix::fs::fsync(&twin))))
    }

    fn done_aside(&mut self, bell: Fd) -> Result<()> {
        match self.outcome(bell)? {
            Outcome::Done(how) => how,
            _ => Err(HostError::from_errno(libc::EBADF)),
        }
    }

    fn create_fifo(&mut self, path: &Path, mode: u32) -> Result<()> {
        let mode = Mode::from_raw_mode(mode);
        rustix::fs::mknodat(CWD, path, FileType::Fifo, mode, 0).map_err(HostError::from)
    }

    fn read(&mut self, fd: Fd, buffer: &mut [u8]) -> Result<usize> {
        self.wait_and(fd, PollFlags::IN, |fd| rustix::io::read(fd, &mut *buffer))
    }

    fn write(&mut self, fd: Fd, bytes: &[u8]) -> Result<usize> {
        self.wait_and(fd, PollFlags::OUT, |fd| rustix::io::write(fd, bytes))
    }

    fn seek(&mut self, fd: Fd, to: SeekFrom) -> Result<u64> {
        let to = match to {
            SeekFrom::Start(place) => rustix::fs::SeekFrom::Start(place),
            SeekFrom::Current(offset) => rustix::fs::SeekFrom::Current(offset),
            SeekFrom::End(offset) => rustix::fs::SeekFrom::End(offset),
        };
        Ok(rustix::fs::seek(self.descriptor(fd)?, to)?)
    }

    fn truncate(&mut self, fd: Fd, length: u64) -> Result<()> {
        Ok(rustix::fs::ftruncate(self.descriptor(fd)?, length)?)
    }

    fn close(&mut self, fd: Fd) -> Result<()> {
        self.descriptor(fd)?;
        // The number is a valid index: it was just looked up. What the kernel says to the closing is not known, and matters
        // only for files on a network.
        self.open[fd as usize] = None;
        Ok(())
    }

    fn duplicate(&mut self, fd: Fd) -> Result<Fd> {
        let descriptor = self.descriptor(fd)?;
        let waiting = descriptor.waiting;
        let twin = rustix::io::fcntl_dupfd_cloexec(descriptor, 0)?;
        Ok(self.keep(twin, waiting))
    }

    fn duplicate_onto(&mut self, fd: Fd, target: Fd) -> Result<()> {
        let source = self.descriptor(fd)?;
        if fd == target {
            return Ok(());
        }
        let (waiting, index) =
            (source.waiting, usize::try_from(target).map_err(|_| HostError::from_errno(libc::EBADF))?);
        if let Some(Some(there)) = self.open.get_mut(index)
            && matches!(there.handle, Handle::Standard(_))
        {
            there.waiting = Waiting::Before;
            let source = self.descriptor(fd)?;
            return Ok(match target {
                0 => rustix::stdio::dup2_stdin(source),
                1 => rustix::stdio::dup2_stdout(source),
                _ => rustix::stdio::dup2_stderr(source),
            }?);
        }
        // What the program has open there goes. A number that is not free then is one this process has for itself.
        if let Some(there) = self.open.get_mut(index) {
            *there = None;
        }
        let twin = rustix::io::fcntl_dupfd_cloexec(self.descriptor(fd)?, target)?;
        if twin.as_raw_fd() != target {
            return Err(HostError::from_errno(libc::EBUSY));
        }
        self.keep(twin, waiting);
        Ok(())
    }

    fn is_inheritable(&mut self, fd: Fd) -> Result<bool> {
        let descriptor = self.descriptor(fd)?;
        Ok(descriptor.inheritable || matches!(descriptor.handle, Handle::Standard(_)))
    }

    fn set_inheritable(&mut self, fd: Fd, inheritable: bool) -> Result<()> {
        self.descriptor_mut(fd)?.inheritable = inheritable;
        Ok(())
    }

    fn writer(&mut self, fd: Fd) -> Result<Box<dyn std::io::Write + Send>> {
        let descriptor = self.descriptor(fd)?;
        // Its number is out of the way: the program's descriptors have the numbers they would have without it.
        let twin = rustix::io::fcntl_dupfd_cloexec(descriptor, OUT_OF_THE_WAY)
            .or_else(|_| rustix::io::fcntl_dupfd_cloexec(descriptor, 0))?;
        Ok(Box::new(std::fs::File::from(twin)))
    }

    fn isatty(&mut self, fd: Fd) -> bool {
        self.descriptor(fd).is_ok_and(rustix::termios::isatty)
    }

    fn fstat(&mut self, fd: Fd) -> Result<FileStatus> {
        Ok(status(&rustix::fs::fstat(self.descriptor(fd)?)?))
    }

    fn stat(&mut self, path: &Path, follow: bool) -> Result<FileStatus> {
        let outcome = match follow {
            true => rustix::fs::stat(path),
            false => rustix::fs::lstat(path),
        };
        outcome.map(|stat| status(&stat)).map_err(|error| HostError::from(error).at(path))
    }

    fn list_dir(&mut self, path: &Path) -> Result<Vec<OsString>> {
        let names = || -> std::io::Result<Vec<OsString>> {
            let mut names: Vec<_> = std::fs::read_dir(path)?
                .map(|entry| entry.map(|entry| entry.file_name()))
                .collect::<std::io::Result<_>>()?;
            names.sort();
            Ok(names)
        };
        names().map_err(|error| HostError::from(error).at(path))
    }

    fn create_dir(&mut self, path: &Path, mode: u32) -> Result<()> {
        rustix::fs::mkdir(path, Mode::from_raw_mode(mode)).map_err(|error| HostError::from(error).at(path))
    }

    fn remove_file(&mut self, path: &Path) -> Result<()> {
        rustix::fs::unlink(path).map_err(|error| HostError::from(error).at(path))
    }

    fn remove_dir(&mut self, path: &Path) -> Result<()> {
        rustix::fs::unlinkat(CWD, path, AtFlags::REMOVEDIR).map_err(|error| HostError::from(error).at(path))
    }

    fn rename(&mut self, from: &Path, to: &Path) -> Result<()> {
        rustix::fs::rename(from, to).map_err(|error| HostError::from(error).at(from))
    }

    fn read_link(&mut self, path: &Path) -> Result<PathBuf> {
        let target = rustix::fs::readlink(path, Vec::new()).map_err(|error| HostError::from(error).at(path))?;
        Ok(PathBuf::from(OsString::from_vec(target.into_bytes())))
    }

    fn make_link(&mut self, target: &Path, path: &Path) -> Result<()> {
        rustix::fs::symlink(target, path).map_err(|error| HostError::from(error).at(path))
    }

    fn real_path(&mut self, path: &Path) -> Result<PathBuf> {
        std::fs::canonicalize(path).map_err(|error| HostError::from(error).at(path))
    }

    fn add_name(&mut self, path: &Path, name: &Path) -> Result<()> {
        rustix::fs::link(path, name).map_err(|error| HostError::from(error).at(path))
    }

    fn set_permissions(&mut self, path: &Path, mode: u32) -> Result<()> {
        rustix::fs::chmod(path, Mode::from_raw_mode(mode)).map_err(|error| HostError::from(error).at(path))
    }

    fn set_times(&mut self, path: &Path, times: Option<(i64, i64)>, follow: bool) -> Result<()> {
        let time = |ns: Option<i64>| match ns {
            Some(ns) => Timespec { tv_sec: ns.div_euclid(1_000_000_000), tv_nsec: ns.rem_euclid(1_000_000_000) as _ },
            None => Timespec { tv_sec: 0, tv_nsec: rustix::fs::UTIME_NOW as _ },
        };
        let times = Timestamps {
            last_access: time(times.map(|times| times.0)),
            last_modification: time(times.map(|times| times.1)),
        };
        let flags = if follow { AtFlags::empty() } else { AtFlags::SYMLINK_NOFOLLOW };
        rustix::fs::utimensat(CWD, path, &times, flags).map_err(|error| HostError::from(error).at(path))
    }

    fn may(&mut self, path: &Path, how: u32) -> bool {
        let how = rustix::fs::Access::from_bits_retain(how);
        rustix::fs::access(path, how).is_ok()
    }

    fn disk_space(&mut self, path: &Path) -> Result<[u64; 3]> {
        let space = rustix::fs::statvfs(path).map_err(|error| HostError::from(error).at(path))?;
        Ok([space.f_blocks, space.f_bfree, space.f_bavail].map(|blocks| blocks.saturating_mul(space.f_frsize)))
    }

    fn terminal_size(&mut self, fd: Fd) -> Result<(u16, u16)> {
        let size = rustix::termios::tcgetwinsize(self.descriptor(fd)?)?;
        Ok((size.ws_col, size.ws_row))
    }

    fn adopt(&mut self, fd: OwnedFd) -> Result<Fd> {
        Ok(self.keep(fd, Waiting::Before))
    }

    fn pipe(&mut self) -> Result<(Fd, Fd)> {
        let (reading, writing) = rustix::pipe::pipe_with(rustix::pipe::PipeFlags::CLOEXEC)?;
        Ok((self.keep(reading, Waiting::Before), self.keep(writing, Waiting::Before)))
    }

    fn set_blocking(&mut self, fd: Fd, blocking: bool) -> Result<()> {
        let descriptor = self.descriptor_mut(fd)?;
        descriptor.waiting = match (descriptor.waiting, blocking) {
            (Waiting::Before, false) => {
                rustix::io::ioctl_fionbio(descriptor.as_fd(), true)?;
                Waiting::Refused
            }
            (Waiting::Refused, true) if fd <= 2 => {
                // Shared with the process that started us, which expects to find it as it was.
                rustix::io::ioctl_fionbio(descriptor.as_fd(), false)?;
                Waiting::Before
            }
            (Waiting::Between, false) => Waiting::Refused,
            (Waiting::Refused, true) => Waiting::Between,
            (as_it_is, _) => as_it_is,
        };
        Ok(())
    }

    fn is_blocking(&mut self, fd: Fd) -> Result<bool> {
        Ok(self.descriptor(fd)?.waiting != Waiting::Refused)
    }
}

impl RealHost {
    /// Enter a file that was opened in this way into the table.
    fn enter(&mut self, file: OwnedFd, path: &Path, how: Open) -> Result<Fd> {
        let kind = FileType::from_raw_mode(rustix::fs::fstat(&file)?.st_mode);
        let waiting = match kind {
            FileType::Directory if !how.directory => return Err(HostError::from_errno(libc::EISDIR).at(path)),
            FileType::RegularFile | FileType::Directory | FileType::BlockDevice => Waiting::Never,
            _ if how.also & libc::O_NONBLOCK != 0 => Waiting::Refused,
            _ => Waiting::Before,
        };
        Ok(self.keep(file, waiting))
    }
}

/// For `preadv2`: read where the file stands, and move on.
const WHERE_IT_STANDS: u64 = u64::MAX;

/// So much is fetched at a time.
const PIECE: usize = 1 << 18;

fn open(path: &Path, how: Open) -> rustix::io::Result<OwnedFd> {
    rustix::fs::open(path, flags(how), Mode::from_raw_mode(how.permissions.unwrap_or(0o666)))
}

/// Have the system keep so much of a file in memory. What goes wrong is found by whoever reads it.
fn fetch(file: &OwnedFd, from: u64, length: usize) -> Result<()> {
    let mut piece = vec![0; length.min(PIECE)];
    let end = from.saturating_add(length as u64);
    let mut place = from;
    while place < end {
        match patiently(|| rustix::io::pread(file, &mut *piece, place))? {
            0 => break,
            count => place += count as u64,
        }
    }
    Ok(())
}

/// Make a call again that a signal has ended: it was not meant for this thread.
fn patiently<T>(mut call: impl FnMut() -> rustix::io::Result<T>) -> Result<T> {
    loop {
        match call() {
            Err(Errno::INTR) => {}
            outcome => return Ok(outcome?),
        }
    }
}

/// What the system calls this way of opening.
fn flags(how: Open) -> OFlags {
    let mut flags = OFlags::CLOEXEC
        | OFlags::from_bits_retain(how.also as _)
        | match (how.read, how.write || how.append) {
            (true, true) => OFlags::RDWR,
            (false, true) => OFlags::WRONLY,
            (_, false) => OFlags::RDONLY,
        };
    flags.set(OFlags::APPEND, how.append);
    flags.set(OFlags::CREATE, how.create || how.create_new);
    flags.set(OFlags::EXCL, how.create_new);
    flags.set(OFlags::TRUNC, how.truncate);
    flags
}

/// What we tell of a file. The fields' widths differ between systems, hence the casts.
#[allow(clippy::unnecessary_cast)]
fn status(stat: &Stat) -> FileStatus {
    let time = |seconds: i64, nanoseconds: i64| seconds.saturating_mul(1_000_000_000).saturating_add(nanoseconds);
    FileStatus {
        mode: stat.st_mode as u32,
        size: stat.st_size as u64,
        inode: stat.st_ino as u64,
        device: stat.st_dev as u64,
        links: stat.st_nlink as u64,
        uid: stat.st_uid as u32,
        gid: stat.st_gid as u32,
        accessed_ns: time(stat.st_atime as i64, stat.st_atime_nsec as i64),
        modified_ns: time(stat.st_mtime as i64, stat.st_mtime_nsec as i64),
        changed_ns: time(stat.st_ctime as i64, stat.st_ctime_nsec as i64),
    }
}
