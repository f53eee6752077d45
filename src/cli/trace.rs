//! `pyield trace`: runs a program and shows who gave control to whom.

use super::arguments::{Action, Blocks, Options, Program, program};
use super::run::{self, real_host};
use super::sheet::{self, Courier, Sheet, Told, View};
use super::{complain, limits, print, trace_document};
use crate::compiler::Marks;
use crate::host::{Files, Host, RealHost, wants_colours};
use crate::interpreter::Interpreter;
use crate::trace::html::{Recording, Text};
use crate::trace::text::{Style, Writer};
use crate::trace::{
    Filter, Grain, Record, Recorder, Teller, Verb, Wishes, diff, dot, html, jsonl, mermaid, perfetto, recording,
};
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

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
    /// The program, or a document with programs.
    pub program: Program,
    /// How it is run.
    pub options: Options,
    /// `--format`
    pub format: Format,
    /// `-o`
    pub to: Option<OsString>,
    /// `--check`
    check: bool,
    /// `--update`
    update: bool,
    /// Blocks of a document.
    pub blocks: Blocks,
    filter: Filter,
    /// `--locals`
    locals: bool,
    /// `--time`
    time: bool,
    /// `--lines`, `--opcodes`
    grain: Grain,
    /// `--no-fold`
    unfolded: bool,
}

impl Orders {
    /// What the trace is of, as it was named.
    pub fn name(&self) -> &OsStr {
        match &self.program {
            Program::File(name) | Program::Module(name) | Program::Document { file: name, .. } => name,
            Program::Code(_) => OsStr::new("-c"),
            Program::Input { .. } | Program::Prompt => OsStr::new("-"),
        }
    }
}

/// A view.
#[allow(missing_docs)]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    #[default]
    Text,
    JsonLines,
    Recording,
    Mermaid,
    Perfetto,
    Dot,
    Html,
}

/// Words of the command line, and the views they mean.
const FORMATS: &[(&str, Format)] = &[
    ("text", Format::Text),
    ("jsonl", Format::JsonLines),
    ("recording", Format::Recording),
    ("mermaid", Format::Mermaid),
    ("perfetto", Format::Perfetto),
    ("dot", Format::Dot),
    ("html", Format::Html),
];

impl Format {
    fn of(word: &str) -> Option<Format> {
        FORMATS.iter().find(|(known, _)| *known == word).map(|(_, format)| *format)
    }

    /// Its word.
    pub fn word(self) -> &'static str {
        FORMATS.iter().find(|(_, format)| *format == self).map_or("", |(word, _)| word)
    }

    /// Is it written while the program runs?
    pub fn is_streamed(self) -> bool {
        matches!(self, Format::Text | Format::JsonLines | Format::Recording)
    }

    /// Is asyncio's own business of interest in it?
    fn is_complete(self) -> bool {
        matches!(self, Format::JsonLines | Format::Recording | Format::Perfetto | Format::Html)
    }
}

/// `FILE [--format FORMAT] [-o OUT]`: the form of the view may be said behind the file, too, ahead of what the program is given.
/// What was said before the file is not said again: a program that takes an `-o` gets it then.
fn behind_file(orders: &mut Orders, words: &mut (impl Iterator<Item = OsString> + Clone)) {
    let mut takes = |names: &[&str], take: &mut dyn FnMut(&str) -> bool| {
        let mut ahead = words.clone();
        let Some(word) = ahead.next().and_then(|word| word.into_string().ok()) else { return false };
        let (name, value) = match word.split_once('=') {
            Some((name, value)) if name.starts_with("--") => (name, Some(value.to_owned())),
            _ => (&*word, None),
        };
        let value = |ahead: &mut dyn Iterator<Item = OsString>| value.or_else(|| ahead.next()?.into_string().ok());
        let taken = names.contains(&name) && value(&mut ahead).is_some_and(|value| take(&value));
        if taken {
            *words = ahead;
        }
        taken
    };
    let mut form = None;
    loop {
        let taken = form.is_none()
            && takes(&["--format"], &mut |wanted| {
                form = Format::of(wanted);
                form.is_some()
            });
        let is_open = orders.to.is_none();
        let to = &mut orders.to;
        let taken = taken
            || is_open
                && takes(&["-o", "--output"], &mut |file| {
                    *to = Some(file.into());
                    true
                });
        if !taken {
            break;
        }
    }
    orders.format = form.unwrap_or(orders.format);
}

