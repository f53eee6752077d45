//! `_signal`: what is to happen when a signal arrives. The machine calls the handlers (`vm::signals`); here is what programs
//! say and ask.

use super::structseq::{self, StructSequence};
use super::{class, host_error, kept_class, module as new_module, time};
use crate::builtins::{install_functions, natives};
use crate::host::{Disposition, HostError, SignalInfo};
use crate::object::{Dict, Module, Ref, Type, Value, intern};
use crate::vm::arguments::{arg, arg_or_none};
use crate::vm::{Exit, NativeResult, Vm};
use std::time::Duration;

natives! {
    FUNCTIONS {
        /// Have a function called when a signal arrives; what was to happen before.
        "signal(signalnum, handler, /)" => signal;
        /// What happens when a signal arrives: SIG_DFL, SIG_IGN or a function.
        "getsignal(signalnum, /)" => getsignal;
        /// Raise KeyboardInterrupt: what is called for an interrupt.
        "default_int_handler(signalnum, frame, /)" => default_int_handler;
        /// Send a signal to this process.
        "raise_signal(signalnum, /)" => raise_signal;
        /// Write the numbers of signals to a descriptor as they arrive.
        "set_wakeup_fd(fd, /, *, warn_on_full_buffer=True)" => set_wakeup_fd;
        /// Have SIGALRM sent after so many seconds.
        "alarm(seconds, /)" => alarm;
        /// Have a signal sent after some time, and then again and again.
        "setitimer(which, seconds, interval=0.0, /)" => setitimer;
        /// What is left of such a timer.
        "getitimer(which, /)" => getitimer;
        /// Wait until a signal arrives.
        "pause()" => pause;
        /// Say what a signal means.
        "strsignal(signalnum, /)" => strsignal;
        /// The numbers that signals have here.
        "valid_signals()" => valid_signals;
        /// Shall a signal end system calls?
        "siginterrupt(signalnum, flag, /)" => siginterrupt;
        /// Hold signals back, or no longer; which were before.
        "pthread_sigmask(how, mask, /)" => pthread_sigmask;
        /// The signals that have arrived and are held back.
        "sigpending()" => sigpending;
        /// Wait for one of these signals, which are held back, and take it.
        "sigwait(sigset, /)" => sigwait;
        /// As sigwait; what the system tells of the signal.
        "sigwaitinfo(sigset, /)" => sigwaitinfo;
        /// As sigwaitinfo, but not longer than so many seconds: None if no signal arrives in time.
        "sigtimedwait(sigset, timeout, until=None, /)" => sigtimedwait;
        /// The handler of this signal is the library's: nobody waits for it to be called.
        "_unexpected(signalnum, /)" => unexpected;
    }
    PRELUDE {
        "_interrupted_frame()" => interrupted_frame;
    }
}

