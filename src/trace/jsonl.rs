//! JSON Lines: an object per event, as [`SCHEMA`] says.

use super::record::Record;

/// The JSON schema (2020-12) of a line.
pub const SCHEMA: &str = include_str!("schema.json");

/// One line.
pub fn line(record: &Record) -> String {
    // Maps with texts for keys, numbers and texts: nothing of it can fail.
    let mut line = serde_json::to_string(record).unwrap_or_default();
    line.push('\n');
    line
}

/// All of them.
pub fn jsonl(records: &[Record]) -> String {
    records.iter().map(line).collect()
}
