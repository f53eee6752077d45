//! `--timeout` and `--max-instructions`: a program that goes on for too long is ended, with a word on where it stood.
//!
//! The machine ends it (`vm/limits.rs`), and tells us before. A thread that knows no Python waits for the time to be up; the
//! machine finds out at its next look (`attention`), and where it waits for something outside, a signal ends the wait. Should
//! it not come to look, the process is ended all the same.

use super::complain;
use crate::attention;
use crate::bytecode::{Code, Op};
use crate::interpreter::Interpreter;
use crate::vm::Vm;
use crate::vm::limits::Limit;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// The exit status where a limit was reached.
pub const STATUS: i32 = 4;

/// So long the machine has to say where it stood.
const GRACE: Duration = Duration::from_secs(2);

/// The limits, for the report.
static TIME: Mutex<Duration> = Mutex::new(Duration::ZERO);
static INSTRUCTIONS: AtomicU64 = AtomicU64::new(0);

/// Is the time up? Nothing where there is no limit.
static TIME_IS_UP: Mutex<Option<Arc<AtomicBool>>> = Mutex::new(None);

/// The program may carry out so many instructions.
pub fn allow_instructions(interpreter: &mut Interpreter, count: u64) {
    INSTRUCTIONS.store(count, Ordering::Relaxed);
    interpreter.limit_instructions(count);
}

/// From now on there is so much time.
pub fn begin(time: Duration) {
    if let Ok(mut limit) = TIME.lock() {
        *limit = time;
    }
    let up = Arc::new(AtomicBool::new(false));
    if let Ok(mut shared) = TIME_IS_UP.lock() {
        *shared = Some(up.clone());
    }
    std::thread::spawn(move || {
        std::thread::sleep(time);
        up.store(true, Ordering::Relaxed);
        attention::ask();
        let _ = rustix::process::kill_process(rustix::process::getpid(), rustix::process::Signal::INT);
        std::thread::sleep(GRACE);
        complain(&format!("{}, in native code\n", said(Limit::Time)));
        std::process::exit(STATUS);
    });
}

/// The time is that of everything this interpreter runs.
pub fn share_time(interpreter: &mut Interpreter) {
    if let Some(up) = TIME_IS_UP.lock().ok().and_then(|up| up.clone()) {
        interpreter.vm.end_when(up);
    }
}

fn said(limit: Limit) -> String {
    match limit {
        Limit::Time => {
            let time = TIME.lock().map(|time| *time).unwrap_or_default();
            format!("pyield: the program took longer than --timeout {}s", time.as_secs_f64())
        }
        Limit::Instructions => {
            let count = INSTRUCTIONS.load(Ordering::Relaxed);
            format!("pyield: the program carried out all of --max-instructions {count}")
        }
        Limit::Exit(status) => format!("pyield: the program has ended itself with {status}"),
    }
}

/// The machine is about to end the program: what it said comes first, then the lines it stood at, the innermost last.
pub fn reached(vm: &mut Vm, limit: Limit) {
    if matches!(limit, Limit::Exit(_)) {
        return;
    }
    vm.pauses();
    // The signal that ends waits would end this write as well, and may still come.
    for _ in 0..TRIES {
        while vm.host.take_signal(None).is_some() {}
        if vm.host.flush_stdout().is_ok() {
            break;
        }
    }
    let mut lines = Vec::new();
    let mut more = 0;
    for body in vm.bodies() {
        let code = body.function.code();
        if code.hidden {
            continue;
        }
        if lines.len() == MOST {
            more += 1;
            continue;
        }
        // At the top of a loop, where it has just jumped to, the innermost body stands at the jump.
        let jump = if lines.is_empty() { jump_to(&code.code, body.index + 1) } else { None };
        let line = code.code.place(jump.unwrap_or(body.index)).line;
        let text = code.code.source.line(line).unwrap_or_default().trim();
        let text = if text.is_empty() { String::new() } else { format!("\n    {text}") };
        lines.push(format!("  File \"{}\", line {}, in {}{text}\n", code.code.source.name(), line, code.code.qualname));
    }
    let left_out = if more > 0 { format!("  ({more} more calls)\n") } else { String::new() };
    lines.reverse();
    complain(&format!("{}; it stood at\n{left_out}{}", said(limit), lines.concat()));
}

/// The jump back to an instruction.
fn jump_to(code: &Code, top: usize) -> Option<usize> {
    code.ops.iter().enumerate().skip(top).rev().find_map(|(at, op)| match op {
        Op::Jump { target, .. } if at as i64 + 1 + i64::from(*target) == top as i64 => Some(at),
        _ => None,
    })
}

/// So often what was printed is tried to be written.
const TRIES: usize = 3;
/// So many calls are shown.
const MOST: usize = 12;
