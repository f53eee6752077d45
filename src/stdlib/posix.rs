//! `posix`: what `os` asks of the host.

use super::structseq::{self, StructSequence};
use super::threads::{aside, let_others_run};
use super::{host_error, module as new_module, os_bytes, os_text, processes};
use crate::builtins::text::buffer_arg;
use crate::builtins::{install_functions, natives};
use crate::host::{Events, Fd, FileStatus, HostError, Open};
use crate::memory;
use crate::object::{Bytes, Dict, Exception, Module, Ref, Str, Value, intern};
use crate::text::wtf8;
use crate::vm::arguments::arg;
use crate::vm::{Exit, NativeResult, Vm};
use std::ffi::{OsStr, OsString};
use std::io::SeekFrom;
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::path::PathBuf;
use std::time::Duration;

natives! {
    FUNCTIONS {
        /// The file system's form of a path: a str or bytes.
        "fspath(path)" => fspath;
        /// The current directory.
        "getcwd()" => getcwd;
        "chdir(path)" => chdir;
        "getpid()" => getpid;
        /// End the program there and then: no `finally` runs, nothing registered is called, nothing is flushed.
        "_exit(status)" => exit;
        /// Send a signal to a process.
        "kill(pid, signal, /)" => kill;
        /// Unpredictable bytes.
        "urandom(size, /)" => urandom;
        "strerror(code, /)" => strerror;
        "stat(path, *, dir_fd=None, follow_symlinks=True)" => stat;
        "lstat(path, *, dir_fd=None)" => lstat;
        "fstat(fd)" => fstat;
        "listdir(path=None)" => listdir;
        "mkdir(path, mode=511, *, dir_fd=None)" => mkdir;
        /// Make a FIFO.
        "mkfifo(path, mode=438, *, dir_fd=None)" => mkfifo;
        "rmdir(path, *, dir_fd=None)" => rmdir;
        "unlink(path, *, dir_fd=None)" => unlink;
        "remove(path, *, dir_fd=None)" => unlink;
        "rename(src, dst, *, src_dir_fd=None, dst_dir_fd=None)" => rename;
        "replace(src, dst, *, src_dir_fd=None, dst_dir_fd=None)" => rename;
        /// What a symbolic link holds.
        "readlink(path, *, dir_fd=None)" => readlink;
        /// Make a symbolic link to `src` named `dst`.
        "symlink(src, dst, target_is_directory=False, *, dir_fd=None)" => symlink;
        /// Make a hard link to a file.
        "link(src, dst, *, src_dir_fd=None, dst_dir_fd=None, follow_symlinks=True)" => link;
        /// Change the permissions of a file.
        "chmod(path, mode, *, dir_fd=None, follow_symlinks=True)" => chmod;
        "_utime(path, accessed, modified, follow, /)" => utime;
        "access(path, mode, *, dir_fd=None, effective_ids=False, follow_symlinks=True)" => access;
        "umask(mask, /)" => umask;
        "_disk_space(path, /)" => disk_space;
        /// How many columns and lines a terminal has.
        "get_terminal_size(fd=1, /)" => terminal_size;
        /// What the system says of itself.
        "uname()" => system_names;
        "getuid()" => getuid;
        "getgid()" => getgid;
        "geteuid()" => geteuid;
        "getegid()" => getegid;
        "getppid()" => getppid;
        "isatty(fd, /)" => isatty;
        "close(fd)" => close;
        "open(path, flags, mode=511, *, dir_fd=None)" => open;
        "lseek(fd, position, how, /)" => lseek;
        "ftruncate(fd, length)" => ftruncate;
        "read(fd, length, /)" => read;
        /// Have the disk hold what was written to a file.
        "fsync(fd)" => fsync;
        "write(fd, data, /)" => write;
        "pipe()" => pipe;
        "dup(fd, /)" => dup;
        "dup2(fd, fd2, inheritable=True)" => dup2;
        "get_inheritable(fd, /)" => get_inheritable;
        "set_inheritable(fd, inheritable, /)" => set_inheritable;
        "set_blocking(fd, blocking, /)" => set_blocking;
        "get_blocking(fd, /)" => get_blocking;
        "_putenv(name, value, /)" => putenv;
    }
}

