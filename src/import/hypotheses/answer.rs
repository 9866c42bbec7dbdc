//! What a text goes on to say of what it has just named: "DNS? Lookups are fine.", "Restarted the proxy; same error".

use std::sync::LazyLock;

use regex::Regex;

use super::about::deed;
use super::verdict::{Said, Saying, Verdict, bear_witness};
use super::{denied, noun, words};
use crate::import::pattern;

/// How a text came to speak of something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum How {
    /// It suspects it, or asks for it.
    Suspected,
    /// It was looked at.
    Inspected,
    /// Something was done to it.
    Treated,
}

/// How many clauses later the answer may follow.
const NEAR: usize = 4;

/// The longest text that is read, in bytes.
const LONGEST: usize = 2_000;

/// What a text looked at or treated without telling what came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Touched {
    how: How,
    pub subjects: Vec<String>,
}

impl Touched {
    /// Something that was looked at.
    pub fn inspected(subject: String) -> Self {
        Self { how: How::Inspected, subjects: vec![subject] }
    }

    /// Whether a text that names nobody says that this was not it.
    pub fn is_answered(&self, text: &str) -> bool {
        answers(self.how, &text.to_lowercase())
    }
}

/// What a text speaks of before it answers.
struct Topic {
    /// None where only a word such as "it" stands for it.
    touched: Option<Touched>,
    /// The clause.
    since: usize,
}

/// What kind of text it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A row or an item, or a paragraph of one thought.
    Short,
    /// A row near the end: what it looks at is whether all is well again.
    Late,
    /// A paragraph: only what it suspects can turn out not to be it.
    Long,
}

/// Takes in the answers that a text gives itself, `about` what its label or heading named; gives what it looked at or treated
/// without telling what came of it.
pub(super) fn settle(said: &mut Said, text: &str, about: Option<Touched>, kind: Kind) -> Option<Touched> {
    let named = |s: &Saying| s.verdict == Verdict::RuledOut && s.weight > 1 && !s.subject.is_empty();
    if said.sayings.iter().any(named) || text.len() > LONGEST {
        return None;
    }
    if denied::insists(text) {
        return None;
    }
    let text = text.replace('\u{2019}', "'");
    let mut topic = Some(Topic { touched: about, since: 0 });
    let mut spoken: Vec<String> = Vec::new();
    let mut answered: Vec<String> = Vec::new();
    let mut nameless = false;
    for (number, clause) in clauses(&text).into_iter().enumerate() {
        let lower = clause.text.to_lowercase();
        if lower.trim_start().starts_with("even though") {
            continue;
        }
        if said_with(&FOUND, &lower) {
            topic = None;
            break;
        }
        if let Some(Topic { touched, since }) = &topic
            && number - since <= NEAR
        {
            let answer = match touched {
                Some(touched) => {
                    answers(touched.how, &lower) && !(kind == Kind::Late && touched.how == How::Inspected)
                }
                None => {
                    said_with(&NO, &lower)
                        || said_with(&NOTHING, &lower) && well(&lower)
                        || number > *since && said_with(&SAME, &lower) && !said_with(&WAITS, &lower)
                }
            };
            if answer {
                nameless |= touched.is_none();
                answered.extend(touched.iter().flat_map(|t| t.subjects.clone()));
                if said_with(&BOTH, &lower) {
                    answered.append(&mut spoken);
                }
                topic = None;
                continue;
            }
        }
        if said_with(&TO_IT, &lower) && topic.as_ref().is_none_or(|topic| topic.touched.is_none()) {
            topic = Some(Topic { touched: None, since: number });
        } else if let Some(touched) = spoken_of(said, &clause, &lower)
            .filter(|touched| kind != Kind::Long || touched.how == How::Suspected)
        {
            spoken.extend(touched.subjects.clone());
            // "verified that the proxy was fine"
            if touched.how == How::Inspected && kind != Kind::Late && said_with(&THAT, &lower) && well(&lower)
            {
                answered.extend(touched.subjects);
                topic = None;
            } else {
                topic = Some(Topic { touched: Some(touched), since: number });
            }
        } else if topic.as_ref().is_some_and(|topic| topic.touched.is_none() && topic.since == 0) {
            topic = None;
        }
    }
    if answered.is_empty() {
        let told = said.sayings.iter().any(|s| s.verdict != Verdict::Confirmed || s.weight > 1);
        if nameless && !told {
            let text = text.trim().to_owned();
            said.sayings.push(Saying { verdict: Verdict::RuledOut, subject: String::new(), weight: 2, text });
        }
        return topic.and_then(|topic| topic.touched).filter(|touched| touched.how != How::Suspected);
    }
    said.sayings.retain(|s| !(s.verdict == Verdict::RuledOut && s.subject.is_empty()));
    for subject in answered {
        said.sayings.retain(|s| !super::alike(&s.subject, &subject));
        let text = text.trim().to_owned();
        said.sayings.push(Saying { verdict: Verdict::RuledOut, subject, weight: 2, text });
    }
    bear_witness(said);
    None
}

