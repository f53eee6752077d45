//! `select`: waiting for descriptors. `selectors` and everything above it stand on this.

use super::socket::{close_orphans, descriptor};
use super::threads::let_others_run;
use super::time::nanoseconds;
use super::{class, host_error, kept_class, module as new_module};
use crate::builtins::{getsets, install_class_methods, install_getsets, install_methods, install_static, natives};
use crate::host::{Events, Fd};
use crate::object::{Foreign, Module, NativeObject, Ref, Type, TypeFlags, Value};
use crate::vm::arguments::{arg, arg_or_none};
use crate::vm::{Exit, NativeResult, Vm};
use std::cell::{Cell, RefCell};
use std::time::Duration;

/// `epoll`: a poller of the host.
struct Epoll {
    fd: Cell<Fd>,
}

impl NativeObject for Epoll {
    fn visit(&self, _: &mut dyn FnMut(&Value)) {}
    fn clear(&self) {}
    fn dropped(&self) {
        super::socket::abandon(self.fd.replace(-1));
    }
}

/// `poll`: descriptors and interests, in the order they were registered.
struct Poll {
    watched: RefCell<Vec<(Fd, Events)>>,
}

impl NativeObject for Poll {
    fn visit(&self, _: &mut dyn FnMut(&Value)) {}
    fn clear(&self) {}
}

natives! {
    FUNCTIONS {
        /// Wait until one of the descriptors is ready: lists of the readable, the writable, the exceptional.
        "select(rlist, wlist, xlist, timeout=None, /)" => select;
        /// A new polling object.
        "poll()" => poll;
    }
    EPOLL_METHODS {
        /// Watch a descriptor.
        "register(self, fd, eventmask=EPOLLIN | EPOLLPRI | EPOLLOUT)" => register;
        /// Change what a descriptor is watched for.
        "modify(self, fd, eventmask)" => modify;
        /// End the watch of a descriptor.
        "unregister(self, fd)" => unregister;
        /// Wait for events: a list of (fd, events).
        "poll(self, timeout=None, maxevents=-1)" => epoll_poll;
        /// Close the poller.
        "close(self)" => close;
        /// The number of the poller's own descriptor.
        "fileno(self)" => fileno;
        "__enter__(self)" => enter;
        "__exit__(self, *args)" => exit;
    }
    EPOLL_NEW {
        "__new__(cls, sizehint=-1, flags=0)" => epoll_new;
    }
    EPOLL_CLASS_METHODS {
        "fromfd(cls, fd)" => fromfd;
    }
    POLL_METHODS {
        "register(self, fd, eventmask=POLLIN | POLLPRI | POLLOUT, /)" => poll_register;
        "modify(self, fd, eventmask, /)" => poll_modify;
        "unregister(self, fd, /)" => poll_unregister;
        "poll(self, timeout=None, /)" => poll_poll;
    }
}

getsets! {
    EPOLL_ATTRIBUTES {
        "closed" => closed;
    }
}

static CONSTANTS: &[(&str, i64)] = &[
    ("EPOLLIN", 0x1),
    ("EPOLLPRI", 0x2),
    ("EPOLLOUT", 0x4),
    ("EPOLLERR", 0x8),
    ("EPOLLHUP", 0x10),
    ("EPOLLRDNORM", 0x40),
    ("EPOLLRDBAND", 0x80),
    ("EPOLLWRNORM", 0x100),
    ("EPOLLWRBAND", 0x200),
    ("EPOLLMSG", 0x400),
    ("EPOLLRDHUP", 0x2000),
    ("EPOLLEXCLUSIVE", 1 << 28),
    ("EPOLLWAKEUP", 1 << 29),
    ("EPOLLONESHOT", 1 << 30),
    ("EPOLLET", 1 << 31),
    ("EPOLL_CLOEXEC", 0x80000),
    ("POLLIN", 0x1),
    ("POLLPRI", 0x2),
    ("POLLOUT", 0x4),
    ("POLLERR", 0x8),
    ("POLLHUP", 0x10),
    ("POLLNVAL", 0x20),
    ("POLLRDNORM", 0x40),
    ("POLLRDBAND", 0x80),
    ("POLLWRNORM", 0x100),
    ("POLLWRBAND", 0x200),
    ("POLLMSG", 0x400),
    ("POLLRDHUP", 0x2000),
    ("PIPE_BUF", 4096),
];

