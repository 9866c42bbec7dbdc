//! Text from outside: what is shown, written and named is safe, and means what was typed.

use proptest::prelude::*;
use warroom::text::{Raw, json, link_target};

use crate::fuzz::targets::text as laws;

fn term(text: &str) -> String {
    Raw::new(text).for_term().to_string()
}

fn md(text: &str) -> String {
    Raw::new(text).for_md().to_string()
}

fn slug(text: &str) -> String {
    Raw::new(text).for_file_name().to_string()
}

// --- the terminal ---

#[test]
fn nothing_acts_on_a_terminal() {
    for (typed, shown) in [
        ("plain, naïve 日本", "plain, naïve 日本"),
        ("\x1b]52;c;ZXZpbA==\x07", "␛]52;c;ZXZpbA==␇"),
        ("\x1b]0;pwned\x07", "␛]0;pwned␇"),
        ("\x1b]8;;file:///etc/passwd\x1b\\click", "␛]8;;file:///etc/passwd␛\\click"),
        ("\x1b[2J\x1b[H$", "␛[2J␛[H$"),
        ("\x1b[?1049l\x1bc\x1b[6n", "␛[?1049l␛c␛[6n"),
        ("\x1bP$q\"p\x1b\\", "␛P$q\"p␛\\"),
        ("\u{9b}31m\u{9d}52;x\u{9c}", "<9B>31m<9D>52;x<9C>"),
        ("safe\rEVIL", "safe␍EVIL"),
        ("rm\x08\x08", "rm␈␈"),
        ("a\0b\x7fc", "a␀b␡c"),
        ("a\u{202e}b\u{2066}c\u{61c}d\u{200f}", "a<202E>b<2066>c<61C>d<200F>"),
        ("pay\u{200b}me\u{feff}nt\u{2060}s\u{200d}!\u{200c}", "payments!"),
        ("x\u{e0041}\u{e0042}y\u{e0043}", "x<E0041>y<E0043>"),
        // a region's flag, and more than one has
        ("🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}!", "🏴!"),
        ("🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e0068}\u{e0069}\u{e007f}!", "🏴<E0069>!"),
        ("a\tb\x0bc\x0cd\u{85}e\u{2028}f\u{2029}", "a    b␋c␌d<85>e<2028>f<2029>"),
        ("\x1b[200~x\x1b[201~", "␛[200~x␛[201~"),
        ("a\nb\r\nc\r\r\n", "a⏎b⏎c␍⏎"),
        ("", ""),
    ] {
        assert_eq!(term(typed), shown, "{typed:?}");
    }
    assert_eq!(term(&"\x07".repeat(1000)), "␇".repeat(1000));
}

#[test]
fn emoji_stay_whole_and_marks_are_counted() {
    for emoji in ["👩‍👩‍👧‍👦", "🧑🏽‍🚒", "❤️‍🔥", "🏳️‍🌈", "🇩🇪", "👍🏿", "1️⃣", "👁️‍🗨️"]
    {
        assert_eq!(term(emoji), emoji);
        assert_eq!(Raw::new(emoji).for_term().width(), 2, "{emoji}");
    }
    // a joiner that joins nothing, or is followed by another
    assert_eq!(term("👩\u{200d}a👩\u{200d}\u{200d}👩"), "👩a👩\u{200d}👩");
    assert_eq!(term("👩\u{200d}"), "👩");
    assert_eq!(term(&format!("e{}x", "\u{301}".repeat(1000))), "e\u{301}\u{301}\u{301}\u{301}x");
    // what is left out between the marks is no new base
    assert_eq!(term("a\u{301}\u{200b}\u{301}\u{301}").chars().count(), 4);
    assert_eq!(term(&format!("a{}", "\u{301}\u{200b}".repeat(9))).chars().count(), 5);
}

#[test]
fn a_text_of_lines_has_a_row_for_each() {
    let rows =
        |text: &str| Raw::new(text).for_term_lines().iter().map(ToString::to_string).collect::<Vec<_>>();
    assert_eq!(rows("a\r\nb\n\nc\rd"), ["a", "b", "", "c␍d"]);
    assert_eq!(rows("a\n"), ["a", ""]);
    assert_eq!(rows(""), [""]);
}

