//! The operator `%` on a `str` or a `bytes`: its template taken apart, and each argument, once converted, shown.
//!
//! The caller asks a [`Reader`] for one piece after another, and for the parts of a directive in the order in which they
//! stand: its key, its width, its precision, its letter. Between the parts it fetches what [`Count::Star`] asks for, so what
//! is wrong with an argument is told before what is wrong with the rest of the template. Then it makes the argument into what
//! [`Directive::wants`] says, and hands it to one of the `push_…`.

use super::error::{MAX_PADDING, TextError, reserve};
use super::float::{self, Layout as FloatLayout, Style};
use super::int::{self, IntRef};
use super::wtf8;

/// What a template is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Piece<'a> {
    Literal(&'a [u8]),
    /// A percent sign: what follows is for the caller to ask.
    Directive,
}

/// A width or a precision.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Count {
    None,
    /// `*`: the next argument.
    Star,
    Given(usize),
}

/// The characters `-`, `+`, blank, `#` and `0`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Flags {
    pub left: bool,
    pub plus: bool,
    pub blank: bool,
    pub alternate: bool,
    pub zero: bool,
}

/// One directive, `%(key)-*.3f`, when its stars are known: how its argument is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Directive {
    pub flags: Flags,
    pub width: usize,
    pub precision: Option<usize>,
    /// The last character, as yet unchecked.
    pub kind: u32,
    /// Which character of the template that is, for the complaint about it.
    pub index: usize,
    bytes: bool,
}

/// What a directive wants its argument to be made into.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wants {
    /// `str(argument)`
    Str,
    /// `repr(argument)`
    Repr,
    /// `ascii(argument)`
    Ascii,
    /// `%s` and `%b` of a `bytes`: the bytes of the argument.
    Bytes,
    /// `int(argument)` of a real number: `d`, `i`, `u`.
    Int,
    /// An int, by `__index__` if need be: `x`, `X`, `o`.
    Index,
    /// A float.
    Float,
    /// An int, or a text of one character.
    Char,
}

/// "not enough arguments for format string"
pub fn not_enough_arguments() -> TextError {
    TextError::type_error("not enough arguments for format string")
}

/// "not all arguments converted during string formatting", or bytes.
pub fn not_all_converted(bytes: bool) -> TextError {
    let what = if bytes { "bytes" } else { "string" };
    TextError::type_error(format!("not all arguments converted during {what} formatting"))
}

/// "* wants int"
pub fn star_wants_int() -> TextError {
    TextError::type_error("* wants int")
}

impl Directive {
    /// What to make of the argument, or that there is no such directive.
    pub fn wants(&self) -> Result<Wants, TextError> {
        Ok(match u8::try_from(self.kind).unwrap_or(0) {
            b's' | b'b' if self.bytes => Wants::Bytes,
            b'a' | b'r' if self.bytes => Wants::Ascii,
            b's' => Wants::Str,
            b'r' => Wants::Repr,
            b'a' => Wants::Ascii,
            b'd' | b'i' | b'u' => Wants::Int,
            b'x' | b'X' | b'o' => Wants::Index,
            b'e' | b'E' | b'f' | b'F' | b'g' | b'G' => Wants::Float,
            b'c' => Wants::Char,
            // There a char is signed, and this is what comes of it.
            0x80.. if self.bytes => return Err(TextError::overflow("character argument not in range(0x110000)")),
            _ => {
                let plain = |c: &char| self.bytes || (' '..='~').contains(c);
                let shown = char::from_u32(self.kind).filter(plain).unwrap_or('?');
                return Err(TextError::value(format!(
                    "unsupported format character '{shown}' (0x{:x}) at index {}",
                    self.kind, self.index
                )));
            }
        })
    }

    /// The complaint about an argument of a type that the directive does not take.
    pub fn wrong_type(&self, type_name: &str) -> TextError {
        let kind = char::from_u32(self.kind).unwrap_or('?');
        TextError::type_error(match (self.wants(), self.bytes) {
            (Ok(Wants::Index), _) => format!("%{kind} format: an integer is required, not {type_name}"),
            (Ok(Wants::Float), false) => format!("must be real number, not {type_name}"),
            (Ok(Wants::Float), true) => format!("float argument required, not {type_name}"),
            (Ok(Wants::Char), false) => format!("%c requires an int or a unicode character, not {type_name}"),
            (Ok(Wants::Char), true) => {
                format!("%c requires an integer in range(256) or a single byte, not {type_name}")
            }
            (Ok(Wants::Bytes), _) => {
                format!("%b requires a bytes-like object, or an object that implements __bytes__, not '{type_name}'")
            }
            _ => format!("%{kind} format: a real number is required, not {type_name}"),
        })
    }