static OPEN_FLAGS: &[(&str, i32)] = &[
    ("O_RDONLY", libc::O_RDONLY),
    ("O_WRONLY", libc::O_WRONLY),
    ("O_RDWR", libc::O_RDWR),
    ("O_APPEND", libc::O_APPEND),
    ("O_CREAT", libc::O_CREAT),
    ("O_EXCL", libc::O_EXCL),
    ("O_TRUNC", libc::O_TRUNC),
    ("O_CLOEXEC", libc::O_CLOEXEC),
    ("O_NONBLOCK", libc::O_NONBLOCK),
    ("O_SYNC", libc::O_SYNC),
    ("O_DIRECTORY", libc::O_DIRECTORY),
    ("O_NOFOLLOW", libc::O_NOFOLLOW),
    ("EX_OK", 0),
    ("WNOHANG", libc::WNOHANG),
    ("WUNTRACED", libc::WUNTRACED),
    ("WCONTINUED", libc::WCONTINUED),
];

static STAT_RESULT: StructSequence = StructSequence {
    module: "os",
    name: "stat_result",
    key: "os.stat_result",
    fields: &[
        "st_mode",
        "st_ino",
        "st_dev",
        "st_nlink",
        "st_uid",
        "st_gid",
        "st_size",
        "st_atime_s",
        "st_mtime_s",
        "st_ctime_s",
    ],
    hidden: &["st_atime", "st_mtime", "st_ctime", "st_atime_ns", "st_mtime_ns", "st_ctime_ns"],
    constructible: true,
};

static TERMINAL_SIZE: StructSequence = StructSequence {
    module: "os",
    name: "terminal_size",
    key: "os.terminal_size",
    fields: &["columns", "lines"],
    hidden: &[],
    constructible: true,
};

static UNAME_RESULT: StructSequence = StructSequence {
    module: "posix",
    name: "uname_result",
    key: "posix.uname_result",
    fields: &["sysname", "nodename", "release", "version", "machine"],
    hidden: &[],
    constructible: true,
};

/// The module.
pub fn module(vm: &mut Vm) -> Ref<Module> {
    let module = new_module("posix", "", FUNCTIONS);
    install_functions(&module.dict, "posix", processes::FUNCTIONS);
    let environ = Dict::empty();
    for (name, value) in vm.host.env_all() {
        environ.set_str(&intern(&wtf8::escape(name.as_bytes())), os_text(&value));
    }
    module.set("environ", environ.into_value());
    module.set("stat_result", structseq::class_of(vm, &STAT_RESULT).into_value());
    module.set("terminal_size", structseq::class_of(vm, &TERMINAL_SIZE).into_value());
    module.set("uname_result", structseq::class_of(vm, &UNAME_RESULT).into_value());
    module.set("error", vm.types.os_error.value());
    for (name, number) in [("F_OK", 0), ("R_OK", 4), ("W_OK", 2), ("X_OK", 1)].iter().chain(OPEN_FLAGS) {
        module.set(name, Value::small(i64::from(*number)));
    }
    module
}

fn fspath(vm: &mut Vm, args: &[Value]) -> NativeResult {
    if args[0].native::<Str>().is_some() || args[0].native::<Bytes>().is_some() {
        return Ok(args[0].clone());
    }
    let class = vm.class_of(&args[0]);
    if class.lookup(&intern(b"__fspath__")).is_some_and(|method| !method.is_none()) {
        return vm.tail_prelude("fspath", args.to_vec());
    }
    let name = vm.shown_class(&class);
    Err(vm.type_error(format!("expected str, bytes or os.PathLike object, not {name}")))
}

