//! What a heading or a label of a document opens: the impact, the cause, what is to be done. Told by its words, in whatever
//! order and company they stand.

mod todo;

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::import::pattern;

/// What a part of a document is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Topic {
    /// The short story, and what led up to it.
    Summary,
    /// How long it took.
    Duration,
    /// Whom it hit, and how badly.
    Impact,
    /// The services that it hit.
    Services,
    /// Why it happened.
    Cause,
    /// What set it off.
    Trigger,
    /// What helped it along.
    Factors,
    /// How it was noticed.
    Detection,
    /// What ended it.
    Resolution,
    /// What ended the harm for the time being.
    Workaround,
    /// What happened when.
    Timeline,
    /// What was suspected, and was not the cause.
    Misleading,
    /// What was looked into.
    Investigation,
    /// What is to be done, of either kind.
    Measures,
    /// What is to be done, broadly.
    Improvements,
    /// What is to be done, item by item.
    Tasks,
    /// What was learned.
    Lessons,
    /// What went well.
    WentWell,
    /// What went wrong.
    WentWrong,
    /// Where luck helped.
    Lucky,
    /// Where to read more.
    Links,
    /// Who did what.
    Roles,
}

impl Topic {
    /// The first topic of a heading or a label; none where its words name none.
    pub fn of(heading: &str) -> Option<Self> {
        Self::all(heading).first().copied()
    }

    /// All topics of a heading, in the order of its words: "Root cause and resolution" has two.
    pub fn all(heading: &str) -> Vec<Self> {
        once(found(&bare(heading)))
    }

    /// The topics of a label that says nothing else: "Improvements/fixes needed", but not "Review process improvement", which
    /// names an action.
    pub fn label(label: &str) -> Vec<Self> {
        let words = bare(label);
        let topics = found(&words);
        let mut rest = String::new();
        let mut end = 0;
        for (span, _) in &topics {
            rest.push_str(&words[end..span.start]);
            rest.push(' ');
            end = span.end;
        }
        rest.push_str(&words[end..]);
        let plain = rest
            .split_whitespace()
            .all(|w| FILLING.contains(&w) || w.len() == 1 || w.bytes().all(|b| b.is_ascii_digit()));
        if plain { once(topics) } else { Vec::new() }
    }

    /// The words of a heading in lower case.
    pub fn bare(heading: &str) -> String {
        bare(heading)
    }

    /// Whether it holds what is to be done.
    pub fn is_to_do(self) -> bool {
        matches!(self, Self::Measures | Self::Improvements | Self::Tasks)
    }
}

/// Words that say nothing of their own beside those of a topic.
const FILLING: &[&str] = &[
    "a",
    "actual",
    "additional",
    "addressed",
    "address",
    "all",
    "an",
    "and",
    "any",
    "are",
    "as",
    "brief",
    "briefly",
    "by",
    "can",
    "contain",
    "customer",
    "customers",
    "description",
    "details",
    "detailed",
    "did",
    "different",
    "each",
    "end",
    "engineering",
    "explained",
    "explanation",
    "final",
    "fix",
    "fixes",
    "for",
    "full",
    "further",
    "general",
    "how",
    "immediate",
    "in",
    "incident",
    "initial",
    "is",
    "issue",
    "issues",
    "item",
    "items",
    "it",
    "key",
    "list",
    "long",
    "main",
    "medium",
    "must",
    "near",
    "needed",
    "of",
    "on",
    "or",
    "other",
    "our",
    "outage",
    "part",
    "planned",
    "points",
    "plan",
    "possible",
    "post",
    "potential",
    "problem",
    "review",
    "reviewed",
    "report",
    "work",
    "proposed",
    "required",
    "s",
    "section",
    "short",
    "solution",
    "specific",
    "status",
    "step",
    "steps",
    "taken",
    "team",
    "technical",
    "term",
    "that",
    "the",
    "things",
    "this",
    "time",
    "to",
    "total",
    "user",
    "users",
    "was",
    "we",
    "were",
    "what",
    "when",
    "will",
    "with",
    "about",
];

/// The longest heading that is looked at, in words: a longer one is a sentence.
const LONGEST: usize = 24;

/// The words of a heading in lower case: no markup, no numbers before it, no pictures.
fn bare(heading: &str) -> String {
    static TAG: LazyLock<Option<Regex>> = LazyLock::new(|| pattern::new(r"<[^<>]{0,200}>").ok());
    let head: String = heading.chars().take(200).collect();
    let head = TAG.as_ref().map_or_else(|| head.clone(), |tag| tag.replace_all(&head, " ").into_owned());
    let head: String = head.chars().filter(|c| !matches!(c, '\'' | '\u{2019}')).collect();
    let words = head.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
    let mut words: Vec<String> = words.map(str::to_lowercase).collect();
    if words.len() > 1 && is_question_number(&words[0]) {
        words.remove(0);
    }
    words.join(" ")
}