    /// The complaint about a text for `%c` that is not one character long: `type_name` is `str`, `bytes` or `bytearray`.
    pub fn wrong_length(&self, type_name: &str, length: usize) -> TextError {
        let what = match type_name {
            "str" => "a string",
            "bytearray" => "a bytearray object",
            _ => "a bytes object",
        };
        self.wrong_type(&format!("{what} of length {length}"))
    }

    /// About how many bytes the answer has at least: what a caller with a budget asks before formatting.
    pub fn least_size(&self) -> usize {
        match self.kind {
            0x73 | 0x72 | 0x61 | 0x62 | 0x63 => self.width,
            _ => self.width.max(self.precision.unwrap_or(0)),
        }
    }

    /// Appends a text for `%s`, `%r`, `%a` or `%b`, cut to the precision and filled up to the width.
    pub fn push_text(&self, out: &mut Vec<u8>, text: &[u8]) -> Result<(), TextError> {
        let shown = match self.precision {
            Some(precision) if self.bytes => &text[..precision.min(text.len())],
            Some(precision) => wtf8::slice(text, 0..precision),
            None => text,
        };
        self.push_padded(out, ["", ""], shown, false)
    }

    /// Appends an int for `%d` or `%x` and their like. `max_digits` limits the decimal digits.
    pub fn push_int(&self, out: &mut Vec<u8>, value: IntRef<'_>, max_digits: usize) -> Result<(), TextError> {
        let kind = u8::try_from(self.kind).unwrap_or(b'd');
        let base = match kind {
            b'x' | b'X' => 16,
            b'o' => 8,
            _ => 10,
        };
        let mut text = int::to_text(value, base, max_digits)?;
        if kind == b'X' {
            text.make_ascii_uppercase();
        }
        let negative = value.is_negative();
        let digits = if negative { &text[1..] } else { &text[..] };
        let zeros = self.precision.unwrap_or(0).saturating_sub(digits.len());
        if zeros > MAX_PADDING {
            return Err(TextError::memory());
        }
        let prefix = match kind {
            _ if !self.flags.alternate => "",
            b'X' => "0X",
            _ => int::prefix(base),
        };
        if zeros == 0 {
            return self.push_padded(out, [self.sign(negative), prefix], digits.as_bytes(), self.flags.zero);
        }
        let digits = ["0".repeat(zeros).as_str(), digits].concat();
        self.push_padded(out, [self.sign(negative), prefix], digits.as_bytes(), self.flags.zero)
    }

    /// Appends a float for `%e`, `%f` or `%g`.
    pub fn push_float(&self, out: &mut Vec<u8>, value: f64) -> Result<(), TextError> {
        let kind = u8::try_from(self.kind).unwrap_or(b'g');
        let precision = self.precision.unwrap_or(6);
        let style = match kind {
            b'e' | b'E' => Style::Exponent(precision),
            b'f' | b'F' => Style::Fixed(precision),
            _ => Style::General(precision),
        };
        let layout =
            FloatLayout { alternate: self.flags.alternate, upper: kind.is_ascii_uppercase(), add_dot_0: false };
        let text = float::format_float(value, style, layout)?;
        let (negative, digits) = match text.strip_prefix('-') {
            Some(digits) => (true, digits),
            None => (false, &text[..]),
        };
        self.push_padded(out, [self.sign(negative), ""], digits.as_bytes(), self.flags.zero)
    }

    /// Appends a character for `%c`, given by its number: a byte for a `bytes`.
    pub fn push_char(&self, out: &mut Vec<u8>, value: IntRef<'_>) -> Result<(), TextError> {
        let limit = if self.bytes { 256 } else { wtf8::CODE_POINTS };
        match value.to_i64().and_then(|c| u32::try_from(c).ok()).filter(|c| *c < limit) {
            Some(c) if self.bytes => self.push_padded(out, ["", ""], &[c as u8], false),
            Some(c) => self.push_padded(out, ["", ""], &wtf8::from_code_point(c), false),
            None if self.bytes => Err(TextError::overflow("%c arg not in range(256)")),
            None => Err(TextError::overflow("%c arg not in range(0x110000)")),
        }
    }

    fn sign(&self, negative: bool) -> &'static str {
        match (negative, self.flags) {
            (true, _) => "-",
            (_, Flags { plus: true, .. }) => "+",
            (_, Flags { blank: true, .. }) => " ",
            _ => "",
        }
    }

    /// Sign, prefix and `text`, with blanks around or zeros between up to the width.
    fn push_padded(&self, out: &mut Vec<u8>, head: [&str; 2], text: &[u8], zeros: bool) -> Result<(), TextError> {
        let head_length = head[0].len() + head[1].len();
        let missing = match self.width {
            0 => 0,
            width => width.saturating_sub(head_length + if self.bytes { text.len() } else { wtf8::len(text) }),
        };
        reserve(out, head_length.saturating_add(text.len()).saturating_add(missing))?;
        let (before, between, after) = match self.flags {
            Flags { left: true, .. } => (0, 0, missing),
            _ if zeros => (0, missing, 0),
            _ => (missing, 0, 0),
        };
        out.resize(out.len() + before, b' ');
        head.iter().for_each(|part| out.extend_from_slice(part.as_bytes()));
        out.resize(out.len() + between, b'0');
        out.extend_from_slice(text);
        out.resize(out.len() + after, b' ');
        Ok(())
    }
}

