//! Lines to blocks: which lines are headings, items and rows, and under what they stand.

use warroom::import::document::{Document, Kind, label, links, plain, plain_from};

fn read(text: &str) -> Document {
    Document::read(&text.lines().map(str::to_owned).collect::<Vec<_>>())
}

/// Each block in short: `#1 text`, `- text`, `| a | b`, `text`.
fn blocks(text: &str) -> Vec<String> {
    let short = |block: &warroom::import::document::Block| {
        let inset = " ".repeat(usize::from(block.depth));
        match &block.kind {
            Kind::Heading(level) => format!("#{level} {}", block.text),
            Kind::Item { ordered: Some(number) } => format!("{inset}{number}. {}", block.text),
            Kind::Item { ordered: None } => format!("{inset}- {}", block.text),
            Kind::Row { header, .. } => format!("{} {}", if *header { "||" } else { "|" }, block.text),
            Kind::Code => format!("` {}", block.text),
            Kind::Comment => format!("! {}", block.text),
            Kind::Meta { key } => format!("{key}= {}", block.text),
            Kind::Rule => "---".into(),
            Kind::Line => format!("{inset}{}", block.text),
        }
    };
    read(text).blocks.iter().map(short).collect()
}

#[test]
fn lines_that_stand_as_headings_are_headings() {
    for (line, level) in [
        ("## Timeline", 2),
        ("##Timeline ##", 2),
        ("#Issue Summary:", 1),
        ("**Timeline:**", 7),
        ("**Timeline**:", 7),
        ("__Lessons learned__", 7),
        ("Timeline:", 7),
        ("Timeline", 7),
        ("Impact:", 8),
        ("*POSTMORTEM*", 8),
        ("WHAT BROKE", 8),
        ("1. Timeline", 7),
        ("<h3>Timeline</h3>", 3),
    ] {
        let document = read(line);
        assert_eq!(document.blocks[0].kind, Kind::Heading(level), "{line}");
    }
    for line in [
        "#1234 is the ticket",
        "It broke.",
        "10:00 AM:",
        "**10:00 AM**",
        "the team did this and that and then more:",
        "- Impact: none",
    ] {
        assert!(!matches!(read(line).blocks[0].kind, Kind::Heading(_)), "{line}");
    }
}

#[test]
fn a_rule_under_a_short_line_makes_it_a_heading() {
    assert_eq!(blocks("Disk report\n====\ntext"), ["#1 Disk report", "text"]);
    assert_eq!(blocks("10:00 it ended.\n-----"), ["10:00 it ended.", "---"]);
}

#[test]
fn items_stand_under_one_another() {
    assert_eq!(
        blocks("- a\n  - b\n    on\n- c\n1. one\n   * two\n2. three"),
        ["- a", " - b", "  on", "- c", "1. one", " - two", "2. three"]
    );
    assert_eq!(
        blocks("1. Tests:\n— write\n— run\n2. Reviews:\n— do"),
        ["1. Tests:", " - write", " - run", "2. Reviews:", " - do"]
    );
    assert_eq!(
        blocks("- [x] done\n-glued\n• sign\n10.12:30 PM ok"),
        ["- [x] done", "- glued", "- sign", "10. 12:30 PM ok"]
    );
    assert_eq!(blocks("15.26 compared"), ["15.26 compared"]);
}

#[test]
fn html_is_read_as_what_it_means() {
    assert_eq!(
        blocks("<ol><li>one <b>two</b></li>\n<li>three<ul><li>four</li></ul></li></ol>"),
        ["0. one **two**", "0. three", " - four"]
    );
    assert_eq!(
        blocks("<table><tr><th>a</th><th>b</th></tr>\n<tr>\n<td>1</td>\n<td>2</td>\n</tr></table>"),
        ["|| a | b", "| 1 | 2"]
    );
    assert_eq!(blocks("<p>a<br/>b</p><!-- c\nd -->"), ["a", "b", "! c", "! d"]);
    assert_eq!(blocks("set <service-name> to x < y"), ["set <service-name> to x < y"]);
    assert_eq!(
        links("see ![disk](d.png) and [log](http://x/y_(z)) or https://a.b/c."),
        [
            ("disk".into(), "d.png".into(), true),
            ("log".into(), "http://x/y_(z)".into(), false),
            ("https://a.b/c".into(), "https://a.b/c".into(), false)
        ]
    );
}