impl Orders {
    /// Takes an option of `trace`; says whether it was one.
    fn take(&mut self, word: &OsStr, words: &mut dyn Iterator<Item = OsString>) -> Result<bool, String> {
        let text = word.to_string_lossy();
        let (name, given) = match text.split_once('=') {
            Some((name, value)) if name.starts_with("--") => (name, Some(value.to_owned())),
            _ => (&*text, None),
        };
        let mut value = || match &given {
            Some(value) => Ok(value.clone()),
            None => match words.next() {
                Some(value) => Ok(value.to_string_lossy().into_owned()),
                None => Err(format!("{name} needs a value")),
            },
        };
        match name {
            "--format" => {
                let wanted = value()?;
                let names: Vec<&str> = FORMATS.iter().map(|(word, _)| *word).collect();
                self.format = Format::of(&wanted)
                    .ok_or_else(|| format!("unknown format '{wanted}': one of {}", names.join(", ")))?;
            }
            "-o" | "--output" => self.to = Some(value()?.into()),
            "--check" => self.check = true,
            "--update" => self.update = true,
            "--events" => {
                for word in value()?.split(',') {
                    let words: Vec<&str> = Verb::ALL.iter().map(|verb| verb.word()).collect();
                    let verb = Verb::of(word);
                    self.filter
                        .verbs
                        .push(verb.ok_or_else(|| format!("unknown event '{word}': one of {}", words.join(", ")))?);
                }
            }
            "--function" => self.filter.functions.push(value()?),
            "--task" => self.filter.tasks.push(value()?),
            "--file" => self.filter.files.push(value()?),
            "--depth" => {
                let given = value()?;
                self.filter.depth = Some(given.parse().map_err(|_| format!("--depth: '{given}' is no number"))?);
            }
            "--locals" => self.locals = true,
            "--time" => self.time = true,
            "--no-fold" => self.unfolded = true,
            "--shared" => self.blocks.shared = true,
            "--block" => {
                let given = value()?;
                let number = given.parse().ok().filter(|number| *number > 0);
                self.blocks.only = Some(number.ok_or("--block needs a number, from 1")?);
            }
            "--lines" => self.grain = Grain::Lines,
            "--opcodes" => self.grain = Grain::Instructions,
            _ => return Ok(false),
        }
        Ok(true)
    }

    /// Do they go together?
    fn examined(mut self) -> Result<Orders, String> {
        let (is_document, is_file) = match &self.program {
            Program::Document { .. } => (true, false),
            Program::File(_) => (false, true),
            _ => (false, false),
        };
        let keeps = self.check || self.update;
        if keeps && (self.to.is_some() || self.format != Format::Text || self.time) {
            return Err("--check and --update are about text without times, in FILE.trace".to_owned());
        }
        if self.check && self.update {
            return Err("--check or --update, not both".to_owned());
        }
        if self.grain != Grain::Transfers && self.format == Format::Dot {
            return Err("--lines and --opcodes say nothing about who waits for whom: not with dot".to_owned());
        }
        if self.blocks != Blocks::default() && !is_document {
            return Err("--block and --shared are for Markdown documents".to_owned());
        }
        if keeps && !is_file {
            return Err("--check and --update are for programs in files".to_owned());
        }
        if self.update {
            self.to = Some(beside(self.name()));
        }
        if self.format == Format::Recording && is_document {
            return Err("a recording is of one program".to_owned());
        }
        if self.format == Format::Recording && self.to.is_none() {
            return Err("a recording needs a file: -o FILE".to_owned());
        }
        // Whoever names them wants to see all of them.
        let asked = |verb: &Verb| matches!(verb, Verb::Queue | Verb::Run);
        self.filter.library = self.format.is_complete() || self.filter.verbs.iter().any(asked);
        Ok(self)
    }
}