/// `q9`: the documents that ask and answer count their questions.
fn is_question_number(word: &str) -> bool {
    let digits = word.strip_prefix('q').unwrap_or_default();
    (1..=2).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit())
}

/// The topics of bare words, each with where it stands.
fn found(words: &str) -> Vec<(Range<usize>, Topic)> {
    if words.split(' ').count() > LONGEST {
        return Vec::new();
    }
    let mut spans: Vec<(Range<usize>, Topic)> = Vec::new();
    for (topic, rule) in RULES.iter() {
        for hit in rule.find_iter(words) {
            let taken = spans.iter().any(|(span, _)| span.start < hit.end() && hit.start() < span.end);
            if !taken && !hit.is_empty() {
                spans.push((hit.range(), *topic));
            }
        }
    }
    spans.sort_by_key(|(span, _)| span.start);
    spans
}

/// The topics, each once.
fn once(spans: Vec<(Range<usize>, Topic)>) -> Vec<Topic> {
    let mut topics: Vec<Topic> = Vec::new();
    for (_, topic) in spans {
        if !topics.contains(&topic) {
            topics.push(topic);
        }
    }
    topics
}

/// The words of each topic. A rule that stands earlier takes its words from the later ones: a "contributing cause" is a factor.
const WORDS: &[(Topic, &str)] = &[
    (
        Topic::WentWrong,
        r"did(nt| not) (go|work|help)( out)?( (so|as|very|that))?( (well|right|smoothly|planned|good))?|could have gone( \w+)?|(went|going|gone) (so )?(wrong|bad|badly|poorly)|(go|gone|done) better|not so (well|good)|struggled",
    ),
    (
        Topic::WentWell,
        r"(went|worked|did|going) (really |very |so )?(well|right|good|great|ok|okay)|what worked|successes",
    ),
    (Topic::Lucky, r"(got |were )?(luck|lucky|luckily|fortunate|fortunately)"),
    (
        Topic::Misleading,
        r"mislead(ing|s)?( \w+ing)?( (paths?|trails?|leads?|tracks?|clues?|investigations?))?|mislead|misled|wrong (turns?|paths?|tracks?|leads?|guess(es)?|assumptions?|hypothes[ei]s)|red herrings?|false (leads?|starts?|trails?|tracks?|assumptions?|hypothes[ei]s)|dead ends?|blind alleys?|rabbit holes?|incorrect(ly)? (assum\w+|hypothes[ei]s|paths?|suspected)|wrongly suspected|detours?|goose chases?|(ruled|ruling) out|(discarded|rejected|dismissed|eliminated|excluded|failed|abandoned) (hypothes[ei]s|theor(y|ies)|ideas?|suspects?|causes|possibilities|leads?|paths?)|(crossed|checked) off|eliminat(ed|ing)|exonerated|non causes|innocent|(what|things?|suspects?)?( that| which)? ?(was|were|is|are) ?(not|nt) (the |a |our |to )?(cause|problem|culprit|issue|reason|it|blame|related|involved)|(failed|unsuccessful|fruitless) (fix(es)?|attempts?|remed(y|ies)|remediations?|tries|measures)|(attempts?|fix(es)?) (that |which )?(failed|did(nt| not) (work|help))|(what|where) we (first |initially |originally |wrongly )?(thought|believed|assumed|suspected|blamed|guessed)( it was| (at )?first| wrong(ly)?| initially)?|what it (was ?nt|was not|wasnt)|first guess(es)?",
    ),
    (
        Topic::Factors,
        r"(contribut(ing|ory|ed)|aggravating|compounding) (factors?|causes?|conditions?)|underlying (factors|causes|conditions)|factors",
    ),
    (Topic::Trigger, r"trigger(s|ed|ing)?( events?)?"),
    (Topic::Measures, todo::TAKEN),
    (
        Topic::Investigation,
        r"actions? (that were |we )?(taken|performed)|what we (tried|checked|did|looked at|suspected)|investigat(ion|ions|ing|ed|ive)( \w+ing)?( (steps|paths?))?|debug(ging)?( (steps|paths?))?|troubleshoot(ing)?( steps)?|diagnos(is|tics?)|hypothes[ei]s|theories|(initial )?assumptions?|suspects?|suspicions?|(incident )?response",
    ),
    (
        Topic::Services,
        r"(affected|impacted|involved) (services?|systems?|components?|products?)|(services?|systems?|components?|products?) (affected|impacted|involved|down)|^services?$|^components?$|^systems?$",
    ),
    (Topic::Improvements, todo::IMPROVEMENTS),
    (Topic::Measures, todo::AGAIN),
    (Topic::Tasks, todo::TASKS),
    (Topic::Measures, todo::MEASURES),
    (
        Topic::Workaround,
        r"work ?arounds?|mitigat(ion|ions|ed|ing|e)( steps)?|temporary( (fix|solution|resolution|measures?))?|stop ?gap|(immediate|interim|short term|quick) (fix|resolution|solution|relief)|containment",
    ),
    (
        Topic::Resolution,
        r"corrections?|korrektur|(permanent |final |long term )?(resolution|resolved|resolving|recovery|recovered|repair(ed)?|restoration|remedy|cure)|how (\w+ ){1,3}(fixed|solved|resolved|repaired)|(permanent |final |long term )?(fix(ed|es)?|solution|solved)",
    ),
    (
        Topic::Cause,
        r"(root|underlying|actual|real|main) ?(causes?|problem|reasons?|issue)( (analysis|explanation|identification))?|causes?|caused|causing|reasons?( for)?|why|(5|five) whys|rca|culprits?|villain|to blame|whodunn?it|smoking gun|(so )?what (\w+ ){0,2}(broke|failed|caused \w+)|what was (\w+ )?(wrong|broken|the (matter|problem|issue))|how come|ursachen?|grund|cause racine|causa( ra[ií]z)?|causas|akar masalah|penyebab|oorzaak|원인|how (did )?(it|this|that) (could )?(happen|happened|come to this)|origin of|analysis|technical (details|explanation)|post ?incident analysis",
    ),
    (Topic::Duration, r"duration|downtime|how long|length of( the)? outage"),
    (
        Topic::Impact,
        r"impact(s|ed)?|affected|scope|blast radius|damage|consequences|symptoms?|fallout|effects?( on)?|extent|who (was|were) (hit|hurt)|who (suffered|noticed|felt)( it)?|what (it|this) (cost|meant)",
    ),
    (
        Topic::Detection,
        r"detect(ed|ion)|how (\w+ ){1,3}(noticed|found( out)?|discovered|learned|learnt)|discovery|noticed",
    ),
    (
        Topic::Timeline,
        r"time ?lines?( of( the)? events)?|chronolog(y|ical|ie)|kronologi|zeit(lich(er )?)?(verlauf|ablauf|leiste|achse|strahl)|linea de tiempo|línea de tiempo|cronolog[ií]a|d[ée]roul(é|e|ement)|how (it|things|this|the \w+|events|everything) (all )?(unfolded|went|played out|developed|evolved|progressed)|(what|how) happened,? (and )?when|(sequence|order|course|log|record) of events|(event|incident) log|play by play|key events|(minute|hour|day|step) by (minute|hour|day|step)|blow by blow|diary|course of( the)? (incident|outage|night|day)|as it happened|what happened when|^log$|^events$|history",
    ),
    (
        Topic::Lessons,
        r"lessons?( (learned|learnt))?|learn(ed|t|ing|ings)|take ?aways?|moral of the story|reflections?|retrospective",
    ),
    (
        Topic::Links,
        r"links?|references?|resources|supporting (information|documents?|docs|material)|further reading|see also|appendix|related (documents?|incidents?)|attachments?",
    ),
    (
        Topic::Roles,
        r"(rca|analysis|post ?mortem|report) (team|authors?|lead|owner)|(analy[sz]ed|analysis|investigated|reported|report|rca|post ?mortem|reviewed|review|written|prepared|conducted|completed|performed|compiled) (\w+ )?by|participants?|att?ende+s|attendants|authors?|roles?|responders?|reviewers?|people( involved)?|team members|incident (commander|lead|manager)|commander|scribe|who (was|were) (involved|there|on duty|on call)|who took part|who worked on( it| this)?|on ?call( engineers?)?",
    ),
    (
        Topic::Summary,
        r"summary|overview|synopsis|abstract|introduction|tl ?dr|background|context|lead ?up|fault|description|what happened|at a glance|in (short|brief|a nutshell)|nutshell|short version|recap|gist|abridged|synopsis",
    ),
];

static RULES: LazyLock<Vec<(Topic, Regex)>> = LazyLock::new(|| {
    let rule =
        |(topic, words): &(Topic, &str)| Some((*topic, pattern::new(&format!(r"\b(?:{words})\b")).ok()?));
    WORDS.iter().filter_map(rule).collect()
});
