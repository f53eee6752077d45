//! The `... ` before the lines of an input after its first.
//!
//! The line editor knows a prompt for the first line only, so within it the marks are part of the text: put there when
//! a line is begun, taken away when the text is read. Text that was pasted may have none, or those of somebody's session.

/// What stands before a line that goes on.
pub const MARK: &str = "... ";

/// The text as the line editor shows it.
pub fn marked(text: &str) -> String {
    text.replace('\n', &format!("\n{MARK}"))
}

/// The text that is meant.
pub fn unmarked(text: &str) -> String {
    let first = text.strip_prefix(">>> ").unwrap_or(text);
    let mut lines = first.split('\n');
    let mut out = lines.next().unwrap_or("").to_owned();
    for line in lines {
        out.push('\n');
        out.push_str(&line[mark_of(line)..]);
    }
    out
}

/// How many bytes at the beginning of a line (not the first) are a mark.
pub fn mark_of(line: &str) -> usize {
    match line {
        _ if line.starts_with(MARK) || line.starts_with(">>> ") => MARK.len(),
        "..." => 3,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::{marked, unmarked};

    #[test]
    fn marks_come_and_go() {
        let text = "def f():\n    x\n\n";
        assert_eq!(marked(text), "def f():\n...     x\n... \n... ");
        assert_eq!(unmarked(&marked(text)), text);
        assert_eq!(unmarked("def f():\n    x"), "def f():\n    x");
        assert_eq!(unmarked(">>> f\n...\n... g"), "f\n\ng");
        assert_eq!(unmarked("..."), "...");
    }
}