/// Reads what stands behind `trace`.
pub fn arguments(line: &[OsString]) -> Result<Trace, String> {
    if line.first().is_some_and(|word| word == "diff") {
        return match line {
            [_, first, second] => Ok(Trace::Diff(first.clone(), second.clone())),
            _ => Err("trace diff needs two files".to_owned()),
        };
    }
    let (mut orders, mut schema) = (Orders::default(), false);
    let mut own = |word: &OsStr, words: &mut dyn Iterator<Item = OsString>| {
        if word == "--schema" {
            schema = true;
            return Ok(true);
        }
        orders.take(word, words)
    };
    let action = program(line.to_vec(), Options::default(), &mut own)?;
    if schema {
        return Ok(Trace::Schema);
    }
    (orders.program, orders.options) = match action {
        Action::Run(program, options) if program != (Program::Input { named: false }) => (program, options),
        _ => return Err("trace needs a program".to_owned()),
    };
    if let Program::File(_) | Program::Document { .. } = &orders.program {
        let mut words = std::mem::take(&mut orders.options.arguments).into_iter();
        behind_file(&mut orders, &mut words);
        orders.options.arguments = words.collect();
    }
    orders.options.marks = match orders.grain {
        Grain::Transfers => Marks::NONE,
        Grain::Lines => Marks::LINES,
        Grain::Instructions => Marks::INSTRUCTIONS,
    };
    Ok(Trace::Program(Box::new(orders.examined()?)))
}

/// Does it; the exit status.
pub fn trace(what: Trace) -> i32 {
    match what {
        Trace::Schema => print(jsonl::SCHEMA),
        Trace::Diff(first, second) => compare(&first, &second),
        Trace::Program(orders) => match orders.program {
            Program::Document { .. } => trace_document::document(&orders),
            _ => one(&orders),
        },
    }
}

/// Where two traces that were kept part: status 1 if they do, 2 if one cannot be read.
///
/// Of a recording it is compared what it says: in the form of the other, if that is a text, where loops are folded, or JSON.
fn compare(first: &OsStr, second: &OsStr) -> i32 {
    let mut host = RealHost::new();
    let (mut names, mut traces) = (Vec::new(), Vec::new());
    for path in [first, second] {
        let name = path.to_string_lossy().into_owned();
        match host.read_file(Path::new(path), usize::MAX) {
            Ok(trace) if is_of_other_version(&trace, &name) => return 2,
            Ok(trace) => traces.push(trace),
            Err(error) => {
                complain(&format!("pyield: can't read '{name}': [Errno {}] {}\n", error.errno, error.message));
                return 2;
            }
        }
        names.push(name);
    }
    let form = match traces.iter().find(|trace| !trace.starts_with(recording::MAGIC)) {
        None => Form::Text { fold: false },
        Some(other) if other.starts_with(b"{") => Form::Lines,
        Some(_) => Form::Text { fold: true },
    };
    let [first, second] = [0, 1].map(|n| readable(&traces[n], form));
    diff::parting((&names[0], &first), (&names[1], &second)).map_or(0, |shown| {
        print(&shown);
        1
    })
}

/// How a recording is told to be compared.
#[derive(Clone, Copy)]
enum Form {
    Text { fold: bool },
    Lines,
}

/// A trace that was kept, as text: what a recording says, anything else as it is.
fn readable(kept: &[u8], form: Form) -> String {
    if !kept.starts_with(recording::MAGIC) {
        return String::from_utf8_lossy(kept).into_owned();
    }
    let records = Teller::all(kept);
    match form {
        Form::Text { fold } => told(records, Style { colour: false, fold }, &Filter::default()),
        Form::Lines => {
            let (mut writer, mut text) = (jsonl::Writer::default(), String::new());
            records.iter().for_each(|record| writer.line(&mut text, record));
            text
        }
    }
}

/// Records as text.
fn told(records: Vec<Record>, style: Style, filter: &Filter) -> String {
    let (mut writer, mut text) = (Writer::new(style), String::new());
    for record in records {
        writer.offer(record, filter, &mut text);
    }
    writer.finish(&mut text);
    text
}

/// Says so of a recording that this version cannot read.
fn is_of_other_version(trace: &[u8], name: &str) -> bool {
    let other = trace.starts_with(recording::RECORDING) && !trace.starts_with(recording::MAGIC);
    if other {
        complain(&format!("pyield: '{name}' was recorded by another version of pyield: record it again\n"));
    }
    other
}

