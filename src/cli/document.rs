//! Running the Python of a Markdown document, and keeping the outputs it shows true.

use super::arguments::{Blocks, Options};
use super::markdown::{self, Block, Output, python_blocks};
use super::run::{absolute, cannot_open, die_if_interrupted, end, inspects, prepared, real_directory, real_host};
use super::{complain, print};
use crate::builtins::traceback::{self, Paint};
use crate::host::{FakeHost, Host};
use crate::interpreter::{Ending, Interpreter};
use crate::object::Value;
use crate::source::Source;
use crate::trace::diff;
use crate::vm::observer::{Event, Observer};
use crate::vm::pad::Pad;
use std::any::Any;
use std::ffi::OsStr;
use std::path::Path;

/// Run the blocks: each as a program of its own, or all as one. The status is that of the last one that failed; 1 if one
/// prints something else than it should.
pub fn run(mut host: Box<dyn Host>, file: &OsStr, chosen: &Blocks, options: &Options) -> i32 {
    let path = absolute(&mut *host, Path::new(file));
    let (text, wanted) = match read_blocks(&mut *host, &path, file, chosen.only) {
        Ok(found) => found,
        Err(status) => return status,
    };
    if chosen.list {
        return print(&wanted.iter().map(|(number, block)| listed(*number, block)).collect::<String>());
    }
    if wanted.is_empty() {
        complain(&format!("pyield: '{}' has no blocks of Python\n", path.display()));
    }
    let listens = chosen.check || chosen.update;
    let directory = real_directory(&mut *host, &path);
    let name = path.to_string_lossy().into_owned();
    let prepare = |host| {
        let mut interpreter = prepared(host, options, file, Some(directory.clone()));
        interpreter.set_file(&path);
        interpreter
    };
    let mut status = 0;
    let mut outputs = Vec::new();
    let last = wanted.len();
    let mut interpreter = prepare(host);
    for (index, (number, block)) in wanted.into_iter().enumerate() {
        if index > 0 && !chosen.shared {
            let again = another_host(&mut interpreter, options);
            interpreter = prepare(again);
        }
        if listens {
            interpreter.vm.observe(Box::<Listener>::default());
        }
        let mut outcome = interpreter.run(&Source::starting_at(&*name, block.text, block.first_line));
        let failure = outcome.as_ref().err().filter(|_| listens).cloned();
        let failure = failure.and_then(|exception| traceback_of(&mut interpreter, &exception));
        // What the document says itself is no news: the block is to fail.
        if failure.is_some() && block.output.text.as_deref().is_some_and(shows_traceback) {
            outcome = Ok(Value::NONE);
        }
        let mut heard = |interpreter: &mut Interpreter| {
            let mut text = Listener::heard(interpreter.vm.stop_observing());
            let fails = failure.is_some();
            if let Some(traceback) = &failure {
                if !text.is_empty() && !text.ends_with('\n') {
                    text.push('\n');
                }
                text.push_str(&without_frames(traceback));
            }
            outputs.push(Printed { number, line: block.first_line, place: block.output.clone(), text, fails });
        };
        if chosen.shared {
            if listens {
                heard(&mut interpreter);
            }
            if outcome.is_err() {
                return end(&mut interpreter, outcome, options);
            }
            continue;
        }
        if index + 1 == last && !listens && inspects(&mut *interpreter.vm.host, options) {
            // The prompt goes on from the last one.
            return match end(&mut interpreter, outcome, options) {
                0 => status,
                failed => failed,
            };
        }
        let ending = interpreter.finish(outcome);
        if listens {
            heard(&mut interpreter);
        }
        match die_if_interrupted(&mut interpreter, ending) {
            0 => {}
            failed => status = failed,
        }
        if ending == Ending::Interrupt {
            return status;
        }
    }
    if chosen.shared {
        status = end(&mut interpreter, Ok(Value::NONE), options);
    }
    if chosen.update {
        let new: Vec<(Output, String)> = outputs.into_iter().map(|printed| (printed.place, printed.text)).collect();
        return update(&mut *interpreter.vm.host, &path, &text, &new).max(status);
    }
    if chosen.check && differences(file, outputs) {
        return 1;
    }
    status
}

/// The text of a document, and its blocks with their numbers, from 1: all, or one of them. The error is an exit status.
pub(super) fn read_blocks(
    host: &mut dyn Host,
    path: &Path,
    file: &OsStr,
    only: Option<usize>,
) -> Result<(String, Vec<(usize, Block)>), i32> {
    let bytes = host.read_file(path, usize::MAX).map_err(|error| cannot_open(path, &error))?;
    let Ok(text) = String::from_utf8(bytes) else {
        complain(&format!("pyield: '{}' is not UTF-8\n", path.display()));
        return Err(1);
    };
    let mut blocks: Vec<(usize, Block)> = (1..).zip(python_blocks(&text)).collect();
    if let Some(number) = only {
        let count = blocks.len();
        if number > count {
            complain(&format!("pyield: there is no block {number} in '{}': it has {count}\n", file.display()));
            return Err(2);
        }
        blocks.retain(|(known, _)| *known == number);
    }
    Ok((text, blocks))
}

/// What a block has printed.
struct Printed {
    number: usize,
    /// Where it begins.
    line: u32,
    /// What the document shows behind it.
    place: Output,
    /// With the end of its traceback, if it fails.
    text: String,
    fails: bool,
}

