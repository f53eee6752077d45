//! Where a trace is written: a stream that is not the program's, with a thread that tells and writes.

use super::complain;
use crate::host::{Fd, Files, HostError, Open, Result};
use crate::trace::text::{Style, Writer};
use crate::trace::{Filter, Record, Teller, jsonl, recording};
use std::io::{self, ErrorKind, Write};
use std::path::Path;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex};
use std::thread::{Builder, JoinHandle};

/// So many bytes are written at once, if there are so many at once.
const FULL: usize = 1 << 17;

/// So many pieces may wait to be told and written: a program that is faster than this waits.
const WAITING: usize = 64;

/// How a recording is written while it is made.
pub enum View {
    /// As it is.
    Recording,
    /// As text.
    Text(Style, Filter),
    /// As lines of JSON.
    Lines(Filter),
}

/// So many parts that were written are kept, to be used again.
const SPARE: usize = 8;

/// What is to be written next.
enum Piece {
    Text(String),
    /// A recording begins.
    Begin(View),
    /// A part of it.
    Part(Vec<u8>),
    /// It is over.
    End,
    /// Whoever holds the other end wants to go on when all this is written.
    Seen(SyncSender<()>),
}

/// A stream to which texts and recordings are written, piece by piece, while the program that sends them goes on.
#[derive(Clone)]
pub struct Sheet {
    pieces: SyncSender<Piece>,
    written: Written,
}

/// Parts that were written.
type Written = Arc<Mutex<Vec<Vec<u8>>>>;

/// The thread that writes.
pub struct Courier {
    worker: JoinHandle<io::Result<()>>,
}

/// A new stream, to a file that is made, or emptied, or to standard output.
pub fn sheet(host: &mut dyn Files, to: Option<&Path>) -> Result<(Sheet, Courier)> {
    let fd: Fd = match to {
        Some(path) => host.open(path, Open { write: true, create: true, truncate: true, ..Open::default() })?,
        None => 1,
    };
    let file = host.writer(fd);
    if to.is_some() {
        host.close(fd)?;
    }
    let file = file?;
    let (pieces, waiting) = sync_channel(WAITING);
    let written = Written::default();
    let back = written.clone();
    let worker = Builder::new().name("trace".to_owned()).spawn(move || carry(&waiting, &back, file))?;
    Ok((Sheet { pieces, written }, Courier { worker }))
}

impl Sheet {
    /// Writes a text.
    pub fn write(&self, text: String) {
        self.send(Piece::Text(text));
    }

    /// What is sent from now on are parts of a recording, to be written so.
    pub fn begin(&self, view: View) {
        self.send(Piece::Begin(view));
    }

    /// Writes the next part of a recording. Gives one that was written, to be used again: memory that is new costs more
    /// than what is written there.
    pub fn part(&self, part: Vec<u8>) -> Vec<u8> {
        self.send(Piece::Part(part));
        self.written.lock().map(|mut written| written.pop()).ok().flatten().unwrap_or_default()
    }

    /// The recording is over.
    pub fn end(&self) {
        self.send(Piece::End);
    }

    /// Waits until all is written that was sent, also what may belong to a loop or a line that goes on: somebody looks at it
    /// now.
    pub fn settle(&self) {
        let (seen, wait) = sync_channel(1);
        self.send(Piece::Seen(seen));
        let _ = wait.recv();
    }

    /// If it cannot be written, [`Courier::finish`] tells why.
    fn send(&self, piece: Piece) {
        let _ = self.pieces.send(piece);
    }
}

impl Courier {
    /// Waits until everything is written; why that failed, if it did.
    pub fn finish(self, sheet: Sheet) -> std::result::Result<(), String> {
        drop(sheet);
        let outcome = self.worker.join().unwrap_or_else(|_| Err(ErrorKind::Other.into()));
        outcome.map_err(|error| HostError::from(error).message.to_string())
    }
}

/// A recording that is told while it is made.
struct Telling {
    teller: Teller,
    filter: Filter,
    form: Form,
    told: Told,
}