/// A template as far as it has been read.
#[derive(Debug, Clone)]
pub struct Reader<'a> {
    template: &'a [u8],
    at: usize,
    bytes: bool,
}

impl<'a> Reader<'a> {
    /// The template of a `bytes`, or else of a `str`, to be read from here on.
    pub fn new(template: &'a [u8], bytes: bool, at: usize) -> Reader<'a> {
        Reader { template, at: at.min(template.len()), bytes }
    }

    /// Where the next piece, or part of a directive, begins.
    pub fn at(&self) -> usize {
        self.at
    }

    /// The next piece, if the template does not end here.
    pub fn piece(&mut self) -> Option<Piece<'a>> {
        let rest = &self.template[self.at..];
        Some(match rest {
            [] => return None,
            [b'%', b'%', ..] => {
                self.at += 2;
                Piece::Literal(&rest[..1])
            }
            [b'%', ..] => {
                self.at += 1;
                Piece::Directive
            }
            _ => {
                let end = memchr::memchr(b'%', rest).unwrap_or(rest.len());
                self.at += end;
                Piece::Literal(&rest[..end])
            }
        })
    }

    /// The key of a directive, if it has one: an error unless the right side is a `mapping`.
    pub fn key(&mut self, mapping: bool) -> Result<Option<&'a [u8]>, TextError> {
        match self.take(b'(') {
            true if !mapping => Err(TextError::type_error("format requires a mapping")),
            true => self.rest_of_key().map(Some),
            false => Ok(None),
        }
    }

    /// The flags of a directive and its width.
    pub fn width(&mut self) -> Result<(Flags, Count), TextError> {
        let mut flags = Flags::default();
        loop {
            match self.peek() {
                Some(b'-') => flags.left = true,
                Some(b'+') => flags.plus = true,
                Some(b' ') => flags.blank = true,
                Some(b'#') => flags.alternate = true,
                Some(b'0') => flags.zero = true,
                _ => break,
            }
            self.at += 1;
        }
        Ok((flags, self.count(i64::MAX, "width too big")?))
    }

    /// The precision of a directive; a point with nothing behind it means zero.
    pub fn precision(&mut self) -> Result<Count, TextError> {
        if !self.take(b'.') {
            return Ok(Count::None);
        }
        let complaint = if self.bytes { "prec too big" } else { "precision too big" };
        Ok(match self.count(i64::from(i32::MAX), complaint)? {
            Count::None => Count::Given(0),
            count => count,
        })
    }

    /// The letter of a directive, which completes it. A negative width, from a star, aligns to the left.
    pub fn letter(
        &mut self,
        mut flags: Flags,
        width: Option<i64>,
        precision: Option<usize>,
    ) -> Result<Directive, TextError> {
        // A length, as C has it, says nothing here.
        if matches!(self.peek(), Some(b'h' | b'l' | b'L')) {
            self.at += 1;
        }
        let mut points = wtf8::code_points(&self.template[self.at..]);
        let (Some(byte), Some(point)) = (self.peek(), points.next()) else {
            return Err(TextError::value("incomplete format"));
        };
        let at = self.at;
        let (kind, index) = if self.bytes {
            self.at += 1;
            (u32::from(byte), at)
        } else {
            self.at = self.template.len() - points.as_bytes().len();
            (point, wtf8::index_of(self.template, at))
        };
        let width = width.unwrap_or(0);
        flags.left |= width < 0;
        Ok(Directive { flags, width: width.unsigned_abs() as usize, precision, kind, index, bytes: self.bytes })
    }

    /// Up to the parenthesis that closes the one before: they may be nested.
    fn rest_of_key(&mut self) -> Result<&'a [u8], TextError> {
        let text = &self.template[self.at..];
        let mut depth = 1;
        for (at, byte) in text.iter().enumerate() {
            match byte {
                b'(' => depth += 1,
                b')' => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                self.at += at + 1;
                return Ok(&text[..at]);
            }
        }
        Err(TextError::value("incomplete format key"))
    }

    fn count(&mut self, most: i64, complaint: &str) -> Result<Count, TextError> {
        if self.take(b'*') {
            return Ok(Count::Star);
        }
        let mut count = None;
        while let Some(digit @ b'0'..=b'9') = self.peek() {
            let next = count.unwrap_or(0i64).checked_mul(10).and_then(|n| n.checked_add(i64::from(digit - b'0')));
            count = Some(next.filter(|n| *n <= most).ok_or_else(|| TextError::value(complaint))?);
            self.at += 1;
        }
        Ok(count.map_or(Count::None, |count| Count::Given(count as usize)))
    }

    fn peek(&self) -> Option<u8> {
        self.template.get(self.at).copied()
    }

    fn take(&mut self, byte: u8) -> bool {
        let found = self.peek() == Some(byte);
        self.at += usize::from(found);
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::expected::{Case, cases};

    #[test]
    fn says_what_python_says() {
        for case in cases(include_str!("expected/percent.txt")) {
            case.check_result(answer(&case));
        }
    }

    /// `template % argument`, with the argument of the type that the question names.
    fn answer(case: &Case) -> Result<Vec<u8>, TextError> {
        let (bytes, typed) = match case.question().strip_prefix("bytes ") {
            Some(typed) => (true, typed),
            None => (false, case.question()),
        };
        let template = if bytes { case.bytes(0) } else { case.wtf8(0).to_vec() };
        let mut out = Vec::new();
        let mut unused = typed != "nothing";
        let mut reader = Reader::new(&template, bytes, 0);
        while let Some(piece) = reader.piece() {
            if let Piece::Literal(text) = piece {
                out.extend_from_slice(text);
                continue;
            }
            let directive = read(&mut reader)?;
            if !std::mem::take(&mut unused) {
                return Err(not_enough_arguments());
            }
            match (directive.wants()?, typed) {
                (Wants::Str | Wants::Bytes, "text") if bytes => directive.push_text(&mut out, &case.bytes(1))?,
                (Wants::Str, "text") => directive.push_text(&mut out, case.wtf8(1))?,
                (Wants::Int | Wants::Index, "int") => directive.push_int(&mut out, (&case.int(1)).into(), 4300)?,
                (Wants::Char, "int") => directive.push_char(&mut out, (&case.int(1)).into())?,
                (Wants::Float, "float") => directive.push_float(&mut out, case.float(1))?,
                (_, "text") if bytes => return Err(directive.wrong_type("bytes")),
                (_, "text") => return Err(directive.wrong_type("str")),
                _ => return Err(directive.wrong_type(typed)),
            }
        }
        // A bytes answer is written down as Latin-1.
        let unused = unused.then(|| not_all_converted(bytes));
        let latin = |out: Vec<u8>| out.iter().map(|b| char::from(*b)).collect::<String>().into_bytes();
        unused.map_or(Ok(if bytes { latin(out) } else { out }), Err)
    }

    /// A directive without key and stars.
    fn read(reader: &mut Reader<'_>) -> Result<Directive, TextError> {
        reader.key(false)?;
        let (flags, width) = reader.width()?;
        let Count::Given(width) = width else {
            let precision = given(reader.precision()?);
            return reader.letter(flags, None, precision);
        };
        let precision = given(reader.precision()?);
        reader.letter(flags, Some(width as i64), precision)
    }

    fn given(count: Count) -> Option<usize> {
        match count {
            Count::Given(count) => Some(count),
            _ => None,
        }
    }

    /// What CPython says of what its `%` finds before it comes to formatting.
    #[test]
    fn reads_stars_and_keys() {
        let at_directive = |template| {
            let mut reader = Reader::new(template, false, 0);
            assert_eq!(reader.piece(), Some(Piece::Directive));
            reader
        };
        let mut star = at_directive(b"%*.*f");
        assert_eq!(star.key(true), Ok(None));
        assert_eq!(star.width(), Ok((Flags::default(), Count::Star)));
        assert_eq!(star.precision(), Ok(Count::Star));
        let shown = |width, precision| {
            let mut out = Vec::new();
            let directive =
                star.clone().letter(Flags::default(), Some(width), Some(precision)).expect("it has a letter");
            directive.push_float(&mut out, 1.5).expect("small counts are fine");
            String::from_utf8(out).expect("a number is ASCII")
        };
        assert_eq!((shown(-5, 1), shown(5, 0)), ("1.5  ".to_owned(), "    2".to_owned()));
        assert_eq!(at_directive(b"%(a(b)c)s").key(true), Ok(Some(&b"a(b)c"[..])));
        assert_eq!(at_directive(b"%(a").key(true), Err(TextError::value("incomplete format key")));
        assert_eq!(at_directive(b"%()s").key(true), Ok(Some(&b""[..])));
        assert_eq!(
            read(&mut at_directive(b"%c")).map(|directive| directive.wrong_length("str", 2).message),
            Ok("%c requires an int or a unicode character, not a string of length 2".to_owned())
        );
    }
}