const NUMBERS: &[(&str, i32)] = &[
    ("SIGHUP", libc::SIGHUP),
    ("SIGINT", libc::SIGINT),
    ("SIGQUIT", libc::SIGQUIT),
    ("SIGILL", libc::SIGILL),
    ("SIGTRAP", libc::SIGTRAP),
    ("SIGABRT", libc::SIGABRT),
    ("SIGIOT", libc::SIGABRT),
    ("SIGBUS", libc::SIGBUS),
    ("SIGFPE", libc::SIGFPE),
    ("SIGKILL", libc::SIGKILL),
    ("SIGUSR1", libc::SIGUSR1),
    ("SIGSEGV", libc::SIGSEGV),
    ("SIGUSR2", libc::SIGUSR2),
    ("SIGPIPE", libc::SIGPIPE),
    ("SIGALRM", libc::SIGALRM),
    ("SIGTERM", libc::SIGTERM),
    ("SIGCHLD", libc::SIGCHLD),
    ("SIGCLD", libc::SIGCHLD),
    ("SIGCONT", libc::SIGCONT),
    ("SIGSTOP", libc::SIGSTOP),
    ("SIGTSTP", libc::SIGTSTP),
    ("SIGTTIN", libc::SIGTTIN),
    ("SIGTTOU", libc::SIGTTOU),
    ("SIGURG", libc::SIGURG),
    ("SIGXCPU", libc::SIGXCPU),
    ("SIGXFSZ", libc::SIGXFSZ),
    ("SIGVTALRM", libc::SIGVTALRM),
    ("SIGPROF", libc::SIGPROF),
    ("SIGWINCH", libc::SIGWINCH),
    ("SIGPWR", libc::SIGPWR),
    ("SIGSTKFLT", libc::SIGSTKFLT),
    ("SIGIO", libc::SIGIO),
    ("SIGPOLL", libc::SIGIO),
    ("SIGSYS", libc::SIGSYS),
    ("ITIMER_REAL", 0),
    ("ITIMER_VIRTUAL", 1),
    ("ITIMER_PROF", 2),
    ("SIGRTMIN", 34),
    ("SIGRTMAX", 64),
    ("SIG_BLOCK", libc::SIG_BLOCK),
    ("SIG_UNBLOCK", libc::SIG_UNBLOCK),
    ("SIG_SETMASK", libc::SIG_SETMASK),
    ("SIG_DFL", DEFAULT as i32),
    ("SIG_IGN", IGNORE as i32),
    ("NSIG", LIMIT as i32),
];

const DEFAULT: i64 = 0;
const IGNORE: i64 = 1;
const LIMIT: i64 = 65;

/// What programs see of the dispositions that were changed, by number.
const SHOWN: &str = "signals";
/// The function that means `KeyboardInterrupt`.
const DEFAULT_HANDLER: &str = "signals.default_int_handler";

/// Install what the prelude needs.
pub fn install(vm: &mut Vm) {
    install_functions(&vm.prelude_globals(), "_signal", PRELUDE);
}

/// The module.
pub fn module(vm: &mut Vm) -> Ref<Module> {
    let module = new_module("_signal", "Signals of the operating system.", FUNCTIONS);
    for (name, number) in NUMBERS {
        module.set(name, Value::small(i64::from(*number)));
    }
    module.set("ItimerError", itimer_error(vm).into_value());
    module.set("struct_siginfo", structseq::class_of(vm, &SIGINFO).into_value());
    if !vm.state.contains_key(SHOWN) {
        let shown = Dict::empty();
        let handler = module.get("default_int_handler").unwrap_or_default();
        vm.state.insert(DEFAULT_HANDLER, handler.clone());
        shown_set(&shown, libc::SIGINT, handler);
        // Writing to what nobody reads is an error, and no reason to die.
        shown_set(&shown, libc::SIGPIPE, Value::small(IGNORE));
        shown_set(&shown, libc::SIGXFSZ, Value::small(IGNORE));
        vm.state.insert(SHOWN, shown.into_value());
    }
    module
}

fn shown_set(shown: &Dict, signal: i32, what: Value) {
    shown.set_str(&intern(signal.to_string().as_bytes()), what);
}

fn shown_get(vm: &Vm, signal: i32) -> Value {
    let shown = vm.state.get(SHOWN).and_then(|shown| shown.to_ref::<Dict>());
    shown.and_then(|shown| shown.get_str(&intern(signal.to_string().as_bytes()))).unwrap_or(Value::small(DEFAULT))
}

fn number(vm: &mut Vm, args: &[Value]) -> Result<i32, Exit> {
    let number = vm.index_arg(args, 0)?;
    if (1..LIMIT).contains(&number) { Ok(number as i32) } else { Err(vm.value_error("signal number out of range")) }
}

fn check_first(vm: &Vm, what: &str) -> Result<(), Exit> {
    if vm.threads.in_first() {
        return Ok(());
    }
    Err(vm.value_error(format!("{what} only works in main thread of the main interpreter")))
}

