//! The history as the line editor sees it: kept as it was meant, shown with the marks of its lines.

use super::marks::{MARK, marked, unmarked};
use rustyline::Result;
use rustyline::history::{FileHistory, History, SearchDirection, SearchResult};
use std::borrow::Cow;
use std::path::Path;

/// A history whose entries may have several lines.
pub struct Entries(pub FileHistory);

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

    fn save(&mut self, path: &Path) -> Result<()> {
        self.0.save(path)
    }

    fn append(&mut self, path: &Path) -> Result<()> {
        self.0.append(path)
    }

    fn load(&mut self, path: &Path) -> Result<()> {
        self.0.load(path)
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
