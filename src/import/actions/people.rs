//! Who is to do it, where only a name says so: told by its shape, by what stands beside it, and by a list of words that are nobody.

use std::sync::LazyLock;

use chrono::NaiveDate;
use regex::Regex;

use super::marks::{Marks, all, date, one};
use super::verbs::is_order;
use crate::import::pattern;

/// Whether a sentence ends with somebody's name in brackets: "Every box gets a label (Theresa)."
pub(super) fn names(sentence: &str) -> bool {
    let bare = sentence.trim().trim_end_matches('.');
    let inner = bare.strip_suffix(')').and_then(|t| t.rsplit_once('(')).map(|(_, inner)| inner);
    inner.is_some_and(|inner| all(inner).is_some() || inner.split(',').next().is_some_and(is_name))
}

/// `Tom`, `Ada Lovelace`, `O'Hara`, `IT`, `Platform team`: who may own something. Names of software are none.
fn is_name(text: &str) -> bool {
    const TEAMS: &[&str] = &[
        "team",
        "devops",
        "sre",
        "ops",
        "operations",
        "backend",
        "frontend",
        "infra",
        "infrastructure",
        "platform",
        "security",
        "support",
        "dba",
        "dbas",
        "qa",
        "it",
        "engineering",
        "network",
        "networking",
        "web",
        "data",
        "everyone",
        "all",
        "facilities",
        "vendor",
        "management",
        "developers",
        "developer",
        "admins",
        "on-call",
        "oncall",
        "and",
    ];
    let text = text.trim().trim_start_matches('@');
    let words: Vec<&str> = text.split([' ', '/', '&', '+']).filter(|w| !w.is_empty()).collect();
    let team = |word: &str| TEAMS.contains(&word.to_lowercase().as_str());
    let named = |word: &str| {
        let mut chars = word.chars();
        chars.next().is_some_and(char::is_uppercase)
            && word.chars().count() >= 2
            && word.chars().all(|c| c.is_alphabetic() || matches!(c, '\'' | '’' | '-' | '.'))
            && (word.chars().skip(1).any(char::is_lowercase) || word.len() <= 2)
    };
    (1..=3).contains(&words.len())
        && words.iter().all(|word| {
            team(word) || (named(word) && !NO_NAMES.contains(&word.to_lowercase().as_str()) && !is_when(word))
        })
}

/// Words with a capital that are nobody's name, besides those of days.
const NO_NAMES: &[&str] = &[
    "grafana",
    "prometheus",
    "datadog",
    "kubernetes",
    "redis",
    "postgres",
    "postgresql",
    "mysql",
    "nginx",
    "apache",
    "kafka",
    "jira",
    "slack",
    "pagerduty",
    "terraform",
    "ansible",
    "puppet",
    "docker",
    "cloudflare",
    "sentry",
    "elasticsearch",
    "kibana",
    "mongodb",
    "rabbitmq",
    "jenkins",
    "github",
    "gitlab",
    "linux",
    "ubuntu",
    "python",
    "java",
    "rust",
    "helm",
    "zabbix",
    "nagios",
    "wordpress",
    "haproxy",
    "consul",
    "vault",
    "etcd",
    "celery",
    "opsgenie",
    "statuspage",
    "done",
    "open",
    "tbd",
    "tba",
    "tbc",
    "closed",
    "pending",
    "todo",
    "planned",
    "ongoing",
    "optional",
    "high",
    "medium",
    "low",
    "critical",
    "q1",
    "q2",
    "q3",
    "q4",
    "yes",
    "no",
    "new",
    "completed",
    "finished",
    "immediately",
    "daily",
    "weekly",
    "monthly",
    "quarterly",
    "later",
    "long-term",
    "short-term",
    "done.",
];

