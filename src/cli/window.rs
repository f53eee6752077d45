//! Windows on the stages: what a file is as tokens, as a tree, as code.

use super::arguments::{Program, Window};
use super::run::read_all;
use super::{complain, print};
use crate::bytecode::disassemble;
use crate::host::{Host, RealHost};
use crate::interpreter::Interpreter;
use crate::object::Value;
use crate::source::Source;
use crate::syntax::{self, Mode};
use std::os::unix::ffi::OsStrExt;
use std::path::Path;
use std::rc::Rc;

/// Show a program through one window; the exit status.
pub fn show(window: Window, program: &Program) -> i32 {
    let mut host: Box<dyn Host> = Box::new(RealHost::new());
    let (name, read) = match program {
        Program::File(file) => (file.to_string_lossy(), host.read_file(Path::new(file), usize::MAX)),
        Program::Code(code) => ("<string>".into(), Ok(code.as_bytes().to_vec())),
        _ => ("<stdin>".into(), read_all(&mut *host)),
    };
    let bytes = match read {
        Ok(bytes) => bytes,
        Err(error) => {
            let (errno, message) = (error.errno, error.message);
            complain(&format!("pyield: can't open file '{name}': [Errno {errno}] {message}\n"));
            return 2;
        }
    };
    let mut interpreter = Interpreter::new(host);
    let name = name.into_owned();
    let shown = interpreter.decode(&name, &bytes).and_then(|text| {
        let source = Source::new(name, text);
        view(&mut interpreter, window, &source)
    });
    match shown {
        // What is no token has been shown where it stands.
        Ok((text, is_whole)) => print(&text).max(i32::from(!is_whole)),
        Err(exception) => {
            interpreter.show(&exception);
            1
        }
    }
}

/// What is to be seen, and whether it is all.
fn view(interpreter: &mut Interpreter, window: Window, source: &Rc<Source>) -> Result<(String, bool), Value> {
    match window {
        // Tokens are shown even of a text that does not parse.
        Window::Tokens => Ok(syntax::dump_tokens(source)),
        Window::Ast => match syntax::parse(source, Mode::Exec) {
            Ok(tree) => Ok((syntax::dump_ast(&tree), true)),
            // The interpreter finds the same error, and makes it an exception.
            Err(_) => interpreter.compile(source, Mode::Exec).map(|_| (String::new(), true)),
        },
        Window::Dis => interpreter.compile(source, Mode::Exec).map(|code| (disassemble(&code), true)),
    }
}
