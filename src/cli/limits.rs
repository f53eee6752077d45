//! `--timeout`: a program that takes too long is ended, with a word on where it stood.
//!
//! A thread that knows no Python waits for the time to be up. The machine finds out at its next look (`attention`); where it waits
//! for something outside, a signal ends the wait. Should it not come to look, it is ended all the same.

use super::complain;
use crate::attention;
use crate::vm::Vm;
use std::sync::Mutex;
use std::time::Duration;

/// The exit status where a limit was reached.
pub const STATUS: i32 = 4;

/// So long the machine has to say where it stood.
const GRACE: Duration = Duration::from_secs(2);

/// The limit, for the report.
static LIMIT: Mutex<Duration> = Mutex::new(Duration::ZERO);

/// From now on there is so much time.
pub fn begin(time: Duration) {
    if let Ok(mut limit) = LIMIT.lock() {
        *limit = time;
    }
    std::thread::spawn(move || {
        std::thread::sleep(time);
        attention::end_of_time();
        let _ = rustix::process::kill_process(rustix::process::getpid(), rustix::process::Signal::INT);
        std::thread::sleep(GRACE);
        complain(&format!("{}, in native code\n", said()));
        std::process::exit(STATUS);
    });
}

fn said() -> String {
    let limit = LIMIT.lock().map(|limit| *limit).unwrap_or_default();
    format!("pyield: the program took longer than --timeout {}s", limit.as_secs_f64())
}

/// The machine looks up, and the time is up: the end of the program, with the lines it stood at, the innermost last.
pub fn time_is_up(vm: &mut Vm) {
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
        let line = match code.code.place(body.index).line {
            // At the top of a loop that the body begins with, the instruction before is its beginning; an empty loop's jump
            // has no place of its own.
            line if line <= code.code.first_line && lines.is_empty() => {
                code.code.place(body.index + 1).line.max(code.code.first_line)
            }
            line => line,
        };
        let text = code.code.source.line(line).unwrap_or_default().trim();
        let text = if text.is_empty() { String::new() } else { format!("\n    {text}") };
        lines.push(format!("  File \"{}\", line {}, in {}{text}\n", code.code.source.name(), line, code.code.qualname));
    }
    let left_out = if more > 0 { format!("  ({more} more calls)\n") } else { String::new() };
    lines.reverse();
    complain(&format!("{}; it stood at\n{left_out}{}", said(), lines.concat()));
    std::process::exit(STATUS);
}

/// So often what was printed is tried to be written.
const TRIES: usize = 3;
/// So many calls are shown.
const MOST: usize = 12;
