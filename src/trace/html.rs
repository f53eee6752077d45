//! One page to step through, with nothing to load from elsewhere: the records and the sources lie in it as JSON.

use super::record::Record;
use serde_json::json;

/// The page, with places for the title and the data.
const PAGE: &str = include_str!("page.html");

/// The page of a recording. `sources`: names of files, and their texts.
pub fn html(title: &str, records: &[Record], sources: &[(String, String)]) -> String {
    let data = json!({
        "title": title,
        "records": records,
        "sources": sources.iter().map(|(name, text)| (name.clone(), json!(text))).collect::<serde_json::Map<_, _>>(),
    });
    // Within a script element nothing but the beginning of a tag has a meaning of its own.
    let data = data.to_string().replace('<', "\\u003c");
    let title = title.replace('&', "&amp;").replace('<', "&lt;");
    let (before, after) = PAGE.split_once("{{data}}").unwrap_or((PAGE, ""));
    [before.replace("{{title}}", &title).as_str(), &data, after].concat()
}
