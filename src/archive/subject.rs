//! Says which typed subjects are one suspicion: `db`, `database` and `the DB pool` are, `payment db` is another one.
//!
//! The rule, in its order; each step keeps what a person would call the same suspicion, and no more:
//!
//! 1. Case, accents' forms, punctuation and blanks do not count: `Load-Balancer` is `load balancer`.
//! 2. A plural is its singular: `deployments`.
//! 3. A team's own synonyms, then the short and the long forms of what all teams have (`SAME`): `db`, `lb`, `k8s`, `rollout`.
//!    Different products stay apart, as do a product and its kind: `redis` is no `cache` unless a team says so.
//! 4. `pool of the database` is read as `database pool`, as are `in`, `on`, `with`, `to`, `for`, `from`, `at`.
//! 5. What says only that something may be at fault goes (`FILLER`): `possible`, `the`, `issue`, `bad`. What says how stays:
//!    `server overload`, `slow database`; and so does what turns it round: `not the database`.
//! 6. A part of a thing that teams have is the thing where it stands right after it (`PART`): `database connection pool`,
//!    `load balancer misconfiguration`. What stands before it says which one, and stays: `payment db` is `payment database`.

use std::collections::{BTreeMap, HashMap};
use std::ops::Deref;
use std::sync::{Arc, LazyLock};

use unicode_normalization::UnicodeNormalization;

use crate::text::Raw;

/// The most words of a subject that are compared: what is longer is a sentence, and its beginning tells it apart.
const WORDS: usize = 40;

/// The most words of one phrase.
const PHRASE: usize = 4;

/// What teams have, each with its other forms, in the singular. Sources: what is typed in postmortems.
const SAME: &[(&str, &[&str])] = &[
    ("database", &["db", "data base", "database server", "db server", "rdbms"]),
    ("load balancer", &["lb", "loadbalancer", "load balancing", "elb", "alb", "nlb"]),
    ("dns", &["domain name system", "name resolution", "name server", "nameserver", "dns resolution"]),
    ("kubernetes", &["k8s", "k8", "kube", "kubernetes cluster"]),
    ("deployment", &["deploy", "release", "rollout", "roll out", "deployed version", "redeploy"]),
    ("network", &["networking"]),
    ("network card", &["nic", "network interface", "network interface card", "network adapter"]),
    ("network switch", &[]),
    ("configuration", &["config", "cfg", "conf", "misconfiguration", "misconfig", "configuration change"]),
    ("cache", &["caching", "cache layer"]),
    ("redis", &["redis cache"]),
    ("memcached", &["memcache", "memcached cache"]),
    ("postgres", &["postgresql", "pg", "postgres database", "postgre"]),
    ("mysql", &["my sql", "mysql database"]),
    ("mongodb", &["mongo", "mongo db", "mongodb database"]),
    ("cdn", &["content delivery network"]),
    ("firewall", &["fire wall"]),
    ("certificate", &["cert", "tls certificate", "ssl certificate", "tls cert", "ssl cert"]),
    ("out of memory", &["oom", "out of memory error", "memory exhaustion"]),
    ("memory leak", &["mem leak", "leak of memory"]),
    ("cpu", &["cpu usage", "cpu load"]),
    ("disk", &["disk space", "storage space", "hard disk", "disc"]),
    ("third party", &["3rd party", "thirdparty", "external provider"]),
    ("ddos", &["ddo", "distributed denial of service", "ddos attack"]),
    ("human error", &["operator error", "user error", "human mistake"]),
    ("queue", &["queueing", "queuing"]),
    ("message queue", &["mq", "message broker"]),
    ("storage", &[]),
    ("memory", &["ram"]),
    ("feature flag", &["feature toggle"]),
    ("authentication", &["auth", "authn"]),
    ("api gateway", &["api gw"]),
];

/// What says only that something may be at fault, or nothing.
const FILLER: &[&str] = &[
    "the",
    "a",
    "an",
    "our",
    "my",
    "their",
    "its",
    "this",
    "that",
    "some",
    "is",
    "was",
    "are",
    "be",
    "it",
    "s",
    "possible",
    "possibly",
    "potential",
    "potentially",
    "maybe",
    "perhaps",
    "probably",
    "probable",
    "likely",
    "suspected",
    "suspect",
    "suspicion",
    "related",
    "kind",
    "something",
    "wrong",
    "incorrect",
    "bad",
    "faulty",
    "broken",
    "misconfigured",
    "failing",
    "failed",
    "down",
    "new",
    "recent",
    "latest",
    "last",
    "issue",
    "problem",
    "trouble",
    "fault",
    "failure",
    "error",
    "outage",
];

/// A part of a thing that teams have, or that it was set up wrongly: right after it, it is the thing itself.
const PART: &[&str] = &[
    "connection",
    "connectivity",
    "pool",
    "pooling",
    "server",
    "cluster",
    "instance",
    "host",
    "layer",
    "configuration",
    "setting",
    "setup",
    "side",
    "team",
];