/// A piece of a text between two marks.
struct Clause<'a> {
    text: &'a str,
    asks: bool,
}

/// The pieces of a text between the marks that part one thought from the next.
fn clauses(text: &str) -> Vec<Clause<'_>> {
    static MARK: LazyLock<Option<Regex>> = LazyLock::new(|| {
        pattern::new(r"[.,;:!?…]+(?:[\s)\x22”]|$)|\.\.\.|\s(?:-+>?|–|—|=+>?|→|⇒)\s|\n|\s[\x22“(]|[\x22”)]\s|…| (?:but|yet|however|so|and) ").ok()
    });
    let Some(mark) = MARK.as_ref() else { return Vec::new() };
    let mut found = Vec::new();
    let mut from = 0;
    for hit in mark.find_iter(text).take(60) {
        found.push(Clause { text: &text[from..hit.start()], asks: hit.as_str().contains('?') });
        from = hit.end();
    }
    found.push(Clause { text: &text[from..], asks: false });
    found.retain(|clause| clause.text.chars().any(char::is_alphanumeric));
    // "theory A (…)", "hypothesis 2: …": what follows is asked for
    for at in 1..found.len() {
        let label = found[at - 1].text.to_lowercase();
        if LABELLED.as_ref().and_then(|rule| rule.find(&label)).is_some_and(|hit| hit.end() == label.len()) {
            found[at].asks = true;
        }
    }
    found
}

/// What a clause speaks of, if it is something that can turn out not to be it.
fn spoken_of(said: &Said, clause: &Clause<'_>, lower: &str) -> Option<Touched> {
    let suspects: Vec<String> = said
        .sayings
        .iter()
        .filter(|s| s.verdict == Verdict::Open && s.weight > 1 && within(&s.subject, lower))
        .map(|s| s.subject.clone())
        .collect();
    let some = |how, subjects: Vec<String>| {
        let subjects: Vec<String> = subjects.into_iter().filter(|s| !is_remedy(s)).collect();
        (!subjects.is_empty()).then_some(Touched { how, subjects })
    };
    if !suspects.is_empty() {
        return some(How::Suspected, suspects);
    }
    if clause.asks {
        if said_with(&ASKS_PEOPLE, lower) {
            return None;
        }
        let from = ASKS.as_ref().and_then(|rule| rule.find(lower)).map_or(0, |m| m.end());
        return some(How::Suspected, noun::clause(clause.text.get(from..)?));
    }
    if let Some(passive) = TREATED.as_ref().and_then(|rule| rule.find(lower))
        && said_with(&PASSIVE, &lower[passive.end()..])
    {
        let touched = some(How::Treated, noun::clause(clause.text.get(..passive.start())?));
        if touched.is_some() {
            return touched;
        }
    }
    if let Some(named) = LABELLED.as_ref().and_then(|rule| rule.find(lower)) {
        return some(How::Suspected, noun::clause(clause.text.get(named.end()..)?));
    }
    // "health checks flap" looks at nothing
    let noun = |at: usize| lower[..at].trim_end().ends_with("health");
    if let Some(look) = LOOK.as_ref().and_then(|rule| rule.find(lower)).filter(|look| !noun(look.start())) {
        // Who is asked about a suspect is none.
        let asked = ["ask", "contact", "called"].iter().any(|verb| look.as_str().starts_with(verb));
        if asked && said.sayings.iter().any(|s| s.verdict == Verdict::Open && s.weight > 1) {
            return None;
        }
        let rest = clause.text.get(look.end()..)?;
        let passive =
            said_with(&PASSIVE, &lower[look.end()..]) || said_with(&AUXILIARY, &lower[..look.start()]);
        let subjects =
            if passive { noun::clause(clause.text.get(..look.start())?) } else { noun::after(rest) };
        return some(How::Inspected, subjects);
    }
    if let Some(tried) = TREATS.as_ref().and_then(|rule| rule.find(lower)) {
        return some(How::Treated, noun::after(clause.text.get(tried.end()..)?));
    }
    some(How::Treated, deed(clause.text, false))
}

/// Whether all words of a subject stand in a text.
fn within(subject: &str, lower: &str) -> bool {
    subject.to_lowercase().split(' ').all(|word| lower.contains(word))
}

