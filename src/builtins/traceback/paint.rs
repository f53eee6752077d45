//! The colours of a traceback on a terminal: those of CPython 3.14.

/// With colours, or plain.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub struct Paint {
    /// With colours.
    pub colour: bool,
}

const NAME: &str = "35";
const CLASS: &str = "1;35";
const RANGE: &str = "31";
const ANCHOR: &str = "1;31";

impl Paint {
    fn painted(self, parameters: &str, text: &str) -> String {
        if self.colour && !text.is_empty() { format!("\x1b[{parameters}m{text}\x1b[0m") } else { text.to_owned() }
    }

    /// The line of an entry that says where it is; a `SyntaxError` is in no function.
    pub fn place(self, file: &str, line: i64, function: Option<&str>) -> String {
        let (file, line) = (self.painted(NAME, &format!("\"{file}\"")), self.painted(NAME, &line.to_string()));
        let function = function.map_or_else(String::new, |name| format!(", in {}", self.painted(NAME, name)));
        format!("  File {file}, line {line}{function}\n")
    }

    /// `ValueError: message`
    pub fn last(self, class: &str, message: &str) -> String {
        let class = self.painted(CLASS, class);
        match message {
            "" => format!("{class}\n"),
            _ => format!("{class}: {}\n", self.painted(NAME, message)),
        }
    }

    /// Lines of source; where one is followed by its underline, both are painted where that has marks.
    pub fn excerpt(self, text: String) -> String {
        if !self.colour {
            return text;
        }
        let mut out = String::new();
        let mut lines = text.split_inclusive('\n').peekable();
        while let Some(line) = lines.next() {
            match lines.next_if(|next| is_underline(next)) {
                Some(underline) => {
                    out.push_str(&self.along(line, underline));
                    out.push_str(&self.along(underline, underline));
                }
                None => out.push_str(line),
            }
        }
        out
    }

    /// A line in the colours of the marks below it.
    fn along(self, line: &str, underline: &str) -> String {
        let (line, end) = line.strip_suffix('\n').map_or((line, ""), |line| (line, "\n"));
        let mut marks = underline.trim_end().chars();
        let (mut out, mut run, mut colour) = (String::new(), String::new(), None);
        for letter in line.chars() {
            // What takes two cells has two marks below it.
            let mark = marks.next();
            if unicode_width::UnicodeWidthChar::width(letter) == Some(2) {
                marks.next();
            }
            let wanted = match mark {
                Some('^') => Some(ANCHOR),
                Some('~') => Some(RANGE),
                _ => None,
            };
            if wanted != colour {
                out.push_str(&self.run(colour, &run));
                run.clear();
                colour = wanted;
            }
            run.push(letter);
        }
        out + &self.run(colour, &run) + end
    }

    fn run(self, colour: Option<&str>, text: &str) -> String {
        colour.map_or_else(|| text.to_owned(), |colour| self.painted(colour, text))
    }
}

/// A line without its colours.
pub fn plain(line: &str) -> String {
    let mut out = String::new();
    for (n, part) in line.split("\x1b[").enumerate() {
        out.push_str(if n == 0 { part } else { part.split_once('m').map_or(part, |(_, text)| text) });
    }
    out
}

fn is_underline(line: &str) -> bool {
    let marks = line.trim();
    !marks.is_empty() && marks.chars().all(|mark| matches!(mark, '~' | '^' | ' '))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_have_the_colours_of_their_marks() {
        let paint = Paint { colour: true };
        let text = "    说 = 1; return 说 + 1\n                   ~~~^~~\n    plain\n".to_owned();
        assert_eq!(Paint::default().excerpt(text.clone()), text);
        let painted = paint.excerpt(text);
        let expected = "    说 = 1; return \x1b[31m说 \x1b[0m\x1b[1;31m+\x1b[0m\x1b[31m 1\x1b[0m\n                   \
                        \x1b[31m~~~\x1b[0m\x1b[1;31m^\x1b[0m\x1b[31m~~\x1b[0m\n    plain\n";
        assert_eq!(painted, expected);
        assert_eq!(paint.last("ValueError", ""), "\x1b[1;35mValueError\x1b[0m\n");
        assert_eq!(plain(&paint.last("ValueError", "[x] m")), "ValueError: [x] m\n");
        assert_eq!(paint.last("ValueError", "x"), "\x1b[1;35mValueError\x1b[0m: \x1b[35mx\x1b[0m\n");
    }
}
