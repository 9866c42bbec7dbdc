//! The words that suspect.

use super::{Row, Side};

/// Words that suspect.
pub(super) const SUSPECTING: &[Row] = &[
    (
        Side::Deed,
        3,
        r"\b(?:as|because|since|for) (?:we|i|they|he|she|it was|the team|everyone)(?: \w+ly| had| first)? (?:thought|suspected|believed|assumed|feared)(?: that)? (?:it|this|they|these)\b",
    ),
    (Side::After, 2, r"\b(?:concerns?|worry|worries|fears?|rumou?rs?) (?:that|about|of) "),
    (Side::After, 2, r"(?:^|[:.;–—-] ?)considered (?:an? |the (?:possibility|chance) (?:of|that) )"),
    (Side::Before, 2, r"\b(?:was|were) (?:also |briefly |then )?considered(?:[.,;:]| -| –| —| but|\W*$)"),
    (
        Side::Before,
        3,
        r"\b(?:was|were|is|are|got)(?: \w+ly| first| then| at first)? (?:doubted|feared|mistrusted|under suspicion|held responsible|singled out)\b",
    ),
    (Side::Before, 2, r"\b(?:feared|doubted)(?:[.,;:!)]| -| –| —|\W*$)"),
    (
        Side::Before,
        3,
        r"\b(?:examined|considered|checked|investigated|looked at|reviewed|named|cited|mentioned|listed|discussed|proposed|suggested|put forward|floated|brought up|treated|regarded|seen) as (?:the|a|an|one) (?:\w+ )?(?:possible|potential|likely|probable|plausible|main|prime|first) (?:root )?(?:cause|reason|culprit|suspect|source|explanation|candidate|factor)\b",
    ),
    (
        Side::After,
        3,
        r"\b(?:came|comes|springs|sprang|jumped|popped) (?:in)?to (?:my |our |his |her |their |everyone's |everybody's )?(?:mind|head|heads|minds)(?: first)?(?: was| is| were|:|,) ",
    ),
    (
        Side::After,
        2,
        r"\b(?:looks?|looked|seems?|seemed|appears?|appeared|feels?|felt|sounds?|sounded) (?:as if|as though|like) (?:an?|the|our|some|all|one of) ",
    ),
    (
        Side::Within,
        2,
        r"\b(?:mentioned|remembered|recalled|remarked|reminded (?:us|everyone)|pointed out) (?:that )?(?P<x>(?:[\w'/.-]+ ){1,6}?)(?:had|has|have|was|were) (?:had )?(?:\w+ )?(?:problems?|issues?|trouble|outages?|flaky|unstable|unreliable|hiccups?|faults?|maintenance)\b",
    ),
    (Side::After, 3, r"\bdoubts? (?:about|on|over|regarding|of|as to|concerning|around) "),
    (
        Side::After,
        3,
        r"\b(?:(?:put|puts) (?:it|this|that|them|everything) down to|chalk(?:ed|s)? (?:it|this|that|them|everything) up to|pin(?:ned|s)? (?:it|this|that|everything) on|(?:attributed|ascribed|attributes) (?:it|this|that|them) to|wr[io]tes? (?:it|this|that) off as) ",
    ),
    (
        Side::After,
        2,
        r", (?:first |initially |at first |wrongly )?(?:attributed|put down|chalked up|ascribed) to ",
    ),
    (
        Side::Deed,
        3,
        r"\bin the (?:\w+ )?(?:belief|assumption|opinion|conviction) that (?:it|they|this|that|these)\b",
    ),
    (
        Side::After,
        3,
        r"\b(?:in|under) the (?:\w+ )?(?:belief|assumption|opinion|conviction) that (?:an? |the |our )",
    ),
    (
        Side::After,
        2,
        r"(?:^|[.;:,(–—\x22“] ?)(?:surely|certainly|obviously|no doubt)(?: it's| it is| this is| that's)? (?:an?|the|some|our|my|another|just) ",
    ),
    (
        Side::Within,
        2,
        r"\b(?:could|can|might|may|would|is|was|were|are) (?P<x>(?:the |our |a |an |my )?[\w'/.-]+(?: [\w'/.-]+){0,3}?)(?: also| really| again)?(?: be)? (?:the |to )?(?:\w+ )?(?:guilty(?: one)?|culprit|cause|reason|problem|blame|behind (?:it|this|that)|responsible|at fault|involved|overloaded)\W*\?",
    ),
    (
        Side::After,
        3,
        r"\b(?:there (?:is|was)|sees?|saw) (?:a|the|some) (?:possibility|chance|risk|suspicion|likelihood|fear) (?:that|of) ",
    ),
    (Side::After, 3, r"\b(?:unclear|unknown|unsure|uncertain|undecided)(?: still)?[:,]? (?:whether|if) "),
    (Side::After, 2, r"\b(?:must|has to|had to|can only|could only) be (?:the|an?|our|his|her|their) "),
    (
        Side::After,
        2,
        r"\b(?:has|have|had)(?: \w+ly| first)? (?:think|thought|suspect|assume|believe|guess|supposed?|presumed)(?: that| about| of| at| in)? ",
    ),
    (
        Side::After,
        2,
        r"\b(?:thought|thinks?) in (?:(?:an? |the )?(?:problem|issue|fault|error)s? (?:of|in|with|on) )?",
    ),
    (
        Side::Within,
        2,
        r"\b(?:raised|suggested|proposed|floated|ventured|speculated|supposed|hinted|argued|claimed|remarked) (?:that|whether|if) (?P<x>(?:[\w'/.-]+ ){1,7}?)(?:could|might|may) ",
    ),
    (Side::After, 3, r"\bblamed on (?:the |an? |our )?"),
    (
        Side::After,
        2,
        r"\b(?:looks?|looked|seems?|seemed|smells?|smelled|sounds?|sounded|feels?|appears?|appeared) (?:like|to be) (?:an?|some|another|yet another) ",
    ),
    (
        Side::Within,
        2,
        r"\b(?:looks?|looked|seems?|seemed|appears?|appeared|might be|may be|could be)(?: to be)? (?P<x>[\w-]+)[ -]related\b",
    ),
    (
        Side::After,
        3,
        r"\b(?:theories|hypotheses|ideas|suspects|suspicions|possibilities|candidates|explanations|guesses)(?: (?:were|was|that|we|had|considered|discussed|examined|investigated|looked|at|on|the|table|list|so|far|to|begin|with))*: ",
    ),
    (
        Side::Before,
        3,
        r"\b(?:cannot|can't|could not|couldn't|can not)(?: yet| fully| completely| entirely)? be (?:fully |completely |entirely )?(?:excluded|ruled out|dismissed|disproved|discounted)\b|\b(?:not|never|n't)(?: yet| fully| completely| been)+ (?:excluded|ruled out|dismissed|disproved)\b",
    ),
    (
        Side::After,
        2,
        r"(?:[,;:(–—-]|\.) ?(?:perhaps|maybe|possibly|presumably) (?:because |due to |it was |it is |it's )?",
    ),
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
        r"\b(?:was|were|is|are|been|being|became)(?: (?:initially|first|then|briefly|also|immediately))? (?:suspected|blamed|accused|questioned|under suspicion|in the frame|(?:the|our|my) (?:prime|main|first|initial|usual|obvious|next|chief|top|likely) (?:suspects?|culprits?|candidates?|guess|thought|idea|theory|hypothesis|assumption|suspicion|bet))",
    ),
    (
        Side::Before,
        3,
        r"\b(?:suspected|blamed|accused)(?: (?:at first|first|initially|again|early|immediately|next|briefly|too))?(?:[.,;:!)]| -| –| —|\W*$)",
    ),
    (
        Side::After,
        3,
        r"(?:^|[.;:,(–—-] ?|\b(?:our|my|his|her|their|the|a|next|first|second|third|another|new|working|wild|old|main|early|initial|one|other|best|favourite|favorite) )(?:\w+ )?(?:theory|hypothesis|hypotheses|suspects?|suspicion|guess|lead|idea|candidate|bet|hunch|assumption|gut feeling|instinct|possibility|thought|belief|diagnosis|explanation)(?: (?:#|no\.? ?)?(?:\d+|[a-e]|one|two|three))?(?: (?:of the (?:moment|day|hour|night|team|week)|(?:by|from) \w+))?(?: (?:regarding|about|on|for|as to|of) (?:the |its |this )?(?:root |\w+ )?(?:cause|problem|issue|outage|failure|errors?|reason))?(?::| -| –| —|,? (?:was|is|were|became|being|had been|went to|fell on|turned to)(?: that)?(?: (?:it|this|one of) (?:was|is|might be|could be)?)?) ",
    ),
    (
        Side::After,
        3,
        r"\b(?:bet(?:ting)?|money|eyes|fingers?|suspicions?|blame|attention)(?: (?:was|were|is|are|first|soon|all|initially|immediately|naturally))* (?:on|pointed (?:at|to)|fell (?:on|upon)|turned to|landed on|went to|pointing (?:at|to)) ",
    ),
    (
        Side::After,
        3,
        r"\b(?:convinced|certain|sure|suspicious|afraid|under the impression|persuaded|confident)(?: that| of)? ",
    ),
    (
        Side::After,
        3,
        r"\b(?:thinks?|th?ough?t|thinking|wondered|wonders|wondering|speculated|speculates)(?: first| initially| at first)? (?:of|to|about|it (?:is|was|were)|on|that it (?:is|was)) ",
    ),
    (
        Side::After,
        2,
        r"\b(?:i|we|they|he|she|everybody|everyone|somebody|people|all) (?:(?:first|initially|all|also|briefly|then|still|now|wrongly|at first) )*(?:think|guess|suspect|believe|reckon(?:ed)?|bet|assume|fear|imagined?|presumed?|supposed?|expected|blamed?|tought|feared|guessed|conjectured|surmised)(?: that)?(?: (?:it|this|the (?:issue|problem|cause)) (?:is|was|might be|could be|may be))? ",
    ),
    (
        Side::After,
        2,
        r"\b(?:unclear|unknown|uncertain|not (?:yet )?(?:clear|known|sure|certain|proven)|open question|remains to be seen|cannot say|can't say|asked ourselves|wondered|wonder|wondering|check(?:ed|ing)?|question(?:ed)?) (?:whether|if) ",
    ),
    (
        Side::After,
        3,
        r"\b(?:likely|probable|plausible|possible|suspected|presumed|prime|obvious|apparent|supposed|alleged|potential)(?: (?:root|initial|first))? (?:causes?|culprits?|reasons?|explanations?|suspects?|candidates?)(?: of \w+)?(?: found| identified| spotted| named)?(?: is| was| were| are|:| -) ",
    ),
    (
        Side::Within,
        2,
        r"^\W*(?:is (?:it|this) |was (?:it|this) |and |or |so |the |maybe )*(?P<x>[\w'/.-]+(?: [\w'/.-]+){0,4}?)(?: again| after all| maybe)? ?\?\W*$",
    ),
    (
        Side::After,
        2,
        r"(?:^|[.:,;(–—-] ?)(?:could|might|may|must)(?: also| well| just| only)? be(?: due to| caused by| related to| because of| down to| in)? ",
    ),
    (
        Side::After,
        2,
        r"\b(?:probably|presumably|possibly|likely|perhaps|supposedly|apparently|maybe) (?:due to|caused by|because of|related to|from|down to|triggered by|the result of) ",
    ),
    (
        Side::Before,
        2,
        r"\b(?:might|may|could|must) (?:have (?:been|caused|triggered)|be) (?:the |to |a |our |it\b|this\b|behind)(?:the |root )?(?:cause|culprit|reason|problem|issue|blame|source)?",
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
        r"\b(?:guess|hypothesis|theory|assumption|thought|suspicion|idea|belief|diagnosis|hunch|speculation|reaction|feeling|fear)(?: (?:was|is|of|that|were|involved|pointed (?:to|at)|there|it|might be|could be|centered on|centred on))*(?:: ?| - | – | — | )",
    ),
    (
        Side::After,
        3,
        r"\b(?:initially|first|at first|originally|briefly|early on|immediately|then|soon|we|team|engineers?|everyone|troops|responders|they|and|also)(?: \w+ly)? (?:thought|believed|assumed|suspected|blamed|considered|theorized|theorised|hypothesized|hypothesised|speculated|figured|guessed|feared|wondered)(?: that| if| whether| about)?(?: (?:it|this|the (?:issue|problem|cause|outage)) (?:was|is|might be|could be|might have been|must be|had to be|to be|were))?(?: (?:due to|caused by|related to|with|in|just|because of))*\b",
    ),
    (
        Side::After,
        2,
        r"\b(?:initially|at first|first|originally|early|initial(?: \w+)?)(?:,? [\w'-]+){0,4}? (?:looked (?:at|into)|examined|inspected|checked|reviewed|debugged|focus(?:s?ed)?(?: was)?(?: \w+ly)?(?: on)?|pointed (?:to|at)|attributed (?:\w+ ){0,3}to|investigated|looked like|appeared to be|seemed (?:like|to be)|concentrated on|targeted|centered on|centred on)\b",
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
