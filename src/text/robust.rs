//! Whatever bytes come in, well formed or not, and whatever counts: nothing here panics.

use super::codec::{self, Encoding, Errors};
use super::pad::{self, Place};
use super::search::{self, Kind};
use super::split::{self, Side};
use super::{ascii, complex, escape, float, hash, int, percent, spec, template, unicode, wtf8};

/// A small generator of numbers: the same ones in every run.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (self.0 >> 33) as usize % limit
    }

    fn text(&mut self) -> Vec<u8> {
        const PIECES: [&[u8]; 40] = [
            b"a",
            b"B",
            b"0",
            b"7",
            b"_",
            b".",
            b"-",
            b"+",
            b"e",
            b"{",
            b"}",
            b"[",
            b"]",
            b"!",
            b":",
            b"%",
            b"(",
            b")",
            b"*",
            b"d",
            b"s",
            b"c",
            b"f",
            b" ",
            b"\t",
            b"\n",
            b"\xff",
            b"\x80",
            b"\xe2",
            b"\xed\xa0\x80",
            b"\xf0\x9f\x98\x80",
            b"\xc3\xa9",
            b"\xce\xa3",
            b"\xe2\x82\xac",
            b"\x00",
            b"x",
            b"=",
            b",",
            b"9999999999",
            b"j",
        ];
        let length = self.below(9);
        (0..length).flat_map(|_| PIECES[self.below(PIECES.len())].iter().copied()).collect()
    }

    fn count(&mut self) -> usize {
        [0, 1, 2, 5, 17, usize::MAX / 2, usize::MAX][self.below(7)]
    }

    fn float(&mut self) -> f64 {
        f64::from_bits((self.below(1 << 31) as u64) << 33 | self.below(1 << 31) as u64)
    }
}

#[test]
fn nothing_panics() {
    let mut random = Random(1);
    for _ in 0..20_000 {
        let (a, b, c) = (random.text(), random.text(), random.text());
        let (n, m) = (random.count(), random.count());
        let (x, y) = (random.float(), random.float());
        let whole = n as i64;
        for kind in [Kind::Str, Kind::Bytes] {
            search::find(kind, &a, &b, n, m);
            search::rfind(kind, &a, &b, n, m);
            search::count(kind, &a, &b, n, m);
            let _ = search::replace(kind, &a, &b, &c, Some(n));
            for side in [Side::Left, Side::Right, Side::Both] {
                split::strip(kind, &a, Some(&b), side);
                split::strip(kind, &a, None, side);
            }
            split::split_space(kind, &a, Some(n));
            split::rsplit_space(kind, &a, Some(n));
            split::split_lines(kind, &a, true);
            for place in [Place::Left, Place::Right, Place::Center] {
                let _ = pad::justify(kind, &a, n, b"\xc3\xa9", place);
            }
            let _ = pad::zfill(kind, &a, n);
            let _ = pad::expand_tabs(kind, &a, n);
        }
        split::split(&a, &b, Some(n));
        split::rsplit(&a, &b, Some(n));
        wtf8::slice(&a, n..m);
        wtf8::index_of(&a, n);
        let _ = spec::format_str(&a, &b, "str");
        let _ = spec::format_int(whole.into(), &b, "int", 4300);
        let _ = spec::format_float(x, &b, "float");
        let _ = spec::format_complex(x, y, &b, "complex");
        for part in template::parts(&a).flatten() {
            if let Some(Ok((_, steps))) = part.field.map(|field| template::split_name(field.name)) {
                steps.for_each(drop);
            }
        }
        for bytes in [false, true] {
            let mut reader = percent::Reader::new(&a, bytes, 0);
            while let Some(piece) = reader.piece() {
                let percent::Piece::Directive = piece else { continue };
                let (Ok(_), Ok((flags, _)), Ok(_)) = (reader.key(true), reader.width(), reader.precision()) else {
                    break;
                };
                let precision = usize::try_from(whole % 100).ok();
                let Ok(directive) = reader.letter(flags, Some(whole), precision) else { break };
                directive.wrong_type("str");
                let mut out = Vec::new();
                let _ = directive.push_text(&mut out, &b);
                let _ = directive.push_int(&mut out, whole.into(), 4300);
                let _ = directive.push_float(&mut out, x);
                let _ = directive.push_char(&mut out, whole.into());
            }
        }
        let encodings: [&[u8]; 7] = [b"utf-8", b"utf-8-sig", b"ascii", b"latin-1", b"utf-16", b"utf-16-be", b"utf-32"];
        let encoding = Encoding::lookup(encodings[random.below(7)]).expect("these are known");
        let handlers: [&[u8]; 4] = [b"replace", b"surrogateescape", b"surrogatepass", b"backslashreplace"];
        let errors = Errors::lookup(handlers[random.below(4)]).expect("these are known");
        let _ = codec::encode(&a, encoding, errors);
        let _ = codec::decode(&a, encoding, errors, n == 0);
        codec::encode_message(&a, "utf-8", n, m, "");
        codec::decode_message(&a, "utf-8", n, m, "");
        for change in [unicode::lower, unicode::upper, unicode::title, unicode::swapcase, unicode::casefold] {
            change(&a);
        }
        let _ = (unicode::istitle(&a), unicode::isidentifier(&a), ascii::istitle(&a), ascii::from_hex(&a));
        let _ = ascii::hex(&a, Some(b':'), whole);
        let _ = (escape::repr_str(&a), escape::repr_bytes(&a), hash::hash_str(&a, hash::Key::default()));
        let _ = (int::parse(&a, 0, 4300), float::parse(&a), float::from_hex(&a), complex::parse(&a));
        let _ = (float::repr(x), float::hex(x), float::round(x, whole % 400), hash::hash_f64(x));
    }
}
