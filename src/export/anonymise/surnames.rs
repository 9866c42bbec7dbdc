//! Surnames that stand in texts only: behind a first name that is known, "Priya Raman" where only `@priya` is.

use std::collections::HashSet;

use super::common;
use super::letters::{Name, is_capital, is_joined, links, mark_begin, name_of, words};
use super::people::{People, bare};
use crate::export::redact::fields::{Step, Texts as _};
use crate::model::Incident;

/// Full names of people of whom one word is known, with the number of the person. A word counts as a surname where only a
/// name is written so: with a capital, right behind the first name, and nowhere in the record in small letters.
pub(super) fn learned(people: &People, incident: &Incident) -> Vec<(Name, usize)> {
    let mut small: HashSet<String> = HashSet::new();
    let mut pairs: Vec<(Name, usize)> = Vec::new();
    let mut taken: HashSet<String> = HashSet::new();
    let subjects = incident.hypotheses.iter().map(|h| h.subject.raw());
    for text in incident.services.iter().chain(subjects) {
        taken.extend(name_of(&bare(text)));
    }
    incident.clone().each(&mut Vec::new(), &mut |way, text| {
        let text = bare(text);
        let words = words(&text);
        for (from, to) in &words {
            let word = &text[*from..*to];
            if word.starts_with(char::is_lowercase) && !is_joined(&text, *from, *to) {
                small.insert(word.to_owned());
            }
        }
        // Each word of a heading may have a capital.
        if !matches!(way, [.., Step::Field("title" | "heading" | "label")]) {
            pairs.extend(pairs_of(people, &text, &words));
        }
    });
    pairs.retain(|(name, _)| {
        name.last().is_some_and(|surname| {
            let word = small.contains(surname) || taken.contains(surname) || common::is_no_surname(surname);
            !word && !people.is_part(surname)
        })
    });
    pairs
}

/// Known first names with the word behind them.
fn pairs_of(people: &People, text: &str, words: &[(usize, usize)]) -> Vec<(Name, usize)> {
    let links = links(text);
    let pair = |two: &[(usize, usize)]| {
        let [(from, to), (next, end)] = *two else { return None };
        let (first, surname) = (&text[from..to], &text[next..end]);
        let looks = is_capital(first)
            && is_capital(surname)
            && surname.chars().skip(1).all(char::is_lowercase)
            && &text[to..next] == " "
            && mark_begin(text, from) == from
            && !is_joined(text, from, to)
            && !is_joined(text, next, end)
            && !links.iter().any(|link| link.whole.contains(&from) || link.whole.contains(&next));
        let name = vec![first.to_lowercase(), surname.to_lowercase()];
        let person = looks.then(|| people.with_first_name_only(&name[0]))??;
        Some((name, person))
    };
    words.windows(2).filter_map(pair).collect()
}
