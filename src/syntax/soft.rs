//! Words that are reserved only in some places.
//!
//! `match`, `case` and `type` are names unless a statement begins with them, and the bracket of `with (a as b, c):`
//! holds items rather than an expression. One token is not enough to tell, a logical line is: this pass reads ahead and
//! renames the tokens, so that the grammar stays LR(1).

use super::lexer::Lexeme;
use super::token::Token;
use crate::source::Source;

/// Renames the soft keywords among `tokens`.
pub fn resolve(source: &Source, tokens: &mut [Lexeme]) {
    // One entry per open block: whether it is the block of a `match`.
    let mut blocks = Vec::new();
    let mut opens_match = false;
    for at in 0..tokens.len() {
        let before = at.checked_sub(1).map_or(Token::Newline, |before| tokens[before].0);
        let begins_line = matches!(before, Token::Newline | Token::Indent | Token::Dedent);
        match tokens[at].0 {
            Token::Indent => blocks.push(std::mem::take(&mut opens_match)),
            Token::Dedent => {
                blocks.pop();
            }
            Token::Name => {
                let begins_statement = begins_line || matches!(before, Token::Semicolon | Token::Colon);
                match source.slice(tokens[at].1) {
                    "match" if begins_line => {
                        opens_match = begins_match(&tokens[at + 1..]);
                        if opens_match {
                            tokens[at].0 = Token::Match;
                        }
                    }
                    "case" if begins_line && blocks.last() == Some(&true) => tokens[at].0 = Token::Case,
                    "type" if begins_statement && tokens.get(at + 1).is_some_and(|next| next.0 == Token::Name) => {
                        tokens[at].0 = Token::Type;
                    }
                    _ => {}
                }
            }
            Token::With => {
                let opens = tokens.get(at + 1).is_some_and(|next| next.0 == Token::LeftParen);
                if opens && holds_items(&tokens[at + 2..]) {
                    tokens[at + 1].0 = Token::WithParen;
                }
            }
            _ => {}
        }
    }
}

/// Whether the rest of a line that begins with `match` makes it a statement.
fn begins_match(rest: &[Lexeme]) -> bool {
    let line = match rest.iter().position(|lexeme| lexeme.0 == Token::Newline) {
        Some(end) => &rest[..end],
        None => rest,
    };
    let Some(first) = line.first() else { return false };
    let begins = first.0.begins_expression() && first.0 != Token::Lambda;
    let ends_with_colon = line.len() > 1 && line.last().is_some_and(|last| last.0 == Token::Colon);
    // Two expressions side by side mean nothing else, so a `match` was meant even if its colon is missing.
    let no_operator = matches!(
        first.0,
        Token::Name | Token::Number | Token::String | Token::FStringStart | Token::True | Token::False | Token::None
    );
    begins && (ends_with_colon || no_operator)
}

/// Whether the bracket that opened just before `rest` is the one around the items of a `with`.
fn holds_items(rest: &[Lexeme]) -> bool {
    let mut depth = 1;
    let mut item_begins = true;
    for (at, (token, _)) in rest.iter().enumerate() {
        match token {
            Token::LeftParen | Token::LeftBracket | Token::LeftBrace => depth += 1,
            Token::RightParen | Token::RightBracket | Token::RightBrace => {
                depth -= 1;
                if depth == 0 {
                    let next = rest.get(at + 1).map(|next| next.0);
                    return at > 0 && matches!(next, Some(Token::Colon | Token::Newline));
                }
            }
            // Nowhere else may an `as` stand in brackets.
            Token::As if depth == 1 => return true,
            Token::Walrus | Token::Yield | Token::For if depth == 1 => return false,
            Token::Star if depth == 1 && item_begins => return false,
            Token::Newline => return false,
            _ => {}
        }
        item_begins = *token == Token::Comma;
    }
    false
}