/// What stands between a part and what it is a part of.
const OF: &[&str] = &["of", "in", "on", "with", "to", "for", "from", "at"];

/// Words that end as a plural does and are none.
const NO_PLURAL: &[&str] =
    &["dns", "kubernetes", "redis", "https", "tls", "aws", "sms", "nfs", "ios", "always", "ddos"];

/// What is taken for the same subject: made when it is asked for first, which many who open an incident never do.
#[derive(Clone, Debug)]
pub struct Subjects(Arc<LazyLock<Phrases, Make>>);

/// What makes the phrases.
type Make = Box<dyn FnOnce() -> Phrases + Send>;

impl Default for Subjects {
    fn default() -> Self {
        Self::new(&[])
    }
}

impl Subjects {
    /// What all teams have, and a team's own: each a name with its other forms.
    pub fn new(synonyms: &[(String, Vec<String>)]) -> Self {
        let synonyms = synonyms.to_vec();
        Self(Arc::new(LazyLock::new(Box::new(move || Phrases::of(&synonyms)))))
    }
}

impl Deref for Subjects {
    type Target = Phrases;

    fn deref(&self) -> &Phrases {
        &self.0
    }
}

/// The phrases that are taken for the same subject.
#[derive(Debug)]
pub struct Phrases {
    /// Phrases in their plain words, and the words that stand for them.
    same: HashMap<Vec<String>, Vec<String>>,
    /// A team's own, which win.
    own: HashMap<Vec<String>, Vec<String>>,
    /// A team's own by their keys: `pg` is also found where `postgres` is typed.
    keys: HashMap<String, String>,
    /// A team's own names as it typed them, by their keys.
    named: HashMap<String, Raw>,
    /// What [`PART`] stands after.
    things: Vec<Vec<String>>,
}

impl Phrases {
    fn of(synonyms: &[(String, Vec<String>)]) -> Self {
        let mut same = HashMap::new();
        let mut things = Vec::new();
        for (name, forms) in SAME {
            let name = plain(name);
            same.extend(forms.iter().map(|form| (plain(form), name.clone())));
            // Its own form, too: of `feature flag`, the second word alone is not looked at.
            same.insert(name.clone(), name.clone());
            things.push(name);
        }
        let mut subjects =
            Self { same, own: HashMap::new(), keys: HashMap::new(), named: HashMap::new(), things };
        let (mut own, mut keys) = (HashMap::new(), HashMap::new());
        for (name, forms) in synonyms {
            let key = subjects.key(name);
            subjects.named.insert(key.clone(), Raw::new(name.trim()));
            for form in forms {
                keys.insert(subjects.key(form), key.clone());
                own.insert(plain(form), plain(&key));
            }
            own.insert(plain(&key), plain(&key));
            subjects.things.push(plain(&key));
        }
        subjects.own = own;
        subjects.keys = keys;
        subjects
    }

    /// What is compared: two subjects with one key are one suspicion. Never empty where the words are not; no text to print.
    pub fn key(&self, words: &str) -> String {
        let all = self.one_form(&plain(words));
        let turned = self.turned(&all);
        let mut kept = self.without_filler(&turned);
        if kept.is_empty() {
            kept = turned.into_iter().rev().take(1).collect();
        }
        let kept = self.without_parts(self.one_form(&kept));
        let key = if kept.is_empty() {
            words.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
        } else {
            kept.join(" ")
        };
        self.keys.get(&key).cloned().unwrap_or(key)
    }

