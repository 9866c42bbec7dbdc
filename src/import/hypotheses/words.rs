//! The small words of English that tell where a noun phrase begins and ends, and those that say nothing of what failed.

/// A word of a sentence.
#[derive(Clone, Debug)]
pub(super) struct Word<'a> {
    /// As written, with the marks around it.
    pub whole: &'a str,
    /// Without them.
    pub text: &'a str,
    /// In lower case, without a possessive's ending.
    pub lower: String,
    /// A mark after it ends the phrase.
    pub ends: bool,
    /// That mark is a comma.
    pub comma: bool,
}

/// The words of a sentence; what stands between dashes are words of their own.
pub(super) fn of(text: &str) -> Vec<Word<'_>> {
    let mut words: Vec<Word<'_>> = Vec::new();
    for whole in text.split(|c: char| c.is_whitespace()).flat_map(|w| w.split_inclusive(['—', '–'])).take(60)
    {
        let text = whole.trim_matches(|c: char| !c.is_alphanumeric());
        let tail = &whole[whole.rfind(text).map_or(0, |at| at + text.len())..];
        let opens = !text.is_empty() && whole.starts_with(['(', '"', '“', '[', '‘']);
        if opens && let Some(last) = words.last_mut() {
            last.ends = true;
        }
        if text.is_empty() {
            if let Some(last) = words.last_mut() {
                last.ends = true;
            }
            continue;
        }
        let lower = text.to_lowercase().replace('\u{2019}', "'");
        let lower = lower.strip_suffix("'s").map_or(lower.clone(), str::to_owned);
        let ends = tail.contains([',', ';', ':', '.', '!', '?', ')', '"', '”', '—', '–', ']']);
        words.push(Word { whole, text, lower, ends, comma: tail.starts_with(',') });
    }
    words
}

/// Heads that go behind what they are in: "a misconfiguration in the proxy" is a "proxy misconfiguration".
pub(super) const HEADS: &[&str] = &[
    "misconfiguration",
    "misconfigurations",
    "bug",
    "defect",
    "flaw",
    "regression",
    "typo",
    "outage",
    "overload",
    "failure",
    "corruption",
    "bottleneck",
    "leak",
    "deadlock",
    "exhaustion",
    "spike",
    "spikes",
    "surge",
    "burst",
];

/// Words that join a subject that says nothing to what it was.
pub(super) const COPULAS: &[&str] = &[
    "was",
    "is",
    "were",
    "lay",
    "lies",
    "came",
    "comes",
    "stemmed",
    "originated",
    "resulted",
    "involved",
    "being",
];

fn among(word: &str, list: &str) -> bool {
    list.split_ascii_whitespace().any(|other| other == word)
}

/// Articles and their like.
pub(super) fn is_determiner(word: &str) -> bool {
    among(
        word,
        "a an the our their its his her this that these those some any another both all each every my your one's two three four five six half certain various several multiple",
    )
}

/// Words that say how sure somebody was, or that something was bad: no part of a subject.
pub(super) fn is_hedge(word: &str) -> bool {
    among(
        word,
        "possible possibly potential potentially probable probably likely suspected supposed just simply simple initial \
         excessive abnormal unusual suspicious such other actual real apparent sudden unexpected darn pesky sneaky elusive \
         mere merely only further also perhaps maybe it's its some kind sort type of form be being been to there indeed \
         those barrage bunch lot mythical infamous famous dreaded evil naughty simply inadvertent notorious external? so-called \
         culprit: actually really still again",
    ) && word != "of"
}

/// Adjectives that a subject does not need before its noun, once that noun says nothing either.
pub(super) fn is_soft(word: &str) -> bool {
    among(
        word,
        "high low severe minor major serious subtle small big underlying common general recurring specific main",
    )
}

/// Adjectives and participles that may stand before another participle: "the new distributed cache".
pub(super) fn is_late_adjective(word: &str) -> bool {
    is_soft(word)
        || among(
            word,
            "new old recent recently latest bad wrong single internal external primary secondary faulty broken large slow our first second third",
        )
        || is_participle(word)
}

/// Words that say nothing of what it was.
pub(super) fn is_empty_word(word: &str) -> bool {
    among(
        word,
        "issue issues problem problems error errors cause causes root reason culprit source it they this that everything \
         somebody someone anybody anyone everybody person people colleague colleagues developer developers operator operators \
         administrator administrators admin admins staff vendor supplier guess bet bug? nope bingo yes confirmed either solution solutions option \
         something anything nothing situation incident outage team teams user users customer customers engineer engineers \
         anomaly anomalies symptom symptoms investigation analysis assumption assumptions hypothesis theory we us everyone \
         nobody one things thing matter failure fault way time times minutes hours day week start end point part result results \
         service services system systems improvement improvements impact fix resolution alert alerts report reports incident's \
         operations normal fine ok okay healthy clear logs log evidence signs sign check checks review data metrics metric \
         down up back first second last next same fact possibility order course good bad wrong further more most much \
         behavior behaviour activity verdict usual anymore focus attention efforts effort attempts attempt changes change steps step actions action",
    )
}

