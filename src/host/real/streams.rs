//! The standard streams, buffered as Python's own are.

use super::RealHost;
use crate::host::contract::{Buffering, Diversion, Fd, Files, Lender, Streams, room_for};
use crate::host::error::Result;

/// How much gathers before it goes out, and how much is fetched at once. CPython's number.
const BLOCK: usize = 8192;

/// What of standard input has been fetched and not yet been read.
#[derive(Default)]
pub(super) struct Input {
    bytes: Vec<u8>,
    /// Everything before this index has been read.
    read: usize,
}

/// What of standard output has not gone out yet.
pub(super) struct Output {
    bytes: Vec<u8>,
    buffering: Buffering,
    line_is_open: bool,
}

impl Output {
    pub fn new(terminal: bool) -> Output {
        let buffering = if terminal { Buffering::Line } else { Buffering::Block };
        Output { bytes: Vec::new(), buffering, line_is_open: false }
    }
}

impl Input {
    fn rest(&self) -> &[u8] {
        &self.bytes[self.read..]
    }

    /// Hand out the next `count` bytes.
    fn take(&mut self, count: usize) -> Vec<u8> {
        let taken = self.rest()[..count].to_vec();
        self.read += count;
        if self.read == self.bytes.len() {
            self.bytes.clear();
            self.read = 0;
        }
        taken
    }
}

impl RealHost {
    /// Write all of `bytes` to a standard stream; on failure, how much went out before it.
    fn write_all(&mut self, fd: Fd, bytes: &[u8]) -> std::result::Result<(), (usize, crate::host::HostError)> {
        if let Some(diversion) = &mut self.diversion {
            diversion(bytes);
            return Ok(());
        }
        self.output.line_is_open = bytes.last().is_some_and(|last| *last != b'\n');
        let mut done = 0;
        while done < bytes.len() {
            match self.write(fd, &bytes[done..]) {
                Ok(count) => done += count,
                Err(error) => return Err((done, error)),
            }
        }
        Ok(())
    }

    /// Fetch more of standard input; false at its end.
    fn fetch(&mut self) -> Result<bool> {
        let mut block = [0; BLOCK];
        let count = self.read(0, &mut block)?;
        if self.lender.is_some() {
            self.end_lines(&mut block[..count]);
        }
        self.input.bytes.extend_from_slice(&block[..count]);
        // At a terminal the end of a line that is typed is one of what is shown.
        self.output.line_is_open &= !block[..count].ends_with(b"\n");
        Ok(count > 0)
    }

    /// What was typed before the terminal was lent has come as to an editor: Enter was no end of a line yet, and nothing was shown.
    fn end_lines(&mut self, typed: &mut [u8]) {
        if typed.contains(&b'\r') {
            typed.iter_mut().filter(|byte| **byte == b'\r').for_each(|byte| *byte = b'\n');
            // To a terminal that takes nothing nothing can be shown.
            let _ = self.write(1, typed);
        }
    }
}

impl Streams for RealHost {
    fn write_stdout(&mut self, bytes: &[u8]) -> Result<()> {
        if !self.output.bytes.is_empty() && self.output.bytes.len() + bytes.len() > BLOCK {
            self.flush_stdout()?;
        }
        if bytes.len() > BLOCK || self.output.buffering == Buffering::None {
            return self.write_all(1, bytes).map_err(|(_, error)| error);
        }
        self.output.bytes.extend_from_slice(bytes);
        match self.output.buffering == Buffering::Line && bytes.contains(&b'\n') {
            true => self.flush_stdout(),
            false => Ok(()),
        }
    }

    fn flush_stdout(&mut self) -> Result<()> {
        if self.output.bytes.is_empty() {
            return Ok(());
        }
        let mut bytes = std::mem::take(&mut self.output.bytes);
        let outcome = self.write_all(1, &bytes);
        match &outcome {
            Ok(()) => bytes.clear(),
            Err((done, _)) => drop(bytes.drain(..done)),
        }
        self.output.bytes = bytes;
        outcome.map_err(|(_, error)| error)
    }

    fn write_stderr(&mut self, bytes: &[u8]) -> Result<()> {
        self.write_all(2, bytes).map_err(|(_, error)| error)
    }

    fn set_stdout_buffering(&mut self, buffering: Buffering) -> Result<()> {
        self.output.buffering = buffering;
        self.flush_stdout()
    }

    fn divert(&mut self, to: Option<Diversion>) {
        self.diversion = to;
    }

    fn lend(&mut self, by: Option<Lender>) {
        // Whoever has borrowed it does not any longer.
        self.borrow_terminal(false);
        self.lender = by;
    }

    fn borrow_terminal(&mut self, wanted: bool) {
        if let Some(lender) = &mut self.lender {
            lender(wanted);
        }
    }

    fn line_is_open(&self) -> bool {
        self.output.line_is_open
    }

    fn stdin_is_buffered(&self) -> bool {
        !self.input.rest().is_empty()
    }

    fn read_line(&mut self) -> Result<Vec<u8>> {
        let mut searched = 0;
        loop {
            let rest = self.input.rest();
            if let Some(place) = rest[searched..].iter().position(|&byte| byte == b'\n') {
                let length = searched + place + 1;
                return Ok(self.input.take(length));
            }
            searched = rest.len();
            if !self.fetch()? {
                return Ok(self.input.take(searched));
            }
        }
    }

    fn read_stdin(&mut self, max: usize) -> Result<Vec<u8>> {
        if !self.input.rest().is_empty() {
            let count = max.min(self.input.rest().len());
            return Ok(self.input.take(count));
        }
        // More than a pipe gives at once is never read, so a huge request need not become a huge buffer.
        let mut buffer = room_for(max.min(1 << 20))?;
        let count = self.read(0, &mut buffer)?;
        buffer.truncate(count);
        if self.lender.is_some() {
            self.end_lines(&mut buffer);
        }
        Ok(buffer)
    }
}
