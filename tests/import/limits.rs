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

/// Eight times the text takes about eight times as long; a quadratic reader would take sixty-four times.
fn is_linear(name: &str, of: impl Fn(usize) -> String, small: usize) {
    let (short, long) = (of(small), of(small * 8));
    seconds(&short);
    let ratio = seconds(&long) / seconds(&short).max(0.05);
    assert!(ratio < 32.0, "{name}: eight times the text took {ratio:.0} times as long");
}

#[test]
fn row_97_long_lines_many_headings_nul_and_utf_16_take_linear_time() {
    is_linear("one line", |n| "down at 10:00 and ".repeat(n), 500);
    is_linear("headings", |n| "## Timeline\n".repeat(n), 500);
    is_linear("rows", |n| "- 10:00 UTC: it broke\n".repeat(n), 200);
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
