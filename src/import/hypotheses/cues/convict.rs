//! The words that convict.

use super::{Row, Side};

/// Words that convict.
pub(super) const CONVICTING: &[Row] = &[
    (
        Side::Clause,
        3,
        r"^\W*(?:the |our )?(?:cause|reason|culprit) (?:was|is|turned out to be)(?: found)?(?: to be| in| that)? ",
    ),
    (
        Side::Clause,
        3,
        r"\b(?:established|turned out|turns out|transpired|emerged|came to light|worked out|ascertained) that ",
    ),
    (
        Side::After,
        2,
        r"\b(?:confirming|proving|which confirmed|which proved|which showed|showing|meaning)(?: that)? (?:this|it) (?:was|is) (?:an?|the) ",
    ),
    (
        Side::Before,
        3,
        r"\b(?:turned|turns|proved|proven)(?: out)? to be (?:the|our|a) (?:\w+ )?(?:cause|culprit|reason|problem|issue|source|trigger|villain)\b",
    ),
    (
        Side::Clause,
        3,
        r"\b(?:(?:root|actual|real|true|underlying|primary|main|ultimate|exact|technical|direct)[ -](?:causes?|reason|problem|issue|fault|culprit)|culprit|villain|offender|(?:cause|reason|explanation)(?: (?:of|for|behind|why)))(?: (?:of|for|behind|why) (?:[\w'-]+ ){1,6}?| (?:(?:the|this|that|our|these|all|it|was|an|a) )*(?:outage|incident|issue|problem|failures?|errors?|downtime|disruption|slowdown|crash|down|offline)(?: [\w'-]+)?)?(?:(?:,? (?:was|is|were|are|has been|had been|can be|could be|be|identified|found|determined|confirmed|traced|pinpointed|turned out|discovered|established|known|later|finally|eventually|attributed))+(?:,? (?:as|to be|to|back to|with|in|being|down to|due to|that of))*(?::| -| –| —| =)?|:| -| –| —| =)(?: that)? ",
    ),
    (
        Side::Clause,
        3,
        r"^\W*(?:\w+ )?(?:problem|issue|cause|culprit|bug|fault|error|reason|origin|source)s? (?:(?:was|is|has been|finally|now) )*(?:found|identified|located|confirmed|spotted|discovered|established|isolated|pinpointed|diagnosed|understood)(?:[:!.,]| -| –| —)+ (?:that )?",
    ),
    (
        Side::After,
        3,
        r"\b(?:problem|issue|fault|failure|outage|incident|error|bug|cause|leak|origin|source)s? (?:(?:was|is|has been|had been|were|finally|then) )*(?:identified|diagnosed|pinpointed|found|determined|isolated|traced|tracked|narrowed|located|localized|localised)(?: \w+ly)?(?: down| back)? (?:as|to be|to|in|with|within|inside|at|on)(?: being)? ",
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
        r"\b(?:was|were|is) (?:(?:the|our|in fact|indeed|clearly|really|to|only|sole|main|primary|very|one) )*(?:root cause|real cause|actual cause|cause|culprit|to blame|blame|at fault|responsible|guilty|root of (?:it all|the problem|all|the issue|everything)|villain|smoking gun|problem child)\b",
    ),
    (
        Side::Within,
        3,
        r"\b(?:identified|pinpointed|found|confirmed|named|recognized|singled out|determined) (?P<x>\w[^.;:]{3,70}?) (?:as|to be) (?:the |a |an |our )?(?:\w+ )?(?:root )?(?:cause|culprit|reason|source|issue|problem|trigger)",
    ),
    (
        Side::Clause,
        3,
        r"\b(?:found|finds?|got|have|had|located|discovered|spotted|identified)(?: out)? (?:it|the (?:\w+ )?(?:cause|culprit|reason|problem|issue|source|bug|fault|explanation|answer|smoking gun))(?: (?:at last|finally))?(?: (?:of|for|behind) (?:\w+ ?){1,4}?)?(?::| -| –| —|,|\.\.\.|…| \()(?: that)? ?",
    ),
    (
        Side::Before,
        3,
        r"(?:=|→|->|=>|\b(?:is|was|were|are|'s|that's|thats|this is)) ?(?:(?:the|our|a|very|this|that|it) )*(?:(?:actual|real|true|root|very|main) )*(?:reason|cause|culprit|explanation|root|source|origin|problem) (?:for|of|behind) (?:the |this |that |it |our |all )*(?:fault|outage|problem|issue|incident|evil|all|errors?|failures?|trouble|mess|downtime|slowness)",
    ),
    (
        Side::Before,
        2,
        r"(?:[.:;,!–—→(-]|\b(?:this|that|which|so|and|it|there)(?: is| was|'s|s)?) ?(?:(?:the|our|this|that|is|was|it|a) )*(?:bingo|guilty as charged|case closed|cause (?:established|found|confirmed|identified|clear)|caused? (?:it|everything|this all|the (?:outage|incident|problem|issue))|the (?:actual |real |root )?(?:cause|culprit|reason|problem|bug|issue|leak|one)|our (?:cause|culprit|problem|reason|bug|issue|leak|answer|man|guy)|explains (?:everything|it|it all|all|why|the|what)\b.*|smoking gun|there it (?:is|was)|jackpot|eureka|confirmed)(?: (?:here|then|after all|at last))?\W*$",
    ),
    (
        Side::Clause,
        3,
        r"^\W*(?:(?:bingo|found it|got it|jackpot|eureka|that's it|there it is|here it is|there we go|mystery solved|case closed|culprit|(?:root )?cause(?: found)?)[,.!]* ?)+(?:[,:!.]| -| –| —)+ ?(?:that )?",
    ),
    (
        Side::Clause,
        2,
        r"^\W*(?:\w+ )?(?:confirmed|found|gotcha|got you|aha|oh)(?:[,:!.]| -| –| —)+ ?(?:that )?",
    ),
    (
        Side::After,
        2,
        r"\b(?:(?:is|was|were|are|being|be|been) (?:\w+ly )?(?:caused|triggered|provoked) by|comes? (?:only )?from|came from|stems? from|boiled down to|comes down to|came down to|lay in|lies in|lay with|thanks to) ",
    ),
    (
        Side::Either,
        2,
        r"\b(?:identified|identifies|identifying|discovering|finding|realizing|realising|determining|uncovering|pinpointed|isolated|located|uncovered|diagnosed|discovered|discovers|realized|realised|determined|determines|spotted|unearthed|caught)\b(?: (?:and (?:\w+ed)))?(?: that)?",
    ),
    (
        Side::After,
        2,
        r"\b(?:tracked (?:it |this |the \w+ )?down to|diagnosed (?:it |this |the \w+ )?as|narrowed (?:it |this |the \w+ )?down to|tracked down|pinned (?:it |this )?(?:down )?(?:to|on)|nailed (?:it )?(?:down )?to|boils down to|(?:leads?|led|brought|took) us to|zeroed in on|homed in on)\b",
    ),
    (
        Side::Either,
        1,
        r"\b(?:finds? out|found out|figured out|figures out|learned|learnt|find|understood|found|finds|detected|detects|confirmed|confirms|revealed|reveals|showed|shows|noticed|saw|sees|admits|admitted|concluded|verified)\b(?: that)?",
    ),
];
