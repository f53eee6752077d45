//! Inputs from where no line can be edited: a pipe, a file, a terminal that can do nothing.

use super::input::{Input, input};
use crate::interpreter::Interpreter;
use crate::object::{Module, Ref, Str, Value};

/// One input, or what there is of one at the end.
pub enum Read {
    Text(String),
    Interrupted,
    End,
}

/// Read lines of standard input until they are an input. The prompt goes to standard error, as CPython's does.
pub fn read(interpreter: &mut Interpreter, python: &Ref<Module>) -> Read {
    let mut text = String::new();
    loop {
        let prompt = python.get("mark").map(|mark| interpreter.vm.call(&mark, vec![Value::bool(!text.is_empty())]));
        if let Some(prompt) = prompt.and_then(Result::ok).as_ref().and_then(Value::get::<Str>) {
            interpreter.say(&prompt.to_string_lossy());
        }
        let line = match line(interpreter, python) {
            Ok(line) => line,
            Err(()) => return Read::Interrupted,
        };
        if line.is_empty() {
            interpreter.say("\n");
            return if text.is_empty() { Read::End } else { Read::Text(text) };
        }
        text.push_str(&String::from_utf8_lossy(&line));
        if !text.ends_with('\n') {
            text.push('\n');
        }
        if input(&text) != Input::Unfinished {
            return Read::Text(text);
        }
    }
}

/// A line; while it does not come, tasks go on. `Err` when an interrupt came instead.
fn line(interpreter: &mut Interpreter, python: &Ref<Module>) -> Result<Vec<u8>, ()> {
    loop {
        if interpreter.vm.host.stdin_is_buffered() {
            break;
        }
        let Some(wait) = python.get("wait") else { break };
        match interpreter.vm.call(&wait, vec![Value::small(0)]) {
            Ok(_) => break,
            Err(exception) if interpreter.vm.is_instance(&exception, &interpreter.vm.types.keyboard_interrupt) => {
                return Err(());
            }
            // Regular files cannot be waited for, and need not be.
            Err(exception) if interpreter.vm.is_instance(&exception, &interpreter.vm.types.os_error) => break,
            Err(exception) => interpreter.show(&exception),
        }
    }
    loop {
        match interpreter.vm.host.read_line() {
            Ok(line) => return Ok(line),
            Err(error) if error.is(libc::EINTR) => {
                if interpreter.vm.look_up().is_err() {
                    return Err(());
                }
            }
            Err(_) => return Ok(Vec::new()),
        }
    }
}
