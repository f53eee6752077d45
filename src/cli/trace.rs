//! `pyield trace`: runs a program and shows who gave control to whom.

use super::{complain, print};
use crate::host::{Host, RealHost};
use crate::interpreter::Interpreter;
use crate::trace::text::Style;
use crate::trace::{Filter, Record, Recorder, Verb, Wishes, diff, dot, html, jsonl, mermaid, perfetto, text};
use std::cell::RefCell;
use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::io::{BufWriter, Write};
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};
use std::rc::Rc;

/// What `trace` is to do.
#[derive(Debug, PartialEq)]
pub enum Trace {
    /// `--schema`
    Schema,
    /// `diff A B`
    Diff(OsString, OsString),
    /// A program.
    Program(Box<Orders>),
}

/// How a program is to be traced.
#[derive(Debug, Default, PartialEq)]
pub struct Orders {
    /// The program.
    file: OsString,
    /// What stands behind it.
    arguments: Vec<OsString>,
    format: Format,
    /// `-o`
    to: Option<OsString>,
    /// `--check`
    check: bool,
    filter: Filter,
    /// `--locals`
    locals: bool,
    /// `--time`
    time: bool,
    /// `--no-fold`
    unfolded: bool,
    /// `--virtual-time`
    virtual_time: bool,
}

/// A view.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Format {
    #[default]
    Text,
    JsonLines,
    Mermaid,
    Perfetto,
    Dot,
    Html,
}

/// Words of the command line, and the views they mean.
const FORMATS: &[(&str, Format)] = &[
    ("text", Format::Text),
    ("jsonl", Format::JsonLines),
    ("mermaid", Format::Mermaid),
    ("perfetto", Format::Perfetto),
    ("dot", Format::Dot),
    ("html", Format::Html),
];

/// Reads what stands behind `trace`.
pub fn arguments(line: &[OsString]) -> Result<Trace, String> {
    let mut words = line.iter();
    let mut orders = Orders::default();
    if let [diff, first, second] = line
        && diff == "diff"
    {
        return Ok(Trace::Diff(first.clone(), second.clone()));
    }
    while let Some(word) = words.next() {
        let text = word.to_string_lossy();
        let (name, given) = match text.split_once('=') {
            Some((name, value)) if name.starts_with("--") => (name.to_owned(), Some(value.to_owned())),
            _ => (text.clone().into_owned(), None),
        };
        let mut value = || match &given {
            Some(value) => Ok(value.clone()),
            None => match words.next() {
                Some(value) => Ok(value.to_string_lossy().into_owned()),
                None => Err(format!("{name} needs a value")),
            },
        };
        match name.as_str() {
            "--schema" => return Ok(Trace::Schema),
            "--format" => {
                let wanted = value()?;
                let known = FORMATS.iter().find(|(word, _)| *word == wanted);
                let names: Vec<&str> = FORMATS.iter().map(|(word, _)| *word).collect();
                orders.format =
                    known.ok_or_else(|| format!("unknown format '{wanted}': one of {}", names.join(", ")))?.1;
            }
            "-o" | "--output" => orders.to = Some(value()?.into()),
            "--check" => orders.check = true,
            "--events" => {
                for word in value()?.split(',') {
                    let words: Vec<&str> = Verb::ALL.into_iter().map(Verb::word).collect();
                    let verb = Verb::of(word);
                    orders
                        .filter
                        .verbs
                        .push(verb.ok_or_else(|| format!("unknown event '{word}': one of {}", words.join(", ")))?);
                }
            }
            "--function" => orders.filter.functions.push(value()?),
            "--file" => orders.filter.files.push(value()?),
            "--depth" => {
                let given = value()?;
                orders.filter.depth = Some(given.parse().map_err(|_| format!("--depth: '{given}' is no number"))?);
            }
            "--locals" => orders.locals = true,
            "--time" => orders.time = true,
            "--no-fold" => orders.unfolded = true,
            "--virtual-time" => orders.virtual_time = true,
            "--lines" | "--opcodes" => {
                return Err(format!("{name} is not there yet: transfers of control are recorded"));
            }
            _ if word.as_bytes().starts_with(b"-") && word != "-" => return Err(format!("unknown option {text}")),
            _ => {
                orders.file = word.clone();
                orders.arguments = words.cloned().collect();
                if orders.check && (orders.to.is_some() || orders.format != Format::Text || orders.time) {
                    return Err("--check compares text without times, and writes nothing".to_owned());
                }
                return Ok(Trace::Program(Box::new(orders)));
            }
        }
    }
    Err("trace needs a file".to_owned())
}

