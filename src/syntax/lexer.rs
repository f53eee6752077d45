//! Text to words.
//!
//! Logos finds the words. What a regular expression cannot say is added here: numbers with their many ways to be wrong,
//! strings up to their closing quote, brackets that must match, Unicode identifiers, and f-strings (PEP 701), whose
//! text and fields alternate to any depth. The state for that is a stack of open f-strings, each with its open fields.

use super::error::SyntaxError;
use super::token::Token;
use crate::source::{Source, Span, Warning};
use logos::{Lexer as Words, Logos};

/// A word and where it stands.
pub type Lexeme = (Token, Span);

/// How many brackets may be open at once, as in CPython.
const MAX_BRACKETS: usize = 200;
/// How many f-strings may be open at once, as in CPython.
const MAX_STRINGS: usize = 150;

/// How deep format specifications may nest, as in CPython.
const MAX_FIELDS: usize = 3;

/// An f-string or t-string that is being read.
struct OpenString {
    /// From the prefix to the opening quote.
    start: Span,
    quote: u8,
    triple: bool,
    raw: bool,
    /// `f` or `t`, as messages say it.
    letter: char,
    /// The fields that are open, outermost first.
    fields: Vec<Field>,
}

/// A replacement field that is being read.
struct Field {
    /// How many brackets are open inside it, its own brace included.
    depth: usize,
    /// Its expression is over: what follows is the text of the format specification.
    in_spec: bool,
}

/// The words of a text, one after the other.
pub struct Lexer<'s> {
    source: &'s Source,
    text: &'s str,
    words: Words<'s, Token>,
    brackets: Vec<(u8, Span)>,
    strings: Vec<OpenString>,
    /// Where the last word ended.
    last: usize,
    warnings: Vec<Warning>,
}

