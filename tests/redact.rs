//! Redaction: every kind of secret goes, wherever it stands, and nothing else does.

mod elsewhere;
mod formats;
mod harmless;
mod made_up;
mod preview;

use std::fs;

use crossterm::event::KeyCode;
use proptest::prelude::*;
use serde_json::{Value, json};
use warroom::export::redact::{self, Found};
use warroom::export::{Outline, markdown};
use warroom::model::Incident;
use warroom::text::Raw;
use warroom::tui::Effect;

use self::made_up::{CALM, capitals, hex, kinds, pem, uuid, word};
use super::filled::filled;
use super::scene::Scene;
use super::stage::Stage;
use super::support::{House, texts};

/// What is left of a text, and the kinds found in it.
fn left(text: &str) -> (String, Vec<Found>) {
    let redacted = redact::redacted(&with_text(text));
    let rest = redacted.incident.title.as_typed();
    assert_eq!(redacted.incident.timeline[0].text.as_typed(), rest, "an entry is read as any other text");
    (rest.to_owned(), redacted.found)
}

fn with_text(text: &str) -> Incident {
    let mut incident = Scene::new("UTC").after(&["x"]).incident();
    incident.title = Raw::new(text);
    incident.timeline.iter_mut().next().unwrap().text = Raw::new(text);
    incident
}

/// The part of a secret of [`kinds`] that has to go: what stands behind an address is no part of it.
fn must_go(kind: &str, secret: &str) -> String {
    let in_url = matches!(kind, "password in a URL" | "GitHub token");
    secret.rsplit_once('@').filter(|_| in_url).map_or(secret, |(secret, _)| secret).to_owned()
}

#[test]
fn every_kind_goes_and_its_sentence_stays() {
    for (kind, before, secret) in kinds() {
        let close = if before.ends_with("\\\"") {
            "\\\""
        } else {
            before
                .chars()
                .last()
                .filter(|c| matches!(c, '"' | '\''))
                .map_or("", |c| if c == '"' { "\"" } else { "'" })
        };
        let ends_line = before.starts_with("see below");
        let after = if ends_line { "" } else { " and it stopped" };
        let text = format!("bob found {before}{secret}{close}{after}");
        let (rest, found) = left(&text);
        assert_eq!(found, [(kind, 1)], "{text}\n{rest}");
        assert_eq!(redact::first(&text), Some(kind), "{text}");
        let gone = must_go(kind, &secret);
        let kept = text.split_once(&gone).unwrap();
        let in_url = kept.0.rsplit(char::is_whitespace).next().unwrap().contains("://");
        let mark = if in_url { "REDACTED".to_owned() } else { format!("(redacted: {kind})") };
        assert_eq!(rest, format!("{}{mark}{}", kept.0, kept.1), "{text}");
    }
}

#[test]
fn what_is_no_secret_is_not_touched() {
    let sha = hex(40);
    let image =
        format!("data:image/png;base64,iVBORw0KGgo{}/EAAA{}+{}==", word(50), "A".repeat(60), word(70));
    let incident_id = "1723292400000-0-abcdefgh-1";
    let more = [
        "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----",
        "",
        " ",
        &sha,
        &uuid(),
        &image,
        incident_id,
        &format!("sha256:{}", hex(64)),
        &format!("commit {sha} by bob"),
        &format!("x-request-id: {}", uuid()),
        &format!("{}EXAMPLE", ["AK", "IA", "Q7W3ZR9KT"].concat()),
        &format!("log {} {}", word(80), word(64)),
        &["https://hooks.sl", "ack.com/services/"].concat(),
    ];
    for text in CALM.lines().chain(more) {
        let (rest, found) = left(text);
        assert_eq!((rest.as_str(), found.len()), (text, 0), "{found:?}");
        assert_eq!(redact::first(text), None, "{text}");
    }
}

