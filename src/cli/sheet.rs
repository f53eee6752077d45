//! Where a trace is written: a stream that is not the program's.

use crate::host::{HostError, Result};
use std::fs::File;
use std::io::{self, ErrorKind, Write};
use std::path::Path;
use std::sync::mpsc::{Receiver, SyncSender, channel, sync_channel};
use std::thread::{Builder, JoinHandle};

/// So many bytes are written at once.
const FULL: usize = 1 << 17;

/// A text that goes somewhere, piece by piece.
pub struct Sheet {
    text: String,
    to: To,
    failed: Option<String>,
}

enum To {
    StandardOutput,
    File(Courier),
    Memory,
}

/// A thread that writes to a file, so that the program does not wait for it.
struct Courier {
    full: SyncSender<String>,
    /// What was written comes back, to be filled again.
    empty: Receiver<String>,
    worker: JoinHandle<io::Result<()>>,
}

/// So many pieces may wait to be written.
const WAITING: usize = 4;

impl Courier {
    fn of(mut file: File) -> io::Result<Courier> {
        let ((full, pieces), (back, empty)) = (sync_channel::<String>(WAITING), channel());
        let worker = Builder::new().name("trace".to_owned()).spawn(move || {
            for mut piece in pieces {
                file.write_all(piece.as_bytes())?;
                piece.clear();
                let _ = back.send(piece);
            }
            Ok(())
        })?;
        Ok(Courier { full, empty, worker })
    }

    /// Takes a piece, and gives an empty one for it. If it cannot be written, [`Courier::finish`] tells why.
    fn take(&mut self, piece: String) -> String {
        let _ = self.full.send(piece);
        self.empty.try_recv().unwrap_or_else(|_| String::with_capacity(FULL + FULL / 8))
    }

    /// Waits until everything is written.
    fn finish(self) -> io::Result<()> {
        drop(self.full);
        self.worker.join().unwrap_or_else(|_| Err(ErrorKind::Other.into()))
    }
}

impl Sheet {
    /// To standard output.
    pub fn standard_output() -> Sheet {
        Sheet { text: String::new(), to: To::StandardOutput, failed: None }
    }

    /// Into a file, which is made, or emptied.
    pub fn file(path: &Path) -> Result<Sheet> {
        let courier = Courier::of(File::create(path)?)?;
        Ok(Sheet { text: String::new(), to: To::File(courier), failed: None })
    }

    /// Nowhere: it is kept.
    pub fn memory() -> Sheet {
        Sheet { text: String::new(), to: To::Memory, failed: None }
    }

    /// What is kept, taken out.
    pub fn take(&mut self) -> String {
        std::mem::take(&mut self.text)
    }

    /// Appends something.
    pub fn write(&mut self, text: &str) {
        self.append(|out| out.push_str(text));
    }

    /// Appends what `write` appends.
    pub fn append(&mut self, write: impl FnOnce(&mut String)) {
        write(&mut self.text);
        if self.text.len() >= FULL {
            self.send();
        }
    }

    /// Everything is sent off; why that failed, if it did. A reader that went away has seen what it wanted.
    pub fn finish(&mut self) -> std::result::Result<(), String> {
        self.send();
        // What is written from now on is nobody's.
        if let To::File(courier) = std::mem::replace(&mut self.to, To::Memory)
            && let Err(error) = courier.finish()
        {
            self.failed.get_or_insert(HostError::from(error).message);
        }
        self.failed.take().map_or(Ok(()), Err)
    }

    fn send(&mut self) {
        match &mut self.to {
            To::Memory => {}
            To::File(courier) => self.text = courier.take(std::mem::take(&mut self.text)),
            To::StandardOutput => {
                if self.failed.is_none() {
                    let mut out = io::stdout().lock();
                    let sent = out.write_all(self.text.as_bytes()).and_then(|()| out.flush());
                    self.failed =
                        sent.err().filter(|error| error.kind() != ErrorKind::BrokenPipe).map(|e| e.to_string());
                }
                self.text.clear();
            }
        }
    }
}
