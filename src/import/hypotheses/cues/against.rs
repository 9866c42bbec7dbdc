//! The words that acquit, that give a suspicion up, and that say that what was done was in vain.

use super::{Row, Side};

/// Words that acquit.
pub(super) const ACQUITTING: &[Row] = &[
    (
        Side::After,
        3,
        r"\b(?:wrong|mistaken|unfair|a mistake|unjust|too quick|too fast|hasty) to (?:suspect|blame|accuse|assume|think|believe|point at|look at|focus on)(?: that| it was)? ",
    ),
    (
        Side::After,
        3,
        r"\b(?:led astray|misled|fooled|thrown off|distracted|sidetracked|deceived|sent (?:\w+ )?(?:in|down) the wrong \w+)(?: at first| initially| for \w+ \w+)? by ",
    ),
    (
        Side::After,
        2,
        r"\b(?:it|this|that)(?: is| was|'s) (?:probably|likely|surely|certainly|apparently|clearly|definitely|obviously|most likely) not (?:an? |the |our |her |his )?",
    ),
    (
        Side::Before,
        2,
        r"\b(?:is|are|was|were|came back|came out) without (?:any )?(?:findings?|errors?|issues?|problems?|faults?|damage|anomal\w+)\b",
    ),
    (
        Side::After,
        2,
        r"(?:^|[.;:,(–—>→-] ?)(?:(?:so|but|and|ok|okay|well|clearly|definitely|therefore|thus|hence|apparently|again|probably|surely|turns out),? )*not (?:a|an|the|our|due to|caused by|because of|related to) ",
    ),
    (
        Side::Before,
        3,
        r"\bnot (?:really )?(?:the|a|an|our) (?:\w+ )?(?:cause|culprit|bottleneck|problem|issue|reason|source|trigger|offender|suspect|villain)\b",
    ),
    (
        Side::Within,
        1,
        r"\bno (?P<x>[\w-]+(?: [\w-]+){0,2}?)(?:\W*$|[.,;:)(]| (?:at all|either|here|there|found|seen|in|on)\b)",
    ),
    (
        Side::Vain,
        2,
        r"\b(?:neither|none|both|nothing)(?: \w+){0,3}? (?:held|fit|fitted|matched|stood|panned out|was it|were it|checked out|proved (?:to be )?(?:wrong|unrelated|right|true|false))\b",
    ),
    (
        Side::Before,
        3,
        r"\b(?:den(?:y|ies|ied)|disputes?|disputed) (?:having )?(?:any|all) (?:\w+ )?(?:problems?|issues?|faults?|outages?|responsibility)\b",
    ),
    (Side::Within, 2, r"(?:\b(?:so|therefore|hence|thus|means)|[>→]) no (?P<x>[\w-]+(?: [\w-]+){0,2})\W*$"),
    (
        Side::After,
        3,
        r"\b(?:mistook (?:it|this|that|them|the [\w ]{2,30}?) for|mistaken for|(?:misdiagnosed|misread|misinterpreted|misunderstood|misclassified)(?: (?:it|this|\w+ly))? as|misattributed(?: (?:it|this))? to)\b",
    ),
    (
        Side::After,
        3,
        r"\b(?:rabbit holes?|goose chase|dead end|red herring|blind alley|false (?:lead|trail|alarm)|wrong (?:track|path|turn)|distraction)s?(?: of| with| about| around| regarding| called| named| in the form of|:| -| –| —| was| were) ",
    ),
    (
        Side::Within,
        3,
        r"\b(?:cleared|acquitted|absolved|exonerated) (?P<x>\w[^.,;:]{1,50}?) (?:of (?:any|all|suspicion|blame|guilt|wrongdoing|fault|the charge|being)|as (?:an? |the ))",
    ),
    (
        Side::Within,
        3,
        r"\b(?:suspicions?|case|evidence) against (?P<x>\w[^.,;:]{1,50}?) (?:did|does|was|were|fell|falls|could|evaporated|is)\b",
    ),
    (
        Side::Before,
        3,
        r"\b(?:excluded|eliminated|dismissed|discounted|discarded|refuted|disproved|cleared|exonerated) (?:by|after|because|since|via|with)\b|\b(?:theory|hypothesis|idea|suspicion|explanation|guess)(?: \w+)? (?:falls apart|fell apart|(?:did not|didn't|does not|doesn't) (?:hold|stand up|add up))\b|\b(?:that|which) (?:did not|didn't|never) (?:exist|existed|happened?)(?:[.,;:)]|\W*$)",
    ),
    (
        Side::Before,
        2,
        r"\b(?:metrics|usage|utili[sz]ation|graphs?|dashboards?|connections?|queries|stats|statistics|health|load|levels?|performance|counters|consumption|resources)(?: (?:was|were|is|are|all|still|also|both|looked|looks?|seemed|seems?|appeared|stayed|remained|came back|to be))* {WELL}",
    ),
    (Side::Before, 2, r"\b(?:looked|looks|seemed|seems|appeared|appears|checked out)(?: to be)? {WELL}"),
    (
        Side::Before,
        2,
        r"\b(?:team|support|admins?|provider|vendor|people|dbas?|desk|hoster|carrier)(?: on call)?(?::| -| –| —| sees?| saw| finds?| found| had| has) ?[\x22“]?(?:no(?:thing)?\b|all (?:good|fine|clear|green)|everything (?:is |was |looks? )?(?:ok|okay|fine|good|normal|green))",
    ),
    (
        Side::After,
        2,
        r"\b(?:no|nothing|without)(?: \w+){0,2} (?:faults?|errors?|issues?|problems?|anomal\w+|irregularit\w+|abnormalit\w+|alarms?|unusual|odd|strange|suspicious|abnormal)(?: (?:found|seen|there|either|visible|reported|detected))? (?:in|with|on|at|from|inside) (?:the |our |my |its )?",
    ),
    (
        Side::Within,
        2,
        r"\b(?:confirm(?:s|ed)?|reports?|reported|sees?|saw|found|finds|shows?|showed|detected|observed|there (?:is|was|were))(?: that)?(?: there (?:is|was|were|are))? no (?:signs? of |evidence of |traces? of )?(?P<x>(?:[\w-]+ ){0,2}?(?:loss|attacks?|ddos|congestion|saturation|leaks?|overload|contention|deadlocks?|locks?|throttling|corruption|intrusion|breach|tampering|drops|maintenance|outages?|deployments?|slow queries))\b",
    ),
    (Side::Either, 3, r"\b(?:ruled|ruling|rules?) out\b"),
    (Side::Within, 3, r"\b(?:ruled|ruling|rule) (?P<x>\w[^.,;:]{2,50}?) out\b"),
    (
        Side::Before,
        3,
        r"\b(?:eliminated|excluded|dismissed|discarded|rejected|discounted|exonerated|cleared) as (?:an? |the )?(?:\w+ )?(?:cause|causes|factor|culprit|suspect|source|candidate|possibility)",
    ),
    (
        Side::Before,
        3,
        r"\b(?:exonerated|acquitted|absolved|exculpated|cleared of|ruled-out|crossed off|off the (?:list|table|hook|suspects?)|out of (?:suspicion|the picture|the question)|beyond suspicion|above suspicion|(?:is|was|were|are|be|been|got|so|hence|thus|therefore|now|quickly|soon|then) (?:\w+ly )?(?:therefore |thus |hence |also |then |now )?(?:excluded|discounted|dismissed|disregarded|discarded|eliminated|struck off)\b(?: (?:as|too|again|quickly|then|by|after|because|since|when)\b|\W*$|[.,;:]))",
    ),
    (
        Side::Within,
        3,
        r"\b(?:takes?|took|taking|crosse[ds]|strikes?|struck|scratch(?:ed|es)?|removed?|puts?|lets?|which (?:takes?|puts?)) (?P<x>\w[^.,;:]{1,50}?) off (?:of )?(?:the |our |my |his |her |their )?(?:list|table|hook|board|suspects?)\b",
    ),
    (
        Side::After,
        3,
        r"\b(?:stop(?:ped|s)?|quit|gave up|give up|gives up|ceased) (?:looking (?:at|into)|suspecting|chasing|blaming|investigating|pursuing|considering|debugging|on)\b|\b(?:exonerat(?:es|ing)|acquit(?:s|ting)|moved on from|crossed off|let go of|(?:so|and|we|to|could|can|which|this|that) (?:exclud|discount|eliminat|disprov|refut|debunk|falsif)(?:ed?|es|ied?))\b(?: the (?:idea|theory|hypothesis|possibility|suspicion)(?: of| that)?)?",
    ),
    (
        Side::Before,
        3,
        r"(?:[:–—→>=]| -|\b(?:therefore|thus|hence|so|is|was|are|were|all)) ?(?:(?:is|was|are|were|all|both|so|therefore|thus|hence|also|it's|this is|looks|look) )*(?:ruled out|excluded|exonerated|innocent|blameless|not guilty|unrelated|not related|not (?:the |our |a )?(?:\w+ )?(?:cause|culprit|issue|problem|reason|source|it)|no issues?(?: found| there| here)?|no problems?(?: found| there| here)?|not involved|a red herring|red herring|dismissed|nope|(?:a )?dead end|(?:a )?false (?:lead|alarm)|disproved|disproven|debunked|refuted|eliminated)\W*$",
    ),
    (
        Side::Before,
        3,
        r"(?:[:–—→>=]| -|\b(?:therefore|thus|hence|so)) ?(?:(?:is|was|are|were|both|so|therefore|thus|hence|also|it's|this is) )*(?:discarded|rejected|abandoned|dropped|negative)\W*$",
    ),
    (
        Side::Before,
        2,
        r"(?:[:–—→>=]| -|\b(?:therefore|thus|hence|so)) ?(?:(?:is|was|are|were|all|therefore|thus|hence|also|looks|look|it's) )*(?:ok|okay|fine|healthy|clean|normal|green|in order|nominal|cleared)\W*$",
    ),
    (
        Side::After,
        3,
        r"\b(?:is|was|were|are|'s) (?:clearly |therefore |probably |surely |definitely |certainly |apparently )?(?:unrelated to|not (?:related|due|linked|connected|caused by|coming from|because of)(?: to)?|nothing to do with|has nothing to do with) ",
    ),
    (Side::After, 3, r"\b(?:that|this|it|problem|issue|fault) (?:had|has|have) nothing to do with "),
    (
        Side::After,
        3,
        r"\b(?:wasted|lost|spent|burned|burnt|threw away|sunk) (?:\w+ ){0,6}(?:chasing|debugging|blaming|suspecting|hunting(?: for)?|staring at|barking up|looking for|on (?:the )?wrong (?:\w+)) |\b(?:wasted|burned|burnt|threw away) (?:\w+ ){0,5}(?:on|with|in) ",
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
        r"\b(?:turned|proved|proven|turns) out (?:(?:not to be|to not be) (?:the|an?|our|it|that|involved|related|relevant|responsible|true|guilty|so)\b|(?:not to be|to not be)\W*$|to be (?:an? |the )?(?:fine|healthy|ok|innocent|dead end|red herring|unrelated|false|wrong|irrelevant|distraction|harmless|coincidence|symptom))",
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
        r"\b(?:was|were|is|are|looks?|looked|seems?|seemed) (?:all )?(?:unrelated|innocent|not guilty|irrelevant|an? (?:\w+ )?(?:red herring|dead end|false lead|false trail|wrong turn|distraction|coincidence)|off the hook|cleared of)",
    ),
    (Side::Before, 2, r"\ball[ -]clear\b"),
    (
        Side::Before,
        2,
        r"\b(?:clean bill of health|(?:watertight|airtight|solid|perfect) alibis?|(?:came|come|comes|coming) back (?:clean|negative|empty|normal|fine|ok|okay|green)|checked out fine|came up (?:empty|clean))\b",
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
        r"\b(?:(?:showed|shows|revealed|reported|indicated|showing) (?:nothing|none|neither|no (?:\w+ ){0,2}?(?:signs?|issues?|problems?|errors?|anomal\w+|faults?|abnormal\w*|unusual|suspicious|increase|spikes?|loss|evidence|indications?|irregularit\w+|failures?|changes?|difference|traces?|alarms?|warnings?))|(?:had|has) no (?:\w+ )?(?:issues?|problems?|errors?|anomal\w+|faults?|irregularit\w+|signs))\b",
    ),
    (
        Side::Before,
        2,
        r"\b(?:did not|didn't|had not|hadn't|does not|has not|hasn't) (?:(?:show|reveal|indicate|contain|shown|revealed|have|had) (?:anything|(?:any )?(?:\w+ )?(?:signs?|unusual|abnormal|suspicious|errors?|issues?|problems?|anomal\w+|faults?|evidence|indications?))|(?:introduced?|caused?|changed?) (?:any\b|anything|the\b|this\b|it\b)|(?:explain|changed?)\b)",
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
        r"\b(?:it|this|issue|problem|cause|outage|incident|that)(?:'s not| (?:was|were|is)(?:n't|nt| not))(?: \w+ly)?(?: (?:due to|caused by|related to|because of|in|with))? (?:an? |the |our )?",
    ),
    (Side::After, 3, r"\b(?:was|were|is) (?:unrelated|not related|not due|not linked) to "),
    (
        Side::Before,
        1,
        r"\b(?:was|were|looked|looks|seemed|appeared|is|are|came back|checked out|being)(?: to be)? {WELL}",
    ),
];

