//! JSON Lines: an object per event, as [`SCHEMA`] says.

use super::record::Record;

/// The JSON schema (2020-12) of a line.
pub const SCHEMA: &str = include_str!("schema.json");

/// Appends one line.
pub fn line(out: &mut String, record: &Record) {
    record.write_json(out);
    out.push('\n');
}
