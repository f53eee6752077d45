//! Why the parser could not go on, in CPython's words.
//!
//! The parser says at which token it stopped and what it could have gone on with. From these and the tokens around, the
//! functions here find out what was meant. Each recognises one mistake and is silent about all others; they are
//! asked in the order of the table [`rules`].

mod expression;
mod field;
mod layout;
mod parameters;
mod scene;
mod statement;

use super::error::SyntaxError;
use super::parser::Tokens;
use super::token::Token;
use crate::source::{Source, Span};
use lalrpop_util::ParseError;
use scene::Scene;

/// Recognises one mistake, and is silent about all others.
type Rule<'s> = fn(&Scene<'s>) -> Option<SyntaxError>;

/// The mistakes, in the order in which CPython would find them.
fn rules<'s>() -> [Rule<'s>; 21] {
    [
        Scene::never_closed,
        Scene::indentation,
        Scene::missing_block,
        Scene::yield_assigned,
        Scene::elif_after_else,
        Scene::bound_of_many,
        Scene::in_statement,
        Scene::legacy_statement,
        Scene::missing_else,
        Scene::split_string,
        Scene::missing_comma,
        Scene::named_generator,
        Scene::starred_element,
        Scene::assignment,
        Scene::in_braces,
        Scene::comprehension_target,
        Scene::comprehension_in,
        Scene::not_operand,
        Scene::star_alone,
        Scene::double_star,
        Scene::in_field,
    ]
}

/// The error to show for what the generated parser reports.
pub fn explain(source: &Source, tokens: &Tokens, error: ParseError<u32, Token, SyntaxError>) -> SyntaxError {
    let (found, expected) = match error {
        ParseError::User { error } => return error,
        ParseError::UnrecognizedToken { token: (start, token, end), expected } => {
            (Some((token, Span { start, end })), expected)
        }
        ParseError::ExtraToken { token: (start, token, end) } => (Some((token, Span { start, end })), Vec::new()),
        ParseError::UnrecognizedEof { expected, .. } => (None, expected),
        ParseError::InvalidToken { .. } => (None, Vec::new()),
    };
    let position = found.and_then(|found| tokens.tokens.iter().position(|lexeme| *lexeme == found));
    // Dedents at the end of the text share one place: the first of them is where the parser stopped.
    let at = position.unwrap_or(tokens.tokens.len());
    let scene = Scene { source, tokens: &tokens.tokens, open_bracket: tokens.open_bracket, at, expected };
    rules().iter().find_map(|rule| rule(&scene)).unwrap_or_else(|| scene.invalid_syntax())
}
