//! Reads what Python answered, as expected/write.py wrote it down.

use num_bigint::BigInt;

use super::error::{ErrorKind, TextError};
use super::int::{self, Int};
use super::search::Kind;
use super::wtf8;

/// One question, its arguments, and the answer, all as guest strings.
pub struct Case {
    pub line: usize,
    fields: Vec<Vec<u8>>,
}

impl Case {
    pub fn question(&self) -> &str {
        self.text(0)
    }

    /// The argument number `n`, as a guest string.
    pub fn wtf8(&self, n: usize) -> &[u8] {
        &self.fields[n + 1]
    }

    /// The argument number `n`, as bytes: each character stands for one.
    pub fn bytes(&self, n: usize) -> Vec<u8> {
        wtf8::code_points(self.wtf8(n)).map(|c| u8::try_from(c).expect("bytes are written in Latin-1")).collect()
    }

    /// The argument number `n`, an ordinary text.
    pub fn arg(&self, n: usize) -> &str {
        self.text(n + 1)
    }

    pub fn number<T: std::str::FromStr>(&self, n: usize) -> T {
        self.arg(n).parse().unwrap_or_else(|_| panic!("line {}: a number was expected", self.line))
    }

    /// The argument number `n`, a float.
    pub fn float(&self, n: usize) -> f64 {
        super::float::from_hex(self.wtf8(n)).expect("floats are written in hexadecimal")
    }

    /// The argument number `n`, an int.
    pub fn int(&self, n: usize) -> Int {
        int::parse(self.wtf8(n), 0, 0).expect("ints are written as literals")
    }

    pub fn bigint(&self, n: usize) -> BigInt {
        match self.int(n) {
            Int::Small(value) => BigInt::from(value),
            Int::Big { negative, digits } => super::limbs::to_big(negative, &digits),
        }
    }

    /// Compares with what Python said.
    pub fn check(&self, answer: impl AsRef<[u8]>) {
        let expected = &self.fields[self.fields.len() - 1];
        let (answer, expected) = (wtf8::to_string_lossy(answer.as_ref()), wtf8::to_string_lossy(expected));
        let question: Vec<_> =
            self.fields[..self.fields.len() - 1].iter().map(|field| wtf8::to_string_lossy(field)).collect();
        assert_eq!(answer, expected, "line {}: {question:?}", self.line);
    }

    /// Compares an answer, or the exception in its place, with what Python said.
    pub fn check_result(&self, answer: Result<impl AsRef<[u8]>, TextError>) {
        match answer {
            Ok(answer) => self.check(answer),
            Err(error) => self.check(raised(&error)),
        }
    }

    fn text(&self, n: usize) -> &str {
        wtf8::to_str(&self.fields[n]).expect("this field has no surrogates")
    }
}

/// The kind of text that a question is about, the question without it, and the arguments as such texts.
pub fn bytes_or_text(case: &Case) -> (Kind, &str, Vec<Vec<u8>>) {
    let arguments = 0..case.fields.len() - 2;
    match case.question().strip_prefix("bytes ") {
        Some(question) => (Kind::Bytes, question, arguments.map(|n| case.bytes(n)).collect()),
        None => (Kind::Str, case.question(), arguments.map(|n| case.wtf8(n).to_vec()).collect()),
    }
}

/// The exception as Python's traceback ends.
pub fn raised(error: &TextError) -> String {
    let kind = match error.kind {
        ErrorKind::Value => "ValueError",
        ErrorKind::Overflow => "OverflowError",
        ErrorKind::Type => "TypeError",
        ErrorKind::Memory => "MemoryError",
    };
    format!("{kind}: {}", error.message)
}

pub fn cases(text: &str) -> Vec<Case> {
    let case = |(n, line): (usize, &str)| Case { line: n + 1, fields: line.split('\t').map(unescape).collect() };
    text.split_terminator('\n').enumerate().map(case).collect()
}

fn unescape(field: &str) -> Vec<u8> {
    let mut out = Vec::new();
    let mut chars = field.chars();
    while let Some(c) = chars.next() {
        let number = |digits: String| u32::from_str_radix(&digits, 16).expect("an escape holds hexadecimal digits");
        let c = match c {
            '\\' => match chars.next() {
                Some('t') => 9,
                Some('n') => 10,
                Some('r') => 13,
                Some('x') => number(chars.by_ref().take(2).collect()),
                Some('u') => number(chars.by_ref().take(4).collect()),
                _ => 92,
            },
            c => u32::from(c),
        };
        wtf8::push(&mut out, c);
    }
    out
}
