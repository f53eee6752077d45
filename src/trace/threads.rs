//! The loops of threads: each may have one of its own.

use super::record::{Record, Verb};
use rustc_hash::FxHashMap;
use std::rc::Rc;

/// What the thread is called in which the program begins.
pub(super) const FIRST: &str = "first thread";

/// What the loop of a thread is called.
pub(super) fn event_loop(thread: &str) -> Rc<str> {
    if thread == FIRST { "event loop".into() } else { format!("event loop@{thread}").into() }
}

/// In which threads callbacks and timers have their turns. They may be queued in another.
pub(super) fn homes(records: &[Record]) -> FxHashMap<Rc<str>, Rc<str>> {
    let (mut homes, mut thread) = (FxHashMap::default(), Rc::<str>::from(FIRST));
    for record in records {
        match record.verb {
            Verb::Switch => thread = record.frame.clone(),
            Verb::Run | Verb::Fire if !record.frame.starts_with("fd#") => {
                homes.entry(record.frame.clone()).or_insert_with(|| thread.clone());
            }
            _ => {}
        }
    }
    homes
}
