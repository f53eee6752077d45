//! Why the parser could not go on, in CPython's words.
//!
//! The parser says at which token it stopped and what it could have gone on with. From these and the tokens around, the
//! functions here find out what was meant.

use super::error::SyntaxError;
use super::parser::{Mode, Tokens};
use super::token::Token;
use crate::source::{Source, Span};
use lalrpop_util::ParseError;

/// The error to show for what the generated parser reports.
pub fn explain(
    source: &Source,
    mode: Mode,
    tokens: &Tokens,
    error: ParseError<u32, Token, SyntaxError>,
) -> SyntaxError {
    let (found, expected) = match error {
        ParseError::User { error } => return error,
        ParseError::UnrecognizedToken { token: (start, token, end), expected } => {
            (Some((token, Span { start, end })), expected)
        }
        ParseError::ExtraToken { token: (start, token, end) } => (Some((token, Span { start, end })), Vec::new()),
        ParseError::UnrecognizedEof { expected, .. } => (None, expected),
        ParseError::InvalidToken { location } => {
            (Some((Token::Unknown, Span { start: location, end: location })), Vec::new())
        }
    };
    let end = source.text().len();
    let at = match found {
        Some(found) => tokens.tokens.iter().position(|lexeme| *lexeme == found).unwrap_or(tokens.tokens.len()),
        None => tokens.tokens.len(),
    };
    let _ = (mode, expected);
    if at == tokens.tokens.len() {
        if let Some((bracket, span)) = tokens.open_bracket {
            return SyntaxError::new(span, format!("'{bracket}' was never closed")).at_end();
        }
        return SyntaxError::new(Span::new(end, end), "invalid syntax").at_end();
    }
    let (token, span) = tokens.tokens[at];
    match token {
        Token::Indent => SyntaxError::indentation(span, "unexpected indent"),
        _ => SyntaxError::new(span, "invalid syntax"),
    }
}