/// The path in an argument; objects with `__fspath__` are asked first.
fn path_arg(vm: &mut Vm, args: &[Value], n: usize, function: &str) -> Result<PathBuf, Exit> {
    let bytes = match (args[n].native::<Str>(), args[n].native::<Bytes>()) {
        (Some(_), _) => os_bytes(vm, &args[n])?,
        (None, Some(bytes)) => bytes.data.to_vec(),
        (None, None) => {
            let class = vm.class_of(&args[n]);
            if class.lookup(&intern(b"__fspath__")).is_some() {
                return Err(vm.retry(args, n, "fspath"));
            }
            let name = class.name();
            return Err(vm.type_error(format!("{function}: path should be string, bytes or os.PathLike, not {name}")));
        }
    };
    if bytes.contains(&0) {
        return Err(vm.value_error(format!("{function}: embedded null character in path")));
    }
    Ok(PathBuf::from(OsString::from_vec(bytes)))
}

/// A refusal that concerns a path, which is shown as it was given.
fn refused(vm: &mut Vm, error: HostError, path: &Value) -> Exit {
    let exit = host_error(vm, HostError { filename: None, ..error });
    if let Exit::Raise(raised) = &exit
        && let Some(exception) = raised.get::<Exception>()
    {
        exception.members().set_str(&intern(b"filename"), path.clone());
    }
    exit
}

fn fd_arg(vm: &mut Vm, args: &[Value], n: usize) -> Result<i32, Exit> {
    match super::socket::descriptor(vm, &args[n])? {
        Some(fd) => Ok(fd),
        None => Err(vm.retry(args, n, "fileno_of")),
    }
}

fn getcwd(vm: &mut Vm, _: &[Value]) -> NativeResult {
    let path = vm.host.current_dir().map_err(|error| host_error(vm, error))?;
    Ok(os_text(path.as_os_str()))
}

fn chdir(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let path = path_arg(vm, args, 0, "chdir")?;
    vm.host.set_current_dir(&path).map_err(|error| refused(vm, error, &args[0]))?;
    Ok(Value::NONE)
}

fn exit(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let status = vm.index_arg(args, 0)?;
    match i32::try_from(status) {
        Ok(status) => Err(vm.end_with(status & 0xff)),
        Err(_) => Err(vm.overflow_error("Python int too large to convert to C int")),
    }
}

fn getpid(vm: &mut Vm, _: &[Value]) -> NativeResult {
    Ok(Value::small(i64::from(vm.host.process_id())))
}

fn kill(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let (process, signal) = (vm.index_arg(args, 0)?, vm.index_arg(args, 1)?);
    vm.host.send_signal(process as i32, signal as i32).map_err(|error| host_error(vm, error))?;
    Ok(Value::NONE)
}

fn urandom(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let Ok(size) = usize::try_from(vm.index_arg(args, 0)?) else {
        return Err(vm.value_error("negative argument not allowed"));
    };
    let mut bytes = memory::vector(size).map_err(|_| vm.no_memory())?;
    bytes.resize(size, 0);
    vm.host.entropy(&mut bytes).map_err(|error| host_error(vm, error))?;
    Ok(Value::bytes(bytes))
}

fn strerror(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let code = vm.index_arg(args, 0)?;
    Ok(Value::str(crate::host::strerror(code as i32)))
}

fn status(vm: &mut Vm, status: &FileStatus) -> Value {
    let times = [status.accessed_ns, status.modified_ns, status.changed_ns];
    let number = |n: u64| Value::int(n as i64);
    let mut items = vec![
        Value::small(i64::from(status.mode)),
        number(status.inode),
        number(status.device),
        number(status.links),
        Value::small(i64::from(status.uid)),
        Value::small(i64::from(status.gid)),
        number(status.size),
    ];
    items.extend(times.map(|ns| Value::int(ns.div_euclid(1_000_000_000))));
    let floats = times.map(|ns| Value::float(ns as f64 / 1e9));
    let hidden = floats.into_iter().chain(times.map(Value::int)).collect();
    structseq::value(vm, &STAT_RESULT, items, hidden)
}