#[test]
fn tables_need_no_outer_pipes() {
    assert_eq!(blocks("a | b\n--|--\n1 | 2 \\| 3"), ["|| a | b", "| 1 | 2 | 3"]);
    assert_eq!(blocks("cat x | grep y"), ["cat x | grep y"]);
}

#[test]
fn front_matter_is_no_text() {
    assert_eq!(
        blocks("---\ntitle: \"Disk\"\ndate: 2024-01-02\n---\ntext"),
        ["title= Disk", "date= 2024-01-02", "text"]
    );
    assert_eq!(blocks("---\nJust a rule\n---")[1], "#2 Just a rule");
}

#[test]
fn sections_are_a_tree() {
    let document = read("# A\n## B\ntext\n## C\n### D\nmore");
    let section = document.blocks.last().unwrap().section;
    assert_eq!(document.path(section).collect::<Vec<_>>(), ["D", "C", "A", ""]);
}

#[test]
fn markup_goes_and_words_stay() {
    for (text, wanted) in [
        ("**bold** and *it* and `a_b`", "bold and it and a_b"),
        ("2 * 3 and snake_case ~10:40", "2 * 3 and snake_case ~10:40"),
        ("[log](http://x) &amp; ![pic](p.png)", "log & pic"),
        ("&#x1F6A8; a&nbsp;b &unknown;", "🚨 a b &unknown;"),
        (r"\*not bold\*", "*not bold*"),
        ("run `rm -rf *` now, `a_*b*`, `[x](y)`", "run rm -rf * now, a_*b*, [x](y)"),
        (
            "curl example.com/*.json and *.example.com, glob **/x",
            "curl example.com/*.json and *.example.com, glob **/x",
        ),
        ("/track/* <host> [id] 2*3*4 __init *open", "/track/* <host> [id] 2*3*4 __init *open"),
        ("`open tick, ~5 to ~10, ~~gone~~", "`open tick, ~5 to ~10, gone"),
        ("https://x.example/_a_/*b* *said*", "https://x.example/_a_/*b* said"),
        ("**10:42 **down and ** 11:00** up", "10:42 down and ** 11:00** up"),
        ("Dana&amp;nbsp;W `a &lt; b`", "Dana W a < b"),
    ] {
        assert_eq!(plain(text), wanted);
    }
}

#[test]
fn a_part_reads_its_marks_in_the_whole() {
    for (text, from, wanted) in [
        ("**10:42** *.example.com", 7, "*.example.com"),
        ("**10:42 down**", 7, "down"),
        ("`10:42` a `b*`", 6, "a b*"),
        ("10:42 rm *", 5, "rm *"),
    ] {
        assert_eq!(plain_from(text, from), wanted, "{text}");
    }
}

proptest::proptest! {
    /// Words, marks that open nothing, and code: every character is still there, but the ticks around the code.
    #[test]
    fn what_is_no_markup_survives(pieces in proptest::collection::vec(proptest::sample::select(&[
        "word", "*", "_", "~", "**", "__", "<host>", "[id]", "*.log", "/x/*", "a_b", "<", ">", "[", "(a*b)", "`*_~<i>[x](y)`",
    ][..]), 0..24)) {
        let text = pieces.join(" ");
        proptest::prop_assert_eq!(plain(&text), text.replace('`', ""));
    }

    /// Any text of words and marks keeps its words in their order, and no mark is made up.
    #[test]
    fn words_survive_any_marks(text in "[a-d*_~`<>\\[\\] ]{0,40}") {
        let words = |text: &str| text.chars().filter(|char| char.is_alphabetic()).collect::<String>();
        let marks = |text: &str| text.chars().filter(|char| !char.is_whitespace()).count();
        let said = plain(&text);
        proptest::prop_assert_eq!(words(&said), words(&text));
        proptest::prop_assert!(marks(&said) <= marks(&text));
    }
}

#[test]
fn labels_stand_before_what_they_label() {
    for (text, wanted) in [
        ("**Impact**: all", Some(("Impact", "all"))),
        ("**Impact:** all", Some(("Impact", "all"))),
        ("Impact: all", Some(("Impact", "all"))),
        ("*Impact* - all", Some(("Impact", "all"))),
        ("Impact:", Some(("Impact", ""))),
        ("10:42 it broke", None),
        ("see https://x", None),
        ("It broke. Then: more", None),
    ] {
        let found = label(text);
        assert_eq!(found.as_ref().map(|(name, rest)| (name.as_str(), *rest)), wanted, "{text}");
    }
}
