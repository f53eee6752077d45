//! Loops: runs of records that say the same again and again, but for their values.

use super::record::{Record, Verb};
use std::collections::VecDeque;

/// The longest round that is looked for, in records.
const LONGEST: usize = 24;

/// So many rounds and more are folded.
const LEAST: usize = 6;

/// Rounds shown before and after what is left out.
const BEFORE: usize = 2;
const AFTER: usize = 1;

/// A part of a recording with its loops folded.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Piece {
    /// This record.
    Shown(Box<Record>),
    /// So many rounds are left out, of which this is the first record.
    Folded {
        /// Where they begin.
        first: Box<Record>,
        /// How many there are.
        rounds: usize,
    },
}

/// Takes records one by one, and hands pieces on as soon as they are certain. It keeps a few rounds, however long a loop is.
#[derive(Default)]
pub struct Folder {
    window: VecDeque<Record>,
    looping: Option<Loop>,
}

/// A loop whose first rounds were handed on.
struct Loop {
    /// Records in a round.
    round: usize,
    /// Rounds that are left out so far, and the first record of the first of them.
    left_out: Option<(usize, Record)>,
}

impl Folder {
    /// One more.
    pub fn feed(&mut self, record: Record, give: &mut dyn FnMut(Piece)) {
        self.take(record, give);
        while self.window.len() >= LONGEST * LEAST && self.looping.is_none() {
            self.decide(give);
        }
    }

    fn take(&mut self, record: Record, give: &mut dyn FnMut(Piece)) {
        if let Some(looping) = &mut self.looping {
            let before = self.window.len().checked_sub(looping.round).and_then(|before| self.window.get(before));
            if before.is_some_and(|before| are_alike(before, &record)) {
                self.window.push_back(record);
                if self.window.len() >= (AFTER + 2) * looping.round {
                    looping.leave_out(&mut self.window);
                }
                return;
            }
            self.end_loop(give);
        }
        self.window.push_back(record);
    }

    /// That was all.
    pub fn finish(&mut self, give: &mut dyn FnMut(Piece)) {
        while !self.window.is_empty() {
            if self.looping.is_some() {
                self.end_loop(give);
            } else {
                self.decide(give);
            }
        }
    }

    /// Does a loop begin at the first of the window? If not, that is shown.
    fn decide(&mut self, give: &mut dyn FnMut(Piece)) {
        let window = &self.window;
        let is_loop = |round: &usize| {
            let alike = |at: usize| {
                window.get(at).zip(window.get(at + round)).is_some_and(|(first, second)| are_alike(first, second))
            };
            (0..(LEAST - 1) * round).all(alike)
        };
        let Some(round) = (1..=LONGEST).find(is_loop) else {
            give_all(self.window.drain(..1), give);
            return;
        };
        give_all(self.window.drain(..BEFORE * round), give);
        let mut looping = Loop { round, left_out: None };
        // What else is in the window may have ended the loop: it is looked at again, record by record.
        let rest = self.window.split_off((LEAST - BEFORE) * round);
        while self.window.len() >= (AFTER + 2) * round {
            looping.leave_out(&mut self.window);
        }
        self.looping = Some(looping);
        for record in rest {
            self.take(record, give);
        }
    }

    /// The rounds between are counted, the last ones shown; what was begun of another round may be a loop of its own.
    fn end_loop(&mut self, give: &mut dyn FnMut(Piece)) {
        let Some(mut looping) = self.looping.take() else { return };
        while self.window.len() >= (AFTER + 1) * looping.round {
            looping.leave_out(&mut self.window);
        }
        if let Some((rounds, first)) = looping.left_out {
            give(Piece::Folded { first: Box::new(first), rounds });
        }
        let last = (AFTER * looping.round).min(self.window.len());
        give_all(self.window.drain(..last), give);
    }
}

impl Loop {
    /// The first round of the window is left out.
    fn leave_out(&mut self, window: &mut VecDeque<Record>) {
        let mut round = window.drain(..self.round);
        match &mut self.left_out {
            Some((rounds, _)) => *rounds += 1,
            None => self.left_out = round.next().map(|first| (1, first)),
        }
    }
}

fn give_all(records: impl Iterator<Item = Record>, give: &mut dyn FnMut(Piece)) {
    records.for_each(|record| give(Piece::Shown(Box::new(record))));
}

/// The recording, with long loops folded.
pub fn folded(records: &[Record]) -> Vec<Piece> {
    let (mut folder, mut pieces) = (Folder::default(), Vec::new());
    let mut give = |piece| pieces.push(piece);
    records.iter().for_each(|record| folder.feed(record.clone(), &mut give));
    folder.finish(&mut give);
    pieces
}

/// Do they differ in their values only, or in the number of a generator or task?
fn are_alike(a: &Record, b: &Record) -> bool {
    fn function(frame: &str) -> &str {
        frame.trim_end_matches(|c: char| c.is_ascii_digit())
    }
    a.verb == b.verb
        && a.depth == b.depth
        && a.from == b.from
        && a.to == b.to
        && (a.verb != Verb::Opcode || a.value == b.value)
        && (a.frame == b.frame || function(&a.frame) == function(&b.frame))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trace::record::Place;

    fn record(verb: Verb, frame: &str) -> Record {
        Record {
            number: 1,
            verb,
            depth: 0,
            from: None,
            to: None,
            by: None,
            frame: frame.into(),
            arguments: None,
            value: None,
            library: false,
            turn: None,
            locals: None,
            time: None,
        }
    }

    #[test]
    fn long_loops_are_folded_and_nothing_is_lost() {
        let mut records = vec![record(Verb::Call, "main")];
        for _ in 0..10 {
            records.push(record(Verb::Next, "g#1"));
            records.push(record(Verb::Yield, "g#1"));
        }
        records.push(record(Verb::Return, "main"));
        let told: Vec<String> = folded(&records).iter().map(tell).collect();
        assert_eq!(told, ["call", "next", "yield", "next", "yield", "x 7", "next", "yield", "return"]);
    }

    fn tell(piece: &Piece) -> String {
        match piece {
            Piece::Shown(record) => record.verb.word().to_owned(),
            Piece::Folded { rounds, .. } => format!("x {rounds}"),
        }
    }

    #[test]
    fn loops_are_found_wherever_they_begin_and_end() {
        // Rounds of one to thirty records, so many of them that the window is too short, one after the other.
        let mut records = Vec::new();
        for round in 1..=30_u32 {
            for _ in 0..20 {
                for place in 0..round {
                    let to = Some(Place::new("a.py".into(), 100 * round + place));
                    records.push(Record { to, ..record(Verb::Next, "g#1") });
                }
            }
            records.push(record(Verb::Return, "main"));
        }
        let mut rounds_of = Vec::new();
        let mut count = 0;
        for piece in folded(&records) {
            match piece {
                Piece::Shown(_) => count += 1,
                Piece::Folded { first, rounds } => {
                    let round = first.to.map_or(0, |place| place.line / 100);
                    rounds_of.push((round, rounds));
                    count += rounds * round as usize;
                }
            }
        }
        assert_eq!(count, records.len());
        assert_eq!(rounds_of, (1..=24).map(|round| (round, 17)).collect::<Vec<_>>());
    }

    #[test]
    fn short_loops_stay() {
        let records: Vec<_> = (0..LEAST - 1).map(|_| record(Verb::Next, "g#1")).collect();
        assert!(folded(&records).iter().all(|piece| matches!(piece, Piece::Shown(_))));
        assert_eq!(folded(&records).len(), LEAST - 1);
        assert_eq!(folded(&[]), []);
    }
}
