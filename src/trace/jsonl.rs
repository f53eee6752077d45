//! JSON Lines: an object per event, as [`SCHEMA`] says.

use super::record::{Place, Record, Verb};
use std::rc::Rc;

/// The JSON schema (2020-12) of a line.
pub const SCHEMA: &str = include_str!("schema.json");

/// So many transfers are remembered, as a power of two.
const REMEMBERED: usize = 1 << 8;

/// Writes lines. A program does the same at the same place again and again: what is the same in a line then is made once, and
/// copied.
pub struct Writer {
    /// The middles of lines, each where the number that [`slot`] makes of it says.
    known: Vec<Option<Transfer>>,
}

/// What the middle of a line is made of, and its text.
struct Transfer {
    verb: Verb,
    depth: usize,
    frame: Rc<str>,
    by: Option<Rc<str>>,
    from: Option<Place>,
    to: Option<Place>,
    text: String,
}

impl Default for Writer {
    fn default() -> Writer {
        Writer { known: std::iter::repeat_with(|| None).take(REMEMBERED).collect() }
    }
}

impl Writer {
    /// Appends one line.
    pub fn line(&mut self, out: &mut String, record: &Record) {
        out.reserve(512);
        record.write_number(out);
        match &mut self.known[slot(record)] {
            Some(known) if known.is_of(record) => out.push_str(&known.text),
            entry => {
                let begin = out.len();
                record.write_transfer(out);
                *entry = Some(Transfer {
                    verb: record.verb,
                    depth: record.depth,
                    frame: record.frame.clone(),
                    by: record.by.clone(),
                    from: record.from.clone(),
                    to: record.to.clone(),
                    text: out[begin..].to_owned(),
                });
            }
        }
        record.write_values(out);
        out.push('\n');
    }
}

impl Transfer {
    /// By address: names and places are shared by those who have the same.
    fn is_of(&self, record: &Record) -> bool {
        let name = |a: &Option<Rc<str>>, b: &Option<Rc<str>>| match (a, b) {
            (Some(a), Some(b)) => Rc::ptr_eq(a, b),
            (None, None) => true,
            _ => false,
        };
        let place = |a: &Option<Place>, b: &Option<Place>| match (a, b) {
            (Some(a), Some(b)) => a.is(b),
            (None, None) => true,
            _ => false,
        };
        self.verb == record.verb
            && self.depth == record.depth
            && Rc::ptr_eq(&self.frame, &record.frame)
            && place(&self.from, &record.from)
            && place(&self.to, &record.to)
            && name(&self.by, &record.by)
    }
}

/// Where it is remembered, if it is.
fn slot(record: &Record) -> usize {
    let place = |place: &Option<Place>| place.as_ref().map_or(0, Place::address);
    let frame = Rc::as_ptr(&record.frame).cast::<u8>() as usize;
    let mut hash = record.verb as usize ^ record.depth << 8;
    for part in [frame, place(&record.from), place(&record.to)] {
        hash = (hash.rotate_left(5) ^ part).wrapping_mul(0x517c_c1b7_2722_0a95_u64 as usize);
    }
    hash >> (usize::BITS - REMEMBERED.trailing_zeros())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_those_that_records_make_by_themselves() {
        let names: Vec<Rc<str>> = ["", "f", "g#1", "\"odd\""].map(Rc::from).to_vec();
        let places: Vec<Place> = (1..4).map(|line| Place::new("a.py".into(), line)).collect();
        let mut writer = Writer::default();
        for number in 0..4000_u64 {
            let pick = |of: u64, step: u64| (number / step % of) as usize;
            let record = Record {
                number,
                verb: Verb::ALL[pick(5, 1)],
                depth: pick(3, 2),
                from: places.get(pick(4, 3)).cloned(),
                to: places.get(pick(4, 5)).cloned(),
                by: names.get(pick(5, 7)).cloned(),
                frame: names[pick(4, 11)].clone(),
                arguments: None,
                value: (number % 2 == 0).then(|| number.to_string().into()),
                library: number % 3 == 0,
                turn: None,
                locals: None,
                time: None,
            };
            let (mut by_itself, mut line) = (String::new(), String::new());
            record.write_json(&mut by_itself);
            writer.line(&mut line, &record);
            assert_eq!(line, by_itself + "\n");
        }
    }
}