#[test]
fn a_key_goes_whole_also_where_its_end_is_missing() {
    let whole = pem("RSA ");
    let lines: Vec<&str> = whole.lines().collect();
    let cut = format!("this one:\n{}\n{}\nand then we restarted", lines[0], lines[1]);
    assert_eq!(left(&cut).0, "this one:\n(redacted: private key)\nand then we restarted");
    let headers = whole.replacen('\n', "\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,00FF\n\n", 1);
    assert_eq!(
        left(&format!("a {headers} b {whole} c")).0,
        "a (redacted: private key) b (redacted: private key) c"
    );
    let pgp = format!(
        "-----BEGIN PGP {0}-----\n\n{1}\n=aB3d\n-----END PGP {0}-----",
        "PRIVATE KEY BLOCK",
        word(64)
    );
    assert_eq!(left(&pgp).0, "(redacted: private key)");
    let sorted = json!({"type": "service_account", "private_key_id": hex(40), "private_key": whole, "client_email": "a@b.c"});
    let kind = "Google service account key";
    let as_given =
        format!("{{\n \"type\": \"service_account\",\n \"private_key\": {},\n \"x\": 1\n}}", json!(whole));
    for account in [format!("{sorted:#}"), as_given.clone(), as_given.replace('"', "\\\"")] {
        let (rest, found) = left(&format!("we found {account} there"));
        assert_eq!(
            (rest, found),
            (format!("we found (redacted: {kind}) there"), vec![(kind, 1)]),
            "{account}"
        );
    }
}

#[test]
fn a_key_that_became_an_entry_a_line_goes_and_what_others_said_stays() {
    let mut scene = Scene::new("UTC");
    let whole = pem("RSA ");
    scene.say("look at this");
    for (at, line) in whole.lines().enumerate() {
        scene.says("alice", line);
        scene.says("bob", if at == 1 { "restarting" } else { "AllIsCalmHere" });
    }
    scene.says("alice", "pasted");
    let redacted = redact::redacted(&scene.incident());
    let texts: Vec<&str> = redacted.incident.timeline.iter().map(|e| e.text.as_typed()).collect();
    let mark = "(redacted: private key)";
    let calm = "AllIsCalmHere";
    assert_eq!(
        texts,
        ["look at this", mark, calm, mark, "restarting", mark, calm, mark, calm, mark, calm, "pasted"]
    );
    assert_eq!(redacted.found, [("private key", 1)]);
}

#[test]
fn a_secret_with_something_unseen_in_it_goes() {
    let key = ["AK", "IA"].concat() + &capitals(16);
    let hidden = key.replacen('A', "A\u{200b}", 1);
    assert_eq!(left(&format!("see {hidden} 👩\u{200d}💻")).0, "see (redacted: AWS access key) 👩💻");
    assert_eq!(left(&format!("\u{1b}[1;31m{key}\u{1b}[0m found")).0, "(redacted: AWS access key) found");
    assert_eq!(redact::first(&hidden), Some("AWS access key"));
    for calm in ["👩\u{200d}💻 is here", "\u{1b}[1mbold\u{1b}[0m"] {
        assert_eq!(left(calm), (calm.to_owned(), Vec::new()));
    }
}

/// The strings of a document with their places.
fn strings(value: &Value, place: &str, found: &mut Vec<(String, String)>) {
    match value {
        Value::String(text) => found.push((place.to_owned(), text.clone())),
        Value::Array(items) => items.iter().for_each(|item| strings(item, &format!("{place}[]"), found)),
        Value::Object(fields) => {
            fields.iter().for_each(|(name, field)| strings(field, &format!("{place}.{name}"), found));
        }
        _ => {}
    }
}

#[test]
fn no_field_is_missed_and_ids_and_times_stay() {
    let secret = ["AK", "IA"].concat() + &capitals(16);
    let before = filled(&mut || format!("see {secret}"));
    let incident: Incident = serde_json::from_value(before).unwrap();
    let redacted = redact::redacted(&incident);
    let after = serde_json::to_value(&redacted.incident).unwrap();
    let (mut were, mut are) = (Vec::new(), Vec::new());
    strings(&serde_json::to_value(&incident).unwrap(), "", &mut were);
    strings(&after, "", &mut are);
    let with_secret = were.iter().filter(|(_, text)| text.contains(&secret)).count();
    assert!(with_secret > 45, "only {with_secret} fields are filled: {were:#?}");
    assert_eq!(were.len(), are.len());
    for ((place, was), (_, is)) in were.iter().zip(&are) {
        if place == ".id" {
            assert_eq!(was, is);
        } else {
            assert_eq!(*is, was.replace(&secret, "(redacted: AWS access key)"), "{place}");
        }
    }
    assert_eq!(redacted.found, [("AWS access key", 1)], "the same one in many places");
    let report = markdown::render(&Outline::of(&redacted.incident));
    assert!(!report.contains(&secret) && report.contains("(redacted: AWS access key)"), "{report}");
    assert!(markdown::render(&Outline::of(&incident)).contains(&secret), "the test sees nothing");
}