impl<'s> Lexer<'s> {
    /// Reads `source` from its start; a byte order mark there is no word.
    pub fn new(source: &'s Source) -> Lexer<'s> {
        let text = source.text();
        let mut words = Token::lexer(text);
        if text.starts_with('\u{feff}') {
            words.bump('\u{feff}'.len_utf8());
        }
        Lexer { source, text, words, brackets: Vec::new(), strings: Vec::new(), last: 0, warnings: Vec::new() }
    }

    /// Reads a stretch of `source` outside of all strings and brackets.
    pub fn within(source: &'s Source, stretch: Span) -> Lexer<'s> {
        let text = source.text().get(..stretch.end as usize).unwrap_or("");
        let mut lexer = Lexer { text, words: Token::lexer(text), ..Lexer::new(source) };
        lexer.go_on_at(stretch.start as usize);
        lexer
    }

    /// Goes on with the word at `offset`, outside of all strings and brackets.
    pub(super) fn go_on_at(&mut self, offset: usize) {
        self.seek(offset);
        self.last = offset;
    }

    /// The innermost bracket that is open, and how it is written.
    pub fn open_bracket(&self) -> Option<(char, Span)> {
        self.brackets.last().map(|(bracket, span)| (*bracket as char, *span))
    }

    /// What is dubious about the words.
    pub fn take_warnings(&mut self) -> Vec<Warning> {
        std::mem::take(&mut self.warnings)
    }

    /// Goes back, or on, to `offset`.
    fn seek(&mut self, offset: usize) {
        self.words = Token::lexer(self.text);
        self.words.bump(offset);
    }

    fn at(&self) -> usize {
        self.words.span().end
    }

    fn word(&mut self) -> Option<Result<Lexeme, SyntaxError>> {
        let found = match self.words.next() {
            Some(found) => found,
            None => return self.end().map(Err),
        };
        let span = Span::new(self.words.span().start, self.words.span().end);
        Some(match found {
            Ok(Token::Name) => self.name(span),
            Ok(Token::Number) => self.number(span),
            Ok(Token::String) => self.string(span),
            Ok(token @ (Token::FStringStart | Token::TStringStart)) => self.open_string(token, span),
            Ok(token @ (Token::LeftParen | Token::LeftBracket | Token::LeftBrace)) => self.open(token, span),
            Ok(token @ (Token::RightParen | Token::RightBracket | Token::RightBrace)) => self.close(token, span),
            Ok(Token::Colon | Token::Walrus) if self.at_field_level() => Ok(self.field_colon(span)),
            Ok(Token::Unknown) => self.unknown(span),
            Ok(token) => Ok((token, span)),
            Err(()) => Err(self.unreadable(span)),
        })
    }

    /// What is wrong with the text having ended here, if anything is.
    fn end(&mut self) -> Option<SyntaxError> {
        // After the last word stand white space, a comment, and lines joined by a backslash; the last of those must not
        // be one.
        let rest = self.text.get(self.last..).unwrap_or("");
        let joined = rest
            .strip_suffix('\n')
            .or_else(|| rest.strip_suffix('\r'))
            .is_some_and(|rest| rest.trim_end_matches('\r').ends_with('\\') && !rest.contains('#'));
        let end = self.text.trim_end_matches(['\n', '\r']).len();
        joined.then(|| SyntaxError::new(Span::new(end, end), "unexpected EOF while parsing").at_end())
    }

    fn name(&self, span: Span) -> Result<Lexeme, SyntaxError> {
        let text = self.source.slice(span);
        if text.is_ascii() {
            let quoted = self.text[span.end as usize..].starts_with(['"', '\'']);
            if let (true, Some((one, other))) = (quoted, incompatible_prefixes(text)) {
                let message = format!("'{one}' and '{other}' prefixes are incompatible");
                return Err(SyntaxError::new(span, message));
            }
            return Ok((Token::Name, span));
        }
        for (at, character) in text.char_indices() {
            let fits = match at {
                0 => character == '_' || unicode_ident::is_xid_start(character),
                _ => unicode_ident::is_xid_continue(character),
            };
            if !fits {
                let start = span.start as usize + at;
                return Err(bad_character(character, start));
            }
        }
        Ok((Token::Name, span))
    }

    fn unknown(&self, span: Span) -> Result<Lexeme, SyntaxError> {
        if self.source.slice(span) == "\\" {
            let rest = self.text.get(span.end as usize..).unwrap_or("");
            if rest.is_empty() {
                return Err(SyntaxError::new(span, "unexpected EOF while parsing").at_end());
            }
            let width = rest.chars().next().map_or(0, char::len_utf8);
            let after = Span::new(span.end as usize, span.end as usize + width);
            return Err(SyntaxError::new(after, "unexpected character after line continuation character"));
        }
        Ok((Token::Unknown, span))
    }

    fn unreadable(&self, span: Span) -> SyntaxError {
        match self.source.slice(span).chars().next() {
            Some('\0') | None => SyntaxError::new(span, "source code cannot contain null bytes"),
            Some(character) => bad_character(character, span.start as usize),
        }
    }

    // Brackets.

    fn open(&mut self, token: Token, span: Span) -> Result<Lexeme, SyntaxError> {
        if self.brackets.len() >= MAX_BRACKETS {
            return Err(SyntaxError::new(span, "too many nested parentheses"));
        }
        self.brackets.push((token.text().as_bytes()[0], span));
        Ok((token, span))
    }

    fn close(&mut self, token: Token, span: Span) -> Result<Lexeme, SyntaxError> {
        let written = token.text();
        let inside = self.strings.last().and_then(|open| Some((open.letter, open.fields.last()?.depth)));
        if let Some((letter, depth)) = inside
            && self.brackets.len() == depth
            && token != Token::RightBrace
        {
            return Err(SyntaxError::new(span, format!("{letter}-string: unmatched '{written}'")));
        }
        let Some((opening, at)) = self.brackets.pop() else {
            return Err(SyntaxError::new(span, format!("unmatched '{written}'")));
        };
        let expected = match opening {
            b'(' => Token::RightParen,
            b'[' => Token::RightBracket,
            _ => Token::RightBrace,
        };
        if token != expected {
            let (line, here) = (self.source.place(at.start).line, self.source.place(span.start).line);
            let place = if line == here { String::new() } else { format!(" on line {line}") };
            let opening = opening as char;
            let message =
                format!("closing parenthesis '{written}' does not match opening parenthesis '{opening}'{place}");
            return Err(SyntaxError::new(span, message));
        }
        if let (Some((_, depth)), Some(open)) = (inside, self.strings.last_mut())
            && self.brackets.len() + 1 == depth
        {
            open.fields.pop();
        }
        Ok((token, span))
    }

    // Numbers. The shapes are those of the language reference, section 2.6; the messages are CPython's.

    fn number(&mut self, start: Span) -> Result<Lexeme, SyntaxError> {
        let begin = start.start as usize;
        let mut digits = Digits { bytes: self.text.as_bytes(), at: begin };
        let what = digits.number().map_err(|(at, message)| match message.starts_with("leading zeros") {
            true => SyntaxError::new(Span::new(begin, at), message),
            false => SyntaxError::new(Span::new(at.saturating_sub(1).max(begin), at), message),
        })?;
        let end = digits.at;
        let rest = self.text.get(end..).unwrap_or("");
        let follows = rest.chars().next();
        if let Some(character) = follows
            && (character.is_ascii_alphanumeric() || character == '_' || !character.is_ascii())
        {
            // `1if x else y` is still Python, for now.
            let keyword = ["and", "else", "for", "if", "in", "is", "not", "or"].iter().any(|word| {
                rest.strip_prefix(word).is_some_and(|rest| {
                    !rest.chars().next().is_some_and(|next| next.is_ascii_alphanumeric() || next == '_')
                        || matches!(*word, "in" | "is" | "or" | "if" | "and" | "not" | "else" | "for")
                })
            });
            if keyword {
                self.warnings.push(Warning::new(start, format!("invalid {what} literal")));
            } else if character.is_ascii() || unicode_ident::is_xid_continue(character) {
                let place = Span::new(end.saturating_sub(1), end);
                return Err(SyntaxError::new(place, format!("invalid {what} literal")));
            }
        }
        self.words.bump(end - self.at());
        Ok((Token::Number, Span::new(begin, end)))
    }

    // Strings.

    fn string(&mut self, start: Span) -> Result<Lexeme, SyntaxError> {
        let opening = self.source.slice(start);
        let triple = opening.ends_with("\"\"\"") || opening.ends_with("'''");
        let bytes = self.text.as_bytes();
        let quote = bytes[start.end as usize - 1];
        let mut at = start.end as usize;
        loop {
            match bytes.get(at) {
                Some(b'\\') => {
                    at += if bytes.get(at + 1) == Some(&b'\r') && bytes.get(at + 2) == Some(&b'\n') { 3 } else { 2 }
                }
                Some(byte) if *byte == quote => {
                    if !triple {
                        at += 1;
                        break;
                    }
                    if bytes[at..].starts_with(&[quote; 3]) {
                        at += 3;
                        break;
                    }
                    at += 1;
                }
                Some(b'\n' | b'\r') if !triple => return Err(self.unterminated(start, quote, triple, at)),
                Some(_) => at += 1,
                None => return Err(self.unterminated(start, quote, triple, bytes.len())),
            }
        }
        self.words.bump(at - self.at());
        Ok((Token::String, Span::new(start.start as usize, at)))
    }

    /// The string that begins at `start` has no end; `at` is where the search was given up.
    fn unterminated(&self, start: Span, quote: u8, triple: bool, at: usize) -> SyntaxError {
        if let Some(open) = self.strings.last()
            && open.quote == quote
            && open.triple == triple
        {
            // What looks like a new string is the end of the f-string around it.
            let place = Span::new(start.start as usize, start.start as usize);
            return SyntaxError::new(place, format!("{}-string: expecting '}}'", open.letter));
        }
        let line = self.last_line(at);
        if triple {
            let place = Span::new(start.start as usize, start.start as usize + 1);
            let message = format!("unterminated triple-quoted string literal (detected at line {line})");
            return SyntaxError::new(place, message).at_end();
        }
        let place = Span::new(start.start as usize, start.start as usize + 1);
        let body = self.text.get(start.end as usize..at).unwrap_or("");
        let hint = match body.ends_with(quote as char) && body.len() > 1 && body.as_bytes()[body.len() - 2] == b'\\' {
            true => "; perhaps you escaped the end quote?",
            false => "",
        };
        let error = SyntaxError::new(place, format!("unterminated string literal (detected at line {line}){hint}"));
        if at >= self.text.len() && body.ends_with('\\') { error.at_end() } else { error }
    }

    /// The number of the line that the text up to `at` ends in.
    fn last_line(&self, at: usize) -> u32 {
        let at = at.min(self.text.len());
        let at = if at == self.text.len() && self.text.ends_with('\n') { at - 1 } else { at };
        self.source.place(at as u32).line
    }

    // F-strings.

    fn open_string(&mut self, token: Token, span: Span) -> Result<Lexeme, SyntaxError> {
        if self.strings.len() >= MAX_STRINGS {
            return Err(SyntaxError::new(span, "too many nested f-strings"));
        }
        let opening = self.source.slice(span);
        let prefix = opening.trim_end_matches(['"', '\'']);
        self.strings.push(OpenString {
            start: span,
            quote: opening.as_bytes()[opening.len() - 1],
            triple: opening.len() - prefix.len() == 3,
            raw: prefix.contains(['r', 'R']),
            letter: if token == Token::TStringStart { 't' } else { 'f' },
            fields: Vec::new(),
        });
        Ok((token, span))
    }

    /// Whether a word now would stand in a field, inside no bracket of its own.
    fn at_field_level(&self) -> bool {
        let field = self.strings.last().and_then(|open| open.fields.last());
        field.is_some_and(|field| field.depth == self.brackets.len())
    }

    /// The colon that ends the expression of a field. It is never the first half of `:=`.
    fn field_colon(&mut self, span: Span) -> Lexeme {
        if let Some(field) = self.strings.last_mut().and_then(|open| open.fields.last_mut()) {
            field.in_spec = true;
        }
        let colon = Span { end: span.start + 1, ..span };
        if colon != span {
            self.seek(colon.end as usize);
        }
        (Token::Colon, colon)
    }

    /// Whether the text of an f-string, or of a format specification, comes next.
    fn in_string_text(&self) -> bool {
        let Some(open) = self.strings.last() else { return false };
        open.fields.last().is_none_or(|field| field.in_spec)
    }

    /// The next piece inside an f-string: text, the brace of a field, or the closing quote.
    fn string_text(&mut self) -> Result<Lexeme, SyntaxError> {
        let begin = self.at();
        let open = self.strings.last().expect("called only inside an f-string");
        let in_spec = !open.fields.is_empty();
        let bytes = self.text.as_bytes();
        let mut at = begin;
        loop {
            let Some(&byte) = bytes.get(at) else { return Err(self.unterminated_f_string(bytes.len())) };
            match byte {
                b'\n' | b'\r' if !open.triple => {
                    if in_spec {
                        let letter = open.letter;
                        let message = format!(
                            "{letter}-string: newlines are not allowed in format specifiers for single quoted {letter}-strings"
                        );
                        return Err(SyntaxError::new(Span::new(at, at), message));
                    }
                    return Err(self.unterminated_f_string(at));
                }
                byte if byte == open.quote && (!open.triple || bytes[at..].starts_with(&[byte; 3])) => break,
                b'{' if !in_spec && bytes.get(at + 1) == Some(&b'{') => at += 2,
                b'}' if !in_spec && bytes.get(at + 1) == Some(&b'}') => at += 2,
                b'{' | b'}' => break,
                b'\\' => at += self.escape_width(at),
                _ => at += 1,
            }
        }
        if at > begin {
            self.words.bump(at - begin);
            return Ok((Token::StringMiddle, Span::new(begin, at)));
        }
        let (quote, width) = (open.quote, if open.triple { 3 } else { 1 });
        let letter = open.letter;
        if bytes[at] == quote {
            if in_spec {
                let place = Span::new(at, at + width);
                return Err(SyntaxError::new(place, format!("{letter}-string: expecting '}}', or format specs")));
            }
            self.strings.pop();
            self.words.bump(width);
            return Ok((Token::StringEnd, Span::new(begin, begin + width)));
        }
        let span = Span::new(begin, begin + 1);
        if bytes[at] == b'}' && !in_spec {
            return Err(SyntaxError::new(span, format!("{letter}-string: single '}}' is not allowed")));
        }
        if bytes[at] == b'{' && open.fields.len() >= MAX_FIELDS {
            let place = Span::new(begin - 1, begin);
            return Err(SyntaxError::new(place, format!("{letter}-string: expressions nested too deeply")));
        }
        self.words.bump(1);
        if bytes[at] == b'}' {
            return self.close(Token::RightBrace, span);
        }
        let lexeme = self.open(Token::LeftBrace, span)?;
        let depth = self.brackets.len();
        if let Some(open) = self.strings.last_mut() {
            open.fields.push(Field { depth, in_spec: false });
        }
        Ok(lexeme)
    }

    /// How many bytes the backslash at `at` takes with it, itself included.
    fn escape_width(&self, at: usize) -> usize {
        let bytes = self.text.as_bytes();
        let raw = self.strings.last().is_some_and(|open| open.raw);
        match bytes.get(at + 1) {
            Some(b'{' | b'}') => 1,
            Some(b'N') if !raw && bytes.get(at + 2) == Some(&b'{') => {
                let name = &bytes[at + 3..];
                let length = name.iter().position(|byte| matches!(byte, b'}' | b'"' | b'\'' | b'\n'));
                3 + length.map_or(0, |length| length + usize::from(name[length] == b'}'))
            }
            Some(b'\r') if bytes.get(at + 2) == Some(&b'\n') => 3,
            Some(byte) if byte.is_ascii() => 2,
            _ => 1,
        }
    }

    fn unterminated_f_string(&self, at: usize) -> SyntaxError {
        let open = self.strings.last().expect("called only inside an f-string");
        let (letter, line) = (open.letter, self.last_line(at));
        let start = open.start.start as usize;
        if open.triple {
            let message = format!("unterminated triple-quoted {letter}-string literal (detected at line {line})");
            return SyntaxError::new(Span::new(start, start + 1), message).at_end();
        }
        let message = format!("unterminated {letter}-string literal (detected at line {line})");
        SyntaxError::new(Span::new(start, start + 1), message)
    }
}

impl Iterator for Lexer<'_> {
    type Item = Result<Lexeme, SyntaxError>;

    fn next(&mut self) -> Option<Self::Item> {
        let item = if self.in_string_text() { Some(self.string_text()) } else { self.word() };
        if let Some(Ok((_, span))) = &item {
            self.last = span.end as usize;
        }
        item
    }
}

/// The letters of a string's prefix that do not go together, if all of them are letters of prefixes.
fn incompatible_prefixes(prefix: &str) -> Option<(char, char)> {
    let lower = prefix.to_ascii_lowercase();
    let distinct = lower.char_indices().all(|(at, letter)| "bruft".contains(letter) && !lower[..at].contains(letter));
    let pairs = [('u', 'b'), ('u', 'r'), ('u', 'f'), ('u', 't'), ('b', 'f'), ('b', 't'), ('f', 't')];
    pairs.into_iter().find(|(one, other)| distinct && lower.contains(*one) && lower.contains(*other))
}

fn bad_character(character: char, start: usize) -> SyntaxError {
    let span = Span::new(start, start + character.len_utf8());
    let code = format!("U+{:04X}", character as u32);
    let printable = !(character.is_control() || character.is_whitespace() || is_unprintable(character));
    match printable {
        true => SyntaxError::new(span, format!("invalid character '{character}' ({code})")),
        false => SyntaxError::new(span, format!("invalid non-printable character {code}")),
    }
}

/// Format characters, private use and the like, which Python's `str.isprintable` denies.
fn is_unprintable(character: char) -> bool {
    matches!(character as u32, 0xad | 0x200b..=0x200f | 0x202a..=0x202e | 0x2060..=0x206f | 0xfeff | 0xfff9..=0xfffb
        | 0xe000..=0xf8ff | 0xf0000..)
}

/// A walk over the bytes of a number.
struct Digits<'s> {
    bytes: &'s [u8],
    at: usize,
}