fn epoll_class(vm: &mut Vm) -> Ref<Type> {
    kept_class(vm, "select.epoll", |vm| {
        let made = class("select", "epoll", &vm.types.object, TypeFlags::FINAL);
        install_methods(&made, EPOLL_METHODS);
        install_static(&made, EPOLL_NEW);
        install_class_methods(&made, EPOLL_CLASS_METHODS);
        install_getsets(&made, EPOLL_ATTRIBUTES);
        made
    })
}

fn poll_class(vm: &mut Vm) -> Ref<Type> {
    kept_class(vm, "select.poll", |vm| {
        let made = class("select", "poll", &vm.types.object, TypeFlags::FINAL);
        install_methods(&made, POLL_METHODS);
        made
    })
}

/// The module.
pub fn module(vm: &mut Vm) -> Ref<Module> {
    let module = new_module("select", "Waiting for descriptors.", FUNCTIONS);
    module.set("epoll", epoll_class(vm).into_value());
    module.set("error", vm.types.os_error.value());
    for (name, number) in CONSTANTS {
        module.set(name, Value::int(*number));
    }
    module
}

/// How long to wait at most; `None` for ever. `unit` nanoseconds make one unit of the argument.
fn timeout(vm: &mut Vm, args: &[Value], n: usize, complaint: &str) -> Result<Option<i64>, Exit> {
    match arg_or_none(args, n) {
        None => Ok(None),
        Some(value) if value.as_number().is_none() && !value.is_integer() => {
            if vm.class_of(value).lookup(&vm.names.index).is_some() {
                return Err(vm.retry(args, n, "index"));
            }
            Err(vm.type_error(complaint))
        }
        Some(_) => nanoseconds(vm, args, n).map(Some),
    }
}

/// How a native that waits is called again: with these arguments, of which one is the timeout, in units of so many nanoseconds.
struct Again<'a> {
    args: &'a [Value],
    timeout: usize,
    unit: f64,
}

impl Again<'_> {
    fn with(&self, ns: i64) -> Vec<Value> {
        let mut args = self.args.to_vec();
        // It may not have been given.
        args.resize(args.len().max(self.timeout + 1), Value::default());
        args[self.timeout] = Value::float(ns.max(0) as f64 / self.unit);
        args
    }
}

/// Ask `question`, about what is `watched`, until it has an answer or the time is up; an interrupt that nobody wants only delays
/// it.
fn wait<T>(
    vm: &mut Vm,
    again: Again<'_>,
    watched: &[(Fd, Events)],
    ns: Option<i64>,
    mut question: impl FnMut(&mut Vm, Option<Duration>) -> crate::host::Result<T>,
) -> Result<T, Exit> {
    let deadline = ns.map(|ns| vm.host.monotonic_ns().saturating_add(ns));
    let mut left = ns.map(|ns| Duration::from_nanos(ns.max(0) as u64));
    if ns != Some(0) {
        // Afterwards something has happened, or the time is up: it need not wait again.
        let_others_run(vm, || again.with(0), watched, deadline, false)?;
    }
    loop {
        match question(vm, left) {
            Err(error) if error.is(libc::EINTR) => {
                let rest = deadline.map(|deadline| deadline.saturating_sub(vm.host.monotonic_ns()));
                if vm.host.interrupted() {
                    return Err(vm.again(rest.map_or_else(|| again.args.to_vec(), |rest| again.with(rest))));
                }
                left = rest.map(|rest| Duration::from_nanos(rest.max(0) as u64));
            }
            outcome => return outcome.map_err(|error| host_error(vm, error)),
        }
    }
}

/// The system's sets have room for so many descriptors.
const SELECTABLE: Fd = libc::FD_SETSIZE as Fd;

