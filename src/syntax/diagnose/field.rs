//! Mistakes in a replacement field of an f-string or a t-string.

use super::super::error::SyntaxError;
use super::super::lexer::Lexeme;
use super::super::token::Token;
use super::scene::Scene;

impl Scene<'_> {
    /// Mistakes in a replacement field
    pub(super) fn in_field(&self) -> Option<SyntaxError> {
        let open = self.enclosing()?;
        let strings = |lexeme: &Lexeme| matches!(lexeme.0, Token::FStringStart | Token::TStringStart);
        if !open.field {
            return None;
        }
        let start = self.tokens[..open.at].iter().rposition(strings)?;
        let letter = if self.tokens[start].0 == Token::TStringStart { 't' } else { 'f' };
        let here = self.token(self.at)?;
        let span = self.span(self.at);
        let say = |message: &str| Some(self.error(span, format!("{letter}-string: {message}")));
        let inside = &self.tokens[open.at + 1..self.at];
        if let (Some(lambda), true) = (inside.iter().rposition(|lexeme| lexeme.0 == Token::Lambda), open.in_spec) {
            let colon = inside.iter().position(|lexeme| lexeme.0 == Token::Colon)?;
            let span = inside[lambda].1.to(inside[colon].1);
            let message = format!("{letter}-string: lambda expressions are not allowed without parentheses");
            return Some(self.error(span, message));
        }
        if inside.is_empty() {
            return match here {
                Token::RightBrace | Token::Bang | Token::Colon | Token::Equal => {
                    say(&format!("valid expression required before '{}'", here.text()))
                }
                _ => say("expecting a valid expression after '{'"),
            };
        }
        match self.before()? {
            _ if open.in_spec => say("expecting '}', or format specs"),
            Token::Bang => match here {
                Token::RightBrace | Token::Colon => say("missing conversion character"),
                _ => say(&format!(
                    "invalid conversion character '{}': expected 's', 'r', or 'a'",
                    self.source.slice(span)
                ))
                .map(|error| match here {
                    Token::Name => error,
                    _ => self.error(span, format!("{letter}-string: invalid conversion character")),
                }),
            },
            Token::Equal => say("expecting '!', or ':', or '}'"),
            Token::Name if inside.len() >= 2 && inside[inside.len() - 2].0 == Token::Bang => {
                say("expecting ':' or '}'")
            }
            _ => {
                // What comes after the longest thing that is an expression is what should not be there.
                let whole = (open.at + 2..=self.at).rev().find(|end| self.expression(open.at + 1, *end).is_some());
                let (place, message) = match whole {
                    Some(end) => (end, "expecting '=', or '!', or ':', or '}'"),
                    None => (open.at + 1, "expecting a valid expression after '{'"),
                };
                Some(self.error(self.span(place), format!("{letter}-string: {message}")))
            }
        }
    }
}