fn stat(vm: &mut Vm, args: &[Value]) -> NativeResult {
    if args[0].is_integer() {
        return fstat(vm, args);
    }
    let path = path_arg(vm, args, 0, "stat")?;
    let follow = arg(args, 2).is_none_or(|value| vm.native_truth(value).unwrap_or(true));
    let found = vm.host.stat(&path, follow).map_err(|error| refused(vm, error, &args[0]))?;
    Ok(status(vm, &found))
}

fn lstat(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let path = path_arg(vm, args, 0, "lstat")?;
    let found = vm.host.stat(&path, false).map_err(|error| refused(vm, error, &args[0]))?;
    Ok(status(vm, &found))
}

fn fstat(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let fd = fd_arg(vm, args, 0)?;
    let found = vm.host.fstat(fd).map_err(|error| host_error(vm, error))?;
    Ok(status(vm, &found))
}

fn listdir(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let path = match crate::vm::arguments::arg_or_none(args, 0) {
        Some(_) => path_arg(vm, args, 0, "listdir")?,
        None => PathBuf::from("."),
    };
    let names = vm.host.list_dir(&path).map_err(|error| refused(vm, error, &args[0]))?;
    // Asked in bytes, it answers in bytes.
    let in_bytes = args[0].native::<Bytes>().is_some();
    let shown = |name: &OsString| match in_bytes {
        true => Value::bytes(name.as_bytes()),
        false => os_text(name),
    };
    Ok(Value::list(names.iter().map(shown).collect()))
}

fn mkdir(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let path = path_arg(vm, args, 0, "mkdir")?;
    let mode = if arg(args, 1).is_some() { vm.index_arg(args, 1)? } else { 0o777 };
    vm.host.create_dir(&path, mode as u32).map_err(|error| refused(vm, error, &args[0]))?;
    Ok(Value::NONE)
}

fn mkfifo(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let path = path_arg(vm, args, 0, "mkfifo")?;
    let mode = if arg(args, 1).is_some() { vm.index_arg(args, 1)? } else { 0o666 };
    vm.host.create_fifo(&path, mode as u32).map_err(|error| host_error(vm, error))?;
    Ok(Value::NONE)
}

fn rmdir(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let path = path_arg(vm, args, 0, "rmdir")?;
    vm.host.remove_dir(&path).map_err(|error| refused(vm, error, &args[0]))?;
    Ok(Value::NONE)
}

fn unlink(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let path = path_arg(vm, args, 0, "unlink")?;
    vm.host.remove_file(&path).map_err(|error| refused(vm, error, &args[0]))?;
    Ok(Value::NONE)
}

/// A refusal that concerns two paths.
fn error_of_two(vm: &mut Vm, error: HostError, args: &[Value]) -> Exit {
    let exit = host_error(vm, HostError { filename: None, ..error });
    if let Exit::Raise(raised) = &exit
        && let Some(exception) = raised.get::<Exception>()
    {
        exception.members().set_str(&intern(b"filename"), args[0].clone());
        exception.members().set_str(&intern(b"filename2"), args[1].clone());
    }
    exit
}

fn rename(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let (from, to) = (path_arg(vm, args, 0, "rename")?, path_arg(vm, args, 1, "rename")?);
    vm.host.rename(&from, &to).map_err(|error| error_of_two(vm, error, args))?;
    Ok(Value::NONE)
}

fn readlink(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let path = path_arg(vm, args, 0, "readlink")?;
    let target = vm.host.read_link(&path).map_err(|error| refused(vm, error, &args[0]))?;
    let target = target.as_os_str();
    Ok(if args[0].native::<Bytes>().is_some() { Value::bytes(target.as_bytes()) } else { os_text(target) })
}

fn symlink(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let (target, path) = (path_arg(vm, args, 0, "symlink")?, path_arg(vm, args, 1, "symlink")?);
    vm.host.make_link(&target, &path).map_err(|error| error_of_two(vm, error, args))?;
    Ok(Value::NONE)
}

fn link(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let (path, name) = (path_arg(vm, args, 0, "link")?, path_arg(vm, args, 1, "link")?);
    vm.host.add_name(&path, &name).map_err(|error| error_of_two(vm, error, args))?;
    Ok(Value::NONE)
}