/// One program.
fn one(orders: &Orders) -> i32 {
    let mut host = new_host(orders);
    if run::is_prompt(&mut *host, &orders.program, &orders.options) {
        complain("pyield: trace needs a program\n");
        return 2;
    }
    if let Program::File(file) = &orders.program
        && let Ok(bytes) = host.read_file(Path::new(file), usize::MAX)
        && bytes.starts_with(recording::RECORDING)
    {
        if is_of_other_version(&bytes, &file.to_string_lossy()) {
            return 2;
        }
        if let Some(word) = orders.options.arguments.first() {
            let (file, word) = (file.display(), word.display());
            complain(&format!(
                "pyield: '{file}' is a recording, which is given no arguments: '{word}' stands before it\n"
            ));
            return 2;
        }
        return retold(&mut Interpreter::new(host), orders, bytes);
    }
    let mut ready = match run::load(host, &orders.program, &orders.options) {
        Ok(ready) => ready,
        Err(status) => return status,
    };
    if orders.check {
        let (recording, _) = recorded(&mut ready, orders, None);
        let style = Style { colour: false, fold: !orders.unfolded };
        let text = told(Teller::all(&recording), style, &orders.filter);
        return check(&mut ready.interpreter, orders.name(), &text);
    }
    let (sheet, courier) = match sheet(&mut ready.interpreter, orders) {
        Ok(sheet) => sheet,
        Err(status) => return status,
    };
    // The text as it is run, which may be another than the file's later on, if there is a file.
    let here = ready.interpreter.vm.host.current_dir().unwrap_or_default();
    let known = ready.text().map(|source| Text {
        name: Path::new(source.name())
            .strip_prefix(&here)
            .map_or(source.name().into(), |below| below.to_string_lossy())
            .into_owned(),
        first_line: 1,
        text: source.text().to_owned(),
    });
    let known = known.into_iter().collect();
    let (recording, status) = recorded(&mut ready, orders, Some(&sheet));
    if view(&mut ready.interpreter, orders).is_none() {
        sheet.write(drawn(&mut ready.interpreter, orders, &recording, known));
    }
    ended(sheet, courier, status)
}

fn recorded(ready: &mut run::Ready, orders: &Orders, sheet: Option<&Sheet>) -> (Vec<u8>, i32) {
    watch(&mut ready.interpreter, orders, sheet);
    let outcome = ready.run();
    let status = ready.interpreter.finish(outcome).status();
    (unwatch(&mut ready.interpreter, sheet.filter(|_| orders.format.is_streamed())), status)
}

/// What is written while it is recorded, if it is.
fn view(interpreter: &mut Interpreter, orders: &Orders) -> Option<View> {
    match orders.format {
        Format::Text => {
            let style = Style { colour: has_colours(interpreter, orders), fold: !orders.unfolded };
            Some(View::Text(style, orders.filter.clone()))
        }
        Format::JsonLines => Some(View::Lines(orders.filter.clone())),
        Format::Recording => Some(View::Recording),
        Format::Mermaid | Format::Perfetto | Format::Dot | Format::Html => None,
    }
}

/// A view of what was recorded before; status 1 if that breaks off, as when the program was killed.
fn retold(interpreter: &mut Interpreter, orders: &Orders, recording: Vec<u8>) -> i32 {
    let (sheet, courier) = match sheet(interpreter, orders) {
        Ok(sheet) => sheet,
        Err(status) => return status,
    };
    let (length, breaks_off) = (recording.len(), Teller::breaks_off(&recording));
    match view(interpreter, orders) {
        Some(view) => {
            sheet.begin(view);
            sheet.part(recording);
            sheet.end();
        }
        None => sheet.write(drawn(interpreter, orders, &recording, Vec::new())),
    }
    let status = ended(sheet, courier, 0);
    let Some(at) = breaks_off else { return status };
    let name = orders.name().display();
    complain(&match at < length {
        true => format!("pyield: '{name}' breaks off at byte {at} of {length}: what it says before that is shown\n"),
        false => format!("pyield: '{name}' does not come to an end: the recorder was killed, or goes on\n"),
    });
    1
}

/// The records that are to be shown.
pub(super) fn shown(orders: &Orders, recording: &[u8], told: &mut Told) -> Vec<Record> {
    let mut records = Teller::all(recording);
    records.retain(|record| {
        let shows = orders.filter.shows(record);
        told.count(shows);
        shows
    });
    records
}

/// A view that needs all records.
///
/// `known`: the texts that stand in no file.
fn drawn(interpreter: &mut Interpreter, orders: &Orders, recording: &[u8], known: Vec<Text>) -> String {
    let mut told = Told::default();
    let records = shown(orders, recording, &mut told);
    told.complain_of_nothing();
    if orders.format != Format::Html {
        return picture(orders.format, &records);
    }
    let sources = sources(interpreter, &records, known);
    html::html(&orders.name().to_string_lossy(), &Recording { records, sources })
}

