//! How many were affected: `about 40% of users`, `12,000 orders`, `25% degradation in user experience`.

use crate::model::{Affected, Percent};
use crate::text::Raw;

const ABOUT: [&str; 6] = ["about", "approximately", "around", "nearly", "roughly", "approx."];

/// Takes the number out of the words. `of` is set only for `N% of …`: otherwise the number is no share of anybody. What has
/// no number is kept as words.
pub fn read(text: &str) -> Affected {
    let mut rest = text.trim();
    let mut affected = Affected { text: Raw::new(rest), ..Affected::default() };
    loop {
        let word = rest.split_whitespace().next().unwrap_or_default();
        let cut = if rest.starts_with('~') {
            1
        } else if ABOUT.iter().any(|about| word.eq_ignore_ascii_case(about)) {
            word.len()
        } else {
            break;
        };
        affected.approximate = true;
        rest = rest[cut..].trim_start();
    }
    let end = rest.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ','))).unwrap_or(rest.len());
    let (number, after) = (rest[..end].trim_end_matches(['.', ',']), &rest[end..]);
    if let Some(after) = percent_sign(after) {
        affected.percent = percent(number);
        let of = after.trim_start().strip_prefix("of ").map(str::trim).filter(|of| !of.is_empty());
        affected.of = affected.percent.and(of).map(Raw::new);
    } else if after.is_empty() || after.starts_with(char::is_whitespace) {
        affected.count = count(number);
    }
    affected
}

/// What follows `%` or `percent`, with or without a blank before it.
fn percent_sign(after: &str) -> Option<&str> {
    let after = after.trim_start();
    let word = || after.strip_prefix("percent").filter(|rest| !rest.starts_with(char::is_alphanumeric));
    after.strip_prefix('%').or_else(word)
}

/// `40`, `2.5`, `2,5`, `1,200`. Of more digits than a number in a file keeps exactly, it is words.
fn percent(number: &str) -> Option<Percent> {
    let thousands = number.contains(',').then(|| count(number)).flatten().filter(|n| *n >= 1_000);
    let plain = thousands.map_or_else(|| number.replace(',', "."), |n| n.to_string());
    (plain.len() <= 15).then(|| plain.parse().ok()).flatten().map(Percent)
}

/// `12000`, `12,000`: not `1.5`, nor `1,5`.
fn count(number: &str) -> Option<u64> {
    let mut groups = number.split(',');
    let first = groups.next()?;
    let all_digits = |s: &str| s.bytes().all(|c| c.is_ascii_digit());
    let mut grouped = groups.clone().all(|g| g.len() == 3 && all_digits(g));
    grouped &= groups.next().is_none() || (1..=3).contains(&first.len());
    (all_digits(first) && grouped).then(|| number.replace(',', "").parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_shares_only_where_it_says_of() {
        let read = |text: &str| {
            let a = read(text);
            (a.percent.map(|p| p.0), a.of.map(|o| o.as_typed().to_owned()), a.count, a.approximate)
        };
        assert_eq!(read("40% of users"), (Some(40.0), Some("users".into()), None, false));
        assert_eq!(read("about 2.5% of all orders"), (Some(2.5), Some("all orders".into()), None, true));
        assert_eq!(read("~ 70 percent of shoppers"), (Some(70.0), Some("shoppers".into()), None, true));
        assert_eq!(read("25% degradation in user experience"), (Some(25.0), None, None, false));
        assert_eq!(read("40 % of users"), (Some(40.0), Some("users".into()), None, false));
        assert_eq!(read("1,200% more errors"), (Some(1200.0), None, None, false));
        assert_eq!(read("2,5% of users"), (Some(2.5), Some("users".into()), None, false));
        assert_eq!(read(&format!("{}% of users", "9".repeat(400))), (None, None, None, false));
        assert_eq!(read("12,000 orders"), (None, None, Some(12_000), false));
        assert_eq!(read("1,5 million"), (None, None, None, false));
        assert_eq!(read("everybody in Europe"), (None, None, None, false));
    }
}