#[test]
fn a_row_is_cut_between_graphemes() {
    let cut = |text: &str, width| Raw::new(text).for_term().cut(width).to_string();
    for (text, width, shown) in [
        ("hello", 5, "hello"),
        ("hello", 4, "hel…"),
        ("hello", 1, "…"),
        ("hello", 0, ""),
        ("", 0, ""),
        ("日本語", 6, "日本語"),
        ("日本語", 5, "日本…"),
        ("日本語", 4, "日…"),
        ("日本語", 1, "…"),
        ("a👩‍👩‍👧‍👦b", 4, "a👩‍👩‍👧‍👦b"),
        ("a👩‍👩‍👧‍👦bc", 3, "a…"),
        ("e\u{301}e\u{301}e\u{301}", 2, "e\u{301}…"),
    ] {
        assert_eq!(cut(text, width), shown, "{text:?} to {width}");
    }
}

#[test]
fn a_row_is_cut_between_words_where_that_leaves_most_of_it() {
    let cut = |text: &str, width| Raw::new(text).for_term().cut_at_word(width).to_string();
    for (text, width, shown) in [
        ("Uploads fail for new accounts", 29, "Uploads fail for new accounts"),
        ("Uploads fail for new accounts", 25, "Uploads fail for new…"),
        ("Uploads fail for new accounts", 21, "Uploads fail for new…"),
        ("Uploads fail for new accounts", 20, "Uploads fail for…"),
        ("a Donaudampfschifffahrt", 12, "a Donaudamp…"),
        ("日本語 日本語", 9, "日本語…"),
        ("", 3, ""),
        ("ab cd", 0, ""),
    ] {
        assert_eq!(cut(text, width), shown, "{text:?} to {width}");
    }
}

