//! The words that suspect, acquit and convict: for each, on which side of it the subject stands.

use std::sync::LazyLock;

use regex::Regex;

use super::verdict::Verdict::{self, Confirmed, Open, RuledOut};

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
const CAUSE: &str = r"(?:(?:the|a|an|our|to|really|actually|likely|at|directly|even|at all|in fact) )*(?:root cause|causes?|causing|issue|problem|culprit|source|reason|blame|fault|responsible|related|involved|guilty|it\b|behind|affected|contribut\w+|connected)";

/// Words that say that a thing was well.
const WELL: &str = r"(?:(?:all|both|completely|perfectly|also|quite|just|in|a|given|as|usual|still) )*(?:fine|healthy|ok|okay|clean|clear|idle|green|normal|nominal|as expected|within (?:\w+ )?limits|in order|good shape|(?:working|functioning|operating|behaving|performing|responding|running)(?: as expected| fine| normally| correctly| properly| well)|unaffected|stable|innocent|blameless|intact)\b";

/// Verbs of looking.
pub(super) const LOOKED: &str = r"(?:check(?:ed|s)?|investigate[ds]|inspect(?:ed|s)|examine[ds]|review(?:ed|s)|look(?:ed|s) (?:at|into)|test(?:ed|s)|verif(?:ied|ies)|analy[sz]e[ds]|audit(?:ed|s)|profile[ds]|studie[ds]|probe[ds]|went through|combed through|considered|explored|chased|pursued|tried)";

