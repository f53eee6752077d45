//! What happened, written down: which frame gave control to which, where, with what value.
//!
//! A [`Recorder`] is an observer of the machine; what it records is a list of [`Record`]s with stable names
//! (`consumer#1`) and the source line at both ends, and nothing that differs between two runs. A view is a function over
//! that list: [`text`] is the one for terminals and snapshots.

mod record;
mod text;

pub use record::{Record, Recorder, Verb};
pub use text::text;
