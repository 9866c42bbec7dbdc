//! Rows 84–91: text in a report is text, in every field, whoever reads it.

use warroom::export::{Outline, markdown};

use crate::fidelity::means_what_was_typed;
use crate::filled::whole;
use crate::pictures::without_code;
use crate::support::House;

/// The report of an incident with this text in every field; it is read as it was typed.
#[track_caller]
fn report(text: &str) -> String {
    let incident = whole(&mut || text.to_owned());
    means_what_was_typed(&incident);
    markdown::render(&Outline::of(&incident))
}

#[test]
fn row_84_html() {
    for text in
        ["<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "a<b>c", "<!DOCTYPE x>", "<?x?>"]
    {
        let report = without_code(&report(text));
        assert!(!report.contains(['<']), "{report}");
        assert!(report.contains("&lt;"), "{report}");
    }
}

#[test]
fn row_85_links_that_run() {
    for text in [
        "[x](javascript:alert(1))",
        "[x](JaVa\tScript:alert(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "[x](vbscript:x)",
        "javascript:alert(1)",
        "data:text/html,x",
        "[x]: javascript:alert(1)",
    ] {
        let report = without_code(&report(text));
        // The one picture is ours.
        let report = report.replace("](attachments/", "");
        assert!(!report.replace("\\](", "").contains("]("), "{report}");
    }
}

#[test]
fn row_86_pictures() {
    for text in ["![](http://evil.example/p.png)", "![x][1]\n\n[1]: http://evil.example/p.png", "!"] {
        let report = without_code(&report(text));
        assert_eq!(report.matches("![").count(), 1, "one is ours: {report}");
    }
}

#[test]
fn row_87_fences() {
    for text in
        ["```", "~~~", "```sh\nrm -rf /\n```", "~~~~\nx", "a `b`` c", "`", "    indented", "\tindented"]
    {
        report(text);
    }
}

#[test]
fn row_88_blocks() {
    for text in [
        "# fake heading",
        "---",
        "***",
        "___",
        "| a | b |\n|---|---|\n| 1 | 2 |",
        "1. ",
        "1) x",
        "- x",
        "+ x",
        "* x",
        "fake heading\n===",
        "fake heading\n---",
        "> quote",
        "- [ ] todo",
        "x\n\n# fake heading",
    ] {
        report(text);
    }
}

#[test]
fn row_89_ends_of_html() {
    for text in ["</details>", "<!--", "-->", "]]>", "<![CDATA[", "<!-- x\n\n-->"] {
        let report = without_code(&report(text));
        assert!(!report.contains(['<']), "{report}");
    }
}

#[test]
fn row_90_what_would_call_somebody() {
    for (text, written) in [
        ("@channel", "`@channel`"),
        ("<!here>", "&lt;!here&gt;"),
        ("@octocat", "`@octocat`"),
        ("#1", "`#1`"),
        ("GH-12", "`GH-12`"),
        ("shop/cart#12", "shop/cart`#12`"),
        ("@org/team", "`@org/team`"),
        (":tada:", "`:tada:`"),
    ] {
        let report = report(text);
        assert!(report.contains(&format!("— {written}\n")), "{written} is not in {report}");
    }
}

#[test]
fn row_91_front_matter() {
    for text in ["---\ntitle: x\n---", "+++\ntitle = 1\n+++", "---\ntitle:", "---"] {
        let report = report(text);
        assert!(report.starts_with("# "), "{report}");
    }
    // As the first entry, and as the title: through the program.
    let house = House::new();
    house.done(&["new", "--detach", "--", "---"]);
    let logged = house.fed(&["log"], "---\ntitle: x\n---\n");
    assert!(logged.status.success());
    let report = house.done(&["export"]);
    assert!(report.starts_with("# \\---\n\n## Issue Summary\n"), "{report}");
    let read = crate::fidelity::in_pulldown(&report);
    assert!(read.others.is_empty(), "{:?} in {report}", read.others);
}
