//! False hits: what machines print and people say all day, none of it a secret.

use super::left;

/// A line each: hashes, ids, digests, names of clouds and pods, stack traces, SQL, addresses, logs, prose. All made up.
const LINES: &str = include_str!("harmless.txt");
/// How many of them may be taken for a secret.
const MOST: usize = 2;

#[test]
fn of_two_hundred_harmless_lines_two_at_most_are_hit() {
    let lines: Vec<&str> = LINES.lines().collect();
    assert_eq!(lines.len(), 200);
    let mut apart = lines.clone();
    apart.sort_unstable();
    apart.dedup();
    assert_eq!(apart.len(), 200, "one line counts once");
    let hit: Vec<_> = lines
        .iter()
        .map(|line| (line, left(line)))
        .filter(|(line, (rest, found))| !found.is_empty() || rest != **line)
        .collect();
    assert!(hit.len() <= MOST, "{hit:#?}");
}

#[test]
fn all_of_them_as_one_text_are_hit_no_more_often() {
    let (_, found) = left(LINES);
    let hits: usize = found.iter().map(|(_, count)| count).sum();
    assert!(hits <= MOST, "{found:?}");
}
