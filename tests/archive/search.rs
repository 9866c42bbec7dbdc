//! `warroom search`.

use serde_json::Value;
use warroom::archive::words::tokens;
use warroom::archive::{Query, passages, snippets};
use warroom::text::Raw;

use super::with_a_past;
use crate::scene::Scene;
use crate::support::{House, texts};

fn found(house: &House, args: &[&str]) -> Vec<String> {
    let output = house.run(&[&["search", "--json"], args].concat());
    let (out, err) = texts(&output);
    let json: Vec<Value> = serde_json::from_str(&out).unwrap_or_else(|_| panic!("{args:?}: {out}{err}"));
    assert_eq!(output.status.code(), Some(i32::from(json.is_empty())), "{args:?}");
    json.iter().map(|one| one["title"].as_str().unwrap().to_owned()).collect()
}

const CHECKOUT: &str = "Checkout answers slowly";
const MAIL: &str = "Mail queue grows";
const SEARCH: &str = "Search finds nothing";

#[test]
fn all_words_have_to_stand_somewhere() {
    let house = with_a_past();
    for (words, titles) in [
        ("exhausted", &[CHECKOUT][..]),
        ("POOL balancer", &[CHECKOUT]),
        ("pool letters", &[]),
        ("certif", &[MAIL]),
        ("certif expired", &[]),
        ("cafe", &[CHECKOUT]),
        ("\"load balancer\"", &[CHECKOUT]),
        ("\"balancer load\"", &[]),
        ("障害", &[SEARCH]),
        ("mail-relay", &[MAIL]),
        ("4000", &[]),
        ("4,000", &[MAIL]),
        ("evictions carol", &[CHECKOUT]),
        ("2024-06-10", &[MAIL]),
    ] {
        assert_eq!(found(&house, &[words]), titles, "{words}");
    }
    assert_eq!(found(&house, &["deploy", "--tag", "index"]), [SEARCH]);
    assert_eq!(found(&house, &["pool", "--open"]), [""; 0]);
}

#[test]
fn a_word_in_a_title_counts_more_than_one_in_an_entry() {
    let house = with_a_past();
    house.done(&["say", "-i", "2025", "somebody asks about the mail"]);
    assert_eq!(found(&house, &["mail"]), [MAIL, SEARCH]);
    house.done(&["say", "-i", "2024-02", "/summary The search was slow as well"]);
    assert_eq!(found(&house, &["search"]), [SEARCH, CHECKOUT]);
    assert_eq!(found(&house, &["search", "--limit", "1"]), [SEARCH]);
}

#[test]
fn no_word_is_taken_for_an_operator() {
    let house = with_a_past();
    for words in [
        "\"",
        "*",
        "OR",
        "NEAR(",
        "pool OR letters",
        "pool AND",
        "NOT pool",
        "pool*",
        "title:pool",
        "\"pool",
        "(pool",
        "{pool}",
        "pool^2",
        "-pool",
        "🔥",
        "' OR 1=1 --",
        "pool;",
        "\\",
        "%",
        "a\u{0}b",
        "\u{1b}[2J",
        "\u{202e}pool",
        "“pool”",
        "\"\"\"\"",
        "+pool",
    ] {
        let words = words.replace('\u{0}', " ");
        let output = house.run(&["search", "--", &words]);
        let (out, err) = texts(&output);
        assert!(matches!(output.status.code(), Some(0..=2)), "{words}: {err}");
        let sound = !err.to_lowercase().contains("syntax")
            && !err.contains("fault in warroom")
            && !err.contains("index");
        assert!(sound && !out.contains('\u{1b}') && !err.contains('\u{1b}'), "{words}: {out}{err}");
    }
    assert_eq!(found(&house, &["pool*"]), [CHECKOUT]);
    assert_eq!(found(&house, &["\"pool"]), [CHECKOUT]);
    house.done(&["say", "-i", "2025", "the 🔥 is out"]);
    assert_eq!(found(&house, &["🔥"]), [SEARCH]);
}

#[test]
fn it_says_where_it_stands() {
    let house = with_a_past();
    insta::assert_snapshot!(house.done(&["search", "pool"]));
    insta::assert_snapshot!(house.done(&["search", "health", "orders", "evictions"]));
}

#[test]
fn nothing_found_comes_with_a_hint() {
    let house = with_a_past();
    let hint = |words: &[&str]| {
        let output = house.run(&[&["search"], words].concat());
        assert_eq!(output.status.code(), Some(1));
        let (out, err) = texts(&output);
        assert!(out.is_empty(), "{out}");
        err
    };
    assert!(hint(&["certificat3"]).contains("almost like it: certificate"), "{}", hint(&["certificat3"]));
    assert!(hint(&["pool", "letters"]).contains("not all in one incident"));
    assert!(hint(&["zzzzz"]).contains("“zzzzz” stands nowhere"));
    assert!(hint(&["title:zzzzz"]).contains("leave out “title:”"), "{}", hint(&["title:zzzzz"]));
    assert!(!hint(&["10:42", "zzzzz"]).contains("leave out"), "{}", hint(&["10:42", "zzzzz"]));
    assert!(hint(&["pool", "--open"]).contains("1 incident has that"));
}