/// A host for a program that is traced.
pub(super) fn new_host(orders: &Orders) -> Box<dyn Host> {
    let mut host = real_host(&orders.options);
    // An interrupt ends the program, not the telling of it.
    let _ = host.watch_interrupts();
    if let Some(time) = orders.options.timeout {
        limits::begin(time);
    }
    host
}

/// Where the trace goes; the error is an exit status.
pub(super) fn sheet(interpreter: &mut Interpreter, orders: &Orders) -> Result<(Sheet, Courier), i32> {
    let to = orders.to.as_deref().map(Path::new);
    sheet::sheet(&mut *interpreter.vm.host, to).map_err(|error| {
        let (errno, message) = (error.errno, error.message);
        let name = to.map_or_else(|| "standard output".into(), |to| format!("'{}'", to.display()));
        complain(&format!("pyield: can't write {name}: [Errno {errno}] {message}\n"));
        2
    })
}

/// What is left to do when all is sent; the exit status.
pub(super) fn ended(sheet: Sheet, courier: Courier, status: i32) -> i32 {
    match courier.finish(sheet) {
        Ok(()) => status,
        Err(error) => {
            complain(&format!("pyield: can't write the trace: {error}\n"));
            1
        }
    }
}

/// A recorder watches from now on. What can be written while the program runs is.
pub(super) fn watch(interpreter: &mut Interpreter, orders: &Orders, sheet: Option<&Sheet>) {
    let wishes = Wishes {
        locals: orders.locals || orders.format == Format::Html,
        time: orders.time,
        grain: orders.grain,
        // What goes to a file leaves the program's output where it belongs.
        output_too: orders.to.is_some() && !orders.check,
        live: orders.to.is_none() && !orders.check && interpreter.vm.host.isatty(1),
    };
    let recorder = match sheet.and_then(|sheet| Some((sheet, view(interpreter, orders)?))) {
        Some((sheet, view)) => {
            sheet.begin(view);
            let parts = sheet.clone();
            let sink = move |part, waits: bool| {
                let spare = parts.part(part);
                if waits {
                    parts.settle();
                }
                spare
            };
            Recorder::streaming(wishes, Box::new(sink))
        }
        None => Recorder::new(wishes),
    };
    let host = &mut *interpreter.vm.host;
    // What is kept beside a program is the same wherever that is run from.
    let here = match orders.check || orders.update {
        true => {
            let program = run::absolute(host, Path::new(orders.name()));
            run::real_directory(host, &program)
        }
        false => host.current_dir().unwrap_or_default(),
    };
    interpreter.vm.observe(Box::new(recorder.from_directory(&here.to_string_lossy())));
}

/// It watches no more; what is not written yet is, or else given back.
pub(super) fn unwatch(interpreter: &mut Interpreter, sheet: Option<&Sheet>) -> Vec<u8> {
    let rest = Recorder::recording_of(interpreter.vm.stop_observing());
    let Some(sheet) = sheet else { return rest };
    sheet.part(rest);
    sheet.end();
    Vec::new()
}

fn has_colours(interpreter: &mut Interpreter, orders: &Orders) -> bool {
    let ignore = orders.options.ignore_environment;
    orders.to.is_none() && !orders.check && wants_colours(&mut *interpreter.vm.host, 1, ignore)
}

/// The records in a view that needs all of them, other than a page.
pub(super) fn picture(format: Format, records: &[Record]) -> String {
    match format {
        Format::Mermaid => mermaid::mermaid(records),
        Format::Perfetto => perfetto::perfetto(records),
        Format::Dot => dot::dot(records),
        Format::Text | Format::JsonLines | Format::Recording | Format::Html => String::new(),
    }
}

/// Where the trace of a program is kept.
fn beside(file: &OsStr) -> OsString {
    let mut kept = PathBuf::from(file).into_os_string();
    kept.push(".trace");
    kept
}