/// Words at the end of a phrase that can go.
pub(super) fn is_tail(word: &str) -> bool {
    among(
        word,
        "issue issues problem problems error errors anomaly anomalies team teams engineers folks side metrics logs dashboards \
         checks graphs efforts procedures assessment assessments diagnostics inspection analysis review theory hypothesis scenario related concern concerns trouble troubles mitigation",
    )
}

/// Words that, with "of", only say how much of something there was.
pub(super) fn is_amount(word: &str) -> bool {
    among(
        word,
        "barrage bunch lot lots flood number series wave couple kind sort type form group set piece bit case matter possibility result",
    )
}

/// Pronouns: as the subject of a clause they say nothing.
pub(super) fn is_pronoun(word: &str) -> bool {
    among(
        word,
        "it this that they these those we there he she i you everything somebody someone anybody anyone nobody everybody everyone",
    )
}

/// Those who do things.
pub(super) fn is_people(word: &str) -> bool {
    among(
        word,
        "user users customer customers student students client clients visitor visitors staff people person employee employees \
         engineer engineers developer developers operator operators colleague admin somebody someone contractor intern technician",
    )
}

/// What people do to things.
pub(super) fn is_person_verb(word: &str) -> bool {
    is_participle(word)
        || among(
            word,
            "forgot forget forgets pushed push pushes made ran run broke set took left cut put lost wrote sent mistyped",
        )
}

/// The verbs behind "there".
pub(super) fn is_there_verb(word: &str) -> bool {
    among(
        word,
        "was were is are been being had has have might may could must be seems seemed appears appeared to",
    )
}

/// Words between a copula and what something was: "the issue was with the …", "caused by".
pub(super) fn is_link(word: &str) -> bool {
    among(
        word,
        "with in due to caused by from a an the related because of on actually really indeed likely down at within triggered not? an",
    )
}

/// Prepositions that tie a head to what it is of.
pub(super) fn ties(word: &str) -> bool {
    among(
        word,
        "in of on with within by from to around about related regarding involving concerning inside due caused",
    )
}

/// Words that no phrase holds.
pub(super) fn is_stop(word: &str) -> bool {
    const PREPOSITIONS: &str = "in on at of for with from by to into onto via due because after before during through under \
        over between across within without against about as since until till while when where which who whom whose that if so than \
        around among amid despite following like per upon inside outside along apart off out up down back and or but nor yet however \
        though although not no n't never then thus hence therefore instead rather only just too very now already still again soon \
        later once here there how why what even";
    const VERBS: &str = "is was were are be been being am has have had having do does did will would can could may might must shall \
        should cannot can't couldn't wasn't weren't isn't didn't doesn't don't won't wouldn't hadn't began begins begin started \
        starts showed shows show shown reveals reveal says said say tells told finds found fails continues continue reports \
        returns returned appears appear seems seem looks look looked identifies confirms reduces causes leads results ran runs went goes go \
        got gets get took takes take made makes make came comes come broke breaks fell falls led kept let thought think saw see seen \
        gave gives give became become brought held sent set put shut grew rose threw turned turns became needed needs need wanted \
        caused led resulted decided used using causing leading resulting checking investigating suspecting assuming affecting delaying \
        blocking making preventing overwhelming rejecting directing introducing consuming including focusing thinking creating \
        triggering showing failing getting going handing waiting returning taking doing saying increasing reducing restarting \
        rebooting reverting requiring indicating suggesting allowing trying looking had've persisted remained remains persists \
        find finding helped help helps worked works doesn happened happens occurred occurs experienced experiences exceeded exceeds hit hits reached \
        reaches spotted lurked lurks hidden hiding bringing keeping exposing impacting rendering misrouting dropping handling \
        we they it he she i you us them me him everyone everything nothing nobody somebody someone anybody anyone everybody \
        meant means mean pushed push pushes lowered lowers lower raised raises exceeded contained contains contain kept lost loses \
        lose changes rejects rejected accepts stops stopped stop starts work works ended ends end never always let lets allowed allows \
        finds thinks suspects believes knows knew know told tell told asks asked ask gets wants want tried tries try makes \
        got gotten done did forgot forgets forget fills filled floods flooded eats holds";
    among(word, PREPOSITIONS) || among(word, VERBS)
}

/// A past participle or a past tense: before a noun an adjective, after it a verb.
pub(super) fn is_participle(word: &str) -> bool {
    word.ends_with("ed") && word.len() > 4 && !among(word, "speed feed need seed shed embed hundred")
}

