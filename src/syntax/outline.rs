//! The outline of a text: its definitions without their bodies.
//!
//! A program that imports a module calls few of its functions. The tokens of an outline are those of the text, but the body of a
//! function of the module, or of a class of the module, is skipped line by line, unread: it ends where a line is indented no
//! deeper than its `def`. Docstrings stay; for the rest stands one word, which is `super` or `__class__` where the body has
//! that, since the class around must know. Later [`super::parse_definition`] reads the definition as a whole.
//!
//! This is for our own library. Errors of a skipped body are not seen, and texts of several lines must be written as ours are;
//! a test in `interpreter.rs` holds the outlines of all of it against the whole texts.

use super::layout::Layout;
use super::lexer::Lexeme;
use super::token::Token;
use crate::source::Span;
use memchr::memmem;

/// What is known while the outline of a text is made.
#[derive(Default)]
pub(super) struct Outline {
    /// The definitions whose bodies are left out, from `def` to the end.
    pub left_out: Vec<Span>,
    /// The first word of the logical line.
    pub first: Option<Lexeme>,
    /// The block of the module that is open is that of a class.
    in_class: bool,
    /// The line is the docstring of the definition that begins with this word.
    documents: Option<Span>,
}

impl Layout<'_> {
    /// A logical line has ended; the next begins at `at`. The body that begins there may be left out.
    pub(super) fn line_of_outline(&mut self, at: usize) {
        let (level, column) = (self.level(), self.column());
        let text = self.source.text();
        let Some(outline) = &mut self.outline else { return };
        let Some((token, word)) = outline.first.take() else { return };
        if let Some(head) = outline.documents.take() {
            // The block is open already, and its indent is that of the docstring.
            let around = self.source.place(head.start).column as usize;
            return self.leave_out(head, rest_of_block(text, at, around), true);
        }
        if level == 1 {
            outline.in_class = token == Token::Class;
        }
        let is_reached = level == 1 || level == 2 && outline.in_class;
        let has_block = text.get(..self.last as usize).is_some_and(|before| before.ends_with(':'));
        if is_reached && has_block && matches!(token, Token::Def | Token::Async) {
            let body = rest_of_block(text, at, column);
            if body.is_some_and(|body| begins_with_text(&text[body.start as usize..])) {
                outline.documents = Some(word);
            } else {
                self.leave_out(word, body, false);
            }
        }
    }

    /// Goes on behind the body of the definition that begins with `head`.
    fn leave_out(&mut self, head: Span, body: Option<Span>, in_block: bool) {
        let (Some(body), Some(outline)) = (body, &mut self.outline) else { return };
        outline.left_out.push(Span { start: head.start, end: body.end });
        let stand_in = match the_class_in(self.source.slice(body)) {
            Some((start, end)) => (Token::Name, Span { start: body.start + start, end: body.start + end }),
            None => (Token::Ellipsis, Span { start: body.start, end: body.start }),
        };
        if !in_block {
            self.emit(Token::Indent);
        }
        self.ready.push_back(stand_in);
        self.last = body.end;
        self.emit(Token::Newline);
        if !in_block {
            self.emit(Token::Dedent);
        }
        self.words.go_on_at(body.end as usize);
    }
}

/// The lines from `at` on that are indented deeper than `around`, from their first word to their last.
fn rest_of_block(text: &str, at: usize, around: usize) -> Option<Span> {
    let (mut start, mut end, mut here, mut in_text) = (None, at, at, false);
    for line in text.get(at..)?.split_inclusive('\n') {
        let indent = line.bytes().position(|byte| byte != b' ').unwrap_or(line.len());
        let words = &line[indent..];
        if !words.trim_ascii().is_empty() {
            if indent <= around && !in_text {
                break;
            }
            in_text ^= quotes_in(words) % 2 == 1;
            start.get_or_insert(here + indent);
            end = here + line.trim_end().len();
        }
        here += line.len();
    }
    start.map(|start| Span::new(start, end))
}

/// How often a line begins or ends a text of several lines.
fn quotes_in(line: &str) -> usize {
    match line.contains('"') {
        true => line.matches("\"\"\"").count() - line.matches("'\"\"\"'").count(),
        false => 0,
    }
}

/// Does a docstring stand here?
fn begins_with_text(text: &str) -> bool {
    text.trim_start_matches('r').starts_with(['"', '\''])
}

/// Where the body names its class, as `super` or `__class__`; attributes and texts apart.
fn the_class_in(body: &str) -> Option<(u32, u32)> {
    let stands_alone = |at: usize, word: &str| {
        let joins = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.' | '"' | '\'' | '`');
        !body[..at].ends_with(joins) && !body[at + word.len()..].starts_with(joins)
    };
    ["super", "__class__"].into_iter().find_map(|word| {
        let at = memmem::find_iter(body.as_bytes(), word).find(|at| stands_alone(*at, word))?;
        Some((at as u32, (at + word.len()) as u32))
    })
}