/// How many records there were, and how many the filter has left.
#[derive(Default)]
pub(super) struct Told {
    all: u64,
    shown: u64,
}

impl Told {
    pub(super) fn count(&mut self, shown: bool) {
        self.all += 1;
        self.shown += u64::from(shown);
    }

    fn add(&mut self, other: Told) {
        self.all += other.all;
        self.shown += other.shown;
    }

    /// Says so if a filter has left nothing: it may be misspelt.
    pub(super) fn complain_of_nothing(&self) {
        if self.shown == 0 && self.all > 0 {
            let asked = "--events, --function, --task, --file or --depth";
            complain(&format!("pyield: none of the {} events is what {asked} ask for\n", self.all));
        }
    }
}

enum Form {
    Text(Box<Writer>),
    Lines(jsonl::Writer),
}

impl Telling {
    /// What a recording becomes, unless it is written as it is.
    fn of(view: View) -> Option<Telling> {
        let (filter, form) = match view {
            View::Recording => return None,
            View::Text(style, filter) => (filter, Form::Text(Box::new(Writer::new(style)))),
            View::Lines(filter) => (filter, Form::Lines(jsonl::Writer::default())),
        };
        Some(Telling { teller: Teller::default(), filter, form, told: Told::default() })
    }

    fn part(&mut self, part: &[u8], out: &mut String) {
        let Telling { teller, filter, form, told } = self;
        teller.tell(part, &mut |record| told.count(form.record(filter, record, out)));
    }

    /// Nothing is held back.
    fn settle(&mut self, out: &mut String) {
        let Telling { teller, filter, form, told } = self;
        teller.finish(&mut |record| told.count(form.record(filter, record, out)));
        if let Form::Text(writer) = form {
            writer.finish(out);
        }
    }
}

impl Form {
    fn record(&mut self, filter: &Filter, record: Record, out: &mut String) -> bool {
        match self {
            Form::Text(writer) => writer.offer(record, filter, out),
            Form::Lines(writer) => {
                let shows = filter.shows(&record);
                if shows {
                    writer.line(out, &record);
                }
                shows
            }
        }
    }
}

/// Tells and writes what comes, until nobody sends any more.
fn carry(pieces: &Receiver<Piece>, written: &Written, file: Box<dyn Write + Send>) -> io::Result<()> {
    let mut file = Some(file);
    let mut failed = None;
    let mut write = |bytes: &[u8]| {
        if let Some(open) = &mut file
            && let Err(error) = open.write_all(bytes)
        {
            // What is sent from now on is nobody's. A reader that went away has seen what it wanted, and the program that
            // would go on for nobody ends as one that writes to a closed pipe does.
            if error.kind() == ErrorKind::BrokenPipe {
                std::process::exit(0);
            }
            failed.get_or_insert(error);
            file = None;
        }
    };
    let mut out = String::new();
    let (mut telling, mut told) = (None, Told::default());
    let mut next = pieces.recv().ok();
    while let Some(piece) = next {
        match piece {
            Piece::Text(text) => out.push_str(&text),
            Piece::Begin(view) => {
                telling = Telling::of(view);
                if telling.is_none() {
                    write(recording::MAGIC);
                }
            }
            Piece::Part(part) => {
                match &mut telling {
                    Some(telling) => telling.part(&part, &mut out),
                    None => write(&part),
                }
                if let Ok(mut written) = written.lock()
                    && written.len() < SPARE
                {
                    written.push(part);
                }
            }
            Piece::End => {
                if let Some(mut telling) = telling.take() {
                    telling.settle(&mut out);
                    told.add(telling.told);
                }
            }
            Piece::Seen(seen) => {
                if let Some(telling) = &mut telling {
                    telling.settle(&mut out);
                }
                write(out.as_bytes());
                out.clear();
                let _ = seen.send(());
            }
        }
        next = pieces.try_recv().ok();
        if next.is_none() || out.len() >= FULL {
            write(out.as_bytes());
            out.clear();
        }
        next = next.or_else(|| pieces.recv().ok());
    }
    told.complain_of_nothing();
    failed.map_or(Ok(()), Err)
}