/// Where the subject stands, how much the words tell, and the words.
type Row = (Side, u8, &'static str);

/// Words that acquit.
const ACQUITTING: &[Row] = &[
    (Side::Either, 3, r"\b(?:ruled|ruling|rules?) out\b"),
    (Side::Within, 3, r"\b(?:ruled|ruling|rule) (?P<x>\w[^.,;:]{2,50}?) out\b"),
    (
        Side::Before,
        3,
        r"\b(?:eliminated|excluded|dismissed|discarded|rejected|discounted|exonerated|cleared) as (?:an? |the )?(?:\w+ )?(?:cause|causes|factor|culprit|suspect|source|candidate|possibility)",
    ),
    (
        Side::After,
        3,
        r"\b(?:eliminated|excluded|dismissed|discarded|rejected|discounted|exonerated|crossed off)(?: the)?(?: idea| theory| hypothesis| possibility)? (?:of|that) ",
    ),
    (
        Side::Within,
        3,
        r"\b(?:eliminated|excluded|dismissed|discarded|exonerated|crossed off) (?P<x>\w[^.,;:]{2,50}?) as (?:an? |the )?(?:\w+ )?(?:cause|factor|culprit|suspect|source|candidate)",
    ),
    (
        Side::Before,
        3,
        r"\b(?:turned|proved|proven|turns) out (?:not to be|to not be|to be (?:an? |the )?(?:fine|healthy|ok|innocent|dead end|red herring|unrelated|false|wrong|irrelevant|distraction|harmless|coincidence|symptom))",
    ),
    (
        Side::Before,
        3,
        r"\b(?:turned out|proved|proven)(?: to be)? (?:unrelated|wrong|fruitless|incorrect|false|unfounded|irrelevant|innocent|a dead end|a red herring|a false lead|a distraction)",
    ),
    (Side::Before, 3, r"\b{NOT} {CAUSE}\b"),
    (Side::Before, 3, r"\b(?:had|has|have) nothing to do with\b"),
    (
        Side::Before,
        3,
        r"\b(?:was|were|is|are) (?:all )?(?:unrelated|innocent|not guilty|irrelevant|an? (?:\w+ )?(?:red herring|dead end|false lead|false trail|wrong turn|distraction|coincidence)|off the hook|cleared of)",
    ),
    (Side::Before, 2, r"\ball[ -]clear\b"),
    (
        Side::Before,
        2,
        r"\b(?:clean bill of health|(?:watertight|airtight|solid|perfect) alibis?|came back clean|checked out fine|came up (?:empty|clean))\b",
    ),
    (
        Side::After,
        3,
        r"\bno (?:clear |obvious |real |direct )?(?:signs?|evidence|indications?|traces?|hints?|symptoms?|proof)(?: was| were)?(?: found| seen)? (?:of|for|that)\b(?: an?\b| the\b)?",
    ),
    (
        Side::After,
        2,
        r"\b(?:no|nothing|none)(?: \w+){0,3}? (?:found |detected |seen |observed |identified |reported |noticed |wrong )(?:in|with|on|at|for|from|inside) ",
    ),
    (
        Side::After,
        2,
        r"\b(?:found|finds|saw|sees|detected|showed|revealed|identified|discovered|finding|uncovered|seeing|spotted) (?:no|nothing|none)(?: \w+){0,3}? (?:in|with|on|at|for|from|inside) ",
    ),
    (
        Side::After,
        2,
        r"\b(?:did not|didn't|could not|couldn't) (?:find|see|reveal|detect|uncover|identify|show) (?:any|a single)(?:thing)?(?: \w+){0,3}? (?:in|with|on|at|for|from|inside) ",
    ),
    (
        Side::Before,
        2,
        r"\b(?:(?:showed|shows|revealed|reported|indicated|showing) (?:no|nothing|none|neither)|(?:had|has) no (?:\w+ )?(?:issues?|problems?|errors?|anomal\w+|faults?|irregularit\w+|signs))\b",
    ),
    (
        Side::Before,
        2,
        r"\b(?:did not|didn't|had not|hadn't|does not|has not|hasn't) (?:show|reveal|introduced?|caused?|indicate|contain|explain|changed?|shown|revealed)\b",
    ),
    (
        Side::Within,
        2,
        r"\bno (?P<x>(?:[\w-]+ ){1,4}?)(?:(?:issues?|problems?|errors?|anomal\w+|faults?|failures?|abnormalit\w+) )?(?:were |was |are |is |has been |have been |could be )?(?:found|detected|seen|observed|identified|spotted|evident|visible|reported)",
    ),
    (
        Side::Within,
        2,
        r"\bno (?:suspicious|abnormal|unusual|strange|odd|malicious|anomalous) (?P<x>(?:[\w-]+ ?){1,3})$",
    ),
    (
        Side::After,
        2,
        r"\bnothing (?:wrong|unusual|abnormal|suspicious|out of the ordinary|obvious|amiss|odd|strange|weird)(?: was| were)?(?: found| seen)? (?:in|with|on|at|about) ",
    ),
    (
        Side::After,
        3,
        r"\b(?:incorrectly|wrongly|mistakenly|erroneously|falsely|prematurely|wrongfully|in error)(?: \w+)? ?(?:assum\w+|suspect\w*|focus\w*(?: on)?|blam\w+|attribut\w+(?: \w+)?(?: to)?|thought|believed|concluded|diagnosed|point\w+ (?:at|to)|target\w+|concentrated on|investigated|looked at|identified)(?: that| it was)?\b",
    ),
    (
        Side::Before,
        3,
        r"\b(?:was|were) (?:incorrectly|wrongly|mistakenly|erroneously|falsely) (?:assumed|suspected|blamed|identified|diagnosed|targeted|accused)",
    ),
    (
        Side::After,
        2,
        r"\b(?:it|this|issue|problem|cause|outage|incident|that)(?:'s not| {NOT})(?: \w+ly)?(?: (?:due to|caused by|related to|because of|in|with))? (?:an? |the |our )?",
    ),
    (Side::After, 3, r"\b(?:was|were|is) (?:unrelated|not related|not due|not linked) to "),
    (
        Side::Before,
        1,
        r"\b(?:was|were|looked|looks|seemed|appeared|is|are|came back|checked out|being)(?: to be)? {WELL}",
    ),
];

/// Words that give a suspicion up.
const DROPPED: &[Row] = &[
    (
        Side::Before,
        3,
        r"\b(?:hypothesis|theory|idea|suspicion|assumption|lead|path|track|guess)(?: (?:was|were|is|got|has been|had been|then|quickly|soon|later))* (?:abandoned|discarded|dropped|dismissed|rejected|disproved|disproven|refuted|debunked|invalidated|wrong|incorrect|false|given up)\b",
    ),
    (Side::Before, 3, r"\b(?:disproved|disproven|debunked|refuted|vindicated|acquitted)\b"),
    (
        Side::Before,
        2,
        r"\b(?:confirm(?:ed|s)|reports?|reported|said|says|verified|assured|insisted|replied)(?: us)?(?: that)?(?: there (?:was|were|is|are)| they (?:had|saw|see|have))? (?:no\b|nothing|everything (?:was|is|looks?|looked) (?:\w+ )?(?:ok|okay|fine|normal|good|healthy))",
    ),
    (Side::Before, 3, r"\b(?:turned|turns|proved|proven) out to be {WELL}"),
    (
        Side::Vain,
        2,
        r"\b(?:(?:so )?not guilty|(?:but|yet|however),? (?:\w+ ){1,3}(?:still|kept|keeps?|continued?) (?:\w+))\b",
    ),
    (Side::After, 2, r"\bso (?:it was |it's |it is |this was )?not (?:the|a|an|our)\b"),
    (
        Side::Vain,
        2,
        r"\b(?:nothing (?:wrong|unusual|abnormal|suspicious|obvious|amiss|odd|strange|weird|out of the ordinary|found|there|of note|conclusive)|no (?:\w+ )?(?:anomal(?:y|ies)|issues?|problems?|errors?|abnormalities|irregularities|faults?|culprit|smoking gun)(?: there| here)?|all good|all fine|all green|came up empty|found nothing|turned up nothing|yielded nothing|inconclusive)\W*$",
    ),
];

/// Words that say that what was done was in vain.
const FUTILE: &[Row] = &[
    (
        Side::Deed,
        2,
        r"\b(?:did not|didn't|does not|doesn't|do not|failed to|fails to|could not|couldn't)(?: \w+ly| even| really)? (?:help|fix|resolve|solve|improve|change|work|make (?:a|any) difference|alleviate|cure|have (?:any|an|the) (?:\w+ )?(?:effect|impact)|remedy|bring)",
    ),
    (
        Side::Vain,
        2,
        r"^\W*(?:\w+:? )?(?:but )?(?:it|this|that|they) (?:was|were|is)(?:n't| not)(?: it| that| the case| so)?\W*$",
    ),
    (
        Side::Vain,
        2,
        r"\b(?:to no avail|in vain|without (?:any )?(?:success|effect|luck|improvement|result|change)|(?:had|has|with|but|,|-|–|—|made|brought|saw|there was) ?(?:little or )?no (?:\w+ )?(?:effect|improvement|change|luck|success|difference|relief|avail)|not (?:resolving|fixing|helping|solving)|made no difference|no improvement|no change|unsuccessful(?:ly)?|fruitless|(?:but|yet|however),? (?:the )?(?:\w+ )?(?:issues?|problems?|errors?|outage|symptoms?|failures?|latency|timeouts) (?:persisted|continued|remained|did not|came back|returned))",
    ),
    (
        Side::Vain,
        2,
        r"\b(?:dead[ -]end|red herring|wild goose chase|false (?:lead|alarm|trail|start)|rabbit hole|wrong (?:track|path|tree|turn|direction)|blind alley|spoiler: it was(?:n't| not)|(?:a|mythical|pure|costly) distraction|only to (?:find|discover|learn|realise|realize)|nope|not the case|no such luck|wasted (?:time|effort|\w+ minutes))\b",
    ),
];

/// Words that suspect.
const SUSPECTING: &[Row] = &[
    (
        Side::After,
        3,
        r"\b(?:thought|believed|guessed|figured|feared|thinks|believes|assumes|guesses|blames|fears)\b(?: that)?(?: (?:it|this|the (?:issue|problem|cause|outage)) (?:was|is|might be|could be|must be|had to be|has to be|to be)(?: due to| caused by)?)\b",
    ),
    (Side::After, 2, r"\b(?:thinks|believes|blames|assumes)\b(?: that)? "),
    (
        Side::After,
        3,
        r"\b(?:suspected|suspects|suspecting|suspect)(?: (?:root )?(?:cause|culprit|reason))?(?: (?:was|is|to be|were))?(?: that)?(?: (?:it|this) (?:was|is|might be|could be|to be))?:?(?: |$)",
    ),
    (
        Side::Before,
        3,
        r"\b(?:was|were|is|are|been|being|became)(?: (?:initially|first|then|briefly|also|immediately))? (?:suspected|blamed|accused|questioned|the (?:prime|main|first|initial|usual) suspects?)",
    ),
    (
        Side::After,
        3,
        r"\b(?:prime|main|first|initial|leading|early|immediate|current) suspects?(?: was| is| were)?:? ",
    ),
    (
        Side::After,
        3,
        r"\bsuspicions?(?: (?:of|about|that|fell on|falls on|was|is|were|turned to|landed on))+ ",
    ),
    (
        Side::After,
        3,
        r"\b(?:guess|hypothesis|theory|assumption|thought|suspicion|idea|belief|diagnosis|hunch|speculation|reaction)(?: (?:was|is|of|that|were|involved|pointed (?:to|at)|there|it|might be|could be|centered on|centred on))*(?:: ?| - | – | — | )",
    ),
    (
        Side::After,
        3,
        r"\b(?:initially|first|at first|originally|briefly|early on|immediately|then|soon|we|team|engineers?|everyone|troops|responders|they|and|also)(?: \w+ly)? (?:thought|believed|assumed|suspected|blamed|considered|theorized|theorised|hypothesized|hypothesised|speculated|figured|guessed|feared|wondered)(?: that| if| whether| about)?(?: (?:it|this|the (?:issue|problem|cause|outage)) (?:was|is|might be|could be|might have been|must be|had to be|to be|were))?(?: (?:due to|caused by|related to|with|in|just|because of))*\b",
    ),
    (
        Side::After,
        2,
        r"\b(?:initially|at first|first|originally|early|initial(?: \w+)?)(?: \w+)? (?:looked at|focus(?:s?ed)?(?: was)?(?: \w+ly)?(?: on)?|pointed (?:to|at)|attributed (?:\w+ ){0,3}to|investigated|looked like|appeared to be|seemed (?:like|to be)|concentrated on|targeted|centered on|centred on)\b",
    ),
    (
        Side::After,
        2,
        r"\bassum(?:ed|ing|es)\b(?: that)?(?: (?:it|this|the (?:issue|problem|cause|outage|root cause)|root cause)(?: (?:was|is|were|to be|might be|could be|must be|had to be))?)?(?: (?:due to|caused by|related to|with|in|to be))*",
    ),
    (
        Side::After,
        2,
        r"\b(?:thinking|believing|fearing|hypothesi[sz]ing|speculating|wonder(?:ing|s|ed)? (?:if|whether|about))\b(?: that)?(?: (?:it|this) (?:was|is|were|might be|could be))?",
    ),
    (
        Side::After,
        2,
        r"\b(?:it|this|that|issues?|problems?|cause|errors?|outage|slowness|latency|failures?|slowdown)(?:'s)? (?:might|may|could|must|has to|had to|gotta|has gotta|got to)(?: be| have been)(?: \w+ly)?(?: (?:due to|caused by|related to|because of|from|within|in|with|down to|coming from|linked to|a result of|tied to|the result of))*\b",
    ),
    (Side::After, 2, r"\b(?:could|might) (?:it|this|that|these) be(?: due to| caused by| related to)?\b"),
    (
        Side::After,
        2,
        r#"(?:^|["“”':(] ?|: )(?:it )?(?:must be|it's gotta be|gotta be|has to be|probably|maybe(?: it's| it is| it was)?|perhaps(?: it's)?|surely it's|it's always)\b"#,
    ),
    (
        Side::After,
        2,
        r"\b(?:investigat\w+|explor\w+|consider\w+|hint\w+ (?:at|of)|point\w* (?:to|at|toward|towards)|look\w* into|blam\w+|concerns? about|due to|indicat\w+|suggest\w+|raised)(?: an?| the)? (?:possible|potential|probable|likely|suspected|possibility of)\b(?: an?)?",
    ),
    (Side::After, 2, r"\b(?:hint\w+|point(?:ed|ing|s)) (?:at|to|toward|towards|that)\b"),
    (Side::After, 2, r"\b(?:blamed|blaming|accused|chased|chasing)(?: it on| this on)?\b"),
    (Side::After, 2, r"\b(?:briefly|first|also|initially|team|we) considered\b"),
    (
        Side::After,
        2,
        r"\b(?:initial|early) (?:focus|attention|investigation|efforts?|troubleshooting|debugging)(?: \w+)? (?:on|to|at|into|toward|towards|of|centered on|targeted)\b",
    ),
    (
        Side::Before,
        2,
        r"\b(?:was|were|is) (?:initially|first|originally|at first) (?:considered|assumed|thought|believed|investigated)",
    ),
    (Side::After, 1, r"\b(?:this|it|and) (?:might|may|could) be because of\b"),
];

/// Words that convict.
const CONVICTING: &[Row] = &[
    (
        Side::Before,
        3,
        r"\b(?:turned|turns|proved|proven)(?: out)? to be (?:the|our|a) (?:\w+ )?(?:cause|culprit|reason|problem|issue|source|trigger|villain)\b",
    ),
    (
        Side::Clause,
        3,
        r"\b(?:root cause|actual cause|real cause|true cause|underlying cause|culprit|real culprit|primary cause|main cause)(?: (?:of|for|behind) (?:\w+ ){1,5}?)?(?:,? (?:was|is|has been|had been|identified|found|determined|confirmed|traced|pinpointed|turned out|discovered|established|known|later|finally|eventually))*(?:,? (?:as|to be|to|back to|with|in|being))*(?::| was| is| -| –| —|)(?: that)? ",
    ),
    (Side::After, 3, r"\btraced(?: \w+)?(?: back)? to\b"),
    (Side::After, 3, r"\b(?:turned|turns) out (?:to be|it was)\b"),
    (
        Side::After,
        3,
        r"\b(?:issue|problem|outage|incident|failures?|errors?|downtime|disruption|slowdown)(?: (?:was|is|were|had been|has been|occurred|happened|arose))?(?: \w+ly)? (?:caused by|resulted from|stemmed from|due to|triggered by|because of|attributed to|originated (?:in|from|with))\b",
    ),
    (
        Side::Before,
        3,
        r"\b(?:was|were|is|had been|has been|as)? ?(?:identified|found|pinpointed|isolated|confirmed|determined|established|recognized|recognised|revealed|named)(?: (?:as|to be))(?: being)?(?: the| a| our| one of the)?(?: \w+)? (?:cause|causes|culprit|reason|source|issue|problem|trigger)",
    ),
    (
        Side::Before,
        3,
        r"\b(?:was|were|is) (?:(?:the|our|in fact|indeed|clearly|really|to) )*(?:root cause|real cause|actual cause|cause|culprit|to blame|blame|at fault|responsible)\b",
    ),
    (
        Side::Within,
        3,
        r"\b(?:identified|pinpointed|found|confirmed|named|recognized|singled out|determined) (?P<x>\w[^.;:]{3,70}?) (?:as|to be) (?:the |a |an |our )?(?:\w+ )?(?:root )?(?:cause|culprit|reason|source|issue|problem|trigger)",
    ),
    (
        Side::Either,
        2,
        r"\b(?:identified|identifies|identifying|discovering|finding|realizing|realising|determining|uncovering|pinpointed|isolated|located|uncovered|diagnosed|discovered|discovers|realized|realised|determined|determines|spotted|unearthed|caught)\b(?: (?:and (?:\w+ed)))?(?: that)?",
    ),
    (
        Side::After,
        2,
        r"\b(?:tracked (?:it |this |the \w+ )?down to|narrowed (?:it |this |the \w+ )?down to|tracked down|zeroed in on|homed in on)\b",
    ),
    (
        Side::Either,
        1,
        r"\b(?:found|finds|detected|detects|confirmed|confirms|revealed|reveals|showed|shows|noticed|concluded|verified)\b(?: that)?",
    ),
];

/// The table, by what the words say. The rules are read in lower case; `{NOT}`, `{CAUSE}` and `{WELL}` stand for those above.
const TABLE: &[(Verdict, &[Row])] = &[
    (RuledOut, ACQUITTING),
    (RuledOut, DROPPED),
    (RuledOut, FUTILE),
    (Open, SUSPECTING),
    (Confirmed, CONVICTING),
];

/// All cues.
pub(super) static CUES: LazyLock<Vec<Cue>> = LazyLock::new(|| {
    let rule = |text: &str| {
        Regex::new(&text.replace("{NOT}", NOT).replace("{CAUSE}", CAUSE).replace("{WELL}", WELL)).ok()
    };
    let rows = TABLE.iter().flat_map(|(verdict, rows)| rows.iter().map(move |row| (*verdict, row)));
    rows.filter_map(|(verdict, (side, weight, text))| {
        Some(Cue { verdict, side: *side, weight: *weight, rule: rule(text)? })
    })
    .collect()
});

/// Words that say that what was done made it worse.
pub(super) static HARM: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"\b(?:made (?:it|things|matters|the \w+|everything) (?:even )?worse|(?:further|additional|more) (?:complications?|damage|downtime|disruption|outage|problems)|(?:worsen|aggravat|exacerbat|backfir|compound)(?:ed|ing|s)\b|caus(?:ed|ing) (?:a |an )?(?:\w+ )?(?:\w+ )?(?:degradation|outage|downtime|disruption|data loss)|worse than before)").ok()
});

/// A label that says that what it stands before was a wrong way.
pub(super) static MISLED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"^(?:[^:.]{0,30} )?(?:mislead\w*|misled|red herring|false (?:lead|trail|start|path)|wrong (?:turn|path|track|lead|guess|assumption)|dead end|rabbit hole|blind alley|detour|incorrect(?:ly)? assum\w*|distraction|goose chase)s?(?: \w+){0,3}(?: \([^)]*\))? ?(?:[:!\-–—]|$)").ok()
});