#[test]
fn a_part_of_a_secret_that_became_a_tag_or_a_name_goes_with_it() {
    let incident =
        Scene::new("UTC").after(&["#db @bob password='#sword4fish' password=\"@fish4sword\""]).incident();
    assert_eq!((incident.timeline[0].tags.len(), incident.timeline[0].people.len()), (2, 2));
    let entry = &redact::redacted(&incident).incident.timeline[0];
    assert_eq!((&*entry.tags, &*entry.people), (&[Raw::new("db")][..], &[Raw::new("bob")][..]));
}

#[test]
fn an_escape_in_the_report_hides_no_secret() {
    let secret = "_sw*rd_4`fish_";
    let token = ["github", "_pat_"].concat() + &word(22) + "_" + &word(40);
    let url = format!("https://bob:{secret}@wiki.example/a_b");
    let lines = [
        &format!("DB_PASSWORD={secret} was used"),
        &format!("_{token}_ *{token}*"),
        &format!("/link Wiki {url}"),
        &format!("+ rotate it link:{url}"),
        &format!("/out db: {url} answers"),
    ];
    let incident = Scene::new("UTC").after(&lines.map(String::as_str)).incident();
    assert!(incident.actions[0].link.is_some());
    let report = markdown::render(&Outline::of(&redact::redacted(&incident).incident));
    let plain = report.replace('\\', "");
    for part in [secret, &token, "sw*rd", "4`fish", &word(12)] {
        assert!(!plain.contains(part), "{part} is in\n{report}");
    }
    assert!(report.contains("DB_PASSWORD=(redacted: password) was used"), "{report}");
    assert!(report.contains("[Wiki](https://bob:REDACTED@wiki.example/a_b)"), "{report}");
}

#[test]
fn the_summary_counts_and_names() {
    assert_eq!(redact::summary(&[]), "");
    assert_eq!(redact::summary(&[("npm token", 1)]), "1 secret was left out: npm token");
    let two = [("AWS access key", 2), ("password in a URL", 1)];
    assert_eq!(redact::summary(&two), "3 secrets were left out: AWS access key (2), password in a URL");
}

#[test]
fn the_shell_leaves_secrets_out_unless_told_otherwise_and_says_so() {
    let house = House::new();
    house.done(&["new", "Login fails", "--detach"]);
    let key = ["AK", "IA"].concat() + &capitals(16);
    house.say(&format!("the key {key} was in the log\npostgres://app:swordfish@db/x does not answer\n"));
    let before = fs::read(house.only_incident().join("journal.jsonl")).unwrap();
    let (report, err) = texts(&house.run(&["export"]));
    assert!(report.contains("the key (redacted: AWS access key) was in the log"), "{report}");
    assert!(report.contains("app:REDACTED@db/x"), "{report}");
    assert!(
        err.contains(
            "2 secrets were left out: AWS access key, password in a URL; --redact-preview lists where, --no-redact leaves them in"
        ),
        "{err}"
    );
    assert!(err.contains("The record itself still has them"), "{err}");
    house.done(&["export", "-o", "report.md"]);
    assert_eq!(fs::read_to_string(house.path().join("report.md")).unwrap(), report);

    let (report, err) = texts(&house.run(&["export", "--keep-secrets"]));
    assert!(report.contains(&key) && report.contains("app:swordfish@db/x"), "{report}");
    assert!(err.contains("--no-redact: nothing was hidden; 2 secrets are in it"), "{err}");
    assert_eq!(house.done(&["export", "--no-redact"]), report, "the new name of the same");
    assert!(house.json().to_string().contains(&key), "the record keeps it");
    assert!(house.done(&["show"]).contains(&key));
    assert_eq!(fs::read(house.only_incident().join("journal.jsonl")).unwrap(), before);
}