/// Whom the words at the end name, and the whole date beside it: "– Tom", "(Bram, 21 March)", "(O'Hara, today)". They stay where they
/// are: a name without a label may be none.
pub(super) fn somebody(text: &str) -> Option<(String, Option<NaiveDate>)> {
    let bare = text.trim_end_matches(['.', ' ']);
    let group = match bare.strip_suffix(')').and_then(|inner| inner.rsplit_once('(')) {
        Some((_, inner)) => inner,
        None => [" - ", " – ", " — ", " | "]
            .iter()
            .filter_map(|sep| bare.rsplit_once(sep))
            .map(|(_, end)| end)
            .min_by_key(|end| end.len())?,
    };
    let mut pieces = group.split([',', ';']).map(str::trim);
    let name = pieces.next().filter(|name| is_name(name))?;
    let day = |piece: &str| {
        piece.bytes().any(|b| b.is_ascii_digit())
            || is_when(piece)
            || one(piece, &mut Marks::default()).is_some()
    };
    let due = pieces.clone().find_map(|piece| {
        date(piece.trim_start_matches("by ").trim_start_matches("due ").trim_start_matches("until "))
    });
    pieces.all(day).then(|| (name.trim_start_matches('@').to_owned(), due))
}

/// "today", "next week", "ordered"
fn is_when(piece: &str) -> bool {
    static WHEN: LazyLock<Option<Regex>> = LazyLock::new(|| {
        pattern::new(r"(?i)^(?:(?:by|until|before|due|this|next|end of|on) )*(?:the )?(?:today|tomorrow|tonight|asap|now|ordered|in progress|ongoing|started|week|month|quarter|year|sprint|weekend|(?:mon|tues|wednes|thurs|fri|satur|sun)day|january|february|march|april|may|june|july|august|september|october|november|december)(?: of \w+)?$").ok()
    });
    WHEN.as_ref().is_some_and(|rule| rule.is_match(piece))
}

/// "Ana: add an alert by Friday": somebody who is told what to do until when.
pub(super) fn who_leads(text: &str) -> Option<String> {
    let (name, task) = text.split_once(": ")?;
    let (_, day) = task.trim_end_matches('.').rsplit_once(" by ")?;
    let noun = ["ing", "tion", "ment", "ance", "ity", "s"].iter().any(|end| name.ends_with(end));
    let person = is_name(name) && !noun && is_order(task);
    (person && (is_when(day) || date(day).is_some() || day.bytes().any(|b| b.is_ascii_digit())))
        .then(|| name.to_owned())
}

/// "oleg - clean up the topics": a name of its own before what is to be done.
pub(super) fn who_dashes(text: &str) -> Option<String> {
    let task = text
        .split_once(": ")
        .filter(|(name, _)| name.eq_ignore_ascii_case("todo"))
        .map_or(text, |(_, task)| task);
    let (name, task) = [" - ", " – ", " — "].iter().find_map(|dash| task.split_once(dash))?;
    let word = name.chars().all(char::is_alphabetic) && (2..=12).contains(&name.chars().count());
    let thing =
        THINGS.contains(&name.to_lowercase().as_str()) || NO_NAMES.contains(&name.to_lowercase().as_str());
    (word && !thing && !is_order(name) && is_order(task)).then(|| name.to_owned())
}

/// What stands before a dash and is no one: a part of the system, a kind of work.
const THINGS: &[&str] = &[
    "app",
    "api",
    "alerts",
    "alert",
    "backup",
    "backups",
    "cache",
    "ci",
    "cd",
    "cluster",
    "code",
    "config",
    "cron",
    "dashboard",
    "dashboards",
    "database",
    "db",
    "deploy",
    "deployment",
    "deployments",
    "dns",
    "docs",
    "documentation",
    "firewall",
    "logs",
    "logging",
    "metrics",
    "network",
    "nodes",
    "pipeline",
    "process",
    "proxy",
    "queue",
    "release",
    "rollback",
    "runbook",
    "runbooks",
    "script",
    "scripts",
    "security",
    "server",
    "servers",
    "service",
    "short",
    "staging",
    "storage",
    "tests",
    "todo",
    "tooling",
    "training",
    "people",
    "detection",
    "prevention",
    "recovery",
    "response",
    "communication",
    "capacity",
    "quality",
    "validation",
    "automation",
    "observability",
    "redundancy",
    "frontend",
    "backend",
    "infrastructure",
    "action",
    "task",
];
