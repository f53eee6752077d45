//! The history: as the line editor sees it, which is kept as it was meant and shown with the marks of its lines, and as the file
//! that is read before and grows by each input. The editor's thread knows no files; the main thread has them from the host.

use super::marks::{MARK, marked, unmarked};
use crate::host::{Host, HostError, Open};
use rustyline::Result;
use rustyline::history::{History, MemHistory, SearchDirection, SearchResult};
use std::borrow::Cow;
use std::path::Path;

/// The longest history that is kept.
pub const MOST: usize = 10_000;

/// So large a file is read.
const LARGEST: usize = 64 << 20;

/// The first line of the file, which rustyline could read as well: an entry a line, in which an end of line is `\n` and a
/// backslash `\\`. A file without it has its entries as they are.
const VERSION: &str = "#V2";

/// The entries of a history's file. One that is too long, or of older form, is written anew.
pub fn read(host: &mut dyn Host, path: &Path) -> Vec<String> {
    // Without a history there is one to begin with.
    let Ok(bytes) = host.read_file(path, LARGEST) else { return Vec::new() };
    let text = String::from_utf8_lossy(&bytes);
    let (known, lines) = match text.strip_prefix(VERSION).and_then(|rest| rest.strip_prefix('\n')) {
        Some(rest) => (true, rest),
        None => (false, &*text),
    };
    let lines = lines.lines().filter(|line| !line.is_empty());
    let mut entries: Vec<String> = lines.map(|line| if known { plain(line) } else { line.to_owned() }).collect();
    let surplus = entries.len().saturating_sub(MOST);
    entries.drain(..surplus);
    if surplus > 0 || !known {
        let lines = entries.iter().map(|entry| written(entry));
        let _ = host.write_file(path, (format!("{VERSION}\n") + &lines.collect::<String>()).as_bytes());
    }
    entries
}

/// Adds an entry to the file, so that it is there whatever happens next.
pub fn append(host: &mut dyn Host, path: &Path, entry: &str) -> std::result::Result<(), HostError> {
    let head = if host.exists(path) { String::new() } else { format!("{VERSION}\n") };
    let how = Open { append: true, write: true, create: true, permissions: Some(0o600), ..Open::default() };
    let fd = host.open(path, how)?;
    let line = head + &written(entry);
    let mut rest = line.as_bytes();
    let mut outcome = Ok(());
    while !rest.is_empty() && outcome.is_ok() {
        outcome = host.write(fd, rest).map(|count| rest = &rest[count.min(rest.len())..]);
    }
    outcome.and(host.close(fd))
}

/// An entry as its line.
fn written(entry: &str) -> String {
    entry.replace('\\', "\\\\").replace('\n', "\\n") + "\n"
}

/// The entry of a line.
fn plain(line: &str) -> String {
    let mut entry = String::with_capacity(line.len());
    let mut letters = line.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => entry.push(letters.next().map_or('\\', |next| if next == 'n' { '\n' } else { next })),
            letter => entry.push(letter),
        }
    }
    entry
}

/// A history whose entries may have several lines.
pub struct Entries(pub MemHistory);

/// The entry as it is shown; the place of what was found moves with the marks before it.
fn shown(found: SearchResult<'_>) -> SearchResult<'_> {
    let before = found.entry.get(..found.pos).unwrap_or("").matches('\n').count();
    SearchResult { pos: found.pos + before * MARK.len(), entry: Cow::Owned(marked(&found.entry)), idx: found.idx }
}

impl History for Entries {
    fn get(&self, index: usize, direction: SearchDirection) -> Result<Option<SearchResult<'_>>> {
        Ok(self.0.get(index, direction)?.map(shown))
    }

    fn add(&mut self, line: &str) -> Result<bool> {
        self.0.add(line)
    }

    fn add_owned(&mut self, line: String) -> Result<bool> {
        self.0.add_owned(line)
    }

    fn len(&self) -> usize {
        self.0.len()
    }

    fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn set_max_len(&mut self, length: usize) -> Result<()> {
        self.0.set_max_len(length)
    }

    fn ignore_dups(&mut self, yes: bool) -> Result<()> {
        self.0.ignore_dups(yes)
    }

    fn ignore_space(&mut self, yes: bool) {
        self.0.ignore_space(yes);
    }

    // The file is the main thread's.
    fn save(&mut self, _: &Path) -> Result<()> {
        Ok(())
    }

    fn append(&mut self, _: &Path) -> Result<()> {
        Ok(())
    }

    fn load(&mut self, _: &Path) -> Result<()> {
        Ok(())
    }

    fn clear(&mut self) -> Result<()> {
        self.0.clear()
    }

    fn search(&self, term: &str, start: usize, direction: SearchDirection) -> Result<Option<SearchResult<'_>>> {
        Ok(self.0.search(&unmarked(term), start, direction)?.map(shown))
    }

    fn starts_with(&self, term: &str, start: usize, direction: SearchDirection) -> Result<Option<SearchResult<'_>>> {
        Ok(self.0.starts_with(&unmarked(term), start, direction)?.map(shown))
    }
}

#[cfg(test)]
mod tests {
    use super::{append, read};
    use crate::host::{FakeHost, Files};
    use std::path::Path;

    #[test]
    fn entries_come_back_from_the_file() {
        let (mut host, path) = (FakeHost::new(), Path::new("/history"));
        assert!(read(&mut host, path).is_empty());
        let entries = ["x = 1", "def f():\n    return '\\n'", "'\\\\'"];
        for entry in entries {
            assert!(append(&mut host, path, entry).is_ok());
        }
        assert_eq!(read(&mut host, path), entries);
        assert!(host.write_file(path, b"old\nolder \\n\n").is_ok());
        assert_eq!(read(&mut host, path), ["old", "older \\n"]);
        assert!(append(&mut host, path, "new").is_ok());
        assert_eq!(read(&mut host, path), ["old", "older \\n", "new"]);
    }
}