/// Words that give a suspicion up.
pub(super) const DROPPED: &[Row] = &[
    (
        Side::Before,
        3,
        r"\b(?:hypothesis|theory|idea|suspicion|assumption|lead|path|track|guess)(?: (?:was|were|is|got|has been|had been|then|quickly|soon|later))* (?:abandoned|discarded|dropped|dismissed|rejected|disproved|disproven|refuted|debunked|invalidated|wrong|incorrect|false|given up)\b",
    ),
    (Side::Before, 3, r"\b(?:disproved|disproven|debunked|refuted|vindicated|acquitted)\b"),
    (
        Side::Witness,
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
        r"\b(?:nothing (?:wrong|unusual|abnormal|suspicious|obvious|amiss|odd|strange|weird|out of the ordinary|found|there|of note|conclusive)|no (?:\w+ )?(?:anomal(?:y|ies)|issues?|problems?|errors?|abnormalities|irregularities|faults?|culprit|smoking gun)(?: there| here)?|all good|all fine|all green|came up empty|f(?:ound|inds?) nothing|sees? nothing|saw nothing|turned up nothing|yielded nothing|inconclusive|no findings?|all (?:looked |was |is )?(?:ok|okay|normal|clean|healthy|in order)|nothing (?:odd|unusual|strange|wrong|suspicious|abnormal|special|weird|bad)?(?: (?:there|here|in there|to see))?)(?: either| too| as well| again| there| here| so far)*\W*$",
    ),
    (
        Side::Vain,
        2,
        r"(?:^|[:,;.–—→>(] ?|- |\b(?:so|but|and|again|then|was|were|got|is) )(?:(?:so|but|that|this|it|they|which|theory|hypothesis|idea|suspicion) )*(?:(?:was|were|is|'s|quickly|soon|then|got) )*(?:ruled out|dismissed|excluded|exonerated|disproved|disproven|debunked|refuted|falsified|not it|not that|not them|not the (?:cause|culprit|reason|problem|issue)|not this|not so|so no|nope(?: again)?|no dice|no luck|no joy|no cigar|innocent|not guilty|unrelated|strike (?:one|two|three))(?: (?:too|again|either|as well|then|quickly|after \w+ minutes))?\W*$",
    ),
    (
        // Alone they give up a suspicion; of a thing they tell what happened to it: "requests were rejected", "the port is wrong".
        Side::Vain,
        2,
        r"(?:^|[:,;.–—→>(] ?|- |\b(?:so|but|and|again|then) )(?:(?:so|but|that|this|it|they|which|theory|hypothesis|idea|suspicion) )*(?:(?:was|were|is|'s|quickly|soon|then|got) )*(?:rejected|discarded|wrong(?: again)?|abandoned|dropped|negative)(?: (?:too|again|either|as well|then|quickly|after \w+ minutes))?\W*$",
    ),
];

