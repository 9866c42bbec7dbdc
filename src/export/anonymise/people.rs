//! The people an incident knows, the word that stands for each, and where their names stand in a text.

use std::collections::{HashMap, HashSet};

use super::marked;
use crate::export::redact::fields::Texts as _;
use crate::model::Incident;
use crate::text::Raw;

/// A name with fewer letters is not looked for within texts: it could be any word. Its mark (`@bo`) is.
const SHORTEST: usize = 3;
/// What stands for somebody without a role, with a number.
const RESPONDER: &str = "responder";
/// Marks that chat programs give a meaning of their own: nobody's name.
const NOBODY: [&str; 4] = ["all", "channel", "everyone", "here"];

/// How a word has to look where it goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// `responder 1`
    Words,
    /// `responder-1`, as in a tag or an address.
    OneWord,
}

/// The words of a name, in small letters.
type Name = Vec<String>;

/// The people an incident knows.
pub(super) struct People {
    /// The word for each person.
    words: Vec<String>,
    /// Whose each whole name is.
    whose: HashMap<Name, usize>,
    /// The names that begin with a word, the longest first.
    begin: HashMap<String, Vec<(Name, usize)>>,
    /// A word of one person's name only, which counts where it is written with a capital.
    parts: HashMap<String, usize>,
}