/// Does it; the exit status.
pub fn trace(what: Trace) -> i32 {
    match what {
        Trace::Schema => print(jsonl::SCHEMA),
        Trace::Diff(first, second) => compare(&first, &second),
        Trace::Program(orders) => program(&orders),
    }
}

/// Where two recorded traces part: status 1 if they do, 2 if one cannot be read.
fn compare(first: &OsStr, second: &OsStr) -> i32 {
    let read = |path: &OsStr| std::fs::read(path).map(|text| String::from_utf8_lossy(&text).into_owned());
    let texts = [first, second].map(|path| (path.to_string_lossy().into_owned(), read(path)));
    let mut known = Vec::new();
    for (name, text) in texts {
        match text {
            Ok(text) => known.push((name, text)),
            Err(error) => {
                complain(&format!("pyield: can't read '{name}': {error}\n"));
                return 2;
            }
        }
    }
    let shown = diff::parting((&known[0].0, &known[0].1), (&known[1].0, &known[1].1));
    shown.map_or(0, |shown| {
        print(&shown);
        1
    })
}

fn program(orders: &Orders) -> i32 {
    let mut real = RealHost::new();
    if orders.virtual_time {
        real.use_virtual_time();
    }
    let mut host: Box<dyn Host> = Box::new(real);
    let path = Path::new(&orders.file);
    if let Err(error) = host.read_file(path, usize::MAX) {
        complain(&format!("pyield: can't open file '{}': [Errno {}] {}\n", path.display(), error.errno, error.message));
        return 2;
    }
    let out: Box<dyn Write> = match &orders.to {
        Some(to) if !orders.check => match File::create(to) {
            Ok(file) => Box::new(BufWriter::new(file)),
            Err(error) => {
                complain(&format!("pyield: can't write '{}': {error}\n", to.display()));
                return 2;
            }
        },
        _ => Box::new(BufWriter::new(std::io::stdout())),
    };
    let out = Rc::new(RefCell::new(out));
    let colour = orders.to.is_none()
        && host.isatty(1)
        && host.env_get(OsStr::new("NO_COLOR")).is_none_or(|value| value.is_empty())
        && host.env_get(OsStr::new("TERM")).is_none_or(|value| value != "dumb");
    let wishes = Wishes {
        locals: orders.locals || orders.format == Format::Html,
        time: orders.time,
        // What goes to a file leaves the program's output where it belongs.
        output_too: orders.to.is_some() && !orders.check,
    };
    let mut interpreter = Interpreter::new(host);
    // An interrupt ends the program, not the telling of it.
    let _ = interpreter.vm.host.watch_interrupts();
    let recorder = if orders.format == Format::JsonLines {
        let (filter, out) = (orders.filter.clone(), out.clone());
        let sink = move |record: Record| {
            if filter.shows(&record) {
                let _ = out.borrow_mut().write_all(jsonl::line(&record).as_bytes());
            }
        };
        Recorder::streaming(wishes, Box::new(sink))
    } else {
        Recorder::new(wishes)
    };
    let here = interpreter.vm.host.current_dir().unwrap_or_default();
    interpreter.vm.observe(Box::new(recorder.from_directory(&here.to_string_lossy())));
    let status = interpreter.run_file(path, &orders.arguments);
    let mut records = Recorder::records_of(interpreter.vm.stop_observing());
    records.retain(|record| orders.filter.shows(record));
    let style = Style { colour: colour && !orders.check, fold: !orders.unfolded };
    if orders.check {
        return check(&orders.file, &text::text(&records, &style));
    }
    let shown = match orders.format {
        Format::Text => text::text(&records, &style),
        Format::JsonLines => String::new(),
        Format::Mermaid => mermaid::mermaid(&records),
        Format::Perfetto => perfetto::perfetto(&records),
        Format::Dot => dot::dot(&records),
        Format::Html => {
            let sources = sources(&mut interpreter, &records);
            html::html(&orders.file.to_string_lossy(), &records, &sources)
        }
    };
    let mut out = out.borrow_mut();
    if let Err(error) = out.write_all(shown.as_bytes()).and_then(|()| out.flush())
        && error.kind() != std::io::ErrorKind::BrokenPipe
    {
        complain(&format!("pyield: can't write the trace: {error}\n"));
        return 1;
    }
    status
}

