//! What is a time by the company it stands in: `6.45`, `0251`, or a bare `10:42` without any mark, at the beginning of line
//! after line, in the order of a clock. Alone such a number is none.

use crate::import::clock;
use crate::import::document::{Block, Kind};

/// So many in a row are needed.
const NEEDED: usize = 3;

/// Which blocks begin with such a number.
pub(super) fn trusted(blocks: &[Block]) -> Vec<bool> {
    let mut trusted = vec![false; blocks.len()];
    let mut run: Vec<(usize, u32)> = Vec::new();
    let mut section = None;
    for (at, block) in blocks.iter().enumerate() {
        if section != Some(block.section) {
            settle(&mut run, &mut trusted);
            section = Some(block.section);
        }
        if let Some(minute) = minute(block) {
            run.push((at, minute));
        }
    }
    settle(&mut run, &mut trusted);
    trusted
}

/// The minute of the day of a number that may be a time, where words follow it.
fn minute(block: &Block) -> Option<u32> {
    if !matches!(block.kind, Kind::Line | Kind::Item { .. } | Kind::Code) {
        return None;
    }
    let lead = clock::leading(&block.text).filter(|lead| !lead.led)?;
    let first = block
        .text
        .trim_start_matches(['*', '_', '`', '(', '[', ' '])
        .starts_with(|char: char| char.is_ascii_digit());
    let words = block.text.get(lead.rest..)?.contains(char::is_alphabetic);
    let hour = lead.expression.from.hour.filter(|_| first && words)?;
    Some(hour.half.hour(hour.shown) * 60 + hour.minute)
}

/// Trusts a run that goes as a clock does: on and on but for one midnight, or back and back; and not as the numbers of an
/// outline do, one after the other.
fn settle(run: &mut Vec<(usize, u32)>, trusted: &mut [bool]) {
    let steps: Vec<i64> = run.windows(2).map(|pair| i64::from(pair[1].1) - i64::from(pair[0].1)).collect();
    let back = steps.iter().filter(|step| **step < 0).count();
    let on = steps.iter().filter(|step| **step > 0).count();
    let outline = steps.iter().all(|step| *step == 1);
    if run.len() >= NEEDED && !outline && (back <= 1 && on > back || on == 0 && back >= 2) {
        for (at, _) in run.iter() {
            trusted[*at] = true;
        }
    }
    run.clear();
}
