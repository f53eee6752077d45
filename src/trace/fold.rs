//! Loops: runs of records that say the same again and again, but for their values.

use super::record::Record;

/// The longest round that is looked for, in records.
const LONGEST: usize = 24;

/// So many rounds and more are folded.
const LEAST: usize = 6;

/// Rounds shown before and after what is left out.
const BEFORE: usize = 2;
const AFTER: usize = 1;

/// A stretch of a recording.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Stretch {
    /// These records, by their places in the list.
    Shown(std::ops::Range<usize>),
    /// These are left out: so many rounds of so many records.
    Folded {
        /// Their places.
        range: std::ops::Range<usize>,
        /// How often.
        rounds: usize,
    },
}

/// The list, with long loops folded.
pub fn folded(records: &[Record]) -> Vec<Stretch> {
    let mut stretches = Vec::new();
    let (mut at, mut shown) = (0, 0);
    while at < records.len() {
        match loop_at(records, at) {
            Some((round, rounds)) => {
                let from = at + BEFORE * round;
                let to = at + (rounds - AFTER) * round;
                stretches.push(Stretch::Shown(shown..from));
                stretches.push(Stretch::Folded { range: from..to, rounds: rounds - BEFORE - AFTER });
                (shown, at) = (to, at + rounds * round);
            }
            None => at += 1,
        }
    }
    if shown < records.len() {
        stretches.push(Stretch::Shown(shown..records.len()));
    }
    stretches
}

/// The shortest round that begins here and is gone often enough; with how often.
fn loop_at(records: &[Record], start: usize) -> Option<(usize, usize)> {
    (1..=LONGEST).find_map(|round| {
        let alike = (start..records.len().saturating_sub(round))
            .take_while(|at| are_alike(&records[*at], &records[*at + round]))
            .count();
        let rounds = alike / round + 1;
        (rounds >= LEAST).then_some((round, rounds))
    })
}

/// Do they differ in their values only, or in the number of a generator?
fn are_alike(a: &Record, b: &Record) -> bool {
    let function = |frame: &str| frame.split('#').next().map(str::len);
    a.verb == b.verb
        && a.depth == b.depth
        && a.from == b.from
        && a.to == b.to
        && function(&a.frame) == function(&b.frame)
        && a.frame.split('#').next() == b.frame.split('#').next()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trace::record::Verb;

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
        let stretches = folded(&records);
        let expected = [Stretch::Shown(0..5), Stretch::Folded { range: 5..19, rounds: 7 }, Stretch::Shown(19..22)];
        assert_eq!(stretches, expected);
    }

    #[test]
    fn short_loops_stay() {
        let records: Vec<_> = (0..LEAST - 1).map(|_| record(Verb::Next, "g#1")).collect();
        assert_eq!(folded(&records), [Stretch::Shown(0..LEAST - 1)]);
        assert_eq!(folded(&[]), []);
    }
}