fn signal(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let number = number(vm, args)?;
    check_first(vm, "signal")?;
    let handler = &args[1];
    let raises = handler.is(&vm.state.get(DEFAULT_HANDLER).cloned().unwrap_or_default());
    let what = match handler.as_integer().and_then(|which| which.to_i64()) {
        Some(DEFAULT) => Disposition::Default,
        Some(IGNORE) => Disposition::Ignore,
        None if vm.class_of(handler).lookup(&vm.names.call).is_some() => Disposition::Watch,
        _ => {
            let text = "signal handler must be signal.SIG_IGN, signal.SIG_DFL, or a callable object";
            return Err(vm.type_error(text));
        }
    };
    let old = shown_get(vm, number);
    vm.host.set_disposition(number, what).map_err(|error| host_error(vm, error))?;
    let called = (what == Disposition::Watch && !(raises && number == libc::SIGINT)).then(|| handler.clone());
    vm.handlers.set(number, called);
    if let Some(shown) = vm.state.get(SHOWN).and_then(|shown| shown.to_ref::<Dict>()) {
        let plain = match what {
            Disposition::Default => Value::small(DEFAULT),
            Disposition::Ignore => Value::small(IGNORE),
            Disposition::Watch => handler.clone(),
        };
        shown_set(&shown, number, plain);
    }
    Ok(old)
}

fn getsignal(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let number = number(vm, args)?;
    Ok(shown_get(vm, number))
}

fn unexpected(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let number = number(vm, args)?;
    vm.handlers.is_unexpected(number);
    Ok(Value::NONE)
}

fn default_int_handler(vm: &mut Vm, _: &[Value]) -> NativeResult {
    Err(vm.keyboard_interrupt())
}

fn raise_signal(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let number = vm.index_arg(args, 0)? as i32;
    let ours = vm.host.process_id() as i32;
    vm.host.send_signal(ours, number).map_err(|error| host_error(vm, error))?;
    Ok(Value::NONE)
}

fn set_wakeup_fd(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let fd = vm.index_arg(args, 0)? as i32;
    check_first(vm, "set_wakeup_fd")?;
    if fd >= 0 {
        vm.host.fstat(fd).map_err(|error| host_error(vm, error))?;
        // Whatever a signal interrupts must not wait for whoever reads there.
        if vm.host.is_blocking(fd).map_err(|error| host_error(vm, error))? {
            return Err(vm.value_error(format!("the fd {fd} must be in non-blocking mode")));
        }
    }
    Ok(Value::small(i64::from(vm.host.ring_at(fd.max(-1)))))
}

fn seconds(time: Duration) -> Value {
    Value::float(time.as_secs_f64())
}

/// What a timer is refused with.
fn itimer_error(vm: &mut Vm) -> Ref<Type> {
    kept_class(vm, "signal.ItimerError", |vm| {
        class("signal", "itimer_error", &vm.types.os_error, vm.types.os_error.flags())
    })
}

fn refused(vm: &mut Vm, error: HostError) -> Exit {
    let class = itimer_error(vm);
    vm.raise_with(&class, vec![Value::int(i64::from(error.errno)), Value::str(&error.message)])
}

fn order(vm: &mut Vm, which: i32, first: Duration, then: Duration) -> Result<(Duration, Duration), Exit> {
    vm.host.set_alarm(which, first, then).map_err(|error| refused(vm, error))
}

fn alarm(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let after = Duration::from_secs(vm.index_arg(args, 0)?.max(0) as u64);
    let (left, _) = order(vm, 0, after, Duration::ZERO)?;
    Ok(Value::small(left.as_secs_f64().ceil() as i64))
}

fn duration(vm: &mut Vm, args: &[Value], n: usize) -> Result<Duration, Exit> {
    let ns = time::nanoseconds(vm, args, n)?;
    match u64::try_from(ns) {
        Ok(ns) => Ok(Duration::from_nanos(ns)),
        Err(_) => Err(refused(vm, HostError::from_errno(libc::EINVAL))),
    }
}

