//! Somebody at a terminal: a pseudo-terminal whose other side is typed into and read.
//!
//! Nothing here waits for a time: each step waits until a text appears, for as long as a loaded machine may need.

use std::fs::File;
use std::io::{Read, Write};
use std::os::fd::{FromRawFd, OwnedFd};
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

/// Nothing takes that long.
const PATIENCE: Duration = Duration::from_secs(120);

pub const ENTER: &str = "\r";

/// Somebody at a terminal.
pub struct Person {
    pub child: Child,
    pub hand: File,
    eye: Receiver<Vec<u8>>,
    /// What has been seen and not yet been expected.
    seen: String,
    /// All that was seen, for messages.
    pub all: String,
}

/// The two sides of a new terminal.
fn terminal() -> (OwnedFd, OwnedFd) {
    let (mut ours, mut theirs) = (-1, -1);
    let size = libc::winsize { ws_row: 40, ws_col: 120, ws_xpixel: 0, ws_ypixel: 0 };
    // SAFETY: all pointers are valid for the call; on success the two numbers are new descriptors that nobody else owns.
    unsafe {
        let done = libc::openpty(&mut ours, &mut theirs, std::ptr::null_mut(), std::ptr::null_mut(), &size);
        assert_eq!(done, 0, "there are pseudo-terminals");
        (OwnedFd::from_raw_fd(ours), OwnedFd::from_raw_fd(theirs))
    }
}

impl Person {
    /// Sits down before a program, which gets a terminal.
    pub fn before(mut command: Command) -> Person {
        let (ours, theirs) = terminal();
        let side = || Stdio::from(theirs.try_clone().expect("a descriptor can be duplicated"));
        command.stdin(side()).stdout(side()).stderr(side());
        // SAFETY: both calls are safe between `fork` and `exec`.
        unsafe {
            command.pre_exec(|| {
                libc::setsid();
                libc::ioctl(0, libc::TIOCSCTTY, 0);
                Ok(())
            });
        }
        let child = command.spawn().expect("the program is there");
        drop(command);
        drop(theirs);
        let hand = File::from(ours);
        let mut reading = hand.try_clone().expect("a descriptor can be duplicated");
        let (show, eye) = channel();
        std::thread::spawn(move || {
            let mut block = [0; 4096];
            while let Ok(count) = reading.read(&mut block) {
                if count == 0 || show.send(block[..count].to_vec()).is_err() {
                    return;
                }
            }
        });
        Person { child, hand, eye, seen: String::new(), all: String::new() }
    }

    pub fn types(&mut self, text: &str) -> &mut Person {
        self.hand.write_all(text.as_bytes()).expect("the terminal takes what is typed");
        self
    }

    /// Types a line.
    pub fn enters(&mut self, text: &str) -> &mut Person {
        self.types(text).expect(text.trim_start());
        self.types(ENTER)
    }

    /// Looks until a text appears; what came before it.
    pub fn expect(&mut self, text: &str) -> String {
        let deadline = Instant::now() + PATIENCE;
        loop {
            if let Some(at) = self.seen.find(text) {
                let before = self.seen[..at].to_owned();
                self.seen = self.seen.split_off(at + text.len());
                return before;
            }
            let left = deadline.saturating_duration_since(Instant::now());
            match self.eye.recv_timeout(left) {
                Ok(bytes) => {
                    let text = String::from_utf8_lossy(&bytes);
                    self.seen.push_str(&text);
                    self.all.push_str(&text);
                }
                Err(_) => assert!(left.is_zero(), "the terminal is closed; {}", self.all.escape_debug()),
            }
            assert!(!left.is_zero(), "waited in vain for {text:?}; all that was seen:\n{}", self.all.escape_debug());
        }
    }

    /// Types a line at the prompt and looks for what comes of it, at the beginning of a line.
    pub fn asks(&mut self, text: &str, answers: &[&str]) -> &mut Person {
        self.enters(text);
        for answer in answers {
            self.expect(answer);
        }
        self.expect(">>> ");
        self
    }

    /// Waits for the end; the exit status.
    pub fn leaves(mut self) -> Option<i32> {
        let deadline = Instant::now() + PATIENCE;
        loop {
            // What is still written must be read, or it could not be written.
            while self.eye.try_recv().is_ok() {}
            if let Some(status) = self.child.try_wait().expect("the child is ours to wait for") {
                return status.code();
            }
            assert!(Instant::now() < deadline, "it does not end; all that was seen:\n{}", self.all.escape_debug());
            std::thread::sleep(Duration::from_millis(5));
        }
    }
}

impl Drop for Person {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