/// Words that end a phrase that has its noun already.
pub(super) fn ends_phrase(word: &str) -> bool {
    is_participle(word)
        || among(
            word,
            "gone grown stuck spun hung left lost built written overlooked was sitting birthed itself themselves first today yesterday lately",
        )
}

/// Adverbs, as against "anomaly", "assembly" and their like.
pub(super) fn is_adverb(word: &str) -> bool {
    word.ends_with("ly") && !among(word, "anomaly assembly supply reply family monopoly fly")
}

/// What somebody did to a thing to see whether it was it: no part of its name.
pub(super) fn is_look(word: &str) -> bool {
    among(
        word,
        "checked tested inspected reviewed verified examined investigated audited analyzed analysed debugged restarted rebooted",
    )
}

/// Words that only tell when: "Tuesday evening", "00:30 UTC".
pub(super) fn is_of_time(word: &str) -> bool {
    let clock = word.starts_with(|c: char| c.is_ascii_digit())
        && (word.contains(':') || word.ends_with("am") || word.ends_with("pm") || word.ends_with("th"));
    clock
        || among(
            word,
            "monday tuesday wednesday thursday friday saturday sunday january february march april june july august september \
             october november december morning evening afternoon night noon midnight weekend today yesterday tomorrow tonight \
             utc gmt cet cest est edt pst pdt wat eat am pm month months year years",
        )
}

/// What can stand between a subject and the words of a verdict.
pub(super) fn is_trailing(word: &str) -> bool {
    among(
        word,
        "was were is are be been being has have had which that who both all also then quickly soon finally eventually later \
         says said say reports reported report gave gives declared checked reviewed inspected verified tested but and it they could can \
         might may would will got get the a as so however this these those now not to did does team's came back investigated sees see saw finds found \
         analyzed analysed examined looked turned themselves itself initially first briefly wrongly mistakenly incorrectly",
    ) || is_adverb(word)
}

/// What follows "ran out of" and its like; the thing that ran out is the subject, whoever ran out of it.
pub(super) fn ran_out_of(text: &str) -> Option<&str> {
    let lower = text.to_ascii_lowercase();
    let mark = [
        "ran out of ",
        "running out of ",
        "run out of ",
        "runs out of ",
        "lack of ",
        "shortage of ",
        "exhausted its ",
        "exhausted the ",
    ];
    let (at, length) = mark.iter().filter_map(|m| lower.find(m).map(|at| (at, m.len()))).min()?;
    text.get(at + length..)
}

/// Whether a word with a capital at the start of a sentence is no name: the common words of this trade.
pub(super) fn is_common(word: &str) -> bool {
    is_hedge(word)
        || is_soft(word)
        || is_late_adjective(word)
        || is_participle(word)
        || among(
            word,
            "database databases network load server servers cache caching memory disk traffic deployment deployments configuration \
             misconfiguration firewall certificate certificates application code connection connections hardware user query queries \
             power storage queue proxy router switch cluster node nodes upstream backend frontend third backup cron job race retry \
             security rate token session thread lock log message web file login payment checkout search email update upgrade release \
             resource incorrect insufficient missing wrong expired invalid external internal high low slow too data replication",
        )
}

/// What two subjects are compared by: the stems of the words that say something.
pub(super) fn key(subject: &str) -> Vec<String> {
    let mut stems: Vec<String> = subject
        .split(|c: char| !c.is_alphanumeric())
        .map(str::to_lowercase)
        .filter(|w| {
            !w.is_empty()
                && !is_hedge(w)
                && !is_soft(w)
                && !is_tail(w)
                && !is_stop(w)
                && !is_determiner(w)
                && !is_vague(w)
        })
        .map(|w| stem(&w))
        .collect();
    if stems.is_empty() {
        stems = subject.split_whitespace().map(|w| stem(&w.to_lowercase())).collect();
    }
    stems.sort();
    stems.dedup();
    stems
}

/// Words that stand beside what a subject is about.
fn is_vague(word: &str) -> bool {
    is_empty_word(word)
        || among(
            word,
            "server servers layer layers component components module instance instances configuration config settings setting recent new latest attack possible s",
        )
}

/// A word without its endings, and the short names as the long ones.
pub(super) fn stem(word: &str) -> String {
    let word = match word {
        "db" | "dbs" => "database",
        "lb" | "elb" | "alb" => "balancer",
        "misconfigured" | "misconfiguration" | "misconfigurations" | "configured" | "configurations" => {
            "configuration"
        }
        "deploy" | "deploys" => "deployment",
        "certs" | "cert" => "certificate",
        "cookies" => "cookie",
        other => other,
    };
    let endings =
        ["ations", "ation", "ments", "ment", "ings", "ing", "ers", "er", "ies", "ed", "es", "y", "s", "e"];
    let cut = endings.iter().find_map(|end| word.strip_suffix(end).filter(|rest| rest.len() >= 4));
    cut.unwrap_or(word).to_owned()
}