    /// How a group of subjects with this key is called, of these forms: as the team calls it, else as it was typed, and
    /// where it was typed in several ways, by its key, which is none of them more than another.
    pub fn name<'a>(&self, key: &str, forms: impl Iterator<Item = &'a Raw> + Clone) -> Option<Raw> {
        let most = commonest(forms.clone())?;
        let folded = |form: &Raw| form.as_typed().trim().to_lowercase();
        let is_one = forms.map(folded).all(|form| form == folded(most));
        let own = self.named.get(key).cloned();
        Some(own.unwrap_or_else(|| if is_one { most.clone() } else { Raw::new(key) }))
    }

    /// The other names of what is called exactly so, as plain words; none where it is known by one name only.
    pub fn forms(&self, name: &str) -> Vec<String> {
        let words = plain(name);
        let all = || self.own.iter().chain(&self.same);
        let Some(known) = self.own.get(&words).or_else(|| self.same.get(&words)) else { return Vec::new() };
        // What all teams call so, a team may call otherwise.
        let known = self.own.get(known).unwrap_or(known);
        let is_one = |one: &Vec<String>| one == known || self.own.get(one) == Some(known);
        let mut forms: Vec<String> = all()
            .filter(|(form, one)| is_one(one) && **form != words)
            .map(|(form, _)| form.join(" "))
            .collect();
        if *known != words {
            forms.push(known.join(" "));
        }
        forms.sort();
        forms.dedup();
        forms
    }

    /// Whether a key is one of the team's own names.
    pub(super) fn is_own(&self, key: &str) -> bool {
        self.named.contains_key(key)
    }

    /// The team's own name for what is called so, else that.
    pub(super) fn own_name(&self, key: String) -> String {
        self.keys.get(&key).cloned().unwrap_or(key)
    }

    /// The words of a phrase in their one form, owners before what they own, without what says nothing.
    pub(super) fn phrase(&self, words: &str) -> Vec<String> {
        let turned = self.turned(&self.one_form(&plain(words)));
        self.one_form(&self.without_filler(&turned))
    }

    /// The longest phrase at each place in its one form.
    pub(super) fn one_form(&self, words: &[String]) -> Vec<String> {
        let mut out = Vec::with_capacity(words.len());
        let mut at = 0;
        while let Some(word) = words.get(at) {
            let longest = PHRASE.min(words.len() - at);
            let found = (1..=longest).rev().find_map(|length| {
                let phrase = words.get(at..at + length)?;
                let name = self.own.get(phrase).or_else(|| self.same.get(phrase))?;
                Some((length, name))
            });
            let Some((length, name)) = found else {
                out.push(word.clone());
                at += 1;
                continue;
            };
            out.extend(name.iter().cloned());
            at += length;
        }
        out
    }

    /// The longest of what teams have that stands here.
    pub(super) fn thing_at(&self, words: &[String], at: usize) -> Option<&Vec<String>> {
        let here = words.get(at..)?;
        self.things.iter().filter(|thing| here.starts_with(thing)).max_by_key(|thing| thing.len())
    }

    /// `pool of the database` as `database pool`; `out of memory` is one thing, and stays as it is.
    fn turned(&self, words: &[String]) -> Vec<String> {
        let mut pieces: Vec<Vec<String>> = vec![Vec::new()];
        let mut at = 0;
        while let Some(word) = words.get(at) {
            let thing = self.thing_at(words, at).map_or(0, Vec::len);
            match pieces.last_mut() {
                Some(piece) if thing > 0 => piece.extend(words.iter().skip(at).take(thing).cloned()),
                Some(piece) if !OF.contains(&word.as_str()) => piece.push(word.clone()),
                _ => pieces.push(Vec::new()),
            }
            at += thing.max(1);
        }
        pieces.reverse();
        pieces.concat()
    }

    /// The words without those that say nothing; in `human error` both say something.
    fn without_filler(&self, words: &[String]) -> Vec<String> {
        let mut out = Vec::with_capacity(words.len());
        let mut at = 0;
        while let Some(word) = words.get(at) {
            let thing = self.thing_at(words, at).map_or(0, Vec::len);
            if thing > 0 {
                out.extend(words.iter().skip(at).take(thing).cloned());
            } else if !FILLER.contains(&word.as_str()) {
                out.push(word.clone());
            }
            at += thing.max(1);
        }
        out
    }

    /// The words without what names only a part of what stands before it.
    fn without_parts(&self, words: Vec<String>) -> Vec<String> {
        let mut out: Vec<String> = Vec::with_capacity(words.len());
        let mut after_thing = false;
        for word in words {
            if after_thing && PART.contains(&word.as_str()) {
                continue;
            }
            out.push(word);
            after_thing = self.things.iter().any(|thing| out.ends_with(thing));
        }
        out
    }
}

/// The form in which a subject was typed most often, the first of those where several were; none where there is none.
pub fn commonest<'a>(forms: impl Iterator<Item = &'a Raw>) -> Option<&'a Raw> {
    let mut counted: BTreeMap<String, (usize, usize, &Raw)> = BTreeMap::new();
    for (nth, form) in forms.enumerate() {
        let folded = form.as_typed().trim().to_lowercase();
        counted.entry(folded).or_insert((0, nth, form)).0 += 1;
    }
    counted.into_values().max_by_key(|(times, nth, _)| (*times, usize::MAX - nth)).map(|(_, _, form)| form)
}

/// A text's words in small letters, each in the singular.
pub(super) fn plain(text: &str) -> Vec<String> {
    let folded = text.nfkc().flat_map(char::to_lowercase).collect::<String>();
    let words = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.take(WORDS).map(singular).collect()
}

fn singular(word: &str) -> String {
    let short = word.chars().count() <= 3;
    if short || NO_PLURAL.contains(&word) || ["ss", "us", "is"].iter().any(|end| word.ends_with(end)) {
        return if word == "dbs" || word == "lbs" { word[..2].to_owned() } else { word.to_owned() };
    }
    if let Some(stem) = word.strip_suffix("ies") {
        return format!("{stem}y");
    }
    for end in ["sses", "xes", "ches", "shes"] {
        if let Some(stem) = word.strip_suffix(end) {
            return format!("{stem}{}", &end[..end.len() - 2]);
        }
    }
    word.strip_suffix('s').unwrap_or(word).to_owned()
}
