//! Things to be done that stand under a heading that does not say so: boxes to be ticked, tables with somebody's name beside what is
//! to be done, lists whose items end with an owner or a day.

use super::super::document::{Claims, label, plain};
use super::super::parts::{Part, Shape};
use super::super::sections::Topic;
use super::verbs::{is_order, is_our_vow, without_lead};
use super::{Found, checkbox, item, marks, table};
use crate::model::ActionKind;

/// The actions among parts that are not under what is to be done.
pub(in crate::import) fn of(parts: &[Part], claims: &mut Claims) -> Vec<Found> {
    let told = [Topic::Timeline, Topic::Investigation, Topic::Misleading, Topic::Roles];
    let mut drafts = if table::is_of_actions(parts) { table::rows(parts, claims) } else { Vec::new() };
    let Some(first) = parts.first().filter(|part| !part.topics.iter().any(|t| told.contains(t))) else {
        return drafts.into_iter().flat_map(|draft| super::finished(draft, ActionKind::Task)).collect();
    };
    let items: Vec<&Part> = parts.iter().filter(|part| part.shape == Shape::Item).collect();
    let boxed = items.iter().filter(|part| checkbox(&part.text)).count();
    let least = items.iter().map(|part| part.depth).min().unwrap_or(0);
    let top = items.iter().filter(|part| part.depth == least).copied();
    let owned = top.clone().filter(|part| marks::is_owned(&part.text)).count();
    // "Fixes:" may be what was done as well: what is told to be done is still to come.
    let fixes = Topic::bare(&first.heading);
    let orders = matches!(fixes.as_str(), "fix" | "fixes" | "the fixes" | "our fixes" | "the fix")
        && items.len() > 1
        && items.iter().filter(|part| part.depth == 0).all(|part| is_order(&plain(&part.text)));
    let open = first.topics.is_empty() || first.topics.contains(&Topic::Lessons);
    // "OPS-12 Raise the limit", in whatever part: what has a ticket and is an order is still to be done.
    let ticketed = top.clone().filter(|part| marks::leads_with_ticket(&part.text)).count();
    let orders = orders
        || (ticketed >= 2
            && ticketed == top.clone().count()
            && top.clone().filter(|part| is_order(without_lead(&plain(&part.text)))).count() * 2 >= ticketed);
    if boxed > 0 || orders || (open && owned >= 2 && 2 * owned >= top.clone().count()) {
        let mut parents = Vec::new();
        let mut below: Option<u8> = None;
        for (at, part) in parts.iter().enumerate() {
            // What stands under a box that is only a label is what is to be done.
            below = below.filter(|depth| part.depth > *depth);
            // A label among boxes leads to something else, and is kept where it stands.
            if below.is_none()
                && boxed > 0
                && !checkbox(&part.text)
                && label(&part.text).is_some_and(|(_, rest)| rest.is_empty())
            {
                parents.clear();
                continue;
            }
            let box_above = boxed == 0 || checkbox(&part.text) || !parents.is_empty() || below.is_some();
            if part.shape == Shape::Item && box_above && !plain(&part.text).is_empty() {
                item(parts, at, &mut drafts, &mut parents, claims);
                if parents.is_empty() {
                    below = Some(part.depth);
                }
            }
        }
    }
    if open && drafts.is_empty() {
        for part in top.filter(|part| is_our_vow(&plain(&part.text))) {
            drafts.push(super::draft(part, &part.text));
            super::claim(part, claims);
        }
    }
    drafts.into_iter().flat_map(|draft| super::finished(draft, ActionKind::Task)).collect()
}
