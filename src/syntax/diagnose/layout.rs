//! Brackets that are never closed, and lines that do not stand where they should.

use super::super::error::SyntaxError;
use super::super::token::Token;
use super::scene::Scene;
use crate::source::Span;

impl Scene<'_> {
    /// The text ends, or goes wrong on a later line, inside a bracket.
    pub(super) fn never_closed(&self) -> Option<SyntaxError> {
        let (bracket, span) = self.open_bracket?;
        let error = SyntaxError::new(span, format!("'{bracket}' was never closed"));
        if self.at >= self.tokens.len() {
            return Some(error.at_end());
        }
        let line = |span: Span| self.source.place(span.start).line;
        let here = self.tokens[self.at];
        let later = line(here.1) > line(span);
        // In these cases CPython has read on to the end of the text before it gives up.
        let reads_on = match here.0 {
            Token::Equal => {
                let begin = self.expression_begin(self.at);
                let single = self.tokens[self.at + 1..].iter().all(|lexeme| lexeme.0 != Token::Equal);
                single && self.expression(begin, self.at).is_some()
            }
            token if token.opens() => here.1 == span && self.at + 1 == self.tokens.len(),
            token if token.begins_expression() && self.before().is_some_and(|before| !before.opens()) => {
                self.longest(self.at, |_| false).is_some_and(|(_, end)| end == self.tokens.len())
            }
            _ => false,
        };
        (later || reads_on).then_some(error)
    }

    pub(super) fn indentation(&self) -> Option<SyntaxError> {
        let (token, _) = self.tokens.get(self.at)?;
        if *token != Token::Indent {
            return None;
        }
        let word = self.tokens.get(self.at + 1)?.1.start.saturating_sub(1);
        Some(SyntaxError::indentation(Span { start: word, end: word }, "unexpected indent"))
    }

    /// A line ends with a colon, and no block comes after it.
    pub(super) fn missing_block(&self) -> Option<SyntaxError> {
        if !self.expects("indent") || self.at < 2 || self.token(self.at - 2)? != Token::Colon {
            return None;
        }
        let mut begin = self.line_begin(self.at - 1);
        if self.token(begin)? == Token::Async {
            begin += 1;
        }
        let what = match self.token(begin)? {
            Token::Def => "function definition".to_string(),
            Token::Class => "class definition".to_string(),
            Token::Except if self.token(begin + 1) == Some(Token::Star) => "'except*' statement".to_string(),
            token => format!("'{}' statement", token.text()),
        };
        let line = self.source.place(self.tokens[begin].1.start).line;
        let message = format!("expected an indented block after {what} on line {line}");
        let error = SyntaxError::indentation(self.span(self.at), message);
        Some(if self.at_end(self.at) { error.at_end() } else { error })
    }

    /// What is said when no rule knows better.
    pub(super) fn invalid_syntax(&self) -> SyntaxError {
        if self.token(self.at) == Some(Token::Dedent) {
            let error = SyntaxError::indentation(self.span(self.at), "unexpected unindent");
            return if self.at_end(self.at) { error.at_end() } else { error };
        }
        if self.at_end(self.at) {
            let end = self.source.text().len();
            return self.error(Span::new(end, end), "invalid syntax");
        }
        self.error(self.span(self.at), "invalid syntax")
    }
}
