//! Where a trace is written: a stream that is not the program's.

use crate::host::{Fd, Files, Open, RealHost, Result};
use std::io::{ErrorKind, Write};
use std::path::Path;

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
    File(Box<RealHost>, Fd),
    Memory,
}

impl Sheet {
    /// To standard output.
    pub fn standard_output() -> Sheet {
        Sheet { text: String::new(), to: To::StandardOutput, failed: None }
    }

    /// Into a file, which is made, or emptied.
    pub fn file(path: &Path) -> Result<Sheet> {
        let mut host = Box::new(RealHost::new());
        let how = Open { write: true, create: true, truncate: true, ..Open::default() };
        let fd = host.open(path, how)?;
        Ok(Sheet { text: String::new(), to: To::File(host, fd), failed: None })
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
        if let To::File(host, fd) = &mut self.to
            && let Err(error) = host.close(*fd)
        {
            self.failed.get_or_insert(error.message.to_string());
        }
        self.failed.take().map_or(Ok(()), Err)
    }

    fn send(&mut self) {
        if matches!(self.to, To::Memory) {
            return;
        }
        let text = std::mem::take(&mut self.text);
        if self.failed.is_none() {
            let sent = match &mut self.to {
                To::Memory => Ok(()),
                To::StandardOutput => {
                    let mut out = std::io::stdout().lock();
                    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
                        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(error.to_string()),
                        _ => Ok(()),
                    }
                }
                To::File(host, fd) => write_all(host, *fd, text.as_bytes()).map_err(|error| error.message.to_string()),
            };
            self.failed = sent.err();
        }
        // The memory is used again.
        self.text = text;
        self.text.clear();
    }
}

fn write_all(host: &mut RealHost, fd: Fd, mut bytes: &[u8]) -> Result<()> {
    while !bytes.is_empty() {
        let count = host.write(fd, bytes)?;
        bytes = bytes.get(count..).unwrap_or_default();
    }
    Ok(())
}