/// Words that say that what was done was in vain.
pub(super) const FUTILE: &[Row] = &[
    (
        Side::Deed,
        2,
        r"\b(?:did not|didn't|does not|doesn't|do not|failed to|fails to|could not|couldn't|had not|hadn't|has not|hasn't|have not|haven't)(?: \w+ly| even| really| actually| at all)? (?:help|fix|resolve(?: (?:the|it|this|that|our|any|anything|issues?|problems?|things|matters)\b|[.,;:!)]|\W*$)|solve|improve|change|work|make (?:a|any) difference|alleviate|cure|blink|budge|stop it|do (?:a thing|anything|much|the trick)|have (?:any|an|the) (?:\w+ )?(?:effect|impact)|remedy|bring)",
    ),
    (
        Side::Vain,
        2,
        r"^\W*(?:\w+:? )?(?:but )?(?:it|this|that|they) (?:was|were|is)(?:n't| not)(?: it| that| the case| so)?\W*$",
    ),
    (
        Side::Vain,
        2,
        r"\b(?:to no avail|in vain|without (?:any )?(?:success|effect|luck|improvement|result|change)|(?:had|has|with|but|,|-|–|—|made|brought|saw|there was) ?(?:little or )?no (?:\w+ )?(?:effect|improvement|change|luck|success|difference|relief|avail|impact|result|joy)|^\W*no (?:\w+ )?(?:effect|improvement|change|luck|success|difference|relief|joy|result)|(?:changed|solved|fixed|achieved|brought|helped|did|does|do|cured|gained) (?:us |absolutely |exactly |basically )?nothing\b|to no effect|with(?:out)? (?:zero|little) (?:effect|success|change|improvement)|(?:little|zero) (?:effect|change|improvement|difference)|(?:the )?same (?:\w+ )?(?:errors?|results?|fault|problem|symptoms?|picture|behaviou?r|thing|outcome|story|issue|failure)s?(?: \w+){0,2} (?:afterwards?|after|again|as before|with the|remained|persisted|came back)|(?:still|remained) (?:down|broken|slow|failing|unreachable|the same|unavailable|happening|present|there|stuck|dead)\W*$|didn't this time|did not this time|(?:it|that|this|which) (?:also )?(?:had|has|have) not(?: \w+)? (?:helped|fixed|solved|changed)|not (?:resolving|fixing|helping|solving)|made no difference|no improvement|no change|unsuccessful(?:ly)?|fruitless|(?:but|yet|however),? (?:the )?(?:\w+ )?(?:issues?|problems?|errors?|outage|symptoms?|failures?|latency|timeouts) (?:persisted|continued|remained|did not|came back|returned))",
    ),
    (
        Side::Vain,
        2,
        r"\b(?:dead[ -]end|red herring|wild goose chase|false (?:lead|alarm|trail|start)|rabbit hole|wrong (?:track|path|tree|turn|direction)|blind alley|spoiler: it was(?:n't| not)|(?:a|mythical|pure|costly) distraction|barking up the wrong tree|(?:a|the|only|just|merely) (?:mere )?(?:symptom|consequence|side effect|coincidence|effect)(?: at best| only| rather than| and not|,? not|\W*$)|waste of (?:time|effort|\w+ (?:minutes|hours?))|going nowhere|led nowhere|went nowhere|leads nowhere|only to (?:find|discover|learn|realise|realize)|nope|not the case|no such luck|wasted (?:time|effort|\w+ minutes))\b",
    ),
];