fn chmod(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let path = path_arg(vm, args, 0, "chmod")?;
    let mode = vm.index_arg(args, 1)?;
    vm.host.set_permissions(&path, mode as u32).map_err(|error| refused(vm, error, &args[0]))?;
    Ok(Value::NONE)
}

/// `os.utime`, with times in nanoseconds or, for now, `None`.
fn utime(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let path = path_arg(vm, args, 0, "utime")?;
    let times = match args[1].is_none() {
        true => None,
        false => Some((vm.index_arg(args, 1)?, vm.index_arg(args, 2)?)),
    };
    let follow = args[3].as_bool().unwrap_or(true);
    vm.host.set_times(&path, times, follow).map_err(|error| refused(vm, error, &args[0]))?;
    Ok(Value::NONE)
}

fn access(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let path = path_arg(vm, args, 0, "access")?;
    let how = vm.index_arg(args, 1)?;
    Ok(Value::bool(vm.host.may(&path, how as u32)))
}

fn umask(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let mask = vm.index_arg(args, 0)?;
    let before = vm.host.set_umask(mask as u32).map_err(|error| host_error(vm, error))?;
    Ok(Value::small(i64::from(before)))
}

fn disk_space(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let path = path_arg(vm, args, 0, "disk_usage")?;
    let space = vm.host.disk_space(&path).map_err(|error| refused(vm, error, &args[0]))?;
    Ok(Value::tuple(space.iter().map(|bytes| Value::int(*bytes as i64)).collect()))
}

fn terminal_size(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let fd = if arg(args, 0).is_some() { fd_arg(vm, args, 0)? } else { 1 };
    let (columns, lines) = vm.host.terminal_size(fd).map_err(|error| host_error(vm, error))?;
    let items = [columns, lines].map(|count| Value::small(i64::from(count)));
    Ok(structseq::value(vm, &TERMINAL_SIZE, items.to_vec(), Vec::new()))
}

fn system_names(vm: &mut Vm, _: &[Value]) -> NativeResult {
    let names = vm.host.system_names().iter().map(|name| Value::str(name.as_bytes())).collect();
    Ok(structseq::value(vm, &UNAME_RESULT, names, Vec::new()))
}

fn getuid(vm: &mut Vm, _: &[Value]) -> NativeResult {
    Ok(Value::small(i64::from(vm.host.identity().user)))
}

fn getgid(vm: &mut Vm, _: &[Value]) -> NativeResult {
    Ok(Value::small(i64::from(vm.host.identity().group)))
}

fn geteuid(vm: &mut Vm, _: &[Value]) -> NativeResult {
    Ok(Value::small(i64::from(vm.host.identity().effective_user)))
}

fn getegid(vm: &mut Vm, _: &[Value]) -> NativeResult {
    Ok(Value::small(i64::from(vm.host.identity().effective_group)))
}

fn getppid(vm: &mut Vm, _: &[Value]) -> NativeResult {
    Ok(Value::small(i64::from(vm.host.identity().parent)))
}

fn isatty(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let fd = vm.index_arg(args, 0)? as i32;
    Ok(Value::bool(vm.host.isatty(fd)))
}

fn close(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let fd = fd_arg(vm, args, 0)?;
    vm.host.close(fd).map_err(|error| host_error(vm, error))?;
    Ok(Value::NONE)
}

/// The flags that the fields of [`Open`] stand for.
const OTHERWISE_SAID: i32 = libc::O_ACCMODE | libc::O_APPEND | libc::O_CREAT | libc::O_EXCL | libc::O_TRUNC;

fn is_fifo(status: crate::host::Result<FileStatus>) -> bool {
    status.is_ok_and(|status| status.mode & libc::S_IFMT == libc::S_IFIFO)
}