/// Compares with the trace kept beside the program.
fn check(file: &OsStr, shown: &str) -> i32 {
    let mut kept = PathBuf::from(file).into_os_string();
    kept.push(".trace");
    let name = kept.to_string_lossy().into_owned();
    match std::fs::read(&kept) {
        Ok(expected) => match diff::parting((&name, &String::from_utf8_lossy(&expected)), ("this run", shown)) {
            None => 0,
            Some(difference) => {
                print(&format!("{name}: {difference}"));
                1
            }
        },
        Err(error) => {
            let program = file.to_string_lossy();
            complain(&format!("pyield: can't read '{name}': {error}\n(pyield trace -o {name} {program} makes it)\n"));
            2
        }
    }
}

/// The texts of the files that the records name.
fn sources(interpreter: &mut Interpreter, records: &[Record]) -> Vec<(String, String)> {
    let mut names: Vec<&str> = Vec::new();
    for place in records.iter().flat_map(|record| [&record.from, &record.to]).flatten() {
        if !names.contains(&&*place.file) {
            names.push(&place.file);
        }
    }
    let mut sources = Vec::new();
    for name in names {
        if let Ok(bytes) = interpreter.vm.host.read_file(Path::new(name), usize::MAX) {
            sources.push((name.to_owned(), String::from_utf8_lossy(&bytes).into_owned()));
        }
    }
    sources
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Result<Trace, String> {
        let words: Vec<OsString> = line.split_whitespace().map(OsString::from).collect();
        arguments(&words)
    }

    #[test]
    fn options_stand_before_the_program() {
        let plain = Orders { file: "a.py".into(), arguments: vec!["-o".into()], ..Orders::default() };
        assert_eq!(read("a.py -o"), Ok(Trace::Program(Box::new(plain))));
        let Ok(Trace::Program(orders)) =
            read("--format=html -o out.html --events send,yield --depth 3 --locals a.py x")
        else {
            panic!("a program")
        };
        assert_eq!((orders.format, orders.to.as_deref()), (Format::Html, Some(OsStr::new("out.html"))));
        assert_eq!((orders.filter.verbs.len(), orders.filter.depth, orders.locals), (2, Some(3), true));
        assert_eq!(read("diff a b"), Ok(Trace::Diff("a".into(), "b".into())));
        assert_eq!(read("--schema"), Ok(Trace::Schema));
    }

    #[test]
    fn mistakes_are_named() {
        for (line, part) in [
            ("", "needs a file"),
            ("--format svg a.py", "unknown format 'svg'"),
            ("--events jump a.py", "unknown event 'jump'"),
            ("--depth deep a.py", "'deep' is no number"),
            ("--format", "needs a value"),
            ("--quick a.py", "unknown option --quick"),
            ("--check --time a.py", "--check compares"),
            ("--lines a.py", "not there yet"),
        ] {
            assert!(read(line).is_err_and(|mistake| mistake.contains(part)), "{line}");
        }
    }
}
