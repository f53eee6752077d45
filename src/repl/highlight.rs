//! Colours for what is typed. Our own lexer says what the words are; the colours are those of CPython 3.14.

use super::marks::{mark_of, unmarked};
use crate::source::Source;
use crate::syntax::{Lexer, Token};
use std::ops::Range;

/// What a stretch of text is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Style {
    Plain,
    Mark,
    Keyword,
    Builtin,
    Definition,
    Number,
    Text,
    Comment,
}

impl Style {
    fn code(self) -> &'static str {
        match self {
            Style::Plain => "",
            Style::Mark => "\x1b[1;35m",
            Style::Keyword => "\x1b[1;34m",
            Style::Builtin => "\x1b[36m",
            Style::Definition => "\x1b[1m",
            Style::Number => "\x1b[33m",
            Style::Text => "\x1b[32m",
            Style::Comment => "\x1b[31m",
        }
    }
}

const RESET: &str = "\x1b[0m";

/// A prompt in its colour.
pub fn prompt(text: &str) -> String {
    format!("{}{text}{RESET}", Style::Mark.code())
}

/// A part of what the line editor holds, in colours; as wide as without. `is_builtin` tells of a name.
pub fn highlight(shown: &str, part: Range<usize>, is_builtin: impl Fn(&str) -> bool) -> String {
    let text = unmarked(shown);
    let mut styles = styles(&text, is_builtin).into_iter();
    let mut out = String::with_capacity(part.len() * 2);
    let mut last = Style::Plain;
    let mut at = 0;
    let mut put = |style: Style, letter: char| {
        let here = at;
        at += letter.len_utf8();
        if !part.contains(&here) {
            return;
        }
        if style != last {
            if last != Style::Plain {
                out.push_str(RESET);
            }
            out.push_str(style.code());
            last = style;
        }
        out.push(letter);
    };
    for (number, line) in shown.split_inclusive('\n').enumerate() {
        let content = line.strip_suffix('\n').unwrap_or(line);
        let mark = match number {
            0 if content.starts_with(">>> ") => 4,
            0 => 0,
            _ => mark_of(content),
        };
        line[..mark].chars().for_each(|letter| put(Style::Mark, letter));
        for letter in line[mark..].chars() {
            let style = styles.next().unwrap_or(Style::Plain);
            // The others of its bytes.
            for _ in 1..letter.len_utf8() {
                styles.next();
            }
            put(if letter == '\n' { Style::Plain } else { style }, letter);
        }
    }
    if last != Style::Plain {
        out.push_str(RESET);
    }
    out
}

/// The style of every byte.
fn styles(text: &str, is_builtin: impl Fn(&str) -> bool) -> Vec<Style> {
    let mut styles = vec![Style::Plain; text.len()];
    let source = Source::new("<input>", text);
    let mut paint = |range: Range<usize>, style: Style| {
        if let Some(stretch) = styles.get_mut(range) {
            stretch.fill(style);
        }
    };
    let mut end = 0;
    let mut before: Option<(Token, String)> = None;
    let mut lexer = Lexer::new(&source);
    for word in lexer.by_ref() {
        let Ok((token, span)) = word else { break };
        let (from, to) = (span.start as usize, span.end as usize);
        comments(text, end..from, &mut paint);
        end = end.max(to);
        let spelling = source.slice(span);
        let style = match token {
            Token::Number => Style::Number,
            Token::String | Token::FStringStart | Token::TStringStart | Token::StringMiddle | Token::StringEnd => {
                Style::Text
            }
            Token::Name => name_style(spelling, before.as_ref(), &text[to..], &is_builtin),
            _ if spelling.starts_with(|letter: char| letter.is_ascii_alphabetic()) => Style::Keyword,
            _ => Style::Plain,
        };
        paint(from..to, style);
        before = Some((token, spelling.to_owned()));
    }
    // Where the lexer stops, an unfinished string or something that is no word follows; or only a comment.
    let rest = text[end..].trim_start();
    let start = text.len() - rest.len();
    let opens = rest.trim_start_matches(|letter: char| letter.is_ascii_alphabetic());
    if opens.starts_with(['"', '\'']) && rest.len() - opens.len() <= 2 {
        paint(start..text.len(), Style::Text);
    } else {
        comments(text, end..text.len(), &mut paint);
    }
    styles
}

/// What a name is, by its neighbours.
fn name_style(name: &str, before: Option<&(Token, String)>, after: &str, is_builtin: impl Fn(&str) -> bool) -> Style {
    let after = after.trim_start_matches([' ', '\t']);
    match before {
        Some((Token::Def | Token::Class, _)) => return Style::Definition,
        Some((Token::Dot, _)) => return Style::Plain,
        _ => {}
    }
    let begins = before.is_none_or(|(token, _)| matches!(token, Token::Newline | Token::Semicolon | Token::Colon));
    let soft = match name {
        "match" | "case" => begins && after.starts_with(|letter: char| !"=.,)]:".contains(letter)),
        "type" => begins && after.starts_with(|letter: char| letter.is_alphabetic() || letter == '_'),
        _ => false,
    };
    match soft {
        true => Style::Keyword,
        false if is_builtin(name) => Style::Builtin,
        false => Style::Plain,
    }
}

/// Between two words there may be comments.
fn comments(text: &str, between: Range<usize>, paint: &mut impl FnMut(Range<usize>, Style)) {
    let mut at = between.start;
    for line in text.get(between).unwrap_or("").split_inclusive('\n') {
        if let Some(hash) = line.find('#') {
            paint(at + hash..at + line.trim_end_matches('\n').len(), Style::Comment);
        }
        at += line.len();
    }
}

#[cfg(test)]
mod tests {
    use super::highlight;

    fn colours(text: &str) -> String {
        let names = [("\x1b[1;34m", "<k>"), ("\x1b[36m", "<b>"), ("\x1b[1m", "<d>"), ("\x1b[33m", "<n>")];
        let more = [("\x1b[32m", "<s>"), ("\x1b[31m", "<c>"), ("\x1b[1;35m", "<m>"), ("\x1b[0m", "</>")];
        let all = names.into_iter().chain(more);
        all.fold(highlight(text, 0..text.len(), |name| name == "print"), |text, (code, name)| text.replace(code, name))
    }

    #[test]
    fn words_have_colours() {
        assert_eq!(colours("def f(): return 1"), "<k>def</> <d>f</>(): <k>return</> <n>1</>");
        assert_eq!(colours("print('é') # x"), "<b>print</>(<s>'é'</>) <c># x</>");
        assert_eq!(colours("a.print"), "a.print");
        assert_eq!(colours("x = 'unfinished"), "x = <s>'unfinished</>");
        assert_eq!(colours("if x:\n...     pass"), "<k>if</> x:\n<m>... </>    <k>pass</>");
        assert_eq!(colours("match x:"), "<k>match</> x:");
        assert_eq!(colours("match = 1"), "match = <n>1</>");
        assert_eq!(colours("f'a{x}'"), "<s>f'a</>{x}<s>'</>");
        assert_eq!(colours(")"), ")");
    }
}