fn open(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let path = path_arg(vm, args, 0, "open")?;
    let flags = vm.index_arg(args, 1)?;
    let permissions = if arg(args, 2).is_some() { vm.index_arg(args, 2)? } else { 0o777 };
    let has = |flag: i32| flags & i64::from(flag) != 0;
    let access = flags & i64::from(libc::O_ACCMODE);
    let how = Open {
        read: access != i64::from(libc::O_WRONLY),
        write: access != i64::from(libc::O_RDONLY),
        append: has(libc::O_APPEND),
        create: has(libc::O_CREAT),
        create_new: has(libc::O_CREAT) && has(libc::O_EXCL),
        truncate: has(libc::O_TRUNC),
        directory: true,
        also: flags as i32 & !OTHERWISE_SAID,
        permissions: Some(permissions as u32),
    };
    let waits = !has(libc::O_NONBLOCK) && !vm.threads.is_alone() && is_fifo(vm.host.stat(&path, true));
    let bell = if waits { aside(vm, args, 4, |host| host.open_aside(&path, how))? } else { None };
    let opened = match bell {
        Some(bell) => vm.host.opened_aside(bell, &path),
        None => vm.host.open(&path, how),
    };
    let fd = opened.map_err(|error| refused(vm, error, &args[0]))?;
    Ok(Value::small(i64::from(fd)))
}

fn lseek(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let fd = fd_arg(vm, args, 0)?;
    let (offset, whence) = (vm.index_arg(args, 1)?, vm.index_arg(args, 2)?);
    let to = match (whence, u64::try_from(offset)) {
        (0, Ok(place)) => SeekFrom::Start(place),
        (1, _) => SeekFrom::Current(offset),
        (2, _) => SeekFrom::End(offset),
        _ => return Err(vm.os_error(libc::EINVAL, "Invalid argument", None)),
    };
    let place = vm.host.seek(fd, to).map_err(|error| host_error(vm, error))?;
    Ok(Value::int(place as i64))
}

fn ftruncate(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let fd = fd_arg(vm, args, 0)?;
    let Ok(length) = u64::try_from(vm.index_arg(args, 1)?) else {
        return Err(vm.os_error(libc::EINVAL, "Invalid argument", None));
    };
    vm.host.truncate(fd, length).map_err(|error| host_error(vm, error))?;
    Ok(Value::NONE)
}

/// What has gone wrong; where a signal has ended the wait, it is dealt with, and the call made again.
fn interrupted(vm: &mut Vm, error: HostError, args: &[Value]) -> Exit {
    if error.is(libc::EINTR) { vm.again(args.to_vec()) } else { host_error(vm, error) }
}

fn read(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let fd = fd_arg(vm, args, 0)?;
    let Ok(length) = usize::try_from(vm.index_arg(args, 1)?) else {
        return Err(vm.os_error(libc::EINVAL, "Invalid argument", None));
    };
    if args.len() == 2 && vm.host.is_blocking(fd).unwrap_or(false) {
        let_others_run(vm, || args.to_vec(), &[(fd, Events::READ)], None, false)?;
    }
    let mut buffer = memory::vector(length).map_err(|_| vm.no_memory())?;
    buffer.resize(length, 0);
    let fetched = args.len() > 2;
    let at_hand = match fetched || vm.threads.is_alone() {
        true => None,
        false => vm.host.read_at_hand(fd, &mut buffer).map_err(|error| interrupted(vm, error, args))?,
    };
    let count = match at_hand {
        Some(count) => count,
        None => {
            if let Some(bell) = aside(vm, args, 2, |host| host.fetch_aside(fd, length))? {
                // What has gone wrong there goes wrong here again.
                let _ = vm.host.done_aside(bell);
            }
            vm.host.read(fd, &mut buffer).map_err(|error| interrupted(vm, error, &args[..2]))?
        }
    };
    buffer.truncate(count);
    Ok(Value::bytes(buffer))
}

fn fsync(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let fd = fd_arg(vm, args, 0)?;
    let done = match aside(vm, args, 1, |host| host.synchronize_aside(fd))? {
        Some(bell) => vm.host.done_aside(bell),
        None => vm.host.synchronize(fd),
    };
    done.map_err(|error| host_error(vm, error))?;
    Ok(Value::NONE)
}