/// Whether a subject is what was to help: the fix is no suspect.
fn is_remedy(subject: &str) -> bool {
    let head = subject.rsplit(' ').next().unwrap_or_default().to_lowercase();
    [
        "fix",
        "patch",
        "hotfix",
        "workaround",
        "runbook",
        "ticket",
        "alert",
        "alerts",
        "site",
        "website",
        "page",
        "team",
        "status",
    ]
    .contains(&head.as_str())
        || words::is_people(&head)
}

/// Whether a clause answers what the one before it raised.
fn answers(how: How, lower: &str) -> bool {
    if said_with(&NO, lower) {
        return true;
    }
    if said_with(&WAITS, lower) {
        return false;
    }
    match how {
        How::Suspected => well(lower) || said_with(&SAME, lower),
        How::Inspected => well(lower),
        How::Treated => said_with(&SAME, lower),
    }
}

fn well(lower: &str) -> bool {
    said_with(&WELL, lower) && !said_with(&UNWELL, lower) || denied::is_well(lower)
}

type Rule = LazyLock<Option<Regex>>;

fn said_with(rule: &Rule, lower: &str) -> bool {
    rule.as_ref().is_some_and(|rule| rule.is_match(lower))
}

/// "Nope", "that's not it", "theory discarded", "scratch that".
static NO: Rule = LazyLock::new(|| {
    pattern::new(r"^\W*(?:(?:but|so|and|again|well|ok|okay|then|therefore|hence|sadly|alas|unfortunately|clearly|turns out|it turned out|(?:that |this |the |our |my )?(?:hypothesis|theory|idea|suspicion|feeling|hunch|guess|assumption|lead|thought)|it|that|which|this|they|we|i|he|she|was|is|were|are|had|has|did|does|could|can|today|quickly|soon|also|been|just|later|be)(?:'s|'re)? )*(?:no|nope|nah|not|none|nothing|never|it'?s not|that'?s not|wasn'?t|isn'?t|weren'?t|aren'?t|didn'?t|doesn'?t|neither|wrong|wrongly|false|mistaken|incorrect|useless|pointless|futile|fruitless|innocent|unrelated|irrelevant|scratch(?:ed)? that|forget (?:it|that)|discarded|abandoned|dropped|rejected|dismissed|excluded|eliminated|ruled (?:it |this |that )?out|crossed (?:it |this |that )?off|struck off|disproved|disproven|refuted|debunked|disconfirmed|falsified|invalidated|exonerated|cleared|not confirmed|dead end|red herring|false (?:alarm|lead|trail)|no dice|no luck|no joy|no cigar|moved on|moving on)(?:(?: it| that| this| them| so| either| too| again| really| quite| there| here| then| also| the| a| our| actual| root| cause| case| culprit| problem| issue| reason| source| after all| true| though| today| as well| at all| out| off| list| hold| hold up| holds| confirmed| guilty| to blame| related| relevant| responsible| involved| of the picture| anymore| from| by|,)*)\W*$|\b(?:that|this|it|they|he|she|which|we|there) (?:(?:really|actually|clearly) )?(?:is|was|were|are|has|have|had|did|does|do|could)(?:n't| not)(?: been| be)?\W*$|\b(?:falls|fell) apart\b|\b(?:did not|didn't|does not|doesn't) (?:hold|fit|match|add up|check out|stand)\b|\b(?:theory|hypothesis|idea|suspicion|feeling|hunch|guess|assumption) (?:\w+ )?(?:\w+ )?(?:was |is |got )?(?:wrong|false|discarded|abandoned|dropped|rejected|dismissed|disproved|disproven|refuted|out|dead|busted|debunked|invalid|unfounded)\b").ok()
});

/// That a thing was well.
static WELL: Rule = LazyLock::new(|| {
    pattern::new(r"\b(?:fine|healthy|ok|okay|green|normal|normally|nominal|clean|clear|flat|identical|equal|unchanged|valid|correct|correctly|properly|as usual|working|works|operational|functional|online|usual level|as (?:expected|always|before)|unique|pass|passed|passes|plenty|enough|idle|quiet|low|good|great|well|perfect|perfectly|paid|up to date|in order|in sync|reachable|up and running|within (?:\w+ )?(?:limits?|range|bounds|thresholds?|norms?)|under (?:the )?(?:limit|threshold)|empty|stable|intact|untouched|(?:was |were |is |are )?(?:all )?the same(?: everywhere| on| in| for| as|$)|shows? (?:all )?200|all 2\d\d|no (?:\w+ ){0,3}?(?:errors?|issues?|problems?|anomal\w+|loss|incidents?|outages?|changes?|deploy\w*|spikes?|increase|faults?|alarms?|warnings?|failures?|sign|signs|evidence|difference|trace|traces|irregularit\w+|abnormalit\w+|hits?|matches)|no (?:suspicious|abnormal|unusual|strange|odd|malicious) \w+|none|nothing|zero|0|did not exist|never (?:used|happened|ran|touched)|not (?:used|changed|touched|affected|saturated|full|loaded|overloaded|expired|exhausted))\b").ok()
});

