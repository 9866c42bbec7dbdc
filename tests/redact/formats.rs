//! Whatever form a report has: no secret and, where that was asked for, no name leaves in it.

use super::made_up::{capitals, word};
use crate::support::{House, texts};

/// The forms that this build knows, as it names them itself.
pub fn formats(house: &House) -> Vec<String> {
    let (_, err) = texts(&house.run(&["export", "--format", "none-such"]));
    let list = err.split_once("[possible values: ").unwrap_or_else(|| panic!("{err}")).1;
    let list = list.split_once(']').unwrap().0.replace('\n', " ");
    list.split(',').map(|name| name.trim().to_owned()).collect()
}

/// An incident with a secret in each place that the prompt fills.
fn leaky(house: &House, secret: &str) {
    house.done(&["new", &format!("Login {secret} fails"), "--detach", "--started", "-1h"]);
    let lines = [
        "{} in an entry @maria",
        "/impact {}",
        "/affected 40% of {}",
        "/loss {}",
        "/summary {}",
        "/cause {}",
        "/trigger {}",
        "/factor {}",
        "/detection {}",
        "/workaround {}",
        "/fix {}",
        "/service {}",
        "/link {} https://x.example/?key={}",
        "/note {}: {}",
        "/update public: {}",
        "/decide {} @maria",
        "/well {}",
        "/wrong {}",
        "/lucky {}",
        "/detected -50m {}",
        "/role scribe @maria",
        "?{}: {}",
        "/test {}: {} @maria",
        "/worse {}: {}",
        "/out {}: {}",
        "/confirm cache: {}",
        "?network: {}",
        "+ rotate {} @maria #prevent link:https://x.example/?key={}",
        "/drop 1: {}",
        "/resolved -5m {}",
    ];
    house.say(&(lines.join("\n").replace("{}", secret) + "\n"));
}

#[test]
fn no_secret_is_in_any_format() {
    for secret in [["AK", "IA"].concat() + &capitals(16), ["gh", "p_"].concat() + &word(36)] {
        let house = House::new();
        leaky(&house, &secret);
        let formats = formats(&house);
        assert!(formats.contains(&"md".to_owned()), "{formats:?}");
        let mut seen = 0;
        for format in formats {
            let (report, err) = texts(&house.run(&["export", "--format", &format]));
            assert!(!report.contains(&secret) && !report.is_empty(), "{format}: {report}");
            assert!(!report.to_lowercase().contains(&secret[4..].to_lowercase()), "{format}: {report}");
            assert!(
                err.contains("1 secret was left out") && err.contains("--redact-preview"),
                "{format}: {err}"
            );
            let (kept, err) = texts(&house.run(&["export", "--format", &format, "--no-redact"]));
            seen += usize::from(kept.contains(&secret));
            assert!(err.contains("nothing was hidden; 1 secret is in it"), "{format}: {err}");
        }
        assert!(seen > 0, "the test sees nothing");
    }
}

#[test]
fn no_name_is_in_any_format() {
    let house = House::new();
    leaky(&house, "Maria Lopez (maria@shop.example) and ALICE's");
    for format in formats(&house) {
        let (report, err) = texts(&house.run(&["export", "--format", &format, "--anonymise"]));
        // A link stays what it is.
        let small = report.to_lowercase().replace("key=maria", "").replace("key#61;maria", "");
        assert!(
            !small.contains("maria") && !small.contains("alice") && !small.contains("shop.example"),
            "{format}: {report}"
        );
        assert!(err.contains("2 people were replaced by their roles"), "{format}: {err}");
        let (report, _) = texts(&house.run(&["export", "--format", &format]));
        assert!(report.to_lowercase().contains("maria"), "{format}: the test sees nothing: {report}");
    }
}