#[test]
fn other_names_count_and_a_minus_leaves_out() {
    let house = House::new();
    for (title, line) in [
        ("Ferry tickets stuck", "/cause edge box sent health checks to a closed port"),
        ("Tram tickets stuck", "/cause the load balancer dropped its backends"),
        ("Bus tickets stuck", "/cause balancer of the wheels, and a heavy load of letters"),
        ("Train tickets stuck", "/cause databases were full"),
    ] {
        let id = house.done(&["new", title, "--detach", "--started", "2024-03-05 10:00"]);
        house.done(&["say", "-i", id.trim(), line]);
    }
    let settings = house.path().join(".config/warroom");
    std::fs::create_dir_all(&settings).unwrap();
    std::fs::write(settings.join("config.toml"), "[synonyms]\n\"load balancer\" = [\"edge box\"]\n").unwrap();
    let named = |args: &[&str]| {
        let (out, _) = texts(&house.run(args));
        let ids = out.lines().filter(|line| line.starts_with("2024"));
        let mut ids: Vec<String> = ids.map(|line| line[11..].split('-').next().unwrap().to_owned()).collect();
        ids.sort();
        ids
    };
    assert_eq!(named(&["search", "edge box"]), ["ferry", "tram"]);
    assert_eq!(named(&["search", "lb"]), ["ferry", "tram"]);
    assert_eq!(named(&["search", "load balancer"]), ["bus", "ferry", "tram"]);
    assert_eq!(named(&["search", "\"edge box\""]), ["ferry"]);
    assert_eq!(named(&["search", "load balancer -wheels"]), ["ferry", "tram"]);
    assert_eq!(named(&["search", "tickets -balancer -box"]), ["train"]);
    assert_eq!(named(&["search", "db"]), ["train"]);
    assert!(named(&["search", "--", "-wheels"]).is_empty());
    assert_eq!(named(&["list", "--cause", "lb"]), ["ferry", "tram"]);
    assert_eq!(named(&["list", "--cause", "db"]), ["train"]);
    assert_eq!(named(&["list", "--cause", "edge box"]), ["ferry", "tram"]);
    // The list in the room, too.
    let mut room = crate::terminal::Terminal::start(&house, &[], (100, 24));
    room.shows("Bus tickets");
    room.types("lb");
    room.shows("2 found");
}

#[test]
fn texts_are_parted_into_words_as_people_see_them() {
    let folded = |text: &str| tokens(text).into_iter().map(|token| token.folded).collect::<Vec<_>>();
    assert_eq!(folded("Déjà-vu, ＦＵＬＬ ½ straße"), ["deja", "vu", "full", "12", "strasse"]);
    assert_eq!(folded("İstanbul ısı ŁÓDŹ Ærø"), ["istanbul", "isi", "lodz", "aero"]);
    assert_eq!(folded("障害が起きた"), ["障", "害", "か", "起", "き", "た"]);
    assert_eq!(folded("pass\u{200b}word co\u{ad}operate e\u{301}tat"), ["password", "cooperate", "etat"]);
    assert_eq!(folded("a🔥b ✓"), ["a", "🔥", "b", "✓"]);
    for text in ["Déjà vu", "🔥 on fire", "x", "e\u{301}"] {
        for token in tokens(text) {
            assert!(text.get(token.span.clone()).is_some(), "{text}: {token:?}");
        }
    }
}

#[test]
fn a_snippet_is_cut_around_what_was_found() {
    let long = format!("{} the needle {}", "hay ".repeat(100), "stack ".repeat(100));
    let incident =
        Scene::new("UTC").after(&[long.as_str(), "a second needle", "\u{1b}[31mneedle\u{1b}[0m"]).incident();
    let found = snippets(&passages(&incident), &Query::read(&Raw::from("needl")));
    assert_eq!(found.len(), 3);
    let pieces: Vec<(&str, bool)> =
        found[0].pieces.iter().map(|(piece, found)| (piece.as_typed(), *found)).collect();
    assert!(pieces.contains(&("needle", true)), "{pieces:?}");
    assert_eq!((pieces[0].0, pieces[pieces.len() - 1].0), ("…", "…"));
    let length: usize = pieces.iter().map(|(piece, _)| piece.chars().count()).sum();
    assert!(length < 150, "{length}");
    assert_eq!(found[2].pieces.iter().filter(|(_, found)| *found).count(), 1);
}
