//! Pages to step through, with nothing to load from elsewhere: the records and the sources lie in them as JSON.
//!
//! `page/stepper.js` shows a recording and goes through it; a page for a program has one that fills the window, a page for a
//! document has one under each of its programs.

use super::record::{Record, Verb};
use serde_json::{Map, json};

const PAGE: &str = include_str!("page/page.html");
const STYLE: &str = include_str!("page/stepper.css");
const MODEL: &str = include_str!("page/model.js");
const STEPPER: &str = include_str!("page/stepper.js");

/// A page with more events than this is too much for a browser on a phone: the rest is counted.
const MOST: usize = 200_000;

/// A text that records name places in.
pub struct Text {
    /// The name of the file.
    pub name: String,
    /// The number of its first line.
    pub first_line: u32,
    /// Its lines.
    pub text: String,
}

/// What is shown by one stepper.
pub struct Recording {
    /// What happened.
    pub records: Vec<Record>,
    /// The sources; the one that is shown first comes first.
    pub sources: Vec<Text>,
}

/// The page of a program.
pub fn html(title: &str, recording: &Recording) -> String {
    page(title, "program", "<main class=\"stepper\" data-recording=\"0\"></main>", std::slice::from_ref(recording))
}

/// The page of a document. `body` has an element of the class `stepper` for each recording, with its number, from 0, as
/// `data-recording`.
pub fn document(title: &str, body: &str, recordings: &[Recording]) -> String {
    page(title, "document", &format!("<article>{body}</article>"), recordings)
}

fn page(title: &str, kind: &str, body: &str, recordings: &[Recording]) -> String {
    let meanings: Map<_, _> = Verb::ALL.iter().map(|verb| (verb.word().to_owned(), verb.meaning().into())).collect();
    let mut data = format!("{{\"title\":{},\"meanings\":{},\"recordings\":[", json!(title), json!(meanings));
    for (n, recording) in recordings.iter().enumerate() {
        data.push_str(if n == 0 { "{\"records\":[" } else { ",{\"records\":[" });
        for (n, record) in recording.records.iter().take(MOST).enumerate() {
            data.push_str(if n == 0 { "\n" } else { ",\n" });
            record.write_json(&mut data);
        }
        let sources: Vec<_> = recording
            .sources
            .iter()
            .map(|source| json!({"name": source.name, "first": source.first_line, "text": source.text}))
            .collect();
        let left_out = recording.records.len().saturating_sub(MOST);
        data.push_str(&format!("],\"sources\":{},\"left_out\":{left_out}}}", json!(sources)));
    }
    data.push_str("]}");
    // Within a script element nothing but the beginning of a tag has a meaning of its own.
    let data = data.replace('<', "\\u003c");
    let title = title.replace('&', "&amp;").replace('<', "&lt;");
    let parts = [
        ("title", &*title),
        ("kind", kind),
        ("style", STYLE),
        ("body", body),
        ("data", &data),
        ("model", MODEL),
        ("stepper", STEPPER),
    ];
    let mut out = String::new();
    let mut rest = PAGE;
    while let Some((before, after)) = rest.split_once("{{") {
        let (name, after) = after.split_once("}}").unwrap_or((after, ""));
        out.push_str(before);
        out.push_str(parts.iter().find(|(known, _)| *known == name).map_or("", |(_, text)| text));
        rest = after;
    }
    out + rest
}