fn select(vm: &mut Vm, args: &[Value]) -> NativeResult {
    // Objects with a `fileno` written in Python: the prelude asks them, and calls again with pairs.
    let mut lists = Vec::with_capacity(3);
    for n in 0..3 {
        let items = vm.sequence_view_arg(args, n, "arguments 1-3 must be sequences")?;
        lists.push(items.to_vec());
    }
    let mut watched: Vec<(Fd, Events)> = Vec::new();
    let mut places = Vec::new();
    let interests = [Events::READ, Events::WRITE, Events::PRIORITY];
    for (list, interest) in lists.iter().zip(interests) {
        for item in list {
            let Some(fd) = descriptor(vm, item)? else {
                let all = (0..4).map(|n| arg_or_none(args, n).cloned().unwrap_or(Value::NONE));
                return vm.tail_prelude("select_by_fileno", all.collect());
            };
            if fd >= SELECTABLE {
                return Err(vm.value_error("filedescriptor out of range in select()"));
            }
            places.push(watched.len());
            watched.push((fd, interest));
        }
    }
    let ns = timeout(vm, args, 3, "timeout must be a float or None")?;
    if ns.is_some_and(|ns| ns < 0) {
        return Err(vm.value_error("timeout must be non-negative"));
    }
    close_orphans(vm);
    let again = Again { args, timeout: 3, unit: 1e9 };
    let ready = wait(vm, again, &watched, ns, |vm, left| vm.host.poll(&watched, left))?;
    if ready.iter().any(|one| one.events.any(Events::INVALID)) {
        return Err(vm.os_error(libc::EBADF, "Bad file descriptor", None));
    }
    let mut number = 0;
    let mut answer = Vec::with_capacity(3);
    for list in lists {
        let mut chosen = Vec::new();
        for item in list {
            if ready.iter().any(|one| one.key == number) {
                chosen.push(item);
            }
            number += 1;
        }
        answer.push(Value::list(chosen));
    }
    Ok(Value::tuple(answer))
}

fn epoll_new(vm: &mut Vm, args: &[Value]) -> NativeResult {
    if arg(args, 1).is_some() {
        let hint = vm.index_arg(args, 1)?;
        if hint < -1 || hint == 0 {
            return Err(vm.value_error("negative sizehint"));
        }
    }
    let flags = if arg(args, 2).is_some() { vm.index_arg(args, 2)? } else { 0 };
    if flags & !i64::from(libc::EPOLL_CLOEXEC) != 0 {
        let class = vm.types.os_error.clone();
        return Err(vm.raise_with(&class, vec![Value::str("invalid flags")]));
    }
    close_orphans(vm);
    let fd = vm.host.poller().map_err(|error| host_error(vm, error))?;
    let class = epoll_class(vm);
    Ok(Foreign::value(&class, Epoll { fd: Cell::new(fd) }))
}

fn fromfd(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let fd = vm.index_arg(args, 1)?;
    let class = epoll_class(vm);
    Ok(Foreign::value(&class, Epoll { fd: Cell::new(fd as Fd) }))
}

/// The receiver's descriptor, while it is open.
fn poller(vm: &mut Vm, args: &[Value]) -> Result<Fd, Exit> {
    close_orphans(vm);
    match args[0].foreign::<Epoll>().map(|epoll| epoll.fd.get()) {
        Some(fd) if fd >= 0 => Ok(fd),
        _ => Err(vm.value_error("I/O operation on closed epoll object")),
    }
}

/// The descriptor in argument 1, and the interest in argument 2.
fn watch(vm: &mut Vm, args: &[Value], default: i64) -> Result<(Fd, Events), Exit> {
    let Some(fd) = descriptor(vm, &args[1])? else { return Err(vm.retry(args, 1, "fileno_of")) };
    let mask = match arg(args, 2) {
        Some(_) => vm.index_arg(args, 2)?,
        None => default,
    };
    match u32::try_from(mask) {
        Ok(mask) => Ok((fd, Events(mask))),
        Err(_) if mask < 0 => Err(vm.value_error("value must be positive")),
        Err(_) => Err(vm.overflow_error("Python int too large for C unsigned int")),
    }
}

fn register(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let poller = poller(vm, args)?;
    let (fd, events) = watch(vm, args, 0x7)?;
    vm.host.register(poller, fd, events, fd as u64).map_err(|error| host_error(vm, error))?;
    Ok(Value::NONE)
}

fn modify(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let poller = poller(vm, args)?;
    let (fd, events) = watch(vm, args, 0)?;
    vm.host.modify(poller, fd, events, fd as u64).map_err(|error| host_error(vm, error))?;
    Ok(Value::NONE)
}

fn unregister(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let poller = poller(vm, args)?;
    let Some(fd) = descriptor(vm, &args[1])? else { return Err(vm.retry(args, 1, "fileno_of")) };
    vm.host.unregister(poller, fd).map_err(|error| host_error(vm, error))?;
    Ok(Value::NONE)
}