/// The traceback of what a block has failed with, unless it was to end.
fn traceback_of(interpreter: &mut Interpreter, exception: &Value) -> Option<String> {
    let vm = &interpreter.vm;
    let ends =
        [&vm.types.system_exit, &vm.types.keyboard_interrupt].iter().any(|class| vm.is_instance(exception, class));
    if ends || vm.limit_reached().is_some() {
        return None;
    }
    let shown = traceback::render(&mut interpreter.vm, exception, Paint::default());
    // That of a text that is no program has no frames, and so no line that says that they come.
    Some(if shown.contains(TRACEBACK) { shown } else { format!("{TRACEBACK}\n{shown}") })
}

const TRACEBACK: &str = "Traceback (most recent call last):";

/// That of a text that is no program begins with its place.
fn shows_traceback(text: &str) -> bool {
    text.contains(TRACEBACK) || text.lines().any(is_place)
}

fn is_place(line: &str) -> bool {
    line.starts_with("  File \"")
}

/// A text without the frames of its tracebacks: where a document stands, and its lines, are not what it is about.
fn without_frames(text: &str) -> String {
    let (mut out, mut in_frames) = (String::new(), false);
    for line in text.lines() {
        // In a group they stand behind a bar.
        let margin =
            line.find(|c| c != ' ' && c != '|').and_then(|end| line[..end].rfind('|')).map_or(0, |bar| bar + 1);
        let is_frame = line[margin..].starts_with("  ");
        if !in_frames && is_place(line) {
            out.push_str(&format!("{TRACEBACK}\n"));
            in_frames = true;
        }
        let begins = in_frames && !out.ends_with("  ...\n");
        match in_frames && is_frame {
            true if begins => out.push_str(&format!("{}{}  ...\n", &line[..margin], if margin > 0 { " " } else { "" })),
            true => {}
            false => {
                out.push_str(line);
                out.push('\n');
                in_frames = line.contains(TRACEBACK);
            }
        }
    }
    out
}

/// Shows where a block does not print what stands behind it. Where nothing stands there, nothing is compared.
fn differences(file: &OsStr, outputs: Vec<Printed>) -> bool {
    let mut any = false;
    for Printed { number, line, place, text, fails } in outputs {
        // White space at the end of a line is not kept in a document.
        let plain = |text: &str| text.lines().map(|line| line.trim_end().to_owned() + "\n").collect::<String>();
        let shown = |text: String| if fails { without_frames(&text) } else { text };
        if let Some(expected) = place.text.map(shown)
            && let Some(parting) =
                diff::parting(("the document", &plain(&expected)), ("the block", &plain(&shown(text))))
        {
            print(&format!("{}:{line}: block {number}: {parting}", file.display()));
            any = true;
        }
    }
    any
}

/// Writes the document with these outputs, if that changes anything; the status.
fn update(host: &mut dyn Host, path: &Path, text: &str, outputs: &[(Output, String)]) -> i32 {
    let new = markdown::with_outputs(text, outputs);
    if new == text {
        return 0;
    }
    match host.write_file(path, new.as_bytes()) {
        Ok(()) => 0,
        Err(error) => {
            complain(&format!("pyield: can't write '{}': [Errno {}] {}\n", path.display(), error.errno, error.message));
            1
        }
    }
}

/// Hears what a program prints, and nothing else.
#[derive(Default)]
struct Listener {
    text: Vec<u8>,
}

impl Listener {
    fn heard(observer: Option<Box<dyn Observer>>) -> String {
        let text = observer
            .and_then(|mut observer| Some(std::mem::take(&mut observer.as_any().downcast_mut::<Listener>()?.text)));
        String::from_utf8_lossy(&text.unwrap_or_default()).into_owned()
    }
}

impl Observer for Listener {
    fn event(&mut self, event: Event<'_>, _: &mut Pad) {
        if let Event::Output { text, .. } = event {
            self.text.extend_from_slice(text);
        }
    }

    fn as_any(&mut self) -> &mut dyn Any {
        self
    }
}

/// What the next program of a document starts with: everything the one before had open is closed, as when a process ends.
pub(super) fn another_host(interpreter: &mut Interpreter, options: &Options) -> Box<dyn Host> {
    drop(std::mem::replace(&mut interpreter.vm.host, Box::new(FakeHost::new())));
    let mut host = real_host(options);
    let _ = host.watch_interrupts();
    host
}

/// A line of `--list`: number, lines, first line of code.
fn listed(number: usize, block: &Block) -> String {
    let count = block.text.lines().count() as u32;
    let last = block.first_line + count.saturating_sub(1);
    let first = block.text.lines().find(|line| !line.trim().is_empty()).unwrap_or("");
    format!("{number}\tlines {}-{last}\t{first}\n", block.first_line)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_are_left_out_of_tracebacks() {
        let text = "out\nTraceback (most recent call last):\n  File \"a\", line 1, in <module>\n    f()\n    ~^^\nKeyError: 1\n  indented\n";
        assert_eq!(without_frames(text), "out\nTraceback (most recent call last):\n  ...\nKeyError: 1\n  indented\n");
        assert_eq!(without_frames(&without_frames(text)), without_frames(text));
        let shown = "out\n  File \"a\", line 1\n    def f(:\n          ^\nSyntaxError: invalid syntax\n";
        assert!(shows_traceback(shown));
        assert_eq!(
            without_frames(shown),
            "out\nTraceback (most recent call last):\n  ...\nSyntaxError: invalid syntax\n"
        );
        let group = "  + Exception Group Traceback (most recent call last):\n  |   File \"a\", line 1\n  |     x\n  | ExceptionGroup: g\n  +-+---\n    | ValueError: 1\n    +---\n";
        let expected = "  + Exception Group Traceback (most recent call last):\n  |   ...\n  | ExceptionGroup: g\n  +-+---\n    | ValueError: 1\n    +---\n";
        assert_eq!(without_frames(group), expected);
    }
}
