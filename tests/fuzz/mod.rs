//! Hostile bytes: every target runs on its corpus, and on mutations of it. `tests/fuzz/cargo-fuzz` runs the same targets
//! for as long as one likes.

pub mod targets;

use std::fmt;
use std::fs;
use std::path::Path;

use proptest::prelude::*;
use proptest::sample::Index;
use proptest::test_runner::TestRunner;

use targets::TARGETS;

/// The longest that a mutation makes of an input, in bytes: enough for every limit that is not about length.
const LONGEST: usize = 8 * 1024;

/// Pieces that mean something somewhere: they are put in where a blind mutation would hardly come upon them.
const PIECES: &[&[u8]] = &[
    b"\n",
    b"\r\n",
    b"\0",
    b"\x1b[2J",
    b"\x1b]52;c;?\x07",
    b"\x7f",
    b"\xff",
    b"\xc2\x9b",
    b"\xe2\x80\xae",
    b"\xe2\x80\x8b",
    b"\xe2\x80\x8d",
    b"\xcc\x81",
    b"\xf0\x9f\x91\xa9",
    b"\xe6\x97\xa5",
    b"\"",
    b"\\",
    b"\\u0000",
    b"\\ud800",
    b"{",
    b"}",
    b"[",
    b"null",
    b"-1",
    b"1e308",
    b"18446744073709551616",
    b"/",
    b"?",
    b"+ ",
    b": ",
    b"~",
    b"..",
    b"10:42",
    b"am",
    b"-5m",
    b"2024-10-27 02:30",
    b" Europe/Berlin",
    b" PDT",
    b"@bob",
    b"#tag",
    b"last",
    b"<b>",
    b"](",
    b"```",
    b"http://",
];

/// Bytes as a person can read them.
#[derive(Clone)]
struct Input(Vec<u8>);

impl fmt::Debug for Input {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "b\"{}\"", self.0.escape_ascii())
    }
}

/// One change of an input; places are given as shares of its length.
#[derive(Clone, Debug)]
enum Mutation {
    FlipBit(Index, u8),
    Overwrite(Index, u8),
    CutOff(Index),
    Remove(Index, Index),
    Repeat(Index, Index, u8),
    Move(Index, Index, Index),
    Insert(Index, Vec<u8>),
    /// From a place on, it goes on as another input does from a place on.
    Splice(Index, Index, Index),
}

fn mutation() -> impl Strategy<Value = Mutation> {
    let index = any::<Index>;
    let piece = prop::sample::select(PIECES).prop_map(<[u8]>::to_vec);
    let inserted = prop_oneof![3 => piece, 1 => prop::collection::vec(any::<u8>(), 1..5)];
    prop_oneof![
        2 => (index(), 0_u8..8).prop_map(|(at, bit)| Mutation::FlipBit(at, bit)),
        2 => (index(), any::<u8>()).prop_map(|(at, byte)| Mutation::Overwrite(at, byte)),
        1 => index().prop_map(Mutation::CutOff),
        2 => (index(), index()).prop_map(|(from, to)| Mutation::Remove(from, to)),
        1 => (index(), index(), 1_u8..9).prop_map(|(from, to, times)| Mutation::Repeat(from, to, times)),
        1 => (index(), index(), index()).prop_map(|(from, to, at)| Mutation::Move(from, to, at)),
        4 => (index(), inserted).prop_map(|(at, bytes)| Mutation::Insert(at, bytes)),
        2 => (index(), index(), index()).prop_map(|(at, other, from)| Mutation::Splice(at, other, from)),
    ]
}

fn mutate(bytes: &mut Vec<u8>, mutation: &Mutation, corpus: &[Vec<u8>]) {
    let len = bytes.len();
    // A place between two bytes, or at an end.
    let gap = |at: &Index| at.index(len + 1);
    let span = |from: &Index, to: &Index| gap(from).min(gap(to))..gap(from).max(gap(to));
    match mutation {
        Mutation::FlipBit(at, bit) if len > 0 => bytes[at.index(len)] ^= 1 << bit,
        Mutation::Overwrite(at, byte) if len > 0 => bytes[at.index(len)] = *byte,
        Mutation::FlipBit(..) | Mutation::Overwrite(..) => {}
        Mutation::CutOff(at) => bytes.truncate(gap(at)),
        Mutation::Remove(from, to) => drop(bytes.drain(span(from, to))),
        Mutation::Repeat(from, to, times) => {
            let span = span(from, to);
            let again = bytes[span.clone()].repeat(usize::from(*times));
            bytes.splice(span.end..span.end, again);
        }
        Mutation::Move(from, to, at) => {
            let moved: Vec<u8> = bytes.drain(span(from, to)).collect();
            let at = at.index(bytes.len() + 1);
            bytes.splice(at..at, moved);
        }
        Mutation::Insert(at, inserted) => drop(bytes.splice(gap(at)..gap(at), inserted.iter().copied())),
        Mutation::Splice(at, other, from) => {
            let other = other.get(corpus);
            bytes.truncate(gap(at));
            bytes.extend_from_slice(&other[from.index(other.len() + 1)..]);
        }
    }
    bytes.truncate(LONGEST);
}

/// The corpus of a target, with the names of its files.
fn corpus(name: &str) -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/fuzz").join(name);
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut all: Vec<_> = files.map(|path| (path.display().to_string(), fs::read(&path).unwrap())).collect();
    all.sort();
    all
}

/// Runs a target on its corpus, then on so many mutations of it, or on as many as `PROPTEST_CASES` says where that is more.
fn run(name: &str, mutations: u32) {
    let (_, target) = TARGETS.iter().find(|(known, _)| *known == name).unwrap();
    let mut inputs = vec![Vec::new()];
    for (path, bytes) in corpus(name) {
        assert!(std::panic::catch_unwind(|| target(&bytes)).is_ok(), "on {path}");
        inputs.push(bytes);
    }
    assert!(inputs.len() > 24, "{name} has no corpus");
    let strategy = (any::<Index>(), prop::collection::vec(mutation(), 1..6)).prop_map(|(seed, mutations)| {
        let mut bytes = seed.get(&inputs).clone();
        for mutation in &mutations {
            mutate(&mut bytes, mutation, &inputs);
        }
        Input(bytes)
    });
    let usual = ProptestConfig::default();
    let config = ProptestConfig { cases: mutations.max(usual.cases), failure_persistence: None, ..usual };
    let result = TestRunner::new(config).run(&strategy, |input| {
        target(&input.0);
        Ok(())
    });
    assert!(result.is_ok(), "{}", result.unwrap_err());
}

#[test]
fn any_line_of_a_journal_reads_the_same_when_written_again() {
    run("line", 4000);
}

#[test]
fn any_folder_gives_back_its_good_lines() {
    run("folder", 600);
}

#[test]
fn any_line_of_the_prompt_is_kept() {
    run("prompt", 2000);
}

#[test]
fn any_time_is_what_was_written() {
    run("time", 2000);
}

#[test]
fn any_day_of_a_chat_comes_in_once() {
    run("chat", 2000);
}

#[test]
fn any_call_of_an_alert_sender_is_recorded_or_refused() {
    run("alerts", 2000);
}

#[test]
fn any_text_is_made_safe() {
    run("text", 2000);
}