fn epoll_poll(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let poller = poller(vm, args)?;
    let ns = timeout(vm, args, 1, "timeout must be an integer or None")?;
    // A negative timeout waits for ever.
    let ns = ns.filter(|ns| *ns >= 0);
    let most = match arg(args, 2) {
        Some(_) => vm.index_arg(args, 2)?,
        None => -1,
    };
    if most < -1 || most == 0 {
        return Err(vm.value_error(format!("maxevents must be greater than 0, got {most}")));
    }
    let most = if most == -1 { 1023 } else { most as usize };
    // Timeouts are whole milliseconds, rounded up, as the system call has them.
    let ns = ns.map(|ns| ns.saturating_add(999_999) / 1_000_000 * 1_000_000);
    let again = Again { args, timeout: 1, unit: 1e9 };
    let ready = wait(vm, again, &[(poller, Events::READ)], ns, |vm, left| vm.host.wait(poller, most, left))?;
    let pair =
        |one: &crate::host::Ready| Value::tuple(vec![Value::small(one.fd as i64), Value::small(one.events.0 as i64)]);
    Ok(Value::list(ready.iter().map(pair).collect()))
}

fn close(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let fd = args[0].foreign::<Epoll>().map_or(-1, |epoll| epoll.fd.replace(-1));
    if fd >= 0 {
        vm.host.close(fd).map_err(|error| host_error(vm, error))?;
    }
    Ok(Value::NONE)
}

fn fileno(vm: &mut Vm, args: &[Value]) -> NativeResult {
    Ok(Value::small(poller(vm, args)? as i64))
}

fn enter(vm: &mut Vm, args: &[Value]) -> NativeResult {
    poller(vm, args)?;
    Ok(args[0].clone())
}

fn exit(vm: &mut Vm, args: &[Value]) -> NativeResult {
    close(vm, args)
}

fn closed(_: &mut Vm, me: &Value) -> NativeResult {
    Ok(Value::bool(me.foreign::<Epoll>().is_none_or(|epoll| epoll.fd.get() < 0)))
}

fn poll(vm: &mut Vm, _: &[Value]) -> NativeResult {
    let class = poll_class(vm);
    Ok(Foreign::value(&class, Poll { watched: RefCell::default() }))
}

fn polled<'a>(vm: &Vm, args: &'a [Value]) -> Result<&'a Poll, Exit> {
    args[0].foreign::<Poll>().ok_or_else(|| vm.type_error("a poll object is needed"))
}

fn poll_register(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let object = polled(vm, args)?;
    let (fd, events) = watch(vm, args, 0x7)?;
    let mut watched = object.watched.borrow_mut();
    match watched.iter_mut().find(|(known, _)| *known == fd) {
        Some(entry) => entry.1 = events,
        None => watched.push((fd, events)),
    }
    Ok(Value::NONE)
}

fn poll_modify(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let object = polled(vm, args)?;
    let (fd, events) = watch(vm, args, 0)?;
    match object.watched.borrow_mut().iter_mut().find(|(known, _)| *known == fd) {
        Some(entry) => entry.1 = events,
        None => return Err(vm.os_error(libc::ENOENT, "No such file or directory", None)),
    }
    Ok(Value::NONE)
}

fn poll_unregister(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let object = polled(vm, args)?;
    let Some(fd) = descriptor(vm, &args[1])? else { return Err(vm.retry(args, 1, "fileno_of")) };
    let mut watched = object.watched.borrow_mut();
    match watched.iter().position(|(known, _)| *known == fd) {
        Some(place) => watched.remove(place),
        None => return Err(vm.key_error(&Value::small(fd as i64))),
    };
    Ok(Value::NONE)
}

fn poll_poll(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let object = polled(vm, args)?;
    // This one counts milliseconds.
    let ns = match arg_or_none(args, 1) {
        None => None,
        Some(value) => match value.payload().as_float() {
            // Less than nothing stays so, however little.
            Some(f) if f < 0.0 => None,
            Some(f) => Some((f.ceil() * 1e6).min(9e18) as i64),
            None if !value.is_integer() && vm.class_of(value).lookup(&vm.names.index).is_none() => {
                return Err(vm.type_error("timeout must be an integer or None"));
            }
            None => Some(vm.index_arg(args, 1)?.saturating_mul(1_000_000)),
        },
    };
    let ns = ns.filter(|ns| *ns >= 0);
    close_orphans(vm);
    let watched = object.watched.borrow().clone();
    let again = Again { args, timeout: 1, unit: 1e6 };
    let ready = wait(vm, again, &watched, ns, |vm, left| vm.host.poll(&watched, left))?;
    let pair =
        |one: &crate::host::Ready| Value::tuple(vec![Value::small(one.fd as i64), Value::small(one.events.0 as i64)]);
    Ok(Value::list(ready.iter().map(pair).collect()))
}
