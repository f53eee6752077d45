//! What is meant by a text that is pasted.

/// The statements of a pasted text. What was copied from a session has its prompts and outputs taken away; what `begins` an input,
/// the indentation that it had where it comes from.
pub fn meant(text: &str, begins: bool) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let session = session(&text);
    let text = session.unwrap_or(text);
    let text = if begins { dedented(&text) } else { text };
    // A line is run by Enter, whether its end was copied, too, or not.
    match text.strip_suffix('\n') {
        Some(line) if !line.contains('\n') => line.to_owned(),
        _ => text,
    }
}

/// What was typed in a session, if the text is one.
fn session(text: &str) -> Option<String> {
    let first = text.lines().find(|line| !line.trim().is_empty())?;
    if !first.trim_start().starts_with(">>> ") {
        return None;
    }
    let typed = |line: &str| {
        let line = line.trim_start();
        let begins = line.strip_prefix(">>>").or_else(|| line.strip_prefix("..."))?;
        if begins.is_empty() { Some(String::new()) } else { Some(begins.strip_prefix(' ')?.to_owned()) }
    };
    let lines: Vec<String> = text.lines().filter_map(typed).collect();
    Some(lines.join("\n") + if text.ends_with('\n') { "\n" } else { "" })
}

/// The text without what all its lines are indented by.
fn dedented(text: &str) -> String {
    let indent = |line: &str| line.len() - line.trim_start_matches([' ', '\t']).len();
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    let Some(common) = lines.map(|line| &line[..indent(line)]).reduce(|one, other| {
        let alike = one.bytes().zip(other.bytes()).take_while(|(one, other)| one == other).count();
        &one[..alike]
    }) else {
        return text.to_owned();
    };
    let line = |line: &str| line.strip_prefix(common).unwrap_or(line.trim_start_matches([' ', '\t'])).to_owned();
    text.split_inclusive('\n').map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::meant;

    #[test]
    fn sessions_are_what_was_typed() {
        let text = ">>> def f():\r\n...     return 1\r\n...\r\n>>> f()\r\n1\r\n";
        assert_eq!(meant(text, true), "def f():\n    return 1\n\nf()\n");
        assert_eq!(meant("    >>> 1 + 1\n    2\n", true), "1 + 1");
        assert_eq!(meant("x >>> 1\n>>> y", true), "x >>> 1\n>>> y");
    }

    #[test]
    fn indentation_goes_where_an_input_begins() {
        assert_eq!(meant("    if x:\n        y\n\n    z\n", true), "if x:\n    y\n\nz\n");
        assert_eq!(meant("  x\n  y", false), "  x\n  y");
        assert_eq!(meant("x = 1\r", true), "x = 1");
        assert_eq!(meant("\n", true), "");
        assert_eq!(meant("", true), "");
    }
}