/// That it was not.
static UNWELL: Rule = LazyLock::new(|| {
    pattern::new(r"\b(?:not (?:ok|fine|healthy|normal|valid|correct|clear|enough|well|good|reachable|empty|stable|in sync|passed|working)|n't (?:\w+ )?(?:ok|fine|healthy|normal|valid|correct|clear|enough|well|good)|no longer|no (?:answer|reply|response|access|idea|time|one|data|logs?|permission|backup|documentation|runbook|proof|progress|eta|more|memory|space|connections?|disk)|low (?:on|memory|disk|space)|too|unusually|empty (?:response|page|body|result)|back to|nothing (?:works|worked|loads|is working|came|comes)|zero (?:bytes|free|space|replicas|instances|healthy)|vs|versus|instead|than|above|again|now|abnormal\w*|should|must|will|would|until|once|to be|clear (?:that|spike|increase)|turned out)\b").ok()
});

/// That nothing changed for it.
static SAME: Rule = LazyLock::new(|| {
    pattern::new(r"\b(?:same|still|persist(?:s|ed|ing)?|continu(?:e|es|ed|ing)|remain(?:s|ed)?|unchanged|no (?:\w+ )?(?:change|effect|improvement|difference|luck|success|relief|help|avail|result|impact)|nothing|none|useless|in vain|to no avail|(?:did|does|do|had|has|made|was|were)(?:n't| not| no| nothing|n't even)(?: \w+)? ?(?:help|helped|fix|fixed|work|worked|solve|solved|change|changed|better|gone|it|resolve|resolved|matter|improve|improved|effect|difference)|failed again|stay(?:s|ed)?|went on|go(?:es)? on|no better|(?:came|comes) back|again|not (?:\w+ )?(?:better|fixed|resolved|gone|helping|helpful|enough)|worse|without (?:success|effect|luck|result|change)|no dice|unsuccessful\w*|fail(?:s|ed)? (?:to|the same)|fruitless|it was not)\b").ok()
});

/// What says that nothing was found without a name.
static NOTHING: Rule = LazyLock::new(|| {
    pattern::new(r"^\W*(?:(?:but|so|and|again|looks?|looked|seems?|seemed) )*(?:everything|all|nothing|none|no|it|they|that|this|both)\b|^\W*(?:looks?|looked|seems?|seemed|is|was) ").ok()
});

/// "reinstalled it", "checked them".
static TO_IT: Rule =
    LazyLock::new(|| pattern::new(r"^\W*(?:\w+ )?\w+ed (?:(?:it|them|this)\b|that\W*$)").ok());

/// "verified that", "was checked and is".
static THAT: Rule = LazyLock::new(|| pattern::new(r"\b(?:that|if|whether|is|are|was|were|as)\b").ok());

/// "Both were …": all that was spoken of.
static BOTH: Rule =
    LazyLock::new(|| pattern::new(r"^\W*(?:but )?(?:both|all|none|neither|these|they|those|each)\b").ok());

/// That nobody knows yet; that something else goes on.
static WAITS: Rule = LazyLock::new(|| {
    pattern::new(r"\b(?:still (?:waiting|investigating|looking|checking|working on|unclear|unknown|unsure|not (?:sure|clear|known)|open|pending|to (?:be|do)|searching|trying|debugging|monitoring|being|suspect\w*)|investigation|investigating|monitoring|to be|remains? (?:open|unclear|unknown|to)|again (?:later|tomorrow)|waiting|no (?:answer|reply|response|idea|access|time|one|proof|data) ?|nobody|unconfirmed|not (?:yet|sure|clear|known|confirmed yet)|resolved|recovered|fixed it|works again|working again|back (?:up|online|to normal)|came back (?:up|online)|helped)\b").ok()
});

/// That it was found: what follows is another matter.
static FOUND: Rule = LazyLock::new(|| {
    pattern::new(r"^\W*(?:yes|yep|bingo|found|confirmed|eureka|jackpot|aha|gotcha|that'?s it|that was it|there it is|this was it|root cause)\b").ok()
});

