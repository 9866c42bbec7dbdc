//! Hostile documents: none panics, none loses a word, none takes more than its length.

use std::collections::HashSet;
use std::time::Instant;

use proptest::prelude::*;
use warroom::import;

/// Seconds to read a document that is made of so many pieces.
fn seconds(document: &str) -> f64 {
    let begin = Instant::now();
    import::read(document.as_bytes(), "x.md").unwrap();
    begin.elapsed().as_secs_f64()
}

/// Eight times the text takes about eight times as long; a quadratic reader would take sixty-four times. One quiet moment of
/// five is enough to see it.
fn is_linear(name: &str, of: impl Fn(usize) -> String, small: usize) {
    let (short, long) = (of(small), of(small * 8));
    seconds(&short);
    let ratio = || seconds(&long) / seconds(&short).max(0.05);
    assert!((0..5).any(|_| ratio() < 32.0), "{name}: eight times the text takes over 32 times as long");
}

#[test]
fn row_97_long_lines_many_headings_nul_and_utf_16_take_linear_time() {
    is_linear("one line", |n| "down at 10:00 and ".repeat(n), 500);
    is_linear("headings", |n| "## Timeline\n".repeat(n), 500);
    is_linear("rows", |n| "- 10:00 UTC: it broke\n".repeat(n), 200);
    is_linear(
        "rows in a fence",
        |n| format!("## Timeline\n```\n{}```\n", "10:00 UTC: it broke\n".repeat(n)),
        200,
    );
    is_linear("rows of a table", |n| format!("|Time|What|\n|-|-|\n{}", "|10:00|it broke|\n".repeat(n)), 200);
    is_linear("a story", |n| "At 10:00 it broke, and at 10:10 it did not. ".repeat(n), 200);
    is_linear("emphasis by lines", |n| "_a_b_ 10:00_ ".repeat(n), 500);
    is_linear("conjunctions", |n| "and then ".repeat(n) + "at 10:00 it broke", 1_000);
    is_linear("NUL", |n| "a\0b\r\n".repeat(n), 500);
    let wide: Vec<u8> =
        "# Timeline\r\n10:00 a\r\n".repeat(50).encode_utf16().flat_map(u16::to_le_bytes).collect();
    import::read(&wide, "x.md").unwrap();
}

#[test]
fn row_98_deep_nesting_and_open_brackets_take_linear_time() {
    is_linear("quotations", |n| "> ".repeat(n) + "10:00 UTC: a", 1_000);
    is_linear("brackets", |n| "[".repeat(n), 1_000);
    is_linear("tags", |n| "<b \"".repeat(n) + ">", 500);
    is_linear("comments", |n| "<!--".repeat(n), 500);
    is_linear("items", |n| (0..n).map(|at| " ".repeat(at % 300) + "- 10:00 a\n").collect(), 200);
    is_linear("emphasis", |n| "**a ".repeat(n), 1_000);
}

/// The words of a text, as long as they say something.
fn words(text: &str) -> HashSet<String> {
    text.split(|char: char| !char.is_ascii_alphanumeric())
        .filter(|word| word.len() > 3 && !["Timeline", "Impact", "Notes"].contains(word))
        .map(str::to_lowercase)
        .collect()
}

const LINES: &str = "(- |\\* |1\\. |## |> |\\*\\*|)(10:42 UTC[:-]? |2024-03-12 |Timeline|Impact: |)([a-z]{4,8} ){0,5}(\\[x\\]\\(y\\)|\\||:|)";

/// What people put before, and what may stand in a line: every shape of a row, marks, and what is hostile.
const BEGINS: &str =
    "(|- |\\* |1\\. |a\\) |\\+ |• |> |> > |    |\t|## |### |\\| |<li>|<p>|\\*\\*|_|`|- \\[ \\] )";
const TIMES: &str = "(|10:42 UTC: |10:42 - |\\[10:42\\] ann: |6\\.45\\t|0251 |11:21a |~7 PM |T\\+5 |T\\+1h10: |\\+15 min |Day 2 |12 mars 2024 |2024-03-12 |2024-03-12T10:00:00Z |3/4/24 10:00 |10:40-10:55 |at 10:30 PM |24:00 |next day 00:10 |noon |10h47 |99:99 )";
const WORDS: &str = "(Duration: |Impact: |Status \\| |Time \\| |)([a-z]{4,8} |<b>[a-z]{4,7}</b> |`[a-z]{4,7}` |\u{202e}[a-z]{4,6} |é[a-z]{4,6} |\\*\\*[a-z]{4,6}\\*\\* |, and at 10:50 [a-z]{4,6} [a-z]{4,5} |@[a-z]{4,6} |\\[[a-z]{4,6}\\]\\(https://e\\.org/\\) |&amp; ){0,6}(\\||:|\\.|<br>|</li>|)";

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn no_word_is_lost_of_any_shapes_mixed(
        lines in proptest::collection::vec((BEGINS, TIMES, WORDS, "(\n|\n\n|\n---\n|\n|\n)"), 0..16),
        head in "(## Timeline\n\n|## Summary\n\n|## Impact\n|## Notes\n\n|)",
    ) {
        let body: Vec<String> = lines.iter().map(|(begin, time, words, end)| [&**begin, time, words, end].concat()).collect();
        let body = body.concat();
        let text = format!("# Outage of the title\n\n{head}- 10:00 UTC: begin\n- 11:00 UTC: failed\n\n{body}");
        let reading = import::read(text.as_bytes(), "x.md").unwrap();
        let kept = words(&format!("{reading:?}").replace("\\n", " ").replace("\\t", " "));
        let bare = text.replace("https://e.org/", " ").replace("Duration", " ").replace("Status", " ");
        for word in words(&bare).iter().filter(|word| word.bytes().all(|byte| byte.is_ascii_alphabetic())) {
            prop_assert!(kept.contains(word) || SAID.contains(&word.as_str()), "{word} is lost of {text:?}: {reading:?}");
        }
    }
}

/// Names of parts and of columns, and days, which are not kept in words where they head what is.
const SAID: &[&str] = &["actions", "summary", "impact", "timeline", "time", "status", "title", "mars"];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        import::read(&bytes, "x.md").unwrap();
    }

    #[test]
    fn no_word_is_lost(lines in proptest::collection::vec(LINES, 0..14)) {
        let text = format!("# Title word\n\n## Timeline\n- 10:00 UTC: begin\n- 11:00 UTC: end\n\n## Notes\n{}", lines.join("\n"));
        let reading = import::read(text.as_bytes(), "x.md").unwrap();
        let kept = words(&format!("{reading:?}").replace("\\n", " "));
        for word in words(&text) {
            prop_assert!(kept.contains(&word), "{word} is lost of {text:?}: {reading:?}");
        }
    }
}
