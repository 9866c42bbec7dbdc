//! The same with the renderers that teams have: GitHub's own, and pandoc.

use std::io::Write as _;
use std::process::{Command, Stdio};

use proptest::strategy::{Strategy as _, ValueTree as _};
use proptest::test_runner::TestRunner;
use warroom::export::{Outline, markdown};
use warroom::model::Incident;

use super::readers::{Read, in_html, in_pandoc, percent_decoded};
use super::{SNIPPETS, an_incident, assert_same, targets, told};
use crate::filled::whole;

/// How many reports are made up.
const MADE_UP: usize = 200;

/// Incidents with all sorts of text: the same ones each time.
fn incidents() -> Vec<Incident> {
    let mut runner = TestRunner::deterministic();
    let made_up = an_incident();
    let made_up = (0..MADE_UP).map(|_| made_up.new_tree(&mut runner).unwrap().current());
    let snippets = SNIPPETS.iter().map(|snippet| whole(&mut || (*snippet).to_owned()));
    snippets.chain(made_up).collect()
}

/// What a program writes when it is given a text.
pub fn rendered(program: &str, args: &[&str], input: &str) -> String {
    let mut command = Command::new(program);
    command.args(args).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = command.spawn().unwrap_or_else(|e| panic!("{program}: {e}"));
    let (mut stdin, input) = (child.stdin.take().unwrap(), input.to_owned());
    // It may answer before it has read all.
    let writer = std::thread::spawn(move || stdin.write_all(input.as_bytes()));
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap().unwrap();
    assert!(output.status.success(), "{program}: {:?}", output.status);
    String::from_utf8(output.stdout).unwrap()
}

/// Checks all reports as a renderer reads them.
fn check(read: impl Fn(&str) -> Read) {
    for incident in incidents() {
        let outline = Outline::of(&incident);
        let report = markdown::render(&outline);
        let read = read(&report);
        assert!(read.others.is_empty(), "{:?}", read.others);
        assert_same(&told(&outline), &read.pieces, &report);
        let targets: Vec<String> =
            targets(&incident).iter().map(|t| percent_decoded(&t.replace("&amp;", "&"))).collect();
        for link in &read.links {
            assert!(targets.contains(&percent_decoded(link)), "{link:?}, not {targets:?}");
        }
        for (target, label) in &read.bare {
            let schemes = ["http://", "https://", "mailto:"];
            let small = target.to_lowercase();
            assert!(schemes.iter().any(|scheme| small.starts_with(scheme)), "{target} as {label}");
        }
    }
}

#[test]
#[ignore = "needs cmark-gfm"]
fn cmark_gfm_shows_what_was_typed() {
    let extensions =
        ["table", "autolink", "strikethrough", "tasklist", "footnotes"].iter().flat_map(|name| ["-e", name]);
    let args: Vec<&str> = extensions.chain(["--unsafe", "-t", "html"]).collect();
    check(|report| in_html(&rendered("cmark-gfm", &args, report)));
}

#[test]
#[ignore = "needs pandoc"]
fn pandoc_reads_what_was_typed_as_gfm() {
    check(|report| {
        in_pandoc(&serde_json::from_str(&rendered("pandoc", &["-f", "gfm", "-t", "json"], report)).unwrap())
    });
}

#[test]
#[ignore = "needs pandoc"]
fn pandoc_reads_what_was_typed_as_commonmark() {
    check(|report| {
        in_pandoc(
            &serde_json::from_str(&rendered("pandoc", &["-f", "commonmark", "-t", "json"], report)).unwrap(),
        )
    });
}

#[test]
#[ignore = "needs pandoc"]
fn pandoc_prints_a_report_as_plain_text() {
    let incident = whole(&mut || "it costs $5 *not* $6, #1 @bob <b>".to_owned());
    let report = markdown::render(&Outline::of(&incident));
    let plain = rendered("pandoc", &["-f", "gfm", "-t", "plain", "--wrap=none"], &report);
    for (_, text) in told(&Outline::of(&incident)) {
        assert!(super::folded(&plain).contains(&text), "{text:?} is not in:\n{plain}");
    }
}