#[test]
fn the_room_leaves_secrets_out_and_says_so() {
    let mut stage = Stage::new(120, 24);
    stage.logs("a calm morning").logs("/export").shows("the report is in ");
    stage.hides("left out");
    let key = ["AK", "IA"].concat() + &capitals(16);
    stage.logs(&format!("{key} was in the log")).logs("/export").shows("the report is in ");
    let said = "1 secret was left out: AWS access key; the record itself still has";
    stage.shows(said);
    stage.shows(&key);
    let file = stage.house.path().join("2025-03-04-uploads-fail-for-new-accounts.md");
    let report = fs::read_to_string(file).unwrap();
    assert!(
        !report.contains(&key) && report.contains("(redacted: AWS access key) was in the log"),
        "{report}"
    );
    stage.logs("/copy");
    let Effect::Copy { text, left_out, .. } = &stage.last else { panic!("{:?}", stage.last) };
    assert_eq!(*text, report);
    assert!(left_out.contains(said), "{left_out}");
    let (words, hint) = ("it is on the clipboard", left_out.clone());
    stage.key(KeyCode::Esc).room.say(words, hint);
    stage.shows(words);
    stage.shows(said);
}

#[test]
fn a_password_in_the_middle_of_a_line_goes() {
    let (rest, found) = left("his password: sword4fish22 until noon, token=fish22sword4 too");
    assert_eq!(rest, "his password: (redacted: password) until noon, token=(redacted: secret or token) too");
    assert_eq!(found, [("password", 1), ("secret or token", 1)]);
}

#[test]
fn secrets_right_behind_one_another_all_go() {
    let text = "pwd=sword1;pwd=sword2;pwd=sword3&pwd=sword4, passwd='sword5' password=sword6.";
    let (rest, found) = left(text);
    let mark = "(redacted: password)";
    assert_eq!(
        rest,
        format!("pwd={mark};pwd={mark};pwd={mark}&pwd={mark}, passwd='{mark}' password={mark}.")
    );
    assert_eq!(found, [("password", 6)]);
    assert_eq!(left(&rest), (rest.clone(), Vec::new()));
    let (token, key) = (["gl", "pat-"].concat() + &word(20), ["AK", "IA"].concat() + &capitals(16));
    let (rest, found) = left(&format!("https://bob:{token}@h/{key} {key}:{token}"));
    assert_eq!(rest, "https://bob:REDACTED@h/REDACTED (redacted: AWS access key):(redacted: GitLab token)");
    assert_eq!(found, [("AWS access key", 1), ("GitLab token", 1)]);
}

/// Texts near the shapes: pieces of secrets, of what stands around them, and of anything.
fn near() -> impl Strategy<Value = String> {
    let mut pieces: Vec<String> = Vec::new();
    for (_, before, secret) in kinds() {
        let half = secret.char_indices().nth(secret.chars().count() / 2).unwrap().0;
        pieces.extend([before.to_owned(), secret[half..].to_owned(), secret[..half].to_owned(), secret]);
    }
    for piece in [
        "password",
        "pwd",
        "=",
        ":",
        "://",
        "@",
        "\"",
        "'",
        " ",
        ";",
        "&",
        ",",
        "\n",
        "\\",
        "(redacted",
        ")",
        "é",
        "x",
        "-----",
    ] {
        pieces.push(piece.to_owned());
    }
    let piece = prop_oneof![4 => proptest::sample::select(pieces), 1 => "\\PC{0,3}", 1 => any::<char>().prop_map(String::from)];
    proptest::collection::vec(piece, 0..9).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    /// Once is enough, what was found is said, and where nothing was found nothing was touched.
    #[test]
    fn twice_is_once(text in near()) {
        let (once, found) = left(&text);
        prop_assert_eq!(redact::first(&text).is_some(), !found.is_empty());
        prop_assert_eq!(once == text, found.is_empty());
        prop_assert_eq!(left(&once), (once.clone(), Vec::new()), "{:?}", text);
        prop_assert_eq!(redact::first(&once), None);
    }

    /// Whatever the text, it ends, and words are left alone.
    #[test]
    fn words_stay(text in "(([a-z]{1,9}|[A-Z][a-z]{1,8}|[0-9]{1,5}|[.,!?]) ){0,12}") {
        prop_assert_eq!(left(&text), (text.clone(), Vec::new()));
    }
}
