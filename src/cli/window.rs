//! Windows on the stages: what a file is as tokens, as a tree, as code; and what happens when it runs.

use super::arguments::Window;
use super::{complain, print};
use crate::bytecode::disassemble;
use crate::host::{Host, RealHost};
use crate::interpreter::Interpreter;
use crate::object::Value;
use crate::source::Source;
use crate::syntax::{self, Mode};
use crate::trace::{Recorder, text};
use std::ffi::{OsStr, OsString};
use std::path::Path;
use std::rc::Rc;

/// Show a file through one window; the exit status. `arguments` are those of a program that is traced.
pub fn show(window: Window, file: &OsStr, arguments: &[OsString]) -> i32 {
    let mut host: Box<dyn Host> = Box::new(RealHost::new());
    let path = Path::new(file);
    let bytes = match host.read_file(path, usize::MAX) {
        Ok(bytes) => bytes,
        Err(error) => {
            let (errno, message) = (error.errno, error.message);
            complain(&format!("pyield: can't open file '{}': [Errno {errno}] {message}\n", path.display()));
            return 2;
        }
    };
    let mut interpreter = Interpreter::new(host);
    if window == Window::Trace {
        return trace(interpreter, path, arguments);
    }
    let name = path.to_string_lossy().into_owned();
    let shown = interpreter.decode(&name, &bytes).and_then(|text| {
        let source = Source::new(name, text);
        view(&mut interpreter, window, &source)
    });
    match shown {
        Ok(text) => print(&text),
        Err(exception) => {
            interpreter.show(&exception);
            1
        }
    }
}

fn view(interpreter: &mut Interpreter, window: Window, source: &Rc<Source>) -> Result<String, Value> {
    match window {
        // Tokens are shown even of a text that does not parse.
        Window::Tokens => Ok(syntax::dump_tokens(source)),
        Window::Ast => match syntax::parse(source, Mode::Exec) {
            Ok(tree) => Ok(syntax::dump_ast(&tree)),
            // The interpreter finds the same error, and makes it an exception.
            Err(_) => interpreter.compile(source, Mode::Exec).map(|_| String::new()),
        },
        Window::Dis | Window::Trace => interpreter.compile(source, Mode::Exec).map(|code| disassemble(&code)),
    }
}

/// Run a program and show who gave control to whom; what it prints stands in between.
fn trace(mut interpreter: Interpreter, path: &Path, arguments: &[OsString]) -> i32 {
    // An interrupt ends the program, not the telling of it.
    let _ = interpreter.vm.host.watch_interrupts();
    interpreter.vm.observe(Box::<Recorder>::default());
    let status = interpreter.run_file(path, arguments);
    let observer = interpreter.vm.stop_observing();
    let records = observer.and_then(|mut observer| Some(observer.as_any().downcast_mut::<Recorder>()?.take_records()));
    print(&text(&records.unwrap_or_default()));
    status
}