#[test]
fn a_row_is_wrapped_at_words() {
    let wrap = |text: &str, width| {
        Raw::new(text).for_term().wrap(width).iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    assert_eq!(wrap("the disk is full", 8), ["the disk", "is full"]);
    assert_eq!(wrap("the  disk", 9), ["the  disk"]);
    assert_eq!(wrap("  in", 6), ["  in"]);
    assert_eq!(wrap("see abcdefghij k", 4), ["see", "abcd", "efgh", "ij k"]);
    assert_eq!(wrap("日本語", 5), ["日本", "語"]);
    assert_eq!(wrap("日本", 1), ["日", "本"]);
    assert_eq!(wrap("ab", 0), ["a", "b"]);
    // one grapheme of three columns
    assert_eq!(wrap("\u{600}0\u{fe0f}", 2), ["\u{600}", "0\u{fe0f}"]);
    assert_eq!(wrap("", 3), [""]);
    assert_eq!(wrap("   ", 2), [""]);
    assert_eq!(Raw::new("x".repeat(100_000)).for_term().wrap(80).len(), 1250);
}

#[test]
fn blank_is_what_nobody_sees() {
    for text in ["", " \t\n", "\u{200b}\u{feff}", "\0\x1b", "\u{202e}", "\u{3164}\u{ad}", "\u{e0041}"] {
        assert!(Raw::new(text).is_blank(), "{text:?}");
    }
    for text in ["a", ".", "\u{200b}x", "👍"] {
        assert!(!Raw::new(text).is_blank(), "{text:?}");
    }
}

// --- HTML, JSON, file names ---

#[test]
fn html_is_text_and_quoted_attribute() {
    for (typed, html) in [
        ("\"><svg onload='x'>", "&quot;&gt;&lt;svg onload=&#39;x&#39;&gt;"),
        ("&lt;", "&amp;lt;"),
        ("a\u{202e}\x1b\nb", "a&lt;202E&gt;␛\nb"),
        ("</details><!-- ]]>", "&lt;/details&gt;&lt;!-- ]]&gt;"),
    ] {
        assert_eq!(Raw::new(typed).for_html().as_str(), html, "{typed:?}");
    }
}

#[test]
fn json_is_escaped_for_a_terminal() {
    let typed = "a\u{9b}31m\u{7f}\u{85}\u{2028}\u{202e}\u{200d}\u{feff}\u{e0041}é";
    let shown = json::printable(serde_json::to_string(typed).unwrap());
    assert_eq!(shown, r#""a\u009b31m\u007f\u0085\u2028\u202e\u200d\ufeff\udb40\udc41é""#);
    assert_eq!(json::printable("{\n  \"a\": \"é\"\n}"), "{\n  \"a\": \"é\"\n}");
}

#[test]
fn what_acts_is_found_wherever_it_stands_in_a_long_json() {
    for acting in ['\u{7f}', '\u{85}', '\u{202e}', '\u{e0041}'] {
        for before in (0..40).chain(230..280).chain(480..530) {
            for plain in ["a", "é"] {
                let typed = format!("{}{acting}{}", plain.repeat(before), plain.repeat(600 - before));
                let shown = json::printable(serde_json::to_string(&typed).unwrap());
                assert!(!shown.contains(acting), "{acting:?} behind {before} times {plain}");
                assert_eq!(serde_json::from_str::<String>(&shown).unwrap(), typed);
            }
        }
    }
}

#[test]
fn a_title_becomes_a_file_name() {
    for (title, name) in [
        ("Payments: 50% of checkouts fail", "payments-50-of-checkouts-fail"),
        ("Crème Brûlée № ２", "creme-brulee-no-2"),
        ("../../etc/cron.d/x", "etc-cron-d-x"),
        ("/etc/passwd", "etc-passwd"),
        ("C:\\x", "c-x"),
        ("\\\\host\\share", "host-share"),
        (".", ""),
        ("..", ""),
        ("", ""),
        ("🔥🔥", ""),
        ("-rf", "rf"),
        ("--help", "help"),
        ("a\nb\0c\x1bd\u{202e}e", "a-b-c-d-e"),
        ("pay\u{200b}ments", "payments"),
        ("CON", "con-x"),
        ("nul", "nul-x"),
        ("Com1.", "com1-x"),
        ("lpt¹", "lpt1-x"),
        ("nul.txt", "nul-txt"),
        ("com10", "com10"),
        ("console", "console"),
        ("İzmir", "izmir"),
    ] {
        assert_eq!(slug(title), name, "{title:?}");
    }
    assert_eq!(slug(&"x".repeat(300)).len(), 60);
    assert_eq!(slug(&"eight-by ".repeat(40)), "eight-by-eight-by-eight-by-eight-by-eight-by-eight-by-eight");
    assert_eq!(slug(&format!("{} end", "x".repeat(60))), "x".repeat(60));
    assert_eq!(slug(&format!("short {}", "x".repeat(80))).len(), 60);
}

// --- Markdown ---

#[test]
fn emoji_names_are_words_wherever_they_stand() {
    for (typed, written) in [
        (":smile:", "`:smile:`"),
        ("a:ok:b", "a`:ok:`b"),
        ("::smile::", ":`:smile:`:"),
        ("12:100:3", "12`:100:`3"),
        (":our-own:", "`:our-own:`"),
        (":octocat:x", "`:octocat:`x"),
        ("https://x.io/:smile:", "`https://x.io/:smile`:"),
        ("host:port:db 3c:22:fb:9a std::fmt::Error", "host:port:db 3c:22:fb:9a std::fmt::Error"),
    ] {
        assert_eq!(md(typed), written, "{typed:?}");
    }
}

#[test]
fn prose_stays_as_typed() {
    for prose in [
        "load-balancer v1.2 (50%), snake_case, $150,000, 12:40, \"quotes\", it's",
        "p99 -> 2.5 s > limit, a < b, 5 * 3 = 15, ~5 min, x=1; y && z",
        "see https://grafana.example.com/d/abc_1?from=1&to=2#panel and ops+call@example.com.",
        "std::fmt::Error at 12:40:33, C:\\Users\\x, fe80::1, +1 and -1, #hash, 100% – done!",
        "2026-03-01 was a Sunday; 1.5 GiB (2.0 - 0.5) {ok}",
        "it is at https://x.io/y",
        "Größe, naïve, 日本_語, 👩‍👩‍👧‍👦",
    ] {
        assert_eq!(md(prose), prose);
    }
}

#[test]
fn what_means_something_is_escaped() {
    for (typed, written) in [
        ("*a* _b_ __init__", "\\*a\\* \\_b\\_ \\_\\_init\\_\\_"),
        ("`x`", "\\`x\\`"),
        ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        ("<img src=x onerror=y>", "&lt;img src=x onerror=y&gt;"),
        ("[x](javascript:alert(1))", "\\[x\\](javascript:alert(1))"),
        ("![](http://evil/p.png)", "!\\[\\](http://evil/p.png)"),
        ("<http://evil>", "&lt;`http://evil`&gt;"),
        ("ftp://x.io/a, XMPP:a@b.c", "`ftp://x.io/a`, `XMPP:a@b.c`"),
        ("https://x.io/*a*, b", "`https://x.io/*a`\\*, b"),
        ("&lt; &#60; AT&T; a&b", "&amp;lt; &amp;`#60`; AT&amp;T; a&b"),
        ("\\* \\n \\", "\\\\\\* \\n \\\\"),
        ("~~gone~~", "\\~\\~gone\\~\\~"),
        ("$1 and $2", "\\$1 and \\$2"),
        ("| a | b |\n|---|:-:|", "\\| a \\| b \\|\\\n\\|---\\|:-:\\|"),
        ("# fake heading", "\\# fake heading"),
        ("a\n---\n===\n:--\n***\n- - -", "a\\\n\\---\\\n\\===\\\n\\:--\\\n\\*\\*\\*\\\n\\- - -"),
        ("---\ntitle: x\n---", "\\---\\\ntitle: x\\\n\\---"),
        ("- a\n+ b\n* c\n1. d\n2) e\n> f", "\\- a\\\n\\+ b\\\n\\* c\\\n1\\. d\\\n2\\) e\\\n&gt; f"),
        ("```sh\n~~~", "\\`\\`\\`sh\\\n\\~\\~\\~"),
        ("    code\n\tcode", "code\\\ncode"),
        ("</details><!-- x -->", "&lt;/details&gt;&lt;!-- x --&gt;"),
        ("]]>", "\\]\\]>"),
        ("[ ] task", "\\[ \\] task"),
        ("@channel <!here> @octocat #1 GH-12", "`@channel` &lt;!here&gt; `@octocat` `#1` `GH-12`"),
        ("ask @org/team, me@x.io; owner/repo#12", "ask `@org/team`, me@x.io; owner/repo`#12`"),
        ("@a#1", "`@a#1`"),
        ("so :smile: now", "so `:smile:` now"),
        ("a\n\n \n\nb  \n  c", "a\\\nb\\\nc"),
        ("see https://x.io/y\nnext", "see https://x.io/y \\\nnext"),
        ("a\x1b[2J\u{202e}b\u{200b}", "a␛\\[2J&lt;202E&gt;b"),
        ("  \n ", ""),
    ] {
        assert_eq!(md(typed), written, "{typed:?}");
    }
}

#[test]
fn only_plain_addresses_become_links() {
    let target = |address: &str| link_target(&Raw::new(address)).map(|target| target.to_string());
    for (address, written) in [
        ("https://example.com/a?b=c&d=e#f", "https://example.com/a?b=c&d=e#f"),
        ("HTTP://x.io", "HTTP://x.io"),
        ("mailto:a@b.c", "mailto:a@b.c"),
        ("https://x.io/a_(b)", "https://x.io/a_%28b%29"),
        ("https://x.io/\\`|&copy;", "https://x.io/%5C%60%7C&amp;copy;"),
    ] {
        assert_eq!(target(address).as_deref(), Some(written));
    }
    for address in [
        "javascript:alert(1)",
        "JaVa\tScript:alert(1)",
        "java\nscript:x",
        "data:text/html,x",
        "vbscript:x",
        "file:///etc/passwd",
        " https://x.io",
        "https://x.io/a b",
        "https://x.io/\x1b",
        "https://x.io/\u{202e}",
        "https://x.io/\u{200b}",
        "https://x.io/<b>",
        "https:x.io",
        "https://",
        "mailto:",
        "x.io",
        "",
    ] {
        assert_eq!(target(address), None, "{address:?}");
    }
}

#[test]
fn following_lines_are_indented() {
    assert_eq!(Raw::new("a\nb\nc").for_md().indented(2).as_str(), "a\\\n  b\\\n  c");
}

/// Text made of what Markdown gives a meaning, in several lines.
fn hostile() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        12 => prop::sample::select(
            "*_`[]<>&~|\\#-+=.!:()$@^{}'\"/;1aZ \n".chars().map(String::from).collect::<Vec<_>>()
        ),
        4 => prop::sample::select(
            vec![
                "\n", "\n\n", "  ", "---", "***", "___", "===", "```", "~~~", "~~", "$$", "1. ", "2) ", "- ", "+ ",
                "* ", "# ", "> ", "| a | b |", "|-|-|", ":--", "--:", "[x](y)", "![](z)", "[^1]", "[^1]: n", "[a]: b",
                "[ ] ", "[x] ", "<b>", "</b>", "<!--", "-->", "<a@b.c>", "<http://x>", "&lt;", "&#60;", "&amp;",
                "https://x.io/a_b", "http://x/*", "www.x.io", "ftp://x", "xmpp:a@b", "a@b.io", "@maria", "@a/b",
                "#12", "GH-3", ":smile:", ":100:", "snake_case", "a__b", "\t", "    ", "\x1b", "\u{202e}", "é", "日",
                "👍", "\u{a0}", "\u{301}", "+++", "\\\\", "[!NOTE]", "title: x",
            ]
            .into_iter()
            .map(String::from)
            .collect::<Vec<_>>()
        ),
        1 => any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

/// Text with many characters that hide, reorder, join or are wide.
fn odd() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => any::<char>(),
        4 => prop::char::range(' ', '~'),
        2 => prop::char::range('\0', '\u{a0}'),
        2 => prop::sample::select(
            "   👩🏽🔥🇩🇪日語\u{200d}\u{200d}\u{200b}\u{feff}\u{301}\u{301}\u{fe0f}\u{202e}\u{2028}\u{e0041}\u{1100}\u{ac00}क\u{94d}ष\u{600}\n\t"
                .chars()
                .collect::<Vec<_>>()
        ),
    ];
    prop::collection::vec(piece, 0..40).prop_map(|chars| chars.into_iter().collect())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(1000) })]

    #[test]
    fn any_row_is_safe(text in odd()) {
        laws::row_is_safe(&text);
    }

    #[test]
    fn any_wrap_keeps_the_text_and_the_width(text in odd(), width in 0_usize..12) {
        laws::wrap_keeps_the_text_and_the_width(&text, width);
    }

    #[test]
    fn any_cut_keeps_the_width(text in odd(), width in 0_usize..12) {
        laws::cut_keeps_the_width(&text, width);
    }

    #[test]
    fn any_json_means_the_same(text in odd()) {
        laws::json_means_the_same(&text);
    }

    #[test]
    fn any_file_name_is_plain(text in prop_oneof![odd(), "[a-zA-Z0-9é ._/-]{0,120}"]) {
        laws::file_name_is_plain(&text);
    }

    #[test]
    fn any_html_is_text(text in odd()) {
        laws::html_is_text(&text);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(3000) })]

    #[test]
    fn any_markdown_means_what_was_typed(text in hostile()) {
        laws::markdown_means_what_was_typed(&text);
    }
}

#[test]
fn one_line_of_markdown_is_good_anywhere() {
    let line = |text: &str| Raw::new(text).for_md_line().to_string();
    assert_eq!(line("up\n\n# not a heading\r\nand on"), "up # not a heading and on");
    assert_eq!((line("z~ q"), line("$5")), ("z\\~ q".into(), "\\$5".into()));
    assert_eq!(line("Room C #"), "Room C \\#");
    assert_eq!(line("# a | b"), "\\# a \\| b");
    assert_eq!(line(" \n "), "");
}
