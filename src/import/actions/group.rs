//! Items that stand together: below a name that is none of them, as the parts of one sentence, as the data of one order.

use super::super::document::{Claims, label, plain};
use super::super::parts::{Part, Shape};
use super::verbs::{is_order, is_promise};
use super::{Draft, claim, draft};

/// The longest name of a group, in words.
const LONGEST: usize = 4;

/// The parts below the first: the items deeper than it that follow it.
fn below(parts: &[Part]) -> &[Part] {
    let Some((first, rest)) = parts.split_first() else { return parts };
    let length = rest.iter().take_while(|part| part.shape == Shape::Item && part.depth > first.depth).count();
    &rest[..length]
}

/// Whether the first of these items only names what stands below it: "Monitoring", and two things to be done about it.
pub(super) fn is_named(parts: &[Part]) -> bool {
    let Some(first) = parts.first() else { return false };
    let name = plain(&first.text);
    let words = name.split_whitespace().count();
    let below = below(parts);
    let told = |part: &Part| {
        let text = plain(&part.text);
        is_order(&text) || text.split_whitespace().count() > words
    };
    (1..=LONGEST).contains(&words)
        && !name.ends_with(['.', '!', '?', ':'])
        && !name.bytes().any(|b| b.is_ascii_digit())
        && !is_order(&name)
        && below.len() >= 2
        && below.iter().all(told)
        && below.iter().filter(|part| is_order(&plain(&part.text))).count() * 2 >= below.len()
}

/// The name of the group that an item stands in, where an item has it.
pub(super) fn above(before: &[Part], part: &Part) -> Option<String> {
    if part.under.is_some() {
        return None;
    }
    let at = before.iter().rposition(|other| other.depth < part.depth || other.shape != Shape::Item)?;
    let name = before.get(at).filter(|other| other.shape == Shape::Item && other.group == part.group)?;
    let open = label(&name.text).is_none_or(|(_, rest)| !rest.is_empty());
    let text = plain(&name.text);
    (open && !text.is_empty() && name.depth < part.depth).then_some(text)
}

/// Whether the items below the first go on its sentence: each but the last ends in a comma.
pub(super) fn goes_on(parts: &[Part]) -> bool {
    let below = below(parts);
    let Some((_, before)) = below.split_last() else { return false };
    let open = |part: &Part| {
        let text = part.text.trim_end();
        text.ends_with([',', ';']) || text.ends_with(" and") || text.ends_with(" or")
    };
    !before.is_empty() && before.iter().all(open) && below.iter().any(|part| !is_order(&plain(&part.text)))
}

/// How many items after the first part, an order that ends in a colon, are but the data that it is about: "Delete these:", and
/// a row of numbers.
pub(super) fn data(parts: &[Part]) -> usize {
    let Some((first, rest)) = parts.split_first() else { return 0 };
    let text = plain(&first.text);
    if first.shape != Shape::Prose || !text.ends_with(':') || !is_order(&text) {
        return 0;
    }
    let items: Vec<&Part> = rest
        .iter()
        .take_while(|part| {
            part.shape == Shape::Item && part.group == first.group && part.under == first.under
        })
        .collect();
    let is_data = |part: &&Part| {
        let text = plain(&part.text);
        text.bytes().any(|b| b.is_ascii_digit()) && !is_order(&text) && !is_promise(&text)
    };
    if items.len() >= 2 && items.iter().all(is_data) { items.len() } else { 0 }
}

/// An order with its data.
pub(super) fn with_data(parts: &[Part], claims: &mut Claims) -> Draft {
    let mut made = draft(&parts[0], &parts[0].text);
    for part in parts {
        claim(part, claims);
    }
    for part in &parts[1..] {
        made.text.push_str("\n- ");
        made.text.push_str(&plain(&part.text));
    }
    made
}
