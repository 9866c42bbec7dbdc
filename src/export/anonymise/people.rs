//! The people an incident knows, and the word that stands for each.

use std::collections::{HashMap, HashSet};

use super::letters::{Name, is_long, name_of, words};
use super::{PERSON, common, marked, surnames};
use crate::export::redact::fields::Texts as _;
use crate::model::Incident;
use crate::text::Raw;

/// What stands for somebody without a role, with a number.
const RESPONDER: &str = "responder";
/// Marks that chat programs give a meaning of their own: nobody's name.
const NOBODY: [&str; 4] = ["all", "channel", "everyone", "here"];

/// The people an incident knows.
pub(super) struct People {
    /// The word for each person.
    pub(super) words: Vec<String>,
    /// Whose each whole name is.
    whose: HashMap<Name, usize>,
    /// The names that begin with a word, the longest first.
    pub(super) begin: HashMap<String, Vec<(Name, usize)>>,
    /// A word of one person's name only, which counts where it is written with a capital.
    pub(super) parts: HashMap<String, usize>,
    /// What the roles of this incident are called.
    roles: HashSet<Name>,
}

/// A name as it is known.
#[derive(Default)]
struct Known {
    /// It was written with a blank at least once, and never as a handle.
    is_full: bool,
    /// Somebody logged something under it.
    logs: bool,
}

impl People {
    /// Finds them, those with a role first, then in the order of the timeline.
    pub(super) fn of(incident: &Incident) -> Self {
        let (names, known) = names(incident);
        let longer: Vec<&Name> = names
            .iter()
            .filter(|name| name.len() > 1 && known.get(*name).is_some_and(|k| k.is_full))
            .collect();
        let others: Vec<&Name> = names.iter().filter(|name| name.len() > 1).collect();
        let mut firsts: Vec<&Name> = Vec::new();
        let mut whose: HashMap<Name, usize> = HashMap::new();
        for name in &names {
            // `@alice` is Alice Smith, where there is no other Alice. Two handles are two people, and so are two that log.
            let both_log = |other: &Name| {
                let logs = |name: &Name| known.get(name).is_some_and(|known| known.logs);
                logs(name) && logs(other)
            };
            let alone =
                name.len() == 1 && others.iter().filter(|other| other.contains(&name[0])).count() == 1;
            let mut fuller = longer.iter().filter(|longer| alone && longer.contains(&name[0]));
            let first = fuller.next().filter(|longer| !both_log(longer)).map_or(name, |longer| *longer);
            let person = firsts.iter().position(|known| *known == first).unwrap_or_else(|| {
                firsts.push(first);
                firsts.len() - 1
            });
            whose.insert(name.clone(), person);
        }
        let roles = incident.roles.iter().map(|role| name_of(&bare(&role.role))).collect();
        let words = vec![String::new(); firsts.len()];
        let mut people = Self { words, whose, begin: HashMap::new(), parts: HashMap::new(), roles };
        people.index();
        let learned = surnames::learned(&people, incident);
        if !learned.is_empty() {
            people.whose.extend(learned);
            people.index();
        }
        people.words = people.words_for(incident);
        people
    }

    /// Makes what names are looked up by.
    fn index(&mut self) {
        let mut begin: HashMap<String, Vec<(Name, usize)>> = HashMap::new();
        let mut parts: HashMap<String, HashSet<usize>> = HashMap::new();
        for (name, person) in &self.whose {
            if let Some(word) = name.first() {
                begin.entry(word.clone()).or_default().push((name.clone(), *person));
            }
            for word in name.iter().filter(|word| name.len() > 1 && is_long(&name_of(word))) {
                parts.entry(word.clone()).or_default().insert(*person);
            }
        }
        for list in begin.values_mut() {
            list.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
        }
        let alone =
            parts.into_iter().filter(|(word, whose)| whose.len() == 1 && !self.is_word(&vec![word.clone()]));
        self.parts = alone.filter_map(|(word, whose)| Some((word, whose.into_iter().next()?))).collect();
        self.begin = begin;
    }

    /// How many there are.
    pub(super) fn count(&self) -> usize {
        self.words.len()
    }

    /// Whether a name is also a word: of a sentence, or for a role.
    pub(super) fn is_word(&self, name: &Name) -> bool {
        self.roles.contains(name) || matches!(&name[..], [word] if common::is_word(word))
    }

    /// Whether a word belongs to somebody's name.
    pub(super) fn is_part(&self, word: &str) -> bool {
        self.parts.contains_key(word) || self.begin.contains_key(word)
    }

    /// The person who is known by this one word, and by no longer name.
    pub(super) fn with_first_name_only(&self, word: &str) -> Option<usize> {
        let name = vec![word.to_owned()];
        let person = *self.whose.get(&name)?;
        let is_fuller = self.whose.iter().any(|(other, whose)| *whose == person && other.len() > 1);
        (!is_fuller && is_long(&name) && !self.is_word(&name)).then_some(person)
    }

