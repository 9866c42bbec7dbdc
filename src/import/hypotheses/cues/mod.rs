//! The words that suspect, acquit and convict: for each, on which side of it the subject stands.

mod against;
mod convict;
mod suspect;

use std::sync::LazyLock;

use regex::Regex;

use super::verdict::Verdict::{self, Confirmed, Open, RuledOut};
use crate::import::pattern;
use against::{ACQUITTING, DROPPED, FUTILE};
use convict::CONVICTING;
use suspect::SUSPECTING;

/// On which side of the words the subject stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    /// Before them.
    Before,
    /// After them.
    After,
    /// After them, as a clause of its own: "found that the disk was full".
    Clause,
    /// Before them where they are passive ("X was found to be …"), else after.
    Either,
    /// Within the words themselves: the group named `x`.
    Within,
    /// Before them, where the sentence names nothing else: who says that nothing was found.
    Witness,
    /// What was done, before them: "restarting X did not help".
    Deed,
    /// What was done, before them, or else what was suspected last: "restarted X, to no avail", "dead end".
    Vain,
}

/// Words, what they say, and of what.
#[derive(Debug)]
pub(super) struct Cue {
    pub verdict: Verdict,
    pub side: Side,
    /// How much they tell, 1 to 3: a 1 counts only where something else speaks for it.
    pub weight: u8,
    pub rule: Regex,
}

/// "was not", "wasn't", "isn't".
const NOT: &str = r"(?:(?:was|were|is|are|did|does|do|had|has)(?:n't|nt| not| never))";

/// What a thing is said not to be.
const CAUSE: &str = r"(?:(?:the|a|an|our|to|really|actually|likely|at|directly|even|at all|in fact) )*(?:root cause|causes?|causing|issue|problem|culprit|source|reason|blame|fault|responsible|related|involved|guilty|it\b|behind|contribut\w+|connected|bottleneck|trigger|offender|villain|suspect)";

/// Words that say that a thing was well.
const WELL: &str = r"(?:(?:all|both|completely|perfectly|also|quite|just|in|a|given|as|usual|still) )*(?:fine|healthy|ok|okay|clean|clear|idle|green|normal|nominal|as expected|within (?:\w+ )?limits|in order|good shape|(?:working|functioning|operating|behaving|performing|responding|running)(?: as expected| fine| normally| correctly| properly| well)|unaffected|stable|innocent|blameless|intact)\b";

/// Verbs of looking.
pub(super) const LOOKED: &str = r"(?:check(?:ed|s)?|investigate[ds]|inspect(?:ed|s)|examine[ds]|review(?:ed|s)|look(?:ed|s) (?:at|into)|test(?:ed|s)|verif(?:ied|ies)|analy[sz]e[ds]|audit(?:ed|s)|profile[ds]|studie[ds]|probe[ds]|went through|combed through|considered|explored|chased|pursued|tried)";

/// Where the subject stands, how much the words tell, and the words.
type Row = (Side, u8, &'static str);

/// The table, by what the words say. The rules are read in lower case; `{NOT}`, `{CAUSE}` and `{WELL}` stand for those above.
const TABLE: &[(Verdict, &[Row])] = &[
    (RuledOut, ACQUITTING),
    (RuledOut, DROPPED),
    (RuledOut, FUTILE),
    (Open, SUSPECTING),
    (Confirmed, CONVICTING),
];

/// All cues, in the order of the table. To compile them takes most of the time of a small document: several threads share it.
pub(super) static CUES: LazyLock<Vec<Cue>> = LazyLock::new(|| {
    let rows: Vec<(Verdict, &Row)> =
        TABLE.iter().flat_map(|(verdict, rows)| rows.iter().map(move |row| (*verdict, row))).collect();
    let threads = std::thread::available_parallelism().map_or(1, usize::from).min(MOST_THREADS);
    let share = rows.len().div_ceil(threads).max(1);
    std::thread::scope(|scope| {
        let parts: Vec<_> =
            rows.chunks(share).map(|part| (part, scope.spawn(move || compiled(part)))).collect();
        let joined = parts.into_iter().map(|(part, thread)| thread.join().unwrap_or_else(|_| compiled(part)));
        joined.flatten().collect()
    })
});

/// As many threads compile the cues.
const MOST_THREADS: usize = 4;

fn compiled(rows: &[(Verdict, &Row)]) -> Vec<Cue> {
    let rule = |text: &str| {
        pattern::new(&text.replace("{NOT}", NOT).replace("{CAUSE}", CAUSE).replace("{WELL}", WELL)).ok()
    };
    let cue = |(verdict, (side, weight, text)): &(Verdict, &Row)| {
        Some(Cue { verdict: *verdict, side: *side, weight: *weight, rule: rule(text)? })
    };
    rows.iter().filter_map(cue).collect()
}

/// Words that say that what was done made it worse.
pub(super) static HARM: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern::new(r"\b(?:made (?:it|things|matters|the \w+|everything) (?:even )?worse|(?:further|additional|more) (?:complications?|damage|downtime|disruption|outage|problems)|(?:worsen|aggravat|exacerbat|backfir|compound)(?:ed|ing|s)\b|caus(?:ed|ing) (?:a |an )?(?:\w+ )?(?:\w+ )?(?:degradation|outage|downtime|disruption|data loss)|worse than before)").ok()
});

/// A label that says that what it stands before was a wrong way.
pub(super) static MISLED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern::new(r"^(?:[^:.]{0,30} )?(?:mislead\w*|misled|red herring|(?:false|wrong|bad|cold|incorrect) (?:lead|trail|start|path|track|clue|scent|suspicion|idea|guess|theory|hypothesis|direction|assumption|turn|diagnosis)|dead end|rabbit hole|blind alley|detour|incorrect(?:ly)? assum\w*|distraction|goose chase)s?(?: \w+){0,3}(?: \([^)]*\))? ?(?:[:!\-–—]|$)").ok()
});
