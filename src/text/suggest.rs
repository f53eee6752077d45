//! "Did you mean": the closest of some names, by the distance and cut-offs that CPython uses.

/// What changing the case of a letter costs.
const CASE: usize = 1;
/// What inserting, deleting or replacing a letter costs.
const MOVE: usize = 2;
/// Longer names are not looked at.
const LONGEST: usize = 40;
/// More names are not looked at.
const MOST: usize = 750;

/// The name closest to `wrong`, if one is close enough.
pub fn closest<'a>(wrong: &str, names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let mut best: Option<(&str, usize)> = None;
    for name in names.take(MOST) {
        if name == wrong {
            continue;
        }
        // No more than a third of the letters may need to change.
        let longest = (name.len() + wrong.len() + 3) * MOVE / 6;
        let limit = best.map_or(longest, |(_, distance)| longest.min(distance.saturating_sub(1)));
        let distance = distance(wrong.as_bytes(), name.as_bytes(), limit);
        if distance <= limit && best.is_none_or(|(_, least)| distance < least) {
            best = Some((name, distance));
        }
    }
    best.map(|(name, _)| name)
}

fn substitution(a: u8, b: u8) -> usize {
    if a == b {
        0
    } else if a.eq_ignore_ascii_case(&b) {
        CASE
    } else {
        MOVE
    }
}

/// Levenshtein distance with cheaper case changes; anything above `limit` when it is larger.
fn distance(a: &[u8], b: &[u8], limit: usize) -> usize {
    let prefix = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let (a, b) = (&a[prefix..], &b[prefix..]);
    let suffix = a.iter().rev().zip(b.iter().rev()).take_while(|(x, y)| x == y).count();
    let (a, b) = (&a[..a.len() - suffix], &b[..b.len() - suffix]);
    if a.len().max(b.len()) > LONGEST || a.len().abs_diff(b.len()) * MOVE > limit {
        return limit + 1;
    }
    if a.is_empty() || b.is_empty() {
        return (a.len() + b.len()) * MOVE;
    }
    let mut row: Vec<usize> = (1..=a.len()).map(|n| n * MOVE).collect();
    for (line, y) in b.iter().enumerate() {
        let mut diagonal = line * MOVE;
        let mut left = diagonal + MOVE;
        let mut least = usize::MAX;
        for (x, cell) in a.iter().zip(row.iter_mut()) {
            let here = (diagonal + substitution(*x, *y)).min(left.min(*cell) + MOVE);
            diagonal = *cell;
            left = here;
            *cell = here;
            least = least.min(here);
        }
        if least > limit {
            return limit + 1;
        }
    }
    row[a.len() - 1]
}

#[cfg(test)]
mod tests {
    use super::closest;

    #[test]
    fn close_names_are_found() {
        assert_eq!(closest("blech", ["bluch", "xyz"].into_iter()), Some("bluch"));
        assert_eq!(closest("name", ["Name", "game"].into_iter()), Some("Name"));
        assert_eq!(closest("zzz", ["abc"].into_iter()), None);
    }
}