/// Where a number goes wrong, and how that is said.
type BadNumber = (usize, String);

impl Digits<'_> {
    fn peek(&self) -> u8 {
        self.bytes.get(self.at).copied().unwrap_or(0)
    }

    /// Walks to the end of the number and says what kind it is.
    fn number(&mut self) -> Result<&'static str, BadNumber> {
        if self.peek() == b'0' {
            let radix = match self.bytes.get(self.at + 1) {
                Some(b'x' | b'X') => Some((16, "hexadecimal")),
                Some(b'o' | b'O') => Some((8, "octal")),
                Some(b'b' | b'B') => Some((2, "binary")),
                _ => None,
            };
            if let Some((radix, name)) = radix {
                self.at += 2;
                return self.in_radix(radix, name);
            }
        }
        let begin = self.at;
        let leading_zero = self.peek() == b'0';
        if self.peek() != b'.' {
            self.decimal()?;
        }
        let whole = begin..self.at;
        let mut kind = "decimal";
        if self.peek() == b'.' {
            self.at += 1;
            if self.peek().is_ascii_digit() {
                self.decimal()?;
            }
            kind = "float";
        }
        if matches!(self.peek(), b'e' | b'E') {
            let sign = usize::from(matches!(self.bytes.get(self.at + 1), Some(b'+' | b'-')));
            if self.bytes.get(self.at + 1 + sign).is_some_and(u8::is_ascii_digit) {
                self.at += 1 + sign;
                self.decimal()?;
                kind = "float";
            } else if sign == 1 {
                return Err((self.at + 2, "invalid decimal literal".into()));
            }
        }
        if matches!(self.peek(), b'j' | b'J') {
            self.at += 1;
            return Ok("imaginary");
        }
        let is_zero = self.bytes[whole.clone()].iter().all(|byte| matches!(byte, b'0' | b'_'));
        if kind == "decimal" && leading_zero && !is_zero {
            let message =
                "leading zeros in decimal integer literals are not permitted; use an 0o prefix for octal integers";
            let zeros = self.bytes[whole.clone()].iter().take_while(|byte| matches!(byte, b'0' | b'_')).count();
            return Err((whole.start + zeros, message.into()));
        }
        Ok(if kind == "float" { "decimal" } else { kind })
    }

    /// Digits, with single underscores between them.
    fn decimal(&mut self) -> Result<(), BadNumber> {
        loop {
            while self.peek().is_ascii_digit() {
                self.at += 1;
            }
            if self.peek() != b'_' {
                return Ok(());
            }
            self.at += 1;
            if !self.peek().is_ascii_digit() {
                return Err((self.at, "invalid decimal literal".into()));
            }
        }
    }

    fn in_radix(&mut self, radix: u32, name: &'static str) -> Result<&'static str, BadNumber> {
        loop {
            if self.peek() == b'_' {
                self.at += 1;
            }
            let begin = self.at;
            while (self.peek() as char).is_digit(radix) {
                self.at += 1;
            }
            if self.peek().is_ascii_digit() {
                let digit = self.peek() as char;
                return Err((self.at + 1, format!("invalid digit '{digit}' in {name} literal")));
            }
            if begin == self.at {
                return Err((self.at, format!("invalid {name} literal")));
            }
            if self.peek() != b'_' {
                return Ok(name);
            }
        }
    }
}