fn setitimer(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let which = vm.index_arg(args, 0)? as i32;
    let first = duration(vm, args, 1)?;
    let then = if arg(args, 2).is_some() { duration(vm, args, 2)? } else { Duration::ZERO };
    let (left, every) = order(vm, which, first, then)?;
    Ok(Value::tuple(vec![seconds(left), seconds(every)]))
}

fn getitimer(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let which = vm.index_arg(args, 0)? as i32;
    let (left, every) = vm.host.alarm(which).map_err(|error| refused(vm, error))?;
    Ok(Value::tuple(vec![seconds(left), seconds(every)]))
}

fn pause(vm: &mut Vm, _: &[Value]) -> NativeResult {
    while !vm.host.interrupted() {
        vm.await_signal().map_err(|error| host_error(vm, error))?;
    }
    // What has arrived is dealt with at the next boundary.
    vm.look_up()?;
    Ok(Value::NONE)
}

fn strsignal(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let number = number(vm, args)?;
    let text = match number {
        libc::SIGHUP => "Hangup",
        libc::SIGINT => "Interrupt",
        libc::SIGQUIT => "Quit",
        libc::SIGILL => "Illegal instruction",
        libc::SIGTRAP => "Trace/breakpoint trap",
        libc::SIGABRT => "Aborted",
        libc::SIGBUS => "Bus error",
        libc::SIGFPE => "Floating point exception",
        libc::SIGKILL => "Killed",
        libc::SIGUSR1 => "User defined signal 1",
        libc::SIGSEGV => "Segmentation fault",
        libc::SIGUSR2 => "User defined signal 2",
        libc::SIGPIPE => "Broken pipe",
        libc::SIGALRM => "Alarm clock",
        libc::SIGTERM => "Terminated",
        libc::SIGCHLD => "Child exited",
        libc::SIGCONT => "Continued",
        libc::SIGSTOP => "Stopped (signal)",
        libc::SIGTSTP => "Stopped",
        libc::SIGTTIN => "Stopped (tty input)",
        libc::SIGTTOU => "Stopped (tty output)",
        libc::SIGURG => "Urgent I/O condition",
        libc::SIGXCPU => "CPU time limit exceeded",
        libc::SIGXFSZ => "File size limit exceeded",
        libc::SIGVTALRM => "Virtual timer expired",
        libc::SIGPROF => "Profiling timer expired",
        libc::SIGWINCH => "Window changed",
        libc::SIGPWR => "Power failure",
        libc::SIGSTKFLT => "Stack fault",
        libc::SIGIO => "I/O possible",
        libc::SIGSYS => "Bad system call",
        34.. => return Ok(Value::str(format!("Real-time signal {}", number - 34))),
        // Two belong to the C library.
        _ => return Ok(Value::NONE),
    };
    Ok(super::text(text))
}

fn valid_signals(vm: &mut Vm, _: &[Value]) -> NativeResult {
    // Two belong to the C library.
    let numbers = (1..LIMIT).filter(|number| !(32..34).contains(number)).map(Value::small).collect();
    vm.tail_prelude("as_set", vec![Value::list(numbers)])
}

fn siginterrupt(vm: &mut Vm, args: &[Value]) -> NativeResult {
    // Waits go on after a handler in any case.
    number(vm, args)?;
    Ok(Value::NONE)
}

fn interrupted_frame(vm: &mut Vm, _: &[Value]) -> NativeResult {
    Ok(vm.visible_body(0).map_or(Value::NONE, |body| vm.view_of_body(&body)))
}

// ---- signals that are held back

/// The signals in an argument: any number of numbers.
fn signals(vm: &mut Vm, args: &[Value], n: usize) -> Result<Vec<i32>, Exit> {
    let Some(items) = vm.native_items(&args[n])? else { return Err(vm.retry(args, n, "to_list")) };
    let mut signals = Vec::new();
    for item in items {
        let number = item.as_integer().and_then(|number| number.to_i64());
        match number.filter(|number| (1..LIMIT).contains(number)) {
            Some(number) => signals.push(number as i32),
            None => {
                let shown = number.unwrap_or(-1);
                return Err(vm.value_error(format!("signal number {shown} out of range [1; {}]", LIMIT - 1)));
            }
        }
    }
    Ok(signals)
}

