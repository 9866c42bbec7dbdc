//! Names that are also words: they go only where something beside them says that a person is meant.

/// First names that stand in sentences about something else, and handles that do.
const WORDS: &[&str] = &[
    "ace", "al", "amber", "angel", "april", "art", "ash", "august", "autumn", "baker", "basil", "bill",
    "blue", "brook", "buck", "carol", "cat", "chance", "chase", "chip", "cliff", "clay", "cookie", "cooper",
    "coral", "crystal", "daisy", "dale", "dash", "dawn", "dean", "don", "dot", "drew", "duke", "earl", "ed",
    "eve", "faith", "fern", "ford", "forest", "frank", "gene", "ginger", "glen", "grace", "grant", "guy",
    "harmony", "hazel", "heath", "heather", "holly", "hope", "hunter", "iris", "ivy", "jack", "jade",
    "jasmine", "jean", "jewel", "josh", "joy", "june", "king", "lance", "lane", "lark", "laurel", "lily",
    "link", "major", "mark", "mason", "max", "may", "mercy", "merry", "miles", "moss", "nick", "noble",
    "norm", "olive", "opal", "page", "pat", "patience", "pearl", "peg", "penny", "piper", "poppy", "port",
    "prince", "rain", "ray", "reed", "rich", "rob", "robin", "rock", "rocky", "rod", "root", "rose", "royal",
    "ruby", "rusty", "sage", "sandy", "scarlet", "skip", "sky", "star", "stew", "stone", "storm", "sue",
    "summer", "sunny", "tab", "ted", "trace", "trip", "van", "victor", "violet", "ward", "will", "willow",
    "winter", "wren",
];

/// What a role is called, and what some enter as their own name.
const ROLES: &[&str] = &[
    "comms",
    "commander",
    "communications",
    "deputy",
    "lead",
    "leader",
    "liaison",
    "manager",
    "observer",
    "oncall",
    "operations",
    "operator",
    "ops",
    "planning",
    "responder",
    "scribe",
    "support",
];

/// Words that are written with a capital for another reason than being somebody's name.
const CAPITALS: &[&str] = &[
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "january",
    "february",
    "march",
    "july",
    "september",
    "october",
    "november",
    "december",
    "please",
    "thanks",
    "ok",
    "the",
    "this",
    "that",
    "then",
    "there",
    "also",
    "and",
    "but",
    "now",
    "not",
    "can",
    "could",
    "should",
    "would",
    "with",
    "from",
    "is",
    "are",
    "was",
    "has",
    "had",
    "did",
    "does",
    "see",
    "same",
    "still",
    "team",
    "english",
];

/// Whether a name, in small letters, is also a word of a sentence.
pub(super) fn is_word(name: &str) -> bool {
    WORDS.contains(&name) || ROLES.contains(&name)
}

/// Whether a word, in small letters, says nothing about a person where it stands behind a first name with a capital.
pub(super) fn is_no_surname(word: &str) -> bool {
    CAPITALS.contains(&word) || is_word(word)
}