/// Compares with the trace kept beside the program.
fn check(interpreter: &mut Interpreter, file: &OsStr, shown: &str) -> i32 {
    let kept = beside(file);
    let name = kept.to_string_lossy().into_owned();
    match interpreter.vm.host.read_file(Path::new(&kept), usize::MAX) {
        Ok(expected) => match diff::parting((&name, &String::from_utf8_lossy(&expected)), ("this run", shown)) {
            None => 0,
            Some(difference) => {
                print(&format!("{name}: {difference}"));
                let program = file.to_string_lossy();
                complain(&format!("(if this run is right: pyield trace --update {program}, with the same options)\n"));
                1
            }
        },
        Err(error) => {
            let (program, errno, message) = (file.to_string_lossy(), error.errno, error.message);
            let how = format!("(pyield trace --update {program} makes it)");
            complain(&format!("pyield: can't read '{name}': [Errno {errno}] {message}\n{how}\n"));
            2
        }
    }
}

/// The texts of the files that the records name, with those that are known already.
pub(super) fn sources(interpreter: &mut Interpreter, records: &[Record], mut known: Vec<Text>) -> Vec<Text> {
    for place in records.iter().flat_map(|record| [&record.from, &record.to]).flatten() {
        if known.iter().any(|text| *text.name == *place.file) {
            continue;
        }
        // What cannot be read is not asked for again: it is there, and empty.
        let bytes = interpreter.vm.host.read_file(Path::new(&*place.file), usize::MAX).unwrap_or_default();
        let text = interpreter.decode(&place.file, &bytes);
        let text = text.unwrap_or_else(|_| String::from_utf8_lossy(&bytes).into_owned());
        known.push(Text { name: place.file.to_string(), first_line: 1, text });
    }
    known
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
        // An option without what belongs to it is none of ours.
        let options = Options { arguments: vec!["-o".into()], ..Options::default() };
        let plain = Orders { program: Program::File("a.py".into()), options, ..Orders::default() };
        assert_eq!(read("a.py -o"), Ok(Trace::Program(Box::new(plain))));
        let Ok(Trace::Program(orders)) =
            read("--format=html -o out.html --events send,yield --depth 3 --locals a.py x")
        else {
            panic!("a program")
        };
        assert_eq!((orders.format, orders.to.as_deref()), (Format::Html, Some(OsStr::new("out.html"))));
        assert_eq!((orders.filter.verbs.len(), orders.filter.depth, orders.locals), (2, Some(3), true));
        // Of these the form of the view may stand behind the file, too, before anything else.
        let Ok(Trace::Program(orders)) = read("a.md --format=html -o out.html -o x") else { panic!("a program") };
        assert_eq!((orders.format, orders.to.as_deref()), (Format::Html, Some(OsStr::new("out.html"))));
        assert_eq!(orders.options.arguments, ["-o", "x"]);
        let Ok(Trace::Program(orders)) = read("a.py -o out --format dot --format x") else { panic!("a program") };
        assert_eq!((orders.format, orders.to.as_deref()), (Format::Dot, Some(OsStr::new("out"))));
        assert_eq!(orders.options.arguments, ["--format", "x"]);
        let Ok(Trace::Program(orders)) = read("-o out a.py -o x") else { panic!("a program") };
        assert_eq!(orders.options.arguments, ["-o", "x"]);
        let Ok(Trace::Program(orders)) = read("a.py --format pdf -o x") else { panic!("a program") };
        assert_eq!((orders.format, orders.to, orders.options.arguments.len()), (Format::Text, None, 4));
        assert_eq!(read("diff a b"), Ok(Trace::Diff("a".into(), "b".into())));
        assert_eq!(read("--schema"), Ok(Trace::Schema));
    }

    #[test]
    fn the_help_names_all_events() {
        let help = super::super::help::HELP;
        let line = help.lines().find(|line| line.starts_with("--events")).unwrap_or("");
        for verb in Verb::ALL {
            assert!(line.split([' ', ',']).any(|word| word == verb.word()), "{}", verb.word());
        }
    }

    #[test]
    fn mistakes_are_named() {
        for (line, part) in [
            ("", "needs a program"),
            ("--format svg a.py", "unknown format 'svg'"),
            ("--events jump a.py", "unknown event 'jump'"),
            ("--depth deep a.py", "'deep' is no number"),
            ("--format", "needs a value"),
            ("--quick a.py", "unknown option --quick"),
            ("diff a.py", "needs two files"),
            ("--check -m this", "are for programs in files"),
            ("--check --update a.py", "not both"),
            ("--format recording a.py", "-o FILE"),
            ("--check --time a.py", "text without times"),
            ("--lines --format dot a.py", "not with dot"),
        ] {
            assert!(read(line).is_err_and(|mistake| mistake.contains(part)), "{line}");
        }
    }
}