fn write(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let fd = fd_arg(vm, args, 0)?;
    let data = buffer_arg(vm, &args[1])?;
    let patient = !vm.threads.is_alone() && vm.host.is_blocking(fd).unwrap_or(false);
    let count = match patient {
        true => write_among_others(vm, args, fd, &data)?,
        false => vm.host.write(fd, &data).map_err(|error| interrupted(vm, error, args))?,
    };
    Ok(Value::size(count))
}

/// What a pipe that is writable takes without waiting.
const PIPE_TAKES: usize = libc::PIPE_BUF;

/// Write while other threads could run: one of them may be who reads. A pipe gets no more than there is room for.
fn write_among_others(vm: &mut Vm, args: &[Value], fd: Fd, data: &[u8]) -> Result<usize, Exit> {
    let room = &[(fd, Events::WRITE)];
    let_others_run(vm, || args.to_vec(), room, None, false)?;
    let piece = if is_fifo(vm.host.fstat(fd)) { PIPE_TAKES } else { data.len().max(1) };
    let mut count = 0;
    loop {
        let rest = &data[count..];
        count += vm.host.write(fd, &rest[..rest.len().min(piece)]).map_err(|error| host_error(vm, error))?;
        if count >= data.len() || piece >= data.len() {
            return Ok(count);
        }
        if vm.host.poll(room, Some(Duration::ZERO)).is_ok_and(|ready| ready.is_empty()) {
            return Ok(count);
        }
    }
}

fn pipe(vm: &mut Vm, _: &[Value]) -> NativeResult {
    let (reader, writer) = vm.host.pipe().map_err(|error| host_error(vm, error))?;
    Ok(Value::tuple(vec![Value::small(i64::from(reader)), Value::small(i64::from(writer))]))
}

fn dup(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let fd = fd_arg(vm, args, 0)?;
    let copy = vm.host.duplicate(fd).map_err(|error| host_error(vm, error))?;
    Ok(Value::small(i64::from(copy)))
}

fn dup2(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let (fd, target) = (fd_arg(vm, args, 0)?, fd_arg(vm, args, 1)?);
    let Some(inheritable) = arg(args, 2).map_or(Some(true), |given| vm.native_truth(given)) else {
        return Err(vm.retry(args, 2, "to_bool"));
    };
    vm.host.duplicate_onto(fd, target).map_err(|error| host_error(vm, error))?;
    if fd != target {
        vm.host.set_inheritable(target, inheritable).map_err(|error| host_error(vm, error))?;
    }
    Ok(Value::small(i64::from(target)))
}

fn get_inheritable(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let fd = fd_arg(vm, args, 0)?;
    let inheritable = vm.host.is_inheritable(fd).map_err(|error| host_error(vm, error))?;
    Ok(Value::bool(inheritable))
}

fn set_inheritable(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let fd = fd_arg(vm, args, 0)?;
    let Some(inheritable) = vm.native_truth(&args[1]) else { return Err(vm.retry(args, 1, "to_bool")) };
    vm.host.set_inheritable(fd, inheritable).map_err(|error| host_error(vm, error))?;
    Ok(Value::NONE)
}

fn set_blocking(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let fd = fd_arg(vm, args, 0)?;
    let Some(blocking) = vm.native_truth(&args[1]) else { return Err(vm.retry(args, 1, "to_bool")) };
    vm.host.set_blocking(fd, blocking).map_err(|error| host_error(vm, error))?;
    Ok(Value::NONE)
}

fn get_blocking(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let fd = fd_arg(vm, args, 0)?;
    let blocking = vm.host.is_blocking(fd).map_err(|error| host_error(vm, error))?;
    Ok(Value::bool(blocking))
}

fn putenv(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let text = |value: &Value| {
        super::str_of(vm, value, "str expected, not {}")?;
        os_bytes(vm, value)
    };
    let name = text(&args[0])?;
    let value = if args[1].is_none() { None } else { Some(text(&args[1])?) };
    vm.host.env_set(OsStr::from_bytes(&name), value.as_deref().map(OsStr::from_bytes));
    Ok(Value::NONE)
}