impl People {
    /// Finds them, those with a role first, then in the order of the timeline.
    pub(super) fn of(incident: &Incident) -> Self {
        let names = names(incident);
        let longer: Vec<&Name> = names.iter().filter(|name| name.len() > 1).collect();
        let mut firsts: Vec<&Name> = Vec::new();
        let mut whose: HashMap<Name, usize> = HashMap::new();
        for name in &names {
            // "alice" is Alice Smith, where there is no other Alice.
            let mut fuller = longer.iter().filter(|longer| name.len() == 1 && longer.contains(&name[0]));
            let first = match (fuller.next(), fuller.next()) {
                (Some(one), None) => one,
                _ => name,
            };
            let person = firsts.iter().position(|known| *known == first).unwrap_or_else(|| {
                firsts.push(first);
                firsts.len() - 1
            });
            whose.insert(name.clone(), person);
        }
        let mut begin: HashMap<String, Vec<(Name, usize)>> = HashMap::new();
        let mut parts: HashMap<String, HashSet<usize>> = HashMap::new();
        for (name, person) in &whose {
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
        let alone = parts.into_iter().filter(|(_, whose)| whose.len() == 1);
        let parts = alone.filter_map(|(word, whose)| Some((word, whose.into_iter().next()?))).collect();
        let mut people = Self { words: vec![String::new(); firsts.len()], whose, begin, parts };
        people.words = people.words_for(incident);
        people
    }

    /// How many there are.
    pub(super) fn count(&self) -> usize {
        self.words.len()
    }

    /// A role each, else a number.
    fn words_for(&self, incident: &Incident) -> Vec<String> {
        let mut words: Vec<Option<String>> = vec![None; self.words.len()];
        for role in &incident.roles {
            let word = role.role.as_typed().trim();
            let plain = word.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_' | '/' | '&'));
            let taken = words.iter().flatten().any(|other| name_of(other) == name_of(word));
            let names_nobody = self.found(word).is_empty() && !is_numbered(&name_of(word));
            if let Some(person) = self.whose.get(&name_of(role.name.as_typed()))
                && words[*person].is_none()
                && (!word.is_empty() && plain && !taken && names_nobody)
            {
                words[*person] = Some(word.to_owned());
            }
        }
        let numbered: HashSet<Name> = all_names(incident).into_iter().filter(is_numbered).collect();
        let free = (1_usize..).map(|n| format!("{RESPONDER} {n}"));
        let mut free = free.filter(|word| !numbered.contains(&name_of(word)));
        words.into_iter().map(|word| word.or_else(|| free.next()).unwrap_or_default()).collect()
    }

    /// The word for whoever is called so; `None` where that is nobody's name.
    pub(super) fn word(&self, name: &Raw) -> Option<Raw> {
        let person = self.whose.get(&name_of(&bare(name)))?;
        self.words.get(*person).map(|word| Raw::new(word.as_str()))
    }

    /// A text with the words in the place of the names; `None` where it names nobody.
    pub(super) fn without_names(&self, text: &Raw, shape: Shape) -> Option<Raw> {
        // What is hidden within a name would hide the name. It is given up only where there is one.
        let bare = text.laid_bare().and_then(|bare| self.replaced(&bare, shape));
        bare.or_else(|| self.replaced(text.as_typed(), shape)).map(Raw::new)
    }

    fn replaced(&self, text: &str, shape: Shape) -> Option<String> {
        let found = self.found(text);
        if found.is_empty() {
            return None;
        }
        let (mut out, mut done) = (String::with_capacity(text.len()), 0);
        for Found { from, to, person } in found {
            out.push_str(&text[done..from]);
            let so_far = out.rsplit(char::is_whitespace).next().unwrap_or_default();
            let one_word = shape == Shape::OneWord || so_far.contains("://") || so_far.ends_with(['#', '/']);
            let word = self.words.get(person).map_or("", String::as_str);
            out.push_str(&if one_word { word.replace(' ', "-") } else { word.to_owned() });
            done = to;
        }
        out.push_str(&text[done..]);
        Some(out)
    }

    /// Where names stand in a text, with what belongs to them: the `@` before, the domain of a mail address behind.
    fn found(&self, text: &str) -> Vec<Found> {
        let words = words(text);
        let mut found: Vec<Found> = Vec::new();
        let mut at = 0;
        while at < words.len() {
            let Some((count, person)) = self.named_at(text, &words[at..]) else {
                at += 1;
                continue;
            };
            let from = words[at].0;
            let to = mail_end(text, words[at + count - 1].1);
            found.push(Found { from: mark_begin(text, from), to, person });
            at += count;
            while words.get(at).is_some_and(|word| word.0 < to) {
                at += 1;
            }
        }
        found
    }

    /// The name that the first of these words begin: how many words it has, and whose it is.
    fn named_at(&self, text: &str, words: &[(usize, usize)]) -> Option<(usize, usize)> {
        let (from, to) = *words.first()?;
        let small = text[from..to].to_lowercase();
        let marked = mark_begin(text, from) < from;
        let whole = self.begin.get(&small).into_iter().flatten().find(|(name, _)| {
            let same = name.len() <= words.len()
                && name.iter().zip(words).all(|(word, (from, to))| *word == text[*from..*to].to_lowercase());
            let parted =
                words.windows(2).take(name.len() - 1).all(|two| parts_a_name(&text[two[0].1..two[1].0]));
            same && parted && (marked || is_long(name))
        });
        let part = || {
            let capital = text[from..to].starts_with(char::is_uppercase);
            self.parts.get(&small).filter(|_| capital).map(|person| (1, *person))
        };
        whole.map(|(name, person)| (name.len(), *person)).or_else(part)
    }
}

/// A name in a text, in bytes.
struct Found {
    from: usize,
    to: usize,
    person: usize,
}

/// The names of all people, each once, in the order in which they are to be counted.
fn names(incident: &Incident) -> Vec<Name> {
    let role_is_name = |name: &Name| {
        incident
            .roles
            .iter()
            .any(|role| name_of(role.role.as_typed()) == *name && name_of(role.name.as_typed()) == *name)
    };
    let mut names = Vec::new();
    let mut seen = HashSet::new();
    for name in all_names(incident) {
        let nobody = name.iter().all(String::is_empty)
            || matches!(&name[..], [one] if NOBODY.contains(&one.as_str()))
            // This incident was anonymised before.
            || is_numbered(&name)
            || role_is_name(&name);
        if !nobody && seen.insert(name.clone()) {
            names.push(name);
        }
    }
    names
}

/// Every name as often as it stands in a field of its own or as a mark.
fn all_names(incident: &Incident) -> Vec<Name> {
    let mut names: Vec<Raw> = incident.roles.iter().map(|role| role.name.clone()).collect();
    for entry in &incident.timeline {
        names.push(entry.by.clone());
        names.extend(entry.people.iter().cloned());
    }
    for h in &incident.hypotheses {
        names.extend(h.owner.iter().chain(h.tests.iter().filter_map(|test| test.owner.as_ref())).cloned());
        names.extend(h.evidence.iter().map(|evidence| evidence.by.clone()));
    }
    names.extend(incident.actions.iter().filter_map(|action| action.owner.clone()));
    names.extend(incident.updates.iter().map(|update| update.by.clone()));
    for decision in &incident.decisions {
        names.push(decision.by.clone());
        names.extend(decision.who.clone());
    }
    incident.clone().each(&mut Vec::new(), &mut |_, text| names.extend(marked(&Raw::new(bare(text)))));
    names.iter().map(|name| name_of(&bare(name))).collect()
}

fn bare(text: &Raw) -> String {
    text.laid_bare().unwrap_or_else(|| text.as_typed().to_owned())
}

/// The words of a name in small letters; all of it, where it has no letter or digit.
fn name_of(name: &str) -> Name {
    let words = words(name);
    if words.is_empty() {
        return vec![name.trim().trim_start_matches('@').to_lowercase()];
    }
    words.into_iter().map(|(from, to)| name[from..to].to_lowercase()).collect()
}

/// Where the runs of letters and digits stand.
fn words(text: &str) -> Vec<(usize, usize)> {
    let mut words: Vec<(usize, usize)> = Vec::new();
    for (at, c) in text.char_indices().filter(|(_, c)| c.is_alphanumeric()) {
        match words.last_mut() {
            Some(last) if last.1 == at => last.1 = at + c.len_utf8(),
            _ => words.push((at, at + c.len_utf8())),
        }
    }
    words
}

fn is_long(name: &Name) -> bool {
    name.iter().flat_map(|word| word.chars()).filter(|c| c.is_alphabetic()).count() >= SHORTEST
}

fn is_numbered(name: &Name) -> bool {
    matches!(&name[..], [word, number] if word == RESPONDER && number.bytes().all(|b| b.is_ascii_digit()))
}

/// What stands between the words of one name.
fn parts_a_name(between: &str) -> bool {
    between.chars().count() == 1 && between.starts_with([' ', '.', '_', '-', '\'', '’'])
}

/// Where the mark begins that stands before a name; here, where there is none but at most the `@` of a mail address.
fn mark_begin(text: &str, from: usize) -> usize {
    let unseen = |c: char| !(c.is_ascii() || c.is_alphanumeric() || c.is_whitespace());
    let before = text[..from].trim_end_matches(|c| matches!(c, '@' | '.' | '_' | '-') || unseen(c)).len();
    let mark = text[before..from].find('@').map(|at| before + at);
    mark.filter(|at| !text[..*at].ends_with(char::is_alphanumeric)).unwrap_or(from)
}

/// The end of the mail address whose name ends here, else here.
fn mail_end(text: &str, to: usize) -> usize {
    let Some(domain) = text[to..].strip_prefix('@') else { return to };
    let end = domain.find(|c: char| !(c.is_alphanumeric() || matches!(c, '.' | '-'))).unwrap_or(domain.len());
    let domain = domain[..end].trim_end_matches(['.', '-']);
    if domain.contains('.') { to + 1 + domain.len() } else { to }
}