fn shown_signals(signals: Vec<i32>) -> Value {
    Value::list(signals.into_iter().map(|signal| Value::small(i64::from(signal))).collect())
}

fn pthread_sigmask(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let how = vm.index_arg(args, 0)? as i32;
    let mask = signals(vm, args, 1)?;
    let before = vm.host.hold_back(how, &mask).map_err(|error| host_error(vm, error))?;
    // What is not held back any longer has arrived by now.
    vm.look_up()?;
    Ok(shown_signals(before))
}

fn sigpending(vm: &mut Vm, _: &[Value]) -> NativeResult {
    let pending = vm.host.held_back().map_err(|error| host_error(vm, error))?;
    Ok(shown_signals(pending))
}

fn sigwait(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let found = wait(vm, args.to_vec(), None)?;
    Ok(found.map_or(Value::NONE, |info| Value::small(i64::from(info.signal))))
}

/// How often a thread that waits for a signal looks for it while others run.
const LOOKS_AFTER_NS: i64 = 1_000_000;

/// Wait for one of the signals in the first argument, no longer than until then.
fn wait(vm: &mut Vm, args: Vec<Value>, until: Option<i64>) -> Result<Option<SignalInfo>, Exit> {
    let wanted = signals(vm, &args, 0)?;
    loop {
        let now = vm.host.monotonic_ns();
        let left = until.map(|until| Duration::from_nanos(until.saturating_sub(now).max(0) as u64));
        // There is no descriptor that tells of it: others run, and then it is looked again.
        let looks = !vm.threads.is_alone() && left != Some(Duration::ZERO);
        match vm.host.wait_signal(&wanted, if looks { Some(Duration::ZERO) } else { left }) {
            Ok(None) if looks => {
                let again = now.saturating_add(LOOKS_AFTER_NS).min(until.unwrap_or(i64::MAX));
                return Err(vm.park_and_again(args, Some(again), Vec::new(), false));
            }
            Ok(found) => return Ok(found),
            Err(error) if error.is(libc::EINTR) => vm.look_up()?,
            Err(error) => return Err(host_error(vm, error)),
        }
    }
}

static SIGINFO: StructSequence = StructSequence {
    module: "signal",
    name: "struct_siginfo",
    key: "signal.struct_siginfo",
    fields: &["si_signo", "si_code", "si_errno", "si_pid", "si_uid", "si_status", "si_band"],
    hidden: &[],
    constructible: true,
};

fn shown_info(vm: &mut Vm, info: Option<SignalInfo>) -> Value {
    let Some(SignalInfo { signal, code, errno, process, user, status }) = info else { return Value::NONE };
    let numbers = [signal, code, errno, process].map(i64::from);
    // The band of events lies where the process and its user do.
    let band = i64::from(user) << 32 | i64::from(process);
    let items = numbers.into_iter().chain([i64::from(user), i64::from(status), band]).map(Value::int).collect();
    structseq::value(vm, &SIGINFO, items, Vec::new())
}

fn sigwaitinfo(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let found = wait(vm, args.to_vec(), None)?;
    Ok(shown_info(vm, found))
}

fn sigtimedwait(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let until = match arg_or_none(args, 2) {
        Some(_) => vm.index_arg(args, 2)?,
        None => {
            let patience = time::nanoseconds(vm, args, 1)?;
            if patience < 0 {
                return Err(vm.value_error("timeout must be non-negative"));
            }
            vm.host.monotonic_ns().saturating_add(patience)
        }
    };
    // Where it is called again, it is not to wait anew.
    let found = wait(vm, vec![args[0].clone(), args[1].clone(), Value::int(until)], Some(until))?;
    Ok(shown_info(vm, found))
}