/// Questions to the people on the call.
static ASKS_PEOPLE: Rule = LazyLock::new(|| {
    pattern::new(r"^\W*(?:(?:and|but|so|ok|okay|hey|wait|\w+:) )*(?:who|whom|why|when|where|how|what|which|whose|can|shall|should|would|will|did|do|does|any|anybody|anyone|is (?:anybody|anyone|somebody|someone|there|he|she)|are (?:we|you|they|there)|have|has|had|really|seriously|right)\b").ok()
});

/// What opens the question for a cause.
static ASKS: Rule = LazyLock::new(|| {
    pattern::new(r"^\W*(?:(?:and|but|so|or|ok|okay|well|\w+:) )*(?:could (?:it|this) be|might (?:it|this) be|can (?:it|this) be|is (?:it|this)|was (?:it|this)|is|was|are|were|maybe|perhaps|possibly)\b").ok()
});

/// "Idea 2: …", "theory A (…)".
static LABELLED: Rule = LazyLock::new(|| {
    pattern::new(r"^\W*(?:\w+ )?(?:theory|idea|hypothesis|suspicion|suspect|guess|candidate|lead|hunch|feeling|assumption|thought|possibility)(?: (?:#?\d+|[a-e]|one|two|three|four|was|is|that|of|about|against|:))*(?: |$)").ok()
});

/// Verbs of looking, in the past, or with an object behind them.
static LOOK: Rule = LazyLock::new(|| {
    pattern::new(r"\b(?:(?:re-?|double[- ]|cross-?)?check(?:ed|ing|s)?(?: (?:for|on|if|whether|that))?|investigat(?:ed|ing|es)|inspect(?:ed|ing|s)|examin(?:ed|ing|es)|review(?:ed|ing|s)|look(?:ed|ing|s)? (?:at|into|for|through)|test(?:ed|ing|s)(?: for)?|verif(?:ied|ies|ying)(?: (?:that|if|whether))?|analy[sz](?:ed|ing|es)|audit(?:ed|ing|s)|profil(?:ed|ing)|prob(?:ed|ing)|went through|combed through|consider(?:ed|ing|s)|explor(?:ed|ing|es)|chas(?:ed|ing)|pursu(?:ed|ing)|compar(?:ed|ing|es)|ask(?:ed|ing|s)|contact(?:ed|ing|s)|called|blamed|accused|suspected|scann(?:ed|ing)|searched(?: for)?|measured|debugg(?:ed|ing)|(?:dug|digging|dived|dove|went|looking) (?:into|over|at)|stared at|watched|queried|pinged|traced|diffed|counted|listed|next on (?:our|the|my) list|grepped)\b").ok()
});

/// What follows a verb in the passive, or at the end of its clause.
static PASSIVE: Rule = LazyLock::new(|| {
    pattern::new(r"^\W*$|^ (?:with|against|by|as|in|on|for|at|to|via|from|first|next|again|too|and|twice|closely|carefully|briefly|manually|thoroughly|during|using|through|over|because|since|after|early|also|initially|immediately)\b").ok()
});

/// What stands before a verb in the passive.
static AUXILIARY: Rule = LazyLock::new(|| {
    pattern::new(r"\b(?:was|were|is|are|been|being|got|get|gets)(?: \w+ly| also| then| first| next)? $").ok()
});

/// What was done, in the passive.
static TREATED: Rule = LazyLock::new(|| {
    pattern::new(r"\b(?:tried|attempted|applied|restarted|rebooted|reverted|rolled back|replaced|swapped|cleared|flushed|purged|increased|raised|lowered|disabled|enabled|reinstalled|upgraded|downgraded|scaled(?: up| out)?|changed|redeployed|reset)\b").ok()
});

/// What was tried, where the verb is not that of a deed.
static TREATS: Rule = LazyLock::new(|| {
    const ACT: &str = r"(?:restart|reboot|bump|increas|rais|lower|reduc|clear|flush|roll|scal|replac|revert|disabl|enabl|chang|switch|reset|tun|patch|fix|rebuild|purg|kill|block|add|remov|delet|recreat|redeploy|upgrad|downgrad|renew|swap|reinstall|reload|stop|start|tweak|adjust)\w*(?: (?:back|up|down|over|out))?";
    pattern::new(&format!(r"\b(?:(?:tried|try|trying|attempt(?:ed|s|ing)?|fix attempt|attempted fix|first fix)(?::| was)?(?: to)? {ACT}|(?:tried|trying) (?:out |with )?(?:a|an|the|our|another)|deployed a fix for|^\W*(?:rais|lower|bump|tweak|reload|reinstall|remov|delet|recreat|renam)(?:ed|ing|e))(?: (?:the|a|an|our|its))? ")).ok()
});
