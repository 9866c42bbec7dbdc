//! How bad it was: with numbers, and not worse than it was.

use super::case::{Case, Hit, Kind, SHOWN};
use super::words::Words;

/// Numbers in words.
const NUMBERS: &[&str] = &[
    "none",
    "nobody",
    "zero",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "dozen",
    "dozens",
    "hundred",
    "hundreds",
    "thousand",
    "thousands",
    "million",
    "millions",
    "half",
    "third",
    "quarter",
    "all",
    "every",
    "everybody",
    "everyone",
    "twice",
    "double",
];

fn has_number(words: &Words<'_>) -> bool {
    words.text.chars().any(char::is_numeric) || (0..words.len()).any(|at| NUMBERS.contains(&words.at(at)))
}

/// Who was affected is said, and nowhere how many.
pub(super) fn without_numbers(case: &Case<'_>) -> Vec<Hit> {
    let impact = &case.incident.impact;
    let told = || case.passages().iter().filter(|passage| passage.kind == Kind::Impact);
    // Without a word on who was affected, that is what is missing.
    if impact.affected.is_empty() || told().any(|passage| has_number(passage.words())) {
        return Vec::new();
    }
    let first = told().next().filter(|passage| case.is_english(passage));
    first
        .map(|passage| {
            let message = "the impact has no number: how many, how much, for how long?";
            let hit = Hit::new("impact", message, "/affected ");
            hit.within(passage.raw)
        })
        .into_iter()
        .collect()
}

/// What says that not all of it was gone.
const PARTIAL: &[&str] = &[
    "degraded",
    "degradation",
    "partial",
    "partially",
    "slow",
    "slower",
    "slowed",
    "slowly",
    "intermittent",
    "intermittently",
    "some",
    "most",
];

/// Words before "outage" that make it a small one, or none.
const LESSENED: &[&str] =
    &["partial", "no", "not", "minor", "regional", "zonal", "near", "upstream", "provider", "vendor"];

/// "Outage" where not everybody was without it. The nouns after it make it a name: the outage page.
pub(super) fn outage_in_part(case: &Case<'_>) -> Vec<Hit> {
    let affected = &case.incident.impact.affected;
    let shares = affected.iter().filter_map(|a| Some((a.percent?.0, a.of.as_ref()?)));
    let partly = if let Some((most, whom)) = shares.max_by(|a, b| a.0.total_cmp(&b.0)) {
        (most < 100.0).then(|| format!("{most} % of {} were affected", whom.for_term().cut(SHOWN)))
    } else {
        let told = case.english(&[Kind::Impact]).find_map(|passage| {
            let words = passage.words();
            (0..words.len())
                .find(|at| PARTIAL.contains(&words.at(*at)))
                .map(|at| passage.shown(&words.span(at)))
        });
        told.map(|word| format!("the impact is told as \"{word}\""))
    };
    let Some(partly) = partly else { return Vec::new() };
    case.english(&[Kind::Title, Kind::Summary, Kind::Impact])
        .filter_map(|passage| {
            let words = passage.words();
            let at = (0..words.len()).find(|at| says_outage(words, *at, passage.kind))?;
            let message =
                format!("\"outage\" says that all was down, but {partly}: call it a degradation, or partial");
            Some(passage.hit(words.span(at), message))
        })
        .collect()
}

/// Whether a word says that all was down. In a title "outage of" and "outage for" tell of what this is about; elsewhere
/// perhaps of something else that had one.
fn says_outage(words: &Words<'_>, at: usize, kind: Kind) -> bool {
    let outage = matches!(words.at(at), "outage" | "outages");
    let lessened = words.before_is(at, 3, |word| LESSENED.contains(&word) || PARTIAL.contains(&word));
    let of_another = match words.next(at) {
        "page" | "channel" => true,
        "for" | "of" => kind != Kind::Title || (2..5).any(|nth| LESSENED.contains(&words.at(at + nth))),
        _ => false,
    };
    outage && !lessened && !of_another
}