    /// Names that stay in texts but for their marks, since they could be any word.
    pub(super) fn also_words(&self) -> HashSet<String> {
        let names = self.whose.keys().filter(|name| self.is_word(name) || !is_long(name));
        names.filter_map(|name| if let [word] = &name[..] { Some(word.clone()) } else { None }).collect()
    }

    /// A role each, else a number.
    fn words_for(&self, incident: &Incident) -> Vec<String> {
        let mut words: Vec<Option<String>> = vec![None; self.words.len()];
        for role in &incident.roles {
            let word = role.role.as_typed().trim();
            let plain = word.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_' | '/' | '&'));
            let taken = words.iter().flatten().any(|other| name_of(other) == name_of(word));
            let names_nobody = !self.is_named_in(word) && !is_numbered(&name_of(word));
            if let Some(person) = self.whose.get(&name_of(&bare(&role.name)))
                && words[*person].is_none()
                && (!word.is_empty() && plain && !taken && names_nobody)
            {
                words[*person] = Some(word.to_owned());
            }
        }
        let numbered: HashSet<Name> =
            all_names(incident).into_iter().map(|one| one.name).filter(is_numbered).collect();
        let free = (1_usize..).map(|n| format!("{RESPONDER} {n}"));
        let mut free = free.filter(|word| !numbered.contains(&name_of(word)));
        words.into_iter().map(|word| word.or_else(|| free.next()).unwrap_or_default()).collect()
    }

    /// The word for whoever is called so; `None` where that is nobody's name.
    pub(super) fn word(&self, name: &Raw) -> Option<Raw> {
        let person = self.whose.get(&name_of(&bare(name)))?;
        self.words.get(*person).map(|word| Raw::new(word.as_str()))
    }
}

/// The names of all people, each once, in the order in which they are to be counted, and how each is known.
fn names(incident: &Incident) -> (Vec<Name>, HashMap<Name, Known>) {
    // This incident was anonymised before.
    let is_done = |name: &Name| {
        let stands_for = |role: &crate::model::Role| {
            name_of(role.role.as_typed()) == *name && role.name.as_typed() == PERSON
        };
        is_numbered(name) || *name == name_of(PERSON) || incident.roles.iter().any(stands_for)
    };
    let mut names = Vec::new();
    let mut known: HashMap<Name, Known> = HashMap::new();
    for Named { name, is_full, logs } in all_names(incident) {
        let nobody = name.iter().all(String::is_empty)
            || matches!(&name[..], [one] if NOBODY.contains(&one.as_str()))
            || is_done(&name);
        if nobody {
            continue;
        }
        if let Some(known) = known.get_mut(&name) {
            known.is_full &= is_full;
            known.logs |= logs;
        } else {
            names.push(name.clone());
            known.insert(name, Known { is_full, logs });
        }
    }
    (names, known)
}

/// A name in a field of its own or as a mark.
struct Named {
    name: Name,
    is_full: bool,
    logs: bool,
}

/// Every name as often as it stands somewhere.
fn all_names(incident: &Incident) -> Vec<Named> {
    let mut names: Vec<(Raw, bool)> = incident.roles.iter().map(|role| (role.name.clone(), false)).collect();
    for entry in &incident.timeline {
        names.push((entry.by.clone(), true));
        names.extend(entry.people.iter().map(|name| (name.clone(), false)));
    }
    let mut more: Vec<Raw> = incident.former_roles.iter().map(|role| role.name.clone()).collect();
    for h in &incident.hypotheses {
        more.extend(h.owner.iter().chain(h.tests.iter().filter_map(|test| test.owner.as_ref())).cloned());
        more.extend(h.evidence.iter().map(|evidence| evidence.by.clone()));
    }
    more.extend(incident.actions.iter().filter_map(|action| action.owner.clone()));
    more.extend(incident.updates.iter().map(|update| update.by.clone()));
    more.extend(incident.attachments.iter().map(|file| file.by.clone()));
    for decision in &incident.decisions {
        more.push(decision.by.clone());
        more.extend(decision.who.clone());
    }
    for disputed in &incident.disputed {
        more.push(disputed.by.clone());
        if disputed.field.is_a_person() {
            more.extend(disputed.value.iter().chain(&disputed.shown).cloned());
        }
    }
    incident.clone().each(&mut Vec::new(), &mut |_, text| more.extend(marked(&Raw::new(bare(text)))));
    names.extend(more.into_iter().map(|name| (name, false)));
    let named = |(name, logs): (Raw, bool)| {
        let name = bare(&name);
        Named { name: name_of(&name), is_full: name.trim().contains(char::is_whitespace), logs }
    };
    names.into_iter().map(named).collect()
}

pub(super) fn bare(text: &Raw) -> String {
    text.laid_bare().unwrap_or_else(|| text.as_typed().to_owned())
}

fn is_numbered(name: &Name) -> bool {
    matches!(&name[..], [word, number] if word == RESPONDER && number.bytes().all(|b| b.is_ascii_digit()))
}

/// Which of these words stand in a text.
pub(super) fn words_in<'a>(text: &str, of: &'a HashSet<String>) -> Vec<&'a String> {
    words(text).into_iter().filter_map(|(from, to)| of.get(&text[from..to].to_lowercase())).collect()
}
