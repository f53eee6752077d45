//! The tables of a code object in CPython's formats, for those who read them themselves: where each instruction stands in
//! the text (`co_linetable`), and where exceptions go (`co_exceptiontable`). An instruction is one code unit.

use crate::bytecode::Code;

/// How many instructions an entry covers at most.
const MOST_UNITS: usize = 8;

/// How many columns an entry may name in a byte each.
const BYTE_COLUMNS: u32 = 128;

/// Where an instruction stands: first line, last line, first column, last column.
type Place = (u32, u32, u32, u32);

/// `co_linetable`
pub fn line_table(code: &Code) -> Vec<u8> {
    let place = |index: usize| -> Place {
        let span = code.span(index);
        let (start, end) = (code.source.place(span.start), code.source.place(span.end));
        (start.line, end.line, start.column, end.column)
    };
    let mut table = Vec::new();
    let mut line = code.first_line;
    let mut index = 0;
    while index < code.spans.len() {
        let here = place(index);
        let same = (index..code.spans.len()).take(MOST_UNITS).take_while(|next| place(*next) == here).count();
        location(&mut table, here, i64::from(here.0) - i64::from(line), same);
        line = here.0;
        index += same;
    }
    table
}

/// One entry: the shortest of the forms there are for the place.
fn location(table: &mut Vec<u8>, (line, end_line, column, end_column): Place, delta: i64, units: usize) {
    let mut head = |form: u32| table.push(0x80 | (form as u8) << 3 | (units - 1) as u8);
    let on_one_line = line == end_line && column <= end_column;
    if on_one_line && delta == 0 && column < 80 && end_column - column < 16 {
        head(column >> 3);
        table.push(((column & 7) << 4 | (end_column - column)) as u8);
    } else if on_one_line && (0..3).contains(&delta) && end_column < BYTE_COLUMNS {
        head(10 + delta as u32);
        table.extend([column as u8, end_column as u8]);
    } else {
        head(14);
        let sign = u64::from(delta < 0);
        variable(table, delta.unsigned_abs() << 1 | sign);
        variable(table, u64::from(end_line.saturating_sub(line)));
        variable(table, u64::from(column) + 1);
        variable(table, u64::from(end_column) + 1);
    }
}

/// A number in pieces of six bits, the lowest first.
fn variable(table: &mut Vec<u8>, mut number: u64) {
    while number >= 64 {
        table.push(0x40 | (number & 63) as u8);
        number >>= 6;
    }
    table.push(number as u8);
}

/// `co_exceptiontable`; handlers stand in it from the outside in, as each covers what it stands for.
pub fn exception_table(code: &Code) -> Vec<u8> {
    let mut handlers: Vec<_> = code.handlers.iter().filter(|handler| handler.start < handler.end).collect();
    handlers.sort_by_key(|handler| handler.start);
    let mut table = Vec::new();
    for handler in handlers {
        let depth = handler.reg.index().saturating_sub(code.locals.len());
        let first = table.len();
        for number in [handler.start, handler.end - handler.start, handler.target, (depth as u32) << 1] {
            big_endian(&mut table, number);
        }
        table[first] |= 0x80;
    }
    table
}

/// A number in pieces of six bits, the highest first.
fn big_endian(table: &mut Vec<u8>, number: u32) {
    let pieces = (32 - number.leading_zeros()).div_ceil(6).max(1);
    for piece in (0..pieces).rev() {
        let more = if piece > 0 { 0x40 } else { 0 };
        table.push(more | ((number >> (6 * piece)) & 63) as u8);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_takes_the_shortest_form() {
        let entry = |place, delta| {
            let mut table = Vec::new();
            location(&mut table, place, delta, 2);
            table
        };
        assert_eq!(entry((5, 5, 9, 12), 0), [0x80 | 1 << 3 | 1, 1 << 4 | 3]);
        assert_eq!(entry((5, 5, 90, 100), 2), [0x80 | 12 << 3 | 1, 90, 100]);
        assert_eq!(entry((5, 6, 0, 100), -3), [0x80 | 14 << 3 | 1, 7, 1, 1, 0x40 | 37, 1]);
    }

    #[test]
    fn numbers_with_their_highest_piece_first() {
        let mut table = Vec::new();
        big_endian(&mut table, 0);
        big_endian(&mut table, 130);
        assert_eq!(table, [0, 0x40 | 2, 2]);
    }
}
